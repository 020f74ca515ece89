//! The ten days as a ship's course: waypoints passed, the present one, and those ahead.

use yew::prelude::*;

/// Properties of [`Course`].
#[derive(Properties, PartialEq, Clone)]
pub struct CourseProps {
    /// How many days are behind.
    pub completed: u8,
    /// How many there are.
    pub total: u8,
    /// The day it is at, 1-based.
    pub current: u8,
}

const STEP: f32 = 34.0;

/// The drawing; the words beside it are in its description.
#[component]
pub fn Course(props: &CourseProps) -> Html {
    let width = STEP * f32::from(props.total.max(1));
    let passed = line(props.completed.min(props.total));
    let whole = line(props.total);
    let label = format!("{} of {} days completed", props.completed, props.total);
    html! {
        <svg class="w-full" viewBox={format!("0 0 {width} 60")} fill="none" role="img" aria-label={label}>
            <polyline points={whole} stroke="var(--line)" stroke-width="2" stroke-dasharray="3 4" stroke-linecap="round" />
            <polyline points={passed} stroke="var(--brand)" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" />
            for day in 1..=props.total {
                { waypoint(day, props) }
            }
        </svg>
    }
}

fn waypoint(day: u8, props: &CourseProps) -> Html {
    let (x, y) = place(day);
    let (cx, cy) = (x.to_string(), y.to_string());
    let is_passed = day <= props.completed;
    let is_current = day == props.current && !is_passed;
    let label_y = (y + 22.0).to_string();
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
                <path d={format!("M{:.1} {:.1}l2.8 2.8 5-5.6", x - 4.0, y + 0.4)} stroke="var(--on-brand)" stroke-width="2"
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
fn place(day: u8) -> (f32, f32) {
    let x = STEP * (f32::from(day) - 0.5);
    let y = 26.0 + 9.0 * (f32::from(day) * 0.9).sin();
    (x, y)
}

fn line(days: u8) -> String {
    (1..=days)
        .map(|day| {
            let (x, y) = place(day);
            format!("{x:.1},{y:.1}")
        })
        .collect::<Vec<_>>()
        .join(" ")
}
