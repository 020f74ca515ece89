//! The day as a whole, and what is said aloud at its end.

use super::pieces::Text;
use crate::components::{Choice, select};
use crate::pages::manage::fields::{Shown, line, paragraph};
use crate::state::programme::{DAYS, SKILLS, skill_name};
use contract::scenario::ScenarioText;
use yew::prelude::*;

/// Theme, day, skill and description.
pub fn day_part(form: &Text, draft: &ScenarioText) -> Html {
    let on_day = form.chosen("day", |text: &mut ScenarioText, day: String| {
        text.day = day.parse().unwrap_or(text.day);
    });
    let on_skill = form.chosen("category", |text: &mut ScenarioText, name: String| {
        let chosen = SKILLS.into_iter().find(|skill| skill.as_str() == name);
        text.category = chosen.unwrap_or(text.category);
    });
    html! {
        <div class="grid gap-5">
            { line(form, Shown {
                path: "theme".to_owned(),
                label: tr!("Theme"),
                hint: tr!("The day in the customer's own words, such as “Send me the details on WhatsApp”."),
                most: 120,
                value: &draft.theme,
            }, |text, theme| text.theme = theme) }
            <div class="grid gap-5 sm:grid-cols-2">
                { select(Choice {
                    name: "day".into(),
                    label: tr!("Day of the programme").into(),
                    value: draft.day.to_string().into(),
                    options: DAYS.map(|day| (day.to_string().into(), tr!("Day {}", day).into())).collect(),
                    onchange: on_day,
                    error: form.error("day"),
                    ..Choice::default()
                }) }
                { select(Choice {
                    name: "category".into(),
                    label: tr!("Skill").into(),
                    value: draft.category.as_str().into(),
                    options: SKILLS.map(|skill| (skill.as_str().into(), skill_name(skill).into())).into(),
                    onchange: on_skill,
                    error: form.error("category"),
                    ..Choice::default()
                }) }
            </div>
            { paragraph(form, Shown {
                path: "description".to_owned(),
                label: tr!("Description"),
                hint: tr!("One or two sentences that reps read before they start. It never gives an answer away."),
                most: 400,
                value: &draft.description,
            }, |text, description| text.description = description) }
        </div>
    }
}

/// What the rep says aloud at the end of the day.
pub fn voice_part(form: &Text, draft: &ScenarioText) -> Html {
    html! {
        <div class="grid gap-5">
            { paragraph(form, Shown {
                path: "voiceDrill.text".to_owned(),
                label: tr!("Words to say"),
                hint: tr!("What the rep records at the end of the day."),
                most: 1_000,
                value: &draft.voice_drill.text,
            }, |text, words| text.voice_drill.text = words) }
            { paragraph(form, Shown {
                path: "voiceDrill.instructions".to_owned(),
                label: tr!("How to say them"),
                hint: tr!("Pace, pauses, and where to stop."),
                most: 600,
                value: &draft.voice_drill.instructions,
            }, |text, words| text.voice_drill.instructions = words) }
        </div>
    }
}
