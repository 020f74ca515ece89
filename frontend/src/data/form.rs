//! A form: what was typed, what is wrong with it, and sending it.
//!
//! It is checked by the contract's own checks, so that it is refused here as it would be there, field by field. What was typed
//! stays, whatever comes of it. A field that is mended loses its error; once the form was sent, each is checked as it is typed.

use crate::api::{Api, Failure};
use crate::app::use_api;
use crate::browser::page::{focus_first_invalid, value_of};
use contract::checks::check;
use contract::problem::{Code, FieldError};
use garde::Validate;
use std::cell::{Ref, RefCell};
use std::rc::Rc;
use yew::prelude::*;

/// What is typed into a form, as the contract's type or one of the page's own.
pub struct Form<T> {
    standing: Rc<RefCell<Standing<T>>>,
    api: Api,
    redraw: UseForceUpdateHandle,
}

impl<T> Clone for Form<T> {
    fn clone(&self) -> Self {
        Self {
            standing: self.standing.clone(),
            api: self.api.clone(),
            redraw: self.redraw.clone(),
        }
    }
}

/// How a form stands; tested without a browser.
#[derive(Debug)]
struct Standing<T> {
    draft: T,
    /// As it was read, or last stored.
    saved: T,
    /// It was sent once: from now on it is checked as it is typed.
    was_sent: bool,
    is_busy: bool,
    failure: Option<Failure>,
}

impl<T: Clone + PartialEq + Validate<Context = ()>> Standing<T> {
    fn new(saved: T) -> Self {
        Self {
            draft: saved.clone(),
            saved,
            was_sent: false,
            is_busy: false,
            failure: None,
        }
    }

    /// Something was typed into the field of this name.
    fn typed(&mut self, field: &str, change: impl FnOnce(&mut T)) {
        change(&mut self.draft);
        // What the server found wrong with other fields stays; what concerns no field goes with the next key.
        self.failure = self.failure.take().and_then(|why| match why.code() {
            Some(Code::Changed) => Some(why),
            _ => why.without(|name| is_of(name, field)),
        });
        if self.was_sent
            && self
                .failure
                .as_ref()
                .is_none_or(|why| !why.fields().is_empty())
        {
            let wrong: Vec<FieldError> = check(&self.draft)
                .into_iter()
                .filter(|error| is_of(&error.field, field))
                .collect();
            let others = self.failure.take().map(|why| why.fields().to_vec());
            let all = others.unwrap_or_default().into_iter().chain(wrong);
            self.failure = Failure::of_form(all.collect()).err();
        }
    }

    /// What is to be sent, if the contract's checks find nothing.
    fn sent(&mut self) -> Option<T> {
        if self.is_busy {
            return None;
        }
        self.was_sent = true;
        self.failure = Failure::of_form(check(&self.draft)).err();
        self.is_busy = self.failure.is_none();
        self.is_busy.then(|| self.draft.clone())
    }

    fn stored(&mut self, sent: T) {
        (self.is_busy, self.was_sent, self.failure) = (false, false, None);
        self.saved = sent;
    }

    fn refused(&mut self, why: Failure) {
        (self.is_busy, self.failure) = (false, Some(why));
    }
}

