//! Sessions as a list and a sheet: chosen by team, group, rep and days, to look at, to download and to print.

use super::schedule::all_reps;
use super::standing::{standing, standing_badge};
use crate::api::{Api, Failure, with_query};
use crate::app::use_api;
use crate::browser::{clock, hand_over};
use crate::components::{
    Button, Choice, Glyph, Input, Look, ROW_LINK, Row, Typed, empty_state, figure, figures, icon,
    link, notice, numbers, page_head, score_delta, select, skeleton, table, text_field, words,
};
use crate::data::{Entry, Pages, use_action, use_pages, use_query, use_resource};
use crate::routes::{ManagePage, Route};
use crate::state::report::Summary;
use contract::analytics::ExportQuery;
use contract::auth::Me;
use contract::groups::{Group, GroupQuery};
use contract::page::MAX_LIMIT;
use contract::session::{ListedSession, SessionQuery};
use contract::teams::{Team, TeamQuery};
use contract::users::User;
use domain::ids::{GroupId, TeamId, UserId};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use web_sys::Blob;
use yew::prelude::*;

/// A report begins so many days back when nobody says otherwise.
const DAYS_BACK: i64 = 30;

/// Sessions are shown so many at a time.
const PER_PAGE: u32 = 50;

/// Which sessions; stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Chosen {
    team_id: Option<TeamId>,
    group_id: Option<GroupId>,
    user_id: Option<UserId>,
    /// The first day, `2026-11-22`.
    from: Option<String>,
    /// The last day.
    to: Option<String>,
}

impl Chosen {
    /// The days as they hold when nobody chose any: the latest thirty.
    fn days(&self, today: i64) -> (i64, i64) {
        let day = |text: &Option<String>| text.as_deref().and_then(clock::day_of_field);
        let to = day(&self.to).unwrap_or(today);
        (day(&self.from).unwrap_or(to - DAYS_BACK), to)
    }

    /// At most one of team, group and rep goes to the server: the narrowest.
    fn narrowest(&self) -> (Option<TeamId>, Option<GroupId>, Option<UserId>) {
        match (self.user_id, self.group_id) {
            (Some(rep), _) => (None, None, Some(rep)),
            (None, Some(group)) => (None, Some(group), None),
            (None, None) => (self.team_id, None, None),
        }
    }
}

/// What there is to choose from.
struct Choices {
    teams: Vec<Team>,
    groups: Vec<Group>,
    reps: Vec<User>,
}

async fn choices(api: Api) -> Result<Choices, Failure> {
    let limit = Some(MAX_LIMIT);
    let teams = TeamQuery {
        limit,
        ..TeamQuery::default()
    };
    let groups = GroupQuery {
        limit,
        ..GroupQuery::default()
    };
    let (teams, groups, reps) =
        futures::future::try_join3(api.teams(&teams), api.groups(&groups), all_reps(&api)).await?;
    Ok(Choices {
        teams: teams.items,
        groups: groups.items,
        reps,
    })
}

/// Properties of [`ReportsPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct ReportsPageProps {
    /// Who looks.
    pub me: Rc<Me>,
}

