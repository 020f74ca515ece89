//! What cron writes to whom: before a slot, after a miss, and on Monday morning. Once, and not to those who don't want it.

use crate::world::{Call, DAY, HOUR, MINUTE, NOW, Person, World};
use captain_http::upkeep::tick;
use contract::problem::Code;
use store::{Db, FromRow, Statement};

/// Saturday, 11:00 in India.
const SATURDAY: u64 = NOW + DAY;
/// Monday, 08:00 in India.
const MONDAY: u64 = NOW + 3 * DAY - 3 * HOUR;

#[derive(Debug, FromRow)]
struct Letter {
    kind: String,
    to_address: String,
    subject: String,
    body_text: String,
    body_html: String,
    status: String,
    unsubscribe: Option<String>,
}

const LETTERS: &str = "
    SELECT kind, to_address, subject, body_text, body_html, status, unsubscribe FROM outbox ORDER BY created_at, to_address";

impl World {
    async fn tick_at(&self, at: u64) {
        self.pass(at - self.now());
        tick(self, at).await;
        assert_eq!(self.take_faults(), []);
    }

    async fn letters(&self) -> Vec<Letter> {
        self.db.all(Statement::new(LETTERS)).await.unwrap()
    }

    async fn letters_to(&self, person: Person) -> Vec<Letter> {
        let mut letters = self.letters().await;
        letters.retain(|letter| letter.to_address == person.email());
        letters
    }

    fn set(&self, sql: &str) {
        self.db.script(sql).unwrap();
    }
}

