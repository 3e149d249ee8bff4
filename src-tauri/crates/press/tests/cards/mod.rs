//! Both sides of postcards, 往復はがき, envelopes, name tags, and what the printer gets: measured on the picture that
//! poppler makes of them, against values typed here.

use press::{
    Addressed, Addressee, Backs, Badge, Cards, Cells, Double, Doubles, Front, LabelSheet, Message, Page,
    Replies, Reply, ReplyField, Run, Text, Trial, backs, badge_sheets, badges, cards, doubles, replies, run,
    trial,
};

use crate::{
    addresses::{CREATED, DOTS, Picture, drawn, from, hard, meet, near, room, to},
    copied, faces,
    structure::elements,
    without_blanks,
};

pub fn office() -> Addressee {
    let to = to("984-0002", &["仙台市若林区卸町東1-2-3"], &[], &[("", "青葉食品株式会社 総務部 同窓会係")]);
    Addressee { honorific: "行".into(), ..to }
}

pub fn reply() -> Reply {
    let field = |name: &str, rows: u8, ticks: &[&str]| ReplyField {
        name: name.into(),
        rows,
        ticks: ticks.iter().map(|&tick| tick.to_owned()).collect(),
    };
    Reply {
        heading: "第12回 青葉食品 OB・OG会".into(),
        lines: vec![
            "令和9年2月20日（土）正午　仙台国際ホテル".into(),
            "1月31日（日）までにご投函ください。".into(),
        ],
        answers: vec!["ご出席".into(), "ご欠席".into()],
        how: "どちらかを○で囲んでください。".into(),
        fields: vec![
            field("お名前", 1, &[]),
            field("ご同伴者", 1, &[]),
            field("ご住所（変わった方）", 2, &[]),
            field("近況", 3, &["名前も載せてよい", "匿名で", "載せない"]),
        ],
        seal: "この枠に、個人情報保護シールを貼れます。".into(),
        code: "整理番号".into(),
    }
}

pub fn message(name: &str) -> Message {
    Message {
        heading: "第12回 青葉食品 OB・OG会のご案内".into(),
        paragraphs: vec![
            "拝啓".into(),
            format!("晩秋の候、{name}様にはますますご清祥のこととお慶び申し上げます。"),
            "さて、今年も皆さまをお招きして、下記のとおりOB・OG会を開きます。ご多用とは存じますが、久しぶりにお顔を見せていただければ幸いです。".into(),
            "敬具".into(),
            "日時　令和9年2月20日（土）正午から".into(),
            "会場　仙台国際ホテル 2階「桜の間」".into(),
            "会費　8,000円".into(),
        ],
        closing: vec!["令和8年11月".into(), "青葉食品株式会社".into()],
    }
}

fn doubles_of(to: &[Double], is_level: bool, outlined: bool) -> (Addressed, Addressed) {
    let (from, back_to, reply) = (&from(), &office(), &reply());
    let wanted = Doubles {
        title: "往復はがき",
        author: "青葉食品",
        created: CREATED,
        is_level,
        from,
        back_to,
        reply,
        outlined,
        to,
    };
    doubles(&wanted, faces()).unwrap()
}

fn doubles_to(to: Vec<Addressee>) -> Vec<Double> {
    let codes = ["4K7PA", "9M2XC", "T3RWD", "HJ6YE", "8N5VF", "C2QKG", "PX94H", "W7T3K"];
    to.into_iter()
        .zip(codes)
        .map(|(to, code)| Double { message: message(&to.names[0].given), to, code: code.into() })
        .collect()
}

/// A page with what stands below it.
fn whole(addressed: &Addressed, page: usize) -> Page {
    let mut page = addressed.laid.pages[page].clone();
    if let Some((layer, _)) = page.layer {
        page.marks.extend(addressed.laid.layers[layer].marks.clone());
    }
    page
}

fn wholes(addressed: &Addressed) -> Vec<Page> {
    (0..addressed.laid.pages.len()).map(|page| whole(addressed, page)).collect()
}

fn said(page: &Page) -> String {
    without_blanks(&page.lines().map(Text::letters).collect::<String>())
}

