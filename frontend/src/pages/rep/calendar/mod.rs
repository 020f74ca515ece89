//! One's own slots, past and to come: a month at a glance, or as a list.

mod grid;

use crate::api::{Api, Failure};
use crate::browser::clock;
use crate::components::{
    Button, Glyph, Look, Tone, badge, empty_state, icon, link, page_head, segments, skeleton,
};
use crate::data::{use_query, use_resource};
use crate::routes::{RepPage, Route};
use crate::state::calendar::{Mark, Month, OnDay, not_planned_yet, on_day};
use crate::state::slot::Slot;
use contract::auth::{GroupRef, Me};
use contract::session::{Session, SessionPage, SessionQuery};
use domain::schedule::Rhythm;
use domain::session::SessionKind;
use grid::MonthGrid;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use yew::prelude::*;

/// The longest page of a list.
const MOST: u32 = 100;

/// How it is looked at; stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Looking {
    /// "2026-11"; this month when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<String>,
    /// As a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    view: Option<View>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum View {
    #[default]
    Month,
    Agenda,
}

/// All that a month shows.
#[derive(Debug, PartialEq)]
pub(super) struct Known {
    /// Its sessions, and some of the days around it.
    sessions: Vec<Session>,
    /// When the group practises and nothing is planned yet, Unix ms.
    usual: Vec<u64>,
}

impl Known {
    fn on(&self, day: i64) -> OnDay<'_> {
        on_day(day, &self.sessions, &self.usual, clock::day_number)
    }
}

async fn ask(api: Api, month: Month, group: Option<GroupRef>) -> Result<Known, Failure> {
    let of_month = sessions_of(&api, month);
    let to_come = SessionPage {
        limit: Some(MOST),
        ..SessionPage::default()
    };
    let (sessions, to_come, today) =
        futures::future::try_join3(of_month, api.upcoming(&to_come), api.today()).await?;
    let progress = today.progress;
    let days_left = progress.days_total.saturating_sub(progress.days_completed);
    let slots = group.map_or_else(Vec::new, |group| {
        slots_to_come(&group, today.now, days_left)
    });
    let to_come: Vec<Session> = to_come
        .items
        .into_iter()
        .map(|listed| listed.session)
        .collect();
    Ok(Known {
        usual: not_planned_yet(&slots, &to_come, days_left),
        sessions,
    })
}

/// All of a month's sessions, and those of the weeks that it begins and ends in.
async fn sessions_of(api: &Api, month: Month) -> Result<Vec<Session>, Failure> {
    let mut query = SessionQuery {
        from: Some(clock::begin_of(month.first() - 7)),
        to: Some(clock::begin_of(month.last() + 8)),
        limit: Some(MOST),
        ..SessionQuery::default()
    };
    let mut sessions = Vec::new();
    loop {
        let page = api.sessions(&query).await?;
        sessions.extend(page.items.into_iter().map(|listed| listed.session));
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            return Ok(sessions);
        }
    }
}

/// The group's next slots, some more than days are left: those that are planned are among them.
fn slots_to_come(group: &GroupRef, now: u64, days_left: u8) -> Vec<u64> {
    let rhythm = Rhythm {
        weekdays: group.weekdays,
        slot_minute: group.slot_minute,
    };
    let offset = |at| captain_zones::utc_offset_minutes(&group.zone, at);
    let slots = rhythm.coming(now, usize::from(days_left) + 2, offset);
    slots
        .unwrap_or_default()
        .into_iter()
        .map(|slot| slot.at)
        .collect()
}

/// Properties of [`CalendarPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct CalendarPageProps {
    /// Whose.
    pub me: Rc<Me>,
}

