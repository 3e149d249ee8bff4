//! What only owners may read: in at the door, behind the seal, and nowhere else.

use crate::front::{Ask, Within, folder};
use serde_json::{Value, json};
use std::path::Path;

const PASSPHRASE: &str = "さくら咲く頃に会う";

/// A desk with an open register.
fn desk(place: &Path) -> Within {
    let mut desk = Within::new(&place.join("home"), place);
    desk.ok("start_company", json!({ "company": "青葉食品", "owner": "青葉", "passphrase": PASSPHRASE }));
    desk
}

/// The sealed notes as the database holds them: id and bytes.
fn sealed_notes(state: &str) -> Vec<(i64, Vec<u8>)> {
    let rows = state.lines().filter_map(|line| line.strip_prefix("sealed_note "));
    rows.map(|row| {
        let (id, fields) = row.split_once(' ').unwrap();
        let fields: Value = serde_json::from_str(fields).unwrap();
        let hex = fields["sealed"].as_str().unwrap().as_bytes();
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
        (id.parse().unwrap(), hex.chunks(2).map(byte).collect())
    })
    .collect()
}

#[test]
fn a_reason_for_leaving_goes_behind_the_seal_and_only_an_owner_opens_it() {
    let place = folder();
    let file = place.path().join("list.csv");
    let rows = "001,佐藤,誠,令和3年9月30日, 介護の　ため ,2A\n002,大野,涼子,令和4年3月31日,,\n";
    std::fs::write(&file, format!("社員番号,姓,名,退職日,退職理由,離職コード\n{rows}")).unwrap();
    let mut desk = desk(place.path());
    let register = desk.desk.register().unwrap();
    let before = register.state().unwrap();

    let mapping = ["employee_number", "family", "given", "left_on", "reason", "reason"];
    let mapped = json!({ "file": file, "mapping": mapping });
    let mut answers = vec![desk.ok("check_list", mapped.clone()), desk.ok("import_people", mapped.clone())];
    for answer in &answers {
        assert_eq!(answer["sealed"], json!(2));
    }
    let again = desk.ok("check_list", mapped);
    assert_eq!((&again["same"], &again["sealed"]), (&json!(2), &json!(0)));

    // It is counted on the person's card, and found by nobody.
    for (search, notes) in [("佐藤", 2), ("大野", 0)] {
        let found = desk.ok("people", json!({ "search": search }));
        let card = desk.ok("person", json!({ "id": found["rows"][0]["id"] }));
        assert_eq!(card["sealed_notes"], json!(notes));
        answers.extend([found, card]);
    }
    for command in ["people", "notes"] {
        assert_eq!(desk.ok(command, json!({ "search": "介護" }))["total"], json!(0));
    }
    answers.push(desk.ok("steps", json!({})));
    assert!(answers.iter().all(|answer| !answer.to_string().contains("介護")), "{answers:?}");
    let state = register.state().unwrap();
    let in_hex: String = "介護".bytes().map(|byte| format!("{byte:02X}")).collect();
    assert!(!state.contains("介護") && !state.contains(&in_hex));

    // The owner's key opens it, exactly as it stood in the file, and only in its own place.
    let keys = vault::KeyFile::read(&place.path().join("home/company/register.keys")).unwrap();
    let opened = keys.open(None, PASSPHRASE).unwrap();
    let read = |state: &str| -> Vec<String> {
        let notes = sealed_notes(state).into_iter().map(|(id, bytes)| {
            let place = vault::Place { table: "sealed_note", id, field: "reason" };
            let sealed = vault::Sealed::from_bytes(bytes).unwrap();
            let secret = opened.hr_secret().unwrap();
            assert!(secret.open(&vault::Place { id: id + 1, ..place }, &sealed).is_err());
            secret.open(&place, &sealed).unwrap().to_string()
        });
        notes.collect()
    };
    assert_eq!(read(&state), ["退職理由： 介護の　ため ", "離職コード：2A"]);

    desk.ok("undo", json!({}));
    assert_eq!(sealed_notes(&register.state().unwrap()), []);
    assert_eq!(register.state().unwrap(), before);
    desk.ok("redo", json!({}));
    assert_eq!(read(&register.state().unwrap()).len(), 2);
}
