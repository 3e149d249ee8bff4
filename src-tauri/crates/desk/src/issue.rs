//! The newsletter: an issue of the register becomes pages.

use crate::{
    Call, Fault, form,
    records::{Change, Given, One},
    table::Nothing,
    weekday::{WeekdayWrong, wrong_weekdays},
};
use press::{Block, Created, Crop, DESIGNS, Document, Edition, Family, Lang, Look, NameLine, Output, Rgb};
use register::{
    Article, ArticleKind, ArticlePhoto, Audience, Channel, Day, Filter, Issue, IssueId, PaperSize,
    PeopleQuery, PersonId, PersonRow, PhotoCrop, Purpose, Way,
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
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
    /// For who works for the company (社内報): with what stays inside, without what is for others.
    Inside,
    /// Each piece with its English below it.
    Bilingual,
    /// The pieces that have English, in English.
    English,
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
    /// How many letters of running text still find room: on the last page, or on the pages it is meant to have.
    pub room: u32,
    /// How many letters stand beyond the pages it is meant to have.
    pub over: u32,
    /// Width of a page in millimetres.
    pub width: f64,
    /// Height of a page in millimetres.
    pub height: f64,
    /// Where its pieces stand.
    pub places: Vec<PiecePlace>,
    /// Dates with the weekday of another day.
    pub weekdays: Vec<WeekdayWrong>,
    /// Letters that no face has; they stand as 〓.
    pub missing: Vec<LetterMissing>,
    /// Photographs that are too small for the place they fill.
    pub coarse: Vec<PhotoCoarse>,
    /// How many new leavers are named.
    pub named: u32,
}

/// Where a piece of an issue, or as much of it as one column holds, stands. Lengths are parts of the page's.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct PiecePlace {
    /// What stands there.
    pub piece: Piece,
    /// On which page, the first is 0.
    pub page: u32,
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// A piece of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// Its name and number.
    Masthead,
    /// An article, the first is 0.
    Article(u32),
    /// The new leavers.
    Leavers,
    /// The colophon.
    Closing,
}

