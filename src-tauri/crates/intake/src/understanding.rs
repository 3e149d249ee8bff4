//! Rows → people, by the mapping the user has confirmed.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::columns::Target;
use crate::contact::{read_email, read_phone, read_postal, read_postal_parts, rounded};
use crate::dates::{Date, Years, read_date, read_date_of};
use crate::doubt::{Doubt, Fault, Reason, Repair, RepairKind, Unsure};
use crate::my_number::holds_my_number;
use crate::names::{Families, Split, read_kana, split_name};
use crate::postal::Dictionary;
use crate::table::Sheet;

/// Texts that the user has put in the place of cells, by line in the file and column (the first is 0).
pub type Mends = HashMap<(u32, u32), String>;

/// What the user has said of a list, beyond what each column is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answers {
    /// Cells put right.
    pub mends: Mends,
    /// Which years the years of two digits in a column (the first is 0) are.
    pub years: HashMap<u32, Years>,
    /// The year of today, for [`Years::Western`].
    pub this_year: i32,
    /// Doubts whose proposals are taken wherever there is one.
    pub accepted: Vec<Reason>,
    /// Repairs that are not made anywhere.
    pub refused: Vec<RepairKind>,
    /// Cells, by line and column, that are taken letter by letter, with no repair.
    pub kept: HashSet<(u32, u32)>,
    /// Family names that are known with their readings, to split names without a space.
    pub families: Vec<(String, String)>,
    /// The dictionary by which a postal code and the parts of an address complete each other.
    pub postal: Option<Arc<Dictionary>>,
}

impl From<Mends> for Answers {
    fn from(mends: Mends) -> Self {
        Self { mends, ..Self::default() }
    }
}

/// Progress is told, and a wish to stop is heard, every so many rows.
const ROWS_BETWEEN_REPORTS: usize = 500;

/// What a row says of a person. An empty text and no date mean that the file says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(rename = "IntakePerson")]
#[allow(missing_docs)] // The fields are those of `Target`, and are described there.
pub struct Plain {
    pub employee_number: String,
    pub family: String,
    pub given: String,
    pub family_kana: String,
    pub given_kana: String,
    pub maiden: String,
    pub business_name: String,
    pub joined_on: Option<Date>,
    pub left_on: Option<Date>,
    pub born_on: Option<Date>,
    pub postal: String,
    pub prefecture: String,
    pub city: String,
    pub street: String,
    pub building: String,
    pub address: String,
    pub phone: String,
    pub mobile: String,
    pub email: String,
    pub department: String,
    pub post: String,
    pub contract: String,
    pub employer: String,
    pub employer_role: String,
    pub note: String,
    pub tags: Vec<String>,
    pub standing: Option<Standing>,
}

/// Whether a person serves or has left, as the file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "IntakeStanding")]
pub enum Standing {
    /// 在籍, 休職; also 入社予定 and 退職予定.
    Serving,
    /// 退職済.
    Left,
}

/// A text that belongs behind the seal, as it stands in the file. It has no form that crosses to the page or
/// into a log.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedText {
    /// The heading of its column.
    pub heading: String,
    /// The cell.
    pub text: String,
}

impl std::fmt::Debug for SealedText {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("SealedText").field("heading", &self.heading).finish_non_exhaustive()
    }
}

/// One row, read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "IntakeRow")]
pub struct Row {
    /// The line in the file on which it begins, the first is 1.
    pub line: u32,
    /// Whether it must not be taken before its doubts are settled: it names nobody, or its cells may stand in
    /// the wrong columns.
    pub held: bool,
    /// What it says.
    pub fields: Plain,
    /// What it says that only owners may read, in the order of the columns.
    #[serde(skip)]
    #[ts(skip)]
    pub sealed: Vec<SealedText>,
    /// Cells whose letters were changed in form.
    pub repairs: Vec<Repair>,
    /// The positions of its doubts in [`Understood::doubts`].
    pub doubts: Vec<u32>,
}

