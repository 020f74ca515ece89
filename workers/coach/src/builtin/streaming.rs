//! A text in pieces, as a person's typing arrives.

/// Cuts a text after each run of blanks: word by word, each with the blanks that follow it. Joined, the pieces are exactly
/// the text; none is empty.
pub fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let word_end = rest
            .char_indices()
            .skip_while(|(_, c)| c.is_whitespace())
            .find(|(_, c)| c.is_whitespace())
            .map_or(rest.len(), |(at, _)| at);
        let (word, after) = rest.split_at_checked(word_end)?;
        let blanks = after.len() - after.trim_start().len();
        let (chunk, next) = rest.split_at_checked(word.len() + blanks)?;
        rest = next;
        Some(chunk)
    })
}
