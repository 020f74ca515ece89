//! The coach's short note after the repeat: what moved, and one thing for next time.

use super::wording::{Gap, called, gaps, shortened, strengths, uncapitalised};
use domain::scenario::Drill;
use domain::scoring::{COPIED_SCORE_CAP, CriterionVerdict, Level, Verdict};
use std::cmp::Ordering;

/// Words quoted in a note.
const QUOTE_WORDS: usize = 14;

/// Writes the note that ends a drill, from the verdicts on the first answer and on the repeat. Honest when nothing moved or
/// when it got worse.
pub fn close(drill: &Drill, first: &Verdict, second: &Verdict) -> String {
    let name = called(&drill.customer);
    let mut lines = vec![scores(first.score, second.score)];
    if let Some(blocker) = second.blockers.first() {
        lines.push(format!("*Stop here:* {}", blocker.text));
    } else if second.is_copied() {
        lines.push(format!(
            "*Whose words:* This is my version, nearly word for word, and a copy earns {COPIED_SCORE_CAP} at most. {name} can tell a read-out line from a meant one."
        ));
    } else if let Some(line) = moved(first, second, &name) {
        lines.push(line);
    }
    lines.push(format!("*Next time:* {}", next_time(second)));
    lines.join("\n")
}

fn scores(first: u8, second: u8) -> String {
    match second.cmp(&first) {
        Ordering::Greater => format!(
            "*{first} → {second}.* {} up: that is what saying it again is for.",
            points(second - first)
        ),
        Ordering::Less => format!(
            "*{first} → {second}.* {} down, so compare the two.",
            points(first - second)
        ),
        Ordering::Equal => format!("*{second}, as before.* The repeat has not moved the score."),
    }
}

fn points(count: u8) -> String {
    match count {
        1 => "1 point".to_owned(),
        _ => format!("{count} points"),
    }
}

/// What changed most between two answers, with the words that show it.
fn moved(first: &Verdict, second: &Verdict, name: &str) -> Option<String> {
    let changes = || first.criteria.iter().zip(&second.criteria);
    let (gain, gained) = changes()
        .filter(|(_, after)| {
            after
                .observed
                .as_ref()
                .is_some_and(|o| o.level >= Level::Two)
        })
        .map(|(before, after)| (worth(after) - worth(before), Some(after)))
        .max_by_key(|(gain, _)| *gain)
        .unwrap_or((0, None));
    let (loss, lost) = changes()
        .map(|(before, after)| (worth(before) - worth(after), before))
        .max_by_key(|(loss, _)| *loss)?;
    let worse = second.score < first.score;
    match (gained, &lost.observed) {
        (_, Some(observed)) if worse && loss > 0 => Some(format!(
            "*What got lost:* {} stood in your first answer, and {name} needs it.",
            shortened(&observed.quote, QUOTE_WORDS)
        )),
        (Some(gained), _) if gain > 0 => gained.observed.as_ref().map(|observed| {
            format!(
                "*What moved:* {} Now it {}.",
                shortened(&observed.quote, QUOTE_WORDS),
                uncapitalised(gained.text.trim_end_matches('.'))
            )
        }),
        _ => tone_moved(first, second).or_else(|| {
            strengths(second).first().map(|(_, observed)| {
                format!(
                    "*What still holds:* {}",
                    shortened(&observed.quote, QUOTE_WORDS)
                )
            })
        }),
    }
}

fn tone_moved(first: &Verdict, second: &Verdict) -> Option<String> {
    let (change, finding) = first
        .tone
        .iter()
        .zip(&second.tone)
        .map(|(before, after)| {
            let change = (i32::from(after.held) - i32::from(before.held)) * i32::from(after.weight);
            (change, after)
        })
        .max_by_key(|(change, _)| change.abs())?;
    let quote = finding
        .quote
        .as_ref()
        .map(|quote| format!("{} ", shortened(quote, QUOTE_WORDS)))
        .unwrap_or_default();
    match change.cmp(&0) {
        Ordering::Greater => Some(format!("*What moved:* {quote}{}", finding.note)),
        Ordering::Less => Some(format!(
            "*What got lost:* {quote}The rule here: {}.",
            uncapitalised(finding.text.trim_end_matches('.'))
        )),
        Ordering::Equal => None,
    }
}

/// What a criterion brings to the score: level times weight.
fn worth(criterion: &CriterionVerdict) -> i32 {
    let level = criterion
        .observed
        .as_ref()
        .map_or(0, |observed| i32::from(u8::from(observed.level)));
    level * i32::from(criterion.weight)
}

fn next_time(second: &Verdict) -> String {
    if second.is_copied() {
        return "keep the order of the thoughts and find the words yourself, as you would on the phone."
            .to_owned();
    }
    match gaps(second).first() {
        Some(Gap::Criterion(criterion)) => criterion
            .advice
            .clone()
            .unwrap_or_else(|| criterion.text.clone()),
        Some(Gap::Tone(finding)) => {
            format!("{}. {}", finding.text.trim_end_matches('.'), finding.note)
        }
        None => {
            "the same calm from your first line on; you need no second try for this one.".to_owned()
        }
    }
}
