//! The register encrypted anew, with another key: after somebody who had the key is to have it no longer.
//!
//! A new file is written beside the present one and takes its place by one renaming. The key file must change with
//! it; that there are two is the caller's business: before the renaming `ready` is called, and must see to it that
//! both key files are on the disk. Whichever opens the database then is the right one.

use crate::{DATABASE, Fault, Register, audit, connect, hold, id::*, key, step};
use rusqlite::{Connection, OptionalExtension, params};
use std::{fs::File, path::Path};

/// The file that is being written.
const NEXT: &str = "register.db.next";
/// SQLite's, while the register leaves or enters WAL.
const JOURNAL: &str = "register.db-journal";

/// A sealed note's id, field and bytes become its new generation and bytes; nothing when it does not open.
pub type Reseal<'a> = &'a mut dyn FnMut(SealedNoteId, &str, &[u8]) -> Result<Option<(u32, Vec<u8>)>, Fault>;

/// What else stands in the register when it is encrypted anew.
pub struct Rotation<'a> {
    /// The key that opened it, as SQLCipher's literal.
    pub old_key: &'a str,
    /// The key that will.
    pub new_key: &'a str,
    /// Facts that change with it.
    pub facts: &'a [(&'a str, &'a str)],
    /// Who may open it from then on.
    pub users: &'a [(UserId, String, bool)],
    /// What is written down of it: when, who, which command …
    pub noted: (At, UserId, &'a str),
    /// … and about whom.
    pub about: &'a str,
}

/// What became of the sealed notes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Resealed {
    /// So many were sealed anew, those in the journal included.
    pub notes: u32,
    /// So many did not open and stay as they were.
    pub broken: u32,
}

impl Register {
    /// Encrypts the register anew.
    ///
    /// # Errors
    /// [`Fault::Busy`] when something else reads the register, and [`Fault::Full`]: nothing has changed, nor has it
    /// when `ready` was not called. After any other the register must be closed and opened again: which of the two
    /// key files fits will show.
    pub fn rotate(
        &self,
        rotation: &Rotation<'_>,
        reseal: Reseal<'_>,
        ready: impl FnOnce() -> Result<(), Fault>,
    ) -> Result<Resealed, Fault> {
        let (path, next) = (self.folder.join(DATABASE), self.folder.join(NEXT));
        let mut writer = hold(&self.writer);
        let mut reader = hold(&self.reader);
        remove(&next)?;
        let copied = copy(&writer.0, &next, rotation.new_key).and_then(|()| follow(&next, rotation, reseal));
        let resealed = match copied {
            Ok(resealed) => resealed,
            Err(fault) => {
                // The disk may be full: what was written must not stay.
                let _ = remove(&next);
                return Err(fault);
            }
        };
        File::options().write(true).open(&next)?.sync_all()?;
        ready()?;
        // Leaving WAL needs the file for oneself: it empties and removes the log, whose frames belong to the old key.
        *reader = Connection::open_in_memory()?;
        let left = writer.0.query_row("PRAGMA main.journal_mode = DELETE", [], |row| row.get::<_, String>(0));
        let alone = matches!(left.as_deref(), Ok("delete"));
        let key = if alone {
            writer.0 = Connection::open_in_memory()?;
            // Nothing that belongs to the old file may lie beside the new one.
            remove(&self.folder.join(JOURNAL))?;
            sync_folder(&self.folder)?;
            std::fs::rename(&next, &path)?;
            sync_folder(&self.folder)?;
            rotation.new_key
        } else {
            rotation.old_key
        };
        let conn = connect(&path, key, false)?;
        let tables = step::prepare(&conn)?;
        *writer = (conn, tables);
        *reader = connect(&path, key, true)?;
        if alone { Ok(resealed) } else { Err(Fault::Busy) }
    }
}

/// Removes what a rotation that was cut off left behind. Called once the register has opened: it has its log, and a
/// rollback journal beside it is used up or was never begun.
pub(crate) fn sweep(folder: &Path) -> Result<(), Fault> {
    remove(&folder.join(NEXT))?;
    remove(&folder.join(JOURNAL))
}

fn remove(file: &Path) -> Result<(), Fault> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Copies everything into a new file under a new key. Without a journal and unsynced: until it is whole it is nothing.
fn copy(conn: &Connection, next: &Path, new_key: &str) -> Result<(), Fault> {
    let path = next.to_str().ok_or_else(|| std::io::Error::from(std::io::ErrorKind::InvalidFilename))?;
    conn.execute("ATTACH DATABASE ?1 AS next KEY ?2", [path, new_key])?;
    key::write_over(conn, new_key)?;
    let export = || -> Result<(), Fault> {
        conn.query_row("PRAGMA next.journal_mode = OFF", [], |_| Ok(()))?;
        conn.execute_batch("PRAGMA next.synchronous = OFF; PRAGMA next.cache_size = -32000")?;
        conn.query_row("SELECT sqlcipher_export('next')", [], |_| Ok(()))?;
        let version: u32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
        conn.pragma_update(Some("next"), "user_version", version)?;
        Ok(())
    };
    let done = export();
    conn.execute_batch("DETACH DATABASE next")?;
    done
}

