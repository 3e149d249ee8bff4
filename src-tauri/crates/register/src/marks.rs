//! Which letters of what is shown a search has found, so that the page can mark them. Found are people by folded
//! text and by the sound of their names ([`crate::fold`]); marked is what stands there, as it is written.

use crate::arena::Word;
use crate::find::PersonRow;
use crate::fold;

/// The letters of a row of the list in which the words of a search were found.
pub(crate) fn in_row(row: &PersonRow, words: &[Word]) -> Vec<String> {
    let mut found = Vec::new();
    for word in words {
        let texts =
            [&row.business_name, &row.maiden, &row.department, &row.post, &row.employer, &row.employer_role];
        texts.into_iter().for_each(|text| found.extend(in_texts([text, ""], word.plain())));
        found.extend(in_texts([&row.family, &row.given], word.plain()));
        found.extend(in_kana([&row.family_kana, &row.given_kana], word));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The letters of a text in which the words of a search were found.
pub(crate) fn in_text(text: &str, words: &[Word]) -> Vec<String> {
    words.iter().flat_map(|word| in_texts([text, ""], word.plain())).collect()
}

/// The letters of a name's reading, by its letters or by its sound.
fn in_kana(kana: [&str; 2], word: &Word) -> Vec<String> {
    let mut found = in_texts(kana, word.plain());
    for sound in word.sounds() {
        let whole = sounding(kana, sound);
        found.extend(if whole.is_empty() { sounding(["", kana[1]], sound) } else { whole });
    }
    found
}

/// A letter as it is written, with what belongs to it (ｶﾞ, 葛󠄀), and folded.
struct Letter<'a> {
    written: &'a str,
    folded: String,
}

fn letters(text: &str) -> Vec<Letter<'_>> {
    let joins = |c: char| matches!(c, '\u{ff9e}' | '\u{ff9f}' | '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    let mut starts: Vec<usize> = text.char_indices().filter(|(_, c)| !joins(*c)).map(|(at, _)| at).collect();
    starts.push(text.len());
    let letter = |ends: &[usize]| {
        let written = &text[ends[0]..ends[1]];
        Letter { written, folded: fold::fold(written) }
    };
    starts.windows(2).map(letter).collect()
}

/// Where a folded word stands in two texts that are searched as one: the letters of it in each.
fn in_texts(texts: [&str; 2], word: &str) -> Vec<String> {
    let parts = texts.map(letters);
    let all: Vec<&Letter> = parts.iter().flatten().collect();
    let mut found = Vec::new();
    for first in 0..all.len() {
        let mut so_far = String::new();
        let last = (first..all.len()).find(|at| {
            so_far.push_str(&all[*at].folded);
            so_far.len() >= word.len()
        });
        if let Some(last) = last.filter(|_| so_far.starts_with(word)) {
            found.extend(written(&parts, first, last));
        }
    }
    found
}

/// The letters at the beginning of two kana texts that sound so; a long vowel is marked with its sound.
fn sounding(kana: [&str; 2], sound: &str) -> Vec<String> {
    let parts = kana.map(letters);
    let all: Vec<&Letter> = parts.iter().flatten().collect();
    let mut heard = [String::new(), String::new()];
    for at in 0..all.len() {
        heard[usize::from(at >= parts[0].len())].push_str(&all[at].folded);
        if heard.each_ref().map(|kana| fold::romaji(kana)).concat().starts_with(sound) {
            let is_long = all.get(at + 1).is_some_and(|next| {
                let longer = format!("{}{}", all[at].folded, next.folded);
                matches!(&*next.folded, "う" | "お" | "あ" | "ー")
                    && fold::romaji(&longer) == fold::romaji(&all[at].folded)
            });
            return written(&parts, 0, at + usize::from(is_long));
        }
    }
    Vec::new()
}

/// Letters from the first to the last, as they are written in each of the two texts.
fn written(parts: &[Vec<Letter<'_>>; 2], first: usize, last: usize) -> Vec<String> {
    let middle = parts[0].len();
    let text = |letters: &[Letter]| letters.iter().map(|letter| letter.written).collect::<String>();
    let before = &parts[0][first.min(middle)..(last + 1).min(middle)];
    let after = &parts[1][first.max(middle) - middle..(last + 1).max(middle) - middle];
    [text(before), text(after)].into_iter().filter(|text| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arena::words;

    #[test]
    fn the_whole_word_is_marked_as_it_is_written() {
        for (text, search, marked) in [
            ("齋藤 美咲", "斎藤", &["齋藤"][..]),
            ("髙橋", "高橋", &["髙橋"]),
            ("渡邉 渡邊", "渡辺", &["渡邉", "渡邊"]),
            ("𠮷田", "吉田", &["𠮷田"]),
            ("𠮷田", "𠮷田", &["𠮷田"]),
            ("葛\u{e0100}城", "葛城", &["葛\u{e0100}城"]),
            ("ｶﾞｯｺｳ", "がっ", &["ｶﾞｯ"]),
            ("北斗食品㈱", "(株)", &["㈱"]),
            ("HACCP の立ち上げ", "haccp", &["HACCP"]),
            ("北斗", "南", &[]),
        ] {
            assert_eq!(in_text(text, &words(search)), marked, "{search} in {text}");
        }
    }

    #[test]
    fn names_are_marked_by_their_sound_with_their_long_vowels() {
        for (kana, search, marked) in [
            (["サイトウ", "ミサキ"], "saito", &["サイトウ"][..]),
            (["サイトウ", "ミサキ"], "sai", &["サイ"]),
            (["サイトウ", "ミサキ"], "misaki", &["ミサキ"]),
            (["サイトウ", "ミサキ"], "saitomi", &["サイトウ", "ミ"]),
            (["さとう", "じゅんいち"], "さとうじゅん", &["さとう", "じゅん"]),
            (["オオノ", "ハジメ"], "ohno", &["オオノ"]),
            (["ワタナベ", "リョウ"], "ryo", &["リョウ"]),
            (["ワタナベ", "リョウ"], "naito", &[]),
        ] {
            assert_eq!(in_kana(kana, &words(search)[0]), marked, "{search} in {kana:?}");
        }
    }
}
