//! The people and all that is known of them: an encrypted SQLite file in a folder, search in memory, and a journal
//! that lets every step be undone.
//!
//! A change goes through [`Register::write`], a question through [`Register::read`]; nothing else touches the file.
//! The register knows no clock, no page and no PDF.

mod arena;
pub mod audit;
pub mod backup;
mod bases;
pub mod day;
pub mod disk;
mod dispatches;
pub mod duplicates;
pub mod erase;
mod exchange;
mod exits;
pub mod find;
pub mod fold;
pub mod gate;
pub mod id;
mod key;
mod look;
mod marks;
pub mod merge;
pub mod people;
mod picture;
pub mod record;
pub mod restore;
pub mod retention;
mod rights;
pub mod rotation;
pub mod step;
mod ties;
mod worked_with;

pub use audit::{AuditChecked, AuditRow, Noted};
pub use bases::{GivenBasis, Way};
pub use day::Day;
pub use dispatches::{DispatchCard, DispatchRow, Ledger, LedgerQuery, PaperKept, Sent, SentTo};
pub use duplicates::{Entries, Evidence, Likeness, Traits};
pub use erase::{ErasedRow, Known, Roster, Wish};
pub use exits::{Ending, ExitCard, ExitRow, SealedOf};
pub use find::{Birthday, Filter, NotesFound, People, PeopleQuery, PersonCard, PersonRow, Tie, WAIT};
pub use gate::{Doubt, Invited, Named, Pile};
pub use id::*;
pub use people::*;
pub use record::{Kept, Record};
pub use rights::{Due, Holding, Names};
pub use rotation::{Resealed, Rotation};
pub use step::{Step, StepState};
pub use worked_with::WorkedWith;

use arena::Arena;
use record as records;
use rusqlite::{Connection, MAIN_DB, OpenFlags, OptionalExtension, TransactionBehavior, params};
use std::{
    cmp::Ordering,
    fs::{File, TryLockError},
    io::ErrorKind,
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
/// The tables whose records belong to one person.
const PERSONAL: [&str; 15] = [
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
];
const LOCK: &str = "register.lock";
/// The write-ahead log, and how many bytes of it are enough: then it is folded in without waiting for a quiet moment.
const LOG: &str = "register.db-wal";
const LONG_LOG: u64 = 4 << 20;
/// How long a connection waits for another.
const BUSY: std::time::Duration = std::time::Duration::from_secs(10);
/// Every migration in order; a released one is never edited.
const MIGRATIONS: &[&str] = &[include_str!("migrations/1.sql")];

/// What can go wrong. Its Display is for the log; the desk turns it into a fault that the page has words for.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// There is no such record.
    #[error("no such record")]
    NotFound,
    /// A record changed since the step that was to be undone or redone.
    #[error("the record changed since")]
    ChangedSince,
    /// A field does not hold what it should.
    #[error("{field}: {code}")]
    Invalid {
        /// Which field.
        field: String,
        /// Which rule: the name of a sentence in the page's dictionaries.
        code: &'static str,
    },
    /// The caller asked to stop; nothing was changed.
    #[error("stopped")]
    Stopped,
    /// Something else still refers to the record.
    #[error("still in use")]
    InUse,
    /// Another program has this register open.
    #[error("already open elsewhere")]
    OpenElsewhere,
    /// The key does not fit, or the file is damaged: SQLCipher cannot tell the two apart.
    #[error("wrong key or damaged")]
    Damaged,
    /// The register was made by a newer version of the program.
    #[error("made by version {0} of the schema")]
    Newer(u32),
    /// Something else reads the register.
    #[error("something else reads the register")]
    Busy,
    /// The disk is full.
    #[error("disk full")]
    Full,
    /// The register's folder may not be written to.
    #[error("read-only")]
    ReadOnly,
    /// The register has an older schema: [`Register::migrate`] it first.
    #[error("made by version {0} of the schema, which is older")]
    Older(u32),
    /// The file is no backup, or a damaged one.
    #[error("no backup, or a damaged one")]
    NoBackup,
    /// The database.
    #[error(transparent)]
    Sql(rusqlite::Error),
    /// The folder.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// JSON in a column or a patch.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Fault {
        use rusqlite::ErrorCode::*;
        match error.sqlite_error_code() {
            Some(DiskFull) => Fault::Full,
            Some(NotADatabase | DatabaseCorrupt) => Fault::Damaged,
            Some(ConstraintViolation) => Fault::InUse,
            Some(OperationInterrupted) => Fault::Stopped,
            Some(ReadOnly | PermissionDenied | CannotOpen) => Fault::ReadOnly,
            Some(SystemIoFailure) => Fault::Io(std::io::Error::other(error)),
            _ => Fault::Sql(error),
        }
    }
}

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

