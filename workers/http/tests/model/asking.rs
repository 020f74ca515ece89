//! Who is asked, how often, and what is told of it.

use super::*;
use captain_http::model::{Answer as Said, End, Why};
use captain_peers::Answer;
use captain_peers::said::{chat, messages};
use coach::provider::{FailureKind, Finish};
use domain::spend::Cost;
use futures::future::join_all;
use std::ops::ControlFlow;
use std::time::SystemTime;

/// Asks aloud, and keeps what was told.
async fn aloud(models: &Models<Sockets>, world: &RealTime) -> (Outcome, Vec<String>) {
    let mut told = Vec::new();
    let on_text = |text: &str| {
        told.push(text.to_owned());
        ControlFlow::Continue(())
    };
    let outcome = models.ask_aloud(world, &question(), on_text).await;
    (outcome, told)
}

#[tokio::test]
async fn a_provider_answers_and_its_tokens_are_counted() {
    let server = ByteServer::saying([messages::says(&["Namaste", " ji!"])]);
    let world = world();
    let (outcome, told) = aloud(&models(vec![claude(&server)]), &world).await;
    assert_eq!(
        outcome.ending,
        Ending::Answered(Said {
            provider: Kind::Anthropic,
            model: "claude-haiku-4-5".into(),
            text: "Namaste ji!".into(),
            finish: Finish::Complete,
        })
    );
    assert_eq!(told, ["Namaste", " ji!"]);
    let attempts = world.attempts().clone();
    assert_eq!(attempts, outcome.attempts);
    let [attempt] = attempts.as_slice() else {
        panic!("{attempts:?}")
    };
    assert_eq!(attempt.end, End::Answered(Finish::Complete));
    assert_eq!(attempt.used, tokens(20, 2));
    assert_eq!(attempt.cost(), Cost::Known(20 + 2 * 10));
    assert!(attempt.first_words_ms.unwrap() <= attempt.took_ms);
    let request = &server.requests()[0];
    assert_eq!(request.headers["x-api-key"], "sk-ant-1");
    assert_eq!(request.path, "/v1/messages");
    assert_eq!(request.body["stream"], true);
}

#[tokio::test]
async fn without_a_provider_nobody_is_asked() {
    let world = world();
    let (outcome, _) = aloud(&models(Vec::new()), &world).await;
    assert_eq!(outcome.ending, Ending::BuiltIn(Why::NoProvider));
    assert!(outcome.attempts.is_empty());
}

#[tokio::test]
async fn the_next_provider_is_asked_before_the_first_word() {
    let broke = Answer::json(
        401,
        &messages::error("authentication_error", "invalid x-api-key"),
    );
    let (first, second) = (
        ByteServer::saying([broke]),
        ByteServer::saying([chat::says(&["Theek hai."])]),
    );
    let world = world();
    let models = models(vec![claude(&first), gpt(&second)]);
    let (outcome, told) = aloud(&models, &world).await;
    assert_eq!(text(&outcome), "Theek hai.");
    assert_eq!(told, ["Theek hai."]);
    let [failed, answered] = outcome.attempts.as_slice() else {
        panic!("{outcome:?}")
    };
    assert!(
        matches!(&failed.end, End::Failed(failure) if failure.kind == FailureKind::Credentials)
    );
    // An error's status costs nothing.
    assert_eq!(
        (failed.used, failed.cost()),
        (Used::Nothing, Cost::Known(0))
    );
    assert_eq!(answered.used, tokens(20, 1));
    assert_ne!(failed.id, answered.id);
}

/// Asks with two providers: this answer at the first, a good one at the second.
async fn with_a_second(
    first: impl Into<Vec<Answer>>,
) -> (ByteServer, ByteServer, Outcome, Vec<String>) {
    let first = ByteServer::saying(first);
    let second = ByteServer::saying([chat::says(&["Theek hai."])]);
    let (outcome, told) = aloud(&models(vec![gpt(&first), gpt(&second)]), &world()).await;
    (first, second, outcome, told)
}

