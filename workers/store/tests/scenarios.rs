//! The library of scenarios: what is seen, found, edited, published and deleted, by whom.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod world;

use domain::ids::{CompanyId, ScenarioId};
use domain::scenario::{Category, Scenario};
use store::audit::Change;
use store::scenarios::{self, Draft, Edit, Filter, NewScenario, Place, Shelf};
use store::sqlite::Sqlite;
use uuid::Uuid;
use world::*;

fn text(day: u8, theme: &str) -> Scenario {
    let mut text = fixture::frozen(2).text;
    text.day = day;
    text.theme = theme.to_owned();
    text
}

fn change(number: u128) -> Change {
    Change {
        id: Uuid::from_u128(0xC000 + number),
        company: company(),
        actor: Some(manager()),
        action: "scenario.edited",
        subject: "scenario",
        subject_id: Uuid::nil(),
        before: None,
        after: None,
        request: None,
        at: 5,
    }
}

fn draft(version: u128, text: Scenario) -> Draft {
    Draft {
        version: id(0x9000 + version),
        text,
        author: manager(),
        now: 7,
    }
}

const OWN: u128 = 0x7001;

/// A draft of `company()` for day 2.
fn own_draft(db: &Sqlite) -> ScenarioId {
    let new = NewScenario {
        id: id(OWN),
        company: Some(company()),
        draft: draft(1, text(2, "Our own objection")),
    };
    now(scenarios::create(db, new, &change(0))).unwrap();
    id(OWN)
}

fn at(version: u64) -> Edit {
    Edit {
        id: id(OWN),
        company: Some(company()),
        version,
    }
}

fn themes(db: &Sqlite, company: CompanyId, shelf: Shelf) -> Vec<(u8, String)> {
    let rows = now(scenarios::list(
        db,
        company,
        shelf,
        Filter::default(),
        None,
        50,
    ))
    .unwrap();
    rows.into_iter().map(|row| (row.day, row.theme)).collect()
}

