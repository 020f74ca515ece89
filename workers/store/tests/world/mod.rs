//! Two companies on an empty database, for tests of the store.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "../../../domain/tests/fixture/mod.rs"]
pub mod fixture;

use domain::ids::*;
use domain::scoring::Verdict;
use domain::session::*;
use std::sync::atomic::{AtomicU64, Ordering};
use store::audit::Change;
use store::sqlite::Sqlite;
use store::{Db, FromRow, Statement};
use uuid::Uuid;

/// The whole schema.
pub const SCHEMA: &str = include_str!("../../../../schema.sql");

/// Wednesday, 25 November 2026, 11:00 in India.
pub const SLOT: u64 = 1_795_584_600_000;
pub const MINUTE: u64 = 60_000;
pub const DAY: u64 = 24 * 60 * MINUTE;

/// An id made from a number, so that it reads well in SQL.
pub fn id<Id: From<Uuid>>(number: u128) -> Id {
    Id::from(Uuid::from_u128(number))
}

pub fn company() -> CompanyId {
    id(0xA)
}
pub fn other_company() -> CompanyId {
    id(0xB)
}
pub fn manager() -> UserId {
    id(0xA1)
}
pub fn rep() -> UserId {
    id(0xA2)
}
pub fn second_rep() -> UserId {
    id(0xA3)
}
pub fn loner() -> UserId {
    id(0xA4)
}
pub fn other_manager() -> UserId {
    id(0xB1)
}
pub fn other_rep() -> UserId {
    id(0xB2)
}
pub fn team() -> TeamId {
    id(0xA5)
}
pub fn group() -> GroupId {
    id(0xA6)
}
pub fn scenario(day: u8) -> ScenarioId {
    id(0x5000 + u128::from(day))
}
pub fn version(day: u8) -> ScenarioVersionId {
    id(0x6000 + u128::from(day))
}

/// Runs a future that is ready at once.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    futures::executor::block_on(future)
}

/// Both companies with their people, and the stock library of days 1 to 3 with two drills each.
pub fn world() -> Sqlite {
    let db = Sqlite::in_memory(SCHEMA).unwrap();
    for (company, name, members) in [
        (
            company(),
            "Troika",
            &[
                (manager(), "manager", "manager@a.test"),
                (rep(), "sales_rep", "Rep@a.test"),
                (second_rep(), "sales_rep", "second@a.test"),
                (loner(), "sales_rep", "loner@a.test"),
            ][..],
        ),
        (
            other_company(),
            "Sagar",
            &[
                (other_manager(), "manager", "manager@b.test"),
                (other_rep(), "sales_rep", "rep@b.test"),
            ],
        ),
    ] {
        db.script(&format!(
            "INSERT INTO companies (id, name, plan_starts_at, created_at, updated_at) VALUES ('{company}', '{name}', 0, 0, 0)"
        ))
        .unwrap();
        for (user, role, email) in members {
            db.script(&format!(
                "INSERT INTO users (id, company_id, email, password_hash, role, first_name, last_name, created_at, updated_at)
                 VALUES ('{user}', '{company}', '{email}', 'hash', '{role}', 'First', 'Last', 0, 0)"
            ))
            .unwrap();
        }
    }
    db.script(&format!(
        "INSERT INTO teams (id, company_id, manager_id, name, created_at, updated_at)
             VALUES ('{team}', '{company}', '{manager}', 'West', 0, 0);
         INSERT INTO groups (id, company_id, team_id, name, weekdays, slot_minute, zone, created_at, updated_at)
             VALUES ('{group}', '{company}', '{team}', 'Group A', 63, 660, 'Asia/Kolkata', 0, 0);
         INSERT INTO team_members VALUES ('{company}', '{team}', '{rep}', 0), ('{company}', '{team}', '{second}', 0);
         INSERT INTO group_members VALUES ('{team}', '{group}', '{rep}', 0)",
        team = team(),
        company = company(),
        manager = manager(),
        group = group(),
        rep = rep(),
        second = second_rep(),
    ))
    .unwrap();
    for day in 1..=3 {
        publish(&db, None, scenario(day), version(day), day, "Small pack");
    }
    let tone = serde_json::to_string(&fixture::guidelines()).unwrap();
    db.script(&format!(
        "INSERT INTO tone_guidelines (id, number, text, created_at, published_at) VALUES ('tone', 1, '{tone}', 0, 0)"
    ))
    .unwrap();
    db
}

/// Publishes the first version of a scenario with two drills.
pub fn publish(
    db: &Sqlite,
    company: Option<CompanyId>,
    scenario: ScenarioId,
    version: ScenarioVersionId,
    day: u8,
    theme: &str,
) {
    let mut text = fixture::frozen(2).text;
    text.day = day;
    text.theme = theme.to_owned();
    let text = serde_json::to_string(&text).unwrap();
    let company = company.map_or("NULL".to_owned(), |company| format!("'{company}'"));
    db.script(&format!(
        "INSERT INTO scenarios (id, company_id, day, category, created_at, updated_at)
             VALUES ('{scenario}', {company}, {day}, 'closing', 0, 0);
         INSERT INTO scenario_versions (id, scenario_id, number, theme, description, text, created_at, published_at)
             VALUES ('{version}', '{scenario}', 1, '{theme}', 'A start', '{text}', 0, 0);
         UPDATE scenarios SET published_version_id = '{version}' WHERE id = '{scenario}'"
    ))
    .unwrap();
}

