//! One press of a button that changes something.

use crate::api::{Api, Failure};
use crate::app::use_api;
use std::cell::Cell;
use std::rc::Rc;
use yew::prelude::*;

/// How a change stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Standing {
    is_busy: bool,
    failure: Option<Failure>,
}

/// A change that somebody may ask for. It goes on when the page is left: what was asked for is done.
#[derive(Clone)]
pub struct Action {
    api: Api,
    standing: UseStateHandle<Standing>,
    /// Known at once, where the state is known with the next rendering: two presses in one frame are one.
    runs: Rc<Cell<bool>>,
}

/// A change that this page offers.
#[hook]
pub fn use_action() -> Action {
    Action {
        api: use_api(),
        standing: use_state(Standing::default),
        runs: (*use_memo((), |()| Rc::new(Cell::new(false)))).clone(),
    }
}

impl Action {
    /// It is being done.
    pub fn is_busy(&self) -> bool {
        self.standing.is_busy
    }

    /// Why it was not done.
    pub fn failure(&self) -> Option<&Failure> {
        self.standing.failure.as_ref()
    }

    /// Forgets why it was not done.
    pub fn calm(&self) {
        self.standing.set(Standing::default());
    }

    /// Does it, and then what follows from it. A second press while the first is being done does nothing.
    pub fn run<T: 'static, Fut>(
        &self,
        call: impl FnOnce(Api) -> Fut + 'static,
        done: impl FnOnce(&Api, T) + 'static,
    ) where
        Fut: Future<Output = Result<T, Failure>> + 'static,
    {
        if self.runs.replace(true) {
            return;
        }
        let Self {
            api,
            standing,
            runs,
        } = self.clone();
        standing.set(Standing {
            is_busy: true,
            failure: None,
        });
        wasm_bindgen_futures::spawn_local(async move {
            let answer = call(api.clone()).await;
            runs.set(false);
            match answer {
                Ok(value) => {
                    standing.set(Standing::default());
                    done(&api, value);
                }
                Err(failure) => standing.set(Standing {
                    is_busy: false,
                    failure: Some(failure),
                }),
            }
        });
    }

    /// A callback that does it.
    pub fn on<T: 'static, Fut>(
        &self,
        call: impl Fn(Api) -> Fut + 'static,
        done: impl Fn(&Api, T) + 'static,
    ) -> Callback<()>
    where
        Fut: Future<Output = Result<T, Failure>> + 'static,
    {
        let action = self.clone();
        let (call, done) = (Rc::new(call), Rc::new(done));
        Callback::from(move |()| {
            let (call, done) = (call.clone(), done.clone());
            action.run(move |api| call(api), move |api, value| done(api, value));
        })
    }
}
