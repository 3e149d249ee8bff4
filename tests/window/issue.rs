//! What an issue is made of beyond its words: blocks across the columns, cropped photos, the company's mark, pieces in
//! another order, and the page that says where each piece stands.

use std::fs;

use serde_json::{Value, json};

use crate::journey::choose;
use crate::program::Enishi;

/// The newest issue of the register.
fn issue(enishi: &Enishi) -> Value {
    let issues = enishi.run("issues", json!({}));
    let newest = issues.as_array().unwrap().iter().max_by_key(|it| it["fields"]["number"].as_u64());
    newest.unwrap()["fields"].clone()
}

/// Waits until the register holds it so.
fn kept(enishi: &Enishi, what: &str, is: impl Fn(&Value) -> bool) {
    enishi.wait_for(what, || is(&issue(enishi)).then_some(()));
}

/// Waits for the page, set anew.
fn drawn(enishi: &Enishi) {
    enishi.wait_for("the page, set anew", || {
        let drawn = "const page = document.querySelector('.paper img');
                     return !!page && page.complete && page.naturalWidth > 0 && !page.classList.contains('old')";
        enishi.script(drawn, &[]).as_bool()?.then_some(())
    });
}

#[test]
fn a_lead_story_has_a_cropped_photo_across_the_columns_and_the_mark_above() {
    let enishi = Enishi::start(&["--sample"]);
    let mark = enishi.folder().join("mark.png");
    fs::write(&mark, include_bytes!("../../icons/128x128.png")).unwrap();
    enishi.dialogs_answer(&[Some(&mark)]);
    enishi.button("会報").click();
    enishi.button("第12号").click();
    choose(&enishi, "欄の種類: 記事 1", "巻頭（見出しと写真を全段に）");
    kept(&enishi, "the lead story", |it| it["articles"][0]["kind"] == "lead");

    // A shape by choice, its place by keys alone; the register keeps thousandths.
    enishi.button("切り抜く: 記事 1 写真 1").click();
    choose(&enishi, "形: 記事 1 写真 1", "3 : 2");
    let crop = |it: &Value| it["articles"][0]["photos"][0]["crop"].clone();
    kept(&enishi, "the shape", |it| crop(it)["width"].as_u64() < Some(1000));
    let before = crop(&issue(&enishi));
    enishi.script("document.querySelector('.picture button').focus()", &[]);
    for _ in 0..3 {
        enishi.press("ArrowRight");
    }
    kept(&enishi, "the part further right", |it| {
        crop(it)["left"].as_u64().unwrap() > before["left"].as_u64().unwrap() + 40
    });
    enishi.picture("issue-crop");
    enishi.button("閉じる").click();

    enishi.button("紙面の設定").click();
    enishi.button("マークの画像を選ぶ").click();
    enishi.wait_for("the mark", || (!enishi.run("emblem", json!({})).is_null()).then_some(()));
    enishi.button("マークを外す");
    drawn(&enishi);
    enishi.picture("issue-mark");
    enishi.button("マークを外す").click();
    enishi.wait_for("no mark", || enishi.run("emblem", json!({})).is_null().then_some(()));
    enishi.press("Escape");
    enishi.run("undo", json!({}));
    assert!(!enishi.run("emblem", json!({})).is_null(), "one step back");
}

#[test]
fn the_piece_under_the_pen_is_marked_and_a_click_on_the_page_goes_to_its_piece() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.button("会報").click();
    enishi.button("第12号").click();
    drawn(&enishi);
    let marked = || {
        enishi.script("return [...document.querySelectorAll('.place.pen')].map((place) => place.title)", &[])
    };
    let of = |what: &'static str| {
        move |marked: &Value| {
            marked.as_array().is_some_and(|all| !all.is_empty() && all.iter().all(|it| it == what))
        }
    };
    enishi.field("見出し 2").click();
    enishi.wait_for("the second article, marked", || of("記事 2を書く")(&marked()).then_some(()));
    // The place of the first, on the page that is seen.
    enishi.script(
        "[...document.querySelectorAll('.place')].find((place) => place.title.startsWith('記事 1')).click()",
        &[],
    );
    let held = || enishi.script("return document.activeElement.id", &[]);
    enishi.wait_for("the pen in the first article", || (held() == "heading-0").then_some(()));
    enishi.wait_for("the first article, marked", || of("記事 1を書く")(&marked()).then_some(()));
    // What stands on another page turns to it.
    enishi.script("document.getElementById('closing').focus()", &[]);
    enishi.wait_for("the last page", || {
        let all = enishi.script("return document.querySelector('.paper [role=status]').textContent", &[]);
        let text = all.as_str()?;
        let (page, pages) = text.split_once(" / ")?;
        pages.starts_with(page).then_some(())
    });
    enishi.wait_for("the colophon, marked", || of("発行者の欄を書く")(&marked()).then_some(()));
    enishi.picture("issue-marked");
}

#[test]
fn pieces_are_put_in_order_by_dragging_and_by_keys() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.button("会報").click();
    enishi.button("第12号").click();
    drawn(&enishi);
    let order = |it: &Value| -> Vec<String> {
        it["articles"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["heading"].as_str().unwrap().to_owned())
            .collect()
    };
    let before = order(&issue(&enishi));
    // As a hand does it: taken by the handle, drawn below the second, let go.
    enishi.script(
        "const cards = [...document.querySelectorAll('[data-article]')];
         const grip = cards[0].querySelector('.grip');
         grip.setPointerCapture = () => {};
         const second = cards[1].getBoundingClientRect();
         const hand = (kind, y) => grip.dispatchEvent(new PointerEvent(kind, { bubbles: true, button: 0, pointerId: 1, clientY: y }));
         hand('pointerdown', 0);
         hand('pointermove', second.bottom - 1);
         hand('pointerup', second.bottom - 1)",
        &[],
    );
    let turned: Vec<String> = [1, 0, 2].iter().map(|at: &usize| before[*at].clone()).collect();
    kept(&enishi, "the other order", |it| order(it)[..3] == turned[..]);
    enishi.button("上へ: 記事 2").click();
    kept(&enishi, "the old order", |it| order(it) == before);
}

