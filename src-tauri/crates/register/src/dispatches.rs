//! 発送の台帳: what was sent to whom, when and how, with the very papers. A dispatch that was made and has not gone out
//! yet is one, too, so that the program knows which postcards already bear somebody's name.

use crate::{
    Fault, Kept, Reading, Way, Writing,
    day::Day,
    fold::fold,
    gate::{Doubt, gate},
    id::*,
    people::{Channel, Dispatch, DispatchForm, Occasion, Person, Purpose, Sending},
    record as records,
};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use ts_rs::TS;

/// A question to the ledger.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct LedgerQuery {
    /// Words of the title or of a name; all must be found.
    pub search: String,
    /// Only of this issue.
    pub issue: Option<IssueId>,
    /// Only of this event.
    pub event: Option<EventId>,
    /// The first wanted, from the newest.
    pub offset: u32,
    /// How many, at most 100; 0 for as many as that.
    pub limit: u32,
}

/// A page of the ledger, the newest first; what has not gone out comes before all.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Ledger {
    /// How many there are in all.
    pub total: u32,
    /// The page.
    pub rows: Vec<DispatchRow>,
}

/// A dispatch as a line of the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DispatchRow {
    /// Which.
    pub id: DispatchId,
    /// What it is called.
    pub title: String,
    /// For what.
    pub purpose: Purpose,
    /// By what.
    pub channel: Channel,
    /// On which paper.
    pub form: DispatchForm,
    /// The greeting that it is, if it is one.
    pub occasion: Occasion,
    /// When it was made.
    pub made_on: Option<Day>,
    /// When it went out.
    pub sent_on: Option<Day>,
    /// To how many people.
    pub people: u32,
    /// How many of those came back.
    pub returned: u32,
}

/// One dispatch with its papers and all to whom it goes.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DispatchCard {
    /// Its line in the ledger.
    pub row: DispatchRow,
    /// Its papers.
    pub papers: Vec<PaperKept>,
    /// To whom, in the order of the papers.
    pub to: Vec<SentTo>,
}

/// A paper as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PaperKept {
    /// Which.
    pub id: DispatchPaperId,
    /// Its file name.
    pub name: String,
    /// How many pages it has.
    pub pages: u32,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Somebody to whom a dispatch goes.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SentTo {
    /// The sending.
    pub id: SendingId,
    /// What is kept of it.
    pub fields: Sending,
    /// The person's name.
    pub name: String,
    /// What has come to speak against it since it was made: nobody may write to them any more, or the family is in
    /// mourning, or post came back.
    pub closed: Vec<Doubt>,
    /// The piece is to be taken out: something has come to speak against one of those whom it names.
    pub pulled: bool,
    /// How the person is addressed today, a line each, where that is not what stands on the paper: somebody moved, or
    /// took another name.
    pub now: Option<String>,
}

/// Something that was made for one person, or sent to them.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Sent {
    /// The sending.
    pub id: SendingId,
    /// Which dispatch.
    pub dispatch: DispatchId,
    /// What it is called.
    pub title: String,
    /// On which paper.
    pub form: DispatchForm,
    /// The number of the letter, label or card.
    pub place: u32,
    /// When it was made.
    pub made_on: Option<Day>,
    /// When it went out; it has not while there is none.
    pub sent_on: Option<Day>,
    /// When it came back.
    pub returned_on: Option<Day>,
}

