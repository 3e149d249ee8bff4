//! Printed paper, read back from the PDF and from the set pages.

mod addresses;
mod cards;
mod names;
mod paper;
mod reader;
mod sample;
mod structure;

use lopdf::Object;
use press::{Block, Crop, Family, Fault, Fonts, Ink, Lang, NameLine, Page, Sheet, Text, lay, print};
use reader::{Shown, read};
use sample::{boxes, document, fonts, newsletter, upright};

/// One opening of the faces serves all tests, as it serves all documents.
fn faces() -> &'static Fonts {
    static FACES: std::sync::OnceLock<Fonts> = std::sync::OnceLock::new();
    FACES.get_or_init(fonts)
}

const NEVER_FIRST: &str = "、。，．・：；？！」』）】〉》〕］ー々ゝゞヽヾ…‥—―％〜\
    ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)]}%";
const NEVER_LAST: &str = "「『（【〈《〔［([{";

/// Prose of all that is hard on a line's ends; the same for the same seed.
fn prose(seed: u64, phrases: usize) -> String {
    const PHRASES: [&str; 44] = [
        "六月、仙台工場が待望の認証を取得しました。",
        "「あの頃の帳票が、まだ使われていて」と笑う。",
        "（2021年まで在籍）",
        "ショッピングセンターのチェックリスト",
        "ひょっとすると、きっと、ちょっとだけ。",
        "『食の安全』【改訂版】〈上〉《下》",
        "―――だが、しかし……。",
        "え？　本当ですか！　はい、本当です。",
        "一、二、三、四、五。",
        "少々、時々、佐々木、代々木、人々の",
        "JR仙台駅東口から12分、",
        "HACCP・ISO 22000の",
        "約３０％増、℃表示、￥５００。",
        "東京・大阪・名古屋・福岡へ、",
        "「『（【重ねた括弧】）』」。",
        "コーヒー、キャッシュ、ファックス。",
        "いすゞ、こゝろ、ヶ月、カ所、",
        "Thank you very much for your letter, ",
        "午前９：００〜午後５：００。",
        "行って、言って、待って、買って、",
        "会社を離れてからも、",
        "つながっています。",
        "（株）北斗食品（仙台市）",
        "「はい」「いいえ」「わかりません」",
        "手紙、葉書、電話、",
        "ゆっくりと、少しずつ。",
        "＋１２．４▲３．５－２",
        "“引用”と‘引用’、",
        "（「『彼は“はい”と言った』と聞いた」）",
        "詳しくはhttps://example.invalid/oboog/2026/index.html?page=3をご覧ください。",
        "総務部（soumu@example.invalid）まで。",
        "Donaudampfschifffahrtsgesellschaftから",
        "Internationalization, responsibilities and incomprehensibility ",
        "売上は1,234,567円（前年比＋12.4％）、",
        "令和８年１１月２８日（土）１３：３０、",
        "９８．５％、１，２３４円、",
        "電話022-000-0000、〒980-0811、",
        "｜髙橋《たかはし》さんと｜邊見《へんみ》さん、",
        "《《手紙》》を書く。",
        "ＯＢ・ＯＧのみなさま、",
        "A社・B社・C社の3社、",
        "①準備②当日③片付け、",
        "葛\u{e0100}西さん、𠮷田さん、\u{fa19}田さん、",
        "「……」「――」と、",
    ];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    // A paragraph may begin with a dash; a line may not.
    let mut text = "本日は".to_owned();
    for _ in 0..phrases {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text += PHRASES[(state >> 33) as usize % PHRASES.len()];
    }
    text
}

fn paragraphs(seeds: std::ops::Range<u64>) -> Vec<Block> {
    seeds.map(|seed| Block::Paragraph(prose(seed, 5 + seed as usize % 25))).collect()
}

/// What is copied of a text with the prose's ruby and dots: the reading follows its word.
fn unmarked(text: &str) -> String {
    let text = text.replace("｜髙橋《たかはし》", "髙橋たかはし").replace("｜邊見《へんみ》", "邊見へんみ");
    text.replace("《《手紙》》", "手紙")
}

/// The glyphs of each line as they stand on the paper: what is drawn one after the other along one baseline, or down
/// one axis. Ruby and dots, which are drawn smaller, are left out.
fn rows(shown: &[Shown], is_upright: bool) -> Vec<Vec<Shown>> {
    let mut rows: Vec<Vec<Shown>> = Vec::new();
    for glyph in shown.iter().filter(|glyph| glyph.size > 8.0) {
        let across = |glyph: &Shown| if is_upright { glyph.x } else { glyph.y };
        let along = |glyph: &Shown| if is_upright { -glyph.y } else { glyph.x };
        // Figures side by side and letters lying in an upright line stand beside its axis, less than half a row.
        let same = rows.last().and_then(|row| row.last()).is_some_and(|last| {
            last.page == glyph.page
                && (across(last) - across(glyph)).abs() < 8.2
                && along(glyph) > along(last) - 11.0
        });
        match rows.last_mut() {
            Some(row) if same => row.push(glyph.clone()),
            _ => rows.push(vec![glyph.clone()]),
        }
    }
    rows
}

