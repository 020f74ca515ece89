//! Where the rep writes.

use crate::browser::page::has_fine_pointer;
use crate::components::{Glyph, icon};
use domain::session::MAX_MESSAGE_CHARS;
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// From so many characters before the limit on, the composer counts.
const COUNT_FROM_LEFT: usize = 500;

/// The composer grows to this height, px; then it scrolls.
const TALLEST_PX: i32 = 168;

/// Properties of [`Composer`].
#[derive(Properties, PartialEq, Clone)]
pub struct ComposerProps {
    /// What belongs into it, and how often something was put there.
    pub composed: (u32, Rc<str>),
    /// What to write.
    pub placeholder: AttrValue,
    /// It waits.
    pub disabled: bool,
    /// A turn runs and can be stopped.
    pub may_stop: bool,
    /// Stop was pressed.
    pub is_stopping: bool,
    /// An answer is sent.
    pub send: Callback<String>,
    /// Stop was pressed now.
    pub stop: Callback<()>,
    /// Something was typed.
    pub typed: Callback<String>,
}

/// The text area, with Send or Stop beside it.
#[component]
pub fn Composer(props: &ComposerProps) -> Html {
    let area = use_node_ref();
    let length = use_state(|| 0_usize);
    {
        let (area, length) = (area.clone(), length.setter());
        use_effect_with(props.composed.clone(), move |(_, text)| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                area.set_value(text);
                grow(&area);
                length.set(count(text));
            }
        });
    }
    {
        // On a desktop the hands are on the keyboard: the answer can be typed as soon as it is asked for. On a phone the
        // keyboard would cover what is to be read first.
        let area = area.clone();
        use_effect_with(props.disabled, move |disabled| {
            if !disabled
                && has_fine_pointer()
                && let Some(area) = area.cast::<HtmlTextAreaElement>()
            {
                let _ = area.focus();
            }
        });
    }
    let submit = {
        let (area, length) = (area.clone(), length.setter());
        let (send, typed) = (props.send.clone(), props.typed.clone());
        Callback::from(move |()| {
            let Some(area) = area.cast::<HtmlTextAreaElement>() else {
                return;
            };
            let text = area.value();
            if text.trim().is_empty() || count(&text) > MAX_MESSAGE_CHARS {
                return;
            }
            area.set_value("");
            grow(&area);
            length.set(0);
            typed.emit(String::new());
            send.emit(text);
        })
    };
    let oninput = {
        let (area, length, typed) = (area.clone(), length.setter(), props.typed.clone());
        Callback::from(move |_: InputEvent| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                let text = area.value();
                grow(&area);
                length.set(count(&text));
                typed.emit(text);
            }
        })
    };
    let onkeydown = {
        let submit = submit.clone();
        Callback::from(move |event: KeyboardEvent| {
            // While a word is being composed (Hindi keyboards), Enter belongs to the keyboard.
            let is_send = event.key() == "Enter" && !event.shift_key() && !event.is_composing();
            if is_send && has_fine_pointer() {
                event.prevent_default();
                submit.emit(());
            }
        })
    };
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        submit.emit(());
    });
    let stop = props.stop.reform(|_: MouseEvent| ());
    let left = i64::try_from(MAX_MESSAGE_CHARS).unwrap_or(0) - i64::try_from(*length).unwrap_or(0);
    let is_too_long = left < 0;
    let counts = *length + COUNT_FROM_LEFT >= MAX_MESSAGE_CHARS;
    html! {
        <form {onsubmit} aria-label={tr!("Answer")}>
            <div class="flex items-end gap-2">
                <label class="sr-only" for="answer">{ tr!("Your answer") }</label>
                <textarea ref={area} id="answer" rows="1" {oninput} {onkeydown} disabled={props.disabled}
                    placeholder={props.placeholder.clone()} aria-invalid={is_too_long.then_some("true")}
                    aria-describedby={counts.then_some("answer-count")} enterkeyhint="enter"
                    class="min-h-12 min-w-0 flex-1 resize-none rounded-md border border-line-strong bg-raised px-4 py-3 leading-6 text-ink placeholder:whitespace-nowrap placeholder:text-ink-soft disabled:border-line disabled:bg-sunken" />
                if props.may_stop {
                    <button type="button" onclick={stop} disabled={props.is_stopping}
                        class="inline-flex h-12 shrink-0 items-center gap-1.5 rounded-full border border-line-strong bg-raised px-4 font-semibold text-ink disabled:text-ink-soft">
                        { icon(Glyph::Stop, "size-5") }{ if props.is_stopping { tr!("Stopping…") } else { tr!("Stop") } }
                    </button>
                } else {
                    <button type="submit" disabled={props.disabled || is_too_long || *length == 0} aria-label={tr!("Send")}
                        class="grid size-12 shrink-0 place-items-center rounded-full bg-brand text-on-brand transition enabled:active:scale-95 disabled:bg-sunken disabled:text-ink-soft">
                        { icon(Glyph::Send, "size-5") }
                    </button>
                }
            </div>
            if counts {
                <p id="answer-count" class={classes!("mt-1", "px-4", "text-xs", "numerals", if is_too_long { "font-semibold text-bad" } else { "text-ink-soft" })}>
                    { if is_too_long { tr!("{} characters too many", -left) } else { tr!("{left} characters left", left = left) } }
                </p>
            }
        </form>
    }
}

/// Characters that are sent.
fn count(text: &str) -> usize {
    text.chars().count()
}

/// Lets the area be as tall as its text.
fn grow(area: &HtmlTextAreaElement) {
    let style = area.style();
    let _ = style.set_property("height", "auto");
    // The border belongs to the height and not to the content's.
    let border = area.offset_height() - area.client_height();
    let wanted = (area.scroll_height() + border).min(TALLEST_PX);
    let _ = style.set_property("height", &format!("{wanted}px"));
}
