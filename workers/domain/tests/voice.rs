//! Recordings as encoders make them, and bytes that nobody makes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use domain::voice::*;
use proptest::prelude::*;

/// 1.5 s of noise each.
const WEBM: &[u8] = include_bytes!("recordings/take.webm");
const OGG: &[u8] = include_bytes!("recordings/take.ogg");
const MP4: &[u8] = include_bytes!("recordings/take.mp4");
const WAV: &[u8] = include_bytes!("recordings/take.wav");
/// The first bytes of what is not taken.
const VORBIS: &[u8] = include_bytes!("recordings/vorbis.ogg");
const MP3: &[u8] = include_bytes!("recordings/take.mp3");

fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(HEAD_BYTES)]
}

fn measured(kind: Kind, bytes: &[u8]) -> Option<u64> {
    let tail = &bytes[bytes.len().saturating_sub(TAIL_BYTES)..];
    measured_ms(kind, head(bytes), tail, bytes.len() as u64)
}

#[test]
fn what_encoders_make_is_known() {
    for (bytes, kind) in [
        (WEBM, Kind::Webm),
        (OGG, Kind::Ogg),
        (MP4, Kind::Mp4),
        (WAV, Kind::Wav),
    ] {
        assert_eq!(Kind::of(head(bytes)), Some(kind));
        let json = serde_json::to_string(&kind).unwrap();
        assert_eq!(json, format!("\"{}\"", kind.media_type()));
    }
}

#[test]
fn what_is_something_else_is_not_taken() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    let matroska = [&WEBM[..24], b"mkva", &WEBM[28..]].concat();
    let mut video = WEBM.to_vec();
    let codec = video.windows(6).position(|at| at == b"A_OPUS").unwrap();
    video[codec..codec + 6].copy_from_slice(b"V_VP8 ");
    let others: [&[u8]; 12] = [
        b"",
        VORBIS,
        MP3,
        heic,
        &matroska,
        &video,
        b"RIFF\x24\0\0\0AVI LIST",
        b"\x89PNG\r\n\x1a\n",
        b"<html><script>alert(1)</script>",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"MZ\x90\0",
    ];
    for bytes in others {
        assert_eq!(
            Kind::of(head(bytes)),
            None,
            "{:?}",
            &bytes[..bytes.len().min(16)]
        );
    }
}

#[test]
fn lengths_are_read_from_the_bytes() {
    assert_eq!(measured(Kind::Wav, WAV), Some(1_500));
    assert_eq!(measured(Kind::Ogg, OGG), Some(1_500));
    // Recorders of these write none.
    assert_eq!(measured(Kind::Webm, WEBM), None);
    assert_eq!(measured(Kind::Mp4, MP4), None);
}

#[test]
fn an_ogg_file_that_was_cut_has_no_length() {
    assert_eq!(measured(Kind::Ogg, &OGG[..OGG.len() - 1]), None);
    let longer = [OGG, b"x"].concat();
    assert_eq!(measured(Kind::Ogg, &longer), None);
}

#[test]
fn a_wav_file_has_no_more_than_is_there() {
    let data = WAV.windows(4).position(|at| at == b"data").unwrap() + 4;
    for said in [0, u32::MAX, 6_001] {
        let mut streamed = WAV.to_vec();
        streamed[data..data + 4].copy_from_slice(&said.to_le_bytes());
        assert_eq!(measured(Kind::Wav, &streamed), Some(1_500), "{said}");
    }
    let mut lie = WAV.to_vec();
    // The rate alone, so that an hour would seem a second.
    let format = WAV.windows(4).position(|at| at == b"fmt ").unwrap() + 8;
    lie[format + 8..format + 12].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(measured(Kind::Wav, &lie), None);
}

#[test]
fn the_length_that_counts() {
    let measured = |ms| Ok(Length { ms, said: false });
    let said = |ms| Ok(Length { ms, said: true });
    let longest = MAX_DURATION_MS;
    let cases = [
        (Kind::Wav, Some(1_500), None, measured(1_500)),
        (Kind::Wav, Some(1_500), Some(9), measured(1_500)),
        (Kind::Ogg, None, Some(9), Err(BadLength::Unreadable)),
        (
            Kind::Ogg,
            Some(longest + 1),
            Some(9),
            Err(BadLength::TooLong),
        ),
        (Kind::Webm, None, Some(longest), said(longest)),
        (Kind::Webm, None, Some(longest + 1), Err(BadLength::TooLong)),
        (Kind::Mp4, None, None, Err(BadLength::Unsaid)),
    ];
    for (kind, by_bytes, by_client, expected) in cases {
        assert_eq!(length(kind, by_bytes, by_client), expected, "{kind:?}");
    }
}

/// Bytes of all sorts: random ones, and true recordings with a few bytes changed and an end cut off.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let changed = (
        prop::sample::select(vec![WEBM, OGG, MP4, WAV, VORBIS]),
        prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        any::<prop::sample::Index>(),
    )
        .prop_map(|(whole, changes, end)| {
            let mut bytes = whole.to_vec();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes.truncate(end.index(whole.len() + 1));
            bytes
        });
    prop_oneof![prop::collection::vec(any::<u8>(), 0..600), changed]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_bytes_are_too_strange(bytes in bytes(), size in any::<u64>()) {
        let _ = Kind::of(head(&bytes));
        for kind in [Kind::Webm, Kind::Ogg, Kind::Mp4, Kind::Wav] {
            measured(kind, &bytes);
            measured_ms(kind, &bytes, &bytes, size);
        }
    }

    #[test]
    fn a_whole_file_is_known_by_any_head_that_is_long_enough(extra in 0_usize..4_000) {
        for (whole, kind) in [(WEBM, Kind::Webm), (OGG, Kind::Ogg), (MP4, Kind::Mp4), (WAV, Kind::Wav)] {
            let end = (300 + extra).min(whole.len());
            prop_assert_eq!(Kind::of(&whole[..end]), Some(kind));
        }
    }
}
