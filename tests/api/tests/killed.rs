//! workerd is killed (SIGKILL) at random moments of turns and started again on the same data: no acknowledged message is
//! lost, none is doubled, no session is stuck.

use std::time::Duration;

use captain_api_tests::{
    GOOD, Halt, MOMENTS, Moment, PATIENCE, Practice, Rep, Settings, Stack, Stream, eventually,
    request_id,
};
use contract::chat::{ChatState, Frame};
use contract::session::SessionResult;
use domain::session::{MessageStatus, Step};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// How often the plug is pulled.
const KILLS: usize = 12;
/// How many reps practise at once.
const REPS: usize = 6;

/// Waits for the moment to pull the plug: the `nth` time that something is noticed, or simply some time.
async fn moment_to_kill(
    random: &mut fastrand::Rng,
    moments: &mut mpsc::UnboundedReceiver<Moment>,
) -> String {
    let limit = Duration::from_millis(random.u64(0..2_500));
    if random.bool() {
        tokio::time::sleep(limit).await;
        return format!("after {} ms", limit.as_millis());
    }
    let wanted = MOMENTS[random.usize(..MOMENTS.len())];
    let nth = random.usize(1..=REPS);
    let found = tokio::time::timeout(limit + Duration::from_secs(2), async {
        let mut left = nth;
        while left > 0 {
            left -= usize::from(moments.recv().await == Some(wanted));
        }
    });
    match found.await {
        Ok(()) => format!("at {wanted:?} number {nth}"),
        Err(_) => format!("waiting for {wanted:?} number {nth}"),
    }
}

#[tokio::test]
async fn nothing_is_lost_or_doubled_when_workerd_is_killed() {
    let seed = std::env::var("KILL_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| fastrand::u64(..));
    println!("KILL_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);

    let mut stack = Stack::prepare(Settings::named("killed"));
    stack.run();
    let (tell, mut moments) = mpsc::unbounded_channel();
    let mut practices = Vec::new();
    let mut finished = Vec::new();
    for kill in 0..=KILLS {
        while practices.len() < REPS && kill < KILLS {
            let rep = Rep::started(&stack).await;
            practices.push(Practice::new(rep, tell.clone()));
        }
        while moments.try_recv().is_ok() {}
        let mut at_work = JoinSet::new();
        for mut practice in practices.drain(..) {
            at_work.spawn(async move {
                let came_to_its_end = match practice.go_on().await {
                    Ok(()) => true,
                    Err(Halt::Cut) => false,
                    Err(refused) => panic!("{refused:?}"),
                };
                (practice, came_to_its_end)
            });
        }
        if kill < KILLS {
            let when = moment_to_kill(&mut random, &mut moments).await;
            println!("kill {kill}: {when}");
            stack.kill();
        }
        while let Some(done) = at_work.join_next().await {
            let (mut practice, came_to_its_end) = done.unwrap();
            if came_to_its_end {
                finished.push(practice);
            } else {
                // New connections: the old ones lead nowhere.
                practice.rep = practice.rep.elsewhere();
                practices.push(practice);
            }
        }
        if kill < KILLS {
            stack.run();
        }
    }
    assert!(practices.is_empty());
    println!("{} sessions were practised to their end", finished.len());

    for practice in &finished {
        let result = practice.result.as_ref().unwrap();
        let path = format!("/api/sessions/{}/result", practice.rep.session);
        let stored: SessionResult = practice
            .rep
            .person
            .elsewhere()
            .get(&path)
            .await
            .json()
            .await
            .unwrap();
        assert_eq!(&stored, result);
        let state = practice.rep.elsewhere().history().await;
        assert_eq!(state.step, Step::Completed);
        assert_eq!(
            state.items, practice.items,
            "D1 has the transcript that the session had"
        );
    }
    stack.stop();
    let database = stack.database();
    for practice in &finished {
        let session = practice.rep.session.to_string();
        let number = |sql: &str| -> usize {
            let count: i64 = database
                .query_row(sql, [&session], |row| row.get(0))
                .unwrap();
            usize::try_from(count).unwrap()
        };
        assert_eq!(
            number("SELECT count(*) FROM sessions WHERE id = ?1 AND status = 'completed'"),
            1
        );
        assert_eq!(
            number("SELECT count(*) FROM messages WHERE session_id = ?1"),
            practice.items.len()
        );
        let drills = practice.result.as_ref().unwrap().verdicts.len();
        assert_eq!(
            number("SELECT count(*) FROM session_drills WHERE session_id = ?1"),
            drills
        );
    }
}

#[tokio::test]
async fn a_cut_turn_is_interrupted_also_when_nobody_asks() {
    let mut stack = Stack::prepare(Settings::named("killed-orphans"));
    stack.run();
    let (tell, _moments) = mpsc::unbounded_channel();
    let mut asking = Practice::new(Rep::started(&stack).await, tell);
    let silent = Rep::started(&stack).await;
    let mut asked = asking.rep.send(&request_id(), GOOD).await;
    let mut left = silent.send(&request_id(), GOOD).await;
    let first_word = |frame: &Frame| matches!(frame, Frame::Content { .. });
    left.until(first_word).await;
    for seen in asked.until(first_word).await {
        asking.note(&seen);
    }
    stack.kill();
    let killed_at = xtask::data::now_ms();
    stack.run();

    // One asks at once, and is told.
    asking.rep = asking.rep.elsewhere();
    let state = asking.rep.history().await;
    asking.check(&state);
    is_interrupted(&state);
    asking.check_replay().await;

    // The other doesn't ask. Only the object's own file is looked at, from outside.
    let log = session_log(&stack, &silent.session.to_string());
    let ended_at = eventually("the alarm interrupts the turn", PATIENCE, async || {
        let sql = "SELECT at FROM log WHERE event ->> '$.turn_ended.ending' = 'interrupted'";
        log_connection(&log)
            .query_row(sql, [], |row| row.get::<_, i64>(0))
            .ok()
    })
    .await;
    let took = ended_at - killed_at;
    println!("interrupted {took} ms after the kill");
    assert!(took <= 30_000, "{took} ms");
    let silent = silent.elsewhere();
    is_interrupted(&silent.history().await);
    Stream::of(silent.correction(&request_id()).await)
        .frames()
        .await;
}

fn is_interrupted(state: &ChatState) {
    assert!(state.may.retry && state.running_turn.is_none(), "{state:?}");
    assert_eq!(
        state.items.last().unwrap().status,
        MessageStatus::Interrupted
    );
}

fn log_connection(path: &std::path::Path) -> rusqlite::Connection {
    rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

/// The file of a session's object.
fn session_log(stack: &Stack, session: &str) -> std::path::PathBuf {
    let objects = stack.data_dir().join("v3/do/sales-captain-ChatSession");
    std::fs::read_dir(&objects)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "sqlite")
        })
        .find(|path| {
            let sql = "SELECT event FROM log WHERE seq = 1";
            let first = log_connection(path).query_row(sql, [], |row| row.get::<_, String>(0));
            first.is_ok_and(|event| event.contains(session))
        })
        .expect("the session's object has a file")
}
