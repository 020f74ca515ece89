//! The coach's notes on a whole session: what moved, what is strong, and the one thing to practise next.

use super::wording::metric_name;
use crate::order::sort_few_by_key;
use domain::scoring::Metric;
use domain::session::Outcome;

/// Two or three sentences, to the rep.
pub fn session_notes(outcome: &Outcome) -> String {
    let mut notes = vec![moved(outcome)];
    let mut metrics: Vec<(Metric, u8)> = Metric::ALL
        .iter()
        .filter_map(|&metric| Some((metric, outcome.metrics.get(metric)?)))
        .collect();
    sort_few_by_key(&mut metrics, |&(_, value)| value);
    if let Some((metric, value)) = metrics.last().copied().filter(|&(_, value)| value >= 60) {
        notes.push(format!(
            "Your strongest side today is {} ({value}).",
            metric_name(metric)
        ));
    }
    match metrics.first().copied() {
        Some((metric, value)) if value < 85 => {
            notes.push(format!(
                "Next time, work on {} ({value}): {}",
                metric_name(metric),
                practice(metric)
            ));
        }
        Some(_) => notes
            .push("Keep this calm and this order; tomorrow brings another customer.".to_owned()),
        None => {}
    }
    notes.join(" ")
}

fn moved(outcome: &Outcome) -> String {
    let (first, last) = (outcome.first_score, outcome.score);
    match i16::from(last) - i16::from(first) {
        delta @ 1.. => {
            format!("From {first} to {last}: {delta} points better when you said it again.")
        }
        0 => format!("{last} both times: the second answer kept the level of the first."),
        delta => format!(
            "From {first} to {last}: the second answer lost {} points; look at what the first one had.",
            delta.unsigned_abs()
        ),
    }
}

fn practice(metric: Metric) -> &'static str {
    match metric {
        Metric::Confidence => {
            "leave out “maybe”, “basically” and every push; a calm sentence needs no support."
        }
        Metric::Clarity => {
            "one thought per sentence, with a figure or a fact the customer can picture."
        }
        Metric::Structure => {
            "say why before you say what; the reason makes the recommendation sound like advice."
        }
        Metric::ObjectionHandling => {
            "first let the customer feel heard, then answer exactly what was said."
        }
        Metric::Closing => {
            "end with one question that moves to the next step, and anchor 1 lakh as the start."
        }
    }
}
