//! What models cost: noted once, added up by month, and held against the caps.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod world;

use domain::ids::{CompanyId, SessionId, UserId};
use domain::spend::{Allowance, Caps, Cost, Ended, Purpose, Spent};
use store::spend::{self, NewCall, Standing};
use store::sqlite::Sqlite;
use world::*;

/// 22 November 2026.
const NOVEMBER: u64 = 1_795_348_800_000;
const DECEMBER: u64 = NOVEMBER + 9 * DAY;

fn call(number: u128, cost: Cost) -> NewCall {
    NewCall {
        id: id(number),
        company: company(),
        user: rep(),
        session: None,
        purpose: Purpose::Judge,
        provider: "openai".into(),
        model: "gpt-5-mini".into(),
        input_tokens: Some(900),
        output_tokens: None,
        cost,
        duration_ms: 1_200,
        ended: Ended::Completed,
        at: NOVEMBER,
    }
}

#[track_caller]
fn record(db: &Sqlite, call: &NewCall) -> bool {
    now(spend::record(db, call)).unwrap()
}

#[track_caller]
fn standing(db: &Sqlite, company: CompanyId, user: UserId, at: u64) -> Standing {
    now(spend::standing(db, company, user, at))
        .unwrap()
        .unwrap()
}

fn spent(calls: u64, cost_micros: u64, unknown_calls: u64, unknown_micros: u64) -> Spent {
    Spent {
        calls,
        cost_micros,
        unknown_calls,
        unknown_micros,
    }
}

#[test]
fn a_call_counts_once_for_its_company_its_rep_and_its_month() {
    let db = world();
    let known = call(1, Cost::Known(700));
    assert!(record(&db, &known));
    assert!(!record(&db, &known));
    assert!(record(&db, &call(2, Cost::Unknown { at_most: 4_000 })));
    let mut colleague = call(3, Cost::Known(50));
    colleague.user = second_rep();
    assert!(record(&db, &colleague));
    let mut others = call(4, Cost::Known(9));
    (others.company, others.user) = (other_company(), other_rep());
    assert!(record(&db, &others));

    let mine = standing(&db, company(), rep(), NOVEMBER);
    assert_eq!(mine.company, spent(3, 750, 1, 4_000));
    assert_eq!(mine.person, spent(2, 700, 1, 4_000));
    assert_eq!(
        standing(&db, other_company(), other_rep(), NOVEMBER).company,
        spent(1, 9, 0, 0)
    );
    let next_month = standing(&db, company(), rep(), DECEMBER);
    assert_eq!(
        (next_month.company, next_month.person),
        (Spent::default(), Spent::default())
    );
    assert_eq!(scans(&db), Vec::<String>::new());
    // What is not known stays unknown.
    let unknown = "SELECT count(*) AS n FROM spend_ledger WHERE cost_micros IS NULL AND output_tokens IS NULL";
    assert_eq!(count(&db, unknown), 1);
}

#[test]
fn the_account_outlives_whoever_and_whatever_it_was_for() {
    let db = world();
    let session: SessionId = id(7);
    schedule(&db, session, rep(), 1, 0);
    let mut kept = call(1, Cost::Known(10));
    kept.session = Some(session);
    assert!(record(&db, &kept));
    let of_session = "SELECT count(*) AS n FROM spend_ledger WHERE session_id IS NOT NULL";
    assert_eq!(count(&db, of_session), 1);
    db.script(&format!("DELETE FROM users WHERE id = '{}'", rep()))
        .unwrap();
    // A call that ends after its rep is gone.
    let mut late = call(2, Cost::Known(5));
    late.session = Some(session);
    assert!(record(&db, &late));
    // One of a company that is gone is nobody's.
    let mut nobodys = call(3, Cost::Known(5));
    nobodys.company = id(0xFF);
    assert!(!record(&db, &nobodys));
    let left = standing(&db, company(), second_rep(), NOVEMBER);
    assert_eq!(left.company, spent(2, 15, 0, 0));
    assert_eq!(
        now(spend::standing(&db, company(), rep(), NOVEMBER)),
        Ok(None)
    );
}

#[test]
fn caps_are_the_companys_and_those_of_reps_hold_for_reps() {
    let db = world();
    assert_eq!(standing(&db, company(), rep(), 0).caps, Caps::default());
    db.script("UPDATE companies SET spend_cap_micros = 1000, rep_spend_cap_micros = 300")
        .unwrap();
    let caps = |user| standing(&db, company(), user, 0).caps;
    assert_eq!(
        (caps(rep()).company, caps(rep()).rep),
        (Some(1_000), Some(300))
    );
    assert_eq!(
        (caps(manager()).company, caps(manager()).rep),
        (Some(1_000), None)
    );

    let allowed = |user| {
        let standing = standing(&db, company(), user, NOVEMBER);
        Allowance::of(standing.caps, standing.company, standing.person)
    };
    assert_eq!(allowed(rep()), Allowance::Granted);
    record(&db, &call(1, Cost::Unknown { at_most: 300 }));
    assert_eq!(allowed(rep()), Allowance::RepCapReached);
    assert_eq!(allowed(second_rep()), Allowance::Granted);
    let mut managers = call(2, Cost::Known(700));
    managers.user = manager();
    record(&db, &managers);
    for user in [rep(), second_rep(), manager()] {
        assert_eq!(allowed(user), Allowance::CompanyCapReached);
    }
}

#[test]
fn months_are_listed_company_by_company() {
    let db = world();
    record(&db, &call(1, Cost::Known(700)));
    record(&db, &call(2, Cost::Unknown { at_most: 40 }));
    let rows = now(spend::company_months(&db, None, NOVEMBER, 10)).unwrap();
    let told: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                row.name.as_str(),
                row.calls,
                row.cost_micros,
                row.unknown_calls,
                row.unknown_micros,
            )
        })
        .collect();
    assert_eq!(told, [("Troika", 2, 700, 1, 40), ("Sagar", 0, 0, 0, 0)]);
    let rest = now(spend::company_months(&db, Some(company()), NOVEMBER, 10)).unwrap();
    assert_eq!(rest.len(), 1);
    let own = now(spend::company_month(&db, company(), DECEMBER))
        .unwrap()
        .unwrap();
    assert_eq!((own.name.as_str(), own.calls), ("Troika", 0));
    assert_eq!(scans_of_lists(&db), Vec::<String>::new());
}

/// A list of all companies walks them in their order, which is no search of an index.
fn scans_of_lists(db: &Sqlite) -> Vec<String> {
    let mut scans = scans(db);
    scans.retain(|scan| !scan.starts_with("SCAN c USING INDEX sqlite_autoindex_companies_1"));
    scans
}
