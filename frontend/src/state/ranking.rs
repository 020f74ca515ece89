//! The leaderboard in words.

use contract::analytics::{Period, RankBy, Scope};

/// What it ranks by, as a tab says it.
pub fn tab(by: RankBy) -> &'static str {
    match by {
        RankBy::Score => tr!("Score"),
        RankBy::Practice => tr!("Practice"),
        RankBy::Improvement => tr!("Improvement"),
    }
}

/// What the number beside a name is, and how one gets on the board.
pub fn meaning(by: RankBy, period: Period) -> &'static str {
    match (by, period) {
        (RankBy::Score, _) => tr!("The mean score of final answers, of 100."),
        (RankBy::Practice, _) => tr!("Sessions completed."),
        (RankBy::Improvement, Period::Week) => {
            tr!("Points by which first answers became better than in the practised week before.")
        }
        (RankBy::Improvement, Period::All) => {
            tr!(
                "Points by which the first answers of the latest five sessions are better than those of the first five. It takes six sessions to be here."
            )
        }
    }
}

/// Whom it ranks.
pub fn of_whom(scope: Scope) -> &'static str {
    match scope {
        Scope::Team => tr!("your team"),
        Scope::OwnTeams => tr!("all your teams"),
        Scope::Company => tr!("the whole company"),
    }
}

/// "78", "12 sessions", "+9.5".
pub fn value(by: RankBy, value: f64) -> String {
    match by {
        RankBy::Score => short(value),
        RankBy::Practice if value == 1.0 => tr!("1 session").to_owned(),
        RankBy::Practice => tr!("{} sessions", format!("{value:.0}")),
        RankBy::Improvement if value > 0.0 => format!("+{}", short(value)),
        RankBy::Improvement => short(value),
    }
}

/// One decimal where there is one.
fn short(value: f64) -> String {
    if value.fract() == 0.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.1}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_what_they_are() {
        assert_eq!(value(RankBy::Score, 78.0), "78");
        assert_eq!(value(RankBy::Score, 78.25), "78.2");
        assert_eq!(value(RankBy::Practice, 1.0), "1 session");
        assert_eq!(value(RankBy::Practice, 12.0), "12 sessions");
        assert_eq!(value(RankBy::Improvement, 9.5), "+9.5");
        assert_eq!(value(RankBy::Improvement, -3.0), "-3");
        assert_eq!(value(RankBy::Improvement, 0.0), "0");
    }
}
