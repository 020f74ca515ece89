//! Sessions as managers plan and review them: lists, schedule, notes, overrides.

use crate::world::{Answer, Call, DAY, Days, HOUR, MINUTE, NOW, Person, World};
use axum::http::Method;
use contract::page::Page;
use contract::problem::Code;
use contract::session::{Items, ListedSession, Note, SessionResult};
use domain::ids::SessionId;
use domain::session::Status;
use serde_json::{Value, json};
use store::{Db, FromRow, Statement};

const SLOT: u64 = NOW + 2 * HOUR;

impl World {
    async fn plan(&self, asker: Person, rep: Person, slot_at: u64) -> Answer {
        let body = json!({"userId": rep.id(), "slotAt": slot_at, "practised": {"day": 1}});
        self.post_as(asker, "/api/sessions", body).await
    }

    async fn move_to(&self, asker: Person, path: &str, tag: &str, slot_at: u64) -> Answer {
        let call = Call::put(path).header("if-match", tag);
        self.call_as(asker, call.json(json!({"slotAt": slot_at})))
            .await
    }

    async fn page(&self, asker: Person, path: &str) -> Page<ListedSession> {
        self.get_as(asker, path).await.json()
    }

    async fn listed(&self, asker: Person, path: &str) -> Vec<SessionId> {
        let page = self.page(asker, path).await;
        page.items.iter().map(|item| item.session.id).collect()
    }

    async fn number(&self, sql: &'static str) -> Option<f64> {
        #[derive(FromRow)]
        struct Row {
            n: Option<f64>,
        }
        let row: Option<Row> = self.db.first(Statement::new(sql)).await.unwrap();
        row.and_then(|row| row.n)
    }
}

#[tokio::test]
async fn a_manager_schedules_moves_and_takes_back() {
    let world = World::new();
    let made = world.plan(Person::Manager, Person::Rep, SLOT).await;
    assert_eq!(
        (made.status, made.header("etag")),
        (201, "\"1\""),
        "{made:?}"
    );
    let session: ListedSession = made.json();
    assert_eq!(session.rep_name, "Asha Verma");
    let session = session.session;
    assert_eq!(
        (session.opens_at, session.closes_at),
        (SLOT - 10 * MINUTE, SLOT + HOUR)
    );
    let path = made.header("location").to_owned();
    // The rep's day, by the clock of the rep's group.
    assert_eq!(
        world
            .number("SELECT utc_offset_minutes AS n FROM sessions")
            .await,
        Some(330.0)
    );
    let again = world.plan(Person::Manager, Person::Rep, SLOT).await;
    again.problem(Code::Exists);

    let moved = world
        .move_to(Person::Manager, &path, "\"1\"", SLOT + HOUR)
        .await;
    assert_eq!((moved.status, moved.header("etag")), (200, "\"2\""));
    assert_eq!(moved.json::<ListedSession>().session.slot_at, SLOT + HOUR);
    let stale = world.move_to(Person::Manager, &path, "\"1\"", SLOT).await;
    stale.problem(Code::Changed);
    let read = world.get_as(Person::Rep, &path).await;
    assert_eq!(read.header("etag"), "\"2\"");

    let gone = world.call_as(Person::Manager, Call::delete(&path)).await;
    assert_eq!(gone.status, 204);
    let gone = world.call_as(Person::Manager, Call::delete(&path)).await;
    gone.problem(Code::NotFound);
    assert_eq!(
        world
            .number("SELECT count(*) AS n FROM audit_log WHERE subject = 'session'")
            .await,
        Some(3.0)
    );
}

#[tokio::test]
async fn only_those_who_lead_a_rep_plan_for_them() {
    let world = World::new();
    for asker in [Person::OtherManager, Person::SagarManager] {
        world
            .plan(asker, Person::Rep, SLOT)
            .await
            .problem(Code::NotFound);
    }
    world
        .plan(Person::Rep, Person::Rep, SLOT)
        .await
        .problem(Code::Forbidden);
    // Managers don't practise.
    world
        .plan(Person::SuperAdmin, Person::Manager, SLOT)
        .await
        .problem(Code::NotFound);
    let made = world.plan(Person::SuperAdmin, Person::OtherRep, SLOT).await;
    assert_eq!(made.status, 201);
    let path = made.header("location").to_owned();
    for (asker, code) in [
        (Person::Rep, Code::Forbidden),
        (Person::OtherManager, Code::NotFound),
        (Person::SagarManager, Code::NotFound),
    ] {
        world
            .move_to(asker, &path, "\"1\"", SLOT + HOUR)
            .await
            .problem(code);
        world
            .call_as(asker, Call::delete(&path))
            .await
            .problem(code);
    }
    let sagar = format!("/api/sessions?companyId={}", Person::SagarRep.company());
    let body = json!({"userId": Person::SagarRep.id(), "slotAt": SLOT, "practised": {"day": 1}});
    let there = world
        .post_as(Person::SuperAdmin, &sagar, body.clone())
        .await;
    assert_eq!(there.status, 201);
    let there = world.post_as(Person::Manager, &sagar, body).await;
    there.problem(Code::NotFound);
}

