//! Everyday work: many people changed together, the list walked by its kana, what a visitor should not see hidden,
//! a photo, and the newsletter with its page beside the pen.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::program::Enishi;

/// Presses Tab until the keyboard is where `there` says, as somebody without a mouse does.
fn tab_to(enishi: &Enishi, there: &str) {
    enishi.wait_for(there, || {
        enishi.press("Tab");
        let is_there =
            enishi.script(&format!("return document.activeElement?.matches({there:?}) ?? false"), &[]);
        (is_there == true).then_some(())
    });
}

/// How many people carry a tag.
fn tagged(enishi: &Enishi, tag: &str) -> Value {
    enishi.run("people", json!({ "filter": { "tags": [tag] } }))["total"].take()
}

/// The reading of the name that the list stands at.
fn kana_at(enishi: &Enishi) -> String {
    let kana = enishi.script(
        "const list = document.querySelector('[role=listbox]');
         return document.getElementById(list.getAttribute('aria-activedescendant'))?.querySelector('.kana')?.textContent ?? ''",
        &[],
    );
    kana.as_str().unwrap_or_default().to_owned()
}

/// The picture of this description once it is drawn: its address and how many dots wide it is.
fn drawn(enishi: &Enishi, description: &str, unlike: &str) -> (String, u64) {
    enishi.wait_for(&format!("a picture of {description}"), || {
        let seen = enishi.script(
            "const image = [...document.images].find((image) => image.alt.includes(arguments[0]));
             return image?.complete ? [image.src, image.naturalWidth] : null",
            &[description.into()],
        );
        let (address, width) = (seen[0].as_str()?, seen[1].as_u64()?);
        (width > 0 && address != unlike).then(|| (address.to_owned(), width))
    })
}

/// A grey square of eight dots (ITU-T T.81): one quantisation table, and codes of one bit for "no difference" and
/// "end of block".
fn jpeg() -> Vec<u8> {
    let mut jpeg = vec![0xff, 0xd8, 0xff, 0xdb, 0, 67, 0];
    jpeg.extend([1; 64]);
    jpeg.extend([0xff, 0xc0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
    for class in [0x00, 0x10] {
        jpeg.extend([0xff, 0xc4, 0, 20, class, 1]);
        jpeg.extend([0; 16]);
    }
    jpeg.extend([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0b0011_1111, 0xff, 0xd9]);
    jpeg
}

#[test]
fn forty_people_get_a_tag_by_keyboard_and_one_undo_takes_it_back() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.button("退職者").click();
    enishi.text("128名");
    tab_to(&enishi, "[role=listbox]");
    enishi.press(" ");
    enishi.text("1名を選択中");
    for _ in 1..40 {
        enishi.press("Shift+ArrowDown");
    }
    enishi.text("40名を選択中");
    // A range that was too long is shortened.
    enishi.press("Shift+ArrowDown");
    enishi.text("41名を選択中");
    enishi.press("Shift+ArrowUp");
    enishi.text("40名を選択中");
    tab_to(&enishi, "[aria-label='タグの名前']");
    for letter in ["k", "a", "i", "Enter"] {
        enishi.press(letter);
    }
    enishi.text("40名にタグ「kai」を付けました");
    assert_eq!(tagged(&enishi, "kai"), 40);
    let first = enishi.run("people", json!({ "limit": 40 }));
    assert!(first["rows"].as_array().unwrap().iter().all(|row| row["tags"].to_string().contains("\"kai\"")));
    assert_eq!(enishi.run("steps", json!({ "limit": 1 }))["rows"][0]["people"], 40);

    tab_to(&enishi, "[role=listbox]");
    enishi.press("Ctrl+z");
    enishi.text("元に戻しました：タグを付けた");
    assert_eq!(tagged(&enishi, "kai"), 0);
    enishi.press("Ctrl+Shift+z");
    enishi.text("やり直しました：タグを付けた");
    assert_eq!(tagged(&enishi, "kai"), 40);
}

#[test]
fn forty_people_get_a_tag_by_mouse_and_one_undo_takes_it_back() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.button("退職者").click();
    enishi.text("128名");
    let click = |place: u32, target: &str, shift: bool| {
        enishi.wait_for("the row", || {
            let clicked = enishi.script(
                "const [place, target, shift] = arguments;
                 const row = document.querySelector(`[role=option][aria-posinset='${place}']`);
                 if (!row?.querySelector('.letters')) {
                   const list = document.querySelector('[role=listbox]');
                   list.scrollTop = list.scrollHeight / 128 * (place - 3);
                   return false;
                 }
                 (target ? row.querySelector(target) : row).dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: shift }));
                 return true",
                &[place.into(), target.into(), shift.into()],
            );
            (clicked == true).then_some(())
        });
    };
    click(3, ".pick", false);
    enishi.text("1名を選択中");
    click(42, "", true);
    enishi.text("40名を選択中");
    enishi.field("タグの名前").type_in("同窓会");
    enishi.button("タグを付ける").click();
    enishi.text("40名にタグ「同窓会」を付けました");
    assert_eq!(tagged(&enishi, "同窓会"), 40);
    enishi.button("元に戻す").click();
    enishi.text("元に戻しました：タグを付けた");
    assert_eq!(tagged(&enishi, "同窓会"), 0);

    // Everybody whom the filter finds, said with the number; one of them taken out.
    enishi.find("button", "この条件の全員 128名").click();
    enishi.text("この条件の全員 128名を選択中");
    click(5, ".pick", false);
    enishi.text("この条件の全員から1名を除いた 127名を選択中");
    let list = enishi.folder().join("leavers.xlsx");
    enishi.dialogs_answer(&[None, Some(&list)]);
    enishi.button("書き出す").click();
    let free = "return ![...document.querySelectorAll('button')].some((button) => button.disabled && button.textContent === '書き出す')";
    enishi.wait_for("the first dialog to be left", || {
        let asked = fs::read_to_string(enishi.folder().join("dialog")).unwrap().lines().count() == 1;
        (asked && enishi.script(free, &[]) == true).then_some(())
    });
    assert!(!list.exists());
    enishi.button("書き出す").click();
    enishi.text("127名を「leavers.xlsx」に書き出しました");
    assert!(fs::read(&list).unwrap().starts_with(b"PK"));
    enishi.button("タグを付ける").click();
    enishi.text("127名にタグ「同窓会」を付けました");
    enishi.button("タグを外す").click();
    enishi.text("127名からタグ「同窓会」を外しました");
    enishi.button("選択をやめる").click();
    enishi.gone("button", "タグを付ける");
    assert_eq!(tagged(&enishi, "同窓会"), 0);
}

