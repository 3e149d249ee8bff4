//! Sheets of paper that are the newsletter's sisters: what is handed over on the last day, letters, certificates. The page
//! gives the words.

use crate::{Call, Fault, FaultKind, company, issue, table::Nothing};
use press::{Block, Document, Lang, Look, NameLine};
use register::{Address, Day, Person, PersonId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What stands on a sheet.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Its name, large.
    pub title: String,
    /// Its parts, in order.
    pub parts: Vec<FormPart>,
    /// In which language they are, `ja` or `en`.
    pub language: String,
}

/// A sheet for somebody.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintForm {
    /// For whom.
    pub person: PersonId,
    /// What stands on it.
    pub form: Form,
}

/// A part of a sheet.
#[derive(Debug, Default, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FormPart {
    /// Its heading; none when it is empty.
    pub heading: String,
    /// Its paragraphs.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub lines: Vec<String>,
    /// A table below them: the first row names the columns. Without rows there is none.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<Vec<String>>>")]
    pub rows: Vec<Vec<String>>,
    /// The lines stand in a box of their own, to be cut out or written on.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub boxed: bool,
}

/// A sheet, printed.
#[derive(Debug, Serialize, TS)]
pub struct FormPrinted {
    /// The PDF's token.
    pub file: String,
    /// Its proposed file name.
    pub name: String,
}

/// A document of one column in the plain look of the house. `before` stands before the date.
pub(crate) fn sheet(
    call: &Call<'_>,
    title: &str,
    company: &str,
    language: &str,
    before: &str,
    blocks: Vec<Block>,
) -> Document {
    let mut all = vec![masthead(call, title, company, language, before)];
    all.extend(blocks);
    document(call, title, company, language, all)
}

fn lang(language: &str) -> Lang {
    if language == "en" { Lang::En } else { Lang::Ja }
}

/// The months as the page shortens them.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"];

/// A day as the page writes it in the words that stand on the same sheet.
pub(crate) fn day(day: Day, language: &str) -> String {
    match lang(language) {
        Lang::Ja => issue::japanese(day),
        Lang::En => issue::english(day, |month| MONTHS[month.number_from_month() as usize - 1]),
    }
}

/// 3000 as 3,000.
pub(crate) fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn masthead(call: &Call<'_>, title: &str, company: &str, language: &str, before: &str) -> Block {
    let date = day(call.today().into(), language);
    let (name, line) = (title.to_owned(), company.to_owned());
    Block::Masthead { name, line, number_and_date: format!("{before}{date}") }
}

pub(crate) fn document(
    call: &Call<'_>,
    title: &str,
    company: &str,
    language: &str,
    blocks: Vec<Block>,
) -> Document {
    Document {
        title: title.to_owned(),
        author: company.to_owned(),
        lang: lang(language),
        created: issue::created(call),
        sheet: press::Sheet::a4(1),
        look: Look::default(),
        blocks,
        page_numbers: false,
        output: press::Output::Office,
        seal: String::new(),
        emblem: None,
    }
}

fn blocks(parts: &[FormPart], said: &dyn Fn(&str) -> String) -> Vec<Block> {
    let mut blocks = Vec::new();
    for FormPart { heading, lines, rows, boxed } in parts {
        let heading = said(heading);
        if *boxed {
            let text = lines.iter().map(|line| said(line)).collect::<Vec<_>>().join("\n");
            blocks.push(Block::Aside { heading, text });
            continue;
        }
        blocks.extend((!heading.is_empty()).then_some(Block::Heading(heading)));
        blocks.extend(lines.iter().map(|line| Block::Paragraph(said(line))));
        if let [head, rows @ ..] = rows.as_slice() {
            blocks.push(Block::Table { head: head.clone(), rows: rows.to_vec() });
        }
    }
    blocks
}

/// Sets a form and puts it into the tray under its title and `called`.
pub(crate) fn print(call: &Call<'_>, form: &Form, called: &str) -> Result<FormPrinted, Fault> {
    let printed = pdf(call, form)?;
    put(call, &form.title, called, printed)
}

