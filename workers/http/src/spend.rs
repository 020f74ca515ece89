//! What models may cost, asked before a call and told after it: by the handlers of `/api/ai` and by the session object alike.

use crate::model::Attempt;
use domain::ids::{CompanyId, SessionId, UserId};
use domain::spend::{Allowance, Purpose, Used};
use store::spend::NewCall;
use store::{Db, DbError};

/// Whose calls these are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payer {
    /// The company that pays.
    pub company: CompanyId,
    /// Who asks.
    pub user: UserId,
    /// The session it is for, if one.
    pub session: Option<SessionId>,
}

/// Whether a model may be asked in this person's name now (Unix ms). Of somebody who is gone, no.
pub async fn allowance(
    db: &impl Db,
    company: CompanyId,
    user: UserId,
    now: u64,
) -> Result<Allowance, DbError> {
    let standing = store::spend::standing(db, company, user, now).await?;
    Ok(standing.map_or(Allowance::CompanyCapReached, |standing| {
        Allowance::of(standing.caps, standing.company, standing.person)
    }))
}

/// Notes one call to a provider; twice is once.
pub async fn record(
    db: &impl Db,
    payer: &Payer,
    purpose: Purpose,
    attempt: &Attempt,
) -> Result<(), DbError> {
    let (input_tokens, output_tokens) = match attempt.used {
        Used::Nothing => (Some(0), Some(0)),
        Used::Tokens { input, output } => (input, output),
    };
    let call = NewCall {
        id: attempt.id,
        company: payer.company,
        user: payer.user,
        session: payer.session,
        purpose,
        provider: attempt.provider.as_str().to_owned(),
        model: attempt.model.clone(),
        input_tokens,
        output_tokens,
        cost: attempt.cost(),
        duration_ms: attempt.took_ms,
        ended: attempt.ended(),
        at: attempt.began_at.saturating_add(attempt.took_ms),
    };
    store::spend::record(db, &call).await?;
    Ok(())
}
