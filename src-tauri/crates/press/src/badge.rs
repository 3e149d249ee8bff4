//! Name tags (名札) and table cards (席札) on sheets of cells.

use crate::{
    Addressed, Created, Family, Fault, Fonts, Ink, LabelSheet, Mark, Sheet, Weight,
    frame::MM,
    label::{blank, outlines, paper},
    lines::Edge,
    look::Setter,
    page::BASELINE,
    part::Role,
    set::Style,
};

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

/// Name tags or table cards to be printed.
#[derive(Debug, Clone)]
pub struct Badges<'a> {
    /// Shown in the viewer's title bar.
    pub title: &'a str,
    /// Who makes them.
    pub author: &'a str,
    /// When they were made.
    pub created: Created,
    /// The sheet, one of [`crate::badge_sheets`] or of the labels'.
    pub sheet: &'a LabelSheet,
    /// How many cells of the first sheet are used up.
    pub used: usize,
    /// The edges of the cells are drawn: for a try on plain paper, or to be cut.
    pub outlined: bool,
    /// What stands on them.
    pub badges: &'a [Badge],
}

/// Sets name tags or table cards, sheet after sheet. [`Addressed::tight`] names those whose name finds no room in
/// letters that are read across a table.
///
/// # Errors
/// Those of a document.
pub fn badges(badges: &Badges<'_>, fonts: &Fonts) -> Result<Addressed, Fault> {
    let sheet = badges.sheet;
    let document = paper(badges.title, badges.author, badges.created, Sheet::a4(1), false);
    let mut setter = Setter::new(&document, fonts)?;
    let faces = sheet.faces().max(1);
    let used = badges.used % faces;
    let mut pages = Vec::new();
    let mut tight = Vec::new();
    for (at, badge) in badges.badges.iter().enumerate() {
        let face = (used + at) % faces;
        if at == 0 || face == 0 {
            let mut page = blank(&document);
            if badges.outlined {
                page.marks = outlines(sheet);
            }
            pages.push(page);
        }
        let (x, y) = sheet.corner(face);
        let (marks, fits) = in_cell(&mut setter, badge, sheet.width * MM, sheet.height * MM);
        if !fits {
            tight.push(at);
        }
        if let Some(page) = pages.last_mut() {
            page.marks.extend(marks.iter().map(|mark| mark.moved(x, y)));
        }
    }
    if pages.is_empty() {
        pages.push(blank(&document));
    }
    let told = setter.into();
    Ok(Addressed::new(document, told, pages, tight))
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
