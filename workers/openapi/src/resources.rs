//! Every call, by resource.

mod ai;
mod analytics;
mod audit;
mod auth;
mod chat;
mod companies;
mod groups;
mod invites;
mod profile;
mod scenarios;
mod sessions;
mod system;
mod teams;
mod tone;
mod users;
mod voice;

use crate::operation::Operation;
use contract::problem::Code;

/// Pictures that are taken and given.
const PICTURES: &[&str] = &["image/png", "image/jpeg", "image/webp"];
/// The largest picture, bytes.
const MAX_PICTURE_BYTES: u64 = domain::picture::MAX_BYTES;

/// Why a session can't be started.
const REFUSED_START: &[Code] = &[
    Code::Forbidden,
    Code::WindowNotOpen,
    Code::WindowClosed,
    Code::SessionCompleted,
    Code::NotStarted,
];
/// Why a session can't be ended.
const REFUSED_END: &[Code] = &[
    Code::Forbidden,
    Code::DrillsRemaining,
    Code::RetryFirst,
    Code::NotStarted,
    Code::WindowClosed,
];
/// Why a turn can't begin.
const REFUSED_TURN: &[Code] = &[
    Code::Forbidden,
    Code::TurnRunning,
    Code::RequestIdReused,
    Code::RetryFirst,
    Code::SessionCompleted,
    Code::NotStarted,
    Code::WindowClosed,
];

/// The calls of one resource.
pub struct Resource {
    /// "Sessions".
    pub name: &'static str,
    /// What they are about: a sentence.
    pub about: &'static str,
    /// The calls.
    pub operations: Vec<Operation>,
}

/// Every call of the API, by resource.
pub fn resources() -> Vec<Resource> {
    let all: [(&str, &str, Vec<Operation>); 16] = [
        (
            "Log-in",
            "Log-in and log-out, registering, a forgotten password.",
            auth::operations(),
        ),
        (
            "Profile",
            "What people see and set of themselves.",
            profile::operations(),
        ),
        (
            "Sessions",
            "What a rep has to do, and what it came to; planned and looked after by managers.",
            sessions::operations(),
        ),
        (
            "Chat",
            "The running session: answers, corrections, repeats, streamed.",
            chat::operations(),
        ),
        ("Voice", "Recordings of voice drills.", voice::operations()),
        (
            "Coach",
            "The coach outside of sessions: one question, one answer, nothing kept.",
            ai::operations(),
        ),
        ("Scenarios", "What is practised.", scenarios::operations()),
        (
            "Tone",
            "The voice that answers are judged by.",
            tone::operations(),
        ),
        (
            "Analytics",
            "Figures of reps, teams and companies.",
            analytics::operations(),
        ),
        ("Users", "The people of a company.", users::operations()),
        ("Invites", "Ways into a company.", invites::operations()),
        ("Teams", "A manager and their reps.", teams::operations()),
        (
            "Groups",
            "Reps of a team who practise at the same slot.",
            groups::operations(),
        ),
        (
            "Companies",
            "Settings and subscription.",
            companies::operations(),
        ),
        ("Audit", "Who changed what.", audit::operations()),
        (
            "System",
            "Whether the Worker is up, and what only a developer sees.",
            system::operations(),
        ),
    ];
    all.into_iter()
        .map(|(name, about, operations)| Resource {
            name,
            about,
            operations,
        })
        .collect()
}
