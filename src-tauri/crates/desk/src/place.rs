//! Where a register lies: whether a folder is one that another program copies about, or one on another machine.
//! Both break a register that is in use; backups may lie there.

use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use ts_rs::TS;

/// What a front knows of the disk under a folder.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Disk {
    /// Bytes that may still be written; `None` when the system does not say.
    pub free: Option<u64>,
    /// The kind of file system, as the system calls it (`ext4`, `cifs`); empty when it does not say.
    pub kind: String,
    /// The folders that OneDrive says are its own, on Windows by the environment.
    pub synced: Vec<PathBuf>,
}

/// What sort of place a folder is for a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A disk of this machine.
    Own,
    /// A folder that OneDrive, Dropbox, iCloud or the like copies while it is written.
    Synced,
    /// A disk of another machine.
    Network,
}

/// File systems that lie on another machine (mount(8), mac's `mount`), or are handed in by one that runs this one.
const NETWORK: &[&str] = &[
    "9p",
    "afpfs",
    "afs",
    "ceph",
    "cifs",
    "davfs",
    "fuse.davfs",
    "fuse.davfs2",
    "fuse.glusterfs",
    "fuse.gvfsd-fuse",
    "fuse.rclone",
    "fuse.smbnetfs",
    "fuse.sshfs",
    "glusterfs",
    "ncpfs",
    "nfs",
    "nfs4",
    "smb2",
    "smb3",
    "smbfs",
    "webdav",
];
/// Folders of these names, or that begin so before a blank, bracket or hyphen ("OneDrive - 青葉食品"), are synced.
const SYNCED: &[&str] = &[
    "box",
    "box sync",
    "cloudstorage",
    "creative cloud files",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud drive",
    "iclouddrive",
    "insync",
    "mega",
    "megasync",
    "mobile documents",
    "my drive",
    "nextcloud",
    "onedrive",
    "owncloud",
    "pcloud drive",
    "pclouddrive",
    "proton drive",
    "seafile",
    "syncthing",
    "yandex.disk",
    "マイドライブ",
];

/// What sort of place `folder` is, by its full path and what is known of its disk. Paths of Windows, mac and Linux are
/// told apart by their looks, so that each can be tried everywhere.
pub fn place(folder: &Path, disk: &Disk) -> Place {
    let text = folder.to_string_lossy().replace('\\', "/");
    // `\\server\share`, and `\\?\UNC\server\share` to which Windows resolves a drive letter that stands for it.
    let local = text.strip_prefix("//?/").or(text.strip_prefix("//./"));
    let unc = match local {
        Some(rest) => rest.to_ascii_uppercase().starts_with("UNC/"),
        None => text.starts_with("//"),
    };
    if unc || NETWORK.contains(&disk.kind.to_ascii_lowercase().as_str()) {
        return Place::Network;
    }
    let kind = disk.kind.to_ascii_lowercase();
    let own = disk.synced.iter().any(|synced| folder.starts_with(synced));
    let named = text.split('/').any(|part| {
        let part = part.to_lowercase();
        SYNCED.iter().any(|name| match part.strip_prefix(name) {
            Some(rest) => {
                rest.trim_start().is_empty() || rest.trim_start().starts_with(['-', '(', '（', '_'])
            }
            None => false,
        })
    });
    match own || named || kind.contains("onedrive") || kind.contains("dropbox") {
        true => Place::Synced,
        false => Place::Own,
    }
}

/// What the system says of the disk under a folder that is there. `synced` are the folders that the environment says
/// OneDrive has.
pub fn disk(folder: &Path, synced: &[PathBuf]) -> Disk {
    Disk {
        free: fs4::available_space(folder).ok(),
        kind: kind(folder).unwrap_or_default(),
        synced: synced.to_vec(),
    }
}

#[cfg(target_os = "linux")]
fn kind(folder: &Path) -> Option<String> {
    let mounts = std::fs::read_to_string("/proc/self/mounts").ok()?;
    let folder = folder.canonicalize().ok()?;
    let mut best: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let mut fields = line.split(' ').skip(1);
        let (at, kind) = (fields.next()?.replace("\\040", " "), fields.next()?);
        // The innermost mount; of two at one place, the later.
        if folder.starts_with(&at) && best.is_none_or(|(length, _)| at.len() >= length) {
            best = Some((at.len(), kind));
        }
    }
    best.map(|(_, kind)| kind.to_owned())
}

