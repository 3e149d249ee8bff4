//! Prints the sample newsletter, so that it can be looked at, and writes the boxes that `tests/press.rs`
//! compares with:
//! `cargo run -p press --example newsletter -- newsletter.pdf src-tauri/crates/press/tests/newsletter.txt`
//!
//! With `--wall` and a folder it prints every design and edition into the folder.

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use press::{DESIGNS, Document, Edition, Fonts, Output, Sheet};

/// A picture to stand across the columns: the sample company's works.
const MORNING: &[u8] = include_bytes!("../../desk/src/sample/morning.jpg");
/// A mark as companies have it.
const MARK: &[u8] = include_bytes!("../../../../icons/128x128.png");

type Done = Result<(), Box<dyn std::error::Error>>;

fn main() -> Done {
    let mut paths = std::env::args().skip(1).peekable();
    let (document, fonts) = (sample::newsletter(), sample::fonts());
    if paths.next_if_eq("--wall").is_some() {
        return wall(&PathBuf::from(paths.next().ok_or("name the folder")?), &fonts);
    }
    let mut took = Duration::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        press::print(&document, &fonts)?;
        took = took.min(start.elapsed());
    }
    let printed = press::print(&document, &fonts)?;
    println!("{} pages, {} bytes, {took:?}, missing {:?}", printed.pages, printed.pdf.len(), printed.missing);
    std::fs::write(paths.next().ok_or("name the PDF to write")?, printed.pdf)?;
    if let Some(path) = paths.next() {
        std::fs::write(path, sample::boxes(&press::lay(&document, &fonts)?.pages))?;
    }
    Ok(())
}

fn wall(folder: &std::path::Path, fonts: &Fonts) -> Done {
    let print = |name: &str, document: &Document| -> Done {
        Ok(std::fs::write(folder.join(format!("{name}.pdf")), press::print(document, fonts)?.pdf)?)
    };
    for design in DESIGNS {
        let mut document = sample::rich();
        document.look.design = design;
        print(design.name, &document)?;
    }
    let rich = sample::rich();
    print("large", &rich.clone().edition(Edition::Large))?;
    print("upright", &sample::upright().edition(Edition::Upright))?;
    print("upright-rich", &rich.clone().edition(Edition::Upright))?;
    print("grey", &rich.clone().edition(Edition::Grey))?;
    print("print-shop", &Document { output: Output::PrintShop, ..rich.clone() })?;
    let mut wide = sample::wide(MORNING, MARK);
    print("wide", &wide)?;
    for (name, edition) in [("large", Edition::Large), ("upright", Edition::Upright), ("grey", Edition::Grey)]
    {
        let printed =
            press::print_fitted(&wide.clone().edition(edition), fonts, &press::Darkroom::default())?;
        std::fs::write(folder.join(format!("wide-{name}.pdf")), printed.pdf)?;
    }
    for design in DESIGNS {
        wide.look.design = design;
        print(&format!("wide-{}", design.name), &wide)?;
        let output = Output::PrintShop;
        print(&format!("wide-{}-shop", design.name), &Document { output, ..wide.clone() })?;
    }
    print("folded", &Document { output: Output::Folded, ..rich.clone() })?;
    print("b5", &Document { sheet: Sheet { folds: 3, ..Sheet::b5(2) }, ..rich.clone() })?;
    std::fs::write(folder.join("mail.txt"), rich.plain())?;
    Ok(())
}
