//! Numbers as people in India write them, in English and in Hindi: thousands first, then lakhs and crores.

/// `1234567` as "12,34,567".
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 3 / 2);
    for (index, digit) in digits.chars().enumerate() {
        let left = digits.len() - index;
        if index > 0 && left >= 3 && left % 2 == 1 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lakhs_and_crores_stand_apart() {
        for (plain, written) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (12_345, "12,345"),
            (123_456, "1,23,456"),
            (1_234_567, "12,34,567"),
            (12_345_678, "1,23,45,678"),
            (1_000_000_000, "1,00,00,00,000"),
        ] {
            assert_eq!(number(plain), written);
        }
    }
}
