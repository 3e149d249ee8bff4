//! A newsletter as an office would write it, and the faces it is printed with.

use std::{
    path::Path,
    sync::{Arc, LazyLock},
};

use press::{Block, Created, Document, Face, Family, Fonts, Lang, Look, NameLine, Output, Sheet, Weight};

/// The faces the product ships, from the packages that `make setup` installs.
pub fn fonts() -> Fonts {
    Fonts::new(shipped().into()).expect("the shipped faces open")
}

/// Each of them.
pub fn shipped() -> [Face; 6] {
    use {Family::*, Weight::*};
    [
        ("biz-udpgothic", "BIZUDPGothic", Gothic, Regular),
        ("biz-udpgothic", "BIZUDPGothic", Gothic, Bold),
        ("biz-udpmincho", "BIZUDPMincho", Mincho, Regular),
        ("noto-sans-jp", "NotoSansJP", Gothic, Regular),
        ("noto-sans-jp", "NotoSansJP", Gothic, Bold),
        ("noto-serif-jp", "NotoSerifJP", Mincho, Regular),
    ]
    .map(|(package, name, family, weight)| {
        let style = if weight == Bold { "700Bold" } else { "400Regular" };
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../ui/node_modules/@expo-google-fonts")
            .join(format!("{package}/{style}/{name}_{style}.ttf"));
        assert!(path.exists(), "{} is not there; `make setup` installs the fonts", path.display());
        let whole = LazyLock::new(move || std::fs::read(&path).expect("a face"));
        let read = Arc::new(move |at: std::ops::Range<usize>| {
            Ok(whole[at.start.min(whole.len())..at.end.min(whole.len())].to_vec())
        });
        Face { name: format!("{name}-{weight:?}"), family, weight, read }
    })
}

/// A document of two columns with these blocks.
pub fn document(blocks: Vec<Block>) -> Document {
    Document {
        title: "会報「縁」第12号".to_owned(),
        author: "青葉食品株式会社".to_owned(),
        lang: Lang::Ja,
        created: Created { year: 2026, month: 11, day: 20, hour: 10, minute: 42, second: 0 },
        sheet: Sheet::a4(2),
        look: Look { family: Family::Mincho, ..Look::default() },
        seal: String::new(),
        emblem: None,
        output: Output::Office,
        blocks,
        page_numbers: true,
    }
}

