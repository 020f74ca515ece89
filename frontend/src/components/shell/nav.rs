//! The ways to the pages of a role: a rail beside the page, and on a phone a bar below it.

use crate::components::icon::{Glyph, icon};
use crate::components::link::link_to;
use crate::routes::{AdminPage, ManagePage, RepPage, Route};
use domain::role::Role;
use yew::prelude::*;
use yew_router::Routable;

/// One way: where to, its name, its icon.
type Way = (Route, fn() -> &'static str, Glyph);

/// The most ways a phone's bar holds beside "More".
const IN_BAR: usize = 4;

const REP: &[Way] = &[
    (Route::Today, || tr!("Today"), Glyph::Compass),
    (
        Route::Rep(RepPage::Progress),
        || tr!("Progress"),
        Glyph::Trend,
    ),
    (
        Route::Rep(RepPage::History),
        || tr!("History"),
        Glyph::Clock,
    ),
    (Route::Rep(RepPage::Library), || tr!("Library"), Glyph::Book),
    (
        Route::Rep(RepPage::Calendar),
        || tr!("Calendar"),
        Glyph::Calendar,
    ),
    (
        Route::Rep(RepPage::Leaderboard),
        || tr!("Ranking"),
        Glyph::Trophy,
    ),
];

const MANAGER: &[Way] = &[
    (Route::Today, || tr!("Today"), Glyph::Compass),
    (
        Route::Manage(ManagePage::People),
        || tr!("People"),
        Glyph::People,
    ),
    (
        Route::Manage(ManagePage::Groups),
        || tr!("Groups"),
        Glyph::Groups,
    ),
    (
        Route::Rep(RepPage::Leaderboard),
        || tr!("Ranking"),
        Glyph::Trophy,
    ),
    (
        Route::Manage(ManagePage::Scenarios),
        || tr!("Scenarios"),
        Glyph::Book,
    ),
    (
        Route::Manage(ManagePage::Tone),
        || tr!("Tone"),
        Glyph::Speech,
    ),
    (
        Route::Manage(ManagePage::Teams),
        || tr!("Teams"),
        Glyph::Flag,
    ),
    (
        Route::Manage(ManagePage::Invites),
        || tr!("Invites"),
        Glyph::Mail,
    ),
    (
        Route::Manage(ManagePage::Analytics),
        || tr!("Analytics"),
        Glyph::Trend,
    ),
    (
        Route::Manage(ManagePage::CompanySettings),
        || tr!("Company"),
        Glyph::Gear,
    ),
];

/// What super admins have beside the pages of the company they are in.
const SUPER_ADMIN: &[Way] = &[
    (Route::Today, || tr!("Overview"), Glyph::Compass),
    (
        Route::Admin(AdminPage::Companies),
        || tr!("Companies"),
        Glyph::Building,
    ),
    (Route::Admin(AdminPage::Ai), || tr!("AI"), Glyph::Spark),
];

/// The ways of a role's own, and those into the company that a super admin is in.
fn ways(role: Role) -> (&'static [Way], &'static [Way]) {
    match role {
        Role::SalesRep => (REP, &[]),
        Role::Manager => (MANAGER, &[]),
        // A manager's first page is of the reps they lead.
        Role::SuperAdmin => (
            SUPER_ADMIN,
            MANAGER.split_first().map_or(&[], |(_, rest)| rest),
        ),
    }
}

/// Whether the page at `path` is this way's, or stands below it.
fn leads_to(way: &str, path: &str) -> bool {
    match path.strip_prefix(way) {
        Some("") => true,
        Some(rest) => way != "/" && rest.starts_with('/'),
        None => false,
    }
}

/// Beside the page, where there is room. `company` tells a super admin which company the pages below it are of.
pub fn side_rail(role: Role, path: &str, company: Html) -> Html {
    let (own, inside) = ways(role);
    html! {
        <nav aria-label={tr!("Pages")} class="sticky top-15 hidden h-[calc(100dvh-3.75rem)] w-56 shrink-0 overflow-y-auto border-r border-line bg-surface px-3 py-5 lg:block print:hidden">
            { list(own, path) }
            if !inside.is_empty() {
                <div class="mt-4 mb-2 border-t border-line pt-4">{ company }</div>
                { list(inside, path) }
            }
        </nav>
    }
}

fn list(ways: &[Way], path: &str) -> Html {
    html! {
        <ul class="grid gap-1">
            for way in ways {
                <li>{ in_rail(way, path) }</li>
            }
        </ul>
    }
}

fn in_rail((to, name, glyph): &Way, path: &str) -> Html {
    let to = to.to_path();
    let is_here = leads_to(&to, path);
    let look = if is_here {
        "bg-brand-wash text-brand-strong"
    } else {
        "text-ink-soft hover:bg-sunken hover:text-ink"
    };
    html! {
        <a href={to} aria-current={is_here.then_some("page")}
            class={classes!("flex", "min-h-11", "items-center", "gap-3", "rounded-md", "px-3", "font-medium", "transition-colors", look)}>
            { icon(*glyph, "size-5") }{ name() }
        </a>
    }
}

/// Below the page, within reach of a thumb. What has no room stands behind "More".
pub fn bottom_bar(role: Role, path: &str) -> Html {
    let (own, inside) = ways(role);
    let all: Vec<&Way> = own.iter().chain(inside).collect();
    let (bar, more) = all.split_at(all.len().min(IN_BAR));
    let is_more = more.iter().any(|(to, ..)| leads_to(&to.to_path(), path));
    html! {
        <nav aria-label={tr!("Pages, below")} class="fixed inset-x-0 bottom-0 z-20 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden print:hidden">
            <ul class="mx-auto grid max-w-xl grid-cols-5">
                for &&(to, name, glyph) in bar {
                    <li>
                        <a href={to.to_path()} aria-current={leads_to(&to.to_path(), path).then_some("page")}
                            class={in_bar(leads_to(&to.to_path(), path))}>
                            { bar_icon(glyph, leads_to(&to.to_path(), path)) }{ name() }
                        </a>
                    </li>
                }
                <li>
                    <button type="button" popovertarget="more-pages" class={in_bar(is_more)}>
                        { bar_icon(Glyph::More, is_more) }{ tr!("More") }
                    </button>
                </li>
            </ul>
            <div id="more-pages" popover="auto"
                class="fixed inset-x-0 top-auto bottom-0 m-0 w-full max-w-none rounded-t-xl border-t border-line bg-raised p-4 pb-[calc(1rem+env(safe-area-inset-bottom))] text-ink shadow-high backdrop:bg-shade max-h-[85dvh] overflow-y-auto">
                <ul class="mx-auto grid max-w-xl gap-1">
                    for way in more {
                        <li>{ in_rail(way, path) }</li>
                    }
                    <li class="mt-2 grid border-t border-line pt-3">
                        { link_to("/settings", BELOW, tr!("Profile and settings")) }
                    </li>
                </ul>
            </div>
        </nav>
    }
}

const BELOW: &str = "flex min-h-11 items-center justify-center rounded-full border border-line-strong font-semibold";

fn in_bar(is_here: bool) -> Classes {
    let look = if is_here {
        "text-brand-strong font-semibold"
    } else {
        "text-ink-soft"
    };
    classes!(
        "flex",
        "min-h-15",
        "w-full",
        "flex-col",
        "items-center",
        "justify-center",
        "gap-0.5",
        "text-xs",
        look
    )
}

fn bar_icon(glyph: Glyph, is_here: bool) -> Html {
    let look = is_here.then_some("bg-brand-wash");
    html! {
        <span class={classes!("flex", "rounded-full", "px-4", "py-1", look)}>{ icon(glyph, "size-5") }</span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_leads_to_a_page_of_its_role() {
        for role in [Role::SalesRep, Role::Manager, Role::SuperAdmin] {
            let (own, inside) = ways(role);
            for (to, name, _) in own.iter().chain(inside) {
                assert!(to.is_for(role), "{}", name());
            }
        }
    }

    #[test]
    fn a_way_is_marked_on_its_page_and_below_it() {
        assert!(leads_to("/people", "/people") && leads_to("/people", "/people/7"));
        assert!(!leads_to("/people", "/peoples") && !leads_to("/", "/people"));
        assert!(leads_to("/", "/"));
    }
}
