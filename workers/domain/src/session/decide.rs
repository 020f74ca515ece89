//! What follows from a command: one total function.

use super::{
    Command, Decision, Event, LiveSession, MAX_MESSAGE_CHARS, MessageStatus, Refusal, RequestId,
    Step, Turn, TurnEnding, TurnKind,
};
use crate::ids::{MessageId, TurnId};
use uuid::Uuid;

impl LiveSession {
    /// Decides on a command. `mint` makes new ids.
    pub fn decide(
        &self,
        command: Command,
        mint: &mut dyn FnMut() -> Uuid,
    ) -> Result<Decision, Refusal> {
        match command {
            Command::Start(frozen) => {
                if self.frozen.is_some() {
                    return Ok(Decision::Append(Vec::new()));
                }
                let opening = frozen
                    .text
                    .drills
                    .first()
                    .map(|drill| drill.customer_message.clone());
                let mut events = vec![Event::Started { frozen }];
                if let Some(text) = opening {
                    events.push(Event::DrillOpened { drill: 0 });
                    events.push(Event::Opening {
                        message: MessageId(mint()),
                        turn: None,
                        text,
                    });
                }
                Ok(Decision::Append(events))
            }
            Command::Send {
                request,
                content,
                advance,
            } => self.send(request, content, advance, mint),
            Command::Retry { request } => self.retry(request, mint),
            Command::Next { request } => self.next(request, mint),
            Command::Stop => Ok(Decision::Append(match self.running() {
                Some(turn) => vec![self.ended(turn.id, TurnEnding::Stopped)],
                None => Vec::new(),
            })),
            Command::End => self.end(),
            Command::Compose {
                turn,
                speaker,
                voiced_by,
            } => {
                self.must_run(turn)?;
                Ok(Decision::Append(vec![Event::Composing {
                    turn,
                    message: MessageId(mint()),
                    speaker,
                    voiced_by,
                }]))
            }
            Command::Speak {
                turn,
                message,
                text,
            } => {
                self.must_run(turn)?;
                Ok(Decision::Append(vec![Event::Chunk {
                    turn,
                    message,
                    text,
                }]))
            }
            Command::FinishMessage { turn, message } => {
                self.must_run(turn)?;
                Ok(Decision::Append(vec![Event::Spoken { turn, message }]))
            }
            Command::Grade {
                turn,
                verdict,
                improved,
                grounds,
            } => {
                let running = self.must_run(turn)?;
                let graded = Event::Graded {
                    turn,
                    verdict,
                    improved,
                    grounds,
                };
                Ok(Decision::Append(self.after_grade(running, graded, mint)))
            }
            Command::Withdraw { turn, message } => {
                self.must_run(turn)?;
                let unfinished = self.messages.iter().any(|bubble| {
                    bubble.id == message
                        && bubble.turn == Some(turn)
                        && bubble.status == MessageStatus::Streaming
                });
                let withdrawn = unfinished.then_some(Event::Withdrawn { turn, message });
                let ended = self.ended(turn, TurnEnding::Interrupted);
                Ok(Decision::Append(
                    withdrawn.into_iter().chain([ended]).collect(),
                ))
            }
            Command::Interrupt { turn } => {
                self.must_run(turn)?;
                Ok(Decision::Append(vec![
                    self.ended(turn, TurnEnding::Interrupted),
                ]))
            }
        }
    }

    fn send(
        &self,
        request: RequestId,
        content: String,
        advance: bool,
        mint: &mut dyn FnMut() -> Uuid,
    ) -> Result<Decision, Refusal> {
        let same = |turn: &Turn| turn.content.as_ref() == Some(&content) && turn.advance == advance;
        if let Some(known) = self.known(&request, same)? {
            return Ok(Decision::Known(known));
        }
        let chars = content.chars().count();
        if content.trim().is_empty() || chars > MAX_MESSAGE_CHARS {
            return Err(Refusal::BadContent);
        }
        self.must_be_free()?;
        if let Some(turn) = self.unfinished() {
            return Err(Refusal::RetryFirst { turn: turn.id });
        }
        let turn_kind = if self.step == Some(Step::SalespersonRepeat) {
            TurnKind::Repeat
        } else {
            TurnKind::Answer
        };
        Ok(Decision::Append(vec![Event::TurnBegan {
            turn: TurnId(mint()),
            request,
            turn_kind,
            message: Some(MessageId(mint())),
            content: Some(content),
            advance,
            retry_of: None,
        }]))
    }

    fn retry(
        &self,
        request: RequestId,
        mint: &mut dyn FnMut() -> Uuid,
    ) -> Result<Decision, Refusal> {
        if let Some(known) = self.known(&request, |turn| turn.retry_of.is_some())? {
            return Ok(Decision::Known(known));
        }
        self.must_be_free()?;
        let cut = self.unfinished().ok_or(Refusal::NothingToRetry)?;
        Ok(Decision::Append(vec![Event::TurnBegan {
            turn: TurnId(mint()),
            request,
            turn_kind: cut.kind,
            message: cut.message,
            content: None,
            advance: cut.advance,
            retry_of: Some(cut.id),
        }]))
    }

