//! Who is ahead: names and one number, with ties and one's own place said.

use crate::api::{Api, with_query};
use crate::components::{PageHeading, avatar, link, link_to, skeleton};
use crate::data::{use_query, use_resource};
use crate::routes::{ManagePage, RepPage, Route};
use crate::state::ranking::{meaning, of_whom, tab, value};
use contract::analytics::{Leaderboard, LeaderboardQuery, Period, Place, RankBy};
use contract::auth::Me;
use domain::role::Role;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`LeaderboardPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct LeaderboardPageProps {
    /// Who looks.
    pub me: Rc<Me>,
}

/// The page. What it ranks by and of which time stands in its address.
#[component]
pub fn LeaderboardPage(props: &LeaderboardPageProps) -> Html {
    let (query, _) = use_query::<LeaderboardQuery>();
    let asked = query.clone();
    let board = use_resource(with_query("leaderboard", &*query), move |api: Api| {
        let query = asked.clone();
        async move { api.leaderboard(&query).await }
    });
    let (by, period) = (
        query.by.unwrap_or_default(),
        query.period.unwrap_or_default(),
    );
    html! {
        <div class="mx-auto max-w-3xl">
            <PageHeading title={tr!("Leaderboard")}>{ tr!("Leaderboard") }</PageHeading>
            <div class="mt-4 flex flex-wrap items-center justify-between gap-3">
                { choices(tr!("What counts"), &[RankBy::Score, RankBy::Practice, RankBy::Improvement], by, tab,
                    |by| LeaderboardQuery { by: Some(by), ..(*query).clone() }) }
                { choices(tr!("Of which time"), &[Period::Week, Period::All], period, period_name,
                    |period| LeaderboardQuery { period: Some(period), ..(*query).clone() }) }
            </div>
            <p class="mt-4 text-ink-soft">{ meaning(by, period) }</p>
            <div class="mt-4">{ board.show(loading(), |board| shown(board, &props.me)) }</div>
        </div>
    }
}

fn period_name(period: Period) -> &'static str {
    match period {
        Period::Week => tr!("This week"),
        Period::All => tr!("All time"),
    }
}

/// Ways of looking, side by side. They are links: each has its own address.
fn choices<T: Copy + PartialEq>(
    label: &'static str,
    all: &[T],
    chosen: T,
    name: fn(T) -> &'static str,
    query: impl Fn(T) -> LeaderboardQuery,
) -> Html {
    let path = Route::Rep(RepPage::Leaderboard);
    html! {
        <nav aria-label={label}>
            <ul class="inline-flex rounded-full bg-sunken p-1 text-sm font-semibold">
                for one in all.iter().copied() {
                    <li>
                        { link_to(
                            with_query(&yew_router::Routable::to_path(&path), &query(one)),
                            classes!("inline-flex", "min-h-11", "items-center", "rounded-full", "px-2.5", "sm:px-4",
                                if one == chosen { "bg-raised text-brand-strong shadow-low" } else { "text-ink-soft hover:text-ink" }),
                            html! { <span aria-current={(one == chosen).then_some("true")}>{ name(one) }</span> },
                        ) }
                    </li>
                }
            </ul>
        </nav>
    }
}

fn shown(board: &Leaderboard, me: &Me) -> Html {
    if board.items.is_empty() {
        return html! {
            <p class="rounded-lg border border-line bg-surface p-6 text-ink-soft">
                { match board.period {
                    Period::Week => tr!("Nobody is on this board yet this week. The first session completed opens it."),
                    Period::All => tr!("Nobody is on this board yet."),
                } }
            </p>
        };
    }
    let beyond = board
        .ranked
        .saturating_sub(u32::try_from(board.items.len()).unwrap_or(u32::MAX));
    html! {
        <>
            <ol class="overflow-hidden rounded-xl border border-line bg-surface" aria-label={tr!("Ranking of {whom}", whom = of_whom(board.scope))}>
                for place in board.items.iter() {
                    { row(board.by, place, me) }
                }
            </ol>
            <p class="mt-3 text-sm text-ink-soft">
                { ranked(board.ranked, of_whom(board.scope)) }
                if beyond > 0 { { " " }{ tr!("One more is not shown." | "{n} more are not shown." % beyond) } }
                { " " }{ tr!("Equal numbers share a place.") }
                if me.role == Role::SalesRep {
                    { " " }{ tr!("You can leave the board in your settings; you will still see your own place.") }
                }
            </p>
        </>
    }
}

fn ranked(count: u32, whom: &str) -> String {
    tr!(
        "1 rep is ranked in {whom}." | "{n} reps are ranked in {whom}." % count,
        whom = whom
    )
}

fn row(by: RankBy, place: &Place, me: &Me) -> Html {
    let name = &place.name;
    let rank = if place.tied {
        format!("{}=", place.rank)
    } else {
        place.rank.to_string()
    };
    let medal = match place.rank {
        1 => "bg-accent text-on-accent",
        2 | 3 => "bg-accent-wash text-accent-strong",
        _ => "text-ink-soft",
    };
    html! {
        <li class={classes!("flex", "items-center", "gap-4", "border-b", "border-line", "px-4", "py-3", "last:border-b-0", "sm:px-6",
            place.is_you.then_some("bg-brand-wash"))}>
            <span class={classes!("numerals", "inline-flex", "size-10", "shrink-0", "items-center", "justify-center", "rounded-full", "font-display", "font-semibold", medal)}>
                <span class="sr-only">{ if place.tied { tr!("Shared place ") } else { tr!("Place ") } }</span>{ rank }
            </span>
            { avatar(name, "size-10 text-sm") }
            <div class="min-w-0 flex-1">
                if me.role == Role::SalesRep {
                    <p class="truncate font-semibold">{ name }</p>
                } else {
                    { link(Route::Manage(ManagePage::Person { id: place.user_id }), "block truncate font-semibold hover:text-brand hover:underline", html! { name }) }
                }
                if place.is_you {
                    <p class="text-sm text-ink-soft">
                        { if place.only_you { tr!("You. Nobody else sees you here: you left the board.") } else { tr!("You") } }
                    </p>
                }
            </div>
            <p class="numerals shrink-0 text-lg font-semibold">{ value(by, place.value) }</p>
        </li>
    }
}

fn loading() -> Html {
    html! {
        <div class="grid gap-2">
            for _ in 0..6 { { skeleton("h-16 rounded-md") } }
        </div>
    }
}
