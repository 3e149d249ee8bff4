//! The dictionary of postal codes: Japan Post's `KEN_ALL.CSV` and `utf_ken_all.csv`, as they are or in their ZIP, read
//! into memory and asked both ways. Its form: <https://www.post.japanpost.jp/zipcode/dl/readme.html>

use std::collections::HashMap;
use std::io::{Cursor, Read};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::doubt::Fault;
use crate::text::{MOST_BYTES, read_text};

/// The columns of the file that are read, the first is 0: the code of seven digits, and the three parts of the address.
const CODE: usize = 2;
const PREFECTURE: usize = 6;
const CITY: usize = 7;
const TOWN: usize = 8;
/// The most places that are read; Japan has some 124,000.
const MOST_PLACES: usize = 1_000_000;
/// The most places that one answer names.
const MOST_NAMED: usize = 20;
/// The longest name of a city in letters, with its county: 南都留郡富士河口湖町 has ten.
const LONGEST_CITY: usize = 16;

/// A place that has a postal code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "PostalPlace")]
pub struct Place {
    /// Its code, as `980-0811`.
    pub postal: String,
    /// 都道府県.
    pub prefecture: String,
    /// 市区町村, with its county.
    pub city: String,
    /// 町域; empty for what the dictionary does not list by itself.
    pub town: String,
}

/// All places.
#[derive(PartialEq, Default)]
pub struct Dictionary {
    /// In the order of their codes.
    entries: Vec<Entry>,
    /// Each with its prefecture.
    cities: Vec<(String, String)>,
    /// Which cities bear a name, as [`folded`], with the county and without.
    named: HashMap<String, Vec<u16>>,
    /// The entries of each city, by their [`folded`] towns.
    of_city: Vec<Vec<u32>>,
    /// The names of all towns, each as it is written and then folded.
    text: String,
    dated: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Entry {
    code: u32,
    city: u16,
    /// Where its town begins, where the folded one does, and where that ends.
    at: [u32; 3],
}

impl std::fmt::Debug for Dictionary {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Dictionary of {} places", self.entries.len())
    }
}

