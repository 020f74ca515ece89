//! Many chats that stream at once, each rep going on from session to session.

use std::time::{Duration, Instant};

use captain_api_tests::{Moment, PATIENCE, Practice, Rep, Settings, Stack, eventually};
use contract::chat::Frame;
use contract::session::Today;
use domain::session::Status;
use futures::future::join_all;
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::{Line, thousands, truth};
use crate::figures::percentile;

/// Milliseconds between the coach's words, as in production.
const PACE_MS: u32 = 30;

/// So many log in at a time, before the clock runs.
const AT_A_TIME: usize = 8;

/// What one rep did.
pub struct Done {
    pub finished: Vec<Practice>,
    pub unfinished: Practice,
    first_words: Vec<Duration>,
}

pub async fn run(chats: u32, length: Duration) -> Line {
    let mut stack = Stack::prepare(Settings {
        reps: chats,
        pace_ms: PACE_MS,
        ..Settings::named("torture-chats")
    });
    stack.run();
    let reps = started(&stack, chats).await;
    eprintln!("  {chats} reps are logged in and have started");
    let began = Instant::now();
    let until = began + length;
    let at_work = reps.into_iter().map(|rep| practise_until(rep, until));
    let done = join_all(at_work).await;
    let took = began.elapsed();
    stack.stop();

    let mut first_words = Vec::new();
    let (mut finished, mut unfinished) = (Vec::new(), Vec::new());
    for rep in done {
        first_words.extend(rep.first_words);
        finished.extend(rep.finished);
        unfinished.push(rep.unfinished);
    }
    let held = truth::hold(&stack, &finished, &unfinished);
    let both = finished.iter().chain(&unfinished);
    let events: usize = both.map(|practice| practice.seen.len()).sum();
    Line {
        what: format!("{chats} chats streaming at once for {} s", length.as_secs()),
        came: format!(
            "{} sessions ended, {} turns, {} events, none lost, none doubled; first word p50 {:.0} ms, p99 {:.0} ms \
             (of them {} ms the coach's own thinking); {held}; {:.0} s in all",
            thousands(finished.len()),
            thousands(first_words.len()),
            thousands(events),
            percentile(&first_words, 50),
            percentile(&first_words, 99),
            12 * PACE_MS,
            took.as_secs_f64(),
        ),
    }
}

/// Reps who are logged in and have started their session.
pub async fn started(stack: &Stack, count: u32) -> Vec<Rep> {
    let mut reps = Vec::new();
    while reps.len() < count as usize {
        let some = AT_A_TIME.min(count as usize - reps.len());
        reps.extend(join_all((0..some).map(|_| Rep::started(stack))).await);
    }
    reps
}

async fn practise_until(mut rep: Rep, until: Instant) -> Done {
    let (mut finished, mut first_words) = (Vec::new(), Vec::new());
    loop {
        let (tell, moments) = mpsc::unbounded_channel();
        let listening = tokio::spawn(first_words_of(moments));
        let mut practice = Practice::new(rep.clone(), tell);
        let left = until.saturating_duration_since(Instant::now());
        let ended = timeout(left, practice.go_on()).await;
        let left_early = match ended {
            Ok(Ok(())) => false,
            Ok(Err(halt)) => panic!("{halt:?}"),
            Err(_) => true,
        };
        if left_early {
            // The turn goes on without its rep.
            left_alone(&mut practice).await;
        }
        all_was_shown(&practice).await;
        practice.stop_telling();
        first_words.extend(listening.await.unwrap());
        if left_early {
            return Done {
                finished,
                unfinished: practice,
                first_words,
            };
        }
        finished.push(practice);
        rep = next_session(rep).await;
    }
}

/// From sending to the coach's first word, turn by turn.
async fn first_words_of(mut moments: mpsc::UnboundedReceiver<Moment>) -> Vec<Duration> {
    let (mut sent, mut took) = (None, Vec::new());
    while let Some(moment) = moments.recv().await {
        match moment {
            Moment::Sending => sent = Some(Instant::now()),
            Moment::FirstWord => took.extend(sent.take().map(|sent: Instant| sent.elapsed())),
            _ => {}
        }
    }
    took
}

/// From the first frame that was seen to the last, live and replay have the same ones, byte for byte.
async fn all_was_shown(practice: &Practice) {
    practice.check_replay().await;
    let numbers = || practice.seen.keys().copied();
    let (Some(first), Some(last)) = (numbers().min(), numbers().max()) else {
        return;
    };
    for seen in practice.rep.replay(first).await {
        let is_start = matches!(seen.frame, Frame::Connected { .. });
        assert!(
            is_start || seen.id > last || practice.seen.contains_key(&seen.id),
            "frame {} was not shown",
            seen.id
        );
    }
}

/// Waits until the turn that was left is over, and holds the session against what was seen.
async fn left_alone(practice: &mut Practice) {
    let rep = practice.rep.elsewhere();
    let state = eventually("the turn ends by itself", PATIENCE, async || {
        let state = rep.history().await;
        state.running_turn.is_none().then_some(state)
    })
    .await;
    practice.check(&state);
}

/// The demo opens a new session when one is finished.
pub async fn next_session(rep: Rep) -> Rep {
    let session = eventually("the next session opens", PATIENCE, async || {
        let today: Today = rep
            .person
            .get("/api/sessions/today")
            .await
            .json()
            .await
            .ok()?;
        let next = today
            .items
            .iter()
            .find(|one| one.status == Status::Scheduled);
        next.map(|session| session.id)
    })
    .await;
    let rep = Rep { session, ..rep };
    rep.start().await;
    rep
}