/// Nothing meets, nothing comes nearer to the paper's edge than `margin` mm, nothing is smaller than 7 points.
fn is_well_set(page: &Page, margin: f64) {
    assert_eq!(meet(page), [""; 0]);
    let (width, height) = (page.width * 25.4 / 72.0, page.height * 25.4 / 72.0);
    for line in page.lines() {
        let [left, top, right, bottom] = room(line);
        assert!(
            left >= margin - 0.1
                && top >= margin - 0.1
                && right <= width - margin + 0.1
                && bottom <= height - margin + 0.1,
            "{} stands at {:?} on {width} × {height}",
            line.letters(),
            room(line)
        );
        assert!(line.size >= 7.0 - 0.01, "{} in {} points", line.letters(), line.size);
    }
}

/// The middles of the inked columns between two heights, in millimetres.
fn columns(picture: &Picture, from: f64, until: f64) -> Vec<f64> {
    let rows = (from * DOTS) as usize..(until * DOTS) as usize;
    let runs = picture.runs(picture.width, |x| rows.clone().any(|y| picture.dark(x, y)));
    runs.into_iter().map(|(from, to)| (from + to) / 2.0).collect()
}

/// The middles of the seven boxes on a card of the post: computed from its published gaps.
const DIGITS: [f64; 7] = [47.15, 54.15, 61.15, 68.75, 75.55, 82.35, 89.15];

#[test]
fn both_sides_of_a_reply_postcard_lie_as_the_post_folds_it() {
    // Not folded it is 200 × 148 mm. The side outside has the address at the left and the answer at the right; the
    // side inside has the office's address at the left, so that it lies behind the answer, and the message at the right.
    let eights = to("888-8888", &[], &[], &[]);
    let blank = Double { to: eights.clone(), ..Double::default() };
    let (from, empty) = (&Addressee::default(), &Reply::default());
    let wanted = Doubles {
        title: "",
        author: "",
        created: CREATED,
        is_level: false,
        from,
        back_to: &eights,
        reply: empty,
        outlined: false,
        to: &[blank],
    };
    let (out, inside) = doubles(&wanted, faces()).unwrap();
    for side in [out, inside] {
        let picture = drawn(&side.print(faces()).unwrap().pdf);
        let size = [picture.width, picture.height].map(|dots| dots as f64 / DOTS);
        near(&size, &[200.0, 148.0], 0.1);
        near(&columns(&picture, 11.0, 21.0), &DIGITS, 0.2);
    }
    let (out, inside) = doubles_of(&doubles_to(hard()), false, true);
    for side in [&out, &inside] {
        assert!(!side.is_crowded);
        assert_eq!((side.tight.as_slice(), side.laid.missing.as_slice()), (&[][..], &[][..]));
    }
    let crease = |side: Addressed| drawn(&side.print(faces()).unwrap().pdf).upright_lines();
    near(&crease(out), &[100.0], 0.1);
    near(&crease(inside), &[100.0], 0.1);
}

#[test]
fn each_half_of_a_reply_postcard_bears_its_own_words_and_the_same_sheet_the_same_person() {
    for is_level in [false, true] {
        let to = doubles_to(hard());
        let (out, inside) = doubles_of(&to, is_level, false);
        assert_eq!(
            (&out.tight, out.is_crowded, inside.is_crowded),
            (&vec![], false, false),
            "level: {is_level}"
        );
        for (at, one) in to.iter().enumerate() {
            let (out, inside) = (whole(&out, at), whole(&inside, at));
            is_well_set(&out, 5.0);
            is_well_set(&inside, 5.0);
            let half = |page: &Page, right: bool| {
                let mut half = page.clone();
                half.marks.retain(|mark| match mark {
                    press::Mark::Text(text) => (room(text)[0] >= 100.0) == right,
                    _ => false,
                });
                assert!(half.lines().all(|line| right || room(line)[2] <= 100.0));
                said(&half)
            };
            let name = without_blanks(&one.to.names[0].given);
            assert!(half(&out, false).contains(&name) && !half(&out, true).contains(&name));
            let answer = half(&out, true);
            assert!(answer.contains("ご出席") && answer.contains(&one.code) && answer.contains("載せない"));
            let back = half(&inside, false);
            assert!(back.contains("同窓会係行") && !back.contains('様'), "{back}");
            assert!(half(&inside, true).contains(&format!("{name}様には")));
        }
    }
    // What all get is written once; what differs is not.
    let mut same = doubles_to(hard());
    same.iter_mut().for_each(|one| one.message = message("皆"));
    let (out, inside) = doubles_of(&same, false, false);
    assert_eq!((out.laid.layers.len(), inside.laid.layers.len()), (1, 1));
    let text = without_blanks(&copied(&inside.print(faces()).unwrap().pdf));
    assert_eq!(text.matches("皆様には").count(), same.len());
}