#[test]
fn everybody_gets_a_basis_for_letters_in_one_step_and_nobody_against_their_word() {
    let enishi = Enishi::start(&["--sample"]);
    let unasked = json!({ "purpose": "help", "channel": "post" });
    let count = |filter: Value| enishi.run("people", json!({ "filter": filter }))["total"].take();
    enishi.button("退職者").click();
    enishi.text("128名");
    let before = count(json!({ "unasked": unasked }));
    enishi.button("全員を選ぶ（128名）").click();
    enishi.button("送ってよい根拠…").click();
    enishi.checkbox("会報").click();
    enishi.checkbox("行事の案内").click();
    enishi.button("記録する").click();
    enishi.text("何を送るかを、一つ以上選んでください。");
    enishi.checkbox("お願い・協力").click();
    enishi.button("記録する").click();
    enishi.text("送ってよい根拠を選んでください。");
    enishi.find("radio", "以前から案内し、目的を通知済み").click();
    enishi.picture("ja-basis");
    enishi.button("記録する").click();
    enishi.text("それが分かるもの（理由）を書いてください。");
    enishi.field("それが分かるもの（理由）").type_in("毎年の年賀状と会報で案内");
    enishi.press("Enter");
    enishi.text(&format!("{before}名に、送ってよい根拠を記録しました。"));
    assert_eq!(count(json!({ "unasked": unasked })), 0);
    assert_eq!(count(json!({ "may": unasked })), before);
    enishi.button("元に戻す").click();
    enishi.text("元に戻しました：送ってよい根拠を記録した");
    assert_eq!(count(json!({ "unasked": unasked })), before);
}

