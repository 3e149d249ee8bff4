//! The papers of the day: who is received, who sits where, who paid, and what people write of themselves. What is handed
//! to others names only whoever agreed to be named.

use crate::{Call, Fault, company, form, form::FormPrinted, table::Nothing};
use press::{Block, NameLine};
use register::{Day, EventId, EventRow, InviteeRow, NewsPrint};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Papers for an event, in one file.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintEvent {
    /// Which event.
    pub event: EventId,
    /// What the file is called, with the event's title.
    pub name: String,
    /// Which papers, each beginning on a page of its own.
    pub papers: Vec<EventSheet>,
    /// In which language they are, `ja` or `en`.
    pub language: String,
}

/// One of them.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EventSheet {
    /// Which paper.
    pub paper: EventPaper,
    /// Its words.
    pub words: EventWords,
}

/// Which paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EventPaper {
    /// 受付名簿: whoever is expected, in kana order. For the reception only.
    Reception,
    /// 会費帳: what each owes and paid. For the office only.
    Fees,
    /// 領収書, one for each who pays.
    Receipts,
    /// 席次・参加者: handed to all.
    Seating,
    /// 近況集: handed to all.
    News,
}

/// The words of a paper, in the language of the page.
#[derive(Debug, Default, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct EventWords {
    /// What it is.
    pub title: String,
    /// The event's day.
    pub day: String,
    /// What stands above everything.
    pub lines: Vec<String>,
    /// The names of the columns, where there is a table.
    pub columns: Vec<String>,
    /// A table's name, with `{n}`.
    pub table: String,
    /// Whoever comes along, with `{n}`.
    pub with: String,
    /// 旧姓, with `{name}`.
    pub maiden: String,
    /// Whoever is not named, with `{n}`.
    pub unnamed: String,
    /// Who writes without a name.
    pub anonymous: String,
    /// A sum, with `{n}`.
    pub yen: String,
    /// The lines of a receipt, with `{name}`, `{yen}` and `{number}`.
    pub receipt: Vec<String>,
    /// The last line of the fees, with `{due}` and `{paid}`.
    pub total: String,
}

/// News that may be printed.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PrintableNews {
    /// From whom; nobody knows when it is to stay without a name.
    pub name: Option<String>,
    /// The news.
    pub text: String,
}

/// What an event has for the newsletter.
#[derive(Debug, Serialize, TS)]
pub struct EventNews {
    /// Which event.
    pub event: EventId,
    /// What it is called.
    pub title: String,
    /// Its day.
    pub on_day: Option<Day>,
    /// The news: those with a name in kana order, then those without.
    pub news: Vec<PrintableNews>,
}

/// What may be printed of what people wrote. Where a name is wished for it stands; else not even the order tells it.
fn printable(invitees: &[InviteeRow]) -> Vec<PrintableNews> {
    let of = |wanted: NewsPrint| {
        invitees.iter().filter(move |row| row.news_printable && row.fields.news_print == wanted)
    };
    let named = of(NewsPrint::Named)
        .map(|row| PrintableNews { name: Some(row.name()), text: row.fields.news.clone() });
    let mut unnamed: Vec<String> = of(NewsPrint::Anonymous).map(|row| row.fields.news.clone()).collect();
    unnamed.sort();
    named.chain(unnamed.into_iter().map(|text| PrintableNews { name: None, text })).collect()
}

/// The news of all events that may be printed in an issue.
pub(crate) fn printable_news(call: &Call<'_>, _: Nothing) -> Result<Vec<EventNews>, Fault> {
    call.read(|reading| {
        let mut all = Vec::new();
        for EventRow { id, fields, .. } in reading.events()? {
            let news = printable(&reading.invitees(id)?);
            if !news.is_empty() {
                all.push(EventNews { event: id, title: fields.title, on_day: fields.on_day, news });
            }
        }
        Ok(all)
    })
}

pub(crate) fn print_event(call: &Call<'_>, wanted: PrintEvent) -> Result<FormPrinted, Fault> {
    let card = call.read(|reading| reading.event(wanted.event))?;
    let settings = company::settings(call, Nothing {})?;
    let guests: Vec<&InviteeRow> = card.invitees.iter().filter(|row| row.is_expected()).collect();
    let title = &card.row.fields.title;
    let mut blocks = Vec::new();
    for EventSheet { paper, words } in &wanted.papers {
        blocks.push(Block::Masthead {
            name: words.title.clone(),
            line: settings.company.clone(),
            number_and_date: format!("{title}　{}", words.day).trim().to_owned(),
        });
        blocks.extend(words.lines.iter().cloned().map(Block::Paragraph));
        blocks.extend(match paper {
            EventPaper::Reception => reception(words, &card.row, &guests),
            EventPaper::Fees => fees(words, &card.row, &guests),
            EventPaper::Receipts => receipts(words, &card.row, &guests, &settings),
            EventPaper::Seating => seating(words, &guests),
            EventPaper::News => news(words, &card.invitees),
        });
    }
    let document = form::document(call, &wanted.name, &settings.company, &wanted.language, blocks);
    let printed = press::print(&document, call.desk.fonts()?)?;
    form::put(call, title, &wanted.name, printed.pdf)
}

