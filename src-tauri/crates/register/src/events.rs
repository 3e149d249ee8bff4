//! 行事: reunions, seminars, visits, and how many come.

use crate::{
    Fault, Kept, Reading, Writing,
    day::Day,
    id::*,
    invitees::{Invitee, InviteeRow},
    people::words,
    record::{self as records, record},
};
use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

words! {
    /// 同窓会, 勉強会, 見学会, 偲ぶ会, その他.
    EventKind { Reunion, Seminar, Tour, Memorial, Other }
    /// What somebody has to do with an event: is invited; … by post; has not answered; answered to come, or not to; was there.
    Attendance { Invited, ByPost, Awaited, Coming, Declined, Came }
}

record! {
    /// An event to which people are invited.
    Event, EventId, "event" {
        /// What it is.
        kind: EventKind,
        /// What it is called.
        title: String,
        /// The day.
        on_day: Option<Day>,
        /// From when, `12:00`; empty while it is not known.
        from_time: String,
        /// Until when, as `from_time`.
        until_time: String,
        /// The place's name.
        place: String,
        /// Where that is, and how one gets there.
        place_address: String,
        /// What one person pays, in yen.
        fee: u32,
        /// So many may come with somebody, at most 9.
        companions: u32,
        /// Answers are asked for by this day.
        reply_until: Option<Day>,
        /// The words of the invitation; a line break ends a paragraph.
        wording: String,
        /// Seats at a table; 0 where nobody is given a seat.
        seats: u32,
        /// What it cost.
        costs: Costs,
        /// When it was brought to its end: whoever came has it in their history.
        finished_on: Option<Day>,
    } => Event::check_fields;
}

/// What an event cost, line by line.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Costs(pub Vec<Cost>);

/// A line of it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// What for.
    pub what: String,
    /// How much, in yen.
    pub yen: u32,
}

impl Event {
    fn check_fields(&self) -> Result<(), Fault> {
        let wrong = |field: &str, code| Err(Fault::Invalid { field: field.into(), code });
        if self.title.trim().is_empty() {
            return wrong("title", "title_missing");
        }
        for (field, time) in [("from_time", &self.from_time), ("until_time", &self.until_time)] {
            if !time.is_empty() && chrono::NaiveTime::parse_from_str(time, "%H:%M").is_err() {
                return wrong(field, "not_a_time");
            }
        }
        if !self.from_time.is_empty() && !self.until_time.is_empty() && self.until_time <= self.from_time {
            return wrong("until_time", "ends_before");
        }
        let whole = |day: Option<Day>| day.is_none_or(|day| day.year().is_some() && day.day().is_some());
        for (field, day) in [("on_day", self.on_day), ("reply_until", self.reply_until)] {
            if !whole(day) {
                return wrong(field, "day_not_whole");
            }
        }
        if let (Some(until), Some(on)) =
            (self.reply_until.and_then(|day| day.first()), self.on_day.and_then(|day| day.first()))
            && until > on
        {
            return wrong("reply_until", "deadline_late");
        }
        match (self.companions, self.seats) {
            (10.., _) => wrong("companions", "companions_too_many"),
            (_, 100..) => wrong("seats", "seats_too_many"),
            _ => Ok(()),
        }
    }
}

impl Attendance {
    /// SQL over `person`: who has to do so with the event that stands for `{}`.
    pub(crate) fn people(self) -> String {
        format!("id IN (SELECT person FROM invitee WHERE event = {{}} AND {})", self.clause())
    }

    /// SQL over `invitee`.
    fn clause(self) -> &'static str {
        match self {
            Attendance::Invited => "walk_in = 0",
            Attendance::ByPost => "walk_in = 0 AND channel = 'post'",
            // Nobody waits for the answer of whoever died or asked to be left alone.
            Attendance::Awaited => {
                "reply = 'none' AND walk_in = 0
                 AND (SELECT deceased + no_contact FROM person p WHERE p.id = invitee.person) = 0"
            }
            Attendance::Coming => "reply = 'yes'",
            Attendance::Declined => "reply = 'no'",
            Attendance::Came => "came = 1",
        }
    }
}

/// Those who have to do with an event in one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EventFilter {
    /// Which event.
    pub event: EventId,
    /// In which way.
    pub attendance: Attendance,
}

/// An event as a line of the list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct EventRow {
    /// Which.
    pub id: EventId,
    /// What is said of it.
    pub fields: Event,
    /// How many people are invited.
    pub invited: u32,
    /// How many of them answered to come.
    pub coming: u32,
    /// How many others come with them.
    pub companions: u32,
    /// How many answered not to come.
    pub declined: u32,
    /// How many have not answered.
    pub awaited: u32,
    /// How many came, with or without an invitation.
    pub came: u32,
    /// What was paid, in yen.
    pub paid: u32,
}

