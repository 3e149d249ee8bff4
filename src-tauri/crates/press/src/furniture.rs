//! What stands across the whole page: masthead, colophon, foot.

use crate::{
    Bar, Family, Ink, Mark, Sheet, Weight,
    frame::{MM, Strip},
    lines::Edge,
    look::{COLOPHON, Setter},
    page::BASELINE,
    part::Role,
    set::Style,
};

/// Size of a masthead's name; a long name is set smaller.
const MASTHEAD: f64 = 42.0;

impl Setter<'_> {
    /// The newsletter's name across the page, its publisher and date at the right, a double rule below.
    pub(crate) fn masthead(&mut self, name: &str, line: &str, number_and_date: &str) -> Strip {
        let (full, row) = (self.frame.full(), self.frame.row);
        let style = Style {
            family: Family::Mincho,
            weight: Weight::Bold,
            size: MASTHEAD,
            ink: Ink::Accent,
            edge: Edge::Ragged,
            part: Some(self.part(Role::Title, None)),
        };
        let date = self.small().of(self.part(Role::Paragraph, None));
        let date = Style { weight: Weight::Bold, size: 9.5, ink: Ink::Black, ..date };
        let by = self.small().of(self.part(Role::Paragraph, None));
        let right =
            [(date, number_and_date), (by, line)].map(|(style, text)| self.fitted(text, style, full * 0.55));
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
        marks.push(Bar::decoration(0.0, below, full, 1.8, Ink::Accent));
        marks.push(Bar::decoration(0.0, below + 3.4, full, 0.35, Ink::Accent));
        marks.retain(|mark| !matches!(mark, Mark::Text(text) if text.glyphs.is_empty()));
        let rows = ((below + 3.8 + row * 0.8) / row).ceil() as usize;
        Strip { rows, marks, ..Strip::default() }
    }

    /// Small lines under a rule across the page.
    pub(crate) fn colophon(&mut self, lines: &[String]) -> Strip {
        let (full, row) = (self.frame.full(), self.frame.row);
        let (size, leading) = COLOPHON;
        let style = Style { size, edge: Edge::Flush, ..self.small() };
        let mut marks = vec![Bar::decoration(0.0, 4.0, full, 0.7, Ink::Accent)];
        let mut baseline = 4.0 + 8.0 + size * BASELINE;
        for text in lines.iter().filter(|line| !line.trim().is_empty()) {
            let style = style.of(self.part(Role::Paragraph, None));
            for line in self.set_all(text, style, full) {
                marks.push(line.at(0.0, baseline));
                baseline += leading;
            }
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
}
