//! The running session.

use crate::world::{Answer, Call, Days, HOUR, MINUTE, Person, World};
use captain_http::live::LiveAddress;
use contract::chat::{ChatState, DoneStatus, Frame};
use contract::problem::Code;
use contract::session::SessionResult;
use domain::ids::SessionId;
use domain::session::{MessageStatus, Speaker, Status, Step};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;
use store::{Db, FromRow, Statement};

/// A rep with a session before them.
struct Desk {
    world: World,
    token: String,
    id: SessionId,
}

impl Desk {
    async fn new(slot: Days) -> Self {
        let world = World::new();
        let id = world.schedule(Person::Rep, slot);
        let token = world.token(Person::Rep).await;
        Self { world, token, id }
    }

    async fn started() -> Self {
        let desk = Self::new(Days::Open).await;
        assert_eq!(desk.start().await.status, 200);
        desk
    }

    async fn start(&self) -> Answer {
        self.world.try_start(&self.token, self.id).await
    }

    async fn get(&self, what: &str) -> Answer {
        let path = format!("/api/chat/{}/{what}", self.id);
        self.world.call(Call::get(&path).bearer(&self.token)).await
    }

    async fn post(&self, what: &str, body: Value) -> Answer {
        let path = format!("/api/chat/{}/{what}", self.id);
        self.world
            .call(Call::post(&path).bearer(&self.token).json(body))
            .await
    }

    async fn send(&self, request: &str, content: &str) -> Answer {
        self.post(
            "message",
            json!({"requestId": request, "content": content, "advance": false}),
        )
        .await
    }

    async fn history(&self) -> ChatState {
        self.get("history").await.json()
    }

    fn at(&self) -> LiveAddress {
        LiveAddress {
            company: Person::Rep.company(),
            session: self.id,
        }
    }

    async fn row(&self) -> Row {
        let sql = "SELECT status, started_at, late FROM sessions";
        self.world
            .db
            .first(Statement::new(sql))
            .await
            .unwrap()
            .unwrap()
    }
}

#[derive(Debug, FromRow, PartialEq, Eq)]
struct Row {
    status: Status,
    started_at: Option<u64>,
    late: u8,
}

#[tokio::test]
async fn a_start_begins_and_starting_again_gives_the_same() {
    let desk = Desk::new(Days::Open).await;
    let now = desk.world.now();
    let state: ChatState = desk.start().await.json();
    assert_eq!(
        (state.session_id, state.status, state.step),
        (desk.id, Status::InProgress, Step::SalespersonResponse)
    );
    assert_eq!(
        (state.drill.index, state.drill.count, state.model.as_str()),
        (0, 2, "builtin")
    );
    assert_eq!(state.items[0].content, "Objection 0");
    assert!(state.may.send);
    let marked = Row {
        status: Status::InProgress,
        started_at: Some(now),
        late: 0,
    };
    assert_eq!(desk.row().await, marked);

    desk.world.pass(MINUTE);
    let again: ChatState = desk.start().await.json();
    assert_eq!(
        (again.started_at, &again.items),
        (state.started_at, &state.items)
    );
    assert_eq!(desk.row().await, marked);
}

#[tokio::test]
async fn a_start_outside_the_window_says_when() {
    let desk = Desk::new(Days::Soon).await;
    let problem = desk.start().await.problem(Code::WindowNotOpen);
    assert_eq!(
        problem.detail,
        "This session opens at 2026-11-20T06:30:00Z."
    );
    desk.world.pass(HOUR);
    let token = desk.world.token(Person::Rep).await;
    assert_eq!(desk.world.try_start(&token, desk.id).await.status, 200);

    let desk = Desk::new(Days::Over).await;
    let problem = desk.start().await.problem(Code::WindowClosed);
    assert!(
        problem
            .detail
            .starts_with("This session could be started until 2026-11-20T04:30:00Z.")
    );
    assert_eq!(desk.row().await.status, Status::Scheduled);
}

#[tokio::test]
async fn a_late_start_is_marked() {
    let desk = Desk::new(Days::Late).await;
    assert_eq!(desk.start().await.status, 200);
    assert_eq!(desk.row().await.late, 1);
}

