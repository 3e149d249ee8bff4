//! Rows → a sheet: the delimiter, the heading row, and rows that remember their line in the file.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::cards;
use crate::columns::{Column, Danger, Target, columns, folded, program, weight};
use crate::doubt::{Doubt, Fault, NotATable, Reason};
use crate::my_number::holds_my_number;
use crate::old_books;
use crate::text::{Encoding, line_breaks, read_text};
use crate::workbook::{self, Book};

/// The most rows that are read: as many as a spreadsheet has.
pub const MOST_ROWS: usize = 1 << 20;

/// The most columns that are read.
pub const MOST_COLUMNS: usize = 1_000;

/// A cell with more line breaks than this is no address or note but the rest of a file behind a stray quotation
/// mark.
const MOST_LINES_IN_A_ROW: u32 = 100;

/// The heading row is looked for among so many rows.
pub(crate) const ROWS_LOOKED_AT: usize = 10;

/// What parts the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Delimiter {
    /// `,`
    Comma,
    /// A tab, as in a spreadsheet's "Unicode text".
    Tab,
    /// `;`
    Semicolon,
}

impl Delimiter {
    fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Tab => b'\t',
            Self::Semicolon => b';',
        }
    }
}

/// Where the headings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Heading {
    /// The row with the most known headings among the first ten.
    #[default]
    Guessed,
    /// There are none: every row is a person.
    None,
    /// On this line of the file or row of the sheet, the first is 1; what stands above is a title.
    Line(u32),
}

/// How a file is to be read, where the user knows better than the guess.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Reading {
    /// The encoding, or none to guess it; a workbook has none.
    pub encoding: Option<Encoding>,
    /// The delimiter, or none to guess it; a workbook has none.
    pub delimiter: Option<Delimiter>,
    /// Where the headings are.
    pub heading: Heading,
    /// The sheet of a workbook by its name, or none for the one with the most known headings; a text has none.
    #[ts(optional = nullable)]
    pub sheet: Option<String>,
}

/// A file as cells. What crosses to the page is its form; the cells stay here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Sheet {
    /// The encoding it was read in; none of a workbook.
    pub encoding: Option<Encoding>,
    /// The delimiter it was read with; none of a workbook.
    pub delimiter: Option<Delimiter>,
    /// The name of the sheet that was read; none of a text.
    pub sheet: Option<String>,
    /// The names of all sheets that Excel shows, in its order; none of a text.
    pub sheets: Vec<String>,
    /// The program whose export it seems to be.
    pub program: Option<String>,
    /// The line of the headings, the first line is 1; none when the file has no headings.
    pub heading_line: Option<u32>,
    /// The columns.
    pub columns: Vec<Column>,
    /// How many rows there are below the headings; rows without any text are not counted.
    pub row_count: usize,
    /// Rows whose number of cells or quotation marks do not fit, in the order of their lines.
    #[serde(skip)]
    #[ts(skip)]
    pub(crate) flaws: Vec<Doubt>,
    #[serde(skip)]
    #[ts(skip)]
    cells: Cells,
}

/// All cells in one text, since a list of 100,000 people would otherwise need a million small allocations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Cells {
    text: String,
    /// Where each cell ends in `text`; the first is a zero before the first cell.
    ends: Vec<usize>,
    /// Line in the file and the index in `ends` at which the first cell begins.
    rows: Vec<(u32, usize)>,
}

impl Cells {
    fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }
}

impl Sheet {
    /// The line in the file on which a row begins.
    ///
    /// # Panics
    /// When `row` is not below [`Sheet::row_count`].
    #[must_use]
    pub fn line(&self, row: usize) -> u32 {
        self.cells.rows[row].0
    }

    /// A cell as it stands in the file; empty where the row is short, and in refused columns.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &str {
        if self.columns.get(column).is_some_and(|column| column.refused.is_some()) {
            return "";
        }
        let rows = &self.cells.rows;
        let Some(&(_, first)) = rows.get(row) else { return "" };
        let next = rows.get(row + 1).map_or(self.cells.ends.len() - 1, |&(_, next)| next);
        if column >= next - first {
            return "";
        }
        &self.cells.text[self.cells.ends[first + column]..self.cells.ends[first + column + 1]]
    }

    /// The mapping as guessed, one field a column.
    #[must_use]
    pub fn guesses(&self) -> Vec<Target> {
        self.columns.iter().map(|column| column.target.unwrap_or(Target::Skip)).collect()
    }

    /// The headings as one text, by which a confirmed mapping can be found again for the next file of the same
    /// program.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let headings: Vec<String> = self.columns.iter().map(|column| folded(&column.heading)).collect();
        headings.join("\u{1F}")
    }
}

