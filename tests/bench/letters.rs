//! Addresses in great number: personal letters, set by the press and by typst with the same words and faces; labels
//! and postcards by the press alone.

use std::{fs, path::Path, process::Command};

use press::{
    Addressee, Block, Cards, Cells, Created, Document, Fonts, Lang, Letters, Look, Name, Output, Sheet,
};

use crate::{
    figures::{line, time},
    others, paper,
};

/// Given as an argument, this program sets the letters itself, as a process of its own.
pub const SET: &str = "--set-letters";
const LETTERS: usize = 1_000;
const LABELS: usize = 10_000;
const CARDS: usize = 1_000;
const ROUNDS: usize = 3;

const CREATED: Created = Created { year: 2026, month: 11, day: 21, hour: 9, minute: 0, second: 0 };
const PARAGRAPHS: [&str; 4] = [
    "皆さまには、お変わりなくお過ごしのことと存じます。",
    "このたび、会報「縁だより」第12号ができましたので、お届けいたします。六月に仙台工場が待望の認証を取得したことや、秋の同窓会のご案内を載せております。お手すきの折にご覧いただければ幸いです。",
    "ご住所やご連絡先が変わりましたら、上の差出人までお知らせください。会報をお止めになりたいときも、いつでもお申し付けください。",
    "朝夕は冷え込むようになりました。どうぞお体を大切になさってください。",
];
const FROM: [&str; 3] = ["令和8年11月21日", "青葉食品株式会社", "〒984-0002 仙台市若林区卸町東1-2-3"];

/// So many people with names and addresses as they are.
fn people(count: usize) -> Vec<Addressee> {
    let families = ["佐藤", "髙橋", "𠮷田", "渡邊", "大野", "勅使河原", "齋藤", "鈴木", "邊見", "阿部"];
    let givens = ["誠", "美咲", "健一郎", "涼子", "進", "小百合", "実"];
    let towns = [
        "宮城県仙台市青葉区一番町",
        "京都府京都市中京区河原町通三条下る",
        "東京都新宿区西新宿",
        "北海道札幌市北区北十一条西",
    ];
    (0..count)
        .map(|n| {
            let mut lines = vec![format!("{}{}-{}-{}", towns[n % 4], n % 9 + 1, n % 31 + 1, n % 17 + 1)];
            if n % 3 == 0 {
                lines.push(format!("コーポ青葉 {}号室", 101 + n % 900));
            }
            Addressee {
                postal: format!("{:03}-{:04}", 100 + n % 900, n % 10_000),
                lines,
                firm: Vec::new(),
                names: vec![Name {
                    family: families[n % 10].to_owned(),
                    given: givens[n / 10 % 7].to_owned(),
                    former: String::new(),
                }],
                honorific: "様".to_owned(),
            }
        })
        .collect()
}

fn letter() -> Document {
    Document {
        title: "縁だより 第12号".to_owned(),
        author: "青葉食品株式会社".to_owned(),
        lang: Lang::Ja,
        created: CREATED,
        sheet: Sheet::folded_in_three(),
        look: Look::default(),
        seal: String::new(),
        emblem: None,
        output: Output::Office,
        blocks: PARAGRAPHS.map(|text| Block::Paragraph(text.to_owned())).to_vec(),
        page_numbers: false,
    }
}

fn letters(count: usize, fonts: &Fonts) -> Vec<u8> {
    let from = FROM.map(str::to_owned);
    let set = press::letters(&Letters { letter: &letter(), from: &from, to: &people(count) }, fonts);
    set.and_then(|letters| letters.print(fonts)).expect("letters").pdf
}

/// Sets the letters and writes them; what the measured process does.
pub fn set(pdf: &str) {
    fs::write(pdf, letters(LETTERS, &paper::faces())).expect("a written PDF");
}

/// The same letters in the words of typst.
fn in_typst() -> String {
    let text = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let all = |texts: &mut dyn Iterator<Item = String>| texts.map(|it| text(&it) + ",").collect::<String>();
    let people: String = people(LETTERS)
        .iter()
        .map(|to| {
            let lines = all(&mut to.lines.iter().cloned());
            let Name { family, given, .. } = &to.names[0];
            format!(
                "({}, ({lines}), {}),\n",
                text(&format!("〒{}", to.postal)),
                text(&format!("{family}　{given}　様"))
            )
        })
        .collect();
    let from = all(&mut FROM.iter().map(|it| it.to_string()));
    let body: String = PARAGRAPHS.iter().map(|it| format!("par({}),", text(it))).collect();
    format!(
        "#set document(title: \"縁だより 第12号\", author: \"青葉食品株式会社\")
#set page(paper: \"a4\", margin: (top: 106mm, bottom: 22mm, x: 30mm))
#set text(font: (\"BIZ UDPGothic\", \"Noto Sans JP\"), size: 10.5pt, lang: \"ja\", region: \"jp\", top-edge: 0.88em, bottom-edge: -0.12em)
#set par(justify: true, leading: 8pt, spacing: 8pt, first-line-indent: (amount: 1em, all: true))
#let small(size, it) = block(spacing: 0.35em, {{ set par(first-line-indent: 0pt, justify: false); text(size: size, it) }})
#for (at, (postal, lines, name)) in ({people}).enumerate() {{
  if at > 0 {{ pagebreak() }}
  place(top + left, dx: -8mm, dy: -87mm, box(width: 84mm, height: 36mm, align(horizon, {{
    small(10pt, postal)
    for it in lines {{ small(10pt, it) }}
    small(15pt, name)
  }})))
  place(top + right, dx: 4mm, dy: -84mm, align(right, for it in ({from}) {{ small(9.5pt, it) }}))
  for mark in (99mm, 198mm) {{ place(top + left, dx: -30mm, dy: mark - 106mm, line(length: 4mm, stroke: 0.3pt + luma(153))) }}
  for it in ({body}) {{ it }}
}}
"
    )
}

