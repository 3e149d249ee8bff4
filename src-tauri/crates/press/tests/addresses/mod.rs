//! Labels and postcards: measured on the picture that poppler makes of them, against values typed here.

use press::{
    Addressed, Addressee, Block, Cards, Cells, Created, Document, Front, LabelSheet, Letters, Mark, Name,
    Page, Sheet, Text, cards, label_sheets, labels, letters,
};
use std::{
    io::Write,
    process::{Command, Stdio},
};

use crate::{copied, faces, reader::read, structure::elements, without_blanks};

pub const CREATED: Created = Created { year: 2026, month: 11, day: 21, hour: 9, minute: 0, second: 0 };
/// Dots in a millimetre of the pictures: 508 dots an inch.
pub const DOTS: f64 = 20.0;

pub fn to(postal: &str, lines: &[&str], firm: &[&str], names: &[(&str, &str)]) -> Addressee {
    let all = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect();
    Addressee {
        postal: postal.into(),
        lines: all(lines),
        firm: all(firm),
        names: names.iter().map(|&(family, given)| name(family, given, "")).collect(),
        honorific: "様".into(),
    }
}

fn name(family: &str, given: &str, former: &str) -> Name {
    Name { family: family.into(), given: given.into(), former: former.into() }
}

pub fn from() -> Addressee {
    let firm = ["株式会社 青葉食品", "総務部"];
    let lines = ["仙台市若林区卸町東1-2-3"];
    Addressee { honorific: String::new(), ..to("984-0002", &lines, &firm, &[]) }
}

/// Names and addresses that have been seen to go wrong.
pub fn hard() -> Vec<Addressee> {
    vec![
        to("980-0811", &["宮城県仙台市青葉区一番町2-10-5"], &[], &[("𠮷田", "誠")]),
        to(
            "983-0852",
            &["宮城県仙台市宮城野区榴岡4-1-1", "メゾン・ド・ルミエール榴岡公園 1205号室"],
            &[],
            &[("髙橋", "美咲")],
        ),
        to(
            "604-8005",
            &["京都府京都市中京区河原町通三条下る二丁目山崎町251番地"],
            &[],
            &[("渡邊\u{e0101}", "邉太郎左衛門")],
        ),
        to(
            "060-0811",
            &["北海道札幌市北区北十一条西五丁目1番25号", "北海道大学連携産業技術総合研究棟 4階 B-402"],
            &["独立行政法人 北海道農林水産食品加工技術研究センター", "品質保証・衛生管理推進本部 第二検査課"],
            &[("葛\u{e0100}城", "雄一郎")],
        ),
        to(
            "810-0001",
            &["福岡県福岡市中央区天神1-8-1", "天神パークタワー 28F"],
            &[],
            &[("佐々木", "健一"), ("佐々木", "涼子"), ("佐々木", "はなこ")],
        ),
        to("1600023", &["東京都新宿区西新宿2-8-1"], &[], &[("O'Brien", "Sean Patrick")]),
        to("321-0945", &["栃木県宇都宮市宿郷1丁目2番3-405号"], &[], &[("", "一")]),
        to(
            "",
            &["沖縄県島尻郡渡嘉敷村字渡嘉敷"],
            &[],
            &[("勅使河原", "小百合"), ("神\u{fe00}宮寺", "龍之介")],
        ),
        Addressee {
            honorific: "御中".into(),
            ..to(
                "983-0852",
                &["宮城県仙台市宮城野区榴岡4-1-1"],
                &["株式会社 北斗商事"],
                &[("", "仙台営業所総務部")],
            )
        },
        Addressee {
            honorific: "各位".into(),
            ..to(
                "983-0852",
                &["宮城県仙台市宮城野区榴岡4-1-1"],
                &["一般社団法人"],
                &[("", "東北農林水産食品加工技術協会")],
            )
        },
        Addressee {
            names: vec![name("山田", "花子", "（旧姓 鈴木）")],
            ..to("980-0811", &["宮城県仙台市青葉区一番町2-10-5", "メゾン榴岡 203号室"], &[], &[])
        },
        Addressee {
            names: vec![
                name("佐々木", "健一", ""),
                name("佐々木", "涼子", "（旧姓 邊見）"),
                name("𠮷田", "はなこ", "（旧姓 勅使河原）"),
            ],
            ..to("602-8062", &["京都府京都市上京区堀川通出水上る東入桝屋町28番地"], &[], &[])
        },
        Addressee {
            names: vec![name("Fitzgerald", "Mary", "(née O'Brien)")],
            ..to("1600023", &["東京都新宿区西新宿2-8-1"], &[], &[])
        },
    ]
}

