//! The journal. Every change of the register is one step that a person can undo and redo, also after a restart.
//!
//! TEMP triggers, generated from the schema at open, write one `change` row for each changed record: the record
//! as it was *before* (NULL: it did not exist). What a step adds needs no row: ids are given out in order and never
//! again, so that its first and its last id say what is its own. To undo a step, that is taken away and the records
//! are put back in reverse order; while that happens the same triggers record what was replaced, so the step's rows
//! now hold what redo needs. Undo and redo are thus one function, [`invert`], and every image is stored once.
//! The view `touched` is the rows and what was added, together.
//!
//! A step may be undone while no later step that still stands touched one of its records; foreign keys say the
//! rest. New work drops the steps that were undone before it, as in every editor.

use crate::{Fault, NewStep, audit, id::*};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use ts_rs::TS;

/// The tables that carry the journal itself or stand outside it.
const NOT_JOURNALLED: &[&str] =
    &["fact", "id_counter", "user", "step", "change", "erased", "erased_mark", "roster", "audit"];

/// So many steps stay at least,
const STEPS: usize = 200;
/// … and those of so many milliseconds before the newest: 30 days.
const MONTH: i64 = 30 * 24 * 60 * 60 * 1000;
/// The journal may always take so many bytes: a young register is itself not much larger.
const ROOM: i64 = 4 << 20;
/// The fact that remembers when the newest step was made that is gone.
const GONE_UNTIL: &str = "steps_gone_until";
/// SQL for the bytes that a step's changes take, about.
const BYTES: &str =
    "SELECT coalesce(sum(64 + coalesce(octet_length(before), 0)), 0) FROM change WHERE step = ?1";

/// Whether a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// It stands.
    Done,
    /// It was undone and can be redone.
    Undone,
}

/// A step as the list of steps shows it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Step {
    /// Its id; later steps have higher ids.
    pub id: StepId,
    /// When.
    pub at: At,
    /// By whom.
    pub user: String,
    /// What: the name of a sentence in the page's dictionaries.
    pub label: String,
    /// About whom, when it is about one person who is still there.
    pub person: Option<PersonId>,
    /// That person's name.
    pub name: String,
    /// How many people it touched.
    pub people: u32,
    /// Whether it stands.
    pub state: StepState,
}

/// A journalled table, as far as inverting a change needs it.
struct Table {
    select: String,
    update: String,
    insert: String,
    delete: String,
    /// Records that a record was added, unless its id is the step's own.
    noted: String,
    /// Takes away what bears a step's own ids.
    taken: String,
}

/// What inverting needs of every journalled table, by name.
pub(crate) struct Tables(HashMap<String, Table>);

impl Tables {
    /// A record as JSON; nothing when there is none, or no such table.
    pub(crate) fn image(&self, conn: &Connection, table: &str, pk: i64) -> Result<Option<String>, Fault> {
        let Some(table) = self.0.get(table) else { return Ok(None) };
        Ok(conn.prepare_cached(&table.select)?.query_row([pk], |row| row.get(0)).optional()?)
    }

    /// Records that a record was added under an id that this step did not give out.
    pub(crate) fn note(&self, conn: &Connection, table: &str, pk: i64) -> Result<(), Fault> {
        let table = self.0.get(table).ok_or(Fault::ChangedSince)?;
        conn.prepare_cached(&table.noted)?.execute([pk])?;
        Ok(())
    }

    /// Takes away what bears one of these ids, whatever it is.
    fn take_away(&self, conn: &Connection, from: i64, until: i64) -> Result<(), Fault> {
        for table in self.0.values() {
            conn.prepare_cached(&table.taken)?.execute([from, until])?;
        }
        Ok(())
    }

    /// Every journalled table with the statement that reads all its records: id and image.
    pub(crate) fn selects(&self) -> Vec<(&str, String)> {
        let all =
            |table: &Table| table.select.replacen("SELECT", "SELECT id,", 1).replace(" WHERE id = ?1", "");
        let mut selects: Vec<_> = self.0.iter().map(|(name, table)| (name.as_str(), all(table))).collect();
        selects.sort();
        selects
    }

