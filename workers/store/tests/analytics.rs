//! Figures: what the leaderboard, the lists and the export say, that no query of theirs reads a table from end to end, and
//! that none costs more as history grows.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod world;

use domain::ids::{CompanyId, UserId};
use std::ops::RangeInclusive;
use store::Db;
use store::analytics::{self, Board, By, Reach, Span, Subject};
use store::rollups;
use store::sqlite::{Cost, Sqlite};
use world::*;

/// The Monday of `SLOT`'s week.
const MONDAY: &str = "2026-11-23";

/// A completed session `days` before `SLOT`, and the roll-ups it changes.
fn completed(db: &Sqlite, number: u128, user: UserId, days: u64, first: u8, last: u8) {
    let (company, team) = match user {
        user if user == other_rep() => (other_company(), "NULL".to_owned()),
        user if user == loner() => (company(), "NULL".to_owned()),
        _ => (company(), format!("'{}'", team())),
    };
    let session = id::<domain::ids::SessionId>(number);
    let at = SLOT - days * DAY;
    db.script(&format!(
        "INSERT INTO sessions (id, company_id, user_id, team_id, scenario_id, day, status, slot_at, opens_at, closes_at,
             utc_offset_minutes, started_at, ended_at, scenario_version_id, rubric_hash, prompt_version, model, score,
             first_score, confidence, duration_seconds, coach_notes, last_event_id, created_at, updated_at)
         VALUES ('{session}', '{company}', '{user}', {team}, '{scenario}', 1, 'completed', {at}, {at}, {at} + 1, 330, {at}, {at} + 300000,
             '{version}', '', '', '', {last}, {first}, {last}, 300, '', 1, 0, 0)",
        scenario = scenario(1),
        version = version(1),
    ))
    .unwrap();
    now(db.batch(rollups::after(company, session))).unwrap();
}

fn board(
    db: &Sqlite,
    by: By,
    week: Option<&str>,
    reach: Reach,
    asker: UserId,
) -> Vec<(UserId, u32, bool, f64)> {
    let board = Board {
        reach,
        by,
        week: week.map(str::to_owned),
        asker,
        limit: 10,
    };
    now(analytics::board(db, company(), &board))
        .unwrap()
        .into_iter()
        .map(|row| (row.user, row.rank, row.tied, row.value))
        .collect()
}

#[test]
fn equal_values_share_a_rank() {
    let db = world();
    completed(&db, 1, rep(), 0, 40, 80);
    completed(&db, 2, second_rep(), 0, 60, 80);
    completed(&db, 3, loner(), 0, 30, 70);
    completed(&db, 4, other_rep(), 0, 90, 99);
    let all = board(&db, By::Score, None, Reach::Company, rep());
    assert_eq!(
        all,
        [
            (rep(), 1, true, 80.0),
            (second_rep(), 1, true, 80.0),
            (loner(), 3, false, 70.0)
        ]
    );
    let team = board(&db, By::Practice, None, Reach::Team(team()), rep());
    assert_eq!(team, [(rep(), 1, true, 1.0), (second_rep(), 1, true, 1.0)]);
    let led = board(
        &db,
        By::Score,
        Some(MONDAY),
        Reach::LedBy(manager()),
        manager(),
    );
    assert_eq!(led.len(), 2);
    assert_eq!(
        board(&db, By::Score, Some("2026-11-16"), Reach::Company, rep()),
        []
    );
    // A tie is told of what is shown: 80.04 and 80.0 are both 80.0.
    db.script(&format!(
        "UPDATE rep_rollups SET score_avg = 80.04 WHERE user_id = '{}'",
        rep()
    ))
    .unwrap();
    assert!(board(&db, By::Score, None, Reach::Company, rep())[0].2);
}

#[test]
fn who_opted_out_is_on_nobodys_leaderboard_but_their_own() {
    let db = world();
    completed(&db, 1, rep(), 0, 40, 80);
    completed(&db, 2, second_rep(), 0, 60, 90);
    db.script(&format!(
        "UPDATE users SET on_leaderboard = 0 WHERE id = '{}'",
        second_rep()
    ))
    .unwrap();
    for week in [None, Some(MONDAY)] {
        for asker in [rep(), manager()] {
            let seen = board(&db, By::Score, week, Reach::Company, asker);
            assert_eq!(seen, [(rep(), 1, false, 80.0)]);
        }
        let own = board(&db, By::Score, week, Reach::Company, second_rep());
        assert_eq!(
            own,
            [(second_rep(), 1, false, 90.0), (rep(), 2, false, 80.0)]
        );
    }
    db.script(&format!(
        "UPDATE users SET is_active = 0 WHERE id = '{}'",
        rep()
    ))
    .unwrap();
    assert_eq!(board(&db, By::Score, None, Reach::Company, manager()), []);
}

