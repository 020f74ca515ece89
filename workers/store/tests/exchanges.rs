//! What reps ask about their sessions: answered once, kept, and gone with the session.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod world;

use domain::session::{Absence, RequestId, VoicedBy};
use store::exchanges::{self, ExchangeKey, ExchangeStatus, MAX_QUESTIONS};
use store::sqlite::Sqlite;
use world::*;

const WHY: &str = "Why did I lose points?";

fn asked(request: &str) -> ExchangeKey {
    ExchangeKey {
        company: company(),
        session: id(1),
        request: RequestId::try_from(request.to_owned()).unwrap(),
    }
}

fn practised_world() -> Sqlite {
    let db = world();
    schedule(&db, id(1), rep(), 1, 0);
    db
}

#[track_caller]
fn claim(db: &Sqlite, key: &ExchangeKey, question: &str, at: u64) -> bool {
    now(exchanges::claim(db, key, question, at, at + 60)).unwrap()
}

#[test]
fn one_of_two_answers_and_the_answer_stays() {
    let db = practised_world();
    let key = asked("1");
    assert!(claim(&db, &key, WHY, 100));
    assert!(!claim(&db, &key, WHY, 159));
    let voice = VoicedBy::StandIn { why: Absence::Away };
    now(exchanges::complete(&db, &key, 160, "For closing.", &voice)).unwrap();
    assert!(!claim(&db, &key, WHY, 1_000));
    let row = now(exchanges::find(&db, &key)).unwrap().unwrap();
    assert_eq!(
        (
            row.question.as_str(),
            row.answer.as_str(),
            row.voiced_by,
            row.status
        ),
        (WHY, "For closing.", Some(voice), ExchangeStatus::Complete)
    );
    // The same request of another company is another's.
    let mut elsewhere = key;
    elsewhere.company = other_company();
    assert_eq!(now(exchanges::find(&db, &elsewhere)), Ok(None));
    assert_eq!(scans(&db), Vec::<String>::new());
}

#[test]
fn what_broke_off_or_was_left_is_taken_again_and_late_words_change_nothing() {
    let db = practised_world();
    let key = asked("1");
    assert!(claim(&db, &key, WHY, 100));
    // Another question under the same id takes nothing over.
    assert!(!claim(&db, &key, "What else?", 500));
    assert!(claim(&db, &key, WHY, 160));
    now(exchanges::complete(
        &db,
        &key,
        160,
        "Too late.",
        &VoicedBy::BuiltIn,
    ))
    .unwrap();
    now(exchanges::interrupt(&db, &key, 160)).unwrap();
    let status = || now(exchanges::find(&db, &key)).unwrap().unwrap().status;
    assert_eq!(status(), ExchangeStatus::Running);
    now(exchanges::interrupt(&db, &key, 220)).unwrap();
    assert_eq!(status(), ExchangeStatus::Interrupted);
    assert!(claim(&db, &key, WHY, 170));
}

#[test]
fn the_latest_answers_come_oldest_first_and_questions_have_an_end() {
    let db = practised_world();
    for number in 0..MAX_QUESTIONS {
        let key = asked(&number.to_string());
        assert!(claim(&db, &key, &format!("{number}?"), number.into()));
        if number > 0 {
            let until = u64::from(number) + 60;
            now(exchanges::complete(
                &db,
                &key,
                until,
                "So.",
                &VoicedBy::BuiltIn,
            ))
            .unwrap();
        }
    }
    assert!(!claim(&db, &asked("more"), WHY, 1_000));
    assert!(
        claim(&db, &asked("0"), "0?", 1_000),
        "left by whoever answered it"
    );
    let latest = now(exchanges::latest(&db, company(), id(1), 3)).unwrap();
    let questions: Vec<&str> = latest.iter().map(|row| row.question.as_str()).collect();
    assert_eq!(questions, ["97?", "98?", "99?"]);
    assert_eq!(scans(&db), Vec::<String>::new());
    db.script("DELETE FROM sessions").unwrap();
    assert_eq!(
        count(&db, "SELECT count(*) AS n FROM assistant_exchanges"),
        0
    );
}
