//! The built program in its real window, driven as a person would: by what things are called on the screen.
//!
//! Every test starts a program of its own with a register folder of its own, on a screen of its own.

#![cfg(target_os = "linux")]

mod driver;
mod program;

use program::Enishi;

#[test]
fn the_program_starts_and_shows_its_first_screen() {
    let enishi = Enishi::start(&[]);
    enishi.heading("Enishi");
}

#[test]
fn the_page_can_reach_nothing_but_the_program() {
    let enishi = Enishi::start(&[]);
    enishi.heading("Enishi");
    let seen = enishi.script(
        "const refused = await fetch('https://example.com/').then(() => false, () => true);
         const evil = (() => { try { return eval('1') } catch { return 'refused' } })();
         return [refused, evil, typeof window.__TAURI__, Object.isFrozen(Object.prototype)];",
        &[],
    );
    assert_eq!(seen, serde_json::json!([true, "refused", "undefined", true]));
}
