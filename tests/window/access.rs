//! axe-core on every screen, in both languages, light and dark; and nothing cut in the smallest window or in
//! the largest letters.

use serde_json::{Value, json};

use crate::program::Enishi;
use crate::screens::{cut, desktop, enlarge, every_screen};

/// What axe-core finds wrong for people who use a keyboard, a reader or a magnifier, by these rules or by all.
pub fn faults_of_access(enishi: &Enishi, rules: &[&str]) -> Value {
    if enishi.script("return 'axe' in window", &[]) == false {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(path).expect("axe-core, which `make setup` brings");
        enishi.script(&axe, &[]);
    }
    enishi.script(
        "const runOnly = arguments[0].length ? { runOnly: arguments[0] } : {};
         const run = await axe.run(document, { resultTypes: ['violations'], ...runOnly });
         return run.violations.filter((fault) => ['serious', 'critical'].includes(fault.impact))
             .map((fault) => [fault.id, fault.nodes.map((node) => node.html)]);",
        &[json!(rules)],
    )
}

fn look_at_every_screen(english: bool) {
    let enishi = Enishi::start(&[]);
    let (mut seen, mut faults) = (0, Vec::new());
    every_screen(&enishi, english, &mut |screen| {
        let mut note = |how: &str, found: Value| {
            if found != json!([]) {
                faults.push(format!("{screen}{how}: {found}"));
            }
        };
        note("", faults_of_access(&enishi, &[]));
        note(", cut", cut(&enishi));
        desktop(&enishi, &["dark"]);
        note(", dark", faults_of_access(&enishi, &["color-contrast"]));
        desktop(&enishi, &[]);
        enishi.resize(1024, 700);
        note(", small, cut", cut(&enishi));
        enishi.resize(1280, 800);
        enlarge(&enishi, true);
        note(", large, cut", cut(&enishi));
        enlarge(&enishi, false);
        seen += 1;
    });
    assert!(seen > 30 && faults.is_empty(), "{seen} screens: {faults:#?}");
}

#[test]
fn no_screen_has_a_serious_fault_of_access_or_cuts_its_words_in_japanese() {
    look_at_every_screen(false);
}

#[test]
fn no_screen_has_a_serious_fault_of_access_or_cuts_its_words_in_english() {
    look_at_every_screen(true);
}
