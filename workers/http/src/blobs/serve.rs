//! A stored file as an answer.

use super::part::{Part, is_known};
use crate::blobs::{Blob, Blobs};
use crate::error::ApiError;
use crate::ports::Ports;
use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG,
};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use contract::problem::Code;
use std::ops::Range;

/// A file to be read. Each has its own key and never changes, so the key's end is its tag.
pub(crate) struct Stored<'a> {
    /// As in "There is no such recording."
    pub name: &'static str,
    /// Where it is.
    pub key: &'a str,
    /// What its bytes were found to be.
    pub media_type: &'static str,
    /// Bytes, where a row tells; then parts of it can be asked for.
    pub size: Option<u64>,
    /// What a browser may do with it.
    pub cache: &'static str,
}

/// Answers with the file, the part of it that is asked for, or nothing when the asker has it already.
pub(crate) async fn serve<P: Ports>(
    ports: &P,
    method: &Method,
    headers: &HeaderMap,
    file: Stored<'_>,
) -> Result<Response, ApiError> {
    let tag = file.tag();
    let mut answer = if is_known(headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        // Ranges are defined for GET alone.
        let size = file.size.filter(|_| *method == Method::GET);
        match size.map(|size| (Part::asked(headers, size, &tag), size)) {
            Some((Part::Outside, size)) => return Ok(outside(size)),
            Some((Part::Bytes(part), size)) => file.part(ports, part, size).await?,
            Some((Part::Whole, _)) | None => file.whole(ports).await?,
        }
    };
    let all = [(ETAG, tag), (CACHE_CONTROL, file.cache.to_owned())];
    for (name, value) in all {
        if let Ok(value) = value.parse() {
            answer.headers_mut().insert(name, value);
        }
    }
    Ok(answer)
}

impl Stored<'_> {
    fn tag(&self) -> String {
        let name = self.key.rsplit('/').next().unwrap_or(self.key);
        format!("\"{name}\"")
    }

    async fn whole<P: Ports>(&self, ports: &P) -> Result<Response, ApiError> {
        let blob = self.open(ports, None).await?;
        Ok(self.content(blob.size, blob.body).into_response())
    }

    async fn part<P: Ports>(
        &self,
        ports: &P,
        part: Range<u64>,
        size: u64,
    ) -> Result<Response, ApiError> {
        let (first, length) = (part.start, part.end - part.start);
        let range = format!("bytes {first}-{}/{size}", part.end - 1);
        let blob = self.open(ports, Some(part)).await?;
        let content = self.content(length, blob.body);
        Ok((
            StatusCode::PARTIAL_CONTENT,
            [(CONTENT_RANGE, range)],
            content,
        )
            .into_response())
    }

    async fn open<P: Ports>(&self, ports: &P, part: Option<Range<u64>>) -> Result<Blob, ApiError> {
        let blob = ports.blobs().get(self.key, part).await?;
        blob.ok_or_else(|| ApiError::not_found(self.name))
    }

    fn content(&self, length: u64, body: Body) -> ([(HeaderName, String); 3], Body) {
        let ranges = if self.size.is_some() { "bytes" } else { "none" };
        let headers = [
            (CONTENT_TYPE, self.media_type.to_owned()),
            (CONTENT_LENGTH, length.to_string()),
            (ACCEPT_RANGES, ranges.to_owned()),
        ];
        (headers, body)
    }
}

fn outside(size: u64) -> Response {
    let detail = format!("The file has {size} bytes.");
    let mut answer = ApiError::new(Code::BadRange, detail).into_response();
    if let Ok(range) = format!("bytes */{size}").parse() {
        answer.headers_mut().insert(CONTENT_RANGE, range);
    }
    answer
}