impl Dictionary {
    /// Reads the file, or the ZIP with it, in CP932 or UTF-8.
    ///
    /// # Errors
    /// [`Fault::NotPostal`] for another file, and those of a table that cannot be read.
    pub fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let (unpacked, dated) =
            if bytes.starts_with(b"PK\x03\x04") { unpacked(bytes)? } else { (None, None) };
        let text = read_text(unpacked.as_deref().unwrap_or(bytes), None)?.1;
        let mut dictionary = Self { dated, ..Self::default() };
        let mut cities: HashMap<(String, String), u16> = HashMap::new();
        let mut towns: HashMap<String, [u32; 3]> = HashMap::new();
        let mut rows =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let (mut row, mut begun) = (csv::StringRecord::new(), None::<(u32, u16, String)>);
        let not_postal = |row: &csv::StringRecord| Fault::NotPostal {
            line: row.position().map_or(1, |at| at.line() as u32),
        };
        while rows.read_record(&mut row).map_err(|_| Fault::NotPostal { line: 1 })? {
            let (Some(code), Some(town)) = (row.get(CODE), row.get(TOWN)) else {
                return Err(not_postal(&row));
            };
            let (prefecture, name) = (row[PREFECTURE].trim(), row[CITY].trim());
            let digits = code.len() == 7 && code.bytes().all(|byte| byte.is_ascii_digit());
            let code = code.parse().ok().filter(|_| digits && !prefecture.is_empty() && !name.is_empty());
            let code: u32 = code.ok_or_else(|| not_postal(&row))?;
            let key = (prefecture.to_owned(), name.to_owned());
            let city = match cities.get(&key) {
                Some(&city) => city,
                None => {
                    let city = u16::try_from(dictionary.cities.len()).map_err(|_| not_postal(&row))?;
                    dictionary.cities.push(key.clone());
                    cities.insert(key, city);
                    city
                }
            };
            // A long name in brackets runs on in the next rows.
            let town = match begun.take() {
                Some((begun, of, before)) if (begun, of) == (code, city) => before + town,
                _ => town.to_owned(),
            };
            if town.contains('（') && !town.contains('）') && town.len() < 4_000 {
                begun = Some((code, city, town));
                continue;
            }
            if dictionary.entries.len() == MOST_PLACES {
                return Err(Fault::TooManyRows);
            }
            let at = *towns.entry(plain(&town, name).to_owned()).or_insert_with_key(|town| {
                let text = &mut dictionary.text;
                let first = text.len() as u32;
                text.push_str(town);
                let second = text.len() as u32;
                text.push_str(&folded(town));
                [first, second, text.len() as u32]
            });
            dictionary.entries.push(Entry { code, city, at });
        }
        if dictionary.entries.is_empty() {
            return Err(Fault::NotPostal { line: 1 });
        }
        dictionary.put_in_order();
        Ok(dictionary)
    }

    fn put_in_order(&mut self) {
        self.entries.sort_by_key(|entry| (entry.code, entry.city, entry.at));
        self.entries.dedup();
        let mut of_city = vec![Vec::new(); self.cities.len()];
        for (at, entry) in self.entries.iter().enumerate() {
            of_city[usize::from(entry.city)].push(at as u32);
        }
        for towns in &mut of_city {
            towns.sort_by_key(|&at| self.folded_town(&self.entries[at as usize]));
        }
        self.of_city = of_city;
        for (city, (_, name)) in self.cities.iter().enumerate() {
            let mut names = vec![name.as_str()];
            // 西村山郡河北町 is often written without its county; 郡山市 has none.
            names.extend(
                name.split_once('郡')
                    .filter(|(county, rest)| {
                        !county.is_empty() && rest.chars().count() > 1 && rest.ends_with(['町', '村'])
                    })
                    .map(|(_, rest)| rest),
            );
            for name in names {
                self.named.entry(folded(name)).or_default().push(city as u16);
            }
        }
    }

    /// How many places it has.
    #[must_use]
    pub fn places(&self) -> usize {
        self.entries.len()
    }

    /// The day of the file within the ZIP; none of a file without one.
    #[must_use]
    pub fn dated(&self) -> Option<NaiveDate> {
        self.dated
    }

    /// The places of a code, as `980-0811`; none for one that is not known.
    #[must_use]
    pub fn at(&self, postal: &str) -> Vec<Place> {
        self.entries_at(postal).iter().take(MOST_NAMED).map(|entry| self.place(entry)).collect()
    }

    fn entries_at(&self, postal: &str) -> &[Entry] {
        let Ok(code) = postal.replace('-', "").parse::<u32>() else { return &[] };
        let first = self.entries.partition_point(|entry| entry.code < code);
        let behind = self.entries.partition_point(|entry| entry.code <= code);
        &self.entries[first..behind]
    }

    /// The places in which an address may lie: those whose name is the longest with which it begins. The prefecture and
    /// the county may be missing. Several when the town has several codes; those without a town when none fits.
    #[must_use]
    pub fn of_address(&self, address: &str) -> Vec<Place> {
        self.entries_of(address).into_iter().take(MOST_NAMED).map(|entry| self.place(entry)).collect()
    }

    /// The one code of an address, where its town is listed and has only one.
    #[must_use]
    pub fn code_of(&self, address: &str) -> Option<String> {
        let found = self.entries_of(address);
        let first = *found.first()?;
        let sure = !self.folded_town(first).is_empty() && found.iter().all(|entry| entry.code == first.code);
        sure.then(|| written(first.code))
    }

    fn entries_of(&self, address: &str) -> Vec<&Entry> {
        let address = folded(address);
        let mut best: (usize, Vec<u32>) = (0, Vec::new());
        for (prefecture, rest) in prefectures(&address) {
            let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]).skip(2).take(LONGEST_CITY);
            for end in ends {
                let fits = |&&city: &&u16| prefecture.is_none_or(|it| it == self.cities[usize::from(city)].0);
                for &city in self.named.get(&rest[..end]).into_iter().flatten().filter(fits) {
                    let rest = without_aza(&rest[end..]);
                    for at in self.towns_like(city, rest) {
                        let town = self.folded_town(&self.entries[at as usize]);
                        let length = if town.is_empty() { 1 } else { 1 + end + town.len() };
                        if length >= best.0 && begins(rest, town) {
                            if length > best.0 {
                                best = (length, Vec::new());
                            }
                            best.1.push(at);
                        }
                    }
                }
            }
        }
        best.1.sort_unstable();
        best.1.into_iter().map(|at| &self.entries[at as usize]).collect()
    }

    /// The entries of a city without a town, and those whose town begins with the same letter as `rest`.
    fn towns_like(&self, city: u16, rest: &str) -> impl Iterator<Item = u32> {
        let towns = &self.of_city[usize::from(city)];
        let town = |at: u32| self.folded_town(&self.entries[at as usize]);
        let letter = rest.chars().next().map_or(0, char::len_utf8);
        let from = towns.partition_point(|&at| town(at) < &rest[..letter]);
        let nameless = towns.iter().take_while(move |&&at| town(at).is_empty());
        let alike =
            towns[from..].iter().take_while(move |&&at| letter > 0 && town(at).starts_with(&rest[..letter]));
        nameless.chain(alike).copied()
    }

    /// What an address lacks before its street by its code: prefecture and city, empty where they are there or where the
    /// code is that of another place.
    pub(crate) fn missing(&self, postal: &str, prefecture: &str, city: &str, street: &str) -> (&str, &str) {
        let entries = self.entries_at(postal);
        let Some(first) = entries.first().filter(|_| prefecture.is_empty()) else { return ("", "") };
        let (of, name) = &self.cities[usize::from(first.city)];
        let (of, name) = (of.as_str(), name.as_str());
        if entries.iter().any(|entry| entry.city != first.city) {
            return ("", "");
        }
        let said = folded(&[city, street].concat());
        if said.is_empty() || said.starts_with(&folded(of)) {
            return ("", "");
        }
        let county = name.find('郡').map_or(name, |at| &name[at + '郡'.len_utf8()..]);
        if [name, county].iter().any(|name| !name.is_empty() && said.starts_with(&folded(name))) {
            return (of, "");
        }
        let town = |entry| {
            begins(without_aza(&said), self.folded_town(entry)) && !self.folded_town(entry).is_empty()
        };
        if city.is_empty() && entries.iter().any(town) { (of, name) } else { ("", "") }
    }

    /// Whether a code is that of the city with which an address begins.
    pub(crate) fn agrees(&self, postal: &str, address: &str) -> bool {
        let address = folded(address);
        self.entries_at(postal).iter().any(|entry| {
            let (prefecture, city) = &self.cities[usize::from(entry.city)];
            let rest = address.strip_prefix(prefecture.as_str()).unwrap_or(&address);
            rest.starts_with(&folded(city))
                || city.split_once('郡').is_some_and(|(_, town)| rest.starts_with(&folded(town)))
        })
    }

    fn folded_town(&self, entry: &Entry) -> &str {
        &self.text[entry.at[1] as usize..entry.at[2] as usize]
    }

    fn place(&self, entry: &Entry) -> Place {
        let (prefecture, city) = self.cities[usize::from(entry.city)].clone();
        let town = self.text[entry.at[0] as usize..entry.at[1] as usize].to_owned();
        Place { postal: written(entry.code), prefecture, city, town }
    }
}

