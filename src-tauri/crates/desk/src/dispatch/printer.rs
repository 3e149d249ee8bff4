//! At the printer: how each one of this PC moves its print, a test sheet, and the sheets of a paper that are printed now.
//!
//! Printers belong to the PC and not to the register, as the second place for backups does: the offsets of an office
//! printer are wrong on the president's PC at home.

use super::Paper;
use crate::{Call, Fault, FaultKind, company, issue, table::Nothing};
use press::{Front, Run};
use register::*;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
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
    /// Labels are set anew from one of them on, whatever sheet that was on: `from` and `until` count labels then.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub cell: u32,
}

/// What goes to the printer.
#[derive(Debug, Serialize, TS)]
pub struct PaperRun {
    /// The sheets, as a PDF of their own.
    pub paper: Paper,
    /// The numbers of the pieces that are left out: since they were made nobody may write to those whom they name.
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
    let (kept, name, bytes) = call.read(|reading| {
        let kept = reading.dispatch_paper_of(wanted.id)?;
        let (name, bytes) = reading.dispatch_paper(wanted.id)?;
        Ok((kept, name, bytes))
    })?;
    let (dispatch, personal, pages, each) = kept;
    let card = call.read(|reading| reading.dispatch(dispatch, call.today()))?;
    let (right, down) = moved(call, &wanted.printer, card.row.form)?;
    let open = Open::of(&card);
    let cut = match card.row.form {
        DispatchForm::Drafts if personal => drafts(&open, &bytes)?,
        DispatchForm::Labels if personal => labels(&open, &wanted, &bytes, (right, down))?,
        _ => sheets(&open, &wanted, &bytes, (pages, each), (right, down))?,
    };
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, "pdf"));
    let name = format!("{stem}{}.{ending}", cut.span);
    let file = call.desk.front.tray.put(&name, cut.bytes)?;
    Ok(PaperRun { paper: Paper { file, name, pages: cut.pages }, left_out: cut.left_out })
}

/// What is cut from a paper of the ledger.
struct Cut {
    bytes: Vec<u8>,
    pages: u32,
    /// Which part of the whole it is, for the file's name.
    span: String,
    left_out: Vec<u32>,
}

/// Which pieces still go out. One whose people are not in the ledger any more was taken out.
struct Open(HashSet<u32>);

impl Open {
    fn of(card: &DispatchCard) -> Self {
        Open(card.to.iter().filter(|to| !to.pulled).map(|to| to.fields.place).collect())
    }

    /// Those of so many pieces that do not go out any more.
    fn left_out(&self, pieces: impl Iterator<Item = u32>) -> Vec<u32> {
        pieces.filter(|piece| !self.0.contains(piece)).collect()
    }
}

fn no_such_page(sheets: u32) -> Fault {
    Fault::field(FaultKind::Invalid, "from", "no_such_page").with("sheets", sheets)
}

fn nobody_left() -> Fault {
    Fault::new(FaultKind::Refused, "nobody_left")
}

/// What is printed of a whole, for the file's name.
fn span(from: u32, last: u32, of: u32) -> String {
    match (from, last) {
        (1, last) if last == of => String::new(),
        (from, last) if from == last => format!("-{from}"),
        (from, last) => format!("-{from}-{last}"),
    }
}

/// Letters, cards and envelopes; a piece has `each` of the pages, and a paper without pieces is for all.
fn sheets(
    open: &Open,
    wanted: &PrintPaper,
    pdf: &[u8],
    (pages, each): (u32, u32),
    (right, down): (f64, f64),
) -> Result<Cut, Fault> {
    let (from, last) = (wanted.from.max(1), wanted.until.unwrap_or(pages).min(pages));
    let piece_of = |sheet: &u32| (sheet - 1).checked_div(each).map(|piece| piece + 1);
    let mut left_out = open.left_out((from..=last).filter_map(|sheet| piece_of(&sheet)));
    left_out.dedup();
    let printed = (from..=last).filter(|sheet| piece_of(sheet).is_none_or(|piece| open.0.contains(&piece)));
    let run = Run { pages: printed.map(|sheet| sheet as usize - 1).collect(), right, down };
    if run.pages.is_empty() {
        return Err(if left_out.is_empty() { no_such_page(pages) } else { nobody_left() });
    }
    let bytes = press::run(pdf, &run)?;
    Ok(Cut { bytes, pages: run.pages.len() as u32, span: span(from, last, pages), left_out })
}

/// Labels: from one sheet on, or from one label on that is stuck on a cell of another sheet. Nobody's label moves up:
/// what was printed of a run before and what follows after a jam stay one paper.
fn labels(open: &Open, wanted: &PrintPaper, pdf: &[u8], (right, down): (f64, f64)) -> Result<Cut, Fault> {
    let laid = press::cells(pdf)?;
    let faces = laid.first().map_or(0, Vec::len) as u32;
    let (pages, labels) = (laid.len() as u32, laid.iter().flatten().flatten().count() as u32);
    let of = if wanted.cell > 0 { labels } else { pages };
    let (from, last) = (wanted.from.max(1), wanted.until.unwrap_or(of).min(of));
    if from > last {
        return Err(no_such_page(of));
    }
    let mut cells: Vec<Option<usize>> = match wanted.cell {
        0 => laid[from as usize - 1..last as usize].concat(),
        cell if cell > faces => {
            return Err(Fault::field(FaultKind::Invalid, "cell", "no_such_cell").with("cells", faces));
        }
        cell => {
            let used = vec![None; cell as usize - 1];
            used.into_iter().chain((from..=last).map(|label| Some(label as usize - 1))).collect()
        }
    };
    let left_out = open.left_out(cells.iter().flatten().map(|of| *of as u32 + 1));
    for cell in &mut cells {
        *cell = cell.filter(|of| open.0.contains(&(*of as u32 + 1)));
    }
    if cells.iter().flatten().next().is_none() {
        return Err(nobody_left());
    }
    let bytes = press::run_cells(pdf, &press::CellRun { of: &cells, right, down })?;
    let pages = (cells.len() as u32).div_ceil(faces.max(1));
    Ok(Cut { bytes, pages, span: span(from, last, of), left_out })
}

/// Drafts of mails, one for each.
fn drafts(open: &Open, zip: &[u8]) -> Result<Cut, Fault> {
    let (mut goes, mut left_out) = (0, Vec::new());
    let bytes = intake::draft::only(zip, |at| {
        let place = at as u32 + 1;
        let is_open = open.0.contains(&place);
        if is_open {
            goes += 1
        } else {
            left_out.push(place)
        };
        is_open
    })?;
    match goes {
        0 => Err(nobody_left()),
        _ => Ok(Cut { bytes, pages: 0, span: String::new(), left_out }),
    }
}