/// Code 39 as ISO/IEC 16388 prints it: nine elements, bar and space by turns, 1 for a wide one.
const CODE_39: [(char, &str); 12] = [
    ('*', "010010100"),
    ('4', "000110001"),
    ('7', "000100101"),
    ('9', "001100100"),
    ('2', "001100001"),
    ('A', "100001001"),
    ('C', "101001000"),
    ('K', "100000011"),
    ('M', "101000010"),
    ('P', "001010010"),
    ('X', "010010001"),
    ('Z', "011010000"),
];

/// What a scanner types that looks along a row of the picture.
fn scanned(picture: &Picture, y: f64) -> (String, f64) {
    let row = (y * DOTS) as usize;
    let runs = picture.runs(picture.width, |x| picture.dark(x, row));
    let narrow = runs.iter().map(|(from, to)| to - from).fold(f64::MAX, f64::min);
    let mut widths: Vec<f64> = Vec::new();
    for pair in runs.windows(2) {
        widths.extend([pair[0].1 - pair[0].0, pair[1].0 - pair[0].1]);
    }
    widths.extend(runs.last().map(|(from, to)| to - from));
    let wide = |width: &f64| if *width > 1.75 * narrow { '1' } else { '0' };
    // Nine elements a letter, and a space to the next.
    let letters = widths.chunks(10).map(|letter| letter.iter().take(9).map(wide).collect::<String>());
    let known =
        |found: String| CODE_39.iter().find(|(_, known)| *known == found).map_or('?', |(letter, _)| *letter);
    (letters.map(known).collect(), narrow)
}

#[test]
fn the_code_of_an_answer_is_read_by_a_scanner_and_by_the_eye() {
    let codes = ["4K7PA".to_owned(), "9M2XC".to_owned()];
    let wanted = |codes: &[String]| {
        replies(&Replies { title: "", author: "", created: CREATED, reply: &reply(), codes }, faces())
            .unwrap()
    };
    for code in &codes {
        let card = wanted(std::slice::from_ref(code));
        is_well_set(&whole(&card, 0), 5.0);
        let pdf = card.print(faces()).unwrap().pdf;
        assert!(copied(&pdf).contains(code));
        let mut picture = drawn(&pdf);
        near(&[picture.width as f64 / DOTS, picture.height as f64 / DOTS], &[100.0, 148.0], 0.1);
        // Left of the code as it is read; at 135 mm the bars stand alone.
        picture.crop(45.5);
        let (typed, narrow) = scanned(&picture, 133.0);
        assert_eq!(typed, format!("*{code}*"));
        // 0.25 mm are the least that scanners of an office read for certain, and both ends are blank for ten such bars.
        assert!((0.25..0.5).contains(&narrow), "{narrow}");
        let bars = picture.runs(picture.width, |x| picture.dark(x, (133.0 * DOTS) as usize));
        assert!(bars[0].0 >= 10.0 * narrow && bars.last().unwrap().1 + 10.0 * narrow < 46.5);
    }
    assert!(wanted(&["4k7p".to_owned()]).is_crowded, "small letters have no bars");
    assert_eq!(wanted(&codes).laid.layers.len(), 1);
}

fn fronts(front: Front, is_level: bool, to: &[Addressee], outlined: bool) -> Addressed {
    let from = &from();
    let cards_ = Cards { title: "", author: "", created: CREATED, front, is_level, from, outlined, to };
    cards(&cards_, faces()).unwrap()
}

#[test]
fn the_code_of_an_envelope_stands_in_its_boxes() {
    // The boxes end 8 mm from the right edge and begin 12 mm from above, on every envelope.
    for (front, width, height) in [(Front::Naga3, 120.0, 235.0), (Front::Kaku2, 240.0, 332.0)] {
        let picture =
            drawn(&fronts(front, false, &[to("888-8888", &[], &[], &[])], false).print(faces()).unwrap().pdf);
        near(&[picture.width as f64 / DOTS, picture.height as f64 / DOTS], &[width, height], 0.1);
        near(&columns(&picture, 11.0, 21.0), &DIGITS.map(|x| x + width - 100.0), 0.2);
    }
}