#[test]
fn improvement_is_what_is_brought_unaided() {
    let db = world();
    for number in 0..6 {
        // 30 in the first of them, 60 in the latest.
        let first = 30 + 6 * u8::try_from(number).unwrap();
        completed(
            &db,
            number + 1,
            rep(),
            7 * (5 - u64::try_from(number).unwrap()),
            first,
            80,
        );
    }
    completed(&db, 100, second_rep(), 0, 90, 95);
    // The latest five, 36 to 60, against the earliest five, 30 to 54.
    let all = board(&db, By::Improvement, None, Reach::Company, rep());
    assert_eq!(all, [(rep(), 1, false, 6.0)]);
    // Whoever has no practised week before has nothing to compare with.
    let week = board(&db, By::Improvement, Some(MONDAY), Reach::Company, rep());
    assert_eq!(week, [(rep(), 1, false, 6.0)]);
    let (first, latest) = now(analytics::first_and_latest_week(&db, company(), rep()))
        .unwrap()
        .unwrap();
    assert_eq!(
        (first.week.as_str(), latest.week.as_str()),
        ("2026-10-19", MONDAY)
    );
    let one = now(analytics::first_and_latest_week(
        &db,
        company(),
        second_rep(),
    ))
    .unwrap();
    assert_eq!(one, None);
}

#[test]
fn the_asker_has_a_place_beyond_the_limit() {
    let db = world();
    completed(&db, 1, rep(), 0, 40, 80);
    completed(&db, 2, second_rep(), 0, 60, 90);
    completed(&db, 3, loner(), 0, 60, 70);
    let top = Board {
        reach: Reach::Company,
        by: By::Score,
        week: None,
        asker: loner(),
        limit: 1,
    };
    let rows = now(analytics::board(&db, company(), &top)).unwrap();
    let places: Vec<_> = rows
        .iter()
        .map(|row| (row.user, row.rank, row.ranked))
        .collect();
    assert_eq!(places, [(second_rep(), 1, 3), (loner(), 3, 3)]);
}

#[test]
fn a_reach_ends_at_its_company() {
    let db = world();
    let names = |company: CompanyId, reach: Reach| -> Vec<UserId> {
        let mut ids: Vec<UserId> = now(analytics::reps(&db, company, reach))
            .unwrap()
            .into_iter()
            .map(|row| row.user)
            .collect();
        ids.sort();
        ids
    };
    let team_mates = [rep(), second_rep()];
    assert_eq!(
        names(company(), Reach::Company),
        [rep(), second_rep(), loner()]
    );
    assert_eq!(names(company(), Reach::LedBy(manager())), team_mates);
    assert_eq!(names(company(), Reach::Team(team())), team_mates);
    assert_eq!(names(company(), Reach::Group(group())), [rep()]);
    assert_eq!(names(company(), Reach::Rep(loner())), [loner()]);
    for reach in [
        Reach::LedBy(manager()),
        Reach::Team(team()),
        Reach::Group(group()),
        Reach::Rep(rep()),
    ] {
        assert_eq!(names(other_company(), reach), [], "{reach:?}");
    }
}

fn exported(db: &Sqlite, reach: Reach, span: &Span, limit: u32) -> Vec<String> {
    let (mut ids, mut after) = (Vec::new(), None);
    loop {
        let page = now(analytics::export(
            db,
            company(),
            reach,
            span,
            after.as_ref(),
            limit,
        ))
        .unwrap();
        let Some(last) = page.last() else { return ids };
        after = Some(last.cursor());
        ids.extend(page.iter().map(|row| row.id.to_string()));
    }
}

#[test]
fn the_export_pages_through_everything_once_and_in_order() {
    let db = world();
    let mut expected = Vec::new();
    for number in 0..30_u128 {
        // Newest last; reps take turns, and two of them have the same slot.
        let rep = [rep(), second_rep(), loner()][usize::try_from(number % 3).unwrap()];
        completed(
            &db,
            number,
            rep,
            29 - u64::try_from(number / 2).unwrap(),
            40,
            80,
        );
        expected.push((id::<domain::ids::SessionId>(number).to_string(), rep));
    }
    completed(&db, 1_000, other_rep(), 3, 1, 2);
    let whole = Span {
        from: None,
        to: None,
    };
    for limit in [1, 7, 500] {
        let all: Vec<String> = expected.iter().map(|(id, _)| id.clone()).collect();
        assert_eq!(exported(&db, Reach::Company, &whole, limit), all);
        let of = |reps: &[UserId]| -> Vec<String> {
            expected
                .iter()
                .filter(|(_, rep)| reps.contains(rep))
                .map(|(id, _)| id.clone())
                .collect()
        };
        assert_eq!(
            exported(&db, Reach::Rep(loner()), &whole, limit),
            of(&[loner()])
        );
        let led = exported(&db, Reach::LedBy(manager()), &whole, limit);
        assert_eq!(led, of(&[rep(), second_rep()]));
        assert_eq!(
            exported(&db, Reach::Group(group()), &whole, limit),
            of(&[rep()])
        );
    }
    // Both ends are included, in local dates: 25 November less 20 days is the 5th.
    let span = Span {
        from: Some("2026-11-05".into()),
        to: Some("2026-11-06".into()),
    };
    let reps = |rows: Vec<String>| -> Vec<usize> {
        rows.iter()
            .map(|id| expected.iter().position(|(one, _)| one == id).unwrap())
            .collect()
    };
    assert_eq!(
        reps(exported(&db, Reach::Company, &span, 3)),
        [18, 19, 20, 21]
    );
    assert_eq!(reps(exported(&db, Reach::Rep(rep()), &span, 3)), [18, 21]);
    assert_eq!(
        exported(&db, Reach::Rep(other_rep()), &whole, 3),
        Vec::<String>::new()
    );
}

