//! The one gate before paper, as the page asks it: three piles, and what may be put aside for a reason.

use crate::{Call, Fault, people::Selection};
use register::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use ts_rs::TS;

/// Whom something is to be sent to.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// For what and by what.
    pub way: Way,
    /// Whom.
    pub selection: Selection,
    /// The greeting that it is, if it is one: a family in mourning gets no 年賀.
    #[serde(default)]
    #[ts(optional, as = "Option<Occasion>")]
    pub occasion: Occasion,
    /// To whom it goes all the same, and why.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<Anyway>>")]
    pub anyway: Vec<Anyway>,
}

/// Somebody decided to send something in spite of a doubt. Nothing that the person or the law closed is opened by it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Anyway {
    /// To whom.
    pub person: PersonId,
    /// Why; it is kept in the ledger.
    pub reason: String,
}

/// 送れる / 直せば送れる / 送らない.
#[derive(Debug, Default, Serialize, TS)]
pub struct Piles {
    /// Who gets it.
    pub send: PileOf,
    /// Who gets it once something is mended, or put aside for a reason.
    pub mend: PileOf,
    /// Who gets nothing.
    pub hold: PileOf,
}

/// A pile.
#[derive(Debug, Default, Serialize, TS)]
pub struct PileOf {
    /// How many people.
    pub total: u32,
    /// What speaks against them, each with how many; the most frequent first.
    pub doubts: Vec<(Doubt, u32)>,
    /// The first of them, at most 200.
    pub rows: Vec<Checked>,
}

/// Somebody on a pile.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Checked {
    /// Who, and what would be written on the paper.
    pub invited: Invited,
    /// Letters that no typeface has.
    pub lacking: Vec<String>,
    /// Why it is sent all the same; empty when nothing was put aside.
    pub reason: String,
}

/// Has everybody stand at the gate. This is the one door to paper.
pub(crate) fn gate(call: &Call<'_>, gate: &Gate) -> Result<Vec<(Pile, Checked)>, Fault> {
    let &Gate { way, ref selection, occasion, ref anyway } = gate;
    let people = selection.clone().ids(call)?;
    let invited = call.read(|reading| reading.gate(way, &people, call.today()))?;
    let fonts = call.desk.fonts()?;
    let mut reasons: HashMap<PersonId, String> =
        anyway.iter().map(|it| (it.person, it.reason.trim().to_owned())).collect();
    let checked = invited.into_iter().map(|invited| {
        let mut invited = invited.for_occasion(occasion);
        let Invited { family, given, spouse, firm, lines, .. } = &invited;
        let text = [family, given, spouse]
            .into_iter()
            .chain(firm)
            .chain(lines)
            .map(String::as_str)
            .collect::<String>();
        let lacking = fonts.lacking(&text);
        if way.channel == Channel::Post && !lacking.is_empty() {
            invited.doubts.push(Doubt::Glyph);
        }
        let has_doubts = !invited.doubts.is_empty();
        let reason = reasons.remove(&invited.person).filter(|_| has_doubts).unwrap_or_default();
        (invited.pile(!reason.is_empty()), Checked { invited, lacking, reason })
    });
    Ok(checked.collect())
}

/// So many of a pile are shown.
pub(crate) const SHOWN: usize = 200;

/// Those of each pile apart: who gets it, who would, who does not.
pub(crate) fn apart<T>(gated: impl IntoIterator<Item = (Pile, T)>) -> [Vec<T>; 3] {
    let mut piles = [Vec::new(), Vec::new(), Vec::new()];
    for (pile, one) in gated {
        let at = match pile {
            Pile::Send => 0,
            Pile::Mend => 1,
            Pile::Hold => 2,
        };
        piles[at].push(one);
    }
    piles
}

/// What speaks against people, each with how many; the most frequent first.
pub(crate) fn doubts<'a>(pile: impl Iterator<Item = &'a Checked>) -> Vec<(Doubt, u32)> {
    let mut all: Vec<(Doubt, u32)> = Vec::new();
    for &doubt in pile.flat_map(|checked| &checked.invited.doubts) {
        match all.iter_mut().find(|(known, _)| *known == doubt) {
            Some((_, count)) => *count += 1,
            None => all.push((doubt, 1)),
        }
    }
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    all
}

impl PileOf {
    /// The pile of these people.
    pub(crate) fn of<'a>(people: impl IntoIterator<Item = &'a Checked, IntoIter: Clone>) -> PileOf {
        let people = people.into_iter();
        let (total, doubts) = (people.clone().count() as u32, doubts(people.clone()));
        PileOf { total, doubts, rows: people.take(SHOWN).cloned().collect() }
    }
}

pub(crate) fn check_dispatch(call: &Call<'_>, wanted: Gate) -> Result<Piles, Fault> {
    let [send, mend, hold] = apart(gate(call, &wanted)?).map(|pile| PileOf::of(&pile));
    Ok(Piles { send, mend, hold })
}