/// An event with all who are invited, in kana order.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct EventCard {
    /// Its line.
    pub row: EventRow,
    /// Who.
    pub invitees: Vec<InviteeRow>,
    /// What was made for it to be sent.
    pub dispatches: Vec<crate::DispatchRow>,
}

/// The numbers of a line are those of the lists behind them.
fn rows_of() -> String {
    let count = |of: Attendance| format!("count(invitee.id) FILTER (WHERE {})", of.clause());
    let [invited, coming, declined, awaited, came] = [
        Attendance::Invited,
        Attendance::Coming,
        Attendance::Declined,
        Attendance::Awaited,
        Attendance::Came,
    ]
    .map(count);
    format!(
        "SELECT e.id, {invited}, {coming}, coalesce(sum(invitee.companions) FILTER (WHERE {}), 0), {declined},
            {awaited}, {came}, coalesce(sum(invitee.paid), 0)
         FROM event e LEFT JOIN invitee ON invitee.event = e.id",
        Attendance::Coming.clause(),
    )
}

fn row(conn: &Connection, row: &Row<'_>) -> Result<EventRow, Fault> {
    let id: EventId = row.get(0)?;
    Ok(EventRow {
        id,
        fields: records::get(conn, id)?,
        invited: row.get(1)?,
        coming: row.get(2)?,
        companions: row.get(3)?,
        declined: row.get(4)?,
        awaited: row.get(5)?,
        came: row.get(6)?,
        paid: row.get(7)?,
    })
}

impl Reading<'_> {
    /// All events: those without a day first, then the latest day first.
    ///
    /// # Errors
    /// The database's.
    pub fn events(&self) -> Result<Vec<EventRow>, Fault> {
        let sql =
            format!("{} GROUP BY e.id ORDER BY e.on_day IS NOT NULL, e.on_day DESC, e.id DESC", rows_of());
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        let mut events = Vec::new();
        while let Some(found) = rows.next()? {
            events.push(row(self.conn, found)?);
        }
        Ok(events)
    }

    /// One event.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn event(&self, id: EventId) -> Result<EventCard, Fault> {
        records::get::<Event>(self.conn, id)?;
        let found = {
            let mut statement =
                self.conn.prepare_cached(&format!("{} WHERE e.id = ?1 GROUP BY e.id", rows_of()))?;
            let mut rows = statement.query([id])?;
            row(self.conn, rows.next()?.ok_or(Fault::NotFound)?)?
        };
        let ledger = self.ledger(&crate::LedgerQuery { event: Some(id), ..Default::default() })?;
        Ok(EventCard { row: found, invitees: self.invitees(id)?, dispatches: ledger.rows })
    }
}

impl Writing<'_> {
    /// A new event of this title with what the last one says; its days, costs and people are the last one's own.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn copy_event(&mut self, id: EventId, title: String) -> Result<EventId, Fault> {
        let last = records::get::<Event>(self.conn, id)?;
        self.add(&Event {
            title,
            on_day: None,
            reply_until: None,
            finished_on: None,
            costs: Costs::default(),
            ..last
        })
    }

    /// Removes an event and who was invited to it; what was sent for it stays in the ledger.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn remove_event(&mut self, id: EventId) -> Result<(), Fault> {
        self.conn.prepare_cached("DELETE FROM invitee WHERE event = ?1")?.execute([id])?;
        self.conn.prepare_cached("UPDATE dispatch SET event = NULL WHERE event = ?1")?.execute([id])?;
        self.remove::<Event>(id)
    }

    /// Brings an event to its end on a day: whoever came has it in their history. How many.
    ///
    /// # Errors
    /// [`Fault::NotFound`]; [`Fault::Invalid`] when it was done before.
    pub fn finish_event(&mut self, id: EventId, today: Day) -> Result<u32, Fault> {
        let event = records::get::<Event>(self.conn, id)?;
        if event.finished_on.is_some() {
            return Err(Fault::Invalid { field: "id".into(), code: "event_finished" });
        }
        let came: Vec<Kept<Invitee>> =
            records::list(self.conn, "event = ?1 AND came = 1 ORDER BY id", &[&id])?;
        for Kept { fields, .. } in &came {
            self.add(&crate::Contact {
                person: fields.person,
                on_day: event.on_day.or(Some(today)),
                kind: crate::ContactKind::Event,
                note: event.title.clone(),
                ..crate::Contact::default()
            })?;
        }
        records::update(self.conn, id, &Event { finished_on: Some(today), ..event })?;
        Ok(came.len() as u32)
    }
}
