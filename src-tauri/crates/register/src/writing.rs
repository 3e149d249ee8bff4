//! A write in progress: what may be done to the records of a register within one step.

use crate::{record as records, *};
use rusqlite::{CachedStatement, Connection, OptionalExtension, params};

/// A write in progress: every change is part of one step.
pub struct Writing<'a> {
    pub(crate) conn: &'a Connection,
    pub(crate) tables: &'a step::Tables,
    pub(crate) next_id: i64,
    /// The statements that add, at hand: a list has hundreds of thousands of records, and each would look for its own.
    adding: Vec<(&'static str, CachedStatement<'a>)>,
}

impl Writing<'_> {
    /// Runs `work` with the ids that come next.
    pub(crate) fn run<T>(
        conn: &Connection,
        tables: &step::Tables,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let (prefix, next): (i64, i64) = conn
            .prepare_cached("SELECT prefix, next FROM id_counter")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut writing = Writing { conn, tables, next_id: prefix << 32 | next, adding: Vec::new() };
        step::own_from(conn, writing.next_id)?;
        let out = work(&mut writing)?;
        step::own_until(conn, writing.next_id)?;
        let next = writing.next_id & 0xffff_ffff;
        conn.prepare_cached("UPDATE id_counter SET next = ?1")?.execute([next])?;
        Ok(out)
    }

    /// Adds a record.
    ///
    /// # Errors
    /// [`Fault::Invalid`] by the record's rules; [`Fault::InUse`] when the table refuses it.
    pub fn add<R: Record>(&mut self, record: &R) -> Result<R::Id, Fault> {
        let id = R::Id::from(self.next_id);
        self.next_id += 1;
        let at = match self.adding.iter().position(|(table, _)| *table == R::TABLE) {
            Some(at) => at,
            None => {
                self.adding.push((R::TABLE, self.conn.prepare_cached(R::INSERT)?));
                self.adding.len() - 1
            }
        };
        records::insert(&mut self.adding[at].1, id, record)?;
        Ok(id)
    }

    /// One record as it is now.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn get<R: Record>(&self, id: R::Id) -> Result<R, Fault> {
        records::get(self.conn, id)
    }

    /// Lays `changes` (field → value) over a record.
    ///
    /// # Errors
    /// [`Fault::NotFound`]; [`Fault::Invalid`] names the field.
    pub fn change<R: Record + PartialEq>(
        &mut self,
        id: R::Id,
        changes: &serde_json::Map<String, serde_json::Value>,
    ) -> Result<(), Fault> {
        let before = records::get::<R>(self.conn, id)?;
        let after = records::merge(&before, changes)?;
        if after != before { records::update(self.conn, id, &after) } else { Ok(()) }
    }

    /// A person's records of one kind, as this step has left them so far.
    ///
    /// # Errors
    /// The database's; a table without `person` is a mistake of ours.
    pub fn of_person<R: Record>(&self, person: PersonId) -> Result<Vec<Kept<R>>, Fault> {
        records::list(self.conn, "person = ?1 ORDER BY id", &[&person])
    }

    /// Removes a record, and the files that are kept with it.
    ///
    /// # Errors
    /// [`Fault::NotFound`]; [`Fault::InUse`] while others refer to it.
    pub fn remove<R: Record>(&mut self, id: R::Id) -> Result<(), Fault> {
        attachments::go_with(self.conn, R::TABLE, id.into())?;
        records::delete::<R>(self.conn, id)
    }

    /// Makes one address, phone or mail the best of its person: the others step back.
    ///
    /// # Errors
    /// The database's.
    pub fn only_best<R: Record>(&mut self, id: R::Id) -> Result<(), Fault> {
        let table = R::TABLE;
        self.conn
            .prepare_cached(&format!(
                "UPDATE {table} SET best = 0 WHERE best = 1 AND id <> ?1
                 AND person = (SELECT person FROM {table} WHERE id = ?1 AND best = 1)"
            ))?
            .execute([id])?;
        Ok(())
    }

    /// Removes a person with everything that belongs to them.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn remove_person(&mut self, id: PersonId) -> Result<(), Fault> {
        for table in PERSONAL {
            self.conn.prepare_cached(&format!("DELETE FROM {table} WHERE person = ?1"))?.execute([id])?;
        }
        attachments::settle(self.conn)?;
        records::delete::<Person>(self.conn, id)
    }

    /// Tags a person; whether the tag was new.
    ///
    /// # Errors
    /// The database's; [`Fault::InUse`] when there is no such person.
    pub fn add_tag(&mut self, person: PersonId, name: &str) -> Result<bool, Fault> {
        if self
            .conn
            .prepare_cached("SELECT 1 FROM tag WHERE person = ?1 AND name = ?2")?
            .exists(params![person, name])?
        {
            return Ok(false);
        }
        self.add(&Tag { person, name: name.to_owned() })?;
        Ok(true)
    }

    /// Takes a tag off a person; whether it was there.
    ///
    /// # Errors
    /// The database's.
    pub fn remove_tag(&mut self, person: PersonId, name: &str) -> Result<bool, Fault> {
        let gone = self
            .conn
            .prepare_cached("DELETE FROM tag WHERE person = ?1 AND name = ?2")?
            .execute(params![person, name])?;
        Ok(gone > 0)
    }

    /// Sets one of the office's own fields for a person; an empty value takes it away.
    ///
    /// # Errors
    /// [`Fault::InUse`] when there is no such person or field.
    pub fn set_own_value(&mut self, person: PersonId, field: OwnFieldId, value: &str) -> Result<(), Fault> {
        let there: Option<OwnValueId> = self
            .conn
            .prepare_cached("SELECT id FROM own_value WHERE person = ?1 AND field = ?2")?
            .query_row(params![person, field], |row| row.get(0))
            .optional()?;
        match (there, value) {
            (None, "") => Ok(()),
            (Some(id), "") => self.remove::<OwnValue>(id),
            (Some(id), _) => {
                self.conn
                    .prepare_cached("UPDATE own_value SET value = ?2 WHERE id = ?1 AND value <> ?2")?
                    .execute(params![id, value])?;
                Ok(())
            }
            (None, _) => self.add(&OwnValue { person, field, value: value.to_owned() }).map(|_| ()),
        }
    }

    /// Sets a setting.
    ///
    /// # Errors
    /// The database's.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        let there: Option<SettingId> = self
            .conn
            .prepare_cached("SELECT id FROM setting WHERE name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()?;
        match there {
            Some(id) => {
                self.conn
                    .prepare_cached("UPDATE setting SET value = ?2 WHERE id = ?1 AND value <> ?2")?
                    .execute(params![id, value])?;
                Ok(())
            }
            None => self.add(&Setting { name: name.to_owned(), value: value.to_owned() }).map(|_| ()),
        }
    }

    /// Puts a person's photo in place of the one before; `None` takes it away.
    ///
    /// # Errors
    /// [`Fault::InUse`] when there is no such person.
    pub fn set_photo(&mut self, person: PersonId, jpeg: Option<&[u8]>) -> Result<(), Fault> {
        self.conn.prepare_cached("DELETE FROM photo WHERE person = ?1")?.execute([person])?;
        if let Some(jpeg) = jpeg {
            let id = self.next_id;
            self.next_id += 1;
            self.conn
                .prepare_cached("INSERT INTO photo VALUES (?1, ?2, ?3)")?
                .execute(params![id, person, jpeg])?;
        }
        Ok(())
    }

    /// Keeps a note that the vault has sealed.
    ///
    /// # Errors
    /// [`Fault::InUse`] when there is no such person.
    pub fn add_sealed_note(
        &mut self,
        id: SealedNoteId,
        person: PersonId,
        field: &str,
        generation: u32,
        sealed: &[u8],
        at: At,
    ) -> Result<(), Fault> {
        self.conn
            .prepare_cached("INSERT INTO sealed_note VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![id, person, field, generation, sealed, at])?;
        Ok(())
    }

    /// Removes a sealed note.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn remove_sealed_note(&mut self, id: SealedNoteId) -> Result<(), Fault> {
        match self.conn.prepare_cached("DELETE FROM sealed_note WHERE id = ?1")?.execute([id])? {
            0 => Err(Fault::NotFound),
            _ => Ok(()),
        }
    }

    /// The id that the next sealed note will have: the seal is bound to it.
    pub fn next_sealed_note(&mut self) -> SealedNoteId {
        self.next_id += 1;
        SealedNoteId(self.next_id - 1)
    }
}
