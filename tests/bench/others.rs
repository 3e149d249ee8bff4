//! The same words in the programs that offices and web people set paper with: WeasyPrint and LibreOffice, which converts a
//! document that is ready. And PDFium, which most people read PDFs with, opens every kind of ours.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use press::{Addressee, Block, DESIGNS, Document, Edition, Output};

use crate::{
    figures::line,
    paper::{self, run},
};

const WEASYPRINT: &str = "weasyprint==66.0";
const PDFIUM: &str = "pypdfium2==5.0.0";

/// CPU in milliseconds that some work of other processes takes, without what `idle` takes: starting and stopping.
pub fn cpu(rounds: usize, work: &dyn Fn(), idle: &dyn Fn()) -> f64 {
    // What is made at the first start is made once.
    idle();
    work();
    let mut cpu = [0.0; 2];
    for _ in 0..rounds {
        for (cpu, work) in cpu.iter_mut().zip([work, idle]) {
            let before = paper::cpu_of_children();
            work();
            *cpu += (paper::cpu_of_children() - before) * 1e3 / rounds as f64;
        }
    }
    cpu[0] - cpu[1]
}

/// A process whose chatter is not read.
fn quiet(command: &mut Command) {
    run(command.stdout(Stdio::null()).stderr(Stdio::null()));
}

/// What another program took, beside what the press took for the same: milliseconds of CPU, and the PDF.
fn compare(
    what: &str,
    name: &str,
    (ours, our_pdf): (f64, &Path),
    (theirs, their_pdf): (f64, &Path),
    wanted: &str,
) {
    let size = |pdf: &Path| fs::metadata(pdf).map_or(0, |pdf| pdf.len()) as f64 / 1e3;
    let (us, them) = (format!("{ours:.0} ms of CPU"), format!("{name}: {theirs:.0} ms of CPU"));
    line(what, &us, &them, Some(ours / theirs), wanted);
    let (us, them) = (format!("{:.0} kB", size(our_pdf)), format!("{:.0} kB", size(their_pdf)));
    line("… the PDF", &us, &them, Some(size(our_pdf) / size(their_pdf)), "");
    let kept = paper::root().join("target/bench").join(their_pdf.file_name().unwrap_or_default());
    fs::copy(their_pdf, kept).expect("a copy to look at");
}

/// The four pages by WeasyPrint.
pub fn weasyprint(home: &Path, document: &Document, ours: (f64, &Path)) {
    let Some(python) = paper::python(WEASYPRINT, "weasyprint") else {
        return line("… against WeasyPrint", "", "skipped, it could not be installed", None, "");
    };
    let (source, theirs) = (home.join("pages.html"), home.join("weasyprint.pdf"));
    fs::write(&source, in_html(document, &home.join("faces"))).expect("a page");
    let set =
        "import sys, weasyprint; weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_tags=True)";
    let work = || quiet(Command::new(&python).args(["-c", set]).args([&source, &theirs]));
    let idle = || quiet(Command::new(&python).args(["-c", "import sys, weasyprint"]));
    let took = cpu(3, &work, &idle);
    compare("the same four pages", "WeasyPrint 66", ours, (took, &theirs), "");
}

/// A document by LibreOffice, from its own format.
fn libreoffice(home: &Path, name: &str, text: &str) -> Option<(f64, PathBuf)> {
    let found = |name: &str| Command::new(name).arg("--version").stdout(Stdio::null()).status().is_ok();
    let program = ["soffice", "libreoffice"].into_iter().find(|name| found(name))?;
    // It knows no faces but the program's.
    let fonts = home.join("fonts.conf");
    let faces = home.join("faces");
    fs::write(
        &fonts,
        format!(
            "<?xml version=\"1.0\"?><fontconfig><dir>{}</dir><cachedir>{}</cachedir></fontconfig>",
            faces.display(),
            home.join("font-cache").display()
        ),
    )
    .expect("a list of faces");
    let [source, empty] = [name, "empty"].map(|name| home.join(format!("{name}.fodt")));
    fs::write(&source, text).expect("a document");
    fs::write(&empty, in_odt("<text:p/>")).expect("a document");
    let convert = |source: &Path| {
        let mut command = Command::new(program);
        command.arg(format!("-env:UserInstallation=file://{}", home.join("office").display()));
        command.args(["--headless", "--norestore", "--convert-to"]);
        command.arg("pdf:writer_pdf_Export:{\"UseTaggedPDF\":{\"type\":\"boolean\",\"value\":\"true\"}}");
        command.arg("--outdir").arg(home).arg(source).env("FONTCONFIG_FILE", &fonts);
        quiet(&mut command);
    };
    let took = cpu(2, &|| convert(&source), &|| convert(&empty));
    Some((took, home.join(format!("{name}.pdf"))))
}

/// The four pages by LibreOffice.
pub fn libreoffice_pages(home: &Path, document: &Document, ours: (f64, &Path)) {
    match libreoffice(home, "libreoffice-pages", &in_odt(&body_in_odt(document))) {
        None => line("… against LibreOffice", "", "skipped, it is not installed", None, ""),
        Some((took, theirs)) => {
            compare("the same four pages", "LibreOffice, a ready document", ours, (took, &theirs), "");
        }
    }
}

