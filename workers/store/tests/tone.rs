//! Tone guidelines: whose count, and how they change.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod world;

use domain::ids::CompanyId;
use domain::scenario::Blocker;
use domain::tone::ToneGuidelines;
use store::audit::Change;
use store::tone::{self, ToneEdit};
use uuid::Uuid;
use world::*;

fn guidelines(blocker: &str) -> ToneGuidelines {
    let mut guidelines = fixture::guidelines();
    guidelines.blockers.push(Blocker {
        id: blocker.to_owned(),
        text: "Never".into(),
        signals: vec!["never".into()],
    });
    guidelines
}

fn edit(number: u128, company: Option<CompanyId>, after: u32) -> (ToneEdit, Change) {
    let edit = ToneEdit {
        id: Uuid::from_u128(number),
        company,
        after,
        text: guidelines(&format!("b{number}")),
        author: manager(),
        now: 9,
    };
    let change = Change {
        id: Uuid::from_u128(0xC000 + number),
        company: world::company(),
        actor: Some(manager()),
        action: "tone.edited",
        subject: "tone",
        subject_id: edit.id,
        before: None,
        after: None,
        request: None,
        at: 9,
    };
    (edit, change)
}

#[test]
fn a_companys_own_go_before_the_stock() {
    let db = world();
    let write = |(edit, change): (ToneEdit, Change)| now(tone::write(&db, &edit, &change)).unwrap();
    let counts = |company| {
        let row = now(tone::that_counts(&db, company)).unwrap().unwrap();
        (row.company, row.number)
    };
    assert_eq!(counts(company()), (None, 1));
    assert!(write(edit(1, Some(company()), 0)));
    assert!(write(edit(2, Some(company()), 1)));
    assert_eq!(counts(company()), (Some(company()), 2));
    assert_eq!(counts(other_company()), (None, 1));
    // An edit of an older state changes nothing and leaves no trace.
    assert!(!write(edit(3, Some(company()), 1)));
    assert!(!write(edit(4, Some(other_company()), 1)));
    assert!(!write(edit(5, None, 0)));
    assert!(write(edit(6, None, 1)));
    assert_eq!(
        (counts(company()).1, counts(other_company())),
        (2, (None, 2))
    );
    assert_eq!(scans(&db), Vec::<String>::new());
    assert_eq!(count(&db, "SELECT count(*) AS n FROM audit_log"), 3);
}
