//! One thing that is judged: what it is, what each level looks like, and what the coach listens for.

use super::pieces::{Text, of_criterion, of_drill};
use crate::components::{Choice, Glyph, icon, metric_name, select, toast_with_undo};
use crate::pages::manage::fields::{Piece, Shown, paragraph, piece, signals};
use crate::state::draft::{MOST_GROUPS, level_of, shift, take_out};
use contract::scenario::ScenarioText;
use domain::scenario::Criterion;
use domain::scoring::Metric;
use yew::prelude::*;

const SMALL: &str = "inline-flex min-h-11 items-center gap-2 rounded-full px-3 text-sm font-semibold text-ink-soft hover:bg-sunken hover:text-ink disabled:opacity-50";

/// The criterion at a place of a drill, `(drill, place)`, as a line that opens. `faults` is what is still to do in it.
pub fn criterion_fields(
    form: &Text,
    (drill, at): (usize, usize),
    count: usize,
    criterion: &Criterion,
    is_open: bool,
    toggle: &Callback<()>,
    faults: usize,
) -> Html {
    let shown = Piece {
        id: format!("criterion-{drill}-{}", criterion.id),
        number: Some(at + 1),
        name: &criterion.text,
        note: tr!(
            "{metric} · weight {weight}",
            metric = metric_name(criterion.metric),
            weight = criterion.weight
        ),
        to_do: faults,
        is_open,
        toggle: toggle.clone(),
    };
    piece(shown, || {
        html! { <>{ fields(form, (drill, at), criterion) }{ foot(form, (drill, at), count, criterion) }</> }
    })
}

fn fields(form: &Text, (drill, at): (usize, usize), criterion: &Criterion) -> Html {
    let path = |key: &str| format!("drills[{drill}].criteria[{at}].{key}");
    let on_metric = form.chosen(
        path("metric"),
        of_criterion(drill, at, |criterion, name: String| {
            let chosen = Metric::ALL
                .into_iter()
                .find(|metric| metric_name(*metric) == name);
            criterion.metric = chosen.unwrap_or(criterion.metric);
        }),
    );
    let on_weight = form.chosen(
        path("weight"),
        of_criterion(drill, at, |criterion, weight: String| {
            criterion.weight = weight.parse().unwrap_or(criterion.weight);
        }),
    );
    html! {
        <>
            { paragraph(form, Shown { path: path("text"), label: tr!("What the rep does"), hint: tr!("Begin with the verb: “Names …”, “Asks …”."),
                most: 200, value: &criterion.text }, of_criterion(drill, at, |criterion, text| criterion.text = text)) }
            <div class="grid grid-cols-[1fr_8rem] gap-4">
                { select(Choice {
                    name: path("metric").into(),
                    label: tr!("Counts towards").into(),
                    value: metric_name(criterion.metric).into(),
                    options: Metric::ALL.map(|metric| (metric_name(metric).into(), metric_name(metric).into())).into(),
                    onchange: on_metric,
                    error: form.error(&path("metric")),
                    ..Choice::default()
                }) }
                { select(Choice {
                    name: path("weight").into(),
                    label: tr!("Weight").into(),
                    value: criterion.weight.to_string().into(),
                    options: (1..=5_u8).map(|weight| (weight.to_string().into(), weight.to_string().into())).collect(),
                    onchange: on_weight,
                    error: form.error(&path("weight")),
                    ..Choice::default()
                }) }
            </div>
            { levels(form, (drill, at), criterion) }
            { groups(form, (drill, at), criterion) }
            { paragraph(form, Shown { path: path("advice"), label: tr!("Advice"),
                hint: tr!("Why it matters, then what to do. The coach says it when this is weak."), most: 400, value: &criterion.advice },
                of_criterion(drill, at, |criterion, advice| criterion.advice = advice)) }
            { paragraph(form, Shown { path: path("example"), label: tr!("Example"),
                hint: tr!("One sentence in the captain's voice that does it fully. The coach weaves it into the improved version."), most: 400, value: &criterion.example },
                of_criterion(drill, at, |criterion, example| criterion.example = example)) }
        </>
    }
}

fn levels(form: &Text, (drill, at): (usize, usize), criterion: &Criterion) -> Html {
    let names = [
        tr!("Level 0: done wrong"),
        tr!("Level 1: a trace"),
        tr!("Level 2: done"),
        tr!("Level 3: as a master would"),
    ];
    html! {
        <fieldset class="grid min-w-0 gap-3">
            <legend class="font-medium">{ tr!("What an answer at each level looks like") }</legend>
            <p class="text-sm text-ink-soft">{ tr!("Acts that can be seen, not marks. The rep reads the sentence of the level reached.") }</p>
            <div class="grid gap-3 border-l-2 border-line pl-4">
                for (level, (text, label)) in criterion.levels.iter().zip(names).enumerate() {
                    { paragraph(form, Shown { path: format!("drills[{drill}].criteria[{at}].levels[{level}]"), label, hint: "", most: 300, value: text },
                        of_criterion(drill, at, move |criterion, text| {
                            if let Some(here) = criterion.levels.get_mut(level) {
                                *here = text;
                            }
                        })) }
                }
            </div>
        </fieldset>
    }
}

