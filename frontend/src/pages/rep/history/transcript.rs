//! One session word for word: for its rep, for those who lead them, and for paper.

use super::talk::talk;
use crate::api::{Api, Failure};
use crate::browser::{clock, hand_over};
use crate::components::{
    Button, Glyph, IN_TEXT, Look, PageHeading, icon, link, rich_text, score_delta, skeleton,
};
use crate::data::use_resource;
use crate::routes::{ManagePage, RepPage, Route};
use crate::state::pace::lasted;
use contract::auth::Me;
use contract::chat::ChatState;
use contract::session::{Note, Session};
use domain::ids::SessionId;
use domain::session::Status;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`TranscriptPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct TranscriptPageProps {
    /// Which session.
    pub id: SessionId,
    /// Who reads.
    pub me: Rc<Me>,
}

/// All that the page shows.
struct Past {
    session: Session,
    /// What was said, unless the session was never started.
    said: Option<ChatState>,
    notes: Vec<Note>,
}

async fn ask(api: Api, id: SessionId) -> Result<Past, Failure> {
    let session = api.session(id).await?;
    let was_started = matches!(session.status, Status::Completed | Status::InProgress);
    let said = async {
        Ok(if was_started {
            Some(api.history(id).await?)
        } else {
            None
        })
    };
    let (said, notes) = futures::future::try_join(said, api.notes(id)).await?;
    Ok(Past {
        session,
        said,
        notes: notes.items,
    })
}

/// The page.
#[component]
pub fn TranscriptPage(props: &TranscriptPageProps) -> Html {
    let id = props.id;
    let past = use_resource(format!("sessions/{id}/transcript"), move |api| ask(api, id));
    let title = past.get().map_or_else(
        || AttrValue::from(tr!("Session")),
        |past| past.session.theme.clone().into(),
    );
    html! {
        <article class="mx-auto max-w-3xl">
            <p class="print:hidden">{ back(&props.me, past.get().as_deref()) }</p>
            <PageHeading title={title.clone()} class="text-2xl sm:text-3xl">{ title.clone() }</PageHeading>
            { past.show(loading(), |past| shown(past, &props.me)) }
        </article>
    }
}

fn back(me: &Me, past: Option<&Past>) -> Html {
    let (to, name) = match past {
        Some(past) if past.session.user_id != me.id => (
            Route::Manage(ManagePage::Person {
                id: past.session.user_id,
            }),
            tr!("Back to the rep"),
        ),
        _ => (Route::Rep(RepPage::History), tr!("Back to the history")),
    };
    link(
        to,
        classes!(IN_TEXT, "gap-1"),
        html! { <>{ icon(Glyph::Back, "size-4") }{ name }</> },
    )
}

fn shown(past: &Past, me: &Me) -> Html {
    let session = &past.session;
    let is_own = session.user_id == me.id;
    html! {
        <>
            { facts(session) }
            if session.status == Status::Completed {
                <div class="mt-4 flex flex-wrap gap-3 print:hidden">
                    { link(Route::Result { id: session.id },
                        "inline-flex min-h-11 items-center rounded-full bg-brand px-5 font-semibold text-on-brand hover:bg-brand-strong",
                        html! { tr!("Before and after") }) }
                    <Button look={Look::Quiet} onclick={Callback::from(|()| hand_over::print())}>
                        { icon(Glyph::Print, "size-5") }{ tr!("Print") }
                    </Button>
                </div>
            }
            { notes(&past.notes) }
            if let Some(said) = &past.said {
                { talk(said, &session.drills, is_own) }
            } else {
                <p class="mt-6 rounded-lg border border-line bg-surface p-5 text-ink-soft">{ unpractised(session, is_own) }</p>
            }
        </>
    }
}

fn facts(session: &Session) -> Html {
    html! {
        <p class="mt-2 flex flex-wrap gap-x-3 gap-y-1 text-ink-soft numerals">
            <span>{ tr!("Day {}", session.day) }</span>
            <span>{ clock::date(session.slot_at) }</span>
            if let (Some(started), Some(ended)) = (session.started_at, session.ended_at) {
                <span>{ lasted(ended.saturating_sub(started) / 1_000) }</span>
            }
            if session.late {
                <span>{ tr!("started late") }</span>
            }
            if let (Some(first), Some(last)) = (session.first_score, session.score) {
                <span class="text-ink">{ score_delta(first, last) }</span>
            }
        </p>
    }
}

fn unpractised(session: &Session, is_own: bool) -> &'static str {
    match (session.status, is_own) {
        (Status::Missed, true) => {
            tr!("You missed this one. The same day is served again at your next slot.")
        }
        (Status::Missed, false) => tr!("Missed. The same day is served again at the next slot."),
        _ => tr!("Not practised yet."),
    }
}

fn notes(notes: &[Note]) -> Html {
    if notes.is_empty() {
        return Html::default();
    }
    html! {
        <section aria-labelledby="notes" class="mt-6 grid gap-3">
            <h2 id="notes" class="text-lg">{ tr!("From the manager") }</h2>
            for note in notes.iter() {
                <div class="rounded-r-lg rounded-l-[3px] border border-l-4 border-line border-l-accent bg-surface p-4">
                    { rich_text(&note.text) }
                    <p class="mt-2 text-sm text-ink-soft">
                        { note.author_name.as_deref().unwrap_or(tr!("Somebody who has left")) }
                        { " · " }{ clock::date(note.updated_at) }
                    </p>
                </div>
            }
        </section>
    }
}

fn loading() -> Html {
    html! {
        <div class="mt-5 grid gap-4">
            { skeleton("h-6 w-64") }
            { skeleton("h-40 rounded-lg") }
            { skeleton("h-64 rounded-lg") }
        </div>
    }
}
