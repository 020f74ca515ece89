//! Whoever wants no more of an answer ends the call, wherever it is, and it stays on record.

use super::*;
use captain_http::model::End;
use captain_peers::Answer;
use captain_peers::said::chat;
use domain::spend::Cost;
use std::ops::ControlFlow;
use std::time::Instant;

/// How soon a provider notices.
const SOON: Duration = Duration::from_millis(500);

async fn left_soon(server: &ByteServer, at: Instant) {
    let left = server.client_left(0, Duration::from_secs(5)).await;
    let left = left.expect("the call goes on").duration_since(at);
    assert!(left < SOON, "after {} ms", left.as_millis());
}

#[tokio::test]
async fn a_listener_who_breaks_off_hangs_up() {
    let endless = Answer::stream().flood(chat::words("ji "), 1_000_000);
    let server = ByteServer::saying([endless]);
    let models = models(vec![gpt(&server), gpt(&server)]);
    let mut told = 0;
    let on_text = |_: &str| {
        told += 1;
        if told < 3 {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    };
    let world = world();
    let outcome = models.ask_aloud(&world, &question(), on_text).await;
    let at = Instant::now();
    assert_eq!(outcome.ending, Ending::Stopped);
    assert_eq!(told, 3);
    left_soon(&server, at).await;
    assert_eq!(server.requests().len(), 1);
    let attempts = world.attempts().clone();
    assert_eq!(attempts, outcome.attempts);
    assert_eq!(attempts[0].end, End::Stopped);
    assert!(attempts[0].first_words_ms.is_some());
    assert!(matches!(attempts[0].cost(), Cost::Unknown { .. }));
}

/// Asks, and goes away in the middle.
async fn goes_away(answer: Answer) {
    let server = ByteServer::saying([answer]);
    let models = models(vec![gpt(&server)]);
    let (world, ask) = (world(), question());
    let asked = models.ask(&world, &ask);
    assert!(
        tokio::time::timeout(Duration::from_millis(100), asked)
            .await
            .is_err()
    );
    left_soon(&server, Instant::now()).await;
    let attempts = world.attempts();
    assert_eq!(attempts.len(), 1);
    assert_eq!(attempts[0].end, End::Stopped);
    assert!(matches!(attempts[0].cost(), Cost::Unknown { .. }));
}

#[tokio::test]
async fn before_the_head() {
    goes_away(Answer::stream().hang()).await;
}

#[tokio::test]
async fn before_a_word() {
    goes_away(Answer::stream().bytes("").hang()).await;
}

#[tokio::test]
async fn in_the_middle_of_words() {
    goes_away(Answer::stream().bytes(chat::words("Namaste")).hang()).await;
}

#[tokio::test]
async fn while_waiting_to_ask_again() {
    let server = ByteServer::saying([Answer::of(500)]);
    let models = models(vec![gpt(&server)]);
    let (world, ask) = (world(), question());
    let asked = models.ask(&world, &ask);
    assert!(
        tokio::time::timeout(Duration::from_millis(100), asked)
            .await
            .is_err()
    );
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(server.requests().len(), 1);
    assert_eq!(world.attempts().len(), 1);
}
