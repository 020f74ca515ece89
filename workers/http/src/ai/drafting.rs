//! A scenario to begin with: written by a model, or the published one that is nearest to the brief with the brief filled in. It is
//! valid either way, and nothing of it is stored: a human reads it, mends it and publishes it.

use super::drills::guidelines;
use super::voices::{Telling, Voices, unwritable};
use crate::error::ApiError;
use crate::extract::{Bearer, JsonBody, LONG_TEXT};
use crate::json::Json;
use crate::ports::Ports;
use axum::extract::State;
use coach::builtin::{self, Brief};
use coach::provider::drafting::{Drafted, Drafting};
use contract::ai::{BriefForm, ScenarioDraft};
use contract::problem::FieldError;
use domain::policy::Principal;
use domain::scenario::{Drill, Scenario};
use domain::scoring::Level;
use domain::session::{Absence, VoicedBy};
use domain::spend::Purpose;
use domain::tone::ToneGuidelines;
use store::scenarios::{self, ScenarioRow, Shelf};

/// So much of a document is searched with for the nearest scenario, characters.
const SEARCHED_CHARS: usize = 1_000;

/// What the built-in coach should give a drill's own ideal response, as it does in the stock library.
const IDEAL_SCORE: u8 = 90;

/// Drafts a scenario.
pub(crate) async fn generate_scenario<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    JsonBody(form): JsonBody<BriefForm, LONG_TEXT>,
) -> Result<Json<ScenarioDraft>, ApiError> {
    let template = template(&ports, &asker, &form).await?;
    let day = form.day.unwrap_or(template.text.day);
    let brief = Brief {
        text: form.brief,
        document: form.document,
        day: Some(day),
        customer_message: form.customer_message,
        customer_name: form.customer_name,
        customer_business: form.customer_business,
    };
    let voices = Voices::of(&ports, &asker, None, Telling::Whole).await?;
    let stand_in = match voices.instead() {
        Some(VoicedBy::StandIn { why }) => Some(*why),
        Some(_) => None,
        None => match written(&voices, &template, &brief, day).await? {
            Some((text, model)) => {
                let note = by_model(&text, &guidelines(&ports, &asker).await?);
                return Ok(draft(model, &template, None, note, text));
            }
            None => Some(Absence::Away),
        },
    };
    let text = builtin::draft(&template.text, &brief);
    domain::scenario::validate(&text).map_err(faults)?;
    let note = by_template(&template);
    Ok(draft("builtin".to_owned(), &template, stand_in, note, text))
}

fn draft(
    model: String,
    template: &ScenarioRow,
    stand_in: Option<Absence>,
    note: String,
    text: Scenario,
) -> Json<ScenarioDraft> {
    Json(ScenarioDraft {
        is_draft: true,
        model,
        based_on: template.id,
        stand_in,
        note,
        text: text.into(),
    })
}

/// A model's draft, with the model; `None` when no model gave one that passes the checks.
async fn written<P: Ports>(
    voices: &Voices<P>,
    template: &ScenarioRow,
    brief: &Brief,
    day: u8,
) -> Result<Option<(Scenario, String)>, ApiError> {
    let Some(example) = template.text.drills.first() else {
        return Ok(None);
    };
    let mut drafting = Drafting::begin(brief.clone(), day, example).map_err(unwritable)?;
    loop {
        let (heard, model) = voices.hear(Purpose::Scenario, drafting.ask()).await;
        drafting = match drafting.heard(heard) {
            Drafted::AskAgain(again) => *again,
            Drafted::Written(text) => return Ok(Some((*text, model))),
            Drafted::Nothing => return Ok(None),
        };
    }
}

fn by_template(template: &ScenarioRow) -> String {
    format!(
        "A draft by template. Theme, description and the first customer are from your brief as far as it tells them; drills, \
         criteria, answers and everything else are those of “{}” (day {}). Read every line before you publish it.",
        template.text.theme, template.text.day
    )
}

/// A model writes signals without having heard what they catch; the built-in coach has ears.
fn by_model(text: &Scenario, guidelines: &ToneGuidelines) -> String {
    let mut note = "A draft by a model. It passes the checks that every scenario passes, and nobody has read it yet: read every line before \
                    you publish it."
        .to_owned();
    for drill in &text.drills {
        note.extend(unheard(drill, guidelines));
    }
    note
}

/// What the built-in coach does not hear in a drill's own ideal response.
fn unheard(drill: &Drill, guidelines: &ToneGuidelines) -> Option<String> {
    let verdict = builtin::verdict(drill, guidelines, &drill.ideal_response, false);
    let weak: Vec<&str> = verdict
        .criteria
        .iter()
        .filter(|judged| {
            let level = judged.observed.as_ref().map(|observed| observed.level);
            level.is_none_or(|level| level < Level::Three)
        })
        .map(|judged| judged.criterion.as_str())
        .collect();
    let broken = verdict.tone.iter().filter(|rule| rule.held < 100);
    let broken: Vec<&str> = broken.map(|rule| rule.rule.as_str()).collect();
    if verdict.score >= IDEAL_SCORE && weak.is_empty() {
        return None;
    }
    let mut told = format!(
        " The built-in coach gives the ideal response of “{}” {} of 100.",
        drill.title, verdict.score
    );
    for (what, names) in [
        ("It does not hear all of", weak),
        ("It misses in the tone", broken),
    ] {
        if !names.is_empty() {
            told.push_str(&format!(" {what}: {}.", names.join(", ")));
        }
    }
    for blocker in &verdict.blockers {
        told.push_str(&format!(" It is blocked by: {}.", blocker.blocker));
    }
    Some(told)
}

async fn template<P: Ports>(
    ports: &P,
    asker: &Principal,
    form: &BriefForm,
) -> Result<ScenarioRow, ApiError> {
    let (db, company) = (ports.db(), asker.company);
    let message = form.customer_message.as_deref().unwrap_or_default();
    let document = form.document.as_deref().unwrap_or_default();
    let document: String = document.chars().take(SEARCHED_CHARS).collect();
    let about = format!("{message} {} {document}", form.brief);
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
