//! Items into lines: all breaks of a paragraph are weighed together (total fit).

use std::ops::Range;

use crate::{
    Glyph, Placed,
    items::{GoesOn, Item},
    kinsoku::Class,
};

/// A line: which items, and how far its glue gives.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) items: Range<usize>,
    /// Above 0 the glue's stretch, below 0 its shrink is multiplied by this.
    pub(crate) ratio: f64,
}

/// How the right edge is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    /// All lines but the last end flush.
    Flush,
    /// The same, but 、 and 。 may hang over the edge where that helps (ぶら下げ, JLREQ 3.8.2).
    Hung,
    /// Lines end where they end.
    Ragged,
    /// As few lines as can be, of about one length: for headings, which break where a phrase ends.
    Even,
}

/// Sums up to an item, so that any line's width is one subtraction.
#[derive(Clone, Copy, Default)]
struct Sum {
    natural: f64,
    stretch: f64,
    shrink: f64,
}

/// Breaks items into lines of `measure` em, the first one shorter by `indent`.
pub(crate) fn lines(items: &[Item], measure: f64, indent: f64, edge: Edge) -> Vec<Line> {
    if items.is_empty() {
        return Vec::new();
    }
    let mut sums = vec![Sum::default()];
    for item in items {
        let last = sums[sums.len() - 1];
        sums.push(Sum {
            natural: last.natural + item.body + item.gap.natural,
            stretch: last.stretch + item.gap.stretch,
            shrink: last.shrink + item.gap.shrink,
        });
    }
    // The glue after a line's last item is not part of the line.
    let width = |range: &Range<usize>| {
        let (from, to, tail) = (sums[range.start], sums[range.end], &items[range.end - 1].gap);
        let hyphen = hyphen(&items[range.end - 1]).map_or(0.0, |hyphen| hyphen.advance);
        Sum {
            natural: to.natural - from.natural - tail.natural + hyphen,
            stretch: to.stretch - from.stretch - tail.stretch,
            shrink: to.shrink - from.shrink - tail.shrink,
        }
    };
    // For each place where a line may begin: the least cost of getting there and from where.
    let mut best: Vec<(f64, usize)> = vec![(f64::INFINITY, 0); items.len() + 1];
    best[0] = (0.0, 0);
    for end in 1..=items.len() {
        let Some(dislike) = items[end - 1].cut else { continue };
        for start in (0..end).rev() {
            if best[start].0.is_infinite() {
                continue;
            }
            let room = if start == 0 { measure - indent } else { measure };
            let line = width(&(start..end));
            let is_last = end == items.len();
            let fit = line_cost(line, room, is_last, start == 0, edge);
            let hung = hanging(&items[end - 1], edge).map(|hang| {
                HANGING
                    + line_cost(Sum { natural: line.natural - hang, ..line }, room, is_last, start == 0, edge)
            });
            let cost = best[start].0 + dislike + hung.map_or(fit, |hung| hung.min(fit));
            if cost < best[end].0 {
                best[end] = (cost, start);
            }
            if line.natural - line.shrink > room {
                break;
            }
        }
    }
    let mut lines = Vec::new();
    let mut end = items.len();
    while end > 0 {
        let start = best[end].1;
        let room = if start == 0 { measure - indent } else { measure };
        let mut line = width(&(start..end));
        if let Some(hang) = hanging(&items[end - 1], edge) {
            let is_last = end == items.len();
            let hung = Sum { natural: line.natural - hang, ..line };
            let cost = |line| line_cost(line, room, is_last, start == 0, edge);
            if HANGING + cost(hung) < cost(line) {
                line = hung;
            }
        }
        let slack = room - line.natural;
        let is_flush = matches!(edge, Edge::Flush | Edge::Hung);
        let ratio = if slack < 0.0 && line.shrink > 0.0 {
            (slack / line.shrink).max(-1.0)
        } else if slack > 0.0 && is_flush && end < items.len() && line.stretch > 0.0 {
            slack / line.stretch
        } else {
            0.0
        };
        lines.push(Line { items: start..end, ratio });
        end = start;
    }
    lines.reverse();
    lines
}

/// What is drawn where a line ends after this item.
fn hyphen(last: &Item) -> Option<&Glyph> {
    if let Some(GoesOn::Hyphen(hyphen)) = &last.goes_on { Some(hyphen) } else { None }
}

/// A comma hangs only where the line would else be visibly tight or loose.
const HANGING: f64 = 400.0;

