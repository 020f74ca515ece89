//! What cron plans: groups whose sessions are to be planned, what is planned by, and the plans carried out.
//!
//! Each plan is made of what was read a moment before. It is carried out only while the group's `plan_due_at` is still the one
//! that was read: whatever makes a plan stale (schema.sql, triggers `groups_replan_*`) makes that another number, and cron
//! comes again. So of two that plan at once, one does.

use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, GroupId, ScenarioId, SessionId, UserId};
use domain::programme::{Planned, Practice, Served, Standing, Step};
use serde::Serialize;
use serde_json::json;

/// The end of the calendar that dates are written in, Unix ms: a group that nothing is planned for.
const NEVER: u64 = 253_402_300_799_000;

/// A group whose sessions are to be planned.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DueGroup {
    /// The group.
    pub id: GroupId,
    /// Its tenant.
    pub company: CompanyId,
    /// Bits of [`domain::schedule::Weekdays`].
    pub weekdays: u8,
    /// Minutes after local midnight.
    pub slot_minute: u16,
    /// IANA zone.
    pub zone: String,
    /// As it was read: a plan made of this row is good as long as it is the same.
    pub plan_due_at: i64,
    /// Minutes after a slot until its session is missed.
    pub grace_minutes: u64,
    /// How many days the programme has.
    pub training_days: u8,
    /// It practises: neither it nor its company was switched off.
    pub is_active: bool,
    /// When its company's plan ends, Unix ms.
    pub plan_ends_at: Option<u64>,
}

const DUE: &str = "
    SELECT g.id, g.company_id AS company, g.weekdays, g.slot_minute, g.zone, g.plan_due_at, c.grace_minutes,
           c.training_days, g.is_active AND c.is_active AS is_active, c.plan_ends_at
    FROM groups g JOIN companies c ON c.id = g.company_id
    WHERE g.plan_due_at <= ?1 ORDER BY g.plan_due_at LIMIT ?2";

/// Groups of all companies whose sessions are to be planned at `now` (Unix ms), at most `limit`.
pub async fn due(db: &impl Db, now: u64, limit: u32) -> Result<Vec<DueGroup>, DbError> {
    db.all(Statement::new(DUE).bind(now).bind(limit)).await
}

/// A rep of a group, and what their sessions are planned by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The group.
    pub group: GroupId,
    /// The rep.
    pub rep: UserId,
    /// What counts.
    pub practice: Practice,
}

#[derive(FromRow)]
struct MemberColumns {
    group: GroupId,
    rep: UserId,
    completed: Vec<u8>,
    sessions: Vec<Standing>,
    away: Vec<u64>,
    waived: Vec<u64>,
}

const MEMBERS: &str = "
    SELECT m.group_id AS \"group\", u.id AS rep,
        (SELECT json_group_array(DISTINCT d.day) FROM sessions d
         WHERE d.company_id = u.company_id AND d.user_id = u.id AND d.status = 'completed' AND d.kind = 'programme')
            AS completed,
        (SELECT json_group_array(json_object('id', s.id, 'version', s.version, 'group', s.group_id, 'day', s.day,
                'scenario', s.scenario_id, 'status', s.status, 'planned', json(iif(s.planned, 'true', 'false')),
                'slot_at', s.slot_at, 'opens_at', s.opens_at, 'closes_at', s.closes_at))
         FROM sessions s WHERE s.kind = 'programme' AND s.id IN (
            SELECT id FROM sessions WHERE company_id = u.company_id AND user_id = u.id AND slot_at > ?2
            UNION ALL
            SELECT id FROM sessions WHERE company_id = u.company_id AND user_id = u.id AND status = 'in_progress'
            UNION ALL
            SELECT id FROM sessions
            WHERE company_id = u.company_id AND user_id = u.id AND status = 'scheduled' AND closes_at > ?2)
        ) AS sessions,
        (SELECT json_group_array(unixepoch(l.date) / 86400) FROM leave_days l
         WHERE l.company_id = u.company_id AND l.user_id = u.id
           AND l.date BETWEEN date(?2 / 1000 - 86400, 'unixepoch') AND date(?2 / 1000 + 259200, 'unixepoch')) AS away,
        (SELECT json_group_array(w.slot_at) FROM waived_slots w
         WHERE w.company_id = u.company_id AND w.user_id = u.id AND w.slot_at > ?2) AS waived
    FROM json_each(?1) ids JOIN group_members m ON m.group_id = ids.value JOIN users u ON u.id = m.user_id
    WHERE u.is_active = 1 AND u.role = 'sales_rep'";

