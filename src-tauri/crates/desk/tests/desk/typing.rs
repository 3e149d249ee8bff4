//! What saves by itself while somebody types is one step a minute, not one a pause.

use crate::front::{Ask, JPEG, Within, folder};
use serde_json::{Value, json};

/// A desk with an issue, and its clock.
fn writing(place: &std::path::Path) -> (Within, Value) {
    let mut desk = Within::new(&place.join("home"), place);
    desk.ok(
        "start_company",
        json!({ "company": "青葉食品", "owner": "青葉", "passphrase": "さくら咲く頃に会う" }),
    );
    let issue = desk.ok("add_issue", json!({ "number": 1, "columns": 2, "articles": [{ "heading": "秋" }] }));
    (desk, issue)
}

fn typed(desk: &mut Within, issue: &Value, text: &str) {
    desk.ok("change_issue", json!({ "id": issue, "changes": { "closing": text } }));
}

fn labels(desk: &mut Within) -> Vec<String> {
    let steps = desk.ok("steps", json!({}))["rows"].clone();
    steps.as_array().unwrap().iter().map(|step| step["label"].as_str().unwrap().to_owned()).collect()
}

fn closing(desk: &mut Within, issue: &Value) -> Value {
    desk.ok("issue", json!({ "id": issue }))["closing"].clone()
}

#[test]
fn a_minute_of_typing_is_one_step() {
    let place = folder();
    let (mut desk, issue) = writing(place.path());
    for (seconds, text) in
        [(0, "発"), (20, "発行"), (59, "発行 青葉"), (61, "発行 青葉食品"), (80, "発行 青葉食品 総務部")]
    {
        desk.later(seconds);
        typed(&mut desk, &issue, text);
    }
    assert_eq!(labels(&mut desk), ["change_issue", "change_issue", "add_issue"]);
    // Each undo takes a minute back, and redo brings the whole of it.
    for (way, text) in
        [("undo", "発行 青葉"), ("undo", ""), ("redo", "発行 青葉"), ("redo", "発行 青葉食品 総務部")]
    {
        desk.ok(way, json!({}));
        assert_eq!(closing(&mut desk, &issue), text, "{way}");
    }
    desk.desk.register().unwrap().verify().unwrap();
}

#[test]
fn typing_after_a_backup_is_known_to_be_in_none_even_when_the_power_fails() {
    let place = folder();
    let (mut desk, issue) = writing(place.path());
    typed(&mut desk, &issue, "発");
    // Two within one second are two files.
    for _ in 0..2 {
        desk.ok("back_up", json!({}));
    }
    assert_eq!(std::fs::read_dir(place.path().join("home/backups")).unwrap().count(), 2);
    desk.later(5);
    typed(&mut desk, &issue, "発行");
    typed(&mut desk, &issue, "発行 青葉");
    assert_eq!(labels(&mut desk), ["change_issue", "change_issue", "add_issue"]);
    // The disk as it is at this moment, for the program that starts next.
    let after = place.path().join("after");
    for folder in ["company", "backups"] {
        std::fs::create_dir_all(after.join(folder)).unwrap();
        for entry in std::fs::read_dir(place.path().join("home").join(folder)).unwrap().map(Result::unwrap) {
            std::fs::copy(entry.path(), after.join(folder).join(entry.file_name())).unwrap();
        }
    }
    let mut next = Within::new(&after, place.path());
    next.ok("unlock", json!({ "passphrase": "さくら咲く頃に会う" }));
    assert_eq!(closing(&mut next, &issue), "発行 青葉");
    assert!(next.ok("safety", json!({}))["unsaved_since"].is_i64());
}

#[test]
fn typing_joins_nothing_but_the_typing_just_before() {
    let place = folder();
    let (mut desk, issue) = writing(place.path());
    let other = desk.ok("add_issue", json!({ "number": 2, "columns": 1 }));
    typed(&mut desk, &issue, "一");
    // Another issue in between, another command in between, and what was undone in between.
    typed(&mut desk, &other, "二");
    typed(&mut desk, &issue, "三");
    desk.ok("add_person", json!({ "family": "佐藤" }));
    typed(&mut desk, &issue, "四");
    typed(&mut desk, &issue, "五");
    desk.ok("undo", json!({}));
    typed(&mut desk, &issue, "六");
    let file = place.path().join("photo.jpg");
    std::fs::write(&file, JPEG).unwrap();
    desk.ok("add_picture", json!({ "issue": issue, "article": 0, "file": file }));
    typed(&mut desk, &issue, "七");
    // Taking a photo out is more than typing.
    desk.ok("change_issue", json!({ "id": issue, "changes": { "articles": [] } }));
    typed(&mut desk, &issue, "八");
    let typing = "change_issue";
    assert_eq!(
        labels(&mut desk),
        [
            typing,
            typing,
            typing,
            "add_picture",
            typing,
            "add_person",
            typing,
            typing,
            typing,
            "add_issue",
            "add_issue"
        ]
    );
    // A person's fields are saved one by one, and each is a step.
    let person = desk.ok("people", json!({}))["rows"][0]["id"].clone();
    for name in ["佐々木", "佐藤"] {
        desk.ok("change_person", json!({ "id": person, "changes": { "family": name } }));
    }
    assert_eq!(labels(&mut desk)[..3], ["change_person", "change_person", typing]);
}
