//! The few things that are asked of the browser itself, each behind a small function that cannot fail.

pub mod address;
pub mod clock;
pub mod events;
pub mod file_url;
pub mod hand_over;
pub mod language;
pub mod locks;
pub mod microphone;
pub mod page;
pub mod parts;
pub mod picture;
pub mod random;
pub mod sound;
pub mod storage;
pub mod theme;
pub mod version;
pub mod viewport;
