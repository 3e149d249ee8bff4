//! The day itself: who came, who paid, who sits where.

use super::{
    code,
    seating::{Guest, seating},
};
use crate::{
    Call, Fault, FaultKind,
    records::{Change, One},
    table::Nothing,
};
use register::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Somebody came who was not expected.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WalkIn {
    /// To what.
    pub event: EventId,
    /// Who, when they are in the register.
    pub person: Option<PersonId>,
    /// 姓 of somebody who is not.
    #[serde(default)]
    pub family: String,
    /// 名 of somebody who is not.
    #[serde(default)]
    pub given: String,
}

/// The tables of an event.
#[derive(Debug, Serialize, TS)]
pub struct Seated {
    /// How many.
    pub tables: u32,
    /// How many people sit there, with those who come along.
    pub people: u32,
}

/// What may be changed of an invitation by hand: an answer is entered as one, and a code stands on paper.
const BY_HAND: [&str; 6] = ["came", "paid", "table_number", "table_fixed", "news", "news_print"];

pub(crate) fn change_invitee(call: &Call<'_>, change: Change<Invitee>) -> Result<Nothing, Fault> {
    if let Some(field) = change.changes.0.keys().find(|field| !BY_HAND.contains(&field.as_str())) {
        return Err(Fault::field(FaultKind::Invalid, field, "unknown_field"));
    }
    call.write(|writing| writing.change::<Invitee>(change.id.into(), &change.changes.0))?;
    Ok(Nothing {})
}

/// Nothing is sent to whoever comes unasked, so no gate is passed here; thanks pass it later, as everything does.
pub(crate) fn add_walk_in(call: &Call<'_>, wanted: WalkIn) -> Result<InviteeId, Fault> {
    let WalkIn { event, person, family, given } = wanted;
    call.write(|writing| {
        writing.get::<Event>(event)?;
        let person = match person {
            Some(person) if writing.get::<Person>(person)?.deceased => {
                return Err(register::Fault::Invalid { field: "person".into(), code: "person_deceased" });
            }
            Some(person) => person,
            None => writing.add(&Person {
                family: family.trim().to_owned(),
                given: given.trim().to_owned(),
                ..Person::default()
            })?,
        };
        if let Some(known) =
            writing.of_person::<Invitee>(person)?.into_iter().find(|known| known.fields.event == event)
        {
            let came = serde_json::Map::from_iter([("came".to_owned(), true.into())]);
            writing.change::<Invitee>(known.id.into(), &came)?;
            return Ok(known.id.into());
        }
        let code = code::draw(call, writing)?;
        let (came, walk_in) = (true, true);
        writing.add(&Invitee { person, event, code, came, walk_in, ..Invitee::default() })
    })
}

/// Gives everybody who comes a table, mixing years and departments; who has a fixed one keeps it.
pub(crate) fn seat_event(call: &Call<'_>, one: One<EventId>) -> Result<Seated, Fault> {
    let card = call.read(|reading| reading.event(one.id))?;
    let seats = card.row.fields.seats;
    if seats == 0 {
        return Err(Fault::field(FaultKind::Invalid, "seats", "seats_missing"));
    }
    let come = |row: &&InviteeRow| {
        !row.closed && (row.fields.reply == EventReply::Yes || (row.fields.came && row.fields.walk_in))
    };
    let coming: Vec<&InviteeRow> = card.invitees.iter().filter(come).collect();
    let guests: Vec<Guest> = coming
        .iter()
        .map(|row| Guest {
            seats: 1 + row.fields.companions,
            year: row.left_on.and_then(|day| day.year()),
            department: row.department.clone(),
            fixed: row.fields.table_number.filter(|_| row.fields.table_fixed),
        })
        .collect();
    let tables = seating(&guests, seats);
    call.write(|writing| {
        for row in card.invitees.iter().filter(|row| !come(row) && row.fields.table_number.is_some()) {
            let none = serde_json::json!({ "table_number": null, "table_fixed": false });
            writing.change::<Invitee>(row.id, none.as_object().unwrap_or(&serde_json::Map::new()))?;
        }
        for (row, table) in coming.iter().zip(&tables) {
            let at = serde_json::Map::from_iter([("table_number".to_owned(), (*table).into())]);
            writing.change::<Invitee>(row.id, &at)?;
        }
        Ok(())
    })?;
    Ok(Seated {
        tables: tables.iter().copied().max().unwrap_or(0),
        people: guests.iter().map(|guest| guest.seats).sum(),
    })
}
