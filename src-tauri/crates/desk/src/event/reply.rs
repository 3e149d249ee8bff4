//! The answers to an invitation, card by card.

use super::code;
use crate::{Call, Fault, FaultKind, table::Nothing, typed::tidied};
use register::{Event, EventId, Invitee, InviteeId, PersonId, Reply};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A code as it was typed or scanned.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CodeTyped {
    /// For which event cards are being entered; whichever it is of when nothing is said, as for mail that came back.
    pub event: Option<EventId>,
    /// The text.
    pub text: String,
}

/// Whose card it is.
#[derive(Debug, Serialize, TS)]
pub struct CodeRead {
    /// Whose invitation.
    pub invitee: InviteeId,
    /// Who that is.
    pub person: PersonId,
}

/// Whose code somebody typed. A slip of the finger, a code that nobody has and a card of another event are three things.
pub(crate) fn read_code(call: &Call<'_>, typed: CodeTyped) -> Result<CodeRead, Fault> {
    let code =
        code::read(&typed.text).ok_or_else(|| Fault::field(FaultKind::Invalid, "code", "code_mistyped"))?;
    call.read(|reading| {
        Ok(match reading.by_code(&code)? {
            None => Err(Fault::field(FaultKind::NotFound, "code", "code_unknown")),
            Some((invitee, event)) if typed.event.is_none_or(|wanted| wanted == event) => {
                let person = reading.get::<Invitee>(invitee)?.person;
                Ok(CodeRead { invitee, person })
            }
            Some((_, event)) => {
                let title = reading.get::<Event>(event)?.title;
                Err(Fault::field(FaultKind::Invalid, "code", "code_of_another").with("title", title))
            }
        })
    })?
}

pub(crate) fn record_reply(call: &Call<'_>, mut reply: Reply) -> Result<Nothing, Fault> {
    if let Some(address) = &mut reply.address {
        *address = tidied(address)?;
    }
    call.write(|writing| writing.record_reply(&reply, call.today()))?;
    Ok(Nothing {})
}
