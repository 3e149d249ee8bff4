//! A first afternoon with the program: the own company is set up, its list taken in, somebody found and changed, and
//! the newsletter printed.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::program::Enishi;

const PASSPHRASE: &str = "ひろせがわの なつ";

/// Two hundred leavers as payroll hands them out, five cells broken; in the encoding of Japanese Windows, given as
/// text and turned into its bytes by `iconv`, which knows the letters of NEC and IBM.
fn write_list(path: &Path) {
    let families = [("髙橋", "ﾀｶﾊｼ"), ("佐藤", "ｻﾄｳ"), ("山﨑", "ﾔﾏｻﾞｷ"), ("渡邊", "ﾜﾀﾅﾍﾞ"), ("鈴木", "ｽｽﾞｷ")];
    let given = [("誠", "ﾏｺﾄ"), ("花子", "ﾊﾅｺ"), ("涼", "ﾘｮｳ"), ("健", "ｹﾝ")];
    let mut text =
        "社員番号,氏名,フリガナ,生年月日,入社年月日,退職年月日,郵便番号,住所,メールアドレス,部署,基本給,退職理由\r\n".to_owned();
    for row in 0..200 {
        let (family, family_kana) = families[row % 5];
        let (given, given_kana) = given[row / 5 % 4];
        let mut cells = [
            format!("{}", 1000 + row),
            format!("{family} {given}"),
            format!("{family_kana} {given_kana}"),
            "昭和40年1月2日".into(),
            format!("平成{}年4月1日", 10 + row % 20),
            format!("令和{}年9月30日", 1 + row % 7),
            format!("980-{row:04}"),
            "宮城県仙台市青葉区一番町1-2-3".into(),
            format!("user{row}@example.jp"),
            "製造部".into(),
            "250000".into(),
            "自己都合".into(),
        ];
        match row {
            9 => cells[5] = "令和3年2月30日".into(),
            49 => cells[5] = "3/31/2024".into(),
            99 => cells[1] = "Ｓ木花子".into(),
            149 => cells[6] = "98-001".into(),
            199 => cells[8] = "user199".into(),
            _ => {}
        }
        text += &(cells.join(",") + "\r\n");
    }
    let utf8 = path.with_extension("utf8");
    std::fs::write(&utf8, text).unwrap();
    let out = Command::new("iconv").args(["-f", "UTF-8", "-t", "CP932"]).arg(&utf8).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    std::fs::write(path, out.stdout).unwrap();
}

/// Chooses an option by its words, as a click on it would.
pub fn choose(enishi: &Enishi, choice: &str, option: &str) {
    enishi.find("choice", choice);
    let chosen = enishi.script(
        "const [name, words] = arguments;
         const fits = (select) => (select.getAttribute('aria-label') ?? select.labels[0]?.textContent ?? '').trim() === name;
         const select = [...document.querySelectorAll('select')].find(fits);
         select.selectedIndex = [...select.options].findIndex((option) => option.textContent.trim() === words);
         select.dispatchEvent(new Event('change', { bubbles: true }));
         return select.selectedOptions[0]?.textContent.trim();",
        &[choice.into(), option.into()],
    );
    assert_eq!(chosen, option);
}

