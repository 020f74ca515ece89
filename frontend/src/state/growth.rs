//! How the five metrics grew, week by week: what the progress page draws and says.

use contract::analytics::{MetricAverages, WeekFigures};
use domain::scoring::Metric;

/// The drawing's width, in its own units.
pub const WIDTH: f64 = 120.0;
/// The drawing's height, in its own units.
pub const HEIGHT: f64 = 32.0;
/// Room around the line.
const MARGIN: f64 = 4.0;

/// One metric over the weeks.
#[derive(Debug, Clone, PartialEq)]
pub struct Growth {
    /// Which.
    pub metric: Metric,
    /// Its mean in the first week that knows it.
    pub first: f64,
    /// Its mean in the latest.
    pub last: f64,
    /// Its line: a point for each week that knows it, in the drawing's units.
    pub points: Vec<(f64, f64)>,
}

impl Growth {
    /// How much better it became, in whole points.
    pub fn gain(&self) -> i64 {
        whole(self.last) - whole(self.first)
    }

    /// "52 → 71" as numbers.
    pub fn numbers(&self) -> (i64, i64) {
        (whole(self.first), whole(self.last))
    }
}

/// Means are 0 to 100.
#[allow(clippy::cast_possible_truncation, clippy::as_conversions)]
fn whole(mean: f64) -> i64 {
    mean.round() as i64
}

/// One metric's mean.
pub fn of(metric: Metric, means: &MetricAverages) -> Option<f64> {
    match metric {
        Metric::Confidence => means.confidence,
        Metric::Clarity => means.clarity,
        Metric::Structure => means.structure,
        Metric::ObjectionHandling => means.objection_handling,
        Metric::Closing => means.closing,
    }
}

/// The metrics that some week knows, in the order they are shown.
pub fn growth(weeks: &[WeekFigures]) -> Vec<Growth> {
    Metric::ALL
        .into_iter()
        .filter_map(|metric| line(metric, weeks))
        .collect()
}

fn line(metric: Metric, weeks: &[WeekFigures]) -> Option<Growth> {
    let known: Vec<f64> = weeks
        .iter()
        .filter_map(|week| of(metric, &week.metrics))
        .collect();
    let (first, last) = (*known.first()?, *known.last()?);
    let gaps = u32::try_from(known.len().saturating_sub(1)).unwrap_or(u32::MAX);
    let points = (0..).zip(&known).map(|(index, &mean): (u32, _)| {
        let x = match gaps {
            0 => WIDTH / 2.0,
            gaps => MARGIN + (WIDTH - 2.0 * MARGIN) * f64::from(index) / f64::from(gaps),
        };
        let y = HEIGHT - MARGIN - mean.clamp(0.0, 100.0) / 100.0 * (HEIGHT - 2.0 * MARGIN);
        (x, y)
    });
    Some(Growth {
        metric,
        first,
        last,
        points: points.collect(),
    })
}

/// The metric to train next: the one that is lowest now.
pub fn weakest(growth: &[Growth]) -> Option<&Growth> {
    growth
        .iter()
        .min_by(|one, other| one.last.total_cmp(&other.last))
}

/// The metric that grew most, if one grew.
pub fn most_grown(growth: &[Growth]) -> Option<&Growth> {
    growth
        .iter()
        .max_by_key(|growth| growth.gain())
        .filter(|growth| growth.gain() > 0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use contract::analytics::Figures;

    fn week(closing: Option<f64>, clarity: Option<f64>) -> WeekFigures {
        WeekFigures {
            week: "2026-11-16".to_owned(),
            figures: Figures::default(),
            metrics: MetricAverages {
                closing,
                clarity,
                ..MetricAverages::default()
            },
        }
    }

    #[test]
    fn a_line_joins_the_weeks_that_know_the_metric_and_stays_in_the_drawing() {
        let weeks = [
            week(Some(0.0), None),
            week(None, None),
            week(Some(100.0), None),
        ];
        let all = growth(&weeks);
        assert_eq!(all.len(), 1);
        let closing = all.first().unwrap();
        assert_eq!(closing.points.len(), 2);
        assert_eq!(closing.numbers(), (0, 100));
        assert!(
            closing
                .points
                .iter()
                .all(|&(x, y)| { (0.0..=WIDTH).contains(&x) && (0.0..=HEIGHT).contains(&y) })
        );
        assert!(closing.points.first().unwrap().1 > closing.points.last().unwrap().1);
    }

    #[test]
    fn what_to_train_next_and_what_grew_most_are_named() {
        let weeks = [week(Some(40.0), Some(60.0)), week(Some(58.0), Some(55.0))];
        let all = growth(&weeks);
        assert_eq!(weakest(&all).unwrap().metric, Metric::Clarity);
        assert_eq!(most_grown(&all).unwrap().metric, Metric::Closing);
        assert_eq!(most_grown(&growth(&weeks[1..])), None);
        assert_eq!(weakest(&[]), None);
    }
}
