use intake::{
    Answers, Delimiter, Encoding, Fault, Heading, Mends, NotATable, Reading, Reason, read, read_as,
    understand,
};

use crate::{by_guesses, mend, sheet, told, understood};

/// 氏名,備考 / 髙﨑① ～ in CP932; the two letters in the codes given.
fn cp932_list(taka: [u8; 2], saki: [u8; 2]) -> Vec<u8> {
    let mut bytes = b"\x8e\x81\x96\xbc,\x94\xf5\x8dl\r\n".to_vec();
    bytes.extend(taka);
    bytes.extend(saki);
    bytes.extend(b"\x81@\x88\xea\x98Y,\x87@\x81`\r\n");
    bytes
}

#[test]
fn a_cp932_file_keeps_its_letters_in_the_nec_and_the_ibm_codes() {
    for bytes in [cp932_list([0xEE, 0xE0], [0xED, 0x95]), cp932_list([0xFB, 0xFC], [0xFA, 0xB1])] {
        let sheet = read(&bytes, None).expect("a table");
        assert_eq!(sheet.encoding, Some(Encoding::Cp932));
        let fields = &by_guesses(&sheet, &Mends::new()).people[0].fields;
        assert_eq!(
            (fields.family.as_str(), fields.given.as_str(), fields.note.as_str()),
            ("髙﨑", "一郎", "①～")
        );
    }
}

#[test]
fn every_encoding_is_told_apart_and_read() {
    let text = "氏名,備考\r\n山田 太郎,東京の営業所でお世話になりました\r\n";
    let (euc, _, _) = encoding_rs::EUC_JP.encode(text);
    let (jis, _, _) = encoding_rs::ISO_2022_JP.encode(text);
    let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode(text);
    let marked = |mark: &[u8], body: Vec<u8>| [mark.to_vec(), body].concat();
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let files = [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        (marked(b"\xEF\xBB\xBF", text.as_bytes().to_vec()), Encoding::Utf8),
        (marked(b"\xFF\xFE", wide(u16::to_le_bytes)), Encoding::Utf16Le),
        (marked(b"\xFE\xFF", wide(u16::to_be_bytes)), Encoding::Utf16Be),
        (sjis.to_vec(), Encoding::Cp932),
        (euc.to_vec(), Encoding::EucJp),
        (jis.to_vec(), Encoding::Iso2022Jp),
    ];
    for (bytes, encoding) in files {
        for chosen in [None, Some(encoding)] {
            let sheet = read(&bytes, chosen).expect("a table");
            assert_eq!(sheet.encoding, Some(encoding));
            assert_eq!(sheet.columns[0].heading, "氏名", "{encoding:?}");
            assert_eq!(sheet.cell(0, 1), "東京の営業所でお世話になりました", "{encoding:?}");
        }
    }
}

#[test]
fn a_damaged_utf8_file_is_not_taken_for_something_else() {
    let mut bytes = "氏名,備考\n山田 太郎,お元気ですか\n佐藤 花子,皆様によろしく\n".as_bytes().to_vec();
    let at = bytes.len() - 6;
    bytes[at] = 0xFF;
    let sheet = read(&bytes, None).expect("a table");
    assert_eq!(sheet.encoding, Some(Encoding::Utf8));
    let understood = by_guesses(&sheet, &Mends::new());
    assert_eq!(understood.doubts.len(), 1);
    assert_eq!((understood.doubts[0].line, understood.doubts[0].reason), (3, Reason::Undecodable));
    assert_eq!(understood.people[1].fields.note, "");
    assert_eq!(understood.people[0].fields.note, "お元気ですか");
}

#[test]
fn a_broken_letter_spoils_its_own_cell_only() {
    // 0x85 0x9F is no CP932 letter, 0x81 0x2C would swallow the comma.
    let bytes = b"\x8e\x81\x96\xbc,\x94\xf5\x8dl,TEL\n\x8eR\x93c \x91\xbe\x98Y,a\x81,03-1234-5678\n";
    let sheet = read(bytes, None).expect("a table");
    let understood = by_guesses(&sheet, &Mends::new());
    assert_eq!((understood.doubts[0].line, understood.doubts[0].column), (2, Some(1)));
    assert_eq!(understood.doubts[0].reason, Reason::Undecodable);
    assert_eq!(understood.people[0].fields.phone, "03-1234-5678");
    assert_eq!(understood.people[0].fields.family, "山田");
}

