//! What the demo's reps have practised so far: every session is played through the session machine with the built-in coach
//! and written by the same statements as a real one.

use std::collections::BTreeMap;

use coach::builtin;
use domain::ids::SessionId;
use domain::session::{Frozen, Status};
use domain::slot::{DEFAULT_GRACE_MINUTES, LATE_AFTER_MINUTES, Window};
use rusqlite::{Connection, params};
use store::sessions::FinishedSession;
use store::{Statement, demo, rollups, sqlite};

use super::clock::{Date, MINUTE_MS, OFFSET_MINUTES};
use super::ids;
use super::library::Library;
use super::people::{COMPANIES, Company, Group, Rep};
use super::playing::Practice;
use super::refused;
use crate::error::Result;

/// How many days of the programme there are.
const DAYS: u8 = 10;

/// How long the demo's sessions should take, minutes.
const TARGET_MINUTES: u16 = 5;

/// Brings everybody's sessions up to `now`: what was due was practised or missed, the next slot is scheduled, and reps that
/// are played by hand have one session to do.
pub fn catch_up(database: &Connection, library: &Library, now: u64) -> Result<()> {
    let mut pasts = Vec::new();
    let mut due = Vec::new();
    for company in &COMPANIES {
        for group in company.groups {
            for rep in group.reps {
                let mut past = Past::of(database, company, group, rep)?;
                let is_new = past.sessions.is_empty();
                if is_new || !rep.by_hand {
                    due.extend(past.live_through(library, now)?);
                }
                pasts.push((past, is_new));
            }
        }
    }
    for played in play(&due, library) {
        run(database, played?.statements())?;
    }
    for (past, is_new) in pasts {
        if is_new && let Some(note) = past.rep.note {
            past.note(note)?;
        }
        if past.rep.by_hand {
            past.open_one(now)?;
        }
    }
    Ok(())
}

/// Plays sessions on all cores: the coach listens to every word of them.
fn play(due: &[Due<'_>], library: &Library) -> Vec<Result<FinishedSession>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let players: Vec<_> = due
            .chunks(due.len().div_ceil(cores).max(1))
            .map(|some| scope.spawn(|| some.iter().map(|one| one.practise(library)).collect()))
            .collect();
        players
            .into_iter()
            .flat_map(|player| {
                player
                    .join()
                    .unwrap_or_else(|_| vec![Err(refused("a demo session could not be played"))])
            })
            .collect()
    })
}

/// A session that was practised while nobody looked.
struct Due<'a> {
    company: &'a Company,
    rep: &'a Rep,
    id: SessionId,
    day: u8,
    slot_at: u64,
}

/// One rep's sessions so far.
struct Past<'a> {
    database: &'a Connection,
    company: &'a Company,
    group: &'a Group,
    rep: &'a Rep,
    sessions: BTreeMap<Date, Known>,
}

struct Known {
    id: SessionId,
    day: u8,
    status: Status,
    slot_at: u64,
}

impl<'a> Past<'a> {
    fn of(
        database: &'a Connection,
        company: &'a Company,
        group: &'a Group,
        rep: &'a Rep,
    ) -> Result<Self> {
        let mut query = database
            .prepare_cached(
                "SELECT id, day, status, slot_at FROM sessions
                 WHERE company_id = ?1 AND user_id = ?2 AND kind = 'programme' ORDER BY slot_at",
            )
            .map_err(refused)?;
        let rows = query
            .query_map(
                params![company.id().to_string(), rep.person.id().to_string()],
                |row| {
                    Ok((
                        row.get::<_, String>(0)?,
                        row.get(1)?,
                        row.get::<_, String>(2)?,
                        row.get(3)?,
                    ))
                },
            )
            .map_err(refused)?;
        let mut sessions = BTreeMap::new();
        for row in rows {
            let (id, day, status, slot_at) = row.map_err(refused)?;
            let known = Known {
                id: id.parse().map_err(refused)?,
                day,
                status: status_of(&status)?,
                slot_at,
            };
            sessions.insert(Date::of(slot_at), known);
        }
        Ok(Self {
            database,
            company,
            group,
            rep,
            sessions,
        })
    }

