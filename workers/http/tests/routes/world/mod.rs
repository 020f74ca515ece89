//! A small world: two companies on SQLite, sessions in memory, a clock that tests turn.

mod call;
mod database;
mod document;
mod files;
mod objects;
mod people;
mod post;
mod practice;

pub use call::{Answer, Call, LogIn};
pub use files::Files;
pub use objects::Objects;
pub use people::{PASSWORD, Person, hash, settle_other_team};
pub use post::{Post, token_in};
pub use practice::{Days, fixture};

use captain_http::config::{Config, Environment, JwtSecret};
use captain_http::model::{Breakers, Models, Provider, Providers};
use captain_http::ports::{Fault, NoRandomness, Ports};
use captain_peers::Sockets;
use database::Database;
use futures::future::BoxFuture;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::sqlite::Sqlite;

/// 2026-11-20, 05:30 UTC: 11:00 AM in India.
pub const NOW: u64 = 1_795_152_600_000;
pub const MINUTE: u64 = 60_000;
pub const HOUR: u64 = 60 * MINUTE;
pub const DAY: u64 = 24 * HOUR;

/// The world behind the routers. Clones share it.
#[derive(Clone)]
pub struct World {
    pub db: Sqlite,
    database: Database,
    pub objects: Objects,
    pub mailer: Post,
    pub files: Files,
    pub clock: Arc<AtomicU64>,
    pub no_randomness: Arc<AtomicBool>,
    /// How many times faster than it says the world waits for models.
    pub haste: Arc<AtomicU64>,
    models: Arc<Models<Sockets>>,
    faults: Arc<Mutex<Vec<Fault>>>,
    after: Arc<Mutex<Vec<BoxFuture<'static, ()>>>>,
    tokens: Arc<Mutex<HashMap<Person, (String, u64)>>>,
    dice: Arc<AtomicU64>,
    config: Arc<Config>,
}

impl World {
    /// Two companies with their people, and no sessions yet.
    pub fn new() -> Self {
        Self::in_environment(Environment::Production)
    }

    pub fn in_environment(environment: Environment) -> Self {
        let clock = Arc::new(AtomicU64::new(NOW));
        let db = Sqlite::in_memory(include_str!("../../../../../schema.sql")).unwrap();
        let world = Self {
            database: Database(db.clone()),
            db,
            objects: Objects::new(clock.clone()),
            mailer: Post::default(),
            files: Files::default(),
            after: Arc::default(),
            clock,
            no_randomness: Arc::default(),
            haste: Arc::new(AtomicU64::new(1)),
            models: Arc::new(models(Vec::new())),
            faults: Arc::default(),
            tokens: Arc::default(),
            dice: Arc::new(AtomicU64::new(1)),
            config: Arc::new(Config {
                environment,
                jwt_secret: JwtSecret::new("a secret of the tests, of 32 bytes").unwrap(),
                demo: false,
                model: "builtin".into(),
                prompt_version: "1".into(),
                coach_pace_ms: 30,
                app_url: "https://captain.test".into(),
                allowed_origins: vec!["https://partner.test".into()],
            }),
        };
        people::settle(&world.db);
        practice::write_scenario(&world.db);
        world
    }

    /// Another world, in which everything is as it is in this one.
    pub fn copy(&self) -> Self {
        let clock = Arc::new(AtomicU64::new(self.now()));
        let db = self.db.copy().unwrap();
        Self {
            database: Database(db.clone()),
            db,
            objects: self.objects.copy(clock.clone()),
            mailer: Post::default(),
            files: self.files.copy(),
            after: Arc::default(),
            clock,
            no_randomness: Arc::default(),
            haste: Arc::new(AtomicU64::new(1)),
            models: self.models.clone(),
            faults: Arc::default(),
            tokens: Arc::new(Mutex::new(self.tokens.lock().unwrap().clone())),
            dice: Arc::new(AtomicU64::new(self.dice.load(Ordering::SeqCst))),
            config: self.config.clone(),
        }
    }

    /// The same world with models to ask: it waits for them as long as it says it does.
    pub fn with_models(mut self, providers: Vec<Provider>) -> Self {
        self.models = Arc::new(models(providers));
        Arc::make_mut(&mut self.config).coach_pace_ms = 1;
        self
    }

    pub fn now(&self) -> u64 {
        self.clock.load(Ordering::SeqCst)
    }

    /// Turns the clock forward.
    pub fn pass(&self, ms: u64) {
        self.clock.fetch_add(ms, Ordering::SeqCst);
    }

    /// Does what was left for after the answers.
    pub async fn after_answers(&self) {
        let left = std::mem::take(&mut *self.after.lock().unwrap());
        // At the same time: some wait for others.
        futures::future::join_all(left).await;
    }

    /// The faults reported since the last look.
    pub fn take_faults(&self) -> Vec<Fault> {
        std::mem::take(&mut self.faults.lock().unwrap())
    }
}

fn models(providers: Vec<Provider>) -> Models<Sockets> {
    Models::new(
        Providers::from(providers),
        Sockets::default(),
        Breakers::default(),
    )
}

impl Ports for World {
    type Db = Database;
    type Live = Objects;
    type Mailer = Post;
    type Blobs = Files;
    type Line = Sockets;

    fn db(&self) -> &Database {
        &self.database
    }

    fn live(&self) -> &Objects {
        &self.objects
    }

    fn mailer(&self) -> &Post {
        &self.mailer
    }

    fn blobs(&self) -> &Files {
        &self.files
    }

    fn models(&self) -> &Models<Sockets> {
        &self.models
    }

    async fn caller_left(&self) {
        std::future::pending().await
    }

    fn after_answer(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.after.lock().unwrap().push(Box::pin(work));
    }

    fn config(&self) -> &Config {
        &self.config
    }

    fn now_ms(&self) -> u64 {
        self.now()
    }

    fn utc_offset_minutes(&self, zone: &str, at_ms: u64) -> Option<i32> {
        let zone: chrono_tz::Tz = zone.parse().ok()?;
        let at = chrono::DateTime::from_timestamp_millis(at_ms.try_into().ok()?)?;
        let there = at.with_timezone(&zone);
        Some(chrono::Offset::fix(there.offset()).local_minus_utc() / 60)
    }

    /// The clock of tests is turned, and nobody waits; but for a model, whose words need their time.
    async fn sleep(&self, ms: u64) {
        if self.models.are_configured() {
            let haste = self.haste.load(Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(ms / haste)).await;
        } else {
            tokio::task::yield_now().await;
        }
        self.pass(ms);
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        if self.no_randomness.load(Ordering::SeqCst) {
            return Err(NoRandomness);
        }
        // SplitMix64: never the same twice, and the same in every run.
        for byte in bytes {
            let mut z = self
                .dice
                .fetch_add(1, Ordering::SeqCst)
                .wrapping_mul(0x9E37_79B9_7F4A_7C15);
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            *byte = (z >> 56) as u8;
        }
        Ok(())
    }

    fn report(&self, fault: &Fault) {
        self.faults.lock().unwrap().push(fault.clone());
    }
}
