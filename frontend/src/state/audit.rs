//! Entries of the audit log as sentences, and what changed by them.

use super::pace::of_day;
use super::people::role_name;
use super::rhythm::days_words;
use contract::audit::AuditEntry;
use domain::role::Role;
use domain::schedule::Weekdays;
use serde_json::{Map, Value};

/// Who did what to whom, as one would tell it.
pub fn sentence(entry: &AuditEntry) -> String {
    let who = who(entry);
    let what = subject(entry);
    match entry.action.as_str() {
        "user.created" => tr!("{who} added {what}.", who = who, what = what),
        "user.changed" => tr!("{who} changed {what}.", who = who, what = what),
        "user.activated" => tr!("{who} let {what} in again.", who = who, what = what),
        "user.deactivated" => tr!("{who} put {what} out.", who = who, what = what),
        "user.deleted" => tr!(
            "{who} deleted {what} with all that was theirs.",
            who = who,
            what = what
        ),
        "user.registered" => tr!("{who} registered.", who = who),
        "user.password_changed" => tr!("{who} changed their password.", who = who),
        "user.password_reset" => tr!("{who} set a new password by the link in a mail.", who = who),
        "user.profile_changed" => tr!("{who} changed their own settings.", who = who),
        "user.avatar_changed" => tr!("{who} changed their picture.", who = who),
        "user.unsubscribed" => tr!("{who} wants no more of some mails.", who = who),
        "team.created" => tr!("{who} made the team {what}.", who = who, what = what),
        "team.changed" => tr!("{who} changed the team {what}.", who = who, what = what),
        "team.deleted" => tr!("{who} deleted the team {what}.", who = who, what = what),
        "team.joined" => {
            let count = people(entry.after.as_ref());
            tr!(
                "{who} took a rep into the team {what}."
                    | "{who} took {n} reps into the team {what}." % count,
                who = who,
                what = what
            )
        }
        "team.left" => tr!(
            "{who} took a rep out of the team {what}.",
            who = who,
            what = what
        ),
        "group.created" => tr!("{who} made the group {what}.", who = who, what = what),
        "group.changed" => tr!("{who} changed the group {what}.", who = who, what = what),
        "group.rescheduled" => tr!(
            "{who} changed when {what} practises.",
            who = who,
            what = what
        ),
        "group.deleted" => tr!("{who} deleted the group {what}.", who = who, what = what),
        "group.joined" => {
            let count = people(entry.after.as_ref());
            tr!(
                "{who} put a rep into {what}." | "{who} put {n} reps into {what}." % count,
                who = who,
                what = what
            )
        }
        "group.left" => tr!("{who} took a rep out of {what}.", who = who, what = what),
        "invite.created" => match text(entry.after.as_ref(), "email") {
            Some(email) => tr!("{who} invited {email}.", who = who, email = email),
            None => tr!("{who} made a link to invite people by.", who = who),
        },
        "invite.revoked" => tr!("{who} took an invite back.", who = who),
        "session.scheduled" => tr!(
            "{who} scheduled a session for {what}.",
            who = who,
            what = what
        ),
        "session.rescheduled" => tr!("{who} moved a session of {what}.", who = who, what = what),
        "session.unscheduled" => tr!(
            "{who} took back a session of {what}.",
            who = who,
            what = what
        ),
        "session.score_overridden" => {
            tr!("{who} gave {what} another score.", who = who, what = what)
        }
        "session.override_withdrawn" => tr!(
            "{who} took back a score they gave {what}.",
            who = who,
            what = what
        ),
        "session.regraded" => tr!(
            "{who} had a session of {what} judged anew.",
            who = who,
            what = what
        ),
        "scenario.created" => tr!("{who} wrote the scenario “{what}”.", who = who, what = what),
        "scenario.edited" => tr!(
            "{who} edited the scenario “{what}”.",
            who = who,
            what = what
        ),
        "scenario.published" => tr!(
            "{who} published the scenario “{what}”.",
            who = who,
            what = what
        ),
        "scenario.deleted" => tr!(
            "{who} deleted the scenario “{what}”.",
            who = who,
            what = what
        ),
        "scenario.activated" => match flag(entry.after.as_ref(), "isActive") {
            Some(false) => tr!(
                "{who} took the scenario “{what}” out of the programme.",
                who = who,
                what = what
            ),
            _ => tr!(
                "{who} took the scenario “{what}” back into the programme.",
                who = who,
                what = what
            ),
        },
        "tone.edited" => tr!("{who} changed the tone guidelines.", who = who),
        "company.created" => tr!("{who} made the company {what}.", who = who, what = what),
        "company.changed" => tr!("{who} changed the company's settings.", who = who),
        "company.deleted" => tr!("{who} deleted the company {what}.", who = who, what = what),
        "company.logo_changed" => tr!("{who} changed the company's logo.", who = who),
        other => format!("{who}: {}.", in_words(&other.replace('.', " "))),
    }
}

