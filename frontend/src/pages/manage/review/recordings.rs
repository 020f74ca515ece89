//! The recordings of a session, to be listened to.

use crate::api::Api;
use crate::browser::clock;
use crate::browser::file_url::FileUrl;
use crate::components::{Button, Glyph, Look, card, icon};
use crate::data::use_action;
use crate::state::pace::stopwatch;
use contract::session::DrillResult;
use contract::voice::Recording;
use std::rc::Rc;
use yew::prelude::*;

/// Them, the latest last; nothing where there are none.
pub(super) fn recordings(all: &[Recording], drills: &[DrillResult]) -> Html {
    let of_what = |recording: &Recording| {
        let drill = recording.drill.as_ref();
        let drill = drill.and_then(|id| drills.iter().find(|drill| drill.drill == *id));
        drill.map_or_else(
            || tr!("The day's voice drill").to_owned(),
            |drill| drill.title.clone(),
        )
    };
    card(
        tr!("Said aloud"),
        html! {
            if all.is_empty() {
                <p class="text-ink-soft">{ tr!("No recording of this session.") }</p>
            } else {
                <ul class="grid gap-4">
                    for recording in all.iter() {
                        <li key={recording.id.to_string()}>
                            <Playing recording={Rc::new(recording.clone())} title={of_what(recording)} />
                        </li>
                    }
                </ul>
            }
        },
    )
}

/// Properties of [`Playing`].
#[derive(Properties, PartialEq, Clone)]
struct PlayingProps {
    recording: Rc<Recording>,
    title: AttrValue,
}

/// One of them. It is downloaded when somebody wants to hear it.
#[component]
fn Playing(props: &PlayingProps) -> Html {
    let id = props.recording.id;
    let file = use_state(|| None::<Rc<FileUrl>>);
    let download = use_action();
    let onclick = {
        let file = file.setter();
        download.on(
            move |api: Api| async move { api.recording(id).await },
            move |_, blob| file.set(FileUrl::of(&blob).map(Rc::new)),
        )
    };
    let length = stopwatch(props.recording.duration_ms);
    let said = clock::date_and_time(props.recording.created_at);
    html! {
        <>
            <p class="font-medium">{ &props.title }</p>
            <p class="numerals text-sm text-ink-soft">
                { tr!("{length} · {said} · kept until {}", length = length, said = said, clock::short_date(props.recording.expires_at)) }
            </p>
            if let Some(file) = &*file {
                <audio class="mt-2 w-full" controls=true autoplay=true src={file.url().to_owned()} aria-label={tr!("Recording: {}", props.title)} />
            } else {
                <Button look={Look::Quiet} class="mt-2" busy={download.is_busy()} {onclick}>
                    { icon(Glyph::Play, "size-5") }{ tr!("Listen") }<span class="sr-only">{ ": " }{ &props.title }</span>
                </Button>
            }
            if let Some(why) = download.failure() {
                <p class="mt-1 text-sm font-medium text-bad" role="alert">{ why.to_string() }</p>
            }
        </>
    }
}
