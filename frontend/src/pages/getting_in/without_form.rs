//! What these pages show when there is nothing to fill in.

use super::Dispatcher;
use super::frame::{Emblem, frame, link, way_on};
use super::what_failed;
use crate::api::Failure;
use crate::components::{Button, Glyph, Look, icon, notice, skeleton};
use crate::routes::Route;
use crate::state::door::{Door, DoorChange};
use yew::prelude::*;

/// Until it is known what a link opens.
pub fn opening() -> Html {
    frame(
        None,
        tr!("Opening your link"),
        html! { <span role="status">{ tr!("One moment…") }</span> },
        skeleton("h-64 rounded-lg"),
    )
}

/// It is not known what a link opens: it may be good.
pub fn unopened(why: &Failure, again: &Callback<()>) -> Html {
    let words = html! {
        <>
            <p class="mb-3 text-sm">{ why.to_string() }</p>
            <Button look={Look::Quiet} onclick={again.clone()}>{ icon(Glyph::Again, "size-5") }{ tr!("Retry") }</Button>
        </>
    };
    let failed = what_failed(why, tr!("Your link could not be opened"));
    frame(
        None,
        tr!("Opening your link"),
        Html::default(),
        notice(failed, words),
    )
}

/// A link that opens nothing, or none where one is needed.
pub fn shut(page: Route, door: &Door, give_up: &Callback<()>) -> Html {
    let why = match (&door.opened, &door.failure) {
        (Some(Err(why)), _) | (_, Some(why)) => why.to_string(),
        _ => tr!("It leads here, where you choose a new password.").to_owned(),
    };
    let ways = if page == Route::ResetPassword {
        html! { <>{ way_on(Route::ForgotPassword, tr!("Ask for a new link")) }{ back_to_log_in() }</> }
    } else {
        html! {
            <>
                <p class="-mt-3 mb-6 text-ink-soft">{ tr!("Whoever invited you can send another. If you have joined already, log in.") }</p>
                <div class="grid gap-3">
                    { way_on(Route::Login, tr!("Log in")) }
                    <Button look={Look::Quiet} onclick={give_up.clone()} class="min-h-12">{ tr!("Start a trial for your team") }</Button>
                </div>
            </>
        }
    };
    let (emblem, heading) = match door.token {
        Some(_) => (Emblem::Shut, tr!("This link no longer works")),
        None => (Emblem::Mail, tr!("Open the link in your mail")),
    };
    frame(Some(emblem), heading, html! { why }, ways)
}

/// The new password is good.
pub fn password_set() -> Html {
    frame(
        Some(Emblem::Done),
        tr!("Your new password is set"),
        html! { tr!("Older log-ins have ended, on every device.") },
        way_on(Route::Login, tr!("Log in")),
    )
}

/// What to do if no mail comes.
pub fn nothing_came(lasts: &str, is_dev: bool, dispatcher: &Dispatcher) -> Html {
    let again = {
        let dispatcher = dispatcher.clone();
        Callback::from(move |()| dispatcher.dispatch(DoorChange::Again))
    };
    html! {
        <>
            <section aria-labelledby="nothing" class="rounded-lg border border-line bg-surface p-5">
                <h2 id="nothing" class="text-lg">{ tr!("Nothing there?") }</h2>
                <ul class="mt-2 mb-4 grid list-disc gap-1.5 pl-5 text-ink-soft">
                    <li>{ tr!("Give it a minute, and look into the spam folder too.") }</li>
                    <li>{ tr!("The link works once, for {lasts}.", lasts = lasts) }</li>
                    <li>{ tr!("Is the address above right? A slip is easily made.") }</li>
                </ul>
                <Button look={Look::Quiet} onclick={again} class="w-full">{ tr!("Try again") }</Button>
            </section>
            { back_to_log_in() }
            if is_dev {
                // No mail goes out from a developer's machine.
                <p class="text-center">
                    <a href="/api/dev/outbox" class="inline-flex min-h-11 items-center text-sm text-ink-soft underline underline-offset-4">{ tr!("Outbox of this machine") }</a>
                </p>
            }
        </>
    }
}

/// The way back.
pub fn back_to_log_in() -> Html {
    html! { <p class="mt-3 text-center">{ link(Route::Login, tr!("Back to log-in")) }</p> }
}
