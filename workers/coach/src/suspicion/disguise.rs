//! Words that a person doesn't see and a model reads: borrowed letters, invisible characters, codes and ciphers. A text is read in
//! each of these ways, and is suspected where a reading says what the text itself doesn't; a code is where nothing else can be meant.

use super::rules::attempt;

/// Whether a text hides words to the scorer.
pub(super) fn hides(text: &str) -> bool {
    text.chars().any(is_tag_or_override)
        || decoded(text)
        || readings(text)
            .iter()
            .any(|reading| reading != text && attempt(reading).is_some())
}

/// Letters that are only there to be read by machines, and marks that turn the order of letters around.
fn is_tag_or_override(c: char) -> bool {
    matches!(c, '\u{E0020}'..='\u{E007E}' | '\u{202D}' | '\u{202E}')
        && !matches!(c, '\u{E0067}' | '\u{E0062}')
}

/// A text read in other ways.
fn readings(text: &str) -> Vec<String> {
    let plain: String = text.chars().filter_map(unveiled).collect();
    let mut readings = vec![
        leet(&plain),
        joined(&plain),
        plain.chars().rev().collect(),
        plain.split_whitespace().rev().collect::<Vec<_>>().join(" "),
        unescaped(&plain),
        unbroken(&plain),
    ];
    readings.extend([13, 1, 3, 23, 25].map(|by| shifted(&plain, by)));
    readings.push(plain.chars().map(mirrored).collect());
    readings.push(plain);
    readings
}

/// A character as the Latin letter it looks like; `None` when it is invisible.
fn unveiled(c: char) -> Option<char> {
    let code = u32::from(c);
    let letter = |from: u32, of: u32| char::from_u32(u32::from('a') + (code - from) % of);
    match c {
        // Soft hyphen, zero width, direction, variation, combining marks.
        '\u{AD}'
        | '\u{34F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{300}'..='\u{36F}'
        | '\u{1AB0}'..='\u{1AFF}'
        | '\u{20D0}'..='\u{20FF}' => None,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(code - 0xFEE0),
        '\u{3000}' | '\u{A0}' | '\u{2000}'..='\u{200A}' => Some(' '),
        '\u{1D400}'..='\u{1D6A3}' => letter(0x1D400, 26),
        '\u{1D7CE}'..='\u{1D7FF}' => char::from_digit((code - 0x1D7CE) % 10, 10),
        '\u{24B6}'..='\u{24E9}' => letter(0x24B6, 26),
        '\u{2460}'..='\u{2468}' => char::from_digit(code - 0x2460 + 1, 10),
        '\u{1F130}'..='\u{1F149}' => letter(0x1F130, 26),
        '\u{1F150}'..='\u{1F169}' => letter(0x1F150, 26),
        '\u{1F170}'..='\u{1F189}' => letter(0x1F170, 26),
        '\u{1F1E6}'..='\u{1F1FF}' => letter(0x1F1E6, 26),
        _ => Some(looks_like(c)),
    }
}

/// Letters of other alphabets with the Latin ones they pass for.
fn looks_like(c: char) -> char {
    const ALIKE: &[(&str, char)] = &[
        ("аΑАαάàáâãäåāÀÁÂᴀɑ", 'a'),
        ("вВΒʙβ", 'b'),
        ("сСϲᴄçćč", 'c'),
        ("ԁᴅďđ", 'd'),
        ("еЕΕεёéèêëēÉᴇ", 'e'),
        ("ғƒꜰ", 'f'),
        ("ɡɢğĝ", 'g'),
        ("һНΗнʜ", 'h'),
        ("іІΙιїíìîïīɪıⅰ", 'i'),
        ("јЈᴊ", 'j'),
        ("кКΚκᴋ", 'k'),
        ("ⅼӏӀʟł", 'l'),
        ("мМΜᴍ", 'm'),
        ("пΝηñńɴո", 'n'),
        ("оОΟοσóòôõöøōᴏօ", 'o'),
        ("рРΡρᴘ", 'p'),
        ("ԛǫ", 'q'),
        ("гʀг", 'r'),
        ("ѕЅꜱśšş", 's'),
        ("тТΤτᴛ", 't'),
        ("υúùûüūᴜս", 'u'),
        ("ѵνᴠ", 'v'),
        ("ԝωᴡ", 'w'),
        ("хХΧχ", 'x'),
        ("уУΥγýʏ", 'y'),
        ("ᴢΖžż", 'z'),
    ];
    ALIKE
        .iter()
        .find(|(letters, _)| letters.contains(c))
        .map_or(c, |(_, latin)| *latin)
}

