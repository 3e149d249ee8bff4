//! Backups: the whole register as it stood at one moment, in one file that was read back and checked before it got
//! its name.
//!
//! A backup is four things one after the other, and a sum covers every byte of it:
//!
//! ```text
//! enishi backup 1 <SHA-256 of the next line>\n
//! {"made_at":…,"people":…,"keys":{"bytes":…,"sha256":…},"database":{…}}\n      the manifest, open to everybody
//! <the key file><the database, encrypted as it always is>
//! ```

use crate::{At, Fault, StepId, disk, hold, opened};
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

/// How the name of a backup ends.
pub const ENDING: &str = "enishi";
const FIRST: &str = "enishi backup ";
const VERSION: u32 = 1;
/// No line of ours is longer; what is longer is something else.
const LONGEST: u64 = 64 << 10;
/// What is being made, or was left by a program that was cut off while making it.
const MAKING: &str = "being-made";
/// So often `Watch` is asked …
const LOOK: Duration = Duration::from_millis(5);
/// … and after so many of SQLite's instructions the work looks whether it is still being asked: less than a millisecond.
const STEPS: i32 = 500;

/// What a backup says of itself. It lies open: how many people a register holds can be guessed from its size anyway.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// When it was made.
    pub made_at: At,
    /// Which register's: the id that its key file names too.
    pub file_id: String,
    /// How far the register had come.
    #[serde(flatten)]
    pub stand: Stand,
    /// How many contacts it held.
    pub contacts: u32,
    keys: Part,
    database: Part,
}

/// How far a register has come. Read at every opening, so nothing in it takes a walk over a million records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stand {
    /// The version of the schema.
    pub schema: u32,
    /// The last step.
    pub step: StepId,
    /// How many steps are undone.
    pub undone: u32,
    /// When the last step was made.
    pub changed_at: Option<At>,
    /// How many people: to erase one is no step.
    pub people: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Part {
    bytes: u64,
    sha256: String,
}

/// A backup on a disk, of which the manifest was read.
#[derive(Debug, Clone)]
pub struct Backup {
    /// Where it lies.
    pub path: PathBuf,
    /// What it says of itself.
    pub manifest: Manifest,
    /// Where the key file begins.
    begins: u64,
}

/// Where a backup is to go, and what goes with the database.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The folder; it is made when it is missing.
    pub folder: &'a Path,
    /// The name of the file.
    pub name: &'a str,
    /// The key file.
    pub keys: &'a [u8],
    /// When.
    pub at: At,
}

/// Told how far the work is, in hundredths, every few milliseconds; answers whether it may go on. The work waits for the
/// answer: whoever has something more urgent to do takes their time.
pub type Watch<'a> = &'a (dyn Fn(u32) -> bool + Sync);

/// Makes a backup of the database at `path` under connections of its own: questions and changes go on meanwhile.
///
/// # Errors
/// [`Fault::Stopped`] by `watch`; [`Fault::Damaged`] when the database cannot be read to its end; [`Fault::Full`].
/// No backup then bears a name.
pub fn make(path: &Path, key: &str, target: &Target<'_>, watch: Watch<'_>) -> Result<Backup, Fault> {
    disk::make_folder(target.folder)?;
    let copy = target.folder.join(format!("{MAKING}.db"));
    let whole = target.folder.join(format!("{MAKING}.{ENDING}"));
    // SQLite adds nothing to a file that is not empty.
    disk::remove(&copy)?;
    let made = copied(path, key, &copy, watch).and_then(|of| {
        assemble(&copy, &whole, target, of, watch)?;
        // Read back before it gets its name.
        Backup::read(&whole)?.check_watched(watch)?;
        let path = target.folder.join(target.name);
        fs::rename(&whole, &path)?;
        disk::sync_folder(target.folder)?;
        Backup::read(&path)
    });
    for left in [&copy, &whole] {
        let _ = disk::remove(left);
    }
    made
}

/// Whose a copy is, how far that register had come, and how many contacts it holds.
type Copied = (String, Stand, u32);