#[tokio::test]
async fn no_other_provider_goes_on_in_the_same_sentence() {
    let dies = Answer::stream().bytes(chat::words("Namaste")).break_off();
    let (first, second, outcome, told) = with_a_second([dies]).await;
    assert!(matches!(outcome.ending, Ending::Interrupted(_)));
    assert_eq!(told, ["Namaste"]);
    assert_eq!((first.requests().len(), second.requests().len()), (1, 0));
}

#[tokio::test]
async fn an_answer_that_nobody_saw_is_asked_for_again() {
    let dies = Answer::stream().bytes(chat::words("Namaste")).break_off();
    let server = ByteServer::saying([dies, chat::says(&["Theek", " hai."])]);
    let outcome = models(vec![gpt(&server)]).ask(&world(), &question()).await;
    assert_eq!(text(&outcome), "Theek hai.");
    assert_eq!(outcome.attempts.len(), 2);
}

#[tokio::test]
async fn what_passes_is_tried_again_after_a_while() {
    let statuses = [409, 429, 500, 502, 503, 529];
    join_all(statuses.map(|status| async move {
        let passes = [Answer::of(status), Answer::of(status), chat::says(&["Ji."])];
        let server = ByteServer::saying(passes);
        let (outcome, _) = aloud(&models(vec![gpt(&server)]), &world()).await;
        assert_eq!(text(&outcome), "Ji.", "{status}");
        assert_eq!(outcome.attempts.len(), 3);
        // At least half of 0.5 s and of 1 s.
        let took = outcome.took_ms;
        assert!((750..2_500).contains(&took), "{took} ms");
    }))
    .await;
}

