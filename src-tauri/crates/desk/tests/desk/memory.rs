//! What the program still knows after it was locked: its own memory is read, page by page, by the process that started
//! it. The window's page (a process of its own), what the system wrote to swap and a core dump are not looked at.
#![cfg(target_os = "linux")]

use crate::front::{Ask, Headless, folder};
use serde_json::json;
use std::{
    collections::BTreeMap,
    fs::File,
    io::{Read, Seek, SeekFrom},
};

const OWNER: &str = "柘榴の木を植えた日 zakuro";
const STAFF: &str = "紫陽花の咲く坂道 ajisai";
const NEW: &str = "「\"金木犀\"が匂う朝」 kinmokusei";
const SEALED: &str = "親の介護のために辞めると打ち明けた";

/// How often half of each secret stands in the readable memory of a process.
pub fn found(process: u32, secrets: &[(String, Vec<u8>)]) -> BTreeMap<String, usize> {
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let mut memory = File::open(format!("/proc/{process}/mem")).unwrap();
    let mut found = BTreeMap::new();
    let mut read = 0;
    for line in maps.lines() {
        let (range, rest) = line.split_once(' ').unwrap();
        let (from, to) = range.split_once('-').unwrap();
        let at = |hex: &str| u64::from_str_radix(hex, 16).unwrap();
        // The kernel's own pages at the end of the list are nobody's memory.
        if !rest.starts_with('r') || rest.contains("[vvar") || rest.contains("[vsyscall") {
            continue;
        }
        let mut bytes = vec![0; (at(to) - at(from)) as usize];
        memory.seek(SeekFrom::Start(at(from))).unwrap();
        if memory.read_exact(&mut bytes).is_err() {
            continue;
        }
        read += bytes.len();
        let what = rest.split_whitespace().nth(4).unwrap_or("anonymous");
        // Half of a secret is too much, and memory given back loses its first bytes at once.
        for (name, secret) in secrets {
            for half in [&secret[..secret.len() / 2], &secret[secret.len() / 2..]] {
                let hits = memchr::memmem::find_iter(&bytes, half).count();
                if hits > 0 {
                    *found.entry(format!("{name} in {what}")).or_insert(0) += hits;
                }
            }
        }
    }
    assert!(read > 4 << 20, "{read} bytes are not a program");
    found
}

/// The secrets in the key file, as bytes and as they are written for SQLCipher.
fn keys(home: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let keys = vault::KeyFile::read(&home.join("company/register.keys")).unwrap();
    let opened = keys.open(None, NEW).unwrap();
    let mut secrets: Vec<(String, Vec<u8>)> =
        opened.secrets().into_iter().map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect();
    // The rest is salt, which stands at the beginning of the file.
    secrets[0].1.truncate(32);
    let hex: String = secrets[0].1.iter().map(|byte| format!("{byte:02x}")).collect();
    secrets.push(("register key in hex".into(), hex.to_uppercase().into_bytes()));
    secrets.push(("register key in hex".into(), hex.into_bytes()));
    secrets
}

#[test]
fn after_lock_neither_keys_nor_passphrases_are_in_memory() {
    let place = folder();
    let home = place.path().join("home");
    let mut desk = Headless::new(&home, place.path(), &[]);
    desk.ok("start_company", json!({ "company": "青葉食品", "owner": "青葉", "passphrase": OWNER }));
    desk.ok("add_user", json!({ "name": "田中", "owner": false, "passphrase": STAFF }));
    desk.ok("change_passphrase", json!({ "old": OWNER, "passphrase": NEW }));
    let person = desk.ok("add_person", json!({ "family": "佐藤" }));
    desk.ok("add_sealed_note", json!({ "person": person, "text": SEALED }));
    desk.ok("lock", json!({}));
    desk.ok("unlock", json!({ "passphrase": STAFF }));
    assert_eq!(desk.fault("unlock", json!({ "passphrase": OWNER })), "wrong_passphrase");
    desk.ok("unlock", json!({ "passphrase": NEW, "user": 1 }));
    desk.ok("sealed_notes", json!({ "id": person }));
    desk.ok("notes", json!({ "search": "件" }));

    // The keys until now, and those that take their place.
    let mut secrets = keys(&home);
    desk.ok("dismiss_user", json!({ "id": 2 }));
    secrets.extend(keys(&home));
    for (name, text) in [("owner", OWNER), ("staff", STAFF), ("new", NEW), ("sealed text", SEALED)] {
        secrets.push((name.to_owned(), text.as_bytes().to_vec()));
    }
    let open = found(desk.id(), &secrets);
    assert!(
        open.keys().any(|name| name.starts_with("register key")),
        "while open the key is found: {open:?}"
    );
    desk.ok("lock", json!({}));
    let locked = found(desk.id(), &secrets);
    println!("open: {open:#?}\nlocked: {locked:#?}");
    assert!(locked.is_empty(), "{locked:#?}");
}
