//! Address books as telephones and mail programs write them.

use intake::{Fault, Mends, Plain, Reason, Sheet, read};

use crate::by_guesses;

fn people(bytes: &[u8]) -> (Sheet, Vec<Plain>) {
    let sheet = read(bytes, None).expect("cards");
    let people = by_guesses(&sheet, &Mends::new()).people.into_iter().map(|row| row.fields).collect();
    (sheet, people)
}

#[test]
fn cards_of_version_3_are_read_as_people() {
    let text = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:髙橋;一郎;;;\r\nFN:髙橋 一郎\r\nX-PHONETIC-LAST-NAME:タカハシ\r\n\
        X-PHONETIC-FIRST-NAME:イチロウ\r\nORG:北斗食品\\, 本社;製造部\r\nTITLE:部長\r\nitem1.TEL;TYPE=CELL,VOICE:090-1234-5678\r\n\
        TEL;TYPE=HOME:022-000-0000\r\nTEL;TYPE=HOME,FAX:022-000-0001\r\nTEL;TYPE=WORK:03-0000-0000\r\n\
        EMAIL;TYPE=INTERNET:ichiro@example.jp\r\nADR;TYPE=HOME:;青葉荘 101;一番町1-2;仙台市青葉区;宮城県;980-0811;日本\r\n\
        BDAY:1970-11-25\r\nCATEGORIES:同期会,山岳部\r\nNOTE:長い文は折り返して\r\n  書かれる。\\n二行目\r\nEND:VCARD\r\n";
    let (sheet, people) = people(text.as_bytes());
    let one = &people[0];
    assert_eq!(
        (one.family.as_str(), one.given.as_str(), one.family_kana.as_str()),
        ("髙橋", "一郎", "タカハシ")
    );
    assert_eq!((one.mobile.as_str(), one.phone.as_str()), ("090-1234-5678", "022-000-0000"));
    assert_eq!((one.employer.as_str(), one.employer_role.as_str()), ("北斗食品, 本社 製造部", "部長"));
    assert_eq!(
        (one.postal.as_str(), one.prefecture.as_str(), one.city.as_str()),
        ("980-0811", "宮城県", "仙台市青葉区")
    );
    assert_eq!((one.street.as_str(), one.building.as_str()), ("一番町1-2", "青葉荘 101"));
    assert_eq!(one.note, "長い文は折り返して 書かれる。\n二行目");
    assert_eq!(one.tags, ["同期会", "山岳部"]);
    let second =
        sheet.columns.iter().position(|column| column.heading == "電話番号（2つ目）").expect("a column");
    assert_eq!(
        (sheet.columns[second].target, sheet.cell(0, second)),
        (None, "03-0000-0000"),
        "for the user to say"
    );
    assert_eq!((sheet.heading_line, sheet.line(0)), (None, 1));
}

#[test]
fn old_telephones_write_shift_jis_in_quoted_printable() {
    let text = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8D=82=8B=B4;=88=EA=98Y\r\n\
        SOUND;X-IRMC-N;CHARSET=SHIFT_JIS:ﾀｶﾊｼ;ｲﾁﾛｳ\r\nTEL;CELL:09012345678\r\n\
        ADR;HOME;ENCODING=QUOTED-PRINTABLE;CHARSET=SHIFT_JIS:;;=88=EA=94=D4=92=AC=\r\n1-2;;;980-0811;\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:2.1\r\nN:YAMADA;TARO\r\nEND:VCARD\r\n";
    let (sheet, people) = people(text.as_bytes());
    let one = &people[0];
    assert_eq!((one.family.as_str(), one.given.as_str()), ("高橋", "一郎"));
    assert_eq!((one.family_kana.as_str(), one.given_kana.as_str()), ("タカハシ", "イチロウ"));
    assert_eq!(
        (one.street.as_str(), one.postal.as_str()),
        ("一番町1-2", "980-0811"),
        "a line that ends in = goes on"
    );
    assert_eq!((people[1].family.as_str(), sheet.line(1)), ("YAMADA", 9));
}

#[test]
fn cards_of_version_4_have_readings_and_addresses_of_their_own() {
    let text = "\u{FEFF}BEGIN:VCARD\nVERSION:4.0\nN;SORT-AS=\"ヨシダ,ハナコ\":𠮷田;花子;;;\nFN:𠮷田 花子\n\
        TEL;VALUE=uri;TYPE=\"voice,cell\":tel:090-1234-5678\nBDAY:--1125\nEND:VCARD\n";
    let (_, people) = people(text.as_bytes());
    let one = &people[0];
    assert_eq!(
        (one.family.as_str(), one.family_kana.as_str(), one.mobile.as_str()),
        ("𠮷田", "ヨシダ", "090-1234-5678")
    );
    assert_eq!(one.born_on.map(|day| (day.year, day.month, day.day)), Some((None, Some(11), Some(25))));
}

#[test]
fn a_card_with_one_name_in_one_line_is_asked_about_like_any_other() {
    let sheet =
        read("BEGIN:VCARD\nFN:青葉商店\nEND:VCARD\nBEGIN:VCARD\nFN:佐藤 花子\nEND:VCARD\n".as_bytes(), None)
            .expect("cards");
    let understood = by_guesses(&sheet, &Mends::new());
    assert_eq!(understood.doubts[0].reason, Reason::NameUnsplit);
    assert_eq!(understood.people[1].fields.family, "佐藤");
    assert_eq!(
        read(b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:\xFF\xFE\0\r\n", None).err(),
        Some(Fault::NotATable(intake::NotATable::Binary))
    );
}
