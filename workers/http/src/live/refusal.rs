//! A session's refusals as problems.

use contract::problem::{Code, FieldError, Problem};
use domain::ids::SessionId;
use domain::session::Refusal;

/// The problem that a refusal is on the wire. `after` is the sequence number to attach after, so as to see all of the running
/// turn: one less than its `first_seq`.
pub fn problem_of(refusal: &Refusal, session: SessionId, after: Option<u64>) -> Problem {
    let problem = Problem::new(code_of(refusal), sentence(&refusal.to_string()));
    match refusal {
        Refusal::TurnRunning { turn } => Problem {
            turn_id: Some(*turn),
            attach: Some(attach(session, after)),
            ..problem
        },
        Refusal::RetryFirst { turn } => Problem {
            turn_id: Some(*turn),
            ..problem
        },
        Refusal::BadContent => Problem {
            errors: vec![FieldError::new("content", problem.detail.clone())],
            ..problem
        },
        _ => problem,
    }
}

fn code_of(refusal: &Refusal) -> Code {
    match refusal {
        Refusal::NotStarted => Code::NotStarted,
        Refusal::Completed => Code::SessionCompleted,
        Refusal::TurnRunning { .. } => Code::TurnRunning,
        Refusal::RequestIdReused => Code::RequestIdReused,
        Refusal::RetryFirst { .. } => Code::RetryFirst,
        Refusal::NothingToRetry => Code::NothingToRetry,
        Refusal::RepeatFirst => Code::RepeatFirst,
        Refusal::DrillsRemaining { .. } => Code::DrillsRemaining,
        Refusal::BadContent => Code::Invalid,
        // Said to the pump only, never to a client.
        Refusal::TurnOver => Code::Internal,
    }
}

fn attach(session: SessionId, after: Option<u64>) -> String {
    match after {
        Some(after) => format!("/api/chat/{session}/events?after={after}"),
        None => format!("/api/chat/{session}/events"),
    }
}

/// The domain's message as a sentence.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), chars.as_str()),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use domain::ids::TurnId;

    const SESSION: &str = "0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e00";

    #[test]
    fn a_running_turn_is_named_with_the_place_to_attach() {
        let turn: TurnId = "0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e01".parse().unwrap();
        let problem = problem_of(
            &Refusal::TurnRunning { turn },
            SESSION.parse().unwrap(),
            Some(7),
        );
        assert_eq!(
            (problem.code, problem.status, problem.turn_id),
            (Code::TurnRunning, 409, Some(turn))
        );
        assert_eq!(
            problem.attach.unwrap(),
            format!("/api/chat/{SESSION}/events?after=7")
        );
        assert!(
            problem
                .detail
                .starts_with("The coach is still answering your last message;")
        );
    }

    #[test]
    fn what_the_client_did_wrong_is_never_our_fault() {
        let turn: TurnId = SESSION.parse().unwrap();
        let refusals = [
            Refusal::NotStarted,
            Refusal::Completed,
            Refusal::TurnRunning { turn },
            Refusal::RequestIdReused,
            Refusal::RetryFirst { turn },
            Refusal::NothingToRetry,
            Refusal::RepeatFirst,
            Refusal::DrillsRemaining { remaining: 2 },
            Refusal::BadContent,
        ];
        for refusal in refusals {
            let problem = problem_of(&refusal, SESSION.parse().unwrap(), None);
            assert!((400..500).contains(&problem.status), "{refusal:?}");
            assert!(problem.detail.ends_with('.'));
        }
    }
}
