//! Who may open the register: users who come and go, forgotten 合言葉, and what is written down of it all.

use crate::front::{Ask, Within, folder};
use serde_json::{Value, json};
use std::path::Path;

const OWNER: &str = "さくら咲く頃に会う";
const STAFF: &str = "いんさつをするひと";
const SECOND: &str = "ひかりさす庭の木";

/// A company with 青葉 (owner), 田中 (staff, user 2) and 鈴木 (owner, user 3), somebody in it, and a sealed note.
fn company(place: &Path) -> (Within, Value) {
    let mut desk = Within::new(&place.join("home"), place);
    desk.ok("start_company", json!({ "company": "青葉食品", "owner": "青葉", "passphrase": OWNER }));
    assert_eq!(desk.ok("add_user", json!({ "name": "田中", "owner": false, "passphrase": STAFF })), json!(2));
    assert_eq!(desk.ok("add_user", json!({ "name": "鈴木", "owner": true, "passphrase": SECOND })), json!(3));
    let person = desk.ok("add_person", json!({ "family": "佐藤", "given": "誠" }));
    desk.ok("add_sealed_note", json!({ "person": person, "text": "残業が多かった" }));
    (desk, person)
}

fn unlock(desk: &mut dyn Ask, passphrase: &str) -> Result<Value, Value> {
    desk.ask("unlock", json!({ "passphrase": passphrase }))
}

fn texts(desk: &mut dyn Ask, person: &Value) -> Vec<Value> {
    let notes = desk.ok("sealed_notes", json!({ "id": person }));
    notes.as_array().unwrap().iter().map(|note| note["text"].clone()).collect()
}

fn files(place: &Path) -> Vec<String> {
    let folder = std::fs::read_dir(place.join("home/company")).unwrap();
    let mut names: Vec<String> =
        folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name.starts_with("register."));
    names.sort();
    names
}

pub fn words() -> Value {
    json!({ "title": "合言葉の控え", "above": ["金庫にしまってください。"], "letters": "確認の文字",
            "below": ["新しい控えを作ると、この用紙は使えなくなります。"], "language": "ja" })
}

/// Code and letters as they stand on a printed sheet.
pub fn sheet(printed: &Value) -> (String, String) {
    let pdf = std::fs::read(printed["file"].as_str().unwrap()).unwrap();
    let text = tests::text(&pdf).unwrap();
    let (_, after) = text.split_once("ください。").unwrap();
    let (within, _) = after.split_once("新しい控え").unwrap();
    let mut all: Vec<char> = within.chars().filter(char::is_ascii_alphanumeric).collect();
    // Before each of the eight groups stands its number.
    for group in 0..8 {
        assert_eq!(all.remove(group * 5).to_digit(10), Some(group as u32 + 1), "{text}");
    }
    assert_eq!(all.len(), 44, "40 letters of code and four to type back: {text}");
    let letters = all.split_off(40);
    (all.into_iter().collect(), letters.into_iter().collect())
}

