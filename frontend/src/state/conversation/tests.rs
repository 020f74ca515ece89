//! A rep on a bad line, against the real session machine: whatever breaks, nothing is lost, nothing is doubled, nobody
//! is stuck, and in the end the screen shows what the server knows.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use super::*;
use crate::state::outgoing::Progress;
use crate::state::rehearsal::{Rehearsal, request};
use contract::problem::{Code, Problem};
use domain::session::{Command, Decision, Refusal};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// One thing that happens; numbers choose among what is possible.
#[derive(Debug, Clone)]
enum Happening {
    /// The rep presses what stands there.
    Press(u8),
    /// The network carries one thing, or breaks it.
    Carry { which: u8, fate: Fate },
    /// The coach goes on.
    Pump(u8),
    /// The turn is cut by a fault on the server.
    Cut,
    /// Time passes, seconds.
    Wait(u8),
    /// The page is hidden or seen.
    Look(bool),
    /// The network goes or comes.
    Network(bool),
    /// The rep's other phone sends.
    OtherDevice,
    /// The page is loaded anew.
    Reload,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    Arrives,
    LostOnTheWay,
    AnswerLost,
    /// A stream brings this many frames and breaks.
    BreaksAfter(u8),
    /// A stream stays open and says nothing more.
    FallsSilent,
}

fn happening() -> impl Strategy<Value = Happening> {
    let fate = prop_oneof![
        4 => Just(Fate::Arrives),
        1 => Just(Fate::LostOnTheWay),
        1 => Just(Fate::AnswerLost),
        2 => (0_u8..6).prop_map(Fate::BreaksAfter),
        1 => Just(Fate::FallsSilent),
    ];
    prop_oneof![
        6 => any::<u8>().prop_map(Happening::Press),
        8 => (any::<u8>(), fate).prop_map(|(which, fate)| Happening::Carry { which, fate }),
        5 => any::<u8>().prop_map(Happening::Pump),
        1 => Just(Happening::Cut),
        3 => (1_u8..40).prop_map(Happening::Wait),
        1 => any::<bool>().prop_map(Happening::Look),
        1 => any::<bool>().prop_map(Happening::Network),
        1 => Just(Happening::OtherDevice),
        1 => Just(Happening::Reload),
    ]
}

/// A page, its server, and the network between them.
struct Stage {
    server: Rehearsal,
    page: Conversation,
    now: u64,
    /// What is under way.
    errands: Vec<Effect>,
    /// Streams that stay open: their number, what they have sent, and the turn they follow.
    streams: BTreeMap<StreamNumber, u64>,
    /// What the page keeps over a reload.
    kept: Option<Outgoing>,
    /// The composer, after something was put back.
    composer: Vec<String>,
    /// Every answer the rep sent.
    said: Vec<String>,
    requests: usize,
    finished: bool,
}

impl Stage {
    fn new() -> Self {
        Self {
            server: Rehearsal::started(),
            page: Conversation::new(0, 7),
            now: 0,
            errands: vec![Effect::Load],
            streams: BTreeMap::new(),
            kept: None,
            composer: Vec::new(),
            said: Vec::new(),
            requests: 0,
            finished: false,
        }
    }

    fn feed(&mut self, input: Input) {
        for effect in self.page.update(input, self.now) {
            match effect {
                Effect::Close(stream) => {
                    self.streams.remove(&stream);
                    // A send that is under way may arrive all the same.
                }
                Effect::Keep(outgoing) => self.kept = Some(outgoing),
                Effect::Forget => self.kept = None,
                Effect::PutBack(words) => self.composer.push(words),
                Effect::ShowResult => self.finished = true,
                errand => self.errands.push(errand),
            }
        }
    }

    fn fresh(&mut self) -> RequestId {
        self.requests += 1;
        request(self.requests)
    }

    fn press(&mut self, choice: u8) {
        let fresh = self.fresh();
        let failed = self
            .page
            .outgoing
            .as_ref()
            .is_some_and(|outgoing| outgoing.failure().is_some());
        match self.page.desk() {
            _ if failed && choice.is_multiple_of(3) => {
                let before = self.composer.len();
                self.feed(Input::TakeBack);
                // What was taken back is no promise any more: the rep changes it.
                for words in self.composer.drain(before..) {
                    self.said.retain(|said| *said != words);
                }
            }
            _ if failed => self.feed(Input::SendAgain { fresh }),
            Desk::Write => {
                let words = format!("answer {}", self.requests);
                self.said.push(words.clone());
                self.feed(Input::Send {
                    request: fresh,
                    words,
                });
            }
            Desk::Retry => self.feed(Input::Retry(fresh)),
            Desk::ChooseNext if choice.is_multiple_of(2) => self.feed(Input::Next(fresh)),
            Desk::ChooseFinish if choice.is_multiple_of(2) => self.feed(Input::Finish),
            Desk::ChooseNext | Desk::ChooseFinish => self.feed(Input::OnceMore),
            Desk::Wait if choice.is_multiple_of(5) => self.feed(Input::Stop),
            Desk::Wait => {}
            Desk::Done => self.feed(Input::Finish),
        }
    }

