//! Calls to the API, and what every answer must have whatever it says.

use super::document;
use super::{MINUTE, PASSWORD, Person, World};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request};
use captain_http::router;
use contract::chat::Frame;
use contract::problem::{Code, Problem};
use contract::sse::Decoder;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tower::ServiceExt;

/// A request in the making.
pub struct Call(axum::http::request::Builder, Body);

impl Call {
    pub fn new(method: Method, path: &str) -> Self {
        Self(Request::builder().method(method).uri(path), Body::empty())
    }

    pub fn get(path: &str) -> Self {
        Self::new(Method::GET, path)
    }

    pub fn post(path: &str) -> Self {
        Self::new(Method::POST, path)
    }

    pub fn put(path: &str) -> Self {
        Self::new(Method::PUT, path)
    }

    pub fn delete(path: &str) -> Self {
        Self::new(Method::DELETE, path)
    }

    pub fn header(self, name: &str, value: &str) -> Self {
        Self(self.0.header(name, value), self.1)
    }

    pub fn bearer(self, token: &str) -> Self {
        self.header(AUTHORIZATION.as_str(), &format!("Bearer {token}"))
    }

    pub fn cookie(self, pair: &str) -> Self {
        self.header(COOKIE.as_str(), pair)
    }

    pub fn json(self, body: Value) -> Self {
        self.raw("application/json", body.to_string())
    }

    pub fn raw(self, kind: &str, body: impl Into<Body>) -> Self {
        let Self(builder, _) = self;
        Self(builder.header(CONTENT_TYPE, kind), body.into())
    }
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// What the API answers, checked for what holds for every answer.
    pub async fn of(api: Router, Call(builder, body): Call) -> Self {
        let request = builder.body(body).unwrap();
        let head = request.method() == Method::HEAD;
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let response = api.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let answer = Self {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: axum::body::to_bytes(body, usize::MAX).await.unwrap(),
        };
        assert!(!answer.header("x-request-id").is_empty());
        let caches = ["no-store", "private, no-store", "private, no-cache"];
        assert!(caches.contains(&answer.header("cache-control")));
        if answer.status >= 400 && !head {
            assert_eq!(answer.header("content-type"), "application/problem+json");
            let problem: Problem = answer.json();
            assert_eq!(problem.status, answer.status);
            assert_eq!(
                problem.request_id.as_deref(),
                Some(answer.header("x-request-id"))
            );
            let length: usize = answer.header("content-length").parse().unwrap();
            assert_eq!(length, answer.body.len());
        }
        if answer.status == 401 {
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
        document::assert_told(&method, &path, &answer);
        answer
    }

    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {} {:?}", self.status, self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The problem, when the answer is that one.
    #[track_caller]
    pub fn problem(&self, code: Code) -> Problem {
        let problem: Problem = self.json();
        assert_eq!(problem.code, code, "{problem:?}");
        problem
    }

    /// The frames of a stream with their sequence numbers.
    #[track_caller]
    pub fn frames(&self) -> Vec<(u64, Frame)> {
        assert_eq!(
            (self.status, self.header("content-type")),
            (200, "text/event-stream")
        );
        let events = Decoder::default().feed(&self.body).unwrap();
        let frame = |event: contract::sse::SseEvent| {
            let frame = serde_json::from_str(&event.data).unwrap();
            (event.id.parse().unwrap(), frame)
        };
        events.into_iter().map(frame).collect()
    }

    /// `sc_refresh=...`, as the browser would send it back.
    pub fn cookie_pair(&self) -> String {
        let set = self.header(SET_COOKIE.as_str());
        set.split(';').next().unwrap().to_owned()
    }
}

/// What a log-in gave.
#[derive(Debug, Clone)]
pub struct LogIn {
    pub token: String,
    pub cookie: String,
}

impl World {
    /// Calls the API and checks what holds for every answer: an id, a problem for every failure, and no fault of ours that a
    /// test did not ask for.
    pub async fn call(&self, call: Call) -> Answer {
        let answer = self.call_even_if_it_fails(call).await;
        assert!(answer.status < 500, "{answer:?} {:?}", self.take_faults());
        answer
    }

    pub async fn call_even_if_it_fails(&self, call: Call) -> Answer {
        Answer::of(router(self.clone()), call).await
    }

    /// Calls the API as somebody.
    pub async fn call_as(&self, asker: Person, call: Call) -> Answer {
        let token = self.token(asker).await;
        self.call(call.bearer(&token)).await
    }

    pub async fn get_as(&self, asker: Person, path: &str) -> Answer {
        self.call_as(asker, Call::get(path)).await
    }

    pub async fn post_as(&self, asker: Person, path: &str, body: Value) -> Answer {
        self.call_as(asker, Call::post(path).json(body)).await
    }

    pub async fn try_log_in(&self, email: &str, password: &str) -> Answer {
        let form = json!({"email": email, "password": password});
        self.call(Call::post("/api/auth/login").json(form)).await
    }

    pub async fn log_in(&self, person: Person) -> LogIn {
        let answer = self.try_log_in(person.email(), PASSWORD).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let body: contract::auth::TokenResponse = answer.json();
        LogIn {
            token: body.access_token,
            cookie: answer.cookie_pair(),
        }
    }

    /// A token of theirs that is still good for a while: hashing passwords is what takes time here.
    pub async fn token(&self, person: Person) -> String {
        let known = self.tokens.lock().unwrap().get(&person).cloned();
        match known {
            Some((token, until)) if self.now() < until => token,
            _ => {
                let until = self.now() + 10 * MINUTE;
                let token = self.log_in(person).await.token;
                let kept = (token.clone(), until);
                self.tokens.lock().unwrap().insert(person, kept);
                token
            }
        }
    }
}
