//! A whole session, from the day's first customer to the score.

use captain_api_tests::{
    Ended, GOOD, HESITANT, PLAIN, Person, Rep, Stack, Stream, problem, request_id, shared, whole,
};
use contract::chat::{ChatState, Frame};
use contract::problem::Code;
use contract::session::{Session, SessionResult, Today};
use domain::session::{MessageKind, MessageStatus, Speaker, Status, Step};

/// Somebody of the demo, at the session that is open for them.
async fn demo_rep(stack: &Stack, email: &str) -> Rep {
    let person = Person::log_in(stack, email).await;
    let session = open_session(&person).await;
    Rep {
        person,
        session: session.id,
    }
}

async fn today(person: &Person) -> Today {
    person
        .get("/api/sessions/today")
        .await
        .json()
        .await
        .unwrap()
}

async fn open_session(person: &Person) -> Session {
    let today = today(person).await;
    let open = |session: &&Session| {
        session.status == Status::Scheduled
            && (session.opens_at..session.closes_at).contains(&today.now)
    };
    today
        .items
        .iter()
        .find(open)
        .expect("an open session")
        .clone()
}

/// Practises drill by drill and looks at every step on the way.
async fn practise_and_look(rep: &Rep) -> (ChatState, SessionResult) {
    let mut state = rep.start().await;
    let drills = state.drill.count;
    assert!((2..=3).contains(&drills));
    for drill in 0..drills {
        assert_eq!(
            (state.drill.index, state.step, state.step_number),
            (drill, Step::SalespersonResponse, 2)
        );
        assert_eq!(state.items.last().unwrap().kind, MessageKind::Objection);
        problem(rep.try_end().await, Code::DrillsRemaining).await;
        problem(rep.next(&request_id()).await, Code::RepeatFirst).await;
        problem(rep.correction(&request_id()).await, Code::NothingToRetry).await;

        let frames = rep.turn(HESITANT).await;
        let Frame::Message { step, .. } = &frames[0].frame else {
            panic!("{frames:?}")
        };
        assert_eq!(*step, Step::CoachCorrection, "3/4 while the coach corrects");
        assert_eq!(
            kinds(&frames),
            [MessageKind::Answer, MessageKind::Correction]
        );
        assert_eq!(Ended::of(&frames).step, Step::SalespersonRepeat);
        problem(rep.next(&request_id()).await, Code::RepeatFirst).await;

        if drill == 0 {
            // Says it again, waits, says it once more: the second repeat is the last, so the next customer comes.
            let frames = rep.waiting_turn(PLAIN).await;
            assert_eq!(
                kinds(&frames),
                [
                    MessageKind::Repeat,
                    MessageKind::Reaction,
                    MessageKind::Note
                ]
            );
            let ended = Ended::of(&frames);
            assert_eq!(ended.step, Step::SalespersonRepeat);
            assert!(ended.may.send && ended.may.next);
            let frames = rep.waiting_turn(GOOD).await;
            assert_eq!(kinds(&frames).last(), Some(&MessageKind::Objection));
        } else if drill + 1 < drills {
            let frames = rep.turn(GOOD).await;
            let wanted = [
                MessageKind::Repeat,
                MessageKind::Reaction,
                MessageKind::Note,
                MessageKind::Objection,
            ];
            assert_eq!(kinds(&frames), wanted);
        } else {
            let frames = rep.waiting_turn(GOOD).await;
            assert!(Ended::of(&frames).may.end);
        }
        state = rep.history().await;
        never_shows_the_answer(&state);
    }
    let result = rep.end().await;
    (rep.history().await, result)
}

fn kinds(frames: &[captain_api_tests::Seen]) -> Vec<MessageKind> {
    whole(frames).iter().map(|message| message.kind).collect()
}

/// The ideal answer is for afterwards.
fn never_shows_the_answer(state: &ChatState) {
    let text = serde_json::to_string(state).unwrap();
    assert!(!text.contains("ideal"), "{text}");
}

fn is_consistent(state: &ChatState, result: &SessionResult) {
    assert_eq!(
        (state.status, state.step),
        (Status::Completed, Step::Completed)
    );
    assert_eq!(result.verdicts.len(), state.drill.count);
    let mean = |scores: Vec<u8>| {
        let sum: usize = scores.iter().map(|score| usize::from(*score)).sum();
        sum as f64 / scores.len() as f64
    };
    let last = mean(
        result
            .verdicts
            .iter()
            .map(|drill| drill.last.score)
            .collect(),
    );
    let first = mean(
        result
            .verdicts
            .iter()
            .map(|drill| drill.first.score)
            .collect(),
    );
    assert!(
        (f64::from(result.score) - last).abs() <= 0.5,
        "{} of {last}",
        result.score
    );
    assert!(
        (f64::from(result.first_score) - first).abs() <= 0.5,
        "{} of {first}",
        result.first_score
    );
    assert!(
        result.score > result.first_score,
        "a good repeat after a hesitant answer"
    );
    assert!(!result.coach_notes.is_empty() && !result.voice_drill.text.is_empty());
    for (index, drill) in result.verdicts.iter().enumerate() {
        let of = |kind| {
            state
                .items
                .iter()
                .filter(move |message| message.drill_index == index && message.kind == kind)
        };
        let [objection, answer, correction] = [
            MessageKind::Objection,
            MessageKind::Answer,
            MessageKind::Correction,
        ]
        .map(|kind| of(kind).next().unwrap());
        assert_eq!(drill.customer_message, objection.content);
        assert_eq!(drill.initial_response, answer.content);
        assert_eq!(Some(&drill.first), answer.verdict.as_ref());
        assert_eq!(
            Some(&drill.corrected_response),
            correction.improved.as_ref()
        );
        let best = of(MessageKind::Repeat)
            .max_by_key(|message| message.verdict.as_ref().unwrap().score)
            .unwrap();
        assert_eq!(drill.final_response, best.content);
        assert_eq!(Some(&drill.last), best.verdict.as_ref());
        assert!(!drill.ideal_response.is_empty());
        for verdict in [&drill.first, &drill.last] {
            let said = if verdict == &drill.first {
                &drill.initial_response
            } else {
                &drill.final_response
            };
            for observed in verdict
                .criteria
                .iter()
                .filter_map(|criterion| criterion.observed.as_ref())
            {
                assert!(
                    said.contains(&observed.quote),
                    "{:?} is quoted truly from {said:?}",
                    observed.quote
                );
            }
        }
    }
    for message in &state.items {
        let wanted = if message.role == Speaker::Salesperson {
            MessageStatus::Read
        } else {
            MessageStatus::Complete
        };
        assert_eq!(message.status, wanted);
    }
}

