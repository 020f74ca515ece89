//! The Durable Object behind one live session.

use worker::{DurableObject, Env, Request, Response, State, durable_object};

/// One live session: it owns the turn log while the session runs.
#[durable_object]
pub struct ChatSession {
    _state: State,
}

impl DurableObject for ChatSession {
    fn new(state: State, _env: Env) -> Self {
        Self { _state: state }
    }

    async fn fetch(&self, _request: Request) -> worker::Result<Response> {
        Response::error("No such route", 404)
    }
}