/// The file within a ZIP, and its day.
type Unpacked = (Option<Vec<u8>>, Option<NaiveDate>);

fn unpacked(bytes: &[u8]) -> Result<Unpacked, Fault> {
    let not_postal = |_| Fault::NotPostal { line: 1 };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(not_postal)?;
    let at = (0..archive.len()).find(|&at| {
        archive
            .name_for_index(at)
            .and_then(Result::ok)
            .is_some_and(|name| name.to_ascii_lowercase().ends_with(".csv"))
    });
    let file = archive.by_index(at.ok_or(Fault::NotPostal { line: 1 })?).map_err(not_postal)?;
    let day = file
        .last_modified()
        .and_then(|day| NaiveDate::from_ymd_opt(day.year().into(), day.month().into(), day.day().into()));
    // What it says of its size is not believed.
    let mut text = Vec::new();
    file.take(MOST_BYTES as u64 + 1).read_to_end(&mut text).map_err(|_| Fault::NotPostal { line: 1 })?;
    Ok((Some(text), day))
}

/// The name of a town without what the dictionary says of it: 「（次のビルを除く）」, 「以下に掲載がない場合」, 「の次に番地がくる場合」,
/// 「一円」 (but 一円 in 多賀町 is a town), 「第１地割」.
fn plain<'t>(town: &'t str, city: &str) -> &'t str {
    let town = town.split('（').next().unwrap_or_default();
    if town == "以下に掲載がない場合" || town.contains("の次に番地がくる場合") {
        return "";
    }
    let town = match town.find("地割") {
        Some(_) => town.split(|letter: char| ('０'..='９').contains(&letter)).next().unwrap_or_default(),
        None => town,
    };
    let town =
        if town.contains('第') && town.ends_with('第') { town.trim_end_matches('第') } else { town };
    match town.strip_suffix("一円").filter(|rest| !rest.is_empty()) {
        // 原村一円: the whole village.
        Some(rest) if city.ends_with(rest) => "",
        Some(rest) => rest,
        None => town,
    }
}

