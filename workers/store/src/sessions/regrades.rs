//! Judging a completed session anew: what it is judged from, who does it, and what came of it. The first verdicts stay as they are.

use super::disagreement;
use super::finish::json_lines;
use super::verdicts::{INSERT_VERDICTS, VerdictLine, override_of_drill};
use crate::audit::{self, Change};
use crate::{Db, DbError, FromRow, Statement, rollups};
use domain::ids::{CompanyId, MessageId, SessionId, UserId};
use domain::scenario::Scenario;
use domain::scoring::{Grounds, Metrics, Verdict};
use domain::session::regrade::{DrillRecount, OverriddenAnswer, Recount};
use domain::tone::ToneGuidelines;
use serde::Serialize;

/// The most versions that a session's verdicts have.
pub const MAX_VERSIONS: u32 = 20;

/// So many of the latest tone guidelines are looked through for those that a session was judged by, of the company and of the stock.
const GUIDELINES_LOOKED_AT: u32 = 50;

/// What a completed session is judged anew from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegradeMaterial {
    /// The text it was judged by.
    pub text: Scenario,
    /// SHA-256 of scenario and tone, hex.
    pub rubric_hash: String,
    /// Tone guidelines that it may have been judged by: the hash decides.
    pub guidelines: Vec<ToneGuidelines>,
    /// Its drills.
    pub drills: Vec<AnsweredDrill>,
}

/// All that a rep said in a drill, as far as it was judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsweredDrill {
    /// 0-based.
    pub index: usize,
    /// The coach's improved version.
    pub improved: String,
    /// The first answer.
    pub first: Answer,
    /// The repeats, in the order they were said.
    pub repeats: Vec<Answer>,
}

/// An answer of a rep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its message.
    pub message: MessageId,
    /// The words.
    pub content: String,
}

#[derive(FromRow)]
struct JudgedBy {
    text: Scenario,
    rubric_hash: String,
}

const JUDGED_BY: &str = "
    SELECT v.text, s.rubric_hash
    FROM sessions s JOIN scenario_versions v ON v.id = s.scenario_version_id
    WHERE s.id = ?1 AND s.company_id = ?2 AND s.status = 'completed' AND s.transcript_purged_at IS NULL";

#[derive(FromRow)]
struct Guidelines {
    text: ToneGuidelines,
}

const GUIDELINES: &str = "
    SELECT text FROM (SELECT text FROM tone_guidelines
                      WHERE company_id = ?1 AND published_at IS NOT NULL ORDER BY number DESC LIMIT ?2)
    UNION ALL
    SELECT text FROM (SELECT text FROM tone_guidelines
                      WHERE company_id IS NULL AND published_at IS NOT NULL ORDER BY number DESC LIMIT ?2)";

#[derive(FromRow)]
struct AnswerRow {
    drill_index: usize,
    improved: String,
    is_first: bool,
    message: MessageId,
    content: String,
}

const ANSWERS: &str = "
    SELECT d.drill_index, d.corrected_response AS improved, m.id = d.first_message_id AS is_first, m.id AS message, m.content
    FROM messages m JOIN session_drills d ON d.session_id = m.session_id AND d.drill_index = m.drill_index
    WHERE m.session_id = (SELECT id FROM sessions WHERE id = ?1 AND company_id = ?2)
      AND EXISTS (SELECT 1 FROM verdicts v WHERE v.session_id = m.session_id AND v.message_id = m.id)
    ORDER BY m.position";

/// What a completed session is judged anew from; `None` when the company has no such session, it is not completed, or retention
/// took its chat.
pub async fn regrade_material(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
) -> Result<Option<RegradeMaterial>, DbError> {
    let of_session = |sql| Statement::new(sql).bind(session).bind(company);
    let Some(judged_by) = db.first::<JudgedBy>(of_session(JUDGED_BY)).await? else {
        return Ok(None);
    };
    let guidelines = Statement::new(GUIDELINES)
        .bind(company)
        .bind(GUIDELINES_LOOKED_AT);
    let guidelines: Vec<Guidelines> = db.all(guidelines).await?;
    let answers: Vec<AnswerRow> = db.all(of_session(ANSWERS)).await?;
    Ok(Some(RegradeMaterial {
        text: judged_by.text,
        rubric_hash: judged_by.rubric_hash,
        guidelines: guidelines.into_iter().map(|row| row.text).collect(),
        drills: drills_of(answers),
    }))
}

