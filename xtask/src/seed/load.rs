//! Many past sessions, for load tests and benchmarks. They carry scores and roll-ups but no chats, as sessions do whose
//! transcripts retention took.

use domain::ids::{CompanyId, SessionId, TeamId, UserId};
use rusqlite::types::Type;
use rusqlite::{Connection, Row, Transaction, params};
use store::{rollups, sqlite};
use uuid::Uuid;

use super::clock::{Date, MINUTE_MS, OFFSET_MINUTES};
use super::people::{COMPANIES, password_hash};
use super::{ids, moment, refused};
use crate::error::Result;

/// Past sessions of one rep: two rounds of ten days.
const SESSIONS_PER_REP: u32 = 20;

/// Reps of one team.
const REPS_PER_TEAM: u32 = 15;

/// Reps of one company. Of every ten reps one goes to the demo company, so that what is looked at grows too.
const REPS_PER_COMPANY: u32 = 90;

/// The slot of sessions in the demo's longer past, in minutes after midnight: no group has it.
const EARLY: u16 = 6 * 60;

/// Adds `count` past sessions of new reps, spread over new companies and the demo's own, which must be there.
pub fn past_sessions(database: &mut Connection, now_ms: i64, count: u32) -> Result<()> {
    with_load(database, now_ms, |load| load.add(count))
}

/// Adds to the past of the demo's own reps, whose sessions number `from` to `to` it makes, counted from yesterday backwards: the
/// same people with a longer history.
pub fn longer_past(database: &mut Connection, now_ms: i64, from: u32, to: u32) -> Result<()> {
    with_load(database, now_ms, |load| load.add_to_demo(from, to))
}

fn with_load(
    database: &mut Connection,
    now_ms: i64,
    add: impl FnOnce(&Load<'_>) -> rusqlite::Result<()>,
) -> Result<()> {
    let now = moment(now_ms)?;
    let hash = password_hash(database)?;
    let transaction = database.transaction().map_err(refused)?;
    Load::begin(&transaction, hash, now)
        .and_then(|load| add(&load))
        .map_err(refused)?;
    for statement in rollups::rebuild() {
        sqlite::execute(&transaction, &statement).map_err(refused)?;
    }
    transaction.commit().map_err(refused)
}

struct Load<'a> {
    database: &'a Transaction<'a>,
    /// What is practised, by day.
    texts: Vec<Text>,
    hash: String,
    now: u64,
    /// Reps that earlier runs made.
    reps_before: u32,
}

struct Seat {
    company: CompanyId,
    team: TeamId,
}

/// A published scenario.
struct Text {
    day: u8,
    version: String,
    scenario: String,
}

/// A completed session: who, what, when, and about how good its first answers are.
struct Past<'a> {
    seat: &'a Seat,
    rep: UserId,
    text: &'a Text,
    slot_at: u64,
    first_score: u32,
}

