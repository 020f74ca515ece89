//! Cron in the real runtime: its trigger, with a chosen time, plans sessions a day ahead and calls missed what nobody started.

use captain_api_tests::{Settings, Stack};
use futures::future::join_all;
use std::time::{SystemTime, UNIX_EPOCH};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    now.as_millis().try_into().unwrap()
}

/// Triggers ticks that were meant for these moments, all at once.
async fn tick(stack: &Stack, moments: &[i64]) {
    let outcomes = moments.iter().map(|at| async move {
        let cron = format!("{}/cdn-cgi/handler/scheduled?time={at}", stack.url());
        reqwest::get(cron).await.unwrap().status()
    });
    for status in join_all(outcomes).await {
        assert_eq!(status, 200);
    }
}

fn lines(stack: &Stack, sql: &str) -> Vec<String> {
    let database = stack.database();
    let mut query = database.prepare(sql).unwrap();
    let lines = query.query_map([], |row| row.get(0)).unwrap();
    lines.collect::<Result<_, _>>().unwrap()
}

/// What cron planned, by its group's clocks.
const PLANNED: &str = "
    SELECT s.user_id || ' ' || g.zone || ' ' || s.utc_offset_minutes || ' day ' || s.day || ' ' || s.status || ' '
        || datetime(s.slot_at / 1000 + s.utc_offset_minutes * 60, 'unixepoch')
    FROM sessions s JOIN groups g ON g.id = s.group_id WHERE s.planned = 1 ORDER BY s.user_id, s.slot_at";

/// Plans that are not at their group's minute, or not in its zone's winter.
const WRONG: &str = "
    SELECT s.id FROM sessions s JOIN groups g ON g.id = s.group_id
    WHERE s.planned = 1 AND ((s.slot_at / 60000 + s.utc_offset_minutes) % 1440 <> g.slot_minute
        OR s.utc_offset_minutes NOT IN (330, -210, -150))";

const OF_SLOTS: &str = "
    SELECT s.status || ' ' || coalesce(r.missed, 0) FROM sessions s JOIN users u ON u.id = s.user_id
    LEFT JOIN rep_rollups r ON r.user_id = u.id
    WHERE u.email LIKE 'practice-%' AND s.slot_at < s.created_at ORDER BY s.slot_at";

#[tokio::test]
async fn the_trigger_plans_misses_and_writes_whatever_its_order() {
    let mut stack = Stack::prepare(Settings {
        reps: 2,
        slots: &[-70, -40],
        ..Settings::named("cron")
    });
    stack
        .database()
        .execute_batch(
            "UPDATE groups SET weekdays = 127;
             UPDATE groups SET zone = 'America/St_Johns' WHERE id = (SELECT group_id FROM group_members LIMIT 1);",
        )
        .unwrap();
    let start = now();
    stack.run();
    tick(&stack, &[start, start, start - HOUR]).await;
    stack.stop();
    let planned = lines(&stack, PLANNED);
    assert!(planned.len() >= 2, "{planned:?}");
    assert!(planned.iter().any(|line| line.contains("America/St_Johns")));
    assert_eq!(lines(&stack, WRONG), [""; 0]);
    // One is over by its grace, the other is only late.
    assert_eq!(lines(&stack, OF_SLOTS), ["missed 1", "scheduled 0"]);
    let missed = "SELECT subject FROM outbox WHERE kind = 'missed' AND unsubscribe LIKE 'http://127.0.0.1:%'";
    assert_eq!(lines(&stack, missed), ["You missed day 1; it comes again"]);

    // The link of the letter asks, and its button stops them.
    let links = lines(
        &stack,
        "SELECT unsubscribe FROM outbox WHERE kind = 'missed'",
    );
    let (_, path) = links[0].split_once("/api/").unwrap();
    stack.run();
    let link = format!("{}/api/{path}", stack.url());
    let asks = reqwest::get(&link).await.unwrap();
    assert_eq!(asks.status(), 200);
    assert!(
        asks.text()
            .await
            .unwrap()
            .contains("Send me no more of them")
    );
    let stops = reqwest::Client::new().post(&link).send().await.unwrap();
    assert_eq!(stops.status(), 200);

    // Again, late and out of order: nothing else.
    tick(&stack, &[start - DAY, start, start - MINUTE]).await;
    stack.stop();
    assert_eq!(lines(&stack, PLANNED), planned);
    assert_eq!(lines(&stack, missed).len(), 1);
    let stopped = "SELECT email FROM users WHERE email LIKE 'practice-%' AND mail_reminders = 0";
    assert_eq!(lines(&stack, stopped).len(), 1);

    // Two days on, by the trigger's time: what was planned was missed, and the same days come again.
    stack.run();
    tick(&stack, &[start + 2 * DAY]).await;
    stack.stop();
    let later = lines(&stack, PLANNED);
    let still = |status: &str| later.iter().filter(|line| line.contains(status)).count();
    assert_eq!(still(" missed "), planned.len(), "{later:#?}");
    assert!(still(" scheduled ") >= 2, "{later:#?}");
    assert_eq!(lines(&stack, WRONG), [""; 0]);
}
