//! The address side of a postcard (はがき) or an envelope, in upright or level lines.

use crate::{
    Addressee, Family, Ink, Mark, Name, Sheet, Weight,
    frame::MM,
    geometry::{measure, number},
    label::framed,
    lines::Edge,
    look::Setter,
    page::BASELINE,
    part::Role,
    set::{Set, Style},
};

/// What bears the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Front {
    /// 通常はがき, 100 × 148 mm.
    #[default]
    Postcard,
    /// 長形3号, 120 × 235 mm: A4 folded in three.
    Naga3,
    /// 角形2号, 240 × 332 mm: A4 unfolded.
    Kaku2,
}

impl Front {
    /// Its name in the file of measures.
    const fn kind(self) -> &'static str {
        match self {
            Self::Postcard => "card",
            Self::Naga3 => "naga3",
            Self::Kaku2 => "kaku2",
        }
    }

    /// Its paper.
    pub(crate) fn sheet(self) -> Sheet {
        let measure = |what| measure(self.kind(), what) / MM;
        let margin = measure("margin");
        Sheet {
            width: measure("width"),
            height: measure("height"),
            top: margin,
            right: margin,
            bottom: margin,
            left: margin,
            columns: 1,
            gutter: 0.0,
            folds: 0,
        }
    }
}

/// Sizes in points on a postcard, and the smallest that is legible on any paper: the address, firm and department, the
/// name, 連名 of several; the sender's address and name.
const ADDRESS: (f64, f64) = (14.0, 8.0);
const NAME: (f64, f64) = (26.0, 14.0);
const OWN: (f64, f64) = (9.5, 7.0);
const OWN_NAME: (f64, f64) = (13.0, 9.0);
/// Size of the postal code's figures: in the boxes, and in the sender's.
const FIGURE: f64 = 15.0;
const OWN_FIGURE: f64 = 9.0;
/// From one upright line's axis to the next one's, beside the size.
const PITCH: f64 = 1.45;
/// Level lines begin so far from the left edge, and their addresses are so much larger than on a label.
const LEVEL_LEFT: f64 = 14.0 * MM;
const LEVEL_LARGER: f64 = 1.25;
/// Height of a level line of the sender beside its size.
const LEADING: f64 = 1.45;

/// Where everything stands on one kind of paper, in points. The measures are looked up once for a thousand cards.
pub(crate) struct Face {
    width: f64,
    margin: f64,
    digits: [f64; 7],
    digit: [f64; 3],
    own_digits: [f64; 3],
    address_top: f64,
    name_top: f64,
    foot: f64,
    own_top: f64,
    own_foot: f64,
    own_right: f64,
    /// How large letters are beside those of a postcard.
    larger: f64,
    is_level: bool,
}

impl Face {
    pub(crate) fn new(front: Front, is_level: bool) -> Self {
        let kind = front.kind();
        let measure = |what| measure(kind, what);
        Self {
            width: measure("width"),
            margin: measure("margin"),
            digits: std::array::from_fn(|at| box_left(kind, at)),
            digit: ["digit-top", "digit-width", "digit-height"].map(measure),
            own_digits: ["own-digit-left", "own-digit-top", "own-digit-pitch"].map(measure),
            address_top: measure("address-top"),
            name_top: measure("name-top"),
            foot: measure("foot"),
            own_top: measure("own-top"),
            own_foot: measure("own-foot"),
            own_right: measure("own-right"),
            larger: number(kind, "letters") / 100.0,
            is_level,
        }
    }

    /// The boxes of the postal code, for a try on plain paper.
    pub(crate) fn frames(&self) -> Vec<Mark> {
        let [top, width, height] = self.digit;
        self.digits.into_iter().flat_map(|left| framed(left, top, width, height)).collect()
    }

    /// An addressee and a sender, from the paper's upper left corner; whether all of it is legible.
    pub(crate) fn set(
        &self,
        setter: &mut Setter<'_>,
        to: &Addressee,
        from: Option<&Addressee>,
    ) -> (Vec<Mark>, bool) {
        let was_upright = std::mem::replace(&mut setter.frame.is_upright, !self.is_level);
        let (mut marks, mut fits) = self.address(setter, to);
        if let Some(from) = from {
            let (own, own_fits) = self.own(setter, from);
            marks.extend(own);
            fits &= own_fits;
        }
        setter.frame.is_upright = was_upright;
        (marks, fits)
    }

