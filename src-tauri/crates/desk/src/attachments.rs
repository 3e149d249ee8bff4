//! 添付: files kept with what was said, agreed or signed. They come in whole and leave by being saved; nothing here
//! opens them.

use crate::{
    Call, Fault, FaultKind, form::FormPrinted, issue::file_name, records::One, table::Nothing, tray,
};
use register::{AttachedTo, AttachmentId};
use serde::Deserialize;
use ts_rs::TS;

/// The largest file that is taken, in bytes: a scan of many pages stays below it, and every backup copies it.
const LARGEST: usize = 10 << 20;
const TOO_LARGE: &str = "attachment_too_large";
/// So many letters of a name are kept; no file system takes many more.
const LONGEST_NAME: usize = 80;

/// A file to be kept.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddAttachment {
    /// With what.
    pub to: AttachedTo,
    /// Its token.
    pub file: String,
    /// Its name, with the ending.
    pub name: String,
}

/// The bytes of a file that is to be kept.
pub(crate) fn kept(call: &Call<'_>, token: &str) -> Result<Vec<u8>, Fault> {
    let file = tray::chosen(call, token, TOO_LARGE)?;
    match file.len() > LARGEST {
        true => Err(Fault::field(FaultKind::Invalid, "file", TOO_LARGE)),
        false => Ok(file),
    }
}

pub(crate) fn add_attachment(call: &Call<'_>, add: AddAttachment) -> Result<AttachmentId, Fault> {
    let file = kept(call, &add.file)?;
    call.write(|writing| writing.add_attachment(add.to, &kept_name(&add.name), &file))
}

pub(crate) fn attachment(call: &Call<'_>, one: One<AttachmentId>) -> Result<FormPrinted, Fault> {
    let (name, bytes) = call.read(|reading| reading.attachment(one.id))?;
    // It may have come with a whole register that another program wrote.
    let name = kept_name(&name);
    let file = call.desk.front.tray.put(&name, bytes)?;
    Ok(FormPrinted { file, name })
}

pub(crate) fn remove_attachment(call: &Call<'_>, one: One<AttachmentId>) -> Result<Nothing, Fault> {
    call.write(|writing| writing.remove_attachment(one.id))?;
    Ok(Nothing {})
}

/// A name that can be saved under on every system, with its ending.
pub(crate) fn kept_name(name: &str) -> String {
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.chars().all(char::is_alphanumeric) => {
            (stem, ending)
        }
        _ => (name, ""),
    };
    let ending: String = ending.chars().take(8).collect();
    let stem = if stem.chars().any(|c| c.is_alphanumeric()) { file_name(stem) } else { "file".into() };
    let stem: String = stem.chars().take(LONGEST_NAME).collect();
    if ending.is_empty() { stem } else { format!("{}.{ending}", stem.trim()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_name_as_far_as_every_system_can_have_it() {
        for (came, kept) in [
            ("髙橋様 同意書.pdf", "髙橋様 同意書.pdf"),
            ("名刺 2026.11.20.JPG", "名刺 20261120.JPG"),
            ("../../etc/passwd", "etcpasswd"),
            ("a<b>:c|d?.eml", "abcd.eml"),
            ("", "file"),
            (".profile", "profile"),
            ("?.pdf", "file.pdf"),
        ] {
            assert_eq!(kept_name(came), kept, "{came}");
        }
        assert_eq!(kept_name(&"長".repeat(300)).chars().count(), LONGEST_NAME);
    }
}