fn labels_of(to: &[Addressee], sheet: &LabelSheet, used: usize, outlined: bool) -> Addressed {
    labels(
        &Cells {
            title: "ラベル", author: "青葉食品", created: CREATED, sheet, used, outlined, of: to
        },
        faces(),
    )
    .unwrap()
}

fn cards_of(to: &[Addressee], outlined: bool) -> Addressed {
    let from = &from();
    cards(
        &Cards {
            title: "はがき",
            author: "青葉食品",
            created: CREATED,
            front: Front::Postcard,
            is_level: false,
            from,
            outlined,
            to,
        },
        faces(),
    )
    .unwrap()
}

/// A picture of a page in greys.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub dots: Vec<u8>,
}

/// The first page as poppler draws it.
pub fn drawn(pdf: &[u8]) -> Picture {
    let resolution = (DOTS * 25.4).to_string();
    let mut poppler = Command::new("pdftoppm");
    poppler.args(["-r", &resolution, "-gray", "-f", "1", "-l", "1", "-"]).stdin(Stdio::piped());
    let mut poppler = poppler.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    poppler.stdin.take().unwrap().write_all(pdf).unwrap();
    let out = poppler.wait_with_output().unwrap();
    assert!(out.stderr.is_empty(), "{}", String::from_utf8_lossy(&out.stderr));
    let mut head = out.stdout.splitn(4, |byte| byte.is_ascii_whitespace());
    assert_eq!(head.next(), Some(&b"P5"[..]));
    let number = |part: Option<&[u8]>| String::from_utf8_lossy(part.unwrap()).parse::<usize>().unwrap();
    let (width, height) = (number(head.next()), number(head.next()));
    let rest = head.next().unwrap();
    Picture { width, height, dots: rest[rest.len() - width * height..].to_vec() }
}

impl Picture {
    /// Leaves what is so many millimetres from the left.
    pub fn crop(&mut self, width: f64) {
        let width = (width * DOTS) as usize;
        self.dots = self.dots.chunks(self.width).flat_map(|row| row[..width].to_vec()).collect();
        self.width = width;
    }

    pub fn dark(&self, x: usize, y: usize) -> bool {
        self.dots[y * self.width + x] < 200
    }

    /// The runs of columns (or rows) within a part of the picture, in millimetres, that `holds` says are inked.
    pub fn runs(&self, length: usize, holds: impl Fn(usize) -> bool) -> Vec<(f64, f64)> {
        let mut runs: Vec<(f64, f64)> = Vec::new();
        let mut open = None;
        for at in 0..=length {
            match (open, at < length && holds(at)) {
                (None, true) => open = Some(at),
                (Some(from), false) => {
                    runs.push((from as f64 / DOTS, at as f64 / DOTS));
                    open = None;
                }
                _ => {}
            }
        }
        runs
    }

    /// Where whole columns are inked over more than half of the rows: upright lines. Their middles, in millimetres.
    pub fn upright_lines(&self) -> Vec<f64> {
        let inked = |x: usize| (0..self.height).filter(|&y| self.dark(x, y)).count() * 2 > self.height;
        self.runs(self.width, inked).into_iter().map(|(from, to)| (from + to) / 2.0).collect()
    }

    pub fn level_lines(&self) -> Vec<f64> {
        let inked = |y: usize| (0..self.width).filter(|&x| self.dark(x, y)).count() * 2 > self.width;
        self.runs(self.height, inked).into_iter().map(|(from, to)| (from + to) / 2.0).collect()
    }
}

pub fn near(found: &[f64], expected: &[f64], within: f64) {
    assert_eq!(found.len(), expected.len(), "{found:?} for {expected:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= within, "{found} mm is not {expected} mm");
    }
}

#[test]
fn the_cells_of_a_label_sheet_stand_where_its_maker_cuts_them() {
    // エーワン 72212: 86.4 × 42.3 mm, 18.6 mm from the left, 21.2 mm from above. エーワン 72224: 66 × 33.9, 6, 12.9.
    // エーワン 72210: 86.4 × 50.8.
    for (id, across, down) in [
        ("a4-12", vec![18.6, 105.0, 191.4], vec![21.2, 63.5, 105.8, 148.1, 190.4, 232.7, 275.0]),
        (
            "a4-24",
            vec![6.0, 72.0, 138.0, 204.0],
            vec![12.9, 46.8, 80.7, 114.6, 148.5, 182.4, 216.3, 250.2, 284.1],
        ),
        ("a4-10", vec![18.6, 105.0, 191.4], vec![21.2, 72.0, 122.8, 173.6, 224.4, 275.2]),
    ] {
        let sheet = label_sheets().into_iter().find(|sheet| sheet.id == id).unwrap();
        let blank = to("", &[], &[], &[]);
        let picture = drawn(&labels_of(&[blank], &sheet, 0, true).print(faces()).unwrap().pdf);
        near(&picture.upright_lines(), &across, 0.1);
        near(&picture.level_lines(), &down, 0.1);
    }
}

