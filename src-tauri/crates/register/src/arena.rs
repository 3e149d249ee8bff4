//! Search. The folded text of every person and every note lies in memory, one piece after the other, and is
//! scanned; there is no index on disk to encrypt, migrate or erase. It changes only after COMMIT, from what the
//! transaction touched, and is dropped at lock. Opening reads the names alone, which say the order: what is shown first
//! needs no more, and somebody waits for it. The rest comes when that is painted.

use crate::{
    Fault, fold, hold,
    id::*,
    ties::{Ties, packed},
};
use memchr::memmem::Finder;
use rusqlite::{Connection, params};
use std::{collections::BTreeSet, sync::Mutex};
use zeroize::Zeroize;

/// Separates the fields of one entry, so that no word is found across two of them.
const FIELD: char = '\u{1f}';
/// Stands before each word of romaji: romaji is searched from the beginning of a word, `ito` is not `saito`.
const ROMAJI: char = '\u{1e}';

/// Pieces of folded text, each under an id, in one block: a million small strings would take twice the room, and leave
/// holes behind when they go.
#[derive(Default)]
struct Text {
    block: Vec<u8>,
    starts: Vec<usize>,
    ids: Vec<i64>,
    /// The entries that live, by their ids. Empty while the text is only being gathered.
    by_id: Vec<u32>,
}

impl Text {
    /// Puts a piece at the end, not yet to be found by its id.
    fn gather(&mut self, id: i64, text: &str) {
        self.ids.push(id);
        self.starts.push(self.block.len());
        self.block.extend_from_slice(text.as_bytes());
        self.block.push(b'\n');
    }

    /// The same pieces in another order, in no more room than they need, and found by their ids.
    fn in_order(&self, order: &[u32]) -> Text {
        let mut text = Text {
            block: Vec::with_capacity(self.block.len()),
            starts: Vec::with_capacity(order.len()),
            ids: Vec::with_capacity(order.len()),
            by_id: (0..order.len() as u32).collect(),
        };
        for &entry in order {
            text.ids.push(self.ids[entry as usize]);
            text.starts.push(text.block.len());
            text.block.extend_from_slice(&self.block[self.range(entry)]);
        }
        text.by_id.sort_unstable_by_key(|entry| text.ids[*entry as usize]);
        text
    }

    /// Where the entry of an id stands in `by_id`, or would.
    fn place(&self, id: i64) -> Result<usize, usize> {
        self.by_id.binary_search_by_key(&id, |entry| self.ids[*entry as usize])
    }

    /// Puts a piece at the end. Nothing else lives under its id.
    fn push(&mut self, id: i64, text: &str) {
        if let Err(at) = self.place(id) {
            self.by_id.insert(at, self.ids.len() as u32);
            self.gather(id, text);
        }
    }

    /// Takes a piece out: its text is blanked and its entry is dead, its id 0.
    fn remove(&mut self, id: i64) {
        let Ok(at) = self.place(id) else { return };
        let entry = self.by_id.remove(at);
        let range = self.range(entry);
        self.block[range].fill(b'\n');
        self.ids[entry as usize] = 0;
    }

    /// The text of an entry.
    fn text(&self, entry: u32) -> &[u8] {
        let text = &self.block[self.range(entry)];
        text.strip_suffix(b"\n").unwrap_or(text)
    }

    fn range(&self, entry: u32) -> std::ops::Range<usize> {
        let entry = entry as usize;
        self.starts[entry]..self.starts.get(entry + 1).copied().unwrap_or(self.block.len())
    }

    /// Calls `found` for every entry from `first` on that holds `needle`, in order of entry, until it says stop.
    fn scan(&self, first: u32, needle: &[u8], mut found: impl FnMut(u32) -> bool) {
        let finder = Finder::new(needle);
        let mut entry = first as usize;
        let Some(mut at) = self.starts.get(entry).copied() else { return };
        while let Some(hit) = finder.find(&self.block[at..]) {
            let hit = at + hit;
            // Hits ascend, so the entry is near the last one: double the stride, then halve it.
            let mut stride = 1;
            while entry + stride < self.starts.len() && self.starts[entry + stride] <= hit {
                stride *= 2;
            }
            let end = (entry + stride).min(self.starts.len());
            entry += self.starts[entry..end].partition_point(|start| *start <= hit) - 1;
            if !found(entry as u32) {
                return;
            }
            at = self.range(entry as u32).end;
        }
    }

