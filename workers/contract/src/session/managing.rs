//! Sessions as managers plan and look after them: lists, schedule, notes, overrides.

use super::Session;
use crate::checks::moment;
use crate::page::MAX_LIMIT;
use domain::ids::{CompanyId, GroupId, NoteId, ScenarioId, TeamId, UserId};
use domain::session::Status;
use garde::Validate;
use serde::{Deserialize, Serialize};

/// The longest note of a manager, characters.
pub const MAX_NOTE_CHARS: usize = 4_000;

/// The longest reason of an override, characters.
pub const MAX_REASON_CHARS: usize = 500;

/// A session in a list, with its rep's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ListedSession {
    /// The session.
    #[serde(flatten)]
    pub session: Session,
    /// The rep's group when it was scheduled; absent for who was in none, and once the group is gone.
    pub group_id: Option<GroupId>,
    /// "Asha Verma".
    pub rep_name: String,
    /// An answer seems to speak to whoever scores it; never told to reps.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suspected: bool,
}

/// `GET /api/sessions`: the latest slot first. Reps see their own, managers those of their teams' reps. All filters hold
/// together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionQuery {
    /// For super admins; everyone else's own is meant.
    #[garde(skip)]
    pub company_id: Option<CompanyId>,
    /// Of one rep.
    #[garde(skip)]
    pub user_id: Option<UserId>,
    /// Of reps who were in this team then.
    #[garde(skip)]
    pub team_id: Option<TeamId>,
    /// Of reps who were in this group then.
    #[garde(skip)]
    pub group_id: Option<GroupId>,
    /// In this state.
    #[garde(skip)]
    pub status: Option<Status>,
    /// 1 to 10.
    #[garde(range(min = 1, max = 10))]
    pub day: Option<u8>,
    /// With a slot from here on, Unix ms.
    #[garde(inner(custom(moment)))]
    pub from: Option<u64>,
    /// With a slot before, Unix ms.
    #[garde(inner(custom(moment)))]
    pub to: Option<u64>,
    /// 1 to 100; 25 when absent.
    #[garde(range(min = 1, max = MAX_LIMIT))]
    pub limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[garde(length(min = 1, max = 200))]
    pub cursor: Option<String>,
}

/// `GET /api/sessions/upcoming`: what can still be started, the soonest first; and `GET /api/sessions/user/:userId`: one rep's,
/// the latest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionPage {
    /// 1 to 100; 25 when absent.
    #[garde(range(min = 1, max = MAX_LIMIT))]
    pub limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[garde(length(min = 1, max = 200))]
    pub cursor: Option<String>,
}

/// Which company a create is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionTarget {
    /// For super admins; everyone else's own is meant.
    #[garde(skip)]
    pub company_id: Option<CompanyId>,
}

/// What a session is about: a day, as the company practises it, or a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Practised {
    /// 1 to 10.
    Day(u8),
    /// A published scenario.
    ScenarioId(ScenarioId),
}

/// `POST /api/sessions`: schedules one for a rep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScheduleForm {
    /// The rep.
    #[garde(skip)]
    pub user_id: UserId,
    /// The slot, Unix ms. The window opens 10 minutes before it and closes after the company's grace.
    #[garde(custom(moment))]
    pub slot_at: u64,
    /// `{"day": 3}` or `{"scenarioId": "..."}`.
    #[garde(custom(is_a_day))]
    pub practised: Practised,
}

/// `PUT /api/sessions/:id`: moves a session that was not started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RescheduleForm {
    /// The slot, Unix ms.
    #[garde(custom(moment))]
    pub slot_at: u64,
    /// `{"day": 3}` or `{"scenarioId": "..."}`; absent leaves it as it is.
    #[garde(inner(custom(is_a_day)))]
    pub practised: Option<Practised>,
}

fn is_a_day(practised: &Practised, _: &()) -> garde::Result {
    match practised {
        Practised::Day(day) if !(1..=10).contains(day) => {
            Err(garde::Error::new("A day is 1 to 10."))
        }
        Practised::Day(_) | Practised::ScenarioId(_) => Ok(()),
    }
}

/// `PUT /api/sessions/:id/notes`: the asking manager's own note on a session, in place of the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NoteForm {
    /// To the rep, 1 to 4,000 characters; empty takes the note back.
    #[garde(length(chars, max = MAX_NOTE_CHARS))]
    pub text: String,
}

/// What a manager says to the rep about a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// The note.
    pub id: NoteId,
    /// Who wrote it; absent once they are gone.
    pub author_id: Option<UserId>,
    /// "Meera Nair".
    pub author_name: Option<String>,
    /// The words.
    pub text: String,
    /// Unix ms.
    pub created_at: u64,
    /// Unix ms.
    pub updated_at: u64,
}

/// `POST /api/sessions/:id/overrides`: a manager's own score of a drill's final answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OverrideForm {
    /// The drill's id in its scenario.
    #[garde(length(min = 1, max = 40))]
    pub drill: String,
    /// 0 to 100.
    #[garde(range(max = 100))]
    pub score: u8,
    /// Why, to the rep: 10 to 500 characters.
    #[garde(custom(is_a_reason))]
    pub reason: String,
}

fn is_a_reason(reason: &str, _: &()) -> garde::Result {
    if (10..=MAX_REASON_CHARS).contains(&reason.trim().chars().count()) {
        Ok(())
    } else {
        Err(garde::Error::new(
            "Tell the rep why, in 10 to 500 characters.",
        ))
    }
}

fn first_version() -> u32 {
    1
}

/// A score that a manager put in place of the judge's. The verdict beside it keeps the judge's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Override {
    /// The drill's id in its scenario.
    pub drill: String,
    /// What counts, 0 to 100.
    pub score: u8,
    /// What the judge gave then, 0 to 100.
    pub judged: u8,
    /// In which version of the verdicts: 1 is the session's own.
    #[serde(default = "first_version")]
    pub version: u32,
    /// Why, to the rep.
    pub reason: String,
    /// Who did it; absent once they are gone.
    pub by: Option<UserId>,
    /// "Meera Nair".
    pub by_name: Option<String>,
    /// Unix ms.
    pub at: u64,
}
