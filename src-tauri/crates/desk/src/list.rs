//! A list of people in: a foreign file, its columns confirmed by the user, every row in its pile, one step.

mod sort;
mod take;

use crate::{Call, Fault, FaultKind, export::Exported, hold};
use intake::{Answers, Doubt, RepairKind, Sheet, Target};
use register::{Day, Likeness, PersonId, StepId};
use serde::{Deserialize, Serialize};
use sort::Sorted;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use ts_rs::TS;

pub use take::Imported;
pub(crate) use take::import_people;

/// The most doubts and repairs that are told at once.
const TOLD: usize = 500;
/// The most rows of a pile that are shown at once.
const PAGE: u32 = 100;
/// Settings of this name remember what the columns of one kind of list are.
const COLUMNS: &str = "list_columns:";

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

/// A table pasted from a spreadsheet.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PasteList {
    /// Its text: cells parted by tabs, rows by line breaks.
    pub text: String,
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
    /// The program whose export it seems to be.
    pub program: Option<String>,
    /// What the columns were the last time that a list with these headings was taken in.
    pub remembered: Option<Vec<Target>>,
    /// The line of the headings.
    pub heading_line: Option<u32>,
    /// The columns.
    pub columns: Vec<intake::Column>,
    /// How many rows there are.
    pub row_count: u32,
    /// The first five rows, as they stand in the file.
    pub first_rows: Vec<Vec<String>>,
}

/// A file whose columns the user has confirmed, and what was said of its rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
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
    /// What years of two digits mean.
    #[serde(default)]
    pub years: Vec<ColumnYears>,
    /// Doubts whose proposals are taken wherever there is one.
    #[serde(default)]
    pub accepted: Vec<intake::Reason>,
    /// Repairs that are made nowhere.
    #[serde(default)]
    pub unrepaired: Vec<RepairKind>,
    /// Cells that are taken letter by letter.
    #[serde(default)]
    pub kept: Vec<CellAt>,
    /// What becomes of people in service, and of those without a day of leaving.
    #[serde(default)]
    pub serving: Serving,
    /// What becomes of people of whom the list says something new.
    #[serde(default)]
    pub changed: ChangedRows,
    /// What the user said of single rows.
    #[serde(default)]
    pub rows: Vec<RowSaid>,
}

/// A cell that the user mended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Mend {
    /// The line in the file.
    pub line: u32,
    /// The column, the first is 0.
    pub column: u32,
    /// What it should say.
    pub text: String,
}

/// A cell of the file.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CellAt {
    /// The line in the file.
    pub line: u32,
    /// The column, the first is 0.
    pub column: u32,
}

/// What years of two digits mean in a column.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ColumnYears {
    /// The column, the first is 0.
    pub column: u32,
    /// Which years.
    pub years: intake::Years,
}

/// What becomes of people in service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Serving {
    /// They stay out: the register is of those who left.
    #[default]
    LeftOut,
    /// They come into the list of those who serve.
    Colleagues,
    /// They have left, and the list only does not say when.
    Leavers,
}

/// What becomes of people of whom the list says something new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangedRows {
    /// What is empty in the register is filled; what differs stays as it is.
    #[default]
    Filled,
    /// What differs is taken from the list, too.
    Replaced,
    /// They stay as they are.
    LeftAlone,
}

/// What the user said of one row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RowSaid {
    /// The line in the file.
    pub line: u32,
    /// What becomes of it.
    pub take: RowTake,
    /// Of the fields that differ, those to take from the list.
    #[serde(default)]
    pub fields: Vec<String>,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowTake {
    /// Somebody else than those who are like it: added.
    New,
    /// The same person: filled from the list.
    Same,
    /// Left out.
    Leave,
}

/// Where a row lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Pile {
    /// Nobody like it is in the register.
    New,
    /// In the register, and the list says nothing new.
    Same,
    /// In the register, and the list says something new.
    Changed,
    /// Perhaps in the register, or twice in the list; left out until somebody has said.
    Possible,
    /// Waits for a mend.
    Held,
    /// Of somebody in service.
    Serving,
    /// Not taken: it stands in the list twice, or the user left it out.
    Refused,
}

