//! Files written so that a power cut leaves the old or the new, never half of one.

use std::{fs, io, path::Path};

/// Removes a file; that there is none is fine.
///
/// # Errors
/// The disk's.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Makes what was renamed or removed in a folder outlast a power cut. Windows has no such call: there the old name
/// may come back, with the whole file it stood for.
///
/// # Errors
/// The disk's.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