#[tokio::test]
async fn a_running_session_is_resumed_at_any_time() {
    let desk = Desk::started().await;
    desk.world.pass(30 * HOUR);
    let token = desk.world.token(Person::Rep).await;
    let answer = desk.world.try_start(&token, desk.id).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn a_start_that_missed_its_mark_is_healed_with_its_own_moment() {
    let desk = Desk::started().await;
    let begun = desk.world.now();
    // As if the Worker had died between object and database.
    desk.world
        .db
        .script("UPDATE sessions SET status = 'scheduled', started_at = NULL")
        .unwrap();
    desk.send("r1", "Namaste").await.problem(Code::NotStarted);
    desk.world.pass(14 * MINUTE);
    let state: ChatState = desk.start().await.json();
    assert_eq!(state.started_at, begun);
    // It was begun in time, however late it was healed.
    assert_eq!(
        desk.row().await,
        Row {
            status: Status::InProgress,
            started_at: Some(begun),
            late: 0
        }
    );
}

#[tokio::test]
async fn a_start_whose_object_lost_its_log_begins_anew() {
    let desk = Desk::started().await;
    desk.world.objects.forget(desk.at());
    desk.send("r1", "Namaste").await.problem(Code::NotStarted);
    let state: ChatState = desk.start().await.json();
    assert_eq!(state.items.len(), 1);
}

#[tokio::test]
async fn a_missed_or_completed_session_does_not_start() {
    let desk = Desk::new(Days::Open).await;
    desk.world
        .db
        .script("UPDATE sessions SET status = 'missed'")
        .unwrap();
    desk.start().await.problem(Code::WindowClosed);

    let desk = Desk::new(Days::Open).await;
    desk.world.complete(Person::Rep, desk.id).await;
    desk.start().await.problem(Code::SessionCompleted);
}

#[tokio::test]
async fn what_judges_is_frozen_at_the_start() {
    let desk = Desk::started().await;
    desk.world
        .db
        .script("UPDATE scenario_versions SET text = json_set(text, '$.drills[1].customer_message', 'Edited')")
        .unwrap();
    desk.world.practise_all(Person::Rep, desk.id).await;
    let items = desk.history().await.items;
    assert!(items.iter().any(|item| item.content == "Objection 1"));
    desk.world.settle(Person::Rep, desk.id).await;

    #[derive(FromRow)]
    struct Judged {
        rubric_hash: String,
        prompt_version: String,
        model: String,
    }
    let sql = "SELECT rubric_hash, prompt_version, model FROM sessions";
    let judged: Judged = desk
        .world
        .db
        .first(Statement::new(sql))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (judged.prompt_version.as_str(), judged.model.as_str()),
        ("1", "builtin")
    );
    assert_eq!(judged.rubric_hash.len(), 64);
}

#[tokio::test]
async fn a_message_streams_its_turn() {
    let desk = Desk::started().await;
    let answer = desk.send("r1", "Namaste").await;
    assert_eq!(
        (
            answer.header("cache-control"),
            answer.header("x-accel-buffering")
        ),
        ("no-store", "no")
    );
    let frames = answer.frames();
    let Frame::Connected {
        turn_id: Some(turn),
        session_id,
        after,
    } = &frames[0].1
    else {
        panic!("{frames:?}")
    };
    assert_eq!((*session_id, *after), (desk.id, frames[0].0));
    let words: String = frames
        .iter()
        .filter_map(|(_, frame)| match frame {
            Frame::Content { content, .. } => Some(content.as_str()),
            _ => None,
        })
        .collect();
    let Frame::Done {
        turn_id,
        status,
        content,
        step,
        ..
    } = &frames.last().unwrap().1
    else {
        panic!("{frames:?}")
    };
    assert_eq!(
        (turn_id, *status, *step),
        (turn, DoneStatus::Completed, Step::SalespersonRepeat)
    );
    assert_eq!(
        (words.as_str(), content.as_str()),
        ("Well said.", "Well said.")
    );
    assert!(frames.windows(2).all(|pair| pair[0].0 < pair[1].0));
}

#[tokio::test]
async fn the_same_send_is_the_same_turn() {
    let desk = Desk::started().await;
    let first = desk.send("r1", "Namaste").await.frames();
    assert_eq!(desk.send("r1", "Namaste").await.frames(), first);
    desk.send("r1", "Another")
        .await
        .problem(Code::RequestIdReused);
    let own = desk
        .history()
        .await
        .items
        .iter()
        .filter(|item| item.role == Speaker::Salesperson)
        .count();
    assert_eq!(own, 1);
}

