//! Who moved, or took another name, since a paper was made: their pieces are made anew, with everything as it was chosen
//! and written then.

use super::{Anyway, DispatchPrinted, print_dispatch};
use crate::{Call, Fault, FaultKind, hold};
use register::*;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use ts_rs::TS;

/// The pieces of a dispatch that bear an address or a name of earlier are to be made anew. Kept in the ledger, the new
/// ones take their place.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintMoved {
    /// Of which dispatch.
    pub id: DispatchId,
    /// What the new one is called in the ledger.
    pub title: String,
}

pub(crate) fn print_moved(call: &Call<'_>, wanted: PrintMoved) -> Result<DispatchPrinted, Fault> {
    let (dispatch, card) = call.read(|reading| {
        Ok((reading.get::<Dispatch>(wanted.id)?, reading.dispatch(wanted.id, call.today())?))
    })?;
    // A piece names all who live together: it is made anew for those who stay as well.
    let pieces: HashSet<u32> =
        card.to.iter().filter(|to| to.now.is_some()).map(|to| to.fields.place).collect();
    let anew: Vec<&SentTo> =
        card.to.iter().filter(|to| !to.pulled && pieces.contains(&to.fields.place)).collect();
    if anew.is_empty() || dispatch.sent_on.is_some() {
        return Err(Fault::new(FaultKind::Refused, "nobody_moved"));
    }
    let people: Vec<PersonId> = anew.iter().map(|to| to.fields.person).collect();
    let put_aside = anew.iter().filter(|to| !to.fields.reason.is_empty());
    let anyway = put_aside.map(|to| Anyway { person: to.fields.person, reason: to.fields.reason.clone() });
    let gate = json!({
        "way": Way { purpose: dispatch.purpose, channel: dispatch.channel },
        "selection": { "people": people },
        "occasion": dispatch.occasion,
        "anyway": anyway.collect::<Vec<_>>(),
    });
    let mut asked: Map<String, Value> = serde_json::from_str(&dispatch.asked)?;
    // Labels begin on a sheet of their own.
    let other = [("gate", gate), ("title", json!(wanted.title)), ("used", json!(0))];
    asked.extend(other.map(|(name, value)| (name.to_owned(), value)));
    let printed = print_dispatch(call, serde_json::from_value(asked.into())?)?;
    if printed.papers.is_empty() {
        return Err(Fault::new(FaultKind::Refused, "nobody_to_send"));
    }
    if let Some(held) = hold(&call.desk.papers).as_mut() {
        let made: HashSet<PersonId> = held.pieces.iter().flatten().map(|one| one.invited.person).collect();
        let old = anew.iter().filter(|to| made.contains(&to.fields.person));
        held.instead_of = old.map(|to| to.id).collect();
    }
    Ok(printed)
}
