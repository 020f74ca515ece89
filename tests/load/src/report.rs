//! Tables, on the screen and in docs/bench.md.

use std::fmt::Write;
use std::path::PathBuf;

use xtask::project::Project;

/// A table in Markdown, which reads well on a screen too.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .chain(std::iter::once(&head[column].to_owned()))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let mut text = String::new();
    let mut line = |cells: Vec<String>| {
        for (at, (cell, width)) in cells.iter().zip(&widths).enumerate() {
            let _ = if at == 0 {
                write!(text, "| {cell:<width$} |")
            } else {
                write!(text, " {cell:>width$} |")
            };
        }
        text.push('\n');
    };
    line(head.iter().map(|&cell| cell.to_owned()).collect());
    line(
        widths
            .iter()
            .enumerate()
            .map(|(at, width)| {
                if at == 0 {
                    "-".repeat(*width)
                } else {
                    format!("{}:", "-".repeat(width - 1))
                }
            })
            .collect(),
    );
    for row in rows {
        line(row.clone());
    }
    text
}

/// A table whose cells are sentences.
pub fn list(head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
    let mut text = line(head.to_vec());
    text.push_str(&line(vec!["---"; head.len()]));
    for row in rows {
        text.push_str(&line(row.iter().map(String::as_str).collect()));
    }
    text
}

/// Prints a text, and puts it into its part of docs/bench.md where that is asked for.
pub fn publish(project: &Project, part: &str, text: &str, write: bool) {
    println!("\n{text}");
    if write {
        let path = document(project);
        let page = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, with_part(&page, part, text)).unwrap();
        println!("written to {}", path.display());
    }
}

fn document(project: &Project) -> PathBuf {
    project.path("docs/bench.md")
}

/// The page with another text between the marks of a part.
fn with_part(page: &str, part: &str, text: &str) -> String {
    let (begin, end) = (
        format!("<!-- {part}: written by the command above -->\n"),
        format!("<!-- {part}: end -->\n"),
    );
    let (before, rest) = page.split_once(&begin).expect("the page has the part");
    let (_, after) = rest.split_once(&end).expect("the part has an end");
    format!("{before}{begin}\n{}\n\n{end}{after}", text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_replaced_and_the_rest_stays() {
        let page = "# A\n<!-- x: written by the command above -->\nold\n<!-- x: end -->\nB\n";
        let once = with_part(page, "x", "new");
        assert!(once.starts_with("# A\n") && once.ends_with("<!-- x: end -->\nB\n"));
        assert!(once.contains("\nnew\n") && !once.contains("old"));
        assert_eq!(with_part(&once, "x", "new"), once);
    }

    #[test]
    fn a_table_is_aligned() {
        let text = table(&["call", "ms"], &[vec!["me".into(), "12.5".into()]]);
        assert_eq!(text, "| call |   ms |\n| ---- | ---: |\n| me   | 12.5 |\n");
    }
}
