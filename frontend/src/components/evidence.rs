//! Why an answer got its score: each criterion with the rep's own words, the level they reached, and how to do better.

use super::icon::{Glyph, icon};
use super::metric_bars::metric_name;
use domain::scoring::{COPIED_SCORE_CAP, CriterionVerdict, Judge, Level, Verdict};
use domain::tone::ToneFinding;
use yew::prelude::*;

/// A tone rule that holds this far is kept, percent.
const HELD: u8 = 100;

/// The whole judgement, readable without any other.
pub fn evidence(verdict: &Verdict) -> Html {
    html! {
        <div class="grid gap-4 text-sm">
            for blocker in verdict.blockers.iter() {
                <div class="rounded-md border border-bad/40 bg-bad-wash p-3">
                    <p class="font-semibold text-bad">{ tr!("This fails any answer") }</p>
                    <p class="mt-1">{ &blocker.text }</p>
                    { quote(&blocker.quote) }
                </div>
            }
            if verdict.is_copied() {
                { copied(verdict.own_words_percent) }
            }
            <ul class="grid gap-4">
                for criterion in verdict.criteria.iter() {
                    { criterion_row(criterion) }
                }
            </ul>
            if !verdict.tone.is_empty() {
                <div class="border-t border-line pt-3">
                    <p class="mb-2 font-semibold">{ tr!("Tone") }</p>
                    <ul class="grid gap-2">
                        for finding in verdict.tone.iter() {
                            { tone_row(finding) }
                        }
                    </ul>
                </div>
            }
            <p class="text-xs text-ink-soft">{ judge(&verdict.judge) }</p>
        </div>
    }
}

/// Says so when a repeat is mostly the coach's version read back.
fn copied(percent: u8) -> Html {
    html! {
        <p class="rounded-md bg-accent-wash p-3">
            <span class="font-semibold text-accent-strong">{ tr!("{percent}% in your own words. ", percent = percent) }</span>
            { tr!("The coach's version read back earns at most {most}; say it your way for the rest.", most = COPIED_SCORE_CAP) }
        </p>
    }
}

fn criterion_row(criterion: &CriterionVerdict) -> Html {
    let level = criterion.observed.as_ref().map(|observed| observed.level);
    html! {
        <li class="grid gap-1">
            <div class="flex items-start justify-between gap-3">
                <p class="font-semibold">{ &criterion.text }</p>
                { pips(level) }
            </div>
            <p class="text-xs text-ink-soft">{ metric_name(criterion.metric) }{ " · " }{ level_name(level) }</p>
            if let Some(observed) = &criterion.observed {
                { quote(&observed.quote) }
                <p>{ &criterion.anchor }</p>
            }
            if let Some(advice) = &criterion.advice {
                <p><span class="font-semibold text-accent-strong">{ tr!("Next time: ") }</span>{ advice }</p>
            }
        </li>
    }
}

fn quote(words: &str) -> Html {
    html! {
        <blockquote class="my-1 border-l-2 border-accent pl-3 italic [overflow-wrap:anywhere]">{ "“" }{ words }{ "”" }</blockquote>
    }
}

fn pips(level: Option<Level>) -> Html {
    let reached = level.map_or(0, u8::from);
    html! {
        <svg class="mt-1 h-2.5 w-12 shrink-0" viewBox="0 0 48 10" aria-hidden="true">
            for pip in 0..3_u8 {
                <rect x={(u32::from(pip) * 17).to_string()} width="14" height="10" rx="3"
                    fill={if pip < reached { "var(--brand)" } else { "var(--sunken)" }} stroke="var(--line-strong)" stroke-width=".8" />
            }
        </svg>
    }
}

/// A level in words.
fn level_name(level: Option<Level>) -> &'static str {
    match level {
        None => tr!("not seen yet"),
        Some(Level::Zero) => "level 0 of 3: done wrong",
        Some(Level::One) => "level 1 of 3: a trace",
        Some(Level::Two) => "level 2 of 3: done",
        Some(Level::Three) => "level 3 of 3: as a master would",
    }
}

fn tone_row(finding: &ToneFinding) -> Html {
    let is_held = finding.held >= HELD;
    let (glyph, class, word) = if is_held {
        (Glyph::Tick, "mt-0.5 size-4 text-good", tr!("Kept: "))
    } else {
        (
            Glyph::Alert,
            "mt-0.5 size-4 text-accent-strong",
            tr!("Not kept: "),
        )
    };
    html! {
        <li class="flex gap-2">
            { icon(glyph, class) }
            <div class="min-w-0">
                <p><span class="sr-only">{ word }</span><span class="font-medium">{ &finding.text }</span></p>
                <p class="text-ink-soft">{ &finding.note }</p>
                if let Some(words) = finding.quote.as_ref().filter(|_| !is_held) {
                    { quote(words) }
                }
            </div>
        </li>
    }
}

fn judge(judge: &Judge) -> String {
    match judge {
        Judge::BuiltIn { stand_in: false } => {
            tr!("Judged by the built-in coach, by the same rules for everybody.").to_owned()
        }
        Judge::BuiltIn { stand_in: true } => {
            tr!("The model's verdict could not be used; the built-in coach judged in its place.")
                .to_owned()
        }
        Judge::Model { model } => {
            tr!(
                "Judged by {model}; every quote was checked against your words.",
                model = model
            )
        }
    }
}