/// What taking the list in would do.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct ListChecked {
    /// Rows of people who are in no way in the register.
    pub new: u32,
    /// Rows of people of whom the list says nothing new.
    pub same: u32,
    /// Rows of people of whom it says something new.
    pub changed: u32,
    /// Rows of people who may be there already.
    pub possible: u32,
    /// Rows that wait for a mend before they can be taken.
    pub held: u32,
    /// Rows of people in service.
    pub serving: u32,
    /// Rows that are not taken.
    pub refused: u32,
    /// How many people would be added,
    pub adds: u32,
    /// … how many completed,
    pub fills: u32,
    /// … and how many who serve would be added to their list.
    pub colleagues: u32,
    /// Texts of the new people that would go behind the seal.
    pub sealed: u32,
    /// Cells whose letters change in form only, by kind.
    pub repairs: Vec<RepairCount>,
    /// Columns with years of two digits that nobody has explained yet, or that were.
    pub years: Vec<YearsAsked>,
    /// How many doubts there are in all, by kind.
    pub doubt_kinds: Vec<DoubtCount>,
    /// How many doubts there are in all.
    pub doubt_count: u32,
    /// The doubts, at most 500.
    pub doubts: Vec<Doubt>,
}

/// How often a repair is made.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct RepairCount {
    /// Which.
    pub kind: RepairKind,
    /// How often.
    pub count: u32,
    /// The first cells, at most twenty.
    pub examples: Vec<RepairAt>,
}

/// A repair and where it is made.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct RepairAt {
    /// The line in the file.
    pub line: u32,
    /// The repair.
    pub repair: intake::Repair,
}

/// A column whose years have two digits.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct YearsAsked {
    /// The column, the first is 0.
    pub column: u32,
    /// Its heading.
    pub heading: String,
    /// How many cells.
    pub count: u32,
    /// One of them.
    pub example: String,
}

/// How often a doubt comes.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct DoubtCount {
    /// Which.
    pub reason: intake::Reason,
    /// How often.
    pub count: u32,
    /// How many of them have a proposal.
    pub proposals: u32,
}

/// A page of a pile.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RowsQuery {
    /// The list.
    pub list: MappedList,
    /// The pile.
    pub pile: Pile,
    /// The first wanted.
    #[serde(default)]
    pub offset: u32,
}

/// Rows of a pile.
#[derive(Debug, Serialize, TS)]
pub struct ListRows {
    /// How many the pile has.
    pub total: u32,
    /// At most a hundred of them, in the file's order.
    pub rows: Vec<ListRow>,
}

/// A row of a pile.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ListRow {
    /// The line in the file.
    pub line: u32,
    /// The name as it is written there.
    pub name: String,
    /// Its reading.
    pub kana: String,
    /// The employee number.
    pub employee_number: String,
    /// The last day.
    pub left_on: Option<Day>,
    /// Who it is, or may be.
    pub like: Option<Like>,
    /// What the list says and the register does not, or says otherwise.
    pub differences: Vec<Difference>,
    /// The person was erased, and the register was asked to know them again.
    pub erased: bool,
    /// What the user has said of it.
    pub said: Option<RowSaid>,
}

/// Somebody whom a row may mean.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Like {
    /// The person in the register; none when it is another row.
    pub person: Option<PersonId>,
    /// The other row's line.
    pub line: Option<u32>,
    /// The name there.
    pub name: String,
    /// The last day there.
    pub left_on: Option<Day>,
    /// The person asked not to be contacted, and will stay so.
    pub no_contact: bool,
    /// The person has died, and will stay so.
    pub deceased: bool,
    /// What the two have in common.
    pub likeness: Likeness,
}

/// A field of which list and register differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Difference {
    /// The field.
    pub field: String,
    /// What the register says; nothing where the list fills it.
    pub here: String,
    /// What the list says.
    pub there: String,
}

/// The rows that were not taken, as a file.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RestWanted {
    /// The list.
    pub list: MappedList,
    /// The heading for what is wrong with a row, and the name of the file.
    pub heading: String,
    /// A sentence for each reason of a doubt, by its name.
    #[ts(type = "Record<string, string>")]
    pub reasons: HashMap<String, String>,
    /// A sentence for rows that lie in another pile, by its name.
    #[ts(type = "Record<string, string>")]
    pub piles: HashMap<String, String>,
}

/// The list read last, and how it was sorted last.
pub(crate) struct Held {
    file: String,
    reading: intake::Reading,
    sheet: Arc<Sheet>,
    sorted: Option<(MappedList, Stand, Arc<Sorted>)>,
}

/// How far the register had come: the newest step and how it stands, and how many people were erased.
type Stand = (Option<(StepId, register::StepState)>, usize);

