//! The port to stored files, and what every use of it shares. R2 in the Worker, memory in tests.

mod incoming;
mod part;
mod serve;
mod trial;

pub(crate) use incoming::{Incoming, declared_length};
pub(crate) use serve::{Stored, serve};
pub(crate) use trial::{Trial, discard};

use axum::body::Body;
use domain::ids::{CompanyId, UserId};
use std::future::Future;
use std::ops::Range;

/// Files by key. Nothing is ever written to a key that has a file: each file gets a key of its own.
pub trait Blobs: Clone + Send + Sync + 'static {
    /// Stores the `length` bytes that a body streams. All or nothing: a body that fails, or is shorter or longer, leaves no
    /// file.
    fn put(
        &self,
        key: &str,
        length: u64,
        body: Body,
    ) -> impl Future<Output = Result<(), BlobError>> + Send;

    /// A file, or a part of it (bytes, inside of what there is); `None` when nothing has this key.
    fn get(
        &self,
        key: &str,
        part: Option<Range<u64>>,
    ) -> impl Future<Output = Result<Option<Blob>, BlobError>> + Send;

    /// Deletes a file. Deleting it again is no error.
    fn delete(&self, key: &str) -> impl Future<Output = Result<(), BlobError>> + Send;

    /// Deletes all files whose keys begin like this.
    fn delete_all(&self, prefix: &str) -> impl Future<Output = Result<(), BlobError>> + Send;
}

/// Where the files of a company are, its people's among them: their keys begin so.
pub fn files_of_company(company: CompanyId) -> String {
    format!("{company}/")
}

/// Where the files of a person are: recordings and avatar. When the person goes, they go: `delete_all` takes this.
pub fn files_of_person(company: CompanyId, user: UserId) -> String {
    format!("{company}/{user}/")
}

/// A file that is read.
#[derive(Debug)]
pub struct Blob {
    /// Bytes of the whole file, whatever part is read.
    pub size: u64,
    /// What was asked for of it.
    pub body: Body,
}

/// The store of files failed. The text is for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the store of files failed: {0}")]
pub struct BlobError(pub String);
