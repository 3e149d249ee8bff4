//! The desk without its window: searching, changing, opening.

use std::io::Write;
use std::path::Path;

use serde_json::json;

use crate::figures::{below, line, median_and, time};
use crate::office::{PASSPHRASE, ask, desk};

const SEARCHES: &[&str] = &[
    "佐",
    "佐藤",
    "高橋 健一",
    "sato",
    "ohno",
    "yamazaki takashi",
    "shimi",
    "さいとう",
    "ﾜﾀﾅﾍﾞ",
    "た",
    "製造",
    "品質 係長",
    "北斗食品",
    "090-0000-1234",
    "千尋 営業",
    "honma jun'ichi",
    "辺見",
    "どこにもいない",
    "仙台市青葉区",
    "zzz",
];
const NOTE_SEARCHES: &[&str] = &[
    "工場",
    "資格",
    "年賀状 小学校",
    "勉強会",
    "住所",
    "写真",
    "再雇用 総務",
    "やりがい",
    "電",
    "どこにもない",
    "品質管理 来て",
    "xyz",
];

/// Measures on the company's register in `home`, of so many people with ten notes each.
pub fn measure(home: &Path, people: usize) {
    let desk = desk(home);
    let unlock = || ask(&desk, "unlock", &json!({ "passphrase": PASSPHRASE }));
    let mut passphrases = Vec::new();
    let mut openings = Vec::new();
    for _ in 0..5 {
        let keys = vault::KeyFile::read(&home.join("company/register.keys")).expect("keys");
        passphrases.push(time(|| keys.open(None, PASSPHRASE).expect("the passphrase")).0);
        openings.push(time(|| (unlock(), ask(&desk, "people", &json!({})))).0);
        ask(&desk, "lock", &json!({}));
    }
    let (opening, passphrase) = (below(&mut openings, 0.5), below(&mut passphrases, 0.5));
    line(
        "desk: 合言葉 to the first page of rows",
        &median_and(&mut openings, 1.0),
        &format!("of it Argon2id 64 MiB × 3: {passphrase:.0} ms"),
        Some(opening / passphrase),
        "",
    );

    unlock();
    let ready = time(|| ask(&desk, "notes", &json!({ "search": "工場" }))).0;
    eprintln!("the first search of the notes after opening waited {} ms", ready.as_millis());
    let mut days: Vec<_> = (0..5).map(|_| time(|| ask(&desk, "today", &json!({}))).0).collect();
    line("desk: today", &median_and(&mut days, 1.0), "", None, "");
    // The raw limit of a scan: reading as many bytes once. A person's folded text has about 150, a note's 100.
    let searches = [
        ("desk: search people, a page of 100 rows", "people", SEARCHES, people * 150),
        ("desk: search notes, the newest 100", "notes", NOTE_SEARCHES, people * 10 * 100),
    ];
    for (what, command, words, bytes) in searches {
        let ask = |word| time(|| ask(&desk, command, &json!({ "search": word }))).0;
        let mut ours: Vec<_> = (0..25).flat_map(|_| words.iter().map(ask)).collect();
        let block = vec![b'a'; bytes];
        let finder = memchr::memmem::Finder::new("どこにも");
        let scan = |_| time(|| std::hint::black_box(finder.find(std::hint::black_box(&block)))).0;
        let raw = below(&mut (0..100).map(scan).collect::<Vec<_>>(), 0.5);
        let against = format!("one memmem scan of as many bytes: {raw:.1} ms");
        line(what, &median_and(&mut ours, 0.99), &against, Some(below(&mut ours, 0.5) / raw), "");
    }

    // A durable edit against one write and one sync of one page in the same folder.
    let found = ask(&desk, "people", &json!({ "limit": 100 }));
    let ids: Vec<_> = found["rows"].as_array().expect("rows").iter().map(|row| row["id"].clone()).collect();
    let (mut edits, mut syncs) = (Vec::new(), Vec::new());
    let mut raw = std::fs::File::create(home.join("raw")).expect("a file");
    for (n, id) in ids.iter().cycle().take(300).enumerate() {
        let change = json!({ "id": id, "changes": { "employer": format!("みちのく物流 {n}") } });
        edits.push(time(|| ask(&desk, "change_person", &change)).0);
        syncs
            .push(time(|| raw.write_all(&[n as u8; 4096]).and_then(|()| raw.sync_data()).expect("a sync")).0);
    }
    let sync = below(&mut syncs, 0.5);
    line(
        "desk: a durable change of one field",
        &median_and(&mut edits, 0.99),
        &format!("one 4 KiB write and sync: {sync:.1} ms"),
        Some(below(&mut edits, 0.5) / sync),
        "",
    );
}
