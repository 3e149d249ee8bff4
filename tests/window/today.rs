//! A morning with the program: what the day asks for, and what the company has set.

use serde_json::json;

use crate::journey::choose;
use crate::program::Enishi;

/// The name in the rail of where one is.
fn here(enishi: &Enishi, screen: &str) {
    enishi.wait_for("the screen", || {
        let here = "return document.querySelector('nav [aria-current=page]')?.textContent.trim() ?? ''";
        enishi.script(here, &[]).as_str().is_some_and(|here| here.starts_with(screen)).then_some(())
    });
}

/// How many people the list says it holds.
fn counted(enishi: &Enishi) -> String {
    let said = "return document.querySelector('header [role=status]')?.textContent ?? ''";
    enishi.script(said, &[]).as_str().unwrap_or_default().to_owned()
}

#[test]
fn every_number_of_today_opens_the_list_that_it_counts() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.heading("今日");
    let today = enishi.run("today", json!({}));
    let mut opened = 0;
    for (what, title, sentence) in [
        ("promised", "約束", "までに連絡する約束"),
        ("waiting", "そろそろ連絡", "約束はなく、1年以上やりとりがない"),
        ("orphaned", "連絡担当のいない方", "連絡担当が退職している"),
        ("unconfirmed", "住所の確認", "より後に住所を確認していない"),
    ] {
        let total = &today[what]["total"];
        let door = enishi.button(&format!("{title} {total}名"));
        if *total == 0 {
            assert_eq!(door.property("disabled"), true, "{title}");
            continue;
        }
        door.click();
        enishi.text(sentence);
        enishi.wait_for("as many as was said", || (counted(&enishi) == format!("{total}名")).then_some(()));
        opened += 1;
        enishi.button("今日").click();
    }
    assert!(opened >= 2, "the sample has something to do: {today}");

    // 先月の続き: everybody, and each way.
    let spoken = today["last_month_spoken"].as_array().unwrap();
    assert!(spoken.len() >= 3, "{spoken:?}");
    enishi.picture("ja-today-spoken");
    for (number, (kind, way)) in spoken.iter().zip([("", "全員"), ("call", "電話")]) {
        assert_eq!(number["kind"].as_str().unwrap_or_default(), kind);
        enishi.button(&format!("{way} {}名", number["people"])).click();
        enishi.text("にやりとりがあった");
        enishi.wait_for("as many as was said", || {
            (counted(&enishi) == format!("{}名", number["people"])).then_some(())
        });
        enishi.picture(&format!("ja-list-spoken-{way}"));
        enishi.button("今日").click();
    }
}

#[test]
fn a_call_recorded_on_today_keeps_its_promise_and_can_be_taken_back() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.heading("今日");
    let promised = enishi.run("today", json!({}))["promised"].clone();
    let total = promised["total"].as_u64().unwrap();
    let first = &promised["rows"][0];
    let name = format!("{} {}", first["family"].as_str().unwrap(), first["given"].as_str().unwrap());
    enishi.button(&format!("{name}さんに電話した")).click();
    enishi.field("どんな話でしたか").type_in("お元気でした");
    enishi.press("Enter");
    enishi.button(&format!("約束 {}名", total - 1));
    let contacts = enishi.run("person", json!({ "id": first["id"] }))["contacts"].to_string();
    assert!(contacts.contains("お元気でした"), "{contacts}");
    enishi.button("元に戻す").click();
    enishi.button(&format!("約束 {total}名"));
    enishi.button(&format!("{name}さんに電話した"));
}

