//! Days as people in Japan write them, and 和暦 both ways.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

use crate::doubt::{Reason, Unsure};

/// A day, or as much of it as is known: the year, the year and month, the month and day, or all three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(rename = "IntakeDate")]
pub struct Date {
    /// The year, Gregorian.
    pub year: Option<i32>,
    /// The month, 1 to 12.
    pub month: Option<u32>,
    /// The day of the month, 1 to 31.
    pub day: Option<u32>,
}

impl Date {
    /// The whole day, when year, month and day are known.
    pub(crate) fn whole(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month?, self.day?)
    }

    /// The first and the last day it can mean; none without a year.
    fn span(self) -> Option<(NaiveDate, NaiveDate)> {
        let year = self.year?;
        let first = NaiveDate::from_ymd_opt(year, self.month.unwrap_or(1), self.day.unwrap_or(1))?;
        let last = match (self.month, self.day) {
            (Some(_), Some(_)) => first,
            (Some(_), None) => first.checked_add_months(chrono::Months::new(1))?.pred_opt()?,
            _ => NaiveDate::from_ymd_opt(year, 12, 31)?,
        };
        Some((first, last))
    }
}

/// One era of the Japanese calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Era {
    /// 令和.
    pub name: &'static str,
    /// 令, as forms abbreviate it.
    pub short: &'static str,
    /// R, as forms abbreviate it.
    pub letter: char,
    /// The first day: year, month, day.
    pub start: (i32, u32, u32),
    /// Where the first day is laid down.
    pub source: &'static str,
}

impl Era {
    fn first_day(&self) -> NaiveDate {
        let (year, month, day) = self.start;
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MIN)
    }
}

/// The eras since 1868, oldest first. Both a closing and an opening rescript count the day of change itself to
/// the new era; 平成 and 令和 began at midnight.
pub const ERAS: [Era; 5] = [
    Era {
        name: "明治",
        short: "明",
        letter: 'M',
        start: (1868, 1, 25),
        source: "改元の詔書 (明治元年9月8日): 慶応4年1月1日, by today's calendar 1868-01-25",
    },
    Era {
        name: "大正",
        short: "大",
        letter: 'T',
        start: (1912, 7, 30),
        source: "改元の詔書 (1912-07-30): 明治45年7月30日以後を大正元年とする",
    },
    Era {
        name: "昭和",
        short: "昭",
        letter: 'S',
        start: (1926, 12, 25),
        source: "改元の詔書 (1926-12-25): 大正15年12月25日以後を昭和元年とする",
    },
    Era {
        name: "平成",
        short: "平",
        letter: 'H',
        start: (1989, 1, 8),
        source: "元号を改める政令 (昭和64年政令第1号)",
    },
    Era {
        name: "令和",
        short: "令",
        letter: 'R',
        start: (2019, 5, 1),
        source: "元号を改める政令 (平成31年政令第143号)",
    },
];

/// 明治6年1月1日: the first day of the Gregorian calendar in Japan (太政官布告第337号, 明治5年). Months and days
/// before it belong to a lunar calendar and cannot be converted by counting years.
const CALENDAR_REFORM: (i32, u32, u32) = (1873, 1, 1);

/// Years beyond this are placeholders (9999/12/31), not days of a working life.
const LAST_YEAR: i32 = 2100;

fn reform() -> NaiveDate {
    let (year, month, day) = CALENDAR_REFORM;
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MIN)
}

fn era_of(day: NaiveDate) -> Option<(&'static Era, i32)> {
    if day < reform() {
        return None;
    }
    let era = ERAS.iter().rev().find(|era| era.first_day() <= day)?;
    Some((era, day.year() - era.start.0 + 1))
}

/// The era and the year in it (1 for 元年) of a Gregorian day; none for a day that does not exist or lies before
/// the calendar reform of 1873.
#[must_use]
pub fn to_era(year: i32, month: u32, day: u32) -> Option<(&'static Era, i32)> {
    era_of(NaiveDate::from_ymd_opt(year, month, day)?)
}

