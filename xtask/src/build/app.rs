//! The app: the Yew crate compiled to wasm, its stylesheet, and an index.html that names both by their hashes.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::parts::{self, Parts};
use super::{Flavour, api_docs, common_inputs, lock, offline, wasm_cargo};
use crate::error::{Error, Result};
use crate::process::Job;
use crate::project::Project;
use crate::say::Step;
use crate::setup::wasm_target::TARGET;
use crate::setup::{Tools, npm};
use crate::stamp::{Inputs, Stamp, hex};
use crate::words;

use sha2::{Digest, Sha256};

/// The folder of files whose names change with their content.
const HASHED: &str = "app";
/// Hex digits of a content hash in a file name: enough to tell builds apart.
const HASH_DIGITS: usize = 16;

/// The folder of static files a build of this flavour writes.
pub fn folder(project: &Project, flavour: Flavour) -> PathBuf {
    match flavour {
        Flavour::Release => project.path("frontend/dist"),
        Flavour::Quick => project.scratch().join("app"),
    }
}

/// Builds the app unless it is up to date, and gives the folder of static files.
pub fn build(project: &Project, tools: &Tools, flavour: Flavour) -> Result<PathBuf> {
    let out = folder(project, flavour);
    let _turn = lock(project)?;
    let inputs = inputs(project, tools, flavour)?;
    let stamp = Stamp::new(
        project
            .scratch()
            .join(format!("stamps/app-{}", flavour.name())),
        inputs,
    );
    if stamp.is_fresh() && out.join("index.html").is_file() {
        return Ok(out);
    }
    stamp.clear();
    let label = format!("Building the app ({})", flavour.name());
    let step = Step::begin(&label, "Yew to wasm, Tailwind to one stylesheet");
    let job = Job {
        what: &label,
        mend: "mend the error above, then run the command again.",
        logs: project.scratch().join("logs"),
        limit: None,
    };
    let work = project.scratch().join("app-parts");
    empty(&work)?;
    let css = work.join("app.css");

    compile(project, tools, flavour, &job, &step)?;
    let linked = project
        .wasm_target()
        .join(TARGET)
        .join(profile(flavour))
        .join("captain-app.wasm");
    let code = work.join("code");
    empty(&code)?;
    let parts = parts::make(project, tools, flavour, &job, &step, &linked, &code)?;
    style(project, flavour, &job, &step, &css)?;
    let charts = work.join("charts.js");
    bundle_charts(project, flavour, &job, &step, &charts)?;
    let fresh = project.scratch().join("app-fresh");
    assemble(project, flavour, &parts, &css, &charts, &fresh)?;
    api_docs::write(project, &fresh)?;
    replace(&fresh, &out)?;
    stamp.set()?;
    step.done();
    Ok(out)
}

fn inputs(project: &Project, tools: &Tools, flavour: Flavour) -> Result<Inputs> {
    common_inputs(project, tools, flavour)?
        .files(&project.path("frontend"), &["dist", "tests"])?
        .files(&project.path("xtask/src/words"), &[])?
        .files(&project.path("workers/contract"), &["tests"])?
        .files(&project.path("workers/domain"), &["tests"])?
        .files(&project.path("workers/json"), &["tests"])?
        .files(&project.path("workers/openapi/page"), &[])
        .map(|inputs| inputs.fact(&api_docs::document()))
}

fn profile(flavour: Flavour) -> &'static str {
    match flavour {
        Flavour::Release => "web",
        Flavour::Quick => "quick",
    }
}

fn compile(
    project: &Project,
    tools: &Tools,
    flavour: Flavour,
    job: &Job,
    step: &Step,
) -> Result<()> {
    job.run(
        step,
        wasm_cargo(project, tools)?.args([
            "rustc",
            "--target",
            TARGET,
            "--package",
            "captain-app",
            "--bin",
            "captain-app",
            "--profile",
            profile(flavour),
            "--",
            // What refers to what is how the module is cut into parts.
            "-Clink-arg=--emit-relocs",
        ]),
    )
}

fn style(project: &Project, flavour: Flavour, job: &Job, step: &Step, css: &Path) -> Result<()> {
    let mut command = npm::node(project, "@tailwindcss/cli/dist/index.mjs");
    command
        .arg("--input")
        .arg(project.path("frontend/styles/app.css"))
        .arg("--output")
        .arg(css);
    if flavour == Flavour::Release {
        command.arg("--minify");
    }
    job.run(step, &mut command)
}

/// Puts uPlot and our use of it into one file, which the first page with a chart downloads.
fn bundle_charts(
    project: &Project,
    flavour: Flavour,
    job: &Job,
    step: &Step,
    js: &Path,
) -> Result<()> {
    let mut command = Command::new(project.npm_bin("esbuild"));
    command
        .arg(project.path("frontend/charts/charts.js"))
        .args(["--bundle", "--format=esm", "--loader:.css=text"])
        .args(["--legal-comments=inline", "--log-level=warning"])
        .arg(format!("--outfile={}", js.display()));
    if flavour == Flavour::Release {
        command.arg("--minify");
    }
    job.run(step, &mut command)
}

