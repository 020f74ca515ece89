//! People in lists, and lists of addresses to invite.

use contract::checks;
use domain::role::Role;
use std::collections::BTreeSet;

/// A role's name on screen.
pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::SalesRep => tr!("Sales rep"),
        Role::Manager => tr!("Manager"),
        Role::SuperAdmin => tr!("Super admin"),
    }
}

/// The most people invited at once.
pub const MOST_INVITED: usize = 100;

/// What a pasted list holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// Addresses to invite, each once, as they were written first.
    pub addresses: Vec<String>,
    /// Lines without a usable address: what they say, and what is wrong.
    pub faults: Vec<(String, &'static str)>,
    /// How often an address came again.
    pub repeated: usize,
}

/// Reads a list of addresses: one per line, or a sheet (CSV) of which one column holds them. A first line without an address is a
/// heading. Empty lines don't count.
pub fn pasted(text: &str) -> Pasted {
    let mut found = Pasted::default();
    let mut seen = BTreeSet::new();
    let mut sheet = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    for (index, record) in sheet.records().enumerate() {
        let Ok(record) = record else { continue };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let address = record.iter().flat_map(bare).find(|cell| cell.contains('@'));
        let fault = match address {
            None if index == 0 => continue,
            None => "there is no e-mail address in this line.",
            Some(address) if checks::email(address, &()).is_err() => {
                "this is no whole e-mail address."
            }
            Some(address) => {
                if seen.insert(address.to_lowercase()) {
                    found.addresses.push(address.to_owned());
                } else {
                    found.repeated += 1;
                }
                continue;
            }
        };
        let line: Vec<&str> = record.iter().map(str::trim).collect();
        found.faults.push((line.join(", "), fault));
    }
    found
}

/// What stands between the columns: sheets of other countries use semicolons, and a sheet's cells are copied with tabs.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    [b'\t', b';']
        .into_iter()
        .find(|one| first.as_bytes().contains(one))
        .unwrap_or(b',')
}

/// A cell's words: `Asha <asha@x.in>` is what mail programs copy.
fn bare(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(['<', '>']).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_with_a_heading_and_a_plain_list_read_the_same() {
        let sheet = "Name,E-mail\nAsha Verma,asha@x.in\n\"Nair, Meera\",meera@x.in\n";
        let plain = "asha@x.in\nmeera@x.in";
        assert_eq!(pasted(sheet).addresses, pasted(plain).addresses);
        assert_eq!(pasted(sheet).faults, []);
    }

    #[test]
    fn what_mail_programs_copy_is_understood() {
        let found = pasted("Asha Verma <asha@x.in>; ");
        assert_eq!(found.addresses, ["asha@x.in"]);
    }

    #[test]
    fn a_line_without_an_address_is_named() {
        let found = pasted("asha@x.in\n\nMeera\nravi@\n");
        assert_eq!(found.addresses, ["asha@x.in"]);
        let lines: Vec<_> = found.faults.iter().map(|(line, _)| line.as_str()).collect();
        assert_eq!(lines, ["Meera", "ravi@"]);
    }

    #[test]
    fn an_address_is_invited_once() {
        let found = pasted("asha@x.in\nASHA@x.in");
        assert_eq!((found.addresses.len(), found.repeated), (1, 1));
    }
}
