//! Somebody who is logged in, or not.

use std::collections::HashMap;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use contract::auth::TokenResponse;
use contract::problem::{Code, PROBLEM_JSON, Problem};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::{PATIENCE, Stack};

/// The password of everybody in the demo data.
pub const PASSWORD: &str = xtask::seed::DEMO_PASSWORD;

/// A person at a device.
#[derive(Clone)]
pub struct Person {
    /// Their device's connections.
    pub http: Client,
    /// Where the system answers.
    pub base: String,
    /// What they present, if they are logged in.
    pub access_token: Option<String>,
    /// Their refresh cookie, `name=value`.
    pub refresh_cookie: Option<String>,
}

impl Person {
    /// Somebody who is not logged in.
    pub fn anonymous(stack: &Stack) -> Self {
        Self {
            http: Client::builder().build().unwrap(),
            base: stack.url(),
            access_token: None,
            refresh_cookie: None,
        }
    }

    /// Logs in on a device of its own.
    pub async fn log_in(stack: &Stack, email: &str) -> Self {
        Self::anonymous(stack).logged_in(email).await
    }

    /// Logs this device in.
    pub async fn logged_in(mut self, email: &str) -> Self {
        let response = self
            .post(
                "/api/auth/login",
                &json!({"email": email, "password": PASSWORD}),
            )
            .await;
        assert_eq!(response.status(), 200, "{email} logs in");
        self.keep(response).await;
        self
    }

    /// Somebody of the demo whose log-in all tests of a system share: a log-in costs the Worker a good part of a second, on
    /// purpose. Not for a test that logs out or changes what a log-in stands on.
    pub async fn known(stack: &Stack, email: &str) -> Self {
        /// Shorter than an access token lives.
        const FRESH: Duration = Duration::from_secs(10 * 60);
        type LogIns = Mutex<HashMap<String, (Instant, String)>>;
        static LOG_INS: OnceLock<LogIns> = OnceLock::new();
        let mut person = Self::anonymous(stack);
        let mut log_ins = LOG_INS.get_or_init(LogIns::default).lock().await;
        let key = format!("{} {email}", person.base);
        let fresh = log_ins.get(&key).filter(|(at, _)| at.elapsed() < FRESH);
        if let Some((_, token)) = fresh {
            person.access_token = Some(token.clone());
            return person;
        }
        let person = person.logged_in(email).await;
        let token = person.access_token.clone().unwrap();
        log_ins.insert(key, (Instant::now(), token));
        person
    }

    /// Takes what a log-in or refresh answered.
    pub async fn keep(&mut self, response: Response) -> TokenResponse {
        self.refresh_cookie = Some(cookie_of(&response).to_owned());
        let tokens: TokenResponse = response.json().await.unwrap();
        self.access_token = Some(tokens.access_token.clone());
        tokens
    }

    /// The same person at another device: nothing is shared but the access token.
    pub fn elsewhere(&self) -> Self {
        Self {
            http: Client::builder().build().unwrap(),
            ..self.clone()
        }
    }

    /// A request in their name.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self
            .http
            .request(method, format!("{}{path}", self.base))
            .timeout(PATIENCE * 4);
        match &self.access_token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    /// POST with JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Response {
        self.request(Method::POST, path)
            .json(body)
            .send()
            .await
            .unwrap()
    }

    /// A request to read.
    pub fn gets(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    /// A request to make something, or to do it.
    pub fn posts(&self, path: &str, body: &Value) -> RequestBuilder {
        self.request(Method::POST, path).json(body)
    }

    /// A request to edit the version of a thing that its `ETag` names.
    pub fn puts(&self, path: &str, tag: &str, body: &Value) -> RequestBuilder {
        let request = self.request(Method::PUT, path).json(body);
        request.header("if-match", tag)
    }

    /// A request to delete something.
    pub fn deletes(&self, path: &str) -> RequestBuilder {
        self.request(Method::DELETE, path)
    }

    /// POST to a call of the refresh cookie, with that cookie.
    pub async fn post_with_cookie(&self, path: &str, cookie: &str) -> Response {
        self.http
            .post(format!("{}{path}", self.base))
            .header("cookie", cookie)
            .timeout(PATIENCE)
            .send()
            .await
            .unwrap()
    }
}

/// The refresh cookie an answer sets, `name=value`.
fn cookie_of(response: &Response) -> &str {
    let cookie = response
        .headers()
        .get("set-cookie")
        .expect("a refresh cookie");
    cookie.to_str().unwrap().split(';').next().unwrap()
}

/// Takes an answer that must be this problem.
pub async fn problem(response: Response, code: Code) -> Problem {
    let status = response.status();
    let kind = response.headers().get("content-type").cloned();
    let text = response.text().await.unwrap();
    assert_eq!(status.as_u16(), code.status(), "{code:?}: {text}");
    assert_eq!(kind.unwrap(), PROBLEM_JSON);
    let problem: Problem = serde_json::from_str(&text).unwrap();
    assert_eq!(problem.code, code, "{text}");
    assert_eq!(problem.status, code.status());
    assert!(!problem.detail.is_empty());
    problem
}
