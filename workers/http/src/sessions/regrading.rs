//! Judging a completed session anew: by the rules that were frozen onto it, by whoever judges today. The verdicts of before stay, a
//! manager's scores go on to count, and everybody who sees the session sees that it was done.

use super::access::readable;
use super::review::completed;
use super::stored;
use crate::ai::judging::judge;
use crate::ai::voices::{Telling, Voices};
use crate::chat::freeze::rubric_hash;
use crate::error::ApiError;
use crate::extract::{Editor, PathId};
use crate::json::Json;
use crate::ports::Ports;
use crate::spend::Payer;
use axum::extract::State;
use axum::http::StatusCode;
use coach::builtin;
use coach::provider::verdict::Case;
use contract::problem::Code;
use contract::session::SessionResult;
use domain::ids::{MessageId, SessionId};
use domain::policy::Principal;
use domain::scoring::{Grounds, Verdict, own_words_percent};
use domain::session::Outcome;
use domain::session::regrade::{JudgedAnswer, JudgedDrill, Recount, recount};
use domain::tone::ToneGuidelines;
use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::try_join_all;
use serde_json::json;
use store::audit::Change;
use store::sessions::{
    self, Answer, AnsweredDrill, Claim, MAX_VERSIONS, NewRegrade, RegradeMaterial, SessionRow,
    Standing,
};

/// Whoever judges a session anew has it to themselves for so long, ms. Nearly every session is judged by then, and one whose judge
/// died can be judged again after that.
const REGRADING_MS: u64 = 5 * 60 * 1_000;

/// How often a session is counted anew when a manager changes it at that very moment.
const TRIES: u32 = 5;

/// Judges all answers of a session anew; the answer is its new result. It is done to its end whoever waits for it.
pub(crate) async fn regrade<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<SessionId>,
) -> Result<(StatusCode, Json<SessionResult>), ApiError> {
    let session = readable(&ports, &editor.asker, id).await?;
    completed(&session)?;
    let material = sessions::regrade_material(ports.db(), session.company, id).await?;
    // Retention took the chat: there is nothing to judge.
    let material = material.ok_or_else(|| ApiError::not_found("chat"))?;
    let regrading = Regrading {
        guidelines: rules_of(&material)?,
        material,
        change: editor.change(&ports, session.company, "session.regraded", id.0)?,
        voices: voices(&ports, &editor.asker, &session).await?,
        claim: claim(&ports, &editor.asker, &session).await?,
    };
    to_its_end(&ports, regrading).await?;
    let session = readable(&ports, &editor.asker, id).await?;
    let result = stored::result(&ports, &editor.asker, &session).await?;
    Ok((StatusCode::CREATED, Json(result)))
}

/// The tone guidelines that the session was judged by: those that make, with its scenario, the hash it was frozen with.
fn rules_of(material: &RegradeMaterial) -> Result<ToneGuidelines, ApiError> {
    for guidelines in &material.guidelines {
        if rubric_hash(&material.text, guidelines)? == material.rubric_hash {
            return Ok(guidelines.clone());
        }
    }
    Err(ApiError::new(
        Code::RubricGone,
        "The tone guidelines that this session was judged by are not there any more, and it is judged by no others. \
         You can put your own score in place of the coach's.",
    ))
}

/// The company pays, and it counts for whoever asks; for the rep where a super admin is of another company.
async fn voices<P: Ports>(
    ports: &P,
    asker: &Principal,
    session: &SessionRow,
) -> Result<Voices<P>, ApiError> {
    let payer = Payer {
        company: session.company,
        user: if asker.company == session.company {
            asker.user
        } else {
            session.user
        },
        session: Some(session.id),
    };
    Voices::paid_by(ports, payer, Telling::Whole).await
}

async fn claim<P: Ports>(
    ports: &P,
    asker: &Principal,
    session: &SessionRow,
) -> Result<Claim, ApiError> {
    let (db, company, now) = (ports.db(), session.company, ports.now_ms());
    let until = now + REGRADING_MS;
    let claim = sessions::claim_regrade(db, company, session.id, asker.user, now, until).await?;
    if let Some(claim) = claim {
        return Ok(claim);
    }
    let done = sessions::regrades(db, company, session.id).await?;
    let versions = done.last().map_or(1, |latest| latest.number);
    Err(if versions >= MAX_VERSIONS {
        let detail = format!(
            "This session has {MAX_VERSIONS} versions of its verdicts, the most there can be. You can put your own score in \
             place of the coach's."
        );
        ApiError::new(Code::LimitReached, detail)
    } else {
        let detail = "This session is being judged anew just now. Look at its result in a minute.";
        ApiError::new(Code::RegradeRunning, detail)
    })
}

/// The runtime carries the work on when whoever asked goes away.
async fn to_its_end<P: Ports>(ports: &P, regrading: Regrading<P>) -> Result<(), ApiError> {
    let (tell, told) = oneshot::channel();
    let work = async move {
        // Nobody may wait any more.
        let _ = tell.send(regrading.carry().await);
    };
    let work = work.boxed().shared();
    ports.after_answer(work.clone());
    work.await;
    told.await
        .unwrap_or_else(|_| Err(ApiError::Broken("a re-grade told nothing".to_owned())))
}

