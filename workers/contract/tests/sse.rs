//! The SSE decoder against every way a network can split, and both ways of ending a line.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use contract::sse::{Decoder, MAX_LINE_BYTES, SseEvent, encode};
use proptest::prelude::*;

fn decode(pieces: &[&[u8]]) -> Vec<SseEvent> {
    let mut decoder = Decoder::default();
    pieces
        .iter()
        .flat_map(|piece| decoder.feed(piece).unwrap())
        .collect()
}

const STREAM: &str = "\u{feff}: hello\r\nid: 1\r\ndata: {\"a\":\"नमस्ते ₹\"}\r\n\r\nevent: x\ndata\ndata:two\rdata:  three\r\rid: 9\n\n: k\n\ndata: last\n\ndata: cut";

#[test]
fn every_split_in_two_gives_the_same_events() {
    let whole = decode(&[STREAM.as_bytes()]);
    assert_eq!(whole.len(), 3);
    assert_eq!(
        whole[0],
        SseEvent {
            event: String::new(),
            data: "{\"a\":\"नमस्ते ₹\"}".into(),
            id: "1".into()
        }
    );
    assert_eq!(
        whole[1],
        SseEvent {
            event: "x".into(),
            data: "\ntwo\n three".into(),
            id: "1".into()
        }
    );
    assert_eq!(
        whole[2],
        SseEvent {
            event: String::new(),
            data: "last".into(),
            id: "9".into()
        }
    );
    for at in 0..=STREAM.len() {
        let (a, b) = STREAM.as_bytes().split_at(at);
        assert_eq!(decode(&[a, b]), whole, "split at {at}");
    }
    let bytes: Vec<&[u8]> = STREAM.as_bytes().chunks(1).collect();
    assert_eq!(decode(&bytes), whole);
}

#[test]
fn an_endless_line_is_refused() {
    let mut decoder = Decoder::default();
    assert!(decoder.feed(&vec![b'x'; MAX_LINE_BYTES]).is_ok());
    assert!(decoder.feed(b"x").is_err());
}

proptest! {
    #[test]
    fn any_bytes_in_any_pieces_are_the_same(bytes in prop::collection::vec(prop_oneof![Just(b'\n'), Just(b'\r'), Just(b':'), Just(b'd'), any::<u8>()], 0..300), size in 1_usize..50) {
        let pieces: Vec<&[u8]> = bytes.chunks(size).collect();
        prop_assert_eq!(decode(&pieces), decode(&[&bytes]));
    }

    #[test]
    fn what_is_written_is_read(id in any::<u64>(), text in "[^\r\n]{0,80}") {
        let json = serde_json::to_string(&text).unwrap();
        let events = decode(&[encode(id, &json).as_bytes()]);
        prop_assert_eq!(&events, &[SseEvent { event: String::new(), data: json, id: id.to_string() }]);
    }
}
