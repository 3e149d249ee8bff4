//! The one gate before anything reaches people: who may be sent something, who could once something is mended, and
//! who gets nothing. Bases are the rule of [`crate::bases`]; what no fact of the register says, such as a letter that
//! no typeface has, the desk adds.

use crate::{
    Fault, Reading, Way,
    bases::word,
    day::Day,
    fold::{figure, fold, sort_key},
    honorific::{Addressed, addressed, is_at_work, is_said_twice},
    id::*,
    people::{Channel, Occasion},
};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use ts_rs::TS;

/// What speaks against sending something to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Died.
    Deceased,
    /// Asked not to be contacted at all.
    NoContact,
    /// Said no to this purpose by this channel, or withdrew.
    Refused,
    /// No basis is recorded for it.
    NoBasis,
    /// No address, or no mail address, is known.
    NoAddress,
    /// Post came back.
    Returned,
    /// The postal code is missing or has not seven digits.
    NoPostal,
    /// Neither town nor street is given.
    NoTown,
    /// Somebody of the same name and address is written to as well.
    Twice,
    /// 様 stands in the name already.
    Honorific,
    /// The family is in mourning (喪中).
    Mourning,
    /// The family is in mourning, and this congratulates: New Year's cards wait a year.
    NoGreeting,
    /// A letter of the name or address is in no typeface.
    Glyph,
    /// The address is too long to be printed legibly.
    Tight,
}

impl Doubt {
    /// Nobody may put this aside: it is the person's own word, the law's, or what a family in mourning is spared.
    pub fn is_closed(self) -> bool {
        matches!(
            self,
            Doubt::Deceased | Doubt::NoContact | Doubt::Refused | Doubt::NoBasis | Doubt::NoGreeting
        )
    }

    /// Somebody may decide to send all the same, for a reason that is kept. Without an address nothing can be sent.
    pub fn may_be_put_aside(self) -> bool {
        !self.is_closed() && self != Doubt::NoAddress
    }
}

/// Where somebody stands at the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Pile {
    /// 送れる.
    Send,
    /// 直せば送れる.
    Mend,
    /// 送らない.
    Hold,
}

/// Somebody at the gate, with what is written on the paper.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Invited {
    /// Who.
    pub person: PersonId,
    /// Where they work, when that is where it goes; the company of a department.
    pub firm: Vec<String>,
    /// 姓, as it is written.
    pub family: String,
    /// 名; the whole name when it is known in one piece only.
    pub given: String,
    /// 旧姓; empty for a company or department.
    pub maiden: String,
    /// What follows: 様; 御中 behind a company or department.
    pub honorific: &'static str,
    /// Postal code as it is kept.
    pub postal: String,
    /// The address: prefecture, town and street in one line, the building in another.
    pub lines: Vec<String>,
    /// The spouse's name, where it was given to be written beside the person's (連名).
    pub spouse: String,
    /// What speaks against it.
    pub doubts: Vec<Doubt>,
    /// Others who are written to at the same address.
    pub beside: Vec<PersonId>,
}

impl Invited {
    /// On which pile this person is. `put_aside`: somebody gave a reason to send all the same.
    pub fn pile(&self, put_aside: bool) -> Pile {
        let holds = |doubt: &Doubt| !(put_aside && doubt.may_be_put_aside());
        match () {
            () if self.doubts.iter().any(|doubt| doubt.is_closed()) => Pile::Hold,
            () if self.doubts.iter().any(holds) => Pile::Mend,
            () => Pile::Send,
        }
    }

    /// The same for a greeting: a family in mourning gets no 年賀, whatever the reason, and 寒中 and 暑中 as everybody.
    pub fn for_occasion(mut self, occasion: Occasion) -> Self {
        match occasion {
            Occasion::None | Occasion::President | Occasion::Moving => {}
            Occasion::Winter | Occasion::Summer => self.doubts.retain(|doubt| *doubt != Doubt::Mourning),
            Occasion::NewYear => self
                .doubts
                .iter_mut()
                .filter(|doubt| **doubt == Doubt::Mourning)
                .for_each(|doubt| *doubt = Doubt::NoGreeting),
        }
        self
    }

