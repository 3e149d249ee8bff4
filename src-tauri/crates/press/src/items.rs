//! A paragraph as items: unbreakable bodies with glue between them.
//!
//! Punctuation and brackets are half an em wide; the other half is glue beside them that shrinks when a
//! line is tight and vanishes at a line's ends (JLREQ 3.1.2–3.1.4). A Latin word is one item, and so is a word
//! with ruby.

use std::ops::Range;

use icu_segmenter::{
    LineSegmenter,
    options::{LineBreakOptions, LineBreakStrictness},
};

use crate::{
    Family, Fonts, Glyph, Missing, Placed, Stance, Weight,
    fonts::GETA,
    glue::{join, loosen},
    kinsoku::{Class, class, is_mark, is_selector, is_silent},
    latin::syllables,
    notation::Marked,
    small::{dot, with_ruby},
    upright::{self, Upright},
};

/// A body that is never parted, and the glue after it. Lengths are in em.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// What is drawn, from the body's beginning.
    pub(crate) glyphs: Vec<Placed>,
    /// Width of the body.
    pub(crate) body: f64,
    /// The glue after the body.
    pub(crate) gap: Gap,
    /// Whether a line may end here, and how much it is disliked.
    pub(crate) cut: Option<f64>,
    /// The word goes on in the next item.
    pub(crate) goes_on: Option<GoesOn>,
    pub(crate) class: Class,
    pub(crate) first: char,
    pub(crate) last: char,
}

/// How a word goes on after one of its items.
#[derive(Debug, Clone)]
pub(crate) enum GoesOn {
    /// After a syllable: this hyphen is drawn where a line ends.
    Hyphen(Glyph),
    /// Where it was cut because it is very long: nothing is drawn that nobody wrote.
    Cut,
}

/// Glue. It vanishes where a line ends.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gap {
    /// Width in an untroubled line, in em.
    pub(crate) natural: f64,
    /// How readily it grows.
    pub(crate) stretch: f64,
    /// How much it can give.
    pub(crate) shrink: f64,
    /// The blank that was typed, drawn so that a copied text has it.
    pub(crate) space: Option<Glyph>,
}

/// How a paragraph's text is to be set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Voice {
    pub(crate) family: Family,
    pub(crate) weight: Weight,
    /// Headings break between phrases rather than anywhere.
    pub(crate) by_phrase: bool,
    /// English words may be parted between syllables.
    pub(crate) hyphenates: bool,
    /// The line runs from top to bottom.
    pub(crate) is_upright: bool,
}

/// Turns text into items. `widest` is the longest line in em: a word wider than that is cut into letters.
pub(crate) fn items(
    marked: &Marked,
    voice: Voice,
    widest: f64,
    fonts: &Fonts,
    missing: &mut Vec<Missing>,
) -> Vec<Item> {
    let text = marked.text.as_str();
    let breaks = breaks(text);
    let letters = letters(text);
    let mut set = Setting { text, voice, fonts, missing, items: Vec::new(), starts: Vec::new() };
    let mut ruby = marked.ruby.iter().peekable();
    let mut at = 0;
    while at < letters.len() {
        let (range, base) = &letters[at];
        if let Some((word, reading)) = ruby.next_if(|(word, _)| word.start <= range.start) {
            let end = at + letters[at..].iter().take_while(|(range, _)| range.start < word.end).count();
            set.ruby(&letters[at..end], reading, widest);
            at = end.max(at);
            continue;
        }
        if is_blank(*base) {
            set.blank(*base);
            at += 1;
            continue;
        }
        let class = class_between(&letters, at);
        let stop = ruby.peek().map_or(usize::MAX, |(word, _)| word.start);
        let end = if class == Class::Latin { latin_end(&letters, at, &breaks, stop) } else { at + 1 };
        set.word(&letters[at..end], class, widest);
        at = end;
    }
    let Setting { mut items, starts, .. } = set;
    for (item, start) in items.iter_mut().zip(&starts) {
        if item.class.is_text() && marked.dotted.iter().any(|dotted| dotted.contains(start)) {
            item.glyphs.extend(dot(item.body, voice, fonts));
        }
    }
    for index in 1..items.len() {
        let (before, after) = items.split_at_mut(index);
        join(&mut before[index - 1], &after[0], breaks[starts[index]], voice.by_phrase);
    }
    if let Some(last) = items.last_mut() {
        last.gap = Gap::default();
        last.cut = Some(0.0);
    }
    loosen(&mut items, widest);
    items
}

