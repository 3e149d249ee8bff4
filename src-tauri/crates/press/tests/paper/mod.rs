//! Designs, editions, blocks and sheets.

use press::{Block, Crop, DESIGNS, Document, Edition, Ink, Mark, Output, Page, Sheet, Text, lay, print};

use crate::{
    copied, document, faces, newsletter,
    reader::read,
    sample::{rich, wide},
    structure::elements,
    without_blanks,
};

fn words(document: &Document) -> String {
    copied(&print(&Document { page_numbers: false, ..document.clone() }, faces()).unwrap().pdf)
}

fn size(pdf: &[u8], name: &[u8]) -> Vec<f64> {
    let objects = lopdf::Document::load_mem(pdf).unwrap();
    let page = objects.get_dictionary(objects.get_pages()[&1]).unwrap();
    let corners = page.get(name).unwrap().as_array().unwrap();
    corners.iter().map(|corner| f64::from(corner.as_float().unwrap())).collect()
}

#[test]
fn every_design_and_edition_bears_the_same_words_and_structure() {
    let mut sorted: Vec<char> = words(&rich()).chars().collect();
    sorted.sort_unstable();
    let mut all: Vec<Document> = DESIGNS
        .into_iter()
        .map(|design| {
            let mut document = rich();
            document.look.design = design;
            document
        })
        .collect();
    all.extend([Edition::Large, Edition::Upright, Edition::Grey].map(|edition| rich().edition(edition)));
    all.extend([Sheet::b5(2), Sheet::letter(2), Sheet::letter(1)].map(|sheet| Document { sheet, ..rich() }));
    all.extend([Output::PrintShop, Output::Folded].map(|output| Document { output, ..rich() }));
    for document in all {
        let mut letters: Vec<char> = words(&document).chars().collect();
        letters.sort_unstable();
        // The head of a table is there again where its rows go on.
        letters.retain(|letter| sorted.contains(letter));
        assert!(letters.len() >= sorted.len() && letters.len() < sorted.len() + 20, "{:?}", document.look);
        let kinds = |document: &Document| {
            let read = elements(&print(document, faces()).unwrap().pdf);
            read.into_iter().map(|element| (element.kind, without_blanks(&element.text))).collect::<Vec<_>>()
        };
        assert_eq!(kinds(&document), kinds(&rich()), "{:?}", document.look);
    }
}

#[test]
fn nothing_of_a_page_stands_beyond_its_margins() {
    for design in DESIGNS {
        for edition in [Edition::Standard, Edition::Large, Edition::Upright] {
            let with = |document: Document| {
                let mut document = Document { page_numbers: false, ..document }.edition(edition);
                document.look.design = design;
                document
            };
            let both = [with(rich()), with(wide(&picture(1200, 660), &picture(300, 200)))];
            let sheet = both[0].sheet;
            let mm = |points: f64| points * 25.4 / 72.0;
            for page in both.iter().flat_map(|document| lay(document, faces()).unwrap().pages) {
                for mark in &page.marks {
                    let (x, y, right, bottom) = match mark {
                        Mark::Text(line) if line.is_upright => (line.x, line.y, line.x, line.y + line.width),
                        Mark::Text(line) => (line.x, line.y, line.x + line.width, line.y),
                        Mark::Bar(bar) => (bar.x, bar.y, bar.x + bar.width, bar.y + bar.height),
                        Mark::Picture(it) => (it.x, it.y, it.x + it.width, it.y + it.height),
                    };
                    let fits = mm(x) > sheet.left - 0.1
                        && mm(right) < sheet.width - sheet.right + 0.1
                        && mm(y) > sheet.top - 0.1
                        && mm(bottom) < sheet.height - sheet.bottom + 0.1;
                    assert!(fits, "{} {edition:?}: {x} {y} {right} {bottom} {mark:?}", design.name);
                }
            }
        }
    }
}