/// The lines of each column of a page of two columns, from top to bottom.
fn columns(page: &Page) -> [Vec<&Text>; 2] {
    let (mut left, mut right): (Vec<&Text>, Vec<&Text>) =
        page.lines().partition(|line| line.x < page.width / 2.0);
    left.sort_by(|a, b| a.y.total_cmp(&b.y));
    right.sort_by(|a, b| a.y.total_cmp(&b.y));
    [left, right]
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn copied(pdf: &[u8]) -> String {
    without_blanks(&read(pdf).iter().map(|glyph| glyph.text.as_str()).collect::<String>())
}

#[test]
fn no_line_begins_or_ends_against_kinsoku() {
    let text: Vec<String> = (1..240).map(|seed| prose(seed, 5 + seed as usize % 25)).collect();
    // The prose is hard: broken after every 23 letters, very many of its lines would begin or end wrongly.
    let letters: Vec<Vec<char>> = text.iter().map(|text| text.chars().collect()).collect();
    let naive: Vec<&[char]> = letters.iter().flat_map(|letters| letters.chunks(23)).collect();
    for (hard, never) in [
        (naive.iter().filter_map(|line| line.first()).filter(|c| NEVER_FIRST.contains(**c)).count(), "begin"),
        (naive.iter().filter_map(|line| line.last()).filter(|c| NEVER_LAST.contains(**c)).count(), "end"),
    ] {
        assert!(hard > 30, "only {hard} of {} lines would {never} wrongly", naive.len());
    }
    let mut lines = 0;
    let blocks: Vec<Block> = text.iter().map(|text| Block::Paragraph(text.clone())).collect();
    for ((columns, family), is_upright) in [(2, Family::Mincho), (2, Family::Gothic), (1, Family::Mincho)]
        .into_iter()
        .flat_map(|kind| [(kind, false), (kind, true)])
    {
        let mut document = document(blocks.clone());
        (document.sheet, document.look.family, document.page_numbers) = (Sheet::a4(columns), family, false);
        (document.look.is_upright, document.look.hanging) = (is_upright, is_upright && columns == 2);
        let printed = print(&document, faces()).unwrap();
        assert_eq!(printed.missing, []);
        let shown = read(&printed.pdf);
        assert!(shown.iter().all(|glyph| glyph.gid != 0), "a letter is drawn as .notdef");
        let copied = without_blanks(&shown.iter().map(|glyph| glyph.text.as_str()).collect::<String>());
        assert!(
            copied == without_blanks(&unmarked(&text.concat())),
            "a paragraph does not come out as written"
        );
        for line in lay(&document, faces()).unwrap().pages.iter().flat_map(Page::lines) {
            // A comma may hang over the edge by its half em when that was asked for.
            let most = if document.look.hanging { 0.5 } else { 0.01 };
            assert!(line.width < line.measure + most * line.size + 0.01, "overfull: {}", line.letters());
        }
        let rows = rows(&shown, is_upright);
        for row in &rows {
            let letters: String = row.iter().map(|glyph| glyph.text.as_str()).collect();
            let first = letters.trim_start().chars().next().unwrap();
            let last = letters.trim_end().chars().next_back().unwrap();
            assert!(!NEVER_FIRST.contains(first), "a line begins with {first}: {letters}");
            assert!(!NEVER_LAST.contains(last), "a line ends with {last}: {letters}");
        }
        lines += rows.len();
    }
    assert!(lines > 10_000, "{lines} lines are too few to prove anything");
}

#[test]
fn an_upright_issue_is_set_from_top_to_bottom_and_right_to_left() {
    let mut issue = upright();
    issue.page_numbers = false;
    let pages = lay(&issue, faces()).unwrap().pages;
    let lines: Vec<&Text> = pages[0].lines().filter(|line| line.size == 10.0).collect();
    assert!(lines.len() > 40 && lines.iter().all(|line| line.is_upright));
    let tier = |line: &Text| (line.y / 100.0) as usize;
    for pair in lines.windows(2) {
        let follows = pair[1].x < pair[0].x || tier(pair[1]) > tier(pair[0]);
        assert!(follows || pair[1].x == pair[0].x, "{} before {}", pair[0].letters(), pair[1].letters());
    }
    let copied = copied(&print(&issue, faces()).unwrap().pdf);
    for block in &issue.blocks {
        if let Block::Paragraph(text) = block {
            let text =
                text.replace("｜縁《えにし》", "縁えにし").replace("｜髙橋《たかはし》", "髙橋たかはし");
            let text = without_blanks(&text.replace("《《手紙》》", "手紙"));
            assert!(copied.contains(&text), "{text} is not in {copied}");
        }
    }
}

#[test]
fn brackets_and_long_vowels_have_their_upright_forms() {
    let glyphs = |is_upright| {
        let mut document = document(vec![Block::Paragraph("漢「ー」（、。）".to_owned())]);
        document.look.is_upright = is_upright;
        let laid = lay(&document, faces()).unwrap();
        let line = laid.pages[0].lines().next().unwrap();
        line.glyphs.iter().map(|placed| placed.glyph.gid).collect::<Vec<_>>()
    };
    let (level, upright) = (glyphs(false), glyphs(true));
    assert_eq!(level[0], upright[0]);
    assert!(level[1..].iter().zip(&upright[1..]).all(|(level, upright)| level != upright));
}

#[test]
fn figures_stand_abreast_in_an_upright_line_and_words_lie() {
    let mut document = document(vec![Block::Paragraph("平成12年、Saito、JR。".to_owned())]);
    (document.look.is_upright, document.page_numbers) = (true, false);
    let shown = read(&print(&document, faces()).unwrap().pdf);
    let at = |text: &str| shown.iter().find(|glyph| glyph.text == text).unwrap();
    assert!((at("1").y - at("2").y).abs() < 0.01 && at("1").x < at("2").x);
    assert!((at("i").x - at("t").x).abs() < 0.01 && at("i").y > at("t").y);
    assert!((at("J").x - at("年").x).abs() < 0.01 && at("J").y - at("R").y > 8.0);
    let middle = at("年").x;
    assert!(at("1").x > middle - 5.1 && at("2").x < middle + 2.0);
}

#[test]
fn ruby_stands_in_the_middle_of_its_word() {
    for is_upright in [false, true] {
        for (base, reading) in [("縁", "えにし"), ("鈴木由美子", "ゆ"), ("承", "うけたまわ")]
        {
            let mut document = document(vec![Block::Paragraph(format!("御｜{base}《{reading}》を"))]);
            document.look.is_upright = is_upright;
            let line = lay(&document, faces()).unwrap().pages[0].lines().next().unwrap().clone();
            let middle = |of: &str| {
                let placed = line.glyphs.iter().filter(|placed| of.contains(&placed.glyph.text));
                let ends = placed.map(|it| (it.x, it.x + it.scale * it.glyph.advance));
                let (from, to) = ends.fold((f64::MAX, 0.0_f64), |(a, b), (c, d)| (a.min(c), b.max(d)));
                (from + to) / 2.0
            };
            assert!((middle(base) - middle(reading)).abs() < 0.02, "{base}: {line:?}");
            assert!(line.glyphs.iter().all(|it| reading.contains(&it.glyph.text) == (it.scale < 1.0)));
        }
    }
}

#[test]
fn a_comma_hangs_only_where_it_was_asked_for() {
    let hanging = |hanging| {
        let mut document = document(paragraphs(1..40));
        document.look.hanging = hanging;
        let pages = lay(&document, faces()).unwrap().pages;
        let over = |line: &&Text| line.width > line.measure + 0.01;
        let hung: Vec<String> = pages.iter().flat_map(Page::lines).filter(over).map(Text::letters).collect();
        assert!(hung.iter().all(|line| line.trim_end().ends_with(['、', '。'])), "{hung:?}");
        hung.len()
    };
    assert_eq!(hanging(false), 0);
    assert!(hanging(true) > 10, "{}", hanging(true));
}

#[test]
fn a_number_in_full_width_figures_has_no_air_in_it() {
    let line = lay(&document(vec![Block::Paragraph("約１，２３４．５％".to_owned())]), faces()).unwrap();
    let line = line.pages[0].lines().next().unwrap().clone();
    let at = |text: &str| line.glyphs.iter().find(|it| it.glyph.text == text).unwrap();
    let solid = |one: &str, other: &str, em: f64| {
        let step = at(other).x - at(one).x;
        assert!((step - em).abs() < 0.01, "from {one} to {other}: {step}");
    };
    solid("２", "３", at("２").glyph.advance);
    solid("，", "２", 0.5);
    solid("．", "５", 0.5);
}

#[test]
fn doubled_dashes_are_never_parted() {
    let text = "それは――そう、それは……いや、";
    let document =
        document(vec![Block::Paragraph(text.repeat(40)), Block::Paragraph(format!("あ{}", text.repeat(40)))]);
    for page in lay(&document, faces()).unwrap().pages {
        for line in page.lines() {
            let letters = line.letters();
            for pair in ["――", "……"] {
                let dash = pair.chars().next().unwrap();
                assert_eq!(
                    letters.chars().filter(|c| *c == dash).count(),
                    2 * letters.matches(pair).count(),
                    "{letters}"
                );
            }
        }
    }
}

#[test]
fn a_number_in_full_width_figures_is_never_parted() {
    let text = "数は、５６７８９０でした。".repeat(30);
    let document =
        document((0..12).map(|shift| Block::Paragraph(format!("{}{text}", "あ".repeat(shift)))).collect());
    let laid = lay(&document, faces()).unwrap();
    let lines: Vec<String> = laid.pages.iter().flat_map(Page::lines).map(Text::letters).collect();
    let whole: usize = lines.iter().map(|line| line.matches("５６７８９０").count()).sum();
    assert_eq!(whole, 12 * 30);
}

#[test]
fn every_line_but_the_last_of_a_paragraph_ends_flush() {
    let mut document = document(paragraphs(1..40));
    document.page_numbers = false;
    let mut flush = 0;
    for page in lay(&document, faces()).unwrap().pages {
        for column in columns(&page) {
            for pair in column.windows(2) {
                let (line, next) = (pair[0], pair[1]);
                assert!(line.width < line.measure + 0.01, "a line hangs over its column: {}", line.letters());
                if next.glyphs[0].x < 0.4 {
                    assert!(
                        (line.width - line.measure).abs() < 0.01,
                        "{} of {}: {} | {}",
                        line.width,
                        line.measure,
                        line.letters(),
                        next.letters()
                    );
                    flush += 1;
                }
            }
        }
    }
    assert!(flush > 200, "only {flush} lines were compared");
}

#[test]
fn no_glyph_is_missing_from_its_font() {
    for family in [Family::Gothic, Family::Mincho] {
        let shown = read(
            &print(
                &{
                    let mut it = newsletter();
                    it.look.family = family;
                    it
                },
                faces(),
            )
            .unwrap()
            .pdf,
        );
        assert!(shown.len() > 1000);
        for glyph in shown {
            assert!(glyph.gid != 0, "a letter is drawn as .notdef on page {}", glyph.page + 1);
            assert!(!glyph.text.is_empty(), "glyph {} copies as nothing", glyph.gid);
        }
    }
}

#[test]
fn text_comes_out_in_the_order_it_went_in() {
    let document = press::Document { page_numbers: false, ..newsletter() };
    let copied = copied(&print(&document, faces()).unwrap().pdf);
    let mut at = 0;
    for block in &document.blocks {
        let texts = match block {
            Block::Masthead { name, line, number_and_date } => vec![name, number_and_date, line],
            Block::Heading(text) | Block::Byline(text) | Block::Paragraph(text) => vec![text],
            Block::Names(names) => names.iter().flat_map(|line| [&line.name, &line.note]).collect(),
            Block::Colophon(lines) => lines.iter().collect(),
            _ => vec![],
        };
        for text in texts {
            let text = without_blanks(text);
            let found =
                copied[at..].find(&text).unwrap_or_else(|| panic!("{text} is not in {}", &copied[at..]));
            at += found + text.len();
        }
    }
    assert_eq!(at, copied.len(), "something stands on the paper that nobody wrote");
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let first = print(&newsletter(), faces()).unwrap().pdf;
    print(&document(paragraphs(1..3)), faces()).unwrap();
    let again = print(&newsletter(), &fonts()).unwrap().pdf;
    assert!(first == again, "two prints of one document differ");
    let mut other = newsletter();
    other.title.push('改');
    let id = |pdf: &[u8]| lopdf::Document::load_mem(pdf).unwrap().trailer.get(b"ID").unwrap().clone();
    assert_ne!(id(&first), id(&print(&other, faces()).unwrap().pdf), "two documents share one identity");
}

#[test]
fn hard_names_are_drawn_and_copied_as_written() {
    let names = [
        "髙橋",
        "𠮷田",
        "邊見",
        "山﨑",
        "\u{fa19}",
        "O'Brien",
        "葛\u{e0100}西",
        "邉\u{e0102}",
        "が\u{3099}",
        "Łódź",
    ];
    let list = names.map(|name| NameLine { name: name.to_owned(), note: String::new() });
    for family in [Family::Gothic, Family::Mincho] {
        let mut document =
            document(vec![Block::Names(list.to_vec()), Block::Heading("𠮷田と葛\u{e0100}西".to_owned())]);
        (document.look.family, document.page_numbers) = (family, false);
        let printed = print(&document, faces()).unwrap();
        assert_eq!(printed.missing, []);
        assert_eq!(copied(&printed.pdf), format!("{}𠮷田と葛\u{e0100}西", names.concat()));
    }
}

#[test]
fn a_variant_is_drawn_in_its_own_form() {
    let glyphs = |text: &str| {
        let laid = lay(&document(vec![Block::Paragraph(text.to_owned())]), faces()).unwrap();
        assert_eq!(laid.missing, []);
        let line = laid.pages[0].lines().next().unwrap();
        line.glyphs.iter().map(|placed| (placed.glyph.face, placed.glyph.gid)).collect::<Vec<_>>()
    };
    // Selectors of the Adobe-Japan1 collection: VS17 of 葛 is the form of 葛城, VS18 that of 葛飾.
    assert_ne!(glyphs("葛\u{e0100}"), glyphs("葛\u{e0101}"));
    assert_eq!(glyphs("あ\u{e0100}"), glyphs("あ"), "an unknown variant falls back to its base");
}

#[test]
fn letters_that_are_drawn_alike_copy_as_themselves() {
    // Ohm and Omega, kanji with and without a selector, with one unknown to the faces.
    let text = "\u{2126}と\u{3a9}、葛と葛\u{e0100}、あとあ\u{e0100}、神と\u{fa19}。";
    let mut document = document(vec![Block::Paragraph(text.to_owned())]);
    document.page_numbers = false;
    assert_eq!(copied(&print(&document, faces()).unwrap().pdf), text);
}

#[test]
fn a_letter_no_face_has_is_reported_and_drawn_as_geta() {
    let mut document = document(vec![
        Block::Paragraph("エジプト文字の𓀀を研究している山田さん。".to_owned()),
        Block::Names(vec![NameLine { name: "𓀁田 一".to_owned(), note: String::new() }]),
    ]);
    document.page_numbers = false;
    let printed = print(&document, faces()).unwrap();
    let missing: Vec<&str> = printed.missing.iter().map(|missing| missing.letter.as_str()).collect();
    assert_eq!(missing, ["𓀀", "𓀁"]);
    assert!(printed.missing[0].within.contains("エジプト文字の𓀀を研究"), "{}", printed.missing[0].within);
    assert!(read(&printed.pdf).iter().all(|glyph| glyph.gid != 0));
    assert_eq!(copied(&printed.pdf), "エジプト文字の〓を研究している山田さん。〓田一");
}

#[test]
fn a_heading_stands_above_two_lines_of_its_article() {
    for shift in 0..24 {
        let mut blocks = vec![Block::Paragraph("見出しの位置をずらすための行。\n".repeat(shift))];
        for seed in 1..16 {
            blocks.push(Block::Heading(format!("見出し その{seed}")));
            blocks.push(Block::Byline("総務部".to_owned()));
            blocks.push(Block::Paragraph(prose(seed, 12)));
        }
        let mut document = document(blocks);
        document.page_numbers = false;
        for page in lay(&document, faces()).unwrap().pages {
            for column in columns(&page) {
                for (at, _) in column.iter().enumerate().filter(|(_, line)| line.ink == Ink::Accent) {
                    let after = column[at + 1..].iter().take_while(|line| line.ink != Ink::Accent).count();
                    assert!(after >= 3, "a heading has {after} lines below it in its column");
                }
            }
        }
    }
}

#[test]
fn no_line_of_a_paragraph_stands_alone_in_a_column() {
    for shift in 0..12 {
        let mut blocks = vec![Block::Paragraph("位置をずらすための行。\n".repeat(shift))];
        blocks.extend(paragraphs(1..30));
        let mut document = document(blocks);
        document.page_numbers = false;
        let is_first = |line: &Text| line.glyphs[0].x > 0.4;
        for page in lay(&document, faces()).unwrap().pages {
            for column in columns(&page).into_iter().filter(|column| column.len() > 1) {
                let (head, next) = (column[0], column[1]);
                assert!(is_first(head) || !is_first(next), "a widow: {}", head.letters());
                let foot = column[column.len() - 1];
                let is_whole = foot.width < foot.measure - 0.01;
                assert!(!is_first(foot) || is_whole, "an orphan: {}", foot.letters());
            }
        }
    }
}

#[test]
fn lines_of_both_columns_meet() {
    let laid = lay(&newsletter(), faces()).unwrap();
    let mut compared = 0;
    for page in &laid.pages {
        let [left, right] =
            columns(page).map(|lines| lines.into_iter().filter(|line| line.size == 10.0).collect::<Vec<_>>());
        let Some(first) = left.first() else { continue };
        for line in &right {
            let rows = (line.y - first.y) / 17.0;
            assert!((rows - rows.round()).abs() < 1e-6, "{} is off the grid", line.letters());
            compared += 1;
        }
    }
    assert!(compared > 20);
}

#[test]
fn the_columns_of_the_last_page_are_level() {
    for count in 5..40 {
        let mut document = document(paragraphs(1..count));
        document.page_numbers = false;
        let laid = lay(&document, faces()).unwrap();
        let [left, right] = columns(laid.pages.last().unwrap()).map(|lines| lines.len());
        assert!(left.abs_diff(right) <= 3, "{left} lines stand beside {right}");
    }
}

#[test]
fn no_heading_leaves_a_stump() {
    for heading in [
        "工場に新しい仲間、HACCP認証を取得",
        "秋の同窓会を仙台工場の食堂で開催いたします",
        "来春の採用と再雇用についてのお知らせとお願い",
    ] {
        let laid = lay(&document(vec![Block::Heading(heading.to_owned())]), faces()).unwrap();
        let lines: Vec<String> =
            laid.pages[0].lines().filter(|l| l.ink == Ink::Accent).map(Text::letters).collect();
        assert_eq!(lines.concat(), heading);
        assert!(lines.iter().all(|line| line.chars().count() >= 4), "{lines:?}");
    }
}

#[test]
fn a_heading_breaks_between_phrases() {
    for phrases in [
        ["工場に新しい仲間、", "HACCP認証を取得"],
        ["来春の採用と再雇用についての", "お知らせとお願い"],
        ["仙台工場食堂改修工事の", "完成祝賀会を開きました"],
    ] {
        let laid = lay(&document(vec![Block::Heading(phrases.concat())]), faces()).unwrap();
        let lines: Vec<String> =
            laid.pages[0].lines().filter(|l| l.ink == Ink::Accent).map(Text::letters).collect();
        assert_eq!(lines, phrases);
    }
}

#[test]
fn an_address_wider_than_the_column_is_cut_rather_than_lost() {
    let address = format!("https://example.invalid/{}", "abcdefghijklmnopqrstuvwxyz0123456789".repeat(4));
    let mut document = document(vec![Block::Paragraph(format!("案内は{address}にあります。"))]);
    document.page_numbers = false;
    let laid = lay(&document, faces()).unwrap();
    assert!(laid.pages[0].lines().all(|line| line.width < line.measure + 0.01));
    assert_eq!(copied(&print(&document, faces()).unwrap().pdf), format!("案内は{address}にあります。"));
}

#[test]
fn what_kinsoku_cannot_part_stays_on_the_paper() {
    for text in ["ー".repeat(100), "「".repeat(80), "あ——".repeat(2) + &"—".repeat(90)] {
        let mut document = document(vec![Block::Paragraph(text.clone()), Block::Heading(text.clone())]);
        document.page_numbers = false;
        let laid = lay(&document, faces()).unwrap();
        assert!(laid.pages[0].lines().all(|line| line.width < line.measure + 0.01));
        assert_eq!(laid.pages[0].lines().map(Text::letters).collect::<String>(), text.repeat(2));
    }
}

#[test]
fn a_long_masthead_is_set_smaller_and_whole() {
    let text = "青葉食品株式会社と北斗食品株式会社を離れた皆さんのための会報";
    let masthead =
        Block::Masthead { name: text.to_owned(), line: text.repeat(2), number_and_date: text.to_owned() };
    let mut document = document(vec![masthead]);
    document.page_numbers = false;
    let laid = lay(&document, faces()).unwrap();
    let lines: Vec<&Text> = laid.pages[0].lines().collect();
    assert_eq!(lines.iter().map(|line| line.letters()).collect::<String>(), text.repeat(4));
    assert!(
        lines[0].x + lines[0].width < lines[1].x.min(lines[2].x),
        "the name runs into what is at its right"
    );
    assert!(lines.iter().all(|line| line.x >= 53.8 && line.x + line.width <= 541.5));
}

#[test]
fn english_comes_out_as_whole_words() {
    let text = "When people leave us, the work they have done stays. The forms Misaki Saito drew up in 2019 are still \
                used in Sendai, and she came back in June to see the certificate on the wall. "
        .repeat(20);
    let mut document =
        document(vec![Block::Heading("News from the works".to_owned()), Block::Paragraph(text.clone())]);
    (document.lang, document.page_numbers) = (Lang::En, false);
    let laid = lay(&document, faces()).unwrap();
    for line in laid.pages.iter().flat_map(Page::lines) {
        for pair in line.glyphs.windows(2).filter(|pair| pair[0].glyph.text == " ") {
            assert!(pair[1].x - pair[0].x < 1.2, "a hole of more than an em: {}", line.letters());
        }
    }
    let lines: Vec<String> = laid.pages.iter().flat_map(Page::lines).map(Text::letters).collect();
    assert!(lines.iter().any(|line| line.ends_with('\u{ad}')), "no word is parted");
    let copied = lines
        .iter()
        .map(|line| if line.ends_with(['\u{ad}', ' ']) { line.clone() } else { format!("{line} ") });
    let copied = copied.collect::<String>().replace('\u{ad}', "");
    let words: Vec<&str> = copied.split_whitespace().collect();
    assert_eq!(words, format!("News from the works {text}").split_whitespace().collect::<Vec<_>>());
}

#[test]
fn the_outline_lists_the_headings_in_order() {
    let printed = print(&newsletter(), faces()).unwrap();
    let objects = lopdf::Document::load_mem(&printed.pdf).unwrap();
    let catalog = objects.catalog().unwrap();
    let outlines = objects.get_dictionary(catalog.get(b"Outlines").unwrap().as_reference().unwrap()).unwrap();
    let mut titles = Vec::new();
    let mut next = outlines.get(b"First").ok();
    while let Some(entry) = next {
        let entry = objects.get_dictionary(entry.as_reference().unwrap()).unwrap();
        titles.push(lopdf::decode_text_string(entry.get(b"Title").unwrap()).unwrap());
        next = entry.get(b"Next").ok();
    }
    let blocks = newsletter().blocks;
    let headings: Vec<String> = blocks
        .into_iter()
        .filter_map(|block| if let Block::Heading(text) = block { Some(text) } else { None })
        .collect();
    assert_eq!(titles, headings);
}

#[test]
fn the_file_says_what_it_is() {
    let printed = print(&newsletter(), faces()).unwrap();
    assert!(printed.pdf.starts_with(b"%PDF-1.7"));
    let objects = lopdf::Document::load_mem(&printed.pdf).unwrap();
    assert_eq!(objects.get_pages().len(), printed.pages);
    let catalog = objects.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"ja");
    assert_eq!(catalog.get(b"PageMode").unwrap().as_name().unwrap(), b"UseOutlines");
    let wishes = catalog.get(b"ViewerPreferences").unwrap().as_dict().unwrap();
    assert!(wishes.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    assert_eq!(wishes.get(b"PrintScaling").unwrap().as_name().unwrap(), b"None");
    let info = objects.get_dictionary(objects.trailer.get(b"Info").unwrap().as_reference().unwrap()).unwrap();
    let text = |key: &[u8]| lopdf::decode_text_string(info.get(key).unwrap()).unwrap();
    assert_eq!((text(b"Title").as_str(), text(b"Author").as_str()), ("会報「縁」第12号", "青葉食品株式会社"));
    assert_eq!(info.get(b"CreationDate").unwrap().as_str().unwrap(), b"D:20261120104200");
    assert!(info.get(b"GTS_PDFXVersion").is_err(), "the file pretends to be PDF/X");
    for object in objects.objects.values() {
        if let Object::Dictionary(font) = object
            && let Ok(name) = font.get(b"BaseFont").and_then(Object::as_name)
        {
            let name = String::from_utf8_lossy(name).into_owned();
            assert!(name.find('+') == Some(6), "{name} is not marked as a subset");
        }
    }
}

#[test]
fn the_foot_is_never_alone_on_a_page() {
    for count in 5..30 {
        let mut blocks = paragraphs(1..count);
        blocks.push(Block::Colophon(vec!["発行　青葉食品株式会社".to_owned(); 4]));
        let mut document = document(blocks);
        document.page_numbers = false;
        let laid = lay(&document, faces()).unwrap();
        let last = laid.pages.last().unwrap();
        assert!(
            last.lines().any(|line| line.size == 10.0),
            "only the colophon stands on page {}",
            laid.pages.len()
        );
        assert_eq!(last.lines().filter(|line| line.letters().starts_with("発行")).count(), 4);
    }
}

/// A JPEG's headers; viewers would show grey, the press does not look further.
fn jpeg(width: u16, height: u16) -> std::sync::Arc<[u8]> {
    let mut jpeg = vec![0xff, 0xd8, 0xff, 0xc0, 0, 17, 8];
    jpeg.extend([height.to_be_bytes(), width.to_be_bytes()].concat());
    jpeg.extend([3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 0xff, 0xd9]);
    jpeg.into()
}

#[test]
fn a_photograph_goes_into_the_file_untouched_and_once() {
    let photo = |caption: &str| Block::Photo {
        jpeg: jpeg(800, 600),
        caption: caption.to_owned(),
        alt: String::new(),
        crop: Crop::WHOLE,
    };
    let blocks = vec![photo("認証式のあとで。"), Block::Paragraph("本文。".to_owned()), photo("")];
    let printed = print(&document(blocks), faces()).unwrap();
    let objects = lopdf::Document::load_mem(&printed.pdf).unwrap();
    let pictures: Vec<&[u8]> = objects
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| {
            stream.dict.get(b"Subtype").is_ok_and(|name| name.as_name().is_ok_and(|name| name == b"Image"))
        })
        .map(|stream| stream.content.as_slice())
        .collect();
    assert_eq!(pictures, [&*jpeg(800, 600)]);
}

