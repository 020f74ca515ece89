//! Phrases: what sounds like the captain, what costs trust, and what fails any answer.

use super::{Opened, Text, View, count, opening};
use crate::components::{Button, Choice, Glyph, Look, icon, select, toast_with_undo};
use crate::pages::manage::fields::{
    Piece, Several, Shown, line, paragraph, piece, several, signals,
};
use crate::state::draft::{empty_blocker, take_out};
use contract::problem::FieldError;
use contract::tone::ToneText;
use domain::scenario::Blocker;
use domain::tone::{AvoidedPhrase, Phrase, TrustCost};
use yew::prelude::*;

/// The ways a phrase can cost trust, in the order they are offered.
pub const COSTS: [TrustCost; 5] = [
    TrustCost::Filler,
    TrustCost::Hedge,
    TrustCost::Pressure,
    TrustCost::Slang,
    TrustCost::Excitement,
];

/// What is wrong with a phrase, in a word.
pub fn cost_name(cost: TrustCost) -> &'static str {
    match cost {
        TrustCost::Filler => tr!("Filler"),
        TrustCost::Hedge => tr!("Hedge"),
        TrustCost::Pressure => tr!("Pressure"),
        TrustCost::Slang => tr!("Slang"),
        TrustCost::Excitement => tr!("Excitement"),
    }
}

fn cost_meaning(cost: TrustCost) -> &'static str {
    match cost {
        TrustCost::Filler => tr!("Says nothing: “basically”, “actually”."),
        TrustCost::Hedge => tr!("Sounds unsure: “maybe”, “I think”."),
        TrustCost::Pressure => tr!("Pushes: “only today”, “abhi karo”."),
        TrustCost::Slang => tr!("Too casual for an adviser: “bro”, “yaar”."),
        TrustCost::Excitement => tr!("Sounds like an advertisement: “best in the world”."),
    }
}

/// A list of pieces of one kind, and how they are reached in the text.
pub struct List<P: 'static> {
    /// Where it is shown.
    pub view: View,
    /// The pieces in the text.
    pub of: fn(&mut ToneText) -> &mut Vec<P>,
    /// A new one beside these.
    pub new: fn(&[P]) -> P,
    /// What adds one.
    pub add: &'static str,
}

impl<P: Clone + 'static> List<P> {
    /// Changes the piece at a place, if it is still there.
    pub fn change<V: 'static>(
        &self,
        at: usize,
        change: impl Fn(&mut P, V) + 'static,
    ) -> impl Fn(&mut ToneText, V) + 'static {
        let of = self.of;
        move |text, value| {
            if let Some(piece) = of(text).get_mut(at) {
                change(piece, value);
            }
        }
    }

    /// The path of a field of the piece at a place.
    pub fn path(&self, at: usize, key: &str) -> String {
        format!("{}[{at}].{key}", self.view.path())
    }

    /// The list: a word above it, its pieces, and what adds one.
    pub fn show(
        &self,
        form: &Text,
        pieces: &[P],
        opened: &Opened,
        lead: &'static str,
        one: impl Fn(usize, &P) -> Html,
    ) -> Html {
        let (of, new, path) = (self.of, self.new, self.view.path());
        let add = {
            let (form, opened, at) = (form.clone(), opened.clone(), pieces.len());
            Callback::from(move |()| {
                form.edit(path, |text| {
                    let all = of(text);
                    let piece = new(all);
                    all.push(piece);
                });
                opened.set(opened.iter().copied().chain([(path, at)]).collect());
            })
        };
        html! {
            <div class="grid gap-4">
                <p class="max-w-prose text-ink-soft">{ lead }</p>
                <ul class="grid gap-3">
                    for (at, piece) in pieces.iter().enumerate() { { one(at, piece) } }
                </ul>
                if let Some(error) = form.error(path) {
                    <p class="text-sm font-medium text-bad">{ error }</p>
                }
                <div><Button look={Look::Quiet} onclick={add}>{ icon(Glyph::Plus, "size-5") }{ self.add }</Button></div>
            </div>
        }
    }

    /// What takes a piece out, with a way back.
    pub fn foot(&self, form: &Text, opened: &Opened, at: usize, piece: &P) -> Html {
        let (of, path) = (self.of, self.view.path());
        let (form, opened, gone) = (form.clone(), opened.clone(), piece.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            form.edit(path, |text| take_out(of(text), at));
            // The pieces after it move up.
            let left = opened.iter().copied().filter(|one| *one != (path, at));
            let left = left.map(|(list, place)| match list == path && place > at {
                true => (list, place - 1),
                false => (list, place),
            });
            opened.set(left.collect());
            let (form, gone) = (form.clone(), gone.clone());
            toast_with_undo(
                tr!("Taken out"),
                Callback::from(move |()| {
                    let gone = gone.clone();
                    form.edit(path, |text| {
                        let all = of(text);
                        all.insert(at.min(all.len()), gone);
                    });
                }),
            );
        });
        html! {
            <div class="-mx-2 flex justify-end border-t border-line pt-2">
                <button type="button" {onclick} class="inline-flex min-h-11 items-center gap-2 rounded-full px-3 text-sm font-semibold text-ink-soft hover:bg-sunken hover:text-ink">
                    { icon(Glyph::Bin, "size-4") }{ tr!("Take out") }
                </button>
            </div>
        }
    }
}

