//! People: what is more than adding, changing or removing one record.

use crate::{Begin, Call, Fault, FaultKind, records::One, table::Nothing};
use register::{
    At, CardYear, Contact, NotesFound, Occasion, OwnValue, People, PeopleQuery, Person, PersonCard, PersonId,
    Step, StepId, StepState, Writing,
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use ts_rs::TS;

/// A search in the notes of contacts.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NotesQuery {
    /// Words; all must be found.
    pub search: String,
    /// How many of the newest are wanted, at most 100; as many when nothing is said.
    #[serde(default)]
    #[ts(optional)]
    pub limit: Option<u32>,
}

/// Whom a command is about: people one by one, and everybody whom a question finds.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Selection {
    /// These people.
    pub people: Vec<PersonId>,
    /// And all of these, on every page of the list.
    pub query: Option<PeopleQuery>,
    /// But not these.
    pub except: Vec<PersonId>,
}

/// A tag put on people, or taken off.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Tagging {
    /// Whom.
    pub selection: Selection,
    /// The tag.
    pub name: String,
}

/// A tag in use.
#[derive(Debug, Serialize, TS)]
pub struct TagCount {
    /// The tag.
    pub name: String,
    /// How many people carry it.
    pub people: u32,
}

/// A page of steps.
#[derive(Debug, Default, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct StepsQuery {
    /// The first wanted, from the newest.
    pub offset: u32,
    /// How many, at most 100; 0 for as many as that.
    pub limit: u32,
}

/// A page of steps, the newest first.
#[derive(Debug, Serialize, TS)]
pub struct Steps {
    /// The steps.
    pub rows: Vec<Step>,
    /// Steps made until then are gone, because the journal has its limits; `null` while all are there.
    pub gone_until: Option<At>,
}

/// Which step; without one, the next in turn.
#[derive(Debug, Default, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct WhichStep {
    /// The step.
    pub step: Option<StepId>,
}

pub(crate) fn people(call: &Call<'_>, query: PeopleQuery) -> Result<People, Fault> {
    if !query.search.is_empty() {
        // The next letter finds them there.
        call.open()?.begin_texts(Begin::Now);
    }
    call.read(|reading| reading.people(&query, call.today()))
}

pub(crate) fn notes(call: &Call<'_>, query: NotesQuery) -> Result<NotesFound, Fault> {
    call.open()?.wait_for_texts()?;
    call.read(|reading| reading.notes(&query.search, query.limit.unwrap_or(u32::MAX)))
}

pub(crate) fn person(call: &Call<'_>, one: One<PersonId>) -> Result<PersonCard, Fault> {
    call.read(|reading| reading.person(one.id))
}

pub(crate) fn remove_person(call: &Call<'_>, one: One<PersonId>) -> Result<Nothing, Fault> {
    call.write(|writing| writing.remove_person(one.id))?;
    Ok(Nothing {})
}

pub(crate) fn tags(call: &Call<'_>, _: Nothing) -> Result<Vec<TagCount>, Fault> {
    let tags = call.read(|reading| reading.tags())?;
    Ok(tags.into_iter().map(|(name, people)| TagCount { name, people }).collect())
}

impl Selection {
    /// Who is meant, each once.
    pub(crate) fn ids(self, call: &Call<'_>) -> Result<Vec<PersonId>, Fault> {
        let mut ids = self.people;
        if let Some(query) = self.query {
            let all = PeopleQuery { offset: 0, limit: u32::MAX, ..query };
            ids.extend(call.read(|reading| reading.people_ids(&all))?.2);
        }
        let except: HashSet<_> = self.except.into_iter().collect();
        ids.retain(|id| !except.contains(id));
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }
}

pub(crate) fn add_tag(call: &Call<'_>, tagging: Tagging) -> Result<u32, Fault> {
    let name = tagging.name.trim();
    if name.is_empty() {
        return Err(Fault::field(FaultKind::Invalid, "name", "name_missing"));
    }
    each(call, tagging.selection, |writing, id| writing.add_tag(id, name))
}

pub(crate) fn remove_tag(call: &Call<'_>, tagging: Tagging) -> Result<u32, Fault> {
    each(call, tagging.selection, |writing, id| writing.remove_tag(id, &tagging.name))
}

/// Does something to everyone selected, as one step that tells its progress; returns how many it changed.
fn each(
    call: &Call<'_>,
    selection: Selection,
    mut change: impl FnMut(&mut Writing<'_>, PersonId) -> Result<bool, register::Fault>,
) -> Result<u32, Fault> {
    let ids = selection.ids(call)?;
    call.write(|writing| {
        let mut changed = 0;
        for (done, id) in ids.iter().enumerate() {
            call.told(done, ids.len())?;
            changed += u32::from(change(writing, *id)?);
        }
        Ok(changed)
    })
}

/// One contact that was had with many: a visit, an event, a round of calls.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddContacts {
    /// With whom.
    pub selection: Selection,
    /// What; whose it is is left open.
    #[ts(type = "Partial<Contact>")]
    pub contact: Contact,
}

/// How many it was written down for; the dead have none.
pub(crate) fn add_contacts(call: &Call<'_>, wanted: AddContacts) -> Result<u32, Fault> {
    each(call, wanted.selection, |writing, person| {
        let alive = !writing.get::<Person>(person)?.deceased;
        if alive {
            writing.add(&Contact { person, ..wanted.contact.clone() })?;
        }
        Ok(alive)
    })
}

pub(crate) fn change_own_value(call: &Call<'_>, value: OwnValue) -> Result<Nothing, Fault> {
    call.write(|writing| writing.set_own_value(value.person, value.field, &value.value))?;
    Ok(Nothing {})
}

pub(crate) fn steps(call: &Call<'_>, query: StepsQuery) -> Result<Steps, Fault> {
    let limit = if query.limit == 0 { 100 } else { query.limit };
    call.read(|reading| {
        Ok(Steps { rows: reading.steps(query.offset, limit)?, gone_until: reading.steps_gone_until()? })
    })
}

pub(crate) fn undo(call: &Call<'_>, which: WhichStep) -> Result<Step, Fault> {
    invert(call, which, StepState::Done, "nothing_to_undo")
}

pub(crate) fn redo(call: &Call<'_>, which: WhichStep) -> Result<Step, Fault> {
    invert(call, which, StepState::Undone, "nothing_to_redo")
}

fn invert(call: &Call<'_>, which: WhichStep, state: StepState, nothing: &str) -> Result<Step, Fault> {
    let open = call.open()?;
    let mut told = |done, total| call.told(done, total);
    match open.register.invert(call.new_step(&open), which.step, state, &mut told) {
        Err(register::Fault::NotFound) => Err(Fault::new(FaultKind::NotFound, nothing)),
        other => Ok(other?),
    }
}

/// Somebody's cards of one greeting.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CardsOf {
    /// Whose.
    pub person: PersonId,
    /// Of which greeting.
    pub occasion: Occasion,
}

pub(crate) fn card_years(call: &Call<'_>, of: CardsOf) -> Result<Vec<CardYear>, Fault> {
    call.read(|reading| reading.card_years(of.person, of.occasion, call.today()))
}

/// 喪中: a family spares New Year's cards over the next turn of the year.
pub(crate) fn record_mourning(call: &Call<'_>, one: One<PersonId>) -> Result<Nothing, Fault> {
    call.write(|writing| writing.record_mourning(one.id, call.today()))?;
    Ok(Nothing {})
}
