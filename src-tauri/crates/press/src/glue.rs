//! What stands between two items: how much air, and whether a line may end there.

use crate::{
    Glyph,
    items::{Gap, GoesOn, Item},
    kinsoku::{Class, belong_together, may_begin_line, may_end_line},
};

/// How much a line's end within a word is disliked: about as much as glue at its limit, and far more where no
/// syllable ends.
const HYPHEN: f64 = 3e3;
const CUT: f64 = 2e5;

/// Decides the glue between two items, and whether a line may end between them.
pub(crate) fn join(before: &mut Item, after: &Item, is_break: bool, by_phrase: bool) {
    let may_part = may_end_line(before.last) && may_begin_line(after.first);
    if let Some(goes_on) = &before.goes_on {
        before.cut = may_part.then_some(if matches!(goes_on, GoesOn::Cut) { CUT } else { HYPHEN });
        return;
    }
    let parted =
        is_break && may_part && before.class != Class::Point && !belong_together(before.last, after.first);
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
        (Dash, Dash) | (Point, _) | (_, Point) => gap(0.0, 0.0, 0.0),
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

/// Where kinsoku would keep together more than a line can hold (ーーーー…), a line may end anywhere: on
/// paper a broken rule is better than letters beyond the edge.
pub(crate) fn loosen(items: &mut [Item], widest: f64) {
    for run in items.split_inclusive_mut(|item| item.cut.is_some()) {
        if run.iter().map(|item| item.body + item.gap.natural).sum::<f64>() > widest {
            for item in run {
                item.cut.get_or_insert(1e4);
            }
        }
    }
}
