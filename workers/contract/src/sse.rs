//! The framing of `text/event-stream` (WHATWG HTML, section 9.2), byte by byte: a network may split anywhere, also inside a
//! character.

/// One dispatched event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SseEvent {
    /// The `event:` field; empty means `message`.
    pub event: String,
    /// The `data:` lines, joined by line feeds.
    pub data: String,
    /// The last `id:` seen on the stream, also of earlier events.
    pub id: String,
}

/// Writes one event with an id and one line of data.
pub fn encode(id: u64, json: &str) -> String {
    format!("id: {id}\ndata: {json}\n\n")
}

/// Writes one event of a stream that can't be resumed: without an id.
pub fn encode_once(json: &str) -> String {
    format!("data: {json}\n\n")
}

/// A comment that keeps proxies from closing a quiet stream.
pub const KEEP_ALIVE: &str = ": keep-alive\n\n";

/// A quiet stream gets a comment this often, ms, so that neither proxies nor the client's watchdog take it for dead.
pub const KEEP_ALIVE_EVERY_MS: u64 = 15_000;

/// The longest line that is kept, bytes: a peer that never ends a line must not fill the memory.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// A line was longer than [`MAX_LINE_BYTES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a line of the stream is longer than {MAX_LINE_BYTES} bytes")]
pub struct LineTooLong;

/// Turns bytes into events, whatever the pieces they come in.
#[derive(Debug, Clone, Default)]
pub struct Decoder {
    line: Vec<u8>,
    after_cr: bool,
    begun: bool,
    event: String,
    data: String,
    has_data: bool,
    id: String,
}

impl Decoder {
    /// Takes bytes and gives the events that they complete. An event that the stream ends inside of is dropped, as the
    /// standard says.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<Vec<SseEvent>, LineTooLong> {
        let mut events = Vec::new();
        for &byte in bytes {
            let lf_of_crlf = std::mem::take(&mut self.after_cr) && byte == b'\n';
            match byte {
                _ if lf_of_crlf => {}
                b'\n' | b'\r' => {
                    self.after_cr = byte == b'\r';
                    let line = std::mem::take(&mut self.line);
                    events.extend(self.take_line(&line));
                }
                _ if self.line.len() >= MAX_LINE_BYTES => return Err(LineTooLong),
                _ => self.line.push(byte),
            }
        }
        Ok(events)
    }

    fn take_line(&mut self, line: &[u8]) -> Option<SseEvent> {
        let first = !std::mem::replace(&mut self.begun, true);
        let line = if first {
            line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line)
        } else {
            line
        };
        if line.is_empty() {
            return self.dispatch();
        }
        let line = String::from_utf8_lossy(line);
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event),
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.data.push('\n');
                }
                self.data.push_str(value);
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<SseEvent> {
        let event = std::mem::take(&mut self.event);
        let data = std::mem::take(&mut self.data);
        std::mem::take(&mut self.has_data).then(|| SseEvent {
            event,
            data,
            id: self.id.clone(),
        })
    }
}
