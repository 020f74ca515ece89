//! Programs we start: each in its own process group, none left behind.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::error::{Error, Result};
use crate::say::Step;

/// Every group that runs now, so that a signal to us reaches all of them.
static RUNNING: Mutex<BTreeSet<i32>> = Mutex::new(BTreeSet::new());
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// How often a running program is looked at.
const POLL: Duration = Duration::from_millis(20);
/// How many lines of a failed program's output an error shows.
const EXCERPT_LINES: usize = 30;

/// Makes Ctrl-C, SIGTERM and SIGHUP stop every program we run; a second one kills them.
pub fn stop_all_on_signals() {
    let handler = || {
        let again = INTERRUPTED.swap(true, Ordering::AcqRel);
        let signal = if again { Signal::KILL } else { Signal::TERM };
        for group in RUNNING
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
        {
            send(*group, signal);
        }
    };
    // The only failure is a handler that is already there, which then does the same.
    let _ = ctrlc::set_handler(handler);
}

/// Whether we were asked to stop.
pub fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::Acquire)
}

/// A program and whatever it started, as one process group. Dropping it kills the whole group.
#[derive(Debug)]
pub struct Group {
    child: Child,
    id: i32,
}

impl Group {
    /// Starts a program as the leader of its own group.
    pub fn spawn(command: &mut Command) -> Result<Self> {
        if interrupted() {
            return Err(Error::Interrupted);
        }
        // The lock is held over the start, so that a signal cannot fall between start and note.
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        let child = command
            .process_group(0)
            .spawn()
            .map_err(|source| Error::CannotStart {
                program: command.get_program().to_string_lossy().into_owned(),
                source,
            })?;
        let id = i32::try_from(child.id()).unwrap_or(i32::MAX);
        running.insert(id);
        Ok(Self { child, id })
    }

    /// The started program itself, for its pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// The leader's process id, which is the group's id too.
    pub fn id(&self) -> i32 {
        self.id
    }

    /// How the program ended, or `None` while it runs.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Waits for the program's end; `None` after `limit`.
    pub fn wait(&mut self, limit: Option<Duration>) -> Option<ExitStatus> {
        let started = Instant::now();
        loop {
            if let Some(status) = self.ended() {
                return Some(status);
            }
            if limit.is_some_and(|limit| started.elapsed() >= limit) {
                return None;
            }
            std::thread::sleep(POLL);
        }
    }

    /// Asks the group to end, and kills it when it has not done so within `grace`.
    pub fn stop(&mut self, grace: Duration) {
        send(self.id, Signal::TERM);
        self.wait(Some(grace));
        self.kill();
    }

    /// Kills the group at once, as a power cut would.
    pub fn kill(&mut self) {
        send(self.id, Signal::KILL);
        // Only the leader is ours to reap; the kernel reaps the rest.
        let _ = self.child.wait();
        RUNNING
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.id);
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}

fn send(group: i32, signal: Signal) {
    if let Some(group) = Pid::from_raw(group) {
        // A group that is gone already is what we want.
        let _ = kill_process_group(group, signal);
    }
}

/// A long program whose output goes to a log, with its latest line beside the step's spinner.
pub struct Job<'a> {
    /// What is being done; also names the log.
    pub what: &'a str,
    /// What to do when it fails.
    pub mend: &'a str,
    /// The folder the log is written to.
    pub logs: PathBuf,
    /// Ends the program after this long.
    pub limit: Option<Duration>,
}

impl Job<'_> {
    /// Runs the program to its end; its output is in the log, its last lines in the error.
    pub fn run(&self, step: &Step, command: &mut Command) -> Result<()> {
        let log = self.log()?;
        let file = std::fs::File::create(&log).map_err(Error::file(&log))?;
        let copy = file.try_clone().map_err(Error::file(&log))?;
        // A failed tool's own stack says nothing to the person who reads the message.
        command.env("RUST_BACKTRACE", "0");
        let mut group = Group::spawn(command.stdin(Stdio::null()).stdout(file).stderr(copy))?;
        let started = Instant::now();
        let status = loop {
            if let Some(status) = group.wait(Some(Duration::from_millis(250))) {
                break status.to_string();
            }
            if self.limit.is_some_and(|limit| started.elapsed() >= limit) {
                group.kill();
                break "no end in sight".to_owned();
            }
            step.latest(&latest_news(&log));
        };
        if interrupted() {
            return Err(Error::Interrupted);
        }
        if group.ended().is_some_and(|status| status.success()) {
            return Ok(());
        }
        let tail = excerpt(&log);
        let mend = if all_of(&log).contains("No space left on device") {
            "the disk is full: free some space, then run the command again.".to_owned()
        } else {
            self.mend.to_owned()
        };
        Err(Error::CommandFailed {
            what: self.what.to_owned(),
            status,
            tail,
            log,
            mend,
        })
    }

    fn log(&self) -> Result<PathBuf> {
        std::fs::create_dir_all(&self.logs).map_err(Error::file(&self.logs))?;
        let name: String = self
            .what
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() {
                    c.to_ascii_lowercase()
                } else {
                    '-'
                }
            })
            .collect();
        Ok(self.logs.join(name).with_extension("log"))
    }
}

