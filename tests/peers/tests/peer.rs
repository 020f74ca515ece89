//! Who can be asked.

use crate::aimock::AiMock;
use crate::binding::Binding;
use crate::case::Case;
use crate::llmock::LlMock;
use crate::ours;
use captain_http::model::{Kind, Provider};
use captain_peers::{ByteServer, Sockets};
use coach::provider::{Endpoint, Key, anthropic, openai, workers_ai};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    OpenAi,
    Anthropic,
    WorkersAi(Format),
}

/// Which format a model of Workers AI answers in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Older,
    Newer,
}

impl Wire {
    pub fn name(self) -> &'static str {
        match self {
            Wire::OpenAi => "OpenAI",
            Wire::Anthropic => "Anthropic",
            Wire::WorkersAi(Format::Older) => "Workers AI, older format",
            Wire::WorkersAi(Format::Newer) => "Workers AI, newer format",
        }
    }

    /// The model that is asked; peers tell the wires apart by it.
    pub fn model(self) -> &'static str {
        match self {
            Wire::OpenAi => "gpt-5-mini",
            Wire::Anthropic => "claude-haiku-4-5",
            Wire::WorkersAi(Format::Older) => "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
            Wire::WorkersAi(Format::Newer) => "@cf/openai/gpt-oss-120b",
        }
    }

    /// This wire at an address: what stands before `/chat/completions`, or before `/v1/messages`.
    pub fn at(self, base_url: String, case: Case) -> Provider {
        let key = Key::new("sk-test");
        let (kind, endpoint) = match self {
            Wire::OpenAi => {
                let mut endpoint = openai::Endpoint::openai(key, self.model());
                endpoint.base_url = base_url;
                (Kind::OpenAi, Endpoint::OpenAi(endpoint))
            }
            Wire::Anthropic => {
                let mut endpoint = anthropic::Endpoint::new(key, self.model());
                endpoint.base_url = base_url;
                (Kind::Anthropic, Endpoint::Anthropic(endpoint))
            }
            // The binding has no address.
            Wire::WorkersAi(_) => {
                let model = self.model().to_owned();
                let endpoint = workers_ai::Endpoint { model };
                (Kind::WorkersAi, Endpoint::WorkersAi(endpoint))
            }
        };
        Provider {
            kind,
            endpoint,
            limits: case.limits(),
            price: None,
        }
    }
}

pub enum Peer {
    Ours,
    Binding(Binding),
    LlMock(LlMock),
    AiMock(AiMock),
}

/// What must live as long as a case.
pub type Held = Option<ByteServer>;

impl Peer {
    pub fn name(&self) -> &'static str {
        match self {
            Peer::Ours => "our byte server",
            Peer::Binding(_) => "our byte server, behind workerd's own binding",
            Peer::LlMock(_) => "llmock",
            Peer::AiMock(_) => "aimock",
        }
    }

    /// Makes the case happen to the next ask over this wire; `None` where the peer can't.
    pub async fn offer(&self, case: Case, wire: Wire) -> Option<(Provider, Held)> {
        match self {
            Peer::Ours => ours::offer(case, wire),
            Peer::Binding(peer) => Some((peer.offer(case, wire)?, None)),
            // Their servers know nothing of it.
            Peer::LlMock(_) | Peer::AiMock(_) if matches!(wire, Wire::WorkersAi(_)) => None,
            Peer::LlMock(peer) => Some((peer.offer(case, wire).await?, None)),
            Peer::AiMock(peer) => Some((peer.offer(case, wire)?, None)),
        }
    }

    /// The way to it.
    pub fn line(&self) -> Sockets {
        match self {
            Peer::Binding(peer) => peer.line(),
            _ => Sockets::default(),
        }
    }

    /// Whether it answers with JSON of the schema that it is asked for.
    pub fn fills_schemas(&self, wire: Wire) -> bool {
        match self {
            Peer::Ours | Peer::Binding(_) => true,
            // It doesn't know `output_config`.
            Peer::LlMock(_) => wire == Wire::OpenAi,
            Peer::AiMock(_) => true,
        }
    }
}

/// A server that runs as long as this lives.
pub struct Server {
    child: Child,
    port: u16,
}

impl Server {
    /// Runs what the environment names in `variable`, a program and its first arguments with blanks between them, until it
    /// answers.
    pub async fn start(variable: &str, arguments: impl FnOnce(u16) -> Vec<String>) -> Self {
        let command = std::env::var(variable).unwrap_or_else(|_| {
            panic!("{variable} is not set: run `cargo xtask test --only peers`")
        });
        let mut words = command.split(' ');
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let child = Command::new(words.next().unwrap())
            .args(words)
            .args(arguments(port))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { child, port };
        for _ in 0..600 {
            if tokio::net::TcpStream::connect(("127.0.0.1", port))
                .await
                .is_ok()
            {
                return server;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{variable} does not answer within 30 s");
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
