//! Backups and the way back: what is kept, what is lost, and what is said of it.

use crate::front::{Ask, Dice, Within, folder};
use desk::Job;
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

const PASSPHRASE: &str = "さくら咲く頃に会う";

/// A company with one person.
fn company(place: &Path) -> Within {
    let mut desk = Within::new(&place.join("home"), place);
    desk.ok("start_company", json!({ "company": "青葉食品", "owner": "青葉", "passphrase": PASSPHRASE }));
    desk.ok("add_person", json!({ "family": "佐藤" }));
    desk
}

fn clock(desk: &Within, minutes: i64) {
    desk.later(minutes * 60);
}

fn saved(desk: &mut Within) -> Vec<Value> {
    desk.ok("backups", json!({}))["saved"].as_array().unwrap().clone()
}

/// What `restore` and `check_backup` take for the newest backup.
fn newest(desk: &mut Within) -> Value {
    json!({ "which": saved(desk)[0]["which"], "passphrase": PASSPHRASE })
}

fn total(desk: &mut Within) -> Value {
    desk.ok("people", json!({}))["total"].clone()
}

fn keys(place: &Path) -> PathBuf {
    place.join("home/company/register.keys")
}

#[test]
fn a_change_is_in_a_backup_within_a_quarter_of_an_hour() {
    let place = folder();
    let mut desk = company(place.path());
    for minute in 0..=14 {
        clock(&desk, minute);
        desk.desk.keep();
    }
    assert_eq!(saved(&mut desk).len(), 1);
    assert_eq!(saved(&mut desk)[0]["people"], json!(1));
    assert_eq!(desk.ok("safety", json!({}))["unsaved_since"], Value::Null);
    clock(&desk, 60);
    desk.desk.keep();
    assert_eq!(saved(&mut desk).len(), 1, "nothing changed, so there is nothing to back up");
    desk.ok("add_person", json!({ "family": "髙橋" }));
    desk.desk.keep();
    assert_eq!(saved(&mut desk)[0]["lost_minutes"], json!(47));
    desk.ok("lock", json!({}));
    assert_eq!(saved(&mut desk)[0]["people"], json!(2), "closing makes one, too");
    // Whoever is opened again knows that all of it is in a backup, and whoever was cut off that it is not.
    desk.ok("unlock", json!({ "passphrase": PASSPHRASE }));
    assert_eq!(desk.ok("safety", json!({}))["unsaved_since"], Value::Null);
    desk.ok("add_person", json!({ "family": "大野" }));
    drop(desk);
    let mut desk = Within::new(&place.path().join("home"), place.path());
    desk.ok("unlock", json!({ "passphrase": PASSPHRASE }));
    assert!(desk.ok("safety", json!({}))["unsaved_since"].is_number());
}

#[test]
fn restoring_brings_back_what_was_and_sets_aside_what_is() {
    let place = folder();
    let mut desk = company(place.path());
    let state = desk.desk.register().unwrap().state().unwrap();
    desk.ok("back_up", json!({}));
    clock(&desk, 10);
    let later = desk.ok("add_person", json!({ "family": "髙橋" })).as_i64().unwrap();
    for open in [true, false] {
        if !open {
            desk.ok("lock", json!({}));
        }
        let which = json!({ "which": saved(&mut desk).last().unwrap()["which"], "passphrase": PASSPHRASE });
        let checked = desk.ok("check_backup", which);
        assert_eq!((&checked["saved"]["lost_minutes"], &checked["lost_steps"]), (&json!(10), &json!(1)));
        assert_eq!((&checked["present"], &checked["erased_lists"]), (&json!("same"), &json!(0)));
    }
    let which = saved(&mut desk).last().unwrap()["which"].clone();
    let restored = desk.ok("restore", json!({ "which": which, "passphrase": PASSPHRASE }));
    assert_eq!((&restored["state"]["people"], &restored["lost_minutes"]), (&json!(1), &json!(10)));
    assert_eq!(desk.desk.register().unwrap().state().unwrap(), state);
    let aside = place.path().join("home").join(restored["set_aside"].as_str().unwrap());
    assert!(aside.join("register.db").exists() && aside.join("register.keys").exists());
    // What is new now never has the id of what was lost.
    let new = desk.ok("add_person", json!({ "family": "大野" })).as_i64().unwrap();
    assert_ne!(new >> 32, later >> 32);
    for _ in 0..2 {
        desk.ok("undo", json!({}));
    }
    assert_eq!(desk.fault("undo", json!({})), "nothing_to_undo");
    desk.desk.register().unwrap().verify().unwrap();
    // What was set aside is whole, and comes back by its folder's name.
    desk.ok("lock", json!({}));
    std::fs::rename(place.path().join("home/company"), place.path().join("other")).unwrap();
    std::fs::rename(aside, place.path().join("home/company")).unwrap();
    assert_eq!(desk.ok("unlock", json!({ "passphrase": PASSPHRASE }))["people"], json!(2));
}

