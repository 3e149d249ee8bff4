//! The code of an invitation: six digits, because a keypad, a scanner and every way of typing Japanese bring digits. The
//! last one checks the others, so that no single wrong digit and no two that changed places pass for somebody else's.

use crate::Call;
use register::{Writing, fold::figure};

/// Digits before the last one.
const DIGITS: usize = 5;

/// H. Michael Damm's quasigroup of order ten (*Total anti-symmetrische Quasigruppen*, Marburg 2004).
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// 0 for digits that end with their own check.
fn check(digits: impl Iterator<Item = u8>) -> u8 {
    digits.fold(0, |so_far, digit| DAMM[usize::from(so_far)][usize::from(digit)])
}

fn digits(text: &str) -> Vec<u8> {
    text.chars().filter_map(figure).collect()
}

/// A code as it was typed or scanned, in whichever width and with whatever between its digits; `None` when it is none.
pub(crate) fn read(text: &str) -> Option<String> {
    let digits = digits(text);
    (digits.len() == DIGITS + 1 && check(digits.iter().copied()) == 0)
        .then(|| digits.iter().map(|digit| char::from(b'0' + digit)).collect())
}

/// The code made of a number, of which the last digits count.
pub(crate) fn made_of(number: u32) -> String {
    let text = format!("{:0width$}", number % 10_u32.pow(DIGITS as u32), width = DIGITS);
    let check = check(digits(&text).into_iter());
    format!("{text}{check}")
}

/// A code that nobody has yet. Drawn, so that a register which was restored does not give one of them twice.
pub(crate) fn draw(call: &Call<'_>, writing: &Writing<'_>) -> Result<String, register::Fault> {
    let mut bytes = [0; 4];
    // What the system's random source does not give, the next free number does.
    let mut number = match vault::Random::fill(&mut **call.random(), &mut bytes) {
        Ok(()) => u32::from_le_bytes(bytes) >> 1,
        Err(_) => 0,
    };
    loop {
        let code = made_of(number);
        if !writing.has_code(&code)? {
            return Ok(code);
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_in_whichever_width_and_with_whatever_between() {
        let code = made_of(572);
        assert_eq!(code, "005724", "the example of the table's author ends with 4");
        for text in ["005724", "005-724", " 005 724\n", "００５７２４"] {
            assert_eq!(read(text), Some(code.clone()), "{text}");
        }
        for text in ["", "00572", "005725", "0057240", "あいう"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn no_wrong_digit_and_no_two_that_changed_places_pass() {
        for number in (0..100_000).step_by(37) {
            let code = digits(&made_of(number));
            for at in 0..code.len() {
                for wrong in (0..10).filter(|wrong| *wrong != code[at]) {
                    let mut typed = code.clone();
                    typed[at] = wrong;
                    assert_ne!(check(typed.into_iter()), 0);
                }
                if at > 0 && code[at] != code[at - 1] {
                    let mut typed = code.clone();
                    typed.swap(at, at - 1);
                    assert_ne!(check(typed.into_iter()), 0);
                }
            }
        }
    }
}
