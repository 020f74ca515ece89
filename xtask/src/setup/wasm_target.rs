//! A Rust that compiles to `wasm32-unknown-unknown`: the user's own with rustup's target, or, where rustup's servers
//! can't be reached, Debian's with a standard library built here.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::debian;
use super::on_path;
use crate::error::{Error, Result};
use crate::process::{Job, answer};
use crate::project::Project;
use crate::say::{self, Step};

/// The one target of the Worker and the app.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A plain `rustup target add` hangs where its servers are cut off; with a fallback at hand nobody should wait longer.
const RUSTUP_LIMIT: Duration = Duration::from_secs(30);
/// Without a fallback, a slow line may take its time.
const RUSTUP_LIMIT_WITHOUT_FALLBACK: Duration = Duration::from_secs(600);

/// Debian's Rust for the web, its sources, and a linker that knows wasm.
const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-19"];
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_LINKER: &str = "/usr/bin/wasm-ld-19";

/// The Rust that compiles to wasm.
#[derive(Debug, Clone)]
pub enum WasmToolchain {
    /// The one that runs this tool.
    Own,
    /// Debian's, through a sysroot in the tools' cache that adds the wasm standard library; nothing under `/usr` is touched.
    Debian {
        /// The sysroot, with `bin/cargo` and `bin/rustc` that use it.
        sysroot: PathBuf,
    },
}

impl WasmToolchain {
    /// Makes `command`, and whatever it starts, use this toolchain: `path` is the PATH it would have otherwise.
    pub fn apply(&self, command: &mut Command, path: &OsString) -> Result<()> {
        match self {
            Self::Own => {
                command.env("PATH", path);
            }
            Self::Debian { sysroot } => {
                let bin = sysroot.join("bin");
                let folders = std::iter::once(bin.clone()).chain(std::env::split_paths(path));
                let path = std::env::join_paths(folders).map_err(|why| Error::BadFile {
                    path: bin,
                    why: why.to_string(),
                    mend: "set SALES_CAPTAIN_TOOLS to a folder without `:` in its name.".to_owned(),
                })?;
                command
                    .env("PATH", path)
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER);
                // What `cargo run` and rustup set for us speaks of the other toolchain.
                for name in [
                    "RUSTUP_TOOLCHAIN",
                    "RUSTC",
                    "CARGO",
                    "LD_LIBRARY_PATH",
                    "DYLD_FALLBACK_LIBRARY_PATH",
                ] {
                    command.env_remove(name);
                }
            }
        }
        Ok(())
    }

    /// Names the compiler, for stamps.
    pub fn describe(&self) -> String {
        let rustc = match self {
            Self::Own => PathBuf::from("rustc"),
            Self::Debian { sysroot } => sysroot.join("bin/rustc"),
        };
        answer(Command::new(rustc).arg("--version")).unwrap_or_default()
    }
}

/// Finds a Rust that compiles to wasm, or makes one.
pub fn ensure(project: &Project) -> Result<WasmToolchain> {
    if has_target(Path::new("rustc")) {
        return Ok(WasmToolchain::Own);
    }
    if let Some(made) = made_before(project) {
        return Ok(made);
    }
    if on_path("rustup").is_some() && add_with_rustup(project)? {
        return Ok(WasmToolchain::Own);
    }
    if debian::has_apt() {
        return build_on_debian(project);
    }
    Err(Error::Missing {
        program: "The wasm target",
        needed_for: "the Worker and the app are compiled for it",
        mend: format!(
            "run `rustup target add {TARGET}` with a connection to static.rust-lang.org."
        ),
    })
}

/// Whether a compiler finds a standard library for the target.
fn has_target(rustc: &Path) -> bool {
    answer(Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET])).is_some_and(
        |folder| {
            std::fs::read_dir(folder).is_ok_and(|files| {
                files
                    .flatten()
                    .any(|file| file.file_name().to_string_lossy().starts_with("libstd"))
            })
        },
    )
}

fn debian_version() -> Option<String> {
    // "rustc 1.96.0 (…)"
    answer(Command::new(DEBIAN_RUSTC).arg("--version"))?
        .split_whitespace()
        .nth(1)
        .map(str::to_owned)
}

fn sysroot(project: &Project, version: &str) -> PathBuf {
    project.tools().join(format!("rust-wasm-{version}"))
}

fn made_before(project: &Project) -> Option<WasmToolchain> {
    let sysroot = sysroot(project, &debian_version()?);
    let whole = has_target(&sysroot.join("bin/rustc"))
        && Path::new(DEBIAN_CARGO).exists()
        && Path::new(DEBIAN_LINKER).exists();
    whole.then_some(WasmToolchain::Debian { sysroot })
}

fn add_with_rustup(project: &Project) -> Result<bool> {
    let fallback = debian::can_install();
    let step = Step::begin(
        "Adding the wasm target with rustup",
        "the Worker and the app are compiled for it",
    );
    let added = Job {
        what: "Adding the wasm target",
        mend: "",
        logs: project.scratch().join("logs"),
        limit: Some(if fallback {
            RUSTUP_LIMIT
        } else {
            RUSTUP_LIMIT_WITHOUT_FALLBACK
        }),
    }
    .run(
        &step,
        Command::new("rustup").args(["target", "add", TARGET]),
    );
    match added {
        Ok(()) if has_target(Path::new("rustc")) => {
            step.done();
            Ok(true)
        }
        Err(Error::Interrupted) => Err(Error::Interrupted),
        _ => {
            drop(step);
            say::line("rustup's servers can't be reached from here.");
            Ok(false)
        }
    }
}

