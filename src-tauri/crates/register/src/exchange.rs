//! The whole register as one text that people and programs can read, and back again.
//!
//! `{"enishi_register":1,"schema":1,"tables":{"person":[{"id":…,"family":…},…],…}}`: every table that is journalled with
//! all its columns, as `migrations/1.sql` explains them; bytes are hexadecimal. Two things stay behind. Notes behind the
//! seal are bound to the keys of their register, and nobody else could open them. The journal and the audit are the
//! history of that register and not of another.

use crate::{Event, Fault, Invitee, NewStep, Record, Register, hold, people::*, step};
use rusqlite::{Connection, TransactionBehavior};
use serde_json::{Value, json};

/// The table that stays behind.
const SEALED: &str = "sealed_note";

/// Reads every record of a table as what it is. The tables refuse what is of the wrong kind or breaks a CHECK; a day that
/// is none, or a word that nobody knows, would only be found by whoever opens that person.
fn sound<R: Record>(conn: &Connection) -> Result<(), Fault> {
    let mut statement = conn.prepare(&format!("SELECT {} FROM {}", R::COLUMNS.join(", "), R::TABLE))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        R::from_row(row, 0)?.check()?;
    }
    Ok(())
}

type Sound = fn(&Connection) -> Result<(), Fault>;

/// [`sound`] of every record.
const SOUND: &[Sound] = &[
    sound::<Person>,
    sound::<Address>,
    sound::<Phone>,
    sound::<Mail>,
    sound::<Employment>,
    sound::<Contact>,
    sound::<Consent>,
    sound::<Exit>,
    sound::<ExitItem>,
    sound::<Agreement>,
    sound::<Colleague>,
    sound::<Tag>,
    sound::<OwnField>,
    sound::<OwnValue>,
    sound::<SavedFilter>,
    sound::<Setting>,
    sound::<Issue>,
    sound::<Dispatch>,
    sound::<Sending>,
    sound::<Received>,
    sound::<OwnSheet>,
    sound::<Event>,
    sound::<Invitee>,
];

impl Register {
    /// Everything but what is sealed.
    ///
    /// # Errors
    /// The database's.
    pub fn export(&self) -> Result<String, Fault> {
        let selects: Vec<(String, String)> = {
            let writer = hold(&self.writer);
            let all = writer.1.selects();
            all.into_iter()
                .filter(|(name, _)| *name != SEALED)
                .map(|(name, sql)| (name.to_owned(), sql))
                .collect()
        };
        self.read(|reading| {
            let mut out =
                format!("{{\"enishi_register\":1,\"schema\":{},\"tables\":{{", crate::MIGRATIONS.len());
            for (at, (name, select)) in selects.iter().enumerate() {
                out.push_str(&format!("{}\n\"{name}\":[", if at > 0 { "," } else { "" }));
                let mut statement = reading.conn.prepare(&format!("{select} ORDER BY id"))?;
                let mut rows = statement.query([])?;
                let mut first = true;
                while let Some(row) = rows.next()? {
                    let (id, image): (i64, String) = (row.get(0)?, row.get(1)?);
                    let comma = if std::mem::take(&mut first) { "" } else { "," };
                    out.push_str(&format!("{comma}\n{{\"id\":{id},{}", &image[1..]));
                }
                out.push(']');
            }
            out.push_str("}}\n");
            Ok(out)
        })
    }

