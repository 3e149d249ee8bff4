//! 消去: somebody leaves the register for good, out of every table, the journal, the search and the log. What stays is
//! a number without a name, so that no backup brings them back; what labour law still asks for, apart and with its
//! day; and, when that was wanted, marks by which a later list knows them again without naming them.

use crate::{
    At, Fault, NewStep, PERSONAL, Person, Register, UserId,
    arena::Touched,
    attachments, audit,
    day::Day,
    dispatches,
    duplicates::{self, Traits},
    hold,
    id::*,
    record::{self, Kept},
    retention,
};
use chrono::NaiveDate;
use hmac::{Hmac, KeyInit, Mac};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::Serialize;
use sha2::Sha256;
use std::collections::HashSet;
use ts_rs::TS;

/// What stands for a trait with a name: half of an HMAC-SHA256, which is more than anybody meets twice.
pub type Mark = [u8; 16];

/// The fact that holds the key of the marks, in hex digits.
const MARK_KEY: &str = "erased_mark_key";

/// What is to stay of somebody.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// Keep what stands in 労働者名簿 until the law lets it go.
    pub roster: bool,
    /// Know them again in a later list, by marks made with this key, which is always the same for a register.
    pub mark: Option<&'a [u8; 32]>,
}

/// What of 労働者名簿 is kept of somebody who was erased (労働基準法施行規則 53条 names the items).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Roster {
    /// The number that the person had.
    pub id: PersonId,
    /// 氏名.
    pub name: String,
    /// Its reading.
    pub kana: String,
    /// The company's number.
    pub employee_number: String,
    /// Birthday.
    pub born_on: Option<Day>,
    /// First day in the company.
    pub joined_on: Option<Day>,
    /// Last day in the company.
    pub left_on: Option<Day>,
    /// Day of death.
    pub deceased_on: Option<Day>,
    /// 住所.
    pub address: String,
    /// 履歴 and 業務の種類: departments and posts.
    pub history: String,
    /// The last day on which it must be kept.
    pub until_on: Day,
}

/// That somebody was erased: a record without a name.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ErasedRow {
    /// The number that the person had.
    pub person: PersonId,
    /// When.
    pub at: At,
    /// By whom.
    pub user: String,
}

/// By which a list knows those again who were erased and wanted to be known, without their names.
pub struct Known {
    key: Vec<u8>,
    marks: HashSet<Mark>,
}

impl Known {
    /// Whether somebody like this was erased: a number, a birthday, a day in the company, a telephone, a mail or a
    /// postal address is the same, and the name with it.
    #[must_use]
    pub fn knows(&self, traits: impl FnOnce() -> Traits) -> bool {
        !self.marks.is_empty() && marks(&self.key, &traits()).iter().any(|mark| self.marks.contains(mark))
    }
}

/// The marks of somebody: none of them says anything without the key, and none is made of a name alone.
fn marks(key: &[u8], traits: &Traits) -> Vec<Mark> {
    let mark = |text: &String| {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().first_chunk().copied()
    };
    duplicates::signs(traits).iter().filter_map(mark).collect()
}

fn keep_marks(conn: &Connection, key: &[u8; 32], marks: &[Mark]) -> Result<(), Fault> {
    conn.execute("INSERT OR REPLACE INTO fact VALUES (?1, lower(hex(?2)))", params![MARK_KEY, &key[..]])?;
    let mut keep = conn.prepare_cached("INSERT OR IGNORE INTO erased_mark VALUES (?1)")?;
    for mark in marks {
        keep.execute([mark])?;
    }
    Ok(())
}

/// The day up to which 労働者名簿 of somebody must be kept, when that is not over.
fn kept_until(person: &Person, today: NaiveDate) -> Option<Day> {
    // Without a day the years are counted from now: too long is no offence, too short is.
    let from = person.deceased_on.or(person.left_on).and_then(|day| day.last()).unwrap_or(today);
    let until = retention::after(from, retention::roster_years());
    (until >= today).then(|| until.into())
}

