//! Who may be one person: by number, name, reading, birthday, telephone, mail, address and years in the company. What
//! speaks for it is told with every find, and nothing is joined here.

use crate::{Address, Day, Fault, Mail, Person, Phone, Reading, fold::fold, id::*};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
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
    // Most letters are these, and what looks the others up takes ten times as long.
    let usual = |letter| matches!(letter, 'ァ'..='ヺ' | '一'..='\u{9fff}');
    fold(text).chars().filter(|&letter| usual(letter) || letter.is_alphanumeric()).collect()
}

/// An entry's texts without forms of letters.
struct Folded {
    family: String,
    given: String,
    /// Empty when half of it is missing.
    kana: String,
    number: String,
    phones: Vec<String>,
    mails: Vec<String>,
    addresses: Vec<String>,
}

impl Folded {
    fn of(traits: &Traits) -> Folded {
        let person = &traits.person;
        let (family_kana, given_kana) = (bare(&person.family_kana), bare(&person.given_kana));
        let kana = match family_kana.is_empty() || given_kana.is_empty() {
            true => String::new(),
            false => format!("{family_kana} {given_kana}"),
        };
        let (mails, addresses) = (traits.mails.iter(), traits.addresses.iter());
        Folded {
            family: bare(&person.family),
            given: bare(&person.given),
            kana,
            number: fold(&person.employee_number).trim().to_owned(),
            phones: traits.phones.iter().filter_map(|number| digits(number)).collect(),
            mails: mails.map(|mail| fold(mail.trim())).filter(|mail| !mail.is_empty()).collect(),
            addresses: addresses.map(|line| bare(line)).filter(|line| line.chars().count() > 6).collect(),
        }
    }
}

/// A day of which all is known; half a day says nothing.
fn whole(day: Option<Day>) -> Option<Day> {
    day.filter(|day| day.day().is_some() && day.year().is_some())
}

/// Stands for a text wherever only equality counts; 0 for none. Of 100,000 texts two have the same sum by chance once in
/// four thousand million lists.
fn sum(text: &str) -> u64 {
    let mut hash = DefaultHasher::new();
    text.hash(&mut hash);
    if text.trim().is_empty() { 0 } else { hash.finish().max(1) }
}

/// An entry in the form in which it is compared with hundreds of others: its texts as sums.
#[derive(Debug, Clone)]
pub struct Compared {
    name: u64,
    written: u64,
    family: u64,
    given: u64,
    maiden: u64,
    kana: u64,
    given_kana: u64,
    number: u64,
    born: Option<Day>,
    joined: Option<Day>,
    left: Option<Day>,
    phones: Vec<u64>,
    mails: Vec<u64>,
    addresses: Vec<u64>,
}

impl Compared {
    /// What is compared of these.
    #[must_use]
    pub fn of(traits: &Traits) -> Compared {
        let person = &traits.person;
        let folded = Folded::of(traits);
        let sums = |texts: &[String]| texts.iter().map(|text| sum(text)).collect();
        Compared {
            name: sum(&format!("{} {}", folded.family, folded.given)),
            written: sum(&format!("{} {}", person.family, person.given)),
            family: sum(&folded.family),
            given: sum(&folded.given),
            maiden: sum(&bare(&person.maiden)),
            kana: sum(&folded.kana),
            given_kana: sum(&bare(&person.given_kana)),
            number: sum(&folded.number),
            born: whole(person.born_on),
            joined: whole(person.joined_on),
            left: whole(person.left_on),
            phones: sums(&folded.phones),
            mails: sums(&folded.mails),
            addresses: sums(&folded.addresses),
        }
    }

