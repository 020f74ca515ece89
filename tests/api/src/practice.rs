//! A rep who practises whatever happens, and holds every answer against all that was said before.

use std::collections::HashMap;

use contract::chat::{ChatState, Frame, Message};
use contract::session::SessionResult;
use domain::session::{MessageKind, MessageStatus, Step};
use reqwest::{Method, Response};
use serde_json::json;
use tokio::sync::mpsc;

use crate::{GOOD, HESITANT, Rep, Seen, Stream, request_id};

/// What a rep noticed; the plug may be pulled on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // Each says it.
pub enum Moment {
    Sending,
    Connected,
    FirstWord,
    Judged,
    TurnOver,
    Ending,
}

/// All of them.
pub const MOMENTS: [Moment; 6] = [
    Moment::Sending,
    Moment::Connected,
    Moment::FirstWord,
    Moment::Judged,
    Moment::TurnOver,
    Moment::Ending,
];

/// Why a rep could not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Halt {
    /// The connection broke, or nobody listens.
    Cut,
    /// Somebody answered, and it was no success.
    Refused(u16),
}

/// A rep's session, with all that this rep was told about it.
pub struct Practice {
    /// Who practises what.
    pub rep: Rep,
    /// What was sent, and whether it was acknowledged.
    pub sent: Vec<Sent>,
    /// Every frame that was seen, by number.
    pub seen: HashMap<u64, String>,
    /// The bubbles as history last showed them.
    pub items: Vec<Message>,
    /// What it came to, once it is ended.
    pub result: Option<SessionResult>,
    moments: mpsc::UnboundedSender<Moment>,
}

/// A message on its way.
pub struct Sent {
    /// The rep's own id for it.
    pub request: String,
    /// The words.
    pub content: String,
    /// The rep was shown that it arrived.
    pub acknowledged: bool,
}

impl Practice {
    /// A session that was started. `moments` is told what the rep notices.
    pub fn new(rep: Rep, moments: mpsc::UnboundedSender<Moment>) -> Self {
        Self {
            rep,
            sent: Vec::new(),
            seen: HashMap::new(),
            items: Vec::new(),
            result: None,
            moments,
        }
    }

    /// Takes the session up wherever it stands and practises until it is ended, or workerd is gone.
    pub async fn go_on(&mut self) -> Result<(), Halt> {
        while self.result.is_none() {
            let state = self.history().await?;
            self.check(&state);
            if state.running_turn.is_some() {
                let path = self
                    .rep
                    .path(&format!("events?after={}", state.last_event_id));
                let response = self.get(&path).await?;
                if response.status() != 204 {
                    self.read(response).await?;
                }
                continue;
            }
            let unanswered = self.sent.last().filter(|sent| !sent.acknowledged);
            if let Some(sent) = unanswered {
                // Not known whether it arrived: the same again is safe, whatever happened to it.
                let (request, content) = (sent.request.clone(), sent.content.clone());
                self.send(&request, &content).await?;
            } else if state.may.retry {
                self.tell(Moment::Sending);
                let body = json!({"requestId": request_id()});
                let response = self.post("correction", &body).await?;
                self.read(response).await?;
            } else if state.may.send {
                let content = if state.step == Step::SalespersonRepeat {
                    GOOD
                } else {
                    HESITANT
                };
                let request = request_id();
                self.sent.push(Sent {
                    request: request.clone(),
                    content: content.to_owned(),
                    acknowledged: false,
                });
                self.send(&request, content).await?;
            } else {
                assert!(state.may.end, "the session is stuck: {state:?}");
                self.tell(Moment::Ending);
                let response = success(self.post("end", &json!({})).await?)?;
                self.result = Some(response.json().await.map_err(|_| Halt::Cut)?);
            }
        }
        Ok(())
    }

    async fn send(&mut self, request: &str, content: &str) -> Result<(), Halt> {
        self.tell(Moment::Sending);
        let response = self
            .post(
                "message",
                &json!({"requestId": request, "content": content}),
            )
            .await?;
        self.read(response).await
    }

    async fn read(&mut self, response: Response) -> Result<(), Halt> {
        let mut stream = Stream::of(success(response)?);
        while let Some(seen) = stream.next_or_cut().await.map_err(|_| Halt::Cut)? {
            self.note(&seen);
        }
        Ok(())
    }

