//! What the loop costs: first words and words a second, straight from the byte server and through the loop. `cargo xtask bench`
//! prints it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use captain_http::model::{Breakers, Ending, Kind, Line, Models, Provider};
use captain_peers::said::chat;
use captain_peers::{Answer, ByteServer, RealTime, Sockets};
use coach::provider::patience::Limits;
use coach::provider::{Ask, Endpoint, Message, Output, openai};
use futures::StreamExt;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// How often the first words are timed, each way.
const ROUNDS: usize = 200;
/// How many words are streamed to count them by the second.
const WORDS: usize = 20_000;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (direct, looped) = first_words().await;
    println!(
        "  First words (median)       {:>7.2} ms straight, {:.2} ms through the loop",
        ms(direct),
        ms(looped)
    );
    let (direct, looped) = whole_streams().await;
    println!(
        "  Words a second             {:>7.0} straight, {:.0} through the loop",
        per_second(direct),
        per_second(looped)
    );
}

fn models(server: &ByteServer) -> Models<Sockets> {
    let endpoint = openai::Endpoint::compatible(&(server.url() + "/v1"), None, "m");
    let provider = Provider {
        kind: Kind::Compatible,
        endpoint: Endpoint::OpenAi(endpoint),
        limits: Limits::default(),
        price: None,
    };
    Models::new(
        vec![provider].into(),
        Sockets::default(),
        Breakers::default(),
    )
}

fn question() -> Ask {
    Ask {
        system: "You are the captain.",
        messages: vec![Message::data(&"Namaste ji").unwrap()],
        output: Output::Prose,
        max_tokens: 300,
        temperature: None,
    }
}

/// By turns, so that whatever else the machine does falls on both.
async fn first_words() -> (Duration, Duration) {
    let server = ByteServer::saying([chat::says(&["Namaste "; 20])]);
    let models = models(&server);
    let (mut direct, mut looped) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        direct.push(straight(&models, false).await);
        looped.push(through_the_loop(&models, false).await);
    }
    (median(direct), median(looped))
}

async fn whole_streams() -> (Duration, Duration) {
    let piece = chat::words("Namaste ").repeat(10);
    let answer = Answer::stream()
        .flood(piece, WORDS / 10)
        .bytes(chat::finish("stop") + chat::DONE);
    let server = ByteServer::saying([answer]);
    let models = models(&server);
    (
        straight(&models, true).await,
        through_the_loop(&models, true).await,
    )
}

/// The time to the first words, or to the end, of bytes that nobody reads closer.
async fn straight(models: &Models<Sockets>, whole: bool) -> Duration {
    let call = models.providers.first().unwrap().endpoint.call(&question());
    let began = Instant::now();
    let mut answered = models.line.call(&call.unwrap()).await.unwrap();
    answered.bytes.next().await.unwrap().unwrap();
    while whole && answered.bytes.next().await.is_some() {}
    began.elapsed()
}

async fn through_the_loop(models: &Models<Sockets>, whole: bool) -> Duration {
    let began = Instant::now();
    let mut words = 0;
    let on_text = |_: &str| {
        words += 1;
        if whole {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    };
    let outcome = models
        .ask_aloud(&RealTime::default(), &question(), on_text)
        .await;
    let took = began.elapsed();
    match outcome.ending {
        Ending::Answered(_) => assert_eq!(words, WORDS),
        Ending::Stopped => assert_eq!(words, 1),
        other => panic!("{other:?}"),
    }
    took
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    *times.get(times.len() / 2).unwrap()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

#[allow(clippy::cast_precision_loss)]
fn per_second(time: Duration) -> f64 {
    WORDS as f64 / time.as_secs_f64()
}
