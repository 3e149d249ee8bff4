//! At the printer: how each one of this PC moves its print, a test sheet, and the sheets of a paper that are printed now.
//!
//! Printers belong to the PC and not to the register, as the second place for backups does: the offsets of an office
//! printer are wrong on the president's PC at home.

use super::Paper;
use crate::{Call, Fault, FaultKind, company, issue, table::Nothing};
use press::{Front, Run};
use register::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use ts_rs::TS;

/// What this PC remembers of its printers.
pub(crate) const PRINTERS: &str = "printers.json";
/// Nobody's printer is off by more, in tenths of a millimetre.
const FAR: i32 = 100;

/// How far a printer moves one kind of paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Printer {
    /// What the office calls it.
    pub name: String,
    /// Which paper.
    pub form: DispatchForm,
    /// So much further right everything is printed, in tenths of a millimetre.
    pub right: i32,
    /// So much further down, in tenths of a millimetre.
    pub down: i32,
}

/// A test sheet is wanted.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintTest {
    /// Of which paper's size.
    pub form: DispatchForm,
    /// For which printer; moved as is remembered.
    pub printer: String,
    /// Its title.
    pub title: String,
    /// What is measured and where.
    pub words: Vec<String>,
}

/// Sheets of a paper of the ledger are to be printed.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintPaper {
    /// Which paper.
    pub id: DispatchPaperId,
    /// On which printer.
    pub printer: String,
    /// The first sheet, from 1.
    pub from: u32,
    /// The last one; all that follow without it.
    pub until: Option<u32>,
}

/// What goes to the printer.
#[derive(Debug, Serialize, TS)]
pub struct PaperRun {
    /// The sheets, as a PDF of their own.
    pub paper: Paper,
    /// The numbers of the sheets that are left out: since they were made their people died or asked to be left alone.
    pub left_out: Vec<u32>,
}

pub(crate) fn printers(call: &Call<'_>, _: Nothing) -> Result<Vec<Printer>, Fault> {
    // A file that is gone or cannot be read costs a measuring, no more.
    let read = std::fs::read(call.desk.home().join(PRINTERS)).ok();
    Ok(read.and_then(|read| serde_json::from_slice(&read).ok()).unwrap_or_default())
}

pub(crate) fn change_printer(call: &Call<'_>, mut printer: Printer) -> Result<Vec<Printer>, Fault> {
    printer.name = printer.name.trim().to_owned();
    for (field, moved) in [("right", printer.right), ("down", printer.down)] {
        if moved.abs() > FAR {
            return Err(Fault::field(FaultKind::Invalid, field, "printer_far"));
        }
    }
    if printer.name.is_empty() {
        return Err(Fault::field(FaultKind::Invalid, "name", "name_missing"));
    }
    let mut all = printers(call, Nothing {})?;
    all.retain(|known| (&known.name, known.form) != (&printer.name, printer.form));
    // The one that was used last comes first.
    all.insert(0, printer);
    disk::replace(&call.desk.home().join(PRINTERS), &serde_json::to_vec(&all)?)?;
    Ok(all)
}

/// How far this printer moves this paper, in millimetres.
fn moved(call: &Call<'_>, name: &str, form: DispatchForm) -> Result<(f64, f64), Fault> {
    let known = printers(call, Nothing {})?
        .into_iter()
        .find(|known| (known.name.as_str(), known.form) == (name, form));
    Ok(known.map_or((0.0, 0.0), |known| (f64::from(known.right) / 10.0, f64::from(known.down) / 10.0)))
}

pub(crate) fn print_test(call: &Call<'_>, wanted: PrintTest) -> Result<Paper, Fault> {
    let front = match wanted.form {
        DispatchForm::Cards | DispatchForm::Doubles => Some(Front::Postcard),
        DispatchForm::Naga3 => Some(Front::Naga3),
        DispatchForm::Kaku2 => Some(Front::Kaku2),
        DispatchForm::Letters | DispatchForm::Labels | DispatchForm::Drafts => None,
    };
    let settings = company::settings(call, Nothing {})?;
    let (created, words) = (issue::created(call), wanted.words.as_slice());
    let sheet = press::Trial { title: &wanted.title, author: &settings.company, created, front, words };
    let printed = press::trial(&sheet, call.desk.fonts()?)?.print(call.desk.fonts()?)?;
    let (right, down) = moved(call, &wanted.printer, wanted.form)?;
    let pdf = press::run(&printed.pdf, &Run { pages: vec![0], right, down })?;
    let name = format!("{}.pdf", issue::file_name(&wanted.title));
    let file = call.desk.front.tray.put(&name, pdf)?;
    Ok(Paper { file, name, pages: 1 })
}

pub(crate) fn print_paper(call: &Call<'_>, wanted: PrintPaper) -> Result<PaperRun, Fault> {
    let (dispatch, personal, pages) = call.read(|reading| reading.dispatch_paper_of(wanted.id))?;
    let (name, pdf) = call.read(|reading| reading.dispatch_paper(wanted.id))?;
    let card = call.read(|reading| reading.dispatch(dispatch))?;
    if card.row.form == DispatchForm::Drafts {
        return Err(Fault::field(FaultKind::Invalid, "form", "only_post"));
    }
    let left_out = if personal { closed(&card, pages)? } else { Vec::new() };
    let last = wanted.until.unwrap_or(pages).min(pages);
    let printed: Vec<u32> = (wanted.from.max(1)..=last).filter(|sheet| !left_out.contains(sheet)).collect();
    if printed.is_empty() {
        return Err(Fault::field(FaultKind::Invalid, "from", "no_such_page").with("sheets", pages));
    }
    let (right, down) = moved(call, &wanted.printer, card.row.form)?;
    let run = Run { pages: printed.iter().map(|&sheet| sheet as usize - 1).collect(), right, down };
    let pdf = press::run(&pdf, &run)?;
    let stem = name.trim_end_matches(".pdf");
    let span = match (wanted.from.max(1), last) {
        (1, last) if last == pages => String::new(),
        (from, last) if from == last => format!("-{from}"),
        (from, last) => format!("-{from}-{last}"),
    };
    let name = format!("{stem}{span}.pdf");
    let file = call.desk.front.tray.put(&name, pdf)?;
    let left_out = left_out.into_iter().filter(|sheet| (wanted.from.max(1)..=last).contains(sheet)).collect();
    Ok(PaperRun { paper: Paper { file, name, pages: printed.len() as u32 }, left_out })
}

/// The sheets, from 1, that nobody may get any more. Labels of several people share a sheet, which cannot be parted.
fn closed(card: &DispatchCard, pages: u32) -> Result<Vec<u32>, Fault> {
    let mut open: HashMap<u32, bool> = HashMap::new();
    for to in &card.to {
        *open.entry(to.fields.place).or_default() |= !to.closed;
    }
    if card.row.form == DispatchForm::Labels {
        let names: Vec<&str> =
            card.to.iter().filter(|to| !open[&to.fields.place]).map(|to| to.name.as_str()).collect();
        return match names.is_empty() {
            true => Ok(Vec::new()),
            false => Err(Fault::new(FaultKind::Refused, "labels_closed").with("names", names.join("、"))),
        };
    }
    // A letter may have several sheets; the last place is there unless it was pulled.
    let places = open.keys().copied().max().unwrap_or_default().max(1);
    let each = if card.row.form == DispatchForm::Letters { (pages / places).max(1) } else { 1 };
    Ok((1..=pages)
        .filter(|sheet| !open.get(&((sheet - 1) / each + 1)).copied().unwrap_or_default())
        .collect())
}