/// Takes somebody out of every table and the journal. `None` when they are not there.
fn erase(
    conn: &Connection,
    person: PersonId,
    roster: bool,
    at: At,
    user: UserId,
) -> Result<Option<Vec<PersonId>>, Fault> {
    let fields: Option<Person> = match record::get(conn, person) {
        Err(Fault::NotFound) => None,
        fields => Some(fields?),
    };
    let until = fields.as_ref().filter(|_| roster).and_then(|fields| kept_until(fields, day_of(at)));
    if let (Some(fields), Some(until)) = (&fields, until) {
        keep_roster(conn, person, fields, until)?;
    }
    // Entries that became part of this one are the same person; a backup may still hold them apart.
    let mut all: Vec<PersonId> = conn
        .prepare_cached("SELECT id FROM merged WHERE person = ?1")?
        .query_map([person], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    all.push(person);
    dispatches::forget(conn, person)?;
    let scans = attachments::scans_of(conn, person)?;
    for table in PERSONAL {
        conn.prepare_cached(&format!("DELETE FROM {table} WHERE person = ?1"))?.execute([person])?;
    }
    conn.prepare_cached("DELETE FROM person WHERE id = ?1")?.execute([person])?;
    for id in &all {
        conn.prepare_cached("DELETE FROM change WHERE person = ?1")?.execute([id])?;
        conn.prepare_cached("UPDATE step SET person = NULL WHERE person = ?1")?.execute([id])?;
        remember(conn, id.0, at, user)?;
    }
    attachments::forget(conn, &scans)?;
    // A step of which nothing is left cannot be undone.
    conn.prepare_cached(
        "UPDATE step SET state = 'dropped' WHERE NOT EXISTS (SELECT 1 FROM touched WHERE touched.step = step.id)",
    )?
    .execute([])?;
    Ok(fields.map(|_| all))
}

fn keep_roster(conn: &Connection, id: PersonId, person: &Person, until: Day) -> Result<(), Fault> {
    let texts = |sql: &str| -> Result<Vec<String>, Fault> {
        Ok(conn.prepare_cached(sql)?.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?)
    };
    let address = texts(
        "SELECT trim(postal || ' ' || prefecture || city || street || ' ' || building) FROM address
         WHERE person = ?1 ORDER BY best DESC, id LIMIT 1",
    )?;
    let history = texts(
        "SELECT trim(coalesce(from_on, '') || '–' || coalesce(until_on, '') || ' ' || department || ' ' || post || ' ' || contract)
         FROM employment WHERE person = ?1 ORDER BY from_on, id",
    )?;
    conn.prepare_cached("INSERT OR REPLACE INTO roster VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)")?
        .execute(params![
            id,
            format!("{} {}", person.family, person.given).trim(),
            format!("{} {}", person.family_kana, person.given_kana).trim(),
            person.employee_number,
            person.born_on,
            person.joined_on,
            person.left_on,
            person.deceased_on,
            address.concat(),
            history.join("\n"),
            until
        ])?;
    Ok(())
}

fn remember(conn: &Connection, id: i64, at: At, user: UserId) -> Result<(), Fault> {
    conn.prepare_cached("INSERT OR IGNORE INTO erased VALUES (?1, ?2, ?3)")?
        .execute(params![id, at, user])?;
    Ok(())
}

/// Erases by a list, as the key file carries it: the numbers of people, and with a minus those whose 労働者名簿 shall
/// not stay either. How many people were there.
pub(crate) fn by_list(conn: &Connection, list: &[i64], at: At, user: UserId) -> Result<u32, Fault> {
    let mut found = 0;
    for &id in list.iter().filter(|id| **id > 0) {
        let roster = !list.contains(&-id);
        found += u32::from(erase(conn, PersonId(id), roster, at, user)?.is_some());
    }
    for &id in list.iter().filter(|id| **id < 0) {
        conn.prepare_cached("DELETE FROM roster WHERE id = ?1")?.execute([-id])?;
        remember(conn, id, at, user)?;
    }
    Ok(found)
}

fn day_of(at: At) -> NaiveDate {
    chrono::DateTime::from_timestamp_millis(at.0).unwrap_or_default().date_naive()
}

fn unhex(text: &str) -> Vec<u8> {
    let pairs = text.as_bytes().chunks(2).filter_map(|pair| str::from_utf8(pair).ok());
    pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect()
}

impl Register {
    /// Erases somebody; it cannot be undone. Afterwards neither a table, the journal, the search, the log nor an unused
    /// page of the file holds anything of them but what `wish` says.
    ///
    /// # Errors
    /// [`Fault::NotFound`]; the database's: nothing is erased then. [`Fault::Busy`]: it is, and the log is emptied at rest.
    pub fn erase(&self, new: NewStep<'_>, person: PersonId, wish: &Wish<'_>) -> Result<(), Fault> {
        let mut writer = hold(&self.writer);
        let (conn, _) = &mut *writer;
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let traits = self_traits(&tx, person)?;
        let touched = Touched::of_person(&tx, person)?;
        if let Some(key) = wish.mark {
            keep_marks(&tx, key, &marks(key, &traits))?;
        }
        if !wish.roster {
            remember(&tx, -person.0, new.at, new.user)?;
        }
        erase(&tx, person, wish.roster, new.at, new.user)?.ok_or(Fault::NotFound)?;
        let noted = audit::Noted { people: 1, person: Some(person), fields: "-person".into() };
        audit::add(&tx, (new.at, new.user, new.label), &noted)?;
        tx.commit()?;
        self.take_up(&writer.0, touched)?;
        self.empty_log(&writer.0)
    }

    /// Erases whoever is on the key file's list and is still here: an erasure was cut off after it was signed. How many.
    ///
    /// # Errors
    /// The database's.
    pub fn erase_by_list(&self, new: NewStep<'_>, list: &[i64]) -> Result<u32, Fault> {
        let here = {
            let reader = hold(&self.reader);
            let mut person = reader.prepare_cached("SELECT 1 FROM person WHERE id = ?1")?;
            let mut roster = reader.prepare_cached("SELECT 1 FROM roster WHERE id = -?1")?;
            let mut here = Vec::new();
            for id in list {
                if person.exists([id])? || roster.exists([id])? {
                    here.push(PersonId(*id));
                }
            }
            here
        };
        if here.is_empty() {
            return Ok(0);
        }
        let mut writer = hold(&self.writer);
        let (conn, _) = &mut *writer;
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let touched: Vec<Touched> =
            here.iter().map(|id| Touched::of_person(&tx, *id)).collect::<Result<_, _>>()?;
        let found = by_list(&tx, list, new.at, new.user)?;
        let noted = audit::Noted { people: found, person: None, fields: "-person".into() };
        audit::add(&tx, (new.at, new.user, "erase_person"), &noted)?;
        tx.commit()?;
        for touched in touched {
            self.take_up(&writer.0, touched)?;
        }
        self.empty_log(&writer.0)?;
        Ok(found)
    }

    /// By what somebody would be known again after an erasure.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn marks_of(&self, person: PersonId, key: &[u8; 32]) -> Result<Vec<Mark>, Fault> {
        Ok(marks(key, &self_traits(&hold(&self.reader), person)?))
    }

    /// Takes up the marks that the key file carries: this register is older than they are, or an erasure was cut off.
    ///
    /// # Errors
    /// The database's.
    pub fn recognise(&self, key: &[u8; 32], marks: &[Mark]) -> Result<(), Fault> {
        let known = self.read(|reading| reading.erased_known())?;
        if marks.iter().all(|mark| known.marks.contains(mark)) {
            return Ok(());
        }
        let mut writer = hold(&self.writer);
        let tx = writer.0.transaction_with_behavior(TransactionBehavior::Immediate)?;
        keep_marks(&tx, key, marks)?;
        Ok(tx.commit()?)
    }

    /// Ends the keeping of somebody's 労働者名簿.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn erase_roster(&self, new: NewStep<'_>, person: PersonId) -> Result<(), Fault> {
        let mut writer = hold(&self.writer);
        let tx = writer.0.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if tx.execute("DELETE FROM roster WHERE id = ?1", [person])? == 0 {
            return Err(Fault::NotFound);
        }
        remember(&tx, -person.0, new.at, new.user)?;
        let noted = audit::Noted { people: 1, person: Some(person), fields: "-roster".into() };
        audit::add(&tx, (new.at, new.user, new.label), &noted)?;
        tx.commit()?;
        self.empty_log(&writer.0)
    }

    /// Empties the log, which holds the pages as they were, waiting for whoever reads. What the file itself holds is
    /// written over with zeros by `secure_delete`.
    pub(crate) fn empty_log(&self, conn: &Connection) -> Result<(), Fault> {
        let (_reader, _alone) = (hold(&self.reader), self.aside.write().unwrap_or_else(|e| e.into_inner()));
        match conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))? {
            0_i64 => Ok(()),
            _ => Err(Fault::Busy),
        }
    }
}

