//! Sheets of cells, and address labels on them.

use crate::{
    Addressed, Addressee, Bar, Cell, Created, Document, Fault, Fonts, Ink, LabelSheet, Lang, Look, Mark,
    Output, Page, Sheet, frame::MM, look::Setter,
};

/// Blank between a label's edge and its letters, in points; the more so where a label ends at the paper's edge, which
/// printers leave blank.
const PADDING: f64 = 3.5 * MM;
const EDGE: f64 = 6.0 * MM;
/// Thickness of the lines of a test sheet.
const LINE: f64 = 0.3;

/// What is set into the cells of sheets: addresses on labels, name tags, table cards.
#[derive(Debug, Clone)]
pub struct Cells<'a, T> {
    /// Shown in the viewer's title bar.
    pub title: &'a str,
    /// Who sends, or makes them.
    pub author: &'a str,
    /// When they were made.
    pub created: Created,
    /// The sheet.
    pub sheet: &'a LabelSheet,
    /// How many cells of the first sheet are used up.
    pub used: usize,
    /// The edges of the cells are drawn: for a try on plain paper, or to be cut.
    pub outlined: bool,
    /// What stands in them, one each.
    pub of: &'a [T],
}

/// Sets labels, sheet after sheet.
///
/// # Errors
/// Those of a document.
pub fn labels(labels: &Cells<'_, Addressee>, fonts: &Fonts) -> Result<Addressed, Fault> {
    let (width, height) = (labels.sheet.width * MM, labels.sheet.height * MM);
    sheets(labels, fonts, |setter, to, (x, y)| {
        let left = if x < EDGE { EDGE - x } else { PADDING };
        let right = if x + width > Sheet::a4(1).width * MM - EDGE { EDGE } else { PADDING };
        let top = if y < EDGE { EDGE - y } else { PADDING };
        let (marks, fits) = setter.in_box(to, width - left - right, height - top - PADDING);
        (marks.iter().map(|mark| mark.moved(left, top)).collect(), fits)
    })
}

/// Sets cells, sheet after sheet. `set` is told where on the paper a cell begins, and sets it from its own corner;
/// whether all of it is legible.
pub(crate) fn sheets<T>(
    cells: &Cells<'_, T>,
    fonts: &Fonts,
    mut set: impl FnMut(&mut Setter<'_>, &T, (f64, f64)) -> (Vec<Mark>, bool),
) -> Result<Addressed, Fault> {
    let sheet = cells.sheet;
    let document = paper(cells.title, cells.author, cells.created, Sheet::a4(1), false);
    let mut setter = Setter::new(&document, fonts)?;
    let faces = sheet.faces().max(1);
    let used = cells.used % faces;
    let mut pages: Vec<Page> = Vec::new();
    let mut tight = Vec::new();
    let places = used + cells.of.len();
    for place in 0..places.next_multiple_of(faces) {
        let face = place % faces;
        if face == 0 {
            let mut page = blank(&document);
            if cells.outlined {
                page.marks = outlines(sheet);
            }
            pages.push(page);
        }
        let Some(page) = pages.last_mut() else { break };
        let (x, y) = sheet.corner(face);
        let of = place.checked_sub(used).filter(|at| *at < cells.of.len());
        page.cells.push(Cell { x, y, of, from: page.marks.len() });
        let Some((at, one)) = of.and_then(|at| Some((at, cells.of.get(at)?))) else { continue };
        let (marks, fits) = set(&mut setter, one, (x, y));
        if !fits {
            tight.push(at);
        }
        page.marks.extend(marks.iter().map(|mark| mark.moved(x, y)));
    }
    Ok(Addressed::or_blank(&document, setter, pages, tight))
}

/// The edges of every label.
pub(crate) fn outlines(sheet: &LabelSheet) -> Vec<Mark> {
    let (width, height) = (sheet.width * MM, sheet.height * MM);
    let frame = |face: usize| {
        let (x, y) = sheet.corner(face);
        framed(x, y, width, height)
    };
    (0..sheet.faces()).flat_map(frame).collect()
}

/// A frame whose lines stand with their middle on the edges.
pub(crate) fn framed(x: f64, y: f64, width: f64, height: f64) -> [Mark; 4] {
    let half = LINE / 2.0;
    [
        Bar::decoration(x - half, y - half, width + LINE, LINE, Ink::Pale),
        Bar::decoration(x - half, y + height - half, width + LINE, LINE, Ink::Pale),
        Bar::decoration(x - half, y - half, LINE, height + LINE, Ink::Pale),
        Bar::decoration(x + width - half, y - half, LINE, height + LINE, Ink::Pale),
    ]
}

/// A document without blocks: what stands on it is placed to the millimetre.
pub(crate) fn paper(title: &str, author: &str, created: Created, sheet: Sheet, is_upright: bool) -> Document {
    Document {
        title: title.to_owned(),
        author: author.to_owned(),
        lang: Lang::Ja,
        created,
        sheet,
        look: Look { is_upright, ..Look::default() },
        seal: String::new(),
        emblem: None,
        output: Output::Office,
        blocks: Vec::new(),
        page_numbers: false,
    }
}

/// An empty page of a document.
pub(crate) fn blank(document: &Document) -> Page {
    let Sheet { width, height, .. } = document.sheet;
    Page { width: width * MM, height: height * MM, ..Page::default() }
}
