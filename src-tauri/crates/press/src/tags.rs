//! The structure tree: what a screen reader reads, in which order (ISO 32000-1, 14.7 and 14.8).

use crate::{
    part::{Part, Role},
    pdf::{Id, Pdf, put, text},
};

/// The standard structure type of a part (ISO 32000-1, 14.8.4). Without a title the headings are the first level.
pub(crate) fn tag(role: &Role, has_title: bool) -> &'static str {
    match role {
        Role::Title => "H1",
        Role::Heading if has_title => "H2",
        Role::Heading => "H1",
        Role::Paragraph => "P",
        Role::Quote => "BlockQuote",
        Role::Aside => "Sect",
        Role::List => "L",
        Role::Entry => "LI",
        Role::Label => "Lbl",
        Role::Body => "LBody",
        Role::Figure(_) => "Figure",
        Role::Link(_) => "Link",
        Role::Caption => "Caption",
        Role::Table => "Table",
        Role::Row => "TR",
        Role::Head => "TH",
        Role::Cell => "TD",
    }
}

/// Whether a document has a name of its own.
pub(crate) fn has_title(parts: &[Part]) -> bool {
    parts.iter().any(|part| part.role == Role::Title)
}

/// What an element holds.
#[derive(Clone, Copy)]
enum Kid {
    /// A marked sequence of a page, by their numbers.
    Marked(usize, usize),
    Element(Id),
    /// What may be clicked on.
    Link(Id),
}

/// Adds the tree and answers its root. `marked` says for each page which part its marked sequences belong to, by their numbers;
/// `links` are what may be clicked on, each with its part.
pub(crate) fn grow(
    pdf: &mut Pdf,
    pages: &[Id],
    parts: &[Part],
    marked: &[Vec<usize>],
    links: &[(Id, usize)],
) -> Id {
    let (root, document, parents) = (pdf.id(), pdf.id(), pdf.id());
    let ids: Vec<Id> = parts.iter().map(|_| pdf.id()).collect();
    let mut kids: Vec<Vec<Kid>> = vec![Vec::new(); parts.len()];
    let mut first_page: Vec<Option<usize>> = vec![None; parts.len()];
    for (page, marked) in marked.iter().enumerate() {
        for (number, &part) in marked.iter().enumerate() {
            // An address is read where it stands in its sentence.
            if let (Role::Link(_), None, Some(within)) =
                (&parts[part].role, first_page[part], parts[part].within)
            {
                kids[within].push(Kid::Element(ids[part]));
            }
            first_page[part].get_or_insert(page);
            kids[part].push(Kid::Marked(page, number));
        }
    }
    for &(link, part) in links {
        kids[part].push(Kid::Link(link));
    }
    let mut top = Vec::new();
    for (&id, part) in ids.iter().zip(parts) {
        match part.within {
            Some(_) if matches!(part.role, Role::Link(_)) => {}
            Some(within) => kids[within].push(Kid::Element(id)),
            None => top.push(Kid::Element(id)),
        }
    }
    let has_title = has_title(parts);
    for (at, (part, own)) in parts.iter().zip(&kids).enumerate() {
        let parent = part.within.map_or(document, |within| ids[within]);
        let out = pdf.begin(ids[at]);
        put(out, format_args!("<</S/{}/P {parent}", tag(&part.role, has_title)));
        kids_of(out, own, first_page[at], pages);
        if let Some(page) = first_page[at] {
            put(out, format_args!("/Pg {}", pages[page]));
        }
        if let Some(lang) = part.lang {
            put(out, format_args!("/Lang({})", lang.code()));
        }
        match &part.role {
            Role::Figure(alt) => {
                out.extend(b"/Alt");
                text(out, alt);
            }
            Role::Head => out.extend(b"/A<</O/Table/Scope/Column>>"),
            _ => {}
        }
        out.extend(b">>");
    }
    let out = pdf.begin(document);
    put(out, format_args!("<</S/Document/P {root}"));
    kids_of(out, &top, None, pages);
    out.extend(b">>");
    let out = pdf.begin(parents);
    out.extend(b"<</Nums[");
    for (page, marked) in marked.iter().enumerate() {
        put(out, format_args!("{page}["));
        marked.iter().for_each(|&part| put(out, format_args!("{} ", ids[part])));
        out.push(b']');
    }
    for (number, (_, part)) in (pages.len()..).zip(links) {
        put(out, format_args!("{number} {} ", ids[*part]));
    }
    out.extend(b"]>>");
    let next = pages.len() + links.len();
    put(
        pdf.begin(root),
        format_args!("<</Type/StructTreeRoot/K {document}/ParentTree {parents}/ParentTreeNextKey {next}>>"),
    );
    root
}

/// The entry for what an element holds, most of it on one page.
fn kids_of(out: &mut Vec<u8>, kids: &[Kid], home: Option<usize>, pages: &[Id]) {
    out.extend(b"/K[");
    for (at, kid) in kids.iter().enumerate() {
        if at > 0 {
            out.push(b' ');
        }
        match *kid {
            Kid::Marked(page, number) if Some(page) == home => put(out, format_args!("{number}")),
            Kid::Marked(page, number) => {
                put(out, format_args!("<</Type/MCR/Pg {}/MCID {number}>>", pages[page]));
            }
            Kid::Element(id) => put(out, format_args!("{id}")),
            Kid::Link(id) => put(out, format_args!("<</Type/OBJR/Obj {id}>>")),
        }
    }
    out.push(b']');
}
