//! A reply has a length that no answer has.

use super::*;
use coach::provider::{Key, LONGEST_REPLY, openai};

fn endpoint() -> Endpoint {
    Endpoint::OpenAi(openai::Endpoint::openai(Key::new("k"), "gpt-4.1"))
}

/// How many bytes of a reply without end are read before it is given up.
fn read_until_over(head: Head, piece: &[u8]) -> usize {
    let mut reply = endpoint().reply(&prose(), head);
    let mut read = 0;
    while !reply.is_over() {
        let events = reply.take(piece);
        read += piece.len();
        assert!(read < 100_000_000);
        if reply.is_over() {
            assert_eq!(failure(&events).kind, FailureKind::Unreadable);
        }
    }
    assert!(reply.take(piece).is_empty());
    assert!(reply.end().is_empty());
    read
}

#[test]
fn an_endless_reply_is_given_up() {
    let bound = LONGEST_REPLY + 2_000;
    assert!(read_until_over(stream_head(), b": still here\n\n") <= bound);
    let words = format!(
        "data: {{\"choices\":[{{\"delta\":{{\"content\":\"{}\"}}}}]}}\n\n",
        "x".repeat(1_000)
    );
    assert!(read_until_over(stream_head(), words.as_bytes()) <= bound);
    assert!(read_until_over(stream_head(), &[b'x'; 1_000]) <= 300_000);
    assert!(read_until_over(json_head(200), &[b' '; 1_000]) <= 1_100_000);
}