impl Writing<'_> {
    /// Keeps a paper of a dispatch, byte for byte, with its SHA-256; `personal` when it bears people's names, `each` how
    /// many pages every piece has, 0 where pieces share one.
    ///
    /// # Errors
    /// [`Fault::InUse`] when there is no such dispatch.
    pub fn add_dispatch_paper(
        &mut self,
        dispatch: DispatchId,
        name: &str,
        personal: bool,
        (pages, each): (u32, u32),
        pdf: &[u8],
    ) -> Result<(), Fault> {
        let id = DispatchPaperId(self.next_id);
        self.next_id += 1;
        let sum: String = Sha256::digest(pdf).iter().map(|byte| format!("{byte:02x}")).collect();
        self.conn
            .prepare_cached("INSERT INTO dispatch_paper VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
            .execute(params![id, dispatch, name, personal, pages, each, sum, pdf])?;
        Ok(())
    }

    /// Says that a dispatch went out on a day. Whose piece had to be taken out by today got nothing: they go from it, and
    /// are answered.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn send_dispatch(&mut self, id: DispatchId, on: Day, today: NaiveDate) -> Result<Vec<SentTo>, Fault> {
        let dispatch = records::get::<Dispatch>(self.conn, id)?;
        let mut pulled = sent_to(self.conn, id, &dispatch, today)?;
        pulled.retain(|to| to.pulled);
        for to in &pulled {
            self.remove::<Sending>(to.id)?;
        }
        records::update(self.conn, id, &Dispatch { sent_on: Some(on), ..dispatch })?;
        Ok(pulled)
    }

    /// 宛先不明で戻った: the sending came back on a day, and the person's address is not known any more.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn return_sending(&mut self, id: SendingId, on: Day) -> Result<(), Fault> {
        let sending = records::get::<Sending>(self.conn, id)?;
        let person = records::get::<Person>(self.conn, sending.person)?;
        let of = sending.person;
        records::update(self.conn, id, &Sending { returned_on: Some(on), ..sending })?;
        if !person.returned {
            records::update(self.conn, of, &Person { returned: true, ..person })?;
        }
        Ok(())
    }

    /// Takes a dispatch out of the ledger that never went out, with its papers.
    ///
    /// # Errors
    /// [`Fault::NotFound`]; [`Fault::Invalid`] when it went out: what was sent stays written.
    pub fn remove_dispatch(&mut self, id: DispatchId) -> Result<(), Fault> {
        if records::get::<Dispatch>(self.conn, id)?.sent_on.is_some() {
            return Err(Fault::Invalid { field: "id".into(), code: "dispatch_sent" });
        }
        for table in ["sending", "dispatch_paper"] {
            self.conn.prepare_cached(&format!("DELETE FROM {table} WHERE dispatch = ?1"))?.execute([id])?;
        }
        self.remove::<Dispatch>(id)
    }
}

/// Takes the papers away that bear somebody's name, before that person is erased: those that are there, and those that
/// the journal holds. Whom else they named stays written.
pub(crate) fn forget(conn: &Connection, person: PersonId) -> Result<(), Fault> {
    conn.prepare_cached(
        "UPDATE dispatch_paper SET pdf = x'' WHERE personal = 1
         AND dispatch IN (SELECT dispatch FROM sending WHERE person = ?1)",
    )?
    .execute([person])?;
    conn.prepare_cached(
        "DELETE FROM change WHERE tbl = 'dispatch_paper' AND before IS NOT NULL
         AND step IN (SELECT step FROM touched WHERE tbl = 'sending' AND person = ?1)",
    )?
    .execute([person])?;
    Ok(())
}

/// The columns of a line of the ledger, of a dispatch `d`.
const ROW: &str = "d.id, d.title, d.purpose, d.channel, d.form, d.occasion, d.made_on, d.sent_on,
    (SELECT count(*) FROM sending WHERE dispatch = d.id),
    (SELECT count(returned_on) FROM sending WHERE dispatch = d.id)";

fn row(row: &Row<'_>) -> rusqlite::Result<DispatchRow> {
    Ok(DispatchRow {
        id: row.get(0)?,
        title: row.get(1)?,
        purpose: row.get(2)?,
        channel: row.get(3)?,
        form: row.get(4)?,
        occasion: row.get(5)?,
        made_on: row.get(6)?,
        sent_on: row.get(7)?,
        people: row.get(8)?,
        returned: row.get(9)?,
    })
}

