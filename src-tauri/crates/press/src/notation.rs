//! What a writer can mark within a text: 「｜縁《えにし》」 is ruby, 「《《強調》》」 is emphasis dots.
//!
//! The signs are those that Aozora Bunko and the sites of Japanese writers use. Brackets that follow no 「｜」 and
//! are not doubled are brackets.

use std::ops::Range;

/// A text without its signs, and what they said.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Marked {
    pub(crate) text: String,
    /// Bytes of the text, and the small letters beside them.
    pub(crate) ruby: Vec<(Range<usize>, String)>,
    /// Bytes of the text with a dot at each letter.
    pub(crate) dotted: Vec<Range<usize>>,
}

/// Reads the signs; one that is not closed in the text stands for itself.
pub(crate) fn marked(text: &str) -> Marked {
    let mut marked = Marked::default();
    let mut rest = text;
    while let Some(at) = rest.find(['｜', '《']) {
        marked.text += &rest[..at];
        rest = &rest[at..];
        if let Some((base, reading, after)) = ruby(rest) {
            let start = marked.text.len();
            marked.text += base;
            marked.ruby.push((start..marked.text.len(), reading.to_owned()));
            rest = after;
        } else if let Some((dotted, after)) = dotted(rest) {
            let start = marked.text.len();
            marked.text += dotted;
            marked.dotted.push(start..marked.text.len());
            rest = after;
        } else {
            let sign = rest.chars().next().map_or(0, char::len_utf8);
            marked.text += &rest[..sign];
            rest = &rest[sign..];
        }
    }
    marked.text += rest;
    marked
}

fn ruby(text: &str) -> Option<(&str, &str, &str)> {
    let (base, rest) = text.strip_prefix('｜')?.split_once('《')?;
    let (reading, after) = rest.split_once('》')?;
    let is_plain = |part: &str| !part.is_empty() && !part.contains(['｜', '《', '》']);
    // Ruby stands beside a word, not a sentence.
    let is_word = base.chars().count() <= 12 && reading.chars().count() <= 24;
    (is_plain(base) && is_plain(reading) && is_word).then_some((base, reading, after))
}

fn dotted(text: &str) -> Option<(&str, &str)> {
    let (dotted, after) = text.strip_prefix("《《")?.split_once("》》")?;
    (!dotted.is_empty() && !dotted.contains(['｜', '《', '》'])).then_some((dotted, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ruby_and_dots_are_told_from_the_text() {
        let marked = marked("会報｜縁《えにし》は《《手紙》》です。");
        assert_eq!(marked.text, "会報縁は手紙です。");
        assert_eq!(marked.ruby, [(6..9, "えにし".to_owned())]);
        assert_eq!(&marked.text[marked.dotted[0].clone()], "手紙");
    }

    #[test]
    fn brackets_that_are_only_brackets_stay() {
        for text in ["〈上〉《下》", "A｜B", "｜縁《》", "《《》》", "｜縁《えにし", "《《手紙》", "》《｜《"]
        {
            assert_eq!(marked(text), Marked { text: text.to_owned(), ..Marked::default() });
        }
    }
}
