//! `/api/ai`: the coach outside of sessions. What counts for a rep's progress happens in sessions alone; of what is asked here only
//! the questions about a completed session are kept, with it.
//!
//! - `voices`: whether a model speaks, and what is noted of it; `judging`: how an answer comes to its verdict; `drills`: one answer to one drill; `stream`: words as they come.
//! - `assistant`: a rep's questions; `drafting`: scenarios; `providers`: who is asked and what it costs.

mod assistant;
mod drafting;
mod drills;
pub(crate) mod judging;
mod providers;
mod stream;
pub(crate) mod voices;

pub(crate) use assistant::stream_assistant;
pub(crate) use drafting::generate_scenario;
pub(crate) use providers::providers;

use crate::error::ApiError;
use crate::extract::{Bearer, JsonBody};
use crate::json::Json;
use crate::live::LiveAnswer;
use crate::ports::Ports;
use axum::extract::State;
use contract::ai::{AiFrame, AnswerForm, CorrectionReply, CustomerForm, CustomerReply, Evaluation};
use contract::problem::Code;
use domain::policy::Principal;
use domain::role::Role;
use domain::scoring::Verdict;
use domain::session::{Speaker, VoicedBy};
use drills::{Answered, Judged, Shown, Spoken, drill};
use std::ops::ControlFlow;
use stream::{Teller, WhenLeft, told};
use voices::Telling;

/// A stream that begins.
fn connected() -> AiFrame {
    AiFrame::Connected { request_id: None }
}

/// The customer's next words.
pub(crate) async fn generate_response<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    JsonBody(form): JsonBody<CustomerForm>,
) -> Result<Json<CustomerReply>, ApiError> {
    let drill = drill(&ports, &asker, form.scenario_id, &form.drill).await?;
    let reply = |content, stance, voiced_by| CustomerReply {
        role: Speaker::Customer,
        content,
        stance,
        voiced_by,
    };
    let Some(answer) = form.answer else {
        return Ok(Json(reply(drill.customer_message, None, None)));
    };
    let answered = Answered::of(&ports, &asker, drill, answer, Telling::Whole).await?;
    let (stance, shown) = answered.react(&mut unshown).await?;
    let Spoken { words, voiced_by } = whole(shown)?;
    Ok(Json(reply(words, Some(stance), Some(voiced_by))))
}

/// The same, word by word.
pub(crate) async fn stream_objection<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    JsonBody(form): JsonBody<CustomerForm>,
) -> Result<LiveAnswer, ApiError> {
    let drill = drill(&ports, &asker, form.scenario_id, &form.drill).await?;
    let Some(answer) = form.answer else {
        let opening = drill.customer_message;
        return Ok(told(
            ports,
            WhenLeft::End,
            connected(),
            |teller| async move {
                teller.speak(&opening).await;
                teller.done(opening, VoicedBy::BuiltIn, None);
            },
        ));
    };
    let answered = Answered::of(&ports, &asker, drill, answer, Telling::Aloud).await?;
    Ok(told(
        ports,
        WhenLeft::End,
        connected(),
        |teller| async move {
            match answered.react(&mut |words| teller.words(words)).await {
                Ok((_, shown)) => {
                    if let Some(Spoken { words, voiced_by }) =
                        teller.spoken(shown, String::as_str).await
                    {
                        teller.done(words, voiced_by, None);
                    }
                }
                Err(error) => teller.failed("/api/ai/objections/stream", &error),
            }
        },
    ))
}

/// Judges an answer.
pub(crate) async fn evaluate_response<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    JsonBody(form): JsonBody<AnswerForm>,
) -> Result<Json<Evaluation>, ApiError> {
    let answered = answered(&ports, &asker, form, Telling::Whole).await?;
    let Judged { verdict, suspicion } = answered.judge().await?;
    Ok(Json(Evaluation {
        verdict,
        suspicion: suspicion.filter(|_| asker.role != Role::SalesRep),
    }))
}

/// Judges an answer and says it better.
pub(crate) async fn provide_correction<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    JsonBody(form): JsonBody<AnswerForm>,
) -> Result<Json<CorrectionReply>, ApiError> {
    let answered = answered(&ports, &asker, form, Telling::Whole).await?;
    let verdict = answered.judge().await?.verdict;
    let Spoken { words, voiced_by } = whole(answered.correct(&verdict, &mut unshown).await?)?;
    Ok(Json(CorrectionReply {
        verdict,
        content: words.text,
        improved: words.improved,
        voiced_by,
    }))
}

/// The same, word by word; the verdict comes with the last frame.
pub(crate) async fn stream_correction<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    JsonBody(form): JsonBody<AnswerForm>,
) -> Result<LiveAnswer, ApiError> {
    let answered = answered(&ports, &asker, form, Telling::Aloud).await?;
    Ok(told(
        ports,
        WhenLeft::End,
        connected(),
        |teller| async move {
            if let Err(error) = correct_aloud(&answered, &teller).await {
                teller.failed("/api/ai/corrections/stream", &error);
            }
        },
    ))
}

async fn correct_aloud<P: Ports>(
    answered: &Answered<P>,
    teller: &Teller<P>,
) -> Result<(), ApiError> {
    let verdict = answered.judge().await?.verdict;
    let shown = answered
        .correct(&verdict, &mut |words| teller.words(words))
        .await?;
    if let Some(Spoken { words, voiced_by }) = teller.spoken(shown, |words| &words.text).await {
        teller.done(words.text, voiced_by, Some((verdict, words.improved)));
    }
    Ok(())
}

async fn answered<P: Ports>(
    ports: &P,
    asker: &Principal,
    form: AnswerForm,
    telling: Telling,
) -> Result<Answered<P>, ApiError> {
    let drill = drill(ports, asker, form.scenario_id, &form.drill).await?;
    Answered::of(ports, asker, drill, form.answer, telling).await
}

/// Nobody reads along.
fn unshown(_: &str) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Words that nobody saw before they were whole.
fn whole<T>(shown: Shown<T>) -> Result<Spoken<T>, ApiError> {
    match shown {
        Shown::Spoken(spoken) => Ok(spoken),
        Shown::Broken(_) | Shown::Unheard => {
            let detail = "The coach's model broke off. Try again in a moment.";
            Err(ApiError::new(Code::Unavailable, detail))
        }
    }
}

impl<P: Ports> Teller<P> {
    /// Sees to it that words are shown: a model's are already, the built-in coach's are spoken now. `None` where they are no
    /// answer, which is told, or nobody reads them.
    async fn spoken<T>(&self, shown: Shown<T>, text: impl Fn(&T) -> &str) -> Option<Spoken<T>> {
        match shown {
            Shown::Spoken(spoken) => {
                if !matches!(spoken.voiced_by, VoicedBy::Model { .. }) {
                    self.speak(text(&spoken.words)).await;
                }
                Some(spoken)
            }
            Shown::Broken(why) => {
                self.broken(why);
                None
            }
            Shown::Unheard => None,
        }
    }

    /// Tells that all is said.
    fn done(&self, content: String, voiced_by: VoicedBy, corrected: Option<(Verdict, String)>) {
        let (verdict, improved) = corrected.unzip();
        // Whoever is gone has no use for it.
        let _ = self.tell(AiFrame::Done {
            content,
            verdict: verdict.map(Box::new),
            improved,
            voiced_by,
        });
    }
}
