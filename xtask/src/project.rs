//! Where things are: the project's folders and the tools' cache.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// The folders every command works with.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
    target: PathBuf,
    tools: PathBuf,
}

impl Project {
    /// Finds the project this tool was built from, and the cache that tools are kept in:
    /// `$SALES_CAPTAIN_TOOLS`, else `$XDG_CACHE_HOME/sales-captain`, else `~/.cache/sales-captain`.
    pub fn locate() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .map(Path::to_path_buf)
            .filter(|root| root.join("wrangler.toml").is_file())
            .ok_or(Error::ProjectMoved)?;
        let folder = |name: &str| {
            std::env::var_os(name)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        };
        let tools = folder("SALES_CAPTAIN_TOOLS")
            .or_else(|| folder("XDG_CACHE_HOME").map(|cache| cache.join("sales-captain")))
            .or_else(|| folder("HOME").map(|home| home.join(".cache/sales-captain")))
            .ok_or(Error::NoHome)?;
        let target = folder("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |target| root.join(target));
        Ok(Self {
            target,
            tools: root.join(tools),
            root,
        })
    }

    /// The workspace's root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside the project.
    pub fn path(&self, inside: impl AsRef<Path>) -> PathBuf {
        self.root.join(inside)
    }

    /// Cargo's output folder for native builds.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Cargo's output folder for wasm builds; its own, so that neither kind throws the other's work away.
    pub fn wasm_target(&self) -> PathBuf {
        self.target.join("wasm")
    }

    /// Where this tool keeps its own notes: logs, stamps, local builds.
    pub fn scratch(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// The user-level cache of build tools, shared by every clone; each tool sits in a folder named after its version.
    pub fn tools(&self) -> &Path {
        &self.tools
    }

    /// A program that npm installed for this project.
    pub fn npm_bin(&self, name: &str) -> PathBuf {
        self.root.join("node_modules/.bin").join(name)
    }
}