#[test]
fn what_is_too_long_for_its_pages_says_by_how_much_and_is_made_to_fit() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.button("会報").click();
    enishi.button("第12号").click();
    drawn(&enishi);
    enishi.text("あと ");
    enishi.button("紙面の設定").click();
    choose(&enishi, "ページ数", "2ページ");
    kept(&enishi, "two pages", |it| it["wanted_pages"] == 2);
    enishi.button("紙面の設定").click();
    // A little more than two pages hold.
    let field = enishi.field("本文 1");
    let mut filled = 0_usize;
    while !enishi.shown().contains("字 多い") {
        field.type_in(&"龠".repeat(300));
        filled += 1;
        let typed =
            |it: &Value| it["articles"][0]["body"].as_str().unwrap().matches('龠').count() == filled * 300;
        kept(&enishi, "what was typed", typed);
        enishi.wait_for("the pages of it", || {
            let set = "const [page] = document.querySelectorAll('.paper img.old'); return !page";
            enishi.script(set, &[]).as_bool()?.then_some(())
        });
        assert!(filled < 15);
    }
    enishi.text("2ページに収めるには、約");
    enishi.picture("issue-over");
    enishi.button("文字を少し小さくして収める").click();
    enishi.text("にして収めました");
    kept(&enishi, "smaller letters", |it| it["tighter"].as_u64() > Some(0));
    enishi.wait_for("no letter too many", || (!enishi.shown().contains("字 多い")).then_some(()));
}

#[test]
fn the_internal_edition_has_what_stays_inside_and_the_english_one_what_is_in_english() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.button("会報").click();
    enishi.button("第12号").click();
    drawn(&enishi);
    choose(&enishi, "読む人: 記事 1", "社内だけ（社内版にだけ載る）");
    kept(&enishi, "the audience", |it| it["articles"][0]["audience"] == "inside");
    enishi.button("英語を添える: 記事 2").click();
    enishi.field("英語の見出し 2").type_in("The tenth reunion");
    enishi.field("英語の本文 2").type_in("You are welcome at our works in Sendai.");
    kept(&enishi, "the English", |it| {
        it["articles"][1]["english"].as_str().is_some_and(|it| it.ends_with("Sendai."))
    });
    enishi.button("QRコードを載せる: 記事 2").click();
    enishi.field("QRコードの先（ホームページの住所など） 2").type_in("https://www.aoba.example.jp/oboog");
    kept(&enishi, "where it leads", |it| {
        it["articles"][1]["link"].as_str().is_some_and(|it| it.ends_with("oboog"))
    });
    drawn(&enishi);
    enishi.picture("issue-link");
    let pieces = || {
        let titles = "return [...document.querySelectorAll('.place')].map((place) => place.title).join(' ')";
        enishi.script(titles, &[]).as_str().unwrap_or_default().to_owned()
    };
    let seen = |edition: &str, first: bool, second: bool| {
        choose(&enishi, "版", edition);
        enishi.wait_for(edition, || {
            let pieces = pieces();
            let has = |at: u32| pieces.contains(&format!("記事 {at}を"));
            ((has(1), has(2)) == (first, second)).then_some(())
        });
        drawn(&enishi);
    };
    seen("社内版（社内報）", true, true);
    seen("英語", false, true);
    enishi.picture("issue-english");
    seen("日英", false, true);
    enishi.picture("issue-bilingual");
    seen("標準", false, true);
}

#[test]
fn staff_are_asked_and_the_newsletter_goes_by_mail_to_those_who_agreed() {
    let enishi = Enishi::start(&["--sample"]);
    // One more than in the sample agrees to the newsletter by mail.
    let person = enishi.run("people", json!({ "limit": 1 }))["rows"][0]["id"].clone();
    enishi.run("add_mail", json!({ "person": person, "address": "reader@example.jp", "best": true }));
    let consent = json!({ "person": person, "purpose": "newsletter", "channel": "mail", "basis": "consent", "state": "yes" });
    enishi.run("add_consent", consent);
    let own = json!({ "mail": "soumu@example.jp", "address": "仙台市青葉区一番町9-99-9" });
    enishi.run("change_settings", own);
    enishi.button("会報").click();
    enishi.button("第12号").click();
    drawn(&enishi);
    enishi.button("発送する").click();
    enishi.text("102名へ、102通");
    enishi.checkbox("確かめました: 青木 健三（ごあいさつ）").click();
    let agreed = |it: &Value| {
        it["articles"].as_array().unwrap().iter().any(|it| !it["agreed"].as_array().unwrap().is_empty())
    };
    kept(&enishi, "that somebody was asked", agreed);
    enishi.find("radio", "メールの下書き").click();
    enishi.field("件名");
    // Those of the sample who agreed before, fewer or more by the day, and nobody of the other hundred.
    let by_mail =
        json!({ "way": { "purpose": "newsletter", "channel": "mail" }, "selection": { "query": {} } });
    let agreed = enishi.run("check_dispatch", by_mail)["send"]["total"].as_u64().unwrap();
    assert!((10..20).contains(&agreed), "{agreed}");
    enishi.text(&format!("{agreed}名へ、{agreed}通"));
    enishi.picture("issue-by-mail");
    enishi.button("下書きを作る").click();
    enishi.text("-mail.zip");
    enishi.text("縁だより-12.pdf");
}
