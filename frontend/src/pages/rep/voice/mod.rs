//! The voice drill: the day's words said aloud, recorded, listened to, sent, and taken back.

mod player;
mod recorder;

use crate::api::Api;
use crate::browser::clock;
use crate::components::{
    Button, Confirm, Glyph, Look, PageHeading, card, failed, icon, link, notice, rich_text,
    skeleton, toast,
};
use crate::data::{use_action, use_resource};
use crate::routes::Route;
use crate::state::pace::stopwatch;
use contract::problem::Code;
use contract::session::SessionResult;
use contract::voice::Recording;
use domain::ids::SessionId;
use player::Player;
use recorder::TakeRecorder;
use std::rc::Rc;
use web_sys::Blob;
use yew::prelude::*;

/// Properties of [`VoicePage`].
#[derive(Properties, PartialEq, Clone)]
pub struct VoicePageProps {
    /// Which session's.
    pub id: SessionId,
}

/// The page.
#[component]
pub fn VoicePage(props: &VoicePageProps) -> Html {
    let id = props.id;
    let result = use_resource(
        format!("sessions/{id}/result"),
        move |api: Api| async move { api.result(id).await },
    );
    let recordings = use_resource(format!("sessions/{id}/voice"), move |api: Api| async move {
        Ok(api.recordings(id).await?.items)
    });
    let shown = match (result.get(), result.failure()) {
        (Some(result), _) => drill(id, &result),
        (None, Some(why)) if why.code() == Some(Code::NotFound) => notice(
            tr!("There is no such session"),
            html! { <p class="text-sm">{ tr!("The link may be of another person's session.") }</p> },
        ),
        (None, Some(why)) if why.code() == Some(Code::DrillsRemaining) => notice(
            tr!("This session is not finished yet"),
            html! { <p class="text-sm">{ tr!("The voice drill comes after its last customer.") }</p> },
        ),
        (None, Some(why)) => failed(tr!("The drill could not be loaded"), why, &result.retry()),
        (None, None) => skeleton("h-96 rounded-xl"),
    };
    html! {
        <div class="mx-auto max-w-3xl">
            <p class="mb-2">{ link(Route::Result { id }, "inline-flex min-h-11 items-center gap-1.5 font-medium text-ink-soft hover:text-brand", html! { <>{ icon(Glyph::Back, "size-5") }{ tr!("Your result") }</> }) }</p>
            <PageHeading title={tr!("Say it aloud")} class="text-2xl">{ tr!("Say it aloud") }</PageHeading>
            <p class="mt-1 mb-5 text-ink-soft">{ tr!("What you have said once comes by itself on the phone. Your manager can listen to what you send.") }</p>
            { shown }
            if result.get().is_some() {
                <div class="mt-5">
                    { recordings.show(skeleton("h-28 rounded-lg"), |recordings| sent(id, recordings)) }
                </div>
            }
        </div>
    }
}

fn drill(id: SessionId, result: &SessionResult) -> Html {
    html! {
        <div class="overflow-clip rounded-xl border border-line bg-surface">
            <section aria-labelledby="words" class="p-5 sm:p-6">
                <h2 id="words" class="text-sm font-semibold tracking-wide text-accent-strong">{ tr!("Day {} · {}", result.day, result.theme) }</h2>
                <blockquote class="mt-3 text-lg leading-relaxed text-pretty sm:text-xl">{ rich_text(&result.voice_drill.text) }</blockquote>
                <p class="mt-4 text-sm text-ink-soft">{ &result.voice_drill.instructions }</p>
            </section>
            <TakeRecorder {id} />
        </div>
    }
}

fn sent(id: SessionId, recordings: &[Recording]) -> Html {
    if recordings.is_empty() {
        return html! {
            <p class="text-sm text-ink-soft">{ tr!("Nothing is sent yet. What you record stays on this device until you send it.") }</p>
        };
    }
    card(
        tr!("What you sent"),
        html! {
            <ul class="divide-y divide-line">
                for recording in recordings.iter() {
                    <li key={recording.id.to_string()} class="py-3 first:pt-0 last:pb-0"><Sent {id} recording={recording.clone()} /></li>
                }
            </ul>
        },
    )
}

/// Properties of [`Sent`].
#[derive(Properties, PartialEq, Clone)]
struct SentProps {
    id: SessionId,
    recording: Recording,
}

/// A recording that was sent: to be listened to, or deleted.
#[component]
fn Sent(props: &SentProps) -> Html {
    let recording = &props.recording;
    let (listen, delete) = (use_action(), use_action());
    let blob = use_state(|| None::<Rc<Blob>>);
    let asks = use_state(|| false);
    let (recording_id, session) = (recording.id, props.id);
    let on_listen = {
        let blob = blob.setter();
        listen.on(
            move |api: Api| async move { api.recording(recording_id).await },
            move |_, came| blob.set(Some(Rc::new(came))),
        )
    };
    let on_delete = delete.on(
        move |api: Api| async move { api.delete_recording(recording_id).await },
        move |api, ()| {
            toast(tr!("The recording is deleted"));
            api.cache().changed(&[&format!("sessions/{session}/voice")]);
        },
    );
    let asked = |open: bool| {
        let asks = asks.setter();
        Callback::from(move |()| asks.set(open))
    };
    let when = clock::date_and_time(recording.created_at);
    html! {
        <>
            <div class="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
                <div class="min-w-0">
                    <p class="font-medium">{ &when }</p>
                    <p class="numerals text-sm text-ink-soft">{ tr!("{} · kept until {}", stopwatch(recording.duration_ms), clock::full_date(recording.expires_at)) }</p>
                </div>
                <div class="flex gap-2">
                    if blob.is_none() {
                        <Button look={Look::Quiet} busy={listen.is_busy()} onclick={on_listen}>{ icon(Glyph::Play, "size-5") }{ tr!("Listen") }</Button>
                    }
                    <Button look={Look::Quiet} onclick={asked(true)}>{ icon(Glyph::Bin, "size-5") }<span class="sr-only">{ tr!("Delete the recording of {when}", when = when) }</span></Button>
                </div>
            </div>
            if let Some(blob) = &*blob {
                <div class="mt-3"><Player blob={blob.clone()} duration_ms={recording.duration_ms} plays_at_once=true label={tr!("Recording of {when}", when = when)} /></div>
            }
            if let Some(why) = listen.failure() {
                <div class="mt-3">{ notice(tr!("The recording could not be loaded"), html! { <p class="text-sm">{ why.to_string() }</p> }) }</div>
            }
            if *asks {
                <Confirm title={tr!("Delete this recording?")} action={tr!("Delete")} busy={delete.is_busy()} failure={delete.failure().cloned()} on_confirm={on_delete} on_close={asked(false)}>
                    <p>{ tr!("Your recording of {when}, {} long, is deleted for good. Your manager can't listen to it any more. Your score stays.", stopwatch(recording.duration_ms), when = when) }</p>
                </Confirm>
            }
        </>
    }
}
