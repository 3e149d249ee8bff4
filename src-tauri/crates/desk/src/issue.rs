//! The newsletter: an issue of the register becomes pages.

use crate::{
    Call, Fault,
    records::{Change, Given, One},
    table::Nothing,
    weekday::{WeekdayWrong, wrong_weekdays},
};
use press::{Block, Created, DESIGNS, Document, Edition, Family, Lang, Look, NameLine, Output, Rgb};
use register::{
    Article, ArticleKind, ArticlePhoto, Day, Filter, Issue, IssueId, PeopleQuery, PersonId, PersonRow,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who left in the span of an issue.
#[derive(Debug, Default, Serialize, Deserialize, TS)]
pub struct NewLeavers {
    /// Those who agreed to be named.
    pub named: Vec<LeaverNamed>,
    /// How many others left in the span; they are not named.
    pub others: u32,
}

/// A leaver named in an issue.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct LeaverNamed {
    /// Who.
    pub id: PersonId,
    /// The name as it is printed.
    pub name: String,
    /// The last department.
    pub department: String,
}

/// How an issue is to be printed.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintIssue {
    /// Which.
    pub id: IssueId,
    /// For whom; the standard edition when nothing is said.
    #[serde(default)]
    #[ts(optional, as = "Option<IssueEdition>")]
    pub edition: IssueEdition,
    /// Who prints it, and how; the office when nothing is said.
    #[serde(default)]
    #[ts(optional, as = "Option<IssueOutput>")]
    pub output: IssueOutput,
}

impl PrintIssue {
    /// The standard edition, printed in the office.
    pub(crate) fn office(id: IssueId) -> Self {
        Self { id, edition: IssueEdition::default(), output: IssueOutput::default() }
    }
}

/// An edition of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IssueEdition {
    /// As its settings say.
    #[default]
    Standard,
    /// Larger letters.
    Large,
    /// Lines from top to bottom.
    Upright,
    /// Black and greys.
    Grey,
    /// The words alone, as a text file for mail.
    Mail,
}

/// Who prints an issue, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IssueOutput {
    /// The office printer, page by page.
    #[default]
    Office,
    /// A print shop: with crop marks.
    PrintShop,
    /// A booklet: two pages a sheet of double width.
    Folded,
}

/// An issue, printed.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct IssuePrinted {
    /// The PDF's token.
    pub file: String,
    /// Its proposed file name.
    pub name: String,
    /// Pages; none of a text for mail.
    pub pages: u32,
    /// How many letters of running text still find room on the last page.
    pub room: u32,
    /// Dates with the weekday of another day.
    pub weekdays: Vec<WeekdayWrong>,
    /// Letters that no face has; they stand as 〓.
    pub missing: Vec<LetterMissing>,
    /// Photographs that are too small for the place they fill.
    pub coarse: Vec<PhotoCoarse>,
    /// How many new leavers are named.
    pub named: u32,
}

/// A photograph with fewer than 200 dots an inch as it is printed.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct PhotoCoarse {
    /// The line below it.
    pub caption: String,
    /// Dots an inch.
    pub dpi: u32,
}

/// A letter that no face has.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LetterMissing {
    /// The letter.
    pub letter: String,
    /// The words around it.
    pub within: String,
}

pub(crate) fn issue(call: &Call<'_>, one: One<IssueId>) -> Result<Issue, Fault> {
    call.read(|reading| reading.get::<Issue>(one.id))
}

pub(crate) fn add_issue(call: &Call<'_>, issue: Given<Issue>) -> Result<IssueId, Fault> {
    call.write(|writing| {
        let id = writing.add(&issue.0)?;
        writing.settle_pictures(id)?;
        Ok(id)
    })
}

/// An issue is saved while it is written.
pub(crate) fn change_issue(call: &Call<'_>, change: Change<Issue>) -> Result<Nothing, Fault> {
    let id = IssueId(change.id);
    call.write_typing(|writing| {
        writing.change::<Issue>(id, &change.changes.0)?;
        writing.settle_pictures(id)
    })?;
    Ok(Nothing {})
}

pub(crate) fn remove_issue(call: &Call<'_>, one: One<IssueId>) -> Result<Nothing, Fault> {
    call.write(|writing| writing.remove_issue(one.id))?;
    Ok(Nothing {})
}

pub(crate) fn new_leavers(call: &Call<'_>, one: One<IssueId>) -> Result<NewLeavers, Fault> {
    leavers(call, &issue(call, one)?)
}