/// A copy of the database as it stands now, on disk and checked.
fn copied(path: &Path, key: &str, copy: &Path, watch: Watch<'_>) -> Result<Copied, Fault> {
    let mut conn = opened(path, key, 8_000)?;
    let size: i64 = conn.query_row(
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
        [],
        |row| row.get(0),
    )?;
    let version =
        |conn: &Connection| conn.pragma_query_value(None, "data_version", |row| row.get::<_, i64>(0));
    let (at_first, before) = (version(&conn)?, counts(&conn)?);
    let name = copy.to_str().ok_or(io::Error::from(io::ErrorKind::InvalidFilename))?;
    let so_far = || fs::metadata(copy).map_or(0, |file| file.len()) * 60 / size.max(1) as u64;
    watched(&mut conn, watch, || so_far().min(60) as u32, |conn| conn.execute("VACUUM INTO ?1", [name]))?;
    File::options().write(true).open(copy)?.sync_all()?;
    let mut copied = opened(copy, key, 8_000)?;
    watched(&mut copied, watch, || 70, check)?;
    // When nobody wrote meanwhile, nothing may be missing. When somebody did, what stood before is in it.
    let (after, stand) = (counts(&copied)?, stand(&copied)?);
    let still = version(&conn)? == at_first;
    if (still && after != before) || after.last().is_none() {
        return Err(Fault::Damaged);
    }
    let file_id = copied
        .query_row("SELECT value FROM fact WHERE name = 'file_id'", [], |row| row.get(0))
        .optional()?
        .unwrap_or_default();
    let contacts = after.iter().find(|(table, _)| table == "contact").map_or(0, |(_, count)| *count as u32);
    Ok((file_id, stand, contacts))
}

/// Runs `work` on `conn`, lets it wait as long as `watch` takes to answer, and stops it when `watch` says so.
fn watched<T>(
    conn: &mut Connection,
    watch: Watch<'_>,
    so_far: impl Fn() -> u32 + Sync,
    work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> Result<T, Fault> {
    // Held while `watch` is being asked.
    let asking = Arc::new(Mutex::new(()));
    let gate = Arc::clone(&asking);
    conn.progress_handler(
        STEPS,
        Some(move || {
            drop(hold(&gate));
            false
        }),
    )?;
    let conn = &*conn;
    thread::scope(|scope| {
        let (working, ended) = mpsc::channel::<()>();
        let (interrupt, so_far) = (conn.get_interrupt_handle(), &so_far);
        scope.spawn(move || {
            while ended.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                let _asking = hold(&asking);
                if !watch(so_far()) {
                    interrupt.interrupt();
                }
            }
        });
        let out = work(conn);
        drop(working);
        if watch(so_far()) { Ok(out?) } else { Err(Fault::Stopped) }
    })
}

/// Bytes that are read as fast as `watch` lets them be; so near the end it stops nothing any more.
struct Watched<'a, R>(R, Watch<'a>);

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (self.1)(90);
        self.0.read(buffer)
    }
}

/// SQLCipher's sum of every page, then SQLite's own look at every record.
pub(crate) fn check(conn: &Connection) -> rusqlite::Result<()> {
    let broken = conn.prepare("PRAGMA cipher_integrity_check")?.exists([])?;
    let found: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    match !broken && found == "ok" {
        true => Ok(()),
        false => Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT),
            Some(found),
        )),
    }
}

/// How many records every table holds.
fn counts(conn: &Connection) -> rusqlite::Result<Vec<(String, i64)>> {
    let names: Vec<String> = conn
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let count = |name: String| {
        let count = conn.query_row(&format!("SELECT count(*) FROM \"{name}\""), [], |row| row.get(0))?;
        Ok((name, count))
    };
    names.into_iter().map(count).collect()
}

/// How far the register under this connection has come.
pub(crate) fn stand(conn: &Connection) -> Result<Stand, Fault> {
    let schema = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let people = conn.query_row("SELECT count(*) FROM person", [], |row| row.get(0))?;
    Ok(conn.query_row(
        "SELECT coalesce(max(id), 0), coalesce(sum(state = 'undone'), 0), max(at) FROM step",
        [],
        |row| {
            let (step, undone, changed_at) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Stand { schema, step, undone, changed_at, people })
        },
    )?)
}

