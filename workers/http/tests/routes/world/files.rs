//! Files in memory.

use axum::body::{Body, Bytes};
use captain_http::blobs::{Blob, BlobError, Blobs};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// All files.
#[derive(Clone, Default)]
pub struct Files {
    files: Arc<Mutex<BTreeMap<String, Bytes>>>,
    /// The store can't be reached.
    pub down: Arc<AtomicBool>,
    /// The file of this key can't be deleted.
    pub stuck: Arc<Mutex<Option<String>>>,
}

impl Files {
    /// The same files once more.
    pub fn copy(&self) -> Self {
        let files = self.files.lock().unwrap().clone();
        Self {
            files: Arc::new(Mutex::new(files)),
            down: Arc::default(),
            stuck: Arc::default(),
        }
    }

    /// The keys of all files.
    pub fn keys(&self) -> Vec<String> {
        self.files.lock().unwrap().keys().cloned().collect()
    }

    fn up(&self) -> Result<(), BlobError> {
        if self.down.load(Ordering::SeqCst) {
            return Err(BlobError("the wire to the files is cut: secret".into()));
        }
        Ok(())
    }
}

impl Blobs for Files {
    async fn put(&self, key: &str, length: u64, body: Body) -> Result<(), BlobError> {
        self.up()?;
        let bytes = axum::body::to_bytes(body, usize::MAX)
            .await
            .map_err(|error| BlobError(error.to_string()))?;
        assert_eq!(bytes.len() as u64, length);
        let before = self.files.lock().unwrap().insert(key.to_owned(), bytes);
        assert_eq!(before, None, "{key} had a file");
        Ok(())
    }

    async fn get(&self, key: &str, part: Option<Range<u64>>) -> Result<Option<Blob>, BlobError> {
        self.up()?;
        let file = self.files.lock().unwrap().get(key).cloned();
        Ok(file.map(|bytes| Blob {
            size: bytes.len() as u64,
            body: Body::from(match part {
                Some(part) => bytes.slice(part.start as usize..part.end as usize),
                None => bytes,
            }),
        }))
    }

    async fn delete(&self, key: &str) -> Result<(), BlobError> {
        self.up()?;
        if self.stuck.lock().unwrap().as_deref() == Some(key) {
            return Err(BlobError("this file is stuck".into()));
        }
        self.files.lock().unwrap().remove(key);
        Ok(())
    }

    async fn delete_all(&self, prefix: &str) -> Result<(), BlobError> {
        self.up()?;
        self.files
            .lock()
            .unwrap()
            .retain(|key, _| !key.starts_with(prefix));
        Ok(())
    }
}
