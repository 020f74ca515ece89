//! The pages before the log-in, and where the links of mails lead: `docs/getting-in.md` says which calls they make.
//!
//! They are one component, a form in the same frame. What each of them asks, and makes of what was filled in, is an
//! [`Errand`].

mod errand;
mod frame;
mod link_token;
mod without_form;

use crate::api::{Api, Failure};
use crate::app::use_api;
use crate::browser::{page, storage};
use crate::components::{Button, Standing, field, notice};
use crate::routes::Route;
use crate::state::door::{Door, DoorChange};
use contract::auth::Me;
use errand::{Errand, Filled, Words};
use frame::{Emblem, frame, link};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew_router::prelude::{use_location, use_navigator};

/// The address is remembered here, so that it is typed once on each device.
const EMAIL_KEY: &str = "captain.email";

type Dispatcher = UseReducerDispatcher<Door>;

/// Properties of [`GettingInPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct GettingInPageProps {
    /// Which of these pages.
    pub page: Route,
    /// Who is logged in on this device: a link may be opened by somebody who has an account.
    pub me: Option<Rc<Me>>,
}

/// The page.
#[component]
pub fn GettingInPage(props: &GettingInPageProps) -> Html {
    let api = use_api();
    let navigator = use_navigator();
    let page = props.page;
    // A link that is opened over this page changes the address only.
    let in_address = use_location().and_then(|location| link_token::in_hash(location.hash()));
    let door = {
        let in_address = in_address.clone();
        use_reducer(move || Door {
            token: in_address.or_else(|| link_token::kept(page)),
            ..Door::default()
        })
    };
    let dispatcher = door.dispatcher();
    {
        let (dispatcher, navigator) = (dispatcher.clone(), navigator.clone());
        use_effect_with(in_address, move |token| {
            if let (Some(token), Some(navigator)) = (token, navigator) {
                link_token::keep(page, token);
                dispatcher.dispatch(DoorChange::Link(Some(token.clone())));
                // It opens an account: out of the address bar with it, and out of the history.
                navigator.replace(&page);
            }
        });
    }
    let is_opening = page == Route::Register && door.token.is_some() && door.opened.is_none();
    {
        let (api, dispatcher) = (api.clone(), dispatcher.clone());
        use_effect_with(
            (door.token.clone(), is_opening),
            move |(token, is_opening)| {
                if let (Some(token), true) = (token.clone(), *is_opening) {
                    wasm_bindgen_futures::spawn_local(async move {
                        let opened = api.offer(&token).await;
                        dispatcher.dispatch(DoorChange::Opened(token, opened));
                    });
                }
            },
        );
    }

    let errand = Errand::of(page, &door);
    let email = errand.as_ref().map(Errand::known_address);
    use_effect_with(email, |email| {
        if let Some(email) = email.as_deref().filter(|email| !email.is_empty()) {
            page::fill_in("email", email);
        }
    });

    if let Some(failure) = opening_failed(&door) {
        let token = door.token.clone();
        let again = Callback::from(move |()| dispatcher.dispatch(DoorChange::Link(token.clone())));
        return without_form::unopened(failure, &again);
    }
    if door.is_shut() || (page == Route::ResetPassword && door.token.is_none()) {
        let give_up = Callback::from(move |()| {
            link_token::forget(page);
            dispatcher.dispatch(DoorChange::Link(None));
        });
        return without_form::shut(page, &door, &give_up);
    }
    let Some(errand) = errand else {
        return without_form::opening();
    };
    if let (Some(_), Errand::Reset { .. }) = (&door.done, &errand) {
        return without_form::password_set();
    }
    let on_joined = Callback::from(move |()| {
        if let Some(navigator) = &navigator {
            navigator.replace(&Route::Today);
        }
    });
    with_form(
        &errand,
        &door,
        props.me.as_deref(),
        &Sender {
            api,
            dispatcher,
            on_joined,
        },
    )
}

/// Why it is not known what a link opens: no answer came, or none for the moment.
fn opening_failed(door: &Door) -> Option<&Failure> {
    match &door.opened {
        Some(Err(why)) if !door.is_shut() => Some(why),
        _ => None,
    }
}

/// What a form needs on its way.
#[derive(Clone)]
struct Sender {
    api: Api,
    dispatcher: Dispatcher,
    /// Somebody has an account now, and is logged in.
    on_joined: Callback<()>,
}

