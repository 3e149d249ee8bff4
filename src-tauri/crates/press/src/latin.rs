//! Latin words: where a line may end within them.

use hypher::{Lang, hyphenate_bounded};

/// Shorter words stay whole.
const SHORTEST: usize = 6;

/// The ends of a word's syllables but the last, in bytes. Only plain small letters are parted: names and
/// abbreviations stay whole.
pub(crate) fn syllables(word: &str) -> Vec<usize> {
    let core = word.trim_matches(|c: char| !c.is_ascii_alphabetic());
    if core.len() < SHORTEST || !core.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Vec::new();
    }
    let before = word.find(core).unwrap_or(0);
    let mut at = before;
    let mut ends: Vec<usize> = hyphenate_bounded(core, Lang::English, 2, 3)
        .map(|syllable| {
            at += syllable.len();
            at
        })
        .collect();
    ends.pop();
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_between_syllables() {
        let parts = |word: &str| {
            let mut from = 0;
            let ends = syllables(word).into_iter().chain([word.len()]);
            ends.map(|to| word[std::mem::replace(&mut from, to)..to].to_owned()).collect::<Vec<_>>().join("-")
        };
        for (word, parted) in [
            ("certificate", "cer-tifi-cate"),
            ("(extensive,", "(ex-ten-sive,"),
            ("people", "peo-ple"),
            ("Siobhan", "Siobhan"),
            ("HACCP", "HACCP"),
            ("still", "still"),
            ("well-known", "well-known"),
        ] {
            assert_eq!(parts(word), parted);
        }
    }
}
