//! How the blocks of a newsletter look: sizes, spaces and rules, all in one place.
//!
//! Every line stands on one grid of rows, so that lines of neighbouring columns meet.

use std::sync::Arc;

use crate::{
    Bar, Block, Coarse, Document, Family, Fault, Fonts, Ink, Lang, Mark, Missing, NameLine, Picture, Placed,
    SHARP, Sheet, Text, Weight,
    items::{Voice, items},
    kinsoku::{Class, class},
    lines::{Edge, lines, place},
    notation::marked,
    page::BASELINE,
    photo,
};

/// Points in a millimetre.
const MM: f64 = 72.0 / 25.4;
/// The largest page a viewer must show, in millimetres: 14,400 points (ISO 32000-1, annex C.2).
const LARGEST: f64 = 5080.0;
/// Size of headings, and the distance of their lines.
const HEADING: (f64, f64) = (13.5, 19.0);
/// Size of what is read second: bylines, notes.
const SMALL: f64 = 8.5;
/// Size of the colophon, and the distance of its lines.
const COLOPHON: (f64, f64) = (8.0, 12.5);
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
/// Size of a masthead's name; a long name is set smaller.
const MASTHEAD: f64 = 42.0;
/// Japanese names up to this length, in em, leave room for the notes to begin one below the other.
const NAME: f64 = 7.0;

/// The page's geometry in points, as lines see it: `x` runs along them, `y` from line to line. On an upright page
/// columns are the tiers (段) one below the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) is_upright: bool,
    /// Width of the paper.
    pub(crate) width: f64,
    /// Height of the paper.
    pub(crate) height: f64,
    /// Where lines begin.
    pub(crate) left: f64,
    /// Where the first line stands.
    pub(crate) top: f64,
    pub(crate) columns: usize,
    /// Width of a column: a whole number of letters.
    pub(crate) column: f64,
    /// From the beginning of one column to that of the next.
    pub(crate) step: f64,
    /// Size of running text.
    pub(crate) size: f64,
    /// Height of a row.
    pub(crate) row: f64,
    /// Rows on a page.
    pub(crate) rows: usize,
}

impl Frame {
    pub(crate) fn new(document: &Document) -> Result<Self, Fault> {
        let Sheet { width, height, top, right, bottom, left, gutter, .. } = document.sheet;
        let is_upright = document.look.is_upright;
        let columns = usize::from(document.sheet.columns.clamp(1, 3));
        let (size, row) = if columns >= 2 { (10.0, 17.0) } else { (10.5, 18.5) };
        let [across, down] = [(width - left - right) * MM, (height - top - bottom) * MM];
        let (room, depth) = if is_upright { (down, across) } else { (across, down) };
        let between = (columns - 1) as f64;
        let letters = ((room - gutter * MM * between) / columns as f64 / size).floor();
        let rows = (depth / row).floor();
        // Narrower than six letters, kinsoku leaves nothing to choose.
        let is_paper = width <= LARGEST && height <= LARGEST;
        if !(is_paper && letters >= 6.0 && rows >= 4.0) {
            return Err(Fault::Sheet { width, height });
        }
        let column = letters * size;
        let (along, from) = if is_upright { (top, right) } else { (left, top) };
        Ok(Self {
            is_upright,
            width: width * MM,
            height: height * MM,
            // A single column shares what is left over between both sides.
            left: along * MM + if columns == 1 { (room - column) / 2.0 } else { 0.0 },
            top: from * MM,
            columns,
            column,
            step: if columns == 1 { 0.0 } else { (room - column) / between },
            size,
            row,
            rows: rows as usize,
        })
    }

    /// Width of all columns and what is between them.
    pub(crate) fn full(&self) -> f64 {
        self.column + self.step * (self.columns - 1) as f64
    }
}

