//! Verdicts, version by version: how they are written, and all that is kept of them, for managers.

use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, MessageId, SessionId, TurnId, UserId};
use domain::scoring::{Grounds, Judge, RejectedReply, Verdict};
use domain::session::MessageKind;
use domain::suspicion::Suspicion;
use serde::Serialize;

/// The number of the verdicts a session came to by itself.
pub const FIRST_VERSION: u32 = 1;

/// A verdict on its way into its table.
#[derive(Debug, Serialize)]
pub(super) struct VerdictLine<'a> {
    message: MessageId,
    turn: Option<TurnId>,
    verdict: &'a Verdict,
    judge: &'static str,
    stand_in: u8,
    model: &'a str,
    prompts: Option<String>,
    raw: Option<&'a str>,
    asked_model: Option<&'a str>,
    rejected: Option<&'a [RejectedReply]>,
    suspicion: Option<&'a Suspicion>,
}

impl<'a> VerdictLine<'a> {
    /// `turn` is the turn that judged, if one did.
    pub(super) fn of(
        message: MessageId,
        turn: Option<TurnId>,
        verdict: &'a Verdict,
        grounds: &'a Grounds,
    ) -> Self {
        let (judge, stand_in, model) = match &verdict.judge {
            Judge::BuiltIn { stand_in } => ("builtIn", u8::from(*stand_in), "builtin"),
            Judge::Model { model } => ("model", 0, model.as_str()),
        };
        Self {
            message,
            turn,
            verdict,
            judge,
            stand_in,
            model,
            prompts: prompts_of(grounds),
            raw: grounds.raw.as_deref(),
            asked_model: grounds.model.as_deref(),
            rejected: Some(grounds.rejected.as_slice()).filter(|rejected| !rejected.is_empty()),
            suspicion: grounds.suspicion.as_ref(),
        }
    }
}

/// What was put to models; nothing where none was asked.
fn prompts_of(grounds: &Grounds) -> Option<String> {
    (!grounds.prompts.is_empty()).then(|| grounds.prompts.join(" "))
}

/// Adds nothing to a session that was deleted meanwhile, and nothing twice. `?4` is the prompt version of verdicts that have none of
/// their own, `?7` the number; of a re-grade, `?8` is until when its claim holds: only one that was completed writes.
pub(super) const INSERT_VERDICTS: &str = "
    INSERT INTO verdicts (session_id, message_id, number, turn_id, verdict, score, judge, stand_in, model,
                          prompt_version, rubric_hash, raw, asked_model, rejected, suspicion, created_at)
    SELECT s.id, v.value ->> '$.message', ?7, v.value ->> '$.turn', v.value -> '$.verdict',
           v.value ->> '$.verdict.score', v.value ->> '$.judge', v.value ->> '$.stand_in', v.value ->> '$.model',
           coalesce(v.value ->> '$.prompts', ?4), ?5, v.value ->> '$.raw', v.value ->> '$.asked_model',
           v.value ->> '$.rejected', v.value ->> '$.suspicion', ?6
    FROM sessions s, json_each(?3) v
    WHERE s.id = ?1 AND s.company_id = ?2
      AND (?8 IS NULL OR EXISTS (SELECT 1 FROM regrades WHERE company_id = ?2 AND session_id = ?1 AND number = ?7
                                 AND status = 'complete' AND running_until = ?8))
    ON CONFLICT (session_id, message_id, number) DO NOTHING";

/// The number of the verdict of the final answer of drill `d` that has the manager's score which counts.
macro_rules! override_of_drill {
    () => {
        "(SELECT number FROM verdicts
          WHERE session_id = d.session_id AND message_id = d.final_message_id AND override_score IS NOT NULL
          ORDER BY overridden_at DESC, number DESC LIMIT 1)"
    };
}
pub(super) use override_of_drill;

/// A version of a session's verdicts.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct VersionRow {
    /// 1 is the session's own; each re-grade adds one.
    pub number: u32,
    /// Who asked for the re-grade; `None` of the session's own, and once they are gone.
    pub by: Option<UserId>,
    /// "Meera Nair".
    pub by_name: Option<String>,
    /// Unix ms.
    pub at: u64,
}

