//! Four pages of a newsletter, set by the press and by typst: the same words, faces, sizes and columns.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use lopdf::{Document as Pdf, SaveOptions};
use press::{Block, Document};

use crate::{figures::line, others};

#[path = "../../src-tauri/crates/press/tests/sample/mod.rs"]
#[expect(dead_code, reason = "the tests of the press use all of it")]
mod sample;

/// The typst that is measured, from the Python package index.
const TYPST: &str = "typst==0.15.0";
/// Each is started so often, by turns.
const ROUNDS: usize = 5;
const STARTS: usize = 8;
/// Given as an argument, this program sets the pages itself, as a process of its own.
pub const SET: &str = "--set-pages";

/// Sets the four pages and writes them; what the measured process does.
pub fn set(pdf: &str) {
    let printed = press::print(&pages(), &faces()).expect("pages");
    fs::write(pdf, printed.pdf).expect("a written PDF");
}

/// The faces of the program, opened.
pub fn faces() -> press::Fonts {
    press::Fonts::new(desk::faces(&fonts()).expect("the faces")).expect("faces that open")
}

/// Measures in the folder `home`.
pub fn measure(home: &Path) {
    let Some(python) = install() else {
        return line("setting 4 pages", "", "typst: skipped, it could not be installed", None, "");
    };
    let (ours, theirs) = (home.join("ours.pdf"), home.join("typst.pdf"));
    let source = home.join("pages.typ");
    fs::write(&source, include_str!("typst.typ").to_owned() + &in_typst(&pages())).expect("a typst source");
    let faces = home.join("faces");
    copy_faces(&faces);

    let us = std::env::current_exe().expect("this program's file");
    let us = || run(Command::new(&us).arg(SET).arg(&ours));
    let compile = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], \
                   font_paths=[sys.argv[3]], ignore_system_fonts=True)";
    let typst = || run(Command::new(&python).args(["-c", compile]).args([&source, &theirs, &faces]));
    let load = || run(Command::new(&python).args(["-c", "import sys, typst"]));
    us();
    typst();
    let mut cpu = [0.0; 3];
    for _ in 0..ROUNDS {
        for (cpu, work) in cpu.iter_mut().zip([&us as &dyn Fn(), &typst, &load]) {
            let before = cpu_of_children();
            (0..STARTS).for_each(|_| work());
            *cpu += (cpu_of_children() - before) * 1e3 / (ROUNDS * STARTS) as f64;
        }
    }
    let [us, typst] = [cpu[0], cpu[1] - cpu[2]];

    let [our_pdf, their_pdf] = [&ours, &theirs].map(|pdf| fs::read(pdf).expect("a PDF"));
    let [our_pages, their_pages] =
        [&our_pdf, &their_pdf].map(|pdf| Pdf::load_mem(pdf).expect("a PDF").get_pages().len());
    let differ = differing(&letters(&ours), &letters(&theirs));
    let (bytes, bare) = (our_pdf.len() as f64, without_tags(&their_pdf) as f64);
    line(
        &format!("setting {our_pages} pages of A4 in two columns, reading the faces included"),
        &format!("{us:.0} ms of CPU"),
        &format!("typst 0.15 ({their_pages} pages, {differ} letters differ): {typst:.0} ms of CPU"),
        Some(us / typst),
        "",
    );
    line(
        "… the PDF",
        &format!("{:.0} kB", bytes / 1e3),
        &format!("{:.0} kB, without its tags {:.0} kB", their_pdf.len() as f64 / 1e3, bare / 1e3),
        Some(bytes / bare),
        "",
    );
    others::weasyprint(home, &pages(), (us, &ours));
    others::libreoffice_pages(home, &pages(), (us, &ours));
    others::pdfium(home, &sample::rich(), std::slice::from_ref(&ours));
    for pdf in [&ours, &theirs] {
        let kept = root().join("target/bench").join(pdf.file_name().unwrap_or_default());
        fs::copy(pdf, kept).expect("a copy to look at");
    }
}

/// The sample newsletter with its articles set four times over: four pages.
pub fn pages() -> Document {
    let mut document = sample::newsletter();
    let last = document.blocks.len() - 1;
    let articles = document.blocks[1..last].to_vec();
    for _ in 0..3 {
        document.blocks.splice(1..1, articles.iter().cloned());
    }
    document
}

