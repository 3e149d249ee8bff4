//! The ties in the real window: files kept with them, what goes behind the seal, a death when the cards are made,
//! a list without any basis, an exit page by page, and an older backup after an erasure.

use std::{cell::Cell, fs, path::Path, process::Command};

use serde_json::{Value, json};

use crate::program::Enishi;

const PASSPHRASE: &str = "ひろせがわの なつ";

fn text(pdf: &Path) -> String {
    let read = Command::new("pdftotext").arg(pdf).arg("-").output().unwrap();
    String::from_utf8_lossy(&read.stdout).split_whitespace().collect()
}

/// The page of somebody with a hard name, on the sample's list.
fn opened(enishi: &Enishi) -> Value {
    let person = json!({ "family": "𠮷田", "given": "邊", "family_kana": "ヨシダ", "given_kana": "ワタル" });
    let id = enishi.run("add_person", person);
    let said = "先週から入院、来月に手術とのこと。髙橋さんには言わないでほしい";
    enishi.run("add_contact", json!({ "person": id, "kind": "call", "on_day": "2026-11-10", "note": said }));
    let letter = json!({ "person": id, "kind": "letter", "on_day": "2026-11-02", "note": "礼状が届いた" });
    enishi.run("add_contact", letter);
    let consent = json!({ "person": id, "purpose": "newsletter", "channel": "post", "basis": "consent", "state": "yes", "on_day": "2026-11-02" });
    enishi.run("add_consent", consent);
    enishi.button("退職者").click();
    enishi.field("探す").type_in("よしだ わたる");
    enishi.press("Enter");
    enishi.heading("𠮷田 邊");
    id
}

#[test]
fn before_the_phone_is_lifted_three_kana_and_a_key_tell_all_and_after_it_two_keys_keep_it() {
    let enishi = Enishi::start(&["--sample"]);
    let id = enishi.run(
        "add_person",
        json!({ "family": "邊見", "given": "髙", "family_kana": "ヘンミ", "given_kana": "タカシ",
        "why_connect": "金型の図面が読める" }),
    );
    for (kind, topic, day, note, next) in [
        ("call", "none", "2026-08-21", "孫が生まれたとのこと", json!("2026-12-01")),
        ("letter", "family_death", "2025-03-03", "お母さまのご不幸。弔電を打った", Value::Null),
    ] {
        let contact = json!({ "person": id, "kind": kind, "topic": topic, "on_day": day, "note": note, "next_on": next });
        enishi.run("add_contact", contact);
    }
    let keeper = enishi.run("colleagues", json!({}))[0].clone();
    enishi.run("change_person", json!({ "id": id, "changes": { "in_charge": keeper["id"] } }));
    enishi.run("add_agreement", json!({ "person": id, "kind": "secrecy", "until_on": "2028-03-31" }));
    enishi.button("退職者").click();
    enishi.field("探す").type_in("へんみ");
    enishi.press("Enter");
    enishi.heading("邊見 髙");
    let family = keeper["fields"]["family"].as_str().unwrap();
    for told in [
        "金型の図面が読める",
        "孫が生まれたとのこと",
        "次の連絡 令和8年12月1日",
        "家族の不幸",
        "弔電を打った",
        "秘密保持",
        "令和10年3月31日",
        family,
    ] {
        enishi.text(told);
    }
    enishi.picture("ja-before-the-call");
    enishi.press("F9");
    enishi.type_letters("展示会に来てくださる");
    enishi.press("Enter");
    enishi.wait_for("the call", || {
        let card = enishi.run("person", json!({ "id": id }));
        (card["contacts"][0]["fields"]["note"] == "展示会に来てくださる").then_some(())
    });
}