fn found(db: &Sqlite, company: CompanyId, shelf: Shelf, words: &str) -> Vec<ScenarioId> {
    let rows = now(scenarios::search(db, company, shelf, words, 10)).unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

#[test]
fn a_draft_is_its_companys_and_is_not_practised() {
    let db = world();
    let own = own_draft(&db);
    let whole = |company| themes(&db, company, Shelf::Whole).len();
    assert_eq!((whole(company()), whole(other_company())), (4, 3));
    assert_eq!(themes(&db, company(), Shelf::Served).len(), 3);
    assert_eq!(
        themes(&db, company(), Shelf::Whole)[1].1,
        "Our own objection"
    );
    let find = |company, shelf| now(scenarios::find(&db, company, shelf, own)).unwrap();
    assert!(find(company(), Shelf::Whole).is_some());
    assert!(find(company(), Shelf::Served).is_none());
    assert!(find(other_company(), Shelf::Whole).is_none());
    assert_eq!(
        now(scenarios::owner_of(&db, own)),
        Ok(Some(Some(company())))
    );
    assert_eq!(now(scenarios::owner_of(&db, scenario(1))), Ok(Some(None)));
    assert_eq!(now(scenarios::owner_of(&db, id(1))), Ok(None));
}

#[test]
fn an_edit_of_what_is_published_opens_one_draft() {
    let db = world();
    let own = own_draft(&db);
    let edit = |version, draft: &Draft, n| {
        now(scenarios::edit(&db, at(version), draft, &change(n))).unwrap()
    };
    // A draft is written over.
    assert!(edit(1, &draft(2, text(3, "Second thoughts")), 1));
    let row = now(scenarios::find(&db, company(), Shelf::Whole, own))
        .unwrap()
        .unwrap();
    assert_eq!((row.number, row.version, row.text.day), (1, 2, 3));
    // Nobody practised it, so it is listed where its draft says.
    assert_eq!(themes(&db, company(), Shelf::Whole)[2].1, "Second thoughts");

    assert!(now(scenarios::publish(&db, at(2), 9, &change(2))).unwrap());
    assert!(edit(3, &draft(3, text(1, "Third")), 3));
    assert!(edit(4, &draft(4, text(1, "Fourth")), 4));
    let whole = now(scenarios::find(&db, company(), Shelf::Whole, own))
        .unwrap()
        .unwrap();
    assert_eq!((whole.number, whole.published_number), (2, Some(1)));
    assert_eq!(whole.text.theme, "Fourth");
    let served = now(scenarios::find(&db, company(), Shelf::Served, own))
        .unwrap()
        .unwrap();
    assert_eq!(
        (served.text.theme.as_str(), served.text.day),
        ("Second thoughts", 3)
    );
    // What is practised stays at its day until the draft is published.
    let day = |day| {
        now(scenarios::published_for_day(&db, company(), day))
            .unwrap()
            .unwrap()
    };
    assert_eq!((day(3).scenario, day(1).scenario), (own, scenario(1)));
    assert!(now(scenarios::publish(&db, at(5), 11, &change(5))).unwrap());
    assert_eq!((day(3).scenario, day(1).scenario), (scenario(3), own));
    assert_eq!(day(1).text.theme, "Fourth");

    let versions = now(scenarios::versions(&db, company(), own, None, 10)).unwrap();
    let seen: Vec<_> = versions
        .iter()
        .map(|row| (row.number, row.published_at, row.is_served))
        .collect();
    assert_eq!(seen, [(2, Some(11), true), (1, Some(9), false)]);
    assert_eq!(
        now(scenarios::versions(&db, company(), own, Some(2), 10))
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        now(scenarios::versions(&db, other_company(), own, None, 10)),
        Ok(vec![])
    );
    let first = now(scenarios::version(&db, company(), own, 1))
        .unwrap()
        .unwrap();
    assert_eq!(first.text.theme, "Second thoughts");
    assert_eq!(
        now(scenarios::version(&db, other_company(), own, 1)),
        Ok(None)
    );
    assert_eq!(count(&db, "SELECT count(*) AS n FROM audit_log"), 6);
}

#[test]
fn an_edit_of_an_older_state_or_by_another_company_changes_nothing() {
    let db = world();
    own_draft(&db);
    let before = count(&db, "SELECT total_changes() AS n");
    let stale = Edit {
        version: 9,
        ..at(1)
    };
    let foreign = Edit {
        company: Some(other_company()),
        ..at(1)
    };
    let as_stock = Edit {
        company: None,
        ..at(1)
    };
    for edit in [stale, foreign, as_stock] {
        let draft = draft(2, text(9, "Theirs"));
        assert!(!now(scenarios::edit(&db, edit, &draft, &change(1))).unwrap());
        assert!(!now(scenarios::publish(&db, edit, 9, &change(1))).unwrap());
        assert!(!now(scenarios::set_active(&db, edit, false, 9, &change(1))).unwrap());
    }
    let theirs = Some(other_company());
    assert!(!now(scenarios::delete(&db, theirs, id(OWN), &change(1))).unwrap());
    assert!(!now(scenarios::delete(&db, None, id(OWN), &change(1))).unwrap());
    assert_eq!(count(&db, "SELECT total_changes() AS n"), before);
}

#[test]
fn what_was_scheduled_stays() {
    let db = world();
    let own = own_draft(&db);
    assert!(now(scenarios::publish(&db, at(1), 9, &change(1))).unwrap());
    schedule(&db, id(0xF1), rep(), 2, 0);
    db.script(&format!("UPDATE sessions SET scenario_id = '{own}'"))
        .unwrap();
    assert!(!now(scenarios::delete(&db, Some(company()), own, &change(2))).unwrap());
    assert!(now(scenarios::set_active(&db, at(2), false, 9, &change(3))).unwrap());
    assert_eq!(
        now(scenarios::published_for_day(&db, company(), 2))
            .unwrap()
            .unwrap()
            .scenario,
        scenario(2)
    );
    assert_eq!(themes(&db, company(), Shelf::Served).len(), 3);
    db.script("DELETE FROM sessions").unwrap();
    assert!(now(scenarios::delete(&db, Some(company()), own, &change(4))).unwrap());
    assert_eq!(
        count(
            &db,
            "SELECT count(*) AS n FROM scenario_versions WHERE number > 0"
        ),
        3
    );
    assert_eq!(found(&db, company(), Shelf::Whole, "objection our"), vec![]);
}

#[test]
fn pages_hold_everything_once() {
    let db = world();
    own_draft(&db);
    for (number, day) in [(1_u128, 1), (2, 2), (3, 2)] {
        publish(
            &db,
            Some(company()),
            id(0x7100 + number),
            id(0x7200 + number),
            day,
            "Own",
        );
    }
    let all = now(scenarios::list(
        &db,
        company(),
        Shelf::Whole,
        Filter::default(),
        None,
        50,
    ));
    let all = all.unwrap();
    assert_eq!(all.len(), 7);
    assert!(all.is_sorted_by_key(|row| (row.day, row.company.is_none(), row.id)));
    for limit in 1..=7 {
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = scenarios::list(
                &db,
                company(),
                Shelf::Whole,
                Filter::default(),
                after,
                limit,
            );
            let page = now(page).unwrap();
            let Some(last) = page.last() else { break };
            after = Some(Place::of(last));
            seen.extend(page);
        }
        assert_eq!(seen, all, "{limit}");
    }
    let only = |filter| {
        now(scenarios::list(
            &db,
            company(),
            Shelf::Whole,
            filter,
            None,
            50,
        ))
        .unwrap()
        .len()
    };
    let day = Filter {
        day: Some(2),
        category: None,
    };
    assert_eq!(only(day), 4);
    let category = Filter {
        day: None,
        category: Some(Category::ObjectionHandling),
    };
    assert_eq!(only(category), 1);
}

