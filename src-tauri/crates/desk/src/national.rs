//! The country's reasons for leaving, beside the firm's: `national.tsv`, which says where they are from and since when.

use crate::interview::LeavingReason;
use register::Day;
use serde::Serialize;
use ts_rs::TS;

/// How often people in the whole country give which reason.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct National {
    /// The survey and its table.
    pub source: String,
    /// When it was published.
    pub dated_on: Day,
    /// The shares.
    pub shares: Vec<NationalShare>,
}

/// How often people in the whole country give one reason.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct NationalShare {
    /// The reason.
    pub reason: LeavingReason,
    /// In percent of those who left.
    pub percent: f64,
}

/// The shares that come with the program; none while nobody has checked them against their source.
pub(crate) fn national() -> Option<National> {
    read(include_str!("national.tsv"))
}

fn read(text: &str) -> Option<National> {
    let (mut source, mut dated_on, mut checked, mut shares) = (None, None, None, Vec::new());
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let (name, value) = line.split_once('\t')?;
        match name {
            "source" => source = Some(value.to_owned()),
            "dated" => dated_on = Some(value.parse().ok()?),
            "checked" => checked = Some(value.parse::<Day>().ok()?),
            reason => {
                let reason = serde_json::from_value(reason.into()).ok()?;
                let percent = value.parse().ok().filter(|percent| (0.0..=100.0).contains(percent))?;
                shares.push(NationalShare { reason, percent });
            }
        }
    }
    checked.filter(|_| !shares.is_empty())?;
    Some(National { source: source?, dated_on: dated_on?, shares })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str =
        "# said\nsource\t調査 表1\ndated\t2026-08-26\nchecked\t2026-11\npay\t9.6\ncare\t0.5\n";

    #[test]
    fn only_a_file_with_source_day_and_check_is_shown() {
        let national = read(WHOLE).unwrap();
        assert_eq!((national.shares.len(), national.dated_on.to_string().as_str()), (2, "2026-08-26"));
        assert_eq!(national.shares[0], NationalShare { reason: LeavingReason::Pay, percent: 9.6 });
        for without in ["source", "dated", "checked"] {
            let text: Vec<_> = WHOLE.lines().filter(|line| !line.starts_with(without)).collect();
            assert_eq!(read(&text.join("\n")), None, "{without}");
        }
        for wrong in ["pay\t960", "salary\t9.6", "pay 9.6", "checked\t要確認"] {
            assert_eq!(read(&format!("{WHOLE}{wrong}\n")), None, "{wrong}");
        }
    }

    #[test]
    fn what_comes_with_the_program_has_been_checked_or_is_empty() {
        let lines = include_str!("national.tsv").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(national().is_none(), lines == 0);
    }
}