/// A file, read as people.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Understood {
    /// Every row, in the file's order.
    pub people: Vec<Row>,
    /// All that the user has to look at, in the file's order.
    pub doubts: Vec<Doubt>,
}

/// Reads the rows of a sheet as people. `mapping` says what each column is; columns beyond its end are skipped.
/// A doubted cell stays empty until `answers` settle it. `progress` hears how many rows are done and
/// answers whether to go on.
///
/// # Errors
/// [`Fault::Refused`] when the mapping takes a column that may never be kept, [`Fault::Stopped`] when
/// `progress` answers `false`: half a list is no list.
pub fn understand(
    sheet: &Sheet,
    mapping: &[Target],
    answers: &Answers,
    progress: &mut dyn FnMut(usize) -> bool,
) -> Result<Understood, Fault> {
    let reader = Reader::new(sheet, mapping, answers)?;
    let mut understood = Understood::default();
    understood.people.reserve(sheet.row_count);
    for row in 0..sheet.row_count {
        if row % ROWS_BETWEEN_REPORTS == 0 && !progress(row) {
            return Err(Fault::Stopped);
        }
        let first_doubt = understood.doubts.len();
        let mut read = reader.row(sheet, answers, row, &mut understood.doubts);
        read.doubts = (first_doubt as u32..understood.doubts.len() as u32).collect();
        understood.people.push(read);
    }
    if !progress(sheet.row_count) {
        return Err(Fault::Stopped);
    }
    Ok(understood)
}

/// What must be known of a whole sheet to read a row of it; a row whose answers changed is read alone.
#[derive(Debug)]
pub struct Reader {
    taken: Vec<(usize, Target)>,
    sealed: Vec<(usize, Target)>,
    families: Families,
}

impl Reader {
    /// For a sheet whose columns are these. Of the answers only [`Answers::families`] is looked at.
    ///
    /// # Errors
    /// [`Fault::Refused`] when the mapping takes a column that may never be kept.
    pub fn new(sheet: &Sheet, mapping: &[Target], answers: &Answers) -> Result<Self, Fault> {
        let (mut taken, mut sealed) = (Vec::new(), Vec::new());
        for (at, (column, &target)) in sheet.columns.iter().zip(mapping).enumerate() {
            if target == Target::Skip {
                continue;
            }
            if column.refused.is_some() {
                return Err(Fault::Refused { column: at as u32 });
            }
            if target.sealed() { &mut sealed } else { &mut taken }.push((at, target));
        }
        // Names in one cell come last: where family and given name are known already, they only have to agree.
        taken.sort_by_key(|(_, target)| match target {
            Target::FullName => 2,
            Target::FullKana => 1,
            _ => 0,
        });
        let families = Families::of(sheet, &taken, answers);
        Ok(Self { taken, sealed, families })
    }

    /// One row; its doubts are put behind those that are there, and [`Row::doubts`] is left empty.
    ///
    /// # Panics
    /// When `row` is not below [`Sheet::row_count`].
    #[must_use]
    pub fn row(&self, sheet: &Sheet, answers: &Answers, row: usize, doubts: &mut Vec<Doubt>) -> Row {
        let line = sheet.line(row);
        let first_doubt = doubts.len();
        let mut reader =
            RowReader { sheet, answers, families: &self.families, row, line, doubts, repairs: Vec::new() };
        let mut held = false;
        let flaws = &sheet.flaws[sheet.flaws.partition_point(|flaw| flaw.line < line)..];
        for flaw in flaws.iter().take_while(|flaw| flaw.line == line) {
            let mend = flaw.column.and_then(|column| answers.mends.get(&(line, column)));
            let mended = mend.is_some_and(|text| flaw.reason != Reason::MyNumber || !holds_my_number(text));
            if !mended {
                held |= !matches!(flaw.reason, Reason::FewerCells | Reason::MyNumber);
                reader.doubts.push(flaw.clone());
            }
        }
        let fields = reader.fields(&self.taken);
        let sealed = reader.sealed(&self.sealed);
        let repairs = reader.repairs;
        if fields.family.is_empty() && fields.given.is_empty() {
            held = true;
            let named = |doubt: &Doubt| doubt.target.is_some_and(Target::names);
            if !doubts[first_doubt..].iter().any(named) {
                doubts.push(nobody(sheet, line, &self.taken));
            }
        }
        doubts[first_doubt..].sort_by_key(|doubt| doubt.column);
        Row { line, held, fields, sealed, repairs, doubts: Vec::new() }
    }
}

