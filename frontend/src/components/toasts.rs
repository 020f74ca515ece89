//! Short words about what was just done. They go by themselves; what matters stays on the page too.

use super::icon::{Glyph, icon};
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::prelude::*;

/// How long a word stays, ms; one with a way back stays longer.
const STAYS_MS: u32 = 5_000;
const STAYS_WITH_WAY_BACK_MS: u32 = 10_000;

/// A word, and maybe a way back.
#[derive(Clone, PartialEq)]
struct Toast {
    id: u32,
    words: AttrValue,
    undo: Option<Callback<()>>,
}

/// What is said, and a way back if there is one.
type Said = (AttrValue, Option<Callback<()>>);

thread_local! {
    static TRAY: RefCell<Option<Callback<Said>>> = const { RefCell::new(None) };
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

/// Says that something was done.
pub fn toast(words: impl Into<AttrValue>) {
    say(words.into(), None);
}

/// Says that something was done, and offers to undo it.
pub fn toast_with_undo(words: impl Into<AttrValue>, undo: Callback<()>) {
    say(words.into(), Some(undo));
}

fn say(words: AttrValue, undo: Option<Callback<()>>) {
    let tray = TRAY.with(|tray| tray.borrow().clone());
    if let Some(tray) = tray {
        tray.emit((words, undo));
    }
}

enum Change {
    Came(Toast),
    Went(u32),
}

#[derive(Default)]
struct Tray(Vec<Toast>);

impl Reducible for Tray {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut toasts = self.0.clone();
        match change {
            Change::Came(toast) => toasts.push(toast),
            Change::Went(id) => toasts.retain(|toast| toast.id != id),
        }
        Rc::new(Self(toasts))
    }
}

/// Where they are shown; once on a page.
#[component]
pub fn Toasts() -> Html {
    let tray = use_reducer(Tray::default);
    {
        let dispatcher = tray.dispatcher();
        use_effect_with((), move |()| {
            let came = Callback::from(move |(words, undo): Said| {
                let id = NEXT.with(|next| next.replace(next.get().wrapping_add(1)));
                let stays = if undo.is_some() {
                    STAYS_WITH_WAY_BACK_MS
                } else {
                    STAYS_MS
                };
                dispatcher.dispatch(Change::Came(Toast { id, words, undo }));
                let dispatcher = dispatcher.clone();
                Timeout::new(stays, move || dispatcher.dispatch(Change::Went(id))).forget();
            });
            TRAY.with(|tray| tray.replace(Some(came)));
            || {
                TRAY.with(|tray| tray.take());
            }
        });
    }
    let shown = |toast: &Toast| {
        let (id, dispatcher) = (toast.id, tray.dispatcher());
        let undo = toast.undo.clone().map(|undo| {
            let onclick = Callback::from(move |_: MouseEvent| {
                dispatcher.dispatch(Change::Went(id));
                undo.emit(());
            });
            html! { <button type="button" {onclick} class="min-h-11 shrink-0 px-2 font-semibold text-accent underline underline-offset-4">{ tr!("Undo") }</button> }
        });
        html! {
            <li key={id.to_string()} class="pointer-events-auto flex min-h-12 animate-arrive items-center gap-3 rounded-full bg-deck py-1 pr-4 pl-5 text-on-deck shadow-high">
                { icon(Glyph::Tick, "size-5 text-accent") }
                <span>{ &toast.words }</span>
                { undo }
            </li>
        }
    };
    // Above the bar that long forms are saved with.
    html! {
        <div role="status" class="pointer-events-none fixed inset-x-4 bottom-20 z-30 flex justify-center lg:bottom-6 [body:has([data-save-bar])_&]:bottom-44 lg:[body:has([data-save-bar])_&]:bottom-28 print:hidden">
            <ul class="grid justify-items-center gap-2">
                for toast in tray.0.iter() { { shown(toast) } }
            </ul>
        </div>
    }
}
