//! Screens without a desktop, and the processes of a program: what it started, and their end.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

/// How long a person would wait before saying that it does not work.
const PATIENCE: Duration = Duration::from_secs(20);
/// Between two looks at the screen.
const GLANCE: Duration = Duration::from_millis(25);

/// A screen without a desktop, and its name for `DISPLAY`; `Xvfb` itself picks a number nobody uses and says which.
pub fn screen(arguments: &[&str]) -> (Child, String) {
    let mut screen = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb runs (Debian package xvfb)");
    let mut number = String::new();
    let output = screen.stdout.take().expect("the screen's output");
    BufReader::new(output).read_line(&mut number).expect("the screen's number");
    (screen, format!(":{}", number.trim()))
}

/// Looks again and again until `look` sees what it wants; nothing when that takes longer than a person waits.
pub fn until<T>(mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    loop {
        if let Some(seen) = look() {
            return Some(seen);
        }
        if start.elapsed() > PATIENCE {
            return None;
        }
        thread::sleep(GLANCE);
    }
}

/// Ends a process and all that it started.
pub fn end_with_children(process: &mut Child) {
    let children = children(process.id());
    let _ = process.kill();
    let _ = process.wait();
    for child in children.into_iter().filter(|&child| is_alive(child)) {
        let _ = Command::new("kill").args(["-9", &child.to_string()]).status();
    }
}

/// All that a process started, and what those started, read from `/proc`.
pub fn children(parent: u32) -> Vec<u32> {
    let all: Vec<(u32, u32)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|id| Some((id, parent_of(id)?)))
        .collect();
    let mut found = vec![parent];
    let mut at = 0;
    while let Some(&parent) = found.get(at) {
        found.extend(all.iter().filter(|(_, its)| *its == parent).map(|(id, _)| *id));
        at += 1;
    }
    found.split_off(1)
}

/// The fields after the name in brackets are: state, parent (proc(5)). One that has ended has no parent here.
fn parent_of(id: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    if fields.next()? == "Z" {
        return None;
    }
    fields.next()?.parse().ok()
}

/// Whether a process runs.
pub fn is_alive(id: u32) -> bool {
    parent_of(id).is_some()
}
