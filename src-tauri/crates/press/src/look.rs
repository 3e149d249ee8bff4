//! How the blocks of a newsletter look: sizes, spaces and rules, all in one place.
//!
//! Every line stands on one grid of rows, so that lines of neighbouring columns meet.

use std::sync::Arc;

use crate::{
    Bar, Block, Coarse, Document, Family, Fault, Fonts, Ink, Lang, Mark, Missing, NameLine, Part, Picture,
    SHARP, Weight,
    frame::{Frame, MM, Strip},
    kinsoku::{Class, class},
    lines::Edge,
    notation::marked,
    page::BASELINE,
    part::Role,
    photo,
    set::{Set, Style},
};

/// Size of headings, and the distance of their lines.
const HEADING: (f64, f64) = (13.5, 19.0);
/// Size of what is read second: bylines, notes.
pub(crate) const SMALL: f64 = 8.5;
/// Size of the colophon, and the distance of its lines.
pub(crate) const COLOPHON: (f64, f64) = (8.0, 12.5);
/// Size of a code's letters, and the distance of its lines.
const CODE: (f64, f64) = (22.0, 34.0);
/// From one letter of a code to the next: a reader counts them by their places.
const CELL: f64 = 21.0;
/// Side of a QR code: a millimetre a square for the 40 letters of a recovery code.
const SQUARES: f64 = 29.0 * MM;
/// Blank between a photograph and its caption.
const CAPTION: f64 = 5.0;
/// A photograph takes at most this part of a page's height.
const TALLEST: f64 = 0.5;
/// Japanese names up to this length, in em, leave room for the notes to begin one below the other.
const NAME: f64 = 7.0;

/// Sets blocks in the look of the newsletter.
pub(crate) struct Setter<'a> {
    pub(crate) frame: Frame,
    pub(crate) missing: Vec<Missing>,
    pub(crate) coarse: Vec<Coarse>,
    pub(crate) parts: Vec<Part>,
    pub(crate) document: &'a Document,
    pub(crate) fonts: &'a Fonts,
}