/// A text on its way into items.
struct Setting<'a> {
    text: &'a str,
    voice: Voice,
    fonts: &'a Fonts,
    missing: &'a mut Vec<Missing>,
    items: Vec<Item>,
    /// Where each item begins in the text.
    starts: Vec<usize>,
}

/// A written letter: its bytes in the text, and the base without its marks.
type Letter = (Range<usize>, char);

impl Setting<'_> {
    fn put(&mut self, start: usize, item: Item) {
        self.items.push(item);
        self.starts.push(start);
    }

    /// A blank becomes glue after the item before it.
    fn blank(&mut self, blank: char) {
        let Voice { family, weight, is_upright, .. } = self.voice;
        if let (Some(item), Some(mut space)) =
            (self.items.last_mut(), self.fonts.glyph(family, weight, blank))
        {
            if is_upright {
                space.stance = Stance::Turned;
            }
            item.gap.natural += space.advance;
            item.gap.space.get_or_insert(space);
        }
    }

    /// One letter, or the letters of a Latin word.
    fn word(&mut self, letters: &[Letter], class: Class, widest: f64) {
        let Some(((first, base), (last, end))) = letters.first().zip(letters.last()) else { return };
        let written = &self.text[first.start..last.end];
        let Voice { family, weight, is_upright, .. } = self.voice;
        let stands = is_upright.then(|| upright::word(written));
        match (class, stands) {
            (Class::Latin, Some(Upright::Stacked)) => {
                letters.iter().for_each(|letter| self.letter(letter, Class::Kanji));
            }
            (Class::Latin, Some(Upright::Abreast)) => {
                match self.fonts.word(family, weight, written).map(upright::abreast) {
                    Some(glyphs) => self.put(first.start, item(glyphs, 1.0, Class::Kanji, *base, *end)),
                    None => letters.iter().for_each(|letter| self.letter(letter, Class::Kanji)),
                }
            }
            (Class::Latin, _) => self.latin(letters, widest),
            _ => self.letter(&letters[0], class),
        }
    }

    /// A Latin word: whole, in syllables, or letter by letter where it would fill half a line and more, or where no
    /// single face has all of it.
    fn latin(&mut self, letters: &[Letter], widest: f64) {
        let Some(((first, _), (last, _))) = letters.first().zip(letters.last()) else { return };
        let written = &self.text[first.start..last.end];
        let ends = if self.voice.hyphenates { syllables(written) } else { Vec::new() };
        let mut parts = Vec::new();
        let mut from = 0;
        for to in ends.into_iter().chain([written.len()]) {
            parts.push(self.run(&written[from..to]).map(|glyphs| (first.start + from, glyphs)));
            from = to;
        }
        let hyphen = (parts.len() > 1).then(|| self.run("-")).flatten().and_then(|mut run| run.pop());
        let most = if parts.len() > 1 { widest } else { widest / 2.0 };
        let parts: Option<Vec<(usize, Vec<Glyph>)>> = parts.into_iter().collect();
        let count = parts.as_ref().map_or(0, Vec::len);
        match parts.filter(|parts| parts.iter().all(|(_, glyphs)| width(glyphs) <= most)) {
            Some(parts) => {
                for (at, (start, glyphs)) in parts.into_iter().enumerate() {
                    let letter = |glyph: Option<&Glyph>, back: bool| {
                        let mut chars = glyph.map_or("", |glyph| glyph.text.as_str()).chars();
                        if back { chars.next_back() } else { chars.next() }.unwrap_or('x')
                    };
                    let (base, end) = (letter(glyphs.first(), false), letter(glyphs.last(), true));
                    let reach = width(&glyphs);
                    let mut part = item(in_line(glyphs), reach, Class::Latin, base, end);
                    // U+00AD: a reader of the text knows that the hyphen is none of its letters.
                    let soft = |hyphen: &Glyph| Glyph { text: "\u{ad}".to_owned(), ..hyphen.clone() };
                    part.goes_on =
                        hyphen.as_ref().filter(|_| at + 1 < count).map(|it| GoesOn::Hyphen(soft(it)));
                    self.put(start, part);
                }
            }
            None => {
                for (at, letter) in letters.iter().enumerate() {
                    self.letter(letter, Class::Latin);
                    if let Some(item) = self.items.last_mut().filter(|_| at + 1 < letters.len()) {
                        item.goes_on = Some(GoesOn::Cut);
                    }
                }
            }
        }
    }

    /// Latin letters as they stand in the line.
    fn run(&self, word: &str) -> Option<Vec<Glyph>> {
        let Voice { family, weight, is_upright, .. } = self.voice;
        let glyphs = self.fonts.word(family, weight, word)?;
        Some(if is_upright { upright::turned(glyphs) } else { glyphs })
    }

    fn letter(&mut self, letter: &Letter, class: Class) {
        let glyphs = self.glyphs(letter, class);
        self.put(letter.0.start, body(glyphs, class, letter.1));
    }

    /// The drawings of one letter; 〓 for what no face has.
    fn glyphs(&mut self, (range, base): &Letter, class: Class) -> Vec<Glyph> {
        let Voice { family, weight, is_upright, .. } = self.voice;
        let letter = &self.text[range.clone()];
        let glyphs = match (is_upright, class) {
            (false, _) => self.fonts.letter(family, weight, letter),
            (true, Class::Latin) => self.fonts.letter(family, weight, letter).map(upright::turned),
            (true, _) => upright::letter(self.fonts, family, weight, letter, *base),
        };
        glyphs.unwrap_or_else(|| {
            self.missing.push(Missing { letter: letter.to_owned(), within: around(self.text, range) });
            // Fonts::new has made sure that a face holds it.
            let geta = self.fonts.glyph(family, weight, GETA).into_iter();
            let stance = if is_upright { Stance::Upright } else { Stance::Level };
            geta.map(|glyph| Glyph { stance, ..glyph }).collect()
        })
    }

    /// A word with its reading beside it: one item, or one a letter where the line is too short for that.
    fn ruby(&mut self, letters: &[Letter], reading: &str, widest: f64) {
        let Some(((first, base), (_, last))) = letters.first().zip(letters.last()) else { return };
        let bases: Vec<Vec<Glyph>> = letters.iter().map(|it| self.glyphs(it, Class::Kanji)).collect();
        let (glyphs, reach) = with_ruby(&bases, reading, self.voice, self.fonts);
        if reach <= widest {
            self.put(first.start, item(glyphs, reach, Class::Kanji, *base, *last));
            return;
        }
        let reading: Vec<char> = reading.chars().collect();
        let mut rest = reading.chunks(reading.len().div_ceil(letters.len()));
        for ((range, base), glyphs) in letters.iter().zip(bases) {
            let part: String = rest.next().unwrap_or_default().iter().collect();
            let (glyphs, reach) = with_ruby(&[glyphs], &part, self.voice, self.fonts);
            self.put(range.start, item(glyphs, reach, Class::Kanji, *base, *base));
        }
    }
}

