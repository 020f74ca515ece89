//! What is sent without a log-in: the forms of `docs/getting-in.md`.

use super::transport::{Request, ask};
use super::{Api, Failure};
use contract::auth::{ForgotPasswordRequest, LoginRequest, RegisterRequest, ResetPasswordRequest};
use contract::checks::check;
use contract::problem::FieldError;
use serde::Serialize;

/// A form of somebody who is not logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Knock {
    /// Logs in.
    LogIn(LoginRequest),
    /// Has a link mailed that sets a new password, if the address has an account.
    Forgot(ForgotPasswordRequest),
    /// Sets a new password.
    Reset(ResetPasswordRequest),
    /// With an address, has a link mailed that leads to the account; without, makes it and logs in.
    Register(RegisterRequest),
}

impl Knock {
    /// The call, if the contract's own checks find nothing.
    fn request(&self) -> Result<Request, Failure> {
        match self {
            Self::LogIn(form) => checked("/api/auth/login", form, check(form)),
            Self::Forgot(form) => checked("/api/auth/forgot-password", form, check(form)),
            Self::Reset(form) => checked("/api/auth/reset-password", form, check(form)),
            Self::Register(form) => checked("/api/auth/register", form, check(form)),
        }
    }

    fn logs_in(&self) -> bool {
        match self {
            Self::LogIn(_) => true,
            Self::Register(form) => form.email.is_none(),
            Self::Forgot(_) | Self::Reset(_) => false,
        }
    }
}

fn checked(path: &str, form: &impl Serialize, found: Vec<FieldError>) -> Result<Request, Failure> {
    Failure::of_form(found)?;
    Ok(Request::with_json(path, form))
}

impl Api {
    /// Sends a form; who is logged in by it comes through the callback.
    pub async fn knock(&self, knock: &Knock) -> Result<(), Failure> {
        let answer = ask(&knock.request()?, None).await?;
        if knock.logs_in() {
            self.tokens.keep(answer.json()?);
        } else if matches!(knock, Knock::Reset(_)) {
            // The cookie of whoever was logged in on this device is gone.
            self.tokens.forget();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_is_not_filled_in_is_not_sent() {
        let empty = Knock::Register(RegisterRequest {
            company_name: Some(String::new()),
            email: Some("asha".to_owned()),
            ..RegisterRequest::default()
        });
        let found = empty.request().err();
        let wrong = |field| found.as_ref().is_some_and(|why| why.field(field).is_some());
        assert!(wrong("companyName") && wrong("email") && !wrong("password"));
    }
}