    /// By what entries that may be the same are found: at least one of these is shared. With each, whether it is no
    /// more than a name.
    fn keys(&self) -> Vec<(bool, u64)> {
        let mut keys = Vec::with_capacity(6);
        let mut key = |kind: u64, sum: u64| {
            if sum != 0 {
                keys.push((matches!(kind, 2 | 3), sum ^ kind.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
            }
        };
        key(1, self.number);
        key(2, self.name);
        key(3, self.kana);
        self.phones.iter().for_each(|phone| key(4, *phone));
        self.mails.iter().for_each(|mail| key(5, *mail));
        if let Some(born) = self.born {
            let mut hash = DefaultHasher::new();
            (born, self.given).hash(&mut hash);
            key(6, hash.finish());
        }
        keys
    }

    fn likeness(&self, other: &Compared) -> Option<Likeness> {
        use Evidence::*;
        fn both<T: PartialEq>(one: Option<T>, other: Option<T>) -> Option<bool> {
            Some(one? == other?)
        }
        let text = |one: u64, other: u64| (one != 0 && other != 0).then_some(one == other);
        let same = |one: u64, other: u64| one != 0 && one == other;
        let share = |one: &[u64], other: &[u64]| one.iter().any(|text| other.contains(text));
        let (numbers, born) = (text(self.number, other.number), both(self.born, other.born));
        let number = numbers == Some(true);
        let named = same(self.name, other.name);
        let read = same(self.kana, other.kana);
        let given = same(self.given, other.given) || same(self.given_kana, other.given_kana);
        let family = same(self.family, other.family);
        let maiden = same(self.maiden, other.family) || same(self.family, other.maiden);
        let married = maiden && given && !named;
        let same_day = born == Some(true);
        let phone = share(&self.phones, &other.phones);
        let mail = share(&self.mails, &other.mails);
        let address = share(&self.addresses, &other.addresses);
        let (joined, left) = (both(self.joined, other.joined), both(self.left, other.left));
        let years = joined == Some(true) || left == Some(true);
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
        let evidence = [
            (Number, number),
            (if self.written == other.written { Name } else { Variant }, named),
            (Kana, read),
            (Maiden, married),
            (Born, same_day),
            (Phone, phone),
            (Mail, mail),
            (Address, address),
            (Employment, years),
        ];
        // Most who are compared have a name in common and no more.
        (certain || possible).then(|| Likeness {
            certain,
            evidence: evidence.into_iter().filter_map(|(what, says)| says.then_some(what)).collect(),
        })
    }
}

/// What tells somebody from everybody else, in the form in which it is compared: each a trait together with a name, never
/// a name alone.
pub(crate) fn signs(traits: &Traits) -> Vec<String> {
    let folded = Folded::of(traits);
    let names = [folded.family + &folded.given, folded.kana.replace(' ', "")];
    let person = &traits.person;
    let days = [('b', person.born_on), ('j', person.joined_on), ('l', person.left_on)];
    let days = days.into_iter().filter_map(|(kind, day)| Some((kind, whole(day)?.to_string())));
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
    entries: Vec<Option<Compared>>,
    /// Number and birthday of each, which alone tell most namesakes apart.
    brief: Vec<(u64, Option<Day>)>,
    /// The places of a key, in ascending order.
    by_key: HashMap<u64, Vec<u32>>,
}

impl Entries {
    /// Adds an entry behind the others; its place counts from 0.
    pub fn add(&mut self, entry: Compared) {
        self.put(self.entries.len(), Some(entry));
    }

    /// Puts an entry in a place, or leaves it empty.
    pub fn put(&mut self, place: usize, entry: Option<Compared>) {
        if self.entries.len() <= place {
            self.entries.resize_with(place + 1, || None);
            self.brief.resize(place + 1, (0, None));
        }
        for (_, key) in self.entries[place].iter().flat_map(Compared::keys) {
            if let Some(places) = self.by_key.get_mut(&key) {
                places.retain(|&at| at != place as u32);
            }
        }
        for (_, key) in entry.iter().flat_map(Compared::keys) {
            let places = self.by_key.entry(key).or_default();
            let at = places.partition_point(|&at| at < place as u32);
            if places.get(at) != Some(&(place as u32)) {
                places.insert(at, place as u32);
            }
        }
        self.brief[place] = entry.as_ref().map_or((0, None), |entry| (entry.number, entry.born));
        self.entries[place] = entry;
    }

    /// The places of those who may be this one, the likeliest first.
    #[must_use]
    pub fn like(&self, entry: &Compared) -> Vec<(usize, Likeness)> {
        self.like_before(entry, self.entries.len())
    }

    /// … of those in the places before one, as if there were no others.
    #[must_use]
    pub fn like_before(&self, entry: &Compared, before: usize) -> Vec<(usize, Likeness)> {
        let (mut places, mut namesakes) = (Vec::new(), Vec::new());
        let mut all_told = true;
        for (by_name, key) in entry.keys() {
            let of_key = self.by_key.get(&key).map_or(&[][..], Vec::as_slice);
            let of_key = &of_key[..of_key.partition_point(|&place| (place as usize) < before)];
            match of_key.len() > TOO_MANY {
                true => all_told &= by_name,
                false if by_name => namesakes.extend_from_slice(of_key),
                false => places.extend_from_slice(of_key),
            }
        }
        // Two numbers are two people, unless something else speaks for one; and that has keys of its own.
        let apart = |place: &u32| {
            let (number, born) = self.brief[*place as usize];
            all_told
                && number != entry.number
                && number != 0
                && entry.number != 0
                && (born.is_none() || born != entry.born)
        };
        places.extend(namesakes.iter().filter(|place| !apart(place)));
        places.sort_unstable();
        places.dedup();
        let like =
            |place: u32| Some((place as usize, entry.likeness(self.entries[place as usize].as_ref()?)?));
        let mut found: Vec<_> = places.into_iter().filter_map(like).collect();
        found.sort_by_key(|(place, likeness)| {
            (!likeness.certain, usize::MAX - likeness.evidence.len(), *place)
        });
        found
    }

    /// The places behind one that have something in common with this one by which others are found.
    #[must_use]
    pub fn behind(&self, entry: &Compared, place: usize) -> Vec<usize> {
        let keys = entry.keys();
        let places = keys.iter().filter_map(|(_, key)| self.by_key.get(key)).flatten();
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
        entries.add(Compared::of(one));
        entries.like(&Compared::of(other)).pop().map(|(_, likeness)| (likeness.certain, likeness.evidence))
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
        (one.phones, other.phones) = (vec!["090-1234-5678".into()], vec!["090-1234-5678".into()]);
        assert_eq!(like(&one, &other), Some((false, vec![Name, Phone])), "unless something speaks for one");
        (one.phones, other.phones) = (Vec::new(), Vec::new());
        other.person.employee_number = "0012".into();
        assert_eq!(like(&one, &other), Some((true, vec![Number, Name])));
        other.person.family = "大野".into();
        other.person.given = "恵".into();
        assert_eq!(like(&one, &other), Some((false, vec![Number])), "a number may be given anew");
    }

    #[test]
    fn the_likeliest_comes_first() {
        let mut entries = Entries::default();
        entries.add(Compared::of(&who("佐藤", "誠")));
        let mut same = who("佐藤", "誠");
        same.mails = vec!["makoto@example.jp".into()];
        entries.add(Compared::of(&same));
        let places: Vec<_> = entries.like(&Compared::of(&same)).into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, [1, 0]);
    }
}
