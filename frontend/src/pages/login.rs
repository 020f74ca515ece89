//! The log-in.

use crate::api::Failure;
use crate::app::use_api;
use crate::browser::{page, storage};
use crate::components::{Button, PageHeading, PasswordField, brand, email_field, notice, value_of};
use contract::auth::LoginRequest;
use contract::problem::Problem;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The address is remembered here, so that it is typed once on each device.
const EMAIL_KEY: &str = "captain.email";

/// E-mail and password; who is logged in comes through the api's callback, which leads on.
#[component]
pub fn LoginPage() -> Html {
    let api = use_api();
    let (email, password) = (use_node_ref(), use_node_ref());
    let busy = use_state(|| false);
    let failure = use_state(|| None::<Failure>);
    {
        let email = email.clone();
        use_effect_with((), move |()| {
            if let (Some(field), Some(known)) = (
                email.cast::<HtmlInputElement>(),
                storage::read::<String>(EMAIL_KEY),
            ) {
                field.set_value(&known);
            }
        });
    }

    let onsubmit = {
        let (email, password) = (email.clone(), password.clone());
        let (busy, failure) = (busy.clone(), failure.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let login = LoginRequest {
                email: value_of(&email).trim().to_owned(),
                password: value_of(&password),
            };
            let errors = contract::checks::check(&login);
            if !errors.is_empty() {
                focus_first(|field| errors.iter().any(|error| error.field == field));
                failure.set(Some(Failure::Refused(Box::new(Problem::fields(errors)))));
                return;
            }
            let (api, busy, failure) = (api.clone(), busy.clone(), failure.clone());
            busy.set(true);
            failure.set(None);
            wasm_bindgen_futures::spawn_local(async move {
                match api.log_in(&login).await {
                    Ok(()) => storage::write(EMAIL_KEY, &login.email),
                    Err(why) => {
                        focus_first(|field| why.field(field).is_some());
                        failure.set(Some(why));
                        busy.set(false);
                    }
                }
            });
        })
    };
    let error_of = |field: &str| {
        let message = failure.as_ref()?.field(field)?;
        Some(AttrValue::from(message.to_owned()))
    };
    let general = failure
        .as_ref()
        .filter(|failure| failure.fields().is_empty());
    let title = match general {
        Some(Failure::NoAnswer) => "No connection",
        _ => "Log-in failed",
    };
    let ontyped = {
        let failure = failure.clone();
        Callback::from(move |()| {
            if failure.is_some() {
                failure.set(None);
            }
        })
    };
    html! {
        <div class="grid min-h-dvh grid-rows-[auto_1fr] bg-page lg:grid-cols-[1.1fr_1fr] lg:grid-rows-1">
            <header class="charted flex flex-col justify-between gap-6 bg-deck px-6 pt-[max(1.75rem,env(safe-area-inset-top))] pb-7 text-on-deck lg:p-12">
                { brand() }
                <div class="hidden max-w-md lg:block">
                    <p class="font-display text-3xl font-semibold">{ "Ten days. Five minutes a day. A steadier answer every time." }</p>
                    <p class="mt-4 text-lg text-on-deck-soft">
                        { "A customer writes, you answer, the captain corrects you in the same breath, and you say it again, better." }
                    </p>
                </div>
                <p class="text-on-deck-soft lg:hidden">{ "Ten days. Five minutes a day." }</p>
            </header>
            <main class="flex justify-center px-6 pt-8 pb-12 lg:items-center">
                <div class="w-full max-w-sm">
                    <PageHeading title="Log in" class="text-2xl">{ "Log in" }</PageHeading>
                    <p class="mt-1 mb-6 text-ink-soft">{ "With the address your company invited." }</p>
                    <form {onsubmit} novalidate=true class="grid gap-5" aria-label="Log in">
                        if let Some(why) = general {
                            { notice(title, html! { <p class="text-sm">{ why.to_string() }</p> }) }
                        }
                        { email_field(&email, error_of("email"), &ontyped) }
                        <PasswordField input={password} error={error_of("password")} {ontyped} />
                        <Button submits=true busy={*busy} class="min-h-12 w-full text-lg">
                            { if *busy { "Logging in…" } else { "Log in" } }
                        </Button>
                    </form>
                </div>
            </main>
        </div>
    }
}

/// Moves the focus to the first field that has something wrong with it.
fn focus_first(is_wrong: impl Fn(&str) -> bool) {
    if let Some(field) = ["email", "password"]
        .into_iter()
        .find(|field| is_wrong(field))
    {
        page::focus_id(field);
    }
}
