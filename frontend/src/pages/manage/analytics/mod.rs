//! Figures of a team or of the whole company: who practises, who is how good at what, and on which day reps lose.

mod agreement;
mod company;
mod days;
mod heat_map;
mod team;

use crate::api::{Api, Failure, with_query};
use crate::browser::clock;
use crate::components::{
    Chart, Choice, Glyph, card, empty_state, figure, figures, page_head, segments, select, skeleton,
};
use crate::data::{use_query, use_resource};
use crate::state::chart::{Ink, Kind, Mark, Series, Spec};
use crate::state::figures::{COMPANY, SPANS, Shown};
use company::CompanyFigures;
use contract::analytics::{DateFigures, Figures};
use contract::auth::Me;
use contract::page::MAX_LIMIT;
use contract::teams::{Team, TeamQuery};
use domain::ids::TeamId;
use domain::role::Role;
use domain::scoring::PASS_SCORE;
use std::rc::Rc;
use team::TeamFigures;
use yew::prelude::*;

/// Properties of [`AnalyticsPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct AnalyticsPageProps {
    /// Who looks.
    pub me: Rc<Me>,
}

/// The teams whose figures somebody may see: those they lead, and all to super admins.
async fn teams(api: Api, me: Rc<Me>) -> Result<Vec<Team>, Failure> {
    let query = TeamQuery {
        manager_id: (me.role != Role::SuperAdmin).then_some(me.id),
        limit: Some(MAX_LIMIT),
        ..TeamQuery::default()
    };
    Ok(api.teams(&query).await?.items)
}

/// The page.
#[component]
pub fn AnalyticsPage(props: &AnalyticsPageProps) -> Html {
    let (shown, set_shown) = use_query::<Shown>();
    let me = props.me.clone();
    let teams = use_resource("teams/led", {
        let me = me.clone();
        move |api| teams(api, me.clone())
    });
    html! {
        <>
            { page_head("Analytics", "Who practises, who gets better, and where it is lost.", Html::default()) }
            { teams.show(loading(), |teams| html! {
                <>
                    { choices(teams, &shown, &set_shown, me.role) }
                    { body(teams, &shown, &set_shown, &me) }
                </>
            }) }
        </>
    }
}

fn loading() -> Html {
    html! {
        <div class="grid gap-5">
            { skeleton("h-12 w-80 rounded-full") }
            { skeleton("h-28 rounded-lg") }
            { skeleton("h-80 rounded-lg") }
        </div>
    }
}

/// Whose figures these are: a team's, or the company's.
fn of_team(teams: &[Team], shown: &Shown, role: Role) -> Option<TeamId> {
    match shown.of.as_deref() {
        Some(COMPANY) => None,
        Some(id) => id.parse().ok(),
        None if role == Role::SuperAdmin => None,
        None => teams.first().map(|team| team.id),
    }
}

fn body(teams: &[Team], shown: &Rc<Shown>, set: &Callback<Shown>, me: &Rc<Me>) -> Html {
    let span = shown.query(clock::day_number(clock::now_ms()), clock::date_of_day);
    match of_team(teams, shown, me.role) {
        Some(id) => {
            html! { <TeamFigures key={id.to_string()} {id} {span} shown={shown.clone()} set={set.clone()} /> }
        }
        None => html! { <CompanyFigures company={me.company.id} {span} /> },
    }
}

fn choices(teams: &[Team], shown: &Rc<Shown>, set: &Callback<Shown>, role: Role) -> Html {
    let now = of_team(teams, shown, role);
    let mut options: Vec<(AttrValue, AttrValue)> =
        vec![(COMPANY.into(), "The whole company".into())];
    options.extend(
        teams
            .iter()
            .map(|team| (team.id.to_string().into(), team.name.clone().into())),
    );
    let of = {
        let (shown, set) = (shown.clone(), set.clone());
        Callback::from(move |of: String| {
            set.emit(Shown {
                of: Some(of),
                ..(*shown).clone()
            });
        })
    };
    let days = {
        let (shown, set) = (shown.clone(), set.clone());
        Callback::from(move |days: u32| {
            set.emit(Shown {
                days: Some(days),
                ..(*shown).clone()
            });
        })
    };
    html! {
        <div class="mb-5 flex flex-wrap items-end justify-between gap-4 print:hidden">
            <div class="w-full sm:w-72">
                { select(Choice {
                    name: "of".into(),
                    label: "Figures of".into(),
                    value: now.map_or_else(|| COMPANY.into(), |id| id.to_string().into()),
                    options,
                    onchange: of,
                    ..Choice::default()
                }) }
            </div>
            { segments("days", "Time", &SPANS.map(|days| (days, span_name(days))), shown.span(), &days) }
        </div>
    }
}