impl Reading<'_> {
    /// A page of the ledger.
    ///
    /// # Errors
    /// The database's.
    pub fn ledger(&self, query: &LedgerQuery) -> Result<Ledger, Fault> {
        let mut clauses = vec!["1".to_owned()];
        let mut values: Vec<Box<dyn ToSql>> = Vec::new();
        if let Some(issue) = query.issue {
            values.push(Box::new(issue));
            clauses.push(format!("d.issue = ?{}", values.len()));
        }
        if let Some(event) = query.event {
            values.push(Box::new(event));
            clauses.push(format!("d.event = ?{}", values.len()));
        }
        if !query.search.trim().is_empty() {
            let ids = self.dispatches_found(&query.search)?;
            clauses.push(format!("d.id IN ({})", ids.join(", ")));
        }
        let clause = clauses.join(" AND ");
        let params = rusqlite::params_from_iter(&values);
        let count = format!("SELECT count(*) FROM dispatch d WHERE {clause}");
        let total = self.conn.prepare_cached(&count)?.query_row(params, |row| row.get(0))?;
        let limit = if query.limit == 0 { crate::find::PAGE } else { query.limit.min(crate::find::PAGE) };
        let sql = format!(
            "SELECT {ROW} FROM dispatch d WHERE {clause} ORDER BY d.sent_on IS NOT NULL, d.sent_on DESC, d.id DESC
             LIMIT {limit} OFFSET {}",
            query.offset
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(&values), row)?;
        Ok(Ledger { total, rows: rows.collect::<Result<_, _>>()? })
    }

    /// Those whose title holds every word, and those that go to whoever the search finds.
    fn dispatches_found(&self, search: &str) -> Result<Vec<String>, Fault> {
        let wanted = fold(search);
        let mut found = Vec::new();
        let mut titles = self.conn.prepare_cached("SELECT id, title FROM dispatch")?;
        let mut rows = titles.query([])?;
        while let Some(row) = rows.next()? {
            let title = fold(row.get_ref(1)?.as_str().unwrap_or_default());
            if wanted.split_whitespace().all(|word| title.contains(word)) {
                found.push(row.get::<_, i64>(0)?);
            }
        }
        let query = crate::PeopleQuery { search: search.to_owned(), limit: u32::MAX, ..Default::default() };
        let (_, _, people) = self.people_ids(&query)?;
        let mut of = self.conn.prepare_cached("SELECT dispatch FROM sending WHERE person = ?1")?;
        for person in people {
            found.extend(of.query_map([person], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?);
        }
        found.sort_unstable();
        found.dedup();
        Ok(found.into_iter().map(|id| id.to_string()).collect())
    }

    /// One dispatch, as it stands today.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn dispatch(&self, id: DispatchId, today: NaiveDate) -> Result<DispatchCard, Fault> {
        let sql = format!("SELECT {ROW} FROM dispatch d WHERE d.id = ?1");
        let row = self.conn.prepare_cached(&sql)?.query_row([id], row).optional()?.ok_or(Fault::NotFound)?;
        let papers = self
            .conn
            .prepare_cached(
                "SELECT id, name, pages, sha256 FROM dispatch_paper WHERE dispatch = ?1 ORDER BY id",
            )?
            .query_map([id], |row| {
                Ok(PaperKept { id: row.get(0)?, name: row.get(1)?, pages: row.get(2)?, sha256: row.get(3)? })
            })?
            .collect::<Result<_, _>>()?;
        let to = sent_to(self.conn, id, &records::get(self.conn, id)?, today)?;
        Ok(DispatchCard { row, papers, to })
    }

    /// A paper as it was made: its file name and its bytes.
    ///
    /// # Errors
    /// [`Fault::NotFound`], also when it went because it named somebody who was erased; [`Fault::Damaged`] when the
    /// bytes do not have the sum they had.
    pub fn dispatch_paper(&self, id: DispatchPaperId) -> Result<(String, Vec<u8>), Fault> {
        let mut statement =
            self.conn.prepare_cached("SELECT name, sha256, pdf FROM dispatch_paper WHERE id = ?1")?;
        let found =
            statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
        let (name, sum, pdf): (String, String, Vec<u8>) = found.ok_or(Fault::NotFound)?;
        if pdf.is_empty() {
            return Err(Fault::NotFound);
        }
        let now: String = Sha256::digest(&pdf).iter().map(|byte| format!("{byte:02x}")).collect();
        if now == sum { Ok((name, pdf)) } else { Err(Fault::Damaged) }
    }

    /// Of which dispatch a paper is, whether it bears people's names, how many pages it has, and how many every piece
    /// has: 0 where pieces share one.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn dispatch_paper_of(&self, id: DispatchPaperId) -> Result<(DispatchId, bool, u32, u32), Fault> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT dispatch, personal, pages, each FROM dispatch_paper WHERE id = ?1")?;
        statement
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?
            .ok_or(Fault::NotFound)
    }

    /// What was made for somebody or sent to them, what has not gone out first, then the newest.
    ///
    /// # Errors
    /// The database's.
    pub fn sent(&self, person: PersonId) -> Result<Vec<Sent>, Fault> {
        sent(self.conn, person)
    }
}

