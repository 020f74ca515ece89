//! workerd is killed (SIGKILL) at random moments of turns and started again on the same data: no acknowledged message is
//! lost, none is doubled, no session is stuck.

use std::collections::HashMap;
use std::time::Duration;

use captain_api_tests::{
    GOOD, HESITANT, PATIENCE, Rep, Seen, Settings, Stack, Stream, eventually, request_id,
};
use contract::chat::{ChatState, Frame, Message};
use contract::session::SessionResult;
use domain::session::{MessageKind, MessageStatus, Step};
use reqwest::Method;
use serde_json::json;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// How often the plug is pulled.
const KILLS: usize = 12;
/// How many reps practise at once.
const REPS: usize = 6;

/// What a rep noticed; the plug may be pulled on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    Sending,
    Connected,
    FirstWord,
    Judged,
    TurnOver,
    Ending,
}

const MOMENTS: [Moment; 6] = [
    Moment::Sending,
    Moment::Connected,
    Moment::FirstWord,
    Moment::Judged,
    Moment::TurnOver,
    Moment::Ending,
];

/// The connection broke, or nobody listens.
#[derive(Debug)]
struct Dead;

/// A rep's session, with all that this rep was told about it.
struct Practice {
    rep: Rep,
    /// What was sent, and whether it was acknowledged.
    sent: Vec<Sent>,
    /// Every frame that was seen, by number.
    seen: HashMap<u64, String>,
    /// The bubbles as history last showed them.
    items: Vec<Message>,
    result: Option<SessionResult>,
    moments: mpsc::UnboundedSender<Moment>,
}

struct Sent {
    request: String,
    content: String,
    acknowledged: bool,
}

