//! The shape of what is on its way.

use yew::prelude::*;

/// Properties of [`Skeleton`].
#[derive(Properties, PartialEq, Clone)]
pub struct SkeletonProps {
    /// Its size.
    pub class: Classes,
}

/// A grey shape; screen readers hear the page's status line instead.
#[component]
pub fn Skeleton(props: &SkeletonProps) -> Html {
    let class = classes!(
        "animate-breathe",
        "rounded-md",
        "bg-sunken",
        props.class.clone()
    );
    html! { <div {class} aria-hidden="true" /> }
}
