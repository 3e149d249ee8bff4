//! Who did what, when: one row for every step, every undoing, and for what is read or made of the delicate things.
//! It says which fields were changed, never what stood in them, and nothing in the program takes a row back.
//!
//! Each row carries a hash over itself and the row before, so that a row changed or taken out of the middle shows.
//! It is a rule of the program and no wall: whoever holds the register's key can write the whole chain anew, and rows
//! cut off at the end leave no gap. Against that helps a copy of the last hash, on paper or in an export.

use crate::{Fault, id::*, step};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use ts_rs::TS;

/// A step of more changes than this names the tables it changed and no longer each field.
const NAMED: i64 = 200;

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AuditRow {
    /// Its number, from 1, without gaps.
    pub id: u32,
    /// When.
    pub at: At,
    /// By whom.
    pub user: String,
    /// Which command.
    pub command: String,
    /// What was undone or redone, when the command is that.
    pub of: String,
    /// How many people it touched.
    pub people: u32,
    /// About whom, when it is about one person.
    pub person: Option<PersonId>,
    /// Separated by blanks: `+table` for what was added, `-table` for what was removed, `table.field` for what was
    /// changed; other commands say here what else there is to say.
    pub fields: String,
    /// The hash over this row and all before it, in hex digits.
    pub link: String,
}

/// What a walk along the whole chain found.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AuditChecked {
    /// How many rows there are.
    pub rows: u32,
    /// The first row that does not fit what stands before it.
    pub broken_at: Option<u32>,
    /// The last row's hash, to be kept on paper.
    pub head: String,
}

/// What is written down beside who, when and which command.
#[derive(Debug, Clone, Default)]
pub struct Noted {
    /// How many people.
    pub people: u32,
    /// Whom, when it is one.
    pub person: Option<PersonId>,
    /// Which fields, or what else there is to say; never what stands in them.
    pub fields: String,
}

/// Appends a row.
pub(crate) fn add(
    conn: &Connection,
    (at, user, command): (At, UserId, &str),
    noted: &Noted,
) -> Result<(), Fault> {
    let before: Option<(u32, Vec<u8>)> = conn
        .prepare_cached("SELECT id, link FROM audit ORDER BY id DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (last, before) = before.unwrap_or_default();
    let Noted { people, person, fields } = noted;
    let link = link(&before, (last + 1, at, user, command), (*people, *person, fields));
    conn.prepare_cached("INSERT INTO audit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?.execute(params![
        last + 1,
        at,
        user,
        command,
        people,
        person,
        fields,
        &link[..]
    ])?;
    Ok(())
}

/// Whether the last row of a command says the same of the same user.
pub(crate) fn repeats(
    conn: &Connection,
    (user, command): (UserId, &str),
    noted: &Noted,
) -> Result<bool, Fault> {
    let same = conn
        .prepare_cached(
            "SELECT user = ?2 AND fields = ?3 FROM audit WHERE command = ?1 ORDER BY id DESC LIMIT 1",
        )?
        .query_row(params![command, user, noted.fields], |row| row.get(0))
        .optional()?;
    Ok(same.unwrap_or(false))
}

/// The hash of a row: numbers have a fixed length and texts say theirs, so that no two rows look alike.
fn link(
    before: &[u8],
    (id, at, user, command): (u32, At, UserId, &str),
    (people, person, fields): (u32, Option<PersonId>, &str),
) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(before);
    for number in [i64::from(id), at.0, user.0, i64::from(people), person.map_or(i64::MIN, |id| id.0)] {
        hash.update(number.to_be_bytes());
    }
    for text in [command, fields] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    hash.finalize().into()
}