/// A piece of a column that is never parted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Strip {
    /// Rows left blank before it; none at the top of a column.
    pub(crate) lead: usize,
    /// Rows it takes.
    pub(crate) rows: usize,
    /// What is drawn, from the strip's top left corner.
    pub(crate) marks: Vec<Mark>,
    /// What is drawn in the lead, from the same corner.
    pub(crate) lead_marks: Vec<Mark>,
    /// A column may not end after it.
    pub(crate) keep: bool,
    /// Where it finds no room in a column, the text after it passes it.
    pub(crate) floats: bool,
    /// The outline's entry.
    pub(crate) heading: Option<String>,
}

/// Sets blocks in the look of the newsletter.
pub(crate) struct Setter<'a> {
    pub(crate) frame: Frame,
    pub(crate) missing: Vec<Missing>,
    pub(crate) coarse: Vec<Coarse>,
    document: &'a Document,
    fonts: &'a Fonts,
}

/// How a piece of text is set: letterform, size in points, and what its right edge is like.
#[derive(Clone, Copy)]
struct Style {
    family: Family,
    weight: Weight,
    size: f64,
    ink: Ink,
    edge: Edge,
}

impl<'a> Setter<'a> {
    pub(crate) fn new(document: &'a Document, fonts: &'a Fonts) -> Result<Self, Fault> {
        Ok(Self { frame: Frame::new(document)?, missing: Vec::new(), coarse: Vec::new(), document, fonts })
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
            Block::Photo { jpeg, caption } => vec![self.photo(jpeg, caption)?],
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
        let lines = self.set(text, self.body(), column, indent).into_iter();
        let mut strips: Vec<Strip> = lines
            .map(|line| Strip { rows: 1, marks: vec![line.at(0.0, baseline)], ..Strip::default() })
            .collect();
        keep_ends(&mut strips);
        strips
    }

    fn heading(&mut self, text: &str) -> Vec<Strip> {
        let Frame { row, column, .. } = self.frame;
        let (size, leading) = HEADING;
        let style =
            Style { family: Family::Gothic, weight: Weight::Bold, size, ink: Ink::Accent, edge: Edge::Even };
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
        let hair = Bar { x: 0.0, y: above, width: column, height: 0.35, ink: Ink::Accent };
        let start =
            Bar { x: 0.0, y: above - 1.2, width: 2.4 * self.frame.size, height: 1.55, ink: Ink::Accent };
        vec![Strip {
            lead: 1,
            rows: rows as usize,
            marks,
            lead_marks: vec![Mark::Bar(hair), Mark::Bar(start)],
            keep: true,
            floats: false,
            heading: Some(marked(text).text.split_whitespace().collect::<Vec<_>>().join(" ")),
        }]
    }

    fn byline(&mut self, text: &str) -> Vec<Strip> {
        let Frame { row, column, .. } = self.frame;
        let baseline = (row - SMALL) / 2.0 + SMALL * BASELINE;
        self.set_all(text, self.small(), column)
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
        let set: Vec<Vec<Set>> =
            names.iter().map(|line| self.set_all(&line.name, style, column - size)).collect();
        let reach = |name: &[Set]| name.last().map_or(0.0, |line| line.width);
        // Four or five kanji, but a dozen Latin letters and more.
        let most = match self.document.lang {
            Lang::Ja => NAME * size,
            Lang::En => column * 0.42,
        };
        let usual = set.iter().map(|name| reach(name)).filter(|&reach| reach <= most).fold(0.0, f64::max);
        let mut strips: Vec<Strip> = set
            .into_iter()
            .zip(names)
            .map(|(name, line)| {
                let tab = reach(&name).max(usual) + 2.0 * size;
                self.name(name, &line.note, tab)
            })
            .collect();
        keep_ends(&mut strips);
        strips
    }

    fn name(&mut self, name: Vec<Set>, note: &str, tab: f64) -> Strip {
        let Frame { size, row, column, .. } = self.frame;
        // Beside a very long name there is no room for its note: it goes below.
        let is_below = column - tab < column * 0.35;
        let tab = if is_below { 2.0 * size } else { tab };
        let notes = self.set_all(note, self.small(), column - tab);
        let skip = if is_below { name.len() } else { name.len().saturating_sub(1) };
        let baseline = (row - size) / 2.0 + size * BASELINE;
        let rows = name.len().max(skip + notes.len()).max(1);
        let name = name.into_iter().enumerate().map(|(at, line)| line.at(size, baseline + row * at as f64));
        let notes =
            notes.into_iter().enumerate().map(|(at, line)| line.at(tab, baseline + row * (skip + at) as f64));
        Strip { rows, marks: name.chain(notes).collect(), ..Strip::default() }
    }