/// Schedules a session of `rep()` or of the other company's rep; its slot is `SLOT` plus `days` days.
pub fn schedule(db: &Sqlite, session: SessionId, user: UserId, day: u8, days: i64) {
    let slot = SLOT
        .checked_add_signed(days * i64::try_from(DAY).unwrap())
        .unwrap();
    let (company, team, group) = if user == other_rep() {
        (other_company(), "NULL".to_owned(), "NULL".to_owned())
    } else if user == loner() {
        (company(), "NULL".to_owned(), "NULL".to_owned())
    } else {
        (company(), format!("'{}'", team()), format!("'{}'", group()))
    };
    db.script(&format!(
        "INSERT INTO sessions (id, company_id, user_id, group_id, team_id, scenario_id, day, status, slot_at, opens_at,
                               closes_at, utc_offset_minutes, created_at, updated_at)
         VALUES ('{session}', '{company}', '{user}', {group}, {team}, '{}', {day}, 'scheduled', {slot}, {slot} - 600000,
                 {slot} + 3600000, 330, 0, 0)",
        scenario(day)
    ))
    .unwrap();
}

/// Steps of the plans of everything that ran which read a table from end to end.
pub fn scans(db: &Sqlite) -> Vec<String> {
    // A list in a parameter, and what an index has just collected, are no tables that grow; of the stock's tone guidelines
    // the index gives the latest first.
    let small = [
        "VIRTUAL TABLE",
        "CONSTANT ROW",
        "SCAN mine",
        "SCAN reps",
        "SCAN served",
        "SCAN found",
        "SCAN touched",
        "SCAN latest",
        "SCAN (subquery",
        "INDEX tone_guidelines_of_stock",
    ];
    let mut scans = Vec::new();
    for sql in db.seen() {
        for line in db.plan(sql).unwrap() {
            if line.starts_with("SCAN") && !small.iter().any(|small| line.contains(small)) {
                scans.push(format!("{line}\n{sql}"));
            }
        }
    }
    scans
}

/// An entry of the audit log; each has an id of its own.
pub fn change() -> Change {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    Change {
        id: id(NEXT.fetch_add(1, Ordering::SeqCst).into()),
        company: company(),
        actor: Some(manager()),
        action: "test.changed",
        subject: "test",
        subject_id: id(1),
        before: None,
        after: None,
        request: None,
        at: 1,
    }
}

/// A number from the database.
pub fn count(db: &Sqlite, sql: &'static str) -> i64 {
    #[derive(FromRow)]
    struct Row {
        n: i64,
    }
    now(db.first::<Row>(Statement::new(sql)))
        .unwrap()
        .unwrap()
        .n
}

/// A completed session of two drills: first answers score `first`, repeats `last`; it starts at `at`.
pub fn practised(
    session: SessionId,
    user: UserId,
    day: u8,
    first: u8,
    last: u8,
    at: u64,
) -> LiveSession {
    let mut frozen = fixture::frozen(2);
    frozen.session = session;
    frozen.user = user;
    frozen.company = if user == other_rep() {
        other_company()
    } else {
        company()
    };
    frozen.scenario = scenario(day);
    frozen.scenario_version = version(day);
    frozen.text.day = day;
    let mut practice = Practice {
        live: LiveSession::default(),
        clock: at,
        minted: session.0.as_u128() << 32,
    };
    practice.tell(Command::Start(Box::new(frozen)));
    for drill in 0..2 {
        practice.answer(
            &format!("answer {drill}"),
            fixture::verdict(first),
            Some("Better".into()),
        );
        practice.answer(&format!("again {drill}"), fixture::verdict(last), None);
    }
    practice.live
}

struct Practice {
    live: LiveSession,
    clock: u64,
    minted: u128,
}

impl Practice {
    fn answer(&mut self, words: &str, verdict: Verdict, improved: Option<String>) {
        let request = RequestId::try_from(words.replace(' ', "-")).unwrap();
        self.clock += 30_000;
        self.tell(Command::Send {
            request,
            content: words.into(),
            advance: true,
        });
        let turn = self.live.running().unwrap().id;
        self.tell(Command::Compose {
            turn,
            speaker: Speaker::Coach,
            voiced_by: domain::session::VoicedBy::BuiltIn,
        });
        let message = self.live.messages().last().unwrap().id;
        self.tell(Command::Speak {
            turn,
            message,
            text: format!("About {words}"),
        });
        self.tell(Command::FinishMessage { turn, message });
        self.tell(Command::Grade {
            turn,
            verdict: Box::new(verdict),
            improved,
            grounds: Box::default(),
        });
    }

    fn tell(&mut self, command: Command) {
        let minted = &mut self.minted;
        let mut mint = || {
            *minted += 1;
            Uuid::from_u128(*minted)
        };
        let Decision::Append(events) = self.live.decide(command, &mut mint).unwrap() else {
            panic!("a test sends nothing twice");
        };
        for event in events {
            let seq = self.live.last_seq() + 1;
            self.live.apply(&Entry {
                seq,
                at: self.clock,
                event,
            });
        }
    }
}
