//! Folding: what a person types and what the register holds are brought to one form before they are compared.
//! Only search and order see folded text; what is stored and shown is never touched.

use unicode_normalization::UnicodeNormalization;

/// Variant kanji of names, variant then the form to which it is folded. NFKC does none of these.
/// The four ways of writing さいとう meet in one, because they are mistaken for each other; 斉 is no variant of 斎.
/// Source: 常用漢字表 (2010) for the 旧字体; 法務省「誤字俗字・正字一覧表」for forms found in family registers.
const VARIANTS: &str = "髙高﨑崎嵜崎碕崎邉辺邊辺齋斎齊斎斉斎濵浜濱浜澤沢廣広國国圓円榮栄惠恵眞真德徳瀨瀬瀧滝龍竜嶋島嶌島櫻桜淵渕渊渕條条桒桑栁柳槇槙會会萬万壽寿實実將将豐豊靜静顯顕禮礼曾曽彌弥與与藝芸鹽塩學学應応橫横黃黄黑黒增増\
寬寛衞衛吳呉冨富峯峰埜野籔薮舘館澁渋髮髪薗園莊荘藏蔵步歩每毎巢巣淸清凉涼廐厩鷗鴎鄕郷鈆鉛𠮷吉𣘺橋槗橋𠀋丈㐂喜煕熙凞熙亰京畄留斈学觧解";

fn variant(c: char) -> char {
    use std::{collections::HashMap, sync::LazyLock};
    static TABLE: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
        let mut letters = VARIANTS.chars();
        std::iter::from_fn(|| Some((letters.next()?, letters.next()?))).collect()
    });
    *TABLE.get(&c).unwrap_or(&c)
}

/// The figure that a letter is, in whichever width.
pub fn figure(letter: char) -> Option<u8> {
    match letter {
        '0'..='9' => Some(letter as u8 - b'0'),
        '０'..='９' => Some((letter as u32 - '０' as u32) as u8),
        _ => None,
    }
}

/// Folds for search: NFKC, lower case, hiragana, variant kanji to their common form, no variation selectors.
pub fn fold(text: &str) -> String {
    // Almost all text is ASCII, kana and plain kanji, which NFKC leaves alone; it is slow, so it is asked last.
    let plain = |c: char| matches!(c, '\0'..='\u{7f}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fc}' | '\u{4e00}'..='\u{9fff}' | '々');
    let mut out = String::with_capacity(text.len());
    if text.chars().all(plain) {
        text.chars().for_each(|c| fold_char(c, &mut out));
    } else {
        text.nfkc().for_each(|c| fold_char(c, &mut out));
    }
    out
}

fn fold_char(c: char, out: &mut String) {
    match c {
        '\0'..='\u{1f}' => out.push(' '),
        ' '..='\u{7f}' => out.push(c.to_ascii_lowercase()),
        'ヵ' | 'ゕ' => out.push('か'),
        'ヶ' | 'ゖ' => out.push('け'),
        'ァ'..='ヴ' => out.extend(char::from_u32(c as u32 - 0x60)),
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {}
        '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => out.push(variant(c)),
        _ => out.extend(c.to_lowercase()),
    }
}

/// The place of a name in the kana order: sounds without their marks first, the marks to break ties.
/// Names without kana come last, in code order.
pub fn sort_key(family_kana: &str, given_kana: &str, name: &str) -> String {
    let (family, given) = (fold(family_kana), fold(given_kana));
    if family.is_empty() && given.is_empty() {
        return format!("\u{fffd}{}", fold(name));
    }
    let plain = |text: &str| text.chars().filter(|c| *c != 'ー').map(unmarked).collect::<String>();
    format!("{}\u{1}{}\u{1}{family}\u{1}{given}", plain(&family), plain(&given))
}

/// Where the rows of the kana table begin in the order of [`sort_key`]; the last is for names without kana.
pub(crate) const ROWS: [&str; 11] = ["", "か", "さ", "た", "な", "は", "ま", "や", "ら", "わ", "\u{fffd}"];

/// The kana without ゛ or ゜, and large.
fn unmarked(c: char) -> char {
    let code = c as u32;
    let plain = match c {
        'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' => code + 1,
        // が stands behind か, ば and ぱ behind は.
        'か'..='ぢ' => code - (code - 'か' as u32) % 2,
        'づ' | 'で' | 'ど' => code - 1,
        'は'..='ぽ' => code - (code - 'は' as u32) % 3,
        'ゔ' => 'う' as u32,
        _ => code,
    };
    char::from_u32(plain).unwrap_or(c)
}

