//! Playing a recording.

use super::events::Listening;
use super::picture::InMemory;
use gloo::events::EventListener;
use web_sys::{Blob, HtmlAudioElement};
use yew::Callback;

/// A sound that can be played. Dropping it ends it.
pub struct Sound {
    audio: HtmlAudioElement,
    _file: InMemory,
    _listening: Listening,
}

/// What happens to a sound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Heard {
    /// It is there, ms.
    At(u64),
    /// It began, or went on.
    Playing,
    /// It was paused.
    Paused,
    /// It is over.
    Over,
    /// It can't be played.
    Broken,
}

impl Drop for Sound {
    fn drop(&mut self) {
        let _ = self.audio.pause();
    }
}

impl Sound {
    /// Of a file; `tell` hears what happens to it.
    pub fn of(blob: &Blob, tell: Callback<Heard>) -> Option<Self> {
        let file = InMemory::of(blob)?;
        let audio = HtmlAudioElement::new_with_src(file.url()).ok()?;
        let on = |name: &'static str, heard: fn(&HtmlAudioElement) -> Heard| {
            let (tell, sound) = (tell.clone(), audio.clone());
            EventListener::new(&audio, name, move |_| tell.emit(heard(&sound)))
        };
        let listeners = vec![
            on("timeupdate", |sound| {
                Heard::At((sound.current_time() * 1_000.0) as u64)
            }),
            on("play", |_| Heard::Playing),
            on("pause", |_| Heard::Paused),
            on("ended", |_| Heard::Over),
            on("error", |_| Heard::Broken),
        ];
        Some(Self {
            audio,
            _file: file,
            _listening: Listening::of(listeners),
        })
    }

    /// Plays.
    pub fn play(&self) {
        // A refusal is told by no event, and changes nothing.
        if let Ok(played) = self.audio.play() {
            wasm_bindgen_futures::spawn_local(async move {
                let _ = wasm_bindgen_futures::JsFuture::from(played).await;
            });
        }
    }

    /// Pauses.
    pub fn pause(&self) {
        let _ = self.audio.pause();
    }

    /// Goes to a moment, ms.
    pub fn go_to(&self, ms: u64) {
        self.audio.set_current_time(ms as f64 / 1_000.0);
    }
}
