//! Where things are on this machine, and the clock and chance the desk is given.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::Local;
use desk::{Front, MemoryTray};
use tauri::{AppHandle, Manager};
use vault::{Cost, SystemRandom};

use crate::dialog;
use crate::keystore::SystemKeystore;

/// The folder of the registers: the platform's folder for local data, and `enishi` in it.
///
/// In debug builds `ENISHI_HOME` names another one, for tests; a release never reads it.
pub fn home(app: &AppHandle) -> tauri::Result<PathBuf> {
    #[cfg(debug_assertions)]
    if let Some(home) = std::env::var_os("ENISHI_HOME") {
        return Ok(home.into());
    }
    Ok(app.path().local_data_dir()?.join("enishi"))
}

/// The backup that the system started the program with, because somebody opened its file.
pub fn opened() -> Option<PathBuf> {
    let mut named = std::env::args_os().skip(1).map(PathBuf::from);
    named.find(|path| path.extension().is_some_and(|ending| ending == dialog::BACKUP))
}

/// The folder of the bundled typefaces, beside the program.
pub fn fonts(app: &AppHandle) -> tauri::Result<PathBuf> {
    Ok(app.path().resource_dir()?.join("fonts"))
}

/// The dictionary of postal codes, beside the program.
pub fn postal(app: &AppHandle) -> tauri::Result<PathBuf> {
    Ok(app.path().resource_dir()?.join("postal/postal.zip"))
}

/// What the desk is given by this front: the machine's clock and random source, faces read from `fonts`, the dictionary
/// `postal`.
pub fn front(home: PathBuf, fonts: PathBuf, postal: PathBuf, tray: Arc<MemoryTray>) -> Front {
    Front {
        home,
        clock: Box::new(|| Local::now().fixed_offset()),
        random: Box::new(SystemRandom),
        faces: Box::new(move || desk::faces(&fonts)),
        postal: Box::new(move || std::fs::read(&postal)),
        tray,
        disk: Box::new(|folder| desk::disk(folder, &synced())),
        keystore: Some(Box::new(SystemKeystore)),
        cost: Cost::OFFICE,
    }
}

/// The folders that OneDrive says are its own.
fn synced() -> Vec<PathBuf> {
    let named = ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"];
    named.into_iter().filter_map(std::env::var_os).map(PathBuf::from).collect()
}
