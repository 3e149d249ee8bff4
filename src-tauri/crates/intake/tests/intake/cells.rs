use intake::{Date, Mends, Reason, RepairKind};

use crate::{by_guesses, mend, sheet, told, understood};

#[test]
fn a_full_name_is_split_where_it_says_so() {
    let split = [
        ("山田 太郎", "山田", "太郎"),
        ("山田　太郎", "山田", "太郎"),
        ("　山田 　太郎 ", "山田", "太郎"),
        ("\"de la Cruz, Maria\"", "de la Cruz", "Maria"),
        ("スカルノ、", "スカルノ", ""),
    ];
    for (cell, family, given) in split {
        let understood = understood(&format!("氏名\n{cell}\n"));
        let row = &understood.people[0];
        assert_eq!((row.fields.family.as_str(), row.fields.given.as_str(), row.held), (family, given, false));
    }
    for (cell, proposal) in [("山田太郎", Some("山田　太郎")), ("マリア デ ラ クルス", None)]
    {
        let understood = understood(&format!("氏名\n{cell}\n"));
        assert_eq!(told(&understood.doubts), [(2, Some(0), Reason::NameUnsplit, cell, proposal)]);
        assert!(understood.people[0].held && understood.people[0].fields.family.is_empty());
    }
}

#[test]
fn a_mend_takes_the_place_of_its_cell_and_of_no_other() {
    let sheet = sheet("氏名,退職日\n山田太郎,2024/3/31\n佐藤花子,24/3/31\n");
    assert_eq!(by_guesses(&sheet, &Mends::new()).doubts.len(), 3);
    let mut mends = mend(2, 0, "山田 太郎");
    mends.insert((3, 1), String::new());
    let understood = by_guesses(&sheet, &mends);
    assert_eq!(told(&understood.doubts), [(3, Some(0), Reason::NameUnsplit, "佐藤花子", Some("佐藤　花子"))]);
    assert_eq!(understood.people[0].fields.given, "太郎");
    assert_eq!(understood.people[1].fields.left_on, None);
    assert!(!understood.people[0].held && understood.people[1].held);
    let worse = by_guesses(&sheet, &mend(2, 1, "2024/2/30"));
    assert_eq!(told(&worse.doubts)[1], (2, Some(1), Reason::NoSuchDay, "2024/2/30", None));
}

#[test]
fn a_doubted_date_leaves_its_field_empty_and_the_rest_alone() {
    let understood = understood("氏名,入社日,退職日\n山田 太郎,H27.4.1,45382\n佐藤 花子,-,昭和64年1月8日\n");
    assert_eq!(
        told(&understood.doubts),
        [
            (2, Some(2), Reason::Serial, "45382", Some("2024-03-31")),
            (3, Some(2), Reason::OutOfEra, "昭和64年1月8日", Some("平成元年1月8日")),
        ]
    );
    let fields = &understood.people[0].fields;
    assert_eq!(fields.joined_on, Some(Date { year: Some(2015), month: Some(4), day: Some(1) }));
    assert_eq!(fields.left_on, None);
    assert!(understood.people.iter().all(|row| !row.held));
    assert_eq!(
        (understood.people[0].doubts.as_slice(), understood.people[1].doubts.as_slice()),
        (&[0][..], &[1][..])
    );
}

#[test]
fn nobody_leaves_before_joining() {
    let understood =
        understood("氏名,入社日,退職日\n山田 太郎,2024/4/1,2024/3/31\n佐藤 花子,2024/4/1,2024/4/1\n");
    assert_eq!(told(&understood.doubts), [(2, Some(2), Reason::LeftBeforeJoined, "2024/3/31", None)]);
    assert!(understood.people[0].fields.left_on.is_none() && understood.people[1].fields.left_on.is_some());
}

#[test]
fn readings_become_full_width_katakana_and_say_so() {
    let understood =
        understood("氏名,フリガナ\n山田 太郎,ﾔﾏﾀﾞ ﾀﾛｳ\n佐藤 花子,さとう　はなこ\n鈴木 一郎,スズキ イチロー\n");
    let kana: Vec<_> = understood
        .people
        .iter()
        .map(|row| (row.fields.family_kana.as_str(), row.fields.given_kana.as_str(), row.repairs.len()))
        .collect();
    assert_eq!(kana, [("ヤマダ", "タロウ", 1), ("サトウ", "ハナコ", 1), ("スズキ", "イチロー", 0)]);
    let repair = &understood.people[0].repairs[0];
    assert_eq!((repair.kind, repair.from.as_str()), (RepairKind::KanaWidened, "ﾔﾏﾀﾞ ﾀﾛｳ"));
    let kanji = crate::understood("姓,セイ\n髙橋,高橋\n");
    assert_eq!(told(&kanji.doubts), [(2, Some(1), Reason::NotKana, "高橋", None)]);
}

#[test]
fn names_in_one_cell_and_in_two_must_agree() {
    let understood = understood("姓,名,氏名\n山田,太郎,山田太郎\n佐藤,花子,佐藤 花\n鈴木,一郎,鈴木　一郎\n");
    assert_eq!(told(&understood.doubts), [(3, Some(2), Reason::SecondValue, "佐藤 花", None)]);
    assert_eq!(understood.people[1].fields.given, "花子");
}

