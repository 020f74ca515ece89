//! Sending a file and telling how far it is: fetch can't tell, the older request can.

use super::Failure;
use futures::channel::oneshot;
use gloo::events::EventListener;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};
use yew::Callback;

/// Aborts its upload when it is dropped before it is done.
struct Sending(XmlHttpRequest);

impl Drop for Sending {
    fn drop(&mut self) {
        // Of one that is done this does nothing.
        let _ = self.0.abort();
    }
}

/// Sends the file and gives the answer's body. `progress` hears how much of it is on its way, 0 to 100.
pub async fn send(
    path: &str,
    file: &Blob,
    token: &str,
    progress: Callback<u8>,
) -> Result<String, Failure> {
    let sending = begin(path, token).ok_or(Failure::NoAnswer)?;
    let request = &sending.0;
    let (tell, told) = oneshot::channel();
    let tell = Rc::new(Cell::new(Some(tell)));
    // `loadend` comes after an answer, a broken line and a time-out alike.
    let ended = EventListener::once(request, "loadend", move |_| {
        if let Some(tell) = tell.take() {
            let _ = tell.send(());
        }
    });
    let upload = request.upload().map_err(|_| Failure::NoAnswer)?;
    let moved = EventListener::new(&upload, "progress", move |event| {
        if let Some(event) = event.dyn_ref::<ProgressEvent>()
            && event.total() > 0.0
        {
            progress.emit((event.loaded() / event.total() * 100.0) as u8);
        }
    });
    request
        .send_with_opt_blob(Some(file))
        .map_err(|_| Failure::NoAnswer)?;
    told.await.map_err(|_| Failure::NoAnswer)?;
    drop((ended, moved));
    let status = request.status().unwrap_or(0);
    let body = request.response_text().ok().flatten().unwrap_or_default();
    match status {
        0 => Err(Failure::NoAnswer),
        200..300 => Ok(body),
        status => Err(Failure::of_body(status, &body)),
    }
}

fn begin(path: &str, token: &str) -> Option<Sending> {
    let request = XmlHttpRequest::new().ok()?;
    request.open("POST", path).ok()?;
    let bearer = format!("Bearer {token}");
    request.set_request_header("authorization", &bearer).ok()?;
    Some(Sending(request))
}