/// All to whom a dispatch goes. Everybody stands at the gate once more: days pass between a paper and the post.
fn sent_to(
    conn: &Connection,
    id: DispatchId,
    dispatch: &Dispatch,
    today: NaiveDate,
) -> Result<Vec<SentTo>, Fault> {
    let sendings: Vec<Kept<Sending>> = records::list(conn, "dispatch = ?1 ORDER BY place, id", &[&id])?;
    let people: Vec<PersonId> = sendings.iter().map(|kept| kept.fields.person).collect();
    let way = Way { purpose: dispatch.purpose, channel: dispatch.channel };
    let at_gate = gate(conn, way, &people, today)?.into_iter();
    let mut today: HashMap<PersonId, (String, String, Vec<Doubt>)> = at_gate
        .map(|one| one.for_occasion(dispatch.occasion))
        .map(|one| (one.person, (one.name(), one.printed(), one.doubts)))
        .collect();
    // How wide letters were typed is nothing that a postman minds.
    let bare = |printed: &str| fold(printed).split_whitespace().collect::<String>();
    let mut to = Vec::with_capacity(sendings.len());
    for Kept { id, fields } in sendings {
        let (name, now, mut closed) = today.remove(&fields.person).unwrap_or_default();
        closed.retain(|doubt| doubt.came_since(&fields.doubts));
        let is_other = !fields.printed.is_empty() && bare(&now) != bare(&fields.printed);
        let now = is_other.then_some(now);
        to.push(SentTo { id: SendingId(id), pulled: !closed.is_empty(), fields, name, closed, now });
    }
    let out: HashSet<u32> = to.iter().filter(|to| to.pulled).map(|to| to.fields.place).collect();
    to.iter_mut().for_each(|to| to.pulled = out.contains(&to.fields.place));
    Ok(to)
}

/// As [`Reading::sent`].
pub(crate) fn sent(conn: &Connection, person: PersonId) -> Result<Vec<Sent>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT s.id, d.id, d.title, d.form, s.place, d.made_on, d.sent_on, s.returned_on
         FROM sending s JOIN dispatch d ON d.id = s.dispatch WHERE s.person = ?1
         ORDER BY d.sent_on IS NOT NULL, d.sent_on DESC, d.id DESC",
    )?;
    let rows = statement.query_map([person], |row| {
        Ok(Sent {
            id: row.get(0)?,
            dispatch: row.get(1)?,
            title: row.get(2)?,
            form: row.get(3)?,
            place: row.get(4)?,
            made_on: row.get(5)?,
            sent_on: row.get(6)?,
            returned_on: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
