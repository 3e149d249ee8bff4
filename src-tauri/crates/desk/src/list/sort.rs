//! Each row of a list in its pile, with who it may be and what it says that is new.

use super::{
    ChangedRows, Difference, DoubtCount, Like, ListChecked, ListRow, MappedList, Pile, RepairAt, RepairCount,
    RowSaid, RowTake, Serving, TOLD, YearsAsked, day,
};
use crate::{Call, Fault, FaultKind};
use intake::{Doubt, Plain, Reason, Repair, SealedText, Sheet, Standing, Target};
use register::{
    Compared, Day, Entries, Known, Likeness, Person, PersonId, Traits,
    duplicates::{bare, digits},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
};

/// The first cells of each kind of repair are shown.
const EXAMPLES: usize = 20;

/// The rows of a list in their piles, and what is needed to sort one of them anew.
pub(crate) struct Sorted {
    pub(super) rows: Vec<SortedRow>,
    reader: Arc<intake::Reader>,
    /// Family names with their readings, to split names.
    families: Vec<(String, String)>,
    /// Whether the list says at all who has left.
    tells_leaving: bool,
    /// Everybody in the register, in the order of `here`.
    people: Vec<PersonId>,
    here: Entries,
    /// The rows that may be somebody, each in the place of its row.
    entries: Entries,
    /// Those who serve, by their names.
    colleagues: HashSet<String>,
    erased: Known,
}

/// A row in its pile.
pub(super) struct SortedRow {
    /// Its line in the file.
    pub(super) line: u32,
    pub(super) pile: Pile,
    pub(super) plain: Plain,
    pub(super) sealed: Vec<SealedText>,
    pub(super) doubts: Vec<Doubt>,
    repairs: Vec<Repair>,
    /// Waits for a mend.
    held: bool,
    pub(super) like: Option<Like>,
    /// The register erased this person, and was asked to know them again.
    erased: bool,
    pub(super) differences: Vec<Difference>,
    said: Option<RowSaid>,
    /// As it is held against others, until it has its pile: made where two hands read.
    compared: Option<Box<Compared>>,
    /// What is done with it.
    pub(super) act: Act,
}

/// What taking the list in does with a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Act {
    /// Nothing.
    Leave,
    /// Somebody new.
    Add,
    /// Somebody who serves.
    AddColleague,
    /// What is empty is filled, and these fields are taken from the list.
    Fill(PersonId, Vec<String>),
}

impl SortedRow {
    pub(super) fn shown(&self) -> ListRow {
        ListRow {
            line: self.line,
            name: together(&self.plain.family, &self.plain.given),
            kana: together(&self.plain.family_kana, &self.plain.given_kana),
            employee_number: self.plain.employee_number.clone(),
            left_on: day(self.plain.left_on),
            like: self.like.clone(),
            differences: self.differences.clone(),
            erased: self.erased,
            said: self.said.clone(),
        }
    }

    /// Whether the row says something that was not taken, and the user may still want it.
    pub(super) fn rests(&self) -> bool {
        self.act == Act::Leave && matches!(self.pile, Pile::Held | Pile::Possible | Pile::Refused)
    }
}

fn together(one: &str, other: &str) -> String {
    [one, other].join(" ").trim().to_owned()
}

impl Sorted {
    pub(super) fn count(&self, act: impl Fn(&Act) -> bool) -> u32 {
        self.rows.iter().filter(|row| act(&row.act)).count() as u32
    }

    pub(super) fn pile(&self, pile: Pile) -> u32 {
        self.rows.iter().filter(|row| row.pile == pile).count() as u32
    }

    pub(super) fn sealed(&self) -> u32 {
        self.rows.iter().filter(|row| row.act == Act::Add).map(|row| row.sealed.len() as u32).sum()
    }

