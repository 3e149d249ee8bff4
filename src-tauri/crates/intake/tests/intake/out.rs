//! What leaves the register, read again.

use intake::excel::Cell;
use intake::out::{CardOut, Lost, cards, csv, csv_cp932};
use intake::{Encoding, Mends, read};

use crate::by_guesses;

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

#[test]
fn csv_opens_in_excel_and_runs_nothing() {
    let rows = [
        vec![text("0012"), text("𠮷田 健"), Cell::Day(2024, 3, 31), text("=1+1\n二行目, \"引用\"")],
        vec![text(""), text("O'Brien, Sean"), text("平成31年3月"), text("-5")],
    ];
    let bytes = csv(&["社員番号", "氏名", "退職日", "備考"], &rows);
    assert!(bytes.starts_with(b"\xEF\xBB\xBF") && bytes.ends_with(b"\r\n"));
    let written = String::from_utf8(bytes.clone()).expect("UTF-8");
    assert!(!written.contains(",=") && !written.contains(",\"=") && !written.contains(",-"), "{written}");
    let sheet = read(&bytes, None).expect("a table");
    assert_eq!(sheet.encoding, Some(Encoding::Utf8));
    let people = by_guesses(&sheet, &Mends::new()).people;
    assert_eq!(people[0].fields.note, "=1+1\n二行目, \"引用\"");
    assert_eq!((people[1].fields.note.as_str(), people[1].fields.given.as_str()), ("-5", "Sean"));
}

#[test]
fn letters_that_the_old_set_lacks_are_told_and_never_question_marks() {
    let rows = [vec![text("髙橋①")], vec![text("𠮷田")], vec![text("平気？")]];
    let (bytes, lost) = csv_cp932(&["氏名"], &rows);
    assert_eq!(lost, [Lost { row: 1, cell: "𠮷田".into(), letters: "𠮷".into() }]);
    let sheet = read(&bytes, None).expect("a table");
    assert_eq!(sheet.encoding, Some(Encoding::Cp932));
    assert_eq!([0, 1, 2].map(|row| sheet.cell(row, 0)), ["髙橋①", "〓田", "平気？"]);
    assert!(!bytes.contains(&b'?'));
}

#[test]
fn cards_are_read_again_as_they_were_written() {
    let long = "長い覚え書き; 読点, と\\を含む。".repeat(8) + "\n二行目";
    let one = CardOut {
        family: "髙橋".into(),
        given: "一郎".into(),
        family_kana: "タカハシ".into(),
        given_kana: "イチロウ".into(),
        mobile: "090-1234-5678".into(),
        phone: "022-000-0000".into(),
        mail: "ichiro@example.jp".into(),
        postal: "980-0811".into(),
        prefecture: "宮城県".into(),
        city: "仙台市青葉区".into(),
        street: "一番町1-2".into(),
        building: "青葉荘".into(),
        employer: "北斗食品; 本社".into(),
        employer_role: "部長".into(),
        note: long.clone(),
        tags: vec!["同期会".into(), "山岳部".into()],
    };
    let bytes = cards(&[one, CardOut { family: "佐藤".into(), ..CardOut::default() }]);
    assert!(
        bytes.split(|byte| *byte == b'\n').all(|line| line.len() <= 76),
        "no line is longer than 75 bytes"
    );
    let people = by_guesses(&read(&bytes, None).expect("cards"), &Mends::new()).people;
    let fields = &people[0].fields;
    assert_eq!((fields.family.as_str(), fields.given_kana.as_str()), ("髙橋", "イチロウ"));
    assert_eq!((fields.mobile.as_str(), fields.phone.as_str()), ("090-1234-5678", "022-000-0000"));
    assert_eq!(
        (fields.street.as_str(), fields.building.as_str(), fields.postal.as_str()),
        ("一番町1-2", "青葉荘", "980-0811")
    );
    assert_eq!((fields.employer.as_str(), fields.note.as_str()), ("北斗食品; 本社", long.as_str()));
    assert_eq!(fields.tags, ["同期会", "山岳部"]);
    assert_eq!(people[1].fields.family, "佐藤");
}
