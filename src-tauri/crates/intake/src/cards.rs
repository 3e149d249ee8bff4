//! vCards → rows: address books of telephones and mail programs, versions 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350; versit
//! vCard 2.1), among them those of old Japanese telephones in Shift_JIS and quoted-printable. A card becomes a row under
//! headings that the table of headings knows. Photographs and what this register has no place for are left out.

use crate::doubt::Fault;
use crate::table::{Found, Heading, Reading, Sheet};
use crate::text::{Encoding, decoded};

/// The headings that cards are given. A second telephone and a second mail address have columns of their own, for the
/// user to say what becomes of them.
const HEADINGS: [&str; 20] = [
    "姓",
    "名",
    "氏名",
    "セイ",
    "メイ",
    "携帯電話",
    "電話番号",
    "電話番号（2つ目）",
    "メールアドレス",
    "メールアドレス（2つ目）",
    "郵便番号",
    "都道府県",
    "市区町村",
    "町名・番地",
    "建物名",
    "生年月日",
    "現在の勤務先",
    "現在の役職",
    "分類",
    "備考",
];

/// Whether a file begins as vCards do.
pub(crate) fn are_cards(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    start.get(..11).is_some_and(|start| start.eq_ignore_ascii_case(b"BEGIN:VCARD"))
}

/// Reads cards as rows, one each; the line of a row is that of its `BEGIN`.
///
/// # Errors
/// A [`Fault`] when the file is too large or holds too many cards.
pub(crate) fn read_cards(bytes: &[u8], reading: &Reading) -> Result<Sheet, Fault> {
    let (encoding, text) = decoded(bytes, reading.encoding)?;
    let mut properties = Properties { lines: text.lines().enumerate(), encoding };
    let mut headed = false;
    let mut sheet = Sheet::empty();
    sheet.encoding = Some(encoding);
    let mut sheet = sheet.filled(Heading::Line(0), &[], &mut |record| {
        record.clear();
        if !headed {
            headed = true;
            record.extend(HEADINGS);
            return Ok(Some(Found { line: 0, stray_quote: false }));
        }
        let Some((line, card)) = properties.card() else { return Ok(None) };
        record.extend(&card);
        Ok(Some(Found { line, stray_quote: false }))
    })?;
    sheet.heading_line = None;
    Ok(sheet)
}

/// A line of a card: `TEL;TYPE=CELL:090-…`.
struct Property {
    line: u32,
    name: String,
    /// The parameters in capitals, names and values alike.
    parameters: Vec<String>,
    value: String,
}

struct Properties<'t> {
    lines: std::iter::Enumerate<std::str::Lines<'t>>,
    encoding: Encoding,
}

impl Properties<'_> {
    fn next(&mut self) -> Option<Property> {
        loop {
            let (at, first) = self.lines.next()?;
            let mut whole = first.to_owned();
            // Folded lines go on with a space (RFC 6350 3.2).
            while let Some((_, next)) =
                self.lines.clone().next().filter(|(_, next)| next.starts_with([' ', '\t']))
            {
                whole.push_str(&next[1..]);
                self.lines.next();
            }
            let Some((head, value)) = split_value(&whole) else { continue };
            let mut parts = head.split(';');
            let name = parts.next().unwrap_or_default();
            let name = name.rsplit('.').next().unwrap_or_default().to_ascii_uppercase();
            let parameters: Vec<String> =
                parts.map(|part| part.replace('"', "").to_ascii_uppercase()).collect();
            let mut value = value.to_owned();
            if parameters.iter().any(|part| part.ends_with("QUOTED-PRINTABLE")) {
                // A line that ends in `=` goes on in the next.
                while value.ends_with('=') {
                    value.pop();
                    let Some((_, next)) = self.lines.next() else { break };
                    value.push_str(next.trim_start());
                }
                value = self.unquoted(&value, &parameters);
            }
            return Some(Property { line: at as u32 + 1, name, parameters, value });
        }
    }

    /// `=8D=82` as letters, in the character set that the line names.
    fn unquoted(&self, value: &str, parameters: &[String]) -> String {
        let named = parameters.iter().find_map(|part| part.strip_prefix("CHARSET="));
        let encoding = match named {
            Some("SHIFT_JIS" | "SHIFT-JIS" | "SJIS" | "X-SJIS" | "CP932" | "WINDOWS-31J" | "MS_KANJI") => {
                Encoding::Cp932
            }
            Some("ISO-2022-JP" | "JIS") => Encoding::Iso2022Jp,
            Some("EUC-JP" | "EUCJP") => Encoding::EucJp,
            Some("UTF-8" | "UTF8") => Encoding::Utf8,
            _ => self.encoding,
        };
        let mut bytes = Vec::with_capacity(value.len());
        let mut rest = value.as_bytes();
        while let Some((&first, after)) = rest.split_first() {
            let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
            match code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|_| first == b'=') {
                Some(byte) => {
                    bytes.push(byte);
                    rest = &after[2..];
                }
                None => {
                    bytes.push(first);
                    rest = after;
                }
            }
        }
        encoding.decode(&bytes)
    }

    /// The next card as a row, and the line on which it begins.
    fn card(&mut self) -> Option<(u32, [String; HEADINGS.len()])> {
        let mut property = self.next()?;
        while property.name != "BEGIN" {
            property = self.next()?;
        }
        let line = property.line;
        let mut card = Card::default();
        while let Some(property) = self.next() {
            if property.name == "END" || property.name == "BEGIN" {
                break;
            }
            card.take(&property);
        }
        Some((line, card.row()))
    }
}

