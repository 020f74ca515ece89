//! A request as it comes from the runtime.

use axum::body::{Body, Bytes};
use futures::stream;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};
use worker::js_sys::{Array, JSON, Uint8Array};
use worker::send::SendFuture;
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys;

/// The largest body that is taken over in one piece, bytes; more than any form.
const MAX_WHOLE_BYTES: u64 = 1 << 20;

/// Takes a request over: its headers in one piece, and its body, once somebody reads it, likewise, unless it is large. Header by
/// header and as a stream, a request crosses from JavaScript a hundred times.
pub fn take_over(request: &web_sys::Request) -> worker::Result<Request<Body>> {
    let headers = headers(&request.headers())?;
    let method = Method::from_bytes(request.method().as_bytes()).map_err(http::Error::from)?;
    let body = body(request, &method, &headers);
    let mut taken = Request::builder()
        .uri(request.url())
        .method(method)
        .body(body)?;
    *taken.headers_mut() = headers;
    Ok(taken)
}

/// What is no header to us, such as a value with control characters, is left out.
fn headers(headers: &web_sys::Headers) -> worker::Result<HeaderMap> {
    // Names and values, by turns.
    let flat = JSON::stringify(&Array::from(headers).flat(1))?;
    let flat: Vec<String> = captain_json::from_str(&String::from(flat))
        .map_err(|fault| worker::Error::RustError(fault.to_string()))?;
    let mut headers = HeaderMap::new();
    let mut flat = flat.into_iter();
    while let (Some(name), Some(value)) = (flat.next(), flat.next()) {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::try_from(value)) {
            headers.append(name, value);
        }
    }
    Ok(headers)
}

fn body(request: &web_sys::Request, method: &Method, headers: &HeaderMap) -> Body {
    if matches!(*method, Method::GET | Method::HEAD) {
        return Body::empty();
    }
    let length: Option<u64> = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok())
        .and_then(|length| length.parse().ok());
    match length {
        Some(0) => Body::empty(),
        Some(bytes) if bytes <= MAX_WHOLE_BYTES => {
            // The handle; `request.clone()` would be the request's own, which splits its body in two.
            let request = Clone::clone(request);
            let whole = SendFuture::new(async move {
                let buffer = JsFuture::from(request.array_buffer()?).await?;
                Ok::<_, worker::Error>(Bytes::from(Uint8Array::new(&buffer).to_vec()))
            });
            Body::from_stream(stream::once(whole))
        }
        _ => request
            .body()
            .map_or_else(Body::empty, |stream| Body::new(worker::Body::new(stream))),
    }
}
