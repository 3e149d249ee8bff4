//! The process is killed (SIGKILL) in the middle of real work, again and again: what it had answered is there when it
//! comes back, and the register is whole. This proves nothing of the disk's own cache: the system lives on.

use crate::{
    Line, PASSPHRASE, Times, company,
    front::{Ask, Dice, Headless, Within, folder},
    in_rows, told, whole,
};
use register::Register;
use serde_json::{Value, json};
use std::{
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant, SystemTime},
};

pub fn nothing_that_was_answered_is_lost(times: &Times) -> Vec<Line> {
    let in_flight: usize = in_rows("kill", times.kills, killed_at_work).into_iter().sum();
    assert!(
        in_flight > times.kills,
        "the blows fell into the middle of the work ({in_flight} requests were cut off)"
    );
    let tries = format!("{} kills, {in_flight} requests cut off", times.kills);
    vec![Line {
        what: "killed (SIGKILL) during commands",
        tries,
        found: "**0 answered lost, 0 damaged**".into(),
    }]
}

/// A company whose desk is killed so many times; how many requests were cut off.
fn killed_at_work(kills: usize, dice: &mut Dice) -> usize {
    let place = folder();
    let (home, out) = (place.path().join("home"), place.path().join("out"));
    let passphrase = written(place.path());
    let list = place.path().join("list.csv");
    drop(company(&home));
    let mut acked: Vec<Value> = Vec::new();
    let mut in_flight = 0;
    for round in 0..=kills {
        let mut desk = Headless::new(&home, &out, &["--passphrase-file", passphrase.to_str().unwrap()]);
        // What the round before had answered is there.
        for contact in acked.drain(..) {
            let there = desk.ok("person", json!({ "id": contact["person"] }));
            let contacts = there["contacts"].as_array().unwrap();
            assert!(
                contacts.iter().any(|kept| kept["id"] == contact["id"]),
                "round {round}: {contact} was lost"
            );
        }
        if round == kills {
            break;
        }
        let rows: String = (0..40).map(|n| format!("{round}-{n},佐藤,誠{n},令和3年9月30日\n")).collect();
        std::fs::write(&list, format!("社員番号,姓,名,退職日\n{rows}")).unwrap();
        let person = desk.ok("add_person", json!({ "family": "佐藤", "given": round.to_string() }));
        // Many requests at once, so that the blow falls into the middle of one.
        for n in 0..30 {
            match n % 6 {
                4 => desk.send(
                    "import_people",
                    json!({ "file": list, "mapping": ["employee_number", "family", "given", "left_on"] }),
                ),
                5 => desk.send("undo", json!({})),
                _ => desk.send(
                    "add_contact",
                    json!({ "person": person, "kind": "call", "note": format!("{round} {n}") }),
                ),
            }
        }
        let before_the_blow = dice.roll(24);
        let mut answers: Vec<Value> = (0..before_the_blow).map_while(|_| desk.answer()).collect();
        desk.kill();
        // What was already on its way to us counts as answered too.
        answers.extend(std::iter::from_fn(|| desk.answer()));
        in_flight += 30 - answers.len();
        let mut undone = false;
        for (n, answer) in answers.iter().enumerate() {
            match (n % 6, &answer["ok"]) {
                (5, step) => undone = step["label"] == "add_contact",
                (4, _) => {}
                (_, id) => acked.push(json!({ "person": person, "id": id })),
            }
            if undone {
                acked.pop();
                undone = false;
            }
        }
    }
    let mut desk = Within::new(&home, &out);
    desk.ok("unlock", json!({ "passphrase": PASSPHRASE }));
    assert!(whole(&mut desk));
    while desk.ask("undo", json!({})).is_ok() {}
    assert_eq!(desk.ok("people", json!({}))["total"], json!(0), "the journal is whole, too");
    in_flight
}

pub fn a_register_is_whole_after_a_backup_or_restoration_that_was_killed(times: &Times) -> Vec<Line> {
    let kills = times.kills / 2;
    let rows = in_rows("kill-restore", kills, killed_going_back);
    let [changing, backing_up, restoring] =
        [0, 1, 2].map(|which| rows.iter().map(|row| row[which]).sum::<usize>());
    assert!(
        backing_up * 10 > kills && restoring * 10 > kills,
        "the blows fell into the middle of the work ({backing_up} and {restoring} of {kills})"
    );
    let tries = format!(
        "{kills} rounds, {changing} cut off before, {backing_up} while backing up, {restoring} while restoring"
    );
    vec![Line { what: "killed during backup and restoration", tries, found: "**0 lost, 0 damaged**".into() }]
}

