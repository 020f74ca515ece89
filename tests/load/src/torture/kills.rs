//! The plug is pulled at random moments, every few seconds, while reps are at work.

use std::time::{Duration, Instant};

use captain_api_tests::{Halt, Practice, Settings, Stack};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::{Line, chats, thousands, truth};

/// Between a start and the plug, ms.
const RUNS_FOR_MS: std::ops::Range<u64> = 500..6_000;

pub async fn run(at_work: u32, length: Duration) -> Line {
    let seed = std::env::var("KILL_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(|| fastrand::u64(..));
    eprintln!("  KILL_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let mut stack = Stack::prepare(Settings {
        reps: at_work,
        ..Settings::named("torture-kills")
    });
    stack.run();
    let mut practices: Vec<Practice> = chats::started(&stack, at_work)
        .await
        .into_iter()
        .map(silent)
        .collect();
    let mut finished = Vec::new();
    let mut kills = 0;
    let until = Instant::now() + length;
    loop {
        let last = Instant::now() >= until;
        let mut going_on = JoinSet::new();
        for mut practice in practices.drain(..) {
            going_on.spawn(async move {
                let ended = practice.go_on().await;
                (practice, ended)
            });
        }
        if !last {
            tokio::time::sleep(Duration::from_millis(random.u64(RUNS_FOR_MS))).await;
            stack.kill();
            kills += 1;
        }
        let mut ended = Vec::new();
        while let Some(done) = going_on.join_next().await {
            match done.unwrap() {
                (practice, Ok(())) => ended.push(practice),
                (mut practice, Err(Halt::Cut)) if !last => {
                    practice.rep = practice.rep.elsewhere();
                    practices.push(practice);
                }
                (_, Err(halt)) => panic!("{halt:?}"),
            }
        }
        if last {
            finished.extend(ended);
            break;
        }
        stack.run();
        for practice in ended {
            let rep = practice.rep.elsewhere();
            finished.push(practice);
            practices.push(silent(chats::next_session(rep).await));
        }
    }
    stack.stop();
    let held = truth::hold(&stack, &finished, &[]);
    Line {
        what: format!(
            "SIGKILL every few seconds for {} s, {at_work} reps at work",
            length.as_secs()
        ),
        came: format!(
            "{kills} kills, {} sessions practised to their end; {held}",
            thousands(finished.len())
        ),
    }
}

/// A practice that tells nobody of its moments.
pub fn silent(rep: captain_api_tests::Rep) -> Practice {
    Practice::new(rep, mpsc::unbounded_channel().0)
}
