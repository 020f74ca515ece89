//! Ways to the pieces of a scenario's text.

use contract::scenario::{DrillText, ScenarioText};
use domain::scenario::Criterion;

/// The form that a scenario is written in.
pub type Text = crate::data::Form<ScenarioText>;

/// Changes one drill, if it is still there.
pub fn of_drill<V: 'static>(
    at: usize,
    change: impl Fn(&mut DrillText, V) + 'static,
) -> impl Fn(&mut ScenarioText, V) + 'static {
    move |text, value| {
        if let Some(drill) = text.drills.get_mut(at) {
            change(drill, value);
        }
    }
}

/// Changes one criterion of a drill, if it is still there.
pub fn of_criterion<V: 'static>(
    drill: usize,
    at: usize,
    change: impl Fn(&mut Criterion, V) + 'static,
) -> impl Fn(&mut ScenarioText, V) + 'static {
    of_drill(drill, move |drill, value| {
        if let Some(criterion) = drill.criteria.get_mut(at) {
            change(criterion, value);
        }
    })
}
