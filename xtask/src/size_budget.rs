//! What is downloaded has a bound: the Worker's script, which decides the cold start, and a rep's first load of the app. The
//! parts of the app that are downloaded later are only told.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::build::Built;
use crate::error::{Error, Result};

/// The Worker's script, gzip, in bytes: what it is to be.
const WORKER_GZIP_GOAL: u64 = 600_000;
/// What it must not grow past on its way there: what it weighs with models, cron, re-grades, free practice and figures of
/// teams, for which it was raised twice. It goes down with
/// every step that makes the script smaller: see "Size of the script" in docs/architecture.md.
const WORKER_GZIP_BOUND: u64 = 989_000;
/// All that a rep's phone loads before the log-in page or Today shows, brotli, in bytes.
const APP_BROTLI_BOUND: u64 = 300_000;
/// What the app is made of; pictures that only an installed app shows are not.
const APP_EXTENSIONS: [&str; 5] = ["html", "css", "js", "wasm", "woff2"];
/// The folder of static files that the app never asks for: the page that describes the API.
const API_DOCS: &str = "api";
/// How the file begins that draws charts: only pages with a chart ask for it.
const CHARTS: &str = "charts.";
/// Compression on the fly is of middling strength; the strongest setting would flatter us.
const BROTLI_QUALITY: i32 = 5;

/// Sizes after compression, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sizes {
    /// The Worker: its wasm and its JavaScript, gzip.
    pub worker_gzip: u64,
    /// The app's first load: page, stylesheet, JavaScript, the main part's wasm and fonts, brotli.
    pub app_brotli: u64,
    /// The parts that are downloaded later, by file name, brotli.
    pub later: Vec<(String, u64)>,
}

/// Measures what a release build made.
pub fn measure(built: &Built) -> Result<Sizes> {
    let worker = built.worker.with_file_name("");
    let page = built.app.join("index.html");
    let page = std::fs::read_to_string(&page).map_err(Error::file(&page))?;
    let (mut app_brotli, mut later) = (0, Vec::new());
    for file in files(&built.app, &APP_EXTENSIONS, Some(API_DOCS))? {
        let size = brotli_size(&read(&file)?);
        let name = file_name(&file);
        if is_later(&file, &page) {
            later.push((name, size));
        } else {
            app_brotli += size;
        }
    }
    later.sort();
    let mut worker_gzip = 0;
    for file in files(&worker, &["js", "wasm"], None)? {
        worker_gzip += gzip_size(&read(&file)?);
    }
    Ok(Sizes {
        worker_gzip,
        app_brotli,
        later,
    })
}

/// The size of a script's modules, gzip, in bytes.
pub fn script_gzip(modules: &[PathBuf]) -> Result<u64> {
    let size = |path: &PathBuf| Ok(gzip_size(&read(path)?));
    modules.iter().map(size).sum()
}

/// Whether a file is a part of the app that its page does not load: wasm that it does not name, and what draws charts.
fn is_later(file: &Path, page: &str) -> bool {
    let name = file_name(file);
    let is_wasm = file.extension().is_some_and(|it| it == "wasm");
    name.starts_with(CHARTS) || (is_wasm && !page.contains(&name))
}

fn file_name(file: &Path) -> String {
    file.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn read(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).map_err(Error::file(file))
}

/// Prints all sizes, and fails when one is over its bound.
pub fn check(sizes: &Sizes) -> Result<()> {
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
    for (name, size) in &sizes.later {
        println!("  {name:<40} {:>7.1} kB, later", kb(*size));
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

/// Every file with one of the extensions right in the folder and below, but for one folder in it.
fn files(folder: &Path, extensions: &[&str], without: Option<&str>) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)
        .map_err(Error::file(folder))?
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            if without.is_none_or(|name| entry.file_name() != name) {
                found.extend(files(&path, extensions, None)?);
            }
        } else if path
            .extension()
            .is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted))
        {
            found.push(path);
        }
    }
    Ok(found)
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
            check(&Sizes {
                worker_gzip: WORKER_GZIP_BOUND,
                app_brotli: APP_BROTLI_BOUND,
                later: vec![("split_manage.wasm".to_owned(), 2 * APP_BROTLI_BOUND)],
            })
            .is_ok()
        );
        let error = check(&Sizes {
            worker_gzip: 1,
            app_brotli: APP_BROTLI_BOUND + 100,
            later: Vec::new(),
        })
        .unwrap_err()
        .to_string();
        assert!(
            error.contains("App, first load, brotli is 300.1 kB, the bound is 300 kB"),
            "{error}"
        );
    }

    #[test]
    fn what_the_page_does_not_name_is_downloaded_later() {
        let page = "<link href=\"/app/captain_bg.1f.wasm\">";
        assert!(!is_later(Path::new("app/captain_bg.1f.wasm"), page));
        assert!(is_later(Path::new("app/split_manage.2e.wasm"), page));
        assert!(!is_later(Path::new("app/captain.3d.js"), page));
    }

    #[test]
    fn sizes_are_those_after_compression() {
        let content = "sales captain ".repeat(1_000);
        assert!((1..1_000).contains(&brotli_size(content.as_bytes())));
        assert!((1..1_000).contains(&gzip_size(content.as_bytes())));
    }
}
