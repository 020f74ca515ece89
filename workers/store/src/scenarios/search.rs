//! Scenarios by their words.

use super::{ScenarioRow, Shelf, SummaryRow, find, shown_version, summary_columns};
use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, ScenarioId};

/// Most words of a search that are looked at.
const MOST_WORDS: usize = 12;

/// All words, or at least one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    All,
    Any,
}

/// A search in FTS5's own words: what a person types is quoted, so that none of it is syntax. `None` of no word at all.
///
/// Where a word ends in which script is FTS5's to know: here only what no script has inside of a word parts them, the quotation
/// mark among it. Some signs between the letters of "नमस्ते", say, are no letters by themselves.
fn matching(company: CompanyId, text: &str, wanted: Wanted) -> Option<String> {
    let words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || c.is_control() || c.is_ascii_punctuation())
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .take(MOST_WORDS)
        .map(|word| match wanted {
            Wanted::All => format!("\"{word}\"*"),
            Wanted::Any => format!("\"{word}\""),
        })
        .collect();
    let joined = words.join(match wanted {
        Wanted::All => " AND ",
        Wanted::Any => " OR ",
    });
    (!words.is_empty()).then(|| {
        format!("library : (\"{company}\" OR \"stock\") AND {{theme description customers}} : ({joined})")
    })
}

/// The theme counts most, then the description, then what the customers say.
macro_rules! found {
    () => {
        "
    FROM (SELECT version_id, bm25(scenario_search, 0, 0, 10, 4, 2) AS place FROM scenario_search
          WHERE scenario_search MATCH ?3) found
    CROSS JOIN scenario_versions f ON f.id = found.version_id
    JOIN scenarios sc ON sc.id = f.scenario_id AND (sc.company_id = ?1 OR sc.company_id IS NULL)
        AND (NOT ?2 OR sc.is_active = 1)"
    };
}

const SEARCH: &str = concat!(
    summary_columns!(),
    found!(),
    shown_version!(),
    "
    WHERE v.id = f.id
    ORDER BY found.place, sc.day, sc.id LIMIT ?4"
);

/// The scenarios that a company sees in whose theme, description or customers all the words (or their beginnings) stand; the
/// best first, at most `limit`.
pub async fn search(
    db: &impl Db,
    company: CompanyId,
    shelf: Shelf,
    words: &str,
    limit: u32,
) -> Result<Vec<SummaryRow>, DbError> {
    let Some(matching) = matching(company, words, Wanted::All) else {
        return Ok(Vec::new());
    };
    let statement = Statement::new(SEARCH)
        .bind(company)
        .bind(shelf.is_served())
        .bind(matching)
        .bind(limit);
    db.all(statement).await
}

#[derive(FromRow)]
struct Found {
    id: ScenarioId,
}

const NEAREST: &str = concat!(
    "
    SELECT sc.id",
    found!(),
    shown_version!(),
    "
    WHERE v.id = f.id
    ORDER BY found.place, sc.day, sc.id LIMIT 1"
);

/// The served scenario that shares most with a text; `None` when none shares a word.
pub async fn nearest(
    db: &impl Db,
    company: CompanyId,
    text: &str,
) -> Result<Option<ScenarioRow>, DbError> {
    let Some(matching) = matching(company, text, Wanted::Any) else {
        return Ok(None);
    };
    let statement = Statement::new(NEAREST)
        .bind(company)
        .bind(Shelf::Served.is_served())
        .bind(matching);
    let found: Option<Found> = db.first(statement).await?;
    match found {
        Some(found) => find(db, company, Shelf::Served, found.id).await,
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_typed_is_never_syntax() {
        let company = CompanyId(uuid::Uuid::nil());
        let words = |text| {
            let matching = matching(company, text, Wanted::All)?;
            let (_, words) = matching.split_once("customers} : ").unwrap();
            Some(words.to_owned())
        };
        assert_eq!(words("sma pack").unwrap(), r#"("sma"* AND "pack"*)"#);
        assert_eq!(
            words(r#"theme:"x" OR NEAR(y*) -z"#).unwrap(),
            r#"("theme"* AND "x"* AND "OR"* AND "NEAR"* AND "y"* AND "z"*)"#
        );
        assert_eq!(words(" \"*-^:() "), None);
    }
}
