//! How long what is kept, and why: `retention.tsv`, with the source of each period and when it was looked up.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What has a period of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "RetentionClass")]
pub enum Class {
    /// 労働者名簿, of those who were erased.
    Roster,
    /// People without a basis whom nobody has heard of.
    Contacts,
    /// People who have died.
    Deceased,
    /// What was signed and has ended.
    Agreement,
    /// What lies behind the seal of those who left.
    Interview,
}

/// A period.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(rename = "RetentionPeriod")]
pub struct Period {
    /// Of what.
    pub class: Class,
    /// So many years.
    pub years: u32,
    /// By which law or custom.
    pub source: String,
    /// When the source was looked up; `None` when nobody did.
    pub checked: Option<String>,
}

/// All periods.
#[must_use]
pub fn periods() -> Vec<Period> {
    let lines = include_str!("retention.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(period).collect()
}

fn period(line: &str) -> Option<Period> {
    let mut cells = line.split('\t');
    let class = serde_json::from_value(cells.next()?.into()).ok()?;
    let years = cells.next()?.parse().ok()?;
    let (_from, source, checked) = (cells.next()?, cells.next()?, cells.next()?);
    let checked = (checked != "要確認").then(|| checked.to_owned());
    Some(Period { class, years, source: source.to_owned(), checked })
}

/// The years of a class.
#[must_use]
pub fn years(class: Class) -> u32 {
    periods().into_iter().find(|period| period.class == class).map_or(5, |period| period.years)
}

/// The years of 労働者名簿.
pub(crate) fn roster_years() -> u32 {
    years(Class::Roster)
}

/// So many years after a day.
#[must_use]
pub fn after(day: NaiveDate, years: u32) -> NaiveDate {
    day.checked_add_months(Months::new(12 * years)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_a_period_and_only_what_was_looked_up_says_so() {
        let all = periods();
        for class in [Class::Roster, Class::Contacts, Class::Deceased, Class::Agreement, Class::Interview] {
            assert_eq!(all.iter().filter(|period| period.class == class).count(), 1, "{class:?}");
        }
        let checked: Vec<_> = all.iter().filter(|period| period.checked.is_some()).collect();
        assert_eq!(checked.len(), 1);
        assert_eq!((checked[0].class, checked[0].years), (Class::Roster, 3));
        assert!(all.iter().all(|period| !period.source.is_empty() && period.years > 0));
    }
}
