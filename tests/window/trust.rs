//! Who may open what: the recovery sheet, a second user, the lock and what it leaves, and notes behind the seal.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::journey::{choose, poppler};
use crate::program::Enishi;

const OWNER: &str = "ひろせがわの なつ";
const STAFF: &str = "いんさつをする ひと";
const NEW: &str = "あたらしい あいことば";

/// The code and the four letters of a printed sheet.
fn sheet(pdf: &Path) -> (String, String) {
    let text = poppler("pdftotext", pdf, &["-"]);
    // A line of nothing but letters is a group of the code, or the four.
    let lines =
        text.lines().filter(|line| line.chars().all(|char| char.is_ascii_alphanumeric() || char == ' '));
    let lines: Vec<String> = lines.map(|line| line.replace(' ', "")).collect();
    let code: String = lines.iter().filter(|line| line.len() == 5).map(String::as_str).collect();
    let four = lines.iter().find(|line| line.len() == 4).expect("four letters").clone();
    assert_eq!(code.len(), 40, "{text}");
    (code, four)
}

/// Everything that stands in the page, shown or not.
fn page(enishi: &Enishi) -> String {
    let all =
        "return document.documentElement.outerHTML + JSON.stringify({ ...sessionStorage, ...localStorage })";
    enishi.script(all, &[]).as_str().unwrap().to_owned()
}

/// A company with 青木 (開ける人), somebody in it, and a sealed note about them; the page is on 今日.
fn company(enishi: &Enishi) -> Value {
    let company = json!({ "company": "みちのく食品", "owner": "青木 洋子", "passphrase": OWNER });
    enishi.run("start_company", company);
    let person = enishi.run("add_person", json!({ "family": "佐藤", "given": "誠", "notes": "釣りが好き" }));
    enishi.run("add_sealed_note", json!({ "person": person, "text": "残業が多かった" }));
    enishi.script("location.reload()", &[]);
    enishi.heading("今日");
    person
}

fn lock(enishi: &Enishi) {
    enishi.button("鍵をかけて閉じる").click();
    enishi.heading("名簿を開く");
}

#[test]
fn the_sheet_is_printed_at_set_up_and_opens_when_the_passphrase_is_forgotten() {
    let enishi = Enishi::start(&[]);
    let pdf = enishi.folder().join("sheet.pdf");
    enishi.fill_in_company(OWNER);
    enishi.button("名簿を作る").click();

    // The place to save it is chosen at the second asking only.
    enishi.dialogs_answer(&[None, Some(&pdf)]);
    enishi.text("まだ印刷していません");
    enishi.button("予備の合言葉を印刷する").click();
    enishi.button("保存する").click();
    enishi.text("「sheet.pdf」に保存しました");
    let (code, letters) = sheet(&pdf);
    enishi.field("用紙の4文字").type_in(if letters == "0000" { "1111" } else { "0000" });
    enishi.button("確かめる").click();
    enishi.text("確認の文字が違います");
    enishi.field("用紙の4文字").clear();
    enishi.field("用紙の4文字").type_in(&letters.to_lowercase());
    enishi.button("確かめる").click();
    enishi.text("No. 1　確認済み（");
    enishi.button("次へ").click();
    enishi.button("あとで決める").click();
    enishi.heading("今日");
    enishi.gone("heading", "予備の合言葉を金庫へ");

    // Forgotten.
    lock(&enishi);
    enishi.button("合言葉を忘れた").click();
    enishi.text("用紙がなければ、名簿は誰にも開けません。");
    let (right, wrong) = code.split_at(39);
    let mistyped = format!("{right}{}", if wrong == "7" { "8" } else { "7" });
    enishi.field("用紙の40文字").type_in(&mistyped);
    enishi.field("新しい合言葉").type_in(NEW);
    enishi.field("合言葉（もう一度）").type_in(OWNER);
    enishi.button("新しい合言葉で開く").click();
    enishi.text("2つの合言葉が違います");
    enishi.field("合言葉（もう一度）").clear();
    enishi.field("合言葉（もう一度）").type_in(NEW);
    enishi.button("新しい合言葉で開く").click();
    enishi.text("8 番目の5文字が違うようです");
    enishi.field("用紙の40文字").clear();
    enishi.field("用紙の40文字").type_in(&code);
    enishi.button("新しい合言葉で開く").click();
    enishi.heading("今日");

    // It is written down, and the old one opens nothing any more.
    enishi.button("設定").click();
    enishi.button("だれが何をしたか").click();
    enishi.text("予備の合言葉で開いた");
    enishi.text("予備の合言葉を確かめた No. 1");
    enishi.button("つながりを確かめる").click();
    enishi.text("途中で書き換えられたところはありません");
    let copy = enishi.folder().join("audit.csv");
    enishi.dialogs_answer(&[Some(&copy)]);
    enishi.button("写しを保存する").click();
    enishi.text("「audit.csv」に保存しました");
    assert!(std::fs::read_to_string(copy).unwrap().contains("confirm_recovery"));
    lock(&enishi);
    enishi.field("合言葉").type_in(OWNER);
    enishi.button("開く").click();
    enishi.text("合言葉が違います");
    enishi.field("合言葉").clear();
    enishi.field("合言葉").type_in(NEW);
    enishi.button("開く").click();
    enishi.heading("今日");
}

