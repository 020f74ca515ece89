//! Listens to a recording. The browser's own player does not know how long a recording is that it made itself.

use crate::browser::page::value_of;
use crate::browser::sound::{Heard, Sound};
use crate::components::{Glyph, icon};
use crate::state::pace::stopwatch;
use std::rc::Rc;
use web_sys::Blob;
use yew::prelude::*;

/// Properties of [`Player`].
#[derive(Properties, Clone)]
pub struct PlayerProps {
    /// The recording.
    pub blob: Rc<Blob>,
    /// How long it is, ms.
    pub duration_ms: u64,
    /// It plays as soon as it is there.
    #[prop_or_default]
    pub plays_at_once: bool,
    /// What is played.
    pub label: AttrValue,
}

impl PartialEq for PlayerProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.blob, &other.blob) && self.duration_ms == other.duration_ms
    }
}

/// Play, pause, and where it is.
#[component]
pub fn Player(props: &PlayerProps) -> Html {
    let sound = use_mut_ref(|| None::<Sound>);
    let at = use_state(|| 0_u64);
    let plays = use_state(|| false);
    let is_broken = use_state(|| false);
    {
        let (sound, at, plays, is_broken) = (
            sound.clone(),
            at.setter(),
            plays.setter(),
            is_broken.setter(),
        );
        let (blob, at_once) = (props.blob.clone(), props.plays_at_once);
        let pointer = Rc::as_ptr(&props.blob) as usize;
        use_effect_with(pointer, move |_| {
            let tell = Callback::from(move |heard| match heard {
                Heard::At(ms) => at.set(ms),
                Heard::Playing => plays.set(true),
                Heard::Paused => plays.set(false),
                Heard::Over => {
                    plays.set(false);
                    at.set(0);
                }
                Heard::Broken => is_broken.set(true),
            });
            let made = Sound::of(&blob, tell);
            if let Some(made) = made.as_ref().filter(|_| at_once) {
                made.play();
            }
            sound.replace(made);
            move || drop(sound.take())
        });
    }
    if *is_broken {
        return html! { <p class="text-sm font-medium text-bad" role="alert">{ tr!("This browser can't play this recording.") }</p> };
    }
    let toggle = {
        let (sound, plays) = (sound.clone(), *plays);
        Callback::from(move |_: MouseEvent| {
            if let Some(sound) = &*sound.borrow() {
                if plays { sound.pause() } else { sound.play() }
            }
        })
    };
    let seek = {
        let (sound, at) = (sound.clone(), at.setter());
        Callback::from(move |event: InputEvent| {
            let ms: u64 = value_of(&event).parse().unwrap_or(0);
            at.set(ms);
            if let Some(sound) = &*sound.borrow() {
                sound.go_to(ms);
            }
        })
    };
    let here = (*at).min(props.duration_ms);
    let spoken = tr!("{} of {}", stopwatch(here), stopwatch(props.duration_ms));
    html! {
        <div class="flex items-center gap-3 rounded-full bg-sunken py-1.5 pr-5 pl-1.5" role="group" aria-label={props.label.clone()}>
            <button type="button" onclick={toggle} aria-label={if *plays { tr!("Pause") } else { tr!("Play") }}
                class="inline-flex size-11 shrink-0 items-center justify-center rounded-full bg-brand text-on-brand hover:bg-brand-strong">
                { icon(if *plays { Glyph::Pause } else { Glyph::Play }, "size-5") }
            </button>
            <input type="range" class="h-11 min-w-0 flex-1 accent-brand" min="0" max={props.duration_ms.to_string()} step="100" value={here.to_string()}
                oninput={seek} aria-label={tr!("Where it plays")} aria-valuetext={spoken} />
            <span class="numerals shrink-0 text-sm text-ink-soft" aria-hidden="true">{ format!("{} / {}", stopwatch(here), stopwatch(props.duration_ms)) }</span>
        </div>
    }
}
