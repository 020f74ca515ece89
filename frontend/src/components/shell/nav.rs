//! The ways to the pages of a role: a rail beside the page, and on a phone a bar below it.

use crate::components::icon::{Glyph, icon};
use crate::components::link::link_to;
use crate::routes::{AdminPage, ManagePage, RepPage, Route};
use domain::role::Role;
use yew::prelude::*;
use yew_router::Routable;

/// One way: where to, its name, its icon.
type Way = (Route, fn() -> &'static str, Glyph);

/// Ways that belong together, under a word that says how; the first ones need none.
struct Section {
    /// Part of an id on the page; empty where there is no name.
    id: &'static str,
    name: fn() -> &'static str,
    ways: &'static [Way],
}

/// The most ways a phone's bar holds beside "More".
const IN_BAR: usize = 4;

const TODAY: Way = (Route::Today, || tr!("Today"), Glyph::Compass);
const SCHEDULE: Way = (
    Route::Manage(ManagePage::Schedule),
    || tr!("Schedule"),
    Glyph::Calendar,
);
const PEOPLE: Way = (
    Route::Manage(ManagePage::People),
    || tr!("People"),
    Glyph::People,
);
const ANALYTICS: Way = (
    Route::Manage(ManagePage::Analytics),
    || tr!("Analytics"),
    Glyph::Trend,
);
const RANKING: Way = (
    Route::Rep(RepPage::Leaderboard),
    || tr!("Ranking"),
    Glyph::Trophy,
);

const REP: &[Section] = &[Section {
    id: "",
    name: || "",
    ways: &[
        TODAY,
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
        RANKING,
    ],
}];

const MANAGER: &[Section] = &[
    Section {
        id: "",
        name: || "",
        ways: &[TODAY, SCHEDULE],
    },
    ORGANISATION,
    PRACTICE,
    FIGURES,
    COMPANY,
];

/// What super admins have beside the pages of the company they are in.
const SUPER_ADMIN: &[Section] = &[Section {
    id: "",
    name: || "",
    ways: &[
        (Route::Today, || tr!("Overview"), Glyph::Compass),
        (
            Route::Admin(AdminPage::Companies),
            || tr!("Companies"),
            Glyph::Building,
        ),
        (Route::Admin(AdminPage::Ai), || tr!("AI"), Glyph::Spark),
    ],
}];

/// A manager's first page is of the reps they lead: it is none of these.
const IN_A_COMPANY: &[Section] = &[
    Section {
        id: "",
        name: || "",
        ways: &[SCHEDULE],
    },
    ORGANISATION,
    PRACTICE,
    FIGURES,
    COMPANY,
];

const ORGANISATION: Section = Section {
    id: "people",
    name: || tr!("People"),
    ways: &[
        PEOPLE,
        (
            Route::Manage(ManagePage::Teams),
            || tr!("Teams"),
            Glyph::Flag,
        ),
        (
            Route::Manage(ManagePage::Groups),
            || tr!("Groups"),
            Glyph::Groups,
        ),
        (
            Route::Manage(ManagePage::Invites),
            || tr!("Invites"),
            Glyph::Mail,
        ),
    ],
};

const PRACTICE: Section = Section {
    id: "practice",
    name: || tr!("Practice"),
    ways: &[
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
    ],
};

const FIGURES: Section = Section {
    id: "figures",
    name: || tr!("Figures"),
    ways: &[
        ANALYTICS,
        RANKING,
        (
            Route::Manage(ManagePage::Reports),
            || tr!("Reports"),
            Glyph::Sheet,
        ),
    ],
};

const COMPANY: Section = Section {
    id: "company",
    name: || tr!("Company"),
    ways: &[
        (
            Route::Manage(ManagePage::CompanySettings),
            || tr!("Company"),
            Glyph::Gear,
        ),
        (
            Route::Manage(ManagePage::Audit),
            || tr!("Audit log"),
            Glyph::Log,
        ),
    ],
};

/// The ways of a role's own, and those into the company that a super admin is in.
fn ways(role: Role) -> (&'static [Section], &'static [Section]) {
    match role {
        Role::SalesRep => (REP, &[]),
        Role::Manager => (MANAGER, &[]),
        Role::SuperAdmin => (SUPER_ADMIN, IN_A_COMPANY),
    }
}

/// The ways that are nearest to a thumb: on a phone they stand in the bar.
fn near(role: Role) -> [Route; IN_BAR] {
    match role {
        Role::SalesRep => [
            Route::Today,
            Route::Rep(RepPage::Progress),
            Route::Rep(RepPage::History),
            Route::Rep(RepPage::Library),
        ],
        Role::Manager => [Route::Today, SCHEDULE.0, PEOPLE.0, ANALYTICS.0],
        Role::SuperAdmin => [
            Route::Today,
            Route::Admin(AdminPage::Companies),
            SCHEDULE.0,
            PEOPLE.0,
        ],
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
        <nav aria-label={tr!("Pages")} class="sticky top-15 hidden h-[calc(100dvh-3.75rem)] w-56 shrink-0 overflow-y-auto border-r border-line bg-surface px-3 py-4 lg:block print:hidden">
            { named_lists(own, "rail", path) }
            if !inside.is_empty() {
                <div class="mt-4 mb-2 border-t border-line pt-4">{ company }</div>
                { named_lists(inside, "rail", path) }
            }
        </nav>
    }
}

fn named_lists(sections: &[Section], place: &str, path: &str) -> Html {
    html! {
        for section in sections {
            { named(section, place, html! {
                <ul class="grid gap-0.5">
                    for way in section.ways {
                        <li>{ in_rail(way, path) }</li>
                    }
                </ul>
            }) }
        }
    }
}

/// A section's ways under its name; `place` keeps the name's id unique, as both the rail and the phone's sheet have it.
fn named(section: &Section, place: &str, list: Html) -> Html {
    if section.id.is_empty() {
        return list;
    }
    let id = format!("{place}-{}", section.id);
    html! {
        <div role="group" aria-labelledby={id.clone()} class="mt-4">
            <p {id} class="mb-1 px-3 text-xs font-semibold tracking-wide text-ink-soft">{ (section.name)() }</p>
            { list }
        </div>
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
    let near = near(role);
    let sections = || own.iter().chain(inside);
    let all = || sections().flat_map(|section| section.ways);
    let is_far = |to: &Route| !near.contains(to);
    let bar = near
        .iter()
        .filter_map(|to| all().find(|(way, ..)| way == to));
    let is_more = all().any(|(to, ..)| is_far(to) && leads_to(&to.to_path(), path));
    html! {
        <nav aria-label={tr!("Pages, below")} class="fixed inset-x-0 bottom-0 z-20 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden print:hidden">
            <ul class="mx-auto grid max-w-xl grid-cols-5">
                for &(to, name, glyph) in bar {
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
                <div class="mx-auto max-w-xl">
                    for section in sections().filter(|section| section.ways.iter().any(|(to, ..)| is_far(to))) {
                        { named(section, "more", html! {
                            <ul class="grid grid-cols-2 gap-1">
                                for way in section.ways.iter().filter(|(to, ..)| is_far(to)) {
                                    <li>{ in_rail(way, path) }</li>
                                }
                            </ul>
                        }) }
                    }
                    <p class="mt-4 grid border-t border-line pt-3">
                        { link_to("/settings", BELOW, tr!("Profile and settings")) }
                    </p>
                </div>
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

    const ROLES: [Role; 3] = [Role::SalesRep, Role::Manager, Role::SuperAdmin];

    fn all(role: Role) -> Vec<&'static Way> {
        let (own, inside) = ways(role);
        let sections = own.iter().chain(inside);
        sections.flat_map(|section| section.ways).collect()
    }

    #[test]
    fn every_way_leads_to_a_page_of_its_role_and_stands_once() {
        for role in ROLES {
            let all = all(role);
            for (to, name, _) in &all {
                let name = name();
                assert!(to.is_for(role), "{name}");
                assert_eq!(all.iter().filter(|way| way.0 == *to).count(), 1, "{name}");
            }
        }
    }

    #[test]
    fn what_is_near_to_the_thumb_is_one_of_the_ways() {
        for role in ROLES {
            for to in near(role) {
                assert!(all(role).iter().any(|way| way.0 == to), "{to:?}");
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
