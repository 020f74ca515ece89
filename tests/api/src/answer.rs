//! An answer that was read to its end.

use contract::problem::{Code, PROBLEM_JSON, Problem};
use reqwest::RequestBuilder;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// 200, 404, ...
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// All of its body.
    pub body: Vec<u8>,
}

/// Sends, and reads the whole answer.
pub async fn answer(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: response.bytes().await.unwrap().to_vec(),
    }
}

impl Answer {
    /// A header; empty where it is not there.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// The body of a 200.
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        self.of_status(200)
    }

    /// The body of a 201, which names where the thing is.
    #[track_caller]
    pub fn made<T: DeserializeOwned>(&self) -> T {
        assert!(!self.header("location").is_empty(), "{self:?}");
        self.of_status(201)
    }

    #[track_caller]
    fn of_status<T: DeserializeOwned>(&self, status: u16) -> T {
        let text = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status, status, "{text}");
        assert_eq!(self.header("content-type"), "application/json");
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// The problem that it must be.
    #[track_caller]
    pub fn problem(&self, code: Code) -> Problem {
        let text = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status, code.status(), "{code:?}: {text}");
        assert_eq!(self.header("content-type"), PROBLEM_JSON);
        let problem: Problem = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(
            (problem.code, problem.status),
            (code, self.status),
            "{text}"
        );
        assert_eq!(
            problem.request_id.as_deref(),
            Some(self.header("x-request-id"))
        );
        assert!(!problem.detail.is_empty());
        problem
    }

    /// The fields that a problem of this code names.
    #[track_caller]
    pub fn fields(&self, code: Code) -> Vec<String> {
        let errors = self.problem(code).errors;
        errors.into_iter().map(|error| error.field).collect()
    }
}
