//! The translations of one language, as the build writes them.

use super::AFTER_CONTEXT;

/// The texts of one language by the English ones.
#[derive(Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// English, translation; in the order of the English ones' bytes.
    pairs: Vec<(&'static str, &'static str)>,
}

impl Catalogue {
    /// Reads what the build wrote: a line for each text, in order, with a tab between English and translation. It is read once and
    /// kept as long as the app runs.
    pub fn read(file: String) -> Self {
        let file: &'static str = file.leak();
        Self {
            pairs: file
                .lines()
                .filter_map(|line| line.split_once('\t'))
                .collect(),
        }
    }

    /// The translation of a text.
    pub fn of(&self, context: &str, english: &str) -> Option<&'static str> {
        if context.is_empty() {
            return self.find(english);
        }
        let mut key = String::from(context);
        key.push(AFTER_CONTEXT);
        key.push_str(english);
        self.find(&key)
    }

    fn find(&self, key: &str) -> Option<&'static str> {
        let at = self
            .pairs
            .binary_search_by(|(english, _)| (*english).cmp(key));
        self.pairs
            .get(at.ok()?)
            .map(|(_, translation)| *translation)
    }
}
