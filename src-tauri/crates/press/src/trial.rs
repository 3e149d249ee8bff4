//! A sheet of plain paper that tells how a printer prints: a rule to be measured, and two lines from the edges.

use crate::{
    Addressed, Bar, Created, Family, Fault, Fonts, Front, Ink, Mark, Sheet, Weight,
    frame::MM,
    label::{blank, paper},
    lines::Edge,
    look::Setter,
    page::BASELINE,
    part::Role,
    set::Style,
};

/// How far the two lines stand from the left and from the upper edge; the rule's length and thickness.
const FROM_EDGE: f64 = 20.0 * MM;
const RULE: f64 = 100.0 * MM;
const THICK: f64 = 0.3;
const SIZE: f64 = 9.0;

/// A test sheet.
#[derive(Debug, Clone)]
pub struct Trial<'a> {
    /// Shown in the viewer's title bar, and at the top.
    pub title: &'a str,
    /// Who makes it.
    pub author: &'a str,
    /// When it was made.
    pub created: Created,
    /// The paper: what bears an address, or A4 without it.
    pub front: Option<Front>,
    /// What is measured and where, line by line: the caller's words.
    pub words: &'a [String],
}

/// Sets a test sheet: a line 20 mm from the left edge, one 20 mm from the upper edge, and a rule of 100 mm with a stroke
/// every millimetre. It runs down the sheet, for that finds room on every paper.
///
/// # Errors
/// Those of a document.
pub fn trial(trial: &Trial<'_>, fonts: &Fonts) -> Result<Addressed, Fault> {
    let sheet = trial.front.map_or(Sheet::a4(1), Front::sheet);
    let document = paper(trial.title, trial.author, trial.created, sheet, false);
    let mut setter = Setter::new(&document, fonts)?;
    let mut page = blank(&document);
    let line = |x: f64, y: f64, width: f64, height: f64| Bar::decoration(x, y, width, height, Ink::Black);
    let (width, height) = (page.width, page.height);
    // Printers leave a margin blank, so the lines begin inside of it.
    let edge = 8.0 * MM;
    let mut marks: Vec<Mark> = vec![
        line(FROM_EDGE - THICK / 2.0, edge, THICK, height - 2.0 * edge),
        line(edge, FROM_EDGE - THICK / 2.0, width - 2.0 * edge, THICK),
    ];
    let (x, top) = (FROM_EDGE + 8.0 * MM, FROM_EDGE + 14.0 * MM);
    marks.push(line(x - THICK / 2.0, top - THICK / 2.0, THICK, RULE + THICK));
    for at in 0..=100 {
        let length = if at % 10 == 0 { 6.0 } else { 3.0 - f64::from(u8::from(at % 5 != 0)) } * MM;
        marks.push(line(x, top + f64::from(at) * MM - THICK / 2.0, length, THICK));
    }
    let part = setter.part(Role::Paragraph, None);
    let style = |size, weight| Style {
        family: Family::Gothic,
        weight,
        size,
        ink: Ink::Black,
        edge: Edge::Ragged,
        part: Some(part),
    };
    let left = x + 10.0 * MM;
    let mut pen = FROM_EDGE + 4.0 * MM;
    let room = width - left - edge;
    let title = setter.fitted(trial.title, style(1.3 * SIZE, Weight::Bold), room);
    marks.push(title.at(left, pen + 1.3 * SIZE * BASELINE));
    pen += 2.2 * SIZE;
    for text in trial.words {
        for set in setter.set_all(text, style(SIZE, Weight::Regular), room) {
            marks.push(set.at(left, pen + SIZE * BASELINE));
            pen += 1.5 * SIZE;
        }
        pen += 0.8 * SIZE;
    }
    page.marks = marks;
    let told = setter.into();
    Ok(Addressed::new(document, told, vec![page], Vec::new()))
}
