//! Counters, invites, accounts, resets, kept answers and the outbox: what they keep, and what reading them costs.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod world;

use domain::ids::{InviteId, MailId, UserId};
use domain::role::Role;
use store::accounts::{self, NewAccount};
use store::audit::{self, Change, Wanted};
use store::cursor::After;
use store::invites::{self, NewInvite};
use store::outbox::{self, Letter, MailKind, NewMail};
use store::sqlite::Sqlite;
use store::{Db, DbError, idempotency, rate_limits, resets};
use uuid::Uuid;
use world::*;

fn change(number: u128, action: &'static str) -> Change {
    Change {
        id: Uuid::from_u128(number),
        company: company(),
        actor: Some(manager()),
        action,
        subject: "user",
        subject_id: Uuid::from_u128(number),
        before: None,
        after: None,
        request: None,
        at: 100,
    }
}

fn mail(number: u128, user: Option<UserId>) -> NewMail {
    NewMail {
        id: id(number),
        company: Some(company()),
        user,
        once_key: format!("key {number}"),
        kind: MailKind::Welcome,
        to: "rep@a.test".into(),
        letter: Letter {
            subject: "s".into(),
            text: "t".into(),
            html: "h".into(),
        },
        unsubscribe: None,
        now: 100,
    }
}

fn invite(number: u128, email: Option<&str>) -> NewInvite {
    NewInvite {
        id: id(number),
        company: company(),
        token_hash: format!("hash {number}"),
        email: email.map(str::to_owned),
        role: Role::SalesRep,
        team: Some(team()),
        group: None,
        invited_by: manager(),
        now: 100,
        expires_at: 200,
    }
}

fn account(number: u128, email: &str) -> NewAccount {
    NewAccount {
        user: id(number),
        company: company(),
        email: email.into(),
        password_hash: "hash".into(),
        first_name: "Asha".into(),
        last_name: "Rao".into(),
        welcome: mail(number + 1, Some(id(number))),
    }
}

fn put(db: &Sqlite, mail: NewMail) {
    now(db.run(outbox::put(mail))).unwrap();
}

#[test]
fn each_try_has_a_number_of_its_own() {
    let db = world();
    let hit = |at| now(rate_limits::hit(&db, "b", 1_000, at)).unwrap();
    assert_eq!((hit(10).hits, hit(500).hits, hit(1_009).hits), (1, 2, 3));
    assert_eq!(hit(1_009).window_at, 10);
    // The window is over.
    assert_eq!((hit(1_010).hits, hit(1_010).window_at), (1, 1_010));
    let other = now(rate_limits::hit(&db, "c", 1_000, 1_010)).unwrap();
    assert_eq!(other.hits, 1);
    now(rate_limits::clear(&db, "b")).unwrap();
    assert_eq!(hit(1_011).hits, 1);

    let mut hits: Vec<u64> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..16)
            .map(|_| {
                let db = db.clone();
                scope.spawn(move || now(rate_limits::hit(&db, "d", 1_000, 5)).unwrap().hits)
            })
            .collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    hits.sort_unstable();
    assert_eq!(hits, (1..=16).collect::<Vec<_>>());
}

#[test]
fn an_account_by_invite_stands_whole_or_not_at_all() {
    let db = world();
    assert!(
        now(invites::create(
            &db,
            invite(1, Some("new@a.test")),
            None,
            &change(2, "invite.created")
        ))
        .unwrap()
    );
    let join = |number, email| {
        now(accounts::join(
            &db,
            id(1),
            account(number, email),
            &change(number + 2, "user.registered"),
        ))
    };
    // An address of another company: nothing stands, not even the welcome.
    let taken = join(0x10, "REP@b.test");
    assert_eq!(taken, Err(DbError::Exists("users.email".into())));
    assert_eq!(count(&db, "SELECT count(*) AS n FROM outbox"), 0);
    assert_eq!(join(0x20, "new@a.test"), Ok(true));
    assert_eq!(count(&db, "SELECT count(*) AS n FROM outbox"), 1);
    assert_eq!(
        count(
            &db,
            "SELECT count(*) AS n FROM team_members m JOIN users u ON u.id = m.user_id WHERE u.email = 'new@a.test'"
        ),
        1
    );
    // The invite is used.
    assert_eq!(join(0x30, "newer@a.test"), Ok(false));
    assert_eq!(
        count(
            &db,
            "SELECT count(*) AS n FROM users WHERE email = 'newer@a.test'"
        ),
        0
    );
    assert_eq!(count(&db, "SELECT count(*) AS n FROM outbox"), 1);
    assert_eq!(count(&db, "SELECT count(*) AS n FROM audit_log"), 2);
    // A founder with a taken address leaves no company behind.
    let before = count(&db, "SELECT count(*) AS n FROM companies");
    let founder = NewAccount {
        company: id(0xF0),
        ..account(0xF1, "new@a.test")
    };
    let founded = now(accounts::found(
        &db,
        "Sons",
        1_000,
        founder,
        &change(0xF5, "user.registered"),
    ));
    assert_eq!(founded, Err(DbError::Exists("users.email".into())));
    assert_eq!(count(&db, "SELECT count(*) AS n FROM companies"), before);
}

