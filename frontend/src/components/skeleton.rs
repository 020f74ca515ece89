//! The shape of what is on its way.

use yew::prelude::*;

const GREY: &str = "animate-breathe rounded-md bg-sunken";

/// A grey shape of this size; screen readers hear the page's status line instead.
pub fn skeleton(class: &'static str) -> Html {
    html! { <div class={classes!(GREY, class)} aria-hidden="true" /> }
}
