//! Closing a company, opening it again, and deleting it.

use crate::api::{Api, Failure};
use crate::browser::address;
use crate::browser::page::value_of;
use crate::components::{
    Button, Confirm, Glyph, Input, Look, Modal, card, icon, notice, text_field, toast,
};
use crate::data::use_action;
use crate::routes::{AdminPage, Route};
use contract::companies::{Company, Subscription, UpdateCompany};
use std::rc::Rc;
use yew::prelude::*;
use yew_router::Routable;

/// Properties of [`End`].
#[derive(Properties, PartialEq, Clone)]
pub struct EndProps {
    /// The company.
    pub company: Rc<Company>,
    /// It is the one of whoever looks.
    pub is_own: bool,
}

/// What is being asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asking {
    Nothing,
    Close,
    Delete,
}

/// The company with its door open or closed, and all else as it is.
async fn set_open(api: Api, company: Rc<Company>, is_active: bool) -> Result<Company, Failure> {
    let form = UpdateCompany {
        name: company.name.clone(),
        domain: company.domain.clone(),
        settings: company.settings.clone(),
        subscription: Some(Subscription {
            is_active,
            ..company.subscription.clone()
        }),
    };
    api.update_company(company.id, company.version, &form).await
}

/// The card with what can be done.
#[component]
pub fn End(props: &EndProps) -> Html {
    let asking = use_state(|| Asking::Nothing);
    let door = use_action();
    let delete = use_action();
    let is_open = props.company.subscription.is_active;
    let ask = |what: Asking| {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(what))
    };
    let set = {
        let (company, done) = (props.company.clone(), ask(Asking::Nothing));
        door.on(
            move |api| set_open(api, company.clone(), !is_open),
            move |api, company: Company| {
                done.emit(());
                api.cache().changed(&["companies", "dashboard"]);
                toast(if company.subscription.is_active {
                    tr!("{} is open again", company.name)
                } else {
                    tr!("{} is closed", company.name)
                });
            },
        )
    };
    let on_delete = {
        let (id, name) = (props.company.id, props.company.name.clone());
        delete.on(
            move |api: Api| async move { api.delete_company(id).await },
            move |api, ()| {
                toast(tr!("{name} is deleted", name = name));
                // Whoever was in it is back in their own.
                if api.inside().is_some_and(|inside| inside.id == id) {
                    api.go_inside(None);
                }
                address::push(&Route::Admin(AdminPage::Companies).to_path());
                api.cache().changed(&["companies", "dashboard", "ai"]);
            },
        )
    };
    let name = &props.company.name;
    let (title, body) = if props.is_own {
        (
            tr!("Closing"),
            html! { <p class="text-sm text-ink-soft">{ tr!("This is your own company: it can be neither closed nor deleted, because you would go with it.") }</p> },
        )
    } else if is_open {
        (
            tr!("Closing"),
            html! {
                <>
                    <p class="text-sm text-ink-soft">{ tr!("A closed company keeps everything, and nobody of it gets in. It can be opened again, and only a closed one can be deleted.") }</p>
                    <Button look={Look::Quiet} class="mt-4" onclick={ask(Asking::Close)}>{ icon(Glyph::Lock, "size-5") }{ tr!("Close the company") }</Button>
                </>
            },
        )
    } else {
        (
            tr!("This company is closed"),
            html! {
                <>
                    <p class="text-sm text-ink-soft">{ tr!("Nobody of it gets in. What it practised is kept until somebody deletes it.") }</p>
                    <div class="mt-4 flex flex-wrap gap-3">
                        <Button busy={door.is_busy()} onclick={set.clone()}>{ tr!("Open it again") }</Button>
                        <Button look={Look::Danger} onclick={ask(Asking::Delete)}>{ icon(Glyph::Bin, "size-5") }{ tr!("Delete it") }</Button>
                    </div>
                    if let Some(why) = door.failure() {
                        <div class="mt-4">{ notice(tr!("It was not opened"), html! { <p class="text-sm">{ why.to_string() }</p> }) }</div>
                    }
                </>
            },
        )
    };
    html! {
        <>
            { card(title, body) }
            if *asking == Asking::Close {
                <Confirm title={tr!("Close {name}?", name = name)} action={tr!("Close it")} busy={door.is_busy()} failure={door.failure().cloned()}
                    on_confirm={set} on_close={ask(Asking::Nothing)}>
                    <p>{ people_out(props.company.active_users) }</p>
                    <p class="mt-2">{ tr!("Nothing is deleted. What you changed on this page and did not save stays unsaved.") }</p>
                </Confirm>
            }
            if *asking == Asking::Delete {
                <Delete name={name.clone()} busy={delete.is_busy()} failure={delete.failure().cloned()} on_confirm={on_delete} on_close={ask(Asking::Nothing)} />
            }
        </>
    }
}

fn people_out(people: Option<u32>) -> String {
    match people {
        None | Some(0) => tr!("Nobody of it can log in from then on.").to_owned(),
        Some(1) => tr!("The one person who can log in is out with their next click.").to_owned(),
        Some(people) => {
            tr!(
                "The {people} people who can log in are out with their next click.",
                people = people
            )
        }
    }
}

/// Properties of [`Delete`].
#[derive(Properties, PartialEq, Clone)]
struct DeleteProps {
    name: String,
    busy: bool,
    failure: Option<Failure>,
    on_confirm: Callback<()>,
    on_close: Callback<()>,
}

/// Asks for the company's name before all of it goes.
#[component]
fn Delete(props: &DeleteProps) -> Html {
    let typed = use_state(String::new);
    let is_named = typed.trim() == props.name.trim();
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |event: InputEvent| typed.set(value_of(&event)))
    };
    let onsubmit = {
        let on_confirm = props.on_confirm.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if is_named {
                on_confirm.emit(());
            }
        })
    };
    html! {
        <Modal title={tr!("Delete {}?", props.name)} on_close={props.on_close.clone()}>
            <form novalidate=true class="grid gap-4" {onsubmit}>
                <p class="text-ink-soft">{ tr!("All of its people, teams, groups, sessions, chats, scores, recordings, scenarios and its log go for good. Nobody can bring them back.") }</p>
                if let Some(why) = &props.failure {
                    { notice(tr!("It was not deleted"), html! { <p class="text-sm">{ why.to_string() }</p> }) }
                }
                { text_field(Input {
                    name: "confirm-name".into(),
                    label: tr!("Type {} to delete it", props.name).into(),
                    value: (*typed).clone().into(),
                    oninput,
                    ..Input::default()
                }) }
                <div class="flex flex-wrap justify-end gap-3">
                    <Button look={Look::Quiet} onclick={props.on_close.clone()}>{ tr!("Keep it") }</Button>
                    <Button submits=true look={Look::Danger} busy={props.busy} disabled={!is_named}>{ tr!("Delete it all") }</Button>
                </div>
            </form>
        </Modal>
    }
}
