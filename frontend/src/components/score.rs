//! Scores, always as numbers beside their shapes.

use domain::scoring::PASS_SCORE;
use yew::prelude::*;

/// The way round the dial, in the drawing's units: 2 × π × 52.
const ROUND: u32 = 327;

/// The final score as a dial, with the first score as a notch on it.
pub fn score_dial(first: u8, last: u8) -> Html {
    let filled = ROUND * u32::from(last.min(100)) / 100;
    let dashes = format!("{filled} {ROUND}");
    let notch = format!("rotate({} 60 60)", i32::from(first.min(100)) * 18 / 5 - 90);
    html! {
        <div class="relative grid size-40 shrink-0 place-items-center">
            <svg class="absolute inset-0 size-full" viewBox="0 0 120 120" fill="none" aria-hidden="true">
                <circle cx="60" cy="60" r="52" stroke="var(--deck-line)" stroke-width="9" />
                <circle cx="60" cy="60" r="52" stroke="var(--accent)" stroke-width="9" stroke-linecap="round"
                    stroke-dasharray={dashes} transform="rotate(-90 60 60)" />
                <path d="M104 60h16" stroke="var(--on-deck)" stroke-width="3" stroke-linecap="round" transform={notch} />
            </svg>
            <p class="text-center">
                <span class="sr-only">{ tr!("Score ") }</span>
                <span class="numerals block font-display text-score font-semibold">{ last }</span>
                <span class="text-sm text-on-deck-soft">{ tr!("of 100") }</span>
            </p>
        </div>
    }
}

/// "54 → 78, up 24": what saying it again changed.
pub fn score_delta(first: u8, last: u8) -> Html {
    let change = match last.cmp(&first) {
        std::cmp::Ordering::Greater => tr!("up {}", last - first),
        std::cmp::Ordering::Less => tr!("down {}", first - last),
        std::cmp::Ordering::Equal => tr!("no change").to_owned(),
    };
    html! {
        <span class="numerals">
            <span class="sr-only">{ tr!("First answer ") }</span>
            { first }
            <span aria-hidden="true">{ " → " }</span>
            <span class="sr-only">{ tr!(", final answer ") }</span>
            <strong class="font-semibold">{ last }</strong>
            { ", " }{ change }
        </span>
    }
}

/// Good, fair or weak, by the score a drill needs to pass.
pub fn grade_colours(score: u8) -> &'static str {
    if score >= PASS_SCORE {
        "bg-good-wash text-good"
    } else {
        "bg-accent-wash text-accent-strong"
    }
}
