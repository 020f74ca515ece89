//! Pictures: one that somebody picks, the same made small, and one that is shown from memory because it is not for everybody's eyes.

use futures::channel::oneshot;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, Event, File, HtmlCanvasElement, HtmlInputElement, ImageBitmap,
    Url,
};

/// The address of bytes in memory, for an `<img>`; it goes with this.
#[derive(Debug, PartialEq)]
pub struct InMemory(String);

impl InMemory {
    /// An address for these bytes, if the browser gives one.
    pub fn of(bytes: &Blob) -> Option<Self> {
        Url::create_object_url_with_blob(bytes).ok().map(Self)
    }

    /// The address.
    pub fn url(&self) -> &str {
        &self.0
    }
}

impl Drop for InMemory {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.0);
    }
}

/// The file that was picked in a file field; the field is empty again, so that the same one can be picked once more.
pub fn picked(event: &Event) -> Option<File> {
    let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = field.files()?.get(0);
    field.set_value("");
    file
}

/// Pixels of a side: twice the largest that is shown.
const SIDE: u32 = 384;

/// A picture made square and small, as JPEG.
#[derive(Debug, PartialEq)]
pub struct Squared {
    blob: Blob,
    file: InMemory,
}

impl Squared {
    /// Its bytes.
    pub fn blob(&self) -> &Blob {
        &self.blob
    }

    /// Where it can be looked at.
    pub fn url(&self) -> &str {
        self.file.url()
    }
}

/// The middle of a picture as a small square; `None` of what is no picture.
pub async fn squared(file: &File) -> Option<Squared> {
    let window = web_sys::window()?;
    let decoded = window.create_image_bitmap_with_blob(file).ok()?;
    let picture: ImageBitmap = JsFuture::from(decoded).await.ok()?.unchecked_into();
    let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
    let side = width.min(height);
    let canvas: HtmlCanvasElement = window
        .document()?
        .create_element("canvas")
        .ok()?
        .dyn_into()
        .ok()?;
    let pixels = SIDE.min(picture.width().min(picture.height()).max(1));
    canvas.set_width(pixels);
    canvas.set_height(pixels);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    // JPEG knows no transparency: what shows through is white.
    context.set_fill_style_str("#fff");
    let size = f64::from(pixels);
    context.fill_rect(0.0, 0.0, size, size);
    context
        .draw_image_with_image_bitmap_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            &picture,
            (width - side) / 2.0,
            (height - side) / 2.0,
            side,
            side,
            0.0,
            0.0,
            size,
            size,
        )
        .ok()?;
    picture.close();
    let (tell, told) = oneshot::channel();
    let tell = Rc::new(Cell::new(Some(tell)));
    let done = Closure::once(move |blob: Option<Blob>| {
        if let Some(tell) = tell.take() {
            let _ = tell.send(blob);
        }
    });
    canvas
        .to_blob_with_type(done.as_ref().unchecked_ref(), "image/jpeg")
        .ok()?;
    let blob = told.await.ok()??;
    drop(done);
    let file = InMemory::of(&blob)?;
    Some(Squared { blob, file })
}
