//! Promise 2: the rep's message is durable before the coach begins, a turn's end before its last frame is sent. What a
//! power cut proves stands in `killed`.

use captain_api_tests::{Ended, GOOD, Rep, request_id, shared};
use contract::chat::Frame;
use domain::session::{MessageStatus, Speaker};

#[tokio::test]
async fn what_was_sent_is_there_once_the_stream_says_connected() {
    let rep = Rep::started(shared()).await;
    let request = request_id();
    let mut stream = rep.send(&request, GOOD).await;
    let turn = stream.connected().await;
    let seen = rep.elsewhere().history().await;
    let mine = seen
        .items
        .iter()
        .find(|message| message.role == Speaker::Salesperson)
        .unwrap();
    assert_eq!(mine.content, GOOD);
    assert_eq!(mine.turn_id, turn);
    assert_eq!(mine.request_id.as_ref().unwrap().as_str(), request);
    assert_eq!(seen.running_turn, turn);
    assert!(seen.may.stop && !seen.may.send);
}

#[tokio::test]
async fn what_the_last_frame_says_is_there_when_it_is_read() {
    let rep = Rep::started(shared()).await;
    let mut stream = rep.send(&request_id(), GOOD).await;
    let frames = stream.until(Frame::is_terminal).await;
    let state = rep.elsewhere().history().await;
    let Frame::Done { messages, .. } = &frames.last().unwrap().frame else {
        panic!("done, not {frames:?}");
    };
    let last: Vec<_> = state
        .items
        .iter()
        .filter(|message| message.turn_id.is_some())
        .cloned()
        .collect();
    assert_eq!(&last, messages);
    let ended = Ended::of(&frames);
    assert_eq!((state.step, state.may), (ended.step, ended.may));
    assert_eq!(state.running_turn, None);
}

#[tokio::test]
async fn ticks_move_only_when_the_other_side_moves() {
    let rep = Rep::started(shared()).await;
    let mut stream = rep.send(&request_id(), GOOD).await;
    let frames = stream
        .until(|frame| matches!(frame, Frame::Message { .. }))
        .await;
    let Some(Frame::Message { message, .. }) = frames.last().map(|seen| &seen.frame) else {
        panic!("{frames:?}");
    };
    assert_eq!(message.status, MessageStatus::Sent);
    let tick = async || {
        let state = rep.history().await;
        state
            .items
            .iter()
            .find(|message| message.role == Speaker::Salesperson)
            .unwrap()
            .status
    };
    stream
        .until(|frame| matches!(frame, Frame::Typing { .. }))
        .await;
    assert_ne!(tick().await, MessageStatus::Sent);
    stream
        .until(|frame| matches!(frame, Frame::Content { .. }))
        .await;
    assert_eq!(tick().await, MessageStatus::Read);
}