#[test]
fn a_backup_alone_and_the_passphrase_make_a_register_on_another_pc() {
    let (place, other) = (folder(), folder());
    let mut desk = company(place.path());
    let id = desk.ok("people", json!({}))["rows"][0]["id"].clone();
    desk.ok("add_contact", json!({ "person": id, "kind": "call", "note": "工場見学の件" }));
    desk.ok("lock", json!({}));
    let backups = place.path().join("home/backups");
    let file = std::fs::read_dir(backups).unwrap().next().unwrap().unwrap().path();
    let stick = other.path().join("拾った控え.enishi");
    std::fs::copy(file, &stick).unwrap();

    let mut there = Within::new(&other.path().join("home"), other.path());
    let found = there.ok("read_backup", json!({ "file": stick }));
    assert_eq!(
        (&found["people"], &found["contacts"], &found["lost_minutes"]),
        (&json!(1), &json!(1), &Value::Null)
    );
    let with = |passphrase: &str| json!({ "which": found["which"], "passphrase": passphrase });
    assert_eq!(there.fault("restore", with("ちがう言葉です")), "wrong_passphrase");
    assert_eq!(there.ok("state", json!({}))["company_exists"], json!(false), "nothing was made");
    let restored = there.ok("restore", with(PASSPHRASE));
    assert_eq!((&restored["set_aside"], &restored["lost_minutes"]), (&Value::Null, &json!(0)));
    assert_eq!(there.ok("notes", json!({ "search": "見学" }))["total"], json!(1));
    there.desk.register().unwrap().verify().unwrap();
}

#[test]
fn whoever_was_erased_does_not_come_back() {
    let place = folder();
    let mut desk = company(place.path());
    let gone = desk.ok("add_person", json!({ "family": "葛城", "notes": "消してほしいとのこと" }));
    desk.ok("add_phone", json!({ "person": gone, "number": "090-1234-5678" }));
    desk.ok("change_person", json!({ "id": gone, "changes": { "employer": "北斗食品" } }));
    desk.ok("back_up", json!({}));
    desk.ok("lock", json!({}));
    let mut file = vault::KeyFile::read(&keys(place.path())).unwrap();
    let owner = file.open(None, PASSPHRASE).unwrap();
    file.record_erased(&owner, &[gone.as_i64().unwrap()], &[]).unwrap();
    file.write(&keys(place.path())).unwrap();
    let which = newest(&mut desk);
    assert_eq!(desk.ok("check_backup", which.clone())["erased_lists"], json!(1));
    let restored = desk.ok("restore", which);
    assert_eq!((&restored["erased_again"], &restored["state"]["people"]), (&json!(1), &json!(1)));
    while desk.ask("undo", json!({})).is_ok() {}
    while desk.ask("redo", json!({})).is_ok() {}
    assert_eq!(desk.ok("people", json!({ "search": "葛城" }))["total"], json!(0));
    assert!(!desk.ok("steps", json!({})).to_string().contains("葛城"));
    desk.desk.register().unwrap().verify().unwrap();
    desk.ok("lock", json!({}));
    assert_eq!(vault::KeyFile::read(&keys(place.path())).unwrap().erased(), [gone.as_i64().unwrap()]);
}

