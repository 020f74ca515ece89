//! One Worker in a workerd of its own, without the proxy that `wrangler dev` puts in front: for measurements.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::vars::Vars;
use super::{HEALTH_POLL, READY_LIMIT, STOP_GRACE, TAIL_LINES, free_port, healthy};
use crate::data::{Data, write_private};
use crate::error::{Error, Result};
use crate::process::{Group, tail};
use crate::project::Project;
use crate::setup::npm;

/// What is run.
#[derive(Debug, Clone)]
pub struct Script {
    /// Its wrangler.toml: bindings, compatibility date and flags.
    pub config: PathBuf,
    /// Its modules, the entry first.
    pub modules: Vec<PathBuf>,
    /// With an AI binding: the address of whoever stands in for Cloudflare's models behind it.
    pub ai: Option<String>,
}

/// A running Worker. Dropping it stops it.
#[derive(Debug)]
pub struct Alone {
    group: Group,
    port: u16,
    started_in: Duration,
    _data: Data,
}

impl Alone {
    /// Starts a script on `data` and waits until `/api/health` answers.
    pub fn start(project: &Project, script: &Script, data: Data, vars: &Vars) -> Result<Self> {
        let port = free_port()?;
        let mut vars = vars.clone();
        vars.set_if_absent("JWT_SECRET", data.jwt_secret()?);
        let vars_file = data.dir().join("vars.env");
        write_private(&vars_file, &vars.json())?;
        let run = serde_json::json!({
            "config": script.config,
            "modules": script.modules,
            "data": data.dir(),
            "port": port,
            "vars": vars_file,
            "ai": script.ai,
        });
        let log = data.dir().join("workerd.log");
        let file = std::fs::File::create(&log).map_err(Error::file(&log))?;
        let mut command = npm::node_script(
            project,
            Some(&leash(project)),
            &project.path("xtask/src/workerd/alone.mjs"),
        );
        command
            .arg(run.to_string())
            .stdin(Stdio::piped())
            .stdout(file.try_clone().map_err(Error::file(&log))?)
            .stderr(file);
        let started = Instant::now();
        let mut group = Group::spawn(&mut command)?;
        while !healthy(port) {
            let ended = group.ended();
            if ended.is_some() || started.elapsed() > READY_LIMIT {
                return Err(Error::NotReady {
                    why: ended.map_or("/api/health gave no 200".to_owned(), |status| {
                        format!("it ended at once ({status})")
                    }),
                    tail: tail(&log, TAIL_LINES),
                    log,
                });
            }
            std::thread::sleep(HEALTH_POLL / 10);
        }
        Ok(Self {
            group,
            port,
            started_in: started.elapsed(),
            _data: data,
        })
    }

    /// Where it listens, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// From its start to its first answer.
    pub fn started_in(&self) -> Duration {
        self.started_in
    }

    /// The process group it runs in.
    pub fn group(&self) -> i32 {
        self.group.id()
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        self.group.stop(STOP_GRACE);
    }
}

fn leash(project: &Project) -> PathBuf {
    project.path(Path::new("xtask/src/workerd/leash.cjs"))
}
