//! A long random walk over the writing commands, with undo and redo: every state that comes back is the state that
//! was left, and the search is always what a fresh one would be.

use crate::{
    Line, PASSPHRASE, Times, company,
    front::{Ask, Dice, JPEG, Within, folder},
    whole,
};
use serde_json::{Value, json};
use std::hash::{DefaultHasher, Hash, Hasher};

impl Dice {
    fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.roll(of.len())]
    }
}

fn state(desk: &Within) -> u64 {
    let mut hasher = DefaultHasher::new();
    desk.desk.register().unwrap().state().unwrap().hash(&mut hasher);
    hasher.finish()
}

fn verify(desk: &mut Within, at: usize) {
    assert!(whole(desk), "after {at} steps");
}

fn pick(dice: &mut Dice, ids: &[Value]) -> Value {
    ids.get(dice.roll(ids.len().max(1))).cloned().unwrap_or(json!(0))
}

/// One write, any. Refusals are fine: they must change nothing.
fn write(desk: &mut Within, dice: &mut Dice, list: &str, photo: &str) {
    let people: Vec<Value> = desk.ok("people", json!({}))["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].clone())
        .collect();
    let person = pick(dice, &people);
    let family = dice.pick(&["髙橋", "佐藤", "O'Brien", "葛󠄀城", "𠮷田", "神谷"]);
    let note = dice.pick(&[
        "工場見学の件",
        "電話した。元気そう",
        "引っ越し",
        "'; DROP TABLE person; --",
        "改行\nあり\u{0}",
    ]);
    let kept = |desk: &mut Within, command: &str| -> Vec<Value> {
        desk.ok(command, json!({})).as_array().unwrap().iter().map(|kept| kept["id"].clone()).collect()
    };
    let (name, input) = match dice.roll(35) {
        0..=3 => (
            "add_person",
            json!({ "family": family, "family_kana": dice.pick(&["タカハシ", "さとう", ""]), "left_on": "2021-09" }),
        ),
        4 if people.len() > 12 => ("remove_person", json!({ "id": person })),
        5..=7 => (
            "change_person",
            json!({ "id": person, "changes": { dice.pick(&["family", "employer", "notes", "help_fields"]): note } }),
        ),
        8 => (
            "change_person",
            json!({ "id": person, "changes": { "deceased": dice.roll(2) == 0, "hours_a_month": dice.roll(40) } }),
        ),
        9..=11 => {
            ("add_contact", json!({ "person": person, "kind": "call", "note": note, "on_day": "2026-08-21" }))
        }
        12 => ("add_address", json!({ "person": person, "street": note, "best": true })),
        13 => ("add_phone", json!({ "person": person, "number": "090-0000-0000", "best": true })),
        14 => ("add_employment", json!({ "person": person, "department": dice.pick(&["製造部", "営業部"]) })),
        15 => (
            "add_tag",
            json!({ "selection": { "query": { "search": family } }, "name": dice.pick(&["同期会", "野球部"]) }),
        ),
        16 => ("remove_tag", json!({ "selection": { "people": [person] }, "name": "同期会" })),
        17 => ("add_colleague", json!({ "family": family })),
        18 => {
            let id = pick(dice, &kept(desk, "colleagues"));
            ("remove_colleague", json!({ "id": id }))
        }
        19 => {
            let id = pick(dice, &kept(desk, "colleagues"));
            ("change_person", json!({ "id": person, "changes": { "in_charge": id } }))
        }
        20 => ("add_own_field", json!({ "name": note })),
        21 => {
            let id = pick(dice, &kept(desk, "own_fields"));
            (
                "change_own_value",
                json!({ "person": person, "field": id, "value": dice.pick(&["", "初級", "上級"]) }),
            )
        }
        24..=25 => (
            "change_photo",
            json!({ "person": person, "file": if dice.roll(3) == 0 { None } else { Some(photo) } }),
        ),
        22 => ("change_settings", json!({ "newsletter": note })),
        26 => ("add_issue", json!({ "number": 1, "columns": 2, "articles": [{ "body": note }] })),
        27..=32 => {
            let id = kept(desk, "issues").first().cloned().unwrap_or(json!(0));
            ("change_issue", json!({ "id": id, "changes": { "closing": dice.roll(1_000).to_string() } }))
        }
        33 => {
            let id = pick(dice, &kept(desk, "issues"));
            ("add_picture", json!({ "issue": id, "article": 0, "file": photo }))
        }
        34 => {
            let id = pick(dice, &kept(desk, "issues"));
            match dice.roll(4) {
                0 => ("remove_issue", json!({ "id": id })),
                // The article is written anew, without its photographs.
                _ => ("change_issue", json!({ "id": id, "changes": { "articles": [{ "body": note }] } })),
            }
        }
        _ => (
            "import_people",
            json!({ "file": list, "mapping": ["employee_number", "family", "given", "left_on"] }),
        ),
    };
    // What is refused is refused whole; the state says so at once.
    let before = state(desk);
    if desk.ask(name, input).is_err() {
        assert_eq!(state(desk), before, "{name} was refused and changed something");
    }
}

pub fn every_state_comes_back(times: &Times) -> Vec<Line> {
    let place = folder();
    let list = place.path().join("list.csv");
    std::fs::write(&list, "社員番号,姓,名,退職日\n1,佐藤,誠,令和3年9月30日\n2,𠮷田,健,H31.4.30\n").unwrap();
    let photo = place.path().join("photo.jpg");
    std::fs::write(&photo, JPEG).unwrap();
    let mut desk = company(&place.path().join("home"));
    let mut dice = Dice(42);
    let latest = |desk: &mut Within| desk.ok("steps", json!({ "limit": 1 }))["rows"][0]["id"].clone();
    // The state before and after every step that stands or can be redone.
    let mut past: Vec<u64> = vec![state(&desk)];
    let (mut now, mut joined) = (0, 0);
    for at in 0..times.steps {
        match dice.roll(10) {
            0..=2 if now > 0 => {
                desk.ok("undo", json!({}));
                now -= 1;
                assert_eq!(state(&desk), past[now], "undo after {at} steps");
            }
            3..=4 if now + 1 < past.len() => {
                desk.ok("redo", json!({}));
                now += 1;
                assert_eq!(state(&desk), past[now], "redo after {at} steps");
            }
            // A step further back: where it can be undone at all, redoing it brings everything back.
            5 if now > 3 => {
                let steps = desk.ok("steps", json!({ "limit": 20 }))["rows"].clone();
                let step = steps[dice.roll(steps.as_array().unwrap().len())].clone();
                let (there, back) = if step["state"] == "done" { ("undo", "redo") } else { ("redo", "undo") };
                let which = json!({ "step": step["id"] });
                let before = state(&desk);
                match desk.ask(there, which.clone()) {
                    Ok(_) => drop(desk.ok(back, which)),
                    Err(fault) => assert_eq!(fault["code"], "changed_since"),
                }
                assert_eq!(state(&desk), before, "{there} and {back} of {step} after {at} steps");
            }
            _ => {
                let before = latest(&mut desk);
                write(&mut desk, &mut dice, list.to_str().unwrap(), photo.to_str().unwrap());
                let (stood, after) = (past[now], state(&desk));
                if latest(&mut desk) != before {
                    past.truncate(now + 1);
                    past.push(after);
                    now += 1;
                } else if after != stood {
                    // Typing that went on: the step before now leads here, and no step of it is undone.
                    assert_eq!(
                        now + 1,
                        past.len(),
                        "joined typing while a step was undone, after {at} steps"
                    );
                    past[now] = after;
                    joined += 1;
                }
            }
        }
        if at % 250 == 0 {
            verify(&mut desk, at);
        }
        // Once in a while the program is closed and opened again: the journal survives it.
        if at % 1_000 == 999 {
            desk.ok("lock", json!({}));
            desk.ok("unlock", json!({ "passphrase": PASSPHRASE }));
            assert_eq!(state(&desk), past[now]);
            // The journal has its limits: what it let go of cannot be undone.
            let pages = (0..).map(|page| {
                desk.ok("steps", json!({ "offset": page * 100 }))["rows"].as_array().unwrap().len()
            });
            let kept: usize = pages.take_while(|rows| *rows > 0).sum();
            let gone = (past.len() - 1).saturating_sub(kept).min(now);
            past.drain(..gone);
            now -= gone;
        }
    }
    assert!(joined > 20, "typing was joined {joined} times only");
    verify(&mut desk, times.steps);
    while desk.ask("undo", json!({})).is_ok() {}
    assert_eq!(state(&desk), past[0], "back on the first day");
    verify(&mut desk, times.steps);
    let tries = format!("{} steps at random", times.steps);
    let found = "**0 states differ, 0 broken references, search as if made anew**".into();
    vec![Line { what: "undone and redone", tries, found }]
}
