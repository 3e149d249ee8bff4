//! A set page: marks at places. Nothing here knows Japanese or PDF.

use std::{ops::Range, sync::Arc};

use crate::Crop;

/// Where the baseline cuts the em square of Japanese faces, from the top.
pub(crate) const BASELINE: f64 = 0.88;

/// One page. Lengths are PostScript points (1/72 inch) from the top left corner of the paper.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Width of the paper.
    pub width: f64,
    /// Height of the paper.
    pub height: f64,
    /// The size it is cut to when it comes from the press, from the middle of the paper; nothing is cut off when
    /// there is none.
    pub cut: Option<(f64, f64)>,
    /// What is drawn, in reading order.
    pub marks: Vec<Mark>,
    /// Which of the layers stands below them, and how much further on this page's parts are than those its marks name.
    pub layer: Option<(usize, usize)>,
    /// Where the document's blocks stand, in reading order.
    pub places: Vec<Place>,
    /// The headings that begin on this page with the height at which they do, for the outline.
    pub headings: Vec<(String, f64)>,
    /// The cells of a sheet of labels, all of them and in order; other paper has none.
    pub cells: Vec<Cell>,
}

/// A cell of a sheet of labels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// Which of all labels is stuck there, from 0; none on a cell that stays empty.
    pub of: Option<usize>,
    /// The first of the page's marks that stand in it: those up to the next cell's.
    pub from: usize,
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

