//! 返信はがき: the card that comes back, alone or as one half of 往復はがき.

use crate::{
    Addressed, Addressee, Bar, Created, Family, Fault, Fonts, Front, Ink, Mark, Message, Page, Sheet, Weight,
    bars::{QUIET, bars},
    face::Face,
    frame::MM,
    geometry::measure,
    label::{blank, framed, paper},
    lines::Edge,
    look::Setter,
    message::{Common, message_side},
    page::BASELINE,
    part::Role,
    set::Style,
};

/// Blank about the card that comes back; the code's height, and where its bars end at the foot.
const MARGIN: f64 = 8.0 * MM;
const CODE: f64 = 9.0 * MM;
const FOOT: f64 = 8.0 * MM;
/// Sizes in points: heading, its lines, what is circled, the fields' names, the code as it is read.
const HEADING: f64 = 12.5;
const LINE: f64 = 8.5;
const ANSWER: f64 = 19.0;
const FIELD: f64 = 8.5;
const READ: f64 = 14.0;
/// The smallest size of what is read.
const LEAST: f64 = 7.0;
/// Height of a line to be written on, and the least that a pen needs.
const ROW: (f64, f64) = (9.5 * MM, 6.5 * MM);
/// Thickness of such a line.
const RULE: f64 = 0.3;

/// What stands on the card that comes back. All words are the caller's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// What is answered: the event's name.
    pub heading: String,
    /// When and where it is, until when the answer is wished.
    pub lines: Vec<String>,
    /// What is circled: ご出席, ご欠席.
    pub answers: Vec<String>,
    /// How: どちらかを○で囲んでください.
    pub how: String,
    /// What is written by hand.
    pub fields: Vec<ReplyField>,
    /// What is said of a frame into which a privacy seal is stuck (個人情報保護シール); no frame when it is empty.
    pub seal: String,
    /// What the code is called: 整理番号.
    pub code: String,
}

/// A field to be written on by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReplyField {
    /// Its name: お名前, ご同伴者, 近況.
    pub name: String,
    /// How many lines it has; none when it is only ticked.
    pub rows: u8,
    /// What is ticked, each with a box before it: 名前も載せてよい, 匿名で, 載せない.
    pub ticks: Vec<String>,
}

/// 返信はがき to be printed: cards of their own, to be laid into an envelope.
#[derive(Debug, Clone)]
pub struct Replies<'a> {
    /// Shown in the viewer's title bar.
    pub title: &'a str,
    /// Who sends.
    pub author: &'a str,
    /// When it was made.
    pub created: Created,
    /// What stands on each.
    pub reply: &'a Reply,
    /// The code of each: capitals and figures, as they are typed and as a scanner reads them.
    pub codes: &'a [String],
}

/// 往復はがき to be printed.
#[derive(Debug, Clone)]
pub struct Doubles<'a> {
    /// Shown in the viewer's title bar.
    pub title: &'a str,
    /// Who sends.
    pub author: &'a str,
    /// When it was made.
    pub created: Created,
    /// Level lines rather than upright ones, in addresses and in the message.
    pub is_level: bool,
    /// Who sends, as it stands beside the addressee.
    pub from: &'a Addressee,
    /// To whom the answer goes: the office, with 行 for 様.
    pub back_to: &'a Addressee,
    /// What stands on the card that comes back.
    pub reply: &'a Reply,
    /// The edges of cards and boxes are drawn, for a try on plain paper.
    pub outlined: bool,
    /// One sheet each.
    pub to: &'a [Double],
}

/// A sheet of 往復はがき.
#[derive(Debug, Clone, Default)]
pub struct Double {
    /// To whom.
    pub to: Addressee,
    /// What is said.
    pub message: Message,
    /// The code of the answer.
    pub code: String,
}

/// Sets the written sides of 返信はがき, one a page. Their address sides are [`crate::cards`] to the office.
///
/// # Errors
/// Those of a document.
pub fn replies(replies: &Replies<'_>, fonts: &Fonts) -> Result<Addressed, Fault> {
    let document = paper(replies.title, replies.author, replies.created, Front::Postcard.sheet(), false);
    let mut setter = Setter::new(&document, fonts)?;
    let empty = blank(&document);
    let mut common = Common::default();
    let mut pages = Vec::with_capacity(replies.codes.len());
    let mut is_crowded = false;
    for code in replies.codes {
        let (mut page, fits) =
            common.page(&mut setter, &empty, &(), |setter| reply_side(setter, replies.reply, &empty));
        let (marks, read) = code_on(&mut setter, replies.reply, code, &empty);
        page.marks = marks;
        is_crowded |= !(fits && read);
        pages.push(page);
    }
    Ok(Addressed::or_blank(&document, setter, pages, Vec::new()).crowded(is_crowded).over(common.layers))
}