/// The page.
#[component]
pub fn ReportsPage(props: &ReportsPageProps) -> Html {
    let (chosen, set_chosen) = use_query::<Chosen>();
    let download = use_action();
    let choices = use_resource("teams/report", choices);
    let now = clock::now_ms();
    let today = clock::day_number(now);
    let (from, to) = chosen.days(today);
    let (team_id, group_id, user_id) = chosen.narrowest();
    let of_list = SessionQuery {
        team_id,
        group_id,
        user_id,
        from: Some(clock::begin_of(from)),
        to: Some(clock::begin_of(to + 1)),
        limit: Some(PER_PAGE),
        ..SessionQuery::default()
    };
    let sessions: Pages<ListedSession> = use_pages(
        with_query("sessions/report", &of_list),
        move |api: Api, cursor| {
            let query = SessionQuery {
                cursor,
                ..of_list.clone()
            };
            async move { api.sessions(&query).await }
        },
    );
    let change = |take: fn(&mut Chosen, String)| {
        let (chosen, set_chosen) = (chosen.clone(), set_chosen.clone());
        Callback::from(move |value: String| {
            let mut next = (*chosen).clone();
            take(&mut next, value);
            set_chosen.emit(next);
        })
    };
    let typed = |take: fn(&mut Chosen, String)| {
        change(take).reform(|event: InputEvent| crate::browser::page::value_of(&event))
    };
    let export = {
        let query = ExportQuery {
            company_id: None,
            team_id,
            group_id,
            user_id,
            from: Some(clock::field_of_day(from)),
            to: Some(clock::field_of_day(to)),
        };
        let name = format!(
            "sales-captain {} to {}.csv",
            clock::field_of_day(from),
            clock::field_of_day(to)
        );
        download.on(
            move |api: Api| {
                let query = query.clone();
                async move { api.export(&query).await }
            },
            move |_, file: Blob| hand_over::save(&file, &name),
        )
    };
    let actions = html! {
        <>
            <Button busy={download.is_busy()} onclick={export}>{ icon(Glyph::Download, "size-5") }{ tr!("Download (CSV)") }</Button>
            <Button look={Look::Quiet} onclick={Callback::from(|()| hand_over::print())}>{ icon(Glyph::Print, "size-5") }{ tr!("Print") }</Button>
        </>
    };
    let (first_day, last_day) = (clock::day_and_year(from), clock::day_and_year(to));
    let company = use_api()
        .inside()
        .map_or_else(|| props.me.company.name.clone(), |company| company.name);
    let known = choices.get();
    let whom = known
        .as_deref()
        .map_or_else(String::new, |choices| whom(&chosen, choices));
    html! {
        <>
            { page_head(tr!("Reports"), tr!("{}, {first_day} to {last_day}", first_day = first_day, last_day = last_day, if whom.is_empty() { &company } else { &whom }), actions) }
            if let Some(why) = download.failure() {
                <div class="mb-4">{ notice(tr!("The sheet was not downloaded"), html! { <p class="text-sm">{ why.to_string() }</p> }) }</div>
            }
            <div class="mb-5 grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-5 print:hidden">
                { day_field("from", tr!("From"), clock::field_of_day(from), &typed(|chosen, day| chosen.from = Some(day).filter(|day| !day.is_empty()))) }
                { day_field("to", tr!("To"), clock::field_of_day(to), &typed(|chosen, day| chosen.to = Some(day).filter(|day| !day.is_empty()))) }
                if let Some(choices) = &known {
                    { filters(choices, &chosen,
                        [change(|chosen, id| (chosen.team_id, chosen.group_id, chosen.user_id) = (id.parse().ok(), None, None)),
                         change(|chosen, id| (chosen.group_id, chosen.user_id) = (id.parse().ok(), None)),
                         change(|chosen, id| chosen.user_id = id.parse().ok())]) }
                }
            </div>
            if from > to {
                { notice(tr!("These days end before they begin"), html! { <p class="text-sm">{ tr!("Choose a first day that is not after the last one.") }</p> }) }
            } else {
                { sessions.show(skeleton("h-96 rounded-lg"), nothing(), |shown| report(shown, sessions.has_more(), now)) }
            }
        </>
    }
}

fn nothing() -> Html {
    empty_state(
        Glyph::Sheet,
        tr!("No sessions in these days"),
        tr!("Choose other days, or another team, group or rep."),
        Html::default(),
    )
}

fn name_of(rep: &User) -> String {
    format!("{} {}", rep.first_name, rep.last_name)
}

/// Whom the report is about, by name; nothing for everybody.
fn whom(chosen: &Chosen, choices: &Choices) -> String {
    match chosen.narrowest() {
        (_, _, Some(id)) => choices.reps.iter().find(|rep| rep.id == id).map(name_of),
        (_, Some(id), _) => {
            let group = choices.groups.iter().find(|group| group.id == id);
            group.map(|group| format!("{}, {}", group.team.name, group.name))
        }
        (Some(id), ..) => {
            let team = choices.teams.iter().find(|team| team.id == id);
            team.map(|team| team.name.clone())
        }
        (None, None, None) => None,
    }
    .unwrap_or_default()
}

