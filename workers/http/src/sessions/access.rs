//! Loading a session for somebody: what they may not see does not exist.

use crate::error::ApiError;
use crate::ports::Ports;
use contract::problem::Code;
use domain::ids::{SessionId, UserId};
use domain::policy::{Principal, SessionFacts, may_practise_session, may_read_session};
use domain::role::Role;
use store::sessions::{self, SessionRow};
use store::users;

/// The session, if the asker may see it.
pub(crate) async fn readable<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: SessionId,
) -> Result<SessionRow, ApiError> {
    let no_such_session = || ApiError::not_found("session");
    let session = load(ports, asker, id).await?.ok_or_else(no_such_session)?;
    let facts = SessionFacts {
        owner_is_led_by_asker: leads(ports, asker, session.user).await?,
        ..facts(&session)
    };
    if may_read_session(asker, &facts) {
        Ok(session)
    } else {
        Err(no_such_session())
    }
}

/// The session, if it is the asker's own to practise. Those who may only look are told so.
pub(crate) async fn own<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: SessionId,
) -> Result<SessionRow, ApiError> {
    let session = readable(ports, asker, id).await?;
    if may_practise_session(asker, &facts(&session)) {
        Ok(session)
    } else {
        Err(ApiError::new(
            Code::Forbidden,
            "Only the rep whose session this is can do that.",
        ))
    }
}

/// Everyone asks inside their own company; a super admin inside the session's.
async fn load<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: SessionId,
) -> Result<Option<SessionRow>, ApiError> {
    let company = match asker.role {
        Role::SuperAdmin => sessions::tenant_of(ports.db(), id).await?,
        Role::Manager | Role::SalesRep => Some(asker.company),
    };
    match company {
        Some(company) => Ok(sessions::find(ports.db(), company, id).await?),
        None => Ok(None),
    }
}

/// Whether the asker leads a rep. Asked of managers alone: for nobody else it decides anything.
pub(crate) async fn leads<P: Ports>(
    ports: &P,
    asker: &Principal,
    rep: UserId,
) -> Result<bool, ApiError> {
    match asker.role {
        Role::Manager => Ok(users::leads(ports.db(), asker.company, asker.user, rep).await?),
        Role::SalesRep | Role::SuperAdmin => Ok(false),
    }
}

fn facts(session: &SessionRow) -> SessionFacts {
    SessionFacts {
        company: session.company,
        owner: session.user,
        owner_is_led_by_asker: false,
    }
}