/// The reps of some groups who practise, with what there is of theirs at `now` (Unix ms).
pub async fn members(db: &impl Db, groups: &[GroupId], now: u64) -> Result<Vec<Member>, DbError> {
    let rows: Vec<MemberColumns> = db
        .all(
            Statement::new(MEMBERS)
                .bind(json!(groups).to_string())
                .bind(now),
        )
        .await?;
    let members = rows.into_iter().map(|row| Member {
        group: row.group,
        rep: row.rep,
        practice: Practice {
            completed: row.completed,
            sessions: row.sessions,
            away: row.away,
            waived: row.waived,
        },
    });
    Ok(members.collect())
}

#[derive(FromRow)]
struct ServedColumns {
    company: CompanyId,
    day: u8,
    scenario: ScenarioId,
}

const SERVED: &str = "
    WITH days (day) AS (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10)),
    found AS MATERIALIZED (
        SELECT ids.value AS company, d.day, coalesce(
            (SELECT id FROM scenarios
             WHERE company_id = ids.value AND day = d.day AND is_active = 1 AND published_version_id IS NOT NULL
             ORDER BY id LIMIT 1),
            (SELECT id FROM scenarios
             WHERE company_id IS NULL AND day = d.day AND is_active = 1 AND published_version_id IS NOT NULL
             ORDER BY id LIMIT 1)) AS scenario
        FROM json_each(?1) ids CROSS JOIN days d)
    SELECT company, day, scenario FROM found WHERE scenario IS NOT NULL ORDER BY company, day";

/// What some companies practise on each day: their own published scenarios, else the stock library's.
pub async fn served(
    db: &impl Db,
    companies: &[CompanyId],
) -> Result<Vec<(CompanyId, Served)>, DbError> {
    let ids = json!(companies).to_string();
    let rows: Vec<ServedColumns> = db.all(Statement::new(SERVED).bind(ids)).await?;
    let served = rows.into_iter().map(|row| {
        let served = Served {
            day: row.day,
            scenario: row.scenario,
        };
        (row.company, served)
    });
    Ok(served.collect())
}

/// What is to be done for some groups, as one batch.
#[derive(Debug, Clone, Default)]
pub struct Plans {
    groups: Vec<GroupLine>,
    created: Vec<SessionLine>,
    changed: Vec<SessionLine>,
    dropped: Vec<SessionLine>,
}

#[derive(Debug, Clone, Serialize)]
struct GroupLine {
    group: GroupId,
    due: i64,
    next: u64,
}

#[derive(Debug, Clone, Serialize)]
struct SessionLine {
    group: GroupId,
    due: i64,
    id: SessionId,
    /// As the session was read.
    version: u64,
    rep: UserId,
    planned: Option<Planned>,
}

impl Plans {
    /// A group is done with; it is due again at `next_due_at` (Unix ms), or only when something changes.
    pub fn group(&mut self, group: &DueGroup, next_due_at: Option<u64>) {
        self.groups.push(GroupLine {
            group: group.id,
            due: group.plan_due_at,
            next: next_due_at.unwrap_or(NEVER),
        });
    }

    /// A step for a rep of a group; `new_id` is the id of a session that is created.
    pub fn step(&mut self, group: &DueGroup, rep: UserId, step: Step, new_id: SessionId) {
        let (lines, id, version, planned) = match step {
            Step::Create(planned) => (&mut self.created, new_id, 1, Some(planned)),
            Step::Change { standing, planned } => (
                &mut self.changed,
                standing.id,
                standing.version,
                Some(planned),
            ),
            Step::Drop(standing) => (&mut self.dropped, standing.id, standing.version, None),
        };
        lines.push(SessionLine {
            group: group.id,
            due: group.plan_due_at,
            id,
            version,
            rep,
            planned,
        });
    }
}

/// Plans of the group for those who are in it no more, or may not log in.
const DROP_STRAYS: &str = "
    DELETE FROM sessions WHERE id IN (
        SELECT s.id FROM json_each(?1) p
        JOIN groups g ON g.id = p.value ->> '$.group' AND g.plan_due_at = p.value ->> '$.due'
        JOIN sessions s ON s.group_id = g.id AND s.slot_at > ?2
        WHERE s.status = 'scheduled' AND s.planned = 1 AND s.opens_at > ?2 AND NOT EXISTS (
            SELECT 1 FROM group_members m JOIN users u ON u.id = m.user_id
            WHERE m.user_id = s.user_id AND m.group_id = g.id AND u.is_active = 1 AND u.role = 'sales_rep'))";