#[test]
fn a_second_user_works_beside_the_seal_and_cannot_look_behind_it() {
    let enishi = Enishi::start(&[]);
    let person = company(&enishi);
    enishi.heading("予備の合言葉を金庫へ");

    // Another user is added, and types the own 合言葉.
    enishi.button("設定").click();
    enishi.button("＋ 利用者を加える").click();
    enishi.field("名前").type_in("田中 恵");
    enishi.field("新しい合言葉").type_in(STAFF);
    enishi.field("合言葉（もう一度）").type_in(OWNER);
    enishi.button("加える").click();
    enishi.text("2つの合言葉が違います");
    enishi.field("合言葉（もう一度）").clear();
    enishi.field("合言葉（もう一度）").type_in(STAFF);
    enishi.button("加える").click();
    enishi.text("田中 恵さんが、自分の合言葉で開けるようになりました");

    // An owner opens what is sealed, and that is written down.
    enishi.button("退職者").click();
    enishi.text("佐藤 誠");
    enishi.find("option", "佐藤 誠").click();
    enishi.text("封をした記録 1件");
    assert!(!page(&enishi).contains("残業"));
    enishi.button("封を開けて読む").click();
    enishi.text("残業が多かった");
    assert_eq!(enishi.run("audit", json!({}))[0]["command"], "sealed_notes");
    enishi.button("隠す").click();
    enishi.wait_for("nothing of the seal", || (!page(&enishi).contains("残業")).then_some(()));
    enishi.button("表示する").click();
    enishi.button("封を開けて読む").click();
    enishi.text("残業が多かった");

    // Nothing of it stays behind the lock, and somebody else goes on within five seconds.
    enishi.script("window.heap = 'of this page'", &[]);
    let since = Instant::now();
    lock(&enishi);
    assert_eq!(enishi.script("return window.heap ?? null", &[]), Value::Null, "the page is another one");
    let left = page(&enishi);
    for word in ["残業", "佐藤", "釣り", "みちのく"] {
        assert!(!left.contains(word), "{word} stands in the page: {left}");
    }
    enishi.find("radio", "田中 恵").click();
    enishi.field("合言葉").type_in(STAFF);
    enishi.button("開く").click();
    enishi.heading("今日");
    assert!(since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());

    // Whoever prints may put something behind the seal, and sees no more of it.
    enishi.button("退職者").click();
    enishi.find("option", "佐藤 誠").click();
    enishi.text("封をした記録 1件");
    enishi.gone("button", "封を開けて読む");
    enishi.button("＋ 封をして残す").click();
    enishi.text("ご自分でも読み返せません");
    enishi.field("残しておくこと").type_in("奥さまが入院中");
    enishi.button("封をして残す").click();
    enishi.text("封をした記録 2件");
    enishi.gone("field", "残しておくこと");
    for word in ["残業", "入院"] {
        assert!(!page(&enishi).contains(word), "{word}");
        enishi.field("探す").type_in(word);
        enishi.text("見つかりませんでした");
        assert_eq!(enishi.run("notes", json!({ "search": word }))["total"], 0);
        enishi.field("探す").clear();
    }
    for name in ["sealed_notes", "audit", "recovery_sheet"] {
        let refused = enishi.answer(name, json!({ "id": person }));
        assert!(refused["fault"].is_object(), "{name}: {refused}");
    }
    assert_eq!(enishi.answer("sealed_notes", json!({ "id": person }))["fault"]["code"], "owner_only");
    enishi.button("設定").click();
    enishi.text("利用者を加えたり外したりすることは、「開ける人」（社長・総務）だけができます");
    enishi.gone("button", "だれが何をしたか");
    enishi.gone("button", "＋ 利用者を加える");
    enishi.button("自分の合言葉を変える").click();
    enishi.text("開ける人が次に名簿を開くまでに取る控えは、前の合言葉で開きます");
    enishi.field("いまの合言葉").type_in(STAFF);
    enishi.field("新しい合言葉").type_in(NEW);
    enishi.field("合言葉（もう一度）").type_in(NEW);
    enishi.picture("own-passphrase");
    enishi.button("合言葉を変える").click();
    enishi.text("合言葉を変えました。次からは新しい合言葉で開きます。");

    // The owner reads what was put there; then the second user is dismissed.
    lock(&enishi);
    enishi.button("合言葉を忘れた").click();
    enishi.text("「開ける人」（青木 洋子）のどなたか");
    enishi.text("このプログラムを作った者にも開けません");
    enishi.button("戻る").click();
    enishi.find("radio", "青木 洋子").click();
    enishi.field("合言葉").type_in(OWNER);
    enishi.button("開く").click();
    enishi.button("退職者").click();
    enishi.find("option", "佐藤 誠").click();
    enishi.button("封を開けて読む").click();
    enishi.text("奥さまが入院中");
    enishi.button("設定").click();
    enishi.button("外す: 田中 恵").click();
    enishi.text("写しを持っていれば、前の合言葉で中を見ることができます");
    enishi.button("利用者から外す").click();
    enishi.text("田中 恵さんを外し、名簿の鍵を替えました");
    assert_eq!(enishi.run("users", json!({})).as_array().unwrap().len(), 1);
}