/// The letters by LibreOffice: a document in which they are merged already.
pub fn libreoffice_letters(home: &Path, from: &[&str], to: &[Addressee], body: &[&str], ours: (f64, &Path)) {
    let paragraph =
        |style: &str, text: &str| format!("<text:p text:style-name=\"{style}\">{}</text:p>", escaped(text));
    let letters: String = to
        .iter()
        .map(|to| {
            let press::Name { family, given, .. } = &to.names[0];
            let mut letter = paragraph("First", &format!("〒{}", to.postal));
            letter.extend(to.lines.iter().map(|it| paragraph("Plain", it)));
            letter += &paragraph("Plain", &format!("{family}　{given}　様"));
            letter.extend(from.iter().map(|it| paragraph("Right", it)));
            letter.extend(body.iter().map(|it| paragraph("Body", it)));
            letter
        })
        .collect();
    let what = format!("{} personal letters", to.len());
    match libreoffice(home, "libreoffice-letters", &in_odt(&letters)) {
        None => line("… against LibreOffice", "", "skipped, it is not installed", None, ""),
        Some((took, theirs)) => {
            compare(&what, "LibreOffice, merged already", ours, (took, &theirs), "≤ 0.05");
        }
    }
}

/// Every design, edition and way of printing, opened and drawn by PDFium.
pub fn pdfium(home: &Path, document: &Document, more: &[PathBuf]) {
    let Some(python) = paper::python(PDFIUM, "pypdfium2") else {
        return line("PDFium", "", "skipped, it could not be installed", None, "");
    };
    let fonts = paper::faces();
    let mut pdfs = more.to_vec();
    for design in DESIGNS {
        for edition in [Edition::Standard, Edition::Large, Edition::Upright, Edition::Grey] {
            for output in [Output::Office, Output::PrintShop, Output::Folded] {
                let mut document = document.clone().edition(edition);
                (document.look.design, document.output) = (design, output);
                let pdf = home.join(format!("{}-{edition:?}-{output:?}.pdf", design.name));
                fs::write(&pdf, press::print(&document, &fonts).expect("pages").pdf).expect("a PDF");
                pdfs.push(pdf);
            }
        }
    }
    let open = "import sys, pypdfium2\n\
                pages = 0\n\
                for name in sys.argv[1:]:\n\
                \x20   for page in pypdfium2.PdfDocument(name):\n\
                \x20       page.render(scale=0.3)\n\
                \x20       assert page.get_textpage().get_text_range() is not None\n\
                \x20       pages += 1\n\
                print(pages)";
    let read = Command::new(python).args(["-c", open]).args(&pdfs).output().expect("Python runs");
    let said = String::from_utf8_lossy(&read.stderr);
    assert!(read.status.success() && said.is_empty(), "PDFium: {said}");
    let pages = String::from_utf8_lossy(&read.stdout).trim().to_owned();
    line(
        "PDFs that PDFium opens and draws",
        &format!("{}, {pages} pages", pdfs.len()),
        "",
        None,
        "all, without a warning",
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The document as a web page: its paper, columns, faces and sizes.
fn in_html(document: &Document, faces: &Path) -> String {
    let face = |family: &str, file: &str, weight: &str| {
        let file = faces.join(file);
        format!(
            "@font-face {{ font-family: {family}; font-weight: {weight}; src: url('file://{}'); }}\n",
            file.display()
        )
    };
    let faces: String =
        desk_faces().iter().map(|(family, file, weight)| face(family, file, weight)).collect();
    let body: String = document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Masthead { name, line, number_and_date } => {
                format!(
                    "<h1>{} <small>{} {}</small></h1>",
                    escaped(name),
                    escaped(number_and_date),
                    escaped(line)
                )
            }
            Block::Heading(text) => format!("<h2>{}</h2>", escaped(text)),
            Block::Byline(text) => format!("<p class=by>{}</p>", escaped(text)),
            Block::Paragraph(text) => format!("<p>{}</p>", escaped(text)),
            Block::Names(names) => {
                let row = |name: &press::NameLine| {
                    format!("<tr><td>{}<td>{}", escaped(&name.name), escaped(&name.note))
                };
                format!("<table>{}</table>", names.iter().map(row).collect::<String>())
            }
            Block::Colophon(lines) => format!("<footer>{}</footer>", escaped(&lines.join(" "))),
            _ => "<hr>".to_owned(),
        })
        .collect();
    format!(
        "<!doctype html><html lang=ja><meta charset=utf-8><title>{}</title><style>{faces}
        @page {{ size: A4; margin: 18mm 19mm 22mm; @bottom-right {{ content: counter(page); font-size: 8.5pt }} }}
        body {{ margin: 0; columns: 2; column-gap: 27.56pt; font: 10pt/17pt mincho; text-align: justify }}
        h1 {{ column-span: all; font-size: 42pt; line-height: 48pt; margin: 0; color: #1f4e79 }}
        small {{ font: 8.5pt gothic }}
        h2 {{ font: bold 13.5pt/19pt gothic; margin: 10pt 0 5pt; color: #1f4e79; border-top: 0.4pt solid }}
        p {{ margin: 0; text-indent: 1em }} .by, td + td, footer {{ font: 8.5pt gothic }} .by {{ text-align: right }}
        </style><body>{body}",
        escaped(&document.title)
    )
}

/// The faces as `paper::copy_faces` lays them down: family of the press, file, weight.
fn desk_faces() -> Vec<(&'static str, String, &'static str)> {
    let faces = desk::faces(&paper::fonts()).expect("the faces");
    let of = |face: press::Face| {
        let family = if matches!(face.family, press::Family::Mincho) { "mincho" } else { "gothic" };
        let weight = if matches!(face.weight, press::Weight::Bold) { "bold" } else { "normal" };
        (family, format!("{}-{:?}.ttf", face.name, face.weight), weight)
    };
    // The first of each kind is the one that running text is set in.
    let mut kept: Vec<(&str, String, &str)> = Vec::new();
    for face in faces.into_iter().map(of) {
        if !kept.iter().any(|known| (known.0, known.2) == (face.0, face.2)) {
            kept.push(face);
        }
    }
    kept
}

/// The newsletter's text in the words of OpenDocument.
fn body_in_odt(document: &Document) -> String {
    let paragraph =
        |style: &str, text: &str| format!("<text:p text:style-name=\"{style}\">{}</text:p>", escaped(text));
    let mut head = String::new();
    let mut body = String::new();
    for block in &document.blocks {
        match block {
            Block::Masthead { name, line, number_and_date } => {
                head = paragraph("Masthead", name)
                    + &paragraph("Right", &[number_and_date.as_str(), line].join("　"));
            }
            Block::Heading(text) => {
                body += &format!(
                    "<text:h text:outline-level=\"1\" text:style-name=\"Title\">{}</text:h>",
                    escaped(text)
                );
            }
            Block::Byline(text) => body += &paragraph("Right", text),
            Block::Paragraph(text) => body += &paragraph("Body", text),
            Block::Names(names) => {
                body.extend(names.iter().map(|it| paragraph("Plain", &format!("{}　{}", it.name, it.note))))
            }
            Block::Colophon(lines) => body.extend(lines.iter().map(|it| paragraph("Right", it))),
            _ => {}
        }
    }
    format!("{head}<text:section text:name=\"Text\" text:style-name=\"Columns\">{body}</text:section>")
}

/// A flat document of LibreOffice about a text.
fn in_odt(body: &str) -> String {
    let style = |name: &str, paragraph: &str, text: &str| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"paragraph\"><style:paragraph-properties {paragraph}/>\
             <style:text-properties style:font-name=\"F\" style:font-name-asian=\"F\" {text} fo:language=\"ja\" \
             style:language-asian=\"ja\" style:country-asian=\"JP\"/></style:style>"
        )
    };
    let size = |size: f64| format!("fo:font-size=\"{size}pt\" style:font-size-asian=\"{size}pt\"");
    let justified = "fo:text-align=\"justify\" fo:text-indent=\"10pt\" fo:line-height=\"17pt\"";
    let styles = [
        style("Body", justified, &size(10.0)),
        style("Plain", "fo:line-height=\"17pt\"", &size(10.0)),
        style("First", "fo:break-before=\"page\" fo:line-height=\"17pt\"", &size(10.0)),
        style("Right", "fo:text-align=\"end\" fo:line-height=\"17pt\"", &size(8.5)),
        style("Title", "fo:keep-with-next=\"always\" fo:margin-top=\"10pt\"", &size(13.5)),
        style("Masthead", "fo:line-height=\"48pt\"", &size(42.0)),
    ]
    .concat();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" \
xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" office:version=\"1.3\" \
office:mimetype=\"application/vnd.oasis.opendocument.text\">\
<office:font-face-decls><style:font-face style:name=\"F\" svg:font-family=\"'BIZ UDPMincho'\"/></office:font-face-decls>\
<office:automatic-styles>{styles}\
<style:style style:name=\"Columns\" style:family=\"section\"><style:section-properties>\
<style:columns fo:column-count=\"2\" fo:column-gap=\"27.56pt\"/></style:section-properties></style:style>\
<style:page-layout style:name=\"Page\"><style:page-layout-properties fo:page-width=\"210mm\" fo:page-height=\"297mm\" \
fo:margin-top=\"18mm\" fo:margin-bottom=\"22mm\" fo:margin-left=\"19mm\" fo:margin-right=\"19mm\"/></style:page-layout>\
</office:automatic-styles>\
<office:master-styles><style:master-page style:name=\"Standard\" style:page-layout-name=\"Page\"/></office:master-styles>\
<office:body><office:text>{body}</office:text></office:body></office:document>"
    )
}