#[test]
fn the_passphrase_of_today_opens_an_older_backup_and_staff_restore_none() {
    let place = folder();
    let mut desk = company(place.path());
    desk.ok("lock", json!({}));
    let cost = vault::Cost { memory_kib: 64, passes: 1, lanes: 1 };
    let mut file = vault::KeyFile::read(&keys(place.path())).unwrap();
    let owner = file.open(None, PASSPHRASE).unwrap();
    let random = &mut vault::SystemRandom;
    file.change_passphrase(&owner, owner.user(), "もみじ散る頃に会う", cost, random).unwrap();
    file.add_user(&owner, "印刷", vault::Role::Staff, "いちょうの葉が散る", cost, random).unwrap();
    file.write(&keys(place.path())).unwrap();
    let which = saved(&mut desk)[0]["which"].clone();
    let with = |passphrase: &str| json!({ "which": which, "passphrase": passphrase });
    assert_eq!(desk.fault("restore", with("いちょうの葉が散る")), "owner_only");
    assert_eq!(desk.fault("restore", with("どれでもない言葉")), "wrong_passphrase");
    assert_eq!(desk.ok("restore", with("もみじ散る頃に会う"))["state"]["people"], json!(1));
    desk.ok("lock", json!({}));
    desk.ok("unlock", json!({ "passphrase": "もみじ散る頃に会う" }));
}

#[test]
fn a_restoration_cut_off_between_its_renamings_is_finished_at_the_next_start() {
    let place = folder();
    let mut desk = company(place.path());
    desk.ok("lock", json!({}));
    let home = place.path().join("home");
    std::fs::rename(home.join("company"), home.join("company.restoring")).unwrap();
    let mut desk = Within::new(&home, place.path());
    assert_eq!(desk.ok("unlock", json!({ "passphrase": PASSPHRASE }))["people"], json!(1));
    // One that never came so far leaves nothing.
    std::fs::create_dir(home.join("company.restoring")).unwrap();
    std::fs::write(home.join("company.restoring/register.db"), b"half").unwrap();
    drop(desk);
    let mut desk = Within::new(&home, place.path());
    assert_eq!(desk.ok("unlock", json!({ "passphrase": PASSPHRASE }))["people"], json!(1));
    assert!(!home.join("company.restoring").exists());
}