    /// The entries from `first` on that hold every word, in order of entry, at most `cap` of them.
    fn find(&self, first: u32, words: &[Word], cap: usize) -> Vec<u32> {
        let Some(rarest) = words.iter().max_by_key(|word| word.needles[0].len()) else { return Vec::new() };
        let others: Vec<Vec<Finder<'_>>> = words
            .iter()
            .filter(|word| !std::ptr::eq(*word, rarest))
            .map(|word| word.needles.iter().map(Finder::new).collect())
            .collect();
        let mut entries = Vec::new();
        for needle in &rarest.needles {
            self.scan(first, needle, |entry| {
                let text = &self.block[self.range(entry)];
                if others.iter().all(|word| word.iter().any(|finder| finder.find(text).is_some())) {
                    entries.push(entry);
                }
                entries.len() < cap
            });
        }
        if rarest.needles.len() > 1 {
            entries.sort_unstable();
            entries.dedup();
        }
        entries
    }

    /// Whether more than a quarter of the entries are dead.
    fn worn(&self) -> bool {
        self.ids.len() > 1024 && self.by_id.len() * 4 < self.ids.len() * 3
    }
}

impl Drop for Text {
    fn drop(&mut self) {
        self.block.zeroize();
    }
}

/// A word of a search: what it may look like in folded text.
pub(crate) struct Word {
    needles: Vec<Vec<u8>>,
}

impl Word {
    /// As it stands in text.
    pub(crate) fn plain(&self) -> &str {
        str::from_utf8(&self.needles[0]).unwrap_or_default()
    }

    /// As it begins in romaji, in the canonical spelling; empty when it is not romaji.
    pub(crate) fn sounds(&self) -> impl Iterator<Item = &str> {
        self.needles.iter().filter_map(|needle| str::from_utf8(needle).ok()?.strip_prefix(ROMAJI))
    }
}

/// The words of a search, folded; all must be found.
pub(crate) fn words(search: &str) -> Vec<Word> {
    fold::fold(search)
        .split_whitespace()
        .map(|word| {
            let romaji = fold::typed_romaji(word).unwrap_or_default();
            // A number is found with or without its hyphens.
            let digits = word.bytes().all(|b| b.is_ascii_digit() || b == b'-').then(|| word.replace('-', ""));
            let needles = std::iter::once(digits.filter(|d| !d.is_empty()).unwrap_or(word.to_owned()))
                .chain(romaji.iter().map(|r| format!("{ROMAJI}{r}")));
            Word { needles: needles.map(String::into_bytes).collect() }
        })
        .collect()
}

/// A set of people, by their place in the kana order.
pub(crate) struct Ranks(Vec<u64>);

impl Ranks {
    fn new(size: usize) -> Ranks {
        Ranks(vec![0; size.div_ceil(64)])
    }
    fn set(&mut self, rank: u32) {
        self.0[rank as usize / 64] |= 1 << (rank % 64);
    }
    fn and(&mut self, other: &Ranks) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
    }
    fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }
    /// How many lie below a rank.
    fn below(&self, rank: u32) -> u32 {
        let (whole, rest) = (rank as usize / 64, rank % 64);
        let last = self.0.get(whole).map_or(0, |word| (word & ((1 << rest) - 1)).count_ones());
        self.0[..whole.min(self.0.len())].iter().map(|word| word.count_ones()).sum::<u32>() + last
    }
    fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().enumerate().flat_map(|(i, word)| {
            let mut word = *word;
            std::iter::from_fn(move || {
                let bit = (word != 0).then(|| word.trailing_zeros())?;
                word &= word - 1;
                Some(i as u32 * 64 + bit)
            })
        })
    }
}

/// Everything that can be searched, folded.
#[derive(Default)]
pub(crate) struct Arena {
    /// Of everybody all that can be searched, or only their names.
    people: Text,
    /// Entries of `people` in kana order, and back.
    by_rank: Vec<u32>,
    rank_of: Vec<u32>,
    /// The rank at which each row of the kana table begins.
    rail: [u32; 11],
    pub(crate) ties: Ties,
    notes: Notes,
    /// Whether all texts have been read.
    whole: bool,
    /// People and notes touched until then.
    touched: (BTreeSet<i64>, BTreeSet<i64>),
}

/// All texts that can be searched, of one state of the register.
pub(crate) struct Texts {
    people: Arena,
    notes: Notes,
}

