//! Text with marks: WhatsApp's own `*bold*` and `_italic_`, and quotes found in an answer.

/// A piece of text with one kind of mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// As it is.
    Plain(String),
    /// Between `*`.
    Bold(String),
    /// Between `_`.
    Italic(String),
    /// A quote that stands in the text.
    Quote(String),
}

/// Reads WhatsApp's marks. A mark counts only where WhatsApp lets it: around something, with no blank inside its edges, and
/// not in the middle of a word; anything else stays as typed.
pub fn whatsapp(text: &str) -> Vec<Piece> {
    let chars: Vec<char> = text.chars().collect();
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut at = 0;
    while let Some(&mark) = chars.get(at) {
        let before = at.checked_sub(1).and_then(|before| chars.get(before));
        let opens =
            matches!(mark, '*' | '_') && before.is_none_or(|before| !before.is_alphanumeric());
        match opens.then(|| end_of_mark(&chars, at, mark)).flatten() {
            Some(end) => {
                if !plain.is_empty() {
                    pieces.push(Piece::Plain(std::mem::take(&mut plain)));
                }
                let inner: String = chars.iter().skip(at + 1).take(end - at - 1).collect();
                pieces.push(if mark == '*' {
                    Piece::Bold(inner)
                } else {
                    Piece::Italic(inner)
                });
                at = end + 1;
            }
            None => {
                plain.push(mark);
                at += 1;
            }
        }
    }
    if !plain.is_empty() {
        pieces.push(Piece::Plain(plain));
    }
    pieces
}

fn end_of_mark(chars: &[char], start: usize, mark: char) -> Option<usize> {
    let first = chars.get(start + 1)?;
    if first.is_whitespace() || *first == mark {
        return None;
    }
    let line = chars.iter().enumerate().skip(start + 2);
    for (at, &char) in line.take_while(|(_, char)| **char != '\n') {
        let inside_ends_well = chars.get(at - 1).is_some_and(|last| !last.is_whitespace());
        let after = chars.get(at + 1);
        if char == mark && inside_ends_well && after.is_none_or(|after| !after.is_alphanumeric()) {
            return Some(at);
        }
    }
    None
}

/// Marks the quotes that stand in a text. Overlapping ones become one; those that don't stand in it are passed over.
pub fn quoted<'a>(text: &str, quotes: impl IntoIterator<Item = &'a str>) -> Vec<Piece> {
    let mut spans: Vec<(usize, usize)> = quotes
        .into_iter()
        .map(str::trim)
        .filter(|quote| !quote.is_empty())
        .filter_map(|quote| text.find(quote).map(|start| (start, start + quote.len())))
        .collect();
    spans.sort_unstable();
    let mut pieces = Vec::new();
    let mut done = 0;
    let mut push = |from: usize, to: usize, mark: fn(String) -> Piece| {
        if let Some(part) = text.get(from..to).filter(|part| !part.is_empty()) {
            pieces.push(mark(part.to_owned()));
        }
    };
    let mut spans = spans.into_iter().peekable();
    while let Some((start, mut end)) = spans.next() {
        while let Some((_, next_end)) = spans.next_if(|(next_start, _)| *next_start < end) {
            end = end.max(next_end);
        }
        push(done, start, Piece::Plain);
        push(start, end, Piece::Quote);
        done = end;
    }
    push(done, text.len(), Piece::Plain);
    pieces
}

/// Takes the improved version out of a correction that says it: what comes before it, and what comes after.
pub fn around<'a>(text: &'a str, improved: &str) -> Option<(&'a str, &'a str)> {
    let improved = improved.trim();
    if improved.is_empty() {
        return None;
    }
    let (before, after) = text.split_once(improved)?;
    // The quotation marks around it give way to the frame it is shown in.
    let before = before.trim_end().trim_end_matches(['“', '"', '\'']);
    let before = without_label(before.trim_end());
    let after = after.trim_start_matches(['”', '"', '\'']);
    Some((before, after.trim()))
}

/// Leaves out a last line that is only a bold label: the frame has one of its own.
fn without_label(text: &str) -> &str {
    let (rest, last) = text.rsplit_once('\n').unwrap_or(("", text));
    if last.starts_with('*') && last.ends_with(":*") {
        rest.trim_end()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Piece::{Bold, Italic, Plain, Quote};
    use proptest::prelude::*;

    fn words(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| match piece {
                Plain(text) | Quote(text) => text.clone(),
                Bold(text) => format!("*{text}*"),
                Italic(text) => format!("_{text}_"),
            })
            .collect()
    }

    #[test]
    fn marks_count_where_whatsapp_lets_them() {
        assert_eq!(
            whatsapp("*Good:* you _asked_ 2*3*4"),
            vec![
                Bold("Good:".into()),
                Plain(" you ".into()),
                Italic("asked".into()),
                Plain(" 2*3*4".into())
            ]
        );
        assert_eq!(whatsapp("* a *"), vec![Plain("* a *".into())]);
        assert_eq!(whatsapp("*open\nend*"), vec![Plain("*open\nend*".into())]);
        assert_eq!(whatsapp("**"), vec![Plain("**".into())]);
        assert_eq!(
            whatsapp("snake_case_name"),
            vec![Plain("snake_case_name".into())]
        );
    }

    #[test]
    fn quotes_are_found_once_and_never_invented() {
        assert_eq!(
            quoted(
                "I see. You want to test.",
                ["You want to test.", "not there", "to test."]
            ),
            vec![Plain("I see. ".into()), Quote("You want to test.".into())]
        );
        assert_eq!(quoted("", ["x"]), vec![]);
    }

    #[test]
    fn the_improved_version_is_taken_out_of_its_text() {
        let text = "Good.\n\n*Better:*\n“Rakesh ji, shall we?”\n\nNow you.";
        assert_eq!(
            around(text, "Rakesh ji, shall we?"),
            Some(("Good.", "Now you."))
        );
        assert_eq!(around(text, "something else"), None);
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(text in "[a-c*_ \n“é]{0,40}", quotes in prop::collection::vec("[a-c “é]{0,6}", 0..5)) {
            prop_assert_eq!(words(&whatsapp(&text)), text.clone());
            prop_assert_eq!(words(&quoted(&text, quotes.iter().map(String::as_str))), text);
        }
    }
}
