//! An event from last year's to the thanks: clicks are counted, and so are the keys of a reply card.

use std::{cell::Cell, fs, process::Command};

use serde_json::{Value, json};

use crate::program::Enishi;

fn event(enishi: &Enishi, title: &str) -> Value {
    let events = enishi.run("events", json!({}));
    let row = events.as_array().unwrap().iter().find(|row| row["fields"]["title"] == title).cloned();
    row.unwrap_or_else(|| panic!("{title} in {events}"))
}

fn invitees(enishi: &Enishi, id: &Value) -> Vec<Value> {
    enishi.run("event", json!({ "id": id }))["card"]["invitees"].as_array().unwrap().clone()
}

#[test]
fn a_reunion_is_made_from_the_last_and_reaches_eighty_people_in_six_clicks() {
    let enishi = Enishi::start(&["--sample"]);
    // Most were told why they are written to.
    let basis = json!({ "selection": { "query": {} }, "purposes": ["event"], "channel": "post", "basis": "notified",
        "on_day": "2026-04-01", "evidence": "会報第6号" });
    enishi.run("give_basis", basis);
    let clicks = Cell::new(0);
    let click = |name: &str| {
        clicks.set(clicks.get() + 1);
        enishi.button(name).click();
    };
    click("行事");
    enishi.heading("行事");
    enishi.picture("ja-events");
    click("「第9回 同窓会」と同じ内容で作る");
    assert_eq!(enishi.field("題名").value(), "第11回 同窓会", "the tenth is on its way");
    enishi.field("日付").type_in("令和9年11月20日");
    enishi.picture("ja-event-decide");
    enishi.press("Enter");
    // Its weekday is worked out.
    enishi.text("令和9年11月20日（土）");
    enishi.wait_for("who can be invited", || enishi.shown().contains("名を招く").then_some(()));
    enishi.picture("ja-event-invite");
    let row = event(&enishi, "第11回 同窓会");
    let wanted = json!({ "event": row["id"], "selection": { "query": {} } });
    let checked = enishi.run("check_invitation", wanted);
    let people = checked["send"]["total"].as_u64().unwrap();
    assert!(people >= 80, "{people} can be invited");
    click(&format!("{people}名を招く"));
    enishi.heading("郵便で届ける");
    enishi.picture("ja-event-deliver");
    click("はがき・手紙を作る");
    enishi.wait_for("the paper", || {
        let seen = enishi.script(
            "const image = document.querySelector('aside img'); return !!image && image.complete && image.naturalWidth > 0 && !image.classList.contains('old')",
            &[],
        );
        (seen == true).then_some(())
    });
    enishi.picture("ja-event-cards");
    click("刷る紙を作る");
    enishi.text("まだ出していません");
    assert_eq!(clicks.get(), 6 - 1, "and one more says that they were sent");
    click("発送済みにする");
    enishi.text("に発送");
    assert_eq!(clicks.get(), 6);

    let card = enishi.run("event", json!({ "id": row["id"] }))["card"].clone();
    assert_eq!(card["dispatches"][0]["people"], checked["send"]["by_post"]);
    assert!(card["dispatches"][0]["sent_on"].is_string());
    // Each has a code of their own, and one undo takes back what was said last.
    let codes: std::collections::HashSet<_> =
        card["invitees"].as_array().unwrap().iter().map(|row| row["fields"]["code"].to_string()).collect();
    assert_eq!(codes.len() as u64, people);
}