/// What must change with the key: facts, users, sealed notes, and the row that tells of it.
fn follow(next: &Path, rotation: &Rotation<'_>, reseal: Reseal<'_>) -> Result<Resealed, Fault> {
    let mut conn = Connection::open(next)?;
    conn.query_row("PRAGMA cipher_log_level = NONE", [], |_| Ok(())).optional()?;
    key::enter(&conn, rotation.new_key)?;
    conn.query_row("PRAGMA journal_mode = MEMORY", [], |_| Ok(()))?;
    conn.execute_batch("PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000")?;
    let tx = conn.transaction()?;
    set_facts(&tx, rotation.facts)?;
    set_users(&tx, rotation.users)?;
    let mut done = Resealed::default();
    let notes: Vec<(SealedNoteId, String, Vec<u8>)> = tx
        .prepare("SELECT id, field, sealed FROM sealed_note")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    for (id, field, sealed) in notes {
        let Some((generation, sealed)) = reseal(id, &field, &sealed)? else {
            done.broken += 1;
            continue;
        };
        done.notes += 1;
        tx.prepare_cached("UPDATE sealed_note SET generation = ?2, sealed = ?3 WHERE id = ?1")?
            .execute(params![id, generation, sealed])?;
    }
    // What a step would bring back must open, too.
    let images: Vec<(i64, i64, SealedNoteId, String, String, Vec<u8>)> = tx
        .prepare(
            "SELECT step, seq, pk, before, before ->> 'field', unhex(before ->> 'sealed') FROM change
             WHERE tbl = 'sealed_note' AND before IS NOT NULL",
        )?
        .query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
        })?
        .collect::<Result<_, _>>()?;
    for (step, seq, id, before, field, sealed) in images {
        let Some((generation, sealed)) = reseal(id, &field, &sealed)? else {
            done.broken += 1;
            continue;
        };
        done.notes += 1;
        tx.prepare_cached(
            "UPDATE change SET before = json_set(?4, '$.generation', ?3, '$.sealed', hex(?5))
             WHERE step = ?1 AND seq = ?2",
        )?
        .execute(params![step, seq, generation, before, sealed])?;
    }
    let noted = audit::Noted {
        fields: format!("{} sealed_note:{}", rotation.about, done.notes),
        ..Default::default()
    };
    audit::add(&tx, rotation.noted, &noted)?;
    tx.commit()?;
    let check: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if check == "ok" { Ok(done) } else { Err(Fault::Damaged) }
}

/// Writes facts in place of those before.
pub(crate) fn set_facts(conn: &Connection, facts: &[(&str, &str)]) -> Result<(), Fault> {
    for (name, value) in facts {
        conn.prepare_cached(
            "INSERT INTO fact VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )?
        .execute([name, value])?;
    }
    Ok(())
}

/// Writes down the names and roles of the key file's users. Those dismissed stay: the history names them.
pub(crate) fn set_users(conn: &Connection, users: &[(UserId, String, bool)]) -> Result<(), Fault> {
    for (id, name, owner) in users {
        conn.prepare_cached(
            "INSERT INTO user VALUES (?1, ?2, ?3)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role",
        )?
        .execute(params![id, name, if *owner { "owner" } else { "staff" }])?;
    }
    Ok(())
}

/// Makes a renaming or removal outlast a power cut; Windows has no such call.
fn sync_folder(folder: &Path) -> Result<(), Fault> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Colleague, NewStep};

    fn literal(digit: char) -> String {
        format!("x'{}'", digit.to_string().repeat(96))
    }

    #[test]
    fn new_keys_wait_until_nobody_else_reads_and_a_failure_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (literal('1'), literal('2'));
        let register = Register::create(folder.path(), &old, &[("hr_key", "a")], "青葉", 7).unwrap();
        let step = NewStep { label: "add_colleague", user: UserId(1), at: At(0), typing: false };
        let colleague = Colleague { family: "田中".into(), ..Colleague::default() };
        register.write(step, |writing| writing.add(&colleague)).unwrap();
        let before = register.state().unwrap();
        let rotate = |ready: &dyn Fn() -> Result<(), Fault>| {
            let rotation = Rotation {
                old_key: &old,
                new_key: &new,
                facts: &[("hr_key", "b")],
                users: &[(UserId(1), "青葉 恵子".into(), true)],
                noted: (At(1), UserId(1), "dismiss_user"),
                about: "user:2",
            };
            register.rotate(&rotation, &mut |_, _, _| Ok(None), ready)
        };
        let fact = || register.read(|reading| reading.fact("hr_key")).unwrap();
        assert!(matches!(rotate(&|| Err(Fault::InUse)), Err(Fault::InUse)));
        let other = connect(&folder.path().join(DATABASE), &old, true).unwrap();
        other.busy_timeout(std::time::Duration::ZERO).unwrap();
        hold(&register.writer).0.busy_timeout(std::time::Duration::ZERO).unwrap();
        assert!(matches!(rotate(&|| Ok(())), Err(Fault::Busy)));
        assert_eq!((fact().as_deref(), register.state().unwrap()), (Some("a"), before.clone()));
        drop(other);
        rotate(&|| Ok(())).unwrap();
        assert_eq!((fact().as_deref(), register.state().unwrap()), (Some("b"), before));
        register.write(step, |writing| writing.add(&colleague)).unwrap();
        register.verify().unwrap();
        drop(register);
        assert!(matches!(Register::open(folder.path(), &old), Err(Fault::Damaged)));
        Register::open(folder.path(), &new).unwrap().verify().unwrap();
    }
}
