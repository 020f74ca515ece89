//! A rep's questions about a completed session, answered from what is stored of it.
//!
//! An exchange is kept, so that its answer outlives the line: it is said to its end whoever reads, and asking again with the same
//! id gives it from the store. While it is being said elsewhere, that waits; what broke off is answered anew.

use super::drills::Shown;
use super::stream::{Teller, WhenLeft, told};
use super::voices::{Telling, Voices, prose};
use crate::error::ApiError;
use crate::extract::{Bearer, JsonBody};
use crate::live::LiveAnswer;
use crate::ports::{Ports, random};
use crate::sessions::access::own;
use crate::sessions::home::not_running;
use axum::extract::State;
use coach::builtin;
use coach::prompts::{self, Exchange, ManagersScore};
use contract::ai::{AiFrame, QuestionForm};
use contract::problem::{Code, FieldError};
use domain::session::{Outcome, RequestId, Status};
use domain::spend::Purpose;
use std::ops::ControlFlow;
use store::DbError;
use store::exchanges::{self, AnsweredRow, ExchangeKey, ExchangeRow, ExchangeStatus};
use store::sessions::{self, OverrideRow};

/// Room for an answer, and for the thoughts of a model that thinks first.
const ANSWER_TOKENS: u32 = 3_000;

/// So many questions before this one are told to the model.
const EARLIER: u32 = 5;

/// Whoever answers has the question to themselves for so long, ms: nearly every answer is said by then, and one whose speaker
/// died need not be waited for longer.
const ANSWERING_MS: u64 = 60_000;

/// How often an answer that is being said elsewhere is looked for, ms.
const LOOK_AGAIN_MS: u64 = 1_000;

/// What a question is answered from.
struct Matter {
    key: ExchangeKey,
    question: String,
    outcome: Outcome,
    overrides: Vec<OverrideRow>,
}

/// What an exchange needs now.
enum Next {
    /// An answer; it is ours to give until then, Unix ms.
    Answer { until: u64 },
    /// To be shown: it is whole.
    Show(ExchangeRow),
    /// Somebody else answers.
    Wait,
}

/// An answer to a question about one's own completed session.
pub(crate) async fn stream_assistant<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    JsonBody(form): JsonBody<QuestionForm>,
) -> Result<LiveAnswer, ApiError> {
    let session = own(&ports, &asker, form.session_id).await?;
    if session.status == Status::InProgress {
        return Err(ApiError::new(
            Code::DrillsRemaining,
            "This session is still running; ask about it when it is done.",
        ));
    }
    let (db, company) = (ports.db(), session.company);
    let stored = sessions::result(db, company, session.id).await?;
    let stored = stored.ok_or_else(|| not_running(&session))?;
    if stored.outcome.drills.is_empty() {
        // Retention took the chat: there is nothing to answer from, and nothing new is kept of it.
        return Err(ApiError::not_found("chat"));
    }
    let matter = Matter {
        key: ExchangeKey {
            company,
            session: session.id,
            request: request_id(&ports, form.request_id)?,
        },
        question: form.question,
        outcome: stored.outcome,
        overrides: sessions::overrides(db, company, session.id).await?,
    };
    let voices = Voices::of(&ports, &asker, Some(session.id), Telling::Aloud).await?;
    let next = next(&ports, &matter).await?;
    let connected = AiFrame::Connected {
        request_id: Some(matter.key.request.as_str().to_owned()),
    };
    Ok(told(
        ports,
        WhenLeft::GoOn,
        connected,
        |teller| async move {
            if let Err(error) = attend(&voices, &teller, &matter, next).await {
                teller.failed("/api/ai/assistant/stream", &error);
            }
        },
    ))
}

/// The client's, or a new one.
fn request_id<P: Ports>(ports: &P, told: Option<String>) -> Result<RequestId, ApiError> {
    match told {
        Some(told) => RequestId::try_from(told).map_err(|error| {
            ApiError::fields(vec![FieldError::new("requestId", format!("{error}."))])
        }),
        None => {
            let id = domain::ids::uuid_v7(ports.now_ms(), &random(ports)?);
            Ok(RequestId::from(id))
        }
    }
}

