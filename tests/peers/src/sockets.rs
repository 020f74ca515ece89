//! The line to a provider over sockets.

use captain_http::model::{Answered, Line};
use coach::provider::{Call, Failure, FailureKind, Head};
use futures::{StreamExt, TryStreamExt};
use reqwest::redirect::Policy;
use std::time::{SystemTime, UNIX_EPOCH};

/// HTTP without TLS, and no binding.
#[derive(Debug, Clone)]
pub struct Sockets(reqwest::Client);

impl Default for Sockets {
    fn default() -> Self {
        let client = reqwest::Client::builder().redirect(Policy::none()).build();
        Self(client.unwrap())
    }
}

impl Line for Sockets {
    async fn call(&self, call: &Call) -> Result<Answered, Failure> {
        let Call::Http(call) = call else {
            let failure = Failure::new(FailureKind::Unreachable, "there is no AI binding here");
            return Err(failure);
        };
        let mut request = self.0.post(&call.url).body(call.body.clone());
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        let response = request
            .send()
            .await
            .map_err(|_| Failure::new(FailureKind::Unreachable, "no connection"))?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let headers = response.headers().clone();
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