/// A form's pages.
pub(crate) fn pdf(call: &Call<'_>, form: &Form) -> Result<Vec<u8>, Fault> {
    let company = company::settings(call, Nothing {})?.company;
    let blocks = blocks(&form.parts, &str::to_owned);
    let document = sheet(call, &form.title, &company, &form.language, "", blocks);
    Ok(press::print(&document, call.desk.fonts()?)?.pdf)
}

/// Puts a PDF into the tray.
pub(crate) fn put(call: &Call<'_>, title: &str, called: &str, pdf: Vec<u8>) -> Result<FormPrinted, Fault> {
    let name = format!("{}-{}.pdf", issue::file_name(title), issue::file_name(called));
    let file = call.desk.front.tray.put(&name, pdf)?;
    Ok(FormPrinted { file, name })
}

/// The squares of a QR code, true for dark; none of a text that is too long for one.
pub(crate) fn qr(text: &str) -> Vec<Vec<bool>> {
    use qrcodegen::{QrCode, QrCodeEcc};
    let squares =
        |qr: QrCode| (0..qr.size()).map(|y| (0..qr.size()).map(|x| qr.get_module(x, y)).collect()).collect();
    QrCode::encode_text(text, QrCodeEcc::Medium).map_or_else(|_| Vec::new(), squares)
}

/// A name as it is written out; the name at work where no other is known.
pub(crate) fn whole_name(family: &str, given: &str, business_name: &str) -> String {
    match family.is_empty() && given.is_empty() {
        true => business_name.to_owned(),
        false => format!("{family} {given}").trim().to_owned(),
    }
}

pub(crate) fn called(person: &Person) -> String {
    match (person.family.as_str(), person.given.as_str()) {
        ("", "") => person.business_name.clone(),
        (family, given) => format!("{family}{given}"),
    }
}

pub(crate) fn print_form(call: &Call<'_>, wanted: PrintForm) -> Result<FormPrinted, Fault> {
    let person: Person = call.read(|reading| reading.get(wanted.person))?;
    // Nobody writes to the dead; a family is written to by its own name.
    if person.deceased {
        return Err(Fault::new(FaultKind::Refused, "person_deceased"));
    }
    print(call, &wanted.form, &called(&person))
}

/// One sheet for each of several people, under their address; `{name}` in the form becomes the name.
pub(crate) fn letters(call: &Call<'_>, form: &Form, to: &[(Person, Address)]) -> Result<FormPrinted, Fault> {
    let company = company::settings(call, Nothing {})?.company;
    let mut all = Vec::new();
    for (done, (person, address)) in to.iter().enumerate() {
        call.job.at(done, to.len())?;
        let name = whole_name(&person.family, &person.given, &person.business_name);
        let line = |parts: &[&String]| parts.iter().map(|part| part.as_str()).collect::<String>();
        let place = line(&[&address.prefecture, &address.city, &address.street]);
        let mut lines = vec![format!("〒{}", address.postal), place, address.building.clone()];
        lines.push(if form.language == "en" { name.clone() } else { format!("{name} 様") });
        lines.retain(|line| !line.is_empty() && line != "〒");
        all.push(masthead(call, &form.title, &company, &form.language, ""));
        all.push(Block::Names(
            lines.into_iter().map(|name| NameLine { name, note: String::new() }).collect(),
        ));
        all.push(Block::Rule);
        all.extend(blocks(&form.parts, &|text| text.replace("{name}", &name)));
    }
    let document = document(call, &form.title, &company, &form.language, all);
    let printed = press::print(&document, call.desk.fonts()?)?;
    put(call, &form.title, &to.len().to_string(), printed.pdf)
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn a_sum_has_a_comma_after_each_thousand() {
        for (yen, said) in
            [(0, "0"), (500, "500"), (5_000, "5,000"), (10_000, "10,000"), (1_234_567, "1,234,567")]
        {
            assert_eq!(grouped(yen), said);
        }
    }
}
