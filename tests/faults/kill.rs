//! The process is killed (SIGKILL) in the middle of real commands, again and again: what it had answered is there
//! when it comes back, and the register is whole. This proves nothing of the disk's own cache: the system lives on.

use crate::{
    Line, PASSPHRASE, Times, company,
    front::{Ask, Dice, Headless, Within, folder},
    whole,
};
use serde_json::{Value, json};
use std::{process::Command, sync::mpsc, thread, time::Duration};

pub fn nothing_that_was_answered_is_lost(times: &Times) -> Vec<Line> {
    let place = folder();
    let (home, out) = (place.path().join("home"), place.path().join("out"));
    let passphrase = place.path().join("passphrase");
    std::fs::write(&passphrase, PASSPHRASE).unwrap();
    let list = place.path().join("list.csv");
    let start = json!({ "company": "青葉食品", "owner": "青葉", "passphrase": PASSPHRASE });
    Within::new(&home, &out).ok("start_company", start);
    let mut dice = Dice(2026);
    let mut acked: Vec<Value> = Vec::new();
    let mut in_flight = 0;
    for round in 0..times.kills {
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
    assert!(
        in_flight > times.kills,
        "the blows fell into the middle of the work ({in_flight} requests were cut off)"
    );
    let mut desk = Within::new(&home, &out);
    desk.ok("unlock", json!({ "passphrase": PASSPHRASE }));
    assert!(whole(&mut desk));
    while desk.ask("undo", json!({})).is_ok() {}
    assert_eq!(desk.ok("people", json!({}))["total"], json!(0), "the journal is whole, too");
    let tries = format!("{} kills, {in_flight} requests cut off", times.kills);
    vec![Line {
        what: "killed (SIGKILL) during commands",
        tries,
        found: "**0 answered lost, 0 damaged**".into(),
    }]
}

pub fn a_register_is_whole_after_a_backup_or_restoration_that_was_killed(times: &Times) -> Vec<Line> {
    let kills = times.kills / 2;
    let place = folder();
    let (home, passphrase) = (place.path().join("home"), place.path().join("passphrase"));
    std::fs::write(&passphrase, PASSPHRASE).unwrap();
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
    let mut dice = Dice(77);
    let mut cut_off = 0;
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
        let (working, done) = mpsc::channel();
        let blow = Duration::from_micros(dice.roll(200_000) as u64);
        let answers = thread::scope(|scope| {
            let desk = &mut desk;
            let id = desk.id();
            scope.spawn(move || {
                // The blow falls when its time has come, or not at all.
                if done.recv_timeout(blow).is_err() {
                    Command::new("kill").args(["-9", &id.to_string()]).status().unwrap();
                }
            });
            let answers: Vec<Value> = (0..3).map_while(|_| desk.answer()).collect();
            let _ = working.send(());
            answers
        });
        drop(desk);
        cut_off += usize::from(answers.len() < 3);
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
        drop(desk);
        std::fs::write(home.join("backups/kept.enishi"), &backup).unwrap();
        for entry in std::fs::read_dir(&home).unwrap() {
            let entry = entry.unwrap();
            if entry.file_name().to_string_lossy().starts_with("company.aside-") {
                std::fs::remove_dir_all(entry.path()).unwrap();
            }
        }
    }
    assert!(cut_off * 4 > kills, "the blows fell into the middle of the work ({cut_off} of {kills})");
    let tries = format!("{kills} rounds, {cut_off} cut off");
    vec![Line { what: "killed during backup and restoration", tries, found: "**0 lost, 0 damaged**".into() }]
}