#[test]
fn a_letter_only_one_computer_has_is_asked_for() {
    // 0xF040 is the first place of CP932's private area.
    let sheet = read(b"\x90\xa9,\x96\xbc\n\xf0@\x93c,\x91\xbe\x98Y\n", None).expect("a table");
    let understood = by_guesses(&sheet, &Mends::new());
    assert_eq!(told(&understood.doubts), [(2, Some(0), Reason::PrivateLetter, "\u{E000}田", None)]);
    let mended = by_guesses(&sheet, &mend(2, 0, "𠮷田"));
    assert_eq!(mended.people[0].fields.family, "𠮷田");
    assert!(mended.doubts.is_empty() && !mended.people[0].held);
}

#[test]
fn names_keep_every_letter() {
    // U+FA19 and U+FA1B change under NFC already; the last is a base letter with a variation selector.
    let names = [
        "髙橋",
        "﨑山",
        "𠮷田",
        "邊見",
        "\u{FA19}田",
        "\u{FA1B}本",
        "葛\u{E0100}城",
        "ﾔﾏﾀﾞ",
        "Ｓｍｉｔｈ",
        "か\u{3099}",
    ];
    for name in names {
        let understood = understood(&format!("姓,名\n{name},{name}\n"));
        assert_eq!(understood.people[0].fields.family.as_bytes(), name.as_bytes(), "{name}");
        assert!(understood.doubts.is_empty() && understood.people[0].repairs.is_empty(), "{name}");
    }
}

#[test]
fn tabs_and_semicolons_part_cells_too() {
    for (between, delimiter) in [(",", Delimiter::Comma), ("\t", Delimiter::Tab), (";", Delimiter::Semicolon)]
    {
        let text = ["氏名|備考", "山田 太郎|\"a|b\"", "佐藤 花子|済"].join("\n").replace('|', between);
        let sheet = sheet(&text);
        assert_eq!((sheet.delimiter, sheet.row_count), (Some(delimiter), 2));
        assert_eq!(sheet.cell(0, 1), format!("a{between}b"));
    }
}

#[test]
fn quoted_line_breaks_stay_in_their_cell_and_lines_are_counted_truly() {
    for line_end in ["\n", "\r\n", "\r"] {
        let text = ["氏名,備考", "", "\"山田 太郎\",\"一行目", "二行目\"", "", "佐藤花子,\"\"\"済\"\"\"", ""]
            .join(line_end);
        let sheet = sheet(&text);
        assert_eq!((sheet.line(0), sheet.line(1)), (3, 6), "{line_end:?}");
        assert_eq!(sheet.cell(0, 1), format!("一行目{line_end}二行目"));
        assert_eq!(sheet.cell(1, 1), "\"済\"");
        let understood = by_guesses(&sheet, &Mends::new());
        assert_eq!(
            told(&understood.doubts),
            [(6, Some(0), Reason::NameUnsplit, "佐藤花子", Some("佐藤　花子"))]
        );
    }
}

#[test]
fn rows_of_the_wrong_width_are_doubts_and_can_be_mended() {
    let text = "氏名,電話番号,備考\n山田 太郎,03-1234-5678,株式会社A, 営業\n佐藤 花子\n鈴木 一郎,,,,\n,,\n";
    let sheet = sheet(text);
    let understood = by_guesses(&sheet, &Mends::new());
    assert_eq!(
        told(&understood.doubts),
        [(2, Some(3), Reason::MoreCells, "営業", None), (3, Some(1), Reason::FewerCells, "", None)]
    );
    let held: Vec<bool> = understood.people.iter().map(|row| row.held).collect();
    assert_eq!(held, [true, false, false]);
    let mut mends = mend(2, 3, "");
    mends.insert((2, 2), "株式会社A, 営業".into());
    mends.insert((3, 1), "03-8765-4321".into());
    let understood = by_guesses(&sheet, &mends);
    assert!(understood.doubts.is_empty() && understood.people.iter().all(|row| !row.held));
    assert_eq!(understood.people[0].fields.note, "株式会社A, 営業");
    assert_eq!(understood.people[1].fields.phone, "03-8765-4321");
}

