//! Who is logged in on this device.

use crate::api::Failure;
use contract::auth::Me;
use std::rc::Rc;
use yew::Reducible;

/// Who is logged in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Auth {
    /// Not known yet: the log-in that this browser kept is being taken up.
    #[default]
    Unknown,
    /// It could not be taken up for want of an answer.
    Unreachable(Failure),
    /// Nobody.
    LoggedOut,
    /// Somebody.
    LoggedIn(Rc<Me>),
}

/// What changes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthChange {
    /// Somebody is logged in, or renewed it.
    LoggedIn(Rc<Me>),
    /// Nobody is any more.
    LoggedOut,
    /// The log-in could not be taken up.
    NotResumed(Failure),
    /// It is tried again.
    Resuming,
}

impl Auth {
    /// The state after a change.
    pub fn after(&self, change: AuthChange) -> Self {
        match (self, change) {
            (_, AuthChange::LoggedIn(me)) => Auth::LoggedIn(me),
            (_, AuthChange::LoggedOut | AuthChange::NotResumed(Failure::LoggedOut)) => {
                Auth::LoggedOut
            }
            // A renewal that fails while somebody works is told by the call that needed it.
            (Auth::LoggedIn(me), AuthChange::NotResumed(_) | AuthChange::Resuming) => {
                Auth::LoggedIn(me.clone())
            }
            (_, AuthChange::NotResumed(failure)) => Auth::Unreachable(failure),
            (_, AuthChange::Resuming) => Auth::Unknown,
        }
    }
}

impl Reducible for Auth {
    type Action = AuthChange;
    fn reduce(self: Rc<Self>, change: AuthChange) -> Rc<Self> {
        let after = self.after(change);
        if after == *self { self } else { Rc::new(after) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_in_that_nobody_could_confirm_is_no_log_out() {
        let auth = Auth::Unknown.after(AuthChange::NotResumed(Failure::NoAnswer));
        assert_eq!(auth, Auth::Unreachable(Failure::NoAnswer));
        assert_eq!(auth.after(AuthChange::Resuming), Auth::Unknown);
        assert_eq!(
            Auth::Unknown.after(AuthChange::NotResumed(Failure::LoggedOut)),
            Auth::LoggedOut
        );
    }
}
