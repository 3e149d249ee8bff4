//! Files kept with what was said, agreed or signed: in, out again byte for byte, and wherever their record goes.

use crate::front::{Ask, Within, folder};
use serde_json::{Value, json};
use std::path::Path;

const PASSPHRASE: &str = "さくら咲く頃に会う";
/// No text: every value of a byte, and a name that needs four bytes a letter.
const NAME: &str = "𠮷田様 返信はがき.pdf";

fn desk(place: &Path) -> Within {
    let mut desk = Within::new(&place.join("home"), place);
    desk.ok("start_company", json!({ "company": "青葉食品", "owner": "青葉", "passphrase": PASSPHRASE }));
    desk
}

fn file(place: &Path) -> (Value, Vec<u8>) {
    let bytes: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    let path = place.join("scan.bin");
    std::fs::write(&path, &bytes).unwrap();
    (json!(path), bytes)
}

/// Somebody with a contact, a consent and an agreement, and a file with each.
fn filed(desk: &mut Within, family: &str, file: &Value) -> (Value, [Value; 3]) {
    let person = desk.ok("add_person", json!({ "family": family, "given": "誠" }));
    let contact =
        desk.ok("add_contact", json!({ "person": person, "kind": "letter", "on_day": "2026-11-02" }));
    let consent =
        desk.ok("add_consent", json!({ "person": person, "purpose": "newsletter", "channel": "post" }));
    let agreement = desk.ok("add_agreement", json!({ "person": person, "kind": "secrecy" }));
    let records = [("contact", contact), ("consent", consent), ("agreement", agreement)];
    let files = records.map(|(table, id)| {
        desk.ok("add_attachment", json!({ "to": { table: id }, "file": file, "name": NAME }));
        id
    });
    (person, files)
}

fn names(desk: &mut Within, person: &Value) -> Vec<Value> {
    let card = desk.ok("person", json!({ "id": person }));
    card["attachments"].as_array().unwrap().iter().map(|file| file["name"].clone()).collect()
}

#[test]
fn a_file_comes_out_again_as_it_went_in_and_goes_with_its_record_and_comes_back_with_it() {
    let place = folder();
    let mut desk = desk(place.path());
    let (scan, bytes) = file(place.path());
    let (person, [contact, ..]) = filed(&mut desk, "𠮷田", &scan);
    let before = desk.desk.register().unwrap().state().unwrap();
    let kept = desk.ok("person", json!({ "id": person }))["attachments"].clone();
    assert_eq!(kept.as_array().unwrap().len(), 3);
    assert_eq!(
        (&kept[0]["to"], &kept[0]["name"], &kept[0]["bytes"]),
        (&json!({ "contact": contact }), &json!(NAME), &json!(bytes.len()))
    );
    let out = desk.ok("attachment", json!({ "id": kept[0]["id"] }));
    assert_eq!(out["name"], json!(NAME));
    assert_eq!(std::fs::read(out["file"].as_str().unwrap()).unwrap(), bytes);

    // It lies encrypted: no run of its bytes is in the file.
    let database = std::fs::read(place.path().join("home/company/register.db")).unwrap();
    assert!(!database.windows(16).any(|run| run == &bytes[..16]));

    desk.ok("remove_contact", json!({ "id": contact }));
    assert_eq!(names(&mut desk, &person).len(), 2);
    assert_eq!(desk.fault("attachment", json!({ "id": kept[0]["id"] })), "not_found");
    desk.ok("undo", json!({}));
    desk.ok("remove_attachment", json!({ "id": kept[1]["id"] }));
    desk.ok("undo", json!({}));
    desk.ok("remove_person", json!({ "id": person }));
    desk.ok("undo", json!({}));
    let register = desk.desk.register().unwrap();
    register.verify().unwrap();
    assert_eq!(register.state().unwrap(), before);
}