#[test]
fn a_photograph_fills_the_column_and_keeps_its_shape() {
    for (width, height) in [(800, 600), (600, 3000)] {
        let photo = Block::Photo {
            jpeg: jpeg(width, height),
            caption: "認証式".to_owned(),
            alt: String::new(),
            crop: Crop::WHOLE,
        };
        let laid = lay(&document(vec![photo]), faces()).unwrap();
        let picture = laid.pages[0].marks.iter().find_map(|mark| match mark {
            press::Mark::Picture(picture) => Some(picture),
            _ => None,
        });
        let picture = picture.unwrap();
        assert!((picture.height / picture.width - f64::from(height) / f64::from(width)).abs() < 1e-9);
        assert!(picture.width < 230.01 && picture.height < 400.0);
        assert!(width < 800 || picture.width > 229.99, "a wide picture fills the column");
    }
}

/// The same with a note how it is to be turned.
fn turned(width: u16, height: u16, turn: u8) -> std::sync::Arc<[u8]> {
    let note = [
        b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(),
        &[turn],
        &[0; 6],
    ];
    [&[0xff, 0xd8], &*note.concat(), &jpeg(width, height)[2..]].concat().into()
}

/// The pictures of a PDF's first page: the matrix each is drawn with.
fn matrices(pdf: &[u8]) -> Vec<[f64; 6]> {
    let objects = lopdf::Document::load_mem(pdf).unwrap();
    let page = objects.get_pages()[&1];
    let content = lopdf::content::Content::decode(&objects.get_page_content(page)).unwrap();
    let number = |object: &Object| f64::from(object.as_float().unwrap());
    let drawn = content.operations.iter().filter(|operation| operation.operator == "cm");
    drawn.map(|operation| std::array::from_fn(|at| number(&operation.operands[at]))).collect()
}