#[test]
fn the_head_of_a_table_stands_above_its_rows_in_every_column() {
    let cell = |text: &str, at: usize| format!("{text}{at}");
    let rows = (0..150).map(|at| vec![cell("行", at), cell("四月", at)]).collect();
    let table = Block::Table { head: vec!["行事".to_owned(), "日".to_owned()], rows };
    let pages = lay(&document(vec![table]), faces()).unwrap().pages;
    assert!(pages.len() > 1);
    for page in &pages {
        for column in crate::columns(page) {
            let cells: Vec<String> =
                column.iter().filter(|line| line.size > 9.0).map(|line| line.letters()).collect();
            assert!(cells.is_empty() || cells[..2] == ["行事", "日"], "{cells:?}");
            assert!(cells.len() != 4, "a row stands alone");
        }
    }
}

#[test]
fn a_box_is_not_parted_and_its_frame_holds_its_text() {
    for before in 0..45 {
        let mut blocks: Vec<Block> = (0..before).map(|_| Block::Paragraph("一行。".to_owned())).collect();
        let text = "日時　土曜の正午から\n場所　工場の食堂".to_owned();
        blocks.push(Block::Aside { heading: "同窓会".to_owned(), text });
        let pages = lay(&Document { page_numbers: false, ..document(blocks) }, faces()).unwrap().pages;
        let framed = pages.iter().find_map(|page| {
            let frame = page.marks.iter().find_map(|mark| match mark {
                Mark::Bar(bar) if bar.ink == Ink::Tint => Some(*bar),
                _ => None,
            });
            frame.map(|frame| (page, frame))
        });
        let (page, frame) = framed.unwrap();
        let holds = |line: &&Text| line.y > frame.y && line.y < frame.y + frame.height && line.x > frame.x;
        let inside: String = page.lines().filter(holds).map(Text::letters).collect();
        assert!(inside.contains("同窓会") && inside.contains("食堂"), "{before} lines before: {inside}");
    }
}

#[test]
fn a_print_shop_gets_crop_marks_and_boxes() {
    let pdf = print(&Document { output: Output::PrintShop, ..newsletter() }, faces()).unwrap().pdf;
    let [media, bleed, trim] = [&b"MediaBox"[..], b"BleedBox", b"TrimBox"].map(|name| size(&pdf, name));
    let millimetres = |points: f64| (points * 25.4 / 72.0 * 10.0).round() / 10.0;
    assert_eq!([trim[2] - trim[0], trim[3] - trim[1]].map(millimetres), [210.0, 297.0]);
    assert_eq!(millimetres(trim[0] - bleed[0]), 3.0);
    assert!(bleed[0] > media[0] + 7.0 && bleed[3] < media[3] - 7.0);
    let office = print(&newsletter(), faces()).unwrap().pdf;
    let objects = lopdf::Document::load_mem(&office).unwrap();
    assert!(objects.get_dictionary(objects.get_pages()[&1]).unwrap().get(b"TrimBox").is_err());
}

#[test]
fn a_photo_goes_onto_the_page_with_the_dots_that_are_printed() {
    let dots = image::RgbImage::from_fn(2000, 1500, |x, y| image::Rgb([x as u8, y as u8, (x * y) as u8]));
    let mut jpeg = std::io::Cursor::new(Vec::new());
    dots.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    let jpeg = std::sync::Arc::from(jpeg.into_inner());
    let photo = Block::Photo { jpeg, caption: "認証式".to_owned(), alt: String::new(), crop: Crop::WHOLE };
    let document = document(vec![photo]);
    let darkroom = press::Darkroom::default();
    let image = |pdf: &[u8]| {
        let objects = lopdf::Document::load_mem(pdf).unwrap();
        let mut images =
            objects.objects.values().filter_map(|object| object.as_stream().ok()).filter(|stream| {
                stream.dict.get(b"Subtype").and_then(lopdf::Object::as_name).is_ok_and(|it| it == b"Image")
            });
        let dict = &images.next().unwrap().dict;
        let colours =
            String::from_utf8(dict.get(b"ColorSpace").unwrap().as_name().unwrap().to_vec()).unwrap();
        (dict.get(b"Width").unwrap().as_i64().unwrap(), colours)
    };
    let whole = print(&document, faces()).unwrap();
    let fitted = press::print_fitted(&document, faces(), &darkroom).unwrap();
    assert_eq!(image(&whole.pdf), (2000, "DeviceRGB".to_owned()));
    // A column is 81 mm wide.
    let (wide, colours) = image(&fitted.pdf);
    assert!((950..966).contains(&wide) && colours == "DeviceRGB", "{wide} {colours}");
    assert!(fitted.pdf.len() * 2 < whole.pdf.len());
    assert_eq!(
        press::print_fitted(&document, faces(), &press::Darkroom::default()).unwrap().pdf,
        fitted.pdf,
        "same input, same bytes"
    );
    let grey = press::print_fitted(&document.edition(Edition::Grey), faces(), &darkroom).unwrap();
    assert_eq!(image(&grey.pdf).1, "DeviceGray");
}

