//! Who may be one person: by number, name, reading, birthday, telephone, mail, address and years in the company. What
//! speaks for it is told with every find, and nothing is joined here.

use crate::{Address, Day, Fault, Mail, Person, Phone, Reading, fold::fold, id::*};
use serde::{Deserialize, Serialize};
use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};
use ts_rs::TS;

/// A name that more people bear than this says nothing by itself.
const TOO_MANY: usize = 200;

/// What speaks for two entries being one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// The same employee number.
    Number,
    /// The same name, letter for letter.
    Name,
    /// The same name but for variants of its letters: 髙橋 and 高橋.
    Variant,
    /// The same reading.
    Kana,
    /// One's family name is the other's 旧姓.
    Maiden,
    /// The same birthday.
    Born,
    /// The same telephone number.
    Phone,
    /// The same mail address.
    Mail,
    /// The same postal address.
    Address,
    /// The same first or last day in the company.
    Employment,
}

/// What two entries have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Likeness {
    /// Enough to take the two for one without asking.
    pub certain: bool,
    /// What speaks for it.
    pub evidence: Vec<Evidence>,
}

/// What is known of one entry, of the register or of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Traits {
    /// The person's own fields; those that no comparison needs may be empty.
    pub person: Person,
    /// Telephone numbers as written.
    pub phones: Vec<String>,
    /// Mail addresses as written.
    pub mails: Vec<String>,
    /// Postal addresses, each in one line.
    pub addresses: Vec<String>,
}

/// An address in one line, to be compared.
#[must_use]
pub fn in_one_line(address: &Address) -> String {
    [&address.prefecture, &address.city, &address.street, &address.building].map(String::as_str).concat()
}

/// The digits of a telephone number, if they are enough for one.
#[must_use]
pub fn digits(number: &str) -> Option<String> {
    let digits: String = fold(number).chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 9).then_some(digits)
}

