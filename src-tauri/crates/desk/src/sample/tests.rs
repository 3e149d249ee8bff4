//! The sample holds what the tour through the program needs, and nothing that could be real.

use super::*;
use std::{
    collections::HashSet,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

const KEY: &str =
    "x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f'";

/// A register filled on a day, in a folder that goes with it.
struct Filled {
    register: Register,
    folder: PathBuf,
    today: NaiveDate,
}

impl Filled {
    fn on(year: i32, month: u32, day: u32) -> Filled {
        static NTH: AtomicU32 = AtomicU32::new(0);
        let nth = NTH.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("enishi-sample-{}-{nth}", std::process::id()));
        let register =
            Register::create(&folder, KEY, &[("file_id", "sample")], "青木 健三", 5).expect("a new register");
        let today = ymd(year, month, day);
        let step = NewStep { label: "start_sample", user: UserId(1), at: At(0), typing: false };
        register.write(step, |writing| fill(writing, today)).expect("the sample fits its register");
        Filled { register, folder, today }
    }
    fn all<R: Record>(&self) -> Vec<R> {
        let kept = self.register.read(|reading| reading.all::<R>()).expect("a table is read");
        kept.into_iter().map(|kept| kept.fields).collect()
    }
    fn cards(&self) -> Vec<PersonCard> {
        let people = self.register.read(|reading| reading.all::<Person>()).expect("people are read");
        let card = |kept: Kept<Person>| self.register.read(|reading| reading.person(PersonId(kept.id)));
        people.into_iter().map(card).collect::<Result<_, _>>().expect("cards are read")
    }
}

impl Drop for Filled {
    fn drop(&mut self) {
        // What is left behind lies in the system's temporary folder.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn an_autumn_day() -> Filled {
    Filled::on(2026, 11, 21)
}

/// The first day that a day of a life may be.
fn first(day: Option<Day>) -> Option<NaiveDate> {
    day.and_then(|day| day.first())
}

#[test]
fn one_hundred_and_twenty_eight_people_left_and_forty_serve() {
    let filled = an_autumn_day();
    assert_eq!(filled.all::<Person>().len(), 128);
    assert_eq!(filled.all::<Colleague>().len(), 40);
    let keepers: HashSet<_> = filled.all::<Person>().iter().filter_map(|person| person.in_charge).collect();
    assert_eq!(keepers.len(), IN_CHARGE);
    let contacts = filled.all::<Contact>().len();
    assert!((850..=960).contains(&contacts), "{contacts} contacts");
    filled.register.read_texts(KEY).expect("the notes are read");
    filled.register.verify().expect("the search agrees with the tables");
}

#[test]
fn hard_names_are_kept_byte_for_byte() {
    let people = an_autumn_day().all::<Person>();
    for (family, given) in [
        ("\u{9ad9}橋", "誠"),
        ("\u{20bb7}田", "由美子"),
        ("\u{908a}見", "涼"),
        ("山\u{fa11}", "健"),
        ("\u{fa19}谷", "進"),
        ("O'Brien", "Sean"),
        ("\u{845b}\u{e0100}城", "薫"),
        ("\u{9f4b}藤", "美咲"),
        ("\u{6ff5}田", "洋一"),
        ("小林", "シモーネ"),
        ("林", "一"),
    ] {
        let found = people.iter().filter(|person| person.family == family && person.given == given).count();
        assert_eq!(found, 1, "{family} {given}");
    }
    let misaki = people.iter().find(|person| person.given == "美咲").expect("美咲 is there");
    assert_eq!(misaki.maiden, "渡\u{9089}");
    let sean = people.iter().find(|person| person.given == "Sean").expect("Sean is there");
    assert_eq!((sean.family_kana.as_str(), sean.given_kana.as_str()), ("オブライエン", "ショーン"));
    assert_eq!(people.iter().filter(|person| person.family_kana.is_empty()).count(), 3);
}

#[test]
fn two_registers_filled_on_one_day_are_equal() {
    let state = |filled: Filled| filled.register.state().expect("the state is read");
    let once = state(an_autumn_day());
    assert!(once == state(an_autumn_day()), "the same day gives the same company");
    assert!(once != state(Filled::on(2026, 11, 22)), "another day gives other dates");
}

#[test]
fn every_life_runs_forward_whatever_the_day() {
    for filled in [an_autumn_day(), Filled::on(2028, 2, 29), Filled::on(2027, 1, 1), Filled::on(2027, 4, 1)] {
        for card in filled.cards() {
            let name = format!("{} {} on {}", card.fields.family, card.fields.given, filled.today);
            let (joined, left) = (first(card.fields.joined_on), first(card.fields.left_on));
            assert!(joined.is_some() && joined <= left && left <= Some(filled.today), "{name}");
            assert_eq!(
                card.employments.first().map(|last| last.fields.until_on),
                Some(card.fields.left_on),
                "{name}"
            );
            assert_eq!(
                card.employments.last().map(|kept| kept.fields.from_on),
                Some(card.fields.joined_on),
                "{name}"
            );
            assert!((1..=3).contains(&card.employments.len()), "{name}");
            for kept in &card.employments {
                assert!(
                    first(kept.fields.from_on) <= first(kept.fields.until_on),
                    "{name}: {:?}",
                    kept.fields
                );
            }
            for pair in card.employments.windows(2) {
                assert!(first(pair[1].fields.until_on) <= first(pair[0].fields.from_on), "{name}");
            }
            if let Some(born) = first(card.fields.born_on) {
                assert!(joined.is_some_and(|joined| joined.year() - born.year() >= 15), "{name} was a child");
            }
            for kept in &card.contacts {
                let on = first(kept.fields.on_day);
                assert!(on >= left && on <= Some(filled.today), "{name}: {:?}", kept.fields);
                assert!(
                    kept.fields.next_on.is_none() || first(kept.fields.next_on) >= on,
                    "{name}: {:?}",
                    kept.fields
                );
            }
            for kept in &card.consents {
                assert!(
                    first(kept.fields.on_day).is_none_or(|on| on <= filled.today),
                    "{name}: {:?}",
                    kept.fields
                );
            }
        }
    }
}

#[test]
fn no_phone_mail_or_note_could_reach_a_stranger() {
    let filled = an_autumn_day();
    let phones = filled.all::<Phone>();
    assert!(phones.len() > 128);
    for phone in &phones {
        let middle = phone.number.split('-').nth(1).unwrap_or_default();
        assert!(matches!(middle, "000" | "0000"), "{}", phone.number);
    }
    for mail in filled.all::<Mail>() {
        let (name, place) = mail.address.split_once('@').expect("a mail address has an @");
        assert_eq!(place, "example.jp");
        assert!(!name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '.'), "{name}");
    }
}