/// In the order of the chat, a drill's first answer comes before its repeats.
fn drills_of(answers: Vec<AnswerRow>) -> Vec<AnsweredDrill> {
    let mut drills: Vec<AnsweredDrill> = Vec::new();
    for row in answers {
        let answer = Answer {
            message: row.message,
            content: row.content,
        };
        match drills.last_mut() {
            Some(drill) if drill.index == row.drill_index => drill.repeats.push(answer),
            _ if row.is_first => drills.push(AnsweredDrill {
                index: row.drill_index,
                improved: row.improved,
                first: answer,
                repeats: Vec::new(),
            }),
            _ => {}
        }
    }
    drills
}

macro_rules! next_number {
    () => {
        "(SELECT coalesce(max(number), 1) + 1 FROM regrades
          WHERE company_id = ?2 AND session_id = ?1 AND status = 'complete')"
    };
}

/// The next number, unless somebody else judges just now.
const CLAIM: &str = concat!(
    "
    INSERT INTO regrades (company_id, session_id, number, asked_by, status, running_until, created_at)
    SELECT s.company_id, s.id, ",
    next_number!(),
    ", ?3, 'running', ?5, ?4
    FROM sessions s
    WHERE s.id = ?1 AND s.company_id = ?2 AND s.status = 'completed' AND s.transcript_purged_at IS NULL AND ",
    next_number!(),
    " <= ?6
    ON CONFLICT (company_id, session_id, number) DO UPDATE SET
        asked_by = excluded.asked_by, running_until = excluded.running_until, created_at = excluded.created_at
    WHERE status = 'running' AND running_until <= excluded.created_at"
);

#[derive(FromRow)]
struct Claimed {
    number: u32,
}

const CLAIMED: &str = "
    SELECT number FROM regrades
    WHERE company_id = ?2 AND session_id = ?1 AND status = 'running' AND running_until = ?3 AND asked_by IS ?4";

/// A session that one asker judges anew, until a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The session.
    pub session: SessionId,
    /// Its tenant.
    pub company: CompanyId,
    /// The number of the verdicts to be.
    pub number: u32,
    /// Unix ms.
    pub until: u64,
}

/// Takes a session to judge it anew until `until` (Unix ms). Of two who try at once one gets it; `None`, too, of a session that was
/// judged [`MAX_VERSIONS`] times or is not completed.
pub async fn claim_regrade(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
    by: UserId,
    now: u64,
    until: u64,
) -> Result<Option<Claim>, DbError> {
    let claim = Statement::new(CLAIM)
        .bind(session)
        .bind(company)
        .bind(by)
        .bind(now)
        .bind(until)
        .bind(MAX_VERSIONS);
    if db.run(claim).await? == 0 {
        return Ok(None);
    }
    let claimed = Statement::new(CLAIMED)
        .bind(session)
        .bind(company)
        .bind(until)
        .bind(by);
    let claimed: Option<Claimed> = db.first(claimed).await?;
    Ok(claimed.map(|claimed| Claim {
        session,
        company,
        number: claimed.number,
        until,
    }))
}

const RELEASE: &str = "
    DELETE FROM regrades
    WHERE company_id = ?2 AND session_id = ?1 AND number = ?3 AND status = 'running' AND running_until = ?4";

/// Gives a session back: nothing came of it.
pub async fn release_regrade(db: &impl Db, claim: &Claim) -> Result<(), DbError> {
    db.run(of_claim(RELEASE, claim).bind(claim.until)).await?;
    Ok(())
}

fn of_claim(sql: &'static str, claim: &Claim) -> Statement {
    Statement::new(sql)
        .bind(claim.session)
        .bind(claim.company)
        .bind(claim.number)
}

/// What decides on how a session counts, beside its new verdicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The session's row: whatever changes what it comes to counts it up.
    pub version: u64,
    /// What it comes to now.
    pub score: u8,
    /// What its first answers come to now.
    pub first_score: u8,
    /// A manager's scores, by drill.
    pub overridden: Vec<(usize, OverriddenAnswer)>,
}

#[derive(FromRow)]
struct StandingRow {
    version: u64,
    score: u8,
    first_score: u8,
}

const STANDING: &str = "
    SELECT version, score, first_score FROM sessions
    WHERE id = ?1 AND company_id = ?2 AND status = 'completed' AND transcript_purged_at IS NULL";

#[derive(FromRow)]
struct OverriddenRow {
    drill_index: usize,
    message: MessageId,
    score: u8,
}

