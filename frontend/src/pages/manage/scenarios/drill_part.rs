//! One customer: who writes, what is asked, what is judged, and what the coach knows.

use super::criterion::criterion_fields;
use super::pieces::{Text, of_drill};
use crate::components::{Button, Glyph, Look, icon, toast_with_undo};
use crate::pages::manage::fields::{Several, Shown, error_in, line, paragraph, several, signals};
use crate::state::draft::{MOST_CRITERIA, Section, ToDo, empty_blocker, empty_criterion, take_out};
use contract::scenario::{DrillText, ScenarioText};
use domain::scenario::Reactions;
use domain::scoring::Metric;
use yew::prelude::*;

/// Which criteria lie open, by drill and criterion.
pub type Opened = UseStateHandle<Vec<(String, String)>>;

/// The fields of one customer.
pub fn drill_part(
    form: &Text,
    at: usize,
    drill: &DrillText,
    to_do: &ToDo,
    opened: &Opened,
) -> Html {
    let path = |key: &str| format!("drills[{at}].{key}");
    let who = html! {
        <>
            <div class="grid gap-5 sm:grid-cols-2 lg:grid-cols-1">
                { line(form, Shown { path: path("customer.name"), label: tr!("Name"), hint: "", most: 60, value: &drill.customer.name },
                    of_drill(at, |drill, name| drill.customer.name = name)) }
                { line(form, Shown { path: path("customer.business"), label: tr!("Trade and city"), hint: "", most: 100, value: &drill.customer.business },
                    of_drill(at, |drill, business| drill.customer.business = business)) }
            </div>
            { line(form, Shown { path: path("title"), label: tr!("Title of the drill"),
                hint: tr!("Reps see it, such as “Just send me the details”."), most: 80, value: &drill.title },
                of_drill(at, |drill, title| drill.title = title)) }
            { paragraph(form, Shown { path: path("customer.stance"), label: tr!("Attitude at the start"),
                hint: tr!("One sentence, for the voice that plays this customer."), most: 300, value: &drill.customer.stance },
                of_drill(at, |drill, stance| drill.customer.stance = stance)) }
            { several(form, Several { path: path("customer.facts"), label: tr!("Facts"),
                hint: tr!("What is true of this customer. Reps don't see it."), each: tr!("Fact"), add: tr!("Add a fact"), fewest: 2, value: &drill.customer.facts },
                of_drill(at, |drill, facts| drill.customer.facts = facts)) }
        </>
    };
    let message = paragraph(
        form,
        Shown {
            path: path("customerMessage"),
            label: tr!("The message, word for word"),
            hint: tr!("Does somebody type this on WhatsApp? Read it aloud."),
            most: 600,
            value: &drill.customer_message,
        },
        of_drill(at, |drill, message| drill.customer_message = message),
    );
    let ideal = paragraph(
        form,
        Shown {
            path: path("idealResponse"),
            label: tr!("One answer of a master"),
            hint: tr!("40 to 90 words read well on a phone. Reps see it once they have answered."),
            most: 1_200,
            value: &drill.ideal_response,
        },
        of_drill(at, |drill, answer| drill.ideal_response = answer),
    );
    let notes = html! {
        <>
            { several(form, Several { path: path("coachingNotes"), label: tr!("Notes on this objection"), hint: "", each: tr!("Note"),
                add: tr!("Add a note"), fewest: 1, value: &drill.coaching_notes },
                of_drill(at, |drill, notes| drill.coaching_notes = notes)) }
            { several(form, Several { path: path("toneGuidelines"), label: tr!("How to sound in this drill"), hint: "", each: tr!("Guideline"),
                add: tr!("Add a guideline"), fewest: 1, value: &drill.tone_guidelines },
                of_drill(at, |drill, guidelines| drill.tone_guidelines = guidelines)) }
            { several(form, Several { path: path("commonMistakes"), label: tr!("What reps usually get wrong"), hint: "", each: tr!("Mistake"),
                add: tr!("Add a mistake"), fewest: 1, value: &drill.common_mistakes },
                of_drill(at, |drill, mistakes| drill.common_mistakes = mistakes)) }
        </>
    };
    html! {
        <div class="grid gap-8">
            { section(Section::Customer, "", who) }
            { section(Section::Message, "", message) }
            { section(Section::Criteria, tr!("In the order in which a good answer says it. Three to eight, so that each can be seen."),
                criteria(form, at, drill, to_do, opened)) }
            { section(Section::Blockers, tr!("A false promise, an insult: whatever else the answer does, it fails and keeps a quarter of its score."),
                blockers(form, at, drill)) }
            { section(Section::Reactions, tr!("What the customer writes after the last answer. Which line is used changes from session to session."),
                reactions(form, at, &drill.reactions)) }
            { section(Section::Ideal, "", ideal) }
            { section(Section::Coach, tr!("Reps don't see this. The coach does, in every correction."), notes) }
        </div>
    }
}

