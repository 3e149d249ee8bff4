//! Workbooks → rows: `.xlsx` and `.xlsm`, as Excel and the programs that imitate it write them.
//!
//! A cell becomes the text that a reader of the sheet would write down: a day as `2024-03-31` whatever its
//! format (also 和暦), a whole number as its digits, with the leading zeros that a format like `00000` shows.
//! Merged cells say the same for every row they cover. Rows hidden by a filter are rows like all others.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxCellReader};

use crate::columns::weight;
use crate::doubt::{Fault, NotATable};
use crate::table::{Found, MOST_COLUMNS, ROWS_LOOKED_AT, Reading, Sheet, row_weight};
use crate::text::MOST_BYTES;

/// The most rows that are read from a sheet.
pub const MOST_ROWS: usize = 200_000;

/// The most bytes a workbook may unpack to; 200,000 rows of 30 columns have about 250 MB.
pub const MOST_UNPACKED: usize = 512 << 20;

/// The most bytes of the texts that cells share, which are held in memory.
const MOST_SHARED_TEXT: usize = 64 << 20;

/// The most bytes of the cells' formats, of which every few become some hundred in memory.
const MOST_STYLES: usize = 8 << 20;

/// Excel has no row below this one (1,048,576).
const LAST_ROW: u32 = 1 << 20;

/// The best sheet is looked for among so many: one a year since the company was founded.
pub(crate) const SHEETS_LOOKED_AT: usize = 100;

/// Which kind of workbook a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Book {
    /// `.xlsx`, `.xlsm`.
    New,
    /// `.xls`.
    Old,
    /// `.ods`.
    Open,
}

/// The kind of workbook that the bytes are, if they are one.
///
/// # Errors
/// The [`Fault`] of a workbook that cannot be read.
pub(crate) fn kind(bytes: &[u8]) -> Result<Option<Book>, Fault> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        // The container of the old formats also holds what a password locks ([MS-OFFCRYPTO] 2.3.4.4), under
        // this name in UTF-16.
        return if holds_name(bytes, "EncryptedPackage") { Err(Fault::Locked) } else { Ok(Some(Book::Old)) };
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Ok(None);
    }
    if bytes.len() > MOST_BYTES {
        return Err(Fault::TooManyBytes { bytes: bytes.len() });
    }
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        // The list of an archive's parts stands at its end, so a file cut off has none.
        let start = &bytes[..bytes.len().min(8192)];
        let office = |window: &[u8]| window == b"xl/" || window == OPEN;
        let cut_off = start.windows(3).any(office) || start.windows(OPEN.len()).any(office);
        return if cut_off { Err(Fault::Damaged) } else { Ok(None) };
    };
    let mut kind = None;
    for name in archive.file_names().flatten() {
        match file_name(&name).as_str() {
            "workbook.bin" => return Err(Fault::NotATable(NotATable::Excel)),
            "workbook.xml" => kind = Some(Book::New),
            // The part `mimetype` comes first and is not packed (OpenDocument 1.2 part 3, 3.3).
            "content.xml" if kind.is_none() && bytes.windows(OPEN.len()).take(256).any(|at| at == OPEN) => {
                kind = Some(Book::Open);
            }
            _ => {}
        }
    }
    Ok(kind)
}

/// What an OpenDocument workbook says it is.
const OPEN: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// Whether a container of the old formats has a part of this name.
pub(crate) fn holds_name(bytes: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// The last part of a path; some programs write paths as Windows does, and capital letters do not count.
fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase()
}

/// Reads one sheet of a workbook: the one that is asked for, or that with the most known headings.
///
/// # Errors
/// A [`Fault`] when it is damaged, empty or too large, or has no such sheet.
pub(crate) fn read_workbook(bytes: &[u8], reading: &Reading) -> Result<Sheet, Fault> {
    let merged = unpacks(bytes)?;
    unbroken(|| read_unpackable(bytes, reading, merged))
}

/// calamine adds up the letters and digits of a cell's address without a check, and may in time do other such things; a
/// workbook made to break it is damaged, no more.
pub(crate) fn unbroken(read: impl FnOnce() -> Result<Sheet, Fault>) -> Result<Sheet, Fault> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(Fault::Damaged))
}

/// Whether every part is whole and all together are no larger than may be. The sizes that an archive tells of
/// itself can lie, so it is unpacked into nothing. Answers whether any cells are merged: to look for them costs
/// another reading.
pub(crate) fn unpacks(bytes: &[u8]) -> Result<bool, Fault> {
    let mut merged = Merged::default();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut total = 0;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(damaged)?;
        let most = match file_name(&part.name().map_err(damaged)?).as_str() {
            "sharedstrings.xml" => MOST_SHARED_TEXT,
            "styles.xml" => MOST_STYLES,
            _ => MOST_UNPACKED,
        };
        let most = most.min(MOST_UNPACKED - total);
        let unpacked = std::io::copy(&mut part.take(most as u64 + 1), &mut merged);
        let unpacked = unpacked.map_err(damaged)? as usize;
        if unpacked > most {
            return Err(Fault::TooManyBytes { bytes: total + unpacked });
        }
        total += unpacked;
    }
    Ok(merged.found)
}

