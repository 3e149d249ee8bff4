//! Pages as they lie in the file, and what a viewer, a printer and a screen reader want to know of them; nothing that changes
//! from run to run. Of printpdf's file the fonts and pictures are taken over.

use lopdf::{Document as Objects, Object};

use crate::{
    Created, Document, Fault, Laid, Page,
    part::Role,
    pdf::{Copy, Id, Pdf, put, string, text},
    sheets::BLEED,
    tags,
};

/// How the names of fonts begin whose letters stand one below the other.
pub(crate) const UPRIGHT: &str = "V";

/// Writes the file. `made` holds the fonts and pictures, `contents` what the layers and then the pages draw.
pub(crate) fn finish(
    mut made: Objects,
    contents: &[Vec<u8>],
    document: &Document,
    laid: &Laid,
    marked: &[Vec<usize>],
) -> Result<Vec<u8>, Fault> {
    let mut pdf = Pdf::new();
    let resources = resources(&mut pdf, &mut made)?;
    let drawn: Vec<Id> = contents
        .iter()
        .map(|content| {
            let id = pdf.id();
            pdf.stream(id, b"", content);
            id
        })
        .collect();
    let (layers, drawn) = drawn.split_at(laid.layers.len());
    let tree = pdf.id();
    let ids: Vec<Id> = laid.pages.iter().map(|_| pdf.id()).collect();
    let links = links(&mut pdf, laid);
    for (at, (page, (&id, &own))) in laid.pages.iter().zip(ids.iter().zip(drawn)).enumerate() {
        let out = pdf.begin(id);
        let Page { width, height, .. } = *page;
        put(out, format_args!("<</Type/Page/Parent {tree}/Resources {resources}/Contents"));
        match page.layer.and_then(|(layer, _)| layers.get(layer)) {
            Some(below) => put(out, format_args!("[{below} {own}]")),
            None => put(out, format_args!(" {own}")),
        }
        put(out, format_args!("/StructParents {at}/Tabs/S"));
        boxed(out, "MediaBox", [0.0, 0.0, width, height]);
        if let Some((cut_width, cut_height)) = page.cut {
            // Where a print shop cuts it, and how far its colour runs over the cut (ISO 32000-1, 14.11.2).
            for (name, over) in [("TrimBox", 0.0), ("BleedBox", BLEED)] {
                let (x, y) = ((width - cut_width) / 2.0 - over, (height - cut_height) / 2.0 - over);
                boxed(out, name, [x, y, width - x, height - y]);
            }
        }
        if !links[at].is_empty() {
            list(out, "Annots", links[at].iter().map(|link| link.id));
        }
        out.extend(b">>");
    }
    let out = pdf.begin(tree);
    put(out, format_args!("<</Type/Pages/Count {}", ids.len()));
    list(out, "Kids", ids.iter().copied());
    out.extend(b">>");
    let links: Vec<Link<'_>> = links.into_iter().flatten().collect();
    for (number, link) in (ids.len()..).zip(&links) {
        link.write(pdf.begin(link.id), number);
    }
    let of_parts: Vec<(Id, usize)> = links.iter().map(|link| (link.id, link.part)).collect();
    let structure = tags::grow(&mut pdf, &ids, &laid.parts, marked, &of_parts);
    let outline = outline(&mut pdf, &ids, &laid.pages);
    let root = pdf.id();
    let out = pdf.begin(root);
    put(
        out,
        format_args!("<</Type/Catalog/Pages {tree}/Lang({})/PageLayout/OneColumn", document.lang.code()),
    );
    // Shrinking "to fit" would spoil every measured place on the paper.
    put(out, format_args!("/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None>>"));
    put(out, format_args!("/StructTreeRoot {structure}/MarkInfo<</Marked true>>"));
    match outline {
        Some(outline) => put(out, format_args!("/PageMode/UseOutlines/Outlines {outline}>>")),
        None => out.extend(b"/PageMode/UseNone>>"),
    }
    let info = pdf.id();
    self::info(pdf.begin(info), document);
    Ok(pdf.finish(root, info))
}

/// An entry with references.
fn list(out: &mut Vec<u8>, name: &str, ids: impl Iterator<Item = Id>) {
    put(out, format_args!("/{name}["));
    for (at, id) in ids.enumerate() {
        put(out, format_args!("{}{id}", if at > 0 { " " } else { "" }));
    }
    out.push(b']');
}

/// An entry with a rectangle: left, lower, right and upper edge, to the hundredth of a point.
fn boxed(out: &mut Vec<u8>, name: &str, corners: [f64; 4]) {
    let [a, b, c, d] = corners.map(|at| (at * 100.0).round() / 100.0);
    put(out, format_args!("/{name}[{a} {b} {c} {d}]"));
}

/// Who, what and when.
fn info(out: &mut Vec<u8>, document: &Document) {
    let Created { year, month, day, hour, minute, second } = document.created;
    out.extend(b"<</Title");
    text(out, &document.title);
    out.extend(b"/Author");
    text(out, &document.author);
    let date = format!("(D:{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02})");
    put(out, format_args!("/Creator(Enishi)/Producer(Enishi)/CreationDate{date}/ModDate{date}>>"));
}