#[test]
fn folded_sheets_read_as_a_booklet() {
    // Six pages and two blank ones on two sheets.
    let text = |page: usize| format!("頁{page}。\n").repeat(39);
    let blocks = (1..=6).map(|page| Block::Paragraph(text(page))).collect();
    let mut document = Document { sheet: Sheet::a4(1), page_numbers: false, ..document(blocks) };
    assert_eq!(lay(&document, faces()).unwrap().pages.len(), 6);
    document.output = Output::Folded;
    let halves = |document: &Document| -> Vec<[String; 2]> {
        let pages = lay(document, faces()).unwrap().pages;
        let half = |page: &Page, is_right: bool| {
            let found = page.lines().find(|line| (line.x > page.width / 2.0) == is_right);
            found.map(|line| line.letters()).unwrap_or_default()
        };
        pages.iter().map(|page| [half(page, false), half(page, true)]).collect()
    };
    let expected = [["", "頁1。"], ["頁2。", ""], ["頁6。", "頁3。"], ["頁4。", "頁5。"]];
    assert_eq!(halves(&document), expected);
    assert_eq!(size(&print(&document, faces()).unwrap().pdf, b"MediaBox")[2].round(), 1191.0);
}

#[test]
fn a_letter_has_marks_where_it_is_folded() {
    let sheet = Sheet { folds: 3, ..Sheet::a4(1) };
    let page = &lay(&Document { sheet, ..document(vec![]) }, faces()).unwrap().pages[0];
    let marks: Vec<f64> = page
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Bar(bar) if bar.x == 0.0 => Some((bar.y * 25.4 / 72.0).round()),
            _ => None,
        })
        .collect();
    assert_eq!(marks, [99.0, 198.0]);
}

#[test]
fn the_large_edition_is_larger_and_the_grey_one_has_no_colour() {
    let large = lay(&rich().edition(Edition::Large), faces()).unwrap();
    let body = large.pages[0].lines().find(|line| line.letters().contains("六月")).unwrap().size;
    assert!(body > 13.9, "{body}");
    let colours = |document: &Document| {
        let pdf = print(document, faces()).unwrap().pdf;
        let objects = lopdf::Document::load_mem(&pdf).unwrap();
        let content = objects.get_page_content(objects.get_pages()[&1]);
        let content = lopdf::content::Content::decode(&content).unwrap().operations;
        content.iter().filter(|operation| operation.operator == "rg").count()
    };
    assert!(colours(&rich()) > 5);
    assert_eq!(colours(&rich().edition(Edition::Grey)), 0);
}

#[test]
fn the_mail_has_every_word_of_the_paper() {
    let document = rich();
    let mail = without_blanks(&document.plain());
    let read = elements(&print(&document, faces()).unwrap().pdf);
    for element in read.iter().filter(|element| element.kind != "Figure") {
        assert!(mail.contains(&without_blanks(&element.text)), "{} is not in the mail", element.text);
    }
    assert!(read.len() > 40);
    let ruby = crate::document(vec![Block::Paragraph("｜縁《えにし》と《《手紙》》".to_owned())]);
    assert_eq!(ruby.plain().trim(), "縁（えにし）と手紙");
}

