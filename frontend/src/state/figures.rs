//! The figures of a team or a company: which part of them is shown, and what stands out.

use contract::analytics::{
    Agreement, DayProgress, HeatMap, HeatMapCell, HeatMapRow, SpanQuery, TeamLine,
};
use domain::scoring::{Metric, PASS_SCORE};
use serde::{Deserialize, Serialize};

/// What the address says of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shown {
    /// A team's id, or [`COMPANY`]; nothing: the first team one leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The latest so many days; 30 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// What the heat-map shows; the score when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metric: Option<Metric>,
}

/// The address's word for the whole company.
pub const COMPANY: &str = "company";

/// The spans there are to choose from, days.
pub const SPANS: [u32; 3] = [14, 30, 90];

impl Shown {
    /// The latest so many days.
    pub fn span(&self) -> u32 {
        self.days.filter(|days| SPANS.contains(days)).unwrap_or(30)
    }

    /// The same as a query: up to the server's today, from a day counted back from `today` (days since 1970).
    pub fn query(&self, today: i64, date_of: impl Fn(i64) -> String) -> SpanQuery {
        SpanQuery {
            from: Some(date_of(today - i64::from(self.span()) + 1)),
            to: None,
        }
    }
}

/// A cell's number.
pub fn value(cell: &HeatMapCell, metric: Option<Metric>) -> Option<f64> {
    match metric {
        None => cell.score,
        Some(Metric::Confidence) => cell.metrics.confidence,
        Some(Metric::Clarity) => cell.metrics.clarity,
        Some(Metric::Structure) => cell.metrics.structure,
        Some(Metric::ObjectionHandling) => cell.metrics.objection_handling,
        Some(Metric::Closing) => cell.metrics.closing,
    }
}

/// How warm a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Below 50: who stays there needs attention.
    Weak,
    /// Below the pass mark.
    Near,
    /// Passed.
    Passed,
    /// 80 and more.
    Strong,
}

impl Level {
    /// All of them, the weakest first.
    pub const ALL: [Level; 4] = [Level::Weak, Level::Near, Level::Passed, Level::Strong];

    /// Of a number as it is shown: whole.
    pub fn of(value: f64) -> Self {
        match value.round() {
            value if value < 50.0 => Self::Weak,
            value if value < f64::from(PASS_SCORE) => Self::Near,
            value if value < 80.0 => Self::Passed,
            _ => Self::Strong,
        }
    }

    /// In words, for the legend.
    pub fn words(self) -> String {
        match self {
            Self::Weak => "below 50".to_owned(),
            Self::Near => format!("50 to {}", PASS_SCORE - 1),
            Self::Passed => format!("{PASS_SCORE} to 79: passed"),
            Self::Strong => "80 and more".to_owned(),
        }
    }
}

/// The mean of each week over all reps who practised in it.
pub fn means(map: &HeatMap, metric: Option<Metric>) -> Vec<Option<f64>> {
    (0..map.weeks.len())
        .map(|week| {
            let known: Vec<f64> = map
                .rows
                .iter()
                .filter_map(|row| value(row.cells.get(week)?.as_ref()?, metric))
                .collect();
            mean(&known)
        })
        .collect()
}

