//! The clauses of a tagged PDF that the press claims: ISO 32000-1, 14.7 and 14.8. It is called neither PDF/A nor
//! PDF/UA.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document as Objects, Object, ObjectId};
use press::{Block, Crop, Document, Edition, Sheet, print};

use crate::{
    copied, document, faces, newsletter, paragraphs,
    reader::{Shown, read},
    upright, without_blanks,
};

/// Which elements may stand in which (14.8.4.2 and 14.8.4.3).
const WITHIN: [(&str, &[&str]); 16] = [
    ("H1", &["Document"]),
    ("H2", &["Document"]),
    ("P", &["Document", "Sect", "TD"]),
    ("BlockQuote", &["Document"]),
    ("Sect", &["Document"]),
    ("L", &["Document", "Sect"]),
    ("LI", &["L"]),
    ("Lbl", &["LI"]),
    ("LBody", &["LI"]),
    ("Figure", &["Document", "Sect"]),
    ("Caption", &["Figure", "Table"]),
    ("Link", &["P", "Sect", "BlockQuote", "LBody", "TD"]),
    ("Table", &["Document"]),
    ("TR", &["Table"]),
    ("TH", &["TR"]),
    ("TD", &["TR"]),
];

/// An element in reading order, with the text that is marked as its own.
#[derive(Debug)]
pub struct Element {
    pub kind: String,
    pub alt: Option<String>,
    pub text: String,
}

/// Walks the tree of a PDF from its root, holding every claimed clause.
pub fn elements(pdf: &[u8]) -> Vec<Element> {
    let objects = Objects::load_mem(pdf).unwrap();
    let catalog = objects.catalog().unwrap();
    let flag = |dictionary: &Dictionary, name: &[u8]| dictionary.get(name).and_then(Object::as_bool).unwrap();
    assert!(flag(catalog.get(b"MarkInfo").unwrap().as_dict().unwrap(), b"Marked"), "14.7.1: marked");
    assert!(!catalog.get(b"Lang").unwrap().as_str().unwrap().is_empty(), "14.9.2: a language");
    let viewer = catalog.get(b"ViewerPreferences").unwrap().as_dict().unwrap();
    assert!(flag(viewer, b"DisplayDocTitle"), "12.2: the title is shown");

    let mut walk = Walk {
        objects: &objects,
        shown: read(pdf),
        owners: owners(&objects),
        taken: BTreeSet::new(),
        found: Vec::new(),
        links: 0,
    };
    let root = catalog.get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let tree = objects.get_dictionary(root).unwrap();
    let document = tree.get(b"K").unwrap().as_reference().unwrap();
    let top = objects.get_dictionary(document).unwrap();
    assert_eq!(top.get(b"S").unwrap().as_name().unwrap(), b"Document");
    assert_eq!(top.get(b"P").unwrap().as_reference().unwrap(), root);
    for kid in top.get(b"K").unwrap().as_array().unwrap() {
        walk.element(kid.as_reference().unwrap(), document, "Document");
    }
    assert_eq!(walk.taken.len(), walk.owners.len(), "14.7.4.4: what is marked is in the tree, once");
    for glyph in &walk.shown {
        let number = glyph.mark.map(|number| (glyph.page, number));
        assert!(number.is_none_or(|key| walk.taken.contains(&key)), "{glyph:?} is in no element");
    }
    let links = objects.page_iter().map(|page| objects.get_page_annotations(page).unwrap().len());
    assert_eq!(walk.links, links.sum::<usize>(), "all that may be clicked on is in the tree, once");
    let levels: Vec<&str> =
        walk.found.iter().map(|element| element.kind.as_str()).filter(|kind| kind.starts_with('H')).collect();
    assert!(levels.first().is_none_or(|first| *first == "H1"), "14.8.4.3.2: the first heading is of level 1");
    walk.found
}

/// The element of each marked sequence, by page and number, as the parent tree says (14.7.4.4).
fn owners(objects: &Objects) -> BTreeMap<(usize, i64), ObjectId> {
    let root = objects.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let parents = objects.get_dictionary(root).unwrap().get(b"ParentTree").unwrap().as_reference().unwrap();
    let nums = objects.get_dictionary(parents).unwrap().get(b"Nums").unwrap().as_array().unwrap();
    let mut owners = BTreeMap::new();
    for (at, page) in objects.page_iter().enumerate() {
        let page = objects.get_dictionary(page).unwrap();
        assert_eq!(page.get(b"Tabs").unwrap().as_name().unwrap(), b"S");
        let key = page.get(b"StructParents").unwrap();
        let place = nums.chunks(2).position(|pair| &pair[0] == key).unwrap();
        let (_, list) = objects.dereference(&nums[2 * place + 1]).unwrap();
        for (number, owner) in list.as_array().unwrap().iter().enumerate() {
            owners.insert((at, number as i64), owner.as_reference().unwrap());
        }
    }
    owners
}

