//! Photographs. What is not the picture is taken out of a JPEG when it comes in ([`cleaned`]), without unpacking it. A
//! camera held upright says so in a note and does not turn the picture; the note is kept, and the PDF turns it.
//!
//! "T.81" is ITU-T T.81, the standard of JPEG.

/// Why a file cannot be printed as a photograph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPhoto {
    /// HEIC or AVIF, as phones of Apple take them.
    Heic,
    /// A PNG, as screens are copied.
    Png,
    /// A JPEG of four inks, made for a print shop: every viewer shows it differently.
    Cmyk,
    /// A JPEG that breaks off, or whose parts do not fit.
    Broken,
    /// Another file, or a rare kind of JPEG.
    NotJpeg,
}

/// A part of a photograph as it is seen, in thousandths of its width and height from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Crop {
    /// Left edge.
    pub left: u16,
    /// Upper edge.
    pub top: u16,
    /// Width.
    pub width: u16,
    /// Height.
    pub height: u16,
}

impl Crop {
    /// All of it.
    pub const WHOLE: Self = Self { left: 0, top: 0, width: 1000, height: 1000 };

    /// The same within the picture, and never less than a fiftieth of a side.
    pub(crate) fn settled(self) -> Self {
        let [width, height] = [self.width, self.height].map(|side| side.clamp(20, 1000));
        let (left, top) = (self.left.min(1000 - width), self.top.min(1000 - height));
        Self { left, top, width, height }
    }
}

/// What must be known of a JPEG to show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Width in pixels, as stored.
    pub(crate) width: u16,
    /// Height in pixels, as stored.
    pub(crate) height: u16,
    /// One grey channel rather than three of colour.
    pub(crate) is_grey: bool,
    /// How it is to be turned: 1–8 as in Exif 2.3, 4.6.4 A "Orientation"; 1 is not at all.
    pub(crate) turn: u8,
}

impl Shape {
    /// Width and height in pixels as the picture is seen.
    pub(crate) fn upright(self) -> (f64, f64) {
        let (width, height) = (f64::from(self.width), f64::from(self.height));
        if self.turn > 4 { (height, width) } else { (width, height) }
    }

    /// Where a part of the picture as it is seen lies in the picture as it is stored.
    pub(crate) fn stored(self, crop: Crop) -> Crop {
        let Crop { left, top, width, height } = crop;
        let (right, bottom) = (1000 - left - width, 1000 - top - height);
        // Exif 2.3, 4.6.4 A.
        let (left, top) = match self.turn {
            2 => (right, top),
            3 => (right, bottom),
            4 => (left, bottom),
            5 => (top, left),
            6 => (top, right),
            7 => (bottom, right),
            8 => (bottom, left),
            _ => (left, top),
        };
        let (width, height) = if self.turn > 4 { (height, width) } else { (width, height) };
        Crop { left, top, width, height }
    }
}

const START: [u8; 2] = [0xff, 0xd8];
const END: [u8; 2] = [0xff, 0xd9];
const SCAN: u8 = 0xda;
const EXIF: &[u8] = b"Exif\0\0";

/// A JPEG without what cameras write into it (the place above all), with nothing behind its end, and still saying
/// how it is to be turned.
///
/// # Errors
/// What is wrong with the file.
pub fn cleaned(file: &[u8]) -> Result<Vec<u8>, NoPhoto> {
    let Some(mut rest) = file.strip_prefix(&START) else { return Err(other_than_jpeg(file)) };
    let (mut head, mut body, mut framed) = (START.to_vec(), Vec::new(), None);
    let mut turn = 1;
    loop {
        let (marker, held, after) = segment(rest).ok_or(NoPhoto::Broken)?;
        rest = after;
        match marker {
            0xd9 if framed.is_some() && !body.is_empty() => break,
            0xd9 => return Err(NoPhoto::Broken),
            // JFIF's own fields without its small picture, which may show what was cut away later.
            0xe0 if held.starts_with(b"JFIF\0") && held.len() >= 14 => {
                put(&mut head, marker, &[&held[..12], &[0, 0]].concat());
            }
            0xe1 => turn = orientation(held).unwrap_or(turn),
            // APP14 tells how the colours are mixed; the other APPn and comments tell nothing of the picture.
            0xe0..=0xed | 0xef | 0xfe => {}
            _ => {
                if is_frame(marker) {
                    framed = Some(frame(held)?);
                }
                put(&mut body, marker, held);
                if marker == SCAN {
                    let data = scan(rest).ok_or(NoPhoto::Broken)?;
                    body.extend_from_slice(&rest[..data]);
                    rest = &rest[data..];
                }
            }
        }
    }
    if turn != 1 {
        // A TIFF of one entry: tag 0x0112, one SHORT.
        let note = [b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(), &[turn], &[0; 6]].concat();
        put(&mut head, 0xe1, &[EXIF, &note].concat());
    }
    Ok([head, body, END.to_vec()].concat())
}