/// Reads a workbook or a file of comma-, tab- or semicolon-separated text; everything but the encoding is
/// guessed.
///
/// # Errors
/// A [`Fault`] when the file is empty, no table, or too large.
pub fn read(bytes: &[u8], encoding: Option<Encoding>) -> Result<Sheet, Fault> {
    read_as(bytes, &Reading { encoding, ..Reading::default() })
}

/// Reads a file the way the user has chosen on the page.
///
/// # Errors
/// As [`read`].
pub fn read_as(bytes: &[u8], reading: &Reading) -> Result<Sheet, Fault> {
    match workbook::kind(bytes)? {
        Some(Book::New) => return workbook::read_workbook(bytes, reading),
        Some(Book::Old) => return old_books::read_xls(bytes, reading),
        Some(Book::Open) => return old_books::read_ods(bytes, reading),
        None => {}
    }
    if cards::are_cards(bytes) {
        return cards::read_cards(bytes, reading);
    }
    let (encoding, text) = read_text(bytes, reading.encoding)?;
    let delimiter = reading.delimiter.unwrap_or_else(|| guess_delimiter(&text));
    let mut sheet = Sheet::empty();
    sheet.encoding = Some(encoding);
    sheet.delimiter = Some(delimiter);
    sheet.cells.text.reserve(text.len());
    let mut records = Records::new(&text, delimiter);
    sheet.filled(reading.heading, &first_rows(&text, delimiter), &mut |record| records.next(record))
}

/// What a column held so far.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    filled: usize,
    my_numbers: usize,
}

/// Where a record was found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    /// The line on which it begins.
    pub(crate) line: u32,
    /// It was read without quotation marks, since one of them is never closed.
    pub(crate) stray_quote: bool,
}

/// Puts the next row into the record; none after the last.
pub(crate) type NextRow<'a> = &'a mut dyn FnMut(&mut csv::StringRecord) -> Result<Option<Found>, Fault>;

impl Sheet {
    pub(crate) fn empty() -> Self {
        Self {
            encoding: None,
            delimiter: None,
            sheet: None,
            sheets: Vec::new(),
            program: None,
            heading_line: None,
            columns: Vec::new(),
            row_count: 0,
            flaws: Vec::new(),
            cells: Cells { text: String::new(), ends: vec![0], rows: Vec::new() },
        }
    }

    /// The sheet with its headings and rows.
    pub(crate) fn filled(
        mut self,
        heading: Heading,
        first_rows: &[(u32, Vec<String>)],
        next: NextRow<'_>,
    ) -> Result<Self, Fault> {
        self.heading_line = match heading {
            Heading::Guessed => guess_heading(first_rows),
            Heading::None => None,
            Heading::Line(line) => Some(line),
        };
        let mut record = csv::StringRecord::new();
        let mut headings = csv::StringRecord::new();
        if let Some(wanted) = self.heading_line {
            while let Some(found) = next(&mut record)? {
                if found.line >= wanted {
                    headings = record.clone();
                    break;
                }
            }
        } else {
            let width = first_rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(1);
            headings.extend(std::iter::repeat_n("", width));
        }
        if headings.len() > MOST_COLUMNS {
            return Err(Fault::TooManyColumns);
        }
        self.columns = columns(headings.iter().map(str::trim));
        self.program = program(headings.iter()).map(str::to_owned);
        let headed = self.columns.iter().rposition(|column| !column.heading.is_empty());
        let labelled = headed.map_or(0, |last| last + 1);
        let mut used = labelled;
        let mut seen = Vec::new();
        while let Some(found) = next(&mut record)? {
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if self.row_count == MOST_ROWS {
                return Err(Fault::TooManyRows);
            }
            self.row_count += 1;
            used = used.max(self.take(&record, found, labelled, &mut seen));
        }
        self.columns.truncate(used);
        self.refuse_my_numbers(&seen);
        Ok(self)
    }

