//! One pass over the objects printpdf has made: what a viewer, a printer and a screen reader want to know,
//! and nothing that changes from run to run.

use std::collections::{HashMap, HashSet};

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{
    Dictionary, Document as Objects, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary,
};

use crate::{Created, Document, Fault, Laid, Page, sheets::BLEED, tags};

/// How the names of fonts begin whose letters stand one below the other.
pub(crate) const UPRIGHT: &str = "V";

/// Completes and writes the file: what its pages draw, but for the first, is in `contents`.
pub(crate) fn finish(
    mut objects: Objects,
    contents: Vec<Vec<u8>>,
    document: &Document,
    laid: &Laid,
    marked: &[Vec<usize>],
) -> Result<Vec<u8>, Fault> {
    objects.version = "1.7".to_owned();
    // The first showed printpdf the letters.
    let page_ids: Vec<ObjectId> = objects.page_iter().skip(1).collect();
    tidy_pages(&mut objects, &page_ids, contents)?;
    let page_ids = over_layers(&mut objects, page_ids, laid)?;
    cut(&mut objects, &page_ids, &laid.pages)?;
    stand(&mut objects, &page_ids)?;
    let outline = outline(&mut objects, &page_ids, &laid.pages);
    tags::grow(&mut objects, &page_ids, &laid.parts, marked)?;
    let catalog = objects.catalog_mut()?;
    catalog.set("Lang", Object::string_literal(document.lang.code()));
    catalog.set("PageLayout", "OneColumn");
    // Shrinking "to fit" would spoil every measured place on the paper.
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true, "PrintScaling" => "None" });
    catalog.set("PageMode", if outline.is_some() { "UseOutlines" } else { "UseNone" });
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
    }
    let info = objects.add_object(info(document));
    objects.trailer.set("Info", info);
    gather(&mut objects);
    let id = Object::String(identity(&objects), StringFormat::Hexadecimal);
    objects.trailer.set("ID", vec![id.clone(), id]);
    pack(&mut objects);
    let mut bytes = Vec::new();
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(2000)
        .compression_level(9)
        .build();
    objects.save_with_options(&mut bytes, options).map_err(lopdf::Error::from)?;
    Ok(bytes)
}

/// Packs every stream that grows smaller by it. lopdf's own way begins a new packer for each, which for a thousand letters
/// takes longer than to pack them.
pub(crate) fn pack(objects: &mut Objects) {
    let mut packer = Compress::new(Compression::best(), true);
    for object in objects.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        if stream.dict.has(b"Filter") {
            continue;
        }
        packer.reset();
        // What does not find room here would not be smaller.
        let mut packed = Vec::with_capacity(stream.content.len().saturating_sub(FILTER.len()));
        let done = packer.compress_vec(&stream.content, &mut packed, FlushCompress::Finish);
        if let Ok(Status::StreamEnd) = done {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
    }
}

/// What a packed stream has to say of itself.
const FILTER: &str = "/Filter/FlateDecode";

/// Keeps what the trailer leads to, under numbers without gaps. lopdf's own way looks for each object in a list of all,
/// which for a thousand letters takes longer than to set them.
pub(crate) fn gather(objects: &mut Objects) {
    let mut seen: HashSet<ObjectId> = HashSet::new();
    let mut open: Vec<ObjectId> = Vec::new();
    let mut see = |object: &mut Object, open: &mut Vec<ObjectId>| {
        if let Object::Reference(id) = object
            && seen.insert(*id)
        {
            open.push(*id);
        }
    };
    for (_, object) in objects.trailer.iter_mut() {
        each_reference(object, &mut |object| see(object, &mut open));
    }
    while let Some(id) = open.pop() {
        if let Some(object) = objects.objects.get_mut(&id) {
            each_reference(object, &mut |object| see(object, &mut open));
        }
    }
    let kept: Vec<(ObjectId, Object)> =
        std::mem::take(&mut objects.objects).into_iter().filter(|(id, _)| seen.contains(id)).collect();
    let numbers: HashMap<ObjectId, ObjectId> =
        kept.iter().zip(1..).map(|((id, _), number)| (*id, (number, 0))).collect();
    let mut renumber = |object: &mut Object| {
        if let Object::Reference(id) = object {
            *object = numbers.get(id).map_or(Object::Null, |id| Object::Reference(*id));
        }
    };
    objects.trailer.iter_mut().for_each(|(_, object)| each_reference(object, &mut renumber));
    objects.max_id = kept.len() as u32;
    let renumbered = kept.into_iter().zip(1..).map(|((_, mut object), number)| {
        each_reference(&mut object, &mut renumber);
        ((number, 0), object)
    });
    objects.objects = renumbered.collect();
}

