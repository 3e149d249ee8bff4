//! 慶弔の記録: what the company gave or sent when somebody married or died, as one list. Each entry is a contact about one
//! of [`ContactTopic::RITES`].

use crate::{Fault, Reading, bases::word, day::Day, id::*, people::ContactTopic};
use rusqlite::params;
use serde::Serialize;
use ts_rs::TS;

impl ContactTopic {
    /// 慶弔.
    pub const RITES: [ContactTopic; 9] = [
        ContactTopic::Wedding,
        ContactTopic::Birth,
        ContactTopic::LongLife,
        ContactTopic::Award,
        ContactTopic::Joy,
        ContactTopic::Death,
        ContactTopic::FamilyDeath,
        ContactTopic::Disaster,
        ContactTopic::Grief,
    ];
}

/// A line of it. The note of the contact is not told: it may speak of the family.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Rite {
    /// Which contact.
    pub contact: ContactId,
    /// Whose.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// When.
    pub on_day: Option<Day>,
    /// What happened.
    pub topic: ContactTopic,
    /// What the company sent or gave; empty while nobody wrote it down.
    pub gift: String,
    /// … and for how many yen.
    pub yen: Option<u32>,
    /// Who of ours saw to it.
    pub by: String,
}

/// A page of the list, and what is true of all of it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Rites {
    /// The latest first.
    pub rows: Vec<Rite>,
    /// How many there are.
    pub total: u32,
    /// The sum of what was given, in yen.
    #[ts(type = "number")]
    pub yen: i64,
    /// The years of which there is any, the latest first.
    pub years: Vec<u32>,
}

impl Reading<'_> {
    /// 慶弔の記録 of one year, or of all.
    ///
    /// # Errors
    /// The database's.
    pub fn rites(&self, year: Option<u32>, offset: u32, limit: u32) -> Result<Rites, Fault> {
        let topics: Vec<String> =
            ContactTopic::RITES.iter().map(|topic| format!("'{}'", word(topic))).collect();
        // As the index `contact_rite` says it, word for word, or that would not be used.
        let rites = format!("topic IN ({})", topics.join(", "));
        let of_year = "(?1 IS NULL OR substr(on_day, 1, 4) = ?1)";
        let year = year.map(|year| format!("{year:04}"));
        let (total, yen) = self
            .conn
            .prepare_cached(&format!(
                "SELECT count(*), coalesce(sum(yen), 0) FROM contact WHERE {rites} AND {of_year}"
            ))?
            .query_row([&year], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let years = self
            .conn
            .prepare_cached(&format!(
                "SELECT DISTINCT CAST(substr(on_day, 1, 4) AS INTEGER) AS year FROM contact WHERE {rites} AND year > 0
                 ORDER BY year DESC"
            ))?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT c.id, p.id, iif(p.family || p.given = '', p.business_name, trim(p.family || ' ' || p.given)), c.on_day,
                    c.topic, c.gift, c.yen, coalesce(trim(o.family || ' ' || o.given), '')
             FROM (SELECT * FROM contact WHERE {rites} AND {of_year} ORDER BY on_day DESC, id DESC LIMIT ?2 OFFSET ?3) c
             JOIN person p ON p.id = c.person LEFT JOIN colleague o ON o.id = c.colleague
             ORDER BY c.on_day DESC, c.id DESC"
        ))?;
        let rows = statement.query_map(params![year, limit, offset], |row| {
            Ok(Rite {
                contact: row.get(0)?,
                person: row.get(1)?,
                name: row.get(2)?,
                on_day: row.get(3)?,
                topic: row.get(4)?,
                gift: row.get(5)?,
                yen: row.get(6)?,
                by: row.get(7)?,
            })
        })?;
        Ok(Rites { rows: rows.collect::<Result<_, _>>()?, total, yen, years })
    }
}