/// The file that keeps a second program out.
struct Held(File);

impl Drop for Held {
    fn drop(&mut self) {
        // Closing alone would not do: a process just being started may hold a copy of the handle for a moment.
        let _ = self.0.unlock();
    }
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

/// A write in progress: every change is part of one step.
pub struct Writing<'a> {
    conn: &'a Connection,
    tables: &'a step::Tables,
    next_id: i64,
}

/// A note behind the seal, as it is kept.
#[derive(Debug, Clone)]
pub struct SealedKept {
    /// Its id.
    pub id: SealedNoteId,
    /// What it is.
    pub field: String,
    /// When it was put there.
    pub at: At,
    /// The sealed bytes, which only the vault opens.
    pub bytes: Vec<u8>,
}

/// A question in progress.
pub struct Reading<'a> {
    register: &'a Register,
    conn: &'a Connection,
    /// How many changes there had been when it began.
    changes: u64,
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
        let arena = Arena::read_beside(&reader, connect)?;
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

    /// Reads the notes into the search. Called once after opening, off the path that a person waits on.
    ///
    /// # Errors
    /// The database's.
    pub fn read_notes(&self, key: &str) -> Result<(), Fault> {
        let notes = {
            let _aside = self.aside();
            Arena::read_notes(&self.reading(key)?)?
        };
        let writer = hold(&self.writer);
        self.arena.write().unwrap_or_else(|e| e.into_inner()).install(&writer.0, notes)
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
        *self.arena.write().unwrap_or_else(|e| e.into_inner()) = Arena::read(&writer.0)?;
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
        self.arena.write().unwrap_or_else(|e| e.into_inner()).take_up(conn, touched)
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
        let mut fresh = Arena::read(&writer.0)?;
        fresh.install(&writer.0, Arena::read_notes(&writer.0)?)?;
        let held = self.arena.read().unwrap_or_else(|e| e.into_inner()).contents();
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

/// Brings a database from its version to that of the last migration, whole or not at all.
fn migrate(conn: &mut Connection, migrations: &[&str]) -> Result<(), Fault> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: u32 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for sql in migrations.get(version as usize..).ok_or(Fault::Newer(version))? {
        tx.execute_batch(sql)?;
    }
    tx.pragma_update(None, "user_version", migrations.len() as u32)?;
    let broken = tx.prepare("PRAGMA foreign_key_check")?.exists([])?;
    let found: String = tx.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if broken || found != "ok" {
        return Err(Fault::Damaged);
    }
    Ok(tx.commit()?)
}

/// That a database has the schema of this version.
fn of_this_version(conn: &Connection) -> Result<(), Fault> {
    let version: u32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match (version as usize).cmp(&MIGRATIONS.len()) {
        Ordering::Greater => Err(Fault::Newer(version)),
        Ordering::Less => Err(Fault::Older(version)),
        Ordering::Equal => Ok(()),
    }
}

fn lock(folder: &Path) -> Result<Held, Fault> {
    let file = File::options().create(true).truncate(false).write(true).open(folder.join(LOCK));
    let file = file.map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Fault::ReadOnly,
        _ => error.into(),
    })?;
    match file.try_lock() {
        Ok(()) => Ok(Held(file)),
        Err(TryLockError::WouldBlock) => Err(Fault::OpenElsewhere),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// A connection to a database that is there or is made, with `cache` KiB: with the default of 2 MB SQLCipher is two
/// to six times slower. The database's own settings are left as they are.
fn opened(path: &Path, key: &str, cache: u32) -> Result<Connection, Fault> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    prepared(Connection::open_with_flags(path, flags)?, key, cache)
}

