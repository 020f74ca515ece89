//! A chart: a picture, what it says in one sentence, and the table behind it.
//!
//! The picture is drawn by uPlot (`frontend/charts/charts.js`), which the first page with a chart downloads: 20 kB that take
//! care of scales, ticks, gaps and what stands at the pointer. Where it can't be loaded, the table is open.

use super::table::{Row, numbers, table, words};
use crate::browser::parts;
use crate::state::chart::{Ink, Kind, Series, Spec, number};
use yew::prelude::*;

/// Properties of [`Chart`].
#[derive(Properties, PartialEq, Clone)]
pub struct ChartProps {
    /// What it shows: "Scores of the latest sessions".
    pub title: AttrValue,
    /// What stands below: "Session", "Week".
    pub over: AttrValue,
    /// The numbers.
    pub spec: Spec,
}

/// A chart.
#[component]
pub fn Chart(props: &ChartProps) -> Html {
    let is_missing = use_state(|| false);
    {
        let is_missing = is_missing.setter();
        use_effect_with((), move |()| {
            parts::load_charts(Callback::from(move |()| is_missing.set(true)));
        });
    }
    let spec = &props.spec;
    // Numbers and names: writing them can't fail.
    let drawn = serde_json::to_string(spec).unwrap_or_default();
    let summary = format!("{}. {}", props.title, spec.summary());
    html! {
        <figure class="min-w-0">
            if !*is_missing {
                <captain-chart class="block min-h-55" role="img" aria-label={summary} data-spec={drawn} />
            }
            <figcaption class="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-xs text-ink-soft" aria-hidden="true">
                for series in spec.series.iter() { { legend(spec.kind, series) } }
                if let Some(mark) = &spec.mark {
                    <span>{ tr!("dotted: {name} {number}", name = mark.name, number = number(mark.at)) }</span>
                }
            </figcaption>
            <details class="group mt-1" open={*is_missing}>
                <summary class="inline-flex min-h-11 items-center gap-1 text-sm font-medium text-brand print:hidden">
                    { super::icon(super::Glyph::Chevron, "size-4 transition group-open:rotate-180") }{ tr!("Numbers as a table") }
                </summary>
                <div class="mt-1 max-h-80 overflow-y-auto" tabindex="0" role="region" aria-label={tr!("{}, as a table", props.title)}>{ as_table(props) }</div>
            </details>
        </figure>
    }
}

fn legend(kind: Kind, series: &Series) -> Html {
    let colour = match series.tone {
        Ink::Brand => "text-brand",
        Ink::LineStrong => "text-line-strong",
        Ink::Accent => "text-accent",
        Ink::Bad => "text-bad",
    };
    let (class, shape) = match kind {
        Kind::Bars => (
            "size-2.5",
            html! { <rect width="24" height="24" rx="6" fill="currentColor" /> },
        ),
        Kind::Lines => (
            "h-1 w-6",
            html! { <path d="M0 2h24" stroke="currentColor" stroke-width="3" stroke-dasharray={series.dashed.then_some("4 4")} /> },
        ),
    };
    let view_box = match kind {
        Kind::Bars => "0 0 24 24",
        Kind::Lines => "0 0 24 4",
    };
    html! {
        <span class="inline-flex items-center gap-2">
            <svg class={classes!(class, colour)} viewBox={view_box}>{ shape }</svg>{ &series.name }
        </span>
    }
}

fn as_table(props: &ChartProps) -> Html {
    let spec = &props.spec;
    let mut columns = vec![words(props.over.clone())];
    columns.extend(
        spec.series
            .iter()
            .map(|series| numbers(series.name.clone())),
    );
    let rows = spec.labels.iter().enumerate().map(|(at, label)| {
        let told = |series: &Series| match series.values.get(at).copied().flatten() {
            Some(value) => html! { { format!("{}{}", number(value), spec.unit) } },
            None => html! { <><span aria-hidden="true">{ "–" }</span><span class="sr-only">{ "none" }</span></> },
        };
        let mut cells = vec![html! { label }];
        cells.extend(spec.series.iter().map(told));
        Row {
            key: at.to_string(),
            cells,
        }
    });
    table(&props.title, &columns, rows.collect())
}