#[test]
fn the_kana_beside_the_list_lead_to_their_people() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.button("退職者").click();
    enishi.text("128名");
    enishi.button("さ行へ").click();
    enishi.wait_for("さ", || kana_at(&enishi).starts_with(['サ', 'シ', 'ス', 'セ', 'ソ']).then_some(()));
    // With the arrows along the kana, and back into the list with Enter.
    tab_to(&enishi, "[role=toolbar] button");
    enishi.press("ArrowRight");
    enishi.press("Enter");
    enishi.wait_for("た", || kana_at(&enishi).starts_with(['タ', 'チ', 'ツ', 'テ', 'ト']).then_some(()));
    let before = kana_at(&enishi);
    enishi.press("ArrowDown");
    enishi
        .wait_for("the next", || (!kana_at(&enishi).is_empty() && kana_at(&enishi) != before).then_some(()));
    // Where nobody is, nothing can be pressed.
    enishi.field("探す").type_in("yamada");
    enishi.wait_for("only や", || (enishi.button("さ行へ").property("disabled") == true).then_some(()));
    assert_eq!(enishi.button("や行へ").property("disabled"), false);
}

#[test]
fn what_a_visitor_should_not_see_is_hidden_until_it_is_shown_again() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.button("退職者").click();
    enishi.text("128名");
    let rows = enishi.run("people", json!({ "limit": 100 }));
    let with_phone = rows["rows"].as_array().unwrap().iter().find_map(|row| {
        let card = enishi.run("person", json!({ "id": row["id"] }));
        Some((
            row["family"].as_str()?.to_owned() + " " + row["given"].as_str()?,
            card["phones"][0]["fields"]["number"].as_str()?.to_owned(),
        ))
    });
    let (name, phone) = with_phone.expect("somebody with a phone");
    enishi.field("探す").type_in(&name);
    enishi.wait_for("one of that name", || kana_at(&enishi).len().gt(&0).then_some(()));
    enishi.press("Enter");
    enishi.heading(&name);
    enishi.text(&phone);
    enishi.button("隠す").click();
    enishi.text("隠しています");
    for hidden in [&*phone, "ふだん使う", "封をした記録", "どんな話でしたか", "連絡と掲載の同意"]
    {
        assert!(!enishi.shown().contains(hidden), "{hidden}: {}", enishi.shown());
    }
    // Whoever is opened next is hidden, too.
    enishi.field("探す").clear();
    enishi.field("探す").type_in("yamada");
    enishi.press("Enter");
    enishi.heading("山田");
    assert!(!enishi.shown().contains("連絡と掲載の同意"));
    enishi.button("表示する").click();
    enishi.text("連絡と掲載の同意");
}

#[test]
fn today_hides_whom_to_contact_and_whose_birthday_it_is_as_well() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.heading("今日");
    let today = enishi.run("today", json!({}));
    let listed = ["promised", "waiting"].map(|list| today[list]["rows"].as_array().unwrap().clone()).concat();
    let called =
        |row: &Value| row["family"].as_str().unwrap().to_owned() + " " + row["given"].as_str().unwrap();
    let mut names: Vec<String> = listed.iter().map(called).collect();
    assert!(!names.is_empty());
    names.extend(
        today["birthdays"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()),
    );
    enishi.text(&names[0]);
    enishi.button("隠す").click();
    enishi.text("名前を隠しています。");
    let shown = enishi.shown();
    for name in &names {
        assert!(!shown.contains(name), "{name} in {shown}");
    }
    // It holds on the person's page, too, until it is taken back.
    enishi.button("退職者").click();
    enishi.text("相澤 久美子");
    enishi.press("Enter");
    enishi.text("隠しています");
    enishi.button("今日").click();
    enishi.button("表示する").click();
    enishi.text(&names[0]);
}