/// Runs a quick program and gives back what it wrote to stdout; `None` when it is missing or fails.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a program with its output shown as it comes, and gives back how it ended and the lines that `keep` asks for,
/// without their colours.
pub fn show(mut command: Command, keep: fn(&str) -> bool) -> Result<(ExitStatus, Vec<String>)> {
    let program = command.get_program().to_string_lossy().into_owned();
    let cannot = |source| Error::CannotStart {
        program: program.clone(),
        source,
    };
    // One pipe for both, so that the lines come in the order they were written.
    let (pipe, end) = std::io::pipe().map_err(cannot)?;
    let copy = end.try_clone().map_err(cannot)?;
    let mut group = Group::spawn(command.stdin(Stdio::null()).stdout(end).stderr(copy))?;
    // The command holds our ends of the pipe, which would keep it open.
    drop(command);
    let kept = tee(pipe, keep);
    let status = group.wait(None);
    if interrupted() {
        return Err(Error::Interrupted);
    }
    status
        .map(|status| (status, kept))
        .ok_or(Error::Interrupted)
}

fn tee(pipe: impl Read, keep: fn(&str) -> bool) -> Vec<String> {
    let mut kept = Vec::new();
    let mut out = std::io::stdout();
    for line in BufReader::new(pipe)
        .split(b'\n')
        .map_while(std::result::Result::ok)
    {
        // A reader that went away is no reason to fail the tests.
        let _ = out.write_all(&line).and_then(|()| out.write_all(b"\n"));
        let plain = without_colours(String::from_utf8_lossy(&line).trim());
        if keep(&plain) {
            kept.push(plain);
        }
    }
    kept
}

/// A line without its terminal colours.
pub fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character == '\x1b' {
            // A colour runs from escape to the letter that ends it.
            characters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(character);
        }
    }
    plain
}

/// The latest line that says what a program is at; drawings of compilers under their warnings do not.
fn latest_news(log: &Path) -> String {
    let lines = tail(log, 20);
    let news = lines.lines().rev().map(|line| without_colours(line.trim()));
    let mut news = news.filter(|line| line.starts_with(char::is_alphabetic));
    news.next().unwrap_or_default()
}

/// What matters of a failed program's log: from its first error on, as compilers write it, else its last lines.
fn excerpt(log: &Path) -> String {
    let all = all_of(log);
    let first_error = all
        .lines()
        .position(|line| without_colours(line).starts_with("error"));
    match first_error {
        Some(at) => all
            .lines()
            .skip(at)
            .take(EXCERPT_LINES)
            .collect::<Vec<_>>()
            .join("\n"),
        None => tail(log, EXCERPT_LINES),
    }
}

fn all_of(log: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(log).unwrap_or_default()).into_owned()
}

/// The last lines of a log, for an error message; empty when there is none.
pub fn tail(log: &Path, lines: usize) -> String {
    let text = all_of(log);
    let all: Vec<&str> = text
        .split(['\n', '\r'])
        .filter(|line| !line.trim().is_empty())
        .collect();
    let from = all.len().saturating_sub(lines);
    all.get(from..).unwrap_or_default().join("\n")
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
    fn stopping_a_group_ends_what_its_leader_started() {
        let mut group = Group::spawn(
            Command::new("sh")
                .args(["-c", "sleep 60 & echo $!; wait"])
                .stdout(Stdio::piped()),
        )
        .unwrap();
        let mut line = String::new();
        BufReader::new(group.child().stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let sleeper = Pid::from_raw(line.trim().parse().unwrap()).unwrap();
        assert!(rustix::process::test_kill_process(sleeper).is_ok());
        group.stop(Duration::from_secs(2));
        let gone = (0..100).any(|_| {
            std::thread::sleep(POLL);
            // A killed process may stay as a zombie until its new parent reaps it.
            rustix::process::test_kill_process(sleeper).is_err()
                || answer(Command::new("ps").args(["-o", "stat=", "-p", line.trim()]))
                    .is_some_and(|stat| stat.starts_with('Z'))
        });
        assert!(gone, "the sleeper outlived its group");
    }

    #[test]
    fn a_failed_job_shows_its_last_lines_and_the_mend() {
        let logs = std::env::temp_dir().join(format!("xtask-job-{}", std::process::id()));
        let job = Job {
            what: "Trying it",
            mend: "try harder.",
            logs: logs.clone(),
            limit: None,
        };
        let step = Step::begin("Trying it", "");
        let error = job
            .run(
                &step,
                Command::new("sh").args(["-c", "echo one; echo two >&2; exit 3"]),
            )
            .unwrap_err();
        let text = error.to_string();
        assert!(text.contains("one\ntwo"), "{text}");
        assert!(text.contains("exit status: 3"), "{text}");
        assert!(text.ends_with("Mend: try harder."), "{text}");
        std::fs::remove_dir_all(logs).unwrap();
    }

    #[test]
    fn a_job_that_hangs_is_ended_at_its_limit() {
        let logs = std::env::temp_dir().join(format!("xtask-limit-{}", std::process::id()));
        let job = Job {
            what: "Hanging",
            mend: "none.",
            logs: logs.clone(),
            limit: Some(Duration::from_millis(300)),
        };
        let step = Step::begin("Hanging", "");
        let started = Instant::now();
        assert!(job.run(&step, Command::new("sleep").arg("60")).is_err());
        assert!(started.elapsed() < Duration::from_secs(10));
        std::fs::remove_dir_all(logs).unwrap();
    }

    #[test]
    fn colours_are_taken_off() {
        assert_eq!(
            without_colours("\x1b[32m12 passed\x1b[0m (3s)"),
            "12 passed (3s)"
        );
    }
}
