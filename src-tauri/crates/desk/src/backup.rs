//! Backups: made in the background and on request, here and in a second place, and what there is to say about them.

use crate::{Call, Desk, Fault, FaultKind, Job, Open, company, hold, moving, place, table::Nothing};
use chrono::{DateTime, Duration, FixedOffset};
use register::{
    At, Register,
    backup::{self, Backup, Dated, Target},
    disk,
};
use serde::{Deserialize, Serialize};
use std::{
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};
use ts_rs::TS;

/// The folder of the backups, beside the company's.
pub(crate) const FOLDER: &str = "backups";
/// What this PC remembers about the second place: it must be found while no register is open.
pub(crate) const SECOND: &str = "second-place.json";
/// A change is in a backup after so many minutes at most; a background that looks once a minute begins earlier.
const DUE: i64 = 13;
/// A second place that was away for so many days is told.
const AWAY: i64 = 14;
/// Backups take no more than this share of what is free.
const SHARE: u64 = 5;
/// With so many bytes free the disk is not full: the room in reserve is only not taken yet.
const SCARCE: u64 = 64 << 20;

/// What an open register's backups need to remember.
#[derive(Default)]
pub(crate) struct Keeping {
    /// The first change that is in no backup, as far as is known.
    unsaved_since: Mutex<Option<At>>,
    /// The last change of this session.
    changed_at: Mutex<Option<At>>,
    /// Why the last backup was not made: the name of a sentence.
    trouble: Mutex<Option<String>>,
    /// One backup is made at a time.
    making: Mutex<()>,
    /// One was made since anybody typed last.
    made: AtomicBool,
    /// The file was read to its end once since it was opened.
    checked: AtomicBool,
    /// … and some of it could not be.
    damaged: AtomicBool,
}

impl Keeping {
    /// Takes note that the register changed.
    pub(crate) fn changed(&self, now: DateTime<FixedOffset>) {
        let at = At(now.timestamp_millis());
        hold(&self.unsaved_since).get_or_insert(at);
        *hold(&self.changed_at) = Some(at);
    }

    /// Whether typing may go on with the step before. A step that a backup holds is not added to: the newest step tells
    /// whether a backup holds everything.
    pub(crate) fn may_join(&self) -> bool {
        let making = self.making.try_lock().is_err();
        !self.made.swap(false, Ordering::Relaxed) && !making
    }

    /// When the register changed last in this session.
    pub(crate) fn changed_at(&self) -> Option<At> {
        *hold(&self.changed_at)
    }
}

/// Where a backup lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BackupPlace {
    /// On this PC.
    Here,
    /// In the second place.
    Second,
    /// In a file that the user chose: `name` is its token.
    Chosen,
}

/// Which backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WhichBackup {
    /// Where.
    pub place: BackupPlace,
    /// The file's name, or its token.
    pub name: String,
}

/// A backup as the list shows it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Saved {
    /// Where it lies, and its name there.
    pub which: WhichBackup,
    /// When it was made.
    pub made_at: At,
    /// How many people are in it.
    pub people: u32,
    /// How many contacts.
    pub contacts: u32,
    /// Its size in bytes.
    pub bytes: u64,
    /// So many minutes of work came after it, at most; `None` when there is no register here to compare it with.
    pub lost_minutes: Option<u32>,
}

/// The backups there are.
#[derive(Debug, Serialize, TS)]
pub struct Backups {
    /// The newest first; one that lies in both places is listed once, here.
    pub saved: Vec<Saved>,
    /// So many files look like a backup and cannot be read.
    pub unreadable: u32,
    /// The second place.
    pub second: Option<Second>,
}

/// The second place for backups: a USB stick, another disk, a synced folder.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Second {
    /// The folder, to be shown.
    pub name: String,
    /// It is there at this moment.
    pub present: bool,
    /// The newest backup that was copied there.
    pub newest_at: Option<At>,
    /// Nothing was copied there for two weeks.
    pub overdue: bool,
}

