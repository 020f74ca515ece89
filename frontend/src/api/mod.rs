//! Calls to the server: one typed function for answers, one for streams.
//!
//! The access token lives in memory only. A call that is refused for want of a fresh one refreshes once and is made again.

mod cache;
mod calls;
mod chat;
mod failure;
mod inside;
mod knock;
mod stream;
mod tokens;
mod transport;
mod upload;

pub use cache::{Cache, Watching};
pub use calls::{Spoken, Versioned};
pub use chat::open as open_chat_stream;
pub use failure::Failure;
pub use inside::forget_company;
pub use knock::Knock;
pub use stream::Heard;

use contract::auth::Me;
use domain::ids::UserId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::Cell;
use std::rc::Rc;
use tokens::Tokens;
use transport::{Answer, Body, Method, Request};
use web_sys::Blob;
use yew::Callback;

/// Where the app asks; cheap to clone.
#[derive(Clone, Debug)]
pub struct Api {
    tokens: Rc<Tokens>,
    cache: Cache,
    inside: Rc<inside::Inside>,
}

impl PartialEq for Api {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.tokens, &other.tokens)
    }
}

impl Api {
    /// An api without a log-in. `tell` hears who is logged in whenever that changes, and of nobody after a log-out.
    pub fn new(tell: Callback<Option<Rc<Me>>>) -> Self {
        let cache = Cache::default();
        let kept = cache.clone();
        let whose = Cell::new(None::<UserId>);
        let tell = Callback::from(move |me: Option<Rc<Me>>| {
            // What one person has seen is nothing for the next one on this device.
            let now = me.as_ref().map(|me| me.id);
            if whose.replace(now) != now {
                kept.clear();
            }
            tell.emit(me);
        });
        Self {
            tokens: Rc::new(Tokens::new(tell)),
            cache,
            inside: Rc::default(),
        }
    }

    /// What is known from earlier answers.
    pub fn cache(&self) -> &Cache {
        &self.cache
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        self.ask(Request::new(Method::Get, path)).await?.json()
    }

    /// A list with its filters.
    async fn list<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &impl Serialize,
    ) -> Result<T, Failure> {
        self.get(&with_query(path, query)).await
    }

    /// A list of the company one is in.
    async fn list_inside<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &(impl inside::OfCompany + Serialize),
    ) -> Result<T, Failure> {
        self.list(path, &self.inside_of(query)).await
    }

    async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Failure> {
        self.ask(Request::with_json(path, body)).await?.json()
    }

    /// Makes something. `key` is the same for each try of one press of a button.
    async fn create<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        key: &str,
    ) -> Result<T, Failure> {
        let request = Request::with_json(path, body).once(key.to_owned());
        self.ask(request).await?.json()
    }

    /// Edits what was read in this version.
    async fn put<T: DeserializeOwned>(
        &self,
        path: &str,
        version: u64,
        body: &impl Serialize,
    ) -> Result<T, Failure> {
        let request = Request::new(Method::Put, path).json(body).if_match(version);
        self.ask(request).await?.json()
    }

    async fn delete(&self, path: &str) -> Result<(), Failure> {
        self.ask(Request::new(Method::Delete, path)).await.map(drop)
    }

    /// Sends a file in place of the one before.
    async fn put_file(&self, path: &str, file: Blob) -> Result<(), Failure> {
        let body = Body::File(file);
        let request = Request {
            body,
            ..Request::new(Method::Put, path)
        };
        self.ask(request).await.map(drop)
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
        let fresh = self.tokens.renew(token).await?;
        match call(fresh).await {
            Err(failure) if is_stale_token(&failure) => {
                self.tokens.forget();
                Err(Failure::LoggedOut)
            }
            answered => answered,
        }
    }
}

/// A path with a query of all that is given in it.
pub fn with_query(path: &str, query: &impl Serialize) -> String {
    match serde_urlencoded::to_string(query) {
        Ok(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.to_owned(),
    }
}

/// The one refusal that a fresh token may mend.
fn is_stale_token(failure: &Failure) -> bool {
    failure.code() == Some(contract::problem::Code::Unauthenticated)
}
