//! Files in and out: chosen ones become tokens, finished ones are written whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use desk::{Fault, MemoryTray, Tray};
use serde::Serialize;
use serde_json::{Value, json};
use tauri::{AppHandle, Manager};

use crate::dialog::{self, Kind};
use crate::door::aside;

/// A file the person chose: what the page may know of it.
#[derive(Clone, Serialize)]
pub struct Chosen {
    token: String,
    name: String,
}

/// The tray that the desk reads from and puts into, and the files saved since the program started; the page opens
/// those by their place in the list.
pub struct Files {
    tray: Arc<MemoryTray>,
    saved: Mutex<Vec<PathBuf>>,
    /// The backup that the program was started with, until the page asks for it.
    opened: Mutex<Option<PathBuf>>,
}

impl Files {
    /// `opened` is the backup that the system started the program with.
    pub fn new(tray: Arc<MemoryTray>, opened: Option<PathBuf>) -> Files {
        Files { tray, saved: Mutex::default(), opened: Mutex::new(opened) }
    }

    /// The backup that the program was started with, the first time; a page that is loaded anew does not begin again.
    pub fn take_opened(&self) -> Option<Chosen> {
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner).take();
        opened.map(|path| self.offer(path))
    }

    /// Hands the desk a path and keeps it from the page.
    pub fn offer(&self, path: PathBuf) -> Chosen {
        Chosen { name: name_of(&path), token: self.tray.offer(path) }
    }

    /// Answers an address of the `page:` scheme.
    pub fn show(&self, path: &str) -> tauri::http::Response<Vec<u8>> {
        crate::paper::answer(&*self.tray, path)
    }

    fn add_saved(&self, path: PathBuf) -> usize {
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        saved.push(path);
        saved.len() - 1
    }

    fn saved(&self, id: usize) -> Option<PathBuf> {
        self.saved.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }
}

/// Asks for a file to read: `{"ok":{token,name}}`, or `{"ok":null}` when none was chosen.
#[tauri::command]
pub async fn choose_file(app: AppHandle, kind: Kind, title: String) -> Result<Value, String> {
    aside(move || {
        let chosen = dialog::choose(&app, kind, &title);
        json!({ "ok": chosen.map(|path| app.state::<Files>().offer(path)) })
    })
    .await
}

/// Asks where to save what lies in the tray under `token`, and writes it there: `{"ok":{id,name}}`,
/// `{"ok":null}` when no place was chosen, or `{"fault":…}`; after a fault the place holds what it held before.
#[tauri::command]
pub async fn save_file(app: AppHandle, token: String, name: String, title: String) -> Result<Value, String> {
    aside(move || {
        let files = app.state::<Files>();
        let bytes = match files.tray.read(&token) {
            Ok(bytes) => bytes,
            Err(error) => return fault(error),
        };
        let Some(path) = dialog::save(&app, &name, &title) else { return json!({ "ok": null }) };
        match write_whole(&path, &bytes) {
            Ok(()) => json!({ "ok": { "name": name_of(&path), "id": files.add_saved(path) } }),
            Err(error) => fault(error),
        }
    })
    .await
}

/// Opens a file that was just saved in the program the system uses for it.
#[tauri::command]
pub async fn open_saved(app: AppHandle, id: usize) -> Result<Value, String> {
    aside(move || {
        let path = app.state::<Files>().saved(id).ok_or(io::ErrorKind::NotFound.into());
        match path.and_then(|path| show(VIEWER, &path)) {
            Ok(()) => json!({ "ok": null }),
            Err(error) => fault(error),
        }
    })
    .await
}

/// Writes beside the target, flushes to the disk, then renames: a power cut leaves the old file or the new one.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let beside = folder.join(format!(".{}.{}.part", name_of(path), std::process::id()));
    let written = File::create(&beside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // The half-written copy is ours; that it could not be removed either tells the person nothing new.
        let _ = fs::remove_file(&beside);
        return written;
    }
    // On Unix the new name itself must reach the disk; Windows does that with the rename.
    #[cfg(unix)]
    File::open(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?.sync_all()?;
    Ok(())
}

/// What opens a file in the program that the system uses for it. `explorer` takes the path as it is; `cmd /c start`
/// would read `&` and `%` in a name as commands.
const VIEWER: &str = match () {
    () if cfg!(windows) => "explorer",
    () if cfg!(target_os = "macos") => "open",
    () => "xdg-open",
};

/// How long a viewer may take to say that it cannot open a file; one that is still there then shows it.
const REFUSAL: Duration = Duration::from_secs(2);

/// Hands a file to a viewer and does not wait for it to be closed.
fn show(viewer: &str, path: &Path) -> io::Result<()> {
    let mut viewer = Command::new(viewer)
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let (ended, ending) = mpsc::channel();
    // Nobody listens any more when the viewer is closed in the evening.
    std::thread::spawn(move || ended.send(viewer.wait()));
    match ending.recv_timeout(REFUSAL) {
        // `explorer` ends with 1 also when all went well.
        Ok(Ok(status)) if !status.success() && !cfg!(windows) => {
            Err(io::Error::other(format!("viewer: {status}")))
        }
        _ => Ok(()),
    }
}

/// The door's shape of an answer, with the desk's words for what a disk can refuse.
fn fault(error: io::Error) -> Value {
    eprintln!("enishi: {error}");
    json!({ "fault": Fault::from(error) })
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("enishi-files-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| name_of(&entry.unwrap().path())).collect()
    }

    #[test]
    fn a_saved_file_replaces_the_old_one_and_leaves_nothing_beside_it() {
        let folder = folder("replaces");
        let path = folder.join("会報 第12号.pdf");
        fs::write(&path, "old").unwrap();
        write_whole(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(names(&folder), ["会報 第12号.pdf"]);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_file_that_cannot_be_put_in_place_leaves_nothing_behind() {
        let folder = folder("fails");
        // A folder that is not empty stands where the file should go, so the last step fails.
        let path = folder.join("taken.pdf");
        fs::create_dir_all(path.join("inside")).unwrap();
        assert!(write_whole(&path, b"new").is_err());
        assert_eq!(names(&folder), ["taken.pdf"]);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_full_disk_is_told_as_such() {
        let answer = fault(io::ErrorKind::StorageFull.into());
        assert_eq!(answer["fault"]["code"], "disk_full");
    }

    #[cfg(unix)]
    #[test]
    fn a_viewer_that_is_missing_or_refuses_is_told() {
        let pdf = Path::new("会報.pdf");
        assert!(show("true", pdf).is_ok());
        assert!(show("false", pdf).is_err());
        assert!(show("no such viewer", pdf).is_err());
    }

    #[test]
    fn a_backup_that_the_program_was_started_with_is_offered_once() {
        let files = Files::new(Arc::default(), Some("縁 控え.enishi".into()));
        assert_eq!(files.take_opened().map(|chosen| chosen.name), Some("縁 控え.enishi".into()));
        assert!(files.take_opened().is_none());
    }

    #[test]
    fn the_page_opens_only_what_was_saved() {
        let files = Files::new(Arc::default(), None);
        let id = files.add_saved("a.pdf".into());
        assert_eq!(files.saved(id), Some("a.pdf".into()));
        assert_eq!(files.saved(id + 1), None);
    }
}
