//! Until it hurts: many at once, many log-ins, a large database, the plug pulled again and again, a disk that is full.
//!
//! After each: every message that was acknowledged is there and none is there twice, no session is stuck, and the roll-ups are
//! what a recomputation from the sessions gives.

mod chats;
mod disk;
mod kills;
mod log_ins;
mod truth;

use std::time::Duration;

use xtask::project::Project;

use crate::{processes, report};

/// How hard it is. The defaults are the full figures.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// Chats that stream at once
    #[arg(long, default_value_t = 300)]
    chats: u32,
    /// How long they do, seconds
    #[arg(long, default_value_t = 300)]
    chat_seconds: u64,
    /// Reps who log in
    #[arg(long, default_value_t = 2_000)]
    log_ins: u32,
    /// Within how many seconds they come
    #[arg(long, default_value_t = 60)]
    log_in_seconds: u64,
    /// Reps in the database, with twenty past sessions each, while they log in and read
    #[arg(long, default_value_t = 10_000)]
    reps: u32,
    /// How long the plug is pulled every few seconds, seconds
    #[arg(long, default_value_t = 600)]
    kill_seconds: u64,
    /// Reps at work meanwhile, and while the disk is full
    #[arg(long, default_value_t = 40)]
    at_work: u32,
    /// A tenth of everything, or less: whether it holds at all
    #[arg(long)]
    short: bool,
    /// One of them: chats, log-ins, kills, disk
    #[arg(long, default_value = "")]
    only: String,
    /// Write the table into docs/bench.md
    #[arg(long)]
    write: bool,
}

impl Arguments {
    fn shortened(self) -> Self {
        if !self.short {
            return self;
        }
        Self {
            chats: self.chats.min(40),
            chat_seconds: self.chat_seconds.min(30),
            log_ins: self.log_ins.min(100),
            log_in_seconds: self.log_in_seconds.min(20),
            reps: self.reps.min(500),
            kill_seconds: self.kill_seconds.min(60),
            at_work: self.at_work.min(10),
            ..self
        }
    }
}

/// One line of the table.
pub struct Line {
    /// What was done.
    what: String,
    /// What came of it.
    came: String,
}

/// Does all of it, one after the other, and prints what came of it. Whatever does not hold ends the run.
pub async fn run(arguments: &Arguments) {
    let arguments = arguments.clone().shortened();
    let mut lines = Vec::new();
    let wanted = |name: &str| name.contains(&arguments.only);
    let seconds = Duration::from_secs;
    if wanted("chats") {
        lines.push(chats::run(arguments.chats, seconds(arguments.chat_seconds)).await);
    }
    if wanted("log-ins") {
        let within = seconds(arguments.log_in_seconds);
        lines.extend(log_ins::run(arguments.log_ins, within, arguments.reps).await);
    }
    if wanted("kills") {
        lines.push(kills::run(arguments.at_work, seconds(arguments.kill_seconds)).await);
    }
    if wanted("disk") {
        lines.extend(disk::run(arguments.at_work).await);
    }
    let rows: Vec<Vec<String>> = lines
        .into_iter()
        .map(|line| vec![line.what, line.came])
        .collect();
    let table = report::list(&["what", "what came of it"], &rows);
    let text = format!("{table}\nRun on {}.\n", processes::machine());
    report::publish(
        &Project::locate().unwrap(),
        "torture",
        &text,
        arguments.write,
    );
}

/// `1,234`
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(
            [0, 999, 1_000, 1_234_567].map(thousands),
            ["0", "999", "1,000", "1,234,567"]
        );
    }
}
