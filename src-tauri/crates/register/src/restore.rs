//! A register brought back from a backup, and what a damaged one still gives.

use crate::{
    At, DATABASE, Fault, MIGRATIONS, NewStep, Register, StepId, UserId, audit, backup, erase, hold, lock,
    opened, step,
};
use rusqlite::TransactionBehavior;
use std::{collections::HashMap, path::Path};

/// What [`revive`] found in the database of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revived {
    /// What it remembers of itself: its key file must say the same.
    pub facts: HashMap<String, String>,
    /// How many people were in it whom the company had erased since, and are erased again.
    pub erased: u32,
}

/// What was taken over from a damaged register.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// How many records.
    pub records: u32,
    /// … about so many people.
    pub people: u32,
    /// Whether every table could be read to its end.
    pub whole: bool,
    /// The step in which they were taken over, when there were any.
    pub step: Option<StepId>,
}

/// Makes the database that came out of a backup into a register of its own: checks it, draws its ids from another
/// `prefix` from now on, and erases again who was erased since.
///
/// # Errors
/// [`Fault::Damaged`], also for a wrong key; [`Fault::Newer`].
pub fn revive(
    folder: &Path,
    key: &str,
    prefix: u32,
    erased: &[i64],
    at: At,
    user: i64,
) -> Result<Revived, Fault> {
    let mut conn = opened(&folder.join(DATABASE), key, 32_000)?;
    backup::check(&conn)?;
    let version: u32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version as usize > MIGRATIONS.len() {
        return Err(Fault::Newer(version));
    }
    conn.execute_batch("PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;")?;
    let tx = conn.transaction()?;
    tx.execute(
        "UPDATE id_counter SET prefix = CASE prefix WHEN ?1 THEN (?1 + 1) & 0x1fffff ELSE ?1 END, next = 1",
        [i64::from(prefix & 0x1f_ffff)],
    )?;
    let again = erase::by_list(&tx, erased, at, UserId(user))?;
    let facts = tx
        .prepare("SELECT name, value FROM fact")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let revived = Revived { facts, erased: again };
    tx.commit()?;
    Ok(revived)
}

/// How far the register in a folder has come, without opening it for work. Keeps other programs out meanwhile.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::OpenElsewhere`], [`Fault::Damaged`].
pub fn peek(folder: &Path, key: &str) -> Result<backup::Stand, Fault> {
    if !folder.join(DATABASE).exists() {
        return Err(Fault::NotFound);
    }
    let _held = lock(folder)?;
    let conn = opened(&folder.join(DATABASE), key, 8_000)?;
    // How far it has come stands on few pages; what is newer than a backup may stand on those that are damaged.
    backup::check(&conn)?;
    backup::stand(&conn)
}

/// A table's records as they could be read: from its beginning to the first that cannot be, and the same from its
/// end. Whether that was all.
fn readable(path: &Path, key: &str, select: &str) -> Result<(HashMap<i64, String>, bool), Fault> {
    let mut found = HashMap::new();
    for order in ["ASC", "DESC"] {
        // SQLCipher reads nothing more on a connection that met a broken page.
        let conn = opened(path, key, 8_000)?;
        let mut statement = match conn.prepare(&format!("{select} ORDER BY id {order}")) {
            Ok(statement) => statement,
            Err(_) => break,
        };
        let mut rows = statement.query([])?;
        loop {
            match rows.next() {
                Ok(Some(row)) => found.insert(row.get(0)?, row.get(1)?),
                Ok(None) => return Ok((found, true)),
                Err(_) => break,
            };
        }
    }
    Ok((found, false))
}

impl Register {
    /// Takes over, in one step, what a damaged register of the same schema still gives and this one does not have or
    /// has otherwise: from every table what lies before its first page that cannot be read, and after its last. What
    /// was removed after the backup comes back with it. `path` is a copy of the damaged database.
    ///
    /// # Errors
    /// [`Fault::Damaged`] when nothing at all can be read; this register's own faults. Nothing is changed then.
    pub fn salvage(&self, path: &Path, key: &str, new: NewStep<'_>) -> Result<Salvaged, Fault> {
        let version: u32 =
            opened(path, key, 8_000)?.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version as usize != MIGRATIONS.len() {
            return Err(Fault::Damaged);
        }
        let mut writer = hold(&self.writer);
        let (conn, tables) = &mut *writer;
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let step = step::begin(&tx, &new)?;
        tx.pragma_update(None, "defer_foreign_keys", true)?;
        let mut whole = true;
        // What stood before, of all that is taken over.
        let mut before: HashMap<(String, i64), Option<String>> = HashMap::new();
        for (table, select) in tables.selects() {
            let (records, all) = readable(path, key, &select)?;
            whole &= all;
            for (id, record) in records {
                let stood = tables.image(&tx, table, id)?;
                // A record that the table refuses (a second tag of one name) is here already under another id.
                if stood.as_ref() != Some(&record) && tables.put(&tx, table, id, Some(&record)).is_ok() {
                    before.insert((table.to_owned(), id), stood);
                }
            }
        }
        // What refers to something that could not be read goes back to what it was.
        loop {
            let broken: Vec<(String, i64)> = tx
                .prepare("SELECT \"table\", rowid FROM pragma_foreign_key_check")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?;
            let stood = broken.into_iter().filter_map(|at| before.remove(&at).map(|stood| (at, stood)));
            let mut mended = false;
            for ((table, id), stood) in stood.collect::<Vec<_>>() {
                tables.put(&tx, &table, id, stood.as_deref())?;
                mended = true;
            }
            if !mended {
                break;
            }
        }
        let stands = step::end(&tx, step, false)?;
        if let Some(step) = stands {
            audit::add(&tx, (new.at, new.user, new.label), &audit::of_step(&tx, tables, step)?)?;
        }
        let erased: Vec<i64> = tx
            .prepare("SELECT person FROM erased")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        erase::by_list(&tx, &erased, new.at, new.user)?;
        tx.commit()?;
        self.refresh(&writer.0, step)?;
        let people = before.keys().filter(|(table, _)| table == "person").count() as u32;
        Ok(Salvaged { records: before.len() as u32, people, whole, step: stands })
    }
}
