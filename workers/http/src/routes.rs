//! Every call of the API with who may make it: the one table of the routes. A route can't be added without its [`Access`].

use crate::access::{Access, Guard, guard};
use crate::ports::Ports;
use crate::{auth, chat, health, sessions};
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};
use axum::{Router, middleware};

/// All routes.
pub(crate) fn routes<P: Ports>(ports: P) -> Routes<P> {
    use Access::{LoggedIn, Public};
    Routes::new(ports)
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
    ports: P,
    router: Router<P>,
    table: Vec<Route>,
}

impl<P: Ports> Routes<P> {
    fn new(ports: P) -> Self {
        Self {
            ports,
            router: Router::new(),
            table: Vec::new(),
        }
    }

    fn get<T: 'static>(
        self,
        path: &'static str,
        access: Access,
        handler: impl Handler<T, P>,
    ) -> Self {
        let handler = on(MethodFilter::GET, handler);
        self.add(Method::GET, path, access, handler)
    }

    fn post<T: 'static>(
        self,
        path: &'static str,
        access: Access,
        handler: impl Handler<T, P>,
    ) -> Self {
        let handler = on(MethodFilter::POST, handler);
        self.add(Method::POST, path, access, handler)
    }

    fn add(
        mut self,
        method: Method,
        path: &'static str,
        access: Access,
        handler: MethodRouter<P>,
    ) -> Self {
        let guarded = handler.layer(middleware::from_fn_with_state(
            Guard {
                ports: self.ports.clone(),
                access,
            },
            guard::<P>,
        ));
        self.router = self.router.route(path, guarded);
        self.table.push(Route {
            method,
            path,
            access,
        });
        self
    }

    /// The router, its guards in place.
    pub(crate) fn into_router(self) -> Router<P> {
        self.router
    }

    /// The table, in the order it is written in.
    pub(crate) fn into_table(self) -> Vec<Route> {
        self.table
    }
}
    /// A POST that makes something: with an `Idempotency-Key`, sent twice makes it once.
    fn create<T: 'static>(
        self,
        path: &'static str,
        access: Access,
        handler: impl Handler<T, P>,
    ) -> Self {
        let once = middleware::from_fn_with_state(self.ports.clone(), once::<P>);
        let handler = on(MethodFilter::POST, handler).layer(once);
        self.add(Method::POST, path, access, handler)
    }

    fn put<T: 'static>(
        self,
        path: &'static str,
        access: Access,
        handler: impl Handler<T, P>,
    ) -> Self {
        let handler = on(MethodFilter::PUT, handler);
        self.add(Method::PUT, path, access, handler)
    }

    fn patch<T: 'static>(
        self,
        path: &'static str,
        access: Access,
        handler: impl Handler<T, P>,
    ) -> Self {
        let handler = on(MethodFilter::PATCH, handler);
        self.add(Method::PATCH, path, access, handler)
    }

    fn delete<T: 'static>(
        self,
        path: &'static str,
        access: Access,
        handler: impl Handler<T, P>,
    ) -> Self {
        let handler = on(MethodFilter::DELETE, handler);
        self.add(Method::DELETE, path, access, handler)
    }

