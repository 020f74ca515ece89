//! The framing of a stream, as the HTML standard has it.

use coach::provider::sse::{LONGEST_EVENT, SseDecoder, SseEvent, TooLong};
use proptest::prelude::*;

fn read(pieces: &[&[u8]]) -> Result<Vec<(String, String)>, TooLong> {
    let mut decoder = SseDecoder::default();
    let mut events = Vec::new();
    for piece in pieces {
        decoder.take(piece, &mut events)?;
    }
    let pair = |event: SseEvent| (event.name, event.data);
    Ok(events.into_iter().map(pair).collect())
}

fn data(text: &str) -> Vec<String> {
    let events = read(&[text.as_bytes()]).unwrap();
    events.into_iter().map(|(_, data)| data).collect()
}

#[test]
fn a_line_ends_in_lf_cr_or_both() {
    for end in ["\n", "\r", "\r\n"] {
        let stream = ["event: a", "data: 1", "", "data: 2", "", ""].join(end);
        let events = read(&[stream.as_bytes()]).unwrap();
        let expected = [("a", "1"), ("", "2")].map(|(name, data)| (name.into(), data.into()));
        assert_eq!(events, expected, "{end:?}");
    }
    assert_eq!(
        data("data: 1\r\rdata: 2\n\ndata: 3\r\n\r\n"),
        ["1", "2", "3"]
    );
}

#[test]
fn cr_and_lf_may_come_apart() {
    let events = read(&[b"data: 1\r", b"\n", b"\r", b"", b"\ndata: 2\r", b"\r"]).unwrap();
    assert_eq!(events.len(), 2);
}

#[test]
fn an_event_is_out_with_its_blank_line_even_if_a_lf_follows() {
    assert_eq!(read(&[b"data: 1\r\n\r"]).unwrap().len(), 1);
}

#[test]
fn a_byte_order_mark_is_skipped_once() {
    assert_eq!(
        data("\u{feff}data: 1\n\n\u{feff}data: 2\n\ndata: 3\n\n"),
        ["1", "3"]
    );
    let split: [&[u8]; 3] = [b"\xEF", b"\xBB\xBFda", b"ta: 1\n\n"];
    assert_eq!(read(&split).unwrap().len(), 1);
}

#[test]
fn comments_and_unknown_fields_say_nothing() {
    assert!(data(": keep-alive\n\n:\n\nid: 7\nretry: 10\nfoo\n\n").is_empty());
    assert_eq!(data(": ping\ndata: 1\n: ping\nid: 2\n\n"), ["1"]);
}

#[test]
fn data_lines_join_and_lose_one_blank() {
    assert_eq!(data("data: a\ndata:b\ndata:  c\n\n"), ["a\nb\n c"]);
    assert_eq!(data("data\n\ndata:\n\ndata: \n\n"), Vec::<String>::new());
    assert_eq!(data("data: a\ndata\n\n"), ["a\n"]);
}

#[test]
fn a_character_may_be_split() {
    let stream = "data: समझ ₹1 लाख 😀\n\n".as_bytes();
    for at in 0..stream.len() {
        let (left, right) = stream.split_at(at);
        assert_eq!(read(&[left, right]).unwrap()[0].1, "समझ ₹1 लाख 😀");
    }
}

#[test]
fn half_an_event_at_the_end_is_dropped() {
    assert_eq!(data("data: 1\n\ndata: {\"half"), ["1"]);
    assert_eq!(data("data: 1\n"), Vec::<String>::new());
}

#[test]
fn an_endless_line_is_refused_and_so_is_an_endless_event() {
    let piece = vec![b'x'; LONGEST_EVENT / 4];
    let mut decoder = SseDecoder::default();
    let mut events = Vec::new();
    let pieces = (0..400).take_while(|_| decoder.take(&piece, &mut events).is_ok());
    assert_eq!(pieces.count(), 4);
    assert_eq!(decoder.take(b"\n\ndata: 1\n\n", &mut events), Err(TooLong));
    assert!(events.is_empty());

    let lines = format!("data: {}\n", "y".repeat(1_000)).repeat(300);
    assert_eq!(read(&[lines.as_bytes()]), Err(TooLong));
}

/// Text as streams are made of: fields, line ends and odd characters in any order, or just any bytes.
fn streams() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        Just("data: "),
        Just("data:"),
        Just("event: x"),
        Just("\n"),
        Just("\r"),
        Just("\r\n"),
        Just("\n\n"),
        Just(":c"),
        Just("\u{feff}"),
        Just("लाख"),
        Just("😀"),
        Just("{\"a\":1}"),
    ];
    let likely =
        proptest::collection::vec(part, 0..60).prop_map(|parts| parts.concat().into_bytes());
    prop_oneof![3 => likely, 1 => proptest::collection::vec(any::<u8>(), 0..300)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_split_gives_the_same_events(stream in streams(), cuts in proptest::collection::vec(0..300_usize, 0..12)) {
        let whole = read(&[&stream]);
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(stream.len())).collect();
        cuts.extend([0, stream.len()]);
        cuts.sort_unstable();
        let pieces: Vec<&[u8]> = cuts.windows(2).map(|cut| &stream[cut[0]..cut[1]]).collect();
        prop_assert_eq!(read(&pieces), whole.clone());
        let bytes: Vec<&[u8]> = stream.chunks(1).collect();
        prop_assert_eq!(read(&bytes), whole);
    }
}
