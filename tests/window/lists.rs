//! Lists that meet a register with people in it, in the window.

use std::fs;

use serde_json::json;

use crate::journey::choose;
use crate::program::Enishi;

/// An export of SmartHR with forty leavers, of whom twelve are in the register: six by their number, six by name and
/// telephone; one more only bears the name of somebody there.
fn smarthr(known: bool) -> String {
    let families = ["髙橋", "佐藤", "山﨑", "渡邊", "鈴木", "大野", "𠮷田", "斎藤"];
    let given = ["一郎", "花子", "涼", "健", "恵"];
    let mut text = "社員番号,姓,名,姓（ヨミガナ）,名（ヨミガナ）,部署1 部署,役職1 役職,入社年月日,退職年月日,電話番号,在籍状況\n".to_owned();
    for row in 0..if known { 12 } else { 40 } {
        let number = if known && row >= 6 { String::new() } else { format!("{:04}", row + 1) };
        text += &format!(
            "{number},{},{},ﾅﾏｴ,{row},製造部,主任,H10.4.1,R{}.3.31,090-0000-{row:04},退職済\n",
            families[row % 8],
            given[row / 8],
            row % 6 + 2,
        );
    }
    if !known {
        text += "0041,佐藤,花子,ｻﾄｳ,ﾊﾅｺ,総務部,,H20.4.1,,,在籍中\n　,髙橋,一郎,ﾅﾏｴ,0,製造部,,H1.4.1,R8.3.31,,退職済\n";
    }
    text
}

#[test]
fn a_list_from_payroll_meets_those_who_are_there_in_four_clicks_and_goes_again() {
    let enishi = Enishi::start(&[]);
    enishi.ready();
    let company = json!({ "company": "みちのく食品", "owner": "青木", "passphrase": "ひろせがわの なつ" });
    enishi.run("start_company", company);
    enishi.script("location.reload()", &[]);
    enishi.button("取り込み");
    let [first, second] = [true, false].map(|known| {
        let path = enishi.folder().join(format!("SmartHR_crews_{known}.csv"));
        fs::write(&path, smarthr(known)).unwrap();
        path
    });
    enishi.dialogs_answer(&[Some(&first), Some(&second)]);
    let take = |words: &str| {
        enishi.button("取り込み").click();
        enishi.button("ファイルを選ぶ").click();
        enishi.text("SmartHRから書き出した表のようです。");
        enishi.button("確かめる").click();
        enishi.button(words);
    };
    take("12名を取り込む");
    enishi.button("12名を取り込む").click();
    enishi.heading("12名を取り込みました。");
    enishi.button("今日").click();
    take("取り込む（新しく28名、補う6名）");
    enishi.text("前に取り込んだ表と同じ見出しです。");
    enishi.text("退職していない人が1行あります。");
    enishi.picture("ja-list-piles");
    enishi.button("名簿にいるかもしれない人 1行を見る").click();
    enishi.text("名簿の 髙橋 一郎");
    enishi.picture("ja-list-possible");
    enishi.script("document.querySelector('main .page').scrollTop = 1e6", &[]);
    enishi.picture("ja-list-piles-lower");
    enishi.button("取り込む（新しく28名、補う6名）").click();
    enishi.heading("28名を取り込みました。");
    assert_eq!(enishi.run("state", json!({}))["people"], 40);
    enishi.button("取り込まなかった1行をファイルに保存");
    enishi.picture("ja-list-taken");
    enishi.button("元に戻す").click();
    enishi.text("取り込みを元に戻しました。名簿は取り込む前と同じです。");
    assert_eq!(enishi.run("state", json!({}))["people"], 12);
}