/// Measures in the folder `home`.
pub fn measure(home: &Path) {
    let fonts = paper::faces();
    letters(10, &fonts);
    let (took, pdf) = time(|| letters(LETTERS, &fonts));
    let a_page = (pdf.len() - letters(1, &fonts).len()) as f64 / (LETTERS - 1) as f64;
    let speed = LETTERS as f64 / took.as_secs_f64();
    line(
        &format!("{LETTERS} personal letters, the faces read"),
        &format!("{speed:.0} pages/s"),
        "",
        None,
        "≥ 6,500 pages/s",
    );
    line("… bytes a page, tagged", &format!("{a_page:.0} B"), "", None, "≤ 650 B");
    against_typst(home);

    let sheets = press::label_sheets();
    let sheet = &sheets[1];
    let to = people(LABELS);
    let labels = || {
        let labels =
            Cells { title: "", author: "", created: CREATED, sheet, used: 0, outlined: false, of: &to };
        press::labels(&labels, &fonts).and_then(|labels| labels.print(&fonts)).expect("labels")
    };
    let (took, printed) = time(labels);
    let said = format!(
        "{:.2} s, {} sheets, {:.0} kB",
        took.as_secs_f64(),
        printed.pages,
        printed.pdf.len() as f64 / 1e3
    );
    line(&format!("{LABELS} address labels"), &said, "", None, "≤ 2 s");
    let to = people(CARDS);
    let from = Addressee {
        firm: vec!["青葉食品株式会社".into()],
        honorific: String::new(),
        names: Vec::new(),
        ..to[0].clone()
    };
    let cards = || {
        let front = press::Front::Postcard;
        let cards = Cards {
            title: "",
            author: "",
            created: CREATED,
            front,
            is_level: false,
            from: &from,
            outlined: false,
            to: &to,
        };
        press::cards(&cards, &fonts).and_then(|cards| cards.print(&fonts)).expect("cards")
    };
    let (took, printed) = time(cards);
    let said = format!("{:.2} s, {:.0} kB", took.as_secs_f64(), printed.pdf.len() as f64 / 1e3);
    line(&format!("{CARDS} postcards"), &said, "", None, "≤ 1 s");
    let message = press::Message {
        heading: "OB・OG会のご案内".into(),
        paragraphs: PARAGRAPHS.map(str::to_owned).to_vec(),
        closing: vec!["令和8年11月".into(), "青葉食品株式会社".into()],
    };
    let double =
        |to: &Addressee| press::Double { to: to.clone(), message: message.clone(), code: "4K7PA".into() };
    let to: Vec<press::Double> = to.iter().map(double).collect();
    let reply =
        press::Reply { answers: vec!["ご出席".into(), "ご欠席".into()], ..press::Reply::default() };
    let doubles = || {
        let doubles = press::Doubles {
            title: "",
            author: "",
            created: CREATED,
            is_level: false,
            from: &from,
            back_to: &from,
            reply: &reply,
            outlined: false,
            to: &to,
        };
        let (out, inside) = press::doubles(&doubles, &fonts).expect("cards");
        [out, inside].map(|side| side.print(&fonts).expect("cards").pdf.len())
    };
    let (took, sizes) = time(doubles);
    let said = format!("{:.2} s, {:.0} kB", took.as_secs_f64(), sizes.iter().sum::<usize>() as f64 / 1e3);
    line(&format!("{CARDS} 往復はがき, both sides"), &said, "", None, "≤ 1 s");
}

fn against_typst(home: &Path) {
    let Some(python) = paper::install() else {
        return line("… against typst", "", "skipped, it could not be installed", None, "");
    };
    let (ours, theirs, source) =
        (home.join("letters.pdf"), home.join("letters-typst.pdf"), home.join("letters.typ"));
    fs::write(&source, in_typst()).expect("a typst source");
    let faces = home.join("letter-faces");
    paper::copy_faces(&faces);
    let us = std::env::current_exe().expect("this program's file");
    let us = || paper::run(Command::new(&us).arg(SET).arg(&ours));
    let compile = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], \
                   font_paths=[sys.argv[3]], ignore_system_fonts=True)";
    let typst = || paper::run(Command::new(&python).args(["-c", compile]).args([&source, &theirs, &faces]));
    let load = || paper::run(Command::new(&python).args(["-c", "import sys, typst"]));
    let mut cpu = [0.0; 3];
    for _ in 0..ROUNDS {
        for (cpu, work) in cpu.iter_mut().zip([&us as &dyn Fn(), &typst, &load]) {
            let before = paper::cpu_of_children();
            work();
            *cpu += (paper::cpu_of_children() - before) * 1e3 / ROUNDS as f64;
        }
    }
    let [us, typst] = [cpu[0], cpu[1] - cpu[2]];
    let our_pdf = ours.clone();
    let [ours, theirs] =
        [&ours, &theirs].map(|pdf| fs::metadata(pdf).map_or(0, |pdf| pdf.len()) as f64 / 1e3);
    line(
        &format!("{LETTERS} personal letters, reading the faces included"),
        &format!("{us:.0} ms of CPU"),
        &format!("typst 0.15: {typst:.0} ms of CPU"),
        Some(us / typst),
        "≤ 0.071",
    );
    line("… the PDF", &format!("{ours:.0} kB"), &format!("{theirs:.0} kB"), Some(ours / theirs), "");
    paper::copy_faces(&home.join("faces"));
    let people = people(LETTERS);
    others::libreoffice_letters(home, &FROM, &people, &PARAGRAPHS, (us, &our_pdf));
}