/// Whether an error's field is this one or a part of it: `schedule.zone` is of `schedule`.
fn is_of(error: &str, field: &str) -> bool {
    error
        .strip_prefix(field)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// A form that begins with `initial`. Give its component the thing's id as a key: another thing is another form.
#[hook]
pub fn use_form<T, I>(initial: I) -> Form<T>
where
    T: Clone + PartialEq + Validate<Context = ()> + 'static,
    I: FnOnce() -> T,
{
    let standing = use_mut_ref(|| Standing::new(initial()));
    Form {
        standing,
        api: use_api(),
        redraw: use_force_update(),
    }
}

impl<T: Clone + PartialEq + Validate<Context = ()> + 'static> Form<T> {
    /// What is typed so far.
    pub fn draft(&self) -> Ref<'_, T> {
        Ref::map(self.standing.borrow(), |standing| &standing.draft)
    }

    /// Changes the draft; `field` is the name in the JSON of what changes.
    pub fn edit(&self, field: &str, change: impl FnOnce(&mut T)) {
        self.standing.borrow_mut().typed(field, change);
        self.redraw.force_update();
    }

    /// Takes what is typed into the input of the field's name.
    pub fn typed(
        &self,
        field: impl Into<AttrValue>,
        take: impl Fn(&mut T, String) + 'static,
    ) -> Callback<InputEvent> {
        let (form, field) = (self.clone(), field.into());
        Callback::from(move |event: InputEvent| {
            let text = value_of(&event);
            form.edit(&field, |draft| take(draft, text));
        })
    }

    /// Takes what is chosen.
    pub fn chosen<V: 'static>(
        &self,
        field: impl Into<AttrValue>,
        take: impl Fn(&mut T, V) + 'static,
    ) -> Callback<V> {
        let (form, field) = (self.clone(), field.into());
        Callback::from(move |value| form.edit(&field, |draft| take(draft, value)))
    }

    /// Whether anything was typed that is not stored.
    pub fn is_changed(&self) -> bool {
        let standing = self.standing.borrow();
        standing.draft != standing.saved
    }

    /// It is on its way.
    pub fn is_busy(&self) -> bool {
        self.standing.borrow().is_busy
    }

    /// What is wrong with a field.
    pub fn error(&self, field: &str) -> Option<String> {
        let standing = self.standing.borrow();
        standing.failure.as_ref()?.field(field).map(str::to_owned)
    }

    /// Every field that is wrong, for forms whose fields come and go.
    pub fn errors(&self) -> Vec<FieldError> {
        let standing = self.standing.borrow();
        standing
            .failure
            .as_ref()
            .map_or_else(Vec::new, |why| why.fields().to_vec())
    }

    /// What went wrong that is of no field; what is to be said above the form.
    pub fn failure(&self) -> Option<Failure> {
        let standing = self.standing.borrow();
        standing
            .failure
            .clone()
            .filter(|why| why.fields().is_empty() && why.code() != Some(Code::Changed))
    }

    /// Says what is wrong with which field, as if the form had been sent; nothing is.
    pub fn show_errors(&self) {
        {
            let mut standing = self.standing.borrow_mut();
            standing.was_sent = true;
            let found = Failure::of_form(check(&standing.draft)).err();
            standing.failure = found;
        }
        self.redraw.force_update();
    }

    /// Somebody else changed it meanwhile.
    pub fn is_in_conflict(&self) -> bool {
        let standing = self.standing.borrow();
        standing.failure.as_ref().and_then(Failure::code) == Some(Code::Changed)
    }

    /// Begins anew with this: what was typed is given up.
    pub fn reset(&self, to: T) {
        self.standing.replace(Standing::new(to));
        self.redraw.force_update();
    }

    /// Takes up a newer state and keeps what was typed: the next send overwrites it knowingly.
    pub fn keep_mine(&self, theirs: T) {
        {
            let mut standing = self.standing.borrow_mut();
            (standing.saved, standing.failure) = (theirs, None);
        }
        self.redraw.force_update();
    }

    /// A form's `onsubmit`: checks it, sends it, and then does what follows. The first field that is wrong takes the focus.
    pub fn on_submit<R: 'static, Fut>(
        &self,
        call: impl Fn(Api, T) -> Fut + 'static,
        done: impl Fn(&Api, R) + 'static,
    ) -> Callback<SubmitEvent>
    where
        Fut: Future<Output = Result<R, Failure>> + 'static,
    {
        self.on_send(call, done)
            .reform(|event: SubmitEvent| event.prevent_default())
    }

    /// Whether the checks find nothing; what they find is shown, and the first field that is wrong takes the focus. For forms
    /// that ask something before they are sent.
    pub fn is_good(&self) -> bool {
        let is_good = {
            let mut standing = self.standing.borrow_mut();
            let is_good = standing.sent().is_some();
            standing.is_busy = false;
            is_good
        };
        self.redraw.force_update();
        if !is_good {
            focus_first_invalid();
        }
        is_good
    }

    /// The same as [`Form::on_submit`], for whatever else sends the form.
    pub fn on_send<R: 'static, Fut>(
        &self,
        call: impl Fn(Api, T) -> Fut + 'static,
        done: impl Fn(&Api, R) + 'static,
    ) -> Callback<()>
    where
        Fut: Future<Output = Result<R, Failure>> + 'static,
    {
        let form = self.clone();
        let (call, done) = (Rc::new(call), Rc::new(done));
        Callback::from(move |()| {
            let sent = form.standing.borrow_mut().sent();
            form.redraw.force_update();
            let Some(sent) = sent else {
                focus_first_invalid();
                return;
            };
            let (form, call, done) = (form.clone(), call.clone(), done.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let answer = call(form.api.clone(), sent.clone()).await;
                let stored = match answer {
                    Ok(answer) => {
                        form.standing.borrow_mut().stored(sent);
                        Some(answer)
                    }
                    Err(why) => {
                        form.standing.borrow_mut().refused(why);
                        None
                    }
                };
                form.redraw.force_update();
                match stored {
                    Some(answer) => done(&form.api, answer),
                    None => focus_first_invalid(),
                }
            });
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use contract::problem::Problem;
    use contract::teams::TeamForm;
    use domain::ids::UserId;

    fn form() -> Standing<TeamForm> {
        Standing::new(TeamForm {
            name: "West".to_owned(),
            manager_id: UserId(uuid::Uuid::nil()),
        })
    }

    fn named(standing: &mut Standing<TeamForm>, name: &str) {
        standing.typed("name", |draft| draft.name = name.to_owned());
    }

    fn wrong(standing: &Standing<TeamForm>) -> bool {
        standing
            .failure
            .as_ref()
            .is_some_and(|why| why.field("name").is_some())
    }

    #[test]
    fn nothing_is_said_of_a_field_before_the_form_was_sent_and_from_then_on_with_each_key() {
        let mut form = form();
        named(&mut form, "");
        assert!(!wrong(&form));
        assert_eq!(form.sent(), None);
        assert!(wrong(&form) && !form.is_busy);
        named(&mut form, "W");
        assert!(!wrong(&form));
        named(&mut form, "");
        assert!(wrong(&form));
    }

    #[test]
    fn what_was_typed_stays_when_it_is_refused_and_is_stored_when_it_is_not() {
        let mut form = form();
        named(&mut form, "East");
        let sent = form.sent().unwrap();
        assert_eq!(form.sent(), None, "a second press sends nothing");
        form.refused(Failure::NoAnswer);
        assert_eq!((form.draft.name.as_str(), form.is_busy), ("East", false));
        form.sent().unwrap();
        form.stored(sent);
        assert_eq!(form.saved, form.draft);
    }

    #[test]
    fn somebody_elses_change_is_not_forgotten_with_the_next_key() {
        let mut form = form();
        named(&mut form, "East");
        form.refused(Failure::Refused(Box::new(Problem::new(
            Code::Changed,
            "Changed.",
        ))));
        named(&mut form, "East 2");
        assert_eq!(
            form.failure.as_ref().and_then(Failure::code),
            Some(Code::Changed)
        );
        // What the server refused for another reason goes.
        form.refused(Failure::Refused(Box::new(Problem::new(
            Code::Exists,
            "There.",
        ))));
        named(&mut form, "East 3");
        assert_eq!(form.failure, None);
    }

    #[test]
    fn what_was_wrong_inside_of_a_field_goes_when_the_whole_of_it_changes() {
        let mut form = form();
        form.refused(Failure::Refused(Box::new(Problem::fields(vec![
            FieldError::new("drills[2].title", "It is empty."),
            FieldError::new("theme", "It is empty."),
        ]))));
        form.typed("drills", |_| {});
        let left = form.failure.as_ref().map(|why| why.fields().to_vec());
        assert_eq!(left.unwrap(), [FieldError::new("theme", "It is empty.")]);
    }

    #[test]
    fn an_error_deep_in_a_field_is_of_it() {
        assert!(is_of("schedule.zone", "schedule") && is_of("drills[0].title", "drills"));
        assert!(!is_of("name", "names") && !is_of("names", "name"));
    }
}