/// Reads the header of a JPEG; nothing for what [`cleaned`] refuses.
pub(crate) fn shape(jpeg: &[u8]) -> Option<Shape> {
    let mut rest = jpeg.strip_prefix(&START)?;
    let mut turn = 1;
    loop {
        let (marker, held, after) = segment(rest)?;
        rest = after;
        match marker {
            0xe1 => turn = orientation(held).unwrap_or(turn),
            // The data, or the end, without a frame header before it.
            SCAN | 0xd9 => return None,
            _ if is_frame(marker) => return frame(held).ok().map(|shape| Shape { turn, ..shape }),
            _ => {}
        }
    }
}

/// The next marker (T.81, B.1.1), what its segment holds, and what follows.
fn segment(mut rest: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    loop {
        let &[0xff, marker, ref tail @ ..] = rest else { return None };
        match marker {
            // Fill bytes may stand before a marker.
            0xff => rest = &rest[1..],
            // Markers without a length.
            0x01 | 0xd0..=0xd7 => rest = tail,
            0xd9 => return Some((marker, &[], tail)),
            _ => {
                let length = usize::from(u16::from_be_bytes(*tail.first_chunk()?));
                return Some((marker, tail.get(2..length)?, &tail[length..]));
            }
        }
    }
}

fn put(out: &mut Vec<u8>, marker: u8, held: &[u8]) {
    out.extend([0xff, marker]);
    // What was read from a segment fits into one.
    out.extend((held.len() as u16 + 2).to_be_bytes());
    out.extend(held);
}

/// How long the data of a scan is: up to a marker other than a restart (T.81, B.1.1.5); nothing when none comes.
fn scan(data: &[u8]) -> Option<usize> {
    data.windows(2).position(|pair| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff))
}

fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

/// The frame header (T.81, B.2.2): 8 bits, one or three channels.
fn frame(held: &[u8]) -> Result<Shape, NoPhoto> {
    let &[bits, h1, h0, w1, w0, channels, ..] = held else { return Err(NoPhoto::Broken) };
    let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
    match (bits, channels) {
        _ if width == 0 || height == 0 => Err(NoPhoto::Broken),
        (8, 1 | 3) => Ok(Shape { width, height, is_grey: channels == 1, turn: 1 }),
        (_, 4) => Err(NoPhoto::Cmyk),
        _ => Err(NoPhoto::NotJpeg),
    }
}

