//! Every call of the API with who may make it: the one table of the routes. A route can't be added without its [`Access`].

use crate::access::{Access, guard};
use crate::handler::{Erased, Handler};
use crate::idempotency::once;
use crate::mail::subscriptions;
use crate::ports::Ports;
use crate::{
    ai, analytics, audit, auth, chat, companies, dev, groups, health, invites, pictures, profile,
    scenarios, sessions, teams, tone, users, voice,
};
use axum::http::Method;
use axum::routing::{MethodRouter, delete, get, patch, post, put};
use axum::{Router, middleware};
use std::marker::PhantomData;

/// All routes.
pub(crate) fn routes<P: Ports>() -> Routes<P> {
    use Access::{LoggedIn, Managers, Public, SuperAdmins};
    Routes::new()
        // What a rep needs to practise.
        .get("/api/health", Public, health::health::<P>)
        // A refresh token, not an access token, proves who asks the next two.
        .post("/api/auth/login", Public, auth::login::<P>)
        .post("/api/auth/refresh-token", Public, auth::refresh::<P>)
        .post("/api/auth/logout", Public, auth::logout::<P>)
        .get("/api/auth/me", LoggedIn, auth::me::<P>)
        .get("/api/sessions/today", LoggedIn, sessions::today::<P>)
        .get("/api/sessions/{id}", LoggedIn, sessions::one::<P>)
        .get("/api/sessions/{id}/result", LoggedIn, sessions::result::<P>)
        // Only a session's rep practises it; their manager looks on. For everyone else it does not exist.
        .post("/api/chat/start", LoggedIn, chat::start::<P>)
        .post("/api/chat/{id}/message", LoggedIn, chat::message::<P>)
        .post("/api/chat/{id}/correction", LoggedIn, chat::correction::<P>)
        .post("/api/chat/{id}/next", LoggedIn, chat::next::<P>)
        .post("/api/chat/{id}/stop", LoggedIn, chat::stop::<P>)
        .post("/api/chat/{id}/end", LoggedIn, chat::end::<P>)
        .get("/api/chat/{id}/history", LoggedIn, chat::history::<P>)
        .get("/api/chat/{id}/events", LoggedIn, chat::events::<P>)
        // What it takes to run the programme: people, groups, scenarios, schedule, figures, recordings.
        //
        // A token that came by mail proves who asks the next ones; each is limited.
        .post("/api/auth/register", Public, auth::register::<P>)
        .post("/api/auth/forgot-password", Public, auth::forgot::<P>)
        .post("/api/auth/reset-password", Public, auth::reset::<P>)
        .post("/api/invites/offer", Public, invites::offer::<P>)
        // The link at the end of a mail.
        .get("/api/unsubscribe", Public, subscriptions::ask::<P>)
        .post("/api/unsubscribe", Public, subscriptions::stop::<P>)
        .get("/api/invites", Managers, invites::list::<P>)
        .create("/api/invites", Managers, invites::create::<P>)
        .delete("/api/invites/{id}", Managers, invites::revoke::<P>)
        .get("/api/audit", Managers, audit::list::<P>)
        // Not there in production.
        .get("/api/dev/outbox", Public, dev::mails::<P>)
        // Managers see their company's people, teams and groups; who leads a team changes it.
        .get("/api/users", Managers, users::list::<P>)
        .create("/api/users", Managers, users::create::<P>)
        .get("/api/users/team/{teamId}", Managers, users::of_team::<P>)
        .get("/api/users/{id}", LoggedIn, users::one::<P>)
        .put("/api/users/{id}", Managers, users::update::<P>)
        .delete("/api/users/{id}", Managers, users::delete::<P>)
        .patch("/api/users/{id}/activate", Managers, users::activate::<P>)
        .get("/api/teams", Managers, teams::list::<P>)
        .create("/api/teams", Managers, teams::create::<P>)
        .get("/api/teams/{id}", Managers, teams::one::<P>)
        .put("/api/teams/{id}", Managers, teams::update::<P>)
        .delete("/api/teams/{id}", Managers, teams::delete::<P>)
        .post("/api/teams/{id}/members", Managers, teams::add_members::<P>)
        .delete(
            "/api/teams/{id}/members/{userId}",
            Managers,
            teams::remove_member::<P>,
        )
        .get("/api/groups", Managers, groups::list::<P>)
        .create("/api/groups", Managers, groups::create::<P>)
        .get("/api/groups/team/{teamId}", Managers, groups::of_team::<P>)
        .get("/api/groups/{id}", Managers, groups::one::<P>)
        .put("/api/groups/{id}", Managers, groups::update::<P>)
        .delete("/api/groups/{id}", Managers, groups::delete::<P>)
        .post(
            "/api/groups/{id}/members",
            Managers,
            groups::add_members::<P>,
        )
        .delete(
            "/api/groups/{id}/members/{userId}",
            Managers,
            groups::remove_member::<P>,
        )
        .get("/api/companies", SuperAdmins, companies::list::<P>)
        .create("/api/companies", SuperAdmins, companies::create::<P>)
        // Managers see their own, and set what is theirs to set.
        .get("/api/companies/{id}", Managers, companies::one::<P>)
        .put("/api/companies/{id}", Managers, companies::update::<P>)
        .delete("/api/companies/{id}", SuperAdmins, companies::delete::<P>)
        .get("/api/profile", LoggedIn, profile::read::<P>)
        .put("/api/profile", LoggedIn, profile::update::<P>)
        .post(
            "/api/profile/password",
            LoggedIn,
            profile::set_password::<P>,
        )
        .get("/api/profile/devices", LoggedIn, profile::devices::<P>)
        .delete(
            "/api/profile/devices/{id}",
            LoggedIn,
            profile::revoke_device::<P>,
        )
        // Reps see their own, managers those of their teams' reps.
        .get("/api/sessions", LoggedIn, sessions::list::<P>)
        .get("/api/sessions/upcoming", LoggedIn, sessions::upcoming::<P>)
        .get("/api/sessions/user/{id}", LoggedIn, sessions::of_user::<P>)
        // A rep's own wish; one practice of a scenario runs at a time.
        .post("/api/sessions/practice", LoggedIn, sessions::practise::<P>)
        .create("/api/sessions", Managers, sessions::schedule::<P>)
        .put("/api/sessions/{id}", Managers, sessions::reschedule::<P>)
        .delete("/api/sessions/{id}", Managers, sessions::unschedule::<P>)
        .post("/api/sessions/{id}/start", LoggedIn, sessions::start::<P>)
        .post(
            "/api/sessions/{id}/complete",
            LoggedIn,
            sessions::complete::<P>,
        )
        .get("/api/sessions/{id}/notes", LoggedIn, sessions::notes::<P>)
        .put(
            "/api/sessions/{id}/notes",
            Managers,
            sessions::write_note::<P>,
        )
        .create(
            "/api/sessions/{id}/overrides",
            Managers,
            sessions::override_score::<P>,
        )
        .delete(
            "/api/sessions/{id}/overrides/{drill}",
            Managers,
            sessions::withdraw_override::<P>,
        )
        // How a session was judged is for who leads its rep: reps see what counts, in the result.
        .create(
            "/api/sessions/{id}/regrade",
            Managers,
            sessions::regrade::<P>,
        )
        .get(
            "/api/sessions/{id}/verdicts",
            Managers,
            sessions::history::<P>,
        )
        .get(
            "/api/sessions/{id}/verdicts/{number}",
            Managers,
            sessions::version::<P>,
        )
        // A recording is for whoever may see its session, and only for its rep to delete.
        .get("/api/sessions/{id}/voice", LoggedIn, voice::of_session::<P>)
        .post("/api/voice/upload", LoggedIn, voice::upload::<P>)
        .get("/api/voice/{id}", LoggedIn, voice::listen::<P>)
        .delete("/api/voice/{id}", LoggedIn, voice::delete::<P>)
        .put("/api/profile/avatar", LoggedIn, pictures::set_avatar::<P>)
        .delete(
            "/api/profile/avatar",
            LoggedIn,
            pictures::remove_avatar::<P>,
        )
        .get("/api/users/{id}/avatar", LoggedIn, pictures::avatar::<P>)
        .put(
            "/api/companies/{id}/logo",
            Managers,
            pictures::set_logo::<P>,
        )
        .delete(
            "/api/companies/{id}/logo",
            Managers,
            pictures::remove_logo::<P>,
        )
        .get("/api/companies/{id}/logo", LoggedIn, pictures::logo::<P>)
        // The coach outside of sessions: reps ask about published drills, and about their own completed sessions.
        .post(
            "/api/ai/generate-response",
            LoggedIn,
            ai::generate_response::<P>,
        )
        .post(
            "/api/ai/evaluate-response",
            LoggedIn,
            ai::evaluate_response::<P>,
        )
        .post(
            "/api/ai/provide-correction",
            LoggedIn,
            ai::provide_correction::<P>,
        )
        .post(
            "/api/ai/generate-scenario",
            Managers,
            ai::generate_scenario::<P>,
        )
        .post(
            "/api/ai/corrections/stream",
            LoggedIn,
            ai::stream_correction::<P>,
        )
        .post(
            "/api/ai/objections/stream",
            LoggedIn,
            ai::stream_objection::<P>,
        )
        .post(
            "/api/ai/assistant/stream",
            LoggedIn,
            ai::stream_assistant::<P>,
        )
        // Managers see what their company spends; super admins all of it, and the providers.
        .get("/api/ai/providers", Managers, ai::providers::<P>)
        // Reps see what is published, without what would give answers away.
        .get("/api/scenarios", LoggedIn, scenarios::list::<P>)
        .get("/api/scenarios/search", LoggedIn, scenarios::search::<P>)
        .get(
            "/api/scenarios/day/{day}",
            LoggedIn,
            scenarios::for_day::<P>,
        )
        .get("/api/scenarios/{id}", LoggedIn, scenarios::one::<P>)
        .get(
            "/api/scenarios/{id}/versions",
            Managers,
            scenarios::versions::<P>,
        )
        .get(
            "/api/scenarios/{id}/versions/{number}",
            Managers,
            scenarios::version::<P>,
        )
        .create("/api/scenarios", Managers, scenarios::create::<P>)
        .create("/api/scenarios/{id}/copy", Managers, scenarios::copy::<P>)
        .post(
            "/api/scenarios/{id}/publish",
            Managers,
            scenarios::publish::<P>,
        )
        .put("/api/scenarios/{id}", Managers, scenarios::edit::<P>)
        .patch(
            "/api/scenarios/{id}/activate",
            Managers,
            scenarios::activate::<P>,
        )
        .delete("/api/scenarios/{id}", Managers, scenarios::delete::<P>)
        .get("/api/tone-guidelines", Managers, tone::read::<P>)
        .put("/api/tone-guidelines", Managers, tone::write::<P>)
        // What anybody sees of these is what they may: a rep their own, a manager their teams.
        .get(
            "/api/analytics/dashboard",
            LoggedIn,
            analytics::dashboard::<P>,
        )
        .get(
            "/api/analytics/leaderboard",
            LoggedIn,
            analytics::leaderboard::<P>,
        )
        .get("/api/analytics/export", LoggedIn, analytics::export::<P>)
        .get("/api/analytics/user/{id}", LoggedIn, analytics::user::<P>)
        .get(
            "/api/analytics/progress/{id}",
            LoggedIn,
            analytics::progress::<P>,
        )
        .get("/api/analytics/team/{id}", Managers, analytics::team::<P>)
        .get(
            "/api/analytics/company/{id}",
            Managers,
            analytics::company::<P>,
        )
}

