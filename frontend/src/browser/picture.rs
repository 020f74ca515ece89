//! Pictures: one that somebody picks, and one that is shown from memory because it is not for everybody's eyes.

use web_sys::{Blob, Event, File, HtmlInputElement, Url};

/// The address of bytes in memory, for an `<img>`; it goes with this.
#[derive(Debug)]
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
    use wasm_bindgen::JsCast;
    let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = field.files()?.get(0);
    field.set_value("");
    file
}