#[test]
fn a_photograph_stands_upright_however_the_camera_was_held() {
    let (top, bottom, left, right) = ("top", "bottom", "left", "right");
    // Where the first row and the first column of the stored picture are seen (Exif 2.3, 4.6.4 A).
    let seen = [
        (top, left),
        (top, right),
        (bottom, right),
        (bottom, left),
        (left, top),
        (right, top),
        (right, bottom),
        (left, bottom),
    ];
    for (turn, (row, column)) in (1..).zip(seen) {
        let photo = Block::Photo {
            jpeg: turned(400, 300, turn),
            caption: String::new(),
            alt: String::new(),
            crop: Crop::WHOLE,
        };
        let pdf = print(&document(vec![photo]), faces()).unwrap().pdf;
        let [a, b, c, d, e, f] = matrices(&pdf)[0];
        let at = |x: f64, y: f64| (a * x + c * y + e, b * x + d * y + f);
        let (corners, center) = ([at(0.0, 0.0), at(1.0, 1.0)], at(0.5, 0.5));
        let [width, height] = [(corners[1].0 - corners[0].0).abs(), (corners[1].1 - corners[0].1).abs()];
        let ratio = if turn > 4 { 3.0 / 4.0 } else { 4.0 / 3.0 };
        assert!((width / height - ratio).abs() < 1e-3, "turn {turn}: {width} × {height}");
        // A stored picture's first row lies at the upper edge of the unit square, its first column at the left.
        for (edge, (x, y)) in [(row, at(0.5, 1.0)), (column, at(0.0, 0.5))] {
            let side = match edge {
                "top" => y - center.1 > height * 0.4,
                "bottom" => center.1 - y > height * 0.4,
                "left" => center.0 - x > width * 0.4,
                _ => x - center.0 > width * 0.4,
            };
            assert!(side, "turn {turn}: {edge} is at {x} {y}, the middle at {center:?}");
        }
    }
}

