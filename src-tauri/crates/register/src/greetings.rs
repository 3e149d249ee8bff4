//! 出/受: which season's cards were sent to somebody, and which came, year by year; and that a family is in mourning.

use crate::{
    Fault, Reading, Writing,
    day::Day,
    id::*,
    people::{Occasion, Person},
    record as records,
};
use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;
use ts_rs::TS;

/// So many years are shown.
const YEARS: u32 = 5;

/// One year of one greeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CardYear {
    /// Which year.
    pub year: u32,
    /// 出: it was sent.
    pub sent: bool,
    /// 受: one came.
    pub received: Option<ReceivedId>,
}

/// For which year a card is that goes or comes on a day: New Year's cards of autumn are for the year that comes.
pub fn card_year(occasion: Occasion, on: NaiveDate) -> u32 {
    let turned = if occasion == Occasion::NewYear { on.checked_add_months(Months::new(3)) } else { None };
    turned.unwrap_or(on).year().try_into().unwrap_or_default()
}

/// Until when a family spares New Year's cards that says so on a day: over the next turn of the year.
pub fn mourning_until(on: NaiveDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(on.year() + i32::from(on.month() > 1), 1, 31)
}

impl Reading<'_> {
    /// The last five years of a greeting, the newest first: this one, or of New Year's cards the one they are made for.
    ///
    /// # Errors
    /// The database's.
    pub fn card_years(
        &self,
        person: PersonId,
        occasion: Occasion,
        today: NaiveDate,
    ) -> Result<Vec<CardYear>, Fault> {
        let mut sent = self.conn.prepare_cached(
            "SELECT coalesce(d.sent_on, '') FROM sending s JOIN dispatch d ON d.id = s.dispatch
             WHERE s.person = ?1 AND d.occasion = ?2 AND d.sent_on IS NOT NULL",
        )?;
        let sent: Vec<String> =
            sent.query_map((person, occasion), |row| row.get(0))?.collect::<Result<_, _>>()?;
        let sent: Vec<u32> = sent
            .iter()
            .filter_map(|on| on.parse::<NaiveDate>().ok())
            .map(|on| card_year(occasion, on))
            .collect();
        let mut came = self
            .conn
            .prepare_cached("SELECT id FROM received WHERE person = ?1 AND occasion = ?2 AND year = ?3")?;
        let newest = card_year(occasion, today);
        (0..YEARS)
            .map(|back| {
                let year = newest.saturating_sub(back);
                let received =
                    came.query_map((person, occasion, year), |row| row.get(0))?.next().transpose()?;
                Ok(CardYear { year, sent: sent.contains(&year), received })
            })
            .collect()
    }
}

impl Writing<'_> {
    /// 喪中: a family spares New Year's cards over the next turn of the year.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub fn record_mourning(&mut self, id: PersonId, today: NaiveDate) -> Result<(), Fault> {
        let person = records::get::<Person>(self.conn, id)?;
        let until = mourning_until(today).map(Day::from);
        records::update(self.conn, id, &Person { mourning_until: until, ..person })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_new_years_card_of_december_is_for_the_year_that_comes() {
        for (on, year) in
            [("2026-12-15", 2027), ("2027-01-07", 2027), ("2026-10-20", 2027), ("2026-09-30", 2026)]
        {
            assert_eq!(card_year(Occasion::NewYear, day(on)), year, "{on}");
        }
        assert_eq!(card_year(Occasion::Summer, day("2026-12-15")), 2026);
    }

    #[test]
    fn who_is_in_mourning_spares_the_next_new_year() {
        for (told, until) in
            [("2026-11-21", "2027-01-31"), ("2027-01-08", "2027-01-31"), ("2027-02-01", "2028-01-31")]
        {
            assert_eq!(mourning_until(day(told)), Some(day(until)), "{told}");
        }
    }
}
