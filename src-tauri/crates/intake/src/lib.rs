//! Foreign files in: text encodings, CSV, Excel, vCards, Japanese dates and names, as plain rows with their doubts.
//!
//! A file comes in as bytes and goes through two doors. [`read`] finds the encoding and the delimiter, or the sheet of a
//! workbook, and the heading row, guesses what each column means and refuses the columns that may never be kept. [`understand`]
//! reads the cells by a mapping that the user has confirmed. Whatever is not certain becomes a [`Doubt`] with
//! its line and column; the cell stays empty until the user mends it. Nothing is guessed silently and nothing
//! is lost silently.
//!
//! [`postal`] knows which place has which postal code.
//!
//! The way out is [`excel`] and [`out`]: rows in, a workbook, CSV or cards out.
//!
//! Everything here is a function of its input: no disk, no clock, no SQL. There are no sentences for the
//! screen either, only codes and data.
//!
//! Reading order: [`text`] (bytes → text), [`workbook`] and its neighbours `old_books` and `cards` (bytes → rows), [`table`] (text and rows → cells), [`columns`] (headings → fields),
//! [`dates`], [`names`], [`contact`] (cells → values), [`understanding`] (rows → people).

pub mod calendar;
mod cards;
pub mod columns;
pub mod contact;
mod container;
pub mod dates;
mod doubt;
pub mod draft;
pub mod excel;
mod headings;
mod my_number;
pub mod names;
mod old_books;
pub mod out;
pub mod postal;
pub mod table;
pub mod text;
pub mod understanding;
pub mod workbook;

pub use columns::{Column, Danger, Target};
pub use dates::{Date, ERAS, Era, Years, japanese, read_date, to_era};
pub use doubt::{Doubt, Fault, NotATable, Reason, Repair, RepairKind, Unsure};
pub use my_number::holds_my_number;
pub use postal::{Dictionary, Place};
pub use table::{Delimiter, Heading, Reading, Sheet, read, read_as};
pub use text::Encoding;
pub use understanding::{Answers, Mends, Plain, Reader, Row, SealedText, Standing, Understood, understand};
