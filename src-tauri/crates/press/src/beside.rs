//! What stands beside running text: words shown large, boxes, tables.

use std::sync::Arc;

use crate::{
    Bar, Family, Ink, Mark, Weight,
    frame::{Frame, Strip},
    lines::Edge,
    look::Setter,
    page::BASELINE,
    part::Role,
    set::{Set, Style},
};

/// Size of words shown large, and the distance of their lines.
const QUOTE: (f64, f64) = (13.0, 21.0);
/// A box taller than this part of a page is not kept in one piece.
const TALLEST: f64 = 0.5;
/// Letters of a table are at least this part of running text's.
const SMALLEST: f64 = 0.8;
/// A cell of a table with so many letters or fewer stays in one line where there is room, else one with fewer: a day, a
/// name, a number.
const SHORT: [usize; 3] = [14, 8, 0];
/// A cell with more letters than this flows into lines: it does not make the table's letters smaller.
const LONG: f64 = 24.0;
/// A column of a table is at least as wide as this part of the whole.
const NARROWEST: f64 = 0.08;

/// What of a cell stays in one line: all of it when it is short, else its longest number or Latin word.
fn whole(cell: &str, short: usize) -> &str {
    match cell.chars().count() <= short {
        true => cell,
        false => {
            cell.split(|c: char| !c.is_ascii_graphic()).max_by_key(|word| word.len()).unwrap_or_default()
        }
    }
}

/// A line with a rule to write on.
fn is_written_on(text: &str) -> bool {
    ["＿＿", "__"].iter().any(|rule| text.contains(rule))
}