/// The address as the row writes it, without the building.
fn written(fields: &Plain) -> String {
    [fields.prefecture.as_str(), &fields.city, &fields.street, &fields.address].concat()
}

fn nobody(sheet: &Sheet, line: u32, taken: &[(usize, Target)]) -> Doubt {
    let name = taken.iter().find(|(_, target)| target.names());
    Doubt {
        line,
        column: name.map(|&(column, _)| column as u32),
        heading: name.map_or_else(String::new, |&(column, _)| sheet.columns[column].heading.clone()),
        target: name.map(|&(_, target)| target),
        reason: Reason::NoName,
        text: String::new(),
        proposal: None,
    }
}

struct RowReader<'a> {
    sheet: &'a Sheet,
    answers: &'a Answers,
    families: &'a Families,
    row: usize,
    line: u32,
    doubts: &'a mut Vec<Doubt>,
    repairs: Vec<Repair>,
}

impl RowReader<'_> {
    fn fields(&mut self, taken: &[(usize, Target)]) -> Plain {
        let mut fields = Plain::default();
        let mut postal = Vec::new();
        for &(column, target) in taken {
            let whole = self.as_it_stands(column);
            let original = whole.trim();
            if original.is_empty() {
                continue;
            }
            let kept = |kind| self.keeps(column, kind);
            let text = if kept(RepairKind::FormulaUnwrapped) { original } else { unwrapped(original) };
            let as_it_is = form(target).is_some_and(kept);
            let padded = whole.len() != original.len();
            let outcome = match (spoiled(text), target) {
                (Some(reason), _) => Err(Unsure::of(reason)),
                (None, Target::Postal) if !as_it_is => {
                    postal.push((column, text));
                    continue;
                }
                _ => self.read_cell(column, target, text, as_it_is, &mut fields),
            };
            match outcome {
                Ok(Some((kind, to))) => self.repair(column, target, kind, original, &to),
                Ok(None) if text.len() != original.len() => {
                    self.repair(column, target, RepairKind::FormulaUnwrapped, original, text);
                }
                Ok(None) if padded => self.repair(column, target, RepairKind::SpacesTrimmed, whole, original),
                Ok(None) => {}
                Err(unsure) => self.doubt(column, target, original, unsure),
            }
        }
        if !postal.is_empty() {
            fields.postal = self.postal(&postal, &fields);
        }
        if let Some(dictionary) = &self.answers.postal {
            self.complete(dictionary, taken, &mut fields);
        }
        self.check_order(&mut fields, taken);
        fields
    }

    /// Reads one cell, as it stands, as years of two digits were explained, and as the user has said for all doubts of
    /// its kind.
    fn read_cell(
        &self,
        column: usize,
        target: Target,
        text: &str,
        as_it_is: bool,
        fields: &mut Plain,
    ) -> Result<Repaired, Unsure> {
        if as_it_is {
            return as_written(target, text, fields);
        }
        let outcome = match (target, self.answers.years.get(&(column as u32))) {
            (Target::FullName, _) => full_name(text, self.families, fields),
            (Target::JoinedOn | Target::LeftOn | Target::BornOn, Some(&years)) => {
                put_read(date_field(target, fields), read_date_of(text, years, self.answers.this_year), text)
            }
            _ => read_cell(target, text, fields),
        };
        match outcome {
            Err(Unsure { reason, proposal: Some(proposal) }) if self.answers.accepted.contains(&reason) => {
                match target {
                    Target::FullName => full_name(&proposal, self.families, fields),
                    _ => read_cell(target, &proposal, fields),
                }?;
                Ok(Some((RepairKind::ProposalTaken, proposal)))
            }
            outcome => outcome,
        }
    }

    /// Whether a repair is not to be made here.
    fn keeps(&self, column: usize, kind: RepairKind) -> bool {
        self.answers.refused.contains(&kind) || self.answers.kept.contains(&(self.line, column as u32))
    }

    /// The texts of the columns that belong behind the seal. A doubt tells where one is spoiled, never what it says.
    fn sealed(&mut self, columns: &[(usize, Target)]) -> Vec<SealedText> {
        let mut sealed = Vec::new();
        for &(column, target) in columns {
            let text = self.as_it_stands(column);
            if text.trim().is_empty() {
                continue;
            }
            if let Some(reason) = spoiled(text.trim()) {
                self.doubt(column, target, "", Unsure::of(reason));
                continue;
            }
            let heading = self.sheet.columns[column].heading.clone();
            sealed.push(SealedText { heading, text: text.to_owned() });
        }
        sealed
    }

    /// A postal code from one column, or from two that hold three digits and four.
    fn postal(&mut self, cells: &[(usize, &str)], fields: &Plain) -> String {
        let Some(&(column, first)) = cells.first() else { return String::new() };
        let read = match *cells {
            [_, (_, second)] if read_postal(first).is_err() => read_postal_parts(first, second),
            _ => read_postal(first),
        };
        let whole = match read {
            Ok(whole) => whole,
            Err(Unsure { reason, proposal: Some(whole) }) if self.answers.accepted.contains(&reason) => {
                self.repair(column, Target::Postal, RepairKind::ProposalTaken, first, &whole);
                return whole;
            }
            Err(Unsure { reason: Reason::LostZero, proposal: Some(whole) })
                if !self.keeps(column, RepairKind::ZeroRestored) && self.lies_there(&whole, fields) =>
            {
                self.repair(column, Target::Postal, RepairKind::ZeroRestored, first, &whole);
                return whole;
            }
            Err(unsure) => {
                self.doubt(column, Target::Postal, first, unsure);
                return String::new();
            }
        };
        // Where the first column was mended to a whole code, the second still holds its end.
        let beside = |text: &str| whole.ends_with(text) || read_postal(text).as_ref() == Ok(&whole);
        for &(column, text) in cells.iter().skip(1).filter(|(_, text)| !beside(text)) {
            if read_postal(first).is_ok() {
                self.doubt(column, Target::Postal, text, Unsure::of(Reason::SecondValue));
            }
        }
        if cells.len() == 1 && whole != first {
            self.repair(column, Target::Postal, RepairKind::PostalWritten, first, &whole);
        }
        whole
    }

    /// Whether the address of the row lies where a postal code does.
    fn lies_there(&self, postal: &str, fields: &Plain) -> bool {
        let address = written(fields);
        self.answers.postal.as_ref().is_some_and(|dictionary| dictionary.agrees(postal, &address))
    }

    /// What an address lacks by its postal code, and the code that it lacks by its words. What the row says stays as it is.
    fn complete(&mut self, dictionary: &Dictionary, taken: &[(usize, Target)], fields: &mut Plain) {
        let column = |targets: &[Target]| {
            targets.iter().find_map(|wanted| taken.iter().find(|(_, target)| target == wanted)).copied()
        };
        if fields.postal.is_empty() {
            // A code that is there and was not understood is asked for.
            let (Some((at, _)), address) =
                (column(&[Target::Postal, Target::Address, Target::Street, Target::City]), written(fields))
            else {
                return;
            };
            let doubted = self.doubts.iter().rev().take_while(|doubt| doubt.line == self.line);
            if address.is_empty()
                || self.keeps(at, RepairKind::PostalFound)
                || doubted.into_iter().any(|doubt| doubt.target == Some(Target::Postal))
            {
                return;
            }
            if let Some(code) = dictionary.code_of(&address) {
                self.repair(at, Target::Postal, RepairKind::PostalFound, "", &code);
                fields.postal = code;
            }
        } else if let Some((at, _)) =
            column(&[Target::Postal]).filter(|&(at, _)| !self.keeps(at, RepairKind::PlaceFilled))
        {
            let street = [fields.street.as_str(), &fields.address].concat();
            let (prefecture, city) =
                dictionary.missing(&fields.postal, &fields.prefecture, &fields.city, &street);
            if !prefecture.is_empty() {
                self.repair(
                    at,
                    Target::Prefecture,
                    RepairKind::PlaceFilled,
                    "",
                    &[prefecture, city].concat(),
                );
                fields.prefecture = prefecture.to_owned();
                fields.city.push_str(city);
            }
        }
    }

    /// A day of leaving before the day of joining: one of the two is wrong, and leaving is asked for.
    fn check_order(&mut self, fields: &mut Plain, taken: &[(usize, Target)]) {
        let whole = |date: Option<Date>| date.and_then(Date::whole);
        let (Some(joined), Some(left)) = (whole(fields.joined_on), whole(fields.left_on)) else { return };
        if left >= joined {
            return;
        }
        if let Some(&(column, target)) = taken.iter().find(|(_, target)| *target == Target::LeftOn) {
            fields.left_on = None;
            let text = self.text(column);
            self.doubt(column, target, text, Unsure::of(Reason::LeftBeforeJoined));
        }
    }

    fn repair(&mut self, column: usize, target: Target, kind: RepairKind, from: &str, to: &str) {
        let (from, to) = (from.to_owned(), to.to_owned());
        self.repairs.push(Repair { column: column as u32, target, kind, from, to });
    }

    fn doubt(&mut self, column: usize, target: Target, text: &str, unsure: Unsure) {
        self.doubts.push(Doubt {
            line: self.line,
            column: Some(column as u32),
            heading: self.sheet.columns[column].heading.clone(),
            target: Some(target),
            reason: unsure.reason,
            text: text.to_owned(),
            proposal: unsure.proposal,
        });
    }
}