fn section(section: Section, lead: &'static str, fields: Html) -> Html {
    html! {
        <section aria-labelledby={section.id()} class="grid gap-5 border-t border-line pt-6 first:border-0 first:pt-0">
            <div>
                <h2 id={section.id()} tabindex="-1" class="scroll-mt-36 text-xl focus:outline-none">{ section.name() }</h2>
                if !lead.is_empty() { <p class="mt-1 max-w-prose text-sm text-ink-soft">{ lead }</p> }
            </div>
            { fields }
        </section>
    }
}

fn criteria(form: &Text, at: usize, drill: &DrillText, to_do: &ToDo, opened: &Opened) -> Html {
    let path = format!("drills[{at}].criteria");
    let count = drill.criteria.len();
    let add = {
        let (form, opened, path) = (form.clone(), opened.clone(), path.clone());
        Callback::from(move |()| {
            let mut added = None;
            form.edit(&path, |text: &mut ScenarioText| {
                if let Some(drill) = text.drills.get_mut(at) {
                    let criterion = empty_criterion(&drill.criteria, Metric::Clarity);
                    added = Some((drill.id.clone(), criterion.id.clone()));
                    drill.criteria.push(criterion);
                }
            });
            opened.set(opened.iter().cloned().chain(added).collect());
        })
    };
    html! {
        <div class="grid gap-3">
            if let Some(error) = form.error(&path) {
                <p class="text-sm font-medium text-bad">{ error }</p>
            }
            <ol class="grid gap-3">
                for (index, criterion) in drill.criteria.iter().enumerate() {
                    { {
                        let key = (drill.id.clone(), criterion.id.clone());
                        let is_open = opened.contains(&key);
                        let toggle = {
                            let opened = opened.clone();
                            Callback::from(move |()| {
                                let mut next: Vec<(String, String)> = opened.iter().filter(|one| **one != key).cloned().collect();
                                if !is_open {
                                    next.push(key.clone());
                                }
                                opened.set(next);
                            })
                        };
                        criterion_fields(form, (at, index), count, criterion, is_open, &toggle, to_do.below(&format!("{path}[{index}]")))
                    } }
                }
            </ol>
            if count < MOST_CRITERIA {
                <div><Button look={Look::Quiet} onclick={add}>{ icon(Glyph::Plus, "size-5") }{ tr!("Judge one thing more") }</Button></div>
            }
        </div>
    }
}

