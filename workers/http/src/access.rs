//! Who may make a call at all. What they then see of it is a question of tenant and team, which the handler's own reads
//! answer: each takes the tenant.

use crate::error::ApiError;
use crate::extract::authenticate;
use crate::ports::Ports;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use contract::problem::Code;
use domain::role::Role;

/// Who may make a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, without a log-in.
    Public,
    /// Anybody who is logged in.
    LoggedIn,
    /// Managers, and super admins.
    Managers,
    /// Super admins.
    SuperAdmins,
}

impl Access {
    fn admits(self, role: Role) -> bool {
        match self {
            Access::Public | Access::LoggedIn => true,
            Access::Managers => matches!(role, Role::Manager | Role::SuperAdmin),
            Access::SuperAdmins => role == Role::SuperAdmin,
        }
    }
}

/// What stands before a route.
#[derive(Clone)]
pub(crate) struct Guard<P> {
    pub ports: P,
    pub access: Access,
}

/// Lets in whom the route admits. Who asks is found out once; the handler's `Bearer` takes it from here.
pub(crate) async fn guard<P: Ports>(
    State(guard): State<Guard<P>>,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    if guard.access != Access::Public {
        let (asker, device) = authenticate(request.headers(), &guard.ports).await?;
        if !guard.access.admits(asker.role) {
            return Err(ApiError::new(Code::Forbidden, "Your role may not do this."));
        }
        request.extensions_mut().insert(asker);
        request.extensions_mut().insert(device);
    }
    Ok(next.run(request).await)
}
