//! Where a page of a list begins.

/// After the entry of this moment and id, in a list that is newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// When the entry was made, Unix ms.
    pub at: u64,
    /// Its id, as text.
    pub id: String,
}

impl After {
    /// Before everything that was made earlier than `at`, Unix ms.
    pub fn moment(at: u64) -> Self {
        Self {
            at,
            id: String::new(),
        }
    }
}

impl Default for After {
    /// Before the newest entry.
    fn default() -> Self {
        Self::moment((1 << 53) - 1)
    }
}