/// The offsets at which Unicode (UAX 14, strict as CSS `line-break: strict`) lets a line begin.
fn breaks(text: &str) -> Vec<bool> {
    let mut options = LineBreakOptions::default();
    options.strictness = Some(LineBreakStrictness::Strict);
    let mut breaks = vec![false; text.len() + 1];
    for offset in LineSegmenter::new_for_non_complex_scripts(options).segment_str(text) {
        breaks[offset] = true;
    }
    breaks
}

/// The written letters: each base with its marks, and the base alone.
pub(crate) fn letters(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len() / 2);
    let mut joined = false;
    for (offset, c) in text.char_indices() {
        let end = offset + c.len_utf8();
        match letters.last_mut() {
            Some((range, base)) if range.end == offset && !is_blank(*base) && (is_mark(c) || joined) => {
                range.end = end;
            }
            // A selector or joiner without a letter to act on.
            _ if is_silent(c) || is_selector(c) || c == '\u{200d}' => {}
            _ => letters.push((offset..end, c)),
        }
        joined = c == '\u{200d}';
    }
    letters
}

/// The class of a letter among its neighbours: curly quotes are brackets when they touch Japanese, and what
/// stands between full-width figures belongs to their number.
fn class_between(letters: &[Letter], at: usize) -> Class {
    let is_number =
        |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|(_, c)| ('０'..='９').contains(c));
    let is_square = |at: Option<usize>| {
        at.and_then(|at| letters.get(at)).is_some_and(|(_, c)| !is_blank(*c) && class(*c) != Class::Latin)
    };
    match letters[at].1 {
        '“' | '‘' if is_square(Some(at + 1)) => Class::Open,
        '”' | '’' if is_square(at.checked_sub(1)) => Class::Close,
        '．' | '，' | '：' if is_number(at.checked_sub(1)) && is_number(Some(at + 1)) => Class::Point,
        letter => class(letter),
    }
}

