use intake::{Date, Reason, japanese, read_date, to_era};

fn date(year: impl Into<Option<i32>>, month: impl Into<Option<u32>>, day: impl Into<Option<u32>>) -> Date {
    Date { year: year.into(), month: month.into(), day: day.into() }
}

#[test]
fn every_way_of_writing_a_date_is_read() {
    let last_of_march = date(2024, 3, 31);
    let forms = [
        ("2024/3/31", last_of_march),
        ("2024/03/31", last_of_march),
        ("2024-03-31", last_of_march),
        ("2024.3.31", last_of_march),
        ("20240331", last_of_march),
        ("2024年3月31日", last_of_march),
        ("２０２４／３／３１", last_of_march),
        ("２０２４年３月３１日", last_of_march),
        ("2024−3−31", last_of_march),
        (" 2024/3/31 ", last_of_march),
        ("　2024/3/31　", last_of_march),
        ("2024年 3月31日", last_of_march),
        ("2024/ 3/31", last_of_march),
        ("2024/3/31 0:00:00", last_of_march),
        ("2024/3/31 0:00", last_of_march),
        ("2024-03-31T00:00:00", last_of_march),
        ("2024-03-31T00:00:00+09:00", last_of_march),
        ("2024-03-31 00:00:00.000", last_of_march),
        ("2024/3/31(日)", last_of_march),
        ("2024/3/31（日）", last_of_march),
        ("2024年3月31日(日曜日)", last_of_march),
        ("2024年3月31日 日曜日", last_of_march),
        ("2024年3月31日㈰", last_of_march),
        ("R6.3.31", last_of_march),
        ("r6.3.31", last_of_march),
        ("R.6.3.31", last_of_march),
        ("R06/03/31", last_of_march),
        ("R6-3-31", last_of_march),
        ("R060331", last_of_march),
        ("Ｒ６．３．３１", last_of_march),
        ("令和6年3月31日", last_of_march),
        ("令和６年３月３１日（日）", last_of_march),
        ("令和 6年 3月31日", last_of_march),
        ("㋿6年3月31日", last_of_march),
        ("令6.3.31", last_of_march),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("令和1年5月1日", date(2019, 5, 1)),
        ("R元.5.1", date(2019, 5, 1)),
        ("平27.4.1", date(2015, 4, 1)),
        ("H27.4.1", date(2015, 4, 1)),
        ("㍻27年4月1日", date(2015, 4, 1)),
        ("昭63.12.31", date(1988, 12, 31)),
        ("S63.12.31", date(1988, 12, 31)),
        ("㍼63年12月31日", date(1988, 12, 31)),
        ("大正15年12月24日", date(1926, 12, 24)),
        ("T15.12.24", date(1926, 12, 24)),
        ("明治45年7月29日", date(1912, 7, 29)),
        ("M6.1.1", date(1873, 1, 1)),
        ("2024/3", date(2024, 3, None)),
        ("2024-03", date(2024, 3, None)),
        ("2024年3月", date(2024, 3, None)),
        ("令和6年3月", date(2024, 3, None)),
        ("2024", date(2024, None, None)),
        ("2024年", date(2024, None, None)),
        ("㋿6年", date(2024, None, None)),
        ("令和元年", date(2019, None, None)),
        ("H31", date(2019, None, None)),
        ("3月31日", date(None, 3, 31)),
        ("２月２９日", date(None, 2, 29)),
        ("2024/2/29", date(2024, 2, 29)),
    ];
    for (text, expected) in forms {
        assert_eq!(read_date(text), Ok(expected), "{text}");
    }
}

