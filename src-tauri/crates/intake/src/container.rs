//! The container of the old office formats ([MS-CFB]): enough of it to look through the records of an `.xls` before they
//! are read for good. calamine takes what the records say of the size of a sheet at its word, and a damaged file can say
//! more than any memory holds.

/// The last column of an `.xls`, the first is 0 ([MS-XLS] 2.5.53).
const LAST_COLUMN: usize = 0xFF;
/// The last row ([MS-XLS] 2.5.243).
const LAST_ROW: usize = 0xFFFF;
/// Numbers above stand for no sector ([MS-CFB] 2.1).
const NO_SECTOR: usize = 0xFFFF_FFFA;

/// Whether the records of the workbook in a container keep within a sheet's size.
pub(crate) fn keeps_within_a_sheet(bytes: &[u8]) -> bool {
    workbook(bytes).is_some_and(|stream| records_keep_within(&stream))
}

/// The records begin with their kind and their length. Cells ([MS-XLS] 2.4) say their row and column first.
fn records_keep_within(stream: &[u8]) -> bool {
    let mut at = 0;
    while let (Some(kind), Some(length)) = (short(stream, at), short(stream, at + 2)) {
        let data = stream.get(at + 4..at + 4 + length).unwrap_or_default();
        let within = match (kind, data.len()) {
            (0x0200, 10) => sizes(short(data, 0), short(data, 2), short(data, 4), short(data, 6)),
            (0x0200, _) => sizes(long(data, 0), long(data, 4), short(data, 8), short(data, 10)),
            (0x0006 | 0x00BD | 0x00D6 | 0x00FD | 0x0203..=0x0205 | 0x027E, _) => {
                short(data, 2).is_none_or(|column| column <= LAST_COLUMN)
            }
            _ => true,
        };
        if !within {
            return false;
        }
        at += 4 + length;
    }
    true
}

/// Of the record that tells the size of a sheet: the first row and the row after the last, and so the columns.
fn sizes(first: Option<usize>, rows: Option<usize>, left: Option<usize>, columns: Option<usize>) -> bool {
    let (Some(first), Some(rows), Some(left), Some(columns)) = (first, rows, left, columns) else {
        return false;
    };
    let empty = rows == 0 || columns == 0;
    empty || (first < rows && rows <= LAST_ROW + 1 && columns <= LAST_COLUMN + 1 && left <= columns)
}

/// The stream `Workbook` (`Book` before 1997) of a container.
fn workbook(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = 1_usize.checked_shl(short(bytes, 30)? as u32).filter(|size| matches!(size, 512 | 4096))?;
    let sector = |number: usize| bytes.get((number + 1) * size..).map(|rest| &rest[..rest.len().min(size)]);
    let most = bytes.len() / size + 1;
    // The list of the sectors that hold the allocation table: 109 in the header, then in a chain of its own.
    let mut tables: Vec<usize> = (0..109).filter_map(|at| long(bytes, 76 + 4 * at)).collect();
    let mut next = long(bytes, 68)?;
    while next < NO_SECTOR && tables.len() < most + 109 {
        let list = sector(next)?;
        tables.extend((0..size / 4 - 1).filter_map(|at| long(list, 4 * at)));
        next = long(list, size - 4)?;
    }
    let mut table = Vec::new();
    for number in tables.into_iter().filter(|number| *number < NO_SECTOR) {
        let sector = sector(number)?;
        table.extend((0..size / 4).filter_map(|at| long(sector, 4 * at)));
        if table.len() > 2 * most + size {
            return None;
        }
    }
    let chain = |first: usize| {
        let (mut stream, mut next, mut steps) = (Vec::new(), first, 0);
        while next < NO_SECTOR {
            stream.extend_from_slice(sector(next)?);
            next = *table.get(next)?;
            steps += 1;
            if steps > most {
                return None;
            }
        }
        Some(stream)
    };
    let folder = chain(long(bytes, 48)?)?;
    let entry = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        folder
            .chunks_exact(128)
            .find(|entry| entry.starts_with(&name) && short(entry, 64) == Some(name.len() + 2))
    };
    let found = entry("Workbook").or_else(|| entry("Book"))?;
    let (first, length) = (long(found, 116)?, long(found, 120)?);
    if length >= long(bytes, 56)? {
        let mut stream = chain(first)?;
        stream.truncate(length);
        return Some(stream);
    }
    // Short streams lie together in that of the root, in sectors of 64 bytes with a table of their own.
    let (together, small) = (chain(long(&folder, 116)?)?, chain(long(bytes, 60)?)?);
    let (mut stream, mut next) = (Vec::new(), first);
    while next < NO_SECTOR && stream.len() < length {
        stream.extend_from_slice(together.get(next * 64..next * 64 + 64)?);
        next = long(&small, 4 * next)?;
    }
    stream.truncate(length);
    Some(stream)
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?).into())
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()
}
