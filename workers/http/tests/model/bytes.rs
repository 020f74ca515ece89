//! Whatever way the bytes come, the same is heard; and what is no answer is none.

use super::*;
use captain_http::model::{End, Why};
use captain_peers::Answer;
use captain_peers::said::{chat, event, messages};
use coach::provider::schema::Schema;
use coach::provider::{FailureKind, Finish, LONGEST_REPLY};
use futures::{StreamExt, stream};
use std::ops::ControlFlow;

const PIECES: [&str; 3] = ["Namaste ", "जी! ₹1 lakh ", "se shuru 😀"];

/// A provider on a server.
type At = fn(&ByteServer) -> Provider;

/// Both wires: a provider on a server, and a whole stream of [`PIECES`].
fn wires() -> [(At, String); 2] {
    [
        (gpt, chat::whole(&PIECES)),
        (claude, messages::whole(&PIECES)),
    ]
}

async fn aloud(provider: Provider) -> (Outcome, String) {
    let mut told = String::new();
    let on_text = |text: &str| {
        told.push_str(text);
        ControlFlow::Continue(())
    };
    let models = models(vec![provider]);
    let outcome = models.ask_aloud(&world(), &question(), on_text).await;
    (outcome, told)
}

async fn is_heard(provider: Provider, what: &str) {
    let (outcome, told) = aloud(provider).await;
    assert_eq!(text(&outcome), PIECES.concat(), "{what}");
    assert_eq!(told, PIECES.concat(), "{what}");
    assert_eq!(outcome.attempts.len(), 1, "{what}");
    assert_eq!(outcome.attempts[0].used, tokens(20, 3), "{what}");
}

#[tokio::test]
async fn bytes_may_split_anywhere() {
    for (provider, whole) in wires() {
        let length = whole.len();
        let server = ByteServer::start(move |request| {
            let (first, second) = whole.as_bytes().split_at(request.nth % length);
            Answer::stream()
                .bytes(first)
                .pause(Duration::from_millis(2))
                .bytes(second)
        });
        stream::iter(0..length)
            .for_each_concurrent(16, |nth| {
                let provider = provider(&server);
                async move { is_heard(provider, &format!("split {nth}")).await }
            })
            .await;
    }
}

#[tokio::test]
async fn bytes_may_come_one_by_one() {
    for (provider, whole) in wires() {
        let slow = Answer::stream().trickle(whole, Duration::ZERO);
        is_heard(provider(&ByteServer::saying([slow])), "one by one").await;
    }
}

#[tokio::test]
async fn lines_end_as_they_like_and_comments_are_none_of_it() {
    for (provider, whole) in wires() {
        for line_end in ["\n", "\r", "\r\n"] {
            let said = format!(": OPENROUTER PROCESSING\n\n{whole}").replace("\n\n", "\n: hm\n\n");
            let answer = Answer::stream().bytes(said.replace('\n', line_end));
            is_heard(provider(&ByteServer::saying([answer])), line_end).await;
        }
    }
}

#[tokio::test]
async fn a_ping_may_come_first() {
    let said = messages::PING.repeat(3) + &messages::whole(&PIECES);
    let server = ByteServer::saying([Answer::stream().bytes(said)]);
    is_heard(claude(&server), "pings").await;
}

#[tokio::test]
async fn a_whole_body_is_an_answer_too() {
    let body = json!({"choices": [{"index": 0, "message": {"role": "assistant", "content": PIECES.concat()},
        "finish_reason": "stop"}], "usage": {"prompt_tokens": 20, "completion_tokens": 3}});
    is_heard(gpt(&ByteServer::saying([Answer::json(200, &body)])), "chat").await;
    let body = json!({"type": "message", "content": [{"type": "text", "text": PIECES.concat()}],
        "stop_reason": "end_turn", "usage": {"input_tokens": 20, "output_tokens": 3}});
    is_heard(
        claude(&ByteServer::saying([Answer::json(200, &body)])),
        "messages",
    )
    .await;
}

