//! Files that are stored before it is certain that they stay.

use crate::blobs::Blobs;
use crate::ports::{Fault, Ports};
use futures::channel::oneshot;

/// A file on trial: unless it is kept it goes, also when the request is dropped half-way because its client went away.
#[must_use = "a trial that is dropped deletes its file"]
pub(crate) struct Trial {
    verdict: oneshot::Sender<()>,
}

impl Trial {
    /// Begins before the first byte is stored.
    pub(crate) fn begin<P: Ports>(ports: &P, key: &str) -> Self {
        let (verdict, kept) = oneshot::channel();
        let (later, key) = (ports.clone(), key.to_owned());
        ports.after_answer(async move {
            if kept.await.is_err() {
                discard(&later, &key).await;
            }
        });
        Self { verdict }
    }

    /// The file stays: a row tells of it now.
    pub(crate) fn keep(self) {
        // Nobody listens any more only where the platform gave the whole request up.
        let _ = self.verdict.send(());
    }
}

/// Deletes a file that nothing tells of any more. A failure is for the log: the answer is out.
pub(crate) async fn discard<P: Ports>(ports: &P, key: &str) {
    if let Err(error) = ports.blobs().delete(key).await {
        ports.report(&Fault::unasked("DELETE", key, &error));
    }
}
