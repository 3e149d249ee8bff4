//! Finding people: a filter that reads as a sentence, words, and pages in kana order.

use crate::{
    Fault,
    arena::{self, Arena},
    bases::Way,
    day::Day,
    dispatches,
    events::EventFilter,
    id::*,
    marks,
    people::*,
    record::{self, Kept},
    ties::packed,
};
use chrono::NaiveDate;
use rusqlite::{Connection, ToSql};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use ts_rs::TS;

/// Pages hold at most this many rows.
pub const PAGE: u32 = 100;

/// Two-way contact in a month.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Spoken {
    /// The month, without a day.
    pub month: Day,
    /// How; in any way when none is said.
    pub kind: Option<ContactKind>,
}

/// Which people. Every part that is given must hold.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// All of these tags.
    pub tags: Vec<String>,
    /// Left in this year or later.
    pub left_from: Option<i32>,
    /// Left in this year or earlier.
    pub left_until: Option<i32>,
    /// Served in a department whose name holds this.
    pub department: String,
    /// Can help at least so many hours a month.
    pub hours_at_least: Option<u32>,
    /// Can help in a field whose words hold this.
    pub help_field: String,
    /// The tie is kept by this colleague.
    pub in_charge: Option<ColleagueId>,
    /// How they stand.
    pub standing: Option<Standing>,
    /// Touched by this step: what one import brought.
    pub step: Option<StepId>,
    /// May be named in print.
    pub nameable: bool,
    /// May be reached so.
    pub may: Option<Way>,
    /// Could be reached so, but no basis is recorded and nobody said no.
    pub unasked: Option<Way>,
    /// Was asked by letter whether one may write, and has not answered.
    pub asked: bool,
    /// To be contacted by this day: what was promised at the last two-way contact is due, or nothing was promised
    /// and that contact is [`WAIT`] months ago or more.
    pub due_on: Option<Day>,
    /// … of those only who were promised it.
    pub promised: bool,
    /// … of those only who were promised nothing.
    pub waiting: bool,
    /// The best address was last confirmed before this day, or never.
    pub unconfirmed_since: Option<Day>,
    /// The tie was kept by a colleague who has left.
    pub orphaned: bool,
    /// There was a contact about this.
    pub topic: Option<ContactTopic>,
    /// There was two-way contact so.
    pub spoken: Option<Spoken>,
    /// Has to do with an event so.
    pub event: Option<EventFilter>,
}

impl Filter {
    /// What says whether somebody is to be contacted by the day asked for: everybody, when none is. A hundred thousand
    /// people are asked about, so the days are worked out once.
    fn due(&self, arena: &Arena) -> impl FnMut(i64) -> bool {
        let days = self.due_on.map(|day| (packed(day.to_string().as_bytes()), waited(day)));
        let (promised, waiting) =
            if self.promised == self.waiting { (true, true) } else { (self.promised, self.waiting) };
        let mut last = arena.ties.in_turn();
        move |person| {
            let Some((by, waited)) = days else { return true };
            let last = last(person);
            match last.and_then(|last| last.next) {
                Some(next) => promised && next <= by,
                None => waiting && last.is_none_or(|last| last.on <= waited),
            }
        }
    }
}

/// Who was last heard of on this day or before has waited long enough.
fn waited(day: Day) -> u32 {
    let since = day.first().and_then(|day| day.checked_sub_months(chrono::Months::new(WAIT)));
    since.map_or(0, |since| packed(Day::from(since).to_string().as_bytes()))
}

/// So many months after the last two-way contact it is time for the next.
pub const WAIT: u32 = 12;
/// After so many, a tie has grown thin.
const LONG: u32 = 36;

/// How fresh a tie is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// Two-way contact within [`WAIT`] months.
    Good,
    /// It is time.
    Soon,
    /// Three years or more.
    Long,
    /// Never, as far as is known.
    None,
}

impl Tie {
    fn of(last_contact: Option<Day>, today: NaiveDate) -> Tie {
        let Some(last) = last_contact.and_then(|day| day.first()) else { return Tie::None };
        match today.years_since(last).map_or(0, |years| years * 12) {
            months if months >= LONG => Tie::Long,
            months if months >= WAIT => Tie::Soon,
            _ => Tie::Good,
        }
    }
}

/// How a person stands towards us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Alive, reachable, not asked to be left alone.
    Reachable,
    /// Died.
    Deceased,
    /// Asked not to be contacted.
    NoContact,
    /// Post came back.
    Returned,
}