    fn photo(&mut self, jpeg: &Arc<[u8]>, caption: &str) -> Result<Strip, Fault> {
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
        let lines = self.set_all(caption, Style { size: COLOPHON.0, ..self.small() }, column);
        let below = if lines.is_empty() { 0.0 } else { CAPTION + COLOPHON.1 * lines.len() as f64 };
        let taken = ((height + below + 8.0) / row).ceil();
        let top = (taken * row - height - below) / 2.0;
        let mut marks = vec![Mark::Picture(Picture {
            x: (column - width) / 2.0,
            y: top,
            width,
            height,
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
        let style =
            Style { family: Family::Gothic, weight: Weight::Bold, size, ink: Ink::Black, edge: Edge::Ragged };
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
                let line = self.set_all(&(at + 1).to_string(), self.small(), f64::MAX).into_iter().next();
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
                    }));
                }
                from += run.len();
            }
        }
        Strip { lead: 1, rows: ((height + row) / row).ceil() as usize, marks, ..Strip::default() }
    }

    fn rule(&self) -> Strip {
        let Frame { row, column, .. } = self.frame;
        let bar = Bar { x: 0.0, y: row / 2.0, width: column, height: 0.35, ink: Ink::Pale };
        Strip { rows: 1, marks: vec![Mark::Bar(bar)], ..Strip::default() }
    }

    /// The newsletter's name across the page, its publisher and date at the right, a double rule below.
    pub(crate) fn masthead(&mut self, name: &str, line: &str, number_and_date: &str) -> Strip {
        let (full, row) = (self.frame.full(), self.frame.row);
        let style = Style {
            family: Family::Mincho,
            weight: Weight::Bold,
            size: MASTHEAD,
            ink: Ink::Accent,
            edge: Edge::Ragged,
        };
        let date = Style { weight: Weight::Bold, size: 9.5, ink: Ink::Black, ..self.small() };
        let right = [(date, number_and_date), (self.small(), line)]
            .map(|(style, text)| self.fitted(text, style, full * 0.55));
        let taken = right.iter().map(|line| line.width).fold(0.0, f64::max);
        let name = self.fitted(name, style, full - taken - 20.0);
        // A name made smaller still stands beside two lines.
        let size = name.size.max(26.0);
        let baseline = size * BASELINE + 2.0;
        let mut marks = vec![name.at(0.0, baseline)];
        let [date, line] = right;
        marks.push(date.clone().at(full - date.width, baseline - 14.0));
        marks.push(line.clone().at(full - line.width, baseline));
        let below = baseline + size * (1.0 - BASELINE) + 5.0;
        marks.push(Mark::Bar(Bar { x: 0.0, y: below, width: full, height: 1.8, ink: Ink::Accent }));
        marks.push(Mark::Bar(Bar { x: 0.0, y: below + 3.4, width: full, height: 0.35, ink: Ink::Accent }));
        marks.retain(|mark| !matches!(mark, Mark::Text(text) if text.glyphs.is_empty()));
        let rows = ((below + 3.8 + row * 0.8) / row).ceil() as usize;
        Strip { rows, marks, ..Strip::default() }
    }

    /// Small lines under a rule across the page.
    pub(crate) fn colophon(&mut self, lines: &[String]) -> Strip {
        let (full, row) = (self.frame.full(), self.frame.row);
        let (size, leading) = COLOPHON;
        let style = Style { size, edge: Edge::Flush, ..self.small() };
        let mut marks = vec![Mark::Bar(Bar { x: 0.0, y: 4.0, width: full, height: 0.7, ink: Ink::Accent })];
        let mut baseline = 4.0 + 8.0 + size * BASELINE;
        for line in lines.iter().flat_map(|line| self.set_all(line, style, full)).collect::<Vec<_>>() {
            marks.push(line.at(0.0, baseline));
            baseline += leading;
        }
        let rows = ((baseline - leading + 2.0) / row).ceil() as usize;
        Strip { rows, marks, ..Strip::default() }
    }

    /// What stands below the text: the newsletter's name on later pages, the number on all. It is level on upright
    /// pages too.
    pub(crate) fn foot(&mut self, running: &str, page: usize) -> Vec<Mark> {
        let Sheet { width, height, left, right, bottom, .. } = self.document.sheet;
        let is_upright = std::mem::replace(&mut self.frame.is_upright, false);
        let (left, full) = match is_upright {
            true => (left * MM, (width - left - right) * MM),
            false => (self.frame.left, self.frame.full()),
        };
        let baseline = (height - bottom * 0.45) * MM;
        let number = Style { ink: Ink::Black, ..self.small() };
        let mut marks = Vec::new();
        if page > 1 && !running.is_empty() {
            let style = Style { size: 7.5, ..self.small() };
            marks.push(self.fitted(running, style, full * 0.8).at(left, baseline));
        }
        for line in self.set_all(&page.to_string(), number, full) {
            marks.push(line.clone().at(left + full - line.width, baseline));
        }
        self.frame.is_upright = is_upright;
        marks
    }

    fn body(&self) -> Style {
        let (family, size) = (self.document.look.family, self.frame.size);
        let edge = if self.document.look.hanging { Edge::Hung } else { Edge::Flush };
        Style { family, weight: Weight::Regular, size, ink: Ink::Black, edge }
    }

    fn small(&self) -> Style {
        Style {
            family: Family::Gothic,
            weight: Weight::Regular,
            size: SMALL,
            ink: Ink::Grey,
            edge: Edge::Ragged,
        }
    }

    /// Every line of a text without indent; its own line breaks are kept.
    fn set_all(&mut self, text: &str, style: Style, measure: f64) -> Vec<Set> {
        text.lines().flat_map(|text| self.set(text.trim(), style, measure, 0.0)).collect()
    }

    /// A text on a single line, set smaller where it would be wider than `room` points.
    fn fitted(&mut self, text: &str, style: Style, room: f64) -> Set {
        let text = text.lines().map(str::trim).collect::<Vec<_>>().join("　");
        let mut line = self.set(&text, style, f64::MAX, 0.0).into_iter().next().unwrap_or_default();
        let scale = (room / line.width).min(1.0);
        line.size *= scale;
        line.width *= scale;
        line
    }

    /// A text broken into lines of `measure` points.
    fn set(&mut self, text: &str, style: Style, measure: f64, indent: f64) -> Vec<Set> {
        let Style { family, weight, size, ink, edge } = style;
        let ems = measure / size;
        let by_phrase = edge == Edge::Even && self.document.lang == Lang::Ja;
        let hyphenates = matches!(edge, Edge::Flush | Edge::Hung) && self.document.lang == Lang::En;
        let voice = Voice { family, weight, by_phrase, hyphenates, is_upright: self.frame.is_upright };
        let items = items(&marked(text), voice, ems - indent, self.fonts, &mut self.missing);
        lines(&items, ems, indent, edge)
            .iter()
            .map(|line| {
                let indent = if line.items.start == 0 { indent } else { 0.0 };
                let (glyphs, width) = place(&items, line, indent);
                Set { glyphs, width: width * size, measure, size, ink: Some(ink) }
            })
            .collect()
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

/// A line not yet at its place.
#[derive(Clone, Default)]
struct Set {
    glyphs: Vec<Placed>,
    width: f64,
    measure: f64,
    size: f64,
    ink: Option<Ink>,
}

impl Set {
    fn at(self, x: f64, y: f64) -> Mark {
        let Self { glyphs, width, measure, size, ink } = self;
        let ink = ink.unwrap_or(Ink::Black);
        Mark::Text(Text { x, y, measure, width, size, ink, is_upright: false, glyphs })
    }
}