#[test]
fn a_scan_is_kept_with_a_letter_and_with_a_consent_and_saved_again() {
    let enishi = Enishi::start(&["--sample"]);
    let id = opened(&enishi);
    let scan = enishi.folder().join("髙橋様 礼状.pdf");
    let bytes: Vec<u8> = (0..=255).cycle().take(1_400_000).collect();
    fs::write(&scan, &bytes).unwrap();
    let large = enishi.folder().join("大きい.pdf");
    fs::write(&large, vec![1; (10 << 20) + 1]).unwrap();
    let card = enishi.folder().join("同意の葉書.jpg");
    fs::write(&card, [0xff, 0xd8, 0xff]).unwrap();
    let again = enishi.folder().join("again.pdf");
    enishi.dialogs_answer(&[Some(&scan), Some(&again), Some(&large), Some(&card)]);

    enishi.button("添付: 令和8年11月2日 手紙").click();
    enishi.text("髙橋様 礼状.pdf");
    enishi.text("1.4 MB");
    enishi.picture("ja-attached");
    enishi.button("髙橋様 礼状.pdfを保存する").click();
    enishi.text("「again.pdf」に保存しました");
    assert_eq!(fs::read(&again).unwrap(), bytes);
    enishi.button("添付: 令和8年11月2日 手紙").click();
    enishi.text("ファイルが大きすぎます（10 MB まで）");

    enishi.button("添付: 会報（郵便）").click();
    enishi.wait_for("two files", || {
        let files = enishi.run("person", json!({ "id": id }))["attachments"].clone();
        (files.as_array().unwrap().len() == 2).then_some(())
    });
    enishi.picture("ja-attached-basis");
    // Taken away, and one undo brings it back.
    enishi.button("髙橋様 礼状.pdfを外す").click();
    enishi.text("添付を外した");
    enishi.button("元に戻す").click();
    enishi.text("元に戻しました");
    // Somebody who asks is given the files as well.
    enishi.button("本人の請求").click();
    enishi.text("添付のファイルは、ここから一つずつ保存してお渡しください。");
    enishi.picture("ja-attached-told");
    enishi.press("Escape");
    enishi.button("今日").click();
    enishi.button("English").click();
    enishi.button("Leavers").click();
    enishi.field("Search").type_in("よしだ わたる");
    enishi.press("Enter");
    enishi.text("1.4 MB");
    enishi.picture("en-attached");
}

#[test]
fn a_note_about_an_illness_goes_behind_the_seal_in_two_clicks() {
    let enishi = Enishi::start(&["--sample"]);
    let id = opened(&enishi);
    enishi.text("病気・借金・家族のことのようです。");
    enishi.picture("ja-seal-hint");
    enishi.button("封をした記録へ移す…: 令和8年11月10日 電話").click();
    enishi.heading("封をした記録へ移す");
    enishi.text("元に戻すことはできません。");
    enishi.text("控えには残っていません。");
    enishi.picture("ja-seal-text");
    enishi.button("封をして移す").click();
    enishi.text("封をした記録へ移しました。");
    enishi.text("封をした記録 1件");
    let card = enishi.run("person", json!({ "id": id }));
    assert!(!card.to_string().contains("手術"), "{card}");
    assert_eq!(enishi.run("notes", json!({ "search": "来月に手術" }))["total"], 0);
    enishi.button("封を開けて読む").click();
    enishi.text("先週から入院、来月に手術とのこと。髙橋さんには言わないでほしい");
    enishi.picture("ja-sealed-text");
}

