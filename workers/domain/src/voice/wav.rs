//! PCM in WAV: chunks of a name, a length and content, padded to even lengths.

use super::{u16_le, u32_le};

/// Uncompressed samples: whole numbers, real numbers, or either in the extensible form.
const PCM: [u16; 3] = [1, 3, 0xFFFE];

/// A RIFF file of waves.
pub(super) fn is_wav(head: &[u8]) -> bool {
    head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WAVE")
}

/// The length of the samples by their rate. A recorder that streams does not know how much will come and writes 0 or the
/// largest number: then all that follows counts, as it does where the file says more than it has.
pub(super) fn duration_ms(head: &[u8], size: u64) -> Option<u64> {
    let mut at = 12;
    let mut rate = None;
    loop {
        let name = head.get(at..)?.first_chunk::<4>()?;
        let length = u32_le(head, at + 4)?;
        let content = at + 8;
        match name {
            b"fmt " => rate = Some(bytes_per_second(head.get(content..)?)?),
            b"data" => {
                let there = size.checked_sub(u64::try_from(content).ok()?)?;
                let said = u64::from(length);
                let bytes = if said == 0 { there } else { said.min(there) };
                return Some(bytes.saturating_mul(1_000) / rate?);
            }
            _ => {}
        }
        at = usize::try_from(length)
            .ok()
            .and_then(|length| length.checked_add(length % 2))
            .and_then(|length| content.checked_add(length))?;
    }
}

/// By the three numbers of a format that have to agree.
fn bytes_per_second(format: &[u8]) -> Option<u64> {
    let samples = u32_le(format, 4)?;
    let said = u32_le(format, 8)?;
    let block = u32::from(u16_le(format, 12)?);
    let agree = PCM.contains(&u16_le(format, 0)?) && samples.checked_mul(block) == Some(said);
    (agree && said > 0).then_some(u64::from(said))
}
