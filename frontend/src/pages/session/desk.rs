//! Below the chat: what the rep can do now.

use super::composer::Composer;
use super::customer_short_name;
use super::use_conversation::LiveSession;
use crate::browser::random::request_id;
use crate::components::{Button, Glyph, Look, icon};
use crate::state::conversation::{Desk, Input};
use crate::state::transcript::Transcript;
use domain::session::{MessageStatus, Speaker, Step};
use yew::prelude::*;

/// The composer, or a choice.
pub fn desk_panel(transcript: &Transcript, live: &LiveSession) -> Html {
    let desk = live.conversation.desk();
    html! {
        <footer class="safe-bottom border-t border-line bg-surface px-3 pt-2.5 sm:px-6">
            <div class="mx-auto max-w-3xl">
                if let Some(notice) = &live.conversation.notice {
                    <p role="alert" class="mb-2 rounded-md bg-bad-wash px-3 py-2 text-sm font-medium text-bad">{ notice.to_string() }</p>
                }
                { place(desk, transcript, live) }
            </div>
        </footer>
    }
}

fn place(desk: Desk, transcript: &Transcript, live: &LiveSession) -> Html {
    let next = live.feed.reform(|()| Input::Next(request_id()));
    let once_more = live.feed.reform(|()| Input::OnceMore);
    let finish = live.feed.reform(|()| Input::Finish);
    let retry = live.feed.reform(|()| Input::Retry(request_id()));
    let finishing = live.conversation.finishing;
    match desk {
        Desk::Write | Desk::Wait => composer(desk, transcript, live),
        Desk::ChooseNext => choice(
            tr!("How do you want to go on?"),
            html! {
                <>
                    <Button onclick={next} class="min-h-12 flex-1 whitespace-nowrap">{ tr!("Next customer") }</Button>
                    <Button look={Look::Quiet} onclick={once_more} class="min-h-12 flex-1 whitespace-nowrap">{ tr!("Say it once more") }</Button>
                </>
            },
        ),
        Desk::ChooseFinish => choice(
            tr!("That was the last customer."),
            html! {
                <>
                    <Button onclick={finish} busy={finishing} class="min-h-12 flex-1 whitespace-nowrap">{ tr!("Finish and see score") }</Button>
                    <Button look={Look::Quiet} onclick={once_more} disabled={finishing} class="min-h-12 flex-1 whitespace-nowrap">{ tr!("Say it once more") }</Button>
                </>
            },
        ),
        Desk::Retry => choice(
            was_cut(transcript),
            html! {
                <Button onclick={retry} class="min-h-12 flex-1 whitespace-nowrap">{ icon(Glyph::Again, "size-5") }{ tr!("Ask the coach again") }</Button>
            },
        ),
        Desk::Done => choice(
            tr!("All customers are done. Well sailed."),
            html! {
                <Button onclick={finish} busy={finishing} class="min-h-12 flex-1 whitespace-nowrap">{ tr!("See your score") }</Button>
            },
        ),
    }
}

fn choice(words: &'static str, buttons: Html) -> Html {
    html! {
        <div role="group" aria-label={words} class="animate-arrive">
            <p class="mb-2 text-center text-sm text-ink-soft">{ words }</p>
            <div class="flex flex-wrap gap-2">{ buttons }</div>
        </div>
    }
}

fn was_cut(transcript: &Transcript) -> &'static str {
    let by_rep = transcript
        .items
        .iter()
        .rev()
        .any(|message| message.status == MessageStatus::Stopped);
    let by_fault = transcript
        .items
        .iter()
        .rev()
        .find(|message| {
            matches!(
                message.status,
                MessageStatus::Stopped | MessageStatus::Interrupted
            )
        })
        .is_some_and(|message| message.status == MessageStatus::Interrupted);
    if by_rep && !by_fault {
        tr!("You stopped the coach. Your answer is safe.")
    } else {
        tr!("The coach was interrupted. Your answer is safe.")
    }
}

fn composer(desk: Desk, transcript: &Transcript, live: &LiveSession) -> Html {
    let send = live.feed.reform(|words| Input::Send {
        request: request_id(),
        words,
    });
    let name = customer_short_name(transcript, transcript.drill);
    let has_unsent = live
        .conversation
        .outgoing
        .as_ref()
        .is_some_and(|outgoing| outgoing.failure().is_some());
    let placeholder = match (desk, transcript.composing()) {
        (Desk::Wait, _) if has_unsent => tr!("First send the message above").to_owned(),
        (Desk::Wait, Some(message)) if message.role == Speaker::Coach => {
            tr!("Coach is writing…").to_owned()
        }
        (Desk::Wait, Some(_)) => tr!("{name} is typing…", name = name),
        (Desk::Wait, None) if transcript.is_thinking() => tr!("The coach is thinking…").to_owned(),
        (Desk::Wait, None) => tr!("One moment…").to_owned(),
        _ if transcript.step == Step::SalespersonRepeat => {
            tr!("Say it in your own words").to_owned()
        }
        _ => tr!("Your answer to {name}", name = name),
    };
    html! {
        <Composer composed={live.composed.clone()} {placeholder} disabled={desk == Desk::Wait}
            may_stop={transcript.may.stop && transcript.running_turn.is_some()} is_stopping={live.conversation.stopping}
            {send} stop={live.feed.reform(|()| Input::Stop)} typed={live.keep_text.clone()} />
    }
}