#[test]
fn who_dies_when_the_postcards_are_made_is_named_with_the_card_and_gets_nothing() {
    let enishi = Enishi::start(&["--sample"]);
    let gate = json!({ "way": { "purpose": "newsletter", "channel": "post" }, "selection": { "query": {} } });
    let wanted = json!({ "gate": gate, "title": "秋の便り", "form": "cards", "issue": null, "households": false, "language": "ja" });
    let printed = enishi.run("print_dispatch", wanted);
    let id = enishi.run("add_dispatch", json!({ "file": printed["papers"][0]["file"] }));
    let before = enishi.run("dispatch", json!({ "id": id }));
    let person = before["to"][2]["fields"]["person"].clone();
    let name = before["to"][2]["name"].as_str().unwrap().to_owned();
    let place = before["to"][2]["fields"]["place"].as_u64().unwrap();
    let clicks = Cell::new(0);
    let click = |role: &str, name: &str| {
        clicks.set(clicks.get() + 1);
        enishi.find(role, name).click();
    };
    click("button", "退職者");
    enishi.field("探す").type_in(&name);
    enishi.press("Enter");
    enishi.heading(&name);
    click("checkbox", "逝去された");
    enishi.heading(&format!("{name}さんの訃報"));
    enishi.field("ご家族（喪主など）").type_in("長女 花子様");
    click("button", "記録する");
    enishi.text(&format!("「秋の便り」の{place}番の紙を抜いてください。まだ出していません。"));
    enishi.heading("電話でお知らせする方");
    enishi.picture("ja-death-cards-made");
    click("button", "閉じる");
    assert_eq!(clicks.get(), 4);

    // On no paper, list or draft any more, and the printer gets the pile without that card.
    let all = json!({ "search": name, "filter": { "may": { "purpose": "newsletter", "channel": "post" } } });
    assert_eq!(enishi.run("people", all)["total"], 0);
    let card = enishi.run("dispatch", json!({ "id": id }));
    let closed: Vec<_> =
        card["to"].as_array().unwrap().iter().filter(|to| to["closed"] != json!([])).collect();
    assert_eq!((closed.len(), &closed[0]["fields"]["person"]), (1, &person));
    let piles = enishi.run("check_dispatch", gate);
    let sent = piles["send"]["rows"].as_array().unwrap();
    assert!(sent.iter().all(|row| row["invited"]["person"] != person));
    let today = enishi.run("today", json!({})).to_string();
    assert!(!today.contains(&format!("\"id\":{person},")), "{today}");
}

#[test]
fn a_list_of_128_without_any_basis_becomes_eighty_cards_in_seven_clicks() {
    let enishi = Enishi::start(&["--sample"]);
    let mut offset = 0;
    while offset < 128 {
        let rows = enishi.run("people", json!({ "limit": 100, "offset": offset }))["rows"].clone();
        for row in rows.as_array().unwrap() {
            let card = enishi.run("person", json!({ "id": row["id"] }));
            for consent in card["consents"].as_array().unwrap() {
                enishi.run("remove_consent", json!({ "id": consent["id"] }));
            }
            offset += 1;
        }
    }
    let gate = json!({ "way": { "purpose": "newsletter", "channel": "post" }, "selection": { "query": {} } });
    let sent =
        |enishi: &Enishi| enishi.run("check_dispatch", gate.clone())["send"]["total"].as_u64().unwrap();
    assert_eq!(sent(&enishi), 0, "nobody without a basis");
    let pdf = enishi.folder().join("cards.pdf");
    enishi.dialogs_answer(&[Some(&pdf)]);
    let clicks = Cell::new(0);
    let click = |role: &str, name: &str| {
        clicks.set(clicks.get() + 1);
        enishi.find(role, name).click();
    };
    click("button", "発送の台帳");
    click("button", "はがき・ラベル・封筒を作る");
    enishi.text("送ってよい根拠が記録されていない方が");
    enishi.picture("ja-groundless");
    click("button", "根拠をまとめて記録…");
    click("radio", "以前から案内し、目的を通知済み");
    enishi.field("それが分かるもの（理由）").type_in("平成28年から毎年の年賀状と会報で案内");
    enishi.press("Enter");
    enishi.text("送ってよい根拠を記録しました。");
    let people = sent(&enishi);
    assert!(people >= 80, "{people} may be written to");
    enishi.wait_for("the paper", || {
        let seen = enishi.script(
            "const image = document.querySelector('aside img'); return !!image && image.complete && image.naturalWidth > 0 && !image.classList.contains('old')",
            &[],
        );
        (seen == true).then_some(())
    });
    enishi.picture("ja-eighty-cards");
    click("button", "刷る紙を作る");
    enishi.text("まだ出していません");
    let made = enishi.run("dispatches", json!({}))["rows"][0].clone();
    let card = enishi.run("dispatch", json!({ "id": made["id"] }));
    click("button", &format!("印刷する: {}", card["papers"][0]["name"].as_str().unwrap()));
    enishi.text("普通の紙に1枚目");
    enishi.script("document.querySelector('dialog section button.quiet').click()", &[]);
    clicks.set(clicks.get() + 1);
    enishi.wait_for("the saved cards", || pdf.exists().then_some(()));
    assert_eq!(clicks.get(), 7);
    let told = Command::new("pdfinfo").arg(&pdf).output().unwrap();
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let pages: u64 =
        told.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().parse().unwrap();
    assert!(pages >= 80, "{pages} cards");
}