impl Setter<'_> {
    /// Words out of the text, large, between two rules.
    pub(crate) fn quote(&mut self, text: &str) -> Strip {
        let Frame { row, column, scale, size, .. } = self.frame;
        let (large, leading) = (QUOTE.0 * scale, QUOTE.1 * scale);
        let part = Some(self.part(Role::Quote, None));
        let style = Style { size: large, ink: Ink::Accent, edge: Edge::Even, part, ..self.body() };
        let lines = self.set_all(text, style, column - 3.0 * size);
        let height = leading * lines.len() as f64;
        let rows = ((height + row) / row).ceil();
        let top = (rows * row - height) / 2.0;
        let mut marks = [top - 5.0, top + height + 4.0]
            .map(|y| Bar::decoration(1.5 * size, y, column - 3.0 * size, 0.7, Ink::Accent))
            .to_vec();
        let baseline = top + (leading - large) / 2.0 + large * BASELINE;
        let lines = lines.into_iter().enumerate();
        marks.extend(lines.map(|(at, line)| line.at(1.5 * size, baseline + leading * at as f64)));
        Strip { lead: 1, rows: rows as usize, marks, ..Strip::default() }
    }

    /// A framed box; one that would fill more than half a page has no frame and flows on.
    pub(crate) fn aside(&mut self, heading: &str, text: &str) -> Vec<Strip> {
        let Frame { row, column, rows: most, size, .. } = self.frame;
        let within = self.part(Role::Aside, None);
        let pad = size;
        let head = self.part(Role::Paragraph, Some(within));
        let bold = Style { weight: Weight::Bold, family: self.document.look.design.headings, ..self.body() };
        let bold = Style { ink: Ink::Accent, edge: Edge::Ragged, ..bold }.of(head);
        let mut lines = self.set_all(heading, bold, column - 2.0 * pad);
        // The rows of the box in which the lines stand.
        let mut places: Vec<usize> = (0..lines.len()).collect();
        let mut rows = lines.len();
        for text in text.lines().filter(|text| !text.trim().is_empty()) {
            let style = self.body().of(self.part(Role::Paragraph, Some(within)));
            // What is ticked or written on is read box by box, not as one text.
            let edge = if text.contains(['□', '＿', '_']) { Edge::Ragged } else { style.edge };
            let set = self.set(text.trim(), Style { edge, ..style }, column - 2.0 * pad, 0.0);
            // A pen needs more room than print.
            rows += usize::from(is_written_on(text));
            places.extend(rows..rows + set.len());
            rows += set.len();
            lines.extend(set);
        }
        if lines.is_empty() {
            return Vec::new();
        }
        let baseline = (row - size) / 2.0 + size * BASELINE;
        if rows as f64 > most as f64 * TALLEST {
            let strip =
                |line: Set| Strip { rows: 1, marks: vec![line.at(pad, baseline)], ..Strip::default() };
            let mut strips: Vec<Strip> = lines.into_iter().map(strip).collect();
            strips[0].lead = 1;
            crate::look::keep_ends(&mut strips);
            return strips;
        }
        let rows = rows + 1;
        let height = row * rows as f64 - 4.0;
        let thin = 0.6;
        let mut marks = vec![
            Bar::decoration(0.0, 2.0, column, height, Ink::Tint),
            Bar::decoration(0.0, 2.0, column, thin, Ink::Accent),
            Bar::decoration(0.0, 2.0 + height - thin, column, thin, Ink::Accent),
            Bar::decoration(0.0, 2.0, thin, height, Ink::Accent),
            Bar::decoration(column - thin, 2.0, thin, height, Ink::Accent),
        ];
        let lines = places.into_iter().zip(lines);
        marks.extend(lines.map(|(at, line)| line.at(pad, baseline + row * (at as f64 + 0.5))));
        vec![Strip { lead: 1, rows, marks, ..Strip::default() }]
    }

    /// Rows under their head, which is drawn again where the rows go on in another column.
    pub(crate) fn table(&mut self, head: &[String], rows: &[Vec<String>]) -> Vec<Strip> {
        let table = self.part(Role::Table, None);
        let (widths, scale) = self.widths(head, rows);
        let plain = self.body();
        let plain = Style { size: plain.size * scale, ..plain };
        let bold = Style { weight: Weight::Bold, family: Family::Gothic, ..plain };
        let mut first = self.row(head, &widths, bold, (table, Role::Head));
        first.keep = true;
        first.lead = 1;
        let mut again = Strip { keep: false, lead: 0, ..first.clone() };
        // To a reader of the text the head is there once.
        again.marks.iter_mut().for_each(Mark::leave);
        let again = Arc::new(again);
        let mut strips = vec![first];
        for row in rows {
            let mut strip = self.row(row, &widths, plain, (table, Role::Cell));
            strip.again = Some(Arc::clone(&again));
            strips.push(strip);
        }
        // No row goes on alone.
        if let [.., before_last, _] = strips.as_mut_slice() {
            before_last.keep = true;
        }
        strips
    }

    /// Where each column begins and how wide it is, and how much smaller letters are set to find room in them. A column is
    /// as wide as its longest cell asks for where there is room; else names, days and numbers stay whole, and of the rest
    /// each has its share.
    fn widths(&mut self, head: &[String], rows: &[Vec<String>]) -> (Vec<(f64, f64)>, f64) {
        let Frame { column, size, .. } = self.frame;
        let reach = |text: &str| text.chars().map(|c| if c.is_ascii() { 0.55 } else { 1.0 }).sum::<f64>();
        let cells = |at: usize| {
            rows.iter().filter_map(move |row| row.get(at)).chain(head.get(at)).flat_map(|cell| cell.lines())
        };
        let asked: Vec<f64> =
            (0..head.len()).map(|at| (cells(at).map(&reach).fold(1.0, f64::max) + 1.5) * size).collect();
        let whole_lines: f64 = asked.iter().map(|asked| asked.min(LONG * size)).sum();
        let scale = (column / whole_lines.max(1.0)).clamp(SMALLEST, 1.0);
        let asked: Vec<f64> = asked.iter().map(|asked| asked * scale).collect();
        let plain = self.body();
        let plain = Style { size: plain.size * scale, edge: Edge::Ragged, ..plain };
        let mut needed = Vec::new();
        for short in SHORT {
            needed.clear();
            for at in 0..head.len() {
                let wholes = cells(at).map(|cell| whole(cell, short));
                let longest = wholes.max_by(|a, b| reach(a).total_cmp(&reach(b))).unwrap_or_default();
                let lines = self.set_all(longest, plain, f64::from(u16::MAX));
                // Figures of one number are wider than those of another as long.
                needed.push(lines.iter().map(|line| line.width).fold(size, f64::max) + 1.6 * plain.size);
            }
            if needed.iter().sum::<f64>() < column {
                break;
            }
        }
        let least: f64 = needed.iter().sum();
        let more: Vec<f64> =
            asked.iter().zip(&needed).map(|(asked, needed)| (asked - needed).max(0.0)).collect();
        let share = ((column - least) / more.iter().sum::<f64>().max(1.0)).clamp(0.0, 1.0);
        let widths = (0..head.len()).map(|at| match least < column {
            true => needed[at] + more[at] * share,
            false => asked[at].max(NARROWEST * column),
        });
        let widths: Vec<f64> = widths.collect();
        let all: f64 = widths.iter().sum();
        let mut x = 0.0;
        let places = widths.iter().map(|width| {
            let from = x;
            x += width / all * column;
            (from, x - from)
        });
        (places.collect(), scale)
    }

    fn row(&mut self, cells: &[String], widths: &[(f64, f64)], style: Style, of: (usize, Role)) -> Strip {
        let Frame { row, column, .. } = self.frame;
        let size = style.size;
        let (table, role) = of;
        let line = self.part(Role::Row, Some(table));
        let is_head = role == Role::Head;
        let style =
            Style { edge: Edge::Ragged, ink: if is_head { Ink::Accent } else { Ink::Black }, ..style };
        let baseline = (row - size) / 2.0 + size * BASELINE;
        let mut marks = Vec::new();
        let mut rows = 1;
        for (cell, (x, width)) in cells.iter().zip(widths) {
            let style = style.of(self.part(role.clone(), Some(line)));
            let lines = self.set_all(cell, style, (width - 0.7 * size).max(2.0 * size));
            rows = rows.max(lines.len());
            let lines = lines.into_iter().enumerate();
            marks.extend(lines.map(|(at, line)| line.at(x + 0.2 * size, baseline + row * at as f64)));
        }
        let (thick, ink) = if is_head { (0.9, Ink::Accent) } else { (0.35, Ink::Pale) };
        marks.push(Bar::decoration(0.0, row * rows as f64 - thick, column, thick, ink));
        Strip { rows, marks, ..Strip::default() }
    }
}