/// What the office should know about the safety of its register.
#[derive(Debug, Serialize, TS)]
pub struct Safety {
    /// The newest backup on this PC.
    pub newest_at: Option<At>,
    /// The first change that is in no backup.
    pub unsaved_since: Option<At>,
    /// Why the last backup could not be made: the code of a fault.
    pub trouble: Option<String>,
    /// The second place.
    pub second: Option<Second>,
    /// Some of the register's file cannot be read any more.
    pub damaged: bool,
    /// The disk was full, and the room that is kept in reserve is in use.
    pub disk_full: bool,
    /// Where the register lies.
    pub place: place::Place,
}

/// A backup that was just made.
#[derive(Debug, Serialize, TS)]
pub struct BackedUp {
    /// When.
    pub made_at: At,
    /// How many people are in it.
    pub people: u32,
    /// How many contacts.
    pub contacts: u32,
    /// Its size in bytes.
    pub bytes: u64,
    /// It was copied to the second place, too.
    pub second: bool,
}

/// Where backups are to be copied.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChangeSecondPlace {
    /// The token of a folder that the user chose; `null` for nowhere.
    pub folder: Option<String>,
}

/// A backup that the user chose among all files.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadBackup {
    /// The file's token.
    pub file: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Remembered {
    folder: PathBuf,
    since: At,
    newest_at: Option<At>,
}

impl Remembered {
    fn shown(&self, now: DateTime<FixedOffset>) -> Second {
        let away = now.timestamp_millis() - self.newest_at.unwrap_or(self.since).0;
        Second {
            name: self.folder.to_string_lossy().into_owned(),
            present: self.folder.is_dir(),
            newest_at: self.newest_at,
            overdue: away > Duration::days(AWAY).num_milliseconds(),
        }
    }
}

impl Desk {
    fn backups(&self) -> PathBuf {
        self.home().join(FOLDER)
    }

    fn second(&self) -> Option<Remembered> {
        serde_json::from_slice(&std::fs::read(self.home().join(SECOND)).ok()?).ok()
    }

    fn remember(&self, second: &Remembered) -> Result<(), Fault> {
        Ok(disk::replace(&self.home().join(SECOND), &serde_json::to_vec(second)?)?)
    }

    /// What keeps the register safe and needs no hand: a backup when one is due, a copy in the second place when it
    /// came back, and a look at every page once after opening. The front calls it once a minute; it returns when the
    /// work is done.
    pub fn keep(&self) {
        let _aside = self.door.read().unwrap_or_else(|e| e.into_inner());
        let Some(open) = self.opened() else { return };
        let now = (self.front.clock)();
        if !open.keeping.checked.swap(true, Ordering::Relaxed) {
            let found = open.register.check(&open.opened.register_key().sqlcipher_literal());
            open.keeping.damaged.store(matches!(found, Err(register::Fault::Damaged)), Ordering::Relaxed);
        }
        let since = *hold(&open.keeping.unsaved_since);
        let due = since.is_some_and(|since| now.timestamp_millis() - since.0 >= DUE * 60_000);
        let quiet = Job { progress: &|_| {}, cancelled: &AtomicBool::new(false) };
        if open.register.is_read_only() {
            return;
        }
        if due {
            let _ = self.back_up(&open, now, &quiet);
            // While it was made, the log could not be folded in.
            let _ = open.register.rest();
        } else if open.keys.kind() == vault::Kind::Company {
            let _ = self.copy_to_second(&company::hex(&open.keys.file_id()), now);
        }
    }

    /// A backup before the register closes, when something changed. That it fails keeps nobody from closing: what
    /// changed is in the register, and the next opening knows that it is in no backup.
    pub(crate) fn back_up_before_closing(&self, now: DateTime<FixedOffset>, job: &Job<'_>) {
        if let Some(open) = self.opened()
            && hold(&open.keeping.unsaved_since).is_some()
        {
            let _ = self.back_up(&open, now, job);
        }
    }

    /// A backup before the register's schema changes. Without it nothing is changed.
    pub(crate) fn back_up_before_migrating(
        &self,
        folder: &Path,
        keys: &vault::KeyFile,
        key: &str,
        now: DateTime<FixedOffset>,
    ) -> Result<(), Fault> {
        let target = Target {
            folder: &self.backups(),
            name: &name(&self.backups(), &company::hex(&keys.file_id()), now),
            keys: &keys.to_bytes(),
            at: At(now.timestamp_millis()),
        };
        backup::make(&folder.join(register::DATABASE), key, &target, &|_| true)?;
        Ok(())
    }