const OVERRIDDEN: &str = concat!(
    "
    SELECT d.drill_index, d.final_message_id AS message, v.override_score AS score
    FROM session_drills d
    JOIN verdicts v ON v.session_id = d.session_id AND v.message_id = d.final_message_id AND v.number = ",
    override_of_drill!(),
    "
    WHERE d.session_id = (SELECT id FROM sessions WHERE id = ?1 AND company_id = ?2)"
);

/// How a completed session stands; `None` once its chat is gone.
pub async fn standing(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
) -> Result<Option<Standing>, DbError> {
    let of_session = |sql| Statement::new(sql).bind(session).bind(company);
    // The row first: what changes between the two is found by its version.
    let Some(row) = db.first::<StandingRow>(of_session(STANDING)).await? else {
        return Ok(None);
    };
    let overridden: Vec<OverriddenRow> = db.all(of_session(OVERRIDDEN)).await?;
    let answer = |row: OverriddenRow| {
        let OverriddenRow { message, score, .. } = row;
        (row.drill_index, OverriddenAnswer { message, score })
    };
    Ok(Some(Standing {
        version: row.version,
        score: row.score,
        first_score: row.first_score,
        overridden: overridden.into_iter().map(answer).collect(),
    }))
}

/// A re-grade to be written.
#[derive(Debug, Clone, Copy)]
pub struct NewRegrade<'a> {
    /// Whose it is to write.
    pub claim: &'a Claim,
    /// How the session stood when it was counted anew.
    pub standing: &'a Standing,
    /// The rules, as the session has them.
    pub rubric_hash: &'a str,
    /// The prompts of verdicts that no model was asked for.
    pub prompt_version: &'a str,
    /// The verdicts, each with its message and what it was made of.
    pub verdicts: &'a [(MessageId, Verdict, Grounds)],
    /// What the session comes to with them; its drills in order.
    pub recount: &'a Recount,
    /// The coach's notes on it.
    pub coach_notes: &'a str,
    /// The drills' places in the session.
    pub drill_indexes: &'a [usize],
    /// Unix ms.
    pub now: u64,
}

/// Stands first: all that follows looks for what this did. So the batch does all or nothing, and done twice it does nothing more.
const COUNT: &str = "
    UPDATE sessions SET score = ?5, first_score = ?6, confidence = ?7, clarity = ?8, structure = ?9, objection_handling = ?10,
        closing = ?11, first_confidence = ?12, first_clarity = ?13, first_structure = ?14, first_objection_handling = ?15,
        first_closing = ?16, suspected = max(suspected, ?17), coach_notes = ?20, version = version + 1, updated_at = ?18
    WHERE id = ?1 AND company_id = ?2 AND status = 'completed' AND transcript_purged_at IS NULL AND version = ?19
      AND EXISTS (SELECT 1 FROM regrades WHERE company_id = ?2 AND session_id = ?1 AND number = ?3 AND status = 'running'
                  AND running_until = ?4)";

const COUNT_DRILLS: &str = "
    UPDATE session_drills SET first_score = n.first_score, score = n.score, final_message_id = n.last,
        final_response = coalesce((SELECT content FROM messages WHERE session_id = ?1 AND id = n.last), final_response)
    FROM (SELECT value ->> '$.index' AS drill, value ->> '$.first_score' AS first_score, value ->> '$.score' AS score,
                 value ->> '$.last' AS last
          FROM json_each(?3)) n
    WHERE session_id = ?1 AND drill_index = n.drill
      AND EXISTS (SELECT 1 FROM sessions WHERE id = ?1 AND company_id = ?2 AND version = ?4)
      AND EXISTS (SELECT 1 FROM regrades WHERE company_id = ?2 AND session_id = ?1 AND number = ?5 AND status = 'complete'
                  AND running_until = ?6)";

/// Stands right after the entry in the audit log, which is there if the session was counted.
const COMPLETE: &str = "
    UPDATE regrades SET status = 'complete', completed_at = ?4, score_before = ?5, first_score_before = ?6, score = ?7,
        first_score = ?8
    WHERE company_id = ?2 AND session_id = ?1 AND number = ?3 AND status = 'running' AND changes() > 0";

#[derive(Serialize)]
struct DrillLine {
    index: usize,
    first_score: u8,
    score: u8,
    last: MessageId,
}

