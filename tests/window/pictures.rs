//! A picture of every screen of the sample company, to be looked at one by one: both languages, light and dark, the
//! usual window and the smallest, and large letters. `make pictures` leaves them in `target/pictures`.

use std::fs;
use std::process::Command;

use serde_json::json;

use crate::program::Enishi;

/// Goes through the screens and takes their pictures, named `<prefix>-<screen>.png`.
fn tour(enishi: &Enishi, prefix: &str, words: &Words) {
    let shoot = |name: &str| {
        let picture = fs::read(enishi.picture(&format!("{prefix}-{name}"))).unwrap();
        assert!(picture.starts_with(b"\x89PNG"));
    };
    for (name, button) in words.screens {
        enishi.button(button).click();
        enishi.wait_for("the screen", || {
            let here = "return document.querySelector('[aria-current=page]')?.textContent ?? ''";
            let is_here = enishi.script(here, &[]).as_str().is_some_and(|here| here.contains(button));
            // The page about the internet is no place of its own in the rail.
            (is_here || *name == "offline").then_some(())
        });
        enishi.wait_for("what the screen shows", || {
            let there =
                enishi.script("return document.querySelectorAll('main *').length > 5", &[]).as_bool()?;
            (there && !enishi.shown().contains(words.waiting)).then_some(())
        });
        match *name {
            "people" => {
                enishi.text("相澤 久美子");
                shoot("people");
                enishi.field(words.search).type_in("saito misaki");
                enishi.wait_for("who was searched", || enishi.shown().contains("齋藤 美咲").then_some(()));
                enishi.press("Enter");
                enishi.text(words.history);
                shoot("person");
                enishi.press("Escape");
                enishi.field(words.search).clear();
            }
            "issues" => {
                shoot("issues");
                enishi.button(words.issue).click();
                enishi.wait_for("the page beside the pen", || {
                    let drawn = "return [...document.images].some((image) => image.src.startsWith('page:') && image.naturalWidth > 0)";
                    enishi.script(drawn, &[]).as_bool()?.then_some(())
                });
                shoot("issue");
            }
            other => shoot(other),
        }
    }
}

struct Words {
    screens: &'static [(&'static str, &'static str)],
    /// What stands where something is still being read.
    waiting: &'static str,
    search: &'static str,
    history: &'static str,
    issue: &'static str,
}

const JAPANESE: Words = Words {
    screens: &[
        ("today", "今日"),
        ("people", "退職者"),
        ("list", "取り込み"),
        ("staff", "社員"),
        ("issues", "会報"),
        ("steps", "変更の履歴"),
        ("settings", "設定"),
        ("offline", "インターネット不使用"),
    ],
    waiting: "読み込んでいます",
    search: "探す",
    history: "履歴",
    issue: "第12号",
};

const ENGLISH: Words = Words {
    screens: &[
        ("today", "Today"),
        ("people", "Leavers"),
        ("list", "Take in a list"),
        ("staff", "Staff"),
        ("issues", "Newsletter"),
        ("steps", "Changes"),
        ("settings", "Settings"),
    ],
    waiting: "Reading…",
    search: "Search",
    history: "History",
    issue: "No. 12",
};

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

#[test]
fn pictures_of_the_screens() {
    let enishi = Enishi::start(&[]);
    enishi.button("サンプルの会社で試す");
    enishi.picture("ja-start");
    let enishi = Enishi::start(&["--sample"]);
    tour(&enishi, "ja", &JAPANESE);
    enishi.resize(1024, 700);
    tour(&enishi, "ja-small", &JAPANESE);
    enishi.resize(1280, 800);
    enishi.button("English").click();
    tour(&enishi, "en", &ENGLISH);
}

#[test]
fn pictures_of_the_screens_in_the_dark_and_with_large_letters() {
    let enishi = Enishi::start_on(&["--sample"], true);
    tour(&enishi, "dark", &JAPANESE);
    enishi.run("change_settings", serde_json::json!({ "text_size": "200" }));
    enishi.script("location.reload()", &[]);
    enishi.ready();
    enishi.picture("dark-200-today");
}
