//! The words of the interface in the language somebody chose.
//!
//! English stands in the code, inside of [`tr!`]; the translations stand in `frontend/languages/<language>.po`, which a translator
//! edits. The build makes a catalogue of them that only those download who chose that language. Sentences are translated whole:
//! what changes in them is a placeholder, because another language puts it elsewhere.

mod catalogue;
mod number;

pub use catalogue::Catalogue;
pub use number::number;

use domain::language::Language;
use std::cell::Cell;
use std::fmt::{Display, Write};

/// Every language, by the name it has for itself.
pub const LANGUAGES: [(Language, &str); 2] =
    [(Language::English, "English"), (Language::Hindi, "हिन्दी")];

/// What stands between a context and its text in the keys of catalogues, as in gettext's.
const AFTER_CONTEXT: char = '\u{4}';

thread_local! {
    /// The language of the screen, with its words; English has none, because it stands in the code.
    static SPOKEN: Cell<(Language, Option<&'static Catalogue>)> = const { Cell::new((Language::English, None)) };
}

/// The language of the screen.
pub fn language() -> Language {
    SPOKEN.get().0
}

/// How dates are written: as in India, in the language of the screen.
pub fn locale() -> &'static str {
    match language() {
        Language::English => "en-IN",
        Language::Hindi => "hi-IN",
    }
}

/// Makes it the language of the screen. What is drawn already must be drawn anew.
pub fn speak(language: Language, words: Option<&'static Catalogue>) {
    SPOKEN.set((language, words));
}

/// A text in the language of the screen:
///
/// - `tr!("Log out")` is a `&'static str`.
/// - `tr!("Join {company}", company = offer.company_name)`, or with one thing alone `tr!("Last seen {}", date)`, is a `String`.
/// - `tr!("one session" | "{n} sessions" % count)`, with more things after a comma, is a `String`; `{n}` is the number as people
///   write it.
/// - `tr!("to open" => "Open")`: where one English text stands for two things, the one meant stands before it.
///
/// The text is a literal, so that `cargo xtask words` finds it.
macro_rules! tr {
    ($context:literal => $one:literal | $many:literal % $count:expr $(, $($given:tt)*)?) => {
        $crate::words::counted($context, $one, $many, $crate::words::Count::count($count), $crate::words::given!([] $($($given)*)?))
    };
    ($context:literal => $text:literal $(,)?) => {
        $crate::words::text($context, $text)
    };
    ($context:literal => $text:literal, $($given:tt)+) => {
        $crate::words::filled($crate::words::text($context, $text), $crate::words::given!([] $($given)+))
    };
    ($one:literal | $many:literal % $count:expr $(, $($given:tt)*)?) => {
        $crate::words::counted("", $one, $many, $crate::words::Count::count($count), $crate::words::given!([] $($($given)*)?))
    };
    ($text:literal $(,)?) => {
        $crate::words::text("", $text)
    };
    ($text:literal, $($given:tt)+) => {
        $crate::words::filled($crate::words::text("", $text), $crate::words::given!([] $($given)+))
    };
}

/// What is given to a text, each with its name; what has none fills the next `{}`.
macro_rules! given {
    ([$($done:tt)*]) => { &[$($done)*] };
    ([$($done:tt)*] $name:ident = $value:expr $(, $($rest:tt)*)?) => {
        $crate::words::given!([$($done)* (stringify!($name), &$value as &dyn ::std::fmt::Display),] $($($rest)*)?)
    };
    ([$($done:tt)*] $value:expr $(, $($rest:tt)*)?) => {
        $crate::words::given!([$($done)* ("", &$value as &dyn ::std::fmt::Display),] $($($rest)*)?)
    };
}
pub(crate) use given;

/// How many there are of something, in whatever type it was counted.
pub trait Count {
    /// The same as one type.
    fn count(self) -> u64;
}

macro_rules! counts {
    ($($kind:ty),*) => { $(impl Count for $kind {
        fn count(self) -> u64 {
            self as u64
        }
    })* };
}
counts!(u8, u16, u32, u64, usize);