    pub(super) fn told(&self, sheet: &Sheet, list: &MappedList) -> ListChecked {
        let mut repairs: Vec<RepairCount> = Vec::new();
        // A repair that was refused for the whole list stays in sight, so that it can be made after all.
        repairs.extend(list.unrepaired.iter().map(|&kind| RepairCount {
            kind,
            count: 0,
            examples: Vec::new(),
        }));
        for (line, repair) in
            self.rows.iter().flat_map(|row| row.repairs.iter().map(move |repair| (row.line, repair)))
        {
            let at = repairs.iter().position(|count| count.kind == repair.kind).unwrap_or_else(|| {
                repairs.push(RepairCount { kind: repair.kind, count: 0, examples: Vec::new() });
                repairs.len() - 1
            });
            repairs[at].count += 1;
            if repairs[at].examples.len() < EXAMPLES {
                repairs[at].examples.push(RepairAt { line, repair: repair.clone() });
            }
        }
        let mut doubt_kinds: Vec<DoubtCount> = Vec::new();
        for doubt in self.doubts() {
            let at = doubt_kinds.iter().position(|count| count.reason == doubt.reason).unwrap_or_else(|| {
                doubt_kinds.push(DoubtCount { reason: doubt.reason, count: 0, proposals: 0 });
                doubt_kinds.len() - 1
            });
            doubt_kinds[at].count += 1;
            doubt_kinds[at].proposals += u32::from(doubt.proposal.is_some());
        }
        ListChecked {
            new: self.pile(Pile::New),
            same: self.pile(Pile::Same),
            changed: self.pile(Pile::Changed),
            possible: self.pile(Pile::Possible),
            held: self.pile(Pile::Held),
            serving: self.pile(Pile::Serving),
            refused: self.pile(Pile::Refused),
            adds: self.count(|act| *act == Act::Add),
            fills: self.count(|act| matches!(act, Act::Fill(..))),
            colleagues: self.count(|act| *act == Act::AddColleague),
            sealed: self.sealed(),
            repairs,
            years: years_asked(sheet, list, self.doubts()),
            doubt_count: doubt_kinds.iter().map(|kind| kind.count).sum(),
            doubt_kinds,
            doubts: self.doubts().take(TOLD).cloned().collect(),
        }
    }
}

/// Reads and sorts all rows; `settled` is given each as soon as it has its pile.
pub(super) fn sort(
    call: &Call<'_>,
    sheet: &Sheet,
    list: &MappedList,
    mut settled: impl FnMut(&SortedRow) -> Result<(), Fault>,
) -> Result<Sorted, Fault> {
    let known = call.read(|reading| reading.traits())?;
    let mut here = Entries::default();
    known.iter().for_each(|(_, traits)| here.add(Compared::of(traits)));
    let families = if list.mapping.contains(&Target::FullName) { families(&known) } else { Vec::new() };
    let answers = list.answers(call, families);
    let reader = Arc::new(intake::Reader::new(sheet, &list.mapping, &answers)?);
    let said: HashMap<u32, &RowSaid> = list.rows.iter().map(|said| (said.line, said)).collect();
    let (colleagues, erased) = call.read(|reading| {
        let colleagues = reading.all::<register::Colleague>()?;
        let names = colleagues.iter().map(|kept| bare(&together(&kept.fields.family, &kept.fields.given)));
        Ok((names.collect(), reading.erased_known()?))
    })?;
    let mut sorted = Sorted {
        rows: Vec::with_capacity(sheet.row_count),
        reader: Arc::clone(&reader),
        families: Vec::new(),
        tells_leaving: list.mapping.iter().any(|it| matches!(it, Target::LeftOn | Target::Standing)),
        people: known.iter().map(|(id, _)| *id).collect(),
        here,
        entries: Entries::default(),
        colleagues,
        erased,
    };
    let read = |at| SortedRow::read(&reader, sheet, &answers, at, said.get(&sheet.line(at)).copied());
    in_order(sheet.row_count, read, |rows| {
        for row in rows {
            let at = sorted.rows.len();
            call.job.at(at, sheet.row_count)?;
            sorted.rows.push(row);
            sorted.settle(call, list, at, Some(&known))?;
            settled(&sorted.rows[at])?;
        }
        Ok(())
    })?;
    sorted.families = answers.families;
    Ok(sorted)
}

/// So many are made at a time.
const PIECE: usize = 500;