impl<'a> RowReader<'a> {
    /// The cell, or what the user has put in its place.
    fn as_it_stands(&self, column: usize) -> &'a str {
        let mends = &self.answers.mends;
        let mended = if mends.is_empty() { None } else { mends.get(&(self.line, column as u32)) };
        match mended {
            Some(text) if holds_my_number(text) => "",
            Some(text) => text,
            None => self.sheet.cell(self.row, column),
        }
    }

    /// … without the spaces around it.
    fn text(&self, column: usize) -> &'a str {
        self.as_it_stands(column).trim()
    }
}

/// The text inside `="00123"`, the shell by which programs keep a spreadsheet from eating zeros, and behind the
/// apostrophe that keeps it from running `=1+1`.
fn unwrapped(text: &str) -> &str {
    let quoted = text.strip_prefix("=\"").and_then(|inner| inner.strip_suffix('"'));
    let marked = text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    quoted.or(marked).unwrap_or(text)
}

/// Whether the cell's letters themselves are damaged.
fn spoiled(text: &str) -> Option<Reason> {
    if text.starts_with('#') && (text.bytes().all(|byte| byte == b'#') || is_spreadsheet_error(text)) {
        return Some(Reason::SpreadsheetError);
    }
    if text.is_ascii() {
        return matches!(text, "TRUE" | "FALSE").then_some(Reason::SpreadsheetError);
    }
    text.chars().find_map(|letter| match letter {
        '\u{FFFD}' => Some(Reason::Undecodable),
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => Some(Reason::PrivateLetter),
        _ => None,
    })
}

