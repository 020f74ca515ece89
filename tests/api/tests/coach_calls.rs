//! The coach outside of sessions: four calls and three streams, in the frames of the document.

use captain_api_tests::{Answer, Firm, GOOD, HESITANT, PATIENCE, Person, Rep, answer, shared};
use contract::ai::{AiFrame, CorrectionReply, CustomerReply, Evaluation, ScenarioDraft};
use contract::problem::Code;
use contract::scenario::{Scenario, ScenarioForRep, ScenarioSummary};
use contract::session::Items;
use contract::sse::Decoder;
use domain::role::Role;
use domain::session::{Speaker, VoicedBy};
use serde_json::{Value, json};
use std::time::Instant;
use tokio::time::timeout;

const REP: &str = "rep@salescaptain.test";
const MANAGER: &str = "manager@salescaptain.test";

async fn post(person: &Person, call: &str, body: &Value) -> Answer {
    answer(person.posts(&format!("/api/ai/{call}"), body)).await
}

/// The first drill of a day.
async fn drill(rep: &Person, day: u8) -> (ScenarioForRep, Value) {
    let path = format!("/api/scenarios/day/{day}");
    let items: Items<ScenarioSummary> = answer(rep.gets(&path)).await.json();
    let path = format!("/api/scenarios/{}", items.items[0].id);
    let scenario: ScenarioForRep = answer(rep.gets(&path)).await.json();
    let about = json!({"scenarioId": scenario.id, "drill": scenario.drills[0].card.id});
    (scenario, about)
}

fn with_answer(about: &Value, words: &str) -> Value {
    let mut form = about.clone();
    form["answer"] = json!(words);
    form
}

/// The frames of a stream, byte for byte as the document writes them: `data:` with one line of JSON, then an empty line.
fn frames(answer: &Answer) -> Vec<AiFrame> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    for (name, value) in [
        ("content-type", "text/event-stream"),
        ("cache-control", "no-store"),
        ("x-accel-buffering", "no"),
    ] {
        assert_eq!(answer.header(name), value);
    }
    let text = answer.text();
    // The assistant's `connected` names its request besides.
    let (connected, rest) = text.split_once("\n\n").unwrap();
    assert!(
        connected.starts_with("data: {\"type\":\"connected\"")
            && rest.starts_with("data: {\"type\":\"content\",\"content\":\""),
        "{text}"
    );
    assert!(text.ends_with("}\n\n"));
    let frames: Vec<AiFrame> = text
        .split_terminator("\n\n")
        .map(|frame| serde_json::from_str(frame.strip_prefix("data: ").unwrap()).unwrap())
        .collect();
    // A browser's parser sees the same.
    let events = Decoder::default().feed(&answer.body).unwrap();
    assert_eq!(events.len(), frames.len());
    frames
}

/// What a stream says; its last frame says it once more.
fn streamed(answer: &Answer) -> String {
    let frames = frames(answer);
    let said: String = frames
        .iter()
        .filter_map(|frame| match frame {
            AiFrame::Content { content } => Some(content.as_str()),
            _ => None,
        })
        .collect();
    match frames.last() {
        Some(AiFrame::Done { content, .. }) => assert_eq!(*content, said),
        other => panic!("done comes last, not {other:?}"),
    }
    said
}

#[tokio::test]
async fn a_drill_is_played_judged_and_corrected() {
    let rep = Person::known(shared(), REP).await;
    let (scenario, about) = drill(&rep, 3).await;
    let opened: CustomerReply = post(&rep, "generate-response", &about).await.json();
    assert_eq!((opened.role, opened.stance), (Speaker::Customer, None));
    assert_eq!(opened.content, scenario.drills[0].customer_message);
    assert_eq!(
        streamed(&post(&rep, "objections/stream", &about).await),
        opened.content
    );

    let mut scores = Vec::new();
    for words in [GOOD, HESITANT] {
        let form = with_answer(&about, words);
        let judged: Evaluation = post(&rep, "evaluate-response", &form).await.json();
        let corrected: CorrectionReply = post(&rep, "provide-correction", &form).await.json();
        assert_eq!(judged.verdict, corrected.verdict);
        assert!(corrected.content.contains(&corrected.improved));
        let stream = post(&rep, "corrections/stream", &form).await;
        assert_eq!(streamed(&stream), corrected.content);
        let done = AiFrame::Done {
            content: corrected.content,
            verdict: Some(Box::new(corrected.verdict)),
            improved: Some(corrected.improved),
            voiced_by: VoicedBy::BuiltIn,
        };
        assert_eq!(frames(&stream).pop(), Some(done));
        let reply: CustomerReply = post(&rep, "generate-response", &form).await.json();
        assert!(reply.stance.is_some());
        assert_eq!(
            streamed(&post(&rep, "objections/stream", &form).await),
            reply.content
        );
        scores.push(judged.verdict.score);
    }
    assert!(scores[0] > scores[1], "{scores:?}");
}