/// A text without spaces, dashes and forms of letters.
#[must_use]
pub fn bare(text: &str) -> String {
    fold(text).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// An entry in the form in which it is compared.
struct Folded {
    name: String,
    written: String,
    family: String,
    given: String,
    maiden: String,
    kana: String,
    given_kana: String,
    number: String,
    born: Option<Day>,
    joined: Option<Day>,
    left: Option<Day>,
    phones: Vec<String>,
    mails: Vec<String>,
    addresses: Vec<String>,
}

impl Folded {
    fn of(traits: &Traits) -> Folded {
        let person = &traits.person;
        let (family, given) = (bare(&person.family), bare(&person.given));
        let (family_kana, given_kana) = (bare(&person.family_kana), bare(&person.given_kana));
        let whole = |day: Option<Day>| day.filter(|day| day.day().is_some() && day.year().is_some());
        let kana = if family_kana.is_empty() || given_kana.is_empty() {
            String::new()
        } else {
            format!("{family_kana} {given_kana}")
        };
        Folded {
            name: format!("{family} {given}"),
            written: format!("{} {}", person.family, person.given),
            family,
            given,
            maiden: bare(&person.maiden),
            kana,
            given_kana,
            number: fold(&person.employee_number).trim().to_owned(),
            born: whole(person.born_on),
            joined: whole(person.joined_on),
            left: whole(person.left_on),
            phones: traits.phones.iter().filter_map(|number| digits(number)).collect(),
            mails: traits
                .mails
                .iter()
                .map(|mail| fold(mail.trim()))
                .filter(|mail| !mail.is_empty())
                .collect(),
            addresses: traits
                .addresses
                .iter()
                .map(|line| bare(line))
                .filter(|line| line.chars().count() > 6)
                .collect(),
        }
    }

    /// By what entries that may be the same are found: at least one of these is shared.
    fn keys(&self) -> Vec<u64> {
        let mut keys = Vec::with_capacity(6);
        let mut key = |kind: char, text: &str| {
            if !text.trim().is_empty() {
                let mut hash = DefaultHasher::new();
                (kind, text).hash(&mut hash);
                keys.push(hash.finish());
            }
        };
        key('#', &self.number);
        key('n', &self.name);
        key('k', &self.kana);
        self.phones.iter().for_each(|phone| key('p', phone));
        self.mails.iter().for_each(|mail| key('m', mail));
        if let Some(born) = self.born {
            key('b', &format!("{born} {}", self.given));
        }
        keys
    }

    fn likeness(&self, other: &Folded) -> Option<Likeness> {
        use Evidence::*;
        let mut evidence = Vec::new();
        let mut holds = |what, says: bool| {
            if says {
                evidence.push(what);
            }
            says
        };
        fn both<T: PartialEq>(one: Option<T>, other: Option<T>) -> Option<bool> {
            Some(one? == other?)
        }
        fn share(one: &[String], other: &[String]) -> bool {
            one.iter().any(|text| other.contains(text))
        }
        let text = |one: &str, other: &str| (!one.is_empty() && !other.is_empty()).then_some(one == other);
        let (numbers, born) = (text(&self.number, &other.number), both(self.born, other.born));
        let number = holds(Number, numbers == Some(true));
        let named = !self.name.trim().is_empty() && self.name == other.name;
        holds(if self.written == other.written { Name } else { Variant }, named);
        let read = holds(Kana, text(&self.kana, &other.kana) == Some(true));
        let given = text(&self.given, &other.given) == Some(true)
            || text(&self.given_kana, &other.given_kana) == Some(true);
        let family = text(&self.family, &other.family) == Some(true);
        let maiden = text(&self.maiden, &other.family) == Some(true)
            || text(&self.family, &other.maiden) == Some(true);
        let married = holds(Maiden, maiden && given && !named);
        let same_day = holds(Born, born == Some(true));
        let phone = holds(Phone, share(&self.phones, &other.phones));
        let mail = holds(Mail, share(&self.mails, &other.mails));
        let address = holds(Address, share(&self.addresses, &other.addresses));
        let (joined, left) = (both(self.joined, other.joined), both(self.left, other.left));
        let years = holds(Employment, joined == Some(true) || left == Some(true));
        let strong = same_day || phone || mail || address || left == Some(true);
        let against = born == Some(false) || numbers == Some(false);
        let certain = (number && (named || read || given || family) && born != Some(false))
            || (named && strong && !against);
        let possible = number
            || ((named || read)
                && born != Some(false)
                && (numbers != Some(false) || same_day || phone || mail))
            || (given && (phone || mail))
            || (married && (same_day || years || phone || mail))
            || (given && same_day && (years || address));
        (certain || possible).then_some(Likeness { certain, evidence })
    }
}

/// What tells somebody from everybody else, in the form in which it is compared: each a trait together with a name, never
/// a name alone.
pub(crate) fn signs(traits: &Traits) -> Vec<String> {
    let folded = Folded::of(traits);
    let names = [&folded.name, &folded.kana].map(|name| name.trim().replace(' ', ""));
    let days = [('b', folded.born), ('j', folded.joined), ('l', folded.left)];
    let days = days.into_iter().filter_map(|(kind, day)| Some((kind, day?.to_string())));
    let lists = [('p', folded.phones), ('m', folded.mails), ('a', folded.addresses)];
    let lists = lists.into_iter().flat_map(|(kind, texts)| texts.into_iter().map(move |text| (kind, text)));
    let number = Some(('#', folded.number)).filter(|(_, number)| !number.is_empty());
    let all: Vec<_> = number.into_iter().chain(days).chain(lists).collect();
    let named = names.iter().filter(|name| !name.is_empty());
    named.flat_map(|name| all.iter().map(move |(kind, text)| format!("{kind}{text}\u{1f}{name}"))).collect()
}

/// Entries among which others are looked for, each in its place. Between them may be places without an entry.
#[derive(Default)]
pub struct Entries {
    entries: Vec<Option<Folded>>,
    /// The places of a key, in ascending order, by the key's hash: two keys of one hash cost a comparison and no more.
    by_key: HashMap<u64, Vec<u32>>,
}

impl Entries {
    /// Adds an entry behind the others; its place counts from 0.
    pub fn add(&mut self, traits: &Traits) {
        self.put(self.entries.len(), Some(traits));
    }

    /// Puts an entry in a place, or leaves it empty.
    pub fn put(&mut self, place: usize, traits: Option<&Traits>) {
        if self.entries.len() <= place {
            self.entries.resize_with(place + 1, || None);
        }
        let folded = traits.map(Folded::of);
        for key in self.entries[place].iter().flat_map(Folded::keys) {
            if let Some(places) = self.by_key.get_mut(&key) {
                places.retain(|&at| at != place as u32);
            }
        }
        for key in folded.iter().flat_map(Folded::keys) {
            let places = self.by_key.entry(key).or_default();
            let at = places.partition_point(|&at| at < place as u32);
            if places.get(at) != Some(&(place as u32)) {
                places.insert(at, place as u32);
            }
        }
        self.entries[place] = folded;
    }

    /// The places of those who may be this one, the likeliest first.
    #[must_use]
    pub fn like(&self, traits: &Traits) -> Vec<(usize, Likeness)> {
        self.like_before(traits, self.entries.len())
    }

    /// … of those in the places before one, as if there were no others.
    #[must_use]
    pub fn like_before(&self, traits: &Traits, before: usize) -> Vec<(usize, Likeness)> {
        let folded = Folded::of(traits);
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        for key in folded.keys() {
            let places = self.by_key.get(&key).map_or(&[][..], Vec::as_slice);
            let places = &places[..places.partition_point(|&place| (place as usize) < before)];
            if places.len() > TOO_MANY {
                continue;
            }
            for &place in places {
                if seen.insert(place)
                    && let Some(other) = &self.entries[place as usize]
                    && let Some(likeness) = folded.likeness(other)
                {
                    found.push((place as usize, likeness));
                }
            }
        }
        found.sort_by_key(|(place, likeness)| {
            (!likeness.certain, usize::MAX - likeness.evidence.len(), *place)
        });
        found
    }

    /// The places behind one that have something in common with this one by which others are found.
    #[must_use]
    pub fn behind(&self, traits: &Traits, place: usize) -> Vec<usize> {
        let keys = Folded::of(traits).keys();
        let places = keys.iter().filter_map(|key| self.by_key.get(key)).flatten();
        let mut places: Vec<usize> = places.map(|&at| at as usize).filter(|&at| at > place).collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

impl Reading<'_> {
    /// Everybody, as far as comparisons need it, in the order in which they came.
    ///
    /// # Errors
    /// The database's.
    pub fn traits(&self) -> Result<Vec<(PersonId, Traits)>, Fault> {
        let people = self.all::<Person>()?;
        let mut all: Vec<(PersonId, Traits)> = people
            .into_iter()
            .map(|kept| (PersonId(kept.id), Traits { person: kept.fields, ..Traits::default() }))
            .collect();
        let places: HashMap<PersonId, usize> =
            all.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
        let mut put = |person: PersonId, put: &dyn Fn(&mut Traits)| {
            if let Some(&at) = places.get(&person) {
                put(&mut all[at].1);
            }
        };
        for kept in self.all::<Phone>()? {
            put(kept.fields.person, &|traits| traits.phones.push(kept.fields.number.clone()));
        }
        for kept in self.all::<Mail>()? {
            put(kept.fields.person, &|traits| traits.mails.push(kept.fields.address.clone()));
        }
        for kept in self.all::<Address>()? {
            put(kept.fields.person, &|traits| traits.addresses.push(in_one_line(&kept.fields)));
        }
        Ok(all)
    }

    /// … one of them.
    ///
    /// # Errors
    /// The database's; [`Fault::NotFound`].
    pub fn traits_of(&self, person: PersonId) -> Result<Traits, Fault> {
        crate::erase::self_traits(self.conn, person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(family: &str, given: &str) -> Traits {
        let person = Person { family: family.into(), given: given.into(), ..Person::default() };
        Traits { person, ..Traits::default() }
    }

    fn like(one: &Traits, other: &Traits) -> Option<(bool, Vec<Evidence>)> {
        let mut entries = Entries::default();
        entries.add(one);
        entries.like(other).pop().map(|(_, likeness)| (likeness.certain, likeness.evidence))
    }

    #[test]
    fn evidence_is_weighed_and_told() {
        use Evidence::*;
        let day = |text: &str| Day::try_from(text.to_owned()).ok();
        let sato = who("佐藤", "誠");
        assert_eq!(like(&sato, &sato), Some((false, vec![Name])), "a name alone is asked about");
        assert_eq!(like(&sato, &who("佐藤", "実")), None);
        let (mut one, mut other) = (who("髙橋", "一郎"), who("高橋", "一郎"));
        one.phones = vec!["090-1234-5678".into()];
        other.phones = vec!["０９０１２３４５６７８".into()];
        assert_eq!(like(&one, &other), Some((true, vec![Variant, Phone])));
        one.person.born_on = day("1970-11-25");
        other.person.born_on = day("1971-11-25");
        assert_eq!(
            like(&one, &other),
            Some((false, vec![Variant, Phone])),
            "born on two days: asked, not taken"
        );
        other.person.born_on = day("1970");
        assert_eq!(
            like(&one, &other).map(|(certain, _)| certain),
            Some(true),
            "half a birthday says nothing"
        );
        let (mut one, mut other) = (who("山田", "花子"), who("鈴木", "花子"));
        other.person.maiden = "山田".into();
        assert_eq!(like(&one, &other), None);
        one.person.born_on = day("1980-04-01");
        other.person.born_on = day("1980-04-01");
        assert_eq!(like(&one, &other), Some((false, vec![Maiden, Born])));
        let (mut one, mut other) = (who("佐藤", "誠"), who("佐藤", "誠"));
        one.person.employee_number = "0012".into();
        other.person.employee_number = "0013".into();
        assert_eq!(like(&one, &other), None, "two numbers are two people");
        other.person.employee_number = "0012".into();
        assert_eq!(like(&one, &other), Some((true, vec![Number, Name])));
        other.person.family = "大野".into();
        other.person.given = "恵".into();
        assert_eq!(like(&one, &other), Some((false, vec![Number])), "a number may be given anew");
    }

    #[test]
    fn the_likeliest_comes_first() {
        let mut entries = Entries::default();
        entries.add(&who("佐藤", "誠"));
        let mut same = who("佐藤", "誠");
        same.mails = vec!["makoto@example.jp".into()];
        entries.add(&same);
        let places: Vec<_> = entries.like(&same).into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, [1, 0]);
    }
}
