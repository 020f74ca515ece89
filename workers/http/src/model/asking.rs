//! The loop that asks: one provider, the same again after a while, the next one, or nobody.

use super::Models;
use super::attempt::{Attempt, End, Running};
use super::line::{Answered, Line};
use super::provider::{Kind, Provider};
use crate::ports::Ports;
use coach::provider::patience::Patience;
use coach::provider::retry::{Attempts, Next};
use coach::provider::{Ask, Event, Failure, FailureKind, Finish, Usage};
use domain::spend::Used;
use futures::future::{BoxFuture, Either, pending, select};
use futures::{FutureExt, StreamExt};
use std::future::Future;
use std::ops::ControlFlow;
use std::pin::pin;

/// What the loop needs from the world besides a line.
pub trait World {
    /// Unix ms.
    fn now_ms(&self) -> u64;

    /// Lets time pass, ms.
    fn sleep(&self, ms: u64) -> impl Future<Output = ()> + Send;

    /// Any number.
    fn random(&self) -> u32;

    /// Hears of every call when it begins: by the provider's id of the model.
    fn calling(&self, _model: &str) {}

    /// Hears of every call once, as soon as it ends, also when whoever asked went away meanwhile.
    fn attempted(&self, attempt: Attempt);
}

/// The routers' world, with somebody who hears of every call.
pub struct Asker<P, Heard> {
    /// The world.
    pub ports: P,
    /// Hears of every call.
    pub heard: Heard,
}

impl<P: Ports, Heard: Fn(Attempt) + Sync> World for Asker<P, Heard> {
    fn now_ms(&self) -> u64 {
        self.ports.now_ms()
    }

    fn sleep(&self, ms: u64) -> impl Future<Output = ()> + Send {
        self.ports.sleep(ms)
    }

    fn random(&self) -> u32 {
        // Chance spreads retries and tells ids of the same ms apart; without it they are still retries and ids.
        crate::ports::random(&self.ports).map_or(0, u32::from_le_bytes)
    }

    fn attempted(&self, attempt: Attempt) {
        (self.heard)(attempt);
    }
}

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// How it ended.
    pub ending: Ending,
    /// The calls that were made, in order; [`World::attempted`] has heard of them already.
    pub attempts: Vec<Attempt>,
    /// From the question to its end, waits between calls included, ms.
    pub took_ms: u64,
}

/// How asking ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// A model answered.
    Answered(Answer),
    /// Nobody answered, and nothing was told: the built-in coach speaks.
    BuiltIn(Why),
    /// Words were told, and then the provider failed: they are no answer, and no other provider goes on in the same sentence.
    Interrupted(Failure),
    /// Whoever was told words wanted no more of them.
    Stopped,
}

/// A model's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Who answered.
    pub provider: Kind,
    /// The provider's id of the model.
    pub model: String,
    /// All of it; nothing of a refusal, whatever was told of it before.
    pub text: String,
    /// How it finished.
    pub finish: Finish,
}

/// Why the built-in coach speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// There is nobody else.
    NoProvider,
    /// All providers failed so lately that none is asked.
    Resting,
    /// All that were asked failed; the last one so.
    Failed(Failure),
}

impl<L: Line> Models<L> {
    /// Asks for an answer that nobody sees before it is whole: as long as somebody is left to ask, a failure shows nowhere.
    pub async fn ask(&self, world: &impl World, ask: &Ask) -> Outcome {
        self.put(world, ask, Aloud::<fn(&str) -> ControlFlow<()>>::No)
            .await
    }

    /// Asks for an answer that is told as it comes, word by word, to somebody who may break off: the call then ends at once.
    /// Blanks before the first word are not told and are no part of the answer.
    pub async fn ask_aloud(
        &self,
        world: &impl World,
        ask: &Ask,
        on_text: impl FnMut(&str) -> ControlFlow<()>,
    ) -> Outcome {
        self.put(world, ask, Aloud::To(on_text)).await
    }

    async fn put<F: FnMut(&str) -> ControlFlow<()>>(
        &self,
        world: &impl World,
        ask: &Ask,
        aloud: Aloud<F>,
    ) -> Outcome {
        let began = world.now_ms();
        let mut attempts = Vec::new();
        let ending = self.go_round(world, ask, aloud, &mut attempts).await;
        Outcome {
            ending,
            attempts,
            took_ms: world.now_ms().saturating_sub(began),
        }
    }