/// A question for a page of people.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct PeopleQuery {
    /// Words; all must be found.
    pub search: String,
    /// Which people.
    pub filter: Filter,
    /// The first row wanted.
    pub offset: u32,
    /// How many, at most [`PAGE`]; 0 for as many as that.
    pub limit: u32,
}

/// A page of people.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct People {
    /// How many were found in all.
    pub total: u32,
    /// Where あ, か, さ … わ and the names without kana begin among them: eleven offsets.
    pub rail: Vec<u32>,
    /// The page.
    pub rows: Vec<PersonRow>,
}

/// A person as a line of the list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PersonRow {
    /// Who.
    pub id: PersonId,
    /// 姓.
    pub family: String,
    /// 名.
    pub given: String,
    /// Name at work, where it differs.
    pub business_name: String,
    /// セイ.
    pub family_kana: String,
    /// メイ.
    pub given_kana: String,
    /// 旧姓.
    pub maiden: String,
    /// First day.
    pub joined_on: Option<Day>,
    /// Last day.
    pub left_on: Option<Day>,
    /// Last department.
    pub department: String,
    /// Last post.
    pub post: String,
    /// Present employer.
    pub employer: String,
    /// Role there.
    pub employer_role: String,
    /// Died.
    pub deceased: bool,
    /// In mourning until.
    pub mourning_until: Option<Day>,
    /// Post came back.
    pub returned: bool,
    /// Asked not to be contacted.
    pub no_contact: bool,
    /// The last two-way contact.
    pub last_contact_on: Option<Day>,
    /// How that was.
    pub last_contact_kind: Option<ContactKind>,
    /// What was promised then.
    pub next_on: Option<Day>,
    /// How fresh the tie is.
    pub tie: Tie,
    /// Tags.
    pub tags: Vec<String>,
    /// The letters in which a search was found, as they are written here.
    pub found: Vec<String>,
}

/// Notes in which words were found.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct NotesFound {
    /// How many; with `more`, at least so many.
    pub total: u32,
    /// There are more than were counted.
    pub more: bool,
    /// The newest of them.
    pub rows: Vec<NoteRow>,
}

/// A note as a line of a list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct NoteRow {
    /// Of whom.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// Which contact.
    pub contact: ContactId,
    /// When.
    pub on_day: Option<Day>,
    /// How.
    pub kind: ContactKind,
    /// The note.
    pub note: String,
    /// The letters of it in which the search was found.
    pub found: Vec<String>,
}

/// Everything about one person that is not sealed.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PersonCard {
    /// Who.
    pub id: PersonId,
    /// What is said of the person.
    pub fields: Person,
    /// Addresses, the best first.
    pub addresses: Vec<Kept<Address>>,
    /// Phones, the best first.
    pub phones: Vec<Kept<Phone>>,
    /// Mail addresses, the best first.
    pub mails: Vec<Kept<Mail>>,
    /// Periods of employment, the last first.
    pub employments: Vec<Kept<Employment>>,
    /// Contacts, the newest first, at most 200.
    pub contacts: Vec<Kept<Contact>>,
    /// Consents.
    pub consents: Vec<Kept<Consent>>,
    /// Files kept with contacts, consents and agreements.
    pub attachments: Vec<crate::Attachment>,
    /// Tags.
    pub tags: Vec<Kept<Tag>>,
    /// The office's own fields.
    pub own_values: Vec<Kept<OwnValue>>,
    /// The photo's id, when there is one.
    pub photo: Option<PhotoId>,
    /// How many notes lie behind the seal.
    pub sealed_notes: u32,
    /// The events to which the person is invited, the latest first.
    pub invitations: Vec<crate::InvitedTo>,
    /// What was made for the person or sent. It is no contact: a tie is kept by two.
    pub sent: Vec<crate::Sent>,
    /// The entries that became part of this one.
    pub merges: Vec<crate::merge::Merge>,
}

/// Whose best address was last confirmed before a day, or never.
const UNCONFIRMED: &str = "SELECT person FROM address WHERE best = 1 AND confirmed_on IS NULL
    UNION ALL SELECT person FROM address WHERE best = 1 AND confirmed_on < {}";
/// A clause: the tie was kept by a colleague who has left.
const ORPHANED: &str = "in_charge IN (SELECT id FROM colleague WHERE left_on IS NOT NULL)";

