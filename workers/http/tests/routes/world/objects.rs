//! Sessions in memory: the real session machine, with a coach that says two words and always means the same.

use super::fixture::verdict;
use axum::body::Body;
use axum::http::Extensions;
use captain_http::live::{Ask, Live, LiveAddress, LiveAnswer, LiveError, LiveRequest, problem_of};
use contract::chat::{ChatState, Frame};
use contract::problem::{Code, Problem};
use contract::session::{SessionResult, VoiceDrillText};
use contract::sse::encode;
use domain::ids::TurnId;
use domain::session::{Command, Decision, Entry, LiveSession, Refusal, Speaker, Status, TurnKind};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use store::sessions::FinishedSession;
use store::sqlite::Sqlite;
use uuid::Uuid;

/// The score of every first answer, and of every repeat.
pub const FIRST_SCORE: u8 = 40;
pub const REPEAT_SCORE: u8 = 80;

/// All session objects.
#[derive(Clone)]
pub struct Objects {
    rooms: Arc<Mutex<HashMap<LiveAddress, Room>>>,
    clock: Arc<AtomicU64>,
    /// The coach is slow: turns keep running.
    pub slow: Arc<AtomicBool>,
    /// No object can be reached.
    pub down: Arc<AtomicBool>,
    /// At the next question, the object has just handed its session to this database.
    pub just_settled: Arc<Mutex<Option<Sqlite>>>,
    /// How many questions were asked.
    pub asked: Arc<AtomicU64>,
}

#[derive(Default, Clone)]
struct Room {
    log: Vec<Entry>,
    live: LiveSession,
    minted: u128,
}

impl Objects {
    pub fn new(clock: Arc<AtomicU64>) -> Self {
        Self {
            rooms: Arc::default(),
            clock,
            slow: Arc::default(),
            down: Arc::default(),
            just_settled: Arc::default(),
            asked: Arc::default(),
        }
    }

    /// The same sessions once more, by another clock.
    pub fn copy(&self, clock: Arc<AtomicU64>) -> Self {
        let rooms = self.rooms.lock().unwrap().clone();
        Self {
            rooms: Arc::new(Mutex::new(rooms)),
            ..Self::new(clock)
        }
    }

    /// Hands a completed session to the database and forgets its log, as the object does in the end.
    pub async fn settle(&self, at: LiveAddress, db: &Sqlite) {
        self.hand_over(at, db).await;
        self.forget(at);
    }

    /// Hands a completed session to the database and keeps its log for a while.
    pub async fn hand_over(&self, at: LiveAddress, db: &Sqlite) {
        let finished = {
            let rooms = self.rooms.lock().unwrap();
            FinishedSession::of(&rooms[&at].live, "Well done.").unwrap()
        };
        assert!(store::sessions::finish(db, &finished).await.unwrap());
    }

    /// Loses a session's log.
    pub fn forget(&self, at: LiveAddress) {
        self.rooms.lock().unwrap().remove(&at);
    }
}

impl Live for Objects {
    async fn ask(&self, at: LiveAddress, request: LiveRequest) -> Result<LiveAnswer, LiveError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if self.down.load(Ordering::SeqCst) {
            return Err(LiveError::Failed(
                "the wire to the object is cut: secret".into(),
            ));
        }
        let settled = self.just_settled.lock().unwrap().take();
        if let Some(db) = settled {
            self.settle(at, &db).await;
        }
        // As over the wire.
        let request: LiveRequest =
            serde_json::from_str(&serde_json::to_string(&request).unwrap()).unwrap();
        let kind = request.ask.answer_kind();
        let answer = {
            let mut rooms = self.rooms.lock().unwrap();
            let now = self.clock.load(Ordering::SeqCst);
            let slow = self.slow.load(Ordering::SeqCst);
            let room = rooms.entry(at).or_default();
            room.follow(request, now, slow)
        };
        let response = axum::response::IntoResponse::into_response(answer);
        LiveAnswer::read(kind, response).await
    }
}

impl Room {
    fn follow(&mut self, request: LiveRequest, now: u64, slow: bool) -> LiveAnswer {
        if let Ask::Start { frozen } = request.ask {
            self.command(Command::Start(frozen), now).unwrap();
            return self.state(now);
        }
        let Some(frozen) = self.live.frozen() else {
            return refused(&Refusal::NotStarted, Uuid::nil().into(), None);
        };
        let session = frozen.session;
        if frozen.user != request.by {
            let problem = Problem::new(Code::NotFound, "There is no such session.");
            return LiveAnswer::Refused(Box::new(problem));
        }
        let command = match request.ask {
            Ask::Start { .. } | Ask::History => return self.state(now),
            Ask::Events { after } => return self.events(after.unwrap_or(0)),
            Ask::Send {
                request,
                content,
                advance,
                ..
            } => Command::Send {
                request,
                content,
                advance,
            },
            Ask::Retry { request, .. } => Command::Retry { request },
            Ask::Next { request } => Command::Next { request },
            Ask::Stop => Command::Stop,
            Ask::End => Command::End,
        };
        let stop_or_end = matches!(command, Command::Stop | Command::End);
        let end = matches!(command, Command::End);
        match self.command(command, now) {
            Err(refusal) => {
                let after = self.live.running().map(|turn| turn.first_seq - 1);
                refused(&refusal, session, after)
            }
            Ok(_) if end => LiveAnswer::Result(Box::new(self.result())),
            Ok(_) if stop_or_end => LiveAnswer::Accepted,
            Ok(decision) => {
                let turn = match decision {
                    Decision::Known(turn) => turn,
                    Decision::Append(_) => self
                        .live
                        .running()
                        .map_or_else(|| self.last_turn(), |turn| turn.id),
                };
                if !slow {
                    self.coach(turn, now);
                }
                self.stream(self.live.turn(turn).unwrap().first_seq - 1, Some(turn))
            }
        }
    }