#[test]
fn a_day_belongs_to_one_era_to_the_day() {
    let inside = [
        ("明治45年7月29日", date(1912, 7, 29)),
        ("大正元年7月30日", date(1912, 7, 30)),
        ("大正15年12月24日", date(1926, 12, 24)),
        ("昭和元年12月25日", date(1926, 12, 25)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("令和元年5月1日", date(2019, 5, 1)),
        // Months and years in which the era changed belong to both.
        ("昭和64年1月", date(1989, 1, None)),
        ("平成元年1月", date(1989, 1, None)),
        ("昭和64年", date(1989, None, None)),
        ("平成31年", date(2019, None, None)),
        ("令和元年", date(2019, None, None)),
    ];
    for (text, expected) in inside {
        assert_eq!(read_date(text), Ok(expected), "{text}");
    }
    let outside = [
        ("明治45年7月30日", Some("大正元年7月30日")),
        ("大正元年7月29日", Some("明治45年7月29日")),
        ("大正15年12月25日", Some("昭和元年12月25日")),
        ("昭和元年12月24日", Some("大正15年12月24日")),
        ("昭和64年1月8日", Some("平成元年1月8日")),
        ("S64.1.8", Some("平成元年1月8日")),
        ("平成元年1月7日", Some("昭和64年1月7日")),
        ("平成31年5月1日", Some("令和元年5月1日")),
        ("平成31年5月", Some("令和元年5月")),
        ("平成32年3月31日", Some("令和2年3月31日")),
        ("令和元年4月30日", Some("平成31年4月30日")),
        ("昭和65年", Some("平成2年")),
        ("明治5年12月2日", None),
    ];
    for (text, proposal) in outside {
        let unsure = read_date(text).expect_err(text);
        assert_eq!((unsure.reason, unsure.proposal.as_deref()), (Reason::OutOfEra, proposal), "{text}");
        if let Some(proposal) = proposal {
            assert!(read_date(proposal).is_ok(), "{proposal} can be taken");
        }
    }
}

#[test]
fn a_date_that_is_not_certain_is_asked_for() {
    use Reason::{ImplausibleYear, NoSuchDay, NotADate, Serial, TwoDigitYear, WrongWeekday, YearLast};
    let doubted = [
        ("45382", Serial, Some("2024-03-31")),
        ("20000", Serial, Some("1954-10-03")),
        ("60000", Serial, Some("2064-04-08")),
        ("19999", NotADate, None),
        ("60001", NotADate, None),
        ("24/3/31", TwoDigitYear, None),
        ("6.3.31", TwoDigitYear, None),
        ("24年3月31日", TwoDigitYear, None),
        ("3/31", TwoDigitYear, None),
        ("240331", TwoDigitYear, None),
        ("3/31/2024", YearLast, Some("2024-03-31")),
        ("31/3/2024", YearLast, Some("2024-03-31")),
        ("3/4/2024", YearLast, None),
        ("4/4/2024", YearLast, Some("2024-04-04")),
        ("2024/2/30", NoSuchDay, None),
        ("2月30日", NoSuchDay, None),
        ("R6.2.30", NoSuchDay, None),
        ("2023/2/29", NoSuchDay, None),
        ("2024/13/1", NoSuchDay, None),
        ("2024/4/31", NoSuchDay, None),
        ("20240931", NoSuchDay, None),
        ("2024/0/1", NoSuchDay, None),
        ("9999/12/31", ImplausibleYear, None),
        ("1868/1/25", ImplausibleYear, None),
        ("令和99年1月1日", ImplausibleYear, None),
        ("2024/3/31(月)", WrongWeekday, Some("2024-03-31")),
        ("2024年3月31日 金曜日", WrongWeekday, Some("2024-03-31")),
        ("", NotADate, None),
        ("なし", NotADate, None),
        ("在職中", NotADate, None),
        ("令和0年1月1日", NotADate, None),
        ("令和", NotADate, None),
        ("㍻", NotADate, None),
        ("元年5月1日", NotADate, None),
        ("令和6年度", NotADate, None),
        ("2024年春", NotADate, None),
        ("2024/3-31", NotADate, None),
        ("2024/3/31/1", NotADate, None),
        ("2024/3/", NotADate, None),
        ("202/3/31", NotADate, None),
        ("2024/003/31", NotADate, None),
        ("2024/3/3 1", NotADate, None),
        ("2024 3 31", NotADate, None),
        ("2024-03-30T15:00:00Z", NotADate, None),
        ("2024-03-31T00:00:00-05:00", NotADate, None),
        ("99999999999", NotADate, None),
        ("西暦2024年", NotADate, None),
    ];
    for (text, reason, proposal) in doubted {
        let unsure = read_date(text).expect_err(text);
        assert_eq!((unsure.reason, unsure.proposal.as_deref()), (reason, proposal), "{text}");
    }
}

#[test]
fn a_date_is_printed_in_its_era() {
    let printed = [
        (date(2024, 3, 31), "令和6年3月31日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(2024, 3, None), "令和6年3月"),
        (date(2024, None, None), "令和6年"),
        (date(2019, None, None), "平成31年・令和元年"),
        (date(1989, 1, None), "昭和64年・平成元年1月"),
        (date(None, 3, 31), "3月31日"),
        (date(1873, 1, 1), "明治6年1月1日"),
        (date(1872, 12, 31), "1872年12月31日"),
        (date(None, None, None), ""),
    ];
    for (day, expected) in printed {
        assert_eq!(japanese(day), expected);
    }
}

#[test]
fn every_day_of_a_century_and_a_half_comes_back_from_its_era() {
    let mut days = 0;
    for year in 1873..=2100 {
        for month in 1..=12 {
            for day in 1..=31 {
                let Some((era, year_of_era)) = to_era(year, month, day) else { continue };
                let expected = Ok(date(year, month, day));
                assert_eq!(read_date(&japanese(date(year, month, day))), expected);
                assert_eq!(read_date(&format!("{}{year_of_era}.{month}.{day}", era.letter)), expected);
                days += 1;
            }
        }
    }
    // 228 years with 55 leap days (1900 and 2100 have none).
    assert_eq!(days, 228 * 365 + 55);
}

#[test]
fn a_day_that_never_was_has_no_era() {
    assert_eq!(to_era(2024, 2, 30), None);
    assert_eq!(to_era(1872, 12, 31), None);
    assert_eq!(to_era(2019, 5, 1).map(|(era, year)| (era.name, year)), Some(("令和", 1)));
}
