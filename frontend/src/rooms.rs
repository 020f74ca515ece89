//! The rooms that are downloaded when somebody first enters them: what is outside of a rep's daily practice.
//!
//! The build cuts the wasm at the functions marked `#[wasm_split]` here (`xtask/src/build/parts.rs`). A function that only a
//! room's door leads to is downloaded with that room. So nothing but this file names the doors: a page of a room that is
//! named elsewhere is downloaded by everybody.

use crate::browser::page;
use crate::components::{Button, Glyph, Look, icon, notice, skeleton};
use crate::pages::{admin, design, manage, rep};
use crate::routes::{AdminPage, ManagePage, RepPage};
use contract::auth::Me;
use std::cell::Cell;
use std::rc::Rc;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

/// A page in one of the rooms, and who looks at it.
#[derive(Debug, Clone, PartialEq)]
pub enum Room {
    /// What a rep looks at outside of the daily practice, and what everybody has.
    Rep(RepPage, Rc<Me>),
    /// What managers run.
    Manage(ManagePage, Rc<Me>),
    /// What super admins alone run.
    Admin(AdminPage, Rc<Me>),
    /// Every part that pages are made of.
    Design,
}

/// Shows a page of a room; until the room is there, what is on its way.
pub fn enter(room: Room) -> Html {
    let key = room.name();
    html! { <Threshold {key} {room} /> }
}

/// The way into a room that is there.
#[derive(Clone, Copy)]
enum Door {
    Rep(fn(RepPage, &Rc<Me>) -> Html),
    Manage(fn(ManagePage, &Rc<Me>) -> Html),
    Admin(fn(AdminPage, &Rc<Me>) -> Html),
    Design(fn() -> Html),
}

type Opened = Result<Door, SplitLoaderError>;

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
    Ok(Door::Admin(admin::page))
}

#[wasm_split(design, fallible)]
fn open_design() -> Opened {
    Ok(Door::Design(design::page))
}

thread_local! {
    /// The door that was opened last: from a page that stands outside, one comes back without waiting.
    static OPEN: Cell<Option<Door>> = const { Cell::new(None) };
}

impl Room {
    fn name(&self) -> &'static str {
        match self {
            Room::Rep(..) => "rep",
            Room::Manage(..) => "manage",
            Room::Admin(..) => "admin",
            Room::Design => "design",
        }
    }

    /// Downloads the room, unless it is there. What failed is tried again by the next call.
    async fn open(&self) -> Opened {
        let door = match self {
            Room::Rep(..) => open_rep().await,
            Room::Manage(..) => open_manage().await,
            Room::Admin(..) => open_admin().await,
            Room::Design => open_design().await,
        }?;
        OPEN.set(Some(door));
        Ok(door)
    }

    /// The page, seen through the door of its room; `None` through another's.
    fn seen_through(&self, door: Door) -> Option<Html> {
        match (self, door) {
            (Room::Rep(page, me), Door::Rep(show)) => Some(show(*page, me)),
            (Room::Manage(page, me), Door::Manage(show)) => Some(show(*page, me)),
            (Room::Admin(page, me), Door::Admin(show)) => Some(show(*page, me)),
            (Room::Design, Door::Design(show)) => Some(show()),
            _ => None,
        }
    }
}

/// Properties of [`Threshold`].
#[derive(Properties, PartialEq, Clone)]
struct ThresholdProps {
    room: Room,
}

/// How far one is into a room.
#[derive(Clone, Copy)]
enum Way {
    Coming,
    Open(Door),
    Blocked,
}

/// Where one waits for a room; it stays around the room's pages.
#[component]
fn Threshold(props: &ThresholdProps) -> Html {
    let way = use_state(|| OPEN.get().map_or(Way::Coming, Way::Open));
    let shown = match *way {
        Way::Open(door) => props.room.seen_through(door),
        Way::Coming | Way::Blocked => None,
    };
    let open = {
        let (way, room) = (way.setter(), props.room.clone());
        Callback::from(move |again: bool| {
            let (way, room) = (way.clone(), room.clone());
            way.set(Way::Coming);
            wasm_bindgen_futures::spawn_local(async move {
                match room.open().await {
                    Ok(door) => way.set(Way::Open(door)),
                    // What the app asks for by its hashed name may be gone because a new version took its place.
                    Err(_) if again && page::is_online() => page::reload(),
                    Err(_) => way.set(Way::Blocked),
                }
            });
        })
    };
    {
        let (open, is_shown) = (open.clone(), shown.is_some());
        use_effect_with((), move |()| {
            if !is_shown {
                open.emit(false);
            }
        });
    }
    if let Some(page) = shown {
        return page;
    }
    if matches!(*way, Way::Blocked) {
        return notice(
            "This page could not be loaded",
            html! {
                <>
                    <p class="text-sm">{ "Check your network, then try again." }</p>
                    <Button look={Look::Quiet} class="mt-3" onclick={open.reform(|()| true)}>
                        { icon(Glyph::Again, "size-5") }{ "Retry" }
                    </Button>
                </>
            },
        );
    }
    html! {
        <div aria-busy="true">
            <p class="sr-only" role="status">{ "Loading" }</p>
            { skeleton("h-9 w-48") }
            { skeleton("mt-6 h-40 w-full") }
            { skeleton("mt-4 h-40 w-full") }
        </div>
    }
}
