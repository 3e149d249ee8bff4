//! A company to try the program with: 青葉食品株式会社 of Sendai, 128 people who left it, and forty years of ties.
//!
//! Nothing here is real. The data are tables in the modules below; what is written follows from them and from `today`
//! alone, so that two registers filled on one day are equal.

mod events;
mod paper;
mod people;
mod talk;
mod ties;
mod years;

use chrono::{Datelike, Days, Months, NaiveDate};
use people::{CAREERS, COLLEAGUES, IN_CHARGE, LEAVERS, Leaver, Post, TOWNS};
use register::*;
use ties::*;

/// Fills an empty register with the sample company as it stands on `today`.
///
/// # Errors
/// The register's.
pub(crate) fn fill(writing: &mut Writing<'_>, today: NaiveDate) -> Result<(), Fault> {
    for (name, value) in [
        ("company", "青葉食品株式会社"),
        ("people_screen", "退職者"),
        ("people_paper", "OB・OG"),
        ("newsletter", paper::NEWSLETTER),
        ("postal", "984-0002"),
        ("address", "仙台市若林区卸町東1-2-3"),
        ("phone", "022-000-0000"),
        ("mail", "soumu@example.jp"),
    ] {
        writing.set(name, value)?;
    }
    let mut chance = Chance(1868);
    let colleagues = add_colleagues(writing)?;
    let own_fields = OWN_FIELDS
        .iter()
        .map(|(name, values)| Ok((writing.add(&OwnField { name: (*name).to_owned() })?, *values)))
        .collect::<Result<Vec<_>, Fault>>()?;
    let mut said = years::Said::default();
    let mut people = Vec::new();
    for life in lives(&mut chance, today) {
        // Each has chances of their own: how many are drawn follows from the day, and nobody else's life may hang on that.
        let mut chance = Chance(1868 + (life.nth as u64 + 1) * 1_000_003);
        let id = add_person(writing, &life, &colleagues, &mut chance, today)?;
        people.push(id);
        add_reach(writing, id, &life, &mut chance, today)?;
        add_employments(writing, id, &life)?;
        add_consents(writing, id, &life, &mut chance, today)?;
        for contact in years::contacts(&life, id, &colleagues, &mut chance, &mut said, today) {
            writing.add(&contact)?;
        }
        for tag in life.tags() {
            writing.add_tag(id, tag)?;
        }
        for year in life.cards(today) {
            writing.add(&Received { person: id, occasion: Occasion::NewYear, year })?;
        }
        for (field, values) in &own_fields {
            if let Some((_, value)) = values.iter().find(|row| row.0 == life.name) {
                writing.set_own_value(id, *field, value)?;
            }
        }
    }
    events::add(writing, &people, today)?;
    for (name, filter) in saved_filters(today) {
        writing.add(&SavedFilter { name: name.to_owned(), filter })?;
    }
    for issue in paper::issues(today) {
        let id = writing.add(&issue)?;
        if issue.number == paper::DRAFT {
            writing.add_picture(id, 0, paper::MORNING, paper::MORNING_CAPTION)?;
        }
    }
    Ok(())
}

/// A small seeded generator (SplitMix64): the sample is the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n.max(1)
    }
    fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
    fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len() as u64) as usize]
    }
}

/// A leaver with the dates that follow from the table.
struct Life {
    leaver: &'static Leaver,
    /// 姓 and 名, as the tables of ties call people.
    name: String,
    /// The place in [`LEAVERS`].
    nth: usize,
    /// 0 for whom we are closest to.
    rank: usize,
    joined: NaiveDate,
    left: NaiveDate,
    born: NaiveDate,
}

