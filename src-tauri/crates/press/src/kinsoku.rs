//! What a letter is to a line: its class, and where a line may not begin or end (禁則, JLREQ 3.1).

/// A letter's part in spacing (JLREQ appendix A, reduced to what spacing tells apart).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Opening brackets: half an em of body with air before it.
    Open,
    /// Closing brackets: half an em of body with air after it.
    Close,
    /// 、 and ，
    Comma,
    /// 。 and ．
    Stop,
    /// ・ ： ； with a quarter em of air on both sides.
    Middle,
    /// ．，： within a number in full-width figures: half an em, solid.
    Point,
    /// — … and such, which are set solid when doubled.
    Dash,
    /// ＋ ％ ① → and other full-width signs: no air towards Latin.
    Sign,
    /// Hiragana and ー.
    Hiragana,
    /// Katakana.
    Katakana,
    /// Kanji and everything else that stands in a square.
    Kanji,
    /// Letters, digits and signs set one after the other with their own widths.
    Latin,
}

impl Class {
    /// Letters between which Latin gets a quarter em of air (和欧間).
    pub(crate) fn is_text(self) -> bool {
        matches!(self, Self::Hiragana | Self::Katakana | Self::Kanji)
    }
}

/// The class of a letter by itself.
pub(crate) fn class(letter: char) -> Class {
    match letter {
        '（' | '「' | '『' | '【' | '〈' | '《' | '［' | '｛' | '〔' | '〖' | '〘' | '〚' | '〝' | '｢' => {
            Class::Open
        }
        '）' | '」' | '』' | '】' | '〉' | '》' | '］' | '｝' | '〕' | '〗' | '〙' | '〛' | '〟' | '〞'
        | '｣' => Class::Close,
        '、' | '，' | '､' => Class::Comma,
        '。' | '．' | '｡' => Class::Stop,
        '・' | '：' | '；' | '･' => Class::Middle,
        '—' | '―' | '…' | '‥' | '─' => Class::Dash,
        'ぁ'..='ゟ' | 'ー' | '\u{1b000}'..='\u{1b16f}' => Class::Hiragana,
        'ァ'..='ヿ' | 'ㇰ'..='ㇿ' | 'ｦ'..='ﾟ' => Class::Katakana,
        '々' | '〆' | '〇' | '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Class::Kanji,
        '〒' | '〓' | '〜' | '〰' | '！' | '？' => Class::Sign,
        '＂'..='／' | '＜'..='＠' | '＼'..='｀' | '～' | '￠'..='￦' => Class::Sign,
        '℀'..='⅏' | 'Ⅰ'..='ⅿ' | '←'..='⇿' | '∀'..='⋿' | '⌀'..='⓿' | '━'..='➿' => {
            Class::Sign
        }
        '　'..='〿' | '㈀'..='㏿' | '\u{1f000}'..='\u{1faff}' => Class::Sign,
        '×' | '÷' | '±' | '§' | '¶' | '※' | '°' => Class::Sign,
        'ᄀ'..='ᅟ'
        | '⺀'..='⿿'
        | '\u{3100}'..='\u{31ff}'
        | '㐀'..='\u{4dbf}'
        | '一'..='\u{a4cf}'
        | '가'..='힣'
        | '豈'..='\u{faff}'
        | '︰'..='﹏'
        | '\u{20000}'..='\u{3ffff}' => Class::Kanji,
        _ => Class::Latin,
    }
}

/// A selector that asks for one of several drawings of the letter before it.
pub(crate) fn is_selector(letter: char) -> bool {
    matches!(letter, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// A mark that belongs to the letter before it: accents, dakuten, selectors, joiners of emoji.
pub(crate) fn is_mark(letter: char) -> bool {
    is_selector(letter)
        || matches!(letter, '\u{0300}'..='\u{036f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
        || matches!(letter, '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}' | '\u{3099}' | '\u{309a}')
        || matches!(letter, '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Signs that steer display elsewhere and have no ink; they are left out of the page.
pub(crate) fn is_silent(letter: char) -> bool {
    (letter.is_control() && letter != '\t')
        || matches!(letter, '\u{00ad}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
        || matches!(letter, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{e0001}'..='\u{e007f}')
}

/// 行頭禁則: what may not begin a line.
pub(crate) fn may_begin_line(letter: char) -> bool {
    !(matches!(class(letter), Class::Close | Class::Comma | Class::Stop | Class::Middle | Class::Dash)
        || matches!(letter, 'ㇰ'..='ㇿ' | 'ｧ'..='ｰ')
        || NEVER_FIRST.contains(letter))
}

/// Besides the classes above: small kana, marks of repetition and length, what ends a sentence or a number.
const NEVER_FIRST: &str = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶー々〻ゝゞヽヾ゛゜ﾞﾟ\
    〜～゠–‐！？‼⁇⁈⁉％‰℃°′″,.:;!?)]}%”’»";

/// 行末禁則: what may not end a line.
pub(crate) fn may_end_line(letter: char) -> bool {
    class(letter) != Class::Open && !"([{“‘«〒￥＄＃¥$#№".contains(letter)
}

/// 0 to 9, in whatever width.
pub(crate) fn is_figure(letter: char) -> bool {
    letter.is_ascii_digit() || ('０'..='９').contains(&letter)
}

/// Pairs that stay together although each may stand alone: —— …… and numbers in full-width figures.
pub(crate) fn belong_together(before: char, after: char) -> bool {
    (class(before) == Class::Dash && class(after) == Class::Dash)
        || (is_figure(before) && is_figure(after))
        || (is_figure(before) && matches!(after, '％' | '℃' | '：'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_begins_with_what_belongs_to_the_letter_before() {
        for letter in "、。，．」』）】〉》ー々ゝゞ・：；？！ゃっょァヶ％…—〜".chars()
        {
            assert!(!may_begin_line(letter), "{letter} may begin a line");
        }
        for letter in "あア漢A0「（".chars() {
            assert!(may_begin_line(letter), "{letter} may not begin a line");
        }
    }

    #[test]
    fn no_line_ends_with_what_belongs_to_the_letter_after() {
        for letter in "「『（【〈《〔(".chars() {
            assert!(!may_end_line(letter), "{letter} may end a line");
        }
        assert!(may_end_line('。') && may_end_line('」') && may_end_line('漢'));
    }

    #[test]
    fn doubled_dashes_and_figures_are_not_parted() {
        assert!(belong_together('—', '—') && belong_together('…', '…') && belong_together('２', '０'));
        assert!(!belong_together('漢', '…') && !belong_together('二', '〇'));
    }

    #[test]
    fn every_letter_of_a_name_stands_in_a_square() {
        for letter in "髙𠮷邊﨑\u{fa19}葛々ヶ".chars() {
            assert_ne!(class(letter), Class::Latin, "{letter}");
        }
    }
}
