//! The coach outside of sessions.

use crate::world::{Answer, Call, Days, Person, World, fixture};
use contract::ai::{AiFrame, CorrectionReply, CustomerReply, Evaluation, ScenarioDraft};
use contract::problem::Code;
use contract::scenario::ScenarioText;
use contract::sse::Decoder;
use domain::scoring::Stance;
use domain::session::{Speaker, VoicedBy};
use serde_json::{Value, json};

const STOCK: &str = "00000000-0000-0000-0000-000000000400";

fn about(answer: &str) -> Value {
    json!({"scenarioId": STOCK, "drill": "drill_0", "answer": answer})
}

fn opening() -> Value {
    json!({"scenarioId": STOCK, "drill": "drill_0"})
}

#[track_caller]
fn frames(answer: &Answer) -> Vec<AiFrame> {
    assert_eq!(
        (
            answer.status,
            answer.header("content-type"),
            answer.header("x-accel-buffering")
        ),
        (200, "text/event-stream", "no")
    );
    let events = Decoder::default().feed(&answer.body).unwrap();
    events
        .iter()
        .map(|event| serde_json::from_str(&event.data).unwrap())
        .collect()
}

/// The text between `connected` and `done`, which must be the whole text again.
#[track_caller]
fn streamed(answer: &Answer) -> String {
    let frames = frames(answer);
    assert!(matches!(frames.first(), Some(AiFrame::Connected { .. })));
    let said: String = frames
        .iter()
        .filter_map(|frame| match frame {
            AiFrame::Content { content } => Some(content.as_str()),
            _ => None,
        })
        .collect();
    match frames.last() {
        Some(AiFrame::Done { content, .. }) => assert_eq!(*content, said),
        other => panic!("{other:?}"),
    }
    said
}

#[tokio::test]
async fn a_drill_is_played_judged_and_corrected() {
    let world = World::new();
    let post = |path: &'static str, body: Value| {
        let world = world.clone();
        async move {
            world
                .post_as(Person::Rep, &format!("/api/ai/{path}"), body)
                .await
        }
    };
    let opened: CustomerReply = post("generate-response", opening()).await.json();
    assert_eq!(
        (opened.role, opened.content.as_str(), opened.stance),
        (Speaker::Customer, "Objection 0", None)
    );
    let words = "I have a word for you, sir, and it is a good one.";
    let reply: CustomerReply = post("generate-response", about(words)).await.json();
    assert_eq!(
        (reply.content.as_str(), reply.stance),
        ("Yes", Some(Stance::Resolved))
    );
    let judged: Evaluation = post("evaluate-response", about(words)).await.json();
    let corrected: CorrectionReply = post("provide-correction", about(words)).await.json();
    assert_eq!(judged.verdict, corrected.verdict);
    assert!(corrected.content.contains(&corrected.improved));

    let stream = post("corrections/stream", about(words)).await;
    assert_eq!(streamed(&stream), corrected.content);
    assert_eq!(
        frames(&stream).pop(),
        Some(AiFrame::Done {
            content: corrected.content,
            verdict: Some(Box::new(corrected.verdict)),
            improved: Some(corrected.improved),
            voiced_by: VoicedBy::BuiltIn,
        })
    );
    assert_eq!(
        streamed(&post("objections/stream", opening()).await),
        "Objection 0"
    );
    assert_eq!(
        streamed(&post("objections/stream", about(words)).await),
        "Yes"
    );
}

#[tokio::test]
async fn the_documents_frames_are_written_as_it_writes_them() {
    let world = World::new();
    let answer = world
        .post_as(Person::Rep, "/api/ai/objections/stream", opening())
        .await;
    assert_eq!(
        answer.body,
        "data: {\"type\":\"connected\"}\n\n\
         data: {\"type\":\"content\",\"content\":\"Objection \"}\n\n\
         data: {\"type\":\"content\",\"content\":\"0\"}\n\n\
         data: {\"type\":\"done\",\"content\":\"Objection 0\"}\n\n"
    );
}

