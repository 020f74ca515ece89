//! Log-ins, devices and who somebody is.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod world;

use domain::ids::{DeviceId, RefreshTokenId};
use domain::refresh::{RefreshDecision, decide};
use domain::role::Role;
use store::devices::{self, NewDevice, NewToken};
use store::sqlite::Sqlite;
use store::{DbError, users};
use world::*;

fn device() -> DeviceId {
    id(0xD1)
}

fn token(number: u128) -> NewToken {
    NewToken {
        id: id(number),
        hash: format!("hash {number}"),
        expires_at: 1_000,
    }
}

fn logged_in() -> Sqlite {
    let db = world();
    let new = NewDevice {
        device: device(),
        user: rep(),
        company: company(),
        label: "Chrome on Android".into(),
        token: token(1),
        now: 10,
    };
    now(devices::open(&db, new)).unwrap();
    db
}

#[test]
fn an_address_is_found_whatever_its_case() {
    let db = world();
    for email in ["rep@a.test", "REP@A.TEST"] {
        let found = now(users::credentials(&db, email, 0)).unwrap().unwrap();
        assert_eq!(
            (found.user, found.company, found.role),
            (rep(), company(), Role::SalesRep)
        );
        assert_eq!(found.password_hash, "hash");
        assert!(found.is_active && found.company_active);
    }
    assert!(
        now(users::credentials(&db, "nobody@a.test", 0))
            .unwrap()
            .is_none()
    );
    let twice = db.script("UPDATE users SET email = 'REP@a.test' WHERE email = 'second@a.test'");
    assert_eq!(twice, Err(DbError::Exists("users.email".into())));
}

#[test]
fn me_has_company_and_group() {
    let db = world();
    let me = now(users::me(&db, company(), rep())).unwrap().unwrap();
    assert_eq!(
        (me.company_name.as_str(), me.role),
        ("Troika", Role::SalesRep)
    );
    let group = me.group.unwrap();
    assert_eq!(
        (group.name.as_str(), group.slot_minute, group.zone.as_str()),
        ("Group A", 660, "Asia/Kolkata")
    );
    assert!(
        now(users::me(&db, company(), manager()))
            .unwrap()
            .unwrap()
            .group
            .is_none()
    );
    // Another company's person does not exist.
    assert!(
        now(users::me(&db, other_company(), rep()))
            .unwrap()
            .is_none()
    );
}

#[test]
fn a_manager_leads_the_reps_of_their_teams() {
    let db = world();
    assert!(now(users::leads(&db, company(), manager(), rep())).unwrap());
    assert!(!now(users::leads(&db, company(), manager(), loner())).unwrap());
    assert!(!now(users::leads(&db, company(), rep(), second_rep())).unwrap());
    assert!(!now(users::leads(&db, other_company(), manager(), rep())).unwrap());
    assert!(!now(users::leads(&db, other_company(), other_manager(), rep())).unwrap());
}

#[test]
fn a_request_is_checked_against_person_company_and_device() {
    let db = logged_in();
    let principal = || now(users::principal(&db, rep(), device(), 0)).unwrap();
    let row = principal().unwrap();
    assert_eq!(
        (row.user, row.company, row.role, row.token_epoch),
        (rep(), company(), Role::SalesRep, 0)
    );
    assert!(row.is_active && row.company_active && !row.device_revoked);
    assert!(
        now(users::principal(&db, second_rep(), device(), 0))
            .unwrap()
            .is_none()
    );
    assert!(
        now(users::principal(&db, rep(), id(0xD9), 0))
            .unwrap()
            .is_none()
    );

    db.script("UPDATE companies SET is_active = 0 WHERE name = 'Troika'")
        .unwrap();
    assert!(!principal().unwrap().company_active);
    now(devices::revoke(&db, device(), 20)).unwrap();
    assert!(principal().unwrap().device_revoked);
}

#[test]
fn a_log_in_is_noted_and_a_hash_renewed_once() {
    let db = world();
    now(users::record_login(&db, rep(), 42)).unwrap();
    assert_eq!(
        count(
            &db,
            "SELECT last_login_at AS n FROM users WHERE email = 'rep@a.test'"
        ),
        42
    );
    assert!(now(users::rehash_password(&db, rep(), "hash", "stronger", 50)).unwrap());
    // The password was changed meanwhile.
    assert!(!now(users::rehash_password(&db, rep(), "hash", "weaker", 60)).unwrap());
    let found = now(users::credentials(&db, "rep@a.test", 0))
        .unwrap()
        .unwrap();
    assert_eq!(found.password_hash, "stronger");
}

#[test]
fn a_token_is_found_by_its_hash() {
    let db = logged_in();
    let row = now(devices::find_token(&db, "hash 1", 0)).unwrap().unwrap();
    assert_eq!(
        (row.token, row.device, row.user, row.company),
        (id(1), device(), rep(), company())
    );
    assert_eq!(decide(Some(row.stored()), 999), RefreshDecision::Rotate);
    assert_eq!(decide(Some(row.stored()), 1_000), RefreshDecision::Refuse);
    assert!(
        now(devices::find_token(&db, "hash 2", 0))
            .unwrap()
            .is_none()
    );
    db.script("UPDATE companies SET is_active = 0").unwrap();
    let row = now(devices::find_token(&db, "hash 1", 0)).unwrap().unwrap();
    assert!(!row.stored().user_active);
}

#[test]
fn of_two_rotations_one_wins() {
    let db = logged_in();
    let old: RefreshTokenId = id(1);
    assert!(now(devices::rotate(&db, old, token(2), 20)).unwrap());
    assert!(!now(devices::rotate(&db, old, token(3), 20)).unwrap());
    // The loser left no token behind, and the first one counts as used.
    assert!(
        now(devices::find_token(&db, "hash 3", 0))
            .unwrap()
            .is_none()
    );
    let used = now(devices::find_token(&db, "hash 1", 0)).unwrap().unwrap();
    assert_eq!(
        decide(Some(used.stored()), 30),
        RefreshDecision::RevokeFamily
    );
    let new = now(devices::find_token(&db, "hash 2", 0)).unwrap().unwrap();
    assert_eq!(
        (new.device, decide(Some(new.stored()), 30)),
        (device(), RefreshDecision::Rotate)
    );
    assert_eq!(count(&db, "SELECT last_seen_at AS n FROM devices"), 20);
}

#[test]
fn many_rotations_at_once_still_give_one_token() {
    let db = logged_in();
    let won = std::thread::scope(|scope| {
        let racers: Vec<_> = (2..34_u128)
            .map(|number| {
                let db = db.clone();
                scope.spawn(move || now(devices::rotate(&db, id(1), token(number), 20)).unwrap())
            })
            .collect();
        racers
            .into_iter()
            .filter(|_| true)
            .map(|racer| racer.join().unwrap())
            .filter(|won| *won)
            .count()
    });
    assert_eq!(won, 1);
    assert_eq!(count(&db, "SELECT count(*) AS n FROM refresh_tokens"), 2);
}

#[test]
fn a_revoked_family_rotates_no_more() {
    let db = logged_in();
    now(devices::revoke(&db, device(), 20)).unwrap();
    now(devices::revoke(&db, device(), 30)).unwrap();
    assert_eq!(count(&db, "SELECT revoked_at AS n FROM devices"), 20);
    assert!(!now(devices::rotate(&db, id(1), token(2), 40)).unwrap());
    let stored = now(devices::find_token(&db, "hash 1", 0))
        .unwrap()
        .unwrap()
        .stored();
    assert_eq!(decide(Some(stored), 40), RefreshDecision::Refuse);
}
