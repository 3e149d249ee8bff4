//! What people do in this program, each thing once with the mouse alone and once with the keyboard alone.
//!
//! With the mouse alone: whatever is pressed is pointed at, seen and not covered; keys only write letters into the
//! field that was clicked. With the keyboard alone: nothing is clicked, and wherever the keyboard goes, that is seen.

use std::cell::Cell;
use std::path::Path;

use serde_json::{Value, json};

use crate::program::{Element, Enishi};

const PASSPHRASE: &str = "ひろせがわの なつ";

/// Somebody with a mouse.
struct Mouse<'a> {
    enishi: &'a Enishi,
    /// How often something was pressed or filled in.
    steps: Cell<u32>,
}

impl<'a> Mouse<'a> {
    fn of(enishi: &'a Enishi) -> Mouse<'a> {
        Mouse { enishi, steps: Cell::new(0) }
    }

    fn press(&self, element: &Element) {
        let (x, y) = self.enishi.wait_for("a thing that nothing covers", || element.middle());
        self.enishi.click_at(x, y);
        self.steps.set(self.steps.get() + 1);
    }

    fn click(&self, role: &str, name: &str) {
        self.press(&self.enishi.find(role, name));
    }

    fn button(&self, name: &str) {
        self.click("button", name);
    }

    /// Clicks a field and writes at the end of what stands there.
    fn write(&self, field: &str, text: &str) {
        self.click("field", field);
        self.enishi.type_letters(text);
    }

    /// The menu of a choice is the system's own, so WebDriver presses the option in it.
    fn choose(&self, choice: &str, option: &str) {
        self.enishi.option(choice, option).click();
        self.steps.set(self.steps.get() + 1);
    }
}

/// Somebody without one.
struct Keyboard<'a> {
    enishi: &'a Enishi,
}

impl Keyboard<'_> {
    /// Goes on with Tab until the keyboard is at a thing; wherever it comes by is seen.
    fn to(&self, role: &str, name: &str) {
        self.go("Tab", role, name);
    }

    /// Goes back with Shift and Tab.
    fn back_to(&self, role: &str, name: &str) {
        self.go("Shift+Tab", role, name);
    }

    fn go(&self, key: &str, role: &str, name: &str) {
        let mut passed = Vec::new();
        while !self.is_at(role, name) {
            let at = self.enishi.focus();
            passed.push(format!("{} {}", at["role"], at["name"]));
            assert!(passed.len() < 150, "no {role} \"{name}\" on the way of {key}: {passed:#?}");
            self.enishi.press(key);
        }
    }

    /// Whether the keyboard is at a thing, which must be seen then.
    fn is_at(&self, role: &str, name: &str) -> bool {
        let mut at = self.enishi.focus();
        // Nowhere, or at a heading that is read aloud: nothing can be done there, so it needs no ring.
        let is_stop = at["role"] != "" && at["role"] != "heading";
        if is_stop && !(at["ringed"] == true && at["inView"] == true) {
            at = self.enishi.wait_for(&format!("a keyboard that is seen, unlike {at}"), || {
                Some(self.enishi.focus()).filter(|at| at["ringed"] == true && at["inView"] == true)
            });
        }
        at["role"] == role && at["name"].as_str().is_some_and(|found| found.contains(name))
    }

    /// Waits until the program itself has brought the keyboard to a thing.
    fn brought_to(&self, role: &str, name: &str) {
        self.enishi.wait_for(&format!("the keyboard at {role} \"{name}\""), || {
            let at = self.enishi.focus();
            (at["role"] == role && at["name"].as_str()?.contains(name)).then_some(())
        });
        assert!(self.is_at(role, name));
    }

    fn press(&self, keys: &str) {
        self.enishi.press(keys);
    }

    fn button(&self, name: &str) {
        self.enishi.button(name);
        self.to("button", name);
        self.press("Enter");
    }

    fn write(&self, field: &str, text: &str) {
        self.enishi.field(field);
        self.to("field", field);
        self.enishi.type_letters(text);
    }
}

/// A list as an office has it: twenty people, nothing wrong with it.
fn write_list(path: &Path) {
    let families = [("齋藤", "さいとう"), ("髙橋", "たかはし"), ("渡邊", "わたなべ"), ("佐藤", "さとう")];
    let given = [("誠", "まこと"), ("花子", "はなこ"), ("涼", "りょう"), ("健", "けん"), ("恵", "めぐみ")];
    let mut text = "氏名,ふりがな,退職日,部署\n".to_owned();
    for at in 0..20 {
        let ((family, family_kana), (given, given_kana)) = (families[at % 4], given[at / 4]);
        text += &format!("{family} {given},{family_kana} {given_kana},令和{}年3月31日,製造部\n", 1 + at % 7);
    }
    std::fs::write(path, text).unwrap();
}