    fn carry(&mut self, which: u8, fate: Fate) {
        let open: Vec<StreamNumber> = self.streams.keys().copied().collect();
        let count = self.errands.len() + open.len();
        if count == 0 {
            return;
        }
        let index = usize::from(which) % count;
        if index < self.errands.len() {
            let errand = self.errands.remove(index);
            self.run(errand, fate);
        } else {
            self.flow(open[index - self.errands.len()], fate);
        }
    }

    fn run(&mut self, errand: Effect, fate: Fate) {
        let lost = Failure::NoAnswer;
        match errand {
            Effect::Load => {
                let answer = match fate {
                    Fate::Arrives => Ok(Box::new(self.server.history())),
                    _ => Err(lost),
                };
                self.feed(Input::Loaded(answer));
            }
            Effect::Stop => {
                let answer = match fate {
                    Fate::LostOnTheWay => Err(lost),
                    _ => {
                        self.server.ask(Command::Stop).unwrap();
                        if fate == Fate::AnswerLost {
                            Err(lost)
                        } else {
                            Ok(())
                        }
                    }
                };
                self.feed(Input::StopAnswered(answer));
            }
            Effect::Finish => {
                let answer = match fate {
                    Fate::LostOnTheWay => Err(lost),
                    _ => match self.server.ask(Command::End) {
                        Err(refusal) => Err(refused(&refusal)),
                        Ok(_) if fate == Fate::AnswerLost => Err(lost),
                        Ok(_) => Ok(()),
                    },
                };
                self.feed(Input::FinishAnswered(answer));
            }
            Effect::Open(stream, call) => self.open(stream, call, fate),
            Effect::Close(_)
            | Effect::Keep(_)
            | Effect::Forget
            | Effect::PutBack(_)
            | Effect::ShowResult => {}
        }
    }

    fn open(&mut self, stream: StreamNumber, call: Call, fate: Fate) {
        if fate == Fate::LostOnTheWay {
            return self.feed(Input::Closed(stream, Some(Failure::NoAnswer)));
        }
        let (after, turn) = match call {
            Call::Events { after } => {
                let missing = !self.server.frames_after(after).is_empty();
                if self.server.running().is_none() && !missing {
                    return self.feed(match fate {
                        Fate::Arrives => Input::Nothing(stream),
                        _ => Input::Closed(stream, Some(Failure::NoAnswer)),
                    });
                }
                (after, self.server.running())
            }
            call => {
                let id = |text: &str| RequestId::try_from(text.to_owned()).unwrap();
                let command = match call {
                    Call::Message(send) => Command::Send {
                        request: id(&send.request_id),
                        content: send.content,
                        advance: send.advance,
                    },
                    Call::Correction(turn) => Command::Retry {
                        request: id(&turn.request_id),
                    },
                    Call::Next(turn) => Command::Next {
                        request: id(&turn.request_id),
                    },
                    Call::Events { .. } => unreachable!(),
                };
                let before = self.server.live.last_seq();
                match self.server.ask(command) {
                    Err(refusal) => {
                        let failure = match fate {
                            Fate::Arrives => refused(&refusal),
                            _ => Failure::NoAnswer,
                        };
                        return self.feed(Input::Closed(stream, Some(failure)));
                    }
                    Ok(Decision::Known(turn)) => {
                        let first = self.server.live.turn(turn).unwrap().first_seq;
                        (first - 1, Some(turn))
                    }
                    Ok(Decision::Append(_)) => {
                        let turn = self.server.live.running().map(|turn| turn.id);
                        (before, turn.or(self.last_turn()))
                    }
                }
            }
        };
        if fate == Fate::AnswerLost {
            return self.feed(Input::Closed(stream, Some(Failure::NoAnswer)));
        }
        let wanted = self.page.link.stream() == Some(stream);
        self.feed(Input::Opened(stream));
        if wanted {
            self.streams.insert(stream, after);
        }
        let connected = self.server.connected(after, turn);
        self.feed(Input::Framed(stream, after, Box::new(connected)));
        self.flow(stream, fate);
    }

    fn last_turn(&self) -> Option<domain::ids::TurnId> {
        self.server
            .live
            .messages()
            .iter()
            .rev()
            .find_map(|message| message.turn)
    }

