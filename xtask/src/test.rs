//! `cargo xtask test`: every suite, in the order that finds a mistake soonest.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::Instant;

use crate::build::{self, Flavour};
use crate::error::{Error, Result};
use crate::process::{answer, show};
use crate::project::Project;
use crate::say;
use crate::seed;
use crate::setup::wasm_target::TARGET;
use crate::setup::{self, Tools, browser, npm, python};
use crate::workerd::demo::Demo;

/// A suite that `--only` can pick.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Suite {
    /// Every crate's own tests, the app's and this tool's among them, without wasm or a server.
    Native,
    /// What may depend on what.
    Layout,
    /// How models are asked, of servers that speak as their providers do.
    Peers,
    /// The API, from outside, on a running Worker.
    Api,
    /// The API by its own description, with made-up requests, on a running Worker.
    Schema,
    /// The app in a real browser on a running Worker.
    Browser,
}

const ALL: [Suite; 6] = [
    Suite::Native,
    Suite::Layout,
    Suite::Peers,
    Suite::Api,
    Suite::Schema,
    Suite::Browser,
];
/// The crate of tests that need a running Worker; all others run without.
pub const API_TESTS: &str = "captain-api-tests";
/// The crate of tests that need those servers.
pub const PEER_TESTS: &str = "captain-peers";
/// What must compile for wasm on its own: the rules, the wire and the coach know no platform.
const PURE: [&str; 3] = ["captain-domain", "captain-contract", "captain-coach"];
/// The one crate that may name the platform's crate.
const PLATFORM_CRATE: &str = "captain-edge";

/// A rep of their own for each browser test; a failed test starts a new Playwright worker, which takes other ones.
const BROWSER_REPS: u32 = 400;

impl Suite {
    fn title(self) -> &'static str {
        match self {
            Self::Native => "Native tests",
            Self::Layout => "Layout rules",
            Self::Peers => "Asking models, of servers that others wrote",
            Self::Api => "API tests on a running Worker",
            Self::Schema => "The API by its own description, on a running Worker",
            Self::Browser => "Browser tests on a running Worker",
        }
    }
}

/// How a suite ended.
struct Outcome {
    suite: Suite,
    passed: bool,
    closing: Vec<String>,
    took: String,
}

/// Runs all suites, or the one asked for, and fails when one fails. A suite that cannot run counts as failed; the others
/// still run.
pub fn run(project: &Project, only: Option<Suite>) -> Result<()> {
    let started = Instant::now();
    let suites = only.map_or_else(|| ALL.to_vec(), |suite| vec![suite]);
    let mut outcomes = Vec::new();
    let mut tools = None;
    for suite in suites {
        say::heading(suite.title());
        let began = Instant::now();
        let ended = match suite {
            Suite::Native => native(project),
            Suite::Layout => layout(project, needed(project, &mut tools)?),
            Suite::Peers => of_peers(project),
            Suite::Api => api(project, needed(project, &mut tools)?),
            Suite::Schema => by_description(project, needed(project, &mut tools)?),
            Suite::Browser => in_browser(project, needed(project, &mut tools)?),
        };
        let (passed, closing) = match ended {
            Err(Error::Interrupted) => return Err(Error::Interrupted),
            Err(error) => {
                eprintln!("\n{error}");
                (false, vec!["it could not run: see above".to_owned()])
            }
            Ok(ended) => ended,
        };
        outcomes.push(Outcome {
            suite,
            passed,
            closing,
            took: say::duration(began.elapsed()),
        });
    }
    summarise(&outcomes, started)
}

/// The build tools, seen to when a suite first needs them.
fn needed<'a>(project: &Project, tools: &'a mut Option<Tools>) -> Result<&'a Tools> {
    match tools {
        Some(tools) => Ok(tools),
        none => Ok(none.insert(setup::for_build(project)?)),
    }
}

fn native(project: &Project) -> Result<(bool, Vec<String>)> {
    let arguments = [
        "--workspace",
        "--exclude",
        API_TESTS,
        "--exclude",
        PEER_TESTS,
    ];
    cargo_test(project, &arguments, &[])
}

/// Where the servers are is told in the environment: a program and its first arguments, with blanks between them.
fn of_peers(project: &Project) -> Result<(bool, Vec<String>)> {
    let packages = npm::ensure_peers(project)?;
    let python = python::ensure(project, python::PEERS)?;
    let llmock = python.with_file_name("llmock");
    let node = project.npm_bin("node");
    let aimock = packages.join("@copilotkit/aimock/dist/cli.js");
    let steady = program_of_steady(&packages)?;
    let named = [
        ("LLMOCK", format!("{}", llmock.display())),
        ("AIMOCK", format!("{} {}", node.display(), aimock.display())),
        ("STEADY", format!("{}", steady.display())),
        (
            "WORKERS_AI",
            format!(
                "{} {}",
                node.display(),
                project.path("tests/peers/workers-ai.mjs").display()
            ),
        ),
    ];
    cargo_test(project, &["--package", PEER_TESTS], &named)
}