/// A connection with its key and what every one of ours is set to.
fn prepared(conn: Connection, key: &str, cache: u32) -> Result<Connection, Fault> {
    // SQLCipher writes a line to stderr for every page that fails; we report the failure ourselves.
    conn.query_row("PRAGMA cipher_log_level = NONE", [], |_| Ok(())).optional()?;
    key::enter(&conn, key)?;
    conn.busy_timeout(BUSY)?;
    conn.execute_batch(&format!(
        "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON; PRAGMA cache_size = -{cache};"
    ))?;
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(conn)
}

/// A connection to the register itself.
fn connect(path: &Path, key: &str, reading: bool) -> Result<Connection, Fault> {
    let conn = opened(path, key, if reading { 8_000 } else { 32_000 })?;
    conn.set_prepared_statement_cache_capacity(128);
    conn.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;
         PRAGMA secure_delete = ON; PRAGMA query_only = {};",
        if reading { "ON" } else { "OFF" },
    ))?;
    Ok(conn)
}

impl Writing<'_> {
    /// Runs `work` with the ids that come next.
    fn run<T>(
        conn: &Connection,
        tables: &step::Tables,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let (prefix, next): (i64, i64) = conn
            .prepare_cached("SELECT prefix, next FROM id_counter")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut writing = Writing { conn, tables, next_id: prefix << 32 | next };
        let out = work(&mut writing)?;
        let next = writing.next_id & 0xffff_ffff;
        conn.prepare_cached("UPDATE id_counter SET next = ?1")?.execute([next])?;
        Ok(out)
    }

    /// Adds a record.
    ///
    /// # Errors
    /// [`Fault::Invalid`] by the record's rules; [`Fault::InUse`] when the table refuses it.
    pub fn add<R: Record>(&mut self, record: &R) -> Result<R::Id, Fault> {
        let id = R::Id::from(self.next_id);
        self.next_id += 1;
        records::insert(self.conn, id, record)?;
        Ok(id)
    }

    /// One record as it is now.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn get<R: Record>(&self, id: R::Id) -> Result<R, Fault> {
        records::get(self.conn, id)
    }

    /// Lays `changes` (field → value) over a record.
    ///
    /// # Errors
    /// [`Fault::NotFound`]; [`Fault::Invalid`] names the field.
    pub fn change<R: Record + PartialEq>(
        &mut self,
        id: R::Id,
        changes: &serde_json::Map<String, serde_json::Value>,
    ) -> Result<(), Fault> {
        let before = records::get::<R>(self.conn, id)?;
        let after = records::merge(&before, changes)?;
        if after != before { records::update(self.conn, id, &after) } else { Ok(()) }
    }

    /// A person's records of one kind, as this step has left them so far.
    ///
    /// # Errors
    /// The database's; a table without `person` is a mistake of ours.
    pub fn of_person<R: Record>(&self, person: PersonId) -> Result<Vec<Kept<R>>, Fault> {
        records::list(self.conn, "person = ?1 ORDER BY id", &[&person])
    }

    /// Removes a record.
    ///
    /// # Errors
    /// [`Fault::NotFound`]; [`Fault::InUse`] while others refer to it.
    pub fn remove<R: Record>(&mut self, id: R::Id) -> Result<(), Fault> {
        records::delete::<R>(self.conn, id)
    }

    /// Makes one address, phone or mail the best of its person: the others step back.
    ///
    /// # Errors
    /// The database's.
    pub fn only_best<R: Record>(&mut self, id: R::Id) -> Result<(), Fault> {
        let table = R::TABLE;
        self.conn
            .prepare_cached(&format!(
                "UPDATE {table} SET best = 0 WHERE best = 1 AND id <> ?1
                 AND person = (SELECT person FROM {table} WHERE id = ?1 AND best = 1)"
            ))?
            .execute([id])?;
        Ok(())
    }

    /// Removes a person with everything that belongs to them.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn remove_person(&mut self, id: PersonId) -> Result<(), Fault> {
        for table in PERSONAL {
            self.conn.prepare_cached(&format!("DELETE FROM {table} WHERE person = ?1"))?.execute([id])?;
        }
        records::delete::<Person>(self.conn, id)
    }

    /// Tags a person; whether the tag was new.
    ///
    /// # Errors
    /// The database's; [`Fault::InUse`] when there is no such person.
    pub fn add_tag(&mut self, person: PersonId, name: &str) -> Result<bool, Fault> {
        if self
            .conn
            .prepare_cached("SELECT 1 FROM tag WHERE person = ?1 AND name = ?2")?
            .exists(params![person, name])?
        {
            return Ok(false);
        }
        self.add(&Tag { person, name: name.to_owned() })?;
        Ok(true)
    }

    /// Takes a tag off a person; whether it was there.
    ///
    /// # Errors
    /// The database's.
    pub fn remove_tag(&mut self, person: PersonId, name: &str) -> Result<bool, Fault> {
        let gone = self
            .conn
            .prepare_cached("DELETE FROM tag WHERE person = ?1 AND name = ?2")?
            .execute(params![person, name])?;
        Ok(gone > 0)
    }

    /// Sets one of the office's own fields for a person; an empty value takes it away.
    ///
    /// # Errors
    /// [`Fault::InUse`] when there is no such person or field.
    pub fn set_own_value(&mut self, person: PersonId, field: OwnFieldId, value: &str) -> Result<(), Fault> {
        let there: Option<OwnValueId> = self
            .conn
            .prepare_cached("SELECT id FROM own_value WHERE person = ?1 AND field = ?2")?
            .query_row(params![person, field], |row| row.get(0))
            .optional()?;
        match (there, value) {
            (None, "") => Ok(()),
            (Some(id), "") => self.remove::<OwnValue>(id),
            (Some(id), _) => {
                self.conn
                    .prepare_cached("UPDATE own_value SET value = ?2 WHERE id = ?1 AND value <> ?2")?
                    .execute(params![id, value])?;
                Ok(())
            }
            (None, _) => self.add(&OwnValue { person, field, value: value.to_owned() }).map(|_| ()),
        }
    }

    /// Sets a setting.
    ///
    /// # Errors
    /// The database's.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        let there: Option<SettingId> = self
            .conn
            .prepare_cached("SELECT id FROM setting WHERE name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()?;
        match there {
            Some(id) => {
                self.conn
                    .prepare_cached("UPDATE setting SET value = ?2 WHERE id = ?1 AND value <> ?2")?
                    .execute(params![id, value])?;
                Ok(())
            }
            None => self.add(&Setting { name: name.to_owned(), value: value.to_owned() }).map(|_| ()),
        }
    }

    /// Puts a person's photo in place of the one before; `None` takes it away.
    ///
    /// # Errors
    /// [`Fault::InUse`] when there is no such person.
    pub fn set_photo(&mut self, person: PersonId, jpeg: Option<&[u8]>) -> Result<(), Fault> {
        self.conn.prepare_cached("DELETE FROM photo WHERE person = ?1")?.execute([person])?;
        if let Some(jpeg) = jpeg {
            let id = self.next_id;
            self.next_id += 1;
            self.conn
                .prepare_cached("INSERT INTO photo VALUES (?1, ?2, ?3)")?
                .execute(params![id, person, jpeg])?;
        }
        Ok(())
    }

    /// Keeps a note that the vault has sealed.
    ///
    /// # Errors
    /// [`Fault::InUse`] when there is no such person.
    pub fn add_sealed_note(
        &mut self,
        id: SealedNoteId,
        person: PersonId,
        field: &str,
        generation: u32,
        sealed: &[u8],
        at: At,
    ) -> Result<(), Fault> {
        self.conn
            .prepare_cached("INSERT INTO sealed_note VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![id, person, field, generation, sealed, at])?;
        Ok(())
    }

    /// Removes a sealed note.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn remove_sealed_note(&mut self, id: SealedNoteId) -> Result<(), Fault> {
        match self.conn.prepare_cached("DELETE FROM sealed_note WHERE id = ?1")?.execute([id])? {
            0 => Err(Fault::NotFound),
            _ => Ok(()),
        }
    }

    /// The id that the next sealed note will have: the seal is bound to it.
    pub fn next_sealed_note(&mut self) -> SealedNoteId {
        self.next_id += 1;
        SealedNoteId(self.next_id - 1)
    }
}

