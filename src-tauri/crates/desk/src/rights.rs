//! 本人の請求: what we hold about you, stop, and erase; and what has had its time.

use crate::{
    Call, Fault, FaultKind, company,
    form::{self, Form, FormPart, FormPrinted},
    records::One,
    sealed,
    table::Nothing,
};
use intake::{excel::Cell, out};
use register::erase::Mark;
use register::{
    At, Consent, ConsentState, Contact, ContactKind, Day, Due, ErasedRow, Holding, Names, OpenText, Person,
    PersonId, Roster, Wish,
    retention::{self, Period},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::PathBuf;
use ts_rs::TS;

/// Stands in the place of somebody else's name.
const MASKED: &str = "●●";
/// Where somebody may have written about others. Addresses and names of one's own are left as they are.
const FREE: [(&str, &str); 12] = [
    ("person", "notes"),
    ("person", "why_connect"),
    ("contact", "note"),
    ("contact", "gift"),
    ("consent", "evidence"),
    ("exit", "handover"),
    ("exit_item", "name"),
    ("agreement", "scope"),
    ("agreement", "compensation"),
    ("own_value", "value"),
    ("invitee", "reason"),
    ("invitee", "news"),
];
/// What follows the family name of somebody who is spoken of.
const HONORIFICS: [&str; 16] = [
    "さん",
    "様",
    "さま",
    "氏",
    "君",
    "くん",
    "ちゃん",
    "先生",
    "社長",
    "専務",
    "常務",
    "部長",
    "課長",
    "係長",
    "主任",
    "次長",
];
/// So many things of each kind are told at once.
const SHOWN: u32 = 100;

/// Whose data are to be told.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Disclose {
    /// Whose.
    pub person: PersonId,
    /// With what lies behind the seal; 開ける人 only.
    pub sealed: bool,
}

/// What we hold about somebody, the names of others masked.
#[derive(Debug, Serialize, TS)]
pub struct Disclosure {
    /// Every record, table by table.
    pub held: Vec<Holding>,
    /// What lies behind the seal, when it was asked for.
    pub sealed: Vec<sealed::SealedNote>,
    /// So many names of others were masked.
    pub masked: u32,
}

/// What is to be printed of it.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintDisclosure {
    /// Whose.
    pub person: PersonId,
    /// What stands on it.
    pub form: Form,
}

/// The same facts for people and for programs.
#[derive(Debug, Serialize, TS)]
pub struct DisclosurePrinted {
    /// The PDF.
    pub pdf: FormPrinted,
    /// The CSV.
    pub csv: FormPrinted,
}

/// What erasing somebody would mean.
#[derive(Debug, Serialize, TS)]
pub struct Erasure {
    /// How many records of each table.
    pub records: Vec<TableCount>,
    /// Up to which day labour law asks for 労働者名簿.
    pub roster_until: Option<Day>,
    /// Where the person still is; restoring a backup erases them again.
    pub elsewhere: Elsewhere,
    /// So many notes about others and issues name the person in their text, which nobody but the office can mend.
    pub mentions: u32,
    /// Files that others have too, the list that all of them signed: they stay with those, and the name stands on them.
    pub shared: Vec<String>,
}

/// Where what goes from the register still lies.
#[derive(Debug, Serialize, TS)]
pub struct Elsewhere {
    /// When the backups were made that still hold it.
    pub backups: Vec<At>,
    /// Registers that were set aside and still hold it: the names of their folders.
    pub set_aside: Vec<String>,
}

/// Which text is to go behind the seal.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SealText {
    /// The text.
    pub text: OpenText,
}

/// How many records.
#[derive(Debug, Serialize, TS)]
pub struct TableCount {
    /// Of which table.
    pub table: String,
    /// How many.
    pub records: u32,
}

/// Whom to erase.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ErasePerson {
    /// Whom.
    pub person: PersonId,
    /// Keep 労働者名簿 until its day; without, it is kept elsewhere.
    pub roster: bool,
    /// Know the person again in a later list, by marks that name nobody.
    pub recognise: bool,
    /// The certificate, printed before anything is erased.
    pub certificate: Form,
}

