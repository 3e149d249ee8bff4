//! What is to be printed, in the words of the person who writes it.

use std::sync::Arc;

use crate::Family;

/// A document: how the paper is, and the blocks that stand on it from top to bottom.
#[derive(Debug, Clone)]
pub struct Document {
    /// Shown in the viewer's title bar.
    pub title: String,
    /// Who publishes it, usually the company.
    pub author: String,
    /// The language of the text, for screen readers and spacing.
    pub lang: Lang,
    /// When it was made, told by the caller.
    pub created: Created,
    /// The paper.
    pub sheet: Sheet,
    /// How it looks.
    pub look: Look,
    /// Everything on the pages, in reading order.
    pub blocks: Vec<Block>,
    /// Whether each page carries its number at the foot.
    pub page_numbers: bool,
}

/// How a document looks.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The letterform of running text. Headings are always Gothic.
    pub family: Family,
    /// The one colour beside black.
    pub accent: Rgb,
    /// Whether lines run from top to bottom and follow each other to the left (縦書き).
    pub is_upright: bool,
    /// Whether 、 and 。 may hang over a line's edge (ぶら下げ).
    pub hanging: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { family: Family::Gothic, accent: Rgb::NAVY, is_upright: false, hanging: false }
    }
}

/// One thing on the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// The name of the newsletter across all columns.
    Masthead {
        /// The newsletter's name, large.
        name: String,
        /// Who publishes it.
        line: String,
        /// For instance 「第12号　令和8年 秋」; repeated at the foot of later pages.
        number_and_date: String,
    },
    /// The title of an article; also an entry of the PDF's outline.
    Heading(String),
    /// Who wrote the article.
    Byline(String),
    /// Running text. Every line break in it starts a new paragraph. As in every text of a document,
    /// 「｜縁《えにし》」 is ruby and 「《《強調》》」 emphasis dots.
    Paragraph(String),
    /// People, one a line.
    Names(Vec<NameLine>),
    /// Publisher, address, how to stop the mailing: small, across all columns at the foot of the last page.
    Colophon(Vec<String>),
    /// A photograph as wide as the column, less if it is tall.
    Photo {
        /// A JPEG in grey or RGB; its bytes go into the PDF as they are, turned as its Exif note says.
        jpeg: Arc<[u8]>,
        /// The line below it, may be empty.
        caption: String,
        /// What it shows, for those who cannot see it; where it is empty the caption serves.
        alt: String,
    },
    /// A code to be typed from paper, in large letters of one width, and the same as a QR code beside it.
    Code {
        /// The letters, group by group; several groups are numbered, two a line.
        groups: Vec<String>,
        /// The QR code's rows of squares, true for dark; may be empty.
        squares: Vec<Vec<bool>>,
    },
    /// A thin line across the column.
    Rule,
}

/// One person in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameLine {
    /// The person's name, exactly as stored.
    pub name: String,
    /// What is said about the person, may be empty.
    pub note: String,
}

/// A sheet of paper, all lengths in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sheet {
    /// Width of the paper.
    pub width: f64,
    /// Height of the paper.
    pub height: f64,
    /// Blank above the text.
    pub top: f64,
    /// Blank right of the text.
    pub right: f64,
    /// Blank below the text; the page number stands in it.
    pub bottom: f64,
    /// Blank left of the text.
    pub left: f64,
    /// 1 to 3, on an upright page the tiers one below the other; anything else is taken as the nearest of them.
    pub columns: u8,
    /// Least blank between two columns. What is left when a line holds a whole number of letters is added.
    pub gutter: f64,
}

impl Sheet {
    /// A4 upright (ISO 216: 210 × 297 mm) with the margins of a newsletter.
    pub const fn a4(columns: u8) -> Self {
        // One column of the full width would hold 48 letters a line; 40 are the most that is read with ease.
        let side = if columns >= 2 { 19.0 } else { 30.0 };
        Self {
            width: 210.0,
            height: 297.0,
            top: 18.0,
            right: side,
            bottom: 22.0,
            left: side,
            columns,
            gutter: 8.0,
        }
    }
}

/// The language of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Japanese.
    Ja,
    /// English.
    En,
}

/// A moment on the office's wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Created {
    /// Year of our era, four digits.
    pub year: u16,
    /// 1–12.
    pub month: u8,
    /// 1–31.
    pub day: u8,
    /// 0–23.
    pub hour: u8,
    /// 0–59.
    pub minute: u8,
    /// 0–59.
    pub second: u8,
}

/// A colour as on a screen, 0–255 each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(
    /// Red.
    pub u8,
    /// Green.
    pub u8,
    /// Blue.
    pub u8,
);

impl Rgb {
    /// The navy of a calm company newsletter.
    pub const NAVY: Self = Self(0x1f, 0x4e, 0x79);
}
