//! A list of people in: 100,000 rows as payroll exports them, against `iconv` and the command line of SQLite, which
//! put the same rows into the same tables with the same indexes.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::figures::{below, line, median_and, time};
use crate::office::{Dice, FAMILIES, GIVENS, PASSPHRASE, ask, desk};

/// Rows of the list.
const ROWS: usize = 100_000;
/// How often each takes the list in, by turns.
const ROUNDS: usize = 3;

/// The columns of the list, and what each is.
const COLUMNS: [(&str, &str); 12] = [
    ("社員番号", "employee_number"),
    ("姓", "family"),
    ("名", "given"),
    ("セイ", "family_kana"),
    ("メイ", "given_kana"),
    ("入社日", "joined_on"),
    ("退職日", "left_on"),
    ("部署", "department"),
    ("役職", "post"),
    ("市区町村", "city"),
    ("番地", "street"),
    ("携帯電話", "mobile"),
];

/// What the command line of SQLite does with the rows: no day is understood, nobody is looked for.
const SPREAD: &str = "
    BEGIN;
    INSERT INTO person
        SELECT rowid, family, given, family_kana, given_kana, '', '', '', '', NULL, employee_number, joined_on,
               left_on, NULL, '', '', 0, NULL, NULL, 0, 0, NULL, '', '', NULL, '' FROM list;
    INSERT INTO employment SELECT rowid, rowid, joined_on, left_on, department, post, '' FROM list;
    INSERT INTO address SELECT rowid, rowid, '自宅', '', '', city, street, '', 1, NULL FROM list;
    INSERT INTO phone SELECT rowid, rowid, '携帯', mobile, 1, NULL FROM list;
    COMMIT;";

/// Measures in the folder `home`.
pub fn measure(home: &Path) {
    let list = home.join("list.csv");
    write(&list);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let (mut peaks, mut words, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let home = home.join(format!("lists-{round}"));
        let desk = desk(&home);
        let company = json!({ "company": "青葉食品", "owner": "青葉", "passphrase": PASSPHRASE });
        ask(&desk, "start_company", &company);
        let idle = memory("VmRSS");
        fs::write("/proc/self/clear_refs", "5").expect("the mark of the most memory is put back");
        let (took, taken) = time(|| {
            let read = ask(&desk, "read_list", &json!({ "file": list }));
            assert_eq!(read["encoding"], "cp932");
            let mapping: Vec<&Value> =
                read["columns"].as_array().expect("columns").iter().map(|column| &column["target"]).collect();
            assert_eq!(json!(mapping), json!(COLUMNS.map(|(_, target)| target)));
            ask(&desk, "import_people", &json!({ "file": list, "mapping": mapping }))
        });
        // Some who were made up are alike enough to be doubted.
        assert!(taken["added"] == ROWS && taken["doubts"].as_u64() < Some(1_000), "{taken}");
        ours.push(took);
        peaks.push(memory("VmHWM").saturating_sub(idle));
        // The same list meets those who are there, and something is said of rows here and there.
        let read = ask(&desk, "read_list", &json!({ "file": list }));
        let mapping: Vec<&Value> =
            read["columns"].as_array().expect("columns").iter().map(|column| &column["target"]).collect();
        let checked = |rows: Value| {
            let said = json!({ "file": list, "mapping": mapping, "rows": rows });
            ask(&desk, "check_list", &said)
        };
        checked(json!([]));
        for line in [2, ROWS / 2, ROWS] {
            let rows = json!([{ "line": line, "take": "leave" }]);
            words.push(time(|| checked(rows)).0);
        }
        pairs.push(time(|| ask(&desk, "duplicates", &json!({}))).0);
        theirs.push(sqlite(&list, &home.join("plain.db")));
    }
    let ratio = below(&mut ours, 0.5) / below(&mut theirs, 0.5);
    line(
        &format!("taking in a list of {ROWS} rows: encrypted, days understood, undoable"),
        &median_and(&mut ours, 1.0),
        &format!("`iconv \\| sqlite3 .import`, none of these: {}", median_and(&mut theirs, 1.0)),
        Some(ratio),
        "≤ 2.0",
    );
    peaks.sort_unstable();
    line(
        "… memory at the most, above idle",
        &format!("{} MB", peaks[peaks.len() / 2] / 1000),
        "",
        None,
        "≤ 300 MB",
    );
    line(&format!("a word about one row of {ROWS}"), &median_and(&mut words, 1.0), "", None, "");
    line(&format!("duplicates among {ROWS} people"), &median_and(&mut pairs, 1.0), "", None, "≤ 2 s");
    workbook();
}

