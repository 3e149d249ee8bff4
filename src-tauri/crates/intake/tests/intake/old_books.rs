//! Workbooks of Excel before 2007 and of LibreOffice. The `.xls` were written with xlwt 1.3.

use std::io::{Cursor, Write};

use intake::{Date, Fault, Mends, Reading, Reason, read, read_as};
use zip::write::SimpleFileOptions;

use crate::hostile::{Dice, assert_sound};
use crate::{by_guesses, told};

const XLS: &[u8] = include_bytes!("../fixtures/leavers.xls");
const XLS_1904: &[u8] = include_bytes!("../fixtures/leavers-1904.xls");

const XLS_MERGED: &[u8] = include_bytes!("../fixtures/merged.xls");

fn ods(tables: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let deflated = SimpleFileOptions::default();
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
         <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    let manifest =
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    for (name, text, options) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", stored),
        ("content.xml", content.as_str(), deflated),
        ("META-INF/manifest.xml", manifest, deflated),
    ] {
        archive.start_file(name, options).expect("a part");
        archive.write_all(text.as_bytes()).expect("room in memory");
    }
    archive.finish().expect("an archive").into_inner()
}

fn text(cell: &str) -> String {
    format!("<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>")
}

fn list() -> String {
    let headings: String = ["氏名", "退職日", "郵便番号"].map(text).concat();
    let first = text("髙橋 一郎")
        + "<table:table-cell office:value-type=\"date\" office:date-value=\"2024-03-31\"><text:p>令和6年3月31日</text:p></table:table-cell>"
        + "<table:table-cell office:value-type=\"float\" office:value=\"9800811\"><text:p>9800811</text:p></table:table-cell>";
    format!(
        "<table:table table:name=\"退職者\"><table:table-row>{headings}<table:table-cell table:number-columns-repeated=\"16381\"/>\
         </table:table-row><table:table-row>{first}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048574\"><table:table-cell table:number-columns-repeated=\"16384\"/>\
         </table:table-row></table:table>"
    )
}

fn day() -> Option<Date> {
    Some(Date { year: Some(2024), month: Some(3), day: Some(31) })
}

#[test]
fn an_xls_is_read_as_people() {
    let sheet = read(XLS, None).expect("a workbook");
    assert_eq!((sheet.sheet.as_deref(), sheet.sheets.len()), (Some("退職者"), 2));
    assert_eq!((sheet.heading_line, sheet.row_count, sheet.line(0)), (Some(3), 2, 4));
    let understood = by_guesses(&sheet, &Mends::new());
    let fields: Vec<_> = understood.people.iter().map(|row| &row.fields).collect();
    assert_eq!(
        (fields[0].employee_number.as_str(), fields[0].family.as_str(), fields[0].left_on),
        ("0012", "髙橋", day())
    );
    assert_eq!((fields[1].employee_number.as_str(), fields[1].left_on), ("13", day()));
    assert_eq!(told(&understood.doubts), [(5, Some(3), Reason::LostZero, "312345678", Some("0312345678"))]);
    let cover = Reading { sheet: Some("表紙".to_owned()), ..Reading::default() };
    assert_eq!(read_as(XLS, &cover).expect("a sheet").cell(0, 0), "");
}

#[test]
fn an_xls_that_counts_from_1904_has_the_same_days() {
    let sheet = read(XLS_1904, None).expect("a workbook");
    assert_eq!(by_guesses(&sheet, &Mends::new()).people[0].fields.left_on, day());
}

#[test]
fn an_ods_is_read_as_people() {
    let sheet = read(&ods(&list()), None).expect("a workbook");
    assert_eq!((sheet.sheet.as_deref(), sheet.row_count, sheet.columns.len()), (Some("退職者"), 1, 3));
    let understood = by_guesses(&sheet, &Mends::new());
    let fields = &understood.people[0].fields;
    assert_eq!((fields.family.as_str(), fields.left_on, fields.postal.as_str()), ("髙橋", day(), "980-0811"));
}

#[test]
fn an_ods_that_says_one_cell_a_million_times_is_refused() {
    let bomb = "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"1000000\">\
         <table:table-cell table:number-columns-repeated=\"16000\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell>\
         </table:table-row></table:table>";
    assert_eq!(read(&ods(bomb), None), Err(Fault::TooManyRows));
    let far = format!(
        "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell/></table:table-row>\
         <table:table-row><table:table-cell table:number-columns-repeated=\"16000\"/>{}</table:table-row></table:table>",
        text("x")
    );
    assert_eq!(read(&ods(&far), None), Err(Fault::TooManyRows));
}

#[test]
fn damaged_books_never_panic() {
    let ods = ods(&list());
    let mut dice = Dice(0x1904);
    for whole in [XLS, &ods] {
        for _ in 0..400 {
            let mut bytes = whole.to_vec();
            for _ in 0..dice.below(12) + 1 {
                let at = dice.below(bytes.len());
                bytes[at] = dice.below(256) as u8;
            }
            bytes.truncate(bytes.len() - dice.below(2) * dice.below(bytes.len() / 2));
            if let Ok(sheet) = read(&bytes, None) {
                assert_sound(&sheet);
            }
        }
    }
}

#[test]
fn merged_cells_of_an_xls_say_the_same_for_every_row_and_heading_they_cover() {
    let sheet = read(XLS_MERGED, None).expect("a workbook");
    let headings: Vec<_> = sheet.columns.iter().map(|column| column.heading.as_str()).collect();
    assert_eq!(headings, ["氏名", "住所", "住所", "部署"]);
    let people = by_guesses(&sheet, &Mends::new()).people;
    let said: Vec<_> = people.iter().map(|row| (&*row.fields.address, &*row.fields.department)).collect();
    assert_eq!(said, [("仙台市 一番町1", "製造部"), ("山形市 旅篭町2", "製造部")]);
}

#[test]
fn an_ods_that_never_ends_what_it_began_is_refused() {
    for torn in [
        list().replace("</table:table>", ""),
        list().replace("</table:table>", "<table:table>"),
        list().replacen("</table:table-row>", "", 1),
    ] {
        assert_eq!(read(&ods(&torn), None), Err(Fault::Damaged), "{torn}");
    }
}
