//! 重複の候補: people who may be one, what speaks for it, and making them one.

use crate::{Call, Fault, FaultKind, records::One, table::Nothing};
use register::{
    Compared, Entries, Likeness, Person, PersonId, PersonRow,
    merge::{Choice, choices},
};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use ts_rs::TS;

/// So many pairs are shown at once, the likeliest first.
const SHOWN: usize = 100;
/// Settings of this name remember that two people are not one.
const APART: &str = "apart:";

/// People who may be one.
#[derive(Debug, Serialize, TS)]
pub struct Duplicates {
    /// How many pairs there are.
    pub total: u32,
    /// The likeliest hundred.
    pub pairs: Vec<Pair>,
}

/// Two people who may be one.
#[derive(Debug, Serialize, TS)]
pub struct Pair {
    /// Who came first.
    pub one: PersonRow,
    /// Who came later.
    pub other: PersonRow,
    /// What they have in common.
    pub likeness: Likeness,
    /// What they say differently: one of each stays a field, the other goes into the notes.
    pub choices: Vec<Choice>,
}

/// Two people.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Two {
    /// The one.
    pub one: PersonId,
    /// The other.
    pub other: PersonId,
}

/// Two people who are one.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MergePeople {
    /// Who stays.
    pub kept: PersonId,
    /// Who becomes part of them.
    pub other: PersonId,
    /// Of the fields that differ, those to take from the other.
    #[serde(default)]
    pub fields: Vec<String>,
    /// What the fields are called: what is not taken goes into the notes under its name.
    #[serde(default)]
    #[ts(type = "Record<string, string>")]
    pub called: HashMap<String, String>,
}

fn apart(one: PersonId, other: PersonId) -> String {
    let (one, other) = (one.min(other), one.max(other));
    format!("{APART}{}-{}", one.0, other.0)
}

pub(crate) fn duplicates(call: &Call<'_>, _: Nothing) -> Result<Duplicates, Fault> {
    let (people, apart_already) = call.read(|reading| {
        let settings = reading.all::<register::Setting>()?;
        let apart = settings.into_iter().map(|kept| kept.fields.name).filter(|name| name.starts_with(APART));
        Ok((reading.traits()?, apart.collect::<HashSet<_>>()))
    })?;
    let mut before = Entries::default();
    let mut found = Vec::new();
    for (at, (id, traits)) in people.iter().enumerate() {
        if at % 500 == 0 {
            call.job.at(at, people.len())?;
        }
        let compared = Compared::of(traits);
        for (place, likeness) in before.like(&compared) {
            let other = people[place].0;
            if !apart_already.contains(&apart(other, *id)) {
                found.push((other, *id, likeness));
            }
        }
        before.add(compared);
    }
    found.sort_by_key(|(one, _, like)| (!like.certain, usize::MAX - like.evidence.len(), *one));
    let total = found.len() as u32;
    found.truncate(SHOWN);
    let ids: Vec<PersonId> = found.iter().flat_map(|(one, other, _)| [*one, *other]).collect();
    let mut rows = call.read(|reading| reading.rows(&ids, call.today()))?.into_iter();
    let mut pairs = Vec::new();
    for (_, _, likeness) in found {
        let (Some(one), Some(other)) = (rows.next(), rows.next()) else { break };
        let choices = call.read(|reading| {
            Ok(choices(&reading.get::<Person>(one.id)?, &reading.get::<Person>(other.id)?))
        })?;
        pairs.push(Pair { one, other, likeness, choices });
    }
    Ok(Duplicates { total, pairs })
}

pub(crate) fn merge_people(call: &Call<'_>, merge: MergePeople) -> Result<Nothing, Fault> {
    let called = |field: &str| merge.called.get(field).cloned().unwrap_or_else(|| field.to_owned());
    call.write(|writing| writing.merge_people(merge.kept, merge.other, &merge.fields, &called))?;
    Ok(Nothing {})
}

/// Parts what was made one, also long after: see [`register::Writing::separate_people`].
pub(crate) fn separate_people(call: &Call<'_>, entry: One<PersonId>) -> Result<Nothing, Fault> {
    call.write(|writing| writing.separate_people(entry.id))?;
    Ok(Nothing {})
}

pub(crate) fn keep_apart(call: &Call<'_>, two: Two) -> Result<Nothing, Fault> {
    if two.one == two.other {
        return Err(Fault::new(FaultKind::Invalid, "same_person"));
    }
    call.write(|writing| writing.set(&apart(two.one, two.other), "yes"))?;
    Ok(Nothing {})
}
