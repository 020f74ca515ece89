//! A rep at work on one session.

use contract::chat::{ChatState, Frame};
use contract::session::SessionResult;
use domain::ids::SessionId;
use domain::session::{May, Step};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::{Person, Seen, Stack, Stream};

/// A new id for one send.
pub fn request_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// A rep with a session.
#[derive(Clone)]
pub struct Rep {
    /// The person.
    pub person: Person,
    /// Their session.
    pub session: SessionId,
}

/// How a turn's stream closed.
#[derive(Debug)]
pub struct Ended {
    /// The step after it.
    pub step: Step,
    /// What the rep may do then.
    pub may: May,
}

impl Ended {
    /// Of a turn's frames.
    pub fn of(frames: &[Seen]) -> Self {
        match &frames.last().unwrap().frame {
            Frame::Done { step, may, .. } | Frame::Error { step, may, .. } => Self {
                step: *step,
                may: *may,
            },
            other => panic!("the end comes last, not {other:?}"),
        }
    }
}

impl Rep {
    /// A rep nobody else uses, logged in, whose session is open and not started.
    pub async fn new(stack: &Stack) -> Self {
        let rep = stack.next_rep();
        Self {
            person: Person::log_in(stack, &rep.email).await,
            session: rep.session_id,
        }
    }

    /// The same, with the session started.
    pub async fn started(stack: &Stack) -> Self {
        let rep = Self::new(stack).await;
        rep.start().await;
        rep
    }

    /// The same rep at another device.
    pub fn elsewhere(&self) -> Self {
        Self {
            person: self.person.elsewhere(),
            session: self.session,
        }
    }

    /// The path of a call of the session.
    pub fn path(&self, call: &str) -> String {
        format!("/api/chat/{}/{call}", self.session)
    }

    /// Asks to start.
    pub async fn try_start(&self) -> Response {
        let body = json!({"sessionId": self.session});
        self.person.post("/api/chat/start", &body).await
    }

    /// Starts.
    pub async fn start(&self) -> ChatState {
        let response = self.try_start().await;
        assert_eq!(response.status(), 200);
        response.json().await.unwrap()
    }

    /// The state.
    pub async fn history(&self) -> ChatState {
        let response = self.person.get(&self.path("history")).await;
        assert_eq!(response.status(), 200);
        response.json().await.unwrap()
    }

    /// A POST of the session.
    pub async fn post(&self, call: &str, body: &Value) -> Response {
        self.person.post(&self.path(call), body).await
    }

    /// Sends, whatever comes of it.
    pub async fn try_send(&self, request: &str, content: &str) -> Response {
        let body = json!({"requestId": request, "content": content});
        self.post("message", &body).await
    }

    /// Sends, and gives the stream.
    pub async fn send(&self, request: &str, content: &str) -> Stream {
        Stream::of(self.try_send(request, content).await)
    }

    /// Sends, and reads the turn to its end.
    pub async fn turn(&self, content: &str) -> Vec<Seen> {
        self.send(&request_id(), content).await.frames().await
    }

    /// Sends a repeat that does not go on to the next customer by itself, and reads the turn to its end.
    pub async fn waiting_turn(&self, content: &str) -> Vec<Seen> {
        let body = json!({"requestId": request_id(), "content": content, "advance": false});
        Stream::of(self.post("message", &body).await).frames().await
    }

    /// Asks again for what was cut.
    pub async fn correction(&self, request: &str) -> Response {
        self.post("correction", &json!({"requestId": request}))
            .await
    }

    /// Asks for the next customer.
    pub async fn next(&self, request: &str) -> Response {
        self.post("next", &json!({"requestId": request})).await
    }

    /// Stops.
    pub async fn stop(&self) {
        let response = self.person.request(Method::POST, &self.path("stop"));
        assert_eq!(response.send().await.unwrap().status(), 202);
    }

    /// Asks to end.
    pub async fn try_end(&self) -> Response {
        let request = self.person.request(Method::POST, &self.path("end"));
        request.send().await.unwrap()
    }

    /// Ends.
    pub async fn end(&self) -> SessionResult {
        let response = self.try_end().await;
        let status = response.status();
        let text = response.text().await.unwrap();
        assert_eq!(status, 200, "{text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Attaches after a sequence number; `None` where nothing runs and nothing is missing.
    pub async fn events(&self, after: u64) -> Option<Stream> {
        let response = self
            .person
            .get(&self.path(&format!("events?after={after}")))
            .await;
        if response.status() == 204 {
            assert_eq!(response.text().await.unwrap(), "");
            return None;
        }
        Some(Stream::of(response))
    }

    /// What is left after a sequence number, read to its end.
    pub async fn replay(&self, after: u64) -> Vec<Seen> {
        match self.events(after).await {
            Some(stream) => stream.frames().await,
            None => Vec::new(),
        }
    }

    /// Practises all drills that are left, with a good answer and a good repeat each, up to the completed step.
    pub async fn practise(&self, first: &str, again: &str) {
        let mut step = self.history().await.step;
        while step != Step::Completed {
            let words = if step == Step::SalespersonRepeat {
                again
            } else {
                first
            };
            step = Ended::of(&self.turn(words).await).step;
        }
    }
}
