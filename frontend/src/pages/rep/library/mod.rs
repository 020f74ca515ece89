//! What there is to practise: all days, found by their words, with what the rep did there; and each of them.

mod one;

pub use one::ScenarioPage;

use crate::api::{Api, Failure, with_query};
use crate::components::{
    Choice, Glyph, SearchField, Tone, avatar, badge, empty_state, icon, link, link_to, page_head,
    select, skeleton,
};
use crate::data::{Entry, Resource, use_pages, use_query, use_resource};
use crate::routes::{RepPage, Route};
use crate::state::library::{Shelf, Standing};
use contract::auth::Me;
use contract::page::Page;
use contract::scenario::{ScenarioQuery, ScenarioSearch, ScenarioSummary};
use domain::ids::UserId;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use yew::prelude::*;

/// How many scenarios come at once.
const AT_ONCE: u32 = 50;

/// What is looked for; stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Wanted {
    /// Words or their beginnings.
    #[serde(skip_serializing_if = "String::is_empty")]
    q: String,
    /// One day of the programme.
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<u8>,
}

/// What the rep did so far.
#[hook]
fn use_shelf(rep: UserId) -> Resource<Shelf> {
    use_resource("sessions/shelf", move |api: Api| async move {
        let (figures, days) =
            futures::future::try_join(api.user_analytics(rep), api.ten_days(rep)).await?;
        Ok(Shelf::of(figures, &days))
    })
}

async fn find(
    api: Api,
    wanted: Rc<Wanted>,
    cursor: Option<String>,
) -> Result<Page<ScenarioSummary>, Failure> {
    if wanted.q.is_empty() {
        let query = ScenarioQuery {
            day: wanted.day,
            limit: Some(AT_ONCE),
            cursor,
            ..ScenarioQuery::default()
        };
        return api.scenarios(&query).await;
    }
    let query = ScenarioSearch {
        q: wanted.q.clone(),
        company_id: None,
        limit: Some(AT_ONCE),
    };
    // What holds no letter finds nothing, which is no fault to speak of.
    if contract::checks::check(&query).is_empty() {
        let mut items = api.find_scenarios(&query).await?.items;
        items.retain(|one| wanted.day.is_none_or(|day| one.day == day));
        return Ok(Page {
            items,
            next_cursor: None,
        });
    }
    Ok(Page {
        items: Vec::new(),
        next_cursor: None,
    })
}

/// Properties of [`LibraryPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct LibraryPageProps {
    /// Who practises.
    pub me: Rc<Me>,
}

/// The page.
#[component]
pub fn LibraryPage(props: &LibraryPageProps) -> Html {
    let (wanted, want) = use_query::<Wanted>();
    let shelf = use_shelf(props.me.id);
    let scenarios = {
        let wanted = wanted.clone();
        use_pages(
            with_query("scenarios", &*wanted),
            move |api: Api, cursor| find(api, wanted.clone(), cursor),
        )
    };
    let on_search = {
        let day = wanted.day;
        want.reform(move |q: String| Wanted {
            q: q.chars().take(200).collect(),
            day,
        })
    };
    let on_day = {
        let q = wanted.q.clone();
        want.reform(move |day: String| Wanted {
            q: q.clone(),
            day: day.parse().ok(),
        })
    };
    let days = std::iter::once(("".into(), tr!("All days").into()))
        .chain((1..=10_u8).map(|day| (day.to_string().into(), tr!("Day {day}", day = day).into())));
    let known = shelf.get();
    html! {
        <div class="mx-auto max-w-4xl">
            { page_head(tr!("Library"), tr!("Every day of the programme. What you have done you may practise again, as often as you like."), Html::default()) }
            <div class="mb-5 grid gap-3 sm:grid-cols-[1fr_11rem] sm:items-end">
                <SearchField label={tr!("Search themes and customers")} value={wanted.q.clone()} {on_search} />
                <div class="[&_label]:sr-only">
                    { select(Choice {
                        name: "day".into(),
                        label: tr!("Day").into(),
                        value: wanted.day.map_or_else(String::new, |day| day.to_string()).into(),
                        options: days.collect(),
                        onchange: on_day,
                        ..Choice::default()
                    }) }
                </div>
            </div>
            if let Some(failure) = shelf.failure().filter(|_| known.is_none()) {
                <div class="mb-4">{ crate::components::failed(tr!("What you have practised could not be loaded"), failure, &shelf.retry()) }</div>
            }
            { scenarios.show(loading(), nothing(&wanted), |found| list(found, known.as_deref())) }
        </div>
    }
}