#[tokio::test]
async fn what_cannot_be_planned_is_named() {
    let world = World::new();
    let rep = Person::Rep.id();
    let day = json!({"day": 1});
    let missing = json!({"scenarioId": "0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e00"});
    for (slot_at, practised, field) in [
        (NOW - HOUR, day.clone(), "slotAt"),
        (NOW + 400 * DAY, day.clone(), "slotAt"),
        (u64::MAX, day.clone(), "slotAt"),
        (SLOT, json!({"day": 2}), "practised"),
        (SLOT, json!({"day": 11}), "practised"),
        (SLOT, missing, "practised"),
    ] {
        let body = json!({"userId": rep, "slotAt": slot_at, "practised": practised});
        let answer = world.post_as(Person::Manager, "/api/sessions", body).await;
        let problem = answer.problem(Code::Invalid);
        assert_eq!(problem.errors[0].field, field, "{problem:?}");
    }
    let body = json!({"userId": rep, "slotAt": SLOT, "practised": {}});
    let answer = world.post_as(Person::Manager, "/api/sessions", body).await;
    answer.problem(Code::BadJson);
}

#[tokio::test]
async fn what_was_started_stays() {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Open);
    let path = format!("/api/sessions/{id}");
    world.start(Person::Rep, id).await;
    // Even when the database has not heard of the start.
    for heard in [true, false] {
        if !heard {
            world
                .db
                .script("UPDATE sessions SET status = 'scheduled', started_at = NULL")
                .unwrap();
        }
        let moved = world.move_to(Person::Manager, &path, "\"2\"", SLOT).await;
        moved.problem(Code::InUse);
        let gone = world.call_as(Person::Manager, Call::delete(&path)).await;
        gone.problem(Code::InUse);
    }
}

#[tokio::test]
async fn a_session_is_started_and_completed_at_its_own_address() {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Open);
    let post = |asker, what: &str| {
        let (world, path) = (world.clone(), format!("/api/sessions/{id}/{what}"));
        async move { world.call_as(asker, Call::post(&path)).await }
    };
    post(Person::Manager, "start")
        .await
        .problem(Code::Forbidden);
    post(Person::OtherRep, "start")
        .await
        .problem(Code::NotFound);
    assert_eq!(post(Person::Rep, "start").await.status, 200);
    post(Person::Rep, "complete")
        .await
        .problem(Code::DrillsRemaining);
    world.practise_all_but_the_end(Person::Rep, id).await;
    post(Person::Manager, "complete")
        .await
        .problem(Code::Forbidden);
    let done: SessionResult = post(Person::Rep, "complete").await.json();
    assert_eq!(done.status, Status::Completed);
}

#[tokio::test]
async fn everybody_lists_what_is_theirs_to_see() {
    let world = World::new();
    let own = world.schedule(Person::Rep, Days::Open);
    let later = world.schedule(Person::Rep, Days::Tomorrow);
    let other = world.schedule(Person::OtherRep, Days::Soon);
    let sagar = world.schedule(Person::SagarRep, Days::Open);
    let all = "/api/sessions";
    assert_eq!(world.listed(Person::Rep, all).await, [later, own]);
    assert_eq!(
        world.listed(Person::Manager, all).await,
        [later, other, own]
    );
    assert_eq!(world.listed(Person::OtherManager, all).await, []);
    assert_eq!(
        world.listed(Person::SuperAdmin, all).await,
        [later, other, own]
    );
    let there = format!("{all}?companyId={}", Person::SagarRep.company());
    assert_eq!(world.listed(Person::SuperAdmin, &there).await, [sagar]);
    world
        .get_as(Person::Manager, &there)
        .await
        .problem(Code::NotFound);

    let upcoming = "/api/sessions/upcoming";
    assert_eq!(world.listed(Person::Rep, upcoming).await, [own, later]);
    assert_eq!(
        world.listed(Person::Manager, upcoming).await,
        [own, other, later]
    );

    for (asker, whose, sees) in [
        (Person::Rep, Person::Rep, true),
        (Person::OtherRep, Person::Rep, false),
        (Person::Manager, Person::Rep, true),
        (Person::OtherManager, Person::Rep, false),
        (Person::SagarManager, Person::Rep, false),
        (Person::SuperAdmin, Person::Rep, true),
        (Person::SuperAdmin, Person::SagarRep, true),
    ] {
        for path in [
            format!("/api/sessions/user/{}", whose.id()),
            format!("/api/sessions?userId={}", whose.id()),
        ] {
            let answer = world.get_as(asker, &path).await;
            let expected = if sees { 200 } else { 404 };
            assert_eq!(answer.status, expected, "{asker:?} {path}");
        }
    }
}