fn yen(words: &EventWords, sum: u32) -> String {
    words.yen.replace("{n}", &form::grouped(sum))
}

fn due(event: &EventRow, row: &InviteeRow) -> u32 {
    event.fields.fee.saturating_mul(1 + row.fields.companions)
}

fn with(words: &EventWords, row: &InviteeRow) -> String {
    match row.fields.companions {
        0 => String::new(),
        count => words.with.replace("{n}", &count.to_string()),
    }
}

fn name(words: &EventWords, row: &InviteeRow) -> String {
    match row.maiden.is_empty() {
        true => row.name(),
        false => format!("{}{}", row.name(), words.maiden.replace("{name}", &row.maiden)),
    }
}

fn table(words: &EventWords, row: &InviteeRow) -> String {
    row.fields.table_number.map(|number| words.table.replace("{n}", &number.to_string())).unwrap_or_default()
}

fn reception(words: &EventWords, event: &EventRow, guests: &[&InviteeRow]) -> Vec<Block> {
    let line = |row: &&InviteeRow| {
        vec![
            if row.fields.came { "☑".to_owned() } else { "□".to_owned() },
            format!("{} {}", row.family_kana, row.given_kana).trim().to_owned(),
            name(words, row),
            with(words, row),
            table(words, row),
            if event.fields.fee == 0 { String::new() } else { yen(words, due(event, row)) },
        ]
    };
    vec![Block::Table { head: words.columns.clone(), rows: guests.iter().map(line).collect() }]
}

fn fees(words: &EventWords, event: &EventRow, guests: &[&InviteeRow]) -> Vec<Block> {
    let line = |(at, row): (usize, &&InviteeRow)| {
        let paid = if row.fields.paid == 0 { String::new() } else { yen(words, row.fields.paid) };
        vec![(at + 1).to_string(), name(words, row), with(words, row), yen(words, due(event, row)), paid]
    };
    let sum = |of: &dyn Fn(&InviteeRow) -> u32| guests.iter().map(|row| of(row)).sum::<u32>();
    let total = words
        .total
        .replace("{due}", &yen(words, sum(&|row| due(event, row))))
        .replace("{paid}", &yen(words, sum(&|row| row.fields.paid)));
    vec![
        Block::Table { head: words.columns.clone(), rows: guests.iter().enumerate().map(line).collect() },
        Block::Paragraph(total),
    ]
}

/// Made before the day for whoever is expected, afterwards for what was paid.
fn receipts(
    words: &EventWords,
    event: &EventRow,
    guests: &[&InviteeRow],
    settings: &crate::Settings,
) -> Vec<Block> {
    let own = format!("{}\n{} {}", settings.company, settings.postal, settings.address.replace('\n', " "));
    let mut blocks = Vec::new();
    for (at, row) in guests.iter().enumerate() {
        let sum = if row.fields.paid > 0 { row.fields.paid } else { due(event, row) };
        if sum == 0 {
            continue;
        }
        let said = |line: &String| {
            line.replace("{name}", &row.name())
                .replace("{yen}", &yen(words, sum))
                .replace("{number}", &(at + 1).to_string())
        };
        let mut lines = words.receipt.iter().map(said);
        let heading = lines.next().unwrap_or_default();
        let text = lines.chain([own.clone()]).collect::<Vec<_>>().join("\n");
        blocks.push(Block::Aside { heading, text });
    }
    blocks
}

fn seating(words: &EventWords, guests: &[&InviteeRow]) -> Vec<Block> {
    let last = guests.iter().filter_map(|row| row.fields.table_number).max().unwrap_or(0);
    let mut blocks = Vec::new();
    for number in (1..=last).map(Some).chain([None]) {
        let here: Vec<&&InviteeRow> = guests.iter().filter(|row| row.fields.table_number == number).collect();
        if here.is_empty() {
            continue;
        }
        if let Some(number) = number {
            blocks.push(Block::Heading(words.table.replace("{n}", &number.to_string())));
        }
        let named = here.iter().filter(|row| row.nameable);
        blocks.push(Block::Names(
            named.map(|row| NameLine { name: row.name(), note: with(words, row) }).collect(),
        ));
        let unnamed: u32 = here.iter().filter(|row| !row.nameable).map(|row| 1 + row.fields.companions).sum();
        if unnamed > 0 {
            blocks.push(Block::Paragraph(words.unnamed.replace("{n}", &unnamed.to_string())));
        }
    }
    blocks
}

fn news(words: &EventWords, invitees: &[InviteeRow]) -> Vec<Block> {
    let piece = |news: PrintableNews| {
        [Block::Paragraph(news.text), Block::Byline(news.name.unwrap_or_else(|| words.anonymous.clone()))]
    };
    std::iter::once(Block::Rule).chain(printable(invitees).into_iter().flat_map(piece)).collect()
}