#[test]
fn the_seal_stands_beside_the_name_in_columns_from_the_right() {
    let shown = read(&print(&rich(), faces()).unwrap().pdf);
    let at = |text: &str| {
        let found = shown.iter().find(|glyph| glyph.text == text && glyph.size < 16.0 && glyph.size > 11.0);
        found.map(|glyph| (glyph.x, glyph.y)).unwrap()
    };
    let (first, second, third) = (at("青"), at("葉"), at("食"));
    assert!((first.0 - second.0).abs() < 0.1 && first.1 > second.1 && third.0 < first.0);
}

#[test]
fn a_qr_code_is_read_as_what_stands_beside_it() {
    let figures = elements(&print(&rich(), faces()).unwrap().pdf);
    let alt = figures.iter().filter_map(|element| element.alt.as_deref()).collect::<Vec<_>>();
    assert!(alt.iter().any(|alt| alt.contains("返信はがき")), "{alt:?}");
}

#[test]
fn a_colour_too_light_to_be_read_is_darkened() {
    use press::Rgb;
    assert_eq!(Rgb::NAVY.readable(), Rgb::NAVY);
    assert_eq!(Rgb(0, 0, 0).readable(), Rgb(0, 0, 0));
    // Yellow as signs have it: olive is what can be read.
    assert_eq!(Rgb(0xff, 0xcc, 0x00).readable(), Rgb(140, 112, 0));
    assert_ne!(Rgb(0xff, 0xff, 0xff).readable(), Rgb(0xff, 0xff, 0xff));
}

#[test]
fn the_room_on_the_last_page_is_what_still_finds_place_there() {
    for count in [3, 9, 20, 31] {
        let blocks: Vec<Block> = crate::paragraphs(1..count);
        let of = |blocks: &[Block]| lay(&document(blocks.to_vec()), faces()).unwrap();
        let laid = of(&blocks);
        let with = |letters: usize| {
            let mut blocks = blocks.clone();
            blocks.push(Block::Paragraph("あ".repeat(letters)));
            of(&blocks).pages.len()
        };
        // Kana of the shipped Mincho are narrower than an em; a paragraph's ends take up to two lines a column.
        assert_eq!(with(laid.room.saturating_sub(100)), laid.pages.len(), "{} letters", laid.room);
        assert!(with(laid.room + 400) > laid.pages.len(), "{} letters", laid.room);
    }
}

/// A picture of so many dots, red in its upper left quarter and pale blue elsewhere.
fn picture(wide: u32, high: u32) -> std::sync::Arc<[u8]> {
    let dots = image::RgbImage::from_fn(wide, high, |x, y| {
        image::Rgb(if x < wide / 2 && y < high / 2 { [200, 0, 0] } else { [170, 170, 255] })
    });
    let mut jpeg = std::io::Cursor::new(Vec::new());
    dots.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    jpeg.into_inner().into()
}

fn across(block: Block) -> Block {
    Block::Across(Box::new(block))
}

fn photo(crop: Crop) -> Block {
    Block::Photo { jpeg: picture(1200, 800), caption: "認証式".to_owned(), alt: String::new(), crop }
}

