//! Blocks into pages: columns are filled strip by strip, and the last page's columns end level.

use crate::{
    Block, Document, Fault, Fonts, Laid, Mark, Page, Place,
    frame::{Frame, Strip},
    links,
    look::Setter,
    sheets::sheets,
};

/// Sets a document into pages.
pub(crate) fn lay(document: &Document, fonts: &Fonts) -> Result<Laid, Fault> {
    let mut setter = Setter::new(document, fonts)?;
    let mut flow = Flow::new(setter.frame);
    let mut running = String::new();
    let mut column: Vec<Strip> = Vec::new();
    let mut wide: Vec<Strip> = Vec::new();
    let mut before: Option<&Block> = None;
    for (at, block) in document.blocks.iter().enumerate() {
        setter.block = at;
        let is_wide = block.is_across() && setter.frame.columns > 1 && setter.spans(block);
        if !is_wide {
            flow.across(std::mem::take(&mut wide));
        }
        match block {
            Block::Masthead { name, line, number_and_date } => {
                flow.columns(&mut std::mem::take(&mut column), 0);
                flow.settle();
                if flow.row > 0 {
                    // Another sheet of the same pile.
                    flow.turn();
                }
                let mut masthead = setter.masthead(name, line, number_and_date);
                masthead.block = Some(at);
                flow.head(&masthead);
                running = format!("{name}　{number_and_date}");
            }
            Block::Colophon(lines) => {
                let mut colophon = setter.colophon(lines);
                colophon.block = Some(at);
                flow.columns(&mut std::mem::take(&mut column), colophon.rows + 1);
                flow.settle();
                flow.foot(&colophon);
            }
            block => {
                let mut strips = if is_wide { setter.across(block)? } else { setter.strips(block)? };
                strips.iter_mut().for_each(|strip| strip.block = Some(at));
                if let (Block::Heading(_), Some(Block::Rule)) = (block.bare(), before) {
                    // The rule asked for takes the place of the heading's own.
                    strips.iter_mut().for_each(|strip| strip.lead_marks.clear());
                }
                if is_wide {
                    flow.columns(&mut std::mem::take(&mut column), 0);
                    wide.extend(strips);
                } else {
                    column.extend(strips);
                }
            }
        }
        before = Some(block.bare());
    }
    flow.across(wide);
    flow.columns(&mut column, 0);
    flow.settle();
    if document.page_numbers {
        for (index, page) in flow.pages.iter_mut().enumerate() {
            page.marks.extend(setter.foot(&running, index + 1));
        }
    }
    let Setter { mut missing, coarse, mut parts, .. } = setter;
    missing.sort();
    missing.dedup();
    let Frame { column, size, columns, rows, .. } = flow.frame;
    let letters = |rows: usize| ((rows * columns) as f64 * column / size).round() as usize;
    let (room, page_room) = (letters(flow.free), letters(rows));
    let letters = flow.pages.iter().map(letters_of).collect();
    links::find(&mut flow.pages, &mut parts);
    let pages = sheets(flow.pages, document);
    Ok(Laid { pages, layers: Vec::new(), room, page_room, letters, parts, missing, coarse })
}

/// How many letters of the document stand on a page.
fn letters_of(page: &Page) -> usize {
    let lines = page.lines().filter(|line| line.part.is_some());
    lines.flat_map(|line| &line.glyphs).map(|placed| placed.glyph.text.chars().count()).sum()
}

/// The pages so far and the first free row of the last one.
struct Flow {
    frame: Frame,
    pages: Vec<Page>,
    row: usize,
    /// Rows that are still free in each column of the last page with text.
    free: usize,
    /// Text stands above the first free row, not the page's edge or a masthead.
    begun: bool,
    /// A block across all columns does: what follows keeps a distance.
    after_wide: bool,
    /// Photographs across all columns that begin the next page.
    waiting: Vec<Strip>,
}

/// Rows of text that must find room below a heading across all columns.
const BELOW: usize = 3;

impl Flow {
    fn new(frame: Frame) -> Self {
        let mut flow = Self {
            frame,
            pages: Vec::new(),
            row: 0,
            free: frame.rows,
            begun: false,
            after_wide: false,
            waiting: Vec::new(),
        };
        flow.turn();
        flow
    }

