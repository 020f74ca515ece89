//! A company's logo.

use crate::api::{Api, Failure};
use crate::browser::picture::{self, InMemory};
use crate::components::{Button, Confirm, Glyph, Look, card, icon, notice, skeleton, toast};
use crate::data::{use_action, use_resource};
use domain::ids::CompanyId;
use domain::picture::MAX_BYTES;
use yew::prelude::*;

const FIELD: &str = "logo";

/// Properties of [`Logo`].
#[derive(Properties, PartialEq, Clone)]
pub struct LogoProps {
    /// Whose.
    pub company: CompanyId,
    /// The company's name.
    pub name: AttrValue,
}

async fn ask(api: Api, company: CompanyId) -> Result<Option<InMemory>, Failure> {
    match api.file(&format!("/api/companies/{company}/logo")).await {
        Ok(bytes) => Ok(InMemory::of(&bytes)),
        // There is none.
        Err(Failure::Refused(problem)) if problem.status == 404 => Ok(None),
        Err(why) => Err(why),
    }
}

/// The logo, and how to change it.
#[component]
pub fn Logo(props: &LogoProps) -> Html {
    let id = props.company;
    let key = format!("logos/{id}");
    let logo = use_resource(key.clone(), move |api| ask(api, id));
    let change = use_action();
    let remove = use_action();
    let is_asking = use_state(|| false);
    let too_large = use_state(|| false);
    let onchange = {
        let (change, key, too_large) = (change.clone(), key.clone(), too_large.setter());
        Callback::from(move |event: Event| {
            let Some(file) = picture::picked(&event) else {
                return;
            };
            too_large.set(file.size() > MAX_BYTES as f64);
            if file.size() > MAX_BYTES as f64 {
                return;
            }
            let key = key.clone();
            change.run(
                move |api: Api| async move { api.set_logo(id, file.into()).await },
                move |api, ()| {
                    api.cache().changed(&[&key]);
                    toast(tr!("The logo is there"));
                },
            );
        })
    };
    let show = |open: bool| {
        let is_asking = is_asking.setter();
        Callback::from(move |()| is_asking.set(open))
    };
    let on_confirm = {
        let close = show(false);
        remove.on(
            move |api: Api| async move { api.remove_logo(id).await },
            move |api, ()| {
                api.cache().changed(&[&key]);
                close.emit(());
                toast(tr!("The logo is taken away"));
            },
        )
    };
    let has_one = logo.get().is_some_and(|logo| logo.is_some());
    let why = if *too_large {
        Some(
            tr!("This file is larger than 512 kB. Save the picture smaller, and choose it again.")
                .to_owned(),
        )
    } else {
        change.failure().map(Failure::to_string)
    };
    card(
        tr!("Logo"),
        html! {
            <div class="grid gap-4">
                { logo.show(skeleton("h-24 w-full rounded-md"), |logo| picture(logo.as_ref(), &props.name)) }
                if let Some(why) = why {
                    { notice(tr!("The logo was not changed"), html! { <p class="text-sm">{ why }</p> }) }
                }
                <div class="flex flex-wrap items-center gap-3">
                    <label class="inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-full border border-line-strong bg-raised px-4 font-semibold hover:bg-sunken has-focus-visible:outline-3 has-focus-visible:outline-accent" for={FIELD}>
                        { icon(Glyph::Upload, "size-5") }
                        { if change.is_busy() { tr!("Sending") } else if has_one { tr!("Choose another") } else { tr!("Choose a picture") } }
                        <input id={FIELD} type="file" class="sr-only" accept="image/png,image/jpeg,image/webp" {onchange} disabled={change.is_busy()} aria-describedby="logo-hint" />
                    </label>
                    if has_one {
                        <Button look={Look::Quiet} onclick={show(true)}>{ icon(Glyph::Bin, "size-5") }{ tr!("Take it away") }</Button>
                    }
                </div>
                <p id="logo-hint" class="text-sm text-ink-soft">{ tr!("PNG, JPEG or WebP, up to 512 kB. Everybody of the company may see it.") }</p>
                if *is_asking {
                    <Confirm title={tr!("Take the logo of {} away?", props.name)} action={tr!("Take it away")} busy={remove.is_busy()}
                        failure={remove.failure().cloned()} {on_confirm} on_close={show(false)}>
                        <p>{ tr!("The picture is deleted. You can choose another one at any time.") }</p>
                    </Confirm>
                }
            </div>
        },
    )
}

fn picture(logo: Option<&InMemory>, name: &str) -> Html {
    match logo {
        Some(logo) => html! {
            <div class="flex min-h-24 items-center justify-center rounded-md border border-line bg-raised p-4">
                <img src={logo.url().to_owned()} alt={tr!("Logo of {name}", name = name)} class="max-h-24 max-w-full object-contain" />
            </div>
        },
        None => html! {
            <div class="flex min-h-24 flex-col items-center justify-center gap-1 rounded-md border border-dashed border-line-strong/60 p-4 text-ink-soft">
                { icon(Glyph::Building, "size-7") }
                <span class="text-sm">{ tr!("No logo yet") }</span>
            </div>
        },
    }
}
