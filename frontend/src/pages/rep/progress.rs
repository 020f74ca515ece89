//! How the ten days stand: the course, the scores, how each of the five things trained grew, and what comes next.

use crate::api::{Api, Failure};
use crate::browser::clock;
use crate::components::{
    Glyph, IN_TEXT, PageHeading, course, icon, link, metric_name, notice, score_delta, skeleton,
    trend_chart,
};
use crate::data::use_resource;
use crate::routes::{RepPage, Route};
use crate::state::growth::{Growth, HEIGHT, WIDTH, growth, most_grown, weakest};
use crate::state::pace::remaining;
use contract::analytics::{Dashboard, DashboardQuery, DayProgress, RepDashboard};
use contract::session::{Progress, Session, SessionPage};
use yew::prelude::*;

/// All that the page shows.
struct Known {
    figures: RepDashboard,
    progress: Progress,
    next: Option<Session>,
}

async fn ask(api: Api) -> Result<Option<Known>, Failure> {
    let one = SessionPage {
        limit: Some(1),
        ..SessionPage::default()
    };
    let query = DashboardQuery::default();
    let (dashboard, today, next) =
        futures::future::try_join3(api.dashboard(&query), api.today(), api.upcoming(&one)).await?;
    Ok(match dashboard {
        Dashboard::SalesRep(figures) => Some(Known {
            figures: *figures,
            progress: today.progress,
            next: next.items.into_iter().next().map(|listed| listed.session),
        }),
        // The role was changed a moment ago.
        Dashboard::Manager(_) | Dashboard::SuperAdmin(_) => None,
    })
}

/// The page.
#[component]
pub fn ProgressPage() -> Html {
    let known = use_resource("sessions/progress", ask);
    html! {
        <>
            <PageHeading title={tr!("Progress")} class="mb-5 text-2xl">{ tr!("Your progress") }</PageHeading>
            { known.show(loading(), |known| match known {
                Some(known) => shown(known),
                None => notice(tr!("Your role has changed"), html! {
                    <p class="text-sm">{ tr!("Load the page again to see the pages of your new role.") }</p>
                }),
            }) }
        </>
    }
}

fn shown(known: &Known) -> Html {
    let figures = &known.figures;
    let growth = growth(&figures.weeks);
    html! {
        <div class="grid gap-5">
            { deck(known) }
            <div class="grid items-start gap-5 lg:grid-cols-2">
                <section aria-labelledby="scores" class="rounded-lg border border-line bg-surface p-5 sm:p-6">
                    <h2 id="scores" class="mb-3 text-xl">{ tr!("Your scores") }</h2>
                    if let Some(latest) = known.progress.recent.last() {
                        <p class="mb-3 text-sm text-ink-soft">
                            { tr!("Latest: ") }<span class="text-ink">{ score_delta(latest.first_score, latest.score) }</span>
                        </p>
                        { trend_chart(&known.progress.recent) }
                    } else {
                        <p class="text-ink-soft">{ tr!("After your first session you see here how your first answers grow into final ones.") }</p>
                    }
                </section>
                { five_things(&growth) }
            </div>
            { highlights(figures, &growth) }
            { days(&figures.progress_by_day) }
        </div>
    }
}

fn deck(known: &Known) -> Html {
    let progress = &known.progress;
    let numbers = [
        (
            tr!("Days"),
            tr!(
                "{done} of {all}",
                done = progress.days_completed,
                all = progress.days_total
            ),
        ),
        (tr!("Streak"), progress.streak.to_string()),
        (
            tr!("Best score"),
            number(known.figures.metrics.best_score.map(f64::from)),
        ),
        (
            tr!("Practised"),
            minutes(known.figures.metrics.figures.practice_seconds),
        ),
    ];
    html! {
        <section aria-label={tr!("The ten days")} class="charted rounded-xl bg-deck p-6 text-on-deck shadow-high sm:p-8">
            <dl class="grid grid-cols-2 gap-x-8 gap-y-4 sm:flex sm:flex-wrap sm:gap-x-12">
                for (name, value) in numbers {
                    <div>
                        <dt class="text-sm text-on-deck-soft">{ name }</dt>
                        <dd class="numerals font-display text-2xl font-semibold">{ value }</dd>
                    </div>
                }
            </dl>
            <div class="mt-5 rounded-md bg-surface p-3 text-ink">
                { course(progress.days_completed, progress.days_total, progress.days_completed + 1) }
            </div>
            if let Some(next) = &known.next {
                <p class="mt-4 text-on-deck-soft">{ coming(next) }</p>
            }
        </section>
    }
}

fn coming(next: &Session) -> String {
    let now = clock::now_ms();
    if next.opens_at > now {
        tr!(
            "Day {day}, “{theme}”, opens in {time}.",
            day = next.day,
            theme = next.theme,
            time = remaining(next.opens_at - now)
        )
    } else {
        tr!(
            "Day {day}, “{theme}”, is open now.",
            day = next.day,
            theme = next.theme
        )
    }
}

fn five_things(growth: &[Growth]) -> Html {
    html! {
        <section aria-labelledby="growth" class="rounded-lg border border-line bg-surface p-5 sm:p-6">
            <h2 id="growth" class="text-xl">{ tr!("Five things you train") }</h2>
            if growth.is_empty() {
                <p class="mt-3 text-ink-soft">{ tr!("Each week of practice adds a point to each of these lines.") }</p>
            } else {
                <p class="mt-1 text-sm text-ink-soft">{ tr!("Means of final answers, from your first week to this one") }</p>
                <table class="mt-3 w-full">
                    <thead class="sr-only">
                        <tr><th scope="col">{ tr!("What") }</th><th scope="col">{ tr!("Line") }</th><th scope="col">{ tr!("From first to latest week") }</th></tr>
                    </thead>
                    <tbody>
                        for one in growth.iter() {
                            { line(one) }
                        }
                    </tbody>
                </table>
            }
        </section>
    }
}