#[test]
fn thirty_cards_take_three_keys_each_and_ten_by_name_four() {
    let enishi = Enishi::start(&["--sample"]);
    let row = event(&enishi, "第10回 同窓会");
    let awaited: Vec<Value> =
        invitees(&enishi, &row["id"]).into_iter().filter(|row| row["fields"]["reply"] == "none").collect();
    assert!(awaited.len() >= 40, "{}", awaited.len());
    enishi.button("行事").click();
    enishi.find("button", "第10回 同窓会").click();
    let field = "番号、またはお名前（かな）";
    let ready = || {
        enishi.wait_for("the keyboard at the next card", || (enishi.focus()["name"] == field).then_some(()));
    };
    let keys = Cell::new(0);
    let press = |key: &str| {
        keys.set(keys.get() + 1);
        enishi.press(key);
    };
    ready();
    enishi.picture("ja-event-replies");
    let by_name: Vec<&Value> = {
        let kana = |row: &Value| {
            format!("{}{}", row["family_kana"].as_str().unwrap(), row["given_kana"].as_str().unwrap())
        };
        let all = invitees(&enishi, &row["id"]);
        let once = |row: &&Value| all.iter().filter(|other| kana(other).starts_with(&kana(row))).count() == 1;
        awaited[30..].iter().filter(|row| !kana(row).is_empty()).filter(once).take(10).collect()
    };
    assert_eq!(by_name.len(), 10);
    for (at, row) in awaited[..30].iter().chain(by_name.iter().copied()).enumerate() {
        keys.set(0);
        // A scanner types the digits and Enter in one stroke of the hand; a name is typed, and Enter.
        if at < 30 {
            enishi.type_letters(row["fields"]["code"].as_str().unwrap());
            enishi.press("Enter");
            keys.set(1);
        } else {
            let kana =
                format!("{}{}", row["family_kana"].as_str().unwrap(), row["given_kana"].as_str().unwrap());
            enishi.type_letters(&kana);
            keys.set(1);
            press("Enter");
        }
        let name = format!(
            "{}さんの返事",
            format!("{} {}", row["family"].as_str().unwrap(), row["given"].as_str().unwrap()).trim()
        );
        enishi.wait_for("the card", || (enishi.focus()["name"] == "1 出席").then_some(()));
        enishi.find("radiogroup", &name);
        if at == 0 {
            enishi.picture("ja-event-card");
        }
        press(if at % 4 == 3 { "2" } else { "1" });
        press("Enter");
        assert_eq!(keys.get(), if at < 30 { 3 } else { 4 });
        ready();
    }
    enishi.text("今日 40枚");
    enishi.picture("ja-event-entered");
    let now = invitees(&enishi, &row["id"]);
    let of = |id: &Value| now.iter().find(|row| row["id"] == *id).unwrap()["fields"].clone();
    for (at, row) in awaited[..30].iter().enumerate() {
        assert_eq!(of(&row["id"])["reply"], if at % 4 == 3 { "no" } else { "yes" });
    }
    // News are printed only where somebody says so.
    assert!(awaited[..30].iter().all(|row| of(&row["id"])["news_print"] == "no"));

    // A second time the first stands there; what was entered wrongly is taken back by one key.
    enishi.press("Ctrl+z");
    enishi.text("今日 39枚");
    enishi.type_letters(awaited[0]["fields"]["code"].as_str().unwrap());
    enishi.press("Enter");
    enishi.text("に「出席」で入力済みです");
    enishi.field("近況").type_in("孫が生まれました");
    enishi.find("radio", "匿名なら").click();
    enishi.checkbox("住所が変わった").click();
    enishi.field("郵便番号").type_in("980-0811");
    enishi.find("button", "青葉区一番町").click();
    // The keyboard stays in the form, where the number of the house is typed.
    enishi.wait_for("the keyboard behind the town", || {
        (enishi.script("return document.activeElement.value ?? ''", &[]) == "一番町").then_some(())
    });
    enishi.type_letters("2-10");
    assert_eq!(enishi.field("町名・番地").value(), "一番町2-10");
    enishi.picture("ja-event-card-full");
    enishi.button("やめる").click();
    ready();
    // A slip of the finger is told from a card of somebody else.
    let code = awaited[0]["fields"]["code"].as_str().unwrap();
    let wrong = format!("{}{}", &code[..5], (code.as_bytes()[5] - b'0' + 1) % 10);
    enishi.type_letters(&wrong);
    enishi.press("Enter");
    enishi.text("番号が違うようです。");
}

#[test]
fn the_papers_of_the_day_are_two_clicks_and_everybody_is_received_and_remembered() {
    let enishi = Enishi::start(&["--sample"]);
    let kit = enishi.folder().join("kit.pdf");
    enishi.dialogs_answer(&[Some(&kit)]);
    let row = event(&enishi, "第10回 同窓会");
    enishi.run("seat_event", json!({ "id": row["id"] }));
    enishi.button("行事").click();
    enishi.find("button", "第10回 同窓会").click();
    // Two clicks.
    enishi.find("button", "当日").click();
    enishi.button("当日の紙一式を作る").click();
    enishi.text("「kit.pdf」に保存しました");
    let read = enishi.paper(&kit);
    for paper in ["受付名簿", "席次", "会費帳", "近況集", "1番卓"] {
        assert!(read.contains(paper), "{paper} in {read}");
    }
    enishi.picture("ja-event-day");
    let coming: Vec<Value> =
        invitees(&enishi, &row["id"]).into_iter().filter(|row| row["fields"]["reply"] == "yes").collect();
    let name = |row: &Value| {
        format!("{} {}", row["family"].as_str().unwrap(), row["given"].as_str().unwrap()).trim().to_owned()
    };
    let first = &coming[0];
    enishi.checkbox(&format!("{}が来た", name(first) + "さん")).click();
    let sum = 3000 * (1 + first["fields"]["companions"].as_u64().unwrap());
    let thousands = if sum == 3000 { "3,000" } else { "6,000" };
    enishi.button(&format!("{}さんから{thousands}円 受け取る", name(first))).click();
    enishi.button(&format!("{}さんの会費を取り消す", name(first)));
    enishi.text("来た方 1名");
    // Somebody comes unasked who is not in the register.
    enishi.field("姓").type_in("飛入");
    enishi.field("名").type_in("参");
    enishi.button("名簿に加えて受付").click();
    enishi.text("来た方 2名");
    enishi.picture("ja-event-reception");

    enishi.find("button", "終わったら").click();
    enishi.button("記録に入れる").click();
    enishi.text("に記録しました。");
    enishi.field("何に").type_in("昼食");
    enishi.field("金額（円）").type_in("１２００");
    enishi.button("支出を加える").click();
    enishi.text("−1,200円");
    enishi.picture("ja-event-after");
    let card = enishi.run("person", json!({ "id": first["fields"]["person"] }));
    assert_eq!(card["contacts"][0]["fields"]["note"], "第10回 同窓会");
    enishi.button("来た退職者を名簿で見る").click();
    enishi.text("飛入 参");
    assert!(fs::metadata(&kit).unwrap().len() > 1000);
}