const EIGHT_HOURS: u64 = DAY / 3;

/// Past sessions of all reps, one every eight hours, and all roll-ups from them: 100,000 are 22 years of four reps.
fn history(sessions: u32) -> Sqlite {
    let db = world();
    db.script(&format!(
        "INSERT INTO sessions (id, company_id, user_id, team_id, group_id, scenario_id, day, status, slot_at, opens_at, closes_at,
             utc_offset_minutes, started_at, ended_at, scenario_version_id, rubric_hash, prompt_version, model, score,
             first_score, confidence, clarity, structure, objection_handling, closing, duration_seconds, coach_notes,
             last_event_id, created_at, updated_at)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {sessions})
         SELECT printf('00000000-0000-7000-8000-%012x', i), u.company_id, u.id, t.id, NULL, s.id, s.day, 'completed', {SLOT} - i / 4 * {EIGHT_HOURS},
             {SLOT} - i / 4 * {EIGHT_HOURS}, {SLOT} - i / 4 * {EIGHT_HOURS} + 1, 330, 0, {SLOT} - i / 4 * {EIGHT_HOURS}, v.id, '', '', '', 50 + i % 7, 50,
             50, 50, 50, 50, 50, 300, '', 1, 0, 0
         FROM n JOIN users u ON u.id = CASE i % 4 WHEN 0 THEN '{one}' WHEN 1 THEN '{two}' WHEN 2 THEN '{three}' ELSE '{other}' END
         JOIN scenarios s ON s.day = 1 + i / 4 % 3 JOIN scenario_versions v ON v.scenario_id = s.id
         LEFT JOIN team_members m ON m.user_id = u.id LEFT JOIN teams t ON t.id = m.team_id",
        one = rep(),
        two = second_rep(),
        three = loner(),
        other = other_rep(),
    ))
    .unwrap();
    now(db.batch(rollups::rebuild())).unwrap();
    db
}

fn dates() -> RangeInclusive<String> {
    "2026-10-27".into()..="2026-11-25".into()
}

