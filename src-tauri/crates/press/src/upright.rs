//! Letters in a line that runs from top to bottom (JLREQ 2.3.2, 3.2.5).

use crate::{Family, Fonts, Glyph, Placed, Stance, Weight, items::width};

/// How a Latin word or number stands in an upright line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Upright {
    /// Letter below letter, each in a square: JR, 2026.
    Stacked,
    /// Side by side in one square (縦中横): the 12 of 12月.
    Abreast,
    /// Lying on its side: words, addresses, numbers with commas.
    Turned,
}

/// Longer words are easier to read lying.
const TALLEST: usize = 6;

/// How a word stands.
pub(crate) fn word(word: &str) -> Upright {
    let letters = word.chars().count();
    if letters == 2 && word.chars().all(|c| c.is_ascii_digit()) || ["!!", "!?", "?!", "??"].contains(&word) {
        Upright::Abreast
    } else if letters <= TALLEST && word.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
        || ["!", "?", "%", "&"].contains(&word)
    {
        Upright::Stacked
    } else {
        Upright::Turned
    }
}

/// One letter in the form it has in upright lines, copied as it was written.
pub(crate) fn letter(
    fonts: &Fonts,
    family: Family,
    weight: Weight,
    letter: &str,
    base: char,
) -> Option<Vec<Glyph>> {
    let form = match base {
        // Curly quotes become the double primes of upright lines (JLREQ 2.3.2, note 3).
        '“' => Some('〝'),
        '”' => Some('〟'),
        // What is stacked stands in a square: the full-width forms, U+FF01 to U+FF5E.
        '!'..='~' => char::from_u32(u32::from(base) + 0xfee0),
        _ => None,
    };
    let Some(form) = form.filter(|_| letter.chars().count() == 1) else {
        return fonts.upright(family, weight, letter);
    };
    let mut glyphs = fonts.upright(family, weight, &form.to_string())?;
    for (at, glyph) in glyphs.iter_mut().enumerate() {
        glyph.text = if at == 0 { letter.to_owned() } else { String::new() };
    }
    Some(glyphs)
}

/// Glyphs lying on their side.
pub(crate) fn turned(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    glyphs.into_iter().map(|glyph| Glyph { stance: Stance::Turned, ..glyph }).collect()
}

/// Glyphs side by side in one square, smaller where they would be wider than it.
pub(crate) fn abreast(glyphs: Vec<Glyph>) -> Vec<Placed> {
    let reach = width(&glyphs);
    let scale = (1.0 / reach).min(1.0);
    // From the line's axis; the square's middle stays the letters' middle.
    let mut pen = -scale * reach / 2.0;
    let placed = glyphs.into_iter().map(|glyph| {
        let rise = pen + scale * glyph.shift;
        pen += scale * glyph.advance;
        Placed { x: (1.0 - scale) / 2.0, rise, scale, glyph }
    });
    placed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_stand_and_words_lie() {
        for two in ["12", "31", "!?"] {
            assert_eq!(word(two), Upright::Abreast, "{two}");
        }
        for stacked in ["5", "JR", "2026", "HACCP", "A", "3D"] {
            assert_eq!(word(stacked), Upright::Stacked, "{stacked}");
        }
        for lying in ["3,000", "O'Brien", "https://example.invalid/", "PDFs", "1234567"] {
            assert_eq!(word(lying), Upright::Turned, "{lying}");
        }
    }
}
