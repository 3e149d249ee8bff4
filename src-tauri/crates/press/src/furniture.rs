//! What stands across the whole page: masthead, colophon, foot.

use std::sync::Arc;

use crate::{
    Bar, Crop, Family, Ink, Mark, Output, Picture, Sheet, Weight,
    design::MastheadMark,
    frame::{Frame, MM, Strip},
    lines::Edge,
    look::{COLOPHON, Setter},
    page::BASELINE,
    part::Role,
    photo,
    set::Style,
    sheets::BLEED,
};

/// Size of a masthead's name; a long name is set smaller.
const MASTHEAD: f64 = 42.0;
/// The company's mark is at most so wide and so high.
const EMBLEM: (f64, f64) = (110.0, 40.0);
/// Side of the company's seal.
const SEAL: f64 = 34.0;

impl Setter<'_> {
    /// The newsletter's name across the page with its publisher and date.
    pub(crate) fn masthead(&mut self, name: &str, line: &str, number_and_date: &str) -> Strip {
        let (full, row) = (self.frame.full(), self.frame.row);
        let design = self.document.look.design.masthead;
        let is_bled = self.document.output == Output::PrintShop;
        let (ink, pad) = match design {
            MastheadMark::Field => (Ink::Paper, if is_bled { 0.0 } else { 12.0 }),
            MastheadMark::Newspaper => (Ink::Black, 0.0),
            MastheadMark::Rules | MastheadMark::Middle => (Ink::Accent, 0.0),
        };
        let style = Style {
            family: Family::Mincho,
            weight: Weight::Bold,
            size: MASTHEAD,
            ink,
            edge: Edge::Ragged,
            part: Some(self.part(Role::Title, None)),
        };
        let [of_date, of_line] = [(); 2].map(|()| self.part(Role::Paragraph, None));
        let is_field = design == MastheadMark::Field;
        let (black, grey) = if is_field { (Ink::Paper, Ink::Paper) } else { (Ink::Black, Ink::Grey) };
        let date = Style { weight: Weight::Bold, size: 9.5, ink: black, ..self.small().of(of_date) };
        let by = Style { ink: grey, ..self.small().of(of_line) };
        // Beside the name there is room for a little more than half; below it each has its half.
        let [date, line] =
            [(date, number_and_date), (by, line)].map(|(style, text)| self.fitted(text, style, full * 0.48));
        let is_below = matches!(design, MastheadMark::Middle | MastheadMark::Newspaper);
        let seal = if self.document.seal.is_empty() { 0.0 } else { SEAL + 10.0 };
        let emblem = self.emblem();
        let before = emblem.as_ref().map_or(0.0, |(_, width, _)| width + 12.0);
        // In the middle of the page the name keeps the same distance on both sides.
        let sides = if design == MastheadMark::Middle { 2.0 * before.max(seal) } else { before + seal };
        let taken = if is_below { 0.0 } else { date.width.max(line.width) + 20.0 } + 2.0 * pad + sides;
        let name = self.fitted(name, style, full - taken);
        // A name made smaller still stands beside two lines.
        let size = name.size.max(26.0).max(emblem.as_ref().map_or(0.0, |(_, _, height)| *height));
        let top =
            if design == MastheadMark::Newspaper { 9.0 } else { 2.0 } + if is_field { 8.0 } else { 0.0 };
        let baseline = top + size * BASELINE;
        let below = top + size + 5.0;
        let rule = |y: f64, thick: f64| Bar::decoration(0.0, y, full, thick, Ink::Accent);
        let mut marks = Vec::new();
        let x = match design {
            MastheadMark::Middle => (full - name.width) / 2.0,
            _ => pad + before,
        };
        let after = x + name.width + 10.0;
        let mut end = below + 3.8;
        match design {
            MastheadMark::Rules => {}
            MastheadMark::Field => {
                end = below + 6.0;
                // On the sheet of a print shop the field runs over the knife on three sides.
                let Frame { left, top, .. } = self.frame;
                let (x, y, width) = match is_bled {
                    true => (-left - BLEED, -top - BLEED, self.along() + 2.0 * BLEED),
                    false => (0.0, 0.0, full),
                };
                marks.push(Bar::decoration(x, y, width, end - y, Ink::Accent));
            }
            MastheadMark::Middle | MastheadMark::Newspaper => {
                end = below + 16.0;
                marks.push(rule(below, 0.5));
                marks.push(rule(end, 0.5));
                if design == MastheadMark::Newspaper {
                    marks.push(rule(0.0, 3.0));
                }
            }
        }
        if let Some((jpeg, width, height)) = emblem {
            let (x, y) = (pad, top + (size - height) / 2.0);
            if is_field {
                // White paper behind it.
                let air = 3.0;
                let (width, height) = (width + 2.0 * air, height + 2.0 * air);
                marks.push(Bar::decoration(x - air, y - air, width, height, Ink::Paper));
            }
            let part = Some(self.part(Role::Figure(self.document.author.clone()), None));
            marks.push(Mark::Picture(Picture { x, y, width, height, part, jpeg, crop: Crop::WHOLE }));
        }
        marks.push(name.at(x, baseline));
        if is_below {
            marks.push(date.at(0.0, below + 11.5));
            marks.push(line.clone().at(full - line.width, below + 11.5));
        } else {
            marks.push(date.clone().at(full - pad - date.width, baseline - 14.0));
            marks.push(line.clone().at(full - pad - line.width, baseline));
        }
        if design == MastheadMark::Rules {
            marks.extend([rule(below, 1.8), rule(below + 3.4, 0.35)]);
        }
        marks.extend(self.seal(after, top + (size - SEAL) / 2.0));
        marks.retain(|mark| !matches!(mark, Mark::Text(text) if text.glyphs.is_empty()));
        let rows = ((end + row * 0.8) / row).ceil() as usize;
        Strip { rows, marks, is_full: true, ..Strip::default() }
    }

    /// The company's mark, and how wide and high it stands before the name; a broad one is lower.
    fn emblem(&self) -> Option<(Arc<[u8]>, f64, f64)> {
        let jpeg = self.document.emblem.clone()?;
        let (wide, high) = photo::shape(&jpeg)?.upright();
        // On an upright page it stands as it is, and its height lies along the lines.
        let (wide, high) = if self.frame.is_upright { (high, wide) } else { (wide, high) };
        let scale = (EMBLEM.0 / wide).min(EMBLEM.1 / high);
        Some((jpeg, wide * scale, high * scale))
    }

    /// The company's seal: its letters in columns from the right, in a red frame.
    fn seal(&mut self, x: f64, y: f64) -> Vec<Mark> {
        let letters: Vec<char> = self.document.seal.chars().filter(|c| !c.is_whitespace()).take(9).collect();
        if letters.is_empty() {
            return Vec::new();
        }
        let part = self.part(Role::Figure(self.document.seal.clone()), None);
        let sides = if letters.len() <= 1 {
            1
        } else if letters.len() <= 4 {
            2
        } else {
            3
        };
        let (thick, cell) = (1.4, (SEAL - 6.0) / sides as f64);
        // White paper behind it, where the masthead has a field of colour.
        let mut marks = vec![Bar::decoration(x, y, SEAL, SEAL, Ink::Paper)];
        let frame = [
            (x, y, SEAL, thick),
            (x, y + SEAL - thick, SEAL, thick),
            (x, y, thick, SEAL),
            (x + SEAL - thick, y, thick, SEAL),
        ]
        .map(|(x, y, width, height)| {
            Mark::Bar(Bar { x, y, width, height, ink: Ink::Seal, part: Some(part) })
        });
        marks.extend(frame);
        let style =
            Style { family: Family::Mincho, size: cell * 0.94, ink: Ink::Seal, ..self.small() }.of(part);
        // On an upright page the whole field is turned, and its columns are lines again.
        let is_upright = self.frame.is_upright;
        for (at, letter) in letters.iter().enumerate() {
            let (down, left) = (at % sides, at / sides);
            let along = if is_upright { down } else { sides - 1 - left };
            let across = if is_upright { left } else { down };
            if let Some(set) = self.set(&letter.to_string(), style, f64::MAX, 0.0).into_iter().next() {
                let x = x + 3.0 + cell * along as f64 + (cell - set.width) / 2.0;
                let y = y + 3.0 + cell * (across as f64 + 0.5) + style.size * (BASELINE - 0.5);
                marks.push(set.at(x, y));
            }
        }
        marks
    }

    /// Small lines under a rule across the page.
    pub(crate) fn colophon(&mut self, lines: &[String]) -> Strip {
        let (full, row) = (self.frame.full(), self.frame.row);
        let (size, leading) = (COLOPHON.0 * self.frame.scale, COLOPHON.1 * self.frame.scale);
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
        Strip { rows, marks, is_full: true, ..Strip::default() }
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