/// The date in 和暦: 令和6年3月31日, 令和元年5月, 3月31日. A year or month in which the era changed carries both
/// (平成31年・令和元年); a year before 1873 stays Gregorian.
#[must_use]
pub fn japanese(date: Date) -> String {
    let mut out = String::new();
    if let Some(year) = date.year {
        let eras = date.span().map(|(first, last)| (era_of(first), era_of(last)));
        match eras {
            Some((Some(first), Some(last))) => {
                out.push_str(&era_year(first));
                if first.0 != last.0 {
                    out.push('・');
                    out.push_str(&era_year(last));
                }
            }
            _ => out.push_str(&format!("{year}年")),
        }
    }
    if let Some(month) = date.month {
        out.push_str(&format!("{month}月"));
        if let Some(day) = date.day {
            out.push_str(&format!("{day}日"));
        }
    }
    out
}

fn era_year((era, year): (&Era, i32)) -> String {
    if year == 1 { format!("{}元年", era.name) } else { format!("{}{year}年", era.name) }
}

fn iso(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// A date as it stands in a cell. Read are `2024/3/31`, `2024-03-31`, `2024.3.31`, `20240331`, `2024年3月31日`,
/// the same without day or without month, `3月31日`, and with an era `令和6年3月31日`, `令和元年`, `㋿6年`,
/// `R6.3.31`, `令6.3.31`, `R060331`; in full width too, and with a weekday or a time behind.
///
/// # Errors
/// [`Unsure`] with the reason, and with a proposal where only one reading is likely: nothing is guessed.
pub fn read_date(text: &str) -> Result<Date, Unsure> {
    let unreadable = || Unsure::of(Reason::NotADate);
    let folded = fold(text);
    let (rest, weekday) = split_weekday(without_time(folded.trim()).ok_or_else(unreadable)?);
    let rest = without_spaces(rest).ok_or_else(unreadable)?;
    let (era, rest) = split_era(&rest);
    let date = read_parts(era, rest)?;
    if let (Some(weekday), Some(day)) = (weekday, date.whole())
        && day.weekday() != weekday
    {
        return Err(Unsure::proposing(Reason::WrongWeekday, iso(day)));
    }
    Ok(date)
}

/// Which years a column means by two digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "IntakeYears")]
pub enum Years {
    /// 昭和.
    Showa,
    /// 平成.
    Heisei,
    /// 令和.
    Reiwa,
    /// The last two of four digits: none later than next year, so that `26` is 2026 and `68` is 1968.
    Western,
}

/// As [`read_date`], for a column of which the user has said what two digits mean.
///
/// # Errors
/// As [`read_date`].
pub fn read_date_of(text: &str, years: Years, this_year: i32) -> Result<Date, Unsure> {
    let outcome = read_date(text);
    if !matches!(&outcome, Err(unsure) if unsure.reason == Reason::TwoDigitYear) {
        return outcome;
    }
    let folded = fold(text);
    let folded = folded.trim();
    let era = match years {
        Years::Showa => 'S',
        Years::Heisei => 'H',
        Years::Reiwa => 'R',
        Years::Western => {
            let digits = folded.bytes().take_while(u8::is_ascii_digit).count().min(2);
            let Ok(year) = folded[..digits].parse::<i32>() else { return outcome };
            let century = (this_year + 1).div_euclid(100) * 100;
            let year = if century + year > this_year + 1 { century - 100 + year } else { century + year };
            return read_date(&format!("{year}{}", &folded[digits..]));
        }
    };
    read_date(&format!("{era}{folded}"))
}

/// NFKC (full-width digits, ㋿ → 令和, ㈰ → (日)), and the many dashes made one.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() {
            out.push(letter);
        } else {
            out.extend(letter.nfkc().map(|part| match part {
                '‐' | '‑' | '–' | '—' | '―' | '−' | 'ー' => '-',
                other => other,
            }));
        }
    }
    out
}