/// Whoever asked has waited for these as for a silence: once is enough.
#[tokio::test]
async fn a_providers_own_timeout_is_not_waited_for_again() {
    for status in [408, 504] {
        let (first, _, outcome, _) = with_a_second([Answer::of(status)]).await;
        assert_eq!(text(&outcome), "Theek hai.", "{status}");
        assert_eq!(first.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn what_does_not_pass_is_not_tried_again() {
    for status in [400, 401, 402, 403, 404, 413, 422] {
        let (first, _, outcome, _) = with_a_second([Answer::of(status)]).await;
        assert_eq!(text(&outcome), "Theek hai.", "{status}");
        assert_eq!(first.requests().len(), 1, "{status}");
    }
}

fn busy(wait: &str) -> Answer {
    let error = chat::error("requests", "rate_limit_exceeded", "Rate limit reached");
    Answer::json(429, &error).header("retry-after", wait)
}

/// The second answer is a good one, this much later at the least.
async fn is_waited_for(first: impl Fn() -> Answer + Send + Sync + 'static, least: u64) {
    let server = ByteServer::start(move |request| match request.nth {
        0 => first(),
        _ => chat::says(&["Ji."]),
    });
    let (outcome, _) = aloud(&models(vec![gpt(&server)]), &world()).await;
    assert_eq!(text(&outcome), "Ji.");
    assert_eq!(server.requests().len(), 2);
    let took = outcome.took_ms;
    assert!((least..least + 3_000).contains(&took), "{took} ms");
}

#[tokio::test]
async fn a_wait_that_is_asked_for_is_waited() {
    is_waited_for(|| busy("1"), 1_000).await;
    is_waited_for(|| busy("60").header("retry-after-ms", "1200"), 1_200).await;
}

#[tokio::test]
async fn a_date_that_is_told_is_waited_for() {
    let in_three_seconds = || {
        let at = SystemTime::now() + Duration::from_secs(3);
        // A date has no part of a second.
        busy(&httpdate::fmt_http_date(at))
    };
    is_waited_for(in_three_seconds, 1_900).await;
}

#[tokio::test]
async fn a_wait_that_is_too_long_is_not() {
    for wait in ["60", "Fri, 31 Dec 2100 23:59:59 GMT"] {
        let (first, _, outcome, _) = with_a_second([busy(wait)]).await;
        assert_eq!(text(&outcome), "Theek hai.");
        assert_eq!(first.requests().len(), 1);
        assert!(outcome.took_ms < 1_000);
    }
}

#[tokio::test]
async fn nonsense_about_waiting_is_ignored() {
    let server = ByteServer::saying([busy("soon"), chat::says(&["Ji."])]);
    let (outcome, _) = aloud(&models(vec![gpt(&server)]), &world()).await;
    assert_eq!(text(&outcome), "Ji.");
}

#[tokio::test]
async fn a_dead_provider_costs_one_wait_and_is_not_asked_again() {
    let dead = ByteServer::saying([Answer::stream().hang()]);
    let good = ByteServer::saying([chat::says(&["Ji."])]);
    let models = models(vec![hurried(gpt(&dead), [1_000; 4]), gpt(&good)]);
    let (outcome, _) = aloud(&models, &world()).await;
    assert_eq!(text(&outcome), "Ji.");
    assert!(outcome.took_ms >= 1_000);
    for _ in 0..5 {
        let (outcome, _) = aloud(&models, &world()).await;
        assert_eq!(text(&outcome), "Ji.");
        assert!(outcome.took_ms < 900, "{} ms", outcome.took_ms);
    }
    assert_eq!((dead.requests().len(), good.requests().len()), (1, 6));
    // Clones share what they know, as all that runs in one isolate does.
    let (outcome, _) = aloud(&models.clone(), &world()).await;
    assert_eq!(outcome.attempts.len(), 1);
}

#[tokio::test]
async fn when_all_rest_nobody_waits() {
    let dead = ByteServer::saying([Answer::stream().hang()]);
    let models = models(vec![hurried(gpt(&dead), [500; 4])]);
    let (outcome, _) = aloud(&models, &world()).await;
    assert!(matches!(outcome.ending, Ending::BuiltIn(Why::Failed(_))));
    let (outcome, _) = aloud(&models, &world()).await;
    assert_eq!(outcome.ending, Ending::BuiltIn(Why::Resting));
    assert!(outcome.attempts.is_empty() && outcome.took_ms < 400);
}

#[tokio::test]
async fn nobody_at_an_address_costs_nothing() {
    let server = ByteServer::saying([chat::says(&["Ji."])]);
    let mut nobody = gpt(&server);
    // A port that was just given back.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", port.local_addr().unwrap());
    drop(port);
    if let Endpoint::OpenAi(endpoint) = &mut nobody.endpoint {
        endpoint.base_url = url;
    }
    let (outcome, _) = aloud(&models(vec![nobody, gpt(&server)]), &world()).await;
    assert_eq!(text(&outcome), "Ji.");
    let [failed, _] = outcome.attempts.as_slice() else {
        panic!("{outcome:?}")
    };
    assert!(
        matches!(&failed.end, End::Failed(failure) if failure.kind == FailureKind::Unreachable)
    );
    assert_eq!(failed.cost(), Cost::Known(0));
}

#[tokio::test]
async fn a_key_goes_nowhere_but_where_it_was_configured() {
    let elsewhere = ByteServer::saying([chat::says(&["Ji."])]);
    for status in [301, 302, 303, 307, 308] {
        let leads_away =
            Answer::of(status).header("location", elsewhere.url() + "/v1/chat/completions");
        let server = ByteServer::saying([leads_away]);
        let (outcome, _) = aloud(&models(vec![gpt(&server)]), &world()).await;
        assert!(
            matches!(outcome.ending, Ending::BuiltIn(Why::Failed(_))),
            "{status}: {outcome:?}"
        );
        assert_eq!(server.requests()[0].headers["authorization"], "Bearer sk-1");
    }
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn a_log_line_has_nobodys_words_and_no_key() {
    let error = chat::error(
        "invalid_request_error",
        "bad",
        "Namaste ji is no prompt, sk-1",
    );
    let answer = Answer::json(400, &error).header("x-request-id", "req_7");
    let server = ByteServer::saying([answer]);
    let (outcome, _) = aloud(&models(vec![gpt(&server)]), &world()).await;
    let line = outcome.attempts[0].to_string();
    let took = outcome.attempts[0].took_ms;
    assert_eq!(
        line,
        format!("openai gpt-5-mini failed (Rejected) after {took} ms, request req_7")
    );
}
