//! Names and their readings. Names keep every letter they came with; only readings are brought to one form.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::columns::Target;
use crate::doubt::{Reason, Unsure};
use crate::table::Sheet;
use crate::understanding::Answers;

/// Family and given name of one cell, split at its one run of spaces, or at a comma, which lets names of several
/// words be told apart (`de la Cruz, Maria`) and a single name stand alone (`スカルノ、`).
///
/// # Errors
/// [`Reason::NameUnsplit`] when the cell does not say where the family name ends.
pub fn split_name(text: &str) -> Result<(&str, &str), Unsure> {
    if let Some((family, given)) = text.split_once([',', '，', '、']) {
        return Ok((family.trim(), given.trim()));
    }
    let mut parts = text.split_whitespace();
    match (parts.next(), parts.next(), parts.next()) {
        (Some(family), Some(given), None) => Ok((family, given)),
        _ => Err(Unsure::of(Reason::NameUnsplit)),
    }
}

/// A reading in full-width katakana: half-width kana and hiragana are rewritten, Latin letters stay.
///
/// # Errors
/// [`Reason::NotKana`] when the cell holds kanji.
pub fn read_kana(text: &str) -> Result<Cow<'_, str>, Unsure> {
    let mut changes = false;
    for letter in text.chars() {
        match letter {
            'ｦ'..='ﾟ' | '｡'..='･' | 'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => changes = true,
            '々' | '〆' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => {
                return Err(Unsure::of(Reason::NotKana));
            }
            _ => {}
        }
    }
    Ok(if changes { Cow::Owned(widened(text)) } else { Cow::Borrowed(text) })
}

fn widened(text: &str) -> String {
    // A half-width ﾊ and its ﾞ become one ハ only when they are normalised together.
    let half_width = |letter: char| matches!(letter, '｡'..='ﾟ');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let run = rest.find(|letter| !half_width(letter)).unwrap_or(rest.len());
        if run > 0 {
            out.extend(rest[..run].nfkc());
            rest = &rest[run..];
            continue;
        }
        out.push(match letter {
            // Katakana stand 0x60 above the hiragana.
            'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(letter as u32 + 0x60).unwrap_or(letter),
            other => other,
        });
        rest = &rest[letter.len_utf8()..];
    }
    out
}

/// Family names with their readings, as far as a file and the register know them, by which a name without a space can be
/// split.
#[derive(Debug, Default)]
pub(crate) struct Families {
    readings: HashMap<String, HashSet<String>>,
}

/// Where a name without a space ends its family name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Split<'t> {
    /// The reading says so: one family name that the text begins with is read as the row says.
    Read(&'t str, &'t str),
    /// A known family name, or the usual lengths; to be asked.
    Likely(&'t str, &'t str),
    /// Nothing speaks for any place.
    Unknown,
}

impl Families {
    /// Those known, and those of the rows of a sheet whose names are split.
    pub(crate) fn of(sheet: &Sheet, taken: &[(usize, Target)], answers: &Answers) -> Self {
        let mut families = Self::default();
        let column = |wanted| taken.iter().find(|(_, target)| *target == wanted).map(|&(column, _)| column);
        let Some(names) = column(Target::FullName) else { return families };
        for (family, kana) in &answers.families {
            families.add(family, kana);
        }
        let (whole, part) = (column(Target::FullKana), column(Target::FamilyKana));
        for row in 0..sheet.row_count {
            let Ok((family, given)) = split_name(sheet.cell(row, names).trim()) else { continue };
            if family.is_empty() || given.is_empty() {
                continue;
            }
            let cell = part.or(whole).map_or("", |column| sheet.cell(row, column).trim());
            let kana = read_kana(cell).unwrap_or_default();
            let kana =
                if part.is_some() { &kana } else { split_name(&kana).map_or("", |(family, _)| family) };
            families.add(family, kana);
        }
        families
    }

    fn add(&mut self, family: &str, kana: &str) {
        if !self.readings.contains_key(family) {
            self.readings.insert(family.to_owned(), HashSet::new());
        }
        if let Some(readings) = self.readings.get_mut(family).filter(|readings| !readings.contains(kana)) {
            readings.insert(kana.to_owned());
        }
    }

    /// Splits a name without a space; `kana` is the reading of the family name in full-width katakana, if known.
    pub(crate) fn split<'t>(&self, text: &'t str, kana: &str) -> Split<'t> {
        let ideographs = text.chars().all(|letter| letter == '々' || letter == 'ヶ' || !letter.is_ascii());
        let company =
            ["株式会社", "有限会社", "合同会社", "（株）", "㈱"].iter().any(|word| text.contains(word));
        if !ideographs || company || text.contains(char::is_whitespace) {
            return Split::Unknown;
        }
        let cuts: Vec<usize> = text.char_indices().skip(1).map(|(at, _)| at).collect();
        let known: Vec<usize> =
            cuts.iter().copied().filter(|&at| self.readings.contains_key(&text[..at])).collect();
        let read = |at: &&usize| !kana.is_empty() && self.readings[&text[..**at]].contains(kana);
        match (known.iter().filter(read).collect::<Vec<_>>().as_slice(), known.last(), cuts.len()) {
            (&[&at], ..) => Split::Read(&text[..at], &text[at..]),
            (_, Some(&at), _) => Split::Likely(&text[..at], &text[at..]),
            // Two names of one, two and one, or two letters each: what most names are.
            (_, None, 1) => Split::Likely(&text[..cuts[0]], &text[cuts[0]..]),
            (_, None, 2 | 3) => Split::Likely(&text[..cuts[1]], &text[cuts[1]..]),
            _ => Split::Unknown,
        }
    }
}
