//! People's names as the chat uses them.

/// What may stand before a name, with or without a full stop.
const TITLES: [&str; 12] = [
    "dr", "col", "capt", "maj", "prof", "mr", "mrs", "ms", "shri", "smt", "adv", "ca",
];

/// How the chat calls somebody: "Rakesh", but "Dr Kavita" and "Col. Ravindra".
pub fn short_name(name: &str) -> String {
    let mut words = words(name);
    match (words.next(), words.next()) {
        (Some(title), Some(first)) if is_title(title) => format!("{title} {first}"),
        (Some(first), _) => first.to_owned(),
        (None, _) => name.to_owned(),
    }
}

/// The letters of first and last name: "RS".
pub fn initials(name: &str) -> String {
    let mut words = words(name).filter(|word| !is_title(word));
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

/// The words that belong to the name itself: what stands in brackets does not.
fn words(name: &str) -> impl DoubleEndedIterator<Item = &str> {
    name.split_whitespace()
        .filter(|word| word.starts_with(char::is_alphabetic))
}

fn is_title(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    TITLES.iter().any(|title| title.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shortened_as_people_do() {
        assert_eq!(short_name("Rakesh Kumar Sharma"), "Rakesh");
        assert_eq!(short_name("Dr Kavita Nair"), "Dr Kavita");
        assert_eq!(
            short_name("Col. Ravindra Kulkarni (retd.)"),
            "Col. Ravindra"
        );
        assert_eq!(short_name("Anthony D'Souza"), "Anthony");
        assert_eq!(short_name(""), "");
    }

    #[test]
    fn initials_are_those_of_first_and_last_name() {
        assert_eq!(initials("Rakesh Kumar Sharma"), "RS");
        assert_eq!(initials("Col. Ravindra Kulkarni (retd.)"), "RK");
        assert_eq!(initials("priya"), "P");
        assert_eq!(initials(""), "");
    }
}