fn who(entry: &AuditEntry) -> String {
    match (&entry.actor_name, entry.actor_id) {
        (Some(name), _) => name.clone(),
        (None, Some(_)) => tr!("Somebody who has left").to_owned(),
        (None, None) => tr!("Sales Captain itself").to_owned(),
    }
}

/// How the thing is called; once it is gone, as the entry remembers it.
fn subject(entry: &AuditEntry) -> String {
    let remembered = || {
        [entry.after.as_ref(), entry.before.as_ref()]
            .into_iter()
            .find_map(|state| text(state, "name").or_else(|| text(state, "theme")))
    };
    let unknown = match entry.subject.as_str() {
        "user" | "session" => "somebody who has left",
        _ => "that is gone",
    };
    entry
        .subject_name
        .clone()
        .or_else(remembered)
        .unwrap_or_else(|| unknown.to_owned())
}

fn text(state: Option<&Value>, key: &str) -> Option<String> {
    state?.get(key)?.as_str().map(str::to_owned)
}

fn flag(state: Option<&Value>, key: &str) -> Option<bool> {
    state?.get(key)?.as_bool()
}

fn people(state: Option<&Value>) -> usize {
    let ids = state.and_then(|state| state.get("userIds")?.as_array());
    ids.map_or(1, Vec::len)
}

/// One thing that an entry changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// "Time".
    pub name: String,
    /// What it was.
    pub from: Option<Told>,
    /// What it became.
    pub to: Option<Told>,
}

/// A value as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// In words.
    Words(String),
    /// Unix ms: the page knows the zone.
    Moment(u64),
}

/// What changed, thing by thing. What only a computer reads is left out.
pub fn differences(before: Option<&Value>, after: Option<&Value>) -> Vec<Difference> {
    let (before, after) = (fields(before), fields(after));
    let keys = after
        .keys()
        .chain(before.keys().filter(|key| !after.contains_key(*key)));
    keys.filter(|key| !is_for_computers(key))
        .filter_map(|key| {
            let (from, to) = (before.get(key), after.get(key));
            let shown = |value: Option<&Value>| value.and_then(|value| told(key, value));
            let difference = Difference {
                name: label(key),
                from: shown(from),
                to: shown(to),
            };
            (difference.from != difference.to).then_some(difference)
        })
        .collect()
}

/// A state's fields, those inside of others among them.
fn fields(state: Option<&Value>) -> Map<String, Value> {
    let mut flat = Map::new();
    for (key, value) in state.and_then(Value::as_object).into_iter().flatten() {
        match value {
            Value::Object(inner) => flat.extend(inner.clone()),
            value => drop(flat.insert(key.clone(), value.clone())),
        }
    }
    flat
}

fn is_for_computers(key: &str) -> bool {
    key.ends_with("Id") || key.ends_with("Ids") || key == "drill"
}

fn label(key: &str) -> String {
    match key {
        "slotMinute" => tr!("Time").to_owned(),
        "slotAt" => tr!("Slot").to_owned(),
        "weekdays" => tr!("Days").to_owned(),
        "isActive" => tr!("Switched on").to_owned(),
        "sessionScore" => tr!("Score of the session").to_owned(),
        "number" => tr!("Version").to_owned(),
        "email" => tr!("E-mail").to_owned(),
        "spendCapMicros" => tr!("Spend cap").to_owned(),
        "changed" => tr!("Changed").to_owned(),
        other => in_words(other),
    }
}

/// "voiceRetentionDays" as "Voice retention days".
fn in_words(key: &str) -> String {
    let mut words = String::new();
    for (index, letter) in key.chars().enumerate() {
        match letter {
            '_' => words.push(' '),
            letter if index == 0 => words.extend(letter.to_uppercase()),
            letter if letter.is_uppercase() => {
                words.push(' ');
                words.extend(letter.to_lowercase());
            }
            letter => words.push(letter),
        }
    }
    words
}

