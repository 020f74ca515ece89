//! What models cost a company this month.

use crate::state::company::shown_money;
use contract::ai::providers::CompanySpend;
use yew::prelude::*;

/// How much of a limit is used, as a bar; the numbers stand beside it.
pub fn meter(name: &'static str, used: u64, limit: u64) -> Html {
    let share = used as f64 / limit.max(1) as f64;
    let colour = match share {
        share if share >= 1.0 => "fill-bad",
        share if share >= 0.8 => "fill-accent",
        _ => "fill-brand",
    };
    html! {
        <svg class="h-2 w-full overflow-hidden rounded-full bg-sunken" viewBox="0 0 100 1" preserveAspectRatio="none" role="img"
            aria-label={tr!("{name}: {percent} percent of the limit", name = name, percent = format!("{:.0}", share * 100.0))}>
            <rect class={colour} width={format!("{:.1}", (share * 100.0).clamp(0.0, 100.0))} height="1" />
        </svg>
    }
}

/// A company's month: what counts against the limit, and what of it is not known for sure.
pub fn month(spend: &CompanySpend) -> Html {
    let counted = spend.cost_micros.saturating_add(spend.unknown_micros);
    html! {
        <div class="grid gap-2">
            <p>
                <span class="numerals font-display text-2xl font-semibold">{ shown_money(spend.cost_micros) }</span>
                { " " }<span class="ml-1 text-sm text-ink-soft">{ calls(spend.calls) }</span>
            </p>
            if let Some(cap) = spend.cap_micros {
                { meter(tr!("Models"), counted, cap) }
                <p class="numerals text-sm text-ink-soft">{ tr!("{counted} of {limit} count against the limit", counted = shown_money(counted), limit = shown_money(cap)) }</p>
                if counted >= cap {
                    <p class="text-sm font-medium text-bad">{ tr!("Used up: the built-in coach has taken over until the month is over.") }</p>
                }
            } else {
                <p class="text-sm text-ink-soft">{ tr!("No limit is set.") }</p>
            }
            if spend.unknown_calls > 0 {
                <p class="text-sm text-ink-soft">
                    { tr!("Of unknown cost: {calls}, {shown_money} at the most.", calls = calls(spend.unknown_calls), shown_money = shown_money(spend.unknown_micros)) }
                </p>
            }
            <p class="text-xs text-ink-soft">{ tr!("Months are counted in UTC.") }</p>
        </div>
    }
}

/// "1 call", "12 calls".
pub fn calls(count: u64) -> String {
    match count {
        1 => "1 call".to_owned(),
        count => tr!("{count} calls", count = count),
    }
}
