//! Records the rep's voice, shows that it is heard, and sends it.

use super::player::Player;
use crate::api::Failure;
use crate::app::use_api;
use crate::browser::clock::now_ms;
use crate::browser::microphone::{Recorder, user_agent};
use crate::components::{Button, Glyph, Look, icon, notice, toast};
use crate::data::LeaveGuard;
use crate::state::pace::stopwatch;
use crate::state::take::{NoMicrophone, SILENCE_MS, Take, VOICE_LEVEL};
use contract::voice::UploadQuery;
use domain::ids::SessionId;
use domain::voice::MAX_BYTES;
use domain::voice::MAX_DURATION_MS;
use futures::future::{AbortHandle, Abortable};
use gloo::timers::callback::Interval;
use std::rc::Rc;
use web_sys::Blob;
use yew::prelude::*;

/// How often the level is looked at, ms.
const LOOK_MS: u32 = 80;

/// How many levels are shown.
const BARS: usize = 48;

/// Properties of [`TakeRecorder`].
#[derive(Properties, PartialEq, Clone)]
pub struct TakeRecorderProps {
    /// The session it belongs to.
    pub id: SessionId,
}

/// What went wrong.
#[derive(Clone)]
enum Trouble {
    NoMicrophone(NoMicrophone),
    Sending(Failure),
    TooLarge,
    Nothing,
}

/// Breaks the upload off when the page is left.
#[derive(Default)]
struct Upload(Option<AbortHandle>);

