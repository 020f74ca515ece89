//! Charts.

use crate::components::{Chart, card};
use crate::state::chart::{Ink, Kind, Mark, Series, Spec};
use yew::prelude::*;

/// Lines and bars.
pub fn charts() -> Html {
    let series = |name: &str, tone, dashed, values: &[u8]| Series {
        name: name.to_owned(),
        tone,
        dashed,
        values: values
            .iter()
            .map(|value| (*value > 0).then_some(f64::from(*value)))
            .collect(),
    };
    let days = |count: usize| (1..=count).map(|day| format!("Day {day}")).collect();
    let scores = Spec {
        mark: Some(Mark {
            at: 60.0,
            name: "pass".to_owned(),
        }),
        ..Spec::of_hundred(
            Kind::Lines,
            days(8),
            vec![
                series(
                    "First answers",
                    Ink::LineStrong,
                    true,
                    &[38, 44, 41, 0, 52, 58, 61, 66],
                ),
                series(
                    "Final answers",
                    Ink::Brand,
                    false,
                    &[62, 70, 66, 0, 74, 79, 84, 88],
                ),
            ],
        )
    };
    let practised = Spec::of_counts(
        Kind::Bars,
        days(5),
        vec![
            series("Practised", Ink::Brand, false, &[9, 11, 10, 12, 8]),
            series("Late", Ink::Accent, false, &[2, 1, 0, 2, 3]),
            series("Missed", Ink::Bad, false, &[3, 1, 2, 0, 4]),
        ],
    );
    html! {
        <div class="grid gap-6 lg:grid-cols-2">
            { card("Scores", html! { <Chart title="Scores of eight days" over="Day" spec={scores} /> }) }
            { card("Practice", html! { <Chart title="Sessions by day" over="Day" spec={practised} /> }) }
        </div>
    }
}
