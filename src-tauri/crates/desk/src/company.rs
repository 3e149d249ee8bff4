//! The door: making, opening and closing a register, and what is set for the whole company.

use crate::{
    Call, Fault, FaultKind, Open, backup::Keeping, here, moving, place, records::Changes, secret::Secret,
    table::Nothing, users, users::User,
};
use register::{At, KEYS, Noted, Register, Writing};
use serde::{Deserialize, Serialize};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, atomic::Ordering},
};
use ts_rs::TS;
use vault::{KeyFile, Opened};

/// The company's own register and the sample lie in folders of these names.
pub(crate) const COMPANY: &str = "company";
const SAMPLE: &str = "sample";

/// What the page needs to know before anything else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct State {
    /// There is a register of the company on this PC.
    pub company_exists: bool,
    /// What sort of place the registers lie in.
    pub place: place::Place,
    /// The folder that they were moved to, when it is not there.
    pub missing: Option<String>,
    /// A register is open.
    pub open: bool,
    /// … to look at only: nothing can be written where it lies.
    pub read_only: bool,
    /// It is the sample company's.
    pub sample: bool,
    /// Who opened it.
    pub user: Option<User>,
    /// As whom it opens on this PC without a 合言葉; while it is closed, only until it was locked.
    pub here: Option<u32>,
    /// How many people it holds.
    pub people: u32,
    /// The recovery sheet made last that still opens the register.
    pub sheet: Option<Sheet>,
    /// What is set for the whole company.
    pub settings: Settings,
}

/// A recovery sheet that was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Sheet {
    /// Its number, as it is printed on it.
    pub number: u32,
    /// Its letters were typed back.
    pub confirmed: bool,
    /// … and when.
    pub confirmed_at: Option<At>,
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
    /// The company's postal code, as senders write it on paper.
    pub postal: String,
    /// … its address,
    pub address: String,
    /// … and its telephone number.
    pub phone: String,
    /// Its mail address, to which somebody writes who wants no more mail.
    pub mail: String,
    /// The newsletter's name.
    pub newsletter: String,
    /// The design of its paper, one of the press's names; the plain one when nothing is said.
    pub design: String,
    /// The company's colour, `#rrggbb`; navy when nothing is said.
    pub colour: String,
    /// What the seal beside the newsletter's name says; none when nothing is said.
    pub seal: String,
    /// The programme's purposes, as ticked, separated by commas.
    pub purposes: String,
    /// The size of text on the screen, in percent.
    pub text_size: String,
    /// The language of the screen at opening, `ja` or `en`; Japanese when nothing is said.
    pub language: String,
    /// After so many minutes without a hand on it the register locks itself; `0` for never, 15 when nothing is said.
    pub lock_after: String,
    /// The office's own checklist for 退職の手続き, as JSON by kind; the page's own list when nothing is said.
    pub exit_items: String,
    /// The office's own questions for the interview, one a line.
    pub interview_questions: String,
    /// The month in which somebody last looked at what may go, `2026-11`.
    pub removable_seen: String,
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
    #[ts(type = "string")]
    pub passphrase: Secret,
}

/// What opening needs.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    /// 合言葉.
    #[ts(type = "string")]
    pub passphrase: Secret,
    /// Whose it is: one try. Without, it is tried for one user after the other.
    #[serde(default)]
    #[ts(optional)]
    pub user: Option<u32>,
}

