//! What the user says once of a whole list.

use std::collections::{HashMap, HashSet};

use intake::{Answers, Date, Plain, Reason, RepairKind, Standing, Understood, Years, understand};

use crate::{sheet, told};

fn with(text: &str, answers: &Answers) -> Understood {
    let sheet = sheet(text);
    understand(&sheet, &sheet.guesses(), answers, &mut |_| true).expect("nothing refused is mapped")
}

#[test]
fn years_of_two_digits_are_told_once_for_a_column() {
    let text =
        "氏名,入社日,退職日\n山田 太郎,61/4/1,26/3/31\n佐藤 花子,5.4.1,080331\n鈴木 一郎,H10.4.1,2/30/24\n";
    let doubts = with(text, &Answers::default()).doubts;
    assert!(doubts.iter().all(|doubt| doubt.reason == Reason::TwoDigitYear) && doubts.len() == 5);
    let read = |joined, left| {
        let years = HashMap::from([(1, joined), (2, left)]);
        let understood = with(text, &Answers { years, this_year: 2026, ..Answers::default() });
        let days = |fields: &Plain| {
            (fields.joined_on.and_then(|day| day.year), fields.left_on.and_then(|day| day.year))
        };
        let days: Vec<_> = understood.people.iter().map(|row| days(&row.fields)).collect();
        (days, understood.doubts.len())
    };
    let both = [(Some(1986), Some(2026)), (Some(1930), Some(2008)), (Some(1998), None)];
    assert_eq!(read(Years::Showa, Years::Western), (both.to_vec(), 1), "2/30/24 has no such day");
    let western = [(Some(1961), Some(2014)), (Some(2005), Some(1996)), (Some(1998), None)];
    let (days, doubts) = read(Years::Western, Years::Heisei);
    assert_eq!((days[0], days[2], doubts), (western[0], western[2], 2), "nobody leaves before joining");
    assert_eq!(days[1], (Some(2005), None));
}

#[test]
fn western_years_lie_no_later_than_next_year() {
    let year = |text: &str, this_year| {
        let answers =
            Answers { years: HashMap::from([(1, Years::Western)]), this_year, ..Answers::default() };
        with(&format!("氏名,退職日\n山田 太郎,{text}\n"), &answers).people[0]
            .fields
            .left_on
            .and_then(|day| day.year)
    };
    assert_eq!((year("27/3/31", 2026), year("28/3/31", 2026)), (Some(2027), Some(1928)));
    assert_eq!((year("00/3/31", 2099), year("99/3/31", 2026)), (Some(2100), Some(1999)));
}

#[test]
fn a_name_without_a_space_is_split_where_its_reading_says() {
    let text = "氏名,フリガナ\n髙橋　一郎,タカハシ イチロウ\n佐 久,サ ヒサ\n佐久間 恵,サクマ メグミ\n\
                髙橋花子,たかはし はなこ\n佐久間一,サクマ ハジメ\n大野恵,オオノ メグミ\n東海林太郎左,ショウジ タロウザ\n株式会社,\n";
    let understood = with(text, &Answers::default());
    let name = |row: usize| {
        (understood.people[row].fields.family.as_str(), understood.people[row].fields.given.as_str())
    };
    assert_eq!(
        (name(3), name(4)),
        (("髙橋", "花子"), ("佐久間", "一")),
        "佐 is known too, but read otherwise"
    );
    assert!(understood.people[3].repairs.iter().any(|repair| repair.kind == RepairKind::NameSplit));
    let unsplit = |line, text, proposal| (line, Some(0), Reason::NameUnsplit, text, proposal);
    let asked = [
        unsplit(7, "大野恵", Some("大野　恵")),
        unsplit(8, "東海林太郎左", None),
        unsplit(9, "株式会社", None),
    ];
    assert_eq!(told(&understood.doubts), asked);
    let families = vec![("東海林".to_owned(), "ショウジ".to_owned())];
    let known = with(text, &Answers { families, ..Answers::default() });
    assert_eq!(known.people[6].fields.given, "太郎左", "the register knows more names");
}

#[test]
fn proposals_of_one_kind_are_taken_at_once_and_listed() {
    let text = "氏名,郵便番号,電話番号\n大野恵,600811,312345678\n";
    let accepted = vec![Reason::LostZero, Reason::NameUnsplit];
    let understood = with(text, &Answers { accepted, ..Answers::default() });
    let fields = &understood.people[0].fields;
    assert_eq!(
        (fields.given.as_str(), fields.postal.as_str(), fields.phone.as_str()),
        ("恵", "060-0811", "0312345678")
    );
    assert_eq!(understood.people[0].repairs.len(), 3);
    assert!(understood.doubts.is_empty());
}

#[test]
fn every_repair_is_listed_and_can_be_refused() {
    let text = "氏名,フリガナ,郵便番号,電話番号,社員番号\n山田 太郎,ﾔﾏﾀﾞ ﾀﾛｳ,9800811,０９０－１,=\"\"\"012\"\"\"\n 佐藤 花子 ,さとう はなこ,980-0811,,\n";
    let text = text.replace("=\"\"\"012\"\"\"", "\"=\"\"012\"\"\"");
    let kinds = |understood: &Understood| -> Vec<RepairKind> {
        understood.people.iter().flat_map(|row| &row.repairs).map(|repair| repair.kind).collect()
    };
    let made = with(&text, &Answers::default());
    use RepairKind::*;
    let mut all = kinds(&made);
    all.sort_by_key(|kind| format!("{kind:?}"));
    assert_eq!(
        all,
        [DigitsNarrowed, FormulaUnwrapped, KanaWidened, KanaWidened, PostalWritten, SpacesTrimmed]
    );
    let refused = vec![KanaWidened, DigitsNarrowed, PostalWritten, FormulaUnwrapped];
    let kept = with(&text, &Answers { refused, ..Answers::default() });
    let fields = &kept.people[0].fields;
    assert_eq!((fields.family_kana.as_str(), fields.postal.as_str()), ("ﾔﾏﾀﾞ", "9800811"));
    assert_eq!((fields.phone.as_str(), fields.employee_number.as_str()), ("０９０－１", "=\"012\""));
    let one = Answers { kept: HashSet::from([(2, 1)]), ..Answers::default() };
    let one = with(&text, &one);
    assert_eq!(one.people[0].fields.given_kana, "ﾀﾛｳ");
    assert_eq!(one.people[1].fields.given_kana, "ハナコ", "the other cells are repaired as before");
}

#[test]
fn whether_somebody_serves_is_read_as_programs_write_it() {
    let text = "氏名,在籍状況\n山田 太郎,退職済み\n佐藤 花子,在籍中\n鈴木 一郎,Retired\n田中 恵,長期\n";
    let understood = with(text, &Answers::default());
    let standing: Vec<_> = understood.people.iter().map(|row| row.fields.standing).collect();
    assert_eq!(standing, [Some(Standing::Left), Some(Standing::Serving), Some(Standing::Left), None]);
    assert_eq!(told(&understood.doubts), [(5, Some(1), Reason::NotAStanding, "長期", None)]);
}

#[test]
fn a_date_that_says_its_era_needs_no_answer() {
    let years = HashMap::from([(1, Years::Showa)]);
    let understood = with("氏名,退職日\n山田 太郎,R6.3.31\n", &Answers { years, ..Answers::default() });
    let day = Date { year: Some(2024), month: Some(3), day: Some(31) };
    assert_eq!(understood.people[0].fields.left_on, Some(day));
}
