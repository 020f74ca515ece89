//! Opus in Ogg (RFC 3533, RFC 7845).

use super::{u16_le, u32_le};

/// A page's header, 255 lengths of segments, and 255 segments of 255 bytes.
pub(super) const MAX_PAGE_BYTES: usize = 27 + 255 + 255 * 255;

/// Opus counts its samples at this rate whatever it was fed, per ms.
const SAMPLES_PER_MS: i64 = 48;

/// Where the first page's packet begins: it has one segment.
const FIRST_PACKET: usize = 28;

/// The first page carries Opus' own header.
pub(super) fn is_opus(head: &[u8]) -> bool {
    head.starts_with(b"OggS")
        && head
            .get(FIRST_PACKET..)
            .is_some_and(|packet| packet.starts_with(b"OpusHead"))
}

/// The last page says up to which sample it goes; the samples before the first that is heard don't count. Only a file that
/// ends with a whole page of the stream it began with has a length.
pub(super) fn duration_ms(head: &[u8], tail: &[u8]) -> Option<u64> {
    let stream = u32_le(head, 14)?;
    let pre_skip = i64::from(u16_le(head, FIRST_PACKET + 10)?);
    let last = tail
        .windows(4)
        .enumerate()
        .rev()
        .filter(|(_, window)| *window == b"OggS")
        .find_map(|(at, _)| tail.get(at..).filter(|page| is_one_page(page)))?;
    if u32_le(last, 14)? != stream {
        return None;
    }
    let samples = i64::from_le_bytes(*last.get(6..)?.first_chunk()?);
    u64::try_from(samples.checked_sub(pre_skip)? / SAMPLES_PER_MS).ok()
}

/// The bytes are one page from end to end.
fn is_one_page(page: &[u8]) -> bool {
    let lengths = page.get(26).map(|count| 27..27 + usize::from(*count));
    let Some((lengths, end)) = lengths.and_then(|at| Some((page.get(at.clone())?, at.end))) else {
        return false;
    };
    let content: usize = lengths.iter().copied().map(usize::from).sum();
    page.get(4) == Some(&0) && page.len() == end + content
}
