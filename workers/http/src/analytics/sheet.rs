//! The export's sheet: CSV that opens right in Excel and LibreOffice, and in which no cell is a formula.
//!
//! A cell that begins like a formula is one (CWE-1236): whatever people typed gets a tab before it then, inside the quotes.
//! An apostrophe would show, and not survive saving. Nothing of ours is negative, so that no number begins like one.

use super::calendar::local_time;
use chrono::Timelike;
use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use store::analytics::ExportRow;

/// Tells Excel that the file is UTF-8.
pub(super) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What makes a spreadsheet take a cell for a formula, or pull the next one up; the wide ones are those of East Asian
/// keyboards.
const FORMULA_SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A text that no spreadsheet takes for a formula.
fn safe(text: &str) -> String {
    if text.starts_with(FORMULA_SIGNS) {
        format!("\t{text}")
    } else {
        text.to_owned()
    }
}

const HEADINGS: [&str; 28] = [
    "Date",
    "Slot (local)",
    "Rep",
    "E-mail",
    "Team",
    "Group",
    "Kind",
    "Day",
    "Theme",
    "Status",
    "Late",
    "Started (local)",
    "Ended (local)",
    "Seconds",
    "First score",
    "Score",
    "First confidence",
    "Confidence",
    "First clarity",
    "Clarity",
    "First structure",
    "Structure",
    "First objection handling",
    "Objection handling",
    "First closing",
    "Closing",
    "Coach",
    "Session",
];

/// The line of headings.
pub(super) fn headings() -> Result<Vec<u8>, csv::Error> {
    let mut sheet = sheet();
    sheet.write_record(HEADINGS)?;
    bytes(sheet)
}

/// One line per session.
pub(super) fn lines(rows: &[ExportRow]) -> Result<Vec<u8>, csv::Error> {
    let mut sheet = sheet();
    for row in rows {
        sheet.write_record(cells(row))?;
    }
    bytes(sheet)
}

/// All but numbers stand in quotes.
fn sheet() -> Writer<Vec<u8>> {
    WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::NonNumeric)
        .from_writer(Vec::new())
}

fn bytes(sheet: Writer<Vec<u8>>) -> Result<Vec<u8>, csv::Error> {
    sheet
        .into_inner()
        .map_err(|failed| failed.into_error().into())
}

/// Date and times stand in cells of their own: together, LibreOffice takes them for text (with a space) or Excel does (with a `T`).
fn cells(row: &ExportRow) -> Vec<String> {
    let local = |at: Option<u64>| {
        at.map_or_else(String::new, |at| {
            let time = local_time(at, row.utc_offset_minutes);
            format!("{:02}:{:02}", time.hour(), time.minute())
        })
    };
    let name = format!("{} {}", row.first_name, row.last_name);
    vec![
        safe(&row.date),
        local(Some(row.slot_at)),
        safe(name.trim_matches(' ')),
        safe(&row.email),
        optional(row.team.as_deref()),
        optional(row.group.as_deref()),
        safe(&row.kind),
        row.day.to_string(),
        optional(row.theme.as_deref()),
        row.status.as_str().to_owned(),
        if row.late { "yes" } else { "no" }.to_owned(),
        local(row.started_at),
        local(row.ended_at),
        number(row.duration_seconds),
        number(row.first_score),
        number(row.score),
        number(row.first_confidence),
        number(row.confidence),
        number(row.first_clarity),
        number(row.clarity),
        number(row.first_structure),
        number(row.structure),
        number(row.first_objection_handling),
        number(row.objection_handling),
        number(row.first_closing),
        number(row.closing),
        optional(row.model.as_deref()),
        row.id.to_string(),
    ]
}

fn optional(text: Option<&str>) -> String {
    text.map_or_else(String::new, safe)
}

fn number(number: Option<impl ToString>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )]
    use super::*;
    use domain::ids::SessionId;
    use domain::session::Status;
    use proptest::prelude::*;

    fn row(texts: [String; 6]) -> ExportRow {
        let [first_name, last_name, email, team, group, theme] = texts;
        ExportRow {
            id: SessionId(uuid::Uuid::nil()),
            date: "2026-11-25".into(),
            slot_at: 1_795_584_600_000,
            utc_offset_minutes: 330,
            first_name,
            last_name,
            email,
            team: Some(team),
            group: Some(group),
            kind: "programme".into(),
            day: 3,
            theme: Some(theme),
            status: Status::Completed,
            late: true,
            started_at: Some(1_795_584_600_000),
            ended_at: Some(1_795_584_900_000),
            duration_seconds: Some(300),
            first_score: Some(41),
            score: Some(80),
            first_confidence: Some(40),
            confidence: None,
            first_clarity: None,
            clarity: None,
            first_structure: None,
            structure: None,
            first_objection_handling: None,
            objection_handling: None,
            first_closing: None,
            closing: Some(0),
            model: Some("builtin".into()),
        }
    }

    fn read(rows: &[ExportRow]) -> Vec<Vec<String>> {
        let mut all = headings().unwrap();
        all.extend(lines(rows).unwrap());
        csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(all.as_slice())
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect()
    }

    #[test]
    fn a_line_is_as_it_should_be() {
        let texts = ["=1+1", "Verma", "a@b", "West, \"best\"", "A", "12"].map(str::to_owned);
        let lines = lines(&[row(texts)]).unwrap();
        assert_eq!(
            String::from_utf8(lines).unwrap(),
            "\"2026-11-25\",\"11:00\",\"\t=1+1 Verma\",\"a@b\",\
             \"West, \"\"best\"\"\",\"A\",\"programme\",3,12,\"completed\",\"yes\",\"11:00\",\"11:05\",\
             300,41,80,40,\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",0,\"builtin\",\
             \"00000000-0000-0000-0000-000000000000\"\r\n"
        );
    }

    #[test]
    fn there_is_a_heading_over_each_cell() {
        let texts = ["a", "b", "c", "d", "e", "f"].map(str::to_owned);
        assert_eq!(cells(&row(texts)).len(), HEADINGS.len());
    }

    /// Texts as people and attackers type them: any characters, and often one of those that matter.
    fn text() -> impl Strategy<Value = String> {
        let signs = "[=+\\-@\t\r\n＝＋－＠\",;'|\u{feff} 0-9a-z]{0,6}";
        prop_oneof![any::<String>(), signs.prop_map(String::from)]
    }

    proptest! {
        #[test]
        fn whatever_names_contain_comes_back_and_is_no_formula(
            texts in prop::array::uniform6(text()),
            others in prop::array::uniform6(text()),
        ) {
            let rows = [row(texts), row(others)];
            let sheet = read(&rows);
            prop_assert_eq!(sheet.len(), 3);
            for (row, line) in rows.iter().zip(&sheet[1..]) {
                let name = format!("{} {}", row.first_name, row.last_name);
                let texts = [
                    (2, name.trim_matches(' ')),
                    (3, &row.email),
                    (4, row.team.as_deref().unwrap()),
                    (5, row.group.as_deref().unwrap()),
                    (8, row.theme.as_deref().unwrap()),
                ];
                for (cell, text) in texts {
                    let plain = line[cell].strip_prefix('\t').unwrap_or(&line[cell]);
                    prop_assert_eq!(plain, text);
                }
                for cell in line {
                    // The tab is the guard itself; what stands behind it is text.
                    prop_assert!(!cell.starts_with(FORMULA_SIGNS) || cell.starts_with('\t'), "{:?}", cell);
                }
            }
        }
    }
}
