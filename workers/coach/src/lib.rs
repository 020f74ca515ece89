//! Talking to models without doing I/O, and the coach that needs no model.
//!
//! - [`builtin`]: the built-in coach. It judges, corrects, plays the customer and closes, from the scenario alone.
//! - [`prompts`]: what a model is asked in each role.
//! - [`provider`]: models behind a wire, bytes in and events out.

pub mod builtin;
pub mod prompts;
pub mod provider;
