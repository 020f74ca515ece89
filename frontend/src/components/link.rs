//! Links to pages of the app.

use crate::routes::Route;
use yew::prelude::*;
use yew_router::Routable;

/// How a link stands in a line of text.
pub const IN_TEXT: &str =
    "inline-flex min-h-11 items-center font-semibold text-brand underline underline-offset-4";

/// A link. It is a plain one: [`crate::browser::address`] follows it without loading the page anew.
pub fn link(to: Route, class: impl Into<Classes>, children: impl Into<Html>) -> Html {
    link_to(to.to_path(), class, children)
}

/// A link to an address of the app, with a query.
pub fn link_to(
    path: impl Into<AttrValue>,
    class: impl Into<Classes>,
    children: impl Into<Html>,
) -> Html {
    let (href, class): (AttrValue, Classes) = (path.into(), class.into());
    let children: Html = children.into();
    html! { <a {href} {class}>{ children }</a> }
}