/// How often the blow fell after none, one or two of three answers: somebody added, a backup, and the way back.
fn killed_going_back(kills: usize, dice: &mut Dice) -> [usize; 3] {
    let place = folder();
    let home = place.path().join("home");
    let passphrase = written(place.path());
    let mut desk = company(&home);
    for n in 0..20 {
        desk.ok("add_person", json!({ "family": "髙橋", "given": n.to_string(), "notes": "あ".repeat(500) }));
    }
    let people = 20;
    desk.ok("lock", json!({}));
    let which = desk.ok("backups", json!({}))["saved"][0]["which"].clone();
    drop(desk);
    let kept = home.join("backups").join(which["name"].as_str().unwrap());
    let backup = std::fs::read(&kept).unwrap();
    std::fs::rename(&kept, home.join("backups/kept.enishi")).unwrap();
    let mut cut_off = [0; 3];
    for round in 0..kills {
        let mut desk =
            Headless::new(&home, place.path(), &["--passphrase-file", passphrase.to_str().unwrap()]);
        // Forward: one person more, and a backup of it. Then back to the first backup.
        let before = desk.ok("people", json!({}))["total"].as_u64().unwrap();
        desk.send("add_person", json!({ "family": "大野" }));
        desk.send("back_up", json!({}));
        desk.send(
            "restore",
            json!({ "which": { "place": "here", "name": "kept.enishi" }, "passphrase": PASSPHRASE }),
        );
        // The blow falls after an answer, or at once, and a moment that is shorter than the work.
        let (first, wait) = (dice.roll(3), Duration::from_micros(dice.roll(40_000) as u64));
        let mut answers: Vec<Value> = (0..first).map_while(|_| desk.answer()).collect();
        answers.extend(struck_after(wait, &mut desk, 3 - first));
        drop(desk);
        if let Some(cut) = cut_off.get_mut(answers.len()) {
            *cut += 1;
        }
        for answer in &answers {
            assert!(answer["fault"].is_null(), "round {round}: {answer}");
        }
        let mut desk = Within::new(&home, place.path());
        let opened = desk.ok("unlock", json!({ "passphrase": PASSPHRASE }))["people"].as_u64().unwrap();
        let possible: &[u64] = match answers.len() {
            0 => &[before, before + 1],
            1 | 2 => &[before + 1, people],
            _ => &[people],
        };
        assert!(possible.contains(&opened), "round {round}: {opened} people, and {possible:?} were possible");
        assert!(whole(&mut desk), "round {round}");
        let backups = desk.ok("backups", json!({}));
        assert_eq!(backups["unreadable"], json!(0), "round {round}: what bears a name is whole");
        for saved in backups["saved"].as_array().unwrap() {
            let name = saved["which"]["name"].as_str().unwrap();
            register::backup::Backup::read(&home.join("backups").join(name)).unwrap().check().unwrap();
        }
        if answers.len() == 2 {
            let made = backups["saved"].as_array().unwrap().iter().any(|saved| saved["people"] == before + 1);
            assert!(made, "round {round}: the backup that was answered is there");
        }
        drop(desk);
        std::fs::write(home.join("backups/kept.enishi"), &backup).unwrap();
        for entry in std::fs::read_dir(&home).unwrap() {
            let entry = entry.unwrap();
            if entry.file_name().to_string_lossy().starts_with("company.aside-") {
                std::fs::remove_dir_all(entry.path()).unwrap();
            }
        }
    }
    cut_off
}

/// The answers, at most so many, that come before the blow; it falls when its time has come, or not at all.
fn struck_after(wait: Duration, desk: &mut Headless, most: usize) -> Vec<Value> {
    let (working, done) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let id = desk.id();
        scope.spawn(move || {
            if done.recv_timeout(wait).is_err() {
                strike(id);
            }
        });
        let answers = (0..most).map_while(|_| desk.answer()).collect();
        let _ = working.send(());
        answers
    })
}

fn strike(process: u32) {
    Command::new("kill").args(["-9", &process.to_string()]).status().unwrap();
}

/// A file with the 合言葉.
fn written(place: &Path) -> PathBuf {
    let file = place.join("passphrase");
    std::fs::write(&file, PASSPHRASE).unwrap();
    file
}

/// Those who stay, in whichever order they come.
const STAFF: &str = "いんさつをするひと";
const SECOND: &str = "ひかりさす庭の木";

