//! One's own picture: chosen, looked at, set, taken away.

use crate::api::{Api, Failure};
use crate::browser::picture::{InMemory, Squared, picked, squared};
use crate::components::{Button, Confirm, Glyph, Look, Modal, avatar, icon, notice, toast};
use crate::data::{use_action, use_resource};
use contract::auth::Me;
use contract::problem::Code;
use domain::picture::{Kind, MAX_BYTES};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Picture`].
#[derive(Properties, PartialEq, Clone)]
pub struct PictureProps {
    /// Whose.
    pub me: Rc<Me>,
}

/// Nobody's picture is no failure.
async fn own(api: Api, path: String) -> Result<Option<InMemory>, Failure> {
    match api.file(&path).await {
        Ok(blob) => Ok(InMemory::of(&blob)),
        Err(failure) if failure.code() == Some(Code::NotFound) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// The picture, and what can be done with it.
#[component]
pub fn Picture(props: &PictureProps) -> Html {
    let (set, remove) = (use_action(), use_action());
    let id = props.me.id;
    let picture = use_resource("profile/avatar", move |api: Api| {
        own(api, format!("/api/users/{id}/avatar"))
    });
    let chosen = use_state(|| None::<Rc<Squared>>);
    let fault = use_state(|| None::<&'static str>);
    let asks = use_state(|| false);
    let name = format!("{} {}", props.me.first_name, props.me.last_name);
    let onchange = {
        let (chosen, fault) = (chosen.setter(), fault.setter());
        Callback::from(move |event: Event| {
            let Some(file) = picked(&event) else {
                return;
            };
            let (chosen, fault) = (chosen.clone(), fault.clone());
            fault.set(None);
            wasm_bindgen_futures::spawn_local(async move {
                match squared(&file).await {
                    Some(made) if made.blob().size() <= MAX_BYTES as f64 => {
                        chosen.set(Some(Rc::new(made)));
                    }
                    Some(_) => fault.set(Some(tr!(
                        "This picture stays too large. Choose another one."
                    ))),
                    None => fault.set(Some(
                        "This file can't be read as a picture. Choose a PNG, JPEG or WebP.",
                    )),
                }
            });
        })
    };
    let keep = {
        let (blob, chosen) = (
            (*chosen).as_ref().map(|made| made.blob().clone()),
            chosen.setter(),
        );
        set.on(
            move |api: Api| {
                let blob = blob.clone();
                async move {
                    match blob {
                        Some(blob) => api.set_avatar(blob).await,
                        None => Ok(()),
                    }
                }
            },
            move |api, ()| {
                chosen.set(None);
                toast(tr!("Your picture is set"));
                api.cache().changed(&["profile/avatar"]);
            },
        )
    };
    let asked = |open: bool| {
        let asks = asks.setter();
        Callback::from(move |()| asks.set(open))
    };
    let take_away = {
        let asks = asks.setter();
        remove.on(
            |api: Api| async move { api.remove_avatar().await },
            move |api, ()| {
                asks.set(false);
                toast(tr!("Your picture is taken away"));
                api.cache().changed(&["profile/avatar"]);
            },
        )
    };
    let let_go = {
        let (chosen, set) = (chosen.setter(), set.clone());
        Callback::from(move |()| {
            chosen.set(None);
            set.calm();
        })
    };
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.media_type()).collect();
    let shown = picture.get();
    let shown = shown.as_deref().and_then(Option::as_ref);
    let kept = shown.is_some();
    html! {
        <div class="flex flex-wrap items-center gap-x-5 gap-y-3 border-b border-line pb-5">
            if let Some(picture) = shown {
                <img class="size-20 shrink-0 rounded-full object-cover" src={picture.url().to_owned()} alt={tr!("Your picture")} width="80" height="80" />
            } else {
                { avatar(&name, "size-20 text-2xl") }
            }
            <div class="min-w-0 flex-1">
                <div class="flex flex-wrap gap-2">
                    <label for="picture" class="inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-full border border-line-strong bg-raised px-4 font-semibold hover:border-brand hover:text-brand has-focus-visible:outline-3 has-focus-visible:outline-accent">
                        { icon(Glyph::Upload, "size-5") }
                        { if kept { tr!("Change the picture") } else { tr!("Add a picture") } }
                        <input id="picture" type="file" accept={kinds.join(",")} class="sr-only" {onchange} aria-describedby="picture-hint" />
                    </label>
                    if kept {
                        <Button look={Look::Quiet} onclick={asked(true)}>{ icon(Glyph::Bin, "size-5") }{ tr!("Take it away") }</Button>
                    }
                </div>
                <p id="picture-hint" class="mt-1.5 text-sm text-ink-soft">{ tr!("PNG, JPEG or WebP. Your colleagues see it.") }</p>
                if let Some(fault) = *fault { <p class="mt-1 text-sm font-medium text-bad" role="alert">{ fault }</p> }
                if let Some(why) = picture.failure() { <p class="mt-1 text-sm text-bad">{ tr!("Your picture could not be loaded. {why}", why = why) }</p> }
            </div>
            if let Some(made) = &*chosen {
                <Modal title={tr!("Your new picture")} on_close={let_go.clone()}>
                    <img class="mx-auto size-48 rounded-full object-cover" src={made.url().to_owned()} alt={tr!("How it will look")} width="192" height="192" />
                    <p class="mt-4 text-center text-ink-soft">{ tr!("Everybody sees the part in the circle.") }</p>
                    if let Some(why) = set.failure() {
                        <div class="mt-4">{ notice(tr!("It was not set"), html! { <p class="text-sm">{ why.to_string() }</p> }) }</div>
                    }
                    <div class="mt-6 flex flex-wrap justify-end gap-3">
                        <Button look={Look::Quiet} onclick={let_go}>{ tr!("Not this one") }</Button>
                        <Button busy={set.is_busy()} onclick={keep}>{ tr!("Use this picture") }</Button>
                    </div>
                </Modal>
            }
            if *asks {
                <Confirm title={tr!("Take your picture away?")} action={tr!("Take it away")} busy={remove.is_busy()} failure={remove.failure().cloned()} on_confirm={take_away} on_close={asked(false)}>
                    <p>{ tr!("It is deleted. Your initials stand in its place.") }</p>
                </Confirm>
            }
        </div>
    }
}
