//! Sessions in lists, and as managers plan and look after them.

use super::Versioned;
use crate::api::transport::{Method, Request};
use crate::api::{Api, Failure, with_query};
use contract::page::Page;
use contract::session::{
    Items, ListedSession, Note, NoteForm, OverrideForm, RescheduleForm, ScheduleForm, Session,
    SessionPage, SessionQuery, SessionResult, SessionTarget, VerdictHistory,
};
use domain::ids::{SessionId, UserId};

impl Api {
    /// Sessions, the latest slot first.
    pub async fn sessions(&self, query: &SessionQuery) -> Result<Page<ListedSession>, Failure> {
        self.list_inside("/api/sessions", query).await
    }

    /// Sessions that can still be started, the soonest first.
    pub async fn upcoming(&self, query: &SessionPage) -> Result<Page<ListedSession>, Failure> {
        self.list("/api/sessions/upcoming", query).await
    }

    /// One rep's sessions, the latest slot first.
    pub async fn sessions_of(
        &self,
        rep: UserId,
        query: &SessionPage,
    ) -> Result<Page<ListedSession>, Failure> {
        self.list(&format!("/api/sessions/user/{rep}"), query).await
    }

    /// One session, to be edited.
    pub async fn session_to_edit(&self, id: SessionId) -> Result<Versioned<Session>, Failure> {
        let path = format!("/api/sessions/{id}");
        self.versioned(Request::new(Method::Get, &path)).await
    }

    /// Schedules a session for a rep.
    pub async fn schedule(
        &self,
        target: &SessionTarget,
        form: &ScheduleForm,
        key: &str,
    ) -> Result<ListedSession, Failure> {
        let path = with_query("/api/sessions", &self.inside_of(target));
        self.create(&path, form, key).await
    }

    /// Moves a session that was not started.
    pub async fn reschedule(
        &self,
        id: SessionId,
        version: u64,
        form: &RescheduleForm,
    ) -> Result<ListedSession, Failure> {
        self.put(&format!("/api/sessions/{id}"), version, form)
            .await
    }

    /// Takes back a session that was not started.
    pub async fn unschedule(&self, id: SessionId) -> Result<(), Failure> {
        self.delete(&format!("/api/sessions/{id}")).await
    }

    /// What managers wrote to the rep about a session.
    pub async fn notes(&self, id: SessionId) -> Result<Items<Note>, Failure> {
        self.get(&format!("/api/sessions/{id}/notes")).await
    }

    /// Writes one's own note, in place of the one before; gives all notes.
    pub async fn write_note(&self, id: SessionId, form: &NoteForm) -> Result<Items<Note>, Failure> {
        let path = format!("/api/sessions/{id}/notes");
        let request = Request::new(Method::Put, &path).json(form);
        self.ask(request).await?.json()
    }

    /// Puts one's own score in place of the judge's; gives what the session comes to with it.
    pub async fn override_score(
        &self,
        id: SessionId,
        form: &OverrideForm,
        key: &str,
    ) -> Result<SessionResult, Failure> {
        let path = format!("/api/sessions/{id}/overrides");
        self.create(&path, form, key).await
    }

    /// Takes a manager's score back: the judge's counts again.
    pub async fn withdraw_score(&self, id: SessionId, drill: &str) -> Result<(), Failure> {
        self.delete(&format!("/api/sessions/{id}/overrides/{drill}"))
            .await
    }

    /// Has a completed session judged anew; gives what it comes to now.
    pub async fn regrade(&self, id: SessionId, key: &str) -> Result<SessionResult, Failure> {
        let path = format!("/api/sessions/{id}/regrade");
        let request = Request::new(Method::Post, &path).once(key.to_owned());
        self.ask(request).await?.json()
    }

    /// How a session was judged, version by version.
    pub async fn verdicts(&self, id: SessionId) -> Result<VerdictHistory, Failure> {
        self.get(&format!("/api/sessions/{id}/verdicts")).await
    }
}
