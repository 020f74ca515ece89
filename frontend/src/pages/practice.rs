//! The daily practice itself: the live session, and what it came to.

use super::result::ResultPage;
use super::session::SessionPage;
use contract::auth::Me;
use domain::ids::SessionId;
use domain::role::Role;
use std::rc::Rc;
use yew::prelude::*;

/// A page of this room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PracticePage {
    /// A live session.
    Session(SessionId),
    /// What it came to.
    Result(SessionId),
}

/// The one door of this room: nothing else of it is named outside.
pub fn page(page: PracticePage, me: &Rc<Me>) -> Html {
    match page {
        // Another person on the same device sees a session of their own.
        PracticePage::Session(id) => {
            html! { <SessionPage key={format!("{} {id}", me.id)} {id} /> }
        }
        PracticePage::Result(id) => {
            let is_rep = me.role == Role::SalesRep;
            html! { <ResultPage key={id.to_string()} {id} {is_rep} /> }
        }
    }
}