    /// Notices whether the newest backup holds what was just opened.
    pub(crate) fn compare_with_backups(
        &self,
        register: &Register,
        keys: &vault::KeyFile,
        keeping: &Keeping,
        now: DateTime<FixedOffset>,
    ) -> Result<(), Fault> {
        let stand = register.stand()?;
        let newest = self.saved_here(&company::hex(&keys.file_id()))?.into_iter().next();
        if newest.is_none_or(|newest| newest.manifest.stand != stand) {
            hold(&keeping.unsaved_since).get_or_insert(At(now.timestamp_millis()));
        }
        Ok(())
    }

    fn saved_here(&self, file_id: &str) -> Result<Vec<Backup>, Fault> {
        let (mut saved, _) = backup::list(&self.backups())?;
        saved.retain(|backup| backup.manifest.file_id == file_id);
        Ok(saved)
    }

    fn back_up(&self, open: &Open, now: DateTime<FixedOffset>, job: &Job<'_>) -> Result<BackedUp, Fault> {
        if open.keys.kind() == vault::Kind::Sample {
            // The sample can be made again.
            *hold(&open.keeping.unsaved_since) = None;
            return Err(Fault::new(FaultKind::Conflict, "sample_not_backed_up"));
        }
        if open.register.is_read_only() {
            return Err(register::Fault::ReadOnly.into());
        }
        let _one = hold(&open.keeping.making);
        // What changes from here on may or may not be in the backup, so it counts as unsaved.
        let since = hold(&open.keeping.unsaved_since).take();
        let made = self.make(open, now, job);
        open.keeping.made.store(true, Ordering::Relaxed);
        let mut trouble = hold(&open.keeping.trouble);
        match made {
            Ok(made) => {
                *trouble = None;
                Ok(made)
            }
            Err(fault) => {
                let mut unsaved = hold(&open.keeping.unsaved_since);
                *unsaved = since.or(*unsaved);
                if fault.kind != FaultKind::Cancelled {
                    *trouble = Some(fault.code.clone());
                    open.keeping.damaged.fetch_or(fault.code == "register_damaged", Ordering::Relaxed);
                }
                Err(fault)
            }
        }
    }

    fn make(&self, open: &Open, now: DateTime<FixedOffset>, job: &Job<'_>) -> Result<BackedUp, Fault> {
        let file_id = company::hex(&open.keys.file_id());
        let target = Target {
            folder: &self.backups(),
            name: &name(&self.backups(), &file_id, now),
            keys: &open.keys.to_bytes(),
            at: At(now.timestamp_millis()),
        };
        let after = self.turns.after();
        let watch = |done: u32| {
            after.wait();
            job.at(done as usize, 100).is_ok()
        };
        let key = open.opened.register_key().sqlcipher_literal();
        let made = open.register.back_up(&key, &target, &watch)?;
        self.thin(&self.backups(), &file_id, now)?;
        // What the second place refuses is told there; the backup here is made.
        let second = self.copy_to_second(&file_id, now).unwrap_or(false);
        let bytes = std::fs::metadata(&made.path)?.len();
        let (people, contacts) = (made.manifest.stand.people, made.manifest.contacts);
        Ok(BackedUp { made_at: made.manifest.made_at, people, contacts, bytes, second })
    }

    /// Removes what had its time from a folder of backups.
    fn thin(&self, folder: &Path, file_id: &str, now: DateTime<FixedOffset>) -> Result<(), Fault> {
        let (mut saved, _) = backup::list(folder)?;
        saved.retain(|backup| backup.manifest.file_id == file_id);
        let dated = |backup: &Backup| -> Result<Dated, Fault> {
            let made = DateTime::from_timestamp_millis(backup.manifest.made_at.0).unwrap_or_default();
            let made = made.with_timezone(now.offset()).naive_local();
            Ok(Dated { made, bytes: std::fs::metadata(&backup.path)?.len() })
        };
        let dated: Vec<Dated> = saved.iter().map(dated).collect::<Result<_, _>>()?;
        let room = (self.front.disk)(folder).free.map_or(u64::MAX, |free| free / SHARE);
        for n in backup::surplus(&dated, now.date_naive(), room) {
            disk::remove(&saved[n].path)?;
        }
        Ok(())
    }

