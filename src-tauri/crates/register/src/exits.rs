//! 退職の手続き: who is leaving, how far it is, and what was signed.

use crate::{
    At, Fault, Reading, SealedKept,
    day::Day,
    id::*,
    people::{Agreement, AgreementKind, Exit, ExitItem},
    record::{self, Kept},
};
use serde::Serialize;
use ts_rs::TS;

/// Somebody's exit as a line of a list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ExitRow {
    /// Whose.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The last day.
    pub left_on: Option<Day>,
    /// When all of it was done.
    pub finished_on: Option<Day>,
    /// Lines of the checklist that are not done.
    pub open_items: u32,
}

/// All that an exit consists of beside the person's own card.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ExitCard {
    /// The exit, once it was begun.
    pub exit: Option<Kept<Exit>>,
    /// Its checklist.
    pub items: Vec<Kept<ExitItem>>,
    /// What was signed, the last first.
    pub agreements: Vec<Kept<Agreement>>,
}

/// An agreement that ends soon.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Ending {
    /// Whose.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// Which kind.
    pub kind: AgreementKind,
    /// When it ends.
    pub until_on: Day,
}

/// A note behind the seal of one kind, with when its person left.
#[derive(Debug, Clone)]
pub struct SealedOf {
    /// Whose.
    pub person: PersonId,
    /// When that person left.
    pub left_on: Option<Day>,
    /// The note.
    pub kept: SealedKept,
}

impl Reading<'_> {
    /// The exits that are under way, the last days in order, and then those finished since a day.
    ///
    /// # Errors
    /// The database's.
    pub fn exits(&self, finished_since: Day) -> Result<Vec<ExitRow>, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT p.id, trim(p.family || ' ' || p.given), p.left_on, e.finished_on,
                    (SELECT count(*) FROM exit_item WHERE person = p.id AND done_on IS NULL)
             FROM exit e JOIN person p ON p.id = e.person
             WHERE e.finished_on IS NULL OR e.finished_on >= ?1
             ORDER BY e.finished_on IS NOT NULL, p.left_on, p.id",
        )?;
        let rows = statement.query_map([finished_since], |row| {
            Ok(ExitRow {
                person: row.get(0)?,
                name: row.get(1)?,
                left_on: row.get(2)?,
                finished_on: row.get(3)?,
                open_items: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Somebody's exit.
    ///
    /// # Errors
    /// The database's.
    pub fn exit(&self, person: PersonId) -> Result<ExitCard, Fault> {
        Ok(ExitCard {
            exit: record::list(self.conn, "person = ?1", &[&person])?.pop(),
            items: record::list(self.conn, "person = ?1 ORDER BY id", &[&person])?,
            agreements: record::list(self.conn, "person = ?1 ORDER BY signed_on DESC, id DESC", &[&person])?,
        })
    }

    /// What was signed and ends from one day up to another, of those alive; the first to end first.
    ///
    /// # Errors
    /// The database's.
    pub fn agreements_ending(&self, from: Day, until: Day) -> Result<Vec<Ending>, Fault> {
        // The plus keeps SQLite from beginning with everybody who is alive.
        let mut statement = self.conn.prepare_cached(
            "SELECT p.id, trim(p.family || ' ' || p.given), a.kind, a.until_on
             FROM agreement a JOIN person p ON p.id = a.person
             WHERE a.until_on >= ?1 AND a.until_on <= ?2 AND +p.deceased = 0 ORDER BY a.until_on, a.id",
        )?;
        let rows = statement.query_map([from, until], |row| {
            Ok(Ending { person: row.get(0)?, name: row.get(1)?, kind: row.get(2)?, until_on: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The notes behind the seal of one kind, of everybody, in the order they were made.
    ///
    /// # Errors
    /// The database's.
    pub fn sealed_of(&self, field: &str) -> Result<Vec<SealedOf>, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT s.id, s.field, s.at, s.sealed, p.id, p.left_on
             FROM sealed_note s JOIN person p ON p.id = s.person WHERE s.field = ?1 ORDER BY s.id",
        )?;
        let rows = statement.query_map([field], |row| {
            let at: At = row.get(2)?;
            Ok(SealedOf {
                person: row.get(4)?,
                left_on: row.get(5)?,
                kept: SealedKept { id: row.get(0)?, field: row.get(1)?, at, bytes: row.get(3)? },
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
