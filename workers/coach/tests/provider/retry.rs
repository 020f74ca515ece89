//! Whether to ask again, and whom.

use super::*;
use coach::provider::breaker::Breaker;
use coach::provider::retry::{Attempts, LONGEST_WAIT, Next, TRIES, backoff, wait_told};
use proptest::prelude::*;
use std::time::Duration;

fn told(headers: &[(&str, &str)]) -> Option<Duration> {
    let header = |name: &str| {
        let found = headers.iter().find(|(own, _)| *own == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    wait_told(header, NOW)
}

fn fails(kind: FailureKind) -> Failure {
    Failure::new(kind, "")
}

fn call(provider: usize) -> Next {
    Next::Call {
        provider,
        after: Duration::ZERO,
    }
}

#[test]
fn a_wait_is_told_in_ms_seconds_or_as_a_date() {
    let after = |value| told(&[("retry-after", value)]);
    assert_eq!(after("7"), Some(Duration::from_secs(7)));
    assert_eq!(after(" 1.5 "), Some(Duration::from_millis(1_500)));
    assert_eq!(
        after("Sun, 22 Nov 2026 14:00:20 GMT"),
        Some(Duration::from_secs(20))
    );
    assert_eq!(
        after("Sunday, 22-Nov-26 14:00:20 GMT"),
        Some(Duration::from_secs(20))
    );
    assert_eq!(after("Sun, 22 Nov 2026 13:00:00 GMT"), Some(Duration::ZERO));
    assert_eq!(
        told(&[("retry-after", "7"), ("retry-after-ms", "250")]),
        Some(Duration::from_millis(250))
    );
    assert_eq!(told(&[]), None);
}

#[test]
fn nonsense_is_nothing_told_and_a_year_is_not_believed() {
    for nonsense in [
        "-1",
        "NaN",
        "soon",
        "",
        "inf",
        "Sun, 99 Foo 2026 14:00:20 GMT",
    ] {
        assert_eq!(told(&[("retry-after", nonsense)]), None, "{nonsense}");
    }
    assert_eq!(
        told(&[("retry-after", "31536000")]),
        Some(Duration::from_secs(3_600))
    );
    assert_eq!(
        told(&[("retry-after", "Sun, 22 Nov 2099 14:00:20 GMT")]),
        Some(Duration::from_secs(3_600))
    );
}

#[test]
fn what_may_pass_is_tried_again_at_the_same_provider_and_then_at_the_next() {
    let mut breakers = [Breaker::default(); 2];
    let (mut attempts, next) = Attempts::begin(&mut breakers, NOW);
    assert_eq!(next, call(0));
    let waits: Vec<Duration> = (1..TRIES)
        .map(
            |_| match attempts.after(&fails(FailureKind::Server), false, &mut breakers, NOW, 0) {
                Next::Call { provider: 0, after } => after,
                other => panic!("{other:?}"),
            },
        )
        .collect();
    assert_eq!(
        waits,
        [Duration::from_millis(250), Duration::from_millis(500)]
    );
    let next = attempts.after(&fails(FailureKind::Server), false, &mut breakers, NOW, 0);
    assert_eq!(next, call(1));
}

#[test]
fn what_will_not_pass_goes_to_the_next_provider_at_once_and_ends_with_the_built_in() {
    for kind in [
        FailureKind::Rejected,
        FailureKind::Credentials,
        FailureKind::Quota,
        FailureKind::Unreadable,
        FailureKind::Empty,
    ] {
        let mut breakers = [Breaker::default(); 2];
        let (mut attempts, _) = Attempts::begin(&mut breakers, NOW);
        assert_eq!(
            attempts.after(&fails(kind), false, &mut breakers, NOW, 0),
            call(1),
            "{kind:?}"
        );
        assert_eq!(
            attempts.after(&fails(kind), false, &mut breakers, NOW, 0),
            Next::BuiltIn,
            "{kind:?}"
        );
    }
}

#[test]
fn nobody_waits_for_a_dead_provider_twice() {
    for kind in [FailureKind::Timeout, FailureKind::Unreachable] {
        let mut breakers = [Breaker::default(); 2];
        let (mut attempts, _) = Attempts::begin(&mut breakers, NOW);
        assert_eq!(
            attempts.after(&fails(kind), false, &mut breakers, NOW, 0),
            call(1)
        );
        // Whoever comes next begins at the second.
        assert_eq!(Attempts::begin(&mut breakers, NOW + 1).1, call(1));
    }
}

#[test]
fn after_the_first_word_there_is_no_other_provider() {
    let mut breakers = [Breaker::default(); 2];
    let (mut attempts, _) = Attempts::begin(&mut breakers, NOW);
    let next = attempts.after(
        &fails(FailureKind::Interrupted),
        true,
        &mut breakers,
        NOW,
        0,
    );
    assert_eq!(next, Next::Interrupted);
    assert_eq!(breakers[0], Breaker::Closed { failures: 1 });
}

#[test]
fn a_short_wait_that_was_told_is_kept_and_a_long_one_is_not_waited_for() {
    let busy = |secs| Failure {
        retry_after: Some(Duration::from_secs(secs)),
        ..fails(FailureKind::RateLimited)
    };
    let mut breakers = [Breaker::default(); 2];
    let (mut attempts, _) = Attempts::begin(&mut breakers, NOW);
    let Next::Call { provider: 0, after } =
        attempts.after(&busy(4), false, &mut breakers, NOW, u32::MAX)
    else {
        panic!("not again")
    };
    assert!(after >= Duration::from_secs(4) && after <= Duration::from_secs(5));
    assert_eq!(
        attempts.after(&busy(40), false, &mut breakers, NOW, 0),
        call(1)
    );
    // Nor by the next one who comes.
    assert_eq!(Attempts::begin(&mut breakers, NOW + 39_000).1, call(1));
    assert_eq!(Attempts::begin(&mut breakers, NOW + 40_000).1, call(0));
}

#[test]
fn without_a_provider_the_built_in_speaks() {
    assert_eq!(Attempts::begin(&mut [], NOW).1, Next::BuiltIn);
}

#[test]
fn a_good_reply_forgets_the_failures() {
    let mut breakers = [Breaker::Closed { failures: 2 }];
    let (attempts, _) = Attempts::begin(&mut breakers, NOW);
    attempts.succeeded(&mut breakers);
    assert_eq!(breakers, [Breaker::default()]);
}

fn kinds() -> impl Strategy<Value = FailureKind> {
    prop::sample::select(vec![
        FailureKind::Rejected,
        FailureKind::Credentials,
        FailureKind::Quota,
        FailureKind::RateLimited,
        FailureKind::Overloaded,
        FailureKind::Server,
        FailureKind::Timeout,
        FailureKind::Unreachable,
        FailureKind::Interrupted,
        FailureKind::Unreadable,
        FailureKind::Empty,
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn backoff_grows_is_jittered_and_bounded(tries in 0..100_u32, random: u32) {
        let wait = backoff(tries, random);
        prop_assert!(wait <= LONGEST_WAIT);
        prop_assert!(wait >= backoff(tries, 0) && wait <= backoff(tries, 0) * 2);
        prop_assert!(backoff(tries + 1, random) >= wait);
    }

    #[test]
    fn every_way_ends_and_never_goes_back(
        failures in proptest::collection::vec((kinds(), proptest::option::of(0..100_u64), any::<bool>()), 20),
        providers in 0..4_usize,
        random: u32,
    ) {
        let mut breakers = vec![Breaker::default(); providers];
        let (mut attempts, mut next) = Attempts::begin(&mut breakers, NOW);
        let (mut calls, mut last, mut waited) = (0, 0, Duration::ZERO);
        for (kind, told, retryable) in failures {
            let Next::Call { provider, after } = next else { break };
            prop_assert!(provider >= last && provider < providers);
            (calls, last, waited) = (calls + 1, provider, waited + after);
            let failure = Failure { retry_after: told.map(Duration::from_secs), retryable, ..fails(kind) };
            next = attempts.after(&failure, false, &mut breakers, NOW, random);
        }
        prop_assert_eq!(next, Next::BuiltIn);
        prop_assert!(calls <= 3 * providers);
        prop_assert!(waited <= LONGEST_WAIT * 6);
    }
}
