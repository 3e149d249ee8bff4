//! The power is cut. A desk at work is recorded, and the disk is made as a cut at any point of the record may leave it.

use crate::{
    Line, PASSPHRASE, Times, company, copy,
    disk::{Disk, Event},
    front::{Ask, Dice, Within, folder},
    record::recorded,
    told, whole,
};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// How careful SQLite is. A desk that is less careful is the same program with one word of it overwritten, so that
/// the test can be seen to bite: nothing that anybody could set makes the register so.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Syncs {
    /// Every commit is synced: as the register is set.
    Full,
    /// The log is synced only before it is folded in.
    Normal,
    /// Nothing of the database and its log is.
    Off,
}

/// The program `desk` as it would be with such syncs; a less careful one is put into `place`.
fn desk_with(syncs: Syncs, place: &Path) -> PathBuf {
    let desk = PathBuf::from(env!("CARGO_BIN_EXE_desk"));
    let careless = match syncs {
        Syncs::Full => return desk,
        Syncs::Normal => b"synchronous = 1   ",
        Syncs::Off => b"synchronous = 0   ",
    };
    let mut program = std::fs::read(&desk).unwrap();
    let places: Vec<usize> = memchr::memmem::find_iter(&program, b"synchronous = FULL").collect();
    assert!(!places.is_empty(), "the program says somewhere how careful it is");
    for at in places {
        program[at..at + careless.len()].copy_from_slice(careless);
    }
    let copy = place.join(format!("desk-{syncs:?}"));
    // A copy keeps the right to be run.
    std::fs::copy(desk, &copy).unwrap();
    std::fs::write(&copy, program).unwrap();
    copy
}

/// What is cut, and what should be there then.
struct Trial<'a, T> {
    /// What lay on the disk at first.
    before: &'a Path,
    /// The requests, one after the other.
    requests: &'a [(&'a str, Value)],
    /// What a desk holds: at first, and after each of them.
    states: &'a [T],
    /// How to see that, in a desk over a folder.
    there: &'a dyn Fn(&mut Within, &Path) -> T,
}

/// How many cuts lost what was answered, and how many left a register that is not whole.
type Found = (usize, usize);

impl<T: PartialEq> Trial<'_, T> {
    /// Has the requests done, and the power cut at so many random moments of that.
    fn cut(&self, syncs: Syncs, cuts: usize) -> Found {
        let place = folder();
        let home = place.path().join("home");
        copy(self.before, &home);
        let home = home.canonicalize().unwrap();
        let events = recorded(&desk_with(syncs, place.path()), &home, place.path(), self.requests);
        let mut dice = Dice(31);
        let mut moments: Vec<usize> = (0..cuts).map(|_| dice.roll(events.len() + 1)).collect();
        moments.sort_unstable();
        let mut disk = Disk::of(self.before, &home);
        let (mut done, mut answered, mut lost, mut damaged) = (0, 0, 0, 0);
        for (n, moment) in moments.into_iter().enumerate() {
            for event in &events[done..moment] {
                disk.happens(event);
                answered += usize::from(matches!(event, Event::Answered));
            }
            done = moment;
            told("cut", n, cuts);
            let left = place.path().join("left");
            disk.cut(&mut dice, &left);
            match self.look(&left) {
                None => damaged += 1,
                // What was under way may have come through.
                Some(found) => match self.states.iter().rposition(|state| *state == found) {
                    Some(n) if n >= answered => {}
                    Some(_) if self.states[answered.min(self.states.len() - 1)] == found => {}
                    Some(_) => lost += 1,
                    None => damaged += 1,
                },
            }
        }
        (lost, damaged)
    }

    /// What is in a folder that a cut left; nothing when it is not whole.
    fn look(&self, left: &Path) -> Option<T> {
        let mut desk = Within::new(left, left);
        match desk.ask("unlock", json!({ "passphrase": PASSPHRASE })) {
            Ok(_) if whole(&mut desk) => {}
            Err(fault) if fault["code"] == "no_company" => return Some((self.there)(&mut desk, left)),
            _ => return None,
        }
        let backups = desk.ok("backups", json!({}));
        assert_eq!(backups["unreadable"], json!(0), "what bears a backup's name is whole");
        for saved in backups["saved"].as_array().unwrap() {
            let path = left.join("backups").join(saved["which"]["name"].as_str().unwrap());
            register::backup::Backup::read(&path).unwrap().check().unwrap();
        }
        Some((self.there)(&mut desk, left))
    }

    /// A line of the table: nothing may be lost.
    fn line(&self, what: &'static str, cuts: usize) -> Line {
        assert_eq!(self.cut(Syncs::Full, cuts), (0, 0), "{what}: a cut lost or damaged something");
        Line { what, tries: format!("{cuts} cuts"), found: "**0 lost, 0 damaged**".into() }
    }
}

