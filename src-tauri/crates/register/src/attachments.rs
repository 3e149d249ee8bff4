//! 添付: files that somebody keeps with a contact, a consent or something signed, whatever they are. They lie in the
//! register, encrypted like the rest, and leave it by being saved. The list that a hundred people signed is kept once,
//! as a scan that each one's file refers to; it goes with the last of them.

use crate::{Fault, Reading, Writing, id::*};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The tables whose records may have files, which are also the names of the columns.
const RECORDS: [&str; 3] = ["contact", "consent", "agreement"];

/// With what a file is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AttachedTo {
    /// A contact: the letter that came.
    Contact(ContactId),
    /// A consent: the card that was sent back.
    Consent(ConsentId),
    /// An agreement: the paper that was signed.
    Agreement(AgreementId),
}

impl AttachedTo {
    /// Its table and its id.
    fn place(self) -> (&'static str, i64) {
        match self {
            AttachedTo::Contact(id) => ("contact", id.0),
            AttachedTo::Consent(id) => ("consent", id.0),
            AttachedTo::Agreement(id) => ("agreement", id.0),
        }
    }
}

/// A file without its bytes.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// With what it is kept.
    pub to: AttachedTo,
    /// Its name, with the ending.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u32,
    /// So many other people have the same file: their names stand on it too.
    pub shared_by: u32,
}

impl Writing<'_> {
    /// Keeps a file with a record; it belongs to the same person.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when there is no such record.
    pub fn add_attachment(
        &mut self,
        to: AttachedTo,
        name: &str,
        bytes: &[u8],
    ) -> Result<AttachmentId, Fault> {
        self.attach(to, name, bytes, None)
    }

    /// Keeps a file that several records are going to have.
    ///
    /// # Errors
    /// The database's.
    pub fn add_scan(&mut self, bytes: &[u8]) -> Result<ScanId, Fault> {
        let id = ScanId(self.next_id);
        self.next_id += 1;
        self.conn.prepare_cached("INSERT INTO scan VALUES (?1, ?2)")?.execute(params![id, bytes])?;
        Ok(id)
    }

    /// Gives a record a file that others have too.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when there is no such record; [`Fault::InUse`] when there is no such file.
    pub fn share_scan(&mut self, to: AttachedTo, name: &str, scan: ScanId) -> Result<AttachmentId, Fault> {
        self.attach(to, name, &[], Some(scan))
    }

    fn attach(
        &mut self,
        to: AttachedTo,
        name: &str,
        bytes: &[u8],
        scan: Option<ScanId>,
    ) -> Result<AttachmentId, Fault> {
        let (table, record) = to.place();
        let id = self.next_id;
        self.next_id += 1;
        let sql = format!(
            "INSERT INTO attachment (id, person, {table}, scan, name, bytes)
             SELECT ?1, person, id, ?5, ?3, ?4 FROM {table} WHERE id = ?2"
        );
        match self.conn.prepare_cached(&sql)?.execute(params![id, record, name, bytes, scan])? {
            0 => Err(Fault::NotFound),
            _ => Ok(AttachmentId(id)),
        }
    }

    /// Takes a file away.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn remove_attachment(&mut self, id: AttachmentId) -> Result<(), Fault> {
        match self.conn.prepare_cached("DELETE FROM attachment WHERE id = ?1")?.execute([id])? {
            0 => Err(Fault::NotFound),
            _ => settle(self.conn),
        }
    }
}

/// Takes away what is kept with a record that goes.
pub(crate) fn go_with(conn: &Connection, table: &str, record: i64) -> Result<(), Fault> {
    if RECORDS.contains(&table) {
        let files =
            conn.prepare_cached(&format!("DELETE FROM attachment WHERE {table} = ?1"))?.execute([record])?;
        if files > 0 {
            settle(conn)?;
        }
    }
    Ok(())
}