    /// The form of that text, as a JSON Schema (draft 2020-12), for whoever writes a program that reads it.
    ///
    /// # Errors
    /// The database's.
    pub fn export_form(&self) -> Result<String, Fault> {
        let names: Vec<String> =
            hold(&self.writer).1.selects().iter().map(|(name, _)| (*name).to_owned()).collect();
        self.read(|reading| {
            let mut tables = serde_json::Map::new();
            for name in names.iter().filter(|name| *name != SEALED) {
                let mut statement =
                    reading.conn.prepare("SELECT name, type, \"notnull\" FROM pragma_table_info(?1)")?;
                let mut rows = statement.query([name])?;
                let mut columns = serde_json::Map::new();
                while let Some(row) = rows.next()? {
                    let (column, kind, filled): (String, String, bool) =
                        (row.get(0)?, row.get(1)?, row.get(2)?);
                    let blob = kind == "BLOB";
                    let kind = match kind.as_str() {
                        "INTEGER" => "integer",
                        "REAL" => "number",
                        _ => "string",
                    };
                    let mut form = json!({ "type": if filled || column == "id" { json!(kind) } else { json!([kind, "null"]) } });
                    if blob {
                        form["pattern"] = json!("^([0-9A-F]{2})*$");
                    }
                    columns.insert(column, form);
                }
                let required: Vec<_> = columns.keys().cloned().collect();
                let record = json!({
                    "type": "object",
                    "properties": columns,
                    "required": required,
                    "additionalProperties": false,
                });
                tables.insert(name.clone(), json!({ "type": "array", "items": record }));
            }
            let form = json!({
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "title": "A register of Enishi, without what is sealed",
                "type": "object",
                "properties": {
                    "enishi_register": { "const": 1 },
                    "schema": { "const": crate::MIGRATIONS.len() },
                    "tables": { "type": "object", "properties": tables, "additionalProperties": false },
                },
                "required": ["enishi_register", "schema", "tables"],
                "additionalProperties": false,
            });
            Ok(format!("{form:#}\n"))
        })
    }

    /// Puts such a text in the place of what a register without people holds, as one step. `told` hears how many of how
    /// many records are done.
    ///
    /// # Errors
    /// [`Fault::Invalid`] when the text is no export of this version or says what the register cannot hold; those of
    /// `told`. Nothing is changed then.
    pub fn take_export(
        &self,
        new: NewStep<'_>,
        text: &str,
        told: &mut dyn FnMut(usize, usize) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let bad = || Fault::Invalid { field: "file".into(), code: "not_an_export" };
        let all: Value = serde_json::from_str(text).map_err(|_| bad())?;
        let form = |name: &str| all.get(name).and_then(Value::as_u64);
        let tables = all.get("tables").and_then(Value::as_object).ok_or_else(bad)?;
        if form("enishi_register") != Some(1) || form("schema") != Some(crate::MIGRATIONS.len() as u64) {
            return Err(bad());
        }
        let total = tables.values().filter_map(Value::as_array).map(Vec::len).sum();
        let mut writer = hold(&self.writer);
        let (conn, known) = &mut *writer;
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.pragma_update(None, "defer_foreign_keys", true)?;
        let step = step::begin(&tx, &new)?;
        for (name, select) in known.selects() {
            let ids: Vec<i64> =
                tx.prepare(&select)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            for id in ids {
                known.put(&tx, name, id, None)?;
            }
        }
        let mut done = 0;
        for (name, records) in tables.iter().filter(|(name, _)| *name != SEALED) {
            for record in records.as_array().ok_or_else(bad)? {
                if done % 500 == 0 {
                    told(done, total)?;
                }
                done += 1;
                let id = record.get("id").and_then(Value::as_i64).ok_or_else(bad)?;
                known.put(&tx, name, id, Some(&record.to_string())).map_err(|_| bad())?;
            }
        }
        SOUND.iter().try_for_each(|sound| sound(&tx)).map_err(|_| bad())?;
        let stands = step::end(&tx, step, false)?;
        if let Some(stands) = stands {
            let noted = crate::audit::of_step(&tx, known, stands)?;
            crate::audit::add(&tx, (new.at, new.user, new.label), &noted)?;
        }
        tx.commit().map_err(|error| match error.sqlite_error_code() {
            // A foreign key that was deferred: a record belongs to nobody in the text.
            Some(rusqlite::ErrorCode::ConstraintViolation) => bad(),
            _ => error.into(),
        })?;
        match stands {
            Some(step) => self.refresh(&writer.0, step),
            None => Ok(()),
        }
    }
}
