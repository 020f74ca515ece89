//! The ten days as a ship's course: waypoints passed, the present one, and those ahead.

use yew::prelude::*;

const STEP: i32 = 34;

/// The drawing, with `completed` of `total` days behind and the 1-based day it is at; its label says the same in words.
pub fn course(completed: u8, total: u8, current: u8) -> Html {
    let width = STEP * i32::from(total.max(1));
    let passed = line(completed.min(total));
    let whole = line(total);
    let label = tr!(
        "{completed} of {total} days completed",
        completed = completed,
        total = total
    );
    html! {
        <svg class="w-full" viewBox={format!("0 0 {width} 60")} fill="none" role="img" aria-label={label}>
            <polyline points={whole} stroke="var(--line)" stroke-width="2" stroke-dasharray="3 4" stroke-linecap="round" />
            <polyline points={passed} stroke="var(--brand)" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" />
            for day in 1..=total {
                { waypoint(day, completed, current) }
            }
        </svg>
    }
}

fn waypoint(day: u8, completed: u8, current: u8) -> Html {
    let (x, y) = place(day);
    let (cx, cy) = (x.to_string(), y.to_string());
    let is_passed = day <= completed;
    let is_current = day == current && !is_passed;
    let label_y = (y + 22).to_string();
    let weight = if is_current { "700" } else { "500" };
    let fill = if is_current {
        "var(--ink)"
    } else {
        "var(--ink-soft)"
    };
    html! {
        <>
            if is_passed {
                <circle {cx} {cy} r="9" fill="var(--brand)" />
                <path d={format!("M{} {}l2.8 2.8 5-5.6", x - 4, y)} stroke="var(--on-brand)" stroke-width="2"
                    stroke-linecap="round" stroke-linejoin="round" />
            } else if is_current {
                <circle cx={cx.clone()} cy={cy.clone()} r="11" fill="var(--accent-wash)" stroke="var(--accent)" stroke-width="2.5" />
                <circle {cx} {cy} r="4" fill="var(--accent)" />
            } else {
                <circle {cx} {cy} r="6" fill="var(--surface)" stroke="var(--line-strong)" stroke-width="1.5" />
            }
            <text x={x.to_string()} y={label_y} font-size="11" font-weight={weight} text-anchor="middle" fill={fill}>{ day }</text>
        </>
    }
}

/// Waypoints lie on a gentle swell.
fn place(day: u8) -> (i32, i32) {
    const SWELL: [i32; 10] = [33, 35, 30, 22, 17, 19, 26, 33, 35, 30];
    let x = STEP * i32::from(day) - STEP / 2;
    let y = SWELL
        .iter()
        .cycle()
        .nth(usize::from(day.saturating_sub(1)))
        .copied()
        .unwrap_or_default();
    (x, y)
}

fn line(days: u8) -> String {
    (1..=days)
        .map(|day| {
            let (x, y) = place(day);
            format!("{x},{y}")
        })
        .collect::<Vec<_>>()
        .join(" ")
}