/// An issue of the newsletter.
pub fn newsletter() -> Document {
    let heading = |text: &str| Block::Heading(text.to_owned());
    let paragraph = |text: &str| Block::Paragraph(text.to_owned());
    let byline = |text: &str| Block::Byline(text.to_owned());
    let name = |name: &str, note: &str| NameLine { name: name.to_owned(), note: note.to_owned() };
    document(vec![
        Block::Masthead {
            name: "縁".to_owned(),
            line: "青葉食品株式会社　OB・OG会報".to_owned(),
            number_and_date: "第12号　令和8年 秋".to_owned(),
        },
        heading("工場に新しい仲間、HACCP認証を取得"),
        byline("品質保証課　田中 一郎"),
        paragraph(
            "六月、仙台工場が待望の認証を取得しました。準備が始まったのは三年前。仕組みの土台を築いた齋藤美咲さん\
             （2021年まで在籍）も、当日は駆けつけてくださいました。「あの頃の帳票がまだ使われていて、うれしい」と笑う\
             齋藤さんは、いまは北斗食品で品質管理を率いています。",
        ),
        paragraph(
            "認証は終わりではなく、始まりです。来年は二つの工程で、後輩たちが新しい手順づくりに挑みます。齋藤さんには\
             月に数時間、相談役をお願いすることになりました。離れていても、仕事はつながっています。",
        ),
        paragraph(
            "審査では、温度記録の取り方、手洗いの手順、アレルゲンの表示など、百二十を超える項目が一つひとつ確かめられ\
             ました。指摘は三件だけ。審査員の方からは「現場の皆さんが、なぜそうするのかを自分の言葉で話せる」との評を\
             いただきました。これは、長年にわたって先輩方が残してくださった教えのおかげです。",
        ),
        heading("新しいOB・OG"),
        paragraph("この半年に、次の皆さんが新しい道へ進まれました。ご活躍を心よりお祈りします。"),
        Block::Names(vec![
            name("髙橋 誠", "製造部　勤続31年"),
            name("邊見 涼", "営業部　勤続12年"),
            name("山﨑 健", "総務部　勤続8年"),
            name("𠮷田 由美子", "仙台工場　勤続24年。退職後は地元の山形で、ご家族と果樹園を営まれます"),
            name("\u{fa19}田 進", "品質保証課　勤続19年"),
            name("Siobhan O'Brien", "海外営業　勤続5年"),
            name("葛\u{e0100}西 薫", "経理　勤続40年"),
        ]),
        heading("秋の同窓会へ"),
        paragraph(
            "十一月二十八日（土）正午、仙台工場の食堂で開きます。久しぶりの顔ぶれと、できたての試作品が待っています。\
             同封の返信はがきで、近況とともにお知らせください。欠席の方の近況も、次の号で紹介します。",
        ),
        paragraph(
            "会費は3,000円。JR仙台駅東口から送迎バスが出ます（11時20分発）。ご家族の同伴も歓迎です。お車の方は、\
             正門ではなく西門からお入りください――正門は工事中です。",
        ),
        Block::Rule,
        heading("「育休中も会報がほしい」の声に答えて"),
        byline("総務部　佐々木"),
        paragraph(
            "ご要望をいただき、今号からPDF版も用意しました。紙とPDFのどちらがよいか、両方か、はがきに書いてお送りく\
             ださい。文字の大きさもお選びいただけます……と言いたいところですが、これは次号までお待ちください。",
        ),
        paragraph(
            "「会社を離れてからのほうが、かえって会社のことを考える」。そんな声をいくつもいただきました。皆さんの\
             “いま”を、ぜひ聞かせてください。転居・改姓・お仕事の変化など、どんな小さなことでもかまいません。",
        ),
        heading("社長から"),
        paragraph(
            "今年の夏はことのほか暑く、工場では休憩を一時間ごとに増やしました。生産量は落ちましたが、けがはゼロ。\
             数字よりも大切なものがあると、あらためて感じています。先日、二十年前に退職された方から一通の葉書が届きま\
             した。「あの夏も暑かった。みんなで氷を運んだのを覚えていますか」。もちろん、覚えています。",
        ),
        paragraph(
            "会社は建物でも機械でもなく、人の記憶でできているのだと思います。皆さんがここで過ごした時間は、いまも\
             私たちの手順書のなかに、道具の置き方のなかに、声のかけ方のなかに生きています。どうぞこれからも、ときど\
             き思い出してください。私たちも、皆さんのことを思い出しています。",
        ),
        Block::Colophon(vec![
            "発行　青葉食品株式会社 総務部　〒980-0811 仙台市青葉区一番町3-7-1　電話 022-000-0000".to_owned(),
            "この会報は、会社を離れた皆さんにお送りしています。送付を止めたいときは、同封のはがきの「送付停止」に丸をつけ\
             てお送りください。お名前の掲載は、ご本人の同意をいただいた方に限っています。"
                .to_owned(),
        ]),
    ])
}

/// The same issue with everything that can stand in one.
pub fn rich() -> Document {
    let mut document = newsletter();
    let cells = |row: &[&str]| row.iter().map(|cell| (*cell).to_owned()).collect::<Vec<String>>();
    let squares =
        (0..25_u32).map(|y| (0..25_u32).map(|x| (x * y + x / 3 + y * y) % 3 == 0).collect()).collect();
    let more = [
        Block::Quote("離れていても、仕事はつながっています。".to_owned()),
        Block::Aside {
            heading: "同窓会のご案内".to_owned(),
            text: "日時　十一月二十八日（土）正午から\n場所　仙台工場 食堂（JR仙台駅から送迎バス）\n会費　3,000円".to_owned(),
        },
        Block::Table {
            head: cells(&["行事", "日", "場所"]),
            rows: vec![
                cells(&["春の工場見学", "4月18日", "仙台工場"]),
                cells(&["ゴルフの会", "6月6日", "泉カントリークラブ"]),
                cells(&["秋の同窓会", "11月28日", "仙台工場の食堂"]),
                cells(&["忘年会", "12月12日", "国分町"]),
            ],
        },
        Block::Qr { squares, text: "返信はがきの代わりに、この符号からもお知らせいただけます。".to_owned() },
    ];
    document.blocks.splice(6..6, more);
    document.seal = "青葉食品".to_owned();
    document
}

