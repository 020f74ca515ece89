//! Runs what the conversation's machine asks for, and tells it what came of it.

use crate::api::{Api, Failure, Heard, open_chat_stream};
use crate::browser::{clock, random, storage};
use crate::state::conversation::{Call, Conversation, Effect, Input, StreamNumber};
use crate::state::outgoing::{Asked, Draft, Outgoing, Progress, Unconfirmed};
use domain::ids::SessionId;
use futures::future::{AbortHandle, abortable};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// One page's live session. Everything happens on the browser's one thread; no borrow is held over an await.
pub struct Runtime {
    api: Api,
    session: SessionId,
    machine: RefCell<Conversation>,
    stream: RefCell<Option<(StreamNumber, AbortHandle)>>,
    draft: RefCell<Draft>,
    /// The next load starts the session instead of looking at it.
    begins: Cell<bool>,
    /// The page is gone.
    is_over: Cell<bool>,
    tell: Tell,
}

/// Whom the runtime tells.
pub struct Tell {
    /// The screen changed.
    pub changed: Callback<Rc<Conversation>>,
    /// This text belongs back in the composer.
    pub put_back: Callback<String>,
    /// The result is there.
    pub show_result: Callback<()>,
}

impl Runtime {
    /// A session that has not begun to load.
    pub fn new(api: Api, session: SessionId, begins: bool, tell: Tell) -> Rc<Self> {
        let draft: Draft = storage::read(&Draft::key(session)).unwrap_or_default();
        Rc::new(Self {
            api,
            session,
            machine: RefCell::new(Conversation::new(clock::now_ms(), random::chance())),
            stream: RefCell::default(),
            draft: RefCell::new(draft),
            begins: Cell::new(begins),
            is_over: Cell::new(false),
            tell,
        })
    }

    /// What the composer holds at first.
    pub fn kept_text(&self) -> String {
        self.draft.borrow().text.clone()
    }

    /// Begins: takes up what an earlier visit left, and loads.
    pub fn begin(self: &Rc<Self>) {
        let unconfirmed = self.draft.borrow().unconfirmed.clone();
        if let Some(unconfirmed) = unconfirmed {
            self.feed(Input::Recovered(Outgoing {
                request: unconfirmed.request_id,
                what: Asked::Answer(unconfirmed.content),
                progress: Progress::Sending,
            }));
        }
        self.run(Effect::Load);
        let this = self.clone();
        spawn_local(async move {
            // Only names for the customers to come: without them the chat works too.
            if let Ok(session) = this.api.session(this.session).await {
                this.feed(Input::Introduced(session.drills));
            }
        });
    }

    /// Starts a session that only was looked at before.
    pub fn start(self: &Rc<Self>) {
        self.begins.set(true);
        self.feed(Input::Reload);
    }

    /// Ends all that runs: the page is left. The turn goes on without it.
    pub fn leave(&self) {
        self.is_over.set(true);
        if let Some((_, stream)) = self.stream.take() {
            stream.abort();
        }
    }

    /// Takes what happened.
    pub fn feed(self: &Rc<Self>, input: Input) {
        if self.is_over.get() {
            return;
        }
        // A second that passes, or a sign of life, shows only by what it leads to.
        let is_quiet = matches!(input, Input::Tick | Input::Alive(_));
        let (effects, conversation) = {
            let mut machine = self.machine.borrow_mut();
            let effects = machine.update(input, clock::now_ms());
            (effects, machine.clone())
        };
        if !is_quiet || !effects.is_empty() {
            self.tell.changed.emit(Rc::new(conversation));
        }
        for effect in effects {
            self.run(effect);
        }
    }

    /// Keeps what is being typed.
    pub fn keep_text(&self, text: String) {
        self.draft.borrow_mut().text = text;
        self.write_draft();
    }

    fn write_draft(&self) {
        let draft = self.draft.borrow();
        let key = Draft::key(self.session);
        if draft.is_empty() {
            storage::remove(&key);
        } else {
            storage::write(&key, &*draft);
        }
    }

    fn run(self: &Rc<Self>, effect: Effect) {
        let this = self.clone();
        match effect {
            Effect::Load => spawn_local(async move {
                let loaded = if this.begins.get() {
                    this.api.start(this.session).await
                } else {
                    this.api.history(this.session).await
                };
                if loaded.is_ok() {
                    this.begins.set(false);
                }
                this.feed(Input::Loaded(loaded.map(Box::new)));
            }),
            Effect::Open(number, call) => self.open(number, call),
            Effect::Close(number) => {
                if let Some((_, stream)) = self.let_go_of(number) {
                    stream.abort();
                }
            }
            Effect::Stop => spawn_local(async move {
                let answer = this.api.stop(this.session).await;
                this.feed(Input::StopAnswered(answer));
            }),
            Effect::Finish => spawn_local(async move {
                let answer = this.api.end(this.session).await.map(drop);
                this.feed(Input::FinishAnswered(answer));
            }),
            Effect::Keep(outgoing) => {
                let unconfirmed = outgoing.words().map(|words| Unconfirmed {
                    request_id: outgoing.request.clone(),
                    content: words.to_owned(),
                });
                *self.draft.borrow_mut() = Draft {
                    text: String::new(),
                    unconfirmed,
                };
                self.write_draft();
            }
            Effect::Forget => {
                self.draft.borrow_mut().unconfirmed = None;
                self.write_draft();
            }
            Effect::PutBack(text) => {
                self.keep_text(text.clone());
                self.tell.put_back.emit(text);
            }
            Effect::ShowResult => self.tell.show_result.emit(()),
        }
    }

    fn open(self: &Rc<Self>, number: StreamNumber, call: Call) {
        let this = self.clone();
        let (listening, handle) = abortable(async move {
            let failure = this.listen(number, &call).await.err();
            this.let_go_of(number);
            this.feed(Input::Closed(number, failure));
        });
        self.stream.replace(Some((number, handle)));
        spawn_local(async move {
            // Aborting drops the stream, which closes it.
            let _ = listening.await;
        });
    }

    /// The stream of this number, if it is still the one that is open.
    fn let_go_of(&self, number: StreamNumber) -> Option<(StreamNumber, AbortHandle)> {
        self.stream
            .borrow_mut()
            .take_if(|(open, _)| *open == number)
    }

    async fn listen(self: &Rc<Self>, number: StreamNumber, call: &Call) -> Result<(), Failure> {
        let Some(mut stream) = open_chat_stream(&self.api, self.session, call).await? else {
            self.feed(Input::Nothing(number));
            return Ok(());
        };
        self.feed(Input::Opened(number));
        while let Some(heard) = stream.next().await? {
            self.feed(match heard {
                Heard::Frame(id, frame) => Input::Framed(number, id, frame),
                Heard::Bytes => Input::Alive(number),
            });
        }
        Ok(())
    }
}