/// An address as it is compared: without blanks, numbers in half width, ヶ as ケ.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut number = None::<u32>;
    for letter in text.chars() {
        if let Some(value) = numeral(letter) {
            number = Some(match (number, value) {
                (None, value) => value,
                (Some(number), 10) if number < 10 => number * 10,
                (Some(number), value) if number % 10 == 0 && number > 0 && value < 10 => number + value,
                (Some(number), value) => {
                    out.push_str(&number.to_string());
                    value
                }
            });
            continue;
        }
        if let Some(number) = number.take() {
            out.push_str(&number.to_string());
        }
        match letter {
            '０'..='９' => out.push((b'0' + (letter as u32 - '０' as u32) as u8) as char),
            'ヶ' | 'ｹ' => out.push('ケ'),
            'ヵ' => out.push('カ'),
            'の' | '之' => out.push('ノ'),
            letter if letter.is_whitespace() => {}
            letter => out.push(letter),
        }
    }
    if let Some(number) = number {
        out.push_str(&number.to_string());
    }
    out
}

fn numeral(letter: char) -> Option<u32> {
    "一二三四五六七八九十".chars().position(|it| it == letter).map(|at| at as u32 + 1)
}

/// The prefecture with which an address begins, and the rest; or all of it.
fn prefectures(address: &str) -> impl Iterator<Item = (Option<&str>, &str)> {
    let end = ["北海道", "東京都", "京都府", "大阪府"]
        .iter()
        .find(|it| address.starts_with(**it))
        .map(|it| it.len())
        .or_else(|| {
            let at = address.char_indices().take(4).find(|(at, letter)| *letter == '県' && *at > 0)?.0;
            Some(at + '県'.len_utf8())
        });
    end.map(|end| (Some(&address[..end]), &address[end..])).into_iter().chain([(None, address)])
}

/// The old word for a village's part, which the dictionary leaves out.
fn without_aza(rest: &str) -> &str {
    rest.strip_prefix("大字").or_else(|| rest.strip_prefix('字')).unwrap_or(rest)
}

/// Whether an address goes on with a town; 北1条 is no beginning of 北10条.
fn begins(rest: &str, town: &str) -> bool {
    let Some(after) = rest.strip_prefix(town) else { return false };
    let number = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    !(number(town.chars().next_back()) && number(after.chars().next()))
}

fn written(code: u32) -> String {
    format!("{:03}-{:04}", code / 10_000, code % 10_000)
}
