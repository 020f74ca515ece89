//! Who changes something, for the audit log.

use super::{Bearer, Call, Extract};
use crate::error::ApiError;
use crate::observe::RequestId;
use crate::ports::{NoRandomness, Ports, new_id};
use domain::ids::CompanyId;
use domain::policy::Principal;
use store::audit::Change;
use uuid::Uuid;

/// Whoever asks for a change, and in which request.
#[derive(Debug)]
pub(crate) struct Editor {
    /// Who asks.
    pub asker: Principal,
    request: Option<String>,
}

impl<P> Extract<P> for Editor {
    fn extract(call: &mut Call<P>) -> Result<Self, ApiError> {
        let Bearer(asker) = Bearer::extract(call)?;
        let request = call.parts.extensions.get::<RequestId>();
        Ok(Self {
            asker,
            request: request.map(|RequestId(id)| id.clone()),
        })
    }
}

impl Editor {
    /// An entry of the audit log, still without what was and what is. `action` is `user.deactivated`: its first word is the
    /// kind of thing.
    pub(crate) fn change(
        &self,
        ports: &impl Ports,
        company: CompanyId,
        action: &'static str,
        subject_id: Uuid,
    ) -> Result<Change, NoRandomness> {
        Ok(Change {
            id: new_id(ports)?,
            company,
            actor: Some(self.asker.user),
            action,
            subject: action.split('.').next().unwrap_or(action),
            subject_id,
            before: None,
            after: None,
            request: self.request.clone(),
            at: ports.now_ms(),
        })
    }
}