    /// Date by date, from the first to the next slot. Gives the sessions that were practised on the way.
    fn live_through(&mut self, library: &Library, now: u64) -> Result<Vec<Due<'a>>> {
        let mut due = Vec::new();
        let today = Date::of(now);
        let mut date = self.began(today);
        let mut day = 1;
        while day <= self.last_day() {
            let (id, slot_at, status) = match self.sessions.get(&date) {
                Some(known) => {
                    day = day.max(known.day);
                    (known.id, known.slot_at, known.status)
                }
                None if !date.is_practised() => {
                    date = date.next();
                    continue;
                }
                None if self.rep.by_hand && date >= today => return Ok(due),
                None => self.schedule(library, date, day, now)?,
            };
            match status {
                Status::Completed => day += 1,
                Status::Missed => {}
                // Somebody plays this rep now.
                Status::InProgress => return Ok(due),
                Status::Scheduled => {
                    if window(slot_at).closes_at > now {
                        return Ok(due);
                    }
                    if self.misses(day) {
                        self.miss(id, date, day, slot_at, now)?;
                    } else {
                        due.push(Due {
                            company: self.company,
                            rep: self.rep,
                            id,
                            day,
                            slot_at,
                        });
                        day += 1;
                    }
                }
            }
            date = date.next();
        }
        Ok(due)
    }

    /// A rep that is played by hand goes on by hand; one who rests has come as far as they will.
    fn last_day(&self) -> u8 {
        if self.rep.by_hand || self.rep.rested > 0 {
            self.rep.done
        } else {
            DAYS
        }
    }

    fn began(&self, today: Date) -> Date {
        let dates = usize::from(self.rep.done + self.rep.rested) + self.rep.missed.len();
        self.sessions
            .first_key_value()
            .map_or_else(|| today.back(dates), |(date, _)| *date)
    }

    /// The first slot of a day in the rep's story was missed, and no other.
    fn misses(&self, day: u8) -> bool {
        let missed_already = self
            .sessions
            .values()
            .any(|known| known.day == day && known.status == Status::Missed);
        self.rep.missed.contains(&day) && !missed_already
    }

    fn schedule(
        &mut self,
        library: &Library,
        date: Date,
        day: u8,
        now: u64,
    ) -> Result<(SessionId, u64, Status)> {
        let slot_at = date.slot(self.group.slot_minute);
        let window = window(slot_at);
        let id: SessionId = ids::at(
            slot_at,
            &format!("{} at {slot_at}", self.rep.person.email()),
        );
        self.database
            .prepare_cached(
                "INSERT INTO sessions (id, company_id, user_id, group_id, team_id, scenario_id, day, status, slot_at,
                                       opens_at, closes_at, utc_offset_minutes, created_at, updated_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'scheduled', ?8, ?9, ?10, ?11, ?12, ?12)",
            )
            .map_err(refused)?
            .execute(params![
                id.to_string(),
                self.company.id().to_string(),
                self.rep.person.id().to_string(),
                self.company.group_id(self.group).to_string(),
                self.company.team_id().to_string(),
                library.day(day)?.scenario.to_string(),
                day,
                slot_at,
                window.opens_at,
                window.closes_at,
                OFFSET_MINUTES,
                now.min(window.opens_at),
            ])
            .map_err(refused)?;
        Ok((id, slot_at, Status::Scheduled))
    }

    fn miss(&mut self, id: SessionId, date: Date, day: u8, slot_at: u64, now: u64) -> Result<()> {
        self.database
            .execute(
                "UPDATE sessions SET status = 'missed', version = version + 1, updated_at = ?2 WHERE id = ?1",
                params![id.to_string(), window(slot_at).closes_at.min(now)],
            )
            .map_err(refused)?;
        let known = Known {
            id,
            day,
            status: Status::Missed,
            slot_at,
        };
        self.sessions.insert(date, known);
        run(self.database, rollups::after(self.company.id(), id))
    }

    /// The manager's note on the latest completed session.
    fn note(&self, text: &str) -> Result<()> {
        let name = format!("note to {}", self.rep.person.email());
        self.database
            .execute(
                "INSERT INTO manager_notes (id, company_id, session_id, author_id, text, created_at, updated_at)
                 SELECT ?1, company_id, id, ?3, ?4, ended_at + 3600000, ended_at + 3600000 FROM sessions
                 WHERE user_id = ?2 AND status = 'completed' ORDER BY ended_at DESC LIMIT 1",
                params![
                    ids::of::<SessionId>(&name).to_string(),
                    self.rep.person.id().to_string(),
                    self.company.manager.id().to_string(),
                    text,
                ],
            )
            .map_err(refused)?;
        Ok(())
    }

    /// Moves a session that nobody has started to now, and makes one where there is nothing to do.
    fn open_one(&self, now: u64) -> Result<()> {
        let (company, user) = (self.company.id(), self.rep.person.id());
        self.database
            .execute(
                "UPDATE sessions SET slot_at = ?3 + 3600000, opens_at = ?3 - 600000, closes_at = ?3 + 86400000,
                                     version = version + 1, updated_at = ?3
                 WHERE id = (SELECT id FROM sessions
                             WHERE company_id = ?1 AND user_id = ?2 AND status = 'scheduled' ORDER BY closes_at DESC LIMIT 1)",
                params![company.to_string(), user.to_string(), now],
            )
            .map_err(refused)?;
        let session = ids::at(now, &format!("{} by hand", self.rep.person.email()));
        run(
            self.database,
            vec![demo::statement(company, user, session, now)],
        )
    }
}

