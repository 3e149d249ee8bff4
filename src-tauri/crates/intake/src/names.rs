//! Names and their readings. Names keep every letter they came with; only readings are brought to one form.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::doubt::{Reason, Unsure};

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