/// What stands behind a link of a letter.
fn path(link: &str) -> String {
    link.strip_prefix("https://captain.test")
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_reminder_goes_out_before_the_slot_once() {
    let world = World::new();
    world.tick_at(NOW).await;
    world.tick_at(SATURDAY - 16 * MINUTE).await;
    assert_eq!(world.mails().await, 0);
    for at in [15, 15, 14, 5] {
        world.tick_at(SATURDAY - at * MINUTE).await;
    }
    let letters = world.letters().await;
    assert_eq!(letters.len(), 3);
    let letter = &world.letters_to(Person::Rep).await[0];
    assert_eq!(
        (letter.kind.as_str(), letter.subject.as_str()),
        ("reminder", "Your practice begins at 11:00 AM")
    );
    let link = letter.unsubscribe.clone().unwrap();
    for text in [
        "Asha",
        "day 1",
        "Small pack",
        "11:00 AM",
        "https://captain.test",
        &link,
    ] {
        assert!(
            letter.body_text.contains(text),
            "{text} in {}",
            letter.body_text
        );
    }
    assert!(letter.body_html.contains("Small pack"));
    // Nothing more of it, also not when cron comes again after the slot.
    world.tick_at(SATURDAY + MINUTE).await;
    assert_eq!(world.mails().await, 3);
}

#[tokio::test]
async fn ticks_at_once_write_once() {
    let world = World::new();
    world.tick_at(NOW).await;
    let near = SATURDAY - 10 * MINUTE;
    world.pass(near - world.now());
    futures::join!(tick(&world, near), tick(&world, near), tick(&world, near));
    assert_eq!(world.mails().await, 3);
    let late = SATURDAY + HOUR + MINUTE;
    world.pass(late - world.now());
    futures::join!(tick(&world, late), tick(&world, late), tick(&world, late));
    assert_eq!(world.mails().await, 6);
    assert_eq!(world.take_faults(), []);
}

#[tokio::test]
async fn a_session_that_is_moved_is_reminded_of_again() {
    let world = World::new();
    world.tick_at(NOW).await;
    world.tick_at(SATURDAY - 15 * MINUTE).await;
    world.set("UPDATE sessions SET slot_at = slot_at + 7200000, closes_at = closes_at + 7200000, reminded_at = NULL");
    world.tick_at(SATURDAY + 2 * HOUR - 15 * MINUTE).await;
    let letters = world.letters_to(Person::Rep).await;
    assert_eq!(letters[1].subject, "Your practice begins at 1:00 PM");
}

#[tokio::test]
async fn who_wants_none_or_may_not_log_in_gets_none() {
    let world = World::new();
    world.tick_at(NOW).await;
    let (rep, sagar) = (Person::Rep.id(), Person::SagarRep.company());
    world.set(&format!(
        "UPDATE users SET mail_reminders = 0 WHERE id = '{rep}';
         UPDATE companies SET plan_ends_at = {SATURDAY} - {HOUR} WHERE id = '{sagar}';"
    ));
    world.tick_at(SATURDAY - 15 * MINUTE).await;
    world.tick_at(SATURDAY + HOUR + MINUTE).await;
    let letters = world.letters().await;
    let kinds: Vec<_> = letters.iter().map(|letter| letter.kind.as_str()).collect();
    assert_eq!(kinds, ["reminder", "missed"]);
    assert!(
        letters
            .iter()
            .all(|letter| letter.to_address == Person::OtherRep.email())
    );
}

#[tokio::test]
async fn a_miss_is_told_while_it_is_news() {
    let world = World::new();
    world.tick_at(NOW).await;
    world.tick_at(SATURDAY + HOUR + MINUTE).await;
    let letter = &world.letters_to(Person::Rep).await[0];
    assert_eq!(
        (letter.kind.as_str(), letter.subject.as_str()),
        ("missed", "You missed day 1; it comes again")
    );
    assert!(
        letter.body_text.contains("11:00 AM"),
        "{}",
        letter.body_text
    );

    let late = World::new();
    late.tick_at(NOW).await;
    late.tick_at(SATURDAY + 2 * DAY).await;
    // What there is, is Monday's letter to the managers.
    let letters = late.letters().await;
    assert!(
        letters.iter().all(|letter| letter.kind == "digest"),
        "{letters:?}"
    );
}

#[tokio::test]
async fn a_reminder_that_nobody_took_in_time_is_not_sent_late() {
    let world = World::new();
    world.tick_at(NOW).await;
    world.tick_at(SATURDAY - 15 * MINUTE).await;
    world.mailer.delivers_all();
    world.tick_at(SATURDAY + 16 * MINUTE).await;
    assert_eq!(world.mailer.taken(), []);
    assert_eq!(world.letters_to(Person::Rep).await[0].status, "failed");
}

#[tokio::test]
async fn mail_programs_are_told_how_to_stop_them() {
    let world = World::new();
    world.mailer.delivers_all();
    world.tick_at(NOW).await;
    world.tick_at(SATURDAY - 15 * MINUTE).await;
    let mails = world.mailer.taken();
    assert_eq!(mails.len(), 3);
    let headers = mails[0].headers();
    assert!(
        headers[0]
            .1
            .starts_with("<https://captain.test/api/unsubscribe?token="),
        "{headers:?}"
    );
    assert_eq!(headers[0].0, "List-Unsubscribe");
    assert_eq!(
        headers[1],
        (
            "List-Unsubscribe-Post",
            "List-Unsubscribe=One-Click".to_owned()
        )
    );
}

#[tokio::test]
async fn many_letters_go_out_in_one_tick() {
    let world = World::new();
    world.set(&format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150)
         INSERT INTO outbox (id, once_key, kind, to_address, subject, body_text, body_html, next_attempt_at, created_at)
         SELECT printf('%08x-0000-7000-8000-000000000000', 2147483647 - i), i, 'welcome', 'a@b.test', '', '', '', 0, {NOW} FROM n"
    ));
    world.mailer.delivers_all();
    world.tick_at(NOW).await;
    assert_eq!(world.mailer.taken().len(), 150);
}

