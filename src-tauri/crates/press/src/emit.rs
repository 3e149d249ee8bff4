//! Pages into PDF: operators in marked sequences. printpdf makes the fonts and pictures; it is shown every letter once, on a
//! page of its own, instead of every letter of every page.

use std::{collections::BTreeMap, sync::Arc};

use printpdf::{
    Codepoint, DictItem, ExternalStream, ExternalXObject, Mm, Op, PdfDocument, PdfFontHandle, PdfPage,
    PdfSaveOptions, Pt, TextItem, XObject, XObjectId,
};

use crate::{
    Bar, Cell, Crop, Darkroom, Document, Fault, Fonts, Ink, Laid, Mark, Page, Part, Picture, Placed, Stance,
    Text,
    census::{Census, name},
    content::Content,
    finish::finish,
    page::BASELINE,
    photo, tags,
};

/// Writes the pages.
pub(crate) fn emit(
    document: &Document,
    laid: &Laid,
    fonts: &Fonts,
    darkroom: Option<&Darkroom>,
) -> Result<Vec<u8>, Fault> {
    let pages: Vec<&Page> = laid.layers.iter().chain(&laid.pages).collect();
    let census = Census::new(&pages, fonts);
    let mut pdf = PdfDocument::new(&document.title);
    for (at, cut) in census.cuts.iter().enumerate() {
        pdf.resources.fonts.map.insert(name(at, cut), cut.embed(fonts)?);
    }
    let mut pictures = pictures(&pages);
    for (at, shown) in pictures.iter_mut().enumerate() {
        let Shown { jpeg, crop, width, .. } = *shown;
        // The layout has read the same header.
        let Some(shape) = photo::shape(jpeg) else { continue };
        let seen = shape.upright().0 * f64::from(crop.width) / 1000.0;
        let part = (shape.stored(crop), seen);
        let fitted = darkroom.and_then(|it| it.fitted(jpeg, part, width, document.look.is_grey));
        shown.is_cut = fitted.is_some();
        let picture = match &fitted {
            Some(fitted) => photo::shape(fitted).map(|shape| image(fitted, shape)),
            None => Some(image(jpeg, shape)),
        };
        if let Some(picture) = picture {
            pdf.resources.xobjects.map.insert(XObjectId(format!("I{at}")), picture);
        }
    }
    pdf.pages.push(letters(&census));
    let mut tags: Vec<Vec<usize>> = Vec::with_capacity(pages.len());
    let mut contents = Vec::with_capacity(pages.len());
    for page in pages {
        // The marked sequences of its layer come first on a page.
        let below = page.layer.and_then(|(layer, shift)| Some((tags.get(layer)?, shift)));
        let marked =
            below.map_or(Vec::new(), |(below, shift)| below.iter().map(|part| part + shift).collect());
        let mut pen = Pen {
            parts: &laid.parts,
            has_title: tags::has_title(&laid.parts),
            tag: Tag::None,
            marked,
            census: &census,
            pictures: &pictures,
            document,
            height: page.height,
            content: Content::default(),
            font: None,
            ink: None,
        };
        let (before, cells) =
            page.marks.split_at(page.cells.first().map_or(page.marks.len(), |cell| cell.from));
        before.iter().for_each(|mark| pen.mark(mark));
        pen.tag(Tag::None);
        let mut ends = page.cells.iter().skip(1).map(|next| next.from - before.len());
        for cell in &page.cells {
            let marks = cell.from - before.len()..ends.next().unwrap_or(cells.len());
            pen.cell(cell, cells.get(marks).unwrap_or_default());
        }
        tags.push(pen.marked);
        contents.push(pen.content.into_bytes());
    }
    // Its warnings speak of faces without data, which cannot be here.
    let made = printpdf::to_lopdf_doc(&pdf, &PdfSaveOptions::default(), &mut Vec::new());
    finish(made, &contents, document, laid, &tags[laid.layers.len()..])
}