fn api(project: &Project, tools: &Tools) -> Result<(bool, Vec<String>)> {
    build::all(project, tools, Flavour::Release)?;
    // They wait for the running Worker far more than they compute.
    let arguments = ["--package", API_TESTS, "--", "--test-threads", "8"];
    cargo_test(project, &arguments, &[])
}

/// The program for this machine; the package's own script would run it as a child that outlives it.
fn program_of_steady(packages: &Path) -> Result<PathBuf> {
    let folder = packages.join("@stdy");
    let entries = std::fs::read_dir(&folder).map_err(Error::file(&folder))?;
    let program = entries
        .flatten()
        .map(|entry| entry.path().join("bin/steady"))
        .find(|program| program.is_file());
    program.ok_or_else(|| Error::BadFile {
        path: folder,
        why: "steady has no program for this machine".to_owned(),
        mend: "run the tests on Linux or macOS, x64 or arm64.".to_owned(),
    })
}

fn cargo_test(
    project: &Project,
    arguments: &[&str],
    environment: &[(&str, String)],
) -> Result<(bool, Vec<String>)> {
    let mut command = Command::new("cargo");
    command
        .arg("test")
        .args(arguments)
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .current_dir(project.root());
    if say::colours() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let (status, lines) = show(command, is_cargo_news)?;
    Ok((status.success(), closing_lines(&lines)))
}

fn is_cargo_news(line: &str) -> bool {
    line.starts_with("Running ")
        || line.starts_with("Doc-tests ")
        || line.starts_with("test result:")
}

/// Joins each runner's name with its closing line; runners without a test say nothing.
fn closing_lines(news: &[String]) -> Vec<String> {
    let mut runner = "";
    let mut closing = Vec::new();
    for line in news {
        if !line.starts_with("test result:") {
            runner = line;
        } else if !line.contains(" 0 passed; 0 failed; 0 ignored;") {
            closing.push(format!("{} — {line}", runner_name(runner)));
        }
    }
    closing
}

/// "Running unittests src/lib.rs (target/debug/deps/captain_domain-0f…)" becomes "captain_domain src/lib.rs".
fn runner_name(runner: &str) -> String {
    let Some((what, program)) = runner
        .strip_prefix("Running ")
        .and_then(|rest| rest.split_once(" ("))
    else {
        return runner.to_owned();
    };
    let program = program
        .rsplit('/')
        .next()
        .and_then(|file| file.rsplit_once('-'))
        .map_or(program, |(name, _)| name);
    format!("{program} {}", what.trim_start_matches("unittests "))
}

fn layout(project: &Project, tools: &Tools) -> Result<(bool, Vec<String>)> {
    let mut check = build::wasm_cargo(project, tools)?;
    check.args(["check", "--target", TARGET]);
    for package in PURE {
        check.args(["--package", package]);
    }
    let (status, _) = show(check, |_| false)?;
    if !status.success() {
        return Ok((
            false,
            vec![format!("{} do not compile for {TARGET}", PURE.join(", "))],
        ));
    }
    let tree = answer(
        Command::new("cargo")
            .args([
                "tree",
                "--workspace",
                "--invert",
                "worker",
                "--depth",
                "1",
                "--prefix",
                "none",
            ])
            .current_dir(project.root()),
    )
    .unwrap_or_default();
    match strangers_to_the_rule(&tree) {
        None => Ok((
            true,
            vec![format!(
                "{} compile for {TARGET} alone; only {PLATFORM_CRATE} names the platform's crate",
                PURE.join(", ")
            )],
        )),
        Some(found) => Err(Error::LayoutBroken {
            rule: "\"Only the edge crate names `worker`\"",
            found,
            mend: "move what needs the platform into workers/edge, behind a port.",
        }),
    }
}

/// Which of our crates depend on `worker` beside the edge crate; what that crate is missing is a finding too.
fn strangers_to_the_rule(tree: &str) -> Option<String> {
    let ours: Vec<&str> = tree
        .lines()
        .skip(1)
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let strangers: Vec<&str> = ours
        .iter()
        .copied()
        .filter(|name| *name != PLATFORM_CRATE)
        .collect();
    if !strangers.is_empty() {
        return Some(format!("{} depends on it", strangers.join(", ")));
    }
    (!ours.contains(&PLATFORM_CRATE)).then(|| format!("{PLATFORM_CRATE} does not depend on it"))
}

