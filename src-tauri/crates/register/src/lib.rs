//! The people and all that is known of them: an encrypted SQLite file in a folder, search in memory, and a journal
//! that lets every step be undone.
//!
//! A change goes through [`Register::write`], a question through [`Register::read`]; nothing else touches the file.
//! The register knows no clock, no page and no PDF.

mod arena;
mod attachments;
pub mod audit;
pub mod backup;
mod bases;
mod connection;
pub mod day;
pub mod disk;
mod dispatches;
pub mod duplicates;
pub mod erase;
pub mod events;
mod exchange;
mod exits;
mod fault;
pub mod find;
pub mod fold;
pub mod gate;
mod greetings;
mod honorific;
pub mod id;
pub mod invitees;
mod key;
mod look;
mod marks;
pub mod merge;
pub mod people;
mod picture;
mod reading;
pub mod record;
pub mod restore;
pub mod retention;
mod rights;
mod rites;
pub mod rotation;
mod seal_text;
pub mod step;
mod ties;
mod worked_with;
mod writing;

pub use attachments::{AttachedTo, Attachment};
pub use audit::{AuditChecked, AuditRow, Noted};
pub use bases::{GivenBasis, Way};
pub use day::Day;
pub use dispatches::{DispatchCard, DispatchRow, Ledger, LedgerQuery, PaperKept, Sent, SentTo};
pub use duplicates::{Compared, Entries, Evidence, Likeness, Traits};
pub use erase::{ErasedRow, Known, Roster, Wish};
pub use events::{Attendance, Cost, Costs, Event, EventCard, EventFilter, EventKind, EventRow};
pub use exits::{Ending, ExitCard, ExitRow, SealedOf};
pub use fault::Fault;
pub use find::{Birthday, Filter, NotesFound, People, PeopleQuery, PersonCard, PersonRow, Spoken, Tie, WAIT};
pub use gate::{Doubt, Invited, Named, Pile};
pub use greetings::{CardYear, card_year, mourning_until};
pub use id::*;
pub use invitees::{EventReply, InvitedTo, Invitee, InviteeRow, NewsPrint, Reply};
pub use people::*;
pub use reading::{Reading, SealedKept};
pub use record::{Kept, Record};
pub use rights::{Due, Holding, Names};
pub use rites::{Rite, Rites};
pub use rotation::{Resealed, Rotation};
pub use seal_text::OpenText;
pub use step::{Step, StepState};
pub use worked_with::WorkedWith;
pub use writing::Writing;

use arena::Arena;
use connection::{BUSY, Held, MIGRATIONS, connect, lock, migrate, of_this_version, opened};
use rusqlite::{Connection, MAIN_DB, OptionalExtension, TransactionBehavior};
use std::{
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, RwLock, RwLockReadGuard, TryLockError as Taken,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
};

/// The database inside a register's folder.
pub const DATABASE: &str = "register.db";
/// The key file beside it.
pub const KEYS: &str = "register.keys";
/// Room kept in reserve: let go when the disk is full, so that one can still save and erase.
const RESERVE: &str = "register.reserve";
const RESERVED: usize = 4 << 20;
/// The tables whose records belong to one person; whatever names another of them stands before it.
const PERSONAL: [&str; 18] = [
    "attachment",
    "address",
    "phone",
    "mail",
    "employment",
    "contact",
    "consent",
    "tag",
    "own_value",
    "photo",
    "sealed_note",
    "exit",
    "exit_item",
    "agreement",
    "merged",
    "sending",
    "invitee",
    "received",
];
/// The write-ahead log, and how many bytes of it are enough: then it is folded in without waiting for a quiet moment.
const LOG: &str = "register.db-wal";
const LONG_LOG: u64 = 4 << 20;

/// Stores a serde value as JSON text in a column.
#[macro_export]
#[doc(hidden)]
macro_rules! json_column {
    ($($name:ty),*) => { $(
        impl rusqlite::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                serde_json::to_string(self).map(Into::into).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
            }
        }
        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                serde_json::from_str(value.as_str()?).map_err(|e| rusqlite::types::FromSqlError::Other(e.into()))
            }
        }
    )* };
}

fn word_to_sql(word: &impl serde::Serialize) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'static>> {
    match serde_json::to_value(word) {
        Ok(serde_json::Value::String(word)) => Ok(word.into()),
        other => Err(rusqlite::Error::ToSqlConversionFailure(format!("{other:?} is not a word").into())),
    }
}

