//! Nobody waits longer than is borne, and only words count.

use super::*;
use captain_http::model::Why;
use captain_peers::Answer;
use captain_peers::said::chat;
use coach::provider::FailureKind;
use std::ops::ControlFlow;
use std::time::Instant;

/// Waits borne in these tests: to the head, to the first words, between words, for all.
const LIMITS: [u64; 4] = [200, 1_000, 600, 2_500];

/// How much later than its time a wait may end, on a machine that does something else meanwhile.
const LATE: u64 = 700;

async fn waited(answer: Answer) -> (Outcome, u64) {
    let server = ByteServer::saying([answer]);
    let models = models(vec![hurried(gpt(&server), LIMITS)]);
    let began = Instant::now();
    let on_text = |_: &str| ControlFlow::Continue(());
    let outcome = models.ask_aloud(&world(), &question(), on_text).await;
    let waited = u64::try_from(began.elapsed().as_millis()).unwrap();
    if !matches!(outcome.ending, Ending::Answered(_)) {
        let left = server.client_left(0, Duration::from_secs(5)).await;
        assert!(left.is_some(), "the call goes on");
    }
    (outcome, waited)
}

/// Silence before the first word: one call, and the built-in coach.
async fn is_given_up(answer: Answer, after: u64) {
    let (outcome, waited) = waited(answer).await;
    match &outcome.ending {
        Ending::BuiltIn(Why::Failed(failure)) => assert_eq!(failure.kind, FailureKind::Timeout),
        other => panic!("{other:?}"),
    }
    assert_eq!(outcome.attempts.len(), 1, "a silence is borne once");
    assert!((after..after + LATE).contains(&waited), "{waited} ms");
}

#[tokio::test]
async fn without_a_head() {
    is_given_up(Answer::stream().hang(), 200).await;
}

#[tokio::test]
async fn without_a_first_word() {
    is_given_up(Answer::stream().bytes("").hang(), 1_000).await;
    let role = chat::chunk(&json!({"role": "assistant", "content": ""}), None);
    is_given_up(Answer::stream().bytes(role).hang(), 1_000).await;
}

#[tokio::test]
async fn with_pings_and_no_word() {
    let pings = Answer::stream().trickle(": alive\n\n".repeat(100), Duration::from_millis(5));
    is_given_up(pings, 1_000).await;
}

async fn is_interrupted(answer: Answer, after: u64) {
    let (outcome, waited) = waited(answer).await;
    match &outcome.ending {
        Ending::Interrupted(failure) => assert_eq!(failure.kind, FailureKind::Timeout),
        other => panic!("{other:?}"),
    }
    assert!((after..after + LATE).contains(&waited), "{waited} ms");
}

#[tokio::test]
async fn after_words() {
    is_interrupted(Answer::stream().bytes(chat::words("Namaste")).hang(), 600).await;
}

#[tokio::test]
async fn words_without_end() {
    let mut endless = Answer::stream();
    for _ in 0..400 {
        endless = endless
            .bytes(chat::words("ji "))
            .pause(Duration::from_millis(20));
    }
    is_interrupted(endless, 2_500).await;
}

/// A slow answer is an answer: each word comes in time, although none of the waits would do for all of it.
#[tokio::test]
async fn slow_words_are_words() {
    let mut slow = Answer::stream();
    for word in ["Namaste ", "ji, ", "theek ", "hai."] {
        slow = slow
            .bytes(chat::words(word))
            .pause(Duration::from_millis(300));
    }
    let (outcome, waited) = waited(slow.bytes(chat::finish("stop") + chat::DONE)).await;
    assert_eq!(text(&outcome), "Namaste ji, theek hai.");
    assert!(waited >= 1_200);
}

/// The last word was said: that the connection stays open changes nothing.
#[tokio::test]
async fn an_answer_that_is_whole_waits_for_nothing() {
    let (outcome, waited) = waited(Answer::stream().bytes(chat::whole(&["Ji."])).hang()).await;
    assert_eq!(text(&outcome), "Ji.");
    assert!(waited < 500, "{waited} ms");
    let finished = chat::words("Ji.") + &chat::finish("stop");
    let (outcome, _) = waited_for(finished).await;
    assert_eq!(text(&outcome), "Ji.");
}

async fn waited_for(said: String) -> (Outcome, u64) {
    waited(Answer::stream().bytes(said).hang()).await
}