#[tokio::test]
async fn a_manager_gets_the_week_on_monday_morning() {
    let world = World::new();
    let week = |rep: Person, monday: &str, completed: u32, missed: u32, first: u32| {
        world.set(&format!(
            "INSERT INTO rep_week_rollups (company_id, user_id, week, completed, missed, late, practice_seconds, first_score_avg)
             VALUES ('{}', '{}', '{monday}', {completed}, {missed}, 0, 0, {first})",
            rep.company(),
            rep.id(),
        ));
    };
    world.set(&format!(
        "UPDATE users SET first_name = 'Kavya' WHERE id = '{}'",
        Person::OtherRep.id()
    ));
    week(Person::Rep, "2026-11-09", 1, 0, 40);
    week(Person::Rep, "2026-11-16", 5, 0, 52);
    week(Person::OtherRep, "2026-11-16", 1, 4, 60);
    world.set("UPDATE groups SET is_active = 0");
    // The first tick only reckons when the first letter is due.
    world.tick_at(NOW).await;
    world.tick_at(MONDAY - MINUTE).await;
    assert_eq!(world.mails().await, 0);
    world.tick_at(MONDAY).await;
    world.tick_at(MONDAY + MINUTE).await;
    let letters = world.letters().await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    let letter = &letters[0];
    assert_eq!(letter.to_address, Person::Manager.email());
    assert_eq!(letter.subject, "Your team's week: 6 practised, 4 missed");
    for text in [
        "from 16 November",
        "Practised: Asha Verma (5), Kavya Verma (1).",
        "Missed: Kavya Verma (4).",
        "First answers improved: Asha Verma (+12).",
    ] {
        assert!(
            letter.body_text.contains(text),
            "{text} in {}",
            letter.body_text
        );
    }
    // A week without a session is no news, and the next one is due a week later.
    world.tick_at(MONDAY + 7 * DAY).await;
    assert_eq!(world.mails().await, 1);
    week(Person::Rep, "2026-11-30", 1, 0, 50);
    world.tick_at(MONDAY + 14 * DAY).await;
    assert_eq!(world.mails().await, 2);
}

#[tokio::test]
async fn the_link_asks_and_the_button_stops() {
    let world = World::new();
    world.tick_at(NOW).await;
    world.tick_at(SATURDAY - 15 * MINUTE).await;
    let letter = &world.letters_to(Person::Rep).await[0];
    let path = path(letter.unsubscribe.as_ref().unwrap());
    let shown = world.call(Call::get(&path)).await;
    assert_eq!(
        (shown.status, shown.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    assert!(
        shown
            .header("content-security-policy")
            .contains("form-action 'self'")
    );
    let page = String::from_utf8(shown.body.to_vec()).unwrap();
    assert!(
        page.contains(&format!("method=\"post\" action=\"{path}\"")),
        "{page}"
    );
    let wants = "SELECT printf('%d %d', mail_reminders, mail_digest) AS line FROM users WHERE email = 'rep@troika.test'";
    assert_eq!(lines(&world, wants).await, ["1 1"]);
    // As a mail program sends it.
    let form = "application/x-www-form-urlencoded";
    let post = || Call::post(&path).raw(form, "List-Unsubscribe=One-Click");
    for _ in 0..2 {
        assert_eq!(world.call(post()).await.status, 200);
        assert_eq!(lines(&world, wants).await, ["0 1"]);
    }
    world.tick_at(SATURDAY + HOUR + MINUTE).await;
    assert_eq!(world.letters_to(Person::Rep).await.len(), 1);
    // Nobody else's token is made of it.
    let forged = format!("{}x", path);
    world.call(Call::get(&forged)).await.problem(Code::NotFound);
}

async fn lines(world: &World, sql: &'static str) -> Vec<String> {
    #[derive(FromRow)]
    struct Row {
        line: String,
    }
    let rows: Vec<Row> = world.db.all(Statement::new(sql)).await.unwrap();
    rows.into_iter().map(|row| row.line).collect()
}
