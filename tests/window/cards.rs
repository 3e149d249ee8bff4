//! Postcards from the filter to the printer: 往復はがき, the cards of the year, what the post brings back, and a sheet of
//! labels that the office measured. Clicks and keys are counted.

use std::{cell::Cell, path::Path, process::Command};

use serde_json::{Value, json};

use crate::program::Enishi;

/// The sheets of a saved paper.
fn pages(pdf: &Path) -> usize {
    let told = Command::new("pdfinfo").arg(pdf).output().unwrap();
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    told.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().parse().unwrap()
}

#[test]
fn everybody_gets_a_reply_postcard_in_six_clicks_and_after_a_jam_the_rest() {
    let enishi = Enishi::start(&["--sample"]);
    let files = ["out", "in", "one", "rest"].map(|name| enishi.folder().join(format!("{name}.pdf")));
    enishi.dialogs_answer(&files.each_ref().map(|file| Some(file.as_path())));
    let gate = json!({ "way": { "purpose": "newsletter", "channel": "post" }, "selection": { "query": {} } });
    let piles = enishi.run("check_dispatch", gate);
    enishi.button("発送の台帳").click();
    let clicks = Cell::new(0);
    let click = |role: &str, name: &str| {
        enishi.find(role, name).click();
        clicks.set(clicks.get() + 1);
    };

    click("button", "はがき・ラベル・封筒を作る");
    enishi.drawn();
    enishi.picture("ja-cards");
    click("radio", "往復はがき");
    enishi.drawn();
    enishi.picture("ja-doubles");
    click("button", "刷る紙を作る");
    click("button", "印刷する: お便り・ご案内-往復はがき1");
    enishi.text("普通の紙に1枚目");
    enishi.picture("ja-doubles-printing");
    let whole = |side: usize| {
        enishi.script(
            "[...document.querySelectorAll('dialog section')][arguments[0]].querySelector('button.quiet').click()",
            &[json!(side)],
        );
        clicks.set(clicks.get() + 1);
    };
    whole(0);
    let out = enishi.paper(&files[0]);
    whole(1);
    let inside = enishi.paper(&files[1]);
    assert_eq!(clicks.get(), 6);

    // One sheet each, and everybody's name on the side outside; the office's own on the other.
    let sheets = pages(&files[0]);
    assert_eq!(pages(&files[1]), sheets);
    assert!(sheets > 20, "{sheets}");
    assert_eq!(out.matches("ご出席").count(), sheets);
    assert_eq!(inside.matches('行').count(), sheets, "{inside}");
    for row in piles["send"]["rows"].as_array().unwrap() {
        let name = format!(
            "{}{}",
            row["invited"]["family"].as_str().unwrap(),
            row["invited"]["given"].as_str().unwrap()
        );
        assert!(out.contains(&name.split_whitespace().collect::<String>()), "{name}");
    }
    // First one card, then the rest from where it jammed.
    enishi.script(
        "document.querySelectorAll('dialog section')[0].querySelectorAll('li button')[1].click()",
        &[],
    );
    enishi.paper(&files[2]);
    assert_eq!(pages(&files[2]), 1);
    enishi.script("document.querySelector('dialog details').open = true", &[]);
    enishi.field("何枚目から").clear();
    enishi.field("何枚目から").type_in("11");
    enishi.button("11枚目から刷る").click();
    enishi.paper(&files[3]);
    assert_eq!(pages(&files[3]), sheets - 10);
    enishi.picture("ja-doubles-jam");
}

#[test]
fn how_far_a_printer_is_off_is_measured_and_remembered() {
    let enishi = Enishi::start(&["--sample"]);
    let files = ["test", "one"].map(|name| enishi.folder().join(format!("{name}.pdf")));
    enishi.dialogs_answer(&files.each_ref().map(|file| Some(file.as_path())));
    enishi.button("発送の台帳").click();
    enishi.button("はがき・ラベル・封筒を作る").click();
    enishi.drawn();
    enishi.button("刷る紙を作る").click();
    enishi.button("印刷する: お便り・ご案内-はがき宛名").click();
    enishi.field("プリンター").type_in("事務室の複合機");
    enishi.script("[...document.querySelectorAll('dialog details')].at(-1).open = true", &[]);
    enishi.button("ためし刷りを作る").click();
    assert!(enishi.paper(&files[0]).contains("100ミリ"));
    for (field, measured) in [("左の線は、左端から何ミリ", "18.5"), ("上の線は、上端から何ミリ", "２１")]
    {
        enishi.field(field).clear();
        enishi.field(field).type_in(measured);
    }
    enishi.button("覚える").click();
    enishi.text("右へ 1.5 ミリ、下へ -1.0 ミリ");
    enishi.picture("ja-printer");
    let known = json!([{ "name": "事務室の複合機", "form": "cards", "right": 15, "down": -10 }]);
    assert_eq!(enishi.run("printers", json!({})), known);
}

