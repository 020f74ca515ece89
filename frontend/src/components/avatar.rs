//! A person's initials on a colour that is always the same for the same name.

use crate::state::person::initials;
use yew::prelude::*;

const ROUND: &str =
    "inline-flex shrink-0 items-center justify-center rounded-full font-display font-semibold";

/// A decoration beside the name itself; `class` gives its size.
pub fn avatar(name: &str, class: &'static str) -> Html {
    let class = classes!(ROUND, colours(name), class);
    html! { <span {class} aria-hidden="true">{ initials(name) }</span> }
}

fn colours(name: &str) -> &'static str {
    let sum: u32 = name.chars().map(u32::from).fold(0, u32::wrapping_add);
    match sum % 4 {
        0 => "bg-accent-wash text-accent-strong",
        1 => "bg-brand-wash text-brand-strong",
        2 => "bg-good-wash text-good",
        _ => "bg-sunken text-ink",
    }
}
