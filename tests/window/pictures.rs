//! A picture of every screen, to be looked at one by one: `make pictures` leaves them in `target/pictures`. They
//! assert nothing, so `make test` leaves them out; the same screens are measured in `access.rs`.

use std::fs;
use std::process::Command;

use serde_json::json;

use crate::program::Enishi;
use crate::screens::{desktop, enlarge, every_screen};

/// Takes the pictures `<language>-<screen>`, followed by what is unusual about them.
fn take(language: &str) {
    let enishi = Enishi::start(&[]);
    every_screen(&enishi, language == "en", &mut |screen| {
        let shoot = |how: &str| enishi.picture(&format!("{language}-{screen}{how}"));
        shoot("");
        for kind in ["dark", "contrast", "forced"] {
            desktop(&enishi, &[kind]);
            shoot(&format!("-{kind}"));
        }
        desktop(&enishi, &[]);
        enishi.resize(1024, 700);
        shoot("-small");
        enishi.resize(1280, 800);
        enlarge(&enishi, true);
        shoot("-large");
        enlarge(&enishi, false);
    });
}

#[test]
fn pictures_in_japanese() {
    take("ja");
}

#[test]
fn pictures_in_english() {
    take("en");
}

/// The first page of the sample company's newsletter, as a printer would set it.
#[test]
fn a_picture_of_the_newsletter() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.ready();
    let issues = enishi.run("issues", json!({}));
    let printed = enishi.run("print_issue", json!({ "id": issues[1]["id"] }));
    assert_eq!((&printed["missing"], &printed["coarse"]), (&json!([]), &json!([])));
    let pdf = enishi.picture("ja-newsletter").with_extension("pdf");
    enishi.dialogs_answer(&[Some(&pdf)]);
    let saved = json!({ "token": printed["file"], "name": printed["name"], "title": "" });
    assert!(enishi.call("save_file", saved)["ok"].is_object());
    let page = pdf.with_extension("");
    let drawn =
        Command::new("pdftoppm").args(["-png", "-singlefile", "-r", "110"]).arg(&pdf).arg(&page).status();
    assert!(drawn.unwrap().success());
    assert!(fs::read(pdf.with_extension("png")).unwrap().starts_with(b"\x89PNG"));
}
