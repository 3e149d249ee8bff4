//! 退職の手続き: begun from the list of staff or from the register, left and taken up again, page by page.

use crate::{Call, Fault, FaultKind, records::One, table::Nothing};
use register::{
    Colleague, ColleagueId, Day, Employment, Exit, ExitCard, ExitItem, ExitItemKind, ExitRow, Filter,
    PeopleQuery, Person, PersonId,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who is leaving.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Leaving {
    /// Somebody of the staff: an entry in the register is made of them.
    Colleague(ColleagueId),
    /// Somebody who is in the register.
    Person(PersonId),
}

/// How an exit begins.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BeginExit {
    /// Who.
    pub who: Leaving,
    /// The last day, once it is known.
    pub left_on: Option<Day>,
    /// The checklist to begin with.
    pub items: Vec<NewItem>,
}

/// A line of the checklist.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewItem {
    /// Which kind.
    pub kind: ExitItemKind,
    /// What.
    pub name: String,
}

/// Who is leaving, and whose tie to leavers needs another hand then.
#[derive(Debug, Serialize, TS)]
pub struct ExitBegun {
    /// The entry in the register.
    pub person: PersonId,
    /// So many leavers were in this colleague's charge.
    pub in_charge_of: u32,
}

pub(crate) fn exits(call: &Call<'_>, _: Nothing) -> Result<Vec<ExitRow>, Fault> {
    let since = call.today() - chrono::Days::new(31);
    call.read(|reading| reading.exits(since.into()))
}

pub(crate) fn exit(call: &Call<'_>, one: One<PersonId>) -> Result<ExitCard, Fault> {
    call.read(|reading| reading.exit(one.id))
}

pub(crate) fn begin_exit(call: &Call<'_>, begin: BeginExit) -> Result<ExitBegun, Fault> {
    let in_charge_of = match begin.who {
        Leaving::Colleague(id) => {
            let filter = Filter { in_charge: Some(id), ..Filter::default() };
            let query = PeopleQuery { filter, limit: 1, ..PeopleQuery::default() };
            call.read(|reading| reading.people_ids(&query))?.0 as u32
        }
        Leaving::Person(id) => match call.read(|reading| reading.exit(id))?.exit {
            Some(_) => return Err(Fault::new(FaultKind::Conflict, "exit_begun")),
            None => 0,
        },
    };
    let last_day = serde_json::Map::from_iter([("left_on".to_owned(), serde_json::to_value(begin.left_on)?)]);
    let person = call.write(|writing| {
        let person = match begin.who {
            Leaving::Person(id) => {
                if begin.left_on.is_some() {
                    writing.change::<Person>(id, &last_day)?;
                }
                id
            }
            Leaving::Colleague(id) => {
                let colleague = writing.get::<Colleague>(id)?;
                writing.change::<Colleague>(id, &last_day)?;
                let person = writing.add(&Person {
                    family: colleague.family,
                    given: colleague.given,
                    family_kana: colleague.family_kana,
                    given_kana: colleague.given_kana,
                    left_on: begin.left_on,
                    ..Person::default()
                })?;
                if !colleague.department.is_empty() || !colleague.post.is_empty() {
                    let (department, post) = (colleague.department, colleague.post);
                    let until_on = begin.left_on;
                    writing.add(&Employment {
                        person,
                        department,
                        post,
                        until_on,
                        ..Employment::default()
                    })?;
                }
                person
            }
        };
        writing.add(&Exit { person, begun_on: Some(call.today().into()), ..Exit::default() })?;
        for NewItem { kind, name } in &begin.items {
            writing.add(&ExitItem { person, kind: *kind, name: name.trim().to_owned(), done_on: None })?;
        }
        Ok(person)
    })?;
    Ok(ExitBegun { person, in_charge_of })
}