impl MappedList {
    /// The lines of which something else was said before, when all else was the same.
    fn lines_since(&self, before: &MappedList) -> Option<HashSet<u32>> {
        fn differing<T: PartialEq>(
            one: &[T],
            other: &[T],
            line: impl Fn(&T) -> u32,
        ) -> impl Iterator<Item = u32> {
            let lacks = |one: &[T], other: &[T]| -> Vec<u32> {
                one.iter().filter(|said| !other.contains(said)).map(&line).collect()
            };
            [lacks(one, other), lacks(other, one)].into_iter().flatten()
        }
        let bare = |list: &MappedList| MappedList {
            mends: Vec::new(),
            kept: Vec::new(),
            rows: Vec::new(),
            ..list.clone()
        };
        (bare(self) == bare(before)).then(|| {
            differing(&self.mends, &before.mends, |mend| mend.line)
                .chain(differing(&self.kept, &before.kept, |cell| cell.line))
                .chain(differing(&self.rows, &before.rows, |said| said.line))
                .collect()
        })
    }

    fn answers(&self, call: &Call<'_>, families: Vec<(String, String)>) -> Answers {
        use chrono::Datelike;
        Answers {
            mends: self.mends.iter().map(|mend| ((mend.line, mend.column), mend.text.clone())).collect(),
            years: self.years.iter().map(|years| (years.column, years.years)).collect(),
            this_year: call.today().year(),
            accepted: self.accepted.clone(),
            refused: self.unrepaired.clone(),
            kept: self.kept.iter().map(|cell| (cell.line, cell.column)).collect(),
            families,
            postal: call.desk.postal(),
        }
    }
}

fn sheet(call: &Call<'_>, file: &str, reading: &intake::Reading, fresh: bool) -> Result<Arc<Sheet>, Fault> {
    let mut list = hold(&call.desk.list);
    if let Some(held) = list.as_ref().filter(|held| !fresh && held.file == file && held.reading == *reading) {
        return Ok(Arc::clone(&held.sheet));
    }
    let bytes = call.desk.front.tray.read(file)?;
    let sheet = Arc::new(intake::read_as(&bytes, reading)?);
    let (file, reading) = (file.to_owned(), reading.clone());
    *list = Some(Held { file, reading, sheet: Arc::clone(&sheet), sorted: None });
    Ok(sheet)
}

/// How far the register has come.
fn stand(call: &Call<'_>) -> Result<Stand, Fault> {
    call.read(|reading| {
        let newest = reading.steps(0, 1)?.pop().map(|step| (step.id, step.state));
        Ok((newest, reading.erased()?.len()))
    })
}

/// The rows in their piles: as they were sorted before, when neither list nor register has changed since.
fn sorted(call: &Call<'_>, list: &MappedList) -> Result<Arc<Sorted>, Fault> {
    let sheet = sheet(call, &list.file, &list.reading, false)?;
    let stand = stand(call)?;
    let mut before = None;
    if let Some(held) = hold(&call.desk.list).as_mut()
        && let Some((said, stood, sorted)) = &held.sorted
        && *stood == stand
    {
        if said == list {
            return Ok(Arc::clone(sorted));
        }
        before = held.sorted.take();
    }
    let only = before.as_ref().and_then(|(said, ..)| list.lines_since(said));
    // Nobody else looks at it: its rows can be changed where they are.
    let before = before.and_then(|(.., sorted)| Arc::try_unwrap(sorted).ok());
    let sorted = Arc::new(match (before, only) {
        (Some(mut sorted), Some(lines)) => {
            sorted.again(call, &sheet, list, &lines)?;
            sorted
        }
        (before, _) => {
            // Its room is wanted.
            drop(before);
            sort::sort(call, &sheet, list, |_| Ok(()))?
        }
    });
    if let Some(held) = hold(&call.desk.list).as_mut()
        && Arc::ptr_eq(&held.sheet, &sheet)
    {
        held.sorted = Some((list.clone(), stand, Arc::clone(&sorted)));
    }
    Ok(sorted)
}

/// Takes the rows as they were sorted last, if they still lie in these piles. Nobody looks at them again.
fn take_sorted(call: &Call<'_>, list: &MappedList) -> Result<Option<Sorted>, Fault> {
    let stand = stand(call)?;
    let sorted = hold(&call.desk.list).as_mut().and_then(|held| held.sorted.take());
    let fitting = sorted.filter(|(said, stood, _)| said == list && *stood == stand);
    Ok(fitting.and_then(|(.., sorted)| Arc::try_unwrap(sorted).ok()))
}

/// The setting that remembers the columns of lists with these headings; none of a list without headings.
fn remembering(sheet: &Sheet) -> Option<String> {
    sheet.heading_line.map(|_| format!("{COLUMNS}{}", sheet.fingerprint()))
}

