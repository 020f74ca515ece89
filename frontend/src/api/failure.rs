//! Why a call did not give what was asked for.

use contract::problem::{Code, FieldError, Problem};

/// A failed call, in words a person can act on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// No answer came: no network, a broken line, or the server is away.
    #[error("{}", tr!("No connection. Check your network and try again."))]
    NoAnswer,
    /// The server said no, and why.
    #[error("{}", .0.detail)]
    Refused(Box<Problem>),
    /// An answer came that this app does not understand, with its HTTP status: mostly a proxy's error page.
    #[error("{}", unreadable(*.0))]
    Unreadable(u16),
    /// A good answer came in a shape that this app does not know: the server is newer.
    #[error("{}", tr!("A newer version of Sales Captain is out. Load the page again to go on."))]
    Outdated,
    /// Nobody is logged in any more.
    #[error("{}", tr!("You were logged out. Log in again to go on."))]
    LoggedOut,
}

fn unreadable(status: u16) -> String {
    tr!(
        "The server gave an answer this app does not understand ({status}). Try again in a moment.",
        status = status
    )
}

impl Failure {
    /// Reads an error answer; anything but a problem document is [`Failure::Unreadable`].
    pub fn of_body(status: u16, body: &str) -> Self {
        match captain_json::from_str::<Problem>(body) {
            Ok(problem) => Self::Refused(Box::new(problem)),
            Err(_) => Self::Unreadable(status),
        }
    }

    /// The stable code, where the server gave one.
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            _ => None,
        }
    }

    /// What a form's own check found, before anything is sent.
    pub fn of_form(errors: Vec<FieldError>) -> Result<(), Self> {
        if errors.is_empty() {
            Ok(())
        } else {
            Err(Self::Refused(Box::new(Problem::fields(errors))))
        }
    }

    /// What is left of it once the fields of some names are being mended; what concerns no field goes with the next key.
    pub fn without(&self, is_mended: impl Fn(&str) -> bool) -> Option<Self> {
        let left = self
            .fields()
            .iter()
            .filter(|error| !is_mended(&error.field));
        Self::of_form(left.cloned().collect()).err()
    }

    /// What is wrong with which field.
    pub fn fields(&self) -> &[FieldError] {
        match self {
            Self::Refused(problem) => &problem.errors,
            _ => &[],
        }
    }

    /// The message for one field.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields()
            .iter()
            .find(|error| error.field == name)
            .map(|error| error.message.as_str())
    }

    /// Whether the same call may well succeed in a moment.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::NoAnswer | Self::Unreadable(_) => true,
            Self::Refused(problem) => problem.status >= 500,
            Self::LoggedOut | Self::Outdated => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_document_is_read_and_anything_else_is_not_trusted() {
        let problem = Problem::fields(vec![FieldError::new("email", "Enter it.")]);
        let body = serde_json::to_string(&problem).unwrap_or_default();
        let failure = Failure::of_body(422, &body);
        assert_eq!(failure.code(), Some(Code::Invalid));
        assert_eq!(failure.field("email"), Some("Enter it."));
        assert_eq!(failure.field("password"), None);
        assert!(!failure.is_passing());

        let both = Failure::of_form(vec![
            FieldError::new("firstName", "Enter it."),
            FieldError::new("password", "Longer."),
        ]);
        let left = both
            .err()
            .and_then(|why| why.without(|name| name == "firstName"));
        assert_eq!(
            left.as_ref().and_then(|why| why.field("password")),
            Some("Longer.")
        );
        assert_eq!(
            left.and_then(|why| why.without(|name| name == "password")),
            None
        );
        assert_eq!(Failure::of_form(Vec::new()), Ok(()));
        assert_eq!(Failure::NoAnswer.without(|name| name == "email"), None);

        let page = Failure::of_body(502, "<html>Bad gateway</html>");
        assert_eq!(page, Failure::Unreadable(502));
        assert!(page.is_passing());
    }
}