fn word_from_sql<T: serde::de::DeserializeOwned>(
    value: rusqlite::types::ValueRef<'_>,
) -> rusqlite::types::FromSqlResult<T> {
    serde_json::from_value(value.as_str()?.into()).map_err(|e| rusqlite::types::FromSqlError::Other(e.into()))
}

/// An open register.
pub struct Register {
    folder: PathBuf,
    /// The one connection that writes, with what undo needs to know of the tables.
    writer: Mutex<(Connection, step::Tables)>,
    /// The connection that reads: a question never waits for a long write.
    reader: Mutex<Connection>,
    /// Held by whoever reads on a connection of their own, for longer than a question takes.
    aside: RwLock<()>,
    arena: RwLock<Arena>,
    /// The last filter and whom it let through, until the register changes.
    filtered: Mutex<Option<(find::Filter, arena::Ranks)>>,
    /// Counts the changes of this session, so that who reads an older state keeps nothing of it.
    changes: AtomicU64,
    /// Nothing can be written where it lies.
    read_only: bool,
    _held: Option<Held>,
}

/// Who makes a step, when, and what it is called.
#[derive(Debug, Clone, Copy)]
pub struct NewStep<'a> {
    /// The name of a sentence in the page's dictionaries.
    pub label: &'a str,
    /// Who.
    pub user: UserId,
    /// When.
    pub at: At,
    /// Typing: within a minute of the step before, and about the same one record, it becomes part of that step.
    pub typing: bool,
}

impl Register {
    /// Makes a new register in `folder` (created if missing) with its first user. `key` is SQLCipher's literal
    /// `x'…'` of 48 bytes; `facts` are what the register remembers about itself; `prefix` is random and tells copies
    /// of a register apart (its lowest 21 bits are used).
    ///
    /// # Errors
    /// [`Fault::OpenElsewhere`], [`Fault::Full`]; an existing register in the folder is never touched
    /// ([`Fault::InUse`]).
    pub fn create(
        folder: &Path,
        key: &str,
        facts: &[(&str, &str)],
        owner: &str,
        prefix: u32,
    ) -> Result<Register, Fault> {
        disk::make_folder(folder)?;
        if folder.join(DATABASE).exists() {
            return Err(Fault::InUse);
        }
        let held = lock(folder)?;
        let mut conn = connect(&folder.join(DATABASE), key, false)?;
        migrate(&mut conn, MIGRATIONS)?;
        let tx = conn.transaction()?;
        for (name, value) in facts {
            tx.execute("INSERT INTO fact VALUES (?1, ?2)", [name, value])?;
        }
        tx.execute("INSERT INTO id_counter VALUES (?1, 1)", [i64::from(prefix & 0x1f_ffff)])?;
        tx.execute("INSERT INTO user VALUES (1, ?1, 'owner')", [owner])?;
        tx.commit()?;
        drop(conn);
        Register::open_locked(folder, key, held)
    }

    /// Opens the register in `folder`; to look at, when nothing can be written there.
    ///
    /// # Errors
    /// [`Fault::Damaged`] also for a wrong key; [`Fault::Newer`]; [`Fault::Older`]; [`Fault::OpenElsewhere`].
    pub fn open(folder: &Path, key: &str) -> Result<Register, Fault> {
        if !folder.join(DATABASE).exists() {
            return Err(Fault::NotFound);
        }
        match lock(folder).and_then(|held| Register::open_locked(folder, key, held)) {
            Err(Fault::ReadOnly) => Register::look_at(folder, key),
            opened => opened,
        }
    }

    fn open_locked(folder: &Path, key: &str, held: Held) -> Result<Register, Fault> {
        let path = folder.join(DATABASE);
        // Looked at before anything is set on it: a register of another version is left as it is.
        of_this_version(&opened(&path, key, 2_000)?)?;
        let writer = connect(&path, key, false)?;
        // SQLite reads a file that it may not write without a word.
        if writer.is_readonly(MAIN_DB)? {
            return Err(Fault::ReadOnly);
        }
        let connect = || connect(&path, key, true);
        let register = Register::over(folder, writer, &connect, Some(held))?;
        rotation::sweep(folder)?;
        Ok(register)
    }

    fn look_at(folder: &Path, key: &str) -> Result<Register, Fault> {
        let path = folder.join(DATABASE);
        let held = look::share(folder)?;
        let connect = || look::connect(&path, key);
        let writer = connect()?;
        of_this_version(&writer)?;
        Ok(Register { read_only: true, ..Register::over(folder, writer, &connect, held)? })
    }

