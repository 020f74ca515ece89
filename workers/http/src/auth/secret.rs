//! Secrets that open something once: refresh tokens, resets, invites. The bearer has the text, we keep its hash.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// 32 random bytes, opaque to everyone.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret([u8; 32]);

impl Secret {
    /// Takes fresh random bytes.
    pub(crate) fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// Reads what [`Secret::text`] wrote; `None` of anything else.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// What its bearer gets: 43 letters of URL-safe base64.
    pub(crate) fn text(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What is stored of it: SHA-256, lower-case hex. It is random, so no salt is needed.
    pub(crate) fn hash(&self) -> String {
        format!("{:x}", Sha256::digest(self.0))
    }
}
