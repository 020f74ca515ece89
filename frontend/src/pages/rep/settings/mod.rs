//! One's own settings: how one is called, which mails come, the password, and where one is logged in. Everybody has them.

mod picture;

use crate::api::Api;
use crate::browser::{clock, language};
use crate::components::{
    Button, Choice, Glyph, Input, Look, Tick, Toggle, Typed, Whose, card, form_failure, icon,
    name_fields, notice, page_head, phone_field, select, skeleton, switch, text_field,
    theme_choice, toast, use_conflict,
};
use crate::data::{LeaveGuard, use_action, use_form, use_resource};
use crate::words::LANGUAGES;
use contract::auth::Me;
use contract::profile::{ChangePassword, Device, Profile, UpdateProfile};
use domain::language::Language;
use domain::role::Role;
use picture::Picture;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`SettingsPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct SettingsPageProps {
    /// Whose.
    pub me: Rc<Me>,
}

/// The page.
#[component]
pub fn SettingsPage(props: &SettingsPageProps) -> Html {
    let profile = use_resource("profile", |api: Api| async move { api.profile().await });
    let role = props.me.role;
    html! {
        <div class="mx-auto max-w-2xl">
            { page_head(tr!("Profile and settings"), html! { { &props.me.company.name } }, Html::default()) }
            <div class="grid gap-5">
                { profile.show(skeleton("h-96 rounded-lg"), |profile| html! { <ProfileForm profile={Rc::new(profile.clone())} {role} me={props.me.clone()} /> }) }
                { card(tr!("Look"), theme_choice()) }
                <Password />
                <Devices />
            </div>
        </div>
    }
}

/// Properties of [`ProfileForm`].
#[derive(Properties, PartialEq, Clone)]
struct ProfileFormProps {
    profile: Rc<Profile>,
    role: Role,
    me: Rc<Me>,
}

/// Name, phone, mails, leaderboard.
#[component]
fn ProfileForm(props: &ProfileFormProps) -> Html {
    let profile = props.profile.clone();
    let version = profile.version;
    let form = {
        let profile = profile.clone();
        use_form(move || UpdateProfile::of(&profile))
    };
    let draft = form.draft().clone();
    let onsubmit = form.on_submit(
        move |api: Api, form| async move { api.update_profile(version, &form).await },
        |api, profile: Profile| {
            wasm_bindgen_futures::spawn_local(show_saved(profile.language));
            api.cache().changed(&["profile", "leaderboard", "people"]);
        },
    );
    let conflict = use_conflict(
        &form,
        Some(()),
        |api, ()| async move { api.profile().await },
        UpdateProfile::of,
        "profile",
    );
    let is_rep = props.role == Role::SalesRep;
    card(
        tr!("You"),
        html! {
            <>
            <Picture me={props.me.clone()} />
            <form novalidate=true class="mt-5 grid gap-4" {onsubmit}>
                <LeaveGuard when={form.is_changed()} />
                { form_failure(&form) }
                { conflict }
                { name_fields(&form, Whose::Own, (&draft.first_name, |draft, text| draft.first_name = text), (&draft.last_name, |draft, text| draft.last_name = text)) }
                { text_field(Input {
                    name: "email".into(),
                    label: tr!("E-mail").into(),
                    hint: tr!("A manager of your company can change it.").into(),
                    kind: Typed::Email,
                    value: profile.email.clone().into(),
                    readonly: true,
                    ..Input::default()
                }) }
                { phone_field(&form, Whose::Own, draft.phone.as_deref(), |draft, phone| draft.phone = phone) }
                { select(Choice {
                    name: "language".into(),
                    label: tr!("Language").into(),
                    value: draft.language.as_str().into(),
                    options: LANGUAGES.iter().map(|(language, name)| (language.as_str().into(), (*name).into())).collect(),
                    onchange: form.chosen("language", |draft: &mut UpdateProfile, tag: String| draft.language = of_tag(&tag)),
                    ..Choice::default()
                }) }
                if is_rep {
                    { switch(Toggle {
                        name: "mailReminders".into(),
                        label: tr!("Remind me by mail").into(),
                        hint: tr!("Before a slot, and after a miss.").into(),
                        checked: draft.mail_reminders,
                        onchange: form.chosen("mailReminders", |draft: &mut UpdateProfile, on| draft.mail_reminders = on),
                        ..Tick::default()
                    }) }
                    { switch(Toggle {
                        name: "onLeaderboard".into(),
                        label: tr!("Show me on the leaderboard").into(),
                        hint: tr!("Off, you see your own place and nobody else does.").into(),
                        checked: draft.on_leaderboard,
                        onchange: form.chosen("onLeaderboard", |draft: &mut UpdateProfile, on| draft.on_leaderboard = on),
                        ..Tick::default()
                    }) }
                } else {
                    { switch(Toggle {
                        name: "mailDigest".into(),
                        label: tr!("Weekly mail").into(),
                        hint: tr!("Who practised, who missed, who got better.").into(),
                        checked: draft.mail_digest,
                        onchange: form.chosen("mailDigest", |draft: &mut UpdateProfile, on| draft.mail_digest = on),
                        ..Tick::default()
                    }) }
                }
                <div class="flex justify-end">
                    <Button submits=true busy={form.is_busy()} disabled={!form.is_changed()}>{ tr!("Save") }</Button>
                </div>
            </form>
            </>
        },
    )
}

fn of_tag(tag: &str) -> Language {
    LANGUAGES
        .iter()
        .map(|(language, _)| *language)
        .find(|language| language.as_str() == tag)
        .unwrap_or_default()
}

/// Says that it is saved, in the language that was saved.
async fn show_saved(theirs: Language) {
    if language::choose(theirs).await {
        toast(tr!("Saved"));
    } else {
        toast(tr!(
            "Saved. The words of that language come with the next start of the app."
        ));
    }
}

/// A new password.
#[component]
fn Password() -> Html {
    let form = use_form(|| ChangePassword {
        old_password: String::new(),
        new_password: String::new(),
    });
    let draft = form.draft().clone();
    let onsubmit = {
        let empty = form.clone();
        form.on_submit(
            |api: Api, form| async move { api.change_password(&form).await },
            move |api, ()| {
                toast(tr!(
                    "Your password is changed, and all other devices are logged out"
                ));
                empty.reset(ChangePassword {
                    old_password: String::new(),
                    new_password: String::new(),
                });
                api.cache().changed(&["devices"]);
            },
        )
    };
    card(
        tr!("Password"),
        html! {
            <form novalidate=true class="grid gap-4" {onsubmit}>
                { form_failure(&form) }
                { text_field(Input {
                    name: "oldPassword".into(),
                    label: tr!("The one so far").into(),
                    kind: Typed::Password,
                    value: draft.old_password.into(),
                    error: form.error("oldPassword"),
                    oninput: form.typed("oldPassword", |draft, text| draft.old_password = text),
                    ..Input::default()
                }) }
                { text_field(Input {
                    name: "newPassword".into(),
                    label: tr!("The new one").into(),
                    hint: tr!("A short sentence is good.").into(),
                    kind: Typed::NewPassword,
                    value: draft.new_password.into(),
                    error: form.error("newPassword"),
                    oninput: form.typed("newPassword", |draft, text| draft.new_password = text),
                    ..Input::default()
                }) }
                <div class="flex justify-end">
                    <Button submits=true busy={form.is_busy()}>{ tr!("Change the password") }</Button>
                </div>
            </form>
        },
    )
}

/// Where one is logged in.
#[component]
fn Devices() -> Html {
    let devices = use_resource("devices", |api: Api| async move {
        Ok(api.devices().await?.items)
    });
    let action = use_action();
    let row = |device: &Device| {
        let id = device.id;
        let log_out = action.on(
            move |api: Api| async move { api.log_device_out(id).await },
            |api, ()| {
                toast(tr!("That device is logged out"));
                api.cache().changed(&["devices"]);
            },
        );
        html! {
            <li class="flex flex-wrap items-center justify-between gap-3 py-3">
                <div class="min-w-0">
                    <p class="font-medium">{ &device.label }</p>
                    <p class="text-sm text-ink-soft">
                        { if device.current { tr!("This device").to_owned() } else { tr!("Last seen {}", clock::date_and_time(device.last_seen_at)) } }
                    </p>
                </div>
                if !device.current {
                    <Button look={Look::Quiet} busy={action.is_busy()} onclick={log_out}>{ icon(Glyph::Leave, "size-5") }{ tr!("Log out") }</Button>
                }
            </li>
        }
    };
    card(
        tr!("Where you are logged in"),
        html! {
            <>
                if let Some(why) = action.failure() {
                    { notice(tr!("The device was not logged out"), html! { <p class="text-sm">{ why.to_string() }</p> }) }
                }
                { devices.show(skeleton("h-24 rounded-md"), |devices| html! {
                    <ul class="divide-y divide-line">
                        for device in devices.iter() { { row(device) } }
                    </ul>
                }) }
            </>
        },
    )
}
