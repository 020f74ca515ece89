//! The geometry of the score trend: two lines over the last sessions, first answers and final answers.

use contract::session::RecentScore;

/// The drawing's width, in its own units.
pub const WIDTH: f32 = 320.0;
/// The drawing's height, in its own units.
pub const HEIGHT: f32 = 132.0;
/// Room around the lines.
const MARGIN: f32 = 14.0;

/// One session's two points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// From the left.
    pub x: f32,
    /// Of the first answers' score, from the top.
    pub first_y: f32,
    /// Of the final answers' score, from the top.
    pub last_y: f32,
}

/// Where the sessions stand, oldest first. One session stands in the middle.
pub fn pairs(recent: &[RecentScore]) -> Vec<Pair> {
    let last = recent.len().saturating_sub(1);
    let step = match last {
        0 => 0.0,
        last => (WIDTH - 2.0 * MARGIN) / as_f32(last),
    };
    let start = if last == 0 { WIDTH / 2.0 } else { MARGIN };
    recent
        .iter()
        .enumerate()
        .map(|(index, score)| Pair {
            x: start + step * as_f32(index),
            first_y: y_of(score.first_score),
            last_y: y_of(score.score),
        })
        .collect()
}

/// How far from the top a score stands.
pub fn y_of(score: u8) -> f32 {
    HEIGHT - MARGIN - f32::from(score.min(100)) / 100.0 * (HEIGHT - 2.0 * MARGIN)
}

/// The points of a line, as SVG writes them.
pub fn points(pairs: &[Pair], y: impl Fn(&Pair) -> f32) -> String {
    pairs
        .iter()
        .map(|pair| format!("{:.1},{:.1}", pair.x, y(pair)))
        .collect::<Vec<_>>()
        .join(" ")
}

fn as_f32(count: usize) -> f32 {
    // At most ten sessions are shown.
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::*;
    use domain::ids::SessionId;
    use uuid::Uuid;

    fn score(first_score: u8, score: u8) -> RecentScore {
        RecentScore {
            session_id: SessionId(Uuid::nil()),
            day: 1,
            theme: String::new(),
            ended_at: 0,
            first_score,
            score,
        }
    }

    #[test]
    fn better_stands_higher_and_newer_further_right() {
        let pairs = pairs(&[score(40, 70), score(50, 100), score(0, 0)]);
        assert!(pairs[0].last_y < pairs[0].first_y);
        assert!(pairs[0].x < pairs[1].x && pairs[1].x < pairs[2].x);
        assert!((pairs[1].last_y - MARGIN).abs() < 0.01);
        assert!((pairs[2].first_y - (HEIGHT - MARGIN)).abs() < 0.01);
        assert_eq!(points(&pairs[..1], |pair| pair.x), "14.0,14.0");
    }

    #[test]
    fn one_session_stands_in_the_middle_and_none_nowhere() {
        assert_eq!(pairs(&[]), vec![]);
        assert!((pairs(&[score(1, 2)])[0].x - WIDTH / 2.0).abs() < 0.01);
    }
}