/// Who satisfies a filter that 今日 asks of everybody: memory and indexes alone can say it. To read even a tenth of a
/// hundred thousand people takes longer than all that today asks.
fn of_today(conn: &Connection, arena: &Arena, filter: &Filter) -> Result<Option<Vec<i64>>, Fault> {
    let asking = |sql: &str| arena::numbers(conn, sql, []);
    let Filter { due_on, promised, waiting, unconfirmed_since, .. } = *filter;
    let due = Filter { due_on, promised, waiting, ..Filter::default() };
    let unconfirmed = Filter { unconfirmed_since, ..Filter::default() };
    let orphaned = Filter { orphaned: true, ..Filter::default() };
    let asked = Filter { asked: true, ..Filter::default() };
    // Their ids, and whether those who are to be left alone are none of them.
    let (ids, left_alone) = if due_on.is_some() && *filter == due {
        let mut is_due = filter.due(arena);
        (arena.everybody().filter(|id| is_due(*id)).collect(), true)
    } else if unconfirmed_since.is_some() && *filter == unconfirmed {
        (arena::numbers(conn, &UNCONFIRMED.replace("{}", "?1"), [unconfirmed_since])?, false)
    } else if *filter == orphaned {
        (asking(&format!("SELECT id FROM person WHERE {ORPHANED}"))?, false)
    } else if *filter == asked {
        (asking(crate::bases::ASKED)?, true)
    } else {
        return Ok(None);
    };
    // Few are dead, or are to be left alone.
    let mut closed: HashSet<i64> = asking("SELECT id FROM person WHERE deceased = 1")?.into_iter().collect();
    if left_alone {
        closed.extend(asking("SELECT id FROM person WHERE deceased = 0 AND no_contact = 1")?);
    }
    Ok(Some(ids.into_iter().filter(|id| !closed.contains(id)).collect()))
}

