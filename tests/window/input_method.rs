//! Japanese as it is really typed: kana through an input method, turned into kanji and confirmed. The keys go to the
//! keyboard of the screen, not to the page, so that the input method (uim with anthy) takes them as in an office.

use serde_json::json;

use crate::program::Enishi;

/// The program with the input method turned on, in the list of people.
fn start() -> Enishi {
    let enishi = Enishi::start_with_input_method(&["--sample"]);
    enishi.button("退職者").click();
    enishi.text("128名");
    enishi.field("探す").click();
    enishi.stroke(&["shift+space"]);
    // From here on nobody wonders whether a composition has ended.
    let told = "for (const event of ['compositionstart', 'compositionend'])
           addEventListener(event, () => (window.composing = event === 'compositionstart'), true)";
    enishi.script(told, &[]);
    enishi
}

/// Waits until the field where the keyboard is holds a text.
fn stands(enishi: &Enishi, text: &str) {
    enishi.wait_for(text, || {
        (enishi.script("return document.activeElement?.value ?? ''", &[]) == text).then_some(())
    });
}

/// Types a word letter by letter, turns it into kanji, and confirms it with the Enter that does nothing else.
fn type_word(enishi: &Enishi, letters: &str, kana: &str, kanji: &str) {
    let letters: Vec<String> = letters.chars().map(String::from).collect();
    enishi.stroke(&letters.iter().map(String::as_str).collect::<Vec<_>>());
    stands(enishi, kana);
    enishi.stroke(&["space"]);
    stands(enishi, kanji);
    assert_eq!(enishi.script("return window.composing", &[]), true);
    enishi.stroke(&["Return"]);
    enishi.wait_for("the end of the composition", || {
        (enishi.script("return window.composing", &[]) == false).then_some(())
    });
    stands(enishi, kanji);
}

#[test]
fn the_enter_that_confirms_a_word_in_the_search_opens_nobody() {
    let enishi = start();
    type_word(&enishi, "watanabe", "わたなべ", "渡辺");
    enishi.wait_for("fewer people", || (!enishi.shown().contains("128名")).then_some(()));
    enishi.text("一覧から選ぶと、ここに表示されます");
    enishi.stroke(&["Return"]);
    enishi.field("どんな話でしたか");
}

#[test]
fn the_furigana_of_a_new_person_come_by_themselves_and_the_form_waits_for_an_enter_of_its_own() {
    let enishi = start();
    enishi.button("＋ 退職者を加える").click();
    enishi.field("姓");
    type_word(&enishi, "watanabe", "わたなべ", "渡辺");
    assert_eq!(enishi.field("せい（ふりがな）").value(), "ワタナベ");
    enishi.stroke(&["Tab"]);
    stands(&enishi, "");
    type_word(&enishi, "hanako", "はなこ", "花子");
    assert_eq!(enishi.field("めい（ふりがな）").value(), "ハナコ");
    assert_eq!(enishi.run("state", json!({}))["people"], 128, "the form has not been sent");

    // Written by hand, furigana stay whatever the name becomes; without the name, its own furigana go.
    let given = enishi.field("めい（ふりがな）");
    given.clear();
    given.type_in("カコ");
    enishi.field("名").click();
    enishi.stroke(&["ctrl+a", "BackSpace"]);
    stands(&enishi, "");
    type_word(&enishi, "hanako", "はなこ", "花子");
    assert_eq!(given.value(), "カコ");
    enishi.stroke(&["Return"]);
    enishi.heading("渡辺 花子");
    assert_eq!(enishi.run("state", json!({}))["people"], 129);
    let found = enishi.run("people", json!({ "search": "ワタナベ カコ" }));
    assert_eq!(found["rows"][0]["family_kana"], "ワタナベ");
}

#[test]
fn a_name_changed_on_the_page_takes_its_furigana_along_in_one_step() {
    let enishi = start();
    enishi.text("相澤 久美子");
    enishi.stroke(&["Return"]);
    enishi.heading("相澤 久美子");
    enishi.button("旧姓: 未記入").click();
    enishi.field("旧姓");
    type_word(&enishi, "watanabe", "わたなべ", "渡辺");
    enishi.text("ふりがなは「ワタナベ」になります");
    enishi.stroke(&["Return"]);
    enishi.button("旧姓: 渡辺");
    enishi.button("旧姓のふりがな: ワタナベ");
    enishi.button("元に戻す").click();
    enishi.button("旧姓: 未記入");
    enishi.button("旧姓のふりがな: 未記入");

    // Furigana that stand already are changed when that is asked for.
    enishi.button("姓: 相澤").click();
    enishi.field("姓");
    type_word(&enishi, "watanabe", "わたなべ", "渡辺");
    enishi.checkbox("ふりがなも「ワタナベ」にする").click();
    enishi.stroke(&["Return"]);
    enishi.heading("渡辺 久美子");
    enishi.button("せい（ふりがな）: ワタナベ");
}
