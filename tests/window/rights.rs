//! 本人の請求 in the real window: 「何を持っている？」, 「やめてくれ」, 「消してくれ」, each with its clicks counted.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::program::Enishi;

/// Somebody with contacts, whose page is open.
fn opened(enishi: &Enishi) -> (Value, String) {
    let found = enishi.run("people", json!({ "search": "saito misaki" }));
    let row = &found["rows"][0];
    let name = format!("{} {}", row["family"].as_str().unwrap(), row["given"].as_str().unwrap());
    enishi.button("退職者").click();
    let search = enishi.field("探す");
    search.type_in("saito misaki");
    enishi.press("Enter");
    enishi.heading(&name);
    (row["id"].clone(), name)
}

#[test]
fn what_do_you_hold_about_me_is_three_clicks_from_their_page() {
    let enishi = Enishi::start(&["--sample"]);
    let (id, name) = opened(&enishi);
    let colleague = enishi.run("colleagues", json!({}))[0]["fields"].clone();
    let other = format!("{} {}", colleague["family"].as_str().unwrap(), colleague["given"].as_str().unwrap());
    let note =
        json!({ "person": id, "kind": "visit", "on_day": "2026-08-21", "note": format!("{other}と会った") });
    enishi.run("add_contact", note);
    let paper = enishi.folder().join("held.pdf");
    let table = enishi.folder().join("held.csv");
    enishi.dialogs_answer(&[Some(&paper), Some(&table)]);
    enishi.button("本人の請求").click();
    enishi.heading(&format!("{name}さんからの請求"));
    enishi.picture("ja-rights");
    enishi.button("PDF にする").click();
    enishi.text("「held.pdf」に保存しました");
    let text = enishi.paper(&paper);
    assert!(text.contains("●●と会った") && text.contains("雇用の記録"), "{text}");
    assert!(!text.contains(&other.replace(' ', "")), "{text}");
    // No field came out under the name of its column.
    for raw in ["family", "on_day", "confirmed", "next_on"] {
        assert!(!text.contains(raw), "{raw} in {text}");
    }
    enishi.button("CSV にする").click();
    enishi.text("「held.csv」に保存しました");
    assert!(fs::read_to_string(&table).unwrap().contains("●●と会った"));
    enishi.button("中身を見る").click();
    enishi.text("ほかの方のお名前を");
    enishi.picture("ja-rights-held");
}

#[test]
fn stop_it_is_two_clicks_and_they_are_gone_from_every_list() {
    let enishi = Enishi::start(&["--sample"]);
    let (id, _) = opened(&enishi);
    let consent = json!({ "person": id, "purpose": "newsletter", "channel": "post", "basis": "consent", "state": "yes" });
    enishi.run("add_consent", consent);
    let may = json!({ "search": "saito misaki", "filter": { "may": { "purpose": "newsletter", "channel": "post" } } });
    assert_eq!(enishi.run("people", may.clone())["total"], 1);
    enishi.button("本人の請求").click();
    enishi.button("すべて止める").click();
    enishi.text("ご本人の求めですべて止めた");
    enishi.text("連絡しない");
    assert_eq!(enishi.run("people", may.clone())["total"], 0);
    // Gone from the next issue, the next event and its mails, and every label.
    for (purpose, channel) in [("newsletter", "post"), ("event", "post"), ("event", "mail")] {
        let gate =
            json!({ "way": { "purpose": purpose, "channel": channel }, "selection": { "people": [id] } });
        let piles = enishi.run("check_dispatch", gate);
        assert_eq!(
            (&piles["send"]["total"], &piles["mend"]["total"], &piles["hold"]["total"]),
            (&json!(0), &json!(0), &json!(1))
        );
    }
    let event = enishi.run("events", json!({}))[0]["id"].clone();
    let wanted = json!({ "event": event, "selection": { "people": [id] } });
    assert_eq!(enishi.run("check_invitation", wanted)["send"]["total"], 0);
    // One undo takes it back.
    enishi.button("元に戻す").click();
    enishi.text("元に戻しました");
    assert_eq!(enishi.run("people", may)["total"], 1);
}