/// How many people there are.
fn total(desk: &mut Within) -> u64 {
    desk.ok("people", json!({}))["total"].as_u64().unwrap()
}

pub fn a_company_outlasts_a_power_cut_from_its_first_day(times: &Times) -> Vec<Line> {
    let place = folder();
    let start = json!({ "company": "青葉食品", "owner": "青葉", "passphrase": PASSPHRASE });
    let add = ("add_person", json!({ "family": "髙橋" }));
    let requests = [("start_company", start.clone()), add.clone(), add];
    let states = [None, Some(0), Some(1), Some(2)];
    let there = &|desk: &mut Within, _: &Path| match desk.ok("state", json!({}))["open"] == json!(true) {
        true => Some(total(desk)),
        false => {
            desk.ok("start_company", start.clone());
            None
        }
    };
    let trial = Trial { before: place.path(), requests: &requests, states: &states, there };
    vec![trial.line("power cut while a company is set up", times.cuts / 3)]
}

pub fn what_was_answered_outlasts_a_power_cut(times: &Times) -> Vec<Line> {
    let place = folder();
    let before = place.path().join("before");
    drop(company(&before));
    let twin = place.path().join("twin");
    copy(&before, &twin);
    let mut twin = Within::new(&twin, place.path());
    twin.ok("unlock", json!({ "passphrase": PASSPHRASE }));
    // A morning's work: people, contacts, undo and redo, a backup; closed and opened, so that the log is folded in.
    let mut dice = Dice(8);
    let mut requests: Vec<(&str, Value)> = Vec::new();
    let state = |desk: &mut Within| desk.desk.register().unwrap().state().unwrap();
    let mut states = vec![state(&mut twin)];
    let mut people: Vec<Value> = Vec::new();
    for n in 0..150 {
        let (name, input) = match n % 15 {
            0 | 4 => (
                "add_person",
                json!({ "family": "髙橋", "given": n.to_string(), "notes": "あ".repeat(dice.roll(900)) }),
            ),
            7 => ("undo", json!({})),
            8 => ("redo", json!({})),
            11 if n > 30 => ("back_up", json!({})),
            13 => ("lock", json!({})),
            14 => ("unlock", json!({ "passphrase": PASSPHRASE })),
            _ => {
                let person = &people[dice.roll(people.len())];
                (
                    "add_contact",
                    json!({ "person": person, "kind": "call", "note": format!("{n}件目 {}", "い".repeat(dice.roll(300))) }),
                )
            }
        };
        let answer = twin.ok(name, input.clone());
        if name == "add_person" {
            people.push(answer);
        }
        // While it is locked, it holds what it held.
        states.push(if name == "lock" { states[n].clone() } else { state(&mut twin) });
        requests.push((name, input));
    }
    let there = &|desk: &mut Within, _: &Path| state(desk);
    let trial = Trial { before: &before, requests: &requests, states: &states, there };
    let mut lines = vec![trial.line("power cut during commands", times.cuts)];
    // The same with less care must lose work: that shows that the test bites.
    for (syncs, what) in [
        (Syncs::Normal, "… as it would be with `synchronous=NORMAL`"),
        (Syncs::Off, "… as it would be with `synchronous=OFF`"),
    ] {
        let cuts = times.cuts / 5;
        let (lost, damaged) = trial.cut(syncs, cuts);
        assert!(
            lost > 0 && (syncs == Syncs::Normal || damaged > 0),
            "{what}: {lost} lost, {damaged} damaged"
        );
        lines.push(Line {
            what,
            tries: format!("{cuts} cuts"),
            found: format!("{lost} lost, {damaged} damaged"),
        });
    }
    lines
}