struct Walk<'a> {
    objects: &'a Objects,
    shown: Vec<Shown>,
    owners: BTreeMap<(usize, i64), ObjectId>,
    taken: BTreeSet<(usize, i64)>,
    found: Vec<Element>,
    links: usize,
}

impl Walk<'_> {
    fn element(&mut self, id: ObjectId, parent: ObjectId, within: &str) {
        let element = self.objects.get_dictionary(id).unwrap();
        let kind = String::from_utf8(element.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap();
        assert_eq!(element.get(b"P").unwrap().as_reference().unwrap(), parent, "{kind} names its parent");
        let homes = WITHIN.iter().find(|(known, _)| *known == kind).map(|(_, homes)| *homes);
        assert!(homes.is_some_and(|homes| homes.contains(&within)), "{kind} in {within}");
        let alt = element.get(b"Alt").ok().map(|alt| lopdf::decode_text_string(alt).unwrap());
        let place = self.found.len();
        self.found.push(Element { kind: kind.clone(), alt, text: String::new() });
        let kids = match element.get(b"K").unwrap() {
            Object::Array(kids) => kids.clone(),
            kid => vec![kid.clone()],
        };
        for kid in kids {
            let (page, number) = match &kid {
                Object::Reference(kid) => {
                    let first = self.found.len();
                    self.element(*kid, id, &kind);
                    if self.found[first].kind == "Link" {
                        // An address is read within its sentence.
                        let address = self.found[first].text.clone();
                        self.found[place].text += &address;
                    }
                    continue;
                }
                Object::Dictionary(kid) if kid.has(b"Obj") => {
                    self.link(kid.get(b"Obj").unwrap().as_reference().unwrap(), id, &kind);
                    continue;
                }
                Object::Dictionary(kid) => (kid.get(b"Pg").unwrap(), kid.get(b"MCID").unwrap()),
                number => (element.get(b"Pg").unwrap(), number),
            };
            let page = page.as_reference().unwrap();
            let page = self.objects.page_iter().position(|it| it == page).unwrap();
            let key = (page, number.as_i64().unwrap());
            assert_eq!(self.owners.get(&key), Some(&id), "14.7.4.4: the parent tree and the tree agree");
            assert!(self.taken.insert(key), "a marked sequence has two elements");
            let glyphs = self.shown.iter().filter(|glyph| (glyph.page, glyph.mark) == (key.0, Some(key.1)));
            self.found[place].text.extend(glyphs.map(|glyph| glyph.text.as_str()));
        }
    }

    /// What may be clicked on, and the element that it is of (14.7.4.4; 14.8.4.4.2).
    fn link(&mut self, link: ObjectId, element: ObjectId, kind: &str) {
        assert_eq!(kind, "Link");
        let link = self.objects.get_dictionary(link).unwrap();
        let root = self.objects.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
        let parents = self.objects.get_dictionary(root).unwrap().get(b"ParentTree").unwrap();
        let parents = self.objects.dereference(parents).unwrap().1.as_dict().unwrap();
        let nums = parents.get(b"Nums").unwrap().as_array().unwrap();
        let key = link.get(b"StructParent").unwrap();
        let owner = nums.chunks(2).find(|pair| &pair[0] == key).unwrap();
        assert_eq!(owner[1].as_reference().unwrap(), element, "the parent tree and the tree agree");
        assert!(!link.get(b"Contents").unwrap().as_str().unwrap().is_empty(), "12.5.2: what is heard of it");
        self.links += 1;
    }
}

#[test]
fn the_structure_of_every_edition_holds_the_clauses_it_claims() {
    for document in [newsletter(), upright(), document(vec![]), document(paragraphs(1..30))] {
        let printed = print(&document, faces()).unwrap();
        for element in elements(&printed.pdf) {
            let is_figure = element.kind == "Figure";
            assert_eq!(is_figure, element.alt.is_some_and(|alt| !alt.is_empty()), "{}", element.kind);
        }
    }
}