/// Where a block of the document, or as much of it as one column holds, stands on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The block, by its place in the document.
    pub block: usize,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Place {
    /// The same further right and down.
    pub(crate) fn moved(self, x: f64, y: f64) -> Self {
        Self { x: self.x + x, y: self.y + y, ..self }
    }

    /// The same on a page `width` wide whose lines run from top to bottom.
    pub(crate) fn upright(self, width: f64) -> Self {
        let Self { block, x, y, width: along, height } = self;
        Self { block, x: width - y - height, y: x, width: height, height: along }
    }

    /// Whether another one follows in the same column.
    pub(crate) fn goes_on_with(&self, next: &Self, is_upright: bool) -> bool {
        let one = |a: f64, b: f64| (a - b).abs() < 0.01;
        if is_upright {
            one(self.y, next.y) && next.x < self.x
        } else {
            one(self.x, next.x) && next.y > self.y
        }
    }

    pub(crate) fn join(&mut self, next: &Self) {
        let (x, y) = (self.x.min(next.x), self.y.min(next.y));
        let right = (self.x + self.width).max(next.x + next.width);
        let bottom = (self.y + self.height).max(next.y + next.height);
        *self = Self { block: self.block, x, y, width: right - x, height: bottom - y };
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
    /// The part of the document it belongs to.
    pub(crate) fn part(&self) -> Option<usize> {
        match self {
            Self::Text(text) => text.part,
            Self::Bar(bar) => bar.part,
            Self::Picture(picture) => picture.part,
        }
    }

    /// Names a part that is so much further on.
    pub(crate) fn shift_part(&mut self, by: usize) {
        let part = match self {
            Self::Text(text) => {
                text.links.iter_mut().for_each(|(_, part)| *part += by);
                &mut text.part
            }
            Self::Bar(bar) => &mut bar.part,
            Self::Picture(picture) => &mut picture.part,
        };
        *part = part.map(|part| part + by);
    }

    /// Makes it a decoration: it belongs to no part any more.
    pub(crate) fn leave(&mut self) {
        match self {
            Self::Text(text) => {
                text.part = None;
                text.links.clear();
            }
            Self::Bar(bar) => bar.part = None,
            Self::Picture(picture) => picture.part = None,
        }
    }

    /// The same mark on paper `width` wide, when lines run from top to bottom and follow each other to the left:
    /// what was `x` is the way down, what was `y` the way from the right edge. A photograph is not turned.
    pub(crate) fn upright(&self, width: f64) -> Self {
        match self {
            Self::Text(text) => {
                let axis = text.y - (BASELINE - 0.5) * text.size;
                Self::Text(Text { x: width - axis, y: text.x, is_upright: true, ..text.clone() })
            }
            Self::Bar(bar) => {
                let (x, y) = (width - bar.y - bar.height, bar.x);
                Self::Bar(Bar { x, y, width: bar.height, height: bar.width, ..*bar })
            }
            Self::Picture(picture) => {
                let (x, y) = (width - picture.y - picture.height, picture.x);
                let (wide, high) = (picture.height, picture.width);
                Self::Picture(Picture { x, y, width: wide, height: high, ..picture.clone() })
            }
        }
    }

    /// The same mark on its head, in a field so wide and so high. A photograph is not turned.
    pub(crate) fn turned(&self, width: f64, height: f64) -> Self {
        match self {
            Self::Text(text) => {
                let (x, y) = (width - text.x, height - text.y);
                Self::Text(Text { x, y, is_turned: !text.is_turned, ..text.clone() })
            }
            Self::Bar(bar) => {
                let (x, y) = (width - bar.x - bar.width, height - bar.y - bar.height);
                Self::Bar(Bar { x, y, ..*bar })
            }
            Self::Picture(picture) => {
                let (x, y) = (width - picture.x - picture.width, height - picture.y - picture.height);
                Self::Picture(Picture { x, y, ..picture.clone() })
            }
        }
    }

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
    /// Left end of the line; of an upright line the axis through the middle of its letters.
    pub x: f64,
    /// The baseline; of an upright line its upper end.
    pub y: f64,
    /// The room the line was set for, from its beginning; a justified line fills it.
    pub measure: f64,
    /// How far the ink's bodies reach from the beginning.
    pub width: f64,
    /// Size of the letters.
    pub size: f64,
    /// Colour of the letters.
    pub ink: Ink,
    /// Whether the line runs from top to bottom.
    pub is_upright: bool,
    /// Whether it stands on its head, about its beginning: it is read from the other side of a table.
    pub is_turned: bool,
    /// The part of the document it belongs to; none for what the press adds.
    pub part: Option<usize>,
    /// Glyphs of it that belong to another part, an address that leads somewhere; in order.
    pub links: Vec<(Range<usize>, usize)>,
    /// What was to be set ends with this line.
    pub is_last: bool,
    /// The glyphs in reading order.
    pub glyphs: Vec<Placed>,
}

impl Text {
    /// The letters of the line as they will be found when searching the PDF.
    pub fn letters(&self) -> String {
        self.glyphs.iter().map(|placed| placed.glyph.text.as_str()).collect()
    }
}

/// A glyph at its place in a line. Lengths are in em of the line's size.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Distance of the glyph's origin from the line's beginning.
    pub x: f64,
    /// How far it stands towards the line before: upwards, in an upright line to the right.
    pub rise: f64,
    /// Its size as a part of the line's: less than 1 for ruby and emphasis dots.
    pub scale: f64,
    /// What is drawn.
    pub glyph: Glyph,
}

/// How a glyph stands in its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// As in a level line; in an upright line for two figures side by side (縦中横).
    Level,
    /// Below the glyph before it, in the form the face has for that.
    Upright,
    /// Lying on its right side, as Latin words do in an upright line.
    Turned,
}

/// One drawing of one face, and the letters it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// Index of the face in [`Fonts`](crate::Fonts).
    pub face: usize,
    /// The face's number for the drawing; never 0, which is a face's "no such letter".
    pub gid: u16,
    /// How it stands.
    pub stance: Stance,
    /// How far the pen moves along the line, in em.
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
    /// The part of the document it belongs to; none for decoration.
    pub part: Option<usize>,
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
    /// The part of the document it is.
    pub part: Option<usize>,
    /// The JPEG file.
    pub jpeg: Arc<[u8]>,
    /// The part of it that is shown.
    pub crop: Crop,
}

impl Bar {
    /// A rule or another decoration.
    pub(crate) fn decoration(x: f64, y: f64, width: f64, height: f64, ink: Ink) -> Mark {
        Mark::Bar(Self { x, y, width, height, ink, part: None })
    }
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
    /// A breath of the document's colour, behind text.
    Tint,
    /// None: the paper's white on a field of colour.
    Paper,
    /// The vermilion of seals.
    Seal,
}
