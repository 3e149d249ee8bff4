//! Whom an event invites, and by what: everybody passes the one gate, by post first and else by mail.

use super::code;
use crate::{
    Call, Fault, FaultKind,
    dispatch::{Anyway, Checked, Gate, SHOWN, apart, doubts, gate},
    people::Selection,
    records::One,
    table::Nothing,
};
use register::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use ts_rs::TS;

/// Who is to be invited.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    /// To what.
    pub event: EventId,
    /// Whom.
    pub selection: Selection,
    /// Whoever may be written to by mail is written to by mail, and by post else; the other way round when it is not so.
    #[serde(default)]
    pub mail_first: bool,
    /// Whom in spite of a doubt, and why.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<Anyway>>")]
    pub anyway: Vec<Anyway>,
}

/// Everybody selected, on the pile on which they would be.
#[derive(Debug, Default, Serialize, TS)]
pub struct InvitationChecked {
    /// Who can be invited.
    pub send: InvitedPile,
    /// Who could once something is mended, or put aside for a reason.
    pub mend: InvitedPile,
    /// Who is not invited.
    pub hold: InvitedPile,
    /// How many of those who can are invited already.
    pub known: u32,
}

/// A pile.
#[derive(Debug, Default, Serialize, TS)]
pub struct InvitedPile {
    /// How many.
    pub total: u32,
    /// How many of them by post.
    pub by_post: u32,
    /// What speaks against them, each with how many; the most frequent first.
    pub doubts: Vec<(Doubt, u32)>,
    /// The first of them, at most 200.
    pub rows: Vec<CheckedBy>,
}

/// Somebody on a pile, with the channel by which it would go.
#[derive(Debug, Serialize, TS)]
pub struct CheckedBy {
    /// By what.
    pub channel: Channel,
    /// Who, and what speaks against it.
    pub checked: Checked,
}

/// Who was invited.
#[derive(Debug, Serialize, TS)]
pub struct InvitedNow {
    /// By post.
    pub by_post: u32,
    /// By mail.
    pub by_mail: u32,
}

/// Has everybody stand at the gate twice: whoever may not be reached by the first channel is tried by the second, and
/// stays with what the first said when that does not go either.
fn both_ways(call: &Call<'_>, wanted: Invitation) -> Result<Vec<(Pile, CheckedBy)>, Fault> {
    let Invitation { selection, mail_first, anyway, .. } = wanted;
    let people = selection.ids(call)?;
    let (first, second) =
        if mail_first { (Channel::Mail, Channel::Post) } else { (Channel::Post, Channel::Mail) };
    let at = |channel, people: Vec<PersonId>| {
        let selection = Selection { people, ..Selection::default() };
        gate(
            call,
            &Gate {
                way: Way { purpose: Purpose::Event, channel },
                selection,
                occasion: Occasion::None,
                anyway: anyway.clone(),
            },
        )
    };
    let by_first = at(first, people)?;
    let others = by_first.iter().filter(|(pile, _)| *pile != Pile::Send);
    let others: Vec<PersonId> = others.map(|(_, checked)| checked.invited.person).collect();
    let mut by_second: HashMap<PersonId, Checked> = at(second, others)?
        .into_iter()
        .filter(|(pile, _)| *pile == Pile::Send)
        .map(|(_, checked)| (checked.invited.person, checked))
        .collect();
    let settled = |(pile, checked): (Pile, Checked)| match by_second.remove(&checked.invited.person) {
        Some(checked) => (Pile::Send, CheckedBy { channel: second, checked }),
        None => (pile, CheckedBy { channel: first, checked }),
    };
    Ok(by_first.into_iter().map(settled).collect())
}

impl From<Vec<CheckedBy>> for InvitedPile {
    fn from(mut rows: Vec<CheckedBy>) -> InvitedPile {
        let by_post = rows.iter().filter(|one| one.channel == Channel::Post).count() as u32;
        let (total, doubts) = (rows.len() as u32, doubts(rows.iter().map(|one| &one.checked)));
        rows.truncate(SHOWN);
        InvitedPile { total, by_post, doubts, rows }
    }
}

pub(crate) fn check_invitation(call: &Call<'_>, wanted: Invitation) -> Result<InvitationChecked, Fault> {
    let known = call.read(|reading| reading.codes(wanted.event))?;
    let [mut send, mend, hold] = apart(both_ways(call, wanted)?);
    let all = send.len();
    send.retain(|one| !known.contains_key(&one.checked.invited.person));
    let known = (all - send.len()) as u32;
    Ok(InvitationChecked { send: send.into(), mend: mend.into(), hold: hold.into(), known })
}

pub(crate) fn invite(call: &Call<'_>, wanted: Invitation) -> Result<InvitedNow, Fault> {
    let event = wanted.event;
    let [send, ..] = apart(both_ways(call, wanted)?);
    if send.is_empty() {
        return Err(Fault::new(FaultKind::Refused, "nobody_to_send"));
    }
    call.write(|writing| {
        let mut now = InvitedNow { by_post: 0, by_mail: 0 };
        for (done, CheckedBy { channel, checked }) in send.iter().enumerate() {
            call.told(done, send.len())?;
            let invitee = Invitee {
                person: checked.invited.person,
                event,
                code: code::draw(call, writing)?,
                channel: *channel,
                reason: checked.reason.clone(),
                ..Invitee::default()
            };
            if writing.invite(&invitee)? {
                match channel {
                    Channel::Mail => now.by_mail += 1,
                    _ => now.by_post += 1,
                }
            }
        }
        Ok(now)
    })
}

pub(crate) fn remove_invitee(call: &Call<'_>, one: One<InviteeId>) -> Result<Nothing, Fault> {
    call.write(|writing| writing.remove::<Invitee>(one.id))?;
    Ok(Nothing {})
}