impl Due<'_> {
    fn practise(&self, library: &Library) -> Result<FinishedSession> {
        let day = self.day;
        let served = library.day(day)?;
        let mut chance = ids::chance(&format!("{} on day {day}", self.rep.person.email()));
        let late = self.rep.late.contains(&day);
        let delay = if late {
            LATE_AFTER_MINUTES + 1 + chance.u64(1..20)
        } else {
            chance.u64(0..6)
        };
        let frozen = Frozen {
            session: self.id,
            company: self.company.id(),
            user: self.rep.person.id(),
            scenario: served.scenario,
            scenario_version: served.version,
            text: served.text.clone(),
            guidelines: library.tone.clone(),
            rubric_hash: served.rubric_hash.clone(),
            prompt_version: "builtin-1".to_owned(),
            model: "builtin".to_owned(),
            target_minutes: TARGET_MINUTES,
            late,
        };
        let begin = self.slot_at + delay * MINUTE_MS + chance.u64(0..MINUTE_MS);
        let live = Practice::begin(frozen, begin, chance)?.whole(self.rep, day)?;
        let notes = live
            .outcome()
            .map(|outcome| builtin::session_notes(&outcome))
            .unwrap_or_default();
        FinishedSession::of(&live, &notes)
            .ok_or_else(|| refused("a demo session did not come to its end"))
    }
}

fn status_of(name: &str) -> Result<Status> {
    [
        Status::Scheduled,
        Status::InProgress,
        Status::Completed,
        Status::Missed,
    ]
    .into_iter()
    .find(|status| status.as_str() == name)
    .ok_or_else(|| refused(format!("a session has the status {name}")))
}

fn window(slot_at: u64) -> Window {
    Window::around(slot_at, DEFAULT_GRACE_MINUTES)
}

fn run(database: &Connection, statements: Vec<Statement>) -> Result<()> {
    for statement in &statements {
        sqlite::execute(database, statement).map_err(refused)?;
    }
    Ok(())
}