/// The page.
#[component]
pub fn CalendarPage(props: &CalendarPageProps) -> Html {
    let (looking, look) = use_query::<Looking>();
    let now = clock::now_ms();
    let today = clock::day_number(now);
    let month = looking.month.as_deref().and_then(Month::named);
    let month = month.unwrap_or_else(|| Month::of(today));
    let view = looking.view.unwrap_or_default();
    let group = props.me.group.clone();
    let known = use_resource(
        format!("sessions/calendar/{}", month.name()),
        move |api: Api| ask(api, month, group.clone()),
    );
    let to_month = {
        let (look, view) = (look.clone(), looking.view);
        Callback::from(move |month: Month| {
            look.emit(Looking {
                month: (month != Month::of(today)).then(|| month.name()),
                view,
            });
        })
    };
    let to_view = {
        let month = looking.month.clone();
        look.reform(move |view: View| Looking {
            month: month.clone(),
            view: (view != View::Month).then_some(view),
        })
    };
    let step = |months: i64| to_month.reform(move |()| month.later(months));
    html! {
        <div class="mx-auto max-w-5xl">
            { page_head(tr!("Calendar"), html! { { rhythm_of(&props.me) } }, segments(
                "calendar-view", tr!("How to look at it"), &[(View::Month, tr!("Month")), (View::Agenda, tr!("List"))], view, &to_view)) }
            <div class="mb-4 flex flex-wrap items-center gap-2">
                <Button look={Look::Quiet} class="px-0! min-w-11" onclick={step(-1)}>{ icon(Glyph::Chevron, "size-5 rotate-90") }<span class="sr-only">{ tr!("Month before") }</span></Button>
                <Button look={Look::Quiet} class="px-0! min-w-11" onclick={step(1)}>{ icon(Glyph::Chevron, "size-5 -rotate-90") }<span class="sr-only">{ tr!("Next month") }</span></Button>
                <h2 id="month" class="px-2 text-xl" aria-live="polite">{ clock::month_of(month.first()) }</h2>
                if month != Month::of(today) {
                    <Button look={Look::Quiet} class="ml-auto" onclick={to_month.reform(move |()| Month::of(today))}>{ tr!("This month") }</Button>
                }
            </div>
            { known.show(skeleton("h-96 rounded-xl"), |_| {
                let known = known.get().unwrap_or_else(|| Rc::new(Known { sessions: Vec::new(), usual: Vec::new() }));
                match view {
                    View::Month => html! { <MonthGrid key={month.name()} {known} month_name={month.name()} {today} {now} {to_month} group={props.me.group.clone()} /> },
                    View::Agenda => agenda(&known, month, now, props.me.group.as_ref()),
                }
            }) }
        </div>
    }
}

/// When the group practises, by its own clocks where they differ from the viewer's.
fn rhythm_of(me: &Me) -> String {
    let Some(group) = &me.group else {
        return tr!(
            "Your slots show here once you are in a group. Your manager puts you into one."
        )
        .to_owned();
    };
    let days = crate::state::rhythm::days_words(group.weekdays);
    let time = crate::state::pace::of_day(group.slot_minute);
    if is_own_zone(group) {
        tr!(
            "{} practises {days} at {time}.",
            group.name,
            days = days,
            time = time
        )
    } else {
        let zone = group.zone.replace('_', " ");
        tr!(
            "{} practises {days} at {time} in {zone}. Times below are by your own clock.",
            group.name,
            days = days,
            time = time,
            zone = zone
        )
    }
}

fn is_own_zone(group: &GroupRef) -> bool {
    let now = clock::now_ms();
    captain_zones::utc_offset_minutes(&group.zone, now)
        == captain_zones::utc_offset_minutes(&clock::zone(), now)
}