    /// Adds a row; answers how many columns it uses.
    fn take(
        &mut self,
        record: &csv::StringRecord,
        found: Found,
        labelled: usize,
        seen: &mut Vec<Seen>,
    ) -> usize {
        let mut used = 0;
        let text = self.sheet.is_none();
        if !text && record.len() > self.columns.len() {
            // A sheet has no end to the right: what stands beyond the headings has a column without one.
            let missing = record.len() - self.columns.len();
            self.columns.extend(columns(std::iter::repeat_n("", missing)));
        }
        let width = self.columns.len();
        self.cells.rows.push((found.line, self.cells.ends.len() - 1));
        seen.resize(width.max(seen.len()), Seen::default());
        let mut my_numbers = Vec::new();
        for ((column, cell), seen) in self.columns.iter_mut().zip(record).zip(seen) {
            used += 1;
            if column.refused.is_some() {
                self.cells.push("");
                continue;
            }
            seen.filled += usize::from(!cell.is_empty());
            if holds_my_number(cell) {
                seen.my_numbers += 1;
                my_numbers.push(used - 1);
                self.cells.push("");
                continue;
            }
            self.cells.push(cell);
            if column.examples.len() < 3 && !cell.trim().is_empty() {
                column.examples.push(cell.trim().to_owned());
            }
        }
        while used > 0 && record.get(used - 1).is_some_and(|cell| cell.trim().is_empty()) {
            used -= 1;
        }
        let beyond: Vec<&str> =
            record.iter().skip(width).map(str::trim).filter(|cell| !cell.is_empty()).collect();
        for at in my_numbers {
            self.flaw(found.line, at, Reason::MyNumber, String::new());
        }
        if found.stray_quote {
            let at = record.iter().take(width).position(|cell| cell.contains('"')).unwrap_or(0);
            self.flaw(found.line, at, Reason::QuoteNotClosed, self.cell(self.row_count - 1, at).to_owned());
        } else if !beyond.is_empty() {
            self.flaw(found.line, width, Reason::MoreCells, beyond.join(" "));
        } else if text && record.len() < labelled {
            self.flaw(found.line, record.len(), Reason::FewerCells, String::new());
        }
        used
    }

    /// A column in which most cells look like マイナンバー is one, whatever its heading says; a single such cell elsewhere
    /// was left out and is told as a doubt.
    fn refuse_my_numbers(&mut self, seen: &[Seen]) {
        for (at, (column, seen)) in self.columns.iter_mut().zip(seen).enumerate() {
            if seen.my_numbers >= 3 && seen.my_numbers * 2 > seen.filled {
                column.refused = Some(Danger::MyNumber);
                column.target = None;
                column.examples.clear();
                self.flaws.retain(|flaw| flaw.reason != Reason::MyNumber || flaw.column != Some(at as u32));
            }
        }
    }

    fn flaw(&mut self, line: u32, column: usize, reason: Reason, text: String) {
        let heading = self.columns.get(column).map_or_else(String::new, |column| column.heading.clone());
        let column = Some(column as u32);
        self.flaws.push(Doubt { line, column, heading, target: None, reason, text, proposal: None });
    }
}

/// The first rows of the file, for guessing. Only the beginning is looked at, so that a stray quotation mark
/// costs nothing.
fn first_rows(text: &str, delimiter: Delimiter) -> Vec<(u32, Vec<String>)> {
    let mut start = &text[..text.floor_char_boundary(64 << 10)];
    if start.len() < text.len()
        && let Some(whole_lines) = start.rfind('\n')
    {
        start = &start[..whole_lines];
    }
    let mut records = Records::new(start, delimiter);
    let mut record = csv::StringRecord::new();
    let mut rows = Vec::new();
    while rows.len() < 2 * ROWS_LOOKED_AT {
        let Ok(Some(found)) = records.next(&mut record) else { break };
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push((
                found.line,
                record.iter().take(MOST_COLUMNS + 1).map(|cell| cell.trim().to_owned()).collect(),
            ));
        }
    }
    rows
}

/// The weight of the best heading row first, then how many rows have the same number of cells.
fn guess_delimiter(text: &str) -> Delimiter {
    let mut best = ((0, 0), Delimiter::Comma);
    for delimiter in [Delimiter::Comma, Delimiter::Tab, Delimiter::Semicolon] {
        let rows = first_rows(text, delimiter);
        let known = rows.iter().take(ROWS_LOOKED_AT).map(|(_, cells)| row_weight(cells)).max().unwrap_or(0);
        let width = rows.last().map_or(1, |(_, cells)| cells.len());
        let even = rows.iter().filter(|(_, cells)| width > 1 && cells.len() == width).count();
        if (known, even) > best.0 {
            best = ((known, even), delimiter);
        }
    }
    best.1
}

pub(crate) fn row_weight(cells: &[String]) -> usize {
    cells.iter().map(|cell| weight(cell)).sum()
}

