//! Clock, randomness and the log; D1 and the session objects behind one handle.

use crate::d1::D1;
use crate::live::SessionObjects;
use crate::mail::EdgeMailer;
use crate::model::{self, EdgeLine};
use crate::r2::R2;
use crate::settings::{self, SettingsError};
use captain_http::config::Config;
use captain_http::model::Models;
use captain_http::ports::{Fault, NoRandomness, Ports};
use std::cell::RefCell;
use std::future::{Future, pending};
use std::sync::Arc;
use std::time::Duration;
use worker::d1::D1Database;
use worker::js_sys::Object;
use worker::send::{SendFuture, SendWrapper};
use worker::{Context, Date, Delay, Env, ScheduleContext, web_sys};

/// The world as the routers see it. Every handler holds it: one count to move, instead of one for each thing in it.
#[derive(Clone)]
pub struct EdgePorts(Arc<World>);

struct World {
    db: D1,
    kept: Arc<Kept>,
    occasion: Occasion,
}

/// What is the same for all requests of an isolate that come to one address: bindings, and settings that were read and checked.
struct Kept {
    /// The environment it was read from. The runtime may go on with an isolate when nothing but settings and bindings changed:
    /// it then has another environment, and nothing of the one before may be used.
    env: Env,
    /// `https://captain.example`
    called_at: String,
    database: Arc<D1Database>,
    live: SessionObjects,
    mailer: EdgeMailer,
    files: R2,
    models: Models<EdgeLine>,
    config: Config,
}

thread_local! {
    /// Reading a setting crosses into JavaScript and back, and there are dozens of them.
    static KEPT: RefCell<Option<Arc<Kept>>> = const { RefCell::new(None) };
}

impl Kept {
    /// Those of the last request, if they are of the same environment and for the same address.
    fn of(env: &Env, called_at: &str) -> Result<Arc<Self>, SettingsError> {
        let last = KEPT.with_borrow(Option::clone);
        let same = |kept: &Arc<Self>| Object::is(&kept.env, env) && kept.called_at == called_at;
        if let Some(kept) = last.filter(same) {
            return Ok(kept);
        }
        let kept = Arc::new(Self::read(env, called_at)?);
        KEPT.set(Some(kept.clone()));
        Ok(kept)
    }

    /// Opens the bindings and checks the settings.
    fn read(env: &Env, called_at: &str) -> Result<Self, SettingsError> {
        let models = model::models(env)?;
        Ok(Self {
            env: env.clone(),
            called_at: called_at.to_owned(),
            config: settings::config(env, called_at, models.name())?,
            models,
            database: Arc::new(env.d1("DB").map_err(|_| SettingsError::Binding("DB"))?),
            mailer: EdgeMailer::of(env)?,
            files: R2::of(env).map_err(|_| SettingsError::Binding("VOICE"))?,
            live: SessionObjects::of(env).map_err(|_| SettingsError::Binding("CHAT_SESSION"))?,
        })
    }
}

/// How often a stream looks whether its reader is still there, ms.
const LOOK_MS: u64 = 250;

/// Why the Worker runs now; it keeps the instance alive for what is done afterwards.
pub enum Occasion {
    /// Somebody calls; their request tells when they went away.
    Call(Context, SendWrapper<web_sys::Request>),
    /// It is time.
    Cron(ScheduleContext),
}

impl EdgePorts {
    /// The world of one occasion.
    pub fn of(env: Env, occasion: Occasion, called_at: &str) -> Result<Self, SettingsError> {
        let kept = Kept::of(&env, called_at)?;
        Ok(Self(Arc::new(World {
            db: D1::new(kept.database.clone()),
            kept,
            occasion,
        })))
    }
}

impl Ports for EdgePorts {
    type Db = D1;
    type Live = SessionObjects;
    type Mailer = EdgeMailer;
    type Blobs = R2;
    type Line = EdgeLine;

    fn db(&self) -> &D1 {
        &self.0.db
    }

    fn live(&self) -> &SessionObjects {
        &self.0.kept.live
    }

    fn mailer(&self) -> &EdgeMailer {
        &self.0.kept.mailer
    }

    fn blobs(&self) -> &R2 {
        &self.0.kept.files
    }

    fn models(&self) -> &Models<EdgeLine> {
        &self.0.kept.models
    }

    async fn caller_left(&self) {
        let Occasion::Call(_, request) = &self.0.occasion else {
            return pending().await;
        };
        let signal = SendWrapper::new(request.signal());
        // A listener would have to be taken off again on every way out; looking needs no care.
        while !signal.aborted() {
            self.sleep(LOOK_MS).await;
        }
    }

    fn after_answer(&self, work: impl Future<Output = ()> + Send + 'static) {
        match &self.0.occasion {
            Occasion::Call(context, _) => context.wait_until(work),
            Occasion::Cron(context) => context.wait_until(work),
        }
    }

    fn config(&self) -> &Config {
        &self.0.kept.config
    }

    fn now_ms(&self) -> u64 {
        Date::now().as_millis()
    }

    fn utc_offset_minutes(&self, zone: &str, at_ms: u64) -> Option<i32> {
        captain_zones::utc_offset_minutes(zone, at_ms)
    }

    async fn sleep(&self, ms: u64) {
        SendFuture::new(Delay::from(Duration::from_millis(ms))).await;
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(bytes).map_err(|_| NoRandomness)
    }

    fn report(&self, fault: &Fault) {
        let line = serde_json::json!({
            "level": "error",
            "message": "request failed",
            "requestId": fault.request_id,
            "method": fault.method,
            "path": fault.path,
            "status": fault.status,
            "cause": fault.cause,
        });
        worker::console_error!("{line}");
    }
}
