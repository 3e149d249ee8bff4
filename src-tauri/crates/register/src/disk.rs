//! Files written so that a power cut leaves the old or the new, never half of one.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

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

/// Makes a folder where there is none, and those above it, so that a power cut does not take it away again with all
/// that was written into it.
///
/// # Errors
/// The disk's.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make_folder(above)?;
    fs::create_dir_all(folder)?;
    sync_folder(above)
}

/// Writes a file so that its name stands for the old bytes or the new, never for neither.
///
/// # Errors
/// The disk's; the old file is there then.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut file = fs::File::create(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&new, path)?;
    path.parent().map_or(Ok(()), sync_folder)
}
