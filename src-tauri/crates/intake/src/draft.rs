//! Mail that nobody sends from here: a draft is a file that the office's own mail program opens, to be looked at and sent
//! by hand (RFC 5322, RFC 2045–2047, RFC 2231).

use chrono::{DateTime, FixedOffset};
use std::io::{Cursor, Write};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// A mail to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// From whom: name and address; an empty address leaves it to the mail program.
    pub from: (String, String),
    /// To whom: name and address.
    pub to: (String, String),
    /// The subject.
    pub subject: String,
    /// When it was made.
    pub at: DateTime<FixedOffset>,
    /// The text.
    pub text: String,
    /// Where somebody writes who wants no more mail; may be empty.
    pub stop: String,
    /// What is attached.
    pub attached: Vec<Attached>,
}

/// An attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its file name.
    pub name: String,
    /// What it is, `application/pdf`.
    pub kind: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The draft as a file. `X-Unsent` makes Outlook open it for writing.
#[must_use]
pub fn mail(draft: &Draft) -> Vec<u8> {
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text);
        out.push_str("\r\n");
    };
    let party = |(name, address): &(String, String)| format!("{} <{}>", word(name), bare(address));
    if !draft.from.1.is_empty() {
        line(&format!("From: {}", party(&draft.from)));
    }
    line(&format!("To: {}", party(&draft.to)));
    line(&format!("Subject: {}", word(&draft.subject)));
    line(&format!("Date: {}", draft.at.to_rfc2822()));
    if !draft.stop.is_empty() {
        line(&format!("List-Unsubscribe: <mailto:{}>", bare(&draft.stop)));
    }
    line("X-Unsent: 1");
    line("MIME-Version: 1.0");
    let boundary = boundary(draft);
    line(&format!("Content-Type: multipart/mixed; boundary=\"{boundary}\""));
    line("");
    line(&format!("--{boundary}"));
    line("Content-Type: text/plain; charset=utf-8");
    line("Content-Transfer-Encoding: base64");
    line("");
    let text = draft.text.replace("\r\n", "\n").replace('\n', "\r\n");
    base64_lines(text.as_bytes(), &mut line);
    for Attached { name, kind, bytes } in &draft.attached {
        line(&format!("--{boundary}"));
        line(&format!("Content-Type: {kind}"));
        line("Content-Transfer-Encoding: base64");
        line("Content-Disposition: attachment;");
        line(&format!(" filename*=utf-8''{}", percent(name)));
        line("");
        base64_lines(bytes, &mut line);
    }
    line(&format!("--{boundary}--"));
    out.into_bytes()
}

/// Files in one archive, each under its own name; of two with one name the later is numbered.
///
/// # Errors
/// The archive's, which cannot happen in memory.
pub fn folder(files: &[(String, Vec<u8>)]) -> std::io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut names = std::collections::HashMap::new();
    for (name, bytes) in files {
        let count = names.entry(name).and_modify(|count| *count += 1).or_insert(1);
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let name = if *count == 1 { name.clone() } else { format!("{stem}-{count}.{ending}") };
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Those files of a [`folder`] of which `goes` says so; it is asked by their number, from 0.
///
/// # Errors
/// The archive's.
pub fn only(folder: &[u8], mut goes: impl FnMut(usize) -> bool) -> std::io::Result<Vec<u8>> {
    let mut whole = ZipArchive::new(Cursor::new(folder))?;
    let mut part = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..whole.len() {
        if goes(at) {
            part.raw_copy_file(whole.by_index_raw(at)?)?;
        }
    }
    Ok(part.finish()?.into_inner())
}

/// An address without what would end the line or the brackets around it.
fn bare(address: &str) -> String {
    address
        .chars()
        .filter(|letter| !letter.is_control() && !matches!(letter, '<' | '>' | ' ' | ','))
        .collect()
}

/// A text in a header: as it is where it is plain, else in words of at most 75 letters (RFC 2047).
fn word(text: &str) -> String {
    let text: String = text.chars().filter(|letter| !letter.is_control()).collect();
    if text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '-'))
        && text.len() < 60
    {
        return text;
    }
    let mut words = vec![String::new()];
    for letter in text.chars() {
        // 45 bytes are 60 letters, and 12 stand around them.
        if words.last().is_none_or(|word| word.len() + letter.len_utf8() > 42) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(letter);
        }
    }
    let words: Vec<String> =
        words.iter().map(|word| format!("=?utf-8?B?{}?=", base64(word.as_bytes()))).collect();
    words.join("\r\n ")
}

/// A file name as a parameter holds it (RFC 2231).
fn percent(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// What divides the parts. Their bytes are base64, in which a `=_` never stands.
fn boundary(draft: &Draft) -> String {
    format!("=_enishi_{}", draft.at.timestamp())
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            match at <= three.len() {
                true => out.push(char::from(LETTERS[(bits >> (18 - 6 * at) & 63) as usize])),
                false => out.push('='),
            }
        }
    }
    out
}

fn base64_lines(bytes: &[u8], line: &mut dyn FnMut(&str)) {
    // 57 bytes are a line of 76 letters.
    for part in bytes.chunks(57) {
        line(&base64(part));
    }
}
