//! What the app's code says, found by reading it.

use std::path::Path;
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::error::{Error, Result};
use crate::project::Project;

/// A text in the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Where it first stands: `frontend/src/app.rs`.
    pub file: String,
    /// What tells it from the same words for another thing; mostly empty.
    pub context: String,
    /// The text, or the one for one thing.
    pub text: String,
    /// The one for many things.
    pub many: Option<String>,
    /// What is given to it: names, and `""` for each thing without one.
    given: Vec<String>,
}

/// Every text of the app, in the order of files and lines, each once.
pub fn all_said(project: &Project) -> Result<Vec<Said>> {
    let root = project.root();
    let mut said: Vec<Said> = Vec::new();
    for path in rust_files(&project.path("frontend/src"))? {
        let code = std::fs::read_to_string(&path).map_err(Error::file(&path))?;
        let inside = path.strip_prefix(root).unwrap_or(&path);
        let unread = |why: String| Error::BadFile {
            path: path.clone(),
            why,
            mend: "mend what stands in `tr!`; frontend/src/words says how it is written."
                .to_owned(),
        };
        let tokens = TokenStream::from_str(&code).map_err(|why| unread(why.to_string()))?;
        let mut found = Vec::new();
        find(tokens, &mut found).map_err(unread)?;
        for mut one in found {
            one.file = inside.to_string_lossy().into_owned();
            match said
                .iter_mut()
                .find(|known| (&known.context, &known.text) == (&one.context, &one.text))
            {
                Some(known) if known.many == one.many => known.given.append(&mut one.given),
                Some(known) => {
                    return Err(unread(format!(
                        "\"{}\" has another plural in {}",
                        one.text, known.file
                    )));
                }
                None => said.push(one),
            }
        }
    }
    Ok(said)
}

fn rust_files(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut files = Vec::new();
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .map_err(Error::file(folder))?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    entries.sort();
    for path in entries {
        // What tests say is for nobody.
        let is_test = path.ends_with("src/words/mod.rs") || path.ends_with("tests.rs");
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|it| it == "rs") && !is_test {
            files.push(path);
        }
    }
    Ok(files)
}

/// Looks for `tr!(…)`, inside of other macros too.
fn find(tokens: TokenStream, found: &mut Vec<Said>) -> std::result::Result<(), String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let is_call = at >= 2
            && matches!((tokens.get(at - 2), tokens.get(at - 1)),
                (Some(TokenTree::Ident(name)), Some(TokenTree::Punct(mark))) if name == "tr" && mark.as_char() == '!');
        if is_call && group.delimiter() == Delimiter::Parenthesis {
            found.push(read(group.stream())?);
        }
        find(group.stream(), found)?;
    }
    Ok(())
}

/// Reads what stands in one `tr!`.
fn read(tokens: TokenStream) -> std::result::Result<Said, String> {
    let mut parts = vec![Vec::new()];
    for token in tokens {
        match (&token, parts.last_mut()) {
            (TokenTree::Punct(comma), _) if comma.as_char() == ',' => parts.push(Vec::new()),
            (_, Some(part)) => part.push(token),
            (_, None) => {}
        }
    }
    let mut parts = parts.into_iter().filter(|part| !part.is_empty());
    let head = parts.next().unwrap_or_default();
    let mut said = Said {
        file: String::new(),
        context: String::new(),
        text: String::new(),
        many: None,
        given: parts.map(|part| name_of(&part)).collect(),
    };
    let mut head = head.into_iter().peekable();
    said.text = literal(head.next())?;
    if takes(&mut head, "=>") {
        said.context = std::mem::take(&mut said.text);
        said.text = literal(head.next())?;
    }
    if takes(&mut head, "|") {
        said.many = Some(literal(head.next())?);
    } else if head.next().is_some() {
        return Err(format!(
            "after \"{}\" stands neither a comma nor a plural",
            said.text
        ));
    }
    Ok(said)
}

