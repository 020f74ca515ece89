//! Talking to models without doing I/O, and the coach that needs no model.
//!
//! - [`belief`]: how far a model's judgements are believed.
//! - [`builtin`]: the built-in coach. It judges, corrects, plays the customer and closes, from the scenario alone.
//! - `order`: short lists in order.
//! - [`prompts`]: what a model is asked in each role.
//! - [`provider`]: models behind a wire, bytes in and events out.
//! - [`suspicion`]: whether an answer speaks to whoever scores it.
//! - [`turn`]: what a turn of a session is about, for whoever carries it.

pub mod belief;
pub mod builtin;
mod order;
pub mod prompts;
pub mod provider;
pub mod suspicion;
pub mod turn;
