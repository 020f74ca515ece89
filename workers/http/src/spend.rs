//! What models may cost, asked before a call and told after it: by the handlers of `/api/ai` and by the session object alike.

use domain::ids::{CompanyId, UserId};
use domain::spend::Allowance;
use store::{Db, DbError};

pub use store::spend::{NewCall, record};

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
