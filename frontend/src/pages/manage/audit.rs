//! Who changed what in the company.

use crate::api::{Api, with_query};
use crate::browser::{clock, page};
use crate::components::{
    Choice, Glyph, IN_TEXT, Input, Typed, empty_state, icon, link_to, page_head, select, skeleton,
    text_field,
};
use crate::data::{Entry, use_pages, use_query, use_resource};
use crate::routes::{ManagePage, Route};
use crate::state::audit::{Difference, Told, differences, sentence};
use contract::audit::{AuditEntry, AuditQuery};
use contract::page::MAX_LIMIT;
use contract::users::UserQuery;
use domain::ids::{GroupId, ScenarioId, SessionId, TeamId, UserId};
use domain::role::Role;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

/// Which changes; stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Chosen {
    actor_id: Option<UserId>,
    subject_id: Option<String>,
    /// The first day, `2026-11-22`.
    from: Option<String>,
    /// The last day.
    to: Option<String>,
}

/// The page.
#[component]
pub fn AuditPage() -> Html {
    let (chosen, set_chosen) = use_query::<Chosen>();
    let day = |text: &Option<String>| text.as_deref().and_then(clock::day_of_field);
    let query = AuditQuery {
        actor_id: chosen.actor_id,
        subject_id: chosen.subject_id.as_deref().and_then(|id| id.parse().ok()),
        from: day(&chosen.from).map(clock::begin_of),
        to: day(&chosen.to).map(|day| clock::begin_of(day + 1)),
        ..AuditQuery::default()
    };
    let entries = use_pages(with_query("audit", &query), move |api: Api, cursor| {
        let query = AuditQuery {
            cursor,
            ..query.clone()
        };
        async move { api.audit(&query).await }
    });
    let managers = use_resource("people/managers", move |api: Api| async move {
        let query = UserQuery {
            role: Some(Role::Manager),
            limit: Some(MAX_LIMIT),
            ..UserQuery::default()
        };
        Ok(api.users(&query).await?.items)
    });
    let change = |take: fn(&mut Chosen, String)| {
        let (chosen, set_chosen) = (chosen.clone(), set_chosen.clone());
        Callback::from(move |value: String| {
            let mut next = (*chosen).clone();
            take(&mut next, value);
            set_chosen.emit(next);
        })
    };
    let day_field = |name: &'static str,
                     label: &'static str,
                     value: &Option<String>,
                     take: fn(&mut Chosen, String)| {
        text_field(Input {
            name: name.into(),
            label: label.into(),
            kind: Typed::Date,
            value: value.clone().unwrap_or_default().into(),
            oninput: change(take).reform(|event: InputEvent| page::value_of(&event)),
            ..Input::default()
        })
    };
    let people = managers
        .get()
        .map_or_else(Vec::new, |managers| managers.to_vec());
    let is_filtered = *chosen != Chosen::default();
    html! {
        <>
            { page_head(tr!("Audit log"), tr!("Who changed people, roles, schedules, scores and settings, and when."), Html::default()) }
            <div class="mb-5 grid grid-cols-2 items-end gap-3 sm:grid-cols-[1fr_11rem_11rem]">
                <div class="max-sm:col-span-2">
                    { select(Choice {
                        name: "actor".into(),
                        label: tr!("Changed by").into(),
                        value: chosen.actor_id.map_or_else(String::new, |id| id.to_string()).into(),
                        options: [("".into(), tr!("Everybody").into())].into_iter()
                            .chain(people.iter().map(|one| (one.id.to_string().into(), format!("{} {}", one.first_name, one.last_name).into())))
                            .collect(),
                        onchange: change(|chosen, id| chosen.actor_id = id.parse().ok()),
                        ..Choice::default()
                    }) }
                </div>
                { day_field("from", tr!("From"), &chosen.from, |chosen, day| chosen.from = Some(day).filter(|day| !day.is_empty())) }
                { day_field("to", tr!("To"), &chosen.to, |chosen, day| chosen.to = Some(day).filter(|day| !day.is_empty())) }
            </div>
            if is_filtered {
                <p class="mb-4 flex flex-wrap items-center gap-x-4">
                    if chosen.subject_id.is_some() { <span class="text-ink-soft">{ tr!("Only changes of one thing.") }</span> }
                    { link_to(with_query("/audit", &Chosen::default()), IN_TEXT, tr!("Show all changes")) }
                </p>
            }
            { entries.show(
                skeleton("h-96 rounded-lg"),
                if is_filtered {
                    empty_state(Glyph::Search, tr!("No such change"), tr!("Choose other days or somebody else."), Html::default())
                } else {
                    empty_state(Glyph::Log, tr!("Nothing was changed yet"), tr!("From the first change on, it is told here who made it."), Html::default())
                },
                by_day,
            ) }
        </>
    }
}