#[test]
fn new_years_cards_spare_who_is_in_mourning_and_what_comes_is_three_keys() {
    let enishi = Enishi::start(&["--sample"]);
    let gate = |occasion: &str| json!({ "way": { "purpose": "newsletter", "channel": "post" }, "selection": { "query": {} }, "occasion": occasion });
    let before = enishi.run("check_dispatch", gate("new_year"));
    let rows = before["send"]["rows"].as_array().unwrap().clone();
    let kana = |row: &Value| {
        let card = enishi.run("person", json!({ "id": row["invited"]["person"] }));
        let kana = |field: &str| card["fields"][field].as_str().unwrap().to_owned();
        format!("{} {}", kana("family_kana"), kana("given_kana"))
    };
    let one = |nth: usize| rows.iter().filter(|row| kana(row).chars().count() > 3).nth(nth).unwrap().clone();
    let (mourning, sender) = (one(0), one(1));
    enishi.button("発送の台帳").click();
    enishi.button("届いた郵便を記録する").click();
    // The reading, Enter: the pile goes on without the mouse.
    enishi.type_letters(&kana(&sender));
    enishi.press("Enter");
    enishi.text("の年賀状を「受」にしました。");
    enishi.find("radio", "喪中はがき").click();
    enishi.type_letters(&kana(&mourning));
    enishi.press("Enter");
    enishi.text("を喪中にしました。");
    enishi.text("今日 2枚");
    enishi.picture("ja-came");
    let years =
        enishi.run("card_years", json!({ "person": sender["invited"]["person"], "occasion": "new_year" }));
    assert!(!years[0]["received"].is_null());
    let after = enishi.run("check_dispatch", gate("new_year"));
    let held = after["hold"]["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["invited"]["person"] == mourning["invited"]["person"]);
    assert_eq!(held.unwrap()["invited"]["doubts"], json!(["no_greeting"]));

    // Both sides of the card, with the words of the season.
    enishi.button("発送の台帳へ").click();
    enishi.button("はがき・ラベル・封筒を作る").click();
    enishi.drawn();
    enishi.option("何のはがき", "年賀状").click();
    enishi.drawn();
    enishi.button("はがき文面").click();
    enishi.drawn();
    enishi.picture("ja-new-year");
    enishi.resize(1024, 700);
    enishi.drawn();
    enishi.picture("ja-new-year-small");
    // Nothing is cut off, and nothing but the page itself is scrolled.
    let wide = enishi.script("return [...document.querySelectorAll('.choices, aside, .screen')].filter((box) => box.scrollWidth > box.clientWidth + 1).length", &[]);
    assert_eq!(wide, 0);
    let text = enishi.field("本文（1行が1つの段落になります）");
    text.clear();
    text.type_in("{お名まえ}様");
    enishi.text("差し込める名前ではありません");
    enishi.picture("ja-misspelt");
}

#[test]
fn a_letter_that_came_back_is_two_keys_and_the_next_one_is_doubted() {
    let enishi = Enishi::start(&["--sample"]);
    let gate = json!({ "way": { "purpose": "newsletter", "channel": "post" }, "selection": { "query": {} } });
    let wanted = json!({ "gate": gate, "title": "秋の便り", "form": "cards", "issue": null, "households": false, "language": "ja" });
    let printed = enishi.run("print_dispatch", wanted);
    let id = enishi.run("add_dispatch", json!({ "file": printed["papers"][0]["file"] }));
    enishi.run("record_sent", json!({ "id": id, "sent_on": null }));
    let card = enishi.run("dispatch", json!({ "id": id }));
    let person = &card["to"][3]["fields"]["person"];
    let name = card["to"][3]["name"].as_str().unwrap();
    enishi.button("発送の台帳").click();
    enishi.button("届いた郵便を記録する").click();
    enishi.find("radio", "戻ってきた郵便").click();
    enishi.type_letters(name);
    enishi.press("Enter");
    enishi.text("「秋の便り」が戻ったことを記録しました。");
    enishi.picture("ja-came-back");
    assert_eq!(enishi.run("person", json!({ "id": person }))["fields"]["returned"], json!(true));
    enishi.button("一緒に働いた方を見る").click();
    enishi.heading(name);
}

#[test]
fn a_sheet_that_the_office_measured_is_printed_on() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.button("発送の台帳").click();
    enishi.button("はがき・ラベル・封筒を作る").click();
    enishi.drawn();
    enishi.find("radio", "宛名ラベル").click();
    enishi.button("寸法を測って用紙を加える").click();
    for (field, value) in [
        ("名前（箱に書いてある品番など）", "倉庫の12面"),
        ("横に何面", "2"),
        ("縦に何面", "7"),
        ("ラベルの幅", "86.4"),
        ("ラベルの高さ", "４２．３"),
        ("紙の左端から最初のラベルまで", "18.6"),
        ("紙の上端から最初のラベルまで", "21.2"),
    ] {
        enishi.field(field).type_in(value);
    }
    enishi.button("保存する").click();
    enishi.text("縦の寸法を足すと、A4（297 ミリ）からはみ出します。");
    enishi.picture("ja-measured");
    enishi.field("縦に何面").clear();
    enishi.field("縦に何面").type_in("6");
    enishi.button("保存する").click();
    enishi.button("12面目から");
    enishi.drawn();
    assert_eq!(enishi.run("own_sheets", json!({}))[0]["fields"]["pitch_y"], json!(4230));
    enishi.resize(1024, 700);
    enishi.drawn();
    enishi.picture("ja-measured-labels");
    let wide = enishi.script("return [...document.querySelectorAll('.choices, aside, .screen')].filter((box) => box.scrollWidth > box.clientWidth + 1).length", &[]);
    assert_eq!(wide, 0);
}

