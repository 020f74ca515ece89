//! Every line of `access.md` x every asker x every target, each against the same small world.

use super::sent;
use super::table::{ASKERS, Row, TABLE, Target};
use super::things::Things;
use crate::world::{Answer, Call, Person, World};
use axum::Router;
use axum::http::Method;
use captain_http::router;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{available_parallelism, scope};
use store::{Db, FromRow, Statement};
use tokio::runtime::Builder;

/// One answer.
pub struct Cell {
    pub row: &'static Row,
    pub asker: Option<Person>,
    pub target: Target,
    pub answer: Answer,
    /// What the call left in the audit log.
    pub logged: Vec<Logged>,
}

/// An entry of the audit log.
#[derive(Debug, PartialEq, Eq, FromRow)]
pub struct Logged {
    pub action: String,
    pub actor: Option<String>,
    pub subject: String,
}

impl Cell {
    /// The call and who made it, for messages.
    pub fn name(&self) -> String {
        let asker = self
            .asker
            .map_or("Anonymous".to_owned(), |asker| format!("{asker:?}"));
        let Row { call, of, .. } = self.row;
        format!("{call} | {of} | {asker} | {:?}", self.target)
    }

    pub fn done(&self) -> bool {
        matches!(self.answer.status, 200..300)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.answer.body).into_owned()
    }
}

/// The world as it was arranged.
pub static THINGS: LazyLock<Things> = LazyLock::new(|| block_on(Things::arrange()));

/// All answers: walked once, whatever is then asked of them.
pub static WALK: LazyLock<Vec<Cell>> = LazyLock::new(|| {
    on_all_cores(&TABLE, |row| async move {
        let mut cells = Vec::new();
        let mut ground = Ground::of(&THINGS);
        for asker in ASKERS {
            for target in row.targets() {
                cells.push(ground.ask(row, asker, target).await);
            }
        }
        cells
    })
});

/// A copy of the world, and a new one whenever a call changed something.
pub struct Ground {
    things: &'static Things,
    world: World,
    api: Router,
}

impl Ground {
    pub fn of(things: &'static Things) -> Self {
        let world = things.world.copy();
        Self {
            things,
            api: router(world.clone()),
            world,
        }
    }

    /// The answer, and what it left in the log.
    pub async fn ask(&mut self, row: &'static Row, asker: Option<Person>, target: Target) -> Cell {
        let call = sent::call(self.things, row, asker, target);
        let answer = self.send(call, asker).await;
        let logged = logged(&self.world, answer.header("x-request-id")).await;
        self.clear_up(row, &answer);
        Cell {
            row,
            asker,
            target,
            answer,
            logged,
        }
    }

    /// The answer when another text stands for the id of what is named.
    pub async fn ask_naming(
        &mut self,
        row: &Row,
        asker: Option<Person>,
        target: Target,
        named: &str,
    ) -> Answer {
        let call = sent::call_naming(self.things, row, asker, target, named);
        let answer = self.send(call, asker).await;
        self.clear_up(row, &answer);
        answer
    }

    async fn send(&self, call: Call, asker: Option<Person>) -> Answer {
        let call = match asker {
            Some(asker) => call.bearer(&self.world.token(asker).await),
            None => call,
        };
        Answer::of(self.api.clone(), call).await
    }

    fn clear_up(&mut self, row: &Row, answer: &Answer) {
        if answer.status < 300 && row.method != Method::GET {
            *self = Self::of(self.things);
        }
    }

    /// How many questions were asked of the sessions' objects.
    pub fn asked(&self) -> u64 {
        self.world.objects.asked.load(Ordering::SeqCst)
    }
}

async fn logged(world: &World, request: &str) -> Vec<Logged> {
    let sql = "SELECT action, actor_id AS actor, subject_id AS subject FROM audit_log WHERE request_id = ?1";
    let entries = Statement::new(sql).bind(request);
    world.db.all(entries).await.unwrap()
}

/// Does some work for each of many, on all cores at once; the results come in any order.
pub fn on_all_cores<T: Sync, R: Send, F: Future<Output = Vec<R>>>(
    many: &'static [T],
    work: impl Fn(&'static T) -> F + Sync,
) -> Vec<R> {
    // Arranged here: inside of the work, work would wait for work.
    LazyLock::force(&THINGS);
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut results = Vec::new();
        while let Some(one) = many.get(next.fetch_add(1, Ordering::SeqCst)) {
            results.extend(block_on(work(one)));
        }
        results
    };
    scope(|scope| {
        let cores = available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    })
}

fn block_on<F: Future>(work: F) -> F::Output {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}