/// How many people carry a tag.
fn tagged(enishi: &Enishi, tag: &str) -> Value {
    enishi.run("people", json!({ "filter": { "tags": [tag] } }))["total"].take()
}

/// The last contact that was recorded with somebody.
fn last_contact(enishi: &Enishi, name: &str) -> Value {
    let found = enishi.run("people", json!({ "search": name }));
    enishi.run("person", json!({ "id": found["rows"][0]["id"] }))["contacts"][0]["fields"].take()
}

/// Waits until the letters are larger than usual.
fn larger(enishi: &Enishi) {
    let size = "return getComputedStyle(document.documentElement).fontSize";
    enishi.wait_for("larger letters", || (enishi.script(size, &[]) != "16px").then_some(()));
}

#[test]
fn the_own_company_is_set_up_and_its_list_taken_in_by_mouse_alone() {
    let enishi = Enishi::start(&[]);
    let list = enishi.folder().join("list.csv");
    write_list(&list);
    enishi.dialogs_answer(&[Some(&list)]);
    let mouse = Mouse::of(&enishi);
    mouse.button("自分の会社で始める");
    mouse.write("会社名", "みちのく食品");
    mouse.write("あなたの名前", "青木 洋子");
    mouse.write("合言葉", PASSPHRASE);
    mouse.write("合言葉（もう一度）", PASSPHRASE);
    mouse.button("名簿を作る");
    mouse.button("あとで");
    mouse.click("checkbox", "親睦");
    mouse.button("始める");
    mouse.button("名簿の取り込み");
    mouse.button("ファイルを選ぶ");
    mouse.button("確かめる");
    mouse.button("20名を取り込む");
    mouse.button("この取り込みだけ表示");
    enishi.text("齋藤 誠");
    enishi.text("20名");
    // From the first start to the own list: so much is asked of a clerk, and not more.
    assert_eq!(mouse.steps.get(), 14);

    mouse.button("鍵をかけて閉じる");
    mouse.write("合言葉", PASSPHRASE);
    mouse.button("開く");
    enishi.heading("今日");
}

#[test]
fn the_own_company_is_set_up_and_its_list_taken_in_by_keyboard_alone() {
    let enishi = Enishi::start(&[]);
    let list = enishi.folder().join("list.csv");
    write_list(&list);
    enishi.dialogs_answer(&[Some(&list)]);
    let keyboard = Keyboard { enishi: &enishi };
    keyboard.button("自分の会社で始める");
    keyboard.brought_to("field", "会社名");
    keyboard.write("会社名", "みちのく食品");
    keyboard.write("あなたの名前", "青木 洋子");
    keyboard.to("choice", "画面での呼び方");
    keyboard.press("ArrowDown");
    keyboard.write("合言葉", PASSPHRASE);
    keyboard.write("合言葉（もう一度）", PASSPHRASE);
    keyboard.press("Enter");
    keyboard.button("あとで");
    enishi.checkbox("親睦");
    keyboard.to("checkbox", "親睦");
    keyboard.press(" ");
    keyboard.button("始める");
    keyboard.button("名簿の取り込み");
    keyboard.button("ファイルを選ぶ");
    keyboard.button("確かめる");
    keyboard.button("20名を取り込む");
    keyboard.button("この取り込みだけ表示");
    enishi.text("齋藤 誠");
    enishi.text("20名");
    assert_ne!(enishi.run("settings", json!({}))["people_screen"], "退職者", "the arrow chose another word");

    keyboard.button("鍵をかけて閉じる");
    keyboard.brought_to("field", "合言葉");
    keyboard.write("合言葉", PASSPHRASE);
    keyboard.press("Enter");
    enishi.heading("今日");
}

