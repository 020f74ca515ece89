//! The calls by name.

use super::tokens::LOGGED_IN_KEY;
use super::transport::{Method, Request, ask};
use super::{Api, Failure};
use crate::browser::storage;
use contract::chat::{ChatState, StartRequest};
use contract::checks::check;
use contract::health::Health;
use contract::invites::{InviteOffer, OfferRequest};
use contract::session::{Session, SessionResult, Today};
use domain::ids::SessionId;

impl Api {
    /// The key of what tells other tabs of a log-out by its removal.
    pub const LOGGED_IN_KEY: &str = LOGGED_IN_KEY;

    /// What the token of a register link opens.
    pub async fn offer(&self, token: &str) -> Result<InviteOffer, Failure> {
        let form = OfferRequest {
            token: token.to_owned(),
        };
        Failure::of_form(check(&form))?;
        let request = Request::with_json("/api/invites/offer", &form);
        ask(&request, None).await?.json()
    }

    /// Whether the server is a developer's own, which shows its mails instead of sending them.
    pub async fn is_dev(&self) -> bool {
        let asked = ask(&Request::new(Method::Get, "/api/health"), None).await;
        let health = asked.and_then(|answer| answer.json::<Health>());
        health.is_ok_and(|health| health.environment == "dev")
    }

    /// Takes up the log-in that this browser kept, if it kept one.
    pub async fn resume(&self) -> Result<(), Failure> {
        if storage::read::<bool>(LOGGED_IN_KEY).is_none() {
            return Err(Failure::LoggedOut);
        }
        self.tokens.current().await.map(drop)
    }

    /// Ends the log-in of this browser.
    pub async fn log_out(&self) -> Result<(), Failure> {
        self.tokens.log_out().await
    }

    /// Another tab logged out.
    pub fn logged_out_elsewhere(&self) {
        self.tokens.forget();
    }

    /// Today's sessions and how the ten days stand.
    pub async fn today(&self) -> Result<Today, Failure> {
        self.get("/api/sessions/today").await
    }

    /// One session.
    pub async fn session(&self, id: SessionId) -> Result<Session, Failure> {
        self.get(&format!("/api/sessions/{id}")).await
    }

    /// What a completed session came to.
    pub async fn result(&self, id: SessionId) -> Result<SessionResult, Failure> {
        self.get(&format!("/api/sessions/{id}/result")).await
    }

    /// Starts a session, or gives the running one.
    pub async fn start(&self, id: SessionId) -> Result<ChatState, Failure> {
        self.post("/api/chat/start", &StartRequest { session_id: id })
            .await
    }

    /// The live session as it stands.
    pub async fn history(&self, id: SessionId) -> Result<ChatState, Failure> {
        self.get(&format!("/api/chat/{id}/history")).await
    }

    /// Stops the running turn.
    pub async fn stop(&self, id: SessionId) -> Result<(), Failure> {
        let path = format!("/api/chat/{id}/stop");
        self.ask(Request::new(Method::Post, &path)).await.map(drop)
    }

    /// Ends the session after its last drill.
    pub async fn end(&self, id: SessionId) -> Result<SessionResult, Failure> {
        let path = format!("/api/chat/{id}/end");
        self.ask(Request::new(Method::Post, &path)).await?.json()
    }
}