/// The row with the most known headings; without any, the first row. A row that holds a long number or a mail
/// address is somebody's data: a list without headings must not lose the people above a lady called メイ.
fn guess_heading(rows: &[(u32, Vec<String>)]) -> Option<u32> {
    let data =
        |cell: &String| cell.contains('@') || cell.chars().filter(|letter| letter.is_numeric()).count() >= 4;
    let mut best = (1, None);
    for (line, cells) in rows.iter().take(ROWS_LOOKED_AT) {
        let weight = row_weight(cells);
        // Of two rows of headings, the second says more: 氏名 above 姓 and 名.
        let below = best.1 == Some(line.saturating_sub(1)) && weight == best.0;
        if (weight > best.0 || below) && !cells.iter().any(data) {
            best = (weight, Some(*line));
        }
    }
    let (line, cells) = rows.first()?;
    best.1.or_else(|| (!cells.iter().any(data)).then_some(*line))
}

/// The records of a text with their true lines. `csv` counts lines by records, which goes wrong at `\r\n` and
/// after blank lines, and lets a quotation mark that is never closed swallow the rest of the file.
struct Records<'t> {
    text: &'t str,
    delimiter: Delimiter,
    /// Where in `text` the present reader began.
    base: usize,
    reader: csv::Reader<&'t [u8]>,
    line: u32,
    /// Up to where line breaks have been counted.
    counted: usize,
}

impl<'t> Records<'t> {
    fn new(text: &'t str, delimiter: Delimiter) -> Self {
        let reader = reader(text, delimiter, true);
        Self { text, delimiter, base: 0, reader, line: 1, counted: 0 }
    }

    fn at(&self) -> usize {
        self.base + self.reader.position().byte() as usize
    }

    fn next(&mut self, record: &mut csv::StringRecord) -> Result<Option<Found>, Fault> {
        let before = self.at();
        // Reading text from memory as records of any length cannot fail; if it ever does, it is no table.
        let binary = |_| Fault::NotATable(NotATable::Binary);
        if !self.reader.read_record(record).map_err(binary)? {
            return Ok(None);
        }
        let breaks = self.text[before..].bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let (start, end) = (before + breaks, self.at());
        self.line += line_breaks(&self.text[self.counted..start]);
        self.counted = start;
        let found = Found { line: self.line, stray_quote: false };
        let raw = &self.text[start..end.max(start)];
        if raw.contains('"') && self.is_astray(raw) {
            let line_end = raw.find(['\r', '\n']).map_or(end, |length| start + length);
            reader(&self.text[start..line_end], self.delimiter, false).read_record(record).map_err(binary)?;
            self.base = line_end;
            self.reader = reader(&self.text[line_end..], self.delimiter, true);
            return Ok(Some(Found { stray_quote: true, ..found }));
        }
        Ok(Some(found))
    }

    /// Whether a quotation mark of this record has swallowed what belongs to others. The lines it runs over are
    /// read once more, and no line is run over twice: one that leaves an open mark open opens none by itself.
    fn is_astray(&self, record: &str) -> bool {
        let breaks = line_breaks(record);
        match quotes(record, self.delimiter.byte()) {
            Quotes::Closed => breaks > MOST_LINES_IN_A_ROW,
            Quotes::ClosedAmidText => record.trim_end().contains(['\r', '\n']),
            Quotes::Open => true,
        }
    }
}

fn reader(text: &str, delimiter: Delimiter, quoting: bool) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .quoting(quoting)
        .delimiter(delimiter.byte())
        .from_reader(text.as_bytes())
}

/// How the quotation marks of a record stand. Only a mark at the start of a cell opens.
enum Quotes {
    Closed,
    /// Text follows a closing mark, so it was perhaps meant to open.
    ClosedAmidText,
    /// The record ends inside quotation marks.
    Open,
}

fn quotes(record: &str, delimiter: u8) -> Quotes {
    let mut bytes = record.bytes().peekable();
    let (mut at_start, mut inside, mut amid_text) = (true, false, false);
    while let Some(byte) = bytes.next() {
        if inside {
            if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
                inside = false;
                let ends_cell = |&next: &u8| next == delimiter || matches!(next, b'\r' | b'\n');
                amid_text |= !bytes.peek().is_none_or(ends_cell);
            }
        } else {
            inside = at_start && byte == b'"';
            at_start = byte == delimiter;
        }
    }
    match (inside, amid_text) {
        (true, _) => Quotes::Open,
        (false, true) => Quotes::ClosedAmidText,
        (false, false) => Quotes::Closed,
    }
}
