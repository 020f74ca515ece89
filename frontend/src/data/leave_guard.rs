//! Asks before what was typed is lost.

use crate::browser::address::{self, Onward};
use crate::components::{Button, Look, Modal};
use yew::prelude::*;

/// Properties of [`LeaveGuard`].
#[derive(Properties, PartialEq, Clone)]
pub struct LeaveGuardProps {
    /// There is something to lose.
    pub when: bool,
}

/// While `when`, no link, no Back and no closing of the tab leaves the page unasked.
#[component]
pub fn LeaveGuard(props: &LeaveGuardProps) -> Html {
    let onward = use_state(|| None::<Onward>);
    let goes = use_state(|| false);
    {
        let onward = onward.setter();
        use_effect_with(props.when && !*goes, move |is_on| {
            let guarding =
                is_on.then(|| address::guard(Callback::from(move |to| onward.set(Some(to)))));
            move || drop(guarding)
        });
    }
    {
        let onward = onward.clone();
        use_effect_with(*goes, move |goes| {
            if let (true, Some(onward)) = (*goes, &*onward) {
                onward.go();
            }
        });
    }
    let stay = {
        let onward = onward.setter();
        Callback::from(move |()| onward.set(None))
    };
    let go = {
        let goes = goes.setter();
        Callback::from(move |()| goes.set(true))
    };
    if onward.is_none() || *goes {
        return Html::default();
    }
    html! {
        <Modal title={tr!("Leave without saving?")} on_close={stay.clone()}>
            <p>{ tr!("What you changed here is not saved yet, and goes when you leave.") }</p>
            <div class="mt-6 flex flex-wrap justify-end gap-3">
                <Button look={Look::Quiet} onclick={go}>{ tr!("Leave") }</Button>
                <Button onclick={stay}>{ tr!("Stay here") }</Button>
            </div>
        </Modal>
    }
}
