//! What a chart shows, as the drawing (`frontend/charts/charts.js`) reads it and as its table tells it.

use serde::Serialize;

/// One chart: some series over the same labels.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spec {
    /// Lines or bars.
    pub kind: Kind,
    /// What stands below, from left to right: days, weeks, names.
    pub labels: Vec<String>,
    /// What is drawn.
    pub series: Vec<Series>,
    /// What follows each number: `%`, or nothing.
    pub unit: &'static str,
    /// The lowest number of the scale; from the numbers when absent.
    pub low: Option<f64>,
    /// The highest number of the scale; from the numbers when absent.
    pub high: Option<f64>,
    /// A line across, such as the score that passes.
    pub mark: Option<Mark>,
}

/// How it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Something that goes on.
    Lines,
    /// Things side by side.
    Bars,
}

/// One series.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub tone: Ink,
    /// It stands back behind the others.
    pub dashed: bool,
    /// One number for each label; nothing where there is none.
    pub values: Vec<Option<f64>>,
}

/// A colour by its role; the theme says which it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ink {
    /// What it is about.
    Brand,
    /// What is compared with it.
    LineStrong,
    /// What is pointed at.
    Accent,
    /// Not as it should be.
    Bad,
}

/// A line across.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// Where.
    pub at: f64,
    /// What it means.
    pub name: String,
}

impl Spec {
    /// Scores or percentages, 0 to 100, over labels.
    pub fn of_hundred(kind: Kind, labels: Vec<String>, series: Vec<Series>) -> Self {
        Self {
            kind,
            labels,
            series,
            unit: "",
            low: Some(0.0),
            high: Some(100.0),
            mark: None,
        }
    }

    /// Counts over labels.
    pub fn of_counts(kind: Kind, labels: Vec<String>, series: Vec<Series>) -> Self {
        Self {
            low: Some(0.0),
            high: None,
            ..Self::of_hundred(kind, labels, series)
        }
    }

    /// In one sentence, for whoever does not see it: each series from its first to its last number.
    pub fn summary(&self) -> String {
        let said: Vec<String> = self
            .series
            .iter()
            .filter_map(|series| self.said(series))
            .collect();
        if said.is_empty() {
            return tr!("Nothing to show yet.").to_owned();
        }
        format!("{}.", said.join("; "))
    }

    fn said(&self, series: &Series) -> Option<String> {
        let known = || {
            let pairs = self.labels.iter().zip(&series.values);
            pairs.filter_map(|(label, value)| value.map(|value| (label, value)))
        };
        let ((first, from), (last, to)) = (known().next()?, known().next_back()?);
        let unit = self.unit;
        Some(if first == last {
            format!("{}: {}{unit} ({first})", series.name, number(from))
        } else {
            tr!(
                "{name}: from {number}{unit} ({first}) to {number_2}{unit} ({last})",
                name = series.name,
                number = number(from),
                number_2 = number(to),
                unit = unit,
                first = first,
                last = last
            )
        })
    }
}

/// A number as it is read: whole where it is whole, else to one decimal.
pub fn number(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    if tenths.fract() == 0.0 {
        format!("{tenths:.0}")
    } else {
        format!("{tenths:.1}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(name: &str, values: &[Option<f64>]) -> Series {
        Series {
            name: name.to_owned(),
            tone: Ink::Brand,
            dashed: false,
            values: values.to_vec(),
        }
    }

    #[test]
    fn a_chart_is_told_from_its_first_to_its_last_number() {
        let labels = ["Mon", "Tue", "Wed"].map(str::to_owned).to_vec();
        let lines = vec![
            series("Final", &[None, Some(60.0), Some(72.25)]),
            series("First", &[Some(41.0), None, None]),
            series("Empty", &[None, None, None]),
        ];
        let chart = Spec::of_hundred(Kind::Lines, labels, lines);
        assert_eq!(
            chart.summary(),
            "Final: from 60 (Tue) to 72.3 (Wed); First: 41 (Mon)."
        );
        let none = Spec::of_counts(Kind::Bars, Vec::new(), Vec::new());
        assert_eq!(none.summary(), "Nothing to show yet.");
    }
}
