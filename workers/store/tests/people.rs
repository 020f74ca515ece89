//! People and profiles: tenants, races, limits, and no query that scans.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod world;

use domain::ids::{CompanyId, DeviceId, UserId};
use domain::language::Language;
use domain::refresh::{RefreshDecision, decide};
use domain::role::Role;
use store::devices::{self, NewDevice, NewToken};
use store::people::{NewPerson, PersonFields, Place, Wanted};
use store::profile::NewPassword;
use store::sqlite::Sqlite;
use store::{Db, DbError, FromRow, Statement, companies, people, profile, users};
use world::*;

const CHANGES: &str = "SELECT count(*) AS n FROM audit_log";

fn wanted() -> Wanted {
    Wanted {
        limit: 100,
        ..Wanted::default()
    }
}

fn new_person(number: u128, email: &str, first_name: &str) -> NewPerson {
    NewPerson {
        id: id(number),
        company: company(),
        email: email.into(),
        password_hash: "hash".into(),
        role: Role::SalesRep,
        first_name: first_name.into(),
        last_name: "Rao".into(),
        phone: None,
        language: Language::Hindi,
        now: 5,
    }
}

fn fields(email: &str, role: Role) -> PersonFields {
    PersonFields {
        email: email.into(),
        role,
        first_name: "New".into(),
        last_name: "Name".into(),
        phone: Some("+91 98200 12345".into()),
        language: Language::English,
    }
}

fn emails(db: &Sqlite, company: CompanyId, wanted: Wanted) -> Vec<String> {
    let rows = now(people::list(db, company, wanted)).unwrap();
    rows.into_iter().map(|row| row.email).collect()
}

fn log_in(db: &Sqlite, user: UserId, device: DeviceId) {
    let token = NewToken {
        id: id(device.0.as_u128()),
        hash: device.to_string(),
        expires_at: 1_000,
    };
    let new = NewDevice {
        device,
        user,
        company: company(),
        label: "Chrome on Android".into(),
        token,
        now: 10,
    };
    now(devices::open(db, new)).unwrap();
}

#[test]
fn people_are_listed_by_name_a_page_at_a_time() {
    let db = world();
    for (number, name) in [(1_u128, "asha"), (2, "Zoya"), (3, "Bela"), (4, "bela")] {
        let new = new_person(0xE0 + number, &format!("{number}@a.test"), name);
        assert!(now(people::insert(&db, new, &change())).unwrap());
    }
    let all = emails(&db, company(), wanted());
    assert_eq!(
        all,
        [
            "1@a.test",
            "3@a.test",
            "4@a.test",
            "manager@a.test",
            "Rep@a.test",
            "second@a.test",
            "loner@a.test",
            "2@a.test"
        ]
    );
    let mut after = Place::default();
    let mut paged = Vec::new();
    loop {
        let page = Wanted {
            after,
            limit: 3,
            ..Wanted::default()
        };
        let rows = now(people::list(&db, company(), page)).unwrap();
        let Some(last) = rows.last() else { break };
        after = Place::of(last);
        paged.extend(rows.into_iter().map(|row| row.email));
    }
    assert_eq!(paged, all);
}

#[test]
fn filters_hold_together() {
    let db = world();
    let of = |wanted: Wanted| emails(&db, company(), wanted);
    let in_team = Wanted {
        team: Some(team()),
        ..wanted()
    };
    let in_group = Wanted {
        group: Some(group()),
        ..wanted()
    };
    assert_eq!(of(in_team.clone()), ["Rep@a.test", "second@a.test"]);
    assert_eq!(of(in_group.clone()), ["Rep@a.test"]);
    assert_eq!(
        of(Wanted {
            role: Some(Role::Manager),
            ..wanted()
        }),
        ["manager@a.test"]
    );
    assert!(
        of(Wanted {
            role: Some(Role::Manager),
            ..in_team.clone()
        })
        .is_empty()
    );
    for search in ["SECOND@", "first l", "la"] {
        let found = of(Wanted {
            search: Some(search.into()),
            ..wanted()
        });
        assert!(found.contains(&"second@a.test".to_owned()), "{search}");
    }
    assert!(
        of(Wanted {
            search: Some("%".into()),
            ..wanted()
        })
        .is_empty()
    );
    assert!(
        of(Wanted {
            active: Some(false),
            ..wanted()
        })
        .is_empty()
    );
    // Another company's team and group are empty.
    assert!(emails(&db, other_company(), in_team).is_empty());
    assert!(emails(&db, other_company(), in_group).is_empty());
}

