//! What staff can do who have their own 合言葉 and every file, and what somebody who was dismissed keeps.

use crate::front::{Ask, Headless, Within, folder};
use serde_json::{Value, json};
use std::{fs, path::Path};
use vault::{KeyFile, UserId};

const OWNER: &str = "さくら咲く頃に会う";
const STAFF: &str = "いんさつをするひと";
const SECRETS: [&str; 3] = ["上司の叱責に耐えかねた", "親の介護のために辞める", "取り消された打ち明け話"];

/// A company with 青葉 (owner) and 田中 (staff), two people, a sealed note about each, and a third in the journal.
fn company(home: &Path) -> (Within, [Value; 2]) {
    let mut desk = Within::new(home, home);
    desk.ok("start_company", json!({ "company": "青葉食品", "owner": "青葉", "passphrase": OWNER }));
    desk.ok("add_user", json!({ "name": "田中", "owner": false, "passphrase": STAFF }));
    let people = ["佐藤", "大野"].map(|family| desk.ok("add_person", json!({ "family": family })));
    for (person, text) in [&people[0], &people[1], &people[0]].into_iter().zip(SECRETS) {
        let id = desk.ok("add_sealed_note", json!({ "person": person, "text": text }));
        if text == SECRETS[2] {
            desk.ok("remove_sealed_note", json!({ "id": id }));
        }
    }
    desk.ok("lock", json!({}));
    (desk, people)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap).filter(|it| it.path().is_file()) {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

fn texts(desk: &mut Within, person: &Value) -> Vec<Value> {
    let notes = desk.ok("sealed_notes", json!({ "id": person }));
    notes.as_array().unwrap().iter().map(|note| note["text"].clone()).collect()
}

#[test]
fn the_program_shows_staff_nothing_that_is_sealed() {
    let place = folder();
    let (desk, people) = company(place.path());
    drop(desk);
    // In a process of its own, so that all of its memory can be looked at.
    let mut desk = Headless::new(place.path(), place.path(), &[]);
    desk.ok("unlock", json!({ "passphrase": STAFF }));
    for row in desk::TABLE.iter().filter(|row| row.role == desk::Role::Owner) {
        assert_eq!(desk.fault(row.name, json!({ "id": people[0] })), "owner_only", "{}", row.name);
    }
    for person in &people {
        desk.ok("person", json!({ "id": person }));
    }
    for text in SECRETS {
        for command in ["people", "notes"] {
            assert_eq!(desk.ok(command, json!({ "search": text }))["total"], json!(0));
        }
    }
    desk.ok("steps", json!({}));
    // What an owner took away comes back, and stays sealed.
    desk.ok("undo", json!({}));
    assert_eq!(desk.ok("person", json!({ "id": people[0] }))["sealed_notes"], json!(2));
    #[cfg(target_os = "linux")]
    {
        let secrets = SECRETS.map(|text| (text.to_owned(), text.as_bytes().to_vec()));
        // What was searched for above was typed by staff, and is there as such; the rest of it is not.
        let typed = crate::memory::found(desk.id(), &secrets);
        desk.ok("lock", json!({}));
        drop(desk);
        let mut fresh = Headless::new(place.path(), place.path(), &[]);
        fresh.ok("unlock", json!({ "passphrase": STAFF }));
        for person in &people {
            fresh.ok("person", json!({ "id": person }));
        }
        fresh.ok("notes", json!({ "search": "件" }));
        let found = crate::memory::found(fresh.id(), &secrets);
        assert!(found.is_empty(), "{found:?} (typed before: {typed:?})");
    }
}

#[test]
fn with_every_file_staff_read_no_sealed_text_and_move_none() {
    let place = folder();
    let (mut desk, people) = company(place.path());
    let folder = place.path().join("company");
    let keys = KeyFile::read(&folder.join("register.keys")).unwrap();
    let staff = keys.open(Some(UserId(2)), STAFF).unwrap();
    assert!(staff.hr_secret().is_none());
    let key = staff.register_key().sqlcipher_literal();
    let register = register::Register::open(&folder, &key).unwrap();
    let state = register.state().unwrap();
    for text in SECRETS {
        let hex: String = text.bytes().map(|byte| format!("{byte:02X}")).collect();
        assert!(!state.contains(text) && !state.contains(&hex));
    }
    // One note's bytes under another number, and in the place of another person's.
    let person = |value: &Value| register::PersonId(value.as_i64().unwrap());
    let note = |at: usize| {
        register.read(|reading| reading.sealed_notes(person(&people[at]))).unwrap().swap_remove(0)
    };
    let (first, second) = (note(0), note(1));
    let new =
        register::NewStep { label: "forged", user: register::UserId(2), at: register::At(0), typing: false };
    register
        .write(new, |writing| {
            writing.remove_sealed_note(second.id)?;
            let id = writing.next_sealed_note();
            writing.add_sealed_note(id, person(&people[1]), &first.field, 1, &first.bytes, first.at)?;
            writing.add_sealed_note(second.id, person(&people[1]), &first.field, 1, &first.bytes, first.at)
        })
        .unwrap();
    drop(register);
    desk.ok("unlock", json!({ "passphrase": OWNER }));
    assert_eq!(texts(&mut desk, &people[0]), [json!(SECRETS[0])]);
    assert_eq!(texts(&mut desk, &people[1]), [json!(null), json!(null)], "moved notes do not open");
    // New keys leave them broken, and say so.
    let changed = desk.ok("dismiss_user", json!({ "id": 2 }));
    assert_eq!((&changed["notes"], &changed["broken"]), (&json!(3), &json!(2)));
    assert_eq!(texts(&mut desk, &people[0]), [json!(SECRETS[0])]);
}

#[test]
fn forged_roles_and_grafted_slots_are_refused_to_everybody() {
    let place = folder();
    let (mut desk, _) = company(place.path());
    let path = place.path().join("company/register.keys");
    let whole: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let forge = |change: &dyn Fn(&mut Value)| {
        let mut forged = whole.clone();
        change(&mut forged);
        fs::write(&path, serde_json::to_vec(&forged).unwrap()).unwrap();
    };
    let graft = |forged: &mut Value, owner_slot: bool| {
        forged["users"][1]["role"] = "owner".into();
        for field in ["hr_key", "owner_key"] {
            forged["users"][1][field] = forged["users"][0][field].clone();
        }
        if owner_slot {
            for field in ["kdf", "public_key", "anchor", "register_key"] {
                forged["users"][1][field] = forged["users"][0][field].clone();
            }
        }
    };
    let forgeries: [&dyn Fn(&mut Value); 6] = [
        &|forged| forged["users"][1]["role"] = "owner".into(),
        &|forged| graft(forged, false),
        &|forged| graft(forged, true),
        &|forged| forged["users"][1]["id"] = 1.into(),
        &|forged| forged["hr"]["public_key"] = forged["users"][1]["public_key"].clone(),
        &|forged| forged["erased"] = json!([1]),
    ];
    for (at, forgery) in forgeries.iter().enumerate() {
        forge(forgery);
        for passphrase in [OWNER, STAFF] {
            assert_eq!(desk.fault("unlock", json!({ "passphrase": passphrase })), "keys_damaged", "{at}");
        }
    }
    forge(&|_| {});
    // A key file that is whole and signed, by somebody else: a company that staff made for themselves.
    let own = place.path().join("own");
    let mut forger = Headless::new(&own, &own, &["--seed", "99"]);
    forger.ok("start_company", json!({ "company": "青葉食品", "owner": "田中", "passphrase": STAFF }));
    drop(forger);
    fs::copy(own.join("company/register.keys"), &path).unwrap();
    assert_eq!(desk.fault("unlock", json!({ "passphrase": OWNER })), "wrong_passphrase");
    assert_eq!(desk.fault("unlock", json!({ "passphrase": STAFF })), "register_damaged");
    forge(&|_| {});
    assert_eq!(desk.ok("unlock", json!({ "passphrase": STAFF }))["user"]["owner"], json!(false));
}

#[test]
fn nobody_changes_another_ones_passphrase_by_what_lies_beside_the_key_file() {
    let place = folder();
    let (mut desk, _) = company(place.path());
    let (other, fresh) = ("しゅっぱんをするひと", "しゅっぱん二代目です");
    desk.ok("unlock", json!({ "passphrase": OWNER }));
    desk.ok("add_user", json!({ "name": "森", "owner": false, "passphrase": other }));
    desk.ok("unlock", json!({ "passphrase": other }));
    desk.ok("change_passphrase", json!({ "old": other, "passphrase": fresh }));
    desk.ok("lock", json!({}));
    let keys = place.path().join("company/register.keys");
    let [mine, theirs] = [3, 2].map(|user| place.path().join(format!("company/register.keys.own-{user}")));
    let whole: Value = serde_json::from_slice(&fs::read(&mine).unwrap()).unwrap();
    let signed: Value = serde_json::from_slice(&fs::read(&keys).unwrap()).unwrap();
    // 森 puts the own slot in the place of 田中's, as it is and made to fit as well as can be without 田中's 合言葉.
    let fits = |forged: &mut Value, user: usize| {
        forged["new"]["user"] = json!(user);
        forged["new"]["follows"] = signed["users"][user - 1]["public_key"].clone();
    };
    type Forgery<'a> = &'a dyn Fn(&mut Value);
    let forgeries: [(u32, Forgery); 5] = [
        (2, &|_| {}),
        (2, &|forged| forged["new"]["user"] = json!(2)),
        (2, &|forged| fits(forged, 2)),
        (1, &|forged| fits(forged, 1)),
        (3, &|forged| forged["new"]["anchor"] = signed["users"][0]["anchor"].clone()),
    ];
    for (at, (user, forge)) in forgeries.iter().enumerate() {
        let mut forged = whole.clone();
        forge(&mut forged);
        let beside = place.path().join(format!("company/register.keys.own-{user}"));
        fs::write(&beside, forged.to_string()).unwrap();
        for passphrase in [other, fresh] {
            let open = json!({ "passphrase": passphrase, "user": if *user == 3 { 2 } else { *user } });
            assert_eq!(desk.fault("unlock", open), "wrong_passphrase", "{at}");
        }
        desk.ok("unlock", json!({ "passphrase": OWNER, "user": 1 }));
        desk.ok("lock", json!({}));
        assert!(!theirs.exists() && !mine.exists(), "{at}: an owner clears away what counts for nothing");
        assert_eq!(desk.ok("unlock", json!({ "passphrase": STAFF }))["user"]["id"], json!(2), "{at}");
        desk.ok("lock", json!({}));
        // As it was, for the next.
        fs::write(&keys, serde_json::to_vec(&signed).unwrap()).unwrap();
        fs::write(&mine, whole.to_string()).unwrap();
    }
}

#[test]
fn whoever_was_dismissed_keeps_what_they_copied_and_gets_nothing_new() {
    let place = folder();
    let (mut desk, people) = company(place.path());
    let (folder, kept) = (place.path().join("company"), place.path().join("kept/company"));
    copy(&folder, &kept);
    desk.ok("unlock", json!({ "passphrase": OWNER }));
    desk.ok("dismiss_user", json!({ "id": 2 }));
    desk.ok("add_person", json!({ "family": "神谷" }));
    desk.ok("lock", json!({}));
    // Said as it is: the copy opens, because it is what they had.
    let mut theirs = Within::new(&place.path().join("kept"), place.path());
    assert_eq!(theirs.ok("unlock", json!({ "passphrase": STAFF }))["people"], json!(2));
    theirs.ok("lock", json!({}));
    // Their keys beside the present register, and the present keys, open nothing.
    fs::copy(folder.join("register.db"), kept.join("register.db")).unwrap();
    assert_eq!(theirs.fault("unlock", json!({ "passphrase": STAFF })), "register_damaged");
    fs::copy(folder.join("register.keys"), kept.join("register.keys")).unwrap();
    assert_eq!(theirs.fault("unlock", json!({ "passphrase": STAFF })), "wrong_passphrase");
    // A waiting key file of their making is none.
    fs::copy(kept.join("register.keys"), kept.join("register.keys.next")).unwrap();
    assert_eq!(theirs.fault("unlock", json!({ "passphrase": STAFF })), "wrong_passphrase");
    desk.ok("unlock", json!({ "passphrase": OWNER }));
    assert_eq!(texts(&mut desk, &people[1]), [json!(SECRETS[1])]);
}
