//! `/api/ai`: the coach outside of sessions. Everything a call needs is in its body, and nothing is kept: what counts for a
//! rep's progress happens in sessions alone.

mod stream;

use crate::error::ApiError;
use crate::extract::{Bearer, JsonBody};
use crate::json::Json;
use crate::live::LiveAnswer;
use crate::ports::Ports;
use crate::scenarios::visible;
use crate::sessions::access::own;
use crate::sessions::home::not_running;
use axum::extract::State;
use coach::builtin::{self, Brief, Correction};
use contract::ai::{
    AiFrame, AnswerForm, BriefForm, CorrectionReply, CustomerForm, CustomerReply, Evaluation,
    QuestionForm, ScenarioDraft,
};
use contract::problem::{Code, FieldError};
use domain::ids::ScenarioId;
use domain::policy::Principal;
use domain::scenario::Drill;
use domain::scoring::{Stance, Verdict};
use domain::session::{Speaker, Status};
use domain::tone::ToneGuidelines;
use store::scenarios::{self, ScenarioRow, Shelf};
use store::sessions::{self, OverrideRow};
use store::tone;

/// The customer's next words.
pub(crate) async fn generate_response<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    JsonBody(form): JsonBody<CustomerForm>,
) -> Result<Json<CustomerReply>, ApiError> {
    Ok(Json(customer_reply(&ports, &asker, form).await?))
}

/// The same, word by word.
pub(crate) async fn stream_objection<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    JsonBody(form): JsonBody<CustomerForm>,
) -> Result<LiveAnswer, ApiError> {
    let content = customer_reply(&ports, &asker, form).await?.content;
    let done = AiFrame::Done {
        content: content.clone(),
        verdict: None,
        improved: None,
    };
    Ok(stream::spoken(ports, &content, done))
}

pub(crate) async fn evaluate_response<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    JsonBody(form): JsonBody<AnswerForm>,
) -> Result<Json<Evaluation>, ApiError> {
    let judged = judged(&ports, &asker, &form).await?;
    Ok(Json(Evaluation {
        verdict: judged.verdict,
    }))
}

pub(crate) async fn provide_correction<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    JsonBody(form): JsonBody<AnswerForm>,
) -> Result<Json<CorrectionReply>, ApiError> {
    let judged = judged(&ports, &asker, &form).await?;
    let correction = judged.correction(&form.answer);
    Ok(Json(CorrectionReply {
        verdict: judged.verdict,
        content: correction.text,
        improved: correction.improved,
    }))
}

/// The same, word by word; the verdict comes with the last frame.
pub(crate) async fn stream_correction<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    JsonBody(form): JsonBody<AnswerForm>,
) -> Result<LiveAnswer, ApiError> {
    let judged = judged(&ports, &asker, &form).await?;
    let correction = judged.correction(&form.answer);
    let done = AiFrame::Done {
        content: correction.text.clone(),
        verdict: Some(Box::new(judged.verdict)),
        improved: Some(correction.improved),
    };
    Ok(stream::spoken(ports, &correction.text, done))
}

/// An answer to a question about one's own completed session, from what is stored of it.
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
    let overrides = sessions::overrides(db, company, session.id).await?;
    let mut content = builtin::explain(&form.question, &stored.outcome);
    for row in overrides {
        content.push_str("\n\n");
        content.push_str(&told(&row));
    }
    let done = AiFrame::Done {
        content: content.clone(),
        verdict: None,
        improved: None,
    };
    Ok(stream::spoken(ports, &content, done))
}

/// The explanation comes from the judge's verdicts; where a manager's score counts instead, the rep is told.
fn told(row: &OverrideRow) -> String {
    format!(
        "In the drill {} a manager put {} in place of the judge's {}: {}",
        row.drill, row.score, row.judged, row.reason
    )
}

