//! Bytes → text.
//!
//! Order of the guess: byte order mark, the escape sequences of ISO-2022-JP, valid UTF-8, strict CP932, strict
//! EUC-JP. UTF-8 stands before CP932 because Japanese CP932 text is practically never valid UTF-8, while the
//! reverse happens. Short EUC-JP files made of half-width-looking bytes can be taken for CP932, so the encoding
//! stays switchable on the page.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::doubt::{Fault, NotATable};

/// The largest file that is read, in bytes. A list of 100,000 people has about 17 MB.
pub const MOST_BYTES: usize = 64 << 20;

/// The longest line that is read, in bytes of UTF-8.
pub const LONGEST_LINE: usize = 1 << 20;

/// How a file writes its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "FileEncoding")]
pub enum Encoding {
    /// UTF-8, with or without its mark.
    Utf8,
    /// Shift_JIS as Windows has it, with the NEC and IBM letters (①, 髙, 﨑).
    Cp932,
    /// EUC-JP, from old Unix systems.
    EucJp,
    /// ISO-2022-JP, from old mail.
    Iso2022Jp,
    /// UTF-16, little end first: a spreadsheet's "Unicode text".
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
}

impl Encoding {
    /// Every encoding, the usual ones first, for a list to choose from.
    pub const ALL: [Self; 6] =
        [Self::Utf8, Self::Cp932, Self::Utf16Le, Self::Utf16Be, Self::EucJp, Self::Iso2022Jp];

    fn rules(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            // The Encoding Standard's Shift_JIS is CP932: https://encoding.spec.whatwg.org/#index-jis0208
            Self::Cp932 => encoding_rs::SHIFT_JIS,
            Self::EucJp => encoding_rs::EUC_JP,
            Self::Iso2022Jp => encoding_rs::ISO_2022_JP,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
        }
    }

    /// The bytes as text without a leading mark. Bytes that are no letter become U+FFFD, and the cell that holds
    /// one is doubted later, where its row is known.
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> String {
        self.rules().decode_with_bom_removal(bytes).0.into_owned()
    }
}

/// The text of a file and its encoding, guessed when not given.
///
/// # Errors
/// [`Fault::TooManyBytes`], [`Fault::NotATable`], [`Fault::Empty`], [`Fault::LineTooLong`].
pub fn read_text(bytes: &[u8], encoding: Option<Encoding>) -> Result<(Encoding, String), Fault> {
    let (encoding, text) = decoded(bytes, encoding)?;
    if let Some(what) = other_than_table(&text) {
        return Err(Fault::NotATable(what));
    }
    Ok((encoding, text))
}

/// The letters of a file, whatever they say.
pub(crate) fn decoded(bytes: &[u8], encoding: Option<Encoding>) -> Result<(Encoding, String), Fault> {
    if bytes.len() > MOST_BYTES {
        return Err(Fault::TooManyBytes { bytes: bytes.len() });
    }
    if let Some(what) = other_than_text(bytes) {
        return Err(Fault::NotATable(what));
    }
    let (encoding, text) = match encoding {
        Some(encoding) => (encoding, encoding.decode(bytes)),
        None => guess(bytes),
    };
    if text.contains('\0') {
        return Err(Fault::NotATable(NotATable::Binary));
    }
    if text.trim().is_empty() {
        return Err(Fault::Empty);
    }
    let mut start = 0;
    for line in text.as_bytes().split(|byte| matches!(byte, b'\r' | b'\n')) {
        if line.len() > LONGEST_LINE {
            return Err(Fault::LineTooLong { line: line_breaks(&text[..start]) + 1 });
        }
        start += line.len() + 1;
    }
    Ok((encoding, text))
}

/// How many line breaks a text has; `\r\n` is one, and so is the lone `\r` of old Macs.
pub(crate) fn line_breaks(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let breaks =
        |&(at, &byte): &(usize, &u8)| byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
    bytes.iter().enumerate().filter(breaks).count() as u32
}

fn guess(bytes: &[u8]) -> (Encoding, String) {
    if let Some((rules, _)) = encoding_rs::Encoding::for_bom(bytes) {
        let marked = [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be];
        if let Some(encoding) = marked.into_iter().find(|encoding| encoding.rules() == rules) {
            return (encoding, encoding.decode(bytes));
        }
    }
    if bytes.is_ascii() && bytes.windows(2).any(|pair| pair == b"\x1b$" || pair == b"\x1b(") {
        return (Encoding::Iso2022Jp, Encoding::Iso2022Jp.decode(bytes));
    }
    if mostly_utf8(bytes) {
        return (Encoding::Utf8, Encoding::Utf8.decode(bytes));
    }
    let mut best = (usize::MAX, Encoding::Cp932, String::new());
    for encoding in [Encoding::Cp932, Encoding::EucJp] {
        let text = encoding.decode(bytes);
        let lost = text.matches('\u{FFFD}').count();
        if lost < best.0 {
            best = (lost, encoding, text);
        }
        if best.0 == 0 {
            break;
        }
    }
    (best.1, best.2)
}

/// Valid UTF-8, or UTF-8 with a few damaged places. The second matters because a damaged UTF-8 file can be
/// flawless, meaningless CP932. Japanese letters take three bytes in UTF-8, which other encodings hardly ever
/// look like.
fn mostly_utf8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut letters, mut damaged) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().bytes().filter(|&byte| byte >= 0xE0).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    letters >= 4 * damaged
}

/// The first bytes of files that are often renamed to `.csv`. Workbooks were told apart before.
fn other_than_text(bytes: &[u8]) -> Option<NotATable> {
    const MARKS: [(&[u8], NotATable); 8] = [
        (b"\x89PNG", NotATable::Picture),
        (b"\xFF\xD8\xFF", NotATable::Picture),
        (b"GIF8", NotATable::Picture),
        (b"%PDF-", NotATable::Pdf),
        (b"PK\x03\x04", NotATable::Zip),
        (b"PK\x05\x06", NotATable::Zip),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", NotATable::Excel),
        (b"{\\rtf", NotATable::Letter),
    ];
    MARKS.into_iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, what)| what)
}

fn other_than_table(text: &str) -> Option<NotATable> {
    let start: String = text.trim_start().chars().take(15).collect::<String>().to_ascii_lowercase();
    if ["<!doctype", "<html", "<?xml", "<table", "<meta"].iter().any(|mark| start.starts_with(mark)) {
        Some(NotATable::WebPage)
    } else {
        None
    }
}
