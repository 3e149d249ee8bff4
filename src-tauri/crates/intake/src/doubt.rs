//! What can be wrong with a file, a row or a cell, as codes and data.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::columns::Target;

/// Why a whole file is refused, or its reading ended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No bytes, or nothing but blanks.
    #[error("the file is empty")]
    Empty,
    /// The content is something else than a table of text, whatever the file is called.
    #[error("not a table of text: {0:?}")]
    NotATable(NotATable),
    /// One line is longer than [`crate::text::LONGEST_LINE`] bytes.
    #[error("line {line} is longer than any table has")]
    LineTooLong {
        /// The line in the file, the first is 1.
        line: u32,
    },
    /// More bytes than [`crate::text::MOST_BYTES`], or than a workbook may unpack to.
    #[error("{bytes} bytes are more than can be read at once")]
    TooManyBytes {
        /// The size of the file, or how much of it was unpacked before it was given up.
        bytes: usize,
    },
    /// More rows than [`crate::table::MOST_ROWS`], or [`crate::workbook::MOST_ROWS`] of a workbook.
    #[error("more rows than can be read at once")]
    TooManyRows,
    /// More columns than [`crate::table::MOST_COLUMNS`].
    #[error("more columns than any list has")]
    TooManyColumns,
    /// A workbook behind a password.
    #[error("the workbook is locked by a password")]
    Locked,
    /// A workbook of which a part is missing, cut off or not as such parts are written.
    #[error("the workbook is damaged")]
    Damaged,
    /// The workbook shows no sheet of the name asked for.
    #[error("the workbook has no such sheet")]
    NoSuchSheet,
    /// Not the dictionary of postal codes.
    #[error("line {line} is no place with a postal code")]
    NotPostal {
        /// The line in the file, the first is 1.
        line: u32,
    },
    /// The mapping names a column that may never be kept.
    #[error("column {column} may not be kept")]
    Refused {
        /// The column's index, the first is 0.
        column: u32,
    },
    /// The person at the screen stopped the reading.
    #[error("stopped by the user")]
    Stopped,
}

impl Fault {
    /// The code by which the page's dictionaries know this fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file_empty",
            Self::NotATable(NotATable::Excel) => "old_excel",
            Self::NotATable(_) => "not_a_table",
            Self::LineTooLong { .. } => "line_too_long",
            Self::TooManyBytes { .. } => "too_many_bytes",
            Self::TooManyRows => "too_many_rows",
            Self::TooManyColumns => "too_many_columns",
            Self::Locked => "xlsx_locked",
            Self::Damaged => "xlsx_damaged",
            Self::NoSuchSheet => "no_such_sheet",
            Self::NotPostal { .. } => "not_postal",
            Self::Refused { .. } => "column_refused",
            Self::Stopped => "stopped",
        }
    }
}

/// What a file is that is not a table of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NotATable {
    /// PNG, JPEG, GIF.
    Picture,
    /// PDF.
    Pdf,
    /// A file of an old office program that is no workbook, or a binary workbook (`.xlsb`).
    Excel,
    /// A ZIP archive that is no workbook.
    Zip,
    /// HTML or XML; some payroll programs call such a file `.xls`.
    WebPage,
    /// RTF, a letter from a word processor.
    Letter,
    /// NUL characters: a program, a database, or UTF-16 without its mark.
    Binary,
}