/// What is known of somebody, as far as marks are made of it.
pub(crate) fn self_traits(conn: &Connection, person: PersonId) -> Result<Traits, Fault> {
    let texts = |sql: &str| -> Result<Vec<String>, Fault> {
        Ok(conn.prepare_cached(sql)?.query_map([person], |row| row.get(0))?.collect::<Result<_, _>>()?)
    };
    let addresses: Vec<Kept<crate::Address>> = record::list(conn, "person = ?1", &[&person])?;
    Ok(Traits {
        person: record::get(conn, person)?,
        phones: texts("SELECT number FROM phone WHERE person = ?1")?,
        mails: texts("SELECT address FROM mail WHERE person = ?1")?,
        addresses: addresses.iter().map(|kept| duplicates::in_one_line(&kept.fields)).collect(),
    })
}

impl crate::Reading<'_> {
    /// By what those are known again who were erased and wanted it.
    ///
    /// # Errors
    /// The database's.
    pub fn erased_known(&self) -> Result<Known, Fault> {
        let key: Option<String> = self
            .conn
            .prepare_cached("SELECT value FROM fact WHERE name = ?1")?
            .query_row([MARK_KEY], |row| row.get(0))
            .optional()?;
        let mut statement = self.conn.prepare_cached("SELECT mark FROM erased_mark")?;
        let marks = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(Known { key: key.as_deref().map(unhex).unwrap_or_default(), marks })
    }

    /// Up to which day 労働者名簿 of somebody must be kept, when that is not over.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn roster_until(&self, person: PersonId, today: NaiveDate) -> Result<Option<Day>, Fault> {
        Ok(kept_until(&self.get::<Person>(person)?, today))
    }

    /// What is kept of those who were erased because the law asks for it; what ends first stands first.
    ///
    /// # Errors
    /// The database's.
    pub fn rosters(&self) -> Result<Vec<Roster>, Fault> {
        let mut statement = self.conn.prepare_cached("SELECT * FROM roster ORDER BY until_on, id")?;
        let rows = statement.query_map([], |row| {
            Ok(Roster {
                id: row.get(0)?,
                name: row.get(1)?,
                kana: row.get(2)?,
                employee_number: row.get(3)?,
                born_on: row.get(4)?,
                joined_on: row.get(5)?,
                left_on: row.get(6)?,
                deceased_on: row.get(7)?,
                address: row.get(8)?,
                history: row.get(9)?,
                until_on: row.get(10)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Who was erased, as numbers, the last first.
    ///
    /// # Errors
    /// The database's.
    pub fn erased(&self) -> Result<Vec<ErasedRow>, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT e.person, e.at, coalesce(u.name, '') FROM erased e LEFT JOIN user u ON u.id = e.user
             WHERE e.person > 0 ORDER BY e.at DESC, e.person",
        )?;
        let rows = statement
            .query_map([], |row| Ok(ErasedRow { person: row.get(0)?, at: row.get(1)?, user: row.get(2)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The entries that became part of somebody's, which older backups hold apart.
    ///
    /// # Errors
    /// The database's.
    pub fn merged_into(&self, person: PersonId) -> Result<Vec<PersonId>, Fault> {
        let mut statement = self.conn.prepare_cached("SELECT id FROM merged WHERE person = ?1")?;
        Ok(statement.query_map([person], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// When a record came into the register, as far as the journal remembers.
    ///
    /// # Errors
    /// The database's.
    pub fn added_at(&self, table: &str, id: i64) -> Result<Option<At>, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT s.at FROM touched c JOIN step s ON s.id = c.step
             WHERE c.tbl = ?1 AND c.pk = ?2 AND c.before IS NULL AND s.state = 'done' ORDER BY s.id LIMIT 1",
        )?;
        Ok(statement.query_row(params![table, id], |row| row.get(0)).optional()?)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{Address, DATABASE, Phone, StepState, backup, connect};
    use std::path::Path;

    pub(crate) const KEY: &str = concat!(
        "x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "202122232425262728292a2b2c2d2e2f'"
    );
    /// Stands in every text of whoever is to be erased.
    pub(crate) const MARK: &str = "しるし7f3a";

    pub(crate) fn new(label: &'static str) -> NewStep<'static> {
        NewStep { label, user: UserId(1), at: At(1_795_000_000_000), typing: false }
    }

    pub(crate) fn register(folder: &Path) -> Register {
        let register = Register::create(folder, KEY, &[("file_id", "aa")], "青葉", 7).unwrap();
        register.read_texts(KEY).unwrap();
        register
    }

    pub(crate) fn person(register: &Register, family: &str) -> PersonId {
        let person = Person {
            family: family.into(),
            given: "誠".into(),
            left_on: "2025-03-31".parse().ok(),
            ..Person::default()
        };
        register.write(new("add_person"), |writing| writing.add(&person)).unwrap().0
    }

    /// Fills every text and every bytes of every table that belongs to a person: what the schema says, so that no table
    /// can be forgotten. How many fields there were.
    fn plant(register: &Register, person: PersonId, twice: bool) -> usize {
        let mut planted = 0;
        let plant = |conn: &Connection| -> Result<(), Fault> {
            let tables: Vec<String> = conn
                .prepare(
                    "SELECT m.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'
                          AND c.name = 'person' AND m.name NOT IN ('step', 'change', 'audit', 'erased')",
                )?
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for table in std::iter::once("person").chain(tables.iter().map(String::as_str)) {
                let columns: Vec<(String, String, Option<String>)> = conn
                    .prepare("SELECT c.name, c.type, f.\"table\" FROM pragma_table_info(?1) c
                              LEFT JOIN pragma_foreign_key_list(?1) f ON f.\"from\" = c.name WHERE c.name <> 'id'")?
                    .query_map([table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                    .collect::<Result<_, _>>()?;
                let values: Vec<String> = columns
                    .iter()
                    .map(|(name, kind, refers)| match (name.as_str(), kind.as_str(), refers.as_deref()) {
                        (_, _, Some("person")) => person.0.to_string(),
                        (_, _, Some(other)) => format!("(SELECT min(id) FROM {other})"),
                        (name, ..)
                            if name.ends_with("_on") || name.ends_with("_until") || name == "on_day" =>
                        {
                            "'2025-03-31'".into()
                        }
                        (_, "TEXT", _) => {
                            planted += 1;
                            format!("'{MARK}{table}.{name}'")
                        }
                        (_, "BLOB", _) => {
                            planted += 1;
                            format!("CAST('{MARK}{table}.{name}' AS BLOB)")
                        }
                        _ => "1".into(),
                    })
                    .collect();
                let list: Vec<&str> = columns.iter().map(|(name, ..)| name.as_str()).collect();
                let whose = if table == "person" { "id" } else { "person" };
                if !twice && table != "person" {
                    let sql =
                        format!("INSERT INTO {table} ({}) VALUES ({})", list.join(", "), values.join(", "));
                    conn.execute(&sql, [])?;
                } else {
                    let sets: Vec<_> =
                        list.iter().zip(&values).map(|(name, value)| format!("{name} = {value}")).collect();
                    let sql = format!("UPDATE {table} SET {} WHERE {whose} = {}", sets.join(", "), person.0);
                    assert!(conn.execute(&sql, [])? > 0, "{table}");
                }
            }
            Ok(())
        };
        let mut plant = plant;
        register.write(new("plant"), |writing| plant(writing.conn)).unwrap();
        planted
    }

    /// Every byte of a database as it is without its lock, unused pages included.
    pub(crate) fn bytes(path: &Path) -> Vec<u8> {
        connect(path, KEY, true).unwrap().serialize("main").unwrap().to_vec()
    }

    pub(crate) fn holds(bytes: &[u8], text: &str) -> usize {
        // Images of bytes lie in the journal as hexadecimal.
        let hex: String = text.bytes().map(|byte| format!("{byte:02X}")).collect();
        memchr::memmem::find_iter(bytes, text).count() + memchr::memmem::find_iter(bytes, &hex).count()
    }

    fn filled(folder: &Path) -> (Register, PersonId) {
        let register = register(folder);
        register
            .write(new("add"), |writing| {
                writing.add(&crate::OwnField { name: "資格".into() })?;
                writing.add(&crate::Event { title: "同窓会".into(), ..Default::default() })?;
                let dispatch = writing.add(&crate::Dispatch::default())?;
                writing.add_dispatch_paper(
                    dispatch,
                    "labels.pdf",
                    true,
                    (1, 0),
                    format!("{MARK}様").as_bytes(),
                )?;
                writing.add(&crate::Colleague { family: "田中".into(), ..Default::default() })
            })
            .unwrap();
        // Enough others that pages fill, split and are used again.
        for n in 0..60 {
            let other = person(&register, &format!("佐藤{n}"));
            let note =
                crate::Contact {
                    person: other, note: "長い話を聞いた。".repeat(40), ..Default::default()
                };
            register.write(new("add_contact"), |writing| writing.add(&note)).unwrap();
        }
        let gone = person(&register, MARK);
        let planted = plant(&register, gone, false);
        assert!(planted > 30, "{planted} fields");
        assert_eq!(plant(&register, gone, true), planted);
        (register, gone)
    }

    #[test]
    fn of_whoever_was_erased_nothing_is_left_in_any_table_journal_page_log_or_later_backup() {
        let folder = tempfile::tempdir().unwrap();
        let (register, gone) = filled(folder.path());
        let database = folder.path().join(DATABASE);
        register.rest().unwrap();
        assert!(holds(&bytes(&database), MARK) > 60, "planted, and in the journal");
        // Once removed and brought back, so that pages were emptied and used again; and left in the log.
        register.write(new("remove_person"), |writing| writing.remove_person(gone)).unwrap();
        register.invert(new("undo"), None, StepState::Done, &mut |_, _| Ok(())).unwrap();
        assert!(register.read(|reading| reading.get::<Person>(gone)).is_ok());

        let wish = Wish { roster: false, mark: Some(&[9; 32]) };
        register.erase(new("erase_person"), gone, &wish).unwrap();
        assert_eq!(holds(&bytes(&database), MARK), 0);
        assert_eq!(std::fs::metadata(folder.path().join("register.db-wal")).unwrap().len(), 0);
        assert!(!register.read(|reading| reading.rosters()).unwrap().iter().any(|kept| kept.id == gone));
        assert!(!format!("{:?}", hold_arena(&register)).contains(MARK));
        register.verify().unwrap();
        let target = backup::Target { folder: folder.path(), name: "later.enishi", keys: b"{}", at: At(1) };
        let made = register.back_up(KEY, &target, &|_| true).unwrap();
        made.unpack(&folder.path().join("later.db")).unwrap();
        assert_eq!(holds(&bytes(&folder.path().join("later.db")), MARK), 0);

        // The others' steps can still be undone, all of them.
        let mut undone = 0;
        while register.invert(new("undo"), None, StepState::Done, &mut |_, _| Ok(())).is_ok() {
            undone += 1;
        }
        assert_eq!(undone, 1 + 60 * 2);
        register.verify().unwrap();
        assert!(matches!(register.erase(new("erase_person"), gone, &wish), Err(Fault::NotFound)));
    }

    #[test]
    fn a_list_that_others_signed_too_leaves_journal_and_pages_with_the_last_who_had_it() {
        let folder = tempfile::tempdir().unwrap();
        let register = register(folder.path());
        let database = folder.path().join(DATABASE);
        let both = [person(&register, "髙橋"), person(&register, "𠮷田")];
        let consents = register
            .write(new("give_basis"), |writing| {
                let scan = writing.add_scan(MARK.as_bytes())?;
                let mut give = |person| {
                    let consent = writing.add(&crate::Consent { person, ..Default::default() })?;
                    writing.share_scan(crate::AttachedTo::Consent(consent), "署名簿.pdf", scan)?;
                    Ok::<_, Fault>(consent)
                };
                Ok([give(both[0])?, give(both[1])?])
            })
            .unwrap()
            .0;
        // One of them is taken off the list before, and the journal would bring the file back.
        register
            .write(new("remove_consent"), |writing| writing.remove::<crate::Consent>(consents[0]))
            .unwrap();
        register.rest().unwrap();
        assert_eq!(holds(&bytes(&database), MARK), 1);
        let wish = Wish { roster: false, mark: None };
        register.erase(new("erase_person"), both[0], &wish).unwrap();
        assert_eq!(holds(&bytes(&database), MARK), 1, "the other has it");
        register
            .write(new("remove_consent"), |writing| writing.remove::<crate::Consent>(consents[1]))
            .unwrap();
        register.rest().unwrap();
        assert_eq!(holds(&bytes(&database), MARK), 1, "for undo only");
        register.erase(new("erase_person"), both[1], &wish).unwrap();
        assert_eq!(holds(&bytes(&database), MARK), 0);
        register.verify().unwrap();
    }

    fn hold_arena(register: &Register) -> [Vec<String>; 3] {
        register.arena.read().unwrap().contents()
    }

    #[test]
    fn letters_that_moved_from_page_to_page_are_erased_wherever_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let (register, gone) = filled(folder.path());
        let others = register
            .read(|reading| reading.people_ids(&crate::PeopleQuery { limit: 100, ..Default::default() }))
            .unwrap()
            .2;
        for n in 0..600_usize {
            let whose = if n % 3 == 0 { gone } else { others[n % others.len()] };
            let text = if whose == gone { MARK } else { "ほかの人" }.repeat(n * 37 % 90 + 1);
            let contact = crate::Contact { person: whose, note: text.clone(), ..Default::default() };
            let changes = serde_json::json!({ "notes": text });
            register
                .write(new("edit"), |writing| {
                    writing.add(&contact)?;
                    writing.change::<Person>(whose, changes.as_object().unwrap())
                })
                .unwrap();
            if n % 50 == 49 {
                register.rest().unwrap();
            }
        }
        register.erase(new("erase_person"), gone, &Wish { roster: false, mark: None }).unwrap();
        assert_eq!(holds(&bytes(&folder.path().join(DATABASE)), MARK), 0);
    }

    #[test]
    fn what_the_law_asks_for_is_kept_apart_until_its_day_and_then_goes_too() {
        let folder = tempfile::tempdir().unwrap();
        let (register, gone) = filled(folder.path());
        register.erase(new("erase_person"), gone, &Wish { roster: true, mark: None }).unwrap();
        let kept = register.read(|reading| reading.rosters()).unwrap();
        assert_eq!((kept[0].id, kept[0].until_on.to_string().as_str()), (gone, "2028-03-31"));
        assert!(kept[0].address.contains("address.street") && kept[0].history.contains("employment.post"));
        let left = String::from_utf8_lossy(&bytes(&folder.path().join(DATABASE))).into_owned();
        let fields: HashSet<_> = left.split(MARK).skip(1).filter_map(|rest| rest.split('.').next()).collect();
        assert_eq!(fields, HashSet::from(["person", "address", "employment"]));
        // The audit names fields, and no values.
        assert!(left.contains("person.notes") && !left.contains(&format!("{MARK}person.notes")));
        register.erase_roster(new("remove_roster"), gone).unwrap();
        assert_eq!(holds(&bytes(&folder.path().join(DATABASE)), MARK), 0);
        assert_eq!(
            register.read(|reading| reading.erased()).unwrap().len(),
            2,
            "with the entry that was merged"
        );
    }

    #[test]
    fn who_left_too_long_ago_leaves_nothing_behind() {
        let day = |text: &str| text.parse::<Day>().ok();
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let until = |left: &str, died: &str| {
            let person = Person { left_on: day(left), deceased_on: day(died), ..Person::default() };
            kept_until(&person, today).map(|day| day.to_string())
        };
        assert_eq!(until("2023-11-19", ""), None);
        assert_eq!(until("2023-11-20", "").as_deref(), Some("2026-11-20"));
        assert_eq!(until("2023", "").as_deref(), Some("2026-12-31"), "as late as it may have been");
        assert_eq!(until("2024-02", "").as_deref(), Some("2027-02-28"));
        assert_eq!(until("2010-03-31", "2026-01-01").as_deref(), Some("2029-01-01"));
        assert_eq!(until("", "").as_deref(), Some("2029-11-20"), "too long is no offence");
    }

    #[test]
    fn whoever_was_cut_off_between_key_file_and_register_is_erased_at_the_next_opening() {
        let folder = tempfile::tempdir().unwrap();
        let register = register(folder.path());
        let (one, other) = (person(&register, MARK), person(&register, "佐藤"));
        assert_eq!(register.erase_by_list(new("unlock"), &[-one.0, one.0]).unwrap(), 1);
        assert_eq!(register.erase_by_list(new("unlock"), &[-one.0, one.0]).unwrap(), 0);
        assert_eq!(holds(&bytes(&folder.path().join(DATABASE)), MARK), 0);
        let left = register
            .read(|reading| reading.people_ids(&crate::PeopleQuery { limit: 9, ..Default::default() }));
        assert_eq!(left.unwrap().2, [other]);
        register.verify().unwrap();
    }

    #[test]
    fn an_entry_that_became_part_of_another_is_erased_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let register = register(folder.path());
        let (one, other) = (person(&register, "佐藤"), person(&register, MARK));
        register
            .write(new("merge_people"), |writing| {
                writing.merge_people(one, other, &[], &|field| field.into())
            })
            .unwrap();
        assert_eq!(register.read(|reading| reading.merged_into(one)).unwrap(), [other]);
        register.erase(new("erase_person"), one, &Wish { roster: false, mark: None }).unwrap();
        assert_eq!(holds(&bytes(&folder.path().join(DATABASE)), MARK), 0);
        let erased: HashSet<_> =
            register.read(|reading| reading.erased()).unwrap().iter().map(|row| row.person).collect();
        assert_eq!(erased, HashSet::from([one, other]));
        assert!(register.invert(new("undo"), None, StepState::Done, &mut |_, _| Ok(())).is_err());
    }

    #[test]
    fn somebody_erased_is_known_again_by_a_trait_with_the_name_and_never_by_the_name_alone() {
        let folder = tempfile::tempdir().unwrap();
        let register = register(folder.path());
        let gone = person(&register, "髙橋");
        let born = "1965-01-02".parse::<Day>().ok();
        register
            .write(new("add"), |writing| {
                writing.add(&Phone { person: gone, number: "090-1234-5678".into(), ..Default::default() })?;
                writing.add(&Address {
                    person: gone,
                    city: "仙台市".into(),
                    street: "一番町1-2".into(),
                    ..Default::default()
                })
            })
            .unwrap();
        let traits = |family: &str, born_on: Option<Day>, phone: &str| Traits {
            person: Person { family: family.into(), given: "誠".into(), born_on, ..Person::default() },
            phones: vec![phone.into()],
            ..Traits::default()
        };
        let known = || register.read(|reading| reading.erased_known()).unwrap();
        assert!(!known().knows(|| traits("髙橋", born, "090-1234-5678")), "nobody was erased yet");
        register.erase(new("erase_person"), gone, &Wish { roster: false, mark: Some(&[9; 32]) }).unwrap();
        let known = known();
        assert!(known.knows(|| traits("高橋", None, "０９０ー１２３４ー５６７８")), "in other letters");
        assert!(!known.knows(|| traits("髙橋", born, "")), "a name is many people's");
        assert!(!known.knows(|| traits("佐藤", None, "090-1234-5678")), "the wife's, perhaps");
        // What the marks are made of does not stand in them.
        assert_eq!(holds(&bytes(&folder.path().join(DATABASE)), "1234"), 0);
    }

    #[test]
    fn every_table_that_says_person_belongs_to_one() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(include_str!("migrations/1.sql")).unwrap();
        let mut statement = conn
            .prepare("SELECT m.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'person'")
            .unwrap();
        let found: HashSet<String> =
            statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        let rest: HashSet<&str> =
            found.iter().map(String::as_str).filter(|name| !PERSONAL.contains(name)).collect();
        assert_eq!(rest, HashSet::from(["step", "change", "audit", "erased"]));
    }
}