/// Requests made up from the OpenAPI document, as each role in turn; data and limits are those of `dev`.
fn by_description(project: &Project, tools: &Tools) -> Result<(bool, Vec<String>)> {
    let built = build::all(project, tools, Flavour::Release)?;
    let python = python::ensure(project, python::SCHEMA)?;
    let workerd = Demo {
        pace_ms: Some("0".to_owned()),
        ..Demo::default()
    }
    .start(project, &built, "schema-data")?;
    let mut command = Command::new(python);
    command
        .arg("run.py")
        .current_dir(project.path("tests/schema"))
        .env("BASE_URL", workerd.url())
        .env("DEMO_PASSWORD", seed::DEMO_PASSWORD)
        .env("REPORTS", project.scratch().join("schema-reports"))
        .env("PYTHONDONTWRITEBYTECODE", "1");
    let (status, lines): (ExitStatus, _) = show(command, is_schema_closing)?;
    workerd.stop();
    Ok((status.success(), lines))
}

/// "as manager: 1,234 requests, no fault": how each role's run closes.
fn is_schema_closing(line: &str) -> bool {
    line.starts_with("as ") || line.starts_with("the document ")
}

fn in_browser(project: &Project, tools: &Tools) -> Result<(bool, Vec<String>)> {
    let built = build::all(project, tools, Flavour::Release)?;
    let chromium = browser::ensure(project)?;
    let workerd = Demo {
        practice_reps: BROWSER_REPS,
        pace_ms: std::env::var("COACH_PACE_MS").ok(),
    }
    .start(project, &built, "browser-data")?;
    let mut command = npm::node(project, "@playwright/test/cli.js");
    command
        .arg("test")
        .current_dir(project.path("tests/browser"))
        .env("CHROME_BIN", chromium)
        .env("BASE_URL", workerd.url());
    let (status, lines): (ExitStatus, _) = show(command, is_playwright_closing)?;
    workerd.stop();
    Ok((status.success(), lines))
}

/// "12 passed (34.5s)", "1 failed", …: how Playwright closes.
fn is_playwright_closing(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let count = words.next().is_some_and(|word| word.parse::<u32>().is_ok());
    count
        && words.next().is_some_and(|word| {
            ["passed", "failed", "flaky", "skipped", "interrupted", "did"].contains(&word)
        })
}

fn summarise(outcomes: &[Outcome], started: Instant) -> Result<()> {
    println!("\n{}", say::bold("Summary"));
    for outcome in outcomes {
        println!(
            "  {} {} ({})",
            if outcome.passed { "✓" } else { "✗" },
            outcome.suite.title(),
            outcome.took
        );
        for line in &outcome.closing {
            println!("      {line}");
        }
    }
    println!("  In all: {}", say::duration(started.elapsed()));
    let failed: Vec<&str> = outcomes
        .iter()
        .filter(|outcome| !outcome.passed)
        .map(|outcome| outcome.suite.title())
        .collect();
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Error::TestsFailed {
            suites: failed.join(", "),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runner_is_named_and_an_empty_one_is_left_out() {
        let news = [
            "Running unittests src/lib.rs (target/debug/deps/captain_domain-0f3a)",
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "Doc-tests captain_domain",
            "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        ]
        .map(str::to_owned);
        assert_eq!(
            closing_lines(&news),
            [
                "captain_domain src/lib.rs — test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s"
            ]
        );
    }

    #[test]
    fn only_the_edge_crate_may_name_the_platform() {
        assert_eq!(
            strangers_to_the_rule("worker v0.8.7\ncaptain-edge v0.1.0 (/x)"),
            None
        );
        assert_eq!(
            strangers_to_the_rule(
                "worker v0.8.7\ncaptain-edge v0.1.0 (/x)\ncaptain-http v0.1.0 (/y)"
            )
            .as_deref(),
            Some("captain-http depends on it")
        );
        assert!(
            strangers_to_the_rule("").is_some(),
            "an answer that says nothing proves nothing"
        );
    }

    #[test]
    fn playwright_closing_lines_are_known() {
        assert!(is_playwright_closing("12 passed (34.5s)"));
        assert!(is_playwright_closing("1 failed"));
        assert!(!is_playwright_closing("Running 12 tests using 1 worker"));
        assert!(!is_playwright_closing("✓ 1 logs in (2.0s)"));
    }
}