#[tokio::test]
async fn words_come_as_they_are_said() {
    let rep = Person::known(shared(), REP).await;
    let (_, about) = drill(&rep, 1).await;
    let form = with_answer(&about, GOOD);
    let request = rep.posts("/api/ai/corrections/stream", &form);
    let mut response = request.send().await.unwrap();
    let mut pieces = Vec::new();
    while let Some(bytes) = timeout(PATIENCE, response.chunk()).await.unwrap().unwrap() {
        pieces.push((Instant::now(), bytes.len()));
    }
    let (first, last) = (pieces.first().unwrap().0, pieces.last().unwrap().0);
    assert!(pieces.len() > 10, "{} pieces", pieces.len());
    assert!(last.duration_since(first).as_millis() > 200, "{pieces:?}");
}

#[tokio::test]
async fn only_what_one_may_see_can_be_asked_about() {
    let firm = Firm::new(shared()).await;
    let manager = &firm.manager;
    let (_, rep) = firm.hire_at_work(shared(), Role::SalesRep).await;
    let other = Person::known(shared(), "other@salescaptain.test").await;
    let (scenario, about) = drill(&rep, 6).await;
    let path = format!("/api/scenarios/{}/copy", scenario.id);
    let draft: Scenario = answer(manager.posts(&path, &json!({}))).await.made();
    let mut of_draft = with_answer(&about, GOOD);
    of_draft["scenarioId"] = json!(draft.id);
    for call in [
        "generate-response",
        "evaluate-response",
        "provide-correction",
        "corrections/stream",
        "objections/stream",
    ] {
        assert_eq!(post(manager, call, &of_draft).await.status, 200, "{call}");
        post(&rep, call, &of_draft).await.problem(Code::NotFound);
        post(&other, call, &of_draft).await.problem(Code::NotFound);
        post(&Person::anonymous(shared()), call, &of_draft)
            .await
            .problem(Code::Unauthenticated);
        let mut missing = with_answer(&about, GOOD);
        missing["drill"] = json!("no_such");
        post(&rep, call, &missing).await.problem(Code::NotFound);
        for blank in [" ", "", &"अ".repeat(4_001)] {
            let refused = post(&rep, call, &with_answer(&about, blank)).await;
            assert_eq!(refused.fields(Code::Invalid), ["answer"], "{call}");
        }
    }
}

#[tokio::test]
async fn a_brief_becomes_a_draft_that_can_be_kept() {
    let firm = Firm::new(shared()).await;
    let manager = &firm.manager;
    let brief = json!({
        "brief": "Shops that ask for a discount before they hear the price", "day": 7,
        "customerMessage": "Pehle discount batao, phir baat karenge.", "customerName": "Imtiaz Khan"
    });
    let draft: ScenarioDraft = post(manager, "generate-scenario", &brief).await.json();
    assert!(draft.is_draft);
    assert_eq!((draft.text.day, draft.model.as_str()), (7, "builtin"));
    assert_eq!(draft.text.drills[0].customer.name, "Imtiaz Khan");
    let kept = answer(manager.posts("/api/scenarios", &json!(draft.text))).await;
    kept.made::<Scenario>();
    let rep = Person::known(shared(), REP).await;
    post(&rep, "generate-scenario", &brief)
        .await
        .problem(Code::Forbidden);
    let blank = post(
        manager,
        "generate-scenario",
        &json!({"brief": "            "}),
    )
    .await;
    assert_eq!(blank.fields(Code::Invalid), ["brief"]);
}

#[tokio::test]
async fn the_assistant_speaks_of_ones_own_completed_session() {
    let rep = Rep::new(shared()).await;
    let ask = async |person: &Person, question: &str| {
        let form = json!({"sessionId": rep.session, "question": question});
        post(person, "assistant/stream", &form).await
    };
    let why = "Why did I lose points on closing?";
    ask(&rep.person, why).await.problem(Code::NotStarted);
    rep.start().await;
    ask(&rep.person, why).await.problem(Code::DrillsRemaining);
    rep.practise(HESITANT, GOOD).await;
    rep.end().await;
    let said = streamed(&ask(&rep.person, why).await);
    assert!(said.chars().count() > 60, "{said}");
    let off = streamed(&ask(&rep.person, "Tell me a joke about cricket").await);
    assert!(off.contains("only speak about this session"), "{off}");
    let manager = Person::known(shared(), MANAGER).await;
    ask(&manager, why).await.problem(Code::NotFound);
    let colleague = Rep::new(shared()).await.person;
    ask(&colleague, why).await.problem(Code::NotFound);
    let long = ask(&rep.person, &"x".repeat(501)).await;
    assert_eq!(long.fields(Code::Invalid), ["question"]);
}
