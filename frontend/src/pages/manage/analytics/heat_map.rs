//! Rep x week, coloured by the score or one of the five metrics. It is a table: the numbers stand in it.

use super::short;
use crate::components::{Choice, Glyph, card_with, empty_state, link, metric_name, select};
use crate::routes::{ManagePage, Route};
use crate::state::figures::{Level, Shown, means, value, weakest_first};
use contract::analytics::{HeatMap, HeatMapRow};
use domain::scoring::Metric;
use std::rc::Rc;
use yew::prelude::*;

/// The name of what is shown when it is no metric.
const SCORE: &str = "Score";

/// A phone has room for so many weeks: the latest.
const ON_A_PHONE: usize = 4;

/// The map, with what it shows to choose from, and its legend.
pub fn heat_map(map: &HeatMap, shown: &Rc<Shown>, set: &Callback<Shown>) -> Html {
    let metric = shown.metric;
    let name = metric.map_or(SCORE, metric_name);
    let choose = {
        let (shown, set) = (shown.clone(), set.clone());
        Callback::from(move |name: String| {
            set.emit(Shown {
                metric: Metric::ALL
                    .into_iter()
                    .find(|metric| metric_name(*metric) == name),
                ..(*shown).clone()
            });
        })
    };
    let options = std::iter::once(SCORE)
        .chain(Metric::ALL.into_iter().map(metric_name))
        .map(|name| (name.into(), name.into()))
        .collect();
    let choice = html! {
        <div class="w-56 print:hidden">
            { select(Choice { name: "metric".into(), label: "Shows".into(), value: name.into(), options, onchange: choose, ..Choice::default() }) }
        </div>
    };
    let body = if map.rows.is_empty() {
        empty_state(
            Glyph::People,
            "No reps in this team",
            "Add reps to the team, and their weeks stand here.",
            Html::default(),
        )
    } else {
        html! {
            <>
                { grid(map, metric, name) }
                { legend() }
            </>
        }
    };
    card_with("Week by week", choice, body)
}

fn grid(map: &HeatMap, metric: Option<Metric>, name: &str) -> Html {
    let early = map.weeks.len().saturating_sub(ON_A_PHONE);
    let hidden = |at: usize| (at < early).then_some("max-sm:hidden");
    html! {
        <div class="relative overflow-x-auto" tabindex="0" role="region" aria-label={format!("{name} by rep and week")}>
            <table class="w-full border-separate border-spacing-1 text-sm">
                <caption class="sr-only">{ format!("{name}, mean of each week's final answers, by rep and week; the weakest latest week first") }</caption>
                <thead>
                    <tr>
                        <th scope="col" class="min-w-28 text-left font-medium text-ink-soft">{ "Rep" }</th>
                        for (at, week) in map.weeks.iter().enumerate() {
                            <th scope="col" class={classes!("numerals", "px-1", "text-center", "font-medium", "whitespace-nowrap", "text-ink-soft", hidden(at))}>
                                <span class="sr-only">{ "Week of " }</span>{ short(week) }
                            </th>
                        }
                    </tr>
                </thead>
                <tbody>
                    for row in weakest_first(map, metric) { { rep(row, metric, &hidden) } }
                </tbody>
                <tfoot>
                    <tr>
                        <th scope="row" class="pt-1 text-left font-medium text-ink-soft">{ "All of them" }</th>
                        for (at, mean) in means(map, metric).into_iter().enumerate() {
                            <td class={classes!("numerals", "pt-1", "text-center", "font-semibold", hidden(at))}>{ number(mean) }</td>
                        }
                    </tr>
                </tfoot>
            </table>
        </div>
    }
}

fn rep(
    row: &HeatMapRow,
    metric: Option<Metric>,
    hidden: &dyn Fn(usize) -> Option<&'static str>,
) -> Html {
    let to = Route::Manage(ManagePage::Person {
        id: row.person.user_id,
    });
    html! {
        <tr key={row.person.user_id.to_string()}>
            <th scope="row" class="pr-2 text-left font-normal">
                { link(to, "font-medium hover:text-brand hover:underline", html! { &row.person.name }) }
            </th>
            for (at, cell) in row.cells.iter().enumerate() {
                { one(cell.as_ref().and_then(|cell| value(cell, metric)), hidden(at)) }
            }
        </tr>
    }
}

fn one(value: Option<f64>, hidden: Option<&'static str>) -> Html {
    let colours = value.map_or("bg-sunken/50 text-ink-soft", |value| {
        colours(Level::of(value))
    });
    html! {
        <td class={classes!("numerals", "h-10", "min-w-11", "rounded-md", "text-center", "font-medium", colours, hidden)}>{ number(value) }</td>
    }
}

fn number(value: Option<f64>) -> Html {
    match value {
        Some(value) => html! { { format!("{value:.0}") } },
        None => {
            html! { <><span aria-hidden="true">{ "·" }</span><span class="sr-only">{ "no practice" }</span></> }
        }
    }
}

fn colours(level: Level) -> &'static str {
    match level {
        Level::Weak => "bg-bad-wash text-bad",
        Level::Near => "bg-accent-wash text-accent-strong",
        Level::Passed => "bg-brand-wash text-brand-strong",
        Level::Strong => "bg-brand text-on-brand",
    }
}

fn legend() -> Html {
    html! {
        <ul class="mt-3 flex flex-wrap gap-x-5 gap-y-1.5 text-xs text-ink-soft">
            for level in Level::ALL {
                <li class="inline-flex items-center gap-2">
                    <span class={classes!("size-4", "rounded-sm", colours(level))} aria-hidden="true" />{ level.words() }
                </li>
            }
            <li>{ "· no practice" }</li>
        </ul>
    }
}
