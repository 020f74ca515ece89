//! Laws of the session machine, over random walks of everything a rep, a pump and a fault can do.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod fixture;

use domain::ids::{TurnId, uuid_v7};
use domain::scoring::Grounds;
use domain::session::*;
use fixture::{frozen, verdict};
use proptest::prelude::*;
use uuid::Uuid;

/// One thing that happens to a session; indices are taken modulo what there is.
#[derive(Debug, Clone)]
enum Deed {
    Start,
    Send { request: u8, advance: bool },
    Retry { request: u8 },
    Next { request: u8 },
    Stop,
    End,
    Compose(Speaker, VoicedBy),
    Speak,
    Finish,
    Grade { score: u8 },
    Interrupt,
    Withdraw,
    StalePump,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        1 => Just(Deed::Start),
        6 => (any::<u8>(), any::<bool>()).prop_map(|(request, advance)| Deed::Send { request, advance }),
        2 => any::<u8>().prop_map(|request| Deed::Retry { request }),
        2 => any::<u8>().prop_map(|request| Deed::Next { request }),
        1 => Just(Deed::Stop),
        1 => Just(Deed::End),
        4 => (prop_oneof![Just(Speaker::Customer), Just(Speaker::Coach)], voices())
            .prop_map(|(speaker, voiced_by)| Deed::Compose(speaker, voiced_by)),
        5 => Just(Deed::Speak),
        2 => Just(Deed::Finish),
        5 => (0_u8..=100).prop_map(|score| Deed::Grade { score }),
        1 => Just(Deed::Interrupt),
        1 => Just(Deed::Withdraw),
        1 => Just(Deed::StalePump),
    ];
    prop::collection::vec(deed, 0..120)
}

fn voices() -> impl Strategy<Value = VoicedBy> {
    let model = "m".to_owned();
    prop_oneof![
        Just(VoicedBy::BuiltIn),
        Just(VoicedBy::Model { model }),
        prop_oneof![
            Just(Absence::Away),
            Just(Absence::Spent),
            Just(Absence::Declined)
        ]
        .prop_map(|why| VoicedBy::StandIn { why }),
    ]
}

/// A session with its log, as the object keeps them.
#[derive(Default)]
struct Rig {
    live: LiveSession,
    log: Vec<Entry>,
    minted: u64,
}

impl Rig {
    fn ask(&mut self, command: Command) -> Result<Decision, Refusal> {
        let minted = &mut self.minted;
        let mut mint = || -> Uuid {
            *minted += 1;
            uuid_v7(*minted, &[7; 10])
        };
        let decision = self.live.decide(command, &mut mint)?;
        if let Decision::Append(events) = &decision {
            for event in events.clone() {
                let entry = Entry {
                    seq: self.log.len() as u64 + 1,
                    at: self.log.len() as u64 * 10,
                    event,
                };
                self.live.apply(&entry);
                self.log.push(entry);
            }
        }
        Ok(decision)
    }

    fn command(&self, deed: &Deed) -> Command {
        let request = |n: &u8| RequestId::try_from(format!("r{}", n % 12)).unwrap();
        let turn = self
            .live
            .running()
            .map_or(TurnId(Uuid::nil()), |turn| turn.id);
        let message = self
            .live
            .messages()
            .iter()
            .rev()
            .find(|message| message.status == MessageStatus::Streaming)
            .map_or(domain::ids::MessageId(Uuid::nil()), |message| message.id);
        match deed {
            Deed::Start => Command::Start(Box::new(frozen(2))),
            Deed::Send {
                request: n,
                advance,
            } => Command::Send {
                request: request(n),
                content: format!("words {}", n % 3),
                advance: *advance,
            },
            Deed::Retry { request: n } => Command::Retry {
                request: request(n),
            },
            Deed::Next { request: n } => Command::Next {
                request: request(n),
            },
            Deed::Stop => Command::Stop,
            Deed::End => Command::End,
            Deed::Compose(speaker, voiced_by) => Command::Compose {
                turn,
                speaker: *speaker,
                voiced_by: voiced_by.clone(),
            },
            Deed::Speak => Command::Speak {
                turn,
                message,
                text: "so ".to_owned(),
            },
            Deed::Finish => Command::FinishMessage { turn, message },
            Deed::Grade { score } => Command::Grade {
                turn,
                verdict: Box::new(verdict(*score)),
                improved: None,
                grounds: Box::default(),
            },
            Deed::Withdraw => Command::Withdraw { turn, message },
            Deed::Interrupt => Command::Interrupt { turn },
            Deed::StalePump => Command::Speak {
                turn: TurnId(Uuid::max()),
                message,
                text: "from a pump of the past".to_owned(),
            },
        }
    }
}

