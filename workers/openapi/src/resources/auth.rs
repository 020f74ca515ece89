//! Log-in, registering, a forgotten password.

use crate::operation::{Header, Operation, get, post};
use contract::auth::{
    ForgotPasswordRequest, LoginRequest, Me, RegisterRequest, ResetPasswordRequest, TokenResponse,
};
use contract::problem::Code;
use domain::policy::Access::{LoggedIn, Public};
use serde_json::json;

pub(super) fn operations() -> Vec<Operation> {
    vec![
        post("/api/auth/login", Public, "Logs in with address and password")
            .same_origin()
            .body::<LoginRequest>()
            .ok::<TokenResponse>("Logged in.")
            .with(Header::SetCookie)
            .refuses(&[Code::BadCredentials, Code::PlanEnded])
            .limited(),
        post("/api/auth/refresh-token", Public, "Exchanges the refresh token for a new pair of tokens")
            .note("A refresh token is good for one exchange: one that was used before ends its log-in, since two parties held it.")
            .cookie()
            .same_origin()
            .ok::<TokenResponse>("Still logged in.")
            .with(Header::SetCookie)
            .refuses(&[Code::BadRefresh]),
        post("/api/auth/logout", Public, "Ends the log-in of this device")
            .note("Doing it twice is the same as once.")
            .maybe_cookie()
            .same_origin()
            .done(204, "Logged out.")
            .with(Header::SetCookie),
        get("/api/auth/me", LoggedIn, "Who is logged in").ok::<Me>("The person, their company and group."),
        post("/api/auth/register", Public, "Founds a company on trial, or joins one by an invite, in two steps")
            .same_origin()
            .body::<RegisterRequest>()
            .example("found a company", json!({"companyName": "Sagar Traders", "email": "asha@example.com"}))
            .example("join by a link", json!({"token": "R2gZ0nJ0Vt3lq0nVq7xw5Q", "email": "asha@example.com"}))
            .example(
                "finish",
                json!({"token": "R2gZ0nJ0Vt3lq0nVq7xw5Q", "firstName": "Asha", "lastName": "Verma", "password": "a short sentence"}),
            )
            .created::<TokenResponse>("The account is made, and logged in.")
            .located()
            .with(Header::SetCookie)
            .done(202, "A mail is on its way, whether the address has an account or not.")
            .with(Header::RateLimit)
            .refuses(&[Code::NotFound, Code::Exists, Code::LimitReached])
            .limited(),
        post("/api/auth/forgot-password", Public, "Has a link mailed that sets a new password")
            .body::<ForgotPasswordRequest>()
            .done(202, "A mail is on its way if the address has an account; which is not said.")
            .with(Header::RateLimit)
            .limited(),
        post("/api/auth/reset-password", Public, "Sets a new password with the link of the mail")
            .note("Good once and for 30 minutes. All log-ins end.")
            .same_origin()
            .body::<ResetPasswordRequest>()
            .done(204, "The password is set.")
            .with(Header::SetCookie)
            .limited(),
    ]
}
