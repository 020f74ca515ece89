//! A field that searches while one types.

use super::BOX;
use crate::browser::page::value_of;
use crate::components::icon::{Glyph, icon};
use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// How long nobody types before it is searched, ms.
const PAUSE_MS: u32 = 250;

/// Properties of [`SearchField`].
#[derive(Properties, PartialEq, Clone)]
pub struct SearchFieldProps {
    /// What is searched: "Search people".
    pub label: AttrValue,
    /// What is searched for now.
    #[prop_or_default]
    pub value: AttrValue,
    /// What is to be searched for, after a pause in typing.
    pub on_search: Callback<String>,
}

/// A field that searches while one types, once for each pause.
#[component]
pub fn SearchField(props: &SearchFieldProps) -> Html {
    let pause = use_mut_ref(|| None::<Timeout>);
    let typed = use_state(|| props.value.clone());
    {
        // A search that is changed elsewhere, such as by Back, shows here too.
        let typed = typed.setter();
        use_effect_with(props.value.clone(), move |value| typed.set(value.clone()));
    }
    let oninput = {
        let (on_search, typed) = (props.on_search.clone(), typed.setter());
        Callback::from(move |event: InputEvent| {
            let text = value_of(&event);
            typed.set(text.clone().into());
            let on_search = on_search.clone();
            let search = Timeout::new(PAUSE_MS, move || on_search.emit(text.trim().to_owned()));
            // The one before is dropped, and with it its search.
            pause.replace(Some(search));
        })
    };
    html! {
        <div class="relative min-w-0" role="search">
            <span class="pointer-events-none absolute inset-y-0 left-3.5 flex items-center text-ink-soft">{ icon(Glyph::Search, "size-5") }</span>
            <input type="search" class={classes!(BOX, "rounded-full", "pl-11")} aria-label={props.label.clone()} placeholder={props.label.clone()}
                value={(*typed).clone()} {oninput} autocomplete="off" spellcheck="false" />
        </div>
    }
}
