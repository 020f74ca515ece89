//! `@copilotkit/aimock` (npm): answers from a file of fixtures, chosen by what is asked.

use crate::case::{Case, SLOW};
use crate::peer::{Server, Wire};
use captain_http::model::Provider;
use serde_json::{Value, json};

pub struct AiMock {
    server: Server,
}

impl AiMock {
    pub async fn start() -> Self {
        let mut fixtures = Vec::new();
        for case in Case::ALL {
            for wire in [Wire::OpenAi, Wire::Anthropic] {
                fixtures.extend(fixtures_for(case, wire));
            }
        }
        fixtures.push(json!({"match": {}, "response": {"content": "Namaste ji, theek hai."}}));
        let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("aimock.json");
        std::fs::write(&file, json!({"fixtures": fixtures}).to_string()).unwrap();
        let arguments = |port: u16| {
            [
                "--strict",
                "--log-level",
                "warn",
                "--fixtures",
                file.to_str().unwrap(),
                "--port",
            ]
            .map(str::to_owned)
            .into_iter()
            .chain([port.to_string()])
            .collect()
        };
        Self {
            server: Server::start("AIMOCK", arguments).await,
        }
    }

    pub fn offer(&self, case: Case, wire: Wire) -> Option<Provider> {
        // Its streams end as they should, or the connection does.
        if matches!(case, Case::Truncated | Case::Malformed) {
            return None;
        }
        let path = match wire {
            Wire::OpenAi | Wire::WorkersAi(_) => "/v1",
            Wire::Anthropic => "",
        };
        Some(wire.at(self.server.url() + path, case))
    }
}

const LONG: &str = "Namaste ji, theek hai, phir kal milte hain, dhanyavaad.";

/// What happens the first time, and where that is not all, the second; then the answer that fits everything.
fn fixtures_for(case: Case, wire: Wire) -> Vec<Value> {
    let error = |status: u16, kind: &str| json!({"response": {"error": {"message": "As told", "type": kind}, "status": status}});
    let ends = |reason: &str| json!({"response": {"content": LONG, "finishReason": reason}});
    let (times, fixture) = match case {
        Case::Prose | Case::Truncated | Case::Malformed => return Vec::new(),
        Case::Structured => (1, json!({"response": {"content": "{\"items\": []}"}})),
        Case::SlowFirstWord => {
            let ttft = u64::try_from(SLOW.as_millis()).unwrap();
            (
                1,
                json!({"response": {"content": LONG}, "streamingProfile": {"ttft": ttft}}),
            )
        }
        Case::Cut => (1, ends("length")),
        Case::Refused => (
            1,
            ends(match wire {
                Wire::OpenAi | Wire::WorkersAi(_) => "content_filter",
                Wire::Anthropic => "refusal",
            }),
        ),
        Case::RateLimited => (1, error(429, "rate_limit_error")),
        Case::Overloaded => match wire {
            Wire::OpenAi | Wire::WorkersAi(_) => (1, error(503, "service_unavailable")),
            Wire::Anthropic => (1, error(529, "overloaded_error")),
        },
        Case::ServerErrors => (2, error(500, "api_error")),
        Case::Rejected => (1, error(400, "invalid_request_error")),
        Case::WrongKey => (1, error(401, "authentication_error")),
        Case::Disconnected => (
            1,
            json!({"response": {"content": LONG}, "latency": 50, "disconnectAfterMs": 120}),
        ),
        Case::Nonsense => (
            1,
            json!({"response": {"content": LONG}, "chaos": {"malformedRate": 1}}),
        ),
        Case::Stalled => (1, json!({"response": {"content": LONG}, "latency": 5_000})),
    };
    let fixture = |nth: usize| {
        let mut fixture = fixture.clone();
        fixture["match"] =
            json!({"userMessage": case.name(), "model": wire.model(), "sequenceIndex": nth});
        fixture
    };
    (0..times).map(fixture).collect()
}