#[test]
fn a_damaged_register_is_told_and_gives_back_what_can_be_read() {
    let place = folder();
    let mut desk = company(place.path());
    let mapping = ["employee_number", "family", "given", "left_on"];
    let import = |desk: &mut Within, from: usize, until: usize| {
        let rows: String = (from..until).map(|n| format!("{n},佐藤,誠{n},令和3年9月30日\n")).collect();
        let file = place.path().join(format!("from-{from}.csv"));
        std::fs::write(&file, format!("社員番号,姓,名,退職日\n{rows}")).unwrap();
        let imported = desk.ok("import_people", json!({ "file": file, "mapping": mapping }));
        assert_eq!(imported["added"], json!(until - from));
    };
    import(&mut desk, 0, 400);
    desk.ok("back_up", json!({}));
    let mut which = newest(&mut desk);
    which["salvage"] = json!(true);
    clock(&desk, 5);
    import(&mut desk, 400, 600);
    // Closed without a backup, as by a power cut.
    drop(desk);
    let database = place.path().join("home/company/register.db");
    let whole = std::fs::read(&database).unwrap();
    let mut dice = Dice(11);
    let (mut told, mut saved_people) = (0, 0);
    for _ in 0..12 {
        let page = 1 + dice.roll(whole.len() / 4096 - 1);
        let mut bytes = whole.clone();
        bytes[page * 4096 + dice.roll(4096)] ^= 4;
        std::fs::write(&database, &bytes).unwrap();
        let mut desk = Within::new(&place.path().join("home"), place.path());
        clock(&desk, 20);
        let opened = desk.ask("unlock", json!({ "passphrase": PASSPHRASE }));
        match &opened {
            Err(fault) => assert_eq!(fault["code"], "register_damaged"),
            Ok(_) => {
                desk.desk.keep();
                assert_eq!(desk.ok("safety", json!({}))["damaged"], json!(true), "page {page}");
                // Indexes are not copied but made anew, so damage to one does not keep a backup from being whole.
                match desk.ask("back_up", json!({})) {
                    Err(fault) => assert_eq!(fault["code"], "register_damaged"),
                    Ok(made) => assert_eq!(made["people"], json!(601)),
                }
            }
        }
        told += 1;
        let opening = json!({ "which": which["which"], "passphrase": PASSPHRASE });
        assert_eq!(desk.ok("check_backup", opening)["present"], json!("damaged"), "page {page}");
        let restored = desk.ok("restore", which.clone());
        let salvaged = &restored["salvaged"];
        let people = salvaged["people"].as_i64().unwrap();
        assert_eq!(restored["state"]["people"], json!(401 + people), "page {page}: {salvaged}");
        saved_people += people;
        desk.desk.register().unwrap().verify().unwrap();
        let aside = place.path().join("home").join(restored["set_aside"].as_str().unwrap());
        let found = std::fs::read(aside.join("register.db")).unwrap();
        assert!(opened.is_ok() || found == bytes, "what could not be opened is set aside as it was found");
        if people > 0 {
            assert_eq!(desk.ok("undo", json!({}))["label"], json!("restore"));
            assert_eq!(total(&mut desk), json!(401));
        }
    }
    assert_eq!(told, 12);
    assert!(saved_people >= 12 * 150, "{saved_people} of {} newer people were salvaged", 12 * 200);
}

#[test]
fn the_second_place_is_used_when_it_is_there_and_missed_when_it_is_not() {
    let place = folder();
    let mut desk = company(place.path());
    let (stick, unplugged) = (place.path().join("stick"), place.path().join("unplugged"));
    std::fs::create_dir(&stick).unwrap();
    desk.ok("change_second_place", json!({ "folder": stick }));
    std::fs::rename(&stick, &unplugged).unwrap();
    assert_eq!(desk.ok("back_up", json!({}))["second"], json!(false));
    assert!(!stick.exists(), "nothing is written where the stick should be");
    for (days, overdue) in [(13, false), (15, true)] {
        clock(&desk, days * 24 * 60);
        let second = desk.ok("safety", json!({}))["second"].clone();
        assert_eq!((&second["present"], &second["overdue"]), (&json!(false), &json!(overdue)));
    }
    std::fs::rename(&unplugged, &stick).unwrap();
    desk.desk.keep();
    assert_eq!(std::fs::read_dir(&stick).unwrap().count(), 1, "the newest is copied as soon as it is back");
    assert_eq!(saved(&mut desk).len(), 1, "what lies in both places is listed once");
    // This PC's backups are lost: those of the stick are listed, and restored from.
    desk.ok("lock", json!({}));
    std::fs::remove_dir_all(place.path().join("home/backups")).unwrap();
    assert_eq!(saved(&mut desk)[0]["which"]["place"], json!("second"));
    let which = newest(&mut desk);
    assert_eq!(desk.ok("restore", which)["state"]["people"], json!(1));
    desk.ok("change_second_place", json!({ "folder": null }));
    assert_eq!(desk.ok("safety", json!({}))["second"], Value::Null);
}

