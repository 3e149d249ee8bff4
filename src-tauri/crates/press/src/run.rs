//! A finished paper for one printer: the sheets that are still to be printed, moved as that printer needs it.

use lopdf::{Dictionary, Document as Objects, Object, ObjectId, SaveOptions, Stream};

use crate::{Fault, finish::gather, frame::MM};

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
    if run.right != 0.0 || run.down != 0.0 {
        let (right, up) = (run.right * MM, -run.down * MM);
        let moved = format!("1 0 0 1 {right:.3} {up:.3} cm\n");
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
    let root = objects.catalog()?.get(b"Pages")?.as_reference()?;
    for &id in &kept {
        let page = objects.get_dictionary_mut(id)?;
        page.remove(b"StructParents");
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
    gather(&mut objects);
    let mut bytes = Vec::new();
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    objects.save_with_options(&mut bytes, options).map_err(lopdf::Error::from)?;
    Ok(bytes)
}
