//! The hook that ties a page to its live session.

use super::runtime::{Runtime, Tell};
use crate::app::use_api;
use crate::browser::{events, page};
use crate::routes::Route;
use crate::state::conversation::{Conversation, Input};
use domain::ids::SessionId;
use gloo::timers::callback::Interval;
use std::rc::Rc;
use yew::prelude::*;
use yew_router::prelude::use_navigator;

/// What a page has of its live session.
#[derive(Clone)]
pub struct LiveSession {
    /// The screen as it is.
    pub conversation: Rc<Conversation>,
    /// Takes what the rep does.
    pub feed: Callback<Input>,
    /// Starts the session.
    pub begin: Callback<()>,
    /// Keeps what is being typed.
    pub keep_text: Callback<String>,
    /// What belongs into the composer, and how often something was put there.
    pub composed: (u32, Rc<str>),
}

impl PartialEq for LiveSession {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.conversation, &other.conversation) && self.composed == other.composed
    }
}

/// The live session of this page.
#[hook]
pub fn use_conversation(session: SessionId, begins: bool) -> LiveSession {
    let api = use_api();
    let navigator = use_navigator();
    let conversation = use_state(|| Rc::new(Conversation::new(0, 1)));
    let put_back = use_state(|| None::<(u32, Rc<str>)>);
    let runtime = {
        let (changed, put_back) = (conversation.setter(), put_back.setter());
        use_memo(session, move |session| {
            let count = std::cell::Cell::new(0);
            Runtime::new(
                api,
                *session,
                begins,
                Tell {
                    changed: Callback::from(move |conversation| changed.set(conversation)),
                    put_back: Callback::from(move |text: String| {
                        count.set(count.get() + 1);
                        put_back.set(Some((count.get(), text.into())));
                    }),
                    show_result: Callback::from({
                        let session = *session;
                        move |()| {
                            if let Some(navigator) = &navigator {
                                navigator.replace(&Route::Result { id: session });
                            }
                        }
                    }),
                },
            )
        })
    };
    let runtime = (*runtime).clone();
    {
        let runtime = runtime.clone();
        use_effect_with(session, move |_| {
            let feed = {
                let runtime = runtime.clone();
                Callback::from(move |input| runtime.feed(input))
            };
            feed.emit(Input::Online(page::is_online()));
            runtime.begin();
            let network = events::on_network(feed.reform(Input::Online));
            let visibility = events::on_visibility(feed.reform(Input::Visible));
            let ticking = Interval::new(1_000, move || feed.emit(Input::Tick));
            move || {
                drop((network, visibility, ticking));
                runtime.leave();
            }
        });
    }
    let composed = (*put_back)
        .clone()
        .unwrap_or_else(|| (0, runtime.kept_text().into()));
    let (feed, begin, keep) = (runtime.clone(), runtime.clone(), runtime);
    LiveSession {
        conversation: (*conversation).clone(),
        feed: Callback::from(move |input| feed.feed(input)),
        begin: Callback::from(move |()| begin.start()),
        keep_text: Callback::from(move |text| keep.keep_text(text)),
        composed,
    }
}
