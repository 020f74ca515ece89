//! Workers AI: the binding as workerd has it, and our byte server where Cloudflare's would be. What the binding does to a call and
//! to its answer is Cloudflare's own code, which the runtime brings along.

use crate::case::Case;
use crate::ours;
use crate::peer::{Format, Server, Wire};
use captain_http::model::{Kind, Provider};
use captain_peers::{Answer, ByteServer, Request, Sockets};
use coach::provider::{Endpoint, workers_ai};
use serde_json::json;
use std::collections::HashMap;
use std::sync::Mutex;

pub struct Binding {
    runtime: Server,
    /// It runs as long as the test's process.
    _upstream: ByteServer,
}

impl Binding {
    pub async fn start() -> Self {
        let called = Mutex::new(HashMap::<String, usize>::new());
        let upstream = ByteServer::start(move |request| {
            let model = request.headers["mf-header-cf-consn-model-id"].clone();
            assert_call(request);
            let (case, wire) = case_of(&model);
            let answers = ours::answers(case, wire).unwrap();
            let mut called = called.lock().unwrap();
            let nth = called.entry(model).or_default();
            let answer: Answer = answers[(*nth).min(answers.len() - 1)].clone();
            *nth += 1;
            answer
        });
        let url = upstream.url();
        let arguments = |port: u16| vec![port.to_string(), url];
        Self {
            runtime: Server::start("WORKERS_AI", arguments).await,
            _upstream: upstream,
        }
    }

    pub fn line(&self) -> Sockets {
        Sockets::with_binding(self.runtime.url())
    }

    pub fn offer(&self, case: Case, wire: Wire) -> Option<Provider> {
        ours::answers(case, wire)?;
        let model = model_of(case, wire);
        Some(Provider {
            kind: Kind::WorkersAi,
            endpoint: Endpoint::WorkersAi(workers_ai::Endpoint { model }),
            limits: case.limits(),
            price: None,
        })
    }
}

/// The only thing of a call that its answer can be chosen by, before it is read.
fn model_of(case: Case, wire: Wire) -> String {
    format!("{}/{}", wire.model(), case.name())
}

fn case_of(model: &str) -> (Case, Wire) {
    let wires = [Format::Older, Format::Newer].map(Wire::WorkersAi);
    let mut all = wires
        .into_iter()
        .flat_map(|wire| Case::ALL.map(|case| (case, wire)));
    all.find(|(case, wire)| model_of(*case, *wire) == model)
        .unwrap()
}

/// As Cloudflare's servers are called by the binding.
fn assert_call(request: &Request) {
    assert_eq!(
        request.headers["mf-url"],
        "https://workers-binding.ai/run?version=3"
    );
    let inputs = &request.body["inputs"];
    assert_eq!(inputs["messages"][0]["role"], "system");
    assert_eq!(
        inputs["stream"],
        inputs.get("response_format").is_none(),
        "JSON can't be streamed"
    );
    assert_eq!(request.body["options"], json!({"returnRawResponse": true}));
}