#[test]
fn a_plan_has_room_for_so_many() {
    let db = world();
    db.script("UPDATE companies SET max_users = 5").unwrap();
    let add = |number: u128| {
        let new = new_person(0xE0 + number, &format!("{number}@a.test"), "Asha");
        now(people::insert(&db, new, &change())).unwrap()
    };
    assert!(add(1));
    assert!(!add(2));
    assert_eq!(count(&db, CHANGES), 1);
    // Who is out takes no room, and comes back when there is some.
    assert!(now(people::deactivate(&db, company(), loner(), 6, &change())).unwrap());
    assert!(add(3));
    assert!(!now(people::activate(&db, company(), loner(), 7, &change())).unwrap());
    assert_eq!(now(companies::active_users(&db, company())).unwrap(), 5);

    let taken = new_person(0xE9, "REP@b.test", "Asha");
    db.script("UPDATE companies SET max_users = 50").unwrap();
    assert_eq!(
        now(people::insert(&db, taken, &change())),
        Err(DbError::Exists("users.email".into()))
    );
}

#[test]
fn of_two_editors_one_wins() {
    let db = world();
    let edit = |company, version| {
        now(people::update(
            &db,
            company,
            rep(),
            version,
            fields("new@a.test", Role::SalesRep),
            7,
            &change(),
        ))
        .unwrap()
    };
    assert!(!edit(other_company(), 1));
    assert!(edit(company(), 1));
    assert!(!edit(company(), 1));
    let row = now(people::find(&db, company(), rep())).unwrap().unwrap();
    assert_eq!(
        (row.email.as_str(), row.first_name.as_str(), row.version),
        ("new@a.test", "New", 2)
    );
    assert_eq!((row.team, row.group), (Some(team()), Some(group())));
    assert_eq!(count(&db, CHANGES), 1);
    assert!(
        now(people::find(&db, other_company(), rep()))
            .unwrap()
            .is_none()
    );
}

#[test]
fn a_new_role_ends_the_old_ones_tokens_and_membership() {
    let db = world();
    let promoted = fields("rep@a.test", Role::Manager);
    assert!(
        now(people::update(
            &db,
            company(),
            rep(),
            1,
            promoted,
            7,
            &change()
        ))
        .unwrap()
    );
    let row = now(people::find(&db, company(), rep())).unwrap().unwrap();
    assert_eq!((row.role, row.team, row.group), (Role::Manager, None, None));
    assert_eq!(
        count(
            &db,
            "SELECT token_epoch AS n FROM users WHERE email = 'rep@a.test'"
        ),
        1
    );
    // Who leads a team stays a manager.
    let demoted = fields("manager@a.test", Role::SalesRep);
    assert!(
        !now(people::update(
            &db,
            company(),
            manager(),
            1,
            demoted,
            7,
            &change()
        ))
        .unwrap()
    );
}

#[test]
fn who_is_put_out_is_out_on_all_devices() {
    let db = world();
    let device: DeviceId = id(0xD1);
    log_in(&db, rep(), device);
    let principal = || {
        now(users::principal(&db, rep(), device, 20))
            .unwrap()
            .unwrap()
    };
    assert!(
        !now(people::deactivate(
            &db,
            other_company(),
            rep(),
            20,
            &change()
        ))
        .unwrap()
    );
    assert!(principal().is_active && !principal().device_revoked && principal().token_epoch == 0);

    assert!(now(people::deactivate(&db, company(), rep(), 20, &change())).unwrap());
    assert!(!now(people::deactivate(&db, company(), rep(), 21, &change())).unwrap());
    assert!(!principal().is_active && principal().device_revoked && principal().token_epoch == 1);
    let token = now(devices::find_token(&db, &device.to_string(), 20))
        .unwrap()
        .unwrap();
    assert_eq!(decide(Some(token.stored()), 20), RefreshDecision::Refuse);

    // Let in again, the old device stays out.
    assert!(now(people::activate(&db, company(), rep(), 30, &change())).unwrap());
    assert!(principal().is_active && principal().device_revoked);
    assert_eq!(count(&db, CHANGES), 2);
}

