//! Workbooks of other formats → rows: `.xls` as Excel wrote it until 2007, and `.ods`. They are read into memory as a
//! whole, since neither can be read row by row. Leading zeros that only a format showed are lost in them, and doubted
//! later; merged cells of an `.ods` have their text in the first cell only.

use std::io::{Cursor, Read};

use calamine::{Data, DataRef, Dimensions, Ods, Range, Reader, SheetType, SheetVisible, Xls};

use crate::container::keeps_within_a_sheet;
use crate::doubt::{Fault, NotATable};
use crate::table::{Found, MOST_COLUMNS, ROWS_LOOKED_AT, Reading, Sheet, row_weight};
use crate::text::MOST_BYTES;
use crate::workbook::{
    FirstRows, MOST_ROWS, Merges, SHEETS_LOOKED_AT, damaged, holds_name, put, unbroken, unpacks, written,
};

/// The most cells of one sheet, repeated ones included, which are held in memory.
const MOST_CELLS: usize = 8_000_000;

/// Reads one sheet of an `.xls`.
///
/// # Errors
/// A [`Fault`] when it is none, is damaged, locked, empty or too large, or has no such sheet.
pub(crate) fn read_xls(bytes: &[u8], reading: &Reading) -> Result<Sheet, Fault> {
    if bytes.len() > MOST_BYTES {
        return Err(Fault::TooManyBytes { bytes: bytes.len() });
    }
    if !["Workbook", "Book"].iter().any(|name| holds_name(bytes, name)) {
        return Err(Fault::NotATable(NotATable::Excel));
    }
    if !keeps_within_a_sheet(bytes) {
        return Err(Fault::Damaged);
    }
    unbroken(|| {
        let book = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
            calamine::XlsError::Password => Fault::Locked,
            _ => Fault::Damaged,
        })?;
        read_book(book, reading, |book, name| book.merge_cells_by_sheet_name(name).unwrap_or_default())
    })
}

/// Reads one sheet of an `.ods`.
///
/// # Errors
/// As [`read_xls`].
pub(crate) fn read_ods(bytes: &[u8], reading: &Reading) -> Result<Sheet, Fault> {
    unpacks(bytes)?;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut content = String::new();
    archive.by_name("content.xml").map_err(damaged)?.read_to_string(&mut content).map_err(damaged)?;
    if !closes_what_it_opens(&content) {
        return Err(Fault::Damaged);
    }
    if cells(&content) > MOST_CELLS {
        return Err(Fault::TooManyRows);
    }
    drop(content);
    unbroken(|| {
        let book = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
            calamine::OdsError::Password => Fault::Locked,
            _ => Fault::Damaged,
        })?;
        // calamine does not tell which cells are merged.
        read_book(book, reading, |_, _| Vec::new())
    })
}

/// Whether every element ends, and in its turn: calamine looks for the end of a table for ever.
fn closes_what_it_opens(content: &str) -> bool {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(content);
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) => return depth == 0,
            Ok(_) => {}
            // Among them an end that is not that of what was opened last.
            Err(_) => return false,
        }
    }
}

/// How many cells the largest sheet of an `.ods` has when what it says once for many is written out. An empty end,
/// which every sheet has, does not count.
fn cells(content: &str) -> usize {
    let (mut largest, mut rows, mut waiting, mut widest) = (0_usize, 0_usize, 0_usize, 0_usize);
    for table in content.split("<table:table ").skip(1) {
        for row in table.split("<table:table-row").skip(1) {
            let (mut width, mut empty) = (0_usize, 0_usize);
            for cell in row.split("<table:").skip(1).filter(|cell| cell.contains("table-cell")) {
                let tag = cell.split_once('>').map_or(cell, |(tag, _)| tag);
                empty = empty.saturating_add(repeated(tag, "table:number-columns-repeated=\""));
                if tag.contains("value") || cell.contains("<text:") {
                    width = width.saturating_add(empty);
                    empty = 0;
                }
            }
            let times = repeated(row.split_once('>').map_or(row, |(tag, _)| tag), "number-rows-repeated=\"");
            waiting = waiting.saturating_add(times);
            if width > 0 {
                (rows, waiting) = (rows.saturating_add(waiting), 0);
                widest = widest.max(width);
            }
        }
        largest = largest.max(rows.saturating_mul(widest));
        (rows, waiting, widest) = (0, 0, 0);
    }
    largest
}

