//! One request over fetch, with a limit in time.

use super::Failure;
use futures::future::{Either, select};
use gloo::net::http::{RequestBuilder, Response};
use gloo::timers::future::TimeoutFuture;
use js_sys::Reflect;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::pin::pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Blob, RequestInit};

/// How long an answer may take, ms. Streams have their own watchdog.
const LIMIT_MS: u32 = 20_000;

/// How long a model may take, ms: it may think, be asked again, and be stood in for.
const MODEL_LIMIT_MS: u32 = 120_000;

/// How long a file may take on its way, ms: ten megabytes over a slow line.
const FILE_LIMIT_MS: u32 = 300_000;

/// A request that can be made more than once.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: Method,
    pub path: String,
    pub body: Body,
    /// The version that an edit began from.
    pub if_match: Option<u64>,
    /// The key by which a create that is sent twice is made once.
    pub idempotency_key: Option<String>,
    /// It goes on when its page is left, so that a cookie in its answer is kept.
    pub outlives_page: bool,
}

/// The methods the app uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// What a request carries.
#[derive(Debug, Clone)]
pub enum Body {
    Nothing,
    Json(String),
    File(Blob),
}

/// A good answer.
#[derive(Debug)]
pub struct Answer {
    body: String,
    /// Its `ETag`, of what can be edited.
    pub version: Option<u64>,
}

impl Request {
    /// A request without a body.
    pub fn new(method: Method, path: &str) -> Self {
        Self {
            method,
            path: path.to_owned(),
            body: Body::Nothing,
            if_match: None,
            idempotency_key: None,
            outlives_page: false,
        }
    }

    /// A POST with a body.
    pub fn with_json(path: &str, body: &impl Serialize) -> Self {
        Self::new(Method::Post, path).json(body)
    }

    /// The same request with a body.
    pub fn json(self, body: &impl Serialize) -> Self {
        // The contract's types always serialise: string keys, no failing field.
        let body = serde_json::to_string(body).map_or(Body::Nothing, Body::Json);
        Self { body, ..self }
    }

    /// The same request, of something that was read in this version.
    pub fn if_match(self, version: u64) -> Self {
        let if_match = Some(version);
        Self { if_match, ..self }
    }

    /// The same request, which makes something once, however often it is sent.
    pub fn once(self, key: String) -> Self {
        let idempotency_key = Some(key);
        Self {
            idempotency_key,
            ..self
        }
    }

    /// The same request, going on when its page is left.
    pub fn outliving_page(self) -> Self {
        Self {
            outlives_page: true,
            ..self
        }
    }
}

impl Answer {
    /// The answer's body.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        captain_json::from_str(&self.body).map_err(|_| Failure::Outdated)
    }
}

/// Aborts its request when it is dropped.
#[derive(Debug)]
pub struct Abort(Option<AbortController>);

impl Abort {
    pub fn new() -> Self {
        Self(AbortController::new().ok())
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// Makes the request and reads the whole answer.
pub async fn ask(request: &Request, token: Option<&str>) -> Result<Answer, Failure> {
    let abort = Abort::new();
    let answer = pin!(async {
        let response = begin(request, token, &abort).await?;
        let version = version_of(&response);
        let body = response.text().await.map_err(|_| Failure::NoAnswer)?;
        Ok(Answer { body, version })
    });
    let limit = match request.body {
        Body::File(_) => FILE_LIMIT_MS,
        _ if request.path.starts_with("/api/ai/") => MODEL_LIMIT_MS,
        Body::Nothing | Body::Json(_) => LIMIT_MS,
    };
    match select(answer, TimeoutFuture::new(limit)).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(Failure::NoAnswer),
    }
}

/// Makes the request and reads a file.
pub async fn file(request: &Request, token: Option<&str>) -> Result<Blob, Failure> {
    let abort = Abort::new();
    let response = begin(request, token, &abort).await?;
    let reading = web_sys::Response::from(response)
        .blob()
        .map_err(|_| Failure::NoAnswer)?;
    let blob = JsFuture::from(reading)
        .await
        .map_err(|_| Failure::NoAnswer)?;
    blob.dyn_into().map_err(|_| Failure::NoAnswer)
}

/// Makes the request and gives the answer as soon as its head is there; an error answer is read and given as a failure.
pub async fn begin(
    request: &Request,
    token: Option<&str>,
    abort: &Abort,
) -> Result<Response, Failure> {
    let method = match request.method {
        Method::Get => gloo::net::http::Method::GET,
        Method::Post => gloo::net::http::Method::POST,
        Method::Put => gloo::net::http::Method::PUT,
        Method::Patch => gloo::net::http::Method::PATCH,
        Method::Delete => gloo::net::http::Method::DELETE,
    };
    let mut builder = RequestBuilder::new(&request.path)
        .method(method)
        .cache(web_sys::RequestCache::NoStore)
        .abort_signal(abort.0.as_ref().map(AbortController::signal).as_ref());
    if let Some(token) = token {
        builder = builder.header("authorization", &format!("Bearer {token}"));
    }
    if let Some(version) = request.if_match {
        builder = builder.header("if-match", &format!("\"{version}\""));
    }
    if let Some(key) = &request.idempotency_key {
        builder = builder.header("idempotency-key", key);
    }
    let built = match &request.body {
        Body::Json(body) => builder
            .header("content-type", "application/json")
            .body(body.as_str()),
        // The browser names its type.
        Body::File(file) => builder.body(file.clone()),
        Body::Nothing => builder.build(),
    };
    let mut built = built.map_err(|_| Failure::NoAnswer)?;
    if request.outlives_page {
        built = kept_alive(built).map_err(|_| Failure::NoAnswer)?;
    }
    let response = built.send().await.map_err(|_| Failure::NoAnswer)?;
    if response.ok() {
        return Ok(response);
    }
    let body = response.text().await.unwrap_or_default();
    Err(Failure::of_body(response.status(), &body))
}

/// The number in `"7"` or, weakened by a proxy that compresses, `W/"7"`.
fn version_of(response: &Response) -> Option<u64> {
    let tag = response.headers().get("etag")?;
    tag.trim_start_matches("W/").trim_matches('"').parse().ok()
}

/// The request with fetch's `keepalive`, which neither gloo nor web-sys names yet.
fn kept_alive(request: gloo::net::http::Request) -> Result<gloo::net::http::Request, JsValue> {
    let init = RequestInit::new();
    Reflect::set(&init, &JsValue::from_str("keepalive"), &JsValue::TRUE)?;
    let request = web_sys::Request::from(request);
    web_sys::Request::new_with_request_and_init(&request, &init).map(Into::into)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::state::rehearsal::{Rehearsal, request};
    use contract::chat::ChatState;
    use domain::session::Command;

    fn answered(body: String) -> Answer {
        Answer {
            body,
            version: None,
        }
    }

    #[test]
    fn an_answer_reads_as_it_was_written() {
        let mut server = Rehearsal::started();
        let send = Command::Send {
            request: request(1),
            content: "hello".into(),
            advance: false,
        };
        server.ask(send).unwrap();
        server.play_out();
        let state = server.history();
        let answer = answered(serde_json::to_string(&state).unwrap());
        assert_eq!(answer.json::<ChatState>(), Ok(state));
        let newer = answered("{\"sessionId\":7}".to_owned());
        assert_eq!(newer.json::<ChatState>(), Err(Failure::Outdated));
    }
}
