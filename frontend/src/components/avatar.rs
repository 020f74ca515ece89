//! A person's initials on a colour that is always the same for the same name.

use crate::state::person::initials;
use yew::prelude::*;

/// Properties of [`Avatar`].
#[derive(Properties, PartialEq, Clone)]
pub struct AvatarProps {
    /// Whose.
    pub name: AttrValue,
    /// Its size; 44 px if nothing is said.
    #[prop_or_else(|| classes!("size-11", "text-base"))]
    pub class: Classes,
}

/// A decoration beside the name itself.
#[component]
pub fn Avatar(props: &AvatarProps) -> Html {
    let class = classes!(
        "inline-flex",
        "shrink-0",
        "items-center",
        "justify-center",
        "rounded-full",
        "font-display",
        "font-semibold",
        colours(&props.name),
        props.class.clone()
    );
    html! { <span {class} aria-hidden="true">{ initials(&props.name) }</span> }
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
