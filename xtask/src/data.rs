//! The local data: a folder with D1, R2 and Durable Objects as workerd keeps them, and the secrets made for it.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::process::Job;
use crate::project::Project;
use crate::say::Step;
use crate::seed;
use crate::setup::{enough_disk, npm};
use crate::stamp::hex;

/// The D1 binding's name in wrangler.toml.
const D1_BINDING: &str = "DB";
/// The name under which the local runtime keeps D1 databases.
const D1_KIND: &str = "miniflare-D1DatabaseObject";
/// Everything we or workerd put into a data folder; `--fresh` removes these and nothing else.
const OURS: [&str; 5] = ["v3", "jwt-secret", "vars.env", "workerd.log", "tmp"];

/// Free space that local data needs to begin with, in MB: the demo's weeks and the runtime's logs.
const DATA_MB: u64 = 100;

/// How often a folder's lock is tried, and the wait between.
const LOCK_TRIES: u32 = 10;
const LOCK_WAIT: Duration = Duration::from_millis(20);

/// A data folder that this process alone works on, for as long as the value lives.
#[derive(Debug)]
pub struct Data {
    dir: PathBuf,
    _lock: File,
}

impl Data {
    /// Takes a data folder, making it where it is not there yet.
    pub fn open(dir: &Path) -> Result<Self> {
        std::fs::create_dir_all(dir).map_err(Error::file(dir))?;
        let dir = dir.canonicalize().map_err(Error::file(dir))?;
        enough_disk(&dir, DATA_MB, "local data")?;
        let path = dir.join("lock");
        let lock = File::create(&path).map_err(Error::file(&path))?;
        // A program that another thread is just starting shares our open files until it runs: a lock let go may linger.
        let mut tries = 0..LOCK_TRIES;
        while lock.try_lock().is_err() {
            if tries.next().is_none() {
                return Err(Error::DataInUse { dir });
            }
            std::thread::sleep(LOCK_WAIT);
        }
        Ok(Self { dir, _lock: lock })
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Throws away all data in the folder; files that are not ours stay.
    pub fn clear(&self) -> Result<()> {
        for name in OURS {
            let path = self.dir.join(name);
            if path.is_dir() {
                std::fs::remove_dir_all(&path).map_err(Error::file(&path))?;
            } else if path.exists() {
                std::fs::remove_file(&path).map_err(Error::file(&path))?;
            }
        }
        Ok(())
    }

    /// Applies the migrations that the local D1 does not have yet.
    ///
    /// wrangler applies them, as it does in production; it takes seconds to start, so it is called only when one is missing.
    pub fn migrate(&self, project: &Project) -> Result<()> {
        let folder = project.path("workers/migrations");
        let wanted = migrations(&folder)?;
        if wanted.is_subset(&applied(&d1_path(project, &self.dir)?)) {
            return Ok(());
        }
        let step = Step::begin("Applying migrations to the local D1", "");
        Job {
            what: "Applying migrations",
            mend: "mend the migration that is named above, then run the command again.",
            logs: project.scratch().join("logs"),
            limit: None,
        }
        .run(
            &step,
            npm::node(project, "wrangler/wrangler-dist/cli.js")
                .args([
                    "d1",
                    "migrations",
                    "apply",
                    D1_BINDING,
                    "--local",
                    "--persist-to",
                ])
                .arg(&self.dir),
        )?;
        step.done();
        Ok(())
    }

    /// Brings the folder to where a run can start: every migration applied, the demo data up to date.
    pub fn prepare(&self, project: &Project) -> Result<()> {
        let empty = !d1_path(project, &self.dir)?.exists();
        self.migrate(project)?;
        // Later runs only top the data up, which nobody notices.
        let step = empty.then(|| Step::begin("Filling it with demo data", ""));
        seed::demo(&mut self.database(project)?, now_ms())?;
        if let Some(step) = step {
            step.done();
        }
        Ok(())
    }

    /// Opens the local D1's SQLite file. Only while workerd is down: it keeps its own view of the file.
    pub fn database(&self, project: &Project) -> Result<Connection> {
        let path = d1_path(project, &self.dir)?;
        let database = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .map_err(Error::database(&path))?;
        database
            .pragma_update(None, "foreign_keys", true)
            .map_err(Error::database(&path))?;
        Ok(database)
    }

    /// The secret that signs this folder's access tokens: made once, readable by its owner only.
    pub fn jwt_secret(&self) -> Result<String> {
        let path = self.dir.join("jwt-secret");
        if let Ok(secret) = std::fs::read_to_string(&path)
            && !secret.is_empty()
        {
            return Ok(secret);
        }
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|why| Error::File {
            path: path.clone(),
            source: std::io::Error::other(why.to_string()),
        })?;
        let secret = BASE64.encode(bytes);
        write_private(&path, &secret)?;
        Ok(secret)
    }
}

/// The time now, in milliseconds since 1970.
pub fn now_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_millis()).ok())
        .unwrap_or_default()
}