/// The session's own version lasts as long as its verdicts.
const VERSIONS: &str = "
    SELECT 1 AS number, NULL AS by, NULL AS by_name, s.ended_at AS at FROM sessions s
    WHERE s.id = ?1 AND s.company_id = ?2 AND s.status = 'completed' AND s.transcript_purged_at IS NULL
    UNION ALL
    SELECT r.number, r.asked_by, u.first_name || ' ' || u.last_name, r.completed_at
    FROM regrades r LEFT JOIN users u ON u.id = r.asked_by
    WHERE r.company_id = ?2 AND r.session_id = ?1 AND r.status = 'complete'
      AND EXISTS (SELECT 1 FROM sessions WHERE id = ?1 AND transcript_purged_at IS NULL)
    ORDER BY number";

/// The versions of a completed session's verdicts, the oldest first. None once retention took them.
pub async fn versions(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
) -> Result<Vec<VersionRow>, DbError> {
    db.all(Statement::new(VERSIONS).bind(session).bind(company))
        .await
}

/// One verdict with what it was made of.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct VerdictRow {
    /// Its version.
    pub number: u32,
    /// The answer it is of.
    pub message: MessageId,
    /// First answer or repeat.
    pub kind: MessageKind,
    /// 0-based.
    pub drill_index: usize,
    /// The drill's id in its scenario.
    pub drill: String,
    /// The rep's words.
    pub content: String,
    /// It is the drill's first answer or the repeat that counts.
    pub counts: bool,
    /// The verdict.
    pub verdict: Verdict,
    /// The prompts that models were asked with; of the built-in coach's, the version of the session.
    pub prompt_version: String,
    /// SHA-256 of the rules it was judged by, hex.
    pub rubric_hash: String,
    /// The model that was asked last, also where the built-in coach stood in.
    pub asked_model: Option<String>,
    /// What the model said, word for word, if it judged.
    pub raw: Option<String>,
    /// Its replies that could not be used.
    pub rejected: Option<Vec<RejectedReply>>,
    /// What the answer seems to try with whoever scores it.
    pub suspicion: Option<Suspicion>,
    /// A manager's score that was put in place of this verdict's.
    pub override_score: Option<u8>,
}

/// `$raw` are the columns of what models said.
macro_rules! verdicts {
    ($raw:literal, $which:literal) => {
        concat!(
            "
    SELECT v.number, m.id AS message, m.kind, m.drill_index, d.drill, m.content,
           m.id IN (d.first_message_id, d.final_message_id) AS counts, v.verdict, v.prompt_version, v.rubric_hash, v.asked_model,
           ",
            $raw,
            ", v.suspicion, v.override_score
    FROM messages m
    JOIN verdicts v ON v.session_id = m.session_id AND v.message_id = m.id
    JOIN session_drills d ON d.session_id = m.session_id AND d.drill_index = m.drill_index
    WHERE m.session_id = (SELECT id FROM sessions WHERE id = ?1 AND company_id = ?2)",
            $which,
            "
    ORDER BY m.position, v.number"
        )
    };
}

const ALL: &str = verdicts!("NULL AS raw, NULL AS rejected", "");

/// All verdicts of a session in all their versions, answer by answer, without the words of models.
pub async fn verdicts(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
) -> Result<Vec<VerdictRow>, DbError> {
    db.all(Statement::new(ALL).bind(session).bind(company))
        .await
}

const OF_VERSION: &str = verdicts!("v.raw, v.rejected", " AND v.number = ?3");

/// The verdicts of one version, answer by answer, with all that is kept of them.
pub async fn verdicts_of_version(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
    number: u32,
) -> Result<Vec<VerdictRow>, DbError> {
    let statement = Statement::new(OF_VERSION)
        .bind(session)
        .bind(company)
        .bind(number);
    db.all(statement).await
}
