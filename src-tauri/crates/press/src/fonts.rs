//! The faces: which has a letter, how wide it is, how Latin words are shaped.

use std::sync::{Arc, OnceLock};

use harfrust::{
    Buffer, BufferFlags, Direction, Font, GlyphId, Script, ShapeOptions, ShapePlan, ShaperFont, font::Blob,
};

use crate::{
    Fault, Glyph, Stance,
    kinsoku::is_selector,
    truetype::{Read, TrueType},
};

/// The mark printers set for a letter they do not have.
pub(crate) const GETA: char = '〓';

/// A letterform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Strokes of one thickness: headings, lists, names.
    Gothic,
    /// Thin and thick strokes: long reading.
    Mincho,
}

/// How heavy a face is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// For running text.
    Regular,
    /// For headings.
    Bold,
}

/// One font file.
#[derive(Clone)]
pub struct Face {
    /// Its PostScript name, for instance `BIZUDPGothic-Regular`.
    pub name: String,
    /// The letterform it belongs to, or stands in for.
    pub family: Family,
    /// How heavy it is.
    pub weight: Weight,
    /// Reads bytes of the file, fewer where it ends: static TrueType outlines (`glyf`). It is first asked when a letter is
    /// looked for in this face, because most documents never come to the faces that stand in for others.
    pub read: Arc<Read>,
}

/// All faces, each opened when it is first needed, once for every document.
pub struct Fonts {
    faces: Vec<(Face, OnceLock<Option<Opened>>)>,
    /// For each letterform and weight all faces, the fitting ones first.
    chains: [Vec<usize>; 4],
}

/// A face ready for use.
pub(crate) struct Opened {
    pub(crate) name: String,
    pub(crate) file: TrueType,
    font: Font,
    level: ShapePlan,
    upright: ShapePlan,
    units: f64,
}

impl Fonts {
    /// Takes the faces. Within one letterform and weight, the order given is the order in which they are
    /// asked for a letter; after them come the other weight and then the other letterform, so that a rare
    /// name is drawn in a plainer face rather than not at all.
    ///
    /// # Errors
    /// `Face` when the first of them, which most letters are drawn with, cannot be opened. One of the others that cannot
    /// is passed over, and the letters that only it has are told as missing.
    pub fn new(faces: Vec<Face>) -> Result<Self, Fault> {
        let faces: Vec<_> = faces.into_iter().map(|face| (face, OnceLock::new())).collect();
        let chains = [
            (Family::Gothic, Weight::Regular),
            (Family::Gothic, Weight::Bold),
            (Family::Mincho, Weight::Regular),
            (Family::Mincho, Weight::Bold),
        ]
        .map(|(family, weight)| {
            let mut order: Vec<usize> = (0..faces.len()).collect();
            order.sort_by_key(|&at| (faces[at].0.family != family, faces[at].0.weight != weight));
            order
        });
        let fonts = Self { faces, chains };
        if let Some((face, _)) = fonts.faces.first()
            && fonts.opened(0).is_none()
        {
            return Err(Fault::Face(face.name.clone()));
        }
        fonts.glyph(Family::Gothic, Weight::Regular, GETA).map(|_| fonts).ok_or(Fault::NoGeta)
    }

    fn opened(&self, at: usize) -> Option<&Opened> {
        let (face, opened) = &self.faces[at];
        opened.get_or_init(|| Opened::new(face)).as_ref()
    }

    /// The letters of a text that no face has, each as it is written.
    pub fn lacking(&self, text: &str) -> Vec<String> {
        let is_lacking = |letter: &&str| self.letter(Family::Gothic, Weight::Regular, letter).is_none();
        let letters = crate::items::letters(text);
        let written =
            letters.iter().filter(|(_, base)| !base.is_whitespace()).map(|(range, _)| &text[range.clone()]);
        written.filter(is_lacking).map(str::to_owned).collect()
    }

    /// The face behind a glyph, which was opened to find the glyph.
    pub(crate) fn face(&self, at: usize) -> &Opened {
        self.opened(at).expect("a glyph comes from an opened face")
    }

    /// Height of the ink above and below the baseline, and of the widest letters, in thousandths of an em:
    /// left, bottom, right, top, ascent, descent.
    pub(crate) fn extents(&self, at: usize) -> [i16; 6] {
        self.face(at).extents()
    }

    /// How far the pen moves for a glyph by itself, in em.
    pub(crate) fn advance(&self, at: usize, gid: u16) -> f64 {
        let opened = self.face(at);
        f64::from(ShaperFont::new(&opened.font).glyph_h_advance(GlyphId::new(gid.into()))) / opened.units
    }

    /// The drawing of a single letter in the first face that has it.
    pub(crate) fn glyph(&self, family: Family, weight: Weight, letter: char) -> Option<Glyph> {
        self.chain(family, weight).find_map(|(at, opened)| {
            let shaper = ShaperFont::new(&opened.font);
            let gid = shaper.nominal_glyph(letter as u32)?;
            Some(opened.glyph(at, &shaper, gid, letter.to_string()))
        })
    }

    /// The drawings of one written letter: a base with a variation selector or combining marks, if any.
    /// A face that knows the very variant is preferred over an earlier one that knows only the base.
    pub(crate) fn letter(&self, family: Family, weight: Weight, letter: &str) -> Option<Vec<Glyph>> {
        let mut chars = letter.chars();
        let base = chars.next()?;
        match (chars.next(), chars.next()) {
            (None, _) => self.glyph(family, weight, base).map(|glyph| vec![glyph]),
            (Some(selector), None) if is_selector(selector) => {
                let exact = self.chain(family, weight).find_map(|(at, opened)| {
                    let shaper = ShaperFont::new(&opened.font);
                    let gid = shaper.variation_glyph(base as u32, selector as u32)?;
                    Some(opened.glyph(at, &shaper, gid, letter.to_owned()))
                });
                let glyph = exact.or_else(|| {
                    let plain = self.glyph(family, weight, base)?;
                    Some(Glyph { text: letter.to_owned(), ..plain })
                })?;
                Some(vec![glyph])
            }
            _ => self.word(family, weight, letter),
        }
    }