/// The moments into which a blow may fall, told by what lies in the folder.
fn struck(folder: &Path, moment: usize, since: Instant, wait: Duration) -> bool {
    let there = |name: &str| folder.join(name).exists();
    let late = since.elapsed() >= wait;
    match moment {
        0 => late,
        1 => there("register.db.next"),
        2 => there("register.keys.next"),
        3 => there("register.keys.next") && !there("register.db-wal"),
        4 => there("register.keys.next") && !there("register.db.next"),
        5 => there("register.keys.next.new"),
        _ => there("register.keys.next") && late,
    }
}

/// When the key file was last replaced.
fn keys_at(company: &Path) -> SystemTime {
    std::fs::metadata(company.join("register.keys")).unwrap().modified().unwrap()
}

pub fn killed_while_it_gets_new_keys_the_register_opens_with_everybodys_own_passphrase(
    times: &Times,
) -> Vec<Line> {
    let kills = times.kills / 4;
    let rows = in_rows("kill-keys", kills, killed_between_keys);
    let found = [0, 1, 2].map(|which| rows.iter().map(|row| row[which]).sum::<usize>());
    let [gone, kept, between] = found;
    assert!(
        gone * 10 > kills && kept * 10 > kills && between * 10 > kills,
        "{gone} done, {kept} not begun, {between} between"
    );
    let tries = format!("{kills} kills, {between} with both key files there");
    let found = "**0 lost, 0 damaged**; whoever stays opens it with their own 合言葉".into();
    vec![Line { what: "killed while the register gets new keys", tries, found }]
}

/// How often a user was gone, how often still there, and how often two key files lay there.
fn killed_between_keys(kills: usize, dice: &mut Dice) -> [usize; 3] {
    let place = folder();
    let home = place.path().join("home");
    let mut desk = company(&home);
    desk.ok("add_user", json!({ "name": "田中", "owner": false, "passphrase": STAFF }));
    desk.ok("add_user", json!({ "name": "鈴木", "owner": true, "passphrase": SECOND }));
    let person = desk.ok("add_person", json!({ "family": "佐藤", "given": "誠" }));
    desk.ok("add_sealed_note", json!({ "person": person, "text": "残業が多かった" }));
    let list = place.path().join("list.csv");
    let rows: String = (0..100).map(|n| format!("{n},佐藤,誠{n},令和3年9月30日,家庭の事情\n")).collect();
    std::fs::write(&list, format!("社員番号,姓,名,退職日,退職理由\n{rows}")).unwrap();
    let mapping = ["employee_number", "family", "given", "left_on", "reason"];
    desk.ok("import_people", json!({ "file": list, "mapping": mapping }));
    desk.ok("lock", json!({}));
    drop(desk);
    let folder = home.join("company");
    let [mut done, mut undone, mut between] = [0; 3];
    for round in 0..kills {
        // Numbers of its own for every round: the same would draw the same keys again.
        let seed = (dice.roll(1 << 30) + 100).to_string();
        let mut desk = Headless::new(&home, place.path(), &["--seed", &seed]);
        desk.ok("unlock", json!({ "passphrase": PASSPHRASE, "user": 1 }));
        let passphrase = format!("{round}番目のひとです");
        let new =
            desk.ok("add_user", json!({ "name": "新", "owner": round % 2 == 0, "passphrase": passphrase }));
        let began = keys_at(&folder);
        desk.send("dismiss_user", json!({ "id": new }));
        let (moment, since) = (dice.roll(7), Instant::now());
        let wait = Duration::from_micros(dice.roll(150_000) as u64);
        // A moment that was missed does not come back: then the blow falls right after the work.
        while !struck(&folder, moment, since, wait) && keys_at(&folder) == began {
            thread::yield_now();
        }
        desk.kill();
        let answered = desk.answer().is_some();
        drop(desk);
        between += usize::from(folder.join("register.keys.next").exists());
        // Whoever stays opens it, in any order, and finds everything.
        let mut desk = Within::new(&home, place.path());
        let mut all = [(STAFF, false), (SECOND, true), (PASSPHRASE, true)];
        all.rotate_left(dice.roll(3));
        for (passphrase, owner) in all {
            desk.ask("unlock", json!({ "passphrase": passphrase }))
                .unwrap_or_else(|fault| panic!("round {round}, moment {moment}: {fault}"));
            assert_eq!(desk.ok("people", json!({}))["total"], json!(101));
            if owner {
                let notes = desk.ok("sealed_notes", json!({ "id": person }));
                assert_eq!(notes[0]["text"], json!("残業が多かった"), "round {round}");
            }
        }
        assert!(whole(&mut desk), "round {round}");
        // Whoever was to go is gone, or is still there whole.
        let gone = desk.ask("unlock", json!({ "passphrase": passphrase })).is_err();
        assert!(gone || !answered, "round {round}: answered, and not dismissed");
        *(if gone { &mut done } else { &mut undone }) += 1;
        desk.ok("lock", json!({}));
        let names = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut left: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        left.retain(|name| name != "register.keys.prev");
        left.sort();
        assert_eq!(left, ["register.db", "register.keys", "register.lock"], "round {round}");
    }
    [done, undone, between]
}

