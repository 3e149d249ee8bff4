//! One program for all targets: `TARGET` names the one that is given libFuzzer's bytes.

#![no_main]

mod targets;

use std::sync::OnceLock;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    static RUN: OnceLock<fn(&[u8])> = OnceLock::new();
    let run = RUN.get_or_init(|| {
        // A panic that the program catches is no find; libFuzzer's own hook would end everything at once. One that nobody
        // catches ends it all the same.
        let _ = std::panic::take_hook();
        let name = std::env::var("TARGET").unwrap_or_default();
        let target = targets::TARGETS.iter().find(|(target, _)| *target == name);
        target.unwrap_or_else(|| panic!("TARGET is none of the targets: {name:?}")).1
    });
    run(bytes);
});