/// The steps that may follow each other; a drill's end leads to the next customer or to the end.
fn may_follow(from: Option<Step>, to: Option<Step>) -> bool {
    use Step::*;
    match (from, to) {
        (a, b) if a == b => true,
        (None, Some(CustomerObjection)) => true,
        (Some(CustomerObjection), Some(SalespersonResponse)) => true,
        (Some(SalespersonResponse), Some(CoachCorrection)) => true,
        (Some(CoachCorrection), Some(SalespersonRepeat)) => true,
        (Some(SalespersonRepeat), Some(CustomerObjection | Completed)) => true,
        _ => false,
    }
}

proptest! {
    #[test]
    fn no_path_skips_a_step_or_leaves_completed(walk in deeds()) {
        let mut rig = Rig::default();
        let _ = rig.ask(Command::Start(Box::new(frozen(2))));
        for deed in &walk {
            let command = rig.command(deed);
            let _ = rig.ask(command);
        }
        let mut live = LiveSession::default();
        for entry in &rig.log {
            let (step, drill) = (live.step(), live.drill());
            if step == Some(Step::Completed) {
                prop_assert!(matches!(entry.event, Event::TurnEnded { .. }), "after the end: {:?}", entry.event);
            }
            live.apply(entry);
            prop_assert!(may_follow(step, live.step()), "{:?} -> {:?} by {:?}", step, live.step(), entry.event);
            prop_assert!(live.drill() == drill || live.drill() == drill + 1);
        }
    }

    #[test]
    fn the_fold_of_the_log_is_the_session(walk in deeds()) {
        let mut rig = Rig::default();
        for deed in &walk {
            let command = rig.command(deed);
            let _ = rig.ask(command);
        }
        let written: Vec<String> = rig.log.iter().map(|entry| serde_json::to_string(entry).unwrap()).collect();
        let read: Vec<Entry> = written.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        prop_assert_eq!(LiveSession::replay(&read), rig.live);
    }

    #[test]
    fn one_turn_runs_at_a_time_and_each_ends_once(walk in deeds()) {
        let mut rig = Rig::default();
        let _ = rig.ask(Command::Start(Box::new(frozen(2))));
        for deed in &walk {
            let running = rig.live.running().map(|turn| turn.id);
            let known = rig.log.len();
            let command = rig.command(deed);
            let by_rep = matches!(command, Command::Send { .. } | Command::Retry { .. } | Command::Next { .. });
            match (rig.ask(command), running) {
                (Ok(Decision::Append(_)), Some(_)) if by_rep => prop_assert!(false, "began beside a running turn"),
                (Err(Refusal::TurnRunning { turn }), Some(running)) => prop_assert_eq!(turn, running),
                (Ok(Decision::Known(_)), _) => prop_assert_eq!(rig.log.len(), known),
                _ => {}
            }
        }
        let mut open: Option<TurnId> = None;
        for entry in &rig.log {
            match &entry.event {
                Event::TurnBegan { turn, .. } => { prop_assert_eq!(open, None); open = Some(*turn); }
                Event::TurnEnded { turn, .. } => { prop_assert_eq!(open, Some(*turn)); open = None; }
                Event::Composing { turn, .. } | Event::Chunk { turn, .. } | Event::Spoken { turn, .. } | Event::Withdrawn { turn, .. } | Event::Graded { turn, .. } =>
                    prop_assert_eq!(open, Some(*turn)),
                _ => {}
            }
        }
    }

    #[test]
    fn the_same_send_is_the_same_turn_however_often(walk in deeds(), times in 1_usize..6) {
        let mut rig = Rig::default();
        let _ = rig.ask(Command::Start(Box::new(frozen(2))));
        for deed in &walk {
            let command = rig.command(deed);
            let began = match rig.ask(command.clone()) {
                Ok(Decision::Append(events)) => events.iter().find_map(|event| match event {
                    Event::TurnBegan { turn, .. } => Some(*turn),
                    _ => None,
                }),
                _ => None,
            };
            if let Some(turn) = began {
                let length = rig.log.len();
                for _ in 0..times {
                    prop_assert_eq!(rig.ask(command.clone()), Ok(Decision::Known(turn)));
                }
                prop_assert_eq!(rig.log.len(), length);
            }
        }
    }

    #[test]
    fn what_may_be_done_can_be_done(walk in deeds()) {
        let mut rig = Rig::default();
        let _ = rig.ask(Command::Start(Box::new(frozen(2))));
        for deed in &walk {
            let command = rig.command(deed);
            let _ = rig.ask(command);
            let may = rig.live.may();
            let fresh = || RequestId::try_from("fresh".to_owned()).unwrap();
            let mut mint = Uuid::nil;
            let mut works = |command| rig.live.decide(command, &mut mint).is_ok();
            prop_assert_eq!(may.send, works(Command::Send { request: fresh(), content: "x".into(), advance: true }));
            prop_assert_eq!(may.retry, works(Command::Retry { request: fresh() }));
            prop_assert_eq!(may.end, works(Command::End));
            if may.next { let next = works(Command::Next { request: fresh() }); prop_assert!(next); }
            prop_assert_eq!(may.stop, rig.live.running().is_some());
            let done = rig.live.step() == Some(Step::Completed);
            prop_assert!(done || may.send || may.retry || may.next || may.stop || may.end, "the session is stuck");
        }
    }

    #[test]
    fn what_a_model_took_back_is_nowhere_and_what_it_declined_is_remembered_by_every_retry(walk in deeds()) {
        let mut rig = Rig::default();
        let _ = rig.ask(Command::Start(Box::new(frozen(2))));
        let mut declined: Vec<(TurnId, Speaker)> = Vec::new();
        for deed in &walk {
            let command = rig.command(deed);
            let Ok(Decision::Append(events)) = rig.ask(command) else { continue };
            for event in events {
                match event {
                    Event::Withdrawn { turn, message } => {
                        let bubble = rig.live.messages().iter().find(|bubble| bubble.id == message).unwrap();
                        prop_assert_eq!((bubble.text.as_str(), bubble.status), ("", MessageStatus::Interrupted));
                        prop_assert!(rig.live.may().retry);
                        declined.push((turn, bubble.speaker));
                    }
                    Event::TurnBegan { turn, retry_of: Some(cut), .. } => {
                        let inherited: Vec<_> = declined.iter().filter(|(of, _)| *of == cut).map(|(_, who)| (turn, *who)).collect();
                        declined.extend(inherited);
                    }
                    _ => {}
                }
            }
            for turn in rig.live.running().into_iter().chain(rig.live.last_turn()) {
                for speaker in [Speaker::Customer, Speaker::Coach] {
                    prop_assert_eq!(rig.live.was_declined(turn, speaker), declined.contains(&(turn.id, speaker)));
                }
            }
        }
    }

    #[test]
    fn every_composed_message_says_who_voices_it(walk in deeds()) {
        let mut rig = Rig::default();
        let _ = rig.ask(Command::Start(Box::new(frozen(2))));
        for deed in &walk {
            let command = rig.command(deed);
            let _ = rig.ask(command);
        }
        for message in rig.live.messages() {
            let composed = rig.log.iter().find_map(|entry| match &entry.event {
                Event::Composing { message: of, voiced_by, .. } if *of == message.id => Some(voiced_by),
                _ => None,
            });
            prop_assert_eq!(message.voiced_by.as_ref(), composed);
        }
    }

    #[test]
    fn a_message_is_the_sum_of_its_chunks(walk in deeds()) {
        let mut rig = Rig::default();
        let _ = rig.ask(Command::Start(Box::new(frozen(2))));
        for deed in &walk {
            let command = rig.command(deed);
            let _ = rig.ask(command);
        }
        for message in rig.live.messages().iter().filter(|message| message.speaker == Speaker::Coach) {
            let sum: String = rig.log.iter().filter_map(|entry| match &entry.event {
                Event::Chunk { message: of, text, .. } if *of == message.id => Some(text.as_str()),
                _ => None,
            }).collect();
            let withdrawn = rig.log.iter().any(|entry| matches!(&entry.event,
                Event::Withdrawn { message: of, .. } if *of == message.id));
            prop_assert_eq!(&message.text, if withdrawn { "" } else { &sum });
        }
    }
}