/// Shows every reference in an object.
fn each_reference(object: &mut Object, show: &mut impl FnMut(&mut Object)) {
    match object {
        Object::Reference(_) => show(object),
        Object::Array(all) => all.iter_mut().for_each(|object| each_reference(object, show)),
        Object::Dictionary(all) => all.iter_mut().for_each(|(_, object)| each_reference(object, show)),
        Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, object)| each_reference(object, show)),
        _ => {}
    }
}

/// Who, what and when.
fn info(document: &Document) -> Dictionary {
    let Created { year, month, day, hour, minute, second } = document.created;
    let date =
        Object::string_literal(format!("D:{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}"));
    dictionary! {
        "Title" => text(&document.title),
        "Author" => text(&document.author),
        "Creator" => Object::string_literal("Enishi"),
        "Producer" => Object::string_literal("Enishi"),
        "CreationDate" => date.clone(),
        "ModDate" => date,
    }
}

/// A text string as PDF wants it: UTF-16 with a byte order mark (ISO 32000-1, 7.9.2.2).
pub(crate) fn text(text: &str) -> Object {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Literal)
}

/// Gives all pages what they draw and one set of resources, and drops what says nothing.
fn tidy_pages(objects: &mut Objects, pages: &[ObjectId], contents: Vec<Vec<u8>>) -> Result<(), Fault> {
    let mut resources: Option<Object> = None;
    for (&id, content) in pages.iter().zip(contents) {
        let page = objects.get_dictionary_mut(id)?;
        for empty in ["TrimBox", "CropBox", "Annots"] {
            page.remove(empty.as_bytes());
        }
        let stream = page.get(b"Contents")?.as_reference()?;
        let own = page.get(b"Resources")?.clone();
        page.set("Resources", resources.get_or_insert(own).clone());
        objects.set_object(stream, Stream::new(Dictionary::new(), content));
    }
    if let Some(resources) = resources {
        let resources_id = resources.as_reference()?;
        let resources = objects.get_dictionary_mut(resources_id)?;
        resources.remove(b"ExtGState");
        resources.remove(b"Shading");
        let pictures = resources.get(b"XObject")?.as_reference()?;
        if objects.get_dictionary(pictures)?.is_empty() {
            objects.get_dictionary_mut(resources_id)?.remove(b"XObject");
        }
    }
    Ok(())
}

/// Lays pages over their layers, which are pages no more: what they draw is one stream for all. Answers the pages.
fn over_layers(objects: &mut Objects, mut ids: Vec<ObjectId>, laid: &Laid) -> Result<Vec<ObjectId>, Fault> {
    let pages = ids.split_off(laid.layers.len());
    let contents: Vec<Object> = ids
        .iter()
        .map(|&id| objects.get_dictionary(id)?.get(b"Contents").cloned())
        .collect::<Result<_, _>>()?;
    for (&id, page) in pages.iter().zip(&laid.pages) {
        if let Some(below) = page.layer.and_then(|(layer, _)| contents.get(layer)) {
            let page = objects.get_dictionary_mut(id)?;
            let own = page.get(b"Contents")?.clone();
            page.set("Contents", vec![below.clone(), own]);
        }
    }
    let root = objects.catalog()?.get(b"Pages")?.as_reference()?;
    let tree = objects.get_dictionary_mut(root)?;
    tree.set("Kids", pages.iter().map(|&id| id.into()).collect::<Vec<Object>>());
    tree.set("Count", pages.len() as i64);
    Ok(pages)
}

