//! The library as a rep meets it: what may be practised again, what waits for its slot, and what came of it so far.

use contract::analytics::{ScenarioPerformance, TenDayProgress, UserAnalytics};
use domain::ids::ScenarioId;
use domain::programme::is_unlocked;

/// How a scenario stands for a rep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its day comes at a slot first.
    Locked,
    /// It may be practised freely, and has not been practised: another one of its day was.
    Open,
    /// It was practised, and may be again.
    Practised(Attempts),
}

/// What a rep made of a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempts {
    /// How often it was completed, in the programme and freely.
    pub times: u32,
    /// The best final score.
    pub best: Option<u8>,
    /// Unix ms of the end of the latest.
    pub last_at: Option<u64>,
}

/// What a rep did so far.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shelf {
    completed: Vec<u8>,
    days_total: u8,
    performance: Vec<ScenarioPerformance>,
}

impl Shelf {
    /// Of a rep's own figures.
    pub fn of(figures: UserAnalytics, ten_days: &TenDayProgress) -> Self {
        let done = ten_days.days.iter().filter(|day| day.completed > 0);
        Self {
            completed: done.map(|day| day.day).collect(),
            days_total: ten_days.days_total,
            performance: figures.metrics.scenario_performance,
        }
    }

    /// How a scenario of this day stands.
    pub fn standing(&self, scenario: ScenarioId, day: u8) -> Standing {
        if !is_unlocked(day, &self.completed, self.days_total) {
            return Standing::Locked;
        }
        let made = self
            .performance
            .iter()
            .find(|made| made.scenario_id == scenario && made.attempts > 0);
        made.map_or(Standing::Open, |made| {
            Standing::Practised(Attempts {
                times: made.attempts,
                best: made.best_score,
                last_at: made.last_practised_at,
            })
        })
    }
}

impl Attempts {
    /// "Practised 3 times · best score 82".
    pub fn words(self) -> String {
        match self.best {
            Some(best) => tr!(
                "Practised once · best score {best}"
                    | "Practised {n} times · best score {best}" % self.times,
                best = best,
            ),
            None => tr!("Practised once" | "Practised {n} times" % self.times),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]
    use super::*;
    use uuid::Uuid;

    fn made(scenario: u128, attempts: u32) -> ScenarioPerformance {
        ScenarioPerformance {
            scenario_id: ScenarioId(Uuid::from_u128(scenario)),
            day: 1,
            theme: None,
            attempts,
            practised: attempts.saturating_sub(1),
            missed: 1,
            avg_score: None,
            avg_first_score: None,
            best_score: Some(82),
            last_practised_at: Some(5),
        }
    }

    #[test]
    fn what_was_done_stands_open_with_what_came_of_it() {
        let shelf = Shelf {
            completed: vec![1],
            days_total: 10,
            performance: vec![made(1, 3), made(2, 0)],
        };
        let standing = |scenario, day| shelf.standing(ScenarioId(Uuid::from_u128(scenario)), day);
        let Standing::Practised(attempts) = standing(1, 1) else {
            panic!("{:?}", standing(1, 1));
        };
        assert_eq!(attempts.words(), "Practised 3 times · best score 82");
        // Missed only; and a second scenario of a day that was done with another one.
        assert_eq!(
            (standing(2, 1), standing(3, 1)),
            (Standing::Open, Standing::Open)
        );
        assert_eq!(standing(4, 2), Standing::Locked);
        assert_eq!(
            Attempts {
                times: 1,
                best: None,
                last_at: None
            }
            .words(),
            "Practised once"
        );
    }
}
