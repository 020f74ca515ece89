//! The leaderboard.

use super::reach::{Reach, with_reps};
use crate::{Db, DbError, FromRow};
use domain::ids::{CompanyId, UserId};

/// What a leaderboard ranks by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Mean score of final answers.
    Score,
    /// Completed sessions.
    Practice,
    /// How much better first answers became: what is brought unaided.
    Improvement,
}

/// Which leaderboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// Whom it ranks.
    pub reach: Reach,
    /// By what.
    pub by: By,
    /// The Monday of the week it is of; `None`: of all time.
    pub week: Option<String>,
    /// Who looks at it: always in it, shown to others or not.
    pub asker: UserId,
    /// How many places it shows, beside the asker's own.
    pub limit: u32,
}

/// A place on the leaderboard.
#[derive(Debug, Clone, PartialEq, FromRow)]
pub struct BoardRow {
    /// The rep.
    pub user: UserId,
    /// "Asha Verma".
    pub name: String,
    /// What it is ranked by, to one decimal.
    pub value: f64,
    /// From 1. Equal values share a rank, and the next one counts all before it: 1, 2, 2, 4.
    pub rank: u32,
    /// Somebody else has the same rank.
    pub tied: bool,
    /// Others see it too.
    pub on_leaderboard: bool,
    /// How many are ranked.
    pub ranked: u32,
}

/// Ranks `board (user, name, value, on_leaderboard)`; ?4 is the asker, ?6 the limit.
macro_rules! ranked {
    () => {
        ",
    places AS (
        SELECT user, name, value, on_leaderboard, rank() OVER (ORDER BY value DESC) AS rank,
               count(*) OVER (PARTITION BY value) > 1 AS tied, count(*) OVER () AS ranked,
               row_number() OVER (ORDER BY value DESC, name, user) AS place
        FROM board WHERE value IS NOT NULL)
    SELECT user, name, value, rank, tied, on_leaderboard, ranked FROM places
    WHERE place <= ?6 OR user = ?4
    ORDER BY place"
    };
}

/// Improvement needs more sessions than the five that both means are of: until then it would compare a session with itself.
const ALL_TIME: &str = with_reps!(concat!(
    ",
    board AS (
        SELECT u.id AS user, trim(u.first_name || ' ' || u.last_name) AS name, u.on_leaderboard,
               round(CASE ?5 WHEN 'score' THEN r.score_avg
                             WHEN 'practice' THEN r.completed
                             WHEN 'improvement' THEN CASE WHEN r.completed > 5
                                 THEN r.recent_first_score_avg - r.early_first_score_avg END END, 1) AS value
        FROM reps CROSS JOIN users u ON u.id = reps.id CROSS JOIN rep_rollups r ON r.user_id = u.id
        WHERE u.company_id = ?1 AND u.role = 'sales_rep' AND u.is_active = 1 AND (u.on_leaderboard = 1 OR u.id = ?4)
          AND r.completed > 0)",
    ranked!()
));

/// Improvement compares with the practised week before.
const OF_WEEK: &str = with_reps!(concat!(
    ",
    board AS (
        SELECT u.id AS user, trim(u.first_name || ' ' || u.last_name) AS name, u.on_leaderboard,
               round(CASE ?5 WHEN 'score' THEN w.score_avg
                             WHEN 'practice' THEN w.completed
                             WHEN 'improvement' THEN w.first_score_avg - (
                                 SELECT b.first_score_avg FROM rep_week_rollups b
                                 WHERE b.company_id = ?1 AND b.user_id = w.user_id AND b.week < ?7 AND b.completed > 0
                                 ORDER BY b.week DESC LIMIT 1) END, 1) AS value
        FROM reps CROSS JOIN users u ON u.id = reps.id
        CROSS JOIN rep_week_rollups w ON w.company_id = ?1 AND w.user_id = u.id AND w.week = ?7
        WHERE u.company_id = ?1 AND u.role = 'sales_rep' AND u.is_active = 1 AND (u.on_leaderboard = 1 OR u.id = ?4)
          AND w.completed > 0)",
    ranked!()
));

/// The places of a leaderboard, best first. Whoever opted out is in nobody's but their own.
pub async fn board(
    db: &impl Db,
    company: CompanyId,
    board: &Board,
) -> Result<Vec<BoardRow>, DbError> {
    let sql = board.week.as_ref().map_or(ALL_TIME, |_| OF_WEEK);
    let by = match board.by {
        By::Score => "score",
        By::Practice => "practice",
        By::Improvement => "improvement",
    };
    let mut statement = board
        .reach
        .statement(sql, company)
        .bind(board.asker)
        .bind(by)
        .bind(board.limit);
    if let Some(week) = &board.week {
        statement = statement.bind(week.as_str());
    }
    db.all(statement).await
}
