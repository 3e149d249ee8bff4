//! The process is killed (SIGKILL) in the middle of real commands, again and again: what it had answered is there
//! when it comes back, and the register is whole. This proves nothing of the disk's own cache: the system lives on.

use crate::front::{Ask, Dice, Headless, Within, folder};
use serde_json::{Value, json};

const KILLS: usize = 200;

#[test]
fn nothing_that_was_answered_is_lost() {
    let place = folder();
    let (home, out) = (place.path().join("home"), place.path().join("out"));
    let passphrase = place.path().join("passphrase");
    std::fs::write(&passphrase, "さくら咲く頃に会う\n").unwrap();
    let list = place.path().join("list.csv");
    let start = json!({ "company": "青葉食品", "owner": "青葉", "passphrase": "さくら咲く頃に会う" });
    Within::new(&home, &out).ok("start_company", start);
    let mut dice = Dice(2026);
    let mut acked: Vec<Value> = Vec::new();
    let mut in_flight = 0;
    for round in 0..KILLS {
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
        in_flight > KILLS,
        "the blows fell into the middle of the work ({in_flight} requests were cut off)"
    );
    let mut desk = Within::new(&home, &out);
    desk.ok("unlock", json!({ "passphrase": "さくら咲く頃に会う" }));
    desk.ok("notes", json!({ "search": "1" }));
    desk.desk.register().unwrap().verify().unwrap();
    while desk.ask("undo", json!({})).is_ok() {}
    assert_eq!(desk.ok("people", json!({}))["total"], json!(0), "the journal is whole, too");
}
