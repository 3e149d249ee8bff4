//! A document in, PDF bytes out: typesetting for Japanese and Latin.
//!
//! Text becomes `items`, items become `lines`; `look` makes blocks of them and `flow` fills columns and pages
//! with these. `emit` writes what pages draw, with fonts and pictures made by printpdf, whose types appear nowhere else but in
//! `census`; `finish` puts the file together. The crate is a function: no clock, no disk, no environment, and the same
//! document with the same fonts gives the same bytes.
//!
//! "JLREQ" in comments is the W3C's *Requirements for Japanese Text Layout*.

mod address;
mod badge;
mod bars;
mod beside;
mod card;
mod census;
mod content;
mod darkroom;
mod design;
mod document;
mod edition;
mod emblem;
mod emit;
mod face;
mod figures;
mod finish;
mod flow;
mod fonts;
mod frame;
mod furniture;
mod geometry;
mod glue;
mod items;
mod kinsoku;
mod label;
mod latin;
mod letter;
mod lines;
mod links;
mod look;
mod message;
mod notation;
mod page;
mod part;
mod pdf;
mod photo;
mod reply;
mod run;
mod set;
mod sheets;
mod small;
mod tags;
mod trial;
mod truetype;
mod upright;

pub use address::{Addressed, Addressee, Name};
pub use badge::{Badge, badges};
pub use card::{Cards, cards};
pub use darkroom::Darkroom;
pub use design::{DESIGNS, Design};
pub use document::{Block, Created, Document, Lang, Look, NameLine, Output, Rgb, Sheet};
pub use edition::Edition;
pub use emblem::emblem;
pub use face::Front;
pub use fonts::{Face, Family, Fonts, Weight};
pub use geometry::{LabelSheet, badge_sheets, label_sheets};
pub use label::{Cells, labels};
pub use letter::{Letters, letters};
pub use message::{Backs, Message, backs};
pub use page::{Bar, Cell, Glyph, Ink, Mark, Page, Picture, Place, Placed, Stance, Text};
pub use part::{Part, Role};
pub use photo::{Crop, NoPhoto, cleaned};
pub use reply::{Double, Doubles, Replies, Reply, ReplyField, doubles, replies};
pub use run::{CellRun, Run, cells, run, run_cells};
pub use trial::{Trial, trial};
pub use truetype::Read;

/// A finished document and what the reader should be told before it goes to the printer.
#[derive(Debug, Clone)]
pub struct Printed {
    /// The PDF file.
    pub pdf: Vec<u8>,
    /// How many pages it has; at least one.
    pub pages: usize,
    /// Width and height of the first, in points.
    pub size: (f64, f64),
    /// How many letters of running text still find room on the last page.
    pub room: usize,
    /// … and on an empty one.
    pub page_room: usize,
    /// How many letters stand on each page, before pages are folded or cut.
    pub letters: Vec<usize>,
    /// Where blocks stand, page by page.
    pub places: Vec<Vec<Place>>,
    /// The letters no face could draw; they stand as 〓 on the page.
    pub missing: Vec<Missing>,
    /// The photographs that are too small for the place they fill.
    pub coarse: Vec<Coarse>,
}

/// A letter that no face has. It is drawn as 〓 (geta), which every proof-reader knows, never as a box.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// The letter as written, with its variation selector or combining marks.
    pub letter: String,
    /// The words around it, cut to a readable length.
    pub within: String,
}

/// A photograph with fewer than [`SHARP`] dots an inch at the size it is printed: on paper it looks blurred.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coarse {
    /// The line below it.
    pub caption: String,
    /// Dots an inch.
    pub dpi: u32,
}

/// Dots an inch from which on a photograph looks sharp on an office printer.
pub const SHARP: u32 = 200;

/// Pages before they are written: every line and rule where it will stand on the paper.
#[derive(Debug, Clone)]
pub struct Laid {
    /// The pages in order; at least one.
    pub pages: Vec<Page>,
    /// How many letters of running text still find room on the last page.
    pub room: usize,
    /// … and on an empty one.
    pub page_room: usize,
    /// How many letters stand on each page, before pages are folded or cut.
    pub letters: Vec<usize>,
    /// What pages may have below their own marks: written once, however many pages show it.
    pub layers: Vec<Page>,
    /// What the marks on the pages belong to, in reading order.
    pub parts: Vec<Part>,
    /// The letters no face could draw.
    pub missing: Vec<Missing>,
    /// The photographs that are too small for the place they fill.
    pub coarse: Vec<Coarse>,
}

/// Why nothing could be printed. The text is for the log.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The bytes of a face are not a TrueType font.
    #[error("face {0} is not a readable TrueType font")]
    Face(String),
    /// Without one face holding 〓 a missing letter could not be marked.
    #[error("no face holds the geta mark 〓 (U+3013)")]
    NoGeta,
    /// The margins leave no room for a line of text.
    #[error("the margins leave no room on a sheet of {width} × {height} mm")]
    Sheet {
        /// Sheet width in mm.
        width: f64,
        /// Sheet height in mm.
        height: f64,
    },
    /// A photograph is not an 8-bit JPEG in grey or RGB.
    #[error("the photograph {0:?} is not a JPEG in grey or RGB")]
    Photo(String),
    /// A face could not be cut down to the letters used.
    #[error("face {face} could not be subset: {why}")]
    Subset {
        /// The face's name.
        face: String,
        /// What the subsetter said.
        why: String,
    },
    /// The PDF's objects could not be written.
    #[error("the PDF could not be written: {0}")]
    Write(#[from] lopdf::Error),
}

/// Sets the document into pages without writing a PDF.
pub fn lay(document: &Document, fonts: &Fonts) -> Result<Laid, Fault> {
    flow::lay(document, fonts)
}

/// Sets the document and writes it as PDF 1.7 with embedded, subset fonts. Photographs go in as they are.
pub fn print(document: &Document, fonts: &Fonts) -> Result<Printed, Fault> {
    printed(document, fonts, None)
}

/// As [`print`], with photographs no larger than they are printed, and without colours where the document has none.
pub fn print_fitted(document: &Document, fonts: &Fonts, darkroom: &Darkroom) -> Result<Printed, Fault> {
    printed(document, fonts, Some(darkroom))
}

fn printed(document: &Document, fonts: &Fonts, darkroom: Option<&Darkroom>) -> Result<Printed, Fault> {
    let laid = lay(document, fonts)?;
    let pdf = emit::emit(document, &laid, fonts, darkroom)?;
    let Laid { pages, room, page_room, letters, missing, coarse, .. } = laid;
    let size = pages.first().map_or((0.0, 0.0), |page| (page.width, page.height));
    let places: Vec<Vec<Place>> = pages.into_iter().map(|page| page.places).collect();
    Ok(Printed { pdf, pages: places.len(), size, room, page_room, letters, places, missing, coarse })
}