impl Practice {
    fn new(rep: Rep, moments: mpsc::UnboundedSender<Moment>) -> Self {
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
    async fn go_on(&mut self) -> Result<(), Dead> {
        while self.result.is_none() {
            let state = self.history().await?;
            self.check(&state);
            if state.running_turn.is_some() {
                let path = self
                    .rep
                    .path(&format!("events?after={}", state.last_event_id));
                let response = self.get(&path).await?;
                if response.status() == 200 {
                    self.read(Stream::of(response)).await?;
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
                self.read(Stream::of(response)).await?;
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
                let response = self.post("end", &json!({})).await?;
                assert_eq!(response.status(), 200);
                self.result = Some(response.json().await.map_err(|_| Dead)?);
            }
        }
        Ok(())
    }

    async fn send(&mut self, request: &str, content: &str) -> Result<(), Dead> {
        self.tell(Moment::Sending);
        let response = self
            .post(
                "message",
                &json!({"requestId": request, "content": content}),
            )
            .await?;
        self.read(Stream::of(response)).await
    }

    async fn read(&mut self, mut stream: Stream) -> Result<(), Dead> {
        while let Some(seen) = stream.next_or_cut().await.map_err(|_| Dead)? {
            self.note(&seen);
        }
        Ok(())
    }

    fn note(&mut self, seen: &Seen) {
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

    async fn history(&mut self) -> Result<ChatState, Dead> {
        let response = self.get(&self.rep.path("history")).await?;
        assert_eq!(response.status(), 200);
        let state: ChatState = response.json().await.map_err(|_| Dead)?;
        for message in &state.items {
            self.acknowledge(message);
        }
        Ok(state)
    }

    /// Holds the state against everything that this rep was told before.
    fn check(&mut self, state: &ChatState) {
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
    async fn check_replay(&self) {
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

    fn tell(&self, moment: Moment) {
        // Nobody listens where no plug is to be pulled.
        self.moments.send(moment).ok();
    }

    async fn get(&self, path: &str) -> Result<reqwest::Response, Dead> {
        self.rep
            .person
            .request(Method::GET, path)
            .send()
            .await
            .map_err(|_| Dead)
    }

    async fn post(&self, call: &str, body: &serde_json::Value) -> Result<reqwest::Response, Dead> {
        let request = self.rep.person.request(Method::POST, &self.rep.path(call));
        request.json(body).send().await.map_err(|_| Dead)
    }
}

fn count(state: &ChatState, which: impl Fn(&Message) -> bool) -> usize {
    state.items.iter().filter(|message| which(message)).count()
}

/// Waits for the moment to pull the plug: the `nth` time that something is noticed, or simply some time.
async fn moment_to_kill(
    random: &mut fastrand::Rng,
    moments: &mut mpsc::UnboundedReceiver<Moment>,
) -> String {
    let limit = Duration::from_millis(random.u64(0..2_500));
    if random.bool() {
        tokio::time::sleep(limit).await;
        return format!("after {} ms", limit.as_millis());
    }
    let wanted = MOMENTS[random.usize(..MOMENTS.len())];
    let nth = random.usize(1..=REPS);
    let found = tokio::time::timeout(limit + Duration::from_secs(2), async {
        let mut left = nth;
        while left > 0 {
            left -= usize::from(moments.recv().await == Some(wanted));
        }
    });
    match found.await {
        Ok(()) => format!("at {wanted:?} number {nth}"),
        Err(_) => format!("waiting for {wanted:?} number {nth}"),
    }
}

#[tokio::test]
async fn nothing_is_lost_or_doubled_when_workerd_is_killed() {
    let seed = std::env::var("KILL_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| fastrand::u64(..));
    println!("KILL_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);

    let mut stack = Stack::prepare(Settings::named("killed"));
    stack.run();
    let (tell, mut moments) = mpsc::unbounded_channel();
    let mut practices = Vec::new();
    let mut finished = Vec::new();
    for kill in 0..=KILLS {
        while practices.len() < REPS && kill < KILLS {
            let rep = Rep::started(&stack).await;
            practices.push(Practice::new(rep, tell.clone()));
        }
        while moments.try_recv().is_ok() {}
        let mut at_work = JoinSet::new();
        for mut practice in practices.drain(..) {
            at_work.spawn(async move {
                let came_to_its_end = practice.go_on().await.is_ok();
                (practice, came_to_its_end)
            });
        }
        if kill < KILLS {
            let when = moment_to_kill(&mut random, &mut moments).await;
            println!("kill {kill}: {when}");
            stack.kill();
        }
        while let Some(done) = at_work.join_next().await {
            let (mut practice, came_to_its_end) = done.unwrap();
            if came_to_its_end {
                finished.push(practice);
            } else {
                // New connections: the old ones lead nowhere.
                practice.rep = practice.rep.elsewhere();
                practices.push(practice);
            }
        }
        if kill < KILLS {
            stack.run();
        }
    }
    assert!(practices.is_empty());
    println!("{} sessions were practised to their end", finished.len());

    for practice in &finished {
        let result = practice.result.as_ref().unwrap();
        let path = format!("/api/sessions/{}/result", practice.rep.session);
        let stored: SessionResult = practice
            .rep
            .person
            .elsewhere()
            .get(&path)
            .await
            .json()
            .await
            .unwrap();
        assert_eq!(&stored, result);
        let state = practice.rep.elsewhere().history().await;
        assert_eq!(state.step, Step::Completed);
        assert_eq!(
            state.items, practice.items,
            "D1 has the transcript that the session had"
        );
    }
    stack.stop();
    let database = stack.database();
    for practice in &finished {
        let session = practice.rep.session.to_string();
        let number = |sql: &str| -> usize {
            let count: i64 = database
                .query_row(sql, [&session], |row| row.get(0))
                .unwrap();
            usize::try_from(count).unwrap()
        };
        assert_eq!(
            number("SELECT count(*) FROM sessions WHERE id = ?1 AND status = 'completed'"),
            1
        );
        assert_eq!(
            number("SELECT count(*) FROM messages WHERE session_id = ?1"),
            practice.items.len()
        );
        let drills = practice.result.as_ref().unwrap().verdicts.len();
        assert_eq!(
            number("SELECT count(*) FROM session_drills WHERE session_id = ?1"),
            drills
        );
    }
}

#[tokio::test]
async fn a_cut_turn_is_interrupted_also_when_nobody_asks() {
    let mut stack = Stack::prepare(Settings::named("killed-orphans"));
    stack.run();
    let (tell, _moments) = mpsc::unbounded_channel();
    let mut asking = Practice::new(Rep::started(&stack).await, tell);
    let silent = Rep::started(&stack).await;
    let mut asked = asking.rep.send(&request_id(), GOOD).await;
    let mut left = silent.send(&request_id(), GOOD).await;
    let first_word = |frame: &Frame| matches!(frame, Frame::Content { .. });
    left.until(first_word).await;
    for seen in asked.until(first_word).await {
        asking.note(&seen);
    }
    stack.kill();
    let killed_at = xtask::data::now_ms();
    stack.run();

    // One asks at once, and is told.
    asking.rep = asking.rep.elsewhere();
    let state = asking.rep.history().await;
    asking.check(&state);
    is_interrupted(&state);
    asking.check_replay().await;

    // The other doesn't ask. Only the object's own file is looked at, from outside.
    let log = session_log(&stack, &silent.session.to_string());
    let ended_at = eventually("the alarm interrupts the turn", PATIENCE, async || {
        let sql = "SELECT at FROM log WHERE event ->> '$.turn_ended.ending' = 'interrupted'";
        log_connection(&log)
            .query_row(sql, [], |row| row.get::<_, i64>(0))
            .ok()
    })
    .await;
    let took = ended_at - killed_at;
    println!("interrupted {took} ms after the kill");
    assert!(took <= 30_000, "{took} ms");
    let silent = silent.elsewhere();
    is_interrupted(&silent.history().await);
    Stream::of(silent.correction(&request_id()).await)
        .frames()
        .await;
}

fn is_interrupted(state: &ChatState) {
    assert!(state.may.retry && state.running_turn.is_none(), "{state:?}");
    assert_eq!(
        state.items.last().unwrap().status,
        MessageStatus::Interrupted
    );
}

fn log_connection(path: &std::path::Path) -> rusqlite::Connection {
    rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

/// The file of a session's object.
fn session_log(stack: &Stack, session: &str) -> std::path::PathBuf {
    let objects = stack.data_dir().join("v3/do/sales-captain-ChatSession");
    std::fs::read_dir(&objects)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "sqlite")
        })
        .find(|path| {
            let sql = "SELECT event FROM log WHERE seq = 1";
            let first = log_connection(path).query_row(sql, [], |row| row.get::<_, String>(0));
            first.is_ok_and(|event| event.contains(session))
        })
        .expect("the session's object has a file")
}