    async fn go_round<F: FnMut(&str) -> ControlFlow<()>>(
        &self,
        world: &impl World,
        ask: &Ask,
        mut aloud: Aloud<F>,
        attempts: &mut Vec<Attempt>,
    ) -> Ending {
        let count = self.providers.len();
        let now = world.now_ms();
        let (mut route, mut next) = self
            .breakers
            .with(count, |breakers| Attempts::begin(breakers, now));
        let mut why = if count == 0 {
            Why::NoProvider
        } else {
            Why::Resting
        };
        loop {
            let Next::Call { provider, after } = next else {
                return Ending::BuiltIn(why);
            };
            let Some(provider) = self.providers.get(provider) else {
                return Ending::BuiltIn(why);
            };
            if !after.is_zero() {
                let ms = after.as_millis().try_into().unwrap_or(u64::MAX);
                world.sleep(ms).await;
            }
            let mut hearing = Hearing {
                aloud: &mut aloud,
                text: String::new(),
                told: false,
            };
            let Some((running, end)) = self.call(world, provider, ask, &mut hearing).await else {
                // It is our own question that can't be written, and no provider's fault.
                let failure = Failure::new(FailureKind::Rejected, "the question is no JSON");
                return Ending::BuiltIn(Why::Failed(failure));
            };
            let (text, told) = (hearing.text, hearing.told);
            attempts.extend(running.end(end.clone()));
            match end {
                End::Answered(finish) => {
                    self.breakers
                        .with(count, |breakers| route.succeeded(breakers));
                    return Ending::Answered(Answer {
                        provider: provider.kind,
                        model: provider.endpoint.model().to_owned(),
                        text,
                        finish,
                    });
                }
                End::Stopped => {
                    // It had words to tell: the provider works.
                    self.breakers
                        .with(count, |breakers| route.succeeded(breakers));
                    return Ending::Stopped;
                }
                End::Failed(failure) => {
                    let (now, random) = (world.now_ms(), world.random());
                    next = self.breakers.with(count, |breakers| {
                        route.after(&failure, told, breakers, now, random)
                    });
                    if next == Next::Interrupted {
                        return Ending::Interrupted(failure);
                    }
                    why = Why::Failed(failure);
                }
            }
        }
    }

    /// One call to its end. `None` where the question can't be written for this provider.
    async fn call<'w, W: World, F: FnMut(&str) -> ControlFlow<()>>(
        &self,
        world: &'w W,
        provider: &Provider,
        ask: &Ask,
        hearing: &mut Hearing<'_, F>,
    ) -> Option<(Running<'w, W>, End)> {
        let call = provider.endpoint.call(ask).ok()?;
        world.calling(provider.endpoint.model());
        let mut running = Running::begin(world, provider, &call, ask.max_tokens);
        let mut waiting = Waiting::new(world, Patience::new(provider.limits, world.now_ms()));
        let answered = match waiting.bear(self.line.call(&call)).await {
            Ok(Ok(answered)) => answered,
            Ok(Err(failure)) | Err(failure) => {
                if failure.kind == FailureKind::Unreachable {
                    running.note(|attempt| attempt.used = Used::Nothing);
                }
                return Some((running, End::Failed(failure)));
            }
        };
        waiting.patience.answered();
        let Answered { head, mut bytes } = answered;
        running.note(|attempt| {
            attempt.request_id.clone_from(&head.request_id);
            if !head.is_success() {
                attempt.used = Used::Nothing;
            }
        });
        let mut reply = provider.endpoint.reply(ask, head);
        loop {
            let events = match waiting.bear(bytes.next()).await {
                Ok(Some(Ok(bytes))) => reply.take(&bytes),
                Ok(Some(Err(failure))) | Err(failure) => reply.break_off(failure),
                Ok(None) => reply.end(),
            };
            waiting.patience.heard(&events, world.now_ms());
            for event in events {
                match event {
                    Event::Text(text) => {
                        running.spoke();
                        if hearing.hear(&text).is_break() {
                            return Some((running, End::Stopped));
                        }
                    }
                    Event::Refused => hearing.text.clear(),
                    Event::Usage(Usage { input, output }) => {
                        running.note(|attempt| attempt.used = Used::Tokens { input, output });
                    }
                    Event::Finished(finish) => return Some((running, End::Answered(finish))),
                    Event::Failed(failure) => return Some((running, End::Failed(failure))),
                }
            }
        }
    }
}

/// To whom words are told before the answer is whole.
enum Aloud<F> {
    No,
    To(F),
}

/// One call's words.
struct Hearing<'a, F> {
    aloud: &'a mut Aloud<F>,
    text: String,
    told: bool,
}

impl<F: FnMut(&str) -> ControlFlow<()>> Hearing<'_, F> {
    fn hear(&mut self, text: &str) -> ControlFlow<()> {
        let Aloud::To(on_text) = self.aloud else {
            self.text.push_str(text);
            return ControlFlow::Continue(());
        };
        let text = if self.told { text } else { text.trim_start() };
        if text.is_empty() {
            return ControlFlow::Continue(());
        }
        self.told = true;
        self.text.push_str(text);
        on_text(text)
    }
}

/// Waits no longer than patience lasts, with one alarm for many waits: a stream has hundreds of pieces.
struct Waiting<'w, W> {
    world: &'w W,
    patience: Patience,
    alarm: BoxFuture<'w, ()>,
    rings_at: u64,
}

impl<'w, W: World> Waiting<'w, W> {
    fn new(world: &'w W, patience: Patience) -> Self {
        Self {
            world,
            patience,
            alarm: pending().boxed(),
            rings_at: u64::MAX,
        }
    }

    async fn bear<T>(&mut self, future: impl Future<Output = T>) -> Result<T, Failure> {
        let mut future = pin!(future);
        loop {
            let (ends, failure) = self.patience.ends();
            if ends < self.rings_at {
                self.ring_at(ends);
            }
            match select(future.as_mut(), &mut self.alarm).await {
                Either::Left((came, _)) => return Ok(came),
                Either::Right(_) if self.world.now_ms() >= ends => return Err(failure),
                // It was set when patience was to end sooner.
                Either::Right(_) => self.ring_at(ends),
            }
        }
    }

    fn ring_at(&mut self, at: u64) {
        let wait = at.saturating_sub(self.world.now_ms());
        self.alarm = self.world.sleep(wait.max(1)).boxed();
        self.rings_at = at;
    }
}
