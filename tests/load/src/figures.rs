//! What a round came to.

use std::time::Duration;

/// Answers of one call in one round or several.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// How long each took, in no order.
    pub took: Vec<Duration>,
    /// To the first word, where the answer is a stream.
    pub first_word: Vec<Duration>,
    /// Answers a second, round by round.
    pub rates: Vec<f64>,
}

impl Figures {
    /// One round's answers, and how long the round was.
    pub fn of_round(took: Vec<Duration>, first_word: Vec<Duration>, round: Duration) -> Self {
        Self {
            rates: vec![took.len() as f64 / round.as_secs_f64()],
            took,
            first_word,
        }
    }

    /// Takes another round in.
    pub fn add(&mut self, other: Self) {
        self.took.extend(other.took);
        self.first_word.extend(other.first_word);
        self.rates.extend(other.rates);
    }

    /// Answers a second: the middle round's.
    pub fn rate(&self) -> f64 {
        middle(self.rates.clone())
    }
}

/// The middle one.
pub fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// The value that so many percent do not exceed, ms.
pub fn percentile(times: &[Duration], percent: usize) -> f64 {
    let mut times = times.to_vec();
    times.sort();
    let at = (times.len() * percent).div_ceil(100).saturating_sub(1);
    times
        .get(at)
        .map_or(f64::NAN, |time| time.as_secs_f64() * 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_seen() {
        let times: Vec<Duration> = (1..=100).rev().map(Duration::from_millis).collect();
        assert!((percentile(&times, 50) - 50.0).abs() < 1e-9);
        assert!((percentile(&times, 99) - 99.0).abs() < 1e-9);
        assert!((percentile(&times[..1], 99) - 100.0).abs() < 1e-9);
        assert!(percentile(&[], 50).is_nan());
    }
}
