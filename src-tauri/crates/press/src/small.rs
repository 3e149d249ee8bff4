//! What stands beside a line in letters of half its size: ruby and emphasis dots.

use crate::{
    Fonts, Glyph, Placed, Stance,
    items::{Voice, width},
    upright,
};

/// Ruby is half as large as its word (JLREQ 3.3.3).
const SMALL: f64 = 0.5;

/// A word of these letters with its reading beside it, and the room it takes.
///
/// The shorter of the two is spread: half as much air at its ends as between its letters (JLREQ 3.3.6).
pub(crate) fn with_ruby(
    bases: &[Vec<Glyph>],
    reading: &str,
    voice: Voice,
    fonts: &Fonts,
) -> (Vec<Placed>, f64) {
    let small: Vec<Vec<Glyph>> = reading.chars().filter_map(|letter| one(letter, voice, fonts)).collect();
    let reach = |letters: &[Vec<Glyph>]| letters.iter().map(|glyphs| width(glyphs)).sum::<f64>();
    let room = reach(bases).max(SMALL * reach(&small));
    let mut glyphs = Vec::new();
    spread(bases, room, 1.0, 0.0, &mut glyphs);
    spread(&small, room, SMALL, beside(voice), &mut glyphs);
    (glyphs, room)
}

/// The dot at a letter of that width; a drawing without a text of its own.
pub(crate) fn dot(body: f64, voice: Voice, fonts: &Fonts) -> Option<Placed> {
    // JLREQ 3.3.9: a sesame in upright lines, a round dot in level ones.
    let dots = if voice.is_upright { ['﹅', '・'] } else { ['・', '﹅'] };
    let glyph = dots.into_iter().find_map(|dot| one(dot, voice, fonts))?.into_iter().next()?;
    let glyph = Glyph { text: String::new(), ..glyph };
    let x = (body - SMALL * glyph.advance) / 2.0;
    Some(Placed { x, rise: beside(voice), scale: SMALL, glyph })
}

fn one(letter: char, voice: Voice, fonts: &Fonts) -> Option<Vec<Glyph>> {
    let text = letter.to_string();
    if voice.is_upright {
        upright::letter(fonts, voice.family, voice.weight, &text, letter)
    } else {
        fonts.letter(voice.family, voice.weight, &text)
    }
}

/// How far small letters stand from the line: their em square touches the line's.
fn beside(voice: Voice) -> f64 {
    // An upright line is measured from its axis, a level one from its baseline.
    if voice.is_upright { 0.5 + SMALL / 2.0 } else { 0.88 + SMALL * 0.12 }
}

fn spread(letters: &[Vec<Glyph>], room: f64, scale: f64, rise: f64, out: &mut Vec<Placed>) {
    let taken: f64 = letters.iter().map(|glyphs| scale * width(glyphs)).sum();
    let air = (room - taken) / (2 * letters.len().max(1)) as f64;
    let mut pen = 0.0;
    for glyphs in letters {
        pen += air;
        for glyph in glyphs {
            let stands = if glyph.stance == Stance::Level { glyph.rise } else { 0.0 };
            let (x, rise) = (pen + scale * glyph.shift, rise + scale * stands);
            out.push(Placed { x, rise, scale, glyph: glyph.clone() });
            pen += scale * glyph.advance;
        }
        pen += air;
    }
}
