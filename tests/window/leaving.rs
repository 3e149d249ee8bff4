//! Somebody leaves: from the list of staff to the sheet in their hand, left half-way and taken up again.

use serde_json::json;

use crate::program::Enishi;

#[test]
fn one_of_the_staff_leaves_page_by_page() {
    let enishi = Enishi::start(&["--sample"]);
    let all = enishi.run("colleagues", json!({}));
    let serving = all.as_array().unwrap().iter().find(|one| one["fields"]["left_on"].is_null()).unwrap();
    let name = format!(
        "{} {}",
        serving["fields"]["family"].as_str().unwrap(),
        serving["fields"]["given"].as_str().unwrap()
    );
    let other = all.as_array().unwrap().iter().rfind(|one| one["fields"]["left_on"].is_null()).unwrap();
    let keeper = format!(
        "{} {}",
        other["fields"]["family"].as_str().unwrap(),
        other["fields"]["given"].as_str().unwrap()
    );
    let sheet = enishi.folder().join("sheet.pdf");
    enishi.dialogs_answer(&[Some(&sheet)]);

    // Begun from the list of staff.
    enishi.button("社員").click();
    enishi.button(&format!("{name}さんの退職の手続き")).click();
    enishi.field("最後の日（決まっていれば）").type_in("令和9年3月31日");
    enishi.picture("ja-exit-begin");
    enishi.button("手続きを始める").click();
    enishi.heading(&format!("{name}さんの退職の手続き"));
    enishi.button("退職日: 令和9年3月31日");
    enishi.picture("ja-exit-dates");

    // A page is left out, and what is ticked stays.
    enishi.button("次へ").click();
    enishi.checkbox("社員証").click();
    enishi.wait_for("the tick", || enishi.shown().contains("済み").then_some(()));
    enishi.picture("ja-exit-items");
    enishi.button("続きはあとで").click();
    enishi.find("button", &name).click();
    enishi.heading("返却と引継ぎ");

    // What is said is sealed as agreed; what may be found is copied.
    enishi.button("次へ").click();
    enishi.find("radio", "総務だけ").click();
    enishi.field("いつごろ、何がきっかけで考え始めましたか").type_in("母の介護が始まった");
    // A turned page does not lose what was half said.
    enishi.button("次へ").click();
    enishi.text("交わしていなければ、このページは飛ばせます。");
    enishi.button("前へ").click();
    assert_eq!(enishi.field("いつごろ、何がきっかけで考え始めましたか").value(), "母の介護が始まった");
    enishi.checkbox("介護・看護").click();
    enishi.checkbox("ご本人がよいと言ったことだけ").click();
    enishi.field("手伝える時間（月）").type_in("２０");
    enishi.field("手伝える分野").type_in("得意先の引継ぎ");
    enishi.checkbox("電話").click();
    enishi.option("ご希望の連絡担当", &keeper).click();
    enishi.picture("ja-exit-interview");
    enishi.button("封をして保存する").click();
    enishi.text("封をした記録 1件");
    let found = enishi.run("people", json!({ "filter": { "help_field": "得意先の引継ぎ" } }));
    assert_eq!(found["total"], 1);
    let person = found["rows"][0]["id"].clone();
    let card = enishi.run("person", json!({ "id": person }));
    assert_eq!(card["fields"]["in_charge"], other["id"]);
    let agreed = &card["consents"][0]["fields"];
    assert_eq!((&agreed["purpose"], &agreed["channel"]), (&json!("help"), &json!("phone")));

    enishi.find("button", "連絡担当").click();
    enishi.heading("連絡担当");
    enishi.find("button", "渡す紙").click();
    enishi.text("お願い・協力（電話）");
    enishi.picture("ja-exit-paper");
    enishi.button("PDF にする").click();
    enishi.text("「sheet.pdf」に保存しました");
    let text = enishi.paper(&sheet);
    assert!(text.contains(&name.replace(' ', "")) && text.contains("やめてほしい"), "{text}");
    assert!(text.contains("「総務だけ」"), "who reads the interview, as agreed: {text}");
    enishi.button("手続きを終える").click();
    enishi.text("この1か月に終えた手続き");
    assert_eq!(enishi.run("exit", json!({ "id": person }))["exit"]["fields"]["page"], "paper");

    // Owners read it on the person's page.
    enishi.button("退職者").click();
    enishi.field("探す").type_in(&name);
    enishi.press("Enter");
    enishi.heading(&name);
    enishi.button("封を開けて読む").click();
    enishi.text("母の介護が始まった");
    enishi.text("総務だけ");
    enishi.picture("ja-exit-read");
}

