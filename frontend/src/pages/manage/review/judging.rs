//! How a session was judged, version by version; and having it judged anew.

use crate::api::Api;
use crate::browser::{clock, random};
use crate::components::{Button, Confirm, Glyph, Look, Tone, badge, icon, skeleton, toast};
use crate::data::{use_action, use_resource};
use contract::session::{JudgedAnswer, Said, SessionResult, VerdictHistory, VerdictVersion};
use domain::ids::SessionId;
use domain::scoring::Judge;
use yew::prelude::*;

/// Properties of [`Judging`].
#[derive(Properties, PartialEq, Clone)]
pub(super) struct JudgingProps {
    /// Of which session.
    pub session: SessionId,
}

/// The versions, and the way to another one.
#[component]
pub(super) fn Judging(props: &JudgingProps) -> Html {
    let session = props.session;
    let is_asking = use_state(|| false);
    let anew = use_action();
    let key = use_mut_ref(random::key);
    let known = use_resource(
        format!("sessions/{session}/verdicts"),
        move |api: Api| async move { api.verdicts(session).await },
    );
    let ask = {
        let is_asking = is_asking.setter();
        Callback::from(move |()| is_asking.set(true))
    };
    let keep = {
        let is_asking = is_asking.setter();
        Callback::from(move |()| is_asking.set(false))
    };
    let on_confirm = {
        let (keep, pressed) = (keep.clone(), key.clone());
        anew.on(
            move |api: Api| {
                let key = pressed.borrow().clone();
                async move { api.regrade(session, &key).await }
            },
            move |api, result: SessionResult| {
                // The next press is another one.
                key.replace(random::key());
                toast(tr!("Judged anew: it comes to {}", result.score));
                api.cache()
                    .changed(&["sessions", "people", "dashboard", "schedule"]);
                keep.emit(());
            },
        )
    };
    html! {
        <>
            { known.show(skeleton("h-24 rounded-md"), versions) }
            <Button look={Look::Quiet} class="mt-3 print:hidden" onclick={ask}>{ icon(Glyph::Again, "size-5") }{ tr!("Judge it anew") }</Button>
            if *is_asking {
                <Confirm title={tr!("Judge this session anew?")} action={tr!("Judge it anew")} busy={anew.is_busy()} failure={anew.failure().cloned()} {on_confirm} on_close={keep}>
                    <p>{ tr!("All its answers are judged again, by the rules of that day and by whoever judges today. The verdicts of before stay beside the new ones, managers' scores go on to count, and the rep sees that it was done.") }</p>
                </Confirm>
            }
        </>
    }
}

fn versions(history: &VerdictHistory) -> Html {
    if history.versions.is_empty() {
        return html! { <p class="text-ink-soft">{ tr!("The verdicts are not kept any more.") }</p> };
    }
    html! {
        <ol class="divide-y divide-line">
            for version in history.versions.iter() {
                <li key={version.number} class="py-2 first:pt-0">
                    { one(version, history.counting == Some(version.number)) }
                </li>
            }
        </ol>
    }
}

fn one(version: &VerdictVersion, counts: bool) -> Html {
    let by = match (&version.by_name, version.number) {
        (_, 1) => tr!("Judged in the session").to_owned(),
        (Some(name), _) => tr!("Judged anew, asked for by {name}", name = name),
        (None, _) => tr!("Judged anew").to_owned(),
    };
    let score = |score: Option<u8>| score.map_or_else(|| "–".to_owned(), |score| score.to_string());
    html! {
        <details class="group">
            <summary class="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1">
                <span class="numerals font-semibold">{ format!("{} → {}", score(version.first_score), score(version.score)) }</span>
                if counts { { badge(Tone::Good, tr!("Counts")) } }
                <span class="w-full text-sm text-ink-soft">{ format!("{by}, {}", clock::date_and_time(version.at)) }</span>
            </summary>
            <table class="mb-1 w-full text-sm">
                <caption class="sr-only">{ tr!("Version {}, answer by answer", version.number) }</caption>
                <thead class="sr-only"><tr><th>{ tr!("Answer") }</th><th>{ tr!("Judged by") }</th><th>{ tr!("Score") }</th></tr></thead>
                <tbody>
                    for answer in version.answers.iter() { { judged(answer) } }
                </tbody>
            </table>
        </details>
    }
}

fn judged(answer: &JudgedAnswer) -> Html {
    let said = match answer.said {
        Said::First => tr!("first"),
        Said::Again if answer.counts => tr!("said again, counts"),
        Said::Again => tr!("said again"),
    };
    html! {
        <tr class="border-t border-line align-top">
            <td class="py-1.5 pr-3">
                <span class="block wrap-anywhere">{ &answer.title }</span>
                <span class="text-ink-soft">{ said }</span>
            </td>
            <td class="py-1.5 pr-3 text-ink-soft wrap-anywhere">{ judge(&answer.judge) }</td>
            <td class="numerals py-1.5 text-right">
                if let Some(own) = answer.override_score {
                    <span class="block font-semibold">{ own }<span class="sr-only">{ " " }{ tr!("by a manager") }</span></span>
                    <s class="text-ink-soft"><span class="sr-only">{ tr!("judged") }{ " " }</span>{ answer.score }</s>
                } else {
                    <span class="font-semibold">{ answer.score }</span>
                }
            </td>
        </tr>
    }
}

fn judge(judge: &Judge) -> String {
    match judge {
        Judge::BuiltIn { stand_in: false } => tr!("Built-in coach").to_owned(),
        Judge::BuiltIn { stand_in: true } => tr!("Built-in coach, in a model's place").to_owned(),
        Judge::Model { model } => model.clone(),
    }
}
