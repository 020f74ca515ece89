//! Promise 1: a send carries a requestId; the same id with the same body is the same turn, however often it arrives.

use captain_api_tests::{GOOD, HESITANT, Rep, Seen, Stream, problem, request_id, shared, whole};
use contract::chat::Frame;
use contract::problem::Code;
use domain::session::{MessageKind, Speaker};
use futures::future::join_all;
use serde_json::json;

/// All frames of a stream, with the turn its `connected` named.
async fn read(mut stream: Stream) -> (Option<domain::ids::TurnId>, Vec<Seen>) {
    (stream.connected().await, stream.rest().await)
}

#[tokio::test]
async fn fifty_duplicates_are_one_turn() {
    let rep = Rep::started(shared()).await;
    let before = rep.history().await;
    let request = request_id();
    let sends = (0..50).map(|_| {
        let (rep, request) = (rep.elsewhere(), request.clone());
        async move { read(rep.send(&request, GOOD).await).await }
    });
    let mut answers = join_all(sends).await;

    let (turn, frames) = answers.pop().unwrap();
    assert!(turn.is_some());
    whole(&frames);
    for answer in answers {
        assert_eq!(
            answer,
            (turn, frames.clone()),
            "every duplicate sees the same"
        );
    }
    let after = rep.history().await;
    let added: Vec<_> = after.items[before.items.len()..]
        .iter()
        .map(|message| (message.role, message.kind, message.turn_id))
        .collect();
    assert_eq!(
        added,
        [
            (Speaker::Salesperson, MessageKind::Answer, turn),
            (Speaker::Coach, MessageKind::Correction, turn)
        ]
    );
    assert_eq!(after.last_event_id, frames.last().unwrap().id);
}

#[tokio::test]
async fn a_duplicate_after_the_end_replays_the_turn() {
    let rep = Rep::started(shared()).await;
    let request = request_id();
    let original = rep.send(&request, GOOD).await.frames().await;
    rep.turn(HESITANT).await;
    let last = rep.history().await.last_event_id;
    let again = rep.elsewhere().send(&request, GOOD).await.frames().await;
    assert_eq!(again, original);
    assert_eq!(rep.history().await.last_event_id, last, "nothing was added");
}

#[tokio::test]
async fn another_body_under_a_used_id_is_refused() {
    let rep = Rep::started(shared()).await;
    let request = request_id();
    let mut running = rep.send(&request, GOOD).await;
    running.connected().await;
    // While the turn runs, and after it.
    problem(
        rep.try_send(&request, HESITANT).await,
        Code::RequestIdReused,
    )
    .await;
    running.rest().await;
    problem(
        rep.try_send(&request, HESITANT).await,
        Code::RequestIdReused,
    )
    .await;
    problem(
        rep.try_send(&request, &format!("{GOOD} ")).await,
        Code::RequestIdReused,
    )
    .await;
    let other_wish = json!({"requestId": request, "content": GOOD, "advance": false});
    problem(
        rep.post("message", &other_wish).await,
        Code::RequestIdReused,
    )
    .await;
    problem(rep.next(&request).await, Code::RequestIdReused).await;
    problem(rep.correction(&request).await, Code::RequestIdReused).await;
    let said = rep.history().await.items;
    let mine = said
        .iter()
        .filter(|message| message.role == Speaker::Salesperson);
    assert_eq!(
        mine.map(|message| message.content.as_str())
            .collect::<Vec<_>>(),
        [GOOD]
    );
}

#[tokio::test]
async fn an_id_belongs_to_its_session() {
    let (one, other) = (Rep::started(shared()).await, Rep::started(shared()).await);
    let request = request_id();
    let (a, b) = (
        one.send(&request, GOOD).await,
        other.send(&request, HESITANT).await,
    );
    let (a, b) = (read(a).await, read(b).await);
    assert_ne!(a.0, b.0);
    assert_eq!(whole(&a.1)[0].content, GOOD);
    assert_eq!(whole(&b.1)[0].content, HESITANT);
}

#[tokio::test]
async fn pressing_retry_or_next_twice_is_once() {
    let rep = Rep::started(shared()).await;
    let mut cut = rep.send(&request_id(), GOOD).await;
    cut.until(|frame| matches!(frame, Frame::Content { .. }))
        .await;
    rep.stop().await;
    cut.rest().await;

    let request = request_id();
    let retries = join_all(
        (0..10)
            .map(|_| async { read(Stream::of(rep.elsewhere().correction(&request).await)).await }),
    )
    .await;
    assert!(retries.iter().all(|retry| *retry == retries[0]));

    rep.waiting_turn(GOOD).await;
    let request = request_id();
    let nexts = join_all(
        (0..10).map(|_| async { read(Stream::of(rep.elsewhere().next(&request).await)).await }),
    )
    .await;
    assert!(nexts.iter().all(|next| *next == nexts[0]));
    let state = rep.history().await;
    assert_eq!(state.drill.index, 1, "one customer on, not ten");
    let openings = state
        .items
        .iter()
        .filter(|message| message.kind == MessageKind::Objection);
    assert_eq!(openings.count(), 2);
}