fn is_spreadsheet_error(text: &str) -> bool {
    ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"].contains(&text)
}

type Repaired = Option<(RepairKind, String)>;

/// Reads one cell into its field.
fn read_cell(target: Target, text: &str, fields: &mut Plain) -> Result<Repaired, Unsure> {
    match target {
        Target::EmployeeNumber if rounded(text) => Err(Unsure::of(Reason::DigitsLost)),
        Target::EmployeeNumber => put(&mut fields.employee_number, text),
        Target::Family => put(&mut fields.family, text),
        Target::Given => put(&mut fields.given, text),
        Target::FamilyKana => put_kana(&mut fields.family_kana, text),
        Target::GivenKana => put_kana(&mut fields.given_kana, text),
        Target::FullKana => full_kana(text, fields),
        Target::Maiden => put(&mut fields.maiden, text),
        Target::BusinessName => join(&mut fields.business_name, " ", text),
        Target::JoinedOn => put_date(&mut fields.joined_on, text),
        Target::LeftOn => put_date(&mut fields.left_on, text),
        Target::BornOn => put_date(&mut fields.born_on, text),
        Target::Prefecture => put(&mut fields.prefecture, text),
        Target::City => put(&mut fields.city, text),
        Target::Street => join(&mut fields.street, " ", text),
        Target::Building => join(&mut fields.building, " ", text),
        Target::Address => join(&mut fields.address, " ", text),
        Target::Phone => put_phone(&mut fields.phone, text),
        Target::Mobile => put_phone(&mut fields.mobile, text),
        Target::Email => put(&mut fields.email, read_email(text)?),
        Target::Department => join(&mut fields.department, " ", text),
        Target::Post => put(&mut fields.post, text),
        Target::Contract => put(&mut fields.contract, text),
        Target::Employer => put(&mut fields.employer, text),
        Target::EmployerRole => put(&mut fields.employer_role, text),
        Target::Note => join(&mut fields.note, "\n", text),
        Target::Tag => {
            let tags = text.split([',', '、', '，', ';', '；', '\n']).map(str::trim);
            fields.tags.extend(tags.filter(|tag| !tag.is_empty()).map(str::to_owned));
            Ok(None)
        }
        Target::Standing => {
            fields.standing = Some(standing(text).ok_or_else(|| Unsure::of(Reason::NotAStanding))?);
            Ok(None)
        }
        // Postal codes may fill two columns and full names need the whole file, so the row reads them; the others
        // never come here.
        Target::FullName | Target::Postal | Target::Reason | Target::Skip => Ok(None),
    }
}