impl NewRegrade<'_> {
    /// The batch that writes it. The first statement changes one row, or none when the session changed meanwhile, or the claim is
    /// not its own any more.
    pub fn statements(&self, change: &Change) -> Result<Vec<Statement>, DbError> {
        let Claim {
            session, company, ..
        } = *self.claim;
        let mut batch = vec![
            self.count(),
            audit::entry_if_changed(change),
            of_claim(COMPLETE, self.claim)
                .bind(self.now)
                .bind(self.standing.score)
                .bind(self.standing.first_score)
                .bind(self.recount.score)
                .bind(self.recount.first_score),
            self.verdict_lines()?,
            Statement::new(COUNT_DRILLS)
                .bind(session)
                .bind(company)
                .bind(self.drill_lines()?)
                .bind(self.standing.version + 1)
                .bind(self.claim.number)
                .bind(self.claim.until),
            disagreement::note(company, session),
        ];
        batch.extend(rollups::after(company, session));
        Ok(batch)
    }

    fn count(&self) -> Statement {
        let suspected =
            |(_, _, grounds): &(MessageId, Verdict, Grounds)| grounds.suspicion.is_some();
        let metrics = |statement: Statement, metrics: &Metrics| {
            statement
                .bind(metrics.confidence)
                .bind(metrics.clarity)
                .bind(metrics.structure)
                .bind(metrics.objection_handling)
                .bind(metrics.closing)
        };
        let statement = of_claim(COUNT, self.claim)
            .bind(self.claim.until)
            .bind(self.recount.score)
            .bind(self.recount.first_score);
        metrics(
            metrics(statement, &self.recount.metrics),
            &self.recount.first_metrics,
        )
        .bind(self.verdicts.iter().any(suspected))
        .bind(self.now)
        .bind(self.standing.version)
        .bind(self.coach_notes)
    }

    fn verdict_lines(&self) -> Result<Statement, DbError> {
        let lines = self
            .verdicts
            .iter()
            .map(|(message, verdict, grounds)| VerdictLine::of(*message, None, verdict, grounds))
            .collect();
        Ok(Statement::new(INSERT_VERDICTS)
            .bind(self.claim.session)
            .bind(self.claim.company)
            .bind(lines_as_json(lines)?)
            .bind(self.prompt_version)
            .bind(self.rubric_hash)
            .bind(self.now)
            .bind(self.claim.number)
            .bind(self.claim.until))
    }

    fn drill_lines(&self) -> Result<String, DbError> {
        let drills = self.drill_indexes.iter().zip(&self.recount.drills);
        let line = |(index, drill): (&usize, &DrillRecount)| DrillLine {
            index: *index,
            first_score: drill.first_score,
            score: drill.score,
            last: drill.last,
        };
        lines_as_json(drills.map(line).collect())
    }
}

fn lines_as_json(lines: Vec<impl Serialize>) -> Result<String, DbError> {
    json_lines(lines).ok_or_else(|| DbError::Malformed("a re-grade".to_owned()))
}

/// Writes a re-grade: verdicts beside those before, and whatever counts by them. Gives false when the session changed since it was
/// counted, or somebody else judges it by now; then nothing is written.
pub async fn write_regrade(
    db: &impl Db,
    new: &NewRegrade<'_>,
    change: &Change,
) -> Result<bool, DbError> {
    let changed = db.batch(new.statements(change)?).await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

/// A re-grade that was done.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct RegradeRow {
    /// That of its verdicts.
    pub number: u32,
    /// Who asked for it; `None` once they are gone.
    pub by: Option<UserId>,
    /// "Meera Nair".
    pub by_name: Option<String>,
    /// Unix ms.
    pub at: u64,
    /// What the session came to before.
    pub score_before: u8,
    /// And after.
    pub score: u8,
    /// What its first answers came to before.
    pub first_score_before: u8,
    /// And after.
    pub first_score: u8,
}

const REGRADES: &str = "
    SELECT r.number, r.asked_by AS by, u.first_name || ' ' || u.last_name AS by_name, r.completed_at AS at,
           r.score_before, r.score, r.first_score_before, r.first_score
    FROM regrades r LEFT JOIN users u ON u.id = r.asked_by
    WHERE r.company_id = ?2 AND r.session_id = ?1 AND r.status = 'complete'
    ORDER BY r.number";

/// The re-grades of a session, the oldest first.
pub async fn regrades(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
) -> Result<Vec<RegradeRow>, DbError> {
    db.all(Statement::new(REGRADES).bind(session).bind(company))
        .await
}
