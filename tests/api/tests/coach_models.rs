//! The coach outside of sessions when models speak, on the real runtime: who leaves ends the call, and every call is noted.

use captain_api_tests::{GOOD, MODEL, PATIENCE, Person, Rep, Settings, Stack, answer};
use captain_peers::said::chat;
use captain_peers::{Answer, ByteServer};
use contract::ai::providers::Providers;
use contract::ai::{AiFrame, CustomerReply};
use contract::scenario::{ScenarioForRep, ScenarioSummary};
use contract::session::Items;
use contract::sse::Decoder;
use domain::session::{Absence, VoicedBy};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;

const REP: &str = "rep@salescaptain.test";
const ADMIN: &str = "admin@salescaptain.test";

/// The first drill of the first day, answered.
async fn answered(rep: &Person) -> Value {
    let items: Items<ScenarioSummary> = answer(rep.gets("/api/scenarios/day/1")).await.json();
    let path = format!("/api/scenarios/{}", items.items[0].id);
    let scenario: ScenarioForRep = answer(rep.gets(&path)).await.json();
    json!({"scenarioId": scenario.id, "drill": scenario.drills[0].card.id, "answer": GOOD})
}

fn asked_by(stack: &'static str, provider: &ByteServer) -> &'static Stack {
    let mut stack = Stack::prepare(Settings {
        reps: 5,
        provider: Some(provider.url() + "/v1"),
        ..Settings::named(stack)
    });
    stack.run();
    Box::leak(Box::new(stack))
}

#[tokio::test]
async fn whoever_leaves_ends_the_call_and_it_is_noted() {
    let nonsense = chat::says(&["no verdict"]);
    let endless = Answer::stream().bytes(chat::words("Theek hai, ")).hang();
    // The judge is asked twice; then the customer speaks.
    let provider = ByteServer::saying([nonsense.clone(), nonsense, endless]);
    let stack = asked_by("left", &provider);
    let rep = Person::known(stack, REP).await;
    let form = answered(&rep).await;
    let request = rep.posts("/api/ai/objections/stream", &form);
    let mut response = request.send().await.unwrap();
    let mut seen = String::new();
    while !seen.contains("Theek hai") {
        let bytes = timeout(PATIENCE, response.chunk()).await.unwrap().unwrap();
        seen.push_str(std::str::from_utf8(&bytes.unwrap()).unwrap());
    }
    drop((response, rep));
    let left = provider.client_left(2, Duration::from_secs(10)).await;
    assert!(left.is_some(), "the call goes on");
    let admin = Person::known(stack, ADMIN).await;
    for _ in 0..50 {
        let told: Providers = answer(admin.gets("/api/ai/providers")).await.json();
        let calls: u64 = told.spend.items.iter().map(|month| month.calls).sum();
        if calls == 3 {
            // The judge told its tokens; what the customer's call used, nobody knows.
            let unknown: u64 = told
                .spend
                .items
                .iter()
                .map(|month| month.unknown_calls)
                .sum();
            assert_eq!(unknown, 1);
            assert_eq!(told.providers.unwrap()[0].model, MODEL);
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the calls were not noted");
}

#[tokio::test]
async fn a_dead_provider_is_stood_in_for() {
    let provider = ByteServer::saying([Answer::of(401)]);
    let stack = asked_by("dead", &provider);
    let rep = Person::known(stack, REP).await;
    let form = answered(&rep).await;
    let reply: CustomerReply = answer(rep.posts("/api/ai/generate-response", &form))
        .await
        .json();
    let why = Absence::Away;
    assert_eq!(reply.voiced_by, Some(VoicedBy::StandIn { why }));
    assert_eq!(provider.requests().len(), 1);
}

#[tokio::test]
async fn an_answer_about_a_session_outlives_its_reader() {
    let slow = Answer::stream()
        .bytes(chat::words("The reason "))
        .pause(Duration::from_secs(1))
        .bytes(chat::words("was missing.") + &chat::finish("stop") + chat::DONE);
    let provider = ByteServer::start(move |request| {
        let system = request.body["messages"][0]["content"].as_str().unwrap();
        match system.contains("asks you about its result") {
            true => slow.clone(),
            false => chat::says(&["Say it again."]),
        }
    });
    let stack = asked_by("reader", &provider);
    let rep = Rep::new(stack).await;
    rep.start().await;
    rep.practise(GOOD, GOOD).await;
    rep.end().await;
    let asked = provider.requests().len();
    let form =
        json!({"sessionId": rep.session, "requestId": "q-1", "question": "Why did I lose points?"});
    let ask = || rep.person.posts("/api/ai/assistant/stream", &form);
    let mut response = ask().send().await.unwrap();
    let mut seen = String::new();
    while !seen.contains("The reason") {
        let bytes = timeout(PATIENCE, response.chunk()).await.unwrap().unwrap();
        seen.push_str(std::str::from_utf8(&bytes.unwrap()).unwrap());
    }
    drop(response);
    let again = answer(ask()).await;
    let events = Decoder::default().feed(&again.body).unwrap();
    let last: AiFrame = serde_json::from_str(&events.last().unwrap().data).unwrap();
    let AiFrame::Done {
        content, voiced_by, ..
    } = last
    else {
        panic!("{last:?}");
    };
    assert_eq!(content, "The reason was missing.");
    assert_eq!(
        voiced_by,
        VoicedBy::Model {
            model: MODEL.into()
        }
    );
    assert_eq!(provider.requests().len(), asked + 1);
}