/// The names of the first leavers in the list, as they are seen.
fn listed(enishi: &Enishi) -> Vec<String> {
    let names = enishi.script(
        "return [...document.querySelectorAll('[role=option] .letters')].map((name) => name.textContent)",
        &[],
    );
    names.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn a_company_takes_in_its_list_and_prints_its_newsletter() {
    let enishi = Enishi::start(&[]);
    let list = enishi.folder().join("retired.csv");
    let pdf = enishi.folder().join("issue.pdf");
    write_list(&list);
    enishi.dialogs_answer(&[Some(&list), Some(&pdf)]);

    // The own company, with a word of what cannot be helped later.
    enishi.button("自分の会社で始める").click();
    enishi.text("合言葉を忘れると、名簿は誰にも開けません");
    enishi.field("会社名").type_in("みちのく食品");
    enishi.field("あなたの名前").type_in("青木 洋子");
    enishi.field("合言葉").type_in(PASSPHRASE);
    enishi.field("合言葉（もう一度）").type_in("ちがう ことば");
    enishi.button("名簿を作る").click();
    enishi.text("2つの合言葉が違います");
    enishi.field("合言葉（もう一度）").clear();
    enishi.field("合言葉（もう一度）").type_in(PASSPHRASE);
    enishi.button("名簿を作る").click();
    enishi.button("あとで決める").click();
    enishi.heading("はじめに、名簿を取り込みましょう");

    // The list: read in its own letters, pay refused, birthdays off, the five broken cells named with their reason.
    enishi.button("取り込み").click();
    enishi.button("ファイルを選ぶ").click();
    enishi.text("200行");
    enishi.text("取り込みません：給与・控除");
    enishi.text("封をした記録（社長・総務だけ）に入れます");
    assert_eq!(enishi.find("choice", "「退職理由」の意味").value(), "reason");
    assert_eq!(enishi.find("choice", "「生年月日」の意味").value(), "skip");
    assert_eq!(enishi.find("choice", "「フリガナ」の意味").value(), "full_kana");
    enishi.button("確かめる").click();
    enishi.text("見ていただきたいところ 5か所");
    let shown = enishi.shown();
    for (line, what, reason) in [
        ("11行目", "令和3年2月30日", "その日は暦にありません。"),
        ("51行目", "3/31/2024", "年が後ろにあり、月と日を決められません。"),
        ("101行目", "Ｓ木花子", "姓と名の境目が分かりません。"),
        ("151行目", "98-001", "7桁の郵便番号ではありません。"),
        ("201行目", "user199", "メールアドレスの形ではありません。"),
    ] {
        assert!(shown.contains(line) && shown.contains(what) && shown.contains(reason), "{line}: {shown}");
    }
    // One is mended as proposed, one by hand; the row without a certain name stays behind.
    enishi.button("2024-03-31 にする").click();
    enishi.text("見ていただきたいところ 4か所");
    enishi.field("201行目「メールアドレス」を直す").type_in("@example.jp");
    enishi.press("Enter");
    enishi.text("見ていただきたいところ 3か所");
    enishi.button("199名を取り込む").click();
    enishi.heading("199名を取り込みました。");
    enishi.text("保留 1行");
    enishi.button("この取り込みだけ表示").click();
    enishi.text("この取り込みだけ");

    // Found by Latin letters, opened by the keyboard, changed where it stands, and undone.
    enishi.field("探す").type_in("yamazaki");
    enishi.wait_for("forty of a name", || enishi.shown().contains("40名").then_some(()));
    assert!(listed(&enishi).iter().all(|name| name.starts_with("山﨑")), "{:?}", listed(&enishi));
    enishi.press("Enter");
    enishi.button("現在の勤務先: 未記入").click();
    enishi.field("現在の勤務先").type_in("北斗食品");
    enishi.press("Enter");
    enishi.button("現在の勤務先: 北斗食品");
    enishi.text("いま：北斗食品");
    enishi.button("元に戻す").click();
    enishi.button("現在の勤務先: 未記入");
    enishi.text("元に戻しました：退職者の内容を直した");

    // Who agreed to be named, and only they, will be.
    enishi.button("同意を加える").click();
    choose(&enishi, "何のために", "名前の掲載");
    choose(&enishi, "何で", "紙面");
    enishi.button("保存").click();
    enishi.text("名前の掲載（紙面）");

    // An issue of two articles, saved by itself, printed and saved where the dialog said.
    enishi.button("会報").click();
    enishi.button("新しい号を作る").click();
    enishi.heading("会報「縁だより」第1号");
    enishi.field("見出し 1").type_in("工場に新しい仲間");
    enishi.field("本文 1").type_in("六月、仙台工場が待望の認証を取得しました。");
    enishi.button("記事を加える").click();
    enishi.field("見出し 2").type_in("秋の同窓会へ");
    enishi.field("本文 2").type_in("十一月二十八日、仙台工場の食堂で開きます。");
    enishi.field("退職日（から）").type_in("平成31年4月1日");
    enishi.text("載る人 1名");
    enishi.text("同意がないため載りません");
    enishi.button("PDF にする").click();
    enishi.text("「issue.pdf」に保存しました");
    enishi.text("新しい OB・OG 1名が載っています");
    assert!(!enishi.shown().contains("書体に無い文字"), "{}", enishi.shown());

    let read = Command::new("pdftotext").arg(&pdf).arg("-").output().unwrap();
    // Spaces stand where the setter put glue; words are compared without them.
    let text: String = String::from_utf8_lossy(&read.stdout).split_whitespace().collect();
    for words in ["縁だより", "工場に新しい仲間", "秋の同窓会へ", "山﨑健", "新しいOB・OG", "みちのく食品"]
    {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    let (drawn, notdef) = tests::glyphs(&std::fs::read(&pdf).unwrap()).unwrap();
    assert!(drawn > 100 && notdef == 0, "{notdef} of {drawn} glyphs are empty boxes");
    for never in ["髙橋", "渡邊", "〓", "\u{FFFD}"] {
        assert!(!text.contains(never), "{never} is in {text}");
    }

    // What was typed a moment before the register is locked is not lost.
    enishi.field("見出し 2").type_in("、会いましょう");
    enishi.button("鍵をかけて閉じる").click();
    enishi.field("合言葉").type_in(PASSPHRASE);
    enishi.button("開く").click();
    enishi.text("199名");
    let issue = &enishi.run("issues", json!({}))[0];
    assert_eq!(issue["fields"]["articles"][1]["heading"], "秋の同窓会へ、会いましょう");

    // All of it stands in the list of changes, and the register opens with its 合言葉 again.
    enishi.button("変更の履歴").click();
    enishi.text("名簿を取り込んだ");
    enishi.button("鍵をかけて閉じる").click();
    enishi.field("合言葉").type_in("ちがう ことば");
    enishi.button("開く").click();
    enishi.text("合言葉が違います");
    enishi.field("合言葉").clear();
    enishi.field("合言葉").type_in(PASSPHRASE);
    enishi.button("開く").click();
    enishi.button("退職者").click();
    enishi.text("199名");
    assert_eq!(enishi.run("state", json!({}))["people"], 199);
}

#[test]
fn the_sample_company_is_read_in_both_languages() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.text("サンプルの会社を見ています");
    enishi.button("退職者").click();
    enishi.text("128名");
    enishi.button("English").click();
    enishi.heading("Leavers");
    enishi.text("This is the sample company");
    for (button, heading) in [
        ("Take in a list", "Take in a list"),
        ("Staff", "Staff"),
        ("Newsletter", "Newsletter"),
        ("Changes", "Changes"),
    ] {
        enishi.button(button).click();
        enishi.heading(heading);
    }
    assert_eq!(enishi.script("return document.documentElement.lang", &[]), "en");
}

/// What axe-core finds wrong for people who use a keyboard, a reader or a magnifier.
pub fn faults_of_access(enishi: &Enishi) -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(path).expect("axe-core, which `make setup` brings");
    enishi.script(
        &format!(
            "{axe}
             const run = await axe.run(document, {{ resultTypes: ['violations'] }});
             return run.violations.filter((fault) => ['serious', 'critical'].includes(fault.impact))
                 .map((fault) => [fault.id, fault.nodes.map((node) => node.html)]);"
        ),
        &[],
    )
}