/// The first few signals of a phrase.
fn heard_as(signals: &[String]) -> String {
    let first = signals.iter().take(4).cloned().collect::<Vec<_>>();
    first.join(", ")
}

/// Words that sound like the captain.
pub fn say(form: &Text, draft: &ToneText, faults: &[FieldError], opened: &Opened) -> Html {
    let list = List::<Phrase> {
        view: View::Say,
        of: |text| &mut text.phrases_to_use,
        new: |_| Phrase {
            text: String::new(),
            explanation: String::new(),
            examples: Vec::new(),
            signals: Vec::new(),
        },
        add: tr!("Add a phrase"),
    };
    let lead = tr!("Words that sound like the captain. Rules that ask for them hear any of them.");
    list.show(form, &draft.phrases_to_use, opened, lead, |at, phrase| {
        let (is_open, toggle) = opening(opened, list.view.path(), at);
        let shown = Piece {
            id: format!("say-{at}"),
            number: None,
            name: &phrase.text,
            note: heard_as(&phrase.signals),
            to_do: count(faults, &format!("{}[{at}]", list.view.path())),
            is_open,
            toggle,
        };
        piece(shown, || html! {
            <>
                { line(form, Shown { path: list.path(at, "text"), label: tr!("Phrase"), hint: tr!("As it is shown to reps."), most: 120, value: &phrase.text },
                    list.change(at, |phrase, text| phrase.text = text)) }
                { paragraph(form, Shown { path: list.path(at, "explanation"), label: tr!("Why it works"), hint: "", most: 300, value: &phrase.explanation },
                    list.change(at, |phrase, text| phrase.explanation = text)) }
                { several(form, Several { path: list.path(at, "examples"), label: tr!("Examples"), hint: tr!("Whole sentences that use it."), each: tr!("Example"),
                    add: tr!("Add an example"), fewest: 0, value: &phrase.examples }, list.change(at, |phrase, lines| phrase.examples = lines)) }
                { signals(form, list.path(at, "signals"), tr!("How it appears in answers").to_owned(), tr!("In every usual spelling."), &phrase.signals,
                    list.change(at, |phrase, words| phrase.signals = words)) }
                { list.foot(form, opened, at, phrase) }
            </>
        })
    })
}

