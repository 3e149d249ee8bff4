//! A register is not kept where another program copies it about, or on another machine: none is made there, and one that
//! is found there is moved to a folder that its owner chooses. Where it went is remembered in the folder that it left.

use crate::{Call, Fault, FaultKind, Front, backup, company, place, restore};
use register::{DATABASE, KEYS, Register, disk};
use serde::{Deserialize, Serialize};
use std::{
    fs,
    path::{Path, PathBuf},
};
use ts_rs::TS;
use vault::Role;

/// Lies in the folder that was left.
const MOVED: &str = "moved.json";
/// What the registers' folder is called in the one that was chosen.
const NAME: &str = "enishi";
/// A register that is not whole yet.
const COMING: &str = "company.moving";

#[derive(Serialize, Deserialize)]
struct Moved {
    folder: PathBuf,
}

/// Where the register shall lie.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MoveRegister {
    /// The token of a folder that the user chose.
    pub folder: String,
}

/// Where the registers are: in the folder that the front names, or where they were moved from there.
pub(crate) fn home(front: &Front) -> PathBuf {
    let told = fs::read(front.home.join(MOVED)).ok();
    let moved = told.and_then(|told| serde_json::from_slice::<Moved>(&told).ok());
    let Some(Moved { folder }) = moved else { return front.home.clone() };
    let left = front.home.join(company::COMPANY);
    if left.exists() && folder.join(company::COMPANY).join(KEYS).exists() {
        // Cut off after it was moved and before the old one was set aside.
        let _ = fs::rename(&left, front.home.join(restore::free_name(&front.home, "company.aside-moved")));
    }
    folder
}

/// The folder that the registers were moved to, when it is not there: a disk that is not plugged in.
pub(crate) fn missing(call: &Call<'_>) -> Option<String> {
    let home = call.desk.home();
    (home != call.desk.front.home && !home.exists()).then(|| home.to_string_lossy().into_owned())
}

/// What sort of place the registers' folder is.
pub(crate) fn lies(call: &Call<'_>) -> place::Place {
    of(call, &call.desk.home())
}

fn of(call: &Call<'_>, folder: &Path) -> place::Place {
    let full = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    place::place(&full, &(call.desk.front.disk)(folder))
}

/// Refuses to make a register here.
pub(crate) fn refuse_here(call: &Call<'_>) -> Result<(), Fault> {
    refuse_missing(call)?;
    sound(lies(call))
}

/// Refuses to make anything in a folder that is not there.
pub(crate) fn refuse_missing(call: &Call<'_>) -> Result<(), Fault> {
    match missing(call) {
        Some(_) => Err(Fault::new(FaultKind::Trouble, "home_missing")),
        None => Ok(()),
    }
}

fn sound(place: place::Place) -> Result<(), Fault> {
    match place {
        place::Place::Own => Ok(()),
        place::Place::Synced => Err(Fault::new(FaultKind::Refused, "place_synced")),
        place::Place::Network => Err(Fault::new(FaultKind::Refused, "place_network")),
    }
}

/// Moves everything: copied, compared, put in place; then the old register is set aside. It is closed afterwards. Where
/// there is no register yet, one will be made there.
pub(crate) fn move_register(call: &Call<'_>, wanted: MoveRegister) -> Result<company::State, Fault> {
    let old = call.desk.home();
    let left = old.join(company::COMPANY);
    let exists = left.join(KEYS).exists();
    if exists {
        let open = call.open()?;
        if open.opened.role() != Role::Owner {
            return Err(Fault::new(FaultKind::Refused, "owner_only"));
        }
        // Where it went could not be remembered here.
        if open.register.is_read_only() {
            return Err(register::Fault::ReadOnly.into());
        }
    }
    let chosen = call.desk.front.tray.path(&wanted.folder)?;
    sound(of(call, &chosen))?;
    if !chosen.is_dir() {
        return Err(Fault::field(FaultKind::NotFound, "folder", "file_gone"));
    }
    let new = chosen.join(restore::free_name(&chosen, NAME));
    if exists {
        call.desk.back_up_before_closing(call.now, call.job);
        call.desk.put(None)?;
        // Whoever moves is not asked to wait for another program's writing.
        Register::nobody_has(&left)?;
        let copied = copy_all(&old, &new);
        if copied.is_err() {
            let _ = fs::remove_dir_all(&new);
        }
        copied?;
    } else {
        disk::make_folder(&new)?;
    }
    let moved = Moved { folder: new.clone() };
    disk::make_folder(&call.desk.front.home)?;
    disk::replace(&call.desk.front.home.join(MOVED), &serde_json::to_vec(&moved)?)?;
    call.desk.go_to(new);
    if exists {
        let aside =
            restore::free_name(&old, &format!("{}{}", restore::ASIDE, call.now.format("%Y%m%d-%H%M%S")));
        // The new one counts already; what fails here is done at the next start.
        let _ = fs::rename(&left, old.join(aside)).and_then(|()| disk::sync_folder(&old));
    }
    company::state(call, crate::table::Nothing {})
}

fn copy_all(old: &Path, new: &Path) -> Result<(), Fault> {
    let (coming, backups) = (new.join(COMING), new.join(backup::FOLDER));
    disk::make_folder(&coming)?;
    copy(&old.join(company::COMPANY), &coming, |name| name != "register.lock" && name != "register.reserve")?;
    if !coming.join(DATABASE).exists() {
        return Err(Fault::new(FaultKind::Trouble, "file_trouble"));
    }
    if old.join(backup::FOLDER).is_dir() {
        disk::make_folder(&backups)?;
        copy(&old.join(backup::FOLDER), &backups, |_| true)?;
    }
    copy(old, new, |name| name == backup::SECOND)?;
    fs::rename(&coming, new.join(company::COMPANY))?;
    Ok(disk::sync_folder(new)?)
}

/// Copies the files of a folder, and reads each back.
fn copy(from: &Path, to: &Path, which: impl Fn(&str) -> bool) -> Result<(), Fault> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if !entry.file_type()?.is_file() || !name.to_str().is_some_and(&which) {
            continue;
        }
        let copied = to.join(&name);
        fs::copy(entry.path(), &copied)?;
        fs::File::options().write(true).open(&copied)?.sync_all()?;
        if register::backup::sum_of(&entry.path())? != register::backup::sum_of(&copied)? {
            return Err(Fault::new(FaultKind::Trouble, "file_trouble"));
        }
    }
    Ok(disk::sync_folder(to)?)
}
