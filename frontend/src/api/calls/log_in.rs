//! The log-in of this browser, and what is asked without one.

use crate::api::tokens::LOGGED_IN_KEY;
use crate::api::transport::{Method, Request, ask};
use crate::api::{Api, Failure};
use crate::browser::storage;
use contract::checks::check;
use contract::health::Health;
use contract::invites::{InviteOffer, OfferRequest};

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
        let health = self.health().await;
        health.is_ok_and(|health| health.environment == "dev")
    }

    /// Which server this is.
    pub async fn health(&self) -> Result<Health, Failure> {
        let request = Request::new(Method::Get, "/api/health");
        ask(&request, None).await?.json()
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
}