#[test]
fn a_photograph_too_small_for_its_place_is_told() {
    let photo = |width, caption: &str| Block::Photo {
        jpeg: jpeg(width, 300),
        caption: caption.to_owned(),
        alt: String::new(),
        crop: Crop::WHOLE,
    };
    let printed = print(&document(vec![photo(1200, "鋭い"), photo(400, "粗い")]), faces()).unwrap();
    // 400 dots over 23 letters of 10 points.
    assert_eq!(printed.coarse, [press::Coarse { caption: "粗い".to_owned(), dpi: 125 }]);
}

#[test]
fn the_text_passes_a_photograph_that_finds_no_room_in_its_column() {
    let mut blocks = paragraphs(1..9);
    blocks.insert(
        5,
        Block::Photo {
            jpeg: jpeg(800, 1000),
            caption: "認証式のあとで。".to_owned(),
            alt: String::new(),
            crop: Crop::WHOLE,
        },
    );
    blocks.extend(paragraphs(9..30));
    let mut parted = 0;
    for before in 0..40 {
        blocks.insert(0, Block::Paragraph("一行。".to_owned()));
        let pages = lay(&document(blocks.clone()), faces()).unwrap().pages;
        let foot = |lines: &[&Text]| lines.last().map_or(0.0, |line| line.y);
        let full = pages[0].height - 22.0 * 72.0 / 25.4;
        let placed = pages.iter().find_map(|page| {
            page.marks.iter().find_map(|mark| match mark {
                press::Mark::Picture(picture) => Some((page, picture)),
                _ => None,
            })
        });
        let (page, place) = placed.unwrap();
        for (at, lines) in columns(page).iter().enumerate() {
            let is_here = (place.x > page.width / 2.0) == (at == 1);
            let reach = if is_here { foot(lines).max(place.y + place.height) } else { foot(lines) };
            // Two lines of a paragraph that stay together, and what a page's rows leave over.
            assert!(reach > full - 4.0 * 17.0, "{before} lines before: a column ends at {reach} of {full}");
            let caption = lines.iter().find(|line| line.letters() == "認証式のあとで。");
            assert_eq!(caption.is_some(), is_here, "the caption stands where its photograph stands");
        }
        parted += usize::from(place.y < 80.0);
    }
    assert!(parted > 3, "only {parted} photographs found no room");
}