#[test]
fn on_no_envelope_and_no_level_card_does_anything_meet_or_run_over_or_grow_too_small() {
    for (front, is_level, margin) in [
        (Front::Postcard, false, 5.0),
        (Front::Postcard, true, 5.0),
        (Front::Naga3, false, 8.0),
        (Front::Naga3, true, 8.0),
        (Front::Kaku2, false, 8.0),
        (Front::Kaku2, true, 8.0),
    ] {
        let mut to = hard();
        to.push(Addressee { honorific: "御中".into(), ..office() });
        let card = fronts(front, is_level, &to, false);
        assert_eq!((card.tight.as_slice(), card.laid.missing.as_slice()), (&[][..], &[][..]), "{front:?}");
        for (page, to) in card.laid.pages.iter().zip(&to) {
            is_well_set(page, margin);
            let said = said(page);
            assert!(
                to.names
                    .iter()
                    .all(|name| said.contains(&without_blanks(&format!("{}{}", name.former, name.given)))),
                "{said}"
            );
            // Upright figures are written in kanji, level ones as they were typed.
            let typed = to.lines.concat().contains("2-10-5");
            assert!(!typed || said.contains(if is_level { "2-10-5" } else { "二ー一〇ー五" }), "{said}");
        }
        let far = "宮城県仙台市青葉区一番町".repeat(700);
        assert_eq!(
            fronts(front, is_level, &[self::to("", &[&far], &[], &[("佐藤", "誠")])], false).tight,
            [0]
        );
    }
}

#[test]
fn a_message_shrinks_to_find_room_and_is_reported_where_it_would_grow_illegible() {
    for is_level in [false, true] {
        let of = |messages: &[Message]| {
            backs(&Backs { title: "", author: "", created: CREATED, is_level, messages }, faces()).unwrap()
        };
        let greeting = Message {
            heading: "謹賀新年".into(),
            paragraphs: vec![
                "旧年中は大変お世話になりました。".into(),
                "本年もよろしくお願い申し上げます。".into(),
            ],
            closing: vec!["令和9年 元旦".into(), "青葉食品株式会社".into()],
        };
        let mut long = message("葛\u{e0100}城");
        long.paragraphs.extend(["お近くにお越しの際は、ぜひお立ち寄りください。".repeat(3)]);
        let card = of(&[greeting.clone(), message("誠"), long.clone(), greeting]);
        assert_eq!((card.is_crowded, card.laid.layers.len()), (false, 3));
        for page in wholes(&card) {
            is_well_set(&page, 9.5);
        }
        let largest = |page: &Page| page.lines().map(|line| line.size).fold(0.0, f64::max);
        assert!(largest(&whole(&card, 0)) > 20.0 && largest(&whole(&card, 2)) < 15.0);
        long.paragraphs.push("長い。".repeat(400));
        assert!(of(&[long]).is_crowded);
    }
}

fn tags_of(sheet: &LabelSheet, badges_: &[Badge], outlined: bool) -> Addressed {
    let wanted = Cells { title: "", author: "", created: CREATED, sheet, used: 0, outlined, of: badges_ };
    badges(&wanted, faces()).unwrap()
}