pub(crate) fn state(call: &Call<'_>, _: Nothing) -> Result<State, Fault> {
    let company_exists = folder(call, COMPANY).join(KEYS).exists();
    let here = here::user(call).map(|user| user.0);
    let Ok(open) = call.open() else {
        return Ok(State {
            company_exists,
            place: moving::lies(call),
            missing: moving::missing(call),
            open: false,
            read_only: false,
            sample: false,
            user: None,
            here: here.filter(|_| !call.desk.locked.load(Ordering::Relaxed)),
            people: 0,
            sheet: None,
            settings: Settings::default(),
        });
    };
    let confirmed_at = call.read(|reading| reading.fact(CONFIRMED))?;
    let confirmed_at = confirmed_at.and_then(|at| at.parse().ok()).map(At);
    Ok(State {
        company_exists,
        place: moving::lies(call),
        missing: None,
        open: true,
        read_only: open.register.is_read_only(),
        sample: open.keys.kind() == vault::Kind::Sample,
        user: Some(User {
            id: open.opened.user().0,
            name: open.opened.name().to_owned(),
            owner: open.opened.role() == vault::Role::Owner,
        }),
        here: here.filter(|_| open.keys.kind() == vault::Kind::Company),
        people: call.read(|reading| Ok(reading.count()))? as u32,
        sheet: open.keys.sheet().map(|sheet| Sheet {
            number: sheet.number,
            confirmed: sheet.confirmed,
            confirmed_at: confirmed_at.filter(|_| sheet.confirmed),
        }),
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
    users::long_enough(&start.passphrase)?;
    let folder = folder(call, COMPANY);
    if folder.join(KEYS).exists() {
        return Err(Fault::new(FaultKind::Conflict, "company_exists"));
    }
    moving::refuse_here(call)?;
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
    let facts = facts(&keys);
    let facts = facts.each_ref().map(|(name, value)| (*name, value.as_str()));
    let register = Register::create(&folder, &key, &facts, opened.name(), u32::from_le_bytes(prefix))?;
    register.begin(begin)?;
    keys.write(&folder.join(KEYS))?;
    enter(call, keys, opened, register)
}

/// What the register remembers of its key file.
pub(crate) fn facts(keys: &KeyFile) -> [(&'static str, String); 3] {
    [
        ("file_id", hex(&keys.file_id())),
        ("owner_key", hex(&keys.owner_key().0)),
        ("hr_key", hex(&keys.hr_public())),
    ]
}

/// The key file's users, as the register writes them down.
pub(crate) fn users_of(keys: &KeyFile) -> Vec<(register::UserId, String, bool)> {
    let one = |user: vault::User<'_>| {
        (register::UserId(user.id.0.into()), user.name.to_owned(), user.role == vault::Role::Owner)
    };
    keys.users().map(one).collect()
}

/// How many changes the key file had when the register last heard of it.
const REVISION: &str = "keys_revision";

/// When the recovery sheet's letters were typed back, in milliseconds since 1970.
pub(crate) const CONFIRMED: &str = "sheet_confirmed";

/// Tells the register what the key file says, and more facts that go with it.
pub(crate) fn follow(
    register: &Register,
    keys: &KeyFile,
    more: Option<(&str, &str)>,
    new: register::NewStep<'_>,
    noted: &Noted,
) -> Result<(), register::Fault> {
    let revision = keys.revision().to_string();
    let facts: Vec<_> = [(REVISION, revision.as_str())].into_iter().chain(more).collect();
    register.follow_keys(&facts, &users_of(keys), new, noted)
}

/// Takes an opened register into the desk. The register hears of the key file's users, and writes down who came,
/// and how often a 合言葉 was wrong before.
fn enter(call: &Call<'_>, mut keys: KeyFile, opened: Opened, register: Register) -> Result<State, Fault> {
    let keeping = Arc::new(Keeping::default());
    register.read(|reading| reading.all::<register::Setting>())?;
    if register.is_read_only() {
        return show(call, keys, opened, register, keeping);
    }
    // Looked at before anything is written: what is damaged stays as it is.
    call.desk.compare_with_backups(&register, &keys, &keeping, call.now)?;
    let failed = call.desk.failed.swap(0, Ordering::Relaxed);
    let mut fields = Vec::new();
    if failed > 0 {
        fields.push(format!("failed:{failed}"));
    }
    // An older key file was put back: a 合言葉 that was changed since opens again. It may be all that is left after
    // damage, so it is not refused.
    let remembered = register.read(|reading| reading.fact(REVISION))?;
    if remembered.and_then(|text| text.parse().ok()).is_some_and(|known: u64| keys.revision() < known) {
        fields.push("older_keys".to_owned());
    }
    // An owner signs what staff changed by themselves.
    if opened.role() == vault::Role::Owner && keys.kind() == vault::Kind::Company {
        let path = keys_path(call);
        let taken = keys.take_up(&opened, &mut **call.random())?;
        if !taken.is_empty() {
            keys.write(&path)?;
            vault::remove_previous(&path)?;
        }
        vault::remove_own(&path, &keys)?;
        fields.extend(taken.iter().map(|user| format!("own:{}", user.0)));
    }
    let noted = Noted { fields: fields.join(" "), ..Noted::default() };
    follow(&register, &keys, None, call.new_step_by(&opened), &noted)?;
    register.erase_by_list(call.new_step_by(&opened), keys.erased())?;
    // Only owners have the key of the marks; a register that was restored is opened by one.
    if let Some(key) = opened.mark_key() {
        register.recognise(&key, &keys.erased_marks().collect::<Vec<_>>())?;
    }
    show(call, keys, opened, register, keeping)
}

fn show(
    call: &Call<'_>,
    keys: KeyFile,
    opened: Opened,
    register: Register,
    keeping: Arc<Keeping>,
) -> Result<State, Fault> {
    let open = Open {
        register: Arc::new(register),
        keys,
        opened: Arc::new(opened),
        texts: Mutex::default(),
        begin: Mutex::default(),
        keeping,
        darkroom: press::Darkroom::default(),
    };
    call.desk.put(Some(open))?;
    state(call, Nothing {})
}

/// Opens the register in a folder with keys that fit it.
pub(crate) fn open(
    call: &Call<'_>,
    folder: PathBuf,
    mut open_keys: impl FnMut(&mut KeyFile) -> Result<Opened, vault::Fault>,
) -> Result<State, Fault> {
    // The register that is open is closed first: it may be this one.
    call.desk.put(None)?;
    let path = folder.join(KEYS);
    let next = vault::next_path(&path);
    let fitting = match fitting(call, &folder, &path, &mut open_keys) {
        // New keys were cut off between the database and the key file: the waiting one fits.
        Err(_) if next.exists() => fitting_next(call, &folder, &path, &mut open_keys),
        other => other.and_then(|fitting| {
            // … or before the database: the waiting one never will.
            if !fitting.2.is_read_only() {
                vault::remove_next(&path)?;
            }
            Ok(fitting)
        }),
    };
    match fitting {
        Ok((keys, opened, register)) => enter(call, keys, opened, register),
        Err(fault) => {
            if ["wrong_passphrase", "wrong_code"].contains(&fault.code.as_str()) {
                call.desk.failed.fetch_add(1, Ordering::Relaxed);
            }
            Err(fault)
        }
    }
}

type OpenKeys<'a> = &'a mut dyn FnMut(&mut KeyFile) -> Result<Opened, vault::Fault>;

/// A key file, what it holds, and the register that both fit.
fn fitting(
    call: &Call<'_>,
    folder: &Path,
    keys: &Path,
    open_keys: OpenKeys<'_>,
) -> Result<(KeyFile, Opened, Register), Fault> {
    let mut keys = KeyFile::read(keys)?;
    let opened = open_keys(&mut keys)?;
    let key = opened.register_key().sqlcipher_literal();
    let register = match Register::open(folder, &key) {
        Err(register::Fault::Older(_)) => {
            call.desk.back_up_before_migrating(folder, &keys, &key, call.now)?;
            Register::migrate(folder, &key)?;
            Register::open(folder, &key)?
        }
        opened => opened?,
    };
    // The register remembers whose keys fit it: another register's key file, a forged owner, or a key slipped in
    // to which notes would be sealed is refused.
    for (fact, value) in facts(&keys) {
        if register.read(|reading| reading.fact(fact))? != Some(value) {
            return Err(Fault::new(FaultKind::Trouble, "keys_of_another_register"));
        }
    }
    Ok((keys, opened, register))
}

fn fitting_next(
    call: &Call<'_>,
    folder: &Path,
    path: &Path,
    open_keys: OpenKeys<'_>,
) -> Result<(KeyFile, Opened, Register), Fault> {
    let fitting = fitting(call, folder, &vault::next_path(path), open_keys)?;
    if !fitting.2.is_read_only() {
        vault::take_next(path)?;
    }
    Ok(fitting)
}

pub(crate) fn unlock(call: &Call<'_>, unlock: Unlock) -> Result<State, Fault> {
    let user = unlock.user.map(vault::UserId);
    open(call, company_folder(call)?, |keys| keys.open(user, &unlock.passphrase))
}

/// Where the company's register is, if there is one.
pub(crate) fn company_folder(call: &Call<'_>) -> Result<PathBuf, Fault> {
    let folder = folder(call, COMPANY);
    match folder.join(KEYS).exists() {
        true => Ok(folder),
        false => Err(Fault::new(FaultKind::NotFound, "no_company")),
    }
}

/// Where the company's key file is.
pub(crate) fn keys_path(call: &Call<'_>) -> PathBuf {
    folder(call, COMPANY).join(KEYS)
}

/// Opens the sample company; makes it when it is not there or cannot be opened any more, for it can be made again.
pub(crate) fn start_sample(call: &Call<'_>, _: Nothing) -> Result<State, Fault> {
    moving::refuse_missing(call)?;
    let folder = folder(call, SAMPLE);
    match open(call, folder.clone(), |keys| keys.open_sample()) {
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
    call.desk.back_up_before_closing(call.now, call.job);
    call.desk.put(None)?;
    call.desk.locked.store(true, Ordering::Relaxed);
    // What was printed or handed out may hold anything, a recovery sheet too.
    call.desk.front.tray.forget();
    state(call, Nothing {})
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

/// Where the register of a key file lies.
pub(crate) fn folder_of(call: &Call<'_>, keys: &KeyFile) -> PathBuf {
    folder(call, if keys.kind() == vault::Kind::Sample { SAMPLE } else { COMPANY })
}

pub(crate) fn folder(call: &Call<'_>, name: &str) -> PathBuf {
    call.desk.home().join(name)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
