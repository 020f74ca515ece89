//! What crosses the wire in both directions, shared by the Worker and the app. JSON is camelCase, ids are UUIDv7, moments
//! are RFC 3339 in UTC or, where a screen counts with them, Unix milliseconds (`...At` fields of sessions and messages).
//!
//! - [`auth`]: log-in, refresh, who am I, registering. [`invites`]: ways in.
//! - [`companies`], [`users`], [`teams`], [`groups`]: the organisation. [`profile`]: what people set of themselves.
//! - [`session`]: sessions in lists and their results.
//! - [`chat`]: the running session: requests, the state, the frames of its stream.
//! - [`ai`]: the coach outside of sessions.
//! - [`scenario`], [`tone`]: what is practised, and the voice it is judged by.
//! - [`analytics`]: figures of reps, teams and companies.
//! - [`audit`]: who changed what. [`outbox`]: mail on a developer's machine.
//! - [`voice`]: recordings of voice drills.
//! - [`health`]: is the Worker up?
//! - [`sse`]: the framing of streams, both directions.
//! - [`page`]: lists, a page at a time. [`checks`]: what forms are checked by.
//! - [`problem`]: errors, RFC 9457.

pub mod ai;
pub mod analytics;
pub mod audit;
pub mod auth;
pub mod chat;
pub mod checks;
pub mod companies;
pub mod groups;
pub mod health;
pub mod invites;
pub mod outbox;
pub mod page;
pub mod problem;
pub mod profile;
pub mod scenario;
pub mod session;
pub mod sse;
pub mod teams;
pub mod tone;
pub mod users;
pub mod voice;
