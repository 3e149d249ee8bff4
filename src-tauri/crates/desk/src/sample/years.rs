//! Years of contacts with one person: calls, visits, letters, reunions, newsletters sent.

use super::{Chance, Life, ago, paper, talk::*, ties::*};
use chrono::{Datelike, Days, NaiveDate};
use register::{ColleagueId, Contact, ContactKind, ContactTopic, PersonId};
use std::collections::HashSet;

/// Notes that were written already: nobody is told the same in the same words.
#[derive(Default)]
pub(super) struct Said(HashSet<String>);

/// The reunion to which the draft of the newsletter invites.
const NEXT_REUNION: i32 = 10;

/// Everything with one person, the oldest first.
pub(super) fn contacts(
    life: &Life,
    person: PersonId,
    colleagues: &[ColleagueId],
    chance: &mut Chance,
    said: &mut Said,
    today: NaiveDate,
) -> Vec<Contact> {
    let since_left = (today - life.left).num_days().max(2) as u64;
    let keeper = colleagues[life.keeper()];
    let contact = |days: u64, kind, topic, note: String| Contact {
        person,
        on_day: Some(ago(today, days).into()),
        kind,
        topic,
        note,
        next_on: None,
        colleague: Some(keeper),
        ..Contact::default()
    };
    let mut all: Vec<(u64, Contact)> = Vec::new();

    let written = LAST.iter().find(|row| row.0 == life.name);
    let last = match written {
        Some(row) => row.1,
        None => 7 + (2170.0 * (life.rank as f64 / 127.0).powi(2)) as u64,
    };
    // Who left a month ago was not called a year ago.
    let last = if last < since_left { last } else { 1 + chance.below(since_left - 1) };
    if let Some((_, _, kind, topic, note, next)) = written {
        let on =
            next.map(
                |days| {
                    if days < 0 { ago(today, days.unsigned_abs()) } else { today + Days::new(days as u64) }
                },
            );
        let mut last_one =
            Contact { next_on: on.map(Into::into), ..contact(last, *kind, *topic, (*note).to_owned()) };
        if let Some((_, topic, gift, yen)) = RITES.iter().find(|row| row.0 == life.name) {
            (last_one.topic, last_one.gift, last_one.yen) = (*topic, (*gift).to_owned(), *yen);
        }
        all.push((last, last_one));
    }
    for (_, days, kind, topic, note) in EPISODES.iter().filter(|row| row.0 == life.name) {
        let days = (*days).max(last + 9).min(since_left - 1);
        all.push((days, contact(days, *kind, *topic, (*note).to_owned())));
    }
    all.extend(
        reunions(life, last, chance, said, today)
            .map(|(days, note)| (days, contact(days, ContactKind::Event, ContactTopic::None, note))),
    );

    let mut days = if written.is_some() { last + 60 + chance.below(200) } else { last };
    let mut talks = Vec::new();
    let at_most = 7 - 6 * life.rank / 127;
    while talks.len() < at_most && days + 15 < since_left.max(last + 16) && days < 3800 {
        talks.push(days);
        days += 80 + chance.below(330);
    }
    let mut news = News::default();
    for days in talks.into_iter().rev() {
        let on = ago(today, days);
        let (kind, note) = talk(life, on, &mut news, chance, said);
        let colleague = if chance.percent(85) {
            keeper
        } else {
            colleagues[chance.below(super::IN_CHARGE as u64) as usize]
        };
        let plain = contact(days, kind, ContactTopic::None, note);
        all.push((days, Contact { colleague: Some(colleague), ..plain }));
    }
    all.sort_by_key(|(days, _)| std::cmp::Reverse(*days));

    // A promise that was kept: the next contact came on the day that was set.
    for nth in 1..all.len() {
        let (before, after) = (all[nth - 1].0, all[nth].0);
        if (20..200).contains(&(before - after)) && all[nth - 1].1.next_on.is_none() && chance.percent(8) {
            all[nth - 1].1.next_on = Some(ago(today, after).into());
        }
    }
    all.extend(
        newsletters(life, last, today)
            .map(|(days, note)| (days, contact(days, ContactKind::Newsletter, ContactTopic::None, note))),
    );
    all.extend(SENT.iter().filter(|row| row.0 == life.name).map(|(_, days, topic, note, gift, yen)| {
        let plain = contact(*days, ContactKind::Sent, *topic, (*note).to_owned());
        (*days, Contact { gift: (*gift).to_owned(), yen: Some(*yen), ..plain })
    }));
    all.sort_by_key(|(days, _)| std::cmp::Reverse(*days));
    all.into_iter().map(|(_, contact)| contact).collect()
}

