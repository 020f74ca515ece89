//! What leaves the app: to the clipboard, to a file, to paper.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Copies a text; gives whether the browser let us.
pub async fn copy(text: &str) -> bool {
    // By name: web-sys would bring the whole clipboard along.
    let write = || -> Result<Promise, JsValue> {
        let navigator = web_sys::window().ok_or(JsValue::NULL)?.navigator();
        let clipboard = Reflect::get(&navigator, &JsValue::from_str("clipboard"))?;
        let write: Function =
            Reflect::get(&clipboard, &JsValue::from_str("writeText"))?.dyn_into()?;
        write
            .call1(&clipboard, &JsValue::from_str(text))?
            .dyn_into()
    };
    match write() {
        Ok(written) => JsFuture::from(written).await.is_ok(),
        Err(_) => false,
    }
}

/// Gives a file to the browser's downloads.
pub fn save(file: &Blob, name: &str) {
    let Ok(url) = Url::create_object_url_with_blob(file) else {
        return;
    };
    let link = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.create_element("a").ok())
        .and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // The download has taken it by then.
    gloo::timers::callback::Timeout::new(10_000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
}

/// A file of a text.
pub fn text_file(text: &str, media_type: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &options).ok()
}

/// Prints the page.
pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}