#[test]
fn a_reset_is_for_one_person_and_used_once() {
    let db = world();
    let asked = |number: u128, email: &str| {
        let hash = format!("reset {number}");
        let mail = NewMail {
            to: email.into(),
            ..mail(number, None)
        };
        now(resets::open(&db, &hash, 200, mail)).unwrap();
    };
    asked(1, "nobody@a.test");
    assert_eq!(count(&db, "SELECT count(*) AS n FROM outbox"), 0);
    asked(2, "REP@A.test");
    asked(3, "rep@a.test");
    assert_eq!(
        count(
            &db,
            "SELECT count(*) AS n FROM outbox WHERE to_address = 'Rep@a.test'"
        ),
        2
    );
    let found = now(resets::find(&db, "reset 2", 199)).unwrap().unwrap();
    assert_eq!((found.user, found.company), (rep(), company()));
    assert!(now(resets::find(&db, "reset 2", 200)).unwrap().is_none());

    let spend = |hash, number| {
        now(resets::spend(
            &db,
            hash,
            company(),
            "new hash",
            &change(number, "user.password_reset"),
        ))
    };
    assert!(spend("reset 2", 4).unwrap());
    assert!(!spend("reset 2", 5).unwrap());
    // The other one went with it.
    assert!(!spend("reset 3", 6).unwrap());
    assert_eq!(
        count(
            &db,
            "SELECT count(*) AS n FROM users WHERE password_hash = 'new hash'"
        ),
        1
    );
    assert_eq!(
        count(
            &db,
            "SELECT token_epoch AS n FROM users WHERE email = 'rep@a.test'"
        ),
        1
    );
    assert_eq!(count(&db, "SELECT count(*) AS n FROM audit_log"), 1);
}

#[test]
fn a_key_is_taken_once_until_its_time_is_over() {
    let db = world();
    let claim = |hash, at| now(idempotency::claim(&db, rep(), "k", hash, at, at + 100)).unwrap();
    assert!(claim("a", 1));
    assert!(!claim("a", 100));
    assert!(!claim("b", 100));
    now(idempotency::keep(&db, rep(), "k", 201, "{}")).unwrap();
    let kept = now(idempotency::find(&db, rep(), "k")).unwrap().unwrap();
    assert_eq!((kept.request_hash.as_str(), kept.status), ("a", Some(201)));
    assert!(
        now(idempotency::find(&db, second_rep(), "k"))
            .unwrap()
            .is_none()
    );
    assert!(claim("b", 101));
    let fresh = now(idempotency::find(&db, rep(), "k")).unwrap().unwrap();
    assert_eq!(
        (fresh.request_hash.as_str(), fresh.status, fresh.response),
        ("b", None, None)
    );
    now(idempotency::free(&db, rep(), "k")).unwrap();
    assert!(claim("c", 102));
}

#[test]
fn a_mail_is_put_once_and_claimed_by_one() {
    let db = world();
    put(&db, mail(1, Some(rep())));
    put(
        &db,
        NewMail {
            id: id(2),
            ..mail(1, Some(rep()))
        },
    );
    assert_eq!(count(&db, "SELECT count(*) AS n FROM outbox"), 1);
    let due = |at| now(outbox::due(&db, at, 10)).unwrap().len();
    assert_eq!((due(99), due(100)), (0, 1));
    let mail: MailId = id(1);
    assert!(now(outbox::claim(&db, mail, 100, 150)).unwrap());
    assert!(!now(outbox::claim(&db, mail, 100, 150)).unwrap());
    assert_eq!((due(149), due(150)), (0, 1));
    now(outbox::mark_failed(&db, mail, "no", Some(300))).unwrap();
    assert_eq!((due(299), due(300)), (0, 1));
    now(outbox::mark_sent(&db, mail, 300)).unwrap();
    assert_eq!(due(10_000), 0);
    assert_eq!(
        count(
            &db,
            "SELECT length(body_text || body_html) AS n FROM outbox"
        ),
        0
    );
}