    /// Makes a record stand as in an image; `None` takes it away.
    ///
    /// # Errors
    /// [`Fault::ChangedSince`] when what is to be taken away is not there, or the table refuses the image.
    pub(crate) fn put(
        &self,
        conn: &Connection,
        table: &str,
        pk: i64,
        image: Option<&str>,
    ) -> Result<(), Fault> {
        let sql = self.0.get(table).ok_or(Fault::ChangedSince)?;
        let there = conn.prepare_cached(&sql.select)?.exists([pk])?;
        let done = match (image, there) {
            (Some(image), true) => conn.prepare_cached(&sql.update)?.execute(params![pk, image]),
            (Some(image), false) => conn.prepare_cached(&sql.insert)?.execute(params![pk, image]),
            (None, true) => conn.prepare_cached(&sql.delete)?.execute([pk]),
            (None, false) => return Err(Fault::ChangedSince),
        };
        done.map_err(|error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::ConstraintViolation) => Fault::ChangedSince,
            _ => error.into(),
        })?;
        if there { Ok(()) } else { self.note(conn, table, pk) }
    }
}

/// A column, and whether it holds bytes.
type Column = (String, bool);

/// The journalled tables with their columns.
fn journalled(conn: &Connection) -> Result<Vec<(String, Vec<Column>)>, Fault> {
    let names: Vec<String> = conn
        .prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut tables = Vec::new();
    for name in names.into_iter().filter(|name| !NOT_JOURNALLED.contains(&name.as_str())) {
        let columns = conn
            .prepare("SELECT name, type = 'BLOB' FROM pragma_table_info(?1)")?
            .query_map([&name], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        tables.push((name, columns));
    }
    Ok(tables)
}

/// SQL for the person of a record of the table `name`.
fn person_of(name: &str, columns: &[Column], row: &str) -> String {
    match name {
        "person" => format!("{row}.id"),
        _ if columns.iter().any(|(column, _)| column == "person") => format!("{row}.person"),
        _ => "NULL".to_owned(),
    }
}

/// Makes the view `touched`, by the tables that are there: the records that a step changed or added. Part of the schema.
pub(crate) fn view(conn: &Connection) -> Result<(), Fault> {
    let added = |(name, columns): &(String, Vec<Column>)| {
        format!(
            " UNION ALL SELECT step.id, '{name}', it.id, {}, NULL FROM step
             JOIN {name} it ON it.id BETWEEN step.first_id AND step.last_id",
            person_of(name, columns, "it")
        )
    };
    let added: String = journalled(conn)?.iter().map(added).collect();
    Ok(conn.execute_batch(&format!(
        "DROP VIEW IF EXISTS touched;
         CREATE VIEW touched (step, tbl, pk, person, before) AS SELECT step, tbl, pk, person, before FROM change{added};"
    ))?)
}

/// Reads the schema, makes the TEMP triggers on `conn` and the statements that invert their rows.
pub(crate) fn prepare(conn: &Connection) -> Result<Tables, Fault> {
    conn.execute_batch(
        "CREATE TEMP TABLE recording (step INTEGER, first INTEGER, last INTEGER);
         INSERT INTO recording VALUES (NULL, NULL, NULL);",
    )?;
    let mut tables = HashMap::new();
    for (name, columns) in journalled(conn)? {
        conn.execute_batch(&triggers(&name, &columns))?;
        let image = |prefix: &str| image(prefix, &columns);
        let value = |(column, blob): &(String, bool)| match blob {
            true => format!("unhex(?2 ->> '{column}')"),
            false => format!("?2 ->> '{column}'"),
        };
        let rest: Vec<_> = columns.iter().filter(|(column, _)| column != "id").collect();
        let sets: Vec<_> = rest.iter().map(|c| format!("{} = {}", c.0, value(c))).collect();
        let list: Vec<_> = rest.iter().map(|c| c.0.clone()).collect();
        let values: Vec<_> = rest.iter().map(|c| value(c)).collect();
        tables.insert(
            name.clone(),
            Table {
                select: format!("SELECT {} FROM {name} WHERE id = ?1", image("")),
                update: format!("UPDATE {name} SET {} WHERE id = ?1", sets.join(", ")),
                insert: format!(
                    "INSERT INTO {name} (id, {}) VALUES (?1, {})",
                    list.join(", "),
                    values.join(", ")
                ),
                delete: format!("DELETE FROM {name} WHERE id = ?1"),
                noted: recorded(&name, &person_of(&name, &columns, "it"), "it", "NULL")
                    + &format!(" JOIN {name} it ON it.id = ?1 WHERE recording.step IS NOT NULL AND it.id NOT BETWEEN recording.first AND recording.last"),
                taken: format!("DELETE FROM {name} WHERE id BETWEEN ?1 AND ?2"),
            },
        );
    }
    Ok(Tables(tables))
}

/// SQL for a record as JSON; bytes as hexadecimal, because JSON has none.
fn image(prefix: &str, columns: &[(String, bool)]) -> String {
    let pairs: Vec<_> = columns
        .iter()
        .filter(|(column, _)| column != "id")
        .map(|(column, blob)| match blob {
            true => format!("'{column}', hex({prefix}{column})"),
            false => format!("'{column}', {prefix}{column}"),
        })
        .collect();
    format!("json_object({})", pairs.join(", "))
}

/// SQL that writes a row of the journal about the record `row`; `FROM recording` is its end.
fn recorded(name: &str, person: &str, row: &str, before: &str) -> String {
    format!(
        "INSERT INTO main.change (step, seq, tbl, pk, person, before)
         SELECT recording.step, coalesce((SELECT max(seq) FROM main.change c WHERE c.step = recording.step), 0) + 1,
                '{name}', {row}.id, {person}, {before} FROM recording"
    )
}

/// Triggers that record what is changed and removed. A trigger for what is added would be asked about every row of a
/// list, only to say no: whoever puts a record under an id that is not new says so ([`Tables::note`]).
fn triggers(name: &str, columns: &[Column]) -> String {
    let recorded = recorded(name, &person_of(name, columns, "OLD"), "OLD", &image("OLD.", columns));
    let one = |event: &str| {
        format!(
            "CREATE TEMP TRIGGER journal_{name}_{event} AFTER {event} ON main.{name}
             WHEN (SELECT step IS NOT NULL AND OLD.id NOT BETWEEN first AND last FROM recording)
             BEGIN {recorded}; END;"
        )
    };
    one("UPDATE") + &one("DELETE")
}

/// What is recorded under which step, and which ids are its own: what bears them is not recorded.
fn record(conn: &Connection, step: Option<StepId>, (first, last): (i64, i64)) -> Result<(), Fault> {
    conn.prepare_cached("UPDATE recording SET step = ?1, first = ?2, last = ?3")?
        .execute(params![step, first, last])?;
    Ok(())
}

/// No ids.
const NONE: (i64, i64) = (1, 0);

/// The ids from `first` on are those of the step that is being recorded.
pub(crate) fn own_from(conn: &Connection, first: i64) -> Result<(), Fault> {
    conn.prepare_cached("UPDATE recording SET first = ?1, last = ?2")?
        .execute([first, first | 0xffff_ffff])?;
    Ok(())
}

/// … and end before `next`.
pub(crate) fn own_until(conn: &Connection, next: i64) -> Result<(), Fault> {
    conn.prepare_cached(
        "UPDATE step SET first_id = first, last_id = ?1 FROM recording WHERE step.id = recording.step AND first <= ?1",
    )?
    .execute([next - 1])?;
    Ok(())
}

/// Begins to record under a new step and returns its id.
pub(crate) fn begin(conn: &Connection, new: &NewStep<'_>) -> Result<StepId, Fault> {
    conn.prepare_cached(
        "INSERT INTO step (id, at, user, label, people, state)
         VALUES ((SELECT coalesce(max(id), 0) + 1 FROM step), ?1, ?2, ?3, 0, 'done')",
    )?
    .execute(params![new.at, new.user, new.label])?;
    let step = StepId(conn.last_insert_rowid());
    record(conn, Some(step), NONE)?;
    Ok(step)
}

/// Ends recording. A step that changed nothing leaves no trace; any other drops what was undone before it.
/// Returns the step that stands: the one before, when this is `typing` that goes on.
pub(crate) fn end(conn: &Connection, step: StepId, typing: bool) -> Result<Option<StepId>, Fault> {
    record(conn, None, NONE)?;
    let (first, last): (i64, i64) = conn
        .prepare_cached("SELECT first_id, last_id FROM step WHERE id = ?1")?
        .query_row([step], |row| Ok((row.get(0)?, row.get(1)?)))?;
    // Whoever is new is counted by their own record: to tell apart all to whom something was added would take a tenth
    // of the time that adding them took.
    let (changes, people, person): (i64, i64, Option<i64>) = conn
        .prepare_cached(
            "SELECT count(*), count(DISTINCT person) FILTER (WHERE person NOT BETWEEN ?2 AND ?3)
                    + count(*) FILTER (WHERE tbl = 'person' AND pk BETWEEN ?2 AND ?3), min(person)
             FROM touched WHERE step = ?1",
        )?
        .query_row(params![step, first, last], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    if changes == 0 {
        conn.prepare_cached("DELETE FROM step WHERE id = ?1")?.execute([step])?;
        return Ok(None);
    }
    let before = if typing { typed_before(conn, step)? } else { None };
    if let Some(before) = before {
        // The step before holds the record as it was when the typing began; that is what undo needs.
        conn.prepare_cached("DELETE FROM change WHERE step = ?1")?.execute([step])?;
        conn.prepare_cached("DELETE FROM step WHERE id = ?1")?.execute([step])?;
        return Ok(Some(before));
    }
    conn.prepare_cached(&format!(
        "UPDATE step SET people = ?2, person = ?3, bytes = ({BYTES}) WHERE id = ?1"
    ))?
    .execute(params![step, people, if people == 1 { person } else { None }])?;
    conn.prepare_cached("UPDATE step SET state = 'dropped' WHERE state = 'undone'")?.execute([])?;
    Ok(Some(step))
}

/// How long after its first letter typing still is one step, in milliseconds.
const TYPING: i64 = 60_000;

/// The step that this one goes on with: the newest, standing, no other undone; by the same command and user within
/// the time of typing; and both about one record that was there before.
fn typed_before(conn: &Connection, step: StepId) -> Result<Option<StepId>, Fault> {
    let found = conn
        .prepare_cached(
            "SELECT b.id FROM step b JOIN step s ON s.id = ?1
             WHERE b.id = (SELECT max(id) FROM step WHERE id < ?1 AND state <> 'dropped')
             AND NOT EXISTS (SELECT 1 FROM step WHERE state = 'undone')
             AND b.label = s.label AND b.user = s.user AND s.at - b.at BETWEEN 0 AND ?2
             AND b.first_id > b.last_id AND s.first_id > s.last_id
             AND (SELECT count(DISTINCT tbl || pk) = 1 AND count(before) = count(*) FROM change
                  WHERE step IN (b.id, s.id))",
        )?
        .query_row(params![step, TYPING], |row| row.get(0))
        .optional()?;
    Ok(found)
}

/// Deletes what was dropped, and the oldest steps beyond the journal's limits. Done at rest, because a dropped import
/// may be large.
pub(crate) fn sweep(conn: &mut Connection) -> Result<(), Fault> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute_batch(
        "DELETE FROM change WHERE step IN (SELECT id FROM step WHERE state = 'dropped');
         DELETE FROM step WHERE state = 'dropped';",
    )?;
    if let Some((last, at)) = outlived(&tx)? {
        tx.execute("DELETE FROM change WHERE step <= ?1", [last])?;
        tx.execute("DELETE FROM step WHERE id <= ?1", [last])?;
        tx.execute("INSERT OR REPLACE INTO fact VALUES (?1, ?2)", params![GONE_UNTIL, at.0.to_string()])?;
    }
    audit::sweep(&tx)?;
    tx.commit()?;
    Ok(())
}

/// The last of the steps that the journal need not keep any longer, and when it was made. At least [`STEPS`] steps and
/// a month stay, counted from the newest; but never more than a fifth of the register, beside the last import, and
/// never less than [`ROOM`]. The newest step always stays: what was just done can be undone.
fn outlived(conn: &Connection) -> Result<Option<(StepId, At)>, Fault> {
    let (size, journal): (i64, i64) = conn.query_row(
        "SELECT (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size),
                (SELECT coalesce(sum(bytes), 0) FROM step)",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let import: Option<i64> = conn
        .query_row("SELECT bytes FROM step WHERE label LIKE 'import%' ORDER BY id DESC LIMIT 1", [], |row| {
            row.get(0)
        })
        .optional()?;
    let room = ROOM.max((size - journal) / 5) + import.unwrap_or(0);
    let mut statement = conn.prepare_cached("SELECT id, at, bytes FROM step ORDER BY id DESC")?;
    let mut rows = statement.query([])?;
    let (mut kept, mut taken, mut newest) = (0, 0, None);
    while let Some(row) = rows.next()? {
        let (id, At(at), bytes): (StepId, At, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let recent = at >= *newest.get_or_insert(at) - MONTH;
        if kept > 0 && (taken + bytes > room || (kept >= STEPS && !recent)) {
            return Ok(Some((id, At(at))));
        }
        kept += 1;
        taken += bytes;
    }
    Ok(None)
}

/// Up to when steps are gone; `None` while all that were ever made are there.
pub(crate) fn gone_until(conn: &Connection) -> Result<Option<At>, Fault> {
    let mut statement = conn.prepare_cached("SELECT value FROM fact WHERE name = ?1")?;
    let text: Option<String> = statement.query_row([GONE_UNTIL], |row| row.get(0)).optional()?;
    Ok(text.and_then(|at| at.parse().ok()).map(At))
}

/// The step that undo (`Done`) or redo (`Undone`) takes next.
pub(crate) fn next(conn: &Connection, state: StepState) -> Result<Option<StepId>, Fault> {
    let sql = match state {
        StepState::Done => "SELECT max(id) FROM step WHERE state = 'done'",
        StepState::Undone => "SELECT min(id) FROM step WHERE state = 'undone'",
    };
    Ok(conn.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?.flatten())
}

/// Undoes a step that stands, or redoes one that was undone.
///
/// # Errors
/// [`Fault::ChangedSince`] when another step touched the same records in between; those of `told`.
pub(crate) fn invert(
    conn: &Connection,
    tables: &Tables,
    step: StepId,
    told: &mut dyn FnMut(usize, usize) -> Result<(), Fault>,
) -> Result<StepState, Fault> {
    let found: Option<(String, i64, i64)> = conn
        .prepare_cached("SELECT state, first_id, last_id FROM step WHERE id = ?1")?
        .query_row([step], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (state, first, last) = found.ok_or(Fault::NotFound)?;
    // Undo: no later step that stands may have touched these records. Redo: neither that, nor an earlier step
    // that is itself undone.
    let (blocked, after) = match state.as_str() {
        "done" => ("other.id > ?1 AND other.state = 'done'", StepState::Undone),
        "undone" => (
            "((other.id > ?1 AND other.state = 'done') OR (other.id < ?1 AND other.state = 'undone'))",
            StepState::Done,
        ),
        _ => return Err(Fault::NotFound),
    };
    let blocked: bool = conn
        .prepare_cached(&format!(
            "SELECT EXISTS (SELECT 1 FROM step other JOIN change c ON c.step = other.id WHERE {blocked}
             AND (c.pk BETWEEN ?2 AND ?3 OR (c.tbl, c.pk) IN (SELECT tbl, pk FROM change WHERE step = ?1)))"
        ))?
        .query_row(params![step, first, last], |row| row.get(0))?;
    if blocked {
        return Err(Fault::ChangedSince);
    }
    conn.pragma_update(None, "defer_foreign_keys", true)?;
    let changes: Vec<(String, i64, Option<String>)> = conn
        .prepare_cached("SELECT tbl, pk, before FROM change WHERE step = ?1 ORDER BY seq DESC")?
        .query_map([step], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    conn.prepare_cached("DELETE FROM change WHERE step = ?1")?.execute([step])?;
    let total = changes.len() + (last - first + 1) as usize;
    let mut done = 0;
    if after == StepState::Undone {
        record(conn, Some(step), NONE)?;
        for from in (first..=last).step_by(1000) {
            told(done, total)?;
            let until = last.min(from + 999);
            tables.take_away(conn, from, until)?;
            done += (until - from + 1) as usize;
        }
    } else {
        record(conn, Some(step), (first, last))?;
    }
    for (table, pk, before) in &changes {
        if done % 500 == 0 {
            told(done, total)?;
        }
        tables.put(conn, table, *pk, before.as_deref())?;
        done += 1;
    }
    record(conn, None, NONE)?;
    let word = if after == StepState::Done { "done" } else { "undone" };
    conn.prepare_cached(&format!("UPDATE step SET state = ?2, bytes = ({BYTES}) WHERE id = ?1"))?
        .execute(params![step, word])?;
    Ok(after)
}

/// The newest steps first.
pub(crate) fn list(conn: &Connection, offset: u32, limit: u32) -> Result<Vec<Step>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT s.id, s.at, u.name, s.label, p.id, coalesce(trim(p.family || ' ' || p.given), ''), s.people, s.state
         FROM step s JOIN user u ON u.id = s.user LEFT JOIN person p ON p.id = s.person
         WHERE s.state <> 'dropped' ORDER BY s.id DESC LIMIT ?2 OFFSET ?1",
    )?;
    let rows = statement.query_map([offset, limit], |row| {
        Ok(Step {
            id: row.get(0)?,
            at: row.get(1)?,
            user: row.get(2)?,
            label: row.get(3)?,
            person: row.get(4)?,
            name: row.get(5)?,
            people: row.get(6)?,
            state: if row.get_ref(7)?.as_str()? == "done" { StepState::Done } else { StepState::Undone },
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One step.
pub(crate) fn list_one(conn: &Connection, step: StepId) -> Result<Step, Fault> {
    let newer: u32 =
        conn.query_row("SELECT count(*) FROM step WHERE id > ?1 AND state <> 'dropped'", [step], |row| {
            row.get(0)
        })?;
    list(conn, newer, 1)?.pop().filter(|found| found.id == step).ok_or(Fault::NotFound)
}

/// To which tables a step added what is there, as `+table`.
pub(crate) fn added(conn: &Connection, tables: &Tables, step: StepId) -> Result<BTreeSet<String>, Fault> {
    let own: Option<(i64, i64)> = conn
        .prepare_cached("SELECT first_id, last_id FROM step WHERE id = ?1 AND first_id <= last_id")?
        .query_row([step], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((first, last)) = own else { return Ok(BTreeSet::new()) };
    let mut added = BTreeSet::new();
    for name in tables.0.keys() {
        let mut its = conn.prepare_cached(&format!("SELECT 1 FROM {name} WHERE id BETWEEN ?1 AND ?2"))?;
        if its.exists([first, last])? {
            added.insert(format!("+{name}"));
        }
    }
    Ok(added)
}

/// Every journalled record as text, table by table.
pub(crate) fn state(conn: &Connection, tables: &Tables) -> Result<String, Fault> {
    let mut out = String::new();
    for (name, select) in tables.selects() {
        let mut statement = conn.prepare(&format!("{select} ORDER BY id"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            out += &format!("{name} {} {}\n", row.get::<_, i64>(0)?, row.get::<_, String>(1)?);
        }
    }
    Ok(out)
}