/// The groups of signals, and which levels the built-in coach gives by them.
fn groups(form: &Text, (drill, at): (usize, usize), criterion: &Criterion) -> Html {
    let path = format!("drills[{drill}].criteria[{at}].signals");
    let count = criterion.signals.len();
    let change = |change: fn(&mut Vec<Vec<String>>, usize), group: usize| {
        let (form, path) = (form.clone(), path.clone());
        Callback::from(move |_: MouseEvent| {
            form.edit(&path, |text: &mut ScenarioText| {
                of_criterion(drill, at, move |criterion, ()| {
                    change(&mut criterion.signals, group);
                })(text, ());
            });
        })
    };
    let reached: Vec<String> = (1..=count)
        .map(|heard| {
            tr!(
                "{heard} heard: level {level}",
                heard = heard,
                level = level_of(heard, count)
            )
        })
        .collect();
    html! {
        <fieldset class="grid min-w-0 gap-3">
            <legend class="font-medium">{ tr!("Signals") }</legend>
            <p class="text-sm text-ink-soft">
                { tr!("Words and short phrases that the built-in coach listens for, in every usual spelling. One concern a group, 8 to 20 phrases; not the customer's own words.") }
            </p>
            if let Some(error) = form.error(&path) {
                <p class="text-sm font-medium text-bad">{ error }</p>
            }
            for (group, phrases) in criterion.signals.iter().enumerate() {
                <div class="flex items-start gap-1" key={group}>
                    <div class="min-w-0 flex-1">
                        { signals(form, format!("{path}[{group}]"), tr!("Group {}", group + 1), "", phrases,
                            of_criterion(drill, at, move |criterion, words: Vec<String>| {
                                if let Some(here) = criterion.signals.get_mut(group) {
                                    *here = words;
                                }
                            })) }
                    </div>
                    if count > 1 {
                        <button type="button" onclick={change(take_out, group)} aria-label={tr!("Take out group {}", group + 1)}
                            class="mt-7 inline-flex size-11 shrink-0 items-center justify-center rounded-full text-ink-soft hover:bg-sunken hover:text-ink">
                            { icon(Glyph::Cross, "size-4") }
                        </button>
                    }
                </div>
            }
            <div class="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                if count < MOST_GROUPS {
                    <button type="button" onclick={change(|groups, _| groups.push(Vec::new()), 0)}
                        class="-ml-2 inline-flex min-h-11 items-center gap-1.5 rounded-full px-2 text-sm font-semibold text-brand hover:bg-brand-wash">
                        { icon(Glyph::Plus, "size-4") }{ tr!("Add a group") }
                    </button>
                }
                <p class="numerals text-sm text-ink-soft">{ reached.join(" · ") }</p>
            </div>
        </fieldset>
    }
}

fn foot(form: &Text, (drill, at): (usize, usize), count: usize, criterion: &Criterion) -> Html {
    let path = format!("drills[{drill}].criteria");
    let moved = |is_up: bool| {
        let (form, path) = (form.clone(), path.clone());
        Callback::from(move |_: MouseEvent| {
            form.edit(&path, |text: &mut ScenarioText| {
                of_drill(drill, move |drill, ()| {
                    shift(&mut drill.criteria, at, is_up)
                })(text, ());
            });
        })
    };
    let take = {
        let (form, path, gone) = (form.clone(), path.clone(), criterion.clone());
        Callback::from(move |_: MouseEvent| {
            form.edit(&path, |text: &mut ScenarioText| {
                of_drill(drill, move |drill, ()| take_out(&mut drill.criteria, at))(text, ());
            });
            let (form, path, gone) = (form.clone(), path.clone(), gone.clone());
            toast_with_undo(
                tr!("Taken out"),
                Callback::from(move |()| {
                    let gone = gone.clone();
                    form.edit(&path, |text: &mut ScenarioText| {
                        if let Some(drill) = text.drills.get_mut(drill) {
                            let to = at.min(drill.criteria.len());
                            drill.criteria.insert(to, gone);
                        }
                    });
                }),
            );
        })
    };
    html! {
        <div class="-mx-2 flex flex-wrap justify-between gap-1 border-t border-line pt-2">
            <div class="flex flex-wrap gap-1">
                <button type="button" class={SMALL} disabled={at == 0} onclick={moved(true)}>{ tr!("Earlier") }</button>
                <button type="button" class={SMALL} disabled={at + 1 >= count} onclick={moved(false)}>{ tr!("Later") }</button>
            </div>
            <button type="button" class={SMALL} onclick={take}>{ icon(Glyph::Bin, "size-4") }{ tr!("Take out") }</button>
        </div>
    }
}