fn assemble(
    copy: &Path,
    whole: &Path,
    target: &Target<'_>,
    (file_id, stand, contacts): Copied,
    watch: Watch<'_>,
) -> Result<(), Fault> {
    let mut read = Watched(File::open(copy)?, watch);
    let database = Part { bytes: fs::metadata(copy)?.len(), sha256: sum(&mut read, u64::MAX)? };
    let keys = Part { bytes: target.keys.len() as u64, sha256: sum(&mut &*target.keys, u64::MAX)? };
    let mut manifest =
        serde_json::to_vec(&Manifest { made_at: target.at, file_id, stand, contacts, keys, database })?;
    manifest.push(b'\n');
    let mut file = File::create(whole)?;
    writeln!(file, "{FIRST}{VERSION} {}", sum(&mut &*manifest, u64::MAX)?)?;
    file.write_all(&manifest)?;
    file.write_all(target.keys)?;
    poured(&mut Watched(File::open(copy)?, watch), u64::MAX, &mut file)?;
    file.sync_all()?;
    Ok(())
}

/// The SHA-256 of a file.
///
/// # Errors
/// The disk's.
pub fn sum_of(path: &Path) -> io::Result<String> {
    sum(&mut File::open(path)?, u64::MAX)
}

/// The SHA-256 of the next so many bytes, or of all there are.
fn sum(bytes: &mut dyn Read, length: u64) -> io::Result<String> {
    poured(bytes, length, &mut io::sink())
}

