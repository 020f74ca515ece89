//! Skips work whose inputs have not changed: a stamp beside the output holds the hash of what it was made from.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// The hash of a piece of work's inputs.
#[derive(Default)]
pub struct Inputs(Sha256);

impl Inputs {
    /// Adds a fact that the work depends on, such as a tool's version.
    pub fn fact(mut self, fact: &str) -> Self {
        self.0.update(fact.len().to_le_bytes());
        self.0.update(fact);
        self
    }

    /// Adds a file, or every file under a folder, by name and content. Folders named in `without` are left out.
    pub fn files(mut self, path: &Path, without: &[&str]) -> Result<Self> {
        for file in walk(path, without)? {
            let content = std::fs::read(&file).map_err(Error::file(&file))?;
            self = self.fact(&file.to_string_lossy());
            self.0.update(content.len().to_le_bytes());
            self.0.update(&content);
        }
        Ok(self)
    }

    /// The hash, in hex.
    pub fn hash(self) -> String {
        hex(&self.0.finalize())
    }
}

/// A stamp file, which says what the output beside it was made from.
pub struct Stamp {
    file: PathBuf,
    hash: String,
}

impl Stamp {
    /// A stamp at `file` for work with these inputs.
    pub fn new(file: PathBuf, inputs: Inputs) -> Self {
        Self {
            file,
            hash: inputs.hash(),
        }
    }

    /// Whether the work was done already with these inputs.
    pub fn is_fresh(&self) -> bool {
        std::fs::read_to_string(&self.file).is_ok_and(|hash| hash == self.hash)
    }

    /// Takes the stamp away before the work starts, so that half-done work is never taken for done.
    pub fn clear(&self) {
        // No stamp is what we want; a stamp that cannot be removed fails `set` as well.
        let _ = std::fs::remove_file(&self.file);
    }

    /// Notes that the work is done.
    pub fn set(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
        }
        std::fs::write(&self.file, &self.hash).map_err(Error::file(&self.file))
    }
}

/// Bytes in hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every file under a path, sorted; folders named in `without`, and hidden ones, are left out.
fn walk(path: &Path, without: &[&str]) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(Error::file(path))? {
        let entry = entry.map_err(Error::file(path))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') || without.contains(&name.as_ref()) {
            continue;
        }
        files.extend(walk(&entry.path(), without)?);
    }
    files.sort();
    Ok(files)
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
    fn a_stamp_is_fresh_until_an_input_changes() {
        let folder = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("in/build")).unwrap();
        std::fs::write(folder.join("in/a.rs"), "one").unwrap();
        let stamp = || {
            let inputs = Inputs::default()
                .fact("dev")
                .files(&folder.join("in"), &["build"])
                .unwrap();
            Stamp::new(folder.join("stamp"), inputs)
        };
        assert!(!stamp().is_fresh());
        stamp().set().unwrap();
        assert!(stamp().is_fresh());
        std::fs::write(folder.join("in/build/out.js"), "made").unwrap();
        assert!(stamp().is_fresh(), "an output is no input");
        std::fs::write(folder.join("in/a.rs"), "two").unwrap();
        assert!(!stamp().is_fresh());
        stamp().set().unwrap();
        stamp().clear();
        assert!(!stamp().is_fresh());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
