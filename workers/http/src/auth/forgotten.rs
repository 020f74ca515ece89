//! A forgotten password: asked for by address, answered by mail.

use super::secret::Secret;
use super::{cookie::clear_cookie, password};
use crate::error::ApiError;
use crate::extract::{JsonBody, Network, SameOrigin};
use crate::limits::{self, same_address};
use crate::mail::{letters, send_soon};
use crate::observe::RequestId;
use crate::ports::{Ports, new_id, random};
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use contract::auth::{ForgotPasswordRequest, ResetPasswordRequest};
use contract::problem::FieldError;
use domain::ids::MailId;
use domain::joining::RESET_MS;
use domain::rate_limit::RateLimit;
use store::audit::Change;
use store::outbox::{MailKind, NewMail};
use store::resets;

/// 202, whether the address has an account or not: the same statements run either way, and what is sent is sent afterwards.
pub(crate) async fn forgot<P: Ports>(
    State(ports): State<P>,
    network: Network,
    JsonBody(form): JsonBody<ForgotPasswordRequest>,
) -> Result<Response, ApiError> {
    limits::count_network(&ports, RateLimit::FORGOT_NETWORK, &network).await?;
    let address = same_address(&form.email);
    let standing = limits::count(&ports, RateLimit::FORGOT_ADDRESS, &address).await?;

    let token = Secret::new(random(&ports)?);
    let link = format!(
        "{}/reset-password#token={}",
        ports.config().app_url,
        token.text()
    );
    let id: MailId = new_id(&ports)?;
    let now = ports.now_ms();
    let mail = NewMail {
        id,
        // The statement finds out whose the address is.
        company: None,
        user: None,
        once_key: format!("reset:{id}"),
        kind: MailKind::PasswordReset,
        to: form.email.trim().to_owned(),
        letter: letters::password_reset(&link),
        unsubscribe: None,
        now,
    };
    resets::open(ports.db(), &token.hash(), now + RESET_MS, mail).await?;
    send_soon(&ports);

    let mut response = StatusCode::ACCEPTED.into_response();
    limits::tell(standing, &mut response);
    Ok(response)
}

/// Sets the new password, once, and ends all log-ins: whoever knew the old one is out.
pub(crate) async fn reset<P: Ports>(
    State(ports): State<P>,
    _: SameOrigin,
    network: Network,
    Extension(request): Extension<RequestId>,
    JsonBody(form): JsonBody<ResetPasswordRequest>,
) -> Result<Response, ApiError> {
    limits::count_network(&ports, RateLimit::TOKEN_NETWORK, &network).await?;
    let token = Secret::read(&form.token).ok_or_else(spent)?;
    let found = resets::find(ports.db(), &token.hash(), ports.now_ms())
        .await?
        .ok_or_else(spent)?;

    let hash = password::hash(&form.password, random(&ports)?)?;
    let change = Change {
        id: new_id(&ports)?,
        company: found.company,
        actor: Some(found.user),
        action: "user.password_reset",
        subject: "user",
        subject_id: found.user.0,
        before: None,
        after: None,
        request: Some(request.0),
        at: ports.now_ms(),
    };
    if !resets::spend(ports.db(), &token.hash(), found.company, &hash, &change).await? {
        return Err(spent());
    }
    // Whoever proves that the mail is theirs need not wait for a lock that a stranger caused.
    let address = same_address(&found.email);
    limits::clear(&ports, RateLimit::LOGIN_ACCOUNT, &address).await?;
    let cookie = clear_cookie(ports.config().environment)?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response())
}

fn spent() -> ApiError {
    ApiError::fields(vec![FieldError::new(
        "token",
        "This link was used, or its 30 minutes are over. Ask for a new one.",
    )])
}
