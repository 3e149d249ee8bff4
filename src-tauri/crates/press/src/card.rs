//! The address side of a postcard (はがき), in upright lines.

use crate::{
    Addressed, Addressee, Created, Document, Family, Fault, Fonts, Ink, Mark, Page, Sheet, Weight,
    frame::MM,
    geometry::measure,
    label::{blank, framed, paper},
    lines::Edge,
    look::Setter,
    page::BASELINE,
    part::Role,
    set::{Set, Style},
};

/// Sizes in points, and the smallest that is legible: the address, firm and department, the name, 連名 of several; the
/// sender's address and name.
const ADDRESS: (f64, f64) = (14.0, 8.0);
const NAME: (f64, f64) = (26.0, 14.0);
const OWN: (f64, f64) = (9.5, 7.0);
const OWN_NAME: (f64, f64) = (13.0, 9.0);
/// Size of the postal code's figures: in the boxes, and in the sender's.
const FIGURE: f64 = 15.0;
const OWN_FIGURE: f64 = 9.0;
/// From one upright line's axis to the next one's, beside the size.
const PITCH: f64 = 1.45;
/// Where the address begins, and the name; where lines end at the latest; where the sender's lines end.
const TOP: f64 = 26.0 * MM;
const NAME_TOP: f64 = 36.0 * MM;
const FOOT: f64 = 138.0 * MM;
const OWN_FOOT: f64 = 119.0 * MM;
/// The sender's lines begin not above this, and stand left of that.
const OWN_TOP: f64 = 62.0 * MM;
const OWN_RIGHT: f64 = 33.0 * MM;

/// Postcards to be printed.
#[derive(Debug, Clone)]
pub struct Cards<'a> {
    /// Shown in the viewer's title bar.
    pub title: &'a str,
    /// Who sends, as the PDF says it.
    pub author: &'a str,
    /// When it was made.
    pub created: Created,
    /// Who sends, as it stands on the card; no names for none.
    pub from: &'a Addressee,
    /// The postal code's boxes are drawn, for a try on plain paper.
    pub outlined: bool,
    /// To whom.
    pub to: &'a [Addressee],
}

/// Sets the address sides, one a page.
///
/// # Errors
/// Those of a document.
pub fn cards(cards: &Cards<'_>, fonts: &Fonts) -> Result<Addressed, Fault> {
    let document = paper(cards.title, cards.author, cards.created, sheet(), true);
    let mut card = Card { setter: Setter::new(&document, fonts)?, document: &document };
    let mut pages = Vec::with_capacity(cards.to.len());
    let mut tight = Vec::new();
    for (at, to) in cards.to.iter().enumerate() {
        let (mut page, fits) = card.address(to);
        let own_fits = card.own(cards.from, &mut page);
        if cards.outlined {
            page.marks.extend((0..7).flat_map(frame));
        }
        if !(fits && own_fits) {
            tight.push(at);
        }
        pages.push(page);
    }
    if pages.is_empty() {
        pages.push(blank(&document));
    }
    let told = card.setter.into();
    Ok(Addressed::new(document, told, pages, tight))
}

fn sheet() -> Sheet {
    let margin = measure("card", "margin") / MM;
    Sheet {
        width: measure("card", "width") / MM,
        height: measure("card", "height") / MM,
        top: margin,
        right: margin,
        bottom: margin,
        left: margin,
        columns: 1,
        gutter: 0.0,
        folds: 0,
    }
}

/// The left edge of a postal code's box; 0 is the first.
fn box_left(digit: usize) -> f64 {
    let card = |what| measure("card", what);
    let width = card("digit-width");
    let last = card("width") - card("digit-right") - width;
    // From the last back to the first: three gaps, the middle one, two gaps.
    let behind = 6 - digit;
    let tail = behind.min(3) as f64 * (width + card("digit-gap-tail"));
    let middle = if behind > 3 { width + card("digit-gap-middle") } else { 0.0 };
    let head = behind.saturating_sub(4) as f64 * (width + card("digit-gap-head"));
    last - tail - middle - head
}

fn frame(digit: usize) -> [Mark; 4] {
    let card = |what| measure("card", what);
    framed(box_left(digit), card("digit-top"), card("digit-width"), card("digit-height"))
}

struct Card<'a> {
    setter: Setter<'a>,
    document: &'a Document,
}

