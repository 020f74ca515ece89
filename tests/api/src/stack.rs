//! A whole running system: workerd with D1 and Durable Objects on a data folder of its own.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use rusqlite::{Connection, params};
use xtask::build::Built;
use xtask::data::{Data, now_ms};
use xtask::project::Project;
use xtask::seed::{self, PracticeRep};
use xtask::workerd::vars::Vars;
use xtask::workerd::{Log, Workerd, free_port};

/// The one other origin whose pages may call the API.
pub const PARTNER: &str = "https://partner.test";

/// The model that is asked where [`Settings::provider`] says so.
pub const MODEL: &str = "scripted-1";

/// How a system is set up.
pub struct Settings {
    /// The data folder's name.
    pub name: &'static str,
    /// How many practice reps there are.
    pub reps: u32,
    /// Milliseconds between the coach's words.
    pub pace_ms: u32,
    /// `dev`, or `production`.
    pub environment: &'static str,
    /// For each of these a practice rep whose slot is so many minutes from now; the window goes with it.
    pub slots: &'static [i64],
    /// Who mails are from. With one, there is an e-mail binding: the local runtime's own, which tells its log of each mail.
    pub mail_from: Option<&'static str>,
    /// Where a model is asked before the built-in coach; nowhere by default.
    pub provider: Option<String>,
}

impl Settings {
    /// Words come fast enough for a test, slowly enough that a turn is in flight for one to two seconds.
    pub fn named(name: &'static str) -> Self {
        Self {
            name,
            reps: 40,
            pace_ms: 10,
            environment: "dev",
            slots: &[],
            mail_from: None,
            provider: None,
        }
    }
}

/// A system. Dropping it stops it.
pub struct Stack {
    project: Project,
    settings: Settings,
    reps: Vec<PracticeRep>,
    slots: HashMap<i64, PracticeRep>,
    next_rep: AtomicUsize,
    port: u16,
    running: Option<Workerd>,
    stopped: Option<Data>,
}

/// The system that all tests share which neither kill it nor look into its data.
pub fn shared() -> &'static Stack {
    static SHARED: OnceLock<Stack> = OnceLock::new();
    SHARED.get_or_init(|| {
        let mut stack = Stack::prepare(Settings {
            reps: 300,
            slots: &[30, 5, -20, -61],
            ..Settings::named("shared")
        });
        stack.run();
        stack
    })
}

impl Stack {
    /// Makes the data, with the demo and the practice reps in it, and does not run yet.
    pub fn prepare(settings: Settings) -> Self {
        let project = Project::locate().unwrap();
        let dir = folder(&project, settings.name);
        if dir.exists() {
            std::fs::remove_dir_all(&dir).unwrap();
        }
        copy_folder(template(&project), &dir);
        let data = Data::open(&dir).unwrap();
        let mut database = data.database(&project).unwrap();
        let mut reps = seed::practice_reps(&mut database, settings.reps, now_ms()).unwrap();
        let slots = settings
            .slots
            .iter()
            .map(|minutes| {
                let rep = reps.pop().expect("fewer slots than reps");
                move_slot(&database, &rep, *minutes);
                (*minutes, rep)
            })
            .collect();
        drop(database);
        Self {
            project,
            settings,
            reps,
            slots,
            next_rep: AtomicUsize::new(0),
            port: free_port().unwrap(),
            running: None,
            stopped: Some(data),
        }
    }

    /// Runs it, and waits until it answers.
    pub fn run(&mut self) {
        let data = self.stopped.take().expect("it runs already");
        let mut vars = Vars::default();
        vars.set("ENVIRONMENT", self.settings.environment)
            .set("COACH_PACE_MS", self.settings.pace_ms.to_string())
            .set("ALLOWED_ORIGINS", PARTNER)
            .set("APP_URL", self.url());
        if self.settings.environment == "dev" {
            vars.set("DEMO", "true");
        }
        if let Some(from) = self.settings.mail_from {
            vars.set("MAIL_FROM", from);
        }
        if let Some(provider) = &self.settings.provider {
            vars.set("AI_PROVIDER", "compatible")
                .set("COMPATIBLE_MODEL", MODEL)
                .set("COMPATIBLE_BASE_URL", provider.as_str())
                .set("AI_PRICES", format!("{MODEL} 0.25 2.00"))
                .set("AI_PATIENCE", "2 2 2 20");
        }
        let workerd = Workerd::start_bound(
            &self.project,
            built(&self.project),
            data,
            self.port,
            &vars,
            Log::File,
            &self.config(),
        )
        .unwrap();
        self.running = Some(workerd);
    }

