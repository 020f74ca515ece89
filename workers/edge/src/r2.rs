//! The `Blobs` port on R2.

use axum::body::Body;
use captain_http::blobs::{Blob, BlobError, Blobs};
use futures::TryStreamExt;
use std::future::Future;
use std::ops::Range;
use std::sync::Arc;
use worker::send::SendFuture;
use worker::{Bucket, Env, FixedLengthStream, ResponseBody};

/// The bucket behind the binding `VOICE`.
#[derive(Clone)]
pub struct R2(Arc<Bucket>);

impl R2 {
    /// The binding of this environment.
    pub fn of(env: &Env) -> worker::Result<Self> {
        Ok(Self(Arc::new(env.bucket("VOICE")?)))
    }

    async fn read(&self, key: &str, part: Option<Range<u64>>) -> worker::Result<Option<Blob>> {
        let mut get = self.0.get(key);
        if let Some(part) = part {
            get = get.range(worker::Range::OffsetWithLength {
                offset: part.start,
                length: part.end.saturating_sub(part.start),
            });
        }
        let Some(object) = get.execute().await? else {
            return Ok(None);
        };
        let stream = object.body().map(|body| body.response_body()).transpose()?;
        Ok(Some(Blob {
            size: object.size(),
            body: match stream {
                Some(ResponseBody::Stream(stream)) => Body::new(worker::Body::new(stream)),
                Some(ResponseBody::Body(bytes)) => Body::from(bytes),
                Some(ResponseBody::Empty) | None => Body::empty(),
            },
        }))
    }

    /// A list has at most 1,000 keys; what was deleted is not on the next.
    async fn delete_page(&self, prefix: &str) -> worker::Result<bool> {
        let page = self.0.list().prefix(prefix).execute().await?;
        let keys: Vec<String> = page.objects().iter().map(worker::Object::key).collect();
        if !keys.is_empty() {
            self.0.delete_multiple(keys).await?;
        }
        Ok(page.truncated())
    }
}

impl Blobs for R2 {
    /// R2 takes streams of known length only. A stream that fails ends the put, and no object comes to be.
    fn put(
        &self,
        key: &str,
        length: u64,
        body: Body,
    ) -> impl Future<Output = Result<(), BlobError>> + Send {
        let (bucket, key) = (self.clone(), key.to_owned());
        SendFuture::new(async move {
            let chunks = body
                .into_data_stream()
                .map_ok(|chunk| chunk.to_vec())
                .map_err(|error| worker::Error::RustError(error.to_string()));
            let stream = FixedLengthStream::wrap(chunks, length);
            bucket.0.put(key, stream).execute().await.map_err(failed)?;
            Ok(())
        })
    }

    fn get(
        &self,
        key: &str,
        part: Option<Range<u64>>,
    ) -> impl Future<Output = Result<Option<Blob>, BlobError>> + Send {
        let (bucket, key) = (self.clone(), key.to_owned());
        SendFuture::new(async move { bucket.read(&key, part).await.map_err(failed) })
    }

    fn delete(&self, key: &str) -> impl Future<Output = Result<(), BlobError>> + Send {
        let (bucket, key) = (self.clone(), key.to_owned());
        SendFuture::new(async move { bucket.0.delete(key).await.map_err(failed) })
    }

    fn delete_all(&self, prefix: &str) -> impl Future<Output = Result<(), BlobError>> + Send {
        let (bucket, prefix) = (self.clone(), prefix.to_owned());
        SendFuture::new(async move {
            while bucket.delete_page(&prefix).await.map_err(failed)? {}
            Ok(())
        })
    }
}

fn failed(error: worker::Error) -> BlobError {
    BlobError(error.to_string())
}