#[test]
fn erase_me_says_what_goes_and_what_stays_and_leaves_a_certificate() {
    let enishi = Enishi::start(&["--sample"]);
    let (id, name) = opened(&enishi);
    enishi.run("change_person", json!({ "id": id, "changes": { "left_on": "2026-03-31" } }));
    let paper = enishi.folder().join("erased.pdf");
    let second = enishi.folder().join("roster.pdf");
    enishi.dialogs_answer(&[Some(&paper), Some(&second)]);
    enishi.button("本人の請求").click();
    enishi.button("消去へ進む").click();
    enishi.heading(&format!("{name}さんを消去する"));
    enishi.text("令和11年3月31日まで別に残す");
    enishi.picture("ja-rights-erase");
    enishi.checkbox("元に戻せないことを確かめました").click();
    enishi.button("消去する").click();
    enishi.text("消去の証明書は、いま保存しないと作り直せません。");
    enishi.picture("ja-rights-erased");
    let text = enishi.paper(&paper);
    assert!(text.contains(&name.replace(' ', "")) && text.contains("令和11年3月31日"), "{text}");
    enishi.button("閉じる").click();
    assert_eq!(enishi.run("people", json!({ "search": "saito misaki" }))["total"], 0);

    // What was kept apart is listed with its day, and goes when the office says so.
    enishi.button("設定").click();
    enishi.button("今月の「消してよいもの」を見る").click();
    enishi.heading("別に残している労働者名簿の項目");
    enishi.text("令和11年3月31日まで");
    enishi.picture("ja-removable");
    enishi.button(&format!("{name}さんの項目を消去する")).click();
    enishi.text("本当に消去する（元に戻せません）");
    enishi.button(&format!("{name}さんの項目を消去する")).click();
    enishi.text("「roster.pdf」に保存しました");
    enishi.wait_for("that nothing of it is kept", || {
        (enishi.run("removable", json!({}))["rosters"] == json!([])).then_some(())
    });
}

#[test]
fn a_whole_list_is_asked_by_letter_in_four_clicks_and_the_answers_are_awaited() {
    let enishi = Enishi::start(&["--sample"]);
    // Of eighty nothing is known any more.
    let all = enishi.run("people", json!({ "limit": 100 }));
    let mut unknown = 0;
    for row in all["rows"].as_array().unwrap().iter().take(40) {
        let card = enishi.run("person", json!({ "id": row["id"] }));
        for consent in card["consents"].as_array().unwrap() {
            enishi.run("remove_consent", json!({ "id": consent["id"] }));
        }
        let standing = ["deceased", "no_contact", "returned"].map(|name| card["fields"][name] == true);
        let address = card["addresses"].as_array().unwrap().len();
        unknown += u32::from(standing == [false; 3] && address > 0);
    }
    let letters = enishi.folder().join("letters.pdf");
    enishi.dialogs_answer(&[Some(&letters)]);
    enishi.button("退職者").click();
    enishi.text("相澤 久美子");
    let before = enishi.run("today", json!({}))["asked"]["total"].as_u64().unwrap();
    enishi.button("全員を選ぶ").click();
    enishi.button("お尋ねの手紙…").click();
    enishi.heading("送ってよいかを手紙で尋ねる");
    enishi.picture("ja-asking");
    enishi.button("PDF にする").click();
    enishi.text("に保存しました");
    enishi.picture("ja-asking-done");
    let read = Command::new("pdftotext").arg(&letters).arg("-").output().unwrap();
    let text = String::from_utf8_lossy(&read.stdout).into_owned();
    let pages = text.matches('\u{c}').count() as u64;
    assert!(pages >= u64::from(unknown), "{pages} pages, {unknown} people");
    assert_eq!(text.matches("お便りをお送りしてもよいでしょうか").count() as u64, pages, "one sheet each");
    enishi.button("送ったと記録する").click();
    enishi.text("お尋ねの手紙を送ったと記録した");
    assert_eq!(enishi.run("today", json!({}))["asked"]["total"].as_u64().unwrap(), before + pages);
    enishi.button("今日").click();
    enishi.text("お尋ねの手紙を送り、まだ返事のない方");
    enishi.picture("ja-today-asked");

    // One visit of many is written down once.
    enishi.button("退職者").click();
    enishi.text("相澤 久美子");
    enishi.button("全員を選ぶ").click();
    enishi.button("やりとりを記録…").click();
    enishi.field("どんな話でしたか").type_in("秋の同窓会で");
    enishi.picture("ja-meeting");
    enishi.find("button", "記録する").click();
    enishi.text("とのやりとりを記録しました");
    enishi.wait_for("that it is found", || {
        (enishi.run("notes", json!({ "search": "秋の同窓会で" }))["total"].as_u64() > Some(100)).then_some(())
    });
}

#[test]
fn the_cards_stand_whole_in_the_smallest_window() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.resize(1024, 700);
    let whole = |name: &str| {
        let beyond = enishi.script(
            "const card = document.querySelector('dialog:modal');
             return Math.max(0, card.scrollHeight - card.clientHeight);",
            &[],
        );
        assert_eq!(beyond, 0, "{name} scrolls");
        enishi.picture(&format!("ja-small-{name}"));
    };
    enishi.button("退職者").click();
    enishi.text("相澤 久美子");
    enishi.button("全員を選ぶ").click();
    enishi.button("送ってよい根拠…").click();
    enishi.heading("送ってよい根拠を記録する");
    whole("bases");
    enishi.press("Escape");
    enishi.button("選択をやめる").click();
    let (_, name) = opened(&enishi);
    enishi.checkbox("逝去された").click();
    enishi.heading(&format!("{name}さんの訃報"));
    whole("death");
    enishi.button("記録する").click();
    enishi.heading("電話でお知らせする方");
    whole("death-told");
}
