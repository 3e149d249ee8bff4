//! What goes wrong around the program: it is killed, the power is cut, bits flip, the disk fills up. Each part tries
//! it again and again and tells what it found in a line of a table; any loss ends the run with a failure.
//!
//! `make faults` runs it, `make faults LONG=1` for hours. Words pick parts by their names.

mod cut;
mod disk;
mod flip;
#[path = "../../src-tauri/crates/desk/tests/desk/front.rs"]
#[expect(dead_code, reason = "the desk's own tests use the rest")]
mod front;
mod full;
mod kill;
mod record;
mod walk;

use front::{Ask, Dice, Within};
use serde_json::json;
use std::{
    panic::resume_unwind,
    path::Path,
    process::ExitCode,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// 合言葉 of every register here.
const PASSPHRASE: &str = "さくら咲く頃に会う";

/// How often each part tries.
struct Times {
    kills: usize,
    cuts: usize,
    flips: usize,
    steps: usize,
}

/// On every change, within a minute and a half.
const SHORT: Times = Times { kills: 200, cuts: 300, flips: 300, steps: 10_000 };
/// Before a release.
const LONG: Times = Times { kills: 10_000, cuts: 10_000, flips: 10_000, steps: 100_000 };

/// A line of the table.
struct Line {
    what: &'static str,
    tries: String,
    found: String,
}

/// A part: its name, and what it tries.
type Part = (&'static str, fn(&Times) -> Vec<Line>);

static PARTS: [Part; 15] = [
    ("walk", walk::every_state_comes_back),
    ("kill", kill::nothing_that_was_answered_is_lost),
    ("kill-restore", kill::a_register_is_whole_after_a_backup_or_restoration_that_was_killed),
    ("kill-keys", kill::killed_while_it_gets_new_keys_the_register_opens_with_everybodys_own_passphrase),
    ("kill-migration", kill::a_register_is_whole_after_a_migration_that_was_killed),
    ("cut", cut::what_was_answered_outlasts_a_power_cut),
    ("cut-start", cut::a_company_outlasts_a_power_cut_from_its_first_day),
    ("cut-backup", cut::a_backup_outlasts_a_power_cut),
    ("cut-restore", cut::a_restoration_outlasts_a_power_cut),
    ("cut-keys", cut::new_keys_outlast_a_power_cut),
    ("flip-register", flip::no_flipped_bit_of_the_register_is_silent),
    ("flip-keys", flip::no_flipped_bit_of_the_key_file_is_silent),
    ("flip-backup", flip::no_flipped_bit_of_a_backup_is_silent),
    ("flip-log", flip::a_flipped_bit_in_the_log_leaves_a_whole_earlier_state),
    ("full", full::a_full_disk_still_lets_one_save),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [what, folder, key] = &arguments[..]
        && what == kill::MIGRATE
    {
        kill::migrate(folder, key);
        return ExitCode::SUCCESS;
    }
    let (mut times, mut words) = (&SHORT, Vec::new());
    let mut arguments = arguments.into_iter();
    while let Some(word) = arguments.next() {
        match word.as_str() {
            "--long" => times = &LONG,
            // For the tests of other packages that are run by the same command.
            "--skip" => drop(arguments.next()),
            part if PARTS.iter().any(|(name, _)| *name == part) => words.push(word),
            other => {
                println!("{other:?} is none of the parts, which are {:?}", PARTS.map(|(name, _)| name));
                return ExitCode::FAILURE;
            }
        }
    }
    let wanted = |name: &str| words.is_empty() || words.iter().any(|word| word == name);
    let parts: Vec<&Part> = PARTS.iter().filter(|(name, _)| wanted(name)).collect();
    // Side by side: most of the time is waiting for disks and processes.
    let answers = thread::scope(|scope| {
        let running: Vec<_> = parts.iter().map(|(_, part)| scope.spawn(|| part(times))).collect();
        running.into_iter().map(|part| part.join()).collect::<Vec<_>>()
    });
    println!("| what happens | tried | found |\n|---|---|---|");
    let mut failed = Vec::new();
    for ((name, _), answer) in parts.iter().zip(answers) {
        match answer {
            Ok(lines) => {
                lines.iter().for_each(|line| println!("| {} | {} | {} |", line.what, line.tries, line.found))
            }
            Err(_) => failed.push(*name),
        }
    }
    match failed.is_empty() {
        true => ExitCode::SUCCESS,
        false => {
            println!("\nFAILED, as said above: {}", failed.join(", "));
            ExitCode::FAILURE
        }
    }
}

/// Says how far a part is, now and then: the long run takes hours.
fn told(part: &str, done: usize, of: usize) {
    if done > 0 && done.is_multiple_of(250) {
        eprintln!("{part}: {done} of {of}");
    }
}

/// After so many tries a new company is begun, so that the last is tried as quickly as the first.
const IN_A_ROW: usize = 50;

/// Tries something so many times, in rows of [`IN_A_ROW`] and four rows at a time; what each row found. Every row has
/// dice of its own, so that it can be repeated.
fn in_rows<T: Send>(part: &str, tries: usize, row: impl Fn(usize, &mut Dice) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        loop {
            let begun = next.fetch_add(IN_A_ROW, Ordering::Relaxed);
            if begun >= tries {
                return found;
            }
            told(part, begun, tries);
            found.push(row(IN_A_ROW.min(tries - begun), &mut Dice(2026 + begun as u64)));
        }
    };
    thread::scope(|scope| {
        let hands: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        hands.into_iter().flat_map(|hand| hand.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

/// A company made in `home`.
fn company(home: &Path) -> Within {
    let mut desk = Within::new(home, home);
    desk.ok("start_company", json!({ "company": "青葉食品", "owner": "青葉", "passphrase": PASSPHRASE }));
    desk
}

/// Whether the register on a desk is whole: its records, their references, and the search.
fn whole(desk: &mut Within) -> bool {
    // The notes are read in the background after opening; whoever searches them waits for that.
    desk.ask("notes", json!({ "search": "件" })).is_ok() && desk.desk.register().unwrap().verify().is_ok()
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (entry, to) = (entry.unwrap(), to.to_owned());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => drop(std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap()),
        }
    }
}
