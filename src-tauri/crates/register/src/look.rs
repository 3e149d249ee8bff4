//! A register that lies where nothing can be written, opened to look at: a locked disk, a folder of somebody else's, a
//! file system that takes no more writing after an error.
//!
//! SQLite wants files beside a database in WAL even to read it. Without a log it does without them when told that the
//! file never changes (`immutable`). With one, left by a program that was cut off, that would show an older state than
//! the one that was answered: there an exclusive connection reads the log into its own memory, on a file system of
//! SQLite's that takes no locks, because a file like this would refuse them. Nobody writes meanwhile: whoever does holds
//! the register's lock, and a share in it keeps them out.

use crate::{
    Fault, LOG,
    connection::{Held, LOCK, prepared},
};
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::{
    fmt::Write,
    fs::{self, File, TryLockError},
    io::ErrorKind,
    path::Path,
};

/// SQLite's own file systems that take no locks.
const WITHOUT_LOCKS: &str = if cfg!(windows) { "win32-none" } else { "unix-none" };

/// A share in the lock of the register in `folder`; `None` where nobody ever made one.
pub(crate) fn share(folder: &Path) -> Result<Option<Held>, Fault> {
    let file = match File::open(folder.join(LOCK)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    match file.try_lock_shared() {
        Ok(()) => Ok(Some(Held(file))),
        Err(TryLockError::WouldBlock) => Err(Fault::OpenElsewhere),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// A connection that writes nothing, and makes no file.
pub(crate) fn connect(path: &Path, key: &str) -> Result<Connection, Fault> {
    let log = fs::metadata(path.with_file_name(LOG)).is_ok_and(|log| log.len() > 0);
    let way = if log { format!("vfs={WITHOUT_LOCKS}") } else { "immutable=1".to_owned() };
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(format!("{}?{way}", address(path)?), flags)?;
    if log {
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        conn.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    }
    conn.set_prepared_statement_cache_capacity(128);
    prepared(conn, key, 8_000)
}

/// A path as SQLite takes it in a URI (sqlite.org/uri.html, 3.1).
fn address(path: &Path) -> Result<String, Fault> {
    let path = path.to_str().ok_or(std::io::Error::from(ErrorKind::InvalidFilename))?;
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let mut address = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        match byte {
            b'/' | b':' | b'-' | b'_' | b'.' | b'~' => address.push(byte.into()),
            letter if letter.is_ascii_alphanumeric() => address.push(letter.into()),
            // Writing into a text does not fail.
            other => _ = write!(address, "%{other:02X}"),
        }
    }
    Ok(address)
}