impl Drop for Upload {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Upload {
    fn stop(&mut self) {
        if let Some(handle) = self.0.take() {
            handle.abort();
        }
    }
}

/// The recorder.
#[component]
pub fn TakeRecorder(props: &TakeRecorderProps) -> Html {
    let api = use_api();
    let take = use_state(Take::default);
    let trouble = use_state(|| None::<Trouble>);
    let blob = use_state(|| None::<Rc<Blob>>);
    let recorder = use_mut_ref(|| None::<Recorder>);
    let upload = use_mut_ref(Upload::default);
    let begin = {
        let (take, trouble, blob) = (take.setter(), trouble.setter(), blob.setter());
        let recorder = recorder.clone();
        Callback::from(move |()| {
            let (take, trouble, recorder) = (take.clone(), trouble.clone(), recorder.clone());
            trouble.set(None);
            blob.set(None);
            take.set(Take::Asking);
            wasm_bindgen_futures::spawn_local(async move {
                match Recorder::begin().await {
                    Ok(made) => {
                        recorder.replace(Some(made));
                        take.set(Take::Recording {
                            since: now_ms(),
                            before: 0,
                        });
                    }
                    Err(why) => {
                        trouble.set(Some(Trouble::NoMicrophone(why)));
                        take.set(Take::Nothing);
                    }
                }
            });
        })
    };
    let pause = {
        let (take, recorder) = (take.clone(), recorder.clone());
        Callback::from(move |()| {
            if let Some(recorder) = &*recorder.borrow() {
                recorder.pause();
            }
            take.set(take.paused(now_ms()));
        })
    };
    let resume = {
        let (take, recorder) = (take.clone(), recorder.clone());
        Callback::from(move |()| {
            if let Some(recorder) = &*recorder.borrow() {
                recorder.resume();
            }
            take.set(take.resumed(now_ms()));
        })
    };
    let stop = {
        let (take, blob, trouble) = (take.clone(), blob.setter(), trouble.setter());
        let recorder = recorder.clone();
        Callback::from(move |()| {
            let Some(recorder) = recorder.take() else {
                return;
            };
            let (take, blob, trouble) = (take.clone(), blob.clone(), trouble.clone());
            let stopped = take.stopped(now_ms());
            wasm_bindgen_futures::spawn_local(async move {
                match recorder.finish().await {
                    Some(made) if made.size() > MAX_BYTES as f64 => {
                        trouble.set(Some(Trouble::TooLarge));
                        take.set(Take::Nothing);
                    }
                    Some(made) => {
                        blob.set(Some(Rc::new(made)));
                        take.set(stopped);
                    }
                    None => {
                        trouble.set(Some(Trouble::Nothing));
                        take.set(Take::Nothing);
                    }
                }
            });
        })
    };
    let discard = {
        let (take, blob, trouble) = (take.setter(), blob.setter(), trouble.setter());
        Callback::from(move |()| {
            blob.set(None);
            trouble.set(None);
            take.set(Take::Nothing);
        })
    };
    let send = {
        let (api, id) = (api.clone(), props.id);
        let (take, trouble) = (take.clone(), trouble.setter());
        let (kept, upload) = (blob.clone(), upload.clone());
        Callback::from(move |()| {
            let (Take::Taken { ms }, Some(blob)) = (*take, (*kept).clone()) else {
                return;
            };
            let (api, trouble, kept) = (api.clone(), trouble.clone(), kept.setter());
            let take = take.setter();
            trouble.set(None);
            take.set(Take::Sending { ms, percent: 0 });
            let (handle, registration) = AbortHandle::new_pair();
            upload.replace(Upload(Some(handle)));
            wasm_bindgen_futures::spawn_local(async move {
                let query = UploadQuery {
                    session_id: id,
                    drill: None,
                    duration_ms: Some(ms.max(1)),
                };
                let progress = {
                    let take = take.clone();
                    Callback::from(move |percent| take.set(Take::Sending { ms, percent }))
                };
                let sending = api.send_recording(&query, &blob, progress);
                match Abortable::new(sending, registration).await {
                    Ok(Ok(_)) => {
                        toast(tr!("Sent. Your manager can listen to it"));
                        kept.set(None);
                        take.set(Take::Nothing);
                        api.cache().changed(&[&format!("sessions/{id}/voice")]);
                    }
                    Ok(Err(why)) => {
                        trouble.set(Some(Trouble::Sending(why)));
                        take.set(Take::Taken { ms });
                    }
                    // Broken off: it is still there.
                    Err(_) => take.set(Take::Taken { ms }),
                }
            });
        })
    };
    let break_off = {
        let upload = upload.clone();
        Callback::from(move |()| upload.borrow_mut().stop())
    };
    let player = blob.as_ref().map(|blob| {
        let ms = take.length(0);
        html! { <Player blob={blob.clone()} duration_ms={ms} label={tr!("Your recording")} /> }
    });
    html! {
        // The words stay in sight: on a phone the recorder stays within reach of a thumb.
        <section aria-label={tr!("Recorder")} class="sticky bottom-[calc(3.75rem+env(safe-area-inset-bottom))] border-t border-line bg-page p-4 sm:p-6 lg:bottom-0">
            <LeaveGuard when={take.is_unsaved()} />
            <p class="sr-only" role="status">{ take.spoken() }</p>
            if let Some(trouble) = &*trouble {
                <div class="mb-5">{ troubled(trouble) }</div>
            }
            { match *take {
                Take::Nothing | Take::Asking => html! {
                    <div class="flex flex-col items-center gap-3 text-center">
                        <Button look={Look::Accent} class="min-w-52" busy={*take == Take::Asking} onclick={begin}>{ icon(Glyph::Voice, "size-6") }{ tr!("Record") }</Button>
                        <p class="max-w-md text-sm text-ink-soft">
                            { if *take == Take::Asking { tr!("Your browser asks you for the microphone: allow it.") } else { tr!("Up to 5 minutes and 10 MB. Nothing is sent before you have listened to it.") } }
                        </p>
                    </div>
                },
                Take::Recording { .. } | Take::Paused { .. } => html! {
                    <div class="grid gap-4">
                        <Meter recorder={Shared(recorder.clone())} take={*take} full={stop.clone()} />
                        <div class="flex flex-wrap justify-center gap-3">
                            if matches!(*take, Take::Paused { .. }) {
                                <Button look={Look::Quiet} class="min-w-32" onclick={resume}>{ icon(Glyph::Voice, "size-5") }{ tr!("Go on") }</Button>
                            } else {
                                <Button look={Look::Quiet} class="min-w-32" onclick={pause}>{ icon(Glyph::Pause, "size-5") }{ tr!("Pause") }</Button>
                            }
                            <Button class="min-w-32" onclick={stop}>{ icon(Glyph::Stop, "size-5") }{ tr!("Done") }</Button>
                        </div>
                    </div>
                },
                Take::Taken { .. } => html! {
                    <div class="grid gap-4">
                        <p class="font-semibold">{ tr!("Listen to it as your customer would.") }</p>
                        { player }
                        <div class="flex flex-wrap gap-3">
                            <Button onclick={send}>{ icon(Glyph::Send, "size-5") }{ tr!("Send it") }</Button>
                            <Button look={Look::Quiet} onclick={begin}>{ icon(Glyph::Again, "size-5") }{ tr!("Record again") }</Button>
                            <Button look={Look::Quiet} onclick={discard}>{ icon(Glyph::Bin, "size-5") }{ tr!("Throw it away") }</Button>
                        </div>
                    </div>
                },
                Take::Sending { percent, .. } => html! {
                    <div class="grid gap-3">
                        <p class="flex items-baseline justify-between font-semibold" id="sending"><span>{ tr!("Sending…") }</span><span class="numerals">{ format!("{percent} %") }</span></p>
                        <progress class="h-2.5 w-full overflow-hidden rounded-full accent-brand" max="100" value={percent.to_string()} aria-labelledby="sending" />
                        <p><Button look={Look::Quiet} onclick={break_off}>{ tr!("Cancel") }</Button></p>
                    </div>
                },
            } }
        </section>
    }
}

fn troubled(trouble: &Trouble) -> Html {
    let words = |text: String| html! { <p class="text-sm">{ text }</p> };
    match trouble {
        Trouble::NoMicrophone(why) => {
            notice(why.title(), words(why.mend(&user_agent()).to_owned()))
        }
        Trouble::Sending(why) => notice(
            tr!("It was not sent"),
            words(tr!(
                "{why} Your recording is still here: send it again.",
                why = why
            )),
        ),
        Trouble::TooLarge => notice(
            tr!("The recording is too large"),
            words(tr!("More than 10 MB is not taken. Record a shorter one.").to_owned()),
        ),
        Trouble::Nothing => notice(
            tr!("Nothing was recorded"),
            words(
                "The browser gave no sound. Check the microphone, and press Record again."
                    .to_owned(),
            ),
        ),
    }
}

/// The recorder, which both components look at.
#[derive(Clone)]
struct Shared(Rc<std::cell::RefCell<Option<Recorder>>>);

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Properties of [`Meter`].
#[derive(Properties, PartialEq, Clone)]
struct MeterProps {
    recorder: Shared,
    take: Take,
    /// It is as long as it may be.
    full: Callback<()>,
}

/// How loud it is and was, and how long. It alone is drawn anew many times a second.
#[component]
fn Meter(props: &MeterProps) -> Html {
    let levels = use_mut_ref(Vec::<f64>::new);
    let heard_at = use_mut_ref(now_ms);
    let now = use_state(now_ms);
    {
        let (levels, heard_at, now) = (levels.clone(), heard_at.clone(), now.setter());
        use_effect_with(
            (props.take, props.full.clone(), props.recorder.clone()),
            move |(take, full, recorder)| {
                let (take, full, recorder) = (*take, full.clone(), recorder.clone());
                let looking = matches!(take, Take::Recording { .. }).then(|| {
                    heard_at.replace(now_ms());
                    Interval::new(LOOK_MS, move || {
                        let moment = now_ms();
                        let level = recorder.0.borrow().as_ref().map_or(0.0, Recorder::level);
                        if level > VOICE_LEVEL {
                            heard_at.replace(moment);
                        }
                        let mut levels = levels.borrow_mut();
                        levels.push(level);
                        if levels.len() > BARS {
                            levels.remove(0);
                        }
                        drop(levels);
                        now.set(moment);
                        if take.is_full(moment) {
                            full.emit(());
                        }
                    })
                });
                move || drop(looking)
            },
        );
    }
    let is_paused = matches!(props.take, Take::Paused { .. });
    let is_silent = !is_paused && now.saturating_sub(*heard_at.borrow()) > SILENCE_MS;
    let length = props.take.length(*now);
    html! {
        <div class="rounded-lg bg-deck p-4 text-on-deck sm:p-5">
            <div class="flex items-baseline justify-between gap-3">
                <p class="flex items-center gap-2 font-semibold">
                    <span class={classes!("size-3", "rounded-full", if is_paused { "bg-on-deck-soft" } else { "bg-accent animate-breathe" })} aria-hidden="true" />
                    { if is_paused { tr!("Paused") } else { tr!("Recording") } }
                </p>
                <p class="numerals" role="timer" aria-label={tr!("Length")}>
                    <span class="font-display text-2xl font-semibold">{ stopwatch(length) }</span>
                    <span class="text-sm text-on-deck-soft">{ format!(" / {}", stopwatch(MAX_DURATION_MS)) }</span>
                </p>
            </div>
            { bars(&levels.borrow()) }
            <p class="mt-2 min-h-6 text-sm text-on-deck-soft" role="status">
                if is_silent { { tr!("Nothing is heard. Is the microphone on?") } }
            </p>
        </div>
    }
}

/// The latest levels, the newest to the right.
fn bars(levels: &[f64]) -> Html {
    let begin = BARS.saturating_sub(levels.len());
    html! {
        <svg class="mt-3 h-16 w-full" viewBox={format!("0 0 {} 40", BARS * 6)} preserveAspectRatio="none" fill="var(--accent)" aria-hidden="true">
            for place in 0..BARS {
                { {
                    let level = place.checked_sub(begin).and_then(|at| levels.get(at)).copied().unwrap_or(0.0);
                    let height = 2.0 + level.sqrt() * 36.0;
                    html! { <rect x={(place * 6 + 1).to_string()} y={format!("{:.1}", 20.0 - height / 2.0)} width="4" height={format!("{height:.1}")} rx="2" /> }
                } }
            }
        </svg>
    }
}
