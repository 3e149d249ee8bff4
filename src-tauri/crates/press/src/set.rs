//! A piece of text into lines of glyphs.

use crate::{
    Family, Ink, Lang, Mark, Placed, Text, Weight,
    items::{Voice, items},
    lines::{Edge, lines, place},
    look::{SMALL, Setter},
    notation::marked,
    part::{Part, Role},
};

/// How a piece of text is set: letterform, size in points, and what its right edge is like.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    pub(crate) family: Family,
    pub(crate) weight: Weight,
    pub(crate) size: f64,
    pub(crate) ink: Ink,
    pub(crate) edge: Edge,
    /// The part of the document it belongs to; page numbers and such belong to none.
    pub(crate) part: Option<usize>,
}

impl Style {
    /// The same for a part of the document.
    pub(crate) fn of(self, part: usize) -> Self {
        Self { part: Some(part), ..self }
    }
}

impl Setter<'_> {
    /// Begins a part of the document within another, or at its top.
    pub(crate) fn part(&mut self, role: Role, within: Option<usize>) -> usize {
        let lang = Some(self.lang).filter(|lang| *lang != self.document.lang);
        self.parts.push(Part { role, within, block: self.block, lang });
        self.parts.len() - 1
    }

    pub(crate) fn body(&self) -> Style {
        let (family, size) = (self.document.look.family, self.frame.size);
        let edge = if self.document.look.hanging { Edge::Hung } else { Edge::Flush };
        Style { family, weight: Weight::Regular, size, ink: Ink::Black, edge, part: None }
    }

    pub(crate) fn small(&self) -> Style {
        Style {
            family: Family::Gothic,
            weight: Weight::Regular,
            size: SMALL * self.frame.scale,
            ink: Ink::Grey,
            edge: Edge::Ragged,
            part: None,
        }
    }

    /// Every line of a text without indent; its own line breaks are kept.
    pub(crate) fn set_all(&mut self, text: &str, style: Style, measure: f64) -> Vec<Set> {
        text.lines().flat_map(|text| self.set(text.trim(), style, measure, 0.0)).collect()
    }

    /// A text on a single line, set smaller where it would be wider than `room` points.
    pub(crate) fn fitted(&mut self, text: &str, style: Style, room: f64) -> Set {
        let text = text.lines().map(str::trim).collect::<Vec<_>>().join("　");
        let mut line = self.set(&text, style, f64::MAX, 0.0).into_iter().next().unwrap_or_default();
        let scale = (room / line.width).min(1.0);
        line.size *= scale;
        line.width *= scale;
        line
    }

    /// A text broken into lines of `measure` points.
    pub(crate) fn set(&mut self, text: &str, style: Style, measure: f64, indent: f64) -> Vec<Set> {
        let Style { family, weight, size, ink, edge, part } = style;
        let ems = measure / size;
        let by_phrase = edge == Edge::Even && self.lang == Lang::Ja;
        let hyphenates = matches!(edge, Edge::Flush | Edge::Hung) && self.lang == Lang::En;
        let voice = Voice { family, weight, by_phrase, hyphenates, is_upright: self.frame.is_upright };
        let items = items(&marked(text), voice, ems - indent, self.fonts, &mut self.missing);
        lines(&items, ems, indent, edge)
            .iter()
            .map(|line| {
                let indent = if line.items.start == 0 { indent } else { 0.0 };
                let (glyphs, width) = place(&items, line, indent);
                let is_last = line.items.end == items.len();
                Set { glyphs, width: width * size, measure, size, ink: Some(ink), part, is_last }
            })
            .collect()
    }
}

/// A line not yet at its place.
#[derive(Clone, Default)]
pub(crate) struct Set {
    glyphs: Vec<Placed>,
    pub(crate) width: f64,
    measure: f64,
    pub(crate) size: f64,
    ink: Option<Ink>,
    part: Option<usize>,
    is_last: bool,
}

impl Set {
    pub(crate) fn at(self, x: f64, y: f64) -> Mark {
        let Self { glyphs, width, measure, size, ink, part, is_last } = self;
        let ink = ink.unwrap_or(Ink::Black);
        Mark::Text(Text {
            x,
            y,
            measure,
            width,
            size,
            ink,
            is_upright: false,
            is_turned: false,
            part,
            links: Vec::new(),
            is_last,
            glyphs,
        })
    }
}
