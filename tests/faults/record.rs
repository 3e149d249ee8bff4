//! What a working desk does to its disk, written down by `strace`: every write, sync and renaming, in order.

use crate::{
    PASSPHRASE,
    disk::Event,
    front::{Ask, Headless},
};
use serde_json::Value;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    process::Command,
};

/// The calls that change a disk.
const CALLS: &str = "openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,\
    mkdir,mkdirat,rmdir,copy_file_range,sendfile,splice,writev,pwritev,fallocate,link,linkat";
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
pub fn recorded(desk: &Path, home: &Path, place: &Path, requests: &[(&str, Value)]) -> Vec<Event> {
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
