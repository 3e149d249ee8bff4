//! The structure tree: what a screen reader reads, in which order (ISO 32000-1, 14.7 and 14.8).

use lopdf::{Dictionary, Document as Objects, Object, ObjectId, dictionary};

use crate::{
    Fault,
    finish::text,
    part::{Part, Role},
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

/// Adds the tree. `marked` says for each page which part its marked sequences belong to, by their numbers.
pub(crate) fn grow(
    objects: &mut Objects,
    pages: &[ObjectId],
    parts: &[Part],
    marked: &[Vec<usize>],
) -> Result<(), Fault> {
    let (root, document) = (objects.new_object_id(), objects.new_object_id());
    let ids: Vec<ObjectId> = parts.iter().map(|_| objects.new_object_id()).collect();
    let mut kids: Vec<Vec<Object>> = vec![Vec::new(); parts.len()];
    let mut first_page: Vec<Option<ObjectId>> = vec![None; parts.len()];
    let mut nums = Vec::new();
    for (at, (page, marked)) in pages.iter().zip(marked).enumerate() {
        for (number, &part) in marked.iter().enumerate() {
            let home = *first_page[part].get_or_insert(*page);
            let number = Object::Integer(number as i64);
            kids[part].push(if home == *page {
                number
            } else {
                Object::Dictionary(dictionary! { "Type" => "MCR", "Pg" => *page, "MCID" => number })
            });
        }
        let owners: Vec<Object> = marked.iter().map(|&part| ids[part].into()).collect();
        nums.extend([Object::Integer(at as i64), Object::Reference(objects.add_object(owners))]);
        let page = objects.get_dictionary_mut(*page)?;
        page.set("StructParents", at as i64);
        page.set("Tabs", "S");
    }
    let mut top = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        match part.within {
            Some(within) => kids[within].push(ids[at].into()),
            None => top.push(ids[at].into()),
        }
    }
    let has_title = has_title(parts);
    for (at, (part, mut kids)) in parts.iter().zip(kids).enumerate() {
        let parent = part.within.map_or(document, |within| ids[within]);
        let kid = if kids.len() == 1 { kids.remove(0) } else { Object::Array(kids) };
        let mut element = dictionary! { "S" => tag(&part.role, has_title), "P" => parent, "K" => kid };
        if let Some(page) = first_page[at] {
            element.set("Pg", page);
        }
        if let Some(lang) = part.lang {
            element.set("Lang", Object::string_literal(lang.code()));
        }
        match &part.role {
            Role::Figure(alt) => element.set("Alt", text(alt)),
            Role::Head => element.set("A", dictionary! { "O" => "Table", "Scope" => "Column" }),
            _ => {}
        }
        objects.set_object(ids[at], element);
    }
    objects.set_object(document, dictionary! { "S" => "Document", "P" => root, "K" => top });
    let parents = objects.add_object(dictionary! { "Nums" => nums });
    objects.set_object(
        root,
        dictionary! {
            "Type" => "StructTreeRoot",
            "K" => document,
            "ParentTree" => parents,
            "ParentTreeNextKey" => pages.len() as i64,
        },
    );
    let catalog: &mut Dictionary = objects.catalog_mut()?;
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    Ok(())
}
