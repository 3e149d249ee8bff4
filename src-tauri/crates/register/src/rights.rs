//! What is held about somebody, read by the schema so that no table is forgotten; and what has had its time.

use crate::{
    At, Fault, PERSONAL, Reading,
    day::Day,
    id::*,
    people::ContactKind,
    retention::{Class, years},
};
use chrono::{Months, NaiveDate};
use rusqlite::params;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use ts_rs::TS;

/// One record that is held about somebody.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Holding {
    /// Its table.
    pub table: String,
    /// Field → value; bytes are left out.
    #[ts(type = "Record<string, unknown>")]
    pub fields: Map<String, Value>,
}

/// Something that has had its time.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Due {
    /// Of which kind.
    pub class: Class,
    /// About whom.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// Since when it has not been needed: the last day, the end of an agreement, the last two-way contact …
    pub since: Option<Day>,
}

/// Family names with the given names that occur with them.
pub type Names = HashMap<String, HashSet<String>>;

impl Reading<'_> {
    /// Every record about somebody, table by table.
    ///
    /// # Errors
    /// The database's.
    pub fn holdings(&self, person: PersonId) -> Result<Vec<Holding>, Fault> {
        let mut held = Vec::new();
        for table in std::iter::once("person").chain(PERSONAL) {
            let columns: Vec<String> = self
                .conn
                .prepare_cached("SELECT name FROM pragma_table_info(?1) WHERE name NOT IN ('id', 'person') AND type <> 'BLOB'")?
                .query_map([table], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            // A number says nothing to whoever asked: to what they were invited and what was sent has a title.
            let told = |column: &str| match (table, column) {
                ("invitee", "event") => "(SELECT title FROM event WHERE event.id = invitee.event)".to_owned(),
                ("sending", "dispatch") => {
                    "(SELECT title FROM dispatch WHERE dispatch.id = sending.dispatch)".to_owned()
                }
                (_, column) => column.to_owned(),
            };
            let pairs: Vec<String> =
                columns.iter().map(|column| format!("'{column}', {}", told(column))).collect();
            let whose = if table == "person" { "id" } else { "person" };
            let sql = format!(
                "SELECT json_object({}) FROM {table} WHERE {whose} = ?1 ORDER BY id",
                pairs.join(", ")
            );
            let mut statement = self.conn.prepare_cached(&sql)?;
            let mut rows = statement.query([person])?;
            while let Some(row) = rows.next()? {
                let fields = serde_json::from_str(row.get_ref(0)?.as_str().unwrap_or("{}"))?;
                held.push(Holding { table: table.to_owned(), fields });
            }
        }
        Ok(held)
    }

    /// The names of everybody else, leavers and staff: what is said of them is not for this person to read.
    ///
    /// # Errors
    /// The database's.
    pub fn names_of_others(&self, person: PersonId) -> Result<Names, Fault> {
        let mut names = Names::new();
        let mut statement = self.conn.prepare_cached(
            "SELECT family, given FROM person WHERE id <> ?1 UNION SELECT family, given FROM colleague
             UNION SELECT maiden, given FROM person WHERE id <> ?1 AND maiden <> ''",
        )?;
        let mut rows = statement.query([person])?;
        while let Some(row) = rows.next()? {
            names.entry(row.get(0)?).or_default().insert(row.get(1)?);
        }
        Ok(names)
    }

    /// In how many records of others, and in how many issues, a name stands in the text.
    ///
    /// # Errors
    /// The database's.
    pub fn mentions(&self, person: PersonId) -> Result<u32, Fault> {
        let count = self
            .conn
            .prepare_cached(
                "WITH named(whole, parted) AS (SELECT family || given, family || ' ' || given FROM person
                     WHERE id = ?1 AND family <> '' AND given <> '')
                 SELECT (SELECT count(*) FROM contact, named WHERE person <> ?1
                            AND (instr(note, whole) OR instr(note, parted)))
                      + (SELECT count(*) FROM person, named WHERE id <> ?1
                            AND (instr(notes, whole) OR instr(notes, parted)))
                      + (SELECT count(*) FROM issue, named WHERE instr(articles, whole) OR instr(articles, parted))",
            )?
            .query_row([person], |row| row.get(0))?;
        Ok(count)
    }

    /// What has had its time by a day; of each kind at most `limit`, the oldest first.
    ///
    /// # Errors
    /// The database's.
    pub fn due(&self, today: NaiveDate, limit: u32) -> Result<Vec<Due>, Fault> {
        let mut due = Vec::new();
        let contacts = format!(
            "SELECT p.id, trim(p.family || ' ' || p.given), max(p.left_on, coalesce((SELECT max(on_day) FROM contact
                 WHERE person = p.id AND {}), p.left_on)) AS since
             FROM person p WHERE p.deceased = 0 AND p.left_on <= ?1 AND since <= ?1 AND p.id NOT IN
                 (SELECT person FROM consent WHERE state = 'yes' AND basis <> 'none') ORDER BY since, p.id LIMIT ?2",
            ContactKind::two_way()
        );
        for (class, sql) in [
            (
                Class::Contacts,
                contacts.as_str(),
            ),
            (
                Class::Deceased,
                "SELECT id, trim(family || ' ' || given), deceased_on FROM person
                 WHERE deceased = 1 AND deceased_on <= ?1 ORDER BY deceased_on, id LIMIT ?2",
            ),
            (
                Class::Agreement,
                "SELECT p.id, trim(p.family || ' ' || p.given), a.until_on FROM agreement a JOIN person p ON p.id = a.person
                 WHERE a.until_on <= ?1 ORDER BY a.until_on, a.id LIMIT ?2",
            ),
            (
                Class::Interview,
                "SELECT p.id, trim(p.family || ' ' || p.given), p.left_on FROM sealed_note s JOIN person p ON p.id = s.person
                 WHERE p.left_on <= ?1 AND s.at <= ?3 GROUP BY p.id ORDER BY p.left_on, p.id LIMIT ?2",
            ),
        ] {
            let by = today.checked_sub_months(Months::new(12 * years(class))).unwrap_or(today);
            let by_at = At(by.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis());
            let mut statement = self.conn.prepare_cached(sql)?;
            // The third is asked for by one of them only.
            let row = |row: &rusqlite::Row<'_>| {
                Ok(Due { class, person: row.get(0)?, name: row.get(1)?, since: row.get(2)? })
            };
            let rows = match class {
                Class::Interview => statement.query_map(params![Day::from(by), limit, by_at], row)?,
                _ => statement.query_map(params![Day::from(by), limit], row)?,
            };
            due.extend(rows.collect::<Result<Vec<_>, _>>()?);
        }
        for roster in self.rosters()? {
            if roster.until_on.last().is_some_and(|until| until < today) {
                let (person, name) = (roster.id, roster.name);
                due.push(Due { class: Class::Roster, person, name, since: Some(roster.until_on) });
            }
        }
        Ok(due)
    }
}