/// Takes bytes and keeps only whether an element `mergeCell` was among them.
#[derive(Default)]
struct Merged {
    found: bool,
    end: Vec<u8>,
}

impl Write for Merged {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        const MARK: &[u8] = b"mergeCell";
        if !self.found {
            self.end.extend_from_slice(bytes);
            self.found = self.end.windows(MARK.len()).any(|at| at == MARK);
            self.end.drain(..self.end.len().saturating_sub(MARK.len() - 1));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn read_unpackable(bytes: &[u8], reading: &Reading, merged: bool) -> Result<Sheet, Fault> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let shown = |sheet: &&calamine::Sheet| {
        sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
    };
    let sheets: Vec<String> =
        book.sheets_metadata().iter().filter(shown).map(|sheet| sheet.name.clone()).collect();
    let (name, first_rows) = match &reading.sheet {
        Some(name) if !sheets.contains(name) => return Err(Fault::NoSuchSheet),
        Some(name) => (name.clone(), first_rows(&mut book, name, merged)?),
        None => best_sheet(&mut book, &sheets, merged)?,
    };
    if first_rows.is_empty() && reading.sheet.is_none() {
        return Err(Fault::Empty);
    }
    let mut rows = Rows::of(&mut book, &name, merged)?;
    let mut sheet = Sheet::empty();
    sheet.sheet = Some(name);
    sheet.sheets = sheets;
    sheet.filled(reading.heading, &first_rows, &mut |record| rows.next(record))
}

/// The line and the cells of the first rows of a sheet, for guessing.
pub(crate) type FirstRows = Vec<(u32, Vec<String>)>;

fn first_rows(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, merged: bool) -> Result<FirstRows, Fault> {
    let mut rows = Rows::of(book, name, merged)?;
    let mut record = csv::StringRecord::new();
    let mut first = Vec::new();
    while first.len() < 2 * ROWS_LOOKED_AT
        && let Some(found) = rows.next(&mut record)?
    {
        first.push((found.line, record.iter().map(|cell| cell.trim().to_owned()).collect()));
    }
    Ok(first)
}

/// The sheet with the most known headings in one of its first rows, the first of equals that has any text.
fn best_sheet(
    book: &mut Xlsx<Cursor<&[u8]>>,
    sheets: &[String],
    merged: bool,
) -> Result<(String, FirstRows), Fault> {
    let mut best: Option<(usize, &String, FirstRows)> = None;
    for name in sheets.iter().take(SHEETS_LOOKED_AT) {
        let rows = first_rows(book, name, merged)?;
        let headings = rows.iter().take(ROWS_LOOKED_AT).map(|(_, cells)| row_weight(cells)).max();
        let Some(headings) = headings else { continue };
        if best.as_ref().is_none_or(|(most, ..)| headings > *most) {
            best = Some((headings, name, rows));
        }
    }
    best.map(|(_, name, rows)| (name.clone(), rows)).ok_or(Fault::Empty)
}

/// So many merged cells are read; a sheet made to have more is no list.
const MOST_MERGES: usize = 100_000;

/// A merged cell: its first and last column, its last row, what it says.
struct Merge {
    column: u32,
    last: u32,
    until: u32,
    text: String,
}

/// The merged cells of a sheet.
#[derive(Default)]
pub(crate) struct Merges {
    /// Those to come, by their first row.
    begin: BTreeMap<u32, Vec<Merge>>,
    /// Those that reach into the rows that come.
    open: Vec<Merge>,
}

impl Merges {
    pub(crate) fn of(regions: &[calamine::Dimensions]) -> Self {
        let mut merges = Self::default();
        for region in regions.iter().take(MOST_MERGES) {
            let ((row, column), (until, last)) = (region.start, region.end);
            let merge = Merge { column, last, until, text: String::new() };
            merges.begin.entry(row).or_default().push(merge);
        }
        merges
    }