/// `1gn0re` as “ignore”: figures inside a word that has letters. Numbers stay.
fn leet(text: &str) -> String {
    let read = |word: &str| -> String {
        if !word.chars().any(char::is_alphabetic) {
            return word.to_owned();
        }
        word.chars()
            .map(|c| match c {
                '0' => 'o',
                '1' | '!' | '|' => 'i',
                '3' => 'e',
                '4' | '@' => 'a',
                '5' | '$' => 's',
                '7' => 't',
                '8' => 'b',
                _ => c,
            })
            .collect()
    };
    text.split_whitespace()
        .map(read)
        .collect::<Vec<_>>()
        .join(" ")
}

/// So many letters alone in a row are no initials.
const SPELT_OUT: usize = 5;

/// `g i v e   m e` as “give me”: letters that stand alone, joined; wider gaps part words.
fn joined(text: &str) -> String {
    let parted =
        |c: char| c.is_whitespace() || matches!(c, '.' | '-' | '_' | '*' | '/' | '|' | ',' | '·');
    let mut out = String::new();
    let mut run: Vec<&str> = Vec::new();
    let mut gap = false;
    let flush = |run: &mut Vec<&str>, out: &mut String| {
        let spelt = run.iter().filter(|part| !part.is_empty()).count() >= SPELT_OUT;
        let words = run.join(if spelt { "" } else { " " });
        out.push_str(&words);
        out.push(' ');
        run.clear();
    };
    for part in text.split(parted) {
        if part.is_empty() {
            gap = true;
            continue;
        }
        if part.chars().count() == 1 {
            if gap && run.len() >= 2 {
                run.push(" ");
            }
            run.push(part);
        } else {
            flush(&mut run, &mut out);
            out.push_str(part);
            out.push(' ');
        }
        gap = false;
    }
    flush(&mut run, &mut out);
    out
}

/// One word to a line or between stops, read as one sentence: “Ignore. All. Previous. Instructions.”
fn unbroken(text: &str) -> String {
    let stops = text
        .chars()
        .filter(|c| matches!(c, '.' | '\n' | '!' | '?' | '|' | '/' | '*' | '_'))
        .count();
    let words = text.split_whitespace().count();
    if stops * 2 < words {
        return String::new();
    }
    text.chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect()
}

/// Every Latin letter moved along the alphabet.
fn shifted(text: &str, by: u8) -> String {
    text.chars()
        .map(|c| match u8::try_from(c) {
            Ok(b @ b'a'..=b'z') => char::from(b'a' + (b - b'a' + by) % 26),
            Ok(b @ b'A'..=b'Z') => char::from(b'A' + (b - b'A' + by) % 26),
            _ => c,
        })
        .collect()
}

/// The alphabet backwards.
fn mirrored(c: char) -> char {
    match u8::try_from(c) {
        Ok(b @ b'a'..=b'z') => char::from(b'a' + (b'z' - b)),
        Ok(b @ b'A'..=b'Z') => char::from(b'A' + (b'Z' - b)),
        _ => c,
    }
}

/// `%67`, `\u0067`, `\x67`, `&#103;` and `&#x67;` as the letters they stand for.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (letter, length) = escape(rest).unwrap_or((c, c.len_utf8()));
        out.push(letter);
        rest = rest.get(length..).unwrap_or("");
    }
    out
}