/// Every statement of the figures, by the name of its call.
fn use_everything(db: &Sqlite) -> Vec<(&'static str, Cost)> {
    let mut costs = Vec::new();
    let mut note = |call| costs.push((call, db.take_cost()));
    db.take_cost();
    for reach in [
        Reach::Company,
        Reach::LedBy(manager()),
        Reach::Team(team()),
        Reach::Group(group()),
        Reach::Rep(rep()),
    ] {
        assert!(
            !now(analytics::reps(db, company(), reach))
                .unwrap()
                .is_empty()
        );
        note("reps");
        assert!(
            !now(analytics::weeks(db, company(), reach, "2026-10-05"))
                .unwrap()
                .is_empty()
        );
        note("weeks");
        let today = SLOT - DAY..SLOT + DAY;
        assert!(
            !now(analytics::sessions_around(db, company(), reach, today))
                .unwrap()
                .is_empty()
        );
        note("sessions around");
        for by in [By::Score, By::Practice, By::Improvement] {
            for week in [None, Some(MONDAY)] {
                assert!(!board(db, by, week, reach, rep()).is_empty());
                note("leaderboard");
            }
        }
        let span = Span {
            from: None,
            to: None,
        };
        let page = now(analytics::export(db, company(), reach, &span, None, 50)).unwrap();
        assert_eq!(page.len(), 50);
        note("export, first page");
        let span = Span {
            from: Some("2026-11-01".to_owned()),
            to: None,
        };
        let page = now(analytics::export(db, company(), reach, &span, None, 50)).unwrap();
        assert_eq!(page.len(), 50);
        note("export of the latest weeks");
    }
    assert!(
        now(analytics::first_and_latest_week(db, company(), rep()))
            .unwrap()
            .is_some()
    );
    note("first and latest week");
    assert_eq!(
        now(analytics::scenarios(db, company(), rep()))
            .unwrap()
            .len(),
        3
    );
    note("scenarios");
    assert_eq!(
        now(analytics::team_days(db, company(), team(), &dates()))
            .unwrap()
            .len(),
        89
    );
    note("team");
    assert_eq!(
        now(analytics::company_days(db, company(), &dates()))
            .unwrap()
            .len(),
        89
    );
    note("company");
    assert_eq!(
        now(analytics::teams_of_company(db, company(), &dates()))
            .unwrap()
            .len(),
        2
    );
    note("teams of company");
    assert_eq!(
        now(analytics::companies(db, None, 10, &dates()))
            .unwrap()
            .len(),
        2
    );
    note("companies");
    for subject in [
        Subject::Rep(rep()),
        Subject::Team(team()),
        Subject::Group(group()),
    ] {
        assert_eq!(
            now(analytics::tenant_of(db, subject)).unwrap(),
            Some(company())
        );
    }
    assert!(
        now(analytics::rep(db, company(), rep(), manager()))
            .unwrap()
            .unwrap()
            .is_led
    );
    assert!(
        now(analytics::team(db, company(), team()))
            .unwrap()
            .is_some()
    );
    assert!(
        now(analytics::team_of(db, company(), rep()))
            .unwrap()
            .is_some()
    );
    assert_eq!(
        now(analytics::group_manager(db, company(), group())).unwrap(),
        Some(manager())
    );
    note("subjects");
    assert_eq!(
        now(analytics::clock(db, company()))
            .unwrap()
            .utc_offset_minutes,
        330
    );
    note("clock");
    costs
}

#[test]
fn no_query_reads_a_table_from_end_to_end() {
    let db = history(1_000);
    // The past of the test's own making is not looked at.
    let before: Vec<&str> = db.seen();
    use_everything(&db);
    let mut scans = Vec::new();
    for sql in db.seen().into_iter().filter(|sql| !before.contains(sql)) {
        for line in db.plan(sql).unwrap() {
            // What an index has just collected: the reps that are meant, their places, a page of companies.
            let small = [
                "SCAN reps",
                "SCAN board",
                "SCAN places",
                "SCAN p",
                "SCAN (subquery",
                "CONSTANT ROW",
            ];
            if line.starts_with("SCAN") && !small.iter().any(|small| line.starts_with(small)) {
                scans.push(format!("{line}\n{sql}"));
            }
        }
    }
    assert_eq!(scans, Vec::<String>::new());
}

/// A thousand past sessions or a hundred thousand: SQLite takes the very same number of steps.
#[test]
fn nothing_costs_more_after_a_hundred_thousand_sessions() {
    let few = use_everything(&history(1_000));
    let many = use_everything(&history(100_000));
    assert_eq!(few, many);
}

/// A company of three reps or of a thousand: a super admin's page of companies costs the same.
#[test]
fn a_page_of_companies_costs_the_same_however_many_people_they_have() {
    let cost = |people: u32| {
        let db = history(1_000);
        db.script(&format!(
            "INSERT INTO users (id, company_id, email, password_hash, role, first_name, last_name, created_at, updated_at)
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {people})
             SELECT 'more ' || i, '{}', i || '@more.test', '', 'sales_rep', 'More', 'People', 0, 0 FROM n",
            company()
        ))
        .unwrap();
        db.take_cost();
        let rows = now(analytics::companies(&db, None, 10, &dates())).unwrap();
        let ours = rows.iter().find(|row| row.company == company()).unwrap();
        assert_eq!(ours.active_reps, 3 + people);
        db.take_cost()
    };
    assert_eq!(cost(1), cost(1_000));
}

/// A page deep in an export costs what the first one does.
#[test]
fn no_page_of_an_export_costs_more_for_those_before_it() {
    let db = history(20_000);
    let span = Span {
        from: None,
        to: None,
    };
    for reach in [Reach::Company, Reach::Rep(rep())] {
        let (mut after, mut costs) = (None, Vec::new());
        loop {
            db.take_cost();
            let page = now(analytics::export(
                &db,
                company(),
                reach,
                &span,
                after.as_ref(),
                500,
            ))
            .unwrap();
            if page.len() < 500 {
                break;
            }
            after = page.last().map(analytics::ExportRow::cursor);
            costs.push(db.take_cost().steps);
        }
        let (least, most) = (costs.iter().min().unwrap(), costs.iter().max().unwrap());
        assert!(costs.len() >= 10, "{reach:?} {}", costs.len());
        assert!(*most < least + least / 2, "{reach:?} {costs:?}");
    }
}