/// A session that is being judged anew.
struct Regrading<P> {
    voices: Voices<P>,
    material: RegradeMaterial,
    guidelines: ToneGuidelines,
    claim: Claim,
    change: Change,
}

/// An answer with its new verdict, and what that was made of.
type Judged = (MessageId, Verdict, Grounds);

impl<P: Ports> Regrading<P> {
    /// Judges and writes; what fails gives the session back.
    async fn carry(self) -> Result<(), ApiError> {
        let done = self.judge_and_write().await;
        if done.is_err() {
            sessions::release_regrade(self.voices.ports.db(), &self.claim).await?;
        }
        done
    }

    async fn judge_and_write(&self) -> Result<(), ApiError> {
        let mut drills = Vec::with_capacity(self.material.drills.len());
        for drill in &self.material.drills {
            drills.push(self.judge_drill(drill).await?);
        }
        for _ in 0..TRIES {
            if self.write(&drills).await? {
                return Ok(());
            }
        }
        Err(ApiError::new(
            Code::Unavailable,
            "This session changed while it was judged. Nothing was kept of it; try again.",
        ))
    }

    /// The first answer, then its repeats; they are judged at the same time.
    async fn judge_drill(&self, drill: &AnsweredDrill) -> Result<Vec<Judged>, ApiError> {
        let first = self.judge_answer(drill, &drill.first, None);
        let repeats = drill.repeats.iter();
        let repeats = repeats.map(|repeat| self.judge_answer(drill, repeat, Some(&drill.first)));
        try_join_all(std::iter::once(first).chain(repeats)).await
    }

    /// `first` is the answer before, of a repeat.
    async fn judge_answer(
        &self,
        drill: &AnsweredDrill,
        answer: &Answer,
        first: Option<&Answer>,
    ) -> Result<Judged, ApiError> {
        let text = self.material.text.drills.get(drill.index);
        let text = text.ok_or_else(|| {
            ApiError::Broken(format!("the scenario has no drill {}", drill.index))
        })?;
        let case = Case {
            drill: text,
            guidelines: &self.guidelines,
            answer: &answer.content,
        };
        let (judged, grounds) = judge(&self.voices, case).await?;
        let verdict = match first {
            None => judged.verdict,
            Some(first) => {
                let own = own_words_percent(&answer.content, &drill.improved, &first.content);
                judged.verdict.with_own_words(own)
            }
        };
        Ok((answer.message, verdict, grounds))
    }

    /// Counts with the verdicts as the session stands now, and writes. False when it changed in between.
    async fn write(&self, drills: &[Vec<Judged>]) -> Result<bool, ApiError> {
        let Claim {
            company, session, ..
        } = self.claim;
        let db = self.voices.ports.db();
        let standing = sessions::standing(db, company, session).await?;
        let standing = standing.ok_or_else(|| ApiError::not_found("chat"))?;
        let recount = self.recount(drills, &standing)?;
        let mut change = self.change.clone();
        change.before = Some(json!({"score": standing.score, "firstScore": standing.first_score}));
        change.after = Some(
            json!({"score": recount.score, "firstScore": recount.first_score,
                                   "version": self.claim.number}),
        );
        let indexes: Vec<usize> = self
            .material
            .drills
            .iter()
            .map(|drill| drill.index)
            .collect();
        let new = NewRegrade {
            claim: &self.claim,
            standing: &standing,
            rubric_hash: &self.material.rubric_hash,
            prompt_version: &self.voices.ports.config().prompt_version,
            verdicts: &drills.concat(),
            coach_notes: &notes(&recount),
            recount: &recount,
            drill_indexes: &indexes,
            now: self.voices.ports.now_ms(),
        };
        Ok(sessions::write_regrade(db, &new, &change).await?)
    }

    fn recount(&self, drills: &[Vec<Judged>], standing: &Standing) -> Result<Recount, ApiError> {
        let judged = |(message, verdict, _): &Judged| JudgedAnswer {
            message: *message,
            verdict: verdict.clone(),
        };
        let drills = self.material.drills.iter().zip(drills);
        let drills: Option<Vec<JudgedDrill>> = drills
            .map(|(drill, answers)| {
                let (first, repeats) = answers.split_first()?;
                let mut overridden = standing.overridden.iter();
                Some(JudgedDrill {
                    first: judged(first),
                    repeats: repeats.iter().map(judged).collect(),
                    overridden: overridden
                        .find(|(index, _)| *index == drill.index)
                        .map(|(_, by_manager)| *by_manager),
                })
            })
            .collect();
        drills
            .and_then(|drills| recount(&drills))
            .ok_or_else(|| ApiError::Broken("a completed session with no answer".to_owned()))
    }
}

/// The coach's notes tell the scores: they are written anew with them.
fn notes(recount: &Recount) -> String {
    builtin::session_notes(&Outcome {
        score: recount.score,
        first_score: recount.first_score,
        metrics: recount.metrics,
        first_metrics: recount.first_metrics,
        drills: Vec::new(),
        duration_seconds: 0,
    })
}