    /// The whole name, as a list shows it: of a department with its company.
    pub fn name(&self) -> String {
        let firm = if self.is_firm() { self.firm.as_slice() } else { &[] };
        let words = firm.iter().chain([&self.family, &self.given]).filter(|word| !word.is_empty());
        words.map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// How this person is addressed on paper, a line each.
    pub fn printed(&self) -> String {
        let lines = [&self.postal].into_iter().chain(&self.lines).chain(&self.firm).cloned();
        let name = format!("{} {}", self.family, self.given).trim().to_owned();
        lines.chain([name]).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// A company or a department, and nobody in person.
    pub fn is_firm(&self) -> bool {
        self.honorific != "様"
    }
}

impl Reading<'_> {
    /// Has people stand at the gate, in kana order.
    ///
    /// # Errors
    /// The database's. Who is not in the register any more is left out.
    pub fn gate(&self, way: Way, people: &[PersonId], today: NaiveDate) -> Result<Vec<Invited>, Fault> {
        gate(self.conn, way, people, today)
    }
}

/// As [`Reading::gate`].
pub(crate) fn gate(
    conn: &Connection,
    way: Way,
    people: &[PersonId],
    today: NaiveDate,
) -> Result<Vec<Invited>, Fault> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT family, given, business_name, family_kana, given_kana, deceased, no_contact, returned,
                mourning_until,
                EXISTS (SELECT 1 FROM consent WHERE person = p.id AND {}),
                EXISTS (SELECT 1 FROM consent WHERE person = p.id AND {}),
                EXISTS (SELECT 1 FROM mail WHERE person = p.id AND address <> ''),
                postal, prefecture, city, street, building, spouse_name, label, employer, employer_role, maiden
         FROM person p LEFT JOIN address a ON a.id =
             (SELECT id FROM address WHERE person = p.id ORDER BY best DESC, id LIMIT 1)
         WHERE p.id = ?1",
        way.refused(),
        way.carried(),
    ))?;
    let mut invited = Vec::with_capacity(people.len());
    for &person in people {
        invited.extend(statement.query_row([person], |row| at_gate(person, way, today, row)).optional()?);
    }
    invited.sort_by_cached_key(|(place, one)| (place.clone(), one.person));
    let mut invited: Vec<Invited> = invited.into_iter().map(|(_, one)| one).collect();
    if way.channel == Channel::Post {
        meet(&mut invited);
    }
    Ok(invited)
}

/// Somebody whom a text names in full.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Named {
    /// Who.
    pub person: PersonId,
    /// The name as it stands in the register.
    pub name: String,
    /// May be named in print.
    pub name_agreed: bool,
    /// May be shown in print.
    pub photo_agreed: bool,
    /// Present employer, when the text names it as well and nobody agreed to that.
    pub employer: Option<String>,
    /// Died.
    pub deceased: bool,
}

impl Reading<'_> {
    /// Whom a text names by family and given name, or by the name at work.
    ///
    /// # Errors
    /// The database's.
    pub fn named_in(&self, text: &str) -> Result<Vec<Named>, Fault> {
        let text: String = text.split_whitespace().collect();
        let agreed = |purpose: &str| {
            let of = format!("SELECT 1 FROM consent WHERE person = p.id AND purpose = '{purpose}' AND state");
            format!("EXISTS ({of} = 'yes') AND NOT EXISTS ({of} IN ('no', 'withdrawn'))")
        };
        let mut names =
            self.conn.prepare_cached("SELECT id, family || given, business_name FROM person ORDER BY id")?;
        let mut of = self.conn.prepare_cached(&format!(
            "SELECT coalesce(nullif(trim(family || ' ' || given), ''), business_name), {}, {}, iif({}, '', employer), deceased
             FROM person p WHERE id = ?1",
            agreed("name_in_print"),
            agreed("photo_in_print"),
            agreed("employer_in_print"),
        ))?;
        let mut found = Vec::new();
        let mut rows = names.query([])?;
        while let Some(row) = rows.next()? {
            let holds = |at: usize| -> Result<bool, Fault> {
                let name: String = row.get_ref(at)?.as_str().unwrap_or_default().split_whitespace().collect();
                // A name of one letter stands in many a word.
                Ok(name.chars().nth(1).is_some() && text.contains(&name))
            };
            if holds(1)? || holds(2)? {
                let person: PersonId = row.get(0)?;
                found.push(of.query_row([person], |row| {
                    let employer: String = row.get(3)?;
                    let bare: String = employer.split_whitespace().collect();
                    Ok(Named {
                        person,
                        name: row.get(0)?,
                        name_agreed: row.get(1)?,
                        photo_agreed: row.get(2)?,
                        employer: Some(employer).filter(|_| !bare.is_empty() && text.contains(&bare)),
                        deceased: row.get(4)?,
                    })
                })?);
            }
        }
        Ok(found)
    }
}

