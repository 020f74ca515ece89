//! A page before the log-in: what its link opened, how its form stands, and what came of it.

use crate::api::Failure;
use contract::invites::InviteOffer;
use contract::problem::Code;
use std::rc::Rc;
use yew::{AttrValue, Reducible};

/// How such a page stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Door {
    /// The token of the mail's link.
    pub token: Option<AttrValue>,
    /// What a register link opens, or why it does not; `None` while it is being asked.
    pub opened: Option<Result<InviteOffer, Failure>>,
    /// What was filled in is on its way.
    pub busy: bool,
    /// The password can be read.
    pub shown: bool,
    /// What is wrong with what was filled in, or went wrong on the way.
    pub failure: Option<Failure>,
    /// It is done; the address that was filled in, where one was.
    pub done: Option<AttrValue>,
    /// The server is a developer's own, and shows its mails.
    pub is_dev: bool,
}

/// What changes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DoorChange {
    /// Another link was opened, or the same again; or it was given up.
    Link(Option<AttrValue>),
    /// What the link with this token opens.
    Opened(AttrValue, Result<InviteOffer, Failure>),
    /// Something was typed into this field.
    Typed(String),
    /// The password is shown or hidden.
    Toggled,
    /// The form was sent.
    Sent,
    /// It was not taken.
    Refused(Failure),
    /// It was, with this address.
    Done(AttrValue),
    /// There is an outbox to look into.
    Dev(bool),
    /// Back to the form: no mail came.
    Again,
}

impl Door {
    /// Whether the link opens nothing, as far as is known.
    pub fn is_shut(&self) -> bool {
        let opens_nothing = |why: &Failure| why.code() == Some(Code::NotFound);
        let spent = |why: &Failure| why.field("token").is_some();
        match (&self.opened, &self.failure) {
            (Some(Err(why)), _) => opens_nothing(why) || spent(why),
            (_, Some(why)) => opens_nothing(why) || spent(why),
            _ => false,
        }
    }
}

impl Reducible for Door {
    type Action = DoorChange;
    fn reduce(self: Rc<Self>, change: DoorChange) -> Rc<Self> {
        let mut door = (*self).clone();
        match change {
            DoorChange::Link(token) => {
                door = Self {
                    token,
                    ..Self::default()
                }
            }
            // The answer about an earlier link comes too late.
            DoorChange::Opened(token, opened) => {
                if door.token == Some(token) {
                    door.opened = Some(opened);
                }
            }
            // What is wrong with another field stays; what concerns no field goes with the next key.
            DoorChange::Typed(field) => {
                door.failure = door
                    .failure
                    .and_then(|why| why.without(|name| name == field));
            }
            DoorChange::Toggled => door.shown = !door.shown,
            DoorChange::Sent => (door.busy, door.failure) = (true, None),
            DoorChange::Refused(why) => (door.busy, door.failure) = (false, Some(why)),
            DoorChange::Done(address) => (door.busy, door.done) = (false, Some(address)),
            DoorChange::Dev(is_dev) => door.is_dev = is_dev,
            DoorChange::Again => door.done = None,
        }
        Rc::new(door)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::problem::{FieldError, Problem};

    fn after(changes: impl IntoIterator<Item = DoorChange>) -> Rc<Door> {
        changes
            .into_iter()
            .fold(Rc::new(Door::default()), Reducible::reduce)
    }

    fn refused(fields: &[&str]) -> DoorChange {
        let errors = fields.iter().map(|field| FieldError::new(*field, "No."));
        let problem = Problem::fields(errors.collect());
        DoorChange::Refused(Failure::Refused(Box::new(problem)))
    }

    #[test]
    fn mending_one_field_leaves_what_is_wrong_with_the_others() {
        let typed = |field: &str| DoorChange::Typed(field.to_owned());
        let both = [DoorChange::Sent, refused(&["firstName", "password"])];
        let one = after(both.into_iter().chain([typed("firstName")]));
        assert!(!one.busy);
        let left = one.failure.as_ref();
        assert!(left.is_some_and(|why| why.field("password").is_some()));
        assert!(left.is_some_and(|why| why.field("firstName").is_none()));
        assert_eq!(one.reduce(typed("password")).failure, None);
        let no_answer = DoorChange::Refused(Failure::NoAnswer);
        assert_eq!(after([no_answer, typed("email")]).failure, None);
    }

    fn opened(token: &'static str, opened: Failure) -> [DoorChange; 2] {
        [
            DoorChange::Link(Some(token.into())),
            DoorChange::Opened("one".into(), Err(opened)),
        ]
    }

    #[test]
    fn what_an_earlier_link_opened_comes_too_late() {
        assert!(after(opened("one", Failure::NoAnswer)).opened.is_some());
        assert_eq!(after(opened("another", Failure::NoAnswer)).opened, None);
    }

    #[test]
    fn a_link_is_shut_when_the_server_says_so_and_not_for_want_of_an_answer() {
        let gone = Failure::Refused(Box::new(Problem::new(Code::NotFound, "Gone.")));
        assert!(after(opened("one", gone)).is_shut());
        assert!(!after(opened("one", Failure::NoAnswer)).is_shut());
        assert!(after([refused(&["token"])]).is_shut());
        assert!(!after([refused(&["password"])]).is_shut());
        // Another link is another try.
        assert!(!after([refused(&["token"]), DoorChange::Link(Some("t".into()))]).is_shut());
    }

    #[test]
    fn nobody_types_all_of_it_again_because_no_mail_came() {
        let done = [DoorChange::Sent, DoorChange::Done("a@b".into())];
        assert_eq!(after(done.clone()).done.as_deref(), Some("a@b"));
        let again = after(done.into_iter().chain([DoorChange::Again]));
        assert_eq!((again.done.as_deref(), again.busy), (None, false));
    }
}
