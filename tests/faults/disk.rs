//! A disk on which not everything is safe: what a power cut may leave of it.
//!
//! What was not synced is there, gone or torn, sector by sector; a name that was made, changed or taken away without its
//! folder being synced may be as it was before. Not modelled: disks that lie about a sync, and sectors of other sizes.

use crate::front::Dice;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

const SECTOR: usize = 512;

/// What happened to the disk, in order.
#[derive(Debug, Clone)]
pub enum Event {
    Create(PathBuf),
    Truncate(PathBuf, usize),
    Write(PathBuf, usize, Vec<u8>),
    Sync(PathBuf),
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
    MakeFolder(PathBuf),
    /// The desk answered a request.
    Answered,
}
#[derive(Debug, Clone, Copy, PartialEq)]
enum Node {
    File(usize),
    Folder(usize),
}

#[derive(Default, Clone)]
struct File {
    synced: Vec<u8>,
    now: Vec<u8>,
    /// Writes and truncations since the last sync: where, and what; `None` cuts the file there.
    unsynced: Vec<(usize, Option<Vec<u8>>)>,
    /// Where the next plain write goes.
    end: usize,
}

/// A name that was made, taken away or moved, and is not yet synced. Its folder first.
#[derive(Debug, Clone)]
enum Naming {
    Make(usize, String, Node),
    Take(usize, String),
    Move(usize, String, usize, String, Node),
}

/// A disk and what of it is safe. Folder 0 is the home.
pub struct Disk {
    home: PathBuf,
    files: Vec<File>,
    folders: usize,
    names: HashMap<(usize, String), Node>,
    synced: HashMap<(usize, String), Node>,
    unsynced: Vec<Naming>,
}

impl Disk {
    /// A disk that holds what lies in `there`, all of it synced; what happens is told of paths below `home`.
    pub fn of(there: &Path, home: &Path) -> Disk {
        let mut disk = Disk {
            home: home.to_owned(),
            files: Vec::new(),
            folders: 1,
            names: HashMap::new(),
            synced: HashMap::new(),
            unsynced: Vec::new(),
        };
        disk.take_in(there, 0);
        disk.synced = disk.names.clone();
        disk
    }