#[test]
fn what_stands_across_all_columns_parts_the_text_above_from_the_text_below() {
    let head = ["行事", "日"].map(str::to_owned).to_vec();
    let rows = (0..6).map(|at| vec![format!("行{at}"), "四月".to_owned()]).collect();
    let wide = [
        photo(Crop::WHOLE),
        Block::Quote("離れていても、仕事はつながっています。".to_owned()),
        Block::Heading("段をまたぐ見出し".to_owned()),
        Block::Table { head, rows },
        Block::Aside { heading: "同窓会".to_owned(), text: "場所　工場の食堂".to_owned() },
    ];
    for edition in [Edition::Standard, Edition::Upright, Edition::Large] {
        for wide_block in &wide {
            for before in [0_usize, 2, 5, 9, 14, 18, 23] {
                let mut blocks = crate::paragraphs(1..1 + before as u64);
                blocks.push(across(wide_block.clone()));
                blocks.extend(crate::paragraphs(30..40));
                let at = before;
                let document = Document { page_numbers: false, ..document(blocks) }.edition(edition);
                let pages = lay(&document, faces()).unwrap().pages;
                let places: Vec<_> = (0..)
                    .zip(&pages)
                    .flat_map(|(n, page)| page.places.iter().map(move |it| (n, *it)))
                    .collect();
                let own: Vec<_> = places.iter().filter(|(_, place)| place.block == at).collect();
                assert!(!own.is_empty());
                let columns = document.sheet.columns;
                for (page, wide) in &own {
                    let is_upright = document.look.is_upright;
                    let reach = if is_upright { wide.height } else { wide.width };
                    let all =
                        pages[*page].places.iter().map(|it| if is_upright { it.height } else { it.width });
                    let column = all.fold(f64::MAX, f64::min);
                    // On an upright page a broad photograph would leave the tiers white: it stands in one of them.
                    let falls_back = is_upright && matches!(wide_block, Block::Photo { .. });
                    assert!(
                        columns == 1 || falls_back || reach > column * 1.9,
                        "{edition:?} {reach} of columns of {column}"
                    );
                    if falls_back {
                        continue;
                    }
                    // Nothing else stands beside it.
                    for other in pages[*page].places.iter().filter(|other| other.block != wide.block) {
                        let apart = if is_upright {
                            other.x >= wide.x + wide.width - 0.1 || other.x + other.width <= wide.x + 0.1
                        } else {
                            other.y >= wide.y + wide.height - 0.1 || other.y + other.height <= wide.y + 0.1
                        };
                        assert!(apart, "{edition:?} after {before}: {other:?} beside {wide:?}");
                    }
                }
                // Every letter comes out once, as it does where the block stands in a column; a table's head may be
                // drawn again.
                let letters = |document: &Document| {
                    let mut letters: Vec<char> = words(document).chars().collect();
                    letters.sort_unstable();
                    letters
                };
                let mut in_column = document.clone();
                in_column.blocks[at] = wide_block.clone();
                if !matches!(wide_block, Block::Table { .. }) {
                    assert_eq!(letters(&document), letters(&in_column), "{edition:?} after {before}");
                }
                let read = |document: &Document| {
                    let elements = elements(&print(document, faces()).unwrap().pdf);
                    elements.into_iter().map(|it| (it.kind, without_blanks(&it.text))).collect::<Vec<_>>()
                };
                assert_eq!(read(&document), read(&in_column), "the same structure in the same order");
            }
        }
    }
}

#[test]
fn a_heading_across_all_columns_has_text_below_it_on_its_page() {
    for before in 0..40 {
        let mut blocks: Vec<Block> = (0..before * 2).map(|_| Block::Paragraph("一行。".to_owned())).collect();
        blocks.push(across(Block::Heading("段をまたぐ見出し".to_owned())));
        blocks.extend(crate::paragraphs(1..3));
        let pages = lay(&Document { page_numbers: false, ..document(blocks) }, faces()).unwrap().pages;
        let page =
            pages.iter().find(|page| page.lines().any(|line| line.letters() == "段をまたぐ見出し")).unwrap();
        let heading = page.lines().find(|line| line.letters() == "段をまたぐ見出し").unwrap().y;
        assert!(page.lines().filter(|line| line.y > heading).count() >= 2, "after {before}");
    }
}

