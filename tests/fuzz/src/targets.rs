//! Everything that reads foreign bytes. A target must end on whatever it is given, and what it has read must be sound.
//! libFuzzer calls these, and so do the ordinary tests, with all that was found once.

use std::collections::HashMap;
use std::io::{Cursor, Write};

use intake::dates::read_date_of;
use intake::postal::Dictionary;
use intake::{Answers, Sheet, Years, read, read_date, understand};

// These two files of the press need nothing of the rest of it, which would take minutes to build.
#[allow(dead_code)]
#[path = "../../../src-tauri/crates/press/src/notation.rs"]
mod marks;
#[allow(dead_code)]
#[path = "../../../src-tauri/crates/press/src/photo.rs"]
mod photograph;

/// A target's name, which is that of the folder with its cases, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: &[Target] = &[
    ("text", list),
    ("cards", list),
    ("xls", list),
    ("xlsx", xlsx),
    ("ods", ods),
    ("dates", dates),
    ("postal", postal),
    ("keys", keys),
    #[cfg(feature = "register")]
    ("backup", backup),
    #[cfg(feature = "register")]
    ("export", export),
    ("notation", notation),
    ("photo", photo),
];

/// A file is read as a list, and its rows as people.
fn list(bytes: &[u8]) {
    if let Ok(sheet) = read(bytes, None) {
        sound(&sheet);
    }
}

fn sound(sheet: &Sheet) {
    let understood = understand(sheet, &sheet.guesses(), &Answers::default(), &mut |_| true);
    let understood = understood.expect("what is refused is not guessed");
    assert_eq!(understood.people.len(), sheet.row_count);
    assert!(understood.people.windows(2).all(|rows| rows[0].line < rows[1].line), "lines ascend");
    for row in &understood.people {
        let nameless = row.fields.family.is_empty() && row.fields.given.is_empty();
        assert!(!nameless || row.held, "who has no name is held");
        assert!(row.doubts.iter().all(|&at| understood.doubts[at as usize].line == row.line));
    }
    // A row that is read alone is read as in its list.
    let reader = intake::Reader::new(sheet, &sheet.guesses(), &Answers::default()).expect("as before");
    if let Some(last) = sheet.row_count.checked_sub(1) {
        let alone = reader.row(sheet, &Answers::default(), last, &mut Vec::new());
        assert_eq!(alone.fields, understood.people[last].fields);
    }
}

/// Fuzzed bytes cannot guess the sums of an archive, so that they stand for one of its parts; the first byte says which.
fn within(parts: &[(&str, &str)], bytes: &[u8]) {
    let Some((which, part)) = bytes.split_first() else { return };
    let which = usize::from(*which) % (parts.len() + 1);
    if which == parts.len() {
        return list(part);
    }
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (at, (name, text)) in parts.iter().enumerate() {
        archive.start_file(*name, stored).expect("a part");
        archive.write_all(if at == which { part } else { text.as_bytes() }).expect("room in memory");
    }
    list(archive.finish().expect("an archive").get_ref());
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A part of an Excel workbook.
fn xlsx(bytes: &[u8]) {
    let sheet = format!(
        "<worksheet xmlns=\"{MAIN}\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>\
         <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>縁田 結</t></is></c><c r=\"B2\" s=\"1\"><v>45382</v></c></row></sheetData>\
         <mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells></worksheet>"
    );
    let strings = format!("<sst xmlns=\"{MAIN}\"><si><t>氏名</t></si><si><t>退職日</t></si></sst>");
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><numFmts><numFmt numFmtId=\"170\" formatCode=\"[$-411]ggge&quot;年&quot;\"/></numFmts>\
         <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>"
    );
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{LINKS}\"><workbookPr date1904=\"0\"/><sheets><sheet name=\"退職者\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let links = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" Type=\"{LINKS}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"r2\" Type=\"{LINKS}/sharedStrings\" Target=\"sharedStrings.xml\"/>\
         <Relationship Id=\"r3\" Type=\"{LINKS}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let top = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" Type=\"{LINKS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let types = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
    );
    let parts = [
        ("xl/worksheets/sheet1.xml", sheet.as_str()),
        ("xl/sharedStrings.xml", &strings),
        ("xl/styles.xml", &styles),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &links),
        ("_rels/.rels", &top),
        ("[Content_Types].xml", &types),
    ];
    within(&parts, bytes);
}