#[test]
fn name_tags_stand_in_their_cells_and_their_names_are_read_across_a_table() {
    // エーワン 72110: ten of 91 × 55 mm, 14 mm from the left and 11 mm from above.
    let sheet = &badge_sheets()[0];
    let picture = drawn(&tags_of(sheet, &[Badge::default()], true).print(faces()).unwrap().pdf);
    near(&picture.upright_lines(), &[14.0, 105.0, 196.0], 0.1);
    near(&picture.level_lines(), &[11.0, 66.0, 121.0, 176.0, 231.0, 286.0], 0.1);
    let badge = |family: &str, given: &str| Badge {
        over: "第12回 青葉食品 OB・OG会".into(),
        kana: "さとう まこと".into(),
        name: format!("{family}　{given}"),
        under: vec!["平成10年〜令和3年　製造部・品質管理課".into(), "旧姓 勅使河原".into()],
    };
    let people = hard().into_iter().filter(|to| to.honorific == "様").flat_map(|to| to.names);
    let all: Vec<Badge> = people.map(|name| badge(&name.family, &name.given)).collect();
    for sheet in badge_sheets().into_iter().filter(|sheet| !sheet.is_folded) {
        let tags = tags_of(&sheet, &all, false);
        assert_eq!((tags.tight.as_slice(), tags.laid.missing.as_slice()), (&[][..], &[][..]));
        for page in &tags.laid.pages {
            assert_eq!(meet(page), [""; 0]);
            for line in page.lines() {
                let [left, top, right, bottom] = room(line);
                let cell = |at: f64, from: f64, pitch: f64| ((at - from) / pitch).floor();
                let whole = cell(left, sheet.left, sheet.pitch_x) == cell(right, sheet.left, sheet.pitch_x)
                    && cell(top, sheet.top, sheet.pitch_y) == cell(bottom, sheet.top, sheet.pitch_y);
                assert!(whole, "{} runs over", line.letters());
            }
        }
    }
    let endless = Badge { name: "ヴォルフガング".repeat(6), ..Badge::default() };
    assert_eq!(tags_of(sheet, &[endless], false).tight, [0]);
}

#[test]
fn table_cards_are_cut_and_folded_so_that_both_sides_of_the_table_read_the_name() {
    // Six of 90 × 92 mm on A4, 15 mm from the left and 10.5 mm from above; and four of 95 × 134 mm.
    for (id, left, top, wide, high, columns, rows) in
        [("tent-6", 15.0, 10.5, 90.0, 92.0, 2, 3), ("tent-4", 10.0, 14.5, 95.0, 134.0, 2, 2)]
    {
        let sheet = badge_sheets().into_iter().find(|sheet| sheet.id == id).unwrap();
        let badge = |to: Addressee| Badge {
            over: "3番卓".into(),
            kana: "さとう まこと".into(),
            name: format!("{}　{}", to.names[0].family, to.names[0].given),
            under: Vec::new(),
        };
        let all: Vec<Badge> = hard().into_iter().filter(|to| to.honorific == "様").map(badge).collect();
        let cards = tags_of(&sheet, &all, false);
        assert_eq!((cards.tight.as_slice(), cards.laid.missing.as_slice()), (&[][..], &[][..]));
        assert!(cards.laid.pages.iter().all(|page| meet(page).is_empty()));
        // Every line stands in its half, upright below the fold and on its head above it.
        for line in cards.laid.pages.iter().flat_map(Page::lines) {
            let [l, t, r, b] = room(line);
            let half = |at: f64| ((at - top) / (high / 2.0)).floor() as i32;
            assert_eq!((half(t), half(b)), (half(t), half(t)), "{}", line.letters());
            assert_eq!(line.is_turned, half(t) % 2 == 0, "{}", line.letters());
            assert_eq!(((l - left) / wide).floor(), ((r - left) / wide).floor(), "{}", line.letters());
        }
        // On paper the upper half is the lower one, turned about the middle of the fold.
        let pdf = cards.print(faces()).unwrap().pdf;
        let picture = drawn(&pdf);
        let at = |length: f64| (length * DOTS) as usize;
        let (middle, fold) = (left + wide / 2.0, top + high / 2.0);
        let (mut inked, mut differ) = (0, 0);
        for y in at(4.0)..at(high / 2.0 - 4.0) {
            for x in 0..at(wide / 2.0 - 4.0) {
                let below = picture.dark(at(middle) + x, at(fold) + y);
                let above = picture.dark(at(middle) - 1 - x, at(fold) - 1 - y);
                inked += usize::from(below);
                differ += usize::from(below != above);
            }
        }
        // The edges of letters fall between other dots.
        assert!(inked > 5000 && differ * 4 < inked, "{differ} of {inked}");
        // The strokes to cut along, outside at the left and above; the fold between them.
        let cuts = picture.runs(picture.height, |y| picture.dark(at(left - 4.0), y));
        let expected: Vec<f64> = (0..=rows).map(|nth| top + high * f64::from(nth)).collect();
        near(&cuts.iter().map(|(from, to)| (from + to) / 2.0).collect::<Vec<_>>(), &expected, 0.1);
        let cuts = picture.runs(picture.width, |x| picture.dark(x, at(top - 4.0)));
        let expected: Vec<f64> = (0..=columns).map(|nth| left + wide * f64::from(nth)).collect();
        near(&cuts.iter().map(|(from, to)| (from + to) / 2.0).collect::<Vec<_>>(), &expected, 0.1);
        let strokes = picture.runs(at(left + wide), |x| x > at(left) && picture.dark(x, at(fold)));
        assert!(strokes.len() >= 25, "{strokes:?}");
        // The name is there once for whoever has the paper read aloud, though it is printed twice.
        let spoken: String =
            elements(&pdf).into_iter().map(|element| without_blanks(&element.text)).collect();
        assert_eq!(spoken.matches("勅使河原").count(), 1, "{spoken}");
    }
}

