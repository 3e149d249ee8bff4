//! Who worked with whom: those whom one tells when somebody has died.

use crate::{Fault, Reading, day::Day, id::*};
use serde::Serialize;
use ts_rs::TS;

/// Somebody who is to be told.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct WorkedWith {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The department in which they worked together.
    pub department: String,
    /// The phone to call, if one is known.
    pub phone: Option<String>,
    /// The last two-way contact.
    pub last_contact_on: Option<Day>,
}

impl Reading<'_> {
    /// Those who served in the same department at the same time and may be called, whoever we spoke to last first; at
    /// most `limit`. A period without a begin or an end is taken as open there.
    ///
    /// # Errors
    /// The database's.
    pub fn worked_with(&self, person: PersonId, limit: u32) -> Result<Vec<WorkedWith>, Fault> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT p.id, trim(p.family || ' ' || p.given), min(theirs.department),
                    (SELECT number FROM phone WHERE person = p.id ORDER BY best DESC, id LIMIT 1),
                    (SELECT max(on_day) FROM contact WHERE person = p.id AND {}) AS spoken
             FROM employment mine
             JOIN employment theirs ON theirs.department = mine.department AND theirs.person <> mine.person
                 AND coalesce(theirs.from_on, '') <= coalesce(mine.until_on, '9')
                 AND coalesce(theirs.until_on, '9') >= coalesce(mine.from_on, '')
             JOIN person p ON p.id = theirs.person AND p.deceased = 0 AND p.no_contact = 0
             WHERE mine.person = ?1 AND mine.department <> ''
             GROUP BY p.id ORDER BY spoken DESC, p.id LIMIT ?2",
            crate::ContactKind::two_way()
        ))?;
        let rows = statement.query_map(rusqlite::params![person, limit], |row| {
            Ok(WorkedWith {
                person: row.get(0)?,
                name: row.get(1)?,
                department: row.get(2)?,
                phone: row.get(3)?,
                last_contact_on: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