/// How a kana sounds, in the canonical spelling.
fn sound(kana: char) -> Option<&'static str> {
    Some(match kana {
        'あ' => "a",
        'い' => "i",
        'う' => "u",
        'え' => "e",
        'お' => "o",
        'か' => "ka",
        'き' => "ki",
        'く' => "ku",
        'け' => "ke",
        'こ' => "ko",
        'が' => "ga",
        'ぎ' => "gi",
        'ぐ' => "gu",
        'げ' => "ge",
        'ご' => "go",
        'さ' => "sa",
        'し' => "si",
        'す' => "su",
        'せ' => "se",
        'そ' => "so",
        'ざ' => "za",
        'じ' => "zi",
        'ず' => "zu",
        'ぜ' => "ze",
        'ぞ' => "zo",
        'た' => "ta",
        'ち' => "ti",
        'つ' => "tu",
        'て' => "te",
        'と' => "to",
        'だ' => "da",
        'ぢ' => "zi",
        'づ' => "zu",
        'で' => "de",
        'ど' => "do",
        'な' => "na",
        'に' => "ni",
        'ぬ' => "nu",
        'ね' => "ne",
        'の' => "no",
        'は' => "ha",
        'ひ' => "hi",
        'ふ' => "hu",
        'へ' => "he",
        'ほ' => "ho",
        'ば' => "ba",
        'び' => "bi",
        'ぶ' => "bu",
        'べ' => "be",
        'ぼ' => "bo",
        'ぱ' => "pa",
        'ぴ' => "pi",
        'ぷ' => "pu",
        'ぺ' => "pe",
        'ぽ' => "po",
        'ま' => "ma",
        'み' => "mi",
        'む' => "mu",
        'め' => "me",
        'も' => "mo",
        'や' => "ya",
        'ゆ' => "yu",
        'よ' => "yo",
        'ら' => "ra",
        'り' => "ri",
        'る' => "ru",
        'れ' => "re",
        'ろ' => "ro",
        'わ' => "wa",
        'ゐ' => "i",
        'ゑ' => "e",
        'を' => "o",
        'ん' => "n",
        'ゔ' => "vu",
        _ => return None,
    })
}

/// What a small kana puts in the place of the vowel before it: し+ゃ, ふ+ぁ.
fn glide(kana: char) -> Option<&'static str> {
    Some(match kana {
        'ぁ' => "a",
        'ぃ' => "i",
        'ぅ' => "u",
        'ぇ' => "e",
        'ぉ' => "o",
        'ゃ' => "ya",
        'ゅ' => "yu",
        'ょ' => "yo",
        _ => return None,
    })
}

/// Kana (folded) as romaji in one canonical spelling, that of [`typed_romaji`].
pub fn romaji(kana: &str) -> String {
    let mut out = String::with_capacity(kana.len());
    let mut double = false;
    for c in kana.chars() {
        if let Some(glide) = glide(c) {
            out.pop();
            out.push_str(glide);
        } else if c == 'っ' {
            double = true;
        } else if c != 'ー' {
            match sound(c) {
                Some(sound) => {
                    if double {
                        out.extend(sound.chars().next());
                    }
                    out.push_str(sound);
                }
                None => out.push(c),
            }
            double = false;
        }
    }
    shorten(&out)
}

/// Long vowels short: satou, satoo, satoh and sato are one name.
fn shorten(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match (out.chars().last(), c) {
            (Some('o'), 'o' | 'u') | (Some('u'), 'u') | (Some('a'), 'a') => {}
            (Some('o'), 'h') if !letters.peek().is_some_and(|next| "aiueoy".contains(*next)) => {}
            _ => out.push(c),
        }
    }
    out
}