#[test]
fn a_quotation_mark_never_closed_does_not_swallow_the_people_behind_it() {
    let many: String = (0..500).map(|at| format!("姓{at} 名{at},\"済,\"\"よし\"\"\"\n")).collect();
    let text = format!("氏名,備考\n山田 太郎,\"開いたまま\n{many}");
    let sheet = sheet(&text);
    assert_eq!(sheet.row_count, 501);
    let understood = by_guesses(&sheet, &Mends::new());
    assert_eq!(told(&understood.doubts), [(2, Some(1), Reason::QuoteNotClosed, "\"開いたまま", None)]);
    assert!(understood.people[0].held && !understood.people[1].held);
    assert_eq!(understood.people[500].line, 502);
    assert_eq!(understood.people[500].fields.note, "済,\"よし\"");
    let unmarked: String = (0..150).map(|at| format!("姓{at} 名{at},済\n")).collect();
    let closed_far_below =
        crate::sheet(&format!("氏名,備考\n山田 太郎,\"開いたまま\n{unmarked}佐藤 花子,済\"\n"));
    assert_eq!(closed_far_below.row_count, 152);
    let short = crate::sheet("氏名,備考\n山田 太郎,\"開いたまま\n佐藤 花子,済\n");
    assert_eq!((short.row_count, short.cell(1, 0)), (2, "佐藤 花子"));
}

#[test]
fn what_is_no_table_is_named() {
    let files: [(&[u8], NotATable); 8] = [
        (b"\x89PNG\r\n\x1a\n\0\0", NotATable::Picture),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF", NotATable::Picture),
        (b"PK\x03\x04\x14\0\0\0photo.jpg", NotATable::Zip),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", NotATable::Excel),
        (b"%PDF-1.7\n%\xE2\xE3", NotATable::Pdf),
        (b"{\\rtf1\\ansi}", NotATable::Letter),
        (b"<html><table><tr><td>a</td></tr></table>", NotATable::WebPage),
        (b"MZ\x90\0\x03\0\0\0", NotATable::Binary),
    ];
    for (bytes, what) in files {
        assert_eq!(read(bytes, None), Err(Fault::NotATable(what)));
    }
}

#[test]
fn files_with_nothing_or_too_much_are_refused() {
    for nothing in [b"".as_slice(), b"\xEF\xBB\xBF", b"\xFF\xFE", b" \r\n\r\n", "\u{3000}\n".as_bytes()] {
        assert_eq!(read(nothing, None), Err(Fault::Empty));
    }
    let long = format!("氏名\r\n山田 太郎\r\n{}\r\n", "a".repeat((1 << 20) + 1));
    assert_eq!(read(long.as_bytes(), None), Err(Fault::LineTooLong { line: 3 }));
    let large = vec![b'a'; (64 << 20) + 1];
    assert_eq!(read(&large, None), Err(Fault::TooManyBytes { bytes: large.len() }));
    let tall = "氏名\n".to_owned() + &"甲\n".repeat((1 << 20) + 1);
    assert_eq!(read(tall.as_bytes(), None), Err(Fault::TooManyRows));
    let wide = ",".repeat(1_000) + "氏名\n";
    assert_eq!(read(wide.as_bytes(), None), Err(Fault::TooManyColumns));
}

#[test]
fn the_user_knows_better_than_the_guess() {
    let text = "氏名;備考\n山田 太郎;a,b\n";
    let reading = Reading { delimiter: Some(Delimiter::Comma), heading: Heading::None, ..Reading::default() };
    let sheet = read_as(text.as_bytes(), &reading).expect("a table");
    assert_eq!((sheet.heading_line, sheet.row_count, sheet.columns.len()), (None, 2, 2));
    let reading = Reading { heading: Heading::Line(2), ..Reading::default() };
    let sheet = read_as(text.as_bytes(), &reading).expect("a table");
    assert_eq!((sheet.heading_line, sheet.columns[0].heading.as_str()), (Some(2), "山田 太郎"));
}

#[test]
fn reading_tells_its_progress_and_stops_when_asked() {
    let text = format!("氏名\n{}", "山田 太郎\n".repeat(1_200));
    let sheet = sheet(&text);
    let mut heard = Vec::new();
    let answer = understand(&sheet, &sheet.guesses(), &Answers::default(), &mut |done| {
        heard.push(done);
        true
    });
    assert_eq!(answer.expect("readable").people.len(), 1_200);
    assert_eq!(heard, [0, 500, 1_000, 1_200]);
    let answer = understand(&sheet, &sheet.guesses(), &Answers::default(), &mut |done| done < 500);
    assert_eq!(answer, Err(Fault::Stopped));
}

#[test]
fn examples_and_empty_columns_are_told() {
    let sheet = sheet("氏名,備考,,\n山田 太郎,,,\n佐藤 花子,a,,\n鈴木 一郎,b,,\n高橋 次郎,c,,\n");
    assert_eq!(sheet.columns.len(), 2, "columns without heading and text are dropped");
    assert_eq!(sheet.columns[0].examples, ["山田 太郎", "佐藤 花子", "鈴木 一郎"]);
    assert_eq!(sheet.columns[1].examples, ["a", "b", "c"]);
}
