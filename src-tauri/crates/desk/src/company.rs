//! The door: making, opening and closing a register, and what is set for the whole company.

use crate::{Call, Fault, FaultKind, Open, records::Changes, table::Nothing};
use register::{KEYS, Register, Writing};
use serde::{Deserialize, Serialize};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};
use ts_rs::TS;
use vault::KeyFile;

/// The company's own register and the sample lie in folders of these names.
const COMPANY: &str = "company";
const SAMPLE: &str = "sample";

/// What the page needs to know before anything else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct State {
    /// There is a register of the company on this PC.
    pub company_exists: bool,
    /// A register is open.
    pub open: bool,
    /// It is the sample company's.
    pub sample: bool,
    /// Who opened it.
    pub user: Option<User>,
    /// How many people it holds.
    pub people: u32,
    /// What is set for the whole company.
    pub settings: Settings,
}

/// Somebody who may open the register.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct User {
    /// The number in the key file.
    pub id: u32,
    /// The name.
    pub name: String,
    /// 開ける人: may open what is sealed.
    pub owner: bool,
}

/// What is set for the whole company.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The company's name.
    pub company: String,
    /// What people who left are called on the screen.
    pub people_screen: String,
    /// … and on paper.
    pub people_paper: String,
    /// The newsletter's name.
    pub newsletter: String,
    /// The programme's purposes, as ticked, separated by commas.
    pub purposes: String,
    /// The size of text on the screen, in percent.
    pub text_size: String,
    /// The language of the screen at opening, `ja` or `en`; Japanese when nothing is said.
    pub language: String,
}

/// What a new register needs.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StartCompany {
    /// The company's name.
    pub company: String,
    /// The first user's name.
    pub owner: String,
    /// 合言葉.
    pub passphrase: String,
}

/// What opening needs.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    /// 合言葉.
    pub passphrase: String,
}

pub(crate) fn state(call: &Call<'_>, _: Nothing) -> Result<State, Fault> {
    let company_exists = folder(call, COMPANY).join(KEYS).exists();
    let Ok(open) = call.open() else {
        return Ok(State {
            company_exists,
            open: false,
            sample: false,
            user: None,
            people: 0,
            settings: Settings::default(),
        });
    };
    Ok(State {
        company_exists,
        open: true,
        sample: open.keys.kind() == vault::Kind::Sample,
        user: Some(User {
            id: open.opened.user().0,
            name: open.opened.name().to_owned(),
            owner: open.opened.role() == vault::Role::Owner,
        }),
        people: call.read(|reading| Ok(reading.count()))? as u32,
        settings: settings(call, Nothing {})?,
    })
}

pub(crate) fn start_company(call: &Call<'_>, start: StartCompany) -> Result<State, Fault> {
    let (company, owner) = (start.company.trim(), start.owner.trim());
    for (field, value) in [("company", company), ("owner", owner)] {
        if value.is_empty() {
            return Err(Fault::field(FaultKind::Invalid, field, "name_missing"));
        }
    }
    if start.passphrase.trim().chars().count() < 8 {
        return Err(Fault::field(FaultKind::Invalid, "passphrase", "passphrase_short"));
    }
    let folder = folder(call, COMPANY);
    if folder.join(KEYS).exists() {
        return Err(Fault::new(FaultKind::Conflict, "company_exists"));
    }
    let (keys, opened) =
        KeyFile::create(owner, &start.passphrase, call.desk.front.cost, &mut **call.random())?;
    found(call, folder, keys, opened, |writing| {
        writing.set("company", company)?;
        writing.set("people_screen", "退職者")?;
        writing.set("people_paper", "OB・OG")
    })
}