#[test]
fn the_last_day_is_done_in_seven_turned_pages() {
    let enishi = Enishi::start(&["--sample"]);
    let all = enishi.run("colleagues", json!({}));
    let serving = all.as_array().unwrap().iter().find(|one| one["fields"]["left_on"].is_null()).unwrap();
    let fields = &serving["fields"];
    let name = format!("{} {}", fields["family"].as_str().unwrap(), fields["given"].as_str().unwrap());
    let sheet = enishi.folder().join("sheet.pdf");
    let signed = enishi.folder().join("署名.pdf");
    fs::write(&signed, b"%PDF-1.7 signed").unwrap();
    enishi.dialogs_answer(&[Some(&signed), Some(&sheet)]);
    enishi.button("社員").click();
    enishi.button(&format!("{name}さんの退職の手続き")).click();
    enishi.field("最後の日（決まっていれば）").type_in("令和9年3月31日");
    enishi.button("手続きを始める").click();
    enishi.heading(&format!("{name}さんの退職の手続き"));
    let turned = Cell::new(0);
    let next = |heading: &str| {
        turned.set(turned.get() + 1);
        enishi.button("次へ").click();
        enishi.heading(heading);
    };
    next("返却と引継ぎ");
    enishi.checkbox("社員証").click();
    next("面談");
    next("約束した書類");
    // The paper that was signed is kept with it.
    let person = enishi.run("exits", json!({}))[0]["person"].clone();
    let agreement = json!({ "person": person, "kind": "competition", "signed_on": "2027-03-31", "until_on": "2029-03-31" });
    enishi.run("add_agreement", agreement);
    enishi.button("前へ").click();
    enishi.button("次へ").click();
    enishi.button("添付: 競業避止").click();
    enishi.text("署名.pdf");
    enishi.picture("ja-exit-signed");
    next("これからの連絡先");
    next("連絡してよいこと");
    next("連絡担当");
    next("渡す紙");
    assert_eq!(turned.get(), 7);
    enishi.button("PDF にする").click();
    enishi.text("「sheet.pdf」に保存しました");
    assert!(text(&sheet).contains(&name.replace(' ', "")));
    enishi.button("手続きを終える").click();
    enishi.text("この1か月に終えた手続き");
}

#[test]
fn whoever_was_erased_stays_so_when_an_older_backup_is_restored_and_is_known_again() {
    let enishi = Enishi::start(&[]);
    enishi.ready();
    enishi
        .run("start_company", json!({ "company": "北斗製作所", "owner": "社長", "passphrase": PASSPHRASE }));
    let gone = json!({ "family": "𠮷田", "given": "花子", "family_kana": "ヨシダ", "given_kana": "ハナコ",
        "employee_number": "0017", "born_on": "1961-04-09", "left_on": "2010-03-31" });
    enishi.run("add_person", gone);
    enishi.run("add_person", json!({ "family": "佐藤", "given": "誠" }));
    enishi.run("back_up", json!({}));
    enishi.script("location.reload()", &[]);
    enishi.heading("今日");
    let paper = enishi.folder().join("erased.pdf");
    enishi.dialogs_answer(&[Some(&paper)]);
    enishi.button("退職者").click();
    enishi.field("探す").type_in("よしだ");
    enishi.press("Enter");
    enishi.button("本人の請求").click();
    enishi.button("消去へ進む").click();
    enishi.text("控え 1つ");
    enishi.checkbox("次に名簿を取り込むとき、この方だと分かるようにする").click();
    enishi.checkbox("元に戻せないことを確かめました").click();
    enishi.picture("ja-erase-known");
    enishi.button("消去する").click();
    enishi.text("消去の証明書は、いま保存しないと作り直せません。");
    enishi.button("閉じる").click();
    let list = enishi.folder().join("list.csv");
    fs::write(&list, "社員番号,姓,名,生年月日\n0017,𠮷田,花子,1961/4/9\n").unwrap();

    enishi.button("鍵をかけて閉じる").click();
    enishi.button("控えから戻す").click();
    enishi.find("radio", "2名").click();
    enishi.field("合言葉").type_in(PASSPHRASE);
    enishi.press("Enter");
    enishi.button("名簿を戻す").click();
    enishi.heading("控えから戻しました");
    enishi.text("完全に消した 1名は、もう一度消しました。");
    enishi.picture("ja-restored-erased");
    enishi.button("読みました").click();
    assert_eq!(enishi.run("people", json!({ "search": "よしだ" }))["total"], 0);
    // A list from payroll brings the person again: they are known, and stay out.
    enishi.dialogs_answer(&[Some(&list)]);
    enishi.button("取り込み").click();
    enishi.button("ファイルを選ぶ").click();
    enishi.button("確かめる").click();
    enishi.button("取り込まない行 1行を見る").click();
    enishi.text("完全に消した方です。");
    enishi.picture("ja-list-erased");
}

