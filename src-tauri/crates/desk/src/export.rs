//! People out, as files that other programs open and the intake reads again; and the whole register, as one that a new
//! register takes in.

use crate::{Call, Fault, FaultKind, people::Selection, table::Nothing};
use intake::{
    excel::{self, Cell},
    out::{self, CardOut},
};
use register::{Address, Day, Kept, Mail, Noted, PeopleQuery, Person, PersonId, PersonRow, Phone};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whom to write out, and how.
#[derive(Debug, Default, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ExportPeople {
    /// These people.
    pub people: Vec<PersonId>,
    /// And all of these.
    pub query: Option<PeopleQuery>,
    /// But not these.
    pub except: Vec<PersonId>,
    /// As what.
    pub form: Form,
}

/// What a file of people can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ExportForm")]
pub enum Form {
    /// `.xlsx`.
    #[default]
    Workbook,
    /// CSV in UTF-8 with its mark.
    Csv,
    /// CSV in CP932, for old programs; it lacks letters.
    CsvCp932,
    /// vCards 4.0, an address book.
    Cards,
    /// CSV in CP932 with what stands on an envelope, for 筆まめ, 筆王, 宛名職人 and the like, which ask what each column is.
    /// Whoever died, asked not to be contacted or has no address is not in it. (要確認: none of these programs was at hand
    /// to try.)
    Addresses,
}

/// Something that the file's letters cannot say.
#[derive(Debug, Serialize, TS)]
pub struct LostLetters {
    /// Of whom.
    pub person: PersonId,
    /// What stands in the register.
    pub text: String,
    /// The letters of it that the file lacks; 〓 stands there.
    pub letters: String,
}

/// A register that was written out whole.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TakeAll {
    /// The file's token.
    pub file: String,
}

/// A file, in the tray.
#[derive(Debug, Serialize, TS)]
pub struct Exported {
    /// Its token.
    pub file: String,
    /// A name for it.
    pub name: String,
    /// How many rows it has.
    pub rows: u32,
    /// What it could not say.
    pub lost: Vec<LostLetters>,
}

/// One person, as far as a list tells.
struct Line {
    person: Person,
    row: PersonRow,
    address: Option<Address>,
    mobile: String,
    phone: String,
    mail: String,
}

/// A column: its heading in both languages, which the intake knows too; how wide it is; what stands in it.
type Column = (&'static str, &'static str, u8, fn(&Line) -> Cell);

const COLUMNS: &[Column] = &[
    ("社員番号", "Employee Number", 10, |line| text(&line.person.employee_number)),
    ("姓", "Family Name", 10, |line| text(&line.person.family)),
    ("名", "Given Name", 10, |line| text(&line.person.given)),
    ("セイ", "Family Name (Kana)", 12, |line| text(&line.person.family_kana)),
    ("メイ", "Given Name (Kana)", 12, |line| text(&line.person.given_kana)),
    ("旧姓", "Maiden Name", 10, |line| text(&line.person.maiden)),
    ("ビジネスネーム", "Business Name", 14, |line| text(&line.person.business_name)),
    ("入社日", "Join Date", 12, |line| day(line.person.joined_on)),
    ("退職日", "Leave Date", 12, |line| day(line.person.left_on)),
    ("部署", "Department", 14, |line| text(&line.row.department)),
    ("役職", "Job Title", 12, |line| text(&line.row.post)),
    ("郵便番号", "Postal Code", 10, |line| address(line, |address| &address.postal)),
    ("都道府県", "Prefecture", 10, |line| address(line, |address| &address.prefecture)),
    ("市区町村", "City", 16, |line| address(line, |address| &address.city)),
    ("町名・番地", "Street", 24, |line| address(line, |address| &address.street)),
    ("建物名", "Building", 18, |line| address(line, |address| &address.building)),
    ("携帯電話", "Mobile", 16, |line| text(&line.mobile)),
    ("電話番号", "Phone", 16, |line| text(&line.phone)),
    ("メールアドレス", "E-mail", 26, |line| text(&line.mail)),
    ("現在の勤務先", "Employer", 18, |line| text(&line.person.employer)),
    ("現在の役職", "Present Role", 14, |line| text(&line.person.employer_role)),
    ("タグ", "Tags", 18, |line| text(&line.row.tags.join("、"))),
    ("備考", "Notes", 30, |line| text(&line.person.notes)),
];

