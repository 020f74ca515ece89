//! What is looked at.

use crate::components::{
    Button, Glyph, IN_TEXT, Look, ROW_LINK, Row, Tone, avatar, badge, card, card_with, empty_state,
    figure, figures, icon, link_to, notice, numbers, skeleton, table, words,
};
use yew::prelude::*;

/// Colours, words, buttons, boxes, a table, icons.
pub fn shown() -> Html {
    html! {
        <div class="grid gap-6">
            { card("Colours", colours()) }
            { card("Type", html! {
                <div class="grid gap-2">
                    <p class="font-display text-3xl font-semibold">{ "Say it again, better" }</p>
                    <p class="font-display text-2xl font-semibold">{ "Say it again, better" }</p>
                    <p class="font-display text-xl font-semibold">{ "Say it again, better" }</p>
                    <p class="text-lg">{ "A customer writes, you answer." }</p>
                    <p>{ "A customer writes, you answer, the captain corrects you. " }{ link_to("/design", IN_TEXT, "A link in text") }</p>
                    <p class="text-sm text-ink-soft">{ "Small and soft: what stands beside." }</p>
                    <p class="numerals">{ "0123456789 · 54 → 78" }</p>
                </div>
            }) }
            { card("Buttons", html! {
                <div class="flex flex-wrap items-center gap-3">
                    <Button look={Look::Accent}>{ "Start practice" }</Button>
                    <Button>{ icon(Glyph::Plus, "size-5") }{ "New team" }</Button>
                    <Button look={Look::Quiet}>{ "Cancel" }</Button>
                    <Button look={Look::Danger}>{ "Delete" }</Button>
                    <Button busy=true>{ "Saving" }</Button>
                    <Button disabled=true>{ "Save" }</Button>
                </div>
            }) }
            { card("Badges and people", html! {
                <div class="flex flex-wrap items-center gap-3">
                    { badge(Tone::Plain, "Coming") }{ badge(Tone::Brand, "Practising") }{ badge(Tone::Accent, "Late") }
                    { badge(Tone::Good, "Practised") }{ badge(Tone::Bad, "Missed") }
                    { avatar("Asha Verma", "size-11 text-base") }{ avatar("Meera Kulkarni", "size-9 text-sm") }{ avatar("Imran Qureshi", "size-9 text-sm") }
                </div>
            }) }
            { figures(html! { <>{ figure("Practised today", "9 of 12", "3 to go") }{ figure("Mean score", 71, "up 6 on last week") }{ figure("Streak", 4, "sessions in a row") }</> }) }
            { card_with("A table", html! { <Button look={Look::Quiet}>{ icon(Glyph::Download, "size-5") }{ "CSV" }</Button> }, people()) }
            { empty_state(Glyph::Flag, "No team yet", "A team is a manager and their reps. Make one, and invite people into it.", html! { <Button>{ "Make a team" }</Button> }) }
            { notice("This could not be loaded", html! { <p class="text-sm">{ "No connection. Check your network and try again." }</p> }) }
            { card("On its way", html! { <div class="grid gap-3">{ skeleton("h-6 w-1/2 rounded-md") }{ skeleton("h-24 rounded-lg") }</div> }) }
            { card("Icons", html! {
                <ul class="flex flex-wrap gap-4">
                    for glyph in Glyph::ALL {
                        <li class="grid w-16 justify-items-center gap-1 text-xs text-ink-soft">{ icon(*glyph, "size-6 text-ink") }{ format!("{glyph:?}") }</li>
                    }
                </ul>
            }) }
        </div>
    }
}

fn colours() -> Html {
    const COLOURS: &[(&str, &str)] = &[
        ("page", "bg-page"),
        ("surface", "bg-surface"),
        ("sunken", "bg-sunken"),
        ("raised", "bg-raised"),
        ("brand", "bg-brand"),
        ("brand wash", "bg-brand-wash"),
        ("accent", "bg-accent"),
        ("accent wash", "bg-accent-wash"),
        ("good", "bg-good"),
        ("good wash", "bg-good-wash"),
        ("bad", "bg-bad"),
        ("bad wash", "bg-bad-wash"),
        ("deck", "bg-deck"),
    ];
    html! {
        <ul class="flex flex-wrap gap-3">
            for (name, class) in COLOURS {
                <li class="w-24 text-xs text-ink-soft"><span class={classes!("mb-1", "block", "h-12", "rounded-md", "border", "border-line", *class)} />{ *name }</li>
            }
        </ul>
    }
}

fn people() -> Html {
    let rows = [
        ("Asha Verma", "Group A", 78, Tone::Good, "Practised"),
        ("Rohit Deshmukh", "Group A", 64, Tone::Accent, "Late"),
        ("Imran Qureshi", "Group B", 51, Tone::Bad, "Missed"),
    ];
    let rows = rows.map(|(name, group, score, tone, state)| Row {
        key: name.to_owned(),
        cells: vec![
            html! { <span class="flex items-center gap-3">{ avatar(name, "size-9 text-sm") }{ link_to("/design", ROW_LINK, name) }</span> },
            html! { group },
            html! { score },
            badge(tone, state),
        ],
    });
    table(
        "People",
        &[
            words("Rep"),
            words("Group"),
            numbers("Score"),
            words("Today"),
        ],
        rows.into(),
    )
}
