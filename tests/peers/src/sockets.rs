//! The line to a provider over sockets.

use captain_http::model::{Answered, Line};
use coach::provider::{Call, Failure, FailureKind, Head};
use futures::{StreamExt, TryStreamExt};
use reqwest::redirect::Policy;
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

/// HTTP without TLS; a binding only where somebody calls it for us.
#[derive(Debug, Clone)]
pub struct Sockets {
    client: reqwest::Client,
    binding: Option<String>,
}

impl Default for Sockets {
    fn default() -> Self {
        let client = reqwest::Client::builder().redirect(Policy::none()).build();
        Self {
            client: client.unwrap(),
            binding: None,
        }
    }
}

impl Sockets {
    /// With the AI binding of a runtime that calls it for us at this address (`workers-ai.mjs`).
    pub fn with_binding(url: String) -> Self {
        Self {
            binding: Some(url),
            ..Self::default()
        }
    }

    fn request(&self, call: &Call) -> Result<reqwest::RequestBuilder, Failure> {
        match (call, &self.binding) {
            (Call::Http(call), _) => {
                let request = self.client.post(&call.url).body(call.body.clone());
                let headers = call.headers.iter();
                Ok(headers.fold(request, |request, (name, value)| {
                    request.header(*name, value)
                }))
            }
            (Call::Binding { model, input }, Some(url)) => {
                let input: Value = serde_json::from_str(input).unwrap();
                Ok(self
                    .client
                    .post(url)
                    .json(&json!({"model": model, "input": input})))
            }
            (Call::Binding { .. }, None) => {
                let failure = Failure::new(FailureKind::Unreachable, "there is no AI binding here");
                Err(failure)
            }
        }
    }
}

impl Line for Sockets {
    async fn call(&self, call: &Call) -> Result<Answered, Failure> {
        let response = self
            .request(call)?
            .send()
            .await
            .map_err(|_| Failure::new(FailureKind::Unreachable, "no connection"))?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let headers = response.headers().clone();
        if headers.contains_key("x-thrown") {
            let thrown = response.text().await.unwrap_or_default();
            return Err(Failure::thrown(&thrown));
        }
        let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
        let now = u64::try_from(now.as_millis()).unwrap();
        Ok(Answered {
            head: Head::read(response.status().as_u16(), header, now),
            bytes: response
                .bytes_stream()
                .map_err(|_| Failure::new(FailureKind::Interrupted, "the connection broke"))
                .boxed(),
        })
    }
}
