//! The way out as text: CSV that Excel opens, in UTF-8 or in the letters of old programs, and vCards.

use crate::excel::Cell;

/// Stands where a letter has no place in the older set: what Japanese printers have always put there.
const NO_LETTER: char = '〓';

/// A table as CSV: UTF-8 with its mark, lines ended as on Windows (RFC 4180). A cell that a spreadsheet would run as a
/// formula begins with an apostrophe, which the intake takes off again.
#[must_use]
pub fn csv(headings: &[&str], rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut out = vec![0xEF, 0xBB, 0xBF];
    out.extend(text(headings, rows).bytes());
    out
}

/// A letter that CP932 cannot hold, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The row, the first below the headings is 0.
    pub row: usize,
    /// The whole cell.
    pub cell: String,
    /// Its letters that CP932 does not have.
    pub letters: String,
}

/// The same in CP932, for programs that know nothing newer. What it cannot hold is told, and written as 〓: never as a
/// question mark, which nobody would notice.
#[must_use]
pub fn csv_cp932(headings: &[&str], rows: &[Vec<Cell>]) -> (Vec<u8>, Vec<Lost>) {
    let holds = |letter: char| !encoding_rs::SHIFT_JIS.encode(letter.encode_utf8(&mut [0; 4])).2;
    let mut lost = Vec::new();
    let mut kept = rows.to_vec();
    for (row, cells) in kept.iter_mut().enumerate() {
        for cell in cells {
            let Cell::Text(text) = cell else { continue };
            let letters: String = text.chars().filter(|letter| !holds(*letter)).collect();
            if !letters.is_empty() {
                let written =
                    text.chars().map(|letter| if holds(letter) { letter } else { NO_LETTER }).collect();
                lost.push(Lost { row, cell: std::mem::replace(text, written), letters });
            }
        }
    }
    (encoding_rs::SHIFT_JIS.encode(&text(headings, &kept)).0.into_owned(), lost)
}

fn text(headings: &[&str], rows: &[Vec<Cell>]) -> String {
    let mut out = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = String>| {
        out.push_str(&cells.map(|cell| quoted(&cell)).collect::<Vec<_>>().join(","));
        out.push_str("\r\n");
    };
    line(&mut headings.iter().map(|heading| (*heading).to_owned()));
    for row in rows {
        line(&mut row.iter().map(|cell| match cell {
            Cell::Text(text) => harmless(text),
            Cell::Day(year, month, day) => format!("{year:04}/{month:02}/{day:02}"),
            Cell::Number(number) => number.to_string(),
        }));
    }
    out
}

/// A text that no spreadsheet takes for a formula (OWASP, CSV Injection).
fn harmless(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if risky { format!("'{text}") } else { text.to_owned() }
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// What a card says of a person; empty texts are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are called as everywhere.
pub struct CardOut {
    pub family: String,
    pub given: String,
    pub family_kana: String,
    pub given_kana: String,
    pub mobile: String,
    pub phone: String,
    pub mail: String,
    pub postal: String,
    pub prefecture: String,
    pub city: String,
    pub street: String,
    pub building: String,
    pub employer: String,
    pub employer_role: String,
    pub note: String,
    pub tags: Vec<String>,
}

/// People as vCards of version 4.0 (RFC 6350).
#[must_use]
pub fn cards(people: &[CardOut]) -> Vec<u8> {
    let mut out = String::new();
    for person in people {
        let all = |parts: &[&str]| parts.iter().map(|part| escaped(part)).collect::<Vec<_>>().join(";");
        let mut line = |name: &str, value: String| {
            if !value.trim_matches(';').is_empty() {
                folded(&mut out, &format!("{name}:{value}"));
            }
        };
        line("BEGIN", "VCARD".into());
        line("VERSION", "4.0".into());
        line("FN", escaped([person.family.as_str(), " ", &person.given].concat().trim()));
        line("N", all(&[&person.family, &person.given, "", "", ""]));
        line("X-PHONETIC-LAST-NAME", escaped(&person.family_kana));
        line("X-PHONETIC-FIRST-NAME", escaped(&person.given_kana));
        line("TEL;TYPE=cell", escaped(&person.mobile));
        line("TEL;TYPE=home", escaped(&person.phone));
        line("EMAIL", escaped(&person.mail));
        let address =
            ["", &person.building, &person.street, &person.city, &person.prefecture, &person.postal, ""];
        line("ADR;TYPE=home", all(&address));
        line("ORG", escaped(&person.employer));
        line("TITLE", escaped(&person.employer_role));
        line("CATEGORIES", person.tags.iter().map(|tag| escaped(tag)).collect::<Vec<_>>().join(","));
        line("NOTE", escaped(&person.note));
        line("END", "VCARD".into());
    }
    out.into_bytes()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(',', "\\,")
        .replace(';', "\\;")
        .replace("\r\n", "\\n")
        .replace('\n', "\\n")
}

/// Lines of a card are no longer than 75 bytes (RFC 6350 3.2); a letter is never cut.
fn folded(out: &mut String, line: &str) {
    let mut length = 0;
    for letter in line.chars() {
        if length + letter.len_utf8() > 75 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(letter);
        length += letter.len_utf8();
    }
    out.push_str("\r\n");
}