    /// What the Worker is bound to: what wrangler.toml says, and the e-mail binding if there is to be one.
    fn config(&self) -> PathBuf {
        let deployed = self.project.path("wrangler.toml");
        if self.settings.mail_from.is_none() {
            return deployed;
        }
        let deployed = std::fs::read_to_string(deployed).unwrap();
        let with_mail = self.data_dir().join("wrangler.toml");
        std::fs::write(
            &with_mail,
            format!("{deployed}\n[[send_email]]\nname = \"MAIL\"\n"),
        )
        .unwrap();
        with_mail
    }

    /// What the running Worker has logged.
    pub fn log(&self) -> String {
        let running = self.running.as_ref().expect("it does not run");
        std::fs::read_to_string(running.log()).unwrap()
    }

    /// Stops it in good order.
    pub fn stop(&mut self) {
        self.stopped = Some(self.running.take().expect("it does not run").stop());
    }

    /// Kills it at once (SIGKILL), as a power cut would.
    pub fn kill(&mut self) {
        self.stopped = Some(self.running.take().expect("it does not run").kill());
    }

    /// The environment it has from the next run on.
    pub fn set_environment(&mut self, environment: &'static str) {
        self.settings.environment = environment;
    }

    /// The rep whose slot was set to so many minutes from the beginning.
    pub fn rep_with_slot(&self, minutes: i64) -> &PracticeRep {
        &self.slots[&minutes]
    }

    /// Moves a rep's slot to so many minutes from now; it must not run.
    pub fn move_slot(&self, rep: &PracticeRep, minutes: i64) {
        move_slot(&self.database(), rep, minutes);
    }

    /// The database; it must not run.
    pub fn database(&self) -> Connection {
        let data = self.stopped.as_ref().expect("stop it first");
        data.database(&self.project).unwrap()
    }

    /// The folder of its data.
    pub fn data_dir(&self) -> PathBuf {
        folder(&self.project, self.settings.name)
    }

    /// Where it answers, without a slash at the end. It stays the same over restarts.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// A practice rep nobody else uses: e-mail address and open session.
    pub fn next_rep(&self) -> &PracticeRep {
        let next = self.next_rep.fetch_add(1, Ordering::Relaxed);
        self.reps
            .get(next)
            .expect("more practice reps are needed in Settings")
    }
}

/// The window goes with the slot, as `domain::slot` has it.
fn move_slot(database: &Connection, rep: &PracticeRep, minutes: i64) {
    let slot_at = now_ms() + minutes * 60_000;
    let changed = database
        .execute(
            "UPDATE sessions SET slot_at = ?2, opens_at = ?2 - 600000, closes_at = ?2 + 3600000 WHERE id = ?1",
            params![rep.session_id.to_string(), slot_at],
        )
        .unwrap();
    assert_eq!(changed, 1);
}

/// A data folder with the demo in it: made once, since wrangler takes its time with migrations.
fn template(project: &Project) -> &'static Path {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let dir = folder(project, "template");
        let data = Data::open(&dir).unwrap();
        data.clear().unwrap();
        data.prepare(project).unwrap();
        dir
    })
}

/// A copy of what is built. The local runtime starts anew when its files change, which would cut every stream of a test
/// that runs while somebody builds.
fn built(project: &Project) -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let release = Built::release(project);
        let copy = folder(project, "built");
        let worker = release.worker.parent().unwrap();
        copy_folder(worker, &copy.join("worker"));
        copy_folder(&release.app, &copy.join("app"));
        Built {
            worker: copy
                .join("worker")
                .join(release.worker.file_name().unwrap()),
            app: copy.join("app"),
        }
    })
}

/// Puts a copy of a folder in the place of another.
pub fn copy_folder(from: &Path, to: &Path) {
    if to.exists() {
        std::fs::remove_dir_all(to).unwrap();
    }
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let copy = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &copy);
        } else {
            std::fs::copy(entry.path(), &copy).unwrap();
        }
    }
}

fn folder(project: &Project, name: &str) -> PathBuf {
    project.scratch().join("api-data").join(name)
}
