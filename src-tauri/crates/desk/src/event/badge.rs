//! 名札 and 席札: each wears their own, so what stands there is told to nobody who does not meet them.

use crate::{Call, Fault, FaultKind, company, dispatch, form, form::FormPrinted, issue, table::Nothing};
use press::{Badge, Cells};
use register::{Day, EventId, InviteeRow};
use serde::Deserialize;
use ts_rs::TS;

/// Name tags or table cards for whoever comes.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintBadges {
    /// To what they come.
    pub event: EventId,
    /// Which.
    pub kind: BadgeKind,
    /// The sheet, by its name; the first one when nothing is said.
    pub sheet: String,
    /// How many cells of the first sheet are used up.
    pub used: u32,
    /// What stands there beside names.
    pub words: BadgeWords,
}

/// Which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BadgeKind {
    /// 名札.
    Tags,
    /// 席札.
    Tables,
}

/// What stands there beside names.
#[derive(Debug, Default, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct BadgeWords {
    /// What the file is called, with the event's title.
    pub name: String,
    /// The years in the company, with `{from}` and `{until}`.
    pub years: String,
    /// 旧姓, with `{name}`.
    pub maiden: String,
    /// Whoever comes along.
    pub companion: String,
    /// … and with whom, with `{name}`.
    pub companion_of: String,
    /// The table, with `{n}`.
    pub table: String,
}

pub(crate) fn badge_sheets(_: &Call<'_>, _: Nothing) -> Result<Vec<dispatch::LabelSheet>, Fault> {
    Ok(press::badge_sheets().into_iter().map(dispatch::LabelSheet::from).collect())
}

pub(crate) fn print_badges(call: &Call<'_>, wanted: PrintBadges) -> Result<FormPrinted, Fault> {
    let card = call.read(|reading| reading.event(wanted.event))?;
    let event = &card.row.fields;
    let sheets = press::badge_sheets();
    let sheet = sheets.iter().find(|sheet| wanted.sheet.is_empty() || sheet.id == wanted.sheet);
    let sheet = sheet.ok_or_else(|| Fault::field(FaultKind::Invalid, "sheet", "no_such_labels"))?;
    let expected = card.invitees.iter().filter(|row| row.is_expected());
    let badges: Vec<Badge> = expected.flat_map(|row| of(&wanted, &event.title, row)).collect();
    if badges.is_empty() {
        return Err(Fault::new(FaultKind::Refused, "nobody_comes"));
    }
    let company = company::settings(call, Nothing {})?.company;
    let (title, author, created) = (event.title.as_str(), company.as_str(), issue::created(call));
    let (used, outlined) = (wanted.used as usize, false);
    let fonts = call.desk.fonts()?;
    let printed =
        press::badges(&Cells { title, author, created, sheet, used, outlined, of: &badges }, fonts)?;
    form::put(call, title, &wanted.words.name, printed.print(fonts)?.pdf)
}

/// Somebody's own, and one for each who comes along.
fn of(wanted: &PrintBadges, title: &str, row: &InviteeRow) -> Vec<Badge> {
    let words = &wanted.words;
    let table = row.fields.table_number.map(|number| words.table.replace("{n}", &number.to_string()));
    let over = match wanted.kind {
        BadgeKind::Tags => title.to_owned(),
        BadgeKind::Tables => table.clone().unwrap_or_default(),
    };
    let year =
        |day: Option<Day>| day.and_then(|day| day.year()).map(|year| year.to_string()).unwrap_or_default();
    let (from, until) = (year(row.joined_on), year(row.left_on));
    let years = match from.is_empty() && until.is_empty() {
        true => String::new(),
        false => words.years.replace("{from}", &from).replace("{until}", &until),
    };
    let service = [years.as_str(), row.department.as_str()].join(" ").trim().to_owned();
    let maiden = match row.maiden.is_empty() {
        true => String::new(),
        false => words.maiden.replace("{name}", &row.maiden),
    };
    let under = match wanted.kind {
        BadgeKind::Tags => vec![service, maiden, table.unwrap_or_default()],
        BadgeKind::Tables => Vec::new(),
    };
    let kana = format!("{} {}", row.family_kana, row.given_kana).trim().to_owned();
    let own = Badge {
        over: over.clone(),
        kana,
        name: row.name(),
        under: under.into_iter().filter(|line| !line.is_empty()).collect(),
    };
    let beside = Badge {
        over,
        name: words.companion.clone(),
        under: vec![words.companion_of.replace("{name}", &row.name())],
        ..Badge::default()
    };
    std::iter::once(own).chain((0..row.fields.companions).map(|_| beside.clone())).collect()
}
