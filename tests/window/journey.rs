//! A first afternoon with the program: the own company is set up, its list taken in, somebody found and changed, and
//! the newsletter printed; then the same once more without a window.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use desk::{Desk, FolderTray, Front, Job};
use serde_json::{Value, json};

use crate::program::Enishi;

const PASSPHRASE: &str = "ひろせがわの なつ";

/// What stands wrongly in the list: the row from 0, the column, the text, and the reason that is to be shown.
const BROKEN: [(usize, usize, &str, &str); 12] = [
    (9, 5, "令和3年2月30日", "その日は暦にありません。"),
    (99, 5, "3/31/2024", "年が後ろにあり、月と日を決められません。"),
    (149, 1, "Ｓ木花子", "姓と名の境目が分かりません。"),
    (249, 6, "98-001", "7桁の郵便番号ではありません。"),
    (349, 8, "user349", "メールアドレスの形ではありません。"),
    (449, 5, "平成31年5月1日", "その元号に、その日はありません。"),
    (549, 5, "24/3/31", "年が2桁で、元号がありません。"),
    (649, 4, "昭和65年4月1日", "その元号に、その日はありません。"),
    (749, 6, "９８０－００", "7桁の郵便番号ではありません。"),
    (849, 1, "株式会社", "姓と名の境目が分かりません。"),
    (899, 8, "info＠", "メールアドレスの形ではありません。"),
    (989, 5, "退職日不明", "日付として読めません。"),
];

/// A thousand leavers as payroll hands them out, twelve cells broken; in the encoding of Japanese Windows, given as
/// text and turned into its bytes by `iconv`, which knows the letters of NEC and IBM.
fn write_list(path: &Path) {
    let families = [("髙橋", "ﾀｶﾊｼ"), ("佐藤", "ｻﾄｳ"), ("山﨑", "ﾔﾏｻﾞｷ"), ("渡邊", "ﾜﾀﾅﾍﾞ"), ("鈴木", "ｽｽﾞｷ")];
    let given = [("誠", "ﾏｺﾄ"), ("花子", "ﾊﾅｺ"), ("涼", "ﾘｮｳ"), ("健", "ｹﾝ")];
    let mut text =
        "社員番号,氏名,フリガナ,生年月日,入社年月日,退職年月日,郵便番号,住所,メールアドレス,部署,基本給,退職理由\r\n".to_owned();
    for row in 0..1_000 {
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
        for (_, column, broken, _) in BROKEN.iter().filter(|(at, ..)| *at == row) {
            cells[*column] = (*broken).to_owned();
        }
        text += &(cells.join(",") + "\r\n");
    }
    let utf8 = path.with_extension("utf8");
    fs::write(&utf8, text).unwrap();
    let out = Command::new("iconv").args(["-f", "UTF-8", "-t", "CP932"]).arg(&utf8).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    fs::write(path, out.stdout).unwrap();
}

/// The sample company's picture as a telephone held upright would hand it out: lying, with a note how it is to be
/// turned and where it was taken.
fn write_photo(path: &Path) {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/crates/desk/src/sample/morning.jpg");
    let lying = fs::read(sample).unwrap();
    let note = b"\xff\xe1\0\x26Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0GPS!";
    fs::write(path, [&lying[..2], note, &lying[2..]].concat()).unwrap();
}

/// What the page has asked of the desk since [`overhear`], in order: name and input.
fn overheard(enishi: &Enishi) -> Vec<(String, Value)> {
    let sent = enishi.script("return window.overheard", &[]);
    let request = |sent: &Value| {
        let request: Value = serde_json::from_str(sent.as_str().unwrap()).unwrap();
        let input = serde_json::from_str(request["input"].as_str().unwrap()).unwrap();
        (request["name"].as_str().unwrap().to_owned(), input)
    };
    sent.as_array().unwrap().iter().map(request).collect()
}

/// Listens at the page's door from now on.
fn overhear(enishi: &Enishi) {
    enishi.script(
        "window.overheard = [];
         const send = window.fetch;
         window.fetch = (address, request) => {
             if (String(address).endsWith('/run')) window.overheard.push(request.body);
             return send(address, request);
         };",
        &[],
    );
}