#[test]
fn labels_go_on_at_the_first_that_is_free_and_stay_in_their_cells() {
    for sheet in label_sheets() {
        let mut to = hard();
        to.truncate(4);
        let used = sheet.faces() - 2;
        let laid = labels_of(&to, &sheet, used, false).laid;
        assert_eq!(laid.pages.len(), 2, "{}", sheet.id);
        assert_eq!(laid.missing, []);
        for (page, first) in laid.pages.iter().zip([used, 0]) {
            // The label that each line stands on, by the middle of the line.
            let faces: Vec<usize> = page.lines().map(|line| cell(&sheet, line)).collect();
            let (low, high) = (faces.iter().min().unwrap(), faces.iter().max().unwrap());
            assert_eq!((*low, *high), (first, first + 1), "{}", sheet.id);
        }
    }
}

/// The label that all of a line stands on.
fn cell(sheet: &LabelSheet, line: &Text) -> usize {
    let mm = |points: f64| points * 25.4 / 72.0;
    let (left, right) = (mm(line.x), mm(line.x + line.width));
    let (top, bottom) = (mm(line.y - 0.88 * line.size), mm(line.y + 0.12 * line.size));
    let holds = |face: &usize| {
        let x = sheet.left + sheet.pitch_x * (face % sheet.columns) as f64;
        let y = sheet.top + sheet.pitch_y * (face / sheet.columns) as f64;
        left >= x - 0.01
            && right <= x + sheet.width + 0.01
            && top >= y - 0.01
            && bottom <= y + sheet.height + 0.01
    };
    (0..sheet.faces())
        .find(holds)
        .unwrap_or_else(|| panic!("{} is on no label of {}", line.letters(), sheet.id))
}

#[test]
fn the_figures_of_the_postal_code_stand_in_the_boxes_of_the_card() {
    // An 8 is as broad above as below, and at the left as at the right.
    let card = cards_of(&[to("888-8888", &[], &[], &[])], false);
    let picture = drawn(&card.print(faces()).unwrap().pdf);
    let rows = (11.0 * DOTS) as usize..(21.0 * DOTS) as usize;
    let runs = picture.runs(picture.width, |x| rows.clone().any(|y| picture.dark(x, y)));
    let middles: Vec<f64> = runs.iter().map(|(from, to)| (from + to) / 2.0).collect();
    near(&middles, &[47.15, 54.15, 61.15, 68.75, 75.55, 82.35, 89.15], 0.2);
    let down = picture.runs((30.0 * DOTS) as usize, |y| (0..picture.width).any(|x| picture.dark(x, y)));
    near(&down.iter().map(|(from, to)| (from + to) / 2.0).collect::<Vec<_>>(), &[16.0], 0.2);
    // And the boxes of a test sheet, as the post has them: 5.7 × 8.0 mm, 12.0 mm from above, 8.0 mm from the right.
    let blank = to("", &[], &[], &[]);
    let picture = drawn(&cards_of(&[blank], true).print(faces()).unwrap().pdf);
    let row = (12.0 * DOTS) as usize;
    let boxes = picture.runs(picture.width, |x| picture.dark(x, row));
    let edges: Vec<f64> = boxes.iter().flat_map(|&(from, to)| [from, to]).collect();
    let lefts = [44.3, 51.3, 58.3, 65.9, 72.7, 79.5, 86.3];
    near(&edges, &lefts.into_iter().flat_map(|left| [left, left + 5.7]).collect::<Vec<_>>(), 0.2);
}

/// The room a line takes, in millimetres: left, top, right, bottom.
pub fn room(line: &Text) -> [f64; 4] {
    let Text { x, y, width, size, .. } = *line;
    let points = if line.is_upright {
        [x - size / 2.0, y, x + size / 2.0, y + width]
    } else if line.is_turned {
        [x - width, y - 0.12 * size, x, y + 0.88 * size]
    } else {
        [x, y - 0.88 * size, x + width, y + 0.12 * size]
    };
    points.map(|points| points * 25.4 / 72.0)
}

