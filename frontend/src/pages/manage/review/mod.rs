//! One session as its manager looks at it: what was said and how it was judged, a score of their own where the judge was wrong,
//! a note to the rep, and the recordings.

mod drill;
mod judging;
mod note;
mod recordings;

use super::standing::{standing, standing_badge};
use crate::api::{Api, Failure};
use crate::browser::{clock, hand_over};
use crate::components::{
    Button, Glyph, IN_TEXT, Look, card, icon, link, page_head, rich_text, score_delta, skeleton,
};
use crate::data::use_resource;
use crate::routes::{ManagePage, RepPage, Route};
use crate::state::pace::lasted;
use contract::auth::Me;
use contract::session::{Note, Session, SessionResult};
use contract::users::User;
use contract::voice::Recording;
use domain::ids::SessionId;
use domain::session::Status;
use drill::ReviewedDrill;
use judging::Judging;
use note::OwnNote;
use recordings::recordings;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`ReviewPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct ReviewPageProps {
    /// Which session.
    pub id: SessionId,
    /// Who looks.
    pub me: Rc<Me>,
}

/// All that the page shows.
struct Reviewed {
    session: Session,
    rep: User,
    /// What it came to, once completed.
    result: Option<Rc<SessionResult>>,
    notes: Vec<Note>,
    recordings: Vec<Recording>,
}

async fn ask(api: Api, id: SessionId) -> Result<Reviewed, Failure> {
    let session = api.session(id).await?;
    let result = async {
        Ok(match session.status {
            Status::Completed => Some(Rc::new(api.result(id).await?)),
            _ => None,
        })
    };
    let (rep, result, notes, recordings) = futures::future::try_join4(
        api.user(session.user_id),
        result,
        api.notes(id),
        api.recordings(id),
    )
    .await?;
    Ok(Reviewed {
        session,
        rep,
        result,
        notes: notes.items,
        recordings: recordings.items,
    })
}

/// The page.
#[component]
pub fn ReviewPage(props: &ReviewPageProps) -> Html {
    let id = props.id;
    let reviewed = use_resource(format!("sessions/{id}/review"), move |api| ask(api, id));
    let known = reviewed.get();
    html! {
        <>
            if let Some(known) = &known {
                <p class="print:hidden">
                    { link(Route::Manage(ManagePage::Person { id: known.rep.id }), classes!(IN_TEXT, "gap-1"),
                        html! { <>{ icon(Glyph::Back, "size-4") }{ name_of(&known.rep) }</> }) }
                </p>
                { head(known) }
            } else {
                { page_head(tr!("Session"), "", Html::default()) }
            }
            { reviewed.show(loading(), |reviewed| shown(reviewed, &props.me)) }
        </>
    }
}

fn loading() -> Html {
    html! {
        <div class="grid items-start gap-5 xl:grid-cols-[1.6fr_1fr]">
            { skeleton("h-96 rounded-lg") }
            { skeleton("h-64 rounded-lg") }
        </div>
    }
}

fn name_of(rep: &User) -> String {
    format!("{} {}", rep.first_name, rep.last_name)
}

fn head(reviewed: &Reviewed) -> Html {
    let session = &reviewed.session;
    let was_begun = matches!(session.status, Status::Completed | Status::InProgress);
    let actions = html! {
        if was_begun {
            { link(Route::Rep(RepPage::Transcript { id: session.id }),
                "inline-flex min-h-11 items-center gap-2 rounded-full border border-line-strong bg-raised px-4 font-semibold hover:border-brand hover:text-brand",
                html! { <>{ icon(Glyph::Speech, "size-5") }{ tr!("Word for word") }</> }) }
            <Button look={Look::Quiet} onclick={Callback::from(|()| hand_over::print())}>{ icon(Glyph::Print, "size-5") }{ tr!("Print") }</Button>
        }
    };
    let lead = html! {
        <span class="numerals flex flex-wrap items-center gap-x-3 gap-y-1">
            { standing_badge(standing(session, clock::now_ms())) }
            <span>{ &session.theme }</span>
            <span>{ clock::date_and_time(session.slot_at) }</span>
            if let (Some(started), Some(ended)) = (session.started_at, session.ended_at) {
                <span>{ lasted(ended.saturating_sub(started) / 1_000) }</span>
            }
        </span>
    };
    page_head(
        tr!("{}, day {}", name_of(&reviewed.rep), session.day),
        lead,
        actions,
    )
}

fn shown(reviewed: &Reviewed, me: &Rc<Me>) -> Html {
    let Some(result) = &reviewed.result else {
        return html! {
            <p class="rounded-lg border border-line bg-surface p-5 text-ink-soft">{ unfinished(&reviewed.session) }</p>
        };
    };
    let session = reviewed.session.id;
    html! {
        <div class="grid items-start gap-5 xl:grid-cols-[1.6fr_1fr] print:block">
            <div class="grid min-w-0 gap-5">
                for index in 0..result.verdicts.len() {
                    <ReviewedDrill key={index} {session} result={result.clone()} {index} />
                }
            </div>
            <div class="grid min-w-0 gap-5 xl:sticky xl:top-20">
                { score(result) }
                { card(tr!("Your note to the rep"), html! { <OwnNote key={session.to_string()} {session} own={own_note(&reviewed.notes, me)} /> }) }
                { others_notes(&reviewed.notes, me) }
                { recordings(&reviewed.recordings, &result.verdicts) }
                { card(tr!("The coach's notes"), rich_text(&result.coach_notes)) }
                { card(tr!("How it was judged"), html! { <Judging key={session.to_string()} {session} /> }) }
            </div>
        </div>
    }
}

fn unfinished(session: &Session) -> &'static str {
    match session.status {
        Status::Missed => tr!("Nobody started it. The same day is served again at the next slot."),
        Status::InProgress => {
            tr!(
                "It is being practised now. What was said so far can be read word for word; scores come with its end."
            )
        }
        _ => tr!("It has not been practised yet."),
    }
}

fn score(result: &SessionResult) -> Html {
    let overridden = match result.overrides.len() {
        0 => None,
        count => Some(tr!("One of its scores is a manager's own."
            | "{n} of its scores are a manager's own." % count)),
    };
    card(
        tr!("First and final score"),
        html! {
            <>
                <p class="font-display text-2xl font-semibold">{ score_delta(result.first_score, result.score) }</p>
                if let Some(words) = overridden {
                    <p class="mt-1 text-sm text-ink-soft">{ words }</p>
                }
            </>
        },
    )
}

fn own_note(notes: &[Note], me: &Me) -> Option<Rc<Note>> {
    let own = notes.iter().find(|note| note.author_id == Some(me.id));
    own.cloned().map(Rc::new)
}

fn others_notes(notes: &[Note], me: &Me) -> Html {
    let others: Vec<&Note> = notes
        .iter()
        .filter(|note| note.author_id != Some(me.id))
        .collect();
    if others.is_empty() {
        return Html::default();
    }
    card(
        tr!("Others' notes"),
        html! {
            <ul class="grid gap-4">
                for note in others {
                    <li>
                        { rich_text(&note.text) }
                        <p class="mt-1 text-sm text-ink-soft">
                            { format!("{}, {}", note.author_name.as_deref().unwrap_or(tr!("Somebody who has left")), clock::short_date(note.updated_at)) }
                        </p>
                    </li>
                }
            </ul>
        },
    )
}
