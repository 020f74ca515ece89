//! A server that answers each call with a script: these bytes, then a wait, then those, then silence.
//!
//! It runs on threads of its own, so that a test's runtime can't change when bytes leave; each [`Answer::bytes`] leaves as one
//! packet.

use serde_json::Value;
use std::collections::HashMap;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What a client sent.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its place among the server's requests, from 0.
    pub nth: usize,
    /// `POST`
    pub method: String,
    /// `/v1/messages`
    pub path: String,
    /// By names in lower case.
    pub headers: HashMap<String, String>,
    /// The body; null where it is no JSON.
    pub body: Value,
}

/// An answer, step by step: the head first, then what [`Answer::bytes`] and the others add.
#[derive(Debug, Clone)]
pub struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    chunked: bool,
    steps: Vec<Step>,
}

#[derive(Debug, Clone)]
enum Step {
    Bytes(Vec<u8>),
    Pause(Duration),
    /// The same again, so often, as fast as the client takes it.
    Flood(Vec<u8>, usize),
    /// Nothing more, and no end either, until the client goes away.
    Hang,
    /// The connection ends before the body does.
    Break,
}

impl Answer {
    /// A stream of events under HTTP 200. The body ends where the connection ends.
    pub fn stream() -> Self {
        Self::of(200).header("content-type", "text/event-stream; charset=utf-8")
    }

    /// One JSON body.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::of(status)
            .header("content-type", "application/json")
            .bytes(body.to_string())
    }

    /// Only a status.
    pub fn of(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            chunked: false,
            steps: Vec::new(),
        }
    }

    /// One more header.
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// More of the body.
    pub fn bytes(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.steps.push(Step::Bytes(bytes.into()));
        self
    }

    /// More of the body, each of its bytes for itself, so long apart.
    pub fn trickle(mut self, bytes: impl Into<Vec<u8>>, apart: Duration) -> Self {
        for byte in bytes.into() {
            self = self.bytes([byte]).pause(apart);
        }
        self
    }

    /// More of the body: the same so many times.
    pub fn flood(mut self, bytes: impl Into<Vec<u8>>, times: usize) -> Self {
        self.steps.push(Step::Flood(bytes.into(), times));
        self
    }

    /// Says nothing for a while. As the first step, it comes before the head.
    pub fn pause(mut self, pause: Duration) -> Self {
        self.steps.push(Step::Pause(pause));
        self
    }

    /// Says no more, and doesn't hang up either. As the first step, not even the head comes.
    pub fn hang(mut self) -> Self {
        self.steps.push(Step::Hang);
        self
    }

    /// Breaks the connection off where more was promised. As the first step, before the head.
    pub fn break_off(mut self) -> Self {
        self.chunked = true;
        self.steps.push(Step::Break);
        self
    }
}

/// The server. It ends with the test's process; its port is its own.
#[derive(Debug, Clone)]
pub struct ByteServer {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Debug, Default)]
struct Seen {
    requests: Vec<Request>,
    /// When the client hung up on a call, by its place.
    left: HashMap<usize, Instant>,
    bytes: u64,
}

impl ByteServer {
    /// A server that decides on each request what to answer.
    pub fn start(answers: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            seen: Arc::default(),
        };
        let (seen, answers) = (server.seen.clone(), Arc::new(answers));
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (seen, answers) = (seen.clone(), answers.clone());
                thread::spawn(move || serve(connection, &seen, &*answers));
            }
        });
        server
    }

    /// A server that gives these answers in turn, and the last one ever after.
    pub fn saying(answers: impl Into<Vec<Answer>>) -> Self {
        let answers = answers.into();
        Self::start(move |request| answers[request.nth.min(answers.len() - 1)].clone())
    }

    /// `http://127.0.0.1:4711`
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What was asked so far.
    pub fn requests(&self) -> Vec<Request> {
        self.seen.lock().unwrap().requests.clone()
    }

    /// How many bytes of bodies have left so far.
    pub fn bytes_sent(&self) -> u64 {
        self.seen.lock().unwrap().bytes
    }

    /// Waits until the client hung up on the nth call while its answer was not at its end, and tells when that was; `None` if
    /// it does not within this time.
    pub async fn client_left(&self, nth: usize, within: Duration) -> Option<Instant> {
        let began = Instant::now();
        loop {
            let left = self.seen.lock().unwrap().left.get(&nth).copied();
            if left.is_some() || began.elapsed() > within {
                return left;
            }
            // The client's side may run on the same thread.
            tokio::time::sleep(LOOK).await;
        }
    }
}

/// How often a waiting step looks whether the client is still there.
const LOOK: Duration = Duration::from_millis(2);