#[test]
fn a_file_that_is_no_photograph_is_refused_by_its_caption() {
    let photo = Block::Photo {
        jpeg: b"GIF89a".as_slice().into(),
        caption: "認証式".to_owned(),
        alt: String::new(),
        crop: Crop::WHOLE,
    };
    assert!(
        matches!(print(&document(vec![photo]), faces()), Err(Fault::Photo(caption)) if caption == "認証式")
    );
}

#[test]
fn any_letters_at_all_are_printed_or_reported() {
    let mut state = 1_u32;
    let mut letter = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let reach = [0x80, 0x250, 0x3100, 0x1_0000, 0x3_2000, 0x11_0000][(state >> 8) as usize % 6];
        char::from_u32((state >> 4) % reach).unwrap_or('\u{3099}')
    };
    for _ in 0..150 {
        let text: String = (0..60).map(|_| letter()).collect();
        let mut document = document(vec![
            Block::Heading(text.clone()),
            Block::Paragraph(text.clone()),
            Block::Names(vec![NameLine { name: text.clone(), note: text }]),
        ]);
        document.page_numbers = false;
        for is_upright in [false, true] {
            document.look.is_upright = is_upright;
            let printed = print(&document, faces()).unwrap();
            let shown = read(&printed.pdf);
            assert!(shown.iter().all(|glyph| glyph.gid != 0));
            let getas = shown.iter().filter(|glyph| glyph.text == "〓").count();
            assert_eq!(getas == 0, printed.missing.is_empty());
        }
    }
}