/// The same document in the words of `typst.typ`.
fn in_typst(document: &Document) -> String {
    let text = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let mut running = String::new();
    let mut blocks = Vec::new();
    for block in &document.blocks {
        blocks.push(match block {
            Block::Masthead { name, line, number_and_date } => {
                running = [name.as_str(), number_and_date].join("　");
                format!("masthead({}, {}, {})", text(name), text(line), text(number_and_date))
            }
            Block::Heading(words) => format!("title({})", text(words)),
            Block::Byline(words) => format!("byline({})", text(words)),
            Block::Paragraph(words) => format!("paragraph({})", text(words)),
            Block::Names(names) => {
                let line = |line: &press::NameLine| format!("({}, {})", text(&line.name), text(&line.note));
                format!("names({})", names.iter().map(line).collect::<Vec<_>>().join(", "))
            }
            Block::Colophon(lines) => {
                format!("colophon({})", lines.iter().map(|it| text(it)).collect::<Vec<_>>().join(", "))
            }
            Block::Rule => "rule()".to_owned(),
            other => panic!("the sample newsletter has nothing like {other:?}"),
        });
    }
    let blocks: String = blocks.iter().map(|block| format!("#{block}\n")).collect();
    let head = [("title", &document.title), ("author", &document.author), ("running", &running)];
    let head: Vec<_> = head.iter().map(|(name, words)| format!("{name}: {}", text(words))).collect();
    format!("\n#show: newsletter.with({})\n{blocks}", head.join(", "))
}

/// typst; none when the index cannot be reached.
pub fn install() -> Option<PathBuf> {
    python(TYPST, "typst")
}

/// A Python of its own below `target/` with a package from the index; none when that cannot be reached.
pub fn python(package: &str, module: &str) -> Option<PathBuf> {
    let place = root().join("target/bench").join(module);
    let python = place.join("bin/python");
    let there = |python: &Path| {
        let mut ask = Command::new(python);
        ask.args(["-c", &format!("import {module}")])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|end| end.success())
    };
    if !there(&python) {
        Command::new("python3").args(["-m", "venv"]).arg(&place).status().ok()?;
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", package];
        Command::new(&python).args(pip).status().ok()?;
    }
    there(&python).then_some(python)
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the root")
}

pub fn fonts() -> PathBuf {
    root().join("ui/node_modules/@expo-google-fonts")
}

/// The files that the press reads, and no others: typst reads every face it finds.
pub fn copy_faces(to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for face in desk::faces(&fonts()).expect("the faces") {
        let name = format!("{}-{:?}.ttf", face.name, face.weight);
        fs::write(to.join(name), (face.read)(0..usize::MAX).expect("a face")).expect("a copied face");
    }
}

pub fn run(command: &mut Command) {
    let end = command.stdin(Stdio::null()).status().expect("a process");
    assert!(end.success(), "{command:?}");
}

/// Seconds of CPU of all processes that this one started and that have ended (proc(5): cutime, cstime).
pub fn cpu_of_children() -> f64 {
    /// Ticks a second: `USER_HZ`, 100 on every Linux that offices run.
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").expect("/proc");
    let fields = stat.rsplit_once(')').expect("a name").1.split_whitespace();
    // Counted from the state, which is field 3.
    fields.skip(13).take(2).map(|ticks| ticks.parse::<f64>().expect("ticks")).sum::<f64>() / TICKS
}

/// How often each letter stands in a PDF, as `pdftotext` reads it.
fn letters(pdf: &Path) -> BTreeMap<char, usize> {
    let text = Command::new("pdftotext").arg(pdf).arg("-").output().expect("pdftotext runs");
    let mut letters = BTreeMap::new();
    for letter in String::from_utf8_lossy(&text.stdout).chars().filter(|letter| !letter.is_whitespace()) {
        *letters.entry(letter).or_default() += 1;
    }
    letters
}

fn differing(one: &BTreeMap<char, usize>, other: &BTreeMap<char, usize>) -> usize {
    let count = |letters: &BTreeMap<char, usize>, letter| letters.get(letter).copied().unwrap_or_default();
    let all: std::collections::BTreeSet<_> = one.keys().chain(other.keys()).collect();
    all.into_iter().map(|letter| count(one, letter).abs_diff(count(other, letter))).sum()
}

/// The size of a PDF written as ours is, without the structure tree that typst cannot be told to leave out.
fn without_tags(pdf: &[u8]) -> usize {
    let mut pdf = Pdf::load_mem(pdf).expect("a PDF");
    let catalog = pdf.catalog_mut().expect("a catalog");
    catalog.remove(b"StructTreeRoot");
    catalog.remove(b"MarkInfo");
    for page in pdf.get_pages().into_values() {
        if let Ok(page) = pdf.get_dictionary_mut(page) {
            page.remove(b"StructParents");
        }
    }
    pdf.prune_objects();
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).compression_level(9);
    let mut written = Vec::new();
    pdf.save_with_options(&mut written, options.build()).expect("a written PDF");
    written.len()
}