/// Which news of which age a person told last: a life does not run backwards.
#[derive(Default)]
struct News {
    next: [usize; 3],
}

/// How a talk went.
fn talk(
    life: &Life,
    on: NaiveDate,
    news: &mut News,
    chance: &mut Chance,
    said: &mut Said,
) -> (ContactKind, String) {
    let age = life.age(on);
    let (stage, told, from, span) = match age {
        ..=39 => (0, YOUNG, 23, 17),
        40..=59 => (1, MIDDLE, 40, 20),
        _ => (2, SENIOR, 60, 28),
    };
    let middle = if (on - life.left).num_days() < 75 {
        chance.pick(FRESH)
    } else {
        let at = (age - from).max(0) as usize * told.len() / span + chance.below(7) as usize;
        let at = at.saturating_sub(3).min(told.len() - 1).max(news.next[stage]);
        news.next[stage] = at + 1;
        // Who has no more news to tell says how it is all the same.
        told.get(at).copied().unwrap_or("お変わりなく過ごしておられる。")
    };
    loop {
        let kind = match (chance.below(20), age >= 70) {
            (0..=7, _) => ContactKind::Call,
            (8..=10, _) => ContactKind::Visit,
            (11..=13, false) => ContactKind::Mail,
            (11..=15, _) => ContactKind::Letter,
            (16..=17, false) => ContactKind::Line,
            _ => ContactKind::Inbound,
        };
        let openings = OPENINGS.iter().find(|row| row.0 == kind).map_or(&[][..], |row| row.1);
        let opening = match kind {
            ContactKind::Visit if life.lives_far() => chance.pick(FROM_AFAR),
            _ => chance.pick(openings),
        };
        let spoken = matches!(kind, ContactKind::Call | ContactKind::Visit | ContactKind::Inbound);
        let ending = match chance.below(10) {
            0..=2 => chance.pick(&SEASONS[on.month0() as usize]),
            3..=4 if spoken => chance.pick(SPOKEN_ENDINGS),
            3..=8 => chance.pick(ENDINGS),
            _ => "",
        };
        let note = format!("{opening}{middle}{ending}");
        if said.0.insert(note.clone()) {
            return (kind, note);
        }
    }
}

/// The reunions that a person came to, in days ago, and what was noted.
fn reunions(
    life: &Life,
    last: u64,
    chance: &mut Chance,
    said: &mut Said,
    today: NaiveDate,
) -> impl Iterator<Item = (u64, String)> {
    let mut came = Vec::new();
    for years in 1..=4 {
        let on = paper::reunion(years, today);
        let days = (today - on).num_days().max(0) as u64;
        // Whoever is far from us comes seldom; nobody comes after the last that we know of them.
        if on <= life.left
            || days <= last
            || life.age(on) > 86
            || !chance.percent(if life.rank < 80 { 45 } else { 12 })
        {
            continue;
        }
        let senior = life.age(on) >= 62 && life.leaver.ago >= 10 && chance.percent(40);
        let remarks = if senior { REUNION_SENIOR } else { REUNION };
        let start = chance.below(remarks.len() as u64) as usize;
        let note = (0..remarks.len())
            .map(|more| {
                format!(
                    "第{}回同窓会に出席。{}",
                    NEXT_REUNION - years,
                    remarks[(start + more) % remarks.len()]
                )
            })
            .find(|note| said.0.insert(note.clone()));
        came.extend(note.map(|note| (days, note)));
    }
    came.into_iter()
}

/// The issues that a person was sent, in days ago.
fn newsletters(life: &Life, last: u64, today: NaiveDate) -> impl Iterator<Item = (u64, String)> {
    let name = life.name.as_str();
    let stops =
        life.has_died() || [NO_CONTACT, NO_NEWSLETTER, &[WITHDRAWN]].iter().any(|list| list.contains(&name));
    let returned = RETURNED.contains(&name);
    let asked = !NOT_ASKED.contains(&name);
    (paper::DRAFT - 3..paper::DRAFT).filter_map(move |number| {
        let on = paper::dated(number, today) + Days::new(3);
        let days = (today - on).num_days().max(0) as u64;
        let came_back = returned && number == paper::DRAFT - 2;
        let sent =
            asked && on > life.left && !(stops && days <= last) && !(returned && number > paper::DRAFT - 2);
        let with_a_line = life.rank < 25;
        let note = match (came_back, with_a_line) {
            (true, _) => format!("{}第{number}号を郵送したが、宛先不明で戻る。", paper::NEWSLETTER),
            (_, true) => format!("{}第{number}号に一筆添えて郵送。", paper::NEWSLETTER),
            _ => format!("{}第{number}号を郵送。", paper::NEWSLETTER),
        };
        sent.then_some((days, note))
    })
}
