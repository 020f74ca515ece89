//! What the API says of itself: an OpenAPI 3.1 document and a table for people, made from the types that cross the wire and
//! from one small block per call.
//!
//! - `resources`: every call, by resource. Here a new route is described.
//! - `operation`: what can be said of a call, and what follows from it: a body can be no JSON, an id can be nobody's.
//! - `document`: calls as OpenAPI. `schemas`, `limits`, `examples`: the types in it, their bounds, and values of them.
//! - `guide`: calls as the table of `docs/api.md`.
//!
//! None of it is in the Worker: `cargo xtask build` writes the document beside the app's files.

mod document;
mod examples;
mod guide;
mod limits;
mod operation;
mod parameters;
mod resources;
mod schemas;

pub use document::document;
pub use guide::guide;
pub use operation::{Answer, Body, Header, Operation, Shape, Success};
pub use resources::{Resource, resources};