impl Card<'_> {
    /// The page with the addressee on it; whether all of it is legible.
    fn address(&mut self, to: &Addressee) -> (Page, bool) {
        let mut page = blank(self.document);
        let part = self.setter.part(Role::Paragraph, None);
        let card = |what| measure("card", what);
        let middle = card("digit-top") + card("digit-height") / 2.0;
        for (at, digit) in to.digits().into_iter().take(7).enumerate() {
            let x = box_left(at) + card("digit-width") / 2.0;
            page.marks.extend(self.figure(digit, FIGURE, x, middle, part));
        }
        let missing = self.setter.missing.len();
        let mut scale = 1.0;
        loop {
            let (marks, fits) = self.lines(to, scale, part);
            if fits || scale * ADDRESS.0 < ADDRESS.1 + 0.01 {
                page.marks.extend(marks);
                return (page, fits);
            }
            self.setter.missing.truncate(missing);
            scale = (scale * 0.93).max(ADDRESS.1 / ADDRESS.0);
        }
    }

    /// Address, firm and names from the right edge to the left; whether nothing meets anything else.
    fn lines(&mut self, to: &Addressee, scale: f64, part: usize) -> (Vec<Mark>, bool) {
        let right = self.width() - measure("card", "margin");
        let size = ADDRESS.0 * scale;
        let style = style(size, part);
        let mut marks = Vec::new();
        let mut axis = right - 0.8 * size;
        let mut fits = true;
        for (nth, line) in to.lines.iter().enumerate() {
            // The building begins lower than the town.
            let from = TOP + if nth == 0 { 0.0 } else { 2.0 * size };
            for set in self.setter.lines_of(&in_kanji(line), style, FOOT - from, ADDRESS.1) {
                marks.push(self.upright(set, axis, from));
                axis -= PITCH * size;
            }
        }
        for line in &to.firm {
            let from = TOP + 3.0 * size;
            for set in self.setter.lines_of(line, style, FOOT - from, ADDRESS.1) {
                marks.push(self.upright(set, axis, from));
                axis -= PITCH * size;
            }
        }
        // What the address leaves free at the left of its last line.
        let free = axis + PITCH * size - 0.75 * size;
        let count = to.names.len().max(1) as f64;
        let most = if count > 2.0 { 20.0 } else { NAME.0 };
        let mut size = most * scale.max(NAME.1 / most);
        let missing = self.setter.missing.len();
        let mut names = self.setter.names_of(to, self::style(size, part));
        let room = FOOT - NAME_TOP;
        if names.width > room {
            size *= room / names.width;
            self.setter.missing.truncate(missing);
            names = self.setter.names_of(to, self::style(size, part));
        }
        fits &= size >= NAME.1 - 0.01;
        let block = PITCH * size * (count - 1.0) + size;
        // The middle of the card, and further left where the address needs the room.
        let middle = (self.width() / 2.0).min(free - block / 2.0 - 2.0 * MM);
        let left = middle - block / 2.0;
        fits &= left >= OWN_RIGHT + MM;
        for (nth, parts) in names.lines.into_iter().enumerate() {
            let axis = middle + block / 2.0 - size / 2.0 - PITCH * size * nth as f64;
            let parts = parts.into_iter().filter(|(_, set)| set.width > 0.0);
            marks.extend(parts.map(|(along, set)| self.upright(set, axis, NAME_TOP + along)));
        }
        (marks, fits)
    }

    /// The sender at the lower left; whether it finds room.
    fn own(&mut self, from: &Addressee, page: &mut Page) -> bool {
        if from.names.is_empty() && from.firm.is_empty() {
            return true;
        }
        let part = self.setter.part(Role::Paragraph, None);
        let card = |what| measure("card", what);
        let middle = card("own-digit-top") + 2.5 * MM;
        for (at, digit) in from.digits().into_iter().take(7).enumerate() {
            let x = card("own-digit-left") + card("own-digit-pitch") * (at as f64 + 0.5);
            page.marks.extend(self.figure(digit, OWN_FIGURE, x, middle, part));
        }
        let room = OWN_FOOT - OWN_TOP;
        let missing = self.setter.missing.len();
        let mut scale = 1.0;
        loop {
            let small = style(OWN.0 * scale, part);
            let large = style(OWN_NAME.0 * scale.max(OWN_NAME.1 / OWN_NAME.0), part);
            let mut sets: Vec<Set> = Vec::new();
            for line in &from.lines {
                sets.extend(self.setter.lines_of(&in_kanji(line), small, room, OWN.1));
            }
            for line in &from.firm {
                sets.extend(self.setter.set_all(line, large, room));
            }
            let names = from.names.iter().map(|(family, given)| format!("{family}　{given}"));
            for name in names.collect::<Vec<_>>() {
                sets.extend(self.setter.set_all(name.trim(), large, room));
            }
            let breadth: f64 = sets.iter().map(|set| PITCH * set.size).sum();
            let fits = breadth <= OWN_RIGHT - measure("card", "margin");
            if fits || scale * OWN.0 < OWN.1 + 0.01 {
                let mut axis = OWN_RIGHT;
                for set in sets {
                    axis -= PITCH * set.size / 2.0;
                    let (half, from) = (PITCH * set.size / 2.0, OWN_FOOT - set.width);
                    page.marks.push(self.upright(set, axis, from));
                    axis -= half;
                }
                return fits;
            }
            self.setter.missing.truncate(missing);
            scale = (scale * 0.92).max(OWN.1 / OWN.0);
        }
    }

    fn width(&self) -> f64 {
        self.document.sheet.width * MM
    }

    /// An upright line with its axis at `axis` from the left edge, from `top` down.
    fn upright(&self, set: Set, axis: f64, top: f64) -> Mark {
        let y = self.width() - axis + (BASELINE - 0.5) * set.size;
        set.at(top, y).upright(self.width())
    }

    /// One figure of a postal code with its middle at a place: level, as the code is everywhere.
    fn figure(&mut self, digit: char, size: f64, x: f64, y: f64, part: usize) -> Option<Mark> {
        self.setter.frame.is_upright = false;
        let set = self.setter.set(&digit.to_string(), style(size, part), f64::MAX, 0.0).into_iter().next();
        self.setter.frame.is_upright = true;
        // Figures stand 0.72 em high on the baseline.
        set.map(|set| {
            let left = x - set.width / 2.0;
            set.at(left, y + 0.36 * size)
        })
    }
}

