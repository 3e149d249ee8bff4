//! A set page: marks at places. Nothing here knows Japanese or PDF.

use std::sync::Arc;

/// One page. Lengths are PostScript points (1/72 inch) from the top left corner of the paper.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Width of the paper.
    pub width: f64,
    /// Height of the paper.
    pub height: f64,
    /// What is drawn, in reading order.
    pub marks: Vec<Mark>,
    /// The headings that begin on this page with the height at which they do, for the outline.
    pub headings: Vec<(String, f64)>,
}

impl Page {
    /// The lines of text on the page in reading order.
    pub fn lines(&self) -> impl Iterator<Item = &Text> {
        self.marks.iter().filter_map(|mark| match mark {
            Mark::Text(text) => Some(text),
            Mark::Bar(_) | Mark::Picture(_) => None,
        })
    }
}

/// Something drawn.
#[derive(Debug, Clone)]
pub enum Mark {
    /// A line of text.
    Text(Text),
    /// A filled rectangle: all rules are such.
    Bar(Bar),
    /// A photograph.
    Picture(Picture),
}

impl Mark {
    /// The same mark further right and down.
    pub(crate) fn moved(&self, x: f64, y: f64) -> Self {
        match self {
            Self::Text(text) => Self::Text(Text { x: text.x + x, y: text.y + y, ..text.clone() }),
            Self::Picture(picture) => {
                Self::Picture(Picture { x: picture.x + x, y: picture.y + y, ..picture.clone() })
            }
            Self::Bar(bar) => Self::Bar(Bar { x: bar.x + x, y: bar.y + y, ..*bar }),
        }
    }
}

/// A line of text in one size and colour.
#[derive(Debug, Clone)]
pub struct Text {
    /// Left end of the line.
    pub x: f64,
    /// The baseline.
    pub y: f64,
    /// The room the line was set for, from `x`; a justified line fills it.
    pub measure: f64,
    /// How far the ink's bodies reach from `x`.
    pub width: f64,
    /// Size of the letters.
    pub size: f64,
    /// Colour of the letters.
    pub ink: Ink,
    /// The glyphs from left to right.
    pub glyphs: Vec<Placed>,
}

impl Text {
    /// The letters of the line as they will be found when searching the PDF.
    pub fn letters(&self) -> String {
        self.glyphs.iter().map(|placed| placed.glyph.text.as_str()).collect()
    }
}

/// A glyph at its place in a line.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Distance of the glyph's origin from the line's left end, in em of the line's size.
    pub x: f64,
    /// What is drawn.
    pub glyph: Glyph,
}

/// One drawing of one face, and the letters it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// Index of the face in [`Fonts`](crate::Fonts).
    pub face: usize,
    /// The face's number for the drawing; never 0, which is a face's "no such letter".
    pub gid: u16,
    /// How far the pen moves, in em.
    pub advance: f64,
    /// How far the drawing is moved right of the pen, in em.
    pub shift: f64,
    /// How far the drawing is raised, in em.
    pub rise: f64,
    /// The letters exactly as written; a copied text gives them back.
    pub text: String,
}

/// A filled rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// Colour.
    pub ink: Ink,
}

/// A photograph in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// The JPEG file.
    pub jpeg: Arc<[u8]>,
}

/// What the printer lays down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Pure black, so that a colour printer uses only its black.
    Black,
    /// Dark grey for what is read second.
    Grey,
    /// Light grey for hairlines.
    Pale,
    /// The document's colour.
    Accent,
}
