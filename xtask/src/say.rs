//! Progress lines, on stderr: what is being done and why, and how long it took.

use std::io::{IsTerminal, Write, stderr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How often a step that nobody watches on a terminal says that it is still at work.
const STILL_AT_IT: Duration = Duration::from_secs(30);
/// How often the spinner turns.
const FRAME: Duration = Duration::from_millis(120);

/// A heading over a group of steps.
pub fn heading(text: &str) {
    write(&format!("\n{}\n", bold(text)));
}

/// One line of plain news.
pub fn line(text: &str) {
    write(&format!("  {text}\n"));
}

/// Text in bold, where colours are shown.
pub fn bold(text: &str) -> String {
    if colours() {
        format!("\x1b[1m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}

/// Whether to write colours: stderr is a terminal and `NO_COLOR` is not set.
pub fn colours() -> bool {
    stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// A duration as a person says it: "3.4 s", "2 min 05 s".
pub fn duration(took: Duration) -> String {
    let seconds = took.as_secs();
    if seconds < 60 {
        format!("{:.1} s", took.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

/// A step that takes a while. It ends with [`Step::done`]; dropped without it, it shows as failed.
pub struct Step {
    label: String,
    started: Instant,
    latest: Arc<Mutex<String>>,
    stop: Arc<AtomicBool>,
    ticker: Option<JoinHandle<()>>,
    finished: bool,
}

impl Step {
    /// Starts a step; `label` says what is done, `why` what for (empty where the label says it).
    pub fn begin(label: &str, why: &str) -> Self {
        let started = Instant::now();
        let on_terminal = stderr().is_terminal();
        let latest = Arc::new(Mutex::new(String::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let reason = if why.is_empty() {
            String::new()
        } else {
            format!(" ({why})")
        };
        write(&format!("  … {label}{reason}\n"));
        let ticker = {
            let (label, latest, stop) = (label.to_owned(), Arc::clone(&latest), Arc::clone(&stop));
            std::thread::spawn(move || {
                if on_terminal {
                    spin(&label, started, &latest, &stop);
                } else {
                    remind(&label, started, &latest, &stop);
                }
            })
        };
        Self {
            label: label.to_owned(),
            started,
            latest,
            stop,
            ticker: Some(ticker),
            finished: false,
        }
    }

    /// The latest line of the running program's output, shown beside the spinner.
    pub fn latest(&self, line: &str) {
        let line = line.trim();
        if !line.is_empty() {
            line.clone_into(&mut self.latest.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }

    /// Ends the step well.
    pub fn done(mut self) {
        self.end("✓");
    }

    fn end(&mut self, mark: &str) {
        if std::mem::replace(&mut self.finished, true) {
            return;
        }
        self.stop.store(true, Ordering::Release);
        if let Some(ticker) = self.ticker.take() {
            ticker.thread().unpark();
            // The ticker only prints; if it panicked there is nothing to save.
            let _ = ticker.join();
        }
        write(&format!(
            "  {mark} {} ({})\n",
            self.label,
            duration(self.started.elapsed())
        ));
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        self.end("✗");
    }
}

fn spin(label: &str, started: Instant, latest: &Mutex<String>, stop: &AtomicBool) {
    for frame in ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
        .iter()
        .cycle()
    {
        if stop.load(Ordering::Acquire) {
            break;
        }
        let latest: String = latest
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .chars()
            .take(60)
            .collect();
        write(&format!(
            "\r\x1b[2K  {frame} {label} {} {latest}",
            duration(started.elapsed())
        ));
        std::thread::park_timeout(FRAME);
    }
    write("\r\x1b[2K");
}

fn remind(label: &str, started: Instant, latest: &Mutex<String>, stop: &AtomicBool) {
    let mut next = STILL_AT_IT;
    while !stop.load(Ordering::Acquire) {
        std::thread::park_timeout(next.saturating_sub(started.elapsed()));
        if !stop.load(Ordering::Acquire) && started.elapsed() >= next {
            next += STILL_AT_IT;
            let latest = latest
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone();
            write(&format!(
                "    still at it after {}: {label}. {latest}\n",
                duration(started.elapsed())
            ));
        }
    }
}

fn write(text: &str) {
    // Progress that nobody can read any more is no reason to fail the work.
    let _ = stderr().lock().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_a_person_says_them() {
        assert_eq!(duration(Duration::from_millis(3_420)), "3.4 s");
        assert_eq!(duration(Duration::from_secs(125)), "2 min 05 s");
    }
}
