//! Many at once: every stream is whole, without a gap, and the same when it is replayed.

use std::time::{Duration, Instant};

use captain_api_tests::{GOOD, Rep, request_id, shared, whole};
use futures::future::join_all;
use futures::stream::{self, StreamExt};

/// All groups of a good-sized customer at 11:00.
const SESSIONS: usize = 100;

#[tokio::test]
async fn a_hundred_sessions_stream_at_once() {
    let reps: Vec<Rep> = stream::iter(0..SESSIONS)
        .map(|_| Rep::started(shared()))
        .buffer_unordered(8)
        .collect()
        .await;
    let started = Instant::now();
    let turns = join_all(reps.iter().map(|rep| async move {
        let request = request_id();
        let frames = rep.send(&request, GOOD).await.frames().await;
        (rep, request, frames)
    }))
    .await;
    let took = started.elapsed();
    println!("{SESSIONS} turns at once took {} ms", took.as_millis());
    assert!(took < Duration::from_secs(60), "{took:?}");
    for (rep, request, frames) in turns {
        let messages = whole(&frames);
        assert_eq!(messages[0].request_id.as_ref().unwrap().as_str(), request);
        assert_eq!(messages[0].content, GOOD);
        let first = frames[0].id;
        assert_eq!(rep.replay(first - 1).await, frames);
    }
}
