//! A question in progress: what may be asked of one state of a register.

use crate::{record as records, *};
use rusqlite::{Connection, OptionalExtension};

/// A question in progress.
pub struct Reading<'a> {
    pub(crate) register: &'a Register,
    pub(crate) conn: &'a Connection,
    /// How many changes there had been when it began.
    pub(crate) changes: u64,
}

/// A note behind the seal, as it is kept.
#[derive(Debug, Clone)]
pub struct SealedKept {
    /// Its id.
    pub id: SealedNoteId,
    /// What it is.
    pub field: String,
    /// When it was put there.
    pub at: At,
    /// The sealed bytes, which only the vault opens.
    pub bytes: Vec<u8>,
}

impl Reading<'_> {
    /// One record.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn get<R: Record>(&self, id: R::Id) -> Result<R, Fault> {
        records::get(self.conn, id)
    }

    /// All records of a small table, in the order they were made.
    ///
    /// # Errors
    /// The database's.
    pub fn all<R: Record>(&self) -> Result<Vec<Kept<R>>, Fault> {
        records::list(self.conn, "1 ORDER BY id", &[])
    }

    /// Whether nothing changed since this question began.
    pub(crate) fn is_newest(&self) -> bool {
        self.register.changes.load(SeqCst) == self.changes
    }

    /// The people who satisfy a filter and a search: how many, where each row of the kana table begins among them,
    /// and the ids of one page in kana order.
    ///
    /// # Errors
    /// The database's.
    pub fn people_ids(&self, query: &PeopleQuery) -> Result<(usize, Vec<u32>, Vec<PersonId>), Fault> {
        let words = arena::words(&query.search);
        let limit = query.limit as usize;
        let arena = self.register.arena();
        if query.filter == Filter::default() {
            return arena.find_people(self.conn, &words, None, query.offset as usize, limit);
        }
        let mut filtered = hold(&self.register.filtered);
        if let Some((_, ranks)) = filtered.as_ref().filter(|(filter, _)| *filter == query.filter) {
            return arena.find_people(self.conn, &words, Some(ranks), query.offset as usize, limit);
        }
        let ranks = arena.ranks(find::satisfying(self.conn, &arena, &query.filter)?);
        let found = arena.find_people(self.conn, &words, Some(&ranks), query.offset as usize, limit)?;
        *filtered = self.is_newest().then(|| (query.filter.clone(), ranks));
        Ok(found)
    }

    /// A page of people, in kana order, as they stand on a day.
    ///
    /// # Errors
    /// The database's.
    pub fn people(&self, query: &PeopleQuery, today: chrono::NaiveDate) -> Result<People, Fault> {
        let limit = match query.limit {
            0 => find::PAGE,
            limit => limit.min(find::PAGE),
        };
        let (total, rail, ids) = self.people_ids(&PeopleQuery { limit, ..query.clone() })?;
        let mut rows = find::rows(self.conn, &ids, today)?;
        let words = arena::words(&query.search);
        rows.iter_mut().for_each(|row| row.found = marks::in_row(row, &words));
        Ok(People { total: total as u32, rail, rows })
    }

    /// A setting of the register.
    ///
    /// # Errors
    /// The database's.
    pub fn setting(&self, name: &str) -> Result<Option<String>, Fault> {
        let mut statement = self.conn.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    /// How many people the register holds.
    pub fn count(&self) -> usize {
        self.register.arena().people()
    }

    /// Whose birthday is within so many days from a day on, of those alive who agreed to something: a birthday that
    /// only payroll knew is nobody's business. The next first.
    ///
    /// # Errors
    /// The database's.
    pub fn birthdays(&self, today: chrono::NaiveDate, days: u32) -> Result<Vec<Birthday>, Fault> {
        find::birthdays(self.conn, today, days)
    }

    /// With how many people there was two-way contact in a month: in any way, then by kind, the most frequent first.
    ///
    /// # Errors
    /// The database's.
    pub fn contacts_in(&self, month: Day) -> Result<Vec<(Option<ContactKind>, u32)>, Fault> {
        let arena = self.register.arena();
        arena.ties.count(self.conn, month, || self.is_newest())
    }

    /// Notes of contacts in which every word is found.
    ///
    /// # Errors
    /// The database's.
    pub fn notes(&self, search: &str, limit: u32) -> Result<NotesFound, Fault> {
        let arena = self.register.arena();
        find::notes(self.conn, &arena, search, limit)
    }

    /// Everything about one person that is not sealed.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn person(&self, id: PersonId) -> Result<PersonCard, Fault> {
        find::card(self.conn, id)
    }

    /// A person's records of one kind, the one to use first.
    ///
    /// # Errors
    /// The database's; a table without `person` and `best` is a mistake of ours.
    pub fn best_of<R: Record>(&self, person: PersonId) -> Result<Vec<Kept<R>>, Fault> {
        records::list(self.conn, "person = ?1 ORDER BY best DESC, id", &[&person])
    }

    /// The lines of these people as they stand on a day, in this order.
    ///
    /// # Errors
    /// The database's.
    pub fn rows(&self, ids: &[PersonId], today: chrono::NaiveDate) -> Result<Vec<PersonRow>, Fault> {
        find::rows(self.conn, ids, today)
    }

    /// A person's photo, as JPEG.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn photo(&self, person: PersonId) -> Result<Vec<u8>, Fault> {
        let mut statement = self.conn.prepare_cached("SELECT jpeg FROM photo WHERE person = ?1")?;
        statement.query_row([person], |row| row.get(0)).optional()?.ok_or(Fault::NotFound)
    }

    /// The notes behind the seal about one person, in the order they were made.
    ///
    /// # Errors
    /// The database's.
    pub fn sealed_notes(&self, person: PersonId) -> Result<Vec<SealedKept>, Fault> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id, field, at, sealed FROM sealed_note WHERE person = ?1 ORDER BY id")?;
        let rows = statement.query_map([person], |row| {
            Ok(SealedKept { id: row.get(0)?, field: row.get(1)?, at: row.get(2)?, bytes: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What was done, the newest first.
    ///
    /// # Errors
    /// The database's.
    pub fn audit(&self, offset: u32, limit: u32) -> Result<Vec<AuditRow>, Fault> {
        audit::list(self.conn, offset, limit)
    }

    /// Walks along the whole chain of what was done.
    ///
    /// # Errors
    /// The database's.
    pub fn check_audit(&self) -> Result<AuditChecked, Fault> {
        audit::check(self.conn)
    }

    /// Whether it was written down since a moment that a user ran a command.
    ///
    /// # Errors
    /// The database's.
    pub fn noted_since(&self, user: UserId, command: &str, since: At) -> Result<bool, Fault> {
        audit::noted_since(self.conn, user, command, since)
    }

    /// Every tag in use, with how many people carry it.
    ///
    /// # Errors
    /// The database's.
    pub fn tags(&self) -> Result<Vec<(String, u32)>, Fault> {
        let mut statement =
            self.conn.prepare_cached("SELECT name, count(*) FROM tag GROUP BY name ORDER BY name")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A fact about the register itself, such as its `file_id`.
    ///
    /// # Errors
    /// The database's.
    pub fn fact(&self, name: &str) -> Result<Option<String>, Fault> {
        let mut statement = self.conn.prepare_cached("SELECT value FROM fact WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    /// The steps, newest first.
    ///
    /// # Errors
    /// The database's.
    pub fn steps(&self, offset: u32, limit: u32) -> Result<Vec<Step>, Fault> {
        step::list(self.conn, offset, limit.min(find::PAGE))
    }

    /// Up to when steps are gone, because the journal has its limits; `None` while all are there.
    ///
    /// # Errors
    /// The database's.
    pub fn steps_gone_until(&self) -> Result<Option<At>, Fault> {
        step::gone_until(self.conn)
    }
}