fn span_name(days: u32) -> &'static str {
    match days {
        14 => "2 weeks",
        90 => "3 months",
        _ => "30 days",
    }
}

/// The numbers that a team and a company have in common.
fn totals(all: &Figures) -> Html {
    let mean =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.0}"));
    let percent =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.0}%"));
    let gain = match (all.avg_first_score, all.avg_score) {
        (Some(first), Some(last)) => {
            let gain = last.round() - first.round();
            if gain > 0.0 {
                format!("{gain:.0} points more than the first")
            } else {
                "no more than the first".to_owned()
            }
        }
        _ => "mean score".to_owned(),
    };
    figures(html! {
        <>
            { figure("Practised", percent(all.completion_rate), format!("{} of {} sessions", all.completed_sessions, all.total_sessions)) }
            { figure("Missed", all.missed_sessions, format!("{} started late", all.late_sessions)) }
            { figure("First answer", mean(all.avg_first_score), "mean score, unaided") }
            { figure("Final answer", mean(all.avg_score), gain) }
        </>
    })
}

/// How many of a day's sessions were practised, and how good they were.
fn by_date(dates: &[DateFigures]) -> Html {
    let labels: Vec<String> = dates.iter().map(|date| short(&date.date)).collect();
    let of = |value: fn(&Figures) -> Option<f64>| -> Vec<Option<f64>> {
        dates.iter().map(|date| value(&date.figures)).collect()
    };
    let series = |name: &str, tone: Ink, dashed: bool, values: Vec<Option<f64>>| Series {
        name: name.to_owned(),
        tone,
        dashed,
        values,
    };
    let rate = Spec {
        unit: "%",
        ..Spec::of_hundred(
            Kind::Bars,
            labels.clone(),
            vec![series(
                "Practised",
                Ink::Brand,
                false,
                of(|figures| figures.completion_rate),
            )],
        )
    };
    let scores = Spec {
        mark: Some(Mark {
            at: f64::from(PASS_SCORE),
            name: "passes at".to_owned(),
        }),
        ..Spec::of_hundred(
            Kind::Lines,
            labels,
            vec![
                series(
                    "First answer",
                    Ink::LineStrong,
                    true,
                    of(|figures| figures.avg_first_score),
                ),
                series(
                    "Final answer",
                    Ink::Brand,
                    false,
                    of(|figures| figures.avg_score),
                ),
            ],
        )
    };
    html! {
        <div class="grid grid-cols-1 gap-5 xl:grid-cols-2">
            { card("Practised, day by day", html! { <Chart title="Share of each day's sessions that were practised" over="Day" spec={rate} /> }) }
            { card("Scores, day by day", html! { <Chart title="Mean scores of each day's sessions" over="Day" spec={scores} /> }) }
        </div>
    }
}

/// "22 Nov".
fn short(date: &str) -> String {
    clock::noon_of(date).map_or_else(|| date.to_owned(), clock::short_date)
}

/// There was no session in these days.
fn nothing() -> Html {
    empty_state(
        Glyph::Trend,
        "No session in this time",
        "Choose a longer time. Figures come with the first session that is practised or missed.",
        Html::default(),
    )
}

/// The key of figures of these dates.
fn key(of: &str, id: impl std::fmt::Display, span: &contract::analytics::SpanQuery) -> String {
    with_query(&format!("dashboard/{of}/{id}"), span)
}