#[test]
fn the_ties_of_one_who_leaves_go_to_another_with_a_sheet() {
    let enishi = Enishi::start(&["--sample"]);
    let all = enishi.run("colleagues", json!({}));
    let kept = |one: &serde_json::Value| {
        enishi.run("in_charge_of", json!({ "id": one["id"] })).as_array().unwrap().len()
    };
    let from = all.as_array().unwrap().iter().max_by_key(|one| kept(one)).unwrap();
    let to = all
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] != from["id"] && one["fields"]["left_on"].is_null());
    let to = to.unwrap();
    let name = |one: &serde_json::Value| {
        let text = |field: &str| one["fields"][field].as_str().unwrap().to_owned();
        format!("{} {}", text("family"), text("given"))
    };
    let people = kept(from);
    assert!(people > 3, "the sample has ties to hand over");
    let sheet = enishi.folder().join("sheet.pdf");
    enishi.dialogs_answer(&[Some(&sheet)]);

    enishi.button("社員").click();
    enishi.button(&format!("{}さんの引き継ぎ", name(from))).click();
    enishi.button("引き継ぎ表を印刷").click();
    enishi.text("「sheet.pdf」に保存しました");
    let text = enishi.paper(&sheet);
    let first = enishi.run("in_charge_of", json!({ "id": from["id"] }))[0]["row"]["family"].clone();
    assert!(text.contains(first.as_str().unwrap()) && text.contains("連絡担当の引き継ぎ表"), "{text}");
    enishi.picture("ja-hand-over");

    enishi.button(&format!("{people}人を引き継ぐ")).click();
    enishi.text("新しい連絡担当を選んでください。");
    enishi.option("新しい連絡担当", &name(to)).click();
    enishi.button(&format!("{people}人を引き継ぐ")).click();
    enishi.text(&format!("{people}人の連絡担当を{}さんに替えました", name(to)));
    assert_eq!(kept(from), 0);
    enishi.button("元に戻す").click();
    enishi.wait_for("the old hand", || (kept(from) == people).then_some(()));
}

#[test]
fn a_checklist_and_a_question_of_the_office_come_back_with_the_next_exit() {
    let enishi = Enishi::start(&["--sample"]);
    let all = enishi.run("colleagues", json!({}));
    let serving: Vec<_> =
        all.as_array().unwrap().iter().filter(|one| one["fields"]["left_on"].is_null()).collect();
    let begin = |at: usize| {
        let fields = &serving[at]["fields"];
        let name = format!("{} {}", fields["family"].as_str().unwrap(), fields["given"].as_str().unwrap());
        enishi.button("社員").click();
        enishi.button(&format!("{name}さんの退職の手続き")).click();
        enishi.button("手続きを始める").click();
        enishi.heading(&format!("{name}さんの退職の手続き"));
        enishi.find("button", "返却と引継ぎ").click();
    };
    begin(0);
    enishi.button("「名刺（会社と取引先のもの）」を消す").click();
    enishi.field("返してもらうもの：何を").type_in("工場のロッカーの鍵\u{e007}");
    enishi.checkbox("工場のロッカーの鍵");
    enishi.button("この一覧を自社のひな形にする").click();
    enishi.text("この一覧を自社のひな形にしました");
    enishi.button("次へ").click();
    enishi.field("自社の質問").type_in("後輩に伝えたいことは\u{e007}");
    enishi.field("後輩に伝えたいことは").type_in("焦らないこと");
    enishi.picture("ja-exit-own-question");
    enishi.button("封をして保存する").click();
    enishi.text("封をした記録 1件");

    begin(1);
    enishi.checkbox("工場のロッカーの鍵");
    enishi.gone("checkbox", "名刺（会社と取引先のもの）");
    enishi.picture("ja-exit-own-items");
    enishi.button("次へ").click();
    assert_eq!(enishi.field("後輩に伝えたいことは").value(), "", "the question is kept, the answer is not");
    enishi.find("button", "返却と引継ぎ").click();
    enishi.button("はじめの一覧に戻す").click();
    enishi
        .wait_for("the first list", || (enishi.run("settings", json!({}))["exit_items"] == "").then_some(()));
}
