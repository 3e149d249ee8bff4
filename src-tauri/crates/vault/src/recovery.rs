//! The code on the recovery sheet: 160 drawn bits that a person types from paper.
//!
//! Eight groups of five: four letters that carry 20 bits, one that checks them. The letters are Crockford's
//! (digits and capitals without I, L, O, U), so that nothing on paper is two letters at once, and no input method
//! has a say: words in kana would be sixty kana long, and each would pass through a conversion. With a check in
//! every group the screen can say *which* group was mistyped while the next one is being read; the check finds
//! every single wrong letter, two neighbours swapped, and two groups swapped.

use crate::passphrase::Unlocked;
use crate::{Fault, Random};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS: usize = 8;
const BYTES: usize = 20;

/// What opens a register with an owner's rights when the 合言葉 is forgotten. Wiped when dropped.
pub struct RecoveryCode(Zeroizing<Vec<u8>>);

impl RecoveryCode {
    pub(crate) fn draw(random: &mut dyn Random) -> Result<Self, Fault> {
        let mut bytes = Zeroizing::new(vec![0; BYTES]);
        random.fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// The code as it is printed: eight groups of five letters with blanks between them.
    pub fn text(&self) -> Zeroizing<String> {
        // The room is taken at once: a string that grows leaves copies behind.
        let mut text = Zeroizing::new(String::with_capacity(GROUPS * 6));
        for (group, bytes) in self.0.chunks(5).flat_map(halves).enumerate() {
            if group > 0 {
                text.push(' ');
            }
            let symbols = [15, 10, 5, 0].map(|shift| (bytes >> shift & 31) as u8);
            symbols.iter().for_each(|&symbol| text.push(letter(symbol)));
            text.push(letter(check(group, &symbols)));
        }
        text
    }

    /// Reads a code as somebody typed it: blanks, strokes, capitals and full-width letters do not matter, O is 0, I
    /// and L are 1, U is V. [`Fault::CodeLength`] when letters are missing or too many; [`Fault::CodeGroup`] names the
    /// first group that was mistyped.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let mut symbols = Zeroizing::new(Vec::with_capacity(11 * typed.len()));
        symbols.extend(typed.nfkc().filter(|char| char.is_alphanumeric()).map(symbol));
        if symbols.len() != GROUPS * 5 {
            return Err(Fault::CodeLength { letters: symbols.len() });
        }
        let mut bytes = Zeroizing::new(Vec::with_capacity(BYTES));
        let mut half = 0;
        for (group, five) in symbols.chunks(5).enumerate() {
            let mistyped = Fault::CodeGroup { group: group as u32 + 1 };
            let mut plain = Zeroizing::new([0; 4]);
            for (plain, symbol) in plain.iter_mut().zip(five) {
                let Some(symbol) = symbol else { return Err(mistyped) };
                *plain = *symbol;
            }
            if five[4] != Some(check(group, &plain)) {
                return Err(mistyped);
            }
            let value = plain.iter().fold(0, |value: u64, &symbol| value << 5 | u64::from(symbol));
            match group % 2 {
                0 => half = value,
                _ => bytes.extend_from_slice(&(half << 20 | value).to_be_bytes()[3..]),
            }
        }
        Ok(Self(bytes))
    }

    /// From here all of the sheet's keys are derived.
    pub(crate) fn unlocked(&self, file: &[u8; 16]) -> Unlocked {
        Unlocked::by_code(&self.0, file)
    }
}

/// Two times 20 bits out of five bytes.
fn halves(five: &[u8]) -> [u32; 2] {
    let value = five.iter().fold(0, |value: u64, &byte| value << 8 | u64::from(byte));
    [(value >> 20) as u32, (value & 0xf_ffff) as u32]
}

/// Four letters out of 20 bits of anything; no part of the code.
pub(crate) fn four_letters(bytes: &[u8; 32]) -> String {
    bytes[..4].iter().map(|byte| letter(byte & 31)).collect()
}

/// Four letters as somebody typed them, as they count; nothing when they are not four.
pub(crate) fn read_four(typed: &str) -> Option<String> {
    let symbols: Option<Vec<u8>> = typed.nfkc().filter(|char| char.is_alphanumeric()).map(symbol).collect();
    symbols.filter(|four| four.len() == 4).map(|four| four.into_iter().map(letter).collect())
}

fn letter(symbol: u8) -> char {
    char::from(LETTERS[usize::from(symbol)])
}

fn symbol(typed: char) -> Option<u8> {
    let capital = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        'U' => 'V',
        other => other,
    };
    LETTERS.iter().position(|&known| char::from(known) == capital).map(|symbol| symbol as u8)
}

/// A sum over GF(32) in which every place has a weight of its own, and the group's number one as well.
fn check(group: usize, symbols: &[u8; 4]) -> u8 {
    // Multiplied by x once more at every place (Horner), modulo the primitive polynomial x⁵ + x² + 1.
    let times_x = |value: u8| (value << 1 ^ if value & 16 == 0 { 0 } else { 0b10_0101 }) & 31;
    symbols.iter().fold(times_x(group as u8), |sum, symbol| times_x(sum ^ symbol))
}
