//! What somebody comes for: what the page asks and says, and what is sent.

use super::EMAIL_KEY;
use crate::api::Knock;
use crate::browser::{page, storage};
use crate::components::{Field, Kind};
use crate::routes::Route;
use crate::state::door::Door;
use contract::auth::{ForgotPasswordRequest, LoginRequest, RegisterRequest, ResetPasswordRequest};
use contract::invites::InviteOffer;
use domain::joining::{CONFIRMATION_MS, RESET_MS, TRIAL_MS, TRIAL_USERS};
use domain::role::Role;
use yew::AttrValue;

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const DAY_MS: u64 = 24 * HOUR_MS;

/// What somebody comes for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    /// To log in.
    LogIn,
    /// For a link that sets a new password.
    Forgot,
    /// To set it.
    Reset {
        /// Of the link.
        token: AttrValue,
    },
    /// For a link that founds a company.
    Trial,
    /// By an invite that was handed on and names no address: for a link that proves theirs.
    Join {
        /// Of the link.
        token: AttrValue,
        /// What it opens.
        offer: InviteOffer,
    },
    /// For an account: their address is proven.
    Account {
        /// Of the link.
        token: AttrValue,
        /// What it opens.
        offer: InviteOffer,
        /// Theirs.
        email: AttrValue,
    },
}

/// What a page says and asks.
#[derive(Debug, Clone)]
pub struct Words {
    /// What it is about.
    pub heading: String,
    /// More about it.
    pub lead: String,
    /// What it asks for.
    pub fields: &'static [Field],
    /// What its button does.
    pub action: &'static str,
    /// That it is being done.
    pub acting: &'static str,
    /// That it was not.
    pub failed: &'static str,
    /// That a mail is sent, before the address.
    pub sent: &'static str,
    /// How long that mail's link works.
    pub lasts: String,
}

impl Errand {
    /// The errand that brings somebody to a page; `None` as long as it is not known what their link opens, or without a link
    /// where one is needed.
    pub fn of(page: Route, door: &Door) -> Option<Self> {
        match (page, door.token.clone()) {
            (Route::ForgotPassword, _) => Some(Self::Forgot),
            (Route::ResetPassword, token) => Some(Self::Reset { token: token? }),
            (Route::Register, None) => Some(Self::Trial),
            (Route::Register, Some(token)) => {
                let offer = door.opened.as_ref()?.as_ref().ok()?.clone();
                Some(match offer.email.clone() {
                    None => Self::Join { token, offer },
                    Some(email) => Self::Account {
                        token,
                        offer,
                        email: email.into(),
                    },
                })
            }
            _ => Some(Self::LogIn),
        }
    }

    /// Whether what comes of it is a mail.
    pub fn asks_for_mail(&self) -> bool {
        matches!(self, Self::Forgot | Self::Trial | Self::Join { .. })
    }

    /// Whether the address that was filled in is an account's, as far as can be known.
    pub fn is_of_an_account(&self) -> bool {
        matches!(self, Self::LogIn | Self::Forgot | Self::Account { .. })
    }

    /// The address that the form begins with; empty if none is known.
    pub fn known_address(&self) -> String {
        match self {
            Self::LogIn | Self::Forgot => storage::read(EMAIL_KEY).unwrap_or_default(),
            Self::Account { email, .. } => email.to_string(),
            Self::Reset { .. } | Self::Trial | Self::Join { .. } => String::new(),
        }
    }

    /// What the page says and asks.
    pub fn words(&self) -> Words {
        match self {
            Self::LogIn => Words {
                heading: tr!("Log in").to_owned(),
                lead: tr!("With the address your company invited.").to_owned(),
                fields: &[USERNAME, PASSWORD],
                action: tr!("Log in"),
                acting: tr!("Logging in…"),
                failed: tr!("Log-in failed"),
                sent: "",
                lasts: String::new(),
            },
            Self::Forgot => Words {
                heading: tr!("Forgot your password?").to_owned(),
                lead: tr!("It happens. We mail you a link to choose a new one.").to_owned(),
                fields: &[USERNAME],
                sent: tr!("If this address has an account, a mail is on its way:"),
                lasts: tr!("one minute" | "{n} minutes" % RESET_MS / MINUTE_MS),
                ..mail()
            },
            Self::Reset { .. } => Words {
                heading: tr!("Choose a new password").to_owned(),
                lead: tr!("It ends every log-in with the old one, on all devices.").to_owned(),
                fields: &[NEW_PASSWORD],
                action: tr!("Set the password"),
                acting: tr!("Setting it…"),
                failed: tr!("The password was not set"),
                ..mail()
            },
            Self::Trial => Words {
                heading: tr!("Start a trial for your team").to_owned(),
                lead: tr!(
                    "{days} days, up to {people} people. You lead the team; your reps come by invite.",
                    days = TRIAL_MS / DAY_MS,
                    people = TRIAL_USERS,
                ),
                fields: &[COMPANY, ADDRESS],
                action: tr!("Start the trial"),
                ..mail()
            },
            Self::Join { offer, .. } => Words {
                heading: tr!("Join {company}", company = offer.company_name),
                lead: match offer.role {
                    Role::SalesRep => tr!("You are invited as a sales rep. Say where we reach you: the mail leads you on."),
                    Role::Manager => tr!("You are invited as a manager. Say where we reach you: the mail leads you on."),
                    Role::SuperAdmin => tr!("You are invited as a super admin. Say where we reach you: the mail leads you on."),
                }
                .to_owned(),
                fields: &[ADDRESS],
                ..mail()
            },
            Self::Account { offer, .. } => Words {
                heading: tr!("Your account at {company}", company = offer.company_name),
                lead: match offer.role {
                    Role::SalesRep => tr!("You will be a sales rep. One thing is left: who you are."),
                    Role::Manager => tr!("You will be a manager. One thing is left: who you are."),
                    Role::SuperAdmin => tr!("You will be a super admin. One thing is left: who you are."),
                }
                .to_owned(),
                fields: &[SETTLED, FIRST_NAME, LAST_NAME, OWN_PASSWORD],
                action: tr!("Create my account"),
                acting: tr!("Creating it…"),
                failed: tr!("Your account was not created"),
                ..mail()
            },
        }
    }

