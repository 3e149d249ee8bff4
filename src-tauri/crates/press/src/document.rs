//! What is to be printed, in the words of the person who writes it.

use std::sync::Arc;

use crate::{Crop, DESIGNS, Design, Family};

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
    /// What the company's seal says, up to nine letters beside the masthead; may be empty.
    pub seal: String,
    /// The company's mark before the masthead's name: a JPEG as [`crate::emblem`] makes it.
    pub emblem: Option<Arc<[u8]>>,
    /// Who prints it, and how.
    pub output: Output,
    /// Everything on the pages, in reading order.
    pub blocks: Vec<Block>,
    /// Whether each page carries its number at the foot.
    pub page_numbers: bool,
}

/// Who prints a document, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Output {
    /// The office printer, page by page.
    #[default]
    Office,
    /// A print shop: the page on a larger sheet with crop marks and 3 mm of bleed.
    PrintShop,
    /// Sheets of double width, printed on both sides and folded once into a booklet.
    Folded,
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
    /// How large letters are beside those of the standard edition, which is 1.
    pub scale: f64,
    /// Black and greys only; photographs too, where a [`crate::Darkroom`] is at hand.
    pub is_grey: bool,
    /// The forms of masthead and headings.
    pub design: Design,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            family: Family::Gothic,
            accent: Rgb::NAVY,
            is_upright: false,
            hanging: false,
            scale: 1.0,
            is_grey: false,
            design: DESIGNS[0],
        }
    }
}

/// One thing on the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// The name of the newsletter, or of a sheet, across all columns; each begins a page.
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
        /// A JPEG in grey or RGB, turned as its Exif note says.
        jpeg: Arc<[u8]>,
        /// The line below it, may be empty.
        caption: String,
        /// What it shows, for those who cannot see it; where it is empty the caption serves.
        alt: String,
        /// The part of it that is shown.
        crop: Crop,
    },
    /// A code to be typed from paper, in large letters of one width, and the same as a QR code beside it.
    Code {
        /// The letters, group by group; several groups are numbered, two a line.
        groups: Vec<String>,
        /// The QR code's rows of squares, true for dark; may be empty.
        squares: Vec<Vec<bool>>,
    },
    /// A QR code, and beside it what it leads to.
    Qr {
        /// The QR code's rows of squares, true for dark.
        squares: Vec<Vec<bool>>,
        /// What stands beside it; whoever cannot see the code hears it.
        text: String,
    },
    /// Words out of the text, shown large.
    Quote(String),
    /// A box.
    Aside {
        /// What it is about.
        heading: String,
        /// Its text; every line break starts a new paragraph.
        text: String,
    },
    /// Rows under a head, which is drawn again where they go on in another column.
    Table {
        /// The names of the columns.
        head: Vec<String>,
        /// The rows, each with as many cells.
        rows: Vec<Vec<String>>,
    },
    /// A thin line across the column.
    Rule,
    /// The same block across all columns. What stands before it ends level above it.
    Across(Box<Block>),
    /// A block in another language than the document's.
    In(Lang, Box<Block>),
}

impl Block {
    /// The block itself, wherever it stands and whatever its language.
    pub(crate) fn bare(&self) -> &Self {
        match self {
            Self::Across(block) | Self::In(_, block) => block.bare(),
            other => other,
        }
    }

    /// Whether it stands across all columns.
    pub(crate) fn is_across(&self) -> bool {
        match self {
            Self::Across(_) => true,
            Self::In(_, block) => block.is_across(),
            _ => false,
        }
    }
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
    /// Into how many parts it is folded for an envelope, with marks at its left edge: 3 for a long envelope; 0 for not.
    pub folds: u8,
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
            folds: 0,
        }
    }
}

impl Sheet {
    /// B5 upright as Japan has it (JIS P 0138: 182 × 257 mm).
    pub const fn b5(columns: u8) -> Self {
        let side = if columns >= 2 { 15.0 } else { 22.0 };
        Self { width: 182.0, height: 257.0, right: side, left: side, gutter: 7.0, ..Self::a4(columns) }
    }

    /// Letter upright (ANSI Y14.1: 8½ × 11 inches).
    pub const fn letter(columns: u8) -> Self {
        Self { width: 215.9, height: 279.4, ..Self::a4(columns) }
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

impl Lang {
    /// Its tag (BCP 47).
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }
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

    /// The colour, or one so much darker that its letters on white paper, and white letters on it, are read by everyone:
    /// a contrast of 4.5 (WCAG 2.2, 1.4.3).
    pub fn readable(self) -> Self {
        let Self(r, g, b) = self;
        let light = |[r, g, b]: [f64; 3]| {
            let linear = |value: f64| {
                let part = value / 255.0;
                if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
        };
        let darker =
            |step: u32| [r, g, b].map(|value| (f64::from(value) * (1.0 - f64::from(step) * 0.05)).floor());
        let found = (0..20).map(darker).find(|colour| 1.05 / (light(*colour) + 0.05) >= 4.5);
        // Black when nothing else is dark enough, which cannot be.
        let [r, g, b] = found.unwrap_or_default();
        Self(r as u8, g as u8, b as u8)
    }
}
