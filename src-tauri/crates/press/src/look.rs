//! How the blocks of a newsletter look: sizes, spaces and rules, all in one place.
//!
//! Every line stands on one grid of rows, so that lines of neighbouring columns meet.

use crate::{
    Bar, Block, Coarse, Document, Fault, Fonts, Ink, Lang, Missing, NameLine, Part, Weight,
    design::HeadingMark,
    frame::{Frame, Strip},
    kinsoku::{Class, class},
    lines::Edge,
    notation::marked,
    page::BASELINE,
    part::Role,
    set::{Set, Style},
};

/// Size of headings, and the distance of their lines.
const HEADING: (f64, f64) = (13.5, 19.0);
/// Size of what is read second: bylines, notes.
pub(crate) const SMALL: f64 = 8.5;
/// Size of the colophon, and the distance of its lines.
pub(crate) const COLOPHON: (f64, f64) = (8.0, 12.5);
/// Japanese names up to this length, in em, leave room for the notes to begin one below the other.
const NAME: f64 = 7.0;

/// Sets blocks in the look of the newsletter.
pub(crate) struct Setter<'a> {
    pub(crate) frame: Frame,
    pub(crate) missing: Vec<Missing>,
    pub(crate) coarse: Vec<Coarse>,
    pub(crate) parts: Vec<Part>,
    /// The block that is being set, by its place in the document.
    pub(crate) block: usize,
    /// Its language.
    pub(crate) lang: Lang,
    pub(crate) document: &'a Document,
    pub(crate) fonts: &'a Fonts,
}

impl<'a> Setter<'a> {
    pub(crate) fn new(document: &'a Document, fonts: &'a Fonts) -> Result<Self, Fault> {
        let (missing, coarse, parts) = (Vec::new(), Vec::new(), Vec::new());
        let (frame, lang) = (Frame::new(document)?, document.lang);
        Ok(Self { frame, missing, coarse, parts, block: 0, lang, document, fonts })
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
            Block::Photo { jpeg, caption, alt, crop } => {
                vec![self.photo(jpeg, caption, alt, crop.settled())?]
            }
            Block::Qr { squares, text } => vec![self.qr(squares, text)],
            Block::Quote(text) if text.trim().is_empty() => Vec::new(),
            Block::Quote(text) => vec![self.quote(text)],
            Block::Aside { heading, text } => self.aside(heading, text),
            Block::Table { head, rows } => self.table(head, rows),
            Block::In(lang, block) => {
                let before = std::mem::replace(&mut self.lang, *lang);
                let strips = self.strips(block);
                self.lang = before;
                strips?
            }
            // Across what is the whole measure already.
            Block::Across(block) => self.strips(block)?,
            Block::Masthead { .. } | Block::Colophon(_) => Vec::new(),
        })
    }

    /// Whether what is set stands across all columns of several.
    pub(crate) fn is_across(&self) -> bool {
        self.frame.columns < usize::from(self.document.sheet.columns)
    }

    /// Length of the paper along the lines, in points.
    pub(crate) fn along(&self) -> f64 {
        if self.frame.is_upright { self.frame.height } else { self.frame.width }
    }

    /// The strips of a block across all columns.
    pub(crate) fn across(&mut self, block: &Block) -> Result<Vec<Strip>, Fault> {
        let frame = self.frame;
        (self.frame.column, self.frame.columns) = (frame.full(), 1);
        let strips = self.strips(block);
        self.frame = frame;
        strips
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
        let Frame { row, column, scale, .. } = self.frame;
        let (size, leading) = (HEADING.0 * scale, HEADING.1 * scale);
        if text.trim().is_empty() {
            return Vec::new();
        }
        let part = Some(self.part(Role::Heading, None));
        let design = self.document.look.design;
        let (indent, ink) = match design.heading {
            HeadingMark::Hairline => (0.0, Ink::Accent),
            HeadingMark::Band => (0.5 * size, Ink::Paper),
            HeadingMark::Square => (size, Ink::Black),
            HeadingMark::Side => (0.7 * size, Ink::Black),
        };
        let style =
            Style { family: design.headings, weight: Weight::Bold, size, ink, edge: Edge::Even, part };
        let lines = self.set_all(text, style, column - 2.0 * indent);
        if lines.is_empty() {
            return Vec::new();
        }
        let height = leading * lines.len() as f64;
        let rows = ((height + 5.0) / row).ceil();
        // A little nearer to its article than to what stands above.
        let head = (rows * row - height) * 0.6;
        let mut marks = Vec::new();
        let mut lead_marks = Vec::new();
        match design.heading {
            HeadingMark::Hairline => {
                let above = -0.3 * row;
                lead_marks.push(Bar::decoration(0.0, above, column, 0.35, ink));
                lead_marks.push(Bar::decoration(0.0, above - 1.2, 2.4 * self.frame.size, 1.55, ink));
            }
            HeadingMark::Band => {
                marks.push(Bar::decoration(0.0, head - 2.0, column, height + 4.0, Ink::Accent));
            }
            HeadingMark::Square => {
                let side = 0.62 * size;
                marks.push(Bar::decoration(0.0, head + (leading - side) / 2.0, side, side, Ink::Accent));
                marks.push(Bar::decoration(0.0, head + height + 1.0, column, 0.5, Ink::Accent));
            }
            HeadingMark::Side => {
                marks.push(Bar::decoration(0.0, head + 1.0, 0.24 * size, height - 2.0, Ink::Accent));
            }
        }
        let top = head + (leading - size) / 2.0 + size * BASELINE;
        let lines = lines.into_iter().enumerate();
        marks.extend(lines.map(|(index, line)| line.at(indent, top + leading * index as f64)));
        vec![Strip {
            lead: 1,
            rows: rows as usize,
            marks,
            lead_marks,
            keep: true,
            heading: Some(marked(text).text.split_whitespace().collect::<Vec<_>>().join(" ")),
            ..Strip::default()
        }]
    }

    fn byline(&mut self, text: &str) -> Vec<Strip> {
        let Frame { row, column, .. } = self.frame;
        let small = self.small().size;
        let baseline = (row - small) / 2.0 + small * BASELINE;
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
        let most = match self.lang {
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

    fn rule(&self) -> Strip {
        let Frame { row, column, .. } = self.frame;
        let bar = Bar::decoration(0.0, row / 2.0, column, 0.35, Ink::Pale);
        Strip { rows: 1, marks: vec![bar], ..Strip::default() }
    }
}

/// Neither the first nor the last line of a paragraph or list stands alone in a column.
pub(crate) fn keep_ends(strips: &mut [Strip]) {
    if let [first, .., before_last, _] = strips {
        (first.keep, before_last.keep) = (true, true);
    } else if let [first, _] = strips {
        first.keep = true;
    }
}
