//! The key file on the disk: whole or not at all, and the one before it kept.

use crate::{Fault, HereSlot, KeyFile, User, UserId};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

impl KeyFile {
    /// Reads the key file. [`Fault::Io`] with `NotFound` if there is none; for a damaged one there may be another
    /// at [`previous_path`].
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let mut file = Self::from_bytes(&fs::read(path)?)?;
        // One that is damaged is as if it had never been: the passphrase before opens.
        let read = |user: User<'_>| serde_json::from_slice(&fs::read(own_path(path, user.id)).ok()?).ok();
        file.own = file.users().filter_map(read).collect();
        Ok(file)
    }

    /// Writes the passphrase that a user changed by themselves beside the key file at `path`.
    pub fn write_own(&self, path: &Path, user: UserId) -> Result<(), Fault> {
        let entry = self.content.entry(user).ok_or(Fault::NoSuchUser)?;
        if let Some(own) = self.own.iter().find(|own| own.follows(entry)) {
            let text = serde_json::to_vec(own).expect("strings and numbers always make JSON");
            replace(&own_path(path, user), &text)?;
        }
        Ok(())
    }

    /// Writes the key file so that a power cut leaves the old one or the new one at `path`, never neither. The
    /// one replaced is kept at [`previous_path`], unless it is damaged: then an earlier one kept there is worth more.
    pub fn write(&self, path: &Path) -> Result<(), Fault> {
        let text = self.to_bytes();
        match fs::read(path) {
            // Equal after a write that was cut short between its steps and is done again.
            Ok(old) if old != text && Self::from_bytes(&old).is_ok() => replace(&previous_path(path), &old)?,
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        Ok(replace(path, &text)?)
    }

    /// Writes the key file beside the present one. When the register is encrypted anew, two files change and a
    /// power cut may come between them: both key files are there until the database is in place, and whichever
    /// opens it is the right one. Then [`take_next`].
    pub fn write_next(&self, path: &Path) -> Result<(), Fault> {
        Ok(replace(&next_path(path), &self.to_bytes())?)
    }
}

impl HereSlot {
    /// Reads this PC's slot, beside the key file at `path`; `None` when there is none, or none that is whole: then the
    /// 合言葉 opens.
    pub fn read(path: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(here_path(path)).ok()?).ok().filter(Self::is_known)
    }

    /// Writes it beside the key file at `path`.
    pub fn write(&self, path: &Path) -> Result<(), Fault> {
        let text = serde_json::to_vec(self).expect("strings and numbers always make JSON");
        Ok(replace(&here_path(path), &text)?)
    }

    /// Removes it, if there is one: from now on the 合言葉 opens.
    pub fn remove(path: &Path) -> Result<(), Fault> {
        match fs::remove_file(here_path(path)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error.into()),
            Ok(()) => Ok(sync_folder(path)?),
        }
    }
}

/// Removes the passphrases that users changed by themselves: they were taken up, or count for nothing.
pub fn remove_own(path: &Path, file: &KeyFile) -> Result<(), Fault> {
    for user in file.users() {
        match fs::remove_file(own_path(path, user.id)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
            Ok(()) => sync_folder(path)?,
        }
    }
    Ok(())
}

/// `register.keys.own-2` beside `register.keys`. No backup carries it.
fn own_path(path: &Path, user: UserId) -> PathBuf {
    beside(path, &format!(".own-{}", user.0))
}

/// Where this PC's slot lies: `register.keys.here` beside `register.keys`. No backup carries it.
fn here_path(path: &Path) -> PathBuf {
    beside(path, ".here")
}

/// Where the key file before the present one is kept: `register.keys.prev` beside `register.keys`.
pub fn previous_path(path: &Path) -> PathBuf {
    beside(path, ".prev")
}

/// Removes the key file before the present one, if there is one: after a changed passphrase it still opens
/// with the old one. Do so once the present file has been opened with the new passphrase.
pub fn remove_previous(path: &Path) -> Result<(), Fault> {
    match fs::remove_file(previous_path(path)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(sync_folder(path)?),
    }
}

/// Where the key file waits that will open the database once that is encrypted with its key: see
/// [`KeyFile::write_next`].
pub fn next_path(path: &Path) -> PathBuf {
    beside(path, ".next")
}

/// Puts the waiting key file, if there is one, in place of the present one; the one replaced is not kept, for
/// it opens nothing any more.
pub fn take_next(path: &Path) -> Result<(), Fault> {
    match fs::rename(next_path(path), path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => sync_folder(path)?,
    }
    remove_previous(path)
}

/// Removes a waiting key file whose database was never made, and what was cut off while it was written.
pub fn remove_next(path: &Path) -> Result<(), Fault> {
    let next = next_path(path);
    for file in [beside(&next, ".new"), next] {
        match fs::remove_file(file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
            Ok(()) => sync_folder(path)?,
        }
    }
    Ok(())
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = beside(path, ".new");
    let mut file = File::create(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&new, path)?;
    sync_folder(path)
}

/// Makes a renaming or removal outlast a power cut. Windows has no such call: there the old name may come back,
/// with the whole file it stood for.
fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
