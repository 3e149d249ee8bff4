//! A register that lies where nothing can be written opens to look at: all of it is seen and can be printed, nothing is
//! changed, and every command that would change something says why it does not.

#![cfg(target_os = "linux")]

use crate::front::{Ask, Headless, Within, folder};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

const OWNER: &str = "さくら咲く頃に会う";

/// Ways in which nothing can be written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    /// The folders take no new files, though the files themselves could be written.
    Folders,
    /// Nor may the files be written.
    Files,
    /// The files may not, the folders may: a register copied from a disc.
    FilesOnly,
    /// The whole file system is so.
    FileSystem,
}

/// All that lies under a folder, by name.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(contents(&path));
        }
        found.insert(path.clone(), fs::read(&path).ok());
    }
    found
}

fn allow(folder: &Path, folders: u32, files: u32) {
    for path in contents(folder).into_keys().chain([folder.to_owned()]) {
        let mode = if path.is_dir() { folders } else { files };
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    }
}

/// The desk, bound by what is allowed. Root alone is not; without two of its powers it is.
fn bound(home: &Path, way: Way) -> Option<Command> {
    let desk = env!("CARGO_BIN_EXE_desk");
    let root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let mut command = Command::new(match (way, root) {
        (Way::FileSystem, true) => "unshare",
        // Only root may say so of a file system.
        (Way::FileSystem, false) => return None,
        (_, true) => "setpriv",
        (_, false) => desk,
    });
    match (way, root) {
        (Way::FileSystem, _) => {
            let mount = r#"mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@""#;
            command.args(["--mount", "sh", "-c", mount]).arg(home).arg(desk);
        }
        (_, true) => _ = command.args(["--bounding-set=-dac_override,-dac_read_search", desk]),
        (_, false) => {}
    }
    Some(command)
}

/// A company with two people, one of them with a sealed note, an issue and a backup.
fn company(home: &Path, out: &Path) -> Value {
    let mut desk = Within::new(home, out);
    desk.ok("start_company", json!({ "company": "青葉食品", "owner": "青葉", "passphrase": OWNER }));
    let person = desk.ok("add_person", json!({ "family": "佐藤", "given": "誠", "notes": "釣りが好き" }));
    desk.ok("add_sealed_note", json!({ "person": person, "text": "残業が多かった" }));
    desk.ok("add_issue", json!({ "name": "ほくと便り", "number": 1, "columns": 2 }));
    desk.ok("back_up", json!({}));
    desk.ok("add_person", json!({ "family": "髙橋" }));
    person
}

#[test]
fn a_register_that_cannot_be_written_opens_to_look_at_in_whatever_way_that_is_so() {
    for way in [Way::Folders, Way::Files, Way::FilesOnly, Way::FileSystem] {
        // With and without a log that a program left which was cut off.
        for cut_off in [false, true] {
            let place = folder();
            let (home, out) = (place.path().join("home"), place.path().join("out"));
            fs::create_dir(&out).unwrap();
            let Some(command) = bound(&home, way) else { continue };
            let person = company(&home, &out);
            if cut_off {
                let mut desk = Headless::new(&home, &out, &[]);
                desk.ok("unlock", json!({ "passphrase": OWNER }));
                desk.ok("add_person", json!({ "family": "大野" }));
                desk.kill();
                drop(desk);
                let log = fs::metadata(home.join("company/register.db-wal")).unwrap();
                assert!(log.len() > 0, "nothing is left to be read from the log");
                // The other file beside it goes with the power.
                fs::remove_file(home.join("company/register.db-shm")).unwrap();
            }
            match way {
                Way::Folders => allow(&home, 0o555, 0o644),
                Way::Files => allow(&home, 0o555, 0o444),
                Way::FilesOnly => allow(&home, 0o755, 0o444),
                Way::FileSystem => {}
            }
            let before = contents(&home);
            look(Headless::under(command, &home, &out, &[]), &person, 2 + u32::from(cut_off), (way, cut_off));
            allow(&home, 0o755, 0o644);
            let after = contents(&home);
            let changed: Vec<_> = before
                .keys()
                .chain(after.keys())
                .filter(|path| before.get(*path) != after.get(*path))
                .collect();
            assert!(changed.is_empty(), "{way:?} {cut_off}: {changed:?}");
            // Where it can be written again, it goes on as if nothing had been.
            let mut desk = Within::new(&home, &out);
            let state = desk.ok("unlock", json!({ "passphrase": OWNER }));
            assert_eq!(state["read_only"], false);
            desk.ok("add_person", json!({ "family": "林" }));
            desk.desk.register().unwrap().verify().unwrap();
        }
    }
}