#[test]
fn a_plan_that_ends_ends_and_super_admins_stay() {
    let db = world();
    let device: DeviceId = id(0xD1);
    log_in(&db, rep(), device);
    db.script("UPDATE companies SET plan_ends_at = 100")
        .unwrap();
    let active = |at| {
        let row = now(users::principal(&db, rep(), device, at)).unwrap();
        let token = now(devices::find_token(&db, &device.to_string(), at)).unwrap();
        let decision = decide(token.map(|token| token.stored()), at);
        let found = now(users::credentials(&db, "rep@a.test", at))
            .unwrap()
            .unwrap();
        assert!(found.company_active);
        (
            row.unwrap().company_active,
            decision == RefreshDecision::Rotate,
            !found.plan_ended,
        )
    };
    assert_eq!(active(99), (true, true, true));
    assert_eq!(active(100), (false, false, false));
    db.script("UPDATE users SET role = 'super_admin'; UPDATE companies SET is_active = 0")
        .unwrap();
    assert_eq!(active(100), (true, true, true));
}

#[test]
fn a_person_goes_with_their_invite_and_not_from_another_company() {
    let db = world();
    db.script(&format!(
        "INSERT INTO invites (id, company_id, token_hash, email, role, accepted_by, accepted_at, created_at, expires_at)
         VALUES ('1', '{}', 'x', 'rep@a.test', 'sales_rep', '{}', 1, 0, 9)",
        company(),
        rep()
    ))
    .unwrap();
    assert!(!now(people::delete(&db, other_company(), rep(), &change())).unwrap());
    assert!(now(people::delete(&db, company(), rep(), &change())).unwrap());
    assert_eq!(count(&db, "SELECT count(*) AS n FROM invites"), 0);
    assert_eq!(count(&db, CHANGES), 1);
    assert_eq!(
        now(people::delete(&db, company(), manager(), &change())),
        Err(DbError::Dangling)
    );
}

#[test]
fn a_new_password_logs_all_other_devices_out() {
    let db = world();
    let (here, there): (DeviceId, DeviceId) = (id(0xD1), id(0xD2));
    log_in(&db, rep(), here);
    log_in(&db, rep(), there);
    let set = |old: &str| {
        let new = NewPassword {
            old_hash: old.into(),
            new_hash: "new".into(),
            device: here,
            now: 20,
        };
        now(profile::set_password(&db, company(), rep(), new, &change())).unwrap()
    };
    let devices = || -> Vec<DeviceId> {
        let rows = now(profile::devices(&db, company(), rep(), 0, 10)).unwrap();
        rows.into_iter().map(|row| row.id).collect()
    };
    assert!(!set("stale"));
    assert_eq!(devices().len(), 2);
    assert!(set("hash"));
    assert_eq!(devices(), [here]);
    assert!(
        !now(profile::revoke_device(
            &db,
            company(),
            second_rep(),
            here,
            30
        ))
        .unwrap()
    );
    assert!(now(profile::revoke_device(&db, company(), rep(), here, 30)).unwrap());
    assert!(devices().is_empty());
    assert_eq!(
        now(profile::password_hash(&db, company(), rep())).unwrap(),
        Some("new".into())
    );
}

#[test]
fn a_profile_is_ones_own() {
    let db = world();
    let mut mine = now(profile::find(&db, company(), rep())).unwrap().unwrap();
    mine.language = Language::Hindi;
    mine.on_leaderboard = false;
    let save = |user| now(profile::update(&db, company(), user, &mine, 5, &change())).unwrap();
    assert!(save(rep()));
    assert!(!save(rep()));
    let saved = now(profile::find(&db, company(), rep())).unwrap().unwrap();
    assert!(saved.language == Language::Hindi && !saved.on_leaderboard && saved.version == 2);
}

/// A page of a large company reads the page, not the company.
#[test]
fn a_page_costs_the_same_in_a_large_company() {
    let cost = |people: u32| {
        let db = world();
        db.script(&format!(
            "INSERT INTO users (id, company_id, email, password_hash, role, first_name, last_name, created_at, updated_at)
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {people})
             SELECT printf('00000000-0000-7000-8000-%012d', i), '{}', i || '@many.test', '', 'sales_rep', 'Person', printf('%06d', i), 0, 0 FROM n",
            company()
        ))
        .unwrap();
        db.take_cost();
        let after = Place(
            "Person".into(),
            "000010".into(),
            "00000000-0000-7000-8000-000000000010".into(),
        );
        let page = Wanted {
            after,
            limit: 25,
            ..Wanted::default()
        };
        assert_eq!(emails(&db, company(), page).len(), 25);
        db.take_cost().steps
    };
    assert_eq!(cost(100), cost(10_000));
}