#[test]
fn every_letter_put_in_comes_out_once() {
    const LETTERS: &str = "あアー漢々髙𠮷、。「」（）『』・：；！？…―“”‘’％℃＋－０１９ＡＢ01239AZaz .,-/()'\"@#%&*+=<>[]{}|\\~^_`〒※★①Ⅳ㈱ŁéñÜß×÷±→𛀆ｱﾞ〜";
    let all: Vec<char> = LETTERS.chars().collect();
    let mut state = 7_u64;
    let mut pick = |most: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % most
    };
    for round in 0..120 {
        let text: String = (0..1 + pick(300)).map(|_| all[pick(all.len())]).collect();
        let mut document = document(vec![Block::Paragraph(text.clone())]);
        (document.page_numbers, document.look.is_upright, document.look.hanging) =
            (false, round % 2 == 1, round % 3 == 1);
        let printed = print(&document, faces()).unwrap();
        let mut expected = without_blanks(&text);
        for missing in &printed.missing {
            expected = expected.replace(&missing.letter, "〓");
        }
        assert_eq!(copied(&printed.pdf), expected);
    }
}

#[test]
fn an_empty_document_is_one_blank_page() {
    let mut document = document(vec![]);
    document.page_numbers = false;
    let printed = print(&document, faces()).unwrap();
    assert_eq!(printed.pages, 1);
    assert!(read(&printed.pdf).is_empty());
}

