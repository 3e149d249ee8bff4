//! On which basis a person may be written to or named: one rule for every list, page and draft that reaches people.

use crate::{
    Fault, Writing,
    id::ConsentId,
    people::{Basis, Channel, Consent, ConsentState, Person, Purpose},
    record::{self, Kept},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// For what somebody is written to or named, and by what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// For what.
    pub purpose: Purpose,
    /// By what.
    pub channel: Channel,
}

impl Way {
    /// The bases that carry it. Advertising by mail needs that the person asked or agreed beforehand
    /// (特定電子メール法 3条1項); that the purpose was told is enough for a letter (個人情報保護法 21条).
    pub fn carried_by(self) -> &'static [Basis] {
        match self.channel {
            Channel::Mail => &[Basis::Consent, Basis::Requested],
            _ => &[Basis::Consent, Basis::Requested, Basis::Notified],
        }
    }

    /// SQL over `person`: who may be reached so. The words are closed lists, so they may stand in the text.
    pub(crate) fn open(self) -> String {
        format!(
            "deceased = 0 AND no_contact = 0
             AND id IN (SELECT person FROM consent WHERE {})
             AND id NOT IN (SELECT person FROM consent WHERE {})",
            self.carried(),
            self.refused(),
        )
    }

    /// SQL over `consent`: it carries this way.
    pub(crate) fn carried(self) -> String {
        let bases: Vec<String> = self.carried_by().iter().map(quoted).collect();
        format!("{} AND state = 'yes' AND basis IN ({})", self.clause(), bases.join(", "))
    }

    /// SQL over `consent`: it closes this way.
    pub(crate) fn refused(self) -> String {
        format!("{} AND state IN ('no', 'withdrawn')", self.clause())
    }

    /// SQL over `person`: who could be reached so and was never asked.
    pub(crate) fn unasked(self) -> String {
        format!(
            "deceased = 0 AND no_contact = 0 AND id NOT IN (SELECT person FROM consent WHERE {} AND {SETTLED})",
            self.clause()
        )
    }

    fn clause(self) -> String {
        format!("purpose = {} AND channel = {}", quoted(&self.purpose), quoted(&self.channel))
    }
}

/// [`Consent::is_settled`] in SQL.
const SETTLED: &str = "(state IN ('no', 'withdrawn') OR (state = 'yes' AND basis <> 'none'))";

/// Who was asked and has not answered, dead or alive; an index holds just them.
pub(crate) const ASKED: &str = "SELECT person FROM consent WHERE state = 'unknown' AND on_day IS NOT NULL";

fn quoted(of: &impl Serialize) -> String {
    format!("'{}'", word(of))
}

/// A word of a closed list, as `word_to_sql` writes it.
pub(crate) fn word(word: &impl Serialize) -> String {
    serde_json::to_string(word).unwrap_or_default().replace('"', "")
}

/// What came of giving somebody a basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GivenBasis {
    /// It is recorded.
    Recorded(ConsentId),
    /// Something was decided before, and stands.
    Standing,
    /// The person has died or asked to be left alone.
    Closed,
}

impl Writing<'_> {
    /// Records that somebody was asked whether one may write to them, unless something is decided. Whether it is new.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when there is no such person; the database's.
    pub fn ask_basis(&mut self, asked: &Consent) -> Result<bool, Fault> {
        let asked = Consent { state: ConsentState::Unknown, basis: Basis::None, ..asked.clone() };
        Ok(matches!(self.give_basis(&asked)?, GivenBasis::Recorded(_)))
    }

    /// Records on which basis a person may be reached, unless something stands against it.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when there is no such person; the database's.
    pub fn give_basis(&mut self, consent: &Consent) -> Result<GivenBasis, Fault> {
        let person = record::get::<Person>(self.conn, consent.person)?;
        if person.deceased || person.no_contact {
            return Ok(GivenBasis::Closed);
        }
        let known: Vec<Kept<Consent>> = record::list(
            self.conn,
            "person = ?1 AND purpose = ?2 AND channel = ?3 ORDER BY id",
            &[&consent.person, &consent.purpose, &consent.channel],
        )?;
        if known.iter().any(|known| known.fields.is_settled()) {
            return Ok(GivenBasis::Standing);
        }
        let id = match known.first() {
            Some(known) => {
                let id = ConsentId(known.id);
                record::update(self.conn, id, consent)?;
                id
            }
            None => self.add(consent)?,
        };
        Ok(GivenBasis::Recorded(id))
    }
}

impl Consent {
    /// Something was decided: a basis was recorded, or the person said no.
    fn is_settled(&self) -> bool {
        match self.state {
            ConsentState::No | ConsentState::Withdrawn => true,
            ConsentState::Yes => self.basis != Basis::None,
            ConsentState::Unknown => false,
        }
    }
}
