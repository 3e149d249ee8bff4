//! The list is taken in: people added, filled, and put beside those who serve, as one step.

use super::{
    MappedList, Pile, day, remembering, sheet,
    sort::{Act, Sorted, SortedRow, let_go, sort},
    take_sorted,
};
use crate::{Call, Fault};
use intake::Plain;
use register::{Address, At, Colleague, Employment, Mail, Person, PersonId, Phone, StepId, Writing};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;
use zeroize::Zeroizing;

/// What was taken in.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct Imported {
    /// The step, to undo all of it or to see only these people; none when nothing changed.
    pub step: Option<StepId>,
    /// People added.
    pub added: u32,
    /// People of whom something new was written down.
    pub filled: u32,
    /// People added to those who serve.
    pub colleagues: u32,
    /// Texts that went behind the seal.
    pub sealed: u32,
    /// People who were there already, with all that the list says.
    pub same: u32,
    /// Rows that were not taken and can be saved as a file.
    pub rest: u32,
    /// Rows that were held back.
    pub held: u32,
    /// Cells left empty because they were doubtful.
    pub doubts: u32,
}

pub(crate) fn import_people(call: &Call<'_>, list: MappedList) -> Result<Imported, Fault> {
    let sheet = sheet(call, &list.file, &list.reading, false)?;
    let before = take_sorted(call, &list)?;
    let open = call.open()?;
    let (hr, at) = (open.opened.hr_public(), At(call.now.timestamp_millis()));
    let mut why_not = None;
    let done = call.write_step(|writing| {
        let take = |row: &SortedRow| {
            match &row.act {
                Act::Leave => {}
                Act::AddColleague => drop(add_colleague(writing, &row.plain)?),
                Act::Fill(person, fields) => fill(writing, *person, row, fields)?,
                Act::Add => {
                    let person = add_plain(writing, &row.plain)?;
                    for text in &row.sealed {
                        // Under its heading: 「退職理由：介護のため」.
                        let colon = if text.heading.is_empty() { "" } else { "：" };
                        let text =
                            Zeroizing::new([text.heading.as_str(), colon, text.text.as_str()].concat());
                        let random = &mut **call.random();
                        crate::sealed::seal(writing, person, "reason", &text, hr, random, at)??;
                    }
                }
            }
            Ok(())
        };
        let taken = match before {
            Some(sorted) => take_all(call, sorted, take),
            // While the next rows are read, these are written.
            None => sort(call, &sheet, &list, take),
        };
        let sorted = taken.map_err(|fault| {
            why_not = Some(fault);
            register::Fault::Stopped
        })?;
        let acts = sorted.rows.iter().any(|row| row.act != Act::Leave);
        // What the columns are is known for the next list with these headings.
        if let Some(name) = remembering(&sheet).filter(|_| acts) {
            writing.set(&name, &serde_json::to_string(&list.mapping)?)?;
        }
        Ok(sorted)
    });
    if let Some(fault) = why_not {
        return Err(fault);
    }
    let (sorted, step) = done?;
    let imported = Imported {
        step,
        added: sorted.count(|act| *act == Act::Add),
        filled: sorted.count(|act| matches!(act, Act::Fill(..))),
        colleagues: sorted.count(|act| *act == Act::AddColleague),
        sealed: sorted.sealed(),
        same: sorted.pile(Pile::Same),
        rest: sorted.rows.iter().filter(|row| row.rests()).count() as u32,
        held: sorted.pile(Pile::Held),
        doubts: sorted.doubts().count() as u32,
    };
    let_go(sorted);
    Ok(imported)
}

/// Takes rows that have their piles already.
fn take_all(
    call: &Call<'_>,
    mut sorted: Sorted,
    mut take: impl FnMut(&SortedRow) -> Result<(), Fault>,
) -> Result<Sorted, Fault> {
    // What they were sorted by is done with, and writing wants its room.
    sorted.let_go();
    for (at, row) in sorted.rows.iter().enumerate() {
        call.job.at(at, sorted.rows.len())?;
        take(row)?;
    }
    Ok(sorted)
}

