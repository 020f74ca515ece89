//! What stands above a form that was not taken.

use crate::api::{Api, Failure};
use crate::components::button::{Button, Look};
use crate::components::notice::notice;
use crate::data::{Form, use_action};
use garde::Validate;
use yew::prelude::*;

/// Stands above a form that somebody else's change is in the way of, and settles it: theirs, or mine over it. Both begin with what
/// is there now: `ask` reads the thing, `form_of` makes the form's content of it, and pages that show what stands under the key
/// `stale` learn of it. A form that makes something new has no thing, and no conflict.
#[hook]
pub fn use_conflict<T, R, Id, Fut>(
    form: &Form<T>,
    thing: Option<Id>,
    ask: impl Fn(Api, Id) -> Fut + Copy + 'static,
    form_of: fn(&R) -> T,
    stale: &'static str,
) -> Html
where
    T: Clone + PartialEq + Validate<Context = ()> + 'static,
    R: 'static,
    Id: Copy + 'static,
    Fut: Future<Output = Result<R, Failure>> + 'static,
{
    let reading = use_action();
    let Some(id) = thing.filter(|_| form.is_in_conflict()) else {
        return Html::default();
    };
    let settle = |with: fn(&Form<T>, T)| {
        let form = form.clone();
        reading.on(
            move |api| ask(api, id),
            move |api, theirs| {
                with(&form, form_of(&theirs));
                api.cache().changed(&[stale]);
            },
        )
    };
    conflict(
        &settle(Form::reset),
        &settle(Form::keep_mine),
        reading.is_busy(),
        reading.failure(),
    )
}

/// What [`use_conflict`] shows.
pub fn conflict(
    reload: &Callback<()>,
    keep_mine: &Callback<()>,
    busy: bool,
    failure: Option<&Failure>,
) -> Html {
    html! {
        <div class="rounded-md border border-accent bg-accent-wash p-4" role="alert">
            <p class="font-semibold">{ tr!("Somebody changed this meanwhile") }</p>
            <p class="mt-1 text-sm">{ tr!("Yours is not saved yet. Look at theirs, and what you typed here goes; or save yours over it.") }</p>
            if let Some(why) = failure {
                <p class="mt-1 text-sm font-medium text-bad">{ why.to_string() }</p>
            }
            <div class="mt-3 flex flex-wrap gap-3">
                <Button look={Look::Quiet} {busy} onclick={reload.clone()}>{ tr!("Show theirs") }</Button>
                <Button look={Look::Quiet} {busy} onclick={keep_mine.clone()}>{ tr!("Keep mine") }</Button>
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
            tr!("It was not saved"),
            html! { <p class="text-sm">{ why.to_string() }</p> },
        )
    })
}
