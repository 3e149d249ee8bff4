//! A list of people in: a foreign file, its columns confirmed by the user, its doubts told, one step.

use crate::{Call, Fault};
use intake::{Doubt, Plain, SealedText, Sheet, Target};
use register::{Address, At, Day, Employment, Mail, Person, PersonId, Phone, StepId, Writing};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;
use zeroize::Zeroizing;

/// A file to look at.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadList {
    /// Its token.
    pub file: String,
    /// How to read it, where the user knows better.
    #[serde(default)]
    pub reading: intake::Reading,
}

/// What a file looks like.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct ListRead {
    /// The encoding it was read in; none of a workbook.
    pub encoding: Option<intake::Encoding>,
    /// The delimiter it was read with; none of a workbook.
    pub delimiter: Option<intake::Delimiter>,
    /// The name of the sheet that was read; none of a text.
    pub sheet: Option<String>,
    /// The names of all sheets that Excel shows; none of a text.
    pub sheets: Vec<String>,
    /// The line of the headings.
    pub heading_line: Option<u32>,
    /// The columns.
    pub columns: Vec<intake::Column>,
    /// How many rows there are.
    pub row_count: u32,
    /// The first five rows, as they stand in the file.
    pub first_rows: Vec<Vec<String>>,
}

/// A file whose columns the user has confirmed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MappedList {
    /// Its token.
    pub file: String,
    /// How to read it.
    #[serde(default)]
    pub reading: intake::Reading,
    /// What each column is.
    pub mapping: Vec<Target>,
    /// Cells that the user mended.
    #[serde(default)]
    pub mends: Vec<Mend>,
}

/// A cell that the user mended.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Mend {
    /// The line in the file.
    pub line: u32,
    /// The column, the first is 0.
    pub column: u32,
    /// What it should say.
    pub text: String,
}

/// What taking the list in would do.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct ListChecked {
    /// People who would be added.
    pub new: u32,
    /// People who are in the register already, by employee number or by name and leaving day; left as they are.
    pub already_here: u32,
    /// Rows that wait for a mend before they can be taken.
    pub held: u32,
    /// Texts of the new people that would go behind the seal.
    pub sealed: u32,
    /// Cells whose letters change in form only: half-width kana, full-width digits.
    pub repairs: u32,
    /// How many doubts there are in all.
    pub doubt_count: u32,
    /// The doubts, at most 500.
    pub doubts: Vec<Doubt>,
}

/// What was taken in.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct Imported {
    /// The step, to undo all of it or to see only these people; none when nobody was new.
    pub step: Option<StepId>,
    /// People added.
    pub added: u32,
    /// Texts that went behind the seal.
    pub sealed: u32,
    /// People who were there already.
    pub already_here: u32,
    /// Rows that were held back.
    pub held: u32,
    /// Cells left empty because they were doubtful.
    pub doubts: u32,
}

/// The list read last.
pub(crate) struct Held {
    file: String,
    reading: intake::Reading,
    sheet: Arc<Sheet>,
}

fn sheet(call: &Call<'_>, file: &str, reading: &intake::Reading, fresh: bool) -> Result<Arc<Sheet>, Fault> {
    let mut list = call.desk.list.lock().unwrap_or_else(|e| e.into_inner());
    if let Some(held) = list.as_ref().filter(|held| !fresh && held.file == file && held.reading == *reading) {
        return Ok(Arc::clone(&held.sheet));
    }
    let bytes = call.desk.front.tray.read(file)?;
    let sheet = Arc::new(intake::read_as(&bytes, reading)?);
    *list = Some(Held { file: file.to_owned(), reading: reading.clone(), sheet: Arc::clone(&sheet) });
    Ok(sheet)
}

pub(crate) fn read_list(call: &Call<'_>, read: ReadList) -> Result<ListRead, Fault> {
    let sheet = sheet(call, &read.file, &read.reading, true)?;
    let cells = |row| (0..sheet.columns.len()).map(|column| sheet.cell(row, column).to_owned()).collect();
    Ok(ListRead {
        encoding: sheet.encoding,
        delimiter: sheet.delimiter,
        sheet: sheet.sheet.clone(),
        sheets: sheet.sheets.clone(),
        heading_line: sheet.heading_line,
        columns: sheet.columns.clone(),
        row_count: sheet.row_count as u32,
        first_rows: (0..sheet.row_count.min(5)).map(cells).collect(),
    })
}

/// The rows of a list, split by what is to become of them.
struct Sorted {
    new: Vec<(Plain, Vec<SealedText>)>,
    already_here: u32,
    held: u32,
    repairs: u32,
    doubts: Vec<Doubt>,
}

impl Sorted {
    fn sealed(&self) -> u32 {
        self.new.iter().map(|(_, sealed)| sealed.len() as u32).sum()
    }
}