/// Takes off ` 0:00:00`, `T09:30`, `+09:00`. A time of another zone may mean another day and is not read.
fn without_time(text: &str) -> Option<&str> {
    let Some(colon) = text.find(':') else { return Some(text) };
    let hour_start = text[..colon].trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    let date = text[..hour_start].strip_suffix([' ', 'T'])?;
    let time = text[hour_start..].trim_end_matches("+09:00");
    time.chars().all(|letter| matches!(letter, '0'..='9' | ':' | '.')).then(|| date.trim_end())
}

/// Takes off `(日)`, `(日曜日)`, `日曜日`, `日曜`.
fn split_weekday(text: &str) -> (&str, Option<Weekday>) {
    let (head, tail, bracketed) = match text.strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        Some((head, tail)) => (head, tail.trim(), true),
        None => (text, text, false),
    };
    let bare = tail.strip_suffix("曜日").or_else(|| tail.strip_suffix('曜'));
    if bare.is_none() && !bracketed {
        return (text, None);
    }
    let bare = bare.unwrap_or(tail);
    let Some(letter) = bare.chars().next_back() else { return (text, None) };
    let weekday = match letter {
        '月' => Weekday::Mon,
        '火' => Weekday::Tue,
        '水' => Weekday::Wed,
        '木' => Weekday::Thu,
        '金' => Weekday::Fri,
        '土' => Weekday::Sat,
        '日' => Weekday::Sun,
        _ => return (text, None),
    };
    let before = &bare[..bare.len() - letter.len_utf8()];
    if !bracketed {
        (before.trim_end(), Some(weekday))
    } else if before.is_empty() {
        (head.trim_end(), Some(weekday))
    } else {
        (text, None)
    }
}

/// Spaces may pad (`平成 27年 4月`), but a space between two digits may hide anything.
fn without_spaces(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut after_space = false;
    for letter in text.chars() {
        if letter.is_whitespace() {
            after_space = true;
            continue;
        }
        if after_space && letter.is_ascii_digit() && out.ends_with(|last: char| last.is_ascii_digit()) {
            return None;
        }
        after_space = false;
        out.push(letter);
    }
    Some(out)
}

fn split_era(text: &str) -> (Option<&'static Era>, &str) {
    for era in &ERAS {
        if let Some(rest) = text.strip_prefix(era.name).or_else(|| text.strip_prefix(era.short)) {
            return (Some(era), rest);
        }
        if let Some(rest) = text.strip_prefix([era.letter, era.letter.to_ascii_lowercase()]) {
            return (Some(era), rest.strip_prefix('.').unwrap_or(rest));
        }
    }
    (None, text)
}

/// A number and how many digits it was written with.
type Number = (u32, usize);

/// Numbers and the marks behind them: `2024年3月` → [2024, 3], [年, 月].
fn numbers_and_marks(text: &str) -> Option<(Vec<Number>, Vec<char>)> {
    let (mut numbers, mut marks) = (Vec::new(), Vec::new());
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 8 || numbers.len() == 3 {
            return None;
        }
        numbers.push((rest[..digits].parse().ok()?, digits));
        rest = &rest[digits..];
        if let Some(mark) = rest.chars().next() {
            marks.push(mark);
            rest = &rest[mark.len_utf8()..];
        }
    }
    Some((numbers, marks))
}

fn read_parts(era: Option<&'static Era>, rest: &str) -> Result<Date, Unsure> {
    let unreadable = || Unsure::of(Reason::NotADate);
    let first_year;
    let rest = match (era, rest.strip_prefix('元')) {
        (Some(_), Some(after)) => {
            first_year = format!("1{after}");
            &first_year
        }
        _ => rest,
    };
    let (numbers, marks) = numbers_and_marks(rest).ok_or_else(unreadable)?;
    let between = |mark: &char| matches!(mark, '/' | '-' | '.' | '・');
    match (numbers.as_slice(), marks.as_slice()) {
        (&[year, month, day], ['年', '月', '日']) => dated(era, year, Some(month), Some(day)),
        (&[year, month], ['年', '月']) => dated(era, year, Some(month), None),
        (&[year], ['年']) => dated(era, year, None, None),
        (&[month, day], ['月', '日']) if era.is_none() => {
            // 29 February exists in some years, so a leap year decides.
            let valid = NaiveDate::from_ymd_opt(2000, month.0, day.0).is_some();
            let date = Date { year: None, month: Some(month.0), day: Some(day.0) };
            if valid { Ok(date) } else { Err(Unsure::of(Reason::NoSuchDay)) }
        }
        (&[year, month, day], [one, two]) if one == two && between(one) => {
            dated(era, year, Some(month), Some(day))
        }
        (&[year, month], [mark]) if between(mark) => dated(era, year, Some(month), None),
        (&[number], []) => bare(era, number),
        _ => Err(unreadable()),
    }
}

