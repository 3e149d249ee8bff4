//! Back from a backup: what would be lost, and the way back. The register that is here is set aside, never deleted.

use crate::{
    Call, Fault, FaultKind, State, backup,
    backup::{Saved, WhichBackup},
    company, here, moving,
    secret::Secret,
};
use register::{
    At, DATABASE, KEYS, Register, StepId, backup as saved_backup, disk,
    restore::{self, Salvaged},
};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use ts_rs::TS;
use vault::{KeyFile, Opened};

/// The register that is about to take its place.
const COMING: &str = "company.restoring";
/// What a register that was set aside is called, before its date.
pub(crate) const ASIDE: &str = "company.aside-";

/// A backup and the 合言葉 that opens it.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenBackup {
    /// Which.
    pub which: WhichBackup,
    /// 合言葉.
    #[ts(type = "string")]
    pub passphrase: Secret,
}

/// What to restore.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Restore {
    /// Which backup.
    pub which: WhichBackup,
    /// 合言葉.
    #[ts(type = "string")]
    pub passphrase: Secret,
    /// The register that is here is damaged: what is newer in it and can still be read is taken over.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub salvage: bool,
}

/// What there is on this PC beside a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Present {
    /// No register.
    None,
    /// The same register, whole as far as was read.
    Same,
    /// The same register, and it cannot be opened.
    Damaged,
    /// Another company's register, or one whose keys were changed since.
    Other,
}

/// A backup that was opened and read to its end: it can be restored, and this is what that would mean.
#[derive(Debug, Serialize, TS)]
pub struct BackupChecked {
    /// The backup. Its minutes are exact now.
    pub saved: Saved,
    /// So many steps came after it; `None` when that cannot be known.
    pub lost_steps: Option<u32>,
    /// What is here.
    pub present: Present,
    /// So many lists of erased people were found beside the backup's own. None: whoever was erased after the backup
    /// was made comes back.
    pub erased_lists: u32,
}

/// What restoring did.
#[derive(Debug, Serialize, TS)]
pub struct Restored {
    /// The register that is open now.
    pub state: State,
    /// When the backup was made.
    pub made_at: At,
    /// So many minutes of work came after it.
    pub lost_minutes: Option<u32>,
    /// So many people had been erased since and were erased again.
    pub erased_again: u32,
    /// So many lists of erased people were found beside the backup's own.
    pub erased_lists: u32,
    /// The name of the folder that holds the register that was here.
    pub set_aside: Option<String>,
    /// What was taken over from the damaged register, when that was asked for.
    pub salvaged: Option<Taken>,
}

/// What was taken over from a damaged register.
#[derive(Debug, Serialize, TS)]
pub struct Taken {
    /// How many records.
    pub records: u32,
    /// … of them people.
    pub people: u32,
    /// Everything in it could be read.
    pub whole: bool,
    /// The step that undoes it.
    pub step: Option<StepId>,
}

/// A register made ready beside the present one.
struct Ready {
    saved: Saved,
    manifest: saved_backup::Manifest,
    keys: KeyFile,
    opened: Opened,
    erased_again: u32,
    erased_lists: u32,
}

/// Finishes a restoration that was cut off between its two renamings, and clears away one that never came so far.
pub(crate) fn settle(home: &Path) {
    let (company, coming) = (home.join(company::COMPANY), home.join(COMING));
    if company.exists() {
        // Nothing but copies is in it.
        let _ = std::fs::remove_dir_all(&coming);
    } else if coming.join(KEYS).exists() {
        let _ = std::fs::rename(&coming, &company).and_then(|()| disk::sync_folder(home));
    }
}

pub(crate) fn check_backup(call: &Call<'_>, open: OpenBackup) -> Result<BackupChecked, Fault> {
    let coming = Coming::new(call)?;
    let ready = ready(call, &coming, &open.which, &open.passphrase)?;
    let (present, stand) = present(call, &ready);
    let lost =
        |stand: &saved_backup::Stand| stand.step.0.saturating_sub(ready.manifest.stand.step.0).max(0) as u32;
    Ok(BackupChecked {
        lost_steps: stand.as_ref().map(lost),
        saved: Saved { lost_minutes: lost_minutes(&ready, present, &stand), ..ready.saved },
        present,
        erased_lists: ready.erased_lists,
    })
}

