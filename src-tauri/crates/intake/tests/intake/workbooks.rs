//! Workbooks, written here part by part as Excel writes them.

use std::io::{Cursor, Write};

use intake::{Date, Fault, Heading, Mends, NotATable, Reading, Reason, Sheet, read, read_as};
use zip::write::SimpleFileOptions;

use crate::hostile::{Dice, assert_sound};
use crate::{by_guesses, told};

/// The formats that `s="1"` and so on name in [`book`].
const FORMATS: [&str; 9] = [
    "yyyy/m/d",
    "[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@",
    "[$-411]ge\\.m\\.d;@",
    "[$-ja-JP-x-gannen]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@",
    "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\\(aaa\\)",
    "h:mm",
    "00000",
    "#,##0",
    "[h]:mm",
];

/// A ZIP archive of these parts.
fn archive(parts: &[(&str, &str)], method: zip::CompressionMethod) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("a part");
        archive.write_all(text.as_bytes()).expect("room in memory");
    }
    archive.finish().expect("an archive").into_inner()
}

/// The parts of a workbook; each sheet has a name, whether it is shown, and what stands in its `sheetData`.
fn parts(sheets: &[(&str, bool, &str)], properties: &str, strings: &[&str]) -> Vec<(String, String)> {
    let (mut list, mut relations, mut parts) = (String::new(), String::new(), Vec::new());
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    for (at, (name, shown, data)) in sheets.iter().enumerate() {
        let state = if *shown { "" } else { " state=\"hidden\"" };
        list += &format!("<sheet name=\"{name}\" sheetId=\"{0}\"{state} r:id=\"r{0}\"/>", at + 1);
        relations += &format!(
            "<Relationship Id=\"r{0}\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet{0}.xml\"/>",
            at + 1
        );
        let text = format!("<worksheet {main}><sheetData>{data}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/sheet{}.xml", at + 1), text));
    }
    let formats: String = FORMATS
        .iter()
        .enumerate()
        .map(|(at, code)| format!("<numFmt numFmtId=\"{}\" formatCode=\"{code}\"/>", 176 + at))
        .collect();
    let cell_formats: String =
        (0..FORMATS.len()).map(|at| format!("<xf numFmtId=\"{}\"/>", 176 + at)).collect();
    let shared: String = strings.iter().map(|text| format!("<si>{text}</si>")).collect();
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    for (name, text) in [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" \
                 Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!("<workbook {main} xmlns:r=\"{office}\">{properties}<sheets>{list}</sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships xmlns=\"{package}\">{relations}</Relationships>"),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet {main}><numFmts>{formats}</numFmts><cellXfs><xf numFmtId=\"0\"/>{cell_formats}\
                 </cellXfs></styleSheet>"
            ),
        ),
        ("xl/sharedStrings.xml", format!("<sst {main}>{shared}</sst>")),
    ] {
        parts.push((name.to_owned(), text));
    }
    parts
}

fn packed(parts: &[(String, String)]) -> Vec<u8> {
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    archive(&parts, zip::CompressionMethod::Deflated)
}

fn book(sheets: &[(&str, bool, &str)]) -> Vec<u8> {
    packed(&parts(sheets, "", &[]))
}

/// A row of texts from column A on; an empty text leaves its cell out.
fn row(line: u32, texts: &[&str]) -> String {
    let cells = texts.iter().zip('A'..='Z').filter(|(text, _)| !text.is_empty());
    let cells: String = cells.map(|(text, letter)| text_cell(&format!("{letter}{line}"), text)).collect();
    format!("<row r=\"{line}\">{cells}</row>")
}