    /// What is sent.
    pub fn knock(&self, filled: &Filled) -> Knock {
        let (email, password) = (filled.text("email"), filled.password());
        match self {
            Self::LogIn => Knock::LogIn(LoginRequest { email, password }),
            Self::Forgot => Knock::Forgot(ForgotPasswordRequest { email }),
            Self::Reset { token } => Knock::Reset(ResetPasswordRequest {
                token: token.to_string(),
                password,
            }),
            Self::Trial => Knock::Register(RegisterRequest {
                company_name: Some(filled.text("companyName")),
                email: Some(email),
                ..RegisterRequest::default()
            }),
            Self::Join { token, .. } => Knock::Register(RegisterRequest {
                token: Some(token.to_string()),
                email: Some(email),
                ..RegisterRequest::default()
            }),
            Self::Account { token, .. } => Knock::Register(RegisterRequest {
                token: Some(token.to_string()),
                first_name: Some(filled.text("firstName")),
                last_name: Some(filled.text("lastName")),
                password: Some(password),
                ..RegisterRequest::default()
            }),
        }
    }
}

/// What pages have in common that have a mail sent to register.
fn mail() -> Words {
    Words {
        heading: String::new(),
        lead: String::new(),
        fields: &[],
        action: tr!("Send the link"),
        acting: tr!("Sending…"),
        failed: tr!("No mail was sent"),
        sent: tr!("A mail is on its way. Its link leads you on:"),
        lasts: tr!("one hour" | "{n} hours" % CONFIRMATION_MS / HOUR_MS),
    }
}

/// What was filled in, by the fields' names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled(Vec<(&'static str, String)>);

impl Filled {
    /// Reads the page's fields.
    pub fn read(fields: &[Field]) -> Self {
        let read = |field: &Field| (field.name, page::filled_in(field.name));
        Self(fields.iter().map(read).collect())
    }

    /// What a field holds, without the blanks that phones put around words.
    pub fn text(&self, name: &str) -> String {
        self.typed(name).trim().to_owned()
    }

    /// The password, as it was typed.
    fn password(&self) -> String {
        self.typed("password").to_owned()
    }

    fn typed(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| *field == name);
        found.map_or("", |(_, typed)| typed)
    }
}

/// The address of an account.
const USERNAME: Field = Field {
    name: "email",
    label: || tr!("E-mail"),
    kind: Kind::Email,
    autocomplete: "username",
};
/// The address of what is to be one.
const ADDRESS: Field = Field {
    label: || tr!("Work e-mail"),
    autocomplete: "email",
    ..USERNAME
};
/// The same once it is proven.
const SETTLED: Field = Field {
    kind: Kind::SettledEmail,
    ..USERNAME
};
const PASSWORD: Field = Field {
    name: "password",
    label: || tr!("Password"),
    kind: Kind::Password,
    autocomplete: "current-password",
};
const NEW_PASSWORD: Field = Field {
    label: || tr!("New password"),
    ..OWN_PASSWORD
};
const OWN_PASSWORD: Field = Field {
    name: "password",
    label: || tr!("Password"),
    kind: Kind::NewPassword,
    autocomplete: "new-password",
};
const COMPANY: Field = Field {
    name: "companyName",
    label: || tr!("Company"),
    kind: Kind::Name,
    autocomplete: "organization",
};
const FIRST_NAME: Field = Field {
    name: "firstName",
    label: || tr!("First name"),
    kind: Kind::Name,
    autocomplete: "given-name",
};
const LAST_NAME: Field = Field {
    name: "lastName",
    label: || tr!("Last name"),
    kind: Kind::Name,
    autocomplete: "family-name",
};