/// The orientation in an Exif segment: the first directory of a TIFF inside it (TIFF 6.0, section 2).
fn orientation(held: &[u8]) -> Option<u8> {
    let tiff = held.strip_prefix(EXIF)?;
    let is_big = match tiff.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let short = |at: usize| -> Option<u16> {
        let bytes = *tiff.get(at..)?.first_chunk()?;
        Some(if is_big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    };
    let first = *tiff.get(4..)?.first_chunk()?;
    let first = if is_big { u32::from_be_bytes(first) } else { u32::from_le_bytes(first) } as usize;
    let entries = (0..usize::from(short(first)?)).map(|index| first + 2 + 12 * index);
    let entry = entries.into_iter().find(|entry| short(*entry) == Some(0x0112))?;
    u8::try_from(short(entry + 8)?).ok().filter(|turn| (1..=8).contains(turn))
}

/// The first bytes of what people take for a photograph.
fn other_than_jpeg(file: &[u8]) -> NoPhoto {
    // ISO/IEC 14496-12, 4.3: a box "ftyp" with its brand.
    let is_heic =
        |brand: &[u8]| [&b"hei"[..], b"hev", b"mif", b"msf", b"avi"].iter().any(|b| brand.starts_with(b));
    match file {
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] if is_heic(brand) => NoPhoto::Heic,
        [0x89, b'P', b'N', b'G', ..] => NoPhoto::Png,
        _ => NoPhoto::NotJpeg,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(marker: u8, held: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, marker, held);
        out
    }

    fn sized(channels: u8) -> Vec<u8> {
        part(0xc2, &[&[8, 0, 30, 0, 40, channels][..], &[0; 9]].concat())
    }

    /// A picture of an upright camera with all that cameras and their programs put into a file.
    fn camera(channels: u8) -> Vec<u8> {
        let exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x04\0\0\0GPS!\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        [
            START.to_vec(),
            part(0xe0, b"JFIF\0\x01\x01\0\0\x48\0\x48\x01\x01small"),
            part(0xe1, exif),
            part(0xe1, b"http://ns.adobe.com/xap/1.0/\0 GPS!"),
            part(0xe2, b"MPF"),
            part(0xfe, b"comment"),
            part(0xee, b"Adobe"),
            part(0xdb, b"table"),
            sized(channels),
            part(0xda, b"scan"),
            vec![1, 0xff, 0, 2, 0xff, 0xd0, 3],
            part(0xc4, b"more"),
            part(0xda, b"second"),
            vec![4, 5],
            END.to_vec(),
            b"a film behind the picture, GPS!".to_vec(),
        ]
        .concat()
    }

    #[test]
    fn a_photo_loses_its_place_and_keeps_its_picture() {
        let clean = cleaned(&camera(3)).unwrap();
        let holds = |text: &[u8]| clean.windows(text.len()).any(|window| window == text);
        for gone in [&b"GPS"[..], b"small", b"MPF", b"comment", b"film"] {
            assert!(!holds(gone), "{}", String::from_utf8_lossy(gone));
        }
        for kept in
            [&b"JFIF"[..], b"Adobe", b"table", b"scan\x01\xff\0\x02\xff\xd0\x03", b"more", b"second\x04\x05"]
        {
            assert!(holds(kept), "{}", String::from_utf8_lossy(kept));
        }
        assert!(clean.ends_with(&END));
        assert_eq!(cleaned(&clean).unwrap(), clean, "what is clean stays as it is");
    }

    #[test]
    fn a_photo_still_says_how_it_is_turned() {
        let shape = |jpeg: &[u8]| shape(jpeg).unwrap();
        let clean = cleaned(&camera(3)).unwrap();
        assert_eq!(shape(&clean), Shape { width: 40, height: 30, is_grey: false, turn: 6 });
        assert_eq!((shape(&camera(3)).turn, shape(&clean).upright()), (6, (30.0, 40.0)));
        assert!(shape(&camera(1)).is_grey);
    }

    #[test]
    fn what_cannot_be_printed_is_told_by_its_kind() {
        assert_eq!(cleaned(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Err(NoPhoto::Heic));
        assert_eq!(cleaned(b"\x89PNG\r\n\x1a\n"), Err(NoPhoto::Png));
        assert_eq!(cleaned(&camera(4)), Err(NoPhoto::Cmyk));
        for other in [&b""[..], b"GIF89a", b"\0\0\0\x18ftypmp42", b"%PDF-1.7"] {
            assert_eq!(cleaned(other), Err(NoPhoto::NotJpeg));
        }
    }

    #[test]
    fn a_photo_that_breaks_off_anywhere_is_broken() {
        let whole = camera(3);
        let end = whole.windows(2).rposition(|pair| pair == END).unwrap() + 2;
        for length in 2..end {
            assert_eq!(cleaned(&whole[..length]), Err(NoPhoto::Broken), "after {length} bytes");
        }
        assert!(cleaned(&whole[..end]).is_ok());
    }
}