/// A page with every letter once: by it printpdf tells what each stands for (ISO 32000-1, 9.10.3).
fn letters(census: &Census) -> PdfPage {
    let mut ops = vec![Op::StartTextSection];
    for (at, cut) in census.cuts.iter().enumerate() {
        let glyphs =
            cut.letters().map(|(gid, text)| Codepoint { gid, offset: 0.0, cid: Some(text.to_owned()) });
        ops.push(Op::SetFont { font: PdfFontHandle::External(name(at, cut)), size: Pt(1.0) });
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs.collect())] });
    }
    ops.push(Op::EndTextSection);
    PdfPage::new(Mm(1.0), Mm(1.0), ops)
}

/// A part of a photograph.
struct Shown<'a> {
    jpeg: &'a Arc<[u8]>,
    crop: Crop,
    /// How wide it is shown at most, in points.
    width: f64,
    /// The file holds this part alone.
    is_cut: bool,
}

impl Shown<'_> {
    fn is(&self, picture: &Picture) -> bool {
        self.crop == picture.crop && self.jpeg == &picture.jpeg
    }
}

/// Every photograph once, however often it is shown, and how wide at most, in points.
fn pictures<'a>(pages: &[&'a Page]) -> Vec<Shown<'a>> {
    let mut pictures: Vec<Shown<'a>> = Vec::new();
    for mark in pages.iter().flat_map(|page| &page.marks) {
        let Mark::Picture(picture) = mark else { continue };
        match pictures.iter_mut().find(|shown| shown.is(picture)) {
            Some(shown) => shown.width = shown.width.max(picture.width),
            None => {
                let Picture { ref jpeg, crop, width, .. } = *picture;
                pictures.push(Shown { jpeg, crop, width, is_cut: false });
            }
        }
    }
    pictures
}

/// A JPEG as it is: printpdf's own images would be unpacked and packed again, worse than before.
fn image(jpeg: &[u8], shape: photo::Shape) -> XObject {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let dict = BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Image")),
        ("Width".to_owned(), DictItem::Int(shape.width.into())),
        ("Height".to_owned(), DictItem::Int(shape.height.into())),
        ("BitsPerComponent".to_owned(), DictItem::Int(8)),
        ("ColorSpace".to_owned(), name(if shape.is_grey { "DeviceGray" } else { "DeviceRGB" })),
        ("Filter".to_owned(), name("DCTDecode")),
    ]);
    let stream = ExternalStream { dict, content: jpeg.to_vec(), compress: false };
    XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None })
}

/// The matrix (ISO 32000-1, 8.3.4) that turns a unit square as Exif's orientation asks.
fn turned(turn: u8) -> [f64; 6] {
    match turn {
        2 => [-1.0, 0.0, 0.0, 1.0, 1.0, 0.0],
        3 => [-1.0, 0.0, 0.0, -1.0, 1.0, 1.0],
        4 => [1.0, 0.0, 0.0, -1.0, 0.0, 1.0],
        5 => [0.0, -1.0, -1.0, 0.0, 1.0, 1.0],
        6 => [0.0, -1.0, 1.0, 0.0, 0.0, 1.0],
        7 => [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
        8 => [0.0, 1.0, -1.0, 0.0, 1.0, 0.0],
        _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
    }
}

/// Hundredths of a point are finer than any printer, and short to write.
fn round(points: f64) -> f64 {
    (points * 100.0).round() / 100.0
}

/// The sequence of operators that is a cell; its properties are the corner and whose it is.
pub(crate) const CELL: &str = "Cell";

/// What a marked sequence of operators is (ISO 32000-1, 14.6).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    None,
    /// Page numbers, rules: no part of the document.
    Artifact,
    Part(usize),
}

/// Writes marks as operators, repeating neither font nor colour.
struct Pen<'a> {
    parts: &'a [Part],
    has_title: bool,
    tag: Tag,
    /// The part of each marked sequence, by its number.
    marked: Vec<usize>,
    census: &'a Census,
    pictures: &'a [Shown<'a>],
    document: &'a Document,
    height: f64,
    content: Content,
    font: Option<(usize, f32)>,
    ink: Option<Ink>,
}

