//! Everyone's last two-way contact, in memory. Whom to contact is asked at every opening and after every change, and
//! would cost a walk over all contacts each time.

use crate::{Fault, bases::word, day::Day, find::Spoken, people::ContactKind};
use rusqlite::{Connection, OptionalExtension};
use std::{
    cmp::Reverse,
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// A day as 20260821; what is not known of it is 0.
pub(crate) fn packed(day: &[u8]) -> u32 {
    let digits = day.iter().filter(|byte| byte.is_ascii_digit());
    let (number, left) =
        digits.fold((0, 8), |(number, left), digit| (number * 10 + u32::from(digit - b'0'), left - 1));
    number * 10_u32.pow(left)
}

impl ContactKind {
    /// What only went out: it says nothing of the other, so it keeps no tie fresh.
    pub const ONE_WAY: [ContactKind; 2] = [ContactKind::Newsletter, ContactKind::Sent];

    /// Whether both had a part in it.
    pub fn is_two_way(self) -> bool {
        !Self::ONE_WAY.contains(&self)
    }

    /// [`Self::is_two_way`] of a row of `contact`.
    pub(crate) fn two_way() -> String {
        let one_way: Vec<String> = Self::ONE_WAY.iter().map(|kind| format!("'{}'", word(kind))).collect();
        format!("kind NOT IN ({})", one_way.join(", "))
    }
}

impl Spoken {
    /// Those with whom there was such contact, of the table `person`; the month is a parameter.
    pub(crate) fn people(&self) -> String {
        let kind = self.kind.map_or(String::new(), |kind| format!(" AND kind = '{}'", word(&kind)));
        format!(
            "id IN (SELECT person FROM contact WHERE {} AND substr(on_day, 1, 7) = {{}}{kind})",
            ContactKind::two_way()
        )
    }
}

/// The last two-way contact with somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Last {
    /// When, [`packed`].
    pub on: u32,
    /// The contact; of several on one day the last that was written counts.
    id: i64,
    /// What was promised then.
    pub next: Option<u32>,
}

/// With how many people there was two-way contact in a month: of any kind, then of each; the most frequent first.
type Counts = Vec<(Option<ContactKind>, u32)>;

/// What is known of everybody's contacts.
#[derive(Default)]
pub(crate) struct Ties {
    /// By person, in order: everybody is asked about in turn, and a hundred thousand leaps through memory take longer
    /// than the question.
    last: Vec<(i64, Last)>,
    /// By month, a [`packed`] day without its last two digits. Counting walks over all contacts, so every month is counted
    /// while they are read for the first time, and after a change only when it is asked for.
    counted: Mutex<HashMap<u32, Counts>>,
}

