//! To whom a piece of paper goes, and how that stands in a box of level lines.

use crate::{
    Document, Family, Fault, Fonts, Ink, Laid, Mark, Missing, Page, Part, Printed, Weight, emit,
    lines::Edge,
    look::Setter,
    page::BASELINE,
    part::Role,
    set::{Set, Style},
};

/// To whom a piece of paper goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addressee {
    /// Postal code, as it is kept; only its figures are printed in boxes.
    pub postal: String,
    /// The address line by line, the building last.
    pub lines: Vec<String>,
    /// Company and department before the name; empty for a home.
    pub firm: Vec<String>,
    /// The people. Where one bears the family name of the one before, it is not said again.
    pub names: Vec<Name>,
    /// What follows each name: 様; empty for a sender.
    pub honorific: String,
}

/// Somebody's name on a piece of paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    /// 姓; empty where the name is one piece.
    pub family: String,
    /// 名, or the whole name.
    pub given: String,
    /// The family name of earlier years, as it stands behind the present one: （旧姓 鈴木）; may be empty.
    pub former: String,
}

impl Addressee {
    /// The figures of the postal code.
    pub(crate) fn digits(&self) -> Vec<char> {
        let figure = |letter: char| match letter {
            '０'..='９' => char::from_u32(u32::from(letter) - 0xfee0),
            '0'..='9' => Some(letter),
            _ => None,
        };
        self.postal.chars().filter_map(figure).collect()
    }

    /// The postal code as it is written in a line: 980-0811.
    fn postal_written(&self) -> String {
        let digits: String = self.digits().into_iter().collect();
        if digits.len() == 7 { format!("{}-{}", &digits[..3], &digits[3..]) } else { self.postal.clone() }
    }
}

/// Paper with addresses on it, before it is written.
#[derive(Debug, Clone)]
pub struct Addressed {
    /// The pages.
    pub laid: Laid,
    /// The places of those among the addressees whose address is too long to be set legibly; it stands there, as small
    /// as may be, and may run over.
    pub tight: Vec<usize>,
    /// What else is written on it, a message or a form, is too long to be set legibly.
    pub is_crowded: bool,
    document: Document,
}

impl Addressed {
    /// Writes the pages.
    ///
    /// # Errors
    /// Those of a document.
    pub fn print(self, fonts: &Fonts) -> Result<Printed, Fault> {
        let pdf = emit::emit(&self.document, &self.laid, fonts, None)?;
        let Laid { pages, room, missing, coarse, .. } = self.laid;
        let size = pages.first().map_or((0.0, 0.0), |page| (page.width, page.height));
        let (pages, places, letters) = (pages.len(), Vec::new(), Vec::new());
        Ok(Printed { pdf, pages, size, room, page_room: 0, letters, places, missing, coarse })
    }

    /// The same; `is_crowded` says that the words besides the addresses find no room.
    pub(crate) fn crowded(mut self, is_crowded: bool) -> Self {
        self.is_crowded = is_crowded;
        self
    }

    /// The same over what many of the pages show.
    pub(crate) fn over(mut self, layers: Vec<Page>) -> Self {
        self.laid.layers = layers;
        self
    }

    /// Pages of a setter's marks, of which there is one at least: a paper to nobody is blank.
    pub(crate) fn or_blank(
        document: &Document,
        setter: Setter<'_>,
        mut pages: Vec<Page>,
        tight: Vec<usize>,
    ) -> Self {
        if pages.is_empty() {
            pages.push(crate::label::blank(document));
        }
        Self::new(document.clone(), setter.into(), pages, tight)
    }

    /// Pages of a setter's marks.
    pub(crate) fn new(document: Document, told: Told, pages: Vec<Page>, tight: Vec<usize>) -> Self {
        let Told { mut missing, parts } = told;
        missing.sort();
        missing.dedup();
        Self {
            laid: Laid {
                pages,
                layers: Vec::new(),
                room: 0,
                page_room: 0,
                letters: Vec::new(),
                parts,
                missing,
                coarse: Vec::new(),
            },
            tight,
            is_crowded: false,
            document,
        }
    }
}

/// What a setter has learnt besides the marks.
pub(crate) struct Told {
    pub(crate) missing: Vec<Missing>,
    pub(crate) parts: Vec<Part>,
}

impl From<Setter<'_>> for Told {
    fn from(Setter { missing, parts, .. }: Setter<'_>) -> Told {
        Told { missing, parts }
    }
}

/// Sizes of an address on a label or in a window, in points. Smaller than the second, few can read it on paper held in
/// the hand.
const ADDRESS: (f64, f64) = (10.0, 7.0);
const NAME: (f64, f64) = (15.0, 10.0);
/// Height of a line beside the size of its letters.
const LEADING: f64 = 1.35;

/// Size of 旧姓 beside that of the name, and the smallest that is legible on any paper.
const FORMER: (f64, f64) = (0.6, 7.0);

/// A name's parts set in one size: 姓 with a smaller 旧姓, 名 and 様, each beginning at one place in all names.
pub(crate) struct Names {
    /// The parts, and how far from the beginning each stands.
    pub(crate) lines: Vec<Vec<(f64, Set)>>,
    /// How far they reach.
    pub(crate) width: f64,
}

