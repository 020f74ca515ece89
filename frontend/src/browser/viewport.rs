//! The part of the window that the phone's keyboard leaves free.

use super::page::root;
use gloo::events::EventListener;

/// Follows the keyboard as long as it lives.
#[derive(Debug)]
pub struct Following {
    _listener: Option<EventListener>,
}

impl Drop for Following {
    fn drop(&mut self) {
        if let Some(root) = root() {
            let _ = root.style().remove_property("--viewport");
        }
    }
}

/// Keeps the length `--viewport` at the height that is really seen. Browsers whose keyboard covers the page instead of
/// shrinking it (iOS) would otherwise hide what stands at the bottom.
pub fn follow_keyboard() -> Following {
    let viewport = web_sys::window().and_then(|window| window.visual_viewport());
    let listener = viewport.map(|viewport| {
        let seen = viewport.clone();
        EventListener::new(&viewport, "resize", move |_| {
            // A zoomed page keeps its height: the reader is looking closer, not typing.
            if seen.scale() <= 1.01
                && let Some(root) = root()
            {
                let _ = root
                    .style()
                    .set_property("--viewport", &format!("{}px", seen.height() as i32));
                if let Some(window) = web_sys::window() {
                    window.scroll_to_with_x_and_y(0.0, 0.0);
                }
            }
        })
    });
    Following {
        _listener: listener,
    }
}
