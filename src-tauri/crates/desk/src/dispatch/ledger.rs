//! The ledger: what was made is kept in it, and what came of it is written down.

use super::Paper;
use crate::{Call, Fault, FaultKind, hold, records::One, table::Nothing};
use register::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The papers that were made last are to be kept in the ledger.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddDispatch {
    /// The token of the first of them.
    pub file: String,
}

/// A dispatch went out.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordSent {
    /// Which.
    pub id: DispatchId,
    /// When; today when nothing is said.
    pub sent_on: Option<Day>,
}

/// What came of it.
#[derive(Debug, Serialize, TS)]
pub struct SentRecorded {
    /// Whose piece is to be taken out, because nobody may write to them, or to somebody whom it names as well, since it
    /// was made: they are not in the ledger.
    pub pulled: Vec<String>,
}

pub(crate) fn add_dispatch(call: &Call<'_>, wanted: AddDispatch) -> Result<DispatchId, Fault> {
    let gone = || Fault::new(FaultKind::NotFound, "papers_gone");
    let held = hold(&call.desk.papers)
        .take()
        .filter(|held| held.papers.first().is_some_and(|(paper, _)| paper.file == wanted.file));
    let held = held.ok_or_else(gone)?;
    let mut papers = Vec::with_capacity(held.papers.len());
    for (paper, personal) in &held.papers {
        papers.push((paper, *personal, call.desk.front.tray.read(&paper.file).map_err(|_| gone())?));
    }
    let kept = call.write(|writing| {
        let dispatch = writing.add(&held.dispatch)?;
        for &old in &held.instead_of {
            writing.remove::<Sending>(old)?;
        }
        let pieces = held.pieces.len() as u32;
        for (paper, personal, pdf) in &papers {
            // Labels share their sheets, and a newsletter is the same for all.
            let each = match held.dispatch.form {
                DispatchForm::Labels => 0,
                _ if !personal => 0,
                _ => paper.pages / pieces.max(1),
            };
            writing.add_dispatch_paper(dispatch, &paper.name, *personal, (paper.pages, each), pdf)?;
        }
        for (at, piece) in held.pieces.iter().enumerate() {
            for one in piece {
                writing.add(&Sending {
                    person: one.invited.person,
                    dispatch,
                    place: at as u32 + 1,
                    doubts: Doubt::column(&one.invited.doubts),
                    reason: one.reason.clone(),
                    printed: match held.dispatch.channel {
                        Channel::Post => one.invited.printed(),
                        _ => String::new(),
                    },
                    returned_on: None,
                })?;
            }
        }
        Ok(dispatch)
    });
    if kept.is_err() {
        *hold(&call.desk.papers) = Some(held);
    }
    kept
}

pub(crate) fn record_sent(call: &Call<'_>, wanted: RecordSent) -> Result<SentRecorded, Fault> {
    let on = wanted.sent_on.unwrap_or_else(|| call.today().into());
    let pulled = call.write(|writing| writing.send_dispatch(wanted.id, on, call.today()))?;
    let mut pulled: Vec<String> = pulled.into_iter().map(|to| to.name).collect();
    pulled.sort();
    Ok(SentRecorded { pulled })
}

pub(crate) fn record_return(call: &Call<'_>, one: One<SendingId>) -> Result<Nothing, Fault> {
    call.write(|writing| writing.return_sending(one.id, call.today().into()))?;
    Ok(Nothing {})
}

pub(crate) fn remove_dispatch(call: &Call<'_>, one: One<DispatchId>) -> Result<Nothing, Fault> {
    call.write(|writing| writing.remove_dispatch(one.id))?;
    Ok(Nothing {})
}

pub(crate) fn dispatches(call: &Call<'_>, query: LedgerQuery) -> Result<Ledger, Fault> {
    call.read(|reading| reading.ledger(&query))
}

pub(crate) fn dispatch(call: &Call<'_>, one: One<DispatchId>) -> Result<DispatchCard, Fault> {
    call.read(|reading| reading.dispatch(one.id, call.today()))
}

/// A paper of the ledger, byte for byte as it was made.
pub(crate) fn dispatch_paper(call: &Call<'_>, one: One<DispatchPaperId>) -> Result<Paper, Fault> {
    let (name, pdf) = call.read(|reading| reading.dispatch_paper(one.id))?;
    let file = call.desk.front.tray.put(&name, pdf)?;
    Ok(Paper { file, name, pages: 0 })
}