#[test]
fn a_file_too_large_or_empty_is_refused_with_its_reason_and_nothing_is_kept() {
    let place = folder();
    let mut desk = desk(place.path());
    let (scan, _) = file(place.path());
    let (person, [contact, ..]) = filed(&mut desk, "邊見", &scan);
    for (bytes, code) in [((10 << 20) + 1, "attachment_too_large"), (0, "file_empty")] {
        let path = place.path().join("other.bin");
        std::fs::write(&path, vec![7_u8; bytes]).unwrap();
        let add = json!({ "to": { "contact": contact }, "file": path, "name": "大きい.pdf" });
        assert_eq!(desk.fault("add_attachment", add), code);
    }
    let nowhere = json!({ "to": { "consent": contact }, "file": scan, "name": "a.pdf" });
    assert_eq!(desk.fault("add_attachment", nowhere), "not_found");
    assert_eq!(names(&mut desk, &person).len(), 3);
    let whole = place.path().join("other.bin");
    std::fs::write(&whole, vec![7_u8; 10 << 20]).unwrap();
    desk.ok("add_attachment", json!({ "to": { "contact": contact }, "file": whole, "name": "大きい.pdf" }));
    assert_eq!(names(&mut desk, &person).len(), 4);
}

#[test]
fn two_who_become_one_have_all_files_and_each_has_the_own_when_they_are_parted() {
    let place = folder();
    let mut desk = desk(place.path());
    let (scan, _) = file(place.path());
    let (one, _) = filed(&mut desk, "髙橋", &scan);
    let (two, [contact, ..]) = filed(&mut desk, "高橋", &scan);
    let before = desk.desk.register().unwrap().state().unwrap();
    desk.ok("merge_people", json!({ "kept": one, "other": two }));
    assert_eq!(names(&mut desk, &one).len(), 6);
    desk.ok("undo", json!({}));
    assert_eq!(desk.desk.register().unwrap().state().unwrap(), before);
    desk.ok("redo", json!({}));
    // Since then the other's letter got a second page.
    desk.ok("add_attachment", json!({ "to": { "contact": contact }, "file": scan, "name": "2枚目.pdf" }));
    desk.ok("separate_people", json!({ "id": two }));
    desk.desk.register().unwrap().verify().unwrap();
    assert_eq!((names(&mut desk, &one).len(), names(&mut desk, &two).len()), (3, 4));
}

#[test]
fn files_are_told_to_the_person_go_into_another_register_and_are_erased() {
    let place = folder();
    let mut desk = desk(place.path());
    let (scan, bytes) = file(place.path());
    let (person, _) = filed(&mut desk, "𠮷田", &scan);
    let told = desk.ok("disclosure", json!({ "person": person, "sealed": false }));
    let told = told["held"].as_array().unwrap().iter().filter(|held| held["table"] == "attachment");
    assert_eq!(told.map(|held| held["fields"]["name"].clone()).collect::<Vec<_>>(), [NAME, NAME, NAME]);

    let all = desk.ok("export_all", json!({}))["file"].clone();
    let other = folder();
    let mut second = Within::new(&other.path().join("home"), other.path());
    second.ok("start_company", json!({ "company": "青葉食品", "owner": "青葉", "passphrase": PASSPHRASE }));
    second.ok("take_all", json!({ "file": all }));
    let kept = second.ok("person", json!({ "id": person }))["attachments"].clone();
    let out = second.ok("attachment", json!({ "id": kept[2]["id"] }));
    assert_eq!(std::fs::read(out["file"].as_str().unwrap()).unwrap(), bytes);

    let form = json!({ "title": "証明書", "parts": [{ "heading": "消去" }], "language": "ja" });
    let erase = json!({ "person": person, "roster": false, "recognise": false, "certificate": form });
    desk.ok("erase_person", erase);
    let all = desk.ok("export_all", json!({}))["file"].clone();
    let all = std::fs::read_to_string(all.as_str().unwrap()).unwrap();
    assert!(all.contains("\"attachment\":[]"), "{all}");
}

/// Three people are given a basis in one step, with the list that all of them signed.
fn signed(desk: &mut Within, file: &Value) -> [Value; 3] {
    let people = ["髙橋", "𠮷田", "邊見"]
        .map(|family| desk.ok("add_person", json!({ "family": family, "given": "実" })));
    let given = desk.ok(
        "give_basis",
        json!({ "selection": { "people": people }, "purposes": ["newsletter", "event"], "channel": "post", "basis": "consent",
            "on_day": "2026-11-02", "evidence": "署名簿", "scan": { "file": file, "name": "署名簿.pdf" } }),
    );
    assert_eq!(given["given"], 3);
    people
}