impl Pen<'_> {
    /// A cell lies in a sequence of its own, which needs nothing that was chosen before it: so it can be taken out of
    /// the sheet, or set into another ([`crate::run_cells`]).
    fn cell(&mut self, cell: &Cell, marks: &[Mark]) {
        let of = cell.of.map(|of| ("Of", of as f64));
        let corner = [("X", round(cell.x)), ("Y", round(cell.y))];
        self.content.begin(CELL, &corner.into_iter().chain(of).collect::<Vec<_>>());
        (self.font, self.ink) = (None, None);
        marks.iter().for_each(|mark| self.mark(mark));
        self.tag(Tag::None);
        self.content.with(&[], "EMC");
    }

    fn mark(&mut self, mark: &Mark) {
        if let Mark::Text(text) = mark
            && !text.links.is_empty()
        {
            for (part, glyphs) in text.runs() {
                self.tag(part.map_or(Tag::Artifact, Tag::Part));
                self.text(text, &text.glyphs[glyphs]);
            }
            return;
        }
        self.tag(mark.part().map_or(Tag::Artifact, Tag::Part));
        match mark {
            Mark::Text(text) => self.text(text, &text.glyphs),
            Mark::Bar(bar) => self.bar(bar),
            Mark::Picture(picture) => self.picture(picture),
        }
    }

    /// Ends a marked sequence and begins another.
    fn tag(&mut self, tag: Tag) {
        if self.tag == tag {
            return;
        }
        if self.tag != Tag::None {
            self.content.with(&[], "EMC");
        }
        self.tag = tag;
        match tag {
            Tag::None => {}
            Tag::Artifact => self.content.begin("Artifact", &[]),
            Tag::Part(part) => {
                let tag = tags::tag(&self.parts[part].role, self.has_title);
                self.content.begin(tag, &[("MCID", self.marked.len() as f64)]);
                self.marked.push(part);
            }
        }
    }

    fn text(&mut self, text: &Text, glyphs: &[Placed]) {
        self.ink(text.ink);
        self.content.with(&[], "BT");
        let mut run: Vec<(u16, f64)> = Vec::new();
        // Where the viewer's pen stands, in thousandths of an em from the line's beginning.
        let mut pen = 0.0_f64;
        let mut last: Option<&Placed> = None;
        for placed in glyphs {
            let Some((cut, gid, width)) = self.census.find(&placed.glyph) else { continue };
            let (size, stance) = (text.size * placed.scale, placed.glyph.stance);
            // Figures side by side advance across the line, not along it.
            let is_abreast = text.is_upright && stance == Stance::Level;
            let continues = self.font == Some((cut, size as f32))
                && last.is_some_and(|last| (last.rise, last.glyph.stance) == (placed.rise, stance))
                && !is_abreast;
            let at = placed.x * 1000.0 / placed.scale;
            match run.last_mut() {
                Some(last) if continues => {
                    // Whole thousandths, and the pen keeps what was rounded away. Above 0 moves left, but down
                    // in upright lines (ISO 32000-1, 9.4.4).
                    let back = (pen - at).round();
                    last.1 = if stance == Stance::Upright { -back } else { back };
                    pen -= back;
                }
                _ => {
                    self.show(&mut run);
                    self.font(cut, size);
                    self.content.with(&self.place(text, placed), "Tm");
                    pen = at;
                }
            }
            run.push((gid, 0.0));
            pen += if stance == Stance::Upright { 1000.0 } else { f64::from(width) };
            last = Some(placed);
        }
        self.show(&mut run);
        self.content.with(&[], "ET");
    }

    /// The matrix that brings a glyph to its place, in a line that may stand on its head.
    fn place(&self, text: &Text, placed: &Placed) -> [f64; 6] {
        let [a, b, c, d, x, y] = self.standing(text, placed);
        if !text.is_turned {
            return [a, b, c, d, x, y];
        }
        // Half a turn about the line's beginning.
        let (about_x, about_y) = (2.0 * text.x, 2.0 * (self.height - text.y));
        [0.0 - a, 0.0 - b, 0.0 - c, 0.0 - d, round(about_x - x), round(about_y - y)]
    }

    fn standing(&self, text: &Text, placed: &Placed) -> [f64; 6] {
        let (along, rise) = (placed.x * text.size, placed.rise * text.size);
        let (x, y) = (text.x, self.height - text.y);
        // From the axis of an upright line, or its letters' upper edge, to the baseline of letters in it.
        let [axis, edge] = [BASELINE - 0.5, BASELINE].map(|part| part * placed.scale * text.size);
        match (text.is_upright, placed.glyph.stance) {
            (false, _) => [1.0, 0.0, 0.0, 1.0, round(x + along), round(y + rise)],
            (true, Stance::Upright) => [1.0, 0.0, 0.0, 1.0, round(x + rise), round(y - along)],
            (true, Stance::Level) => [1.0, 0.0, 0.0, 1.0, round(x + rise), round(y - along - edge)],
            (true, Stance::Turned) => [0.0, -1.0, 1.0, 0.0, round(x + rise - axis), round(y - along)],
        }
    }

    fn show(&mut self, run: &mut Vec<(u16, f64)>) {
        if !run.is_empty() {
            self.content.show(run);
            run.clear();
        }
    }

    fn font(&mut self, cut: usize, size: f64) {
        if self.font != Some((cut, size as f32)) {
            self.font = Some((cut, size as f32));
            self.content.named(&name(cut, &self.census.cuts[cut]).0, Some(round(size)), "Tf");
        }
    }

    fn ink(&mut self, ink: Ink) {
        if self.ink == Some(ink) {
            return;
        }
        self.ink = Some(ink);
        let crate::Rgb(r, g, b) = self.document.look.accent;
        let rgb = [r, g, b];
        let part = |value: u8| f64::from(value) / 255.0;
        let colour: &[f64] = match ink {
            Ink::Black => &[0.0],
            Ink::Grey => &[0.3],
            Ink::Pale => &[0.6],
            Ink::Paper => &[1.0],
            _ if self.document.look.is_grey => match ink {
                Ink::Tint => &[0.93],
                Ink::Accent => &[0.25],
                _ => &[0.0],
            },
            Ink::Accent => &rgb.map(part),
            // A twelfth of the colour on white.
            Ink::Tint => &rgb.map(|value| part(255 - (255 - value) / 12)),
            Ink::Seal => &[0.753, 0.224, 0.169],
        };
        self.content.with(colour, if colour.len() == 1 { "g" } else { "rg" });
    }

    fn picture(&mut self, picture: &Picture) {
        let Some(at) = self.pictures.iter().position(|shown| shown.is(picture)) else { return };
        let &Picture { x, y, width, height, ref jpeg, crop, .. } = picture;
        self.content.with(&[], "q");
        let mut place = (x, y, width, height);
        if crop != Crop::WHOLE && !self.pictures[at].is_cut {
            self.clip((x, y, width, height));
            let [left, top, wide, high] =
                [crop.left, crop.top, crop.width, crop.height].map(|part| f64::from(part) / 1000.0);
            let (width, height) = (width / wide, height / high);
            place = (x - left * width, y - top * height, width, height);
        }
        let (x, y, width, height) = place;
        let turn = photo::shape(jpeg).map_or(1, |shape| shape.turn);
        let [a, b, c, d, e, f] = turned(turn);
        let bottom = self.height - y - height;
        let place =
            [a * width, b * height, c * width, d * height, x + e * width, bottom + f * height].map(round);
        self.content.with(&place, "cm");
        self.content.named(&format!("I{at}"), None, "Do");
        self.content.with(&[], "Q");
    }

    fn bar(&mut self, bar: &Bar) {
        self.ink(bar.ink);
        self.rectangle((bar.x, bar.y, bar.width, bar.height));
        self.content.with(&[], "f");
    }

    /// Nothing is drawn outside a rectangle until the graphics state is restored.
    fn clip(&mut self, place: (f64, f64, f64, f64)) {
        self.rectangle(place);
        self.content.with(&[], "W n");
    }

    fn rectangle(&mut self, (x, y, width, height): (f64, f64, f64, f64)) {
        self.content.with(&[x, self.height - y - height, width, height].map(round), "re");
    }
}
