//! The Durable Object behind one live session: it owns the turn log while the session runs.
//!
//! It is a shell. `domain` decides what follows from a command; the object appends that to its SQLite log, carries the
//! words of customer and coach ([`pump`]), shows the log as a stream ([`view`]) and hands the finished session to D1 ([`settle`]).
//!
//! Commands are taken without an await between reading the session and writing the log, so none can come in between.

mod bubble;
mod models;
mod pump;
mod room;
mod settle;
mod view;

use axum::response::IntoResponse;
use captain_http::live::{Ask, LiveAnswer, LiveRequest, problem_of};
use contract::chat::ChatState;
use contract::problem::{Code, Problem};
use domain::ids::{SessionId, UserId};
use domain::session::{Command, Decision, Refusal};
use domain::spend::Allowance;
use room::Room;
use std::rc::Rc;
use worker::{DurableObject, Env, Request, Response, State, durable_object};

/// One live session.
#[durable_object]
pub struct ChatSession {
    state: State,
    /// `None` when the object could not read its own log; every request then answers 503.
    room: Option<Rc<Room>>,
}

impl DurableObject for ChatSession {
    fn new(state: State, env: Env) -> Self {
        let room = Room::open(state.storage(), env)
            .inspect_err(|error| {
                worker::console_error!("session object: the log can't be read: {error}")
            })
            .ok()
            .map(Rc::new);
        Self { state, room }
    }

    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        let Some(room) = &self.room else {
            return refuse(Problem::new(
                Code::Unavailable,
                "This session can't be reached right now.",
            ));
        };
        // As text: the runtime's own JSON would need a second reader of everything a frozen session is made of.
        let body = request.text().await?;
        let request: LiveRequest = match captain_json::from_str(&body) {
            Ok(request) => request,
            Err(error) => return refuse(Problem::new(Code::BadJson, error.to_string())),
        };
        match self.follow(room, request).await {
            Ok(response) => Ok(response),
            Err(Stop::Refused(problem)) => refuse(*problem),
            Err(Stop::Fault(error)) => Err(error),
        }
    }

    async fn alarm(&self) -> worker::Result<Response> {
        if let Some(room) = &self.room {
            settle::on_alarm(room).await?;
        }
        Response::ok("")
    }
}

/// Why a request got no success.
enum Stop {
    Refused(Box<Problem>),
    Fault(worker::Error),
}

impl From<worker::Error> for Stop {
    fn from(error: worker::Error) -> Self {
        Stop::Fault(error)
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Stop::Refused(Box::new(problem))
    }
}

impl ChatSession {
    async fn follow(&self, room: &Rc<Room>, request: LiveRequest) -> Result<Response, Stop> {
        room.repair()?;
        if let Ask::Start { frozen } = request.ask {
            let session = frozen.session;
            ask(room, session, Command::Start(frozen))?;
            own(room, request.by)?;
            room.storage().sync().await?;
            return state_of(room);
        }
        let session = own(room, request.by)?;
        match request.ask {
            Ask::Start { .. } | Ask::History => state_of(room),
            Ask::Send {
                request,
                content,
                advance,
                allowance,
            } => {
                let send = Command::Send {
                    request,
                    content,
                    advance,
                };
                self.turn(room, session, send, allowance).await
            }
            Ask::Retry { request, allowance } => {
                let retry = Command::Retry { request };
                self.turn(room, session, retry, allowance).await
            }
            // Nobody has anything to say in it.
            Ask::Next { request } => {
                let next = Command::Next { request };
                self.turn(room, session, next, None).await
            }
            Ask::Events { after } => attach(room, after.unwrap_or(0)),
            Ask::Stop => {
                ask(room, session, Command::Stop)?;
                room.storage().sync().await?;
                Ok(respond(LiveAnswer::Accepted)?)
            }
            Ask::End => {
                ask(room, session, Command::End)?;
                room.storage().sync().await?;
                settle::when_completed(room).await?;
                let result = settle::result(room).ok_or_else(no_such_session)?;
                Ok(respond(LiveAnswer::Result(Box::new(result)))?)
            }
        }
    }

    /// Takes a send and streams its turn: a new one, or the one that the same send began before.
    async fn turn(
        &self,
        room: &Rc<Room>,
        session: SessionId,
        command: Command,
        allowance: Option<Allowance>,
    ) -> Result<Response, Stop> {
        let turn = match ask(room, session, command)? {
            Decision::Known(turn) => turn,
            Decision::Append(_) => room.last_turn().ok_or_else(no_such_session)?,
        };
        // As it stands right after the send, before the pump adds to it.
        let fold = room.begins_now(turn);
        if room.claim_pump(turn) {
            // Leaving the page does not stop a turn: it runs beside the request, not inside it.
            self.state
                .wait_until(pump::run(room.clone(), turn, allowance));
            settle::watch_turn(room).await?;
        }
        // What the rep sent is durable before anything is answered.
        room.storage().sync().await?;
        let start = view::Start {
            after: room.first_seq(turn).saturating_sub(1),
            fold,
        };
        Ok(view::stream(
            room.clone(),
            start,
            Some(turn),
            view::Until::TurnEnds(turn),
        )?)
    }
}

/// Lets `domain` decide and appends what follows. No await happens in here.
fn ask(room: &Room, session: SessionId, command: Command) -> Result<Decision, Stop> {
    room.ask(command)?.map_err(|refusal| {
        let after = match refusal {
            Refusal::TurnRunning { turn } => Some(room.first_seq(turn).saturating_sub(1)),
            _ => None,
        };
        problem_of(&refusal, session, after).into()
    })
}

fn attach(room: &Rc<Room>, after: u64) -> Result<Response, Stop> {
    if room.nothing_after(after)? {
        return Ok(respond(LiveAnswer::Nothing)?);
    }
    let running = room.read(|live| live.running().map(|turn| turn.id));
    let start = view::Start { after, fold: None };
    Ok(view::stream(
        room.clone(),
        start,
        running,
        view::Until::Quiet,
    )?)
}

/// The session, if it is this rep's own. Anybody else's does not exist.
fn own(room: &Room, by: UserId) -> Result<SessionId, Stop> {
    match room.read(|live| live.frozen().map(|frozen| (frozen.session, frozen.user))) {
        Some((session, user)) if user == by => Ok(session),
        Some(_) => Err(no_such_session()),
        None => Err(Problem::new(Code::NotStarted, Refusal::NotStarted.to_string()).into()),
    }
}

fn state_of(room: &Room) -> Result<Response, Stop> {
    let state = room
        .read(|live| ChatState::of(live, room.now()))
        .ok_or_else(no_such_session)?;
    Ok(respond(LiveAnswer::State(Box::new(state)))?)
}

fn no_such_session() -> Stop {
    Problem::new(Code::NotFound, "There is no such session.").into()
}

fn refuse(problem: Problem) -> worker::Result<Response> {
    respond(LiveAnswer::Refused(Box::new(problem)))
}

fn respond(answer: LiveAnswer) -> worker::Result<Response> {
    Response::try_from(answer.into_response())
}
