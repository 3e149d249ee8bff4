//! Measurements, not tests: ratios against a raw limit of this machine in the same run, as a table for the README.
//! `make bench` runs it in release.

use desk::{Desk, FolderTray, Front, Job};
use register::{Address, Contact, ContactKind, Employment, Person, PersonId, Phone, Register};
use std::{
    io::Write,
    path::Path,
    sync::{Arc, atomic::AtomicBool},
    time::{Duration, Instant},
};

const PEOPLE: usize = 100_000;
const CONTACTS: usize = 1_000_000;
const PASSPHRASE: &str = "さくら咲く頃に会う";

const FAMILIES: &[(&str, &str)] = &[
    ("佐藤", "サトウ"),
    ("鈴木", "スズキ"),
    ("髙橋", "タカハシ"),
    ("田中", "タナカ"),
    ("渡邉", "ワタナベ"),
    ("伊藤", "イトウ"),
    ("山本", "ヤマモト"),
    ("中村", "ナカムラ"),
    ("小林", "コバヤシ"),
    ("加藤", "カトウ"),
    ("吉田", "ヨシダ"),
    ("山﨑", "ヤマザキ"),
    ("大野", "オオノ"),
    ("齋藤", "サイトウ"),
    ("清水", "シミズ"),
    ("邊見", "ヘンミ"),
    ("本間", "ホンマ"),
    ("服部", "ハットリ"),
    ("土屋", "ツチヤ"),
    ("千葉", "チバ"),
    ("遠藤", "エンドウ"),
    ("青木", "アオキ"),
];
const GIVENS: &[(&str, &str)] = &[
    ("誠", "マコト"),
    ("美咲", "ミサキ"),
    ("健一", "ケンイチ"),
    ("涼子", "リョウコ"),
    ("翔太", "ショウタ"),
    ("陽菜", "ヒナ"),
    ("純一", "ジュンイチ"),
    ("由紀", "ユキ"),
    ("大輔", "ダイスケ"),
    ("恵子", "ケイコ"),
    ("隆", "タカシ"),
    ("直美", "ナオミ"),
    ("修平", "シュウヘイ"),
    ("千尋", "チヒロ"),
];
const NOTES: &[&str] = &[
    "工場見学の件で電話した。十二月なら案内できるとのこと",
    "同窓会に出席。資格を取ったとうれしそうだった",
    "年賀状をいただいた。お子さんが小学校に上がった",
    "品質管理の勉強会に来てくださることになった",
    "引っ越しの連絡。新しい住所を控えた",
    "会報の感想をいただいた。写真が多いのがよいとのこと",
    "再雇用の条件について質問があった。総務から折り返す",
    "新しい職場の話を聞いた。忙しいがやりがいがあるそうだ",
];
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

/// A small generator: the same figures of the same people on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % sides
    }
}

fn desk(home: &Path) -> Desk {
    Desk::new(Front {
        home: home.to_owned(),
        clock: Box::new(|| "2026-11-20T10:42:00+09:00".parse().expect("a fixed date")),
        random: Box::new(vault::SystemRandom),
        faces: Box::new(|| Ok(Vec::new())),
        tray: Arc::new(FolderTray { out: home.to_owned() }),
        cost: vault::Cost::OFFICE,
    })
}

fn ask(desk: &Desk, name: &str, input: &serde_json::Value) -> serde_json::Value {
    let go = AtomicBool::new(false);
    let answer = desk.run(name, &input.to_string(), &Job { progress: &|_| {}, cancelled: &go });
    serde_json::from_str(&answer.unwrap_or_else(|fault| panic!("{name}: {fault:?}"))).expect("JSON")
}

fn fill(register: &Register) {
    let mut dice = Dice(1);
    let begun = register.begin(|writing| {
        let mut people: Vec<PersonId> = Vec::with_capacity(PEOPLE);
        for n in 0..PEOPLE {
            let (family, given) = (FAMILIES[dice.roll(FAMILIES.len())], GIVENS[dice.roll(GIVENS.len())]);
            let person = writing.add(&Person {
                family: family.0.into(),
                given: given.0.into(),
                family_kana: family.1.into(),
                given_kana: given.1.into(),
                employee_number: format!("{n:06}"),
                left_on: format!("{}-03-31", 1986 + dice.roll(40)).parse().ok(),
                employer: ["北斗食品（株）", "", "", "みちのく物流", "杜の都リネン"][dice.roll(5)].into(),
                ..Person::default()
            })?;
            let department = ["製造部", "品質保証課", "営業部", "総務部"][dice.roll(4)].into();
            let post = ["", "主任", "係長", "課長"][dice.roll(4)].into();
            writing.add(&Employment { person, department, post, ..Employment::default() })?;
            writing.add(&Phone {
                person,
                number: format!("090-0000-{:04}", n % 10_000),
                best: true,
                ..Phone::default()
            })?;
            let street = format!("青葉区一番町{}-{}", dice.roll(9) + 1, dice.roll(30) + 1);
            writing.add(&Address {
                person,
                city: "仙台市".into(),
                street,
                best: true,
                ..Address::default()
            })?;
            people.push(person);
        }
        for n in 0..CONTACTS {
            let note = format!("{}（{n}）", NOTES[dice.roll(NOTES.len())]);
            let day = format!("{}-{:02}-{:02}", 2016 + dice.roll(11), dice.roll(12) + 1, dice.roll(28) + 1);
            let kind = ContactKind::Call;
            writing.add(&Contact {
                person: people[dice.roll(PEOPLE)],
                on_day: day.parse().ok(),
                kind,
                note,
                ..Contact::default()
            })?;
        }
        Ok(())
    });
    begun.expect("the register is filled");
}