#[test]
fn a_backup_that_is_stopped_leaves_nothing() {
    let place = folder();
    let mut desk = company(place.path());
    let job = Job { progress: &|_| {}, cancelled: &AtomicBool::new(true) };
    assert_eq!(desk.desk.run("back_up", "{}", &job).unwrap_err().code, "stopped");
    assert_eq!(saved(&mut desk), [Value::Null; 0]);
    assert_eq!(std::fs::read_dir(place.path().join("home/backups")).unwrap().count(), 0);
    assert!(desk.ok("safety", json!({}))["unsaved_since"].is_number());
}

#[test]
fn typing_goes_on_while_a_backup_is_made() {
    let place = folder();
    let mut desk = company(place.path());
    let id = desk.ok("people", json!({}))["rows"][0]["id"].clone();
    let change = json!({ "id": id, "changes": { "employer": "北斗食品" } }).to_string();
    let typed = AtomicBool::new(false);
    let inside = &desk.desk;
    // Typed in the middle of the backup, by whoever hears of its progress.
    let progress = |_| {
        if !typed.swap(true, Ordering::Relaxed) {
            let job = Job { progress: &|_| {}, cancelled: &AtomicBool::new(false) };
            inside.run("change_person", &change, &job).unwrap();
            inside.rest();
        }
    };
    let job = Job { progress: &progress, cancelled: &AtomicBool::new(false) };
    inside.run("back_up", "{}", &job).unwrap();
    assert!(typed.load(Ordering::Relaxed));
    assert!(
        desk.ok("safety", json!({}))["unsaved_since"].is_number(),
        "what came meanwhile counts as unsaved"
    );
}

#[test]
fn the_journal_keeps_a_month_and_two_hundred_steps() {
    let place = folder();
    let mut desk = company(place.path());
    let id = desk.ok("people", json!({}))["rows"][0]["id"].clone();
    let change = |desk: &mut Within, n: i64, text: &str| {
        desk.ok("change_person", json!({ "id": id, "changes": { "notes": format!("{n}{text}") } }));
    };
    let count = |desk: &mut Within| {
        let all = (0..4).map(|page| desk.ok("steps", json!({ "offset": page * 100 })));
        let all: Vec<Value> = all.collect();
        let rows: usize = all.iter().map(|page| page["rows"].as_array().unwrap().len()).sum();
        (rows, all[0]["gone_until"].clone())
    };
    for n in 0..250 {
        clock(&desk, n * 24 * 60);
        change(&mut desk, n, "");
    }
    desk.desk.rest();
    let (rows, gone) = count(&mut desk);
    assert_eq!(rows, 200, "one a day: a month is less than 200 steps");
    assert!(gone.is_number());
    for n in 0..150 {
        clock(&desk, 250 * 24 * 60 + n);
        change(&mut desk, n, "");
    }
    desk.desk.rest();
    assert_eq!(count(&mut desk).0, 200);
    // Large steps: a fifth of the register, but four megabytes in any case, and the newest step always.
    let large = "あ".repeat(400_000);
    for n in 0..6 {
        change(&mut desk, n, &large);
        desk.desk.rest();
    }
    let (rows, _) = count(&mut desk);
    assert!((1..6).contains(&rows), "{rows} steps of a megabyte are left");
    desk.ok("undo", json!({}));
    desk.desk.register().unwrap().verify().unwrap();
}

#[test]
fn a_register_of_a_newer_version_is_refused_and_left_as_it_is() {
    let place = folder();
    let mut desk = company(place.path());
    desk.desk.register().unwrap().become_version(99).unwrap();
    desk.ok("lock", json!({}));
    let database = place.path().join("home/company/register.db");
    let before = std::fs::read(&database).unwrap();
    assert_eq!(desk.fault("unlock", json!({ "passphrase": PASSPHRASE })), "register_newer");
    assert!(std::fs::read(&database).unwrap() == before);
    let which = newest(&mut desk);
    assert_eq!(desk.fault("restore", which), "register_newer", "nor is its backup restored");
}
