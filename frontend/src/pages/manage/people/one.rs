//! One person: who they are, how they practise, and what a manager may change of them.

use super::change::ChangePerson;
use crate::api::Api;
use crate::browser::{address, clock};
use crate::components::{
    Button, Confirm, Glyph, IN_TEXT, Look, Modal, ROW_LINK, Row, Tone, badge, card, empty_state,
    figure, figures, icon, link, metric_name, page_head, score_delta, skeleton, table, toast,
    words,
};
use crate::data::{Entry, use_action, use_pages, use_resource};
use crate::pages::manage::standing::{standing, standing_badge};
use crate::routes::{ManagePage, RepPage, Route};
use crate::state::growth::{Growth, growth};
use crate::state::people::role_name;
use contract::analytics::UserAnalytics;
use contract::auth::Me;
use contract::session::{ListedSession, SessionPage};
use contract::users::User;
use domain::ids::UserId;
use domain::role::Role;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`PersonPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct PersonPageProps {
    /// Whom it is about.
    pub id: UserId,
    /// Who looks.
    pub me: Rc<Me>,
}

/// What lies over the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    Change,
    PutOut,
    Delete,
}

/// The page.
#[component]
pub fn PersonPage(props: &PersonPageProps) -> Html {
    let id = props.id;
    let over = use_state(|| None::<Over>);
    let let_in = use_action();
    let person = use_resource(format!("people/{id}"), move |api: Api| async move {
        api.user(id).await
    });
    let open = |what: Over| {
        let over = over.setter();
        Callback::from(move |()| over.set(Some(what)))
    };
    let close = {
        let over = over.setter();
        Callback::from(move |()| over.set(None))
    };
    let is_me = id == props.me.id;
    let head = |person: &User| {
        let back_in = let_in.on(
            move |api: Api| async move { api.activate_user(id, true).await },
            |api, _: User| {
                toast(tr!("They may log in again"));
                api.cache().changed(&["people", "dashboard"]);
            },
        );
        let actions = if is_me {
            link(
                Route::Rep(RepPage::Profile),
                IN_TEXT,
                html! { tr!("Your own profile") },
            )
        } else {
            html! {
                <>
                    <Button look={Look::Quiet} onclick={open(Over::Change)}>{ icon(Glyph::Pencil, "size-5") }{ tr!("Change") }</Button>
                    if person.is_active {
                        <Button look={Look::Quiet} onclick={open(Over::PutOut)}>{ icon(Glyph::Lock, "size-5") }{ tr!("Put out") }</Button>
                    } else {
                        <Button busy={let_in.is_busy()} onclick={back_in}>{ tr!("Let in again") }</Button>
                        <Button look={Look::Quiet} onclick={open(Over::Delete)}>{ icon(Glyph::Bin, "size-5") }{ tr!("Delete") }</Button>
                    }
                </>
            }
        };
        page_head(name_of(person), facts(person), actions)
    };
    html! {
        <>
            <p>{ link(Route::Manage(ManagePage::People), classes!(IN_TEXT, "gap-1"), html! { <>{ icon(Glyph::Back, "size-4") }{ tr!("People") }</> }) }</p>
            { person.show(skeleton("h-24 rounded-lg"), |person| html! {
                <>
                    { head(person) }
                    if person.role == Role::SalesRep {
                        <Practice {id} />
                    }
                </>
            }) }
            if let (Some(over), Some(person)) = (*over, person.get()) {
                <OverPerson {over} {person} on_close={close} />
            }
        </>
    }
}

fn name_of(person: &User) -> String {
    format!("{} {}", person.first_name, person.last_name)
}

fn facts(person: &User) -> Html {
    let place = [
        person.team.as_ref().map(|team| team.name.as_str()),
        person.group.as_ref().map(|group| group.name.as_str()),
    ];
    let place: Vec<&str> = place.into_iter().flatten().collect();
    html! {
        <span class="flex flex-wrap items-center gap-x-3 gap-y-1">
            { badge(Tone::Plain, role_name(person.role)) }
            if !person.is_active { { badge(Tone::Bad, tr!("Put out")) } }
            <span>{ &person.email }</span>
            if let Some(phone) = &person.phone { <span>{ phone }</span> }
            if !place.is_empty() { <span>{ place.join(" · ") }</span> }
        </span>
    }
}

/// Properties of [`Practice`].
#[derive(Properties, PartialEq, Clone)]
struct PracticeProps {
    id: UserId,
}

/// How a rep practises.
#[component]
fn Practice(props: &PracticeProps) -> Html {
    let id = props.id;
    let known = use_resource(format!("people/{id}/figures"), move |api: Api| async move {
        api.user_analytics(id).await
    });
    let sessions = use_pages(
        format!("people/{id}/sessions"),
        move |api: Api, cursor| async move {
            let query = SessionPage {
                cursor,
                limit: None,
            };
            api.sessions_of(id, &query).await
        },
    );
    html! {
        <div class="grid gap-5">
            { known.show(skeleton("h-28 rounded-lg"), numbers) }
            { card(tr!("Sessions"), sessions.show(
                skeleton("h-64 rounded-md"),
                empty_state(Glyph::Clock, tr!("No sessions yet"), tr!("They begin at the next slot of the rep's group."), Html::default()),
                session_table,
            )) }
        </div>
    }
}

fn numbers(known: &UserAnalytics) -> Html {
    let all = &known.metrics.figures;
    let mean =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.0}"));
    let growth = growth(&known.weeks);
    html! {
        <>
            { figures(html! {
                <>
                    { figure(tr!("Days done"), all.days_completed, tr!("of the programme")) }
                    { figure(tr!("Sessions"), all.figures.completed_sessions, tr!("{missed_sessions} missed, {late_sessions} late", missed_sessions = all.figures.missed_sessions, late_sessions = all.figures.late_sessions)) }
                    { figure(tr!("First answers"), mean(all.figures.avg_first_score), tr!("mean score")) }
                    { figure(tr!("Final answers"), mean(all.figures.avg_score), tr!("best {}", all.best_score.map_or_else(|| "–".to_owned(), |best| best.to_string()))) }
                    { figure(tr!("Last practised"), all.last_practised_at.map_or_else(|| tr!("Never").to_owned(), clock::short_date), tr!("streak {}", all.streak)) }
                </>
            }) }
            if !growth.is_empty() {
                { card(tr!("Five things trained, first week to latest"), html! {
                    <dl class="grid gap-x-8 gap-y-2 sm:grid-cols-2 lg:grid-cols-3">
                        for one in growth.iter() { { metric(one) } }
                    </dl>
                }) }
            }
        </>
    }
}

fn metric(one: &Growth) -> Html {
    let (first, last) = one.numbers();
    html! {
        <div class="flex items-baseline justify-between gap-3 border-b border-line py-1.5">
            <dt>{ metric_name(one.metric) }</dt>
            <dd class="numerals"><span class="text-ink-soft">{ first }{ " → " }</span><strong class="font-semibold">{ last }</strong></dd>
        </div>
    }
}

fn session_table(sessions: &[Entry<ListedSession>]) -> Html {
    let now = clock::now_ms();
    let row = |listed: &Entry<ListedSession>| {
        let session = &listed.session;
        let day = tr!(
            "Day {day} · {theme}",
            day = session.day,
            theme = session.theme
        );
        Row {
            key: session.id.to_string(),
            cells: vec![
                link(
                    Route::Manage(ManagePage::Session { id: session.id }),
                    ROW_LINK,
                    html! { { day } },
                ),
                html! { <span class="numerals">{ clock::date_and_time(session.slot_at) }</span> },
                html! {
                    <span class="inline-flex flex-wrap gap-2">
                        { standing_badge(standing(session, now)) }
                        if listed.suspected { { badge(Tone::Accent, "Look at it") } }
                    </span>
                },
                html! {
                    if let (Some(first), Some(last)) = (session.first_score, session.score) { { score_delta(first, last) } } else { { "–" } }
                },
            ],
        }
    };
    table(
        tr!("Sessions, the latest first"),
        &[
            words(tr!("Session")),
            words(tr!("Slot")),
            words(tr!("State")),
            words(tr!("First and final score")),
        ],
        sessions.iter().map(row).collect(),
    )
}

/// Properties of [`OverPerson`].
#[derive(Properties, PartialEq, Clone)]
struct OverPersonProps {
    over: Over,
    person: Rc<User>,
    on_close: Callback<()>,
}

/// What lies over the page.
#[component]
fn OverPerson(props: &OverPersonProps) -> Html {
    let action = use_action();
    let on_close = props.on_close.clone();
    let id = props.person.id;
    let name = name_of(&props.person);
    match props.over {
        Over::Change => html! {
            <Modal title={tr!("Change {name}", name = name)} on_close={on_close.clone()}>
                <ChangePerson person={props.person.clone()} on_done={on_close.reform(|_: User| toast(tr!("Saved")))} />
            </Modal>
        },
        Over::PutOut => {
            let closing = on_close.clone();
            let on_confirm = action.on(
                move |api: Api| async move { api.activate_user(id, false).await },
                move |api, _: User| {
                    toast(tr!("They are out"));
                    api.cache().changed(&["people", "dashboard"]);
                    closing.emit(());
                },
            );
            html! {
                <Confirm title={tr!("Put {name} out?", name = name)} action={tr!("Put out")} busy={action.is_busy()} failure={action.failure().cloned()} {on_confirm} {on_close}>
                    <p>{ tr!("They are logged out everywhere at once, and get no more sessions. All that they practised stays, and you can let them in again.") }</p>
                </Confirm>
            }
        }
        Over::Delete => {
            let on_confirm = action.on(
                move |api: Api| async move { api.delete_user(id).await },
                |api, ()| {
                    toast(tr!("Deleted"));
                    address::push("/people");
                    api.cache()
                        .changed(&["people", "teams", "groups", "dashboard"]);
                },
            );
            html! {
                <Confirm title={tr!("Delete {name} for good?", name = name)} action={tr!("Delete for good")} busy={action.is_busy()} failure={action.failure().cloned()} {on_confirm} {on_close}>
                    <p>{ tr!("Their sessions, scores, transcripts and recordings go with them. This can't be undone. To keep the past, leave them put out.") }</p>
                </Confirm>
            }
        }
    }
}
