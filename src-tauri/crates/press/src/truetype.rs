//! A font file of which only what is needed is read (OpenType 1.9, "otff", "loca", "glyf"). Nine tenths of a Japanese face are
//! drawings of letters, and a document needs a few hundred of ten thousand. What is not read costs nothing: a system gives
//! memory for empty bytes only when somebody writes there.

use std::{collections::BTreeSet, io, ops::Range, sync::Arc};

/// Reads bytes of a file, fewer where it ends.
pub type Read = dyn Fn(Range<usize>) -> io::Result<Vec<u8>> + Send + Sync;

/// No face is larger: 64 MB.
const LARGEST: usize = 1 << 26;
/// What lies between two drawings is read with them, when it is so little that asking twice would take longer.
const NEAR: usize = 2048;
/// How deep a drawing may be made of others.
const DEPTH: usize = 8;

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

    /// The file with these drawings, and those that they are made of.
    ///
    /// # Errors
    /// The system's, when the file cannot be read any more.
    pub(crate) fn with(&self, glyphs: impl Iterator<Item = u16>) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; self.bytes.len()];
        for table in &self.tables {
            bytes[table.clone()].copy_from_slice(&self.bytes[table.clone()]);
        }
        let mut known: BTreeSet<u16> = glyphs.chain([0]).collect();
        let mut fresh = known.clone();
        for _ in 0..DEPTH {
            let drawings: Vec<Range<usize>> = fresh.iter().filter_map(|&glyph| self.drawing(glyph)).collect();
            self.bring(&mut bytes, &drawings)?;
            let parts: BTreeSet<u16> = drawings.into_iter().flat_map(|at| parts(&bytes[at])).collect();
            fresh = &parts - &known;
            known.extend(&fresh);
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

    /// Reads drawings to where they lie.
    fn bring(&self, bytes: &mut [u8], drawings: &[Range<usize>]) -> io::Result<()> {
        let mut sorted = drawings.to_vec();
        sorted.sort_by_key(|at| at.start);
        for near in sorted.chunk_by(|one, next| next.start <= one.end + NEAR) {
            let (Some(first), Some(last)) = (near.first(), near.iter().map(|at| at.end).max()) else {
                continue;
            };
            let part = (self.read)(first.start..last)?;
            if part.len() < last - first.start {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            bytes[first.start..last].copy_from_slice(&part);
        }
        Ok(())
    }
}

/// The glyphs that a drawing is made of; none of one with outlines of its own.
fn parts(drawing: &[u8]) -> Vec<u16> {
    let mut parts = Vec::new();
    // A negative number of outlines.
    if number(drawing, 0).is_none_or(|outlines| outlines < 0x8000) {
        return parts;
    }
    let mut at = 10;
    while let (Some(flags), Some(glyph)) = (number(drawing, at), number(drawing, at + 2)) {
        parts.push(glyph);
        let shift = if flags & 0x1 != 0 { 4 } else { 2 };
        let scale = [(0x8, 2), (0x40, 4), (0x80, 8)].into_iter().find(|(flag, _)| flags & flag != 0);
        at += 4 + shift + scale.map_or(0, |(_, length)| length);
        if flags & 0x20 == 0 {
            break;
        }
    }
    parts
}

fn number(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn offset(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize)
}