#[test]
fn no_screen_has_a_serious_fault_of_access_in_either_language() {
    let enishi = Enishi::start(&[]);
    enishi.button("自分の会社で始める").click();
    enishi.field("会社名");
    assert_eq!(faults_of_access(&enishi), json!([]), "start");
    enishi.button("戻る").click();
    enishi.button("サンプルの会社で試す").click();
    enishi.heading("今日");
    for (language, screens) in [
        ("日本語", ["退職者", "取り込み", "社員", "会報", "変更の履歴"]),
        ("English", ["Leavers", "Take in a list", "Staff", "Newsletter", "Changes"]),
    ] {
        enishi.button(language).click();
        for screen in screens {
            enishi.button(screen).click();
            enishi.wait_for("the screen", || {
                let here = "return document.querySelector('[aria-current=page]')?.textContent ?? ''";
                enishi.script(here, &[]).as_str().is_some_and(|here| here.contains(screen)).then_some(())
            });
            assert_eq!(faults_of_access(&enishi), json!([]), "{screen}");
        }
        let [people, .., issues, _] = screens;
        enishi.button(people).click();
        enishi.text("相澤 久美子");
        enishi.press("Enter");
        enishi.heading("相澤 久美子");
        assert_eq!(faults_of_access(&enishi), json!([]), "a person, {language}");
        enishi.button(issues).click();
        enishi.button(if language == "日本語" { "第12号" } else { "No. 12" }).click();
        enishi.field(if language == "日本語" { "本文 1" } else { "Text 1" });
        assert_eq!(faults_of_access(&enishi), json!([]), "an issue, {language}");
    }
}
