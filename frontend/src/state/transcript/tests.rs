//! Any split, repetition or replay of the frames gives the same screen as the server's own history.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use super::*;
use crate::state::rehearsal::{Rehearsal, request};
use domain::session::{Command, LiveSession};
use proptest::prelude::*;

/// One turn of a session, as a rep and a server might take it.
#[derive(Debug, Clone)]
struct Take {
    advance: bool,
    wants_next: bool,
    pumps: Vec<u8>,
    stops: bool,
    is_cut: bool,
}

fn takes() -> impl Strategy<Value = Vec<Take>> {
    let take = (
        any::<bool>(),
        any::<bool>(),
        prop::collection::vec(any::<u8>(), 0..12),
        prop::bool::weighted(0.15),
        prop::bool::weighted(0.15),
    )
        .prop_map(|(advance, wants_next, pumps, stops, is_cut)| Take {
            advance,
            wants_next,
            pumps,
            stops,
            is_cut,
        });
    prop::collection::vec(take, 0..9)
}

fn play(takes: &[Take]) -> Rehearsal {
    let mut server = Rehearsal::started();
    for (n, take) in takes.iter().enumerate() {
        let may = server.live.may();
        let request = request(n);
        let command = if may.retry {
            Command::Retry { request }
        } else if may.next && take.wants_next {
            Command::Next { request }
        } else if may.send {
            let content = format!("answer {n}");
            Command::Send {
                request,
                content,
                advance: take.advance,
            }
        } else {
            break;
        };
        server.ask(command).unwrap();
        for chance in &take.pumps {
            server.pump(*chance);
        }
        match server.running() {
            Some(_) if take.stops => {
                server.ask(Command::Stop).unwrap();
            }
            Some(turn) if take.is_cut => {
                server.cut(turn);
            }
            _ => server.play_out(),
        }
    }
    server
}

/// The screen after the server's own history; a history names only the present customer, so nobody else is compared.
fn truth(server: &Rehearsal) -> Transcript {
    Transcript::of(server.history())
}

fn assert_same(heard: &Transcript, truth: &Transcript) {
    let mut heard = heard.clone();
    // Only a history tells the moment of the end, and introduces customers.
    heard.ended_at = truth.ended_at;
    heard.cards.clone_from(&truth.cards);
    assert_eq!(&heard, truth);
}

fn history_at(server: &Rehearsal, entries: usize) -> Transcript {
    let live = LiveSession::replay(&server.log[..entries]);
    Transcript::of(ChatState::of(&live, 0).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn live_frames_lead_to_the_history(takes in takes(), from in any::<prop::sample::Index>()) {
        let server = play(&takes);
        let mut heard = history_at(&server, 3 + from.index(server.log.len() - 2));
        for (id, frame) in server.frames_live() {
            heard.apply(id, frame);
        }
        assert_same(&heard, &truth(&server));
    }

    #[test]
    fn repetition_and_replay_change_nothing(
        takes in takes(),
        from in any::<prop::sample::Index>(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>()), 0..10),
    ) {
        let server = play(&takes);
        let mut heard = history_at(&server, 3 + from.index(server.log.len() - 2));
        let live = server.frames_live();
        for (start, length, replayed) in cuts {
            // A stream never begins after something that was not heard; where it ends is the network's choice.
            let after = start.index(usize::try_from(heard.last_event_id).unwrap() + 1) as u64;
            let frames: Vec<_> = if replayed {
                server.frames_after(after)
            } else {
                live.iter().filter(|(id, _)| *id > after).cloned().collect()
            };
            let connected = heard.apply(after, server.connected(after, None));
            prop_assert_eq!(connected, Applied::Known);
            let length = length.index(frames.len() + 1);
            for (id, frame) in frames.into_iter().take(length) {
                heard.apply(id, frame.clone());
                prop_assert_eq!(heard.apply(id, frame), Applied::Known);
            }
        }
        for (id, frame) in server.frames_after(heard.last_event_id) {
            heard.apply(id, frame);
        }
        assert_same(&heard, &truth(&server));
    }

    #[test]
    fn the_words_are_the_servers_at_every_moment(takes in takes()) {
        let server = play(&takes);
        let mut heard = history_at(&server, 3);
        let mut live = LiveSession::replay(&server.log[..3]);
        for entry in &server.log[3..] {
            live.apply(entry);
            if let Some(frame) = Frame::of(entry, &live) {
                heard.apply(entry.seq, frame);
            }
            let words = |items: &[Rc<Message>]| items.iter().map(|item| (item.id, item.kind, item.content.clone())).collect::<Vec<_>>();
            let said: Vec<_> = live.messages().iter().map(|item| Rc::new(Message::from(item))).collect();
            // The moment between an opening and the end of its turn is one write: no screen sees it.
            prop_assert_eq!(words(&heard.items), words(&said));
        }
    }
}

#[test]
fn a_history_that_came_late_changes_nothing() {
    let mut server = Rehearsal::started();
    let old = server.history();
    let mut heard = Transcript::of(server.history());
    server
        .ask(Command::Send {
            request: request(1),
            content: "hello".into(),
            advance: false,
        })
        .unwrap();
    server.play_out();
    for (id, frame) in server.frames_after(heard.last_event_id) {
        heard.apply(id, frame);
    }
    let before = heard.clone();
    assert_eq!(heard.adopt(old), Applied::Known);
    assert_eq!(heard, before);
}

#[test]
fn a_stream_that_begins_too_late_is_noticed() {
    let mut server = Rehearsal::started();
    let mut heard = Transcript::of(server.history());
    server
        .ask(Command::Send {
            request: request(1),
            content: "hello".into(),
            advance: false,
        })
        .unwrap();
    server.play_out();
    let after = server.live.last_seq();
    assert_eq!(
        heard.apply(after, server.connected(after, None)),
        Applied::Gap
    );
}

#[test]
fn between_the_answer_and_the_first_words_the_coach_thinks() {
    let mut server = Rehearsal::started();
    let content = "an answer".to_owned();
    let request = request(0);
    server
        .ask(Command::Send {
            request,
            content,
            advance: true,
        })
        .unwrap();
    assert!(truth(&server).is_thinking());
    server.pump(1);
    assert!(!truth(&server).is_thinking());
    server.play_out();
    assert!(!truth(&server).is_thinking());
}