/// The same day at a desk without a window: the requests that the page sent, one after the other. The files stand
/// where the page had tokens, and ids begin with this register's own prefix. Answers the bytes of the PDF that was
/// printed last.
fn again(requests: &[(String, Value)], folder: &Path, files: &[(&str, PathBuf)], now: &str) -> Vec<u8> {
    let now: chrono::DateTime<chrono::FixedOffset> = now.parse().unwrap();
    let fonts = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/@expo-google-fonts");
    let postal = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/postal/postal.zip");
    let desk = Desk::new(Front {
        home: folder.join("again"),
        clock: Box::new(move || now),
        random: Box::new(vault::SystemRandom),
        faces: Box::new(|| desk::faces(fonts.as_ref())),
        postal: Box::new(move || fs::read(postal)),
        tray: Arc::new(FolderTray { out: folder.join("out") }),
        keystore: None,
        cost: vault::Cost::OFFICE,
        disk: Box::new(|_| desk::Disk::default()),
    });
    let mut prefixes = None;
    let mut printed = None;
    for (name, input) in requests {
        let mut input = input.clone();
        if let Some((_, path)) = files.iter().find(|(command, _)| command == name) {
            input["file"] = json!(path);
        }
        if let Some((theirs, ours)) = prefixes {
            renumber(&mut input, theirs, ours);
        }
        let job = Job { progress: &|_| {}, cancelled: &AtomicBool::new(false) };
        let answer = desk.run(name, &input.to_string(), &job);
        if name == "import_people" {
            // The first id that the page names afterwards is one of its register's, and tells its prefix.
            let of = |id: i64| id >> 32;
            let people: Value = serde_json::from_str(&desk.run("people", "{}", &job).unwrap()).unwrap();
            let theirs = requests
                .iter()
                .filter(|(name, _)| name == "person")
                .find_map(|(_, input)| input["id"].as_i64());
            prefixes = Some((of(theirs.unwrap()), of(people["rows"][0]["id"].as_i64().unwrap())));
        }
        if name == "print_issue" {
            let answer: Value = serde_json::from_str(&answer.unwrap()).unwrap();
            printed = Some(fs::read(answer["file"].as_str().unwrap()).unwrap());
        }
    }
    printed.expect("the page printed something")
}

