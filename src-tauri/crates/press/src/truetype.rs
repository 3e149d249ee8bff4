//! A font file of which only what is needed is read (OpenType 1.9, "otff", "loca", "glyf"). Nine tenths of a Japanese face are
//! drawings of letters, and a document needs a few hundred of ten thousand. What is not read costs nothing: a system gives
//! memory for empty bytes only when somebody writes there.

use std::{io, ops::Range, sync::Arc};

/// Reads bytes of a file, fewer where it ends.
pub type Read = dyn Fn(Range<usize>) -> io::Result<Vec<u8>> + Send + Sync;

/// No face is larger: 64 MB.
const LARGEST: usize = 1 << 26;
/// What lies between two drawings is read with them, when it is so little that asking twice would take longer.
const NEAR: usize = 2048;

/// A font file, as far as it was read.
pub(crate) struct TrueType {
    /// All of it, but for the drawings.
    pub(crate) bytes: Arc<Vec<u8>>,
    /// What is not empty in them.
    tables: Vec<Range<usize>>,
    drawings: Range<usize>,
    places: Range<usize>,
    /// The places are told in four bytes each.
    is_long: bool,
    read: Arc<Read>,
}

impl TrueType {
    /// Reads what says which letters there are; `None` when it is no font file.
    pub(crate) fn open(read: Arc<Read>) -> Option<Self> {
        let count = usize::from(number(&read(0..12).ok()?, 4)?);
        let head = 0..12 + 16 * count;
        let directory = read(head.clone()).ok()?;
        let mut tables = vec![head];
        let (mut drawings, mut places, mut is_long) = (0..0, 0..0, false);
        let mut end = 0;
        for record in directory.get(12..)?.chunks_exact(16) {
            let [begin, length] = [8, 12].map(|at| offset(record, at).unwrap_or(usize::MAX));
            let table = begin..begin.checked_add(length).filter(|end| *end <= LARGEST)?;
            end = end.max(table.end);
            match &record[..4] {
                b"glyf" => drawings = table,
                tag => {
                    match tag {
                        b"loca" => places = table.clone(),
                        b"head" => is_long = number(&read(table.clone()).ok()?, 50)? != 0,
                        _ => {}
                    }
                    tables.push(table);
                }
            }
        }
        let mut bytes = vec![0; end];
        for table in &tables {
            let part = read(table.clone()).ok()?;
            bytes.get_mut(table.clone())?.get_mut(..part.len())?.copy_from_slice(&part);
        }
        Some(Self { bytes: Arc::new(bytes), tables, drawings, places, is_long, read })
    }

    /// The file with these drawings; with all of them, when one of these is made of others. None of the faces that are shipped
    /// has such.
    ///
    /// # Errors
    /// The system's, when the file cannot be read any more.
    pub(crate) fn with(&self, glyphs: impl Iterator<Item = u16>) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; self.bytes.len()];
        for table in &self.tables {
            bytes[table.clone()].copy_from_slice(&self.bytes[table.clone()]);
        }
        let mut drawings: Vec<_> = glyphs.chain([0]).filter_map(|glyph| self.drawing(glyph)).collect();
        drawings.sort_by_key(|at| at.start);
        for near in drawings.chunk_by(|one, next| next.start <= one.end + NEAR) {
            self.bring(&mut bytes, near[0].start..near[near.len() - 1].end)?;
        }
        // It says so by a negative number of outlines.
        if drawings.iter().any(|at| bytes[at.start] >= 0x80) {
            self.bring(&mut bytes, self.drawings.clone())?;
        }
        Ok(bytes)
    }

    /// Where a glyph's drawing lies; none of a blank.
    fn drawing(&self, glyph: u16) -> Option<Range<usize>> {
        let places = self.bytes.get(self.places.clone())?;
        let place = |nth: usize| match self.is_long {
            true => offset(places, 4 * nth),
            false => number(places, 2 * nth).map(|half| 2 * usize::from(half)),
        };
        let (from, to) = (place(glyph.into())?, place(usize::from(glyph) + 1)?);
        let Range { start, end } = self.drawings;
        (from < to && to <= end - start).then(|| start + from..start + to)
    }

    /// Reads a part of the file to where it lies.
    fn bring(&self, bytes: &mut [u8], at: Range<usize>) -> io::Result<()> {
        let part = (self.read)(at.clone())?;
        if part.len() < at.len() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes[at].copy_from_slice(&part);
        Ok(())
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn offset(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::Path};
    use subsetter::GlyphRemapper;

    fn face(name: &str) -> Vec<u8> {
        let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/node_modules/@expo-google-fonts");
        fs::read(fonts.join(name)).expect("`make setup` installs the fonts")
    }

    /// A file in memory, and how much of it was read.
    fn opened(bytes: Vec<u8>) -> Option<TrueType> {
        TrueType::open(Arc::new(move |at| {
            let [from, to] = [at.start, at.end].map(|at| at.min(bytes.len()));
            Ok(bytes[from..to.max(from)].to_vec())
        }))
    }

    #[test]
    fn a_subset_is_the_same_whether_all_or_only_its_drawings_were_read() {
        let mut whole = face("noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf");
        let file = opened(whole.clone()).unwrap();
        let glyphs: Vec<u16> = (1..17_000).step_by(97).collect();
        let mut remapper = GlyphRemapper::new();
        for &glyph in &glyphs {
            remapper.remap(glyph);
        }
        let sparse = file.with(glyphs.iter().copied()).unwrap();
        assert!(sparse.iter().filter(|byte| **byte != 0).count() < whole.len() / 2);
        let cut = |bytes: &[u8]| subsetter::subset(bytes, 0, &remapper).unwrap();
        assert!(cut(&sparse) == cut(&whole));

        // A letter made of others, anywhere in the file.
        let made = file.drawing(glyphs[7]).unwrap().start;
        whole[made] = 0xff;
        let file = opened(whole.clone()).unwrap();
        assert!(file.with(glyphs.into_iter()).unwrap() == whole);
    }

    #[test]
    fn a_file_that_is_cut_off_or_lies_about_its_tables_is_no_face_and_no_panic() {
        let whole = face("biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf");
        let mut dice = 7_u32;
        let mut roll = |below: usize| {
            dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (dice >> 8) as usize % below
        };
        for _ in 0..40 {
            let mut bytes = whole.clone();
            bytes.truncate(roll(whole.len()));
            for _ in 0..4 {
                if let Some(byte) = bytes.get_mut(roll(300)) {
                    *byte = roll(256) as u8;
                }
            }
            if let Some(file) = opened(bytes) {
                let _ = file.with(0..500);
            }
        }
    }
}