/// By how much the letters of an issue must be smaller so that it has as many pages as it is meant to.
#[derive(Debug, Serialize, TS)]
pub struct IssueFitted {
    /// In percent; none when it does not find room in letters that are read with ease.
    pub tighter: Option<u32>,
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
    let find = |filter: Filter| -> Result<Vec<PersonRow>, Fault> {
        let mut found = Vec::new();
        loop {
            let query =
                PeopleQuery { filter: filter.clone(), offset: found.len() as u32, ..PeopleQuery::default() };
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
    let named = find(in_years(true))?;
    let others = find(in_years(false))?.len() - named.len();
    // The department says what work it was, which is agreed to for itself.
    let work = Way { purpose: Purpose::WorkInPrint, channel: Channel::Print };
    let work: HashSet<_> =
        find(Filter { may: Some(work), ..in_years(true) })?.into_iter().map(|row| row.id).collect();
    let named = named.into_iter().map(|row| LeaverNamed {
        id: row.id,
        name: if row.business_name.is_empty() {
            format!("{} {}", row.family, row.given)
        } else {
            row.business_name
        }
        .trim()
        .to_owned(),
        department: Some(row.department).filter(|_| work.contains(&row.id)).unwrap_or_default(),
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
    let (document, pieces) = document(&issue, &leavers, &settings, call, how.edition)?;
    let near = issue.dated_on.and_then(|day| day.first()).unwrap_or_else(|| call.today());
    let texts = issue.articles.0.iter().flat_map(|article| [&article.heading, &article.body]);
    let weekdays = texts.chain([&issue.closing]).flat_map(|text| wrong_weekdays(text, near)).collect();
    let name = format!("{}-{}", file_name(&issue.name), issue.number);
    let mut done = IssuePrinted {
        file: String::new(),
        name: format!("{name}.pdf"),
        pages: 0,
        room: 0,
        over: 0,
        width: 0.0,
        height: 0.0,
        places: Vec::new(),
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
        IssueEdition::Standard | IssueEdition::Inside | IssueEdition::Bilingual | IssueEdition::English => {
            Edition::Standard
        }
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
    done.pages = printed.pages as u32;
    (done.room, done.over) = room(&issue, printed.room, printed.page_room, &printed.letters);
    let (width, height) = printed.size;
    [done.width, done.height] = [width, height].map(|points| (points / 72.0 * 254.0).round() / 10.0);
    let places =
        (0..).zip(&printed.places).flat_map(|(page, places)| places.iter().map(move |it| (page, it)));
    done.places = places
        .filter_map(|(page, it)| {
            let [left, width] = [it.x, it.width].map(|points| points / printed.size.0);
            let [top, height] = [it.y, it.height].map(|points| points / printed.size.1);
            Some(PiecePlace { piece: *pieces.get(it.block)?, page, left, top, width, height })
        })
        .fold(Vec::new(), joined);
    let letter = |it: press::Missing| LetterMissing { letter: it.letter, within: it.within };
    done.missing = printed.missing.into_iter().map(letter).collect();
    let photo = |it: press::Coarse| PhotoCoarse { caption: it.caption, dpi: it.dpi };
    done.coarse = printed.coarse.into_iter().map(photo).collect();
    done.file = call.desk.front.tray.put(&done.name, printed.pdf)?;
    Ok(done)
}

/// With a place more: it joins the one before where both are of one piece in one column, or in one tier.
fn joined(mut places: Vec<PiecePlace>, next: PiecePlace) -> Vec<PiecePlace> {
    let one = |a: f64, b: f64| (a - b).abs() < 1e-4;
    match places.last_mut() {
        Some(last) if (last.piece, last.page) != (next.piece, next.page) => places.push(next),
        Some(last) if one(last.left, next.left) && one(last.width, next.width) && next.top > last.top => {
            last.height = next.top + next.height - last.top;
        }
        Some(last) if one(last.top, next.top) && one(last.height, next.height) && next.left < last.left => {
            last.width += last.left - next.left;
            last.left = next.left;
        }
        _ => places.push(next),
    }
    places
}

/// How many letters find room on the pages an issue is meant to have, and how many stand beyond them.
fn room(issue: &Issue, room: usize, page_room: usize, letters: &[usize]) -> (u32, u32) {
    let wanted = if issue.wanted_pages == 0 { letters.len() } else { issue.wanted_pages as usize };
    let over: usize = letters.iter().skip(wanted).sum();
    let room = if letters.len() > wanted { 0 } else { room + (wanted - letters.len()) * page_room };
    (room as u32, over as u32)
}

/// What is tried so that an issue finds room; with more, letters would be smaller than newspapers have them.
const TIGHTER: [u32; 4] = [3, 6, 9, 12];

pub(crate) fn fit_issue(call: &Call<'_>, one: One<IssueId>) -> Result<IssueFitted, Fault> {
    let mut issue = issue(call, one)?;
    let leavers = leavers(call, &issue)?;
    let settings = crate::company::settings(call, crate::table::Nothing {})?;
    for tighter in TIGHTER {
        issue.tighter = tighter;
        let (document, _) = document(&issue, &leavers, &settings, call, IssueEdition::Standard)?;
        let laid = press::lay(&document, call.desk.fonts()?)?;
        if laid.letters.len() <= issue.wanted_pages as usize {
            return Ok(IssueFitted { tighter: Some(tighter) });
        }
    }
    Ok(IssueFitted { tighter: None })
}

/// Letters that no file system minds; 会報 when none is left. Windows forbids \ / : * ? " < > |.
pub(crate) fn file_name(title: &str) -> String {
    let name: String = title.chars().filter(|c| !c.is_control() && !"\\/:*?\"<>|.".contains(*c)).collect();
    if name.trim().is_empty() { "会報".into() } else { name.trim().into() }
}

/// The document of an issue, and of which piece each of its blocks is.
fn document(
    issue: &Issue,
    leavers: &NewLeavers,
    settings: &crate::Settings,
    call: &Call<'_>,
    edition: IssueEdition,
) -> Result<(Document, Vec<Piece>), Fault> {
    let is_english = edition == IssueEdition::English;
    let number_and_date = match is_english {
        true => format!(
            "No. {}　{}",
            issue.number,
            issue.dated_on.map(|day| english(day, chrono::Month::name)).unwrap_or_default()
        ),
        false => format!("第{}号　{}", issue.number, issue.dated_on.map(japanese).unwrap_or_default()),
    };
    let inside = if edition == IssueEdition::Inside { "　社内版" } else { "" };
    let masthead = Block::Masthead {
        name: issue.name.clone(),
        line: settings.company.clone(),
        number_and_date: number_and_date.trim().to_owned() + inside,
    };
    let mut blocks = vec![(Piece::Masthead, masthead)];
    for (at, article) in (0..).zip(&issue.articles.0).filter(|(_, article)| is_for(article, edition)) {
        let own = article_blocks(call, article, edition)?;
        blocks.extend(own.into_iter().map(|block| (Piece::Article(at), block)));
    }
    if !leavers.named.is_empty() {
        let people = if settings.people_paper.is_empty() { "OB・OG" } else { &settings.people_paper };
        let heading = if is_english { "Recently left us".to_owned() } else { format!("新しい{people}") };
        blocks.push((Piece::Leavers, Block::Heading(heading)));
        let line =
            |leaver: &LeaverNamed| NameLine { name: leaver.name.clone(), note: leaver.department.clone() };
        blocks.push((Piece::Leavers, Block::Names(leavers.named.iter().map(line).collect())));
    }
    let closings = match edition {
        IssueEdition::English if !issue.closing_english.is_empty() => vec![&issue.closing_english],
        IssueEdition::Bilingual => vec![&issue.closing, &issue.closing_english],
        _ => vec![&issue.closing],
    };
    let closing: Vec<String> = closings.into_iter().flat_map(|it| it.lines()).map(str::to_owned).collect();
    if !closing.is_empty() {
        blocks.push((Piece::Closing, Block::Colophon(closing)));
    }
    let (pieces, blocks) = blocks.into_iter().unzip();
    let columns = issue.columns as u8;
    let document = Document {
        title: format!("{} 第{}号", issue.name, issue.number),
        author: settings.company.clone(),
        lang: if is_english { Lang::En } else { Lang::Ja },
        created: created(call),
        sheet: match issue.paper {
            PaperSize::A4 => press::Sheet::a4(columns),
            PaperSize::B5 => press::Sheet::b5(columns),
            PaperSize::Letter => press::Sheet::letter(columns),
        },
        look: Look {
            family: if issue.mincho { Family::Mincho } else { Family::Gothic },
            accent: colour(&settings.colour).unwrap_or(Rgb::NAVY),
            design: DESIGNS.into_iter().find(|it| it.name == settings.design).unwrap_or(DESIGNS[0]),
            scale: 1.0 - f64::from(issue.tighter) / 100.0,
            ..Look::default()
        },
        seal: settings.seal.clone(),
        emblem: call.read(|reading| reading.emblem())?.map(Into::into),
        output: Output::Office,
        blocks,
        page_numbers: true,
    };
    Ok((document, pieces))
}

/// Whether a piece stands in an edition: what is for the inside only is in no other.
fn is_for(article: &Article, edition: IssueEdition) -> bool {
    let is_inside = edition == IssueEdition::Inside;
    let may_be_read = match article.audience {
        Audience::Everybody => true,
        Audience::Inside => is_inside,
        Audience::Outside => !is_inside,
    };
    may_be_read && (edition != IssueEdition::English || !article.english.trim().is_empty())
}

/// A piece of the issue: an article flows through the columns, a notice stands in a box, words shown large alone.
fn article_blocks(call: &Call<'_>, article: &Article, edition: IssueEdition) -> Result<Vec<Block>, Fault> {
    use ArticleKind as Kind;
    let is_english = edition == IssueEdition::English;
    let (heading, body) = match is_english {
        true => (&article.english_heading, &article.english),
        false => (&article.heading, &article.body),
    };
    let Article { kind, byline, photos, .. } = article;
    let is_first_wide = *kind == Kind::Lead || photos.first().is_some_and(|photo| photo.wide);
    let is_wide = article.wide || is_first_wide;
    let across = |block: Block| if is_wide { Block::Across(Box::new(block)) } else { block };
    let mut blocks = Vec::new();
    let mut photos = photos.iter();
    let mut flows = false;
    match kind {
        Kind::Quote => blocks.push(across(Block::Quote(body.trim().to_owned()))),
        Kind::Notice | Kind::Event | Kind::Wanted | Kind::Condolence | Kind::Postscript => {
            blocks.push(across(Block::Aside { heading: heading.clone(), text: body.clone() }));
        }
        Kind::Lead
        | Kind::Photos
        | Kind::Table
        | Kind::Article
        | Kind::Greeting
        | Kind::Workplace
        | Kind::Interview
        | Kind::Product
        | Kind::News
        | Kind::Voice => {
            if !heading.trim().is_empty() {
                blocks.push(across(Block::Heading(heading.clone())));
            }
            flows = *kind != Kind::Table;
        }
    }
    if is_first_wide && flows {
        // Below its heading, so that the text is parted only once.
        blocks.extend(photos.next().map(|photo| block(call, photo, heading, true)).transpose()?);
    }
    if !byline.is_empty() {
        blocks.push(Block::Byline(byline.clone()));
    }
    if flows {
        for paragraph in body.lines().filter(|line| !line.trim().is_empty()) {
            blocks.push(Block::Paragraph(paragraph.to_owned()));
            blocks.extend(photos.next().map(|photo| block(call, photo, heading, photo.wide)).transpose()?);
        }
    } else if *kind == Kind::Table {
        blocks.extend(table(body).map(across));
    }
    for photo in photos {
        blocks.push(block(call, photo, heading, photo.wide)?);
    }
    let link = article.link.trim();
    if !link.is_empty() {
        let code = Block::Qr { squares: form::qr(link), text: link.to_owned() };
        // Of pieces in boxes only their boxes are moved out of the columns.
        blocks.push(if flows { code } else { across(code) });
    }
    if edition == IssueEdition::Bilingual && !article.english.trim().is_empty() {
        let (heading, text) = (article.english_heading.clone(), article.english.clone());
        let english = match kind {
            Kind::Quote => Block::Quote(text),
            _ => Block::Aside { heading, text },
        };
        blocks.push(Block::In(Lang::En, Box::new(english)));
    }
    Ok(blocks)
}

/// A table as it comes from Excel or is typed: a row a line, its first names the columns; cells are parted by tabs or ｜.
fn table(text: &str) -> Option<Block> {
    let mut rows = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.split(['\t', '｜', '|']).map(|cell| cell.trim().to_owned()).collect::<Vec<_>>());
    let mut head = rows.next()?;
    let mut rows: Vec<Vec<String>> = rows.collect();
    let width = rows.iter().chain([&head]).map(Vec::len).max().unwrap_or_default();
    rows.iter_mut().chain([&mut head]).for_each(|row| row.resize(width, String::new()));
    Some(Block::Table { head, rows })
}

/// `#rrggbb`.
fn colour(text: &str) -> Option<Rgb> {
    let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.is_ascii())?;
    let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
    Some(Rgb(part(0)?, part(2)?, part(4)?).readable())
}

fn block(call: &Call<'_>, photo: &ArticlePhoto, heading: &str, is_wide: bool) -> Result<Block, Fault> {
    let jpeg = call.read(|reading| reading.picture(photo.picture))?.into();
    let alt = if photo.caption.is_empty() { heading.to_owned() } else { String::new() };
    let PhotoCrop { left, top, width, height } = photo.crop;
    let crop = Crop { left, top, width, height };
    let block = Block::Photo { jpeg, caption: photo.caption.clone(), alt, crop };
    Ok(if is_wide { Block::Across(Box::new(block)) } else { block })
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

/// 20 November 2026, as far as the day is known, with the month as it is called.
pub(crate) fn english(day: Day, called: fn(&chrono::Month) -> &'static str) -> String {
    let month = day.month().and_then(|month| chrono::Month::try_from(month as u8).ok());
    let month = month.map(|month| called(&month).to_owned());
    let parts = [day.day().map(|day| day.to_string()), month, day.year().map(|year| year.to_string())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// 令和8年11月20日, as far as the day is known.
pub(crate) fn japanese(day: Day) -> String {
    intake::japanese(intake::Date { year: day.year(), month: day.month(), day: day.day() })
}