/// Romaji as somebody types it (Hepburn, kunrei, passport spelling, unfinished) in the canonical spellings that it
/// may begin; `None` when it is not romaji.
pub fn typed_romaji(word: &str) -> Option<Vec<String>> {
    let mut text = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'ā' | 'â' => text.push('a'),
            'ī' | 'î' => text.push('i'),
            'ū' | 'û' => text.push('u'),
            'ē' | 'ê' => text.push('e'),
            'ō' | 'ô' => text.push('o'),
            'a'..='z' => text.push(c),
            '\'' | '’' | '-' => {}
            _ => return None,
        }
    }
    // What is not finished may still become either spelling.
    for (unfinished, so_far) in [
        ("cch", "tt"),
        ("tch", "tt"),
        ("tc", "t"),
        ("cc", "tt"),
        ("sh", "s"),
        ("ch", "t"),
        ("ts", "t"),
        ("dz", "z"),
        ("c", "t"),
        ("j", "z"),
    ] {
        if let Some(stem) = text.strip_suffix(unfinished) {
            text = format!("{stem}{so_far}");
            break;
        }
    }
    for (typed, canonical) in [
        ("cch", "tch"),
        ("shi", "si"),
        ("sh", "sy"),
        ("chi", "ti"),
        ("ch", "ty"),
        ("tsu", "tu"),
        ("dzu", "zu"),
        ("du", "zu"),
        ("ji", "zi"),
        ("j", "zy"),
        ("zyy", "zy"),
        ("f", "h"),
        ("wo", "o"),
        ("mb", "nb"),
        ("mp", "np"),
        ("mm", "nm"),
    ] {
        text = text.replace(typed, canonical);
    }
    let text = shorten(&text);
    if text.is_empty() {
        return None;
    }
    let nasal = text.strip_suffix('m').map(|stem| format!("{stem}n"));
    Some(std::iter::once(text).chain(nasal).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_meet_however_they_are_written() {
        for (stored, typed) in [
            ("髙橋", "高橋"),
            ("𠮷田", "吉田"),
            ("邊見", "辺見"),
            ("渡邉", "渡辺"),
            ("山﨑", "山崎"),
            ("齋藤", "斎藤"),
            ("齊藤", "斉藤"),
            ("斉藤", "斎藤"),
            ("葛\u{e0100}城", "葛城"),
            ("ｻﾄｳ", "さとう"),
            ("ﾀﾞｲｺﾞ", "だいご"),
            ("サトウ", "さとう"),
            ("Ｏ'Brien", "o'brien"),
            ("\u{fa19}谷", "神谷"),
            ("関ヶ原", "関け原"),
            ("濵田", "浜田"),
        ] {
            assert_eq!(fold(stored), fold(typed), "{stored} {typed}");
        }
    }

    #[test]
    fn romaji_finds_kana_in_every_spelling_and_at_every_keystroke() {
        for (kana, typed) in [
            ("さとう", "sato"),
            ("さとう", "satou"),
            ("さとう", "satoh"),
            ("さとう", "satō"),
            ("おおの", "ohno"),
            ("おおの", "oono"),
            ("おおの", "ono"),
            ("ほんま", "homma"),
            ("ほんま", "honma"),
            ("しんいち", "shinichi"),
            ("しんいち", "sin'iti"),
            ("じょうじ", "joji"),
            ("じょうじ", "zyouzi"),
            ("はっとり", "hattori"),
            ("はっちょう", "hatcho"),
            ("はっちょう", "hacchou"),
            ("じゅんいち", "jun'ichi"),
            ("つちや", "tsuchiya"),
            ("ふじた", "fujita"),
            ("ふじた", "huzita"),
            ("ちば", "chiba"),
            ("いのうえ", "inoue"),
            ("しまづ", "shimazu"),
            ("なんば", "namba"),
            ("おの", "ono"),
            ("ゆうこ", "yuko"),
            ("しょうへい", "shohei"),
            ("ちゃや", "chaya"),
            ("しゅんぺい", "shumpei"),
            ("つづき", "tsuzuki"),
            ("ふぁん", "fan"),
        ] {
            let key = romaji(&fold(kana));
            for end in 1..=typed.chars().count() {
                let so_far: String = typed.chars().take(end).collect();
                let typed = typed_romaji(&so_far).unwrap_or_default();
                assert!(
                    typed.iter().any(|t| key.starts_with(t.as_str())),
                    "{so_far} → {typed:?} in {kana} {key}"
                );
            }
        }
        assert_eq!(typed_romaji("佐藤"), None);
    }

    #[test]
    fn kana_order_is_that_of_a_telephone_book() {
        let mut names = ["がとう", "かとう", "あべ", "わだ", "かどう", "さいとう", "ガトー", ""];
        names.sort_by_key(|kana| sort_key(kana, "", "名"));
        assert_eq!(names, ["あべ", "ガトー", "かとう", "かどう", "がとう", "さいとう", "わだ", ""]);
    }
    #[test]
    fn every_kana_stands_in_the_order_without_its_marks() {
        const MARKED: &str = "がかぎきぐくげけごこざさじしずすぜせぞそだたぢちづつでてどとばはびひぶふべへぼほぱはぴひぷふぺへぽほ\
ぁあぃいぅうぇえぉおっつゃやゅゆょよゎわゔう";
        let pairs: Vec<char> = MARKED.chars().collect();
        for kana in 'ぁ'..='ゔ' {
            let pair = pairs.chunks(2).find(|pair| pair[0] == kana);
            assert_eq!(unmarked(kana), pair.map_or(kana, |pair| pair[1]));
        }
    }
}
