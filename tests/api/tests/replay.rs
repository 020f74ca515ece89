//! Promise 4: every frame has a number, and attaching after a number gives exactly what is missing.

use captain_api_tests::{GOOD, PLAIN, Rep, Seen, Stream, request_id, shared, whole};
use contract::chat::Frame;
use futures::future::join_all;
use reqwest::Method;

fn after(frames: &[Seen], number: u64) -> Vec<Seen> {
    frames
        .iter()
        .filter(|seen| seen.id > number)
        .cloned()
        .collect()
}

#[tokio::test]
async fn every_number_replays_exactly_what_came_after_it() {
    let rep = Rep::started(shared()).await;
    let mut lived = rep.turn(PLAIN).await;
    lived.extend(rep.waiting_turn(GOOD).await);
    lived.extend(Stream::of(rep.next(&request_id()).await).frames().await);

    let last = rep.history().await.last_event_id;
    let all = rep.replay(0).await;
    // The opening of the first customer came before any turn; from there on all of it was lived through.
    let opening = &all[0];
    assert!(matches!(&opening.frame, Frame::Message { message, .. } if message.turn_id.is_none()));
    assert_eq!(all[1..], lived);
    for number in 0..=last {
        let missing = after(&all, number);
        match rep.events(number).await {
            Some(mut stream) => {
                let connected = stream.next().await;
                assert_eq!(connected.id, number);
                assert!(
                    matches!(connected.frame, Frame::Connected { after, turn_id: None, .. } if after == number)
                );
                assert_eq!(stream.rest().await, missing, "after {number}");
                assert!(
                    !missing.is_empty(),
                    "{number}: a stream without a frame should be a 204"
                );
            }
            None => assert!(
                missing.is_empty(),
                "204 after {number}, though frames are missing"
            ),
        }
    }
    assert!(
        rep.events(last).await.is_none(),
        "204 when nothing runs and nothing is missing"
    );
}

#[tokio::test]
async fn in_the_middle_of_a_turn_the_rest_follows_live() {
    let rep = Rep::started(shared()).await;
    let mut original = rep.send(&request_id(), GOOD).await;
    let turn = original.connected().await;
    let mut words = 0;
    let mut lived = original
        .until(|frame| {
            words += usize::from(matches!(frame, Frame::Content { .. }));
            words == 12
        })
        .await;
    let reached = lived.last().unwrap().id;
    let attached = join_all((0..=reached).map(|number| {
        let rep = &rep;
        async move {
            let mut stream = rep.events(number).await.expect("a turn runs");
            let named = stream.connected().await;
            (number, named, stream.rest().await)
        }
    }))
    .await;
    lived.extend(original.rest().await);
    whole(&lived);
    let opening = rep.replay(0).await.remove(0);
    let all = [vec![opening], lived].concat();
    for (number, named, frames) in attached {
        assert_eq!(named, turn);
        assert_eq!(frames, after(&all, number), "attached after {number}");
    }
}

#[tokio::test]
async fn last_event_id_and_after_say_the_same() {
    let rep = Rep::started(shared()).await;
    let frames = rep.turn(GOOD).await;
    let number = frames[frames.len() / 2].id;
    let request = rep.person.request(Method::GET, &rep.path("events"));
    let response = request
        .header("last-event-id", number.to_string())
        .send()
        .await
        .unwrap();
    assert_eq!(
        Stream::of(response).frames().await,
        rep.replay(number).await
    );
    let last = rep.history().await.last_event_id;
    let request = rep.person.request(Method::GET, &rep.path("events"));
    let response = request
        .header("last-event-id", last.to_string())
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 204);
}

#[tokio::test]
async fn a_watcher_that_comes_and_goes_misses_nothing() {
    let rep = Rep::started(shared()).await;
    let original = tokio::spawn({
        let rep = rep.elsewhere();
        async move { rep.turn(GOOD).await }
    });
    // Reads three frames, hangs up, comes back with the last number it saw.
    let mut seen: Vec<Seen> = Vec::new();
    let mut number = rep.history().await.last_event_id;
    loop {
        let Some(mut stream) = rep.events(number).await else {
            if seen.is_empty() {
                continue;
            }
            break;
        };
        stream.connected().await;
        for _ in 0..3 {
            if let Some(frame) = stream.next_or_cut().await.unwrap() {
                number = frame.id;
                seen.push(frame);
            }
        }
    }
    let original = original.await.unwrap();
    assert_eq!(seen, after(&original, seen[0].id - 1));
    assert_eq!(seen.last(), original.last());
}
