//! The score trend of the latest sessions.

use crate::browser::clock::short_date;
use crate::state::trend::{HEIGHT, WIDTH, pairs, points, y_of};
use contract::session::RecentScore;
use domain::scoring::PASS_SCORE;
use yew::prelude::*;

/// Two lines over the latest sessions: the first answers, and the final ones above them. A table says the same in numbers.
pub fn trend_chart(recent: &[RecentScore]) -> Html {
    let pairs = pairs(recent);
    let last = points(&pairs, |pair| pair.last_y);
    let first = points(&pairs, |pair| pair.first_y);
    let pass = y_of(PASS_SCORE);
    let newest = pairs.last().copied();
    html! {
        <figure>
            <svg class="w-full" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} fill="none" aria-hidden="true">
                <line x1="0" x2={WIDTH.to_string()} y1={pass.to_string()} y2={pass.to_string()} stroke="var(--line-strong)"
                    stroke-width="1.5" stroke-dasharray="2 5" />
                for pair in pairs.iter() {
                    <line x1={pair.x.to_string()} x2={pair.x.to_string()} y1={pair.first_y.to_string()} y2={pair.last_y.to_string()}
                        stroke="var(--accent)" stroke-width="5" stroke-linecap="round" opacity=".28" />
                }
                <polyline points={first} stroke="var(--line-strong)" stroke-width="2" stroke-dasharray="4 4" />
                <polyline points={last} stroke="var(--brand)" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" />
                for pair in pairs.iter() {
                    <circle cx={pair.x.to_string()} cy={pair.first_y.to_string()} r="3" fill="var(--surface)" stroke="var(--line-strong)" stroke-width="2" />
                    <circle cx={pair.x.to_string()} cy={pair.last_y.to_string()} r="4" fill="var(--brand)" />
                }
                if let Some(pair) = newest {
                    <circle cx={pair.x.to_string()} cy={pair.last_y.to_string()} r="7.5" stroke="var(--accent)" stroke-width="2.5" />
                }
            </svg>
            <figcaption class="mt-1 flex flex-wrap gap-x-5 gap-y-1 text-xs text-ink-soft" aria-hidden="true">
                <span class="inline-flex items-center gap-2">
                    <svg class="h-2 w-6" viewBox="0 0 24 8"><path d="M0 4h24" stroke="var(--line-strong)" stroke-width="2" stroke-dasharray="4 4" /></svg>
                    { tr!("First answers") }
                </span>
                <span class="inline-flex items-center gap-2">
                    <svg class="h-2 w-6" viewBox="0 0 24 8"><path d="M0 4h24" stroke="var(--brand)" stroke-width="3" /></svg>
                    { tr!("Final answers") }
                </span>
                <span class="inline-flex items-center gap-2">
                    <svg class="h-2 w-6" viewBox="0 0 24 8"><path d="M0 4h24" stroke="var(--line-strong)" stroke-width="1.5" stroke-dasharray="2 5" /></svg>
                    { tr!("{} to pass", PASS_SCORE) }
                </span>
            </figcaption>
            <div class="sr-only">
                <table>
                    <caption>{ tr!("Scores of your latest sessions") }</caption>
                    <thead><tr><th scope="col">{ tr!("Session") }</th><th scope="col">{ tr!("First answers") }</th><th scope="col">{ tr!("Final answers") }</th></tr></thead>
                    <tbody>
                        for score in recent.iter() {
                            <tr>
                                <th scope="row">{ tr!("Day {day}, {short_date}", day = score.day, short_date = short_date(score.ended_at)) }</th>
                                <td>{ score.first_score }</td>
                                <td>{ score.score }</td>
                            </tr>
                        }
                    </tbody>
                </table>
            </div>
        </figure>
    }
}