/// A part of a workbook of LibreOffice.
fn ods(bytes: &[u8]) {
    let office = "urn:oasis:names:tc:opendocument:xmlns";
    let content = format!(
        "<office:document-content xmlns:office=\"{office}:office:1.0\" xmlns:table=\"{office}:table:1.0\" xmlns:text=\"{office}:text:1.0\">\
         <office:body><office:spreadsheet><table:table table:name=\"退職者\"><table:table-row>\
         <table:table-cell office:value-type=\"string\"><text:p>氏名</text:p></table:table-cell></table:table-row>\
         </table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = format!("<manifest:manifest xmlns:manifest=\"{office}:manifest:1.0\"/>");
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_str()),
        ("META-INF/manifest.xml", &manifest),
    ];
    within(&parts, bytes);
}

/// A cell, read as everything that a cell can be.
fn dates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let years = [Years::Western, Years::Showa, Years::Heisei, Years::Reiwa];
    let dates = years.iter().filter_map(|&years| read_date_of(&text, years, 2026).ok());
    for date in read_date(&text).into_iter().chain(dates) {
        // What was understood can be said.
        assert!(!intake::japanese(date).is_empty());
        assert!(date.month.is_none_or(|month| (1..=12).contains(&month)));
        assert!(date.day.is_none_or(|day| (1..=31).contains(&day)));
    }
    if let Ok(postal) = intake::contact::read_postal(&text) {
        assert_eq!(intake::contact::read_postal(&postal).as_deref(), Ok(postal.as_str()));
    }
    if let Ok(number) = intake::contact::read_phone(&text) {
        assert_eq!(intake::contact::read_phone(&number).as_deref(), Ok(&*number));
    }
    let _ = intake::contact::read_email(&text);
    let _ = intake::names::read_kana(&text);
    let _ = intake::holds_my_number(&text);
    if let Ok((family, given)) = intake::names::split_name(&text) {
        assert!(text.contains(family) && text.contains(given));
    }
}

/// Japan Post's file. It is asked for its own places.
fn postal(bytes: &[u8]) {
    let Ok(dictionary) = Dictionary::read(bytes) else { return };
    assert!(dictionary.places() > 0);
    let text = String::from_utf8_lossy(bytes);
    for field in text.split(['\n', ',']).take(40) {
        for place in dictionary.at(field).iter().chain(&dictionary.of_address(field)) {
            assert!(dictionary.at(&place.postal).contains(place), "{place:?}");
        }
        let _ = dictionary.code_of(field);
    }
}