#[cfg(target_os = "macos")]
fn kind(folder: &Path) -> Option<String> {
    // `//user@server/share on /Volumes/share (smbfs, nodev, …)`
    let mounts = std::process::Command::new("/sbin/mount").output().ok()?;
    let mounts = String::from_utf8_lossy(&mounts.stdout).into_owned();
    let folder = folder.canonicalize().ok()?;
    let mounts = mounts.lines().filter_map(|line| {
        let (_, rest) = line.split_once(" on ")?;
        let (at, kind) = rest.rsplit_once(" (")?;
        folder.starts_with(at).then(|| (at.len(), kind.split([',', ')']).next().unwrap_or("").to_owned()))
    });
    mounts.max_by_key(|(length, _)| *length).map(|(_, kind)| kind)
}

/// On Windows the path says it: a drive letter that stands for a share resolves to `\\?\UNC\…`.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn kind(_: &Path) -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synced_and_network_folders_are_recognised_on_every_system() {
        let one_drive = Disk { synced: vec!["C:/Users/aoba/クラウド".into()], ..Disk::default() };
        let mounted = |kind: &str| Disk { kind: kind.into(), ..Disk::default() };
        let plain = Disk::default();
        for (folder, disk, expected) in [
            (r"C:\Users\aoba\AppData\Local\enishi", &plain, Place::Own),
            (r"C:\Users\aoba\OneDrive\enishi", &plain, Place::Synced),
            (r"C:\Users\aoba\OneDrive - 青葉食品株式会社\デスクトップ", &plain, Place::Synced),
            (r"C:\Users\aoba\OneDrive（会社）\x", &plain, Place::Synced),
            (r"C:\Users\aoba\iCloudDrive\enishi", &plain, Place::Synced),
            (r"D:\Dropbox (Aoba)\enishi", &plain, Place::Synced),
            (r"G:\マイドライブ\enishi", &plain, Place::Synced),
            (r"G:\My Drive\enishi", &plain, Place::Synced),
            ("C:/Users/aoba/クラウド/enishi", &one_drive, Place::Synced),
            ("C:/Users/aoba/クラウドではない/enishi", &one_drive, Place::Own),
            (r"\\server\総務\enishi", &plain, Place::Network),
            (r"\\?\UNC\server\share\enishi", &plain, Place::Network),
            (r"\\?\C:\Users\aoba\enishi", &plain, Place::Own),
            ("/Users/aoba/Library/Application Support/enishi", &mounted("apfs"), Place::Own),
            ("/Users/aoba/Library/CloudStorage/OneDrive-Aoba/enishi", &mounted("apfs"), Place::Synced),
            ("/Users/aoba/Library/Mobile Documents/com~apple~CloudDocs/x", &mounted("apfs"), Place::Synced),
            ("/Volumes/share/enishi", &mounted("smbfs"), Place::Network),
            ("/home/aoba/.local/share/enishi", &mounted("ext4"), Place::Own),
            ("/home/aoba/Dropbox/enishi", &mounted("ext4"), Place::Synced),
            ("/home/aoba/Nextcloud/enishi", &mounted("btrfs"), Place::Synced),
            ("/home/aoba/boxes/enishi", &mounted("ext4"), Place::Own),
            ("/home/aoba/dropboxes", &mounted("ext4"), Place::Own),
            ("/mnt/nas/enishi", &mounted("cifs"), Place::Network),
            ("/mnt/nas/enishi", &mounted("NFS4"), Place::Network),
            ("/run/user/1000/gvfs/smb-share:server=nas", &mounted("fuse.gvfsd-fuse"), Place::Network),
            ("/mnt/one", &mounted("fuse.onedriver"), Place::Synced),
        ] {
            assert_eq!(place(Path::new(folder), disk), expected, "{folder} on {}", disk.kind);
        }
    }

    #[test]
    fn this_machine_says_what_room_there_is() {
        let disk = disk(Path::new(env!("CARGO_MANIFEST_DIR")), &[]);
        assert!(disk.free.is_some_and(|free| free > 0));
        assert!(!cfg!(target_os = "linux") || !disk.kind.is_empty());
    }
}
