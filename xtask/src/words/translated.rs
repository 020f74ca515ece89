//! What translators made of the app's words: a gettext file for each language.

use std::path::Path;

use polib::catalog::Catalog;
use polib::message::{Message, MessageFlags, MessageView};
use polib::po_file;

use super::said::{Said, placeholders};
use crate::error::{Error, Result};

/// What stands between a context and its text in the keys of catalogues; `frontend/src/words` knows it too.
const AFTER_CONTEXT: char = '\u{4}';

/// The translations of one language.
pub struct Translations {
    /// With the comments at its head, and without its messages.
    head: Catalog,
    all: Vec<Translated>,
}

/// One text with its translation.
#[derive(Debug, Clone, Default)]
struct Translated {
    context: String,
    text: String,
    many: Option<String>,
    /// One, or of a plural both; empty: not translated yet.
    forms: Vec<String>,
    /// Where it stands in the code.
    source: String,
    /// What translators say to each other.
    comments: String,
    /// A translation that somebody should look at.
    is_fuzzy: bool,
}

impl Translations {
    /// Reads a language's file.
    pub fn read(path: &Path) -> Result<Self> {
        let file = po_file::parse(path).map_err(|why| Error::BadFile {
            path: path.to_path_buf(),
            why: why.to_string(),
            mend: "mend it with an editor of gettext files, such as Poedit.".to_owned(),
        })?;
        let all = file.messages().map(Translated::of).collect();
        let mut head = Catalog::new(file.metadata);
        head.preheader = file.preheader;
        Ok(Self { head, all })
    }

    /// Writes it.
    pub fn write(&self, path: &Path) -> Result<()> {
        let mut file = self.head.clone();
        for one in &self.all {
            file.append_or_update(one.message());
        }
        po_file::write_to_file(&file, path).map_err(Error::file(path))
    }

    /// Takes up what the code says now, in its order: what is new waits for a translation, what is gone goes.
    pub fn follow(&mut self, said: &[Said]) {
        let before = std::mem::take(&mut self.all);
        self.all = said
            .iter()
            .map(|said| Translated {
                source: said.file.clone(),
                ..before
                    .iter()
                    .find(|known| known.is_of(said))
                    .cloned()
                    .unwrap_or_else(|| Translated::waiting(said))
            })
            .collect();
    }

    fn of(&self, said: &Said) -> Option<&Translated> {
        self.all.iter().find(|known| known.is_of(said))
    }

    /// What the code says and this language does not.
    pub fn missing<'a>(&self, said: &'a [Said]) -> Vec<&'a str> {
        let is_missing = |said: &&Said| self.of(said).is_none_or(|known| !known.is_whole());
        said.iter()
            .filter(is_missing)
            .map(|said| said.text.as_str())
            .collect()
    }

    /// What this language says and the code does not any more.
    pub fn stale(&self, said: &[Said]) -> Vec<&str> {
        let is_stale = |known: &&Translated| !said.iter().any(|said| known.is_of(said));
        self.all
            .iter()
            .filter(is_stale)
            .map(|known| known.text.as_str())
            .collect()
    }

    /// Translations that don't fit what is given to them.
    pub fn faults(&self, said: &[Said]) -> Vec<String> {
        said.iter()
            .filter_map(|said| Some((said, self.of(said)?)))
            .filter(|(_, known)| known.is_whole())
            .flat_map(|(said, known)| known.faults(said))
            .collect()
    }

    /// What the app downloads: a line for each text, in the order of the English ones' bytes, with a tab between English and
    /// translation.
    pub fn catalogue(&self) -> String {
        let mut lines: Vec<String> = self
            .all
            .iter()
            .filter(|known| known.is_whole())
            .flat_map(Translated::pairs)
            .map(|(key, form)| format!("{key}\t{form}\n"))
            .collect();
        // A tab comes before every letter: lines stand in the order of what they begin with.
        lines.sort();
        lines.dedup();
        lines.concat()
    }
}

impl Translated {
    fn of(message: &dyn MessageView) -> Self {
        Self {
            context: message.msgctxt().unwrap_or_default().to_owned(),
            text: message.msgid().to_owned(),
            many: message.msgid_plural().ok().map(str::to_owned),
            forms: match (message.msgstr(), message.msgstr_plural()) {
                (Ok(one), _) => vec![one.to_owned()],
                (_, Ok(forms)) => forms.clone(),
                _ => Vec::new(),
            },
            source: message.source().to_owned(),
            comments: message.translator_comments().to_owned(),
            is_fuzzy: message.is_fuzzy(),
        }
    }

    fn waiting(said: &Said) -> Self {
        Self {
            context: said.context.clone(),
            text: said.text.clone(),
            many: said.many.clone(),
            forms: vec![String::new(); if said.many.is_some() { 2 } else { 1 }],
            ..Self::default()
        }
    }

    fn message(&self) -> Message {
        let mut message = match &self.many {
            Some(_) => Message::build_plural(),
            None => Message::build_singular(),
        };
        let mut flags = MessageFlags::new();
        if self.is_fuzzy {
            flags.add_flag("fuzzy");
        }
        message
            .with_msgctxt(self.context.clone())
            .with_msgid(self.text.clone())
            .with_source(self.source.clone())
            .with_translator_comments(self.comments.clone())
            .with_flags(flags);
        match &self.many {
            Some(many) => message
                .with_msgid_plural(many.clone())
                .with_msgstr_plural(self.forms.clone()),
            None => message.with_msgstr(self.forms.concat()),
        };
        message.done()
    }

    fn is_of(&self, said: &Said) -> bool {
        (&self.context, &self.text, &self.many) == (&said.context, &said.text, &said.many)
    }

    fn is_whole(&self) -> bool {
        let needed = if self.many.is_some() { 2 } else { 1 };
        !self.is_fuzzy
            && self.forms.len() == needed
            && self.forms.iter().all(|form| !form.is_empty())
    }

    /// Each English text with its translation.
    fn pairs(&self) -> Vec<(String, &str)> {
        let key = |text: &str| match self.context.as_str() {
            "" => text.to_owned(),
            context => format!("{context}{AFTER_CONTEXT}{text}"),
        };
        std::iter::once(&self.text)
            .chain(&self.many)
            .map(|text| key(text))
            .zip(self.forms.iter().map(String::as_str))
            .collect()
    }

    /// A translation has every placeholder of its text and no other one; the number may be left out where there is one thing.
    fn faults(&self, said: &Said) -> Vec<String> {
        let wrong = |form: &str, why: String| format!("\"{}\" as \"{form}\" {why}", self.text);
        let texts: Vec<&String> = std::iter::once(&self.text).chain(&self.many).collect();
        let mut faults = Vec::new();
        for (form, text) in self.forms.iter().zip(texts) {
            let (has, needs) = (placeholders(form), placeholders(text));
            for name in needs.iter().filter(|name| {
                count(&has, name) < count(&needs, name) && (text != &self.text || *name != "n")
            }) {
                faults.push(wrong(form, format!("lacks {{{name}}}")));
            }
            for name in &has {
                let is_known = said.placeholders().contains(name);
                if !is_known || (name.is_empty() && count(&has, name) > count(&needs, name)) {
                    faults.push(wrong(
                        form,
                        format!("has a {{{name}}} that nothing is given for"),
                    ));
                }
            }
            if form.contains(['\n', '\t']) {
                faults.push(wrong(form, "has a tab or a new line".to_owned()));
            }
        }
        faults
    }
}

fn count(all: &[String], name: &str) -> usize {
    all.iter().filter(|known| *known == name).count()
}
