//! Pages onto the sheets that are printed: with crop marks for a print shop, two on a folded sheet, with marks
//! where a letter is folded.

use crate::{Bar, Document, Ink, Mark, Output, Page, frame::MM};

/// How far colour runs over the cut (塗り足し), and the room about it for the marks.
pub(crate) const BLEED: f64 = 3.0 * MM;
const ABOUT: f64 = 12.0 * MM;
/// Length and thickness of a crop mark (トンボ), of a fold mark.
const CROP: (f64, f64) = (7.0 * MM, 0.3);
const FOLD: (f64, f64) = (4.0 * MM, 0.3);

/// The sheets of a document in the order they are printed.
pub(crate) fn sheets(mut pages: Vec<Page>, document: &Document) -> Vec<Page> {
    let folds = document.sheet.folds;
    if folds > 1 {
        for page in &mut pages {
            let step = page.height / f64::from(folds);
            page.marks.extend((1..folds).map(|at| {
                Bar::decoration(0.0, step * f64::from(at) - FOLD.1 / 2.0, FOLD.0, FOLD.1, Ink::Pale)
            }));
        }
    }
    match document.output {
        Output::Office => pages,
        Output::PrintShop => pages.iter().map(cropped).collect(),
        Output::Folded => folded(pages, document.look.is_upright),
    }
}

/// A page in the middle of a larger sheet, with marks at its corners for the knife.
fn cropped(page: &Page) -> Page {
    let Page { width, height, .. } = *page;
    let (length, thick) = CROP;
    let mut marks: Vec<Mark> = page.marks.iter().map(|mark| mark.moved(ABOUT, ABOUT)).collect();
    for (x, out_x) in [(ABOUT, -1.0), (ABOUT + width, 1.0)] {
        for (y, out_y) in [(ABOUT, -1.0), (ABOUT + height, 1.0)] {
            let from = |edge: f64, out: f64| if out > 0.0 { edge + BLEED } else { edge - BLEED - length };
            marks.push(Bar::decoration(from(x, out_x), y - thick / 2.0, length, thick, Ink::Black));
            marks.push(Bar::decoration(x - thick / 2.0, from(y, out_y), thick, length, Ink::Black));
        }
    }
    let headings = page.headings.iter().map(|(text, y)| (text.clone(), y + ABOUT)).collect();
    let (cut, width, height) = (Some((width, height)), width + 2.0 * ABOUT, height + 2.0 * ABOUT);
    let places = page.places.iter().map(|place| place.moved(ABOUT, ABOUT)).collect();
    Page { width, height, cut, marks, places, headings, ..Page::default() }
}

/// Two pages beside each other, so that the sheets, printed on both sides, laid together and folded, are a booklet.
fn folded(mut pages: Vec<Page>, opens_right: bool) -> Vec<Page> {
    let Some(&Page { width, height, .. }) = pages.first() else { return pages };
    while !pages.len().is_multiple_of(4) {
        pages.push(Page { width, height, ..Page::default() });
    }
    let last = pages.len() - 1;
    let sides = (0..pages.len() / 2).map(|side| {
        // Outer sides carry the last page at the left, inner sides the earlier one; mirrored where a booklet of
        // upright lines opens to the right.
        let outer = (side % 2 == 0) != opens_right;
        let [left, right] = if outer { [last - side, side] } else { [side, last - side] };
        let beside =
            |page: &Page, x: f64| page.marks.iter().map(move |mark| mark.moved(x, 0.0)).collect::<Vec<_>>();
        let marks = [beside(&pages[left], 0.0), beside(&pages[right], width)].concat();
        let headings = [&pages[left], &pages[right]].into_iter().flat_map(|page| page.headings.clone());
        let places = |page: &Page, x: f64| {
            page.places.iter().map(move |place| place.moved(x, 0.0)).collect::<Vec<_>>()
        };
        let places = [places(&pages[left], 0.0), places(&pages[right], width)].concat();
        let (width, headings) = (2.0 * width, headings.collect());
        Page { width, height, cut: None, marks, places, headings, ..Page::default() }
    });
    sides.collect()
}