    fn last_turn(&self) -> TurnId {
        let last = self.live.messages().last().unwrap();
        last.turn.unwrap()
    }

    fn command(&mut self, command: Command, now: u64) -> Result<Decision, Refusal> {
        let minted = &mut self.minted;
        let mut mint = || {
            *minted += 1;
            Uuid::from_u128(0xC0DE_0000 + *minted)
        };
        let decision = self.live.decide(command, &mut mint)?;
        if let Decision::Append(events) = &decision {
            for event in events {
                let entry = Entry {
                    seq: self.live.last_seq() + 1,
                    at: now,
                    event: event.clone(),
                };
                self.live.apply(&entry);
                self.log.push(entry);
            }
        }
        Ok(decision)
    }

    /// Carries the turn to its end.
    fn coach(&mut self, turn: TurnId, now: u64) {
        if self.live.running().map(|running| running.id) != Some(turn) {
            return;
        }
        let answer = self.live.turn(turn).unwrap().kind == TurnKind::Answer;
        self.command(
            Command::Compose {
                turn,
                speaker: Speaker::Coach,
                voiced_by: domain::session::VoicedBy::BuiltIn,
            },
            now,
        )
        .unwrap();
        let message = self.live.messages().last().unwrap().id;
        for text in ["Well", " said."] {
            let text = text.to_owned();
            self.command(
                Command::Speak {
                    turn,
                    message,
                    text,
                },
                now,
            )
            .unwrap();
        }
        self.command(Command::FinishMessage { turn, message }, now)
            .unwrap();
        let score = if answer { FIRST_SCORE } else { REPEAT_SCORE };
        self.command(
            Command::Grade {
                turn,
                verdict: Box::new(verdict(score)),
                improved: answer.then(|| "Better".to_owned()),
                grounds: Box::default(),
            },
            now,
        )
        .unwrap();
    }

    fn state(&self, now: u64) -> LiveAnswer {
        LiveAnswer::State(Box::new(ChatState::of(&self.live, now).unwrap()))
    }

    fn events(&self, after: u64) -> LiveAnswer {
        let missing = self
            .log
            .iter()
            .any(|entry| entry.seq > after && Frame::of(entry, &self.live).is_some());
        if self.live.running().is_none() && !missing {
            return LiveAnswer::Nothing;
        }
        self.stream(after, self.live.running().map(|turn| turn.id))
    }

    fn stream(&self, after: u64, turn_id: Option<TurnId>) -> LiveAnswer {
        let connected = Frame::Connected {
            session_id: self.live.frozen().unwrap().session,
            turn_id,
            after,
        };
        let mut text = encode(after, &serde_json::to_string(&connected).unwrap());
        for entry in self.log.iter().filter(|entry| entry.seq > after) {
            if let Some(frame) = Frame::of(entry, &self.live) {
                text += &encode(entry.seq, &serde_json::to_string(&frame).unwrap());
            }
        }
        LiveAnswer::Stream(Body::from(text), Extensions::new())
    }

    fn result(&self) -> SessionResult {
        let frozen = self.live.frozen().unwrap();
        let outcome = self.live.outcome().unwrap();
        SessionResult {
            session_id: frozen.session,
            day: frozen.text.day,
            theme: frozen.text.theme.clone(),
            status: Status::Completed,
            score: outcome.score,
            first_score: outcome.first_score,
            metrics: outcome.metrics,
            first_metrics: outcome.first_metrics,
            verdicts: SessionResult::drills_of(&outcome),
            coach_notes: "Well done.".into(),
            manager_notes: None,
            late: frozen.late,
            started_at: self.live.started_at(),
            ended_at: self.live.ended_at().unwrap(),
            duration_seconds: outcome.duration_seconds,
            voice_drill: VoiceDrillText {
                text: frozen.text.voice_drill.text.clone(),
                instructions: frozen.text.voice_drill.instructions.clone(),
            },
            overrides: Vec::new(),
            regrades: Vec::new(),
            suspicions: Vec::new(),
        }
    }
}

fn refused(refusal: &Refusal, session: domain::ids::SessionId, after: Option<u64>) -> LiveAnswer {
    LiveAnswer::Refused(Box::new(problem_of(refusal, session, after)))
}