fn lives(chance: &mut Chance, today: NaiveDate) -> Vec<Life> {
    let mut lives: Vec<Life> = LEAVERS
        .iter()
        .enumerate()
        .map(|(nth, leaver)| {
            let month = leaver.last_day.get(..2).and_then(|m| m.parse().ok()).unwrap_or(1);
            let day = leaver.last_day.get(2..4).and_then(|d| d.parse().ok()).unwrap_or(1);
            let left = ymd(today.year(), month, day);
            let left = if left > today { ymd(today.year() - 1, month, day) } else { left };
            let left = ymd(left.year() - leaver.ago, month, day);
            // From school in April; later at any time of the year.
            let (month, day) = match leaver.age - leaver.served {
                ..=23 => (4, 1),
                _ => *chance.pick(&[(5, 16), (7, 1), (10, 1), (2, 16), (9, 21)]),
            };
            let joined = ymd(left.year() - leaver.served, month, day);
            let born =
                ymd(left.year() - leaver.age, 1 + chance.below(12) as u32, 1 + chance.below(28) as u32);
            let name = format!("{} {}", leaver.family, leaver.given);
            Life { leaver, name, nth, rank: 0, joined, left, born }
        })
        .collect();
    let mut by_closeness: Vec<(i64, usize)> = lives
        .iter()
        .map(|life| {
            let known = 40 * i64::from(HELP.iter().any(|row| row.0 == life.name))
                + 30 * i64::from(WHY.iter().any(|row| row.0 == life.name));
            (i64::from(life.leaver.ago) - known - chance.below(45) as i64, life.nth)
        })
        .collect();
    by_closeness.sort();
    for (rank, (_, nth)) in by_closeness.into_iter().enumerate() {
        lives[nth].rank = rank;
    }
    lives
}

impl Life {
    fn posts(&self) -> &'static [Post] {
        let posts =
            CAREERS.iter().find(|career| career.0 == self.leaver.career).map_or(&[][..], |career| career.1);
        // Nobody changes post every year.
        let at_most = (self.leaver.served / 3).max(1) as usize;
        &posts[posts.len().saturating_sub(at_most)..]
    }
    /// The colleague who would keep the tie: of the same kind of work.
    fn keeper(&self) -> usize {
        match self.posts().last().map_or("", |post| post.0) {
            "製造部" if self.nth.is_multiple_of(2) => 7,
            "製造部" | "設備課" => 1,
            "品質保証課" => 2,
            "営業部" | "直売店" => 3,
            "経理課" => 4,
            "研究開発室" => 5,
            "物流課" | "購買課" => 6,
            _ => 0,
        }
    }
    fn lives_far(&self) -> bool {
        TOWNS.iter().any(|town| town.0 == self.leaver.town && town.2 != "宮城県")
    }
    fn age(&self, on: NaiveDate) -> i32 {
        on.year() - self.born.year()
    }
    fn has_died(&self) -> bool {
        DECEASED.iter().any(|row| row.0 == self.name)
    }
    /// As much of a day as the office knows of this person's service.
    fn as_known(&self, day: NaiveDate) -> Option<Day> {
        let month = (self.leaver.last_day.len() >= 2).then(|| day.month());
        Day::new(Some(day.year()), month, (self.leaver.last_day.len() == 4).then(|| day.day()))
    }
    fn tags(&self) -> impl Iterator<Item = &'static str> {
        let factory = self.posts().iter().any(|post| post.0 == "製造部").then_some("工場OB");
        let rehire = REHIRE.contains(&self.name.as_str()).then_some("再入社に関心");
        let listed = TAGS.iter().filter(|tag| tag.1.contains(&self.name.as_str())).map(|tag| tag.0);
        factory.into_iter().chain(rehire).chain(listed)
    }

    /// The years in which a New Year's card came from them; nobody writes to the company where they work, or from the grave.
    fn cards(&self, today: NaiveDate) -> impl Iterator<Item = u32> {
        let writes = !self.has_died();
        let (nth, left) = (self.nth as i32, self.left.year());
        let years = (0..5).map(move |back| today.year() - back).filter(move |year| writes && *year > left);
        years.filter(move |year| (nth + year) % 3 != 0 && nth % 4 != 0).map(|year| year as u32)
    }
}

/// A day that the tables or a calculation with whole years give; 29 February is not among them.
fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn ago(today: NaiveDate, days: u64) -> NaiveDate {
    today - Days::new(days)
}

fn two_words(text: &str) -> (String, String) {
    let (family, given) = text.split_once(' ').unwrap_or((text, ""));
    (family.to_owned(), given.to_owned())
}

fn add_colleagues(writing: &mut Writing<'_>) -> Result<Vec<ColleagueId>, Fault> {
    let add = |&(family, given, kana, department, post, mail): &_| {
        let (family_kana, given_kana) = two_words(kana);
        writing.add(&Colleague {
            family: str::to_owned(family),
            given: str::to_owned(given),
            family_kana,
            given_kana,
            department: str::to_owned(department),
            post: str::to_owned(post),
            mail: format!("{}@example.jp", str::to_owned(mail)),
            left_on: None,
        })
    };
    COLLEAGUES.iter().map(add).collect()
}