#[tokio::test]
async fn lists_are_narrowed_and_paged() {
    let world = World::new();
    let mut all = Vec::new();
    for person in [Person::Rep, Person::OtherRep] {
        for slot in [
            Days::Over,
            Days::Late,
            Days::Open,
            Days::Soon,
            Days::Tomorrow,
        ] {
            all.push(world.schedule(person, slot));
        }
    }
    world.start(Person::Rep, all[2]).await;
    let listed = |query: String| {
        let world = world.clone();
        async move {
            let path = format!("/api/sessions?{query}");
            world.listed(Person::Manager, &path).await
        }
    };
    assert_eq!(listed("status=in_progress".into()).await, [all[2]]);
    assert_eq!(listed("day=2".into()).await, []);
    assert_eq!(listed(format!("from={}", NOW + DAY)).await.len(), 2);
    assert_eq!(listed(format!("to={}", NOW - HOUR)).await.len(), 2);
    assert_eq!(listed(format!("from={NOW}&to={}", NOW + 1)).await.len(), 2);
    assert_eq!(
        listed("teamId=0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e00".into()).await,
        []
    );
    let whole = listed("limit=100".into()).await;
    assert_eq!(whole.len(), 10);
    for limit in [1, 3, 10] {
        let mut seen = Vec::new();
        let mut path = format!("/api/sessions?limit={limit}");
        loop {
            let page = world.page(Person::Manager, &path).await;
            seen.extend(page.items.iter().map(|item| item.session.id));
            let Some(cursor) = page.next_cursor else {
                break;
            };
            path = format!("/api/sessions?limit={limit}&cursor={cursor}");
        }
        assert_eq!(seen, whole, "{limit}");
    }
    for (query, field) in [
        ("cursor=x", "cursor"),
        ("limit=0", "limit"),
        ("status=done", "status"),
        ("userId=1", "userId"),
        ("colour=red", "colour"),
    ] {
        let path = format!("/api/sessions?{query}");
        let problem = world
            .get_as(Person::Manager, &path)
            .await
            .problem(Code::Invalid);
        assert!(problem.errors[0].field.contains(field), "{problem:?}");
    }
}

#[tokio::test]
async fn managers_write_their_own_note() {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Open);
    world.complete(Person::Rep, id).await;
    let path = format!("/api/sessions/{id}/notes");
    let write = |asker, text: &str| {
        let call = Call::put(&path).json(json!({"text": text}));
        world.call_as(asker, call)
    };
    for text in ["First thoughts", " Well held, Asha. "] {
        assert_eq!(write(Person::Manager, text).await.status, 200);
    }
    let notes: Items<Note> = write(Person::SuperAdmin, "From above").await.json();
    let texts: Vec<&str> = notes.items.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(texts, ["Well held, Asha.", "From above"]);
    let seen: Items<Note> = world.get_as(Person::Rep, &path).await.json();
    assert_eq!(seen, notes);
    let result = format!("/api/sessions/{id}/result");
    let result: SessionResult = world.get_as(Person::Rep, &result).await.json();
    assert_eq!(
        result.manager_notes.as_deref(),
        Some("Well held, Asha.\n\nFrom above")
    );
    let left: Items<Note> = write(Person::Manager, "").await.json();
    assert_eq!(left.items.len(), 1);
    write(Person::Rep, "Mine").await.problem(Code::Forbidden);
    for asker in [Person::OtherManager, Person::SagarManager] {
        write(asker, "Not mine").await.problem(Code::NotFound);
        world.get_as(asker, &path).await.problem(Code::NotFound);
    }
    let long = write(Person::Manager, &"x".repeat(4_001)).await;
    assert_eq!(long.problem(Code::Invalid).errors[0].field, "text");
}

