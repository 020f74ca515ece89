//! Closed, open, half-open.

use super::*;
use coach::provider::breaker::Breaker;
use proptest::prelude::*;
use std::time::Duration;

fn fails(kind: FailureKind) -> Failure {
    Failure::new(kind, "")
}

#[test]
fn three_failures_in_a_row_open_it_for_half_a_minute() {
    let mut breaker = Breaker::default();
    for _ in 0..3 {
        assert!(breaker.lets_through(NOW));
        breaker.failed(&fails(FailureKind::Server), NOW);
    }
    assert!(!breaker.lets_through(NOW + 29_999));
    assert!(breaker.lets_through(NOW + 30_000));
}

#[test]
fn a_success_between_starts_the_count_anew() {
    let mut breaker = Breaker::default();
    for _ in 0..9 {
        breaker.failed(&fails(FailureKind::Overloaded), NOW);
        breaker.failed(&fails(FailureKind::Overloaded), NOW);
        breaker.succeeded();
        assert!(breaker.lets_through(NOW));
    }
}

#[test]
fn one_probe_goes_and_the_others_wait_for_it() {
    let mut breaker = Breaker::default();
    breaker.failed(&fails(FailureKind::Timeout), NOW);
    let later = NOW + 30_000;
    assert!(breaker.lets_through(later));
    assert!(!breaker.lets_through(later));
    breaker.succeeded();
    assert!(breaker.lets_through(later) && breaker.lets_through(later));
}

#[test]
fn a_failed_probe_opens_it_for_twice_as_long_up_to_five_minutes() {
    let mut breaker = Breaker::default();
    let mut now = NOW;
    for wait in [30, 60, 120, 240, 300, 300] {
        breaker.failed(&fails(FailureKind::Server), now);
        if wait == 30 {
            breaker.failed(&fails(FailureKind::Unreachable), now);
        }
        assert!(!breaker.lets_through(now + wait * 1_000 - 1), "{wait}");
        now += wait * 1_000;
        assert!(breaker.lets_through(now), "{wait}");
    }
}

#[test]
fn a_lost_probe_is_followed_by_another() {
    let mut breaker = Breaker::default();
    breaker.failed(&fails(FailureKind::Timeout), NOW);
    assert!(breaker.lets_through(NOW + 30_000));
    assert!(!breaker.lets_through(NOW + 89_999));
    assert!(breaker.lets_through(NOW + 90_000));
}

#[test]
fn a_wrong_key_or_an_empty_account_opens_it_at_once_for_five_minutes() {
    for kind in [FailureKind::Credentials, FailureKind::Quota] {
        let mut breaker = Breaker::default();
        breaker.failed(&fails(kind), NOW);
        assert!(!breaker.lets_through(NOW + 299_999));
        assert!(breaker.lets_through(NOW + 300_000));
    }
}

#[test]
fn a_call_that_the_provider_can_not_use_says_nothing_against_the_provider() {
    let mut breaker = Breaker::default();
    for _ in 0..9 {
        breaker.failed(&fails(FailureKind::Rejected), NOW);
        breaker.failed(&fails(FailureKind::Empty), NOW);
    }
    assert!(breaker.lets_through(NOW));
}

#[test]
fn a_provider_that_names_a_long_wait_gets_it() {
    let mut breaker = Breaker::default();
    let failure = Failure {
        retry_after: Some(Duration::from_secs(100)),
        ..fails(FailureKind::RateLimited)
    };
    breaker.failed(&failure, NOW);
    assert!(!breaker.lets_through(NOW + 99_999));
    assert!(breaker.lets_through(NOW + 100_000));
}

#[test]
fn it_can_be_kept_as_json() {
    let mut breaker = Breaker::default();
    breaker.failed(&fails(FailureKind::Timeout), NOW);
    let kept = serde_json::to_string(&breaker).unwrap();
    assert_eq!(serde_json::from_str::<Breaker>(&kept).unwrap(), breaker);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_is_never_shut_for_more_than_five_minutes(steps in proptest::collection::vec((0..3_u8, 0..400_000_u64), 0..60)) {
        let mut breaker = Breaker::default();
        let mut now = NOW;
        for (step, wait) in steps {
            now += wait;
            match step {
                0 => { let _ = breaker.lets_through(now); }
                1 => breaker.failed(&fails(FailureKind::Server), now),
                _ => breaker.failed(&fails(FailureKind::Timeout), now),
            }
            let mut later = breaker;
            prop_assert!(later.lets_through(now + 300_000));
        }
    }
}
