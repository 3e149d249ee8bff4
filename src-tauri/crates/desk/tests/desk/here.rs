//! A register that opens without a 合言葉 on one PC, and everything that ends that.

use crate::front::{Ask, Within, folder};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    io,
    path::Path,
    sync::{Arc, Mutex},
};
use zeroize::Zeroizing;

const OWNER: &str = "さくら咲く頃に会う";
const STAFF: &str = "いんさつをするひと";

/// What a system keeps for whoever is logged in; `None` while it does not answer.
#[derive(Clone, Default)]
struct Account(Arc<Mutex<Option<Secrets>>>);

/// By their names.
type Secrets = BTreeMap<String, Vec<u8>>;

impl Account {
    fn answering() -> Account {
        Account(Arc::new(Mutex::new(Some(BTreeMap::new()))))
    }

    fn secrets(&self) -> Vec<Vec<u8>> {
        self.0.lock().unwrap().iter().flat_map(|kept| kept.values().cloned()).collect()
    }
}

impl desk::Keystore for Account {
    fn answers(&self) -> bool {
        self.0.lock().unwrap().is_some()
    }
    fn keep(&self, name: &str, secret: &[u8]) -> io::Result<()> {
        let mut kept = self.0.lock().unwrap();
        kept.as_mut().ok_or(io::ErrorKind::PermissionDenied)?.insert(name.into(), secret.into());
        Ok(())
    }
    fn kept(&self, name: &str) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        let kept = self.0.lock().unwrap();
        let kept = kept.as_ref().ok_or(io::ErrorKind::PermissionDenied)?;
        Ok(kept.get(name).cloned().map(Zeroizing::new))
    }
    fn forget(&self, name: &str) -> io::Result<()> {
        self.0.lock().unwrap().as_mut().ok_or(io::ErrorKind::PermissionDenied)?.remove(name);
        Ok(())
    }
}

/// The program, started anew for whoever is logged in.
fn start(place: &Path, account: &Account) -> Within {
    let tray = Arc::new(desk::FolderTray { out: place.to_owned() });
    Within::on(&place.join("home"), tray, Some(Box::new(account.clone())))
}

/// A company with 青葉 (owner, user 1) and 田中 (staff, user 2); 青葉 opens here without a 合言葉.
fn company(place: &Path, account: &Account) -> Within {
    let mut desk = start(place, account);
    desk.ok("start_company", json!({ "company": "青葉食品", "owner": "青葉", "passphrase": OWNER }));
    desk.ok("add_user", json!({ "name": "田中", "owner": false, "passphrase": STAFF }));
    desk.ok("add_key_here", json!({ "passphrase": OWNER }));
    desk
}

fn here(desk: &mut Within) -> Value {
    desk.ok("state", json!({}))["here"].clone()
}

#[test]
fn the_register_opens_at_the_start_and_after_a_lock_asks_again() {
    let (place, account) = (folder(), Account::answering());
    let mut desk = start(place.path(), &account);
    desk.ok("start_company", json!({ "company": "青葉食品", "owner": "青葉", "passphrase": OWNER }));
    assert_eq!((desk.ok("keystore_answers", json!({})), here(&mut desk)), (json!(true), json!(null)));
    assert_eq!(desk.fault("add_key_here", json!({ "passphrase": STAFF })), "wrong_passphrase");
    assert_eq!((account.secrets().len(), here(&mut desk)), (0, json!(null)));
    desk.ok("add_key_here", json!({ "passphrase": OWNER }));
    assert_eq!(here(&mut desk), json!(1));
    desk.ok("lock", json!({}));
    assert_eq!(here(&mut desk), json!(null), "locked by a hand, a hand opens it");
    assert_eq!(desk.fault("unlock_here", json!({})), "key_here_gone");
    drop(desk);

    let mut desk = start(place.path(), &account);
    assert_eq!(here(&mut desk), json!(1));
    assert_eq!(desk.ok("unlock_here", json!({}))["user"]["name"], json!("青葉"));
    let rows = desk.ok("audit", json!({}));
    let noted: Vec<_> = (0..3).map(|at| rows[at]["command"].clone()).collect();
    assert_eq!(noted, ["unlock_here", "add_key_here", "start_company"]);
    desk.ok("remove_key_here", json!({}));
    assert_eq!((account.secrets().len(), here(&mut desk)), (0, json!(null)));
    drop(desk);
    assert_eq!(start(place.path(), &account).fault("unlock_here", json!({})), "key_here_gone");
}

