//! Prints the sample newsletter into the file named, so that it can be looked at:
//! `cargo run -p press --example newsletter -- newsletter.pdf`

#[path = "../tests/sample/mod.rs"]
mod sample;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name the file to write")?;
    let fonts = sample::fonts();
    let mut took = std::time::Duration::MAX;
    let mut printed = None;
    for _ in 0..5 {
        let start = std::time::Instant::now();
        printed = Some(press::print(&sample::newsletter(), &fonts)?);
        took = took.min(start.elapsed());
    }
    if let Some(printed) = printed {
        println!(
            "{} pages, {} bytes, {took:?}, missing {:?}",
            printed.pages,
            printed.pdf.len(),
            printed.missing
        );
        std::fs::write(path, printed.pdf)?;
    }
    Ok(())
}