pub fn meet(page: &Page) -> Vec<String> {
    let lines: Vec<&Text> = page.lines().collect();
    let mut met = Vec::new();
    for (at, one) in lines.iter().enumerate() {
        let [left, top, right, bottom] = room(one);
        for other in &lines[at + 1..] {
            let [l, t, r, b] = room(other);
            if left < r - 0.05 && l < right - 0.05 && top < b - 0.05 && t < bottom - 0.05 {
                met.push(format!("{} and {}", one.letters(), other.letters()));
            }
        }
    }
    met
}

#[test]
fn on_no_card_and_no_label_does_anything_meet_or_run_over_or_grow_too_small() {
    let to = hard();
    let card = cards_of(&to, false);
    assert_eq!(card.laid.missing, []);
    assert_eq!(card.tight, [0; 0]);
    for (page, to) in card.laid.pages.iter().zip(&to) {
        assert_eq!(meet(page), [""; 0]);
        let whole = without_blanks(&page.lines().map(Text::letters).collect::<String>());
        for Name { family, given, former } in &to.names {
            assert!(whole.contains(&without_blanks(family)), "{whole}");
            assert!(whole.contains(&without_blanks(&format!("{former}{given}{}", to.honorific))), "{whole}");
        }
        for line in page.lines() {
            let [left, top, right, bottom] = room(line);
            assert!(
                left >= 5.0 - 0.1 && right <= 95.1 && top >= 5.0 && bottom <= 143.0,
                "{}",
                line.letters()
            );
            assert!(line.size >= 7.0 - 0.01, "{} in {} points", line.letters(), line.size);
        }
    }
    for sheet in label_sheets().iter().filter(|sheet| sheet.height > 38.0) {
        let label = labels_of(&to, sheet, 0, false);
        assert_eq!(label.tight, [0; 0], "{}", sheet.id);
        for page in &label.laid.pages {
            assert_eq!(meet(page), [""; 0], "{}", sheet.id);
            assert!(page.lines().map(|line| cell(sheet, line)).all(|face| face < sheet.faces()));
            assert!(page.lines().all(|line| line.size >= 7.0 - 0.01));
        }
    }
}

#[test]
fn a_former_family_name_stands_small_behind_the_family_name_and_never_meets_what_follows() {
    let at = |page: &Page, said: &str| {
        let mut lines = page.lines().filter(|line| without_blanks(&line.letters()) == said);
        let line = lines.next().unwrap_or_else(|| panic!("{said}"));
        assert!(lines.next().is_none(), "{said}");
        (line.x, line.y, line.width, line.size)
    };
    let mut people = hard();
    people.retain(|to| to.names.iter().any(|name| name.former.contains("旧姓")));
    let card = cards_of(&people, false);
    let (one, three) = (&card.laid.pages[0], &card.laid.pages[1]);
    // Upright and level with the name: on its axis, between 姓 and 名, six tenths as large.
    let [family, former, given] = ["山田", "（旧姓鈴木）", "花子"].map(|said| at(one, said));
    assert!((former.0 - family.0).abs() < 0.01 && (former.0 - given.0).abs() < 0.01);
    assert!(family.1 + family.2 <= former.1 + 0.01 && former.1 + former.2 <= given.1 + 0.01);
    assert!((former.3 / family.3 - 0.6).abs() < 0.001 && former.3 >= 8.0, "{} points", former.3);
    // Of several each has its own, and all 名 begin at one height; 佐々木 is said once.
    let givens = ["健一", "涼子", "はなこ"].map(|said| at(three, said));
    assert!(givens.iter().all(|given| (given.1 - givens[0].1).abs() < 0.01));
    let formers = ["（旧姓邊見）", "（旧姓勅使河原）"].map(|said| at(three, said));
    for (former, given) in formers.iter().zip(&givens[1..]) {
        assert!((former.0 - given.0).abs() < 0.01 && former.1 + former.2 <= given.1 + 0.01);
    }
    at(three, "佐々木");
    // On a label that is too small for it, it does not shrink below what is legible.
    for sheet in label_sheets() {
        let label = labels_of(&people, &sheet, 0, false);
        assert!(
            label.laid.pages.iter().flat_map(Page::lines).all(|line| line.size >= 7.0 - 0.01),
            "{}",
            sheet.id
        );
    }
}