#[test]
fn postal_codes_are_written_one_way_and_lost_zeros_are_asked_for() {
    let good =
        ["980-0811", "9800811", "〒980-0811", "９８０－０８１１", "〒 980 0811", "980ー0811", "980−0811"];
    for text in good {
        let understood = understood(&format!("氏名,郵便番号\n山田 太郎,{text}\n"));
        let row = &understood.people[0];
        assert_eq!(row.fields.postal, "980-0811", "{text}");
        assert_eq!(row.repairs.len(), usize::from(text != "980-0811"), "{text}");
    }
    let doubted = [
        ("600811", Reason::LostZero, Some("060-0811")),
        ("60-0811", Reason::LostZero, Some("060-0811")),
        ("10010", Reason::LostZero, Some("001-0010")),
        ("980", Reason::NotAPostalCode, None),
        ("980-01", Reason::NotAPostalCode, None),
        ("98008111", Reason::NotAPostalCode, None),
        ("仙台市", Reason::NotAPostalCode, None),
    ];
    for (text, reason, proposal) in doubted {
        let understood = understood(&format!("氏名,郵便番号\n山田 太郎,{text}\n"));
        assert_eq!(told(&understood.doubts), [(2, Some(1), reason, text, proposal)]);
        assert_eq!(understood.people[0].fields.postal, "");
    }
}

#[test]
fn a_postal_code_in_two_columns_is_put_together() {
    let sheet = sheet(
        "氏名,郵便番号1,郵便番号2\n山田 太郎,980,0811\n佐藤 花子,60,811\n鈴木 一郎,980-0811,060-0001\n",
    );
    let understood = by_guesses(&sheet, &Mends::new());
    assert_eq!(understood.people[0].fields.postal, "980-0811");
    assert_eq!(
        told(&understood.doubts),
        [
            (3, Some(1), Reason::LostZero, "60", Some("060-0811")),
            (4, Some(2), Reason::SecondValue, "060-0001", None),
        ]
    );
    let twice = crate::understood("氏名,郵便番号1,郵便番号2\n山田 太郎,980-0811,9800811\n");
    assert_eq!((twice.people[0].fields.postal.as_str(), twice.doubts.len()), ("980-0811", 0));
    let mended = by_guesses(&sheet, &mend(3, 1, "060-0811"));
    assert_eq!((mended.people[1].fields.postal.as_str(), mended.doubts.len()), ("060-0811", 1));
}

#[test]
fn telephone_numbers_keep_their_text() {
    let kept = [
        ("090-1234-5678", "090-1234-5678"),
        ("０９０－１２３４－５６７８", "090-1234-5678"),
        ("(03) 1234-5678", "(03) 1234-5678"),
        ("03-1234-5678 内線12", "03-1234-5678 内線12"),
        ("+81 90 1234 5678", "+81 90 1234 5678"),
    ];
    for (text, number) in kept {
        let understood = understood(&format!("氏名,電話番号\n山田 太郎,{text}\n"));
        assert_eq!(understood.people[0].fields.phone, number);
        assert!(understood.doubts.is_empty());
    }
    let doubted = [
        ("9012345678", Reason::LostZero, Some("09012345678")),
        ("312345678", Reason::LostZero, Some("0312345678")),
        ("90-1234-5678", Reason::LostZero, Some("090-1234-5678")),
        ("9.01235E+09", Reason::DigitsLost, None),
    ];
    for (text, reason, proposal) in doubted {
        let understood = understood(&format!("氏名,電話番号\n山田 太郎,{text}\n"));
        assert_eq!(told(&understood.doubts), [(2, Some(1), reason, text, proposal)]);
    }
}

#[test]
fn mail_addresses_are_looked_at_and_not_changed() {
    let understood = understood(
        "氏名,メールアドレス\nA B,taro.yamada+ob@example.co.jp\nC D,ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ\nE F,taro@example\nG H,なし\n",
    );
    assert_eq!(understood.people[0].fields.email, "taro.yamada+ob@example.co.jp");
    let reasons: Vec<_> =
        told(&understood.doubts).into_iter().map(|(line, _, reason, _, to)| (line, reason, to)).collect();
    let bad = Reason::NotAnEmail;
    assert_eq!(reasons, [(3, bad, Some("taro@example.jp")), (4, bad, None), (5, bad, None)]);
}

#[test]
fn what_spreadsheets_leave_behind_is_recognised() {
    let understood = understood(
        "社員番号,氏名,備考\n\"=\"\"00123\"\"\",山田 太郎,#N/A\n1.23457E+11,佐藤 花子,####\n=\"00124\",鈴木 一郎,#1 の社員\n",
    );
    assert_eq!(understood.people[0].fields.employee_number, "00123");
    assert_eq!(understood.people[0].repairs[0].kind, RepairKind::FormulaUnwrapped);
    assert_eq!(understood.people[2].fields.employee_number, "00124");
    assert_eq!(understood.people[2].fields.note, "#1 の社員");
    assert_eq!(
        told(&understood.doubts),
        [
            (2, Some(2), Reason::SpreadsheetError, "#N/A", None),
            (3, Some(0), Reason::DigitsLost, "1.23457E+11", None),
            (3, Some(2), Reason::SpreadsheetError, "####", None),
        ]
    );
}

#[test]
fn leading_zeros_of_employee_numbers_stay() {
    assert_eq!(understood("社員番号,氏名\n00042,山田 太郎\n").people[0].fields.employee_number, "00042");
}

#[test]
fn columns_that_belong_together_are_joined() {
    let understood = understood(
        "氏名,ビジネスネーム：姓,ビジネスネーム：名,備考1,備考2,タグ\n山田 太郎,田中,太郎,一,二,\"営業、大阪,本社\"\n",
    );
    let fields = &understood.people[0].fields;
    assert_eq!((fields.business_name.as_str(), fields.note.as_str()), ("田中 太郎", "一\n二"));
    assert_eq!(fields.tags, ["営業", "大阪", "本社"]);
}
