//! A finished paper for one printer: the sheets that are still to be printed, moved as that printer needs it.

use std::collections::HashMap;

use lopdf::{
    Dictionary, Document as Objects, Object, ObjectId, Stream,
    content::{Content, Operation},
};

use crate::{Fault, emit::CELL, frame::MM, pdf::Pdf};

/// What is to be printed of a paper, and how far it is moved.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The pages that are printed, from 0, in the paper's order. One that the paper does not have is passed over.
    pub pages: Vec<usize>,
    /// How far to the right, in millimetres.
    pub right: f64,
    /// How far down, in millimetres.
    pub down: f64,
}

/// The pages of a PDF of ours that a run prints, as a PDF of its own: what it leaves out is not in it. Its structure
/// goes with them, because it is made for the printer.
///
/// # Errors
/// [`Fault::Write`] when the PDF cannot be read or has none of the pages.
pub fn run(pdf: &[u8], run: &Run) -> Result<Vec<u8>, Fault> {
    let mut objects = Objects::load_mem(pdf)?;
    let all: Vec<ObjectId> = objects.page_iter().collect();
    let kept: Vec<ObjectId> = run.pages.iter().filter_map(|&page| all.get(page).copied()).collect();
    if kept.is_empty() {
        return Err(lopdf::Error::PageNumberNotFound(0).into());
    }
    if let Some(moved) = moved(run.right, run.down) {
        let moved = objects.add_object(Stream::new(Dictionary::new(), moved.into_bytes()));
        for &id in &kept {
            let page = objects.get_dictionary_mut(id)?;
            let mut contents = vec![Object::Reference(moved)];
            match page.get(b"Contents") {
                Ok(Object::Array(own)) => contents.extend(own.iter().cloned()),
                Ok(own) => contents.push(own.clone()),
                Err(_) => {}
            }
            page.set("Contents", contents);
        }
    }
    only(objects, kept)
}

/// The operator that moves everything after it, unless it stays where it is.
fn moved(right: f64, down: f64) -> Option<String> {
    let (right, up) = (right * MM, -down * MM);
    (right != 0.0 || up != 0.0).then(|| format!("1 0 0 1 {right:.3} {up:.3} cm\n"))
}

/// Writes these pages and nothing else of a PDF.
fn only(mut objects: Objects, kept: Vec<ObjectId>) -> Result<Vec<u8>, Fault> {
    let root = objects.catalog()?.get(b"Pages")?.as_reference()?;
    for &id in &kept {
        let page = objects.get_dictionary_mut(id)?;
        for of_screens in ["StructParents", "Annots"] {
            page.remove(of_screens.as_bytes());
        }
        page.set("Parent", root);
    }
    let pages = objects.get_dictionary_mut(root)?;
    pages.set("Count", kept.len() as i64);
    pages.set("Kids", kept.into_iter().map(Object::Reference).collect::<Vec<_>>());
    let catalog = objects.catalog_mut()?;
    for name in ["StructTreeRoot", "MarkInfo", "Outlines"] {
        catalog.remove(name.as_bytes());
    }
    catalog.set("PageMode", "UseNone");
    Ok(Pdf::of(&objects)?)
}

/// Which cells of sheets of labels are to be printed, and how far they are moved.
#[derive(Debug, Clone, PartialEq)]
pub struct CellRun<'a> {
    /// Cell by cell from the first of the first sheet: the label that is stuck there, from 0, or none.
    pub of: &'a [Option<usize>],
    /// How far to the right, in millimetres.
    pub right: f64,
    /// How far down, in millimetres.
    pub down: f64,
}

/// What is drawn in a cell, and where its corner is.
struct Cut {
    operations: Vec<Operation>,
    corner: (f64, f64),
    of: Option<usize>,
}

/// Whose the cells of sheets of labels are: sheet by sheet, cell by cell, the number of the label, from 0. Empty where
/// the PDF is none of sheets of cells.
///
/// # Errors
/// [`Fault::Write`] when the PDF cannot be read.
pub fn cells(pdf: &[u8]) -> Result<Vec<Vec<Option<usize>>>, Fault> {
    let objects = Objects::load_mem(pdf)?;
    let sheets = objects.page_iter().map(|page| Ok(cuts(&objects, page)?.iter().map(|cut| cut.of).collect()));
    let sheets: Vec<Vec<_>> = sheets.collect::<Result<_, Fault>>()?;
    Ok(if sheets.iter().any(Vec::is_empty) { Vec::new() } else { sheets })
}

/// Labels of a PDF of ours, set into the cells of its sheets anew: what is left out is not in it.
///
/// # Errors
/// [`Fault::Write`] when the PDF cannot be read, or is none of sheets of cells.
pub fn run_cells(pdf: &[u8], run: &CellRun<'_>) -> Result<Vec<u8>, Fault> {
    let mut objects = Objects::load_mem(pdf)?;
    let all: Vec<ObjectId> = objects.page_iter().collect();
    let no_page = || lopdf::Error::PageNumberNotFound(0);
    let first = objects.get_dictionary(*all.first().ok_or_else(no_page)?)?.clone();
    let mut corners = Vec::new();
    let mut labels: HashMap<usize, Cut> = HashMap::new();
    for &page in &all {
        let cuts = cuts(&objects, page)?;
        if corners.is_empty() {
            corners = cuts.iter().map(|cut| cut.corner).collect();
        }
        labels.extend(cuts.into_iter().filter_map(|cut| Some((cut.of?, cut))));
    }
    let mut kept = Vec::new();
    for sheet in run.of.chunks(corners.len().max(1)) {
        let mut content = moved(run.right, run.down).unwrap_or_default().into_bytes();
        for (of, corner) in sheet.iter().zip(&corners) {
            let Some(cut) = of.and_then(|of| labels.get(&of)) else { continue };
            let (x, y) = (corner.0 - cut.corner.0, cut.corner.1 - corner.1);
            content.extend(format!("q 1 0 0 1 {x:.2} {y:.2} cm\n").into_bytes());
            content.extend(Content { operations: &cut.operations }.encode()?);
            content.extend(b"\nQ\n");
        }
        let mut page = first.clone();
        page.set("Contents", objects.add_object(Stream::new(Dictionary::new(), content)));
        kept.push(objects.add_object(page));
    }
    if kept.is_empty() || corners.is_empty() {
        return Err(no_page().into());
    }
    only(objects, kept)
}

/// The cells of a page.
fn cuts(objects: &Objects, page: ObjectId) -> Result<Vec<Cut>, Fault> {
    let mut cuts: Vec<Cut> = Vec::new();
    // How many sequences are open within a cell, itself included.
    let mut depth = 0;
    for operation in Content::decode(&objects.get_page_content(page))?.operations {
        match operation.operator.as_str() {
            "BDC" | "BMC" if depth > 0 => depth += 1,
            "BDC" => {
                if let [Object::Name(name), Object::Dictionary(cell)] = operation.operands.as_slice()
                    && name == CELL.as_bytes()
                {
                    let at = |name: &[u8]| cell.get(name).and_then(Object::as_float).map(f64::from);
                    let of = cell.get(b"Of").and_then(Object::as_i64).ok().map(|of| of as usize);
                    cuts.push(Cut { operations: Vec::new(), corner: (at(b"X")?, at(b"Y")?), of });
                    depth = 1;
                }
                continue;
            }
            "EMC" if depth > 0 => depth -= 1,
            _ => {}
        }
        if depth > 0
            && let Some(cut) = cuts.last_mut()
        {
            cut.operations.push(operation);
        }
    }
    Ok(cuts)
}