    fn next(
        &self,
        request: RequestId,
        mint: &mut dyn FnMut() -> Uuid,
    ) -> Result<Decision, Refusal> {
        if let Some(known) = self.known(&request, |turn| turn.kind == TurnKind::Next)? {
            return Ok(Decision::Known(known));
        }
        self.must_be_free()?;
        if let Some(turn) = self.unfinished() {
            return Err(Refusal::RetryFirst { turn: turn.id });
        }
        if self.step != Some(Step::SalespersonRepeat) || !self.repeated() {
            return Err(Refusal::RepeatFirst);
        }
        let turn = TurnId(mint());
        let began = Event::TurnBegan {
            turn,
            request,
            turn_kind: TurnKind::Next,
            message: None,
            content: None,
            advance: true,
            retry_of: None,
        };
        let mut events = vec![began];
        let step = self.move_on(turn, &mut events, mint);
        events.push(Event::TurnEnded {
            turn,
            ending: TurnEnding::Completed,
            step,
        });
        Ok(Decision::Append(events))
    }

    fn end(&self) -> Result<Decision, Refusal> {
        match self.step {
            None => Err(Refusal::NotStarted),
            Some(Step::Completed) => Ok(Decision::Append(Vec::new())),
            Some(_) => {
                self.must_be_free()?;
                if let Some(turn) = self.unfinished() {
                    return Err(Refusal::RetryFirst { turn: turn.id });
                }
                let done = self
                    .records
                    .iter()
                    .filter(|record| !record.repeats.is_empty())
                    .count();
                if done < self.records.len() {
                    return Err(Refusal::DrillsRemaining {
                        remaining: self.records.len() - done,
                    });
                }
                Ok(Decision::Append(vec![Event::Completed]))
            }
        }
    }

    fn after_grade(
        &self,
        running: &Turn,
        graded: Event,
        mint: &mut dyn FnMut() -> Uuid,
    ) -> Vec<Event> {
        let mut events = vec![graded];
        let step = match running.kind {
            TurnKind::Repeat if running.advance || self.is_last_repeat() => {
                self.move_on(running.id, &mut events, mint)
            }
            TurnKind::Answer | TurnKind::Repeat => Step::SalespersonRepeat,
            TurnKind::Next => self.step.unwrap_or(Step::SalespersonResponse),
        };
        events.push(Event::TurnEnded {
            turn: running.id,
            ending: TurnEnding::Completed,
            step,
        });
        events
    }

    /// Opens the next drill, or completes the session after the last.
    fn move_on(
        &self,
        turn: TurnId,
        events: &mut Vec<Event>,
        mint: &mut dyn FnMut() -> Uuid,
    ) -> Step {
        let drill = self.drill + 1;
        let next = self
            .frozen
            .as_ref()
            .and_then(|frozen| frozen.text.drills.get(drill));
        if let Some(next) = next {
            events.push(Event::DrillOpened { drill });
            let text = next.customer_message.clone();
            events.push(Event::Opening {
                message: MessageId(mint()),
                turn: Some(turn),
                text,
            });
            Step::SalespersonResponse
        } else {
            events.push(Event::Completed);
            Step::Completed
        }
    }

    /// The repeat that is being judged is the last one the rep has.
    fn is_last_repeat(&self) -> bool {
        self.records
            .get(self.drill)
            .is_some_and(|record| record.repeats.len() + 1 >= super::MAX_REPEATS)
    }

    fn known(
        &self,
        request: &RequestId,
        same: impl Fn(&Turn) -> bool,
    ) -> Result<Option<TurnId>, Refusal> {
        match self.turns.iter().find(|turn| turn.request == *request) {
            None => Ok(None),
            Some(turn) if same(turn) => Ok(Some(turn.id)),
            Some(_) => Err(Refusal::RequestIdReused),
        }
    }

    fn must_be_free(&self) -> Result<(), Refusal> {
        match (self.step, self.running()) {
            (None, _) => Err(Refusal::NotStarted),
            (Some(Step::Completed), _) => Err(Refusal::Completed),
            (_, Some(turn)) => Err(Refusal::TurnRunning { turn: turn.id }),
            _ => Ok(()),
        }
    }

    fn must_run(&self, turn: TurnId) -> Result<&Turn, Refusal> {
        self.running()
            .filter(|running| running.id == turn)
            .ok_or(Refusal::TurnOver)
    }

    fn ended(&self, turn: TurnId, ending: TurnEnding) -> Event {
        Event::TurnEnded {
            turn,
            ending,
            step: self.step.unwrap_or(Step::CustomerObjection),
        }
    }
}
