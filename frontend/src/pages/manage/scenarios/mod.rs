//! Scenarios: what is practised on each of the ten days, and everything that is written to be.

mod card;
mod change_list;
mod criterion;
mod day_part;
mod drill_part;
mod editor;
mod new;
mod one;
mod outline;
mod pieces;
mod preview;
mod reading;
mod standing;
mod trial;
mod versions;

pub use new::NewScenarioPage;
pub use one::ScenarioPage;

use crate::api::Api;
use crate::components::{
    Choice, Glyph, SearchField, empty_state, icon, link, link_to, page_head, select, skeleton,
};
use crate::data::{use_query, use_resource};
use crate::routes::{ManagePage, Route};
use crate::state::programme::{self, DAYS, Narrowed, Shelf, State};
use card::scenario_card;
use contract::auth::Me;
use contract::page::MAX_LIMIT;
use contract::scenario::{ScenarioQuery, ScenarioSearch, ScenarioSummary};
use domain::ids::ScenarioId;
use domain::role::Role;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::prelude::*;

/// What the list shows; stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Shown {
    /// Words to find.
    #[serde(skip_serializing_if = "Option::is_none")]
    q: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<State>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shelf: Option<Shelf>,
}

impl Shown {
    fn narrowed(&self) -> Narrowed {
        Narrowed {
            day: self.day,
            state: self.state,
            shelf: self.shelf,
        }
    }
}

const QUIET_LINK: &str = "inline-flex min-h-11 items-center gap-2 rounded-full border border-line-strong bg-raised px-4 font-semibold hover:border-brand hover:text-brand";

/// Properties of [`ScenariosPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct ScenariosPageProps {
    /// Who looks.
    pub me: Rc<Me>,
}

/// The whole library, a company's own and the stock's: ten days and a few dozen scenarios, read at once so that filters answer at
/// once.
async fn whole(api: Api) -> Result<Vec<ScenarioSummary>, crate::api::Failure> {
    let mut all = Vec::new();
    let mut query = ScenarioQuery {
        limit: Some(MAX_LIMIT),
        ..ScenarioQuery::default()
    };
    loop {
        let page = api.scenarios(&query).await?;
        all.extend(page.items);
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            return Ok(all);
        }
    }
}

/// The page.
#[component]
pub fn ScenariosPage(props: &ScenariosPageProps) -> Html {
    let (shown, set_shown) = use_query::<Shown>();
    let library = use_resource("scenarios/all", whole);
    let words = shown.q.clone().unwrap_or_default();
    let found = use_resource(format!("scenarios/found?q={words}"), move |api: Api| {
        let q = words.clone();
        async move {
            if !q.chars().any(char::is_alphanumeric) {
                return Ok(None);
            }
            let search = ScenarioSearch {
                q,
                company_id: None,
                limit: Some(MAX_LIMIT),
            };
            Ok(Some(api.find_scenarios(&search).await?.items))
        }
    });
    let change = move |change: fn(&mut Shown, String)| {
        let (shown, set_shown) = (shown.clone(), set_shown.clone());
        Callback::from(move |value: String| {
            let mut next = (*shown).clone();
            change(&mut next, value);
            set_shown.emit(next);
        })
    };
    let (shown, _) = use_query::<Shown>();
    let is_admin = props.me.role == Role::SuperAdmin;
    let actions = html! {
        <>
            if is_admin {
                { link_to("/scenarios/new?stock=true", QUIET_LINK, html! { <>{ icon(Glyph::Plus, "size-5") }{ tr!("New in the stock library") }</> }) }
            }
            { link_to("/scenarios/new?from=brief", QUIET_LINK,
                html! { <>{ icon(Glyph::Spark, "size-5") }{ tr!("Draft from a brief") }</> }) }
            { link_to("/scenarios/new", "inline-flex min-h-11 items-center gap-2 rounded-full bg-brand px-4 font-semibold text-on-brand hover:bg-brand-strong",
                html! { <>{ icon(Glyph::Plus, "size-5") }{ tr!("New scenario") }</> }) }
        </>
    };
    let narrowed = shown.narrowed();
    let is_searching = shown.q.as_ref().is_some_and(|q| !q.is_empty());
    let loading = || html! { <div class="grid gap-4">{ for_rows(3) }</div> };
    let list = library.show(loading(), |library| {
        let practised = programme::practised(library);
        if !is_searching {
            return by_day(library, &practised, narrowed);
        }
        found.show(loading(), |found| {
            let hits: Vec<&ScenarioSummary> = found
                .iter()
                .flatten()
                .filter(|one| narrowed.takes(one))
                .collect();
            if hits.is_empty() {
                return nothing_found();
            }
            html! {
                <>
                    <p role="status" class="mb-3 text-sm text-ink-soft">{ count(hits.len()) }</p>
                    <ul class="grid gap-3">
                        for one in hits {
                            { scenario_card(one, practised.get(&one.day).copied(), true) }
                        }
                    </ul>
                </>
            }
        })
    });
    html! {
        <>
            { page_head(tr!("Scenarios"), tr!("What your reps practise on each of the ten days. Your own come before the stock library's."), actions) }
            <div class="mb-6 grid grid-cols-2 items-end gap-3 sm:grid-cols-3 lg:grid-cols-[minmax(14rem,1fr)_repeat(3,11rem)]">
                <div class="col-span-2 sm:col-span-3 lg:col-span-1">
                    <SearchField label={tr!("Search scenarios")} value={shown.q.clone().unwrap_or_default()}
                        on_search={change(|shown, words| shown.q = (!words.is_empty()).then_some(words))} />
                </div>
                { select(Choice {
                    name: "day".into(),
                    label: tr!("Day").into(),
                    value: shown.day.map_or_else(String::new, |day| day.to_string()).into(),
                    options: std::iter::once(("".into(), tr!("All ten").into()))
                        .chain(DAYS.map(|day| (day.to_string().into(), tr!("Day {}", day).into())))
                        .collect(),
                    onchange: change(|shown, day| shown.day = day.parse().ok()),
                    ..Choice::default()
                }) }
                { select(Choice {
                    name: "state".into(),
                    label: tr!("State").into(),
                    value: shown.state.map_or("", State::value).into(),
                    options: std::iter::once(("".into(), tr!("Any").into()))
                        .chain(State::ALL.map(|state| (state.value().into(), state.name().into())))
                        .collect(),
                    onchange: change(|shown, state| shown.state = State::of(&state)),
                    ..Choice::default()
                }) }
                <div class="max-sm:col-span-2">{ select(Choice {
                    name: "shelf".into(),
                    label: tr!("Whose").into(),
                    value: shown.shelf.map_or("", Shelf::value).into(),
                    options: vec![
                        ("".into(), tr!("All").into()),
                        ("own".into(), tr!("{}'s own", props.me.company.name).into()),
                        ("stock".into(), tr!("Stock library").into()),
                    ],
                    onchange: change(|shown, shelf| shown.shelf = Shelf::of(&shelf)),
                    ..Choice::default()
                }) }</div>
            </div>
            { list }
        </>
    }
}

