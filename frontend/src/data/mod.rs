//! What pages know of the server, and how they change it: the one data layer.
//!
//! - [`use_resource`]: one thing. Painted from what is known, then asked for anew; asked no longer once the page is left.
//! - [`use_pages`]: a list, a page at a time.
//! - [`use_action`]: one press of a button that changes something.
//! - [`use_form`]: a form, checked as the server checks it.
//! - [`LeaveGuard`]: asks before what was typed is lost.

mod action;
mod form;
mod leave_guard;
mod list;
mod query;
mod resource;
mod task;

pub use action::{Action, use_action};
pub use form::{Form, use_form};
pub use leave_guard::LeaveGuard;
pub use list::{Entry, Pages, use_pages};
pub use query::use_query;
pub use resource::{Resource, use_resource};