fn serve(mut connection: TcpStream, seen: &Mutex<Seen>, answers: &dyn Fn(&Request) -> Answer) {
    connection.set_nodelay(true).unwrap();
    let Some(mut request) = read(&mut connection) else {
        return;
    };
    let nth = {
        let mut seen = seen.lock().unwrap();
        request.nth = seen.requests.len();
        seen.requests.push(request.clone());
        request.nth
    };
    let answer = answers(&request);
    if play(&mut connection, &answer, seen).is_err() {
        seen.lock().unwrap().left.insert(nth, Instant::now());
    }
}

/// The client went away.
struct Left;

fn play(connection: &mut TcpStream, answer: &Answer, seen: &Mutex<Seen>) -> Result<(), Left> {
    let mut begun = false;
    for step in &answer.steps {
        match step {
            Step::Pause(pause) => linger(connection, Some(*pause))?,
            Step::Hang => linger(connection, None)?,
            Step::Break => return Ok(()),
            Step::Bytes(bytes) => {
                begin(connection, answer, &mut begun)?;
                say(connection, answer, bytes, seen)?;
            }
            Step::Flood(bytes, times) => {
                begin(connection, answer, &mut begun)?;
                for _ in 0..*times {
                    say(connection, answer, bytes, seen)?;
                }
            }
        }
    }
    begin(connection, answer, &mut begun)?;
    if answer.chunked {
        write(connection, b"0\r\n\r\n")?;
    }
    Ok(())
}

fn begin(connection: &mut TcpStream, answer: &Answer, begun: &mut bool) -> Result<(), Left> {
    if std::mem::replace(begun, true) {
        return Ok(());
    }
    let mut head = format!(
        "HTTP/1.1 {} As told\r\nconnection: close\r\n",
        answer.status
    );
    if answer.chunked {
        head.push_str("transfer-encoding: chunked\r\n");
    }
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    write(connection, head.as_bytes())
}

fn say(
    connection: &mut TcpStream,
    answer: &Answer,
    bytes: &[u8],
    seen: &Mutex<Seen>,
) -> Result<(), Left> {
    if answer.chunked {
        let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
        chunk.extend_from_slice(bytes);
        chunk.extend_from_slice(b"\r\n");
        write(connection, &chunk)?;
    } else {
        write(connection, bytes)?;
    }
    seen.lock().unwrap().bytes += u64::try_from(bytes.len()).unwrap();
    Ok(())
}

fn write(connection: &mut TcpStream, bytes: &[u8]) -> Result<(), Left> {
    connection.write_all(bytes).map_err(|_| Left)
}

/// Waits, for ever without a time, unless the client goes away: it sends nothing after its request, so all there is to read is
/// its end.
fn linger(connection: &mut TcpStream, time: Option<Duration>) -> Result<(), Left> {
    let began = Instant::now();
    loop {
        let rest = match time {
            Some(time) => time.saturating_sub(began.elapsed()),
            None => LOOK,
        };
        if rest.is_zero() {
            return Ok(());
        }
        connection.set_read_timeout(Some(rest.min(LOOK))).unwrap();
        match connection.read(&mut [0; 64]) {
            Ok(0) => return Err(Left),
            Ok(_) => {}
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(_) => return Err(Left),
        }
    }
}

/// Reads one request; `None` of a connection that was opened and not used.
fn read(connection: &mut TcpStream) -> Option<Request> {
    connection
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    let mut got = Vec::new();
    let head = loop {
        if let Some(end) = got.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        more(connection, &mut got)?;
    };
    let text = String::from_utf8_lossy(&got[..head]).into_owned();
    let mut lines = text.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, path) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: HashMap<String, String> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let mut body = got.split_off(head + 4);
    let body = if headers.get("transfer-encoding").map(String::as_str) == Some("chunked") {
        unchunked(connection, body)?
    } else {
        let length = headers
            .get("content-length")
            .map_or(0, |length| length.parse().unwrap());
        while body.len() < length {
            more(connection, &mut body)?;
        }
        body
    };
    Some(Request {
        nth: 0,
        method,
        path,
        headers,
        body: serde_json::from_slice(&body).unwrap_or_default(),
    })
}

fn unchunked(connection: &mut TcpStream, mut got: Vec<u8>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = loop {
            if let Some(end) = got.windows(2).position(|two| two == b"\r\n") {
                break end;
            }
            more(connection, &mut got)?;
        };
        let size = String::from_utf8_lossy(&got[..line]).into_owned();
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        let (from, to) = (line + 2, line + 2 + size);
        while got.len() < to + 2 {
            more(connection, &mut got)?;
        }
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(&got[from..to]);
        got.drain(..to + 2);
    }
}

fn more(connection: &mut TcpStream, got: &mut Vec<u8>) -> Option<()> {
    let mut piece = [0; 16 * 1024];
    let length = connection.read(&mut piece).ok().filter(|read| *read > 0)?;
    got.extend_from_slice(&piece[..length]);
    Some(())
}
