//! Who is invited to an event, what they answer by a code of their own, and whether they come.

use crate::{
    Fault, Reading, Writing,
    day::Day,
    events::Event,
    fold::sort_key,
    id::*,
    people::{Address, Channel, Contact, ContactKind, Person, words},
    record::{self as records, Kept, record},
};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use ts_rs::TS;

words! {
    /// 出・欠.
    EventReply { None, Yes, No }
    /// Whether news of somebody may be printed: 載せない, 匿名, 名前も.
    NewsPrint { No, Anonymous, Named }
}

record! {
    /// Somebody invited to an event.
    Invitee, InviteeId, "invitee" {
        /// Who.
        person: PersonId,
        /// To what.
        event: EventId,
        /// What stands on the reply card: digits, the last of which checks the others.
        code: String,
        /// By what the invitation goes.
        channel: Channel,
        /// Why it goes in spite of a doubt; given by whoever decided.
        reason: String,
        /// The answer.
        reply: EventReply,
        /// So many come with them.
        companions: u32,
        /// When the answer was entered.
        replied_on: Option<Day>,
        /// 近況: what they write of themselves.
        news: String,
        /// Whether that may be printed.
        news_print: NewsPrint,
        /// The table, from 1.
        table_number: Option<u32>,
        /// The table was wished for: mixing leaves it.
        table_fixed: bool,
        /// They came.
        came: bool,
        /// What they paid, in yen.
        paid: u32,
        /// They came without an invitation.
        walk_in: bool,
    } => Invitee::check_fields;
}

impl Invitee {
    fn check_fields(&self) -> Result<(), Fault> {
        match (self.companions, self.table_number) {
            (10.., _) => Err(Fault::Invalid { field: "companions".into(), code: "companions_too_many" }),
            (_, Some(0 | 1000..)) => {
                Err(Fault::Invalid { field: "table_number".into(), code: "no_such_table" })
            }
            _ => Ok(()),
        }
    }
}

/// Somebody invited, with what a list shows of them.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct InviteeRow {
    /// The invitation.
    pub id: InviteeId,
    /// What is kept of it.
    pub fields: Invitee,
    /// 姓.
    pub family: String,
    /// 名; the whole name when it is known in one piece only.
    pub given: String,
    /// セイ.
    pub family_kana: String,
    /// メイ.
    pub given_kana: String,
    /// 旧姓.
    pub maiden: String,
    /// First day in the company.
    pub joined_on: Option<Day>,
    /// Last day in the company.
    pub left_on: Option<Day>,
    /// Last department.
    pub department: String,
    /// Best address in one line.
    pub address: String,
    /// May be named in print.
    pub nameable: bool,
    /// Died or asked to be left alone since.
    pub closed: bool,
    /// What they write of themselves may be printed, with or without their name: nothing has been said against it since.
    pub news_printable: bool,
}

impl InviteeRow {
    /// The whole name, as a list shows it.
    pub fn name(&self) -> String {
        format!("{} {}", self.family, self.given).trim().to_owned()
    }

    /// Whether they are expected, or there. Who died or asked to be left alone since stands on no paper of the day.
    pub fn is_expected(&self) -> bool {
        !self.closed && (self.fields.reply == EventReply::Yes || self.fields.came)
    }
}

/// An event to which somebody is invited, as their own page tells it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct InvitedTo {
    /// The invitation.
    pub id: InviteeId,
    /// To which event.
    pub event: EventId,
    /// What it is called.
    pub title: String,
    /// Its day.
    pub on_day: Option<Day>,
    /// The answer.
    pub reply: EventReply,
    /// So many come with them.
    pub companions: u32,
    /// They came.
    pub came: bool,
    /// It is over and written down.
    pub finished: bool,
}