#[test]
fn an_address_too_long_for_its_label_is_reported_and_nothing_of_it_is_lost() {
    let long = "宮城県仙台市青葉区".to_owned() + &"一番町二丁目十番五号".repeat(12);
    let too_long = to("980-0811", &[&long], &["株式会社".repeat(20).as_str()], &[("佐藤", "誠")]);
    let sheet = &label_sheets()[1];
    let label = labels_of(&[hard()[0].clone(), too_long.clone()], sheet, 0, false);
    assert_eq!(label.tight, [1]);
    assert!(without_blanks(&copied(&label.print(faces()).unwrap().pdf)).contains(&long));
    let longer = to("980-0811", &[&long.repeat(4)], &[], &[("佐藤", "誠")]);
    let names = vec![name("Fitzgerald", "Mary Elizabeth", "(née Cholmondeley)")];
    let named = Addressee { names, ..hard()[0].clone() };
    assert_eq!(cards_of(&[longer, named], false).tight, [0, 1]);
}

#[test]
fn a_letter_that_no_face_has_is_told_with_the_name() {
    let strange = to("980-0811", &["仙台市青葉区一番町1"], &[], &[("\u{e000}田", "誠")]);
    for laid in [
        labels_of(std::slice::from_ref(&strange), &label_sheets()[0], 0, false).laid,
        cards_of(&[strange], false).laid,
    ] {
        assert_eq!(laid.missing.iter().map(|it| it.letter.as_str()).collect::<Vec<_>>(), ["\u{e000}"]);
    }
}

#[test]
fn one_more_of_the_same_gives_the_same_bytes() {
    let pdf = || cards_of(&hard(), true).print(faces()).unwrap().pdf;
    assert_eq!(pdf(), pdf());
    assert!(
        cards_of(&hard(), true)
            .laid
            .pages
            .iter()
            .all(|page| page.marks.iter().any(|mark| matches!(mark, Mark::Bar(_))))
    );
}

fn letters_of(to: &[Addressee]) -> Addressed {
    let text = "秋も深まってまいりました。お変わりなくお過ごしでしょうか。";
    let blocks = vec![Block::Paragraph("拝啓".into()), Block::Paragraph(text.into())];
    let letter = &Document {
        sheet: Sheet::folded_in_three(),
        page_numbers: false,
        blocks,
        ..crate::document(Vec::new())
    };
    let from = &["令和8年11月21日".to_owned(), "株式会社 青葉食品".to_owned()];
    letters(&Letters { letter, from, to }, faces()).unwrap()
}

#[test]
fn every_letter_bears_its_own_address_in_the_window_and_the_same_words_below() {
    let to = hard();
    let letter = letters_of(&to);
    assert_eq!((letter.tight.as_slice(), letter.laid.missing.as_slice()), (&[][..], &[][..]));
    for page in &letter.laid.pages {
        for line in page.lines() {
            // Folded in three, the first third is 99 mm high; a window shows what is about 20 to 105 mm from the left.
            let [left, top, right, bottom] = room(line);
            assert!(left >= 20.0 && right <= 108.0 && top >= 17.0 && bottom <= 57.0, "{}", line.letters());
        }
    }
    let pdf = letter.print(faces()).unwrap().pdf;
    let shown = read(&pdf);
    for (at, to) in to.iter().enumerate() {
        let page: String =
            shown.iter().filter(|glyph| glyph.page == at).map(|glyph| glyph.text.as_str()).collect();
        let page = without_blanks(&page);
        assert!(
            page.contains("お変わりなくお過ごしでしょうか") && page.contains("令和8年11月21日"),
            "{page}"
        );
        assert!(page.contains(&without_blanks(&to.names[0].given)), "{page}");
        assert_eq!(page.matches(&to.honorific).count(), to.names.len());
    }
    // The address is read first, then who sends, then the letter; in every copy.
    let read: Vec<String> = elements(&pdf).into_iter().map(|element| without_blanks(&element.text)).collect();
    let spoken: Vec<&String> = read.iter().filter(|text| !text.is_empty()).collect();
    assert_eq!(spoken.len(), 4 * to.len());
    assert!(spoken[0].contains("吉田") || spoken[0].contains("𠮷田"), "{spoken:?}");
    assert!(
        spoken[1].starts_with("令和8年") && spoken[2] == "拝啓" && spoken[4].contains("髙橋"),
        "{spoken:?}"
    );
}

#[test]
fn what_is_common_to_letters_is_written_once() {
    let many: Vec<Addressee> = hard().into_iter().cycle().take(400).collect();
    let size = |to: &[Addressee]| letters_of(to).print(faces()).unwrap().pdf.len();
    let a_page = (size(&many) - size(&many[..200])) / 200;
    assert!(a_page <= 650, "{a_page} bytes a page");
}
