//! What the routers need from the world. The Worker answers with D1 and Durable Objects, the tests with SQLite and memory.

use crate::blobs::Blobs;
use crate::config::Config;
use crate::error::ApiError;
use crate::live::Live;
use crate::mail::Mailer;
use crate::model::{Line, Models};
use axum::http::Extensions;
use std::future::Future;
use store::Db;

/// The world, as one cheap handle that every handler gets.
pub trait Ports: Clone + Send + Sync + 'static {
    /// The database.
    type Db: Db;
    /// The objects that hold running sessions.
    type Live: Live;
    /// Whoever delivers mail.
    type Mailer: Mailer;
    /// The store of files.
    type Blobs: Blobs;
    /// The line to providers of models.
    type Line: Line + 'static;

    /// The database.
    fn db(&self) -> &Self::Db;

    /// The objects that hold running sessions.
    fn live(&self) -> &Self::Live;

    /// Whoever delivers mail.
    fn mailer(&self) -> &Self::Mailer;

    /// The store of files.
    fn blobs(&self) -> &Self::Blobs;

    /// The models that can be asked.
    fn models(&self) -> &Models<Self::Line>;

    /// Waits until whoever made this call has gone away; for ever if the runtime doesn't tell.
    fn caller_left(&self) -> impl Future<Output = ()> + Send;

    /// Does some work once the answer is out, however long the client stays.
    fn after_answer(&self, work: impl Future<Output = ()> + Send + 'static);

    /// Settings and secrets.
    fn config(&self) -> &Config;

    /// Unix ms. Inside a Worker it moves on only with I/O.
    fn now_ms(&self) -> u64;

    /// Minutes that the clocks of an IANA zone are ahead of UTC at a moment (Unix ms); `None` of a zone the platform doesn't know.
    fn utc_offset_minutes(&self, zone: &str, at_ms: u64) -> Option<i32>;

    /// Lets time pass, ms.
    fn sleep(&self, ms: u64) -> impl Future<Output = ()> + Send;

    /// Fills `bytes` from the platform's secure source. Tokens and salts come from here: a source that fails must say so.
    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), NoRandomness>;

    /// Takes note of a fault on our side. The client gets no more of it than `request_id`.
    fn report(&self, fault: &Fault);
}

/// The platform's source of randomness failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the secure source of randomness failed")]
pub struct NoRandomness;

/// A fault on our side, for the log. It holds no body, header or query: those may carry secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The request's id, which its answer carries too.
    pub request_id: String,
    /// `POST`
    pub method: String,
    /// `/api/chat/start`
    pub path: String,
    /// The status answered.
    pub status: u16,
    /// What failed, in the words of whatever failed.
    pub cause: String,
}

impl Fault {
    /// Of work behind no request, or after its answer: `verb` and `what` say which.
    pub(crate) fn unasked(verb: &str, what: &str, cause: &impl std::fmt::Display) -> Self {
        Self {
            request_id: "none".to_owned(),
            method: verb.to_owned(),
            path: what.to_owned(),
            status: 500,
            cause: cause.to_string(),
        }
    }
}

/// The world that a request brings along.
pub(crate) fn world_of<P: Ports>(extensions: &Extensions) -> Result<P, ApiError> {
    let ports = extensions.get::<P>().cloned();
    ports.ok_or_else(|| ApiError::Broken("the request brings no world along".to_owned()))
}

/// `N` fresh random bytes.
pub(crate) fn random<const N: usize>(ports: &impl Ports) -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    ports.fill_random(&mut bytes)?;
    Ok(bytes)
}

/// A fresh id: a UUIDv7 of now.
pub(crate) fn new_id<T: From<uuid::Uuid>>(ports: &impl Ports) -> Result<T, NoRandomness> {
    Ok(T::from(domain::ids::uuid_v7(
        ports.now_ms(),
        &random(ports)?,
    )))
}