    fn over(
        folder: &Path,
        writer: Connection,
        connect: &(dyn Fn() -> Result<Connection, Fault> + Sync),
        held: Option<Held>,
    ) -> Result<Register, Fault> {
        let tables = step::prepare(&writer)?;
        let reader = connect()?;
        let arena = Arena::open(&reader, connect)?;
        Ok(Register {
            folder: folder.to_owned(),
            writer: Mutex::new((writer, tables)),
            reader: Mutex::new(reader),
            aside: RwLock::default(),
            arena: RwLock::new(arena),
            filtered: Mutex::new(None),
            changes: AtomicU64::new(0),
            read_only: false,
            _held: held,
        })
    }

    /// Whether it was opened to look at, because nothing can be written where it lies. Whatever writes is refused with
    /// [`Fault::ReadOnly`].
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// A connection of one's own that reads.
    fn reading(&self, key: &str) -> Result<Connection, Fault> {
        let path = self.folder.join(DATABASE);
        if self.read_only { look::connect(&path, key) } else { connect(&path, key, true) }
    }

    /// Brings the register in `folder` to the schema of this version, whole or not at all. A backup comes first.
    ///
    /// # Errors
    /// The database's; the register is as it was then.
    pub fn migrate(folder: &Path, key: &str) -> Result<(), Fault> {
        Register::migrate_by(folder, key, MIGRATIONS)
    }

    /// As [`Register::migrate`], by other migrations than those of this version; for tests.
    ///
    /// # Errors
    /// Those of [`Register::migrate`].
    pub fn migrate_by(folder: &Path, key: &str, migrations: &[&str]) -> Result<(), Fault> {
        let _held = lock(folder)?;
        migrate(&mut connect(&folder.join(DATABASE), key, false)?, migrations)
    }

    /// That no program has the register in `folder` open.
    ///
    /// # Errors
    /// [`Fault::OpenElsewhere`].
    pub fn nobody_has(folder: &Path) -> Result<(), Fault> {
        lock(folder).map(drop)
    }

    /// Whether there is room in reserve.
    pub fn has_reserve(&self) -> bool {
        self.folder.join(RESERVE).exists()
    }

