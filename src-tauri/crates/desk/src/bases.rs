//! 送ってよい根拠: a whole list is given a basis in one step.

use crate::{
    Call, Fault, FaultKind,
    attachments::{self, kept_name},
    form::{self, Form},
    people::Selection,
};
use register::{
    Address, AttachedTo, Basis, Channel, Consent, ConsentState, Day, Filter, GivenBasis, PeopleQuery, Person,
    PersonId, Purpose, Way,
};
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
    /// What shows it for all of them, the list that they signed: kept once, and with each.
    pub scan: Option<Scan>,
}

/// A file to be kept.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Scan {
    /// Its token.
    pub file: String,
    /// Its name, with the ending.
    pub name: String,
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
    let scan = match &wanted.scan {
        Some(scan) => Some((kept_name(&scan.name), attachments::kept(call, &scan.file)?)),
        None => None,
    };
    call.write(|writing| {
        let mut out = BasisGiven::default();
        // Kept with the first who has it, for it would belong to nobody when everything was decided before.
        let mut kept = None;
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
                if let (GivenBasis::Recorded(consent), Some((name, bytes))) = (given, &scan) {
                    let id = match kept {
                        Some(id) => id,
                        None => *kept.insert(writing.add_scan(bytes)?),
                    };
                    writing.share_scan(AttachedTo::Consent(consent), name, id)?;
                }
            }
            *match best {
                GivenBasis::Recorded(_) => &mut out.given,
                GivenBasis::Standing => &mut out.standing,
                GivenBasis::Closed => &mut out.closed,
            } += 1;
        }
        Ok(out)
    })
}

/// A letter that asks whether one may write.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintAsking {
    /// Whom.
    pub selection: Selection,
    /// What one would like to send.
    pub purpose: Purpose,
    /// The letter; `{name}` in it becomes the name.
    pub form: Form,
}

/// Letters, one a sheet.
#[derive(Debug, Serialize, TS)]
pub struct AskingPrinted {
    /// The PDF's token; none when nobody may be asked.
    pub file: Option<String>,
    /// Its proposed file name.
    pub name: String,
    /// To whom.
    pub people: Vec<PersonId>,
    /// So many are left out: they have died, asked to be left alone, answered, or may be written to already.
    pub left_out: u32,
    /// So many have no address that is known to be good.
    pub no_address: u32,
}

/// Those who were asked.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordAsked {
    /// Who.
    pub people: Vec<PersonId>,
    /// For what.
    pub purpose: Purpose,
    /// How it can be shown.
    pub evidence: String,
}

/// Without a basis there is one letter only, the one that asks for it; and none for whoever said no.
pub(crate) fn print_asking(call: &Call<'_>, wanted: PrintAsking) -> Result<AskingPrinted, Fault> {
    let chosen = wanted.selection.ids(call)?;
    let way = Way { purpose: wanted.purpose, channel: Channel::Post };
    let filter = Filter { unasked: Some(way), ..Filter::default() };
    let query = PeopleQuery { filter, limit: u32::MAX, ..PeopleQuery::default() };
    let unasked: std::collections::HashSet<_> =
        call.read(|reading| reading.people_ids(&query))?.2.into_iter().collect();
    let mut letters = Vec::new();
    let mut out =
        AskingPrinted { file: None, name: String::new(), people: Vec::new(), left_out: 0, no_address: 0 };
    for (done, id) in chosen.iter().enumerate() {
        call.job.at(done, chosen.len())?;
        if !unasked.contains(id) {
            out.left_out += 1;
            continue;
        }
        let (person, address): (Person, _) = call
            .read(|reading| Ok((reading.get(*id)?, reading.best_of::<Address>(*id)?.into_iter().next())))?;
        let address = address
            .map(|kept| kept.fields)
            .filter(|address| !address.street.is_empty() || !address.city.is_empty());
        match address.filter(|_| !person.returned) {
            Some(address) => {
                letters.push((person, address));
                out.people.push(*id);
            }
            None => out.no_address += 1,
        }
    }
    if !letters.is_empty() {
        let printed = form::letters(call, &wanted.form, &letters)?;
        (out.file, out.name) = (Some(printed.file), printed.name);
    }
    Ok(out)
}

pub(crate) fn record_asked(call: &Call<'_>, asked: RecordAsked) -> Result<u32, Fault> {
    let today = Day::from(call.today());
    call.write(|writing| {
        let mut recorded = 0;
        for (done, &person) in asked.people.iter().enumerate() {
            call.told(done, asked.people.len())?;
            recorded += u32::from(writing.ask_basis(&Consent {
                person,
                purpose: asked.purpose,
                channel: Channel::Post,
                on_day: Some(today),
                evidence: asked.evidence.trim().to_owned(),
                ..Consent::default()
            })?);
        }
        Ok(recorded)
    })
}