/// The events to which somebody is invited, the latest first.
pub(crate) fn invitations(conn: &Connection, person: PersonId) -> Result<Vec<InvitedTo>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT i.id, e.id, e.title, e.on_day, i.reply, i.companions, i.came, e.finished_on IS NOT NULL
         FROM invitee i JOIN event e ON e.id = i.event WHERE i.person = ?1
         ORDER BY e.on_day IS NOT NULL, e.on_day DESC, e.id DESC",
    )?;
    let rows = statement.query_map([person], |row| {
        Ok(InvitedTo {
            id: row.get(0)?,
            event: row.get(1)?,
            title: row.get(2)?,
            on_day: row.get(3)?,
            reply: row.get(4)?,
            companions: row.get(5)?,
            came: row.get(6)?,
            finished: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// An answer to an invitation.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// Whose.
    pub id: InviteeId,
    /// Whether they come.
    pub reply: EventReply,
    /// How many with them; none of those who do not come.
    pub companions: u32,
    /// 近況.
    pub news: String,
    /// Whether that may be printed.
    pub news_print: NewsPrint,
    /// Where they live now, when that is new.
    pub address: Option<Address>,
}

impl Reading<'_> {
    /// Who is invited to an event, in kana order.
    ///
    /// # Errors
    /// The database's.
    pub fn invitees(&self, event: EventId) -> Result<Vec<InviteeRow>, Fault> {
        let kept: Vec<Kept<Invitee>> = records::list(self.conn, "event = ?1 ORDER BY id", &[&event])?;
        let mut person = self.conn.prepare_cached(
            "SELECT family, given, business_name, family_kana, given_kana, maiden, joined_on, left_on,
                    coalesce((SELECT department FROM employment WHERE person = p.id
                        ORDER BY coalesce(until_on, '9') DESC, coalesce(from_on, '') DESC, id DESC LIMIT 1), ''),
                    coalesce((SELECT trim(postal || ' ' || prefecture || city || street || ' ' || building) FROM address
                        WHERE person = p.id ORDER BY best DESC, id LIMIT 1), ''),
                    EXISTS (SELECT 1 FROM consent WHERE person = p.id AND purpose = 'name_in_print' AND state = 'yes')
                    AND NOT EXISTS (SELECT 1 FROM consent WHERE person = p.id AND purpose = 'name_in_print'
                        AND state IN ('no', 'withdrawn')),
                    deceased OR no_contact,
                    EXISTS (SELECT 1 FROM consent WHERE person = p.id AND purpose = 'name_in_print'
                        AND state IN ('no', 'withdrawn') AND coalesce(on_day, '9') >= coalesce(?2, ''))
             FROM person p WHERE id = ?1",
        )?;
        let mut rows = Vec::with_capacity(kept.len());
        for Kept { id, fields } in kept {
            let (of, since) = (fields.person, fields.replied_on);
            rows.push(person.query_row(params![of, since], |row| {
                let (family, given, business): (String, String, String) =
                    (row.get(0)?, row.get(1)?, row.get(2)?);
                let (family, given) = if family.is_empty() && given.is_empty() {
                    (String::new(), business)
                } else {
                    (family, given)
                };
                let (closed, name_refused): (bool, bool) = (row.get(11)?, row.get(12)?);
                let agreed = match fields.news_print {
                    NewsPrint::No => false,
                    NewsPrint::Anonymous => true,
                    NewsPrint::Named => !name_refused,
                };
                Ok(InviteeRow {
                    id: InviteeId(id),
                    news_printable: agreed && !closed && !fields.news.is_empty(),
                    fields,
                    family,
                    given,
                    family_kana: row.get(3)?,
                    given_kana: row.get(4)?,
                    maiden: row.get(5)?,
                    joined_on: row.get(6)?,
                    left_on: row.get(7)?,
                    department: row.get(8)?,
                    address: row.get(9)?,
                    nameable: row.get(10)?,
                    closed,
                })
            })?);
        }
        rows.sort_by_cached_key(|row| (sort_key(&row.family_kana, &row.given_kana, &row.name()), row.id));
        Ok(rows)
    }

    /// The code of each who is invited to an event, as it stands on their reply card.
    ///
    /// # Errors
    /// The database's.
    pub fn codes(&self, event: EventId) -> Result<HashMap<PersonId, String>, Fault> {
        let mut statement = self.conn.prepare_cached("SELECT person, code FROM invitee WHERE event = ?1")?;
        let rows = statement.query_map([event], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// To whom a code was given, and for which event. The latest, when an older register knew it as well.
    ///
    /// # Errors
    /// The database's.
    pub fn by_code(&self, code: &str) -> Result<Option<(InviteeId, EventId)>, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, event FROM invitee WHERE code = ?1 ORDER BY event DESC, id LIMIT 1",
        )?;
        Ok(statement.query_row([code], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }
}

impl Writing<'_> {
    /// Invites somebody, unless that was done before. Whether it is new.
    ///
    /// # Errors
    /// The database's.
    pub fn invite(&mut self, invitee: &Invitee) -> Result<bool, Fault> {
        let known = self
            .conn
            .prepare_cached("SELECT 1 FROM invitee WHERE event = ?1 AND person = ?2")?
            .exists(params![invitee.event, invitee.person])?;
        if !known {
            self.add(invitee)?;
        }
        Ok(!known)
    }

    /// Whether a code stands on somebody's card.
    ///
    /// # Errors
    /// The database's.
    pub fn has_code(&self, code: &str) -> Result<bool, Fault> {
        Ok(self.conn.prepare_cached("SELECT 1 FROM invitee WHERE code = ?1")?.exists([code])?)
    }

    /// Enters an answer, or mends the one that was entered. It is a contact of two; where the card came by post the
    /// address is as fresh as the answer.
    ///
    /// # Errors
    /// [`Fault::NotFound`]; [`Fault::Invalid`] when more come along than the event allows.
    pub fn record_reply(&mut self, reply: &Reply, today: NaiveDate) -> Result<(), Fault> {
        let before = records::get::<Invitee>(self.conn, reply.id)?;
        let event = records::get::<Event>(self.conn, before.event)?;
        let companions = if reply.reply == EventReply::Yes { reply.companions } else { 0 };
        if companions > event.companions.max(before.companions) {
            return Err(Fault::Invalid { field: "companions".into(), code: "companions_too_many" });
        }
        let (person, channel, first) = (before.person, before.channel, before.reply == EventReply::None);
        let replied_on = before.replied_on.filter(|_| !first).or(Some(today.into()));
        let note = format!("{}\n{}", event.title, reply.news.trim()).trim().to_owned();
        let known: Vec<Kept<Contact>> = records::list(
            self.conn,
            "person = ?1 AND kind = 'inbound' AND on_day = ?2 AND instr(note, ?3) = 1 ORDER BY id DESC LIMIT 1",
            &[&person, &replied_on, &event.title],
        )?;
        match known.into_iter().next().filter(|_| !first) {
            Some(Kept { id, fields }) if fields.note != note => {
                records::update::<Contact>(self.conn, id.into(), &Contact { note, ..fields })?;
            }
            Some(_) => {}
            None if first => {
                let (kind, on_day) = (ContactKind::Inbound, replied_on);
                self.add(&Contact { person, on_day, kind, note, ..Contact::default() })?;
            }
            None => {}
        }
        records::update(
            self.conn,
            reply.id,
            &Invitee {
                reply: reply.reply,
                companions,
                replied_on,
                news: reply.news.trim().to_owned(),
                news_print: reply.news_print,
                ..before
            },
        )?;
        let reached = match &reply.address {
            Some(address) => {
                let confirmed_on = Some(today.into());
                let id = self.add(&Address { person, best: true, confirmed_on, ..address.clone() })?;
                self.only_best::<Address>(id)?;
                true
            }
            None if channel == Channel::Post => {
                let best: Vec<Kept<Address>> =
                    records::list(self.conn, "person = ?1 ORDER BY best DESC, id LIMIT 1", &[&person])?;
                for Kept { id, fields } in best {
                    let confirmed_on = Some(today.into());
                    if fields.confirmed_on != confirmed_on {
                        records::update::<Address>(
                            self.conn,
                            id.into(),
                            &Address { confirmed_on, ..fields },
                        )?;
                    }
                }
                true
            }
            None => false,
        };
        let who = records::get::<Person>(self.conn, person)?;
        if reached && who.returned {
            records::update(self.conn, person, &Person { returned: false, ..who })?;
        }
        Ok(())
    }
}