/// Writes down what a row says of somebody who is there: what is empty, and the `fields` that are to be taken. How the
/// person stands, and what was agreed, no list changes.
fn fill(
    writing: &mut Writing<'_>,
    person: PersonId,
    row: &SortedRow,
    fields: &[String],
) -> Result<(), register::Fault> {
    let mut changes = Map::new();
    let plain = &row.plain;
    for difference in &row.differences {
        let wanted = difference.here.is_empty() || fields.contains(&difference.field);
        let there = Value::from(difference.there.as_str());
        match difference.field.as_str() {
            _ if !wanted => {}
            "phone" | "mobile" => {
                let home = ("自宅", &plain.phone);
                let (label, number) =
                    if difference.field == "phone" { home } else { ("携帯", &plain.mobile) };
                let best = writing.of_person::<Phone>(person)?.is_empty();
                writing.add(&phone(person, label, number, best))?;
            }
            "mail" => {
                let first = writing.of_person::<Mail>(person)?.is_empty();
                writing.add(&mail(person, &plain.email, first))?;
            }
            "address" => {
                let first = writing.of_person::<Address>(person)?.is_empty();
                let taken = first || fields.contains(&difference.field);
                if let Some(address) = home(person, plain, taken) {
                    let id = writing.add(&address)?;
                    writing.only_best::<Address>(id)?;
                }
            }
            "notes" => {
                let notes = writing.get::<Person>(person)?.notes;
                let between = if notes.is_empty() { "" } else { "\n" };
                changes.insert("notes".into(), format!("{notes}{between}{}", plain.note).into());
            }
            field => drop(changes.insert(field.to_owned(), there)),
        }
    }
    writing.change::<Person>(person, &changes)?;
    for tag in &plain.tags {
        writing.add_tag(person, tag)?;
    }
    if writing.of_person::<Employment>(person)?.is_empty() {
        add_employment(writing, person, plain)?;
    }
    Ok(())
}

fn add_colleague(writing: &mut Writing<'_>, plain: &Plain) -> Result<register::ColleagueId, register::Fault> {
    writing.add(&Colleague {
        family: plain.family.clone(),
        given: plain.given.clone(),
        family_kana: plain.family_kana.clone(),
        given_kana: plain.given_kana.clone(),
        department: plain.department.clone(),
        post: plain.post.clone(),
        mail: plain.email.clone(),
        left_on: None,
    })
}

/// A person as a file tells of them.
fn add_plain(writing: &mut Writing<'_>, plain: &Plain) -> Result<PersonId, register::Fault> {
    let person = writing.add(&Person {
        family: plain.family.clone(),
        given: plain.given.clone(),
        family_kana: plain.family_kana.clone(),
        given_kana: plain.given_kana.clone(),
        maiden: plain.maiden.clone(),
        business_name: plain.business_name.clone(),
        employee_number: plain.employee_number.clone(),
        joined_on: day(plain.joined_on),
        left_on: day(plain.left_on),
        born_on: day(plain.born_on),
        employer: plain.employer.clone(),
        employer_role: plain.employer_role.clone(),
        notes: plain.note.clone(),
        ..Person::default()
    })?;
    add_employment(writing, person, plain)?;
    if let Some(home) = home(person, plain, true) {
        writing.add(&home)?;
    }
    for (label, number) in [("携帯", &plain.mobile), ("自宅", &plain.phone)] {
        if !number.is_empty() {
            let best = label == "携帯" || plain.mobile.is_empty();
            writing.add(&phone(person, label, number, best))?;
        }
    }
    if !plain.email.is_empty() {
        writing.add(&mail(person, &plain.email, true))?;
    }
    for tag in &plain.tags {
        writing.add_tag(person, tag)?;
    }
    Ok(person)
}

fn add_employment(writing: &mut Writing<'_>, person: PersonId, plain: &Plain) -> Result<(), register::Fault> {
    if [&plain.department, &plain.post, &plain.contract].iter().any(|text| !text.is_empty()) {
        writing.add(&Employment {
            person,
            from_on: day(plain.joined_on),
            until_on: day(plain.left_on),
            department: plain.department.clone(),
            post: plain.post.clone(),
            contract: plain.contract.clone(),
        })?;
    }
    Ok(())
}

/// The address of a row, if it has one. What stood in one cell is kept as it was written, in the line for streets.
fn home(person: PersonId, plain: &Plain, best: bool) -> Option<Address> {
    let street = [plain.street.as_str(), plain.address.as_str()].concat();
    let says = [&plain.postal, &plain.prefecture, &plain.city, &street].iter().any(|text| !text.is_empty());
    says.then(|| Address {
        person,
        label: "自宅".into(),
        postal: plain.postal.clone(),
        prefecture: plain.prefecture.clone(),
        city: plain.city.clone(),
        street,
        building: plain.building.clone(),
        best,
        confirmed_on: None,
    })
}

fn phone(person: PersonId, label: &str, number: &str, best: bool) -> Phone {
    Phone { person, label: label.into(), number: number.into(), best, confirmed_on: None }
}

fn mail(person: PersonId, address: &str, best: bool) -> Mail {
    Mail { person, label: "個人".into(), address: address.into(), best, confirmed_on: None }
}