#[test]
fn passphrases_and_roles_are_changed_and_the_old_ones_open_nothing() {
    let enishi = Enishi::start(&[]);
    company(&enishi);
    enishi.run("add_user", json!({ "name": "田中 恵", "owner": false, "passphrase": STAFF }));
    enishi.button("設定").click();
    enishi.button("自分の合言葉を変える").click();
    enishi.field("いまの合言葉").type_in(STAFF);
    enishi.field("新しい合言葉").type_in(NEW);
    enishi.field("合言葉（もう一度）").type_in(NEW);
    enishi.button("合言葉を変える").click();
    enishi.text("合言葉が違います");
    enishi.field("いまの合言葉").clear();
    enishi.field("いまの合言葉").type_in(OWNER);
    enishi.button("合言葉を変える").click();
    enishi.text("合言葉を変えました。次からは新しい合言葉で開きます。");

    enishi.button("新しい合言葉: 田中 恵").click();
    enishi.field("新しい合言葉").type_in("みじかい");
    enishi.field("合言葉（もう一度）").type_in("みじかい");
    enishi.button("合言葉を変える").click();
    enishi.text("合言葉は8文字以上にしてください");
    for field in ["新しい合言葉", "合言葉（もう一度）"] {
        enishi.field(field).clear();
        enishi.field(field).type_in("いんさつ 二代目です");
    }
    enishi.button("合言葉を変える").click();
    enishi.text("田中 恵さんの合言葉を変えました");

    // 開ける人 with another name, and 印刷の人 again, which gives the register new keys.
    enishi.button("直す: 田中 恵").click();
    choose(&enishi, "この名簿でできること", "開ける人");
    enishi.field("名前").clear();
    enishi.field("名前").type_in("田中 めぐみ");
    enishi.button("保存").click();
    enishi.text("田中 めぐみさんの内容を直しました");
    assert_eq!(enishi.run("users", json!({}))[1], json!({ "id": 2, "name": "田中 めぐみ", "owner": true }));
    enishi.button("直す: 田中 めぐみ").click();
    choose(&enishi, "この名簿でできること", "印刷の人");
    enishi.button("保存").click();
    enishi.text("田中 めぐみさんは「印刷の人」になりました");
    assert_eq!(enishi.run("users", json!({}))[1]["owner"], false);

    lock(&enishi);
    for (name, old, new) in [("田中 めぐみ", STAFF, "いんさつ 二代目です"), ("青木 洋子", OWNER, NEW)]
    {
        enishi.find("radio", name).click();
        enishi.field("合言葉").type_in(old);
        enishi.button("開く").click();
        enishi.text("上で選んだ名前も確かめてください");
        enishi.field("合言葉").clear();
        enishi.field("合言葉").type_in(new);
        enishi.button("開く").click();
        enishi.heading("今日");
        assert_eq!(enishi.run("state", json!({}))["user"]["name"], name);
        // Closed behind the page's back, it goes to the lock screen at the next thing that is asked.
        enishi.run("lock", json!({}));
        enishi.button("変更の履歴").click();
        enishi.heading("名簿を開く");
    }
}