fn put(field: &mut String, text: &str) -> Result<Repaired, Unsure> {
    if field.is_empty() {
        field.push_str(text);
    } else if field != text {
        return Err(Unsure::of(Reason::SecondValue));
    }
    Ok(None)
}

fn join(field: &mut String, between: &str, text: &str) -> Result<Repaired, Unsure> {
    if !field.is_empty() {
        field.push_str(between);
    }
    field.push_str(text);
    Ok(None)
}

fn put_date(field: &mut Option<Date>, text: &str) -> Result<Repaired, Unsure> {
    put_read(field, read_date(text), text)
}

fn put_read(field: &mut Option<Date>, date: Result<Date, Unsure>, text: &str) -> Result<Repaired, Unsure> {
    // A lone dash is how lists write "none".
    if text.chars().all(|letter| matches!(letter, '-' | '－' | 'ー' | '―' | '—' | '–')) {
        return Ok(None);
    }
    let date = date?;
    match *field {
        Some(first) if first != date => Err(Unsure::of(Reason::SecondValue)),
        _ => {
            *field = Some(date);
            Ok(None)
        }
    }
}

fn date_field(target: Target, fields: &mut Plain) -> &mut Option<Date> {
    match target {
        Target::JoinedOn => &mut fields.joined_on,
        Target::LeftOn => &mut fields.left_on,
        _ => &mut fields.born_on,
    }
}

/// The repair that a field's form may need.
fn form(target: Target) -> Option<RepairKind> {
    match target {
        Target::FamilyKana | Target::GivenKana | Target::FullKana => Some(RepairKind::KanaWidened),
        Target::Phone | Target::Mobile => Some(RepairKind::DigitsNarrowed),
        Target::Postal => Some(RepairKind::PostalWritten),
        _ => None,
    }
}