impl Arena {
    /// Reads every name and tie: from a connection for each of two threads, because somebody waits for it.
    pub(crate) fn open(
        conn: &Connection,
        connect: &(dyn Fn() -> Result<Connection, Fault> + Sync),
    ) -> Result<Arena, Fault> {
        let (arena, ties) = std::thread::scope(|scope| {
            let ties = scope.spawn(|| Ties::read(&connect()?));
            (Arena::names(conn), ties.join())
        });
        Ok(Arena { ties: sound(ties)?, ..arena? })
    }

    /// Reads every name.
    fn names(conn: &Connection) -> Result<Arena, Fault> {
        Ok(Arena::of(names(conn, None, false)?))
    }

    /// Reads everybody anew, as far as they are held: over two connections that see the same.
    pub(crate) fn read_people(&self, conn: &Connection, other: &Mutex<Connection>) -> Result<Arena, Fault> {
        if !self.whole {
            return Arena::names(conn);
        }
        let (names, parts) = std::thread::scope(|scope| {
            let parts = scope.spawn(|| parts(&hold(other), None));
            (names(conn, None, true), parts.join())
        });
        Ok(Arena::of(joined(&names?, &sound(parts)?)))
    }

    /// Reads all that is held here once more.
    pub(crate) fn fresh(&self, conn: &Connection) -> Result<Arena, Fault> {
        let mut fresh = Arena { ties: Ties::read(conn)?, ..Arena::names(conn)? };
        if self.whole {
            fresh.install(conn, Arena::read_texts(conn)?)?;
        }
        Ok(fresh)
    }

    fn of(documents: Text) -> Arena {
        let mut by_rank: Vec<u32> = (0..documents.ids.len() as u32).collect();
        by_rank.sort_unstable_by_key(|entry| (documents.text(*entry), documents.ids[*entry as usize]));
        let people = documents.in_order(&by_rank);
        let by_rank = (0..people.ids.len() as u32).collect();
        let mut arena = Arena { people, by_rank, ..Arena::default() };
        arena.rank();
        arena
    }

    /// Reads all texts: from any connection, without the arena at hand.
    pub(crate) fn read_texts(conn: &Connection) -> Result<Texts, Fault> {
        Ok(Texts { people: Arena::of(documents(conn, None)?), notes: Arena::read_notes(conn)? })
    }

    fn read_notes(conn: &Connection) -> Result<Notes, Fault> {
        let mut read = Notes::default();
        read.take_up(conn, "note <> ''", &[], Text::gather)?;
        // Put in order here: the database would hold them all a second time for that.
        let mut order: Vec<u32> = (0..read.days.len() as u32).collect();
        order.sort_unstable_by_key(|entry| {
            std::cmp::Reverse((read.days[*entry as usize], read.text.ids[*entry as usize]))
        });
        Ok(Notes {
            text: read.text.in_order(&order),
            days: order.iter().map(|entry| read.days[*entry as usize]).collect(),
            in_order: order.len() as u32,
        })
    }

    /// Puts the texts in their place and takes up what was touched while they were read.
    pub(crate) fn install(&mut self, conn: &Connection, texts: Texts) -> Result<(), Fault> {
        let (people, notes) = std::mem::take(&mut self.touched);
        self.whole = true;
        self.notes = texts.notes;
        match people.len() > MANY {
            true => self.replace_people(Arena::of(self.document(conn, None)?)),
            false => {
                self.replace_people(texts.people);
                self.refresh_people(conn, people.into_iter().collect())?;
            }
        }
        self.refresh_notes(conn, notes)
    }

    /// Reads these people anew; each is named once.
    fn refresh_people(&mut self, conn: &Connection, people: Vec<i64>) -> Result<(), Fault> {
        for id in &people {
            self.people.remove(*id);
        }
        self.by_rank.retain(|entry| self.people.ids[*entry as usize] != 0);
        for id in people {
            let document = self.document(conn, Some(id))?;
            if let Some(id) = document.ids.first() {
                let text = document.text(0);
                let at = self.by_rank.partition_point(|entry| {
                    (self.people.text(*entry), self.people.ids[*entry as usize]) < (text, *id)
                });
                self.by_rank.insert(at, self.people.ids.len() as u32);
                self.people.push(*id, str::from_utf8(text).unwrap_or_default());
            }
        }
        self.rank();
        if self.people.worn() {
            self.replace_people(Arena::of(self.document(conn, None)?));
        }
        Ok(())
    }

    /// The text of one person or of all, as far as it is held.
    fn document(&self, conn: &Connection, person: Option<i64>) -> Result<Text, Fault> {
        if self.whole { documents(conn, person) } else { names(conn, person, false) }
    }

