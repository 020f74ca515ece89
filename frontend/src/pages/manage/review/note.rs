//! A manager's own note to the rep about a session: written, changed, taken back.

use crate::api::Api;
use crate::browser::clock;
use crate::components::{Area, Button, Confirm, Look, form_failure, text_area, toast};
use crate::data::{LeaveGuard, use_action, use_form};
use contract::session::{Items, MAX_NOTE_CHARS, Note, NoteForm};
use domain::ids::SessionId;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`OwnNote`].
#[derive(Properties, PartialEq, Clone)]
pub(super) struct OwnNoteProps {
    /// About which session.
    pub session: SessionId,
    /// What was written before.
    pub own: Option<Rc<Note>>,
}

/// The form.
#[component]
pub(super) fn OwnNote(props: &OwnNoteProps) -> Html {
    let session = props.session;
    let is_asking = use_state(|| false);
    let delete = use_action();
    let form = {
        let own = props.own.clone();
        use_form(move || NoteForm {
            text: own.map_or_else(String::new, |note| note.text.clone()),
        })
    };
    let draft = form.draft().clone();
    let onsubmit = form.on_submit(
        move |api: Api, form| async move { api.write_note(session, &form).await },
        |api, _: Items<Note>| {
            toast(tr!("The rep can read it now"));
            api.cache().changed(&["sessions"]);
        },
    );
    let ask = {
        let is_asking = is_asking.setter();
        Callback::from(move |()| is_asking.set(true))
    };
    let keep = {
        let is_asking = is_asking.setter();
        Callback::from(move |()| is_asking.set(false))
    };
    let on_confirm = {
        let (form, keep) = (form.clone(), keep.clone());
        delete.on(
            move |api: Api| async move {
                let nothing = NoteForm {
                    text: String::new(),
                };
                api.write_note(session, &nothing).await
            },
            move |api, _: Items<Note>| {
                form.reset(NoteForm {
                    text: String::new(),
                });
                keep.emit(());
                toast(tr!("The note is deleted"));
                api.cache().changed(&["sessions"]);
            },
        )
    };
    let is_empty = draft.text.trim().is_empty();
    html! {
        <form novalidate=true class="grid gap-3 print:hidden" {onsubmit}>
            <LeaveGuard when={form.is_changed()} />
            { form_failure(&form) }
            { text_area(Area {
                name: "text".into(),
                label: tr!("Note").into(),
                hint: tr!("They read it on the session's page.").into(),
                value: draft.text.into(),
                error: form.error("text"),
                oninput: form.typed("text", |draft, text| draft.text = text),
                most: Some(MAX_NOTE_CHARS),
                ..Area::default()
            }) }
            <div class="flex flex-wrap items-center justify-between gap-3">
                if let Some(own) = &props.own {
                    <span class="text-sm text-ink-soft">{ tr!("Written {}", clock::date_and_time(own.updated_at)) }</span>
                    <Button look={Look::Quiet} onclick={ask}>{ tr!("Delete") }</Button>
                }
                <Button submits=true class="ml-auto" busy={form.is_busy()} disabled={!form.is_changed() || is_empty}>{ tr!("Save") }</Button>
            </div>
            if *is_asking {
                <Confirm title={tr!("Delete your note?")} action={tr!("Delete it")} busy={delete.is_busy()} failure={delete.failure().cloned()} {on_confirm} on_close={keep}>
                    <p>{ tr!("The rep can't read it any more.") }</p>
                </Confirm>
            }
        </form>
    }
}
