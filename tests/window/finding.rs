//! Somebody is found however the name is typed, and the letters that were found are marked as they are written.

use serde_json::{Value, json};

use crate::program::Enishi;

/// The names of the list from its top, each with what is marked in its reading and its letters.
fn marked(enishi: &Enishi) -> Value {
    enishi.script(
        "return [...document.querySelectorAll('#people [role=option]')].map((row) => [
             row.querySelector('.letters')?.textContent ?? '',
             [...row.querySelectorAll('.name mark')].map((mark) => mark.textContent).join('|'),
         ])",
        &[],
    )
}

#[test]
fn a_name_is_found_by_kana_romaji_and_variant_kanji_and_marked_as_it_is_written() {
    let mut enishi = Enishi::start(&[]);
    let company = json!({ "company": "北斗製作所", "owner": "社長", "passphrase": "はれ の ち くもり 42" });
    enishi.run("start_company", company);
    for (family, given, family_kana, given_kana) in [
        ("齋藤", "美咲", "サイトウ", "ミサキ"),
        ("齊藤", "健一", "サイトウ", "ケンイチ"),
        ("斉藤", "薫", "サイトウ", "カオル"),
        ("髙橋", "誠", "タカハシ", "マコト"),
        ("高橋", "花", "タカハシ", "ハナ"),
        ("渡邊", "涼", "ワタナベ", "リョウ"),
        ("渡邉", "恵", "ワタナベ", "メグミ"),
        ("𠮷田", "健", "ヨシダ", "ケン"),
    ] {
        let person =
            json!({ "family": family, "given": given, "family_kana": family_kana, "given_kana": given_kana });
        enishi.run("add_person", person);
    }
    enishi.restart();
    enishi.field("合言葉").type_in("はれ の ち くもり 42");
    enishi.button("開く").click();
    enishi.heading("今日");
    enishi.button("退職者").click();
    let search = enishi.field("探す");
    let [misaki, kenichi, kaoru] = ["齋藤 美咲", "齊藤 健一", "斉藤 薫"];
    let [makoto, hana, ryo, megumi, ken] = ["髙橋 誠", "高橋 花", "渡邊 涼", "渡邉 恵", "𠮷田 健"];
    let saito = json!([[kaoru, "サイトウ"], [kenichi, "サイトウ"], [misaki, "サイトウ"]]);
    let takahashi = json!([[hana, "タカハシ"], [makoto, "タカハシ"]]);
    for (typed, found) in [
        ("さいとう", saito.clone()),
        ("ｻｲﾄｳ", saito.clone()),
        ("saito", saito.clone()),
        ("satoh", json!([])),
        ("saitou misaki", json!([[misaki, "サイトウ|ミサキ"]])),
        ("斎藤", json!([[kaoru, "斉藤"], [kenichi, "齊藤"], [misaki, "齋藤"]])),
        ("たかはし", takahashi.clone()),
        ("takahasi", takahashi),
        ("高橋", json!([[hana, "高橋"], [makoto, "髙橋"]])),
        ("渡辺", json!([[megumi, "渡邉"], [ryo, "渡邊"]])),
        ("渡辺涼", json!([[ryo, "渡邊|涼"]])),
        ("吉田", json!([[ken, "𠮷田"]])),
        ("yosida ken", json!([[ken, "ヨシダ|ケン"]])),
    ] {
        search.clear();
        search.type_in(typed);
        enishi.wait_for(&format!("{typed}: {found}"), || (marked(&enishi) == found).then_some(()));
    }
}