/// The letter that an escape at the start of a text stands for, and the escape's length in bytes.
fn escape(text: &str) -> Option<(char, usize)> {
    const FORMS: &[(&str, u32, usize)] =
        &[("%", 16, 2), ("\\u", 16, 4), ("\\x", 16, 2), ("U+", 16, 4)];
    for (mark, radix, digits) in FORMS {
        let number = text.strip_prefix(mark).and_then(|rest| rest.get(..*digits));
        if let Some(code) = number.and_then(|number| u32::from_str_radix(number, *radix).ok()) {
            return Some((char::from_u32(code)?, mark.len() + digits));
        }
    }
    let inside = text.strip_prefix("&#")?;
    let end = inside.find(';').filter(|end| *end <= 6)?;
    let number = inside.get(..end)?;
    let code = match number.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    Some((char::from_u32(code)?, end + 3))
}

/// Fewest characters of a message in code.
const CODED: usize = 8;

/// Whether a part of a text is a readable message in base64, hexadecimal, octets or Morse signs.
fn decoded(text: &str) -> bool {
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let figures = |radix: u32, length: std::ops::RangeInclusive<usize>| -> Vec<u8> {
        let read = |token: &&str| -> Option<u8> {
            let token = token.trim_matches([',', ';']);
            let token = token.strip_prefix("0x").unwrap_or(token);
            let figure = length
                .contains(&token.len())
                .then(|| u8::from_str_radix(token, radix).ok());
            figure.flatten()
        };
        longest_run(&tokens, read)
    };
    tokens
        .iter()
        .any(|token| is_message(&base64(token)) || is_message(&hex(token)))
        || is_message(&figures(16, 2..=2))
        || is_message(&figures(2, 8..=8))
        || is_message(&figures(10, 2..=3))
        || is_morse(&tokens)
}

/// The longest run of tokens that are figures.
fn longest_run(tokens: &[&str], read: impl Fn(&&str) -> Option<u8>) -> Vec<u8> {
    let mut longest = Vec::new();
    let mut run = Vec::new();
    for token in tokens {
        match read(token) {
            Some(byte) => run.push(byte),
            None => run.clear(),
        }
        if run.len() > longest.len() {
            longest.clone_from(&run);
        }
    }
    longest
}

fn is_message(bytes: &[u8]) -> bool {
    let readable = |b: &u8| matches!(b, b' '..=b'~' | b'\n');
    let letters = bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
    bytes.len() >= CODED && bytes.iter().all(readable) && letters * 2 > bytes.len()
}

/// Morse signs a message has at least.
const MORSE_SIGNS: usize = 8;

fn is_morse(tokens: &[&str]) -> bool {
    let is_sign = |token: &&&str| {
        token.len() <= 5
            && token
                .chars()
                .all(|c| matches!(c, '.' | '-' | '·' | '–' | '−'))
    };
    let signs = tokens.iter().filter(is_sign);
    signs.clone().count() >= MORSE_SIGNS
        && signs.clone().any(|sign| sign.contains('.'))
        && signs.clone().any(|sign| sign.contains('-'))
}

/// The bytes of a token in base64, with or without its padding, in either alphabet; nothing when it is none.
fn base64(token: &str) -> Vec<u8> {
    let token = token.trim_matches(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '/'));
    let value = |b: u8| -> Option<u32> {
        Some(u32::from(match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        }))
    };
    let values: Option<Vec<u32>> = token.bytes().map(value).collect();
    let mut bytes = Vec::new();
    for group in values.unwrap_or_default().chunks(4) {
        let bits = group.iter().fold(0, |bits, value| bits << 6 | value) << (6 * (4 - group.len()));
        let [_, first, second, third] = bits.to_be_bytes();
        bytes.extend(
            [first, second, third]
                .iter()
                .take(group.len().saturating_sub(1)),
        );
    }
    bytes
}

/// The bytes of a token in hexadecimal; nothing when it is none.
fn hex(token: &str) -> Vec<u8> {
    let token = token.strip_prefix("0x").unwrap_or(token);
    let pair = |pair: &[u8]| -> Option<u8> {
        let pair = std::str::from_utf8(pair)
            .ok()
            .filter(|pair| pair.len() == 2)?;
        u8::from_str_radix(pair, 16).ok()
    };
    let bytes: Option<Vec<u8>> = token.as_bytes().chunks(2).map(pair).collect();
    bytes.unwrap_or_default()
}