#[test]
fn a_spoilt_sheet_of_labels_is_gone_on_with_and_whoever_withdrew_since_is_left_out() {
    let enishi = Enishi::start(&["--sample"]);
    let files = ["all", "rest"].map(|name| enishi.folder().join(format!("{name}.pdf")));
    enishi.dialogs_answer(&files.each_ref().map(|file| Some(file.as_path())));
    enishi.button("発送の台帳").click();
    enishi.button("はがき・ラベル・封筒を作る").click();
    enishi.drawn();
    enishi.find("radio", "宛名ラベル").click();
    enishi.button("12面目から");
    enishi.drawn();
    enishi.button("刷る紙を作る").click();
    enishi.button("印刷する: お便り・ご案内-宛名ラベル");
    // Of those on the first sheet one withdraws, of one a mourning is told.
    let row = enishi.run("dispatches", json!({}))["rows"][0].clone();
    let card = enishi.run("dispatch", json!({ "id": row["id"] }));
    let (third, fifth) = (&card["to"][2], &card["to"][4]);
    let person = enishi.run("person", json!({ "id": third["fields"]["person"] }));
    let consents = person["consents"].as_array().unwrap();
    let by_post = |one: &&serde_json::Value| {
        one["fields"]["purpose"] == "newsletter" && one["fields"]["channel"] == "post"
    };
    let id = &consents.iter().find(by_post).unwrap()["id"];
    enishi.run("change_consent", json!({ "id": id, "changes": { "state": "withdrawn" } }));
    enishi.run("record_mourning", json!({ "id": fifth["fields"]["person"] }));
    enishi.button("← 発送の台帳へ").click();
    enishi.button("お便り・ご案内").click();
    enishi.text("送れなくなった方が2名います");
    enishi.text("これを送ることを断られています。");
    enishi.picture("ja-labels-pulled");
    enishi.button("印刷する: お便り・ご案内-宛名ラベル").click();
    enishi.button("9枚を刷る").click();
    enishi.text("3、5番は除きました。");
    let all = enishi.paper(&files[0]);
    enishi.script("document.querySelector('dialog details').open = true", &[]);
    for (field, number) in [("何番の宛名から", "４"), ("用紙の何面目から（左上が1、右へ数えます）", "11")]
    {
        enishi.field(field).clear();
        enishi.field(field).type_in(number);
    }
    enishi.picture("ja-labels-jam");
    enishi.button("4番の宛名を11面目から刷る").click();
    let rest = enishi.paper(&files[1]);
    let bare = |to: &serde_json::Value| to["name"].as_str().unwrap().split_whitespace().collect::<String>();
    for out in [third, fifth] {
        assert!(!all.contains(&bare(out)) && !rest.contains(&bare(out)), "{}", bare(out));
    }
    let people = card["to"].as_array().unwrap().len();
    assert_eq!((all.matches('様').count(), rest.matches('様').count()), (people - 2, people - 4));
    assert_eq!((rest.contains(&bare(&card["to"][1])), rest.contains(&bare(&card["to"][3]))), (false, true));
}