/// Takes away the scans that nobody has any more.
pub(crate) fn settle(conn: &Connection) -> Result<(), Fault> {
    conn.prepare_cached(
        "DELETE FROM scan WHERE id NOT IN (SELECT scan FROM attachment WHERE scan IS NOT NULL)",
    )?
    .execute([])?;
    Ok(())
}

/// The scans that somebody has, or had before a step that the journal remembers.
pub(crate) fn scans_of(conn: &Connection, person: PersonId) -> Result<Vec<ScanId>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT scan FROM attachment WHERE person = ?1 AND scan IS NOT NULL
         UNION SELECT before ->> 'scan' FROM change WHERE tbl = 'attachment' AND person = ?1 AND before ->> 'scan' IS NOT NULL",
    )?;
    Ok(statement.query_map([person], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Of these scans, takes those that nobody has out of the journal too.
pub(crate) fn forget(conn: &Connection, scans: &[ScanId]) -> Result<(), Fault> {
    settle(conn)?;
    let mut forget = conn.prepare_cached(
        "DELETE FROM change WHERE tbl = 'scan' AND pk = ?1 AND NOT EXISTS (SELECT 1 FROM attachment WHERE scan = ?1)",
    )?;
    for scan in scans {
        forget.execute([scan])?;
    }
    Ok(())
}

/// Hands the files of one person to whoever has the records now that they are kept with.
pub(crate) fn follow(conn: &Connection, person: PersonId) -> Result<(), Fault> {
    for table in RECORDS {
        conn.prepare_cached(&format!(
            "UPDATE attachment SET person = (SELECT person FROM {table} r WHERE r.id = attachment.{table})
             WHERE person = ?1 AND EXISTS (SELECT 1 FROM {table} r WHERE r.id = attachment.{table} AND r.person <> ?1)"
        ))?
        .execute([person])?;
    }
    Ok(())
}

/// A person's files, in the order in which they came.
pub(crate) fn of_person(conn: &Connection, person: PersonId) -> Result<Vec<Attachment>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT id, contact, consent, agreement, name,
                iif(scan IS NULL, octet_length(bytes), (SELECT octet_length(s.bytes) FROM scan s WHERE s.id = scan)),
                iif(scan IS NULL, 0, (SELECT count(DISTINCT o.person) - 1 FROM attachment o WHERE o.scan = a.scan))
         FROM attachment a WHERE person = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([person])?;
    let mut files = Vec::new();
    while let Some(row) = rows.next()? {
        let to = match (row.get(1)?, row.get(2)?, row.get(3)?) {
            (Some(contact), ..) => AttachedTo::Contact(contact),
            (_, Some(consent), _) => AttachedTo::Consent(consent),
            (.., Some(agreement)) => AttachedTo::Agreement(agreement),
            // From a whole register that another program wrote: with what it was kept is not known.
            (None, None, None) => continue,
        };
        files.push(Attachment {
            id: row.get(0)?,
            to,
            name: row.get(4)?,
            bytes: row.get(5)?,
            shared_by: row.get(6)?,
        });
    }
    Ok(files)
}

impl Reading<'_> {
    /// The names of the files that somebody has in common with others.
    ///
    /// # Errors
    /// The database's.
    pub fn shared_files(&self, person: PersonId) -> Result<Vec<String>, Fault> {
        let mut names: Vec<String> = of_person(self.conn, person)?
            .into_iter()
            .filter(|file| file.shared_by > 0)
            .map(|file| file.name)
            .collect();
        names.dedup();
        Ok(names)
    }

    /// A file: its name and its bytes.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn attachment(&self, id: AttachmentId) -> Result<(String, Vec<u8>), Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT a.name, coalesce(s.bytes, a.bytes) FROM attachment a LEFT JOIN scan s ON s.id = a.scan WHERE a.id = ?1",
        )?;
        let found = statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        found.ok_or(Fault::NotFound)
    }
}