/// Whose 労働者名簿 is to go.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RemoveRoster {
    /// The number that the person had.
    pub person: PersonId,
    /// The certificate.
    pub certificate: Form,
}

/// What has had its time.
#[derive(Debug, Serialize, TS)]
pub struct Removable {
    /// How long what is kept, and why.
    pub periods: Vec<Period>,
    /// What may go.
    pub due: Vec<Due>,
    /// What is kept because the law asks for it.
    pub rosters: Vec<Roster>,
    /// Who was erased, without a name.
    pub erased: Vec<ErasedRow>,
}

/// Puts [`MASKED`] in the place of the names of others. A family name counts when a word of respect follows.
fn mask(text: &str, others: &Names, own: &str, masked: &mut u32) -> String {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let at = |n: usize| letters.get(n).map_or(text.len(), |(at, _)| *at);
    let (mut out, mut n) = (String::with_capacity(text.len()), 0);
    'letters: while n < letters.len() {
        for length in (1..=6.min(letters.len() - n)).rev() {
            let Some(givens) = others.get(&text[at(n)..at(n + length)]) else { continue };
            let rest = &text[at(n + length)..];
            let apart = rest.trim_start_matches([' ', '　', '・']);
            let given = givens.iter().filter(|given| !given.is_empty() && apart.starts_with(given.as_str()));
            let given = given.max_by_key(|given| given.len());
            let end = match given {
                Some(given) => text.len() - apart.len() + given.len(),
                None if &text[at(n)..at(n + length)] != own
                    && HONORIFICS.iter().any(|word| rest.starts_with(word)) =>
                {
                    at(n + length)
                }
                None => continue,
            };
            out.push_str(MASKED);
            *masked += 1;
            n = letters.partition_point(|(at, _)| *at < end);
            continue 'letters;
        }
        out.push(letters[n].1);
        n += 1;
    }
    out
}

pub(crate) fn disclosure(call: &Call<'_>, wanted: Disclose) -> Result<Disclosure, Fault> {
    let mut sealed = Vec::new();
    if wanted.sealed {
        if call.open()?.opened.role() != vault::Role::Owner {
            return Err(Fault::new(FaultKind::Refused, "owner_only"));
        }
        sealed = sealed::sealed_notes(call, One { id: wanted.person })?;
    }
    let (person, mut held, others) = call.read(|reading| {
        let person: Person = reading.get(wanted.person)?;
        Ok((person, reading.holdings(wanted.person)?, reading.names_of_others(wanted.person)?))
    })?;
    let mut masked = 0;
    let mut hide = |text: &mut String| *text = mask(text, &others, &person.family, &mut masked);
    for (table, field) in FREE {
        for holding in held.iter_mut().filter(|holding| holding.table == table) {
            if let Some(Value::String(text)) = holding.fields.get_mut(field) {
                hide(text);
            }
        }
    }
    for note in &mut sealed {
        note.text.iter_mut().for_each(&mut hide);
        let answers = note.interview.iter_mut().flat_map(|interview| &mut interview.answers);
        answers.for_each(|answer| hide(&mut answer.text));
    }
    Ok(Disclosure { held, sealed, masked })
}

pub(crate) fn print_disclosure(call: &Call<'_>, wanted: PrintDisclosure) -> Result<DisclosurePrinted, Fault> {
    let person: Person = call.read(|reading| reading.get(wanted.person))?;
    let called = form::called(&person);
    // Which kind, which field, what it says: so says the first table. One with columns of its own is told cell by cell.
    let plain: &[String] =
        wanted.form.parts.iter().find_map(|part| part.rows.first()).map_or(&[], Vec::as_slice);
    let mut rows = Vec::new();
    let mut line = |cells: [&String; 3]| rows.push(cells.map(|cell| Cell::Text(cell.clone())).to_vec());
    for FormPart { heading, rows, .. } in &wanted.form.parts {
        let Some((head, rows)) = rows.split_first() else { continue };
        for row in rows {
            match row.as_slice() {
                [field, said] if head == plain => line([heading, field, said]),
                row => {
                    let said = head.iter().zip(row).filter(|(_, said)| !said.is_empty());
                    said.for_each(|(field, said)| line([heading, field, said]));
                }
            }
        }
    }
    let headings: Vec<&str> = std::iter::once("").chain(plain.iter().map(String::as_str)).collect();
    let pdf = form::print(call, &wanted.form, &called)?;
    let name = pdf.name.replace(".pdf", ".csv");
    let file = call.desk.front.tray.put(&name, out::csv(&headings, &rows))?;
    let open = call.open()?;
    let noted = register::Noted { people: 1, person: Some(wanted.person), fields: String::new() };
    open.register.note(call.new_step(&open), &noted)?;
    Ok(DisclosurePrinted { pdf, csv: FormPrinted { file, name } })
}

