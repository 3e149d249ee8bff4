//! Name tags (名札) and table cards (席札) on sheets of cells.

use crate::{
    Addressed, Bar, Cells, Family, Fault, Fonts, Ink, LabelSheet, Mark, Weight, frame::MM, label::sheets,
    lines::Edge, look::Setter, page::BASELINE, part::Role, set::Style,
};

/// Lines to cut along: their thickness in points, how far from the cards they begin, and how long they are. Where four
/// cards meet they cross.
const CUT: (f64, f64, f64) = (0.4, 2.0 * MM, 4.0 * MM);
/// A stroke of the line to fold along, and the gap behind it.
const FOLD: f64 = 1.5 * MM;

/// Blank about what stands in a cell.
const PADDING: f64 = 5.0 * MM;
/// Sizes in points in a cell of this height: what stands above and below, the reading, the name and the smallest of them.
const USUAL: f64 = 55.0 * MM;
const SMALL: (f64, f64) = (10.5, 7.0);
const KANA: f64 = 11.0;
const NAME: (f64, f64) = (32.0, 14.0);

/// A name tag or a table card.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Badge {
    /// Above the name: the event, the table.
    pub over: String,
    /// The reading, above the name; may be empty.
    pub kana: String,
    /// The name, large.
    pub name: String,
    /// Below the name, line by line: 在籍 1998–2012 製造部, 旧姓 佐藤.
    pub under: Vec<String>,
}

/// Sets name tags or table cards, sheet after sheet. [`Addressed::tight`] names those whose name finds no room in
/// letters that are read across a table.
///
/// # Errors
/// Those of a document.
pub fn badges(badges: &Cells<'_, Badge>, fonts: &Fonts) -> Result<Addressed, Fault> {
    let (width, height) = (badges.sheet.width * MM, badges.sheet.height * MM);
    if !badges.sheet.is_folded {
        return sheets(badges, fonts, |setter, badge, _| in_cell(setter, badge, width, height));
    }
    let half = height / 2.0;
    let mut cards = sheets(badges, fonts, |setter, badge, _| {
        let (front, fits) = in_cell(setter, badge, width, half);
        // Who sits behind the card reads it as well. It is the same once more, and read aloud once.
        let back = front.iter().map(|mark| {
            let mut mark = mark.turned(width, half);
            mark.leave();
            mark
        });
        let marks = fold(width, half).chain(back).chain(front.iter().map(|mark| mark.moved(0.0, half)));
        (marks.collect(), fits)
    })?;
    for page in &mut cards.laid.pages {
        let cuts = cuts(badges.sheet);
        page.cells.iter_mut().for_each(|cell| cell.from += cuts.len());
        page.marks.splice(0..0, cuts);
    }
    Ok(cards)
}

/// Where a card is folded.
fn fold(width: f64, at: f64) -> impl Iterator<Item = Mark> {
    let strokes = (width / (2.0 * FOLD)).floor();
    let left = (width - (2.0 * strokes - 1.0) * FOLD) / 2.0;
    (0..strokes as usize).map(move |nth| {
        Bar::decoration(left + 2.0 * FOLD * nth as f64, at - CUT.0 / 2.0, FOLD, CUT.0, Ink::Pale)
    })
}

/// Where cards that lie edge to edge are cut: strokes outside of them, and crosses between them.
fn cuts(sheet: &LabelSheet) -> Vec<Mark> {
    let (thick, off, long) = CUT;
    let edges = |from: f64, pitch: f64, count: usize| -> Vec<f64> {
        (0..=count).map(|nth| (from + pitch * nth as f64) * MM).collect()
    };
    let (xs, ys) =
        (edges(sheet.left, sheet.pitch_x, sheet.columns), edges(sheet.top, sheet.pitch_y, sheet.rows));
    // What stands on a line of cuts: outside at both ends, and across every line between.
    let strokes = |along: &[f64]| -> Vec<f64> {
        let (Some(first), Some(last)) = (along.first(), along.last()) else { return Vec::new() };
        let between = along[1..along.len() - 1].iter().map(|at| at - long / 2.0);
        [first - off - long, last + off].into_iter().chain(between).collect()
    };
    let level = |x: f64, y: f64| Bar::decoration(x, y - thick / 2.0, long, thick, Ink::Grey);
    let upright = |x: f64, y: f64| Bar::decoration(x - thick / 2.0, y, thick, long, Ink::Grey);
    let across = ys.iter().flat_map(|&y| strokes(&xs).into_iter().map(move |x| level(x, y)));
    let down = xs.iter().flat_map(|&x| strokes(&ys).into_iter().map(move |y| upright(x, y)));
    across.chain(down).collect()
}

/// A badge in a cell, everything in its middle; whether all of it is legible.
fn in_cell(setter: &mut Setter<'_>, badge: &Badge, width: f64, height: f64) -> (Vec<Mark>, bool) {
    let part = setter.part(Role::Paragraph, None);
    let scale = (height / USUAL).clamp(0.5, 2.0);
    let room = width - 2.0 * PADDING;
    let style = |size: f64, weight, ink| Style {
        family: Family::Gothic,
        weight,
        size,
        ink,
        edge: Edge::Ragged,
        part: Some(part),
    };
    let small = style(SMALL.0 * scale, Weight::Regular, Ink::Black);
    let mut marks = Vec::new();
    let mut fits = true;
    let mut line = |setter: &mut Setter<'_>, text: &str, style: Style, least: f64, top: f64| {
        let set = setter.fitted(text, style, room);
        let (size, x) = (set.size, (width - set.width) / 2.0);
        fits &= text.is_empty() || size >= least - 0.01;
        if set.width > 0.0 {
            marks.push(set.at(x, top + size * BASELINE));
        }
    };
    line(setter, &badge.over, small, SMALL.1, PADDING);
    let kana = style(KANA * scale, Weight::Regular, Ink::Grey);
    let name = style(NAME.0 * scale, Weight::Bold, Ink::Black);
    // Reading and name about the middle, what is below at the foot.
    let under = 1.4 * small.size * badge.under.len() as f64;
    let over = PADDING + if badge.over.is_empty() { 0.0 } else { 1.4 * small.size };
    let block = 1.2 * name.size + if badge.kana.is_empty() { 0.0 } else { 1.3 * kana.size };
    let free = height - PADDING - under - over - block;
    let mut top = over + free.max(0.0) / 2.0;
    if !badge.kana.is_empty() {
        line(setter, &badge.kana, kana, SMALL.1 - 1.0, top);
        top += 1.3 * kana.size;
    }
    line(setter, &badge.name, name, NAME.1, top);
    for (nth, text) in badge.under.iter().enumerate() {
        let top = height - PADDING - under + 1.4 * small.size * nth as f64;
        line(setter, text, small, SMALL.1, top);
    }
    (marks, fits && free >= -0.01)
}
