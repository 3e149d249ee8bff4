//! Measurements, not tests: what Enishi takes against something comparable on this machine in the same run, as a
//! table for the README. `make bench` builds all of it optimised and runs it; names of measurements as arguments
//! (`commands`, `start`, `typing`, `memory`, `backups`, `paper`, `letters`, `ledger`, `lists`, `page`) run only these.

#![cfg(target_os = "linux")]

mod backups;
mod commands;
mod figures;
mod ledger;
mod letters;
mod lists;
mod office;
mod others;
mod paper;
mod programs;
mod start;
mod typing;

use std::path::Path;

use serde_json::json;

/// People of a large register; each has ten notes.
const MANY: usize = 100_000;
/// People of the register of a small company in the thick of it.
const FEW: usize = 5_000;
/// People of a register as a firm of some size has it.
const SOME: usize = 10_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [what, pdf] = &arguments[..]
        && what == paper::SET
    {
        return paper::set(pdf);
    }
    if let [what, pdf] = &arguments[..]
        && what == letters::SET
    {
        return letters::set(pdf);
    }
    let wanted = |name: &str| arguments.is_empty() || arguments.iter().any(|it| it == name);
    let place = tempfile::tempdir().expect("a folder");
    // Both the desk here and the program in its window find the registers below it.
    let home = place.path().join("enishi");
    let load = || std::fs::read_to_string("/proc/loadavg").expect("/proc");
    eprintln!("load of the machine at the beginning: {}", load());
    figures::head();
    if wanted("page") {
        page();
    }
    if wanted("start") {
        let (desk, input) = (office::desk(&home), json!({}));
        office::ask(&desk, "start_sample", &input);
        office::fill(&desk.register().expect("open"), SOME, 10);
        drop(desk);
        start::measure(place.path(), SOME);
    }
    if wanted("commands") || wanted("typing") {
        office::company(&home, MANY, 10);
    }
    if wanted("typing") {
        typing::measure(place.path(), MANY);
    }
    if wanted("commands") {
        commands::measure(&home, MANY);
    }
    if wanted("memory") {
        let place = tempfile::tempdir().expect("a folder");
        office::company(&place.path().join("enishi"), MANY, 0);
        typing::measure_memory(place.path(), MANY);
    }
    if wanted("backups") {
        let place = tempfile::tempdir().expect("a folder");
        office::company(place.path(), FEW, 10);
        backups::measure(place.path(), FEW);
    }
    if wanted("lists") {
        lists::measure(place.path());
    }
    if wanted("paper") {
        paper::measure(place.path());
    }
    if wanted("preview") {
        let place = tempfile::tempdir().expect("a folder");
        typing::measure_page(place.path());
    }
    if wanted("ledger") {
        let place = tempfile::tempdir().expect("a folder");
        ledger::measure(place.path(), FEW);
    }
    if wanted("letters") {
        letters::measure(place.path());
    }
    eprintln!("load of the machine at the end: {}", load());
}

/// What the page weighs, packed as web servers pack it; the program holds it packed as well. What `index.html` does
/// not name is read when somebody asks for it.
fn page() {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/dist");
    let index = std::fs::read_to_string(dist.join("index.html")).expect("the page is built");
    let mut packed = [0, 0];
    for entry in std::fs::read_dir(dist.join("assets")).expect("the page is built") {
        let path = entry.expect("a file").path();
        let mut gzip = std::process::Command::new("gzip");
        let size = gzip.args(["-9", "-c"]).arg(&path).output().expect("gzip runs").stdout.len();
        let later = !index.contains(&*path.file_name().unwrap_or_default().to_string_lossy());
        packed[usize::from(later)] += size;
    }
    figures::line(
        "the page read at the start, gz",
        &format!("{:.1} kB, {:.1} kB more when asked for", packed[0] as f64 / 1e3, packed[1] as f64 / 1e3),
        "",
        None,
        "≤ 80 kB",
    );
}