    fn refresh_notes(&mut self, conn: &Connection, ids: impl IntoIterator<Item = i64>) -> Result<(), Fault> {
        for id in ids {
            self.notes.text.remove(id);
            self.notes.take_up(conn, "note <> '' AND id = ?1", &[&id], Text::push)?;
        }
        Ok(())
    }

    /// Takes up what was committed. One way for edit, import, undo, redo and erase alike. `people` are all of them, where so
    /// many were touched that they were read anew.
    pub(crate) fn take_up(
        &mut self,
        conn: &Connection,
        touched: Touched,
        people: Option<Arena>,
    ) -> Result<(), Fault> {
        let Touched { people: of, tied, notes } = touched;
        if !self.whole {
            self.touched.0.extend(&of);
            self.touched.1.extend(&notes);
        }
        match people {
            Some(fresh) => self.replace_people(fresh),
            None => self.refresh_people(conn, of)?,
        }
        if tied.len() > 10_000 {
            self.ties = Ties::read(conn)?;
        } else {
            tied.into_iter().try_for_each(|person| self.ties.refresh(conn, person))?;
        }
        if !self.whole {
            return Ok(());
        }
        if notes.len() > 50_000 || self.notes.text.worn() {
            self.notes = Arena::read_notes(conn)?;
            return Ok(());
        }
        self.refresh_notes(conn, notes)
    }

    fn replace_people(&mut self, fresh: Arena) {
        (self.people, self.by_rank, self.rank_of, self.rail) =
            (fresh.people, fresh.by_rank, fresh.rank_of, fresh.rail);
    }

    fn rank(&mut self) {
        self.rank_of.resize(self.people.ids.len(), 0);
        for (rank, entry) in self.by_rank.iter().enumerate() {
            self.rank_of[*entry as usize] = rank as u32;
        }
        self.rail = fold::ROWS.map(|first| {
            let before = |entry: &u32| &self.people.block[self.people.range(*entry)] < first.as_bytes();
            self.by_rank.partition_point(before) as u32
        });
    }

    /// Everybody, in the order of their ids.
    pub(crate) fn everybody(&self) -> impl Iterator<Item = i64> {
        self.people.by_id.iter().map(|entry| self.people.ids[*entry as usize])
    }

    /// How many people there are.
    pub(crate) fn people(&self) -> usize {
        self.by_rank.len()
    }

    /// The ranks of these people.
    pub(crate) fn ranks(&self, mut ids: Vec<i64>) -> Ranks {
        let mut ranks = Ranks::new(self.by_rank.len());
        // Side by side: to look a hundred thousand up one by one takes longer than the question that found them.
        ids.sort_unstable();
        let mut ids = ids.into_iter().peekable();
        for &entry in &self.people.by_id {
            let here = self.people.ids[entry as usize];
            while ids.next_if(|id| *id < here).is_some() {}
            if ids.peek() == Some(&here) {
                ranks.set(self.rank_of[entry as usize]);
            }
        }
        ranks
    }

    /// The people in whose text every word is found and who are in `within`: how many, where each row of the kana
    /// table begins among them, and one page of them in kana order.
    pub(crate) fn find_people(
        &self,
        conn: &Connection,
        search: &[Word],
        within: Option<&Ranks>,
        offset: usize,
        limit: usize,
    ) -> Result<(usize, Vec<u32>, Vec<PersonId>), Fault> {
        let id = |rank: u32| PersonId(self.people.ids[self.by_rank[rank as usize] as usize]);
        let page = |ranks: &Ranks| {
            let rail = self.rail.map(|first| ranks.below(first));
            (ranks.count(), rail.to_vec(), ranks.iter().skip(offset).take(limit).map(id).collect())
        };
        if search.is_empty() {
            return Ok(match within {
                None => (
                    self.by_rank.len(),
                    self.rail.to_vec(),
                    (offset..self.by_rank.len().min(offset.saturating_add(limit)))
                        .map(|rank| id(rank as u32))
                        .collect(),
                ),
                Some(ranks) => page(ranks),
            });
        }
        let mut ranks = self.satisfying(conn, search)?;
        if let Some(within) = within {
            ranks.and(within);
        }
        Ok(page(&ranks))
    }

