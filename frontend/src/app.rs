//! The app: who is logged in, which page is asked for, and the frame around it.

use crate::api::{Api, Failure, forget_company};
use crate::browser::address::{self, Onward};
use crate::browser::{events, language, storage};
use crate::components::{Button, Look, News, notice, shell, splash};
use crate::pages::admin::Choosing;
use crate::pages::practice::PracticePage;
use crate::pages::{GettingInPage, TodayPage, not_for_you, not_found_page};
use crate::rooms::{self, Room};
use crate::routes::{AdminPage, After, ManagePage, Route};
use crate::state::auth::{Auth, AuthChange};
use crate::state::outgoing::DRAFTS;
use crate::words;
use contract::auth::{CompanyRef, Me};
use domain::language::Language;
use domain::role::Role;
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
        use_effect_with((), move |()| {
            resume.emit(());
            let following = address::follow_links();
            move || drop(following)
        });
    }
    {
        // The line is back: nobody needs to press anything.
        let resume = resume.clone();
        use_effect_with(matches!(*auth, Auth::Unreachable(_)), move |cut_off| {
            let listening = cut_off.then(|| {
                events::on_network(Callback::from(move |online| {
                    if online {
                        resume.emit(());
                    }
                }))
            });
            move || drop(listening)
        });
    }
    {
        let api = api.clone();
        use_effect_with((), move |()| {
            let left = Callback::from(move |()| api.logged_out_elsewhere());
            let listening = events::on_removed_elsewhere(Api::LOGGED_IN_KEY, left);
            move || drop(listening)
        });
    }
    let redraw = use_force_update();
    use_effect_with((), move |()| {
        language::on_change(Callback::from(move |()| redraw.force_update()));
    });
    {
        let api = api.clone();
        let theirs = match &*auth {
            Auth::LoggedIn(me) => Some((me.id, me.language)),
            _ => None,
        };
        use_effect_with(theirs, move |theirs| {
            if let Some((_, theirs)) = *theirs {
                wasm_bindgen_futures::spawn_local(speak_with(api, theirs));
            }
        });
    }
    let render = {
        let auth = (*auth).clone();
        Callback::from(move |route: Route| screen(route, &auth, &resume))
    };
    html! {
        <ContextProvider<Api> context={(*api).clone()}>
            <BrowserRouter>
                // Whatever was drawn in another language is drawn anew.
                <Switch<Route> key={words::language().as_str()} {render} />
            </BrowserRouter>
        </ContextProvider<Api>>
    }
}

/// Speaks the language of whoever logged in; it is the one they chose on their way to the log-in, if they did.
async fn speak_with(api: Rc<Api>, theirs: Language) {
    match language::take_strangers_choice().filter(|chosen| *chosen != theirs) {
        // If it is not stored, the next log-in speaks the other one, and settings change it.
        Some(chosen) => drop(api.change_language(chosen).await),
        None => {
            let _is_shown = language::choose(theirs).await;
        }
    }
}

/// The api of this app.
#[hook]
pub fn use_api() -> Api {
    // The provider stands above every page; an api without a log-in takes its place in a page mounted alone.
    use_context::<Api>().unwrap_or_else(|| Api::new(Callback::noop()))
}

/// The page asked for, if whoever asks may see it.
fn screen(route: Route, auth: &Auth, resume: &Callback<()>) -> Html {
    match (auth, route) {
        (_, Route::NotFound) => not_found_page(),
        (_, Route::Design) => rooms::enter(Room::Design),
        // The links of mails open for everybody, whoever is logged in on the device.
        (_, Route::ForgotPassword | Route::ResetPassword | Route::Register) => {
            getting_in(route, auth)
        }
        (Auth::Unknown, _) => splash(html! {
            <p class="font-display text-xl" role="status">{ tr!("Sales Captain") }</p>
        }),
        (Auth::Unreachable(failure), _) => unreachable(failure, resume),
        (Auth::LoggedOut, Route::Login) => getting_in(route, auth),
        (Auth::LoggedOut, route) => {
            html! { <Redirect to={Route::Login} after={After::back_to(&address::current(), route)} /> }
        }
        (Auth::LoggedIn(_), Route::Login) => html! { <Redirect /> },
        (Auth::LoggedIn(me), Route::Session { id }) => {
            rooms::enter(Room::Practice(PracticePage::Session(id), me.clone()))
        }
        // Another person on the same device sees pages of their own.
        (Auth::LoggedIn(me), route) => {
            html! { <Framed key={me.id.to_string()} {route} me={me.clone()} /> }
        }
    }
}

/// Each of these pages begins anew.
fn getting_in(page: Route, auth: &Auth) -> Html {
    let me = match auth {
        Auth::LoggedIn(me) => Some(me.clone()),
        _ => None,
    };
    html! { <GettingInPage key={page.to_path()} {page} {me} /> }
}