fn mean(values: &[f64]) -> Option<f64> {
    // So few that nothing is lost.
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The rows, those first whose latest week is weakest; who never practised stands last.
pub fn weakest_first(map: &HeatMap, metric: Option<Metric>) -> Vec<&HeatMapRow> {
    let latest = |row: &HeatMapRow| {
        row.cells
            .iter()
            .rev()
            .flatten()
            .find_map(|cell| value(cell, metric))
    };
    let mut rows: Vec<&HeatMapRow> = map.rows.iter().collect();
    rows.sort_by(|one, other| {
        let [one, other] = [one, other].map(|row| latest(row).unwrap_or(f64::INFINITY));
        one.total_cmp(&other)
    });
    rows
}

/// The day of the programme that costs most: the lowest mean of first answers, among days that two sessions or more were
/// practised of.
pub fn hardest_day(days: &[DayProgress]) -> Option<&DayProgress> {
    days.iter()
        .filter(|day| day.completed >= 2)
        .filter_map(|day| Some((day, day.avg_first_score?)))
        .min_by(|one, other| one.1.total_cmp(&other.1))
        .map(|(day, _)| day)
}

/// The day that is missed most, as a share, among days that were missed twice or more.
pub fn most_missed_day(days: &[DayProgress]) -> Option<&DayProgress> {
    let share = |day: &DayProgress| day.completion_rate.unwrap_or(100.0);
    days.iter()
        .filter(|day| day.missed >= 2)
        .min_by(|one, other| share(one).total_cmp(&share(other)))
}

/// What the days of the programme say, in a sentence or two.
pub fn what_days_say(days: &[DayProgress]) -> String {
    let hardest = hardest_day(days).map(|day| {
        let first = day.avg_first_score.unwrap_or_default();
        match day.avg_score {
            Some(last) => format!(
                "Day {} is the hardest: first answers at {first:.0}, final ones at {last:.0}.",
                day.day
            ),
            None => format!(
                "Day {} is the hardest: first answers at {first:.0}.",
                day.day
            ),
        }
    });
    let missed = most_missed_day(days).map(|day| {
        format!(
            "Day {} is missed most: {} of {} sessions.",
            day.day,
            day.missed,
            day.missed + day.completed
        )
    });
    match (hardest, missed) {
        (Some(hardest), Some(missed)) => format!("{hardest} {missed}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => "After a few sessions you see here which day costs most.".to_owned(),
    }
}

/// What managers' own scores say of the coach's.
pub fn overrides_say(agreement: &Agreement) -> String {
    match (agreement.judged_sessions, agreement.overridden_sessions) {
        (0, _) => "No session was judged in this time.".to_owned(),
        (judged, 0) => format!("Of {judged} judged sessions no score was changed."),
        (judged, changed) => format!(
            "{} of {judged} judged sessions; a score was changed in {changed}.",
            agreement.override_disagreements
        ),
    }
}

/// What later verdicts say of the first ones.
pub fn regrades_say(agreement: &Agreement) -> String {
    match agreement.regraded_sessions {
        0 => "No session was judged anew in this time.".to_owned(),
        anew => format!(
            "{} of {anew} sessions that were judged anew.",
            agreement.regrade_disagreements
        ),
    }
}

/// What a team is called in a company's figures.
pub fn team_name(team: &TeamLine) -> String {
    match (&team.name, team.team_id) {
        (Some(name), _) => name.clone(),
        (None, Some(_)) => "A team that is gone".to_owned(),
        (None, None) => "Reps without a team".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use contract::analytics::{MetricAverages, PersonName};
    use domain::ids::UserId;
    use uuid::Uuid;

    fn cell(score: f64, closing: Option<f64>) -> Option<HeatMapCell> {
        Some(HeatMapCell {
            score: Some(score),
            first_score: None,
            metrics: MetricAverages {
                closing,
                ..MetricAverages::default()
            },
        })
    }

    fn row(name: &str, cells: Vec<Option<HeatMapCell>>) -> HeatMapRow {
        HeatMapRow {
            person: PersonName {
                user_id: UserId(Uuid::nil()),
                name: name.to_owned(),
            },
            cells,
        }
    }

    fn day(day: u8, completed: u32, missed: u32, scores: Option<(f64, f64)>) -> DayProgress {
        DayProgress {
            day,
            completed,
            missed,
            completion_rate: Some(
                f64::from(completed) * 100.0 / f64::from((completed + missed).max(1)),
            ),
            avg_score: scores.map(|(_, last)| last),
            avg_first_score: scores.map(|(first, _)| first),
        }
    }

    #[test]
    fn a_cell_is_as_warm_as_the_number_that_is_read_in_it() {
        for (value, level) in [
            (0.0, Level::Weak),
            (49.4, Level::Weak),
            (49.6, Level::Near),
            (59.4, Level::Near),
            (59.5, Level::Passed),
            (79.9, Level::Strong),
            (100.0, Level::Strong),
        ] {
            assert_eq!(Level::of(value), level, "{value}");
        }
    }

    #[test]
    fn weeks_are_means_of_those_who_practised_and_the_weakest_stand_first() {
        let map = HeatMap {
            weeks: vec!["2026-11-09".to_owned(), "2026-11-16".to_owned()],
            rows: vec![
                row("Strong", vec![cell(80.0, Some(40.0)), cell(90.0, None)]),
                row("New", vec![None, None]),
                row("Weak", vec![cell(40.0, Some(60.0)), None]),
            ],
        };
        assert_eq!(means(&map, None), [Some(60.0), Some(90.0)]);
        assert_eq!(means(&map, Some(Metric::Closing)), [Some(50.0), None]);
        let names = |metric| -> Vec<_> {
            weakest_first(&map, metric)
                .into_iter()
                .map(|row| row.person.name.as_str())
                .collect()
        };
        assert_eq!(names(None), ["Weak", "Strong", "New"]);
        assert_eq!(names(Some(Metric::Closing)), ["Strong", "Weak", "New"]);
    }

    #[test]
    fn the_days_say_where_reps_lose() {
        let days = [
            day(1, 8, 0, Some((60.0, 80.0))),
            day(2, 6, 2, Some((42.0, 71.0))),
            // One session proves nothing.
            day(3, 1, 1, Some((10.0, 20.0))),
        ];
        assert_eq!(
            what_days_say(&days),
            "Day 2 is the hardest: first answers at 42, final ones at 71. Day 2 is missed most: 2 of 8 sessions."
        );
        assert_eq!(
            what_days_say(&days[..1]),
            "Day 1 is the hardest: first answers at 60, final ones at 80."
        );
        assert!(what_days_say(&[]).starts_with("After a few sessions"));
    }

    #[test]
    fn second_opinions_are_counted_beside_their_share() {
        let none = Agreement::default();
        assert_eq!(overrides_say(&none), "No session was judged in this time.");
        let some = Agreement {
            judged_sessions: 40,
            overridden_sessions: 3,
            override_disagreements: 2,
            regraded_sessions: 5,
            regrade_disagreements: 1,
            ..none
        };
        assert_eq!(
            overrides_say(&some),
            "2 of 40 judged sessions; a score was changed in 3."
        );
        assert_eq!(
            regrades_say(&some),
            "1 of 5 sessions that were judged anew."
        );
    }

    #[test]
    fn a_span_ends_today_and_has_so_many_days() {
        let shown = Shown {
            days: Some(14),
            ..Shown::default()
        };
        let query = shown.query(100, |day| day.to_string());
        assert_eq!((query.from.as_deref(), query.to), (Some("87"), None));
        let odd = Shown {
            days: Some(9_999),
            ..Shown::default()
        };
        assert_eq!(odd.span(), 30);
    }
}