impl Setter<'_> {
    /// Names under each other, in one size that their room allows, and no smaller than the least; with that size.
    pub(crate) fn names_of(&mut self, to: &Addressee, style: Style, room: f64, least: f64) -> (Names, f64) {
        let missing = self.missing.len();
        let mut size = style.size;
        // 旧姓 that may not shrink any more takes its room from the rest, little by little.
        loop {
            let names = self.names_in(to, Style { size, ..style });
            if names.width <= room + 0.01 || size <= least {
                return (names, size);
            }
            self.missing.truncate(missing);
            size = (size * room / names.width).max(least);
        }
    }

    fn names_in(&mut self, to: &Addressee, style: Style) -> Names {
        let small = Style { size: (FORMER.0 * style.size).max(FORMER.1), ..style };
        let mut one =
            |text: &str, style| self.set(text, style, f64::MAX, 0.0).into_iter().next().unwrap_or_default();
        let gap = 0.6 * style.size;
        let set: Vec<[Set; 4]> = to
            .names
            .iter()
            .enumerate()
            .map(|(at, name)| {
                let same = at > 0 && to.names[at - 1].family == name.family;
                let family = if same { "" } else { &name.family };
                let [family, given, honorific] =
                    [family, &name.given, &to.honorific].map(|text| one(text, style));
                [family, one(&name.former, small), given, honorific]
            })
            .collect();
        let widest = |of: &dyn Fn(&[Set; 4]) -> f64| set.iter().map(of).fold(0.0, f64::max);
        // What stands before 名: where 姓 is not said again, its place is free for 旧姓.
        let head = |parts: &[Set; 4]| {
            let [family, former, ..] = parts;
            let air = if family.width > 0.0 && former.width > 0.0 { 0.1 * style.size } else { 0.0 };
            family.width + air + former.width
        };
        let before = widest(&head);
        let mut pen = before;
        let mut after = |width: f64| {
            let from = if pen > 0.0 && width > 0.0 { pen + gap } else { pen };
            pen = from + width;
            from
        };
        let given = after(widest(&|parts| parts[2].width));
        let honorific = after(widest(&|parts| parts[3].width));
        let lines = set.into_iter().map(|parts| {
            let end = if parts[0].width > 0.0 { head(&parts) } else { before };
            let former = end - parts[1].width;
            [0.0, former, given, honorific].into_iter().zip(parts).collect()
        });
        Names { lines: lines.collect(), width: pen }
    }

    /// A line of an address: on one line where it is not set much smaller for that, else broken.
    pub(crate) fn lines_of(&mut self, line: &str, style: Style, room: f64, least: f64) -> Vec<Set> {
        let missing = self.missing.len();
        let broken = self.set_all(line, style, room);
        if broken.len() == 2 {
            self.missing.truncate(missing);
            let one = self.fitted(line, style, room);
            if one.size >= (style.size * 0.8).max(least) {
                return vec![one];
            }
            self.missing.truncate(missing);
            return self.set_all(line, style, room);
        }
        broken
    }

    /// An addressee within so many points, as large as it finds room; and whether it is legible.
    pub(crate) fn in_box(&mut self, to: &Addressee, width: f64, height: f64) -> (Vec<Mark>, bool) {
        self.in_box_of(to, width, height, 1.0)
    }

    /// The same with letters that may be so much larger.
    pub(crate) fn in_box_of(
        &mut self,
        to: &Addressee,
        width: f64,
        height: f64,
        larger: f64,
    ) -> (Vec<Mark>, bool) {
        let part = self.part(Role::Paragraph, None);
        let missing = self.missing.len();
        let mut scale = larger;
        loop {
            let (marks, reach, depth) = self.at_scale(to, width, scale, part);
            let fits = reach <= width + 0.01 && depth <= height + 0.01;
            // Every try names the letters that no face has.
            if fits || scale * ADDRESS.0 < ADDRESS.1 + 0.01 {
                // In the middle of the box, as far as there is room.
                let down = ((height - depth) / 2.0).max(0.0);
                return (marks.iter().map(|mark| mark.moved(0.0, down)).collect(), fits);
            }
            self.missing.truncate(missing);
            scale = (scale * 0.94).max(ADDRESS.1 / ADDRESS.0);
        }
    }

    /// The addressee in sizes so much smaller; how wide and how high it comes out.
    fn at_scale(&mut self, to: &Addressee, width: f64, scale: f64, part: usize) -> (Vec<Mark>, f64, f64) {
        let style = |size: f64, weight| Style {
            family: Family::Gothic,
            weight,
            size,
            ink: Ink::Black,
            edge: Edge::Ragged,
            part: Some(part),
        };
        let size = ADDRESS.0 * scale;
        let small = style(size, Weight::Regular);
        let mut lines = Vec::new();
        if !to.postal.is_empty() {
            lines.extend(self.set_all(&format!("〒{}", to.postal_written()), small, width));
        }
        for line in to.lines.iter().chain(&to.firm) {
            lines.extend(self.lines_of(line, small, width, ADDRESS.1));
        }
        let mut reach = lines.iter().map(|line| line.width).fold(0.0, f64::max);
        let mut pen = 0.0;
        let mut marks = Vec::with_capacity(lines.len() + 3);
        for line in lines {
            marks.push(line.at(0.0, pen + (LEADING * size - size) / 2.0 + size * BASELINE));
            pen += LEADING * size;
        }
        // A name is never broken: it is set smaller by itself, and the rest stays legible.
        let largest = style(NAME.0 * scale.max(NAME.1 / NAME.0), Weight::Regular);
        let (names, size) = self.names_of(to, largest, width, NAME.1 * 0.8);
        reach = reach.max(names.width);
        pen += 0.35 * size;
        for parts in names.lines {
            let baseline = pen + (LEADING * size - size) / 2.0 + size * BASELINE;
            marks.extend(
                parts.into_iter().filter(|(_, set)| set.width > 0.0).map(|(x, set)| set.at(x, baseline)),
            );
            pen += LEADING * size;
        }
        (marks, reach, pen)
    }
}