fn line(one: &Growth) -> Html {
    let points = one
        .points
        .iter()
        .map(|(x, y)| format!("{x:.1},{y:.1}"))
        .collect::<Vec<_>>()
        .join(" ");
    let (first, last) = one.numbers();
    let gain = one.gain();
    let look = match gain {
        1.. => "text-good",
        0 => "text-ink-soft",
        _ => "text-accent-strong",
    };
    html! {
        <tr class="border-b border-line last:border-b-0">
            <th scope="row" class="py-2.5 pr-3 text-left font-medium">{ metric_name(one.metric) }</th>
            <td class="hidden w-16 py-2.5 min-[22rem]:table-cell sm:w-28">
                <svg class="block h-8 w-16 sm:w-28" preserveAspectRatio="none" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} fill="none" aria-hidden="true">
                    <polyline {points} stroke="var(--brand)" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" />
                    if let Some((x, y)) = one.points.last() {
                        <circle cx={x.to_string()} cy={y.to_string()} r="3.5" fill="var(--accent)" />
                    }
                </svg>
            </td>
            <td class="numerals py-2.5 pl-3 text-right text-sm whitespace-nowrap">
                <span class="text-ink-soft">{ first }{ " → " }</span><strong class="text-base font-semibold">{ last }</strong>
                <span class={classes!("ml-2", "inline-block", "w-8", "font-semibold", look)}>{ format!("{gain:+}") }</span>
            </td>
        </tr>
    }
}

fn highlights(figures: &RepDashboard, growth: &[Growth]) -> Html {
    let unaided = figures
        .improvement
        .first_score
        .filter(|points| *points > 0.0);
    let mut told = Vec::new();
    if let Some(points) = unaided {
        told.push((
            Glyph::Trend,
            tr!(
                "Your first answers are {points} points better than in your first sessions: that is what you bring to a real customer.",
                points = number(Some(points))
            ),
        ));
    }
    if let Some(grown) = most_grown(growth) {
        let name = metric_name(grown.metric);
        told.push((
            Glyph::Spark,
            tr!(
                "{name} grew most: {points} points.",
                name = name,
                points = format!("{:+}", grown.gain())
            ),
        ));
    }
    // What has just grown most is not what to train next, lowest or not.
    let grown = most_grown(growth).map(|grown| grown.metric);
    if let Some(weak) = weakest(growth).filter(|weak| Some(weak.metric) != grown) {
        let name = metric_name(weak.metric).to_lowercase();
        told.push((
            Glyph::Compass,
            tr!(
                "Next to train: {name}. Listen for it in the coach's corrections.",
                name = name
            ),
        ));
    }
    if told.is_empty() {
        return Html::default();
    }
    html! {
        <section aria-labelledby="highlights" class="rounded-lg border border-line bg-surface p-5 sm:p-6">
            <h2 id="highlights" class="text-xl">{ tr!("What stands out") }</h2>
            <ul class="mt-3 grid gap-3">
                for (glyph, text) in told {
                    <li class="flex gap-3">{ icon(glyph, "mt-0.5 size-5 text-accent-strong") }<span>{ text }</span></li>
                }
            </ul>
        </section>
    }
}

fn days(days: &[DayProgress]) -> Html {
    let practised: Vec<_> = days
        .iter()
        .filter(|day| day.completed + day.missed > 0)
        .collect();
    if practised.is_empty() {
        return Html::default();
    }
    html! {
        <section aria-labelledby="days" class="rounded-lg border border-line bg-surface p-5 sm:p-6">
            <h2 id="days" class="text-xl">{ tr!("Day by day") }</h2>
            <table class="numerals mt-3 w-full text-left">
                <thead class="text-sm text-ink-soft">
                    <tr>
                        <th scope="col" class="py-2 font-medium">{ tr!("Day") }</th>
                        <th scope="col" class="py-2 text-right font-medium">{ tr!("Done") }</th>
                        <th scope="col" class="py-2 text-right font-medium">{ tr!("Missed") }</th>
                        <th scope="col" class="py-2 text-right font-medium">{ tr!("First") }</th>
                        <th scope="col" class="py-2 text-right font-medium">{ tr!("Final") }</th>
                    </tr>
                </thead>
                <tbody>
                    for day in practised {
                        <tr class="border-t border-line">
                            <th scope="row" class="py-2 font-medium">{ day.day }</th>
                            <td class="py-2 text-right">{ day.completed }</td>
                            <td class="py-2 text-right">{ day.missed }</td>
                            <td class="py-2 text-right text-ink-soft">{ number(day.avg_first_score) }</td>
                            <td class="py-2 text-right font-semibold">{ number(day.avg_score) }</td>
                        </tr>
                    }
                </tbody>
            </table>
            <p class="mt-3">{ link(Route::Rep(RepPage::History), IN_TEXT, html! { tr!("Read your sessions") }) }</p>
        </section>
    }
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.0}"))
}

fn minutes(seconds: u64) -> String {
    match (seconds / 60, seconds / 3_600) {
        (minutes, 0) => tr!("{} min", minutes),
        (minutes, hours) => tr!(
            "{hours} h {minutes} min",
            minutes = minutes % 60,
            hours = hours
        ),
    }
}

fn loading() -> Html {
    html! {
        <div class="grid gap-5">
            { skeleton("h-56 rounded-xl") }
            <div class="grid gap-5 lg:grid-cols-2">
                { skeleton("h-64 rounded-lg") }
                { skeleton("h-64 rounded-lg") }
            </div>
        </div>
    }
}