#[test]
fn somebody_is_found_changed_and_called_by_mouse_alone() {
    let enishi = Enishi::start(&[]);
    let mouse = Mouse::of(&enishi);
    mouse.button("サンプルの会社で試す");
    enishi.heading("今日");
    mouse.button("退職者");
    mouse.write("探す", "相澤");
    mouse.click("option", "相澤 久美子");
    enishi.heading("相澤 久美子");

    mouse.button("勤務先での仕事: ");
    enishi.type_letters("検査");
    mouse.button("保存");
    enishi.button("勤務先での仕事: 検査");
    mouse.button("元に戻す");
    enishi.text("元に戻しました");
    mouse.button("やり直す");
    enishi.button("勤務先での仕事: 検査");
    // Thought better of.
    mouse.button("勤務先での仕事: 検査");
    enishi.type_letters("ちがう仕事");
    mouse.button("やめる");
    enishi.button("勤務先での仕事: 検査");

    mouse.write("どんな話でしたか", "お元気でした");
    mouse.choose("次の連絡", "3か月後");
    mouse.button("記録する");
    enishi.text("お元気でした");
    let contact = last_contact(&enishi, "相澤 久美子");
    assert_eq!((&contact["note"], &contact["kind"]), (&json!("お元気でした"), &json!("call")));
    assert!(contact["next_on"].is_string(), "{contact}");

    // In the middle of that, another language and larger letters.
    mouse.button("English");
    enishi.heading("Leavers");
    mouse.choose("Size of text", "125%");
    larger(&enishi);
    mouse.button("日本語");
    enishi.heading("相澤 久美子");
    mouse.button("一覧へ戻る");
    enishi.gone("heading", "相澤 久美子");

    // The list of changes takes back a step that is not the last.
    mouse.button("変更の履歴");
    mouse.button("元に戻す: やりとりを記録した 相澤 久美子");
    enishi.text("元に戻しました：やりとりを記録した");
    assert_ne!(last_contact(&enishi, "相澤 久美子")["note"], "お元気でした");
    mouse.button("やり直す: やりとりを記録した 相澤 久美子");
    enishi.text("やり直しました：やりとりを記録した");
    assert_eq!(last_contact(&enishi, "相澤 久美子")["note"], "お元気でした");
}

#[test]
fn somebody_is_found_changed_and_called_by_keyboard_alone() {
    let enishi = Enishi::start(&[]);
    let keyboard = Keyboard { enishi: &enishi };
    keyboard.button("サンプルの会社で試す");
    enishi.heading("今日");
    keyboard.button("退職者");
    keyboard.brought_to("field", "探す");
    enishi.type_letters("aizawa k");
    enishi.wait_for("the one", || enishi.shown().contains("相澤 久美子").then_some(()));
    keyboard.press("Enter");
    keyboard.brought_to("heading", "相澤 久美子");

    keyboard.to("button", "勤務先での仕事: ");
    keyboard.press("Enter");
    keyboard.brought_to("field", "勤務先での仕事");
    enishi.type_letters("検査");
    keyboard.press("Enter");
    keyboard.brought_to("button", "勤務先での仕事: 検査");
    keyboard.press("Ctrl+z");
    enishi.text("元に戻しました：");
    keyboard.press("Ctrl+Shift+z");
    keyboard.brought_to("button", "勤務先での仕事: 検査");
    keyboard.press("Enter");
    keyboard.brought_to("field", "勤務先での仕事");
    enishi.type_letters("ちがう仕事");
    keyboard.press("Escape");
    keyboard.brought_to("button", "勤務先での仕事: 検査");

    keyboard.back_to("choice", "次の連絡");
    keyboard.press("ArrowDown");
    keyboard.back_to("field", "どんな話でしたか");
    enishi.type_letters("お元気でした");
    keyboard.press("Enter");
    enishi.text("お元気でした");
    let contact = last_contact(&enishi, "相澤 久美子");
    assert_eq!((&contact["note"], &contact["kind"]), (&json!("お元気でした"), &json!("call")));
    assert!(contact["next_on"].is_string(), "{contact}");

    keyboard.button("English");
    keyboard.to("choice", "Size of text");
    keyboard.press("ArrowDown");
    larger(&enishi);
    keyboard.back_to("button", "日本語");
    keyboard.press("Enter");
    enishi.heading("相澤 久美子");
    keyboard.button("一覧へ戻る");
    keyboard.brought_to("listbox", "退職者の一覧");

    keyboard.button("変更の履歴");
    keyboard.button("元に戻す: やりとりを記録した 相澤 久美子");
    enishi.text("元に戻しました：やりとりを記録した");
    assert_ne!(last_contact(&enishi, "相澤 久美子")["note"], "お元気でした");
    keyboard.button("やり直す: やりとりを記録した 相澤 久美子");
    enishi.text("やり直しました：やりとりを記録した");
}