/// How many scans there are, as a program that reads the whole register sees them.
fn scans(desk: &mut Within) -> usize {
    let file = desk.ok("export_all", json!({}))["file"].as_str().unwrap().to_owned();
    let all: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    all["tables"]["scan"].as_array().unwrap().len()
}

#[test]
fn the_list_that_all_of_them_signed_is_kept_once_and_comes_out_from_the_page_of_each() {
    let place = folder();
    let mut desk = desk(place.path());
    let (file, bytes) = file(place.path());
    let people = signed(&mut desk, &file);
    assert_eq!(scans(&mut desk), 1);
    for person in &people {
        let files = desk.ok("person", json!({ "id": person }))["attachments"].clone();
        assert_eq!(files.as_array().unwrap().len(), 2, "with each purpose");
        assert_eq!((&files[0]["shared_by"], &files[0]["bytes"]), (&json!(2), &json!(bytes.len())));
        let out = desk.ok("attachment", json!({ "id": files[1]["id"] }));
        assert_eq!(std::fs::read(out["file"].as_str().unwrap()).unwrap(), bytes);
        assert_eq!(out["name"], "署名簿.pdf");
    }
    // One undo takes all of it back, one redo brings it again.
    desk.ok("undo", json!({}));
    assert_eq!((scans(&mut desk), names(&mut desk, &people[0])), (0, vec![]));
    desk.ok("redo", json!({}));
    let files = desk.ok("person", json!({ "id": people[2] }))["attachments"].clone();
    let out = desk.ok("attachment", json!({ "id": files[0]["id"] }));
    assert_eq!(std::fs::read(out["file"].as_str().unwrap()).unwrap(), bytes);
    // Whoever is given the same anew has it already, and nothing is kept for nobody.
    let again = json!({ "selection": { "people": people }, "purposes": ["newsletter"], "channel": "post", "basis": "consent",
        "on_day": null, "evidence": "署名簿", "scan": { "file": file, "name": "署名簿.pdf" } });
    assert_eq!(desk.ok("give_basis", again)["given"], 0);
    assert_eq!(scans(&mut desk), 1);
}

#[test]
fn a_list_that_all_of_them_signed_goes_with_the_last_of_them_and_comes_back_by_undo() {
    let place = folder();
    let mut desk = desk(place.path());
    let (file, bytes) = file(place.path());
    let people = signed(&mut desk, &file);
    for person in &people[..2] {
        desk.ok("remove_person", json!({ "id": person }));
    }
    let card = desk.ok("person", json!({ "id": people[2] }));
    assert_eq!((scans(&mut desk), &card["attachments"][0]["shared_by"]), (1, &json!(0)));
    desk.ok("remove_attachment", json!({ "id": card["attachments"][0]["id"] }));
    for consent in card["consents"].as_array().unwrap() {
        desk.ok("remove_consent", json!({ "id": consent["id"] }));
    }
    assert_eq!(scans(&mut desk), 0);
    for _ in 0..5 {
        desk.ok("undo", json!({}));
    }
    let files = desk.ok("person", json!({ "id": people[0] }))["attachments"].clone();
    assert_eq!(files[0]["shared_by"], 2);
    let out = desk.ok("attachment", json!({ "id": files[0]["id"] }));
    assert_eq!(std::fs::read(out["file"].as_str().unwrap()).unwrap(), bytes);
}

#[test]
fn an_erasure_says_which_list_names_them_still_and_takes_it_with_the_last_of_them() {
    let place = folder();
    let mut desk = desk(place.path());
    let (file, _) = file(place.path());
    let people = signed(&mut desk, &file);
    let certificate = json!({ "title": "消去の証明書", "parts": [], "language": "ja" });
    for (left, person) in people.iter().enumerate().map(|(nth, person)| (2 - nth, person)) {
        let shared = desk.ok("erasure", json!({ "id": person }))["shared"].clone();
        assert_eq!(shared, if left > 0 { json!(["署名簿.pdf"]) } else { json!([]) });
        let erase =
            json!({ "person": person, "roster": false, "recognise": false, "certificate": certificate });
        desk.ok("erase_person", erase);
        assert_eq!(scans(&mut desk), usize::from(left > 0));
    }
}
