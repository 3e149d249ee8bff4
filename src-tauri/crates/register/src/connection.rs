//! Connections to the database of a register, the lock that keeps a second program out, and the schema.

use crate::{Fault, key, step};
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior};
use std::{
    cmp::Ordering,
    fs::{File, TryLockError},
    io::ErrorKind,
    path::Path,
};

pub(crate) const LOCK: &str = "register.lock";
/// How long a connection waits for another.
pub(crate) const BUSY: std::time::Duration = std::time::Duration::from_secs(10);
/// Every migration in order; a released one is never edited.
pub(crate) const MIGRATIONS: &[&str] = &[include_str!("migrations/1.sql")];

/// The file that keeps a second program out.
pub(crate) struct Held(pub File);

impl Drop for Held {
    fn drop(&mut self) {
        // Closing alone would not do: a process just being started may hold a copy of the handle for a moment.
        let _ = self.0.unlock();
    }
}

/// Brings a database from its version to that of the last migration, whole or not at all.
pub(crate) fn migrate(conn: &mut Connection, migrations: &[&str]) -> Result<(), Fault> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: u32 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for sql in migrations.get(version as usize..).ok_or(Fault::Newer(version))? {
        tx.execute_batch(sql)?;
    }
    step::view(&tx)?;
    tx.pragma_update(None, "user_version", migrations.len() as u32)?;
    let broken = tx.prepare("PRAGMA foreign_key_check")?.exists([])?;
    let found: String = tx.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if broken || found != "ok" {
        return Err(Fault::Damaged);
    }
    Ok(tx.commit()?)
}

/// That a database has the schema of this version.
pub(crate) fn of_this_version(conn: &Connection) -> Result<(), Fault> {
    let version: u32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match (version as usize).cmp(&MIGRATIONS.len()) {
        Ordering::Greater => Err(Fault::Newer(version)),
        Ordering::Less => Err(Fault::Older(version)),
        Ordering::Equal => Ok(()),
    }
}

pub(crate) fn lock(folder: &Path) -> Result<Held, Fault> {
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
pub(crate) fn opened(path: &Path, key: &str, cache: u32) -> Result<Connection, Fault> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    prepared(Connection::open_with_flags(path, flags)?, key, cache)
}

/// A connection with its key and what every one of ours is set to.
pub(crate) fn prepared(conn: Connection, key: &str, cache: u32) -> Result<Connection, Fault> {
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
pub(crate) fn connect(path: &Path, key: &str, reading: bool) -> Result<Connection, Fault> {
    let conn = opened(path, key, if reading { 8_000 } else { 32_000 })?;
    conn.set_prepared_statement_cache_capacity(128);
    conn.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;
         PRAGMA secure_delete = ON; PRAGMA query_only = {};",
        if reading { "ON" } else { "OFF" },
    ))?;
    Ok(conn)
}

#[cfg(test)]
mod tests {
    use super::*;

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