    /// The people in whose text every word is found. Who searches before all texts are there reads them for this once.
    fn satisfying(&self, conn: &Connection, search: &[Word]) -> Result<Ranks, Fault> {
        if !self.whole {
            let documents = documents(conn, None)?;
            let found = documents.find(0, search, usize::MAX);
            return Ok(self.ranks(found.into_iter().map(|entry| documents.ids[entry as usize]).collect()));
        }
        let mut ranks = Ranks::new(self.by_rank.len());
        for entry in self.people.find(0, search, usize::MAX) {
            ranks.set(self.rank_of[entry as usize]);
        }
        Ok(ranks)
    }

    /// The notes in which every word is found, the newest first: at most `cap`, and what was written since the
    /// notes were read.
    pub(crate) fn find_notes(&self, search: &[Word], cap: usize) -> Vec<ContactId> {
        let notes = &self.notes;
        let mut entries = notes.text.find(notes.in_order, search, usize::MAX);
        let newest = entries.len();
        entries.extend(
            notes.text.find(0, search, newest + cap).into_iter().filter(|entry| *entry < notes.in_order),
        );
        entries.sort_by_key(|entry| std::cmp::Reverse(notes.days[*entry as usize]));
        entries.into_iter().map(|entry| ContactId(notes.text.ids[entry as usize])).collect()
    }

    /// Everything in it, in one comparable form: for tests that hold it against a fresh one.
    pub(crate) fn contents(&self) -> [Vec<String>; 3] {
        let text = |text: &Text, entry: u32| {
            let slice = &text.block[text.range(entry)];
            format!("{} {}", text.ids[entry as usize], String::from_utf8_lossy(slice).trim_end())
        };
        let people = self.by_rank.iter().map(|entry| text(&self.people, *entry)).collect();
        let mut notes: Vec<_> =
            self.notes.text.by_id.iter().map(|entry| text(&self.notes.text, *entry)).collect();
        notes.sort_unstable();
        [people, notes, self.ties.contents()]
    }
}

/// When more people than this were touched, everybody is read anew.
pub(crate) const MANY: usize = 500;

/// What a change touched, as far as the search is concerned.
pub(crate) struct Touched {
    /// Of many not all: it does not matter who they are.
    people: Vec<i64>,
    /// Whose contacts.
    tied: Vec<i64>,
    /// Which contacts.
    notes: Vec<i64>,
}

impl Touched {
    /// Whether so many were touched that everybody is read anew.
    pub(crate) fn is_many(&self) -> bool {
        self.people.len() > MANY
    }

    /// What a step touched.
    pub(crate) fn of_step(conn: &Connection, step: StepId) -> Result<Touched, Fault> {
        let contacts = "FROM touched WHERE step = ?1 AND tbl = 'contact'";
        Ok(Touched {
            people: numbers(
                conn,
                "SELECT DISTINCT person FROM touched WHERE step = ?1 AND person IS NOT NULL AND tbl <> 'contact'
                 LIMIT ?2",
                (step, MANY as i64 + 1),
            )?,
            // Whose they were, and whose they are: one that is put apart again changes hands.
            tied: numbers(
                conn,
                &format!(
                    "SELECT person {contacts} UNION
                     SELECT person FROM contact WHERE id IN (SELECT pk {contacts})"
                ),
                [step],
            )?,
            notes: numbers(conn, &format!("SELECT DISTINCT pk {contacts}"), [step])?,
        })
    }

    /// All that belongs to somebody.
    pub(crate) fn of_person(conn: &Connection, person: PersonId) -> Result<Touched, Fault> {
        let notes = numbers(conn, "SELECT id FROM contact WHERE person = ?1", [person])?;
        Ok(Touched { people: vec![person.0], tied: vec![person.0], notes })
    }
}

