//! Every form that is printed about one person, in both languages: whole, on as few pages as it should be, and without
//! a sentence of the other language. They lie in `target/pictures/forms`, to be looked at.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};

use crate::program::Enishi;

fn told(program: &str, pdf: &Path) -> String {
    let mut command = Command::new(program);
    command.arg(pdf);
    if program == "pdftotext" {
        command.arg("-");
    }
    String::from_utf8_lossy(&command.output().unwrap().stdout).into_owned()
}

/// Checks a form and lays it where it can be looked at; 0 pages are as many as it takes.
fn looked_at(pdf: &Path, language: &str, name: &str, pages: u32) {
    let said = told("pdftotext", pdf);
    assert!(said.trim().chars().count() > 80, "{name}: {said}");
    if language == "en" {
        // Names are Japanese, sentences are not.
        for polite in ["です", "ます", "ください", "ません"] {
            assert!(!said.contains(polite), "{name} says {polite}: {said}");
        }
    }
    let info = told("pdfinfo", pdf);
    let found = info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().to_owned();
    assert!(pages == 0 || found == pages.to_string(), "{name} in {language}: {found} pages");
    let folder =
        Path::new(env!("CARGO_BIN_EXE_enishi")).ancestors().nth(2).expect("target/").join("pictures/forms");
    fs::create_dir_all(&folder).unwrap();
    fs::copy(pdf, folder.join(format!("{language}-{name}.pdf"))).unwrap();
}