impl<'a> Load<'a> {
    fn begin(database: &'a Transaction<'a>, hash: String, now: u64) -> rusqlite::Result<Self> {
        let texts = database
            .prepare(
                "SELECT day, published_version_id, id FROM scenarios
                 WHERE company_id IS NULL AND published_version_id IS NOT NULL ORDER BY day",
            )?
            .query_map([], |row| {
                Ok(Text {
                    day: row.get(0)?,
                    version: row.get(1)?,
                    scenario: row.get(2)?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let reps_before = database.query_row(
            "SELECT count(*) FROM users WHERE email GLOB 'load-rep-*'",
            [],
            |row| row.get(0),
        )?;
        Ok(Self {
            database,
            texts,
            hash,
            now,
            reps_before,
        })
    }

    fn add(&self, count: u32) -> rusqlite::Result<()> {
        let mut left = count;
        let mut number = self.reps_before;
        while left > 0 {
            let sessions = left.min(SESSIONS_PER_REP);
            let seat = self.seat(number)?;
            let rep = self.user(&seat, &format!("load-rep-{number:06}"), "sales_rep")?;
            self.database
                .prepare_cached(
                    "INSERT INTO team_members (company_id, team_id, user_id, joined_at) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![
                    seat.company.to_string(),
                    seat.team.to_string(),
                    rep.to_string(),
                    self.now
                ])?;
            self.practised(&seat, rep, number, sessions)?;
            left -= sessions;
            number += 1;
        }
        Ok(())
    }

    /// The company and the team a rep belongs to; made when it is their first.
    fn seat(&self, number: u32) -> rusqlite::Result<Seat> {
        let (name, place) = if number.is_multiple_of(10) {
            let [demo, _] = &COMPANIES;
            (demo.name.to_owned(), number / 10)
        } else {
            let place = number / 10 * 9 + number % 10 - 1;
            (
                format!("Load Company {:04}", place / REPS_PER_COMPANY + 1),
                place % REPS_PER_COMPANY,
            )
        };
        let team = format!("Load Team {:02}", place / REPS_PER_TEAM + 1);
        let seat = Seat {
            company: ids::of(&name),
            team: ids::of(&format!("{name}: {team}")),
        };
        self.database
            .prepare_cached(
                "INSERT INTO companies (id, name, plan, max_users, plan_starts_at, created_at, updated_at)
                 VALUES (?1, ?2, 'enterprise', 100000, ?3, ?3, ?3) ON CONFLICT (id) DO NOTHING",
            )?
            .execute(params![seat.company.to_string(), name, self.now])?;
        if place.is_multiple_of(REPS_PER_TEAM) {
            let mailbox = format!("load-manager-{number:06}");
            let manager = self.user(&seat, &mailbox, "manager")?;
            self.database
                .prepare_cached(
                    "INSERT INTO teams (id, company_id, manager_id, name, created_at, updated_at)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
                )?
                .execute(params![
                    seat.team.to_string(),
                    seat.company.to_string(),
                    manager.to_string(),
                    team,
                    self.now
                ])?;
        }
        Ok(seat)
    }

    fn user(&self, seat: &Seat, mailbox: &str, role: &str) -> rusqlite::Result<UserId> {
        let email = format!("{mailbox}@salescaptain.test");
        let user: UserId = ids::of(&email);
        self.database
            .prepare_cached(
                "INSERT INTO users (id, company_id, email, password_hash, role, first_name, last_name, created_at, updated_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, 'Load', ?6, ?7, ?7)",
            )?
            .execute(params![
                user.to_string(),
                seat.company.to_string(),
                email,
                self.hash,
                role,
                mailbox,
                self.now
            ])?;
        Ok(user)
    }

    fn practised(
        &self,
        seat: &Seat,
        rep: UserId,
        number: u32,
        sessions: u32,
    ) -> rusqlite::Result<()> {
        let mut chance = ids::chance(&format!("load rep {number}"));
        // A slot between 9:00 and 18:45, the last one up to a year ago.
        let minute = 9 * 60 + chance.u16(0..40) * 15;
        let mut date = Date::of(self.now).back(1 + chance.usize(0..300) + sessions as usize);
        for (practised, text) in (0..sessions).zip(self.texts.iter().cycle()) {
            while !date.is_practised() {
                date = date.next();
            }
            let past = Past {
                seat,
                rep,
                text,
                slot_at: date.slot(minute),
                first_score: 30 + practised * 2,
            };
            self.session(&past, &mut chance)?;
            date = date.next();
        }
        Ok(())
    }

    fn session(&self, past: &Past<'_>, chance: &mut fastrand::Rng) -> rusqlite::Result<()> {
        let Past {
            seat, rep, slot_at, ..
        } = past;
        let late = chance.u8(0..10) == 0;
        let started_at = slot_at + MINUTE_MS * chance.u64(if late { 12..40 } else { 0..9 });
        let seconds = chance.u64(200..520);
        let mut about = |gain: u32| (past.first_score + gain + chance.u32(0..20)).min(100);
        let id: SessionId = ids::at(*slot_at, &format!("load rep {rep} at {slot_at}"));
        self.database.prepare_cached(
            "INSERT INTO sessions (id, company_id, user_id, team_id, scenario_id, day, status, slot_at, opens_at, closes_at,
                 utc_offset_minutes, started_at, ended_at, late, scenario_version_id, rubric_hash, prompt_version, model,
                 score, confidence, clarity, structure, objection_handling, closing,
                 first_score, first_confidence, first_clarity, first_structure, first_objection_handling, first_closing,
                 duration_seconds, coach_notes, last_event_id, transcript_purged_at, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'completed', ?7, ?7 - 600000, ?7 + 3600000, ?8, ?9, ?10, ?11, ?12, '', 'builtin-1',
                 'builtin', ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, '', 1, ?10, ?7, ?10)",
        )?
        .execute(params![
            id.to_string(),
            seat.company.to_string(),
            rep.to_string(),
            seat.team.to_string(),
            past.text.scenario,
            past.text.day,
            slot_at,
            OFFSET_MINUTES,
            started_at,
            started_at + seconds * 1_000,
            late,
            past.text.version,
            about(22),
            about(22),
            about(22),
            about(22),
            about(22),
            about(22),
            about(0),
            about(0),
            about(0),
            about(0),
            about(0),
            about(0),
            seconds,
        ])?;
        Ok(())
    }

    /// Whoever is in a team and was not made here, in a fixed order, each with their seat.
    fn demo_reps(&self) -> rusqlite::Result<Vec<(UserId, Seat)>> {
        self.database
            .prepare(
                "SELECT m.user_id, m.company_id, m.team_id FROM team_members m JOIN users u ON u.id = m.user_id
                 WHERE u.email NOT GLOB 'load-rep-*' ORDER BY m.user_id",
            )?
            .query_map([], |row| {
                let seat = Seat {
                    company: id(row, 1)?,
                    team: id(row, 2)?,
                };
                Ok((id(row, 0)?, seat))
            })?
            .collect()
    }

    /// Session number `from` and those up to `to`: the reps take turns, every other day into the past.
    fn add_to_demo(&self, from: u32, to: u32) -> rusqlite::Result<()> {
        let reps = self.demo_reps()?;
        let mut chance = ids::chance(&format!("past sessions from {from} on"));
        let turns = (1..=u32::MAX).flat_map(|back| reps.iter().map(move |rep| (back, rep)));
        let numbered = turns.zip(self.texts.iter().cycle());
        let (skipped, wanted) = (from as usize, to.saturating_sub(from) as usize);
        for ((back, (rep, seat)), text) in numbered.skip(skipped).take(wanted) {
            let past = Past {
                seat,
                rep: *rep,
                text,
                slot_at: Date::of(self.now).days_before(2 * back).slot(EARLY),
                first_score: 40,
            };
            self.session(&past, &mut chance)?;
        }
        Ok(())
    }
}

/// The id in a column.
fn id<Id: From<Uuid>>(row: &Row<'_>, column: usize) -> rusqlite::Result<Id> {
    let text: String = row.get(column)?;
    let uuid = Uuid::parse_str(&text).map_err(|why| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(why))
    })?;
    Ok(Id::from(uuid))
}