    /// Begins a page.
    fn turn(&mut self) {
        self.pages.push(Page { width: self.frame.width, height: self.frame.height, ..Page::default() });
        (self.row, self.begun, self.after_wide) = (0, false, false);
        let waiting = std::mem::take(&mut self.waiting);
        self.across(waiting);
    }

    /// Brings every photograph that waits for a page onto one.
    fn settle(&mut self) {
        while !self.waiting.is_empty() {
            self.turn();
        }
    }

    /// Strips across all columns at the first free row, or on the next page.
    fn across(&mut self, mut strips: Vec<Strip>) {
        let Some(first) = strips.first() else { return };
        self.after_wide = false;
        if self.row > 0 {
            let lead = if self.begun { first.lead } else { 0 };
            let whole = strips.iter().position(|strip| !strip.keep).map_or(strips.len(), |last| last + 1);
            let taken: usize = strips[..whole].iter().map(|strip| strip.rows).sum();
            let leads: usize = strips[1..whole].iter().map(|strip| strip.lead).sum();
            let below = if strips[whole - 1].keep { BELOW } else { 0 };
            if self.row + lead + taken + leads + below > self.frame.rows {
                if strips.iter().all(|strip| strip.floats) {
                    return self.waiting.append(&mut strips);
                }
                self.turn();
            } else if lead > 0 {
                self.row += lead;
                let above = Strip { marks: first.lead_marks.clone(), ..Strip::default() };
                self.draw(&above, 0, self.row, false);
            }
        }
        let frame = self.frame;
        (self.frame.column, self.frame.columns) = (frame.full(), 1);
        self.columns(&mut strips, 0);
        self.frame = frame;
        self.after_wide = strips.last().is_some_and(|strip| !strip.keep);
    }

    /// A strip across all columns at the first free row.
    fn head(&mut self, strip: &Strip) {
        if self.row > 0 && self.row + strip.rows > self.frame.rows {
            self.turn();
        }
        self.draw(strip, 0, self.row, false);
        self.row += strip.rows;
        (self.begun, self.after_wide) = (false, false);
    }

    /// A strip across all columns at the foot of the page.
    fn foot(&mut self, strip: &Strip) {
        if self.row > 0 && self.row + strip.rows > self.frame.rows {
            self.turn();
        }
        self.draw(strip, 0, self.frame.rows.saturating_sub(strip.rows), false);
        self.row = self.frame.rows;
    }

    /// Fills columns with strips. `reserve` rows stay free at the foot of the last page.
    fn columns(&mut self, strips: &mut [Strip], reserve: usize) {
        let mut from = 0;
        if !strips.is_empty() && std::mem::take(&mut self.after_wide) {
            self.row = (self.row + 1).min(self.frame.rows);
        }
        while from < strips.len() {
            let room = self.frame.rows - self.row;
            let last = room.saturating_sub(reserve);
            if let Some(rows) = (1..=last).find(|&rows| self.fits(strips, from, rows)) {
                self.fill(strips, from, rows);
                self.row += rows;
                self.free = last - rows;
                self.begun = true;
                return;
            }
            // When all would fit but for the reserve, the last lines go on to the next page, so that the foot
            // is not alone there.
            let rows = (1..=room).find(|&rows| self.fits(strips, from, rows)).map_or(room, |rows| rows - 1);
            if rows > 0 {
                from = self.fill(strips, from, rows);
            }
            self.turn();
        }
    }

    /// Whether all strips from `from` on find room in columns of that many rows.
    fn fits(&self, strips: &[Strip], from: usize, rows: usize) -> bool {
        let mut from = from;
        for _ in 0..self.frame.columns {
            match column(strips, from, rows) {
                Some(end) => from = end,
                None => return false,
            }
            if from == strips.len() {
                return true;
            }
        }
        false
    }