#[test]
fn every_text_field_of_a_person_is_shown_by_somebody() {
    let people = an_autumn_day().all::<Person>();
    let people: Vec<_> =
        people.iter().map(|person| serde_json::to_value(person).expect("a person is JSON")).collect();
    let fields = people[0].as_object().expect("a person has fields");
    for field in fields.keys() {
        let shown = people
            .iter()
            .any(|person| !person[field].is_null() && person[field] != "" && person[field] != false);
        assert!(shown, "{field}");
    }
}

#[test]
fn what_the_tables_say_of_a_person_finds_that_person() {
    let names: HashSet<String> =
        LEAVERS.iter().map(|leaver| format!("{} {}", leaver.family, leaver.given)).collect();
    assert_eq!(names.len(), LEAVERS.len(), "no two people share a name");
    let called = (HELP.iter().map(|row| row.0))
        .chain(EMPLOYERS.iter().map(|row| row.0))
        .chain([WHY, NOTES, BUSINESS_NAMES].into_iter().flatten().map(|row| row.0))
        .chain(SPOUSES.iter().map(|row| row.0))
        .chain(DECEASED.iter().map(|row| row.0))
        .chain(MOURNING.iter().map(|row| row.0))
        .chain([RETURNED, NO_CONTACT, NO_NEWSLETTER, NOT_ASKED, NAME_IN_PRINT].into_iter().flatten().copied())
        .chain([NOT_IN_PRINT, PHOTO_IN_PRINT, REHIRE, &[WITHDRAWN]].into_iter().flatten().copied())
        .chain(TAGS.iter().flat_map(|tag| tag.1.iter().copied()))
        .chain(OWN_FIELDS.iter().flat_map(|field| field.1.iter().map(|row| row.0)))
        .chain(LAST.iter().map(|row| row.0))
        .chain(RITES.iter().map(|row| row.0))
        .chain(EPISODES.iter().map(|row| row.0));
    for name in called {
        assert!(names.contains(name), "{name}");
    }
    for leaver in LEAVERS {
        assert!(CAREERS.iter().any(|career| career.0 == leaver.career), "{}", leaver.career);
        assert!(TOWNS.iter().any(|town| town.0 == leaver.town), "{}", leaver.town);
    }
}