    /// A run of Latin letters shaped with kerning and ligatures, in the first face that has all of them.
    pub(crate) fn word(&self, family: Family, weight: Weight, word: &str) -> Option<Vec<Glyph>> {
        self.chain(family, weight).find_map(|(at, opened)| opened.shape(at, word, &opened.level))
    }

    /// One written letter as it stands in an upright line, in the first face that has it.
    pub(crate) fn upright(&self, family: Family, weight: Weight, letter: &str) -> Option<Vec<Glyph>> {
        let mut chars = letter.chars();
        let (base, selector) = (chars.next()?, chars.next().filter(|c| is_selector(*c)));
        let knows = |opened: &Opened| {
            let shaper = ShaperFont::new(&opened.font);
            selector.is_some_and(|it| shaper.variation_glyph(base as u32, it as u32).is_some())
        };
        let exact = self.chain(family, weight).find(|(_, opened)| knows(opened));
        let shape = |(at, opened): (usize, &Opened)| opened.shape(at, letter, &opened.upright);
        exact.and_then(shape).or_else(|| self.chain(family, weight).find_map(shape))
    }

    fn chain(&self, family: Family, weight: Weight) -> impl Iterator<Item = (usize, &Opened)> {
        let chain = match (family, weight) {
            (Family::Gothic, Weight::Regular) => 0,
            (Family::Gothic, Weight::Bold) => 1,
            (Family::Mincho, Weight::Regular) => 2,
            (Family::Mincho, Weight::Bold) => 3,
        };
        self.chains[chain].iter().filter_map(|&at| Some((at, self.opened(at)?)))
    }
}

impl Opened {
    fn new(face: &Face) -> Option<Self> {
        let file = TrueType::open(Arc::clone(&face.read))?;
        // Cloning the Arc shares the megabytes; handing over a Vec would copy them.
        let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::<Vec<u8>>::clone(&file.bytes);
        let font = Font::new(Blob::from(shared), 0)?;
        let units = f64::from(font.units_per_em());
        if units <= 0.0 || font.num_glyphs() == 0 {
            return None;
        }
        let level = ShapePlan::new(&font, Direction::LeftToRight, Some(Script::LATIN), None, &[]);
        // Brings the face's own forms for upright lines: OpenType's `vert`.
        let upright = ShapePlan::new(&font, Direction::TopToBottom, Some(Script::HAN), None, &[]);
        Some(Self { name: face.name.clone(), file, font, level, upright, units })
    }

    fn extents(&self) -> [i16; 6] {
        let metrics = self.font.metrics();
        let thousandths = |units: f64| (units * 1000.0 / self.units).round() as i16;
        let bounds = metrics.bounds;
        let line = metrics.h_line();
        [
            thousandths(bounds.x_min.to_f64()),
            thousandths(bounds.y_min.to_f64()),
            thousandths(bounds.x_max.to_f64()),
            thousandths(bounds.y_max.to_f64()),
            line.map_or(880, |line| thousandths(line.ascender.to_f64())),
            line.map_or(-120, |line| thousandths(line.descender.to_f64())),
        ]
    }

    fn glyph(&self, at: usize, shaper: &ShaperFont<'_, '_>, gid: GlyphId, text: String) -> Glyph {
        let advance = f64::from(shaper.glyph_h_advance(gid)) / self.units;
        // TrueType numbers glyphs in 16 bits.
        let gid = gid.to_u32() as u16;
        Glyph { face: at, gid, stance: Stance::Level, advance, shift: 0.0, rise: 0.0, text }
    }

    fn shape(&self, at: usize, word: &str, plan: &ShapePlan) -> Option<Vec<Glyph>> {
        let shaper = ShaperFont::new(&self.font);
        let mut buffer = Buffer::new();
        buffer.push_str(word);
        buffer.set_direction(plan.direction());
        buffer.set_script(plan.script());
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        harfrust::shape(&shaper, &mut buffer, ShapeOptions::new().plan(Some(plan))).ok()?;
        let infos = buffer.glyph_infos();
        if infos.is_empty() || infos.iter().any(|info| info.glyph_id == 0) {
            return None;
        }
        let mut glyphs = Vec::with_capacity(infos.len());
        for (index, (info, position)) in infos.iter().zip(buffer.glyph_positions()).enumerate() {
            // A cluster of several glyphs gives its letters to the first of them.
            let start = info.cluster as usize;
            let first = index == 0 || infos[index - 1].cluster != info.cluster;
            let end = infos[index..].iter().map(|next| next.cluster as usize).find(|&next| next > start);
            let text = if first { &word[start..end.unwrap_or(word.len())] } else { "" };
            let em = |units: i32| f64::from(units) / self.units;
            let (stance, advance, shift, rise) = match plan.direction() {
                // Where a letter hangs in an upright line, the PDF's own measures say: see `emit`.
                Direction::TopToBottom => (Stance::Upright, -em(position.y_advance), 0.0, 0.0),
                _ => (Stance::Level, em(position.x_advance), em(position.x_offset), em(position.y_offset)),
            };
            let (gid, text) = (info.glyph_id as u16, text.to_owned());
            glyphs.push(Glyph { face: at, gid, stance, advance, shift, rise, text });
        }
        Some(glyphs)
    }
}