/// Sets both sides of 往復はがき, one sheet a page, in one order: first the side with 往信 宛名 at the left and 返信 文面
/// at the right, then the side with 返信 宛名 at the left and 往信 文面 at the right. Turned like the page of a book, each
/// message lies behind its own address; folded with the first side outside, the crease is at the right of the address.
///
/// # Errors
/// Those of a document.
pub fn doubles(doubles: &Doubles<'_>, fonts: &Fonts) -> Result<(Addressed, Addressed), Fault> {
    let (width, height) = (measure("reply", "width"), measure("reply", "height"));
    let sheet = Sheet { width: width / MM, height: height / MM, ..Front::Postcard.sheet() };
    let document = paper(doubles.title, doubles.author, doubles.created, sheet, false);
    let empty = blank(&document);
    let card = Page { width: width / 2.0, ..empty.clone() };
    let face = Face::new(Front::Postcard, doubles.is_level);
    let edges = || match doubles.outlined {
        true => framed(width / 2.0, 0.0, 0.0, height).into_iter().chain(face.frames()).collect(),
        false => Vec::new(),
    };
    let aside = |marks: Vec<Mark>| marks.iter().map(|mark| mark.moved(width / 2.0, 0.0)).collect::<Vec<_>>();

    let mut setter = Setter::new(&document, fonts)?;
    let (mut out, mut tight, mut is_crowded) = (Vec::with_capacity(doubles.to.len()), Vec::new(), false);
    let mut common = Common::default();
    for (at, one) in doubles.to.iter().enumerate() {
        // The address is read first.
        let (mut marks, fits) = face.set(&mut setter, &one.to, Some(doubles.from));
        marks.extend(edges());
        let (mut page, reply_fits) = common.page(&mut setter, &empty, &(), |setter| {
            let (marks, fits) = reply_side(setter, doubles.reply, &card);
            (aside(marks), fits)
        });
        let (code, read) = code_on(&mut setter, doubles.reply, &one.code, &card);
        page.marks = marks;
        page.marks.extend(aside(code));
        if !fits {
            tight.push(at);
        }
        is_crowded |= !(reply_fits && read);
        out.push(page);
    }
    let first = Addressed::or_blank(&document, setter, out, tight).crowded(is_crowded).over(common.layers);

    let mut setter = Setter::new(&document, fonts)?;
    let (mut back, mut is_crowded) = (Vec::with_capacity(doubles.to.len()), false);
    let mut common = Common::default();
    for one in doubles.to {
        let (page, fits) = common.page(&mut setter, &empty, &one.message, |setter| {
            let (mut marks, fits) = face.set(setter, doubles.back_to, None);
            marks.extend(edges());
            let (message, message_fits) =
                message_side(setter, &one.message, (card.width, card.height), doubles.is_level);
            marks.extend(aside(message));
            (marks, fits && message_fits)
        });
        is_crowded |= !fits;
        back.push(page);
    }
    let second = Addressed::or_blank(&document, setter, back, Vec::new()).crowded(is_crowded);
    Ok((first, second.over(common.layers)))
}

fn style(size: f64, weight: Weight, part: usize) -> Style {
    Style { family: Family::Gothic, weight, size, ink: Ink::Black, edge: Edge::Ragged, part: Some(part) }
}

/// What all cards that come back have in common; whether the fields leave room for a pen.
fn reply_side(setter: &mut Setter<'_>, reply: &Reply, card: &Page) -> (Vec<Mark>, bool) {
    let room = card.width - 2.0 * MARGIN;
    let mut marks = Vec::new();
    let mut pen = MARGIN;
    let heading = setter.part(Role::Heading, None);
    for line in setter.set_all(&reply.heading, style(HEADING, Weight::Bold, heading), room) {
        marks.push(line.at(MARGIN, pen + HEADING * BASELINE));
        pen += 1.35 * HEADING;
    }
    let part = setter.part(Role::Paragraph, None);
    for text in &reply.lines {
        for line in setter.set_all(text, style(LINE, Weight::Regular, part), room) {
            marks.push(line.at(MARGIN, pen + LINE * BASELINE));
            pen += 1.45 * LINE;
        }
    }
    pen += 3.0 * MM;
    // What is circled: room for the circle about each.
    let part = setter.part(Role::Paragraph, None);
    let each = room / reply.answers.len().max(1) as f64;
    for (at, answer) in reply.answers.iter().enumerate() {
        let set = setter.fitted(answer, style(ANSWER, Weight::Regular, part), each - 8.0 * MM);
        let x = MARGIN + each * (at as f64 + 0.5) - set.width / 2.0;
        marks.push(set.at(x, pen + ANSWER * BASELINE));
    }
    if !reply.answers.is_empty() {
        pen += 1.3 * ANSWER;
    }
    if !reply.how.is_empty() {
        let how = setter.fitted(&reply.how, style(LINE, Weight::Regular, part), room);
        let x = MARGIN + (room - how.width) / 2.0;
        marks.push(how.at(x, pen + LINE * BASELINE));
        pen += 1.5 * LINE;
    }
    pen += 2.0 * MM;
    let foot = card.height - FOOT - CODE - 3.0 * MM;
    let inset = if reply.seal.is_empty() { 0.0 } else { 2.5 * MM };
    if !reply.seal.is_empty() {
        let part = setter.part(Role::Paragraph, None);
        let said = setter.fitted(&reply.seal, style(LEAST, Weight::Regular, part), room);
        marks.push(said.at(MARGIN, pen + LEAST * BASELINE));
        pen += 1.4 * LEAST;
        marks.extend(dashed(MARGIN, pen, room, foot - pen));
        pen += 0.5 * inset;
    }
    let fits = fields(
        setter,
        reply,
        (MARGIN + inset, pen, room - 2.0 * inset, foot - 0.5 * inset - pen),
        &mut marks,
    );
    (marks, fits)
}

