//! Promise 5: leaving stops nothing; Stop does, keeps the partial text and marks it.

use captain_api_tests::{
    GOOD, PATIENCE, Rep, Settings, Stack, Stream, eventually, problem, request_id, shared, whole,
};
use contract::chat::{DoneStatus, Frame};
use contract::problem::Code;
use domain::session::{MessageKind, MessageStatus, Speaker, Step};
use futures::future::join_all;
use std::sync::OnceLock;

/// A system whose turns are in flight for some seconds: Stop is to come in time, also where many tests run at once.
fn unhurried() -> &'static Stack {
    static UNHURRIED: OnceLock<Stack> = OnceLock::new();
    UNHURRIED.get_or_init(|| {
        let mut stack = Stack::prepare(Settings {
            reps: 10,
            pace_ms: 40,
            ..Settings::named("unhurried")
        });
        stack.run();
        stack
    })
}

fn is_content(frame: &Frame) -> bool {
    matches!(frame, Frame::Content { .. })
}

#[tokio::test]
async fn a_turn_goes_on_when_everybody_left() {
    let rep = Rep::started(shared()).await;
    let leaving = rep.elsewhere();
    let mut stream = leaving.send(&request_id(), GOOD).await;
    let seen = stream.until(is_content).await;
    // The connection and everything behind it is gone.
    drop((stream, leaving));
    let state = eventually("the turn ends by itself", PATIENCE, async || {
        let state = rep.history().await;
        state.running_turn.is_none().then_some(state)
    })
    .await;
    assert_eq!(state.step, Step::SalespersonRepeat);
    let correction = state.items.last().unwrap();
    assert_eq!(
        (correction.kind, correction.status),
        (MessageKind::Correction, MessageStatus::Complete)
    );
    assert!(correction.improved.is_some());
    // What was seen before, and what came afterwards, is one whole turn.
    let frames = rep.replay(seen[0].id).await;
    assert_eq!(frames[..seen.len() - 1], seen[1..]);
    whole(&frames);
}

#[tokio::test]
async fn stop_keeps_the_partial_text_and_retry_starts_anew() {
    let rep = Rep::started(unhurried()).await;
    let request = request_id();
    let mut stream = rep.send(&request, GOOD).await;
    stream.connected().await;
    let mut frames = stream.until(is_content).await;
    rep.elsewhere().stop().await;
    frames.extend(stream.rest().await);
    let messages = whole(&frames);
    let stopped_at = frames.last().unwrap().id;
    let Frame::Done {
        status, may, step, ..
    } = &frames.last().unwrap().frame
    else {
        panic!("{frames:?}");
    };
    assert_eq!(
        (*status, *step),
        (DoneStatus::Stopped, Step::CoachCorrection)
    );
    assert!(may.retry && !may.send && !may.stop);

    let state = rep.history().await;
    let partial = state.items.last().unwrap();
    assert_eq!(partial.status, MessageStatus::Stopped);
    assert_eq!(Some(partial), messages.last());
    assert!(!partial.content.is_empty());
    problem(rep.try_send(&request_id(), GOOD).await, Code::RetryFirst).await;
    problem(rep.try_end().await, Code::RetryFirst).await;

    let retried = Stream::of(rep.correction(&request_id()).await)
        .frames()
        .await;
    assert!(
        whole(&retried)
            .iter()
            .all(|message| message.role == Speaker::Coach)
    );
    let state = rep.history().await;
    assert_eq!(state.step, Step::SalespersonRepeat);
    let kinds: Vec<_> = state
        .items
        .iter()
        .map(|message| (message.kind, message.status))
        .collect();
    assert_eq!(
        kinds,
        [
            (MessageKind::Objection, MessageStatus::Complete),
            (MessageKind::Answer, MessageStatus::Read),
            (MessageKind::Correction, MessageStatus::Stopped),
            (MessageKind::Correction, MessageStatus::Complete),
        ]
    );
    let answer = &state.items[1];
    assert_eq!(answer.request_id.as_ref().unwrap().as_str(), request);
    assert!(answer.verdict.is_some());
    assert!(
        state.items[3].content.starts_with(&partial.content),
        "the same coach begins the same way"
    );
    // The stopped turn stayed as it was.
    let replayed = rep.replay(frames[0].id - 1).await;
    assert_eq!(
        replayed
            .iter()
            .filter(|seen| seen.id <= stopped_at)
            .cloned()
            .collect::<Vec<_>>(),
        frames
    );
    problem(rep.correction(&request_id()).await, Code::NothingToRetry).await;
}

#[tokio::test]
async fn stopping_twice_is_once_and_nothing_follows() {
    let rep = Rep::started(unhurried()).await;
    let mut stream = rep.send(&request_id(), GOOD).await;
    stream.until(is_content).await;
    join_all((0..10).map(|_| async { rep.elsewhere().stop().await })).await;
    let frames = stream.rest().await;
    assert_eq!(
        frames
            .iter()
            .filter(|seen| seen.frame.is_terminal())
            .count(),
        1
    );
    let stopped = rep.history().await;
    assert_eq!(stopped.last_event_id, frames.last().unwrap().id);
    rep.stop().await;
    // The words' pace is 10 ms: a pump that had not noticed would have written dozens by then.
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    let later = rep.history().await;
    assert_eq!(
        (later.last_event_id, later.items),
        (stopped.last_event_id, stopped.items)
    );
}

#[tokio::test]
async fn stop_before_the_first_word_and_in_a_repeat() {
    let rep = Rep::started(unhurried()).await;
    let mut stream = rep.send(&request_id(), GOOD).await;
    stream.connected().await;
    rep.stop().await;
    let frames = stream.rest().await;
    let last = &frames.last().unwrap().frame;
    let stopped = matches!(
        last,
        Frame::Done {
            status: DoneStatus::Stopped,
            ..
        }
    );
    assert!(stopped, "{last:?}");
    Stream::of(rep.correction(&request_id()).await)
        .frames()
        .await;

    let mut repeat = rep.send(&request_id(), GOOD).await;
    repeat.until(is_content).await;
    rep.stop().await;
    repeat.rest().await;
    let state = rep.history().await;
    assert_eq!(
        state.drill.index, 0,
        "the next customer waits for a judged repeat"
    );
    assert!(state.may.retry);
    let retried = Stream::of(rep.correction(&request_id()).await)
        .frames()
        .await;
    whole(&retried);
    let state = rep.history().await;
    assert_eq!(
        (state.drill.index, state.step),
        (1, Step::SalespersonResponse)
    );
    let repeats = state
        .items
        .iter()
        .filter(|message| message.kind == MessageKind::Repeat);
    assert_eq!(repeats.count(), 1);
}

#[tokio::test]
async fn stop_when_nothing_runs_changes_nothing() {
    let rep = Rep::started(shared()).await;
    let before = rep.history().await;
    rep.stop().await;
    let after = rep.history().await;
    assert_eq!(
        (after.last_event_id, after.may),
        (before.last_event_id, before.may)
    );
}