/// One person, with the place in the order of the list.
fn at_gate(
    person: PersonId,
    way: Way,
    today: NaiveDate,
    row: &Row<'_>,
) -> rusqlite::Result<(String, Invited)> {
    let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
    let (family, given, business) = (text(0)?, text(1)?, text(2)?);
    let place = sort_key(&text(3)?, &text(4)?, &[&*family, &*given, &*business].concat());
    let (family, given) =
        if family.is_empty() && given.is_empty() { (String::new(), business) } else { (family, given) };
    let mut name = addressed(&family, &given);
    let (deceased, no_contact, returned): (bool, bool, bool) = (row.get(5)?, row.get(6)?, row.get(7)?);
    let mourning: Option<Day> = row.get(8)?;
    let (refused, carried, has_mail): (bool, bool, bool) = (row.get(9)?, row.get(10)?, row.get(11)?);
    let postal = text(12)?;
    let [prefecture, city, street, building] = [text(13)?, text(14)?, text(15)?, text(16)?];
    let has_town = !city.is_empty() || !street.is_empty();
    let lines: Vec<String> = [format!("{prefecture}{city}{street}"), building]
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect();
    let by_post = way.channel == Channel::Post;
    let (employer, role) = (text(19)?, text(20)?);
    if name.firm.is_empty() && is_at_work(&text(18)?) && !lines.concat().contains(&employer) {
        name.firm = [employer, role].into_iter().filter(|line| !line.is_empty()).collect();
    }
    let in_mourning = mourning.is_some_and(|until| until.to_string() >= Day::from(today).to_string());
    let doubts = [
        (deceased, Doubt::Deceased),
        (no_contact, Doubt::NoContact),
        (refused, Doubt::Refused),
        (!refused && !carried, Doubt::NoBasis),
        (
            if by_post { lines.is_empty() } else { way.channel == Channel::Mail && !has_mail },
            Doubt::NoAddress,
        ),
        (by_post && returned, Doubt::Returned),
        (by_post && !lines.is_empty() && postal.chars().filter_map(figure).count() != 7, Doubt::NoPostal),
        (by_post && !lines.is_empty() && !has_town, Doubt::NoTown),
        (is_said_twice(&name), Doubt::Honorific),
        (in_mourning, Doubt::Mourning),
    ];
    let doubts = doubts.into_iter().filter(|(is, _)| *is).map(|(_, doubt)| doubt).collect();
    let Addressed { firm, family, given, honorific } = name;
    let (spouse, maiden, beside) = (text(17)?, text(21)?, Vec::new());
    let maiden = if honorific == "様" { maiden } else { String::new() };
    let invited =
        Invited { person, firm, family, given, maiden, honorific, postal, lines, spouse, doubts, beside };
    Ok((place, invited))
}

/// Who would get something at the same address: once more under the same name, or in the same house.
fn meet(invited: &mut [Invited]) {
    let mut houses: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, one) in invited.iter().enumerate() {
        if !one.lines.is_empty() && !one.doubts.iter().any(|doubt| doubt.is_closed()) {
            let house: String = fold(&one.lines.concat()).split_whitespace().collect();
            houses.entry(house).or_default().push(at);
        }
    }
    for house in houses.into_values().filter(|house| house.len() > 1) {
        let names: Vec<(PersonId, String)> = house
            .iter()
            .map(|&at| (invited[at].person, fold(&invited[at].name()).split_whitespace().collect()))
            .collect();
        for (nth, &at) in house.iter().enumerate() {
            let others = names.iter().enumerate().filter(|(other, _)| *other != nth);
            // The first of two of one name is written to; the second is asked about.
            if names[..nth].iter().any(|(_, name)| *name == names[nth].1) {
                invited[at].doubts.push(Doubt::Twice);
            }
            // Who works at one place does not live there.
            if invited[at].firm.is_empty() && !invited[at].is_firm() {
                let lives = others.filter(|(other, _)| {
                    let other = &invited[house[*other]];
                    other.firm.is_empty() && !other.is_firm()
                });
                invited[at].beside = lives.map(|(_, (person, _))| *person).collect();
            }
        }
    }
}

impl Doubt {
    /// Whether this takes a finished paper out: nobody may put it aside, or it was not known when the paper was made.
    /// `known`: what was, as a column keeps it.
    pub(crate) fn came_since(self, known: &str) -> bool {
        let is_new = || !known.split(',').any(|doubt| doubt == word(&self));
        self.is_closed() || (matches!(self, Doubt::Mourning | Doubt::Returned) && is_new())
    }

    /// The words of doubts, as a column keeps them.
    pub fn column(doubts: &[Doubt]) -> String {
        doubts.iter().map(word).collect::<Vec<_>>().join(",")
    }
}
