//! A register is not kept in a folder that is copied about, nor on another machine.

use crate::front::{Ask, Within, folder};
use serde_json::{Value, json};
use std::{fs, path::Path};

const OWNER: &str = "さくら咲く頃に会う";
const STAFF: &str = "いんさつをするひと";

fn start(desk: &mut Within) -> Result<Value, Value> {
    desk.ask("start_company", json!({ "company": "青葉食品", "owner": "青葉", "passphrase": OWNER }))
}

/// A register as it was made before its folder came to be synced, with a backup and two people.
fn found_in(synced: &Path, place: &Path) -> Within {
    let before = place.join("before");
    let mut desk = Within::new(&before, place);
    start(&mut desk).unwrap();
    desk.ok("add_user", json!({ "name": "田中", "owner": false, "passphrase": STAFF }));
    desk.ok("add_person", json!({ "family": "佐藤" }));
    desk.ok("back_up", json!({}));
    desk.ok("add_person", json!({ "family": "大野" }));
    drop(desk);
    fs::create_dir_all(synced.parent().unwrap()).unwrap();
    fs::rename(&before, synced).unwrap();
    Within::new(synced, place)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn none_is_made_in_a_synced_folder_and_a_good_place_can_be_chosen() {
    let place = folder();
    let synced = place.path().join("Dropbox/enishi");
    let mut desk = Within::new(&synced, place.path());
    assert_eq!(desk.ok("state", json!({}))["place"], "synced");
    let fault = start(&mut desk).unwrap_err();
    assert_eq!((&fault["kind"], &fault["code"]), (&json!("refused"), &json!("place_synced")));
    assert!(!synced.exists());
    let other = place.path().join("OneDrive - 青葉食品");
    fs::create_dir(&other).unwrap();
    assert_eq!(desk.fault("move_register", json!({ "folder": other })), "place_synced");
    let good = place.path().join("documents");
    fs::create_dir(&good).unwrap();
    let state = desk.ok("move_register", json!({ "folder": good }));
    assert_eq!((&state["place"], &state["company_exists"]), (&json!("own"), &json!(false)));
    start(&mut desk).unwrap();
    drop(desk);
    // The next start finds it.
    let mut desk = Within::new(&synced, place.path());
    assert_eq!(desk.ok("unlock", json!({ "passphrase": OWNER }))["place"], "own");
    assert!(good.join("enishi/company/register.db").exists() && !synced.join("company").exists());
}

#[test]
fn one_that_is_found_there_is_told_moved_whole_and_set_aside() {
    let place = folder();
    let synced = place.path().join("Dropbox/enishi");
    let mut desk = found_in(&synced, place.path());
    let good = place.path().join("documents");
    fs::create_dir_all(good.join("enishi")).unwrap();
    let wanted = json!({ "folder": good });
    assert_eq!(desk.fault("move_register", wanted.clone()), "locked");
    desk.ok("unlock", json!({ "passphrase": STAFF }));
    assert_eq!(desk.fault("move_register", wanted.clone()), "owner_only");
    desk.ok("unlock", json!({ "passphrase": OWNER }));
    assert_eq!(desk.ok("safety", json!({}))["place"], "synced");
    let state = desk.ok("move_register", wanted);
    assert_eq!(
        (&state["open"], &state["company_exists"], &state["place"]),
        (&json!(false), &json!(true), &json!("own"))
    );
    let set_aside = ["backups", "company.aside-20261120-104200", "moved.json"];
    assert_eq!(names(&synced), set_aside);
    assert!(names(&good.join("enishi")).is_empty(), "what was there is not touched");
    drop(desk);

    let mut desk = Within::new(&synced, place.path());
    let state = desk.ok("unlock", json!({ "passphrase": OWNER }));
    assert_eq!((&state["people"], &state["place"]), (&json!(2), &json!("own")));
    assert_eq!(desk.ok("safety", json!({}))["place"], "own");
    assert_eq!(desk.ok("backups", json!({}))["saved"].as_array().unwrap().len(), 2, "theirs came along");
    desk.desk.register().unwrap().verify().unwrap();
    drop(desk);

    // Cut off before the old one was set aside, the next start does it.
    fs::rename(synced.join("company.aside-20261120-104200"), synced.join("company")).unwrap();
    let mut desk = Within::new(&synced, place.path());
    assert_eq!(names(&synced), ["backups", "company.aside-moved", "moved.json"]);
    desk.ok("unlock", json!({ "passphrase": OWNER }));
    drop(desk);

    // A disk that is away is said to be away, and nothing is begun in its place.
    fs::rename(&good, place.path().join("elsewhere")).unwrap();
    let mut desk = Within::new(&synced, place.path());
    let state = desk.ok("state", json!({}));
    assert_eq!(state["missing"], json!(good.join("enishi-2")));
    assert_eq!(start(&mut desk).unwrap_err()["code"], "home_missing");
    assert_eq!(desk.fault("start_sample", json!({})), "home_missing");
    assert!(!good.exists());
    fs::rename(place.path().join("elsewhere"), &good).unwrap();
    desk.ok("unlock", json!({ "passphrase": OWNER }));
}

/// A folder so deep that another one still fits into it, and no register into that (PATH_MAX is 4096).
#[cfg(target_os = "linux")]
#[test]
fn a_copy_that_cannot_be_made_leaves_the_register_where_it_is() {
    let place = folder();
    let synced = place.path().join("Dropbox/enishi");
    let mut desk = found_in(&synced, place.path());
    desk.ok("unlock", json!({ "passphrase": OWNER }));
    let mut deep = place.path().join("documents");
    while deep.as_os_str().len() < 4070 {
        deep.push("x".repeat((4075 - deep.as_os_str().len()).min(200)));
    }
    fs::create_dir_all(&deep).unwrap();
    assert_eq!(desk.fault("move_register", json!({ "folder": deep })), "file_trouble");
    assert!(names(&deep).is_empty() && !synced.join("moved.json").exists());
    assert_eq!(desk.ok("unlock", json!({ "passphrase": OWNER }))["people"], json!(2));
}
