//! Days of a life: a date of which the year, or the year and month, or the month and day may be all that is known.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;

/// A date as far as it is known. Written `2021-09-30`, `2021-09`, `2021` or `--09-30`, on the wire and in the
/// database; the first three sort as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Day {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
}

/// The text is not a day.
#[derive(Debug, thiserror::Error)]
#[error("not a day: {0}")]
pub struct NotADay(pub String);

impl Day {
    /// A day from what is known of it. `None` when the parts cannot be a date (31 April, a day without its month,
    /// years outside 1800–2200).
    pub fn new(year: Option<i32>, month: Option<u32>, day: Option<u32>) -> Option<Day> {
        let known = matches!(
            (year, month, day),
            (Some(_), None, None) | (Some(_), Some(_), _) | (None, Some(_), Some(_))
        );
        // A leap year stands in for an unknown one, so that 29 February may be somebody's birthday.
        let real =
            chrono::NaiveDate::from_ymd_opt(year.unwrap_or(2000), month.unwrap_or(1), day.unwrap_or(1));
        let sane = year.is_none_or(|y| (1800..=2200).contains(&y));
        (known && sane && real.is_some()).then_some(Day { year, month, day })
    }

    /// The year, when known.
    pub fn year(&self) -> Option<i32> {
        self.year
    }
    /// The month, 1 to 12, when known.
    pub fn month(&self) -> Option<u32> {
        self.month
    }
    /// The day of the month, when known.
    pub fn day(&self) -> Option<u32> {
        self.day
    }

    /// The first day that this may be, as a full date; `None` when the year is unknown.
    pub fn first(&self) -> Option<chrono::NaiveDate> {
        chrono::NaiveDate::from_ymd_opt(self.year?, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day that this may be, as a full date; `None` when the year is unknown.
    pub fn last(&self) -> Option<chrono::NaiveDate> {
        let first = self.first()?;
        let next = match (self.month, self.day) {
            (_, Some(_)) => return Some(first),
            (Some(_), None) => chrono::Months::new(1),
            (None, None) => chrono::Months::new(12),
        };
        first.checked_add_months(next)?.pred_opt()
    }
}

impl From<chrono::NaiveDate> for Day {
    fn from(date: chrono::NaiveDate) -> Day {
        use chrono::Datelike;
        Day { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.year, self.month, self.day) {
            (Some(y), None, _) => write!(f, "{y:04}"),
            (Some(y), Some(m), None) => write!(f, "{y:04}-{m:02}"),
            (Some(y), Some(m), Some(d)) => write!(f, "{y:04}-{m:02}-{d:02}"),
            (None, m, d) => write!(f, "--{:02}-{:02}", m.unwrap_or(1), d.unwrap_or(1)),
        }
    }
}

impl std::str::FromStr for Day {
    type Err = NotADay;
    fn from_str(text: &str) -> Result<Day, NotADay> {
        let number = |part: &str, width: usize| -> Option<u32> {
            (part.len() == width && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
        };
        let parse = || {
            if let Some(rest) = text.strip_prefix("--") {
                let (month, day) = rest.split_once('-')?;
                return Day::new(None, Some(number(month, 2)?), Some(number(day, 2)?));
            }
            let mut parts = text.split('-');
            let year = number(parts.next()?, 4)? as i32;
            let month = parts.next().map(|p| number(p, 2).ok_or(())).transpose().ok()?;
            let day = parts.next().map(|p| number(p, 2).ok_or(())).transpose().ok()?;
            if parts.next().is_some() {
                return None;
            }
            Day::new(Some(year), month, day)
        };
        parse().ok_or_else(|| NotADay(text.to_owned()))
    }
}

impl TryFrom<String> for Day {
    type Error = NotADay;
    fn try_from(text: String) -> Result<Day, NotADay> {
        text.parse()
    }
}
impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}
impl ToSql for Day {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.to_string().into())
    }
}
impl FromSql for Day {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(|e: NotADay| FromSqlError::Other(Box::new(e)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_far_as_it_is_known() {
        for text in ["2021-09-30", "2021-09", "2021", "--02-29"] {
            assert_eq!(text.parse::<Day>().unwrap().to_string(), text);
        }
        for text in
            ["2021-02-29", "2021-13", "21", "--4-1", "2021-4-1", "2021-04-01-01", "", "--", "2021-", "+021"]
        {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }
}