    /// What a merged cell says holds for every row it covers. Across columns it holds where it is a heading: 住所 over
    /// three columns heads all three, while a name over two cells is one name.
    pub(crate) fn spread(&mut self, row: u32, cells: &mut Vec<String>) -> Result<(), Fault> {
        self.open.retain(|merge| merge.until >= row);
        for merge in &self.open {
            if cells.get(merge.column as usize).is_none_or(String::is_empty) {
                put(cells, merge.column, merge.text.clone())?;
            }
        }
        while let Some(first) = self.begin.first_entry().filter(|first| *first.key() <= row) {
            let begins = *first.key();
            for merge in first.remove().into_iter().filter(|_| begins == row) {
                let Some(text) = cells.get(merge.column as usize).filter(|text| !text.is_empty()).cloned()
                else {
                    continue;
                };
                if weight(&text) > 0 {
                    for column in merge.column + 1..=merge.last.min(MOST_COLUMNS as u32 - 1) {
                        put(cells, column, text.clone())?;
                    }
                }
                if merge.until > row {
                    self.open.push(Merge { text, ..merge });
                }
            }
        }
        Ok(())
    }
}

/// The rows of a sheet that have any text.
struct Rows<'w, 'b> {
    cells: XlsxCellReader<'w, Cursor<&'b [u8]>>,
    merges: Merges,
    /// The first cell of the next row: row, column, text; the first row and column are 0.
    waiting: Option<(u32, u32, String)>,
    /// calamine takes a question after the last cell for a file cut off.
    ended: bool,
    /// How many rows have been read.
    read: usize,
    /// How many bytes of text.
    bytes: usize,
}

impl<'w, 'b> Rows<'w, 'b> {
    fn of(book: &'w mut Xlsx<Cursor<&'b [u8]>>, name: &str, merged: bool) -> Result<Self, Fault> {
        let regions =
            if merged { book.merge_cells_by_sheet_name(name).map_err(damaged)? } else { Vec::new() };
        let merges = Merges::of(&regions);
        let cells = book.worksheet_cells_reader(name).map_err(damaged)?;
        Ok(Self { cells, merges, waiting: None, ended: false, read: 0, bytes: 0 })
    }

    fn next(&mut self, record: &mut csv::StringRecord) -> Result<Option<Found>, Fault> {
        record.clear();
        let first = match self.waiting.take() {
            Some(cell) => Some(cell),
            None => self.next_cell()?,
        };
        let Some((row, column, text)) = first else { return Ok(None) };
        if self.read == MOST_ROWS {
            return Err(Fault::TooManyRows);
        }
        self.read += 1;
        let mut cells = Vec::new();
        put(&mut cells, column, text)?;
        while let Some((next_row, column, text)) = self.next_cell()? {
            if next_row > row {
                self.waiting = Some((next_row, column, text));
                break;
            }
            // Rows stand in their order (ECMA-376 part 1, 18.3.1.73); one that does not would hide another.
            if next_row < row {
                return Err(Fault::Damaged);
            }
            put(&mut cells, column, text)?;
        }
        self.merges.spread(row, &mut cells)?;
        record.extend(&cells);
        Ok(Some(Found { line: row + 1, stray_quote: false }))
    }

    /// The next cell with any text.
    fn next_cell(&mut self) -> Result<Option<(u32, u32, String)>, Fault> {
        while !self.ended {
            let Some((cell, style)) = self.cells.next_cell_with_style_id().map_err(damaged)? else {
                self.ended = true;
                break;
            };
            let style = self.cells.styles().get(style).and_then(|style| style.number_format.as_ref());
            let text = written(cell.get_value(), style.map_or("", |format| &format.format_code));
            if text.trim().is_empty() {
                continue;
            }
            let (row, column) = cell.get_position();
            if row >= LAST_ROW {
                return Err(Fault::Damaged);
            }
            self.bytes += text.len();
            if self.bytes > MOST_BYTES {
                return Err(Fault::TooManyBytes { bytes: self.bytes });
            }
            return Ok(Some((row, column, text)));
        }
        Ok(None)
    }
}

pub(crate) fn put(cells: &mut Vec<String>, column: u32, text: String) -> Result<(), Fault> {
    let column = column as usize;
    if column >= MOST_COLUMNS {
        return Err(Fault::TooManyColumns);
    }
    if cells.len() <= column {
        cells.resize(column + 1, String::new());
    }
    cells[column] = text;
    Ok(())
}

pub(crate) fn damaged<E>(_: E) -> Fault {
    Fault::Damaged
}

/// A cell as a reader of the sheet would write it down.
pub(crate) fn written(value: &DataRef<'_>, format: &str) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => written_number(*number, format),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::Error(error) => error.to_string(),
        DataRef::DateTime(moment) => written_moment(moment),
    }
}

fn written_number(number: f64, format: &str) -> String {
    if number.abs() >= 1e15 {
        // Excel keeps fifteen digits of a number; what stands behind them is lost.
        return format!("{number:E}").replace('E', "E+");
    }
    if number.fract() != 0.0 {
        return number.to_string();
    }
    let zeros = if format.bytes().all(|letter| letter == b'0') { format.len().min(15) } else { 0 };
    format!("{:0zeros$}", number as i64)
}

fn written_moment(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    // Excel shows nothing but hashes for days before its first and after 9999-12-31.
    if !(0.0..2_958_466.0).contains(&days) {
        return "#####".to_owned();
    }
    if !moment.is_datetime() || (days > 0.0 && days < 1.0) {
        let seconds = (days * 86_400.0).round() as u64;
        return format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    match moment.to_ymd_hms_milli() {
        // A formula that points to an empty cell; this is what Excel shows.
        (..1900, ..) => "1900-01-00".to_owned(),
        (year, month, day, 0, 0, 0, _) => format!("{year:04}-{month:02}-{day:02}"),
        (year, month, day, hour, minute, second, _) => {
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        }
    }
}
