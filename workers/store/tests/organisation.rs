//! Teams, groups and companies: tenants, races, and no query that scans.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod world;

use domain::ids::{CompanyId, GroupId, TeamId, UserId};
use domain::plan::Plan;
use store::companies::CompanyFields;
use store::groups::GroupFields;
use store::sqlite::Sqlite;
use store::{DbError, companies, groups, teams};
use world::*;

const CHANGES: &str = "SELECT count(*) AS n FROM audit_log";

/// The test's own counts may read everything.
fn scans_of_the_store(db: &Sqlite) -> Vec<String> {
    let mut found = scans(db);
    found.retain(|scan| !scan.contains(" AS n FROM "));
    found
}

#[test]
fn a_team_is_led_by_a_manager_of_the_company() {
    let db = world();
    let make = |number: u128, leader, name: &str| {
        now(teams::insert(
            &db,
            company(),
            id(number),
            leader,
            name,
            3,
            &change(),
        ))
    };
    assert_eq!(make(0xC1, rep(), "East"), Ok(false));
    assert_eq!(make(0xC1, other_manager(), "East"), Ok(false));
    assert_eq!(make(0xC1, manager(), "East"), Ok(true));
    assert_eq!(
        make(0xC2, manager(), "WEST"),
        Err(DbError::Exists("teams.company_id".into()))
    );
    let names = |manager, after: &str| -> Vec<String> {
        let rows = now(teams::list(&db, company(), manager, after, 10)).unwrap();
        rows.into_iter().map(|row| row.name).collect()
    };
    assert_eq!(names(None, ""), ["East", "West"]);
    assert_eq!(names(None, "east"), ["West"]);
    assert!(names(Some(rep()), "").is_empty());
    assert!(now(teams::may_lead(&db, company(), manager())).unwrap());
    assert!(!now(teams::may_lead(&db, company(), rep())).unwrap());
    assert_eq!(now(teams::tenant_of(&db, team())).unwrap(), Some(company()));
    let row = now(teams::find(&db, company(), team())).unwrap().unwrap();
    assert_eq!((row.members, row.groups, row.manager), (2, 1, manager()));
    assert!(
        now(teams::find(&db, other_company(), team()))
            .unwrap()
            .is_none()
    );

    let hand_over = |version, to| {
        now(teams::update(
            &db,
            company(),
            team(),
            version,
            to,
            "West",
            4,
            &change(),
        ))
        .unwrap()
    };
    assert!(!hand_over(1, second_rep()));
    assert!(!hand_over(1, other_manager()));
    assert!(!hand_over(2, manager()));
    assert!(hand_over(1, manager()));
    assert_eq!(scans_of_the_store(&db), Vec::<String>::new());
}

#[test]
fn a_rep_is_in_one_team_and_one_of_its_groups() {
    let db = world();
    let (east, north): (TeamId, GroupId) = (id(0xC1), id(0xC2));
    now(teams::insert(
        &db,
        company(),
        east,
        manager(),
        "East",
        3,
        &change(),
    ))
    .unwrap();
    let add = |team, users: &[UserId]| now(teams::add(&db, company(), team, users, 4, &change()));
    // Twice is once; who is no rep of the company is left out.
    for _ in 0..2 {
        add(team(), &[loner(), loner(), rep(), manager(), other_rep()]).unwrap();
    }
    assert_eq!(count(&db, "SELECT count(*) AS n FROM team_members"), 3);
    assert_eq!(
        add(east, &[rep()]),
        Err(DbError::Exists("team_members.user_id".into()))
    );
    let stands = now(teams::candidates(&db, company(), &[rep(), other_rep()])).unwrap();
    assert_eq!(
        (stands.len(), stands[0].team, stands[0].group),
        (1, Some(team()), Some(group()))
    );

    let schedule = GroupFields {
        name: "Group B".into(),
        weekdays: 31,
        slot_minute: 900,
        zone: "Asia/Kolkata".into(),
        is_active: true,
    };
    let make = |team, group| {
        now(groups::insert(
            &db,
            company(),
            team,
            group,
            schedule.clone(),
            3,
            &change(),
        ))
    };
    make(team(), north).unwrap();
    assert_eq!(
        make(team(), id(0xC3)),
        Err(DbError::Exists("groups.team_id".into()))
    );
    assert_eq!(make(id(0xC9), id(0xC3)), Err(DbError::Dangling));
    // From one group of the team to another; nobody from outside the team.
    now(groups::add(
        &db,
        company(),
        north,
        &[rep(), second_rep(), other_rep()],
        5,
        &change(),
    ))
    .unwrap();
    let members = |group| {
        now(groups::find(&db, company(), group))
            .unwrap()
            .unwrap()
            .members
    };
    assert_eq!((members(group()), members(north)), (0, 2));
    // Not through another company.
    now(groups::add(
        &db,
        other_company(),
        group(),
        &[rep()],
        5,
        &change(),
    ))
    .unwrap();
    assert!(
        !now(groups::remove(
            &db,
            other_company(),
            north,
            rep(),
            &change()
        ))
        .unwrap()
    );
    assert_eq!((members(group()), members(north)), (0, 2));
    assert!(now(groups::remove(&db, company(), north, rep(), &change())).unwrap());

    // Reps first, then the team.
    assert!(!now(teams::delete(&db, company(), team(), &change())).unwrap());
    for user in [rep(), second_rep(), loner()] {
        assert!(!now(teams::remove(&db, other_company(), team(), user, &change())).unwrap());
        assert!(now(teams::remove(&db, company(), team(), user, &change())).unwrap());
    }
    assert_eq!(members(north), 0);
    assert!(now(teams::delete(&db, company(), team(), &change())).unwrap());
    assert_eq!(scans_of_the_store(&db), Vec::<String>::new());
}

