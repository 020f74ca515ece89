//! The rooms that are downloaded when somebody first enters them: all but the way in and a rep's Today.
//!
//! The build cuts the wasm at the functions marked `#[wasm_split]` here (`xtask/src/build/parts.rs`). A function that only a
//! room's door leads to is downloaded with that room. So nothing but this file names the doors: a page of a room that is
//! named elsewhere is downloaded by everybody.

use crate::browser::page;
use crate::components::{Button, Glyph, Look, icon, notice, skeleton, splash};
use crate::pages::admin::{self, Choosing};
use crate::pages::practice::{self, PracticePage};
use crate::pages::{design, manage, rep};
use crate::routes::{AdminPage, ManagePage, RepPage};
use contract::auth::Me;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

/// A page in one of the rooms, and who looks at it.
#[derive(Debug, Clone, PartialEq)]
pub enum Room {
    /// A live session, and what it came to.
    Practice(PracticePage, Rc<Me>),
    /// What a rep looks at outside of the daily practice, and what everybody has.
    Rep(RepPage, Rc<Me>),
    /// What managers run.
    Manage(ManagePage, Rc<Me>),
    /// What super admins alone run.
    Admin(AdminPage, Rc<Me>),
    /// Where a super admin chooses a company to be in; it lies over the page.
    Companies(Choosing),
    /// Every part that pages are made of.
    Design,
}

/// Shows a page of a room; until the room is there, what is on its way.
pub fn enter(room: Room) -> Html {
    let key = room.name();
    html! { <Threshold {key} {room} /> }
}

/// Downloads the practice before Start is pressed.
pub fn fetch_practice_ahead() {
    // If it fails, pressing Start tries again, and says so.
    wasm_bindgen_futures::spawn_local(async { drop(open_practice().await) });
}

/// The way into a room that is there.
#[derive(Clone, Copy)]
enum Door {
    Practice(fn(PracticePage, &Rc<Me>) -> Html),
    Rep(fn(RepPage, &Rc<Me>) -> Html),
    Manage(fn(ManagePage, &Rc<Me>) -> Html),
    Admin(fn(AdminPage, &Rc<Me>) -> Html, fn(&Choosing) -> Html),
    Design(fn() -> Html),
}

type Opened = Result<Door, SplitLoaderError>;

#[wasm_split(practice, fallible)]
fn open_practice() -> Opened {
    Ok(Door::Practice(practice::page))
}

#[wasm_split(rep, fallible)]
fn open_rep() -> Opened {
    Ok(Door::Rep(rep::page))
}

#[wasm_split(manage, fallible)]
fn open_manage() -> Opened {
    Ok(Door::Manage(manage::page))
}

#[wasm_split(admin, fallible)]
fn open_admin() -> Opened {
    Ok(Door::Admin(admin::page, admin::choose))
}

#[wasm_split(design, fallible)]
fn open_design() -> Opened {
    Ok(Door::Design(design::page))
}

thread_local! {
    /// The doors that were opened: whoever comes back does not wait.
    static OPEN: RefCell<Vec<Door>> = const { RefCell::new(Vec::new()) };
}

impl Room {
    fn name(&self) -> &'static str {
        match self {
            Room::Practice(..) => "practice",
            Room::Rep(..) => "rep",
            Room::Manage(..) => "manage",
            Room::Admin(..) => "admin",
            Room::Companies(_) => "companies",
            Room::Design => "design",
        }
    }

    /// Downloads the room, unless it is there. What failed is tried again by the next call.
    async fn open(&self) -> Result<(), SplitLoaderError> {
        let door = match self {
            Room::Practice(..) => open_practice().await,
            Room::Rep(..) => open_rep().await,
            Room::Manage(..) => open_manage().await,
            Room::Admin(..) | Room::Companies(_) => open_admin().await,
            Room::Design => open_design().await,
        }?;
        OPEN.with_borrow_mut(|open| open.push(door));
        Ok(())
    }

    /// The page, if the door of its room is open.
    fn page(&self) -> Option<Html> {
        OPEN.with_borrow(Clone::clone)
            .into_iter()
            .find_map(|door| self.seen_through(door))
    }

    fn seen_through(&self, door: Door) -> Option<Html> {
        match (self, door) {
            (Room::Practice(page, me), Door::Practice(show)) => Some(show(*page, me)),
            (Room::Rep(page, me), Door::Rep(show)) => Some(show(*page, me)),
            (Room::Manage(page, me), Door::Manage(show)) => Some(show(*page, me)),
            (Room::Admin(page, me), Door::Admin(show, _)) => Some(show(*page, me)),
            (Room::Companies(choosing), Door::Admin(_, show)) => Some(show(choosing)),
            (Room::Design, Door::Design(show)) => Some(show()),
            _ => None,
        }
    }

    /// Whether its page has the whole screen.
    fn is_wide(&self) -> bool {
        matches!(
            self,
            Room::Practice(PracticePage::Session(_), _) | Room::Design
        )
    }
}

/// Properties of [`Threshold`].
#[derive(Properties, PartialEq, Clone)]
struct ThresholdProps {
    room: Room,
}

/// How far one is into a room.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Coming,
    Open,
    Blocked,
}

/// Where one waits for a room; it stays around the room's pages.
#[component]
fn Threshold(props: &ThresholdProps) -> Html {
    let way = use_state(|| Way::Coming);
    let page = props.room.page();
    let open = {
        let (way, room) = (way.setter(), props.room.clone());
        Callback::from(move |again: bool| {
            let (way, room) = (way.clone(), room.clone());
            way.set(Way::Coming);
            wasm_bindgen_futures::spawn_local(async move {
                match room.open().await {
                    Ok(()) => way.set(Way::Open),
                    // What the app asks for by its hashed name may be gone because a new version took its place.
                    Err(_) if again && page::is_online() => page::reload(),
                    Err(_) => way.set(Way::Blocked),
                }
            });
        })
    };
    {
        let (open, is_there) = (open.clone(), page.is_some());
        use_effect_with((), move |()| {
            if !is_there {
                open.emit(false);
            }
        });
    }
    if let Some(page) = page {
        return page;
    }
    match (*way, props.room.is_wide()) {
        (Way::Blocked, true) => splash(blocked(&open)),
        (Way::Blocked, false) => blocked(&open),
        (_, true) => splash(html! {
            <p class="font-display text-xl" role="status">{ tr!("One moment") }</p>
        }),
        (_, false) => coming(),
    }
}

fn blocked(open: &Callback<bool>) -> Html {
    notice(
        tr!("This page could not be loaded"),
        html! {
            <>
                <p class="text-sm">{ tr!("Check your network, then try again.") }</p>
                <Button look={Look::Quiet} class="mt-3" onclick={open.reform(|()| true)}>
                    { icon(Glyph::Again, "size-5") }{ tr!("Retry") }
                </Button>
            </>
        },
    )
}

fn coming() -> Html {
    html! {
        <div aria-busy="true">
            <p class="sr-only" role="status">{ tr!("Loading") }</p>
            { skeleton("h-9 w-48") }
            { skeleton("mt-6 h-40 w-full") }
            { skeleton("mt-4 h-40 w-full") }
        </div>
    }
}