#[test]
fn scenarios_are_found_by_the_beginnings_of_their_words() {
    let db = world();
    let own = own_draft(&db);
    let whole = |words| found(&db, company(), Shelf::Whole, words);
    assert_eq!(whole("obj OWN"), [own]);
    assert_eq!(whole("ój"), vec![]);
    assert_eq!(whole("smáll"), [scenario(1), scenario(2), scenario(3)]);
    // Customers are searched, ideal answers are not.
    assert_eq!(whole("rakesh").len(), 4);
    assert_eq!(whole("ideal"), vec![]);
    // Neither columns of the machine nor its syntax can be reached.
    for words in [
        "stock",
        "00000000",
        "library:stock",
        "\"",
        "NEAR(",
        "a\" OR \"*",
        "",
    ] {
        assert_eq!(whole(words), vec![], "{words}");
    }
    assert_eq!(
        found(&db, company(), Shelf::Served, "objection our"),
        vec![]
    );
    assert_eq!(
        found(&db, other_company(), Shelf::Whole, "objection our"),
        vec![]
    );
    // The index follows the text.
    let new = draft(2, text(2, "नमस्ते, bilkul naya"));
    assert!(now(scenarios::edit(&db, at(1), &new, &change(1))).unwrap());
    assert_eq!(whole("objection our"), vec![]);
    // The signs that a script writes above, below and between its letters are part of a word.
    for words in ["bilk", "नम", "नमस्ते", "नमस्", "नमस्ते! naya"]
    {
        assert_eq!(whole(words), vec![own], "{words}");
    }

    let near = |text| now(scenarios::nearest(&db, company(), text)).unwrap();
    assert_eq!(
        near("They want a small pack first").unwrap().id,
        scenario(1)
    );
    // A draft serves nobody.
    assert!(near("bilkul naya").is_none());
}

#[test]
fn nothing_is_read_from_end_to_end() {
    let db = world();
    let own = own_draft(&db);
    db.take_cost();
    for shelf in [Shelf::Whole, Shelf::Served] {
        themes(&db, company(), shelf);
        found(&db, company(), shelf, "small");
        now(scenarios::find(&db, company(), shelf, own)).unwrap();
    }
    now(scenarios::nearest(&db, company(), "small")).unwrap();
    now(scenarios::owner_of(&db, own)).unwrap();
    let draft = draft(2, text(2, "Other"));
    now(scenarios::edit(&db, at(1), &draft, &change(1))).unwrap();
    now(scenarios::publish(&db, at(2), 9, &change(2))).unwrap();
    now(scenarios::versions(&db, company(), own, None, 5)).unwrap();
    now(scenarios::version(&db, company(), own, 1)).unwrap();
    now(scenarios::set_active(&db, at(3), false, 9, &change(3))).unwrap();
    now(scenarios::delete(&db, Some(company()), own, &change(4))).unwrap();
    assert_eq!(scans(&db), Vec::<String>::new());
}
