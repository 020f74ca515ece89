//! A Worker on fresh demo data, for whoever looks at it from outside: the suites, the gallery, the measurement of pages.

use super::vars::Vars;
use super::{Log, Workerd, free_port};
use crate::build::Built;
use crate::data::{Data, now_ms};
use crate::error::Result;
use crate::project::Project;
use crate::seed;

/// What differs from the demo's data and pace.
#[derive(Debug, Default)]
pub struct Demo {
    /// This many reps more, for each of whom day 1 is open.
    pub practice_reps: u32,
    /// How long the built-in coach takes over a word, in ms, where not as in `dev`.
    pub pace_ms: Option<String>,
}

impl Demo {
    /// Starts it in a scratch folder of its own, emptied first.
    pub fn start(&self, project: &Project, built: &Built, folder: &str) -> Result<Workerd> {
        let data = Data::open(&project.scratch().join(folder))?;
        data.clear()?;
        data.prepare(project)?;
        if self.practice_reps > 0 {
            seed::practice_reps(&mut data.database(project)?, self.practice_reps, now_ms())?;
        }
        let mut vars = Vars::default();
        vars.set("ENVIRONMENT", "dev").set("DEMO", "true");
        if let Some(pace) = &self.pace_ms {
            vars.set("COACH_PACE_MS", pace);
        }
        Workerd::start(project, built, data, free_port()?, &vars, Log::File)
    }
}