/// A scenario to begin with, from the published one that is nearest to the brief.
pub(crate) async fn generate_scenario<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    JsonBody(form): JsonBody<BriefForm>,
) -> Result<Json<ScenarioDraft>, ApiError> {
    let template = template(&ports, &asker, &form).await?;
    let brief = Brief {
        text: form.brief,
        document: None,
        day: form.day,
        customer_message: form.customer_message,
        customer_name: form.customer_name,
        customer_business: form.customer_business,
    };
    let text = builtin::draft(&template.text, &brief);
    domain::scenario::validate(&text).map_err(faults)?;
    Ok(Json(ScenarioDraft {
        is_draft: true,
        model: "builtin".to_owned(),
        based_on: template.id,
        note: format!(
            "A draft by template. Theme, description and the first customer are from your brief as far as it tells them; drills, \
             criteria, answers and everything else are those of “{}” (day {}). Read every line before you publish it.",
            template.text.theme, template.text.day
        ),
        text: text.into(),
    }))
}

async fn template<P: Ports>(
    ports: &P,
    asker: &Principal,
    form: &BriefForm,
) -> Result<ScenarioRow, ApiError> {
    let (db, company) = (ports.db(), asker.company);
    let message = form.customer_message.as_deref().unwrap_or_default();
    let about = format!("{message} {}", form.brief);
    if let Some(nearest) = scenarios::nearest(db, company, &about).await? {
        return Ok(nearest);
    }
    // Nothing shares a word: the day's, which at least trains what is trained then.
    let day = form.day.unwrap_or(1);
    let of_day = scenarios::published_for_day(db, company, day).await?;
    let found = match of_day {
        Some(found) => scenarios::find(db, company, Shelf::Served, found.scenario).await?,
        None => None,
    };
    found.ok_or_else(|| {
        let message =
            "No published scenario is near this brief; describe the objection in other words.";
        ApiError::fields(vec![FieldError::new("brief", message)])
    })
}

fn faults(faults: Vec<domain::scenario::Fault>) -> ApiError {
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    ApiError::Broken(format!(
        "a published scenario is not valid: {}",
        told.join("; ")
    ))
}

/// A drill that was answered.
struct Judged {
    drill: Drill,
    guidelines: ToneGuidelines,
    verdict: Verdict,
}

impl Judged {
    fn correction(&self, answer: &str) -> Correction {
        builtin::correct(&self.drill, &self.guidelines, answer, &self.verdict)
    }
}

async fn judged<P: Ports>(
    ports: &P,
    asker: &Principal,
    form: &AnswerForm,
) -> Result<Judged, ApiError> {
    let drill = drill(ports, asker, form.scenario_id, &form.drill).await?;
    let guidelines = guidelines(ports, asker).await?;
    let verdict = builtin::verdict(&drill, &guidelines, &form.answer, false);
    Ok(Judged {
        drill,
        guidelines,
        verdict,
    })
}

async fn customer_reply<P: Ports>(
    ports: &P,
    asker: &Principal,
    form: CustomerForm,
) -> Result<CustomerReply, ApiError> {
    let drill = drill(ports, asker, form.scenario_id, &form.drill).await?;
    let Some(answer) = form.answer else {
        return Ok(CustomerReply {
            role: Speaker::Customer,
            content: drill.customer_message,
            stance: None,
        });
    };
    let guidelines = guidelines(ports, asker).await?;
    let verdict = builtin::verdict(&drill, &guidelines, &answer, false);
    let stance = Stance::after(&verdict);
    // The same answer always hears the same; another length, perhaps another line.
    let variant = u64::try_from(answer.chars().count()).unwrap_or(0);
    Ok(CustomerReply {
        role: Speaker::Customer,
        content: builtin::react(&drill, stance, variant).to_owned(),
        stance: Some(stance),
    })
}

/// A drill that the asker may see.
async fn drill<P: Ports>(
    ports: &P,
    asker: &Principal,
    scenario: ScenarioId,
    drill: &str,
) -> Result<Drill, ApiError> {
    let scenario = visible(ports, asker, scenario).await?;
    let found = scenario.text.drills.into_iter().find(|one| one.id == drill);
    found.ok_or_else(|| ApiError::not_found("drill"))
}

async fn guidelines<P: Ports>(ports: &P, asker: &Principal) -> Result<ToneGuidelines, ApiError> {
    let row = tone::that_counts(ports.db(), asker.company).await?;
    row.map(|row| row.text)
        .ok_or_else(|| ApiError::Broken("there are no tone guidelines".to_owned()))
}
