//! Who can be asked.

use crate::aimock::AiMock;
use crate::case::Case;
use crate::llmock::LlMock;
use crate::ours;
use captain_http::model::{Kind, Provider};
use captain_peers::ByteServer;
use coach::provider::{Endpoint, Key, anthropic, openai};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    OpenAi,
    Anthropic,
}

impl Wire {
    pub fn name(self) -> &'static str {
        match self {
            Wire::OpenAi => "OpenAI",
            Wire::Anthropic => "Anthropic",
        }
    }

    /// The model that is asked; peers tell the wires apart by it.
    pub fn model(self) -> &'static str {
        match self {
            Wire::OpenAi => "gpt-5-mini",
            Wire::Anthropic => "claude-haiku-4-5",
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
    LlMock(LlMock),
    AiMock(AiMock),
}

/// What must live as long as a case.
pub type Held = Option<ByteServer>;

impl Peer {
    pub fn name(&self) -> &'static str {
        match self {
            Peer::Ours => "our byte server",
            Peer::LlMock(_) => "llmock",
            Peer::AiMock(_) => "aimock",
        }
    }

    /// Makes the case happen to the next ask over this wire; `None` where the peer can't.
    pub async fn offer(&self, case: Case, wire: Wire) -> Option<(Provider, Held)> {
        match self {
            Peer::Ours => Some(ours::offer(case, wire)),
            Peer::LlMock(peer) => Some((peer.offer(case, wire).await?, None)),
            Peer::AiMock(peer) => Some((peer.offer(case, wire)?, None)),
        }
    }

    /// Whether it answers with JSON of the schema that it is asked for.
    pub fn fills_schemas(&self, wire: Wire) -> bool {
        match self {
            Peer::Ours => true,
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