pub(crate) fn restore(call: &Call<'_>, wanted: Restore) -> Result<Restored, Fault> {
    if !company::folder(call, company::COMPANY).exists() {
        moving::refuse_here(call)?;
    }
    let coming = Coming::new(call)?;
    let ready = ready(call, &coming, &wanted.which, &wanted.passphrase)?;
    let company = company::folder(call, company::COMPANY);
    let (present, stand) = present(call, &ready);
    let lost_minutes = lost_minutes(&ready, present, &stand);
    call.desk.put(None)?;
    // What is set aside opens with its 合言葉 only.
    here::forget(call, |_| true)?;
    if company.exists() {
        // Nobody else may have it open while it is moved.
        Register::nobody_has(&company)?;
    }
    let key = ready.opened.register_key().sqlcipher_literal();
    let salvaged = match wanted.salvage {
        true => Some(salvage(call, &coming.0, &company, &key, &ready)?),
        false => None,
    };
    // The key file comes last: a folder without it holds no register.
    ready.keys.write(&coming.0.join(KEYS))?;
    let home = &call.desk.home();
    disk::sync_folder(home)?;
    let aside = match company.exists() {
        true => {
            let name = free_name(home, &format!("{ASIDE}{}", call.now.format("%Y%m%d-%H%M%S")));
            std::fs::rename(&company, home.join(&name))?;
            disk::sync_folder(home)?;
            Some(name)
        }
        false => None,
    };
    std::fs::rename(&coming.0, &company)?;
    disk::sync_folder(home)?;
    let state =
        company::open(call, company, |keys| keys.open(Some(ready.opened.user()), &wanted.passphrase))?;
    Ok(Restored {
        state,
        made_at: ready.manifest.made_at,
        lost_minutes,
        erased_again: ready.erased_again,
        erased_lists: ready.erased_lists,
        set_aside: aside,
        salvaged: salvaged.map(|Salvaged { records, people, whole, step }| Taken {
            records,
            people,
            whole,
            step,
        }),
    })
}