/// What stands on an envelope; the headings are those that such programs mostly use (要確認).
const ENVELOPE: &[Column] = &[
    ("氏名", "Name", 16, |line| {
        text([line.person.family.as_str(), "　", &line.person.given].concat().trim())
    }),
    ("フリガナ", "Name (Kana)", 16, |line| {
        text([line.person.family_kana.as_str(), "　", &line.person.given_kana].concat().trim())
    }),
    ("敬称", "Title", 6, |_| text("様")),
    ("郵便番号", "Postal Code", 10, |line| address(line, |address| &address.postal)),
    ("住所1", "Address 1", 30, |line| {
        let parts = line.address.as_ref().map(|it| [it.prefecture.as_str(), &it.city, &it.street].concat());
        text(&parts.unwrap_or_default())
    }),
    ("住所2", "Address 2", 20, |line| address(line, |address| &address.building)),
];

/// Whoever makes postcards from this list must see who is not to be written to.
const STANDING: [(&str, &str); 5] = [
    ("連絡してよいか", "Contact"),
    ("連絡しない（ご本人の希望）", "Asked not to be contacted"),
    ("逝去", "Deceased"),
    ("宛先不明", "Post came back"),
    ("喪中", "In mourning"),
];

fn standing(line: &Line, english: bool) -> Cell {
    let person = &line.person;
    let holds = [person.no_contact, person.deceased, person.returned, person.mourning_until.is_some()];
    let words = STANDING[1..].iter().zip(holds).filter(|(_, holds)| *holds);
    let words: Vec<_> = words.map(|(words, _)| if english { words.1 } else { words.0 }).collect();
    text(&words.join(if english { ", " } else { "、" }))
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn address(line: &Line, part: fn(&Address) -> &String) -> Cell {
    text(line.address.as_ref().map(part).map_or("", String::as_str))
}

/// A whole day as a day; what is known of any other in words.
pub(crate) fn day(day: Option<Day>) -> Cell {
    let Some(day) = day else { return text("") };
    match (day.year().and_then(|year| u16::try_from(year).ok()), day.month(), day.day()) {
        (Some(year), Some(month), Some(on)) => Cell::Day(year, month as u8, on as u8),
        _ => text(&crate::issue::japanese(day)),
    }
}

pub(crate) fn export_people(call: &Call<'_>, wanted: ExportPeople) -> Result<Exported, Fault> {
    let ExportPeople { people, query, except, form } = wanted;
    let selection = Selection { people, query, except };
    let settings = crate::company::settings(call, Nothing {})?;
    let english = settings.language == "en";
    let ids = selection.ids(call)?;
    if ids.len() >= excel::ROWS {
        return Err(Fault::new(FaultKind::Invalid, "too_many_for_excel"));
    }
    let mut rows = Vec::with_capacity(ids.len());
    let mut cards = Vec::new();
    let columns = if form == Form::Addresses { ENVELOPE } else { COLUMNS };
    // Who is in the file, row by row.
    let mut written = Vec::with_capacity(ids.len());
    for (done, id) in ids.iter().enumerate() {
        call.job.at(done, ids.len())?;
        // One question for each person, so that nobody who types waits for the whole list.
        let line = call.read(|reading| {
            let mut phones = reading.best_of::<Phone>(*id)?;
            let mut take = |mobile: bool| {
                let at = phones.iter().position(|phone| is_mobile(&phone.fields.number) == mobile);
                at.map(|at| phones.remove(at).fields.number).unwrap_or_default()
            };
            let (mobile, phone) = (take(true), take(false));
            Ok(Line {
                person: reading.get(*id)?,
                row: reading.rows(&[*id], call.today())?.remove(0),
                address: first(reading.best_of(*id)?),
                mobile,
                phone,
                mail: first::<Mail>(reading.best_of(*id)?).map(|mail| mail.address).unwrap_or_default(),
            })
        })?;
        let barred = line.person.deceased || line.person.no_contact || line.address.is_none();
        if form == Form::Addresses && barred {
            continue;
        }
        written.push(*id);
        if form == Form::Cards {
            cards.push(card(&line, english));
            continue;
        }
        let mut row: Vec<_> = columns.iter().map(|column| column.3(&line)).collect();
        if form != Form::Addresses {
            row.push(standing(&line, english));
        }
        rows.push(row);
    }
    let word = |words: (&'static str, &'static str)| if english { words.1 } else { words.0 };
    let mut headings: Vec<_> = columns.iter().map(|column| (word((column.0, column.1)), column.2)).collect();
    if form != Form::Addresses {
        headings.push((word(STANDING[0]), 24));
    }
    let heads: Vec<_> = headings.iter().map(|(heading, _)| *heading).collect();
    let mut lost = Vec::new();
    let (bytes, kind) = match form {
        Form::Workbook => {
            let bytes = excel::workbook(word(("名簿", "Register")), &headings, &rows, call.now);
            let bug = |error: intake::excel::Error| {
                Fault::new(FaultKind::Bug, "bug").with("detail", error.to_string())
            };
            (bytes.map_err(bug)?, "xlsx")
        }
        Form::Csv => (out::csv(&heads, &rows), "csv"),
        Form::CsvCp932 | Form::Addresses => {
            let (bytes, letters) = out::csv_cp932(&heads, &rows);
            let told =
                |it: out::Lost| LostLetters { person: written[it.row], text: it.cell, letters: it.letters };
            lost = letters.into_iter().map(told).collect();
            (bytes, "csv")
        }
        Form::Cards => (out::cards(&cards), "vcf"),
    };
    let name = format!("{}-{}.{kind}", word(("退職者名簿", "leavers")), call.today());
    // Written down before it is handed out: whose data left, and how many.
    call.note_out(&Noted { people: written.len() as u32, person: None, fields: String::new() })?;
    Ok(Exported { file: call.desk.front.tray.put(&name, bytes)?, name, rows: written.len() as u32, lost })
}

fn first<T: register::Record>(kept: Vec<Kept<T>>) -> Option<T> {
    kept.into_iter().next().map(|kept| kept.fields)
}

/// Mobile numbers in Japan begin with 070, 080 or 090 (総務省, 電気通信番号計画).
fn is_mobile(number: &str) -> bool {
    ["070", "080", "090"].iter().any(|start| number.starts_with(start))
}

/// A person as a card; what holds one back from writing stands first in the note.
fn card(line: &Line, english: bool) -> CardOut {
    let (person, address) = (&line.person, line.address.as_ref());
    let part = |part: fn(&Address) -> &String| address.map(part).cloned().unwrap_or_default();
    let Cell::Text(stands) = standing(line, english) else { return CardOut::default() };
    let note = [stands, person.notes.clone()].into_iter().filter(|text| !text.is_empty());
    CardOut {
        family: person.family.clone(),
        given: person.given.clone(),
        family_kana: person.family_kana.clone(),
        given_kana: person.given_kana.clone(),
        mobile: line.mobile.clone(),
        phone: line.phone.clone(),
        mail: line.mail.clone(),
        postal: part(|address| &address.postal),
        prefecture: part(|address| &address.prefecture),
        city: part(|address| &address.city),
        street: part(|address| &address.street),
        building: part(|address| &address.building),
        employer: person.employer.clone(),
        employer_role: person.employer_role.clone(),
        note: note.collect::<Vec<_>>().join("\n"),
        tags: line.row.tags.clone(),
    }
}

/// Everything but what lies behind the seal, as one JSON file. See [`register::Register::export`].
pub(crate) fn export_all(call: &Call<'_>, _: Nothing) -> Result<Exported, Fault> {
    let open = call.open()?;
    let people = call.read(|reading| Ok(reading.count()))? as u32;
    let text = open.register.export()?;
    let name = format!("enishi-{}.json", call.today());
    call.note_out(&Noted { people, person: None, fields: String::new() })?;
    Ok(Exported {
        file: call.desk.front.tray.put(&name, text.into_bytes())?,
        name,
        rows: people,
        lost: Vec::new(),
    })
}

/// The form of that file, for whoever writes a program that reads it. It says nothing of anybody.
pub(crate) fn export_form(call: &Call<'_>, _: Nothing) -> Result<Exported, Fault> {
    let text = call.open()?.register.export_form()?;
    let name = "enishi-schema.json".to_owned();
    let file = call.desk.front.tray.put(&name, text.into_bytes())?;
    Ok(Exported { file, name, rows: 0, lost: Vec::new() })
}

/// Takes such a file into a register without people; how many came.
pub(crate) fn take_all(call: &Call<'_>, wanted: TakeAll) -> Result<u32, Fault> {
    let open = call.open()?;
    if call.read(|reading| Ok(reading.count()))? > 0 {
        return Err(Fault::new(FaultKind::Refused, "register_not_empty"));
    }
    let bytes = call.desk.front.tray.read(&wanted.file)?;
    let text =
        String::from_utf8(bytes).map_err(|_| Fault::field(FaultKind::Invalid, "file", "not_an_export"))?;
    open.register.take_export(call.new_step(&open), &text, &mut |done, total| call.told(done, total))?;
    Ok(call.read(|reading| Ok(reading.count()))? as u32)
}
