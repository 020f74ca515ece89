//! Having no more of some mails: the link at their end, for people and for mail programs (RFC 8058).
//!
//! Opening the link shows a page and changes nothing: programs that look for evil open every link. Its button, and the one
//! of a mail program, sends a POST.

use crate::auth::access::key;
use crate::config::JwtSecret;
use crate::error::ApiError;
use crate::extract::Query;
use crate::observe::RequestId;
use crate::ports::{Ports, new_id};
use axum::extract::{Extension, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use contract::profile::UnsubscribeQuery;
use domain::ids::{CompanyId, UserId};
use domain::mailing::Subscription;
use jwt_compact::alg::Hs256;
use jwt_compact::{AlgorithmExt, Claims, Header, UntrustedToken};
use maud::{DOCTYPE, Markup, html};
use serde::{Deserialize, Serialize};
use store::audit::Change;
use store::profile;

/// What a link stops. It is signed and lasts: a mail may be read years later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsubscribe {
    /// Keeps these tokens apart from all others.
    typ: Kind,
    /// Whose mails.
    user: UserId,
    /// Their tenant.
    company: CompanyId,
    /// Which.
    from: Subscription,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Unsubscribe,
}

impl Unsubscribe {
    /// Stops these mails to that person.
    pub fn new(company: CompanyId, user: UserId, from: Subscription) -> Self {
        Self {
            typ: Kind::Unsubscribe,
            user,
            company,
            from,
        }
    }

    /// The link.
    pub fn link<P: Ports>(&self, ports: &P) -> Result<String, ApiError> {
        let token = Hs256
            .token(
                &Header::empty(),
                &Claims::new(self),
                &key(&ports.config().jwt_secret),
            )
            .map_err(|error| ApiError::Broken(format!("a link to unsubscribe: {error}")))?;
        Ok(format!(
            "{}/api/unsubscribe?token={token}",
            ports.config().app_url
        ))
    }

    fn read(token: &str, secret: &JwtSecret) -> Option<Self> {
        let token = UntrustedToken::new(token).ok()?;
        let token = Hs256
            .validator::<Self>(&key(secret))
            .validate(&token)
            .ok()?;
        Some(token.claims().custom.clone())
    }
}

pub(crate) async fn ask<P: Ports>(
    State(ports): State<P>,
    Query(query): Query<UnsubscribeQuery>,
) -> Result<Response, ApiError> {
    let meant = meant(&ports, &query)?;
    Ok(page(html! {
        p { "You get " (name(meant.from)) " from Sales Captain." }
        form method="post" action={ "/api/unsubscribe?token=" (query.token) } {
            button style=(BUTTON) { "Send me no more of them" }
        }
    }))
}

pub(crate) async fn stop<P: Ports>(
    State(ports): State<P>,
    Query(query): Query<UnsubscribeQuery>,
    Extension(request): Extension<RequestId>,
) -> Result<Response, ApiError> {
    let meant = meant(&ports, &query)?;
    let change = Change {
        id: new_id(&ports)?,
        company: meant.company,
        actor: Some(meant.user),
        action: "user.unsubscribed",
        subject: "user",
        subject_id: meant.user.0,
        before: None,
        after: Some(serde_json::json!({"from": meant.from})),
        request: Some(request.0),
        at: ports.now_ms(),
    };
    let (company, user) = (meant.company, meant.user);
    if !profile::unsubscribe(ports.db(), company, user, meant.from, &change).await? {
        return Err(no_such_link());
    }
    Ok(page(html! {
        p { "Done: you get no more " (name(meant.from)) "." }
        p { "You can have them again: choose so in your profile." }
        p { a href=(ports.config().app_url) { "Open Sales Captain" } }
    }))
}

fn meant<P: Ports>(ports: &P, query: &UnsubscribeQuery) -> Result<Unsubscribe, ApiError> {
    Unsubscribe::read(&query.token, &ports.config().jwt_secret).ok_or_else(no_such_link)
}

fn no_such_link() -> ApiError {
    ApiError::not_found("subscription")
}

fn name(subscription: Subscription) -> &'static str {
    match subscription {
        Subscription::Reminders => "reminders of your sessions",
        Subscription::Digest => "weekly mails about your team",
    }
}

const BUTTON: &str = "padding:12px 20px;border:0;border-radius:8px;background:#0b6b57;color:#fff;font:inherit;font-weight:600";

/// A page on its own: it needs no script, and works where the app does not.
fn page(says: Markup) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { "Sales Captain" }
            }
            body style="margin:0;padding:24px;background:#f1f5f4;font:16px/1.5 system-ui,sans-serif;color:#10201c" {
                main style="max-width:480px;margin:0 auto;padding:24px;background:#fff;border-radius:12px" { (says) }
            }
        }
    };
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        ),
    ];
    (headers, page.into_string()).into_response()
}
