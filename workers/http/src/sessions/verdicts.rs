//! How a session was judged, version by version: for who leads its rep.

use super::access::readable;
use super::review::completed;
use crate::error::ApiError;
use crate::extract::{Bearer, PathId, PathIds};
use crate::json::Json;
use crate::ports::Ports;
use crate::scenarios::VersionNumber;
use axum::extract::State;
use contract::session::{
    AnswerVerdict, JudgedAnswer, Said, SuspectedAnswer, VerdictHistory, VerdictVersion,
    VersionVerdicts,
};
use domain::ids::SessionId;
use domain::scoring::mean;
use domain::session::MessageKind;
use futures::future::try_join;
use std::collections::BTreeMap;
use store::sessions::{self, SessionRow, VerdictRow, VersionRow};

/// All versions of a session's verdicts.
pub(crate) async fn history<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<SessionId>,
) -> Result<Json<VerdictHistory>, ApiError> {
    let session = readable(&ports, &asker, id).await?;
    completed(&session)?;
    let (db, company) = (ports.db(), session.company);
    let (versions, verdicts) = try_join(
        sessions::versions(db, company, id),
        sessions::verdicts(db, company, id),
    )
    .await?;
    let of_version = |number: u32| verdicts.iter().filter(move |row| row.number == number);
    Ok(Json(VerdictHistory {
        session_id: id,
        counting: versions.last().map(|latest| latest.number),
        versions: versions
            .into_iter()
            .rev()
            .map(|row| version_of(&session, &of_version(row.number).collect::<Vec<_>>(), row))
            .collect(),
        suspicions: suspicions(&session, &verdicts),
    }))
}

/// One version, word for word.
pub(crate) async fn version<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathIds(id, VersionNumber(number)): PathIds<SessionId, VersionNumber>,
) -> Result<Json<VersionVerdicts>, ApiError> {
    let session = readable(&ports, &asker, id).await?;
    completed(&session)?;
    let rows = sessions::verdicts_of_version(ports.db(), session.company, id, number).await?;
    if rows.is_empty() {
        return Err(ApiError::not_found("version"));
    }
    let answers = rows.into_iter().map(|row| AnswerVerdict {
        judged: judged(&session, &row),
        content: row.content,
        verdict: row.verdict,
        raw: row.raw,
        rejected: row.rejected.unwrap_or_default(),
        suspicion: row.suspicion,
    });
    Ok(Json(VersionVerdicts {
        session_id: id,
        number,
        answers: answers.collect(),
    }))
}

/// Answers that seem to speak to whoever scores them, each once: the words are the same in every version.
pub(super) fn suspicions(session: &SessionRow, verdicts: &[VerdictRow]) -> Vec<SuspectedAnswer> {
    let mut found: Vec<SuspectedAnswer> = Vec::new();
    for row in verdicts {
        let Some(suspicion) = &row.suspicion else {
            continue;
        };
        // The versions of an answer follow one another; the latest says it.
        if found
            .last()
            .is_some_and(|one| one.message_id == row.message)
        {
            found.pop();
        }
        found.push(SuspectedAnswer {
            message_id: row.message,
            drill: row.drill.clone(),
            title: title(session, row),
            said: said(row),
            suspicion: suspicion.clone(),
        });
    }
    found
}

fn version_of(session: &SessionRow, verdicts: &[&VerdictRow], row: VersionRow) -> VerdictVersion {
    let (mut firsts, mut bests) = (BTreeMap::new(), BTreeMap::new());
    for verdict in verdicts {
        let score = verdict.verdict.score;
        match said(verdict) {
            Said::First => {
                firsts.insert(verdict.drill_index, score);
            }
            Said::Again => {
                let best: &mut u8 = bests.entry(verdict.drill_index).or_default();
                *best = score.max(*best);
            }
        }
    }
    VerdictVersion {
        number: row.number,
        at: row.at,
        by: row.by,
        by_name: row.by_name,
        score: mean(bests.into_values()),
        first_score: mean(firsts.into_values()),
        answers: verdicts.iter().map(|row| judged(session, row)).collect(),
    }
}

fn judged(session: &SessionRow, row: &VerdictRow) -> JudgedAnswer {
    JudgedAnswer {
        message_id: row.message,
        drill: row.drill.clone(),
        title: title(session, row),
        said: said(row),
        counts: row.counts,
        score: row.verdict.score,
        passed: row.verdict.passed,
        judge: row.verdict.judge.clone(),
        asked_model: row.asked_model.clone(),
        prompt_version: row.prompt_version.clone(),
        rubric_hash: row.rubric_hash.clone(),
        override_score: row.override_score,
    }
}

fn said(row: &VerdictRow) -> Said {
    match row.kind {
        MessageKind::Repeat => Said::Again,
        _ => Said::First,
    }
}

fn title(session: &SessionRow, row: &VerdictRow) -> String {
    let drill = session.drills.get(row.drill_index);
    drill.map_or_else(|| row.drill.clone(), |drill| drill.title.clone())
}