fn add_person(
    writing: &mut Writing<'_>,
    life: &Life,
    colleagues: &[ColleagueId],
    chance: &mut Chance,
    today: NaiveDate,
) -> Result<PersonId, Fault> {
    let name = life.name.as_str();
    let text =
        |table: &[(&str, &str)]| table.iter().find(|row| row.0 == name).map_or("", |row| row.1).to_owned();
    let (family_kana, given_kana) = two_words(life.leaver.kana);
    let (maiden, maiden_kana) = two_words(life.leaver.maiden);
    let help = HELP.iter().find(|row| row.0 == name);
    let spouse = SPOUSES.iter().find(|row| row.0 == name);
    let employer = EMPLOYERS.iter().find(|row| row.0 == name);
    let died = DECEASED.iter().find(|row| row.0 == name);
    let mourning = MOURNING.iter().find(|row| row.0 == name);
    let no_contact = NO_CONTACT.contains(&name);
    let (year, month, day) = (life.born.year(), life.born.month(), life.born.day());
    let born_on = match chance.below(20) {
        0 => Day::new(None, Some(month), Some(day)),
        1 => Day::new(Some(year), Some(month), None),
        2 => Day::new(Some(year), None, None),
        3..=10 => Some(life.born.into()),
        _ => None,
    };
    writing.add(&Person {
        family: life.leaver.family.to_owned(),
        given: life.leaver.given.to_owned(),
        family_kana,
        given_kana,
        maiden,
        maiden_kana,
        business_name: text(BUSINESS_NAMES),
        spouse_name: spouse.map_or("", |row| row.1).to_owned(),
        spouse_given_on: spouse.map(|row| (ago(today, 40) - Months::new(12 * row.2 as u32)).into()),
        employee_number: format!("{:02}-{:03}", life.joined.year() % 100, life.nth * 7 + 13),
        joined_on: life.as_known(life.joined),
        left_on: life.as_known(life.left),
        born_on,
        employer: employer.map_or("", |row| row.1).to_owned(),
        employer_role: employer.map_or("", |row| row.2).to_owned(),
        deceased: died.is_some(),
        deceased_on: died.and_then(|row| row.1).map(|days| ago(today, days).into()),
        mourning_until: mourning.map(|row| (today + Days::new(row.1)).into()),
        returned: RETURNED.contains(&name),
        no_contact,
        hours_a_month: help.map(|row| row.1),
        help_fields: help.map_or("", |row| row.2).to_owned(),
        why_connect: text(WHY),
        in_charge: (life.rank < 88 && died.is_none() && !no_contact).then(|| colleagues[life.keeper()]),
        notes: text(NOTES),
    })
}