/// Puts one prefix of ids in the place of another.
fn renumber(value: &mut Value, theirs: i64, ours: i64) {
    match value {
        Value::Number(number) => {
            if let Some(id) = number.as_i64().filter(|id| id >> 32 == theirs) {
                *value = json!(ours << 32 | (id & 0xffff_ffff));
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|value| renumber(value, theirs, ours)),
        Value::Object(all) => all.values_mut().for_each(|value| renumber(value, theirs, ours)),
        _ => {}
    }
}

/// What a program of poppler says of a PDF.
pub fn poppler(program: &str, pdf: &Path, arguments: &[&str]) -> String {
    let read = Command::new(program).arg(pdf).args(arguments).output().unwrap();
    assert!(read.status.success(), "{program}: {}", String::from_utf8_lossy(&read.stderr));
    String::from_utf8_lossy(&read.stdout).into_owned()
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
    let [screen, heic, photo] =
        ["screen.csv", "IMG_0001.HEIC", "photo.jpg"].map(|name| enishi.folder().join(name));
    write_list(&list);
    write_photo(&photo);
    fs::write(&screen, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    fs::write(&heic, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic").unwrap();
    enishi.dialogs_answer(&[Some(&screen), Some(&list), Some(&heic), Some(&photo), Some(&pdf)]);
    enishi.ready();
    overhear(&enishi);

    // The own company, with a word of what cannot be helped later.
    enishi.fill_in_company(PASSPHRASE);
    enishi.text("合言葉を忘れると、名簿は誰にも開けません");
    enishi.field("合言葉（もう一度）").type_in("！");
    enishi.button("名簿を作る").click();
    enishi.text("2つの合言葉が違います");
    enishi.field("合言葉（もう一度）").clear();
    enishi.field("合言葉（もう一度）").type_in(PASSPHRASE);
    enishi.button("名簿を作る").click();
    enishi.button("あとで").click();
    enishi.button("あとで決める").click();
    enishi.heading("はじめに、名簿を取り込みましょう");

    // A picture that is called a list is told as such, and another file may be chosen.
    enishi.button("取り込み").click();
    enishi.button("ファイルを選ぶ").click();
    enishi.text("表のファイルではありません。名簿は変わっていません。");

    // The list: read in its own letters, pay refused, birthdays off, the broken cells named with their reason.
    enishi.button("ファイルを選ぶ").click();
    enishi.text("1,000行");
    enishi.text("取り込みません：給与・控除");
    enishi.text("封をした記録（社長・総務だけ）に入れます");
    assert_eq!(enishi.find("choice", "「退職理由」の意味").value(), "reason");
    assert_eq!(enishi.find("choice", "「生年月日」の意味").value(), "skip");
    assert_eq!(enishi.find("choice", "「フリガナ」の意味").value(), "full_kana");
    enishi.button("確かめる").click();
    enishi.text("見ていただきたいところ 12か所");
    let shown = enishi.shown();
    for (row, _, text, reason) in BROKEN {
        // Line 1 holds the headings.
        let told = shown.split_once(&format!("{}行目", row + 2)).map(|(_, told)| told).unwrap_or_default();
        let told: String = told.chars().take(150).collect();
        assert!(told.contains(text) && told.contains(reason), "row {row}: {shown}");
    }
    // One is mended as proposed, one by hand; the rows without a certain name stay behind.
    enishi.script("document.querySelector('main .page').scrollTop = 1e6", &[]);
    enishi.button("2024-03-31 にする").click();
    enishi.text("見ていただきたいところ 11か所");
    enishi.field("351行目「メールアドレス」を直す").type_in("@example.jp");
    enishi.press("Enter");
    enishi.text("見ていただきたいところ 10か所");
    enishi.button("998名を取り込む").click();
    enishi.heading("998名を取り込みました。");
    enishi.text("保留 2行");
    enishi.button("この取り込みだけ表示").click();
    enishi.text("この取り込みだけ");

    // Found by Latin letters, opened by the keyboard, changed where it stands, and undone.
    enishi.field("探す").type_in("yamazaki");
    enishi.wait_for("two hundred of a name", || enishi.shown().contains("200名").then_some(()));
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
    // A photo that only its own telephone can show, and one that was held upright.
    enishi.button("写真を加える: 記事 1").click();
    enishi.text("iPhone の写真（HEIC）は、そのままでは使えません。");
    enishi.button("写真を加える: 記事 1").click();
    enishi.field("写真の説明（写真の下に載ります）: 記事 1 写真 1").type_in("朝の仙台工場。");
    enishi.wait_for("the photo, upright", || {
        let upright = "const photo = document.querySelector('img[alt=\"朝の仙台工場。\"]');
                       return !!photo && photo.naturalHeight > photo.naturalWidth";
        enishi.script(upright, &[]).as_bool()?.then_some(())
    });
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

    // Spaces stand where the setter put glue; words are compared without them.
    let text: String = poppler("pdftotext", &pdf, &["-"]).split_whitespace().collect();
    for words in [
        "縁だより",
        "工場に新しい仲間",
        "秋の同窓会へ",
        "山﨑健",
        "新しいOB・OG",
        "みちのく食品",
        "朝の仙台工場。",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    let bytes = fs::read(&pdf).unwrap();
    let (drawn, notdef) = tests::glyphs(&bytes).unwrap();
    assert!(drawn > 100 && notdef == 0, "{notdef} of {drawn} glyphs are empty boxes");
    for never in ["髙橋", "渡邊", "〓", "\u{FFFD}"] {
        assert!(!text.contains(never), "{never} is in {text}");
    }

    // Its faces lie in the file (the columns of pdffonts end with "emb sub uni object ID"), the photo as it came but
    // for the place.
    let fonts = poppler("pdffonts", &pdf, &[]);
    let faces: Vec<Vec<&str>> =
        fonts.lines().skip(2).map(|line| line.split_whitespace().rev().collect()).collect();
    assert!(faces.len() >= 3 && faces.iter().all(|face| face[2..5] == ["yes", "yes", "yes"]), "{fonts}");
    let photos = poppler("pdfimages", &pdf, &["-list"]);
    assert!(photos.contains("jpeg") && photos.contains("1200   660"), "{photos}");
    assert!(!bytes.windows(4).any(|part| part == b"GPS!"));
    enishi.picture("journey-issue");

    // The same at a desk without a window, at the same minute, is the same paper.
    let made = poppler("pdfinfo", &pdf, &["-isodates"]);
    let made = made.lines().find_map(|line| line.strip_prefix("CreationDate:")).unwrap().trim();
    let now = format!("{}+00:00", &made[..19]);
    let lists = ["read_list", "check_list", "import_people"].map(|command| (command, list.clone()));
    let files = [&lists[..], &[("add_picture", photo)]].concat();
    let same = again(&overheard(&enishi), enishi.folder(), &files, &now);
    assert!(same == bytes, "{} bytes in the window, {} without", bytes.len(), same.len());

    // What was typed a moment before the register is locked is not lost.
    enishi.field("見出し 2").type_in("、会いましょう");
    enishi.button("鍵をかけて閉じる").click();
    enishi.field("合言葉").type_in(PASSPHRASE);
    enishi.button("開く").click();
    enishi.text("998名");
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
    enishi.text("998名");
    assert_eq!(enishi.run("state", json!({}))["people"], 998);
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
