//! Recordings and pictures: tenants, quota, retention.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod world;

use domain::ids::{CompanyId, RecordingId, SessionId, UserId};
use domain::voice::{Kind, Length, MAX_TAKES};
use store::audit::Change;
use store::pictures::{self, PictureOf};
use store::sqlite::Sqlite;
use store::voice::{self, NewRecording, RecordingRow};
use uuid::Uuid;
use world::*;

fn session() -> SessionId {
    id(0x501)
}

fn take(number: u128) -> NewRecording {
    NewRecording {
        id: id(number),
        company: company(),
        session: session(),
        user: rep(),
        drill: Some("drill_0".into()),
        object_key: format!("key {number}"),
        kind: Kind::Webm,
        size: 1_000,
        length: Length {
            ms: 1_500,
            said: true,
        },
        now: SLOT,
    }
}

fn recorded() -> Sqlite {
    let db = world();
    schedule(&db, session(), rep(), 1, 0);
    assert!(now(voice::add(&db, take(1))).unwrap());
    db
}

fn find(db: &Sqlite, company: CompanyId, recording: RecordingId, at: u64) -> Option<RecordingRow> {
    now(voice::find(db, company, recording, at)).unwrap()
}

fn change() -> Change {
    Change {
        id: Uuid::from_u128(7),
        company: company(),
        actor: Some(rep()),
        action: "user.avatar_changed",
        subject: "user",
        subject_id: rep().0,
        before: None,
        after: None,
        request: None,
        at: 1,
    }
}

#[test]
fn a_recording_is_read_as_it_was_noted() {
    let db = recorded();
    let row = find(&db, company(), id(1), SLOT).unwrap();
    let expected = RecordingRow {
        id: id(1),
        company: company(),
        session: session(),
        user: rep(),
        drill: Some("drill_0".into()),
        object_key: "key 1".into(),
        media_type: Kind::Webm,
        size_bytes: 1_000,
        duration_ms: 1_500,
        duration_said: true,
        created_at: SLOT,
        expires_at: SLOT + 90 * DAY,
    };
    assert_eq!(row, expected);
    assert_eq!(
        now(voice::of_session(&db, company(), session(), SLOT)).unwrap(),
        [row]
    );
}

#[test]
fn nobody_reads_or_removes_it_from_another_company() {
    let db = recorded();
    let other = other_company();
    assert_eq!(find(&db, other, id(1), SLOT), None);
    assert!(
        now(voice::of_session(&db, other, session(), SLOT))
            .unwrap()
            .is_empty()
    );
    assert_eq!(now(voice::takes(&db, other, session())).unwrap(), 0);
    assert!(!now(voice::remove(&db, other, id(1))).unwrap());
    assert_eq!(now(voice::tenant_of(&db, id(1))).unwrap(), Some(company()));
}

#[test]
fn it_belongs_to_the_sessions_own_rep_and_company() {
    let db = recorded();
    for new in [
        NewRecording {
            company: other_company(),
            ..take(2)
        },
        NewRecording {
            user: second_rep(),
            ..take(2)
        },
        NewRecording {
            session: id(0x502),
            ..take(2)
        },
    ] {
        assert!(!now(voice::add(&db, new)).unwrap());
    }
    assert_eq!(now(voice::takes(&db, company(), session())).unwrap(), 1);
}

#[test]
fn a_session_takes_so_many() {
    let db = recorded();
    for number in 2..=u128::from(MAX_TAKES) {
        assert!(now(voice::add(&db, take(number))).unwrap());
    }
    assert!(!now(voice::add(&db, take(99))).unwrap());
    assert_eq!(
        now(voice::takes(&db, company(), session())).unwrap(),
        MAX_TAKES
    );
    assert!(now(voice::remove(&db, company(), id(1))).unwrap());
    assert!(!now(voice::remove(&db, company(), id(1))).unwrap());
    assert!(now(voice::add(&db, take(99))).unwrap());
}

#[test]
fn when_its_time_is_over_it_is_found_by_the_sweep_alone() {
    let db = recorded();
    db.script("UPDATE companies SET voice_retention_days = 1")
        .unwrap();
    assert!(now(voice::add(&db, take(2))).unwrap());
    let end = SLOT + DAY;
    assert!(find(&db, company(), id(2), end - 1).is_some());
    assert_eq!(now(voice::expired(&db, end - 1, 10)).unwrap(), []);
    assert_eq!(find(&db, company(), id(2), end), None);
    assert_eq!(
        now(voice::of_session(&db, company(), session(), end))
            .unwrap()
            .len(),
        1
    );
    let expired = now(voice::expired(&db, end, 10)).unwrap();
    assert_eq!(
        expired.iter().map(|row| row.id).collect::<Vec<_>>(),
        [id(2)]
    );
    assert_eq!(
        now(voice::expired(&db, u64::MAX >> 11, 1)).unwrap().len(),
        1
    );
}

#[test]
fn a_picture_is_replaced_only_where_it_is_the_one_that_was_seen() {
    let db = world();
    let of = PictureOf::User(company(), rep());
    let key = |of| now(pictures::key(&db, of)).unwrap();
    let set = |of, old, new| now(pictures::set_key(&db, of, old, new, &change())).unwrap();
    assert_eq!(key(of), Some(None));
    assert!(set(of, None, Some("a")));
    assert!(!set(of, None, Some("b")));
    assert_eq!(key(of), Some(Some("a".into())));
    assert_eq!(count(&db, "SELECT count(*) AS n FROM audit_log"), 1);

    for of in [
        PictureOf::User(other_company(), rep()),
        PictureOf::User(company(), id::<UserId>(0xFFFF)),
        PictureOf::Company(id::<CompanyId>(0xFFFF)),
    ] {
        assert_eq!(key(of), None);
        assert!(!set(of, Some("a"), None));
    }
    let logo = PictureOf::Company(company());
    assert_eq!(key(logo), Some(None));
    assert_eq!(key(PictureOf::Company(other_company())), Some(None));
}

#[test]
fn no_query_reads_a_table_from_end_to_end() {
    let db = recorded();
    now(voice::takes(&db, company(), session())).unwrap();
    now(voice::of_session(&db, company(), session(), SLOT)).unwrap();
    now(voice::expired(&db, SLOT, 10)).unwrap();
    now(voice::tenant_of(&db, id(1))).unwrap();
    find(&db, company(), id(1), SLOT);
    now(voice::remove(&db, company(), id(1))).unwrap();
    for (number, of) in [
        (1, PictureOf::User(company(), rep())),
        (2, PictureOf::Company(company())),
    ] {
        now(pictures::key(&db, of)).unwrap();
        let change = Change {
            id: Uuid::from_u128(number),
            ..change()
        };
        now(pictures::set_key(&db, of, None, Some("a"), &change)).unwrap();
    }
    assert!(db.seen().len() >= 11, "{}", db.seen().len());
    for sql in db.seen() {
        for line in db.plan(sql).unwrap() {
            assert!(
                !line.starts_with("SCAN") || line == "SCAN CONSTANT ROW",
                "{line}\n{sql}"
            );
        }
    }
}
