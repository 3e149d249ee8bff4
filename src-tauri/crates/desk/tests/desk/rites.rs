//! 慶弔の記録: what the company gave when somebody married or died, as a list, on paper and as a workbook.

use crate::front::{Ask, Within, folder};
use serde_json::{Value, json};

fn desk(place: &std::path::Path) -> (Within, Value) {
    let mut desk = Within::new(&place.join("home"), place);
    let start = json!({ "company": "青葉食品", "owner": "青葉", "passphrase": "さくら咲く頃に会う" });
    desk.ok("start_company", start);
    let by = desk.ok("add_colleague", json!({ "family": "大橋", "given": "美紀" }));
    let rite = |person: &Value, topic: &str, day: &str, given: &str, yen: Value| json!({ "person": person, "kind": "letter", "topic": topic, "on_day": day, "gift": given, "yen": yen, "colleague": by, "note": "次女の花子さんの式" });
    let one = desk.ok("add_person", json!({ "family": "髙橋", "given": "邊見" }));
    let other = desk.ok("add_person", json!({ "family": "𠮷田", "given": "実" }));
    desk.ok("add_contact", rite(&one, "wedding", "2025-06-07", "祝電", json!(5_000)));
    desk.ok("add_contact", rite(&one, "family_death", "2026-02", "香典", json!(10_000)));
    desk.ok("add_contact", rite(&other, "long_life", "2026-09-21", "花", json!(8_000)));
    desk.ok("add_contact", rite(&other, "none", "2026-09-22", "", Value::Null));
    (desk, other)
}

#[test]
fn what_was_given_is_one_list_with_its_years_and_their_sum() {
    let place = folder();
    let (mut desk, other) = desk(place.path());
    let all = desk.ok("rites", json!({}));
    let lines: Vec<_> = all["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (&row["name"], &row["topic"], &row["gift"]))
        .collect();
    assert_eq!(
        json!(lines),
        json!([
            ["𠮷田 実", "long_life", "花"],
            ["髙橋 邊見", "family_death", "香典"],
            ["髙橋 邊見", "wedding", "祝電"]
        ])
    );
    assert_eq!(
        (&all["total"], &all["yen"], &all["years"]),
        (&json!(3), &json!(23_000), &json!([2026, 2025]))
    );
    assert_eq!(all["rows"][0]["by"], "大橋 美紀");
    let year = desk.ok("rites", json!({ "year": 2026 }));
    assert_eq!((&year["total"], &year["yen"], &year["years"]), (&json!(2), &json!(18_000), &all["years"]));
    let rest = desk.ok("rites", json!({ "offset": 2 }));
    assert_eq!((rest["rows"].as_array().unwrap().len(), &rest["total"]), (1, &json!(3)));
    // What was said of the family is on no list.
    assert!(!all.to_string().contains("花子"), "{all}");

    // A death that is recorded stands there by itself, with nothing given yet.
    desk.ok("record_death", json!({ "person": other, "deceased_on": "2026-11-18", "note": "ご長女より電話", "family": "", "phone": "" }));
    let first = desk.ok("rites", json!({}))["rows"][0].clone();
    assert_eq!((&first["topic"], &first["gift"], &first["yen"]), (&json!("death"), &json!(""), &Value::Null));
}

#[test]
fn the_list_is_printed_and_written_to_a_workbook_with_sums_that_can_be_added_up() {
    let place = folder();
    let (mut desk, _) = desk(place.path());
    let topics = json!({ "wedding": "結婚", "family_death": "ご家族のご不幸", "long_life": "長寿" });
    let columns = ["日付", "お名前", "何があったか", "会社がしたこと", "金額（円）", "社員"];
    let made = desk.ok(
        "print_rites",
        json!({ "year": 2026, "title": "慶弔の記録", "lines": ["令和8年　2件"], "columns": columns, "topics": topics, "language": "ja" }),
    );
    let pdf = made["pdf"]["file"].as_str().unwrap();
    let text = std::process::Command::new("pdftotext").args(["-layout", pdf, "-"]).output().unwrap();
    let text = String::from_utf8_lossy(&text.stdout).split_whitespace().collect::<String>();
    for there in ["令和8年2月", "髙橋邊見", "ご家族のご不幸", "香典", "10,000", "大橋美紀", "8,000"]
    {
        assert!(text.contains(there), "{there} in {text}");
    }
    assert!(!text.contains("祝電") && !text.contains("花子"), "{text}");
    let workbook = std::fs::read(made["workbook"]["file"].as_str().unwrap()).unwrap();
    let table = intake::read(&workbook, None).unwrap();
    let table = format!("{table:?}");
    assert!(table.contains("香典") && table.contains("10000") && !table.contains("花子"), "{table}");
}