    /// Copies the newest backup to the second place, when that is there and does not have it. Whether it has it now.
    fn copy_to_second(&self, file_id: &str, now: DateTime<FixedOffset>) -> Result<bool, Fault> {
        let Some(second) = self.second() else { return Ok(false) };
        let Some(newest) = self.saved_here(file_id)?.into_iter().next() else { return Ok(false) };
        // Never made: a missing folder is a stick that is not plugged in.
        if !second.folder.is_dir() {
            return Ok(false);
        }
        let there = newest.path.file_name().map(|name| second.folder.join(name));
        let made_at = newest.manifest.made_at;
        if second.newest_at == Some(made_at) && there.is_some_and(|path| path.exists()) {
            return Ok(true);
        }
        newest.copy_to(&second.folder)?;
        self.remember(&Remembered { newest_at: Some(made_at), ..second.clone() })?;
        self.thin(&second.folder, file_id, now)?;
        Ok(true)
    }
}

/// What a backup's file in `folder` is called. Backups of two registers may lie in one folder, and two be made in one
/// second: an underscore comes after the dot, so that the later name is the greater.
fn name(folder: &Path, file_id: &str, now: DateTime<FixedOffset>) -> String {
    let stem = format!("{}-{}", now.format("%Y%m%d-%H%M%S"), file_id.get(..8).unwrap_or_default());
    let numbered = (2..).map(|n| format!("{stem}_{n}.{}", backup::ENDING));
    let mut names = std::iter::once(format!("{stem}.{}", backup::ENDING)).chain(numbered);
    names.find(|name| !folder.join(name).exists()).unwrap_or_default()
}

pub(crate) fn back_up(call: &Call<'_>, _: Nothing) -> Result<BackedUp, Fault> {
    call.desk.back_up(&*call.open()?, call.now, call.job)
}

pub(crate) fn safety(call: &Call<'_>, _: Nothing) -> Result<Safety, Fault> {
    let open = call.open()?;
    let lies = (call.desk.front.disk)(&call.desk.home());
    let newest = call.desk.saved_here(&company::hex(&open.keys.file_id()))?.into_iter().next();
    let unsaved_since = *hold(&open.keeping.unsaved_since);
    let trouble = hold(&open.keeping.trouble).clone();
    Ok(Safety {
        newest_at: newest.map(|newest| newest.manifest.made_at),
        unsaved_since,
        trouble,
        second: call.desk.second().map(|second| second.shown(call.now)),
        damaged: open.keeping.damaged.load(Ordering::Relaxed),
        disk_full: !open.register.is_read_only()
            && !open.register.has_reserve()
            && lies.free.is_none_or(|free| free < SCARCE),
        place: moving::lies(call),
    })
}

pub(crate) fn backups(call: &Call<'_>, _: Nothing) -> Result<Backups, Fault> {
    let (mut found, mut unreadable) = backup::list(&call.desk.backups())?;
    let mut places: Vec<BackupPlace> = vec![BackupPlace::Here; found.len()];
    let second = call.desk.second();
    if let Some(second) = second.as_ref().filter(|second| second.folder.is_dir()) {
        let (there, broken) = backup::list(&second.folder)?;
        unreadable += broken;
        for backup in there {
            if found.iter().all(|here| here.manifest != backup.manifest) {
                found.push(backup);
                places.push(BackupPlace::Second);
            }
        }
    }
    let changed = changed_at(call);
    let saved = |(backup, place): (&Backup, BackupPlace)| {
        let name = backup.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        saved(backup, WhichBackup { place, name }, &changed)
    };
    let mut saved: Vec<Saved> = found.iter().zip(places).map(saved).collect::<Result<_, _>>()?;
    saved.sort_by_key(|saved| std::cmp::Reverse(saved.made_at));
    Ok(Backups { saved, unreadable, second: second.map(|second| second.shown(call.now)) })
}

pub(crate) fn read_backup(call: &Call<'_>, read: ReadBackup) -> Result<Saved, Fault> {
    Ok(self::read(call, &WhichBackup { place: BackupPlace::Chosen, name: read.file })?.1)
}

