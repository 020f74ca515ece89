//! What the Worker and the session's object add to a model's own time, from the rep's send to the first words on their screen.
//!
//! The provider is a byte server that answers at once, so that all time is ours. An answer costs two calls in a row, the judge's
//! and then the corrector's, because what is shown depends on the verdict. The same two calls are made straight, by turns with the
//! turn, so that whatever else the machine does falls on both.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use captain_api_tests::Stream;
use captain_peers::asked::{Asked, fair};
use captain_peers::said::chat;
use captain_peers::{Answer, ByteServer, Request};
use contract::chat::Frame;
use reqwest::Client;
use serde_json::Value;
use xtask::data::{Data, now_ms};
use xtask::project::Project;
use xtask::seed;
use xtask::workerd::alone::Alone;
use xtask::workerd::vars::Vars;

use crate::figures::{middle, percentile};
use crate::peer::{Side, calls, our_script};
use crate::{processes, report};

/// How the measurement is made.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Turns that are timed, each beside the same calls made straight
    #[arg(long, default_value_t = 100)]
    rounds: u32,
    /// Words of the answers whose words are counted by the second
    #[arg(long, default_value_t = 2_000)]
    words: usize,
    /// Ask through the AI binding of Cloudflare's own models, whose servers the byte server stands in for
    #[arg(long)]
    binding: bool,
    /// Write the table into docs/bench.md
    #[arg(long)]
    write: bool,
}

/// The first of them fill caches and open connections.
const WARM_UP: u32 = 5;

/// How often a long answer is timed each way.
const LONG_ANSWERS: u32 = 5;

/// What an answer to the corrector's question begins with.
const FIRST_WORDS: &str = "Your ear is good.";

/// When the provider was called.
#[derive(Debug, Clone, Copy, Default)]
struct Called {
    judge: Option<Instant>,
    corrector: Option<Instant>,
}

/// The provider.
struct Provider {
    server: ByteServer,
    called: Arc<Mutex<Called>>,
    /// The words of its corrections.
    words: Arc<Mutex<usize>>,
}

impl Provider {
    fn start(binding: bool) -> Self {
        let (called, words) = (Arc::<Mutex<Called>>::default(), Arc::new(Mutex::new(0)));
        let (noted, told) = (called.clone(), words.clone());
        let server = ByteServer::start(move |request| {
            let now = Instant::now();
            let mut called = noted.lock().unwrap();
            match Asked::of(request) {
                Asked::Judge => {
                    called.judge = Some(now);
                    // Models behind the binding can't stream JSON.
                    if binding {
                        Answer::json(200, &chat::completion(&fair(request)))
                    } else {
                        chat::says(&[&fair(request)])
                    }
                }
                _ => {
                    called.corrector = Some(now);
                    correction(*told.lock().unwrap())
                }
            }
        });
        Self {
            server,
            called,
            words,
        }
    }

    fn url(&self) -> String {
        self.server.url() + "/v1"
    }
}

/// The first words, then so many more in pieces of one, as models send them.
fn correction(words: usize) -> Answer {
    let more = chat::words(" Namaste").repeat(50);
    Answer::stream()
        .bytes(chat::words(FIRST_WORDS))
        .flood(more, words / 50)
        .bytes(chat::finish("stop") + &chat::usage(20, 20) + chat::DONE)
}

/// What one turn took.
struct Timed {
    whole: Duration,
    /// From the send to the judge's call.
    before: Duration,
    /// From the judge's reply to the corrector's call.
    between: Duration,
    /// From the corrector's first words to the rep's.
    after: Duration,
}

/// Measures, and prints.
pub async fn run(arguments: &Arguments) {
    let project = Project::locate().unwrap();
    let provider = Provider::start(arguments.binding);
    let turns = WARM_UP + arguments.rounds + LONG_ANSWERS;
    let side = start(&project, &provider, turns, arguments.binding);
    let token = side.log_in(side.owner()).await;
    let http = Client::new();
    let mut questions = None;
    let (mut straight, mut turned) = (Vec::new(), Vec::new());
    for round in 0..WARM_UP + arguments.rounds {
        let timed = timed_turn(&side, &token, &provider).await;
        let questions = questions.get_or_insert_with(|| last_questions(&provider));
        let directly = first_words_directly(&http, &provider, questions).await;
        if round >= WARM_UP {
            turned.push(timed);
            straight.push(directly);
        }
    }
    let rates = rates(
        arguments,
        &side,
        &token,
        &provider,
        &http,
        &questions.unwrap(),
    )
    .await;
    let text = words(arguments, &straight, &turned, rates);
    report::publish(&project, "first token", &text, arguments.write);
}

/// Ours, with the provider as its model, and open sessions of one rep for so many turns.
fn start(project: &Project, provider: &Provider, turns: u32, binding: bool) -> Side {
    let data = Data::open(&project.scratch().join("bench-first-token")).unwrap();
    data.clear().unwrap();
    data.prepare(project).unwrap();
    let mut database = data.database(project).unwrap();
    let reps = seed::practice_reps(&mut database, turns, now_ms()).unwrap();
    Side::give_to_first(&database, &reps);
    drop(database);
    let mut vars = Vars::default();
    vars.set("ENVIRONMENT", "dev")
        .set("DEMO", "true")
        .set("AI_PRICES", "m 0.25 2.00");
    let mut script = our_script(project);
    if binding {
        script.ai = Some(provider.server.url());
        vars.set("AI_PROVIDER", "workers-ai")
            .set("WORKERS_AI_MODEL", "m");
    } else {
        vars.set("AI_PROVIDER", "compatible")
            .set("COMPATIBLE_MODEL", "m")
            .set("COMPATIBLE_BASE_URL", provider.url());
    }
    let running = Alone::start(project, &script, data, &vars).unwrap();
    Side::of(running, &reps)
}

