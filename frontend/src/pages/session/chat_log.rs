//! The bubbles, and the scrolling that keeps the newest in view.

use super::bubble::{Bubble, pending, thinking};
use super::speaker_name;
use crate::browser::clock;
use crate::components::{Button, Glyph, Look, avatar, icon};
use crate::state::outgoing::Outgoing;
use crate::state::transcript::Transcript;
use contract::chat::Message;
use domain::session::Speaker;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// So near the end counts as at the end, px.
const NEAR_PX: i32 = 96;

/// Properties of [`ChatLog`].
#[derive(Properties, PartialEq, Clone)]
pub struct ChatLogProps {
    /// The session.
    pub transcript: Transcript,
    /// The send that is not confirmed.
    pub outgoing: Option<Outgoing>,
    /// A turn runs: nothing can be sent now.
    pub is_busy: bool,
    /// Send again was pressed.
    pub again: Callback<()>,
    /// Edit was pressed.
    pub take_back: Callback<()>,
}

/// The chat.
#[component]
pub fn ChatLog(props: &ChatLogProps) -> Html {
    let pane = use_node_ref();
    let is_at_end = use_mut_ref(|| true);
    let has_news = use_state(|| false);
    let seen = use_mut_ref(|| 0_usize);

    let onscroll = {
        let (pane, is_at_end, has_news) = (pane.clone(), is_at_end.clone(), has_news.clone());
        Callback::from(move |_: Event| {
            let at_end = pane
                .cast::<HtmlElement>()
                .is_none_or(|pane| distance_to_end(&pane) < NEAR_PX);
            *is_at_end.borrow_mut() = at_end;
            if at_end && *has_news {
                has_news.set(false);
            }
        })
    };
    {
        let (pane, is_at_end, has_news, seen) = (
            pane.clone(),
            is_at_end.clone(),
            has_news.clone(),
            seen.clone(),
        );
        let sends = props
            .outgoing
            .as_ref()
            .is_some_and(|outgoing| outgoing.words().is_some());
        let length = props.transcript.items.len();
        use_effect_with(
            (props.transcript.clone(), props.outgoing.clone()),
            move |_| {
                // Who sends wants to see it.
                if sends && length >= *seen.borrow() && !*is_at_end.borrow() {
                    *is_at_end.borrow_mut() = true;
                }
                let has_more = length > *seen.borrow();
                *seen.borrow_mut() = length;
                if *is_at_end.borrow() {
                    to_end(&pane, false);
                } else if has_more {
                    has_news.set(true);
                }
            },
        );
    }
    let show_news = {
        let pane = pane.clone();
        Callback::from(move |_: MouseEvent| to_end(&pane, true))
    };
    html! {
        <div class="relative min-h-0 flex-1">
            <div ref={pane} {onscroll} class="woven h-full overflow-y-auto overscroll-contain px-3 py-4 sm:px-6" tabindex="0" role="region"
                aria-label={tr!("Chat")}>
                <ol class="mx-auto flex max-w-3xl flex-col gap-2" aria-label={tr!("Conversation")}>
                    { items(props) }
                </ol>
            </div>
            if *has_news {
                <button type="button" onclick={show_news}
                    class="absolute bottom-3 left-1/2 inline-flex min-h-11 -translate-x-1/2 animate-arrive items-center gap-2 rounded-full bg-brand px-4 font-semibold text-on-brand shadow-high">
                    { icon(Glyph::Down, "size-4") }{ tr!("New messages") }
                </button>
            }
        </div>
    }
}

fn distance_to_end(pane: &HtmlElement) -> i32 {
    pane.scroll_height() - pane.scroll_top() - pane.client_height()
}

fn to_end(pane: &NodeRef, smoothly: bool) {
    let Some(pane) = pane.cast::<HtmlElement>() else {
        return;
    };
    let options = web_sys::ScrollToOptions::new();
    options.set_top(f64::from(pane.scroll_height()));
    options.set_behavior(if smoothly && !crate::browser::page::wants_less_motion() {
        web_sys::ScrollBehavior::Smooth
    } else {
        web_sys::ScrollBehavior::Instant
    });
    pane.scroll_to_with_scroll_to_options(&options);
}

fn items(props: &ChatLogProps) -> Html {
    let transcript = &props.transcript;
    let mut rows = Vec::new();
    let mut before: Option<&Rc<Message>> = None;
    for message in &transcript.items {
        let day = clock::day_number(message.created_at);
        if before.is_none_or(|before| clock::day_number(before.created_at) != day) {
            rows.push(day_row(message));
        }
        if before.is_none_or(|before| before.drill_index != message.drill_index) {
            rows.push(customer_row(transcript, message.drill_index));
        }
        let name = speaker_name(transcript, message.role, message.drill_index);
        rows.push(html! {
            <Bubble key={message.id.to_string()} message={message.clone()} {name} />
        });
        before = Some(message);
    }
    let unconfirmed = props
        .outgoing
        .as_ref()
        .filter(|outgoing| transcript.sent_as(&outgoing.request).is_none());
    if let Some(outgoing) = unconfirmed
        && let Some(words) = outgoing.words()
    {
        rows.push(pending(words, outgoing.failure(), actions(props)));
    }
    if transcript.is_thinking() {
        rows.push(thinking());
    }
    rows.into_iter().collect()
}

/// What can be done with an answer that was not sent.
fn actions(props: &ChatLogProps) -> Html {
    html! {
        <>
            <Button look={Look::Quiet} onclick={props.take_back.clone()}>{ tr!("Edit") }</Button>
            <Button onclick={props.again.clone()} disabled={props.is_busy}>
                { icon(Glyph::Again, "size-5") }{ tr!("Send again") }
            </Button>
        </>
    }
}

fn day_row(message: &Message) -> Html {
    html! {
        <li key={format!("day-{}", message.id)} class="my-1 self-center rounded-full bg-surface px-3 py-1 text-xs text-ink-soft shadow-low">
            { clock::date(message.created_at) }
        </li>
    }
}

fn customer_row(transcript: &Transcript, drill: usize) -> Html {
    let name = speaker_name(transcript, Speaker::Customer, drill);
    let card = transcript.card(drill);
    html! {
        <li key={format!("customer-{drill}")} class="my-2 flex items-center gap-3 self-center rounded-lg bg-surface px-4 py-2.5 shadow-low">
            { avatar(&name, "size-9 text-sm") }
            <div class="min-w-0">
                <p class="text-xs text-ink-soft numerals">{ tr!("Customer {drill} of {drill_count}", drill = drill + 1, drill_count = transcript.drill_count) }</p>
                <p class="font-semibold leading-tight">{ name }</p>
                if let Some(card) = card {
                    <p class="text-sm text-ink-soft">{ &card.customer_business }</p>
                }
            </div>
        </li>
    }
}
