//! One tab at a time, by the Web Locks API.

use futures::channel::oneshot;
use futures::future::{Either, select};
use gloo::timers::future::TimeoutFuture;
use js_sys::{Function, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// How long to wait for a tab that holds the lock, ms; a frozen tab must not lock the others out for ever.
const PATIENCE_MS: u32 = 10_000;

/// Held while it lives. Holds nothing where the browser has no Web Locks.
#[derive(Debug)]
pub struct TabLock {
    release: Option<Function>,
}

impl Drop for TabLock {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Waits until no other tab of this browser holds the lock of this name.
pub async fn hold(name: &str) -> TabLock {
    let Some((manager, request)) = lock_request() else {
        return TabLock { release: None };
    };
    let (granted, wait) = oneshot::channel();
    let release: Rc<RefCell<Option<Function>>> = Rc::default();
    let kept = release.clone();
    // The lock is held until the promise that this function returns is kept.
    let on_granted = Closure::once(move |_lock: JsValue| {
        if granted.send(()).is_err() {
            // Nobody waits any more.
            return Promise::resolve(&JsValue::UNDEFINED);
        }
        Promise::new(&mut |resolve, _reject| *kept.borrow_mut() = Some(resolve))
    });
    let asked = request.call2(&manager, &JsValue::from_str(name), on_granted.as_ref());
    let Ok(refused) = asked.map(|promise| JsFuture::from(promise.unchecked_into::<Promise>()))
    else {
        return TabLock { release: None };
    };
    let in_time = select(wait, select(refused, TimeoutFuture::new(PATIENCE_MS))).await;
    let held = matches!(in_time, Either::Left((Ok(()), _)));
    if !held {
        // The lock may be granted later after all: the closure, which then lets go of it, must outlive this call.
        on_granted.forget();
        return TabLock { release: None };
    }
    TabLock {
        release: release.take(),
    }
}

fn lock_request() -> Option<(JsValue, Function)> {
    let navigator = web_sys::window()?.navigator();
    let manager = Reflect::get(&navigator, &JsValue::from_str("locks")).ok()?;
    let request = Reflect::get(&manager, &JsValue::from_str("request")).ok()?;
    Some((manager.clone(), request.dyn_into().ok()?))
}