/// The only provider fails before a word, with a failure that isn't tried again or fails each time.
async fn fails(provider: Provider, kind: FailureKind, calls: usize) {
    let (outcome, told) = aloud(provider).await;
    match &outcome.ending {
        Ending::BuiltIn(Why::Failed(failure)) => assert_eq!(failure.kind, kind, "{outcome:?}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(told, "");
    assert_eq!(outcome.attempts.len(), calls, "{outcome:?}");
}

#[tokio::test]
async fn an_error_under_status_200_is_an_error() {
    let overloaded = messages::error("overloaded_error", "Overloaded");
    let body = Answer::json(200, &overloaded);
    fails(
        claude(&ByteServer::saying([body])),
        FailureKind::Overloaded,
        3,
    )
    .await;
    let first = Answer::stream().bytes(messages::PING.to_owned() + &messages::event(&overloaded));
    fails(
        claude(&ByteServer::saying([first])),
        FailureKind::Overloaded,
        3,
    )
    .await;
    let broke = chat::error(
        "insufficient_quota",
        "insufficient_quota",
        "You exceeded your quota",
    );
    let first = Answer::stream().bytes(event(&broke));
    fails(gpt(&ByteServer::saying([first])), FailureKind::Quota, 1).await;
    let page = Answer::of(200)
        .header("content-type", "text/html")
        .bytes("<html>Log in</html>");
    fails(gpt(&ByteServer::saying([page])), FailureKind::Unreadable, 1).await;
}

/// Words came, and then this.
async fn breaks_off(provider: At, answer: Answer, kind: FailureKind) {
    let server = ByteServer::saying([answer]);
    let (outcome, told) = aloud(provider(&server)).await;
    match &outcome.ending {
        Ending::Interrupted(failure) => assert_eq!(failure.kind, kind, "{outcome:?}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(told, "Namaste");
    assert_eq!(server.requests().len(), 1);
    let [attempt] = outcome.attempts.as_slice() else {
        panic!("{outcome:?}")
    };
    // It was paid for, and nobody knows how dearly.
    assert!(
        matches!(attempt.cost(), domain::spend::Cost::Unknown { .. }),
        "{attempt:?}"
    );
}

#[tokio::test]
async fn an_error_inside_a_stream_ends_it() {
    let error = chat::error("server_error", "server_error", "The server had an error");
    let said = chat::words("Namaste") + &event(&error);
    breaks_off(gpt, Answer::stream().bytes(said), FailureKind::Server).await;
    let error = messages::error("overloaded_error", "Overloaded");
    let said = messages::begin(20) + &messages::words("Namaste") + &messages::event(&error);
    breaks_off(
        claude,
        Answer::stream().bytes(said),
        FailureKind::Overloaded,
    )
    .await;
}

#[tokio::test]
async fn an_end_without_a_reason_is_no_end() {
    let silent_end = Answer::stream().bytes(chat::words("Namaste"));
    breaks_off(gpt, silent_end, FailureKind::Interrupted).await;
    let only_done = Answer::stream().bytes(chat::words("Namaste") + chat::DONE);
    breaks_off(gpt, only_done, FailureKind::Interrupted).await;
    let half = Answer::stream().bytes(messages::begin(20) + &messages::words("Namaste"));
    breaks_off(claude, half, FailureKind::Interrupted).await;
    let no_stop =
        messages::begin(20) + &messages::words("Namaste") + &messages::stop("end_turn", 2);
    let server = ByteServer::saying([Answer::stream().bytes(no_stop)]);
    let (outcome, _) = aloud(claude(&server)).await;
    assert!(
        matches!(outcome.ending, Ending::Interrupted(_)),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn a_connection_that_breaks_is_no_end() {
    let broken = Answer::stream().bytes(chat::words("Namaste")).break_off();
    breaks_off(gpt, broken, FailureKind::Interrupted).await;
    let damaged =
        Answer::stream().bytes(chat::words("Namaste") + "data: {\"choices\": [{\"del\n\n");
    breaks_off(gpt, damaged, FailureKind::Interrupted).await;
}

#[tokio::test]
async fn json_that_was_cut_is_told_as_cut() {
    let ask = Ask {
        output: Output::Json {
            name: "verdict",
            schema: Schema::Text,
        },
        ..question()
    };
    let cut = "{\"items\": [{\"quote\": \"₹1 la";
    let chat = chat::words(cut) + &chat::finish("length") + &chat::usage(20, 300) + chat::DONE;
    let said = messages::begin(20)
        + &messages::words(cut)
        + &messages::stop("max_tokens", 300)
        + &messages::end();
    for (provider, said) in [(gpt as At, chat), (claude, said)] {
        let server = ByteServer::saying([Answer::stream().bytes(said)]);
        let outcome = models(vec![provider(&server)]).ask(&world(), &ask).await;
        assert_eq!(text(&outcome), cut);
        assert_eq!(outcome.attempts[0].end, End::Answered(Finish::Length));
        assert_eq!(outcome.attempts[0].used, tokens(20, 300));
    }
}

#[tokio::test]
async fn what_was_refused_is_no_part_of_the_answer() {
    let chat =
        chat::words("Namaste") + &chat::finish("content_filter") + &chat::usage(20, 2) + chat::DONE;
    let said = messages::begin(20)
        + &messages::words("Namaste")
        + &messages::stop("refusal", 2)
        + &messages::end();
    for (provider, said) in [(gpt as At, chat), (claude, said)] {
        let server = ByteServer::saying([Answer::stream().bytes(said)]);
        let (outcome, told) = aloud(provider(&server)).await;
        assert_eq!(text(&outcome), "");
        assert_eq!(told, "Namaste");
        assert_eq!(outcome.attempts[0].end, End::Answered(Finish::Refused));
        // Refusals are billed.
        assert_eq!(outcome.attempts[0].used, tokens(20, 2));
    }
}

#[tokio::test]
async fn blanks_before_the_first_word_are_no_words() {
    let said = chat::words("\n ")
        + &chat::words("\n Theek")
        + &chat::words(" hai")
        + &chat::finish("stop");
    let server = ByteServer::saying([Answer::stream().bytes(said)]);
    let (outcome, told) = aloud(gpt(&server)).await;
    assert_eq!((text(&outcome), told.as_str()), ("Theek hai", "Theek hai"));
}

#[tokio::test]
async fn a_hundred_megabytes_are_not_read() {
    const MEGABYTE: usize = 1024 * 1024;
    let line = "data: ".to_owned() + &"x".repeat(MEGABYTE);
    let keep_alive = ": alive\n".repeat(MEGABYTE / 8);
    for (what, flood) in [("one line", line), ("comments", keep_alive)] {
        let server = ByteServer::saying([Answer::stream().flood(flood, 100)]);
        let models = models(vec![gpt(&server)]);
        let outcome = models.ask(&world(), &question()).await;
        match &outcome.ending {
            Ending::BuiltIn(Why::Failed(failure)) => {
                assert_eq!(failure.kind, FailureKind::Unreadable, "{what}");
            }
            other => panic!("{what}: {other:?}"),
        }
        assert!(
            server
                .client_left(0, Duration::from_secs(10))
                .await
                .is_some()
        );
        let (sent, most) = (server.bytes_sent(), LONGEST_REPLY + 16 * MEGABYTE);
        // What lies in the sockets' buffers counts as sent.
        assert!(
            sent < u64::try_from(most).unwrap(),
            "{what}: {sent} bytes were taken"
        );
    }
}