/// The value begins behind the first colon that is not in quotation marks.
fn split_value(line: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let colon = line.find(|letter| {
        quoted ^= letter == '"';
        letter == ':' && !quoted
    })?;
    Some((&line[..colon], &line[colon + 1..]))
}

/// The parts of a value, with `\n`, `\,` and `\;` read.
fn parts(value: &str, between: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        let last = parts.len() - 1;
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => parts[last].push('\n'),
                Some(escaped) => parts[last].push(escaped),
                None => {}
            },
            _ if letter == between => parts.push(String::new()),
            _ => parts[last].push(letter),
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).collect()
}

/// What one card says.
#[derive(Default)]
struct Card {
    name: Vec<String>,
    full: String,
    kana: Vec<String>,
    mobiles: Vec<String>,
    phones: Vec<String>,
    mails: Vec<String>,
    address: Vec<String>,
    born: String,
    employer: String,
    role: String,
    categories: String,
    notes: Vec<String>,
}

impl Card {
    fn take(&mut self, property: &Property) {
        let one = || parts(&property.value, '\0').remove(0);
        let says = |word: &str| property.parameters.iter().any(|part| part.contains(word));
        match property.name.as_str() {
            "N" => {
                self.name = parts(&property.value, ';');
                // SORT-AS holds the reading in 4.0, where there is one.
                let sort = property.parameters.iter().find_map(|part| part.strip_prefix("SORT-AS="));
                if let Some(sort) = sort.filter(|_| self.kana.is_empty()) {
                    self.kana = parts(sort, ',');
                }
            }
            "FN" => self.full = one(),
            "X-PHONETIC-LAST-NAME" => self.reading(0, one()),
            "X-PHONETIC-FIRST-NAME" => self.reading(1, one()),
            // Telephones of the years of 2.1 keep the reading here, both names behind each other.
            "SOUND" if self.kana.is_empty() && says("IRMC") => self.kana = parts(&property.value, ';'),
            "TEL" if says("FAX") || says("PAGER") => {}
            "TEL" => {
                let number = one();
                let number = number.strip_prefix("tel:").unwrap_or(&number).to_owned();
                if says("CELL") && self.mobiles.is_empty() { &mut self.mobiles } else { &mut self.phones }
                    .push(number);
            }
            "EMAIL" => self.mails.push(one()),
            "ADR" if self.address.is_empty() || says("HOME") => self.address = parts(&property.value, ';'),
            "BDAY" => self.born = one(),
            "ORG" => self.employer = parts(&property.value, ';').join(" ").trim().to_owned(),
            "TITLE" => self.role = one(),
            "CATEGORIES" => self.categories = parts(&property.value, ',').join("、"),
            "NOTE" => self.notes.push(one()),
            _ => {}
        }
    }

    fn reading(&mut self, at: usize, kana: String) {
        self.kana.resize(self.kana.len().max(2), String::new());
        self.kana[at] = kana;
    }

    fn row(self) -> [String; HEADINGS.len()] {
        let at = |parts: &[String], at: usize| parts.get(at).cloned().unwrap_or_default();
        let (family, given) = (at(&self.name, 0), at(&self.name, 1));
        let full = if family.is_empty() && given.is_empty() { self.full } else { String::new() };
        // ADR: post office box; extended address; street; locality; region; postal code; country.
        let building = [at(&self.address, 0), at(&self.address, 1)].join(" ").trim().to_owned();
        // 1970-11-25, 19701125 and 1970-11-25T00:00:00Z; without a year --1125.
        let born = self.born.split('T').next().unwrap_or_default().to_owned();
        let born = match born.strip_prefix("--").filter(|rest| rest.len() == 4 && rest.is_ascii()) {
            Some(rest) => format!("{}月{}日", &rest[..2], &rest[2..]),
            None => born,
        };
        [
            family,
            given,
            full,
            at(&self.kana, 0),
            at(&self.kana, 1),
            at(&self.mobiles, 0),
            at(&self.phones, 0),
            self.phones.get(1..).unwrap_or_default().join("、"),
            at(&self.mails, 0),
            self.mails.get(1..).unwrap_or_default().join("、"),
            at(&self.address, 5),
            at(&self.address, 4),
            at(&self.address, 3),
            at(&self.address, 2),
            building,
            born,
            self.employer,
            self.role,
            self.categories,
            self.notes.join("\n"),
        ]
    }
}