/// Where the Latin word that begins at `at` ends; `stop` is the text's offset where ruby begins.
fn latin_end(letters: &[Letter], at: usize, breaks: &[bool], stop: usize) -> usize {
    let mut end = at + 1;
    while end < letters.len()
        && letters[end].0.start < stop
        && !is_blank(letters[end].1)
        && class_between(letters, end) == Class::Latin
        && !breaks[letters[end].0.start]
    {
        end += 1;
    }
    end
}

fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '　')
}

/// How far the pen moves over glyphs, in em.
pub(crate) fn width(glyphs: &[Glyph]) -> f64 {
    glyphs.iter().map(|glyph| glyph.advance).sum()
}

/// Glyphs one after the other.
pub(crate) fn in_line(glyphs: Vec<Glyph>) -> Vec<Placed> {
    let mut pen = 0.0;
    let placed = glyphs.into_iter().map(|glyph| {
        let x = pen + glyph.shift;
        pen += glyph.advance;
        Placed { x, rise: glyph.rise, scale: 1.0, glyph }
    });
    placed.collect()
}

fn item(glyphs: Vec<Placed>, body: f64, class: Class, first: char, last: char) -> Item {
    Item { glyphs, body, gap: Gap::default(), cut: None, goes_on: None, class, first, last }
}

/// One letter in the body its class asks for.
fn body(glyphs: Vec<Glyph>, class: Class, base: char) -> Item {
    let advance = width(&glyphs);
    // Faces with proportional kana already give brackets half an em; the others give a full one.
    let is_full = advance > 0.9;
    let (body, ink) = match class {
        // Brackets whose face gives them a full em are pulled left by half of it.
        Class::Open => (0.5, if is_full { -0.5 } else { 0.5 - advance }),
        Class::Middle => (0.5, if is_full { -0.25 } else { (0.5 - advance) / 2.0 }),
        // ．and ，stand at their body's beginning, ：in its middle.
        Class::Point if base == '：' => (0.5, if is_full { -0.25 } else { (0.5 - advance) / 2.0 }),
        Class::Close | Class::Comma | Class::Stop | Class::Point => (0.5, 0.0),
        _ => (advance, 0.0),
    };
    let mut glyphs = in_line(glyphs);
    glyphs.iter_mut().for_each(|placed| placed.x += ink);
    item(glyphs, body, class, base, base)
}

/// A few words around a place in the text.
fn around(text: &str, place: &Range<usize>) -> String {
    const SPAN: usize = 12;
    let head: Vec<char> = text[..place.start].chars().rev().take(SPAN).collect();
    let tail = text[place.end..].chars().take(SPAN);
    head.into_iter().rev().chain(text[place.clone()].chars()).chain(tail).collect()
}

#[cfg(test)]
impl Item {
    /// A kanji without ink, for tests of line breaking.
    pub(crate) fn square(cut: bool) -> Self {
        Self {
            glyphs: Vec::new(),
            body: 1.0,
            gap: Gap { stretch: 0.045, ..Gap::default() },
            cut: cut.then_some(0.0),
            goes_on: None,
            class: Class::Kanji,
            first: '国',
            last: '国',
        }
    }
}
