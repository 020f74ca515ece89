//! The live session: the chat with the customer and the coach.

mod bubble;
mod chat_log;
mod composer;
mod desk;
mod header;
mod runtime;
mod side_panel;
mod use_conversation;

use crate::api::Failure;
use crate::browser::{clock, viewport};
use crate::components::{Button, Glyph, Look, PageHeading, icon, link, splash};
use crate::routes::Route;
use crate::state::conversation::{Connection, Conversation, Input, Page};
use crate::state::person::short_name;
use crate::state::transcript::Transcript;
use chat_log::ChatLog;
use contract::problem::Code;
use desk::desk_panel;
use domain::ids::SessionId;
use domain::session::Speaker;
use gloo::timers::callback::Interval;
use header::header;
use side_panel::side_panel;
use use_conversation::{LiveSession, use_conversation};
use yew::prelude::*;
use yew_router::prelude::use_location;

/// The state of an address that was opened by a Start button: the page then starts the session instead of looking at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begin;

/// Properties of [`SessionPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct SessionPageProps {
    /// Which session.
    pub id: SessionId,
}

/// The page.
#[component]
pub fn SessionPage(props: &SessionPageProps) -> Html {
    let begins = use_location().is_some_and(|location| location.state::<Begin>().is_some());
    let live = use_conversation(props.id, begins);
    use_effect_with((), |()| {
        let following = viewport::follow_keyboard();
        move || drop(following)
    });
    match &live.conversation.page {
        Page::Loading => loading(),
        Page::Failed(failure) => failed(failure, &live),
        Page::Open(transcript) => open(transcript, &live),
    }
}

fn loading() -> Html {
    splash(html! {
        <>
            <PageHeading title={tr!("Practice")} class="font-display text-xl">{ tr!("Your customer is on the way") }</PageHeading>
            <p class="sr-only" role="status">{ tr!("Loading the session") }</p>
            <span class="flex gap-2" aria-hidden="true">
                for _ in 0..3 { <span class="size-2 animate-breathe rounded-full bg-on-deck-soft" /> }
            </span>
        </>
    })
}

fn failed(failure: &Failure, live: &LiveSession) -> Html {
    let (title, may_start, may_retry) = match failure.code() {
        Some(Code::NotStarted) => (tr!("Ready when you are"), true, false),
        Some(Code::WindowNotOpen) => (tr!("Not open yet"), false, false),
        Some(Code::WindowClosed) => (tr!("The window is over"), false, false),
        Some(Code::NotFound) => (tr!("There is no such session"), false, false),
        _ => (tr!("The session could not be opened"), false, true),
    };
    splash(html! {
        <>
            <main class="max-w-sm text-center">
                <PageHeading title={tr!("Practice")} class="text-2xl">{ title }</PageHeading>
                <p class="mt-2 text-on-deck-soft" role={(!may_start).then_some("alert")}>
                    { if may_start { tr!("Your customers write as soon as you start.").to_owned() } else { failure.to_string() } }
                </p>
                <div class="mt-6 flex flex-col items-center gap-3">
                    if may_start {
                        <Button look={Look::Accent} onclick={live.begin.clone()}>{ tr!("Start practice") }</Button>
                    }
                    if may_retry {
                        <Button look={Look::Accent} onclick={live.feed.reform(|()| Input::Reload)}>{ tr!("Retry") }</Button>
                    }
                    { link(Route::Today, "inline-flex min-h-11 items-center underline underline-offset-4", tr!("Back to Today")) }
                </div>
            </main>
        </>
    })
}

/// The session once something of it is known.
fn open(transcript: &Transcript, live: &LiveSession) -> Html {
    let (conversation, feed) = (&live.conversation, &live.feed);
    html! {
        <div class="flex h-[var(--viewport,100dvh)] justify-center bg-chat">
            <main class="flex min-w-0 flex-1 flex-col">
                { header(transcript, conversation.ahead_ms) }
                <ConnectionLine connection={conversation.connection()} />
                <ChatLog transcript={transcript.clone()} outgoing={conversation.outgoing.clone()}
                    is_busy={transcript.running_turn.is_some()}
                    again={feed.reform(|()| Input::SendAgain { fresh: crate::browser::random::request_id() })}
                    take_back={feed.reform(|()| Input::TakeBack)} />
                { desk_panel(transcript, live) }
            </main>
            { side_panel(transcript) }
            { spoken(conversation, transcript) }
        </div>
    }
}

