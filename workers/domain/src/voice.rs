//! Voice recordings: which bytes are one, how long one may be, how many a session may have.
//!
//! What a recording is, its own first bytes say; what a header or a file's name says counts for nothing. Pure: bytes in,
//! verdict out, whatever the bytes.

mod ogg;
mod wav;
mod webm;

use serde::{Deserialize, Serialize};

/// The largest recording, bytes: 10 MB.
pub const MAX_BYTES: u64 = 10 * 1_024 * 1_024;

/// The longest recording, ms: 5 minutes.
pub const MAX_DURATION_MS: u64 = 5 * 60 * 1_000;

/// How many recordings a session may have.
pub const MAX_TAKES: u32 = 20;

/// How many of the first bytes tell what a recording is.
pub const HEAD_BYTES: usize = 4_096;

/// How many of the last bytes tell how long it is: one Ogg page of the largest kind.
pub const TAIL_BYTES: usize = ogg::MAX_PAGE_BYTES;

/// The kinds of recordings that are taken: what browsers record, and plain PCM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "RecordingKind")
)]
pub enum Kind {
    /// Opus in WebM: Chrome, Firefox, Edge.
    #[serde(rename = "audio/webm")]
    Webm,
    /// Opus in Ogg: Firefox.
    #[serde(rename = "audio/ogg")]
    Ogg,
    /// AAC in MP4: Safari.
    #[serde(rename = "audio/mp4")]
    Mp4,
    /// PCM in WAV.
    #[serde(rename = "audio/wav")]
    Wav,
}

impl Kind {
    /// The media type, in SQL, JSON and headers.
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Webm => "audio/webm",
            Kind::Ogg => "audio/ogg",
            Kind::Mp4 => "audio/mp4",
            Kind::Wav => "audio/wav",
        }
    }

    /// What the first bytes ([`HEAD_BYTES`], or all there are) say; `None` of anything that is not taken.
    pub fn of(head: &[u8]) -> Option<Self> {
        if webm::is_opus(head) {
            Some(Kind::Webm)
        } else if ogg::is_opus(head) {
            Some(Kind::Ogg)
        } else if is_mp4(head) {
            Some(Kind::Mp4)
        } else if wav::is_wav(head) {
            Some(Kind::Wav)
        } else {
            None
        }
    }

    /// The length lies in the container's first or last bytes, so nobody has to be believed. WebM and MP4 as browsers record
    /// them carry none.
    pub fn tells_its_length(self) -> bool {
        matches!(self, Kind::Ogg | Kind::Wav)
    }
}

/// How long a recording is, ms, by its own first and last bytes ([`HEAD_BYTES`] and [`TAIL_BYTES`], or all there are) and its
/// size; `None` when they don't tell.
pub fn measured_ms(kind: Kind, head: &[u8], tail: &[u8], size: u64) -> Option<u64> {
    match kind {
        Kind::Ogg => ogg::duration_ms(head, tail),
        Kind::Wav => wav::duration_ms(head, size),
        Kind::Webm | Kind::Mp4 => None,
    }
}

/// A length and where it is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// Milliseconds.
    pub ms: u64,
    /// The client said so; nothing in the bytes does.
    pub said: bool,
}

/// Why a recording's length does not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadLength {
    /// More than [`MAX_DURATION_MS`].
    #[error("a recording lasts at most 5 minutes")]
    TooLong,
    /// The container should tell it and does not.
    #[error("the recording is damaged: its length can't be read")]
    Unreadable,
    /// The container can't tell it, and the client did not.
    #[error("say how long the recording is")]
    Unsaid,
}

/// The length that counts: what the bytes tell, where they can; else what the client said (ms).
pub fn length(kind: Kind, measured: Option<u64>, said: Option<u64>) -> Result<Length, BadLength> {
    let length = match (kind.tells_its_length(), measured, said) {
        (true, Some(ms), _) => Length { ms, said: false },
        (true, None, _) => return Err(BadLength::Unreadable),
        (false, _, Some(ms)) => Length { ms, said: true },
        (false, _, None) => return Err(BadLength::Unsaid),
    };
    if length.ms > MAX_DURATION_MS {
        Err(BadLength::TooLong)
    } else {
        Ok(length)
    }
}

/// ISO base media whose first box names a brand that players of MP4 take. HEIC and AVIF pictures begin alike, with others.
fn is_mp4(head: &[u8]) -> bool {
    const BRANDS: [&[u8; 4]; 11] = [
        b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"iso8",
        b"dash",
    ];
    let size = head.first_chunk().map(|size| u32::from_be_bytes(*size));
    let size = size.and_then(|size| usize::try_from(size).ok());
    let (Some(size), Some(b"ftyp")) = (size, head.get(4..8)) else {
        return false;
    };
    // Size, type, the major brand, its version (which is no brand), then brands to the end of the box.
    let major = head.get(8..12).into_iter();
    let others = head.get(16..size).unwrap_or_default().chunks_exact(4);
    major
        .chain(others)
        .any(|brand| BRANDS.iter().any(|known| known.as_slice() == brand))
}

/// The number at a place, little-endian.
fn u16_le(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// The number at a place, little-endian.
fn u32_le(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}
