//! A manager's own score in place of the judge's. The verdict keeps what the judge said and gave; drill, session and roll-ups
//! count with the override.

use super::disagreement;
use super::verdicts::override_of_drill;
use crate::audit::{self, Change};
use crate::{Db, DbError, FromRow, Statement, rollups};
use domain::ids::{CompanyId, SessionId, UserId};

/// A score that was put in place of the judge's.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OverrideRow {
    /// The drill's id in its scenario.
    pub drill: String,
    /// What counts.
    pub score: u8,
    /// What the judge gave then.
    pub judged: u8,
    /// In which version of the verdicts.
    pub number: u32,
    /// Why.
    pub reason: String,
    /// Who did it.
    pub by: Option<UserId>,
    /// "Meera Nair".
    pub by_name: Option<String>,
    /// Unix ms.
    pub at: u64,
}

const OVERRIDES: &str = concat!(
    "
    SELECT d.drill, v.override_score AS score, v.score AS judged, v.number, v.override_reason AS reason,
           v.overridden_by AS by, u.first_name || ' ' || u.last_name AS by_name, v.overridden_at AS at
    FROM session_drills d
    JOIN verdicts v ON v.session_id = d.session_id AND v.message_id = d.final_message_id AND v.number = ",
    override_of_drill!(),
    "
    LEFT JOIN users u ON u.id = v.overridden_by
    WHERE d.session_id = (SELECT id FROM sessions WHERE id = ?1 AND company_id = ?2)
    ORDER BY d.drill_index"
);

/// The overrides of a session that count, in the order of its drills: of each drill the latest, whatever was judged anew since.
pub async fn overrides(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
) -> Result<Vec<OverrideRow>, DbError> {
    db.all(Statement::new(OVERRIDES).bind(session).bind(company))
        .await
}

/// An override to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOverride {
    /// The session.
    pub session: SessionId,
    /// Its tenant.
    pub company: CompanyId,
    /// The drill's id in its scenario.
    pub drill: String,
    /// 0 to 100.
    pub score: u8,
    /// Why.
    pub reason: String,
    /// Who does it.
    pub by: UserId,
    /// Unix ms.
    pub now: u64,
}

const MARK: &str = "
    UPDATE verdicts SET override_score = ?4, override_reason = ?5, overridden_by = ?6, overridden_at = ?7
    WHERE session_id = (SELECT id FROM sessions WHERE id = ?1 AND company_id = ?2 AND status = 'completed')
      AND message_id = (SELECT final_message_id FROM session_drills WHERE session_id = ?1 AND drill = ?3)
      AND number = (SELECT max(number) FROM verdicts WHERE session_id = ?1 AND message_id =
                        (SELECT final_message_id FROM session_drills WHERE session_id = ?1 AND drill = ?3))";

/// What a session's drills come to; a drill without a verdict any more keeps its score.
const SCORE_DRILL: &str = "
    UPDATE session_drills SET score = ?4
    WHERE session_id = (SELECT id FROM sessions WHERE id = ?1 AND company_id = ?2) AND drill = ?3
      AND EXISTS (SELECT 1 FROM verdicts WHERE session_id = ?1 AND message_id = final_message_id AND overridden_at = ?5)";

/// The mean of the drills, rounded as `domain::scoring::mean` does.
const SCORE_SESSION: &str = "
    UPDATE sessions SET version = version + 1, updated_at = ?3,
        score = (SELECT (sum(score) * 2 + count(*)) / (count(*) * 2) FROM session_drills WHERE session_id = ?1)
    WHERE id = ?1 AND company_id = ?2 AND status = 'completed' AND changes() > 0";

/// Puts a score in place of the judge's. Gives false when the company has no such completed session, or it no such drill
/// with a verdict.
pub async fn override_score(
    db: &impl Db,
    new: &NewOverride,
    change: &Change,
) -> Result<bool, DbError> {
    let of_drill = |sql| {
        Statement::new(sql)
            .bind(new.session)
            .bind(new.company)
            .bind(new.drill.as_str())
            .bind(new.score)
    };
    let mark = of_drill(MARK)
        .bind(new.reason.as_str())
        .bind(new.by)
        .bind(new.now);
    let mut batch = vec![
        mark,
        audit::entry_if_changed(change),
        of_drill(SCORE_DRILL).bind(new.now),
        Statement::new(SCORE_SESSION)
            .bind(new.session)
            .bind(new.company)
            .bind(new.now),
        disagreement::note(new.company, new.session),
    ];
    batch.extend(rollups::after(new.company, new.session));
    let changed = db.batch(batch).await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

/// Of all versions of the verdicts: what was overridden before the session was judged anew counts no more either.
const UNMARK: &str = "
    UPDATE verdicts SET override_score = NULL, override_reason = NULL, overridden_by = NULL, overridden_at = NULL
    WHERE session_id = (SELECT id FROM sessions WHERE id = ?1 AND company_id = ?2 AND status = 'completed')
      AND message_id = (SELECT final_message_id FROM session_drills WHERE session_id = ?1 AND drill = ?3)
      AND override_score IS NOT NULL";

/// The judge's score counts again, the latest one.
const SCORE_DRILL_AS_JUDGED: &str = "
    UPDATE session_drills SET score = (SELECT score FROM verdicts WHERE session_id = ?1 AND message_id = final_message_id
                                       ORDER BY number DESC LIMIT 1)
    WHERE session_id = (SELECT id FROM sessions WHERE id = ?1 AND company_id = ?2) AND drill = ?3 AND changes() > 0";

/// Takes a manager's score back, at this moment (Unix ms): the judge's counts again. Gives false when there was none.
pub async fn withdraw_override(
    db: &impl Db,
    (company, session): (CompanyId, SessionId),
    drill: &str,
    now: u64,
    change: &Change,
) -> Result<bool, DbError> {
    let of_drill = |sql| Statement::new(sql).bind(session).bind(company).bind(drill);
    let mut batch = vec![
        of_drill(UNMARK),
        audit::entry_if_changed(change),
        of_drill(SCORE_DRILL_AS_JUDGED),
        Statement::new(SCORE_SESSION)
            .bind(session)
            .bind(company)
            .bind(now),
        disagreement::note(company, session),
    ];
    batch.extend(rollups::after(company, session));
    let changed = db.batch(batch).await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}