fn told(key: &str, value: &Value) -> Option<Told> {
    let words = match (key, value) {
        (_, Value::Null) => return None,
        (_, Value::Number(moment)) if key.ends_with("At") => {
            return moment.as_u64().map(Told::Moment);
        }
        ("slotMinute", Value::Number(minute)) => of_day(u16::try_from(minute.as_u64()?).ok()?),
        // Millionths of a dollar.
        ("spendCapMicros", Value::Number(micros)) => format!("${:.2}", micros.as_f64()? / 1e6),
        ("weekdays", days) => {
            let days: Weekdays = serde_json::from_value(days.clone()).ok()?;
            days_words(days)
        }
        ("role", Value::String(role)) => role
            .parse::<Role>()
            .map_or_else(|_| role.clone(), |role| role_name(role).to_owned()),
        (_, Value::Bool(true)) => tr!("Yes").to_owned(),
        (_, Value::Bool(false)) => tr!("No").to_owned(),
        ("plan", Value::String(plan)) => in_words(plan),
        ("changed", Value::Array(all)) => {
            let names = all.iter().filter_map(Value::as_str).map(in_words);
            names.collect::<Vec<_>>().join(", ")
        }
        (_, Value::Array(all)) => {
            let names = all.iter().filter_map(Value::as_str);
            names.collect::<Vec<_>>().join(", ")
        }
        (_, Value::String(text)) => text.clone(),
        (_, Value::Number(number)) => number.to_string(),
        (_, Value::Object(_)) => return None,
    };
    (!words.is_empty()).then_some(Told::Words(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{CompanyId, UserId};
    use serde_json::json;
    use uuid::Uuid;

    fn entry(action: &str, subject_name: Option<&str>) -> AuditEntry {
        AuditEntry {
            id: Uuid::nil(),
            company_id: CompanyId(Uuid::nil()),
            actor_id: Some(UserId(Uuid::nil())),
            actor_name: Some("Meera Nair".to_owned()),
            action: action.to_owned(),
            subject: action.split('.').next().unwrap_or_default().to_owned(),
            subject_id: Uuid::nil(),
            subject_name: subject_name.map(str::to_owned),
            before: None,
            after: None,
            request_id: None,
            created_at: 0,
        }
    }

    #[test]
    fn an_entry_reads_as_a_sentence() {
        let put_out = entry("user.deactivated", Some("Asha Verma"));
        assert_eq!(sentence(&put_out), "Meera Nair put Asha Verma out.");
        let joined = AuditEntry {
            after: Some(json!({"userIds": ["a", "b"]})),
            ..entry("group.joined", Some("Group A"))
        };
        assert_eq!(sentence(&joined), "Meera Nair put 2 reps into Group A.");
        // What is gone is called as the entry remembers it.
        let deleted = AuditEntry {
            before: Some(json!({"name": "West"})),
            ..entry("team.deleted", None)
        };
        assert_eq!(sentence(&deleted), "Meera Nair deleted the team West.");
        let by_cron = AuditEntry {
            actor_id: None,
            actor_name: None,
            ..entry("group.rescheduled", Some("Group A"))
        };
        assert_eq!(
            sentence(&by_cron),
            "Sales Captain itself changed when Group A practises."
        );
    }

    #[test]
    fn an_action_that_is_new_is_told_too() {
        assert_eq!(
            sentence(&entry("moon.landed_on", None)),
            "Meera Nair: Moon landed on."
        );
    }

    fn words(text: &str) -> Option<Told> {
        Some(Told::Words(text.to_owned()))
    }

    #[test]
    fn only_what_changed_is_told_and_nothing_that_only_a_computer_reads() {
        let before = json!({"name": "Group A", "isActive": true,
            "schedule": {"weekdays": ["monday", "tuesday", "wednesday"], "slotMinute": 660, "zone": "Asia/Kolkata"}});
        let after = json!({"name": "Group A", "isActive": false, "managerId": "0198",
            "schedule": {"weekdays": ["monday"], "slotMinute": 570, "zone": "Asia/Kolkata"}});
        let mut found = differences(Some(&before), Some(&after));
        found.sort_by(|one, other| one.name.cmp(&other.name));
        let expected = [
            ("Days", "Mon to Wed", "Mon"),
            ("Switched on", "Yes", "No"),
            ("Time", "11:00 AM", "9:30 AM"),
        ]
        .map(|(name, from, to)| Difference {
            name: name.to_owned(),
            from: words(from),
            to: words(to),
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn what_was_made_has_no_before_and_moments_stay_moments() {
        let after = json!({"slotAt": 1_795_132_800_000_u64, "day": 3});
        let found = differences(None, Some(&after));
        assert!(found.iter().all(|one| one.from.is_none()));
        assert!(
            found
                .iter()
                .any(|one| one.to == Some(Told::Moment(1_795_132_800_000)))
        );
        assert_eq!(differences(None, None), []);
    }
}
