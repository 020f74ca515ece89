//! What mails say. Each letter is plain text and the same words as HTML; nothing in it is fetched from anywhere.

use chrono::{DateTime, Datelike};
use domain::joining::{CONFIRMATION_MS, INVITE_MS, RESET_MS};
use domain::role::Role;
use maud::{DOCTYPE, Markup, html};
use store::outbox::Letter;

const MINUTE_MS: u64 = 60_000;
const DAY_MS: u64 = 24 * 60 * MINUTE_MS;

/// One paragraph, the one thing to do, or how to get no more of such letters.
enum Part<'a> {
    Says(String),
    Button { label: &'a str, link: &'a str },
    Stop { link: &'a str },
}

/// What the link at the end says.
const STOP: &str = "No more of these mails";

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

/// A moment as its readers' clock shows it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    local_ms: u64,
}

impl Moment {
    /// Unix ms, and the minutes that the clock is ahead of UTC then.
    pub(crate) fn new(at: u64, utc_offset_minutes: i32) -> Self {
        let ahead = i64::from(utc_offset_minutes) * 60_000;
        Self {
            local_ms: at.saturating_add_signed(ahead),
        }
    }

    /// `11:00 AM`
    fn time(self) -> String {
        let minutes = self.local_ms / MINUTE_MS % (24 * 60);
        let (hour, minute) = (minutes / 60, minutes % 60);
        let half = if hour < 12 { "AM" } else { "PM" };
        format!("{}:{minute:02} {half}", (hour + 11) % 12 + 1)
    }
}

/// To a rep whose session begins soon.
pub(crate) fn reminder(
    first_name: &str,
    day: u8,
    theme: &str,
    at: Moment,
    app: &str,
    stop: &str,
) -> Letter {
    let time = at.time();
    letter(
        &format!("Your practice begins at {time}"),
        &[
            Part::Says(format!(
                "Namaste {first_name}, day {day} of your programme begins at {time}: {theme}. It takes five minutes."
            )),
            Part::Button {
                label: "Open Sales Captain",
                link: app,
            },
            Part::Stop { link: stop },
        ],
    )
}

/// To a rep who did not come.
pub(crate) fn missed(
    first_name: &str,
    day: u8,
    theme: &str,
    at: Moment,
    app: &str,
    stop: &str,
) -> Letter {
    letter(
        &format!("You missed day {day}; it comes again"),
        &[
            Part::Says(format!(
                "Namaste {first_name}, nobody saw you at {}: day {day}, {theme}. Nothing is lost: it comes again with your next session.",
                at.time()
            )),
            Part::Button {
                label: "See when",
                link: app,
            },
            Part::Stop { link: stop },
        ],
    )
}

/// A rep's week, for their manager.
pub(crate) struct RepLine<'a> {
    pub name: &'a str,
    /// Sessions.
    pub completed: u32,
    /// Sessions.
    pub missed: u32,
    /// Points that first answers gained on the week before.
    pub gained: Option<f64>,
}

/// From how many points on somebody improves.
const IMPROVES: f64 = 1.0;

/// To a manager: their reps' week, which began at `monday` (ms, by the manager's clock).
pub(crate) fn digest(
    first_name: &str,
    monday: u64,
    reps: &[RepLine<'_>],
    app: &str,
    stop: &str,
) -> Letter {
    let practised: u32 = reps.iter().map(|rep| rep.completed).sum();
    let missed: u32 = reps.iter().map(|rep| rep.missed).sum();
    let named = |title: &str, nobody: &str, names: Vec<String>| {
        Part::Says(if names.is_empty() {
            nobody.to_owned()
        } else {
            format!("{title}: {}.", names.join(", "))
        })
    };
    let counted = |of: fn(&RepLine<'_>) -> u32| {
        let some = reps.iter().filter(|rep| of(rep) > 0);
        some.map(|rep| format!("{} ({})", rep.name, of(rep)))
            .collect::<Vec<_>>()
    };
    let gaining = reps.iter().filter_map(|rep| {
        let gained = rep.gained.filter(|gained| *gained >= IMPROVES)?;
        Some(format!("{} (+{gained:.0})", rep.name))
    });
    letter(
        &format!("Your team's week: {practised} practised, {missed} missed"),
        &[
            Part::Says(format!(
                "Namaste {first_name}, this was your reps' week from {}.",
                date(monday)
            )),
            named(
                "Practised",
                "Nobody practised.",
                counted(|rep| rep.completed),
            ),
            named(
                "Missed",
                "Nobody missed a session.",
                counted(|rep| rep.missed),
            ),
            named(
                "First answers improved",
                "Nobody's first answers were better than the week before.",
                gaining.collect(),
            ),
            Part::Button {
                label: "Open the dashboard",
                link: app,
            },
            Part::Stop { link: stop },
        ],
    )
}

/// chrono's own names come with the printer of every format.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `16 November`
fn date(ms: u64) -> String {
    i64::try_from(ms)
        .ok()
        .and_then(DateTime::from_timestamp_millis)
        .and_then(|at| {
            Some(format!(
                "{} {}",
                at.day(),
                MONTHS.get(usize::try_from(at.month0()).ok()?)?
            ))
        })
        .unwrap_or_default()
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
            Part::Stop { link } => {
                text.push_str(STOP);
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
                            Part::Stop { link } => p style="font-size:13px" {
                                a href=(link) style="color:#4b5b57" { (STOP) }
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
