//! A menu behind a button: what else can be done with a thing.

use super::icon::{Glyph, icon};
use crate::browser::page::{focus_id, is_focus_within};
use web_sys::HtmlElement;
use yew::prelude::*;

/// One thing that can be done.
#[derive(Clone, PartialEq)]
pub struct MenuItem {
    /// What it does.
    pub name: AttrValue,
    /// A picture of it.
    pub glyph: Glyph,
    /// It goes for good.
    pub is_danger: bool,
    /// Does it.
    pub onclick: Callback<()>,
}

/// Properties of [`Menu`].
#[derive(Properties, PartialEq, Clone)]
pub struct MenuProps {
    /// Unique on the page.
    pub id: AttrValue,
    /// Of what: "More about Asha Verma".
    pub label: AttrValue,
    /// What can be done.
    pub items: Vec<MenuItem>,
}

/// A menu. Arrows go up and down, Escape closes it, and so does going elsewhere.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let open = use_state(|| false);
    let whole = use_node_ref();
    let button_id = format!("{}-button", props.id);
    {
        let id = props.id.clone();
        use_effect_with(*open, move |open| {
            if *open {
                focus_id(&format!("{id}-0"));
            }
        });
    }
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let onkeydown = {
        let (open, id, button_id) = (open.setter(), props.id.clone(), button_id.clone());
        let count = props.items.len();
        Callback::from(move |event: KeyboardEvent| {
            let at = event
                .target_dyn_into::<HtmlElement>()
                .and_then(|item| item.id().rsplit('-').next()?.parse::<usize>().ok());
            let to = match (event.key().as_str(), at) {
                ("Escape", _) => {
                    open.set(false);
                    focus_id(&button_id);
                    return;
                }
                ("ArrowDown", Some(at)) => (at + 1) % count.max(1),
                ("ArrowUp", Some(at)) => (at + count.saturating_sub(1)) % count.max(1),
                _ => return,
            };
            event.prevent_default();
            focus_id(&format!("{id}-{to}"));
        })
    };
    let onfocusout = {
        let (open, whole) = (open.setter(), whole.clone());
        Callback::from(move |event: FocusEvent| {
            if !is_focus_within(&whole, &event) {
                open.set(false);
            }
        })
    };
    let item = |index: usize, item: &MenuItem| {
        let (onclick, open, button_id) = (item.onclick.clone(), open.setter(), button_id.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            open.set(false);
            focus_id(&button_id);
            onclick.emit(());
        });
        html! {
            <button type="button" role="menuitem" id={format!("{}-{index}", props.id)} tabindex="-1" {onclick}
                class={classes!("flex", "min-h-11", "w-full", "items-center", "gap-3", "rounded-md", "px-3", "text-left", "font-medium", "hover:bg-sunken", item.is_danger.then_some("text-bad"))}>
                { icon(item.glyph, "size-5") }{ &item.name }
            </button>
        }
    };
    html! {
        <div ref={whole} class="relative z-1 inline-block print:hidden" {onkeydown} {onfocusout}>
            <button type="button" id={button_id.clone()} aria-haspopup="menu" aria-expanded={if *open { "true" } else { "false" }} onclick={toggle} aria-label={props.label.clone()}
                class="inline-flex size-11 items-center justify-center rounded-full text-ink-soft hover:bg-sunken hover:text-ink">
                { icon(Glyph::More, "size-5") }
            </button>
            if *open {
                <div role="menu" aria-label={props.label.clone()} class="absolute right-0 z-20 mt-1 w-60 rounded-lg border border-line bg-raised p-1.5 text-left shadow-high">
                    for (index, one) in props.items.iter().enumerate() {
                        { item(index, one) }
                    }
                </div>
            }
        </div>
    }
}
