//! A file of the API's that the browser shows or plays: it comes with the log-in, and gets an address of its own here.

use web_sys::{Blob, Url};

/// A file's address, as long as this lives.
#[derive(Debug, PartialEq, Eq)]
pub struct FileUrl(String);

impl FileUrl {
    /// Of a file that was downloaded; `None` if the browser refuses.
    pub fn of(file: &Blob) -> Option<Self> {
        Url::create_object_url_with_blob(file).ok().map(Self)
    }

    /// The address.
    pub fn url(&self) -> &str {
        &self.0
    }
}

impl Drop for FileUrl {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.0);
    }
}