/// Lays out the folder: static files as they are, built ones under names that change with their content.
fn assemble(
    project: &Project,
    flavour: Flavour,
    parts: &Parts,
    css: &Path,
    charts: &Path,
    out: &Path,
) -> Result<()> {
    empty(out)?;
    let assets = project.path("frontend/assets");
    if assets.is_dir() {
        copy_folder(&assets, out)?;
    }
    empty(&out.join(HASHED))?;
    let mut js = std::fs::read_to_string(&parts.js).map_err(Error::file(&parts.js))?;
    let charts = place(out, charts, &read(charts)?)?;
    let mut later = vec![served(&charts)];
    for part in &parts.later {
        let name = place(out, part, &read(part)?)?;
        js = js.replace(&format!("./{}", file_name(part)), &format!("./{name}"));
        later.push(served(&name));
    }
    let mut languages = Vec::new();
    for language in words::LANGUAGES {
        let source = words::file(project, language);
        let catalogue = words::Translations::read(&source)?.catalogue();
        let name = place(out, &source.with_extension("txt"), catalogue.as_bytes())?;
        later.push(served(&name));
        languages.push((format!("{{{{words_{language}}}}}"), served(&name)));
    }
    // A developer's build is never kept: it changes with each save.
    let service_worker = match flavour {
        Flavour::Release => offline::SCRIPT,
        Flavour::Quick => "",
    };
    let names = [
        (
            "{{app_wasm}}",
            served(&place(out, &parts.main, &read(&parts.main)?)?),
        ),
        ("{{app_js}}", served(&place(out, &parts.js, js.as_bytes())?)),
        ("{{app_css}}", served(&place(out, css, &read(css)?)?)),
        ("{{charts_js}}", served(&charts)),
        ("{{service_worker}}", service_worker.to_owned()),
    ];
    let page = project.path("frontend/index.html");
    let mut html = std::fs::read_to_string(&page).map_err(Error::file(&page))?;
    let names = names.map(|(placeholder, name)| (placeholder.to_owned(), name));
    for (placeholder, name) in names.into_iter().chain(languages) {
        html = html.replace(&placeholder, &name);
    }
    if let Some(at) = html.find("{{") {
        let left: String = html
            .chars()
            .skip(html.get(..at).map_or(0, |before| before.chars().count()))
            .take(24)
            .collect();
        return Err(Error::BadFile {
            path: page,
            why: format!("an unknown placeholder is left: {left}"),
            mend: "use {{app_js}}, {{app_wasm}}, {{app_css}}, {{charts_js}}, {{words_hi}} or {{service_worker}}."
                .to_owned(),
        });
    }
    std::fs::write(out.join("index.html"), html).map_err(Error::file(out.join("index.html")))?;
    if flavour == Flavour::Release {
        offline::write(project, out, &later)?;
    }
    Ok(())
}

/// The path that a hashed file is served at.
fn served(name: &str) -> String {
    format!("/{HASHED}/{name}")
}

fn read(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).map_err(Error::file(file))
}

/// Writes a built file under its hashed name, and gives the name.
fn place(out: &Path, file: &Path, content: &[u8]) -> Result<String> {
    let name = hashed_name(file, content);
    let path = out.join(HASHED).join(&name);
    std::fs::write(&path, content).map_err(Error::file(&path))?;
    Ok(name)
}

fn file_name(file: &Path) -> String {
    file.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// `captain.js` with content hash `1f…` becomes `captain.1f….js`.
fn hashed_name(file: &Path, content: &[u8]) -> String {
    let part = |part: Option<&OsStr>| {
        part.map(|part| part.to_string_lossy().into_owned())
            .unwrap_or_default()
    };
    let hash: String = hex(&Sha256::digest(content))
        .chars()
        .take(HASH_DIGITS)
        .collect();
    format!(
        "{}.{hash}.{}",
        part(file.file_stem()),
        part(file.extension())
    )
}

/// Puts the finished folder where it is served from, in one step, so that a running server never sees half of it.
fn replace(fresh: &Path, out: &Path) -> Result<()> {
    let old = fresh.with_extension("old");
    if let Some(parent) = out.parent() {
        std::fs::create_dir_all(parent).map_err(Error::file(parent))?;
    }
    if out.exists() {
        std::fs::rename(out, &old).map_err(Error::file(out))?;
    }
    std::fs::rename(fresh, out).map_err(Error::file(out))?;
    if old.exists() {
        std::fs::remove_dir_all(&old).map_err(Error::file(&old))?;
    }
    Ok(())
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(Error::file(folder))?;
    }
    std::fs::create_dir_all(folder).map_err(Error::file(folder))
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to).map_err(Error::file(to))?;
    for entry in std::fs::read_dir(from)
        .map_err(Error::file(from))?
        .flatten()
    {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target).map_err(Error::file(entry.path()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_changes_with_the_content() {
        let one = hashed_name(Path::new("x/captain.js"), b"one");
        assert!(one.starts_with("captain.") && one.ends_with(".js"), "{one}");
        assert_eq!(one, hashed_name(Path::new("captain.js"), b"one"));
        assert_ne!(one, hashed_name(Path::new("captain.js"), b"two"));
    }
}