impl Sender {
    fn send(&self, errand: &Errand) {
        let (api, dispatcher) = (self.api.clone(), self.dispatcher.clone());
        let (errand, on_joined) = (errand.clone(), self.on_joined.clone());
        let fields = errand.words().fields;
        let filled = Filled::read(fields);
        dispatcher.dispatch(DoorChange::Sent);
        wasm_bindgen_futures::spawn_local(async move {
            let address = filled.text("email");
            if let Err(why) = api.knock(&errand.knock(&filled)).await {
                if let Some(first) = fields.iter().find(|field| why.field(field.name).is_some()) {
                    page::focus_id(first.name);
                }
                dispatcher.dispatch(DoorChange::Refused(why));
                return;
            }
            if errand.is_of_an_account() {
                storage::write(EMAIL_KEY, &address);
            }
            if let Errand::Account { .. } = errand {
                link_token::forget(Route::Register);
                on_joined.emit(());
            }
            dispatcher.dispatch(DoorChange::Done(address.into()));
            if errand.asks_for_mail() {
                dispatcher.dispatch(DoorChange::Dev(api.is_dev().await));
            }
        });
    }
}

/// The form, and after it the word that a mail is on its way. The form stays behind that, so that whoever mistyped the
/// address need not type all of it again.
fn with_form(errand: &Errand, door: &Door, me: Option<&Me>, sender: &Sender) -> Html {
    let words = errand.words();
    let sent_to = door.done.as_ref().filter(|_| errand.asks_for_mail());
    let (emblem, heading, lead) = match sent_to {
        None => (
            None,
            words.heading.as_str(),
            html! { <>{ &words.lead }{ logged_in(me, errand) }</> },
        ),
        Some(to) => (
            Some(Emblem::Mail),
            tr!("Look into your mail"),
            html! { <>{ words.sent }<strong class="mt-1 block text-ink">{ to }</strong></> },
        ),
    };
    frame(
        emblem,
        heading,
        lead,
        html! {
            <>
                <div hidden={sent_to.is_some()}>
                    { form(errand, &words, door, sender) }
                    { ways(errand) }
                </div>
                if sent_to.is_some() {
                    { without_form::nothing_came(&words.lasts, door.is_dev, &sender.dispatcher) }
                }
            </>
        },
    )
}

fn form(errand: &Errand, words: &Words, door: &Door, sender: &Sender) -> Html {
    let onsubmit = {
        let (errand, sender) = (errand.clone(), sender.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            sender.send(&errand);
        })
    };
    let ontyped = {
        let (dispatcher, is_well) = (sender.dispatcher.clone(), door.failure.is_none());
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event
                .target_dyn_into::<HtmlInputElement>()
                .filter(|_| !is_well)
            {
                dispatcher.dispatch(DoorChange::Typed(input.id()));
            }
        })
    };
    let toggle = {
        let dispatcher = sender.dispatcher.clone();
        Callback::from(move |_: MouseEvent| dispatcher.dispatch(DoorChange::Toggled))
    };
    let wrong = |name: &str| door.failure.as_ref().and_then(|why| why.field(name));
    let general = door
        .failure
        .as_ref()
        .filter(|_| !words.fields.iter().any(|field| wrong(field.name).is_some()));
    html! {
        <form {onsubmit} novalidate=true class="grid gap-5" aria-label={words.action}>
            if let Some(why) = general {
                { notice(what_failed(why, words.failed), html! { <p class="text-sm">{ why.to_string() }</p> }) }
            }
            for one in words.fields.iter() {
                { field(*one, &Standing { error: wrong(one.name), shown: door.shown, toggle: &toggle, ontyped: &ontyped }) }
            }
            <Button submits=true busy={door.busy} class="min-h-12 w-full text-lg">
                { if door.busy { words.acting } else { words.action } }
            </Button>
        </form>
    }
}

/// Other ways to go.
fn ways(errand: &Errand) -> Html {
    match errand {
        Errand::LogIn => html! {
            <>
                <p class="mt-3 text-center">{ link(Route::ForgotPassword, tr!("Forgot your password?")) }</p>
                { aside(tr!("New here?"), Route::Register, tr!("Start a trial for your team")) }
            </>
        },
        Errand::Forgot | Errand::Reset { .. } => without_form::back_to_log_in(),
        Errand::Trial | Errand::Join { .. } | Errand::Account { .. } => {
            aside(tr!("You have an account?"), Route::Login, tr!("Log in"))
        }
    }
}

fn aside(question: &'static str, to: Route, label: &'static str) -> Html {
    html! {
        <p class="mt-5 border-t border-line pt-3 text-center text-ink-soft">{ question }{ " " }{ link(to, label) }</p>
    }
}

/// Says whose log-in ends on this device when an account begins.
fn logged_in(me: Option<&Me>, errand: &Errand) -> Html {
    match (me, errand) {
        (Some(me), Errand::Trial | Errand::Join { .. } | Errand::Account { .. }) => html! {
            <span class="mt-3 block rounded-md bg-accent-wash px-4 py-3 text-sm text-ink">
                { tr!("You are logged in as {email}. A new account takes its place on this device.", email = me.email) }
            </span>
        },
        _ => Html::default(),
    }
}

/// What went wrong, in short.
fn what_failed(why: &Failure, failed: &'static str) -> &'static str {
    match why {
        Failure::NoAnswer => tr!("No connection"),
        _ => failed,
    }
}
