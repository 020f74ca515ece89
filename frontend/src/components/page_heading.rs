//! The heading of a page.

use crate::browser::page::{focus_quietly, scroll_to_top, set_title};
use web_sys::HtmlElement;
use yew::prelude::*;

/// Properties of [`PageHeading`].
#[derive(Properties, PartialEq, Clone)]
pub struct PageHeadingProps {
    /// The page's name in the browser's tab.
    pub title: AttrValue,
    /// What the heading says.
    pub children: Html,
    /// How it looks.
    #[prop_or_else(|| classes!("text-2xl"))]
    pub class: Classes,
}

/// The one `h1` of a page. It names the document, and when its page opens, shows its top and takes the focus, so that a screen reader begins
/// there after a change of page.
#[component]
pub fn PageHeading(props: &PageHeadingProps) -> Html {
    let heading = use_node_ref();
    use_effect_with(props.title.clone(), |title| {
        set_title(&format!("{title} · Sales Captain"))
    });
    {
        let heading = heading.clone();
        use_effect_with((), move |()| {
            scroll_to_top();
            if let Some(heading) = heading.cast::<HtmlElement>() {
                focus_quietly(&heading);
            }
        });
    }
    html! {
        <h1 ref={heading} tabindex="-1" class={props.class.clone()}>{ props.children.clone() }</h1>
    }
}