    fn address(&self, setter: &mut Setter<'_>, to: &Addressee) -> (Vec<Mark>, bool) {
        let part = setter.part(Role::Paragraph, None);
        let [top, width, height] = self.digit;
        let middle = top + height / 2.0;
        let digits = to.digits().into_iter().take(7).zip(self.digits);
        let mut marks: Vec<Mark> = digits
            .filter_map(|(digit, left)| figure(setter, digit, FIGURE, left + width / 2.0, middle, part))
            .collect();
        if self.is_level {
            // The code stands in its boxes.
            let to = Addressee { postal: String::new(), ..to.clone() };
            let (width, top) = (self.width - LEVEL_LEFT - self.margin, self.address_top + 8.0 * MM);
            let room = self.own_foot - 24.0 * MM - top;
            let (level, fits) = setter.in_box_of(&to, width, room, LEVEL_LARGER * self.larger);
            marks.extend(level.iter().map(|mark| mark.moved(LEVEL_LEFT, top)));
            return (marks, fits);
        }
        let missing = setter.missing.len();
        let mut scale = self.larger;
        loop {
            let (lines, fits) = self.lines(setter, to, scale, part);
            if fits || scale * ADDRESS.0 < ADDRESS.1 + 0.01 {
                marks.extend(lines);
                return (marks, fits);
            }
            setter.missing.truncate(missing);
            scale = (scale * 0.93).max(ADDRESS.1 / ADDRESS.0);
        }
    }

    /// Address, firm and names from the right edge to the left; whether nothing meets anything else.
    fn lines(&self, setter: &mut Setter<'_>, to: &Addressee, scale: f64, part: usize) -> (Vec<Mark>, bool) {
        let size = ADDRESS.0 * scale;
        let style = style(size, part);
        let mut marks = Vec::new();
        let mut axis = self.width - self.margin - 0.8 * size;
        let mut fits = true;
        // The building begins lower than the town, the firm lower still.
        let towns =
            to.lines.iter().enumerate().map(|(nth, line)| (in_kanji(line), if nth == 0 { 0.0 } else { 2.0 }));
        let firms = to.firm.iter().map(|line| (line.clone(), 3.0));
        for (line, lower) in towns.chain(firms) {
            let from = self.address_top + lower * size;
            for set in setter.lines_of(&line, style, self.foot - from, ADDRESS.1) {
                marks.push(self.upright(set, axis, from));
                axis -= PITCH * size;
            }
        }
        // What the address leaves free at the left of its last line.
        let free = axis + PITCH * size - 0.75 * size;
        let count = to.names.len().max(1) as f64;
        let most = if count > 2.0 { 20.0 } else { NAME.0 };
        let largest = self::style(most * scale.max(NAME.1 / most), part);
        let (names, size) = setter.names_of(to, largest, self.foot - self.name_top, 1.0);
        fits &= size >= NAME.1 - 0.01;
        let block = PITCH * size * (count - 1.0) + size;
        // The middle of the card, and further left where the address needs the room.
        let middle = (self.width / 2.0).min(free - block / 2.0 - 2.0 * MM);
        let left = middle - block / 2.0;
        fits &= left >= self.own_right + MM;
        for (nth, parts) in names.lines.into_iter().enumerate() {
            let axis = middle + block / 2.0 - size / 2.0 - PITCH * size * nth as f64;
            let parts = parts.into_iter().filter(|(_, set)| set.width > 0.0);
            marks.extend(parts.map(|(along, set)| self.upright(set, axis, self.name_top + along)));
        }
        (marks, fits)
    }

