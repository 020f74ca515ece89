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
use std::future::{Future, pending};
use std::sync::Arc;
use std::time::Duration;
use worker::send::SendFuture;
use worker::{AbortSignal, Context, Date, Delay, Env, ScheduleContext};

/// The world as the routers see it. Every handler holds it: one count to move, instead of one for each thing in it.
#[derive(Clone)]
pub struct EdgePorts(Arc<World>);

struct World {
    db: D1,
    live: SessionObjects,
    mailer: EdgeMailer,
    files: R2,
    models: Models<EdgeLine>,
    occasion: Occasion,
    config: Config,
}

/// How often a stream looks whether its reader is still there, ms.
const LOOK_MS: u64 = 250;

/// Why the Worker runs now; it keeps the instance alive for what is done afterwards.
pub enum Occasion {
    /// Somebody calls; the signal tells when they went away.
    Call(Context, Option<AbortSignal>),
    /// It is time.
    Cron(ScheduleContext),
}

impl EdgePorts {
    /// Opens the bindings and checks the settings.
    pub fn of(env: Env, occasion: Occasion, called_at: &str) -> Result<Self, SettingsError> {
        let models = model::models(&env)?;
        Ok(Self(Arc::new(World {
            config: settings::config(&env, called_at, models.name())?,
            models,
            db: D1::of(&env).map_err(|_| SettingsError::Binding("DB"))?,
            mailer: EdgeMailer::of(&env)?,
            files: R2::of(&env).map_err(|_| SettingsError::Binding("VOICE"))?,
            occasion,
            live: SessionObjects::of(&env).map_err(|_| SettingsError::Binding("CHAT_SESSION"))?,
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
        &self.0.live
    }

    fn mailer(&self) -> &EdgeMailer {
        &self.0.mailer
    }

    fn blobs(&self) -> &R2 {
        &self.0.files
    }

    fn models(&self) -> &Models<EdgeLine> {
        &self.0.models
    }

    async fn caller_left(&self) {
        let Occasion::Call(_, Some(signal)) = &self.0.occasion else {
            return pending().await;
        };
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
        &self.0.config
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
