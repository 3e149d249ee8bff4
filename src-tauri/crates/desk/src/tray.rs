//! Where bytes wait between the desk and the front: a PDF on its way out, a list on its way in. The page knows
//! them by a token only.

use crate::{Call, Fault, FaultKind};
use std::{
    collections::HashMap,
    io::{self, Read},
    path::PathBuf,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};
use zeroize::Zeroize;

/// A front's place for bytes.
pub trait Tray: Send + Sync {
    /// Takes bytes on their way out, under a proposed file name; returns their token.
    ///
    /// # Errors
    /// The disk's, where there is one.
    fn put(&self, name: &str, bytes: Vec<u8>) -> io::Result<String>;
    /// The bytes under a token.
    ///
    /// # Errors
    /// `NotFound` for a token that was never given, or a file that is gone.
    fn read(&self, token: &str) -> io::Result<Vec<u8>>;
    /// Lets go of the bytes on their way out: the register was locked.
    fn forget(&self) {}
    /// The file or folder that the user chose under a token: for what is too large to be read at once.
    ///
    /// # Errors
    /// `NotFound` for a token that stands for no file.
    fn path(&self, token: &str) -> io::Result<PathBuf>;
}

/// Every byte of a file that the user chose; `too_large` names the sentence for one that no photo or scan is.
pub(crate) fn chosen(call: &Call<'_>, token: &str, too_large: &str) -> Result<Vec<u8>, Fault> {
    let refused = |code| Fault::field(FaultKind::Invalid, "file", code);
    let file = call.desk.front.tray.read(token).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => refused(too_large),
        _ => error.into(),
    })?;
    if file.is_empty() { Err(refused("file_empty")) } else { Ok(file) }
}

/// The window's tray: bytes out stay in memory until the user saves them, files in are paths that the shell was
/// given by a dialog or a drop. Tokens are not paths, so the page can name no file that nobody chose.
#[derive(Default)]
pub struct MemoryTray {
    next: AtomicU64,
    things: Mutex<HashMap<String, Thing>>,
}

enum Thing {
    Bytes { name: String, bytes: Vec<u8> },
    File(PathBuf),
}

/// So many outgoing things are kept; older ones can be made again.
const KEPT: u64 = 8;

impl MemoryTray {
    fn keep(&self, thing: Thing) -> String {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let token = format!("t{number}");
        let mut things = self.things.lock().unwrap_or_else(|e| e.into_inner());
        if let Some(old) = number.checked_sub(KEPT) {
            let old = format!("t{old}");
            if matches!(things.get(&old), Some(Thing::Bytes { .. })) {
                things.remove(&old);
            }
        }
        things.insert(token.clone(), thing);
        token
    }

    /// A token for a file that the user chose.
    pub fn offer(&self, path: PathBuf) -> String {
        self.keep(Thing::File(path))
    }

    /// The proposed name of outgoing bytes, or the file's.
    pub fn name(&self, token: &str) -> Option<String> {
        let things = self.things.lock().unwrap_or_else(|e| e.into_inner());
        match things.get(token)? {
            Thing::Bytes { name, .. } => Some(name.clone()),
            Thing::File(path) => Some(path.file_name()?.to_string_lossy().into_owned()),
        }
    }
}

impl Tray for MemoryTray {
    fn forget(&self) {
        let mut things = self.things.lock().unwrap_or_else(|e| e.into_inner());
        things.retain(|_, thing| match thing {
            Thing::Bytes { bytes, .. } => {
                bytes.zeroize();
                false
            }
            Thing::File(_) => true,
        });
    }

    fn put(&self, name: &str, bytes: Vec<u8>) -> io::Result<String> {
        Ok(self.keep(Thing::Bytes { name: name.to_owned(), bytes }))
    }

    fn read(&self, token: &str) -> io::Result<Vec<u8>> {
        let path = match self.things.lock().unwrap_or_else(|e| e.into_inner()).get(token) {
            Some(Thing::Bytes { bytes, .. }) => return Ok(bytes.clone()),
            Some(Thing::File(path)) => path.clone(),
            None => return Err(io::ErrorKind::NotFound.into()),
        };
        read_file(&path)
    }

    fn path(&self, token: &str) -> io::Result<PathBuf> {
        match self.things.lock().unwrap_or_else(|e| e.into_inner()).get(token) {
            Some(Thing::File(path)) => Ok(path.clone()),
            _ => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

/// The headless tray: a token is a path, and bytes out are written into a folder.
pub struct FolderTray {
    /// The folder for what is written.
    pub out: PathBuf,
}

impl Tray for FolderTray {
    fn put(&self, name: &str, bytes: Vec<u8>) -> io::Result<String> {
        std::fs::create_dir_all(&self.out)?;
        let path = self.out.join(name);
        std::fs::write(&path, bytes)?;
        Ok(path.to_string_lossy().into_owned())
    }

    fn read(&self, token: &str) -> io::Result<Vec<u8>> {
        read_file(token.as_ref())
    }

    fn path(&self, token: &str) -> io::Result<PathBuf> {
        Ok(token.into())
    }
}

/// No list or picture is larger; a film dropped by mistake must not fill the memory.
const LARGEST: u64 = 256 << 20;

fn read_file(path: &std::path::Path) -> io::Result<Vec<u8>> {
    let file = std::fs::File::open(path)?;
    if file.metadata()?.len() > LARGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    // A file that grows while it is read, and one that has no size, are no larger either.
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}