fn text_cell(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn one_sheet(data: &str) -> Sheet {
    read(&book(&[("退職者", true, data)]), None).expect("a workbook")
}

fn date(year: i32, month: u32, day: u32) -> Option<Date> {
    Some(Date { year: Some(year), month: Some(month), day: Some(day) })
}

/// A small list with one cell of every kind.
fn list() -> String {
    let title = row(1, &["退職者一覧"]);
    let headings = row(3, &["社員番号", "氏名", "退職日", "郵便番号", "備考"]);
    let first = "<row r=\"5\"><c r=\"A5\" s=\"7\"><v>123</v></c><c r=\"B5\" t=\"inlineStr\"><is><t>髙橋 一郎</t></is>\
        </c><c r=\"C5\" s=\"2\"><v>45382</v></c><c r=\"D5\"><v>9800811</v></c></row>";
    let second = "<row r=\"6\"><c r=\"A6\"><v>1002</v></c><c r=\"B6\" t=\"str\"><f>X</f><v>﨑山 花子</v></c>\
        <c r=\"C6\" s=\"1\"><v>32508.5</v></c><c r=\"D6\"><v>600811</v></c><c r=\"E6\" t=\"b\"><v>1</v></c></row>";
    [title, headings, first.to_owned(), second.to_owned()].concat()
}

#[test]
fn a_workbook_is_read_as_people() {
    let sheet = one_sheet(&list());
    assert_eq!((sheet.encoding, sheet.delimiter), (None, None));
    assert_eq!(
        (sheet.sheet.as_deref(), sheet.sheets.as_slice()),
        (Some("退職者"), &["退職者".to_owned()][..])
    );
    assert_eq!((sheet.heading_line, sheet.row_count, sheet.line(0), sheet.line(1)), (Some(3), 2, 5, 6));
    let understood = by_guesses(&sheet, &Mends::new());
    let [first, second] = understood.people.as_slice() else { panic!("two people") };
    assert_eq!((first.fields.employee_number.as_str(), first.fields.given.as_str()), ("00123", "一郎"));
    assert_eq!((first.fields.left_on, first.fields.postal.as_str()), (date(2024, 3, 31), "980-0811"));
    assert_eq!((second.fields.employee_number.as_str(), second.fields.family.as_str()), ("1002", "﨑山"));
    assert_eq!(second.fields.left_on, date(1988, 12, 31));
    assert_eq!(
        told(&understood.doubts),
        [
            (6, Some(3), Reason::LostZero, "600811", Some("060-0811")),
            (6, Some(4), Reason::SpreadsheetError, "TRUE", None),
        ]
    );
}

#[test]
fn days_are_read_without_doubt_whatever_their_format() {
    let formats: String =
        (1..=5).map(|style| format!("<row><c s=\"{style}\"><v>45382</v></c></row>")).collect();
    let sheet = one_sheet(&format!("{}{formats}", row(1, &["退職日"]).replace(" r=\"1\"", "")));
    let texts: Vec<&str> = (0..sheet.row_count).map(|row| sheet.cell(row, 0)).collect();
    assert_eq!(texts, ["2024-03-31"; 5]);
}

#[test]
fn numbers_are_written_as_a_reader_would_write_them() {
    let cells = [
        ("<c><v>1001</v></c>", "1001"),
        ("<c><v>1001.0</v></c>", "1001"),
        ("<c s=\"7\"><v>42</v></c>", "00042"),
        ("<c s=\"8\"><v>1234567</v></c>", "1234567"),
        ("<c><v>-3</v></c>", "-3"),
        ("<c><v>0.5</v></c>", "0.5"),
        ("<c><v>9012345678</v></c>", "9012345678"),
        ("<c><v>1.2345678901234E+19</v></c>", "1.2345678901234E+19"),
        ("<c s=\"6\"><v>0.39583333333333331</v></c>", "9:30:00"),
        ("<c s=\"9\"><v>1.25</v></c>", "30:00:00"),
        ("<c s=\"1\"><v>45382.25</v></c>", "2024-03-31 06:00:00"),
        ("<c s=\"1\"><v>60</v></c>", "1900-02-29"),
        ("<c s=\"1\"><v>0</v></c>", "1900-01-00"),
        ("<c s=\"1\"><v>-5</v></c>", "#####"),
        ("<c s=\"1\"><v>99999999</v></c>", "#####"),
        ("<c t=\"d\"><v>2024-03-31T00:00:00</v></c>", "2024-03-31T00:00:00"),
        ("<c t=\"b\"><v>0</v></c>", "FALSE"),
        ("<c t=\"e\"><v>#REF!</v></c>", "#REF!"),
    ];
    let rows: String = cells.iter().map(|(cell, _)| format!("<row>{cell}</row>")).collect();
    let sheet = one_sheet(&format!("<row><c t=\"str\"><v>備考</v></c></row>{rows}"));
    let texts: Vec<&str> = (0..sheet.row_count).map(|row| sheet.cell(row, 0)).collect();
    assert_eq!(texts, cells.map(|(_, text)| text));
}

#[test]
fn a_workbook_that_counts_from_1904_has_the_same_days() {
    for properties in ["<workbookPr date1904=\"1\"/>", "<workbookPr date1904=\"true\"/>"] {
        let data = "<row><c t=\"str\"><v>退職日</v></c></row><row><c s=\"1\"><v>43920</v></c></row>";
        let sheet =
            read(&packed(&parts(&[("名簿", true, data)], properties, &[])), None).expect("a workbook");
        assert_eq!(sheet.cell(0, 0), "2024-03-31");
    }
}

#[test]
fn a_reading_kept_with_a_name_is_not_part_of_it() {
    let strings = [
        "<t>氏名</t>",
        "<t>髙橋　一郎</t><rPh sb=\"0\" eb=\"2\"><t>タカハシ</t></rPh><phoneticPr fontId=\"1\"/>",
        "<r><t>佐藤</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> 花子</t></r>",
    ];
    let data: String = (0..3).map(|at| format!("<row><c t=\"s\"><v>{at}</v></c></row>")).collect();
    let sheet = read(&packed(&parts(&[("名簿", true, &data)], "", &strings)), None).expect("a workbook");
    assert_eq!((sheet.cell(0, 0), sheet.cell(1, 0)), ("髙橋　一郎", "佐藤 花子"));
}

#[test]
fn the_sheet_with_the_most_known_headings_is_read_unless_another_is_chosen() {
    let cover = row(1, &["退職者名簿"]);
    let list =
        [row(1, &["社員番号", "氏名", "退職日"]), row(2, &["001", "山田 太郎", "令和6年3月31日"])].concat();
    let old = [row(1, &["氏名", "備考"]), row(4, &["佐藤 花子", "済"])].concat();
    let hidden = [row(1, &["社員番号", "氏名", "退職日", "住所"]), row(2, &["9", "秘密"])].concat();
    let bytes = book(&[
        ("表紙", true, &cover),
        ("令和6年 A&amp;B", true, &list),
        ("昔", true, &old),
        ("写し", true, &list),
        ("控え", false, &hidden),
    ]);
    let sheet = read(&bytes, None).expect("a workbook");
    assert_eq!(sheet.sheet.as_deref(), Some("令和6年 A&B"));
    assert_eq!(sheet.sheets, ["表紙", "令和6年 A&B", "昔", "写し"]);
    assert_eq!(sheet.cell(0, 1), "山田 太郎");
    let chosen = |name: &str| read_as(&bytes, &Reading { sheet: Some(name.into()), ..Reading::default() });
    let sheet = chosen("昔").expect("a sheet of that name");
    assert_eq!((sheet.cell(0, 0), sheet.line(0)), ("佐藤 花子", 4));
    assert_eq!(chosen("控え"), Err(Fault::NoSuchSheet));
    assert_eq!(chosen("表紙").expect("it has a row").row_count, 0);
    let reading = Reading { heading: Heading::Line(4), sheet: Some("昔".into()), ..Reading::default() };
    assert_eq!(read_as(&bytes, &reading).expect("a sheet").columns[0].heading, "佐藤 花子");
}

#[test]
fn cells_beyond_the_headings_and_rows_that_end_early_are_no_flaw() {
    let sheet = one_sheet(
        &[
            row(2, &["氏名", "口座番号", "備考"]),
            row(3, &["山田 太郎", "1234567"]),
            row(4, &["佐藤 花子", "", "", "", "メモ"]),
        ]
        .concat(),
    );
    assert_eq!(sheet.columns.len(), 5);
    assert_eq!((sheet.cell(0, 1), sheet.cell(1, 4)), ("", "メモ"), "a refused column is not even held");
    assert_eq!(sheet.columns[4].examples, ["メモ"]);
    let understood = by_guesses(&sheet, &Mends::new());
    assert_eq!((understood.doubts.len(), understood.people.iter().any(|row| row.held)), (0, false));
}

#[test]
fn workbooks_that_cannot_be_read_are_named() {
    let locked = [
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(),
        "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ];
    let stored = |names: &[&str]| {
        let parts: Vec<(&str, &str)> = names.iter().map(|name| (*name, "x")).collect();
        archive(&parts, zip::CompressionMethod::Stored)
    };
    let whole = book(&[("名簿", true, &list())]);
    let long_address = text_cell(&format!("{}1", "Z".repeat(40)), "x");
    let files = [
        (locked.concat(), Fault::Locked, "xlsx_locked"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), Fault::NotATable(NotATable::Excel), "old_excel"),
        (stored(&["xl/workbook.bin"]), Fault::NotATable(NotATable::Excel), "old_excel"),
        (stored(&["word/document.xml"]), Fault::NotATable(NotATable::Zip), "not_a_table"),
        (stored(&["xl/workbook.xml"]), Fault::Damaged, "xlsx_damaged"),
        (stored(&["XL\\Workbook.xml"]), Fault::Damaged, "xlsx_damaged"),
        (whole[..whole.len() - 100].to_vec(), Fault::Damaged, "xlsx_damaged"),
        (book(&[("名簿", true, &format!("<row>{long_address}</row>"))]), Fault::Damaged, "xlsx_damaged"),
        (book(&[("名簿", true, &(row(2, &["a"]) + &row(1, &["b"])))]), Fault::Damaged, "xlsx_damaged"),
        (book(&[("名簿", true, "<row><c s=\"1\"/></row>")]), Fault::Empty, "file_empty"),
        (book(&[]), Fault::Empty, "file_empty"),
    ];
    for (bytes, fault, code) in files {
        assert_eq!((read(&bytes, None), fault.code()), (Err(fault.clone()), code));
    }
}

#[test]
fn workbooks_that_grow_without_measure_are_refused() {
    let tall: String = (0..=200_000).map(|_| "<row><c><v>1</v></c></row>").collect();
    assert_eq!(read(&book(&[("名簿", true, &tall)]), None), Err(Fault::TooManyRows));
    let wide = text_cell("ALM1", "x");
    assert_eq!(
        read(&book(&[("名簿", true, &format!("<row>{wide}</row>"))]), None),
        Err(Fault::TooManyColumns)
    );
    // One text of a megabyte that a hundred cells share, in a file of some kilobytes.
    let shared = format!("<t>{}</t>", "あ".repeat(350_000));
    let data = "<row><c t=\"s\"><v>0</v></c></row>".repeat(100);
    let bytes = packed(&parts(&[("名簿", true, &data)], "", &[&shared]));
    assert!(bytes.len() < 100_000);
    assert!(matches!(read(&bytes, None), Err(Fault::TooManyBytes { .. })));
    // Parts that unpack to more than is held in memory, or together to more than is ever looked at.
    let blanks = |megabytes: usize| " ".repeat(megabytes << 20);
    for (name, megabytes) in [("xl/styles.xml", 9), ("xl/sharedStrings.xml", 65)] {
        let bytes = archive(
            &[(name, &blanks(megabytes)), ("xl/workbook.xml", "x")],
            zip::CompressionMethod::Deflated,
        );
        assert!(bytes.len() < 1 << 20, "{name}");
        assert!(matches!(read(&bytes, None), Err(Fault::TooManyBytes { .. })), "{name}");
    }
    let picture = archive(&[("xl/media/image0.png", &blanks(64))], zip::CompressionMethod::Deflated);
    let mut picture = zip::ZipArchive::new(Cursor::new(picture)).expect("an archive");
    let mut pictures = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 1..=9 {
        let picture = picture.by_index(0).expect("a part");
        pictures.raw_copy_file_rename(picture, format!("xl/media/image{at}.png")).expect("a part");
    }
    pictures.start_file("xl/workbook.xml", SimpleFileOptions::default()).expect("a part");
    let bytes = pictures.finish().expect("an archive").into_inner();
    assert!(matches!(read(&bytes, None), Err(Fault::TooManyBytes { bytes }) if bytes == (512 << 20) + 1));
}

#[test]
fn every_beginning_of_a_workbook_is_refused_without_a_panic() {
    let bytes = book(&[("名簿", true, &list())]);
    for end in (0..bytes.len()).step_by(7) {
        assert!(read(&bytes[..end], None).is_err(), "{end} bytes");
    }
    assert_sound(&read(&bytes, None).expect("the whole"));
}

#[test]
fn flipped_bytes_never_panic() {
    let whole = parts(&[("名簿", true, &list())], "", &["<t>氏名</t>"]);
    let bytes = packed(&whole);
    let mut dice = Dice(2_463_534_242);
    for _ in 0..2_000 {
        let mut bytes = bytes.clone();
        for _ in 0..=dice.below(3) {
            let at = dice.below(bytes.len());
            bytes[at] ^= 1 << dice.below(8);
        }
        if let Ok(sheet) = read(&bytes, None) {
            assert_sound(&sheet);
        }
    }
    // An archive notices most of that by its checksums; what a program wrote wrongly has right ones.
    let mut read_at_all = 0;
    for _ in 0..2_000 {
        let mut parts = whole.clone();
        for _ in 0..=dice.below(3) {
            let part = dice.below(parts.len());
            let mut bytes = std::mem::take(&mut parts[part].1).into_bytes();
            let at = dice.below(bytes.len());
            match dice.below(3) {
                0 => bytes[at] = b"<>/\"= 0AZ9:-"[dice.below(12)],
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, b'0' + dice.below(10) as u8),
            }
            parts[part].1 = String::from_utf8_lossy(&bytes).into_owned();
        }
        if let Ok(sheet) = read(&packed(&parts), None) {
            assert_sound(&sheet);
            read_at_all += 1;
        }
    }
    assert!(read_at_all > 500, "{read_at_all}");
}