#[test]
fn whoever_is_dismissed_opens_nothing_and_nobody_else_notices() {
    let place = folder();
    let (mut desk, person) = company(place.path());
    desk.ok("lock", json!({}));
    unlock(&mut desk, STAFF).unwrap();
    desk.ok("lock", json!({}));
    let before = std::fs::read(place.path().join("home/company/register.db")).unwrap();
    unlock(&mut desk, OWNER).unwrap();
    // A step whose undoing brings a sealed note back, and one that takes one away again.
    let gone = desk.ok("add_sealed_note", json!({ "person": person, "text": "取り消される記録" }));
    desk.ok("remove_sealed_note", json!({ "id": gone }));
    let state = desk.desk.register().unwrap().state().unwrap();
    let changed = desk.ok("dismiss_user", json!({ "id": 2 }));
    assert_eq!(changed, json!({ "rotated": true, "notes": 2, "broken": 0 }));

    // Still open, with everything in it, and what is written now is there later.
    assert_eq!(texts(&mut desk, &person), [json!("残業が多かった")]);
    assert_ne!(desk.desk.register().unwrap().state().unwrap(), state, "the notes are sealed anew");
    desk.ok("undo", json!({}));
    assert_eq!(texts(&mut desk, &person), [json!("残業が多かった"), json!("取り消される記録")]);
    desk.ok("add_person", json!({ "family": "大野" }));
    desk.ok("notes", json!({ "search": "件" }));
    desk.desk.register().unwrap().verify().unwrap();
    desk.ok("lock", json!({}));
    assert_eq!(files(place.path()), ["register.db", "register.keys", "register.lock"]);
    let after = std::fs::read(place.path().join("home/company/register.db")).unwrap();
    assert_ne!(before[..16], after[..16], "even the salt is another");

    assert_eq!(unlock(&mut desk, STAFF).unwrap_err()["code"], "wrong_passphrase");
    for (passphrase, name) in [(SECOND, "鈴木"), (OWNER, "青葉")] {
        assert_eq!(unlock(&mut desk, passphrase).unwrap()["user"]["name"], json!(name));
        assert_eq!(desk.ok("people", json!({}))["total"], json!(2));
        assert_eq!(texts(&mut desk, &person).len(), 2);
    }
    let names: Vec<_> =
        desk.ok("users", json!({})).as_array().unwrap().iter().map(|u| u["name"].clone()).collect();
    assert_eq!(names, [json!("青葉"), json!("鈴木")]);
    assert_eq!(desk.fault("dismiss_user", json!({ "id": 1 })), "oneself");
    assert_eq!(desk.fault("dismiss_user", json!({ "id": 2 })), "no_such_user");
}

#[test]
fn an_owner_who_becomes_staff_reads_what_is_sealed_no_longer() {
    let place = folder();
    let (mut desk, person) = company(place.path());
    let printed = desk.ok("recovery_sheet", words());
    let (code, letters) = sheet(&printed);
    desk.ok("confirm_recovery", json!({ "letters": letters }));
    let changed = desk.ok("change_user", json!({ "id": 3, "name": "鈴木 光", "owner": false }));
    assert_eq!((&changed["rotated"], &changed["notes"]), (&json!(true), &json!(1)));
    assert_eq!(desk.ok("state", json!({}))["sheet"], json!(null), "the sheet may have been copied");
    assert!(desk.ok("today", json!({}))["sheet_missing"].as_bool().unwrap());
    assert_eq!(
        unlock(&mut desk, SECOND).unwrap()["user"],
        json!({ "id": 3, "name": "鈴木 光", "owner": false })
    );
    assert_eq!(desk.fault("sealed_notes", json!({ "id": person })), "owner_only");
    desk.ok("lock", json!({}));
    let recover = json!({ "code": code, "user": 1, "passphrase": "あたらしい合言葉" });
    assert_eq!(desk.fault("recover", recover), "wrong_code");
    unlock(&mut desk, OWNER).unwrap();
    // And back: what was sealed meanwhile, too.
    let changed = desk.ok("change_user", json!({ "id": 3, "name": "鈴木 光", "owner": true }));
    assert_eq!(changed["rotated"], json!(false));
    unlock(&mut desk, SECOND).unwrap();
    assert_eq!(texts(&mut desk, &person), [json!("残業が多かった")]);
}