#[tokio::test]
async fn an_override_counts_and_stays_distinguishable() {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Open);
    let path = format!("/api/sessions/{id}/overrides");
    let over = |asker, drill: &str, score: u32, reason: &str| {
        let body: Value = json!({"drill": drill, "score": score, "reason": reason});
        let call = Call::new(Method::POST, &path).json(body);
        world.call_as(asker, call)
    };
    let reason = "She named the area, the judge missed it.";
    over(Person::Manager, "drill_0", 90, reason)
        .await
        .problem(Code::NotStarted);
    world.complete(Person::Rep, id).await;
    let result = format!("/api/sessions/{id}/result");
    let before: SessionResult = world.get_as(Person::Rep, &result).await.json();
    let judged = before.verdicts[0].last.score;

    let after = over(Person::Manager, "drill_0", 91, reason).await;
    assert_eq!(after.status, 201);
    let after: SessionResult = after.json();
    let mean = |first: u8| {
        let sum = u32::from(first) + u32::from(before.verdicts[1].last.score);
        sum.div_ceil(2)
    };
    assert_eq!(u32::from(after.score), mean(91));
    assert_eq!(after.first_score, before.first_score);
    let found = &after.overrides[0];
    assert_eq!(
        (
            found.score,
            found.judged,
            found.reason.as_str(),
            found.by_name.as_deref()
        ),
        (91, judged, reason, Some("Asha Verma"))
    );
    // What the judge said stands beside it.
    assert_eq!(after.verdicts, before.verdicts);
    let seen: SessionResult = world.get_as(Person::Rep, &result).await.json();
    assert_eq!(seen, after);
    assert_eq!(
        world.number("SELECT score_avg AS n FROM rep_rollups").await,
        Some(f64::from(after.score))
    );
    assert_eq!(
        world
            .number("SELECT score_sum AS n FROM company_day_rollups")
            .await,
        Some(f64::from(after.score))
    );

    // Once more: the later one counts, and the log tells both.
    world.pass(1_000);
    let again: SessionResult = over(Person::SuperAdmin, "drill_0", 0, reason).await.json();
    assert_eq!(
        (u32::from(again.score), again.overrides.len()),
        (mean(0), 1)
    );
    assert_eq!(again.overrides[0].judged, judged);
    assert_eq!(
        world
            .number("SELECT count(*) AS n FROM audit_log WHERE action = 'session.score_overridden'")
            .await,
        Some(2.0)
    );

    // Taken back, the judge's counts again, in the session and in all figures; a second time changes nothing.
    world.pass(1_000);
    let withdraw = |asker, drill: &str| {
        world.call_as(asker, Call::new(Method::DELETE, &format!("{path}/{drill}")))
    };
    for _ in 0..2 {
        assert_eq!(withdraw(Person::Manager, "drill_0").await.status, 204);
        let result: SessionResult = world.get_as(Person::Rep, &result).await.json();
        assert_eq!(
            (result.score, result.overrides, &result.verdicts),
            (before.score, Vec::new(), &before.verdicts)
        );
        assert_eq!(
            world.number("SELECT score_avg AS n FROM rep_rollups").await,
            Some(f64::from(before.score))
        );
    }
    assert_eq!(
        world
            .number(
                "SELECT count(*) AS n FROM audit_log WHERE action = 'session.override_withdrawn'"
            )
            .await,
        Some(1.0)
    );
    withdraw(Person::Manager, "drill_9")
        .await
        .problem(Code::NotFound);
    assert_eq!(withdraw(Person::Rep, "drill_0").await.status, 403);
    withdraw(Person::OtherManager, "drill_0")
        .await
        .problem(Code::NotFound);

    for (drill, score, reason, field) in [
        ("drill_9", 50, reason, "drill"),
        ("drill_0", 101, reason, "score"),
        ("drill_0", 50, "why not", "reason"),
    ] {
        let problem = over(Person::Manager, drill, score, reason)
            .await
            .problem(Code::Invalid);
        assert_eq!(problem.errors[0].field, field);
    }
    over(Person::Rep, "drill_0", 100, reason)
        .await
        .problem(Code::Forbidden);
    for asker in [Person::OtherManager, Person::SagarManager] {
        over(asker, "drill_0", 100, reason)
            .await
            .problem(Code::NotFound);
    }
}
