//! How long a reply is waited for.

use super::*;
use coach::provider::patience::{Limits, Patience};

fn words() -> Vec<Event> {
    vec![Event::Text("a".into())]
}

fn ends(patience: &Patience) -> u64 {
    let (at, failure) = patience.ends();
    assert_eq!(
        (failure.kind, failure.retryable),
        (FailureKind::Timeout, true)
    );
    (at - NOW) / 1_000
}

#[test]
fn head_first_words_and_each_next_ones_have_their_time() {
    let mut patience = Patience::new(Limits::default(), NOW);
    assert_eq!(ends(&patience), 10);
    patience.answered();
    assert_eq!(ends(&patience), 20);
    patience.heard(&words(), NOW + 18_000);
    assert_eq!(ends(&patience), 33);
}

#[test]
fn a_keep_alive_is_no_word() {
    let mut patience = Patience::new(Limits::default(), NOW);
    patience.answered();
    patience.heard(&[], NOW + 19_000);
    patience.heard(
        &[Event::Usage(Usage {
            input: Some(1),
            output: None,
        })],
        NOW + 19_000,
    );
    assert_eq!(ends(&patience), 20);
}

#[test]
fn a_trickle_ends_as_well() {
    let mut patience = Patience::new(Limits::default(), NOW);
    patience.answered();
    for second in 1..115 {
        patience.heard(&words(), NOW + second * 1_000);
    }
    assert_eq!(ends(&patience), 120);
}