/// Copies the next so many bytes, or all there are; their SHA-256.
fn poured(from: &mut dyn Read, length: u64, into: &mut dyn Write) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut from = from.take(length);
    loop {
        match from.read(&mut buffer)? {
            0 => break,
            read => {
                hasher.update(&buffer[..read]);
                into.write_all(&buffer[..read])?;
            }
        }
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

impl Backup {
    /// Reads what a backup says of itself; the sum of its contents is left to [`Backup::check`].
    ///
    /// # Errors
    /// [`Fault::NoBackup`] when it is none, or a damaged one; [`Fault::Newer`].
    pub fn read(path: &Path) -> Result<Backup, Fault> {
        let mut file = BufReader::new(File::open(path)?);
        let mut line = || -> Result<Vec<u8>, Fault> {
            let mut line = Vec::new();
            (&mut file).take(LONGEST).read_until(b'\n', &mut line)?;
            line.ends_with(b"\n").then_some(line).ok_or(Fault::NoBackup)
        };
        let first = String::from_utf8(line()?).map_err(|_| Fault::NoBackup)?;
        let (version, manifest_sum) = first
            .strip_prefix(FIRST)
            .and_then(|rest| rest.trim_end_matches('\n').split_once(' '))
            .ok_or(Fault::NoBackup)?;
        match version.parse() {
            Ok(VERSION) => {}
            Ok(newer) if newer > VERSION => return Err(Fault::Newer(newer)),
            _ => return Err(Fault::NoBackup),
        }
        let text = line()?;
        if sum(&mut &*text, u64::MAX)? != manifest_sum {
            return Err(Fault::NoBackup);
        }
        let manifest: Manifest = serde_json::from_slice(&text).map_err(|_| Fault::NoBackup)?;
        let begins = (first.len() + text.len()) as u64;
        let whole = begins + manifest.keys.bytes + manifest.database.bytes;
        match fs::metadata(path)?.len() == whole && version == VERSION.to_string() {
            true => Ok(Backup { path: path.to_owned(), manifest, begins }),
            false => Err(Fault::NoBackup),
        }
    }

    /// Reads the whole file and compares its sums.
    ///
    /// # Errors
    /// [`Fault::NoBackup`] when a bit of it changed.
    pub fn check(&self) -> Result<(), Fault> {
        self.check_watched(&|_| true)
    }

    fn check_watched(&self, watch: Watch<'_>) -> Result<(), Fault> {
        let Manifest { keys, database, .. } = &self.manifest;
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(self.begins))?;
        let mut file = Watched(file, watch);
        let same =
            sum(&mut file, keys.bytes)? == keys.sha256 && sum(&mut file, database.bytes)? == database.sha256;
        if same { Ok(()) } else { Err(Fault::NoBackup) }
    }

    /// The key file in it.
    ///
    /// # Errors
    /// The disk's.
    pub fn keys(&self) -> Result<Vec<u8>, Fault> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(self.begins))?;
        let mut keys = Vec::new();
        file.take(self.manifest.keys.bytes).read_to_end(&mut keys)?;
        match sum(&mut &*keys, u64::MAX)? == self.manifest.keys.sha256 {
            true => Ok(keys),
            false => Err(Fault::NoBackup),
        }
    }

    /// Writes the database in it to `path`, on disk.
    ///
    /// # Errors
    /// The disk's; [`Fault::NoBackup`] when what was written is not what was saved.
    pub fn unpack(&self, path: &Path) -> Result<(), Fault> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(self.begins + self.manifest.keys.bytes))?;
        let mut out = File::create(path)?;
        poured(&mut file, u64::MAX, &mut out)?;
        out.sync_all()?;
        match sum(&mut File::open(path)?, u64::MAX)? == self.manifest.database.sha256 {
            true => Ok(()),
            false => Err(Fault::NoBackup),
        }
    }

    /// Copies the backup into another folder, whole or not at all, and reads the copy back.
    ///
    /// # Errors
    /// The disk's; [`Fault::NoBackup`] when the copy is not the same.
    pub fn copy_to(&self, folder: &Path) -> Result<Backup, Fault> {
        let name = self.path.file_name().ok_or(Fault::NoBackup)?;
        let (new, path) = (folder.join(format!("{MAKING}.{ENDING}")), folder.join(name));
        let copied = (|| {
            let mut out = File::create(&new)?;
            poured(&mut File::open(&self.path)?, u64::MAX, &mut out)?;
            out.sync_all()?;
            drop(out);
            Backup::read(&new)?.check()?;
            fs::rename(&new, &path)?;
            disk::sync_folder(folder)?;
            Backup::read(&path)
        })();
        if copied.is_err() {
            let _ = disk::remove(&new);
        }
        copied
    }
}

/// The backups in a folder, the newest first, and how many files look like one and cannot be read. A folder that is
/// not there has none.
///
/// # Errors
/// The disk's.
pub fn list(folder: &Path) -> Result<(Vec<Backup>, u32), Fault> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((Vec::new(), 0)),
        entries => entries?,
    };
    let (mut found, mut unreadable) = (Vec::new(), 0);
    for entry in entries {
        let path = entry?.path();
        let named = path.extension().is_some_and(|ending| ending == ENDING);
        if named && path.file_stem().is_some_and(|name| name != MAKING) {
            match Backup::read(&path) {
                Ok(backup) => found.push(backup),
                Err(_) => unreadable += 1,
            }
        }
    }
    found.sort_by(|a, b| b.manifest.made_at.cmp(&a.manifest.made_at).then_with(|| b.path.cmp(&a.path)));
    Ok((found, unreadable))
}

/// When a backup was made by the office's clock, and its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// When.
    pub made: NaiveDateTime,
    /// How large, in bytes.
    pub bytes: u64,
}

/// So many days before today keep their last backup each,
const DAYS: usize = 12;
/// then so many weeks,
const WEEKS: usize = 10;
/// then so many months.
const MONTHS: usize = 9;
/// So many are kept however little room there is.
const NEWEST: usize = 3;

