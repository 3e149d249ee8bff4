//! The measures of label sheets, postcards and window envelopes, from a dated file. They are no code: a maker changes
//! a sheet, and the file changes.

use std::sync::LazyLock;

use crate::frame::MM;

/// The file.
const PAPER: &str = include_str!("paper-2026-11.tsv");

/// A sheet of labels on A4. Lengths are millimetres.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelSheet {
    /// Its name among the sheets.
    pub id: String,
    /// Labels beside each other.
    pub columns: usize,
    /// Labels below each other.
    pub rows: usize,
    /// Width of a label.
    pub width: f64,
    /// Height of a label.
    pub height: f64,
    /// The first label's left edge.
    pub left: f64,
    /// The first label's upper edge.
    pub top: f64,
    /// From one label's left edge to the next one's.
    pub pitch_x: f64,
    /// From one label's upper edge to the next one's.
    pub pitch_y: f64,
    /// Two sources agree on it; else it is tried on plain paper first (要確認).
    pub is_verified: bool,
    /// Which products have this layout.
    pub products: String,
    /// Each is cut out and folded across its middle, and stands on a table.
    pub is_folded: bool,
}

/// The sheets that are known, the most usual first.
pub fn label_sheets() -> Vec<LabelSheet> {
    rows("label").filter_map(|row| label_sheet(row, false)).collect()
}

/// The sheets of name tags and table cards that are known, the most usual first.
pub fn badge_sheets() -> Vec<LabelSheet> {
    let flat = rows("tag").filter_map(|row| label_sheet(row, false));
    flat.chain(rows("tent").filter_map(|row| label_sheet(row, true))).collect()
}

fn label_sheet(row: &[&str], is_folded: bool) -> Option<LabelSheet> {
    let &[id, columns, rows, width, height, left, top, pitch_x, pitch_y, state, products] = row else {
        return None;
    };
    Some(LabelSheet {
        id: id.to_owned(),
        columns: columns.parse().ok()?,
        rows: rows.parse().ok()?,
        width: width.parse().ok()?,
        height: height.parse().ok()?,
        left: left.parse().ok()?,
        top: top.parse().ok()?,
        pitch_x: pitch_x.parse().ok()?,
        pitch_y: pitch_y.parse().ok()?,
        is_verified: state == "ok",
        products: products.to_owned(),
        is_folded,
    })
}

impl LabelSheet {
    /// How many labels are on a sheet.
    pub fn faces(&self) -> usize {
        self.columns * self.rows
    }

    /// A label's left and upper edge, in points; 0 is the first, and they go on to the right.
    pub(crate) fn corner(&self, face: usize) -> (f64, f64) {
        let (column, row) = (face % self.columns, face / self.columns);
        ((self.left + self.pitch_x * column as f64) * MM, (self.top + self.pitch_y * row as f64) * MM)
    }
}

/// A measure of a card or a letter, in points; 0 where the file does not have it, which a test keeps from happening.
pub(crate) fn measure(kind: &str, what: &str) -> f64 {
    number(kind, what) * MM
}

/// As the file has it.
pub(crate) fn number(kind: &str, what: &str) -> f64 {
    let found = rows(kind).find(|row| row.first() == Some(&what));
    found.and_then(|row| row.get(1)?.parse::<f64>().ok()).unwrap_or_default()
}

/// The rows of one kind, without its name. The file is taken apart once: a thousand cards ask for their measures.
fn rows(kind: &str) -> impl Iterator<Item = &'static [&'static str]> {
    static ROWS: LazyLock<Vec<Vec<&str>>> =
        LazyLock::new(|| PAPER.lines().map(|line| line.split('\t').collect()).collect());
    ROWS.iter().filter(move |row| row.first() == Some(&kind)).map(|row| &row[1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_of_labels_finds_room_on_a4() {
        let said = ["label", "tag", "tent"].map(|kind| rows(kind).count());
        assert_eq!((label_sheets().len(), badge_sheets().len(), said), (9, 4, [9, 2, 2]));
        for sheet in label_sheets().into_iter().chain(badge_sheets()) {
            let across = sheet.left + sheet.pitch_x * (sheet.columns - 1) as f64 + sheet.width;
            let down = sheet.top + sheet.pitch_y * (sheet.rows - 1) as f64 + sheet.height;
            // JIS P 0138 allows A4 1.5 mm and 2 mm.
            assert!(across <= 210.0 + 0.5 && down <= 297.0 + 0.5, "{}: {across} × {down}", sheet.id);
        }
    }

    #[test]
    fn every_measure_is_a_number_above_nothing() {
        for (kind, count) in [("card", 20), ("naga3", 20), ("kaku2", 20), ("letter", 4), ("reply", 2)] {
            assert_eq!(rows(kind).count(), count, "{kind}");
            for row in rows(kind) {
                assert!(measure(kind, row[0]) > 0.0, "{row:?}");
            }
        }
    }
}