#[test]
fn margins_that_leave_no_room_are_refused() {
    let mut document = newsletter();
    document.sheet.left = 150.0;
    assert!(matches!(print(&document, faces()), Err(Fault::Sheet { .. })));
    document.sheet = Sheet { height: f64::INFINITY, ..Sheet::a4(2) };
    assert!(matches!(print(&document, faces()), Err(Fault::Sheet { .. })));
    document.sheet.left = f64::NAN;
    assert!(matches!(print(&document, faces()), Err(Fault::Sheet { .. })));
}

#[test]
fn a_combining_mark_without_a_letter_of_its_own_is_printed() {
    // N with a tilde below has no single letter in Unicode.
    let mut document = document(vec![Block::Paragraph("n\u{330}と、か\u{3099}と、\u{3099}。".to_owned())]);
    document.page_numbers = false;
    let printed = print(&document, faces()).unwrap();
    let reported: String = printed.missing.iter().map(|missing| missing.letter.as_str()).collect();
    let copied = copied(&printed.pdf);
    assert!(copied.contains("か\u{3099}と"), "{copied}");
    assert!(copied.contains("n\u{330}") || reported.contains("n\u{330}"), "{copied} {reported}");
}

#[test]
fn one_opening_of_the_faces_serves_several_threads() {
    let expected = print(&newsletter(), faces()).unwrap().pdf;
    let prints = std::thread::scope(|scope| {
        let threads = [(); 3].map(|()| scope.spawn(|| print(&newsletter(), faces()).unwrap().pdf));
        threads.map(|thread| thread.join().unwrap())
    });
    assert!(prints.iter().all(|pdf| *pdf == expected));
}

#[test]
fn a_broken_face_is_refused_by_name_and_one_that_stands_in_is_passed_over() {
    let broken = |weight| press::Face {
        name: "Broken".to_owned(),
        family: Family::Gothic,
        weight,
        read: std::sync::Arc::new(|at| Ok(b"not a font"[at.start.min(10)..at.end.min(10)].to_vec())),
    };
    let regular = press::Weight::Regular;
    assert!(matches!(Fonts::new(vec![broken(regular)]), Err(Fault::Face(name)) if name == "Broken"));
    assert!(matches!(Fonts::new(vec![]), Err(Fault::NoGeta)));

    let read = || std::sync::Arc::new(|_| Err(std::io::ErrorKind::NotFound.into()));
    let gone = press::Face { name: "Gone".to_owned(), family: Family::Gothic, weight: regular, read: read() };
    let whole = sample::shipped().into_iter().next().unwrap();
    let fonts = Fonts::new(vec![whole, broken(press::Weight::Bold), gone]).unwrap();
    let text = document(vec![Block::Paragraph("縁と𠮷".to_owned())]);
    assert_eq!(print(&text, &fonts).unwrap().missing.len(), 1);
}

#[test]
fn the_newsletter_looks_as_it_did() {
    let boxes = boxes(&lay(&newsletter(), faces()).unwrap().pages);
    let before = include_str!("newsletter.txt");
    for (number, (line, was)) in boxes.lines().zip(before.lines()).enumerate() {
        assert_eq!(
            line,
            was,
            "line {}; if it is meant, `examples/newsletter.rs` says how to renew the text",
            number + 1
        );
    }
    assert_eq!(boxes.lines().count(), before.lines().count());
}
