//! Something could not be shown, and how to try again.

use super::button::{Button, Look};
use super::icon::{Glyph, icon};
use super::notice::notice;
use crate::api::Failure;
use yew::prelude::*;

/// What went wrong, what to do about it, and a button that tries again where that may help.
pub fn failed(title: &'static str, why: &Failure, retry: &Callback<()>) -> Html {
    notice(
        title,
        html! {
            <>
                <p class="text-sm">{ why.to_string() }</p>
                <Button look={Look::Quiet} class="mt-3" onclick={retry.clone()}>
                    { icon(Glyph::Again, "size-5") }{ tr!("Retry") }
                </Button>
            </>
        },
    )
}