#[tokio::test]
async fn one_turn_runs_at_a_time_and_can_be_attached_to() {
    let desk = Desk::started().await;
    desk.world.objects.slow.store(true, Ordering::SeqCst);
    let begun = desk.send("r1", "Namaste").await.frames();
    let problem = desk
        .send("r2", "Once more")
        .await
        .problem(Code::TurnRunning);
    let Frame::Connected { turn_id, .. } = begun[0].1 else {
        panic!("{begun:?}")
    };
    assert_eq!(problem.turn_id, turn_id);

    let attach = problem.attach.unwrap();
    let seen = desk
        .world
        .call(Call::get(&attach).bearer(&desk.token))
        .await;
    assert_eq!(seen.frames(), begun);
}

#[tokio::test]
async fn every_place_to_attach_gives_what_is_missing() {
    let desk = Desk::started().await;
    let whole = desk.get("events?after=0").await.frames();
    let sent = desk.send("r1", "Namaste").await.frames();
    let all: Vec<_> = whole[1..].iter().chain(&sent[1..]).cloned().collect();
    let last = all.last().unwrap().0;
    for after in 0..last {
        let by_query = desk.get(&format!("events?after={after}")).await.frames();
        let missing: Vec<_> = all.iter().filter(|(id, _)| *id > after).cloned().collect();
        assert_eq!(by_query[1..], missing, "after {after}");
        // The header is newer than the query of the first attach.
        let path = format!("/api/chat/{}/events?after=0", desk.id);
        let call = Call::get(&path)
            .bearer(&desk.token)
            .header("last-event-id", &after.to_string());
        assert_eq!(desk.world.call(call).await.frames(), by_query);
    }
    let answer = desk.get(&format!("events?after={last}")).await;
    assert_eq!((answer.status, answer.body.len()), (204, 0));
}

#[tokio::test]
async fn a_turn_is_stopped_and_asked_for_again() {
    let desk = Desk::started().await;
    desk.post("correction", json!({"requestId": "c0"}))
        .await
        .problem(Code::NothingToRetry);
    desk.world.objects.slow.store(true, Ordering::SeqCst);
    desk.send("r1", "Namaste").await;
    for _ in 0..2 {
        let answer = desk.post("stop", json!({})).await;
        assert_eq!((answer.status, answer.body.len()), (202, 0));
    }
    let problem = desk.send("r2", "Hello").await.problem(Code::RetryFirst);
    assert!(problem.turn_id.is_some());

    desk.world.objects.slow.store(false, Ordering::SeqCst);
    let frames = desk
        .post("correction", json!({"requestId": "c1"}))
        .await
        .frames();
    assert!(frames.last().unwrap().1.is_terminal());
    let own: Vec<_> = desk
        .history()
        .await
        .items
        .into_iter()
        .filter(|item| item.role == Speaker::Salesperson)
        .collect();
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].status, MessageStatus::Read);
}

#[tokio::test]
async fn the_next_customer_comes_after_the_repeat() {
    let desk = Desk::started().await;
    let next = json!({"requestId": "n1"});
    desk.post("next", next.clone())
        .await
        .problem(Code::RepeatFirst);
    desk.send("r1", "Namaste").await;
    desk.post("next", next.clone())
        .await
        .problem(Code::RepeatFirst);
    desk.send("r2", "Namaste again").await;
    let frames = desk.post("next", next.clone()).await.frames();
    assert!(frames.iter().any(|(_, frame)| matches!(frame, Frame::Message { message, .. } if message.content == "Objection 1")));
    assert_eq!(desk.post("next", next).await.frames(), frames);
    assert_eq!(desk.history().await.drill.index, 1);
}

#[tokio::test]
async fn a_session_ends_once_with_the_same_result() {
    let desk = Desk::started().await;
    let end = || desk.post("end", json!({}));
    end().await.problem(Code::DrillsRemaining);
    desk.world
        .practise_all_but_the_end(Person::Rep, desk.id)
        .await;
    let first: SessionResult = end().await.json();
    let again: SessionResult = end().await.json();
    desk.world.settle(Person::Rep, desk.id).await;
    let stored: SessionResult = end().await.json();
    assert_eq!((&first, &first), (&again, &stored));
}

#[tokio::test]
async fn the_chat_is_the_same_from_the_object_and_from_the_database() {
    let desk = Desk::started().await;
    desk.world.practise_all(Person::Rep, desk.id).await;
    let live = desk.history().await;
    desk.world.settle(Person::Rep, desk.id).await;
    let stored = desk.history().await;
    assert_eq!(live, stored);
    assert_eq!(stored.status, Status::Completed);
}

