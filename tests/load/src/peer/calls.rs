//! The eight calls.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use captain_api_tests::{HESITANT, Seen, Stream, request_id};
use contract::chat::Frame;
use domain::ids::SessionId;
use futures::future::join_all;
use reqwest::RequestBuilder;
use serde_json::{Value, json};

use super::sides::Side;
use crate::figures::Figures;

/// A call that both sides have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    LogIn,
    Me,
    Today,
    Users,
    Sessions,
    Leaderboard,
    Dashboard,
    Turn,
}

const REP: &str = "rep@salescaptain.test";
const MANAGER: &str = "manager@salescaptain.test";

impl Call {
    pub const ALL: [Self; 8] = [
        Self::LogIn,
        Self::Me,
        Self::Today,
        Self::Users,
        Self::Sessions,
        Self::Leaderboard,
        Self::Dashboard,
        Self::Turn,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::LogIn => "log-in",
            Self::Me => "me",
            Self::Today => "today",
            Self::Users => "users",
            Self::Sessions => "sessions",
            Self::Leaderboard => "leaderboard",
            Self::Dashboard => "dashboard",
            Self::Turn => "a turn",
        }
    }

    /// The path and who reads it, of the calls that only read.
    pub fn reading(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::LogIn | Self::Turn => None,
            Self::Me => Some(("/api/auth/me", REP)),
            Self::Today => Some(("/api/sessions/today", REP)),
            Self::Users => Some(("/api/users?limit=50", MANAGER)),
            Self::Sessions => Some(("/api/sessions?limit=50", MANAGER)),
            Self::Leaderboard => Some(("/api/analytics/leaderboard?period=all", MANAGER)),
            Self::Dashboard => Some(("/api/analytics/dashboard", REP)),
        }
    }
}

/// Somebody of the past sessions; each log-in in flight is another person's, since five tries are all an account has.
pub fn past_rep(number: usize) -> String {
    format!("load-rep-{number:06}@salescaptain.test")
}

/// A round of log-ins or of reading.
pub async fn round(call: Call, side: &Side, length: Duration, at_once: usize) -> Figures {
    let token = match call.reading() {
        Some((_, reader)) => side.log_in(reader).await,
        None => String::new(),
    };
    let request = |number: usize| match call.reading() {
        Some((path, _)) => side.get(path, &token),
        None => side.log_in_request(&past_rep(number)),
    };
    let began = Instant::now();
    let workers = (0..at_once).map(|number| {
        let request = &request;
        async move {
            let mut took = Vec::new();
            while began.elapsed() < length {
                took.push(timed(request(number)).await);
            }
            took
        }
    });
    let took = join_all(workers).await.concat();
    Figures::of_round(took, Vec::new(), began.elapsed())
}

async fn timed(request: RequestBuilder) -> Duration {
    let sent = Instant::now();
    let response = request.send().await.unwrap();
    let status = response.status();
    let body = response.bytes().await.unwrap();
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
    sent.elapsed()
}

/// A round of turns: each the first answer of a session, which was started before the clock runs.
pub async fn turns(side: &Side, count: u32, at_once: usize) -> Figures {
    let token = side.log_in(side.owner()).await;
    let mut ready = Vec::new();
    for _ in 0..count {
        ready.push(started(side, &token).await);
    }
    let queue = std::cell::RefCell::new(ready);
    let began = Instant::now();
    let workers = (0..at_once).map(|_| async {
        let mut took = Vec::new();
        loop {
            // Not held over the turn.
            let next = queue.borrow_mut().pop();
            let Some(session) = next else { break };
            took.push(timed_turn(side, &token, session).await);
        }
        took
    });
    let (first_word, took) = join_all(workers).await.concat().into_iter().unzip();
    Figures::of_round(took, first_word, began.elapsed())
}

/// A session of the owner's, started.
pub async fn started(side: &Side, token: &str) -> SessionId {
    let session = side.next_session();
    let form = json!({"sessionId": session});
    let response = side.post("/api/chat/start", token, &form).send().await;
    let response = response.unwrap();
    let status = response.status();
    assert_eq!(status, 200, "{}", response.text().await.unwrap());
    session
}

/// A turn's stream.
pub async fn turn(side: &Side, token: &str, session: SessionId) -> Stream {
    let path = format!("/api/chat/{session}/message");
    let form = json!({"requestId": request_id(), "content": HESITANT});
    Stream::of(side.post(&path, token, &form).send().await.unwrap())
}

async fn timed_turn(side: &Side, token: &str, session: SessionId) -> (Duration, Duration) {
    let sent = Instant::now();
    let mut stream = turn(side, token, session).await;
    let mut first_word = None;
    while let Some(seen) = stream.next_or_cut().await.unwrap() {
        if matches!(seen.frame, Frame::Content { .. }) {
            first_word.get_or_insert_with(|| sent.elapsed());
        }
    }
    (
        first_word.expect("the coach says something"),
        sent.elapsed(),
    )
}

/// A turn of ours as the peer's script: all frames after `connected`, with places where ids and moments go.
pub async fn script_of(side: &Side) -> String {
    let token = side.log_in(side.owner()).await;
    let session = started(side, &token).await;
    let frames = turn(side, &token, session).await.frames().await;
    let frames: Vec<Value> = frames.iter().map(frame).collect();
    let mut places = Places::default();
    let script: Vec<Value> = frames
        .into_iter()
        .map(|frame| places.put(None, frame))
        .collect();
    // For the peer the same session is untouched.
    Value::from(script).to_string()
}

fn frame(seen: &Seen) -> Value {
    serde_json::from_str(&seen.json).unwrap()
}

#[derive(Default)]
struct Places {
    messages: HashMap<String, String>,
}

impl Places {
    fn put(&mut self, name: Option<&str>, value: Value) -> Value {
        match (name, value) {
            (Some("turnId"), Value::String(_)) => "{turn}".into(),
            (Some("requestId"), Value::String(_)) => "{request}".into(),
            (Some("createdAt"), Value::Number(_)) => "{now}".into(),
            (Some("messageId" | "id"), Value::String(id)) if is_uuid(&id) => {
                let next = format!("{{message:{}}}", self.messages.len());
                self.messages.entry(id).or_insert(next).clone().into()
            }
            (_, Value::Object(object)) => Value::Object(
                object
                    .into_iter()
                    .map(|(name, value)| {
                        let value = self.put(Some(&name), value);
                        (name, value)
                    })
                    .collect(),
            ),
            (_, Value::Array(items)) => items
                .into_iter()
                .map(|item| self.put(None, item))
                .collect::<Vec<_>>()
                .into(),
            (_, value) => value,
        }
    }
}

/// Criteria and drills have ids that are names.
fn is_uuid(id: &str) -> bool {
    id.len() == 36 && id.bytes().filter(|byte| *byte == b'-').count() == 4
}