/// All that is asked for lies in the index `contact_person`.
fn contacts() -> String {
    format!("SELECT person, on_day, id, next_on, kind FROM contact WHERE {}", ContactKind::two_way())
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<(i64, Last)> {
    let on = row.get_ref(1)?.as_bytes_or_null()?.map_or(0, packed);
    let next = row.get_ref(3)?.as_bytes_or_null()?.map(packed);
    Ok((row.get(0)?, Last { on, id: row.get(2)?, next }))
}

fn sort(counts: &mut Counts) {
    counts.sort_unstable_by_key(|(kind, count)| (Reverse(*count), kind.map(|kind| kind as u8)));
}

impl Ties {
    /// Reads everybody's. A million rows pass here while somebody waits, one person's after the other.
    pub(crate) fn read(conn: &Connection) -> Result<Ties, Fault> {
        let mut ties: Vec<(i64, Last)> = Vec::new();
        // The first is any.
        let mut kinds: Vec<Vec<u8>> = vec![Vec::new()];
        // By month, for each of the kinds: with how many people, and who was counted last, for one person's contacts are
        // read one after the other.
        let mut months: HashMap<u32, Vec<(u32, i64)>> = HashMap::new();
        let mut newest: Option<(i64, Last)> = None;
        let mut put = |newest: Option<(i64, Last)>| ties.extend(newest);
        let mut statement = conn.prepare(&format!("{} ORDER BY person", contacts()))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (person, last) = read(row)?;
            let kind = row.get_ref(4)?.as_bytes().unwrap_or_default();
            let of_kind = kinds.iter().position(|known| known == kind).unwrap_or_else(|| {
                kinds.push(kind.to_owned());
                kinds.len() - 1
            });
            let month = months.entry(last.on / 100).or_default();
            month.resize(month.len().max(of_kind + 1), (0, 0));
            for at in [0, of_kind] {
                let (people, newest) = &mut month[at];
                if *newest != person {
                    (*people, *newest) = (*people + 1, person);
                }
            }
            newest = match newest {
                Some((same, known)) if same == person => Some((person, last.max(known))),
                other => {
                    put(other);
                    Some((person, last))
                }
            };
        }
        put(newest);
        let called = |kind: &Vec<u8>| match kind.is_empty() {
            true => Ok(None),
            false => serde_json::from_value(String::from_utf8_lossy(kind).into()).map(Some),
        };
        let kinds: Vec<Option<ContactKind>> = kinds.iter().map(called).collect::<Result<_, _>>()?;
        let counts = |people: Vec<(u32, i64)>| {
            let people = people.into_iter().map(|(people, _)| people);
            let mut counts: Counts =
                kinds.iter().copied().zip(people).filter(|(_, people)| *people > 0).collect();
            sort(&mut counts);
            counts
        };
        let counted = months.into_iter().map(|(month, people)| (month, counts(people))).collect();
        Ok(Ties { last: ties, counted: Mutex::new(counted) })
    }

    /// Reads one person's anew.
    pub(crate) fn refresh(&mut self, conn: &Connection, person: i64) -> Result<(), Fault> {
        let sql = format!("{} AND person = ?1 ORDER BY on_day DESC, id DESC LIMIT 1", contacts());
        match (conn.prepare_cached(&sql)?.query_row([person], read).optional()?, self.place(person)) {
            (Some(fresh), Ok(at)) => self.last[at] = fresh,
            (Some(fresh), Err(at)) => self.last.insert(at, fresh),
            (None, Ok(at)) => drop(self.last.remove(at)),
            (None, Err(_)) => {}
        }
        self.counted.lock().unwrap_or_else(PoisonError::into_inner).clear();
        Ok(())
    }

    /// Counts with whom there was contact in a month. They are remembered when they are those of the `newest` state.
    pub(crate) fn count(
        &self,
        conn: &Connection,
        month: Day,
        newest: impl FnOnce() -> bool,
    ) -> Result<Counts, Fault> {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let packed = packed(month.to_string().as_bytes()) / 100;
        if let Some(counts) = counted.get(&packed) {
            return Ok(counts.clone());
        }
        let mut statement = conn.prepare_cached(&format!(
            "WITH spoken AS MATERIALIZED
                 (SELECT DISTINCT person, kind FROM contact WHERE {} AND substr(on_day, 1, 7) = ?1)
             SELECT kind, count(*) FROM spoken GROUP BY kind
             UNION ALL SELECT NULL, count(DISTINCT person) FROM spoken HAVING count(*) > 0",
            ContactKind::two_way()
        ))?;
        let rows = statement.query_map([month], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut counts = rows.collect::<Result<Counts, _>>()?;
        sort(&mut counts);
        if newest() {
            counted.insert(packed, counts.clone());
        }
        Ok(counts)
    }

    fn place(&self, person: i64) -> Result<usize, usize> {
        self.last.binary_search_by_key(&person, |(id, _)| *id)
    }

    /// Tells the last two-way contact with somebody, if there was one; quickest of one after the other.
    pub(crate) fn in_turn(&self) -> impl FnMut(i64) -> Option<Last> {
        let mut next = 0;
        move |person| {
            let near = self.last[next..].iter().take(4).position(|(id, _)| *id == person);
            let at = near.map(|ahead| next + ahead).or_else(|| self.place(person).ok())?;
            next = at + 1;
            Some(self.last[at].1)
        }
    }

    /// Everything in it, in one comparable form.
    pub(crate) fn contents(&self) -> Vec<String> {
        let mut lines: Vec<_> = self.last.iter().map(|(person, last)| format!("{person} {last:?}")).collect();
        lines.sort_unstable();
        lines
    }
}
