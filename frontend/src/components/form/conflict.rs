//! What stands above a form that was not taken.

use crate::components::button::{Button, Look};
use crate::components::notice::notice;
use crate::data::Form;
use garde::Validate;
use yew::prelude::*;

/// Somebody else changed it meanwhile: theirs, or mine.
pub fn conflict(reload: Callback<()>, keep_mine: Callback<()>) -> Html {
    html! {
        <div class="rounded-md border border-accent bg-accent-wash p-4" role="alert">
            <p class="font-semibold">{ "Somebody changed this meanwhile" }</p>
            <p class="mt-1 text-sm">{ "Yours is not saved yet. Look at theirs, and what you typed here goes; or save yours over it." }</p>
            <div class="mt-3 flex flex-wrap gap-3">
                <Button look={Look::Quiet} onclick={reload}>{ "Show theirs" }</Button>
                <Button look={Look::Quiet} onclick={keep_mine}>{ "Keep mine" }</Button>
            </div>
        </div>
    }
}

/// What went wrong with a form and is of no field of it.
pub fn form_failure<T: Clone + PartialEq + Validate<Context = ()> + 'static>(
    form: &Form<T>,
) -> Html {
    form.failure().map_or_else(Html::default, |why| {
        notice(
            "It was not saved",
            html! { <p class="text-sm">{ why.to_string() }</p> },
        )
    })
}