/// How a person is reached: addresses, phones, mail addresses. Every number and house is invented.
fn add_reach(
    writing: &mut Writing<'_>,
    person: PersonId,
    life: &Life,
    chance: &mut Chance,
    today: NaiveDate,
) -> Result<(), Fault> {
    let age = life.age(today);
    let returned = RETURNED.contains(&life.name.as_str());
    let confirmed_on = |chance: &mut Chance| {
        let day = ago(today, 20 + chance.below(1000)).max(life.left);
        (chance.percent(75) && !returned && !life.has_died()).then(|| day.into())
    };
    let address = |chance: &mut Chance, key: &str, label: &str, best| {
        let (_, postal, prefecture, city, town) = TOWNS.iter().find(|row| row.0 == key).unwrap_or(&TOWNS[0]);
        let (block, house, door) = (1 + chance.below(5), 1 + chance.below(24), 1 + chance.below(30));
        let room = (1 + chance.below(6)) * 100 + 1 + chance.below(8);
        let named = chance.percent(if age < 45 { 50 } else { 12 });
        let building = if named { chance.pick(people::BUILDINGS) } else { "" };
        Address {
            person,
            label: label.to_owned(),
            postal: (*postal).to_owned(),
            prefecture: (*prefecture).to_owned(),
            city: (*city).to_owned(),
            street: format!("{town}{block}-{house}-{door}"),
            building: building.replace("{}", &room.to_string()),
            best,
            confirmed_on: confirmed_on(chance),
        }
    };
    let home = address(chance, life.leaver.town, "自宅", true);
    writing.add(&home)?;
    // Parents live near, but not those of somebody from abroad.
    if age < 42 && !life.leaver.family.is_ascii() && chance.percent(40) {
        let parents = ["岩切", "増田", "船岡", "古川", "立町", "一関", "山形"];
        let town = chance.pick(&parents);
        writing.add(&Address { building: String::new(), ..address(chance, town, "実家", false) })?;
    }

    let ending = (life.nth * 61 + 1203) % 10_000;
    let mobile = chance.percent(if age < 70 { 92 } else { 55 });
    let area = [
        ("宮城県", "022"),
        ("岩手県", "019"),
        ("福島県", "024"),
        ("山形県", "023"),
        ("秋田県", "018"),
        ("青森県", "017"),
    ]
    .into_iter()
    .find(|area| area.0 == home.prefecture && (age >= 45 || !mobile));
    let mut phone = |label: &str, number, best| {
        writing.add(&Phone {
            person,
            label: label.to_owned(),
            number,
            best,
            confirmed_on: confirmed_on(chance),
        })
    };
    if mobile || area.is_none() {
        let best = age < 70 || area.is_none();
        phone("携帯", format!("090-0000-{ending:04}"), best)?;
    }
    if let Some((_, area)) = area {
        phone("自宅", format!("{area}-000-{ending:04}"), age >= 70 || !mobile)?;
    }

    let (family, given) = two_words(life.leaver.kana);
    let (family, given) = match life.leaver.family.is_ascii() {
        true => (letters(life.leaver.family), letters(life.leaver.given)),
        false => (hepburn(&family), hepburn(&given)),
    };
    if !family.is_empty() && chance.percent(if age < 65 { 80 } else { 35 }) {
        let mail = |label: &str, address, best, confirmed_on| Mail {
            person,
            label: label.to_owned(),
            address,
            best,
            confirmed_on,
        };
        writing.add(&mail("個人", format!("{given}.{family}@example.jp"), true, confirmed_on(chance)))?;
        if chance.percent(20) {
            let address = format!("{family}{:02}@example.jp", life.born.year() % 100);
            writing.add(&mail("携帯", address, false, None))?;
        }
    }
    Ok(())
}

fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect()
}

/// Kana as people spell their names in a mail address; the search folds to another spelling.
fn hepburn(kana: &str) -> String {
    const SPELT: &[(&str, &str)] = &[
        ("sy", "sh"),
        ("ty", "ch"),
        ("zy", "j"),
        ("si", "shi"),
        ("ti", "chi"),
        ("tu", "tsu"),
        ("zi", "ji"),
        ("hu", "fu"),
    ];
    SPELT.iter().fold(letters(&fold::romaji(&fold::fold(kana))), |name, (from, to)| name.replace(from, to))
}

/// One post after another from the first day to the last; 嘱託 begins at sixty.
fn add_employments(writing: &mut Writing<'_>, person: PersonId, life: &Life) -> Result<(), Fault> {
    let posts = life.posts();
    let begin = |nth: usize| match posts.get(nth) {
        _ if nth == 0 => life.joined,
        Some((_, _, "嘱託")) => ymd(life.left.year() - (life.leaver.age - 60), 4, 1),
        _ => ymd(life.joined.year() + life.leaver.served * nth as i32 / posts.len() as i32, 4, 1),
    };
    for (nth, (department, post, contract)) in posts.iter().enumerate() {
        let until = if nth + 1 == posts.len() { life.left } else { begin(nth + 1) - Days::new(1) };
        writing.add(&Employment {
            person,
            from_on: life.as_known(begin(nth)),
            until_on: life.as_known(until),
            department: (*department).to_owned(),
            post: (*post).to_owned(),
            contract: (*contract).to_owned(),
        })?;
    }
    Ok(())
}

const ASKED: &str = "退職後も、会報・行事の案内・近況のお尋ねのためにご住所とお名前を使わせていただきます。いつでもやめられます。";
const NOTIFIED: &str = "以前からお送りしている会報と行事の案内のために、名簿のご住所とお名前を使っております。ご不要の方はお知らせください。";

