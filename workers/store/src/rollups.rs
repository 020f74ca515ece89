//! Roll-ups: what dashboards and leaderboards read, so that their cost does not grow with history.
//!
//! Each is recomputed from the rows below it, never counted up: doing it twice, or late, gives the same. Only the rows that
//! the sessions at hand touch are read: their reps' sessions, their teams' sessions of those dates, their companies' teams of
//! those dates.
//!
//! They are figures of the programme: free practice moves none of them, but how often and how well a rep did a scenario.

use crate::Statement;
use domain::ids::{CompanyId, SessionId};
use serde_json::{Value as Json, json};

/// Begins a statement: `touched` are what the sessions in `?1` (JSON: `[{"id", "company"}]`) have of `$columns`, each once.
macro_rules! touched {
    ($columns:literal) => {
        concat!(
            "
    WITH touched AS MATERIALIZED (
        SELECT DISTINCT ",
            $columns,
            "
        FROM json_each(?1) l JOIN sessions c ON c.id = l.value ->> '$.id' AND c.company_id = l.value ->> '$.company')"
        )
    };
}

/// `$from` names the sessions `s` to roll up.
macro_rules! rep {
    ($from:literal) => {
        concat!(
            "
    REPLACE INTO rep_rollups (user_id, company_id, completed, missed, late, days_completed, streak, practice_seconds,
        best_score, score_avg, first_score_avg, early_first_score_avg, recent_first_score_avg,
        confidence_avg, clarity_avg, structure_avg, objection_handling_avg, closing_avg, last_ended_at)
    SELECT s.user_id, s.company_id,
        count(*) FILTER (WHERE s.status = 'completed'),
        count(*) FILTER (WHERE s.status = 'missed'),
        count(*) FILTER (WHERE s.status = 'completed' AND s.late = 1),
        count(DISTINCT s.day) FILTER (WHERE s.status = 'completed'),
        count(*) FILTER (WHERE s.status = 'completed' AND s.closes_at > coalesce(
            (SELECT max(m.closes_at) FROM sessions m
             WHERE m.company_id = s.company_id AND m.user_id = s.user_id AND m.status = 'missed'), 0)),
        coalesce(sum(s.duration_seconds), 0),
        max(s.score), avg(s.score), avg(s.first_score),
        (SELECT avg(first_score) FROM (SELECT first_score FROM sessions e
            WHERE e.company_id = s.company_id AND e.user_id = s.user_id AND e.kind = 'programme' AND e.status = 'completed'
            ORDER BY e.ended_at LIMIT 5)),
        (SELECT avg(first_score) FROM (SELECT first_score FROM sessions l
            WHERE l.company_id = s.company_id AND l.user_id = s.user_id AND l.kind = 'programme' AND l.status = 'completed'
            ORDER BY l.ended_at DESC LIMIT 5)),
        avg(s.confidence), avg(s.clarity), avg(s.structure), avg(s.objection_handling), avg(s.closing), max(s.ended_at)",
            $from,
            "
    GROUP BY s.company_id, s.user_id
    HAVING count(*) FILTER (WHERE s.status IN ('completed', 'missed')) > 0"
        )
    };
}

const REP: &str = concat!(
    touched!("c.company_id, c.user_id"),
    rep!(
        "
    FROM touched CROSS JOIN sessions s
        ON s.company_id = touched.company_id AND s.user_id = touched.user_id AND s.kind = 'programme'"
    )
);
const ALL_REPS: &str = rep!(
    "
    FROM sessions s WHERE s.kind = 'programme'"
);

/// A week is named by its Monday.
macro_rules! rep_week {
    ($from:literal) => {
        concat!(
            "
    REPLACE INTO rep_week_rollups (company_id, user_id, week, completed, missed, late, practice_seconds, score_avg,
        first_score_avg, confidence_avg, clarity_avg, structure_avg, objection_handling_avg, closing_avg)
    SELECT s.company_id, s.user_id, date(s.date, '-6 days', 'weekday 1'),
        count(*) FILTER (WHERE s.status = 'completed'),
        count(*) FILTER (WHERE s.status = 'missed'),
        count(*) FILTER (WHERE s.status = 'completed' AND s.late = 1),
        coalesce(sum(s.duration_seconds), 0),
        avg(s.score), avg(s.first_score),
        avg(s.confidence), avg(s.clarity), avg(s.structure), avg(s.objection_handling), avg(s.closing)",
            $from,
            "
    GROUP BY s.company_id, s.user_id, 3
    HAVING count(*) FILTER (WHERE s.status IN ('completed', 'missed')) > 0"
        )
    };
}

/// 9 days around the slot hold its whole week in any zone.
const REP_WEEK: &str = concat!(
    touched!("c.company_id, c.user_id, c.slot_at, date(c.date, '-6 days', 'weekday 1') AS monday"),
    rep_week!(
        "
    FROM (SELECT company_id, user_id, monday, min(slot_at) AS first, max(slot_at) AS last
          FROM touched GROUP BY company_id, user_id, monday) touched_weeks
    CROSS JOIN sessions s ON s.company_id = touched_weeks.company_id AND s.user_id = touched_weeks.user_id
        AND s.slot_at BETWEEN touched_weeks.first - 777600000 AND touched_weeks.last + 777600000
        AND date(s.date, '-6 days', 'weekday 1') = touched_weeks.monday AND s.kind = 'programme'"
    )
);
const ALL_REP_WEEKS: &str = rep_week!(
    "
    FROM sessions s WHERE s.kind = 'programme'"
);