const DROP: &str = "
    DELETE FROM sessions WHERE id IN (
        SELECT s.id FROM json_each(?1) p
        JOIN groups g ON g.id = p.value ->> '$.group' AND g.plan_due_at = p.value ->> '$.due'
        JOIN sessions s ON s.id = p.value ->> '$.id' AND s.company_id = g.company_id
        WHERE s.status = 'scheduled' AND s.planned = 1 AND s.version = p.value ->> '$.version')";

/// What is moved to another slot is dropped and made anew, so a change keeps its slot.
const CHANGE: &str = "
    UPDATE sessions SET day = p.value ->> '$.planned.served.day', scenario_id = p.value ->> '$.planned.served.scenario',
        opens_at = p.value ->> '$.planned.window.opensAt', closes_at = p.value ->> '$.planned.window.closesAt', utc_offset_minutes = p.value ->> '$.planned.utc_offset_minutes',
        group_id = g.id, team_id = g.team_id, version = sessions.version + 1, updated_at = ?2
    FROM json_each(?1) p JOIN groups g ON g.id = p.value ->> '$.group' AND g.plan_due_at = p.value ->> '$.due'
    WHERE sessions.id = p.value ->> '$.id' AND sessions.company_id = g.company_id AND sessions.status = 'scheduled'
      AND sessions.planned = 1 AND sessions.version = p.value ->> '$.version'";

const CREATE: &str = "
    INSERT INTO sessions (id, company_id, user_id, group_id, team_id, scenario_id, day, status, slot_at, opens_at, closes_at,
                          utc_offset_minutes, planned, created_at, updated_at)
    SELECT p.value ->> '$.id', g.company_id, m.user_id, g.id, g.team_id, p.value ->> '$.planned.served.scenario', p.value ->> '$.planned.served.day',
           'scheduled', p.value ->> '$.planned.window.slotAt', p.value ->> '$.planned.window.opensAt', p.value ->> '$.planned.window.closesAt', p.value ->> '$.planned.utc_offset_minutes', 1, ?2, ?2
    FROM json_each(?1) p
    JOIN groups g ON g.id = p.value ->> '$.group' AND g.plan_due_at = p.value ->> '$.due'
    JOIN group_members m ON m.group_id = g.id AND m.user_id = p.value ->> '$.rep'
    JOIN users u ON u.id = m.user_id AND u.is_active = 1 AND u.role = 'sales_rep'
    WHERE true
    ON CONFLICT (company_id, user_id, slot_at) DO NOTHING";

const DONE: &str = "
    UPDATE groups SET plan_due_at = p.value ->> '$.next'
    FROM json_each(?1) p WHERE groups.id = p.value ->> '$.group' AND groups.plan_due_at = p.value ->> '$.due'";

/// Carries plans out, all or nothing; those of a group that went stale meanwhile are left alone. `now` is Unix ms. Gives how
/// many groups are done with.
pub async fn carry_out(db: &impl Db, plans: Plans, now: u64) -> Result<u64, DbError> {
    let groups = json!(plans.groups).to_string();
    let sessions = |sql, lines: &[SessionLine]| Statement::new(sql).bind(json!(lines).to_string());
    let batch = vec![
        Statement::new(DROP_STRAYS).bind(groups.as_str()).bind(now),
        sessions(DROP, &plans.dropped),
        sessions(CHANGE, &plans.changed).bind(now),
        sessions(CREATE, &plans.created).bind(now),
        Statement::new(DONE).bind(groups),
    ];
    let changed = db.batch(batch).await?;
    Ok(changed.last().copied().unwrap_or_default())
}

const POSTPONE: &str = "UPDATE groups SET plan_due_at = ?3 WHERE id = ?1 AND plan_due_at = ?2";

/// Puts a group off that could not be planned, so that it does not keep others waiting.
pub async fn postpone(db: &impl Db, group: &DueGroup, until: u64) -> Result<(), DbError> {
    let statement = Statement::new(POSTPONE)
        .bind(group.id)
        .bind(group.plan_due_at)
        .bind(until);
    db.run(statement).await?;
    Ok(())
}