#[test]
fn a_photo_across_all_columns_that_finds_no_room_lets_the_text_pass() {
    let mut waited = 0;
    for before in 0..24_usize {
        let mut blocks = crate::paragraphs(1..1 + before as u64);
        blocks.push(across(photo(Crop::WHOLE)));
        blocks.extend(crate::paragraphs(30..60));
        let pages = lay(&Document { page_numbers: false, ..document(blocks) }, faces()).unwrap().pages;
        let on = pages.iter().position(|page| page.places.iter().any(|it| it.block == before)).unwrap();
        if on > 0 {
            let foot = |page: &Page| page.lines().map(|line| line.y).fold(0.0, f64::max);
            assert!(foot(&pages[on - 1]) > pages[0].height - 22.0 * 72.0 / 25.4 - 4.0 * 17.0);
            let place = pages[on].places.iter().find(|it| it.block == before).unwrap();
            waited += usize::from(place.y < 60.0);
        }
    }
    assert!(waited > 2, "only {waited} began a page");
}

#[test]
fn of_a_photo_only_the_chosen_part_is_seen_and_is_in_the_file() {
    let crop = Crop { left: 0, top: 0, width: 500, height: 500 };
    let document = document(vec![photo(crop)]);
    let laid = lay(&document, faces()).unwrap();
    let picture = laid.pages[0].marks.iter().find_map(|mark| match mark {
        Mark::Picture(picture) => Some(picture),
        _ => None,
    });
    assert_eq!(picture.map(|it| (it.height / it.width * 300.0).round()), Some(200.0));
    // 600 dots over 23 letters of 10 points are fewer than 200 an inch.
    assert_eq!(laid.coarse.len(), 1);
    let seen = |pdf: &[u8]| {
        let drawn = crate::addresses::drawn(pdf);
        let count = |low: u8, high: u8| drawn.dots.iter().filter(|dot| (low..high).contains(dot)).count();
        (count(50, 70), count(165, 195))
    };
    let darkroom = press::Darkroom::default();
    for pdf in [
        print(&document, faces()).unwrap().pdf,
        press::print_fitted(&document, faces(), &darkroom).unwrap().pdf,
    ] {
        let (red, blue) = seen(&pdf);
        assert!(red > 1000 && blue * 20 < red, "{red} red dots and {blue} blue ones");
    }
}

#[test]
fn on_the_sheet_of_a_print_shop_grounds_and_wide_photos_run_over_the_knife() {
    for edition in [Edition::Standard, Edition::Upright] {
        let mut document = rich().edition(edition);
        document.look.design = DESIGNS.into_iter().find(|it| it.name == "band").unwrap();
        document.blocks.insert(4, across(photo(Crop { left: 0, top: 200, width: 1000, height: 400 })));
        let bleed = 3.0 * 72.0 / 25.4;
        let reach = |document: &Document| {
            let pages = lay(document, faces()).unwrap().pages;
            let field = pages[0].marks.iter().find_map(|mark| match mark {
                Mark::Bar(bar) if bar.ink == Ink::Accent => Some((bar.x, bar.y, bar.width, bar.height)),
                _ => None,
            });
            let photo = pages.iter().flat_map(|page| &page.marks).find_map(|mark| match mark {
                Mark::Picture(it) => Some((it.x, it.y, it.width, it.height)),
                _ => None,
            });
            (pages[0].clone(), field.unwrap(), photo.unwrap())
        };
        let (_, field, _) = reach(&document);
        assert!(field.0 > 30.0 && field.1 > 30.0, "the office's printer has no colour at the edge");
        let (page, field, photo) = reach(&Document { output: Output::PrintShop, ..document });
        let (width, height) = page.cut.unwrap();
        let [left, top] = [(page.width - width) / 2.0, (page.height - height) / 2.0];
        let one = |a: f64, b: f64| assert!((a - b).abs() < 0.01, "{a} is not {b}");
        one(field.1, top - bleed);
        if edition == Edition::Standard {
            one(field.0, left - bleed);
            one(field.2, width + 2.0 * bleed);
            one(photo.0, left - bleed);
            one(photo.2, width + 2.0 * bleed);
        } else {
            one(field.0 + field.2, left + width + bleed);
            one(field.3, height + 2.0 * bleed);
        }
    }
}

