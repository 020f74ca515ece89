//! Whether a second opinion on a session disagrees with the coach's: what roll-ups count.

use super::verdicts::override_of_drill;
use crate::Statement;
use domain::ids::{CompanyId, SessionId};
use domain::scoring::{CLEARLY_APART, PASS_SCORE};

/// `domain::scoring::disagree` of `$one` and `$other`.
macro_rules! disagree {
    ($one:literal, $other:literal) => {
        concat!(
            "max(abs(",
            $one,
            " - ",
            $other,
            ") >= ?3 OR (",
            $one,
            " >= ?4) <> (",
            $other,
            " >= ?4))"
        )
    };
}

/// A manager's score against the one it was put in place of; and the latest verdicts of the answers that count against their first.
const NOTE: &str = concat!(
    "
    UPDATE sessions SET
        override_disagrees = (
            SELECT ",
    disagree!("v.override_score", "v.score"),
    "
            FROM session_drills d
            JOIN verdicts v ON v.session_id = d.session_id AND v.message_id = d.final_message_id
                AND v.number = ",
    override_of_drill!(),
    "
            WHERE d.session_id = ?1),
        regrade_disagrees = (
            SELECT ",
    disagree!("latest.score", "first.score"),
    "
            FROM session_drills d
            JOIN verdicts first ON first.session_id = d.session_id
                AND first.message_id IN (d.first_message_id, d.final_message_id) AND first.number = 1
            JOIN verdicts latest ON latest.session_id = first.session_id AND latest.message_id = first.message_id
                AND latest.number = (SELECT max(number) FROM verdicts
                                     WHERE session_id = first.session_id AND message_id = first.message_id)
            WHERE d.session_id = ?1 AND latest.number > 1)
    WHERE id = ?1 AND company_id = ?2 AND transcript_purged_at IS NULL"
);

/// Notes it anew, from the verdicts: a statement of the batch that changes them, before the roll-ups.
pub(super) fn note(company: CompanyId, session: SessionId) -> Statement {
    Statement::new(NOTE)
        .bind(session)
        .bind(company)
        .bind(CLEARLY_APART)
        .bind(PASS_SCORE)
}