/// The same issue with a photograph and what else stands across all columns, and the company's mark.
pub fn wide(picture: &[u8], mark: &[u8]) -> Document {
    let mut document = rich();
    let crop = press::Crop { left: 0, top: 60, width: 1000, height: 800 };
    let caption = "朝六時、ボイラーに火が入る仙台工場。".to_owned();
    let photo = Block::Photo { jpeg: picture.into(), caption, alt: String::new(), crop };
    let across = |block: Block| Block::Across(Box::new(block));
    document.blocks[1] = across(document.blocks[1].clone());
    document.blocks.insert(2, across(photo));
    let english = "Dear friends,\nIn June our Sendai works received the certification we had hoped for. The groundwork was \
        laid by Misaki Saito, who came back to celebrate with us: “They still use my forms,” she said.";
    let english = Block::Aside { heading: "In English".to_owned(), text: english.to_owned() };
    document.blocks.insert(7, Block::In(press::Lang::En, Box::new(english)));
    for block in &mut document.blocks {
        if matches!(block, Block::Table { .. } | Block::Quote(_)) {
            *block = Block::Across(Box::new(block.clone()));
        }
    }
    document.emblem = press::emblem(mark).ok().map(Into::into);
    document
}

/// The same issue as a vertical edition, and what only an upright line must bear.
pub fn upright() -> Document {
    let mut document = newsletter();
    let hard = "｜縁《えにし》という字は、｜髙橋《たかはし》さんの発案です。《《手紙》》を書く楽しみを、もう一度。\
        2026年11月28日（土）午後1時30分、JR仙台駅に集合。会費は3,000円、参加率は85％でした。「“引用”の中の『引用』」、\
        ――そして……。コーヒー、チョコレート！　本当ですか？！　Misaki Saitoさんからの便り。電話022-000-0000。葛\u{e0100}西さん、\
        𠮷田さん、﨑山さん。摂氏マイナス５．５℃、約３０％増、＋１２．４▲３．５。";
    document.blocks.insert(3, Block::Paragraph(hard.to_owned()));
    document.look.is_upright = true;
    document.sheet.columns = 3;
    document
}

/// Every line and rule of the pages as text: place and width in points, then the letters.
pub fn boxes(pages: &[press::Page]) -> String {
    use press::{Mark, Picture};
    let mut boxes = String::new();
    for (number, page) in pages.iter().enumerate() {
        boxes += &format!("page {} · {:.1} × {:.1}\n", number + 1, page.width, page.height);
        for mark in &page.marks {
            boxes += &match mark {
                Mark::Text(line) => {
                    let (start, reach) =
                        (line.glyphs.first().map_or(0.0, |glyph| glyph.x * line.size), line.width);
                    let (x, y, size, letters) = (line.x, line.y, line.size, line.letters());
                    format!(
                        "{x:6.1} {y:6.1}  {start:5.1} → {reach:5.1}  {size:4.1} {:?}  {letters}\n",
                        line.ink
                    )
                }
                Mark::Picture(Picture { x, y, width, height, .. }) => {
                    format!("{x:6.1} {y:6.1}  {width:.1} × {height:.1} photograph\n")
                }
                Mark::Bar(bar) => {
                    format!(
                        "{:6.1} {:6.1}  {:.1} × {:.2} {:?}\n",
                        bar.x, bar.y, bar.width, bar.height, bar.ink
                    )
                }
            };
        }
    }
    boxes
}
