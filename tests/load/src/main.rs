//! Load on a running Worker. `cargo xtask bench peer` and `cargo xtask torture` build what is needed and run this.
//!
//! Like a test, it fails loudly: a panic with what was expected.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::cast_precision_loss
)]

mod figures;
mod first_token;
mod peer;
mod processes;
mod report;
mod torture;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "captain-load", about = "Puts load on a running Worker.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure eight calls beside the same calls written in TypeScript with Hono
    Peer(peer::Arguments),
    /// Measure what a turn adds to a model's own first words, and how many words a second come through
    FirstToken(first_token::Arguments),
    /// Many at once, a large database, kills, a full disk; then hold everything against what was acknowledged
    Torture(torture::Arguments),
}

/// One thread: on a machine of two cores the other one is the Worker's.
#[tokio::main(flavor = "current_thread")]
async fn main() {
    xtask::process::stop_all_on_signals();
    match Arguments::parse().command {
        Command::Peer(arguments) => peer::run(&arguments).await,
        Command::FirstToken(arguments) => first_token::run(&arguments).await,
        Command::Torture(arguments) => torture::run(&arguments).await,
    }
}