fn send(rig: &mut Rig, id: &str, content: &str, advance: bool) -> TurnId {
    let request = RequestId::try_from(id.to_owned()).unwrap();
    rig.ask(Command::Send {
        request,
        content: content.to_owned(),
        advance,
    })
    .unwrap();
    rig.live.running().unwrap().id
}

fn grade(rig: &mut Rig, turn: TurnId, score: u8, improved: Option<&str>) {
    rig.ask(Command::Grade {
        turn,
        verdict: Box::new(verdict(score)),
        improved: improved.map(str::to_owned),
        grounds: Box::default(),
    })
    .unwrap();
}

#[test]
fn a_whole_session_keeps_both_answers_and_counts_the_best_repeat() {
    let mut rig = Rig::default();
    rig.ask(Command::Start(Box::new(frozen(2)))).unwrap();
    let turn = send(&mut rig, "a", "first try", true);
    assert_eq!(rig.live.step(), Some(Step::CoachCorrection));
    grade(&mut rig, turn, 40, Some("better"));
    let turn = send(&mut rig, "b", "second try", false);
    grade(&mut rig, turn, 80, None);
    assert!(rig.live.may().next && rig.live.may().send);
    let turn = send(&mut rig, "c", "third try", false);
    grade(&mut rig, turn, 60, None);
    assert_eq!(
        (rig.live.drill(), rig.live.step()),
        (1, Some(Step::SalespersonResponse)),
        "the last repeat moves on"
    );
    let turn = send(&mut rig, "d", "other first", true);
    grade(&mut rig, turn, 50, Some("better too"));
    assert_eq!(
        rig.ask(Command::End),
        Err(Refusal::DrillsRemaining { remaining: 1 })
    );
    let turn = send(&mut rig, "e", "other second", true);
    grade(&mut rig, turn, 70, None);
    let outcome = rig.live.outcome().unwrap();
    assert_eq!((outcome.first_score, outcome.score), (45, 75));
    assert_eq!(outcome.drills[0].final_response, "second try");
    assert_eq!(outcome.drills[0].corrected_response, "better");
    assert_eq!(rig.ask(Command::End), Ok(Decision::Append(vec![])));
}

