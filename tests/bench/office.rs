//! An office to measure: people and what was said to them, the same on every machine, and a desk that holds them.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use desk::{Desk, FolderTray, Front, Job};
use register::{
    Address, Basis, Channel, Colleague, Consent, ConsentState, Contact, ContactKind, Employment, Person,
    PersonId, Phone, Purpose, Register,
};
use serde_json::json;

use crate::figures::time;

/// What opens the company's register.
pub const PASSPHRASE: &str = "さくら咲く頃に会う";

pub const FAMILIES: &[(&str, &str)] = &[
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
pub const GIVENS: &[(&str, &str)] = &[
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
/// A small generator: the same figures of the same people on every machine.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % sides
    }
}

/// A desk over the registers in a folder.
pub fn desk(home: &Path) -> Desk {
    Desk::new(Front {
        home: home.to_owned(),
        clock: Box::new(|| "2026-11-20T10:42:00+09:00".parse().expect("a fixed date")),
        random: Box::new(vault::SystemRandom),
        faces: Box::new(|| Ok(Vec::new())),
        postal: Box::new(|| {
            std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/postal/postal.zip"))
        }),
        tray: Arc::new(FolderTray { out: home.to_owned() }),
        disk: Box::new(|_| desk::Disk::default()),
        keystore: None,
        cost: vault::Cost::OFFICE,
    })
}

/// Runs a command that must not fail.
pub fn ask(desk: &Desk, name: &str, input: &serde_json::Value) -> serde_json::Value {
    let go = AtomicBool::new(false);
    let answer = desk.run(name, &input.to_string(), &Job { progress: &|_| {}, cancelled: &go });
    serde_json::from_str(&answer.unwrap_or_else(|fault| panic!("{name}: {fault:?}"))).expect("JSON")
}

/// Makes the company's register in a folder: people, and so many contacts with a note in each for every one of them.
pub fn company(home: &Path, people: usize, contacts: usize) {
    let desk = desk(home);
    let company = json!({ "company": "青葉食品", "owner": "青葉", "passphrase": PASSPHRASE });
    ask(&desk, "start_company", &company);
    let filled = time(|| fill(&desk.register().expect("open"), people, contacts)).0;
    eprintln!("{people} people with {contacts} notes each written in {:.0} s", filled.as_secs_f64());
}

/// Adds people, each with so many contacts and a note in each. 今日 has something to say of many of them: half the
/// birthdays are known, the colleagues of a sixth have left, a twelfth was asked and has not answered, two addresses of
/// three were confirmed at some time.
pub fn fill(register: &Register, people: usize, contacts: usize) {
    let (count, contacts) = (people, people * contacts);
    let mut dice = Dice(1);
    let begun = register.begin(|writing| {
        let mut people: Vec<PersonId> = Vec::with_capacity(count);
        let mut colleagues = Vec::new();
        for (n, (family, kana)) in FAMILIES.iter().enumerate() {
            colleagues.push(writing.add(&Colleague {
                family: (*family).into(),
                family_kana: (*kana).into(),
                left_on: if n % 6 == 0 { "2026-03-31".parse().ok() } else { None },
                ..Colleague::default()
            })?);
        }
        for n in 0..count {
            let (family, given) = (FAMILIES[dice.roll(FAMILIES.len())], GIVENS[dice.roll(GIVENS.len())]);
            let person = writing.add(&Person {
                family: family.0.into(),
                given: given.0.into(),
                family_kana: family.1.into(),
                given_kana: given.1.into(),
                employee_number: format!("{n:06}"),
                left_on: format!("{}-03-31", 1986 + dice.roll(40)).parse().ok(),
                born_on: match dice.roll(2) {
                    0 => None,
                    _ => {
                        format!("{}-{:02}-{:02}", 1946 + dice.roll(50), dice.roll(12) + 1, dice.roll(28) + 1)
                            .parse()
                            .ok()
                    }
                },
                in_charge: Some(colleagues[dice.roll(colleagues.len())]),
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
                confirmed_on: match dice.roll(3) {
                    0 => None,
                    _ => format!("{}-{:02}", 2024 + dice.roll(3), dice.roll(9) + 1).parse().ok(),
                },
                ..Address::default()
            })?;
            let (basis, state) = match dice.roll(12) {
                0 => (Basis::None, ConsentState::Unknown),
                1..4 => (Basis::Consent, ConsentState::Yes),
                _ => (Basis::Notified, ConsentState::Yes),
            };
            for purpose in [Purpose::Newsletter, Purpose::Event] {
                writing.add(&Consent {
                    person,
                    purpose,
                    channel: Channel::Post,
                    basis,
                    state,
                    on_day: "2025-10-01".parse().ok(),
                    ..Consent::default()
                })?;
            }
            people.push(person);
        }
        for n in 0..contacts {
            let note = format!("{}（{n}）", NOTES[dice.roll(NOTES.len())]);
            let day = format!("{}-{:02}-{:02}", 2016 + dice.roll(11), dice.roll(12) + 1, dice.roll(28) + 1);
            let kind = ContactKind::Call;
            writing.add(&Contact {
                person: people[dice.roll(count)],
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