macro_rules! rep_scenario {
    ($from:literal) => {
        concat!(
            "
    REPLACE INTO rep_scenario_rollups (company_id, user_id, scenario_id, day, completed, missed, score_avg,
        first_score_avg, best_score, last_ended_at, practised)
    SELECT s.company_id, s.user_id, s.scenario_id, s.day,
        count(*) FILTER (WHERE s.status = 'completed' AND s.kind = 'programme'),
        count(*) FILTER (WHERE s.status = 'missed'),
        avg(s.score) FILTER (WHERE s.kind = 'programme'), avg(s.first_score) FILTER (WHERE s.kind = 'programme'),
        max(s.score), max(s.ended_at),
        count(*) FILTER (WHERE s.status = 'completed' AND s.kind = 'practice')",
            $from,
            "
    GROUP BY s.company_id, s.user_id, s.scenario_id
    HAVING count(*) FILTER (WHERE s.status IN ('completed', 'missed')) > 0"
        )
    };
}

/// The `+` keeps SQLite from reading the scenario's sessions of all companies, instead of the rep's.
const REP_SCENARIO: &str = concat!(
    touched!("c.company_id, c.user_id, c.scenario_id"),
    rep_scenario!(
        "
    FROM touched CROSS JOIN sessions s
        ON s.company_id = touched.company_id AND s.user_id = touched.user_id AND +s.scenario_id = touched.scenario_id"
    )
);
const ALL_REP_SCENARIOS: &str = rep_scenario!(
    "
    FROM sessions s"
);

macro_rules! team_day {
    ($from:literal) => {
        concat!(
            "
    REPLACE INTO team_day_rollups (company_id, date, team_id, day, completed, missed, late, practice_seconds, score_sum,
        first_score_sum, overridden, overrides_disagreed, regraded, regrades_disagreed)
    SELECT s.company_id, s.date, coalesce(s.team_id, ''), s.day,
        count(*) FILTER (WHERE s.status = 'completed'),
        count(*) FILTER (WHERE s.status = 'missed'),
        count(*) FILTER (WHERE s.status = 'completed' AND s.late = 1),
        coalesce(sum(s.duration_seconds), 0), coalesce(sum(s.score), 0), coalesce(sum(s.first_score), 0),
        count(s.override_disagrees), coalesce(sum(s.override_disagrees), 0),
        count(s.regrade_disagrees), coalesce(sum(s.regrade_disagrees), 0)",
            $from,
            "
    GROUP BY s.company_id, s.date, s.team_id, s.day
    HAVING count(*) FILTER (WHERE s.status IN ('completed', 'missed')) > 0"
        )
    };
}

const TEAM_DAY: &str = concat!(
    touched!("c.company_id, c.team_id, c.date, c.day"),
    team_day!(
        "
    FROM touched CROSS JOIN sessions s
        ON s.company_id = touched.company_id AND s.team_id IS touched.team_id AND s.date = touched.date AND s.day = touched.day
        AND s.kind = 'programme'"
    )
);
const ALL_TEAM_DAYS: &str = team_day!(
    "
    FROM sessions s WHERE s.kind = 'programme'"
);

macro_rules! company_day {
    ($from:literal) => {
        concat!(
            "
    REPLACE INTO company_day_rollups (company_id, date, day, completed, missed, late, practice_seconds, score_sum,
        first_score_sum, overridden, overrides_disagreed, regraded, regrades_disagreed)
    SELECT t.company_id, t.date, t.day, sum(t.completed), sum(t.missed), sum(t.late), sum(t.practice_seconds),
        sum(t.score_sum), sum(t.first_score_sum), sum(t.overridden), sum(t.overrides_disagreed), sum(t.regraded),
        sum(t.regrades_disagreed)",
            $from,
            "
    GROUP BY t.company_id, t.date, t.day"
        )
    };
}

const COMPANY_DAY: &str = concat!(
    touched!("c.company_id, c.date, c.day"),
    company_day!(
        "
    FROM touched CROSS JOIN team_day_rollups t
        ON t.company_id = touched.company_id AND t.date = touched.date AND t.day = touched.day"
    )
);
const ALL_COMPANY_DAYS: &str = company_day!(
    "
    FROM team_day_rollups t"
);

/// What a session that was completed or missed changes, to be run after its own row was written and in the same batch.
pub fn after(company: CompanyId, session: SessionId) -> Vec<Statement> {
    after_all(&[(company, session)])
}

/// The same for many sessions at once.
pub fn after_all(sessions: &[(CompanyId, SessionId)]) -> Vec<Statement> {
    let lines = sessions
        .iter()
        .map(|(company, id)| json!({"id": id, "company": company}));
    let lines = Json::from_iter(lines).to_string();
    [REP, REP_WEEK, REP_SCENARIO, TEAM_DAY, COMPANY_DAY]
        .into_iter()
        .map(|sql| Statement::new(sql).bind(lines.as_str()))
        .collect()
}

/// All roll-ups of all companies anew, from the sessions. Reads everything: for bulk loads, repairs and audits.
pub fn rebuild() -> Vec<Statement> {
    [
        "DELETE FROM rep_rollups",
        "DELETE FROM rep_week_rollups",
        "DELETE FROM rep_scenario_rollups",
        "DELETE FROM team_day_rollups",
        "DELETE FROM company_day_rollups",
        ALL_REPS,
        ALL_REP_WEEKS,
        ALL_REP_SCENARIOS,
        ALL_TEAM_DAYS,
        ALL_COMPANY_DAYS,
    ]
    .into_iter()
    .map(Statement::new)
    .collect()
}