#[test]
fn the_companys_mark_stands_before_the_name_in_every_design() {
    let mark: std::sync::Arc<[u8]> = press::emblem(&picture(300, 200)).unwrap().into();
    for design in DESIGNS {
        for edition in [Edition::Standard, Edition::Upright] {
            let mut document = Document { page_numbers: false, ..rich() }.edition(edition);
            (document.look.design, document.emblem) = (design, Some(mark.clone()));
            let pages = lay(&document, faces()).unwrap().pages;
            let picture = pages[0].marks.iter().find_map(|mark| match mark {
                Mark::Picture(picture) => Some(picture.clone()),
                _ => None,
            });
            let picture = picture.unwrap();
            let shape = picture.height / picture.width;
            assert!((shape - 2.0 / 3.0).abs() < 1e-6, "{} keeps its shape: {shape}", design.name);
            let name = pages[0].lines().find(|line| line.letters() == "縁").unwrap();
            let before = if edition == Edition::Upright {
                name.y >= picture.y + picture.height
            } else {
                name.x >= picture.x + picture.width
            };
            assert!(before, "{} {edition:?}", design.name);
            let pdf = print(&document, faces()).unwrap().pdf;
            let figures: Vec<_> = elements(&pdf).into_iter().filter(|it| it.kind == "Figure").collect();
            assert_eq!(figures[0].alt.as_deref(), Some(document.author.as_str()));
        }
    }
}

#[test]
fn a_place_of_every_block_is_told_where_its_words_stand() {
    for output in [Output::Office, Output::PrintShop, Output::Folded] {
        for edition in [Edition::Standard, Edition::Upright] {
            let document = Document { output, page_numbers: false, ..rich() }.edition(edition);
            let laid = lay(&document, faces()).unwrap();
            for page in &laid.pages {
                for line in page.lines() {
                    let Some(part) = line.part else { continue };
                    let block = laid.parts[part].block;
                    let (x, y) =
                        if line.is_upright { (line.x, line.y + 1.0) } else { (line.x + 1.0, line.y - 1.0) };
                    let holds = page.places.iter().any(|it| {
                        it.block == block
                            && x > it.x - 1.0
                            && x < it.x + it.width + 1.0
                            && y > it.y - 1.0
                            && y < it.y + it.height + 9.0
                    });
                    assert!(holds, "{output:?} {edition:?} {} at {x} {y}", line.letters());
                }
            }
            let told: std::collections::BTreeSet<usize> =
                laid.pages.iter().flat_map(|page| &page.places).map(|place| place.block).collect();
            assert_eq!(told.len(), document.blocks.len());
        }
    }
}

#[test]
fn a_piece_in_another_language_says_so_and_is_set_by_its_rules() {
    let english = "Congratulations to everybody who contributed to this extraordinary certification, and \
        particularly to those who had prepared the documentation throughout many uncomfortable weekends.";
    let block = Block::Paragraph(english.to_owned());
    let in_english = document(vec![
        Block::Paragraph("日本語。".to_owned()),
        Block::In(press::Lang::En, Box::new(block.clone())),
    ]);
    let hyphens = |document: &Document| {
        let pages = lay(document, faces()).unwrap().pages;
        let lines: Vec<String> = pages[0].lines().map(Text::letters).collect();
        lines.iter().filter(|line| line.ends_with(['-', '\u{ad}', '‐'])).count()
    };
    assert!(hyphens(&in_english) > 0);
    assert_eq!(hyphens(&document(vec![block])), 0);
    let pdf = print(&in_english, faces()).unwrap().pdf;
    let objects = lopdf::Document::load_mem(&pdf).unwrap();
    let in_tree = objects.objects.values().filter_map(|it| it.as_dict().ok()).filter(|it| {
        it.get(b"S").is_ok()
            && it.get(b"Lang").and_then(lopdf::Object::as_str).is_ok_and(|lang| lang == b"en")
    });
    assert_eq!(in_tree.count(), 1);
    assert!(in_english.plain().contains("Congratulations"));
}