#[test]
fn a_clock_that_jumps_locks_the_register_and_keeps_what_was_typed() {
    let enishi = Enishi::start(&[]);
    company(&enishi);
    enishi.button("設定").click();
    choose(&enishi, "使わないとき", "時間では鍵をかけない");
    enishi.field("会報の名前").type_in("ほくと便り");
    enishi.script("const real = Date.now; Date.now = () => real() + 90_000", &[]);
    enishi.text("パソコンが休んでいたので、鍵をかけました");
    assert_eq!(enishi.run("state", json!({}))["open"], false);
    enishi.field("合言葉").type_in(OWNER);
    enishi.button("開く").click();
    enishi.heading("今日");
    let settings = enishi.run("settings", json!({}));
    assert_eq!((&settings["newsletter"], &settings["lock_after"]), (&json!("ほくと便り"), &json!("0")));

    // Five minutes without a hand, in ten seconds: the page looks thirty times as often, at a clock as fast as that.
    enishi.button("設定").click();
    choose(&enishi, "使わないとき", "5分たったら鍵をかける");
    enishi.button("English").click();
    enishi.button("Lock and close").click();
    enishi.heading("Open the register");
    enishi.script(
        "const look = setInterval;
         window.setInterval = (work, pause) => look(work, pause / 30);
         const real = Date.now, since = real();
         Date.now = () => since + 30 * (real() - since);",
        &[],
    );
    enishi.field("Passphrase").type_in(OWNER);
    enishi.button("Open").click();
    enishi.heading("Today");
    enishi.text("Nobody used it for a while, so it was locked.");
    assert_eq!(enishi.run("state", json!({}))["open"], false);
}

#[test]
fn whoever_locks_by_hand_stays_with_what_could_not_be_saved() {
    let enishi = Enishi::start(&[]);
    let person = company(&enishi);
    enishi.run("begin_exit", json!({ "who": { "person": person }, "left_on": null, "items": [] }));
    let question = "いつごろ、何がきっかけで考え始めましたか";
    enishi.button("退職の手続き").click();
    enishi.find("button", "佐藤 誠").click();
    enishi.button("面談").click();
    enishi.field("面談の日").clear();
    enishi.field("面談の日").type_in("きのうごろ");
    enishi.field(question).type_in("母の介護が始まった");
    enishi.button("鍵をかけて閉じる").click();
    enishi.text("日付として読めません。書いたものをまだ保存できないので、鍵をかけていません。");
    assert_eq!(enishi.run("state", json!({}))["open"], true);
    assert_eq!(enishi.field(question).value(), "母の介護が始まった");
    enishi.field("面談の日").clear();
    enishi.field("面談の日").type_in("R8.11.20");
    lock(&enishi);
    assert_eq!(enishi.run("state", json!({}))["open"], false);

    // Whoever goes elsewhere cannot mend it any more: what was said is sealed without its day.
    enishi.field("合言葉").type_in(OWNER);
    enishi.button("開く").click();
    enishi.button("退職の手続き").click();
    enishi.find("button", "佐藤 誠").click();
    enishi.field("面談の日").clear();
    enishi.field("面談の日").type_in("きのうごろ");
    enishi.field(question).type_in("通勤が遠くなった");
    enishi.button("設定").click();
    enishi.heading("設定");
    let sealed = || enishi.run("sealed_notes", json!({ "id": person })).to_string();
    enishi.wait_for("what was said", || sealed().contains("通勤が遠くなった").then_some(()));
    assert!(sealed().contains("母の介護が始まった"), "{}", sealed());

    // At an empty desk, too.
    enishi.button("退職の手続き").click();
    enishi.find("button", "佐藤 誠").click();
    enishi.field("面談の日").clear();
    enishi.field("面談の日").type_in("きのうごろ");
    enishi.field(question).type_in("家業を継ぐ");
    enishi.script("const real = Date.now; Date.now = () => real() + 90_000", &[]);
    enishi.text("パソコンが休んでいたので、鍵をかけました");
    enishi.field("合言葉").type_in(OWNER);
    enishi.button("開く").click();
    enishi.heading("今日");
    assert!(sealed().contains("家業を継ぐ"), "{}", sealed());
}

#[test]
fn from_the_sample_one_goes_on_to_the_own_company() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.heading("今日");
    enishi.button("English").click();
    enishi.button("Start with my own company").click();
    enishi.field("Company name");
    assert_eq!(enishi.run("state", json!({}))["open"], false);
}