/// How much of a line's last item may stand over its edge.
fn hanging(last: &Item, edge: Edge) -> Option<f64> {
    (edge == Edge::Hung && matches!(last.class, Class::Comma | Class::Stop)).then_some(last.body)
}

/// How bad a line is; tight and loose grow with the cube, as in TeX.
fn line_cost(line: Sum, room: f64, is_last: bool, is_first: bool, edge: Edge) -> f64 {
    const SLIGHT: f64 = 1e-6;
    let slack = room - line.natural;
    if slack < -line.shrink - SLIGHT {
        // A body wider than the room: allowed only when nothing else is.
        return 1e20 * (1.0 - slack);
    }
    match edge {
        Edge::Ragged if is_last => 0.0,
        Edge::Ragged => (slack.max(0.0) / room).powi(2),
        Edge::Even => {
            // A last line of a letter or two looks like an accident.
            let uneven = 400.0 * (slack.max(0.0) / room).powi(2);
            let stump = if is_last && !is_first && line.natural < 3.0 { 2000.0 } else { 0.0 };
            5000.0 + uneven + stump
        }
        Edge::Flush | Edge::Hung => {
            let badness = if slack < 0.0 {
                100.0 * (-slack / line.shrink.max(SLIGHT)).powi(3)
            } else if is_last {
                // One letter and its 。 alone on a line is avoided if the lines above can help it.
                if !is_first && line.natural < 1.6 { 120.0 } else { 0.0 }
            } else {
                // Of two hopeless lines the fuller one.
                (100.0 * (slack / line.stretch.max(SLIGHT)).powi(3)).min(1e7 * (1.0 + slack))
            };
            (10.0 + badness).powi(2)
        }
    }
}

/// The glyphs of a line at their places, in em from the left end, and the width they take.
pub(crate) fn place(items: &[Item], line: &Line, indent: f64) -> (Vec<Placed>, f64) {
    let mut glyphs = Vec::new();
    let mut x = indent;
    for index in line.items.clone() {
        let item = &items[index];
        glyphs.extend(item.glyphs.iter().map(|placed| Placed { x: x + placed.x, ..placed.clone() }));
        x += item.body;
        // Also where the line ends: a copied text has the blank between its last word and the next one.
        if let Some(space) = &item.gap.space {
            glyphs.push(Placed { x, rise: 0.0, scale: 1.0, glyph: space.clone() });
        }
        if index + 1 < line.items.end {
            let give = if line.ratio < 0.0 { item.gap.shrink } else { item.gap.stretch };
            x += item.gap.natural + line.ratio * give;
        } else if let Some(hyphen) = hyphen(item) {
            glyphs.push(Placed { x, rise: hyphen.rise, scale: 1.0, glyph: hyphen.clone() });
            x += hyphen.advance;
        }
    }
    (glyphs, x)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(cut: bool) -> Item {
        Item::square(cut)
    }

    #[test]
    fn a_full_line_is_filled_to_the_edge() {
        let items: Vec<Item> = (0..25).map(|_| square(true)).collect();
        let lines = lines(&items, 10.0, 1.0, Edge::Flush);
        assert_eq!(lines.iter().map(|line| line.items.len()).collect::<Vec<_>>(), [9, 10, 6]);
        for line in &lines[..2] {
            let indent = if line.items.start == 0 { 1.0 } else { 0.0 };
            let (_, width) = place(&items, line, indent);
            assert!((width - 10.0).abs() < 1e-9, "{width}");
        }
    }

    #[test]
    fn a_line_never_ends_where_it_may_not() {
        let items: Vec<Item> = (0..25).map(|index| square(index != 9 && index != 8 || index == 24)).collect();
        for line in lines(&items, 10.0, 0.0, Edge::Flush) {
            assert!(items[line.items.end - 1].cut.is_some());
        }
    }

    #[test]
    fn one_letter_alone_on_the_last_line_is_avoided() {
        let mut items: Vec<Item> = (0..21).map(|_| square(true)).collect();
        items.iter_mut().for_each(|item| item.gap.stretch = 0.3);
        let lines = lines(&items, 10.0, 0.0, Edge::Flush);
        assert!(lines[2].items.len() > 1, "{lines:?}");
    }

    #[test]
    fn a_body_wider_than_the_line_still_comes_out() {
        let mut items: Vec<Item> = (0..3).map(|_| square(true)).collect();
        items[1].body = 30.0;
        let lines = lines(&items, 10.0, 0.0, Edge::Flush);
        assert_eq!(lines.iter().map(|line| line.items.len()).sum::<usize>(), 3);
    }
}
