use intake::{Encoding, Mends, Sheet, read, read_date};

use crate::by_guesses;

/// Numbers that are the same on every run (xorshift, Marsaglia 2003).
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, most: usize) -> usize {
        (self.next() % most as u64) as usize
    }
}

/// What must hold of every file that is read at all.
pub fn assert_sound(sheet: &Sheet) {
    let understood = by_guesses(sheet, &Mends::new());
    assert_eq!(understood.people.len(), sheet.row_count);
    let lines: Vec<u32> = understood.people.iter().map(|row| row.line).collect();
    assert!(lines.windows(2).all(|pair| pair[0] < pair[1]), "lines ascend: {lines:?}");
    assert!(understood.doubts.iter().all(|doubt| lines.contains(&doubt.line)), "doubts lie on rows");
    let nameless =
        understood.people.iter().filter(|row| row.fields.family.is_empty() && row.fields.given.is_empty());
    assert!(nameless.clone().count() == nameless.filter(|row| row.held).count(), "who has no name is held");
}

const LIST: &str = "退職者一覧,,,,\r\n社員番号,氏名,フリガナ,退職日,郵便番号,備考\r\n\
    001,髙橋 一郎,ﾀｶﾊｼ ｲﾁﾛｳ,令和6年3月31日,980-0811,\"一行目\r\n二\"\"行\"\"目\"\r\n\
    002,﨑山 花子,さきやま はなこ,S63.12.31,9800811,①～\r\n";

#[test]
fn every_byte_prefix_of_a_file_never_panics() {
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(LIST);
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(LIST.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let mut read_at_all = 0;
    for bytes in [LIST.as_bytes(), &cp932, &wide] {
        for end in 0..=bytes.len() {
            for encoding in [None].into_iter().chain(Encoding::ALL.map(Some)) {
                if let Ok(sheet) = read(&bytes[..end], encoding) {
                    assert_sound(&sheet);
                    read_at_all += 1;
                }
            }
        }
    }
    assert!(read_at_all > 1_000);
}

#[test]
fn random_bytes_never_panic() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut read_at_all = 0;
    for _ in 0..20_000 {
        let length = dice.below(120);
        // Signs that mean something to a table come more often than chance would have it.
        let bytes: Vec<u8> = (0..length)
            .map(|_| match dice.below(4) {
                0 => b",\"\n\r\t;="[dice.below(7)],
                1 => LIST.as_bytes()[dice.below(LIST.len())],
                2 => 1 + dice.below(255) as u8,
                _ => b'0' + dice.below(10) as u8,
            })
            .collect();
        let encoding =
            [None, Some(Encoding::Cp932), Some(Encoding::Utf16Le), Some(Encoding::Utf8)][dice.below(4)];
        if let Ok(sheet) = read(&bytes, encoding) {
            assert_sound(&sheet);
            read_at_all += 1;
        }
    }
    assert!(read_at_all > 10_000);
}

#[test]
fn shuffled_pieces_of_files_never_panic() {
    let pieces: Vec<&str> = LIST.split_inclusive([',', '\n', '"']).collect();
    let mut dice = Dice(88_172_645_463_325_252);
    for _ in 0..5_000 {
        let text: String = (0..dice.below(40)).map(|_| pieces[dice.below(pieces.len())]).collect();
        if let Ok(sheet) = read(text.as_bytes(), None) {
            assert_sound(&sheet);
        }
    }
}

#[test]
fn scrambled_dates_never_panic() {
    let letters: Vec<char> = "0123456789年月日/-.・ :TRHSMT元令和平成昭(日曜)㋿㍻㈰１２+Z".chars().collect();
    let mut dice = Dice(362_436_069);
    let mut read_at_all = 0;
    for _ in 0..20_000 {
        let text: String = (0..dice.below(12)).map(|_| letters[dice.below(letters.len())]).collect();
        read_at_all += usize::from(read_date(&text).is_ok());
    }
    assert!(read_at_all > 0);
}

#[test]
fn a_file_full_of_stray_quotation_marks_loses_nobody() {
    let lines = "\"a,b\n".repeat(20_001);
    let sheet = read(format!("氏名,備考\n{lines}").as_bytes(), None).expect("a table");
    assert_eq!(sheet.row_count, 20_001);
    assert_sound(&sheet);
}

#[test]
fn cards_with_changed_letters_never_panic() {
    let card = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8D=82;=88=EA\r\nTEL;CELL:090\r\n\
        ADR;HOME:;;a\\;b;c;d;980-0811;\r\nBDAY:--1125\r\nNOTE:x\r\n  y=\r\nEND:VCARD\r\n";
    let mut dice = Dice(0x2426);
    for _ in 0..2_000 {
        let mut bytes = card.repeat(2).into_bytes();
        for _ in 0..dice.below(8) + 1 {
            let at = dice.below(bytes.len() - 15) + 15;
            bytes[at] = b"=:;\\\"\r\n \x8D\xFFA0-"[dice.below(13)];
        }
        if let Ok(sheet) = read(&bytes, None) {
            assert_sound(&sheet);
        }
    }
}
