//! Photographs and codes.

use std::sync::Arc;

use crate::{
    Bar, Block, Coarse, Crop, Fault, Ink, Mark, Output, Picture, SHARP, Weight,
    frame::{Frame, MM, Strip},
    lines::Edge,
    look::{COLOPHON, Setter},
    page::BASELINE,
    part::Role,
    photo::{self, Shape},
    set::Style,
    sheets::BLEED,
};

/// Size of a code's letters, and the distance of its lines.
const CODE: (f64, f64) = (22.0, 34.0);
/// From one letter of a code to the next: a reader counts them by their places.
const CELL: f64 = 21.0;
/// Side of a QR code: a millimetre a square for the 40 letters of a recovery code.
const SQUARES: f64 = 29.0 * MM;
/// Blank between a photograph and its caption.
const CAPTION: f64 = 5.0;
/// A photograph across all columns fills at least this part of them.
const BROAD: f64 = 0.6;
/// A photograph takes at most this part of a page's height.
const TALLEST: f64 = 0.5;
/// Side of a QR code with an address at the least, the side of its squares at the least, and the air between it and its text.
const QR: (f64, f64, f64) = (22.0 * MM, 0.45 * MM, 5.0 * MM);

impl Setter<'_> {
    /// Whether a block asked for across all columns fills them: a tall photograph would leave white at both sides, and an
    /// upright page's tiers are taller than any. It stands in its column then.
    pub(crate) fn spans(&self, block: &Block) -> bool {
        let Block::Photo { jpeg, crop, .. } = block.bare() else { return true };
        let Some((dots, dots_high)) = photo::shape(jpeg).map(|shape| self.seen(shape, crop.settled())) else {
            return true;
        };
        let full = self.frame.full();
        self.tallest() / (dots_high / dots) > full * BROAD
    }

    /// How many dots of a photograph lie along the lines, and how many across them. On an upright page it stands as it is,
    /// and its height lies along the lines.
    fn seen(&self, shape: Shape, crop: Crop) -> (f64, f64) {
        let (wide, high) = shape.upright();
        let [wide, high] =
            [(wide, crop.width), (high, crop.height)].map(|(side, part)| side * f64::from(part) / 1000.0);
        if self.frame.is_upright { (high, wide) } else { (wide, high) }
    }

    fn tallest(&self) -> f64 {
        self.frame.rows as f64 * self.frame.row * TALLEST
    }

    pub(crate) fn photo(
        &mut self,
        jpeg: &Arc<[u8]>,
        caption: &str,
        alt: &str,
        crop: Crop,
    ) -> Result<Strip, Fault> {
        let shape = photo::shape(jpeg).ok_or_else(|| Fault::Photo(caption.to_owned()))?;
        let Frame { row, column, scale, .. } = self.frame;
        let (size, leading) = (COLOPHON.0 * scale, COLOPHON.1 * scale);
        let (dots, dots_high) = self.seen(shape, crop);
        let ratio = dots_high / dots;
        let height = (column * ratio).min(self.tallest());
        let width = height / ratio;
        // Across the whole page it runs over the knife.
        let bled = self.along() + 2.0 * BLEED;
        let is_bled = self.is_across()
            && self.document.output == Output::PrintShop
            && width > column - 0.01
            && bled * ratio < self.tallest();
        let (x, width, height) = match is_bled {
            true => (-self.frame.left - BLEED, bled, bled * ratio),
            false => ((column - width) / 2.0, width, height),
        };
        let dpi = (dots / (width / 72.0)).round() as u32;
        if dpi < SHARP {
            self.coarse.push(Coarse { caption: caption.to_owned(), dpi });
        }
        let part = self.part(Role::Figure(if alt.is_empty() { caption } else { alt }.to_owned()), None);
        let lines = if caption.trim().is_empty() {
            Vec::new()
        } else {
            let style = Style { size, ..self.small() }.of(self.part(Role::Caption, Some(part)));
            self.set_all(caption, style, column)
        };
        let below = if lines.is_empty() { 0.0 } else { CAPTION + leading * lines.len() as f64 };
        let taken = ((height + below + 8.0) / row).ceil();
        let top = (taken * row - height - below) / 2.0;
        let mut marks = vec![Mark::Picture(Picture {
            x,
            y: top,
            width,
            height,
            part: Some(part),
            jpeg: Arc::clone(jpeg),
            crop,
        })];
        let baseline = top + height + CAPTION + size * BASELINE;
        let captions = lines.into_iter().enumerate();
        marks.extend(captions.map(|(at, line)| line.at(0.0, baseline + leading * at as f64)));
        Ok(Strip { rows: taken as usize, marks, floats: true, ..Strip::default() })
    }

    /// Letters at the left, each in a cell of its own, and the squares at the right.
    pub(crate) fn code(&mut self, groups: &[String], squares: &[Vec<bool>]) -> Strip {
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
        let place = (column - side, top + (height - side) / 2.0, side);
        marks.extend(self.squares(squares, place, &groups.join(" ")));
        Strip { lead: 1, rows: ((height + row) / row).ceil() as usize, marks, ..Strip::default() }
    }

    /// A QR code at the beginning of the lines, and beside it what it leads to.
    pub(crate) fn qr(&mut self, squares: &[Vec<bool>], text: &str) -> Strip {
        let Frame { row, column, .. } = self.frame;
        let (least, square, air) = QR;
        let side = least.max(square * squares.len() as f64);
        let part = self.part(Role::Paragraph, None);
        let style = Style { edge: Edge::Ragged, ..self.body() }.of(part);
        let lines = self.set_all(text, style, column - side - air);
        let height = side.max(row * lines.len() as f64);
        let rows = ((height + row * 0.5) / row).ceil();
        let top = (rows * row - height) / 2.0;
        let mut marks = self.squares(squares, (0.0, top + (height - side) / 2.0, side), text);
        let first = top + (height - row * lines.len() as f64) / 2.0 + (row - style.size) / 2.0;
        let lines = lines.into_iter().enumerate();
        let baseline = first + style.size * BASELINE;
        marks.extend(lines.map(|(at, line)| line.at(side + air, baseline + row * at as f64)));
        Strip { lead: 1, rows: rows as usize, marks, ..Strip::default() }
    }

    /// The dark squares of a QR code, `place` its left and upper edge and its side.
    fn squares(&mut self, squares: &[Vec<bool>], place: (f64, f64, f64), alt: &str) -> Vec<Mark> {
        let mut marks = Vec::new();
        let (x, y, side) = place;
        let cell = side / squares.len().max(1) as f64;
        let part = (!squares.is_empty()).then(|| self.part(Role::Figure(alt.to_owned()), None));
        for (down, squares) in squares.iter().enumerate() {
            // Dark squares side by side are one bar: a viewer draws no hairlines between them.
            let mut from = 0;
            for run in squares.chunk_by(|one, other| one == other) {
                if run[0] {
                    let (x, y) = (x + cell * from as f64, y + cell * down as f64);
                    let width = cell * run.len() as f64;
                    marks.push(Mark::Bar(Bar { x, y, width, height: cell, ink: Ink::Black, part }));
                }
                from += run.len();
            }
        }
        marks
    }
}