fn style(size: f64, part: usize) -> Style {
    Style {
        family: Family::Mincho,
        weight: Weight::Regular,
        size,
        ink: Ink::Black,
        edge: Edge::Ragged,
        part: Some(part),
    }
}

/// An address as it is written downwards: figure by figure in kanji (10 → 一〇), hyphens between them as strokes.
pub(crate) fn in_kanji(line: &str) -> String {
    const KANJI: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let figure = |letter: char| match letter {
        '０'..='９' => letter.to_digit(36).or(Some(u32::from(letter) - 0xff10)),
        _ => letter.to_digit(10),
    };
    let letters: Vec<char> = line.chars().collect();
    let is_figure =
        |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|it| figure(*it).is_some());
    // The 402 of B-402 belongs to the Latin letter, and lies with it.
    let is_latin = |at: usize| {
        let before = letters[..at].iter().rposition(|it| figure(*it).is_none());
        let Some(stroke) = before.filter(|&before| is_hyphen(letters[before])) else { return false };
        stroke > 0 && letters[stroke - 1].is_ascii_alphabetic()
    };
    let letter = |(at, &letter): (usize, &char)| match figure(letter) {
        Some(_) if is_latin(at) => letter,
        Some(value) => KANJI.get(value as usize).copied().unwrap_or(letter),
        None if is_hyphen(letter) && is_figure(at.checked_sub(1)) && is_figure(Some(at + 1)) => 'ー',
        None => letter,
    };
    letters.iter().enumerate().map(letter).collect()
}

/// The strokes that people type between the numbers of an address.
fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '－' | 'ー' | 'ｰ' | '−' | '‐' | '‑' | '–' | '—' | '―')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_figure_by_figure_downwards() {
        for (typed, written) in [
            ("仙台市青葉区一番町2-10-5", "仙台市青葉区一番町二ー一〇ー五"),
            ("国分町３丁目１０－５", "国分町三丁目一〇ー五"),
            ("メゾン-S 305号室", "メゾン-S 三〇五号室"),
            ("研究棟 4階 B-402", "研究棟 四階 B-402"),
        ] {
            assert_eq!(in_kanji(typed), written);
        }
    }

    #[test]
    fn the_boxes_stand_where_the_post_says() {
        // The middles computed from the published gaps on a card 100 mm wide.
        let middles = [47.15, 54.15, 61.15, 68.75, 75.55, 82.35, 89.15];
        for (at, middle) in middles.into_iter().enumerate() {
            assert!((box_left(at) / MM + 5.7 / 2.0 - middle).abs() < 0.01, "{at}");
        }
    }
}
