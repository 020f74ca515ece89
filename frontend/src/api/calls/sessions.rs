//! One's own sessions: what there is today, and the running one.

use crate::api::transport::{Method, Request};
use crate::api::{Api, Failure};
use contract::chat::{ChatState, StartRequest};
use contract::session::{PracticeForm, Session, SessionResult, Today};
use domain::ids::{ScenarioId, SessionId};

impl Api {
    /// Today's sessions and how the ten days stand.
    pub async fn today(&self) -> Result<Today, Failure> {
        self.get("/api/sessions/today").await
    }

    /// One session.
    pub async fn session(&self, id: SessionId) -> Result<Session, Failure> {
        self.get(&format!("/api/sessions/{id}")).await
    }

    /// What a completed session came to.
    pub async fn result(&self, id: SessionId) -> Result<SessionResult, Failure> {
        self.get(&format!("/api/sessions/{id}/result")).await
    }

    /// Starts a session, or gives the running one.
    pub async fn start(&self, id: SessionId) -> Result<ChatState, Failure> {
        self.post("/api/chat/start", &StartRequest { session_id: id })
            .await
    }

    /// Practises a completed day again, or goes on with it.
    pub async fn practise(&self, scenario: ScenarioId) -> Result<Session, Failure> {
        let form = PracticeForm {
            scenario_id: scenario,
        };
        self.post("/api/sessions/practice", &form).await
    }

    /// The live session as it stands.
    pub async fn history(&self, id: SessionId) -> Result<ChatState, Failure> {
        self.get(&format!("/api/chat/{id}/history")).await
    }

    /// Stops the running turn.
    pub async fn stop(&self, id: SessionId) -> Result<(), Failure> {
        let path = format!("/api/chat/{id}/stop");
        self.ask(Request::new(Method::Post, &path)).await.map(drop)
    }

    /// Ends the session after its last drill.
    pub async fn end(&self, id: SessionId) -> Result<SessionResult, Failure> {
        let path = format!("/api/chat/{id}/end");
        self.ask(Request::new(Method::Post, &path)).await?.json()
    }
}
