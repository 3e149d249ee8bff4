//! The power is cut. A desk at work is recorded (`strace`), down to every write, sync and renaming. Then the disk is
//! made as a cut at any point may leave it: what was not synced is there, gone or torn, sector by sector; a name that
//! was made, changed or taken away without its folder being synced may be as it was before.
//!
//! Not modelled: disks that lie about a sync, and sectors of other sizes than 512 bytes.

use crate::{
    Line, PASSPHRASE, Times, company, copy,
    front::{Ask, Dice, Headless, Within, folder},
    told, whole,
};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    process::Command,
};

const SECTOR: usize = 512;
/// The calls that change a disk.
const CALLS: &str = "openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,\
    mkdir,mkdirat,rmdir,copy_file_range,sendfile,splice,writev,pwritev,fallocate,link,linkat";

/// What happened to the disk, in order.
#[derive(Debug, Clone)]
enum Event {
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

/// How careful SQLite is. A desk that is less careful is the same program with one letter of it overwritten, so that
/// the test can be seen to bite: nothing that anybody could set makes the register so.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Syncs {
    /// Every commit is synced: as the register is set.
    Full,
    /// The log is synced only before it is folded in.
    Normal,
    /// Nothing of the database and its log is.
    Off,
}

/// The program `desk` as it would be with such syncs; a less careful one is put into `place`.
fn desk_with(syncs: Syncs, place: &Path) -> PathBuf {
    let desk = PathBuf::from(env!("CARGO_BIN_EXE_desk"));
    let careless = match syncs {
        Syncs::Full => return desk,
        Syncs::Normal => b"synchronous = 1   ",
        Syncs::Off => b"synchronous = 0   ",
    };
    let mut program = std::fs::read(&desk).unwrap();
    let places: Vec<usize> = memchr::memmem::find_iter(&program, b"synchronous = FULL").collect();
    assert!(!places.is_empty(), "the program says somewhere how careful it is");
    for at in places {
        program[at..at + careless.len()].copy_from_slice(careless);
    }
    let copy = place.join(format!("desk-{syncs:?}"));
    // A copy keeps the right to be run.
    std::fs::copy(desk, &copy).unwrap();
    std::fs::write(&copy, program).unwrap();
    copy
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
struct Disk {
    home: PathBuf,
    files: Vec<File>,
    folders: usize,
    names: HashMap<(usize, String), Node>,
    synced: HashMap<(usize, String), Node>,
    unsynced: Vec<Naming>,
}

impl Disk {
    /// A disk that holds what lies in `home`, all of it synced.
    fn of(home: &Path) -> Disk {
        let mut disk = Disk {
            home: home.to_owned(),
            files: Vec::new(),
            folders: 1,
            names: HashMap::new(),
            synced: HashMap::new(),
            unsynced: Vec::new(),
        };
        disk.take_in(home, 0);
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

    fn happens(&mut self, event: &Event) {
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
    fn cut(&self, dice: &mut Dice, home: &Path) {
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

/// A line of the record: the call, its strings and paths (all in hexadecimal), and the line without them.
fn call(line: &str) -> (Vec<Vec<u8>>, String) {
    let (mut strings, mut rest) = (Vec::new(), String::new());
    let mut parts = line.split("\\x");
    rest += parts.next().unwrap_or_default();
    let mut open = false;
    for part in parts {
        let (digits, after) = part.split_at(2);
        if !open {
            strings.push(Vec::new());
        }
        strings.last_mut().unwrap().push(u8::from_str_radix(digits, 16).unwrap());
        open = after.is_empty();
        if !open {
            rest += after;
        }
    }
    (strings, rest)
}

/// Reads a record of `strace -f -y -xx`.
fn events(record: &str, home: &Path) -> Vec<Event> {
    let mut events = Vec::new();
    let mut begun: HashMap<&str, String> = HashMap::new();
    for line in record.lines() {
        let (process, line) = line.split_once(' ').unwrap();
        let line = line.trim_start();
        // A call during which another thread made one stands on two lines.
        if let Some(first) = line.strip_suffix(" <unfinished ...>") {
            begun.insert(process, first.to_owned());
            continue;
        }
        let line = match line.strip_prefix("<... ").and_then(|rest| rest.split_once(" resumed>")) {
            Some((_, end)) => begun.remove(process).unwrap() + end,
            None => line.to_owned(),
        };
        let Some((name, _)) = line.split_once('(') else { continue };
        let Some((_, result)) = line.rsplit_once(" = ") else { continue };
        if result.starts_with('-') {
            continue;
        }
        let name = name.to_owned();
        let (strings, rest) = call(&line);
        let path = |n: usize| PathBuf::from(String::from_utf8_lossy(&strings[n]).into_owned());
        let number = |n: usize| rest.split([',', ')']).nth(n).and_then(|part| part.trim().parse().ok());
        let ours = |path: &Path| path.starts_with(home) && !path.to_string_lossy().ends_with("-shm");
        match name.as_str() {
            "openat" => {
                let opened = path(strings.len() - 1);
                if !ours(&opened) || rest.contains("O_DIRECTORY") {
                    continue;
                }
                assert!(!rest.contains("O_APPEND"), "{rest}");
                if rest.contains("O_CREAT") {
                    events.push(Event::Create(opened.clone()));
                }
                if rest.contains("O_TRUNC") {
                    events.push(Event::Truncate(opened, 0));
                }
            }
            "write" if rest.starts_with("write(1<") => {
                if strings.last().is_some_and(|answer| answer.starts_with(b"{\"ok\"")) {
                    events.push(Event::Answered);
                }
            }
            "write" | "pwrite64" if !strings.is_empty() && ours(&path(0)) && !rest.contains("(deleted)") => {
                let at = if name == "write" { Some(usize::MAX) } else { number(3) };
                let bytes = strings.get(1).cloned().unwrap_or_default();
                assert_eq!(bytes.len().to_string(), result.trim(), "{rest}");
                events.push(Event::Write(path(0), at.unwrap(), bytes));
            }
            "ftruncate" if ours(&path(0)) => events.push(Event::Truncate(path(0), number(1).unwrap())),
            "fsync" | "fdatasync" if ours(&path(0)) => events.push(Event::Sync(path(0))),
            "rename" if ours(&path(0)) => events.push(Event::Rename(path(0), path(1))),
            "unlink" | "rmdir" if ours(&path(0)) => events.push(Event::Remove(path(0))),
            "unlinkat" if rest.contains("AT_FDCWD") && ours(&path(1)) => events.push(Event::Remove(path(1))),
            "unlinkat" if ours(&path(0)) => events.push(Event::Remove(path(0).join(path(1)))),
            "mkdir" if ours(&path(0)) => events.push(Event::MakeFolder(path(0))),
            "write" | "pwrite64" | "ftruncate" | "fsync" | "fdatasync" | "rename" | "unlink" | "unlinkat"
            | "mkdir" | "rmdir" => {}
            other => assert!(
                !strings.iter().any(|string| ours(Path::new(&*String::from_utf8_lossy(string)))),
                "{other} is not read here: {rest}"
            ),
        }
    }
    events
}

/// Runs requests in a desk that is recorded. Every one is answered.
fn recorded(desk: &Path, home: &Path, place: &Path, requests: &[(&str, Value)]) -> Vec<Event> {
    let (passphrase, record) = (place.join("passphrase"), place.join("record"));
    std::fs::write(&passphrase, PASSPHRASE).unwrap();
    let mut strace = Command::new("strace");
    strace.args(["-f", "-y", "-xx", "-s", "1000000", "-e", &format!("trace={}", CALLS.replace(' ', ""))]);
    strace.args(["-e", "signal=none", "-o"]).arg(&record).arg(desk);
    let opened = ["--passphrase-file", passphrase.to_str().unwrap()];
    let options: &[&str] = if home.join("company").exists() { &opened } else { &[] };
    let mut desk = Headless::under(strace, home, place, options);
    for (name, input) in requests {
        desk.ok(name, input.clone());
    }
    drop(desk);
    let events = events(&std::fs::read_to_string(record).unwrap(), home);
    let answered = events.iter().filter(|event| matches!(event, Event::Answered)).count();
    assert_eq!(answered, requests.len(), "the record holds every answer");
    events
}

/// What is cut, and what should be there then.
struct Trial<'a, T> {
    /// What lay on the disk at first.
    before: &'a Path,
    /// The requests, one after the other.
    requests: &'a [(&'a str, Value)],
    /// What a desk holds: at first, and after each of them.
    states: &'a [T],
    /// How to see that, in a desk over a folder.
    there: &'a dyn Fn(&mut Within, &Path) -> T,
}

/// How many cuts lost what was answered, and how many left a register that is not whole.
type Found = (usize, usize);

impl<T: PartialEq> Trial<'_, T> {
    /// Has the requests done, and the power cut at so many random moments of that.
    fn cut(&self, syncs: Syncs, cuts: usize) -> Found {
        let place = folder();
        let home = place.path().join("home");
        copy(self.before, &home);
        let home = home.canonicalize().unwrap();
        let events = recorded(&desk_with(syncs, place.path()), &home, place.path(), self.requests);
        let mut dice = Dice(31);
        let mut moments: Vec<usize> = (0..cuts).map(|_| dice.roll(events.len() + 1)).collect();
        moments.sort_unstable();
        // The record speaks of paths below `home`; what lay there at first lies in `before`.
        let mut disk = Disk { home, ..Disk::of(self.before) };
        let (mut done, mut answered, mut lost, mut damaged) = (0, 0, 0, 0);
        for (n, moment) in moments.into_iter().enumerate() {
            for event in &events[done..moment] {
                disk.happens(event);
                answered += usize::from(matches!(event, Event::Answered));
            }
            done = moment;
            told("cut", n, cuts);
            let left = place.path().join("left");
            disk.cut(&mut dice, &left);
            match self.look(&left) {
                None => damaged += 1,
                // What was under way may have come through.
                Some(found) => match self.states.iter().rposition(|state| *state == found) {
                    Some(n) if n >= answered => {}
                    Some(_) if self.states[answered.min(self.states.len() - 1)] == found => {}
                    Some(_) => lost += 1,
                    None => damaged += 1,
                },
            }
        }
        (lost, damaged)
    }

    /// What is in a folder that a cut left; nothing when it is not whole.
    fn look(&self, left: &Path) -> Option<T> {
        let mut desk = Within::new(left, left);
        match desk.ask("unlock", json!({ "passphrase": PASSPHRASE })) {
            Ok(_) if whole(&mut desk) => {}
            Err(fault) if fault["code"] == "no_company" => return Some((self.there)(&mut desk, left)),
            _ => return None,
        }
        let backups = desk.ok("backups", json!({}));
        assert_eq!(backups["unreadable"], json!(0), "what bears a backup's name is whole");
        for saved in backups["saved"].as_array().unwrap() {
            let path = left.join("backups").join(saved["which"]["name"].as_str().unwrap());
            register::backup::Backup::read(&path).unwrap().check().unwrap();
        }
        Some((self.there)(&mut desk, left))
    }

    /// A line of the table: nothing may be lost.
    fn line(&self, what: &'static str, cuts: usize) -> Line {
        assert_eq!(self.cut(Syncs::Full, cuts), (0, 0), "{what}: a cut lost or damaged something");
        Line { what, tries: format!("{cuts} cuts"), found: "**0 lost, 0 damaged**".into() }
    }
}

/// How many people there are.
fn total(desk: &mut Within) -> u64 {
    desk.ok("people", json!({}))["total"].as_u64().unwrap()
}

pub fn a_company_outlasts_a_power_cut_from_its_first_day(times: &Times) -> Vec<Line> {
    let place = folder();
    let start = json!({ "company": "青葉食品", "owner": "青葉", "passphrase": PASSPHRASE });
    let add = ("add_person", json!({ "family": "髙橋" }));
    let requests = [("start_company", start.clone()), add.clone(), add];
    let states = [None, Some(0), Some(1), Some(2)];
    let there = &|desk: &mut Within, _: &Path| match desk.ok("state", json!({}))["open"] == json!(true) {
        true => Some(total(desk)),
        false => {
            desk.ok("start_company", start.clone());
            None
        }
    };
    let trial = Trial { before: place.path(), requests: &requests, states: &states, there };
    vec![trial.line("power cut while a company is set up", times.cuts / 3)]
}

pub fn what_was_answered_outlasts_a_power_cut(times: &Times) -> Vec<Line> {
    let place = folder();
    let before = place.path().join("before");
    drop(company(&before));
    let twin = place.path().join("twin");
    copy(&before, &twin);
    let mut twin = Within::new(&twin, place.path());
    twin.ok("unlock", json!({ "passphrase": PASSPHRASE }));
    // A morning's work: people, contacts, undo and redo, a backup; closed and opened, so that the log is folded in.
    let mut dice = Dice(8);
    let mut requests: Vec<(&str, Value)> = Vec::new();
    let state = |desk: &mut Within| desk.desk.register().unwrap().state().unwrap();
    let mut states = vec![state(&mut twin)];
    let mut people: Vec<Value> = Vec::new();
    for n in 0..150 {
        let (name, input) = match n % 15 {
            0 | 4 => (
                "add_person",
                json!({ "family": "髙橋", "given": n.to_string(), "notes": "あ".repeat(dice.roll(900)) }),
            ),
            7 => ("undo", json!({})),
            8 => ("redo", json!({})),
            11 if n > 30 => ("back_up", json!({})),
            13 => ("lock", json!({})),
            14 => ("unlock", json!({ "passphrase": PASSPHRASE })),
            _ => {
                let person = &people[dice.roll(people.len())];
                (
                    "add_contact",
                    json!({ "person": person, "kind": "call", "note": format!("{n}件目 {}", "い".repeat(dice.roll(300))) }),
                )
            }
        };
        let answer = twin.ok(name, input.clone());
        if name == "add_person" {
            people.push(answer);
        }
        // While it is locked, it holds what it held.
        states.push(if name == "lock" { states[n].clone() } else { state(&mut twin) });
        requests.push((name, input));
    }
    let there = &|desk: &mut Within, _: &Path| state(desk);
    let trial = Trial { before: &before, requests: &requests, states: &states, there };
    let mut lines = vec![trial.line("power cut during commands", times.cuts)];
    // The same with less care must lose work: that shows that the test bites.
    for (syncs, what) in [
        (Syncs::Normal, "… as it would be with `synchronous=NORMAL`"),
        (Syncs::Off, "… as it would be with `synchronous=OFF`"),
    ] {
        let cuts = times.cuts / 5;
        let (lost, damaged) = trial.cut(syncs, cuts);
        assert!(
            lost > 0 && (syncs == Syncs::Normal || damaged > 0),
            "{what}: {lost} lost, {damaged} damaged"
        );
        lines.push(Line {
            what,
            tries: format!("{cuts} cuts"),
            found: format!("{lost} lost, {damaged} damaged"),
        });
    }
    lines
}

pub fn a_backup_outlasts_a_power_cut(times: &Times) -> Vec<Line> {
    let place = folder();
    drop(company(place.path()));
    let add = ("add_person", json!({ "family": "髙橋", "notes": "あ".repeat(5_000) }));
    let requests: Vec<_> = (0..4).flat_map(|_| [add.clone(), ("back_up", json!({}))]).collect();
    // How many people there are, and how many in the newest backup; at first there is none.
    let states = [(0, 0), (1, 0), (1, 1), (2, 1), (2, 2), (3, 2), (3, 3), (4, 3), (4, 4)];
    let there = &|desk: &mut Within, _: &Path| {
        let backups = desk.ok("backups", json!({}));
        (total(desk), backups["saved"][0]["people"].as_u64().unwrap_or(0))
    };
    let trial = Trial { before: place.path(), requests: &requests, states: &states, there };
    vec![trial.line("power cut during a backup", times.cuts / 3)]
}

pub fn a_restoration_outlasts_a_power_cut(times: &Times) -> Vec<Line> {
    let place = folder();
    let mut desk = company(place.path());
    desk.ok("add_person", json!({ "family": "髙橋" }));
    desk.ok("lock", json!({}));
    let which = desk.ok("backups", json!({}))["saved"][0]["which"].clone();
    desk.ok("unlock", json!({ "passphrase": PASSPHRASE }));
    for n in 0..3 {
        desk.ok("add_person", json!({ "family": "大野", "given": n.to_string() }));
    }
    drop(desk);
    let restore = ("restore", json!({ "which": which, "passphrase": PASSPHRASE }));
    let add = ("add_person", json!({ "family": "佐藤" }));
    let requests = [add.clone(), restore, add.clone(), add];
    // How many people there are, and whether the register that was here is set aside.
    let states = [(4, false), (5, false), (1, true), (2, true), (3, true)];
    let there = &|desk: &mut Within, home: &Path| {
        let mut names = std::fs::read_dir(home).unwrap().map(|entry| entry.unwrap());
        let aside = names.find(|entry| entry.file_name().to_string_lossy().starts_with("company.aside-"));
        let whole = |aside: std::fs::DirEntry| {
            ["register.db", "register.keys"].iter().all(|file| aside.path().join(file).exists())
        };
        (total(desk), aside.is_some_and(whole))
    };
    let trial = Trial { before: place.path(), requests: &requests, states: &states, there };
    vec![trial.line("power cut during a restoration", times.cuts / 3)]
}

pub fn new_keys_outlast_a_power_cut(times: &Times) -> Vec<Line> {
    const STAFF: &str = "いんさつをするひと";
    let place = folder();
    let mut desk = company(place.path());
    desk.ok("add_user", json!({ "name": "田中", "owner": false, "passphrase": STAFF }));
    let person = desk.ok("add_person", json!({ "family": "髙橋" }));
    desk.ok("add_sealed_note", json!({ "person": person, "text": "残業が多かった" }));
    drop(desk);
    let add = ("add_person", json!({ "family": "佐藤" }));
    let requests = [add.clone(), ("dismiss_user", json!({ "id": 2 })), add.clone(), add];
    // How many people there are, and whether whoever was to go still opens it.
    let states = [(1, true), (2, true), (2, false), (3, false), (4, false)];
    let there = &|desk: &mut Within, _: &Path| {
        let note = desk.ok("sealed_notes", json!({ "id": person }))[0]["text"].clone();
        assert_eq!(note, json!("残業が多かった"), "what is sealed opens with the keys that fit");
        (total(desk), desk.ask("unlock", json!({ "passphrase": STAFF })).is_ok())
    };
    let trial = Trial { before: place.path(), requests: &requests, states: &states, there };
    vec![trial.line("power cut while the register gets new keys", times.cuts / 3)]
}
