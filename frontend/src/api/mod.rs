//! Calls to the server: one typed function for answers, one for streams.
//!
//! The access token lives in memory only. A call that is refused for want of a fresh one refreshes once and is made again.

mod chat;
mod endpoints;
mod failure;
mod knock;
mod stream;
mod tokens;
mod transport;

pub use chat::open as open_chat_stream;
pub use failure::Failure;
pub use knock::Knock;
pub use stream::Heard;

use contract::auth::Me;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::rc::Rc;
use tokens::Tokens;
use transport::{Answer, Method, Request};
use yew::Callback;

/// Where the app asks; cheap to clone.
#[derive(Clone, Debug)]
pub struct Api {
    tokens: Rc<Tokens>,
}

impl PartialEq for Api {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.tokens, &other.tokens)
    }
}

impl Api {
    /// An api without a log-in. `tell` hears who is logged in whenever that changes, and of nobody after a log-out.
    pub fn new(tell: Callback<Option<Rc<Me>>>) -> Self {
        Self {
            tokens: Rc::new(Tokens::new(tell)),
        }
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        self.ask(Request::new(Method::Get, path)).await?.json()
    }

    async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Failure> {
        self.ask(Request::with_json(path, body)).await?.json()
    }

    async fn ask(&self, request: Request) -> Result<Answer, Failure> {
        let request = &request;
        self.with_token(|token| async move { transport::ask(request, Some(&token)).await })
            .await
    }

    /// Makes a call with a token, and once more with a fresh one if the first was stale.
    async fn with_token<T, F>(&self, call: impl Fn(String) -> F) -> Result<T, Failure>
    where
        F: Future<Output = Result<T, Failure>>,
    {
        let token = self.tokens.current().await?;
        match call(token.clone()).await {
            Err(failure) if is_stale_token(&failure) => {}
            answered => return answered,
        }
        let fresh = self.tokens.renew(&token).await?;
        match call(fresh).await {
            Err(failure) if is_stale_token(&failure) => {
                self.tokens.forget();
                Err(Failure::LoggedOut)
            }
            answered => answered,
        }
    }
}

/// The one refusal that a fresh token may mend.
fn is_stale_token(failure: &Failure) -> bool {
    failure.code() == Some(contract::problem::Code::Unauthenticated)
}
