//! The side of a postcard with the message: a greeting, an invitation. What many cards have in common is written once.

use std::collections::HashMap;

use crate::{
    Addressed, Created, Family, Fault, Fonts, Front, Ink, Mark, Page, Part, Weight,
    frame::MM,
    label::{blank, paper},
    lines::Edge,
    look::Setter,
    page::BASELINE,
    part::Role,
    set::{Set, Style},
};

/// Size of the message in points, the smallest that is legible, and how fast it shrinks to find room.
const SIZE: (f64, f64) = (11.5, 8.0);
const SHRINK: f64 = 0.96;
/// A heading beside the size of the message: one word of greeting (謹賀新年), a longer one.
const GREETING: f64 = 2.3;
const HEADING: f64 = 1.3;
/// The longest heading that is one word of greeting, in letters.
const WORD: usize = 6;
/// From line to line beside the size; blank about the message.
const PITCH: f64 = 1.75;
const MARGIN: f64 = 10.0 * MM;
/// What ends a letter stands at the end of its line.
const ENDS: [&str; 6] = ["敬具", "敬白", "謹白", "草々", "かしこ", "以上"];

/// What a postcard says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Message {
    /// 謹賀新年, or what it is about; none when it is empty.
    pub heading: String,
    /// The paragraphs.
    pub paragraphs: Vec<String>,
    /// The day and who sends, each at the end of its line.
    pub closing: Vec<String>,
}

/// Message sides to be printed.
#[derive(Debug, Clone)]
pub struct Backs<'a> {
    /// Shown in the viewer's title bar.
    pub title: &'a str,
    /// Who sends.
    pub author: &'a str,
    /// When it was made.
    pub created: Created,
    /// Level lines rather than upright ones.
    pub is_level: bool,
    /// One a card, in the order of the cards.
    pub messages: &'a [Message],
}

/// Sets the message sides of postcards, one a page.
///
/// # Errors
/// Those of a document.
pub fn backs(backs: &Backs<'_>, fonts: &Fonts) -> Result<Addressed, Fault> {
    let upright = !backs.is_level;
    let document = paper(backs.title, backs.author, backs.created, Front::Postcard.sheet(), upright);
    let mut setter = Setter::new(&document, fonts)?;
    let empty = blank(&document);
    let mut common = Common::default();
    let mut pages = Vec::with_capacity(backs.messages.len());
    let mut is_crowded = false;
    for message in backs.messages {
        let (page, fits) = common.page(&mut setter, &empty, message, |setter| {
            message_side(setter, message, (empty.width, empty.height), backs.is_level)
        });
        is_crowded |= !fits;
        pages.push(page);
    }
    Ok(Addressed::or_blank(&document, setter, pages, Vec::new()).crowded(is_crowded).over(common.layers))
}

/// Layers by what they say: each is set once, however many pages show it.
pub(crate) struct Common<K> {
    pub(crate) layers: Vec<Page>,
    /// Which layer says it, with its parts and whether it is legible.
    known: HashMap<K, (usize, Vec<Part>, bool)>,
}

impl<K> Default for Common<K> {
    fn default() -> Self {
        Self { layers: Vec::new(), known: HashMap::new() }
    }
}