/// A key file, and what a hurried hand types from the recovery sheet.
fn keys(bytes: &[u8]) {
    if let Ok(file) = vault::KeyFile::from_bytes(bytes) {
        let again = vault::KeyFile::from_bytes(&file.to_bytes()).expect("what was read can be written");
        assert_eq!(again.to_bytes(), file.to_bytes());
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(code) = vault::RecoveryCode::parse(text)
    {
        assert!(vault::RecoveryCode::parse(&code.text()).is_ok());
    }
}

/// A backup: its manifest, its sums, and what lies behind them.
#[cfg(feature = "register")]
fn backup(bytes: &[u8]) {
    use register::backup::Backup;
    let path = std::env::temp_dir().join(format!("enishi-fuzz-{}.enishi", std::process::id()));
    std::fs::write(&path, bytes).expect("room for a file");
    if let Ok(backup) = Backup::read(&path)
        && backup.check().is_ok()
    {
        let _ = backup.keys();
    }
}

/// A register in a folder that goes away with it.
#[cfg(feature = "register")]
fn register() -> (tempfile::TempDir, register::Register) {
    let place = tempfile::tempdir().expect("room for a folder");
    let key = format!("x'{}'", "5a".repeat(48));
    let register = register::Register::create(place.path(), &key, &[], "縁田", 1).expect("a register");
    (place, register)
}

/// The text from which a register begins, with a few places of it changed: each edit says where, how much goes, how much
/// comes, and what. Whatever it is, the register is whole afterwards; one that refuses it is as it was.
#[cfg(feature = "register")]
fn export(bytes: &[u8]) {
    use register::{Address, At, Contact, Day, Fault, NewStep, Person, Tag, UserId};
    use std::sync::{LazyLock, Mutex, PoisonError};
    static TEXT: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let (_place, register) = register();
        let written = register.begin(|writing| {
            let born_on: Option<Day> = "1970-02-28".parse().ok();
            let person = writing.add(&Person { family: "髙橋".into(), born_on, ..Person::default() })?;
            writing.add(&Address { person, city: "仙台市".into(), best: true, ..Address::default() })?;
            writing.add(&Tag { person, name: "役員".into() })?;
            let note = "「工場」\\見学".to_owned();
            writing.add(&Contact { person, note, ..Contact::default() })?;
            Ok(())
        });
        written.and_then(|()| register.export()).expect("an export").into_bytes()
    });
    static EMPTY: LazyLock<Mutex<(tempfile::TempDir, register::Register)>> =
        LazyLock::new(|| Mutex::new(register()));
    let (mut text, mut edits) = (TEXT.clone(), bytes);
    while let [high, low, goes, comes, rest @ ..] = edits {
        let at = usize::from(u16::from_be_bytes([*high, *low])) % (text.len() + 1);
        let until = (at + usize::from(*goes)).min(text.len());
        let (new, rest) = rest.split_at(usize::from(*comes).min(rest.len()));
        text.splice(at..until, new.iter().copied());
        edits = rest;
    }
    let text = String::from_utf8_lossy(&text);
    let mut empty = EMPTY.lock().unwrap_or_else(PoisonError::into_inner);
    let before = empty.1.state().expect("what it holds");
    let step = NewStep { label: "take_all", user: UserId(1), at: At(0), typing: false };
    match empty.1.take_export(step, &text, &mut |_, _| Ok(())) {
        Ok(()) => {
            empty.1.verify().expect("whole");
            // Everybody in it can be looked at.
            let everybody = empty.1.read(|reading| {
                let (_, _, ids) =
                    reading.people_ids(&register::PeopleQuery { limit: 100, ..Default::default() })?;
                ids.into_iter().try_for_each(|id| reading.person(id).map(drop))
            });
            everybody.expect("everybody can be read");
            *empty = register();
        }
        Err(Fault::Invalid { .. }) => assert_eq!(empty.1.state().expect("what it holds"), before),
        Err(fault) => panic!("a text is refused as a text: {fault:?}"),
    }
}

/// The signs in a text of the newsletter.
fn notation(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let marked = marks::marked(&text);
    assert!(marked.text.len() <= text.len());
    for range in marked.ruby.iter().map(|(range, _)| range).chain(&marked.dotted) {
        assert!(marked.text.get(range.clone()).is_some_and(|base| !base.is_empty()), "{range:?}");
    }
}

/// A photograph: what comes out begins and ends as a JPEG, and its place is nowhere before the picture.
fn photo(bytes: &[u8]) {
    if let Ok(cleaned) = photograph::cleaned(bytes) {
        assert!(cleaned.starts_with(b"\xff\xd8") && cleaned.ends_with(b"\xff\xd9"));
        let note = cleaned.windows(8).position(|part| part == b"\xff\xe1\0\x22Exif");
        let exif =
            cleaned.windows(10).position(|part| part.starts_with(b"\xff\xe1") && part.ends_with(b"Exif\0\0"));
        let scan = cleaned.windows(2).position(|part| part == b"\xff\xda");
        assert!(exif.is_none() || note == exif || scan < exif, "Exif as the camera wrote it");
    }
}

/// The cases of each target, by its folder.
#[allow(dead_code, reason = "libFuzzer reads the folders itself")]
pub fn cases(folder: &std::path::Path) -> HashMap<&'static str, Vec<(std::path::PathBuf, Vec<u8>)>> {
    let of = |name: &str| {
        let files = std::fs::read_dir(folder.join(name)).into_iter().flatten().flatten();
        files.filter_map(|file| Some((file.path(), std::fs::read(file.path()).ok()?))).collect()
    };
    TARGETS.iter().map(|(name, _)| (*name, of(name))).collect()
}
