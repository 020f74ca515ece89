-- Judging completed sessions anew: who asked for it and what came of it, and how often a second opinion disagrees with the coach's.

ALTER TABLE sessions ADD COLUMN suspected INTEGER NOT NULL DEFAULT 0 CHECK (suspected IN (0, 1));
ALTER TABLE sessions ADD COLUMN override_disagrees INTEGER CHECK (override_disagrees IN (0, 1));
ALTER TABLE sessions ADD COLUMN regrade_disagrees INTEGER CHECK (regrade_disagrees IN (0, 1));

ALTER TABLE team_day_rollups ADD COLUMN overridden INTEGER NOT NULL DEFAULT 0;
ALTER TABLE team_day_rollups ADD COLUMN overrides_disagreed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE team_day_rollups ADD COLUMN regraded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE team_day_rollups ADD COLUMN regrades_disagreed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE company_day_rollups ADD COLUMN overridden INTEGER NOT NULL DEFAULT 0;
ALTER TABLE company_day_rollups ADD COLUMN overrides_disagreed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE company_day_rollups ADD COLUMN regraded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE company_day_rollups ADD COLUMN regrades_disagreed INTEGER NOT NULL DEFAULT 0;

UPDATE sessions SET suspected = 1 WHERE id IN (SELECT session_id FROM verdicts WHERE suspicion IS NOT NULL);
UPDATE sessions SET override_disagrees =
    (SELECT max(abs(v.override_score - v.score) >= 10 OR (v.override_score >= 60) <> (v.score >= 60))
     FROM verdicts v WHERE v.session_id = sessions.id AND v.override_score IS NOT NULL)
    WHERE id IN (SELECT session_id FROM verdicts WHERE override_score IS NOT NULL);
UPDATE team_day_rollups SET (overridden, overrides_disagreed) =
    (SELECT count(s.override_disagrees), coalesce(sum(s.override_disagrees), 0) FROM sessions s
     WHERE s.company_id = team_day_rollups.company_id AND coalesce(s.team_id, '') = team_day_rollups.team_id
       AND s.date = team_day_rollups.date AND s.day = team_day_rollups.day);
UPDATE company_day_rollups SET (overridden, overrides_disagreed) =
    (SELECT coalesce(sum(t.overridden), 0), coalesce(sum(t.overrides_disagreed), 0) FROM team_day_rollups t
     WHERE t.company_id = company_day_rollups.company_id AND t.date = company_day_rollups.date
       AND t.day = company_day_rollups.day);

CREATE TABLE regrades (
    company_id          TEXT    NOT NULL,
    session_id          TEXT    NOT NULL,
    number              INTEGER NOT NULL CHECK (number >= 2),
    asked_by            TEXT    REFERENCES users (id) ON DELETE SET NULL,
    status              TEXT    NOT NULL CHECK (status IN ('running', 'complete')),
    running_until       INTEGER NOT NULL,
    score_before        INTEGER CHECK (score_before BETWEEN 0 AND 100),
    score               INTEGER CHECK (score BETWEEN 0 AND 100),
    first_score_before  INTEGER CHECK (first_score_before BETWEEN 0 AND 100),
    first_score         INTEGER CHECK (first_score BETWEEN 0 AND 100),
    created_at          INTEGER NOT NULL,
    completed_at        INTEGER,
    PRIMARY KEY (company_id, session_id, number),
    CHECK ((status = 'complete') = (completed_at IS NOT NULL)),
    FOREIGN KEY (company_id, session_id) REFERENCES sessions (company_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX regrades_by_asker ON regrades (asked_by) WHERE asked_by IS NOT NULL;
