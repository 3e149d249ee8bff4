//! Two entries of one person become one: everything that belongs to the other is handed over, nothing is lost, and the
//! step can be undone.

use crate::{
    Fault, PERSONAL, Person, Writing,
    duplicates::{bare, digits},
    id::PersonId,
    record as records,
};
use rusqlite::params;
use serde_json::{Map, Value};

/// What each person may have once only, with the columns that make it the same.
const ONCE: [(&str, &str); 2] = [("tag", "name"), ("own_value", "field")];
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
            for id in ids {
                for person in [other, kept, kept] {
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
        self.conn.prepare_cached("INSERT INTO merged VALUES (?1, ?2)")?.execute(params![other, kept])?;
        records::update(self.conn, kept, &joined)
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
            self.conn
                .prepare_cached(&format!(
                    "DELETE FROM {table} WHERE person = ?2
                     AND {column} IN (SELECT {column} FROM {table} WHERE person = ?1)"
                ))?
                .execute(params![kept, other])?;
        }
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

fn digits_of(number: &str) -> String {
    digits(number).unwrap_or_else(|| bare(number))
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