/// Why a cell or a row waits for the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "DoubtReason")]
pub enum Reason {
    /// The row has more cells than there are headings: a comma in a text has moved the rest. Holds the row.
    MoreCells,
    /// The row has fewer cells than there are headings; those missing are taken as empty.
    FewerCells,
    /// A quotation mark was opened and never closed; the line was read without quotation marks. Holds the row.
    QuoteNotClosed,
    /// Bytes that are no letter in the file's encoding, or letters that an earlier program had lost already.
    Undecodable,
    /// A letter of the private area (外字): only the computer that made it can show it.
    PrivateLetter,
    /// `#N/A` and its like instead of a value, or a bare `TRUE` or `FALSE`.
    SpreadsheetError,
    /// A number rounded by a spreadsheet (`9.01E+10`).
    DigitsLost,
    /// Not a date that can be read.
    NotADate,
    /// 30 February.
    NoSuchDay,
    /// A year before the calendar of today or far in the future.
    ImplausibleYear,
    /// A day that the era did not have; the proposal names the same day in its own era.
    OutOfEra,
    /// A year of one or two digits without an era.
    TwoDigitYear,
    /// Month or day stand before the year (`3/31/2024`).
    YearLast,
    /// A bare spreadsheet day number (`45382`); the proposal is the day it stands for.
    Serial,
    /// The weekday beside the date belongs to another day.
    WrongWeekday,
    /// A full name that does not say where the family name ends.
    NameUnsplit,
    /// Kanji where the reading should be.
    NotKana,
    /// Leading zeros are missing; the proposal puts them back.
    LostZero,
    /// Not a postal code of seven digits.
    NotAPostalCode,
    /// Not a mail address.
    NotAnEmail,
    /// Another column already gave this field a different value.
    SecondValue,
    /// The day of leaving lies before the day of joining.
    LeftBeforeJoined,
    /// The row names nobody. Holds the row.
    NoName,
    /// The cell holds twelve digits that pass the check of マイナンバー. It was left out and is not told.
    MyNumber,
    /// Neither in service nor left: a word for the standing that is not known.
    NotAStanding,
}

/// One thing the user has to look at. A mend of its cell settles it; an empty mend leaves the cell empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "IntakeDoubt")]
pub struct Doubt {
    /// The line in the file on which the row begins, the first is 1.
    pub line: u32,
    /// The cell's column, the first is 0; none where no column is to blame. For [`Reason::MoreCells`] it is
    /// the first column beyond the last heading.
    pub column: Option<u32>,
    /// The column's heading as it stands in the file.
    pub heading: String,
    /// The field the cell was to become.
    pub target: Option<Target>,
    /// Why.
    pub reason: Reason,
    /// The cell as it stands in the file.
    pub text: String,
    /// A text that would be read without doubt; taken only when the user says so.
    pub proposal: Option<String>,
}

/// A cell whose letters were changed in form, never in meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "IntakeRepair")]
pub struct Repair {
    /// The cell's column, the first is 0.
    pub column: u32,
    /// The field the cell became.
    pub target: Target,
    /// What was done.
    pub kind: RepairKind,
    /// The cell as it stands in the file.
    pub from: String,
    /// The cell as it was read.
    pub to: String,
}

/// What was done to a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RepairKind {
    /// Half-width kana or hiragana written as full-width katakana.
    KanaWidened,
    /// Full-width digits and hyphens of a telephone number written half-width.
    DigitsNarrowed,
    /// A postal code written as `980-0811`.
    PostalWritten,
    /// The spreadsheet shell `="…"` taken off.
    FormulaUnwrapped,
    /// Spaces around the text taken off.
    SpacesTrimmed,
    /// A name without a space split where its reading says.
    NameSplit,
    /// A zero that a spreadsheet had taken from a postal code put back, because the address lies there.
    ZeroRestored,
    /// The postal code of an address that had none.
    PostalFound,
    /// Prefecture and city that an address lacked, by its postal code.
    PlaceFilled,
    /// The proposal taken, because the user said so for all doubts of its kind.
    ProposalTaken,
}

/// Why one cell could not be read, before it is known where the cell stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsure {
    /// Why.
    pub reason: Reason,
    /// A text that would be read without doubt.
    pub proposal: Option<String>,
}

impl Unsure {
    pub(crate) fn of(reason: Reason) -> Self {
        Self { reason, proposal: None }
    }

    pub(crate) fn proposing(reason: Reason, proposal: impl Into<String>) -> Self {
        Self { reason, proposal: Some(proposal.into()) }
    }
}