/// What can be done with a register that can only be looked at, and what cannot.
fn look(mut desk: Headless, person: &Value, people: u32, way: (Way, bool)) {
    assert_eq!(desk.fault("unlock", json!({ "passphrase": "ちがう ことば" })), "wrong_passphrase");
    let state = desk.ok("unlock", json!({ "passphrase": OWNER }));
    assert_eq!(
        (&state["open"], &state["read_only"], &state["people"]),
        (&json!(true), &json!(true), &json!(people)),
        "{way:?}"
    );
    assert_eq!(desk.ok("people", json!({ "search": "さとう" }))["total"], 0);
    assert_eq!(desk.ok("people", json!({ "search": "佐藤" }))["rows"][0]["id"], *person);
    assert_eq!(desk.ok("check_audit", json!({}))["broken_at"], Value::Null);
    assert_eq!(desk.ok("backups", json!({}))["saved"].as_array().unwrap().len(), 1);
    let safety = desk.ok("safety", json!({}));
    assert_eq!(
        (&safety["trouble"], &safety["damaged"], &safety["disk_full"]),
        (&Value::Null, &json!(false), &json!(false))
    );

    // Printed and taken out.
    let issue = desk.ok("issues", json!({}))[0]["id"].clone();
    let printed = desk.ok("print_issue", json!({ "id": issue }));
    assert!(fs::metadata(printed["file"].as_str().unwrap()).unwrap().len() > 1000);
    assert_eq!(desk.ok("export_people", json!({ "form": "workbook", "query": {} }))["rows"], people);
    assert_eq!(desk.ok("export_all", json!({}))["rows"], people);
    desk.ok("export_audit", json!({}));

    // Whatever would change something says so; so does what may only be answered once it is written down.
    let mut refused = 0;
    for row in desk::TABLE.iter().filter(|row| row.writes()) {
        assert_eq!(desk.fault(row.name, json!({})), "register_read_only", "{}", row.name);
        refused += 1;
    }
    assert!(refused > 40, "{refused} commands write");
    let elsewhere = json!({ "folder": std::env::temp_dir() });
    for (name, input) in
        [("back_up", json!({})), ("sealed_notes", json!({ "id": person })), ("move_register", elsewhere)]
    {
        assert_eq!(desk.fault(name, input), "register_read_only", "{name}");
    }
    assert_eq!(desk.ok("lock", json!({}))["open"], false);
    desk.ok("unlock", json!({ "passphrase": OWNER }));
}

#[test]
fn two_may_look_at_once_and_nobody_writes_meanwhile() {
    let place = folder();
    let (home, out) = (place.path().join("home"), place.path());
    company(&home, out);
    allow(&home, 0o555, 0o444);
    let unlock = json!({ "passphrase": OWNER });
    let mut looking: Vec<_> =
        (0..2).map(|_| Headless::under(bound(&home, Way::Files).unwrap(), &home, out, &[])).collect();
    for desk in &mut looking {
        assert_eq!(desk.ok("unlock", unlock.clone())["read_only"], true);
    }
    allow(&home, 0o755, 0o644);
    let mut writer = Within::new(&home, out);
    assert_eq!(writer.fault("unlock", unlock.clone()), "open_elsewhere");
    drop(looking);
    assert_eq!(writer.ok("unlock", unlock.clone())["read_only"], false);
    // And whoever comes to look while somebody writes waits for them.
    allow(&home, 0o555, 0o444);
    let mut desk = Headless::under(bound(&home, Way::Files).unwrap(), &home, out, &[]);
    assert_eq!(desk.fault("unlock", unlock), "open_elsewhere");
    allow(&home, 0o755, 0o644);
}
