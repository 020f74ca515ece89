//! A first draft of a scenario from a trainer's brief: the nearest scenario as a template. The built-in coach writes no drills
//! of its own; what it can do is save the typing.

use crate::order::sort_few_by_key;
use domain::scenario::{Drill, Scenario, validate};
use domain::tone::words;
use std::collections::HashSet;

/// The longest theme, characters.
const MAX_THEME: usize = 120;

/// The longest description, characters.
const MAX_DESCRIPTION: usize = 400;

/// What a new scenario is to be about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brief {
    /// In a sentence or two.
    pub text: String,
    /// Notes, a transcript, a playbook: what a model may draw from. The built-in coach looks for the nearest scenario with it.
    pub document: Option<String>,
    /// 1 to 10; the template's when absent.
    pub day: Option<u8>,
    /// The first customer's opening.
    pub customer_message: Option<String>,
    /// Their name.
    pub customer_name: Option<String>,
    /// What they do.
    pub customer_business: Option<String>,
}

/// Fills a brief into the nearest scenario. Theme and description come from the brief; the drill that is nearest to it comes
/// first and takes the customer from it, where it names one. Everything else is the template's. The draft is valid when the
/// template is.
pub fn draft(template: &Scenario, brief: &Brief) -> Scenario {
    let about = brief.customer_message.as_deref().unwrap_or(&brief.text);
    let mut scenario = template.clone();
    scenario.day = brief.day.unwrap_or(template.day);
    scenario.theme = shortened(first_line(about), MAX_THEME);
    scenario.description = shortened(&brief.text, MAX_DESCRIPTION);
    let wanted: HashSet<String> = words(&format!("{} {about}", brief.text))
        .into_iter()
        .collect();
    // Stable: of equals, the template's order.
    sort_few_by_key(&mut scenario.drills, |drill| {
        std::cmp::Reverse(shared(&wanted, drill))
    });
    let with_customer = scenario.drills.first().map(|drill| recast(drill, brief));
    let mut recast = scenario.clone();
    if let (Some(place), Some(drill)) = (recast.drills.first_mut(), with_customer) {
        *place = drill;
    }
    // A longer name can push a text past what a screen shows; then the customer stays the template's.
    if validate(&recast).is_ok() {
        recast
    } else {
        scenario
    }
}

fn shared(wanted: &HashSet<String>, drill: &Drill) -> usize {
    let text = format!(
        "{} {} {}",
        drill.title, drill.customer_message, drill.customer.business
    );
    let of_drill: HashSet<String> = words(&text).into_iter().collect();
    // Short words stand in every text.
    wanted
        .intersection(&of_drill)
        .filter(|word| word.chars().count() > 3)
        .count()
}

/// The drill with the brief's customer; wherever the old one is called by name, the new one is.
fn recast(drill: &Drill, brief: &Brief) -> Drill {
    let mut drill = drill.clone();
    if let Some(message) = &brief.customer_message {
        message.trim().clone_into(&mut drill.customer_message);
    }
    if let Some(business) = &brief.customer_business {
        business.trim().clone_into(&mut drill.customer.business);
    }
    let Some(name) = brief.customer_name.as_deref().map(str::trim) else {
        return drill;
    };
    let old = first_name(&drill.customer.name).to_owned();
    let new = first_name(name).to_owned();
    name.clone_into(&mut drill.customer.name);
    let rename = |text: &mut String| *text = text.replace(&old, &new);
    rename(&mut drill.ideal_response);
    rename(&mut drill.customer.stance);
    let criteria = drill.criteria.iter_mut();
    let lists = [
        &mut drill.customer.facts,
        &mut drill.coaching_notes,
        &mut drill.tone_guidelines,
        &mut drill.common_mistakes,
        &mut drill.reactions.open,
        &mut drill.reactions.softened,
        &mut drill.reactions.resolved,
    ];
    lists.into_iter().flatten().for_each(rename);
    criteria
        .flat_map(|criterion| {
            let texts = [
                &mut criterion.text,
                &mut criterion.advice,
                &mut criterion.example,
            ];
            texts.into_iter().chain(&mut criterion.levels)
        })
        .for_each(rename);
    drill
}

fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

fn first_line(text: &str) -> &str {
    text.trim().lines().next().unwrap_or_default()
}

/// At most so many characters, cut between words.
fn shortened(text: &str, most: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most.saturating_sub(1)).collect();
    let whole = head
        .rsplit_once(' ')
        .map_or(head.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end())
}
