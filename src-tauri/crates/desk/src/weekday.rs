//! Weekdays written beside dates: 「11月28日（土）」 is checked against the calendar.

use chrono::{Datelike, NaiveDate};
use register::fold::figure;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A date with the weekday of another day.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WeekdayWrong {
    /// As it is written, `11月28日（金）`.
    pub written: String,
    /// The letter that belongs there, `土`.
    pub right: String,
}

const LETTERS: [char; 7] = ['月', '火', '水', '木', '金', '土', '日'];

/// All dates of a text whose weekday is another day's. A date without a year is the one nearest to `near`.
pub(crate) fn wrong_weekdays(text: &str, near: NaiveDate) -> Vec<WeekdayWrong> {
    let letters: Vec<char> = text.chars().collect();
    let mut wrong = Vec::new();
    for at in 1..letters.len() {
        let Some(letter) = weekday_after(&letters, at) else { continue };
        let Some((from, day)) = date_before(&letters[..=at], near) else { continue };
        let right = LETTERS[day.weekday().num_days_from_monday() as usize];
        if letter != right {
            let end = letters[at..].iter().position(|c| matches!(c, '）' | ')')).map_or(at, |more| at + more);
            let written = letters[from..=end].iter().collect();
            wrong.push(WeekdayWrong { written, right: right.to_string() });
        }
    }
    wrong
}

/// The weekday in brackets behind the 日 at `at`.
fn weekday_after(letters: &[char], at: usize) -> Option<char> {
    let &['日', '（' | '(', letter, ref rest @ ..] = letters.get(at..)? else { return None };
    let rest = rest.strip_prefix(&['曜', '日']).or_else(|| rest.strip_prefix(&['曜'])).unwrap_or(rest);
    let is_closed = matches!(rest.first(), Some('）' | ')' | '・'));
    (is_closed && LETTERS.contains(&letter)).then_some(letter)
}

/// The date that ends with these letters, and where it begins.
fn date_before(letters: &[char], near: NaiveDate) -> Option<(usize, NaiveDate)> {
    let rest = letters.strip_suffix(&['日'])?;
    let (rest, day) = number_before(rest)?;
    let rest = rest.strip_suffix(&['月'])?;
    let (rest, month) = number_before(rest)?;
    if let Some((before, year)) = rest.strip_suffix(&['年']).and_then(number_before) {
        // 令和 began in 2019; older eras stand in no announcement.
        let (before, year) = match before.strip_suffix(&['令', '和']) {
            Some(before) => (before, year + 2018),
            None => (before, year),
        };
        return Some((before.len(), NaiveDate::from_ymd_opt(year as i32, month, day)?));
    }
    let years = near.year() - 1..=near.year() + 1;
    let days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    Some((rest.len(), days.min_by_key(|day| (*day - near).num_days().abs())?))
}

/// A number at the end of these letters, in whatever figures, and what stands before it.
fn number_before(letters: &[char]) -> Option<(&[char], u32)> {
    let kanji = |c: char| "〇一二三四五六七八九".chars().position(|it| it == c).map(|at| at as u32);
    let digit = |c: char| figure(c).map(u32::from).or_else(|| kanji(c));
    let count = letters.iter().rev().take(4).take_while(|c| digit(**c).is_some() || **c == '十').count();
    let (before, figures) = letters.split_at(letters.len() - count);
    if figures.is_empty() {
        return None;
    }
    let read =
        |figures: &[char]| figures.iter().filter_map(|c| digit(*c)).fold(0, |all, next| all * 10 + next);
    let number = match figures.iter().position(|c| *c == '十') {
        Some(0) => 10 + read(&figures[1..]),
        Some(ten) => read(&figures[..ten]) * 10 + read(&figures[ten + 1..]),
        None => read(figures),
    };
    Some((before, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> Vec<(String, String)> {
        let near = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        wrong_weekdays(text, near).into_iter().map(|wrong| (wrong.written, wrong.right)).collect()
    }

    #[test]
    fn a_weekday_of_another_day_is_found() {
        for (text, written, right) in [
            ("総会は11月28日（金）です", "11月28日（金）", "土"),
            ("十一月二十八日（日曜日）正午", "十一月二十八日（日曜日）", "土"),
            ("令和８年１１月２８日(月)", "令和８年１１月２８日(月)", "土"),
            ("来年1月9日（金）の会", "1月9日（金）", "土"),
            ("2025年6月15日（月・祝）", "2025年6月15日（月・祝）", "日"),
        ] {
            assert_eq!(wrong(text), [(written.to_owned(), right.to_owned())], "{text}");
        }
    }

    #[test]
    fn what_is_right_or_no_date_is_left_alone() {
        for text in [
            "11月28日（土）、十一月二十九日（日）、1月9日（土）",
            "令和7年6月15日（日）",
            "13月40日（土）",
            "28日（金）",
            "毎日（土を除く）",
            "日（日）",
            "",
        ] {
            assert_eq!(wrong(text), [], "{text}");
        }
    }
}
