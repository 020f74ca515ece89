-- Sales Captain: the whole database, in the SQLite that Cloudflare D1 speaks. Readable top to bottom.
--
-- Conventions
--   *_id    a UUIDv7 as text. *_at  Unix milliseconds, UTC. *_minute(s), *_seconds, *_ms, *_bytes  the unit is in the name.
--   0/1     flags are integers: D1 has no booleans. JSON columns are text that `json_valid` has seen.
--   version of an editable row: counts up with every edit; it is the ETag two editors are kept apart by.
--   Tenants: a row that belongs to a company names it, and foreign keys carry the company along wherever they can,
--           so that no row can point into another tenant. Every index that serves a list begins with the company.
--   Numbered files in workers/migrations/ yield exactly this file; a test compares them.


-- ── Tenants and people ─────────────────────────────────────────────────────────────────────────────────────────────

-- One customer's company, with its settings and its subscription.
CREATE TABLE companies (
    id                        TEXT    NOT NULL PRIMARY KEY,
    name                      TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    domain                    TEXT,
    logo_key                  TEXT,                                   -- the object in R2
    -- Settings.
    max_users                 INTEGER NOT NULL DEFAULT 25  CHECK (max_users >= 1),
    training_days             INTEGER NOT NULL DEFAULT 10  CHECK (training_days BETWEEN 1 AND 10),
    session_minutes           INTEGER NOT NULL DEFAULT 5   CHECK (session_minutes BETWEEN 1 AND 120),
    grace_minutes             INTEGER NOT NULL DEFAULT 60  CHECK (grace_minutes BETWEEN 11 AND 600),
    voice_retention_days      INTEGER NOT NULL DEFAULT 90  CHECK (voice_retention_days >= 1),
    transcript_retention_days INTEGER CHECK (transcript_retention_days >= 1),  -- NULL: kept as long as the company
    spend_cap_micros          INTEGER CHECK (spend_cap_micros >= 0),  -- a month's models, millionths of a US dollar; NULL: no cap
    -- Subscription.
    plan                      TEXT    NOT NULL DEFAULT 'trial' CHECK (plan IN ('trial', 'basic', 'premium', 'enterprise')),
    plan_starts_at            INTEGER NOT NULL,
    plan_ends_at              INTEGER,                                -- NULL: until further notice
    is_active                 INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
    version                   INTEGER NOT NULL DEFAULT 1,
    created_at                INTEGER NOT NULL,
    updated_at                INTEGER NOT NULL,
    rep_spend_cap_micros      INTEGER CHECK (rep_spend_cap_micros >= 0),  -- the same for each of its reps, as its managers set
    purge_due_at              INTEGER NOT NULL DEFAULT 0,             -- when cron next looks for transcripts whose time is over
    active_reps               INTEGER NOT NULL DEFAULT 0              -- how many of its reps may log in: triggers of users count
) STRICT;

-- Cron: companies that keep transcripts for a time only.
CREATE INDEX companies_to_purge ON companies (purge_due_at) WHERE transcript_retention_days IS NOT NULL;

-- Another retention: cron looks at once.
CREATE TRIGGER companies_repurge AFTER UPDATE OF transcript_retention_days ON companies
WHEN new.transcript_retention_days IS NOT old.transcript_retention_days BEGIN
    UPDATE companies SET purge_due_at = 0 WHERE id = new.id;
END;

-- A person who can log in. An address names one person, whatever its case, across all companies.
CREATE TABLE users (
    id              TEXT    NOT NULL PRIMARY KEY,
    company_id      TEXT    NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    email           TEXT    NOT NULL COLLATE NOCASE UNIQUE CHECK (length(email) BETWEEN 3 AND 254),
    password_hash   TEXT    NOT NULL,                                 -- Argon2id, PHC string
    role            TEXT    NOT NULL CHECK (role IN ('super_admin', 'manager', 'sales_rep')),
    first_name      TEXT    NOT NULL,
    last_name       TEXT    NOT NULL,
    phone           TEXT,
    avatar_key      TEXT,                                             -- the object in R2
    language        TEXT    NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'hi')),
    on_leaderboard  INTEGER NOT NULL DEFAULT 1 CHECK (on_leaderboard IN (0, 1)),
    mail_reminders  INTEGER NOT NULL DEFAULT 1 CHECK (mail_reminders IN (0, 1)),
    mail_digest     INTEGER NOT NULL DEFAULT 1 CHECK (mail_digest IN (0, 1)),
    is_active       INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
    token_epoch     INTEGER NOT NULL DEFAULT 0,                       -- counts up to end every access token given so far
    last_login_at   INTEGER,
    version         INTEGER NOT NULL DEFAULT 1,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    digest_due_at   INTEGER NOT NULL DEFAULT 0,                       -- a manager's next weekly mail; 0: not reckoned yet
    UNIQUE (company_id, id)                                           -- lists a company's people; target of tenant-safe keys
) STRICT;

-- A page of companies tells of each how many reps it has, and would read all of them to count.
CREATE TRIGGER users_insert_active_rep AFTER INSERT ON users WHEN new.role = 'sales_rep' AND new.is_active = 1 BEGIN
    UPDATE companies SET active_reps = active_reps + 1 WHERE id = new.company_id;
END;

CREATE TRIGGER users_delete_active_rep AFTER DELETE ON users WHEN old.role = 'sales_rep' AND old.is_active = 1 BEGIN
    UPDATE companies SET active_reps = active_reps - 1 WHERE id = old.company_id;
END;

CREATE TRIGGER users_update_active_rep AFTER UPDATE OF role, is_active ON users BEGIN
    UPDATE companies SET active_reps = active_reps
        + (new.role = 'sales_rep' AND new.is_active = 1) - (old.role = 'sales_rep' AND old.is_active = 1)
    WHERE id = new.company_id;
END;

-- Lists and counts a company's people by role.
CREATE INDEX users_by_role ON users (company_id, role, is_active, id);
-- Lists them by name.
CREATE INDEX users_by_name ON users (company_id, first_name COLLATE NOCASE, last_name COLLATE NOCASE, id);
-- Cron: managers whose weekly mail is due.
CREATE INDEX users_to_digest ON users (digest_due_at) WHERE role = 'manager' AND is_active = 1 AND mail_digest = 1;

-- One manager and their reps.
CREATE TABLE teams (
    id          TEXT    NOT NULL PRIMARY KEY,
    company_id  TEXT    NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    manager_id  TEXT    NOT NULL,                                     -- a manager's teams are handed over before they go
    name        TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    version     INTEGER NOT NULL DEFAULT 1,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    UNIQUE (company_id, id),                                          -- lists a company's teams; target of tenant-safe keys
    FOREIGN KEY (company_id, manager_id) REFERENCES users (company_id, id)
) STRICT;