/// An Excel workbook of as many rows, read as cells, against calamine alone.
fn workbook() {
    use calamine::Reader;
    use intake::excel::Cell;
    let rows: Vec<Vec<Cell>> = (0..ROWS)
        .map(|n| {
            let (family, given) = (FAMILIES[n % FAMILIES.len()], GIVENS[n % GIVENS.len()]);
            let texts =
                [&format!("{n:06}"), family.0, given.0, family.1, given.1, "製造部", "主任", "仙台市"];
            let days = [Cell::Day(1995, 4, 1), Cell::Day(2010, 3, 31)];
            texts.map(|text| Cell::Text(text.into())).into_iter().chain(days).collect()
        })
        .collect();
    let headings = ["社員番号", "姓", "名", "セイ", "メイ", "部署", "役職", "市区町村", "入社日", "退職日"];
    let now = chrono::DateTime::parse_from_rfc3339("2026-11-20T10:42:00+09:00").expect("a time");
    let bytes =
        intake::excel::workbook("名簿", &headings.map(|it| (it, 12)), &rows, now).expect("a workbook");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (took, sheet) = time(|| intake::read(&bytes, None).expect("a sheet"));
        assert_eq!(sheet.row_count, ROWS);
        ours.push(took);
        let (took, range) = time(|| {
            let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes.as_slice())).expect("a workbook");
            book.worksheet_range("名簿").expect("a sheet")
        });
        assert_eq!(range.height(), ROWS + 1);
        theirs.push(took);
    }
    let ratio = below(&mut ours, 0.5) / below(&mut theirs, 0.5);
    line(
        &format!("reading an Excel workbook of {ROWS} rows"),
        &median_and(&mut ours, 1.0),
        &format!("calamine alone: {}", median_and(&mut theirs, 1.0)),
        Some(ratio),
        "≤ 2.0",
    );
}

/// What the system says of this process's memory, in kB.
fn memory(of: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("/proc");
    let said = status.lines().find_map(|line| line.strip_prefix(of)?.strip_prefix(':'));
    said.and_then(|said| said.trim().split(' ').next()?.parse().ok()).expect("a figure")
}

/// How long `iconv` and `sqlite3` take for the list, in a plain file that has the register's tables already.
fn sqlite(list: &Path, database: &Path) -> std::time::Duration {
    run(database, include_str!("../../src-tauri/crates/register/src/migrations/1.sql"));
    let columns = COLUMNS.map(|(_, column)| column).join(", ");
    let script = format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000;
         CREATE TEMP TABLE list ({columns});\n.mode csv\n\
         .import --skip 1 --schema temp \"|iconv -f CP932 -t UTF-8 '{}'\" list\n{SPREAD}",
        list.display()
    );
    let took = time(|| run(database, &script)).0;
    let count = Command::new("sqlite3").arg(database).arg("SELECT count(*) FROM phone").output();
    assert_eq!(String::from_utf8_lossy(&count.expect("sqlite3").stdout).trim(), ROWS.to_string());
    took
}

fn run(database: &Path, script: &str) {
    let file = database.with_extension("sql");
    fs::write(&file, script).expect("a script");
    let mut sqlite = Command::new("sqlite3");
    sqlite.arg("-bail").arg(database).stdin(fs::File::open(&file).expect("the script")).stdout(Stdio::null());
    assert!(sqlite.status().expect("sqlite3 runs (Debian package sqlite3)").success());
}

/// A list in CP932 with Japanese dates and half-width kana.
fn write(list: &Path) {
    let mut dice = Dice(7);
    let mut text = COLUMNS.map(|(heading, _)| heading).join(",") + "\r\n";
    for n in 0..ROWS {
        let (family, given) = (FAMILIES[dice.roll(FAMILIES.len())], GIVENS[dice.roll(GIVENS.len())]);
        let (joined, served) = (dice.roll(15) + 1, dice.roll(15) + 1);
        let department = ["製造部", "品質保証課", "営業部", "総務部"][dice.roll(4)];
        let post = ["", "主任", "係長", "課長"][dice.roll(4)];
        text += &format!(
            "{n:06},{},{},{},{},平成{joined}年{}月{}日,H{}.{}.{},{department},{post},仙台市,青葉区一番町{}-{},090-{:04}-{:04}\r\n",
            family.0,
            given.0,
            half(family.1),
            half(given.1),
            dice.roll(12) + 1,
            dice.roll(28) + 1,
            joined + served,
            dice.roll(12) + 1,
            dice.roll(28) + 1,
            dice.roll(9) + 1,
            dice.roll(30) + 1,
            n / 10_000,
            n % 10_000,
        );
    }
    let plain = list.with_extension("utf8");
    fs::write(&plain, text).expect("a list");
    let mut iconv = Command::new("iconv");
    iconv.args(["-f", "UTF-8", "-t", "CP932", "-o"]).args([list, &plain]);
    assert!(iconv.status().expect("iconv runs").success());
}

/// Katakana in half width, as old payroll programs write it.
fn half(kana: &str) -> String {
    const FULL: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンャュョッー";
    const HALF: &str = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝｬｭｮｯｰ";
    const VOICED: &str = "ガギグゲゴザジズゼゾダヂヅデドバビブベボ";
    const BELOW: &str = "ｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎ";
    let find = |from: &str, to: &str, letter| {
        from.chars().position(|it| it == letter).and_then(|at| to.chars().nth(at))
    };
    kana.chars()
        .map(|letter| match (find(FULL, HALF, letter), find(VOICED, BELOW, letter)) {
            (Some(plain), _) => plain.to_string(),
            (None, Some(voiced)) => format!("{voiced}ﾞ"),
            (None, None) => letter.to_string(),
        })
        .collect()
}