fn unreachable(failure: &Failure, resume: &Callback<()>) -> Html {
    splash(html! {
        <>
            <div class="max-w-sm text-center" role="alert">
                <p class="font-display text-xl">{ tr!("Sales Captain is not answering") }</p>
                <p class="mt-2 text-on-deck-soft">{ failure.to_string() }</p>
            </div>
            <Button look={Look::Accent} onclick={resume.clone()}>{ tr!("Try again") }</Button>
        </>
    })
}

/// Properties of [`Redirect`].
#[derive(Properties, PartialEq, Clone)]
struct RedirectProps {
    /// Where to; away from the log-in page if nothing is said: to the page asked for before it.
    #[prop_or_default]
    to: Option<Route>,
    /// Where to after that.
    #[prop_or_default]
    after: After,
}

/// Goes to another page in place of this one.
#[component]
fn Redirect(props: &RedirectProps) -> Html {
    let navigator = use_navigator();
    let location = use_location();
    use_effect_with(props.clone(), move |props| {
        let Some(navigator) = navigator else {
            return;
        };
        match props.to {
            // The query is one optional text: writing it can't fail.
            Some(to) => drop(navigator.replace_with_query(&to, &props.after)),
            None => {
                let asked = location.and_then(|location| location.query::<After>().ok());
                address::replace(&asked.unwrap_or_default().path());
            }
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
        let (api, failure) = (api.clone(), failure.clone());
        Callback::from(move |()| {
            let (api, failure) = (api.clone(), failure.clone());
            wasm_bindgen_futures::spawn_local(async move {
                match api.log_out().await {
                    // A shared phone keeps nothing of what was being written.
                    Ok(()) => {
                        storage::remove_all(DRAFTS);
                        forget_company();
                    }
                    Err(why) => failure.set(Some(why)),
                }
            });
        })
    };
    let (inside, choosing, on_company) = use_inside(&api, &props.me, props.route);
    let company = inside.clone().unwrap_or_else(|| props.me.company.clone());
    // Another company is another page: what was typed and found in the one is nothing for the other.
    let key = company.id.to_string();
    let page = framed_page(props.route, &props.me, &company);
    let problem = failure.as_ref().map(|why| html! {
        <div class="mb-5">
            { notice(tr!("You are still logged in"), html! { <p class="text-sm">{ why.to_string() }</p> }) }
        </div>
    });
    shell(
        &props.me,
        &company,
        props.route,
        &on_company,
        &on_log_out,
        html! { <><News />{ problem }<div {key}>{ page }</div>{ choosing }</> },
    )
}

/// The company a super admin went into, where another one is chosen, and what opens that.
#[hook]
fn use_inside(api: &Api, me: &Rc<Me>, route: Route) -> (Option<CompanyRef>, Html, Callback<()>) {
    let redraw = use_force_update();
    let is_choosing = use_state(|| false);
    let is_admin = me.role == Role::SuperAdmin;
    {
        // Before the page's first question.
        let api = api.clone();
        use_memo(is_admin, move |is_admin| {
            if *is_admin {
                api.take_up_company(Callback::from(move |()| redraw.force_update()));
            } else {
                api.stay_in_own_company();
            }
        });
    }
    let show = |open: bool| {
        let is_choosing = is_choosing.setter();
        Callback::from(move |()| is_choosing.set(open))
    };
    let choosing = if is_admin && *is_choosing {
        let on_chosen = {
            let (api, own, close) = (api.clone(), me.company.id, show(false));
            Callback::from(move |company: CompanyRef| {
                close.emit(());
                let api = api.clone();
                address::leave(Onward::Otherwise(Callback::from(move |()| {
                    api.go_inside((company.id != own).then(|| company.clone()));
                    address::push(&route.in_another_company().to_path());
                })));
            })
        };
        rooms::enter(Room::Companies(Choosing {
            own: me.company.clone(),
            inside: api.inside(),
            on_chosen,
            on_close: show(false),
        }))
    } else {
        Html::default()
    };
    (api.inside(), choosing, show(true))
}

/// The page itself: the daily practice here, the others through the one door of their room.
fn framed_page(route: Route, me: &Rc<Me>, company: &CompanyRef) -> Html {
    if !route.is_for(me.role) {
        return not_for_you(route);
    }
    // A company's pages take it from whoever looks at them.
    let me = &if route.is_of_company() {
        Rc::new(Me {
            company: company.clone(),
            ..(**me).clone()
        })
    } else {
        me.clone()
    };
    let room = match (route, me.role) {
        (Route::Result { id }, _) => Room::Practice(PracticePage::Result(id), me.clone()),
        (Route::Rep(page), _) => Room::Rep(page, me.clone()),
        (Route::Manage(page), _) => Room::Manage(page, me.clone()),
        (Route::Admin(page), _) => Room::Admin(page, me.clone()),
        (_, Role::Manager) => Room::Manage(ManagePage::Dashboard, me.clone()),
        (_, Role::SuperAdmin) => Room::Admin(AdminPage::Dashboard, me.clone()),
        (_, Role::SalesRep) => return html! { <TodayPage me={me.clone()} /> },
    };
    rooms::enter(room)
}