/// Writes a file that its owner alone may read.
pub(crate) fn write_private(path: &Path, text: &str) -> Result<()> {
    use std::io::Write;
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let mut file = File::options()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
        .map_err(Error::file(path))?;
    // A file from before keeps its mode through `open`.
    file.set_permissions(std::fs::Permissions::from_mode(0o600))
        .map_err(Error::file(path))?;
    file.write_all(text.as_bytes()).map_err(Error::file(path))
}

/// The SQLite file behind the local D1 in a data folder; it may not be there yet.
pub fn d1_path(project: &Project, data_dir: &Path) -> Result<PathBuf> {
    let path = project.path("wrangler.toml");
    let bad = |why: &str| Error::BadFile {
        path: path.clone(),
        why: why.to_owned(),
        mend: "see the [[d1_databases]] part of wrangler.toml.".to_owned(),
    };
    let text = std::fs::read_to_string(&path).map_err(Error::file(&path))?;
    let config: toml::Table = text
        .parse()
        .map_err(|why: toml::de::Error| bad(&why.to_string()))?;
    let id = config
        .get("d1_databases")
        .and_then(toml::Value::as_array)
        .and_then(|databases| {
            databases.iter().find(|database| {
                database.get("binding").and_then(toml::Value::as_str) == Some(D1_BINDING)
            })
        })
        .and_then(|database| database.get("database_id")?.as_str())
        .ok_or_else(|| bad("no D1 database is bound as DB"))?;
    Ok(data_dir
        .join("v3/d1")
        .join(D1_KIND)
        .join(format!("{}.sqlite", object_id(D1_KIND, id))))
}

/// The id the local runtime derives for a named object: two truncated HMACs keyed with the hash of the namespace's key.
fn object_id(namespace: &str, name: &str) -> String {
    let key = Sha256::digest(namespace);
    let half = |message: &[u8]| {
        hmac_sha256(&key, message)
            .into_iter()
            .take(16)
            .collect::<Vec<u8>>()
    };
    let name = half(name.as_bytes());
    format!("{}{}", hex(&name), hex(&half(&name)))
}

/// HMAC-SHA-256 (RFC 2104) with a 32-byte key.
fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let pad = |with: u8| {
        key.iter()
            .copied()
            .chain(std::iter::repeat(0))
            .take(64)
            .map(|byte| byte ^ with)
            .collect::<Vec<u8>>()
    };
    let inner = Sha256::new()
        .chain_update(pad(0x36))
        .chain_update(message)
        .finalize();
    Sha256::new()
        .chain_update(pad(0x5c))
        .chain_update(inner)
        .finalize()
        .into()
}

/// The names of the migrations in a folder.
pub(crate) fn migrations(folder: &Path) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    if folder.is_dir() {
        for entry in std::fs::read_dir(folder)
            .map_err(Error::file(folder))?
            .flatten()
        {
            let name = entry.file_name().to_string_lossy().into_owned();
            if Path::new(&name)
                .extension()
                .is_some_and(|extension| extension == "sql")
            {
                names.insert(name);
            }
        }
    }
    Ok(names)
}

/// The migrations a database has, by wrangler's own note; none where there is no database yet.
fn applied(database: &Path) -> BTreeSet<String> {
    let read = || -> rusqlite::Result<BTreeSet<String>> {
        let database = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let mut query = database.prepare("SELECT name FROM d1_migrations")?;
        query.query_map([], |row| row.get(0))?.collect()
    };
    // Whatever cannot be read, wrangler will say better.
    read().unwrap_or_default()
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
    fn an_object_is_named_as_the_local_runtime_names_it() {
        // Seen on disk after `wrangler d1 migrations apply --local`.
        assert_eq!(
            object_id(D1_KIND, "00000000-0000-0000-0000-000000000001"),
            "a36f84ea60804f30bb0c7f7cad9f5336a6cca0165abdab8b9241d93dbf0b6006"
        );
    }

    #[test]
    fn a_folder_has_one_user_at_a_time_and_fresh_spares_strangers_files() {
        let dir = std::env::temp_dir().join(format!("xtask-data-{}", std::process::id()));
        let data = Data::open(&dir).unwrap();
        assert!(matches!(Data::open(&dir), Err(Error::DataInUse { .. })));
        let secret = data.jwt_secret().unwrap();
        assert_eq!(secret, data.jwt_secret().unwrap());
        std::fs::create_dir_all(dir.join("v3/d1")).unwrap();
        std::fs::write(dir.join("holiday.jpg"), "mine").unwrap();
        data.clear().unwrap();
        assert!(!dir.join("v3").exists());
        assert!(dir.join("holiday.jpg").exists());
        assert_ne!(secret, data.jwt_secret().unwrap());
        drop(data);
        Data::open(&dir).unwrap();
        std::fs::remove_dir_all(dir).unwrap();
    }
}