fn time<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let out = work();
    (start.elapsed(), out)
}

/// Median and 99th percentile in milliseconds.
fn spread(mut times: Vec<Duration>) -> (f64, f64) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize].as_secs_f64() * 1e3;
    (at(0.5), at(0.99))
}

fn main() {
    let place = tempfile::tempdir().expect("a folder");
    let desk_there = desk(place.path());
    ask(
        &desk_there,
        "start_company",
        &serde_json::json!({ "company": "青葉食品", "owner": "青葉", "passphrase": PASSPHRASE }),
    );
    let (filled, ()) = time(|| fill(&desk_there.register().expect("open")));
    eprintln!("{PEOPLE} people and {CONTACTS} contacts written in {:.1} s", filled.as_secs_f64());
    ask(&desk_there, "lock", &serde_json::json!({}));

    // From Enter to the first rows, and how much of it is the passphrase.
    let mut unlocks = Vec::new();
    let mut openings = Vec::new();
    for _ in 0..5 {
        let keys = vault::KeyFile::read(&place.path().join("company/register.keys")).expect("keys");
        let (passphrase, _) = time(|| keys.open(None, PASSPHRASE).expect("the passphrase"));
        let (all, _) = time(|| {
            ask(&desk_there, "unlock", &serde_json::json!({ "passphrase": PASSPHRASE }));
            ask(&desk_there, "people", &serde_json::json!({}))
        });
        unlocks.push(all);
        openings.push(all.saturating_sub(passphrase));
        ask(&desk_there, "lock", &serde_json::json!({}));
    }
    ask(&desk_there, "unlock", &serde_json::json!({ "passphrase": PASSPHRASE }));
    let (reading, _) = time(|| ask(&desk_there, "notes", &serde_json::json!({ "search": "工場" })));

    let search = |command: &str, words: &[&str]| {
        let run = |_| {
            words
                .iter()
                .map(|word| time(|| ask(&desk_there, command, &serde_json::json!({ "search": word }))).0)
        };
        spread((0..25).flat_map(run).collect())
    };
    let people = search("people", SEARCHES);
    let notes = search("notes", NOTE_SEARCHES);
    // The raw limit of a scan: reading as many bytes once. A person's folded text has about 150, a note's 100.
    let scan = |bytes: usize| {
        let block = vec![b'a'; bytes];
        let finder = memchr::memmem::Finder::new("どこにも");
        spread(
            (0..100)
                .map(|_| time(|| std::hint::black_box(finder.find(std::hint::black_box(&block)))).0)
                .collect(),
        )
    };
    let (people_raw, notes_raw) = (scan(PEOPLE * 150), scan(CONTACTS * 100));

    // A durable edit against one write and one sync of one page in the same folder.
    let found = ask(&desk_there, "people", &serde_json::json!({ "limit": 100 }));
    let ids: Vec<_> = found["rows"].as_array().expect("rows").iter().map(|row| row["id"].clone()).collect();
    let mut edits = Vec::new();
    let mut syncs = Vec::new();
    let mut raw = std::fs::File::create(place.path().join("raw")).expect("a file");
    for (n, id) in ids.iter().cycle().take(300).enumerate() {
        let change = serde_json::json!({ "id": id, "changes": { "employer": format!("みちのく物流 {n}") } });
        edits.push(time(|| ask(&desk_there, "change_person", &change)).0);
        syncs
            .push(time(|| raw.write_all(&[n as u8; 4096]).and_then(|()| raw.sync_data()).expect("a sync")).0);
    }
    let (edits, syncs) = (spread(edits), spread(syncs));

    println!("| {PEOPLE} people, {CONTACTS} notes | median | p99 | raw limit of this machine | ratio |");
    println!("|---|---|---|---|---|");
    let row = |name: &str, figure: (f64, f64), limit: &str, raw: (f64, f64)| {
        println!(
            "| {name} | {:.1} ms | {:.1} ms | {limit} {:.1} ms | {:.1} |",
            figure.0,
            figure.1,
            raw.0,
            figure.0 / raw.0
        );
    };
    row("search people, a page of 100 rows", people, "one memmem scan of as many bytes", people_raw);
    row("search notes, the newest 100", notes, "one memmem scan of as many bytes", notes_raw);
    row("durable edit of one field", edits, "one 4 KiB write and sync", syncs);
    let (unlock, opening) = (spread(unlocks), spread(openings));
    println!(
        "| 合言葉, from Enter to the first rows | {:.0} ms | {:.0} ms | of it Argon2id 64 MiB × 3 {:.0} ms | |",
        unlock.0,
        unlock.1,
        unlock.0 - opening.0
    );
    println!("| opening without the 合言葉 | {:.0} ms | {:.0} ms | | |", opening.0, opening.1);
    println!("| notes ready for search after opening | {:.0} ms | | | |", reading.as_secs_f64() * 1e3);
}