/// Has `make` make each of so many, and gives them to `take` in their order, piece by piece. A second hand makes them
/// ahead, because somebody waits; this one helps where `take` would have to.
fn in_order<T: Send>(
    total: usize,
    make: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(Vec<T>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let next = AtomicUsize::new(0);
    let piece = || {
        let from = next.fetch_add(PIECE, Ordering::Relaxed);
        (from < total).then(|| (from, (from..total.min(from + PIECE)).map(&make).collect()))
    };
    std::thread::scope(|scope| {
        let (made, coming) = mpsc::channel::<(usize, Vec<T>)>();
        let piece = &piece;
        // Ends early when nobody takes them any more.
        scope.spawn(move || while piece().is_some_and(|piece| made.send(piece).is_ok()) {});
        let mut ready = BTreeMap::new();
        for from in (0..total).step_by(PIECE) {
            let wanted = loop {
                ready.extend(coming.try_iter());
                if let Some(wanted) = ready.remove(&from) {
                    break wanted;
                }
                let mine = piece().or_else(|| coming.recv().ok());
                ready.extend([mine.ok_or_else(|| Fault::new(FaultKind::Bug, "bug").with("detail", "rows"))?]);
            };
            take(wanted)?;
        }
        Ok(())
    })
}

impl SortedRow {
    fn read(
        reader: &intake::Reader,
        sheet: &Sheet,
        answers: &intake::Answers,
        at: usize,
        said: Option<&RowSaid>,
    ) -> SortedRow {
        let mut doubts = Vec::new();
        let row = reader.row(sheet, answers, at, &mut doubts);
        let compared = Some(Box::new(Compared::of(&traits(&row.fields))));
        SortedRow {
            line: row.line,
            pile: Pile::Held,
            plain: row.fields,
            sealed: row.sealed,
            doubts,
            repairs: row.repairs,
            held: row.held,
            like: None,
            erased: false,
            differences: Vec::new(),
            said: said.cloned(),
            compared,
            act: Act::Leave,
        }
    }
}

/// Drops something large by another hand: a million small pieces take a while to give back, and somebody waits.
pub(super) fn let_go<T: Send + 'static>(gone: T) {
    // Where no thread can be had, it is dropped here and now.
    let _ = std::thread::Builder::new().spawn(move || drop(gone));
}

impl Sorted {
    /// Sorts the rows anew of which something else was said, and the rows below that have something in common with them.
    pub(super) fn again(
        &mut self,
        call: &Call<'_>,
        sheet: &Sheet,
        list: &MappedList,
        lines: &HashSet<u32>,
    ) -> Result<(), Fault> {
        let answers = list.answers(call, std::mem::take(&mut self.families));
        let mut todo = BTreeSet::new();
        let said_of: Vec<usize> =
            (0..self.rows.len()).filter(|&at| lines.contains(&self.rows[at].line)).collect();
        for at in said_of {
            let said = list.rows.iter().find(|said| said.line == self.rows[at].line);
            let fresh = SortedRow::read(&self.reader, sheet, &answers, at, said);
            let before = std::mem::replace(&mut self.rows[at], fresh);
            todo.insert(at);
            if (&before.plain, before.held) != (&self.rows[at].plain, self.rows[at].held) {
                for plain in [&before.plain, &self.rows[at].plain] {
                    todo.extend(self.entries.behind(&Compared::of(&traits(plain)), at));
                }
            }
        }
        self.families = answers.families;
        while let Some(at) = todo.pop_first() {
            self.settle(call, list, at, None)?;
        }
        Ok(())
    }

    /// Lets go of all that only sorting needs.
    pub(super) fn let_go(&mut self) {
        let_go((std::mem::take(&mut self.here), std::mem::take(&mut self.entries)));
        (self.people, self.families) = (Vec::new(), Vec::new());
    }

    /// Finds the pile of a row, whose rows above have theirs. Who is not `known` is asked for.
    fn settle(
        &mut self,
        call: &Call<'_>,
        list: &MappedList,
        at: usize,
        known: Option<&[(PersonId, Traits)]>,
    ) -> Result<(), Fault> {
        let compared = self.rows[at].compared.take();
        let row = &self.rows[at];
        let compared = compared.map_or_else(|| Compared::of(&traits(&row.plain)), |made| *made);
        let in_register = match row.held {
            true => None,
            false => self.here.like(&compared).into_iter().next(),
        };
        // Whoever is in the register has left, whatever a list does not say.
        let known_here = in_register.as_ref().is_some_and(|(_, likeness)| likeness.certain);
        let serves =
            !row.held && !known_here && list.serving != Serving::Leavers && self.serves(row, call.today());
        let counts = !row.held && !serves;
        let in_list = match counts {
            true => self.entries.like_before(&compared, at).into_iter().next(),
            false => None,
        };
        let erased = counts && !known_here && self.erased.knows(|| traits(&row.plain));
        let listed =
            serves && self.colleagues.contains(&bare(&together(&row.plain.family, &row.plain.given)));
        let mut found = Found::default();
        if counts {
            let in_register = match in_register {
                Some((place, likeness)) => {
                    let traits = match known {
                        Some(known) => known[place].1.clone(),
                        None => call.read(|reading| reading.traits_of(self.people[place]))?,
                    };
                    Some((self.people[place], traits, likeness))
                }
                None => None,
            };
            found =
                find_pile(row, in_register, in_list.map(|(place, likeness)| (&self.rows[place], likeness)));
        }
        self.entries.put(at, counts.then_some(compared));
        let row = &mut self.rows[at];
        (row.like, row.differences, row.erased) = (found.like, found.differences, erased);
        row.pile = match (row.held, serves, erased) {
            (true, ..) => Pile::Held,
            (_, true, _) => Pile::Serving,
            (.., true) => Pile::Refused,
            _ => found.pile,
        };
        row.act = match serves {
            true if list.serving == Serving::Colleagues && !listed => Act::AddColleague,
            true => Act::Leave,
            false => act(row, list.changed),
        };
        if row.said.as_ref().is_some_and(|said| said.take == RowTake::Leave) && !row.held {
            (row.pile, row.act) = (Pile::Refused, Act::Leave);
        }
        Ok(())
    }