async fn is_stored(rep: &Rep, state: &ChatState, result: &SessionResult) {
    let fresh = rep.elsewhere();
    let path = format!("/api/sessions/{}", rep.session);
    let stored: SessionResult = fresh
        .person
        .get(&format!("{path}/result"))
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(&stored, result);
    assert_eq!(fresh.end().await, *result, "ending again gives the same");
    let listed: Session = fresh.person.get(&path).await.json().await.unwrap();
    assert_eq!(listed.status, Status::Completed);
    assert_eq!(
        (listed.score, listed.first_score),
        (Some(result.score), Some(result.first_score))
    );
    assert_eq!(
        (listed.started_at, listed.ended_at),
        (Some(result.started_at), Some(result.ended_at))
    );
    let later = fresh.history().await;
    assert_eq!(later.items, state.items);
    assert_eq!(
        (later.status, later.step, later.may),
        (state.status, state.step, state.may)
    );
    problem(
        fresh.try_send(&request_id(), GOOD).await,
        Code::SessionCompleted,
    )
    .await;
    assert!(fresh.events(later.last_event_id).await.is_none());
}

#[tokio::test]
async fn a_rep_practises_a_whole_session() {
    let rep = Rep::new(shared()).await;
    let before = today(&rep.person).await;
    assert_eq!(before.items[0].id, rep.session);
    assert_eq!(before.items[0].status, Status::Scheduled);
    let (state, result) = practise_and_look(&rep).await;
    is_consistent(&state, &result);
    is_stored(&rep, &state, &result).await;
    let after = today(&rep.person).await;
    assert_eq!(
        after.progress.days_completed,
        before.progress.days_completed + 1
    );
    let recent = after.progress.recent.last().unwrap();
    assert_eq!(
        (recent.session_id, recent.score),
        (rep.session, result.score)
    );
    let done = after
        .items
        .iter()
        .find(|session| session.id == rep.session)
        .unwrap();
    assert_eq!(
        (done.status, done.score),
        (Status::Completed, Some(result.score))
    );
}

#[tokio::test]
async fn the_demo_rep_practises_and_the_next_day_is_open() {
    for email in ["rep@salescaptain.test", "otherrep@salescaptain.test"] {
        let rep = demo_rep(shared(), email).await;
        let (state, result) = practise_and_look(&rep).await;
        is_consistent(&state, &result);
        is_stored(&rep, &state, &result).await;
        let next = open_session(&rep.person).await;
        assert_ne!(next.id, rep.session);
        assert_eq!(next.day, state.day % 10 + 1);
    }
}

#[tokio::test]
async fn nothing_can_be_done_before_the_start() {
    let rep = Rep::new(shared()).await;
    problem(rep.try_send(&request_id(), GOOD).await, Code::NotStarted).await;
    problem(rep.next(&request_id()).await, Code::NotStarted).await;
    problem(rep.try_end().await, Code::NotStarted).await;
    problem(rep.person.get(&rep.path("history")).await, Code::NotStarted).await;
    let result = rep
        .person
        .get(&format!("/api/sessions/{}/result", rep.session))
        .await;
    assert!(
        [404, 409].contains(&result.status().as_u16()),
        "{}",
        result.status()
    );
    let started = rep.start().await;
    assert_eq!(started.items.len(), 1);
    assert_eq!(started.items[0].role, Speaker::Customer);
    let again = rep.elsewhere().start().await;
    assert_eq!(
        (again.items, again.last_event_id),
        (started.items, started.last_event_id)
    );
}

#[tokio::test]
async fn starting_at_once_on_many_devices_is_one_start() {
    let rep = Rep::new(shared()).await;
    let states =
        futures::future::join_all((0..20).map(|_| async { rep.elsewhere().start().await })).await;
    for state in &states {
        assert_eq!(
            (&state.items, state.started_at),
            (&states[0].items, states[0].started_at)
        );
    }
}

#[tokio::test]
async fn the_next_customer_comes_when_asked() {
    let rep = Rep::started(shared()).await;
    rep.turn(HESITANT).await;
    rep.waiting_turn(GOOD).await;
    let frames = Stream::of(rep.next(&request_id()).await).frames().await;
    assert_eq!(kinds(&frames), [MessageKind::Objection]);
    let ended = Ended::of(&frames);
    assert_eq!(ended.step, Step::SalespersonResponse);
    assert!(ended.may.send && !ended.may.next);
    assert_eq!(rep.history().await.drill.index, 1);
}