/// Which of these backups, the newest first, have had their time: today keeps all, then twelve days, ten weeks and
/// nine months keep their last one each; and together they take no more than `room` bytes, unless the newest three
/// do. What seems made tomorrow counts as today's: a clock that was wrong loses no backup.
pub fn surplus(backups: &[Dated], today: NaiveDate, room: u64) -> Vec<usize> {
    let (mut days, mut weeks, mut months) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut taken = 0;
    let mut gone = Vec::new();
    for (n, backup) in backups.iter().enumerate() {
        let day = backup.made.date();
        let week = (day.iso_week().year(), day.iso_week().week());
        let month = (day.year(), day.month());
        let wanted = if day >= today {
            true
        } else if days.contains(&day) {
            false
        } else if days.len() < DAYS {
            days.insert(day)
        } else if weeks.contains(&week) {
            false
        } else if weeks.len() < WEEKS {
            weeks.insert(week)
        } else if months.contains(&month) {
            false
        } else {
            months.len() < MONTHS && months.insert(month)
        };
        let fits = taken + backup.bytes <= room;
        if n < NEWEST || (wanted && fits) {
            taken += backup.bytes;
        } else {
            gone.push(n);
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(made: &str) -> Dated {
        Dated { made: made.parse().unwrap(), bytes: 10 }
    }

    /// What is left of one backup at noon on each of the last `days` days, as days before today.
    fn left(days: i64, room: u64) -> Vec<i64> {
        let today: NaiveDate = "2026-11-20".parse().unwrap();
        let made = |ago| (today - chrono::Duration::days(ago)).and_hms_opt(12, 0, 0).unwrap();
        let all: Vec<Dated> = (0..days).map(|ago| Dated { made: made(ago), bytes: 10 }).collect();
        let gone = surplus(&all, today, room);
        (0..days).filter(|ago| !gone.contains(&(*ago as usize))).collect()
    }

    #[test]
    fn two_years_of_days_thin_to_days_weeks_and_months() {
        let left = left(730, u64::MAX);
        // Today and twelve days; then a Sunday of ten weeks; then the last day of nine months.
        assert_eq!(left[..13], (0..13).collect::<Vec<_>>());
        assert_eq!(
            left[13..23],
            [13, 19, 26, 33, 40, 47, 54, 61, 68, 75],
            "the last of a week, from before the twelve days"
        );
        assert_eq!(left.len(), 1 + 12 + 10 + 9);
        assert!(left[23..].windows(2).all(|two| (28..=31).contains(&(two[1] - two[0]))), "{:?}", &left[23..]);
    }

    #[test]
    fn all_of_today_are_kept_and_one_of_each_day_before() {
        let all: Vec<Dated> = [
            "2026-11-21T08:00:00",
            "2026-11-20T10:30:00",
            "2026-11-20T10:15:00",
            "2026-11-20T10:00:00",
            "2026-11-19T18:00:00",
            "2026-11-19T09:00:00",
            "2026-11-12T18:00:00",
        ]
        .map(dated)
        .to_vec();
        let today = "2026-11-20".parse().unwrap();
        assert_eq!(surplus(&all, today, u64::MAX), [5], "a clock that was wrong loses nothing");
        assert_eq!(surplus(&all, today, 45), [4, 5, 6], "the oldest go first when room is short");
        assert_eq!(
            surplus(&all, today, 0),
            [3, 4, 5, 6],
            "the newest three stay however little room there is"
        );
        assert_eq!(surplus(&[], today, 0), [0; 0]);
    }

    #[test]
    fn thinning_day_by_day_keeps_as_much_as_thinning_at_once() {
        let start: NaiveDate = "2024-01-01".parse().unwrap();
        let mut kept: Vec<Dated> = Vec::new();
        for day in 0..800 {
            let today = start + chrono::Duration::days(day);
            for hour in [17, 9] {
                kept.insert(0, Dated { made: today.and_hms_opt(26 - hour, 0, 0).unwrap(), bytes: 10 });
                for n in surplus(&kept, today, u64::MAX).into_iter().rev() {
                    kept.remove(n);
                }
            }
        }
        assert!((30..=34).contains(&kept.len()), "{}", kept.len());
        let oldest = (kept[0].made - kept[kept.len() - 1].made).num_days();
        assert!(oldest > 300, "the oldest is {oldest} days old");
    }
}