/// Makes a register with its key file and what it begins with, and opens it. The key file comes last: a folder
/// without it holds no company.
fn found(
    call: &Call<'_>,
    folder: PathBuf,
    keys: KeyFile,
    opened: vault::Opened,
    begin: impl FnOnce(&mut Writing<'_>) -> Result<(), register::Fault>,
) -> Result<State, Fault> {
    call.desk.put(None)?;
    // Left from an attempt that was cut short before its key file was written: nobody could ever open it.
    for name in [register::DATABASE, "register.db-wal", "register.db-shm"] {
        match std::fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    let mut prefix = [0; 4];
    call.random().fill(&mut prefix)?;
    let key = opened.register_key().sqlcipher_literal();
    let facts = [("file_id", &*hex(&keys.file_id())), ("owner_key", &*hex(&keys_owner(&opened)))];
    let register = Register::create(&folder, &key, &facts, opened.name(), u32::from_le_bytes(prefix))?;
    register.begin(begin)?;
    keys.write(&folder.join(KEYS))?;
    call.desk.put(Some(Open { register: Arc::new(register), keys, opened, notes: Mutex::default() }))?;
    state(call, Nothing {})
}

/// Opens the register in a folder with keys that fit it.
fn open(
    call: &Call<'_>,
    folder: PathBuf,
    open_keys: impl FnOnce(&KeyFile) -> Result<vault::Opened, vault::Fault>,
) -> Result<State, Fault> {
    // The register that is open is closed first: it may be this one.
    call.desk.put(None)?;
    let keys = KeyFile::read(&folder.join(KEYS))?;
    let opened = open_keys(&keys)?;
    let register = Register::open(&folder, &opened.register_key().sqlcipher_literal())?;
    // The register remembers whose keys fit it: another register's key file, or a forged owner, is refused.
    for (fact, value) in [("file_id", hex(&keys.file_id())), ("owner_key", hex(&keys_owner(&opened)))] {
        if register.read(|reading| reading.fact(fact))? != Some(value) {
            return Err(Fault::new(FaultKind::Trouble, "keys_of_another_register"));
        }
    }
    call.desk.put(Some(Open { register: Arc::new(register), keys, opened, notes: Mutex::default() }))?;
    state(call, Nothing {})
}

pub(crate) fn unlock(call: &Call<'_>, unlock: Unlock) -> Result<State, Fault> {
    let folder = folder(call, COMPANY);
    if !folder.join(KEYS).exists() {
        return Err(Fault::new(FaultKind::NotFound, "no_company"));
    }
    open(call, folder, |keys| keys.open(None, &unlock.passphrase))
}

/// Opens the sample company; makes it when it is not there or cannot be opened any more, for it can be made again.
pub(crate) fn start_sample(call: &Call<'_>, _: Nothing) -> Result<State, Fault> {
    let folder = folder(call, SAMPLE);
    match open(call, folder.clone(), KeyFile::open_sample) {
        Err(fault) if fault.code != "open_elsewhere" => {}
        other => return other,
    }
    match std::fs::remove_file(folder.join(KEYS)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let (keys, opened) = KeyFile::create_sample("青葉 恵子", &mut **call.random())?;
    found(call, folder, keys, opened, |writing| crate::sample::fill(writing, call.today()))
}

pub(crate) fn lock(call: &Call<'_>, _: Nothing) -> Result<State, Fault> {
    call.desk.put(None)?;
    state(call, Nothing {})
}

pub(crate) fn users(call: &Call<'_>, _: Nothing) -> Result<Vec<User>, Fault> {
    let open = call.open()?;
    let user = |user: vault::User<'_>| User {
        id: user.id.0,
        name: user.name.to_owned(),
        owner: user.role == vault::Role::Owner,
    };
    Ok(open.keys.users().map(user).collect())
}

pub(crate) fn settings(call: &Call<'_>, _: Nothing) -> Result<Settings, Fault> {
    call.read(|reading| {
        let all = reading.all::<register::Setting>()?;
        let map = all.into_iter().map(|kept| (kept.fields.name, kept.fields.value.into()));
        let known = map.filter(|(name, _)| known(name)).collect::<serde_json::Map<_, _>>();
        Ok(serde_json::from_value(known.into())?)
    })
}

fn known(name: &str) -> bool {
    serde_json::to_value(Settings::default()).is_ok_and(|settings| settings.get(name).is_some())
}

pub(crate) fn change_settings(call: &Call<'_>, changes: Changes<Settings>) -> Result<Nothing, Fault> {
    call.write(|writing| {
        for (name, value) in &changes.0 {
            match value.as_str() {
                Some(value) if known(name) => writing.set(name, value)?,
                _ => return Err(register::Fault::Invalid { field: name.clone(), code: "unknown_field" }),
            }
        }
        Ok(())
    })?;
    Ok(Nothing {})
}

fn folder(call: &Call<'_>, name: &str) -> PathBuf {
    call.desk.front.home.join(name)
}

fn keys_owner(opened: &vault::Opened) -> [u8; 32] {
    opened.owner_key().0
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
