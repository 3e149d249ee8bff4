//! A code as bars that every scanner reads and types: Code 39 (ISO/IEC 16388).

use crate::{Bar, Ink, Mark, frame::MM};

/// Width of a narrow bar: 0.33 mm are read from an office printer's paper. A wide one is two and a half times as broad.
const NARROW: f64 = 0.33 * MM;
const WIDE: f64 = 2.5 * NARROW;
/// Blank at both ends, as scanners need it.
pub(crate) const QUIET: f64 = 10.0 * NARROW;

/// The letters in the order of their bars, ten for each place of the wide space; the last begins and ends every code.
const LETTERS: &str = "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-. *";
/// Which two of the five bars are wide, for each of ten.
const WIDES: [[usize; 2]; 10] =
    [[0, 4], [1, 4], [0, 1], [2, 4], [0, 2], [1, 2], [3, 4], [0, 3], [1, 3], [2, 3]];
/// Which of the four spaces is wide, for each ten letters.
const SPACES: [usize; 4] = [1, 2, 3, 0];

/// The bars of a code with their left end at 0 and so high, and how wide they reach; none where a letter has no bars.
pub(crate) fn bars(code: &str, height: f64) -> Option<(Vec<Mark>, f64)> {
    let mut marks = Vec::new();
    let mut pen = 0.0;
    for letter in format!("*{code}*").chars() {
        let at = LETTERS.chars().position(|known| known == letter)?;
        let (wide, space) = (WIDES[at % 10], SPACES[at / 10]);
        for bar in 0..5 {
            let width = if wide.contains(&bar) { WIDE } else { NARROW };
            marks.push(Bar::decoration(pen, 0.0, width, height, Ink::Black));
            // After the last bar a narrow space parts it from the next letter.
            pen += width + if bar < 4 && bar == space { WIDE } else { NARROW };
        }
    }
    Some((marks, pen - NARROW))
}