fn day_field(
    name: &'static str,
    label: &'static str,
    value: String,
    oninput: &Callback<InputEvent>,
) -> Html {
    text_field(Input {
        name: name.into(),
        label: label.into(),
        kind: Typed::Date,
        value: value.into(),
        oninput: oninput.clone(),
        ..Input::default()
    })
}

fn filters(choices: &Choices, chosen: &Chosen, on: [Callback<String>; 3]) -> Html {
    let [on_team, on_group, on_rep] = on;
    let in_team = |team: Option<TeamId>| chosen.team_id.is_none() || chosen.team_id == team;
    let groups = choices
        .groups
        .iter()
        .filter(|group| in_team(Some(group.team.id)));
    let reps = choices.reps.iter().filter(|rep| {
        let group = rep.group.as_ref().map(|group| group.id);
        in_team(rep.team.as_ref().map(|team| team.id))
            && (chosen.group_id.is_none() || chosen.group_id == group)
    });
    let choice = |name: &'static str,
                  label: &'static str,
                  value: Option<String>,
                  all: &'static str,
                  options: Vec<(AttrValue, AttrValue)>,
                  onchange: Callback<String>| {
        select(Choice {
            name: name.into(),
            label: label.into(),
            value: value.unwrap_or_default().into(),
            options: [("".into(), all.into())]
                .into_iter()
                .chain(options)
                .collect(),
            onchange,
            ..Choice::default()
        })
    };
    html! {
        <>
            { choice("team", tr!("Team"), chosen.team_id.map(|id| id.to_string()), tr!("All teams"),
                choices.teams.iter().map(|team| (team.id.to_string().into(), team.name.clone().into())).collect(), on_team) }
            { choice("group", tr!("Group"), chosen.group_id.map(|id| id.to_string()), tr!("All groups"),
                groups.map(|group| (group.id.to_string().into(), group.name.clone().into())).collect(), on_group) }
            { choice("rep", tr!("Rep"), chosen.user_id.map(|id| id.to_string()), tr!("All reps"),
                reps.map(|rep| (rep.id.to_string().into(), name_of(rep).into())).collect(), on_rep) }
        </>
    }
}

fn report(sessions: &[Entry<ListedSession>], has_more: bool, now: u64) -> Html {
    let summary = Summary::of(sessions.iter().map(|entry| &**entry));
    let mean =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.0}"));
    let practised = summary
        .practised_percent()
        .map_or_else(|| "–".to_owned(), |percent| format!("{percent}%"));
    html! {
        <>
            <div class="mb-5">
                { figures(html! {
                    <>
                        { figure(tr!("Sessions"), if has_more { format!("{}+", summary.sessions) } else { summary.sessions.to_string() },
                            if has_more { tr!("the latest; the sheet has all") } else { tr!("in these days") }) }
                        { figure(tr!("Practised"), practised, tr!("{} done, {} missed", summary.done, summary.missed)) }
                        { figure(tr!("Started late"), summary.late, tr!("of those done")) }
                        { figure(tr!("First answers"), mean(summary.first), tr!("mean score")) }
                        { figure(tr!("Final answers"), mean(summary.last), tr!("mean score")) }
                    </>
                }) }
            </div>
            { table(
                tr!("Sessions, the latest first"),
                &[words(tr!("Rep")), words(tr!("Practised")), words(tr!("Slot")), words(tr!("State")), numbers(tr!("First and final score"))],
                sessions.iter().map(|listed| row(listed, now)).collect(),
            ) }
        </>
    }
}

fn row(listed: &ListedSession, now: u64) -> Row {
    let session = &listed.session;
    Row {
        key: session.id.to_string(),
        cells: vec![
            link(
                Route::Manage(ManagePage::Session { id: session.id }),
                ROW_LINK,
                html! { &listed.rep_name },
            ),
            html! { <span class="line-clamp-2">{ tr!("Day {day} · {theme}", day = session.day, theme = session.theme) }</span> },
            html! { <span class="numerals whitespace-nowrap">{ clock::date_and_time(session.slot_at) }</span> },
            standing_badge(standing(session, now)),
            html! {
                if let (Some(first), Some(last)) = (session.first_score, session.score) { <span class="whitespace-nowrap">{ score_delta(first, last) }</span> } else { { "–" } }
            },
        ],
    }
}