pub fn a_backup_outlasts_a_power_cut(times: &Times) -> Vec<Line> {
    let place = folder();
    drop(company(place.path()));
    let add = ("add_person", json!({ "family": "髙橋", "notes": "あ".repeat(5_000) }));
    let requests: Vec<_> = (0..4).flat_map(|_| [add.clone(), ("back_up", json!({}))]).collect();
    // How many people there are, and how many in the newest backup; at first there is none.
    let states = [(0, 0), (1, 0), (1, 1), (2, 1), (2, 2), (3, 2), (3, 3), (4, 3), (4, 4)];
    let there = &|desk: &mut Within, _: &Path| {
        let backups = desk.ok("backups", json!({}));
        (total(desk), backups["saved"][0]["people"].as_u64().unwrap_or(0))
    };
    let trial = Trial { before: place.path(), requests: &requests, states: &states, there };
    vec![trial.line("power cut during a backup", times.cuts / 3)]
}

pub fn a_restoration_outlasts_a_power_cut(times: &Times) -> Vec<Line> {
    let place = folder();
    let mut desk = company(place.path());
    desk.ok("add_person", json!({ "family": "髙橋" }));
    desk.ok("lock", json!({}));
    let which = desk.ok("backups", json!({}))["saved"][0]["which"].clone();
    desk.ok("unlock", json!({ "passphrase": PASSPHRASE }));
    for n in 0..3 {
        desk.ok("add_person", json!({ "family": "大野", "given": n.to_string() }));
    }
    drop(desk);
    let restore = ("restore", json!({ "which": which, "passphrase": PASSPHRASE }));
    let add = ("add_person", json!({ "family": "佐藤" }));
    let requests = [add.clone(), restore, add.clone(), add];
    // How many people there are, and whether the register that was here is set aside.
    let states = [(4, false), (5, false), (1, true), (2, true), (3, true)];
    let there = &|desk: &mut Within, home: &Path| {
        let mut names = std::fs::read_dir(home).unwrap().map(|entry| entry.unwrap());
        let aside = names.find(|entry| entry.file_name().to_string_lossy().starts_with("company.aside-"));
        let whole = |aside: std::fs::DirEntry| {
            ["register.db", "register.keys"].iter().all(|file| aside.path().join(file).exists())
        };
        (total(desk), aside.is_some_and(whole))
    };
    let trial = Trial { before: place.path(), requests: &requests, states: &states, there };
    vec![trial.line("power cut during a restoration", times.cuts / 3)]
}

pub fn new_keys_outlast_a_power_cut(times: &Times) -> Vec<Line> {
    const STAFF: &str = "いんさつをするひと";
    let place = folder();
    let mut desk = company(place.path());
    desk.ok("add_user", json!({ "name": "田中", "owner": false, "passphrase": STAFF }));
    let person = desk.ok("add_person", json!({ "family": "髙橋" }));
    desk.ok("add_sealed_note", json!({ "person": person, "text": "残業が多かった" }));
    drop(desk);
    let add = ("add_person", json!({ "family": "佐藤" }));
    let requests = [add.clone(), ("dismiss_user", json!({ "id": 2 })), add.clone(), add];
    // How many people there are, and whether whoever was to go still opens it.
    let states = [(1, true), (2, true), (2, false), (3, false), (4, false)];
    let there = &|desk: &mut Within, _: &Path| {
        let note = desk.ok("sealed_notes", json!({ "id": person }))[0]["text"].clone();
        assert_eq!(note, json!("残業が多かった"), "what is sealed opens with the keys that fit");
        (total(desk), desk.ask("unlock", json!({ "passphrase": STAFF })).is_ok())
    };
    let trial = Trial { before: place.path(), requests: &requests, states: &states, there };
    vec![trial.line("power cut while the register gets new keys", times.cuts / 3)]
}