/// A date written without any mark.
fn bare(era: Option<&'static Era>, number: Number) -> Result<Date, Unsure> {
    let (value, digits) = number;
    match (era, digits) {
        (None, 8) => dated(None, (value / 10_000, 4), Some((value / 100 % 100, 2)), Some((value % 100, 2))),
        (Some(_), 6) => dated(era, (value / 10_000, 2), Some((value / 100 % 100, 2)), Some((value % 100, 2))),
        (None, 4) | (Some(_), 1 | 2) => dated(era, number, None, None),
        (None, 5) if (20_000..=60_000).contains(&value) => {
            // Day 61 is 1900-03-01: a spreadsheet believes in 29 February 1900, hence the start on 12-30.
            let start = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or(NaiveDate::MIN);
            let day = start.checked_add_days(Days::new(u64::from(value)));
            Err(Unsure { reason: Reason::Serial, proposal: day.map(iso) })
        }
        (None, 6) => Err(Unsure::of(Reason::TwoDigitYear)),
        _ => Err(Unsure::of(Reason::NotADate)),
    }
}

fn dated(
    era: Option<&'static Era>,
    year: Number,
    month: Option<Number>,
    day: Option<Number>,
) -> Result<Date, Unsure> {
    let two_digits = |part: Option<Number>| part.is_none_or(|(_, digits)| digits <= 2);
    let (month_value, day_value) = (month.map(|part| part.0), day.map(|part| part.0));
    let gregorian = match (era, year.1) {
        (Some(era), 1 | 2) if year.0 > 0 && two_digits(month) && two_digits(day) => {
            era.start.0 + year.0 as i32 - 1
        }
        (None, 4) if two_digits(month) && two_digits(day) => year.0 as i32,
        (None, 1 | 2) if two_digits(month) && day.is_some_and(|(_, digits)| digits == 4) => {
            return Err(year_last(year.0, month_value, day_value));
        }
        (None, 1 | 2) if two_digits(month) && two_digits(day) => {
            return Err(Unsure::of(Reason::TwoDigitYear));
        }
        _ => return Err(Unsure::of(Reason::NotADate)),
    };
    let date = Date { year: Some(gregorian), month: month_value, day: day_value };
    let Some((first, last)) = date.span() else { return Err(Unsure::of(Reason::NoSuchDay)) };
    if gregorian > LAST_YEAR || (era.is_none() && first < reform()) {
        return Err(Unsure::of(Reason::ImplausibleYear));
    }
    if let Some(era) = era {
        if last < reform() {
            return Err(Unsure::of(Reason::OutOfEra));
        }
        let next = ERAS.iter().find(|other| other.start > era.start).map(Era::first_day);
        if last < era.first_day() || next.is_some_and(|next| first >= next) {
            return Err(Unsure::proposing(Reason::OutOfEra, japanese(date)));
        }
    }
    Ok(date)
}

/// `3/31/2024` or `31/3/2024`: proposed where only one order makes a day.
fn year_last(one: u32, two: Option<u32>, year: Option<u32>) -> Unsure {
    let (two, year) = (two.unwrap_or(0), year.unwrap_or(0) as i32);
    let month_first = NaiveDate::from_ymd_opt(year, one, two);
    let day_first = NaiveDate::from_ymd_opt(year, two, one);
    let proposal = match (month_first, day_first) {
        (Some(day), None) | (None, Some(day)) => Some(iso(day)),
        (Some(day), Some(other)) if day == other => Some(iso(day)),
        _ => None,
    };
    Unsure { reason: Reason::YearLast, proposal }
}
