//! Mail by the platform's own e-mail binding: what is handed to it, and that it is handed over once.

use std::time::Duration;

use captain_api_tests::{Person, Settings, Stack, answer, eventually};
use serde_json::json;

const REP: &str = "rep@salescaptain.test";
const FROM: &str = "captain@salescaptain.test";

/// A mail as the local runtime logs it: its head, and the files that it put the letter into.
#[derive(Debug)]
struct Sent {
    from: String,
    to: String,
    subject: String,
    text: String,
    html: String,
}

impl Sent {
    /// All mails in a log that were handed over whole.
    fn all(log: &str) -> Vec<Self> {
        log.split("send_email binding called with MessageBuilder:")
            .skip(1)
            .filter_map(Self::read)
            .collect()
    }

    fn read(logged: &str) -> Option<Self> {
        let field = |name: &str| {
            let mut lines = logged.lines().map(str::trim);
            lines
                .find_map(|line| line.strip_prefix(name))
                .map(str::to_owned)
        };
        let letter = |name: &str| std::fs::read_to_string(field(name)?).ok();
        Some(Self {
            from: field("From: ")?,
            to: field("To: ")?,
            subject: field("Subject: ")?,
            text: letter("Text: ")?,
            html: letter("HTML: ")?,
        })
    }
}

#[tokio::test]
async fn a_forgotten_password_is_mailed_by_the_binding() {
    let mut stack = Stack::prepare(Settings {
        environment: "production",
        mail_from: Some(FROM),
        ..Settings::named("mailed")
    });
    stack.run();
    let stranger = Person::anonymous(&stack);
    let asked = stranger.posts("/api/auth/forgot-password", &json!({"email": REP}));
    assert_eq!(answer(asked).await.status, 202);
    let sent = eventually("a mail", Duration::from_secs(20), async || {
        Sent::all(&stack.log()).pop()
    })
    .await;
    assert_eq!((sent.from.as_str(), sent.to.as_str()), (FROM, REP));
    assert_eq!(sent.subject, "Choose a new password");
    let link = format!("{}/reset-password#token=", stack.url());
    let (_, rest) = sent.text.split_once(&link).expect(&sent.text);
    let token = rest.split_whitespace().next().unwrap();
    assert!(
        sent.html.contains(&format!("href=\"{link}{token}\"")),
        "{}",
        sent.html
    );

    // The link is whole.
    let form = json!({"token": token, "password": "Another short sentence"});
    let reset = answer(stranger.posts("/api/auth/reset-password", &form)).await;
    assert_eq!(reset.status, 204, "{}", reset.text());
    let form = json!({"email": REP, "password": "Another short sentence"});
    let logged_in = answer(stranger.posts("/api/auth/login", &form)).await;
    assert_eq!(logged_in.status, 200, "{}", logged_in.text());

    // It is done with, and its words are gone.
    assert_eq!(Sent::all(&stack.log()).len(), 1);
    stack.stop();
    let left: (String, i64) = stack
        .database()
        .query_row(
            "SELECT status, length(body_text) + length(body_html) FROM outbox WHERE to_address = ?1 AND kind = 'password_reset'",
            [REP],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    assert_eq!(left, ("sent".to_owned(), 0));
}