#[test]
fn after_a_jam_the_rest_is_printed_and_moved_as_the_printer_needs_it() {
    let people: Vec<Addressee> =
        (0..80).map(|at| to("888-8888", &[], &[], &[("佐藤", &format!("{at}郎"))])).collect();
    let pdf = fronts(Front::Postcard, false, &people, false).print(faces()).unwrap().pdf;
    let rest = run(&pdf, &Run { pages: (40..80).collect(), right: 1.5, down: -2.0 }).unwrap();
    let text = without_blanks(&copied(&rest));
    assert_eq!(
        (text.matches('様').count(), text.contains("39"), text.contains("79")),
        (40, false, true),
        "{text}"
    );
    let picture = drawn(&rest);
    near(&columns(&picture, 9.0, 19.0), &DIGITS.map(|x| x + 1.5), 0.2);
    let down = picture.runs((30.0 * DOTS) as usize, |y| (0..picture.width).any(|x| picture.dark(x, y)));
    near(&down.iter().take(1).map(|(from, to)| (from + to) / 2.0).collect::<Vec<_>>(), &[14.0], 0.2);
    // Whom it leaves out is not in the file, and a printer may not shrink it.
    assert!(rest.len() < pdf.len());
    assert!(run(&pdf, &Run { pages: vec![80], right: 0.0, down: 0.0 }).is_err());
    // Layers are printed as well.
    let (out, _) = doubles_of(&doubles_to(hard()), false, false);
    let one = run(&out.print(faces()).unwrap().pdf, &Run { pages: vec![2], right: 0.0, down: 0.0 }).unwrap();
    let text = without_blanks(&copied(&one));
    assert!(text.contains("ご出席") && text.contains("T3RWD") && !text.contains("4K7PA"), "{text}");
}

#[test]
fn a_test_sheet_has_a_rule_of_a_hundred_millimetres_and_lines_twenty_from_the_edges() {
    let words = ["左の線は、紙の左端から20 mmです。".to_owned(), "目盛りの長さは100 mmです。".to_owned()];
    for front in [Some(Front::Postcard), Some(Front::Naga3), Some(Front::Kaku2), None] {
        let wanted = Trial { title: "試し刷り", author: "", created: CREATED, front, words: &words };
        let sheet = trial(&wanted, faces()).unwrap();
        is_well_set(&sheet.laid.pages[0], 5.0);
        let picture = drawn(&sheet.print(faces()).unwrap().pdf);
        let at = |mm: f64| (mm * DOTS) as usize;
        // The line from the left, seen above the rule; the one from above, seen left of it.
        let across = picture.runs(at(26.0), |x| picture.dark(x, at(30.0)));
        near(&across.iter().map(|(from, to)| (from + to) / 2.0).collect::<Vec<_>>(), &[20.0], 0.1);
        let down = picture.runs(at(60.0), |y| picture.dark(at(12.0), y));
        near(&down.iter().map(|(from, to)| (from + to) / 2.0).collect::<Vec<_>>(), &[20.0], 0.1);
        // Its strokes: the first and the last of a hundred and one are 100 mm from each other.
        let strokes = picture.runs(picture.height, |y| picture.dark(at(28.8), y));
        let strokes: Vec<f64> =
            strokes.iter().map(|(from, to)| (from + to) / 2.0).filter(|y| *y > 30.0).collect();
        assert_eq!(strokes.len(), 101);
        near(&[strokes[100] - strokes[0]], &[100.0], 0.1);
    }
}