#[test]
fn the_tree_reads_in_the_order_in_which_it_was_written() {
    // A photograph that finds no room lets the text pass, but is read where it belongs.
    for before in 0..20 {
        let mut blocks = paragraphs(1..9);
        let jpeg = crate::jpeg(800, 1000);
        blocks.insert(
            5,
            Block::Photo {
                jpeg,
                caption: "認証式".to_owned(),
                alt: "壇上の四人".to_owned(),
                crop: Crop::WHOLE,
            },
        );
        for _ in 0..before {
            blocks.insert(0, Block::Paragraph("一行。".to_owned()));
        }
        let document = Document { page_numbers: false, ..document(blocks) };
        let printed = print(&document, faces()).unwrap();
        let elements = elements(&printed.pdf);
        let expected = document.blocks.iter().map(|block| match block {
            Block::Paragraph(text) => crate::unmarked(text),
            Block::Photo { caption, .. } => caption.clone(),
            other => panic!("{other:?}"),
        });
        let of_its_own = elements.iter().filter(|element| element.kind != "Link");
        let read: String = of_its_own.map(|element| element.text.as_str()).collect();
        assert_eq!(without_blanks(&read), without_blanks(&expected.collect::<String>()));
        let figure = elements.iter().position(|element| element.kind == "Figure").unwrap();
        assert_eq!(elements[figure].alt.as_deref(), Some("壇上の四人"));
        assert_eq!(elements[figure + 1].text, "認証式");
        assert_eq!(without_blanks(&read).len(), copied(&printed.pdf).len());
    }
}

#[test]
fn headings_and_names_are_what_they_are() {
    let elements = elements(&print(&newsletter(), faces()).unwrap().pdf);
    let of = |kind: &str| -> Vec<&str> {
        elements.iter().filter(|element| element.kind == kind).map(|element| element.text.as_str()).collect()
    };
    assert_eq!(of("H1"), ["縁"]);
    assert_eq!(of("H2").len(), 5);
    assert_eq!(of("LI").len(), 7);
    assert_eq!(without_blanks(of("Lbl")[3]), "𠮷田由美子");
    assert!(of("LBody")[0].starts_with("製造部"));
}

#[test]
fn an_address_leads_somewhere_from_where_it_stands() {
    let uri = "https://example.invalid/oboog/2026/index.html?page=3";
    let text = format!("お問い合わせは kaiho@example.invalid へ。詳しくは{uri}をご覧ください。").repeat(3);
    let mut sheet = Sheet::a4(2);
    // So narrow that it is broken wherever it begins.
    (sheet.left, sheet.right) = (50.0, 50.0);
    for edition in [Edition::Standard, Edition::Upright] {
        let document = Document { sheet, ..document(vec![Block::Paragraph(text.clone())]) }.edition(edition);
        let pdf = print(&document, faces()).unwrap().pdf;
        let found = elements(&pdf);
        let links: Vec<&str> = found.iter().filter(|it| it.kind == "Link").map(|it| it.text.trim()).collect();
        assert_eq!(links, ["kaiho@example.invalid", uri].repeat(3));

        let objects = Objects::load_mem(&pdf).unwrap();
        let shown = read(&pdf);
        let mut called = BTreeMap::new();
        for (at, page) in objects.page_iter().enumerate() {
            for link in objects.get_page_annotations(page).unwrap() {
                let place: Vec<f64> = link
                    .get(b"Rect")
                    .unwrap()
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|it| it.as_float().unwrap().into())
                    .collect();
                let action = link.get(b"A").unwrap().as_dict().unwrap();
                let uri = String::from_utf8(action.get(b"URI").unwrap().as_str().unwrap().to_vec()).unwrap();
                let within = shown.iter().filter(|it| {
                    let (x, y) = (it.x, it.y);
                    it.page == at
                        && (place[0] - 0.1..place[2]).contains(&x)
                        && (place[1] - 0.1..place[3] + 0.1).contains(&y)
                });
                *called.entry(uri).or_insert(String::new()) +=
                    &within.map(|it| it.text.as_str()).collect::<String>();
            }
        }
        // What lies under the pointer is the address itself.
        assert_eq!(called.len(), 2);
        assert_eq!(without_blanks(&called[uri]), uri.repeat(3));
        assert_eq!(
            without_blanks(&called["mailto:kaiho@example.invalid"]),
            "kaiho@example.invalid".repeat(3)
        );
    }
}