#[test]
fn a_table_pasted_from_a_spreadsheet_is_taken_in_and_duplicates_become_one() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.text("今日");
    enishi.button("取り込み").click();
    enishi.button("ファイルを選ぶ");
    enishi.script(
        "const data = new DataTransfer();
         data.setData('text/plain', arguments[0]);
         document.querySelector('textarea').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));",
        &[json!("氏名\tフリガナ\t退職日\t電話\n縁田 結\tエンダ ユイ\t24/3/31\t０９０－１１１１－２２２２\n縁田結\tエンダ ユイ\t24/3/31\t\n")],
    );
    enishi.text("貼り付けた表");
    enishi.button("確かめる").click();
    enishi.text("「退職日」の年が2桁です（例：24/3/31）。何の年ですか。");
    choose(&enishi, "「退職日」の年が2桁です（例：24/3/31）。何の年ですか。", "西暦の下2桁");
    // The second row is the first again, perhaps: it waits for a word.
    enishi.button("名簿にいるかもしれない人 1行を見る").click();
    enishi.text("表の 2行目の 縁田 結");
    choose(&enishi, "3行目をどうするか", "別の人として加える");
    enishi.button("2名を取り込む").click();
    enishi.heading("2名を取り込みました。");
    enishi.button("退職者").click();
    enishi.button("取り込み").click();
    enishi.button("重複の候補").click();
    enishi.heading("重複の候補");
    enishi.text("同じところ：名前");
    enishi.picture("ja-duplicates");
    let people = enishi.run("state", json!({}))["people"].as_i64().unwrap();
    enishi.script("[...document.querySelectorAll('button')].find((it) => it.textContent.includes('こちらを残して')).click()", &[]);
    enishi.text("縁田 結 にまとめました。");
    assert_eq!(enishi.run("state", json!({}))["people"], people - 1);
}

#[test]
fn a_postal_code_fills_an_address_and_an_address_finds_its_code() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.text("今日");
    enishi.button("退職者").click();
    enishi.text("相澤 久美子");
    enishi.find("option", "相澤 久美子").click();
    enishi.button("＋ 住所を加える").click();
    enishi.field("郵便番号").type_in("９８０ー０８１１");
    enishi.button("宮城県仙台市青葉区一番町 を住所に入れる").click();
    enishi.picture("ja-person-postal");
    enishi.field("町名・番地").type_in("1-2");
    enishi.button("保存").click();
    enishi.text("〒980-0811 宮城県仙台市青葉区一番町1-2");
    enishi.button("＋ 住所を加える").click();
    enishi.field("市区町村").type_in("札幌市中央区");
    enishi.field("町名・番地").type_in("北1条西20丁目");
    enishi.button("〒064-0821 を入れる（北海道札幌市中央区北一条西）").click();
    enishi.button("保存").click();
    enishi.text("〒064-0821 札幌市中央区北1条西20丁目");
}

#[test]
fn the_dictionary_of_postal_codes_says_its_day_and_gives_way_to_a_newer_one() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.text("今日");
    let [wrong, own] = [
        ("a.csv", "氏名,電話\n縁田 結,090\n"),
        ("KEN_ALL.CSV", "04101,980,9800811,a,b,c,宮城県,仙台市青葉区,一番町,0\n"),
    ]
    .map(|(name, text)| {
        let path = enishi.folder().join(name);
        fs::write(&path, text).unwrap();
        path
    });
    enishi.dialogs_answer(&[Some(&wrong), Some(&own)]);
    enishi.button("設定").click();
    enishi.text("令和8年10月3日の辞書です（124,");
    enishi.button("ファイルを選んで入れ替える…").click();
    enishi.text("日本郵便の郵便番号のファイルではありません。辞書は元のままです。");
    enishi.button("ファイルを選んで入れ替える…").click();
    enishi.text("（1か所）。 ご自分で入れ替えたものです。");
    enishi.script("document.querySelector('[aria-label=\"郵便番号の辞書\"]').scrollIntoView()", &[]);
    enishi.picture("ja-settings-postal");
    enishi.button("初めから入っている辞書に戻す").click();
    enishi.text("初めから入っている辞書に戻しました。");
}

