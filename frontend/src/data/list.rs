//! A list, a page at a time.

use super::task::Task;
use crate::api::{Api, Failure};
use crate::app::use_api;
use crate::components::{Button, Look, failed};
use contract::page::Page;
use futures::future::LocalBoxFuture;
use std::any::Any;
use std::marker::PhantomData;
use std::rc::Rc;
use yew::prelude::*;

/// A list that was read on further than this many pages begins with its first again when it is asked for anew.
const MOST_AT_ONCE: usize = 4;

/// One page, whatever it is of, and where the next one begins.
#[derive(Clone)]
struct Leaf {
    items: Rc<dyn Any>,
    count: usize,
    next: Option<String>,
}

type Ask = Rc<dyn Fn(Api, Option<String>) -> LocalBoxFuture<'static, Result<Leaf, Failure>>>;

/// A list as far as it was read.
pub struct Pages<T> {
    standing: Standing,
    begin: Callback<()>,
    more: Callback<()>,
    of: PhantomData<T>,
}

#[derive(Clone, Default)]
struct Standing {
    key: AttrValue,
    /// `None` while nothing is known.
    leaves: Option<Rc<Vec<Leaf>>>,
    failure: Option<Failure>,
    asking: Asking,
}

/// What is on its way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Asking {
    #[default]
    Nothing,
    /// The list from its beginning.
    Anew,
    /// One page more.
    More,
}

enum Change {
    Anew(AttrValue, Option<Rc<Vec<Leaf>>>),
    More,
    Came(AttrValue, Rc<Vec<Leaf>>),
    Failed(AttrValue, Failure),
}

impl Reducible for Standing {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut standing = (*self).clone();
        match change {
            Change::Anew(key, known) => {
                if standing.key != key {
                    standing = Self::default();
                }
                standing.key = key;
                standing.leaves = known.or(standing.leaves);
                standing.asking = Asking::Anew;
            }
            Change::More => standing.asking = Asking::More,
            // What came for another list comes too late.
            Change::Came(key, _) | Change::Failed(key, _) if key != standing.key => return self,
            Change::Came(_, leaves) => {
                (standing.leaves, standing.failure) = (Some(leaves), None);
                standing.asking = Asking::Nothing;
            }
            Change::Failed(_, failure) => {
                (standing.failure, standing.asking) = (Some(failure), Asking::Nothing);
            }
        }
        Rc::new(standing)
    }
}

/// A list of the server's, known by `key` (its filters belong into it: `people?role=manager`), and asked for a page at a time:
/// `ask` gets the cursor of the page it is to give.
///
/// What is known is painted at once and asked for anew, as far as it was read. Another key is another list.
#[hook]
pub fn use_pages<T, F, Fut>(key: impl Into<AttrValue>, ask: F) -> Pages<T>
where
    T: 'static,
    F: Fn(Api, Option<String>) -> Fut + 'static,
    Fut: Future<Output = Result<Page<T>, Failure>> + 'static,
{
    let ask: Ask = Rc::new(move |api, cursor| {
        let asked = ask(api, cursor);
        Box::pin(async move {
            asked.await.map(|page| Leaf {
                count: page.items.len(),
                items: Rc::new(page.items),
                next: page.next_cursor,
            })
        })
    });
    let (standing, begin, more) = use_leaves(key.into(), ask);
    Pages {
        standing,
        begin,
        more,
        of: PhantomData,
    }
}