fn build_on_debian(project: &Project) -> Result<WasmToolchain> {
    let installed = [DEBIAN_RUSTC, DEBIAN_CARGO, DEBIAN_LINKER]
        .iter()
        .all(|file| Path::new(file).exists())
        && library_source().is_some();
    if !installed {
        if !debian::can_install() {
            return Err(Error::Missing {
                program: "The wasm target",
                needed_for: "the Worker and the app are compiled for it, and rustup's servers can't be reached",
                mend: format!(
                    "run `rustup target add {TARGET}` with a connection, or `{}`.",
                    debian::by_hand(&DEBIAN_PACKAGES)
                ),
            });
        }
        let step = Step::begin(
            "Installing Debian's Rust for wasm",
            "in place of rustup's wasm target",
        );
        debian::install(project, &step, &DEBIAN_PACKAGES)?;
        step.done();
    }
    let (Some(version), Some(source)) = (debian_version(), library_source()) else {
        return Err(Error::Missing {
            program: "Debian's Rust",
            needed_for: "the wasm standard library is built with it",
            mend: format!("reinstall it: `{}`.", debian::by_hand(&DEBIAN_PACKAGES)),
        });
    };
    let step = Step::begin(
        "Building the standard library for wasm",
        "Debian ships only its source",
    );
    let library = build_library(project, &step, &source)?;
    let sysroot = lay_out_sysroot(&sysroot(project, &version), &library)?;
    if let Some(work) = library.ancestors().nth(4) {
        std::fs::remove_dir_all(work).map_err(Error::file(work))?;
    }
    step.done();
    Ok(WasmToolchain::Debian { sysroot })
}

/// The standard library's source, as `rust-web-src` installs it: `/usr/src/rustc-VERSION/library`.
fn library_source() -> Option<PathBuf> {
    let version = debian_version()?;
    Some(PathBuf::from(format!("/usr/src/rustc-{version}/library")))
        .filter(|folder| folder.join("sysroot").is_dir())
}

/// Builds the library in a copy of its source (cargo wants to write there) and gives the folder its `.rlib`s are in.
/// Debian leaves the library's dev-dependencies out of the vendored folder, so this build uses the registry.
fn build_library(project: &Project, step: &Step, source: &Path) -> Result<PathBuf> {
    let work = project.tools().join("rust-wasm-build");
    if work.exists() {
        std::fs::remove_dir_all(&work).map_err(Error::file(&work))?;
    }
    std::fs::create_dir_all(&work).map_err(Error::file(&work))?;
    let job = |what| Job {
        what,
        mend: "see that this machine reaches crates.io and has room on the disk, then run the command again.",
        logs: project.scratch().join("logs"),
        limit: None,
    };
    let library = work.join("library");
    job("Copying the standard library's source")
        .run(step, Command::new("cp").arg("-r").arg(source).arg(&library))?;
    let target = work.join("target");
    let mut build = Command::new(DEBIAN_CARGO);
    build
        .args([
            "build",
            "--release",
            "-p",
            "sysroot",
            "--features",
            "panic-unwind,compiler-builtins-mem",
            "--target",
            TARGET,
        ])
        .current_dir(&library)
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTC", DEBIAN_RUSTC)
        .env("RUSTC_BOOTSTRAP", "1")
        .env(
            "RUSTFLAGS",
            "-Zforce-unstable-if-unmarked -Cembed-bitcode=yes",
        );
    for name in ["RUSTUP_TOOLCHAIN", "CARGO", "LD_LIBRARY_PATH"] {
        build.env_remove(name);
    }
    job("Building the standard library for wasm").run(step, &mut build)?;
    Ok(target.join(TARGET).join("release/deps"))
}

/// A sysroot of our own: the wasm library beside a link to Debian's native one, and `bin/` with a `rustc` that uses it.
fn lay_out_sysroot(sysroot: &Path, library: &Path) -> Result<PathBuf> {
    use std::os::unix::fs::{PermissionsExt, symlink};
    if sysroot.exists() {
        std::fs::remove_dir_all(sysroot).map_err(Error::file(sysroot))?;
    }
    let rustlib = sysroot.join("lib/rustlib");
    let wasm = rustlib.join(TARGET).join("lib");
    let bin = sysroot.join("bin");
    for folder in [&wasm, &bin] {
        std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
    }
    for file in std::fs::read_dir(library)
        .map_err(Error::file(library))?
        .flatten()
    {
        if file
            .path()
            .extension()
            .is_some_and(|extension| extension == "rlib")
        {
            std::fs::copy(file.path(), wasm.join(file.file_name()))
                .map_err(Error::file(file.path()))?;
        }
    }
    // Build scripts and macros are native: they need the host's library too.
    for folder in std::fs::read_dir("/usr/lib/rustlib")
        .map_err(Error::file("/usr/lib/rustlib"))?
        .flatten()
    {
        let name = folder.file_name();
        if folder.path().join("lib").is_dir() && name != TARGET {
            symlink(folder.path(), rustlib.join(&name))
                .map_err(Error::file(rustlib.join(&name)))?;
        }
    }
    symlink(DEBIAN_CARGO, bin.join("cargo")).map_err(Error::file(bin.join("cargo")))?;
    let rustc = bin.join("rustc");
    let script = format!(
        "#!/bin/sh\nexec {DEBIAN_RUSTC} --sysroot '{}' \"$@\"\n",
        sysroot.display()
    );
    std::fs::write(&rustc, script).map_err(Error::file(&rustc))?;
    std::fs::set_permissions(&rustc, std::fs::Permissions::from_mode(0o755))
        .map_err(Error::file(&rustc))?;
    Ok(sysroot.to_path_buf())
}