#[test]
fn no_two_talks_are_told_in_the_same_words() {
    let filled = an_autumn_day();
    let mut told = HashSet::new();
    for contact in filled.all::<Contact>() {
        assert!(!contact.note.is_empty());
        if contact.kind != ContactKind::Newsletter {
            assert!(told.insert(contact.note.clone()), "{}", contact.note);
        }
    }
    let why: HashSet<_> = WHY.iter().map(|row| row.1).collect();
    assert_eq!(why.len(), WHY.len());
}

#[test]
fn three_promises_wait_this_week_and_six_are_overdue() {
    for filled in [an_autumn_day(), Filled::on(2027, 1, 1)] {
        let week = filled.today + Days::new(6);
        let (mut ahead, mut overdue) = (0, 0);
        for card in filled.cards() {
            let last = card.contacts.iter().find(|kept| kept.fields.kind.is_two_way());
            let Some(next) = last.and_then(|last| first(last.fields.next_on)) else { continue };
            ahead += u32::from(next >= filled.today && next <= week);
            overdue += u32::from(next < filled.today);
        }
        assert_eq!((ahead, overdue), (3, 6), "{}", filled.today);
    }
}

#[test]
fn ties_are_as_fresh_as_a_week_and_as_old_as_six_years() {
    let filled = an_autumn_day();
    let days: Vec<i64> = (filled.cards().iter())
        .filter_map(|card| card.contacts.iter().find(|kept| kept.fields.kind.is_two_way()))
        .filter_map(|kept| first(kept.fields.on_day))
        .map(|on| (filled.today - on).num_days())
        .collect();
    assert_eq!(days.len(), 128, "nobody was never spoken to");
    assert!(days.iter().any(|days| *days <= 8) && days.iter().all(|days| *days <= 2200));
    assert!(days.iter().filter(|days| **days > 3 * 365).count() >= 20);
}

#[test]
fn the_dead_are_written_to_no_more() {
    for card in an_autumn_day().cards() {
        let Some(died) = first(card.fields.deceased_on) else { continue };
        assert!(card.fields.deceased && card.consents.is_empty());
        let after: Vec<_> =
            card.contacts.iter().filter(|kept| first(kept.fields.on_day) > Some(died)).collect();
        assert_eq!(after.len(), 1, "only the news came after: {after:?}");
    }
}

#[test]
fn three_who_left_this_year_may_be_named() {
    let filled = an_autumn_day();
    let year_ago = filled.today - Months::new(12);
    let may = |card: &PersonCard| {
        first(card.fields.left_on) > Some(year_ago)
            && card.consents.iter().any(|kept| {
                kept.fields.purpose == Purpose::NameInPrint && kept.fields.state == ConsentState::Yes
            })
    };
    assert_eq!(filled.cards().iter().filter(|card| may(card)).count(), 3);
    let withdrawn =
        filled.all::<Consent>().iter().filter(|consent| consent.state == ConsentState::Withdrawn).count();
    assert_eq!(withdrawn, 1);
}

#[test]
fn accounting_help_is_found_by_its_filter() {
    let filled = an_autumn_day();
    let saved = filled.all::<SavedFilter>();
    for kept in &saved {
        let query = PeopleQuery { filter: kept.filter.clone(), ..PeopleQuery::default() };
        let found = filled
            .register
            .read(|reading| reading.people(&query, filled.today))
            .expect("people are found")
            .total;
        assert!(found > 0, "{}", kept.name);
        if kept.name == "月10時間以上・経理" {
            assert_eq!(found, 3);
        }
    }
}

#[test]
fn both_issues_have_articles_of_a_good_length_and_name_only_those_who_may_be_named() {
    let filled = an_autumn_day();
    let issues = filled.all::<Issue>();
    assert_eq!(issues.iter().map(|issue| issue.number).collect::<Vec<_>>(), [11, 12]);
    assert_eq!(paper::reunion(0, filled.today), ymd(2026, 12, 19));
    let invitation = issues[1].articles.0.iter().any(|article| article.body.contains("12月19日（土）"));
    assert!(invitation, "the day of the reunion is said with its weekday");
    for article in issues.iter().flat_map(|issue| &issue.articles.0) {
        let length = article.body.chars().count();
        assert!((300..=520).contains(&length), "{}: {length}", article.heading);
        assert!(!article.body.contains('{'), "{}", article.heading);
        for leaver in LEAVERS {
            let name = format!("{} {}", leaver.family, leaver.given);
            let named = article.body.contains(&name);
            assert!(!named || NAME_IN_PRINT.contains(&name.as_str()), "{name} in {}", article.heading);
        }
    }
}
