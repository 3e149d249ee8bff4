//! A workbook out: what Excel opens without a question. Text stays text (`0012`, `=1+1`), days are days of Excel, and
//! the same rows give the same bytes.

use chrono::{DateTime, Datelike, FixedOffset};
pub use rust_xlsxwriter::XlsxError as Error;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Letters, as they are; an empty text leaves the cell empty.
    Text(String),
    /// A whole day: year, month, day.
    Day(u16, u8, u8),
    /// A number that is added up.
    Number(u32),
}

/// Excel takes no more rows, the heading included, nor more letters in one cell (Excel specifications and limits).
pub const ROWS: usize = 1_048_576;
const LETTERS: usize = 32_767;
/// Its calendar begins here.
const FIRST_YEAR: u16 = 1900;

/// Writes one sheet with a heading that stays in view and can be filtered. `widths` are in letters of the usual
/// size. Text longer than Excel takes is refused, never cut.
///
/// # Errors
/// What Excel would not open: too many rows, too long a text, a sheet name with `[]:*?/\`.
pub fn workbook(
    sheet: &str,
    headings: &[(&str, u8)],
    rows: &[Vec<Cell>],
    made: DateTime<FixedOffset>,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Without a date of its own the library would ask the clock.
    let created =
        ExcelDateTime::from_ymd(made.year().clamp(1900, 9999) as u16, made.month() as u8, made.day() as u8)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let head = Format::new().set_bold().set_background_color(0xE8EDF3);
    let day = Format::new().set_num_format("yyyy/mm/dd");
    let page = book.add_worksheet();
    page.set_name(sheet)?;
    for (column, (heading, width)) in headings.iter().enumerate() {
        page.write_string_with_format(0, column as u16, *heading, &head)?;
        page.set_column_width(column as u16, f64::from(*width))?;
    }
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (row, column) = (row as u32 + 1, column as u16);
            match cell {
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) if text.chars().count() > LETTERS => {
                    return Err(XlsxError::MaxStringLengthExceeded);
                }
                Cell::Text(text) => drop(page.write_string(row, column, text)?),
                Cell::Number(number) => drop(page.write_number(row, column, *number)?),
                Cell::Day(year, month, on) if *year >= FIRST_YEAR => {
                    let on = ExcelDateTime::from_ymd(*year, *month, *on)?;
                    page.write_datetime_with_format(row, column, &on, &day)?;
                }
                Cell::Day(year, month, on) => {
                    page.write_string(row, column, format!("{year:04}-{month:02}-{on:02}"))?;
                }
            }
        }
    }
    page.set_freeze_panes(1, 0)?;
    if !headings.is_empty() {
        page.autofilter(0, 0, rows.len() as u32, headings.len() as u16 - 1)?;
    }
    book.save_to_buffer()
}
