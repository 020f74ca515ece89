//! An answer on its way to the runtime.

use axum::body::{Body, HttpBody, to_bytes};
use http::Response;
use http::response::Parts;
use serde_json::{Map, Value};
use worker::js_sys::{JSON, Uint8Array};
use worker::send::SendWrapper;
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::web_sys;

/// The largest answer that is handed over in one piece, bytes; more than any page of a list.
const MAX_WHOLE_BYTES: u64 = 1 << 20;

/// A body that nobody here reads: the runtime carries it from where it comes to whoever asked. As an extension of an answer it
/// stands for the answer's body.
#[derive(Clone)]
pub struct PassedOn(pub SendWrapper<web_sys::ReadableStream>);

/// Hands an answer over: its head in one piece, and its body, too, if all of it is there. Header by header, and piece by piece,
/// it would cross into JavaScript dozens of times.
pub async fn hand_over(answer: Response<Body>) -> worker::Result<web_sys::Response> {
    let (mut head, body) = answer.into_parts();
    let passed_on = head.extensions.remove::<PassedOn>();
    let init = init(&head)?;
    let init = init.unchecked_ref();
    if let Some(PassedOn(stream)) = passed_on {
        let answer = web_sys::Response::new_with_opt_readable_stream_and_init(Some(&stream), init);
        return Ok(answer?);
    }
    let length = body.size_hint().exact();
    if length.is_none_or(|bytes| bytes > MAX_WHOLE_BYTES) {
        let whole = worker::Response::try_from(Response::from_parts(head, body))?;
        return Ok(whole.into());
    }
    let bytes = to_bytes(body, usize::MAX)
        .await
        .map_err(|error| worker::Error::RustError(error.to_string()))?;
    // A copy: the runtime sends these very bytes later, and wasm's memory has other things in that place by then. 204 and 304
    // may have no body at all.
    let bytes = (!bytes.is_empty()).then(|| Uint8Array::from(&*bytes));
    let answer = web_sys::Response::new_with_opt_buffer_source_and_init(bytes.as_deref(), init);
    Ok(answer?)
}

/// Status and headers. A header may stand there more than once, such as `set-cookie`.
fn init(head: &Parts) -> worker::Result<JsValue> {
    let headers: Vec<Value> = head
        .headers
        .iter()
        .filter_map(|(name, value)| {
            let pair = [name.as_str(), value.to_str().ok()?];
            Some(Value::from(pair.map(Value::from).to_vec()))
        })
        .collect();
    let mut init = Map::new();
    init.insert("status".to_owned(), head.status.as_u16().into());
    init.insert("headers".to_owned(), headers.into());
    Ok(JSON::parse(&Value::from(init).to_string())?)
}