/// Tells a print shop where a page is cut, and how far its colour runs over the cut (ISO 32000-1, 14.11.2).
fn cut(objects: &mut Objects, ids: &[ObjectId], pages: &[Page]) -> Result<(), Fault> {
    for (&id, page) in ids.iter().zip(pages) {
        let Some((width, height)) = page.cut else { continue };
        let boxed = |over: f64| -> Object {
            let (x, y) = ((page.width - width) / 2.0 - over, (page.height - height) / 2.0 - over);
            let corners = [x, y, page.width - x, page.height - y];
            corners.map(|at| Object::Real((at * 100.0).round() as f32 / 100.0)).to_vec().into()
        };
        let page = objects.get_dictionary_mut(id)?;
        page.set("TrimBox", boxed(0.0));
        page.set("BleedBox", boxed(BLEED));
    }
    Ok(())
}

/// Tells viewers of the fonts whose letters stand one below the other, which printpdf cannot: the same numbers, but
/// the pen moves down by an em from the middle of a letter's upper edge (ISO 32000-1, 9.7.4.3).
fn stand(objects: &mut Objects, pages: &[ObjectId]) -> Result<(), Fault> {
    let Some(&page) = pages.first() else { return Ok(()) };
    let resources = objects.get_dictionary(page)?.get(b"Resources")?.as_reference()?;
    let fonts = objects.get_dictionary(resources)?.get(b"Font")?;
    let fonts = objects.dereference(fonts)?.1.as_dict()?;
    let upright = fonts.iter().filter(|(name, _)| name.starts_with(UPRIGHT.as_bytes()));
    let upright: Vec<ObjectId> = upright.filter_map(|(_, font)| font.as_reference().ok()).collect();
    for id in upright {
        let font = objects.get_dictionary_mut(id)?;
        font.set("Encoding", "Identity-V");
        if let Some(descendant) = font.get_mut(b"DescendantFonts")?.as_array_mut()?.first_mut() {
            descendant.as_dict_mut()?.set("DW2", vec![880.into(), (-1000).into()]);
        }
    }
    Ok(())
}

/// The headings as bookmarks, in the order they stand.
fn outline(objects: &mut Objects, ids: &[ObjectId], pages: &[Page]) -> Option<ObjectId> {
    let entries: Vec<(&String, Vec<Object>)> = ids
        .iter()
        .zip(pages)
        .flat_map(|(&id, page)| {
            page.headings.iter().map(move |(heading, y)| {
                let top = (page.height - y).round() as i64;
                (heading, vec![id.into(), "XYZ".into(), Object::Null, top.into(), Object::Null])
            })
        })
        .collect();
    if entries.is_empty() {
        return None;
    }
    let root = objects.new_object_id();
    let own: Vec<ObjectId> = entries.iter().map(|_| objects.new_object_id()).collect();
    for (at, (heading, place)) in entries.into_iter().enumerate() {
        let mut entry = dictionary! { "Title" => text(heading), "Parent" => root, "Dest" => place };
        if at > 0 {
            entry.set("Prev", own[at - 1]);
        }
        if let Some(&next) = own.get(at + 1) {
            entry.set("Next", next);
        }
        objects.set_object(own[at], entry);
    }
    let outline = dictionary! {
        "Type" => "Outlines",
        "First" => own[0],
        "Last" => own[own.len() - 1],
        "Count" => own.len() as i64,
    };
    objects.set_object(root, outline);
    Some(root)
}

/// The file's identity: what is in it.
fn identity(objects: &Objects) -> Vec<u8> {
    let mut hash = Hash::new();
    for object in objects.objects.values() {
        match object {
            Object::Stream(stream) => hash.take(&stream.content),
            other => hash.take(format!("{other:?}").as_bytes()),
        }
    }
    hash.sum().to_vec()
}

/// FNV-1a with 128 bits: tells files apart, guards nothing.
pub(crate) struct Hash(u128);

impl Hash {
    pub(crate) fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    pub(crate) fn take(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }

    pub(crate) fn sum(&self) -> [u8; 16] {
        self.0.to_be_bytes()
    }
}