/// What fills a placeholder, by its name.
pub type Given<'a> = (&'a str, &'a dyn Display);

/// A text of the code in the language of the screen; where there is no translation, as it stands. Written with [`tr!`].
pub fn text(context: &str, english: &'static str) -> &'static str {
    match SPOKEN.get().1 {
        None => english,
        Some(words) => words.of(context, english).unwrap_or(english),
    }
}

/// A text for a number of things. Written with [`tr!`].
pub fn counted(
    context: &str,
    one: &'static str,
    many: &'static str,
    count: u64,
    given: &[Given<'_>],
) -> String {
    // The rule of each language: Hindi says "0 दिन" as it says "1 दिन".
    let is_one = match language() {
        Language::English => count == 1,
        Language::Hindi => count <= 1,
    };
    let text = text(context, if is_one { one } else { many });
    let number = number(count);
    let all: Vec<Given<'_>> = std::iter::once(("n", &number as &dyn Display))
        .chain(given.iter().copied())
        .collect();
    filled(text, &all)
}

/// Puts what is given into a text's placeholders: `{name}` by its name, `{}` in the order given. Written with [`tr!`].
pub fn filled(text: &str, given: &[Given<'_>]) -> String {
    let mut whole = String::with_capacity(text.len() * 2);
    let mut unnamed = given.iter().filter(|(name, _)| name.is_empty());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        whole.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = if name.is_empty() {
            unnamed.next()
        } else {
            given.iter().find(|(known, _)| *known == name)
        };
        if let Some((_, value)) = value {
            // Writing into a string does not fail.
            let _ = write!(whole, "{value}");
        }
        rest = after;
    }
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Speaks Hindi with these words for as long as the test's own thread lives.
    fn hindi(words: &'static str) {
        let words = Catalogue::read(words.to_owned());
        speak(Language::Hindi, Some(Box::leak(Box::new(words))));
    }

    #[test]
    fn english_stands_as_it_is_written() {
        let name = "Asha";
        assert_eq!(tr!("Log out"), "Log out");
        assert_eq!(tr!("Hello {}, day {}", name, 3), "Hello Asha, day 3");
        assert_eq!(
            tr!("{who} on day {day}", day = 3, who = name.to_uppercase()),
            "ASHA on day 3"
        );
        assert_eq!(tr!("one rep" | "{n} reps" % 1_usize), "one rep");
        assert_eq!(
            tr!(
                "one rep of {team}" | "{n} reps of {team}" % 0_u32,
                team = "West",
            ),
            "0 reps of West"
        );
        assert_eq!(tr!("one rep" | "{n} reps" % 120_000_u64), "1,20,000 reps");
        assert_eq!(tr!("to open" => "Open"), "Open");
    }

    #[test]
    fn hindi_stands_in_its_own_order_and_counts_by_its_own_rule() {
        hindi(concat!(
            "Log out\tलॉग आउट\n",
            "one rep\t{n} सेशन (एक)\n",
            "to open\u{4}Open\tखोलें\n",
            "{n} reps\t{n} सेशन\n",
            "{who} on day {day}\tदिन {day} पर {who}\n",
        ));
        assert_eq!(tr!("Log out"), "लॉग आउट");
        assert_eq!(tr!("Log in"), "Log in", "what is not translated is English");
        assert_eq!(
            tr!("{who} on day {day}", day = 3, who = "आशा"),
            "दिन 3 पर आशा"
        );
        assert_eq!(tr!("one rep" | "{n} reps" % 0_u64), "0 सेशन (एक)");
        assert_eq!(tr!("one rep" | "{n} reps" % 12_u64), "12 सेशन");
        assert_eq!((tr!("to open" => "Open"), tr!("Open")), ("खोलें", "Open"));
    }

    #[test]
    fn what_fills_a_placeholder_may_hold_braces() {
        assert_eq!(tr!("<{}> {}", "{}", "{n}"), "<{}> {n}");
    }
}
