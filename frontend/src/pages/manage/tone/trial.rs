//! An answer, and what the rules say of it while they are written.

use crate::browser::page::value_of;
use crate::components::{Area, Glyph, icon, text_area};
use crate::state::tone_trial::{Tried, try_out};
use contract::tone::ToneText;
use domain::tone::ToneFinding;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Trial`].
#[derive(Properties, PartialEq, Clone)]
pub struct TrialProps {
    /// The guidelines that count.
    pub saved: Rc<ToneText>,
    /// Those that are being written.
    pub draft: Rc<ToneText>,
    /// The answer.
    pub answer: String,
    /// Another answer.
    pub on_answer: Callback<String>,
}

/// Checked here, with every key, by the same code that judges in sessions.
#[component]
pub fn Trial(props: &TrialProps) -> Html {
    let oninput = props.on_answer.reform(|event: InputEvent| value_of(&event));
    let tried = try_out(&props.draft, &props.answer);
    let before = (props.saved != props.draft)
        .then(|| try_out(&props.saved, &props.answer))
        .flatten();
    html! {
        <div class="grid gap-4">
            { text_area(Area {
                name: "tone-answer".into(),
                label: tr!("Try an answer").into(),
                hint: tr!("Paste what a rep wrote. Nothing is sent: the rules run here, with what you have changed.").into(),
                value: props.answer.clone().into(),
                oninput,
                ..Area::default()
            }) }
            if let Some(tried) = tried { { found(&tried, before.as_ref()) } }
        </div>
    }
}

fn found(tried: &Tried, before: Option<&Tried>) -> Html {
    html! {
        <div class="grid gap-4 text-sm" aria-live="polite">
            <p class="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                if let Some(held) = tried.held {
                    <span class="numerals font-display text-2xl font-semibold">{ tr!("{}%", held) }</span>
                    <span>
                        { tr!("of the tone is kept") }
                        if let Some(was) = before.and_then(|before| before.held).filter(|was| *was != held) {
                            <span class="text-ink-soft">{ " · " }{ tr!("before your changes {}%", was) }</span>
                        }
                    </span>
                }
                <span class="numerals text-ink-soft">{ tr!("{words} words, {hindi}% Hindi", words = tried.words, hindi = tried.hindi) }</span>
            </p>
            for blocker in tried.blockers.iter() {
                <div class="rounded-md border border-bad/40 bg-bad-wash p-3" key={blocker.blocker.clone()}>
                    <p class="font-semibold text-bad">{ tr!("This fails any answer") }</p>
                    <p>{ &blocker.text }</p>
                    <blockquote class="my-1 border-l-2 border-bad pl-3 italic wrap-anywhere">{ format!("“{}”", blocker.quote) }</blockquote>
                </div>
            }
            <ul class="grid gap-3">
                for finding in tried.rules.iter() { { rule(finding, before) } }
            </ul>
        </div>
    }
}

fn rule(finding: &ToneFinding, before: Option<&Tried>) -> Html {
    let is_kept = finding.held >= 100;
    let (glyph, class, word) = if is_kept {
        (Glyph::Tick, "mt-0.5 size-4 shrink-0 text-good", tr!("Kept"))
    } else {
        (
            Glyph::Alert,
            "mt-0.5 size-4 shrink-0 text-accent-strong",
            tr!("Not kept"),
        )
    };
    let was = before
        .and_then(|before| before.rules.iter().find(|old| old.rule == finding.rule))
        .map(|old| old.held)
        .filter(|was| *was != finding.held);
    html! {
        <li key={finding.rule.clone()} class="flex gap-2">
            { icon(glyph, class) }
            <div class="min-w-0 flex-1">
                <p class="flex items-start justify-between gap-3">
                    <span class="min-w-0 font-medium wrap-anywhere"><span class="sr-only">{ word }{ ": " }</span>{ &finding.text }</span>
                    <span class="numerals shrink-0 text-ink-soft">{ tr!("{}%", finding.held) }</span>
                </p>
                <p class="text-ink-soft wrap-anywhere">{ &finding.note }</p>
                if let Some(was) = was {
                    <p class="font-medium text-accent-strong">{ tr!("Before your changes: {}%", was) }</p>
                }
                if let Some(words) = finding.quote.as_ref().filter(|_| !is_kept) {
                    <blockquote class="my-1 border-l-2 border-accent pl-3 italic wrap-anywhere">{ format!("“{words}”") }</blockquote>
                }
            </div>
        </li>
    }
}
