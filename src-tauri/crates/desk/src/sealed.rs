//! Notes behind the seal: everybody puts them there, only 開ける人 read them, and each reading is written down.

use crate::{
    Call, Fault,
    interview::{self, Interview},
    records::One,
    table::Nothing,
};
use register::{At, Noted, PersonId, SealedKept, SealedNoteId, Writing};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vault::{HrPublic, HrSecret, Place, Random, Sealed};
use zeroize::Zeroizing;

/// The table's name, to which the seal is bound.
pub(crate) const TABLE: &str = "sealed_note";

/// A note behind the seal, opened.
#[derive(Debug, Serialize, TS)]
pub struct SealedNote {
    /// Its id.
    pub id: SealedNoteId,
    /// What it is: `reason` from a list, `note` typed here, `interview`.
    pub field: String,
    /// When it was put there.
    pub at: At,
    /// What it says; nothing when the seal is broken: the note was altered, or moved here from another place.
    pub text: Option<String>,
    /// What was said in an interview; of one that is only counted, when it was and no more.
    pub interview: Option<Interview>,
}

/// A new note behind the seal.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddSealedNote {
    /// About whom.
    pub person: PersonId,
    /// What is to be kept.
    #[ts(type = "string")]
    pub text: crate::secret::Secret,
}

pub(crate) fn sealed_notes(call: &Call<'_>, one: One<PersonId>) -> Result<Vec<SealedNote>, Fault> {
    let open = call.open()?;
    let hr = open.opened.hr_secret().ok_or(vault::Fault::NotOwner)?;
    let kept = call.read(|reading| reading.sealed_notes(one.id))?;
    if !kept.is_empty() {
        // Written down before anything is shown: what cannot be written down is not read.
        let noted = Noted { people: 1, person: Some(one.id), fields: TABLE.to_owned() };
        open.register.note(call.new_step(&open), &noted)?;
    }
    let opened = kept.into_iter().map(|kept| {
        let text = opened(hr, &kept).map(|text| text.to_string());
        let SealedKept { id, field, at, .. } = kept;
        let interview = text.as_deref().filter(|_| field == interview::FIELD).and_then(interview::parsed);
        match interview {
            Some(interview) => {
                SealedNote { id, field, at, text: None, interview: Some(interview.for_readers()) }
            }
            None => SealedNote { id, field, at, text, interview: None },
        }
    });
    Ok(opened.collect())
}

/// What lies behind the seal; nothing when it is broken.
pub(crate) fn opened(hr: &HrSecret, kept: &SealedKept) -> Option<Zeroizing<String>> {
    let place = Place { table: TABLE, id: kept.id.0, field: &kept.field };
    Sealed::from_bytes(kept.bytes.clone()).and_then(|sealed| hr.open(&place, &sealed)).ok()
}

pub(crate) fn add_sealed_note(call: &Call<'_>, new: AddSealedNote) -> Result<SealedNoteId, Fault> {
    if new.text.trim().is_empty() {
        return Err(Fault::field(crate::FaultKind::Invalid, "text", "note_empty"));
    }
    let open = call.open()?;
    let (hr, at) = (open.opened.hr_public(), At(call.now.timestamp_millis()));
    call.write(|writing| seal(writing, new.person, "note", &new.text, hr, &mut **call.random(), at))?
}

pub(crate) fn remove_sealed_note(call: &Call<'_>, one: One<SealedNoteId>) -> Result<Nothing, Fault> {
    call.write(|writing| writing.remove_sealed_note(one.id))?;
    Ok(Nothing {})
}

/// Puts a text behind the seal. The vault's fault, if there is one, is handed on.
pub(crate) fn seal(
    writing: &mut Writing<'_>,
    person: PersonId,
    field: &str,
    text: &str,
    hr: &HrPublic,
    random: &mut dyn Random,
    at: At,
) -> Result<Result<SealedNoteId, Fault>, register::Fault> {
    let id = writing.next_sealed_note();
    let sealed = match hr.seal(&Place { table: TABLE, id: id.0, field }, text, random) {
        Ok(sealed) => sealed,
        Err(fault) => return Ok(Err(fault.into())),
    };
    writing.add_sealed_note(id, person, field, sealed.generation(), sealed.as_bytes(), at)?;
    Ok(Ok(id))
}
