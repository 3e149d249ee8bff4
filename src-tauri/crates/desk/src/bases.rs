//! 送ってよい根拠: a whole list is given a basis in one step.

use crate::{Call, Fault, FaultKind, people::Selection};
use register::{Basis, Channel, Consent, ConsentState, Day, GivenBasis, Purpose, Way};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// On which basis people may be reached from now on.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GiveBasis {
    /// Whom.
    pub selection: Selection,
    /// For what: at least one.
    pub purposes: Vec<Purpose>,
    /// By what.
    pub channel: Channel,
    /// On which basis.
    pub basis: Basis,
    /// Since when.
    pub on_day: Option<Day>,
    /// How it can be shown. Never empty: one who gives a basis says why.
    pub evidence: String,
}

/// What came of it, each person counted once.
#[derive(Debug, Default, Serialize, TS)]
pub struct BasisGiven {
    /// The basis is recorded, for one purpose or more.
    pub given: u32,
    /// Everything was decided before, and stands.
    pub standing: u32,
    /// Died or asked to be left alone.
    pub closed: u32,
}

pub(crate) fn give_basis(call: &Call<'_>, wanted: GiveBasis) -> Result<BasisGiven, Fault> {
    let evidence = wanted.evidence.trim();
    let refused = |field, code| Err(Fault::field(FaultKind::Invalid, field, code));
    let Some(&purpose) = wanted.purposes.first() else { return refused("purposes", "purpose_missing") };
    if wanted.basis == Basis::None {
        return refused("basis", "basis_missing");
    }
    if !(Way { purpose, channel: wanted.channel }).carried_by().contains(&wanted.basis) {
        return refused("basis", "mail_needs_consent");
    }
    if evidence.is_empty() {
        return refused("evidence", "evidence_missing");
    }
    let people = wanted.selection.ids(call)?;
    call.write(|writing| {
        let mut out = BasisGiven::default();
        for (done, &person) in people.iter().enumerate() {
            call.told(done, people.len())?;
            let mut best = GivenBasis::Standing;
            for &purpose in &wanted.purposes {
                let given = writing.give_basis(&Consent {
                    person,
                    purpose,
                    channel: wanted.channel,
                    basis: wanted.basis,
                    state: ConsentState::Yes,
                    on_day: wanted.on_day,
                    wording: String::new(),
                    evidence: evidence.to_owned(),
                })?;
                if given != GivenBasis::Standing {
                    best = given;
                }
            }
            *match best {
                GivenBasis::Recorded => &mut out.given,
                GivenBasis::Standing => &mut out.standing,
                GivenBasis::Closed => &mut out.closed,
            } += 1;
        }
        Ok(out)
    })
}
