//! Postal codes, telephone numbers and mail addresses.

use std::borrow::Cow;

use crate::doubt::{Reason, Unsure};

/// Full-width digits and signs of a number in half width; all else stays.
fn narrow(letter: char) -> char {
    match letter {
        '０'..='９' | '（' | '）' | '＋' => char::from_u32(letter as u32 - 0xFEE0).unwrap_or(letter),
        '－' | '‐' | '‑' | '–' | '—' | '―' | '−' | 'ｰ' => '-',
        '\u{3000}' => ' ',
        other => other,
    }
}

/// A postal code as `980-0811`.
///
/// # Errors
/// [`Reason::LostZero`] with the code that a spreadsheet has probably shortened, or [`Reason::NotAPostalCode`]
/// (the codes of three and five digits from before 1998 among them).
pub fn read_postal(text: &str) -> Result<String, Unsure> {
    let (mut digits, mut hyphen_at) = (String::with_capacity(8), None);
    for letter in text.chars().map(narrow) {
        match letter {
            '0'..='9' => digits.push(letter),
            '-' | 'ー' if hyphen_at.is_none() && !digits.is_empty() => hyphen_at = Some(digits.len()),
            '〒' | ' ' => {}
            _ => return Err(Unsure::of(Reason::NotAPostalCode)),
        }
    }
    match (digits.len(), hyphen_at) {
        (7, None | Some(3)) => {
            digits.insert(3, '-');
            Ok(digits)
        }
        // 060-0811 has become 600811 or 60-0811; 001-0010 has become 10010.
        (5 | 6, None) | (6, Some(2)) | (5, Some(1)) => {
            let mut whole = format!("{digits:0>7}");
            whole.insert(3, '-');
            Err(Unsure::proposing(Reason::LostZero, whole))
        }
        _ => Err(Unsure::of(Reason::NotAPostalCode)),
    }
}

/// A postal code that the file keeps in two columns, three digits and four.
///
/// # Errors
/// As [`read_postal`].
pub fn read_postal_parts(first: &str, second: &str) -> Result<String, Unsure> {
    if let Ok(whole) = read_postal(first) {
        return Ok(whole);
    }
    let part = |text: &str, most: usize| {
        let digits: String = text.chars().map(narrow).collect();
        let right = (1..=most).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        right.then_some(digits)
    };
    let (Some(first), Some(second)) = (part(first, 3), part(second, 4)) else {
        return Err(Unsure::of(Reason::NotAPostalCode));
    };
    let whole = format!("{first:0>3}-{second:0>4}");
    if first.len() + second.len() == 7 { Ok(whole) } else { Err(Unsure::proposing(Reason::LostZero, whole)) }
}

/// A telephone number: the text as it stands, with full-width digits and hyphens made half-width. The long vowel that
/// a Japanese keyboard writes on its key of the hyphen is one between two digits.
///
/// # Errors
/// [`Reason::LostZero`] when a number of nine or ten digits does not begin with 0, [`Reason::DigitsLost`] when
/// a spreadsheet has rounded it.
pub fn read_phone(text: &str) -> Result<Cow<'_, str>, Unsure> {
    if rounded(text) {
        return Err(Unsure::of(Reason::DigitsLost));
    }
    let number = if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        let letters: Vec<char> = text.chars().map(narrow).collect();
        let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
        let hyphen = |at: usize| letters[at] == 'ー' && at > 0 && digit(at - 1) && digit(at + 1);
        Cow::Owned((0..letters.len()).map(|at| if hyphen(at) { '-' } else { letters[at] }).collect())
    };
    let only_number = number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b' '));
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    if only_number && matches!(digits, 9 | 10) && !number.starts_with('0') {
        return Err(Unsure::proposing(Reason::LostZero, format!("0{number}")));
    }
    Ok(number)
}

/// Whether a spreadsheet has written the number as `9.01235E+09`, so that its last digits are gone.
pub(crate) fn rounded(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once("E+") else { return false };
    mantissa.starts_with(|letter: char| letter.is_ascii_digit())
        && mantissa.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && !exponent.is_empty()
        && exponent.bytes().all(|byte| byte.is_ascii_digit())
}

/// A mail address as it stands.
///
/// # Errors
/// [`Reason::NotAnEmail`]; where the address is only written in full width, the half-width form is proposed.
pub fn read_email(text: &str) -> Result<&str, Unsure> {
    if looks_like_email(text) {
        return Ok(text);
    }
    let narrowed: String = text
        .chars()
        .map(|letter| match letter {
            '！'..='～' => char::from_u32(letter as u32 - 0xFEE0).unwrap_or(letter),
            other => other,
        })
        .collect();
    let proposal = looks_like_email(&narrowed).then_some(narrowed);
    Err(Unsure { reason: Reason::NotAnEmail, proposal })
}

fn looks_like_email(text: &str) -> bool {
    let Some((name, place)) = text.split_once('@') else { return false };
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'@' | b',' | b';' | b'<' | b'>'))
    };
    plain(name) && plain(place) && place.contains('.') && !place.starts_with('.') && !place.ends_with('.')
}
