//! The loop against servers that nobody here wrote, and the matrix of it in docs/providers.md.
//!
//! `cargo xtask test --only peers` installs the servers and says where they are; `UPDATE_DOCS=1` writes the matrix.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod aimock;
mod binding;
mod case;
mod described;
mod llmock;
mod matrix;
mod ours;
mod peer;

use captain_http::model::{Breakers, Models};
use captain_peers::RealTime;
use case::Case;
use futures::future::join_all;
use peer::{Format, Peer, Wire};

/// What a case came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Passed,
    /// The peer can't make it happen.
    NotOffered,
    Failed(String),
}

#[tokio::test]
async fn the_loop_does_right_by_all_peers() {
    let peers = [
        Peer::Ours,
        Peer::LlMock(llmock::LlMock::start().await),
        Peer::AiMock(aimock::AiMock::start().await),
        Peer::Binding(binding::Binding::start().await),
    ];
    let columns: Vec<(&Peer, Wire)> = peers
        .iter()
        .flat_map(|peer| {
            let wires = match peer {
                Peer::Binding(_) => [Format::Older, Format::Newer].map(Wire::WorkersAi),
                _ => [Wire::OpenAi, Wire::Anthropic],
            };
            wires.map(|wire| (peer, wire))
        })
        .collect();
    let results = join_all(columns.iter().map(|(peer, wire)| column(peer, *wire))).await;
    let faults: Vec<String> = columns
        .iter()
        .zip(&results)
        .flat_map(|((peer, wire), cells)| {
            cells
                .iter()
                .zip(Case::ALL)
                .filter_map(move |(cell, case)| match cell {
                    Cell::Failed(why) => Some(format!(
                        "{} at {}, {}: {why}",
                        case.title(),
                        peer.name(),
                        wire.name()
                    )),
                    _ => None,
                })
        })
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    if let Peer::LlMock(llmock) = &peers[1] {
        // Its own opinion of the client it has seen: waits, retries, streams that were believed.
        let verdict = llmock.verdict().await;
        assert_eq!(verdict["errors"], 0, "{verdict:#}");
        assert_eq!(verdict["warnings"], 0, "{verdict:#}");
    }
    matrix::keep(&columns, &results);
}

async fn column(peer: &Peer, wire: Wire) -> Vec<Cell> {
    let mut cells = Vec::new();
    for case in Case::ALL {
        let Some(provider) = peer.offer(case, wire).await else {
            cells.push(Cell::NotOffered);
            continue;
        };
        // A case's breaker is no other case's.
        let models = Models::new(vec![provider.0].into(), peer.line(), Breakers::default());
        let outcome = models.ask(&RealTime::default(), &case.ask()).await;
        cells.push(match case.check(&outcome, peer.fills_schemas(wire)) {
            Ok(()) => Cell::Passed,
            Err(why) => Cell::Failed(format!("{why}: {outcome:?}")),
        });
        drop(provider.1);
    }
    cells
}