#[tokio::test]
async fn a_completed_session_is_quiet() {
    let desk = Desk::started().await;
    desk.world.complete(Person::Rep, desk.id).await;
    desk.send("r9", "More")
        .await
        .problem(Code::SessionCompleted);
    let body = json!({"requestId": "r9"});
    desk.post("next", body.clone())
        .await
        .problem(Code::SessionCompleted);
    desk.post("correction", body)
        .await
        .problem(Code::SessionCompleted);
    assert_eq!(desk.post("stop", json!({})).await.status, 202);
    assert_eq!(desk.get("events?after=0").await.status, 204);
}

/// The object keeps its log for a while after the hand-over: whoever lost the line at the very end still gets the end.
#[tokio::test]
async fn the_last_turn_can_be_heard_after_the_end() {
    let desk = Desk::started().await;
    let last = json!({"requestId": "last", "content": "Namaste", "advance": true});
    for (request, content) in [("r1", "First 0"), ("r2", "Again 0")] {
        desk.send(request, content).await.frames();
    }
    desk.post("next", json!({"requestId": "n1"})).await.frames();
    desk.send("r3", "First 1").await.frames();
    let heard = desk.post("message", last.clone()).await.frames();
    desk.world
        .objects
        .hand_over(desk.at(), &desk.world.db)
        .await;
    assert_eq!(desk.row().await.status, Status::Completed);

    assert_eq!(desk.post("message", last.clone()).await.frames(), heard);
    let after = heard[heard.len() - 3].0;
    let missed = desk.get(&format!("events?after={after}")).await.frames();
    assert_eq!(missed[1..], heard[heard.len() - 2..]);
    let end = heard.last().unwrap().0;
    assert_eq!(desk.get(&format!("events?after={end}")).await.status, 204);
    desk.send("r9", "More")
        .await
        .problem(Code::SessionCompleted);
    desk.start().await.problem(Code::SessionCompleted);

    // In the end the database alone has it.
    desk.world.objects.forget(desk.at());
    desk.post("message", last)
        .await
        .problem(Code::SessionCompleted);
    assert_eq!(desk.get("events?after=0").await.status, 204);
}

/// The database said "running", and by the time the object was asked it had handed the session over.
#[tokio::test]
async fn a_session_that_settles_between_two_questions_is_found() {
    let calls: [(&str, &str, Option<Code>); 7] = [
        ("GET", "history", None),
        ("GET", "events", None),
        ("POST", "end", None),
        ("POST", "stop", None),
        ("POST", "message", Some(Code::SessionCompleted)),
        ("POST", "next", Some(Code::SessionCompleted)),
        ("POST", "start", Some(Code::SessionCompleted)),
    ];
    for (method, what, code) in calls {
        let desk = Desk::started().await;
        desk.world.practise_all(Person::Rep, desk.id).await;
        let db = desk.world.db.clone();
        *desk.world.objects.just_settled.lock().unwrap() = Some(db);
        let answer = match (method, what) {
            ("GET", _) => desk.get(what).await,
            (_, "start") => desk.start().await,
            (_, "message") => desk.send("r9", "More").await,
            _ => desk.post(what, json!({"requestId": "r9"})).await,
        };
        match code {
            Some(code) => drop(answer.problem(code)),
            None => assert!(answer.status < 300, "{what} {answer:?}"),
        }
    }
}

#[tokio::test]
async fn before_the_start_nothing_can_be_said() {
    let desk = Desk::new(Days::Open).await;
    desk.send("r1", "Namaste").await.problem(Code::NotStarted);
    desk.post("stop", json!({})).await.problem(Code::NotStarted);
    desk.post("end", json!({})).await.problem(Code::NotStarted);
    desk.get("history").await.problem(Code::NotStarted);
    assert_eq!(desk.get("events").await.status, 204);
    // And no object is woken for it.
    assert_eq!(desk.world.objects.asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn an_object_that_is_down_loses_nothing() {
    let desk = Desk::started().await;
    desk.world.objects.down.store(true, Ordering::SeqCst);
    let path = format!("/api/chat/{}/message", desk.id);
    let send = || {
        let body = json!({"requestId": "r1", "content": "Namaste"});
        Call::post(&path).bearer(&desk.token).json(body)
    };
    let problem = desk
        .world
        .call_even_if_it_fails(send())
        .await
        .problem(Code::Unavailable);
    assert!(!problem.detail.contains("secret"));
    assert_eq!(desk.world.take_faults().len(), 1);
    desk.world.objects.down.store(false, Ordering::SeqCst);
    assert!(
        desk.world
            .call(send())
            .await
            .frames()
            .last()
            .unwrap()
            .1
            .is_terminal()
    );
}