-- A manager's own teams.
CREATE INDEX teams_by_manager ON teams (company_id, manager_id);
CREATE UNIQUE INDEX teams_by_name ON teams (company_id, name COLLATE NOCASE);

-- Which rep is in which team: at most one.
CREATE TABLE team_members (
    company_id  TEXT    NOT NULL,
    team_id     TEXT    NOT NULL,
    user_id     TEXT    NOT NULL UNIQUE,
    joined_at   INTEGER NOT NULL,
    PRIMARY KEY (team_id, user_id),
    FOREIGN KEY (company_id, team_id) REFERENCES teams (company_id, id) ON DELETE CASCADE,
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Looks after the two tenant-safe keys when teams and people go.
CREATE INDEX team_members_by_company ON team_members (company_id, team_id);
CREATE INDEX team_members_by_user ON team_members (company_id, user_id);

-- Four or five reps of a team who practise at the same slot.
CREATE TABLE groups (
    id           TEXT    NOT NULL PRIMARY KEY,
    company_id   TEXT    NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    team_id      TEXT    NOT NULL,
    name         TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    weekdays     INTEGER NOT NULL CHECK (weekdays BETWEEN 1 AND 127), -- bit 0 is Monday, bit 6 is Sunday
    slot_minute  INTEGER NOT NULL CHECK (slot_minute BETWEEN 0 AND 1439),  -- minutes after local midnight
    zone         TEXT    NOT NULL,                                    -- IANA: Asia/Kolkata
    is_active    INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
    plan_due_at  INTEGER NOT NULL DEFAULT 0,                          -- when cron next has to create this group's sessions
    version      INTEGER NOT NULL DEFAULT 1,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    UNIQUE (company_id, id),                                          -- lists a company's groups
    UNIQUE (team_id, id),                                             -- a team's groups; target of group_members
    FOREIGN KEY (company_id, team_id) REFERENCES teams (company_id, id) ON DELETE CASCADE
) STRICT;

CREATE UNIQUE INDEX groups_by_name ON groups (team_id, name COLLATE NOCASE);
-- Looks after the tenant-safe key when a team goes.
CREATE INDEX groups_by_team ON groups (company_id, team_id);
-- Cron: groups whose next sessions are to be created.
CREATE INDEX groups_to_plan ON groups (plan_due_at);

-- Which rep practises in which group: at most one, and one of the rep's own team. Leaving the team leaves the group.
CREATE TABLE group_members (
    team_id    TEXT    NOT NULL,
    group_id   TEXT    NOT NULL,
    user_id    TEXT    NOT NULL UNIQUE,
    joined_at  INTEGER NOT NULL,
    PRIMARY KEY (group_id, user_id),
    FOREIGN KEY (team_id, group_id) REFERENCES groups (team_id, id) ON DELETE CASCADE,
    FOREIGN KEY (team_id, user_id) REFERENCES team_members (team_id, user_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Looks after the key to team_members.
CREATE INDEX group_members_by_team ON group_members (team_id, user_id);

-- Days on which a rep is away: no session, no miss, and the streak holds.
CREATE TABLE leave_days (
    company_id  TEXT    NOT NULL,
    user_id     TEXT    NOT NULL,
    date        TEXT    NOT NULL CHECK (date(date) IS date),          -- local: 2026-11-22
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (company_id, user_id, date),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Slots at which a manager took a rep's session back or away: cron plans none there again.
CREATE TABLE waived_slots (
    company_id  TEXT    NOT NULL,
    user_id     TEXT    NOT NULL,
    slot_at     INTEGER NOT NULL,
    PRIMARY KEY (company_id, user_id, slot_at),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Cron: slots that have passed.
CREATE INDEX waived_slots_over ON waived_slots (slot_at);

-- An open door into a company, by mail or by link. Only the token's SHA-256 is kept.
CREATE TABLE invites (
    id           TEXT    NOT NULL PRIMARY KEY,
    company_id   TEXT    NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    token_hash   TEXT    NOT NULL UNIQUE,
    email        TEXT    COLLATE NOCASE,                              -- NULL: whoever holds the link
    role         TEXT    NOT NULL CHECK (role IN ('manager', 'sales_rep')),
    team_id      TEXT    REFERENCES teams (id) ON DELETE SET NULL,
    group_id     TEXT    REFERENCES groups (id) ON DELETE SET NULL,
    invited_by   TEXT    REFERENCES users (id) ON DELETE SET NULL,
    accepted_by  TEXT    REFERENCES users (id) ON DELETE SET NULL,
    accepted_at  INTEGER,
    revoked_at   INTEGER,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
) STRICT;

-- A company's invites, newest first.
CREATE INDEX invites_by_company ON invites (company_id, created_at);
-- Cron: invites that run out.
CREATE INDEX invites_expiring ON invites (expires_at) WHERE accepted_at IS NULL;
-- Look after the keys to teams, groups and people.
CREATE INDEX invites_by_team ON invites (team_id) WHERE team_id IS NOT NULL;
CREATE INDEX invites_by_group ON invites (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX invites_by_inviter ON invites (invited_by) WHERE invited_by IS NOT NULL;
CREATE INDEX invites_by_accepter ON invites (accepted_by) WHERE accepted_by IS NOT NULL;


-- ── Log-ins ────────────────────────────────────────────────────────────────────────────────────────────────────────

-- A log-in on one device: the family its refresh tokens belong to. Revoking it ends them all.
CREATE TABLE devices (
    id            TEXT    NOT NULL PRIMARY KEY,
    company_id    TEXT    NOT NULL,
    user_id       TEXT    NOT NULL,
    label         TEXT    NOT NULL,                                   -- "Chrome on Android", to tell one's devices apart
    created_at    INTEGER NOT NULL,
    last_seen_at  INTEGER NOT NULL,
    revoked_at    INTEGER,
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id) ON DELETE CASCADE
) STRICT;

-- A person's devices.
CREATE INDEX devices_by_user ON devices (company_id, user_id, last_seen_at);

-- One refresh token, as its SHA-256. Used once; used again, its device's log-in ends.
CREATE TABLE refresh_tokens (
    id           TEXT    NOT NULL PRIMARY KEY,
    device_id    TEXT    NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    token_hash   TEXT    NOT NULL UNIQUE,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    used_at      INTEGER,
    replaced_by  TEXT,                                                -- the token it was exchanged for
    CHECK ((used_at IS NULL) = (replaced_by IS NULL))
) STRICT;

CREATE INDEX refresh_tokens_by_device ON refresh_tokens (device_id);
-- Cron: tokens that run out.
CREATE INDEX refresh_tokens_expiring ON refresh_tokens (expires_at);

-- A password reset that was asked for. Single use, 30 minutes; only the token's SHA-256 is kept.
CREATE TABLE reset_tokens (
    token_hash  TEXT    NOT NULL PRIMARY KEY,
    user_id     TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    used_at     INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX reset_tokens_by_user ON reset_tokens (user_id);
-- Cron: tokens that run out.
CREATE INDEX reset_tokens_expiring ON reset_tokens (expires_at);

-- How often something was tried in a window of time: failed log-ins of an account, mails to an address, calls of an IP.
CREATE TABLE rate_limits (
    bucket     TEXT    NOT NULL,                                      -- login:<account>, forgot:<ip>; hashed where it names a person
    window_at  INTEGER NOT NULL,                                      -- the start of the window
    hits       INTEGER NOT NULL,
    PRIMARY KEY (bucket, window_at)
) STRICT, WITHOUT ROWID;

-- Cron: windows that are over.
CREATE INDEX rate_limits_by_window ON rate_limits (window_at);

-- The answer to a create that carried an Idempotency-Key; sent again, it is answered from here.
CREATE TABLE idempotency_keys (
    user_id       TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    key           TEXT    NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    request_hash  TEXT    NOT NULL,                                   -- SHA-256 of method, path and body
    status        INTEGER,                                            -- NULL while the first call still runs
    response      TEXT,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;

-- Cron: keys that run out.
CREATE INDEX idempotency_keys_expiring ON idempotency_keys (expires_at);


-- ── Scenarios and tone ─────────────────────────────────────────────────────────────────────────────────────────────

-- A day's scenario. Without a company it belongs to the stock library, which everybody may practise; a company's own
-- scenario of a day goes before the stock's. Its text lives in versions.
CREATE TABLE scenarios (
    id                    TEXT    NOT NULL PRIMARY KEY,
    company_id            TEXT    REFERENCES companies (id) ON DELETE CASCADE,  -- NULL: the stock library
    day                   INTEGER NOT NULL CHECK (day BETWEEN 1 AND 10),
    category              TEXT    NOT NULL CHECK (category IN ('objection_handling', 'closing', 'follow_up')),
    published_version_id  TEXT    REFERENCES scenario_versions (id),            -- NULL: a draft that nobody practises
    is_active             INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
    version               INTEGER NOT NULL DEFAULT 1,
    created_at            INTEGER NOT NULL,
    updated_at            INTEGER NOT NULL
) STRICT;

-- A company's scenarios, and the stock's (company_id IS NULL), by day.
CREATE INDEX scenarios_by_day ON scenarios (company_id, day, id);
-- Looks after the key to the published version.
CREATE INDEX scenarios_by_version ON scenarios (published_version_id) WHERE published_version_id IS NOT NULL;

-- One text of a scenario, never changed once published: sessions point at the version they were judged by.
CREATE TABLE scenario_versions (
    id            TEXT    NOT NULL PRIMARY KEY,
    scenario_id   TEXT    NOT NULL REFERENCES scenarios (id) ON DELETE CASCADE,
    number        INTEGER NOT NULL CHECK (number >= 1),
    theme         TEXT    NOT NULL,
    description   TEXT    NOT NULL,
    text          TEXT    NOT NULL CHECK (json_valid(text)),           -- the whole scenario, as scenarios/*.toml has it
    created_by    TEXT    REFERENCES users (id) ON DELETE SET NULL,    -- NULL: the stock library
    created_at    INTEGER NOT NULL,
    published_at  INTEGER,
    UNIQUE (scenario_id, number)
) STRICT;

-- Looks after the key to the author.
CREATE INDEX scenario_versions_by_author ON scenario_versions (created_by) WHERE created_by IS NOT NULL;

-- What scenarios are found by: those words of every version that a rep may know beforehand, so no ideal answers. Two columns
-- are for the machine: the version's id, by which the triggers find its row without reading all, and the library it belongs to
-- (a company's id, or 'stock'), so that one company's search does not read what the others wrote.
CREATE VIRTUAL TABLE scenario_search USING fts5 (
    version_id, library, theme, description, customers,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mc Mn'",
    prefix = '2 3 4'
);

CREATE TRIGGER scenario_search_insert AFTER INSERT ON scenario_versions BEGIN
    INSERT INTO scenario_search (version_id, library, theme, description, customers)
    VALUES (new.id, coalesce((SELECT company_id FROM scenarios WHERE id = new.scenario_id), 'stock'), new.theme, new.description,
        (SELECT group_concat((d.value ->> '$.title') || ' ' || (d.value ->> '$.customer.name') || ' '
             || (d.value ->> '$.customer.business') || ' ' || (d.value ->> '$.customer_message'), ' ')
         FROM json_each(new.text, '$.drills') d));
END;

CREATE TRIGGER scenario_search_delete AFTER DELETE ON scenario_versions BEGIN
    DELETE FROM scenario_search WHERE scenario_search MATCH 'version_id : "' || old.id || '"';
END;

CREATE TRIGGER scenario_search_update AFTER UPDATE OF theme, description, text ON scenario_versions BEGIN
    DELETE FROM scenario_search WHERE scenario_search MATCH 'version_id : "' || old.id || '"';
    INSERT INTO scenario_search (version_id, library, theme, description, customers)
    VALUES (new.id, coalesce((SELECT company_id FROM scenarios WHERE id = new.scenario_id), 'stock'), new.theme, new.description,
        (SELECT group_concat((d.value ->> '$.title') || ' ' || (d.value ->> '$.customer.name') || ' '
             || (d.value ->> '$.customer.business') || ' ' || (d.value ->> '$.customer_message'), ' ')
         FROM json_each(new.text, '$.drills') d));
END;

-- A company's tone guidelines, and the stock's (company_id IS NULL). The highest published number counts.
CREATE TABLE tone_guidelines (
    id            TEXT    NOT NULL PRIMARY KEY,
    company_id    TEXT    REFERENCES companies (id) ON DELETE CASCADE,
    number        INTEGER NOT NULL CHECK (number >= 1),
    text          TEXT    NOT NULL CHECK (json_valid(text)),           -- as scenarios/tone.toml has it
    created_by    TEXT    REFERENCES users (id) ON DELETE SET NULL,
    created_at    INTEGER NOT NULL,
    published_at  INTEGER
) STRICT;

-- One number once; NULLs would not be kept apart by one index over both.
CREATE UNIQUE INDEX tone_guidelines_of_company ON tone_guidelines (company_id, number) WHERE company_id IS NOT NULL;
CREATE UNIQUE INDEX tone_guidelines_of_stock ON tone_guidelines (number) WHERE company_id IS NULL;
-- Looks after the key to the author.
CREATE INDEX tone_guidelines_by_author ON tone_guidelines (created_by) WHERE created_by IS NOT NULL;


-- ── Sessions ───────────────────────────────────────────────────────────────────────────────────────────────────────

-- One rep's practice of one day. While it runs, its step and its chat live in its Durable Object; once completed, here.
CREATE TABLE sessions (
    id                        TEXT    NOT NULL PRIMARY KEY,
    company_id                TEXT    NOT NULL,
    user_id                   TEXT    NOT NULL,
    group_id                  TEXT    REFERENCES groups (id) ON DELETE SET NULL,
    team_id                   TEXT,                                   -- the rep's team at the time; history outlives the team
    scenario_id               TEXT    NOT NULL REFERENCES scenarios (id),
    kind                      TEXT    NOT NULL DEFAULT 'programme' CHECK (kind IN ('programme', 'practice')),  -- scheduled, or the rep's own wish
    day                       INTEGER NOT NULL CHECK (day BETWEEN 1 AND 10),
    status                    TEXT    NOT NULL CHECK (status IN ('scheduled', 'in_progress', 'completed', 'missed')),
    -- The window (domain::slot).
    slot_at                   INTEGER NOT NULL,
    opens_at                  INTEGER NOT NULL,                       -- from here it may be started
    closes_at                 INTEGER NOT NULL,                       -- from here it may not, and is missed
    utc_offset_minutes        INTEGER NOT NULL,                       -- of the group's zone at the slot
    date                      TEXT    NOT NULL GENERATED ALWAYS AS (date(slot_at / 1000 + utc_offset_minutes * 60, 'unixepoch')) STORED,
    reminded_at               INTEGER,
    started_at                INTEGER,
    ended_at                  INTEGER,
    late                      INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0, 1)),
    -- What it was judged by, as frozen at the start.
    scenario_version_id       TEXT    REFERENCES scenario_versions (id),
    rubric_hash               TEXT,                                   -- SHA-256 of scenario and tone, hex
    prompt_version            TEXT,
    model                     TEXT,                                   -- builtin, or a provider's model id
    -- What it came to: the final answers, and the first ones.
    score                     INTEGER CHECK (score BETWEEN 0 AND 100),
    confidence                INTEGER CHECK (confidence BETWEEN 0 AND 100),
    clarity                   INTEGER CHECK (clarity BETWEEN 0 AND 100),
    structure                 INTEGER CHECK (structure BETWEEN 0 AND 100),
    objection_handling        INTEGER CHECK (objection_handling BETWEEN 0 AND 100),
    closing                   INTEGER CHECK (closing BETWEEN 0 AND 100),
    first_score               INTEGER CHECK (first_score BETWEEN 0 AND 100),
    first_confidence          INTEGER CHECK (first_confidence BETWEEN 0 AND 100),
    first_clarity             INTEGER CHECK (first_clarity BETWEEN 0 AND 100),
    first_structure           INTEGER CHECK (first_structure BETWEEN 0 AND 100),
    first_objection_handling  INTEGER CHECK (first_objection_handling BETWEEN 0 AND 100),
    first_closing             INTEGER CHECK (first_closing BETWEEN 0 AND 100),
    duration_seconds          INTEGER CHECK (duration_seconds >= 0),
    coach_notes               TEXT,
    last_event_id             INTEGER CHECK (last_event_id >= 1),     -- the last line of the session's log
    transcript_purged_at      INTEGER,                                -- retention took the chat; scores stay
    version                   INTEGER NOT NULL DEFAULT 1,
    created_at                INTEGER NOT NULL,
    updated_at                INTEGER NOT NULL,
    planned                   INTEGER NOT NULL DEFAULT 0 CHECK (planned IN (0, 1)),  -- by cron, which may plan it anew until it opens
    suspected                 INTEGER NOT NULL DEFAULT 0 CHECK (suspected IN (0, 1)),  -- an answer seems to speak to whoever scores it: for managers
    override_disagrees        INTEGER CHECK (override_disagrees IN (0, 1)),  -- a manager's score with the coach's; NULL: there is none
    regrade_disagrees         INTEGER CHECK (regrade_disagrees IN (0, 1)),  -- the latest verdicts with the first; NULL: there are no others
    CHECK (opens_at <= slot_at AND slot_at < closes_at),
    CHECK ((started_at IS NULL) = (status IN ('scheduled', 'missed'))),
    CHECK ((ended_at IS NULL) = (status <> 'completed')),
    CHECK (status <> 'completed' OR (score IS NOT NULL AND first_score IS NOT NULL AND duration_seconds IS NOT NULL
        AND coach_notes IS NOT NULL AND scenario_version_id IS NOT NULL AND rubric_hash IS NOT NULL
        AND prompt_version IS NOT NULL AND model IS NOT NULL AND last_event_id IS NOT NULL)),
    UNIQUE (company_id, id),                                          -- target of tenant-safe keys
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id) ON DELETE CASCADE
) STRICT;

-- A rep's history and roll-ups. Unique: a slot is scheduled once, however often cron fires.
CREATE UNIQUE INDEX sessions_of_rep ON sessions (company_id, user_id, slot_at);
-- What a rep can do now, and what runs.
CREATE INDEX sessions_by_status ON sessions (company_id, user_id, status, closes_at);
-- A rep's finished sessions: today's, the latest ten of the programme.
CREATE INDEX sessions_finished ON sessions (company_id, user_id, kind, ended_at) WHERE status = 'completed';
-- A company's sessions by date: lists, export, who practised today.
CREATE INDEX sessions_by_date ON sessions (company_id, date, slot_at, id);
-- The same for a team; also the source of the team's roll-ups.
CREATE INDEX sessions_of_team ON sessions (company_id, team_id, date, slot_at, id);
-- A company's latest sessions, page by page.
CREATE INDEX sessions_by_slot ON sessions (company_id, slot_at, id);
-- Looks after the keys to groups and scenarios.
CREATE INDEX sessions_of_group ON sessions (group_id, slot_at);
CREATE INDEX sessions_of_scenario ON sessions (scenario_id);
CREATE INDEX sessions_of_scenario_version ON sessions (scenario_version_id) WHERE scenario_version_id IS NOT NULL;
-- Cron: reminders that are due, sessions that were missed, transcripts whose time is over.
CREATE INDEX sessions_to_remind ON sessions (slot_at) WHERE status = 'scheduled' AND reminded_at IS NULL;
CREATE INDEX sessions_to_miss ON sessions (closes_at) WHERE status = 'scheduled';
CREATE INDEX sessions_to_purge ON sessions (company_id, ended_at) WHERE status = 'completed' AND transcript_purged_at IS NULL;

-- One bubble of a completed session's chat, in order.
CREATE TABLE messages (
    session_id   TEXT    NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL CHECK (position >= 0),
    id           TEXT    NOT NULL,
    turn_id      TEXT,                                                -- the first customer's opening has none
    request_id   TEXT,                                                -- the client's id of the send, for the rep's
    speaker      TEXT    NOT NULL CHECK (speaker IN ('customer', 'salesperson', 'coach')),
    kind         TEXT    NOT NULL CHECK (kind IN ('objection', 'answer', 'correction', 'repeat', 'reaction', 'note')),
    drill_index  INTEGER NOT NULL CHECK (drill_index >= 0),
    content      TEXT    NOT NULL,
    status       TEXT    NOT NULL CHECK (status IN ('sent', 'delivered', 'read', 'streaming', 'complete', 'stopped', 'interrupted')),
    improved     TEXT,                                                -- the improved version a correction proposes
    created_at   INTEGER NOT NULL,
    voiced_by    TEXT    CHECK (json_valid(voiced_by)),               -- domain::session::VoicedBy, of what customer and coach composed
    PRIMARY KEY (session_id, position)
) STRICT, WITHOUT ROWID;

-- The judgement of one of the rep's messages, kept as it was given. A re-grade is a new number beside it, and the highest
-- counts; a manager's override keeps the judge's own score and carries its reason.
CREATE TABLE verdicts (
    session_id       TEXT    NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    message_id       TEXT    NOT NULL,
    number           INTEGER NOT NULL CHECK (number >= 1),
    turn_id          TEXT,                                            -- the turn that judged; a re-grade has none
    verdict          TEXT    NOT NULL CHECK (json_valid(verdict)),    -- domain::scoring::Verdict
    score            INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100),
    judge            TEXT    NOT NULL CHECK (judge IN ('builtIn', 'model')),
    stand_in         INTEGER NOT NULL DEFAULT 0 CHECK (stand_in IN (0, 1)),  -- the built-in coach stood in for a model
    model            TEXT    NOT NULL,
    prompt_version   TEXT    NOT NULL,
    rubric_hash      TEXT    NOT NULL,
    raw              TEXT,                                            -- what a model said, word for word
    override_score   INTEGER CHECK (override_score BETWEEN 0 AND 100),
    override_reason  TEXT,
    overridden_by    TEXT    REFERENCES users (id) ON DELETE SET NULL,
    overridden_at    INTEGER,
    created_at       INTEGER NOT NULL,
    asked_model      TEXT,                                            -- the model that was asked last, also where the coach stood in
    rejected         TEXT    CHECK (json_valid(rejected)),            -- replies that could not be used: domain::scoring::RejectedReply
    suspicion        TEXT    CHECK (json_valid(suspicion)),           -- domain::suspicion::Suspicion: for managers
    PRIMARY KEY (session_id, message_id, number),
    CHECK ((override_score IS NULL) = (override_reason IS NULL) AND (override_score IS NULL) = (overridden_at IS NULL))
) STRICT, WITHOUT ROWID;

-- Looks after the key to the manager who overrode.
CREATE INDEX verdicts_overridden ON verdicts (overridden_by) WHERE overridden_by IS NOT NULL;

-- A completed session's answers judged anew, by the rules of the first time: its verdicts have this number. Its line begins
-- before they do, so that of two who ask at once one judges.
CREATE TABLE regrades (
    company_id          TEXT    NOT NULL,
    session_id          TEXT    NOT NULL,
    number              INTEGER NOT NULL CHECK (number >= 2),         -- that of its verdicts
    asked_by            TEXT    REFERENCES users (id) ON DELETE SET NULL,
    status              TEXT    NOT NULL CHECK (status IN ('running', 'complete')),
    running_until       INTEGER NOT NULL,                             -- whoever judges has the session to itself until then
    score_before        INTEGER CHECK (score_before BETWEEN 0 AND 100),  -- what the session came to before and after
    score               INTEGER CHECK (score BETWEEN 0 AND 100),
    first_score_before  INTEGER CHECK (first_score_before BETWEEN 0 AND 100),
    first_score         INTEGER CHECK (first_score BETWEEN 0 AND 100),
    created_at          INTEGER NOT NULL,
    completed_at        INTEGER,
    PRIMARY KEY (company_id, session_id, number),
    CHECK ((status = 'complete') = (completed_at IS NOT NULL)),
    FOREIGN KEY (company_id, session_id) REFERENCES sessions (company_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Looks after the key to whoever asked.
CREATE INDEX regrades_by_asker ON regrades (asked_by) WHERE asked_by IS NOT NULL;

-- One drill of a completed session: before and after.
CREATE TABLE session_drills (
    session_id          TEXT    NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    drill_index         INTEGER NOT NULL CHECK (drill_index >= 0),
    drill               TEXT    NOT NULL,                             -- its id in the scenario
    initial_response    TEXT    NOT NULL,
    corrected_response  TEXT    NOT NULL,                             -- the coach's improved version
    final_response      TEXT    NOT NULL,                             -- the rep's best repeat
    first_score         INTEGER NOT NULL CHECK (first_score BETWEEN 0 AND 100),
    score               INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100),
    first_message_id    TEXT    NOT NULL,                             -- the message whose verdict is the first answer's
    final_message_id    TEXT    NOT NULL,                             -- the message whose verdict counts
    PRIMARY KEY (session_id, drill_index)
) STRICT, WITHOUT ROWID;

-- What a manager says to the rep about a session.
CREATE TABLE manager_notes (
    id          TEXT    NOT NULL PRIMARY KEY,
    company_id  TEXT    NOT NULL,
    session_id  TEXT    NOT NULL,
    author_id   TEXT    REFERENCES users (id) ON DELETE SET NULL,
    text        TEXT    NOT NULL CHECK (length(text) BETWEEN 1 AND 4000),
    version     INTEGER NOT NULL DEFAULT 1,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    FOREIGN KEY (company_id, session_id) REFERENCES sessions (company_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX manager_notes_of_session ON manager_notes (company_id, session_id, created_at);
CREATE INDEX manager_notes_by_author ON manager_notes (author_id);

-- What a watching manager said to the rep alone while the session ran.
CREATE TABLE whispers (
    id          TEXT    NOT NULL PRIMARY KEY,
    company_id  TEXT    NOT NULL,
    session_id  TEXT    NOT NULL,
    author_id   TEXT    REFERENCES users (id) ON DELETE SET NULL,
    text        TEXT    NOT NULL CHECK (length(text) BETWEEN 1 AND 1000),
    created_at  INTEGER NOT NULL,
    FOREIGN KEY (company_id, session_id) REFERENCES sessions (company_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX whispers_of_session ON whispers (company_id, session_id, created_at);
CREATE INDEX whispers_by_author ON whispers (author_id);

-- What a rep asks about a completed session, and the answer once it is whole: it outlives the line it is read on. Part of the
-- session's chat, and gone with it.
CREATE TABLE assistant_exchanges (
    company_id       TEXT    NOT NULL,
    session_id       TEXT    NOT NULL,
    request_id       TEXT    NOT NULL CHECK (length(request_id) BETWEEN 1 AND 64),  -- the client's: asked twice is answered once
    question         TEXT    NOT NULL,
    answer           TEXT    NOT NULL DEFAULT '',
    voiced_by        TEXT    CHECK (json_valid(voiced_by)),           -- who answered: a model, or the built-in coach
    status           TEXT    NOT NULL CHECK (status IN ('running', 'complete', 'interrupted')),
    answering_until  INTEGER NOT NULL,                                -- whoever answers has it to itself until then
    created_at       INTEGER NOT NULL,
    PRIMARY KEY (company_id, session_id, request_id),
    FOREIGN KEY (company_id, session_id) REFERENCES sessions (company_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX assistant_exchanges_of_session ON assistant_exchanges (company_id, session_id, created_at);

-- What a rep recorded: a voice drill, or an answer said aloud. The bytes are in R2.
CREATE TABLE voice_recordings (
    id             TEXT    NOT NULL PRIMARY KEY,
    company_id     TEXT    NOT NULL,
    session_id     TEXT    NOT NULL,
    user_id        TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    object_key     TEXT    NOT NULL UNIQUE,                           -- in R2
    media_type     TEXT    NOT NULL CHECK (media_type IN ('audio/webm', 'audio/ogg', 'audio/mp4', 'audio/wav')),
    size_bytes     INTEGER NOT NULL CHECK (size_bytes > 0),
    duration_ms    INTEGER NOT NULL CHECK (duration_ms >= 0),
    created_at     INTEGER NOT NULL,
    expires_at     INTEGER NOT NULL,                                  -- the company's retention
    drill          TEXT,                                              -- its id in the scenario; NULL: the day's voice drill
    duration_said  INTEGER NOT NULL DEFAULT 0 CHECK (duration_said IN (0, 1)),  -- by the client: the bytes don't tell
    FOREIGN KEY (company_id, session_id) REFERENCES sessions (company_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX voice_recordings_of_session ON voice_recordings (company_id, session_id, created_at);
CREATE INDEX voice_recordings_of_user ON voice_recordings (user_id);
-- Cron: recordings whose time is over.
CREATE INDEX voice_recordings_expiring ON voice_recordings (expires_at);


-- ── What makes a group's plan stale ────────────────────────────────────────────────────────────────────────────────
-- Whoever writes there, cron plans the group's sessions anew at its next tick. Each time the moment becomes another one, at
-- most 0: a plan that was read before such a change does not pass for one made after it.

CREATE TRIGGER groups_replan_joined AFTER INSERT ON group_members BEGIN
    UPDATE groups SET plan_due_at = min(plan_due_at, 1) - 1 WHERE id = new.group_id;
END;

CREATE TRIGGER groups_replan_left AFTER DELETE ON group_members BEGIN
    UPDATE groups SET plan_due_at = min(plan_due_at, 1) - 1 WHERE id = old.group_id;
END;

CREATE TRIGGER groups_replan_moved AFTER UPDATE OF group_id ON group_members BEGIN
    UPDATE groups SET plan_due_at = min(plan_due_at, 1) - 1 WHERE id IN (old.group_id, new.group_id);
END;

CREATE TRIGGER groups_replan_person AFTER UPDATE OF is_active, role ON users
WHEN (new.is_active, new.role) <> (old.is_active, old.role) BEGIN
    UPDATE groups SET plan_due_at = min(plan_due_at, 1) - 1
    WHERE id = (SELECT group_id FROM group_members WHERE user_id = new.id);
END;

CREATE TRIGGER groups_replan_practice AFTER UPDATE OF status ON sessions
WHEN new.status <> old.status AND new.status IN ('completed', 'missed') BEGIN
    UPDATE groups SET plan_due_at = min(plan_due_at, 1) - 1
    WHERE id = (SELECT group_id FROM group_members WHERE user_id = new.user_id);
END;

CREATE TRIGGER groups_replan_leave AFTER INSERT ON leave_days BEGIN
    UPDATE groups SET plan_due_at = min(plan_due_at, 1) - 1
    WHERE id = (SELECT group_id FROM group_members WHERE user_id = new.user_id);
END;

CREATE TRIGGER groups_replan_back AFTER DELETE ON leave_days BEGIN
    UPDATE groups SET plan_due_at = min(plan_due_at, 1) - 1
    WHERE id = (SELECT group_id FROM group_members WHERE user_id = old.user_id);
END;

CREATE TRIGGER groups_replan_company AFTER UPDATE OF training_days, grace_minutes, plan_ends_at, is_active ON companies
WHEN (new.training_days, new.grace_minutes, new.is_active) <> (old.training_days, old.grace_minutes, old.is_active)
    OR new.plan_ends_at IS NOT old.plan_ends_at BEGIN
    UPDATE groups SET plan_due_at = min(plan_due_at, 1) - 1 WHERE company_id = new.id;
END;


-- ── Roll-ups: recomputed from sessions whenever one is completed or missed, so that twice is once ──────────────────
-- Dashboards and leaderboards read these, never the sessions: their cost does not grow with history.

-- A rep's all-time figures.
CREATE TABLE rep_rollups (
    user_id                 TEXT    NOT NULL PRIMARY KEY,
    company_id              TEXT    NOT NULL,
    completed               INTEGER NOT NULL,                         -- sessions
    missed                  INTEGER NOT NULL,
    late                    INTEGER NOT NULL,                         -- completed ones that were started late
    days_completed          INTEGER NOT NULL,                         -- days of the programme
    streak                  INTEGER NOT NULL,                         -- completed sessions since the last miss
    practice_seconds        INTEGER NOT NULL,
    best_score              INTEGER,
    score_avg               REAL,                                     -- of final answers
    first_score_avg         REAL,                                     -- of first answers
    early_first_score_avg   REAL,                                     -- first answers of the earliest five sessions ...
    recent_first_score_avg  REAL,                                     -- ... and of the latest five: what is brought unaided
    confidence_avg          REAL,
    clarity_avg             REAL,
    structure_avg           REAL,
    objection_handling_avg  REAL,
    closing_avg             REAL,
    last_ended_at           INTEGER,
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- A company's leaderboard of all time.
CREATE INDEX rep_rollups_by_score ON rep_rollups (company_id, score_avg);
-- Looks after the tenant-safe key.
CREATE INDEX rep_rollups_by_user ON rep_rollups (company_id, user_id);

-- A rep's figures by week (its Monday, local): the weekly leaderboard, the heat-map of metrics.
CREATE TABLE rep_week_rollups (
    company_id              TEXT    NOT NULL,
    user_id                 TEXT    NOT NULL,
    week                    TEXT    NOT NULL,                         -- 2026-11-16
    completed               INTEGER NOT NULL,
    missed                  INTEGER NOT NULL,
    late                    INTEGER NOT NULL,
    practice_seconds        INTEGER NOT NULL,
    score_avg               REAL,
    first_score_avg         REAL,
    confidence_avg          REAL,
    clarity_avg             REAL,
    structure_avg           REAL,
    objection_handling_avg  REAL,
    closing_avg             REAL,
    PRIMARY KEY (company_id, user_id, week),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- A company's leaderboard of a week.
CREATE INDEX rep_week_rollups_by_week ON rep_week_rollups (company_id, week, score_avg);

-- A rep's figures by scenario: ten-day progress, weak days; and what free practice came to.
CREATE TABLE rep_scenario_rollups (
    company_id       TEXT    NOT NULL,
    user_id          TEXT    NOT NULL,
    scenario_id      TEXT    NOT NULL REFERENCES scenarios (id) ON DELETE CASCADE,
    day              INTEGER NOT NULL,
    completed        INTEGER NOT NULL,                                -- in the programme, as the three below
    missed           INTEGER NOT NULL,
    score_avg        REAL,
    first_score_avg  REAL,
    best_score       INTEGER,                                         -- of all attempts, as the next
    last_ended_at    INTEGER,
    practised        INTEGER NOT NULL DEFAULT 0,                      -- completed freely
    PRIMARY KEY (company_id, user_id, scenario_id),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX rep_scenario_rollups_by_scenario ON rep_scenario_rollups (scenario_id);

-- A team's figures by date and day of the programme; '' stands for reps without a team. Sums, so that they add up.
CREATE TABLE team_day_rollups (
    company_id        TEXT    NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    date              TEXT    NOT NULL,                               -- local: 2026-11-22
    team_id           TEXT    NOT NULL,
    day               INTEGER NOT NULL,
    completed         INTEGER NOT NULL,
    missed            INTEGER NOT NULL,
    late              INTEGER NOT NULL,
    practice_seconds  INTEGER NOT NULL,
    score_sum         INTEGER NOT NULL,
    first_score_sum   INTEGER NOT NULL,
    overridden           INTEGER NOT NULL DEFAULT 0,                  -- sessions with a manager's score
    overrides_disagreed  INTEGER NOT NULL DEFAULT 0,                  -- of these, where it disagrees with the coach's
    regraded             INTEGER NOT NULL DEFAULT 0,                  -- sessions that were judged anew
    regrades_disagreed   INTEGER NOT NULL DEFAULT 0,                  -- of these, where the latest verdict disagrees with the first
    PRIMARY KEY (company_id, team_id, date, day)
) STRICT, WITHOUT ROWID;

-- A company's teams on one date: the source of the company's own roll-up.
CREATE INDEX team_day_rollups_by_date ON team_day_rollups (company_id, date);

-- A company's figures by date and day of the programme: the sum of its teams'.
CREATE TABLE company_day_rollups (
    company_id        TEXT    NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    date              TEXT    NOT NULL,
    day               INTEGER NOT NULL,
    completed         INTEGER NOT NULL,
    missed            INTEGER NOT NULL,
    late              INTEGER NOT NULL,
    practice_seconds  INTEGER NOT NULL,
    score_sum         INTEGER NOT NULL,
    first_score_sum   INTEGER NOT NULL,
    overridden           INTEGER NOT NULL DEFAULT 0,                  -- sessions with a manager's score
    overrides_disagreed  INTEGER NOT NULL DEFAULT 0,                  -- of these, where it disagrees with the coach's
    regraded             INTEGER NOT NULL DEFAULT 0,                  -- sessions that were judged anew
    regrades_disagreed   INTEGER NOT NULL DEFAULT 0,                  -- of these, where the latest verdict disagrees with the first
    PRIMARY KEY (company_id, date, day)
) STRICT, WITHOUT ROWID;


-- ── Motivation ─────────────────────────────────────────────────────────────────────────────────────────────────────

-- A badge that a rep earned, once.
CREATE TABLE badges (
    company_id  TEXT    NOT NULL,
    user_id     TEXT    NOT NULL,
    badge       TEXT    NOT NULL,                                     -- first_session, streak_5, ...
    session_id  TEXT    REFERENCES sessions (id) ON DELETE SET NULL,  -- the one that earned it
    earned_at   INTEGER NOT NULL,
    PRIMARY KEY (company_id, user_id, badge),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX badges_by_session ON badges (session_id) WHERE session_id IS NOT NULL;

-- A ten-day certificate; anybody who has its code can verify it.
CREATE TABLE certificates (
    id          TEXT    NOT NULL PRIMARY KEY,
    company_id  TEXT    NOT NULL,
    user_id     TEXT    NOT NULL,
    code        TEXT    NOT NULL UNIQUE,
    score       INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100),
    issued_at   INTEGER NOT NULL,
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX certificates_by_user ON certificates (company_id, user_id, issued_at);

-- When a rep's weak drill is served again: the state of the spaced-repetition scheduler.
CREATE TABLE drill_reviews (
    company_id   TEXT    NOT NULL,
    user_id      TEXT    NOT NULL,
    scenario_id  TEXT    NOT NULL REFERENCES scenarios (id) ON DELETE CASCADE,
    drill        TEXT    NOT NULL,
    card         TEXT    NOT NULL CHECK (json_valid(card)),
    due_at       INTEGER NOT NULL,
    PRIMARY KEY (company_id, user_id, scenario_id, drill),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- A rep's drills that are due.
CREATE INDEX drill_reviews_due ON drill_reviews (company_id, user_id, due_at);
CREATE INDEX drill_reviews_by_scenario ON drill_reviews (scenario_id);


-- ── What goes out ──────────────────────────────────────────────────────────────────────────────────────────────────

-- A mail to send, and one that was sent. A key that stands here already is not sent again.
CREATE TABLE outbox (
    id               TEXT    NOT NULL PRIMARY KEY,
    company_id       TEXT    REFERENCES companies (id) ON DELETE CASCADE,
    user_id          TEXT    REFERENCES users (id) ON DELETE CASCADE,
    once_key         TEXT    NOT NULL UNIQUE,                         -- reminder:<session>, digest:<user>:<week>, reset:<token>
    kind             TEXT    NOT NULL CHECK (kind IN ('invite', 'password_reset', 'reminder', 'missed', 'digest', 'welcome')),
    to_address       TEXT    NOT NULL,
    subject          TEXT    NOT NULL,
    body_text        TEXT    NOT NULL,
    body_html        TEXT    NOT NULL,
    status           TEXT    NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'sent', 'failed')),
    attempts         INTEGER NOT NULL DEFAULT 0,
    next_attempt_at  INTEGER NOT NULL,
    last_error       TEXT,
    sent_at          INTEGER,
    created_at       INTEGER NOT NULL,
    unsubscribe      TEXT                                             -- where its reader stops such mails
) STRICT;

-- Cron: mails to send now.
CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE status = 'pending';
CREATE INDEX outbox_by_company ON outbox (company_id, created_at);
CREATE INDEX outbox_by_user ON outbox (user_id);

-- What a person sees under the bell.
CREATE TABLE notifications (
    id          TEXT    NOT NULL PRIMARY KEY,
    company_id  TEXT    NOT NULL,
    user_id     TEXT    NOT NULL,
    kind        TEXT    NOT NULL,                                     -- session_soon, session_missed, manager_note, badge, ...
    payload     TEXT    NOT NULL CHECK (json_valid(payload)),
    created_at  INTEGER NOT NULL,
    read_at     INTEGER,
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX notifications_by_user ON notifications (company_id, user_id, created_at);
-- How many are unread.
CREATE INDEX notifications_unread ON notifications (company_id, user_id) WHERE read_at IS NULL;

-- Where a company wants to be told of events.
CREATE TABLE webhooks (
    id          TEXT    NOT NULL PRIMARY KEY,
    company_id  TEXT    NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    url         TEXT    NOT NULL,
    secret      TEXT    NOT NULL,                                     -- signs the payload, HMAC-SHA-256
    events      TEXT    NOT NULL CHECK (json_valid(events)),          -- ["session.completed", ...]
    is_active   INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
    version     INTEGER NOT NULL DEFAULT 1,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX webhooks_by_company ON webhooks (company_id, is_active);

-- One event to one webhook, with what came back.
CREATE TABLE webhook_deliveries (
    id               TEXT    NOT NULL PRIMARY KEY,
    company_id       TEXT    NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    webhook_id       TEXT    NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    event            TEXT    NOT NULL CHECK (event IN ('session.completed', 'session.missed', 'certificate.issued')),
    once_key         TEXT    NOT NULL,                                -- what happened, so that it is told once
    payload          TEXT    NOT NULL CHECK (json_valid(payload)),
    status           TEXT    NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'failed')),
    attempts         INTEGER NOT NULL DEFAULT 0,
    next_attempt_at  INTEGER NOT NULL,
    response_status  INTEGER,
    last_error       TEXT,
    delivered_at     INTEGER,
    created_at       INTEGER NOT NULL,
    UNIQUE (webhook_id, once_key)
) STRICT;

-- The log of a company's webhooks.
CREATE INDEX webhook_deliveries_log ON webhook_deliveries (company_id, created_at);
-- Cron: deliveries to try now.
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_attempt_at) WHERE status = 'pending';


-- ── Accounts of what happened ──────────────────────────────────────────────────────────────────────────────────────

-- Who changed what: people, roles, schedule, scores, settings. Never a password, token or transcript. The people named
-- here are no foreign keys: the log outlives them.
CREATE TABLE audit_log (
    id          TEXT    NOT NULL PRIMARY KEY,
    company_id  TEXT    NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    actor_id    TEXT,                                                 -- NULL: the system
    action      TEXT    NOT NULL,                                     -- user.deactivated, group.rescheduled, ...
    subject     TEXT    NOT NULL,                                     -- what kind of thing: user, group, session, ...
    subject_id  TEXT    NOT NULL,
    before      TEXT    CHECK (json_valid(before)),
    after       TEXT    CHECK (json_valid(after)),
    request_id  TEXT,                                                 -- as in the log lines
    created_at  INTEGER NOT NULL
) STRICT;

-- A company's log, newest first; that of one thing; and that of one person's doings.
CREATE INDEX audit_log_by_company ON audit_log (company_id, created_at);
CREATE INDEX audit_log_by_subject ON audit_log (company_id, subject_id, created_at);
CREATE INDEX audit_log_by_actor ON audit_log (company_id, actor_id, created_at);

-- What each model call used. Unknown usage stays NULL: a stream that died tells no number.
CREATE TABLE spend_ledger (
    id              TEXT    NOT NULL PRIMARY KEY,                     -- the call's: noted twice is once
    company_id      TEXT    NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    user_id         TEXT    REFERENCES users (id) ON DELETE SET NULL,
    session_id      TEXT    REFERENCES sessions (id) ON DELETE SET NULL,
    purpose         TEXT    NOT NULL CHECK (purpose IN ('customer', 'coach', 'judge', 'assistant', 'scenario')),
    provider        TEXT    NOT NULL,
    model           TEXT    NOT NULL,
    input_tokens    INTEGER,
    output_tokens   INTEGER,
    cost_micros     INTEGER,                                          -- millionths of a US dollar
    duration_ms     INTEGER NOT NULL,
    outcome         TEXT    NOT NULL CHECK (outcome IN ('completed', 'stopped', 'failed')),
    created_at      INTEGER NOT NULL,
    unknown_micros  INTEGER CHECK (unknown_micros >= 0)               -- where the cost is not known: the most it can have been
) STRICT;

CREATE INDEX spend_ledger_by_company ON spend_ledger (company_id, created_at);
CREATE INDEX spend_ledger_by_user ON spend_ledger (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX spend_ledger_by_session ON spend_ledger (session_id) WHERE session_id IS NOT NULL;

-- A month's spend of a company and of each of its people: what the caps are checked against before a call.
CREATE TABLE spend_months (
    company_id      TEXT    NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    month           TEXT    NOT NULL,                                 -- UTC: 2026-11
    user_id         TEXT    NOT NULL,                                 -- '': the whole company
    cost_micros     INTEGER NOT NULL,                                 -- of the calls whose cost is known
    unknown_calls   INTEGER NOT NULL,                                 -- calls whose cost is not known
    calls           INTEGER NOT NULL DEFAULT 0,                       -- all of them
    unknown_micros  INTEGER NOT NULL DEFAULT 0,                       -- the most that the unknown ones can have cost
    PRIMARY KEY (company_id, month, user_id)
) STRICT, WITHOUT ROWID;
