//! A sheet for one person: what is handed over on the last day, in the look of the newsletter. The page gives the words.

use crate::{Call, Fault, FaultKind, company, issue, table::Nothing};
use press::{Block, Document, Lang, Look};
use register::{Person, PersonId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What stands on a sheet.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintForm {
    /// For whom.
    pub person: PersonId,
    /// Its name, large.
    pub title: String,
    /// Its parts, in order.
    pub parts: Vec<FormPart>,
    /// In which language they are, `ja` or `en`.
    pub language: String,
}

/// A part of a sheet.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FormPart {
    /// Its heading; none when it is empty.
    pub heading: String,
    /// Its paragraphs.
    pub lines: Vec<String>,
}

/// A sheet, printed.
#[derive(Debug, Serialize, TS)]
pub struct FormPrinted {
    /// The PDF's token.
    pub file: String,
    /// Its proposed file name.
    pub name: String,
}

pub(crate) fn print_form(call: &Call<'_>, form: PrintForm) -> Result<FormPrinted, Fault> {
    let person: Person = call.read(|reading| reading.get(form.person))?;
    // Nobody writes to the dead; a family is written to by its own name.
    if person.deceased {
        return Err(Fault::new(FaultKind::Refused, "person_deceased"));
    }
    let settings = company::settings(call, Nothing {})?;
    let lang = if form.language == "en" { Lang::En } else { Lang::Ja };
    let date = match lang {
        Lang::Ja => issue::japanese(call.today().into()),
        Lang::En => call.today().to_string(),
    };
    let mut blocks = vec![Block::Masthead {
        name: form.title.clone(),
        line: settings.company.clone(),
        number_and_date: date,
    }];
    for FormPart { heading, lines } in form.parts {
        blocks.extend((!heading.is_empty()).then_some(Block::Heading(heading)));
        blocks.extend(lines.into_iter().map(Block::Paragraph));
    }
    let document = Document {
        title: form.title.clone(),
        author: settings.company,
        lang,
        created: issue::created(call),
        sheet: press::Sheet::a4(1),
        look: Look::default(),
        blocks,
        page_numbers: false,
        output: press::Output::Office,
        seal: String::new(),
    };
    let printed = press::print(&document, call.desk.fonts()?)?;
    let called = format!("{}{}", person.family, person.given);
    let name = format!("{}-{}.pdf", issue::file_name(&form.title), issue::file_name(&called));
    let file = call.desk.front.tray.put(&name, printed.pdf)?;
    Ok(FormPrinted { file, name })
}