#[test]
fn no_query_reads_a_table_from_end_to_end() {
    let db = world();
    for wanted in [
        Wanted {
            search: Some("f".into()),
            ..wanted()
        },
        Wanted {
            team: Some(team()),
            ..wanted()
        },
        Wanted {
            group: Some(group()),
            ..wanted()
        },
    ] {
        emails(&db, company(), wanted);
    }
    now(people::tenant_of(&db, rep())).unwrap();
    now(people::find(&db, company(), rep())).unwrap();
    let new = new_person(0xE1, "e@a.test", "E");
    now(people::insert(&db, new, &change())).unwrap();
    let same = fields("second@a.test", Role::SalesRep);
    now(people::update(
        &db,
        company(),
        second_rep(),
        1,
        same,
        1,
        &change(),
    ))
    .unwrap();
    now(people::deactivate(&db, company(), loner(), 1, &change())).unwrap();
    now(people::activate(&db, company(), loner(), 1, &change())).unwrap();
    now(people::delete(&db, company(), loner(), &change())).unwrap();
    now(companies::active_users(&db, company())).unwrap();
    let mine = now(profile::find(&db, company(), rep())).unwrap().unwrap();
    now(profile::update(&db, company(), rep(), &mine, 1, &change())).unwrap();
    now(profile::password_hash(&db, company(), rep())).unwrap();
    now(profile::devices(&db, company(), rep(), 0, 9)).unwrap();
    now(profile::revoke_device(&db, company(), rep(), id(1), 1)).unwrap();
    let new = NewPassword {
        old_hash: "hash".into(),
        new_hash: "new".into(),
        device: id(1),
        now: 1,
    };
    now(profile::set_password(&db, company(), rep(), new, &change())).unwrap();
    assert_eq!(scans(&db), Vec::<String>::new());
}

/// The companies' own count of their reps, and the count of the rows.
fn active_reps(db: &Sqlite) -> Vec<(String, u64, u64)> {
    #[derive(FromRow)]
    struct Count {
        id: String,
        told: u64,
        counted: u64,
    }
    let counts = "SELECT c.id, c.active_reps AS told, (SELECT count(*) FROM users u
        WHERE u.company_id = c.id AND u.role = 'sales_rep' AND u.is_active = 1) AS counted FROM companies c ORDER BY c.id";
    let rows: Vec<Count> = now(db.all(Statement::new(counts))).unwrap();
    rows.into_iter()
        .map(|row| (row.id, row.told, row.counted))
        .collect()
}

#[test]
fn a_company_knows_how_many_active_reps_it_has() {
    let db = world();
    let mut seen = Vec::new();
    let mut check = |what: &str| {
        let counts = active_reps(&db);
        for (id, told, counted) in &counts {
            assert_eq!(told, counted, "{what}: {id}");
        }
        let ours = company().to_string();
        seen.push(counts.iter().find(|one| one.0 == ours).unwrap().1);
    };
    check("made");
    let new = new_person(0x51, "new@a.test", "Nila");
    assert!(now(people::insert(&db, new, &change())).unwrap());
    check("one more");
    let person: UserId = id(0x51);
    now(people::deactivate(&db, company(), person, 6, &change())).unwrap();
    check("put out");
    now(people::deactivate(&db, company(), person, 7, &change())).unwrap();
    check("put out again");
    now(people::activate(&db, company(), person, 8, &change())).unwrap();
    check("let in");
    db.script(&format!(
        "UPDATE users SET role = 'manager' WHERE id = '{person}'"
    ))
    .unwrap();
    check("promoted");
    db.script(&format!(
        "UPDATE users SET role = 'sales_rep', is_active = 1 WHERE id = '{person}'"
    ))
    .unwrap();
    check("a rep again");
    db.script(&format!("DELETE FROM users WHERE id = '{person}'"))
        .unwrap();
    check("gone");
    let reps = seen[0];
    let expected = [0, 1, 0, 0, 1, 0, 1, 0].map(|more| reps + more);
    assert_eq!(seen, expected);
    db.script(&format!(
        "DELETE FROM companies WHERE id = '{}'",
        other_company()
    ))
    .unwrap();
    assert_eq!(active_reps(&db).len(), 1);
}
