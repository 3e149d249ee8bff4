//! Backups: how long one takes whose end somebody waits for.

use std::path::Path;

use serde_json::json;

use crate::figures::{line, median_and, time};
use crate::office::{PASSPHRASE, ask, desk};

/// Measures on the company's register in `home`, of so many people with ten notes each.
pub fn measure(home: &Path, people: usize) {
    let desk = desk(home);
    ask(&desk, "unlock", &json!({ "passphrase": PASSPHRASE }));
    let mut times: Vec<_> = (0..9).map(|_| time(|| ask(&desk, "back_up", &json!({}))).0).collect();
    let backup = std::fs::read_dir(home.join("backups")).expect("backups").next().expect("a backup");
    let bytes = backup.and_then(|backup| backup.metadata()).expect("a backup").len();
    line(
        &format!("a backup of {people} people, synced and read back ({:.1} MB)", bytes as f64 / 1e6),
        &median_and(&mut times, 1.0),
        "",
        None,
        "≤ 1000 ms",
    );
}