/// The fields, one below the other, from a place on so wide and so high; whether a pen finds room in them.
fn fields(
    setter: &mut Setter<'_>,
    reply: &Reply,
    (x, y, width, height): (f64, f64, f64, f64),
    marks: &mut Vec<Mark>,
) -> bool {
    let ticked = |field: &ReplyField| usize::from(!field.ticks.is_empty());
    let rows: usize = reply.fields.iter().map(|field| usize::from(field.rows) + ticked(field)).sum();
    let row = (height / rows.max(1) as f64).min(ROW.0);
    let mut pen = y;
    for field in &reply.fields {
        let part = setter.part(Role::Paragraph, None);
        let name = setter.fitted(&field.name, style(FIELD, Weight::Regular, part), width * 0.4);
        let reach = name.width;
        let rows = usize::from(field.rows) + ticked(field);
        if rows > 0 {
            marks.push(name.at(x, pen + row - 0.28 * FIELD - 1.0));
        }
        for nth in 0..usize::from(field.rows) {
            // The first line begins behind the name.
            let from = if nth == 0 && reach > 0.0 { reach + 2.0 * MM } else { 0.0 };
            let at = pen + row * (nth + 1) as f64;
            marks.push(Bar::decoration(x + from, at - RULE, width - from, RULE, Ink::Grey));
        }
        if !field.ticks.is_empty() {
            let from = if field.rows == 0 && reach > 0.0 { reach + 2.0 * MM } else { 0.0 };
            let text = field.ticks.iter().map(|tick| format!("□ {tick}")).collect::<Vec<_>>().join("　");
            let ticks = setter.fitted(&text, style(FIELD, Weight::Regular, part), width - from);
            let at = pen + row * rows as f64 - 0.28 * FIELD - 1.0;
            marks.push(ticks.at(x + from, at));
        }
        pen += row * rows as f64;
    }
    rows == 0 || row >= ROW.1
}

/// A frame of short strokes.
fn dashed(x: f64, y: f64, width: f64, height: f64) -> Vec<Mark> {
    const STROKE: f64 = 1.6 * MM;
    let strokes = |length: f64| {
        let count = (length / (2.0 * STROKE)).floor().max(1.0);
        let step = (length - STROKE) / count;
        (0..=count as usize).map(move |at| at as f64 * step)
    };
    let mut marks = Vec::new();
    for at in strokes(width) {
        marks.push(Bar::decoration(x + at, y, STROKE, RULE, Ink::Grey));
        marks.push(Bar::decoration(x + at, y + height - RULE, STROKE, RULE, Ink::Grey));
    }
    for at in strokes(height) {
        marks.push(Bar::decoration(x, y + at, RULE, STROKE, Ink::Grey));
        marks.push(Bar::decoration(x + width - RULE, y + at, RULE, STROKE, Ink::Grey));
    }
    marks
}

/// The code at the foot: bars for a scanner, and the same to be read and typed; whether it has bars and finds room.
fn code_on(setter: &mut Setter<'_>, reply: &Reply, code: &str, card: &Page) -> (Vec<Mark>, bool) {
    if code.is_empty() {
        return (Vec::new(), true);
    }
    let top = card.height - FOOT - CODE;
    let Some((bars, reach)) = bars(code, CODE) else { return (Vec::new(), false) };
    let left = MARGIN + QUIET - 2.0 * MM;
    let mut marks: Vec<Mark> = bars.iter().map(|bar| bar.moved(left, top)).collect();
    let beside = left + reach + QUIET;
    let room = card.width - MARGIN - beside;
    let part = setter.part(Role::Paragraph, None);
    if !reply.code.is_empty() {
        let named = setter.fitted(&reply.code, style(FIELD, Weight::Regular, part), room);
        marks.push(named.at(beside, top + FIELD * BASELINE));
    }
    let read = setter.fitted(code, style(READ, Weight::Bold, part), room);
    let fits = read.size >= LEAST && room > 0.0;
    marks.push(read.at(beside, top + CODE - 0.12 * READ));
    (marks, fits)
}
