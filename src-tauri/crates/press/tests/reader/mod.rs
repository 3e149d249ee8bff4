//! Reads a PDF back: which glyph stands where, and for which letters.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, content::Content};

/// A glyph found on a page.
#[derive(Debug, Clone)]
pub struct Shown {
    /// From 0.
    pub page: usize,
    /// Origin, in points from the lower left corner.
    pub x: f64,
    /// Baseline.
    pub y: f64,
    /// Size of the letters in points.
    pub size: f64,
    /// Number in the embedded font.
    pub gid: u16,
    /// What it copies as.
    pub text: String,
    /// The number of the marked sequence it is in; none within an artifact.
    pub mark: Option<i64>,
}

/// A font as far as reading needs it.
struct Font {
    /// The pen moves down, not to the right.
    is_upright: bool,
    texts: BTreeMap<u16, String>,
    widths: BTreeMap<u16, f64>,
    /// How many glyphs the embedded file has.
    glyphs: u16,
}

/// All glyphs in the order in which they are drawn. Panics where the PDF is not what it says.
pub fn read(pdf: &[u8]) -> Vec<Shown> {
    let objects = Document::load_mem(pdf).expect("the PDF opens");
    let mut shown = Vec::new();
    for (page, id) in objects.page_iter().enumerate() {
        let fonts = objects.get_page_fonts(id).expect("the page has fonts");
        let fonts: BTreeMap<Vec<u8>, Font> =
            fonts.into_iter().map(|(name, font)| (name, Font::read(&objects, font))).collect();
        let content = Content::decode(&objects.get_page_content(id));
        let (mut font, mut size, mut x, mut y) = (None, 0.0, 0.0, 0.0);
        let mut is_turned = false;
        // The sequences that are open; a cell holds others.
        let mut open: Vec<Option<Option<i64>>> = Vec::new();
        for operation in content.expect("the content is well formed").operations {
            let operands = &operation.operands;
            match operation.operator.as_str() {
                "Tf" => {
                    font = fonts.get(operands[0].as_name().expect("a font's name"));
                    size = number(&operands[1]);
                }
                "Tm" => {
                    (x, y) = (number(&operands[4]), number(&operands[5]));
                    is_turned = number(&operands[1]) < 0.0;
                }
                "BMC" => open.push(Some(None)),
                "BDC" if operands[0].as_name().ok() == Some(b"Cell") => {
                    assert!(open.is_empty(), "a cell stands in no other sequence");
                    open.push(None);
                }
                "BDC" => {
                    let properties = operands[1].as_dict().expect("properties");
                    let number = properties.get(b"MCID").and_then(Object::as_i64);
                    assert!(open.last().is_none_or(Option::is_none), "one stands in another");
                    open.push(Some(Some(number.expect("a number"))));
                }
                "EMC" => assert!(open.pop().is_some(), "nothing was marked"),
                "f" | "Do" => {
                    let mark = open.last().copied().flatten();
                    assert!(mark.is_some(), "something is drawn outside every marked sequence");
                }
                "TJ" => {
                    let font: &Font = font.expect("a font is chosen before text is shown");
                    let mut go = |thousandths: f64| {
                        let way = thousandths * size / 1000.0;
                        if font.is_upright || is_turned {
                            y -= way
                        } else {
                            x += way
                        }
                        (x, y)
                    };
                    for part in operands[0].as_array().expect("TJ takes an array") {
                        if let Object::String(bytes, _) = part {
                            for code in bytes.chunks_exact(2) {
                                let gid = u16::from_be_bytes([code[0], code[1]]);
                                assert!(gid < font.glyphs, "glyph {gid} is not in its font");
                                let text = font.texts.get(&gid).cloned().unwrap_or_default();
                                let (x, y) = go(0.0);
                                let mark = open.last().copied().flatten();
                                let mark = mark.expect("text stands in a marked sequence");
                                shown.push(Shown { page, x, y, size, gid, text, mark });
                                go(if font.is_upright { 1000.0 } else { font.widths[&gid] });
                            }
                        } else {
                            go(if font.is_upright { number(part) } else { -number(part) });
                        }
                    }
                }
                _ => {}
            }
        }
    }
    shown
}

impl Font {
    fn read(objects: &Document, font: &Dictionary) -> Self {
        let stream = |object: &Object| {
            let (_, object) = objects.dereference(object).expect("the object is there");
            object.as_stream().expect("a stream").get_plain_content().expect("the stream inflates")
        };
        let map =
            String::from_utf8(stream(font.get(b"ToUnicode").expect("ToUnicode"))).expect("a CMap is ASCII");
        let mut texts = BTreeMap::new();
        for line in map.lines().filter(|line| line.starts_with('<')) {
            let parts: Vec<&str> = line.split(['<', '>', ' ']).filter(|part| !part.is_empty()).collect();
            let hex = |at: usize| u16::from_str_radix(&parts[1][at..at + 4], 16).expect("hexadecimal");
            let units: Vec<u16> = (0..parts[1].len()).step_by(4).map(hex).collect();
            let code = u16::from_str_radix(parts[0], 16).expect("hexadecimal");
            if code != 0xffff && parts[0] != "0000" {
                texts.insert(code, String::from_utf16(&units).expect("whole letters"));
            }
        }
        let descendant = font.get(b"DescendantFonts").and_then(Object::as_array).expect("DescendantFonts");
        let (_, descendant) = objects.dereference(&descendant[0]).expect("the descendant is there");
        let descendant = descendant.as_dict().expect("a dictionary");
        let mut widths = BTreeMap::new();
        let list = descendant.get(b"W").and_then(Object::as_array).expect("W");
        let mut at = 0;
        while at < list.len() {
            let first = number(&list[at]) as u16;
            match &list[at + 1] {
                Object::Array(each) => {
                    widths
                        .extend(each.iter().enumerate().map(|(n, width)| (first + n as u16, number(width))));
                    at += 2;
                }
                last => {
                    widths.extend((first..=number(last) as u16).map(|gid| (gid, number(&list[at + 2]))));
                    at += 3;
                }
            }
        }
        let (_, descriptor) =
            objects.dereference(descendant.get(b"FontDescriptor").expect("descriptor")).expect("it");
        let file = stream(descriptor.as_dict().and_then(|d| d.get(b"FontFile2")).expect("an embedded font"));
        let is_upright = font.get(b"Encoding").and_then(Object::as_name).expect("Encoding") == b"Identity-V";
        Self { is_upright, texts, widths, glyphs: count(&file) }
    }
}

/// The number of glyphs in a TrueType file: `maxp`, second field.
fn count(file: &[u8]) -> u16 {
    let number = |at: usize| u32::from_be_bytes(file[at..at + 4].try_into().expect("four bytes")) as usize;
    let tables = u16::from_be_bytes([file[4], file[5]]) as usize;
    let maxp = (0..tables).map(|n| 12 + 16 * n).find(|&at| &file[at..at + 4] == b"maxp").expect("maxp");
    let at = number(maxp + 8) + 4;
    u16::from_be_bytes([file[at], file[at + 1]])
}

fn number(object: &Object) -> f64 {
    object.as_float().map(f64::from).expect("a number")
}