fn agenda(known: &Known, month: Month, now: u64, group: Option<&GroupRef>) -> Html {
    let days: Vec<(i64, OnDay<'_>)> = (month.first()..=month.last())
        .map(|day| (day, known.on(day)))
        .filter(|(_, on)| on.mark(now).is_some())
        .collect();
    if days.is_empty() {
        return empty_state(
            Glyph::Calendar,
            tr!("Nothing in this month"),
            tr!("Sessions stand here from a day before their slot, and stay after it."),
            Html::default(),
        );
    }
    // What comes is looked for first; what was, the latest first.
    let today = clock::day_number(now);
    let (coming, mut past): (Vec<_>, Vec<_>) = days.into_iter().partition(|(day, _)| *day >= today);
    past.reverse();
    html! {
        <div class="grid gap-8">
            { days_list(tr!("From today on"), &coming, now, group) }
            { days_list(tr!("Before"), &past, now, group) }
        </div>
    }
}

fn days_list(
    title: &'static str,
    days: &[(i64, OnDay<'_>)],
    now: u64,
    group: Option<&GroupRef>,
) -> Html {
    if days.is_empty() {
        return Html::default();
    }
    html! {
        <section aria-label={title}>
            <h3 class="mb-3 text-lg">{ title }</h3>
            <ol class="grid gap-4">
                for (day, on) in days {
                    <li>
                        <h4 class="mb-1.5 text-sm font-semibold text-ink-soft">{ clock::day_in_full(*day) }</h4>
                        { day_rows(on, now, group) }
                    </li>
                }
            </ol>
        </section>
    }
}

/// What there is on a day, each with its time, and where it leads.
pub(super) fn day_rows(on: &OnDay<'_>, now: u64, group: Option<&GroupRef>) -> Html {
    html! {
        <ul class="overflow-hidden rounded-lg border border-line bg-surface">
            for session in on.sessions.iter().copied() {
                <li class="border-b border-line last:border-b-0">{ session_row(session, now, group) }</li>
            }
            for at in on.usual.iter().copied() {
                <li class="border-b border-dashed border-line px-4 py-3 last:border-b-0">
                    <p class="flex items-center justify-between gap-3">
                        <span class="numerals text-sm font-semibold text-ink-soft">{ clock::time_of_day(at) }</span>{ badge(Tone::Plain, Mark::Usual.word()) }
                    </p>
                    <p class="mt-1 text-sm text-ink-soft">{ tr!("Its session is planned a day ahead.") }{ elsewhere(at, group) }</p>
                </li>
            }
        </ul>
    }
}

fn session_row(session: &Session, now: u64, group: Option<&GroupRef>) -> Html {
    let mark = Mark::of(session, now);
    let what = html! {
        <>
            <span class="flex items-center justify-between gap-3">
                <span class="numerals text-sm font-semibold text-ink-soft">{ clock::time_of_day(session.slot_at) }</span>{ badge(tone(mark), mark.word()) }
            </span>
            <span class="mt-1 block font-semibold">{ tr!("Day {} · {}", session.day, session.theme) }</span>
            <span class="numerals block text-sm text-ink-soft">
                { how_it_stands(session, now) }
                if mark == Mark::Coming { { elsewhere(session.slot_at, group) } }
            </span>
        </>
    };
    const ROW: &str = "block px-4 py-3";
    match destination(session, now) {
        Some(to) => link(
            to,
            classes!(ROW, "transition-colors", "hover:bg-sunken"),
            what,
        ),
        None => html! { <div class={ROW}>{ what }</div> },
    }
}

/// The page that a session opens: what it came to, or itself while it may be practised.
pub(super) fn destination(session: &Session, now: u64) -> Option<Route> {
    match Slot::of(session, now) {
        Slot::Completed => Some(Route::Result { id: session.id }),
        Slot::Running | Slot::Open { .. } => Some(Route::Session { id: session.id }),
        Slot::Missed | Slot::Closed => Some(Route::Rep(RepPage::Transcript { id: session.id })),
        Slot::Early { .. } => None,
    }
}

fn how_it_stands(session: &Session, now: u64) -> String {
    let is_practice = session.kind == SessionKind::Practice;
    match (Slot::of(session, now), session.first_score, session.score) {
        (Slot::Completed, Some(first), Some(last)) if is_practice => {
            tr!(
                "Practised again, {first} → {last}",
                first = first,
                last = last
            )
        }
        (Slot::Completed, Some(first), Some(last)) if session.late => {
            tr!("{first} → {last}, started late", first = first, last = last)
        }
        (Slot::Completed, Some(first), Some(last)) => format!("{first} → {last}"),
        (Slot::Missed | Slot::Closed, ..) => {
            tr!("This day comes again at your next slot").to_owned()
        }
        (slot, ..) => slot.line(),
    }
}

/// The moment by the group's clocks, where they differ.
fn elsewhere(at: u64, group: Option<&GroupRef>) -> Html {
    match group.filter(|group| !is_own_zone(group)) {
        Some(group) => html! {
            <span class="block text-sm">{ tr!("For your group: {}", clock::date_and_time_in(at, &group.zone)) }</span>
        },
        None => Html::default(),
    }
}

/// The colours of a mark.
pub(super) fn tone(mark: Mark) -> Tone {
    match mark {
        Mark::Usual | Mark::Coming => Tone::Plain,
        Mark::Practised | Mark::Done => Tone::Good,
        Mark::Missed => Tone::Bad,
        Mark::Now => Tone::Accent,
    }
}
