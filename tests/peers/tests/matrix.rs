//! Case by provider by peer, as it stands in docs/providers.md.

use crate::Cell;
use crate::case::Case;
use crate::peer::{Peer, Wire};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/providers.md");
const BEGIN: &str = "<!-- The matrix: written by UPDATE_DOCS=1 cargo xtask test --only peers -->\n";
const END: &str = "<!-- The matrix ends -->\n";

/// Holds the page against what the run came to, or writes it.
pub fn keep(columns: &[(&Peer, Wire)], results: &[Vec<Cell>]) {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let wanted = format!("{before}{BEGIN}{}{END}{after}", table(columns, results));
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(PAGE, wanted).unwrap();
    } else {
        assert!(
            page == wanted,
            "docs/providers.md is not as the run: UPDATE_DOCS=1 cargo xtask test --only peers"
        );
    }
}

fn table(columns: &[(&Peer, Wire)], results: &[Vec<Cell>]) -> String {
    let mut table = String::from("| |");
    for (peer, wire) in columns {
        table.push_str(&format!(" {}: {} |", wire.name(), peer.name()));
    }
    table.push_str("\n|---|");
    table.push_str(&":---:|".repeat(columns.len()));
    table.push('\n');
    for (row, case) in Case::ALL.iter().enumerate() {
        table.push_str(&format!("| {} |", case.title()));
        for cells in results {
            table.push_str(match &cells[row] {
                Cell::Passed => " yes |",
                Cell::NotOffered => " – |",
                Cell::Failed(_) => " no |",
            });
        }
        table.push('\n');
    }
    table
}
