//! Above the chat: who writes, how long it has been, and which step it is.

use super::{speaker_name, use_server_now};
use crate::components::{Glyph, PageHeading, avatar, icon, link};
use crate::routes::Route;
use crate::state::pace::stopwatch;
use crate::state::transcript::Transcript;
use domain::session::{Speaker, Step};
use yew::prelude::*;

/// The bar. `ahead_ms` is how far the server's clock is ahead.
pub fn header(transcript: &Transcript, ahead_ms: i64) -> Html {
    let name = speaker_name(transcript, Speaker::Customer, transcript.drill);
    let business = transcript
        .card(transcript.drill)
        .map(|card| card.customer_business.clone());
    let types = transcript
        .composing()
        .is_some_and(|message| message.role == Speaker::Customer);
    let title = tr!(
        "Day {day}: {theme}",
        day = transcript.day,
        theme = transcript.theme
    );
    html! {
        <header class="safe-top z-10 bg-deck text-on-deck shadow-low">
            <PageHeading title={title.clone()} class="sr-only">{ title }</PageHeading>
            <div class="flex items-center gap-2.5 py-2 pr-3 pl-1 sm:px-4">
                { link(Route::Today, "grid size-11 shrink-0 place-items-center rounded-full hover:bg-deck-line", html! {
                    <>{ icon(Glyph::Back, "size-5") }<span class="sr-only">{ tr!("Back to Today") }</span></>
                }) }
                { avatar(&name, "size-10 text-sm") }
                <div class="min-w-0 flex-1 leading-tight">
                    <p class="truncate font-semibold">{ &name }</p>
                    <p class="truncate text-xs text-on-deck-soft">
                        if types {
                            { tr!("typing…") }
                        } else {
                            { business.unwrap_or_default() }
                        }
                    </p>
                </div>
                <div class="shrink-0 text-right leading-tight">
                    <Timer started_at={transcript.started_at} ended_at={end_of(transcript)}
                        target_minutes={transcript.target_minutes} {ahead_ms} />
                    <p class="text-xs text-on-deck-soft numerals">
                        <span class="sr-only">{ tr!("Customer ") }</span>
                        { tr!("{drill} of {drill_count}", drill = transcript.drill + 1, drill_count = transcript.drill_count) }
                    </p>
                </div>
            </div>
            { stepper(transcript.step) }
        </header>
    }
}

/// When it ended: until the history tells, the last bubble's moment is close.
fn end_of(transcript: &Transcript) -> Option<u64> {
    let last = transcript.items.last().map(|message| message.created_at);
    match transcript.ended_at {
        Some(ended_at) => Some(ended_at),
        None if transcript.is_completed() => last,
        None => None,
    }
}

/// Properties of [`Timer`].
#[derive(Properties, PartialEq, Clone)]
struct TimerProps {
    started_at: u64,
    ended_at: Option<u64>,
    target_minutes: u16,
    ahead_ms: i64,
}

/// How long it has been; beside it how long it should take. It never turns red: hurry is not the lesson.
#[component]
fn Timer(props: &TimerProps) -> Html {
    let now = use_server_now(props.ahead_ms);
    let elapsed = props
        .ended_at
        .unwrap_or(now)
        .saturating_sub(props.started_at);
    html! {
        <p class="text-sm numerals" role="timer" aria-label={tr!("Time")}>
            { stopwatch(elapsed) }
            <span class="text-on-deck-soft">{ format!(" / {}:00", props.target_minutes) }</span>
        </p>
    }
}

/// The four steps of a drill, by the names the screen uses.
pub fn steps() -> [&'static str; 4] {
    [
        tr!("Customer"),
        tr!("You answer"),
        tr!("Coach"),
        tr!("Say it again"),
    ]
}

fn stepper(at: Step) -> Html {
    let current = usize::from(at.number());
    let is_over = at == Step::Completed;
    html! {
        <nav aria-label={tr!("Step {current} of 4", current = current)}>
            <ol class="grid grid-cols-4 gap-1.5 px-3 pb-2 sm:px-5">
                for (index, name) in steps().iter().enumerate() {
                    { step(index + 1, name, current, is_over) }
                }
            </ol>
        </nav>
    }
}

fn step(number: usize, name: &str, current: usize, is_over: bool) -> Html {
    let is_current = number == current && !is_over;
    let (bar, words) = if is_current {
        ("bg-accent", "font-semibold text-on-deck")
    } else if number < current || is_over {
        ("bg-on-deck-soft", "text-on-deck-soft")
    } else {
        ("bg-deck-line", "text-on-deck-soft")
    };
    html! {
        <li aria-current={is_current.then_some("step")} class="min-w-0">
            <span class={classes!("block", "h-1", "rounded-full", "transition-colors", "duration-500", bar)} />
            <span class={classes!("mt-0.5", "block", "truncate", "text-center", "text-[0.7rem]",
                "max-[22rem]:text-[0.62rem]", "leading-4", words)}>
                { name }
                if is_current {
                    <span class="sr-only">{ tr!(", step {number}/4", number = number) }</span>
                }
            </span>
        </li>
    }
}