fn takes(tokens: &mut std::iter::Peekable<impl Iterator<Item = TokenTree>>, mark: &str) -> bool {
    mark.chars().all(|c| {
        tokens
            .next_if(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == c))
            .is_some()
    })
}

fn literal(token: Option<TokenTree>) -> std::result::Result<String, String> {
    match token {
        Some(TokenTree::Literal(literal)) => match syn::Lit::new(literal) {
            syn::Lit::Str(text) => Ok(text.value()),
            _ => Err("a text is a string".to_owned()),
        },
        other => Err(format!(
            "a text is a string that stands there itself, not {}",
            other.map_or_else(|| "nothing".to_owned(), |token| token.to_string())
        )),
    }
}

/// `name = value` has a name; a value alone has none.
fn name_of(part: &[TokenTree]) -> String {
    match part {
        [TokenTree::Ident(name), TokenTree::Punct(equals), value, ..]
            if equals.as_char() == '='
                && !matches!(value, TokenTree::Punct(more) if more.as_char() == '=') =>
        {
            name.to_string()
        }
        _ => String::new(),
    }
}

impl Said {
    /// What of its placeholders and of what is given to it doesn't fit.
    pub fn faults(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        let texts = || std::iter::once(&self.text).chain(&self.many);
        for text in texts().filter(|text| text.contains(['\n', '\t'])) {
            wrong.push(format!("{}: \"{text}\" has a tab or a new line", self.file));
        }
        let needed: Vec<String> = texts().flat_map(|text| placeholders(text)).collect();
        for name in &needed {
            let is_given = self.given.contains(name) || (name == "n" && self.many.is_some());
            if !is_given {
                wrong.push(format!(
                    "{}: nothing is given for {{{name}}} in \"{}\"",
                    self.file, self.text
                ));
            }
        }
        for name in &self.given {
            if !needed.contains(name) {
                wrong.push(format!(
                    "{}: \"{}\" has no {{{name}}} for what is given",
                    self.file, self.text
                ));
            }
        }
        wrong
    }

    /// The placeholders that a translation may have.
    pub fn placeholders(&self) -> Vec<String> {
        let mut all = placeholders(&self.text);
        if let Some(many) = &self.many {
            all.extend(placeholders(many));
            all.push("n".to_owned());
        }
        all
    }
}

/// The names in braces, in their order.
pub fn placeholders(text: &str) -> Vec<String> {
    text.split('{')
        .skip(1)
        .map(|after| after.split('}').next().unwrap_or_default().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn said(code: &str) -> Vec<Said> {
        let mut found = Vec::new();
        find(code.parse().unwrap(), &mut found).unwrap();
        found
    }

    #[test]
    fn texts_are_found_in_whatever_they_stand() {
        let code = r#"html! { <p aria-label={tr!("Pages")}>{ if a { tr!("to go" => "Back") } else { tr!("One {} of {who}", f(1, 2), who = tr!("Inside"),) } }</p> }
            tr!("one rep" | "{n} reps" % reps.len())"#;
        let found = said(code);
        let texts: Vec<_> = found
            .iter()
            .map(|said| (said.context.as_str(), said.text.as_str()))
            .collect();
        assert_eq!(
            texts,
            [
                ("", "Pages"),
                ("to go", "Back"),
                ("", "One {} of {who}"),
                ("", "Inside"),
                ("", "one rep")
            ]
        );
        assert_eq!(found.iter().flat_map(Said::faults).count(), 0);
        assert_eq!(found.last().unwrap().many.as_deref(), Some("{n} reps"));
    }

    #[test]
    fn what_is_not_given_or_not_used_is_found() {
        let faults = |code| said(code).iter().flat_map(Said::faults).count();
        assert_eq!(faults(r#"tr!("Hello {name}", nam = 1)"#), 2);
        assert_eq!(faults(r#"tr!("Hello {name}")"#), 1);
        assert_eq!(faults(r#"tr!("Hello", name)"#), 1);
        assert_eq!(faults(r#"tr!("Hello {name}", name = a == b)"#), 0);
    }
}