impl<'a> Setter<'a> {
    pub(crate) fn new(document: &'a Document, fonts: &'a Fonts) -> Result<Self, Fault> {
        let (missing, coarse, parts) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self { frame: Frame::new(document)?, missing, coarse, parts, document, fonts })
    }

    /// The strips of a block that stands in a column.
    pub(crate) fn strips(&mut self, block: &Block) -> Result<Vec<Strip>, Fault> {
        Ok(match block {
            Block::Heading(text) => self.heading(text),
            Block::Byline(text) => self.byline(text),
            Block::Paragraph(text) => text.lines().flat_map(|text| self.paragraph(text)).collect(),
            Block::Names(names) => self.names(names),
            Block::Rule => vec![self.rule()],
            Block::Code { groups, squares } => vec![self.code(groups, squares)],
            Block::Photo { jpeg, caption, alt } => vec![self.photo(jpeg, caption, alt)?],
            Block::Masthead { .. } | Block::Colophon(_) => Vec::new(),
        })
    }

    fn paragraph(&mut self, text: &str) -> Vec<Strip> {
        // A blank typed to indent the paragraph would indent it twice.
        let text = text.trim();
        let Some(first) = text.chars().next() else { return Vec::new() };
        // A bracket's own half em of air makes the other half of the indent.
        let indent = if class(first) == Class::Open { 0.5 } else { 1.0 };
        let Frame { size, row, column, .. } = self.frame;
        let baseline = (row - size) / 2.0 + size * BASELINE;
        let style = self.body().of(self.part(Role::Paragraph, None));
        let lines = self.set(text, style, column, indent).into_iter();
        let mut strips: Vec<Strip> = lines
            .map(|line| Strip { rows: 1, marks: vec![line.at(0.0, baseline)], ..Strip::default() })
            .collect();
        keep_ends(&mut strips);
        strips
    }

    fn heading(&mut self, text: &str) -> Vec<Strip> {
        let Frame { row, column, .. } = self.frame;
        let (size, leading) = HEADING;
        if text.trim().is_empty() {
            return Vec::new();
        }
        let part = Some(self.part(Role::Heading, None));
        let (family, weight, ink) = (Family::Gothic, Weight::Bold, Ink::Accent);
        let style = Style { family, weight, size, ink, edge: Edge::Even, part };
        let lines = self.set_all(text, style, column);
        if lines.is_empty() {
            return Vec::new();
        }
        let height = leading * lines.len() as f64;
        let rows = ((height + 5.0) / row).ceil();
        // A little nearer to its article than to what stands above.
        let top = (rows * row - height) * 0.6 + (leading - size) / 2.0 + size * BASELINE;
        let marks = lines
            .into_iter()
            .enumerate()
            .map(|(index, line)| line.at(0.0, top + leading * index as f64))
            .collect();
        let above = -0.3 * row;
        let hair = Bar::decoration(0.0, above, column, 0.35, ink);
        let start = Bar::decoration(0.0, above - 1.2, 2.4 * self.frame.size, 1.55, ink);
        vec![Strip {
            lead: 1,
            rows: rows as usize,
            marks,
            lead_marks: vec![hair, start],
            keep: true,
            floats: false,
            heading: Some(marked(text).text.split_whitespace().collect::<Vec<_>>().join(" ")),
        }]
    }

    fn byline(&mut self, text: &str) -> Vec<Strip> {
        let Frame { row, column, .. } = self.frame;
        let baseline = (row - SMALL) / 2.0 + SMALL * BASELINE;
        if text.trim().is_empty() {
            return Vec::new();
        }
        let style = self.small().of(self.part(Role::Paragraph, None));
        self.set_all(text, style, column)
            .into_iter()
            .map(|line| Strip {
                rows: 1,
                marks: vec![line.clone().at(column - line.width, baseline)],
                keep: true,
                ..Strip::default()
            })
            .collect()
    }

    /// One person a line; the notes begin at one height for all but the longest names.
    fn names(&mut self, names: &[NameLine]) -> Vec<Strip> {
        let Frame { size, column, .. } = self.frame;
        let style = Style { edge: Edge::Ragged, ..self.body() };
        let list = self.part(Role::List, None);
        let mut set: Vec<Vec<Set>> = Vec::with_capacity(names.len());
        let mut entries = Vec::with_capacity(names.len());
        for line in names {
            let entry = self.part(Role::Entry, Some(list));
            let label = style.of(self.part(Role::Label, Some(entry)));
            set.push(self.set_all(&line.name, label, column - size));
            entries.push(entry);
        }
        let reach = |name: &[Set]| name.last().map_or(0.0, |line| line.width);
        // Four or five kanji, but a dozen Latin letters and more.
        let most = match self.document.lang {
            Lang::Ja => NAME * size,
            Lang::En => column * 0.42,
        };
        let usual = set.iter().map(|name| reach(name)).filter(|&reach| reach <= most).fold(0.0, f64::max);
        let mut strips: Vec<Strip> = set
            .into_iter()
            .zip(names.iter().zip(entries))
            .map(|(name, (line, entry))| {
                let tab = reach(&name).max(usual) + 2.0 * size;
                self.name(name, &line.note, tab, entry)
            })
            .collect();
        keep_ends(&mut strips);
        strips
    }

    fn name(&mut self, name: Vec<Set>, note: &str, tab: f64, entry: usize) -> Strip {
        let Frame { size, row, column, .. } = self.frame;
        // Beside a very long name there is no room for its note: it goes below.
        let is_below = column - tab < column * 0.35;
        let tab = if is_below { 2.0 * size } else { tab };
        let notes = if note.trim().is_empty() {
            Vec::new()
        } else {
            let style = self.small().of(self.part(Role::Body, Some(entry)));
            self.set_all(note, style, column - tab)
        };
        let skip = if is_below { name.len() } else { name.len().saturating_sub(1) };
        let baseline = (row - size) / 2.0 + size * BASELINE;
        let rows = name.len().max(skip + notes.len()).max(1);
        let name = name.into_iter().enumerate().map(|(at, line)| line.at(size, baseline + row * at as f64));
        let notes =
            notes.into_iter().enumerate().map(|(at, line)| line.at(tab, baseline + row * (skip + at) as f64));
        Strip { rows, marks: name.chain(notes).collect(), ..Strip::default() }
    }

    fn photo(&mut self, jpeg: &Arc<[u8]>, caption: &str, alt: &str) -> Result<Strip, Fault> {
        let shape = photo::shape(jpeg).ok_or_else(|| Fault::Photo(caption.to_owned()))?;
        let Frame { row, column, rows, .. } = self.frame;
        // On an upright page the photograph stands as it is, and its height lies along the lines.
        let (wide, high) = shape.upright();
        let (dots, dots_high) = if self.frame.is_upright { (high, wide) } else { (wide, high) };
        let ratio = dots_high / dots;
        let height = (column * ratio).min(rows as f64 * row * TALLEST);
        let width = height / ratio;
        let dpi = (dots / (width / 72.0)).round() as u32;
        if dpi < SHARP {
            self.coarse.push(Coarse { caption: caption.to_owned(), dpi });
        }
        let part = self.part(Role::Figure(if alt.is_empty() { caption } else { alt }.to_owned()), None);
        let lines = if caption.trim().is_empty() {
            Vec::new()
        } else {
            let style = Style { size: COLOPHON.0, ..self.small() }.of(self.part(Role::Caption, Some(part)));
            self.set_all(caption, style, column)
        };
        let below = if lines.is_empty() { 0.0 } else { CAPTION + COLOPHON.1 * lines.len() as f64 };
        let taken = ((height + below + 8.0) / row).ceil();
        let top = (taken * row - height - below) / 2.0;
        let mut marks = vec![Mark::Picture(Picture {
            x: (column - width) / 2.0,
            y: top,
            width,
            height,
            part: Some(part),
            jpeg: Arc::clone(jpeg),
        })];
        let baseline = top + height + CAPTION + COLOPHON.0 * BASELINE;
        let captions = lines.into_iter().enumerate();
        marks.extend(captions.map(|(at, line)| line.at(0.0, baseline + COLOPHON.1 * at as f64)));
        Ok(Strip { rows: taken as usize, marks, floats: true, ..Strip::default() })
    }

    /// Letters at the left, each in a cell of its own, and the squares at the right.
    fn code(&mut self, groups: &[String], squares: &[Vec<bool>]) -> Strip {
        let Frame { row, column, .. } = self.frame;
        let (size, leading) = CODE;
        let part = self.part(Role::Paragraph, None);
        let style = Style { weight: Weight::Bold, size, ink: Ink::Black, ..self.small() }.of(part);
        let side = if squares.is_empty() { 0.0 } else { SQUARES };
        let letters = leading * groups.len().div_ceil(2) as f64;
        let height = letters.max(side);
        let top = row * 0.5;
        let mut marks = Vec::new();
        // Room for the number before a group: what is told of a mistake names the group.
        let number = if groups.len() > 1 { CELL } else { 0.0 };
        for (at, group) in groups.iter().enumerate() {
            let length = groups.iter().map(|group| group.chars().count()).max().unwrap_or_default();
            let x = (at % 2) as f64 * (CELL * (length as f64 + 1.0) + number);
            let baseline =
                top + (height - letters) / 2.0 + leading * ((at / 2) as f64 + 0.5) + size * (BASELINE - 0.5);
            if number > 0.0 {
                let number = self.small().of(part);
                let line = self.set_all(&(at + 1).to_string(), number, f64::MAX).into_iter().next();
                marks.extend(line.map(|line| line.at(x, baseline)));
            }
            for (cell, letter) in group.chars().enumerate() {
                if let Some(set) = self.set(&letter.to_string(), style, f64::MAX, 0.0).into_iter().next() {
                    let middle = x + number + CELL * (cell as f64 + 0.5);
                    marks.push(set.clone().at(middle - set.width / 2.0, baseline));
                }
            }
        }
        let cell = side / squares.len().max(1) as f64;
        let figure = (!squares.is_empty()).then(|| self.part(Role::Figure(groups.join(" ")), None));
        for (down, squares) in squares.iter().enumerate() {
            // Dark squares side by side are one bar: a viewer draws no hairlines between them.
            let mut from = 0;
            for run in squares.chunk_by(|one, other| one == other) {
                if run[0] {
                    marks.push(Mark::Bar(Bar {
                        x: column - side + cell * from as f64,
                        y: top + (height - side) / 2.0 + cell * down as f64,
                        width: cell * run.len() as f64,
                        height: cell,
                        ink: Ink::Black,
                        part: figure,
                    }));
                }
                from += run.len();
            }
        }
        Strip { lead: 1, rows: ((height + row) / row).ceil() as usize, marks, ..Strip::default() }
    }

    fn rule(&self) -> Strip {
        let Frame { row, column, .. } = self.frame;
        let bar = Bar::decoration(0.0, row / 2.0, column, 0.35, Ink::Pale);
        Strip { rows: 1, marks: vec![bar], ..Strip::default() }
    }
}

/// Neither the first nor the last line of a paragraph or list stands alone in a column.
fn keep_ends(strips: &mut [Strip]) {
    if let [first, .., before_last, _] = strips {
        (first.keep, before_last.keep) = (true, true);
    } else if let [first, _] = strips {
        first.keep = true;
    }
}