#[test]
fn a_birth_name_is_added_by_one_tick_and_whoever_moved_since_is_told_at_the_printer_and_made_anew_by_one_click()
 {
    let enishi = Enishi::start(&["--sample"]);
    let file = enishi.folder().join("fronts.pdf");
    enishi.dialogs_answer(&[Some(&file)]);
    let gate = json!({ "way": { "purpose": "newsletter", "channel": "post" }, "selection": { "query": {} } });
    let piles = enishi.run("check_dispatch", gate);
    let invited = |at: usize| piles["send"]["rows"][at]["invited"].clone();
    let (married, moving) = (invited(0), invited(3));
    let named = json!({ "id": married["person"], "changes": { "family": "髙橋", "maiden": "邊見" } });
    enishi.run("change_person", named);

    enishi.button("発送の台帳").click();
    enishi.button("はがき・ラベル・封筒を作る").click();
    enishi.drawn();
    enishi.checkbox("旧姓を添える").click();
    enishi.text("届けるまでに人の目に触れます");
    enishi.drawn();
    enishi.text("切手：85円 × ");
    enishi.button("実物大").click();
    // 100 mm, as a screen of 96 dots an inch counts them.
    enishi.wait_for("a postcard of 100 mm", || {
        let wide = "return document.querySelector('dialog img').getBoundingClientRect().width";
        let wide = enishi.script(wide, &[]).as_f64()?;
        ((wide - 100.0 / 25.4 * 96.0).abs() < 2.0).then_some(())
    });
    enishi.picture("ja-birth-name");
    enishi.button("閉じる").click();
    enishi.button("刷る紙を作る").click();
    enishi.button("発送済みにする");
    enishi.text("切手：85円 × ");
    enishi.gone("button", "新しい宛名で作り直す");

    let address = json!({ "person": moving["person"], "postal": "602-8062", "prefecture": "京都府", "city": "京都市上京区",
        "street": "堀川通出水上る東入桝屋町28番地", "best": true });
    enishi.run("add_address", address);
    enishi.script("dispatchEvent(new Event('focus'))", &[]);
    enishi.button("発送の台帳へ").click();
    enishi.find("button", "お便り・ご案内").click();
    enishi.text("1名の住所か名前が変わりました");
    enishi.text("今は：602-8062 京都府京都市上京区堀川通出水上る東入桝屋町28番地");
    enishi.picture("ja-moved");
    enishi.script("document.querySelectorAll('tbody tr')[3].scrollIntoView({ block: 'center' })", &[]);
    enishi.picture("ja-moved-row");
    enishi.button("English").click();
    enishi.text("Now: 602-8062");
    enishi.picture("en-moved");
    enishi.button("日本語").click();
    enishi.button("印刷する: お便り・ご案内-はがき宛名").click();
    enishi.text("宛名が変わった方がいます：4番");
    enishi.picture("ja-moved-printing");
    enishi.button("閉じる").click();
    enishi.button("新しい宛名で作り直す").click();
    enishi.text("1名の分を、新しい宛名で作りました。");
    enishi.heading("お便り・ご案内（宛名の変わった方）");
    enishi.picture("ja-moved-anew");
    enishi.button("印刷する: お便り・ご案内（宛名の変わった方）-はがき宛名").click();
    enishi.button("1枚を刷る").click();
    let read = enishi.paper(&file);
    assert!(read.contains("桝屋町二八番地"), "{read}");
}
