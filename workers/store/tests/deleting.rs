//! What goes when a person, a team or a company goes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod world;

use domain::ids::SessionId;
use store::DbError;
use store::sessions::{self, FinishedSession};
use store::sqlite::Sqlite;
use world::*;

/// Both companies have practised, ours by a scenario of its own.
fn practised_world() -> Sqlite {
    let db = world();
    publish(
        &db,
        Some(company()),
        scenario(102),
        version(102),
        2,
        "Our own",
    );
    for (number, user) in [(1, rep()), (2, other_rep())] {
        schedule(&db, id(number), user, 1, 0);
        let live = practised(id(number), user, 1, 40, 70, SLOT);
        let finished = FinishedSession::of(&live, "").unwrap();
        assert!(now(sessions::finish(&db, &finished)).unwrap());
    }
    db.script(&format!(
        "UPDATE sessions SET scenario_id = '{}', scenario_version_id = '{}' WHERE id = '{}';
         INSERT INTO audit_log (id, company_id, actor_id, action, subject, subject_id, created_at)
             VALUES ('1', '{}', '{}', 'user.invited', 'user', '{}', 0)",
        scenario(102),
        version(102),
        id::<SessionId>(1),
        company(),
        rep(),
        rep()
    ))
    .unwrap();
    db
}

#[test]
fn a_person_takes_their_sessions_along_and_leaves_the_account() {
    let db = practised_world();
    db.script(&format!("DELETE FROM users WHERE id = '{}'", rep()))
        .unwrap();
    assert_eq!(count(&db, "SELECT count(*) AS n FROM sessions"), 1);
    assert_eq!(
        count(&db, "SELECT count(DISTINCT session_id) AS n FROM messages"),
        1
    );
    assert_eq!(
        count(&db, "SELECT count(DISTINCT session_id) AS n FROM verdicts"),
        1
    );
    assert_eq!(count(&db, "SELECT count(*) AS n FROM rep_rollups"), 1);
    assert_eq!(count(&db, "SELECT count(*) AS n FROM group_members"), 0);
    assert_eq!(count(&db, "SELECT count(*) AS n FROM audit_log"), 1);
}

#[test]
fn a_manager_hands_the_team_over_first() {
    let db = practised_world();
    let delete = format!("DELETE FROM users WHERE id = '{}'", manager());
    assert_eq!(db.script(&delete), Err(DbError::Dangling));
    db.script(&format!("UPDATE teams SET manager_id = '{}'", second_rep()))
        .unwrap();
    db.script(&delete).unwrap();
}

#[test]
fn a_team_goes_and_its_history_stays() {
    let db = practised_world();
    db.script(&format!("DELETE FROM teams WHERE id = '{}'", team()))
        .unwrap();
    assert_eq!(count(&db, "SELECT count(*) AS n FROM groups"), 0);
    assert_eq!(count(&db, "SELECT count(*) AS n FROM team_members"), 0);
    assert_eq!(
        count(
            &db,
            "SELECT count(*) AS n FROM sessions WHERE group_id IS NULL AND team_id IS NOT NULL"
        ),
        1
    );
}

#[test]
fn a_company_goes_whole_and_alone() {
    let db = practised_world();
    db.script(&format!("DELETE FROM companies WHERE id = '{}'", company()))
        .unwrap();
    for (sql, left) in [
        ("SELECT count(*) AS n FROM users", 2),
        ("SELECT count(*) AS n FROM sessions", 1),
        ("SELECT count(*) AS n FROM scenarios", 3),
        ("SELECT count(*) AS n FROM scenario_versions", 3),
        ("SELECT count(DISTINCT session_id) AS n FROM messages", 1),
        ("SELECT count(*) AS n FROM company_day_rollups", 1),
        ("SELECT count(*) AS n FROM audit_log", 0),
    ] {
        assert_eq!(count(&db, sql), left, "{sql}");
    }
}

#[test]
fn a_text_that_sessions_were_judged_by_stays() {
    let db = practised_world();
    let delete = format!("DELETE FROM scenarios WHERE id = '{}'", scenario(1));
    assert_eq!(db.script(&delete), Err(DbError::Dangling));
}

#[test]
fn no_row_can_point_into_another_company() {
    let db = practised_world();
    for sql in [
        "UPDATE teams SET manager_id = (SELECT id FROM users WHERE email = 'manager@b.test')",
        "UPDATE team_members SET user_id = (SELECT id FROM users WHERE email = 'rep@b.test') WHERE user_id LIKE '%a3'",
        "UPDATE groups SET company_id = (SELECT id FROM companies WHERE name = 'Sagar')",
        "UPDATE sessions SET user_id = (SELECT id FROM users WHERE email = 'rep@b.test')
             WHERE company_id = (SELECT id FROM companies WHERE name = 'Troika')",
        // A group takes reps of its own team only.
        "UPDATE group_members SET user_id = (SELECT id FROM users WHERE email = 'loner@a.test')",
    ] {
        assert_eq!(db.script(sql), Err(DbError::Dangling), "{sql}");
    }
}
