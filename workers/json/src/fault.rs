//! Why a reading failed, and where.

use std::fmt::{self, Display, Write};

/// Why text could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    message: String,
    path: String,
    is_json: bool,
}

impl Fault {
    /// The parser's or the type's own words. They may hold some of the text.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The place of the value that was refused, as `drills[2].customer.name`; empty for the whole.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The text is JSON, and not what it was read for.
    pub fn is_json(&self) -> bool {
        self.0.is_json
    }

    pub(crate) fn no_json(error: &serde_json::Error) -> Self {
        let mut fault = Self::of(error.to_string());
        fault.0.is_json = false;
        fault
    }

    fn of(message: String) -> Self {
        Self(Box::new(Inner {
            message,
            path: String::new(),
            is_json: true,
        }))
    }

    /// The fault as seen from the object around it.
    pub(crate) fn in_field(mut self, name: &str) -> Self {
        let path = &mut self.0.path;
        if !path.is_empty() && !path.starts_with('[') {
            path.insert(0, '.');
        }
        path.insert_str(0, name);
        self
    }

    /// The fault as seen from the list around it.
    pub(crate) fn in_item(mut self, index: usize) -> Self {
        let path = &mut self.0.path;
        if !path.is_empty() && !path.starts_with('[') {
            path.insert(0, '.');
        }
        path.insert_str(0, &format!("[{index}]"));
        self
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            f.write_str(&self.0.path)?;
            f.write_str(": ")?;
        }
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self::of(written(&message))
    }
}

/// One function for all kinds of messages.
fn written(message: &dyn Display) -> String {
    let mut text = String::new();
    // Writing to a string never fails.
    let _ = write!(text, "{message}");
    text
}