#[test]
fn a_forgotten_passphrase_is_replaced_with_the_sheet_and_without_it_by_nothing() {
    let place = folder();
    let (mut desk, person) = company(place.path());
    let (first, _) = sheet(&desk.ok("recovery_sheet", words()));
    let printed = desk.ok("recovery_sheet", words());
    let (code, letters) = sheet(&printed);
    assert_eq!(
        (&printed["number"], desk.ok("state", json!({}))["sheet"].clone()),
        (&json!(2), json!({ "number": 2, "confirmed": false, "confirmed_at": null }))
    );
    assert_eq!(desk.fault("confirm_recovery", json!({ "letters": "0000" })), "wrong_letters");
    assert!(desk.ok("today", json!({}))["sheet_missing"].as_bool().unwrap());
    desk.ok("confirm_recovery", json!({ "letters": letters.to_lowercase() }));
    let sheet = desk.ok("state", json!({}))["sheet"].clone();
    assert!(sheet["confirmed"] == true && sheet["confirmed_at"].is_i64(), "{sheet}");
    assert!(!desk.ok("today", json!({}))["sheet_missing"].as_bool().unwrap());
    desk.ok("lock", json!({}));

    let recover =
        |code: &str, user: u32| json!({ "code": code, "user": user, "passphrase": "あたらしい合言葉" });
    assert_eq!(desk.fault("recover", recover(&code[..39], 1)), "code_length");
    let mistyped = format!("{}{}", &code[..39], if code.ends_with('7') { '8' } else { '7' });
    assert_eq!(desk.ask("recover", recover(&mistyped, 1)).unwrap_err()["data"]["group"], json!(8));
    assert_eq!(desk.fault("recover", recover(&first, 1)), "wrong_code", "a later sheet took its place");
    assert_eq!(desk.fault("recover", recover(&code, 2)), "owner_only", "staff ask an owner");
    assert_eq!(
        desk.fault("recover", json!({ "code": code, "user": 1, "passphrase": "みじかい" })),
        "passphrase_short"
    );
    assert_eq!(unlock(&mut desk, "あたらしい合言葉").unwrap_err()["code"], "wrong_passphrase");
    let state = desk.ok("recover", recover(&code, 1));
    assert_eq!((&state["open"], &state["user"]["name"]), (&json!(true), &json!("青葉")));
    assert_eq!(texts(&mut desk, &person), [json!("残業が多かった")]);
    assert_eq!(unlock(&mut desk, OWNER).unwrap_err()["code"], "wrong_passphrase");
    unlock(&mut desk, "あたらしい合言葉").unwrap();
    // Two were wrong since the last opening, and a sheet; that is written down.
    let rows = desk.ok("audit", json!({}));
    let noted = |at: usize| (rows[at]["command"].clone(), rows[at]["fields"].clone());
    assert_eq!(noted(0), (json!("unlock"), json!("failed:1")));
    assert_eq!(noted(2), (json!("recover"), json!("failed:2")));
    assert_eq!(
        files(place.path()).iter().filter(|name| name.contains("keys")).count(),
        1,
        "{:?}",
        files(place.path())
    );
    unlock(&mut desk, STAFF).unwrap();
}

#[test]
fn a_passphrase_is_changed_with_the_old_one_and_given_by_an_owner() {
    let place = folder();
    let (mut desk, _) = company(place.path());
    let change = |old: &str| json!({ "old": old, "passphrase": "あたらしい合言葉" });
    let fault = desk.ask("change_passphrase", change(STAFF)).unwrap_err();
    assert_eq!((&fault["field"], &fault["code"]), (&json!("old"), &json!("wrong_passphrase")));
    desk.ok("change_passphrase", change(OWNER));
    let path = place.path().join("home/company/register.keys");
    let before = std::fs::read(&path).unwrap();
    desk.ok("give_passphrase", json!({ "id": 2, "passphrase": "いんさつ二代目です" }));
    desk.ok("lock", json!({}));
    // The key file before, put back, opens with the 合言葉 before; that is written down.
    let present = std::fs::read(&path).unwrap();
    std::fs::write(&path, before).unwrap();
    unlock(&mut desk, STAFF).unwrap();
    std::fs::write(&path, present).unwrap();
    unlock(&mut desk, "あたらしい合言葉").unwrap();
    let rows = desk.ok("audit", json!({ "limit": 2 }));
    assert_eq!(
        rows.as_array().unwrap().iter().map(|row| row["fields"].as_str().unwrap()).collect::<Vec<_>>(),
        ["", "older_keys"]
    );
    desk.ok("lock", json!({}));
    for old in [OWNER, STAFF] {
        assert_eq!(unlock(&mut desk, old).unwrap_err()["code"], "wrong_passphrase");
    }
    assert!(!place.path().join("home/company/register.keys.prev").exists(), "it would open with the old one");
    unlock(&mut desk, "あたらしい合言葉").unwrap();
    let switched = desk.ok("unlock", json!({ "passphrase": "いんさつ二代目です", "user": 2 }));
    assert_eq!(switched["user"]["name"], json!("田中"));
    for (name, input) in [
        ("add_user", json!({ "name": "私", "owner": true, "passphrase": "わたしも開けたい" })),
        ("change_user", json!({ "id": 2, "name": "田中", "owner": true })),
        ("dismiss_user", json!({ "id": 1 })),
        ("recovery_sheet", words()),
        ("audit", json!({})),
    ] {
        assert_eq!(desk.fault(name, input), "owner_only", "{name}");
    }
}