    /// Takes room in reserve, so that a full disk still lets one save and erase.
    ///
    /// # Errors
    /// The disk's; nothing is taken then.
    pub fn reserve(&self) -> Result<(), Fault> {
        if self.has_reserve() || self.read_only {
            return Ok(());
        }
        // Some file systems store equal bytes in no room at all.
        let mut seed = 0x2026_u64;
        let bytes: Vec<u8> = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
            (seed >> 56) as u8
        })
        .take(RESERVED)
        .collect();
        let path = self.folder.join(RESERVE);
        disk::replace(&path, &bytes).inspect_err(|_| drop(disk::remove(&path.with_extension("new"))))?;
        Ok(())
    }

    /// Lets the room in reserve go. Whether there was any.
    pub fn release_reserve(&self) -> bool {
        std::fs::remove_file(self.folder.join(RESERVE)).is_ok()
    }

    /// Reads all texts into the search, of which opening read the names. Called once after opening, off the path that a
    /// person waits on.
    ///
    /// # Errors
    /// The database's.
    pub fn read_texts(&self, key: &str) -> Result<(), Fault> {
        let texts = {
            let _aside = self.aside();
            Arena::read_texts(&self.reading(key)?)?
        };
        let writer = hold(&self.writer);
        let mut arena = self.arena.write().unwrap_or_else(|e| e.into_inner());
        // Namesakes whose names do not tell them apart may change places.
        *hold(&self.filtered) = None;
        arena.install(&writer.0, texts)
    }

    /// Makes one step: all of `work`, on disk, or nothing. Returns what it returned and the step, if anything
    /// changed.
    ///
    /// # Errors
    /// Those of `work`, and the database's; nothing is changed then.
    pub fn write<T>(
        &self,
        new: NewStep<'_>,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, Fault>,
    ) -> Result<(T, Option<StepId>), Fault> {
        let mut writer = hold(&self.writer);
        let (conn, tables) = &mut *writer;
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let step = step::begin(&tx, &new)?;
        let out = Writing::run(&tx, tables, work)?;
        let stands = step::end(&tx, step, new.typing)?;
        if let Some(stands) = stands {
            let noted = audit::of_step(&tx, tables, stands)?;
            // Typing that went on is written down again only when it came to another field.
            if stands == step || !audit::repeats(&tx, (new.user, new.label), &noted)? {
                audit::add(&tx, (new.at, new.user, new.label), &noted)?;
            }
        }
        tx.commit()?;
        if let Some(step) = stands {
            self.refresh(&writer.0, step)?;
        }
        self.keep_log_short(&writer.0);
        Ok((out, stands))
    }

    /// What a new register begins with. It is no step: nobody wants to undo their company's name.
    ///
    /// # Errors
    /// Those of `work`, and the database's; nothing is changed then.
    pub fn begin(&self, work: impl FnOnce(&mut Writing<'_>) -> Result<(), Fault>) -> Result<(), Fault> {
        let mut writer = hold(&self.writer);
        let (conn, tables) = &mut *writer;
        let tx = conn.transaction()?;
        Writing::run(&tx, tables, work)?;
        tx.commit()?;
        let mut arena = self.arena.write().unwrap_or_else(|e| e.into_inner());
        *arena = arena.fresh(&writer.0)?;
        drop(arena);
        self.keep_log_short(&writer.0);
        Ok(())
    }

    /// Undoes a step that stands or redoes one that was undone; `None` takes the one that is next. It is no step
    /// itself, but it is written down. `told` hears how many of how many records are done, and may stop it.
    ///
    /// # Errors
    /// [`Fault::ChangedSince`]; [`Fault::NotFound`] when there is nothing to undo or redo; those of `told`. Nothing
    /// is changed then.
    pub fn invert(
        &self,
        new: NewStep<'_>,
        step: Option<StepId>,
        wanted: StepState,
        told: &mut dyn FnMut(usize, usize) -> Result<(), Fault>,
    ) -> Result<Step, Fault> {
        let mut writer = hold(&self.writer);
        let (conn, tables) = &mut *writer;
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let step = match step {
            Some(step) => step,
            None => step::next(&tx, wanted)?.ok_or(Fault::NotFound)?,
        };
        let people_before = step::list_one(&tx, step)?;
        if people_before.state != wanted {
            return Err(Fault::ChangedSince);
        }
        step::invert(&tx, tables, step, told)?;
        let after = step::list_one(&tx, step)?;
        let noted = audit::of_step(&tx, tables, step)?;
        audit::add(&tx, (new.at, new.user, &format!("{} {}", new.label, after.label)), &noted)?;
        tx.commit().map_err(|error| match error.sqlite_error_code() {
            // A foreign key that was deferred: something else has come to depend on the record.
            Some(rusqlite::ErrorCode::ConstraintViolation) => Fault::ChangedSince,
            _ => error.into(),
        })?;
        self.refresh(&writer.0, step)?;
        self.keep_log_short(&writer.0);
        // The name is told even when the step that brought the person is undone.
        let name = if after.name.is_empty() { people_before.name } else { after.name };
        Ok(Step { name, ..after })
    }

    /// Writes down what is no step: a sealed note was read, a list went out. On disk when this returns.
    ///
    /// # Errors
    /// The database's; what was not written down should not be answered.
    pub fn note(&self, new: NewStep<'_>, noted: &Noted) -> Result<(), Fault> {
        let mut writer = hold(&self.writer);
        let tx = writer.0.transaction_with_behavior(TransactionBehavior::Immediate)?;
        audit::add(&tx, (new.at, new.user, new.label), noted)?;
        Ok(tx.commit()?)
    }

    /// Takes over what the key file says: who may open the register, and facts; and writes down why.
    ///
    /// # Errors
    /// The database's.
    pub fn follow_keys(
        &self,
        facts: &[(&str, &str)],
        users: &[(UserId, String, bool)],
        new: NewStep<'_>,
        noted: &Noted,
    ) -> Result<(), Fault> {
        let mut writer = hold(&self.writer);
        let tx = writer.0.transaction_with_behavior(TransactionBehavior::Immediate)?;
        rotation::set_facts(&tx, facts)?;
        rotation::set_users(&tx, users)?;
        audit::add(&tx, (new.at, new.user, new.label), noted)?;
        Ok(tx.commit()?)
    }

    /// The arena and the filter follow the register; only ever after COMMIT.
    fn refresh(&self, conn: &Connection, step: StepId) -> Result<(), Fault> {
        self.take_up(conn, arena::Touched::of_step(conn, step)?)
    }

    /// … by what was touched.
    fn take_up(&self, conn: &Connection, touched: arena::Touched) -> Result<(), Fault> {
        self.changes.fetch_add(1, SeqCst);
        *hold(&self.filtered) = None;
        // Before the search is held: whoever searches meanwhile does not wait.
        let people = match touched.is_many() {
            true => Some(self.arena().read_people(conn, &self.reader)?),
            false => None,
        };
        self.arena.write().unwrap_or_else(|e| e.into_inner()).take_up(conn, touched, people)
    }

    /// Answers a question from one state of the register.
    ///
    /// # Errors
    /// Those of `question`, and the database's.
    pub fn read<T>(&self, question: impl FnOnce(&Reading<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
        let mut reader = hold(&self.reader);
        let changes = self.changes.load(SeqCst);
        let tx = reader.transaction()?;
        question(&Reading { register: self, conn: &tx, changes })
    }

    /// Work for a quiet moment: drops what can no longer be redone and empties the write-ahead log.
    ///
    /// # Errors
    /// The database's.
    pub fn rest(&self) -> Result<(), Fault> {
        if self.read_only {
            return Ok(());
        }
        let mut writer = hold(&self.writer);
        step::sweep(&mut writer.0)?;
        self.fold_in(&writer.0)
    }

    /// Folds the log in when it has grown long. What fails here is done at the next change or in the next quiet moment.
    fn keep_log_short(&self, conn: &Connection) {
        if std::fs::metadata(self.folder.join(LOG)).is_ok_and(|log| log.len() > LONG_LOG) {
            let _ = self.fold_in(conn);
        }
    }

    /// Folds the log in and empties it, or leaves it as it is while somebody reads: whoever types does not wait for
    /// them. Never only folded in, or in part: should a bit of the log flip then, SQLite would lay what comes before
    /// it over newer pages, and find a state that never stood.
    fn fold_in(&self, conn: &Connection) -> Result<(), Fault> {
        let _alone = match (self.reader.try_lock(), self.aside.try_write()) {
            (Err(Taken::WouldBlock), _) | (_, Err(Taken::WouldBlock)) => return Ok(()),
            alone => alone,
        };
        conn.busy_timeout(std::time::Duration::ZERO)?;
        let emptied = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        conn.busy_timeout(BUSY)?;
        Ok(emptied?)
    }

    /// Held while somebody reads on a connection of their own.
    fn aside(&self) -> RwLockReadGuard<'_, ()> {
        self.aside.read().unwrap_or_else(|e| e.into_inner())
    }

    /// All that can be searched, as it is now.
    fn arena(&self) -> RwLockReadGuard<'_, Arena> {
        self.arena.read().unwrap_or_else(|e| e.into_inner())
    }

    /// Makes a backup. See [`backup::make`].
    ///
    /// # Errors
    /// Those of [`backup::make`].
    pub fn back_up(
        &self,
        key: &str,
        target: &backup::Target<'_>,
        watch: backup::Watch<'_>,
    ) -> Result<backup::Backup, Fault> {
        if self.read_only {
            return Err(Fault::ReadOnly);
        }
        let _aside = self.aside();
        backup::make(&self.folder.join(DATABASE), key, target, watch)
    }

    /// How far the register has come.
    ///
    /// # Errors
    /// The database's.
    pub fn stand(&self) -> Result<backup::Stand, Fault> {
        backup::stand(&hold(&self.reader))
    }

    /// Reads every page of the register, off the path that a person waits on.
    ///
    /// # Errors
    /// [`Fault::Damaged`].
    pub fn check(&self, key: &str) -> Result<(), Fault> {
        let _aside = self.aside();
        let conn = self.reading(key)?;
        let found: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if found == "ok" { Ok(()) } else { Err(Fault::Damaged) }
    }

    /// Compares the search with a fresh one and runs SQLite's own checks; for tests.
    ///
    /// # Errors
    /// [`Fault::Damaged`] when anything differs.
    pub fn verify(&self) -> Result<(), Fault> {
        let writer = hold(&self.writer);
        let arena = self.arena();
        let (held, fresh) = (arena.contents(), arena.fresh(&writer.0)?);
        drop(arena);
        let broken: Option<String> = writer
            .0
            .query_row("SELECT \"table\" FROM pragma_foreign_key_check", [], |row| row.get(0))
            .optional()?;
        let check: String = writer.0.query_row("PRAGMA quick_check", [], |row| row.get(0))?;
        match held == fresh.contents() && broken.is_none() && check == "ok" {
            true => Ok(()),
            false => Err(Fault::Damaged),
        }
    }

    /// As if the disk held no more than `pages` pages of the register; for tests. 0 takes as many as it holds now.
    ///
    /// # Errors
    /// The database's.
    pub fn full_at(&self, pages: u32) -> Result<(), Fault> {
        Ok(hold(&self.writer).0.pragma_update(None, "max_page_count", pages)?)
    }

    /// Says that another version made this register; for tests.
    ///
    /// # Errors
    /// The database's.
    pub fn become_version(&self, version: u32) -> Result<(), Fault> {
        Ok(hold(&self.writer).0.pragma_update(None, "user_version", version)?)
    }

    /// Every journalled record as text, in order: equal exactly when two states are; for tests.
    ///
    /// # Errors
    /// The database's.
    pub fn state(&self) -> Result<String, Fault> {
        let writer = hold(&self.writer);
        step::state(&writer.0, &writer.1)
    }
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic while the lock was held rolled its transaction back; what the lock guards is whole.
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_of_an_older_state_is_not_remembered_for_a_newer_one() {
        let folder = tempfile::tempdir().unwrap();
        let key = format!("x'{}'", "1f".repeat(48));
        let register = Register::create(folder.path(), &key, &[], "青葉", 7).unwrap();
        let new = NewStep { label: "add_contact", user: UserId(1), at: At(0), typing: false };
        let on: Day = "2026-11-20".parse().unwrap();
        let month: Day = "2026-11".parse().unwrap();
        let add = || {
            register.write(new, |writing| {
                let person = writing.add(&Person { family: "佐藤".into(), ..Person::default() })?;
                writing.add_tag(person, "仙台")?;
                writing.add(&Contact { person, on_day: Some(on), ..Contact::default() })
            })
        };
        let filter = Filter { tags: vec!["仙台".into()], ..Filter::default() };
        let query = PeopleQuery { filter, limit: 10, ..PeopleQuery::default() };
        let asked = |reading: &Reading<'_>| -> Result<(usize, u32), Fault> {
            let counts = reading.contacts_in(month)?;
            Ok((reading.people_ids(&query)?.0, counts.first().map_or(0, |(_, people)| *people)))
        };
        add().unwrap();
        let older = register.read(|reading| {
            // From its first question on it sees this state, whatever comes.
            reading.fact("file_id")?;
            add()?;
            asked(reading)
        });
        assert_eq!(older.unwrap(), (1, 1));
        assert_eq!(register.read(asked).unwrap(), (2, 2));
        // What is asked of the newest is remembered, until that changes.
        assert!(hold(&register.filtered).is_some());
        add().unwrap();
        assert_eq!(register.read(asked).unwrap(), (3, 3));
    }

    #[test]
    fn a_search_finds_what_opening_has_not_read_yet() {
        let folder = tempfile::tempdir().unwrap();
        let key = format!("x'{}'", "1f".repeat(48));
        let new = NewStep { label: "add_person", user: UserId(1), at: At(0), typing: false };
        let add = |register: &Register, from: usize, until: usize| {
            let one = |writing: &mut Writing<'_>, n| {
                let person =
                    Person { family: "佐藤".into(), employee_number: format!("E{n}"), ..Person::default() };
                let person = writing.add(&person)?;
                writing.add_tag(person, &format!("仙台{n}"))
            };
            register.write(new, |writing| (from..until).try_for_each(|n| one(writing, n).map(drop))).unwrap();
        };
        add(&Register::create(folder.path(), &key, &[], "青葉", 7).unwrap(), 0, 2);
        for (before, many) in [(2, 1), (3, arena::MANY + 1)] {
            let register = Register::open(folder.path(), &key).unwrap();
            let found = |search: &str| {
                let query = PeopleQuery { search: search.into(), limit: 9, ..PeopleQuery::default() };
                register.read(|reading| reading.people_ids(&query)).unwrap().0
            };
            let search = |n: usize| [found(&format!("仙台{n}")), found(&format!("e{n}")), found("佐藤")];
            assert_eq!(search(before - 1), [1, 1, before]);
            add(&register, before, before + many);
            // Touched once more before the texts are there.
            let last =
                register.read(|reading| Ok(reading.all::<Person>()?.pop().map(|kept| kept.id))).unwrap();
            let last = PersonId(last.unwrap());
            register.write(new, |writing| writing.add_tag(last, "同窓会")).unwrap();
            register.verify().unwrap();
            let all = [1, 1, before + many];
            assert_eq!(search(before + many - 1), all);
            register.read_texts(&key).unwrap();
            register.verify().unwrap();
            assert_eq!(search(before + many - 1), all);
        }
    }
}