    /// Whether the list says, by its words or its silence, that somebody has not left.
    fn serves(&self, row: &SortedRow, today: chrono::NaiveDate) -> bool {
        match row.plain.standing {
            Some(Standing::Serving) => true,
            Some(Standing::Left) => false,
            None => {
                let left = day(row.plain.left_on).and_then(|left| left.first());
                // A day of leaving that could not be read is still a day of leaving.
                let unread =
                    left.is_none() && row.doubts.iter().any(|doubt| doubt.target == Some(Target::LeftOn));
                self.tells_leaving && !unread && left.is_none_or(|left| left > today)
            }
        }
    }

    /// All doubts, in the file's order.
    pub(super) fn doubts(&self) -> impl Iterator<Item = &Doubt> {
        self.rows.iter().flat_map(|row| &row.doubts)
    }
}

/// What was found of a row.
struct Found {
    pile: Pile,
    like: Option<Like>,
    differences: Vec<Difference>,
}

impl Default for Found {
    fn default() -> Self {
        Found { pile: Pile::New, like: None, differences: Vec::new() }
    }
}

/// Who the row is, or may be, in the register or further up in the list.
fn find_pile(
    row: &SortedRow,
    in_register: Option<(PersonId, Traits, Likeness)>,
    in_list: Option<(&SortedRow, Likeness)>,
) -> Found {
    let mut found = Found::default();
    let mut certain = false;
    if let Some((id, traits, likeness)) = in_register {
        found.differences = differences(&row.plain, &traits);
        certain = likeness.certain;
        // A name alone decides when the list knows nothing that the register does not.
        found.pile = match (certain, found.differences.is_empty()) {
            (_, true) => Pile::Same,
            (true, false) => Pile::Changed,
            (false, false) => Pile::Possible,
        };
        found.like = Some(Like {
            person: Some(id),
            line: None,
            name: together(&traits.person.family, &traits.person.given),
            left_on: traits.person.left_on,
            no_contact: traits.person.no_contact,
            deceased: traits.person.deceased,
            likeness,
        });
    }
    // Another row of the list is named where nobody of the register is, or where only that row is certain.
    if let Some((other, likeness)) =
        in_list.filter(|(_, like)| found.like.is_none() || (like.certain && !certain))
    {
        let twice = likeness.certain && other.plain == row.plain;
        found.pile = if twice { Pile::Refused } else { Pile::Possible };
        found.differences.clear();
        found.like = Some(Like {
            person: None,
            line: Some(other.line),
            name: together(&other.plain.family, &other.plain.given),
            left_on: day(other.plain.left_on),
            no_contact: false,
            deceased: false,
            likeness,
        });
    }
    found
}

fn act(row: &SortedRow, changed: ChangedRows) -> Act {
    let person = row.like.as_ref().and_then(|like| like.person);
    let said = row.said.as_ref().map(|said| said.take);
    match (row.pile, said, person) {
        (Pile::New, ..) | (Pile::Possible | Pile::Refused, Some(RowTake::New), _) => Act::Add,
        (Pile::Changed | Pile::Possible, Some(RowTake::Same), Some(person)) => {
            Act::Fill(person, row.said.as_ref().map(|said| said.fields.clone()).unwrap_or_default())
        }
        (Pile::Changed, None, Some(person)) => match changed {
            ChangedRows::LeftAlone => Act::Leave,
            ChangedRows::Filled if row.differences.iter().all(|it| !it.here.is_empty()) => Act::Leave,
            ChangedRows::Filled => Act::Fill(person, Vec::new()),
            ChangedRows::Replaced => {
                Act::Fill(person, row.differences.iter().map(|difference| difference.field.clone()).collect())
            }
        },
        _ => Act::Leave,
    }
}

/// The address as one line.
pub(super) fn address(plain: &Plain) -> String {
    [&plain.prefecture, &plain.city, &plain.street, &plain.address, &plain.building]
        .map(String::as_str)
        .concat()
}

