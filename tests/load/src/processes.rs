//! What processes cost, as Linux tells it; nothing where there is no `/proc`.

use std::fs;
use std::time::Duration;

/// The kernel counts CPU time in hundredths of a second.
const TICK: Duration = Duration::from_millis(10);

/// The memory of the workerd in a process group, MB: now, and at the most so far.
pub fn workerd_memory(group: i32) -> Option<(f64, f64)> {
    let status = fs::read_dir("/proc")
        .ok()?
        .flatten()
        .filter(|entry| {
            let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
            // `pid (comm) state ppid pgrp ...`
            let Some((head, tail)) = stat.rsplit_once(") ") else {
                return false;
            };
            head.ends_with("(workerd") && tail.split(' ').nth(2) == Some(group.to_string().as_str())
        })
        .map(|entry| fs::read_to_string(entry.path().join("status")).unwrap_or_default())
        .collect::<Vec<_>>();
    let sum = |name: &str| {
        let of = |status: &String| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse::<f64>().ok()
        };
        let all: Option<Vec<f64>> = status.iter().map(of).collect();
        all.filter(|all| !all.is_empty())
            .map(|all| all.iter().sum::<f64>() / 1_024.0)
    };
    Some((sum("VmRSS:")?, sum("VmHWM:")?))
}

/// The CPU time this process has used.
pub fn own_cpu() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = stat.rsplit_once(") ").map_or(0, |(_, tail)| {
        let fields: Vec<&str> = tail.split(' ').collect();
        let of = |at: usize| fields.get(at).and_then(|ticks| ticks.parse::<u32>().ok());
        of(11).unwrap_or(0) + of(12).unwrap_or(0)
    });
    TICK * ticks
}

/// The machine in a few words: cores, memory, system.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let gb = memory
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))
        .and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok())
        .map(|kb| format!(", {:.0} GB", kb / 1_048_576.0))
        .unwrap_or_default();
    format!("{cores} cores{gb}, {}", std::env::consts::OS)
}