/// What all pages draw with. Viewers are told of the fonts whose letters stand one below the other, which printpdf cannot: the
/// same numbers, but the pen moves down by an em from the middle of a letter's upper edge (ISO 32000-1, 9.7.4.3).
fn resources(pdf: &mut Pdf, made: &mut Objects) -> Result<Id, Fault> {
    let page = made.page_iter().next().ok_or(lopdf::Error::PageNumberNotFound(1))?;
    let resources = made.get_dictionary(page)?.get(b"Resources")?.as_reference()?;
    let named = |made: &Objects, kind: &[u8]| -> Result<Vec<(String, lopdf::ObjectId)>, Fault> {
        let all = made.dereference(made.get_dictionary(resources)?.get(kind)?)?.1.as_dict()?;
        let named = |(name, object): (&Vec<u8>, &Object)| {
            Ok((String::from_utf8_lossy(name).into_owned(), object.as_reference()?))
        };
        all.iter().map(named).collect()
    };
    let [fonts, pictures] = [b"Font".as_slice(), b"XObject"].map(|kind| named(made, kind));
    let (fonts, pictures) = (fonts?, pictures?);
    for (_, font) in fonts.iter().filter(|(name, _)| name.starts_with(UPRIGHT)) {
        let font = made.get_dictionary_mut(*font)?;
        font.set("Encoding", "Identity-V");
        if let Some(descendant) = font.get_mut(b"DescendantFonts")?.as_array_mut()?.first_mut() {
            descendant.as_dict_mut()?.set("DW2", vec![880.into(), (-1000).into()]);
        }
    }
    let mut copy = Copy::new(made);
    let mut said = b"<<".to_vec();
    for (kind, named) in [("Font", fonts), ("XObject", pictures)] {
        if named.is_empty() {
            continue;
        }
        put(&mut said, format_args!("/{kind}<<"));
        for (name, of) in named {
            put(&mut said, format_args!("/{name} {}", copy.id(pdf, of)));
        }
        said.extend(b">>");
    }
    said.extend(b">>");
    copy.all(pdf)?;
    let id = pdf.id();
    pdf.begin(id).extend(said);
    Ok(id)
}

/// What may be clicked on (ISO 32000-1, 12.5.6.5).
struct Link<'a> {
    id: Id,
    uri: &'a str,
    /// Left, lower, right and upper edge.
    place: [f64; 4],
    part: usize,
}

impl Link<'_> {
    /// `number` is its place in the structure's tree of parents.
    fn write(&self, out: &mut Vec<u8>, number: usize) {
        // No frame, and nothing that would not be on paper.
        put(out, format_args!("<</Type/Annot/Subtype/Link/Border[0 0 0]/F 4/StructParent {number}"));
        boxed(out, "Rect", self.place);
        out.extend(b"/Contents");
        text(out, self.uri.trim_start_matches("mailto:"));
        out.extend(b"/A<</S/URI/URI");
        string(out, self.uri.as_bytes());
        out.extend(b">>>>");
    }
}

/// The links of every page, those of its layer first.
fn links<'a>(pdf: &mut Pdf, laid: &'a Laid) -> Vec<Vec<Link<'a>>> {
    let mut of_page = |page: &'a Page| {
        let below = page.layer.and_then(|(layer, shift)| Some((laid.layers.get(layer)?, shift)));
        let mut links = Vec::new();
        for (marks, shift) in below.into_iter().chain([(page, 0)]) {
            for (text, glyphs, part) in marks
                .lines()
                .flat_map(|text| text.links.iter().map(move |(glyphs, part)| (text, glyphs, part + shift)))
            {
                let Role::Link(uri) = &laid.parts[part].role else { continue };
                let [left, top, right, bottom] = text.spot(glyphs);
                let place = [left, page.height - bottom, right, page.height - top];
                links.push(Link { id: pdf.id(), uri, place, part });
            }
        }
        links
    };
    laid.pages.iter().map(&mut of_page).collect()
}

/// The headings as bookmarks, in the order they stand.
fn outline(pdf: &mut Pdf, ids: &[Id], pages: &[Page]) -> Option<Id> {
    let entries: Vec<(&str, Id, i64)> = ids
        .iter()
        .zip(pages)
        .flat_map(|(&id, page)| {
            page.headings
                .iter()
                .map(move |(heading, y)| (heading.as_str(), id, (page.height - y).round() as i64))
        })
        .collect();
    if entries.is_empty() {
        return None;
    }
    let root = pdf.id();
    let own: Vec<Id> = entries.iter().map(|_| pdf.id()).collect();
    for (at, (heading, page, top)) in entries.into_iter().enumerate() {
        let out = pdf.begin(own[at]);
        out.extend(b"<</Title");
        text(out, heading);
        put(out, format_args!("/Parent {root}/Dest[{page}/XYZ null {top} null]"));
        if at > 0 {
            put(out, format_args!("/Prev {}", own[at - 1]));
        }
        if let Some(next) = own.get(at + 1) {
            put(out, format_args!("/Next {next}"));
        }
        out.extend(b">>");
    }
    let (first, last, count) = (own[0], own[own.len() - 1], own.len());
    put(pdf.begin(root), format_args!("<</Type/Outlines/First {first}/Last {last}/Count {count}>>"));
    Some(root)
}