/// What a row says, for comparing.
fn traits(plain: &Plain) -> Traits {
    let filled = |texts: &[&String]| {
        texts.iter().filter(|text| !text.is_empty()).map(|text| (*text).clone()).collect()
    };
    Traits {
        person: Person {
            family: plain.family.clone(),
            given: plain.given.clone(),
            family_kana: plain.family_kana.clone(),
            given_kana: plain.given_kana.clone(),
            maiden: plain.maiden.clone(),
            employee_number: plain.employee_number.clone(),
            joined_on: day(plain.joined_on),
            left_on: day(plain.left_on),
            born_on: day(plain.born_on),
            ..Person::default()
        },
        phones: filled(&[&plain.phone, &plain.mobile]),
        mails: filled(&[&plain.email]),
        addresses: filled(&[&address(plain)]),
    }
}

/// What a row says that the register does not, or says otherwise. Names differ by a letter's variant; readings do not by
/// the kind of kana.
fn differences(plain: &Plain, traits: &Traits) -> Vec<Difference> {
    let person = &traits.person;
    let mut found = Vec::new();
    let mut differ = |field: &str, here: &str, there: &str, same: bool| {
        if !there.is_empty() && !same {
            found.push(Difference { field: field.into(), here: here.into(), there: there.into() });
        }
    };
    for (field, here, there) in [
        ("employee_number", &person.employee_number, &plain.employee_number),
        ("family", &person.family, &plain.family),
        ("given", &person.given, &plain.given),
        ("maiden", &person.maiden, &plain.maiden),
        ("business_name", &person.business_name, &plain.business_name),
        ("employer", &person.employer, &plain.employer),
        ("employer_role", &person.employer_role, &plain.employer_role),
    ] {
        differ(field, here, there, here == there);
    }
    for (field, here, there) in [
        ("family_kana", &person.family_kana, &plain.family_kana),
        ("given_kana", &person.given_kana, &plain.given_kana),
    ] {
        differ(field, here, there, bare(here) == bare(there));
    }
    for (field, here, there) in [
        ("joined_on", person.joined_on, day(plain.joined_on)),
        ("left_on", person.left_on, day(plain.left_on)),
        ("born_on", person.born_on, day(plain.born_on)),
    ] {
        let text = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        differ(field, &text(here), &text(there), here == there);
    }
    let (phones, mails) = (traits.phones.join("、"), traits.mails.join("、"));
    let number = |text: &str| digits(text).unwrap_or_else(|| bare(text));
    for (field, there) in [("phone", &plain.phone), ("mobile", &plain.mobile)] {
        let same = traits.phones.iter().any(|here| number(here) == number(there));
        differ(field, if same { &phones } else { "" }, there, same);
    }
    let same = traits.mails.iter().any(|here| bare(here) == bare(&plain.email));
    differ("mail", if same { &mails } else { "" }, &plain.email, same);
    let there = address(plain);
    let same = traits.addresses.iter().any(|here| bare(here) == bare(&there));
    differ("address", traits.addresses.first().map_or("", String::as_str), &there, same);
    let noted = person.notes.contains(plain.note.trim());
    differ("notes", "", &plain.note, noted);
    found
}

/// Family names with their readings.
fn families(known: &[(PersonId, Traits)]) -> Vec<(String, String)> {
    let all: HashSet<_> = known
        .iter()
        .map(|(_, traits)| (traits.person.family.clone(), traits.person.family_kana.clone()))
        .filter(|(family, _)| !family.is_empty())
        .collect();
    all.into_iter().collect()
}

/// The columns in which two digits stand for a year: those still asked about, and those that were answered.
fn years_asked<'d>(
    sheet: &Sheet,
    list: &MappedList,
    doubts: impl Iterator<Item = &'d Doubt>,
) -> Vec<YearsAsked> {
    let mut asked: Vec<YearsAsked> = Vec::new();
    let heading =
        |column: u32| sheet.columns.get(column as usize).map_or_else(String::new, |it| it.heading.clone());
    for &years in &list.years {
        let column = years.column;
        asked.push(YearsAsked { column, heading: heading(column), count: 0, example: String::new() });
    }
    for doubt in doubts.filter(|doubt| doubt.reason == Reason::TwoDigitYear) {
        let Some(column) = doubt.column else { continue };
        let at = asked.iter().position(|asked| asked.column == column).unwrap_or_else(|| {
            asked.push(YearsAsked {
                column,
                heading: heading(column),
                count: 0,
                example: doubt.text.clone(),
            });
            asked.len() - 1
        });
        asked[at].count += 1;
    }
    asked
}
