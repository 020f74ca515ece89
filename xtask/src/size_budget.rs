//! What is downloaded has a bound: the Worker's script, which decides the cold start, and a rep's first load of the app.

use std::io::Write;
use std::path::Path;

use crate::build::Built;
use crate::error::{Error, Result};

/// The Worker's script, gzip, in bytes: what it is to be.
const WORKER_GZIP_GOAL: u64 = 600_000;
/// What it must not grow past on its way there. It goes down with every step that makes the script smaller, and never up: see
/// "Size of the script" in docs/architecture.md.
const WORKER_GZIP_BOUND: u64 = 805_000;
/// All that a rep's phone loads before the log-in page shows, brotli, in bytes.
const APP_BROTLI_BOUND: u64 = 300_000;
/// The folder of static files that the app never asks for: the page that describes the API.
const API_DOCS: &str = "api";
/// Compression on the fly is of middling strength; the strongest setting would flatter us.
const BROTLI_QUALITY: i32 = 5;

/// Sizes after compression, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// The Worker: its wasm and its JavaScript, gzip.
    pub worker_gzip: u64,
    /// The app's first load: page, stylesheet, JavaScript and wasm, brotli.
    pub app_brotli: u64,
}

/// Measures what a release build made.
pub fn measure(built: &Built) -> Result<Sizes> {
    let worker = built.worker.with_file_name("");
    Ok(Sizes {
        worker_gzip: total(&worker, &["js", "wasm"], None, gzip_size)?,
        app_brotli: total(
            &built.app,
            &["html", "css", "js", "wasm"],
            Some(API_DOCS),
            brotli_size,
        )?,
    })
}

/// Prints both sizes, and fails when one is over its bound.
pub fn check(sizes: Sizes) -> Result<()> {
    let rows = [
        ("Worker script, gzip", sizes.worker_gzip, WORKER_GZIP_BOUND),
        (
            "App, first load, brotli",
            sizes.app_brotli,
            APP_BROTLI_BOUND,
        ),
    ];
    for (name, size, bound) in rows {
        println!("  {name:<26} {:>7.1} kB of {:>5.0} kB", kb(size), kb(bound));
    }
    if sizes.worker_gzip > WORKER_GZIP_GOAL {
        println!(
            "  The Worker's script is to be {:.0} kB; it is {:.0} kB over that.",
            kb(WORKER_GZIP_GOAL),
            kb(sizes.worker_gzip - WORKER_GZIP_GOAL)
        );
    }
    let over: Vec<String> = rows
        .iter()
        .filter(|(_, size, bound)| size > bound)
        .map(|(name, size, bound)| {
            format!(
                "{name} is {:.1} kB, the bound is {:.0} kB",
                kb(*size),
                kb(*bound)
            )
        })
        .collect();
    if over.is_empty() {
        Ok(())
    } else {
        Err(Error::OverBudget {
            what: over.join("; "),
        })
    }
}

#[allow(clippy::cast_precision_loss)]
fn kb(bytes: u64) -> f64 {
    bytes as f64 / 1_000.0
}

/// The compressed size of every file with one of the extensions right in the folder and below, but for one folder in it.
fn total(
    folder: &Path,
    extensions: &[&str],
    without: Option<&str>,
    size: impl Fn(&[u8]) -> u64 + Copy,
) -> Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)
        .map_err(Error::file(folder))?
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            if without.is_none_or(|name| entry.file_name() != name) {
                sum += total(&path, extensions, None, size)?;
            }
        } else if path
            .extension()
            .is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted))
        {
            sum += size(&std::fs::read(&path).map_err(Error::file(&path))?);
        }
    }
    Ok(sum)
}

fn brotli_size(content: &[u8]) -> u64 {
    let mut counted = Counted(0);
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        ..Default::default()
    };
    // Counting bytes cannot fail.
    let _ = brotli::BrotliCompress(&mut &content[..], &mut counted, &parameters);
    counted.0
}

fn gzip_size(content: &[u8]) -> u64 {
    let mut encoder = flate2::write::GzEncoder::new(Counted(0), flate2::Compression::best());
    let _ = encoder.write_all(content);
    encoder.finish().map_or(0, |counted| counted.0)
}

/// A writer that only counts.
struct Counted(u64);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
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
    fn over_the_bound_fails_and_says_by_how_much() {
        assert!(
            check(Sizes {
                worker_gzip: WORKER_GZIP_BOUND,
                app_brotli: APP_BROTLI_BOUND
            })
            .is_ok()
        );
        let error = check(Sizes {
            worker_gzip: 1,
            app_brotli: APP_BROTLI_BOUND + 100,
        })
        .unwrap_err()
        .to_string();
        assert!(
            error.contains("App, first load, brotli is 300.1 kB, the bound is 300 kB"),
            "{error}"
        );
    }

    #[test]
    fn sizes_are_those_after_compression() {
        let content = "sales captain ".repeat(1_000);
        assert!((1..1_000).contains(&brotli_size(content.as_bytes())));
        assert!((1..1_000).contains(&gzip_size(content.as_bytes())));
    }
}
