//! 引き継ぎ: a colleague goes, and the ties in their hands go to another, as one step and on one sheet.

use crate::{
    Call, Fault, FaultKind,
    form::{self, Form, FormPart, FormPrinted},
    records::One,
};
use register::{Colleague, ColleagueId, Day, Filter, Noted, PeopleQuery, Person, PersonId, PersonRow};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Somebody who is in a colleague's charge.
#[derive(Debug, Serialize, TS)]
pub struct InCharge {
    /// Who, with the last two-way contact and what was promised then.
    pub row: PersonRow,
    /// Why the tie is kept.
    pub why_connect: String,
    /// The telephone number to use first; empty when there is none.
    pub phone: String,
    /// What was written at the last two-way contact.
    pub note: String,
}

/// From one hand into another.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// Whose ties they were.
    pub from: ColleagueId,
    /// Whose they become.
    pub to: ColleagueId,
}

/// The sheet for whoever takes over: a line for each of [`in_charge_of`].
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintHandOver {
    /// Whose ties they are.
    pub from: ColleagueId,
    /// Its name, large.
    pub title: String,
    /// What stands above the table.
    pub lines: Vec<String>,
    /// The table's columns: who, with the telephone; the tie, with the last contact. And what a promise is called.
    pub columns: [String; 3],
    /// In which language it is, `ja` or `en`.
    pub language: String,
}

fn all_of(reading: &register::Reading<'_>, from: ColleagueId) -> Result<Vec<PersonId>, register::Fault> {
    let filter = Filter { in_charge: Some(from), ..Filter::default() };
    Ok(reading.people_ids(&PeopleQuery { filter, limit: u32::MAX, ..PeopleQuery::default() })?.2)
}

/// Whom the next one may call: who died or asked to be left alone is on no list of calls.
pub(crate) fn in_charge_of(call: &Call<'_>, one: One<ColleagueId>) -> Result<Vec<InCharge>, Fault> {
    call.read(|reading| {
        let rows = reading.rows(&all_of(reading, one.id)?, call.today())?;
        let may_be_called = rows.into_iter().filter(|row| !row.deceased && !row.no_contact);
        let told = may_be_called.map(|row| {
            let card = reading.person(row.id)?;
            let last = card
                .contacts
                .into_iter()
                .find(|kept| kept.fields.kind.is_two_way() && kept.fields.on_day == row.last_contact_on);
            Ok(InCharge {
                why_connect: card.fields.why_connect,
                phone: card.phones.into_iter().next().map(|kept| kept.fields.number).unwrap_or_default(),
                note: last.map(|kept| kept.fields.note).unwrap_or_default(),
                row,
            })
        });
        told.collect()
    })
}

pub(crate) fn hand_over(call: &Call<'_>, hand: HandOver) -> Result<u32, Fault> {
    if hand.from == hand.to {
        return Err(Fault::new(FaultKind::Invalid, "same_person"));
    }
    let changes = serde_json::Map::from_iter([("in_charge".to_owned(), serde_json::to_value(hand.to)?)]);
    let people = call.read(|reading| all_of(reading, hand.from))?;
    call.write(|writing| {
        writing.get::<Colleague>(hand.to)?;
        people.iter().try_for_each(|person| writing.change::<Person>(*person, &changes))
    })?;
    Ok(people.len() as u32)
}

pub(crate) fn print_hand_over(call: &Call<'_>, wanted: PrintHandOver) -> Result<FormPrinted, Fault> {
    let colleague: Colleague = call.read(|reading| reading.get(wanted.from))?;
    let day = |day: Option<Day>| day.map(|day| form::day(day, &wanted.language)).unwrap_or_default();
    let [who, tie, promised] = &wanted.columns;
    let lines = |lines: &[String]| lines.join("\n").trim().to_owned();
    let line = |one: InCharge| {
        let row = &one.row;
        let name = form::whole_name(&row.family, &row.given, &row.business_name);
        let last = [day(row.last_contact_on), one.note].join(" ").trim().to_owned();
        let next = row.next_on.map(|next| format!("{promised}　{}", day(Some(next)))).unwrap_or_default();
        vec![lines(&[name, one.phone]), lines(&[one.why_connect, last, next])]
    };
    let people = in_charge_of(call, One { id: wanted.from })?;
    call.note_out(&Noted { people: people.len() as u32, person: None, fields: String::new() })?;
    let rows = [vec![who.clone(), tie.clone()]].into_iter().chain(people.into_iter().map(line)).collect();
    let part = FormPart { lines: wanted.lines, rows, ..FormPart::default() };
    let form = Form { title: wanted.title, parts: vec![part], language: wanted.language };
    form::print(call, &form, &format!("{}{}", colleague.family, colleague.given))
}