pub(crate) fn read_list(call: &Call<'_>, read: ReadList) -> Result<ListRead, Fault> {
    let sheet = std::thread::scope(|scope| {
        // Whoever checks the list asks for it.
        scope.spawn(|| call.desk.postal());
        sheet(call, &read.file, &read.reading, true)
    })?;
    let cells = |row| (0..sheet.columns.len()).map(|column| sheet.cell(row, column).to_owned()).collect();
    let remembered = match remembering(&sheet) {
        Some(name) => call.read(|reading| reading.setting(&name))?,
        None => None,
    };
    let remembered = remembered.and_then(|targets| serde_json::from_str::<Vec<Target>>(&targets).ok());
    Ok(ListRead {
        encoding: sheet.encoding,
        delimiter: sheet.delimiter,
        sheet: sheet.sheet.clone(),
        sheets: sheet.sheets.clone(),
        program: sheet.program.clone(),
        remembered: remembered.filter(|targets| targets.len() == sheet.columns.len()),
        heading_line: sheet.heading_line,
        columns: sheet.columns.clone(),
        row_count: sheet.row_count as u32,
        first_rows: (0..sheet.row_count.min(5)).map(cells).collect(),
    })
}

/// Takes a pasted table like a file; returns its token.
pub(crate) fn paste_list(call: &Call<'_>, paste: PasteList) -> Result<String, Fault> {
    if !paste.text.contains(['\t', '\n', ',']) {
        return Err(Fault::new(FaultKind::Invalid, "not_a_table"));
    }
    Ok(call.desk.front.tray.put("pasted.txt", paste.text.into_bytes())?)
}

pub(crate) fn check_list(call: &Call<'_>, list: MappedList) -> Result<ListChecked, Fault> {
    let sheet = sheet(call, &list.file, &list.reading, false)?;
    Ok(sorted(call, &list)?.told(&sheet, &list))
}

pub(crate) fn list_rows(call: &Call<'_>, query: RowsQuery) -> Result<ListRows, Fault> {
    let sorted = sorted(call, &query.list)?;
    let pile: Vec<_> = sorted.rows.iter().filter(|row| row.pile == query.pile).collect();
    let page = pile.iter().skip(query.offset as usize).take(PAGE as usize);
    Ok(ListRows { total: pile.len() as u32, rows: page.map(|row| row.shown()).collect() })
}

/// The rows that are not taken, as a workbook with their headings and what is wrong, to be mended and taken in.
pub(crate) fn list_rest(call: &Call<'_>, wanted: RestWanted) -> Result<Exported, Fault> {
    use intake::excel::{Cell, workbook};
    let list = &wanted.list;
    let sheet = sheet(call, &list.file, &list.reading, false)?;
    let sorted = sorted(call, list)?;
    let columns: Vec<usize> =
        (0..sheet.columns.len()).filter(|&at| sheet.columns[at].refused.is_none()).collect();
    let mends: HashMap<_, _> = list.mends.iter().map(|mend| ((mend.line, mend.column), &mend.text)).collect();
    let mut doubts: HashMap<u32, Vec<&str>> = HashMap::new();
    for doubt in sorted.doubts() {
        let word = serde_json::to_value(doubt.reason)?;
        if let Some(sentence) = word.as_str().and_then(|word| wanted.reasons.get(word)) {
            doubts.entry(doubt.line).or_default().push(sentence);
        }
    }
    let mut rows = Vec::new();
    for (at, row) in sorted.rows.iter().enumerate().filter(|(_, row)| row.rests()) {
        let mended = |column: usize| mends.get(&(row.line, column as u32)).map(|text| text.as_str());
        let mut cells: Vec<Cell> = columns
            .iter()
            .map(|&column| Cell::Text(mended(column).unwrap_or(sheet.cell(at, column)).to_owned()))
            .collect();
        let pile = serde_json::to_value(row.pile)?;
        let mut why = doubts.remove(&row.line).unwrap_or_default();
        why.extend(pile.as_str().and_then(|pile| wanted.piles.get(pile)).map(String::as_str));
        cells.push(Cell::Text(why.join(" ")));
        rows.push(cells);
    }
    let headings: Vec<(&str, u8)> = columns
        .iter()
        .map(|&at| (sheet.columns[at].heading.as_str(), 14))
        .chain([(wanted.heading.as_str(), 40)])
        .collect();
    let bytes = workbook("1", &headings, &rows, call.now)
        .map_err(|error| Fault::new(FaultKind::Bug, "bug").with("detail", error.to_string()))?;
    let name = format!("{}-{}.xlsx", wanted.heading, call.today());
    Ok(Exported {
        file: call.desk.front.tray.put(&name, bytes)?,
        name,
        rows: rows.len() as u32,
        lost: Vec::new(),
    })
}

fn day(date: Option<intake::Date>) -> Option<Day> {
    date.and_then(|date| Day::new(date.year, date.month, date.day))
}
