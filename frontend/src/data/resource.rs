//! One thing of the server's.

use super::task::Task;
use crate::api::{Api, Failure};
use crate::app::use_api;
use crate::browser::clock::now_ms;
use crate::browser::events;
use crate::components::failed;
use futures::future::LocalBoxFuture;
use std::any::Any;
use std::marker::PhantomData;
use std::rc::Rc;
use yew::prelude::*;

/// How old what is shown may be before it is asked for again when somebody comes back to the tab, ms.
const STALE_MS: u64 = 30_000;

type Value = Rc<dyn Any>;
type Ask = Rc<dyn Fn(Api) -> LocalBoxFuture<'static, Result<Value, Failure>>>;

/// A thing as far as it is known.
pub struct Resource<T> {
    standing: Standing,
    key: AttrValue,
    api: Api,
    ask: Callback<()>,
    of: PhantomData<T>,
}

/// How it stands, whatever it is.
#[derive(Clone, Default)]
struct Standing {
    key: AttrValue,
    value: Option<Value>,
    failure: Option<Failure>,
    is_asking: bool,
    came_at: u64,
}

enum Change {
    Asked(AttrValue, Option<Value>),
    Came(AttrValue, Result<Value, Failure>),
}

impl Reducible for Standing {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut standing = (*self).clone();
        match change {
            Change::Asked(key, known) => {
                if standing.key != key {
                    standing = Self::default();
                }
                standing.key = key;
                standing.value = known.or(standing.value);
                standing.is_asking = true;
            }
            // An answer to an earlier question comes too late.
            Change::Came(key, _) if key != standing.key => return self,
            // What was known is kept: an old page is better than none.
            Change::Came(_, Err(failure)) => {
                (standing.is_asking, standing.failure) = (false, Some(failure));
            }
            Change::Came(_, Ok(value)) => {
                (standing.is_asking, standing.failure) = (false, None);
                (standing.value, standing.came_at) = (Some(value), now_ms());
            }
        }
        Rc::new(standing)
    }
}

/// A thing of the server's, known by `key`: words and ids, `people/0198…`, so that [`crate::api::Cache::changed`] finds it.
///
/// What is known is painted at once and asked for anew; so it is when somebody comes back to the tab after a while, and when
/// a change says that it is out of date. Another key is another thing. Leaving the page aborts the request.
#[hook]
pub fn use_resource<T, F, Fut>(key: impl Into<AttrValue>, ask: F) -> Resource<T>
where
    T: 'static,
    F: Fn(Api) -> Fut + 'static,
    Fut: Future<Output = Result<T, Failure>> + 'static,
{
    let key: AttrValue = key.into();
    let ask: Ask = Rc::new(move |api| {
        let asked = ask(api);
        Box::pin(async move { asked.await.map(|value| Rc::new(value) as Value) })
    });
    let (standing, api, ask) = use_standing(key.clone(), ask);
    Resource {
        standing,
        key,
        api,
        ask,
        of: PhantomData,
    }
}

/// The same for all types, so that it is downloaded once.
#[hook]
fn use_standing(key: AttrValue, ask: Ask) -> (Standing, Api, Callback<()>) {
    let api = use_api();
    let standing = use_reducer(Standing::default);
    let running = use_mut_ref(|| None::<Task>);
    // The question as the page asks it now; the one that runs keeps its own.
    let question = use_mut_ref(|| ask.clone());
    question.replace(ask);
    let begin = {
        let (api, dispatcher) = (api.clone(), standing.dispatcher());
        let running = running.clone();
        use_callback(key.clone(), move |(), key: &AttrValue| {
            let (api, dispatcher, key) = (api.clone(), dispatcher.clone(), key.clone());
            dispatcher.dispatch(Change::Asked(key.clone(), api.cache().get(&key)));
            let asked = (*question.borrow())(api.clone());
            let task = Task::begin(async move {
                let came = asked.await;
                if let Ok(value) = &came {
                    api.cache().put(&key, value.clone());
                }
                dispatcher.dispatch(Change::Came(key, came));
            });
            running.replace(Some(task));
        })
    };
    {
        let (api, begin) = (api.clone(), begin.clone());
        use_effect_with(key.clone(), move |key| {
            begin.emit(());
            let watching = api.cache().watch(key, begin);
            move || drop((watching, running.take()))
        });
    }
    {
        let begin = begin.clone();
        let (came_at, is_asking) = (standing.came_at, standing.is_asking);
        use_effect_with((key.clone(), came_at, is_asking), move |_| {
            let seen = events::on_visibility(Callback::from(move |visible: bool| {
                if visible && !is_asking && now_ms() > came_at + STALE_MS {
                    begin.emit(());
                }
            }));
            move || drop(seen)
        });
    }
    let shown = if standing.key == key {
        (*standing).clone()
    } else {
        // The page has just turned to another thing: what is known of it is painted in the same frame.
        Standing {
            value: api.cache().get(&key),
            is_asking: true,
            key,
            ..Standing::default()
        }
    };
    (shown, api, begin)
}