/// The numbers in the first column.
pub(crate) fn numbers(conn: &Connection, sql: &str, of: impl rusqlite::Params) -> Result<Vec<i64>, Fault> {
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.query_map(of, |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The notes of contacts. Those up to `in_order` lie with the newest first; later ones as they came.
#[derive(Default)]
pub(crate) struct Notes {
    text: Text,
    /// The day of each entry as 20260821; 0 when it is not known.
    days: Vec<u32>,
    in_order: u32,
}

impl Notes {
    /// Takes up the notes that satisfy `clause`.
    fn take_up(
        &mut self,
        conn: &Connection,
        clause: &str,
        params: &[&dyn rusqlite::ToSql],
        put: fn(&mut Text, i64, &str),
    ) -> Result<(), Fault> {
        let sql = format!("SELECT id, note, coalesce(on_day, '') FROM contact WHERE {clause}");
        let mut statement = conn.prepare_cached(&sql)?;
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            put(&mut self.text, row.get(0)?, &fold::fold(row.get_ref(1)?.as_str().unwrap_or_default()));
            self.days.push(packed(row.get_ref(2)?.as_bytes().unwrap_or_default()));
        }
        Ok(())
    }
}

/// The folded text of one person or of all: the sort key first, so that texts compare in kana order.
fn documents(conn: &Connection, person: Option<i64>) -> Result<Text, Fault> {
    Ok(joined(&names(conn, person, true)?, &parts(conn, person)?))
}

/// What a thread answered; its panic goes on here.
fn sound<T>(answer: std::thread::Result<T>) -> T {
    answer.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn one(person: Option<i64>, column: &str) -> String {
    if person.is_some() { format!("WHERE {column} = ?1") } else { "WHERE ?1 IS NULL".into() }
}

/// What stands in the table of people, in order of their ids: all of it, or as much of its beginning as says who stands
/// before whom.
fn names(conn: &Connection, person: Option<i64>, whole: bool) -> Result<Text, Fault> {
    let mut documents = Text::default();
    let mut statement = conn.prepare_cached(&format!(
        "SELECT id, family, given, family_kana, given_kana, maiden, maiden_kana, business_name, employee_number,
                employer, employer_role, help_fields, notes FROM person {} ORDER BY id",
        one(person, "id")
    ))?;
    let mut rows = statement.query(params![person])?;
    while let Some(row) = rows.next()? {
        let column = |i: usize| row.get_ref(i).ok().and_then(|value| value.as_str().ok()).unwrap_or_default();
        let (family, given) = (fold::fold(column(1)), fold::fold(column(2)));
        let (family_kana, given_kana) = (fold::fold(column(3)), fold::fold(column(4)));
        let mut text = fold::sort_key(column(3), column(4), &[column(1), column(2), column(7)].concat());
        let mut field = |value: &str| {
            if !value.is_empty() {
                text.push(FIELD);
                text.push_str(value);
            }
        };
        field(&format!("{family}{given}"));
        if !whole {
            documents.gather(row.get(0)?, &text);
            continue;
        }
        field(&format!("{family_kana}{given_kana}"));
        for i in 5..13 {
            field(&fold::fold(column(i)));
        }
        let (given_romaji, maiden_romaji) = (fold::romaji(&given_kana), fold::romaji(&fold::fold(column(6))));
        field(&format!("{ROMAJI}{}{given_romaji}", fold::romaji(&family_kana)));
        for romaji in [given_romaji, maiden_romaji] {
            if !romaji.is_empty() {
                field(&format!("{ROMAJI}{romaji}"));
            }
        }
        documents.gather(row.get(0)?, &text);
    }
    Ok(documents)
}

/// What stands of people in the other tables, table by table, each piece under the person's id.
fn parts(conn: &Connection, person: Option<i64>) -> Result<Text, Fault> {
    let mut parts = Text::default();
    for (columns, table) in [
        ("department || ' ' || post", "employment"),
        ("name", "tag"),
        ("value", "own_value"),
        ("replace(replace(number, '-', ''), ' ', '')", "phone"),
        ("address", "mail"),
        ("prefecture || city || street", "address"),
    ] {
        let sql = format!("SELECT person, {columns} FROM {table} {} ORDER BY id", one(person, "person"));
        let mut statement = conn.prepare_cached(&sql)?;
        let mut rows = statement.query(params![person])?;
        while let Some(row) = rows.next()? {
            let value = row.get_ref(1)?.as_str().unwrap_or_default();
            if !value.trim().is_empty() {
                parts.gather(row.get(0)?, &fold::fold(value));
            }
        }
    }
    Ok(parts)
}

/// Each person's text with its parts behind it.
fn joined(names: &Text, parts: &Text) -> Text {
    let mut order: Vec<u32> = (0..parts.ids.len() as u32).collect();
    // Stable: a person's parts stay in their order.
    order.sort_by_key(|entry| parts.ids[*entry as usize]);
    let mut order = order.into_iter().peekable();
    let mut documents = Text::default();
    for (entry, &id) in names.ids.iter().enumerate() {
        documents.ids.push(id);
        documents.starts.push(documents.block.len());
        documents.block.extend_from_slice(names.text(entry as u32));
        while let Some(part) = order.next_if(|part| parts.ids[*part as usize] <= id) {
            if parts.ids[part as usize] == id {
                documents.block.push(FIELD as u8);
                documents.block.extend_from_slice(parts.text(part));
            }
        }
        documents.block.push(b'\n');
    }
    documents
}