/// One call of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// `GET`, `POST`, ...
    pub method: Method,
    /// `/api/chat/{id}/message`
    pub path: &'static str,
    /// Who may make it.
    pub access: Access,
}

/// The routes on their way into a router.
pub(crate) struct Routes<P> {
    router: Router,
    table: Vec<Route>,
    world: PhantomData<P>,
}

impl<P: Ports> Routes<P> {
    fn new() -> Self {
        Self {
            router: Router::new(),
            table: Vec::new(),
            world: PhantomData,
        }
    }

    fn get<T>(self, path: &'static str, access: Access, handler: impl Handler<P, T>) -> Self {
        self.add(Method::GET, path, access, get(Erased::of(handler)))
    }

    fn post<T>(self, path: &'static str, access: Access, handler: impl Handler<P, T>) -> Self {
        self.add(Method::POST, path, access, post(Erased::of(handler)))
    }

    /// A POST that makes something: with an `Idempotency-Key`, sent twice makes it once.
    fn create<T>(self, path: &'static str, access: Access, handler: impl Handler<P, T>) -> Self {
        let handler = post(Erased::of(handler)).layer(middleware::from_fn(once::<P>));
        self.add(Method::POST, path, access, handler)
    }

    fn put<T>(self, path: &'static str, access: Access, handler: impl Handler<P, T>) -> Self {
        self.add(Method::PUT, path, access, put(Erased::of(handler)))
    }

    fn patch<T>(self, path: &'static str, access: Access, handler: impl Handler<P, T>) -> Self {
        self.add(Method::PATCH, path, access, patch(Erased::of(handler)))
    }

    fn delete<T>(self, path: &'static str, access: Access, handler: impl Handler<P, T>) -> Self {
        self.add(Method::DELETE, path, access, delete(Erased::of(handler)))
    }

    fn add(
        mut self,
        method: Method,
        path: &'static str,
        access: Access,
        handler: MethodRouter,
    ) -> Self {
        let guarded = handler.layer(middleware::from_fn_with_state(access, guard::<P>));
        self.router = self.router.route(path, guarded);
        self.table.push(Route {
            method,
            path,
            access,
        });
        self
    }

    /// The router, its guards in place.
    pub(crate) fn into_router(self) -> Router {
        self.router
    }

    /// The table, in the order it is written in.
    pub(crate) fn into_table(self) -> Vec<Route> {
        self.table
    }
}
