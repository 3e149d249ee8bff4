//! 今日: whom to contact, what was promised, what the season asks for.

use crate::{Call, Fault, table::Nothing};
use chrono::{Datelike, Months, NaiveDate};
use register::{
    Birthday, ContactKind, Day, Ending, EventRow, ExitRow, Filter, PeopleQuery, PersonRow, Spoken,
};
use serde::Serialize;
use ts_rs::TS;

/// What the day asks for.
#[derive(Debug, Serialize, TS)]
pub struct Today {
    /// The day.
    pub on_day: Day,
    /// What was promised at the last contact and is due by the end of this week.
    pub promised: Listed,
    /// Whom to contact: nothing was promised, and the last two-way contact is a year ago or more.
    pub waiting: Listed,
    /// People whose 連絡担当 has left the company.
    pub orphaned: Listed,
    /// People whose address nobody has confirmed for a year.
    pub unconfirmed: Listed,
    /// People who were asked whether one may write, and have not answered.
    pub asked: Listed,
    /// Birthdays of the next two weeks, of those who agreed to something.
    pub birthdays: Vec<Birthday>,
    /// 先月: the month.
    pub last_month: Day,
    /// … and with whom there was two-way contact in it: in any way, then by kind, the most frequent first.
    pub last_month_spoken: Vec<SpokenTo>,
    /// 退職の手続き that are under way.
    pub exits: Vec<ExitRow>,
    /// Agreements that end within [`SOON`] days.
    pub ending: Vec<Ending>,
    /// Events of which something is to be done: answers are awaited, the day is near, or it is over and not written down.
    pub events: Vec<EventRow>,
    /// No recovery sheet is in anybody's hand yet; told to those who can print one.
    pub sheet_missing: bool,
}

/// A number that opens its list.
#[derive(Debug, Serialize, TS)]
pub struct Listed {
    /// How many.
    pub total: u32,
    /// Which: the filter of the list.
    pub filter: Filter,
    /// The first of them.
    pub rows: Vec<PersonRow>,
}

/// With how many people there was contact, as a number that opens its list.
#[derive(Debug, Serialize, TS)]
pub struct SpokenTo {
    /// In which way; none for any.
    pub kind: Option<ContactKind>,
    /// How many people.
    pub people: u32,
    /// Which: the filter of the list.
    pub filter: Filter,
}

/// So many days before it ends an agreement is told of.
pub const SOON: u64 = 60;

/// The events that stand on 今日, the next first: from [`SOON`] days before until they are written down.
fn events(mut all: Vec<EventRow>, today: NaiveDate) -> Vec<EventRow> {
    let until = today + chrono::Days::new(SOON);
    all.retain(|row| {
        let on = row.fields.on_day.and_then(|day| day.first());
        row.fields.finished_on.is_none() && row.invited + row.came > 0 && on.is_some_and(|on| on <= until)
    });
    all.sort_by_key(|row| row.fields.on_day.map(|day| day.to_string()));
    all
}

pub(crate) fn today(call: &Call<'_>, _: Nothing) -> Result<Today, Fault> {
    let now = call.today();
    let sunday = now + chrono::Days::new(6 - u64::from(now.weekday().num_days_from_monday()));
    let a_year_ago = now.checked_sub_months(Months::new(12)).unwrap_or(now);
    let last_month = now.with_day(1).and_then(|first| first.pred_opt()).unwrap_or(now);
    let last_month = Day::new(Some(last_month.year()), Some(last_month.month()), None)
        .unwrap_or_else(|| last_month.into());
    let open = call.open()?;
    let sheet_missing = open.opened.role() == vault::Role::Owner
        && open.keys.kind() == vault::Kind::Company
        && open.keys.sheet().is_none_or(|sheet| !sheet.confirmed);
    call.read(|reading| {
        let listed = |filter: Filter, limit| -> Result<Listed, register::Fault> {
            let query = PeopleQuery { filter: filter.clone(), limit, ..PeopleQuery::default() };
            let found = reading.people(&query, now)?;
            Ok(Listed { total: found.total, filter, rows: found.rows })
        };
        let promised = Filter { due_on: Some(sunday.into()), promised: true, ..Filter::default() };
        let waiting = Filter { due_on: Some(now.into()), waiting: true, ..Filter::default() };
        let spoken_to = |(kind, people)| {
            let spoken = Some(Spoken { month: last_month, kind });
            SpokenTo { kind, people, filter: Filter { spoken, ..Filter::default() } }
        };
        Ok(Today {
            on_day: now.into(),
            promised: listed(promised, 20)?,
            waiting: listed(waiting, 8)?,
            orphaned: listed(Filter { orphaned: true, ..Filter::default() }, 5)?,
            unconfirmed: listed(
                Filter { unconfirmed_since: Some(a_year_ago.into()), ..Filter::default() },
                5,
            )?,
            asked: listed(Filter { asked: true, ..Filter::default() }, 5)?,
            birthdays: reading.birthdays(now, 14)?,
            exits: reading.exits(now.into())?.into_iter().filter(|exit| exit.finished_on.is_none()).collect(),
            ending: reading.agreements_ending(now.into(), (now + chrono::Days::new(SOON)).into())?,
            last_month,
            last_month_spoken: reading.contacts_in(last_month)?.into_iter().map(spoken_to).collect(),
            events: events(reading.events()?, now),
            sheet_missing,
        })
    })
}