#[test]
fn what_is_set_is_seen_at_once_and_stays() {
    let mut enishi = Enishi::start(&[]);
    let company = json!({ "company": "北斗製作所", "owner": "社長", "passphrase": "はれ の ち くもり 42" });
    enishi.run("start_company", company);
    enishi.restart();
    enishi.field("合言葉").type_in("はれ の ち くもり 42");
    enishi.button("開く").click();
    enishi.button("設定").click();

    // The company's own words stand wherever people are spoken of.
    choose(&enishi, "画面での呼び方", "アルムナイ");
    enishi.button("アルムナイ").click();
    enishi.heading("アルムナイ");
    enishi.button("＋ アルムナイを加える");
    enishi.button("設定").click();
    choose(&enishi, "画面での呼び方", "ほかの言葉を書く");
    enishi.field("画面での呼び方（ほかの言葉）").clear();
    enishi.field("画面での呼び方（ほかの言葉）").type_in("北斗の仲間");
    enishi.button("北斗の仲間");
    choose(&enishi, "紙面での呼び方", "社友");

    // The purposes ticked become the sentence that people are told.
    enishi.checkbox("親睦").click();
    enishi.checkbox("再雇用").click();
    enishi.text("再び働いていただくことのご相談、会報・行事などによる親睦のために使います");

    enishi.button("＋ 項目を加える").click();
    enishi.field("項目の名前").type_in("保有資格");
    enishi.press("Enter");
    enishi.gone("field", "項目の名前");
    assert_eq!(enishi.run("own_fields", json!({}))[0]["fields"]["name"], "保有資格");

    // A name typed is kept even when the register is locked before a pause.
    enishi.field("会報の名前").type_in("ほくと便り");
    enishi.button("鍵をかけて閉じる").click();
    enishi.field("合言葉").type_in("はれ の ち くもり 42");
    enishi.button("開く").click();
    enishi.button("北斗の仲間");
    let settings = enishi.run("settings", json!({}));
    let kept = |name: &str| settings[name].as_str().unwrap_or_default().to_owned();
    assert_eq!(kept("people_screen"), "北斗の仲間");
    assert_eq!(kept("people_paper"), "社友");
    assert_eq!(kept("purposes"), "rehire,social");
    assert_eq!(kept("newsletter"), "ほくと便り");
}

#[test]
fn language_and_size_change_in_the_middle_of_work_and_lose_nothing() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.button("退職者").click();
    enishi.field("探す").type_in("さいとう");
    enishi.wait_for("fewer people", || (!counted(&enishi).starts_with("128")).then_some(()));
    let found = counted(&enishi).replace('名', "");
    enishi.button("English").click();
    enishi.heading("Leavers");
    assert_eq!(enishi.field("Search").value(), "さいとう");
    assert!(counted(&enishi).starts_with(&found), "{}", counted(&enishi));
    choose(&enishi, "Size of text", "200%");
    let size = "return getComputedStyle(document.documentElement).fontSize";
    enishi.wait_for("large letters", || (enishi.script(size, &[]) == "32px").then_some(()));
    assert_eq!(enishi.field("Search").value(), "さいとう");
    let wider = "return document.documentElement.scrollWidth > innerWidth";
    assert_eq!(enishi.script(wider, &[]), false);
    enishi.button("日本語").click();
    enishi.heading("退職者");
}

#[test]
fn the_box_that_goes_anywhere_is_led_by_the_keyboard_alone() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.heading("今日");
    enishi.press("Ctrl+k");
    enishi.field("行き先を探す").type_in("takahashi");
    let first = enishi.wait_for("a person", || {
        let first = "return document.querySelector('#palette [aria-selected=true] .letters')?.textContent";
        // While the last letters are typed, those whom the first letters find still stand there.
        enishi.script(first, &[]).as_str().filter(|name| name.contains('橋')).map(str::to_owned)
    });
    enishi.press("Enter");
    enishi.gone("field", "行き先を探す");
    enishi.heading(&first);

    enishi.press("Ctrl+k");
    enishi.field("行き先を探す").type_in("会報");
    enishi.press("Enter");
    here(&enishi, "会報");

    // Escape leaves everything as it was; and the keys have a card of their own.
    enishi.press("Ctrl+k");
    enishi.field("行き先を探す");
    enishi.press("Escape");
    enishi.gone("field", "行き先を探す");
    here(&enishi, "会報");
    enishi.press("?");
    enishi.heading("キー操作");
    enishi.press("Escape");
    enishi.gone("heading", "キー操作");
}

#[test]
fn the_own_company_is_set_up_with_its_words_its_size_and_its_purposes() {
    let enishi = Enishi::start(&[]);
    enishi.fill_in_company("ひろせがわの なつ");
    choose(&enishi, "画面での呼び方", "卒業生");
    choose(&enishi, "紙面での呼び方", "社友");
    choose(&enishi, "文字の大きさ", "125%");
    let size = "return getComputedStyle(document.documentElement).fontSize";
    assert_eq!(enishi.script(size, &[]), "20px");
    enishi.button("名簿を作る").click();
    enishi.button("あとで").click();
    enishi.checkbox("採用").click();
    enishi.text("みちのく食品は、卒業生の皆さまからお預かりした情報を、求人のご案内のために使います");
    enishi.button("始める").click();

    // The first screen leads to the own list.
    enishi.heading("はじめに、名簿を取り込みましょう");
    enishi.button("卒業生");
    let settings = enishi.run("settings", json!({}));
    for (name, value) in
        [("people_screen", "卒業生"), ("people_paper", "社友"), ("text_size", "125"), ("purposes", "recruit")]
    {
        assert_eq!(settings[name], value, "{name}");
    }
    enishi.button("名簿の取り込み").click();
    enishi.button("ファイルを選ぶ");
}
