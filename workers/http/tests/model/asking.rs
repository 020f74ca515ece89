//! Who is asked, how often, and what is told of it.

use super::*;
use captain_http::model::{Answer as Said, End, Why};
use captain_peers::Answer;
use captain_peers::said::{chat, messages};
use coach::provider::{FailureKind, Finish};
use domain::spend::Cost;
use std::ops::ControlFlow;

/// Asks aloud, and keeps what was told.
async fn aloud(models: &Models<Sockets>, world: &RealTime) -> (Outcome, Vec<String>) {
    let mut told = Vec::new();
    let on_text = |text: &str| {
        told.push(text.to_owned());
        ControlFlow::Continue(())
    };
    let outcome = models.ask_aloud(world, &question(), on_text).await;
    (outcome, told)
}

#[tokio::test]
async fn a_provider_answers_and_its_tokens_are_counted() {
    let server = ByteServer::saying([messages::says(&["Namaste", " ji!"])]);
    let world = world();
    let (outcome, told) = aloud(&models(vec![claude(&server)]), &world).await;
    assert_eq!(
        outcome.ending,
        Ending::Answered(Said {
            provider: Kind::Anthropic,
            model: "claude-haiku-4-5".into(),
            text: "Namaste ji!".into(),
            finish: Finish::Complete,
        })
    );
    assert_eq!(told, ["Namaste", " ji!"]);
    let attempts = world.attempts().clone();
    assert_eq!(attempts, outcome.attempts);
    let [attempt] = attempts.as_slice() else {
        panic!("{attempts:?}")
    };
    assert_eq!(attempt.end, End::Answered(Finish::Complete));
    assert_eq!(attempt.used, tokens(20, 2));
    assert_eq!(attempt.cost(), Cost::Known(20 + 2 * 10));
    assert!(attempt.first_words_ms.unwrap() <= attempt.took_ms);
    let request = &server.requests()[0];
    assert_eq!(request.headers["x-api-key"], "sk-ant-1");
    assert_eq!(request.path, "/v1/messages");
    assert_eq!(request.body["stream"], true);
}

#[tokio::test]
async fn without_a_provider_nobody_is_asked() {
    let world = world();
    let (outcome, _) = aloud(&models(Vec::new()), &world).await;
    assert_eq!(outcome.ending, Ending::BuiltIn(Why::NoProvider));
    assert!(outcome.attempts.is_empty());
}

#[tokio::test]
async fn the_next_provider_is_asked_before_the_first_word() {
    let broke = Answer::json(
        401,
        &messages::error("authentication_error", "invalid x-api-key"),
    );
    let (first, second) = (
        ByteServer::saying([broke]),
        ByteServer::saying([chat::says(&["Theek hai."])]),
    );
    let world = world();
    let models = models(vec![claude(&first), gpt(&second)]);
    let (outcome, told) = aloud(&models, &world).await;
    assert_eq!(text(&outcome), "Theek hai.");
    assert_eq!(told, ["Theek hai."]);
    let [failed, answered] = outcome.attempts.as_slice() else {
        panic!("{outcome:?}")
    };
    assert!(
        matches!(&failed.end, End::Failed(failure) if failure.kind == FailureKind::Credentials)
    );
    // An error's status costs nothing.
    assert_eq!(
        (failed.used, failed.cost()),
        (Used::Nothing, Cost::Known(0))
    );
    assert_eq!(answered.used, tokens(20, 1));
    assert_ne!(failed.id, answered.id);
}
