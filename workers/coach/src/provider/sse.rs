//! Server-sent events from bytes, as the HTML standard reads them: the one decoder for all providers.

/// The longest event, and the longest line, in bytes. A provider's events hold a few words each, or at most a whole verdict.
pub const LONGEST_EVENT: usize = 256 * 1024;

/// One event of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SseEvent {
    /// The `event` field; empty when there was none. The providers say the same inside `data`.
    pub name: String,
    /// The `data` lines, joined with line feeds.
    pub data: String,
}

/// A line or an event is longer than [`LONGEST_EVENT`]: nothing that a provider sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an event is longer than {LONGEST_EVENT} bytes")]
pub struct TooLong;

/// Reads events from bytes that may be split anywhere, also inside a character or between CR and LF.
///
/// What stands after the last blank line when the bytes end is half an event, and is dropped.
#[derive(Debug, Default)]
pub struct SseDecoder {
    line: Vec<u8>,
    /// The last byte was a CR: a LF right after it ends the same line.
    after_cr: bool,
    past_first_line: bool,
    name: String,
    data: Option<String>,
    too_long: bool,
}

impl SseDecoder {
    /// Takes the next bytes and appends the events that they complete. After [`TooLong`] there are no more events.
    pub fn take(&mut self, bytes: &[u8], events: &mut Vec<SseEvent>) -> Result<(), TooLong> {
        let mut rest = bytes;
        while let Some(first) = rest.first() {
            if std::mem::take(&mut self.after_cr) && *first == b'\n' {
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            let Some(end) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
                return self.hold(rest);
            };
            let (line, ending) = rest.split_at(end);
            self.hold(line)?;
            self.after_cr = ending.first() == Some(&b'\r');
            self.end_line(events);
            rest = ending.get(1..).unwrap_or_default();
        }
        Ok(())
    }

    fn hold(&mut self, part: &[u8]) -> Result<(), TooLong> {
        let held = self.line.len() + self.data.as_ref().map_or(0, String::len);
        self.too_long |= held + part.len() > LONGEST_EVENT;
        if self.too_long {
            return Err(TooLong);
        }
        self.line.extend_from_slice(part);
        Ok(())
    }

    fn end_line(&mut self, events: &mut Vec<SseEvent>) {
        let line = std::mem::take(&mut self.line);
        let mut line = line.as_slice();
        if !std::mem::replace(&mut self.past_first_line, true) {
            line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        }
        if line.is_empty() {
            let name = std::mem::take(&mut self.name);
            if let Some(data) = self.data.take().filter(|data| !data.is_empty()) {
                events.push(SseEvent { name, data });
            }
            return;
        }
        // A line holds whole characters: no byte of a longer one looks like a line end.
        let line = String::from_utf8_lossy(line);
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => self.name = value.to_owned(),
            "data" => match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            },
            // A comment, which keeps the connection alive, has an empty field; `id` and `retry` are for browsers.
            _ => {}
        }
    }
}
