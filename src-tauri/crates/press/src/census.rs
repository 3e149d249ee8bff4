//! A census of the glyphs, and faces cut down to them.

use std::collections::{BTreeMap, HashMap};

use printpdf::{FontId, FontMetrics, ParsedFont, PdfFont};
use subsetter::GlyphRemapper;

use crate::{Fault, Fonts, Glyph, Page, Stance, finish::UPRIGHT, pdf::Hash};

/// The glyphs of one face that go into one embedded font.
///
/// In PDF a font's glyph stands for one text. Where a face draws two letters alike (a kanji and its
/// compatibility form, say) the second goes into a second cut of the face, so that both copy as themselves.
pub(crate) struct Cut {
    face: usize,
    /// Whether its letters stand one below the other.
    is_upright: bool,
    /// By the face's glyph number: the text it stands for, the number in the embedded font.
    glyphs: BTreeMap<u16, (String, u16)>,
    /// Width in thousandths of an em, by number in the embedded font.
    widths: BTreeMap<u16, u16>,
}

/// A face's drawing, and whether it stands in an upright line.
type Drawing = (usize, u16, bool);

fn drawing(glyph: &Glyph) -> Drawing {
    (glyph.face, glyph.gid, glyph.stance == Stance::Upright)
}

/// Which glyphs the pages use, and in which cut each is found.
pub(crate) struct Census {
    pub(crate) cuts: Vec<Cut>,
    homes: HashMap<Drawing, Vec<(String, usize)>>,
}

impl Census {
    pub(crate) fn new(pages: &[&Page], fonts: &Fonts) -> Self {
        let mut census = Self { cuts: Vec::new(), homes: HashMap::new() };
        for placed in pages.iter().flat_map(|page| page.lines()).flat_map(|line| &line.glyphs) {
            census.count(&placed.glyph);
        }
        for cut in &mut census.cuts {
            // In the order of their texts, neighbours in the file are alike and compress better.
            let mut order: Vec<(String, u16)> =
                cut.glyphs.iter().map(|(&gid, (text, _))| (text.clone(), gid)).collect();
            order.sort();
            for (at, (_, gid)) in order.iter().enumerate() {
                // 0 is every font's "no such letter".
                let number = at as u16 + 1;
                cut.widths.insert(number, (fonts.advance(cut.face, *gid) * 1000.0).round() as u16);
                if let Some((_, new)) = cut.glyphs.get_mut(gid) {
                    *new = number;
                }
            }
        }
        census
    }

    fn count(&mut self, glyph: &Glyph) {
        let homes = self.homes.entry(drawing(glyph)).or_default();
        if homes.iter().any(|(text, _)| *text == glyph.text) {
            return;
        }
        let (face, gid, is_upright) = drawing(glyph);
        let is_free =
            |cut: &Cut| (cut.face, cut.is_upright) == (face, is_upright) && !cut.glyphs.contains_key(&gid);
        let home = self.cuts.iter().position(is_free).unwrap_or_else(|| {
            self.cuts.push(Cut { face, is_upright, glyphs: BTreeMap::new(), widths: BTreeMap::new() });
            self.cuts.len() - 1
        });
        self.cuts[home].glyphs.insert(gid, (glyph.text.clone(), 0));
        homes.push((glyph.text.clone(), home));
    }

    /// The cut a glyph is in, its number there and its width in thousandths of an em.
    pub(crate) fn find(&self, glyph: &Glyph) -> Option<(usize, u16, u16)> {
        let homes = self.homes.get(&drawing(glyph))?;
        let (_, home) = homes.iter().find(|(text, _)| *text == glyph.text)?;
        let cut = &self.cuts[*home];
        let (_, number) = cut.glyphs.get(&glyph.gid)?;
        Some((*home, *number, *cut.widths.get(number)?))
    }
}

impl Cut {
    /// Every letter: its number in the embedded font, and the text it stands for.
    pub(crate) fn letters(&self) -> impl Iterator<Item = (u16, &str)> {
        self.glyphs.values().map(|(text, number)| (*number, text.as_str()))
    }

    /// The face cut down to these glyphs. Without its `text_layout` feature printpdf embeds what it is given.
    pub(crate) fn embed(&self, fonts: &Fonts) -> Result<PdfFont, Fault> {
        let face = fonts.face(self.face);
        let mut order: Vec<(u16, u16)> =
            self.glyphs.iter().map(|(&gid, &(_, number))| (number, gid)).collect();
        order.sort_unstable();
        let mut remapper = GlyphRemapper::new();
        for &(_, gid) in &order {
            remapper.remap(gid);
        }
        let failed = |why: String| Fault::Subset { face: face.name.clone(), why };
        let whole = face.file.with(self.glyphs.keys().copied()).map_err(|why| failed(why.to_string()))?;
        let bytes = subsetter::subset(&whole, 0, &remapper).map_err(|why| failed(why.to_string()))?;
        let tag = tag(&order);
        let plain: String = face.name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let [x_min, y_min, x_max, y_max, ascent, descent] = fonts.extents(self.face);
        // Widths are told in thousandths, already rounded: printpdf cuts off what is behind the point.
        let mut font = ParsedFont::with_glyph_data(
            bytes,
            0,
            Some(format!("{tag}+{plain}")),
            BTreeMap::new(),
            self.widths.clone(),
            1000,
            FontMetrics { ascent, descent },
        );
        let metrics = &mut font.pdf_font_metrics;
        (metrics.x_min, metrics.y_min, metrics.x_max, metrics.y_max) = (x_min, y_min, x_max, y_max);
        Ok(PdfFont::new(font))
    }
}

/// The six letters that mark a subset (ISO 32000-1, 9.6.4), from what is in it.
fn tag(glyphs: &[(u16, u16)]) -> String {
    let mut hash = Hash::new();
    for (_, gid) in glyphs {
        hash.take(&gid.to_be_bytes());
    }
    hash.sum().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// A font's name in the page's resources. printpdf's own ids differ from run to run.
pub(crate) fn name(at: usize, cut: &Cut) -> FontId {
    FontId(if cut.is_upright { format!("{UPRIGHT}{at}") } else { format!("P{at}") })
}
