//! Work that ends with whoever asked for it.

use futures::future::{AbortHandle, abortable};
use std::future::Future;

/// Breaks its work off when it is dropped: the request is aborted, and nobody hears of it.
#[derive(Debug)]
pub struct Task(AbortHandle);

impl Task {
    /// Begins some work.
    pub fn begin(work: impl Future<Output = ()> + 'static) -> Self {
        let (work, handle) = abortable(work);
        wasm_bindgen_futures::spawn_local(async move {
            // Broken off or done: either is fine.
            let _ = work.await;
        });
        Self(handle)
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}
