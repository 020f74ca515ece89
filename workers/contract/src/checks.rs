//! What forms are checked by, in words for the person who filled them in. garde runs them; the app and the Worker alike.

use crate::problem::FieldError;
use domain::scenario::Fault;
use garde::{Error, Path, Report, Result, Validate};

/// The longest e-mail address, bytes (RFC 5321).
pub const MAX_EMAIL_BYTES: usize = 254;

/// The longest password that is hashed, bytes: hashing is the one costly thing a stranger can ask for.
pub const MAX_PASSWORD_BYTES: usize = 200;

/// The shortest password that may be set, characters (NIST SP 800-63B).
pub const MIN_PASSWORD_CHARS: usize = 10;

/// An e-mail address as far as it can be told without sending a mail: something, one `@`, a host with no blanks.
pub fn email(email: &str, _: &()) -> Result {
    let email = email.trim();
    let parts = email.rsplit_once('@').filter(|(name, host)| {
        !name.is_empty()
            && !host.is_empty()
            && !name.contains('@')
            && !email.contains(|c: char| c.is_whitespace() || c.is_control())
    });
    if parts.is_some() && email.len() <= MAX_EMAIL_BYTES {
        Ok(())
    } else {
        Err(Error::new(
            "Enter an e-mail address such as asha@example.com.",
        ))
    }
}

/// A password at log-in: anything that may once have been set.
pub fn password(password: &str, _: &()) -> Result {
    if password.is_empty() || password.len() > MAX_PASSWORD_BYTES {
        Err(Error::new("Enter your password."))
    } else {
        Ok(())
    }
}

/// A password to be set.
pub fn new_password(password: &str, _: &()) -> Result {
    if password.chars().count() < MIN_PASSWORD_CHARS || password.len() > MAX_PASSWORD_BYTES {
        Err(Error::new(format!(
            "Choose a password of at least {MIN_PASSWORD_CHARS} characters; a short sentence is good."
        )))
    } else {
        Ok(())
    }
}

/// The longest token that comes by mail, characters: a signed one holds an address and a company's name.
pub const MAX_TOKEN_CHARS: usize = 2_000;

/// A token of a mail or an invite: the letters of base64 and the dots of a signed one.
pub fn token(token: &str, _: &()) -> Result {
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if token.is_empty() || token.len() > MAX_TOKEN_CHARS || !token.chars().all(letter) {
        Err(Error::new(
            "This link is not whole: open it from the mail again.",
        ))
    } else {
        Ok(())
    }
}

/// A name of a person, team, group or company: 1 to 80 characters, no control characters.
pub fn name(name: &str, _: &()) -> Result {
    let chars = name.trim().chars().count();
    if chars == 0 || chars > 80 || name.chars().any(char::is_control) {
        Err(Error::new("Enter a name of 1 to 80 characters."))
    } else {
        Ok(())
    }
}

/// A telephone number: digits as people write them, 5 to 32 characters.
pub fn phone(phone: &str, _: &()) -> Result {
    let phone = phone.trim();
    let written = |c: char| c.is_ascii_digit() || "+-() ./".contains(c);
    if (5..=32).contains(&phone.len()) && phone.chars().all(written) {
        Ok(())
    } else {
        Err(Error::new("Enter a number such as +91 98200 12345."))
    }
}

