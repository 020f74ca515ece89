//! The coach outside of sessions when models speak: over real sockets, with a server that says what a test wants.

mod assistant;
mod drafting;
mod drills;
mod providers;

use crate::organisation::TROIKA;
use crate::world::{Answer, Days, Person, World, fixture};
use axum::body::Body;
use axum::http::Request;
use captain_http::model::{Kind, Provider};
use captain_http::router;
use captain_peers::said::chat;
use captain_peers::{Answer as Says, ByteServer, Request as Asked};
use coach::provider::patience::Limits;
use coach::provider::{Endpoint, openai};
use contract::ai::providers::{BreakerView, Providers};
use contract::ai::{AiFrame, CorrectionReply, CustomerReply, Evaluation, ScenarioDraft};
use contract::problem::Code;
use contract::scenario::ScenarioText;
use contract::sse::{Decoder, KEEP_ALIVE};
use domain::ids::SessionId;
use domain::scoring::{Judge, Stance};
use domain::session::{Absence, VoicedBy};
use domain::spend::Price;
use futures::StreamExt;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;
use std::time::Duration;
use store::{Db, FromRow, Statement};
use tower::ServiceExt;

const STOCK: &str = "00000000-0000-0000-0000-000000000400";
pub const WORDS: &str = "I have a word for you, sir, and it is a good one.";
pub const MODEL: &str = "llama3.2";

/// Who is asked, by the prompt's first words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Judge,
    Customer,
    Coach,
    Assistant,
    Author,
}

pub fn role(asked: &Asked) -> Role {
    let system = asked.body["messages"][0]["content"].as_str().unwrap();
    match system {
        _ if system.starts_with("You judge") => Role::Judge,
        _ if system.starts_with("You play") => Role::Customer,
        _ if system.starts_with("You write practice") => Role::Author,
        _ if system.contains("asks you about its result") => Role::Assistant,
        _ => Role::Coach,
    }
}

/// What the model was given: the first message after its instructions.
fn material(asked: &Asked) -> Value {
    serde_json::from_str(asked.body["messages"][1]["content"].as_str().unwrap()).unwrap()
}

/// A verdict at level 2 throughout, with true quotes.
pub fn verdict() -> String {
    let judgement = |(n, quote): (usize, &str)| json!({"criterion": format!("c{n}"), "quote": quote, "level": "2"});
    let quotes = [
        "I have a word",
        "I have a word",
        "for you, sir",
        "for you, sir",
        "it is a good one",
    ];
    let judgements: Vec<Value> = quotes.into_iter().enumerate().map(judgement).collect();
    json!({"judgements": judgements, "blockers": []}).to_string()
}

/// A provider whose judge is good, and that says otherwise what the test wants.
pub fn judged(says: impl Fn(Role) -> Says + Send + Sync + 'static) -> ByteServer {
    ByteServer::start(move |asked| match role(asked) {
        Role::Judge => chat::says(&[&verdict()]),
        other => says(other),
    })
}

pub fn with(server: &ByteServer) -> World {
    waiting(server, Limits::default())
}

/// The same, and models are waited for however long they take.
fn patient(server: &ByteServer) -> World {
    let long = Duration::from_secs(1_000_000);
    let limits = Limits {
        head: long,
        first_words: long,
        between_words: long,
        whole: long,
    };
    waiting(server, limits)
}

fn waiting(server: &ByteServer, limits: Limits) -> World {
    let endpoint = openai::Endpoint::compatible(&(server.url() + "/v1"), None, MODEL);
    World::new().with_models(vec![Provider {
        kind: Kind::Compatible,
        endpoint: Endpoint::OpenAi(endpoint),
        limits,
        price: Some(Price {
            input: 1_000_000,
            output: 2_000_000,
        }),
    }])
}

fn about(answer: &str) -> Value {
    json!({"scenarioId": STOCK, "drill": "drill_0", "answer": answer})
}

fn by_model() -> VoicedBy {
    VoicedBy::Model {
        model: MODEL.into(),
    }
}

fn stand_in(why: Absence) -> VoicedBy {
    VoicedBy::StandIn { why }
}

#[track_caller]
fn frames(answer: &Answer) -> Vec<AiFrame> {
    assert_eq!(answer.status, 200, "{answer:?}");
    let events = Decoder::default().feed(&answer.body).unwrap();
    let frame = |event: &contract::sse::SseEvent| serde_json::from_str(&event.data).unwrap();
    events.iter().map(frame).collect()
}

/// All words of a stream, and its last frame.
#[track_caller]
fn told(answer: &Answer) -> (String, AiFrame) {
    let mut frames = frames(answer);
    let last = frames.pop().unwrap();
    let words = frames.into_iter().filter_map(|frame| match frame {
        AiFrame::Content { content } => Some(content),
        _ => None,
    });
    (words.collect(), last)
}

/// The line of a call in the ledger, as text.
#[derive(Debug, FromRow)]
struct Line {
    line: String,
}

/// What was noted of calls to providers.
pub async fn ledger(world: &World) -> Vec<String> {
    world.after_answers().await;
    let sql = "SELECT purpose || ' ' || outcome || ' ' || coalesce(cost_micros, 'unknown') || ' ' || coalesce(session_id, '-') AS line
               FROM spend_ledger ORDER BY 1";
    let lines: Vec<Line> = world.db.all(Statement::new(sql)).await.unwrap();
    lines.into_iter().map(|line| line.line).collect()
}