fn blockers(form: &Text, at: usize, drill: &DrillText) -> Html {
    let path = format!("drills[{at}].blockers");
    let add = {
        let (form, path) = (form.clone(), path.clone());
        Callback::from(move |()| {
            form.edit(&path, |text: &mut ScenarioText| {
                if let Some(drill) = text.drills.get_mut(at) {
                    let blocker = empty_blocker(&drill.blockers);
                    drill.blockers.push(blocker);
                }
            });
        })
    };
    let one = |index: usize| {
        let blocker = drill.blockers.get(index)?;
        let at_one = format!("{path}[{index}]");
        let of_blocker = move |change: fn(&mut domain::scenario::Blocker, String)| {
            of_drill(at, move |drill, words: String| {
                if let Some(blocker) = drill.blockers.get_mut(index) {
                    change(blocker, words);
                }
            })
        };
        let take = {
            let (form, path, gone) = (form.clone(), path.clone(), blocker.clone());
            Callback::from(move |_: MouseEvent| {
                form.edit(&path, |text: &mut ScenarioText| {
                    if let Some(drill) = text.drills.get_mut(at) {
                        take_out(&mut drill.blockers, index);
                    }
                });
                let (form, path, gone) = (form.clone(), path.clone(), gone.clone());
                toast_with_undo(
                    tr!("Taken out"),
                    Callback::from(move |()| {
                        let gone = gone.clone();
                        form.edit(&path, |text: &mut ScenarioText| {
                            if let Some(drill) = text.drills.get_mut(at) {
                                let to = index.min(drill.blockers.len());
                                drill.blockers.insert(to, gone);
                            }
                        });
                    }),
                );
            })
        };
        Some(html! {
            <li key={blocker.id.clone()} class="grid gap-4 rounded-lg border border-line bg-surface p-4">
                { paragraph(form, Shown { path: format!("{at_one}.text"), label: tr!("Why it fails"),
                    hint: tr!("One sentence to the rep, such as “Promises sales that nobody can promise.”"), most: 300, value: &blocker.text },
                    of_blocker(|blocker, words| blocker.text = words)) }
                { signals(form, format!("{at_one}.signals"), tr!("Words that show it").to_owned(),
                    tr!("Only what a violation says: “discount de dunga”, not “discount”."), &blocker.signals,
                    of_drill(at, move |drill, words: Vec<String>| {
                        if let Some(blocker) = drill.blockers.get_mut(index) {
                            blocker.signals = words;
                        }
                    })) }
                <div class="flex justify-end">
                    <button type="button" onclick={take} class="inline-flex min-h-11 items-center gap-2 rounded-full px-3 text-sm font-semibold text-ink-soft hover:bg-sunken hover:text-ink">
                        { icon(Glyph::Bin, "size-4") }{ tr!("Take out") }
                    </button>
                </div>
            </li>
        })
    };
    html! {
        <div class="grid gap-3">
            if drill.blockers.is_empty() {
                <p class="text-sm text-ink-soft">{ tr!("Nothing of its own. Insults, threats and guarantees fail any answer, by the tone guidelines.") }</p>
            } else {
                <ul class="grid gap-3">{ (0..drill.blockers.len()).filter_map(one).collect::<Html>() }</ul>
            }
            if let Some(error) = form.error(&path).or_else(|| error_in(form, &path).filter(|_| drill.blockers.is_empty())) {
                <p class="text-sm font-medium text-bad">{ error }</p>
            }
            <div><Button look={Look::Quiet} onclick={add}>{ icon(Glyph::Plus, "size-5") }{ tr!("Add what fails an answer") }</Button></div>
        </div>
    }
}

fn reactions(form: &Text, at: usize, reactions: &Reactions) -> Html {
    let path = |key: &str| format!("drills[{at}].reactions.{key}");
    html! {
        <>
            { several(form, Several { path: path("open"), label: tr!("Not moved"), hint: tr!("Below 45 points, or with something that fails an answer."),
                each: tr!("Line"), add: tr!("Add a line"), fewest: 1, value: &reactions.open },
                of_drill(at, |drill, lines| drill.reactions.open = lines)) }
            { several(form, Several { path: path("softened"), label: tr!("Listening"), hint: tr!("From 45 points."),
                each: tr!("Line"), add: tr!("Add a line"), fewest: 1, value: &reactions.softened },
                of_drill(at, |drill, lines| drill.reactions.softened = lines)) }
            { several(form, Several { path: path("resolved"), label: tr!("Ready for the next step"), hint: tr!("From 75 points."),
                each: tr!("Line"), add: tr!("Add a line"), fewest: 1, value: &reactions.resolved },
                of_drill(at, |drill, lines| drill.reactions.resolved = lines)) }
        </>
    }
}
