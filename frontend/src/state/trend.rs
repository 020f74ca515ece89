//! The geometry of the score trend: two lines over the last sessions, first answers and final answers.

use contract::session::RecentScore;

/// The drawing's width, in its own units.
pub const WIDTH: i32 = 320;
/// The drawing's height, in its own units.
pub const HEIGHT: i32 = 132;
/// Room around the lines.
const MARGIN: i32 = 14;

/// One session's two points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// From the left.
    pub x: i32,
    /// Of the first answers' score, from the top.
    pub first_y: i32,
    /// Of the final answers' score, from the top.
    pub last_y: i32,
}

/// Where the sessions stand, oldest first. One session stands in the middle.
pub fn pairs(recent: &[RecentScore]) -> Vec<Pair> {
    let gaps = i32::try_from(recent.len().saturating_sub(1)).unwrap_or(i32::MAX);
    let place = |index: i32| match gaps {
        0 => WIDTH / 2,
        gaps => MARGIN + (WIDTH - 2 * MARGIN) * index / gaps,
    };
    (0..)
        .zip(recent)
        .map(|(index, score)| Pair {
            x: place(index),
            first_y: y_of(score.first_score),
            last_y: y_of(score.score),
        })
        .collect()
}

/// How far from the top a score stands.
pub fn y_of(score: u8) -> i32 {
    HEIGHT - MARGIN - i32::from(score.min(100)) * (HEIGHT - 2 * MARGIN) / 100
}

/// The points of a line, as SVG writes them.
pub fn points(pairs: &[Pair], y: impl Fn(&Pair) -> i32) -> String {
    pairs
        .iter()
        .map(|pair| format!("{},{}", pair.x, y(pair)))
        .collect::<Vec<_>>()
        .join(" ")
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
        assert_eq!(pairs[1].last_y, MARGIN);
        assert_eq!(pairs[2].first_y, HEIGHT - MARGIN);
        assert_eq!(points(&pairs[..1], |pair| pair.x), "14,14");
    }

    #[test]
    fn one_session_stands_in_the_middle_and_none_nowhere() {
        assert_eq!(pairs(&[]), vec![]);
        assert_eq!(pairs(&[score(1, 2)])[0].x, WIDTH / 2);
    }
}
