//! Bits that flip: in the register, its key file and a backup none goes unnoticed; in the write-ahead log, which
//! SQLite reads up to the first sum that does not fit, what is found is one whole earlier state.

use crate::{
    Line, PASSPHRASE, Times, company, copy,
    front::{Ask, Dice, Headless, Within, folder},
    whole,
};
use serde_json::{Value, json};
use std::path::Path;

/// Every journalled record, and the journal as the page sees it.
fn state(desk: &mut Within) -> (String, Value) {
    (desk.desk.register().unwrap().state().unwrap(), desk.ok("steps", json!({})))
}

fn flip(path: &Path, dice: &mut Dice) {
    let mut bytes = std::fs::read(path).unwrap();
    let at = dice.roll(bytes.len());
    bytes[at] ^= 1 << dice.roll(8);
    std::fs::write(path, bytes).unwrap();
}

/// A company with people, contacts and a backup, closed.
fn made(home: &Path) -> (String, Value) {
    let mut desk = company(home);
    for n in 0..40 {
        let person = desk
            .ok("add_person", json!({ "family": "髙橋", "given": n.to_string(), "notes": "あ".repeat(300) }));
        desk.ok("add_contact", json!({ "person": person, "kind": "call", "note": format!("{n}件目") }));
    }
    let state = state(&mut desk);
    desk.ok("lock", json!({}));
    state
}

pub fn no_flipped_bit_is_silent(times: &Times) -> Vec<Line> {
    let place = folder();
    let (home, tried) = (place.path().join("home"), place.path().join("tried"));
    let expected = made(&home);
    let backup = std::fs::read_dir(home.join("backups")).unwrap().next().unwrap().unwrap().file_name();
    let mut dice = Dice(99);
    let mut lines = Vec::new();
    for (what, file) in [
        ("a bit of the register flips", Path::new("company/register.db").to_owned()),
        ("a bit of the key file flips", Path::new("company/register.keys").to_owned()),
        ("a bit of a backup flips", Path::new("backups").join(backup)),
    ] {
        let in_backup = file.starts_with("backups");
        let (mut told, mut harmless) = (0, 0);
        for n in 0..times.flips {
            let _ = std::fs::remove_dir_all(&tried);
            copy(&home, &tried);
            flip(&tried.join(&file), &mut dice);
            let mut desk = Within::new(&tried, &tried);
            let opened = desk.ask("unlock", json!({ "passphrase": PASSPHRASE }));
            let found = match in_backup {
                true => {
                    let refused = desk.ok("backups", json!({}))["unreadable"] == json!(1);
                    refused || {
                        let which = desk.ok("backups", json!({}))["saved"][0]["which"].clone();
                        desk.ask("check_backup", json!({ "which": which, "passphrase": PASSPHRASE })).is_err()
                    }
                }
                false => {
                    opened.is_err() || {
                        desk.desk.keep();
                        desk.ok("safety", json!({}))["damaged"] == json!(true)
                    }
                }
            };
            match found {
                true => told += 1,
                // Only what nothing reads may flip unnoticed: a page in no use, a blank in the key file.
                false => {
                    assert!(!in_backup, "flip {n}: every byte of a backup has its sum");
                    assert!(state(&mut desk) == expected, "flip {n} of {} is silent", file.display());
                    harmless += 1;
                }
            }
        }
        assert!(told * 2 > times.flips, "{what}: {told} told");
        let found = format!("{told} told, {harmless} where nothing is kept, **0 silent**");
        lines.push(Line { what, tries: format!("{} bits", times.flips), found });
    }
    lines
}

pub fn a_flipped_bit_in_the_log_leaves_a_whole_earlier_state(times: &Times) -> Vec<Line> {
    let place = folder();
    let (home, tried) = (place.path().join("home"), place.path().join("tried"));
    made(&home);
    // Two dozen commits stand in the log and nowhere else, because the program is killed.
    let passphrase = place.path().join("passphrase");
    std::fs::write(&passphrase, PASSPHRASE).unwrap();
    let twin = place.path().join("twin");
    copy(&home, &twin);
    let mut twin = Within::new(&twin, place.path());
    twin.ok("unlock", json!({ "passphrase": PASSPHRASE }));
    let mut states = vec![state(&mut twin)];
    let mut desk = Headless::new(&home, place.path(), &["--passphrase-file", passphrase.to_str().unwrap()]);
    for n in 0..24 {
        let person = json!({ "family": "大野", "given": n.to_string() });
        desk.ok("add_person", person.clone());
        twin.ok("add_person", person);
        states.push(state(&mut twin));
    }
    desk.kill();
    drop(desk);
    let mut dice = Dice(5);
    let (mut told, mut lost, mut most) = (0, 0, 0);
    for n in 0..times.flips {
        let _ = std::fs::remove_dir_all(&tried);
        copy(&home, &tried);
        flip(&tried.join("company/register.db-wal"), &mut dice);
        let mut desk = Within::new(&tried, &tried);
        if desk.ask("unlock", json!({ "passphrase": PASSPHRASE })).is_err() {
            told += 1;
            continue;
        }
        let found = state(&mut desk);
        let commits = states.iter().position(|state| *state == found);
        let commits = commits.unwrap_or_else(|| panic!("flip {n}: what was found never stood"));
        lost += states.len() - 1 - commits;
        most = most.max(states.len() - 1 - commits);
        assert!(whole(&mut desk));
    }
    assert!(lost > 0, "the bits that flip are those of commits");
    let found = format!(
        "{told} told, else always one whole earlier state: {:.1} of 24 commits gone on average, {most} at most; the log is emptied after two quiet seconds",
        lost as f64 / (times.flips - told) as f64
    );
    vec![Line { what: "a bit of the write-ahead log flips", tries: format!("{} bits", times.flips), found }]
}