/// Entries under their days, as one reads a diary.
fn by_day(entries: &[Entry<AuditEntry>]) -> Html {
    let days =
        entries.chunk_by(|one, next| clock::date(one.created_at) == clock::date(next.created_at));
    html! {
        <div class="grid gap-5">
            for day in days {
                <section class="min-w-0">
                    <h2 class="mb-2 font-sans text-sm font-semibold text-ink-soft">{ day.first().map_or_else(String::new, |entry| clock::date(entry.created_at)) }</h2>
                    <ol class="overflow-hidden rounded-lg border border-line bg-surface">
                        for entry in day {
                            { one(entry) }
                        }
                    </ol>
                </section>
            }
        </div>
    }
}

fn one(entry: &AuditEntry) -> Html {
    let told = sentence(entry);
    let changed = differences(entry.before.as_ref(), entry.after.as_ref());
    html! {
        <li key={entry.id.to_string()} class="flex gap-x-4 border-b border-line px-4 py-3 last:border-b-0 max-sm:flex-col sm:px-5">
            <time class="numerals w-20 shrink-0 pt-0.5 text-sm text-ink-soft">{ clock::time_of_day(entry.created_at) }</time>
            <div class="min-w-0 flex-1">
                <p class="wrap-anywhere">
                    if let Some(to) = page_of(entry) {
                        { link_to(to, "hover:text-brand hover:underline underline-offset-4", html! { { told } }) }
                    } else {
                        { told }
                    }
                </p>
                if !changed.is_empty() {
                    <dl class="mt-1 grid gap-x-6 gap-y-0.5 text-sm">
                        for difference in changed.iter() {
                            { row(difference) }
                        }
                    </dl>
                }
            </div>
        </li>
    }
}

fn row(difference: &Difference) -> Html {
    let told = |told: &Told| match told {
        Told::Words(words) => words.clone(),
        Told::Moment(at) => clock::date_and_time(*at),
    };
    let from = difference.from.as_ref().map(told);
    let to = difference
        .to
        .as_ref()
        .map_or_else(|| tr!("nothing").to_owned(), told);
    html! {
        <div class="flex flex-wrap gap-x-2">
            <dt class="text-ink-soft">{ &difference.name }</dt>
            <dd class="numerals min-w-0 wrap-anywhere">
                if let Some(from) = from {
                    <span class="sr-only">{ tr!("was") }{ " " }</span><span class="text-ink-soft">{ from }</span>
                    { icon(Glyph::Chevron, "mx-1 inline size-3.5 -rotate-90 text-ink-soft") }<span class="sr-only">{ ", " }{ tr!("became") }{ " " }</span>
                }
                { to }
            </dd>
        </div>
    }
}

/// Where the thing is looked at, as long as it is there.
fn page_of(entry: &AuditEntry) -> Option<String> {
    entry.subject_name.as_ref()?;
    let id = entry.subject_id;
    let page = match entry.subject.as_str() {
        "user" => ManagePage::Person { id: UserId(id) },
        "team" => ManagePage::Team { id: TeamId(id) },
        "group" => ManagePage::Group { id: GroupId(id) },
        "session" => ManagePage::Session { id: SessionId(id) },
        "scenario" => ManagePage::Scenario { id: ScenarioId(id) },
        _ => return None,
    };
    Some(yew_router::Routable::to_path(&Route::Manage(page)))
}
