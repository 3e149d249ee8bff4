//! The whole register as one text that people and programs can read, and back again.
//!
//! `{"enishi_register":1,"schema":1,"tables":{"person":[{"id":…,"family":…},…],…}}`: every table that is journalled with
//! all its columns, as `migrations/1.sql` explains them; bytes are hexadecimal. Two things stay behind. Notes behind the
//! seal are bound to the keys of their register, and nobody else could open them. The journal and the audit are the
//! history of that register and not of another.

use crate::{Fault, NewStep, Register, hold, step};
use rusqlite::TransactionBehavior;
use serde_json::Value;

/// The table that stays behind.
const SEALED: &str = "sealed_note";

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
