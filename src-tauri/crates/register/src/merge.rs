//! Two entries of one person become one: everything that belongs to the other is handed over, nothing is lost, and the
//! step can be undone.

use crate::{
    Fault, PERSONAL, Person, Writing, attachments,
    duplicates::{bare, digits},
    id::{At, PersonId},
    record as records,
};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Fields that a merge decides by itself: what stands of a person stays, both notes are kept, a colleague is the kept's.
const DECIDED: [&str; 6] = ["no_contact", "deceased", "returned", "mourning_until", "notes", "in_charge"];

/// What a merge did to a record: of one that went all its fields, else those that changed, as they were and became.
#[derive(Serialize, Deserialize)]
struct Part {
    table: String,
    id: i64,
    went: bool,
    fields: BTreeMap<String, (Value, Value)>,
}

/// An entry that became part of a person's.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Merge {
    /// The entry.
    pub entry: PersonId,
    /// The name that it bore.
    pub name: String,
    /// When.
    pub at: At,
}

/// What each person may have once only, with the columns that make it the same.
const ONCE: [(&str, &str); 3] = [("tag", "name"), ("own_value", "field"), ("invitee", "event")];

impl Writing<'_> {
    /// Makes `other` part of `kept`. Empty fields are filled from the other; of two that differ, the other's goes where
    /// `taken` names the field, and else into the notes. Whoever asked not to be contacted, died, or whose post came back
    /// stays so. What both have alike stays once.
    ///
    /// # Errors
    /// [`Fault::NotFound`]; [`Fault::Invalid`] when the two are one already.
    pub fn merge_people(
        &mut self,
        kept: PersonId,
        other: PersonId,
        taken: &[String],
        called: &dyn Fn(&str) -> String,
    ) -> Result<(), Fault> {
        if kept == other {
            return Err(Fault::Invalid { field: "other".into(), code: "same_person" });
        }
        let (mine, theirs) =
            (records::get::<Person>(self.conn, kept)?, records::get::<Person>(self.conn, other)?);
        self.join_alike(kept, other)?;
        // A photo is looked at by itself below.
        for table in PERSONAL.into_iter().filter(|table| *table != "photo") {
            // Touched as the other's and as the kept's: the journal then names both on the way there and back, and both
            // are searched anew.
            let ids: Vec<i64> = {
                let sql = format!("SELECT id FROM {table} WHERE person = ?1");
                let mut statement = self.conn.prepare_cached(&sql)?;
                let rows = statement.query_map([other], |row| row.get(0))?;
                rows.collect::<Result<_, _>>()?
            };
            // Files are searched by nobody, and their images are large.
            let touches: &[PersonId] = if table == "attachment" { &[kept] } else { &[other, kept, kept] };
            for id in ids {
                for person in touches {
                    let sql = format!("UPDATE {table} SET person = ?2 WHERE id = ?1");
                    self.conn.prepare_cached(&sql)?.execute(params![id, person])?;
                }
            }
        }
        let has_photo = self.conn.prepare_cached("SELECT 1 FROM photo WHERE person = ?1")?.exists([kept])?;
        let photo = if has_photo {
            "DELETE FROM photo WHERE person = ?2 AND ?1 = ?1"
        } else {
            "UPDATE photo SET person = ?1 WHERE person = ?2"
        };
        self.conn.prepare_cached(photo)?.execute(params![kept, other])?;
        for table in ["address", "phone", "mail"] {
            // The best of the kept stays the best.
            self.conn
                .prepare_cached(&format!(
                    "UPDATE {table} SET best = 0 WHERE person = ?1 AND best = 1
                     AND id <> (SELECT min(id) FROM {table} WHERE person = ?1 AND best = 1)"
                ))?
                .execute([kept])?;
        }
        let joined = joined(&mine, &theirs, taken, called)?;
        records::delete::<Person>(self.conn, other)?;
        records::update(self.conn, kept, &joined)?;
        let name = format!("{} {}", theirs.family, theirs.given);
        let parts = serde_json::to_string(&self.parts()?)?;
        self.conn
            .prepare_cached("INSERT INTO merged SELECT ?1, ?2, at, ?3, ?4 FROM step JOIN recording ON step.id = recording.step")?
            .execute(params![other, kept, name.trim(), parts])?;
        self.tables.note(self.conn, "merged", other.0)
    }

    /// What this step has done so far, record by record: whole ones that went, and fields that changed.
    fn parts(&self) -> Result<Vec<Part>, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT tbl, pk, before FROM change c WHERE step = (SELECT step FROM recording) AND before IS NOT NULL
             AND seq = (SELECT min(seq) FROM change f WHERE f.step = c.step AND f.tbl = c.tbl AND f.pk = c.pk)
             ORDER BY tbl <> 'person', seq",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let touched: Vec<(String, i64, String)> = rows.collect::<Result<_, _>>()?;
        let mut parts = Vec::new();
        for (table, id, before) in touched {
            let before: Map<String, Value> = serde_json::from_str(&before)?;
            let after: Option<Map<String, Value>> = match self.tables.image(self.conn, &table, id)? {
                Some(after) => Some(serde_json::from_str(&after)?),
                None => None,
            };
            // Only what changed: a sealed note may get other keys, and its bytes would be old then.
            let changed = |(field, was): (String, Value)| {
                let is = after.as_ref().and_then(|after| after.get(&field)).cloned();
                (is.as_ref() != Some(&was)).then(|| (field, (was, is.unwrap_or_default())))
            };
            let went = after.is_none();
            let fields: BTreeMap<_, _> = before.into_iter().filter_map(changed).collect();
            if went || !fields.is_empty() {
                parts.push(Part { table, id, went, fields });
            }
        }
        Ok(parts)
    }

    /// Makes two again of what became one: `other` is an entry of [`crate::PersonCard::merges`]. Whatever has been changed since stays
    /// as it was changed, and what was added since stays with the person kept.
    ///
    /// # Errors
    /// [`Fault::NotFound`]; [`Fault::ChangedSince`] when what stands now leaves no room for what stood before.
    pub fn separate_people(&mut self, other: PersonId) -> Result<(), Fault> {
        let found: Option<(String, PersonId)> = self
            .conn
            .prepare_cached("SELECT parts, person FROM merged WHERE id = ?1")?
            .query_row([other], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (parts, kept) = found.ok_or(Fault::NotFound)?;
        let parts: Vec<Part> = serde_json::from_str(&parts)?;
        for part in parts {
            let is: Option<Map<String, Value>> = match self.tables.image(self.conn, &part.table, part.id)? {
                Some(is) => Some(serde_json::from_str(&is)?),
                None => None,
            };
            let image = match (is, part.went) {
                (None, true) => part.fields.into_iter().map(|(field, (was, _))| (field, was)).collect(),
                (Some(mut is), false) => {
                    for (field, (was, became)) in part.fields {
                        if is.get(&field) == Some(&became) {
                            is.insert(field, was);
                        }
                    }
                    is
                }
                // Removed since, or its place was taken.
                (None, false) => continue,
                (Some(_), true) => return Err(Fault::ChangedSince),
            };
            let image = Value::Object(image).to_string();
            // Once more as the other's, so that the journal names both on the way back.
            let touches =
                if part.went || ["person", "attachment"].contains(&part.table.as_str()) { 1 } else { 2 };
            for _ in 0..touches {
                self.tables.put(self.conn, &part.table, part.id, Some(&image))?;
            }
        }
        // Files that were added since go with their records.
        attachments::follow(self.conn, kept)?;
        self.conn.prepare_cached("DELETE FROM merged WHERE id = ?1")?.execute([other])?;
        Ok(())
    }

    /// Takes away what the other has just as the kept has it.
    fn join_alike(&mut self, kept: PersonId, other: PersonId) -> Result<(), Fault> {
        for (table, column) in ONCE {
            if table == "own_value" {
                // Two answers to one question stand side by side.
                self.conn
                    .prepare_cached(
                        "UPDATE own_value SET value = value || '、' || (SELECT o.value FROM own_value o
                             WHERE o.person = ?2 AND o.field = own_value.field)
                         WHERE person = ?1 AND EXISTS (SELECT 1 FROM own_value o
                             WHERE o.person = ?2 AND o.field = own_value.field AND o.value <> own_value.value)",
                    )?
                    .execute(params![kept, other])?;
            }
            if table == "invitee" {
                // Whichever of the two answered, came or paid: the person did.
                self.conn
                    .prepare_cached(
                        "UPDATE invitee SET reply = o.reply, companions = o.companions, replied_on = o.replied_on,
                             news = o.news, news_print = o.news_print
                         FROM (SELECT * FROM invitee WHERE person = ?2) o
                         WHERE invitee.person = ?1 AND invitee.event = o.event
                             AND invitee.reply = 'none' AND o.reply <> 'none'",
                    )?
                    .execute(params![kept, other])?;
                self.conn
                    .prepare_cached(
                        "UPDATE invitee SET came = max(invitee.came, o.came), paid = max(invitee.paid, o.paid)
                         FROM (SELECT * FROM invitee WHERE person = ?2) o
                         WHERE invitee.person = ?1 AND invitee.event = o.event",
                    )?
                    .execute(params![kept, other])?;
            }
            self.conn
                .prepare_cached(&format!(
                    "DELETE FROM {table} WHERE person = ?2
                     AND {column} IN (SELECT {column} FROM {table} WHERE person = ?1)"
                ))?
                .execute(params![kept, other])?;
        }
        // Nobody leaves twice with two sheets: one has the days of both, and all that was written.
        self.conn
            .prepare_cached(
                "UPDATE exit SET begun_on = coalesce(exit.begun_on, o.begun_on),
                     finished_on = coalesce(exit.finished_on, o.finished_on),
                     handover = trim(exit.handover || CASE WHEN exit.handover = o.handover THEN ''
                         ELSE char(10) || o.handover END, char(10)),
                     readers = CASE exit.readers WHEN '' THEN o.readers ELSE exit.readers END
                 FROM (SELECT begun_on, finished_on, handover, readers FROM exit WHERE person = ?2) o
                 WHERE exit.person = ?1",
            )?
            .execute(params![kept, other])?;
        self.conn
            .prepare_cached(
                "DELETE FROM exit WHERE person = ?2 AND EXISTS (SELECT 1 FROM exit WHERE person = ?1)",
            )?
            .execute(params![kept, other])?;
        for (table, columns, form) in [
            ("phone", "number", digits_of as fn(&str) -> String),
            ("mail", "address", bare),
            ("address", "prefecture || city || street || building", bare),
            (
                "employment",
                "coalesce(from_on, '') || ' ' || coalesce(until_on, '') || department || post || contract",
                bare,
            ),
        ] {
            let texts = |person: PersonId| -> Result<Vec<(i64, String)>, Fault> {
                let sql = format!("SELECT id, {columns} FROM {table} WHERE person = ?1");
                let mut statement = self.conn.prepare_cached(&sql)?;
                let rows = statement
                    .query_map([person], |row| Ok((row.get(0)?, form(&row.get::<_, String>(1)?))))?;
                Ok(rows.collect::<Result<_, _>>()?)
            };
            let mine = texts(kept)?;
            for (id, text) in texts(other)? {
                if mine.iter().any(|(_, known)| *known == text) {
                    self.conn.prepare_cached(&format!("DELETE FROM {table} WHERE id = ?1"))?.execute([id])?;
                }
            }
        }
        Ok(())
    }
}

