//! Which reps need their manager's attention, and why: rules on what the roll-ups tell, so that the answer is the same for
//! everybody and can be explained.

use crate::scoring::Metric;
use serde::{Deserialize, Serialize};

/// So many missed or late sessions in the latest two weeks are a pattern.
pub const PATTERN: u32 = 2;

/// So many days without practice are a pause.
pub const PAUSE_DAYS: u32 = 7;

/// First answers that fell by so many points from one practised week to the next have fallen.
pub const FALL_POINTS: f64 = 10.0;

/// A score or a metric below this, of 100, is weak.
pub const WEAK_SCORE: f64 = 50.0;

/// One week of a rep, as far as attention is concerned.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Week {
    /// Completed sessions.
    pub completed: u32,
    /// Missed sessions.
    pub missed: u32,
    /// Completed sessions that were started late.
    pub late: u32,
    /// Mean score of the final answers, 0 to 100.
    pub score: Option<f64>,
    /// Mean score of the first answers, 0 to 100.
    pub first_score: Option<f64>,
    /// Means of the five metrics, those that are known.
    pub metrics: Vec<(Metric, f64)>,
}

/// What is known of a rep.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Days since the last completed session; `None` when there is none yet.
    pub days_since_practice: Option<u32>,
    /// All missed sessions so far.
    pub missed: u32,
    /// This week and the one before, empty weeks too.
    pub this_and_last_week: [Week; 2],
    /// The latest week with a completed session, and the one before it.
    pub practised_weeks: [Option<Week>; 2],
}

/// Why a rep needs attention. On the wire it is tagged by `reason`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "AttentionReason")
)]
#[serde(tag = "reason", rename_all = "camelCase")]
pub enum Reason {
    /// Had sessions and practised in none of them.
    NeverPractised {
        /// How many were missed.
        missed: u32,
    },
    /// Missed sessions in this and the last week.
    Missed {
        /// How many.
        count: u32,
    },
    /// Has not practised for a week or longer.
    Paused {
        /// Whole days since the last completed session.
        days: u32,
    },
    /// Started late again and again in this and the last week.
    Late {
        /// How often.
        count: u32,
    },
    /// What is brought unaided got worse.
    Falling {
        /// Mean score of first answers in the practised week before.
        from: f64,
        /// The same in the latest practised week.
        to: f64,
    },
    /// The final answers of the latest practised week are weak: the corrections do not arrive.
    LowScore {
        /// Their mean score.
        score: f64,
    },
    /// One metric of the latest practised week is weak: what to talk about.
    WeakMetric {
        /// The weakest.
        metric: Metric,
        /// Its mean.
        score: f64,
    },
}

/// Why a rep needs attention, the gravest reason first; empty when all is well or nothing was scheduled yet.
pub fn reasons(facts: &Facts) -> Vec<Reason> {
    let Some(days) = facts.days_since_practice else {
        let missed = facts.missed;
        return Vec::from_iter((missed > 0).then_some(Reason::NeverPractised { missed }));
    };
    let [this, last] = &facts.this_and_last_week;
    let [latest, before] = facts.practised_weeks.each_ref().map(Option::as_ref);
    let (missed, late) = (this.missed + last.missed, this.late + last.late);
    [
        (missed >= PATTERN).then_some(Reason::Missed { count: missed }),
        (days >= PAUSE_DAYS).then_some(Reason::Paused { days }),
        fall(latest, before),
        latest
            .and_then(|week| week.score)
            .filter(|&score| score < WEAK_SCORE)
            .map(|score| Reason::LowScore { score }),
        latest.and_then(weakest),
        (late >= PATTERN).then_some(Reason::Late { count: late }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn fall(latest: Option<&Week>, before: Option<&Week>) -> Option<Reason> {
    let (to, from) = (latest?.first_score?, before?.first_score?);
    (from - to >= FALL_POINTS).then_some(Reason::Falling { from, to })
}

fn weakest(week: &Week) -> Option<Reason> {
    week.metrics
        .iter()
        .filter(|(_, score)| *score < WEAK_SCORE)
        .min_by(|one, other| one.1.total_cmp(&other.1))
        .map(|&(metric, score)| Reason::WeakMetric { metric, score })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn well() -> Facts {
        let week = Week {
            completed: 5,
            score: Some(80.0),
            first_score: Some(60.0),
            metrics: Metric::ALL.map(|metric| (metric, 70.0)).to_vec(),
            ..Week::default()
        };
        Facts {
            days_since_practice: Some(1),
            missed: 1,
            this_and_last_week: [week.clone(), week.clone()],
            practised_weeks: [Some(week.clone()), Some(week)],
        }
    }

    #[test]
    fn who_does_well_or_has_not_begun_needs_none() {
        assert_eq!(reasons(&well()), []);
        assert_eq!(reasons(&Facts::default()), []);
    }

    #[test]
    fn who_never_practised_is_told_so_and_nothing_else() {
        let facts = Facts {
            missed: 3,
            ..Facts::default()
        };
        assert_eq!(reasons(&facts), [Reason::NeverPractised { missed: 3 }]);
    }

    #[test]
    fn each_reason_has_its_edge() {
        let mut facts = well();
        facts.this_and_last_week[0].missed = 1;
        assert_eq!(reasons(&facts), []);
        facts.this_and_last_week[1].missed = 1;
        assert_eq!(reasons(&facts), [Reason::Missed { count: 2 }]);

        let mut facts = well();
        facts.days_since_practice = Some(6);
        assert_eq!(reasons(&facts), []);
        facts.days_since_practice = Some(7);
        assert_eq!(reasons(&facts), [Reason::Paused { days: 7 }]);

        let mut facts = well();
        facts.this_and_last_week[0].late = 2;
        assert_eq!(reasons(&facts), [Reason::Late { count: 2 }]);

        let mut facts = well();
        facts.practised_weeks[0] = facts.practised_weeks[0].clone().map(|week| Week {
            first_score: Some(50.0),
            ..week
        });
        let falling = Reason::Falling {
            from: 60.0,
            to: 50.0,
        };
        assert_eq!(reasons(&facts), [falling]);
        facts.practised_weeks[1] = None;
        assert_eq!(reasons(&facts), []);
    }

    #[test]
    fn a_weak_week_names_its_weakest_metric() {
        let mut facts = well();
        let week = Week {
            score: Some(49.9),
            metrics: vec![
                (Metric::Clarity, 45.0),
                (Metric::Closing, 30.0),
                (Metric::Structure, 80.0),
            ],
            ..well().practised_weeks[0].clone().unwrap_or_default()
        };
        facts.practised_weeks[0] = Some(week);
        let weak = [
            Reason::LowScore { score: 49.9 },
            Reason::WeakMetric {
                metric: Metric::Closing,
                score: 30.0,
            },
        ];
        assert_eq!(reasons(&facts), weak);
    }
}
