//! The register's key on its way into SQLCipher, which takes it as text within SQL. SQLCipher guards its own copy; the
//! texts around it are wiped here, as far as they are ours, and written over, as far as they are SQLite's.

use crate::Fault;
use rusqlite::Connection;
use std::sync::{Mutex, PoisonError};
use zeroize::Zeroizing;

/// The first key of a process sets up what all connections share; of several at once one was seen to be refused.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Gives a connection the key of its file. `key` is SQLCipher's literal.
pub(crate) fn enter(conn: &Connection, key: &str) -> Result<(), Fault> {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    pragma(conn, "key", key)?;
    write_over(conn, key)
}

/// Runs a statement of the same shape with nothing in it: SQLite gives it the very memory in which the key stood a
/// moment ago. Whether it did is not promised by anybody; the desk's test looks.
pub(crate) fn write_over(conn: &Connection, key: &str) -> Result<(), Fault> {
    let nothing = "0".repeat(key.len());
    // A name that no pragma has: it is read and ignored.
    for _ in 0..2 {
        pragma(conn, "kez", &nothing)?;
    }
    Ok(())
}

fn pragma(conn: &Connection, name: &str, value: &str) -> Result<(), Fault> {
    // With the NUL that C wants at its end SQLite reads the statement where it stands and makes no copy.
    let parts = ["PRAGMA ", name, " = \"", value, "\"\0"];
    let mut sql = Zeroizing::new(String::with_capacity(parts.iter().map(|part| part.len()).sum()));
    parts.iter().for_each(|part| sql.push_str(part));
    let mut statement = conn.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while rows.next()?.is_some() {}
    Ok(())
}