/// The ids of those who satisfy a filter.
pub(crate) fn satisfying(conn: &Connection, arena: &Arena, filter: &Filter) -> Result<Vec<i64>, Fault> {
    if let Some(ids) = of_today(conn, arena, filter)? {
        return Ok(ids);
    }
    let mut clauses: Vec<String> = Vec::new();
    let mut values: Vec<Box<dyn ToSql>> = Vec::new();
    let mut must = |clause: &str, value: Box<dyn ToSql>| {
        values.push(value);
        clauses.push(clause.replace("{}", &format!("?{}", values.len())));
    };
    for tag in &filter.tags {
        must("id IN (SELECT person FROM tag WHERE name = {})", Box::new(tag.clone()));
    }
    // A full or partial date begins with its year; one without a year is not in any span.
    if let Some(year) = filter.left_from {
        must("left_on >= {} AND left_on NOT LIKE '--%'", Box::new(format!("{year:04}")));
    }
    if let Some(year) = filter.left_until {
        must("left_on < {} AND left_on NOT LIKE '--%'", Box::new(format!("{:04}", year + 1)));
    }
    if !filter.department.is_empty() {
        must(
            "id IN (SELECT person FROM employment WHERE instr(department, {}))",
            Box::new(filter.department.clone()),
        );
    }
    if let Some(hours) = filter.hours_at_least {
        must("hours_a_month >= {}", Box::new(hours));
    }
    if let Some(colleague) = filter.in_charge {
        must("in_charge = {}", Box::new(colleague));
    }
    if let Some(step) = filter.step {
        must("id IN (SELECT person FROM touched WHERE step = {})", Box::new(step));
    }
    if filter.due_on.is_some() {
        must("deceased = 0 AND no_contact = {}", Box::new(0));
    }
    if let Some(day) = filter.unconfirmed_since {
        must(&format!("deceased = 0 AND id IN ({UNCONFIRMED})"), Box::new(day));
    }
    if filter.orphaned {
        must(&format!("deceased = 0 AND {{}} = 1 AND {ORPHANED}"), Box::new(1));
    }
    if let Some(topic) = filter.topic {
        must("id IN (SELECT person FROM contact WHERE topic = {})", Box::new(topic));
    }
    if let Some(spoken) = filter.spoken {
        must(&spoken.people(), Box::new(spoken.month));
    }
    if let Some(EventFilter { event, attendance }) = filter.event {
        must(&attendance.people(), Box::new(event));
    }
    if filter.asked {
        must(
            &format!("deceased = 0 AND no_contact = 0 AND id IN ({}) AND {{}} = 1", crate::bases::ASKED),
            Box::new(1),
        );
    }
    if filter.nameable {
        must("deceased = 0 AND no_contact = 0 AND {} = 1 AND id IN (SELECT person FROM consent WHERE purpose = 'name_in_print' AND state = 'yes')
              AND id NOT IN (SELECT person FROM consent WHERE purpose = 'name_in_print' AND state IN ('no', 'withdrawn'))", Box::new(1));
    }
    for clause in [filter.may.map(Way::open), filter.unasked.map(Way::unasked)].into_iter().flatten() {
        must(&format!("{clause} AND {{}}"), Box::new(1));
    }
    if let Some(standing) = filter.standing {
        must(
            match standing {
                Standing::Reachable => "deceased + no_contact + returned = {} - 1",
                Standing::Deceased => "deceased = {}",
                Standing::NoContact => "no_contact = {}",
                Standing::Returned => "returned = {}",
            },
            Box::new(1),
        );
    }
    let clause = if clauses.is_empty() { "1".to_owned() } else { clauses.join(" AND ") };
    let wanted = crate::fold::fold(&filter.help_field);
    // Without them, the ids of most filters are found in an index alone.
    let words = if wanted.is_empty() { "''" } else { "help_fields" };
    let mut statement = conn.prepare_cached(&format!("SELECT id, {words} FROM person WHERE {clause}"))?;
    let mut rows = statement.query(rusqlite::params_from_iter(values))?;
    let mut is_due = filter.due(arena);
    let mut ids = Vec::new();
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        let words = row.get_ref(1)?.as_str().unwrap_or_default();
        if is_due(id) && (wanted.is_empty() || crate::fold::fold(words).contains(&wanted)) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// The lines of these people, in this order.
pub(crate) fn rows(conn: &Connection, ids: &[PersonId], today: NaiveDate) -> Result<Vec<PersonRow>, Fault> {
    let mut person = conn.prepare_cached(&format!(
        "SELECT p.id, family, given, business_name, family_kana, given_kana, maiden, joined_on, left_on,
                coalesce(e.department, ''), coalesce(e.post, ''), employer, employer_role, deceased, mourning_until,
                returned, no_contact, c.on_day, c.kind, c.next_on
         FROM person p
         LEFT JOIN employment e ON e.id = (SELECT id FROM employment WHERE person = p.id
             ORDER BY coalesce(until_on, '9') DESC, coalesce(from_on, '') DESC, id DESC LIMIT 1)
         LEFT JOIN contact c ON c.id = (SELECT id FROM contact WHERE person = p.id AND {}
             ORDER BY on_day DESC, id DESC LIMIT 1)
         WHERE p.id = ?1",
        ContactKind::two_way()
    ))?;
    let mut tags = conn.prepare_cached("SELECT name FROM tag WHERE person = ?1 ORDER BY name")?;
    let mut out = Vec::with_capacity(ids.len());
    for id in ids {
        let tags = tags.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let row = person.query_row([id], |row| {
            Ok(PersonRow {
                id: row.get(0)?,
                family: row.get(1)?,
                given: row.get(2)?,
                business_name: row.get(3)?,
                family_kana: row.get(4)?,
                given_kana: row.get(5)?,
                maiden: row.get(6)?,
                joined_on: row.get(7)?,
                left_on: row.get(8)?,
                department: row.get(9)?,
                post: row.get(10)?,
                employer: row.get(11)?,
                employer_role: row.get(12)?,
                deceased: row.get(13)?,
                mourning_until: row.get(14)?,
                returned: row.get(15)?,
                no_contact: row.get(16)?,
                last_contact_on: row.get(17)?,
                last_contact_kind: row.get(18)?,
                next_on: row.get(19)?,
                tie: Tie::of(row.get(17)?, today),
                tags,
                found: Vec::new(),
            })
        })?;
        out.push(row);
    }
    Ok(out)
}

/// The notes in which the words of `search` are found, counted up to 1,000; the newest `limit` of them.
pub(crate) fn notes(conn: &Connection, arena: &Arena, search: &str, limit: u32) -> Result<NotesFound, Fault> {
    const CAP: usize = 1000;
    let words = arena::words(search);
    let ids = arena.find_notes(&words, CAP + 1);
    let wanted = serde_json::to_string(&ids[..ids.len().min(limit.min(PAGE) as usize)])?;
    let mut statement = conn.prepare_cached(
        "SELECT p.id, trim(p.family || ' ' || p.given), c.id, c.on_day, c.kind, c.note
         FROM contact c JOIN person p ON p.id = c.person WHERE c.id IN (SELECT value FROM json_each(?1))
         ORDER BY c.on_day DESC, c.id DESC",
    )?;
    let rows = statement.query_map([wanted], |row| {
        let note: String = row.get(5)?;
        Ok(NoteRow {
            person: row.get(0)?,
            name: row.get(1)?,
            contact: row.get(2)?,
            on_day: row.get(3)?,
            kind: row.get(4)?,
            found: marks::in_text(&note, &words),
            note,
        })
    })?;
    Ok(NotesFound {
        total: ids.len().min(CAP) as u32,
        more: ids.len() > CAP,
        rows: rows.collect::<Result<_, _>>()?,
    })
}

/// Somebody's birthday.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Birthday {
    /// Whose.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// When it is next.
    pub on_day: Day,
    /// The age then, when the year of birth is known.
    pub age: Option<u32>,
}

/// Birthdays within `days` from `today` on.
pub(crate) fn birthdays(conn: &Connection, today: NaiveDate, days: u32) -> Result<Vec<Birthday>, Fault> {
    use chrono::Datelike;
    let until = today + chrono::Days::new(days.into());
    let coming: Vec<NaiveDate> = today.iter_days().take_while(|day| *day < until).collect();
    // Somebody born on 29 February is congratulated on the 28th in other years.
    let leap_day = |day: &NaiveDate| (day.month(), day.day(), day.leap_year()) == (2, 28, false);
    let days = coming.iter().flat_map(|day| {
        let on = day.format("%m-%d").to_string();
        std::iter::once(on).chain(leap_day(day).then(|| "02-29".into()))
    });
    // The signs of plus keep SQLite from beginning with everybody who is alive.
    let mut statement = conn.prepare_cached(
        "SELECT id, trim(family || ' ' || given), born_on FROM person
         WHERE born_on IS NOT NULL AND substr(born_on, -5) IN (SELECT value FROM json_each(?1))
         AND +deceased = 0 AND +no_contact = 0
         AND EXISTS (SELECT 1 FROM consent
             WHERE person = person.id AND basis IN ('consent', 'requested') AND state = 'yes')",
    )?;
    let mut rows = statement.query([serde_json::to_string(&days.collect::<Vec<_>>())?])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let born: Day = row.get(2)?;
        let (Some(month), Some(day)) = (born.month(), born.day()) else { continue };
        let is_on = |on: &&NaiveDate| {
            (on.month(), on.day()) == (month, day) || leap_day(on) && (month, day) == (2, 29)
        };
        if let Some(on) = coming.iter().find(is_on) {
            found.push(Birthday {
                person: row.get(0)?,
                name: row.get(1)?,
                on_day: (*on).into(),
                age: born.year().and_then(|year| u32::try_from(on.year() - year).ok()),
            });
        }
    }
    found.sort_by_key(|birthday| birthday.on_day.to_string());
    Ok(found)
}