    /// Carries what an open stream has to say.
    fn flow(&mut self, stream: StreamNumber, fate: Fate) {
        let Some(&sent) = self.streams.get(&stream) else {
            return;
        };
        let limit = match fate {
            Fate::BreaksAfter(frames) => usize::from(frames),
            Fate::FallsSilent => 0,
            _ => usize::MAX,
        };
        let mut ended = false;
        for (id, frame) in self.server.frames_after(sent).into_iter().take(limit) {
            if let Some(sent) = self.streams.get_mut(&stream) {
                *sent = id;
            }
            ended = frame.is_terminal() && self.server.running().is_none();
            self.feed(Input::Framed(stream, id, Box::new(frame)));
        }
        match fate {
            Fate::BreaksAfter(_) | Fate::LostOnTheWay | Fate::AnswerLost => {
                self.streams.remove(&stream);
                self.feed(Input::Closed(stream, Some(Failure::NoAnswer)));
            }
            Fate::FallsSilent => {
                // Nobody tells the page.
                self.streams.remove(&stream);
            }
            Fate::Arrives if ended || self.server.running().is_none() => {
                self.streams.remove(&stream);
                self.feed(Input::Closed(stream, None));
            }
            Fate::Arrives => self.feed(Input::Alive(stream)),
        }
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Press(choice) => self.press(choice),
            Happening::Carry { which, fate } => self.carry(which, fate),
            Happening::Pump(chance) => self.server.pump(chance),
            Happening::Cut => {
                if let Some(turn) = self.server.running() {
                    self.server.cut(turn);
                }
            }
            Happening::Wait(seconds) => self.wait(u64::from(seconds)),
            Happening::Look(visible) => self.feed(Input::Visible(visible)),
            Happening::Network(online) => self.feed(Input::Online(online)),
            Happening::OtherDevice => {
                let request = RequestId::try_from(format!("other-{}", self.requests)).unwrap();
                self.requests += 1;
                let content = format!("from the other phone {}", self.requests);
                let _ = self.server.ask(Command::Send {
                    request,
                    content,
                    advance: false,
                });
            }
            Happening::Reload => {
                // What was sent before the reload may still arrive; nobody waits for its answer.
                let sends = std::mem::take(&mut self.errands);
                for errand in sends {
                    if let Effect::Open(_, Call::Message(send)) = errand {
                        let request = RequestId::try_from(send.request_id).unwrap();
                        let _ = self.server.ask(Command::Send {
                            request,
                            content: send.content,
                            advance: send.advance,
                        });
                    }
                }
                self.streams.clear();
                self.finished = false;
                self.page = Conversation::new(self.now, 7);
                self.errands.push(Effect::Load);
                if let Some(kept) = self.kept.clone() {
                    self.feed(Input::Recovered(kept));
                }
            }
        }
    }

    fn wait(&mut self, seconds: u64) {
        for _ in 0..seconds {
            self.now += 1_000;
            self.feed(Input::Tick);
        }
    }

    /// From here on the network works, and the rep only watches.
    fn calm_down(&mut self) {
        self.feed(Input::Online(true));
        self.feed(Input::Visible(true));
        if matches!(self.page.page, Page::Failed(_)) {
            self.feed(Input::Reload);
        }
        for round in 0..80 {
            self.server.pump(round);
            let errands = std::mem::take(&mut self.errands);
            for errand in errands {
                self.run(errand, Fate::Arrives);
            }
            let open: Vec<StreamNumber> = self.streams.keys().copied().collect();
            for stream in open {
                self.flow(stream, Fate::Arrives);
            }
            self.wait(1);
        }
        assert_eq!(self.server.running(), None);
    }
}

