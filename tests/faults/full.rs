//! The disk fills up.

use crate::{
    Line, PASSPHRASE, Times, company,
    front::{Ask, Headless, Within, folder},
    whole,
};
use serde_json::json;
use std::process::Command;

pub fn a_full_disk_still_lets_one_save(_: &Times) -> Vec<Line> {
    let what = "the disk is full";
    let place = folder();
    let (made, small) = (place.path().join("made"), place.path().join("small"));
    let desk = company(&made);
    // The room in reserve is taken in a quiet moment.
    desk.desk.rest();
    assert!(desk.desk.register().unwrap().has_reserve());
    drop(desk);
    std::fs::create_dir(&small).unwrap();
    // A disk of six megabytes, for this process and its children only.
    let script = "mount -t tmpfs -o size=6m enishi \"$0\" && cp -r \"$1/.\" \"$0\" && shift && \"$@\" && cp -r \"$0/.\" \"$2\"";
    let kept = place.path().join("kept");
    std::fs::create_dir(&kept).unwrap();
    let script = script.replace("\"$2\"", &format!("'{}'", kept.display()));
    let mut confined = Command::new("unshare");
    confined.args(["--map-root-user", "--mount", "sh", "-c", &script]).arg(&small).arg(&made);
    let may = Command::new("unshare").args(["--map-root-user", "--mount", "true"]).status();
    if !may.is_ok_and(|status| status.success()) {
        let found = "not tried: this machine lets nobody mount a small disk".into();
        return vec![Line { what, tries: "0".into(), found }];
    }
    let passphrase = place.path().join("passphrase");
    std::fs::write(&passphrase, PASSPHRASE).unwrap();
    confined.arg(env!("CARGO_BIN_EXE_desk"));
    let mut desk =
        Headless::under(confined, &small, place.path(), &["--passphrase-file", passphrase.to_str().unwrap()]);
    let person = desk.ok("add_person", json!({ "family": "佐藤" }));
    let note = "あ".repeat(20_000);
    let (mut saved, mut after) = (0, 0);
    let refused = loop {
        match desk.ask("add_contact", json!({ "person": person, "kind": "call", "note": note })) {
            Ok(_) => saved += 1,
            Err(fault) => break fault,
        }
        let full = desk.ok("safety", json!({}))["disk_full"] == json!(true);
        after += usize::from(full);
        assert!(saved < 1_000, "six megabytes are full by now");
    };
    assert_eq!(refused["code"], "disk_full");
    assert!(after > 10, "the room in reserve let {after} more notes be saved");
    // Reading goes on, and so does making room.
    assert_eq!(desk.ok("person", json!({ "id": person }))["contacts"].as_array().unwrap().len(), saved);
    drop(desk);
    let mut desk = Within::new(&kept, place.path());
    desk.ok("unlock", json!({ "passphrase": PASSPHRASE }));
    assert_eq!(desk.ok("person", json!({ "id": person }))["contacts"].as_array().unwrap().len(), saved);
    assert!(whole(&mut desk));
    let tries = format!("{saved} notes of 60 kB on 6 MB");
    let found =
        format!("{after} saved after the disk was full, from the room in reserve; **0 lost, 0 damaged**");
    vec![Line { what, tries, found }]
}