#[test]
fn forty_people_get_a_tag_and_an_issue_is_printed_by_mouse_alone() {
    let enishi = Enishi::start(&["--sample"]);
    let pdf = enishi.folder().join("issue.pdf");
    enishi.dialogs_answer(&[Some(&pdf)]);
    let mouse = Mouse::of(&enishi);
    mouse.button("退職者");
    for place in 1..=40 {
        let (x, y) = enishi.wait_for("the box of a row", || {
            // The wheel brings the next row into view; then its box is where it is seen.
            let seen = enishi.script(
                "const list = document.querySelector('[role=listbox]');
                 const row = list.querySelector(`[aria-posinset='${arguments[0]}']`);
                 row?.scrollIntoView({ block: 'center' });
                 const box = row?.querySelector('.letters') && row.querySelector('.pick').getBoundingClientRect();
                 return box ? [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)] : null;",
                &[place.into()],
            );
            Some((seen[0].as_i64()?, seen[1].as_i64()?))
        });
        enishi.click_at(x, y);
    }
    enishi.text("40名を選択中");
    mouse.write("タグの名前", "同窓会");
    mouse.button("タグを付ける");
    enishi.text("40名にタグ「同窓会」を付けました");
    assert_eq!(tagged(&enishi, "同窓会"), 40);
    mouse.button("元に戻す");
    enishi.text("元に戻しました：タグを付けた");
    assert_eq!(tagged(&enishi, "同窓会"), 0);
    mouse.button("選択をやめる");

    mouse.button("会報");
    mouse.button("新しい号を作る");
    mouse.write("見出し 1", "工場に新しい仲間");
    mouse.write("本文 1", "六月、仙台工場が待望の認証を取得しました。");
    mouse.button("PDF にする");
    enishi.text("「issue.pdf」に保存しました");
    assert!(std::fs::read(pdf).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn an_issue_is_printed_by_keyboard_alone() {
    let enishi = Enishi::start(&["--sample"]);
    let pdf = enishi.folder().join("issue.pdf");
    enishi.dialogs_answer(&[Some(&pdf)]);
    let keyboard = Keyboard { enishi: &enishi };
    keyboard.button("会報");
    keyboard.button("新しい号を作る");
    keyboard.write("見出し 1", "工場に新しい仲間");
    keyboard.write("本文 1", "六月、仙台工場が待望の認証を取得しました。");
    keyboard.button("PDF にする");
    enishi.text("「issue.pdf」に保存しました");
    assert!(std::fs::read(pdf).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn the_next_issue_takes_eight_clicks_beside_what_is_typed() {
    let enishi = Enishi::start(&["--sample"]);
    let [standard, large] = ["standard.pdf", "large.pdf"].map(|name| enishi.folder().join(name));
    enishi.dialogs_answer(&[Some(&standard), Some(&large)]);
    let mouse = Mouse::of(&enishi);
    mouse.button("会報");
    mouse.button("新しい号を作る");
    let articles = [
        ("秋のごあいさつ", "朝夕は冷え込むようになりました。皆さまお変わりなくお過ごしでしょうか。"),
        ("工場に新しい仲間", "六月、仙台工場が待望の認証を取得しました。"),
        ("秋の同窓会へ", "十一月二十八日、仙台工場の食堂で開きます。"),
    ];
    for (at, (heading, body)) in (1..).zip(articles) {
        mouse.click("field", &format!("見出し {at}"));
        enishi.field(&format!("見出し {at}")).type_in(heading);
        enishi.press("Tab");
        enishi.field(&format!("本文 {at}")).type_in(body);
    }
    // What the length leaves is told beside each text.
    enishi.wait_for("the meters", || (enishi.shown().matches("あと ").count() >= 3).then_some(()));
    mouse.button("PDF にする");
    enishi.text("「standard.pdf」に保存しました");
    mouse.choose("版", "大きな文字");
    mouse.button("PDF にする");
    enishi.text("「large.pdf」に保存しました");
    assert_eq!(mouse.steps.get(), 8);
    for pdf in [&standard, &large] {
        let text = enishi.paper(pdf);
        for (heading, body) in articles {
            // A line of the column beside it may come between two of its own.
            let begins: String = body.chars().take(7).collect();
            assert!(text.contains(heading) && text.contains(&begins), "{heading} is not in {text}");
        }
    }
    let size = |pdf: &std::path::Path| std::fs::read(pdf).unwrap();
    assert_ne!(size(&standard), size(&large));
}