fn list(found: &[Entry<ScenarioSummary>], shelf: Option<&Shelf>) -> Html {
    html! {
        <ul class="grid gap-3">
            for one in found.iter() {
                <li key={one.id.to_string()}>{ row(one, shelf.map(|shelf| shelf.standing(one.id, one.day))) }</li>
            }
        </ul>
    }
}

/// A scenario, and how it stands; `None` while that is not known.
fn row(one: &ScenarioSummary, standing: Option<Standing>) -> Html {
    let (mark, words) = match standing {
        None => ("bg-sunken text-ink-soft", None),
        Some(Standing::Locked) => (
            "bg-sunken text-ink-soft",
            Some((
                Glyph::Lock,
                tr!("Opens once you have done day {} at your slot", one.day),
            )),
        ),
        Some(Standing::Open) => (
            "bg-brand-wash text-brand-strong",
            Some((Glyph::Play, tr!("Ready to practise").to_owned())),
        ),
        Some(Standing::Practised(attempts)) => (
            "bg-brand text-on-brand",
            Some((Glyph::Tick, attempts.words())),
        ),
    };
    link(
        Route::Rep(RepPage::Scenario { id: one.id }),
        "group flex gap-4 rounded-xl border border-line bg-surface p-4 transition-colors hover:border-brand sm:p-5",
        html! {
            <>
                <span class={classes!("numerals", "inline-flex", "size-12", "shrink-0", "items-center", "justify-center", "rounded-full", "font-display", "text-lg", "font-semibold", mark)}>
                    <span class="sr-only">{ tr!("Day") }{ " " }</span>{ one.day }
                </span>
                <span class="min-w-0 flex-1">
                    <span class="flex flex-wrap items-center gap-x-3 gap-y-1">
                        <span class="font-display text-lg font-semibold group-hover:text-brand">{ &one.theme }</span>
                        if one.company_id.is_some() { { badge(Tone::Accent, tr!("Your company's own")) } }
                    </span>
                    <span class="mt-0.5 line-clamp-2 text-ink-soft">{ &one.description }</span>
                    <span class="mt-2.5 flex flex-wrap items-center gap-x-5 gap-y-2 text-sm">
                        <span class="flex gap-1">
                            for drill in one.drills.iter() { { avatar(&drill.customer_name, "size-7 text-[0.65rem]") } }
                        </span>
                        if let Some((glyph, words)) = words {
                            <span class="numerals flex items-center gap-1.5 text-ink-soft">{ icon(glyph, "size-4 shrink-0") }{ words }</span>
                        } else {
                            { skeleton("h-4 w-40") }
                        }
                    </span>
                </span>
                <span class="self-center text-ink-soft">{ icon(Glyph::Chevron, "size-5 -rotate-90") }</span>
            </>
        },
    )
}

fn nothing(wanted: &Wanted) -> Html {
    let path = "/library";
    if wanted.q.is_empty() && wanted.day.is_none() {
        return empty_state(
            Glyph::Book,
            tr!("The library is empty"),
            tr!("Your company has not published anything to practise yet. Your manager can."),
            link(
                Route::Today,
                crate::components::IN_TEXT,
                tr!("Back to Today"),
            ),
        );
    }
    empty_state(
        Glyph::Search,
        tr!("Nothing like that here"),
        tr!(
            "Search by the beginning of a word: a theme, what it is about, or what a customer says."
        ),
        link_to(path, crate::components::IN_TEXT, tr!("Show all days")),
    )
}

fn loading() -> Html {
    html! {
        <div class="grid gap-3">
            for _ in 0..5 { { skeleton("h-32 rounded-xl") } }
        </div>
    }
}