fn repeated(tag: &str, mark: &str) -> usize {
    let Some((_, rest)) = tag.split_once(mark) else { return 1 };
    rest.split('"').next().and_then(|times| times.parse().ok()).unwrap_or(usize::MAX)
}

fn read_book<'b, B: Reader<Cursor<&'b [u8]>>>(
    mut book: B,
    reading: &Reading,
    merged: impl Fn(&B, &str) -> Vec<Dimensions>,
) -> Result<Sheet, Fault> {
    let shown = |sheet: &&calamine::Sheet| {
        sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
    };
    let sheets: Vec<String> =
        book.sheets_metadata().iter().filter(shown).map(|sheet| sheet.name.clone()).collect();
    let wanted: Vec<&String> = match &reading.sheet {
        Some(name) if !sheets.contains(name) => return Err(Fault::NoSuchSheet),
        Some(name) => vec![name],
        None => sheets.iter().take(SHEETS_LOOKED_AT).collect(),
    };
    let mut best: Option<(usize, &String, Range<Data>, FirstRows)> = None;
    for name in wanted {
        let range = book.worksheet_range(name).map_err(damaged)?;
        let mut first = FirstRows::new();
        let mut rows = Rows::of(&range, &merged(&book, name));
        let mut record = csv::StringRecord::new();
        while first.len() < 2 * ROWS_LOOKED_AT
            && let Some(found) = rows.next(&mut record)?
        {
            first.push((found.line, record.iter().map(|cell| cell.trim().to_owned()).collect()));
        }
        let headings = first.iter().take(ROWS_LOOKED_AT).map(|(_, cells)| row_weight(cells)).max();
        if let Some(headings) = headings.or(reading.sheet.is_some().then_some(0))
            && best.as_ref().is_none_or(|(most, ..)| headings > *most)
        {
            best = Some((headings, name, range, first));
        }
    }
    let (_, name, range, first) = best.ok_or(Fault::Empty)?;
    let mut rows = Rows::of(&range, &merged(&book, name));
    let mut sheet = Sheet::empty();
    sheet.sheet = Some(name.clone());
    sheet.sheets = sheets.clone();
    sheet.filled(reading.heading, &first, &mut |record| rows.next(record))
}

/// The rows of a sheet that have any text.
struct Rows<'r> {
    rows: calamine::Rows<'r, Data>,
    /// Where the range begins on the sheet.
    column: u32,
    row: u32,
    read: usize,
    bytes: usize,
    merges: Merges,
}

impl<'r> Rows<'r> {
    fn of(range: &'r Range<Data>, merged: &[Dimensions]) -> Self {
        let (row, column) = range.start().unwrap_or((0, 0));
        Self { rows: range.rows(), column, row, read: 0, bytes: 0, merges: Merges::of(merged) }
    }

    fn next(&mut self, record: &mut csv::StringRecord) -> Result<Option<Found>, Fault> {
        record.clear();
        for row in self.rows.by_ref() {
            self.row += 1;
            let mut cells = Vec::new();
            for (at, value) in row.iter().enumerate() {
                let text = written(&borrowed(value), "");
                if text.trim().is_empty() {
                    continue;
                }
                self.bytes += text.len();
                put(&mut cells, self.column + at.min(MOST_COLUMNS) as u32, text)?;
            }
            if cells.is_empty() {
                continue;
            }
            self.read += 1;
            if self.read > MOST_ROWS {
                return Err(Fault::TooManyRows);
            }
            if self.bytes > MOST_BYTES {
                return Err(Fault::TooManyBytes { bytes: self.bytes });
            }
            self.merges.spread(self.row - 1, &mut cells)?;
            record.extend(&cells);
            return Ok(Some(Found { line: self.row, stray_quote: false }));
        }
        Ok(None)
    }
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => DataRef::SharedString(text),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::Error(error) => DataRef::Error(error.clone()),
        _ => DataRef::Empty,
    }
}
