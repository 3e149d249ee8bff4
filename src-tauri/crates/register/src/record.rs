//! A record is one row of one table, the same from the page to the column: its struct is the wire type, its field
//! names are the columns. One macro line per field; adding, changing and removing are written once, here.

use crate::{Fault, id::*};
use rusqlite::{Connection, OptionalExtension, Row, Statement, ToSql, params_from_iter};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use ts_rs::TS;

/// One row of one table.
pub trait Record: Serialize + DeserializeOwned + TS + 'static {
    /// The table's id type.
    type Id: Id;
    /// The table.
    const TABLE: &'static str;
    /// Its columns after `id`, in the order of `values`.
    const COLUMNS: &'static [&'static str];
    /// SQL that adds a record: its id, then its values.
    const INSERT: &'static str;
    /// The values of the columns.
    fn values(&self) -> Vec<&dyn ToSql>;
    /// The record from a row whose columns begin at `first`.
    fn from_row(row: &Row<'_>, first: usize) -> rusqlite::Result<Self>;
    /// What must hold beyond the table's CHECKs.
    ///
    /// # Errors
    /// [`Fault::Invalid`] names the field.
    fn check(&self) -> Result<(), Fault> {
        Ok(())
    }
}

/// A record with the id under which it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Kept<R> {
    /// Its id.
    #[ts(type = "number")]
    pub id: i64,
    /// The record.
    pub fields: R,
}

macro_rules! record {
    ($($(#[$meta:meta])* $name:ident, $id:ident, $table:literal { $($(#[$fmeta:meta])* $field:ident : $type:ty),* $(,)? } $(=> $check:expr;)?)*) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type),* }

        impl $crate::record::Record for $name {
            type Id = $id;
            const TABLE: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),*];
            const INSERT: &'static str = concat!(
                "INSERT INTO ", $table, " (id", $(", ", stringify!($field)),*, ") VALUES (?", $($crate::record::mark!($field)),*, ")"
            );
            fn values(&self) -> Vec<&dyn rusqlite::ToSql> { vec![$(&self.$field),*] }
            fn from_row(row: &rusqlite::Row<'_>, first: usize) -> rusqlite::Result<Self> {
                let mut column = first..;
                Ok(Self { $($field: row.get(column.next().unwrap_or_default())?),* })
            }
            $(fn check(&self) -> Result<(), $crate::Fault> { ($check)(self) })?
        }
    )* };
}
pub(crate) use record;

/// The place of a field's value in SQL.
macro_rules! mark {
    ($field:ident) => {
        ", ?"
    };
}
pub(crate) use mark;

/// One record.
///
/// # Errors
/// [`Fault::NotFound`] when there is none.
pub(crate) fn get<R: Record>(conn: &Connection, id: R::Id) -> Result<R, Fault> {
    let sql = format!("SELECT {} FROM {} WHERE id = ?1", R::COLUMNS.join(", "), R::TABLE);
    conn.prepare_cached(&sql)?.query_row([id], |row| R::from_row(row, 0)).optional()?.ok_or(Fault::NotFound)
}

/// The records that satisfy `clause` (SQL after WHERE), each with its id.
pub(crate) fn list<R: Record>(
    conn: &Connection,
    clause: &str,
    params: &[&dyn ToSql],
) -> Result<Vec<Kept<R>>, Fault> {
    let sql = format!("SELECT id, {} FROM {} WHERE {clause}", R::COLUMNS.join(", "), R::TABLE);
    let mut statement = conn.prepare_cached(&sql)?;
    let rows =
        statement.query_map(params, |row| Ok(Kept { id: row.get(0)?, fields: R::from_row(row, 1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds a record by its table's [`Record::INSERT`].
pub(crate) fn insert<R: Record>(adding: &mut Statement<'_>, id: R::Id, record: &R) -> Result<(), Fault> {
    record.check()?;
    let id: i64 = id.into();
    let values = std::iter::once(&id as &dyn ToSql).chain(record.values());
    adding.execute(params_from_iter(values))?;
    Ok(())
}

pub(crate) fn update<R: Record>(conn: &Connection, id: R::Id, record: &R) -> Result<(), Fault> {
    record.check()?;
    let sets = R::COLUMNS.iter().map(|c| format!("{c} = ?")).collect::<Vec<_>>().join(", ");
    let sql = format!("UPDATE {} SET {sets} WHERE id = ?", R::TABLE);
    let id: i64 = id.into();
    let values = record.values().into_iter().chain(std::iter::once(&id as &dyn ToSql));
    match conn.prepare_cached(&sql)?.execute(params_from_iter(values))? {
        0 => Err(Fault::NotFound),
        _ => Ok(()),
    }
}

pub(crate) fn delete<R: Record>(conn: &Connection, id: R::Id) -> Result<(), Fault> {
    match conn.prepare_cached(&format!("DELETE FROM {} WHERE id = ?1", R::TABLE))?.execute([id])? {
        0 => Err(Fault::NotFound),
        _ => Ok(()),
    }
}

/// `record` with the fields of `changes` laid over it.
///
/// # Errors
/// [`Fault::Invalid`] when a field is unknown, of the wrong type, or says whose the record is.
pub(crate) fn merge<R: Record>(
    record: &R,
    changes: &serde_json::Map<String, serde_json::Value>,
) -> Result<R, Fault> {
    let serde_json::Value::Object(mut merged) = serde_json::to_value(record)? else {
        return Err(Fault::NotFound);
    };
    for (field, value) in changes {
        // A part never moves to another person by an edit.
        if field == "person" || !merged.contains_key(field) {
            return Err(Fault::Invalid { field: field.clone(), code: "unknown_field" });
        }
        let before = merged.insert(field.clone(), value.clone());
        if before != merged.get(field).cloned()
            && serde_json::from_value::<R>(serde_json::Value::Object(merged.clone())).is_err()
        {
            return Err(Fault::Invalid { field: field.clone(), code: "wrong_form" });
        }
    }
    Ok(serde_json::from_value(serde_json::Value::Object(merged))?)
}