/// A migration of the kind that a later version will bring: every record is written anew, and a table comes and goes.
const MIGRATION: &str = "
    CREATE TABLE aside (id INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
    INSERT INTO aside SELECT id, note FROM contact;
    UPDATE contact SET note = note || '移';
    UPDATE person SET notes = notes || '移';
    CREATE INDEX aside_note ON aside (note);
    DROP TABLE aside;";

/// This program's argument that makes it migrate the register in a folder, and say when it has.
pub const MIGRATE: &str = "--migrate";

pub fn migrate(folder: &str, key: &str) {
    Register::migrate_by(Path::new(folder), key, &[MIGRATION]).unwrap();
    println!("migrated");
}

pub fn a_register_is_whole_after_a_migration_that_was_killed(times: &Times) -> Vec<Line> {
    let kills = times.kills / 4;
    let place = folder();
    let (old, home) = (place.path().join("old"), place.path().join("home"));
    let desk = company(&old);
    let people = 400;
    let begun = desk.desk.register().unwrap().begin(|writing| {
        for n in 0..people {
            let person =
                register::Person { family: "髙橋".into(), given: n.to_string(), ..Default::default() };
            let person = writing.add(&person)?;
            let note = "あ".repeat(200);
            writing.add(&register::Contact { person, note, ..Default::default() })?;
        }
        Ok(())
    });
    begun.unwrap();
    // As an older version left it.
    desk.desk.register().unwrap().become_version(0).unwrap();
    drop(desk);
    let opened = vault::KeyFile::read(&old.join("company/register.keys")).unwrap();
    let opened = opened.open(None, PASSPHRASE).unwrap();
    let key = opened.register_key().sqlcipher_literal();
    let start = |home: &Path| {
        let mut program = Command::new(std::env::current_exe().unwrap());
        program.arg(MIGRATE).arg(home.join("company")).arg(&**key);
        program.stdout(Stdio::piped()).spawn().unwrap()
    };
    // Never struck, it takes so long.
    crate::copy(&old, &home);
    let since = Instant::now();
    assert!(start(&home).wait().unwrap().success());
    let long = since.elapsed();
    let mut dice = Dice(404);
    let (mut done, mut again) = (0, 0);
    for round in 0..kills {
        told("kill-migration", round, kills);
        std::fs::remove_dir_all(&home).unwrap();
        crate::copy(&old, &home);
        let mut program = start(&home);
        let id = program.id();
        let wait = long.mul_f64(dice.roll(1_200) as f64 / 1_000.0);
        let (working, ended) = mpsc::channel::<()>();
        let mut answer = String::new();
        thread::scope(|scope| {
            scope.spawn(move || {
                if ended.recv_timeout(wait).is_err() {
                    strike(id);
                }
            });
            program.stdout.take().unwrap().read_to_string(&mut answer).unwrap();
            let _ = working.send(());
        });
        program.wait().unwrap();
        // The next start finds the old version and migrates it, or the new one and does not.
        let mut desk = Within::new(&home, place.path());
        if Register::open(&home.join("company"), &key)
            .is_err_and(|fault| matches!(fault, register::Fault::Older(0)))
        {
            assert!(answer.is_empty(), "round {round}: answered, and not migrated");
            Register::migrate_by(&home.join("company"), &key, &[MIGRATION]).unwrap();
            again += 1;
        } else {
            done += 1;
        }
        desk.ok("unlock", json!({ "passphrase": PASSPHRASE }));
        assert!(whole(&mut desk), "round {round}");
        let state = desk.desk.register().unwrap().state().unwrap();
        // Each of them was written anew, and none of them twice.
        assert_eq!(state.matches("移").count(), 2 * people, "round {round}");
        assert!(!state.contains("移移"), "round {round}");
    }
    assert!(again * 10 > kills && done > 0, "{again} cut off, {done} done");
    let tries = format!("{kills} kills, {again} before it was done");
    vec![Line { what: "killed during a migration", tries, found: "**0 lost, 0 damaged**".into() }]
}