#[test]
fn staff_change_their_own_passphrase_and_an_owner_takes_it_up() {
    const FRESH: &str = "いんさつ二代目です";
    let place = folder();
    let (mut desk, _) = company(place.path());
    desk.ok("lock", json!({}));
    let signed = std::fs::read(place.path().join("home/company/register.keys")).unwrap();
    unlock(&mut desk, STAFF).unwrap();
    let change = |old: &str, new: &str| json!({ "old": old, "passphrase": new });
    assert_eq!(desk.fault("change_passphrase", change(OWNER, FRESH)), "wrong_passphrase");
    assert_eq!(desk.fault("change_passphrase", change(STAFF, "みじかい")), "passphrase_short");
    // At once, and more than once; what owners signed stays as it is.
    desk.ok("change_passphrase", change(STAFF, "そのあいだのことば"));
    desk.ok("change_passphrase", change("そのあいだのことば", FRESH));
    assert_eq!(std::fs::read(place.path().join("home/company/register.keys")).unwrap(), signed);
    desk.ok("lock", json!({}));
    for old in [STAFF, "そのあいだのことば"] {
        assert_eq!(unlock(&mut desk, old).unwrap_err()["code"], "wrong_passphrase");
    }
    assert_eq!(unlock(&mut desk, FRESH).unwrap()["user"]["name"], json!("田中"));
    let waiting = place.path().join("home/company/register.keys.own-2");
    assert!(waiting.exists());
    // The next owner who opens signs it, and it is written down.
    unlock(&mut desk, OWNER).unwrap();
    let noted = desk.ok("audit", json!({}))[0].clone();
    assert_eq!((&noted["command"], &noted["fields"]), (&json!("unlock"), &json!("own:2")));
    let rows = desk.ok("audit", json!({}));
    let changes = rows.as_array().unwrap().iter().filter(|row| row["command"] == "change_passphrase");
    assert_eq!(changes.map(|row| row["user"].as_str().unwrap()).collect::<Vec<_>>(), ["田中"; 2]);
    desk.ok("lock", json!({}));
    assert!(!waiting.exists() && !place.path().join("home/company/register.keys.prev").exists());
    assert_eq!(unlock(&mut desk, STAFF).unwrap_err()["code"], "wrong_passphrase");
    unlock(&mut desk, FRESH).unwrap();
    // It is theirs like any other: new keys reach it.
    desk.ok("change_passphrase", change(FRESH, STAFF));
    unlock(&mut desk, SECOND).unwrap();
    desk.ok("dismiss_user", json!({ "id": 1 }));
    assert_eq!(unlock(&mut desk, STAFF).unwrap()["user"]["owner"], json!(false));
}

#[test]
fn a_sample_has_one_user_and_no_sheet() {
    let place = folder();
    let mut desk = Within::new(place.path(), place.path());
    desk.ok("start_sample", json!({}));
    let new = json!({ "name": "田中", "owner": false, "passphrase": STAFF });
    for (name, input) in
        [("add_user", new), ("recovery_sheet", words()), ("dismiss_user", json!({ "id": 1 }))]
    {
        assert_eq!(desk.fault(name, input), "not_in_sample", "{name}");
    }
    assert!(!desk.ok("today", json!({}))["sheet_missing"].as_bool().unwrap());
}
