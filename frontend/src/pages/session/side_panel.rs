//! Beside the chat on wide screens: who the customer is, what this step asks for, and the captain's way.

use super::speaker_name;
use crate::components::{Glyph, avatar, icon};
use crate::state::transcript::Transcript;
use domain::session::{Speaker, Step};
use yew::prelude::*;

/// How the captain speaks, in short; the coach explains the rest where it matters.
fn captains_way() -> [&'static str; 5] {
    [
        tr!("First show that you heard the customer."),
        tr!("Give the reason before the recommendation."),
        tr!("Speak steadily: no “basically”, no “maybe”, no pressure."),
        tr!("Mix English with easy Hindi, as you would on WhatsApp."),
        tr!("End with a question that moves things forward."),
    ]
}

/// The panel.
pub fn side_panel(transcript: &Transcript) -> Html {
    let name = speaker_name(transcript, Speaker::Customer, transcript.drill);
    let card = transcript.card(transcript.drill);
    html! {
        <aside aria-label={tr!("About this customer")} class="hidden w-80 shrink-0 overflow-y-auto border-l border-line bg-surface p-6 lg:block xl:w-96">
            <div class="flex flex-col items-center border-b border-line pb-6 text-center">
                { avatar(&name, "size-20 text-2xl") }
                <h2 class="mt-3 text-xl">{ name }</h2>
                if let Some(card) = card {
                    <p class="text-ink-soft">{ &card.customer_business }</p>
                    <p class="mt-3 rounded-full bg-brand-wash px-3 py-1 text-sm font-medium text-brand-strong">{ &card.title }</p>
                }
            </div>
            <section aria-labelledby="step-help" class="border-b border-line py-6">
                <h2 id="step-help" class="mb-1 text-lg">{ tr!("Step {}/4", transcript.step.number()) }</h2>
                <p class="text-ink-soft">{ step_help(transcript.step) }</p>
            </section>
            <section aria-labelledby="captains-way" class="py-6">
                <h2 id="captains-way" class="mb-3 flex items-center gap-2 text-lg">
                    { icon(Glyph::Compass, "size-5 text-accent-strong") }{ tr!("The captain's way") }
                </h2>
                <ol class="grid gap-2.5">
                    for (index, rule) in captains_way().iter().enumerate() {
                        <li class="flex gap-3">
                            <span class="font-display font-semibold text-accent-strong numerals" aria-hidden="true">{ index + 1 }</span>
                            <span>{ *rule }</span>
                        </li>
                    }
                </ol>
            </section>
        </aside>
    }
}

fn step_help(step: Step) -> &'static str {
    match step {
        Step::CustomerObjection => {
            tr!("The customer is about to write. Read it as you would on your own phone.")
        }
        Step::SalespersonResponse => {
            tr!(
                "Answer as you would in real life. Nobody sees this first try but you, your coach and your manager."
            )
        }
        Step::CoachCorrection => {
            tr!(
                "The coach reads your answer and shows what to keep and what to change. The score says why."
            )
        }
        Step::SalespersonRepeat => {
            tr!(
                "Say it again in your own words, better. Both answers are scored by the same rules."
            )
        }
        Step::Completed => tr!("All customers are done. See what saying it again has changed."),
    }
}