/// Everything about one person that is not sealed.
pub(crate) fn card(conn: &Connection, id: PersonId) -> Result<PersonCard, Fault> {
    let fields = record::get::<Person>(conn, id)?;
    let one = |sql: &str| conn.prepare_cached(sql)?.query_row([id], |row| row.get(0));
    Ok(PersonCard {
        id,
        fields,
        addresses: record::list(conn, "person = ?1 ORDER BY best DESC, id", &[&id])?,
        phones: record::list(conn, "person = ?1 ORDER BY best DESC, id", &[&id])?,
        mails: record::list(conn, "person = ?1 ORDER BY best DESC, id", &[&id])?,
        employments: record::list(
            conn,
            "person = ?1 ORDER BY coalesce(until_on, '9') DESC, coalesce(from_on, '') DESC, id DESC",
            &[&id],
        )?,
        contacts: record::list(conn, "person = ?1 ORDER BY on_day DESC, id DESC LIMIT 200", &[&id])?,
        consents: record::list(conn, "person = ?1 ORDER BY purpose, channel, id", &[&id])?,
        attachments: crate::attachments::of_person(conn, id)?,
        tags: record::list(conn, "person = ?1 ORDER BY name", &[&id])?,
        own_values: record::list(conn, "person = ?1 ORDER BY field", &[&id])?,
        photo: one("SELECT max(id) FROM photo WHERE person = ?1")?,
        sealed_notes: conn
            .prepare_cached("SELECT count(*) FROM sealed_note WHERE person = ?1")?
            .query_row([id], |row| row.get(0))?,
        invitations: crate::invitees::invitations(conn, id)?,
        sent: dispatches::sent(conn, id)?,
        merges: crate::merge::merges(conn, id)?,
    })
}
