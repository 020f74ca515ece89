//! The app: who is logged in, which page is asked for, and the frame around it.

use crate::api::{Api, Failure};
use crate::browser::{events, storage};
use crate::components::{Button, Look, Notice, Shell, Splash};
use crate::pages::{LoginPage, NotFoundPage, ResultPage, SessionPage, TodayPage};
use crate::routes::{After, Route};
use crate::state::auth::{Auth, AuthChange};
use crate::state::outgoing::DRAFTS;
use contract::auth::Me;
use std::rc::Rc;
use yew::prelude::*;
use yew_router::prelude::*;

/// The whole app.
#[component]
pub fn App() -> Html {
    let auth = use_reducer(Auth::default);
    let api = {
        let dispatcher = auth.dispatcher();
        use_memo((), move |()| {
            Api::new(Callback::from(move |me: Option<Rc<Me>>| {
                dispatcher.dispatch(match me {
                    Some(me) => AuthChange::LoggedIn(me),
                    None => AuthChange::LoggedOut,
                });
            }))
        })
    };
    let resume = {
        let (api, dispatcher) = (api.clone(), auth.dispatcher());
        Callback::from(move |()| {
            let (api, dispatcher) = (api.clone(), dispatcher.clone());
            dispatcher.dispatch(AuthChange::Resuming);
            wasm_bindgen_futures::spawn_local(async move {
                if let Err(failure) = api.resume().await {
                    dispatcher.dispatch(AuthChange::NotResumed(failure));
                }
            });
        })
    };
    {
        let resume = resume.clone();
        use_effect_with((), move |()| resume.emit(()));
    }
    {
        let api = api.clone();
        use_effect_with((), move |()| {
            let left = Callback::from(move |()| api.logged_out_elsewhere());
            let listening = events::on_removed_elsewhere(Api::LOGGED_IN_KEY, left);
            move || drop(listening)
        });
    }
    let render = {
        let auth = (*auth).clone();
        Callback::from(move |route: Route| {
            html! { <Screen {route} auth={auth.clone()} resume={resume.clone()} /> }
        })
    };
    html! {
        <ContextProvider<Api> context={(*api).clone()}>
            <BrowserRouter>
                <Switch<Route> {render} />
            </BrowserRouter>
        </ContextProvider<Api>>
    }
}

/// The api of this app.
#[hook]
pub fn use_api() -> Api {
    // The provider stands above every page; an api without a log-in takes its place in a page mounted alone.
    use_context::<Api>().unwrap_or_else(|| Api::new(Callback::noop()))
}

/// Properties of [`Screen`].
#[derive(Properties, PartialEq, Clone)]
struct ScreenProps {
    route: Route,
    auth: Auth,
    resume: Callback<()>,
}

/// The page asked for, if whoever asks may see it.
#[component]
fn Screen(props: &ScreenProps) -> Html {
    match (&props.auth, props.route) {
        (_, Route::NotFound) => html! { <NotFoundPage /> },
        (Auth::Unknown, _) => html! {
            <Splash><p class="font-display text-xl" role="status">{ "Sales Captain" }</p></Splash>
        },
        (Auth::Unreachable(failure), _) => unreachable(failure, &props.resume),
        (Auth::LoggedOut, Route::Login) => html! { <LoginPage /> },
        (Auth::LoggedOut, route) => html! { <GoToLogin {route} /> },
        (Auth::LoggedIn(_), Route::Login) => html! { <LeaveLogin /> },
        // Another person on the same device sees pages of their own.
        (Auth::LoggedIn(me), Route::Session { id }) => {
            html! { <SessionPage key={format!("{} {id}", me.id)} {id} me={me.clone()} /> }
        }
        (Auth::LoggedIn(me), route) => {
            html! { <Framed key={me.id.to_string()} {route} me={me.clone()} /> }
        }
    }
}

fn unreachable(failure: &Failure, resume: &Callback<()>) -> Html {
    html! {
        <Splash>
            <div class="max-w-sm text-center" role="alert">
                <p class="font-display text-xl">{ "Sales Captain is not answering" }</p>
                <p class="mt-2 text-on-deck-soft">{ failure.to_string() }</p>
            </div>
            <Button look={Look::Accent} onclick={resume.clone()}>{ "Try again" }</Button>
        </Splash>
    }
}

/// Properties of [`GoToLogin`].
#[derive(Properties, PartialEq, Clone)]
struct GoToLoginProps {
    route: Route,
}

#[component]
fn GoToLogin(props: &GoToLoginProps) -> Html {
    let navigator = use_navigator();
    use_effect_with(props.route, move |route| {
        if let Some(navigator) = navigator {
            // The query is one optional text: writing it can't fail.
            let _ = navigator.replace_with_query(&Route::Login, After::back_to(*route));
        }
    });
    Html::default()
}

#[component]
fn LeaveLogin() -> Html {
    let navigator = use_navigator();
    let location = use_location();
    use_effect_with((), move |()| {
        if let Some(navigator) = navigator {
            let after: After = location
                .and_then(|location| location.query::<After>().ok())
                .unwrap_or_default();
            navigator.replace(&after.route());
        }
    });
    Html::default()
}

/// Properties of [`Framed`].
#[derive(Properties, PartialEq, Clone)]
struct FramedProps {
    route: Route,
    me: Rc<Me>,
}

/// A page inside the shell.
#[component]
fn Framed(props: &FramedProps) -> Html {
    let api = use_api();
    let failure = use_state(|| None::<Failure>);
    let on_log_out = {
        let failure = failure.clone();
        Callback::from(move |()| {
            let (api, failure) = (api.clone(), failure.clone());
            wasm_bindgen_futures::spawn_local(async move {
                match api.log_out().await {
                    // A shared phone keeps nothing of what was being written.
                    Ok(()) => storage::remove_all(DRAFTS),
                    Err(why) => failure.set(Some(why)),
                }
            });
        })
    };
    let page = match props.route {
        Route::Result { id } => html! { <ResultPage key={id.to_string()} {id} /> },
        _ => html! { <TodayPage me={props.me.clone()} /> },
    };
    html! {
        <Shell me={props.me.clone()} {on_log_out}>
            if let Some(why) = failure.as_ref() {
                <div class="mb-5">
                    <Notice title="You are still logged in">
                        <p class="text-sm text-ink-soft">{ why.to_string() }</p>
                    </Notice>
                </div>
            }
            { page }
        </Shell>
    }
}
