//! A paragraph as items: unbreakable bodies with glue between them.
//!
//! Punctuation and brackets are half an em wide; the other half is glue beside them that shrinks when a
//! line is tight and vanishes at a line's ends (JLREQ 3.1.2–3.1.4). A Latin word is one item.

use std::ops::Range;

use icu_segmenter::{
    LineSegmenter,
    options::{LineBreakOptions, LineBreakStrictness},
};

use crate::{
    Family, Fonts, Glyph, Missing, Weight,
    fonts::GETA,
    kinsoku::{Class, belong_together, class, is_mark, is_selector, is_silent, may_begin_line, may_end_line},
};

/// A body that is never parted, and the glue after it. Lengths are in em.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// What is drawn; the first glyph's origin is `ink` right of the body's left edge.
    pub(crate) glyphs: Vec<Glyph>,
    /// Width of the body.
    pub(crate) body: f64,
    /// Where the ink starts: brackets whose face gives them a full em are pulled left by half of it.
    pub(crate) ink: f64,
    /// The glue after the body.
    pub(crate) gap: Gap,
    /// Whether a line may end here, and how much it is disliked.
    pub(crate) cut: Option<f64>,
    class: Class,
    first: char,
    last: char,
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
}

/// Turns text into items. `widest` is the longest line in em: a word wider than that is cut into letters.
pub(crate) fn items(
    text: &str,
    voice: Voice,
    widest: f64,
    fonts: &Fonts,
    missing: &mut Vec<Missing>,
) -> Vec<Item> {
    let breaks = breaks(text);
    let letters = letters(text);
    let mut items: Vec<Item> = Vec::new();
    // Where a line may begin, by item: the item's offset in the text.
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let (range, base) = &letters[at];
        if is_blank(*base) {
            if let (Some(item), Some(space)) =
                (items.last_mut(), fonts.glyph(voice.family, voice.weight, *base))
            {
                item.gap.natural += space.advance;
                item.gap.space.get_or_insert(space);
            }
            at += 1;
            continue;
        }
        let class = class_between(&letters, at);
        let end = if class == Class::Latin { latin_end(&letters, at, &breaks) } else { at + 1 };
        let written = &text[range.start..letters[end - 1].0.end];
        let glyphs = if class == Class::Latin {
            fonts.word(voice.family, voice.weight, written)
        } else {
            fonts.letter(voice.family, voice.weight, written)
        };
        match glyphs {
            Some(glyphs) if body(&glyphs) <= widest => {
                items.push(item(glyphs, class, *base, letters[end - 1].1));
                starts.push(range.start);
            }
            // A word with a letter no single face has, or wider than the line: letter by letter.
            _ => {
                for (range, base) in &letters[at..end] {
                    let letter = &text[range.clone()];
                    let glyphs = fonts.letter(voice.family, voice.weight, letter).unwrap_or_else(|| {
                        missing.push(Missing { letter: letter.to_owned(), within: around(text, range) });
                        // Fonts::new has made sure that a face holds it.
                        fonts.glyph(voice.family, voice.weight, GETA).into_iter().collect()
                    });
                    items.push(item(glyphs, class, *base, *base));
                    starts.push(range.start);
                }
            }
        }
        at = end;
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

/// Where kinsoku would keep together more than a line can hold (ーーーー…), a line may end anywhere: on
/// paper a broken rule is better than letters beyond the edge.
fn loosen(items: &mut [Item], widest: f64) {
    for run in items.split_inclusive_mut(|item| item.cut.is_some()) {
        if run.iter().map(|item| item.body + item.gap.natural).sum::<f64>() > widest {
            for item in run {
                item.cut.get_or_insert(1e4);
            }
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
fn letters(text: &str) -> Vec<(Range<usize>, char)> {
    let mut letters: Vec<(Range<usize>, char)> = Vec::with_capacity(text.len() / 2);
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

/// The class of a letter among its neighbours: curly quotes are brackets when they touch Japanese.
fn class_between(letters: &[(Range<usize>, char)], at: usize) -> Class {
    let is_square = |at: Option<usize>| {
        at.and_then(|at| letters.get(at)).is_some_and(|(_, c)| !is_blank(*c) && class(*c) != Class::Latin)
    };
    match letters[at].1 {
        '“' | '‘' if is_square(Some(at + 1)) => Class::Open,
        '”' | '’' if is_square(at.checked_sub(1)) => Class::Close,
        letter => class(letter),
    }
}

/// Where the Latin word that begins at `at` ends.
fn latin_end(letters: &[(Range<usize>, char)], at: usize, breaks: &[bool]) -> usize {
    let mut end = at + 1;
    while end < letters.len()
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

fn body(glyphs: &[Glyph]) -> f64 {
    glyphs.iter().map(|glyph| glyph.advance).sum()
}

fn item(glyphs: Vec<Glyph>, class: Class, first: char, last: char) -> Item {
    let advance = body(&glyphs);
    // Faces with proportional kana already give brackets half an em; the others give a full one.
    let is_full = advance > 0.9;
    let (body, ink) = match class {
        Class::Open => (0.5, if is_full { -0.5 } else { 0.5 - advance }),
        Class::Middle => (0.5, if is_full { -0.25 } else { (0.5 - advance) / 2.0 }),
        Class::Close | Class::Comma | Class::Stop => (0.5, 0.0),
        _ => (advance, 0.0),
    };
    Item { glyphs, body, ink, gap: Gap::default(), cut: None, class, first, last }
}

/// Decides the glue between two items, and whether a line may end between them.
fn join(before: &mut Item, after: &Item, is_break: bool, by_phrase: bool) {
    let parted = is_break
        && may_end_line(before.last)
        && may_begin_line(after.first)
        && !belong_together(before.last, after.first);
    before.cut = parted.then(|| if by_phrase { phrase_cost(before, after) } else { cost(before, after) });
    let typed = before.gap.space.take();
    before.gap = match typed {
        Some(space) => blank(before, after, before.gap.natural, space),
        None => glue(before, after),
    };
}

/// The glue where nothing was typed (JLREQ 3.1.2, 3.2.6, table 1).
fn glue(before: &Item, after: &Item) -> Gap {
    use Class::*;
    let gap = |natural, stretch, shrink| Gap { natural, stretch, shrink, space: None };
    match (before.class, after.class) {
        // Two brackets or a bracket and a comma share one body's worth of air, and the air is outside.
        (Open, Open) | (Open, Close) => gap(0.0, 0.0, 0.0),
        (Close | Comma | Stop, Close | Comma | Stop) => gap(0.0, 0.02, 0.0),
        (Close | Comma, Open) => gap(0.5, 0.05, 0.35),
        (Stop, Open) => gap(0.5, 0.05, 0.15),
        (Middle, _) | (_, Middle) => gap(0.25, 0.02, 0.15),
        (Stop, _) => gap(0.5, 0.05, 0.1),
        (Close | Comma, _) => gap(0.5, 0.05, 0.3),
        (Open, _) => gap(0.0, 0.02, 0.0),
        (_, Open) => gap(0.5, 0.05, 0.3),
        (Latin, Latin) => gap(0.0, 0.0, 0.0),
        (Latin, other) if other.is_text() && before.last.is_alphanumeric() => gap(0.25, 0.2, 0.125),
        (other, Latin) if other.is_text() && after.first.is_alphanumeric() => gap(0.25, 0.2, 0.125),
        (Latin, _) | (_, Latin) => gap(0.0, 0.02, 0.0),
        (Dash, Dash) => gap(0.0, 0.0, 0.0),
        _ if belong_together(before.last, after.first) => gap(0.0, 0.0, 0.0),
        _ => gap(0.0, 0.045, 0.0),
    }
}

/// The glue where a blank was typed, of `width` em by the face's own measure.
fn blank(before: &Item, after: &Item, width: f64, space: Glyph) -> Gap {
    let is_latin = |item: &Item| item.class == Class::Latin;
    let (natural, stretch, shrink) = match (is_latin(before), is_latin(after)) {
        (true, true) => (width, width, width * 0.3),
        // 「HACCP 認証」 looks the same as 「HACCP認証」: the blank is the quarter em.
        (true, false) | (false, true) if space.text == " " && width < 0.5 => (0.25, 0.2, 0.125),
        _ => (width, 0.045, 0.0),
    };
    Gap { natural, stretch, shrink, space: Some(space) }
}

/// How much a line's end between two items of running text is disliked.
fn cost(before: &Item, after: &Item) -> f64 {
    match (before.class, after.class) {
        // Inside a foreign word, if it can be helped.
        (Class::Katakana, Class::Katakana) => 80.0,
        _ => 0.0,
    }
}

/// How much a line's end in a heading is disliked: least after punctuation and particles, where a reader
/// pauses; most inside a word.
fn phrase_cost(before: &Item, after: &Item) -> f64 {
    use Class::*;
    if before.gap.space.is_some() {
        return 0.0;
    }
    match (before.class, after.class) {
        (Comma | Stop | Close | Middle, _) | (_, Open) => 0.0,
        (Sign | Dash, _) => 30.0,
        // お知らせ, ご案内: the polite prefix begins a phrase and never ends one.
        (Hiragana, Kanji) if matches!(before.last, 'お' | 'ご') => 900.0,
        (Hiragana, Hiragana) if matches!(after.first, 'お' | 'ご') && is_particle(before.last) => 100.0,
        (Hiragana, Kanji | Katakana | Latin) => 60.0,
        (Kanji, Hiragana) => 900.0,
        (Katakana, Katakana) | (Hiragana, Hiragana) => 900.0,
        (Kanji, Kanji) => 600.0,
        _ => 300.0,
    }
}

/// A letter that often ends a phrase.
fn is_particle(letter: char) -> bool {
    matches!(letter, 'の' | 'を' | 'に' | 'は' | 'が' | 'と' | 'で' | 'へ' | 'も' | 'や' | 'て')
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
            ink: 0.0,
            gap: Gap { stretch: 0.045, ..Gap::default() },
            cut: cut.then_some(0.0),
            class: Class::Kanji,
            first: '国',
            last: '国',
        }
    }
}
