//! Past sessions: the list, and each of them word for word.

mod talk;
mod transcript;

pub use transcript::TranscriptPage;

use crate::api::Api;
use crate::browser::clock;
use crate::components::{Glyph, PageHeading, icon, link, score_delta, skeleton};
use crate::data::{Entry, use_pages};
use crate::routes::{RepPage, Route};
use crate::state::slot::Slot;
use contract::session::{ListedSession, Session, SessionQuery};
use domain::session::SessionKind;
use yew::prelude::*;

/// The list, the latest first.
#[component]
pub fn HistoryPage() -> Html {
    let sessions = use_pages("sessions?history", |api: Api, cursor| async move {
        let query = SessionQuery {
            to: Some(clock::now_ms()),
            cursor,
            ..SessionQuery::default()
        };
        api.sessions(&query).await
    });
    html! {
        <div class="mx-auto max-w-3xl">
            <PageHeading title={tr!("History")}>{ tr!("History") }</PageHeading>
            <p class="mt-1 text-ink-soft">{ tr!("Every session, word for word, with what the coach saw in it.") }</p>
            <div class="mt-5">{ sessions.show(loading(), empty(), list) }</div>
        </div>
    }
}

fn list(sessions: &[Entry<ListedSession>]) -> Html {
    let now = clock::now_ms();
    html! {
        <ul class="overflow-hidden rounded-xl border border-line bg-surface">
            for listed in sessions.iter() {
                { row(&listed.session, now) }
            }
        </ul>
    }
}

fn row(session: &Session, now: u64) -> Html {
    let slot = Slot::of(session, now);
    let to = match slot {
        Slot::Running => Route::Session { id: session.id },
        _ => Route::Rep(RepPage::Transcript { id: session.id }),
    };
    let scores = session.first_score.zip(session.score);
    html! {
        <li class="border-b border-line last:border-b-0">
            { link(to, "flex items-center gap-4 px-4 py-3.5 transition-colors hover:bg-sunken sm:px-6", html! {
                <>
                    { day_mark(session.day, scores.is_some()) }
                    <span class="min-w-0 flex-1">
                        <span class="line-clamp-2 font-semibold">{ &session.theme }</span>
                        <span class="block text-sm text-ink-soft numerals">
                            { clock::date(session.slot_at) }
                            { " · " }
                            { how_it_went(session, slot) }
                        </span>
                        if let Some((first, last)) = scores {
                            <span class="mt-0.5 block text-sm">{ score_delta(first, last) }</span>
                        }
                    </span>
                    { icon(Glyph::Chevron, "size-5 -rotate-90 text-ink-soft") }
                </>
            }) }
        </li>
    }
}

/// The day's number; filled once it was practised.
fn day_mark(day: u8, done: bool) -> Html {
    let look = if done {
        "bg-brand text-on-brand"
    } else {
        "bg-sunken text-ink-soft"
    };
    html! {
        <span class={classes!("numerals", "inline-flex", "size-11", "shrink-0", "items-center", "justify-center", "rounded-full", "font-display", "font-semibold", look)}>
            <span class="sr-only">{ tr!("Day ") }</span>{ day }
        </span>
    }
}

fn how_it_went(session: &Session, slot: Slot) -> &'static str {
    match slot {
        Slot::Completed if session.kind == SessionKind::Practice => tr!("Free practice"),
        Slot::Completed if session.late => tr!("Done, started late"),
        Slot::Completed => tr!("Done"),
        Slot::Running => tr!("You are in the middle of it"),
        Slot::Missed | Slot::Closed => tr!("Missed"),
        Slot::Early { .. } | Slot::Open { .. } => tr!("Open now"),
    }
}

fn loading() -> Html {
    html! {
        <div class="grid gap-2">
            for _ in 0..6 { { skeleton("h-20 rounded-md") } }
        </div>
    }
}

fn empty() -> Html {
    html! {
        <div class="rounded-xl border border-line bg-surface p-6 sm:p-8">
            <p class="text-lg font-semibold">{ tr!("Nothing here yet") }</p>
            <p class="mt-1 text-ink-soft">{ tr!("After your first session you can read here what you said, what the coach saw in it, and how you said it again.") }</p>
        </div>
    }
}
