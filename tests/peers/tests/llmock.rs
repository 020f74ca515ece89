//! `llmock` (PyPI): the most faithful wires, faults to order, and an opinion of its clients.

use crate::case::{Case, LEFT_ALONE, SLOW};
use crate::peer::{Server, Wire};
use captain_http::model::Provider;
use serde_json::{Value, json};

pub struct LlMock {
    server: Server,
    client: reqwest::Client,
}

impl LlMock {
    pub async fn start() -> Self {
        let arguments = |port: u16| {
            [
                "serve",
                "--host",
                "127.0.0.1",
                "--log-level",
                "warning",
                "--port",
            ]
            .map(str::to_owned)
            .into_iter()
            .chain([port.to_string()])
            .collect()
        };
        Self {
            server: Server::start("LLMOCK", arguments).await,
            client: reqwest::Client::new(),
        }
    }

    pub async fn offer(&self, case: Case, wire: Wire) -> Option<Provider> {
        let wait = LEFT_ALONE.as_secs();
        // So many that words have come.
        let chunks = match wire {
            Wire::OpenAi | Wire::WorkersAi(_) => 3,
            Wire::Anthropic => 6,
        };
        let fault = |kind: &str| json!({"type": "stream_fault", "kind": kind, "after_chunks": chunks, "stall_seconds": 5});
        let behaviour = match case {
            Case::Prose | Case::Structured => None,
            Case::SlowFirstWord => {
                Some(json!({"type": "slow_first_token", "seconds": SLOW.as_secs_f64()}))
            }
            Case::Cut => Some(
                json!({"type": "reply", "text": "Namaste ji, theek", "finish_reason": match wire {
                    Wire::OpenAi | Wire::WorkersAi(_) => "length",
                    Wire::Anthropic => "max_tokens",
                }}),
            ),
            Case::Refused => Some(
                json!({"type": "reply", "text": "Namaste ji", "finish_reason": match wire {
                    Wire::OpenAi | Wire::WorkersAi(_) => "content_filter",
                    Wire::Anthropic => "refusal",
                }}),
            ),
            Case::RateLimited => Some(json!({"type": "fail", "status": 429, "retry_after": wait})),
            Case::Overloaded => Some(json!({"type": "fail", "status": match wire {
                Wire::OpenAi | Wire::WorkersAi(_) => 503,
                Wire::Anthropic => 529,
            }})),
            Case::ServerErrors => Some(json!({"type": "fail", "status": 500, "times": 2})),
            Case::Rejected => Some(json!({"type": "fail", "status": 400})),
            Case::WrongKey => Some(json!({"type": "fail", "status": 401})),
            Case::Truncated => Some(fault("truncate")),
            Case::Disconnected => Some(fault("disconnect")),
            Case::Malformed => Some(fault("malformed")),
            Case::Stalled => Some(fault("stall")),
            Case::Nonsense => return None,
        };
        if let Some(mut behaviour) = behaviour {
            behaviour["match"] = json!({"model": wire.model()});
            let script = json!({"behaviors": [behaviour]});
            let answer = self.control("scenario").json(&script).send().await.unwrap();
            let status = answer.status();
            let words = answer.text().await.unwrap();
            assert!(status.is_success(), "{case:?}: {words}");
        }
        let path = match wire {
            Wire::OpenAi | Wire::WorkersAi(_) => "/v1",
            Wire::Anthropic => "/anthropic",
        };
        Some(wire.at(self.server.url() + path, case))
    }

    fn control(&self, what: &str) -> reqwest::RequestBuilder {
        self.client
            .post(format!("{}/_llmock/{what}", self.server.url()))
    }

    /// What it thinks of its clients so far.
    pub async fn verdict(&self) -> Value {
        let url = format!("{}/_llmock/verdict", self.server.url());
        self.client
            .get(url)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }
}