#[test]
fn numbers_and_days_are_taken_as_they_are_typed_and_said_as_understood() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.button("退職者").click();
    enishi.text("相澤 久美子");
    enishi.press("Enter");
    enishi.heading("相澤 久美子");
    let card = || {
        let rows = enishi.run("people", json!({ "search": "相澤 久美子", "limit": 1 }));
        enishi.run("person", json!({ "id": rows["rows"][0]["id"] }))
    };

    // Days in either calendar, in either width, said in both.
    for typed in ["令和８年１１月２０日", "R8.11.20", "２０２６１１２０", "2026-11-20"] {
        enishi.find("button", "退職日: ").click();
        enishi.field("退職日");
        enishi.type_letters(typed);
        enishi.text("令和8年11月20日（2026年11月20日） と読みました");
        enishi.press("Enter");
        enishi.button("退職日: 令和8年11月20日");
        assert_eq!(card()["fields"]["left_on"], "2026-11-20", "{typed}");
        enishi.button("元に戻す").click();
        enishi.text("元に戻しました");
    }

    enishi.button("手伝える時間（月）: 未記入").click();
    enishi.field("手伝える時間（月）").type_in("２０");
    enishi.press("Enter");
    enishi.button("手伝える時間（月）: 月20時間");

    enishi.button("＋ 電話を加える").click();
    enishi.field("番号").type_in("０９０ー１２３４ー５６７８");
    enishi.text("090-1234-5678 と読みました");
    enishi.picture("ja-phone");
    enishi.press("Enter");
    enishi.gone("field", "番号");
    assert!(card()["phones"].to_string().contains("\"090-1234-5678\""), "{}", card()["phones"]);

    // A postal code that is none says so, and what was typed stays to be mended.
    enishi.button("＋ 住所を加える").click();
    enishi.field("郵便番号").type_in("９８０－０８１");
    enishi.field("町名・番地").type_in("一番町 1-2");
    enishi.press("Enter");
    enishi.text("7桁の郵便番号ではありません。 まだ保存していません。書いたものは残っています。");
    assert_eq!(enishi.field("町名・番地").value(), "一番町 1-2");
    enishi.field("郵便番号").type_in("１");
    enishi.press("Enter");
    enishi.gone("field", "郵便番号");
    assert!(card()["addresses"].to_string().contains("\"980-0811\""), "{}", card()["addresses"]);
}

#[test]
fn a_photo_is_added_shown_and_taken_away() {
    let enishi = Enishi::start(&["--sample"]);
    let [photo, no_photo] = ["photo.jpg", "photo.png"].map(|name| enishi.folder().join(name));
    fs::write(&photo, jpeg()).unwrap();
    fs::write(&no_photo, b"\x89PNG\r\n").unwrap();
    enishi.dialogs_answer(&[None, Some(&no_photo), Some(&photo)]);
    enishi.button("退職者").click();
    enishi.text("相澤 久美子");
    enishi.press("Enter");
    enishi.heading("相澤 久美子");
    // Thought better of; then a file that is no photo, said so; then a photo.
    enishi.button("写真を付ける").click();
    enishi.button("写真を付ける").click();
    enishi.text("PNG の画像は使えません");
    enishi.button("写真を付ける").click();
    assert_eq!(drawn(&enishi, "相澤 久美子さんの写真", "").1, 8);
    enishi.button("写真を外す").click();
    enishi.gone("image", "相澤 久美子さんの写真");
    enishi.button("元に戻す").click();
    assert_eq!(drawn(&enishi, "相澤 久美子さんの写真", "").1, 8);
}

#[test]
fn a_call_is_recorded_with_the_next_one() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.button("退職者").click();
    enishi.text("相澤 久美子");
    enishi.press("Enter");
    enishi.heading("相澤 久美子");
    enishi.find("radio", "LINE").click();
    let next = enishi.find("choice", "次の連絡");
    next.type_in("日を書く");
    enishi.field("次に連絡する日").type_in("令和9年2月30日");
    enishi.field("どんな話でしたか").type_in("展示会に来てくださるとのこと");
    enishi.press("Enter");
    enishi.text("その日は暦にありません");
    enishi.field("次に連絡する日").clear();
    enishi.field("次に連絡する日").type_in("令和9年2月3日");
    enishi.button("記録する").click();
    enishi.text("次の連絡 令和9年2月3日");
    enishi.text("展示会に来てくださるとのこと");
}

