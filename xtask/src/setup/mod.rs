//! What a bare machine lacks: the wasm target, the Rust, npm and Python tools, a browser. Each is looked for first, and
//! fetched only when it is missing.

pub mod browser;
mod debian;
pub mod npm;
pub mod python;
pub mod rust_tools;
pub mod wasm_target;

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::project::Project;
use rust_tools::RustTools;
use wasm_target::WasmToolchain;

/// Free space a cold build needs, in MB: build folders, npm packages and the tools themselves.
const COLD_BUILD_MB: u64 = 3_000;
/// Free space a warm run needs, in MB: a rebuild, logs and local data.
const WARM_BUILD_MB: u64 = 300;

/// Everything a build needs, found or fetched.
#[derive(Debug)]
pub struct Tools {
    /// The Rust that compiles to wasm.
    pub wasm: WasmToolchain,
    /// `wasm-bindgen` and `worker-build`.
    pub rust: RustTools,
}

/// Sees to everything a build needs; quick when it is all there.
pub fn for_build(project: &Project) -> Result<Tools> {
    required_programs()?;
    let cold = !project.wasm_target().is_dir();
    enough_disk(
        project.root(),
        if cold { COLD_BUILD_MB } else { WARM_BUILD_MB },
        "building",
    )?;
    npm::ensure(project)?;
    let wasm = wasm_target::ensure(project)?;
    let rust = rust_tools::ensure(project)?;
    Ok(Tools { wasm, rust })
}

/// The programs the user brings: Rust is there (it runs this), npm and git must be.
fn required_programs() -> Result<()> {
    let node = "install Node.js 20 or newer with npm: `apt install nodejs npm`, `brew install node`, or from https://nodejs.org.";
    found("node", "it runs npm and the tools npm brings", node)?;
    found(
        "npm",
        "it installs wrangler, esbuild, binaryen, Tailwind and Playwright",
        node,
    )?;
    found(
        "git",
        "cargo and the project's own history need it",
        "install it: `apt install git` or `brew install git`.",
    )
}

fn found(program: &'static str, needed_for: &'static str, mend: &str) -> Result<()> {
    if on_path(program).is_some() {
        Ok(())
    } else {
        Err(Error::Missing {
            program,
            needed_for,
            mend: mend.to_owned(),
        })
    }
}

/// Where a program is, if the PATH leads to it.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths)
        .map(|folder| folder.join(program))
        .find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata()
        .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

/// Fails where the disk of `path` has less than `needed_mb` left: said before the work begins, not in the middle of it.
pub(crate) fn enough_disk(path: &Path, needed_mb: u64, needed_for: &'static str) -> Result<()> {
    let Ok(disk) = rustix::fs::statvfs(path) else {
        return Ok(());
    };
    let free_mb = disk.f_bavail.saturating_mul(disk.f_frsize) / 1_000_000;
    if free_mb < needed_mb {
        return Err(Error::DiskFull {
            path: path.to_path_buf(),
            free_mb,
            needed_mb,
            needed_for,
        });
    }
    Ok(())
}

/// The version of a locked Rust package, so that a tool and the library it serves never drift apart.
fn locked_version(project: &Project, package: &str) -> Result<String> {
    let path = project.path("Cargo.lock");
    let bad = |why: String| Error::BadFile {
        path: path.clone(),
        why,
        mend: "restore it with `git checkout Cargo.lock`.".to_owned(),
    };
    let text = std::fs::read_to_string(&path).map_err(Error::file(&path))?;
    version_in_lock(&text, package).ok_or_else(|| bad(format!("names no package {package}")))
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let lock: toml::Table = lock.parse().ok()?;
    let entry = lock
        .get("package")?
        .as_array()?
        .iter()
        .find(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))?;
    Some(entry.get("version")?.as_str()?.to_owned())
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
    fn a_locked_version_is_found_by_the_exact_name() {
        let lock = "[[package]]\nname = \"worker-sys\"\nversion = \"1.0.0\"\n[[package]]\nname = \"worker\"\nversion = \"0.8.7\"\n";
        assert_eq!(version_in_lock(lock, "worker").as_deref(), Some("0.8.7"));
        assert_eq!(version_in_lock(lock, "work"), None);
    }

    #[test]
    fn a_full_disk_is_said_before_the_build_starts() {
        let here = std::env::temp_dir();
        enough_disk(&here, 0, "building").unwrap();
        let error = enough_disk(&here, u64::MAX, "building")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("MB are free") && error.contains("Mend: free some space"),
            "{error}"
        );
    }

    #[test]
    fn a_missing_program_names_its_mend() {
        let error = found("no-such-program", "it is a test", "do this.")
            .unwrap_err()
            .to_string();
        assert_eq!(
            error,
            "no-such-program is missing; it is a test.\nMend: do this."
        );
    }
}
