//! The page's geometry, and the pieces that fill it.

use std::sync::Arc;

use crate::{Document, Fault, Mark, Sheet};

/// Points in a millimetre.
pub(crate) const MM: f64 = 72.0 / 25.4;
/// The largest page a viewer must show, in millimetres: 14,400 points (ISO 32000-1, annex C.2).
const LARGEST: f64 = 5080.0;

/// The page's geometry in points, as lines see it: `x` runs along them, `y` from line to line. On an upright page
/// columns are the tiers (段) one below the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) is_upright: bool,
    /// Width of the paper.
    pub(crate) width: f64,
    /// Height of the paper.
    pub(crate) height: f64,
    /// Where lines begin.
    pub(crate) left: f64,
    /// Where the first line stands.
    pub(crate) top: f64,
    pub(crate) columns: usize,
    /// Width of a column: a whole number of letters.
    pub(crate) column: f64,
    /// From the beginning of one column to that of the next.
    pub(crate) step: f64,
    /// How large letters are beside those of the standard edition.
    pub(crate) scale: f64,
    /// Size of running text.
    pub(crate) size: f64,
    /// Height of a row.
    pub(crate) row: f64,
    /// Rows on a page.
    pub(crate) rows: usize,
}

impl Frame {
    pub(crate) fn new(document: &Document) -> Result<Self, Fault> {
        let Sheet { width, height, top, right, bottom, left, gutter, .. } = document.sheet;
        let is_upright = document.look.is_upright;
        let columns = usize::from(document.sheet.columns.clamp(1, 3));
        let scale = document.look.scale;
        let (size, row) = if columns >= 2 { (10.0, 17.0) } else { (10.5, 18.5) };
        let (size, row) = (size * scale, row * scale);
        let [across, down] = [(width - left - right) * MM, (height - top - bottom) * MM];
        let (room, depth) = if is_upright { (down, across) } else { (across, down) };
        let between = (columns - 1) as f64;
        let letters = ((room - gutter * MM * between) / columns as f64 / size).floor();
        let rows = (depth / row).floor();
        // Narrower than six letters, kinsoku leaves nothing to choose.
        let is_paper = width <= LARGEST && height <= LARGEST;
        if !(is_paper && letters >= 6.0 && rows >= 4.0) {
            return Err(Fault::Sheet { width, height });
        }
        let column = letters * size;
        let (along, from) = if is_upright { (top, right) } else { (left, top) };
        Ok(Self {
            is_upright,
            width: width * MM,
            height: height * MM,
            // A single column shares what is left over between both sides.
            left: along * MM + if columns == 1 { (room - column) / 2.0 } else { 0.0 },
            top: from * MM,
            columns,
            column,
            step: if columns == 1 { 0.0 } else { (room - column) / between },
            scale,
            size,
            row,
            rows: rows as usize,
        })
    }

    /// Width of all columns and what is between them.
    pub(crate) fn full(&self) -> f64 {
        self.column + self.step * (self.columns - 1) as f64
    }
}

/// A piece of a column that is never parted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Strip {
    /// Rows left blank before it; none at the top of a column.
    pub(crate) lead: usize,
    /// Rows it takes.
    pub(crate) rows: usize,
    /// What is drawn, from the strip's top left corner.
    pub(crate) marks: Vec<Mark>,
    /// What is drawn in the lead, from the same corner.
    pub(crate) lead_marks: Vec<Mark>,
    /// A column may not end after it.
    pub(crate) keep: bool,
    /// Where it finds no room in a column, the text after it passes it.
    pub(crate) floats: bool,
    /// What is drawn before it where it begins a column: the head of its table.
    pub(crate) again: Option<Arc<Strip>>,
    /// The outline's entry.
    pub(crate) heading: Option<String>,
    /// The block that it comes from.
    pub(crate) block: Option<usize>,
    /// It stands across all columns though they are not one.
    pub(crate) is_full: bool,
}