#[test]
fn a_workbook_of_ours_is_read_again_as_it_was_written() {
    use intake::excel::{Cell, workbook};
    let made = "2026-11-20T10:42:00+09:00".parse().expect("a date");
    let text = |text: &str| Cell::Text(text.to_owned());
    let rows = [
        vec![text("0012"), text("𠮷田󠄁"), Cell::Day(1989, 1, 8)],
        vec![text("=HYPERLINK(\"x\")"), text(""), Cell::Day(1899, 12, 31)],
        vec![text("+81 90"), text("一行\n二行"), Cell::Day(9999, 12, 31)],
    ];
    let written =
        workbook("名簿", &[("社員番号", 10), ("姓", 10), ("退職日", 12)], &rows, made).expect("a book");
    assert_eq!(
        written,
        workbook("名簿", &[("社員番号", 10), ("姓", 10), ("退職日", 12)], &rows, made).expect("a book")
    );
    let sheet = read(&written, None).expect("a table");
    assert_eq!((sheet.sheet.as_deref(), sheet.row_count), (Some("名簿"), 3));
    let cells: Vec<Vec<_>> =
        (0..3).map(|row| (0..3).map(|column| sheet.cell(row, column)).collect()).collect();
    assert_eq!(cells[0], ["0012", "𠮷田󠄁", "1989-01-08"]);
    assert_eq!(cells[1], ["=HYPERLINK(\"x\")", "", "1899-12-31"]);
    assert_eq!(cells[2], ["+81 90", "一行\n二行", "9999-12-31"]);
    let long = [vec![text(&"あ".repeat(32_768))]];
    assert!(workbook("名簿", &[("備考", 10)], &long, made).is_err(), "cut text would be lost text");
}