fn count(hits: usize) -> String {
    tr!("One scenario found" | "{n} scenarios found" % hits)
}

fn for_rows(rows: usize) -> Html {
    (0..rows).map(|_| skeleton("h-36 rounded-lg")).collect()
}

fn nothing_found() -> Html {
    empty_state(
        Glyph::Search,
        tr!("No scenario fits"),
        tr!("Search for a word of the theme or of what a customer says, or change the filters."),
        link(
            Route::Manage(ManagePage::Scenarios),
            crate::components::IN_TEXT,
            html! { tr!("Show all scenarios") },
        ),
    )
}

/// The programme, day by day: first what is practised, then what stands beside it.
fn by_day(
    library: &[ScenarioSummary],
    practised: &BTreeMap<u8, ScenarioId>,
    narrowed: Narrowed,
) -> Html {
    let mut days: BTreeMap<u8, Vec<&ScenarioSummary>> = BTreeMap::new();
    for one in library.iter().filter(|one| narrowed.takes(one)) {
        days.entry(one.day).or_default().push(one);
    }
    if days.is_empty() && narrowed.leaves_out() {
        return nothing_found();
    }
    if !narrowed.leaves_out() {
        // A day that nothing is written for is a hole in the programme, and shows.
        for day in DAYS {
            days.entry(day).or_default();
        }
    }
    html! {
        <div class="border-b border-line">
            for (day, mut scenarios) in days {
                { {
                    let now = practised.get(&day).copied();
                    scenarios.sort_by_key(|one| Some(one.id) != now);
                    one_day(day, &scenarios, now)
                } }
            }
        </div>
    }
}

fn one_day(day: u8, scenarios: &[&ScenarioSummary], practised: Option<ScenarioId>) -> Html {
    html! {
        <section key={day} class="grid gap-3 border-t border-line py-5 md:grid-cols-[5.5rem_1fr]" aria-label={tr!("Day {}", day)}>
            <h2 class="flex items-baseline gap-2 md:block">
                <span class="text-sm font-medium text-ink-soft">{ tr!("Day ") }</span>
                <span class="numerals text-xl md:block md:text-3xl">{ day }</span>
            </h2>
            <div class="grid gap-3">
                if practised.is_none() {
                    <p class="flex items-start gap-2 rounded-md bg-accent-wash p-3 text-sm">
                        { icon(Glyph::Alert, "mt-0.5 size-4 text-accent-strong") }
                        <span>{ tr!("Nothing is practised on this day: reps who come to it wait. Publish a scenario for it.") }</span>
                    </p>
                }
                <ul class="grid gap-3">
                    for one in scenarios {
                        { scenario_card(one, practised, false) }
                    }
                </ul>
            </div>
        </section>
    }
}