/// What a step that was just made, undone or redone changed: its rows of the journal say how things were before.
pub(crate) fn of_step(conn: &Connection, tables: &step::Tables, step: StepId) -> Result<Noted, Fault> {
    let (people, person, changes): (u32, Option<PersonId>, i64) = conn
        .prepare_cached(
            "SELECT people, person, (SELECT count(*) FROM change WHERE step = ?1) FROM step WHERE id = ?1",
        )?
        .query_row([step], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut fields: BTreeSet<String> = step::added(conn, tables, step)?;
    if changes > NAMED {
        let mut statement =
            conn.prepare_cached("SELECT DISTINCT tbl, before IS NULL FROM change WHERE step = ?1")?;
        let mut rows = statement.query([step])?;
        while let Some(row) = rows.next()? {
            let table: String = row.get(0)?;
            fields.insert(if row.get(1)? { format!("+{table}") } else { table });
        }
    } else {
        // A record may have been changed twice in one step; its first image is how it was before the step.
        let mut statement = conn.prepare_cached(
            "SELECT tbl, pk, before FROM change c WHERE step = ?1 AND seq =
             (SELECT min(seq) FROM change o WHERE o.step = ?1 AND o.tbl = c.tbl AND o.pk = c.pk)",
        )?;
        let mut rows = statement.query([step])?;
        while let Some(row) = rows.next()? {
            let (table, before): (String, Option<String>) = (row.get(0)?, row.get(2)?);
            let now = tables.image(conn, &table, row.get(1)?)?;
            match (before, now) {
                (None, Some(_)) => drop(fields.insert(format!("+{table}"))),
                (Some(_), None) => drop(fields.insert(format!("-{table}"))),
                (Some(before), Some(now)) => {
                    let read = |text: &str| serde_json::from_str::<serde_json::Map<_, _>>(text);
                    let (before, now): (serde_json::Map<_, serde_json::Value>, _) =
                        (read(&before)?, read(&now)?);
                    let changed = before.iter().filter(|(field, value)| now.get(*field) != Some(value));
                    fields.extend(changed.map(|(field, _)| format!("{table}.{field}")));
                }
                (None, None) => {}
            }
        }
    }
    let fields = fields.into_iter().collect::<Vec<_>>().join(" ");
    Ok(Noted { people, person, fields })
}

/// A page of rows, the newest first.
pub(crate) fn list(conn: &Connection, offset: u32, limit: u32) -> Result<Vec<AuditRow>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT a.id, a.at, coalesce(u.name, ''), a.command, a.people, a.person, a.fields, lower(hex(a.link))
         FROM audit a LEFT JOIN user u ON u.id = a.user ORDER BY a.id DESC LIMIT ?2 OFFSET ?1",
    )?;
    let rows = statement.query_map([offset, limit], |row| {
        let command: String = row.get(3)?;
        let (command, of) = command.split_once(' ').unwrap_or((&command, ""));
        Ok(AuditRow {
            id: row.get(0)?,
            at: row.get(1)?,
            user: row.get(2)?,
            command: command.to_owned(),
            of: of.to_owned(),
            people: row.get(4)?,
            person: row.get(5)?,
            fields: row.get(6)?,
            link: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// So many rows stay in any case, …
const ROWS: i64 = 100_000;
/// … and so do ten years, in milliseconds: twice what labour law asks for the papers of the staff (労働基準法 109条).
const YEARS: i64 = 10 * 31_557_600_000;
/// Up to which row they are gone, and that row's link: where the chain begins.
const GONE: &str = "audit_gone";

/// Deletes the rows that outlived both bounds, counted from the newest. The chain goes on from where they end.
pub(crate) fn sweep(conn: &Connection) -> Result<(), Fault> {
    let gone: Option<(u32, String)> = conn
        .prepare_cached(
            "SELECT a.id, lower(hex(a.link))
             FROM audit a, (SELECT id, at FROM audit ORDER BY id DESC LIMIT 1) newest
             WHERE a.id <= newest.id - ?1 AND a.at < newest.at - ?2 ORDER BY a.id DESC LIMIT 1",
        )?
        .query_row([ROWS, YEARS], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((id, link)) = gone {
        conn.execute("DELETE FROM audit WHERE id <= ?1", [id])?;
        conn.execute("INSERT OR REPLACE INTO fact VALUES (?1, ?2)", params![GONE, format!("{id} {link}")])?;
    }
    Ok(())
}

/// The row before the first that stands, and its link.
fn beginning(conn: &Connection) -> Result<(u32, Vec<u8>), Fault> {
    let mut statement = conn.prepare_cached("SELECT value FROM fact WHERE name = ?1")?;
    let text: Option<String> = statement.query_row([GONE], |row| row.get(0)).optional()?;
    let gone = text.as_deref().and_then(|text| {
        let (id, link) = text.split_once(' ')?;
        let byte = |at: usize| u8::from_str_radix(link.get(2 * at..2 * at + 2)?, 16).ok();
        Some((id.parse().ok()?, (0..32).map(byte).collect::<Option<_>>()?))
    });
    Ok(gone.unwrap_or_default())
}

/// Walks along the whole chain.
pub(crate) fn check(conn: &Connection) -> Result<AuditChecked, Fault> {
    let (gone, mut head) = beginning(conn)?;
    let mut statement = conn.prepare_cached(
        "SELECT id, at, user, command, people, person, fields, link FROM audit ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let (mut count, mut broken_at) = (gone, None);
    while let Some(row) = rows.next()? {
        let (id, command, fields): (u32, String, String) = (row.get(0)?, row.get(3)?, row.get(6)?);
        let expected =
            link(&head, (count + 1, row.get(1)?, row.get(2)?, &command), (row.get(4)?, row.get(5)?, &fields));
        head = row.get(7)?;
        if broken_at.is_none() && (id != count + 1 || head != expected) {
            broken_at = Some(id);
        }
        count += 1;
    }
    let head = head.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(AuditChecked { rows: count - gone, broken_at, head })
}

/// Whether a user was noted with a command since a moment.
pub(crate) fn noted_since(conn: &Connection, user: UserId, command: &str, since: At) -> Result<bool, Fault> {
    // From the newest backwards, and no further than that moment.
    let mut statement = conn.prepare_cached("SELECT at, user, command FROM audit ORDER BY id DESC")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if row.get::<_, At>(0)? < since {
            break;
        }
        if row.get::<_, UserId>(1)? == user && row.get_ref(2)?.as_str().is_ok_and(|noted| noted == command) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain() -> Connection {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(include_str!("migrations/1.sql")).unwrap();
        for n in 0..5 {
            let noted = Noted { people: n, person: None, fields: format!("person.field{n}") };
            add(&conn, (At(i64::from(n)), UserId(1), "change_person"), &noted).unwrap();
        }
        assert_eq!(check(&conn).unwrap().broken_at, None);
        conn
    }

    #[test]
    fn a_row_changed_added_or_taken_out_shows() {
        for (what, broken_at) in [
            ("UPDATE audit SET at = at + 1 WHERE id = 3", 3),
            ("UPDATE audit SET user = 2 WHERE id = 3", 3),
            ("UPDATE audit SET command = 'add_person' WHERE id = 3", 3),
            ("UPDATE audit SET people = 9 WHERE id = 3", 3),
            ("UPDATE audit SET person = 9 WHERE id = 3", 3),
            ("UPDATE audit SET fields = '' WHERE id = 3", 3),
            ("UPDATE audit SET link = zeroblob(32) WHERE id = 3", 3),
            ("DELETE FROM audit WHERE id = 3", 4),
            ("DELETE FROM audit WHERE id = 1", 2),
            (
                "INSERT INTO audit SELECT 6, at, user, command, people, person, fields, link FROM audit WHERE id = 5",
                6,
            ),
        ] {
            let conn = chain();
            conn.execute_batch(what).unwrap();
            assert_eq!(check(&conn).unwrap().broken_at, Some(broken_at), "{what}");
        }
    }

    #[test]
    fn rows_that_outlived_ten_years_and_many_others_go_and_the_chain_holds() {
        let conn = chain();
        let tx = conn.unchecked_transaction().unwrap();
        let more = |rows: i64, at: i64| {
            (0..rows).for_each(|_| add(&conn, (At(at), UserId(1), "undo"), &Noted::default()).unwrap());
            sweep(&conn).unwrap();
            let found = check(&conn).unwrap();
            assert_eq!(found.broken_at, None);
            i64::from(found.rows)
        };
        assert_eq!(more(ROWS - 5, YEARS + 2), ROWS, "there are no more than that");
        assert_eq!(more(2, YEARS + 2), ROWS, "the first two are older than ten years");
        assert_eq!(more(9, YEARS + 2), ROWS + 9, "the third is not");
        tx.execute("DELETE FROM audit WHERE id = 3", []).unwrap();
        assert_eq!(check(&conn).unwrap().broken_at, Some(4));
    }

    #[test]
    fn rows_cut_off_at_the_end_show_only_beside_a_head_kept_elsewhere() {
        let conn = chain();
        let kept = check(&conn).unwrap().head;
        conn.execute_batch("DELETE FROM audit WHERE id > 3").unwrap();
        let found = check(&conn).unwrap();
        assert_eq!((found.rows, found.broken_at), (3, None));
        assert_ne!(found.head, kept);
    }
}