#[test]
fn a_stopped_correction_is_asked_for_again_before_going_on() {
    let mut rig = Rig::default();
    rig.ask(Command::Start(Box::new(frozen(2)))).unwrap();
    let turn = send(&mut rig, "a", "first try", true);
    rig.ask(Command::Compose {
        turn,
        speaker: Speaker::Coach,
        voiced_by: VoicedBy::BuiltIn,
    })
    .unwrap();
    let message = rig.live.messages().last().unwrap().id;
    rig.ask(Command::Speak {
        turn,
        message,
        text: "Good ".into(),
    })
    .unwrap();
    rig.ask(Command::Stop).unwrap();
    let cut = rig.live.messages().last().unwrap();
    assert_eq!(
        (cut.text.as_str(), cut.status),
        ("Good ", MessageStatus::Stopped)
    );
    assert_eq!(
        rig.ask(Command::Speak {
            turn,
            message,
            text: "late".into()
        }),
        Err(Refusal::TurnOver)
    );
    let other = RequestId::try_from("b".to_owned()).unwrap();
    assert_eq!(
        rig.ask(Command::Send {
            request: other.clone(),
            content: "x".into(),
            advance: true
        }),
        Err(Refusal::RetryFirst { turn })
    );
    rig.ask(Command::Retry { request: other }).unwrap();
    let again = rig.live.running().unwrap();
    assert_eq!(rig.live.words_of(again), Some("first try"));
    let again = again.id;
    grade(&mut rig, again, 30, None);
    assert_eq!(rig.live.step(), Some(Step::SalespersonRepeat));
    assert_eq!(
        rig.live.records()[0].initial.as_ref().unwrap().text,
        "first try"
    );
}

/// A session that was running when this was deployed goes on.
#[test]
fn a_log_of_before_there_were_models_is_read() {
    let turn = Uuid::max();
    let composing =
        format!(r#"{{"composing":{{"turn":"{turn}","message":"{turn}","speaker":"coach"}}}}"#);
    let Event::Composing { voiced_by, .. } = serde_json::from_str(&composing).unwrap() else {
        panic!("another event");
    };
    assert_eq!(voiced_by, VoicedBy::BuiltIn);
    let verdict = serde_json::to_string(&verdict(50)).unwrap();
    let graded = format!(r#"{{"graded":{{"turn":"{turn}","verdict":{verdict},"improved":null}}}}"#);
    let Event::Graded { grounds, .. } = serde_json::from_str(&graded).unwrap() else {
        panic!("another event");
    };
    assert_eq!(*grounds, Grounds::default());
}
