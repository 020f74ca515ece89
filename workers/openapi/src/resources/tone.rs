//! The voice that answers are judged by.

use crate::operation::{Operation, get, put};
use contract::tone::{Tone, ToneTarget, ToneText};
use domain::policy::Access::Managers;

pub(super) fn operations() -> Vec<Operation> {
    vec![
        get(
            "/api/tone-guidelines",
            Managers,
            "The tone guidelines that a company is judged by",
        )
        .note("Until a company has its own, these are the stock's, and their version is 0.")
        .query::<ToneTarget>()
        .ok::<Tone>("The guidelines.")
        .versioned(),
        put(
            "/api/tone-guidelines",
            Managers,
            "Sets a company's own tone guidelines",
        )
        .only("managers their company's own; super admins the stock's too")
        .query::<ToneTarget>()
        .if_match()
        .long_body::<ToneText>()
        .ok::<Tone>("The guidelines as they are now.")
        .versioned(),
    ]
}