/// A company's domain: a host name, at most 253 characters (RFC 1035).
pub fn host(host: &str, _: &()) -> Result {
    let label = |label: &str| {
        (1..=63).contains(&label.len()) && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    if host.len() <= 253 && host.contains('.') && host.split('.').all(label) {
        Ok(())
    } else {
        Err(Error::new("Enter a domain such as example.com."))
    }
}

/// The beginning of what is searched: 1 to 80 characters.
pub fn search(search: &str, _: &()) -> Result {
    let chars = search.trim().chars().count();
    if chars == 0 || chars > 80 || search.chars().any(char::is_control) {
        Err(Error::new("Search for 1 to 80 characters."))
    } else {
        Ok(())
    }
}

/// A zone by its IANA name.
pub fn zone(zone: &str, _: &()) -> Result {
    if domain::schedule::is_zone(zone) {
        Ok(())
    } else {
        Err(Error::new("Choose a zone such as Asia/Kolkata."))
    }
}

/// A moment in Unix ms: up to the year 9999.
pub fn moment(at: &u64, _: &()) -> Result {
    if *at <= 253_402_300_799_999 {
        Ok(())
    } else {
        Err(Error::new("Give a moment in Unix milliseconds."))
    }
}

/// A date of the calendar: `2026-11-22`.
pub fn date(date: &str, _: &()) -> Result {
    let parts: Vec<Option<u32>> = date.split('-').map(|part| part.parse().ok()).collect();
    let digits = date.len() == 10 && date.chars().all(|c| c.is_ascii_digit() || c == '-');
    let days = match parts.as_slice() {
        [Some(year), Some(month), Some(_)] if digits && *year > 0 => days_in(*year, *month),
        _ => 0,
    };
    match parts.get(2) {
        Some(Some(day)) if (1..=days).contains(day) => Ok(()),
        _ => Err(Error::new("Give a date such as 2026-11-22.")),
    }
}

/// Of a month in the Gregorian calendar; 0 when there is no such month.
fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// Checks a form; nothing comes back of a good one.
pub fn check(form: &impl Validate<Context = ()>) -> Vec<FieldError> {
    form.validate()
        .map_or_else(|report| field_errors(&report), |()| Vec::new())
}

/// A report of garde as errors of fields, named as in the JSON (`firstName`, not `first_name`).
fn field_errors(report: &Report) -> Vec<FieldError> {
    report
        .iter()
        .map(|(path, error)| FieldError::new(camel_case(&path.to_string()), error.message()))
        .collect()
}

/// Takes up what the rules of scenarios and tone found, each at its key.
pub(crate) fn append_faults(found: std::result::Result<(), Vec<Fault>>, report: &mut Report) {
    for fault in found.err().into_iter().flatten() {
        let sentence = format!("It {}.", fault.rule);
        report.append(Path::new(fault.key), Error::new(sentence));
    }
}

fn camel_case(path: &str) -> String {
    let mut camel = String::with_capacity(path.len());
    let mut upper = false;
    for c in path.chars() {
        match c {
            '_' => upper = true,
            c if std::mem::take(&mut upper) => camel.extend(c.to_uppercase()),
            c => camel.push(c),
        }
    }
    camel
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in [
            "a@b",
            "rep@salescaptain.test",
            " asha.verma+x@example.co.in ",
        ] {
            assert!(email(good, &()).is_ok(), "{good}");
        }
        for bad in [
            "",
            "a",
            "@b",
            "a@",
            "a b@c",
            "a@b@c",
            &format!("{}@b", "x".repeat(260)),
        ] {
            assert!(email(bad, &()).is_err(), "{bad}");
        }
    }

    #[test]
    fn dates() {
        for good in ["2026-11-22", "2024-02-29", "2000-02-29", "0001-01-01"] {
            assert!(date(good, &()).is_ok(), "{good}");
        }
        for bad in [
            "",
            "2026-11",
            "2026-13-01",
            "2026-02-29",
            "1900-02-29",
            "2026-11-31",
            "2026-1-1",
            "2026-00-10",
            "2026-10-00",
            "+026-10-10",
            "2026-11-22T",
            "26-11-2222",
            "२०२६-११-२२",
        ] {
            assert!(date(bad, &()).is_err(), "{bad}");
        }
    }

    #[test]
    fn fields_are_named_as_in_json() {
        assert_eq!(camel_case("first_name"), "firstName");
        assert_eq!(
            camel_case("drills[0].customer_message"),
            "drills[0].customerMessage"
        );
    }
}