/// The same for all types, so that it is downloaded once.
#[hook]
fn use_leaves(key: AttrValue, ask: Ask) -> (Standing, Callback<()>, Callback<()>) {
    let api = use_api();
    let standing = use_reducer(Standing::default);
    let running = use_mut_ref(|| None::<Task>);
    let question = use_mut_ref(|| ask.clone());
    question.replace(ask);
    let kept = |api: &Api, key: &str| -> Option<Rc<Vec<Leaf>>> {
        api.cache().get(key)?.downcast::<Vec<Leaf>>().ok()
    };
    let begin = {
        let (api, dispatcher) = (api.clone(), standing.dispatcher());
        let (running, question) = (running.clone(), question.clone());
        use_callback(key.clone(), move |(), key: &AttrValue| {
            let (api, dispatcher, key) = (api.clone(), dispatcher.clone(), key.clone());
            let known = kept(&api, &key);
            let pages = known.as_ref().map_or(1, |leaves| leaves.len());
            let pages = if pages > MOST_AT_ONCE { 1 } else { pages };
            dispatcher.dispatch(Change::Anew(key.clone(), known));
            let ask = question.borrow().clone();
            running.replace(Some(Task::begin(async move {
                dispatcher.dispatch(match read(&api, &ask, Vec::new(), pages).await {
                    Ok(leaves) => came(&api, key, leaves),
                    Err(failure) => Change::Failed(key, failure),
                });
            })));
        })
    };
    let more = {
        let (api, standing) = (api.clone(), standing.clone());
        let running = running.clone();
        Callback::from(move |()| {
            let Some(leaves) = standing
                .leaves
                .clone()
                .filter(|_| standing.asking == Asking::Nothing)
            else {
                return;
            };
            let (api, dispatcher, key) = (api.clone(), standing.dispatcher(), standing.key.clone());
            dispatcher.dispatch(Change::More);
            let ask = question.borrow().clone();
            running.replace(Some(Task::begin(async move {
                let leaves = leaves.as_ref().clone();
                dispatcher.dispatch(match read(&api, &ask, leaves, 1).await {
                    Ok(leaves) => came(&api, key, leaves),
                    Err(failure) => Change::Failed(key, failure),
                });
            })));
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
    let shown = if standing.key == key {
        (*standing).clone()
    } else {
        Standing {
            leaves: kept(&api, &key),
            asking: Asking::Anew,
            key,
            failure: None,
        }
    };
    (shown, begin, more)
}

fn came(api: &Api, key: AttrValue, leaves: Vec<Leaf>) -> Change {
    let leaves = Rc::new(leaves);
    api.cache().put(&key, leaves.clone());
    Change::Came(key, leaves)
}

/// Reads so many pages on from the last one.
async fn read(
    api: &Api,
    ask: &Ask,
    mut leaves: Vec<Leaf>,
    pages: usize,
) -> Result<Vec<Leaf>, Failure> {
    for _ in 0..pages {
        let cursor = leaves.last().and_then(|leaf| leaf.next.clone());
        if cursor.is_none() && !leaves.is_empty() {
            break;
        }
        leaves.push(ask(api.clone(), cursor).await?);
    }
    Ok(leaves)
}

impl<T: 'static> Pages<T> {
    /// What was read, in order; `None` while nothing is known.
    pub fn items(&self) -> Option<Vec<Entry<T>>> {
        let leaves = self.standing.leaves.as_ref()?;
        let entries = leaves.iter().flat_map(|leaf| {
            let page = leaf.items.clone().downcast::<Vec<T>>().ok();
            (0..leaf.count).filter_map(move |index| Some(Entry(page.clone()?, index)))
        });
        Some(entries.collect())
    }

    /// Why the last question went without an answer.
    pub fn failure(&self) -> Option<&Failure> {
        self.standing.failure.as_ref()
    }

    /// The list is asked for anew, for instance because its filters changed.
    pub fn is_asking(&self) -> bool {
        self.standing.asking == Asking::Anew
    }

    /// Whether there is more than what was read.
    pub fn has_more(&self) -> bool {
        let last = self
            .standing
            .leaves
            .as_ref()
            .and_then(|leaves| leaves.last().cloned());
        last.is_some_and(|leaf| leaf.next.is_some())
    }

    /// Asks anew.
    pub fn retry(&self) -> Callback<()> {
        self.begin.clone()
    }

    /// The list with its "Show more", or in its place a picture of what is on its way, a word that there is nothing, or why it
    /// can't be shown and how to try again.
    pub fn show(
        &self,
        loading: Html,
        empty: Html,
        shown: impl FnOnce(&[Entry<T>]) -> Html,
    ) -> Html {
        let items = self.items();
        let list = match &items {
            None if self.failure().is_some() => Html::default(),
            None => {
                html! { <><p class="sr-only" role="status">{ tr!("Loading") }</p>{ loading }</> }
            }
            Some(items) if items.is_empty() => empty,
            Some(items) => {
                html! { <div aria-busy={self.is_asking().then_some("true")}>{ shown(items) }</div> }
            }
        };
        html! {
            <>
                { list }
                if let Some(failure) = self.failure() {
                    <div class="mt-4">
                        { failed(if items.is_some() { tr!("This list may not be whole") } else { tr!("This could not be loaded") }, failure, &self.begin) }
                    </div>
                }
                if self.has_more() {
                    <div class="mt-5 flex justify-center">
                        <Button look={Look::Quiet} busy={self.standing.asking == Asking::More} onclick={self.more.clone()}>{ tr!("Show more") }</Button>
                    </div>
                }
            </>
        }
    }
}

/// One entry of a list; reads as the entry itself.
pub struct Entry<T>(Rc<Vec<T>>, usize);

impl<T> std::ops::Deref for Entry<T> {
    type Target = T;

    #[allow(
        clippy::indexing_slicing,
        reason = "made from the positions of the very list"
    )]
    fn deref(&self) -> &T {
        &self.0[self.1]
    }
}