fn print_all(language: &str) {
    let enishi = Enishi::start(&["--sample"]);
    let english = language == "en";
    let say = |japanese: &'static str, in_english: &'static str| if english { in_english } else { japanese };
    if english {
        enishi.button("English").click();
        enishi.heading("Today");
    }
    let all = enishi.run("colleagues", json!({}));
    let all = all.as_array().unwrap();
    let kept =
        |one: &&Value| enishi.run("in_charge_of", json!({ "id": one["id"] })).as_array().unwrap().len();
    let busiest = all.iter().max_by_key(kept).unwrap();
    let serving =
        all.iter().find(|one| one["fields"]["left_on"].is_null() && one["id"] != busiest["id"]).unwrap();
    // Somebody of whom much is held, with a hard name.
    let person = enishi.run(
        "begin_exit",
        json!({ "who": { "colleague": serving["id"] }, "left_on": "2027-03-31", "items": [{ "kind": "return", "name": "社員証" }] }),
    )["person"]
        .clone();
    enishi.run(
        "change_person",
        json!({ "id": person, "changes": { "family": "𠮷田", "given": "邊", "family_kana": "ヨシダ", "given_kana": "ワタル",
            "in_charge": busiest["id"], "born_on": "1966-04-09", "joined_on": "1990-04-01", "notes": "将棋が好き。鈴木さんの後任" } }),
    );
    let address = json!({ "person": person, "label": "自宅", "postal": "980-0811", "prefecture": "宮城県", "city": "仙台市青葉区",
        "street": "一番町3-7-1", "building": "メゾン髙橋201", "best": true });
    enishi.run("add_address", address);
    for (kind, day, note) in [
        ("call", "2026-08-21", "工場見学の件。秋にもう一度電話する。"),
        ("visit", "2026-10-02", "本社で会った。若手に図面の見方を教えてもよいとのこと。"),
    ] {
        let contact = json!({ "person": person, "kind": kind, "on_day": day, "note": note });
        enishi.run("add_contact", contact);
    }
    for (purpose, channel) in [("newsletter", "post"), ("event", "mail"), ("name_in_print", "print")] {
        let consent = json!({ "person": person, "purpose": purpose, "channel": channel, "basis": "consent", "state": "yes",
            "on_day": "2026-11-02", "evidence": "同意書" });
        enishi.run("add_consent", consent);
    }
    let agreement = json!({ "person": person, "kind": "secrecy", "signed_on": "2027-03-31", "until_on": "2028-03-31", "scope": "配合表" });
    enishi.run("add_agreement", agreement);
    let made = enishi.folder().join("made.pdf");
    let fresh = |count: usize| -> PathBuf {
        let _ = fs::remove_file(&made);
        enishi.dialogs_answer(&vec![Some(made.as_path()); count]);
        made.clone()
    };
    let there = || enishi.wait_for("the saved paper", || made.exists().then_some(()));
    let click = |japanese, in_english| enishi.button(say(japanese, in_english)).click();

    // The last day.
    click("退職の手続き", "Leaving");
    enishi.find("button", "𠮷田 邊").click();
    click("渡す紙", "Sheet to hand over");
    for (name, japanese, in_english) in [
        ("last-day", "PDF にする", "Make a PDF"),
        ("consent", "連絡と掲載についての同意書", "What you may send and print"),
        ("reach", "連絡先届", "Change of address"),
    ] {
        fresh(1);
        enishi.wait_for("a free button", || {
            (enishi.button(say(japanese, in_english)).property("disabled") == false).then_some(())
        });
        click(japanese, in_english);
        there();
        looked_at(&made, language, name, 1);
    }

    // What was given when there was reason to celebrate or to mourn.
    fresh(1);
    click("慶弔", "Life events");
    enishi.heading(say("慶弔の記録", "Life events"));
    click("PDF にする", "Make a PDF");
    there();
    looked_at(&made, language, "rites", 1);

    // Whose ties go to another.
    fresh(1);
    click("社員", "Staff");
    let fields = &busiest["fields"];
    let name = format!("{} {}", fields["family"].as_str().unwrap(), fields["given"].as_str().unwrap());
    enishi
        .button(&if english { format!("Hand over: {name}") } else { format!("{name}さんの引き継ぎ") })
        .click();
    click("引き継ぎ表を印刷", "Print the sheet");
    there();
    looked_at(&made, language, "hand-over", 0);
    enishi.press("Escape");

    // Those of whom nothing is known are asked.
    let unknown =
        json!({ "family": "髙橋", "given": "邊見", "family_kana": "タカハシ", "given_kana": "ヘンミ" });
    let unknown = enishi.run("add_person", unknown);
    let address = json!({ "person": unknown, "label": "自宅", "postal": "980-0811", "prefecture": "宮城県", "city": "仙台市青葉区",
        "street": "一番町3-7-1", "building": "", "best": true });
    enishi.run("add_address", address);
    fresh(1);
    click("退職者", "Leavers");
    enishi.field(say("探す", "Search")).type_in("たかはし へんみ");
    enishi.text(say("1名", "1 person"));
    enishi.button(say("全員を選ぶ（1名）", "Select everybody (1)")).click();
    click("お尋ねの手紙…", "Letter that asks…");
    click("PDF にする", "Make a PDF");
    there();
    looked_at(&made, language, "asking", 1);
    enishi.press("Escape");
    click("選択をやめる", "Clear");

    // What is held, and that it is no more.
    fresh(2);
    let search = enishi.field(say("探す", "Search"));
    search.clear();
    search.type_in("よしだ わたる");
    enishi.press("Enter");
    enishi.heading("𠮷田 邊");
    click("本人の請求", "Their requests");
    click("PDF にする", "Make a PDF");
    there();
    looked_at(&made, language, "disclosure", 0);
    fresh(1);
    click("消去へ進む", "Go on to erase");
    enishi.checkbox(say("元に戻せないことを確かめました", "I know that there is no way back")).click();
    click("消去する", "Erase");
    there();
    looked_at(&made, language, "certificate", 0);
}

#[test]
fn the_recovery_sheet_is_whole_in_both_languages() {
    let enishi = Enishi::start(&[]);
    enishi.ready();
    let company = json!({ "company": "北斗製作所", "owner": "社長", "passphrase": "ひろせがわの なつ" });
    enishi.run("start_company", company);
    enishi.script("location.reload()", &[]);
    enishi.heading("今日");
    let made = enishi.folder().join("made.pdf");
    for (language, settings, print) in
        [("ja", "設定", "予備の合言葉を印刷する"), ("en", "Settings", "Print a new sheet")]
    {
        if language == "en" {
            enishi.button("English").click();
        }
        let _ = fs::remove_file(&made);
        enishi.dialogs_answer(&[Some(made.as_path())]);
        enishi.button(settings).click();
        enishi.button(print).click();
        enishi.wait_for("the saved paper", || made.exists().then_some(()));
        looked_at(&made, language, "recovery", 1);
    }
}

#[test]
fn every_form_is_whole_in_japanese() {
    print_all("ja");
}

#[test]
fn every_form_is_whole_in_english() {
    print_all("en");
}