    /// Remembers a frame; seen again, it must be the same.
    pub fn note(&mut self, seen: &Seen) {
        match &seen.frame {
            Frame::Connected { .. } => {
                self.tell(Moment::Connected);
                // Says where the stream starts; it is no entry of the log.
                return;
            }
            Frame::Message { message, .. } => self.acknowledge(message),
            Frame::Content { .. } => self.tell(Moment::FirstWord),
            Frame::Verdict { .. } => self.tell(Moment::Judged),
            Frame::Done { .. } | Frame::Error { .. } => self.tell(Moment::TurnOver),
            Frame::Typing { .. } => {}
        }
        let before = self.seen.insert(seen.id, seen.json.clone());
        assert!(
            before.is_none_or(|json| json == seen.json),
            "frame {} changed",
            seen.id
        );
    }

    fn acknowledge(&mut self, message: &Message) {
        let request = message.request_id.as_ref().map(|request| request.as_str());
        for sent in self
            .sent
            .iter_mut()
            .filter(|sent| Some(sent.request.as_str()) == request)
        {
            assert_eq!(sent.content, message.content);
            sent.acknowledged = true;
        }
    }

    async fn history(&mut self) -> Result<ChatState, Halt> {
        let response = success(self.get(&self.rep.path("history")).await?)?;
        let state: ChatState = response.json().await.map_err(|_| Halt::Cut)?;
        for message in &state.items {
            self.acknowledge(message);
        }
        Ok(state)
    }

    /// Holds the state against everything that this rep was told before.
    pub fn check(&mut self, state: &ChatState) {
        for sent in &self.sent {
            let times = count(state, |message| {
                message
                    .request_id
                    .as_ref()
                    .is_some_and(|request| request.as_str() == sent.request)
            });
            assert!(
                times <= 1,
                "a message stands there {times} times: {state:?}"
            );
            assert!(
                !sent.acknowledged || times == 1,
                "an acknowledged message is lost: {state:?}"
            );
        }
        for drill in 0..state.drill.count {
            let whole = |kind| {
                count(state, |message| {
                    message.drill_index == drill
                        && message.kind == kind
                        && !matches!(
                            message.status,
                            MessageStatus::Interrupted | MessageStatus::Streaming
                        )
                })
            };
            for kind in [
                MessageKind::Objection,
                MessageKind::Answer,
                MessageKind::Repeat,
            ] {
                assert!(
                    whole(kind) <= 1,
                    "{kind:?} doubled in drill {drill}: {state:?}"
                );
            }
            // A turn that was cut after its text and before its verdict leaves a whole text behind and is done again.
            assert!(
                count(state, |message| message.drill_index == drill
                    && message.improved.is_some())
                    <= 1,
                "two corrections count in drill {drill}: {state:?}"
            );
        }
        for (old, new) in self.items.iter().zip(&state.items) {
            assert_eq!(old.id, new.id, "the order of messages changed");
            assert!(
                new.content.starts_with(&old.content),
                "words were taken back: {old:?} {new:?}"
            );
        }
        assert!(state.items.len() >= self.items.len(), "messages are gone");
        let highest = self.seen.keys().max().copied().unwrap_or_default();
        assert!(
            state.last_event_id >= highest,
            "frame {highest} was shown, but the log ends at {}",
            state.last_event_id
        );
        self.items.clone_from(&state.items);
    }

    /// Replays everything and holds it against what was seen live.
    pub async fn check_replay(&self) {
        let replayed: HashMap<u64, String> = self
            .rep
            .replay(0)
            .await
            .into_iter()
            .map(|seen| (seen.id, seen.json))
            .collect();
        for (id, json) in &self.seen {
            assert_eq!(
                replayed.get(id),
                Some(json),
                "frame {id} is replayed as it was seen"
            );
        }
    }

    /// Ends the telling of moments: whoever listens hears no more.
    pub fn stop_telling(&mut self) {
        self.moments = mpsc::unbounded_channel().0;
    }

    fn tell(&self, moment: Moment) {
        // Nobody listens where no plug is to be pulled.
        self.moments.send(moment).ok();
    }

    async fn get(&self, path: &str) -> Result<Response, Halt> {
        self.rep
            .person
            .request(Method::GET, path)
            .send()
            .await
            .map_err(|_| Halt::Cut)
    }

    async fn post(&self, call: &str, body: &serde_json::Value) -> Result<Response, Halt> {
        let request = self.rep.person.request(Method::POST, &self.rep.path(call));
        request.json(body).send().await.map_err(|_| Halt::Cut)
    }
}

fn success(response: Response) -> Result<Response, Halt> {
    match response.status().as_u16() {
        200 => Ok(response),
        other => Err(Halt::Refused(other)),
    }
}

fn count(state: &ChatState, which: impl Fn(&Message) -> bool) -> usize {
    state.items.iter().filter(|message| which(message)).count()
}