/// A cell whose repair the user refused, letter by letter.
fn as_written(target: Target, text: &str, fields: &mut Plain) -> Result<Repaired, Unsure> {
    match target {
        Target::FamilyKana => put(&mut fields.family_kana, text),
        Target::GivenKana => put(&mut fields.given_kana, text),
        Target::FullKana => {
            let (family, given) = split_name(text)?;
            put(&mut fields.family_kana, family)?;
            put(&mut fields.given_kana, given)
        }
        Target::Phone => put(&mut fields.phone, text),
        Target::Mobile => put(&mut fields.mobile, text),
        Target::Postal => put(&mut fields.postal, text),
        _ => read_cell(target, text, fields),
    }
}

/// 在籍状況 as SmartHR, PCA, jinjer and lists made by hand write it.
fn standing(text: &str) -> Option<Standing> {
    const SERVING: [&str; 16] = [
        "在籍",
        "在籍中",
        "在職",
        "在職中",
        "現職",
        "休職",
        "休職中",
        "産休",
        "育休",
        "出向",
        "入社予定",
        "内定",
        "退職予定",
        "employed",
        "on leave",
        "active",
    ];
    const LEFT: [&str; 10] =
        ["退職", "退職済", "退職済み", "退社", "離職", "元社員", "死亡", "retired", "left", "inactive"];
    let text = text.to_lowercase();
    if SERVING.contains(&text.as_str()) {
        Some(Standing::Serving)
    } else {
        LEFT.contains(&text.as_str()).then_some(Standing::Left)
    }
}

fn put_kana(field: &mut String, text: &str) -> Result<Repaired, Unsure> {
    let kana = read_kana(text)?;
    put(field, &kana)?;
    Ok(changed(RepairKind::KanaWidened, kana))
}

fn put_phone(field: &mut String, text: &str) -> Result<Repaired, Unsure> {
    let number = read_phone(text)?;
    put(field, &number)?;
    Ok(changed(RepairKind::DigitsNarrowed, number))
}

fn changed(kind: RepairKind, text: Cow<'_, str>) -> Repaired {
    match text {
        Cow::Owned(text) => Some((kind, text)),
        Cow::Borrowed(_) => None,
    }
}

fn full_name(text: &str, families: &Families, fields: &mut Plain) -> Result<Repaired, Unsure> {
    if agrees(text, &fields.family, &fields.given) {
        return Ok(None);
    }
    let (split, read) = match split_name(text) {
        Ok(split) => (split, false),
        Err(unsure) => match families.split(text, &fields.family_kana) {
            Split::Read(family, given) => ((family, given), true),
            Split::Likely(family, given) => {
                return Err(Unsure::proposing(unsure.reason, format!("{family}\u{3000}{given}")));
            }
            Split::Unknown => return Err(unsure),
        },
    };
    let (family, given) = split;
    if (!fields.family.is_empty() && fields.family != family)
        || (!fields.given.is_empty() && fields.given != given)
    {
        return Err(Unsure::of(Reason::SecondValue));
    }
    fields.family = family.to_owned();
    fields.given = given.to_owned();
    Ok(read.then(|| (RepairKind::NameSplit, format!("{family}\u{3000}{given}"))))
}

fn full_kana(text: &str, fields: &mut Plain) -> Result<Repaired, Unsure> {
    let kana = read_kana(text)?;
    if agrees(&kana, &fields.family_kana, &fields.given_kana) {
        return Ok(None);
    }
    let (family, given) = split_name(&kana)?;
    put(&mut fields.family_kana, family)?;
    put(&mut fields.given_kana, given)?;
    Ok(changed(RepairKind::KanaWidened, kana))
}

/// Whether a name in one cell is the two names known already, with or without a space.
fn agrees(text: &str, family: &str, given: &str) -> bool {
    let Some(rest) = text.strip_prefix(family) else { return false };
    !family.is_empty() && !given.is_empty() && rest.trim_start() == given
}