/// やめてくれ: nothing reaches the person any more, by whatever way and for whatever purpose.
pub(crate) fn stop_person(call: &Call<'_>, one: One<PersonId>) -> Result<Nothing, Fault> {
    let today = Day::from(call.today());
    let stopped = json!({ "no_contact": true });
    let withdrawn = json!({ "state": ConsentState::Withdrawn, "on_day": today });
    call.write(|writing| {
        let (Value::Object(stopped), Value::Object(withdrawn)) = (stopped, withdrawn) else { return Ok(()) };
        writing.change::<Person>(one.id, &stopped)?;
        for kept in writing.of_person::<Consent>(one.id)? {
            if kept.fields.state == ConsentState::Yes {
                writing.change::<Consent>(kept.id.into(), &withdrawn)?;
            }
        }
        writing.add(&Contact {
            person: one.id,
            on_day: Some(today),
            kind: ContactKind::Inbound,
            ..Contact::default()
        })?;
        Ok(())
    })?;
    Ok(Nothing {})
}

pub(crate) fn erasure(call: &Call<'_>, one: One<PersonId>) -> Result<Erasure, Fault> {
    let (held, roster_until, mentions, shared, added_at) = call.read(|reading| {
        Ok((
            reading.holdings(one.id)?,
            reading.roster_until(one.id, call.today())?,
            reading.mentions(one.id)?,
            reading.shared_files(one.id)?,
            reading.added_at("person", one.id.0)?,
        ))
    })?;
    let mut records: Vec<TableCount> = Vec::new();
    for Holding { table, .. } in held {
        match records.last_mut() {
            Some(last) if last.table == table => last.records += 1,
            _ => records.push(TableCount { table, records: 1 }),
        }
    }
    Ok(Erasure { records, roster_until, elsewhere: elsewhere(call, added_at)?, mentions, shared })
}

/// Where what came into the register at a moment still lies, when it goes from here.
fn elsewhere(call: &Call<'_>, since: Option<At>) -> Result<Elsewhere, Fault> {
    let saved = crate::backup::backups(call, Nothing {})?.saved;
    let made = saved.into_iter().map(|saved| saved.made_at);
    let names = std::fs::read_dir(call.desk.home())?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with(crate::restore::ASIDE));
    Ok(Elsewhere {
        backups: made.filter(|made| since.is_none_or(|since| *made >= since)).collect(),
        set_aside: names.collect(),
    })
}

pub(crate) fn text_elsewhere(call: &Call<'_>, text: SealText) -> Result<Elsewhere, Fault> {
    elsewhere(call, call.read(|reading| reading.open_since(text.text))?)
}

/// Moves what everybody could read behind the seal; its earlier wordings go from the journal.
pub(crate) fn seal_text(call: &Call<'_>, wanted: SealText) -> Result<Nothing, Fault> {
    let open = call.open()?;
    open.wait_for_texts()?;
    let (hr, at) = (open.opened.hr_public(), At(call.now.timestamp_millis()));
    open.register.seal_text(call.new_step(&open), wanted.text, |writing, person, text| {
        sealed::seal(writing, person, "note", text, hr, &mut **call.random(), at)?.map(drop)
    })??;
    forget(call);
    Ok(Nothing {})
}

