//! What the screens show and how it changes, in plain Rust: no browser, no network, tested natively.

pub mod audit;
pub mod auth;
pub mod backoff;
pub mod board;
pub mod calendar;
pub mod changes;
pub mod chart;
pub mod company;
pub mod conversation;
pub mod door;
pub mod draft;
pub mod figures;
pub mod growth;
pub mod library;
pub mod marked_text;
pub mod outgoing;
pub mod overview;
pub mod pace;
pub mod people;
pub mod person;
pub mod programme;
pub mod ranking;
pub mod report;
pub mod rhythm;
pub mod slot;
pub mod take;
pub mod today;
pub mod tone_trial;
pub mod transcript;
pub mod trend;
pub mod week;

#[cfg(test)]
pub mod rehearsal;