pub(crate) fn free_name(home: &Path, name: &str) -> String {
    let numbered = (2..).map(|n| format!("{name}-{n}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| !home.join(name).exists()).unwrap_or_default()
}

/// The folder in which a register is made ready. What is left in it is cleared away.
struct Coming(PathBuf);

impl Coming {
    fn new(call: &Call<'_>) -> Result<Coming, Fault> {
        let folder = company::folder(call, COMING);
        let coming = Coming(folder);
        coming.clear();
        std::fs::create_dir_all(&coming.0)?;
        Ok(coming)
    }

    fn clear(&self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Drop for Coming {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Opens a backup, reads it to its end, and makes a register of it in the folder of what is coming.
fn ready(call: &Call<'_>, coming: &Coming, which: &WhichBackup, passphrase: &str) -> Result<Ready, Fault> {
    let (found, saved) = backup::read(call, which)?;
    found.check()?;
    let own = KeyFile::from_bytes(&found.keys()?)?;
    let no_backup = || Fault::from(register::Fault::NoBackup);
    if own.kind() != vault::Kind::Company || company::hex(&own.file_id()) != found.manifest.file_id {
        return Err(no_backup());
    }
    found.unpack(&coming.0.join(DATABASE))?;
    // The newest key file knows the 合言葉 of today; the backup's own may be the only one whose key still fits.
    let mut candidates = vec![own.clone()];
    candidates.extend(other_keys(call, &found).into_iter().filter(|keys| keys.file_id() == own.file_id()));
    candidates.sort_by_key(|keys| std::cmp::Reverse(keys.revision()));
    candidates.dedup_by(|a, b| a.to_bytes() == b.to_bytes());
    let mut refused = None;
    for keys in &candidates {
        let opened = match keys.open(None, passphrase) {
            Ok(opened) => opened,
            Err(fault) => {
                // What the backup's own keys say counts most.
                if refused.is_none() || keys.revision() == own.revision() {
                    refused = Some(Fault::from(fault));
                }
                continue;
            }
        };
        if opened.role() != vault::Role::Owner {
            return Err(Fault::new(FaultKind::Refused, "owner_only"));
        }
        // Who was erased stays so, by every list that an owner of this register signed.
        let lists = candidates.iter().filter(|list| list.check_owner(opened.owner_key()).is_ok());
        let mut erased: Vec<i64> = lists.clone().flat_map(|list| list.erased().to_vec()).collect();
        erased.sort_unstable();
        erased.dedup();
        let mut marks: Vec<_> = lists.clone().flat_map(|list| list.erased_marks()).collect();
        marks.sort_unstable();
        marks.dedup();
        let erased_lists = lists.filter(|list| list.to_bytes() != own.to_bytes()).count() as u32;
        let mut prefix = [0; 4];
        call.random().fill(&mut prefix)?;
        let revived = restore::revive(
            &coming.0,
            &opened.register_key().sqlcipher_literal(),
            u32::from_le_bytes(prefix),
            &erased,
            At(call.now.timestamp_millis()),
            opened.user().0.into(),
        );
        let revived = match revived {
            // The keys were changed after the backup was made: an older key file is tried.
            Err(register::Fault::Damaged) => {
                refused = Some(no_backup());
                continue;
            }
            revived => revived?,
        };
        if company::facts(keys).iter().any(|(name, value)| revived.facts.get(*name) != Some(value)) {
            return Err(Fault::new(FaultKind::Trouble, "keys_of_another_register"));
        }
        let mut keys = keys.clone();
        // By the marks, entering the register knows them again.
        keys.record_erased(&opened, &erased, &marks)?;
        let (manifest, erased_again) = (found.manifest.clone(), revived.erased);
        return Ok(Ready { saved, manifest, keys, opened, erased_again, erased_lists });
    }
    Err(refused.unwrap_or_else(no_backup))
}

/// The key files that lie about: this PC's, the one before it, and those of every backup that can be found.
fn other_keys(call: &Call<'_>, found: &saved_backup::Backup) -> Vec<KeyFile> {
    let here = company::folder(call, company::COMPANY).join(KEYS);
    let beside = found.path.parent().map(Path::to_owned);
    let folders = backup::folders(call).into_iter().chain(beside);
    let backups = folders.filter_map(|folder| saved_backup::list(&folder).ok()).flat_map(|(found, _)| found);
    let of_backups = backups.filter_map(|backup| KeyFile::from_bytes(&backup.keys().ok()?).ok());
    [KeyFile::read(&here), KeyFile::read(&vault::previous_path(&here))]
        .into_iter()
        .filter_map(Result::ok)
        .chain(of_backups)
        .collect()
}

/// What is on this PC, and how far it had come.
fn present(call: &Call<'_>, ready: &Ready) -> (Present, Option<saved_backup::Stand>) {
    let company = company::folder(call, company::COMPANY);
    if !company.join(DATABASE).exists() {
        return (Present::None, None);
    }
    let same = |keys: &KeyFile| keys.file_id() == ready.keys.file_id();
    if let Some(open) = call.desk.opened().filter(|open| same(&open.keys)) {
        let whole = open.register.check(&open.opened.register_key().sqlcipher_literal());
        return match whole.and_then(|()| open.register.stand()) {
            Ok(stand) => {
                let changed_at = stand.changed_at.max(open.keeping.changed_at());
                (Present::Same, Some(saved_backup::Stand { changed_at, ..stand }))
            }
            Err(_) => (Present::Damaged, None),
        };
    }
    if KeyFile::read(&company.join(KEYS)).is_ok_and(|keys| !same(&keys)) {
        return (Present::Other, None);
    }
    match restore::peek(&company, &ready.opened.register_key().sqlcipher_literal()) {
        Ok(stand) => (Present::Same, Some(stand)),
        Err(register::Fault::Damaged) => (Present::Damaged, None),
        Err(_) => (Present::Other, None),
    }
}

fn lost_minutes(ready: &Ready, present: Present, stand: &Option<saved_backup::Stand>) -> Option<u32> {
    match (present, stand) {
        (Present::None, _) => Some(0),
        (_, Some(stand)) => match stand.changed_at {
            Some(changed) if *stand != ready.manifest.stand => {
                Some(backup::minutes(ready.manifest.made_at, changed))
            }
            _ => Some(0),
        },
        // By the dates of its files, at most.
        _ => ready.saved.lost_minutes,
    }
}

/// Takes over what a damaged register still gives, from a copy of it: what is set aside stays as it was found.
fn salvage(
    call: &Call<'_>,
    coming: &Path,
    company: &Path,
    key: &str,
    ready: &Ready,
) -> Result<Salvaged, Fault> {
    let copy = coming.join("damaged.db");
    for (name, copied) in [(DATABASE, "damaged.db"), ("register.db-wal", "damaged.db-wal")] {
        match std::fs::copy(company.join(name), coming.join(copied)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    let register = Register::open(coming, key)?;
    let new = call.new_step_by(&ready.opened);
    let salvaged = match register.salvage(&copy, key, new) {
        // Not even the first page can be read.
        Err(register::Fault::Damaged) => Salvaged::default(),
        salvaged => salvaged?,
    };
    register.rest()?;
    drop(register);
    for name in ["damaged.db", "damaged.db-wal", "damaged.db-shm"] {
        disk::remove(&coming.join(name))?;
    }
    Ok(salvaged)
}