/// First the certificate is set, then the key file says that the person is erased, then the register follows; cut off
/// between the two, the next opening erases ([`register::Register::erase_by_list`]).
pub(crate) fn erase_person(call: &Call<'_>, wanted: ErasePerson) -> Result<FormPrinted, Fault> {
    let open = call.open()?;
    open.wait_for_texts()?;
    let (person, merged) = call
        .read(|reading| Ok((reading.get::<Person>(wanted.person)?, reading.merged_into(wanted.person)?)))?;
    let pdf = form::pdf(call, &wanted.certificate)?;
    let mut ids: Vec<i64> = merged.iter().map(|id| id.0).chain([wanted.person.0]).collect();
    if !wanted.roster {
        ids.push(-wanted.person.0);
    }
    let key = open.opened.mark_key().filter(|_| wanted.recognise);
    let marks = key.as_ref().map(|key| open.register.marks_of(wanted.person, key)).transpose()?;
    sign(call, &ids, &marks.unwrap_or_default())?;
    let wish = Wish { roster: wanted.roster, mark: key.as_deref() };
    let open = call.open()?;
    open.register.erase(call.new_step(&open), wanted.person, &wish)?;
    forget(call);
    form::put(call, &wanted.certificate.title, &form::called(&person), pdf)
}

pub(crate) fn remove_roster(call: &Call<'_>, wanted: RemoveRoster) -> Result<FormPrinted, Fault> {
    let open = call.open()?;
    open.wait_for_texts()?;
    let rosters = call.read(|reading| reading.rosters())?;
    let roster = rosters.into_iter().find(|roster| roster.id == wanted.person);
    let roster = roster.ok_or_else(|| Fault::new(FaultKind::NotFound, "not_found"))?;
    let pdf = form::pdf(call, &wanted.certificate)?;
    sign(call, &[wanted.person.0, -wanted.person.0], &[])?;
    let open = call.open()?;
    open.register.erase_roster(call.new_step(&open), wanted.person)?;
    forget(call);
    form::put(call, &wanted.certificate.title, &roster.name, pdf)
}

/// Puts numbers on the key file's list of erased people, and by what they are known again; signed.
fn sign(call: &Call<'_>, ids: &[i64], marks: &[Mark]) -> Result<(), Fault> {
    let open = call.open()?;
    let mut keys = open.keys.clone();
    keys.record_erased(&open.opened, ids, marks)?;
    let folder: PathBuf = company::folder_of(call, &keys);
    keys.write(&folder.join(register::KEYS))?;
    call.desk.renew(keys, std::sync::Arc::clone(&open.opened));
    Ok(())
}

/// What was printed, handed out or read before may hold the person.
fn forget(call: &Call<'_>) {
    call.desk.front.tray.forget();
    call.desk.let_list_go();
}

pub(crate) fn removable(call: &Call<'_>, _: Nothing) -> Result<Removable, Fault> {
    call.read(|reading| {
        Ok(Removable {
            periods: retention::periods(),
            due: reading.due(call.today(), SHOWN)?,
            rosters: reading.rosters()?,
            erased: reading.erased()?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_others_are_masked_and_ones_own_are_not() {
        let names = [("田中", "恵"), ("佐藤", "誠"), ("大野", "進"), ("山", "一郎")];
        let others: Names =
            names.into_iter().map(|(family, given)| (family.into(), [given.to_owned()].into())).collect();
        for (said, shown, count) in [
            ("田中 恵さんと昼食。", "●●さんと昼食。", 1),
            ("田中恵の紹介", "●●の紹介", 1),
            ("佐藤　誠、大野進と", "●●、●●と", 2),
            ("田中部長に相談", "●●部長に相談", 1),
            ("大野市に転居", "大野市に転居", 0),
            ("髙橋さん本人より", "髙橋さん本人より", 0),
            ("佐藤さん本人より", "佐藤さん本人より", 0),
            ("", "", 0),
        ] {
            let mut masked = 0;
            assert_eq!(mask(said, &others, "佐藤", &mut masked), shown);
            assert_eq!(masked, count, "{said}");
        }
    }
}