impl Reading<'_> {
    /// One record.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn get<R: Record>(&self, id: R::Id) -> Result<R, Fault> {
        records::get(self.conn, id)
    }

    /// All records of a small table, in the order they were made.
    ///
    /// # Errors
    /// The database's.
    pub fn all<R: Record>(&self) -> Result<Vec<Kept<R>>, Fault> {
        records::list(self.conn, "1 ORDER BY id", &[])
    }

    /// Whether nothing changed since this question began.
    fn is_newest(&self) -> bool {
        self.register.changes.load(SeqCst) == self.changes
    }

    /// The people who satisfy a filter and a search: how many, where each row of the kana table begins among them,
    /// and the ids of one page in kana order.
    ///
    /// # Errors
    /// The database's.
    pub fn people_ids(&self, query: &PeopleQuery) -> Result<(usize, Vec<u32>, Vec<PersonId>), Fault> {
        let words = arena::words(&query.search);
        let limit = query.limit as usize;
        let arena = self.register.arena.read().unwrap_or_else(|e| e.into_inner());
        if query.filter == Filter::default() {
            return Ok(arena.find_people(&words, None, query.offset as usize, limit));
        }
        let mut filtered = hold(&self.register.filtered);
        if let Some((_, ranks)) = filtered.as_ref().filter(|(filter, _)| *filter == query.filter) {
            return Ok(arena.find_people(&words, Some(ranks), query.offset as usize, limit));
        }
        let ranks = arena.ranks(find::satisfying(self.conn, &arena, &query.filter)?.into_iter());
        let found = arena.find_people(&words, Some(&ranks), query.offset as usize, limit);
        *filtered = self.is_newest().then(|| (query.filter.clone(), ranks));
        Ok(found)
    }

    /// A page of people, in kana order, as they stand on a day.
    ///
    /// # Errors
    /// The database's.
    pub fn people(&self, query: &PeopleQuery, today: chrono::NaiveDate) -> Result<People, Fault> {
        let limit = match query.limit {
            0 => find::PAGE,
            limit => limit.min(find::PAGE),
        };
        let (total, rail, ids) = self.people_ids(&PeopleQuery { limit, ..query.clone() })?;
        let mut rows = find::rows(self.conn, &ids, today)?;
        let words = arena::words(&query.search);
        rows.iter_mut().for_each(|row| row.found = marks::in_row(row, &words));
        Ok(People { total: total as u32, rail, rows })
    }

    /// A setting of the register.
    ///
    /// # Errors
    /// The database's.
    pub fn setting(&self, name: &str) -> Result<Option<String>, Fault> {
        let mut statement = self.conn.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    /// How many people the register holds.
    pub fn count(&self) -> usize {
        self.register.arena.read().unwrap_or_else(|e| e.into_inner()).people()
    }

    /// Whose birthday is within so many days from a day on, of those alive who agreed to something: a birthday that
    /// only payroll knew is nobody's business. The next first.
    ///
    /// # Errors
    /// The database's.
    pub fn birthdays(&self, today: chrono::NaiveDate, days: u32) -> Result<Vec<Birthday>, Fault> {
        find::birthdays(self.conn, today, days)
    }

    /// How many two-way contacts there were in a month, by kind.
    ///
    /// # Errors
    /// The database's.
    pub fn contacts_in(&self, month: Day) -> Result<Vec<(ContactKind, u32)>, Fault> {
        let arena = self.register.arena.read().unwrap_or_else(|e| e.into_inner());
        arena.ties.count(self.conn, month, || self.is_newest())
    }

    /// Notes of contacts in which every word is found.
    ///
    /// # Errors
    /// The database's.
    pub fn notes(&self, search: &str, limit: u32) -> Result<NotesFound, Fault> {
        let arena = self.register.arena.read().unwrap_or_else(|e| e.into_inner());
        find::notes(self.conn, &arena, search, limit)
    }

    /// Everything about one person that is not sealed.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn person(&self, id: PersonId) -> Result<PersonCard, Fault> {
        find::card(self.conn, id)
    }

    /// A person's records of one kind, the one to use first.
    ///
    /// # Errors
    /// The database's; a table without `person` and `best` is a mistake of ours.
    pub fn best_of<R: Record>(&self, person: PersonId) -> Result<Vec<Kept<R>>, Fault> {
        records::list(self.conn, "person = ?1 ORDER BY best DESC, id", &[&person])
    }

    /// The lines of these people as they stand on a day, in this order.
    ///
    /// # Errors
    /// The database's.
    pub fn rows(&self, ids: &[PersonId], today: chrono::NaiveDate) -> Result<Vec<PersonRow>, Fault> {
        find::rows(self.conn, ids, today)
    }

    /// A person's photo, as JPEG.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn photo(&self, person: PersonId) -> Result<Vec<u8>, Fault> {
        let mut statement = self.conn.prepare_cached("SELECT jpeg FROM photo WHERE person = ?1")?;
        statement.query_row([person], |row| row.get(0)).optional()?.ok_or(Fault::NotFound)
    }

    /// The notes behind the seal about one person, in the order they were made.
    ///
    /// # Errors
    /// The database's.
    pub fn sealed_notes(&self, person: PersonId) -> Result<Vec<SealedKept>, Fault> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id, field, at, sealed FROM sealed_note WHERE person = ?1 ORDER BY id")?;
        let rows = statement.query_map([person], |row| {
            Ok(SealedKept { id: row.get(0)?, field: row.get(1)?, at: row.get(2)?, bytes: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What was done, the newest first.
    ///
    /// # Errors
    /// The database's.
    pub fn audit(&self, offset: u32, limit: u32) -> Result<Vec<AuditRow>, Fault> {
        audit::list(self.conn, offset, limit)
    }

    /// Walks along the whole chain of what was done.
    ///
    /// # Errors
    /// The database's.
    pub fn check_audit(&self) -> Result<AuditChecked, Fault> {
        audit::check(self.conn)
    }

    /// Whether it was written down since a moment that a user ran a command.
    ///
    /// # Errors
    /// The database's.
    pub fn noted_since(&self, user: UserId, command: &str, since: At) -> Result<bool, Fault> {
        audit::noted_since(self.conn, user, command, since)
    }

    /// Every tag in use, with how many people carry it.
    ///
    /// # Errors
    /// The database's.
    pub fn tags(&self) -> Result<Vec<(String, u32)>, Fault> {
        let mut statement =
            self.conn.prepare_cached("SELECT name, count(*) FROM tag GROUP BY name ORDER BY name")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A fact about the register itself, such as its `file_id`.
    ///
    /// # Errors
    /// The database's.
    pub fn fact(&self, name: &str) -> Result<Option<String>, Fault> {
        let mut statement = self.conn.prepare_cached("SELECT value FROM fact WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    /// The steps, newest first.
    ///
    /// # Errors
    /// The database's.
    pub fn steps(&self, offset: u32, limit: u32) -> Result<Vec<Step>, Fault> {
        step::list(self.conn, offset, limit.min(find::PAGE))
    }

    /// Up to when steps are gone, because the journal has its limits; `None` while all are there.
    ///
    /// # Errors
    /// The database's.
    pub fn steps_gone_until(&self) -> Result<Option<At>, Fault> {
        step::gone_until(self.conn)
    }
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
            Ok((reading.people_ids(&query)?.0, counts.iter().map(|(_, count)| count).sum()))
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
    fn a_migration_that_is_cut_short_leaves_the_register_as_it_was() {
        let mut conn = Connection::open_in_memory().unwrap();
        let first = "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
                     CREATE TABLE phone (person INTEGER REFERENCES person (id)) STRICT;";
        let state = |conn: &Connection| -> (u32, String) {
            let version = conn.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
            let sql = "SELECT group_concat(sql) FROM sqlite_schema";
            (version, conn.query_row(sql, [], |row| row.get(0)).unwrap())
        };
        migrate(&mut conn, &[first]).unwrap();
        conn.execute_batch("PRAGMA foreign_keys = OFF; INSERT INTO person VALUES (1, '佐藤')").unwrap();
        let before = state(&conn);
        let second = "ALTER TABLE person ADD COLUMN kana TEXT NOT NULL DEFAULT ''";
        for broken in ["INSERT INTO nowhere VALUES (1)", "INSERT INTO phone VALUES (7)"] {
            assert!(migrate(&mut conn, &[first, second, broken]).is_err());
            assert_eq!(state(&conn), before, "{broken}");
        }
        migrate(&mut conn, &[first, second]).unwrap();
        assert_eq!(state(&conn).0, 2);
        migrate(&mut conn, &[first, second]).unwrap();
        assert!(matches!(migrate(&mut conn, &[first]), Err(Fault::Newer(2))));
    }
}
