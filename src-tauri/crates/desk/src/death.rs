//! 訃報: somebody has died. One step stops everything; then those are named who are to be told.

use crate::{Call, Fault, records::One, table::Nothing, typed::tidied};
use register::{
    Colleague, Contact, ContactKind, ContactTopic, Day, Person, PersonId, Phone, Sent, WorkedWith,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// So many are named, whom one may tell.
const TOLD: u32 = 12;

/// That somebody has died.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordDeath {
    /// Who.
    pub person: PersonId,
    /// When, as far as it is known.
    pub deceased_on: Option<Day>,
    /// What was said, and by whom: kept as a contact of today.
    pub note: String,
    /// What the family's phone is called, 喪主 or 長女.
    pub family: String,
    /// The family's phone; empty when it was not given.
    pub phone: String,
}

/// Who is to be told.
#[derive(Debug, Serialize, TS)]
pub struct ToTell {
    /// 連絡担当, if somebody was and still serves.
    pub in_charge: Option<String>,
    /// Those who worked with the person.
    pub worked_with: Vec<WorkedWith>,
    /// Papers with the person's name that were made and have not gone out: they are to be taken out.
    pub made: Vec<Sent>,
    /// What went out within the last month, and may still be on its way or just have come.
    pub sent: Vec<Sent>,
}

pub(crate) fn record_death(call: &Call<'_>, death: RecordDeath) -> Result<Nothing, Fault> {
    let phone = tidied(&Phone {
        person: death.person,
        label: death.family.trim().to_owned(),
        number: death.phone,
        ..Phone::default()
    })?;
    let changes = serde_json::json!({ "deceased": true, "deceased_on": death.deceased_on });
    call.write(|writing| {
        let person = death.person;
        writing.change::<Person>(person, changes.as_object().unwrap_or(&serde_json::Map::new()))?;
        writing.add(&Contact {
            person,
            on_day: Some(call.today().into()),
            kind: ContactKind::Inbound,
            topic: ContactTopic::Death,
            note: death.note.trim().to_owned(),
            ..Contact::default()
        })?;
        if !phone.number.is_empty() {
            writing.add(&phone)?;
        }
        Ok(())
    })?;
    Ok(Nothing {})
}

pub(crate) fn to_tell(call: &Call<'_>, one: One<PersonId>) -> Result<ToTell, Fault> {
    call.read(|reading| {
        let person: Person = reading.get(one.id)?;
        let in_charge = match person.in_charge {
            Some(colleague) => Some(reading.get::<Colleague>(colleague)?).filter(|one| one.left_on.is_none()),
            None => None,
        };
        let month_ago = Day::from(call.today() - chrono::Days::new(31)).to_string();
        let (made, mut sent): (Vec<_>, Vec<_>) =
            reading.sent(one.id)?.into_iter().partition(|sent| sent.sent_on.is_none());
        sent.retain(|sent| sent.sent_on.is_some_and(|on| on.to_string() >= month_ago));
        Ok(ToTell {
            made,
            sent,
            in_charge: in_charge.map(|one| format!("{} {}", one.family, one.given).trim().to_owned()),
            worked_with: reading.worked_with(one.id, TOLD)?,
        })
    })
}
