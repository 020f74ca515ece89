//! The rules of Sales Captain, pure: no I/O, no clock, no randomness, no async.
//!
//! - [`ids`]: the newtypes that keep a user from being taken for a session.
//! - [`role`]: who somebody is in the product.
//! - [`policy`]: who may do what.
//! - [`plan`]: what a company has subscribed to.
//! - [`language`]: of screens and mails.
//! - [`scenario`]: a day's drills as a sales trainer writes them, and what makes a file valid.
//! - [`tone`]: the rules of voice that are code, not opinion.
//! - [`scoring`]: from judgements with evidence to a score that can be explained.
//! - [`session`]: the machine a practice session runs on.
//! - [`attention`]: which reps need their manager, and why.
//! - [`schedule`]: weekdays, minutes and zones of a group.
//! - [`programme`]: which of the ten days a rep gets at which slot.
//! - [`slot`]: when a session may be started, when it is late and when it is missed.
//! - [`refresh`]: rotation of refresh tokens and what reuse means.
//! - [`voice`], [`picture`]: which bytes are a recording or a picture, and how large they may be.
//! - [`rate_limit`]: how often something may be tried.
//! - [`joining`]: invites, resets and trials, and how long each lasts.
//! - [`mailing`]: when a mail is tried again.
//! - [`spend`]: what calls to models cost, and whether another one may be made.

pub mod attention;
pub mod ids;
pub mod joining;
pub mod language;
pub mod mailing;
pub mod picture;
pub mod plan;
pub mod policy;
pub mod programme;
pub mod rate_limit;
pub mod refresh;
pub mod role;
pub mod scenario;
pub mod schedule;
pub mod scoring;
pub mod session;
pub mod slot;
pub mod spend;
pub mod suspicion;
pub mod tone;
pub mod voice;