fn sort(call: &Call<'_>, list: &MappedList) -> Result<Sorted, Fault> {
    let sheet = sheet(call, &list.file, &list.reading, false)?;
    let mends = list.mends.iter().map(|mend| ((mend.line, mend.column), mend.text.clone())).collect();
    let understood = intake::understand(&sheet, &list.mapping, &mends, &mut |row| {
        call.job.at(row, sheet.row_count * 2).is_ok()
    })?;
    let mut here = call.read(|reading| reading.already_here())?;
    let mut sorted =
        Sorted { new: Vec::new(), already_here: 0, held: 0, repairs: 0, doubts: understood.doubts };
    for row in understood.people {
        sorted.repairs += row.repairs.len() as u32;
        if row.held {
            sorted.held += 1;
            continue;
        }
        let plain = row.fields;
        let number = (!plain.employee_number.is_empty()).then(|| format!("#{}", plain.employee_number));
        let left_on = day(plain.left_on).map(|day| day.to_string()).unwrap_or_default();
        let name = format!("{} {} {left_on}", plain.family, plain.given);
        // A number decides alone; without one, the name with the leaving day does.
        let key = number.unwrap_or(name);
        if here.insert(key) {
            sorted.new.push((plain, row.sealed));
        } else {
            sorted.already_here += 1;
        }
    }
    Ok(sorted)
}

pub(crate) fn check_list(call: &Call<'_>, list: MappedList) -> Result<ListChecked, Fault> {
    let mut sorted = sort(call, &list)?;
    let doubt_count = sorted.doubts.len() as u32;
    sorted.doubts.truncate(500);
    Ok(ListChecked {
        new: sorted.new.len() as u32,
        sealed: sorted.sealed(),
        already_here: sorted.already_here,
        held: sorted.held,
        repairs: sorted.repairs,
        doubt_count,
        doubts: sorted.doubts,
    })
}

pub(crate) fn import_people(call: &Call<'_>, list: MappedList) -> Result<Imported, Fault> {
    let sorted = sort(call, &list)?;
    let total = sorted.new.len();
    let open = call.open()?;
    let (hr, at) = (open.opened.hr_public(), At(call.now.timestamp_millis()));
    let mut not_sealed = None;
    let added = call.write_step(|writing| {
        for (row, (plain, sealed)) in sorted.new.iter().enumerate() {
            call.told(total + row, total * 2)?;
            let person = add_plain(writing, plain)?;
            for text in sealed {
                // Under its heading: 「退職理由：介護のため」.
                let colon = if text.heading.is_empty() { "" } else { "：" };
                let text = Zeroizing::new([text.heading.as_str(), colon, text.text.as_str()].concat());
                let sealed =
                    crate::sealed::seal(writing, person, "reason", &text, hr, &mut **call.random(), at)?;
                if let Err(fault) = sealed {
                    not_sealed = Some(fault);
                    return Err(register::Fault::Stopped);
                }
            }
        }
        Ok(())
    });
    if let Some(fault) = not_sealed {
        return Err(fault);
    }
    Ok(Imported {
        step: added?.1,
        added: total as u32,
        sealed: sorted.sealed(),
        already_here: sorted.already_here,
        held: sorted.held,
        doubts: sorted.doubts.len() as u32,
    })
}

fn day(date: Option<intake::Date>) -> Option<Day> {
    date.and_then(|date| Day::new(date.year, date.month, date.day))
}

/// A person as a file tells of them.
fn add_plain(writing: &mut Writing<'_>, plain: &Plain) -> Result<PersonId, register::Fault> {
    let person = writing.add(&Person {
        family: plain.family.clone(),
        given: plain.given.clone(),
        family_kana: plain.family_kana.clone(),
        given_kana: plain.given_kana.clone(),
        maiden: plain.maiden.clone(),
        business_name: plain.business_name.clone(),
        employee_number: plain.employee_number.clone(),
        joined_on: day(plain.joined_on),
        left_on: day(plain.left_on),
        born_on: day(plain.born_on),
        employer: plain.employer.clone(),
        employer_role: plain.employer_role.clone(),
        notes: plain.note.clone(),
        ..Person::default()
    })?;
    if [&plain.department, &plain.post, &plain.contract].iter().any(|text| !text.is_empty()) {
        writing.add(&Employment {
            person,
            from_on: day(plain.joined_on),
            until_on: day(plain.left_on),
            department: plain.department.clone(),
            post: plain.post.clone(),
            contract: plain.contract.clone(),
        })?;
    }
    // An address in one cell is kept as it was written, in the line for streets.
    let street = [plain.street.as_str(), plain.address.as_str()].concat();
    if [&plain.postal, &plain.prefecture, &plain.city, &street].iter().any(|text| !text.is_empty()) {
        writing.add(&Address {
            person,
            label: "自宅".into(),
            postal: plain.postal.clone(),
            prefecture: plain.prefecture.clone(),
            city: plain.city.clone(),
            street,
            building: plain.building.clone(),
            best: true,
            confirmed_on: None,
        })?;
    }
    for (label, number) in [("携帯", &plain.mobile), ("自宅", &plain.phone)] {
        if !number.is_empty() {
            let best = label == "携帯" || plain.mobile.is_empty();
            writing.add(&Phone {
                person,
                label: label.into(),
                number: number.clone(),
                best,
                confirmed_on: None,
            })?;
        }
    }
    if !plain.email.is_empty() {
        let address = plain.email.clone();
        writing.add(&Mail { person, label: "個人".into(), address, best: true, confirmed_on: None })?;
    }
    for tag in &plain.tags {
        writing.add_tag(person, tag)?;
    }
    Ok(person)
}
