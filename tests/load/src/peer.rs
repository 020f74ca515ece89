//! Beside a peer: eight calls of ours and the same eight written in TypeScript with Hono (`bench/`), each on a workerd of its
//! own with a copy of the same data.
//!
//! Before anything is measured, both give the same answers, field by field. Then they take turns, round by round, and of two
//! rounds the other one goes first; what is compared was measured within the same few seconds.

pub mod calls;
mod same;
mod sides;

use std::time::Duration;

use calls::Call;
pub use calls::past_rep;
use sides::Preparation;
pub use sides::{Side, our_script};
use xtask::project::Project;
use xtask::size_budget;

use crate::figures::{Figures, middle, percentile};
use crate::{processes, report};

/// How the measurement is made.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Rounds of each call on each side
    #[arg(long, default_value_t = 7)]
    rounds: u32,
    /// Length of a round, seconds
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
    /// Calls in flight at once
    #[arg(long, default_value_t = 8)]
    at_once: usize,
    /// Turns of a round of streams
    #[arg(long, default_value_t = 60)]
    turns: u32,
    /// Past sessions in the database beside the demo's
    #[arg(long, default_value_t = 2_000)]
    sessions: u32,
    /// Measure only the calls whose name contains this
    #[arg(long, default_value = "")]
    only: String,
    /// Write the table into docs/bench.md
    #[arg(long)]
    write: bool,
}

/// How often a start is measured.
const STARTS: u32 = 5;

/// Both sides' figures of one call.
struct Compared {
    call: Call,
    ours: Figures,
    peer: Figures,
}

/// Prepares, compares answers, measures, prints.
pub async fn run(arguments: &Arguments) {
    let project = Project::locate().unwrap();
    let preparation = Preparation::make(&project, arguments.sessions, turns_needed(arguments));
    let (ours, peer) = preparation.start(&project).await;
    same::check(&ours, &peer).await;

    let cpu_before = processes::own_cpu();
    let mut asked = 0;
    let mut compared = Vec::new();
    for call in Call::ALL {
        if !call.name().contains(&arguments.only) {
            continue;
        }
        let (mut of_ours, mut of_peer) = (Figures::default(), Figures::default());
        for round in 0..=arguments.rounds {
            let sides = [(&ours, &mut of_ours), (&peer, &mut of_peer)];
            let in_turn: Vec<_> = if round % 2 == 0 {
                sides.into_iter().collect()
            } else {
                sides.into_iter().rev().collect()
            };
            for (side, figures) in in_turn {
                let measured = round_of(call, side, arguments).await;
                asked += measured.took.len();
                // The first round warms both up.
                if round > 0 {
                    figures.add(measured);
                }
            }
        }
        eprintln!(
            "  {:<12} {:>7.0}/s beside {:>7.0}/s: {:.2}",
            call.name(),
            of_ours.rate(),
            of_peer.rate(),
            of_ours.rate() / of_peer.rate()
        );
        compared.push(Compared {
            call,
            ours: of_ours,
            peer: of_peer,
        });
    }
    let cost = (processes::own_cpu() - cpu_before).as_secs_f64() * 1e6 / asked as f64;
    let memory = [&ours, &peer].map(|side| processes::workerd_memory(side.group()));
    drop((ours, peer));
    let starts = preparation.measure_starts(&project, STARTS);
    let text = words(&project, arguments, &compared, memory, &starts, cost);
    report::publish(&project, "peer", &text, arguments.write);
}

/// The warm-up's too.
fn turns_needed(arguments: &Arguments) -> u32 {
    arguments.turns * (arguments.rounds + 1)
}

async fn round_of(call: Call, side: &Side, arguments: &Arguments) -> Figures {
    match call {
        Call::Turn => calls::turns(side, arguments.turns, arguments.at_once).await,
        _ => {
            let length = Duration::from_secs_f64(arguments.seconds);
            calls::round(call, side, length, arguments.at_once).await
        }
    }
}

fn words(
    project: &Project,
    arguments: &Arguments,
    compared: &[Compared],
    memory: [Option<(f64, f64)>; 2],
    starts: &sides::Starts,
    cost: f64,
) -> String {
    let mut rows = Vec::new();
    for Compared { call, ours, peer } in compared {
        let times = |figures: &Figures, percent| percentile(&figures.took, percent);
        let pair = |of: fn(&[Duration], usize) -> f64, percent| {
            format!(
                "{:.1} / {:.1}",
                of(&ours.took, percent),
                of(&peer.took, percent)
            )
        };
        rows.push(vec![
            call.name().to_owned(),
            format!("{:.0} / {:.0}", ours.rate(), peer.rate()),
            format!("{:.2}", ours.rate() / peer.rate()),
            pair(percentile, 50),
            format!("{:.2}", times(ours, 50) / times(peer, 50)),
            pair(percentile, 99),
            format!("{:.2}", times(ours, 99) / times(peer, 99)),
        ]);
    }
    let calls = report::table(
        &[
            "call",
            "a second, ours / Hono",
            "ratio",
            "p50 ms",
            "ratio",
            "p99 ms",
            "ratio",
        ],
        &rows,
    );
    let mut rest = Vec::new();
    let mut row = |what: &str, unit: &str, ours: f64, peer: f64| {
        rest.push(vec![
            what.to_owned(),
            format!("{ours:.1} {unit}"),
            format!("{peer:.1} {unit}"),
            format!("{:.2}", ours / peer),
        ]);
    };
    if let Some(turn) = compared.iter().find(|compared| compared.call == Call::Turn) {
        for (what, percent) in [("first word of a stream, p50", 50), ("first word, p99", 99)] {
            let of = |figures: &Figures| percentile(&figures.first_word, percent);
            row(what, "ms", of(&turn.ours), of(&turn.peer));
        }
    }
    if let [Some(ours), Some(peer)] = memory {
        row("memory of workerd after the load", "MB", ours.0, peer.0);
        row("memory of workerd at the most", "MB", ours.1, peer.1);
    }
    let size = |script| size_budget::script_gzip(script).unwrap() as f64 / 1_000.0;
    row(
        "script, gzip",
        "kB",
        size(&sides::our_modules(project)),
        size(&xtask::build::peer::modules(project)),
    );
    let start = |of: &[Duration]| middle(of.iter().map(|time| time.as_secs_f64() * 1e3).collect());
    let empty = start(&starts.empty);
    row(
        "from start to first answer, beyond an empty Worker",
        "ms",
        start(&starts.ours) - empty,
        start(&starts.peer) - empty,
    );
    let rest = report::table(&["", "ours", "Hono", "ratio"], &rest);
    format!(
        "{calls}\n{rest}\nMeasured on {}: {} rounds of {} s a side ({} turns for streams) after one to warm up, {} calls at once, \
         {} past sessions beside the demo's. The load generator itself took {cost:.0} µs of CPU a call.\n",
        processes::machine(),
        arguments.rounds,
        arguments.seconds,
        arguments.turns,
        arguments.at_once,
        arguments.sessions,
    )
}
