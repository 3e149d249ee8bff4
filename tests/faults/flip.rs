//! Bits that flip: in the register, its key file and a backup none goes unnoticed; in the write-ahead log, which
//! SQLite reads up to the first sum that does not fit, what is found is one whole earlier state.

use crate::{
    Line, PASSPHRASE, Times, company, copy,
    front::{Ask, Dice, Headless, Within, folder},
    in_rows, told, whole,
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
    for n in 0..100 {
        let person = desk.ok(
            "add_person",
            json!({ "family": "髙橋", "given": n.to_string(), "notes": "あ".repeat(1100) }),
        );
        desk.ok("add_contact", json!({ "person": person, "kind": "call", "note": format!("{n}件目") }));
    }
    let state = state(&mut desk);
    desk.ok("lock", json!({}));
    state
}

pub fn no_flipped_bit_of_the_register_is_silent(times: &Times) -> Vec<Line> {
    vec![none_is_silent("a bit of the register flips", "company/register.db", times)]
}

pub fn no_flipped_bit_of_the_key_file_is_silent(times: &Times) -> Vec<Line> {
    vec![none_is_silent("a bit of the key file flips", "company/register.keys", times)]
}

pub fn no_flipped_bit_of_a_backup_is_silent(times: &Times) -> Vec<Line> {
    vec![none_is_silent("a bit of a backup flips", "backups", times)]
}

/// Flips bits of a file, or of the only one in a folder.
fn none_is_silent(what: &'static str, file: &str, times: &Times) -> Line {
    let rows = in_rows(what, times.flips, |flips, dice| {
        let place = folder();
        let home = place.path().join("home");
        let expected = made(&home);
        let mut file = Path::new(file).to_owned();
        if home.join(&file).is_dir() {
            let only = std::fs::read_dir(home.join(&file)).unwrap().next().unwrap().unwrap();
            file.push(only.file_name());
        }
        let tried = place.path().join("tried");
        let told = |_: &usize| {
            let _ = std::fs::remove_dir_all(&tried);
            copy(&home, &tried);
            flip(&tried.join(&file), dice);
            is_told(&tried, &file, &expected)
        };
        (0..flips).filter(told).count()
    });
    let told: usize = rows.into_iter().sum();
    assert!(told * 2 > times.flips, "{what}: {told} told");
    let found = format!("{told} told, {} where nothing is kept, **0 silent**", times.flips - told);
    Line { what, tries: format!("{} bits", times.flips), found }
}

/// Whether a flipped bit is told; when it is not, it must have changed nothing.
fn is_told(home: &Path, file: &Path, expected: &(String, Value)) -> bool {
    let mut desk = Within::new(home, home);
    let opened = desk.ask("unlock", json!({ "passphrase": PASSPHRASE }));
    if file.starts_with("backups") {
        let refused = desk.ok("backups", json!({}))["unreadable"] == json!(1);
        let told = refused || {
            let which = desk.ok("backups", json!({}))["saved"][0]["which"].clone();
            desk.ask("check_backup", json!({ "which": which, "passphrase": PASSPHRASE })).is_err()
        };
        assert!(told, "every byte of a backup has its sum");
        return true;
    }
    let told = opened.is_err() || {
        desk.desk.keep();
        desk.ok("safety", json!({}))["damaged"] == json!(true)
    };
    // Only what nothing reads may flip unnoticed: a page in no use, a blank in the key file.
    assert!(told || state(&mut desk) == *expected, "a flip of {} is silent", file.display());
    told
}

pub fn a_flipped_bit_in_the_log_leaves_a_whole_earlier_state(times: &Times) -> Vec<Line> {
    let place = folder();
    let (home, tried) = (place.path().join("home"), place.path().join("tried"));
    made(&home);
    let passphrase = place.path().join("passphrase");
    std::fs::write(&passphrase, PASSPHRASE).unwrap();
    let twin = place.path().join("twin");
    copy(&home, &twin);
    let mut twin = Within::new(&twin, place.path());
    twin.ok("unlock", json!({ "passphrase": PASSPHRASE }));
    let people = twin.ok("people", json!({}))["rows"].clone();
    let mut desk = Headless::new(&home, place.path(), &["--passphrase-file", passphrase.to_str().unwrap()]);
    let change = |n: usize| {
        let id = &people[n * 7 % people.as_array().unwrap().len()]["id"];
        json!({ "id": id, "changes": { "employer": format!("{n}番目の勤め先") } })
    };
    // Without a quiet moment the log grows with every change, until it is folded in and emptied at once. A bit that
    // flipped in a log that was only folded in would leave a state that never stood.
    let log = || std::fs::metadata(home.join("company/register.db-wal")).unwrap().len();
    let mut window = 0;
    while window < 2 || log() > 0 {
        desk.ok("change_person", change(window));
        twin.ok("change_person", change(window));
        window += 1;
        assert!(window < 1_000, "the log is emptied when it has grown long, and is {} bytes long", log());
    }
    // The worst moment for a blow: the log is as long as it gets.
    let mut states = vec![state(&mut twin)];
    while log() < 4_000_000 {
        let n = window + states.len();
        desk.ok("change_person", change(n));
        twin.ok("change_person", change(n));
        states.push(state(&mut twin));
    }
    desk.kill();
    drop(desk);
    let mut dice = Dice(5);
    let (mut refused, mut lost, mut most) = (0, 0, 0);
    for n in 0..times.flips {
        told("flip-log", n, times.flips);
        let _ = std::fs::remove_dir_all(&tried);
        copy(&home, &tried);
        flip(&tried.join("company/register.db-wal"), &mut dice);
        let mut desk = Within::new(&tried, &tried);
        if desk.ask("unlock", json!({ "passphrase": PASSPHRASE })).is_err() {
            refused += 1;
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
        "{refused} told, else always one whole earlier state: {:.0} of {} changes gone on average, {most} at most. \
         Exposed is what came after the last two quiet seconds, and never more than {window} changes of a field",
        lost as f64 / (times.flips - refused) as f64,
        states.len() - 1
    );
    vec![Line { what: "a bit of the write-ahead log flips", tries: format!("{} bits", times.flips), found }]
}