/// A backup, and what the page sees of it.
pub(crate) fn read(call: &Call<'_>, which: &WhichBackup) -> Result<(Backup, Saved), Fault> {
    let found = find(call, which)?;
    let shown = saved(&found, which.clone(), &changed_at(call))?;
    Ok((found, shown))
}

pub(crate) fn change_second_place(call: &Call<'_>, change: ChangeSecondPlace) -> Result<Nothing, Fault> {
    let Some(token) = change.folder else {
        disk::remove(&call.desk.home().join(SECOND))?;
        return Ok(Nothing {});
    };
    let folder = call.desk.front.tray.path(&token)?;
    let here = call.desk.home().canonicalize()?;
    if !folder.is_dir() {
        return Err(Fault::field(FaultKind::NotFound, "folder", "file_gone"));
    }
    if folder.canonicalize()?.starts_with(&here) {
        return Err(Fault::field(FaultKind::Invalid, "folder", "second_place_is_the_first"));
    }
    call.desk.remember(&Remembered { folder, since: At(call.now.timestamp_millis()), newest_at: None })?;
    // The first copy says at once whether the place can be written to.
    let open = call.open()?;
    let copied = call.desk.copy_to_second(&company::hex(&open.keys.file_id()), call.now);
    if copied.is_err() {
        disk::remove(&call.desk.home().join(SECOND))?;
    }
    copied.map(|_| Nothing {})
}

/// When the register on this PC changed last, with its id: exactly while it is open, by its files' dates otherwise.
fn changed_at(call: &Call<'_>) -> Option<(String, At)> {
    if let Some(open) = call.desk.opened().filter(|open| open.keys.kind() == vault::Kind::Company) {
        let stand = open.register.stand().ok()?;
        let last = stand.changed_at.max(open.keeping.changed_at());
        return last.map(|last| (company::hex(&open.keys.file_id()), last));
    }
    let folder = company::folder(call, company::COMPANY);
    let keys = vault::KeyFile::read(&folder.join(register::KEYS)).ok()?;
    let dated = [register::DATABASE, "register.db-wal"].map(|name| {
        let dated = std::fs::metadata(folder.join(name)).and_then(|file| file.modified()).ok()?;
        Some(At(DateTime::<chrono::Utc>::from(dated).timestamp_millis()))
    });
    dated.into_iter().max().flatten().map(|last| (company::hex(&keys.file_id()), last))
}

fn saved(backup: &Backup, which: WhichBackup, changed: &Option<(String, At)>) -> Result<Saved, Fault> {
    let manifest = &backup.manifest;
    let (people, contacts) = (manifest.stand.people, manifest.contacts);
    let changed = changed.as_ref().filter(|(file_id, _)| *file_id == manifest.file_id);
    Ok(Saved {
        which,
        made_at: manifest.made_at,
        people,
        contacts,
        bytes: std::fs::metadata(&backup.path)?.len(),
        lost_minutes: changed.map(|(_, changed)| minutes(manifest.made_at, *changed)),
    })
}

/// How many minutes from one instant to another, begun ones counted; none when the other was before.
pub(crate) fn minutes(from: At, until: At) -> u32 {
    u32::try_from((until.0 - from.0 + 59_999).max(0) / 60_000).unwrap_or(u32::MAX)
}

/// The folders in which more backups of the same register may lie.
pub(crate) fn folders(call: &Call<'_>) -> Vec<PathBuf> {
    let second = call.desk.second().map(|second| second.folder);
    std::iter::once(call.desk.backups()).chain(second).collect()
}

/// The backup that is meant. A name is the name of a file in its folder, never a way to another.
fn find(call: &Call<'_>, which: &WhichBackup) -> Result<Backup, Fault> {
    let folder = match which.place {
        BackupPlace::Chosen => return Ok(Backup::read(&call.desk.front.tray.path(&which.name)?)?),
        BackupPlace::Here => call.desk.backups(),
        BackupPlace::Second => {
            call.desk.second().ok_or_else(|| Fault::new(FaultKind::NotFound, "file_gone"))?.folder
        }
    };
    let (found, _) = backup::list(&folder)?;
    let named =
        |backup: &Backup| backup.path.file_name().is_some_and(|name| name.to_string_lossy() == which.name);
    found.into_iter().find(named).ok_or_else(|| Fault::new(FaultKind::NotFound, "file_gone"))
}