/// `parts` as a merge keeps them, with nothing in one column of a record; of notes, in those of everybody.
pub(crate) fn without(parts: &str, table: &str, column: &str, id: i64) -> Result<String, Fault> {
    let mut parts: Vec<Part> = serde_json::from_str(parts)?;
    for part in &mut parts {
        let meant = part.table == table && (part.id == id || table == "person");
        if let Some((was, became)) = part.fields.get_mut(column).filter(|_| meant) {
            (*was, *became) = (blank(was), blank(became));
        }
    }
    Ok(serde_json::to_string(&parts)?)
}

/// An empty text in the place of a text.
fn blank(value: &Value) -> Value {
    if value.is_string() { "".into() } else { value.clone() }
}

/// The entries that became part of somebody's, the latest first.
pub(crate) fn merges(conn: &Connection, person: PersonId) -> Result<Vec<Merge>, Fault> {
    let mut statement =
        conn.prepare_cached("SELECT id, name, at FROM merged WHERE person = ?1 ORDER BY at DESC, id DESC")?;
    let rows = statement
        .query_map([person], |row| Ok(Merge { entry: row.get(0)?, name: row.get(1)?, at: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn digits_of(number: &str) -> String {
    digits(number).unwrap_or_else(|| bare(number))
}

/// A field in which two entries differ, so that somebody may choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "MergeChoice")]
pub struct Choice {
    /// The field.
    pub field: String,
    /// What the one says.
    pub one: String,
    /// What the other says.
    pub other: String,
}

/// The fields of two entries of which a merge keeps one and puts the other into the notes.
#[must_use]
pub fn choices(one: &Person, other: &Person) -> Vec<Choice> {
    let fields = |person: &Person| serde_json::to_value(person).unwrap_or_default();
    let (Value::Object(one), Value::Object(other)) = (fields(one), fields(other)) else { return Vec::new() };
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    one.iter()
        .filter(|(field, _)| !DECIDED.contains(&field.as_str()))
        .filter_map(|(field, here)| Some((field, here, other.get(field)?)))
        .filter(|(_, here, there)| here != there && !is_empty(here) && !is_empty(there))
        .map(|(field, here, there)| Choice { field: field.clone(), one: text(here), other: text(there) })
        .collect()
}

/// The person that two become.
fn joined(
    mine: &Person,
    theirs: &Person,
    taken: &[String],
    called: &dyn Fn(&str) -> String,
) -> Result<Person, Fault> {
    let (Value::Object(mut fields), Value::Object(others)) =
        (serde_json::to_value(mine)?, serde_json::to_value(theirs)?)
    else {
        return Err(Fault::NotFound);
    };
    let mut left_over = Vec::new();
    for (field, there) in &others {
        let here = fields.get(field).cloned().unwrap_or_default();
        if *there == here || is_empty(there) {
            continue;
        }
        match field.as_str() {
            // What the office or the person decided is never taken back by a merge.
            "no_contact" | "deceased" | "returned" => put(&mut fields, field, Value::Bool(true)),
            "mourning_until" if !is_empty(&here) => {
                let later = if there.as_str() > here.as_str() { there } else { &here };
                put(&mut fields, field, later.clone());
            }
            "notes" => {}
            _ if is_empty(&here) => put(&mut fields, field, there.clone()),
            _ if taken.contains(field) => {
                left_over.push((field.as_str(), here));
                put(&mut fields, field, there.clone());
            }
            _ => left_over.push((field.as_str(), there.clone())),
        }
    }
    let mut notes: Vec<String> =
        [&mine.notes, &theirs.notes].into_iter().filter(|text| !text.is_empty()).cloned().collect();
    notes.dedup();
    // A colleague is an id, which no note could say; the kept person's stays.
    for (field, text) in left_over.into_iter().filter(|(field, _)| *field != "in_charge") {
        let text = text.as_str().map_or_else(|| text.to_string(), str::to_owned);
        notes.push(format!("{}：{text}", called(field)));
    }
    put(&mut fields, "notes", notes.join("\n").into());
    Ok(serde_json::from_value(Value::Object(fields))?)
}

fn put(fields: &mut Map<String, Value>, field: &str, value: Value) {
    fields.insert(field.to_owned(), value);
}

fn is_empty(value: &Value) -> bool {
    matches!(value, Value::Null | Value::Bool(false)) || value.as_str() == Some("")
}