/// What a screen reader should know of the state, in one line.
fn status_line(conversation: &Conversation, transcript: &Transcript) -> String {
    if let Some(failure) = conversation
        .outgoing
        .as_ref()
        .and_then(|outgoing| outgoing.failure())
    {
        return tr!("Your message was not sent. {failure}", failure = failure);
    }
    match conversation.connection() {
        Connection::Offline => return tr!("You are offline.").to_owned(),
        Connection::Reconnecting => return tr!("Reconnecting.").to_owned(),
        Connection::Connecting | Connection::Good => {}
    }
    match transcript.composing() {
        Some(message) => tr!(
            "{} is writing.",
            speaker_name(transcript, message.role, message.drill_index)
        ),
        None if transcript.is_thinking() => tr!("The coach is thinking.").to_owned(),
        None => String::new(),
    }
}

/// Who says something, by name.
fn speaker_name(transcript: &Transcript, role: Speaker, drill: usize) -> String {
    match role {
        Speaker::Coach => tr!("Coach").to_owned(),
        Speaker::Salesperson => tr!("You").to_owned(),
        Speaker::Customer => transcript
            .card(drill)
            .map_or(tr!("Customer"), |card| card.customer_name.as_str())
            .to_owned(),
    }
}

/// The customer's name as the chat uses it.
fn customer_short_name(transcript: &Transcript, drill: usize) -> String {
    short_name(&speaker_name(transcript, Speaker::Customer, drill))
}

/// What screen readers are told, and nobody sees: finished messages once and whole, and the state in one line. The chat
/// itself is silent, so that words are not read out one by one as they come.
fn spoken(conversation: &Conversation, transcript: &Transcript) -> Html {
    html! {
        <div class="sr-only">
            <div role="log" aria-live="polite" aria-label={tr!("New messages")}>
                for heard in conversation.heard.iter() {
                    <p key={heard.message.to_string()}>
                        { speaker_name(transcript, heard.role, heard.drill) }{ ": " }{ &heard.text }
                    </p>
                }
            </div>
            <p role="status">{ status_line(conversation, transcript) }</p>
        </div>
    }
}

/// Properties of [`ConnectionLine`].
#[derive(Properties, PartialEq, Clone)]
struct ConnectionLineProps {
    connection: Connection,
}

/// How long a connection may take before the screen speaks of it, ms: what is quick needs no words.
const PATIENCE_MS: u32 = 1_200;

/// The state of the line, while there is something to say of it.
#[component]
fn ConnectionLine(props: &ConnectionLineProps) -> Html {
    let has_waited = use_state(|| false);
    {
        let has_waited = has_waited.setter();
        use_effect_with(props.connection, move |connection| {
            has_waited.set(false);
            let timer = matches!(connection, Connection::Connecting).then(|| {
                gloo::timers::callback::Timeout::new(PATIENCE_MS, move || has_waited.set(true))
            });
            move || drop(timer)
        });
    }
    let words = match props.connection {
        Connection::Good => return Html::default(),
        Connection::Connecting if !*has_waited => return Html::default(),
        Connection::Connecting => tr!("Connecting…"),
        Connection::Reconnecting => tr!("Reconnecting… nothing is lost"),
        Connection::Offline => tr!("You are offline. Nothing is lost."),
    };
    html! {
        <p class="flex items-center justify-center gap-2 bg-accent-wash px-4 py-1.5 text-sm font-medium text-accent-strong">
            { icon(Glyph::Offline, "size-4") }{ words }
        </p>
    }
}

/// The moment by the server's clock, renewed each second while the page is mounted.
#[hook]
fn use_server_now(ahead_ms: i64) -> u64 {
    let device_now = use_state(clock::now_ms);
    {
        let device_now = device_now.setter();
        use_effect_with((), move |()| {
            let ticking = Interval::new(1_000, move || device_now.set(clock::now_ms()));
            move || drop(ticking)
        });
    }
    device_now.saturating_add_signed(ahead_ms)
}