impl<T: 'static> Resource<T> {
    /// What is known.
    pub fn get(&self) -> Option<Rc<T>> {
        self.standing.value.clone()?.downcast().ok()
    }

    /// Why the last question went without an answer.
    pub fn failure(&self) -> Option<&Failure> {
        self.standing.failure.as_ref()
    }

    /// An answer is on its way.
    pub fn is_asking(&self) -> bool {
        self.standing.is_asking
    }

    /// Asks anew.
    pub fn retry(&self) -> Callback<()> {
        self.ask.clone()
    }

    /// Shows a newer state of the thing at once, such as the answer to an edit, or what an edit will come to; and asks for it.
    pub fn set(&self, value: T) {
        self.api.cache().show(&self.key, Rc::new(value));
    }

    /// The thing, or in its place a picture of what is on its way, or why it can't be shown and how to try again.
    pub fn show(&self, loading: Html, shown: impl FnOnce(&T) -> Html) -> Html {
        match (self.get(), self.failure()) {
            // The same shape with and without the word above it: a form in it must not be drawn anew, and what was typed lost.
            (Some(value), failure) => html! {
                <>
                    { failure.map_or_else(Html::default, |failure| failed(tr!("This may be out of date"), failure, &self.ask)) }
                    { shown(&value) }
                </>
            },
            (None, Some(failure)) => failed(tr!("This could not be loaded"), failure, &self.ask),
            (None, None) => html! {
                <><p class="sr-only" role="status">{ tr!("Loading") }</p>{ loading }</>
            },
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    // The answers here fail: a clock that is asked natively would panic.
    fn after(changes: impl IntoIterator<Item = Change>) -> Rc<Standing> {
        changes
            .into_iter()
            .fold(Rc::new(Standing::default()), Reducible::reduce)
    }

    fn known(standing: &Standing) -> Option<u8> {
        standing
            .value
            .clone()
            .map(|value| *value.downcast::<u8>().unwrap())
    }

    #[test]
    fn what_is_known_is_shown_while_it_is_asked_for_and_when_no_answer_comes() {
        let one = || AttrValue::from("one");
        let asked = || Change::Asked(one(), Some(Rc::new(1_u8)));
        let standing = after([asked()]);
        assert!(standing.is_asking && known(&standing) == Some(1));
        let failed = after([asked(), Change::Came(one(), Err(Failure::NoAnswer))]);
        assert!(!failed.is_asking && known(&failed) == Some(1));
        assert_eq!(failed.failure, Some(Failure::NoAnswer));
        // The word of the failure stays until an answer comes: it does not blink with each try.
        let again = failed.reduce(asked());
        assert!(again.is_asking && again.failure.is_some());
    }

    #[test]
    fn the_answer_about_another_thing_comes_too_late() {
        let two = after([
            Change::Asked("one".into(), Some(Rc::new(1_u8))),
            Change::Asked("two".into(), None),
            Change::Came("one".into(), Err(Failure::NoAnswer)),
        ]);
        assert!(two.is_asking && two.failure.is_none());
        assert_eq!(known(&two), None);
    }
}