#[test]
fn another_schedule_is_planned_anew_and_another_name_is_not() {
    let db = world();
    db.script("UPDATE groups SET plan_due_at = 77").unwrap();
    let due = || count(&db, "SELECT plan_due_at AS n FROM groups");
    let edit = |version, name: &str, slot_minute| {
        let fields = GroupFields {
            name: name.into(),
            weekdays: 63,
            slot_minute,
            zone: "Asia/Kolkata".into(),
            is_active: true,
        };
        now(groups::update(
            &db,
            company(),
            group(),
            version,
            fields,
            4,
            &change(),
        ))
        .unwrap()
    };
    assert!(edit(1, "Early birds", 660));
    assert_eq!(due(), 77);
    assert!(!edit(1, "Early birds", 900));
    assert!(edit(2, "Early birds", 900));
    assert_eq!(due(), 0);
    assert_eq!(
        now(groups::list(&db, company(), Some(team()), None, 10))
            .unwrap()
            .len(),
        1
    );
    assert!(
        now(groups::list(&db, company(), None, Some(group()), 10))
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        now(groups::tenant_of(&db, group())).unwrap(),
        Some(company())
    );
    assert!(!now(groups::delete(&db, other_company(), group(), &change())).unwrap());
    assert!(now(groups::delete(&db, company(), group(), &change())).unwrap());
    assert_eq!(scans_of_the_store(&db), Vec::<String>::new());
}

#[test]
fn companies_come_change_close_and_go() {
    let db = world();
    let fields = CompanyFields {
        name: "Ganga".into(),
        domain: Some("ganga.test".into()),
        training_days: 10,
        session_minutes: 5,
        grace_minutes: 60,
        voice_retention_days: 90,
        transcript_retention_days: None,
        plan: Plan::Trial,
        plan_starts_at: 0,
        plan_ends_at: Some(9),
        is_active: true,
        max_users: 5,
        spend_cap_micros: None,
        rep_spend_cap_micros: None,
    };
    let ganga: CompanyId = id(0xC);
    now(companies::insert(&db, ganga, fields.clone(), 1, &change())).unwrap();
    assert!(now(companies::exists(&db, ganga)).unwrap());
    let names = |after, search| -> Vec<String> {
        let rows = now(companies::list(&db, after, search, 10)).unwrap();
        rows.into_iter().map(|row| row.name).collect()
    };
    assert_eq!(names(None, None), ["Troika", "Sagar", "Ganga"]);
    assert_eq!(names(Some(company()), None), ["Sagar", "Ganga"]);
    assert_eq!(names(None, Some("gA")), ["Ganga"]);
    assert!(!now(companies::delete(&db, ganga, &change())).unwrap());
    let closed = CompanyFields {
        is_active: false,
        ..fields
    };
    let close = |version| {
        now(companies::update(
            &db,
            ganga,
            version,
            closed.clone(),
            2,
            &change(),
        ))
        .unwrap()
    };
    assert!(close(1));
    assert!(!close(1));
    let row = now(companies::find(&db, ganga)).unwrap().unwrap();
    assert!(!row.is_active && row.version == 2);
    assert!(now(companies::delete(&db, ganga, &change())).unwrap());
    assert!(!now(companies::exists(&db, ganga)).unwrap());
    // The account of it stands in the log of whoever did it.
    assert_eq!(count(&db, CHANGES), 3);
    assert_eq!(scans_of_the_store(&db), Vec::<String>::new());
}
