//! What lies over the page until it is answered: a modal in the middle, or a drawer at the side. The browser's own `<dialog>`
//! keeps the focus inside, closes on Escape and gives the focus back.

use super::button::{Button, Look};
use super::icon::{Glyph, icon};
use super::notice::notice;
use crate::api::Failure;
use crate::browser::random;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// Where it lies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Place {
    /// In the middle; on a phone at the bottom.
    #[default]
    Middle,
    /// A drawer at the side; on a phone the whole screen.
    Side,
}

/// Properties of [`Modal`].
#[derive(Properties, PartialEq, Clone)]
pub struct ModalProps {
    /// What it is about; also its name to screen readers.
    pub title: AttrValue,
    /// Somebody wants it closed: by Escape, by the cross or by a press beside it.
    pub on_close: Callback<()>,
    /// Where it lies.
    #[prop_or_default]
    pub place: Place,
    /// What it says.
    pub children: Html,
}

/// It is open as long as it is drawn.
#[component]
pub fn Modal(props: &ModalProps) -> Html {
    let dialog = use_node_ref();
    // One may lie over another, such as what is asked before something goes for good.
    let title_id = use_memo((), |()| format!("dialog-{}", random::key()));
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            let shown = dialog.cast::<HtmlDialogElement>();
            if let Some(dialog) = &shown {
                let _ = dialog.show_modal();
            }
            // What is taken out of the page while it is open would leave the page unreachable.
            move || {
                if let Some(dialog) = shown {
                    dialog.close();
                }
            }
        });
    }
    let on_close = props.on_close.clone();
    let oncancel = {
        let on_close = on_close.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            on_close.emit(());
        })
    };
    let beside = {
        let (dialog, on_close) = (dialog.clone(), on_close.clone());
        // The dialog's own box is the dimmed part around what is in it.
        Callback::from(move |event: MouseEvent| {
            if event.target() == dialog.get().map(Into::into) {
                on_close.emit(());
            }
        })
    };
    let place = match props.place {
        Place::Middle => {
            "m-auto w-[min(34rem,100%)] max-h-[90dvh] rounded-xl max-sm:mb-0 max-sm:rounded-b-none"
        }
        Place::Side => "mr-0 ml-auto h-dvh max-h-none w-[min(36rem,100%)] sm:rounded-l-xl",
    };
    html! {
        <dialog ref={dialog} {oncancel} onclick={beside} aria-labelledby={(*title_id).clone()}
            class={classes!("max-w-none", "overflow-y-auto", "bg-raised", "text-ink", "shadow-high", "p-0", "animate-arrive", "backdrop:bg-shade", place)}>
            <div class="p-5 sm:p-6">
                <header class="mb-4 flex items-start justify-between gap-4">
                    <h2 id={(*title_id).clone()} class="pt-1.5 text-xl">{ &props.title }</h2>
                    <button type="button" onclick={on_close.reform(|_: MouseEvent| ())} aria-label={tr!("Close")}
                        class="-mt-1 -mr-2 inline-flex size-11 shrink-0 items-center justify-center rounded-full hover:bg-sunken">
                        { icon(Glyph::Cross, "size-5") }
                    </button>
                </header>
                { props.children.clone() }
            </div>
        </dialog>
    }
}

/// What is asked before something goes for good.
#[derive(Properties, PartialEq, Clone)]
pub struct ConfirmProps {
    /// "Delete the team West?"
    pub title: AttrValue,
    /// What the button says that does it: "Delete".
    pub action: AttrValue,
    /// It is being done.
    #[prop_or_default]
    pub busy: bool,
    /// Why it was not done.
    #[prop_or_default]
    pub failure: Option<Failure>,
    /// It goes.
    pub on_confirm: Callback<()>,
    /// It stays.
    pub on_close: Callback<()>,
    /// What goes, by name, and what stays.
    pub children: Html,
}

/// Asks; the way out has the focus.
#[component]
pub fn Confirm(props: &ConfirmProps) -> Html {
    html! {
        <Modal title={props.title.clone()} on_close={props.on_close.clone()}>
            <div class="text-ink-soft">{ props.children.clone() }</div>
            if let Some(why) = &props.failure {
                <div class="mt-4">{ notice(tr!("It was not done"), html! { <p class="text-sm">{ why.to_string() }</p> }) }</div>
            }
            <div class="mt-6 flex flex-wrap justify-end gap-3">
                <Button look={Look::Quiet} onclick={props.on_close.clone()}>{ tr!("Keep it") }</Button>
                <Button look={Look::Danger} busy={props.busy} onclick={props.on_confirm.clone()}>{ props.action.clone() }</Button>
            </div>
        </Modal>
    }
}
