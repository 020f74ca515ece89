//! Opus in WebM: EBML (RFC 8794) whose header says `webm`, with a track of Opus.

const EBML: &[u8] = &[0x1A, 0x45, 0xDF, 0xA3];
const DOC_TYPE: &[u8] = &[0x42, 0x82];
/// The name of the codec, as its track has it among the file's first bytes.
const OPUS: &[u8] = b"A_OPUS";

/// The header names the document type, and a track soon after it the codec.
pub(super) fn is_opus(head: &[u8]) -> bool {
    let Some((header, rest)) = element(head, EBML) else {
        return false;
    };
    is_webm(header) && rest.windows(OPUS.len()).any(|window| window == OPUS)
}

/// Walks the header's elements to the document type.
fn is_webm(mut header: &[u8]) -> bool {
    while let Some((name, _)) = header.split_at_checked(vint_bytes(header)) {
        match element(header, name) {
            Some((content, _)) if name == DOC_TYPE => {
                return content.strip_suffix(b"\0").unwrap_or(content) == b"webm";
            }
            Some((_, rest)) if !name.is_empty() => header = rest,
            _ => return false,
        }
    }
    false
}

/// The content of an element of this name at the beginning, and what follows it.
fn element<'a>(bytes: &'a [u8], name: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let bytes = bytes.strip_prefix(name)?;
    let (length, rest) = bytes.split_at_checked(vint_bytes(bytes))?;
    let (first, others) = length.split_first()?;
    // The marker, the first bit that is set, tells the length and does not count.
    let marker = 0x80_u8 >> others.len();
    let length = others
        .iter()
        .fold(u64::from(first & !marker), |number, byte| {
            number << 8 | u64::from(*byte)
        });
    rest.split_at_checked(usize::try_from(length).ok()?)
}

/// How many bytes the number (or name) at the beginning takes: one more than it has leading zero bits. Where there is none,
/// more than there are.
fn vint_bytes(bytes: &[u8]) -> usize {
    match bytes.first() {
        Some(first) if *first != 0 => usize::try_from(first.leading_zeros()).unwrap_or(8) + 1,
        _ => usize::MAX,
    }
}