/// Every statement of this room.
fn use_everything(db: &Sqlite) {
    now(rate_limits::hit(db, "b", 1_000, 1)).unwrap();
    now(rate_limits::clear(db, "b")).unwrap();
    let invite_id: InviteId = id(1);
    now(invites::create(
        db,
        invite(1, Some("new@a.test")),
        Some(mail(0x90, None)),
        &change(2, "invite.created"),
    ))
    .unwrap();
    now(invites::list(db, company(), None, None, 10, 1)).unwrap();
    now(invites::find(db, invite_id, 1)).unwrap();
    now(invites::find_by_token(db, "hash 1", 1)).unwrap();
    now(invites::facts(db, invite_id)).unwrap();
    now(invites::names(db, company(), manager())).unwrap();
    now(invites::place(db, company(), team(), None)).unwrap();
    now(accounts::owner(db, "rep@a.test")).unwrap();
    now(accounts::join(
        db,
        invite_id,
        account(0x20, "new@a.test"),
        &change(3, "user.registered"),
    ))
    .unwrap();
    now(invites::revoke(
        db,
        company(),
        invite_id,
        &change(4, "invite.revoked"),
    ))
    .unwrap();
    let founder = NewAccount {
        company: id(0xF0),
        ..account(0xF1, "founder@f.test")
    };
    now(accounts::found(
        db,
        "Sons",
        1_000,
        founder,
        &change(5, "user.registered"),
    ))
    .unwrap();
    let forgotten = NewMail {
        to: "rep@a.test".into(),
        ..mail(0x91, None)
    };
    now(resets::open(db, "reset", 200, forgotten)).unwrap();
    now(resets::find(db, "reset", 1)).unwrap();
    now(resets::spend(
        db,
        "reset",
        company(),
        "h",
        &change(6, "user.password_reset"),
    ))
    .unwrap();
    now(idempotency::claim(db, rep(), "k", "h", 1, 2)).unwrap();
    now(idempotency::find(db, rep(), "k")).unwrap();
    now(idempotency::keep(db, rep(), "k", 201, "{}")).unwrap();
    now(idempotency::free(db, rep(), "k")).unwrap();
    put(db, mail(0x92, None));
    now(outbox::due(db, 1_000, 10)).unwrap();
    now(outbox::claim(db, id(0x92), 1_000, 2_000)).unwrap();
    now(outbox::mark_failed(db, id(0x92), "no", None)).unwrap();
    now(outbox::mark_sent(db, id(0x92), 1)).unwrap();
    for (subject_id, actor) in [
        (None, None),
        (Some(Uuid::from_u128(2)), None),
        (None, Some(manager())),
    ] {
        let wanted = Wanted {
            subject_id,
            actor,
            from: Some(1),
            to: Some(1_000),
        };
        assert!(
            !now(audit::list(db, company(), wanted, None, 10))
                .unwrap()
                .is_empty()
        );
    }
}

#[test]
fn no_query_reads_a_table_from_end_to_end() {
    let db = world();
    use_everything(&db);
    for sql in db.seen() {
        for line in db.plan(sql).unwrap() {
            let small = ["CONSTANT ROW", "SCAN (subquery"];
            let scans = line.starts_with("SCAN") && !small.iter().any(|small| line.contains(small));
            assert!(!scans, "{line}\n{sql}");
        }
    }
}

#[test]
fn lists_are_served_in_order_by_an_index() {
    let db = world();
    use_everything(&db);
    for sql in db.seen() {
        if sql.contains("FROM audit_log a") || sql.contains("END AS state") {
            let plan = db.plan(sql).unwrap().join("\n");
            // Only what shares a millisecond is sorted.
            assert!(!plan.contains("TEMP B-TREE FOR ORDER BY"), "{plan}\n{sql}");
            assert!(plan.contains("USING INDEX"), "{plan}\n{sql}");
        }
    }
}

#[test]
fn the_log_is_a_companys_own_and_pages_without_gaps() {
    let db = world();
    for number in 1..=5 {
        let one = Change {
            // Two in each millisecond.
            at: 100 + u64::try_from(number).unwrap() / 2,
            ..change(number, "user.changed")
        };
        now(db.run(audit::entry(&one))).unwrap();
    }
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = now(audit::list(&db, company(), Wanted::default(), after, 2)).unwrap();
        let Some(last) = page.last() else { break };
        after = Some(After {
            at: last.created_at,
            id: last.id.to_string(),
        });
        seen.extend(page.iter().map(|row| row.id.as_u128()));
    }
    assert_eq!(seen, [5, 4, 3, 2, 1]);
    assert!(
        now(audit::list(
            &db,
            other_company(),
            Wanted::default(),
            None,
            10
        ))
        .unwrap()
        .is_empty()
    );
}