fn leavers(call: &Call<'_>, issue: &Issue) -> Result<NewLeavers, Fault> {
    let (Some(from), Some(until)) = (issue.leavers_from, issue.leavers_until) else {
        return Ok(NewLeavers::default());
    };
    let in_years =
        |nameable| Filter { left_from: from.year(), left_until: until.year(), nameable, ..Filter::default() };
    let find = |nameable| -> Result<Vec<PersonRow>, Fault> {
        let mut found = Vec::new();
        loop {
            let query = PeopleQuery {
                filter: in_years(nameable),
                offset: found.len() as u32,
                ..PeopleQuery::default()
            };
            let page = call.read(|reading| reading.people(&query, call.today()))?;
            let last = page.rows.is_empty();
            found.extend(page.rows);
            if last || found.len() >= page.total as usize {
                break;
            }
        }
        found.retain(|row| within(row.left_on, from, until));
        Ok(found)
    };
    let named = find(true)?;
    let others = find(false)?.len() - named.len();
    let named = named.into_iter().map(|row| LeaverNamed {
        id: row.id,
        name: if row.business_name.is_empty() {
            format!("{} {}", row.family, row.given)
        } else {
            row.business_name
        }
        .trim()
        .to_owned(),
        department: row.department,
    });
    Ok(NewLeavers { named: named.collect(), others: others as u32 })
}

/// Whether a day, as far as it is known, begins within the span; the span's last month or year counts whole.
fn within(day: Option<Day>, from: Day, until: Day) -> bool {
    let Some(day) = day.filter(|day| day.year().is_some()) else { return false };
    let (day, until) = (day.to_string(), until.to_string());
    // ISO text sorts as time does, and a whole month or year begins every day of it.
    day >= from.to_string() && (day <= until || day.starts_with(&until))
}

pub(crate) fn print_issue(call: &Call<'_>, how: PrintIssue) -> Result<IssuePrinted, Fault> {
    let issue = issue(call, One { id: how.id })?;
    let leavers = leavers(call, &issue)?;
    let settings = crate::company::settings(call, crate::table::Nothing {})?;
    let document = document(&issue, &leavers, &settings, call)?;
    let near = issue.dated_on.and_then(|day| day.first()).unwrap_or_else(|| call.today());
    let texts = issue.articles.0.iter().flat_map(|article| [&article.heading, &article.body]);
    let weekdays = texts.chain([&issue.closing]).flat_map(|text| wrong_weekdays(text, near)).collect();
    let name = format!("{}-{}", file_name(&issue.name), issue.number);
    let mut done = IssuePrinted {
        file: String::new(),
        name: format!("{name}.pdf"),
        pages: 0,
        room: 0,
        weekdays,
        missing: Vec::new(),
        coarse: Vec::new(),
        named: leavers.named.len() as u32,
    };
    let edition = match how.edition {
        IssueEdition::Mail => {
            done.name = format!("{name}.txt");
            done.file = call.desk.front.tray.put(&done.name, document.plain().into_bytes())?;
            return Ok(done);
        }
        IssueEdition::Standard => Edition::Standard,
        IssueEdition::Large => Edition::Large,
        IssueEdition::Upright => Edition::Upright,
        IssueEdition::Grey => Edition::Grey,
    };
    let output = match how.output {
        IssueOutput::Office => Output::Office,
        IssueOutput::PrintShop => Output::PrintShop,
        IssueOutput::Folded => Output::Folded,
    };
    let document = Document { output, ..document.edition(edition) };
    let printed = press::print_fitted(&document, call.desk.fonts()?, &call.open()?.darkroom)?;
    (done.pages, done.room) = (printed.pages as u32, printed.room as u32);
    let letter = |it: press::Missing| LetterMissing { letter: it.letter, within: it.within };
    done.missing = printed.missing.into_iter().map(letter).collect();
    let photo = |it: press::Coarse| PhotoCoarse { caption: it.caption, dpi: it.dpi };
    done.coarse = printed.coarse.into_iter().map(photo).collect();
    done.file = call.desk.front.tray.put(&done.name, printed.pdf)?;
    Ok(done)
}

/// Letters that no file system minds; 会報 when none is left. Windows forbids \ / : * ? " < > |.
pub(crate) fn file_name(title: &str) -> String {
    let name: String = title.chars().filter(|c| !c.is_control() && !"\\/:*?\"<>|.".contains(*c)).collect();
    if name.trim().is_empty() { "会報".into() } else { name.trim().into() }
}

