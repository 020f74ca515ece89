//! The two sides: the same data twice, each with a workerd of its own.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use captain_api_tests::{PASSWORD, copy_folder};
use domain::ids::SessionId;
use reqwest::{Client, RequestBuilder};
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use xtask::build::{Built, peer};
use xtask::data::{Data, now_ms};
use xtask::project::Project;
use xtask::seed::{self, PracticeRep};
use xtask::workerd::alone::{Alone, Script};
use xtask::workerd::vars::Vars;

use super::calls;

/// A Worker that does nothing: what of a start is not the script's.
const EMPTY: &str = "export default { fetch: () => new Response('{}') };\n";

/// Data for both, and who is in it.
pub struct Preparation {
    folder: PathBuf,
    reps: Vec<PracticeRep>,
}

/// How long starts took, each from the start of the process to the first answer.
pub struct Starts {
    pub ours: Vec<Duration>,
    pub peer: Vec<Duration>,
    pub empty: Vec<Duration>,
}

/// One side, running.
pub struct Side {
    running: Alone,
    http: Client,
    /// Open sessions that nobody has started; all of them are one rep's.
    sessions: Mutex<Vec<SessionId>>,
    owner: String,
}

impl Preparation {
    /// Makes the data of both sides: the demo, past sessions, and open ones for so many turns.
    pub fn make(project: &Project, past: u32, turns: u32) -> Self {
        let folder = project.scratch().join("bench-peer");
        let ours = folder.join("ours");
        let data = Data::open(&ours).unwrap();
        data.clear().unwrap();
        data.prepare(project).unwrap();
        let mut database = data.database(project).unwrap();
        seed::past_sessions(&mut database, now_ms(), past).unwrap();
        // Two more: one becomes the script, one is compared.
        let reps = seed::practice_reps(&mut database, turns + 2, now_ms()).unwrap();
        Side::give_to_first(&database, &reps);
        drop(database);
        drop(data);
        for copy in ["peer", "empty"] {
            copy_folder(&ours, &folder.join(copy));
        }
        Self { folder, reps }
    }

    /// Starts both. The peer's coach says and judges what ours did of the same answer, since it is no coach of its own.
    pub async fn start(&self, project: &Project) -> (Side, Side) {
        let ours = self.side(self.run(project, &our_script(project), "ours", None));
        let script = calls::script_of(&ours).await;
        let peer = self.side(self.run(project, &peer_script(project), "peer", Some(script)));
        // As on our side, where a turn was had: lists of people tell when each was there last.
        peer.log_in(peer.owner()).await;
        (ours, peer)
    }

    /// Starts ours, the peer and an empty Worker again and again, in turn.
    pub fn measure_starts(&self, project: &Project, times: u32) -> Starts {
        let empty = self.folder.join("empty.js");
        std::fs::write(&empty, EMPTY).unwrap();
        let empty = Script {
            config: peer::config(project),
            modules: vec![empty],
            ai: None,
        };
        let mut starts = Starts {
            ours: Vec::new(),
            peer: Vec::new(),
            empty: Vec::new(),
        };
        // The first of each fills the disk's cache.
        for time in 0..=times {
            for (script, name, took) in [
                (&our_script(project), "ours", &mut starts.ours),
                (&peer_script(project), "peer", &mut starts.peer),
                (&empty, "empty", &mut starts.empty),
            ] {
                let started_in = self.run(project, script, name, None).started_in();
                if time > 0 {
                    took.push(started_in);
                }
            }
        }
        starts
    }

    fn run(&self, project: &Project, script: &Script, name: &str, says: Option<String>) -> Alone {
        let data = Data::open(&self.folder.join(name)).unwrap();
        let mut vars = Vars::default();
        vars.set("ENVIRONMENT", "dev")
            .set("DEMO", "true")
            .set("COACH_PACE_MS", "0")
            .set("SCRIPT", says.unwrap_or_else(|| "[]".to_owned()));
        Alone::start(project, script, data, &vars).unwrap()
    }

    fn side(&self, running: Alone) -> Side {
        Side::of(running, &self.reps)
    }
}

impl Side {
    /// All open sessions to one rep: nobody has to log in hundreds of times, and a turn costs the same.
    pub fn give_to_first(database: &Connection, reps: &[PracticeRep]) {
        let owner = &reps[0];
        for (place, rep) in (0_i64..).zip(reps) {
            database
                .execute(
                    "UPDATE sessions SET slot_at = slot_at + ?3, user_id = (SELECT user_id FROM sessions WHERE id = ?2)
                     WHERE id = ?1",
                    params![rep.session_id.to_string(), owner.session_id.to_string(), place],
                )
                .unwrap();
        }
    }

    /// A running system, and whose open sessions are the first one's.
    pub fn of(running: Alone, reps: &[PracticeRep]) -> Self {
        Self {
            running,
            http: Client::builder().build().unwrap(),
            sessions: Mutex::new(reps.iter().map(|rep| rep.session_id).collect()),
            owner: reps[0].email.clone(),
        }
    }

    /// The process group of its workerd.
    pub fn group(&self) -> i32 {
        self.running.group()
    }

    /// Whose the open sessions are.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// An open session that nobody has started.
    pub fn next_session(&self) -> SessionId {
        let next = self.sessions.lock().unwrap().pop();
        next.expect("enough sessions were prepared")
    }

    /// Logs somebody in: the access token.
    pub async fn log_in(&self, email: &str) -> String {
        let response = self.log_in_request(email).send().await.unwrap();
        assert_eq!(response.status(), 200, "{email} logs in");
        let answer: Value = response.json().await.unwrap();
        answer["accessToken"].as_str().unwrap().to_owned()
    }

    /// The request that does it.
    pub fn log_in_request(&self, email: &str) -> RequestBuilder {
        let form = json!({"email": email, "password": PASSWORD});
        self.http.post(self.url("/api/auth/login")).json(&form)
    }

    /// A request to read.
    pub fn get(&self, path: &str, token: &str) -> RequestBuilder {
        self.http.get(self.url(path)).bearer_auth(token)
    }

    /// A request to do something.
    pub fn post(&self, path: &str, token: &str, body: &Value) -> RequestBuilder {
        self.http.post(self.url(path)).bearer_auth(token).json(body)
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.url())
    }
}

/// Our release build.
pub fn our_script(project: &Project) -> Script {
    Script {
        config: project.path("wrangler.toml"),
        modules: our_modules(project),
        ai: None,
    }
}

fn peer_script(project: &Project) -> Script {
    Script {
        config: peer::config(project),
        modules: peer::modules(project),
        ai: None,
    }
}

/// What the release build of our Worker is made of, the entry first.
pub fn our_modules(project: &Project) -> Vec<PathBuf> {
    let entry = Built::release(project).worker;
    let wasm = Path::with_file_name(&entry, "index_bg.wasm");
    vec![entry, wasm]
}