    fn take_in(&mut self, path: &Path, folder: usize) {
        for entry in std::fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                let inner = self.folders;
                self.folders += 1;
                self.names.insert((folder, name), Node::Folder(inner));
                self.take_in(&path, inner);
            } else {
                let bytes = std::fs::read(&path).unwrap();
                self.files.push(File {
                    synced: bytes.clone(),
                    end: bytes.len(),
                    now: bytes,
                    unsynced: Vec::new(),
                });
                self.names.insert((folder, name), Node::File(self.files.len() - 1));
            }
        }
    }

    /// The folder and the name in it.
    fn place(&self, path: &Path) -> Option<(usize, String)> {
        let inside = path.strip_prefix(&self.home).ok()?;
        let mut parts: Vec<String> = inside.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        let name = parts.pop()?;
        let mut folder = 0;
        for part in parts {
            match self.names.get(&(folder, part))? {
                Node::Folder(inner) => folder = *inner,
                Node::File(_) => return None,
            }
        }
        Some((folder, name))
    }

    fn node(&self, path: &Path) -> Option<Node> {
        if path == self.home {
            return Some(Node::Folder(0));
        }
        self.names.get(&self.place(path)?).copied()
    }

    fn file(&mut self, path: &Path) -> Option<&mut File> {
        match self.node(path)? {
            Node::File(file) => Some(&mut self.files[file]),
            Node::Folder(_) => None,
        }
    }

    fn name(&mut self, naming: Naming) {
        named(&mut self.names, &naming);
        self.unsynced.push(naming);
    }

    pub fn happens(&mut self, event: &Event) {
        match event {
            Event::Create(path) => {
                if self.node(path).is_none()
                    && let Some((folder, name)) = self.place(path)
                {
                    self.files.push(File::default());
                    self.name(Naming::Make(folder, name, Node::File(self.files.len() - 1)));
                }
                if let Some(file) = self.file(path) {
                    file.end = 0;
                }
            }
            Event::Truncate(path, length) => {
                if let Some(file) = self.file(path) {
                    file.now.resize(*length, 0);
                    file.unsynced.push((*length, None));
                }
            }
            Event::Write(path, at, bytes) => {
                if let Some(file) = self.file(path) {
                    let at = if *at == usize::MAX { file.end } else { *at };
                    file.end = at + bytes.len();
                    lay(&mut file.now, at, bytes);
                    file.unsynced.push((at, Some(bytes.clone())));
                }
            }
            Event::Sync(path) => match self.node(path) {
                Some(Node::File(file)) => {
                    let file = &mut self.files[file];
                    file.synced = file.now.clone();
                    file.unsynced.clear();
                }
                Some(Node::Folder(synced)) => {
                    let touches = |naming: &Naming| match naming {
                        Naming::Make(folder, ..) | Naming::Take(folder, _) => *folder == synced,
                        Naming::Move(from, _, to, ..) => *from == synced || *to == synced,
                    };
                    let (done, left): (Vec<_>, Vec<_>) =
                        std::mem::take(&mut self.unsynced).into_iter().partition(touches);
                    self.unsynced = left;
                    done.iter().for_each(|naming| named(&mut self.synced, naming));
                }
                None => {}
            },
            Event::Rename(from, to) => {
                if let (Some(node), Some((folder, name)), Some((into, new))) =
                    (self.node(from), self.place(from), self.place(to))
                {
                    self.name(Naming::Move(folder, name, into, new, node));
                }
            }
            Event::Remove(path) => {
                if self.node(path).is_some()
                    && let Some((folder, name)) = self.place(path)
                {
                    self.name(Naming::Take(folder, name));
                }
            }
            Event::MakeFolder(path) => {
                if let Some((folder, name)) = self.place(path) {
                    self.folders += 1;
                    self.name(Naming::Make(folder, name, Node::Folder(self.folders - 1)));
                }
            }
            Event::Answered => {}
        }
    }

    /// What a cut at this moment may leave, written to `home`.
    pub fn cut(&self, dice: &mut Dice, home: &Path) {
        // Nothing of what was not synced, all of it, the first of it, or any of it.
        let kept = |dice: &mut Dice, mode: usize, n: usize, first: usize| match mode {
            0 => false,
            1 => true,
            2 => n < first,
            _ => dice.roll(2) == 0,
        };
        let mut names = self.synced.clone();
        let (mode, first) = (dice.roll(4), dice.roll(self.unsynced.len() + 1));
        for (n, naming) in self.unsynced.iter().enumerate() {
            if kept(dice, mode, n, first) {
                named(&mut names, naming);
            }
        }
        let files: Vec<Vec<u8>> = self
            .files
            .iter()
            .map(|file| {
                let (mode, first) = (dice.roll(4), dice.roll(file.unsynced.len() + 1));
                let mut bytes = file.synced.clone();
                for (n, (at, written)) in file.unsynced.iter().enumerate() {
                    match written {
                        None if kept(dice, mode, n, first) => bytes.resize(*at, 0),
                        None => {}
                        // A write may be torn: each of its sectors has a fate of its own.
                        Some(written) => {
                            let mut from = 0;
                            while from < written.len() {
                                let until = written.len().min(from + SECTOR - (at + from) % SECTOR);
                                if kept(dice, mode, n, first) {
                                    lay(&mut bytes, at + from, &written[from..until]);
                                }
                                from = until;
                            }
                        }
                    }
                }
                bytes
            })
            .collect();
        let _ = std::fs::remove_dir_all(home);
        lay_out(&names, &files, 0, home);
    }
}

fn lay_out(names: &HashMap<(usize, String), Node>, files: &[Vec<u8>], folder: usize, path: &Path) {
    std::fs::create_dir_all(path).unwrap();
    for ((_, name), node) in names.iter().filter(|((within, _), _)| *within == folder) {
        match node {
            Node::File(file) => std::fs::write(path.join(name), &files[*file]).unwrap(),
            Node::Folder(inner) => lay_out(names, files, *inner, &path.join(name)),
        }
    }
}

fn named(names: &mut HashMap<(usize, String), Node>, naming: &Naming) {
    match naming {
        Naming::Make(folder, name, node) => drop(names.insert((*folder, name.clone()), *node)),
        Naming::Take(folder, name) => drop(names.remove(&(*folder, name.clone()))),
        Naming::Move(from, old, to, new, node) => {
            names.remove(&(*from, old.clone()));
            names.insert((*to, new.clone()), *node);
        }
    }
}

fn lay(bytes: &mut Vec<u8>, at: usize, written: &[u8]) {
    if bytes.len() < at + written.len() {
        bytes.resize(at + written.len(), 0);
    }
    bytes[at..at + written.len()].copy_from_slice(written);
}