/// Words that cost trust.
pub fn avoid(form: &Text, draft: &ToneText, faults: &[FieldError], opened: &Opened) -> Html {
    let list = List::<AvoidedPhrase> {
        view: View::Avoid,
        of: |text| &mut text.phrases_to_avoid,
        new: |_| AvoidedPhrase {
            text: String::new(),
            kind: TrustCost::Filler,
            explanation: String::new(),
            instead: String::new(),
            signals: Vec::new(),
        },
        add: tr!("Add a phrase"),
    };
    let lead = tr!(
        "Words that cost trust, by what is wrong with them. A word added here changes the scores of all ten days."
    );
    list.show(form, &draft.phrases_to_avoid, opened, lead, |at, phrase| {
        let (is_open, toggle) = opening(opened, list.view.path(), at);
        let on_kind = form.chosen(
            list.path(at, "kind"),
            list.change(at, |phrase, name: String| {
                let chosen = COSTS.into_iter().find(|cost| cost_name(*cost) == name);
                phrase.kind = chosen.unwrap_or(phrase.kind);
            }),
        );
        let shown = Piece {
            id: format!("avoid-{at}"),
            number: None,
            name: &phrase.text,
            note: format!("{} · {}", cost_name(phrase.kind), heard_as(&phrase.signals)),
            to_do: count(faults, &format!("{}[{at}]", list.view.path())),
            is_open,
            toggle,
        };
        piece(shown, || html! {
            <>
                { line(form, Shown { path: list.path(at, "text"), label: tr!("Phrase"), hint: tr!("As it is shown to reps."), most: 120, value: &phrase.text },
                    list.change(at, |phrase, text| phrase.text = text)) }
                { select(Choice {
                    name: list.path(at, "kind").into(),
                    label: tr!("What is wrong with it").into(),
                    hint: cost_meaning(phrase.kind).into(),
                    value: cost_name(phrase.kind).into(),
                    options: COSTS.map(|cost| (cost_name(cost).into(), cost_name(cost).into())).into(),
                    onchange: on_kind,
                    ..Choice::default()
                }) }
                { paragraph(form, Shown { path: list.path(at, "explanation"), label: tr!("Why it costs trust"), hint: "", most: 300, value: &phrase.explanation },
                    list.change(at, |phrase, text| phrase.explanation = text)) }
                { line(form, Shown { path: list.path(at, "instead"), label: tr!("What to say instead"), hint: tr!("Empty when it is best left out."), most: 120, value: &phrase.instead },
                    list.change(at, |phrase, text| phrase.instead = text)) }
                { signals(form, list.path(at, "signals"), tr!("How it appears in answers").to_owned(), tr!("In every usual spelling."), &phrase.signals,
                    list.change(at, |phrase, words| phrase.signals = words)) }
                { list.foot(form, opened, at, phrase) }
            </>
        })
    })
}

/// What fails any answer.
pub fn never(form: &Text, draft: &ToneText, faults: &[FieldError], opened: &Opened) -> Html {
    let list = List::<Blocker> {
        view: View::Never,
        of: |text| &mut text.blockers,
        new: empty_blocker,
        add: tr!("Add what fails any answer"),
    };
    let lead = tr!(
        "Insults, threats, guarantees: they fail any answer in any drill, and leave a quarter of its score."
    );
    list.show(form, &draft.blockers, opened, lead, |at, blocker| {
        let (is_open, toggle) = opening(opened, list.view.path(), at);
        let shown = Piece {
            id: format!("never-{at}"),
            number: None,
            name: &blocker.text,
            note: heard_as(&blocker.signals),
            to_do: count(faults, &format!("{}[{at}]", list.view.path())),
            is_open,
            toggle,
        };
        piece(shown, || html! {
            <>
                { paragraph(form, Shown { path: list.path(at, "text"), label: tr!("Why it fails"), hint: tr!("One sentence to the rep, such as “Promises sales that nobody can promise.”"), most: 300, value: &blocker.text },
                    list.change(at, |blocker, text| blocker.text = text)) }
                { signals(form, list.path(at, "signals"), tr!("Words that show it").to_owned(), tr!("Only what a violation says: “discount de dunga”, not “discount”."), &blocker.signals,
                    list.change(at, |blocker, words| blocker.signals = words)) }
                { list.foot(form, opened, at, blocker) }
            </>
        })
    })
}
