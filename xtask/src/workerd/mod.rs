//! A running Worker: `wrangler dev` on local data, in a process group that never outlives its owner.
//!
//! `dev`, the black-box tests and the benchmark all start it here.

pub mod alone;
pub mod demo;
pub mod vars;

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::build::Built;
use crate::data::Data;
use crate::error::{Error, Result};
use crate::process::{Group, interrupted, tail};
use crate::project::Project;
use crate::setup::npm;
use vars::Vars;

/// How long a start may take; a warm one takes between one and three seconds.
const READY_LIMIT: Duration = Duration::from_secs(60);
/// How long workerd may take to close its files before it is killed.
const STOP_GRACE: Duration = Duration::from_secs(5);
/// How often a starting Worker is asked for its health.
const HEALTH_POLL: Duration = Duration::from_millis(50);
/// How many of its last lines an error shows.
const TAIL_LINES: usize = 20;

/// What happens to the Worker's own log lines. They are in `workerd.log` in the data folder either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Log {
    /// Only there.
    File,
    /// Also on stdout, from the moment it is ready.
    Show,
}

/// A running Worker. Dropping it stops it.
#[derive(Debug)]
pub struct Workerd {
    group: Group,
    port: u16,
    log: PathBuf,
    data: Data,
}

impl Workerd {
    /// Starts the built Worker on `data` and waits until it answers.
    ///
    /// `vars` are added to those of wrangler.toml; a JWT secret is added where none is given.
    pub fn start(
        project: &Project,
        built: &Built,
        data: Data,
        port: u16,
        vars: &Vars,
        log: Log,
    ) -> Result<Self> {
        let config = project.path("wrangler.toml");
        Self::start_bound(project, built, data, port, vars, log, &config)
    }

    /// The same, bound as another file than wrangler.toml says: one that was made from it.
    pub fn start_bound(
        project: &Project,
        built: &Built,
        data: Data,
        port: u16,
        vars: &Vars,
        log: Log,
        config: &Path,
    ) -> Result<Self> {
        built.is_there()?;
        port_is_free(port)?;
        let env_file = data.dir().join("vars.env");
        let mut vars = vars.clone();
        vars.set_if_absent("JWT_SECRET", data.jwt_secret()?);
        vars.write(&env_file)?;

        let leash = project.path("xtask/src/workerd/leash.cjs");
        let mut command = npm::node_with(project, Some(&leash), "wrangler/wrangler-dist/cli.js");
        command
            .arg("dev")
            .arg(&built.worker)
            .arg("--assets")
            .arg(&built.app)
            .arg("--config")
            .arg(config)
            .args([
                "--local",
                "--ip",
                "127.0.0.1",
                "--port",
                &port.to_string(),
                "--inspector-port",
                "0",
            ])
            .args(["--show-interactive-dev-session", "false"])
            .arg("--persist-to")
            .arg(data.dir())
            .arg("--env-file")
            .arg(&env_file)
            // The leash: see leash.cjs.
            .stdin(Stdio::piped());
        let log_path = data.dir().join("workerd.log");
        let file = File::create(&log_path).map_err(Error::file(&log_path))?;
        command
            .stdout(file.try_clone().map_err(Error::file(&log_path))?)
            .stderr(file);
        let group = Group::spawn(&mut command)?;
        let mut running = Self {
            group,
            port,
            log: log_path,
            data,
        };
        running.wait_until_ready()?;
        if log == Log::Show {
            running.show_log();
        }
        Ok(running)
    }

    /// Where it listens, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The data folder it runs on.
    pub fn data_dir(&self) -> &Path {
        self.data.dir()
    }

    /// The file with everything it wrote.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// The error to report if it ended by itself, `None` while it runs.
    pub fn died(&mut self) -> Option<Error> {
        let status = self.group.ended()?;
        Some(Error::WorkerDied {
            status: status.to_string(),
            tail: tail(&self.log, TAIL_LINES),
            log: self.log.clone(),
        })
    }

    /// Stops it in good order and gives its data back.
    pub fn stop(mut self) -> Data {
        self.group.stop(STOP_GRACE);
        self.data
    }

    /// Kills it at once with everything it runs, as a power cut would, and gives its data back.
    pub fn kill(mut self) -> Data {
        self.group.kill();
        self.data
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let started = Instant::now();
        let not_ready = |why: String, log: &PathBuf| Error::NotReady {
            why,
            tail: tail(log, TAIL_LINES),
            log: log.clone(),
        };
        while started.elapsed() < READY_LIMIT {
            if interrupted() {
                return Err(Error::Interrupted);
            }
            if let Some(status) = self.group.ended() {
                return Err(not_ready(format!("it ended at once ({status})"), &self.log));
            }
            if healthy(self.port) {
                return Ok(());
            }
            std::thread::sleep(HEALTH_POLL);
        }
        Err(not_ready(
            format!("/api/health gave no 200 within {} s", READY_LIMIT.as_secs()),
            &self.log,
        ))
    }

    /// Prints what is appended to the log from now on.
    fn show_log(&self) {
        let Ok(mut file) = File::open(&self.log) else {
            return;
        };
        // What was written up to here is wrangler's own start-up talk.
        if std::io::Seek::seek(&mut file, std::io::SeekFrom::End(0)).is_err() {
            return;
        }
        std::thread::spawn(move || follow(file));
    }
}

/// Prints a growing file's lines, for as long as the process lives.
fn follow(file: File) {
    let mut lines = BufReader::new(file);
    let mut line = Vec::new();
    loop {
        match lines.read_until(b'\n', &mut line) {
            Ok(_) if line.ends_with(b"\n") => {
                if std::io::stdout().write_all(&line).is_err() {
                    return;
                }
                line.clear();
            }
            Ok(_) => std::thread::sleep(Duration::from_millis(100)),
            Err(_) => return,
        }
    }
}

/// Fails when another program listens on the port.
pub fn port_is_free(port: u16) -> Result<()> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map(drop)
        .map_err(|_| Error::PortTaken { port })
}

/// A port nobody listens on now.
pub fn free_port() -> Result<u16> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(Error::file("127.0.0.1"))
}

/// Whether `/api/health` answers 200.
fn healthy(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream.write_all(b"GET /api/health HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
        let mut status = [0; 16];
        stream.read_exact(&mut status)?;
        Ok(String::from_utf8_lossy(&status).into_owned())
    };
    ask().is_ok_and(|status| status.split_whitespace().nth(1) == Some("200"))
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )]
    use super::*;

    #[test]
    fn a_taken_port_names_the_option_that_helps() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let error = port_is_free(port).unwrap_err().to_string();
        assert!(
            error.contains(&port.to_string()) && error.contains("--port"),
            "{error}"
        );
        drop(listener);
        port_is_free(port).unwrap();
    }
}