#[test]
fn the_page_stands_beside_the_pen_and_follows_it_back_and_forth() {
    let enishi = Enishi::start(&["--sample"]);
    let pdf = enishi.folder().join("issue.pdf");
    enishi.dialogs_answer(&[Some(&pdf)]);
    enishi.button("会報").click();
    enishi.button("第12号").click();
    let (first, width) = drawn(&enishi, "1ページ目", "");
    assert!(width > 100, "{width}");
    enishi.text("1 / ");

    let heading = enishi.field("見出し 1").value();
    enishi.field("見出し 1").type_in("と吉報");
    let typed = heading.clone() + "と吉報";
    // All of it is saved, not only what stood there at a pause between two letters.
    let saved = || enishi.run("issues", json!({})).to_string().contains(&typed);
    enishi.wait_for("the saved heading", || saved().then_some(()));
    let (second, _) = drawn(&enishi, "1ページ目", &first);
    enishi.button("100 %").click();
    let (larger, full) = drawn(&enishi, "1ページ目", &second);
    assert!(full > width, "{full} dots are not more than {width}");

    // Outside of the fields, undo and redo turn the pages, too.
    enishi.press("Ctrl+z");
    enishi.wait_for("the old heading", || (enishi.field("見出し 1").value() == heading).then_some(()));
    let (undone, _) = drawn(&enishi, "1ページ目", &larger);
    enishi.press("Ctrl+Shift+z");
    enishi.wait_for("the new heading", || (enishi.field("見出し 1").value() == typed).then_some(()));
    let (redone, _) = drawn(&enishi, "1ページ目", &undone);

    // What is saved is what was seen: no page is set again.
    enishi.button("PDF にする").click();
    enishi.text("「issue.pdf」に保存しました");
    assert_eq!(drawn(&enishi, "1ページ目", "").0, redone);
    let read = Command::new("pdftotext").arg(&pdf).arg("-").output().unwrap();
    let text: String = String::from_utf8_lossy(&read.stdout).split_whitespace().collect();
    assert!(text.contains("と吉報"), "{text}");
}

#[test]
fn what_takes_long_says_how_far_it_is_and_can_be_stopped() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.text("今日");
    let list = enishi.folder().join("many.csv");
    let rows: String = (0..90_000).map(|n| format!("{n},佐藤,誠,令和3年9月30日\n")).collect();
    fs::write(&list, format!("社員番号,姓,名,退職日\n{rows}")).unwrap();
    enishi.dialogs_answer(&[Some(&list)]);
    let token =
        enishi.call("choose_file", json!({ "kind": "list", "title": "取り込む" }))["ok"]["token"].take();
    let mapping = json!(["employee_number", "family", "given", "left_on"]);
    let imported = enishi.run("import_people", json!({ "file": token, "mapping": mapping }));
    assert_eq!(imported["added"], 90_000);
    // Somebody quick: a hand from here may come after the work is done.
    enishi.script(
        "const quick = new MutationObserver(() => {
           const work = [...document.querySelectorAll('button')].find((button) => button.textContent.trim() === '中止');
           if (!work || !document.body.innerText.includes('90,001件のうち')) return;
           quick.disconnect();
           work.click();
         });
         quick.observe(document.body, { childList: true, characterData: true, subtree: true })",
        &[],
    );
    enishi.press("Ctrl+z");
    enishi.text("中止しました。名簿は変わっていません。");
    enishi.gone("button", "中止");
    assert_eq!(enishi.run("state", json!({}))["people"], 90_128);

    // What is written meanwhile waits for it, and is told beside it; when the one is stopped, the other is done.
    enishi.button("設定").click();
    let name = enishi.field("会報の名前");
    enishi.script(
        "const both = new MutationObserver(() => {
           const works = [...document.querySelectorAll('[role=status] .toast')].filter((work) => !work.querySelector('.quiet'));
           if (works.length < 2) return;
           both.disconnect();
           window.works = works.map((work) => !!work.querySelector('progress'));
           works[0].querySelector('button').click();
         });
         both.observe(document.body, { childList: true, subtree: true })",
        &[],
    );
    enishi.press("Ctrl+z");
    name.type_in("だより");
    enishi.press("Tab");
    enishi.wait_for("both works", || {
        (enishi.script("return window.works ?? null", &[]) == json!([true, false])).then_some(())
    });
    enishi.wait_for("the end of both", || {
        let saved = enishi.run("settings", json!({}))["newsletter"].as_str()?.ends_with("だより");
        let gone = enishi.script("return !document.querySelector('progress')", &[]) == true;
        (saved && gone && !enishi.shown().contains("作業をしています")).then_some(())
    });
    assert_eq!(enishi.run("state", json!({}))["people"], 90_128);
    enishi.run("undo", json!({}));
    enishi.heading("設定").click();
    enishi.press("Ctrl+z");
    enishi.text("元に戻しました：名簿を取り込んだ");
    assert_eq!(enishi.run("state", json!({}))["people"], 128);
}
