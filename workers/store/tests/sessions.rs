//! Sessions as they are listed, started and opened by the demo.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod world;

use domain::ids::SessionId;
use domain::session::Status;
use store::sessions::{self, FinishedSession};
use store::sqlite::Sqlite;
use store::{demo, scenarios};
use world::*;

fn finish(db: &Sqlite, session: SessionId, day: u8, first: u8, last: u8, at: u64) {
    let live = practised(session, rep(), day, first, last, at);
    let finished = FinishedSession::of(&live, "Well done.").unwrap();
    assert!(now(sessions::finish(db, &finished)).unwrap());
}

#[test]
fn today_is_what_can_be_done_and_what_was_done() {
    let db = world();
    // Days -3 to +2 around the slot: one finished, one left running, one missed by the clock, today's, tomorrow's.
    for (number, day, days) in [(1, 1, -3), (2, 2, -2), (3, 3, -1), (4, 3, 0), (5, 3, 1)] {
        schedule(&db, id(number), rep(), day, days);
    }
    finish(&db, id(1), 1, 40, 70, SLOT - 3 * DAY);
    assert!(
        now(sessions::mark_started(
            &db,
            company(),
            id(2),
            SLOT - 2 * DAY,
            false
        ))
        .unwrap()
    );
    let midnight = SLOT - 11 * 60 * MINUTE;
    let today = |at: u64| {
        now(sessions::today(
            &db,
            company(),
            rep(),
            at,
            midnight..midnight + DAY,
        ))
        .unwrap()
    };
    let seen = |at: u64| {
        today(at)
            .iter()
            .map(|row| (row.id, row.status))
            .collect::<Vec<_>>()
    };
    let early = seen(midnight + MINUTE);
    assert_eq!(
        early,
        [(id(2), Status::InProgress), (id(4), Status::Scheduled)]
    );

    finish(&db, id(2), 2, 50, 60, SLOT - 2 * DAY);
    finish(&db, id(4), 3, 45, 80, SLOT);
    assert_eq!(seen(SLOT + 30 * MINUTE), [(id(4), Status::Completed)]);
    let row = &today(SLOT + 30 * MINUTE)[0];
    assert_eq!(
        (row.day, row.theme.as_str(), row.score, row.first_score),
        (3, "Small pack", Some(80), Some(45))
    );
    assert_eq!(
        (row.slot_at, row.opens_at, row.closes_at),
        (SLOT, SLOT - 10 * MINUTE, SLOT + 60 * MINUTE)
    );
    assert_eq!(
        (row.target_minutes, row.late, row.model.as_deref()),
        (5, false, Some("builtin"))
    );
    assert_eq!(row.drills.len(), 2);
    assert_eq!(
        (row.drills[1].id.as_str(), row.drills[1].title.as_str()),
        ("drill_1", "Drill 1")
    );
    assert_eq!(
        (
            row.drills[1].customer_name.as_str(),
            row.drills[1].customer_business.as_str()
        ),
        ("Rakesh", "Shop")
    );

    // Once the window is closed there is nothing to do, even before anybody calls it missed.
    let tomorrow = midnight + DAY..midnight + 2 * DAY;
    let at = |now_ms: u64| {
        now(sessions::today(
            &db,
            company(),
            rep(),
            now_ms,
            tomorrow.clone(),
        ))
        .unwrap()
        .len()
    };
    assert_eq!((at(SLOT + DAY), at(SLOT + DAY + 60 * MINUTE)), (1, 0));
    let range = midnight..midnight + DAY;
    assert!(
        now(sessions::today(&db, other_company(), rep(), SLOT, range))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn another_companys_session_does_not_exist() {
    let db = world();
    schedule(&db, id(1), rep(), 1, 0);
    let session: SessionId = id(1);
    assert_eq!(
        now(sessions::tenant_of(&db, session)).unwrap(),
        Some(company())
    );
    assert_eq!(now(sessions::tenant_of(&db, id(9))).unwrap(), None);
    assert!(
        now(sessions::find(&db, company(), session))
            .unwrap()
            .is_some()
    );
    assert!(
        now(sessions::find(&db, other_company(), session))
            .unwrap()
            .is_none()
    );
    assert!(
        now(sessions::start_material(&db, other_company(), session))
            .unwrap()
            .is_none()
    );
    assert!(
        !now(sessions::mark_started(
            &db,
            other_company(),
            session,
            SLOT,
            false
        ))
        .unwrap()
    );
    finish(&db, session, 1, 40, 70, SLOT);
    assert!(
        now(sessions::result(&db, other_company(), session))
            .unwrap()
            .is_none()
    );
    assert!(
        now(sessions::transcript(&db, other_company(), session))
            .unwrap()
            .is_empty()
    );
    assert!(
        now(sessions::recent(&db, other_company(), rep(), 10))
            .unwrap()
            .is_empty()
    );
    assert!(
        now(sessions::progress(&db, other_company(), rep()))
            .unwrap()
            .is_none()
    );
    let moved = db
        .script("UPDATE sessions SET company_id = (SELECT id FROM companies WHERE name = 'Sagar')");
    assert_eq!(moved, Err(store::DbError::Dangling));
}

#[test]
fn a_start_takes_what_is_published_now_and_is_marked_once() {
    let db = world();
    schedule(&db, id(1), rep(), 1, 0);
    let material = now(sessions::start_material(&db, company(), id(1)))
        .unwrap()
        .unwrap();
    assert_eq!((material.version, material.text.day), (version(1), 1));
    assert_eq!(material.guidelines, fixture::guidelines());
    assert_eq!(
        (material.session.id, material.session.status),
        (id(1), Status::Scheduled)
    );

    // The company writes its own tone, and publishes a second version of the scenario.
    let mut tone = fixture::guidelines();
    tone.blockers = fixture::drill(0).blockers;
    let tone = serde_json::to_string(&tone).unwrap();
    db.script(&format!(
        "INSERT INTO tone_guidelines (id, company_id, number, text, created_at, published_at)
             VALUES ('own', '{company}', 1, '{tone}', 0, 0), ('draft', '{company}', 2, '{{}}', 0, NULL);
         INSERT INTO scenario_versions (id, scenario_id, number, theme, description, text, created_at, published_at)
             SELECT '{second}', scenario_id, 2, 'Second', description, text, 0, 0 FROM scenario_versions WHERE id = '{first}';
         UPDATE scenarios SET published_version_id = '{second}' WHERE day = 1",
        company = company(),
        first = version(1),
        second = version(101),
    ))
    .unwrap();
    let material = now(sessions::start_material(&db, company(), id(1)))
        .unwrap()
        .unwrap();
    assert_eq!(
        (material.version, material.session.theme.as_str()),
        (version(101), "Second")
    );
    assert_eq!(material.guidelines.blockers.len(), 1);

    // Taken back, the latest that was ever published still serves those who are scheduled.
    db.script("UPDATE scenarios SET published_version_id = NULL WHERE day = 1")
        .unwrap();
    let material = now(sessions::start_material(&db, company(), id(1)))
        .unwrap()
        .unwrap();
    assert_eq!(material.version, version(101));

    assert!(
        now(sessions::mark_started(
            &db,
            company(),
            id(1),
            SLOT + 20 * MINUTE,
            true
        ))
        .unwrap()
    );
    assert!(
        !now(sessions::mark_started(
            &db,
            company(),
            id(1),
            SLOT + 30 * MINUTE,
            false
        ))
        .unwrap()
    );
    let row = now(sessions::find(&db, company(), id(1))).unwrap().unwrap();
    assert_eq!(
        (row.status, row.started_at, row.late),
        (Status::InProgress, Some(SLOT + 20 * MINUTE), true)
    );
}

#[test]
fn a_companys_own_scenario_goes_before_the_stocks() {
    let db = world();
    let served = |company| {
        now(scenarios::published_for_day(&db, company, 2))
            .unwrap()
            .unwrap()
    };
    assert_eq!(served(company()).scenario, scenario(2));
    publish(
        &db,
        Some(company()),
        scenario(102),
        version(102),
        2,
        "Our own",
    );
    let own = served(company());
    assert_eq!(
        (own.scenario, own.version, own.text.theme.as_str()),
        (scenario(102), version(102), "Our own")
    );
    assert_eq!(served(other_company()).scenario, scenario(2));
    db.script("UPDATE scenarios SET is_active = 0 WHERE company_id IS NOT NULL")
        .unwrap();
    assert_eq!(served(company()).scenario, scenario(2));
    assert!(
        now(scenarios::published_for_day(&db, company(), 9))
            .unwrap()
            .is_none()
    );
}

#[test]
fn progress_counts_days_and_the_streak_since_the_last_miss() {
    let db = world();
    let progress = || {
        now(sessions::progress(&db, company(), rep()))
            .unwrap()
            .unwrap()
    };
    assert_eq!(
        (
            progress().days_completed,
            progress().days_total,
            progress().streak
        ),
        (0, 10, 0)
    );
    for (number, day, days) in [(1, 1, 0), (2, 2, 1), (3, 2, 2), (4, 3, 3)] {
        schedule(&db, id(number), rep(), day, days);
    }
    finish(&db, id(1), 1, 40, 60, SLOT);
    assert_eq!((progress().days_completed, progress().streak), (1, 1));
    db.script(&format!(
        "UPDATE sessions SET status = 'missed' WHERE id = '{}'",
        id::<SessionId>(2)
    ))
    .unwrap();
    finish(&db, id(3), 2, 50, 70, SLOT + 2 * DAY);
    finish(&db, id(4), 3, 55, 90, SLOT + 3 * DAY);
    assert_eq!((progress().days_completed, progress().streak), (3, 2));

    let recent = now(sessions::recent(&db, company(), rep(), 2)).unwrap();
    let scores: Vec<_> = recent
        .iter()
        .map(|row| (row.session, row.day, row.first_score, row.score))
        .collect();
    assert_eq!(scores, [(id(3), 2, 50, 70), (id(4), 3, 55, 90)]);
    assert_eq!(recent[1].theme, "Small pack");
}

#[test]
fn the_demo_always_has_a_next_day_and_never_two() {
    let db = world();
    let open = |number: u128, at: u64| {
        now(demo::open_next(&db, company(), rep(), id(number), at)).unwrap()
    };
    assert!(open(1, SLOT));
    assert!(!open(2, SLOT + MINUTE));
    let row = now(sessions::find(&db, company(), id(1))).unwrap().unwrap();
    assert_eq!((row.day, row.status), (1, Status::Scheduled));
    assert!(row.opens_at <= SLOT && row.closes_at == SLOT + DAY && row.slot_at > SLOT);
    assert!(now(sessions::mark_started(&db, company(), id(1), SLOT, false)).unwrap());
    assert!(!open(2, SLOT + MINUTE));
    // The library has three days: 2, 3, and 1 again.
    for (number, day) in [(1, 1), (2, 2), (3, 3), (4, 1)] {
        let at = SLOT + u64::try_from(number).unwrap() * DAY;
        finish(&db, id(number), day, 40, 60, at);
        assert!(open(number + 1, at + 10 * MINUTE));
    }
    let row = now(sessions::find(&db, company(), id(5))).unwrap().unwrap();
    assert_eq!((row.day, row.utc_offset_minutes), (2, 330));
    // Not for somebody of another company.
    assert!(!now(demo::open_next(&db, other_company(), rep(), id(9), SLOT)).unwrap());
    // A window that closed unused is no reason to wait.
    assert!(open(10, SLOT + 40 * DAY));
}