    /// Draws one column after the other and answers the first strip that found no room.
    fn fill(&mut self, strips: &mut [Strip], from: usize, rows: usize) -> usize {
        let mut from = from;
        for place in 0..self.frame.columns {
            if from == strips.len() {
                break;
            }
            let_text_pass(strips, from, rows);
            // A strip that must not be parted from the next, in a column too short for both, is parted; one
            // taller than the column hangs over its foot: text is never lost.
            let is_whole = self.row == 0;
            let end = match column(strips, from, rows) {
                Some(end) => end,
                None if is_whole => from + whole(&strips[from..], rows),
                None => from,
            };
            let mut row = self.row;
            if let Some(head) = strips[from..end].first().and_then(|strip| strip.again.clone()) {
                self.draw(&head, place, row, false);
                row += head.rows;
            }
            for (index, strip) in strips[from..end].iter().enumerate() {
                let lead = if index == 0 { 0 } else { strip.lead };
                self.draw(strip, place, row + lead, index > 0);
                row += lead + strip.rows;
            }
            from = end;
        }
        from
    }

    fn draw(&mut self, strip: &Strip, place: usize, row: usize, has_lead: bool) {
        let x = self.frame.left + self.frame.step * place as f64;
        let y = self.frame.top + self.frame.row * row as f64;
        let Frame { is_upright, width, .. } = self.frame;
        let Some(page) = self.pages.last_mut() else { return };
        let placed = |mark: &Mark| {
            let mark = mark.moved(x, y);
            if is_upright { mark.upright(width) } else { mark }
        };
        if has_lead {
            page.marks.extend(strip.lead_marks.iter().map(placed));
        }
        page.marks.extend(strip.marks.iter().map(placed));
        if let Some(block) = strip.block.filter(|_| strip.rows > 0) {
            let width = if strip.is_full { self.frame.full() } else { self.frame.column };
            let place = Place { block, x, y, width, height: self.frame.row * strip.rows as f64 };
            let place = if is_upright { place.upright(self.frame.width) } else { place };
            match page.places.last_mut() {
                Some(last) if last.block == block && last.goes_on_with(&place, is_upright) => {
                    last.join(&place)
                }
                _ => page.places.push(place),
            }
        }
        let height = if is_upright { x } else { y };
        page.headings.extend(strip.heading.iter().map(|heading| (heading.clone(), height)));
    }
}

/// The strip after the last that fits a column of that many rows, at a place where a column may end;
/// nothing when there is no such place.
fn column(strips: &[Strip], from: usize, rows: usize) -> Option<usize> {
    let mut end = None;
    let mut used = 0;
    for (index, strip) in strips.iter().enumerate().skip(from) {
        used += strip.rows + if index == from { again(strip) } else { strip.lead };
        if used > rows {
            break;
        }
        if !strip.keep || index + 1 == strips.len() {
            end = Some(index + 1);
        }
    }
    end
}

/// Rows of what is drawn before a strip that begins a column.
fn again(strip: &Strip) -> usize {
    strip.again.as_ref().map_or(0, |head| head.rows)
}

/// Where a column would end before a photograph, moves the photograph behind the lines of its article that still
/// find room: it then begins the next column.
fn let_text_pass(strips: &mut [Strip], from: usize, rows: usize) {
    let end = column(strips, from, rows).filter(|&end| strips.get(end).is_some_and(|strip| strip.floats));
    let Some(photo) = end else { return };
    let is_line = |strip: &&Strip| !strip.floats && strip.heading.is_none();
    let behind = strips[photo + 1..].iter().take(rows).take_while(is_line).count();
    for lines in (1..=behind).rev() {
        strips[photo..=photo + lines].rotate_left(1);
        if column(strips, from, rows) == Some(photo + lines) {
            return;
        }
        strips[photo..=photo + lines].rotate_right(1);
    }
}

/// How many strips fit when nothing is kept together; at least one.
fn whole(strips: &[Strip], rows: usize) -> usize {
    let mut used = 0;
    let fit = strips.iter().take_while(|strip| {
        used += strip.lead + strip.rows;
        used <= rows
    });
    fit.count().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(rows: usize, keep: bool) -> Strip {
        Strip { rows, keep, ..Strip::default() }
    }

    #[test]
    fn a_heading_goes_with_the_text_after_it() {
        let strips = [strip(1, false), strip(2, true), strip(1, true), strip(1, false)];
        assert_eq!(column(&strips, 0, 4), Some(1));
        assert_eq!(column(&strips, 0, 5), Some(4));
    }

    #[test]
    fn a_column_too_short_for_what_must_stay_together_has_no_end() {
        assert_eq!(column(&[strip(2, true), strip(1, false)], 0, 2), None);
    }
}
