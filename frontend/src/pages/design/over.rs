//! What lies over the page.

use crate::components::{
    Button, Confirm, Glyph, Look, Menu, MenuItem, Modal, Place, card, toast, toast_with_undo,
};
use yew::prelude::*;

/// What is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Modal,
    Drawer,
    Confirm,
}

/// Modal, drawer, question, menu, words.
#[component]
pub fn Over() -> Html {
    let open = use_state(|| Open::Nothing);
    let opens = |what: Open| {
        let open = open.setter();
        Callback::from(move |()| open.set(what))
    };
    let close = opens(Open::Nothing);
    let items = vec![
        MenuItem {
            name: "Rename".into(),
            glyph: Glyph::Pencil,
            is_danger: false,
            onclick: Callback::from(|()| toast("Renamed")),
        },
        MenuItem {
            name: "Delete".into(),
            glyph: Glyph::Bin,
            is_danger: true,
            onclick: opens(Open::Confirm),
        },
    ];
    let words = html! { <p>{ "The page behind stays as it is. Escape, the cross or a press beside it closes this." }</p> };
    let undone = Callback::from(|()| toast("Back where it was"));
    html! {
        <>
            { card("Over the page", html! {
                <div class="flex flex-wrap items-center gap-3">
                    <Button look={Look::Quiet} onclick={opens(Open::Modal)}>{ "Modal" }</Button>
                    <Button look={Look::Quiet} onclick={opens(Open::Drawer)}>{ "Drawer" }</Button>
                    <Button look={Look::Quiet} onclick={opens(Open::Confirm)}>{ "Question" }</Button>
                    <Button look={Look::Quiet} onclick={Callback::from(|()| toast("Saved"))}>{ "Word" }</Button>
                    <Button look={Look::Quiet} onclick={Callback::from(move |()| toast_with_undo("Asha moved to Group B", undone.clone()))}>{ "Word with a way back" }</Button>
                    <Menu id="example" label="More about West" {items} />
                </div>
            }) }
            { match *open {
                Open::Nothing => Html::default(),
                Open::Modal => html! { <Modal title="Invite a rep" on_close={close}>{ words }</Modal> },
                Open::Drawer => html! { <Modal title="Asha Verma" place={Place::Side} on_close={close}>{ words }</Modal> },
                Open::Confirm => html! {
                    <Confirm title="Delete the team West?" action="Delete" on_confirm={close.clone()} on_close={close}>
                        { "Its two groups go with it. Its reps stay, without a team." }
                    </Confirm>
                },
            } }
        </>
    }
}
