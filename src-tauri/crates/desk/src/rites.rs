//! 慶弔の記録: on the screen, on paper and as a workbook. What was said of the family stays with the contact.

use crate::{
    Call, Fault, FaultKind, export,
    form::{self, Form, FormPart, FormPrinted},
    issue,
};
use intake::excel::{self, Cell};
use register::{ContactTopic, Day, Noted, Rite, Rites};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use ts_rs::TS;

/// So many lines are told at once.
const PAGE: u32 = 100;

/// Which part of the list.
#[derive(Debug, Default, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct RitesQuery {
    /// Of this year; of all without.
    pub year: Option<u32>,
    /// After so many lines.
    pub offset: u32,
}

/// The list on paper and in a workbook.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintRites {
    /// Of this year; of all without.
    pub year: Option<u32>,
    /// Its name, large.
    pub title: String,
    /// What stands above the table.
    pub lines: Vec<String>,
    /// The columns: when, who, what happened, what was given, for how many yen, by whom.
    pub columns: [String; 6],
    /// What each thing that happens is called.
    #[ts(type = "Record<ContactTopic, string>")]
    pub topics: HashMap<ContactTopic, String>,
    /// In which language it is, `ja` or `en`.
    pub language: String,
}

/// The same list for people and for programs.
#[derive(Debug, Serialize, TS)]
pub struct RitesPrinted {
    /// The PDF.
    pub pdf: FormPrinted,
    /// The workbook.
    pub workbook: FormPrinted,
}

pub(crate) fn rites(call: &Call<'_>, query: RitesQuery) -> Result<Rites, Fault> {
    call.read(|reading| reading.rites(query.year, query.offset, PAGE))
}

pub(crate) fn print_rites(call: &Call<'_>, wanted: PrintRites) -> Result<RitesPrinted, Fault> {
    let all = call.read(|reading| reading.rites(wanted.year, 0, excel::ROWS as u32 - 1))?;
    call.note_out(&Noted { people: all.total, person: None, fields: String::new() })?;
    let topic = |rite: &Rite| wanted.topics.get(&rite.topic).cloned().unwrap_or_default();
    let widths = [12, 16, 18, 28, 12, 14];
    let heads: Vec<_> = wanted.columns.iter().map(String::as_str).zip(widths).collect();
    let cells = |rite: &Rite| {
        let (name, gift, by) = (rite.name.clone(), rite.gift.clone(), rite.by.clone());
        let yen = rite.yen.map_or(Cell::Text(String::new()), Cell::Number);
        let text = Cell::Text;
        vec![export::day(rite.on_day), text(name), text(topic(rite)), text(gift), yen, text(by)]
    };
    let rows: Vec<_> = all.rows.iter().map(cells).collect();
    let bytes = excel::workbook(&wanted.title, &heads, &rows, call.now)
        .map_err(|error| Fault::new(FaultKind::Bug, "bug").with("detail", error.to_string()))?;
    let name = format!("{}-{}.xlsx", issue::file_name(&wanted.title), call.today());
    let workbook = FormPrinted { file: call.desk.front.tray.put(&name, bytes)?, name };

    let day = |day: Option<Day>| day.map(|day| form::day(day, &wanted.language)).unwrap_or_default();
    let line = |rite: &Rite| {
        let yen = rite.yen.map(form::grouped).unwrap_or_default();
        vec![day(rite.on_day), rite.name.clone(), topic(rite), rite.gift.clone(), yen, rite.by.clone()]
    };
    let rows = [wanted.columns.to_vec()].into_iter().chain(all.rows.iter().map(line)).collect();
    let part = FormPart { lines: wanted.lines, rows, ..FormPart::default() };
    let form = Form { title: wanted.title, parts: vec![part], language: wanted.language };
    Ok(RitesPrinted { pdf: form::print(call, &form, &call.today().to_string())?, workbook })
}