impl<K: std::hash::Hash + Eq + Clone> Common<K> {
    /// A page that shows what `key` says; `set` sets it where it is said for the first time.
    pub(crate) fn page(
        &mut self,
        setter: &mut Setter<'_>,
        empty: &Page,
        key: &K,
        set: impl FnOnce(&mut Setter<'_>) -> (Vec<Mark>, bool),
    ) -> (Page, bool) {
        if !self.known.contains_key(key) {
            // Its parts are counted from its own beginning.
            let before = std::mem::take(&mut setter.parts);
            let (marks, fits) = set(setter);
            let parts = std::mem::replace(&mut setter.parts, before);
            self.known.insert(key.clone(), (self.layers.len(), parts, fits));
            self.layers.push(Page { marks, ..empty.clone() });
        }
        let Some((layer, parts, fits)) = self.known.get(key) else { return (empty.clone(), false) };
        let begin = setter.parts.len();
        let within = |part: &Part| part.within.map(|within| within + begin);
        setter.parts.extend(parts.iter().map(|part| Part { within: within(part), ..part.clone() }));
        (Page { layer: Some((*layer, begin)), ..empty.clone() }, *fits)
    }
}

/// A message on paper of so many points; whether it finds room in letters that are legible.
pub(crate) fn message_side(
    setter: &mut Setter<'_>,
    message: &Message,
    (width, height): (f64, f64),
    is_level: bool,
) -> (Vec<Mark>, bool) {
    let was_upright = std::mem::replace(&mut setter.frame.is_upright, !is_level);
    let (along, across) = if is_level { (width, height) } else { (height, width) };
    let (missing, parts) = (setter.missing.len(), setter.parts.len());
    let mut size = SIZE.0;
    let (marks, fits) = loop {
        let (marks, reach) = at_size(setter, message, along - 2.0 * MARGIN, size);
        let fits = reach <= across - 2.0 * MARGIN + 0.01;
        if fits || size <= SIZE.1 {
            break (marks, fits);
        }
        setter.missing.truncate(missing);
        setter.parts.truncate(parts);
        size = (size * SHRINK).max(SIZE.1);
    };
    setter.frame.is_upright = was_upright;
    let placed = marks.iter().map(|mark| mark.moved(MARGIN, MARGIN));
    let placed = if is_level { placed.collect() } else { placed.map(|mark| mark.upright(width)).collect() };
    (placed, fits)
}

/// Lines one after the other.
struct Pen {
    marks: Vec<Mark>,
    /// How far they reach across.
    at: f64,
}

impl Pen {
    /// Lines, each so far from the beginning.
    fn write(&mut self, lines: Vec<Set>, indent: impl Fn(&Set) -> f64) {
        for line in lines {
            let step = PITCH * line.size;
            let baseline = self.at + (step - line.size) / 2.0 + line.size * BASELINE;
            let x = indent(&line);
            self.marks.push(line.at(x, baseline));
            self.at += step;
        }
    }
}

/// The message in letters of that size, as level lines see it; how far its lines reach across.
fn at_size(setter: &mut Setter<'_>, message: &Message, room: f64, size: f64) -> (Vec<Mark>, f64) {
    let mut pen = Pen { marks: Vec::new(), at: 0.0 };
    let style = |size, edge, part| Style {
        family: Family::Mincho,
        weight: Weight::Regular,
        size,
        ink: Ink::Black,
        edge,
        part: Some(part),
    };
    let at_end = |line: &Set| (room - line.width).max(0.0);
    let heading = message.heading.trim();
    if !heading.is_empty() {
        let is_word = heading.chars().count() <= WORD;
        let part = setter.part(Role::Title, None);
        let style = style(size * if is_word { GREETING } else { HEADING }, Edge::Even, part);
        let lines = if is_word {
            vec![setter.fitted(heading, style, room)]
        } else {
            setter.set_all(heading, style, room)
        };
        pen.write(lines, |_| 0.0);
        pen.at += 0.5 * size;
    }
    for text in message.paragraphs.iter().map(|text| text.trim()) {
        if text.is_empty() {
            pen.at += 0.5 * PITCH * size;
        } else if ENDS.contains(&text) {
            let part = setter.part(Role::Paragraph, None);
            let lines = setter.set_all(text, style(size, Edge::Ragged, part), room);
            pen.write(lines, |line| at_end(line) - size);
        } else {
            let part = setter.part(Role::Paragraph, None);
            // 拝啓 and 前略 begin at the edge.
            let indent = if text.chars().count() <= 4 { 0.0 } else { 1.0 };
            let lines = setter.set(text, style(size, Edge::Flush, part), room, indent);
            pen.write(lines, |_| 0.0);
        }
    }
    if !message.closing.is_empty() {
        pen.at += 0.5 * PITCH * size;
    }
    for closing in &message.closing {
        let part = setter.part(Role::Paragraph, None);
        let lines = setter.set_all(closing, style(size, Edge::Ragged, part), room);
        pen.write(lines, at_end);
    }
    (pen.marks, pen.at)
}
