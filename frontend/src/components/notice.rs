//! A framed word about something that went wrong.

use super::icon::{Glyph, Icon};
use yew::prelude::*;

/// Properties of [`Notice`].
#[derive(Properties, PartialEq, Clone)]
pub struct NoticeProps {
    /// The short form.
    pub title: AttrValue,
    /// The long form, and what to do.
    #[prop_or_default]
    pub children: Html,
}

/// What went wrong and what to do about it, read out at once.
#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    html! {
        <div class="flex gap-3 rounded-md border border-bad/40 bg-bad-wash p-4" role="alert">
            <Icon glyph={Glyph::Alert} class="mt-0.5 size-5 text-bad" />
            <div class="min-w-0 flex-1">
                <p class="font-semibold">{ &props.title }</p>
                { props.children.clone() }
            </div>
        </div>
    }
}