#[test]
fn a_wedding_is_written_down_on_one_page_and_stands_in_the_list_on_paper_and_in_a_workbook() {
    let enishi = Enishi::start(&["--sample"]);
    opened(&enishi);
    enishi.button("＋ 慶弔を記録").click();
    enishi.field("会社がしたこと").type_in("祝電、祝金");
    enishi.field("金額（円）").type_in("３００００");
    enishi.picture("ja-rite-form");
    enishi.button("保存").click();
    enishi.text("30,000円");
    enishi.picture("ja-rite-person");
    let (pdf, workbook) = (enishi.folder().join("慶弔.pdf"), enishi.folder().join("慶弔.xlsx"));
    enishi.dialogs_answer(&[Some(&pdf), Some(&workbook)]);
    enishi.button("慶弔").click();
    enishi.heading("慶弔の記録");
    enishi.text("祝電、祝金");
    enishi.picture("ja-rites");
    enishi.button("PDF にする").click();
    enishi.text("「慶弔.pdf」に保存しました");
    enishi.button("Excel にする").click();
    enishi.text("「慶弔.xlsx」に保存しました");
    let told = text(&pdf);
    for there in ["祝電、祝金", "30,000", "𠮷田邊", "結婚", "家族の不幸"] {
        assert!(told.contains(there), "{there} in {told}");
    }
    // What was said of somebody's family is not on it.
    assert!(!told.contains("手術") && !told.contains("お父様"), "{told}");
    assert!(fs::read(&workbook).unwrap().starts_with(b"PK"));
    enishi.find("button", "𠮷田 邊").click();
    enishi.heading("𠮷田 邊");
    enishi.button("English").click();
    enishi.button("Life events").click();
    enishi.heading("Life events");
    enishi.picture("en-rites");
}

#[test]
fn the_list_that_everybody_signed_is_attached_once_where_everybody_is_given_a_basis() {
    let enishi = Enishi::start(&["--sample"]);
    let ids = ["髙橋", "邊見"].map(|family| {
        enishi.run(
            "add_person",
            json!({ "family": family, "given": "署名", "family_kana": "ショメイ", "given_kana": "ショメイ" }),
        )
    });
    let list = enishi.folder().join("署名簿.pdf");
    fs::write(&list, vec![7; 600_000]).unwrap();
    enishi.dialogs_answer(&[Some(&list)]);
    enishi.button("退職者").click();
    enishi.field("探す").type_in("しょめい");
    enishi.text("2名");
    enishi.button("全員を選ぶ（2名）").click();
    enishi.button("送ってよい根拠…").click();
    enishi.find("radio", "本人の同意").click();
    enishi.field("それが分かるもの（理由）").type_in("令和8年の総会で署名");
    enishi.button("写しを付ける…").click();
    enishi.text("署名簿.pdf");
    enishi.picture("ja-basis-scan");
    enishi.button("記録する").click();
    enishi.text("2名に、送ってよい根拠を記録しました。");
    for id in &ids {
        let files = enishi.run("person", json!({ "id": id }))["attachments"].clone();
        assert_eq!((&files[0]["name"], &files[0]["shared_by"]), (&json!("署名簿.pdf"), &json!(1)));
    }
    enishi.field("探す").click();
    enishi.press("Enter");
    enishi.text("ほか1名と共通");
    enishi.picture("ja-basis-shared");
}
