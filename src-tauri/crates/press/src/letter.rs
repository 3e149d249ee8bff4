//! One letter to many: what is common to all is written once, and each page adds an address where the window of an
//! envelope shows it.

use crate::{
    Addressed, Addressee, Document, Fault, Fonts, Ink, Mark, Page, Sheet, flow,
    frame::MM,
    geometry::measure,
    look::Setter,
    page::BASELINE,
    part::{Part, Role},
    set::Style,
};

/// Where the sender's lines begin, and where they end at the right, in points.
const FROM_TOP: f64 = 22.0 * MM;
const FROM_RIGHT: f64 = 184.0 * MM;
const FROM_SIZE: f64 = 9.5;

/// A letter to many.
#[derive(Debug, Clone)]
pub struct Letters<'a> {
    /// What all of them get, on a [`Sheet::folded_in_three`].
    pub letter: &'a Document,
    /// The day and the sender, line by line, at the right of the address.
    pub from: &'a [String],
    /// To whom.
    pub to: &'a [Addressee],
}

impl Sheet {
    /// A4 folded in three for a long envelope: the first third is left to address and sender.
    pub const fn folded_in_three() -> Self {
        Self { top: 106.0, folds: 3, ..Self::a4(1) }
    }
}

/// Sets the letters, one after the other.
///
/// # Errors
/// Those of a document.
pub fn letters(letters: &Letters<'_>, fonts: &Fonts) -> Result<Addressed, Fault> {
    let document = letters.letter;
    let common = flow::lay(document, fonts)?;
    let mut setter = Setter::new(document, fonts)?;
    let mut layers = common.pages;
    // Of every copy's parts the first is the address and the second the sender; what is common follows.
    for mark in layers.iter_mut().flat_map(|layer| &mut layer.marks) {
        mark.shift_part(2);
    }
    let from = from(&mut setter, letters.from, 1);
    if let Some(first) = layers.first_mut() {
        first.marks.extend(from);
    }
    let window = |what| measure("letter", what);
    let (left, top) = (window("window-left"), window("window-top"));
    let mut pages = Vec::with_capacity(letters.to.len() * layers.len());
    let mut tight = Vec::new();
    for (copy, to) in letters.to.iter().enumerate() {
        let begin = setter.parts.len();
        let (marks, fits) = setter.in_box(to, window("window-width"), window("window-height"));
        if !fits {
            tight.push(copy);
        }
        setter.parts.push(Part { role: Role::Paragraph, within: None, block: 0, lang: None });
        let within = |part: &Part| part.within.map(|within| within + begin + 2);
        let parts = common.parts.iter().map(|part| Part { within: within(part), ..part.clone() });
        setter.parts.extend(parts);
        for (at, layer) in layers.iter().enumerate() {
            let Page { width, height, .. } = *layer;
            let own =
                if at == 0 { marks.iter().map(|mark| mark.moved(left, top)).collect() } else { Vec::new() };
            pages.push(Page { width, height, marks: own, layer: Some((at, begin)), ..Page::default() });
        }
    }
    setter.missing.extend(common.missing);
    let mut addressed = Addressed::new(document.clone(), setter.into(), pages, tight).over(layers);
    addressed.laid.coarse = common.coarse;
    Ok(addressed)
}

/// The day and the sender, each line ending at the right.
fn from(setter: &mut Setter<'_>, lines: &[String], part: usize) -> Vec<Mark> {
    let style = Style { size: FROM_SIZE, ink: Ink::Black, ..setter.small() }.of(part);
    let mut marks = Vec::with_capacity(lines.len());
    let mut pen = FROM_TOP;
    for line in lines {
        for set in setter.set_all(line, style, FROM_RIGHT - 112.0 * MM) {
            let left = FROM_RIGHT - set.width;
            marks.push(set.at(left, pen + FROM_SIZE * BASELINE));
            pen += 1.5 * FROM_SIZE;
        }
    }
    marks
}