#[test]
fn file_and_secret_open_nothing_alone_and_no_backup_carries_them() {
    let (place, account) = (folder(), Account::answering());
    let mut desk = company(place.path(), &account);
    desk.ok("back_up", json!({}));
    drop(desk);
    let secret = account.secrets().remove(0);
    let here = place.path().join("home/company/register.keys.here");
    let slot = std::fs::read(&here).unwrap();
    let mut folders = vec![place.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let bytes = std::fs::read(&entry).unwrap();
            let holds = |what: &[u8]| memchr::memmem::find(&bytes, what).is_some();
            assert!(!holds(&secret), "{}", entry.display());
            assert_eq!(holds(&slot), entry == here, "{}", entry.display());
        }
    }
    // Another account on this PC has other secrets, and one whose keystore stays shut gives none.
    let stranger = Account::answering();
    assert_eq!(start(place.path(), &Account::default()).fault("unlock_here", json!({})), "keystore_refused");
    desk::Keystore::keep(&stranger, &name(place.path()), &[7; 32]).unwrap();
    assert_eq!(start(place.path(), &stranger).fault("unlock_here", json!({})), "key_here_gone");
    assert!(!here.exists(), "what opens nothing is not kept");
    std::fs::write(&here, &slot).unwrap();
    for (at, byte) in slot.iter().enumerate() {
        let mut bent = slot.clone();
        bent[at] = if *byte == b'1' { b'2' } else { b'1' };
        std::fs::write(&here, bent).unwrap();
        assert!(start(place.path(), &account).ask("unlock_here", json!({})).is_err(), "byte {at}");
        desk::Keystore::keep(&account, &name(place.path()), &secret).unwrap();
    }
    std::fs::write(&here, slot).unwrap();
    start(place.path(), &account).ok("unlock_here", json!({}));
}

/// Under which name the secret is kept: the number of the key file.
fn name(place: &Path) -> String {
    let keys = std::fs::read(place.join("home/company/register.keys")).unwrap();
    let keys: Value = serde_json::from_slice(&keys).unwrap();
    keys["file_id"].as_str().unwrap().to_owned()
}

#[test]
fn another_passphrase_role_or_key_ends_it() {
    type Change = fn(&mut Within);
    let changes: [(&str, Change); 4] = [
        ("the own 合言葉", |desk| {
            desk.ok("change_passphrase", json!({ "old": OWNER, "passphrase": "うめの花の咲く頃" }));
        }),
        ("a dismissal", |desk| {
            desk.ok("dismiss_user", json!({ "id": 2 }));
        }),
        ("a restored backup", |desk| {
            desk.ok("back_up", json!({}));
            let which = desk.ok("backups", json!({}))["saved"][0]["which"].clone();
            desk.ok("restore", json!({ "which": which, "passphrase": OWNER }));
        }),
        ("the recovery sheet", |desk| {
            let printed = desk.ok("recovery_sheet", crate::keys::words());
            let (code, _) = crate::keys::sheet(&printed);
            desk.ok("lock", json!({}));
            desk.ok("recover", json!({ "code": code, "user": 1, "passphrase": "うめの花の咲く頃" }));
        }),
    ];
    for (what, change) in changes {
        let (place, account) = (folder(), Account::answering());
        let mut desk = company(place.path(), &account);
        change(&mut desk);
        assert_eq!((account.secrets().len(), here(&mut desk)), (0, json!(null)), "{what}");
        drop(desk);
        assert_eq!(start(place.path(), &account).fault("unlock_here", json!({})), "key_here_gone", "{what}");
    }
    // Staff, for whom an owner chooses another role or 合言葉; a new name alone changes nothing.
    for (role, given) in [(true, "いんさつをするひと"), (false, "いんさつ二代目です")] {
        let (place, account) = (folder(), Account::answering());
        let mut desk = company(place.path(), &account);
        desk.ok("unlock", json!({ "passphrase": STAFF }));
        desk.ok("add_key_here", json!({ "passphrase": STAFF }));
        desk.ok("unlock", json!({ "passphrase": OWNER }));
        desk.ok("change_user", json!({ "id": 2, "name": "田中 恵", "owner": false }));
        assert_eq!(here(&mut desk), json!(2));
        if role {
            desk.ok("change_user", json!({ "id": 2, "name": "田中 恵", "owner": true }));
        } else {
            desk.ok("give_passphrase", json!({ "id": 2, "passphrase": given }));
        }
        assert_eq!((account.secrets().len(), here(&mut desk)), (0, json!(null)));
    }
}

#[test]
fn a_slot_that_is_put_back_after_the_passphrase_changed_opens_nothing() {
    let (place, account) = (folder(), Account::answering());
    let mut desk = company(place.path(), &account);
    let here = place.path().join("home/company/register.keys.here");
    let (slot, secret) = (std::fs::read(&here).unwrap(), account.secrets().remove(0));
    desk.ok("change_passphrase", json!({ "old": OWNER, "passphrase": "うめの花の咲く頃" }));
    drop(desk);
    std::fs::write(&here, slot).unwrap();
    desk::Keystore::keep(&account, &name(place.path()), &secret).unwrap();
    let mut desk = start(place.path(), &account);
    assert_eq!(desk.fault("unlock_here", json!({})), "key_here_gone");
    desk.ok("unlock", json!({ "passphrase": "うめの花の咲く頃" }));
    assert_eq!(desk.ok("audit", json!({}))[0]["fields"], json!(""), "and nobody is said to have guessed");
}