#[test]
fn merged_cells_say_the_same_for_every_row_they_cover() {
    // 氏名 over two columns, 住所 over two rows and two columns, a department over two people.
    let data = [
        row(1, &["退職者一覧"]),
        row(2, &["氏名", "", "部署", "住所"]),
        row(3, &["姓", "名", "", "都道府県", "市区町村"]),
        row(4, &["髙橋", "一郎", "製造部", "宮城県", "仙台市"]),
        row(5, &["山田", "太郎", "", "宮城県", "石巻市"]),
    ];
    let read_merged = |data: &str, regions: &[&str]| {
        let regions: String = regions.iter().map(|region| format!("<mergeCell ref=\"{region}\"/>")).collect();
        let mut parts = parts(&[("退職者", true, data)], "", &[]);
        parts[0].1 =
            parts[0].1.replace("</sheetData>", &format!("</sheetData><mergeCells>{regions}</mergeCells>"));
        read(&packed(&parts), None).expect("a workbook")
    };
    let sheet = read_merged(&data.concat(), &["A1:E1", "A2:B2", "C2:C3", "D2:E2", "C4:C5"]);
    assert_eq!(sheet.heading_line, Some(3));
    let people = by_guesses(&sheet, &Mends::new()).people;
    assert_eq!(people[1].fields.department, "製造部", "the cell reaches over both rows");
    assert_eq!((people[1].fields.family.as_str(), people[1].fields.city.as_str()), ("山田", "石巻市"));
    let data = [row(1, &["氏名", "", "住所"]), row(2, &["髙橋", "一郎", "宮城県", "仙台市"])].concat();
    let sheet = read_merged(&data, &["A1:B1", "C1:D1"]);
    let fields = &by_guesses(&sheet, &Mends::new()).people[0].fields;
    assert_eq!((fields.family.as_str(), fields.given.as_str()), ("髙橋", "一郎"));
    assert_eq!(fields.address, "宮城県 仙台市");
}