    /// The sender at the lower left; whether it finds room.
    fn own(&self, setter: &mut Setter<'_>, from: &Addressee) -> (Vec<Mark>, bool) {
        if from.names.is_empty() && from.firm.is_empty() {
            return (Vec::new(), true);
        }
        let part = setter.part(Role::Paragraph, None);
        let [left, top, pitch] = self.own_digits;
        let digits = from.digits().into_iter().take(7).enumerate();
        let mut marks: Vec<Mark> = digits
            .filter_map(|(at, digit)| {
                figure(setter, digit, OWN_FIGURE, left + pitch * (at as f64 + 0.5), top + 2.5 * MM, part)
            })
            .collect();
        // Level lines have the width of the card, and the room above the digits.
        let (room, breadth) = if self.is_level {
            (0.6 * self.width, 22.0 * MM)
        } else {
            (self.own_foot - self.own_top, self.own_right - self.margin)
        };
        let missing = setter.missing.len();
        let mut scale = self.larger;
        loop {
            let small = style(OWN.0 * scale, part);
            let large = style(OWN_NAME.0 * scale.max(OWN_NAME.1 / OWN_NAME.0), part);
            let mut sets: Vec<Set> = Vec::new();
            for line in &from.lines {
                let line = if self.is_level { line.clone() } else { in_kanji(line) };
                sets.extend(setter.lines_of(&line, small, room, OWN.1));
            }
            for line in &from.firm {
                sets.extend(setter.set_all(line, large, room));
            }
            for Name { family, given, .. } in &from.names {
                sets.extend(setter.set_all(format!("{family}　{given}").trim(), large, room));
            }
            let leading = if self.is_level { LEADING } else { PITCH };
            let fits = sets.iter().map(|set| leading * set.size).sum::<f64>() <= breadth;
            if fits || scale * OWN.0 < OWN.1 + 0.01 {
                marks.extend(self.own_lines(sets, leading));
                return (marks, fits);
            }
            setter.missing.truncate(missing);
            scale = (scale * 0.92).max(OWN.1 / OWN.0);
        }
    }

    /// The sender's lines where they stand: upright ones end at one height, level ones stand above the digits.
    fn own_lines(&self, sets: Vec<Set>, leading: f64) -> Vec<Mark> {
        let mut pen = if self.is_level {
            self.own_foot - sets.iter().map(|set| leading * set.size).sum::<f64>()
        } else {
            self.own_right
        };
        let mut marks = Vec::with_capacity(sets.len());
        for set in sets {
            let step = leading * set.size;
            if self.is_level {
                let baseline = pen + (step - set.size) / 2.0 + set.size * BASELINE;
                marks.push(set.at(self.own_digits[0], baseline));
                pen += step;
            } else {
                let (axis, from) = (pen - step / 2.0, self.own_foot - set.width);
                marks.push(self.upright(set, axis, from));
                pen -= step;
            }
        }
        marks
    }

    /// An upright line with its axis at `axis` from the left edge, from `top` down.
    fn upright(&self, set: Set, axis: f64, top: f64) -> Mark {
        let y = self.width - axis + (BASELINE - 0.5) * set.size;
        set.at(top, y).upright(self.width)
    }
}

/// The left edge of a postal code's box; 0 is the first.
fn box_left(kind: &str, digit: usize) -> f64 {
    let measure = |what| measure(kind, what);
    let width = measure("digit-width");
    let last = measure("width") - measure("digit-right") - width;
    // From the last back to the first: three gaps, the middle one, two gaps.
    let behind = 6 - digit;
    let tail = behind.min(3) as f64 * (width + measure("digit-gap-tail"));
    let middle = if behind > 3 { width + measure("digit-gap-middle") } else { 0.0 };
    let head = behind.saturating_sub(4) as f64 * (width + measure("digit-gap-head"));
    last - tail - middle - head
}

/// One figure of a postal code with its middle at a place: level, as the code is everywhere.
fn figure(setter: &mut Setter<'_>, digit: char, size: f64, x: f64, y: f64, part: usize) -> Option<Mark> {
    let was_upright = std::mem::replace(&mut setter.frame.is_upright, false);
    let set = setter.set(&digit.to_string(), style(size, part), f64::MAX, 0.0).into_iter().next();
    setter.frame.is_upright = was_upright;
    // Figures stand 0.72 em high on the baseline.
    set.map(|set| {
        let left = x - set.width / 2.0;
        set.at(left, y + 0.36 * size)
    })
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
            assert!((box_left("card", at) / MM + 5.7 / 2.0 - middle).abs() < 0.01, "{at}");
        }
    }
}