async fn next<P: Ports>(ports: &P, matter: &Matter) -> Result<Next, ApiError> {
    let (key, question) = (&matter.key, matter.question.as_str());
    let now = ports.now_ms();
    let until = now + ANSWERING_MS;
    if exchanges::claim(ports.db(), key, question, now, until).await? {
        return Ok(Next::Answer { until });
    }
    let Some(row) = exchanges::find(ports.db(), key).await? else {
        let detail = "You asked all there is to ask about this session. Your next one is waiting.";
        return Err(ApiError::new(Code::LimitReached, detail));
    };
    if row.question != question {
        let detail =
            "This requestId came with another question before; make a new one for each question.";
        return Err(ApiError::new(Code::RequestIdReused, detail));
    }
    Ok(match row.status {
        ExchangeStatus::Complete => Next::Show(row),
        ExchangeStatus::Running | ExchangeStatus::Interrupted => Next::Wait,
    })
}

async fn attend<P: Ports>(
    voices: &Voices<P>,
    teller: &Teller<P>,
    matter: &Matter,
    mut what: Next,
) -> Result<(), ApiError> {
    loop {
        match what {
            Next::Answer { until } => return answer(voices, teller, matter, until).await,
            Next::Show(row) => {
                // Whoever came for it has waited already.
                let _ = teller.words(&row.answer);
                teller.done(row.answer, row.voiced_by.unwrap_or_default(), None);
                return Ok(());
            }
            Next::Wait if teller.is_alone() => return Ok(()),
            Next::Wait => {
                voices.ports.sleep(LOOK_AGAIN_MS).await;
                what = next(&voices.ports, matter).await?;
            }
        }
    }
}

/// Answers, and keeps the answer before its end is told.
async fn answer<P: Ports>(
    voices: &Voices<P>,
    teller: &Teller<P>,
    matter: &Matter,
    until: u64,
) -> Result<(), ApiError> {
    let (db, key) = (voices.ports.db(), &matter.key);
    let shown = say(voices, teller, matter).await;
    let shown = match shown {
        Ok(shown) => shown,
        Err(error) => {
            exchanges::interrupt(db, key, until).await?;
            return Err(error);
        }
    };
    match teller.spoken(shown, String::as_str).await {
        Some(spoken) => {
            exchanges::complete(db, key, until, &spoken.words, &spoken.voiced_by).await?;
            teller.done(spoken.words, spoken.voiced_by, None);
        }
        None => exchanges::interrupt(db, key, until).await?,
    }
    Ok(())
}

async fn say<P: Ports>(
    voices: &Voices<P>,
    teller: &Teller<P>,
    matter: &Matter,
) -> Result<Shown<String>, ApiError> {
    if let Some(instead) = voices.instead() {
        return Ok(Shown::spoken(matter.explained(), instead.clone()));
    }
    let earlier = matter.earlier(voices.ports.db()).await?;
    let ask = prose(matter.prompt(&earlier), ANSWER_TOKENS)?;
    let mut text = String::new();
    let mut on_text = |words: &str| {
        text.push_str(words);
        // It is said to its end, whoever reads.
        let _ = teller.words(words);
        ControlFlow::Continue(())
    };
    let said = voices.say(Purpose::Assistant, &ask, &mut on_text).await;
    Ok(Shown::of(said, text, || matter.explained()))
}

impl Matter {
    /// The built-in coach's answer. It comes from the judge's verdicts; where a manager's score counts instead, the rep is told.
    fn explained(&self) -> String {
        let mut content = builtin::explain(&self.question, &self.outcome);
        for row in &self.overrides {
            content.push_str(&format!(
                "\n\nIn the drill {} a manager put {} in place of the judge's {}: {}",
                row.drill, row.score, row.judged, row.reason
            ));
        }
        content
    }

    async fn earlier(&self, db: &impl store::Db) -> Result<Vec<AnsweredRow>, DbError> {
        exchanges::latest(db, self.key.company, self.key.session, EARLIER).await
    }

    fn prompt(&self, earlier: &[AnsweredRow]) -> Result<prompts::Prompt, prompts::PromptError> {
        let overrides: Vec<ManagersScore<'_>> = self
            .overrides
            .iter()
            .map(|row| ManagersScore {
                drill: &row.drill,
                score: row.score,
                judged: row.judged,
                reason: &row.reason,
            })
            .collect();
        let earlier: Vec<Exchange<'_>> = earlier
            .iter()
            .map(|row| Exchange {
                question: &row.question,
                answer: &row.answer,
            })
            .collect();
        prompts::assist(&self.outcome, &overrides, &earlier, &self.question)
    }
}
