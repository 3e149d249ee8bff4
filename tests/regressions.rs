//! All that libFuzzer was given to begin with, and all that it found: `make fuzz` finds more.

#[path = "fuzz/src/targets.rs"]
mod targets;

use std::path::Path;

#[test]
fn what_was_found_once_is_found_no_more() {
    let mut cases = targets::cases(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/cases"));
    for (name, run) in targets::TARGETS {
        let cases = cases.remove(name).unwrap_or_default();
        assert!(!cases.is_empty(), "{name} has no case to begin with");
        for (file, bytes) in cases {
            println!("{}", file.display());
            run(&bytes);
        }
    }
}