#[test]
fn mails_are_drafts_that_are_saved_and_stand_in_the_ledger() {
    let enishi = Enishi::start(&["--sample"]);
    let drafts = enishi.folder().join("drafts.zip");
    let calendar = enishi.folder().join("event.ics");
    enishi.dialogs_answer(&[Some(&drafts), Some(&calendar)]);
    let row = event(&enishi, "第10回 同窓会");
    let by_mail = invitees(&enishi, &row["id"]).into_iter().filter(|row| row["fields"]["channel"] == "mail");
    let awaited = by_mail.filter(|row| row["fields"]["reply"] == "none").count();
    assert!(awaited > 0);
    enishi.button("行事").click();
    enishi.find("button", "第10回 同窓会").click();
    enishi.find("button", "届ける").click();
    enishi.text("今後メールが不要な方は soumu@example.jp へお知らせください。");
    enishi.picture("ja-event-mail");
    enishi.find("button", "名分の下書きを作る").click();
    enishi.text(&format!("下書き{awaited}通を台帳に残しました。"));
    let list = Command::new("python3")
        .args(["-c", "import sys, zipfile; print(len(zipfile.ZipFile(sys.argv[1]).namelist()))"])
        .arg(&drafts)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&list.stdout).trim(), awaited.to_string());
    let kept = enishi.run("event", json!({ "id": row["id"] }))["card"]["dispatches"].clone();
    assert_eq!((&kept[0]["form"], &kept[0]["sent_on"]), (&json!("drafts"), &Value::Null));
    enishi.button("予定表に入れるファイル").click();
    enishi.text("「event.ics」に保存しました");
    let day = row["fields"]["on_day"].as_str().unwrap().replace('-', "");
    assert!(fs::read_to_string(&calendar).unwrap().contains(&format!("DTSTART:{day}T")));
}

#[test]
fn what_people_wrote_comes_into_the_newsletter_as_they_allowed() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.button("会報").click();
    enishi.button("第12号").click();
    enishi.drawn();
    enishi.button("＋ ほかの欄を加える").click();
    enishi.button("行事の近況").click();
    enishi.wait_for("the news beside the pen", || {
        let texts =
            enishi.script("return [...document.querySelectorAll('textarea')].map((area) => area.value)", &[]);
        let news = texts.as_array().unwrap().iter().any(|text| {
            let text = text.as_str().unwrap();
            text.contains("（匿名）")
                && text.contains("古い社員旅行の写真が出てきました。")
                && !text.contains("膝の手術")
        });
        news.then_some(())
    });
    enishi.picture("ja-issue-news");
}

#[test]
fn whoever_calls_is_answered_from_their_own_page() {
    let enishi = Enishi::start(&["--sample"]);
    let row = event(&enishi, "第10回 同窓会");
    let awaited =
        invitees(&enishi, &row["id"]).into_iter().find(|row| row["fields"]["reply"] == "none").unwrap();
    let name = format!("{} {}", awaited["family"].as_str().unwrap(), awaited["given"].as_str().unwrap());
    enishi.button("退職者").click();
    enishi.field("探す").type_in(&name);
    enishi.press("Enter");
    enishi.heading(&name);
    enishi.button("「第10回 同窓会」の返事を入れる").click();
    enishi.wait_for("the card", || (enishi.focus()["name"] == "1 出席").then_some(()));
    enishi.find("radiogroup", &format!("{name}さんの返事"));
    enishi.press("1");
    enishi.press("Enter");
    enishi.text("今日 1枚");
}
