//! マイナンバー where no heading says so: twelve digits of which the last checks the others.

/// Whether a cell holds a マイナンバー, in one run of twelve digits or as 4-4-4. One in eleven other numbers of twelve
/// digits passes the check as well.
#[must_use]
pub fn holds_my_number(cell: &str) -> bool {
    if cell.len() < 12 {
        return false;
    }
    let mut run = Run::default();
    for letter in cell.chars() {
        match letter {
            '0'..='9' => run.digit(letter as u32 - 0x30),
            '０'..='９' => run.digit(letter as u32 - 0xFF10),
            '-' | ' ' | '－' | 'ー' | '\u{3000}' if run.open => run.gap(),
            _ if run.is_my_number() => return true,
            _ => run = Run::default(),
        }
    }
    run.is_my_number()
}

/// Digits that stand together.
#[derive(Default)]
struct Run {
    digits: Vec<u8>,
    /// Where one sign stood between digits.
    gaps: Vec<usize>,
    /// The last letter was a digit.
    open: bool,
}

impl Run {
    fn digit(&mut self, digit: u32) {
        self.digits.push(digit as u8);
        self.open = true;
    }

    fn gap(&mut self) {
        self.gaps.push(self.digits.len());
        self.open = false;
    }

    fn is_my_number(&self) -> bool {
        let gaps = self.gaps.iter().filter(|&&gap| gap < self.digits.len()).copied();
        let whole = self.digits.len() == 12 && (gaps.clone().eq([]) || gaps.eq([4, 8]));
        whole && checks(&self.digits)
    }
}

/// 平成26年総務省令第85号第5条: the digits before the last weigh 2 to 7 and 2 to 6 from the right; the last digit is 11
/// less the rest by 11, and 0 where the rest is 0 or 1.
fn checks(digits: &[u8]) -> bool {
    let weights = (2..=7).chain(2..=6);
    let sum: u32 =
        digits[..11].iter().rev().zip(weights).map(|(&digit, weight)| u32::from(digit) * weight).sum();
    let check = match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    u32::from(digits[11]) == check
}
