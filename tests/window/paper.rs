//! An issue of many pieces, in its editions.

use std::fs;
use std::process::Command;

use serde_json::json;

use crate::journey::choose;
use crate::program::Enishi;

#[test]
fn an_issue_is_made_of_pieces_and_seen_in_its_editions() {
    let enishi = Enishi::start(&["--sample"]);
    let (pdf, mail) = (enishi.folder().join("issue.pdf"), enishi.folder().join("issue.txt"));
    enishi.dialogs_answer(&[Some(&pdf), Some(&mail)]);
    enishi.button("会報").click();
    enishi.button("新しい号を作る").click();
    enishi.field("見出し 1").type_in("秋の工場見学");
    enishi.field("本文 1").type_in("｜縁《えにし》を《《大切》》に。十月に開きました。");
    // The pieces came from the issue before; the new one is the last.
    let issues = enishi.run("issues", json!({}));
    let newest =
        issues.as_array().unwrap().iter().map(|it| &it["fields"]).max_by_key(|it| it["number"].as_u64());
    let piece = newest.unwrap()["articles"].as_array().unwrap().len() + 1;
    let (heading, body) = (format!("見出し {piece}"), format!("本文 {piece}"));
    enishi.button("ほかの欄を加える").click();
    enishi.button("行事（枠）").click();
    assert_eq!(enishi.field(&heading).value(), "行事のご案内");
    // In 2026 that day is a Saturday.
    enishi.field(&body).type_in("2026年11月28日（金）正午から");
    enishi.text("「2026年11月28日（金）」は、土曜日です。");
    enishi.text("最後のページに、あと約");
    enishi.button("紙面の設定").click();
    choose(&enishi, "デザイン", "帯（会社の色）");
    enishi.wait_for("the design", || (enishi.run("settings", json!({}))["design"] == "band").then_some(()));
    enishi.picture("issue-pieces");
    enishi.button("紙面の設定").click();
    for edition in ["大きな文字", "縦書き", "白黒", "縦書き"] {
        choose(&enishi, "版", edition);
        enishi.wait_for("the page, set anew", || {
            let drawn = "const page = document.querySelector('.paper img');
                         return !!page && page.complete && page.naturalWidth > 0 && !page.classList.contains('old')";
            enishi.script(drawn, &[]).as_bool()?.then_some(())
        });
    }
    enishi.picture("issue-upright");

    // What is saved is the edition that is seen.
    enishi.button("PDF にする").click();
    enishi.text("「issue.pdf」に保存しました");
    let fonts = Command::new("pdffonts").arg(&pdf).output().unwrap();
    assert!(String::from_utf8_lossy(&fonts.stdout).contains("Identity-V"));
    enishi.button("メール用の文面を保存").click();
    enishi.wait_for("the text", || fs::read_to_string(&mail).ok().filter(|text| !text.is_empty()));
    let text = fs::read_to_string(&mail).unwrap();
    assert!(text.contains("■ 秋の工場見学") && text.contains("縁（えにし）を大切に"), "{text}");

    // The next issue has the same pieces.
    enishi.button("会報の一覧へ").click();
    enishi.button("新しい号を作る").click();
    assert_eq!(enishi.field(&heading).value(), "行事のご案内");
}