#[tokio::test]
async fn only_what_one_may_see_can_be_asked_about() {
    let world = World::new();
    let text = serde_json::to_value(ScenarioText::from(fixture::frozen(2).text)).unwrap();
    let made = world.post_as(Person::Manager, "/api/scenarios", text).await;
    let id = made
        .header("location")
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    let body = json!({"scenarioId": id, "drill": "drill_0", "answer": "Namaste"});
    for path in [
        "evaluate-response",
        "provide-correction",
        "generate-response",
        "corrections/stream",
        "objections/stream",
    ] {
        let path = format!("/api/ai/{path}");
        for (asker, status) in [
            (Person::Manager, 200),
            (Person::Rep, 404),
            (Person::SagarManager, 404),
            (Person::SuperAdmin, 200),
        ] {
            let answer = world.post_as(asker, &path, body.clone()).await;
            assert_eq!(answer.status, status, "{asker:?} {path}");
        }
        let mut missing = body.clone();
        missing["drill"] = json!("drill_9");
        world
            .post_as(Person::Manager, &path, missing)
            .await
            .problem(Code::NotFound);
        let mut blank = body.clone();
        blank["answer"] = json!(" ");
        let problem = world
            .post_as(Person::Manager, &path, blank)
            .await
            .problem(Code::Invalid);
        assert_eq!(problem.errors[0].field, "answer");
    }
    let answer = world
        .call(Call::post("/api/ai/evaluate-response").json(body))
        .await;
    answer.problem(Code::Unauthenticated);
}

#[tokio::test]
async fn the_assistant_speaks_of_ones_own_completed_session() {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Open);
    let ask = |asker, question: &str| {
        let body = json!({"sessionId": id, "question": question});
        let world = world.clone();
        async move { world.post_as(asker, "/api/ai/assistant/stream", body).await }
    };
    let why = "Why did I lose points?";
    ask(Person::Rep, why).await.problem(Code::NotStarted);
    world.start(Person::Rep, id).await;
    ask(Person::Rep, why).await.problem(Code::DrillsRemaining);
    world.complete(Person::Rep, id).await;
    let said = streamed(&ask(Person::Rep, why).await);
    assert!(said.starts_with("Your final answers came to"), "{said}");
    let off = streamed(&ask(Person::Rep, "Tell me a joke about cricket").await);
    assert!(
        off.starts_with("I can only speak about this session"),
        "{off}"
    );

    let over = json!({"drill": "drill_1", "score": 88, "reason": "The judge missed the offer."});
    let path = format!("/api/sessions/{id}/overrides");
    assert_eq!(
        world.post_as(Person::Manager, &path, over).await.status,
        201
    );
    let said = streamed(&ask(Person::Rep, why).await);
    assert!(
        said.contains("put 88 in place of the judge's") && said.contains("missed the offer"),
        "{said}"
    );

    ask(Person::Manager, why).await.problem(Code::Forbidden);
    for asker in [Person::OtherRep, Person::OtherManager, Person::SagarManager] {
        ask(asker, why).await.problem(Code::NotFound);
    }
    let long = ask(Person::Rep, &"x".repeat(501)).await;
    assert_eq!(long.problem(Code::Invalid).errors[0].field, "question");
}

#[tokio::test]
async fn a_brief_becomes_a_draft_that_can_be_kept() {
    let world = World::new();
    let mut template = fixture::frozen(2).text;
    template.theme = "They want discounts".into();
    let text = serde_json::to_value(ScenarioText::from(template)).unwrap();
    let made = world.post_as(Person::Manager, "/api/scenarios", text).await;
    let path = format!("{}/publish", made.header("location"));
    let publish = Call::post(&path).header("if-match", "\"1\"");
    assert_eq!(world.call_as(Person::Manager, publish).await.status, 200);

    let brief = json!({
        "brief": "Shops that ask for discounts before they hear the price", "day": 7,
        "customerMessage": "Pehle discount batao.", "customerName": "Imtiaz Khan"
    });
    let path = "/api/ai/generate-scenario";
    let answer = world.post_as(Person::Manager, path, brief.clone()).await;
    let draft: ScenarioDraft = answer.json();
    assert!(
        draft.is_draft && draft.note.contains("They want discounts"),
        "{draft:?}"
    );
    assert_eq!((draft.text.day, draft.model.as_str()), (7, "builtin"));
    assert_eq!(draft.text.theme, "Pehle discount batao.");
    let kept = serde_json::to_value(&draft.text).unwrap();
    let kept = world.post_as(Person::Manager, "/api/scenarios", kept).await;
    assert_eq!(kept.status, 201);

    world
        .post_as(Person::Rep, path, brief)
        .await
        .problem(Code::Forbidden);
    let blank = json!({"brief": "            "});
    let problem = world
        .post_as(Person::Manager, path, blank)
        .await
        .problem(Code::Invalid);
    assert_eq!(problem.errors[0].field, "brief");
}
