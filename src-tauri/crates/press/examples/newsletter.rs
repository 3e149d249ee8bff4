//! Prints the sample newsletter, so that it can be looked at, and writes the boxes that `tests/press.rs`
//! compares with:
//! `cargo run -p press --example newsletter -- newsletter.pdf src-tauri/crates/press/tests/newsletter.txt`
//!
//! With `--upright` before the paths it is the vertical edition.

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths = std::env::args().skip(1).peekable();
    let is_upright = paths.next_if_eq("--upright").is_some();
    let document = if is_upright { sample::upright() } else { sample::newsletter() };
    let fonts = sample::fonts();
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
