//! The microphone: recording it, and how loud it is.

use crate::state::take::NoMicrophone;
use futures::channel::oneshot;
use gloo::events::EventListener;
use js_sys::{Array, Object, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AnalyserNode, AudioContext, Blob, BlobEvent, BlobPropertyBag, DomException, MediaRecorder,
    MediaRecorderOptions, MediaStream, MediaStreamConstraints, MediaStreamTrack,
};

/// What is asked for, the best first: what Chrome, Firefox and Edge record, then Safari.
const KINDS: [&str; 3] = [
    "audio/webm;codecs=opus",
    "audio/mp4",
    "audio/ogg;codecs=opus",
];

/// Enough for speech; five minutes of it are below 2 MB.
const BITS_PER_SECOND: u32 = 48_000;

/// Samples that a level is taken of.
const SAMPLES: usize = 512;

/// A recording in the making. Dropping it gives the microphone back.
pub struct Recorder {
    recorder: MediaRecorder,
    stream: MediaStream,
    parts: Array,
    meter: Option<(AudioContext, AnalyserNode)>,
    _hearing: EventListener,
}

impl Drop for Recorder {
    fn drop(&mut self) {
        for track in self.stream.get_tracks().iter() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
        if let Some((context, _)) = &self.meter {
            let _ = context.close();
        }
    }
}

impl Recorder {
    /// Asks for the microphone and begins.
    pub async fn begin() -> Result<Self, NoMicrophone> {
        let stream = microphone().await?;
        let options = MediaRecorderOptions::new();
        options.set_audio_bits_per_second(BITS_PER_SECOND);
        if let Some(kind) = KINDS
            .into_iter()
            .find(|kind| MediaRecorder::is_type_supported(kind))
        {
            options.set_mime_type(kind);
        }
        let recorder =
            MediaRecorder::new_with_media_stream_and_media_recorder_options(&stream, &options)
                .map_err(|_| NoMicrophone::Unable)?;
        let parts = Array::new();
        let hearing = {
            let parts = parts.clone();
            EventListener::new(&recorder, "dataavailable", move |event| {
                if let Some(part) = event.dyn_ref::<BlobEvent>().and_then(BlobEvent::data) {
                    parts.push(&part);
                }
            })
        };
        let meter = meter(&stream);
        // Built first, so that the microphone is given back if it can't begin.
        let made = Self {
            recorder,
            stream,
            parts,
            meter,
            _hearing: hearing,
        };
        made.recorder.start().map_err(|_| NoMicrophone::Busy)?;
        Ok(made)
    }

    /// Waits.
    pub fn pause(&self) {
        let _ = self.recorder.pause();
    }

    /// Goes on.
    pub fn resume(&self) {
        let _ = self.recorder.resume();
    }

    /// How loud it is now, 0 to 1.
    pub fn level(&self) -> f64 {
        let Some((_, analyser)) = &self.meter else {
            return 0.0;
        };
        let mut samples = [128_u8; SAMPLES];
        analyser.get_byte_time_domain_data(&mut samples);
        let squares: f64 = samples
            .iter()
            .map(|sample| ((f64::from(*sample) - 128.0) / 128.0).powi(2))
            .sum();
        // A voice at arm's length is at a fifth of full scale.
        ((squares / SAMPLES as f64).sqrt() * 4.0).min(1.0)
    }

    /// Ends, and gives what was recorded.
    pub async fn finish(self) -> Option<Blob> {
        let (tell, told) = oneshot::channel();
        let tell = Rc::new(Cell::new(Some(tell)));
        let stopped = EventListener::once(&self.recorder, "stop", move |_| {
            if let Some(tell) = tell.take() {
                let _ = tell.send(());
            }
        });
        self.recorder.stop().ok()?;
        told.await.ok()?;
        drop(stopped);
        let options = BlobPropertyBag::new();
        options.set_type(&self.recorder.mime_type());
        let blob = Blob::new_with_blob_sequence_and_options(&self.parts, &options).ok()?;
        (blob.size() > 0.0).then_some(blob)
    }
}

async fn microphone() -> Result<MediaStream, NoMicrophone> {
    let devices = web_sys::window()
        .and_then(|window| window.navigator().media_devices().ok())
        // Without a safe connection there is no such property.
        .filter(|devices| !JsValue::from(devices.clone()).is_undefined())
        .ok_or(NoMicrophone::Unable)?;
    let wanted = Object::new();
    for how in ["echoCancellation", "noiseSuppression", "autoGainControl"] {
        let _ = Reflect::set(&wanted, &how.into(), &JsValue::TRUE);
    }
    let constraints = MediaStreamConstraints::new();
    constraints.set_audio(&wanted);
    let asked = devices
        .get_user_media_with_constraints(&constraints)
        .map_err(|why| refusal(&why))?;
    let stream = JsFuture::from(asked).await.map_err(|why| refusal(&why))?;
    Ok(stream.unchecked_into())
}

fn refusal(why: &JsValue) -> NoMicrophone {
    let name = why.dyn_ref::<DomException>().map(DomException::name);
    match name.as_deref() {
        Some("NotAllowedError" | "SecurityError") => NoMicrophone::Denied,
        Some("NotFoundError" | "OverconstrainedError") => NoMicrophone::Missing,
        Some("NotReadableError" | "AbortError") => NoMicrophone::Busy,
        _ => NoMicrophone::Unable,
    }
}

/// Without a meter one can still record.
fn meter(stream: &MediaStream) -> Option<(AudioContext, AnalyserNode)> {
    let context = AudioContext::new().ok()?;
    let analyser = context.create_analyser().ok()?;
    analyser.set_fft_size(u32::try_from(SAMPLES).unwrap_or(512));
    let source = context.create_media_stream_source(stream).ok()?;
    source.connect_with_audio_node(&analyser).ok()?;
    let _ = context.resume();
    Some((context, analyser))
}

/// How the browser names itself.
pub fn user_agent() -> String {
    web_sys::window()
        .and_then(|window| window.navigator().user_agent().ok())
        .unwrap_or_default()
}
