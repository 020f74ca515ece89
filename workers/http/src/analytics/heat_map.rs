//! Who is how good at what, week by week.

use super::calendar::weeks_back;
use super::figures;
use chrono::NaiveDate;
use contract::analytics::{HeatMap, HeatMapCell, HeatMapRow};
use domain::ids::UserId;
use std::collections::BTreeMap;
use store::analytics::{RepRow, WeekRow};

/// How many weeks it has.
const WEEKS: u64 = 8;

/// Its Mondays, oldest first; the last is this week's.
pub(super) fn mondays(today: NaiveDate) -> Vec<String> {
    (0..WEEKS)
        .rev()
        .map(|back| weeks_back(today, back))
        .collect()
}

/// Each rep's weeks, oldest first.
pub(super) type Weeks = BTreeMap<UserId, Vec<WeekRow>>;

pub(super) fn by_rep(rows: Vec<WeekRow>) -> Weeks {
    let mut weeks = Weeks::new();
    for row in rows {
        weeks.entry(row.user).or_default().push(row);
    }
    weeks
}

/// A row for each of these reps.
pub(super) fn of(reps: &[RepRow], weeks: &Weeks, mondays: Vec<String>) -> HeatMap {
    let cell = |rep: &RepRow, monday: &String| {
        let row = weeks
            .get(&rep.user)?
            .iter()
            .find(|row| row.week == *monday)?;
        (row.completed > 0).then(|| HeatMapCell {
            score: row.score_avg.map(figures::tenth),
            first_score: row.first_score_avg.map(figures::tenth),
            metrics: figures::metrics_of_week(row),
        })
    };
    let rows = reps
        .iter()
        .map(|rep| HeatMapRow {
            person: figures::person(rep),
            cells: mondays.iter().map(|monday| cell(rep, monday)).collect(),
        })
        .collect();
    HeatMap {
        weeks: mondays,
        rows,
    }
}