#[test]
fn a_whole_register_goes_out_and_a_new_one_begins_with_it() {
    let enishi = Enishi::start(&[]);
    enishi.ready();
    let company = json!({ "company": "みちのく食品", "owner": "青木", "passphrase": "ひろせがわの なつ" });
    enishi.run("start_company", company);
    let list = enishi.folder().join("list.csv");
    fs::write(&list, smarthr(true)).unwrap();
    enishi.script("location.reload()", &[]);
    let [whole, form, again] =
        ["whole.json", "form.json", "again.json"].map(|name| enishi.folder().join(name));
    enishi.dialogs_answer(&[Some(&list), Some(&whole), Some(&form)]);
    enishi.button("取り込み").click();
    enishi.button("ファイルを選ぶ").click();
    enishi.button("確かめる").click();
    enishi.button("12名を取り込む").click();
    enishi.heading("12名を取り込みました。");
    enishi.button("設定").click();
    enishi.button("名簿の全体を保存…").click();
    enishi.text("このファイルは、合言葉がなくても誰でも読めます。");
    enishi.picture("ja-settings-data");
    enishi.button("名簿の全体を保存").click();
    enishi.text("12名の名簿の全体を「whole.json」に保存しました。");
    enishi.button("ファイルの中身の説明を保存").click();
    enishi.text("「form.json」に保存しました。");
    assert!(fs::read_to_string(&form).unwrap().contains("json-schema.org"));

    // Another PC: its register begins with the file, and is the same record by record.
    let other = Enishi::start(&[]);
    other.dialogs_answer(&[Some(&whole), Some(&again)]);
    other.button("自分の会社で始める").click();
    other.field("会社名").type_in("まだない会社");
    other.field("あなたの名前").type_in("青木");
    other.button("前に保存した名簿の全体から始める…").click();
    other.text("「whole.json」の名簿を入れて始めます。");
    other.picture("ja-start-whole");
    other.field("合言葉").type_in("ひろせがわの なつ");
    other.field("合言葉（もう一度）").type_in("ひろせがわの なつ");
    other.button("名簿を作る").click();
    other.heading("予備の合言葉");
    let state = other.run("state", json!({}));
    assert_eq!((&state["people"], &state["settings"]["company"]), (&json!(12), &json!("みちのく食品")));
    let exported = other.run("export_all", json!({}));
    let saved = json!({ "token": exported["file"], "name": "again.json", "title": "" });
    assert_eq!(other.call("save_file", saved)["ok"]["name"], "again.json");
    assert_eq!(fs::read(&whole).unwrap(), fs::read(&again).unwrap(), "the same, byte by byte");
}

#[test]
fn two_who_are_one_keep_what_is_chosen_and_are_parted_again() {
    let enishi = Enishi::start(&["--sample"]);
    enishi.text("今日");
    for employer in ["北斗食品", "北斗食品（株）"] {
        let person = json!({
            "family": "藍", "given": "結", "family_kana": "アイ", "given_kana": "ユイ", "employee_number": "9001",
            "employer": employer,
        });
        enishi.run("add_person", person);
    }
    enishi.button("取り込み").click();
    enishi.button("重複の候補").click();
    enishi.button("1人目の 藍 結 を残して一つにする").click();
    enishi.text("違うところは、どちらを使うか選んでください。");
    let label =
        "[...document.querySelectorAll('label')].find((it) => it.textContent.trim() === arguments[0])";
    enishi.script(&format!("{label}.click()"), &["北斗食品（株）".into()]);
    enishi.picture("ja-duplicates-choose");
    enishi.button("一つにする").click();
    enishi.text("藍 結 にまとめました。");
    enishi.button("退職者").click();
    enishi.text("北斗食品（株）");
    enishi.find("option", "藍 結").click();
    enishi.button("藍 結 を分ける").click();
    enishi.text("まとめる前の二人に戻します。");
    enishi.picture("ja-person-merges");
    let people = enishi.run("state", json!({}))["people"].as_i64().unwrap();
    enishi.button("二人に分ける").click();
    enishi.text("藍 結 を、元の登録に分けました。");
    assert_eq!(enishi.run("state", json!({}))["people"], people + 1);
}
