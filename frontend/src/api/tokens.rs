//! The access token: in memory only, renewed through the refresh cookie.
//!
//! A refresh cookie is good for one use, and using it twice ends the log-in. So one renewal runs at a time in this tab, and
//! by a Web Lock one at a time in this browser; a tab that waited presents the cookie that the other tab's renewal left. A
//! page that is left or reloaded in the middle of a renewal lets go of the lock, but its request goes on; the next page waits
//! for that one's cookie before it asks for its own.

use super::Failure;
use super::transport::{Method, Request, ask};
use crate::browser::clock::now_ms;
use crate::browser::{locks, storage};
use contract::auth::{Me, TokenResponse};
use contract::problem::Code;
use futures::channel::oneshot;
use futures::lock::Mutex;
use gloo::timers::future::TimeoutFuture;
use std::cell::RefCell;
use std::rc::Rc;
use yew::Callback;

/// A token that lives no longer than this is renewed before it is used, ms.
const MARGIN_MS: u64 = 20_000;

/// Says that this browser holds a refresh cookie, which scripts can't see; its removal tells other tabs of a log-out.
pub const LOGGED_IN_KEY: &str = "captain.loggedIn";

/// The lock that a renewal holds.
const LOCK: &str = "captain.refresh";

/// When a renewal began, Unix ms by this device's clock, while its answer is awaited.
const RENEWING_KEY: &str = "captain.renewing";

/// How long a renewal whose page is gone may still take, ms.
const ORPHAN_MS: u64 = 3_000;

#[derive(Debug)]
pub struct Tokens {
    access: RefCell<Option<Access>>,
    renewing: Mutex<()>,
    tell: Callback<Option<Rc<Me>>>,
}

#[derive(Debug, Clone)]
struct Access {
    token: String,
    /// Unix ms by this device's clock.
    expires_at: u64,
}

impl Tokens {
    pub fn new(tell: Callback<Option<Rc<Me>>>) -> Self {
        Self {
            access: RefCell::new(None),
            renewing: Mutex::new(()),
            tell,
        }
    }

    /// A token that is good for now.
    pub async fn current(self: &Rc<Self>) -> Result<String, Failure> {
        match self.held() {
            Some(access) if access.expires_at > now_ms() + MARGIN_MS => Ok(access.token),
            held => {
                let stale = held.map_or_else(String::new, |access| access.token);
                self.renew(stale).await
            }
        }
    }

    /// A token in place of `stale`. The renewal goes on when whoever waits for it goes away: breaking it off would lose the
    /// cookie in its answer, and with it the log-in.
    pub async fn renew(self: &Rc<Self>, stale: String) -> Result<String, Failure> {
        let (tell, told) = oneshot::channel();
        let tokens = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            // Nobody waits any more: the token is kept for whoever comes next.
            let _ = tell.send(tokens.renew_now(&stale).await);
        });
        told.await.unwrap_or(Err(Failure::NoAnswer))
    }

    async fn renew_now(&self, stale: &str) -> Result<String, Failure> {
        let _in_this_tab = self.renewing.lock().await;
        if let Some(access) = self.held().filter(|access| access.token != stale) {
            return Ok(access.token);
        }
        let _in_this_browser = locks::hold(LOCK).await;
        orphan_is_done().await;
        storage::write(RENEWING_KEY, &now_ms());
        let refresh = Request::new(Method::Post, "/api/auth/refresh-token").outliving_page();
        let answered = ask(&refresh, None).await;
        storage::remove(RENEWING_KEY);
        match answered.and_then(|answer| answer.json()) {
            Ok(fresh) => Ok(self.keep(fresh)),
            Err(failure)
                if matches!(
                    failure.code(),
                    Some(Code::BadRefresh | Code::Unauthenticated)
                ) =>
            {
                self.forget();
                Err(Failure::LoggedOut)
            }
            Err(failure) => Err(failure),
        }
    }

    pub async fn log_out(&self) -> Result<(), Failure> {
        let _in_this_browser = locks::hold(LOCK).await;
        let token = self.held().map(|access| access.token);
        ask(
            &Request::new(Method::Post, "/api/auth/logout"),
            token.as_deref(),
        )
        .await?;
        self.forget();
        Ok(())
    }

    /// Nobody is logged in any more, whoever ended it.
    pub fn forget(&self) {
        self.access.take();
        storage::remove(LOGGED_IN_KEY);
        self.tell.emit(None);
    }

    fn held(&self) -> Option<Access> {
        self.access.borrow().clone()
    }

    /// Takes up a log-in, new or renewed, and gives its token.
    pub fn keep(&self, fresh: TokenResponse) -> String {
        let token = fresh.access_token.clone();
        self.access.replace(Some(Access {
            token: fresh.access_token,
            expires_at: now_ms() + fresh.expires_in * 1_000,
        }));
        storage::write(LOGGED_IN_KEY, &true);
        self.tell.emit(Some(Rc::new(fresh.user)));
        token
    }
}

/// Waits for a renewal that a page began and did not live to finish.
async fn orphan_is_done() {
    let Some(began) = storage::read::<u64>(RENEWING_KEY) else {
        return;
    };
    let left = ORPHAN_MS.saturating_sub(now_ms().saturating_sub(began));
    if let Ok(left) = u32::try_from(left) {
        TimeoutFuture::new(left).await;
    }
}
