//! Who may make a call at all. What they then see of it is a question of tenant and team, which the handler's own reads
//! answer: each takes the tenant.

use crate::config::Environment;
use crate::error::ApiError;
use crate::extract::authenticate;
use crate::ports::{Ports, world_of};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use contract::problem::Code;
pub use domain::policy::Access;
use domain::role::Role;
use store::{Db, Usage};

/// Lets in whom the route admits. Who asks is found out once; the handler's `Bearer` takes it from here.
pub(crate) async fn guard<P: Ports>(
    State(access): State<Access>,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let ports: P = world_of(request.extensions())?;
    let before = ports.db().usage();
    let mut tells_usage = false;
    if access != Access::Public {
        let (asker, device) = authenticate(request.headers(), &ports).await?;
        if !access.admits(asker.role) {
            return Err(ApiError::new(Code::Forbidden, "Your role may not do this."));
        }
        let is_dev = ports.config().environment == Environment::Dev;
        tells_usage = is_dev || asker.role == Role::SuperAdmin;
        request.extensions_mut().insert(asker);
        request.extensions_mut().insert(device);
    }
    let mut response = next.run(request).await;
    if tells_usage {
        let used = ports.db().usage().since(before);
        response.headers_mut().insert(SERVER_TIMING, timing(used)?);
    }
    Ok(response)
}

const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// What the database did for an answer, for super admins and developers: browsers show it beside the request. What a stream reads after
/// its beginning is not in it.
fn timing(used: Usage) -> Result<HeaderValue, ApiError> {
    let Usage {
        statements,
        rows_read,
    } = used;
    HeaderValue::try_from(format!(
        "db;desc=\"statements={statements} rowsRead={rows_read}\""
    ))
    .map_err(|error| ApiError::Broken(error.to_string()))
}