fn document(
    issue: &Issue,
    leavers: &NewLeavers,
    settings: &crate::Settings,
    call: &Call<'_>,
) -> Result<Document, Fault> {
    let date = issue.dated_on.map(japanese).unwrap_or_default();
    let mut blocks = vec![Block::Masthead {
        name: issue.name.clone(),
        line: settings.company.clone(),
        number_and_date: format!("第{}号　{date}", issue.number).trim().to_owned(),
    }];
    for article in &issue.articles.0 {
        blocks.extend(article_blocks(call, article)?);
    }
    if !leavers.named.is_empty() {
        let people = if settings.people_paper.is_empty() { "OB・OG" } else { &settings.people_paper };
        blocks.push(Block::Heading(format!("新しい{people}")));
        let line =
            |leaver: &LeaverNamed| NameLine { name: leaver.name.clone(), note: leaver.department.clone() };
        blocks.push(Block::Names(leavers.named.iter().map(line).collect()));
    }
    if !issue.closing.is_empty() {
        blocks.push(Block::Colophon(issue.closing.lines().map(str::to_owned).collect()));
    }
    Ok(Document {
        title: format!("{} 第{}号", issue.name, issue.number),
        author: settings.company.clone(),
        lang: Lang::Ja,
        created: created(call),
        sheet: press::Sheet::a4(issue.columns as u8),
        look: Look {
            family: if issue.mincho { Family::Mincho } else { Family::Gothic },
            accent: colour(&settings.colour).unwrap_or(Rgb::NAVY),
            design: DESIGNS.into_iter().find(|it| it.name == settings.design).unwrap_or(DESIGNS[0]),
            ..Look::default()
        },
        seal: settings.seal.clone(),
        output: Output::Office,
        blocks,
        page_numbers: true,
    })
}

/// A piece of the issue: an article flows through the columns, a notice stands in a box, words shown large alone.
fn article_blocks(call: &Call<'_>, article: &Article) -> Result<Vec<Block>, Fault> {
    use ArticleKind as Kind;
    let Article { kind, heading, body, byline, photos } = article;
    let mut blocks = Vec::new();
    let mut photos = photos.iter();
    match kind {
        Kind::Quote => blocks.push(Block::Quote(body.trim().to_owned())),
        Kind::Notice | Kind::Event | Kind::Wanted | Kind::Condolence | Kind::Postscript => {
            blocks.push(Block::Aside { heading: heading.clone(), text: body.clone() });
        }
        Kind::Article
        | Kind::Greeting
        | Kind::Workplace
        | Kind::Interview
        | Kind::Product
        | Kind::News
        | Kind::Voice => {
            blocks.push(Block::Heading(heading.clone()));
        }
    }
    if !byline.is_empty() {
        blocks.push(Block::Byline(byline.clone()));
    }
    if matches!(blocks.first(), Some(Block::Heading(_))) {
        for paragraph in body.lines().filter(|line| !line.trim().is_empty()) {
            blocks.push(Block::Paragraph(paragraph.to_owned()));
            blocks.extend(photos.next().map(|photo| block(call, photo, heading)).transpose()?);
        }
    }
    for photo in photos {
        blocks.push(block(call, photo, heading)?);
    }
    Ok(blocks)
}

/// `#rrggbb`.
fn colour(text: &str) -> Option<Rgb> {
    let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.is_ascii())?;
    let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
    Some(Rgb(part(0)?, part(2)?, part(4)?).readable())
}

fn block(call: &Call<'_>, photo: &ArticlePhoto, heading: &str) -> Result<Block, Fault> {
    let jpeg = call.read(|reading| reading.picture(photo.picture))?.into();
    let alt = if photo.caption.is_empty() { heading.to_owned() } else { String::new() };
    Ok(Block::Photo { jpeg, caption: photo.caption.clone(), alt })
}

/// This moment, as a PDF says it.
pub(crate) fn created(call: &Call<'_>) -> Created {
    use chrono::{Datelike, Timelike};
    Created {
        year: call.now.year() as u16,
        month: call.now.month() as u8,
        day: call.now.day() as u8,
        hour: call.now.hour() as u8,
        minute: call.now.minute() as u8,
        second: call.now.second() as u8,
    }
}

/// 令和8年11月20日, as far as the day is known.
pub(crate) fn japanese(day: Day) -> String {
    intake::japanese(intake::Date { year: day.year(), month: day.month(), day: day.day() })
}