fn refused(refusal: &Refusal) -> Failure {
    let code = match refusal {
        Refusal::NotStarted => Code::NotStarted,
        Refusal::Completed => Code::SessionCompleted,
        Refusal::TurnRunning { .. } => Code::TurnRunning,
        Refusal::RequestIdReused => Code::RequestIdReused,
        Refusal::RetryFirst { .. } => Code::RetryFirst,
        Refusal::NothingToRetry => Code::NothingToRetry,
        Refusal::RepeatFirst => Code::RepeatFirst,
        Refusal::DrillsRemaining { .. } => Code::DrillsRemaining,
        Refusal::BadContent => Code::Invalid,
        Refusal::TurnOver => Code::Internal,
    };
    Failure::Refused(Box::new(Problem::new(code, refusal.to_string())))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_or_doubled_or_stuck(story in prop::collection::vec(happening(), 0..120)) {
        let mut stage = Stage::new();
        for happening in story {
            stage.happen(happening);
        }
        stage.calm_down();

        // The screen shows what the server knows.
        let truth = Transcript::of(stage.server.history());
        let heard = stage.page.transcript().expect("the page is open");
        prop_assert_eq!(&heard.items, &truth.items);
        prop_assert_eq!((heard.step, heard.drill, heard.may, heard.running_turn), (truth.step, truth.drill, truth.may, None));
        prop_assert_eq!(stage.page.connection(), Connection::Good);

        // No answer is doubled, none is lost.
        for words in &stage.said {
            let there = truth.items.iter().filter(|item| item.content == *words).count();
            let held = stage.page.outgoing.as_ref().and_then(Outgoing::words) == Some(words.as_str());
            let put_back = stage.composer.contains(words);
            prop_assert!(there <= 1, "{} stands {} times", words, there);
            prop_assert!(there == 1 || held || put_back, "{} is lost", words);
            prop_assert!(!(there == 1 && held), "{} is with the server and still shown as unsent", words);
        }

        // There is a way on.
        let failed = stage.page.outgoing.as_ref().is_some_and(|outgoing| matches!(outgoing.progress, Progress::Failed(_)));
        prop_assert!(failed || stage.page.desk() != Desk::Wait, "the rep is stuck");
        prop_assert!(!stage.page.stopping);
    }
}

/// An open page whose history has come.
fn opened() -> Stage {
    let mut stage = Stage::new();
    stage.carry(0, Fate::Arrives);
    assert_eq!(stage.page.desk(), Desk::Write);
    stage
}

#[test]
fn a_send_whose_answer_was_lost_is_found_in_the_history() {
    let mut stage = opened();
    stage.press(1);
    stage.carry(0, Fate::AnswerLost);
    assert!(matches!(
        stage.page.outgoing.as_ref().unwrap().progress,
        Progress::Checking(_)
    ));
    assert_eq!(stage.page.connection(), Connection::Reconnecting);
    stage.carry(0, Fate::Arrives);
    assert_eq!(stage.page.outgoing, None);
    assert_eq!(stage.kept, None);
    assert!(stage.page.is_busy(), "the turn runs and is listened to");
    assert!(matches!(
        stage.errands.last(),
        Some(Effect::Open(_, Call::Events { .. }))
    ));
}

#[test]
fn a_send_that_never_arrived_is_sent_again_with_the_same_id() {
    let mut stage = opened();
    stage.press(1);
    let id = stage.page.outgoing.as_ref().unwrap().request.clone();
    stage.carry(0, Fate::LostOnTheWay);
    stage.carry(0, Fate::Arrives);
    assert_eq!(
        stage.page.outgoing.as_ref().unwrap().failure(),
        Some(&Failure::NoAnswer)
    );
    assert_eq!(stage.page.desk(), Desk::Wait);
    stage.press(1);
    assert_eq!(stage.page.outgoing.as_ref().unwrap().request, id);
    stage.carry(0, Fate::Arrives);
    assert_eq!(stage.page.outgoing, None);
    assert_eq!(stage.server.live.messages().len(), 2);
}

#[test]
fn a_silent_stream_is_replaced() {
    let mut stage = opened();
    stage.press(1);
    stage.carry(0, Fate::FallsSilent);
    stage.wait(SILENCE_MS / 1_000);
    assert_eq!(stage.errands, vec![]);
    stage.wait(2);
    assert!(!stage.errands.is_empty(), "25 s without a byte are noticed");
}

#[test]
fn nothing_is_announced_on_the_first_paint_and_each_message_once_after_it() {
    let mut stage = opened();
    assert_eq!(stage.page.heard, vec![]);
    stage.press(1);
    stage.carry(0, Fate::Arrives);
    stage.calm_down();
    let texts: Vec<&str> = stage
        .page
        .heard
        .iter()
        .map(|heard| heard.text.as_str())
        .collect();
    assert_eq!(texts.len(), 1);
    assert_eq!(
        Some(texts[0]),
        stage
            .server
            .live
            .messages()
            .last()
            .map(|message| message.text.as_str())
    );
    stage.wait(30);
    stage.calm_down();
    assert_eq!(stage.page.heard.len(), 1);
}

#[test]
fn an_idle_page_reads_the_history_every_ten_seconds_while_it_is_seen() {
    let mut stage = opened();
    stage.wait(9);
    assert_eq!(stage.errands, vec![]);
    stage.wait(1);
    assert_eq!(stage.errands, vec![Effect::Load]);
    stage.carry(0, Fate::Arrives);
    stage.feed(Input::Visible(false));
    stage.wait(60);
    assert_eq!(stage.errands, vec![]);
    stage.feed(Input::Visible(true));
    assert_eq!(stage.errands, vec![Effect::Load]);
}