async fn timed_turn(side: &Side, token: &str, provider: &Provider) -> Timed {
    let session = calls::started(side, token).await;
    *provider.called.lock().unwrap() = Called::default();
    let sent = Instant::now();
    let mut stream = calls::turn(side, token, session).await;
    first_words(&mut stream).await;
    let shown = Instant::now();
    // The turn's end is its own business, and none of the next round's.
    while stream.next_or_cut().await.unwrap().is_some() {}
    let called = *provider.called.lock().unwrap();
    let (judge, corrector) = (called.judge.unwrap(), called.corrector.unwrap());
    Timed {
        whole: shown - sent,
        before: judge - sent,
        between: corrector - judge,
        after: shown - corrector,
    }
}

/// Reads up to the first words, which must be the model's own.
async fn first_words(stream: &mut Stream) {
    loop {
        if let Frame::Content { content, .. } = stream.next().await.frame {
            assert!(FIRST_WORDS.starts_with(content.trim()), "{content}");
            return;
        }
    }
}

/// What the Worker asked: the judge's question and the corrector's.
fn last_questions(provider: &Provider) -> [Value; 2] {
    let requests = provider.server.requests();
    let last = |asked| {
        let is = |request: &&Request| Asked::of(request) == asked;
        requests.iter().rfind(is).unwrap().body.clone()
    };
    [last(Asked::Judge), last(Asked::Corrector)]
}

/// The judge's whole reply, then the corrector's first words.
async fn first_words_directly(
    http: &Client,
    provider: &Provider,
    [judge, corrector]: &[Value; 2],
) -> Duration {
    let sent = Instant::now();
    let reply = ask(http, provider, judge).await.bytes().await.unwrap();
    assert!(!reply.is_empty());
    let mut words = ask(http, provider, corrector).await;
    words.chunk().await.unwrap().expect("it says something");
    let took = sent.elapsed();
    while words.chunk().await.unwrap().is_some() {}
    took
}

async fn ask(http: &Client, provider: &Provider, question: &Value) -> reqwest::Response {
    let url = provider.url() + "/chat/completions";
    http.post(url).json(question).send().await.unwrap()
}

/// Words a second of long answers that come as fast as they are taken, from the call: straight, and on the rep's screen.
async fn rates(
    arguments: &Arguments,
    side: &Side,
    token: &str,
    provider: &Provider,
    http: &Client,
    questions: &[Value; 2],
) -> [f64; 2] {
    *provider.words.lock().unwrap() = arguments.words;
    let (mut straight, mut turned) = (Vec::new(), Vec::new());
    let rate = |took: Duration| arguments.words as f64 / took.as_secs_f64();
    for _ in 0..LONG_ANSWERS {
        let session = calls::started(side, token).await;
        let mut stream = calls::turn(side, token, session).await;
        first_words(&mut stream).await;
        let began = provider.called.lock().unwrap().corrector.unwrap();
        let mut last = Instant::now();
        let mut heard = 0;
        while let Some(seen) = stream.next_or_cut().await.unwrap() {
            if let Frame::Content { content, .. } = seen.frame {
                heard += content.matches("Namaste").count();
                last = Instant::now();
            }
        }
        assert!(heard >= arguments.words, "{heard} words came");
        turned.push(rate(last - began));

        let began = Instant::now();
        let mut words = ask(http, provider, &questions[1]).await;
        while words.chunk().await.unwrap().is_some() {}
        straight.push(rate(began.elapsed()));
    }
    [middle(straight), middle(turned)]
}

fn words(
    arguments: &Arguments,
    straight: &[Duration],
    turned: &[Timed],
    rates: [f64; 2],
) -> String {
    let part = |of: fn(&Timed) -> Duration| -> Vec<Duration> { turned.iter().map(of).collect() };
    let whole = part(|timed| timed.whole);
    let mut rows = Vec::new();
    let mut row = |what: &str, times: &[Duration]| {
        rows.push(vec![
            what.to_owned(),
            format!("{:.1}", percentile(times, 50)),
            format!("{:.1}", percentile(times, 90)),
        ]);
    };
    row("the same two calls, straight", straight);
    row("a turn, from the send to the first words", &whole);
    row(
        "— from the send to the judge's call",
        &part(|timed| timed.before),
    );
    row(
        "— from the judge's reply to the corrector's call",
        &part(|timed| timed.between),
    );
    row(
        "— from the corrector's first words to the rep's",
        &part(|timed| timed.after),
    );
    let added = [50, 90].map(|percent| percentile(&whole, percent) - percentile(straight, percent));
    rows.push(vec![
        "added".to_owned(),
        format!("{:.1}", added[0]),
        format!("{:.1}", added[1]),
    ]);
    let table = report::table(&["ms", "p50", "p90"], &rows);
    format!(
        "{table}\nWords a second, of {} that come as fast as they are taken: {:.0} straight, {:.0} through the turn.\n\n\
         Measured on {}: {} turns one after another, by turns with the calls made straight.\n",
        arguments.words,
        rates[0],
        rates[1],
        processes::machine(),
        arguments.rounds,
    )
}
