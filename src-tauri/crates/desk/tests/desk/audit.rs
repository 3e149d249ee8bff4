//! What is written down of what was done: who, when, what and which fields, and no values.

use crate::front::{Ask, Within, folder};
use crate::keys::words;
use serde_json::{Value, json};

const OWNER: &str = "さくら咲く頃に会う";

/// The newest rows: command, what was undone, people, fields.
fn newest(desk: &mut Within, rows: usize) -> Vec<(String, String, u64, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let row = |row: &Value| {
        (text(&row["command"]), text(&row["of"]), row["people"].as_u64().unwrap(), text(&row["fields"]))
    };
    desk.ok("audit", json!({ "limit": rows })).as_array().unwrap().iter().map(row).collect()
}

fn row(command: &str, of: &str, people: u64, fields: &str) -> (String, String, u64, String) {
    (command.into(), of.into(), people, fields.into())
}

#[test]
fn every_change_is_one_row_with_its_fields_and_without_values() {
    let place = folder();
    let mut desk = Within::new(place.path(), place.path());
    desk.ok("start_company", json!({ "company": "青葉食品", "owner": "青葉", "passphrase": OWNER }));
    let person = desk.ok("add_person", json!({ "family": "佐藤", "given": "誠", "employer": "富士精機" }));
    let changes = json!({ "employer": "みどり不動産", "notes": "電話した", "family": "佐藤" });
    desk.ok("change_person", json!({ "id": person, "changes": changes }));
    desk.ok("add_phone", json!({ "person": person, "number": "022-000-0000", "best": true }));
    desk.ok("add_phone", json!({ "person": person, "number": "022-000-0001", "best": true }));
    desk.ok("remove_person", json!({ "id": person }));
    desk.ok("undo", json!({}));
    desk.ok("change_person", json!({ "id": person, "changes": { "family": "佐藤" } }));
    assert_eq!(
        newest(&mut desk, 7),
        [
            row("undo", "remove_person", 1, "+person +phone"),
            row("remove_person", "", 1, "-person -phone"),
            row("add_phone", "", 1, "+phone phone.best"),
            row("add_phone", "", 1, "+phone"),
            row("change_person", "", 1, "person.employer person.notes"),
            row("add_person", "", 1, "+person"),
            row("start_company", "", 0, ""),
        ],
        "what changed nothing is no row"
    );
    // A list is one row, however long it is.
    let list = place.path().join("list.csv");
    let rows: String = (0..500).map(|n| format!("{n},佐藤,誠{n},令和3年9月30日,家庭の事情\n")).collect();
    std::fs::write(&list, format!("社員番号,姓,名,退職日,退職理由\n{rows}")).unwrap();
    let mapping = ["employee_number", "family", "given", "left_on", "reason"];
    desk.ok("import_people", json!({ "file": list, "mapping": mapping }));
    desk.ok("undo", json!({}));
    desk.ok("redo", json!({}));
    assert_eq!(newest(&mut desk, 1), [row("redo", "import_people", 500, "+person +sealed_note +setting")]);
    let import = newest(&mut desk, 3).pop().unwrap();
    assert_eq!(import, row("import_people", "", 500, "+person +sealed_note +setting"));

    let checked = desk.ok("check_audit", json!({}));
    assert_eq!((&checked["rows"], &checked["broken_at"]), (&json!(10), &json!(null)));
    let exported = desk.ok("export_audit", json!({}));
    let text = std::fs::read_to_string(exported["file"].as_str().unwrap()).unwrap();
    for value in ["佐藤", "富士精機", "みどり", "022", "電話", "家庭"] {
        assert!(!text.contains(value), "{value}");
    }
    assert!(text.trim_end().ends_with(checked["head"].as_str().unwrap()), "the last row's hash is the head");
    assert_eq!(newest(&mut desk, 1), [row("export_audit", "", 0, "")]);
}

#[test]
fn readings_prints_and_users_are_rows_and_nothing_takes_them_back() {
    let place = folder();
    let mut desk = Within::new(place.path(), place.path());
    desk.ok("start_company", json!({ "company": "青葉食品", "owner": "青葉", "passphrase": OWNER }));
    let person = desk.ok("add_person", json!({ "family": "佐藤" }));
    desk.ok("sealed_notes", json!({ "id": person }));
    assert_eq!(newest(&mut desk, 1)[0].0, "add_person", "nothing was there to be read");
    desk.ok("add_sealed_note", json!({ "person": person, "text": "残業が多かった" }));
    desk.ok("sealed_notes", json!({ "id": person }));
    desk.ok("sealed_notes", json!({ "id": person }));
    desk.ok("add_user", json!({ "name": "田中", "owner": false, "passphrase": "いんさつをするひと" }));
    desk.ok("change_user", json!({ "id": 2, "name": "田中 恵", "owner": false }));
    desk.ok("recovery_sheet", words());
    let issue = desk.ok("add_issue", json!({ "name": "縁だより", "number": 1, "columns": 1 }));
    for _ in 0..3 {
        desk.ok("print_issue", json!({ "id": issue }));
    }
    desk.ok("dismiss_user", json!({ "id": 2 }));
    while desk.ask("undo", json!({})).is_ok() {}
    assert_eq!(
        newest(&mut desk, 12),
        [
            row("undo", "add_person", 1, "-person"),
            row("undo", "add_sealed_note", 1, "-sealed_note"),
            row("undo", "add_issue", 0, "-issue"),
            row("dismiss_user", "", 0, "user:2 sealed_note:1"),
            row("print_issue", "", 0, ""),
            row("add_issue", "", 0, "+issue"),
            row("recovery_sheet", "", 0, "sheet:1"),
            row("change_user", "", 0, "user:2 name"),
            row("add_user", "", 0, "user:2"),
            row("sealed_notes", "", 1, "sealed_note"),
            row("sealed_notes", "", 1, "sealed_note"),
            row("add_sealed_note", "", 1, "+sealed_note"),
        ]
    );
    let who = desk.ok("audit", json!({}))[0]["user"].clone();
    assert_eq!(who, json!("青葉"));
    assert_eq!(desk.ok("check_audit", json!({}))["broken_at"], json!(null));
}