fn add_consents(
    writing: &mut Writing<'_>,
    person: PersonId,
    life: &Life,
    chance: &mut Chance,
    today: NaiveDate,
) -> Result<(), Fault> {
    let name = life.name.as_str();
    if life.has_died() {
        return Ok(());
    }
    let consent = |purpose, channel, basis, state, on: NaiveDate, evidence: &str| {
        let wording = match basis {
            Basis::None => "",
            Basis::Notified => NOTIFIED,
            Basis::Consent | Basis::Requested => ASKED,
        };
        Consent {
            person,
            purpose,
            channel,
            basis,
            state,
            on_day: (basis != Basis::None).then(|| on.into()),
            wording: wording.to_owned(),
            evidence: evidence.to_owned(),
        }
    };
    let told = LAST.iter().find(|row| row.0 == name).map_or(life.left, |row| ago(today, row.1));
    let notice = paper::dated(paper::DRAFT - 6, today).max(life.left);
    let stopped = NO_CONTACT.contains(&name);
    let (basis, state, on, evidence) = match name {
        WITHDRAWN => (Basis::Consent, ConsentState::Withdrawn, told, "本人からのメール"),
        _ if stopped || NO_NEWSLETTER.contains(&name) => {
            (Basis::Notified, ConsentState::No, told, "本人からの申出")
        }
        _ if NOT_ASKED.contains(&name) => (Basis::None, ConsentState::Unknown, today, ""),
        _ if life.leaver.ago <= 5 => {
            (Basis::Consent, ConsentState::Yes, life.left, "連絡先届（退職日に受領）")
        }
        _ if chance.percent(8) => (Basis::Requested, ConsentState::Yes, notice, "本人からの電話"),
        _ => (Basis::Notified, ConsentState::Yes, notice, "会報第6号に同封のお知らせ"),
    };
    writing.add(&consent(Purpose::Newsletter, Channel::Post, basis, state, on, evidence))?;
    if stopped || basis == Basis::None {
        return Ok(());
    }
    let card = ago(today, 60 + chance.below(600)).max(life.left);
    let mut yes = |purpose, channel, evidence| {
        writing.add(&consent(purpose, channel, Basis::Consent, ConsentState::Yes, card, evidence))
    };
    if state == ConsentState::Yes && life.age(today) < 50 && chance.percent(40) {
        yes(Purpose::Newsletter, Channel::Mail, "返信はがき")?;
    }
    if REHIRE.contains(&name) {
        yes(Purpose::Rehire, Channel::Phone, "退職時の面談で本人が希望")?;
    }
    if HELP.iter().any(|row| row.0 == name) {
        yes(Purpose::Help, Channel::Phone, "「お手伝いできること」の返信はがき")?;
    }
    if NAME_IN_PRINT.contains(&name) {
        yes(Purpose::NameInPrint, Channel::Print, "返信はがき「名前も載せてよい」に丸")?;
        yes(Purpose::WorkInPrint, Channel::Print, "返信はがき「在籍した部署もよい」に丸")?;
    }
    if PHOTO_IN_PRINT.contains(&name) {
        yes(Purpose::PhotoInPrint, Channel::Print, "返信はがき「写真もよい」に丸")?;
    }
    if NOT_IN_PRINT.contains(&name) {
        let no = (ConsentState::No, card, "返信はがき「載せない」に丸");
        writing.add(&consent(Purpose::NameInPrint, Channel::Print, Basis::Consent, no.0, no.1, no.2))?;
    }
    if chance.percent(75) || NO_NEWSLETTER.contains(&name) {
        let (basis, evidence) = if life.leaver.ago <= 5 {
            (Basis::Consent, "連絡先届")
        } else {
            (Basis::Notified, "同窓会の案内状")
        };
        writing.add(&consent(Purpose::Event, Channel::Post, basis, ConsentState::Yes, notice, evidence))?;
    }
    Ok(())
}

fn saved_filters(today: NaiveDate) -> [(&'static str, Filter); 5] {
    [
        (
            "月10時間以上・経理",
            Filter { hours_at_least: Some(10), help_field: "経理".to_owned(), ..Filter::default() },
        ),
        (
            "この一年に退職・お名前を載せてよい方",
            Filter { left_from: Some(today.year() - 1), nameable: true, ..Filter::default() },
        ),
        (
            "再入社に関心・連絡できる方",
            Filter {
                tags: vec!["再入社に関心".to_owned()],
                standing: Some(find::Standing::Reachable),
                ..Filter::default()
            },
        ),
        ("野球部のOB", Filter { tags: vec!["野球部".to_owned()], ..Filter::default() }),
        ("宛先不明の方", Filter { standing: Some(find::Standing::Returned), ..Filter::default() }),
    ]
}

#[cfg(test)]
mod tests;
