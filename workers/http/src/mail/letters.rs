//! What mails say. Each letter is plain text and the same words as HTML; nothing in it is fetched from anywhere.

use domain::joining::{CONFIRMATION_MS, INVITE_MS, RESET_MS};
use domain::role::Role;
use maud::{DOCTYPE, Markup, html};
use store::outbox::Letter;

const MINUTE_MS: u64 = 60_000;
const DAY_MS: u64 = 24 * 60 * MINUTE_MS;

/// One paragraph, or the one thing to do.
enum Part<'a> {
    Says(String),
    Button { label: &'a str, link: &'a str },
}

/// To somebody who forgot their password.
pub(crate) fn password_reset(link: &str) -> Letter {
    let minutes = RESET_MS / MINUTE_MS;
    letter(
        "Choose a new password",
        &[
            Part::Says(
                "Somebody, probably you, asked for a new password for Sales Captain.".to_owned(),
            ),
            Part::Button {
                label: "Choose a new password",
                link,
            },
            Part::Says(format!(
                "The link works once, within {minutes} minutes. If it was not you, do nothing: your password stays as it is."
            )),
        ],
    )
}

/// To somebody who is invited.
pub(crate) fn invite(company: &str, inviter: &str, role: Role, link: &str) -> Letter {
    let days = INVITE_MS / DAY_MS;
    let what = match role {
        Role::SalesRep => "to practise selling for five minutes a day",
        Role::Manager | Role::SuperAdmin => "to lead a team that practises selling",
    };
    letter(
        &format!("{company} invites you to Sales Captain"),
        &[
            Part::Says(format!("{inviter} of {company} invites you {what}.")),
            Part::Button {
                label: "Join",
                link,
            },
            Part::Says(format!("The link works once, within {days} days.")),
        ],
    )
}

/// To an address that somebody wants to register with. It names no company: a stranger's words would travel in our letter.
pub(crate) fn confirmation(link: &str) -> Letter {
    let hours = CONFIRMATION_MS / (60 * MINUTE_MS);
    letter(
        "Finish your registration",
        &[
            Part::Says(
                "Somebody, probably you, wants to join Sales Captain with this address.".to_owned(),
            ),
            Part::Button {
                label: "Finish your registration",
                link,
            },
            Part::Says(format!(
                "The link works once, within {hours} hours. If it was not you, do nothing."
            )),
        ],
    )
}

/// To an address that somebody wants to register with, or that was invited, and that has an account already.
pub(crate) fn known_already(app_url: &str) -> Letter {
    letter(
        "You have an account already",
        &[
            Part::Says(
                "This address was to join Sales Captain, but it has an account already, and an address has one account only. Log in with it, or use another address."
                    .to_owned(),
            ),
            Part::Button {
                label: "Log in",
                link: &format!("{app_url}/login"),
            },
            Part::Says("If you forgot your password, ask for a new one there.".to_owned()),
        ],
    )
}

/// To somebody who has just joined.
pub(crate) fn welcome(first_name: &str, company: &str, app: &str) -> Letter {
    letter(
        "Welcome to Sales Captain",
        &[
            Part::Says(format!("Namaste {first_name}, you are in: welcome to Sales Captain at {company}.")),
            Part::Button { label: "Open Sales Captain", link: app },
            Part::Says("Ten days, five minutes a day: a customer writes to you, you answer, the Captain helps you say it better.".to_owned()),
        ],
    )
}

fn letter(subject: &str, parts: &[Part<'_>]) -> Letter {
    Letter {
        // A line break in a name must not become a header.
        subject: subject.split_whitespace().collect::<Vec<_>>().join(" "),
        text: text(parts),
        html: page(subject, parts).into_string(),
    }
}

fn text(parts: &[Part<'_>]) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Says(words) => text.push_str(words),
            Part::Button { label, link } => {
                text.push_str(label);
                text.push_str(":\n");
                text.push_str(link);
            }
        }
        text.push_str("\n\n");
    }
    text.push_str("Troika Sales Captain\n");
    text
}

/// Mail programs know styles on elements only.
fn page(subject: &str, parts: &[Part<'_>]) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { (subject) }
            }
            body style="margin:0;padding:24px;background:#f1f5f4;font:16px/1.5 system-ui,sans-serif;color:#10201c" {
                div style="max-width:480px;margin:0 auto;padding:24px;background:#fff;border-radius:12px" {
                    @for part in parts {
                        @match part {
                            Part::Says(words) => p { (words) },
                            Part::Button { label, link } => {
                                p {
                                    a href=(link) style="display:inline-block;padding:12px 20px;border-radius:8px;background:#0b6b57;color:#fff;text-decoration:none;font-weight:600" { (label) }
                                }
                                p style="font-size:13px;color:#4b5b57;word-break:break-all" { (link) }
                            },
                        }
                    }
                    p style="font-size:13px;color:#4b5b57" { "Troika Sales Captain" }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_says_the_same_twice_and_escapes_names() {
        let link = "https://captain.example/register#token=abc";
        let letter = invite("Sons & <b>Co</b>", "Asha\r\nBcc: x@y", Role::SalesRep, link);
        assert_eq!(
            letter.subject,
            "Sons & <b>Co</b> invites you to Sales Captain"
        );
        assert!(letter.text.contains(link) && letter.html.contains(link));
        assert!(letter.html.contains("Sons &amp; &lt;b&gt;Co&lt;/b&gt;"));
        assert!(!letter.html.contains("<b>"));
    }

    #[test]
    fn a_subject_is_one_line() {
        let letter = invite(
            "A\r\nBcc: x@y.test",
            "Asha",
            Role::Manager,
            "https://x.test",
        );
        assert_eq!(
            letter.subject,
            "A Bcc: x@y.test invites you to Sales Captain"
        );
    }
}
